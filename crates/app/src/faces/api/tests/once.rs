//! A request sent twice with the same key is done once.

use super::{Program, json, made, problem};
use axum::http::StatusCode;
use db::args;
use jiff::SignedDuration;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::id::PersonId;
use practice::role::Role;
use serde_json::{Value as Json, json as body};
use testkit::{TestApp, Worker, both};

async fn josie(t: &TestApp) -> (Worker, PersonId) {
    let team = t.team("North", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let josie = t.person("Josie Hart", date(2017, 3, 14)).await;
    t.allocate(josie, &nadia, AllocationKind::Responsible).await;
    (nadia, josie)
}

fn note(josie: PersonId) -> Json {
    body!({
        "kind": "note", "on": "2026-11-20", "at": "10:00", "about": [{"person": josie}],
        "narrative": "Pterodactyl words.",
    })
}

async fn entries(t: &TestApp) -> i64 {
    t.app
        .db
        .read()
        .await
        .unwrap()
        .number("SELECT CAST(count(*) AS bigint) FROM entry", args![])
        .await
        .unwrap()
}

#[tokio::test]
async fn the_same_key_is_answered_again_for_a_day() {
    both(|t| async move {
        let (nadia, josie) = josie(&t).await;
        let mut program = Program::of(&t, &nadia).await;
        let first = program.keyed("/entries", &note(josie), Some("k-1")).await;
        made(&first);
        let again = program.keyed("/entries", &note(josie), Some("k-1")).await;
        assert_eq!(
            (again.status, &again.text, &again.location),
            (first.status, &first.text, &first.location)
        );
        assert_eq!(entries(&t).await, 1);
        let mut other = note(josie);
        other["narrative"] = "Something else.".into();
        let told = program.keyed("/entries", &other, Some("k-1")).await;
        problem(&told, StatusCode::UNPROCESSABLE_ENTITY, "key-used");
        // another token has keys of its own
        let mut beside = Program::of(&t, &nadia).await;
        made(&beside.keyed("/entries", &other, Some("k-1")).await);
        assert_eq!(entries(&t).await, 2);
        // a refusal is not kept: once it is put right the same key does it
        let mut wrong = note(josie);
        wrong["on"] = "2027-01-01".into();
        let told = program.keyed("/entries", &wrong, Some("k-2")).await;
        problem(&told, StatusCode::UNPROCESSABLE_ENTITY, "wrong");
        made(&program.keyed("/entries", &note(josie), Some("k-2")).await);
        // what is kept holds none of the words
        let rows: Vec<(Vec<u8>, Vec<u8>, Option<String>)> = t
            .app
            .db
            .read()
            .await
            .unwrap()
            .all("SELECT key_hash, request_hash, place FROM token_request", args![])
            .await
            .unwrap();
        assert_eq!(rows.len(), 3);
        for (key, request, place) in rows {
            assert_eq!((key.len(), request.len()), (32, 32));
            assert!(place.unwrap().starts_with("/api/v1/entries/"));
        }
        t.pass(SignedDuration::from_hours(25));
        made(&program.keyed("/entries", &note(josie), Some("k-1")).await);
        assert_eq!(entries(&t).await, 4, "after a day the key is new");
        app::faces::api::tidy(&t.app).await.unwrap();
        let mut conn = t.app.db.read().await.unwrap();
        let left = conn.number("SELECT CAST(count(*) AS bigint) FROM token_request", args![]).await.unwrap();
        assert_eq!(left, 1);
    })
    .await;
}

#[tokio::test]
async fn of_several_at_once_with_one_key_exactly_one_does_it() {
    both(|t| async move {
        let (nadia, josie) = josie(&t).await;
        let program = Program::of(&t, &nadia).await;
        let secret = program.secret.clone();
        let tries = (0..8).map(|_| {
            let (secret, t) = (secret.clone(), &t);
            async move { Program::holding(t, &secret).keyed("/entries", &note(josie), Some("race")).await }
        });
        let all = futures::future::join_all(tries).await;
        assert_eq!(entries(&t).await, 1);
        let ids: std::collections::BTreeSet<String> = all.iter().map(made).collect();
        assert_eq!(ids.len(), 1, "everyone is told of the same entry");
        assert_eq!(json(&all[0])["id"], ids.first().unwrap().as_str());
    })
    .await;
}
