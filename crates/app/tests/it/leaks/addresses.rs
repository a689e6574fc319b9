//! The addresses of the program, filled with what there is in an invented council. An address whose parts are not known here
//! fails the test, so that no new page goes unread because nobody thought of it.

use super::council::Council;
use crate::walk::routes;
use std::collections::BTreeMap;
use testkit::TestApp;

/// Addresses that are not read here, each with the reason.
pub(super) const NOT_READ: &[(&str, &str)] = &[
    ("/my/people/{worker}/photo", "a worker's own photo, of which the invented councils have none yet"),
    ("/me/photo/picture", "the same, for the worker"),
    (
        "/person/{id}/dates/late",
        "asks why a date was missed that stands on `/person/{id}/dates`, which is read",
    ),
    (
        "/over-limit/decide",
        "asks a manager about a worker and a person whom it is given behind the address, by the rule of `/over-limit`, which is read",
    ),
    ("/health", "says one word, to whoever asks whether the program is there"),
    ("/design", "samples of components, in a demonstration alone"),
    ("/letters", "in a demonstration alone: the letters themselves are read here"),
    ("/my/leave", "ends the reader's session"),
    ("/sign-in/council", "leads to the council's own sign-in, which tests of `sign_in` stand in for"),
    ("/sign-in/council/back", "comes back from there"),
    ("/invitation/{token}", "a worker's first link: no person of the record is in it"),
    (
        "/kept/{id}",
        "sealed for its writer with a key that their browser holds: tests of `form` and of the access walk",
    ),
    ("/me/passkeys/{id}", "the reader's own passkey, told from others' by the access walk"),
    ("/checking/{id}", "a return, in memory for the one who sent it: tests of `checking`"),
    ("/checking/{id}/{file}", "what was found in it, for the same one"),
    ("/retention/{id}", "of a record that is gone: that no word of it is left is tried by tests of `rights`"),
    ("/administration/imports/question/{question}", "asked for as of the person by tests of `imports`"),
];

/// Where the ids of an address come from.
enum From {
    /// Everybody of the family.
    People,
    /// Everybody, each with each of these.
    PeopleEach(&'static [&'static str]),
    /// Everybody, with everybody.
    Pairs,
    /// What is recorded of somebody, to be corrected.
    Corrected,
    /// Rows of a person's id and another, of which the other alone stands in the address.
    Rows(&'static str),
    /// Rows of a person's id and another, both in the address; and these at its end.
    Both(&'static str, &'static [&'static str]),
    /// Everything recorded, by its own id and by its thread's.
    Entries,
    Threads,
    /// The spaces that somebody comes in to, and everything recorded.
    SpaceThreads,
    /// The links that were sent.
    Tokens,
    /// The items collected for requests.
    Items,
    /// These, of no family.
    These(&'static [&'static str]),
    /// The codes of workers, alone or after their team's.
    Workers,
    TeamWorkers,
    /// Rows of a person's id and another; each with what can be said of it, the other under this name behind the address.
    About(&'static str, &'static str, &'static [&'static str]),
    /// The rows of a table that is of no family.
    Every(&'static str),
}

/// By what an address begins, and where its ids come from: the first that fits holds.
const FILLED: &[(&str, From)] = &[
    (
        "/person/{id}/photo/{photo}",
        From::Both("SELECT person_id, id FROM person_detail WHERE kind = 'photo'", &[]),
    ),
    ("/person/{id}/change/{what}/{which}", From::Corrected),
    ("/person/{id}/change/{what}", From::PeopleEach(&["name", "address", "birth", "move-in"])),
    ("/person/{id}/steps/record/{kind}", From::PeopleEach(&["assessment", "referral"])),
    (
        "/person/{id}/steps/{step}",
        From::Both("SELECT person_id, id FROM step WHERE superseded_at IS NULL", &[]),
    ),
    (
        "/person/{id}/episodes/{episode}",
        From::Both("SELECT person_id, episode_id FROM episode", &["end", "correct"]),
    ),
    ("/person/{id}/helpers/{allocation}", From::Both("SELECT person_id, id FROM allocation", &[])),
    ("/person/{id}/network/tie/{tie}", From::Both("SELECT person_id, id FROM tie", &[])),
    ("/person/{id}/join/{other}", From::Pairs),
    ("/person/{id}/rights/{request}/item/{item}", From::Items),
    (
        "/person/{id}/rights/{request}",
        From::Both("SELECT person_id, request_id FROM record_request WHERE superseded_at IS NULL", &[]),
    ),
    (
        "/person/{id}/staying-in-touch/{about}",
        From::About(TOUCHES, "touch", &["with", "wish", "agreed", "time", "look", "mentor"]),
    ),
    ("/person/{id}/meetings/{about}", From::About(MEETINGS, "of", &["change", "off"])),
    ("/person/{id}", From::People),
    ("/api/v1/people/{id}", From::People),
    ("/glass/{person}", From::People),
    ("/link/{person}", From::People),
    ("/restricted/{person}", From::People),
    ("/my/for/{person}/read/{thread}", From::SpaceThreads),
    ("/my/for/{person}", From::People),
    ("/entry/{id}", From::Entries),
    ("/api/v1/entries/{id}", From::Entries),
    ("/my/read/{thread}", From::Threads),
    ("/my/touch/{thread}", From::Rows(TOUCHES)),
    ("/my/next/{meeting}", From::Rows(MEETINGS)),
    ("/attachment/{id}", From::Rows(FILES)),
    ("/my/file/{id}", From::Rows(FILES)),
    ("/promise/{id}", From::Rows("SELECT person_id, promise_id FROM promise")),
    ("/question/{id}", From::Rows("SELECT person_id, question_id FROM question")),
    ("/disagreement/{id}", From::Rows("SELECT person_id, id FROM disagreement")),
    ("/complaint/{id}", From::Rows("SELECT person_id, complaint_id FROM complaint")),
    ("/held-back/{id}", From::Rows(HELD)),
    ("/glass/review/{id}", From::Rows("SELECT person_id, id FROM glass")),
    ("/over-limit/{id}", From::Rows("SELECT person_id, decision_id FROM over_limit")),
    ("/joining/{id}", From::Rows("SELECT kept_id, id FROM joining")),
    ("/space/in/{id}", From::Rows(IN_SPACE)),
    ("/my/coming-in/{id}", From::Rows(IN_SPACE)),
    ("/my/come-in/{token}", From::Tokens),
    ("/my/story/{part}", From::These(&["who-i-am", "what-has-happened"])),
    ("/my/ask/{what}", From::These(&["advocate", "worker"])),
    ("/my/language/{code}", From::These(&["cy"])),
    ("/assets/{name}", From::These(&["alongside.css"])),
    ("/team/{code}/worker/{worker}", From::TeamWorkers),
    ("/team/{code}", From::These(&["north", "south"])),
    ("/api/v1/teams/{code}", From::These(&["north", "south"])),
    ("/administration/teams/{code}", From::These(&["north", "south"])),
    ("/administration/workers/{code}", From::Workers),
    ("/administration/clocks/{rule}", From::These(&["CP-11"])),
    ("/administration/words/{word}", From::These(&["placement"])),
    ("/restructure/{id}", From::Every("SELECT restructure_id FROM restructure")),
    ("/administration/absence/{id}", From::Every("SELECT id FROM absence")),
    ("/administration/imports/{id}", From::Every("SELECT id FROM import_run")),
];

const CORRECTED: &[(&str, &str)] = &[
    ("correct-detail", "SELECT person_id, id FROM person_detail WHERE kind <> 'photo'"),
    ("correct-address", "SELECT person_id, id FROM address"),
    ("correct-relationship", "SELECT person_id, id FROM relationship"),
];
const MEETINGS: &str = "SELECT person_id, meeting_id FROM meeting WHERE superseded_at IS NULL";
const TOUCHES: &str = "SELECT person_id, touch_id FROM touch WHERE superseded_at IS NULL";
const FILES: &str = "SELECT p.person_id, a.id FROM attachment a JOIN participant p ON p.entry_id = a.entry_id WHERE p.part = 'about'";
const HELD: &str = "SELECT p.person_id, h.held_id FROM held_back h JOIN participant p ON p.entry_id = h.entry_id WHERE p.part = 'about'";
const IN_SPACE: &str = "SELECT person_id, id FROM in_space";
const ITEMS: &str = "SELECT person_id, request_id, id FROM record_item";

impl From {
    /// How many places of an address it fills.
    fn places(&self) -> usize {
        match self {
            Self::PeopleEach(ends) => 1 + ends.first().map_or(0, |end| end.split('/').count()),
            Self::Both(_, ends) if !ends.is_empty() => 3,
            Self::Items | Self::Corrected => 3,
            Self::Both(..) | Self::Pairs | Self::SpaceThreads | Self::TeamWorkers | Self::About(..) => 2,
            _ => 1,
        }
    }
}

/// Where the ids of an address come from; none where nobody said of each of its places.
fn from(template: &str) -> Option<&'static From> {
    let places = template.matches('{').count();
    let fits = |one: &&(&str, From)| template.starts_with(one.0) && one.1.places() == places;
    FILLED.iter().find(fits).map(|one| &one.1)
}

/// The addresses that are read, as they are registered, without the method.
pub(super) fn templates() -> Vec<String> {
    let all = routes::registered().into_iter().filter_map(|one| one.strip_prefix("GET ").map(str::to_owned));
    let all: Vec<String> = all.filter(|one| NOT_READ.iter().all(|not| not.0 != one)).collect();
    let unknown: Vec<&String> = all.iter().filter(|one| one.contains('{') && from(one).is_none()).collect();
    assert!(
        unknown.is_empty(),
        "the leak test does not know what to ask these for: {unknown:?}. Say in leaks/addresses.rs where their ids come \
         from, or why they are not read"
    );
    all
}

/// The ids of one address: of which family, and what stands in its places.
type Filling = (Option<usize>, Vec<String>);

/// What the addresses of a council are filled with.
pub(super) struct Things(BTreeMap<String, Vec<Filling>>);

impl Things {
    pub(super) async fn of(t: &TestApp, council: &Council, templates: &[String]) -> Self {
        let mut all = BTreeMap::new();
        for template in templates.iter().filter(|one| one.contains('{')) {
            let from = from(template).expect("known, or it would not be read");
            all.insert(template.clone(), filling(t, council, from).await);
        }
        Self(all)
    }

    /// Whether an address is the same whichever family is asked about.
    pub(super) fn of_no_family(&self, template: &str) -> bool {
        self.0.get(template).is_none_or(|all| all.iter().all(|one| one.0.is_none()))
    }

    /// Every address of this kind that is of a family, or of none.
    pub(super) fn paths(&self, template: &str, family: usize) -> Vec<String> {
        let Some(all) = self.0.get(template) else { return asked(template.to_owned(), template) };
        let near = all.iter().filter(|one| one.0.is_none_or(|of| of == family));
        near.flat_map(|one| asked(filled(template, &one.1), template)).collect()
    }
}

fn filled(template: &str, ids: &[String]) -> String {
    let mut path = template.to_owned();
    for id in ids {
        let (Some(open), Some(close)) = (path.find('{'), path.find('}')) else { break };
        path.replace_range(open..=close, id);
    }
    path
}

/// What an address of one thing is asked with.
fn asked(path: String, template: &str) -> Vec<String> {
    let known = "known=then&on-day=20&on-month=11&on-year=2026";
    let words = format!("words={}", super::family::COMMON);
    let with: Vec<String> = match template {
        "/person/{id}/timeline" | "/person/{id}/family-timeline" | "/person/{id}/timeline/pdf" => {
            vec![String::new(), words, known.to_owned()]
        }
        "/person/{id}/story" => {
            vec![String::new(), format!("ask={}", super::family::COMMON), known.to_owned()]
        }
        "/person/{id}/plan" | "/person/{id}/staying-in-touch" => vec![String::new(), known.to_owned()],
        "/person/{id}/plan/line" => vec!["kind=goal".to_owned()],
        "/person/{id}/story/tell" => vec!["part=who-i-am".to_owned()],
        _ => vec![String::new()],
    };
    let one = |with: String| if with.is_empty() { path.clone() } else { format!("{path}?{with}") };
    with.into_iter().map(one).collect()
}

async fn filling(t: &TestApp, council: &Council, from: &From) -> Vec<Filling> {
    let of_family = |of: &dyn Fn(&super::family::Family) -> Vec<Vec<String>>| -> Vec<Filling> {
        let all = council.families.iter().enumerate();
        all.flat_map(|(at, family)| of(family).into_iter().map(move |ids| (Some(at), ids))).collect()
    };
    match from {
        From::People => of_family(&|family| family.kin.iter().map(|one| vec![one.id.to_string()]).collect()),
        From::PeopleEach(ends) => of_family(&|family| {
            let each = |id: &String| ends.iter().map(|end| ids(&[id], end)).collect::<Vec<_>>();
            family.kin.iter().flat_map(|one| each(&one.id.to_string())).collect()
        }),
        From::Pairs => of_family(&|family| {
            let kin = || family.kin.iter().map(|one| one.id.to_string());
            kin().flat_map(|one| kin().map(move |other| vec![one.clone(), other])).collect()
        }),
        From::Corrected => {
            let mut all = vec![];
            for (what, sql) in CORRECTED {
                let rows = council.rows(t, sql, true).await;
                let one = |(family, row): Filling| {
                    (family, vec![row[0].clone(), (*what).to_owned(), row[1].clone()])
                };
                all.extend(rows.into_iter().map(one));
            }
            all
        }
        From::Rows(sql) => council.rows(t, sql, false).await,
        From::Both(sql, ends) => {
            let rows = council.rows(t, sql, true).await;
            let ends: &[&str] = if ends.is_empty() { &[""] } else { ends };
            let each = |(family, row): Filling| {
                ends.iter().map(|end| (family, ids(&row.iter().collect::<Vec<_>>(), end))).collect::<Vec<_>>()
            };
            rows.into_iter().flat_map(each).collect()
        }
        From::Entries => {
            of_family(&|family| family.deeds.iter().map(|one| vec![one.id.to_string()]).collect())
        }
        From::Threads => {
            of_family(&|family| family.deeds.iter().map(|one| vec![one.thread.to_string()]).collect())
        }
        From::SpaceThreads => of_family(&|family| {
            let threads = || family.deeds.iter().map(|one| one.thread.to_string());
            let space = |of: String| threads().map(move |thread| vec![of.clone(), thread]);
            family.comers.iter().flat_map(|one| space(one.of.to_string())).collect()
        }),
        From::Tokens => of_family(&|family| family.tokens.iter().map(|one| vec![one.clone()]).collect()),
        From::Items => items(t, council).await,
        From::These(all) => all.iter().map(|one| (None, vec![(*one).to_owned()])).collect(),
        From::Workers => codes(council).map(|code| (None, vec![code])).collect(),
        From::TeamWorkers => {
            let both =
                |code: String| ["north", "south"].map(|team| (None, vec![team.to_owned(), code.clone()]));
            codes(council).flat_map(both).collect()
        }
        From::About(sql, name, abouts) => {
            let rows = council.rows(t, sql, true).await;
            let each = |(family, row): Filling| {
                let about =
                    |about: &&str| (family, vec![row[0].clone(), format!("{about}?{name}={}", row[1])]);
                abouts.iter().map(about).collect::<Vec<_>>()
            };
            rows.into_iter().flat_map(each).collect()
        }
        From::Every(sql) => {
            let rows: Vec<(uuid::Uuid,)> =
                t.app.db.read().await.unwrap().all(sql, db::args![]).await.unwrap();
            rows.into_iter().map(|row| (None, vec![row.0.to_string()])).collect()
        }
    }
}

/// These ids, and what comes after them.
fn ids(all: &[&String], end: &str) -> Vec<String> {
    let end = end.split('/').filter(|part| !part.is_empty()).map(str::to_owned);
    all.iter().map(|one| (*one).clone()).chain(end).collect()
}

/// The codes under which some workers' pages stand.
fn codes(council: &Council) -> impl Iterator<Item = String> {
    let of = |one: &super::council::Someone| one.called.to_lowercase().replace(' ', ".");
    council.everyone.iter().filter(|one| one.worker.is_some()).map(of).take(8)
}

async fn items(t: &TestApp, council: &Council) -> Vec<Filling> {
    let mut conn = t.app.db.read().await.unwrap();
    let rows: Vec<(uuid::Uuid, uuid::Uuid, uuid::Uuid)> = conn.all(ITEMS, db::args![]).await.unwrap();
    let one = |(person, request, item): (uuid::Uuid, uuid::Uuid, uuid::Uuid)| {
        let family = council.family_of(person.into())?;
        Some((Some(family), vec![person.to_string(), request.to_string(), item.to_string()]))
    };
    rows.into_iter().filter_map(one).collect()
}

#[test]
fn every_address_is_read_or_stands_in_the_list_with_its_reason() {
    assert!(templates().len() > 150);
    let registered = routes::registered();
    let gone: Vec<_> =
        NOT_READ.iter().filter(|one| !registered.contains(&format!("GET {}", one.0))).collect();
    assert!(gone.is_empty(), "not registered any more: {gone:?}");
}
