//! A person's own space, in the order it happens: invited, come in, read, asked, answered, not agreed with, shut.

use crate::entry::{about, file, visit};
use app::faces::export_entries::{Export, Format, export};
use app::sign_in::code_at;
use axum::http::StatusCode;
use db::args;
use jiff::SignedDuration;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::entry::{Part, Seen, StatementForm};
use practice::id::PersonId;
use practice::recording::{NewStatement, Participant, Someone};
use practice::role::Role;
use testkit::{Answered, Browser, TestApp, Worker, both};

#[path = "tests_kept.rs"]
mod kept;
#[path = "tests_not_right.rs"]
mod not_right;

struct Scene {
    josie: PersonId,
    leanne: PersonId,
    craig: PersonId,
    nadia: Worker,
    helen: Worker,
    other: Worker,
}

async fn scene(t: &TestApp) -> Scene {
    let service = t.team("Service", None).await;
    let north = t.team("North", Some(service)).await;
    let south = t.team("South", Some(service)).await;
    let helen = t.worker("Helen Marsh", Role::TeamManager, north).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, north).await;
    let other = t.worker("Sol Quill", Role::SocialWorker, south).await;
    let josie = t.person("Josie Hart", date(2013, 5, 4)).await;
    let leanne = t.person("Leanne Hart", date(1990, 2, 1)).await;
    let craig = t.person("Craig Hart", date(1988, 3, 9)).await;
    t.allocate(josie, &nadia, AllocationKind::Responsible).await;
    t.parent(leanne, josie, true).await;
    t.parent(craig, josie, true).await;
    t.allocate(leanne, &nadia, AllocationKind::Helping).await;
    t.allocate(craig, &nadia, AllocationKind::Helping).await;
    t.episode(josie, practice::episode::EpisodeKind::ChildInNeed, north).await;
    Scene { josie, leanne, craig, nadia, helen, other }
}

fn there(person: PersonId) -> Participant {
    Participant { person, part: Part::Present, seen: None, not_seen_why: None }
}

fn said(person: PersonId, words: &str) -> NewStatement {
    let owner = Someone::Person(person);
    NewStatement { owner, form: StatementForm::Said, words: words.to_owned(), original_language: None }
}

/// A link and a code, off the page that shows them once.
async fn invited(nadia: &mut Browser, person: PersonId) -> (String, String) {
    nadia.get(&format!("/person/{person}/space")).await;
    let person = person.to_string();
    let fields = [("comes", person.as_str()), ("part", "own"), ("link_by", "letter"), ("code_by", "phone")];
    let page = nadia.post(&format!("/person/{person}/space/invite"), &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    let (_, rest) = page.text.split_once("/my/come-in/").unwrap();
    let token: String =
        rest.chars().take_while(|one| one.is_ascii_alphanumeric() || "-_".contains(*one)).collect();
    let (_, rest) = page.text.split_once("<b class=\"code\">").unwrap();
    let code: String = rest.chars().take(7).collect();
    let (_, letter) = page.text.split_once("class=\"letter\"").unwrap();
    assert!(!letter.contains(&code), "the code is never on the letter");
    (format!("/my/come-in/{token}"), code)
}

async fn secret(t: &TestApp) -> Vec<u8> {
    let mut conn = t.app.db.read().await.unwrap();
    let row: (Vec<u8>,) = conn
        .one("SELECT code_secret FROM space_invitation WHERE code_secret IS NOT NULL", args![])
        .await
        .unwrap();
    row.0
}

#[tokio::test]
async fn given_a_letter_and_a_code_then_only_both_together_open_a_space_and_nothing_of_the_council() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        let (link, code) = invited(&mut nadia, s.leanne).await;
        let mut leanne = t.browser();
        let page = leanne.get(&link).await;
        assert!(page.words().contains("Hello. This page is for one person"), "{}", page.words());
        assert!(!page.text.contains("Leanne"), "the link alone names nobody: {}", page.text);
        assert!(page.text.contains("<title>Come in</title>"), "nothing telling in the title");
        let wrong = leanne.post(&link, &[("said", "AAA-AAA")]).await;
        assert!(wrong.words().contains("You can try 4 more times"), "{}", wrong.words());
        // typed by a hand that does not care for capitals
        let keys = leanne.post(&link, &[("said", &code.to_lowercase())]).await;
        assert!(keys.words().contains("Choose how you come in"), "{}", keys.words());
        let secret = secret(&t).await;
        let numbers = code_at(&secret, t.now()).unwrap();
        let chosen = |password: &'static str, numbers: &str| {
            [
                ("said", code.clone()),
                ("step", "keys".to_owned()),
                ("name", "moss.kettle".to_owned()),
                ("password", password.to_owned()),
                ("again", password.to_owned()),
                ("code", numbers.to_owned()),
            ]
        };
        let easy = chosen("password1234", &numbers);
        let easy: Vec<(&str, &str)> = easy.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let again = leanne.post(&link, &easy).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.words().contains("Someone could guess this"), "{}", again.words());
        let good = chosen("kettle gravel moss ladder", &numbers);
        let good: Vec<(&str, &str)> = good.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let inside = leanne.post(&link, &good).await;
        assert_eq!(inside.location.as_deref(), Some("/my"), "{}", inside.words());
        let home = leanne.get("/my").await;
        assert!(home.words().contains("Hi Leanne"), "{}", home.words());
        // the link is used up, and none of the council's pages opens
        assert_eq!(t.browser().get(&link).await.status, StatusCode::NOT_FOUND);
        for path in ["/today", "/find?q=Josie", "/team", "/me", "/record", &format!("/person/{}", s.leanne)] {
            let shut = leanne.get(path).await;
            assert_eq!(shut.status, StatusCode::SEE_OTHER, "{path}");
            assert!(shut.location.unwrap().starts_with("/sign-in"), "{path}");
        }
        assert_eq!(leanne.get("/api/v1/me").await.status, StatusCode::UNAUTHORIZED);
        // from now on they sign in with what they chose
        t.pass(SignedDuration::from_secs(60));
        let mut later = t.browser();
        later.get("/my/sign-in").await;
        let numbers = code_at(&secret, t.now()).unwrap();
        let fields = [("name", "Moss.Kettle"), ("password", "kettle gravel moss ladder"), ("code", &numbers)];
        assert_eq!(later.post("/my/sign-in", &fields).await.location.as_deref(), Some("/my"));
        // the door of the council knows nobody of this name
        let mut door = t.browser();
        door.get("/sign-in?with=password").await;
        assert_eq!(door.post("/sign-in", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn given_five_wrong_codes_or_a_fortnight_or_a_second_thought_then_the_letter_opens_nothing() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        let (link, code) = invited(&mut nadia, s.leanne).await;
        let mut thief = t.browser();
        thief.get(&link).await;
        for _ in 0..4 {
            assert_eq!(
                thief.post(&link, &[("said", "ZZZZZZ")]).await.status,
                StatusCode::UNPROCESSABLE_ENTITY
            );
        }
        assert_eq!(thief.post(&link, &[("said", "ZZZZZZ")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(thief.post(&link, &[("said", &code)]).await.status, StatusCode::NOT_FOUND, "too late");
        let (link, code) = invited(&mut nadia, s.leanne).await;
        let mut late = t.browser();
        late.get(&link).await;
        t.pass(SignedDuration::from_hours(14 * 24));
        assert_eq!(late.post(&link, &[("said", &code)]).await.status, StatusCode::NOT_FOUND);
        let mut nadia = t.signed_in(&s.nadia).await;
        let (first, _) = invited(&mut nadia, s.leanne).await;
        let (second, _) = invited(&mut nadia, s.leanne).await;
        assert_eq!(t.browser().get(&first).await.status, StatusCode::NOT_FOUND, "the newer one counts");
        assert_eq!(t.browser().get(&second).await.status, StatusCode::OK);
        let page = nadia.get(&format!("/person/{}/space", s.leanne)).await;
        let (_, rest) = page.text.split_once("/space/invitation/").unwrap();
        let id: String = rest.chars().take(36).collect();
        // nobody else can take it back, or invite
        let mut other = t.signed_in(&s.other).await;
        other.get("/me").await;
        let back = format!("/space/invitation/{id}/take-back");
        assert_eq!(other.post(&back, &[]).await.status, StatusCode::FORBIDDEN);
        let invite = format!("/person/{}/space/invite", s.leanne);
        assert_eq!(other.post(&invite, &[]).await.status, StatusCode::FORBIDDEN);
        nadia.post(&back, &[]).await;
        assert_eq!(t.browser().get(&second).await.status, StatusCode::NOT_FOUND);
        // link and code never go by one way
        let leanne = s.leanne.to_string();
        let both =
            [("comes", leanne.as_str()), ("part", "own"), ("link_by", "letter"), ("code_by", "letter")];
        assert_eq!(nadia.post(&invite, &both).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

async fn read(browser: &mut Browser) -> Answered {
    let page = browser.get("/my/read").await;
    assert_eq!(page.status, StatusCode::OK);
    page
}

#[tokio::test]
async fn what_a_child_said_alone_and_what_the_other_parent_said_reach_nobody_else() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut alone = visit(vec![about(s.josie, Some(Seen::Alone)), there(s.leanne)], "NARRATIVE-CANARY");
        alone.statements = vec![said(s.josie, "CHILD-CANARY"), said(s.leanne, "MOTHER-WORDS")];
        file(&t, &s.nadia, alone).await.unwrap();
        let with_dad = visit(vec![about(s.craig, None), there(s.craig)], "FATHER-CANARY");
        file(&t, &s.nadia, with_dad).await.unwrap();
        let mut staff = visit(vec![about(s.leanne, None), there(s.leanne)], "STAFF-CANARY");
        staff.audience = practice::recording::Audience::Staff {
            why: "WHY-CANARY".to_owned(),
            review_on: date(2026, 12, 1),
        };
        file(&t, &s.nadia, staff).await.unwrap();
        let together = visit(vec![about(s.josie, Some(Seen::Yes)), there(s.leanne)], "TOGETHER-WORDS");
        file(&t, &s.nadia, together).await.unwrap();
        let mut leanne = t.own_space(s.leanne).await;
        let mut seen = String::new();
        for path in [
            "/my",
            "/my/read",
            "/my/story",
            "/my/plan",
            "/my/people",
            "/my/write",
            "/my/answers",
            "/my/readers",
            "/my/rights",
            "/my/help",
        ] {
            let page = leanne.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            seen.push_str(&page.text);
        }
        assert!(seen.contains("MOTHER-WORDS") && seen.contains("TOGETHER-WORDS"), "{seen}");
        for canary in ["NARRATIVE-CANARY", "CHILD-CANARY", "FATHER-CANARY", "STAFF-CANARY", "WHY-CANARY"] {
            assert!(!seen.contains(canary), "{canary}");
        }
        let mut josie = t.own_space(s.josie).await;
        let page = read(&mut josie).await;
        assert!(page.text.contains("CHILD-CANARY") && page.text.contains("NARRATIVE-CANARY"));
        assert!(!page.text.contains("FATHER-CANARY"));
        let mut craig = t.own_space(s.craig).await;
        let page = read(&mut craig).await;
        assert!(page.text.contains("FATHER-CANARY"));
        assert!(!page.text.contains("CHILD-CANARY") && !page.text.contains("TOGETHER-WORDS"));
    })
    .await;
}

async fn today(t: &TestApp, worker: &Worker) -> String {
    t.signed_in(worker).await.get("/today").await.words()
}

#[tokio::test]
async fn given_words_from_a_child_then_a_human_answers_by_the_day_that_was_said() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut josie = t.own_space(s.josie).await;
        josie.get("/my/write").await;
        let nothing = josie.post("/my/write", &[("words", "  "), ("who", "all")]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sent = josie.post("/my/write", &[("words", "can nan come on sunday"), ("who", "all")]).await;
        assert!(sent.words().contains("It is sent. Someone will write back to you by"), "{}", sent.words());
        assert!(sent.words().contains("can nan come on sunday"));
        assert!(today(&t, &s.nadia).await.contains("Josie wrote to you"));
        assert!(!today(&t, &s.helen).await.contains("Josie wrote to you"), "in time, it is the worker's");
        assert!(!today(&t, &s.other).await.contains("Josie wrote to you"));
        t.pass(SignedDuration::from_hours(8 * 24));
        assert!(today(&t, &s.helen).await.contains("Josie wrote to you"), "late, the manager sees it");
        let mut josie = t.own_space(s.josie).await;
        let late = josie.get("/my/answers").await;
        assert!(late.words().contains("We should have written back by"), "{}", late.words());
        let mut nadia = t.signed_in(&s.nadia).await;
        let page = nadia.get("/today").await;
        let (_, rest) = page.text.split_once("/question/").unwrap();
        let path = format!("/question/{}", rest.chars().take(36).collect::<String>());
        assert!(nadia.get(&path).await.words().contains("can nan come on sunday"));
        let mut other = t.signed_in(&s.other).await;
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.post(&path, &[("words", "No")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(nadia.post(&path, &[("words", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        nadia.get(&path).await;
        nadia.post(&path, &[("words", "Yes. Nan comes at two on Sunday.")]).await;
        let twice = nadia.post(&path, &[("words", "Once more")]).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "answered once");
        let read = josie.get("/my/answers").await.words();
        assert!(read.contains("Nadia wrote back on") && read.contains("Nan comes at two"), "{read}");
        assert!(josie.get("/my").await.words().contains("Nadia wrote back to you"));
        let after = today(&t, &s.nadia).await;
        assert!(!after.contains("Josie wrote to you") && !after.contains("Somebody wrote to you"), "{after}");
        let readers = josie.get("/my/readers").await.words();
        assert!(readers.contains("Nadia answers for the help you get"), "{readers}");
        assert!(!readers.contains("Josie looked"), "what she read herself is not told: {readers}");
        // her mother reads neither
        let mut leanne = t.own_space(s.leanne).await;
        assert!(!leanne.get("/my/read").await.words().contains("Nan"));
    })
    .await;
}

#[tokio::test]
async fn what_is_written_to_one_worker_alone_is_read_by_them_alone() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut josie = t.own_space(s.josie).await;
        josie.get("/my/write").await;
        let worker = s.nadia.id.to_string();
        josie.post("/my/write", &[("words", "PRIVATE-CANARY"), ("who", &worker)]).await;
        let of = format!("/person/{}/timeline", s.josie);
        assert!(t.signed_in(&s.nadia).await.get(&of).await.text.contains("PRIVATE-CANARY"));
        assert!(!t.signed_in(&s.helen).await.get(&of).await.text.contains("PRIVATE-CANARY"));
        assert!(josie.get("/my/answers").await.text.contains("PRIVATE-CANARY"));
    })
    .await;
}

#[tokio::test]
async fn given_somebody_who_does_not_agree_then_their_words_stand_wherever_the_text_does() {
    both(|t| async move {
        let s = scene(&t).await;
        let entry = visit(vec![about(s.josie, Some(Seen::Yes)), there(s.leanne)], "She looked drunk.");
        let id = file(&t, &s.nadia, entry).await.unwrap();
        let mut leanne = t.own_space(s.leanne).await;
        let page = leanne.get(&format!("/my/read/{id}")).await;
        assert!(page.words().contains("She looked drunk"));
        let path = format!("/my/read/{id}/disagree");
        leanne.get(&path).await;
        assert_eq!(leanne.post(&path, &[("words", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = leanne.post(&path, &[("words", "I had worked a night shift")]).await;
        assert!(done.words().contains("Your words stand next to it now"), "{}", done.words());
        // a stranger to the text cannot put words beside it, and is not told that it is there
        let mut craig = t.own_space(s.craig).await;
        craig.get("/my/write").await;
        assert_eq!(craig.post(&path, &[("words", "x")]).await.status, StatusCode::NOT_FOUND);
        let mut nadia = t.signed_in(&s.nadia).await;
        for path in
            [format!("/entry/{id}"), format!("/person/{}/timeline", s.josie), format!("/entry/{id}/text")]
        {
            let page = nadia.get(&path).await;
            assert!(page.text.contains("I had worked a night shift"), "{path}: {}", page.words());
        }
        // programs and files that carry the text carry it too
        let mut program = crate::api::Program::of(&t, &s.nadia).await;
        let entry = program.get(&format!("/entries/{id}")).await.text;
        assert!(entry.contains("disagreements") && entry.contains("I had worked a night shift"), "{entry}");
        let list = program.get(&format!("/people/{}/entries", s.josie)).await.text;
        assert!(list.contains("I had worked a night shift"), "{list}");
        for format in [Format::Csv, Format::Text] {
            let what = Export { since: "2026-11-01T00:00:00Z".parse().unwrap(), format, own: false };
            let mut out = vec![];
            export(&t.app, &s.nadia.who, what, &mut out).await.unwrap();
            let out = String::from_utf8(out).unwrap();
            assert!(
                out.contains("Leanne does not agree") && out.contains("I had worked a night shift"),
                "{out}"
            );
        }
        assert!(today(&t, &s.nadia).await.contains("Leanne does not agree"));
        let page = nadia.get("/today").await;
        let (_, rest) = page.text.split_once("/disagreement/").unwrap();
        let reply = format!("/disagreement/{}", rest.chars().take(36).collect::<String>());
        nadia.get(&reply).await;
        nadia.post(&reply, &[("words", "You are right, I did not ask. I am sorry.")]).await;
        let page = leanne.get("/my/read").await.words();
        assert!(page.contains("I had worked a night shift") && page.contains("I did not ask"), "{page}");
        let after = today(&t, &s.nadia).await;
        assert!(
            !after.contains("Leanne does not agree") && !after.contains("Somebody does not agree"),
            "{after}"
        );
    })
    .await;
}

#[tokio::test]
async fn given_a_space_that_is_shut_then_whoever_was_in_it_is_out_with_the_next_press() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut leanne = t.own_space(s.leanne).await;
        assert_eq!(leanne.get("/my").await.status, StatusCode::OK);
        let mut nadia = t.signed_in(&s.nadia).await;
        let page = nadia.get(&format!("/person/{}/space", s.leanne)).await;
        let (_, rest) = page.text.split_once("/space/in/").unwrap();
        let id: String = rest.chars().take(36).collect();
        let (path, why) = (format!("/space/in/{id}/shut"), format!("why-{id}"));
        assert_eq!(nadia.post(&path, &[(&why, "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        nadia.post(&path, &[(&why, "Somebody else has her phone")]).await;
        let out = leanne.get("/my").await;
        assert_eq!(out.location.as_deref(), Some("/my/sign-in"));
        t.facts_hold("in_space").await;
    })
    .await;
}

#[tokio::test]
async fn every_page_of_ones_own_speaks_the_language_that_was_chosen_and_stays_small() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut josie = t.own_space(s.josie).await;
        assert_eq!(josie.get("/my/language/cy").await.status, StatusCode::SEE_OTHER);
        for path in [
            "/my",
            "/my/story",
            "/my/story/what-helps",
            "/my/plan",
            "/my/read",
            "/my/people",
            "/my/workers",
            "/my/write",
            "/my/answers",
            "/my/readers",
            "/my/rights",
        ] {
            let page = josie.get(path).await;
            assert!(page.text.contains("<html lang=\"cy\""), "{path}");
            assert!(page.words().contains("awaiting a Welsh speaker"), "{path}");
            assert!(page.bytes.len() < 40 * 1024, "{path}: {}", page.bytes.len());
            for telling in ["social", "council", "Council", "child protection"] {
                let (_, title) = page.text.split_once("<title>").unwrap();
                assert!(!title.split("</title>").next().unwrap().contains(telling), "{path}");
            }
        }
        assert_eq!(josie.get("/my/language/xx").await.status, StatusCode::NOT_FOUND);
        assert_eq!(josie.get("/my/language/en-XA").await.status, StatusCode::NOT_FOUND, "for trying only");
        josie.get("/my/language/en").await;
        let gone = josie.get("/my/leave").await;
        assert!(gone.location.unwrap().starts_with("https://"), "away at once");
        assert_eq!(josie.get("/my").await.location.as_deref(), Some("/my/sign-in"), "and signed out");
    })
    .await;
}
