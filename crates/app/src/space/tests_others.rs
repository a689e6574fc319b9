//! Others in somebody's space: an advocate sees what was chosen and no more; a carer what was shared and why; a proxy acts
//! within limits, on the record, until it is ended; and a child's space opens step by step.

use crate::entry::{about, file, visit};
use axum::http::StatusCode;
use db::args;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::entry::{Part, Seen, StatementForm};
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::recording::{Audience, NewStatement, Participant, Someone};
use practice::role::Role;
use practice::space::InSpace;
use testkit::{Answered, Browser, TestApp, Worker, both};

struct Scene {
    ash: PersonId,
    leanne: PersonId,
    dele: PersonId,
    bev: PersonId,
    nadia: Worker,
    /// Threads: with her mother there, alone, kept to staff.
    open: String,
    alone: String,
    staff: String,
}

fn there(person: PersonId) -> Participant {
    Participant { person, part: Part::Present, seen: None, not_seen_why: None }
}

fn said(person: PersonId, words: &str) -> NewStatement {
    let owner = Someone::Person(person);
    NewStatement { owner, form: StatementForm::Said, words: words.to_owned(), original_language: None }
}

async fn scene(t: &TestApp) -> Scene {
    let north = t.team("North", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, north).await;
    let ash = t.person("Ash Hart", date(2012, 5, 4)).await;
    let leanne = t.person("Leanne Hart", date(1990, 2, 1)).await;
    let dele = t.person("Dele Okafor", date(1985, 1, 1)).await;
    let bev = t.person("Bev Marsh", date(1960, 1, 1)).await;
    for person in [ash, leanne, dele, bev] {
        t.allocate(person, &nadia, AllocationKind::Responsible).await;
    }
    let mut open = visit(vec![about(ash, Some(Seen::Yes)), there(leanne)], "OPEN-CANARY");
    open.statements = vec![said(ash, "ASH-WORDS"), said(leanne, "MOTHER-CANARY")];
    let open = file(t, &nadia, open).await.unwrap().to_string();
    let mut alone = visit(vec![about(ash, Some(Seen::Alone))], "ALONE-CANARY");
    alone.statements = vec![said(ash, "ALONE-WORDS")];
    let alone = file(t, &nadia, alone).await.unwrap().to_string();
    let mut staff = visit(vec![about(ash, Some(Seen::Yes))], "STAFF-CANARY");
    staff.audience = Audience::Staff { why: "WHY-CANARY".to_owned(), review_on: date(2026, 12, 1) };
    let staff = file(t, &nadia, staff).await.unwrap().to_string();
    Scene { ash, leanne, dele, bev, nadia, open, alone, staff }
}

/// Everything that somebody can reach of another's space.
async fn all_of(browser: &mut Browser, s: &Scene) -> String {
    let mut seen = String::new();
    for path in ["/my/spaces".to_owned(), format!("/my/for/{}", s.ash)] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.words());
        seen.push_str(&page.text);
    }
    for thread in [&s.open, &s.alone, &s.staff] {
        let page = browser.get(&format!("/my/for/{}/read/{thread}", s.ash)).await;
        seen.push_str(&page.text);
        // nothing of their own space opens to them, whatever they ask
        for path in
            [format!("/my/read/{thread}"), "/my/read".to_owned(), "/my".to_owned(), "/my/people".to_owned()]
        {
            assert_eq!(browser.get(&path).await.location.as_deref(), Some("/my/spaces"), "{path}");
        }
    }
    seen
}

async fn in_space(t: &TestApp, comes: PersonId) -> String {
    let mut conn = t.app.db.read().await.unwrap();
    let row: (uuid::Uuid,) = conn
        .one(
            "SELECT id FROM in_space WHERE comes_id = $1 AND person_id <> $1 AND superseded_at IS NULL",
            args![comes],
        )
        .await
        .unwrap();
    row.0.to_string()
}

async fn chooses(ash: &mut Browser, of: &str, fields: &[(&str, &str)]) -> Answered {
    let path = format!("/my/coming-in/{of}");
    assert_eq!(ash.get(&path).await.status, StatusCode::OK);
    ash.post(&path, fields).await
}

const KEPT: [&str; 6] =
    ["MOTHER-CANARY", "ALONE-CANARY", "ALONE-WORDS", "STAFF-CANARY", "WHY-CANARY", "Leanne"];

#[tokio::test]
async fn an_advocate_sees_what_was_chosen_and_no_more() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut dele = t.space_of_another(s.dele, s.ash, InSpace::Advocate).await;
        let nothing = all_of(&mut dele, &s).await;
        for canary in KEPT.iter().chain(&["OPEN-CANARY", "ASH-WORDS"]) {
            assert!(!nothing.contains(canary), "{canary} before anything was chosen");
        }
        let of = in_space(&t, s.dele).await;
        let mut ash = t.own_space(s.ash).await;
        assert!(ash.get("/my/coming-in").await.words().contains("Dele can read nothing yet"));
        chooses(&mut ash, &of, &[("part", "written")]).await;
        t.facts_hold("given_to_read").await;
        let seen = all_of(&mut dele, &s).await;
        assert!(seen.contains("OPEN-CANARY") && seen.contains("ASH-WORDS"), "{seen}");
        for canary in KEPT {
            assert!(!seen.contains(canary), "{canary}");
        }
        // one private thing, by itself
        chooses(&mut ash, &of, &[("one", &s.alone)]).await;
        let seen = all_of(&mut dele, &s).await;
        assert!(seen.contains("ALONE-WORDS") && !seen.contains("OPEN-CANARY"), "the tick was taken away");
        // what is not hers to read she cannot give
        let staff = chooses(&mut ash, &of, &[("one", &s.staff)]).await;
        assert_eq!(staff.status, StatusCode::UNPROCESSABLE_ENTITY);
        // a worker alone gives an advocate nothing, and an advocate writes nothing
        let mut nadia = t.signed_in(&s.nadia).await;
        let path = format!("/space/in/{of}");
        nadia.get(&path).await;
        let alone = nadia.post(&path, &[("part", "story"), ("reason", "It helps")]).await;
        assert!(alone.words().contains("An advocate sees what the person chose"), "{}", alone.words());
        let together = [("part", "questions"), ("together", "yes"), ("reason", "She asked me to")];
        assert_eq!(nadia.post(&path, &together).await.status, StatusCode::SEE_OTHER);
        assert_eq!(dele.get(&format!("/my/for/{}/write", s.ash)).await.status, StatusCode::NOT_FOUND);
        // Ash sees who read it, and can end it at once, on every device
        let readers = ash.get("/my/readers").await.words();
        assert!(readers.contains("Dele speaks up for you"), "{readers}");
        ash.get("/my/coming-in").await;
        ash.post(&format!("/my/coming-in/{of}/end"), &[]).await;
        let out = dele.get(&format!("/my/for/{}", s.ash)).await;
        assert_eq!(out.location.as_deref(), Some("/my/sign-in"));
    })
    .await;
}

#[tokio::test]
async fn a_carer_sees_what_was_shared_and_why_and_never_what_a_child_said_alone() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut bev = t.space_of_another(s.bev, s.ash, InSpace::Carer).await;
        let of = in_space(&t, s.bev).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        let path = format!("/space/in/{of}");
        nadia.get(&path).await;
        let without = nadia.post(&path, &[("part", "one"), ("one", &s.open)]).await;
        assert!(without.words().contains("Say why this is shared"), "{}", without.words());
        let private = nadia.post(&path, &[("part", "one"), ("one", &s.alone), ("reason", "x")]).await;
        assert!(private.words().contains("choose it together"), "{}", private.words());
        let fields =
            [("part", "one"), ("one", s.open.as_str()), ("reason", "So that bedtime goes the same way")];
        assert_eq!(nadia.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
        let seen = all_of(&mut bev, &s).await;
        assert!(seen.contains("OPEN-CANARY") && seen.contains("So that bedtime goes the same way"), "{seen}");
        for canary in KEPT {
            assert!(!seen.contains(canary), "{canary}");
        }
        let page = nadia.get(&path).await;
        let (_, rest) = page.text.split_once("/space/given/").unwrap();
        let end = format!("/space/given/{}/end", rest.chars().take(36).collect::<String>());
        nadia.post(&end, &[]).await;
        assert!(!all_of(&mut bev, &s).await.contains("OPEN-CANARY"));
        // another's space is not there for somebody who does not come in to it
        let other = bev.get(&format!("/my/for/{}", s.leanne)).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_proxy_acts_within_limits_and_every_act_says_for_whom_and_by_whom() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut bev = t.space_of_another(s.bev, s.ash, InSpace::Proxy).await;
        let seen = all_of(&mut bev, &s).await;
        assert!(seen.contains("OPEN-CANARY"), "{seen}");
        for canary in KEPT {
            assert!(!seen.contains(canary), "{canary}");
        }
        let write = format!("/my/for/{}/write", s.ash);
        bev.get(&write).await;
        assert_eq!(bev.post(&write, &[("words", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sent = bev.post(&write, &[("words", "FOR-ASH-WORDS")]).await;
        assert!(sent.words().contains("It is sent"), "{}", sent.words());
        let mut nadia = t.signed_in(&s.nadia).await;
        let line = nadia.get(&format!("/person/{}/timeline", s.ash)).await;
        assert!(
            line.text.contains("FOR-ASH-WORDS") && line.words().contains("Bev Marsh for Ash"),
            "{}",
            line.words()
        );
        let mut ash = t.own_space(s.ash).await;
        assert!(
            ash.get("/my/read").await.text.contains("FOR-ASH-WORDS"),
            "the child reads what was written for them"
        );
        assert!(ash.get("/my/readers").await.words().contains("Bev acts for you"));
        let mut conn = t.app.db.read().await.unwrap();
        let asked: (String,) =
            conn.one("SELECT payload FROM journal WHERE action = 'ask_in_space'", args![]).await.unwrap();
        assert!(
            asked.0.contains(&format!("\"for\":\"{}\"", s.ash))
                && asked.0.contains(&format!("\"by\":\"{}\"", s.bev))
        );
        let now = "SELECT id FROM in_space WHERE comes_id = $1 AND superseded_at IS NULL";
        let row: (uuid::Uuid,) = conn.one(now, args![s.bev]).await.unwrap();
        drop(conn);
        let limits = format!("/space/in/{}/limits", row.0);
        let fields = [
            ("do", "limits"),
            ("limits", "reads"),
            ("limits-reason", "Ash writes for herself now"),
            ("ends-day", "1"),
            ("ends-month", "12"),
            ("ends-year", "2026"),
        ];
        let again = nadia.post(&limits, &fields[..2]).await;
        assert!(again.words().contains("Say why. They read it"), "{}", again.words());
        let again = nadia.post(&limits, &fields[..3]).await;
        assert!(again.words().contains("Say until when they act for this person"), "{}", again.words());
        assert_eq!(bev.get(&write).await.status, StatusCode::OK, "nothing has changed yet");
        assert_eq!(
            bev.post(&limits, &fields).await.status,
            StatusCode::SEE_OTHER,
            "that is the way to the door"
        );
        assert_eq!(nadia.post(&limits, &fields).await.status, StatusCode::SEE_OTHER);
        assert_eq!(
            nadia.post(&limits, &fields).await.status,
            StatusCode::NOT_FOUND,
            "it has a newer version"
        );
        t.facts_hold("in_space").await;
        assert_eq!(bev.get(&write).await.status, StatusCode::NOT_FOUND);
        assert_eq!(bev.post(&write, &[("words", "more")]).await.status, StatusCode::NOT_FOUND);
        let mut tx = t.app.db.write().await.unwrap();
        tx.run("UPDATE in_space SET to_date = $2 WHERE comes_id = $1", args![s.bev, date(2026, 11, 20)])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let out = bev.get("/my/spaces").await;
        assert_eq!(out.location.as_deref(), Some("/my/sign-in"), "its last day was yesterday");
    })
    .await;
}

#[tokio::test]
async fn a_childs_space_opens_step_by_step_as_they_and_a_worker_agree() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut ash = t.own_space(s.ash).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        let space = format!("/person/{}/space", s.ash);
        nadia.get(&space).await;
        let stage = |stage: &'static str| [("stage", stage), ("said", "I want to see who is who first")];
        nadia.post(&format!("{space}/stage"), &stage("people")).await;
        t.facts_hold("space_stage").await;
        let home = ash.get("/my").await;
        for canary in ["OPEN-CANARY", "ALONE-CANARY", "href=\"/my/read\""] {
            assert!(!home.text.contains(canary), "{canary}");
        }
        for path in ["/my/read".to_owned(), format!("/my/read/{}", s.open)] {
            assert_eq!(ash.get(&path).await.location.as_deref(), Some("/my/not-yet"), "{path}");
        }
        assert!(ash.get("/my/not-yet").await.words().contains("We open this page with you"));
        for open in ["/my/people", "/my/write", "/my/answers", "/my/readers", "/my/rights"] {
            assert_eq!(ash.get(open).await.status, StatusCode::OK, "{open}");
        }
        nadia.post(&format!("{space}/stage"), &stage("written")).await;
        assert!(ash.get("/my/read").await.text.contains("OPEN-CANARY"));
        let other = nadia.post(&format!("{space}/stage"), &[("stage", "")]).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn whoever_comes_in_is_not_named_to_a_worker_who_may_not_know_of_them_and_is_shut_out_all_the_same() {
    both(|t| async move {
        let s = scene(&t).await;
        t.space_of_another(s.bev, s.ash, InSpace::Carer).await;
        t.level(s.bev, AccessLevel::Restricted).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        let row: (uuid::Uuid,) = t
            .app
            .db
            .read()
            .await
            .unwrap()
            .one("SELECT id FROM in_space WHERE comes_id = $1", args![s.bev])
            .await
            .unwrap();
        for path in
            [format!("/person/{}", s.ash), format!("/person/{}/space", s.ash), format!("/space/in/{}", row.0)]
        {
            let page = nadia.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(!page.text.contains("Bev"), "{path}: {}", page.words());
            assert!(!page.text.contains(&s.bev.to_string()), "{path}");
            assert!(page.words().contains("hidden from you"), "{path}: {}", page.words());
        }
        nadia.get(&format!("/person/{}/space", s.ash)).await;
        let why = format!("why-{}", row.0);
        let shut = nadia
            .post(&format!("/space/in/{}/shut", row.0), &[(why.as_str(), "Nobody knows who it is")])
            .await;
        assert_eq!(shut.status, StatusCode::SEE_OTHER, "{}", shut.words());
    })
    .await;
}
