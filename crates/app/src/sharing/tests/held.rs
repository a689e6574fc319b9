//! Held back while recording or later, looked at again, ended, carried through a correction.

use super::{again, all_of, draft, everything, held, hold, none_of, record, said, scene, together};
use crate::entry::file;
use app::Oops;
use app::sharing::Again;
use axum::http::StatusCode;
use db::args;
use jiff::SignedDuration;
use jiff::civil::date;
use practice::recording::{NewPromise, Someone};
use practice::sharing::{HoldDraft, Matter, NewPrivate, Sharing, What};
use testkit::{Answered, TestApp, Worker, both};

#[tokio::test]
async fn words_held_back_while_recording_reach_nobody_they_are_held_back_from_and_leave_no_gap() {
    both(|t| async move {
        let s = scene(&t).await;
        let sharing = Sharing { holds: vec![hold(What::Words(0), Some(s.craig))], private: vec![] };
        let id = record(&t, &s, together(&s), sharing).await;
        let mut craig = t.own_space(s.craig).await;
        let page = everything(&mut craig, Some(id)).await;
        all_of(&page, &["ACCOUNT-WORDS", "MOTHER-WORDS", "FATHER-WORDS"]);
        none_of(
            &page,
            &[
                "CHILD-WORDS",
                "GROUND-CANARY",
                "serious harm",
                "held back",
                "Held back",
                "The rest of that day",
            ],
        );
        // the same page as if it had never been said
        let mut without = together(&s);
        without.statements.remove(0);
        let plain = record(&t, &s, without, Sharing::default()).await;
        let shape = |page: &Answered| page.words().matches("-WORDS").count();
        let (one, other) =
            (craig.get(&format!("/my/read/{id}")).await, craig.get(&format!("/my/read/{plain}")).await);
        assert_eq!(shape(&one), shape(&other));
        assert_eq!(one.words(), other.words(), "nothing tells the two apart");
        for (person, reads) in [(s.leanne, "CHILD-WORDS"), (s.josie, "CHILD-WORDS")] {
            let mut browser = t.own_space(person).await;
            assert!(everything(&mut browser, Some(id)).await.contains(reads));
        }
        // staff read all of it, and that it is held back
        let mut nadia = t.signed_in(&s.nadia).await;
        let page = nadia.get(&format!("/entry/{id}")).await.words();
        all_of(&page, &["CHILD-WORDS", "Held back from Craig", "GROUND-CANARY"]);
        all_of(&nadia.get(&format!("/entry/{id}/text")).await.text, &["held back from Craig"]);
        t.facts_hold("held_back").await;
    })
    .await;
}

#[tokio::test]
async fn all_of_an_entry_held_back_from_everybody_is_gone_but_for_their_own_words() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut entry = together(&s);
        entry.promises = vec![NewPromise {
            what: "PROMISE-CANARY".to_owned(),
            by: Someone::Worker(s.nadia.id),
            about: s.josie,
            due_on: None,
        }];
        let id = record(&t, &s, entry, Sharing::default()).await;
        let mut josie = t.own_space(s.josie).await;
        all_of(&everything(&mut josie, Some(id)).await, &["ACCOUNT-WORDS", "PROMISE-CANARY", "MOTHER-WORDS"]);
        let everybody = HoldDraft { everybody: true, ..draft(What::All, &[]) };
        let made = held(&t, &s.nadia.who, id, everybody).await.unwrap();
        let page = everything(&mut josie, Some(id)).await;
        all_of(&page, &["CHILD-WORDS"]);
        none_of(
            &page,
            &["ACCOUNT-WORDS", "PROMISE-CANARY", "MOTHER-WORDS", "FATHER-WORDS", "The rest of that day"],
        );
        // ended, it is there again at once
        let why = Again::Ended { why: "The danger is over".to_owned() };
        again(&t, &s.nadia.who, made[0], why.clone()).await.unwrap();
        all_of(&everything(&mut josie, Some(id)).await, &["ACCOUNT-WORDS", "PROMISE-CANARY", "MOTHER-WORDS"]);
        assert!(matches!(again(&t, &s.nadia.who, made[0], why).await, Err(Oops::Refused(_))));
        t.facts_hold("held_back").await;
    })
    .await;
}

#[tokio::test]
async fn given_a_hold_without_a_reason_or_from_nobody_or_by_somebody_else_then_nothing_is_held() {
    both(|t| async move {
        let s = scene(&t).await;
        let id = record(&t, &s, together(&s), Sharing::default()).await;
        let fields = |error: Oops| match error {
            Oops::Wrong(wrong) => wrong.into_iter().map(|one| one.0).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let bare = HoldDraft { ground: String::new(), ..draft(What::All, &[s.craig]) };
        assert_eq!(fields(held(&t, &s.nadia.who, id, bare).await.unwrap_err()), ["hold-ground"]);
        let nobody = draft(What::All, &[]);
        assert_eq!(fields(held(&t, &s.nadia.who, id, nobody).await.unwrap_err()), ["hold"]);
        let late = HoldDraft { review_on: Some(date(2028, 1, 1)), ..draft(What::All, &[s.craig]) };
        assert_eq!(fields(held(&t, &s.nadia.who, id, late).await.unwrap_err()), ["hold-review"]);
        let other = held(&t, &s.other.who, id, draft(What::All, &[s.craig])).await;
        assert!(matches!(other, Err(Oops::NotFound)), "somebody who does not work with her");
        let mut craig = t.own_space(s.craig).await;
        all_of(&everything(&mut craig, Some(id)).await, &["ACCOUNT-WORDS", "CHILD-WORDS"]);
    })
    .await;
}

async fn today(t: &TestApp, worker: &Worker) -> String {
    t.signed_in(worker).await.get("/today").await.words()
}

#[tokio::test]
async fn given_a_hold_that_is_due_then_the_worker_looks_again_and_late_the_manager_sees_it() {
    both(|t| async move {
        let s = scene(&t).await;
        let id = record(&t, &s, together(&s), Sharing::default()).await;
        let one = held(&t, &s.nadia.who, id, draft(What::Words(0), &[s.craig])).await.unwrap()[0];
        let asks = "Is it still held back?";
        assert!(!today(&t, &s.nadia).await.contains(asks));
        t.pass(SignedDuration::from_hours(12 * 7 * 24));
        assert!(today(&t, &s.nadia).await.contains(asks), "twelve weeks");
        assert!(!today(&t, &s.helen).await.contains(asks), "in time, it is the worker's");
        t.pass(SignedDuration::from_hours(24));
        assert!(today(&t, &s.helen).await.contains(asks), "late, the manager sees it");
        assert!(!today(&t, &s.other).await.contains(asks));
        let mut nadia = t.signed_in(&s.nadia).await;
        let path = format!("/held-back/{one}");
        let page = nadia.get(&path).await;
        all_of(&page.words(), &["CHILD-WORDS", "Craig", "1 day late"]);
        assert_eq!(nadia.post(&path, &[("again", "needed")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        nadia.get(&path).await;
        let still = [("again", "needed"), ("why", "He shouted at her again")];
        assert_eq!(nadia.post(&path, &still).await.status, StatusCode::SEE_OTHER);
        assert!(!today(&t, &s.nadia).await.contains(asks) && !today(&t, &s.helen).await.contains(asks));
        assert!(nadia.get(&path).await.words().contains("He shouted at her again"));
        let mut other = t.signed_in(&s.other).await;
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
        let mut craig = t.own_space(s.craig).await;
        none_of(&everything(&mut craig, Some(id)).await, &["CHILD-WORDS", "shouted"]);
        nadia.get(&path).await;
        nadia.post(&path, &[("again", "ended"), ("why", "Josie wants him to read it")]).await;
        all_of(&everything(&mut craig, Some(id)).await, &["CHILD-WORDS"]);
        // as known before it ended, it was held back
        let row: Vec<(String,)> = t
            .app
            .db
            .read()
            .await
            .unwrap()
            .all("SELECT ground FROM held_back WHERE held_id = $1 ORDER BY recorded_at", args![one])
            .await
            .unwrap();
        assert_eq!(row.len(), 3, "held, held on, ended: each version stays");
        let readers = everything(&mut craig, None).await;
        none_of(&readers, &["held back", "hold_back"]);
        t.facts_hold("held_back").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_to_staff_comes_up_and_is_opened_by_looking_again() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut entry = together(&s);
        let why = "The police asked us to wait".to_owned();
        entry.audience = practice::recording::Audience::Staff { why, review_on: date(2026, 12, 1) };
        let id = file(&t, &s.nadia, entry).await.unwrap();
        let mut leanne = t.own_space(s.leanne).await;
        none_of(&everything(&mut leanne, Some(id)).await, &["-WORDS", "police"]);
        t.set_now("2026-12-01T09:00:00Z");
        let mut nadia = t.signed_in(&s.nadia).await;
        let page = nadia.get("/today").await;
        let (_, rest) = page.text.split_once("/held-back/").expect("it comes up");
        let path = format!("/held-back/{}", rest.chars().take(36).collect::<String>());
        nadia.get(&path).await;
        nadia.post(&path, &[("again", "ended"), ("why", "They have finished")]).await;
        let mut leanne = t.own_space(s.leanne).await;
        all_of(&everything(&mut leanne, Some(id)).await, &["ACCOUNT-WORDS", "MOTHER-WORDS", "CHILD-WORDS"]);
    })
    .await;
}

#[tokio::test]
async fn a_correction_never_sets_free_what_was_held_back_or_private() {
    both(|t| async move {
        let s = scene(&t).await;
        let matter = NewPrivate { what: What::Words(1), of: Some(s.leanne), matter: Matter::Health };
        let sharing = Sharing { holds: vec![hold(What::Words(0), Some(s.craig))], private: vec![matter] };
        let id = record(&t, &s, together(&s), sharing).await;
        let mut newer = together(&s);
        newer.statements = vec![
            said(s.craig, "FATHER-WORDS"),
            said(s.josie, "CHILD-PUT-RIGHT"),
            said(s.leanne, "MOTHER-WORDS"),
        ];
        newer.corrects = Some(practice::recording::Correction { supersedes: id, why: "Order".to_owned() });
        let newer = record(&t, &s, newer, Sharing::default()).await;
        let mut craig = t.own_space(s.craig).await;
        let page = everything(&mut craig, Some(id)).await;
        all_of(&page, &["FATHER-WORDS"]);
        none_of(&page, &["CHILD-PUT-RIGHT", "MOTHER-WORDS", "CHILD-WORDS"]);
        let mut nadia = t.signed_in(&s.nadia).await;
        // the older version says what was held back of it then
        for entry in [id, newer] {
            let page = nadia.get(&format!("/entry/{entry}")).await.words();
            all_of(&page, &["Held back from Craig", "Private to Leanne"]);
        }
        t.facts_hold("held_back").await;
        t.facts_hold("private_matter").await;
    })
    .await;
}
