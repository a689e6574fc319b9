//! A change of teams on paper first: what does not fit is refused, nothing changes by planning, who would lose their worker is
//! told by name or by number, and it is carried out whole or not at all.

use app::allocation::helpers;
use app::worker::restructure::{NewPlan, add_steps, carry_out, losses, plan, plan_of, shape, take_back};
use app::worker::{ChangeTeam, change_team, move_team};
use app::{Oops, Result};
use axum::http::StatusCode;
use db::args;
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::episode::EpisodeKind;
use practice::id::{PersonId, TeamId};
use practice::restructure::{PlanState, Step};
use practice::role::Role;
use testkit::{TestApp, Worker, both};
use uuid::Uuid;

const CHILD: Date = date(2017, 5, 4);
const TODAY: Date = date(2026, 11, 21);
const DAY: Date = date(2026, 12, 1);

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

struct Council {
    head: Worker,
    admin: Worker,
    nadia: Worker,
    callum: Worker,
    service: TeamId,
    riverside: TeamId,
    hillside: TeamId,
    children: Vec<PersonId>,
}

/// A service of two teams; Nadia of the first has nine children whose help it holds, Callum one.
async fn council(t: &TestApp) -> Council {
    t.set_now("2026-11-21T10:00:00Z");
    let service = t.team("Service", None).await;
    let riverside = t.team("Riverside", Some(service)).await;
    let hillside = t.team("Hillside", Some(service)).await;
    let head = t.worker("Rosalind Meade", Role::HeadOfService, service).await;
    let admin = t.worker("Alex Drummond", Role::SystemAdministrator, service).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, riverside).await;
    let callum = t.worker("Callum Idris", Role::SocialWorker, riverside).await;
    let mut children = vec![];
    for n in 0..10 {
        let child = t.person(&format!("Child{n} Slade"), CHILD).await;
        t.episode(child, EpisodeKind::ChildInNeed, riverside).await;
        t.allocate(child, if n < 9 { &nadia } else { &callum }, AllocationKind::Responsible).await;
        children.push(child);
    }
    Council { head, admin, nadia, callum, service, riverside, hillside, children }
}

async fn planned(t: &TestApp, c: &Council) -> Uuid {
    let command =
        NewPlan { name: "Two for one".to_owned(), why: "The team is too large.".to_owned(), on: DAY };
    does!(t, c.head, plan, command).unwrap()
}

async fn lost(t: &TestApp, id: Uuid) -> Vec<String> {
    let mut conn = t.app.db.read().await.unwrap();
    let plan = plan_of(&mut conn, id).await.unwrap();
    let now = shape(&mut conn, TODAY).await.unwrap();
    let after = now.after(plan.steps.iter().map(|step| &step.1)).unwrap();
    let all = losses(&mut conn, (&now, &after), TODAY).await.unwrap();
    all.into_iter().map(|one| format!("{} {} {}", one.name, one.worker, one.workers_so_far)).collect()
}

#[tokio::test]
async fn a_plan_changes_nothing_and_says_which_nine_children_would_lose_their_worker() {
    both(|t| async move {
        let c = council(&t).await;
        let new = NewPlan { name: " ".to_owned(), why: String::new(), on: DAY };
        assert!(matches!(does!(t, c.head, plan, new.clone()), Err(Oops::Wrong(fields)) if fields.len() == 2));
        assert!(matches!(does!(t, c.nadia, plan, new), Err(Oops::NotAllowed(_))));
        let id = planned(&t, &c).await;
        let south = TeamId(Uuid::from_u128(77));
        let split = vec![
            Step::New { team: south, beside: c.riverside, name: "Riverside South".to_owned() },
            Step::Worker { worker: c.nadia.id, from: c.riverside, to: south },
        ];
        let twice = Step::New { team: south, beside: c.riverside, name: "Hillside".to_owned() };
        let refused: Result<()> = does!(t, c.head, add_steps, (id, vec![twice]));
        assert!(refused.unwrap_err().to_string().contains("called so already"));
        does!(t, c.head, add_steps, (id, split)).unwrap();
        assert_eq!(lost(&t, id).await.len(), 9);
        assert_eq!(lost(&t, id).await[0], "Child0 Nadia Farrow 1");
        // by name for whoever may see them, by number for whoever keeps the system
        let href = format!("/restructure/{id}");
        let page = t.signed_in(&c.head).await.get(&href).await.words();
        assert!(page.contains("9 people would have a worker who is no longer of a team"), "{page}");
        assert!(page.contains("Child8 Nadia Farrow 1") && !page.contains("Child9"), "{page}");
        let page = t.signed_in(&c.admin).await.get(&href).await.words();
        assert!(page.contains("9 people whose names you cannot see") && !page.contains("Child"), "{page}");
        assert_eq!(t.signed_in(&c.nadia).await.get(&href).await.status, StatusCode::FORBIDDEN);
        // nothing has changed, and it is not done before its day
        let mut conn = t.app.db.read().await.unwrap();
        let now = shape(&mut conn, TODAY).await.unwrap();
        assert!(now.teams.len() == 3 && now.posts.contains(&(c.nadia.id, c.riverside)));
        let steps = plan_of(&mut conn, id).await.unwrap().steps;
        drop(conn);
        let early = does!(t, c.head, carry_out, id).unwrap_err();
        assert!(early.to_string().contains("Its day is 1 December 2026"), "{early}");
        let needed = does!(t, c.head, take_back, (id, steps[0].0)).unwrap_err();
        assert!(needed.to_string().contains("A later step needs this one"), "{needed}");
        does!(t, c.head, take_back, (id, steps[1].0)).unwrap();
        assert!(lost(&t, id).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_plan_stands_as_the_journal_left_it() {
    both(|t| async move {
        t.set_now("2026-11-21T10:00:00Z");
        let service = t.team("Service", None).await;
        let riverside = t.team("Riverside", Some(service)).await;
        let head = t.worker("Rosalind Meade", Role::HeadOfService, service).await;
        let command =
            NewPlan { name: "A second team".to_owned(), why: "The team is too large.".to_owned(), on: DAY };
        let id = does!(t, head, plan, command).unwrap();
        let team = TeamId(t.moment().id());
        let step = Step::New { team, beside: riverside, name: "Canalside".to_owned() };
        does!(t, head, add_steps, (id, vec![step])).unwrap();
        t.facts_hold("restructure").await;
        t.facts_hold("restructure_step").await;
    })
    .await;
}

#[tokio::test]
async fn on_its_day_somebody_carries_it_out_and_the_children_keep_their_worker() {
    both(|t| async move {
        let c = council(&t).await;
        let id = planned(&t, &c).await;
        let href = format!("/restructure/{id}");
        let mut head = t.signed_in(&c.head).await;
        let riverside = c.riverside.to_string();
        let again = head.post(&href, &[("kind", "new"), ("new-beside", &riverside)]).await;
        assert!(again.words().contains("Write what the team is called"), "{}", again.words());
        let new = [("kind", "new"), ("new-beside", riverside.as_str()), ("new-name", "Riverside South")];
        let done = head.post(&href, &new).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        let plan = plan_of(&mut t.app.db.read().await.unwrap(), id).await.unwrap();
        let Step::New { team: south, .. } = plan.steps[0].1 else { panic!("a new team") };
        let who = format!("{} {riverside}", c.nadia.id);
        let south_words = south.to_string();
        let done =
            head.post(&href, &[("kind", "worker"), ("workers", &who), ("worker-to", &south_words)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        t.set_now("2026-12-01T10:00:00Z");
        let mut head = t.signed_in(&c.head).await;
        let done = head.post(&format!("{href}/carry-out"), &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        assert!(head.get(&href).await.words().contains("Carried out on 1 December 2026"));
        let mut conn = t.app.db.read().await.unwrap();
        let now = shape(&mut conn, DAY).await.unwrap();
        assert_eq!(now.teams[&south], ("Riverside South".to_owned(), Some(c.service)));
        assert!(now.posts.contains(&(c.nadia.id, south)) && !now.posts.contains(&(c.nadia.id, c.riverside)));
        for child in &c.children[..9] {
            let all = helpers(&mut conn, *child).await.unwrap();
            assert!(all.len() == 1 && all[0].worker == c.nadia.id && all[0].to.is_none());
        }
        drop(conn);
        let again = does!(t, c.head, carry_out, id).unwrap_err();
        assert!(again.to_string().contains("carried out already"), "{again}");
    })
    .await;
}

#[tokio::test]
async fn two_teams_are_joined_with_all_they_hold_and_a_plan_that_no_longer_fits_does_nothing() {
    both(|t| async move {
        let c = council(&t).await;
        let id = planned(&t, &c).await;
        let steps = vec![
            Step::Worker { worker: c.callum.id, from: c.riverside, to: c.hillside },
            Step::Join { team: c.riverside, into: c.hillside },
        ];
        does!(t, c.head, add_steps, (id, steps)).unwrap();
        assert!(lost(&t, id).await.is_empty(), "all goes together");
        t.set_now("2026-12-01T10:00:00Z");
        // meanwhile the tree became another one
        let under = (Some(c.riverside), DAY);
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        move_team(&mut tx, &c.admin.who, &mut moment, c.hillside, under).await.unwrap();
        tx.commit().await.unwrap();
        let refused = does!(t, c.head, carry_out, id).unwrap_err().to_string();
        assert!(
            refused.contains("Step 2 (two teams joined) no longer fits")
                && refused.contains("Nothing was done"),
            "{refused}"
        );
        let mut conn = t.app.db.read().await.unwrap();
        let now = shape(&mut conn, DAY).await.unwrap();
        assert!(now.posts.contains(&(c.callum.id, c.riverside)), "not even its first step");
        drop(conn);
        let page = t.signed_in(&c.head).await.get(&format!("/restructure/{id}")).await.words();
        assert!(page.contains("Step 2 no longer fits"), "{page}");
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        move_team(&mut tx, &c.admin.who, &mut moment, c.hillside, (Some(c.service), DAY)).await.unwrap();
        tx.commit().await.unwrap();
        does!(t, c.head, carry_out, id).unwrap();
        let mut conn = t.app.db.read().await.unwrap();
        let now = shape(&mut conn, DAY).await.unwrap();
        assert!(!now.teams.contains_key(&c.riverside));
        assert!([&c.nadia, &c.callum].iter().all(|one| now.posts.contains(&(one.id, c.hillside))));
        let held =
            "SELECT CAST(count(*) AS bigint) FROM episode WHERE team_id = $1 AND superseded_at IS NULL";
        assert_eq!(conn.number(held, args![c.hillside]).await.unwrap(), 10);
        let plan = plan_of(&mut conn, id).await.unwrap();
        assert_eq!((plan.state, plan.done_on), (PlanState::CarriedOut, Some(DAY)));
        let all = helpers(&mut conn, c.children[0]).await.unwrap();
        assert_eq!((all.len(), all[0].worker), (1, c.nadia.id));
        drop(conn);
        let renamed = ChangeTeam { team: c.hillside, version: -1, name: "Both".to_owned(), place: None };
        let stale = does!(t, c.admin, change_team, renamed);
        assert!(matches!(stale, Err(Oops::Stale)), "who changed the team meanwhile is told: {stale:?}");
    })
    .await;
}
