//! Hours worked: put down in one field, corrected and withdrawn; what is owed; nobody else sees a day; and a week that was
//! too long asks the manager, not the worker.

use app::week::{AnswerLongWeek, SetHours, answer_long_week, hours_of, set_hours};
use app::worker::{SetShare, set_share};
use app::{Oops, Result};
use axum::http::StatusCode;
use jiff::civil::{Date, date};
use practice::hours::HoursKind;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

const MONDAY: Date = date(2026, 11, 16);

async fn put(t: &TestApp, by: &Worker, on: Date, kind: HoursKind, minutes: Option<u32>) -> Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    set_hours(&mut tx, &by.who, &mut moment, SetHours { on, kind, minutes }).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn answer(t: &TestApp, by: &Worker, worker: &Worker, words: &str) -> Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let command = AnswerLongWeek { worker: worker.id, monday: MONDAY, words: words.to_owned() };
    answer_long_week(&mut tx, &by.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(())
}

/// A manager, Nadia of their team, and Otto, who leads another.
async fn three(t: &TestApp) -> (Worker, Worker, Worker) {
    t.set_now("2026-11-21T10:00:00Z");
    let team = t.team("Riverside", None).await;
    let helen = t.worker("Helen Boateng", Role::TeamManager, team).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let otto = t.worker("Otto Far", Role::TeamManager, t.team("Far", None).await).await;
    (helen, nadia, otto)
}

#[tokio::test]
async fn hours_are_put_down_in_one_field_corrected_withdrawn_and_owed() {
    both(|t| async move {
        let (helen, nadia, _) = three(&t).await;
        let mut browser = t.signed_in(&nadia).await;
        let wrong = browser.post("/me/hours", &[("hours", "a long day")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.words().contains("Say how long") && wrong.text.contains("a long day"),
            "{}",
            wrong.words()
        );
        let field = |refused: Result<()>| match refused {
            Err(Oops::Wrong(fields)) => fields[0].0.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(field(put(&t, &nadia, date(2026, 11, 22), HoursKind::Worked, Some(60)).await), "day");
        assert_eq!(field(put(&t, &nadia, MONDAY, HoursKind::Worked, Some(1441)).await), "hours");
        let done = browser.post("/me/hours", &[("hours", "7.5")]).await;
        assert_eq!(done.location.as_deref(), Some("/me/week?from=2026-11-16&done=hours#h-hours"));
        let page = browser.get("/me/week").await.words();
        assert!(page.contains("Put down of this week: 7 hours 30 minutes of 37 hours agreed"), "{page}");
        assert!(page.contains("Saturday 21 November 7 hours 30 minutes none"), "{page}");
        let day = [("day", "2026-11-21"), ("hours", "6 h")];
        browser.post("/me/hours", &day).await;
        assert!(browser.get("/today").await.words().contains("Today: 6 hours."));
        browser.post("/me/hours", &[("day", "2026-11-21"), ("then", "withdraw")]).await;
        let mut conn = t.app.db.read().await.unwrap();
        assert_eq!(hours_of(&mut conn, nadia.id, MONDAY).await.unwrap().week.worked, 0);
        drop(conn);
        // forty hours, and an hour taken back; from part time on more is owed
        for n in 16..20 {
            put(&t, &nadia, date(2026, 11, n), HoursKind::Worked, Some(600)).await.unwrap();
        }
        put(&t, &nadia, date(2026, 11, 20), HoursKind::TakenBack, Some(60)).await.unwrap();
        let page = browser.get("/me/week").await.words();
        assert!(page.contains("Owed to you: 2 hours."), "{page}");
        let admin = t.worker("Alex Drummond", Role::SystemAdministrator, nadia.team).await;
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let share = SetShare { worker: nadia.id, percent: 60, from: MONDAY };
        set_share(&mut tx, &admin.who, &mut moment, share).await.unwrap();
        tx.commit().await.unwrap();
        let page = browser.get("/me/week").await.words();
        assert!(
            page.contains("22 hours 12 minutes agreed") && page.contains("Owed to you: 16 hours 48 minutes."),
            "{page}"
        );
        // nobody else sees a day, nor that anything was put down
        let mut manager = t.signed_in(&helen).await;
        for page in [
            "/today",
            "/team/riverside",
            "/team/riverside/worker/nadia.farrow",
            "/team/riverside/week",
            "/me/week",
        ] {
            let words = manager.get(page).await.words();
            assert!(!words.contains("10 hours") && !words.contains("40 hours"), "{page}: {words}");
        }
        t.facts_hold("hours_worked").await;
    })
    .await;
}

#[tokio::test]
async fn more_than_forty_eight_hours_ask_the_manager_who_answers_in_words_the_worker_reads() {
    both(|t| async move {
        let (helen, nadia, otto) = three(&t).await;
        for n in 16..20 {
            put(&t, &nadia, date(2026, 11, n), HoursKind::Worked, Some(720)).await.unwrap();
        }
        let mut manager = t.signed_in(&helen).await;
        let asked = "What would have to give, so that Nadia can go home at the end of the day?";
        assert!(!manager.get("/today").await.words().contains(asked), "48 hours are not over 48");
        assert!(matches!(answer(&t, &helen, &nadia, "Nothing").await, Err(Oops::NotFound)));
        put(&t, &nadia, date(2026, 11, 20), HoursKind::Worked, Some(5)).await.unwrap();
        let today = manager.get("/today").await.words();
        assert!(today.contains(asked), "{today}");
        assert!(!today.contains("12 hours") && !today.contains("48 hours 5"), "no figure: {today}");
        let mut browser = t.signed_in(&nadia).await;
        let own = browser.get("/today").await.words();
        assert!(!own.contains("What would have to give, so"), "the worker is not asked: {own}");
        // neither a colleague, nor another manager, nor the worker answers
        for by in [&otto, &nadia] {
            assert!(matches!(answer(&t, by, &nadia, "Rest").await, Err(Oops::NotFound)));
        }
        let mut other = t.signed_in(&otto).await;
        assert!(!other.get("/long-weeks").await.words().contains("Nadia"));
        assert_eq!(browser.get("/long-weeks").await.status, StatusCode::FORBIDDEN);
        let worker = nadia.id.to_string();
        let field = format!("words-{worker}-{MONDAY}");
        let base = [("worker", worker.as_str()), ("monday", "2026-11-16")];
        let silent = manager.post("/long-weeks", &base).await;
        assert!(silent.words().contains("Say what gives"), "{}", silent.words());
        let mut all = base.to_vec();
        all.push((field.as_str(), "Marta takes the two reviews."));
        let done = manager.post("/long-weeks", &all).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        assert!(!manager.get("/today").await.words().contains(asked));
        let page = browser.get("/me/week").await.words();
        assert!(page.contains("Helen Boateng says what gives: “Marta takes the two reviews.”"), "{page}");
        t.facts_hold("long_week_answer").await;
    })
    .await;
}
