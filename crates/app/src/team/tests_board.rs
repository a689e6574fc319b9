//! The board of a team and how its work moves: who may see them first; where people stand; limits; hand-overs; and how large
//! the page is with hundreds of people.

use app::Oops;
use app::team::{SetLimit, set_limit};
use db::args;
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::calendar::add_days;
use practice::episode::EpisodeKind;
use practice::flow::Place;
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

const CHILD: Date = date(2017, 5, 4);
const TODAY: Date = date(2026, 11, 21);
const PERSON: &str = "INSERT INTO person (id, kind, hue, access_level, shown_name, full_name, initials, birth_year, recorded_at, version) \
    VALUES ($1, 'born', 1, 'findable', $2, $2, 'XX', 2017, $3, 1)";
const EPISODE: &str = "INSERT INTO episode (id, episode_id, person_id, kind, team_id, from_date, to_date, recorded_at) \
    VALUES ($1, $1, $2, $3, $4, $5, $6, $7)";
const ALLOCATION: &str = "INSERT INTO allocation (id, person_id, worker_id, team_id, part, from_date, recorded_at) \
    VALUES ($1, $2, $3, $4, 'responsible', $5, $6)";
const STEP: &str =
    "INSERT INTO step (id, person_id, kind, start_date, recorded_at) VALUES ($1, $2, 'assessment', $3, $4)";
const HANDOVER: &str = "INSERT INTO handover (id, handover_id, person_id, step, cause, state, from_worker, to_worker, why, could_stay, \
    could_stay_words, offered_on, answered_on, reasons, ended_on, recorded_at, superseded_at) \
    VALUES ($1, $2, $3, 'worker-to-worker', 'reallocation', $4, $5, $6, 'Shared out anew.', 'no', 'No.', $7, $8, $9, $10, $11, $12)";

struct Team {
    manager: Worker,
    nadia: Worker,
    callum: Worker,
    josie: PersonId,
    theo: PersonId,
}

async fn a_team(t: &TestApp) -> Team {
    t.set_now("2026-11-21T10:00:00Z");
    let team = t.team("Riverside", None).await;
    let manager = t.worker("Helen Boateng", Role::TeamManager, team).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let callum = t.worker("Callum Idris", Role::NewlyQualified, team).await;
    let josie = t.person("Josie Hart", CHILD).await;
    let theo = t.person("Theo Hart", CHILD).await;
    let micah = t.person("Micah Orr", CHILD).await;
    for child in [josie, theo] {
        t.allocate(child, &nadia, AllocationKind::Responsible).await;
        t.episode(child, EpisodeKind::ChildProtection, team).await;
    }
    t.episode(micah, EpisodeKind::ChildInNeed, team).await;
    Team { manager, nadia, callum, josie, theo }
}

fn holds(page: &str, all: &[&str]) {
    for words in all {
        assert!(page.contains(words), "missing: {words}\n{page}");
    }
}

/// So many episodes of a kind that ended, one a week, each after so many days.
async fn finished(t: &TestApp, team: &Team, kind: EpisodeKind, days: &[i32]) {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    for (at, days) in (0..).zip(days) {
        let (person, now) = (moment.id(), moment.now());
        tx.run(PERSON, args![person, "Gone", now]).await.unwrap();
        let end = add_days(TODAY, -300 + at * 7);
        let values =
            args![moment.id(), person, kind.code(), team.nadia.team, add_days(end, -days), Some(end), now];
        tx.run(EPISODE, values).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_board_is_for_whoever_leads_and_a_stranger_finds_nothing() {
    both(|t| async move {
        let team = a_team(&t).await;
        let stranger = t.worker("Owen Pell", Role::SocialWorker, t.team("Hillside", None).await).await;
        for path in ["/team/riverside/board", "/team/riverside/board/limit", "/team/riverside/flow"] {
            assert_eq!(t.signed_in(&team.nadia).await.get(path).await.status, 403, "{path}");
            assert_eq!(t.signed_in(&stranger).await.get(path).await.status, 404, "{path}");
            assert_eq!(t.signed_in(&team.manager).await.get(path).await.status, 200, "{path}");
        }
        let mut helen = t.signed_in(&team.manager).await;
        assert!(helen.get("/team/riverside").await.text.contains("/team/riverside/board"));
        assert!(helen.get("/today").await.text.contains("/team/riverside/board"));
    })
    .await;
}

#[tokio::test]
async fn people_stand_where_they_are_with_their_age_and_whoever_waits_first() {
    both(|t| async move {
        let team = a_team(&t).await;
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        tx.run(STEP, args![moment.id(), team.theo, date(2026, 11, 2), moment.now()]).await.unwrap();
        tx.commit().await.unwrap();
        let mut helen = t.signed_in(&team.manager).await;
        let page = helen.get("/team/riverside/board").await.words();
        holds(
            &page,
            &[
                "3 people, 1 of whom waits for a worker.",
                "Waiting for a worker 1 person",
                "Micah",
                "Choose a worker",
                "Child protection 2 people",
                "working days",
                "None is under way.",
                "None that this team sent was decided.",
                "Nobody is away",
            ],
        );
        assert!(
            !page.contains("At most") && !page.contains("Being assessed"),
            "in care or protected they are that first: {page}"
        );
        let one = helen.get("/team/riverside/board?of=child-protection").await.words();
        holds(&one, &["2 people, whoever is there longest first", "Josie", "Theo"]);
        assert_eq!(helen.get("/team/riverside/board?of=nonsense").await.status, 200);
        assert!(!page.contains("Nadia Farrow 2") && !page.contains("Nadia Farrow:"), "no worker is counted");
    })
    .await;
}

#[tokio::test]
async fn whoever_may_not_be_opened_is_counted_and_not_named_and_whoever_is_hidden_neither() {
    both(|t| async move {
        let team = a_team(&t).await;
        t.conflict(team.josie, &team.manager).await;
        let mut helen = t.signed_in(&team.manager).await;
        let page = helen.get("/team/riverside/board").await.words();
        holds(&page, &["Child protection 2 people", "And 1 more", "Theo"]);
        assert!(!page.contains("Josie"), "{page}");
        let one = helen.get("/team/riverside/board?of=child-protection").await.words();
        holds(&one, &["And 1 more person, of whom no name stands here"]);
        t.level(team.theo, AccessLevel::Restricted).await;
        for path in
            ["/team/riverside/board", "/team/riverside/flow", "/team/riverside/board?of=child-protection"]
        {
            let page = helen.get(path).await.words();
            assert!(
                !page.contains("Theo") && !page.contains("Josie") && !page.contains("3 people"),
                "{page}"
            );
        }
        holds(&helen.get("/team/riverside/board").await.words(), &["2 people, 1 of whom waits"]);
    })
    .await;
}

#[tokio::test]
async fn a_limit_is_set_by_whoever_leads_from_a_day_on_and_shown_only_where_one_is_set() {
    both(|t| async move {
        let team = a_team(&t).await;
        let set = |by: &Worker, most: Option<u32>, from: Date, reason: &str| {
            let command = SetLimit {
                team: team.nadia.team,
                place: Place::ChildProtection,
                most,
                from,
                reason: reason.to_owned(),
            };
            let (t, who) = (&t, by.who.clone());
            async move {
                let mut moment = t.moment();
                let mut tx = t.app.db.write().await.unwrap();
                set_limit(&mut tx, &who, &mut moment, command).await?;
                tx.commit().await.unwrap();
                Ok::<(), Oops>(())
            }
        };
        let field = |refused: Result<(), Oops>| match refused {
            Err(Oops::Wrong(fields)) => fields[0].0.clone(),
            other => panic!("{other:?}"),
        };
        assert!(matches!(set(&team.nadia, Some(1), TODAY, "Why not").await, Err(Oops::NotAllowed(_))));
        assert_eq!(field(set(&team.manager, Some(1), TODAY, "  ").await), "reason");
        assert_eq!(field(set(&team.manager, Some(0), TODAY, "None").await), "most");
        assert_eq!(field(set(&team.manager, None, TODAY, "No limit").await), "most");
        assert_eq!(field(set(&team.manager, Some(1), date(2030, 1, 1), "Later").await), "from");
        set(&team.manager, Some(4), date(2026, 5, 3), "Two workers, two each").await.unwrap();
        set(&team.manager, Some(1), date(2026, 11, 2), "One worker is away").await.unwrap();
        let mut helen = t.signed_in(&team.manager).await;
        let page = helen.get("/team/riverside/board").await.words();
        holds(&page, &["At most 1 since", "1 more than that."]);
        let list = helen.get("/team/riverside/board/limit").await.words();
        holds(&list, &["at most 4, from 3 May to 1 November", "Two workers, two each", "Helen Boateng"]);
        set(&team.manager, None, TODAY, "Talked about every Monday instead").await.unwrap();
        assert!(!helen.get("/team/riverside/board").await.words().contains("At most"));
        t.facts_hold("column_limit").await;
        // a form that is not right yet comes back with everything typed
        let fields = [("place", "adult"), ("most", "many"), ("reason", "So many words")];
        let back = helen.post("/team/riverside/board/limit", &fields).await;
        assert_eq!(back.status, 422);
        holds(&back.text, &["So many words", "Write a whole number, such as 12", "value=\"many\""]);
        let fields = [
            ("place", "adult"),
            ("most", "12"),
            ("from-day", "1"),
            ("from-month", "11"),
            ("from-year", "2026"),
            ("reason", "As agreed"),
        ];
        let done = helen.post("/team/riverside/board/limit", &fields).await;
        assert_eq!(done.location.as_deref(), Some("/team/riverside/board?done=limit"));
        holds(&helen.get("/team/riverside/board").await.words(), &["At most 12 since", "room for 12"]);
    })
    .await;
}

#[tokio::test]
async fn hand_overs_are_shown_as_they_stand_and_returns_are_counted_by_reason_alone() {
    both(|t| async move {
        let team = a_team(&t).await;
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let now = moment.now();
        let (first, second, third) = (moment.id(), moment.id(), moment.id());
        let november = |day| date(2026, 11, day);
        let none = None::<Date>;
        // taken over at once; returned, offered again and taken over; and one that is back now
        let (from, to) = (team.nadia.id, team.callum.id);
        let rows = [
            (first, "taken-over", november(2), Some(november(3)), "", Some(november(4)), None),
            (second, "returned", november(2), Some(november(5)), "own-voice no-network", none, Some(now)),
            (second, "taken-over", november(9), Some(november(10)), "", Some(november(11)), None),
            (third, "returned", november(12), Some(november(17)), "own-voice", none, None),
        ];
        for (id, state, offered, answered, reasons, ended, over) in rows {
            let values = args![
                moment.id(),
                id,
                if id == third { team.josie } else { team.theo },
                state,
                from,
                to,
                offered,
                answered,
                reasons,
                ended,
                now,
                over
            ];
            tx.run(HANDOVER, values).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut helen = t.signed_in(&team.manager).await;
        let page = helen.get("/team/riverside/board").await.words();
        holds(
            &page,
            &[
                "Returned, with us to put right: 1",
                "from Nadia Farrow to Callum Idris: returned, 3 working days.",
                "Of 3 hand-overs that this team sent and that were decided, 1 went through the first time.",
                "Their own voice is missing 2",
                "Nobody knows who matters to them 1",
            ],
        );
        assert!(!page.contains("Coming to us"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn of_fewer_than_eight_finished_nothing_is_said_and_of_more_what_is_unusual() {
    both(|t| async move {
        let team = a_team(&t).await;
        let mut helen = t.signed_in(&team.manager).await;
        let page = helen.get("/team/riverside/flow").await.words();
        holds(&page, &["3 people with the team.", "too few", "Nothing was finished in the last 12 months."]);
        finished(&t, &team, EpisodeKind::ChildInNeed, &[70; 7]).await;
        let page = helen.get("/team/riverside/flow").await.words();
        holds(&page, &["Child in need: 7 were finished in the last 12 months. Fewer than 8 are too few"]);
        // sixty and eighty days in turn, and then one of two hundred
        let took: Vec<i32> = (0..30).map(|at| 60 + at % 2 * 20).chain([200]).collect();
        finished(&t, &team, EpisodeKind::ChildProtection, &took).await;
        let answered = helen.get("/team/riverside/flow").await;
        let page = answered.words();
        holds(
            &page,
            &[
                "3 people with the team; 2 have been where they are longer than 85 in 100 took.",
                "Child protection: 1 of the last 31 is unusual.",
                "longer than the upper limit",
                "It is nobody’s fault by that.",
            ],
        );
        assert!(answered.text.contains("/team/riverside/flow?of=child-in-need#h-unusual"));
        assert!(!answered.text.contains("style=") && !page.contains("Nadia"), "no worker stands here");
    })
    .await;
}

#[tokio::test]
async fn a_board_of_hundreds_of_people_stays_small() {
    both(|t| async move {
        let team = a_team(&t).await;
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let kinds = EpisodeKind::ALL;
        for (at, kind) in (0..).zip(kinds.iter().cycle().take(400)) {
            let (person, now) = (moment.id(), moment.now());
            tx.run(PERSON, args![person, "Persephone Featherstonehaugh", now]).await.unwrap();
            let from = add_days(TODAY, -at * 3);
            let values = args![moment.id(), person, kind.code(), team.nadia.team, from, None::<Date>, now];
            tx.run(EPISODE, values).await.unwrap();
            if at % 9 > 0 {
                let values = args![moment.id(), person, team.nadia.id, team.nadia.team, from, now];
                tx.run(ALLOCATION, values).await.unwrap();
            }
        }
        tx.commit().await.unwrap();
        for kind in kinds {
            finished(&t, &team, *kind, &[60, 80, 100, 70, 90, 66, 72, 300, 10, 44]).await;
        }
        let mut helen = t.signed_in(&team.manager).await;
        for path in ["/team/riverside/board", "/team/riverside/flow", "/team/riverside/board?of=adult"] {
            let answered = helen.get(path).await;
            assert_eq!(answered.status, 200);
            assert!(answered.text.len() < 60 * 1024, "{path} has {} bytes", answered.text.len());
        }
        holds(&helen.get("/team/riverside/board").await.words(), &["403 people", "And "]);
    })
    .await;
}
