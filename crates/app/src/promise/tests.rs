//! Promises answered: kept, not kept, no longer needed, by those who may.

use crate::entry::{about, allocate, file, person, visit};
use axum::http::StatusCode;
use db::args;
use practice::recording::{Audience, NewPromise, Someone};
use practice::role::Role;
use testkit::both;

#[tokio::test]
async fn given_a_promise_when_it_is_answered_then_it_says_so_and_what_was_before_stays() {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
        let josie = person(&t, "Josie", "findable").await;
        allocate(&t, &nadia, josie).await;
        let mut entry = visit(vec![about(josie, None)], "We talked.");
        for (what, by) in
            [("Ring the school", Someone::Worker(nadia.id)), ("Bring the dog book", Someone::Person(josie))]
        {
            let due_on = Some(jiff::civil::date(2026, 11, 20));
            entry.promises.push(NewPromise { what: what.to_owned(), by, about: josie, due_on });
        }
        file(&t, &nadia, entry).await.unwrap();
        let ring: (uuid::Uuid,) = {
            let mut conn = t.app.db.read().await.unwrap();
            conn.one("SELECT promise_id FROM promise WHERE what = 'Ring the school'", args![]).await.unwrap()
        };
        let path = format!("/promise/{}", ring.0);
        let mut other = t.signed_in(&owen).await;
        assert_ne!(
            other.get(&path).await.status,
            StatusCode::OK,
            "who may not read the entry may not see it"
        );
        let mut mine = t.signed_in(&nadia).await;
        let page = mine.get(&path).await.words();
        assert!(
            page.contains("ring the school") && page.contains("1 day late"),
            "lateness is stated plainly: {page}"
        );
        let day = [("on-day", "21"), ("on-month", "11"), ("on-year", "2026")];
        let mut fields = day.to_vec();
        fields.extend([("state", "not-kept"), ("outcome", " ")]);
        let back = mine.post(&path, &fields).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(back.words().contains("Say what happened"), "{}", back.words());
        let ahead = [("on-day", "22"), ("on-month", "11"), ("on-year", "2026"), ("state", "kept")];
        let ahead = mine.post(&path, &ahead).await;
        assert!(ahead.words().contains("Choose today or a day before"), "{}", ahead.words());
        let mut fields = day.to_vec();
        fields.extend([("state", "not-kept"), ("outcome", "The line was busy all day")]);
        assert_eq!(mine.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
        let again = mine.post(&path, &fields).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "said already");
        let page = mine.get(&path).await.words();
        assert!(page.contains("Not kept") && page.contains("The line was busy all day"), "{page}");
        let mut conn = t.app.db.read().await.unwrap();
        let versions = "SELECT CAST(count(*) AS bigint) FROM promise WHERE what = 'Ring the school'";
        assert_eq!(conn.number(versions, args![]).await.unwrap(), 2, "the older version stays");
        let (payload,): (String,) =
            conn.one("SELECT payload FROM journal WHERE action = 'answer_promise'", args![]).await.unwrap();
        assert!(!payload.contains("busy"), "words stand in the journal by hash");
    })
    .await;
}

#[tokio::test]
async fn given_an_entry_kept_to_people_named_when_others_look_at_promises_then_what_was_promised_in_it_is_not_there()
 {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
        let josie = person(&t, "Josie", "findable").await;
        allocate(&t, &nadia, josie).await;
        allocate(&t, &owen, josie).await;
        let mut entry = visit(vec![about(josie, None)], "Told in confidence.");
        entry.audience = Audience::Named { workers: vec![], people: vec![josie] };
        entry.promises.push(NewPromise {
            what: "Say nothing yet".to_owned(),
            by: Someone::Worker(nadia.id),
            about: josie,
            due_on: None,
        });
        file(&t, &nadia, entry).await.unwrap();
        let mut conn = t.app.db.read().await.unwrap();
        for (worker, wanted) in [(&nadia, 1), (&owen, 0)] {
            let seen = app::entry::promises_about(&mut conn, &worker.who, t.now(), josie).await.unwrap();
            assert_eq!(seen.len(), wanted, "{}", worker.who.name);
        }
        t.facts_hold("entry_reader").await;
    })
    .await;
}

/// Ends a worker's part with someone yesterday.
async fn part_over(t: &testkit::TestApp, worker: &testkit::Worker) {
    let sql = "UPDATE allocation SET to_date = $2 WHERE worker_id = $1";
    let mut tx = t.app.db.write().await.unwrap();
    tx.run(sql, args![worker.id, jiff::civil::date(2026, 11, 20)]).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn given_a_worker_who_works_with_them_no_longer_when_someone_answers_for_them_then_the_promise_went_along()
 {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
        let josie = person(&t, "Josie", "findable").await;
        allocate(&t, &nadia, josie).await;
        let mut entry = visit(vec![about(josie, None)], "We talked.");
        let due_on = Some(jiff::civil::date(2026, 5, 3));
        let what = "Ring the school".to_owned();
        entry.promises.push(NewPromise { what, by: Someone::Worker(nadia.id), about: josie, due_on });
        file(&t, &nadia, entry).await.unwrap();
        let (mut one, mut two) = (t.signed_in(&nadia).await, t.signed_in(&owen).await);
        assert!(one.get("/today").await.words().contains("What I promised"));
        assert!(!two.get("/today").await.words().contains("Ring the school"));
        // the work is over, and nobody answers for Josie: it stays with whoever made it, who may still answer it
        part_over(&t, &nadia).await;
        let words = one.get("/today").await.words();
        assert!(words.contains("Left open when your work ended: 1"), "{words}");
        // someone else answers for her now, and sees it with whose it was
        allocate(&t, &owen, josie).await;
        let words = two.get("/today").await.words();
        assert!(words.contains("Promised by Nadia Farrow, who worked with Josie before."), "{words}");
        assert!(words.contains("Ring the school") && words.contains("days late"), "{words}");
        assert!(!one.get("/today").await.words().contains("Ring the school"));
        let left = "UPDATE worker SET to_date = $2 WHERE id = $1";
        let mut tx = t.app.db.write().await.unwrap();
        tx.run(left, args![nadia.id, jiff::civil::date(2026, 11, 20)]).await.unwrap();
        tx.commit().await.unwrap();
        let page = two.get("/today").await;
        assert!(page.words().contains("Promised by Nadia Farrow, who has left."), "{}", page.words());
        let path = page.text.split("href=\"/promise/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let fields =
            [("on-day", "21"), ("on-month", "11"), ("on-year", "2026"), ("state", "kept"), ("outcome", "")];
        let done = two.post(&format!("/promise/{path}"), &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        assert!(!two.get("/today").await.words().contains("Ring the school"));
    })
    .await;
}

#[tokio::test]
async fn given_work_that_is_over_then_whoever_promised_says_what_became_of_it_and_nobody_else() {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
        let josie = person(&t, "Josie", "findable").await;
        allocate(&t, &nadia, josie).await;
        let mut entry = visit(vec![about(josie, None)], "We talked.");
        let what = "Ring the school".to_owned();
        entry.promises.push(NewPromise { what, by: Someone::Worker(nadia.id), about: josie, due_on: None });
        file(&t, &nadia, entry).await.unwrap();
        part_over(&t, &nadia).await;
        let mut one = t.signed_in(&nadia).await;
        let page = one.get("/today").await.text;
        let path =
            format!("/promise/{}", page.split("href=\"/promise/").nth(1).unwrap().split('"').next().unwrap());
        let fields =
            [("on-day", "21"), ("on-month", "11"), ("on-year", "2026"), ("state", "kept"), ("outcome", "")];
        assert_eq!(t.signed_in(&owen).await.post(&path, &fields).await.status, StatusCode::NOT_FOUND);
        assert_eq!(one.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
        assert!(!one.get("/today").await.words().contains("Ring the school"));
    })
    .await;
}
