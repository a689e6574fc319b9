//! Recording and correcting an entry: the same action as the recording screen, with the same rules.

use super::call::Call;
use super::listed::{Day, EntryKind, Manner, PromiseState, Readers, Seen, StatementForm, Time};
use super::operation::{At, Command, Made};
use super::problem::{Kind, Problem};
use crate::entry::{self, KeptFile, Recording};
use crate::promise::{Answer, answer_promise};
use crate::who::Scope;
use crate::{Moment, access, record};
use async_trait::async_trait;
use db::{Conn, Tx};
use practice::access::{Decision, Sight};
use practice::entry::{EntryKind as Sort, Part};
use practice::id::{EntryId, PersonId, WorkerId};
use practice::person::PersonKind;
use practice::recording::{
    CorrectionDraft, EntryDraft, PersonDraft, PromiseDraft, SomeoneDraft, StatementDraft, check_entry,
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The most people, statements or promises of one entry.
const MOST: usize = 60;

/// One thing recorded once.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordEntry {
    kind: EntryKind,
    /// The day it happened.
    on: Day,
    /// The time it began, in London.
    at: Time,
    /// How people met. A visit and a meeting need it.
    manner: Option<Manner>,
    /// How long it took, in minutes: for the writer's own week.
    #[schema(minimum = 1, maximum = 1440)]
    minutes: Option<u32>,
    /// Where exactly, if it matters.
    #[schema(max_length = 500)]
    place: Option<String>,
    #[schema(max_length = 200)]
    title: Option<String>,
    /// Whom it is about, and of children whether they were seen.
    #[schema(min_items = 1, max_items = 60)]
    about: Vec<About>,
    /// People of the record who were there and whom it is not about.
    #[serde(default)]
    #[schema(required = false, max_items = 60)]
    present: Vec<Uuid>,
    /// Staff who were there, beside whoever made the token.
    #[serde(default)]
    #[schema(required = false, max_items = 60)]
    workers: Vec<Uuid>,
    /// Others who were there and have no record.
    #[schema(max_length = 500)]
    others_present: Option<String>,
    /// What happened. May be empty where others' words say it.
    #[serde(default)]
    #[schema(required = false, max_length = 200_000)]
    narrative: String,
    /// Words with their owners.
    #[serde(default)]
    #[schema(required = false, max_items = 60)]
    statements: Vec<Said>,
    /// What was agreed.
    #[serde(default)]
    #[schema(required = false, max_items = 60)]
    promises: Vec<Promised>,
    /// Whether it is one of the significant events.
    #[serde(default)]
    #[schema(required = false)]
    significant: bool,
    /// The person to whom it is written.
    written_to: Option<Uuid>,
    /// Who may read it; without it those who were there and staff who work with them.
    readers: Option<Audience>,
}

/// Someone an entry is about.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct About {
    person: Uuid,
    /// Whether they were seen: a visit to a child must say.
    seen: Option<Seen>,
    /// Why they were not seen.
    #[schema(max_length = 2000)]
    not_seen_why: Option<String>,
}

/// Someone's own words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Said {
    owner: Someone,
    form: Option<StatementForm>,
    /// The words, with their spelling.
    #[schema(min_length = 1, max_length = 200_000)]
    words: String,
    /// The language they were said in, where translated.
    original_language: Option<String>,
}

/// An action with who and when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Promised {
    #[schema(min_length = 1, max_length = 2000)]
    what: String,
    by: Someone,
    /// Whom it is about or made to: one of those the entry is about.
    about: Uuid,
    due_on: Option<Day>,
}

/// Whose words these are, or who promised: exactly one of the three.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Someone {
    /// A person of the record.
    person: Option<Uuid>,
    /// A worker.
    worker: Option<Uuid>,
    /// Anyone else, as the worker describes them.
    words: Option<String>,
}

/// Who may read an entry.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Audience {
    who: Readers,
    /// Staff who may read it, where it is kept to those named.
    #[serde(default)]
    #[schema(required = false, max_items = 60)]
    workers: Vec<Uuid>,
    /// People of the record who may read it, where it is kept to those named.
    #[serde(default)]
    #[schema(required = false, max_items = 60)]
    people: Vec<Uuid>,
    /// Why it is kept to staff.
    why: Option<String>,
    /// When that is looked at again.
    review_on: Option<Day>,
}

/// A newer version of an entry, whole, and why it is written.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectEntry {
    /// What was wrong.
    #[schema(min_length = 1, max_length = 2000)]
    why: String,
    /// The entry as it should be. Files of the older version stay with it.
    entry: RecordEntry,
}

/// What became of a promise.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Outcome {
    state: PromiseState,
    /// The day of it.
    on: Day,
    /// What happened: needed where it was not kept or is no longer needed.
    #[serde(default, rename = "outcome")]
    #[schema(required = false, max_length = 2000)]
    words: String,
}

fn someone(one: Someone) -> SomeoneDraft {
    use practice::recording::Someone as Chosen;
    let chosen = match (one.person, one.worker) {
        (Some(person), None) => Some(Chosen::Person(person.into())),
        (None, Some(worker)) => Some(Chosen::Worker(worker.into())),
        _ => None,
    };
    SomeoneDraft { chosen, words: one.words.unwrap_or_default() }
}

fn present(person: Uuid) -> PersonDraft {
    PersonDraft {
        person: person.into(),
        name: "This person".to_owned(),
        part: Part::Present,
        child: false,
        kind: PersonKind::Born,
        birth: None,
        seen: None,
        not_seen_why: String::new(),
    }
}

fn statement(one: Said) -> StatementDraft {
    StatementDraft {
        owner: someone(one.owner),
        form: one.form.map(|form| form.0),
        words: one.words,
        original_language: one.original_language.unwrap_or_default(),
    }
}

impl RecordEntry {
    fn check(&self, at: &str) -> Result<(), Problem> {
        let lists = [
            ("about", self.about.len()),
            ("present", self.present.len()),
            ("workers", self.workers.len()),
            ("statements", self.statements.len()),
            ("promises", self.promises.len()),
        ];
        for (list, found) in lists {
            if found > MOST {
                return Err(Problem::field(format!("{at}/{list}"), format!("At most {MOST} fit here")));
            }
        }
        let owners =
            self.statements.iter().enumerate().map(|(n, one)| (format!("statements/{n}/owner"), &one.owner));
        let makers = self.promises.iter().enumerate().map(|(n, one)| (format!("promises/{n}/by"), &one.by));
        for (place, one) in owners.chain(makers) {
            let said = [one.person.is_some(), one.worker.is_some(), one.words.is_some()];
            if said.iter().filter(|said| **said).count() != 1 {
                return Err(Problem::field(format!("{at}/{place}"), "Give one of person, worker and words"));
            }
        }
        Ok(())
    }

    /// The entry as the rules of recording look at it.
    async fn draft(self, call: &Call, conn: &mut Conn, moment: &Moment) -> Result<EntryDraft, Problem> {
        let about: Vec<PersonId> = self.about.iter().map(|one| one.person.into()).collect();
        let mut people = record::drafted(conn, &call.who, moment.now(), &about).await?;
        for (draft, said) in people.iter_mut().zip(self.about) {
            draft.seen = said.seen.map(|seen| seen.0);
            draft.not_seen_why = said.not_seen_why.unwrap_or_default();
        }
        people.extend(self.present.into_iter().map(present));
        let promise = |one: Promised| PromiseDraft {
            what: one.what,
            by: someone(one.by),
            about: Some(one.about.into()),
            due_on: one.due_on.map(|day| day.0),
        };
        let audience = self.readers.unwrap_or(Audience {
            who: Readers(practice::entry::Readers::Present),
            workers: vec![],
            people: vec![],
            why: None,
            review_on: None,
        });
        Ok(EntryDraft {
            kind: Some(self.kind.0),
            day: Some(self.on.0),
            time: Some(self.at.0),
            manner: self.manner.map(|manner| manner.0),
            minutes: self.minutes,
            place: self.place.unwrap_or_default(),
            title: self.title.unwrap_or_default(),
            people,
            workers: self.workers.into_iter().map(Into::into).collect(),
            others_present: self.others_present.unwrap_or_default(),
            narrative: self.narrative,
            statements: self.statements.into_iter().map(statement).collect(),
            promises: self.promises.into_iter().map(promise).collect(),
            attachments: 0,
            significant: self.significant,
            written_to: self.written_to.map(Into::into),
            readers: Some(audience.who.0),
            named_workers: audience.workers.into_iter().map(Into::into).collect(),
            named_people: audience.people.into_iter().map(Into::into).collect(),
            readers_why: audience.why.unwrap_or_default(),
            readers_review: audience.review_on.map(|day| day.0),
            correction: None,
            unread: vec![],
        })
    }
}

/// Every worker that an entry names works here or did, and every person named as a reader may be known of.
async fn named_are_known(
    call: &Call,
    conn: &mut Conn,
    moment: &Moment,
    draft: &EntryDraft,
) -> Result<(), Problem> {
    use practice::recording::Someone::Worker;
    let people = &draft.named_people;
    let known = access::decide_many(conn, &call.who, moment.now(), people, Sight::Exists).await?;
    if !people.iter().all(|person| known.get(person).is_some_and(Decision::is_allowed)) {
        return Err(Problem::nothing());
    }
    let owners =
        draft.statements.iter().map(|one| &one.owner).chain(draft.promises.iter().map(|one| &one.by));
    let owning = owners.filter_map(|one| match &one.chosen {
        Some(Worker(worker)) => Some(*worker),
        _ => None,
    });
    let all: Vec<WorkerId> =
        draft.workers.iter().chain(&draft.named_workers).copied().chain(owning).collect();
    if record::are_workers(conn, &all).await? {
        return Ok(());
    }
    Err(Problem::field("/workers", "There is no such worker"))
}

async fn file(
    call: &Call,
    tx: &mut Tx,
    moment: &mut Moment,
    (draft, files): (EntryDraft, Vec<KeptFile>),
) -> Result<Made, Problem> {
    named_are_known(call, tx, moment, &draft).await?;
    let checked = check_entry(&draft, moment.now()).map_err(|wrong| {
        crate::Oops::Wrong(wrong.into_iter().map(|one| (one.field, one.sentence)).collect())
    })?;
    let recording = Recording { files, ..Recording::of(checked.entry) };
    let id = entry::record(tx, &call.who, moment, &recording).await?;
    Ok(Made::new(id.0, format!("/entries/{id}")))
}

/// Where in the body a field of the recording screen stands.
fn place(field: &str) -> String {
    let rows = [("statement-", "statements"), ("promise-", "promises")];
    for (begins, list) in rows {
        let row = field.strip_prefix(begins).and_then(|rest| rest.split_once('-'));
        if let Some((n, part)) = row {
            let part = match part {
                "who" => "by",
                "due" => "due_on",
                "language" => "original_language",
                other => other,
            };
            return format!("/{list}/{n}/{part}");
        }
    }
    let known = match field {
        "happened" => "on",
        "time" => "at",
        "people" => "about",
        "written-to" => "written_to",
        "readers" => "readers/who",
        "named" => "readers/workers",
        "readers-why" => "readers/why",
        "readers-review" => "readers/review_on",
        "correction" => "why",
        other if other.starts_with("seen-") || other.starts_with("why-") => "about",
        other => other,
    };
    format!("/{known}")
}

#[async_trait]
impl Command for RecordEntry {
    const AT: At = At {
        path: "/entries",
        name: "recordEntry",
        scope: Some(Scope::EntriesWrite),
        title: "Record a visit, call, meeting or note",
        about: "Once for everyone it is about: each timeline, who was seen, clocks and promises follow. Whoever made the token is its author.",
    };
    const EXAMPLE: &'static str = r#"{"kind":"visit","on":"2026-11-20","at":"16:35","manner":"home-visit","about":[{"person":"01936f2e-6a00-7000-8000-000000000000","seen":"seen-alone"}],"narrative":"Toby showed me his room.","statements":[{"owner":{"person":"01936f2e-6a00-7000-8000-000000000000"},"form":"said","words":"I like it here."}],"promises":[{"what":"Ring school about the trip","by":{"words":"the head teacher"},"about":"01936f2e-6a00-7000-8000-000000000000","due_on":"2026-11-27"}]}"#;

    async fn look(&self, _call: &Call) -> Result<(), Problem> {
        self.check("")
    }

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let draft = self.draft(call, tx, moment).await?;
        file(call, tx, moment, (draft, vec![])).await
    }

    fn place(field: &str) -> String {
        place(field)
    }
}

fn kept(one: entry::File) -> KeptFile {
    let picture = one.thumbnail.zip(one.pixels).map(|(hash, (width, height))| (hash, width, height));
    KeptFile {
        hash: one.hash,
        size: one.size,
        kind: one.kind,
        name: one.name,
        picture,
        described: one.described,
    }
}

#[async_trait]
impl Command for CorrectEntry {
    const AT: At = At {
        path: "/entries/{id}/corrections",
        name: "correctEntry",
        scope: Some(Scope::EntriesWrite),
        title: "Correct an entry",
        about: "The newer version takes its place; the older stays readable. Where somebody corrected it meanwhile the answer is the problem changed-since.",
    };
    const EXAMPLE: &'static str = r#"{"why":"It was the day after","entry":{"kind":"note","on":"2026-11-20","at":"16:35","about":[{"person":"01936f2e-6a00-7000-8000-000000000000"}],"narrative":"Toby is in another class now."}}"#;

    async fn look(&self, _call: &Call) -> Result<(), Problem> {
        self.entry.check("/entry")
    }

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let id: EntryId = call.id("id")?;
        let older = entry::open(tx, &call.who, moment.now(), id).await?.ok_or_else(Problem::nothing)?;
        if older.entry.kind == Sort::Step {
            return Err(Problem::new(Kind::Refused, "A step of the pathway is corrected on its own page"));
        }
        let mut draft = self.entry.draft(call, tx, moment).await?;
        draft.correction = Some(CorrectionDraft { supersedes: id, why: self.why });
        let files: Vec<KeptFile> = older.files.into_iter().map(kept).collect();
        draft.attachments = files.len();
        file(call, tx, moment, (draft, files)).await
    }

    fn place(field: &str) -> String {
        let place = place(field);
        if place == "/why" { place } else { format!("/entry{place}") }
    }
}

#[async_trait]
impl Command for Outcome {
    const AT: At = At {
        path: "/promises/{id}/outcome",
        name: "answerPromise",
        scope: Some(Scope::PromisesWrite),
        title: "Say what became of a promise",
        about: "It is kept as a newer version; the older stays in the record.",
    };
    const EXAMPLE: &'static str = r#"{"state":"kept","on":"2026-11-20"}"#;
    const MAKES: bool = false;

    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem> {
        let promise = call.id("id")?;
        let answer = Answer { promise, state: self.state.0, on: self.on.0, outcome: self.words };
        answer_promise(tx, &call.who, moment, answer).await?;
        Ok(Made::default())
    }
}
