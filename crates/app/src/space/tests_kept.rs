//! What is sent to one worker alone, to one who covers, and with a photo: who has it to answer, and who never learns of it.

use super::{Scene, scene, today};
use axum::http::StatusCode;
use jiff::SignedDuration;
use practice::access::AllocationKind;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

/// A green picture of two by two points.
const PICTURE: &[u8] =
    b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x02\x00\x00\x00\x02\x08\x02\x00\x00\x00\
    \xfd\xd4\x9as\x00\x00\x00\x10IDATx\x9ccPhH\x00\x22\x06\x08\x05\x00\x1b\x0e\x04\x01\xc5\x10\xcb\x8b\
    \x00\x00\x00\x00IEND\xaeB`\x82";

/// A worker who helps Josie beside the one who is responsible.
async fn kit(t: &TestApp, s: &Scene) -> Worker {
    let team = t.team("Beside", None).await;
    let kit = t.worker("Kit Mensah", Role::SocialWorker, team).await;
    t.allocate(s.josie, &kit, AllocationKind::Helping).await;
    kit
}

#[tokio::test]
async fn given_words_to_one_who_helps_alone_then_they_answer_and_nobody_else_learns_of_it() {
    both(|t| async move {
        let s = scene(&t).await;
        let kit = kit(&t, &s).await;
        let mut josie = t.own_space(s.josie).await;
        josie.get("/my/write").await;
        let to = kit.id.to_string();
        josie.post("/my/write", &[("words", "KIT-ALONE-CANARY"), ("who", &to)]).await;
        assert!(today(&t, &kit).await.contains("Josie wrote to you"), "who was asked has it to answer");
        assert!(!today(&t, &s.nadia).await.contains("Josie wrote to"), "and the responsible worker has not");
        let card = t.signed_in(&s.nadia).await.get(&format!("/person/{}", s.josie)).await;
        assert!(!card.text.contains("/question/"), "{}", card.words());
        let own = t.signed_in(&kit).await.get(&format!("/person/{}", s.josie)).await;
        assert!(own.text.contains("/question/"), "{}", own.words());
        // late, whoever leads the team of the responsible worker knows that it waits, and not what it says
        t.pass(SignedDuration::from_hours(8 * 24));
        let led = t.signed_in(&s.helen).await.get("/today").await;
        assert!(
            led.words().contains("Josie wrote to one worker alone, who has not answered"),
            "{}",
            led.words()
        );
        assert!(!led.text.contains("/question/") && !led.text.contains("KIT-ALONE-CANARY"));
        let mut kit = t.signed_in(&kit).await;
        let page = kit.get("/today").await;
        let (_, rest) = page.text.split_once("/question/").unwrap();
        let path = format!("/question/{}", rest.chars().take(36).collect::<String>());
        assert_eq!(t.signed_in(&s.nadia).await.get(&path).await.status, StatusCode::NOT_FOUND);
        assert!(kit.get(&path).await.words().contains("KIT-ALONE-CANARY"));
        kit.post(&path, &[("words", "KIT-ANSWERS-CANARY")]).await;
        let mut josie = t.own_space(s.josie).await;
        let read = josie.get("/my/answers").await;
        assert!(read.text.contains("KIT-ANSWERS-CANARY"), "{}", read.words());
        let timeline = format!("/person/{}/timeline", s.josie);
        let others = t.signed_in(&s.nadia).await.get(&timeline).await;
        assert!(!others.text.contains("CANARY"), "neither words nor answer: {}", others.words());
    })
    .await;
}

#[tokio::test]
async fn given_a_worker_who_is_away_then_whoever_covers_has_the_words_to_answer() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut josie = t.own_space(s.josie).await;
        josie.get("/my/write").await;
        josie.post("/my/write", &[("words", "can nan come"), ("who", "all")]).await;
        assert!(!today(&t, &s.other).await.contains("Josie wrote to you"));
        t.away(&s.nadia, &s.other).await;
        assert!(today(&t, &s.other).await.contains("Josie wrote to you"));
    })
    .await;
}

#[tokio::test]
async fn given_somebody_who_broke_the_glass_then_the_child_learns_who_and_not_the_words_they_gave() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut other = t.signed_in(&s.other).await;
        let path = format!("/glass/{}", s.josie);
        other.get(&path).await;
        let why = "Her father REASON-CANARY telephoned the duty desk about tonight";
        let opened = other.post(&path, &[("reason", why), ("how_long", "hour")]).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.words());
        assert_eq!(other.get(&format!("/person/{}", s.josie)).await.status, StatusCode::OK);
        let page = t.own_space(s.josie).await.get("/my/readers").await;
        assert!(page.words().contains("Sol"), "{}", page.words());
        assert!(!page.text.contains("REASON-CANARY"), "{}", page.words());
    })
    .await;
}

#[tokio::test]
async fn given_a_photo_with_the_words_then_it_opens_for_whoever_sent_it_and_not_for_their_mother() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut josie = t.own_space(s.josie).await;
        josie.get("/my/write").await;
        let fields = [("words", "our new kitten"), ("who", "all")];
        let wrong = josie
            .post_files("/my/write", &fields, &[("files", "kitten.png", b"MZ\x90\x00\x03\x00\x00\x00")])
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.words().contains("kitten.png"), "which one: {}", wrong.words());
        assert!(wrong.text.contains("our new kitten"), "the words are kept");
        let sent = josie.post_files("/my/write", &fields, &[("files", "kitten.png", PICTURE)]).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.words());
        let (_, rest) = sent.text.split_once("href=\"/my/read/").unwrap();
        let day = josie.get(&format!("/my/read/{}", rest.chars().take(36).collect::<String>())).await;
        let (_, rest) = day.text.split_once("/my/file/").unwrap();
        let file = format!("/my/file/{}", rest.chars().take(36).collect::<String>());
        let small = format!("{file}/small");
        for path in [&file, &small] {
            let got = josie.get(path).await;
            assert_eq!(got.status, StatusCode::OK, "{path}");
            assert!(got.bytes.len() > 50, "{path}");
        }
        let mut leanne = t.own_space(s.leanne).await;
        for path in [&file, &small] {
            assert_eq!(leanne.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    })
    .await;
}
