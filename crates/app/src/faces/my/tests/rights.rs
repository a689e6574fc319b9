//! Somebody's rights from their own space: complaining, asking for their record or an advocate; what happens next; words that
//! come back; the time within which a human answers.

use super::{TODAY, planned, scene};
use app::who::COOKIE;
use axum::http::StatusCode;
use db::args;
use jiff::civil::date;
use practice::role::Role;
use testkit::{Answered, Browser, TestApp, both};

#[tokio::test]
async fn given_a_complaint_then_its_clock_runs_somebody_else_looks_and_the_answer_is_read_there() {
    both(|t| async move {
        let s = scene(&t).await;
        t.episode(s.josie, practice::episode::EpisodeKind::ChildInNeed, s.nadia.team).await;
        let mut josie = t.own_space(s.josie).await;
        let rights = josie.get("/my/rights").await.words();
        assert!(rights.contains("They tell you what they found within 10 working days"), "{rights}");
        josie.get("/my/complaint").await;
        assert_eq!(
            josie.post("/my/complaint", &[("words", "")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        // a Saturday: ten working days on is a Friday
        let sent = josie.post("/my/complaint", &[("words", "COMPLAINT-CANARY she never rings")]).await;
        assert!(sent.words().contains("You hear what we found by 4 December"), "{}", sent.words());
        assert!(sent.words().contains("COMPLAINT-CANARY"), "their own words stay theirs to read");
        // written again it is the same complaint, with the day by which they hear
        let id = sent.value("complaint");
        let field = format!("add-{id}");
        let add = |words: &'static str| {
            [("do", "add".to_owned()), ("complaint", id.clone()), (field.as_str(), words.to_owned())]
        };
        assert_eq!(post(&mut josie, &add(" ")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let more = post(&mut josie, &add("ADDED-CANARY nor did she come")).await;
        assert!(more.words().contains("You added this on 21 November"), "{}", more.words());
        let again = josie.post("/my/complaint", &[("words", "MORE-CANARY")]).await;
        assert!(again.words().contains("We have added it"), "{}", again.words());
        let mut conn = t.app.db.read().await.unwrap();
        let held = app::rights::complaint::complaints_of(&mut conn, s.josie, TODAY).await.unwrap();
        drop(conn);
        assert_eq!((held.len(), held[0].added.len()), (1, 2));
        // those who work with her know that there is one, and not what it says
        let mut nadia = t.signed_in(&s.nadia).await;
        let page = nadia.get(&format!("/person/{}", s.josie)).await;
        assert!(page.words().contains("They complained on"), "{}", page.words());
        assert!(!page.text.contains("COMPLAINT-CANARY"));
        assert!(!nadia.get("/today").await.text.contains("/complaint/"));
        let mut helen = t.signed_in(&s.helen).await;
        let today = helen.get("/today").await;
        assert!(today.words().contains("They complain"), "{}", today.words());
        let (_, rest) = today.text.split_once("/complaint/").unwrap();
        let path = format!("/complaint/{}", rest.chars().take(36).collect::<String>());
        let shown = helen.get(&path).await;
        assert!(shown.words().contains("COMPLAINT-CANARY"), "{}", shown.words());
        assert_eq!(nadia.get(&path).await.status, StatusCode::NOT_FOUND);
        let answer = [("outcome", "answered"), ("words", "You are right.")];
        assert_eq!(nadia.post(&path, &answer).await.status, StatusCode::NOT_FOUND);
        let longer = [("outcome", "extended"), ("words", "We look for somebody to help you say it.")];
        helen.post(&path, &longer).await;
        let read = josie.get("/my/complaint").await.words();
        assert!(read.contains("it takes longer") && read.contains("by 18 December"), "{read}");
        assert_eq!(
            helen.post(&path, &[("outcome", "answered"), ("words", " ")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        helen.post(&path, &answer).await;
        let twice = helen.post(&path, &answer).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "answered once");
        let read = josie.get("/my/complaint").await.words();
        assert!(
            read.contains("Helen wrote back on 21 November") && read.contains("You are right."),
            "{read}"
        );
        assert!(!helen.get("/today").await.text.contains("/complaint/"));
        goes_on(&t, (&mut josie, &mut helen), &path).await;
        let mut leanne = t.own_space(s.leanne).await;
        assert!(!leanne.get("/my/complaint").await.text.contains("COMPLAINT-CANARY"));
        t.facts_hold("complaint").await;
        t.facts_hold("complaint_added").await;
    })
    .await;
}

async fn post(browser: &mut Browser, fields: &[(&str, String)]) -> Answered {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post("/my/complaint", &fields).await
}

/// Josie is not content with the answer: the second stage, its clock and another who answers; the panel; the Ombudsman.
async fn goes_on(t: &TestApp, (josie, helen): (&mut Browser, &mut Browser), path: &str) {
    let id = path.rsplit('/').next().unwrap().to_owned();
    let shown = josie.get("/my/complaint").await.words();
    assert!(
        shown.contains("You hear from them within 25 working days") && shown.contains("I am not content"),
        "{shown}"
    );
    assert!(!shown.contains("Ombudsman"), "not before the council has looked into it");
    let field = format!("not-content-{id}");
    let go_on = |words: &'static str| {
        [("do", "not-content".to_owned()), ("complaint", id.clone()), (field.as_str(), words.to_owned())]
    };
    assert_eq!(post(josie, &go_on("")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = post(josie, &go_on("NOT-CONTENT-CANARY")).await;
    assert!(sent.words().contains("You hear what we found by"), "{}", sent.words());
    assert!(sent.words().contains("Two people look at it now"), "{}", sent.words());
    let twice = post(josie, &go_on("once more")).await;
    assert_eq!(twice.words().matches("You were not content on").count(), 1, "{}", twice.words());
    let page = helen.get(path).await.words();
    assert!(page.contains("Second stage") && page.contains("NOT-CONTENT-CANARY"), "{page}");
    let answer = [("outcome", "answered"), ("words", "We looked once more.")];
    let refused = helen.post(path, &answer).await;
    assert!(refused.words().contains("Somebody else looks at it now"), "{}", refused.words());
    // she answered the first stage; a colleague who leads the same team answers the second
    let team = t.team("Above", None).await;
    let rosa = t.worker("Rosa Lind", Role::DataOfficer, team).await;
    let mut rosa = t.signed_in(&rosa).await;
    let done = rosa.post(path, &answer).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
    let shown = josie.get("/my/complaint").await.words();
    for part in [
        "We looked once more.",
        "Ask within 20 working days",
        "0300 061 0614",
        "Did something else go wrong?",
    ] {
        assert!(shown.contains(part), "{part}\n{shown}");
    }
    let sent = post(josie, &go_on("still not")).await;
    assert!(sent.words().contains("Three people who do not work for us look at it now"), "{}", sent.words());
}

#[tokio::test]
async fn a_late_answer_does_not_keep_anybody_from_going_on() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut josie = t.own_space(s.josie).await;
        let sent = josie.post("/my/complaint", &[("words", "she never rings")]).await;
        assert!(!sent.words().contains("I am not content"), "{}", sent.words());
        t.set_now("2026-12-08T10:00:00Z");
        let mut josie = t.own_space(s.josie).await;
        let late = josie.get("/my/complaint").await;
        assert!(late.words().contains("You should have heard by 4 December"), "{}", late.words());
        let id = late.value("complaint");
        let field = format!("not-content-{id}");
        let go_on = [
            ("do", "not-content".to_owned()),
            ("complaint", id),
            (field.as_str(), "nobody wrote".to_owned()),
        ];
        let sent = post(&mut josie, &go_on).await;
        assert!(sent.words().contains("You did not have to wait"), "{}", sent.words());
        assert!(sent.words().contains("Two people look at it now"), "{}", sent.words());
        t.facts_hold("complaint").await;
    })
    .await;
}

#[tokio::test]
async fn given_somebody_who_asks_for_their_record_then_the_time_of_the_law_runs_from_that_day() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut josie = t.own_space(s.josie).await;
        assert!(josie.get("/my/rights").await.words().contains("We give it to you within 1 month"));
        let asked = josie.post("/my/rights/file", &[]).await;
        assert!(
            asked.words().contains("You asked on 21 November. You get it by 21 December."),
            "{}",
            asked.words()
        );
        // asked twice it is one request
        josie.post("/my/rights/file", &[]).await;
        let mut conn = t.app.db.read().await.unwrap();
        let held = app::rights::asking::own_requests(&mut conn, s.josie, TODAY).await.unwrap();
        drop(conn);
        assert_eq!(held.len(), 1);
        let mut nadia = t.signed_in(&s.nadia).await;
        let rights = nadia.get(&format!("/person/{}/rights", s.josie)).await.words();
        assert!(rights.contains("Asked for on 21 November 2026"), "{rights}");
        assert!(nadia.get("/today").await.words().contains("They ask for their record"));
        t.facts_hold("record_request").await;
    })
    .await;
}

#[tokio::test]
async fn somebody_asks_for_an_advocate_without_saying_why_and_a_human_answers() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut josie = t.own_space(s.josie).await;
        josie.get("/my/ask/advocate").await;
        assert_eq!(josie.get("/my/ask/plan").await.status, StatusCode::NOT_FOUND);
        let sent = josie.post("/my/ask/advocate", &[("words", "")]).await;
        assert!(sent.words().contains("Someone will write back to you by"), "{}", sent.words());
        let silent = josie.post("/my/ask/worker", &[("words", "")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut nadia = t.signed_in(&s.nadia).await;
        let today = nadia.get("/today").await;
        assert!(today.words().contains("Josie asks for an advocate"), "{}", today.words());
        let (_, rest) = today.text.split_once("/question/").unwrap();
        let path = format!("/question/{}", rest.chars().take(36).collect::<String>());
        let asked = nadia.get(&path).await;
        assert!(asked.words().contains("They do not have to say why"), "{}", asked.words());
        nadia.post(&path, &[("words", "Dele Price comes on Tuesday.")]).await;
        assert!(josie.get("/my/answers").await.words().contains("Dele Price comes on Tuesday"));
    })
    .await;
}

#[tokio::test]
async fn what_is_due_is_told_to_the_child_and_to_a_parent_who_is_in_the_plan_and_to_nobody_else() {
    both(|t| async move {
        let s = scene(&t).await;
        let episode = t.episode(s.josie, practice::episode::EpisodeKind::ChildInNeed, s.nadia.team).await;
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let plan = "INSERT INTO step (id, person_id, episode_id, kind, start_date, recorded_at) VALUES ($1, $2, $3, 'child-in-need-plan', $4, $5)";
        let values = args![moment.id(), s.josie, episode, date(2026, 11, 10), moment.now()];
        tx.run(plan, values).await.unwrap();
        app::clock::refresh(&mut tx, &mut moment, s.josie).await.unwrap();
        tx.commit().await.unwrap();
        let mut josie = t.own_space(s.josie).await;
        let home = josie.get("/my").await.words();
        assert!(home.contains("Nadia comes to see you by"), "{home}");
        let next = josie.get("/my/next").await.words();
        assert!(next.contains("There is a meeting about your plan by"), "{next}");
        assert!(next.contains("You can ask to talk alone"), "{next}");
        let mut leanne = t.own_space(s.leanne).await;
        assert!(!leanne.get("/my/next").await.words().contains("Josie"), "nobody has asked her yet");
        planned(&t, &s).await;
        let next = leanne.get("/my/next").await.words();
        assert!(next.contains("Nadia comes to see Josie by"), "{next}");
    })
    .await;
}

#[tokio::test]
async fn words_that_were_sent_after_signing_out_come_back_to_whoever_wrote_them() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut josie = t.own_space(s.josie).await;
        josie.get("/my/write").await;
        t.pass(jiff::SignedDuration::from_hours(3));
        let late = josie.post("/my/write", &[("words", "KEPT-CANARY can nan come"), ("who", "all")]).await;
        assert_eq!(late.location.as_deref(), Some("/my/sign-in"), "{}", late.words());
        // at the same browser somebody else finds nothing of it
        let held = t.own_space(s.leanne).await;
        josie.hold(COOKIE, held.cookie(COOKIE).unwrap());
        assert!(!josie.get("/my/kept").await.text.contains("KEPT-CANARY"));
        let held = t.own_space(s.josie).await;
        josie.hold(COOKIE, held.cookie(COOKIE).unwrap());
        let kept = josie.get("/my/kept").await;
        assert!(kept.text.contains("KEPT-CANARY"), "{}", kept.words());
        let id = kept.value("kept");
        let fields = [("words", "KEPT-CANARY can nan come"), ("who", "all"), ("kept", id.as_str())];
        let sent = josie.post("/my/write", &fields).await;
        assert!(sent.words().contains("Someone will write back to you by"), "{}", sent.words());
        assert!(!josie.get("/my/kept").await.text.contains("KEPT-CANARY"), "sent once");
    })
    .await;
}

#[tokio::test]
async fn what_was_written_runs_a_clock_but_for_what_is_for_one_worker_alone() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut josie = t.own_space(s.josie).await;
        josie.get("/my/write").await;
        let only = s.nadia.id.to_string();
        josie.post("/my/write", &[("words", "just you"), ("who", &only)]).await;
        let running = async || {
            let mut conn = t.app.db.read().await.unwrap();
            let all = app::clock::running_of(&mut conn, s.josie, TODAY).await.unwrap();
            all.iter()
                .filter(|kept| kept.clock.rule.as_str() == "OS-01")
                .map(|kept| kept.clock.due)
                .collect::<Vec<_>>()
        };
        assert_eq!(running().await, [], "no clock tells others that it is there");
        josie.post("/my/write", &[("words", "can nan come"), ("who", "all")]).await;
        assert_eq!(running().await, [date(2026, 11, 24)], "from a Saturday two working days on");
        let mut nadia = t.signed_in(&s.nadia).await;
        let today = nadia.get("/today").await;
        for (_, rest) in
            today.text.match_indices("/question/").map(|(at, word)| today.text.split_at(at + word.len()))
        {
            let path = format!("/question/{}", rest.chars().take(36).collect::<String>());
            nadia.get(&path).await;
            nadia.post(&path, &[("words", "Yes.")]).await;
        }
        assert_eq!(running().await, []);
    })
    .await;
}
