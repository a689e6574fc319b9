//! What somebody finds in their own space: their story and who has read it, the plan with each voice in its own place, and
//! saying that something is not right.

mod rights;

use crate::entry::{about, file, visit};
use app::plan::{Agree, Promise, Scale, WriteLine, agree, promise, scale, write_line};
use app::story::{Tell, read_story, tell};
use app::told::{self, By};
use axum::http::StatusCode;
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::entry::{Part, Seen};
use practice::id::{EntryId, PersonId};
use practice::plan::{Agreement, LineKind, LineReaders};
use practice::recording::Participant;
use practice::role::Role;
use practice::story::{StoryPart, ToldHow};
use testkit::{TestApp, Worker, both};
use uuid::Uuid;

const TODAY: Date = date(2026, 11, 21);

struct Scene {
    josie: PersonId,
    leanne: PersonId,
    craig: PersonId,
    nadia: Worker,
    owen: Worker,
    helen: Worker,
}

async fn scene(t: &TestApp) -> Scene {
    let team = t.team("North", None).await;
    let helen = t.worker("Helen Marsh", Role::TeamManager, team).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
    let josie = t.person("Josie Hart", date(2013, 5, 4)).await;
    let leanne = t.person("Leanne Hart", date(1990, 2, 1)).await;
    let craig = t.person("Craig Hart", date(1988, 3, 9)).await;
    t.allocate(josie, &nadia, AllocationKind::Responsible).await;
    t.allocate(josie, &owen, AllocationKind::Helping).await;
    t.parent(leanne, josie, true).await;
    t.parent(craig, josie, true).await;
    for parent in [leanne, craig] {
        t.allocate(parent, &nadia, AllocationKind::Helping).await;
    }
    Scene { josie, leanne, craig, nadia, owen, helen }
}

macro_rules! done {
    ($t:expr, $by:expr, $action:ident, $command:expr) => {{
        let mut moment = $t.moment();
        let mut tx = $t.app.db.write().await.unwrap();
        let done = $action(&mut tx, &$by.who, &mut moment, $command).await.unwrap();
        tx.commit().await.unwrap();
        done
    }};
}

fn tells(person: PersonId, by: Option<By>, words: &str) -> Tell {
    let how = if by.is_some() { ToldHow::ToldTo } else { ToldHow::FromEntries };
    Tell {
        person,
        part: StoryPart::WhatHelps,
        from: None,
        by,
        how,
        shared: false,
        words: words.to_owned(),
        rests_on: vec![],
        told_on: date(2026, 9, 1),
    }
}

fn line(person: PersonId, (kind, by): (LineKind, By), words: &str) -> WriteLine {
    WriteLine {
        person,
        of: None,
        kind,
        goal: None,
        words: words.to_owned(),
        child_words: None,
        by,
        readers: None,
        rests_on: vec![],
    }
}

fn number(person: PersonId, goal: Uuid, by: By, value: i64) -> Scale {
    Scale { person, goal, by, value, on: TODAY, why: None, next_step: None }
}

const LIVES: &str = "INSERT INTO address (id, person_id, purpose, lines, postcode, confidential, recorded_at) \
    VALUES ($1, $2, 'home', $3, $4, false, $5)";

#[tokio::test]
async fn a_child_reads_their_story_with_where_it_comes_from_and_sees_that_a_new_worker_read_it() {
    both(|t| async move {
        let s = scene(&t).await;
        let was_there = visit(vec![about(s.josie, Some(Seen::Yes))], "We made soup.");
        let was_there: EntryId = file(&t, &s.nadia, was_there).await.unwrap();
        let mut staff = visit(vec![about(s.josie, None)], "HIDDEN-CANARY");
        staff.title = Some("HIDDEN-TITLE-CANARY".to_owned());
        let staff = file(&t, &s.nadia, staff).await.unwrap();
        let own = done!(t, s.nadia, tell, tells(s.josie, Some(By::Themselves), "One question at a time"));
        let mother = Some(By::Person(s.leanne));
        done!(t, s.nadia, tell, tells(s.josie, mother.clone(), "MOTHER-CANARY"));
        let shared =
            Tell { part: StoryPart::WhoIAm, shared: true, ..tells(s.josie, mother, "Funny and brave") };
        done!(t, s.nadia, tell, shared);
        let put = Tell { rests_on: vec![was_there, staff], ..tells(s.josie, None, "Cooking together") };
        done!(t, s.nadia, tell, put);
        let mut josie = t.own_space(s.josie).await;
        let page = josie.get("/my/story").await;
        let said = page.words();
        assert_eq!(page.status, StatusCode::OK);
        for words in
            ["One question at a time", "Funny and brave", "Cooking together", "You told us this 2 months ago"]
        {
            assert!(said.contains(words), "{words}: {said}");
        }
        assert!(page.text.contains(&format!("/my/read/{was_there}")), "what it comes from");
        for canary in ["MOTHER-CANARY", "HIDDEN-CANARY", "HIDDEN-TITLE-CANARY", &staff.to_string()] {
            assert!(!page.text.contains(canary), "{canary}");
        }
        assert!(said.contains("Owen has not read it yet"), "{said}");
        done!(t, s.owen, read_story, (s.josie, &all_of(&t, s.josie).await));
        let said = josie.get("/my/story").await.words();
        assert!(said.contains("Owen read it on 21 November"), "{said}");
        assert!(!said.contains("Owen has not read it yet"));
        // what the mother tells anew, and the child may not read, does not show by a reader who is behind
        let again =
            Tell { part: StoryPart::WhatIWant, ..tells(s.josie, Some(By::Person(s.leanne)), "MORE-CANARY") };
        done!(t, s.nadia, tell, again);
        let said = josie.get("/my/story").await.words();
        assert!(said.contains("Owen read it on 21 November.") && !said.contains("more since then"), "{said}");
        // the mother reads her own words, and none of the child's
        let mut leanne = t.own_space(s.leanne).await;
        let said = leanne.get("/my/story").await.words();
        assert!(said.contains("What you told us about Josie") && said.contains("MOTHER-CANARY"), "{said}");
        assert!(!said.contains("One question at a time") && !said.contains("Cooking together"), "{said}");
        let mut craig = t.own_space(s.craig).await;
        assert!(!craig.get("/my/story").await.text.contains("CANARY"));
        // not right any more: a worker is told, and nothing is overwritten
        let nothing = josie.post("/my/story/what-helps", &[("words", " ")]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sent = josie.post("/my/story/what-helps", &[("words", "Two questions are fine now")]).await;
        assert!(sent.words().contains("Someone will write back to you by"), "{}", sent.words());
        assert!(sent.words().contains("One question at a time"), "it stands as it was");
        assert_eq!(josie.get("/my/story/dreams").await.status, StatusCode::NOT_FOUND);
        let mut nadia = t.signed_in(&s.nadia).await;
        let today = nadia.get("/today").await;
        assert!(
            today.words().contains("wants something in their story put right, or added"),
            "{}",
            today.words()
        );
        let (_, rest) = today.text.split_once("/question/").unwrap();
        let path = format!("/question/{}", rest.chars().take(36).collect::<String>());
        let asked = nadia.get(&path).await;
        assert!(asked.words().contains("Two questions are fine now"), "{}", asked.words());
        assert!(asked.text.contains(&format!("/person/{}/story/tell?part=what-helps", s.josie)));
        let mut conn = t.app.db.read().await.unwrap();
        let held = told::story(&mut conn, s.josie, None).await.unwrap();
        assert!(held.tellings.iter().any(|one| one.id == own), "nothing was overwritten");
    })
    .await;
}

async fn all_of(t: &TestApp, person: PersonId) -> Vec<Uuid> {
    let mut conn = t.app.db.read().await.unwrap();
    let held = told::story(&mut conn, person, None).await.unwrap();
    held.tellings.iter().map(|one| one.id).collect()
}

/// A plan in which everybody has a voice, and most of what they say is theirs.
async fn planned(t: &TestApp, s: &Scene) {
    let me = By::Themselves;
    let want = WriteLine {
        readers: Some(LineReaders::Everyone),
        ..line(s.josie, (LineKind::Goal, me.clone()), "I want to sleep")
    };
    let goal = done!(t, s.nadia, write_line, want);
    let lines = [
        line(s.josie, (LineKind::Worry, me.clone()), "CHILD-CANARY"),
        line(s.josie, (LineKind::Worry, By::Person(s.craig)), "FATHER-CANARY"),
        line(s.josie, (LineKind::Worry, By::Person(s.leanne)), "MOTHER-CANARY"),
        line(s.josie, (LineKind::Strength, By::Words("her teacher".to_owned())), "TEACHER-CANARY"),
        WriteLine {
            child_words: Some("Grown-ups shout at night".to_owned()),
            ..line(s.josie, (LineKind::Worry, By::Worker(s.nadia.id)), "Conflict at night is frequent")
        },
        line(s.josie, (LineKind::Support, By::Worker(s.nadia.id)), "Nadia pays for the lock"),
    ];
    for one in lines {
        done!(t, s.nadia, write_line, one);
    }
    for (by, value) in [(me.clone(), 3), (By::Person(s.craig), 9), (By::Worker(s.nadia.id), 5)] {
        done!(t, s.nadia, scale, number(s.josie, goal, by, value));
    }
    let view = Agree {
        person: s.josie,
        by: By::Person(s.craig),
        agreement: Agreement::NotAgreed,
        words: Some("FATHER-VIEW-CANARY".to_owned()),
        read_back: true,
        on: TODAY,
    };
    done!(t, s.nadia, agree, view);
    for (by, what) in
        [(By::Worker(s.nadia.id), "ring the landlord"), (By::Person(s.craig), "FATHER-PROMISE-CANARY")]
    {
        done!(t, s.nadia, promise, Promise { person: s.josie, what: what.to_owned(), by, due_on: None });
    }
}

#[tokio::test]
async fn a_mother_reads_the_plan_and_nothing_of_the_fathers_and_a_child_reads_their_own_page() {
    both(|t| async move {
        let s = scene(&t).await;
        planned(&t, &s).await;
        let mut leanne = t.own_space(s.leanne).await;
        let said = leanne.get("/my/plan").await.words();
        for words in [
            "The plan for Josie",
            "I want to sleep",
            "MOTHER-CANARY",
            "Conflict at night",
            "Nadia pays for the lock",
            "Nadia said 5 out of 10",
            "ring the landlord",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        let others = [
            "CHILD-CANARY",
            "FATHER-CANARY",
            "FATHER-VIEW",
            "FATHER-PROMISE",
            "TEACHER",
            "3 out of 10",
            "9 out of 10",
        ];
        for canary in others {
            assert!(!said.contains(canary), "{canary}: {said}");
        }
        let mut josie = t.own_space(s.josie).await;
        let said = josie.get("/my/plan").await.words();
        for words in [
            "What you want",
            "I want to sleep",
            "CHILD-CANARY",
            "Grown-ups shout at night",
            "You said 3 out of 10",
        ] {
            assert!(said.contains(words), "{words}: {said}");
        }
        let not_hers =
            ["MOTHER-CANARY", "FATHER", "TEACHER", "Conflict at night", "9 out of 10", "5 out of 10"];
        for canary in not_hers {
            assert!(!said.contains(canary), "{canary}: {said}");
        }
        // at thirteen she may choose to read all of it, and it is still nothing that is theirs alone
        let said = josie.get("/my/plan?whole=yes").await.words();
        assert!(said.contains("Conflict at night") && said.contains("Nadia said 5 out of 10"), "{said}");
        for canary in ["MOTHER-CANARY", "FATHER", "TEACHER", "9 out of 10"] {
            assert!(!said.contains(canary), "{canary}: {said}");
        }
        let mut craig = t.own_space(s.craig).await;
        let said = craig.get("/my/plan").await.words();
        assert!(said.contains("FATHER-CANARY") && said.contains("FATHER-VIEW-CANARY"), "{said}");
        assert!(!said.contains("MOTHER-CANARY") && !said.contains("CHILD-CANARY"), "{said}");
        // somebody whom nobody asked finds nothing, as if there were none
        let gran = t.person("Ivy Hart", date(1960, 1, 1)).await;
        t.parent(gran, s.josie, true).await;
        let mut gran = t.own_space(gran).await;
        assert!(gran.get("/my/plan").await.words().contains("There is no plan here yet"));
        assert_eq!(gran.get(&format!("/my/plan?of={}", s.josie)).await.status, StatusCode::NOT_FOUND);
        let josie = s.josie.to_string();
        let posted = gran.post("/my/plan", &[("of", &josie), ("agreement", "agreed")]).await;
        assert_eq!(posted.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn given_a_child_who_does_not_agree_then_it_is_kept_with_the_plan_and_a_worker_is_told() {
    both(|t| async move {
        let s = scene(&t).await;
        planned(&t, &s).await;
        let mut josie = t.own_space(s.josie).await;
        let of = s.josie.to_string();
        assert_eq!(josie.post("/my/plan", &[("of", &of)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let why = [("of", of.as_str()), ("agreement", "not-agreed"), ("words", "")];
        let silent = josie.post("/my/plan", &why).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(silent.words().contains("Say why, in your own words"), "{}", silent.words());
        let why = [("of", of.as_str()), ("agreement", "not-agreed"), ("words", "I want to stay at Nan's")];
        let kept = josie.post("/my/plan", &why).await;
        assert!(kept.words().contains("Your words are kept with the plan now"), "{}", kept.words());
        assert!(kept.words().contains("I want to stay at Nan's"), "read back");
        let mut nadia = t.signed_in(&s.nadia).await;
        let plan = nadia.get(&format!("/person/{}/plan", s.josie)).await.words();
        assert!(plan.contains("I want to stay at Nan's"), "{plan}");
        let today = nadia.get("/today").await.words();
        assert!(today.contains("whether they agree with the plan"), "{today}");
        let mut leanne = t.own_space(s.leanne).await;
        assert!(!leanne.get("/my/plan").await.text.contains("stay at Nan"), "hers alone");
        t.facts_hold("plan_view").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_longer_ago_is_a_press_away_and_what_is_not_theirs_does_not_show_by_it() {
    both(|t| async move {
        let s = scene(&t).await;
        let there = |person| Participant { person, part: Part::Present, seen: None, not_seen_why: None };
        for n in 0..62 {
            let one = visit(vec![about(s.josie, Some(Seen::Yes)), there(s.josie)], &format!("Day {n}."));
            file(&t, &s.nadia, one).await.unwrap();
        }
        for _ in 0..62 {
            file(&t, &s.nadia, visit(vec![about(s.leanne, None)], "Not hers to read.")).await.unwrap();
        }
        let mut josie = t.own_space(s.josie).await;
        let first = josie.get("/my/read").await;
        assert!(first.text.contains("/my/read?most=120") && first.words().contains("Show older days"));
        let all = josie.get("/my/read?most=120").await;
        assert!(all.words().contains("Day 0.") && !all.words().contains("Show older days"));
        let mut leanne = t.own_space(s.leanne).await;
        assert!(!leanne.get("/my/read").await.words().contains("Show older days"), "nothing there is hers");
    })
    .await;
}

#[tokio::test]
async fn where_somebody_lives_reaches_nobody_else_by_a_plan_or_a_story() {
    both(|t| async move {
        let s = scene(&t).await;
        planned(&t, &s).await;
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let values = db::args![moment.id(), s.leanne, "14 Canary Wharf Row, Wyvern", "ZZ9 7QX", moment.now()];
        tx.run(LIVES, values).await.unwrap();
        tx.commit().await.unwrap();
        let worker = By::Worker(s.nadia.id);
        let to = line(
            s.josie,
            (LineKind::Support, worker.clone()),
            "Nadia drives to 14 canary wharf row on Mondays",
        );
        done!(t, s.nadia, write_line, to);
        let what = "post the form to ZZ97QX".to_owned();
        done!(t, s.nadia, promise, Promise { person: s.josie, what, by: worker, due_on: None });
        let mut leanne = t.own_space(s.leanne).await;
        let hers = leanne.get("/my/plan").await.words();
        assert!(hers.contains("14 canary wharf row") && hers.contains("ZZ97QX"), "{hers}");
        let mut craig = t.own_space(s.craig).await;
        let his = craig.get("/my/plan").await.words();
        assert!(his.contains("Nadia pays for the lock"), "{his}");
        assert!(!his.contains("canary wharf") && !his.contains("ZZ97QX"), "{his}");
    })
    .await;
}
