//! How long the clocks of 5,000 open episodes take: `cargo run --release -p practice --example clocks_speed`.
//!
//! Each child has one open episode (child in need, protection or care in turn), two years of visits, calls,
//! core groups, reviews and placements: about 300 facts. The limit is 200 ms of processor time for all of
//! them (elapsed time where Linux does not tell what the thread used).
#![expect(clippy::print_stdout, reason = "a measurement is printed")]

use jiff::civil::{Date, date};
use practice::calendar::{Calendar, add_days};
use practice::clock::{Clock, EntryFact, EpisodeFact, Facts, Rules, State, StepFact, clocks};
use practice::entry::{EntryKind, Manner, Seen};
use practice::episode::{EpisodeKind, StepKind};
use practice::id::{EntryId, EpisodeId, StepId};
use practice::person::{Birth, BirthBasis};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use uuid::Uuid;

const CHILDREN: u32 = 5_000;
const TODAY: Date = date(2026, 11, 21);
const LIMIT: Duration = Duration::from_millis(200);

struct Child {
    birth: Birth,
    episodes: Vec<EpisodeFact>,
    steps: Vec<StepFact>,
    entries: Vec<EntryFact>,
}

fn child(number: u32) -> Child {
    let number_i32 = i32::try_from(number).unwrap_or(0);
    let start = add_days(date(2024, 11, 1), number_i32 % 40);
    let kind = match number % 3 {
        0 => EpisodeKind::ChildInNeed,
        1 => EpisodeKind::ChildProtection,
        _ => EpisodeKind::LookedAfter,
    };
    let mut made = u128::from(number) << 32;
    let mut id = || {
        made += 1;
        Uuid::from_u128(made)
    };
    let episode = EpisodeId(id());
    let mut steps = Vec::new();
    let mut step = |kind: StepKind, after: i32, lasts: Option<i32>| {
        let on = add_days(start, after);
        let ended = lasts.map(|days| add_days(on, days));
        steps.push(StepFact { id: StepId(id()), kind, on, ended, outcome: None, episode: Some(episode) });
    };
    step(StepKind::Referral, 0, None);
    step(StepKind::ReferralDecision, 1, None);
    step(StepKind::Assessment, 2, Some(40));
    step(StepKind::StrategyDiscussion, 10, None);
    step(StepKind::Section47Enquiry, 10, Some(15));
    step(StepKind::InitialConference, 30, None);
    match kind {
        EpisodeKind::ChildProtection => step(StepKind::ProtectionPlan, 30, None),
        EpisodeKind::LookedAfter => (0..5).for_each(|n| step(StepKind::Placement, n * 150, None)),
        EpisodeKind::FamilyHelp
        | EpisodeKind::ChildInNeed
        | EpisodeKind::LeavingCare
        | EpisodeKind::Adult => step(StepKind::ChildInNeedPlan, 45, None),
    }
    for n in 0..12 {
        step(StepKind::CoreGroup, 40 + n * 30, None);
        step(StepKind::ReviewConference, 90 + n * 60, None);
        step(StepKind::ChildInNeedReview, 80 + n * 55, None);
        step(StepKind::LookedAfterReview, 25 + n * 55, None);
    }
    let entries = (0..250).map(|n: i32| EntryFact {
        id: EntryId(id()),
        kind: if n % 3 == 0 { EntryKind::Call } else { EntryKind::Visit },
        manner: Some(Manner::HomeVisit),
        on: add_days(start, n * 2900 / 1000),
        seen: Some(if n % 7 == 0 { Seen::No } else { Seen::Alone }),
        recorded_on: add_days(start, n * 2900 / 1000 + n % 6),
        imported: false,
    });
    let entries = entries.collect();
    let birth = Birth { on: add_days(date(2012, 1, 1), number_i32 % 3000), basis: BirthBasis::Exact };
    Child { birth, episodes: vec![EpisodeFact { id: episode, kind, from: start, to: None }], steps, entries }
}

fn measure(rules: &Rules, calendar: &Calendar, children: &[Child]) -> (Duration, usize, usize) {
    let (started, used) = (Instant::now(), processor_time());
    let (mut all, mut late) = (0, 0);
    for child in children {
        let facts = Facts {
            birth: Some(child.birth),
            episodes: &child.episodes,
            steps: &child.steps,
            entries: &child.entries,
            ..Facts::default()
        };
        let clocks = clocks(rules, calendar, &facts, TODAY);
        all += clocks.len();
        let is_late = |clock: &&Clock| matches!(clock.state(TODAY, calendar), State::Late { .. });
        late += clocks.iter().filter(|clock| clock.is_running()).filter(is_late).count();
    }
    let spent = used.and_then(|before| processor_time().map(|after| after.saturating_sub(before)));
    (spent.unwrap_or_else(|| started.elapsed()), all, late)
}

/// What this thread has used of a processor so far.
fn processor_time() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn main() -> ExitCode {
    let Ok(rules) = Rules::built_in() else { return ExitCode::FAILURE };
    let calendar = Calendar::england();
    let children: Vec<Child> = (0..CHILDREN).map(child).collect();
    let facts: usize = children.iter().map(|c| 1 + c.steps.len() + c.entries.len()).sum();
    let mut times: Vec<_> = (0..5).map(|_| measure(&rules, &calendar, &children)).collect();
    times.sort_unstable();
    let Some((median, all, late)) = times.get(2) else { return ExitCode::FAILURE };
    println!("{CHILDREN} open episodes, {facts} facts: {all} clocks, {late} late now");
    println!("median of five, processor time: {median:?} (limit {LIMIT:?})");
    if *median <= LIMIT { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
