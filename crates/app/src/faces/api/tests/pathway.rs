//! Episodes, steps, allocations, clocks, Today and teams.

use super::{Program, json, made, problem};
use axum::http::StatusCode;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::role::Role;
use serde_json::json as body;
use testkit::both;

#[tokio::test]
async fn an_episode_a_step_and_an_allocation_are_followed_by_clocks_and_today() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let manager = t.worker("Mo Manager", Role::TeamManager, team).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let josie = t.person("Josie Hart", date(2017, 3, 14)).await;
        t.allocate(josie, &manager, AllocationKind::Responsible).await;
        let mut program = Program::of(&t, &manager).await;
        let open = body!({"kind": "child-in-need", "team": team, "from": "2026-11-02", "why": "After an assessment"});
        let episode = made(&program.post(&format!("/people/{josie}/episodes"), &open).await);
        let told = program.post(&format!("/people/{josie}/episodes"), &open).await;
        problem(&told, StatusCode::UNPROCESSABLE_ENTITY, "refused");
        let episodes = json(&program.get(&format!("/people/{josie}/episodes")).await);
        assert_eq!(episodes["episodes"][0]["id"], episode.as_str());
        let wrong = body!({"kind": "child-in-need-review", "on": "2026-11-10", "outcome": "conference"});
        let path = format!("/people/{josie}/steps");
        let told = problem(&program.post(&path, &wrong).await, StatusCode::UNPROCESSABLE_ENTITY, "wrong");
        assert_eq!(told["errors"][0]["pointer"], "/outcome");
        made(&program.post(&path, &body!({"kind": "referral", "on": "2026-11-03", "outcome": "assessment"})).await);
        made(&program.post(&path, &body!({"kind": "assessment", "on": "2026-11-04"})).await);
        let steps = json(&program.get(&path).await);
        let assessment = &steps["steps"][0];
        assert_eq!((&assessment["kind"], &assessment["ended"]), (&body!("assessment"), &body!(null)), "{steps}");
        assert_eq!(assessment["episode"], episode.as_str());
        let finish = format!("/steps/{}/finish", assessment["id"].as_str().unwrap());
        let told = program.post(&finish, &body!({"on": "2026-11-18", "outcome": "conference"})).await;
        problem(&told, StatusCode::UNPROCESSABLE_ENTITY, "wrong");
        made(&program.post(&finish, &body!({"on": "2026-11-18", "outcome": "plan"})).await);
        let clocks = json(&program.get(&format!("/people/{josie}/clocks")).await);
        let of = |name: &str| {
            clocks["clocks"].as_array().unwrap().iter().any(|clock| clock["standing"] == name)
        };
        assert!(of("done"), "the assessment was in time: {clocks}");
        let path = format!("/people/{josie}/allocations");
        let take = body!({"worker": nadia.id, "part": "helping", "from": "2026-11-19"});
        let helping = made(&program.post(&path, &take).await);
        let end = format!("/allocations/{helping}/end");
        let ended = program.post(&end, &body!({"on": "2026-11-20", "reason": "Handed over"})).await;
        assert_eq!(ended.status, StatusCode::OK, "{}", ended.text);
        let all = json(&program.get(&path).await);
        assert!(all["allocations"].as_array().unwrap().iter().any(|one| one["end_reason"] == "Handed over"), "{all}");
        let today = json(&program.get("/today").await);
        assert_eq!(today["people"][0]["name"], "Josie", "{today}");
        assert_eq!(json(&program.get("/teams").await)["teams"][0]["code"], "north");
        let north = json(&program.get("/teams/north").await);
        assert_eq!((&north["leads"], &north["people"][0]["open"]), (&body!(true), &body!(true)), "{north}");
        problem(&program.get("/teams/south").await, StatusCode::NOT_FOUND, "not-found");
        let end = format!("/episodes/{episode}/end");
        let ended = program.post(&end, &body!({"on": "2026-11-20", "reason": "School helps"})).await;
        assert_eq!(ended.status, StatusCode::OK, "{}", ended.text);
        // a colleague without a tie is refused all of it
        let stranger = t.worker("Nan One", Role::SocialWorker, t.team("West", None).await).await;
        let mut other = Program::of(&t, &stranger).await;
        for path in ["episodes", "steps", "allocations", "clocks", "promises"] {
            problem(&other.get(&format!("/people/{josie}/{path}")).await, StatusCode::FORBIDDEN, "not-allowed");
        }
        problem(&other.post(&finish, &body!({"on": "2026-11-18", "outcome": "x"})).await, StatusCode::UNPROCESSABLE_ENTITY, "wrong");
        problem(&other.post(&finish, &body!({"on": "2026-11-18", "outcome": "plan"})).await, StatusCode::FORBIDDEN, "not-allowed");
        problem(&other.post(&end, &body!({"on": "2026-11-20", "reason": "No"})).await, StatusCode::FORBIDDEN, "not-allowed");
    })
    .await;
}
