//! Saying that a plan or a hand-over is not right: what is refused first; then who is told, who answers, and what stands
//! beside the plan now and as known before.

use super::{Scene, scene};
use app::allocation::handover::{Offer, offer};
use app::plan::{WriteLine, write_line};
use app::space::{NotRight, Question, answer, say_not_right};
use app::told::By;
use app::{Oops, Result, notice};
use axum::http::StatusCode;
use jiff::SignedDuration;
use practice::continuity::Cause;
use practice::handover::CouldStay;
use practice::plan::LineKind;
use practice::role::Role;
use practice::space::{Changed, Concern};
use testkit::{TestApp, Worker, both};
use uuid::Uuid;

async fn says(t: &TestApp, worker: &Worker, command: NotRight) -> Result<Question> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let said = say_not_right(&mut tx, &worker.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(said)
}

async fn answers(t: &TestApp, worker: &Worker, with: (Uuid, &str, Option<Changed>)) -> Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    answer(&mut tx, &worker.who, &mut moment, with).await?;
    tx.commit().await.unwrap();
    Ok(())
}

fn of_plan(s: &Scene, by: By, words: &str) -> NotRight {
    NotRight { about: s.josie, of: Concern::Plan, by, words: words.to_owned() }
}

async fn a_plan(t: &TestApp, s: &Scene) {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    for (by, words) in [(By::Themselves, "I want to see my dad"), (By::Person(s.leanne), "A calm evening")] {
        let line = WriteLine {
            person: s.josie,
            of: None,
            kind: LineKind::Goal,
            goal: None,
            words: words.to_owned(),
            child_words: None,
            by,
            readers: None,
            rests_on: vec![],
        };
        write_line(&mut tx, &s.nadia.who, &mut moment, line).await.unwrap();
    }
    tx.commit().await.unwrap();
}

fn field(said: &Oops) -> Option<&str> {
    match said {
        Oops::Wrong(fields) => fields.first().map(|one| one.0.as_str()),
        _ => None,
    }
}

#[tokio::test]
async fn what_cannot_be_said_or_answered_so_is_refused_and_nothing_is_lost() {
    both(|t| async move {
        let s = scene(&t).await;
        let me = || By::Worker(s.nadia.id);
        let empty = says(&t, &s.nadia, of_plan(&s, me(), "  ")).await.unwrap_err();
        assert_eq!(field(&empty), Some("words"));
        let none = NotRight { of: Concern::Handover, ..of_plan(&s, me(), "Not now") };
        assert!(matches!(says(&t, &s.nadia, none).await, Err(Oops::Refused(_))), "none is under way");
        let other = NotRight { of: Concern::Advocate, ..of_plan(&s, me(), "Not that") };
        assert!(matches!(says(&t, &s.nadia, other).await, Err(Oops::NotFound)));
        assert!(
            says(&t, &s.other, of_plan(&s, By::Worker(s.other.id), "Hm")).await.is_err(),
            "who may not open"
        );
        // the form says what is missing and keeps what was typed
        let mut nadia = t.signed_in(&s.nadia).await;
        let path = format!("/person/{}/not-right", s.josie);
        nadia.get(&path).await;
        let again = nadia.post(&path, &[("of", "plan"), ("by", ""), ("words", "It asks too much")]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.words().contains("Say whose words these are"), "{}", again.words());
        assert!(again.text.contains("It asks too much"));

        let said = says(&t, &s.nadia, of_plan(&s, me(), "It asks too much of her")).await.unwrap();
        let own = answers(&t, &s.nadia, (said.id, "I was right", Some(Changed::Plan))).await;
        assert!(matches!(own, Err(Oops::Refused(_))), "nobody answers themselves");
        let silent = answers(&t, &s.helen, (said.id, "We talked", None)).await.unwrap_err();
        assert_eq!(field(&silent), Some("changed"));
        let odd = answers(&t, &s.helen, (said.id, "We talked", Some(Changed::TakenBack))).await.unwrap_err();
        assert_eq!(field(&odd), Some("changed"), "a plan is no hand-over");
        // whoever is no parent, and was given nothing, finds nothing to say it of
        let mut craig = t.own_space(s.leanne).await;
        let other = format!("/my/not-right?what=plan&of={}", s.craig);
        assert_eq!(craig.get(&other).await.status, StatusCode::NOT_FOUND);
        let told = format!("/my/not-right?what=handover&of={}", s.leanne);
        assert_eq!(craig.get(&told).await.status, StatusCode::NOT_FOUND, "nobody told them of one");
    })
    .await;
}

#[tokio::test]
async fn a_child_says_that_the_plan_is_not_right_and_reads_what_changed_because_of_it() {
    both(|t| async move {
        let s = scene(&t).await;
        a_plan(&t, &s).await;
        let mut josie = t.own_space(s.josie).await;
        let plan = josie.get("/my/plan").await.words();
        assert!(plan.contains("Is it not right?"), "{plan}");
        let form = format!("/my/not-right?what=plan&of={}", s.josie);
        assert!(josie.get(&form).await.words().contains("What is not right?"));
        let of = s.josie.to_string();
        let empty = josie.post("/my/not-right", &[("of", &of), ("what", "plan"), ("words", " ")]).await;
        assert!(empty.words().contains("Write what is not right"), "{}", empty.words());
        let words = "nobody asked me about saturdays";
        let sent = josie.post("/my/not-right", &[("of", &of), ("what", "plan"), ("words", words)]).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.words());
        // it waits on the Today of whoever answers, and at once on that of whoever leads
        for worker in [&s.nadia, &s.helen] {
            let today = t.signed_in(worker).await.get("/today").await.words();
            assert!(today.contains("Josie says that the plan is not right"), "{today}");
        }
        let mut nadia = t.signed_in(&s.nadia).await;
        let page = nadia.get(&format!("/person/{}/plan", s.josie)).await;
        assert!(page.words().contains(words) && page.words().contains("Answer Josie"), "{}", page.words());
        let (_, rest) = page.text.split_once("/question/").unwrap();
        let link = format!("/question/{}", &rest[..36]);
        assert!(nadia.get(&link).await.words().contains("What changed because of it?"));
        t.pass(SignedDuration::from_hours(24));
        let mut nadia = t.signed_in(&s.nadia).await;
        nadia.get(&link).await;
        let yes = [("words", "You are right. We put Saturdays in."), ("changed", "plan-changed")];
        assert_eq!(nadia.post(&link, &yes).await.status, StatusCode::SEE_OTHER);
        let mut josie = t.own_space(s.josie).await;
        for path in ["/my/plan", "/my/answers"] {
            let page = josie.get(path).await.words();
            assert!(page.contains("We changed the plan."), "{path}: {page}");
        }
        assert!(josie.get("/my/answers").await.words().contains("We put Saturdays in."));
        let page = nadia.get(&format!("/person/{}/plan", s.josie)).await.words();
        assert!(page.contains("The plan was changed.") && page.contains("We put Saturdays in."), "{page}");
        // as known when it was said, nobody had answered
        let before = nadia.get(&format!("/person/{}/plan?known=2026-11-21", s.josie)).await.words();
        assert!(before.contains(words) && !before.contains("The plan was changed."), "{before}");
        assert!(!t.signed_in(&s.helen).await.get("/today").await.words().contains("plan is not right"));
    })
    .await;
}

#[tokio::test]
async fn a_parent_says_so_for_themselves_and_the_child_does_not_read_it() {
    both(|t| async move {
        let s = scene(&t).await;
        a_plan(&t, &s).await;
        let of = s.josie.to_string();
        let mut leanne = t.own_space(s.leanne).await;
        leanne.get(&format!("/my/not-right?what=plan&of={of}")).await;
        let words = "evenings are when i work";
        let sent = leanne.post("/my/not-right", &[("of", &of), ("what", "plan"), ("words", words)]).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.words());
        assert!(leanne.get(&format!("/my/plan?of={of}")).await.words().contains(words));
        let page = t.signed_in(&s.nadia).await.get(&format!("/person/{of}/plan")).await.words();
        assert!(page.contains(words), "{page}");
        let mut josie = t.own_space(s.josie).await;
        for path in ["/my", "/my/plan", "/my/read", "/my/answers"] {
            assert!(!josie.get(path).await.text.contains(words), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_worker_says_it_or_writes_it_down_and_is_told_when_somebody_else_answers() {
    both(|t| async move {
        let s = scene(&t).await;
        let own = of_plan(&s, By::Worker(s.nadia.id), "It rests on what we guess");
        let said = says(&t, &s.nadia, own).await.unwrap();
        assert!(!t.signed_in(&s.nadia).await.get("/today").await.words().contains("plan is not right"));
        let today = t.signed_in(&s.helen).await.get("/today").await.words();
        assert!(today.contains("Nadia Farrow says that the plan is not right"), "{today}");
        answers(&t, &s.helen, (said.id, "Let us ask her again.", Some(Changed::Together))).await.unwrap();
        let told = notice::unseen(&mut t.app.db.read().await.unwrap(), s.nadia.id).await.unwrap();
        assert!(told.iter().any(|one| one.link.as_deref() == Some(&format!("/question/{}", said.id))));
        let teacher = By::Words("Her teacher".to_owned());
        says(&t, &s.nadia, of_plan(&s, teacher, "Mornings will not work")).await.unwrap();
        says(&t, &s.nadia, of_plan(&s, By::Themselves, "i said no")).await.unwrap();
        let page = t.signed_in(&s.nadia).await.get(&format!("/person/{}/plan", s.josie)).await.words();
        for part in ["Her teacher", "Mornings will not work", "It is looked at again together", "i said no"] {
            assert!(page.contains(part), "{part}: {page}");
        }
        // what was written down for the child is theirs to read
        assert!(t.own_space(s.josie).await.get("/my/answers").await.words().contains("i said no"));
    })
    .await;
}

#[tokio::test]
async fn a_hand_over_under_way_is_said_not_to_be_right_and_goes_on_all_the_same() {
    both(|t| async move {
        let s = scene(&t).await;
        let north = t.team("East", None).await;
        let kit = t.worker("Kit Lowe", Role::SocialWorker, north).await;
        let offered = Offer {
            person: s.josie,
            to: kit.id,
            cause: Cause::Reallocation,
            why: "I go to another team.".to_owned(),
            could_stay: CouldStay::Partly,
            could_stay_words: "One day a week.".to_owned(),
            leaves_on: None,
            said: vec![],
        };
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        offer(&mut tx, &s.nadia.who, &mut moment, offered).await.unwrap();
        tx.commit().await.unwrap();
        let mut helen = t.signed_in(&s.helen).await;
        let path = format!("/person/{}/handover", s.josie);
        assert!(helen.get(&path).await.words().contains("This hand-over is not right"));
        let form = format!("/person/{}/not-right", s.josie);
        helen.get(&format!("{form}?of=handover")).await;
        let me = format!("w:{}", s.helen.id);
        let fields = [("of", "handover"), ("by", me.as_str()), ("words", "She loses a third worker")];
        let sent = helen.post(&form, &fields).await;
        assert_eq!(
            sent.location.as_deref(),
            Some(format!("{path}?done=not-right").as_str()),
            "{}",
            sent.words()
        );
        let page = helen.get(&path).await.words();
        assert!(page.contains("She loses a third worker") && page.contains("Offered."), "{page}");
        let today = t.signed_in(&s.nadia).await.get("/today").await.words();
        assert!(today.contains("Helen Marsh says that the hand-over is not right"), "{today}");
    })
    .await;
}
