//! Finding people, reading who they are, recording more of it.

use super::{Program, json, made, problem};
use app::Who;
use app::person::actions::{AddPerson, Mint, NewBirth, add_person};
use axum::http::StatusCode;
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::role::Role;
use serde_json::json as body;
use testkit::{TestApp, Worker, both};

async fn nadia(t: &TestApp) -> Worker {
    let team = t.team("North", None).await;
    t.worker("Nadia Farrow", Role::SocialWorker, team).await
}

/// Someone whom a search finds.
async fn known(t: &TestApp, given: &str, family: &str, born: Date) -> PersonId {
    let mut moment = t.moment();
    let command = AddPerson {
        birth: Some(NewBirth::exact(born)),
        mint: Mint::Never,
        ..AddPerson::named(given, family)
    };
    let mut tx = t.app.db.write().await.unwrap();
    let added = add_person(&mut tx, &Who::program("test"), &mut moment, command).await.unwrap();
    tx.commit().await.unwrap();
    added.person
}

#[tokio::test]
async fn someone_is_added_after_a_look_and_more_of_who_they_are_is_recorded() {
    both(|t| async move {
        let nadia = nadia(&t).await;
        let mut program = Program::of(&t, &nadia).await;
        let toby = body!({
            "kind": "born", "names": [{"kind": "legal", "given": "Tobias", "family": "Quillfeather"}],
            "birth": {"on": "2018-04-03", "basis": "exact"},
        });
        let id = made(&program.post("/people", &toby).await);
        // the same again: somebody like that is here already
        let told = problem(&program.post("/people", &toby).await, StatusCode::CONFLICT, "perhaps-the-same");
        assert_eq!(told["alike"][0]["id"], id.as_str(), "{told}");
        let mut sure = toby.clone();
        sure["not_the_same_as"] = body!([id]);
        let twin = made(&program.post("/people", &sure).await);
        assert_ne!(id, twin);
        for (what, sent) in [
            ("names", body!({"kind": "chosen", "given": "Toby"})),
            ("details", body!({"kind": "language", "words": "Welsh"})),
            ("identifiers", body!({"kind": "nhs-number", "number": "9990000018"})),
            ("addresses", body!({"purpose": "home", "lines": "4 Larch Lane", "postcode": "ZZ9 4AB"})),
            ("relationships", body!({"other": twin, "kind": "sibling"})),
        ] {
            made(&program.post(&format!("/people/{id}/{what}"), &sent).await);
        }
        let birth = body!({"on": "2018-04-04", "basis": "exact"});
        assert_eq!(program.post(&format!("/people/{id}/birth"), &birth).await.status, StatusCode::OK);
        let person = json(&program.get(&format!("/people/{id}")).await);
        assert_eq!((&person["name"], &person["full_name"]), (&body!("Toby"), &body!("Tobias Quillfeather")));
        assert_eq!(person["birth"]["on"], "2018-04-04");
        assert_eq!(person["details"][0]["words"], "Welsh");
        assert_eq!(person["addresses"][0]["postcode"], "ZZ9 4AB");
        assert!(person["council_id"].is_string(), "a child is given the next council id");
        let others = json(&program.get(&format!("/people/{id}/relationships")).await);
        assert_eq!(others["relationships"][0]["other"]["id"], twin.as_str(), "{others}");
        let found = json(&program.get("/people?q=Tobias%20Quilfether").await);
        assert_eq!(found["total"], 2, "{found}");
    })
    .await;
}

#[tokio::test]
async fn finding_comes_in_pages() {
    both(|t| async move {
        let nadia = nadia(&t).await;
        for n in 0..23 {
            known(&t, "Robin", "Marsh", date(2010, 1, 1 + n)).await;
        }
        let mut program = Program::of(&t, &nadia).await;
        let first = json(&program.get("/people?q=Robin+Marsh").await);
        assert_eq!((first["people"].as_array().unwrap().len(), first["total"].as_u64()), (20, Some(23)));
        let next = first["next"].as_str().unwrap();
        let second = json(&program.get(&format!("/people?q=Robin+Marsh&cursor={next}")).await);
        assert_eq!(second["people"].as_array().unwrap().len(), 3);
        assert!(second["next"].is_null());
        for wrong in
            ["/people", "/people?q=", "/people?q=a&cursor=x", "/people?q=a&limit=5", "/people?q=a%00b"]
        {
            problem(&program.get(wrong).await, StatusCode::UNPROCESSABLE_ENTITY, "wrong");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_may_not_see_a_record_is_told_as_on_pages() {
    both(|t| async move {
        let nadia = nadia(&t).await;
        let mut program = Program::of(&t, &nadia).await;
        let open = t.person("Josie Hart", date(2017, 3, 14)).await;
        let hidden = t.person("Rowan Canary", date(2017, 3, 14)).await;
        t.level(hidden, AccessLevel::Restricted).await;
        problem(&program.get(&format!("/people/{open}")).await, StatusCode::FORBIDDEN, "not-allowed");
        let not_told = program.get(&format!("/people/{hidden}")).await;
        problem(&not_told, StatusCode::NOT_FOUND, "not-found");
        let absent = program.get(&format!("/people/{}", uuid::Uuid::from_u128(9))).await;
        assert_eq!(not_told.text, absent.text);
        let word = body!({"kind": "language", "words": "Welsh"});
        problem(
            &program.post(&format!("/people/{hidden}/details"), &word).await,
            StatusCode::NOT_FOUND,
            "not-found",
        );
        problem(
            &program.post(&format!("/people/{open}/details"), &word).await,
            StatusCode::FORBIDDEN,
            "not-allowed",
        );
        let related = body!({"other": hidden, "kind": "sibling"});
        t.allocate(open, &nadia, AllocationKind::Responsible).await;
        let answer = program.post(&format!("/people/{open}/relationships"), &related).await;
        problem(&answer, StatusCode::NOT_FOUND, "not-found");
        // both refusals stand in the journal
        let refused = t
            .app
            .db
            .read()
            .await
            .unwrap()
            .number(
                "SELECT CAST(count(*) AS bigint) FROM journal WHERE action = 'refuse_reading'",
                db::args![],
            )
            .await
            .unwrap();
        assert_eq!(refused, 3);
    })
    .await;
}

#[tokio::test]
async fn a_restricted_persons_name_is_in_no_answer() {
    both(|t| async move {
        let nadia = nadia(&t).await;
        let josie = t.person("Josie Hart", date(2017, 3, 14)).await;
        let canary = known(&t, "Zephyrine", "Canarywood", date(2015, 3, 14)).await;
        t.household(&[josie, canary]).await;
        t.parent(canary, josie, true).await;
        t.allocate(josie, &nadia, AllocationKind::Responsible).await;
        let mut program = Program::of(&t, &nadia).await;
        let entry = body!({
            "kind": "meeting", "on": "2026-11-20", "at": "10:00", "manner": "home-visit",
            "about": [{"person": josie}, {"person": canary}],
            "narrative": "Zephyrine Canarywood came too.",
            "promises": [{"what": "Ring Zephyrine", "by": {"person": canary}, "about": josie}],
        });
        let entry = made(&program.post("/entries", &entry).await);
        let found = json(&program.get("/people?q=Zephyrine+Canarywood").await);
        assert_eq!(found["people"][0]["id"], canary.to_string(), "found while the record is an ordinary one");
        t.level(canary, AccessLevel::Restricted).await;
        let mut asked = 0;
        for path in everything(&josie.to_string(), &entry, "north")
            .into_iter()
            .chain(everything(&canary.to_string(), &entry, "north"))
            .chain(["/people?q=Zephyrine+Canarywood".to_owned(), "/people?q=14+March+2015".to_owned()])
        {
            let answer = program.get(&path).await;
            assert!(
                answer.status.is_success() || answer.status == StatusCode::NOT_FOUND,
                "{path} {}",
                answer.text
            );
            assert!(
                !answer.text.contains("Zephyrine") && !answer.text.contains("Canarywood"),
                "{path} {}",
                answer.text
            );
            asked += 1;
        }
        assert!(asked > 20, "{asked}");
        // adding the same person says nothing but whom to speak to
        let same = body!({
            "kind": "born", "names": [{"kind": "legal", "given": "Zephyrine", "family": "Canarywood"}],
            "birth": {"on": "2015-03-14", "basis": "exact"},
        });
        let told = problem(&program.post("/people", &same).await, StatusCode::FORBIDDEN, "not-allowed");
        assert!(told["detail"].as_str().unwrap().contains("restricted-records officer"), "{told}");
    })
    .await;
}

/// Every address that answers a question, of one person and one entry.
fn everything(person: &str, entry: &str, team: &str) -> Vec<String> {
    let mut all: Vec<String> =
        ["", "/relationships", "/entries", "/promises", "/clocks", "/episodes", "/steps", "/allocations"]
            .iter()
            .map(|what| format!("/people/{person}{what}"))
            .collect();
    all.extend([
        "/me".to_owned(),
        "/today".to_owned(),
        "/teams".to_owned(),
        format!("/teams/{team}"),
        format!("/entries/{entry}"),
    ]);
    all
}
