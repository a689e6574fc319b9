//! The council's own figures: who may set them, what the law allows, and how clocks follow and say so.

use app::figure::{EndFigure, SetFigure, end_figure, set_figure};
use app::{Oops, Result, clock};
use db::args;
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::calendar::{Length, Unit};
use practice::id::PersonId;
use practice::role::Role;
use testkit::{TestApp, Worker, both};
use uuid::Uuid;

const PERSON: &str = "INSERT INTO person (id, kind, hue, access_level, shown_name, full_name, initials, recorded_at, version) \
    VALUES ($1, 'born', 1, 'findable', 'Ada', 'Ada Test', 'AT', $2, 1)";
const PLAN: &str = "INSERT INTO step (id, person_id, kind, start_date, recorded_at) \
    VALUES ($1, $2, 'protection-plan', $3, $4)";

/// A child with a protection plan since 9 November 2026, a head of service and a social worker.
async fn council(t: &TestApp) -> (PersonId, Worker, Worker) {
    t.set_now("2026-11-12T10:00:00Z");
    let team = t.team("Riverside", None).await;
    let head = t.worker("Hetty Head", Role::HeadOfService, team).await;
    let worker = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let mut moment = t.moment();
    let person = moment.id();
    let mut tx = t.app.db.write().await.unwrap();
    tx.run(PERSON, args![person, moment.now()]).await.unwrap();
    tx.run(PLAN, args![moment.id(), person, date(2026, 11, 9), moment.now()]).await.unwrap();
    clock::refresh(&mut tx, &mut moment, person.into()).await.unwrap();
    tx.commit().await.unwrap();
    t.allocate(person.into(), &worker, AllocationKind::Responsible).await;
    (person.into(), head, worker)
}

async fn set(t: &TestApp, by: &Worker, command: SetFigure) -> Result<usize> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let changed = set_figure(&mut tx, &by.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(changed)
}

async fn visit(t: &TestApp, person: PersonId) -> (Date, Option<String>, Option<String>) {
    let mut conn = t.app.db.read().await.unwrap();
    let running = clock::running_of(&mut conn, person, date(2026, 11, 12)).await.unwrap();
    let visit = running.iter().find(|kept| kept.clock.rule.as_str() == "CP-11").unwrap();
    (visit.clock.due, visit.why.own.clone(), visit.why.moved.clone())
}

fn five_days(rule: &str, slot: &str, n: u32) -> SetFigure {
    SetFigure {
        rule: rule.parse().unwrap(),
        slot: slot.to_owned(),
        length: Length::new(n, Unit::WorkingDays),
        from: date(2026, 11, 1),
        reason: "More often, since the review of practice.".to_owned(),
    }
}

#[tokio::test]
async fn an_own_figure_moves_the_clocks_that_start_from_its_day_on_and_ending_it_moves_them_back() {
    both(|t| async move {
        let (child, head, worker) = council(&t).await;
        assert_eq!(visit(&t, child).await, (date(2026, 11, 23), None, None));
        assert!(matches!(set(&t, &worker, five_days("CP-11", "first", 5)).await, Err(Oops::NotAllowed(_))));
        let silent = SetFigure { reason: " ".to_owned(), ..five_days("CP-11", "first", 5) };
        assert!(matches!(set(&t, &head, silent).await, Err(Oops::Wrong(_))));
        assert_eq!(set(&t, &head, five_days("CP-11", "first", 5)).await.unwrap(), 1);
        let (due, own, _) = visit(&t, child).await;
        assert_eq!(due, date(2026, 11, 16));
        let words = "The council's own figure since 1 November 2026; without it: 10 working days.";
        assert_eq!(own.as_deref(), Some(words));
        // set again for the same day it is corrected, not doubled
        set(&t, &head, five_days("CP-11", "first", 6)).await.unwrap();
        assert_eq!(visit(&t, child).await.0, date(2026, 11, 17));
        let now = "SELECT CAST(count(*) AS bigint) FROM own_figure WHERE superseded_at IS NULL";
        assert_eq!(t.app.db.read().await.unwrap().number(now, args![]).await.unwrap(), 1);
        // from after the day it started it leaves the clock alone
        let later = SetFigure { from: date(2026, 11, 10), ..five_days("CP-11", "first", 3) };
        set(&t, &head, later).await.unwrap();
        assert_eq!(visit(&t, child).await.0, date(2026, 11, 17));
        let which = "SELECT id FROM own_figure WHERE superseded_at IS NULL AND from_date = $1";
        let figure: Uuid =
            t.app.db.read().await.unwrap().one::<Id>(which, args![date(2026, 11, 1)]).await.unwrap().id;
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let end = EndFigure {
            rule: "CP-11".parse().unwrap(),
            figure,
            last_day: None,
            reason: "A mistake.".to_owned(),
        };
        end_figure(&mut tx, &head.who, &mut moment, end).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(visit(&t, child).await, (date(2026, 11, 23), None, None));
        let noted =
            "SELECT CAST(count(*) AS bigint) FROM journal WHERE action IN ('set_figure', 'end_figure')";
        assert_eq!(t.app.db.read().await.unwrap().number(noted, args![]).await.unwrap(), 4);
        t.facts_hold("own_figure").await;
    })
    .await;
}

#[derive(db::FromRow)]
struct Id {
    id: Uuid,
}

#[tokio::test]
async fn a_figure_of_the_law_is_only_tightened_and_the_page_says_why_not() {
    both(|t| async move {
        let (child, head, worker) = council(&t).await;
        let mut browser = t.signed_in(&head).await;
        let list = browser.get("/administration/clocks").await;
        assert_eq!(list.status, 200);
        let words = list.words();
        assert!(words.contains("Visit to a child with a protection plan"), "{words}");
        let form = |length: &'static str| {
            [
                ("slot", "first"),
                ("length", length),
                ("from-day", "1"),
                ("from-month", "11"),
                ("from-year", "2026"),
                ("reason", "The review of practice."),
            ]
        };
        let looser = browser.post("/administration/clocks/LC-06", &form("25 working days")).await;
        assert_eq!(looser.status, 422);
        let words = looser.words();
        for part in
            ["First review for a looked-after child", "20 working days", "regulation 33(1)", "not looser"]
        {
            assert!(words.contains(part), "{part}\n{words}");
        }
        let odd = browser.post("/administration/clocks/LC-06", &form("soon")).await;
        assert!(odd.words().contains("Say it like 10 working days"), "{}", odd.words());
        let kept = browser.post("/administration/clocks/CP-11", &form("5 working days")).await;
        assert_eq!(kept.location.as_deref(), Some("/administration/clocks/CP-11?done=set"));
        let page = browser.get("/administration/clocks/CP-11").await.words();
        assert!(page.contains("The first time: 5 working days, from 1 November 2026"), "{page}");
        assert!(page.contains("The review of practice.") && page.contains("Hetty Head"), "{page}");
        assert_eq!(browser.get("/administration/clocks/XX-99").await.status, 404);
        let mut own = t.signed_in(&worker).await;
        assert_eq!(own.get("/administration/clocks").await.status, 403);
        let dates = own.get(&format!("/person/{child}/dates")).await.words();
        assert!(dates.contains("The council's own figure since 1 November 2026"), "{dates}");
    })
    .await;
}

#[tokio::test]
async fn a_proclaimed_bank_holiday_moves_open_clocks_and_they_say_so() {
    both(|t| async move {
        let (child, _, worker) = council(&t).await;
        let mut moment = t.moment();
        let who = app::Who::program("test");
        let holiday = app::worker::SetHoliday {
            day: date(2026, 11, 18),
            change: practice::calendar::Change::Add,
            name: "State Funeral".to_owned(),
        };
        let mut tx = t.app.db.write().await.unwrap();
        assert_eq!(app::worker::set_holiday(&mut tx, &who, &mut moment, holiday).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let words = "Moved by one working day: bank holiday proclaimed for 18 November 2026 (State Funeral), loaded on 12 November 2026.";
        assert_eq!(visit(&t, child).await, (date(2026, 11, 24), None, Some(words.to_owned())));
        let mut browser = t.signed_in(&worker).await;
        let page = browser.get(&format!("/person/{child}/dates")).await.words();
        assert!(page.contains(words), "{page}");
    })
    .await;
}
