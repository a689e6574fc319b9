//! Today as its readers see it: a worker, who stands in, a manager, a head of service, those without people.

use app::episode::{OpenEpisode, open_episode};
use db::args;
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::episode::EpisodeKind;
use practice::id::{EpisodeId, PersonId};
use practice::person::AccessLevel;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

const CHILD: Date = date(2017, 5, 4);
const YOUNGER: Date = date(2020, 3, 1);
const NOV: Date = date(2026, 11, 2);

/// Opens an episode of child protection with its plan, and the day the child was last seen.
async fn protection(t: &TestApp, by: &Worker, person: PersonId, last_seen: Date) -> EpisodeId {
    let mut moment = t.moment();
    let program = app::Who::program("a test");
    let mut tx = t.app.db.write().await.unwrap();
    let open = OpenEpisode {
        person,
        kind: EpisodeKind::ChildProtection,
        team: Some(by.team),
        from: NOV,
        to: None,
        end_reason: None,
        last_seen: Some(last_seen),
        last_review: None,
        source_key: None,
        why: None,
    };
    let id = open_episode(&mut tx, &program, &mut moment, open).await.unwrap();
    let plan = "INSERT INTO step (id, person_id, episode_id, kind, start_date, recorded_at) VALUES ($1, $2, $3, 'protection-plan', $4, $5)";
    tx.run(plan, args![moment.id(), person, id, NOV, moment.now()]).await.unwrap();
    app::clock::refresh(&mut tx, &mut moment, person).await.unwrap();
    tx.commit().await.unwrap();
    id
}

struct Team {
    manager: Worker,
    nadia: Worker,
    josie: PersonId,
    theo: PersonId,
}

async fn a_team(t: &TestApp) -> Team {
    let service = t.team("Children's Service", None).await;
    let team = t.team("Riverside", Some(service)).await;
    let manager = t.worker("Helen Boateng", Role::TeamManager, team).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let josie = t.person("Josie Hart", CHILD).await;
    let theo = t.person("Theo Hart", YOUNGER).await;
    t.household(&[josie, theo]).await;
    for child in [josie, theo] {
        t.allocate(child, &nadia, AllocationKind::Responsible).await;
        protection(t, &nadia, child, date(2026, 11, 5)).await;
    }
    Team { manager, nadia, josie, theo }
}

async fn today(t: &TestApp, worker: &Worker) -> String {
    let answered = t.signed_in(worker).await.get("/today").await;
    assert_eq!(answered.status, 200, "{}", answered.text);
    answered.words()
}

fn holds(page: &str, all: &[&str]) {
    for words in all {
        assert!(page.contains(words), "missing: {words}\n{page}");
    }
}

#[tokio::test]
async fn nobody_signed_in_is_sent_to_sign_in_and_back() {
    both(|t| async move {
        let answered = t.browser().get("/today").await;
        assert_eq!(answered.location.as_deref(), Some("/sign-in?next=/today"));
    })
    .await;
}

#[tokio::test]
async fn a_worker_sees_their_people_by_family_what_is_late_first_and_when_each_was_seen() {
    both(|t| async move {
        let team = a_team(&t).await;
        t.set_now("2026-11-23T09:00:00Z");
        let page = today(&t, &team.nadia).await;
        holds(
            &page,
            &[
                "Good morning, Nadia",
                "Monday 23 November. You work with 2 people in 1 family.",
                "Josie , 9 and Theo , 6",
                "Child protection.",
                "Child protection. Last seen Thursday 5 November , says the old system.",
                "Josie and Theo : visit",
                "2 working days late",
                "Was due Thursday 19 November.",
                "10 working days after the last time the child was seen, brought from the old system, on 5 November 2026.",
                "You are responsible for 2 people .",
            ],
        );
        let late = page.find("2 working days late").unwrap();
        let later = page.find("Josie and Theo : first review").unwrap();
        assert!(late < later, "what is late comes first");
        let all = t.signed_in(&team.nadia).await.get("/today/dates").await.words();
        holds(&all, &["Late Josie and Theo : first core group", "Josie and Theo : visit 2 working days late", "Later"]);
    })
    .await;
}

#[tokio::test]
async fn a_visit_at_which_one_child_was_seen_parts_what_stood_together() {
    both(|t| async move {
        let team = a_team(&t).await;
        t.set_now("2026-11-23T09:00:00Z");
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let entry = super::entry::visit(
            vec![
                super::entry::about(team.josie, Some(practice::entry::Seen::Alone)),
                super::entry::about(team.theo, Some(practice::entry::Seen::No)),
            ],
            "Josie showed me her book.",
        );
        let recording = app::entry::Recording::of(entry);
        app::entry::record(&mut tx, &team.nadia.who, &mut moment, &recording).await.unwrap();
        tx.commit().await.unwrap();
        let page = today(&t, &team.nadia).await;
        holds(
            &page,
            &[
                "Josie: Last seen alone Friday 20 November , by you.",
                "Theo: Last seen Thursday 5 November , says the old system.",
                "Theo : visit 2 working days late",
            ],
        );
        assert!(!page.contains("Josie and Theo : visit"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn whoever_is_hidden_from_the_worker_is_not_named_or_counted_though_allocated() {
    both(|t| async move {
        let team = a_team(&t).await;
        t.level(team.theo, AccessLevel::Restricted).await;
        let page = today(&t, &team.nadia).await;
        assert!(!page.contains("Theo"), "{page}");
        holds(&page, &["You work with 1 person ."]);
        t.conflict(team.josie, &team.nadia).await;
        let page = today(&t, &team.nadia).await;
        assert!(!page.contains("Josie"), "{page}");
        holds(&page, &["Nobody yet"]);
        let managers = today(&t, &team.manager).await;
        assert!(!managers.contains("Theo") && managers.contains("Josie"), "{managers}");
    })
    .await;
}

#[tokio::test]
async fn who_stands_in_sees_the_people_of_the_colleague_who_is_away_as_such() {
    both(|t| async move {
        let team = a_team(&t).await;
        let callum = t.worker("Callum Idris", Role::NewlyQualified, team.nadia.team).await;
        assert!(!today(&t, &callum).await.contains("Josie"));
        t.away(&team.nadia, &callum).await;
        let page = today(&t, &callum).await;
        holds(
            &page,
            &["While Nadia Farrow is away", "You stand in for Nadia with 2 people", "Josie , 9 and Theo , 6"],
        );
        holds(&page, &["Nobody yet"]);
    })
    .await;
}

#[tokio::test]
async fn a_manager_sees_who_waits_and_how_long_what_is_late_who_is_away_and_who_has_how_many() {
    both(|t| async move {
        let team = a_team(&t).await;
        let micah = t.person("Micah Orr", CHILD).await;
        protection(&t, &team.manager, micah, date(2026, 11, 20)).await;
        let callum = t.worker("Callum Idris", Role::NewlyQualified, team.nadia.team).await;
        t.away(&callum, &team.nadia).await;
        t.set_now("2026-11-23T09:00:00Z");
        let answered = t.signed_in(&team.manager).await.get("/today").await;
        let page = answered.words();
        holds(
            &page,
            &[
                "Riverside works with 3 people . 1 is waiting for a worker . 4 dates are late .",
                "Micah , 9",
                "15 working days, since Monday 2 November.",
                "Child protection, held by Riverside.",
                "Choose a worker for Micah",
                "Late in Riverside",
                "Josie and Theo : visit (Nadia Farrow)",
                "Callum Idris Since 1 January 2024. Nadia Farrow stands in.",
                "Nadia Farrow 2 people with Nadia Farrow",
                "Callum Idris 0 people with Callum Idris",
            ],
        );
        assert!(answered.text.contains(&format!("/person/{micah}/helpers/allocate")));
    })
    .await;
}

#[tokio::test]
async fn a_head_of_service_sees_the_teams_under_theirs_and_nobody_else_s() {
    both(|t| async move {
        let team = a_team(&t).await;
        let service = t.team("Adults", None).await;
        let other = t.worker("Rosalind Amis", Role::HeadOfService, service).await;
        let page = today(&t, &other).await;
        assert!(!page.contains("Riverside"), "{page}");
        let over = app::worker::team_by_code(&mut t.app.db.read().await.unwrap(), "children's-service")
            .await
            .unwrap();
        let head = t.worker("Hana Roe", Role::HeadOfService, over.unwrap()).await;
        let page = today(&t, &head).await;
        holds(&page, &["Your teams", "Riverside 2 people in Riverside 0 waiting for a worker in Riverside"]);
        drop(team);
    })
    .await;
}

#[tokio::test]
async fn those_without_people_are_told_what_they_can_do() {
    both(|t| async move {
        let team = t.team("Riverside", None).await;
        for (name, role, words) in [
            ("Dot Ames", Role::DataOfficer, "It opens nobody's record"),
            ("Sy Bell", Role::SystemAdministrator, "Administration"),
            ("Rae Cole", Role::RestrictedRecordsOfficer, "You keep the list of restricted records"),
            ("Duy Dao", Role::DutyWorker, "look first whether they are known"),
            ("New Eve", Role::SocialWorker, "Nobody yet"),
            ("Ray Fox", Role::ReviewingOfficer, "Nobody yet"),
        ] {
            let worker = t.worker(name, role, team).await;
            holds(&today(&t, &worker).await, &[words]);
        }
    })
    .await;
}
