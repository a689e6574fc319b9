//! The worker's own week: what adds up, who sees it, how it is put right; and what of a team is told.

use crate::entry::{about, allocate, file, person, visit};
use app::week::{SetTime, Told, of_team, set_time};
use axum::http::StatusCode;
use db::args;
use jiff::civil::{Date, date};
use practice::entry::{EntryKind, Seen};
use practice::id::{EntryId, PersonId, TeamId};
use practice::recording::RecordEntry;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

const MONDAY: Date = date(2026, 11, 16);
/// Under which two drafts are kept.
const KEYS: [&str; 2] = ["0199aaaa-0000-7000-8000-000000000001", "0199aaaa-0000-7000-8000-000000000002"];

/// A visit on Friday 20 November of so many minutes.
fn long(child: PersonId, minutes: u32) -> RecordEntry {
    RecordEntry { minutes: Some(minutes), ..visit(vec![about(child, Some(Seen::Yes))], "We talked.") }
}

async fn time(t: &TestApp, by: &Worker, entry: EntryId, minutes: Option<u32>) -> app::Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    set_time(&mut tx, &by.who, &mut moment, SetTime { entry, minutes }).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn told(t: &TestApp, team: TeamId) -> (Option<Told>, Option<Told>) {
    of_team(&mut t.app.db.read().await.unwrap(), team, MONDAY).await.unwrap()
}

/// So many workers of this team, each with a visit of an hour and ten minutes of writing.
async fn workers(t: &TestApp, team: TeamId, names: &[&str], child: PersonId) -> Vec<(Worker, EntryId)> {
    let mut all = vec![];
    for name in names {
        let worker = t.worker(name, Role::SocialWorker, team).await;
        allocate(t, &worker, child).await;
        let entry = file(t, &worker, long(child, 60)).await.unwrap();
        time(t, &worker, entry, Some(10)).await.unwrap();
        all.push((worker, entry));
    }
    all
}

#[tokio::test]
async fn a_worker_sees_their_week_puts_it_right_and_strikes_and_nobody_else_does() {
    both(|t| async move {
        t.set_now("2026-11-21T10:00:00Z");
        let team = t.team("Hillside", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
        let josie = person(&t, "Josie", "findable").await;
        allocate(&t, &nadia, josie).await;
        let joint = RecordEntry { workers: vec![owen.id], ..long(josie, 90) };
        let entry = file(&t, &nadia, joint).await.unwrap();
        file(&t, &nadia, visit(vec![about(josie, Some(Seen::Yes))], "No length")).await.unwrap();
        let note = RecordEntry { kind: EntryKind::Note, manner: None, ..long(josie, 30) };
        file(&t, &nadia, note).await.unwrap();
        let mut browser = t.signed_in(&nadia).await;
        let page = browser.get("/me/week").await;
        let words = page.words();
        assert_eq!(page.status, StatusCode::OK, "{words}");
        for part in [
            "16 to 22 November 2026",
            "You were with people for 1 hour 30 minutes and spent no time recording.",
            "1 entry does not say how long it took.",
            "Friday 20 November 1 hour 30 minutes none",
            "Visit about Josie",
        ] {
            assert!(words.contains(part), "{part}\n{words}");
        }
        let week = ("week", "2026-11-16");
        let field = format!("minutes-{entry}");
        let to = format!("/me/week/{entry}");
        let odd = browser.post(&to, &[week, (&field, "soon"), ("then", "keep")]).await;
        assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            odd.words().contains("Say how long, such as 12 minutes") && odd.text.contains("value=\"soon\"")
        );
        let kept = browser.post(&to, &[week, (&field, "1 h 5"), ("then", "keep")]).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.words());
        let words = browser.get("/me/week?from=2026-11-18").await.words();
        assert!(words.contains("spent 1 hour 5 minutes recording. That is 44 minutes"), "{words}");
        assert!(
            words.contains("Saturday 21 November none 1 hour 5 minutes"),
            "on the day it was filed: {words}"
        );
        let struck = browser.post(&to, &[week, ("then", "strike")]).await;
        assert!(struck.location.unwrap().contains("done=struck"));
        let words = browser.get("/me/week").await.words();
        assert!(
            words.contains("and spent no time recording") && words.contains("Recording: struck."),
            "{words}"
        );
        // a colleague who was there sees the time in their own week, and neither sets nor learns hers
        let mut other = t.signed_in(&owen).await;
        let words = other.get("/me/week").await.words();
        assert!(
            words.contains("You were with people for 1 hour 30 minutes")
                && words.contains("(you were there)"),
            "{words}"
        );
        assert!(!words.contains("struck"), "{words}");
        assert_eq!(other.post(&to, &[week, (&field, "5")]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.post(&to, &[week, (&field, "soon")]).await.status, StatusCode::NOT_FOUND);
        t.facts_hold("recording_time").await;
    })
    .await;
}

#[tokio::test]
async fn the_screen_says_how_long_and_counts_gently() {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let josie = person(&t, "Josie", "findable").await;
        allocate(&t, &nadia, josie).await;
        let mut browser = t.signed_in(&nadia).await;
        let about = josie.to_string();
        let send = |key: &'static str, minutes: &'static str, other: &'static str| {
            vec![
                ("draft", key),
                ("about", about.as_str()),
                ("kind", "call"),
                ("happened-day", "20"),
                ("happened-month", "11"),
                ("happened-year", "2026"),
                ("time", "4.35 pm"),
                ("minutes", minutes),
                ("minutes-other", other),
                ("active", "200"),
                ("narrative", "Josie rang."),
                ("readers", "present"),
            ]
        };
        let odd = browser.post("/record", &send(KEYS[0], "other", "a while")).await;
        assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            odd.words().contains("Say how long it took, such as 40 minutes or 1 h 20"),
            "{}",
            odd.words()
        );
        assert!(odd.text.contains("value=\"a while\""));
        let filed = browser.post("/record", &send(KEYS[0], "other", "1 h 20")).await;
        assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.words());
        let place = filed.location.unwrap();
        let entry = browser.get(&place).await.words();
        assert!(entry.contains("1 hour 20 minutes"), "{entry}");
        let week = browser.get("/me/week").await.words();
        assert!(week.contains("1 hour 20 minutes and spent 4 minutes recording"), "{week}");
        // a correction begins with the same length
        let id = place.split('?').next().unwrap();
        let on = browser.get(&format!("{id}/correct")).await.location.unwrap();
        let on = browser.get(&on).await.location.unwrap();
        assert!(browser.get(&on).await.text.contains("value=\"1 h 20\""));
        let filed = browser.post("/record", &send(KEYS[1], "15", "")).await;
        assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.words());
        let all = "SELECT CAST(sum(minutes) AS bigint) FROM entry";
        assert_eq!(t.app.db.read().await.unwrap().number(all, args![]).await.unwrap(), 95);
    })
    .await;
}

#[tokio::test]
async fn of_a_team_only_what_five_did_together_is_told_and_never_so_that_one_can_be_told() {
    both(|t| async move {
        t.set_now("2026-11-21T10:00:00Z");
        let north = t.team("North", None).await;
        let part = t.team("Riverside", Some(north)).await;
        let child = person(&t, "Josie", "findable").await;
        let four = workers(&t, part, &["Ann A", "Ben B", "Cat C", "Dan D"], child).await;
        let hour = |people: usize| Some(Told { people, minutes: 60 * people as u64 });
        let ten = |people: usize| Some(Told { people, minutes: 10 * people as u64 });
        assert_eq!(told(&t, part).await, (None, None), "four are not told");
        assert_eq!(told(&t, north).await, (None, None), "four are not told one team higher either");
        // five in all: the team of five is told, its part of four is not, so the fifth cannot be worked out
        workers(&t, north, &["Eve E"], child).await;
        assert_eq!(told(&t, north).await, (hour(5), ten(5)));
        assert_eq!(told(&t, part).await, (None, None));
        // a part of five in six: the difference would be Eve
        workers(&t, part, &["Fay F"], child).await;
        assert_eq!(told(&t, north).await, (hour(6), ten(6)));
        assert_eq!(told(&t, part).await, (None, None));
        // what is struck in time is not in it; what is struck or written later changes nothing
        let (worker, entry) = &four[0];
        time(&t, worker, *entry, None).await.unwrap();
        assert_eq!(told(&t, north).await, (hour(6), ten(5)));
        t.set_now("2026-12-01T10:00:00Z");
        let (worker, entry) = &four[1];
        time(&t, worker, *entry, None).await.unwrap();
        file(&t, worker, long(child, 45)).await.unwrap();
        assert_eq!(told(&t, north).await, (hour(6), ten(5)), "drawn up once");
    })
    .await;
}

#[tokio::test]
async fn only_whoever_leads_the_team_sees_its_week_and_no_name_stands_there() {
    both(|t| async move {
        t.set_now("2026-11-21T10:00:00Z");
        let team = t.team("Riverside", None).await;
        let manager = t.worker("Helen Boateng", Role::TeamManager, team).await;
        let child = person(&t, "Josie", "findable").await;
        let all = workers(&t, team, &["Ann A", "Ben B", "Cat C", "Dan D", "Eve E"], child).await;
        let mut browser = t.signed_in(&manager).await;
        let early = browser.get("/team/riverside/week?from=2026-11-16").await.words();
        assert!(!early.contains("16 to 22 November") && !early.contains("5 people together"), "{early}");
        t.set_now("2026-11-30T10:00:00Z");
        let mut browser = t.signed_in(&manager).await;
        let link = browser.get("/team/riverside").await;
        assert!(link.text.contains("/team/riverside/week"));
        let page = browser.get("/team/riverside/week").await.words();
        assert!(
            page.contains("16 to 22 November 2026")
                && page.contains("5 hours with people, 5 people together"),
            "{page}"
        );
        assert!(page.contains("50 minutes recording, 5 people together"), "{page}");
        for name in ["Ann", "Ben", "Cat", "Dan", "Eve"] {
            assert!(!page.contains(name), "{name}: {page}");
        }
        let mut colleague = t.signed_in(&all[0].0).await;
        assert_eq!(colleague.get("/team/riverside/week").await.status, StatusCode::FORBIDDEN);
        let elsewhere = t.team("Far", None).await;
        let other = t.worker("Otto Other", Role::TeamManager, elsewhere).await;
        let mut stranger = t.signed_in(&other).await;
        assert_eq!(stranger.get("/team/riverside/week").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
