//! Recording and finishing steps: what is refused first; one entry for several; clocks follow.

use app::step::{
    CorrectStep, RecordStep, Right, Step, StepToFinish, correct_step, finish_step, record_step, steps,
};
use app::{Oops, Result, clock};
use db::args;
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::episode::{StepKind, StepOutcome};
use practice::id::{EntryId, PersonId, StepId};
use practice::person::AccessLevel;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

const CHILD: Date = date(2017, 5, 4);
const NOV: Date = date(2026, 11, 2);

fn step(people: &[PersonId], kind: StepKind, on: Date) -> RecordStep {
    RecordStep {
        people: people.iter().map(|person| (*person, None)).collect(),
        kind,
        on,
        ended: None,
        outcome: None,
        detail: None,
        narrative: "School rang about bruises.".to_owned(),
        source: None,
        source_key: None,
    }
}

async fn record(t: &TestApp, by: &Worker, command: RecordStep) -> Result<EntryId> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let id = record_step(&mut tx, &by.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(id)
}

async fn finish(t: &TestApp, by: &Worker, step: StepId, on: Date) -> Result<EntryId> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let outcome = Some(StepOutcome::NoFurtherAction);
    let command = StepToFinish { step, on, outcome, narrative: String::new(), source: None };
    let id = finish_step(&mut tx, &by.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(id)
}

async fn never(t: &TestApp, by: &Worker, step: StepId) -> Result<EntryId> {
    let mut tx = t.app.db.write().await.unwrap();
    let command = CorrectStep { step, right: Right::Never, why: "Another child's".to_owned() };
    correct_step(&mut tx, &by.who, &mut t.moment(), command).await
}

async fn of(t: &TestApp, person: PersonId) -> Vec<Step> {
    steps(&mut t.app.db.read().await.unwrap(), person).await.unwrap()
}

async fn count(t: &TestApp, sql: &'static str) -> i64 {
    t.app.db.read().await.unwrap().number(sql, args![]).await.unwrap()
}

/// A worker with two children, and a stranger in the same team.
async fn a_team(t: &TestApp) -> (Worker, Worker, PersonId, PersonId) {
    let team = t.team("Riverside", None).await;
    let worker = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let stranger = t.worker("Owen Pell", Role::SocialWorker, team).await;
    let (josie, theo) = (t.person("Josie Hart", CHILD).await, t.person("Theo Hart", CHILD).await);
    for child in [josie, theo] {
        t.allocate(child, &worker, AllocationKind::Responsible).await;
    }
    (worker, stranger, josie, theo)
}

#[tokio::test]
async fn a_step_that_cannot_be_is_refused_and_nothing_is_written() {
    both(|t| async move {
        let (worker, stranger, josie, theo) = a_team(&t).await;
        let referral = step(&[josie, theo], StepKind::Referral, NOV);
        let refused = record(&t, &stranger, referral.clone()).await;
        assert!(matches!(refused, Err(Oops::NotAllowed(_))), "{:?}", refused.err());
        let nobody = record(&t, &worker, RecordStep { people: vec![], ..referral.clone() }).await;
        assert!(matches!(nobody, Err(Oops::Refused(_))));
        let early = RecordStep { on: date(2026, 11, 22), ..referral.clone() };
        assert!(matches!(record(&t, &worker, early).await, Err(Oops::Wrong(_))));
        let backwards = RecordStep { ended: Some(date(2026, 11, 1)), ..referral.clone() };
        assert!(matches!(record(&t, &worker, backwards).await, Err(Oops::Wrong(_))));
        // one of several out of reach: nothing is written of any
        t.level(theo, AccessLevel::Restricted).await;
        assert!(matches!(record(&t, &worker, referral).await, Err(Oops::NotFound)));
        for sql in ["SELECT CAST(count(*) AS bigint) FROM step", "SELECT CAST(count(*) AS bigint) FROM entry"]
        {
            assert_eq!(count(&t, sql).await, 0);
        }
    })
    .await;
}

#[tokio::test]
async fn a_step_of_two_children_is_one_entry_and_each_child_s_clocks_follow() {
    both(|t| async move {
        let (worker, _, josie, theo) = a_team(&t).await;
        let entry = record(&t, &worker, step(&[josie, theo], StepKind::Referral, NOV)).await.unwrap();
        assert_eq!(count(&t, "SELECT CAST(count(*) AS bigint) FROM entry").await, 1);
        for child in [josie, theo] {
            let held = of(&t, child).await;
            assert_eq!((held.len(), held[0].entry, held[0].on), (1, Some(entry), NOV));
            let mut conn = t.app.db.read().await.unwrap();
            let running = clock::running_of(&mut conn, child, date(2026, 11, 21)).await.unwrap();
            let rules: Vec<&str> = running.iter().map(|kept| kept.clock.rule.as_str()).collect();
            assert!(rules.contains(&"FD-02"), "the decision on the referral is due: {rules:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_step_is_finished_once_on_a_day_that_can_be() {
    both(|t| async move {
        let (worker, stranger, josie, _) = a_team(&t).await;
        record(&t, &worker, step(&[josie], StepKind::Assessment, NOV)).await.unwrap();
        let begun = of(&t, josie).await.remove(0);
        assert!(matches!(finish(&t, &stranger, begun.id, NOV).await, Err(Oops::NotAllowed(_))));
        for day in [date(2026, 11, 1), date(2026, 11, 22)] {
            assert!(matches!(finish(&t, &worker, begun.id, day).await, Err(Oops::Wrong(_))), "{day}");
        }
        finish(&t, &worker, begun.id, date(2026, 11, 20)).await.unwrap();
        let ended = of(&t, josie).await.remove(0);
        assert_eq!(
            (ended.ended, ended.outcome),
            (Some(date(2026, 11, 20)), Some(StepOutcome::NoFurtherAction))
        );
        // pressed again on the page that was read before
        assert!(matches!(finish(&t, &worker, begun.id, NOV).await, Err(Oops::Stale)));
        let again = finish(&t, &worker, ended.id, NOV).await.unwrap_err();
        assert_eq!(again.to_string(), "This was finished already, on 20 November 2026");
        let nothing = StepId(uuid::Uuid::from_u128(2));
        assert!(matches!(finish(&t, &worker, nothing, NOV).await, Err(Oops::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_second_plan_beside_one_that_goes_on_is_refused_unless_a_file_brings_it() {
    both(|t| async move {
        let (worker, _, josie, theo) = a_team(&t).await;
        record(&t, &worker, step(&[josie], StepKind::ProtectionPlan, NOV)).await.unwrap();
        let both = step(&[theo, josie], StepKind::ProtectionPlan, date(2026, 11, 9));
        let refused = record(&t, &worker, both.clone()).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "Child protection plan goes on since 2 November 2026. Finish that one first"
        );
        assert!(of(&t, theo).await.is_empty());
        let brought = RecordStep { source: Some("census of 2026".to_owned()), ..both };
        record(&t, &worker, brought).await.unwrap();
        assert_eq!(of(&t, josie).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_step_of_two_siblings_is_recorded_on_one_page_that_says_what_follows_for_each() {
    both(|t| async move {
        let (worker, stranger, josie, theo) = a_team(&t).await;
        t.household(&[josie, theo]).await;
        let path = format!("/person/{josie}/steps/record/strategy-discussion");
        assert_eq!(t.signed_in(&stranger).await.get(&path).await.status, 403);
        let mut browser = t.signed_in(&worker).await;
        assert_eq!(browser.get(&format!("/person/{josie}/steps/record")).await.status, 200);
        assert_eq!(browser.get(&format!("/person/{josie}/steps/record/nonsense")).await.status, 404);
        let asked = browser.get(&path).await.words();
        assert!(asked.contains("Josie") && asked.contains("Theo"), "{asked}");
        let empty = browser.post(&path, &[]).await;
        assert_eq!(empty.status, 422);
        for sentence in ["Say whom it is about", "The day is needed", "Say how it came out"] {
            assert!(empty.words().contains(sentence), "{sentence}\n{}", empty.words());
        }
        let (one, other) = (josie.to_string(), theo.to_string());
        let mut fields = vec![
            ("people", one.as_str()),
            ("people", other.as_str()),
            ("on-day", "20"),
            ("on-month", "11"),
            ("on-year", "2026"),
            ("outcome", "section-47"),
            ("narrative", "Police, health and school were there."),
        ];
        let check = browser.post(&path, &fields).await.words();
        // the conference's clock waits for the enquiry itself, not for the wish to make one
        for words in ["Josie, Theo", "Check before you record this", "A section 47 enquiry is to be made"] {
            assert!(check.contains(words), "{words}\n{check}");
        }
        assert!(of(&t, josie).await.is_empty(), "a check writes nothing");
        fields.push(("press", "save"));
        assert_eq!(browser.post(&path, &fields).await.status, 303);
        assert_eq!(count(&t, "SELECT CAST(count(*) AS bigint) FROM entry").await, 1);
        let page = browser.get(&format!("/person/{theo}/steps?done=recorded")).await.words();
        assert!(page.contains("Strategy discussion 20 November."), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_step_that_goes_on_is_finished_on_a_page_with_the_outcomes_it_can_have() {
    both(|t| async move {
        let (worker, _, josie, _) = a_team(&t).await;
        record(&t, &worker, step(&[josie], StepKind::Section47Enquiry, NOV)).await.unwrap();
        let begun = of(&t, josie).await.remove(0);
        let path = format!("/person/{josie}/steps/{}/finish", begun.id);
        let mut browser = t.signed_in(&worker).await;
        let asked = browser.get(&path).await.words();
        assert!(asked.contains("A conference is to be held") && !asked.contains("Family help"), "{asked}");
        let mut fields = vec![("on-day", "20"), ("on-month", "11"), ("on-year", "2026")];
        assert_eq!(browser.post(&path, &fields).await.status, 422);
        fields.extend([("outcome", "no-conference"), ("press", "save")]);
        assert_eq!(browser.post(&path, &fields).await.status, 303);
        let ended = of(&t, josie).await.remove(0);
        assert_eq!(ended.outcome, Some(StepOutcome::NoConference));
        assert_eq!(browser.post(&path, &fields).await.status, 404, "pressed twice, that version is past");
    })
    .await;
}

#[tokio::test]
async fn a_step_recorded_on_the_wrong_day_is_corrected_and_its_clock_moves() {
    both(|t| async move {
        let (worker, stranger, josie, theo) = a_team(&t).await;
        record(&t, &worker, step(&[josie, theo], StepKind::Referral, NOV)).await.unwrap();
        let wrong = of(&t, josie).await.remove(0);
        let path = format!("/person/{josie}/steps/{}/correct", wrong.id);
        assert_eq!(t.signed_in(&stranger).await.get(&path).await.status, 403);
        let mut browser = t.signed_in(&worker).await;
        let asked = browser.get(&path).await;
        assert!(asked.words().contains("For Josie only"), "{}", asked.words());
        let mut fields =
            vec![("right", "happened"), ("on-day", "9"), ("on-month", "11"), ("on-year", "2026")];
        let unsaid = browser.post(&path, &fields).await;
        assert_eq!(unsaid.status, 422);
        assert!(unsaid.words().contains("Say what was wrong"), "{}", unsaid.words());
        fields.push(("why", "The school's letter is of the 9th."));
        let check = browser.post(&path, &fields).await.words();
        assert!(check.contains("9 November (was 2 November)"), "{check}");
        assert_eq!(of(&t, josie).await[0].on, NOV, "a check writes nothing");
        fields.push(("press", "save"));
        assert_eq!(browser.post(&path, &fields).await.status, 303);
        assert_eq!((of(&t, josie).await[0].on, of(&t, theo).await[0].on), (date(2026, 11, 9), NOV));
        assert_eq!(browser.post(&path, &fields).await.status, 404, "that version is past");
        let mut conn = t.app.db.read().await.unwrap();
        let clocks = clock::running_of(&mut conn, josie, date(2026, 11, 21)).await.unwrap();
        assert!(clocks.iter().all(|kept| kept.clock.started.on == date(2026, 11, 9)), "{clocks:?}");
        drop(conn);
        let timeline = browser.get(&format!("/person/{josie}/timeline")).await.words();
        assert!(timeline.contains("It was recorded as 2 November 2026."), "{timeline}");
        let list = browser.get(&format!("/person/{josie}/steps?done=corrected")).await.words();
        assert!(list.contains("The step is corrected.") && list.contains("9 November"), "{list}");
    })
    .await;
}

#[tokio::test]
async fn a_step_that_never_happened_is_taken_away_unless_a_census_would_bring_it_again() {
    both(|t| async move {
        let (worker, _, josie, _) = a_team(&t).await;
        record(&t, &worker, step(&[josie], StepKind::Referral, NOV)).await.unwrap();
        let brought = RecordStep {
            source: Some("census of 2026".to_owned()),
            source_key: Some("cin/1".to_owned()),
            ..step(&[josie], StepKind::Assessment, NOV)
        };
        record(&t, &worker, brought).await.unwrap();
        let mut browser = t.signed_in(&worker).await;
        let fields = [("right", "never"), ("why", "It was another Josie."), ("press", "save")];
        for held in of(&t, josie).await {
            let path = format!("/person/{josie}/steps/{}/correct", held.id);
            let answer = browser.post(&path, &fields).await;
            let came = held.source_key.is_some();
            assert_eq!(answer.status, if came { 422 } else { 303 }, "{}", answer.words());
        }
        let left = of(&t, josie).await;
        assert_eq!((left.len(), left[0].kind), (1, StepKind::Assessment));
    })
    .await;
}

#[tokio::test]
async fn whoever_broke_the_glass_reads_steps_and_records_what_they_did_but_no_step() {
    both(|t| async move {
        let (worker, stranger, josie, _) = a_team(&t).await;
        record(&t, &worker, step(&[josie], StepKind::Assessment, NOV)).await.unwrap();
        let begun = of(&t, josie).await.remove(0);
        t.glass(josie, &stranger).await;
        let mut browser = t.signed_in(&stranger).await;
        let page = browser.get(&format!("/person/{josie}/steps")).await;
        assert!(page.words().contains("Assessment") && !page.text.contains("/correct"), "{}", page.words());
        assert!(!page.text.contains("/steps/record"), "{}", page.words());
        let refused = browser.get(&format!("/person/{josie}/steps/{}/correct", begun.id)).await;
        assert!(refused.words().contains("record what you did yourself"), "{}", refused.words());
        for tried in [
            record(&t, &stranger, step(&[josie], StepKind::StrategyDiscussion, NOV)).await,
            finish(&t, &stranger, begun.id, NOV).await,
            never(&t, &stranger, begun.id).await,
        ] {
            assert!(matches!(tried, Err(Oops::NotAllowed(_))), "{:?}", tried.err());
        }
        assert_eq!(count(&t, "SELECT CAST(count(*) AS bigint) FROM step").await, 1);
        // what they did themselves they do record
        let form = browser.get(&format!("/record?about={josie}")).await;
        assert_eq!(form.status, axum::http::StatusCode::SEE_OTHER, "{}", form.words());
    })
    .await;
}
