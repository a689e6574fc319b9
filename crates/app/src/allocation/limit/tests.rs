//! Going over a limit by decision: what is refused first and who can decide; what the worker and the head of service read;
//! looking at it again; and who waits for a worker, for everybody in the service.

use app::allocation::handover::{Doing, Offer, go_on, load_of, offer};
use app::allocation::limit::{Decide, LookBack, SetWay, decide_over_limit, look_again, set_way, standing};
use app::allocation::{Allocate, allocate};
use app::figure::{SetTeamLimit, set_team_limit};
use app::worker::{SetShare, set_share};
use app::{Oops, Result};
use axum::http::StatusCode;
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::continuity::Cause;
use practice::episode::EpisodeKind;
use practice::handover::CouldStay;
use practice::id::PersonId;
use practice::limit::Whose;
use practice::load::Points;
use practice::person::AccessLevel;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

const CHILD: Date = date(2017, 5, 4);
const TODAY: Date = date(2026, 11, 21);
const SOON: Date = date(2026, 12, 4);

struct Council {
    head: Worker,
    helen: Worker,
    nadia: Worker,
    /// Who has nobody yet.
    josie: PersonId,
    /// Whom Nadia has.
    theo: PersonId,
}

macro_rules! does {
    ($t:expr, $by:expr, $action:ident, $command:expr) => {{
        let mut moment = $t.moment();
        let mut tx = $t.app.db.write().await.unwrap();
        let done = $action(&mut tx, &$by.who, &mut moment, $command).await;
        if done.is_ok() {
            tx.commit().await.unwrap();
        }
        done
    }};
}

/// A head of service, a manager, and Nadia, who works one day in ten, so that two children are more than she can hold.
async fn council(t: &TestApp) -> Council {
    t.set_now("2026-11-21T10:00:00Z");
    let service = t.team("Service", None).await;
    let team = t.team("Riverside", Some(service)).await;
    let head = t.worker("Rosalind Meade", Role::HeadOfService, service).await;
    let helen = t.worker("Helen Boateng", Role::TeamManager, team).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let admin = t.worker("Alex Drummond", Role::SystemAdministrator, service).await;
    let theo = t.person("Theo Hart", CHILD).await;
    let josie = t.person("Josie Slade", CHILD).await;
    for child in [theo, josie] {
        t.episode(child, EpisodeKind::ChildInNeed, team).await;
    }
    t.allocate(theo, &nadia, AllocationKind::Responsible).await;
    let share = SetShare { worker: nadia.id, percent: 10, from: TODAY };
    does!(t, admin, set_share, share).unwrap();
    Council { head, helen, nadia, josie, theo }
}

fn give(person: PersonId, to: &Worker) -> Allocate {
    Allocate { person, worker: to.id, part: AllocationKind::Responsible, from: TODAY, to: None, reason: None }
}

fn may(c: &Council, reason: &str, look_on: Date) -> Decide {
    Decide { worker: c.nadia.id, person: c.josie, reason: reason.to_owned(), look_on }
}

fn wrong<T: std::fmt::Debug>(refused: Result<T>) -> (String, String) {
    match refused {
        Err(Oops::Wrong(fields)) => fields[0].clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn one_more_than_somebody_can_hold_needs_a_named_decision_with_a_reason() {
    both(|t| async move {
        let c = council(&t).await;
        let (field, words) = wrong(does!(t, c.helen, allocate, give(c.josie, &c.nadia)));
        assert_eq!(field, "over-why");
        assert!(words.contains("Nadia Farrow would hold 2 of 1.8 points, 0.2 over the limit"), "{words}");
        assert!(words.contains("Helen Boateng can decide that"), "{words}");
        assert_eq!(wrong(does!(t, c.helen, decide_over_limit, may(&c, " ", SOON))).0, "over-why");
        assert_eq!(wrong(does!(t, c.helen, decide_over_limit, may(&c, "Why", TODAY))).0, "look");
        let far = date(2027, 11, 21);
        assert_eq!(wrong(does!(t, c.helen, decide_over_limit, may(&c, "Why", far))).0, "look");
        // nobody decides about their own load, and no colleague and no manager elsewhere does
        let (_, own) = wrong(does!(t, c.nadia, decide_over_limit, may(&c, "I can", SOON)));
        assert!(own.contains("Nobody decides this about what they hold themselves"), "{own}");
        let far_team = t.team("Far", None).await;
        let other = t.worker("Otto Far", Role::TeamManager, far_team).await;
        let (_, not) = wrong(does!(t, other, decide_over_limit, may(&c, "They can", SOON)));
        assert!(not.contains("Helen Boateng"), "{not}");
        assert!(standing(&mut t.app.db.read().await.unwrap()).await.unwrap().is_empty());
        does!(t, c.helen, decide_over_limit, may(&c, "Josie’s family know Nadia.", SOON)).unwrap();
        let twice = does!(t, c.helen, decide_over_limit, may(&c, "Again", SOON));
        assert!(matches!(twice, Err(Oops::Refused(_))), "{twice:?}");
        does!(t, c.helen, allocate, give(c.josie, &c.nadia)).unwrap();
        let held = standing(&mut t.app.db.read().await.unwrap()).await.unwrap();
        assert_eq!((held.len(), held[0].whose, held[0].load.points), (1, Whose::Worker, Points(200)));
        t.facts_hold("over_limit").await;
        t.facts_hold("week_share").await;
    })
    .await;
}

#[tokio::test]
async fn the_form_asks_for_the_reason_only_where_it_is_needed_and_keeps_what_was_typed() {
    both(|t| async move {
        let c = council(&t).await;
        let mut helen = t.signed_in(&c.helen).await;
        let href = format!("/person/{}/helpers/allocate", c.josie);
        assert!(!helen.get(&href).await.text.contains("over-why"));
        let worker = c.nadia.id.to_string();
        let base = [
            ("part", "responsible"),
            ("worker", worker.as_str()),
            ("from-day", "21"),
            ("from-month", "11"),
            ("from-year", "2026"),
            ("reason", "She asked for Nadia"),
        ];
        let page = helen.post(&href, &base).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.words().contains("Why they may hold more than they can"), "{}", page.words());
        assert!(page.text.contains("She asked for Nadia") && page.text.contains("name=\"over-why\""));
        let mut all = base.to_vec();
        all.extend([
            ("over-why", "Her family know Nadia"),
            ("look-day", "4"),
            ("look-month", "12"),
            ("look-year", "2026"),
        ]);
        let check = helen.post(&href, &all).await;
        assert!(check.words().contains("by your decision"), "{}", check.words());
        all.push(("press", "save"));
        let done = helen.post(&href, &all).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        // the head of service sees who decided, why and until when; the worker too, and no colleague
        let mut head = t.signed_in(&c.head).await;
        for page in [head.get("/today").await.words(), head.get("/over-limit").await.words()] {
            for part in [
                "Nadia Farrow holds 2 of 1.8 points",
                "Helen Boateng decided",
                "Her family know Nadia",
                "4 December",
                "Josie",
            ] {
                assert!(page.contains(part), "{part}: {page}");
            }
        }
        let mut nadia = t.signed_in(&c.nadia).await;
        let own = nadia.get("/over-limit").await.words();
        assert!(own.contains("no mark against you") && own.contains("Her family know Nadia"), "{own}");
        let callum = t.worker("Callum Idris", Role::SocialWorker, c.nadia.team).await;
        let mut colleague = t.signed_in(&callum).await;
        let none = colleague.get("/over-limit").await.words();
        assert!(none.contains("Nobody holds more") && !none.contains("Nadia"), "{none}");
    })
    .await;
}

#[tokio::test]
async fn an_offer_is_not_accepted_over_a_limit_before_it_is_decided_on_the_managers_today() {
    both(|t| async move {
        let c = council(&t).await;
        let command = Offer {
            person: c.josie,
            to: c.nadia.id,
            cause: Cause::Reallocation,
            why: "Nobody has her.".to_owned(),
            could_stay: CouldStay::No,
            could_stay_words: "She has nobody.".to_owned(),
            leaves_on: None,
            said: vec![],
        };
        does!(t, c.helen, offer, command).unwrap();
        let stopped = does!(t, c.nadia, go_on, (c.josie, Doing::Accept)).unwrap_err();
        assert!(stopped.to_string().contains("Helen Boateng can decide that"), "{stopped}");
        let mut helen = t.signed_in(&c.helen).await;
        let today = helen.get("/today").await;
        assert!(today.words().contains("Waiting for your decision"), "{}", today.words());
        let href = format!("/over-limit/decide?worker={}&person={}", c.nadia.id, c.josie);
        let form = helen.get(&href).await.words();
        assert!(form.contains("May Nadia Farrow hold Josie as well?"), "{form}");
        let (worker, person) = (c.nadia.id.to_string(), c.josie.to_string());
        let who = [("worker", worker.as_str()), ("person", person.as_str())];
        let again = helen.post("/over-limit/decide", &who).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.words().contains("Say why"), "{}", again.words());
        let mut all = who.to_vec();
        all.extend([
            ("over-why", "Until Marta is back"),
            ("look-day", "4"),
            ("look-month", "12"),
            ("look-year", "2026"),
        ]);
        let done = helen.post("/over-limit/decide", &all).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        assert!(!helen.get("/today").await.words().contains("Waiting for your decision"));
        does!(t, c.nadia, go_on, (c.josie, Doing::Accept)).unwrap();
        // whoever does not lead her is told who decides, and of one whose record nobody may know nothing is said
        let mut nadia = t.signed_in(&c.nadia).await;
        let not = nadia.get(&href).await;
        assert_eq!(not.status, StatusCode::FORBIDDEN);
        t.level(c.josie, AccessLevel::Restricted).await;
        let mut head = t.signed_in(&c.head).await;
        assert_eq!(head.get(&href).await.status, StatusCode::NOT_FOUND);
        let page = head.get("/over-limit").await.words();
        assert!(page.contains("somebody whose name you cannot see") && !page.contains("Josie"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn it_is_looked_at_again_on_its_day_or_when_the_load_fell_back() {
    both(|t| async move {
        let c = council(&t).await;
        does!(t, c.helen, decide_over_limit, may(&c, "They know her.", SOON)).unwrap();
        does!(t, c.helen, allocate, give(c.josie, &c.nadia)).unwrap();
        let mut helen = t.signed_in(&c.helen).await;
        assert!(!helen.get("/today").await.words().contains("Its time has come"));
        t.set_now("2026-12-04T10:00:00Z");
        let mut helen = t.signed_in(&c.helen).await;
        assert!(helen.get("/today").await.words().contains("Its time has come"));
        let one = standing(&mut t.app.db.read().await.unwrap()).await.unwrap().remove(0);
        let back = |words: &str, until| LookBack {
            decision: one.id,
            version: one.version,
            words: words.to_owned(),
            until,
        };
        assert!(matches!(does!(t, c.nadia, look_again, back("Hm", None)), Err(Oops::NotFound)));
        let on = date(2026, 12, 18);
        assert_eq!(wrong(does!(t, c.helen, look_again, back(" ", Some(on)))).0, "look-words");
        assert_eq!(wrong(does!(t, c.helen, look_again, back("Longer", Some(TODAY)))).0, "until");
        does!(t, c.helen, look_again, back("Until Christmas.", Some(on))).unwrap();
        assert!(matches!(does!(t, c.helen, look_again, back("Twice", None)), Err(Oops::Stale)));
        let page = helen.get("/over-limit").await.words();
        assert!(page.contains("Until Christmas.") && page.contains("18 December"), "{page}");
        // one goes on to somebody else: there is room again
        let marta = t.worker("Marta Greig", Role::SocialWorker, c.nadia.team).await;
        let from = date(2026, 12, 4);
        does!(t, c.helen, allocate, Allocate { from, ..give(c.theo, &marta) }).unwrap();
        t.set_now("2026-12-05T10:00:00Z");
        let mut helen = t.signed_in(&c.helen).await;
        let today = helen.get("/today").await.words();
        assert!(today.contains("The load has fallen back"), "{today}");
        let one = standing(&mut t.app.db.read().await.unwrap()).await.unwrap().remove(0);
        let href = format!("/over-limit/{}/look", one.id);
        assert!(helen.get(&href).await.words().contains("It is over"));
        let version = one.version.to_string();
        let done = helen.post(&href, &[("then", "over"), ("version", &version)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        assert!(standing(&mut t.app.db.read().await.unwrap()).await.unwrap().is_empty());
        assert_eq!(helen.get(&href).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_team_has_a_limit_of_the_councils_and_a_long_way_weighs() {
    both(|t| async move {
        let c = council(&t).await;
        let marta = t.worker("Marta Greig", Role::SocialWorker, c.nadia.team).await;
        let set = |points| SetTeamLimit {
            team: c.nadia.team,
            points,
            from: TODAY,
            reason: "Two posts are empty".to_owned(),
        };
        let refused = does!(t, c.helen, set_team_limit, set(Some(Points(100))));
        assert!(matches!(refused, Err(Oops::NotAllowed(_))), "{refused:?}");
        let no_reason = SetTeamLimit { reason: String::new(), ..set(Some(Points(100))) };
        assert_eq!(wrong(does!(t, c.head, set_team_limit, no_reason)).0, "reason");
        does!(t, c.head, set_team_limit, set(Some(Points(150)))).unwrap();
        t.facts_hold("team_limit").await;
        let (_, words) = wrong(does!(t, c.helen, allocate, give(c.josie, &marta)));
        assert!(words.contains("the team of Marta Greig would hold 2 of 1.5 points"), "{words}");
        // whom the team has already adds nothing to it
        does!(t, c.helen, allocate, give(c.theo, &marta)).unwrap();
        let mut head = t.signed_in(&c.head).await;
        let page = head.get("/administration/limits").await.words();
        assert!(page.contains("1.5 points, from 21 November 2026"), "{page}");
        does!(t, c.head, set_team_limit, set(None)).unwrap();
        does!(t, c.helen, allocate, give(c.josie, &marta)).unwrap();
        let load = load_of(&mut t.app.db.read().await.unwrap(), marta.id, TODAY).await.unwrap();
        assert_eq!(load.points, Points(200));
        let way = SetWay { person: c.josie, minutes: 130, from: TODAY };
        let stranger = t.worker("Otto Far", Role::SocialWorker, t.team("Far", None).await).await;
        assert!(does!(t, stranger, set_way, way).is_err());
        let later = SetWay { from: SOON, ..way };
        assert_eq!(wrong(does!(t, marta, set_way, later)).0, "from");
        does!(t, marta, set_way, way).unwrap();
        t.facts_hold("way_there").await;
        let load = load_of(&mut t.app.db.read().await.unwrap(), marta.id, TODAY).await.unwrap();
        assert_eq!(load.points, Points(225));
        let mut marta = t.signed_in(&marta).await;
        let page = marta.get(&format!("/person/{}/helpers/way", c.josie)).await.words();
        assert!(page.contains("2 hours 10 minutes there and back"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn everybody_of_the_service_sees_who_waits_and_counts_whom_they_may_not_know() {
    both(|t| async move {
        let c = council(&t).await;
        let hidden = t.person("Hidden Person", CHILD).await;
        t.episode(hidden, EpisodeKind::ChildInNeed, c.nadia.team).await;
        t.level(hidden, AccessLevel::Restricted).await;
        let sealed = t.person("Sealed Person", CHILD).await;
        t.episode(sealed, EpisodeKind::ChildInNeed, c.nadia.team).await;
        t.level(sealed, AccessLevel::Sealed).await;
        let far = t.worker("Otto Far", Role::FamilySupportWorker, t.team("Far", None).await).await;
        let mut otto = t.signed_in(&far).await;
        let today = otto.get("/today").await;
        assert!(today.text.contains("href=\"/waiting\""));
        let page = otto.get("/waiting").await.words();
        assert!(page.contains("2 people wait for a worker") && page.contains("Josie Riverside"), "{page}");
        assert!(page.contains("1 person waits whose name you cannot see"), "{page}");
        assert!(!page.contains("Hidden") && !page.contains("Sealed") && !page.contains("Theo"), "{page}");
        let data = t.worker("Dot Ames", Role::DataOfficer, c.nadia.team).await;
        let mut data = t.signed_in(&data).await;
        assert_eq!(data.get("/waiting").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}
