//! Recording an entry, reading and correcting it, the timeline, promises.

use super::{Program, json, made, problem};
use axum::http::StatusCode;
use jiff::SignedDuration;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::id::PersonId;
use practice::role::Role;
use serde_json::{Value as Json, json as body};
use testkit::{TestApp, Worker, both};

async fn josie(t: &TestApp) -> (Worker, PersonId, Program) {
    let team = t.team("North", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let josie = t.person("Josie Hart", date(2017, 3, 14)).await;
    t.allocate(josie, &nadia, AllocationKind::Responsible).await;
    let program = Program::of(t, &nadia).await;
    (nadia, josie, program)
}

/// What is changed in a visit that may be filed, so that it may not.
type Change = fn(&mut Json, PersonId);

fn visit(josie: PersonId) -> Json {
    body!({
        "kind": "visit", "on": "2026-11-20", "at": "16:35", "manner": "home-visit",
        "about": [{"person": josie, "seen": "seen-alone"}], "narrative": "Josie showed me her room.",
        "statements": [{"owner": {"person": josie}, "form": "said", "words": "I like it here."}],
        "promises": [{"what": "Ring school", "by": {"words": "the head teacher"}, "about": josie, "due_on": "2026-11-27"}],
    })
}

#[tokio::test]
async fn a_visit_recorded_by_a_program_is_the_visit_a_page_shows() {
    both(|t| async move {
        let (nadia, josie, mut program) = josie(&t).await;
        let id = made(&program.post("/entries", &visit(josie)).await);
        let entry = json(&program.get(&format!("/entries/{id}")).await);
        assert_eq!(entry["author"]["name"], "Nadia Farrow");
        assert_eq!(entry["people"][0]["seen"], "seen-alone");
        assert_eq!(entry["statements"][0]["words"], "I like it here.");
        assert_eq!(entry["happened_at"], "2026-11-20T16:35:00Z");
        let page = t.signed_in(&nadia).await.get(&format!("/entry/{id}")).await.words();
        assert!(page.contains("Josie showed me her room.") && page.contains("I like it here."), "{page}");
        let promises = json(&program.get(&format!("/people/{josie}/promises")).await);
        let promise = promises["promises"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(promises["promises"][0]["by"]["name"], "the head teacher");
        let path = format!("/promises/{promise}/outcome");
        let told = problem(
            &program.post(&path, &body!({"state": "not-kept", "on": "2026-11-20"})).await,
            StatusCode::UNPROCESSABLE_ENTITY,
            "wrong",
        );
        assert_eq!(told["errors"][0]["pointer"], "/outcome");
        let kept = program.post(&path, &body!({"state": "kept", "on": "2026-11-20"})).await;
        assert_eq!((kept.status, json(&kept)), (StatusCode::OK, body!({"id": null, "href": null})));
        let promises = json(&program.get(&format!("/people/{josie}/promises")).await);
        assert_eq!(promises["promises"][0]["state"], "kept");
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_is_named_at_its_place() {
    both(|t| async move {
        let (_, josie, mut program) = josie(&t).await;
        let stranger = t.person("Theo Hart", date(2015, 3, 14)).await;
        let cases: [(&str, Change, &str); 7] = [
            ("wrong", |sent, _| sent["about"][0]["seen"] = Json::Null, "/about"),
            ("wrong", |sent, _| sent["on"] = "2027-01-01".into(), "/on"),
            ("wrong", |sent, _| sent["manner"] = Json::Null, "/manner"),
            ("wrong", |sent, _| sent["statements"][0]["owner"] = body!({}), "/statements/0/owner"),
            (
                "wrong",
                |sent, _| sent["promises"][0]["about"] = uuid::Uuid::nil().to_string().into(),
                "/promises/0/about",
            ),
            ("wrong", |sent, _| sent["workers"] = body!([uuid::Uuid::nil()]), "/workers"),
            ("wrong", |sent, _| sent["about"] = body!([]), "/about"),
        ];
        for (kind, change, pointer) in cases {
            let mut sent = visit(josie);
            change(&mut sent, stranger);
            let told =
                problem(&program.post("/entries", &sent).await, StatusCode::UNPROCESSABLE_ENTITY, kind);
            assert_eq!(told["errors"][0]["pointer"], pointer, "{told}");
        }
        let mut sent = visit(josie);
        sent["about"] = body!([{"person": stranger, "seen": "seen"}]);
        problem(&program.post("/entries", &sent).await, StatusCode::FORBIDDEN, "not-allowed");
        let mut sent = visit(josie);
        sent["readers"] = body!({"who": "named", "people": [uuid::Uuid::from_u128(4)]});
        problem(&program.post("/entries", &sent).await, StatusCode::NOT_FOUND, "not-found");
        let timeline = json(&program.get(&format!("/people/{josie}/entries")).await);
        assert_eq!(timeline["entries"], body!([]), "nothing of it was filed");
    })
    .await;
}

#[tokio::test]
async fn an_entry_is_corrected_once_and_the_older_version_stays() {
    both(|t| async move {
        let (_, josie, mut program) = josie(&t).await;
        let first = made(&program.post("/entries", &visit(josie)).await);
        let mut right = visit(josie);
        right["narrative"] = "Josie showed me her new room.".into();
        right["promises"] = body!([]);
        let sent = body!({"why": "It was her new room", "entry": right});
        let path = format!("/entries/{first}/corrections");
        let second = made(&program.post(&path, &sent).await);
        problem(&program.post(&path, &sent).await, StatusCode::CONFLICT, "changed-since");
        let older = json(&program.get(&format!("/entries/{first}")).await);
        let newer = json(&program.get(&format!("/entries/{second}")).await);
        assert!(older["superseded_at"].is_string());
        assert_eq!(
            (&newer["thread"], &newer["corrected_why"]),
            (&older["thread"], &body!("It was her new room"))
        );
        assert_eq!(newer["promises"][0]["what"], "Ring school", "promises go on as they stand");
        let mut wrong = sent.clone();
        wrong["entry"]["on"] = "2027-01-01".into();
        let path = format!("/entries/{second}/corrections");
        let told = problem(&program.post(&path, &wrong).await, StatusCode::UNPROCESSABLE_ENTITY, "wrong");
        assert_eq!(told["errors"][0]["pointer"], "/entry/on");
    })
    .await;
}

#[tokio::test]
async fn a_timeline_comes_in_pages_and_as_it_was_known() {
    both(|t| async move {
        let (_, josie, mut program) = josie(&t).await;
        for day in 10..=14 {
            let mut sent = visit(josie);
            sent["on"] = format!("2026-11-{day}").into();
            sent["promises"] = body!([]);
            made(&program.post("/entries", &sent).await);
        }
        let known = t.now();
        t.pass(SignedDuration::from_hours(1));
        made(&program.post("/entries", &visit(josie)).await);
        let mut path = format!("/people/{josie}/entries?limit=4");
        let mut seen = vec![];
        for expected in [4, 2] {
            let page = json(&program.get(&path).await);
            let entries = page["entries"].as_array().unwrap();
            assert_eq!(entries.len(), expected);
            seen.extend(entries.iter().map(|one| one["happened_at"].as_str().unwrap().to_owned()));
            match page["next"].as_str() {
                Some(next) => path = format!("/people/{josie}/entries?limit=4&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(seen.len(), 6);
        assert!(seen.is_sorted_by(|one, other| one > other), "the latest first: {seen:?}");
        let then = json(&program.get(&format!("/people/{josie}/entries?known_at={known}")).await);
        assert_eq!(then["entries"].as_array().unwrap().len(), 5);
        let some = json(&program.get(&format!("/people/{josie}/entries?kind=call")).await);
        assert_eq!(some["entries"], body!([]));
        for wrong in ["limit=0", "limit=101", "limit=x", "cursor=x", "kind=party", "known_at=today", "more=1"]
        {
            let told = program.get(&format!("/people/{josie}/entries?{wrong}")).await;
            let told = problem(&told, StatusCode::UNPROCESSABLE_ENTITY, "wrong");
            let name = wrong.split('=').next().unwrap();
            assert_eq!(told["errors"][0]["parameter"], name, "{told}");
        }
    })
    .await;
}
