//! Going slower, or another way: what is refused first; why is asked before anybody says yes; the date does not move; the
//! family reads what is shared; the service sees where, without a name.

use app::own_way::{Doing, Propose, go_on, own_ways, propose};
use app::{Oops, Result, clock};
use axum::http::StatusCode;
use db::args;
use jiff::SignedDuration;
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::clock::RuleId;
use practice::episode::EpisodeKind;
use practice::id::PersonId;
use practice::own_way::{Became, WayState};
use practice::role::Role;
use testkit::{TestApp, Worker, both};
use uuid::Uuid;

const UNTIL: Date = date(2026, 12, 18);

struct Scene {
    josie: PersonId,
    leanne: PersonId,
    helen: Worker,
    nadia: Worker,
    stranger: Worker,
}

async fn scene(t: &TestApp) -> Scene {
    let north = t.team("North", None).await;
    let south = t.team("South", None).await;
    let helen = t.worker("Helen Marsh", Role::TeamManager, north).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, north).await;
    let stranger = t.worker("Sol Quill", Role::SocialWorker, south).await;
    let josie = t.person("Josie Hart", date(2013, 5, 4)).await;
    let leanne = t.person("Leanne Hart", date(1990, 2, 1)).await;
    t.parent(leanne, josie, true).await;
    t.episode(josie, EpisodeKind::ChildInNeed, north).await;
    t.allocate(josie, &nadia, AllocationKind::Responsible).await;
    Scene { josie, leanne, helen, nadia, stranger }
}

const EPISODE: &str = "INSERT INTO episode (id, episode_id, person_id, kind, from_date, last_seen, recorded_at) \
    VALUES ($1, $2, $3, 'child-protection', $4, $5, $6)";
const PLAN: &str = "INSERT INTO step (id, person_id, episode_id, kind, start_date, recorded_at) \
    VALUES ($1, $2, $3, 'protection-plan', $4, $5)";

/// So that a visit is due by a day.
async fn under_protection(t: &TestApp, person: PersonId) {
    let mut moment = t.moment();
    let episode = moment.id();
    let mut tx = t.app.db.write().await.unwrap();
    let values = args![moment.id(), episode, person, date(2026, 11, 2), date(2026, 11, 9), moment.now()];
    tx.run(EPISODE, values).await.unwrap();
    tx.run(PLAN, args![moment.id(), person, episode, date(2026, 11, 2), moment.now()]).await.unwrap();
    clock::refresh(&mut tx, &mut moment, person).await.unwrap();
    tx.commit().await.unwrap();
}

fn in_words(person: PersonId) -> Propose {
    Propose {
        person,
        clock: None,
        procedure: "A joint visit first".to_owned(),
        otherwise: "I go alone, twice".to_owned(),
        why: "Josie says nothing when two of us come, and Leanne agrees".to_owned(),
        agreed_with: "Leanne and Josie, on Tuesday".to_owned(),
        for_family: Some("We agreed that Nadia comes alone first.".to_owned()),
        until: UNTIL,
    }
}

async fn proposes(t: &TestApp, by: &Worker, command: Propose) -> Result<Uuid> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let way = propose(&mut tx, &by.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(way)
}

async fn version(t: &TestApp, person: PersonId, way: Uuid) -> (Uuid, Uuid) {
    let all = own_ways(&mut t.app.db.read().await.unwrap(), person, None).await.unwrap();
    (way, all.iter().find(|one| one.way() == way).unwrap().version())
}

async fn does(t: &TestApp, by: &Worker, (person, way, doing): (PersonId, Uuid, Doing)) -> Result<()> {
    let of = version(t, person, way).await;
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    go_on(&mut tx, &by.who, &mut moment, (person, of, doing)).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn state(t: &TestApp, person: PersonId, way: Uuid) -> WayState {
    let all = own_ways(&mut t.app.db.read().await.unwrap(), person, None).await.unwrap();
    all.iter().find(|one| one.way() == way).unwrap().standing.state
}

fn fields(said: &Oops) -> Vec<&str> {
    match said {
        Oops::Wrong(fields) => fields.iter().map(|one| one.0.as_str()).collect(),
        _ => vec![],
    }
}

#[tokio::test]
async fn what_is_missing_is_named_and_nobody_decides_before_they_asked_why() {
    both(|t| async move {
        let s = scene(&t).await;
        let empty = Propose {
            procedure: " ".to_owned(),
            otherwise: String::new(),
            why: String::new(),
            agreed_with: String::new(),
            until: date(2027, 6, 1),
            ..in_words(s.josie)
        };
        let said = proposes(&t, &s.nadia, empty).await.unwrap_err();
        assert_eq!(fields(&said), ["procedure", "otherwise", "why", "agreed-with", "until"]);
        let past = Propose { until: date(2026, 11, 1), ..in_words(s.josie) };
        assert_eq!(fields(&proposes(&t, &s.nadia, past).await.unwrap_err()), ["until"]);
        let rule: RuleId = "CP-11".parse().unwrap();
        let no_clock = Propose { clock: Some((rule, UNTIL)), ..in_words(s.josie) };
        assert!(matches!(proposes(&t, &s.nadia, no_clock).await, Err(Oops::NotFound)));
        assert!(proposes(&t, &s.stranger, in_words(s.josie)).await.is_err(), "who may not open the record");

        let way = proposes(&t, &s.nadia, in_words(s.josie)).await.unwrap();
        let agree = || Doing::Agree(UNTIL, None);
        let first = does(&t, &s.helen, (s.josie, way, agree())).await;
        assert!(matches!(&first, Err(Oops::Refused(words)) if words.contains("Ask why first")), "{first:?}");
        let own = does(&t, &s.nadia, (s.josie, way, agree())).await;
        assert!(matches!(own, Err(Oops::NotAllowed(_))), "nobody agrees with themselves");
        let empty = does(&t, &s.helen, (s.josie, way, Doing::Ask(" ".to_owned()))).await.unwrap_err();
        assert_eq!(fields(&empty), ["ask"]);
        does(&t, &s.helen, (s.josie, way, Doing::Ask("What does Josie say?".to_owned()))).await.unwrap();
        let early = does(&t, &s.helen, (s.josie, way, agree())).await;
        assert!(matches!(early, Err(Oops::Refused(_))), "not answered yet");
        does(&t, &s.nadia, (s.josie, way, Doing::Answer("She asked for it.".to_owned()))).await.unwrap();
        let longer = does(&t, &s.helen, (s.josie, way, Doing::Agree(date(2026, 12, 19), None))).await;
        assert_eq!(fields(&longer.unwrap_err()), ["until"], "never longer than was asked for");
        let no = does(&t, &s.helen, (s.josie, way, Doing::Decline(String::new()))).await.unwrap_err();
        assert_eq!(fields(&no), ["no"]);
        let of = version(&t, s.josie, way).await;
        does(&t, &s.helen, (s.josie, way, Doing::Decline("The judge asked for two.".to_owned())))
            .await
            .unwrap();
        assert_eq!(state(&t, s.josie, way).await, WayState::Declined);
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let stale = go_on(&mut tx, &s.helen.who, &mut moment, (s.josie, of, agree())).await;
        assert!(matches!(stale, Err(Oops::Stale)), "it went on meanwhile: {stale:?}");
    })
    .await;
}

#[tokio::test]
async fn on_the_pages_why_comes_first_and_both_voices_stay() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        let (page, new) =
            (format!("/person/{}/own-way", s.josie), format!("/person/{}/own-way/new", s.josie));
        nadia.get(&new).await;
        let words = [("clock", ""), ("why", "She needs time")];
        let again = nadia.post(&new, &words).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            again.words().contains("Choose what is done otherwise") && again.text.contains("She needs time")
        );
        let way = proposes(&t, &s.nadia, in_words(s.josie)).await.unwrap();
        let mut helen = t.signed_in(&s.helen).await;
        assert!(helen.get("/today").await.words().contains("Ask why first"));
        let asked = helen.get(&page).await;
        assert!(asked.words().contains("Ask why first"), "{}", asked.words());
        for later in ["value=\"agree\"", "value=\"decline\""] {
            assert!(!asked.text.contains(later), "nothing but the question can be pressed: {later}");
        }
        let of = version(&t, s.josie, way).await;
        let (id, at) = (of.0.to_string(), of.1.to_string());
        let empty = [("way", id.as_str()), ("version", at.as_str()), ("doing", "ask"), ("ask", "")];
        assert!(helen.post(&page, &empty).await.words().contains("Write it in a sentence or two"));
        let ask =
            [("way", id.as_str()), ("version", at.as_str()), ("doing", "ask"), ("ask", "What does she say?")];
        assert_eq!(helen.post(&page, &ask).await.status, StatusCode::SEE_OTHER);
        let mut nadia = t.signed_in(&s.nadia).await;
        assert!(nadia.get("/today").await.words().contains("You are asked why"));
        does(&t, &s.nadia, (s.josie, way, Doing::Answer("She wants one of us.".to_owned()))).await.unwrap();
        let of = version(&t, s.josie, way).await;
        let (id, at) = (of.0.to_string(), of.1.to_string());
        assert!(helen.get(&page).await.text.contains("value=\"agree\""));
        let less = [
            ("way", id.as_str()),
            ("version", at.as_str()),
            ("doing", "agree"),
            ("until-day", "4"),
            ("until-month", "12"),
            ("until-year", "2026"),
        ];
        let sent = helen.post(&page, &less).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.words());
        let read = nadia.get(&page).await.words();
        for part in ["What does she say?", "She wants one of us.", "Agreed.", "Until 4 December"] {
            assert!(read.contains(part), "{part}: {read}");
        }
        // its day comes: both find it on Today; looked at, it is over
        t.pass(SignedDuration::from_hours(24 * 14));
        for worker in [&s.nadia, &s.helen] {
            let today = t.signed_in(worker).await.get("/today").await.words();
            assert!(today.contains("Look at it again"), "{today}");
        }
        let look = Doing::Look(Became::Helped, "Josie talks now.".to_owned());
        does(&t, &s.nadia, (s.josie, way, look)).await.unwrap();
        assert_eq!(state(&t, s.josie, way).await, WayState::Ended);
        let mut nadia = t.signed_in(&s.nadia).await;
        assert!(nadia.get(&page).await.words().contains("Looked at again: It helped."));
        let before = nadia.get(&format!("{page}?known=2026-11-22")).await.words();
        assert!(before.contains("Until 4 December") && !before.contains("It helped"), "{before}");
    })
    .await;
}

#[tokio::test]
async fn the_date_does_not_move_and_says_beside_itself_what_was_agreed() {
    both(|t| async move {
        let s = scene(&t).await;
        let today = t.moment().today();
        under_protection(&t, s.josie).await;
        let running = clock::running_of(&mut t.app.db.read().await.unwrap(), s.josie, today).await.unwrap();
        let kept = running.first().expect("a clock");
        let which = (kept.clock.rule, kept.clock.started.on);
        let due = kept.clock.due;
        let way = proposes(&t, &s.nadia, Propose { clock: Some(which), ..in_words(s.josie) }).await.unwrap();
        let dates = format!("/person/{}/dates", s.josie);
        let mut nadia = t.signed_in(&s.nadia).await;
        assert!(!nadia.get(&dates).await.words().contains("Going slower"), "nothing is agreed yet");
        does(&t, &s.helen, (s.josie, way, Doing::Ask("Why?".to_owned()))).await.unwrap();
        does(&t, &s.nadia, (s.josie, way, Doing::Answer("So.".to_owned()))).await.unwrap();
        does(&t, &s.helen, (s.josie, way, Doing::Agree(UNTIL, None))).await.unwrap();
        let page = nadia.get(&dates).await.words();
        let said = "Going slower agreed by Helen Marsh until 18 December, because “Josie says nothing when two of us come";
        assert!(page.contains(said), "{page}");
        let after = clock::running_of(&mut t.app.db.read().await.unwrap(), s.josie, today).await.unwrap();
        let same = after.iter().find(|one| (one.clock.rule, one.clock.started.on) == which).unwrap();
        assert_eq!(same.clock.due, due, "the clock tells the truth");
        assert_eq!(same.state, kept.state);
    })
    .await;
}

#[tokio::test]
async fn the_family_reads_what_is_shared_once_it_is_agreed_and_the_service_sees_where_without_a_name() {
    both(|t| async move {
        let s = scene(&t).await;
        let way = proposes(&t, &s.nadia, in_words(s.josie)).await.unwrap();
        let quiet =
            Propose { for_family: None, why: "Craig would be told off".to_owned(), ..in_words(s.josie) };
        proposes(&t, &s.nadia, quiet).await.unwrap();
        let shared = "We agreed that Nadia comes alone first.";
        assert!(!t.own_space(s.josie).await.get("/my/plan").await.words().contains(shared), "not agreed yet");
        does(&t, &s.helen, (s.josie, way, Doing::Ask("Why?".to_owned()))).await.unwrap();
        does(&t, &s.nadia, (s.josie, way, Doing::Answer("So.".to_owned()))).await.unwrap();
        does(&t, &s.helen, (s.josie, way, Doing::Agree(UNTIL, None))).await.unwrap();
        let page = t.own_space(s.josie).await.get("/my/plan").await.words();
        assert!(page.contains(shared) && page.contains("18 December"), "{page}");
        assert!(!page.contains("told off"));
        // a parent without a voice in the plan reads none of it
        assert!(!t.own_space(s.leanne).await.get("/my/plan").await.words().contains(shared));
        let mut helen = t.signed_in(&s.helen).await;
        let all = helen.get("/own-ways").await.words();
        assert!(
            all.contains("A joint visit first")
                && all.contains("… says nothing when two of us come, and … agrees"),
            "{all}"
        );
        assert!(!all.contains("Josie") && !all.contains("Leanne"), "{all}");
        assert_eq!(t.signed_in(&s.nadia).await.get("/own-ways").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}
