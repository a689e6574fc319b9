//! Staying in touch: what a child wants and changes, what is said to one alone, what is agreed and what came of it, how
//! somebody is found again, and mentors who stay when everything else is closed.

use app::staying_in_touch::{
    Agree, Begin, Bring, Choose, EndMentor, Say, Step, Touch, Ways, agree, begin, bring, choose, end_mentor,
    mentor_says, say, step, touches,
};
use app::{Oops, Result};
use axum::http::StatusCode;
use db::args;
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::episode::EpisodeKind;
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::role::Role;
use practice::touch::{
    Basis, Came, EndedBy, InTheWay, MentorState, Often, Stage, TouchKind, TouchWay, Wants,
};
use testkit::{TestApp, Worker, both};
use uuid::Uuid;

pub(crate) const TODAY: Date = date(2026, 11, 21);

pub(crate) struct Scene {
    pub(crate) josie: PersonId,
    pub(crate) ash: PersonId,
    pub(crate) sam: PersonId,
    pub(crate) nadia: Worker,
    pub(crate) owen: Worker,
    pub(crate) helen: Worker,
    pub(crate) stranger: Worker,
}

pub(crate) async fn scene(t: &TestApp) -> Scene {
    let service = t.team("Service", None).await;
    let north = t.team("North", Some(service)).await;
    let south = t.team("South", Some(service)).await;
    let helen = t.worker("Helen Marsh", Role::TeamManager, north).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, north).await;
    let owen = t.worker("Owen Pike", Role::SocialWorker, north).await;
    let stranger = t.worker("Sol Quill", Role::TeamManager, south).await;
    let josie = t.person("Josie Hart", date(2013, 5, 4)).await;
    let ash = t.person("Ash Hart", date(2010, 2, 1)).await;
    let sam = t.person("Sam Doyle", date(1988, 3, 9)).await;
    t.allocate(josie, &nadia, AllocationKind::Responsible).await;
    t.allocate(josie, &owen, AllocationKind::Helping).await;
    t.episode(josie, EpisodeKind::LookedAfter, north).await;
    Scene { josie, ash, sam, nadia, owen, helen, stranger }
}

/// Does an action in a transaction of its own, by this one.
#[macro_export]
macro_rules! touched {
    ($t:expr, $who:expr, $action:ident, $($command:expr),+) => {{
        let mut moment = $t.moment();
        let mut tx = $t.app.db.write().await.unwrap();
        match $action(&mut tx, &$who, &mut moment, $($command),+).await {
            Ok(made) => {
                tx.commit().await.unwrap();
                $t.pass(jiff::SignedDuration::from_secs(1));
                Ok(made)
            }
            Err(oops) => {
                tx.give_up().await.unwrap();
                Err(oops)
            }
        }
    }};
}

pub(crate) async fn named(t: &TestApp, s: &Scene, called: &str, other: Option<PersonId>) -> Uuid {
    let command = Begin {
        person: s.josie,
        of: None,
        kind: TouchKind::Sibling,
        called: called.to_owned(),
        other,
        worker: None,
        why: None,
    };
    let made: Result<Uuid> = touched!(t, s.nadia.who, begin, command);
    made.unwrap()
}

pub(crate) fn wish(s: &Scene, touch: Uuid, words: &str, on: Date) -> Say {
    Say {
        person: s.josie,
        touch,
        wants: Wants::Yes,
        ways: Ways { how: vec![TouchWay::Visit, TouchWay::Call], often: Some(Often::EveryTwoWeeks) },
        words: Some(words.to_owned()),
        only: None,
        on,
    }
}

pub(crate) fn agreed(s: &Scene, touch: Uuid, words: &str) -> Agree {
    Agree {
        person: s.josie,
        touch,
        of: None,
        basis: Basis::CarePlan,
        ways: Ways { how: vec![TouchWay::Visit], often: Some(Often::EveryMonth) },
        words: words.to_owned(),
        supervised_why: None,
        order_words: None,
        with_them: true,
        from: date(2026, 1, 1),
        to: None,
        ended_why: None,
    }
}

pub(crate) fn time(s: &Scene, touch: Uuid, on: Date, came: Came) -> Bring {
    Bring {
        person: s.josie,
        touch,
        of: None,
        on,
        how: TouchWay::Visit,
        came,
        where_when: None,
        child_was: None,
        words: None,
        in_the_way: (None, None),
        with_them: true,
        entry: None,
        promise: None,
    }
}

pub(crate) async fn all(t: &TestApp, person: PersonId) -> Vec<Touch> {
    touches(&mut t.app.db.read().await.unwrap(), person, None).await.unwrap()
}

fn field(said: &Oops) -> Option<&str> {
    match said {
        Oops::Wrong(fields) => fields.first().map(|one| one.0.as_str()),
        _ => None,
    }
}

#[tokio::test]
async fn what_a_child_wants_changes_and_what_they_said_before_stays() {
    both(|t| async move {
        t.set_now("2026-05-02T10:00:00Z");
        let s = scene(&t).await;
        let ash = named(&t, &s, "Ash", Some(s.ash)).await;
        let kept: Result<()> = touched!(t, s.nadia.who, say, wish(&s, ash, "every day", date(2026, 5, 1)));
        kept.unwrap();
        t.set_now("2026-11-21T10:00:00Z");
        for words in ["not so often", "on Sundays at Nan's"] {
            let kept: Result<()> = touched!(t, s.nadia.who, say, wish(&s, ash, words, TODAY));
            kept.unwrap();
        }
        let held = all(&t, s.josie).await;
        let words: Vec<&str> = held[0].wishes.iter().filter_map(|one| one.words.as_deref()).collect();
        assert_eq!(
            words,
            ["every day", "on Sundays at Nan's"],
            "the same day is put right, another day stays"
        );
        let mut browser = t.signed_in(&s.nadia).await;
        let page = browser.get(&format!("/person/{}/staying-in-touch", s.josie)).await.words();
        for part in [
            "on Sundays at Nan's",
            "Seeing each other and calls, every two weeks",
            "Said to Nadia Farrow on",
            "What they wanted before",
            "“every day”",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        let then = format!("/person/{}/staying-in-touch?known=2026-06-01", s.josie);
        let then = browser.get(&then).await.words();
        assert!(then.contains("every day") && !then.contains("Sundays"), "{then}");
        let card = browser.get(&format!("/person/{}", s.josie)).await.words();
        assert!(card.contains("brother or sister wants every two weeks"), "{card}");
        t.facts_hold("touch").await;
        t.facts_hold("touch_wish").await;
    })
    .await;
}

#[tokio::test]
async fn who_does_not_work_with_a_child_sees_nothing_and_nobody_sees_one_they_may_not_know_of() {
    both(|t| async move {
        let s = scene(&t).await;
        let ash = named(&t, &s, "Ash", Some(s.ash)).await;
        let kept: Result<()> = touched!(t, s.nadia.who, say, wish(&s, ash, "every day", TODAY));
        kept.unwrap();
        let path = format!("/person/{}/staying-in-touch", s.josie);
        let mut stranger = t.signed_in(&s.stranger).await;
        assert_eq!(stranger.get(&path).await.status, StatusCode::FORBIDDEN);
        assert_eq!(stranger.get(&format!("{path}/with")).await.status, StatusCode::FORBIDDEN);
        let refused: Result<()> = touched!(t, s.stranger.who, say, wish(&s, ash, "x", TODAY));
        assert!(matches!(refused.unwrap_err(), Oops::NotAllowed(_)));
        t.level(s.ash, AccessLevel::Sealed).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        for page in [path.clone(), format!("/person/{}", s.josie), "/today".to_owned()] {
            let words = nadia.get(&page).await.words();
            assert!(!words.contains("Ash") && !words.contains("every day"), "{page}\n{words}");
        }
        let asked = nadia.get(&format!("{path}/wish?touch={ash}")).await;
        assert_eq!(asked.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn what_is_said_to_one_worker_alone_is_not_there_for_another() {
    both(|t| async move {
        let s = scene(&t).await;
        let ash = named(&t, &s, "Ash", Some(s.ash)).await;
        let path = format!("/person/{}/staying-in-touch", s.josie);
        let mut nadia = t.signed_in(&s.nadia).await;
        let touch = ash.to_string();
        let fields = [
            ("touch", touch.as_str()),
            ("wants", "never"),
            ("words", "he frightens me"),
            ("alone", "yes"),
            ("on-day", "21"),
            ("on-month", "11"),
            ("on-year", "2026"),
        ];
        assert_eq!(nadia.post(&format!("{path}/wish"), &fields).await.status, StatusCode::SEE_OTHER);
        let words = nadia.get(&path).await.words();
        assert!(words.contains("he frightens me") && words.contains("to Nadia Farrow alone"), "{words}");
        for other in [&s.owen, &s.helen] {
            let mut browser = t.signed_in(other).await;
            for page in [path.clone(), format!("/person/{}", s.josie), format!("{path}/wish?touch={ash}")] {
                let words = browser.get(&page).await.words();
                assert!(words.contains("Ash"), "{words}");
                assert!(
                    !words.contains("frightens") && !words.contains("does not want to, ever"),
                    "{page}\n{words}"
                );
            }
        }
        // nobody writes something down as said to somebody else alone
        let as_nadia = Say { only: Some(s.nadia.id), ..wish(&s, ash, "hi", TODAY) };
        let kept: Result<()> = touched!(t, s.owen.who, say, as_nadia);
        kept.unwrap();
        assert!(all(&t, s.josie).await[0].wishes.iter().any(|one| one.only.is_none()));
    })
    .await;
}

#[tokio::test]
async fn what_is_not_right_yet_is_named_and_what_was_typed_stays() {
    both(|t| async move {
        let s = scene(&t).await;
        let sam = named(&t, &s, "Sam", Some(s.sam)).await;
        for (wrong, command) in [
            ("words", agreed(&s, sam, " ")),
            ("order-words", Agree { basis: Basis::ContactOrder, ..agreed(&s, sam, "Sundays") }),
            ("to", Agree { to: Some(date(2025, 1, 1)), ..agreed(&s, sam, "Sundays") }),
            ("to", Agree { basis: Basis::Stopped, to: Some(date(2026, 1, 9)), ..agreed(&s, sam, "Stopped") }),
        ] {
            let refused: Result<Uuid> = touched!(t, s.nadia.who, agree, command);
            assert_eq!(field(&refused.unwrap_err()), Some(wrong));
        }
        for (wrong, command) in [
            ("on", time(&s, sam, date(2026, 11, 22), Came::Happened)),
            ("on", time(&s, sam, date(2026, 11, 20), Came::Arranged)),
            (
                "in-the-way-words",
                Bring { in_the_way: (Some(InTheWay::Other), None), ..time(&s, sam, TODAY, Came::DidNotCome) },
            ),
        ] {
            let refused: Result<Uuid> = touched!(t, s.nadia.who, bring, command);
            assert_eq!(field(&refused.unwrap_err()), Some(wrong));
        }
        assert!(all(&t, s.josie).await[0].agreed.is_empty());
        let mut nadia = t.signed_in(&s.nadia).await;
        let path = format!("/person/{}/staying-in-touch/agreed", s.josie);
        let touch = sam.to_string();
        let fields = [
            ("touch", touch.as_str()),
            ("words", "Sundays at two"),
            ("basis", "contact-order"),
            ("began-day", "1"),
            ("began-month", "2"),
            ("began-year", "2026"),
        ];
        let again = nadia.post(&path, &fields).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            again.words().contains("Say which court made it") && again.text.contains("Sundays at two"),
            "{}",
            again.words()
        );
    })
    .await;
}

#[tokio::test]
async fn a_time_is_arranged_and_told_of_and_what_got_in_the_way_becomes_a_promise() {
    both(|t| async move {
        let s = scene(&t).await;
        let ash = named(&t, &s, "Ash", Some(s.ash)).await;
        let made: Result<Uuid> = touched!(t, s.nadia.who, agree, agreed(&s, ash, "At Nan's, Bev drives"));
        made.unwrap();
        let place = Bring {
            where_when: Some("Nan's, at two".to_owned()),
            ..time(&s, ash, date(2026, 11, 25), Came::Arranged)
        };
        let made: Result<Uuid> = touched!(t, s.nadia.who, bring, place);
        let arranged = made.unwrap();
        let mut nadia = t.signed_in(&s.nadia).await;
        let today = nadia.get("/today").await.words();
        assert!(today.contains("Josie and Ash: arranged for"), "{today}");
        t.set_now("2026-11-27T10:00:00Z");
        let mut nadia = t.signed_in(&s.nadia).await;
        let today = nadia.get("/today").await.words();
        assert!(today.contains("Josie and Ash: how was it on"), "{today}");
        let version = all(&t, s.josie).await[0].times[0].id;
        let missed = Bring {
            of: Some((arranged, version)),
            child_was: Some("She waited at the window".to_owned()),
            in_the_way: (Some(InTheWay::Lift), None),
            promise: Some(("Pay for a taxi until Bev's car is mended".to_owned(), Some(date(2026, 12, 4)))),
            ..time(&s, ash, date(2026, 11, 25), Came::OffByUs)
        };
        let made: Result<Uuid> = touched!(t, s.nadia.who, bring, missed.clone());
        assert_eq!(made.unwrap(), arranged);
        let stale: Result<Uuid> = touched!(t, s.nadia.who, bring, missed);
        assert!(matches!(stale.unwrap_err(), Oops::Stale));
        let page = nadia.get(&format!("/person/{}/staying-in-touch", s.josie)).await.words();
        for part in [
            "We called it off.",
            "Josie: She waited at the window",
            "What got in the way: nobody to take them",
            "We promised: Pay for a taxi until Bev's car is mended",
            "came to nothing once in the last 12 months",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        assert!(nadia.get("/today").await.words().contains("Pay for a taxi"));
        for table in ["touch_agreed", "touch_time", "promise"] {
            t.facts_hold(table).await;
        }
    })
    .await;
}

#[tokio::test]
async fn nobody_is_looked_for_before_the_child_wants_it_and_a_search_without_news_asks() {
    both(|t| async move {
        let s = scene(&t).await;
        let denise = named(&t, &s, "Denise", None).await;
        let at = |stage, on, words: Option<&str>| Step {
            person: s.josie,
            touch: denise,
            stage,
            on,
            looked: None,
            words: words.map(str::to_owned),
        };
        let refused: Result<()> = touched!(t, s.nadia.who, step, at(Stage::Looking, TODAY, None));
        assert_eq!(field(&refused.unwrap_err()), Some("stage"));
        t.set_now("2026-10-01T10:00:00Z");
        for stage in [Stage::Offered, Stage::Wanted, Stage::Looking] {
            let kept: Result<()> = touched!(t, s.nadia.who, step, at(stage, date(2026, 10, 1), None));
            kept.unwrap();
        }
        let early: Result<()> = touched!(t, s.nadia.who, step, at(Stage::Found, date(2026, 9, 1), None));
        assert_eq!(field(&early.unwrap_err()), Some("on"));
        t.set_now("2026-11-21T10:00:00Z");
        let mut nadia = t.signed_in(&s.nadia).await;
        let today = nadia.get("/today").await.words();
        assert!(today.contains("Looking for Denise for Josie: no news since"), "{today}");
        let form = nadia.get(&format!("/person/{}/staying-in-touch/look?touch={denise}", s.josie)).await;
        assert!(
            form.text.contains("value=\"found\"") && !form.text.contains("value=\"met\""),
            "{}",
            form.words()
        );
        let kept: Result<()> = touched!(t, s.nadia.who, step, at(Stage::Found, TODAY, None));
        kept.unwrap();
        let refused: Result<()> = touched!(t, s.nadia.who, step, at(Stage::Safe, TODAY, None));
        assert_eq!(field(&refused.unwrap_err()), Some("words"), "how it was weighed is said");
        t.facts_hold("touch_search").await;
    })
    .await;
}

async fn run(t: &TestApp, sql: &'static str, values: Vec<db::Value>) {
    let mut tx = t.app.db.write().await.unwrap();
    tx.run(sql, values).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn given_a_mentor_when_all_is_closed_and_they_are_grown_up_then_the_mentor_stays_and_somebody_still_asks()
 {
    both(|t| async move {
        let s = scene(&t).await;
        let bev = named(&t, &s, "Bev", None).await;
        let chosen =
            Choose { person: s.josie, touch: bev, words: Some("she never gave up on me".to_owned()) };
        let kept: Result<()> = touched!(t, s.nadia.who, choose, chosen);
        kept.unwrap();
        let mut nadia = t.signed_in(&s.nadia).await;
        let today = nadia.get("/today").await.words();
        assert!(today.contains("Josie chose Bev as a mentor"), "{today}");
        let kept: Result<()> = touched!(
            t,
            s.nadia.who,
            mentor_says,
            (s.josie, bev),
            (MentorState::Agreed, Some("Sunday dinner"), Some(Often::EveryMonth))
        );
        kept.unwrap();
        let made: Result<Uuid> = touched!(t, s.nadia.who, agree, agreed(&s, bev, "Sunday dinner at Bev's"));
        made.unwrap();
        // the 18th birthday goes by, the episode and every allocation end
        t.set_now("2031-06-01T10:00:00Z");
        assert!(
            t.signed_in(&s.nadia).await.get("/today").await.words().contains("Bev stays in Josie’s life")
        );
        run(&t, "UPDATE episode SET to_date = $2 WHERE person_id = $1", args![s.josie, date(2031, 5, 30)])
            .await;
        run(&t, "UPDATE allocation SET to_date = $2 WHERE person_id = $1", args![s.josie, date(2031, 5, 30)])
            .await;
        let held = all(&t, s.josie).await;
        assert_eq!(held[0].mentor().unwrap().state, MentorState::Agreed);
        assert_eq!(held[0].agreed_on(date(2031, 6, 1)).len(), 1, "what was agreed still holds");
        assert!(!t.signed_in(&s.nadia).await.get("/today").await.words().contains("Bev"));
        let today = t.signed_in(&s.helen).await.get("/today").await.words();
        assert!(today.contains("Bev stays in Josie’s life. Nobody has heard how it goes since"), "{today}");
        assert!(
            !today.contains("asked Josie"),
            "and nothing else of a record that is closed to her: {today}"
        );
        assert!(!t.signed_in(&s.stranger).await.get("/today").await.words().contains("Bev"));
        // whoever may open the closed record still finds who stays
        t.glass(s.josie, &s.nadia).await;
        let page = t.signed_in(&s.nadia).await.get(&format!("/person/{}/staying-in-touch", s.josie)).await;
        assert!(page.words().contains("Who stays Josie chose Bev"), "{}", page.words());
        // only one of the two ends it
        let end = EndMentor { person: s.josie, touch: bev, by: EndedBy::Mentor, why: None };
        let kept: Result<()> = touched!(t, s.nadia.who, end_mentor, end.clone());
        kept.unwrap();
        let again: Result<()> = touched!(t, s.nadia.who, end_mentor, end);
        assert!(matches!(again.unwrap_err(), Oops::Refused(_)));
        assert!(all(&t, s.josie).await[0].mentor().is_none());
        t.facts_hold("touch_mentor").await;
    })
    .await;
}

#[tokio::test]
async fn nobody_asked_for_months_is_said_gently_and_an_asked_child_is_left_in_peace() {
    both(|t| async move {
        let s = scene(&t).await;
        t.set_now("2026-04-01T10:00:00Z");
        let ash = named(&t, &s, "Ash", Some(s.ash)).await;
        named(&t, &s, "Biscuit", None).await;
        t.set_now("2026-11-21T10:00:00Z");
        let kept: Result<()> = touched!(t, s.nadia.who, say, wish(&s, ash, "Sundays", TODAY));
        kept.unwrap();
        let today = t.signed_in(&s.nadia).await.get("/today").await.words();
        assert!(today.contains("Nobody has asked Josie yet what they want with Biscuit"), "{today}");
        assert!(!today.contains("with Ash"), "{today}");
    })
    .await;
}
