//! The simulated days: one transaction for each, in which everything happens by the actions that pages use.

use crate::dice::Dice;
use crate::endings::{end, promises};
use crate::paths::{Event, Path, events, later, path};
use crate::people::{self, Known};
use crate::sayings as say;
use crate::workers::{self, Hand, Workers};
use crate::{families, handovers, harts, twice, vanes};
use anyhow::{Context, Result};
use app::allocation::{self, Allocate};
use app::entry::{self, Recording};
use app::episode::{self, OpenEpisode};
use app::step::{self, RecordStep, StepToFinish};
use app::{App, Moment};
use db::Tx;
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};
use practice::access::AllocationKind;
use practice::entry::{EntryKind, Manner, Part, Seen, StatementForm};
use practice::episode::{EpisodeKind, StepKind, StepOutcome};
use practice::id::{EpisodeId, StepId};
use practice::recording::{Audience, NewPromise, NewStatement, Participant, RecordEntry, Someone};
use std::collections::{BTreeMap, HashMap};

/// How large a council to make.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// How many families, besides the two named ones.
    pub families: usize,
}

impl Size {
    /// The demonstration council.
    pub const WHOLE: Self = Self { families: 150 };
    /// A small one, for tests.
    pub const SMALL: Self = Self { families: 4 };
}

/// How many days ago the newest families were first heard of.
const NEW: &[i64] = &[3, 4, 5, 6, 8];

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// How many families, the two named ones among them.
    pub families: usize,
    /// How many people.
    pub people: usize,
    /// How many workers.
    pub workers: usize,
    /// How many things happened.
    pub events: usize,
}

/// A family on its way.
pub(crate) struct Family {
    pub(crate) known: Vec<Known>,
    pub(crate) hand: Option<usize>,
    pub(crate) team: usize,
    pub(crate) open: HashMap<(usize, EpisodeKind), EpisodeId>,
    pub(crate) steps: HashMap<(usize, StepKind), StepId>,
    /// How many promises of the family's entries are still open.
    pub(crate) owed: usize,
}

/// What every event needs.
pub(crate) struct Place<'a> {
    pub(crate) tx: &'a mut Tx,
    pub(crate) moment: Moment,
    pub(crate) dice: &'a mut Dice,
    pub(crate) workers: &'a Workers,
}

/// Makes the council in an empty database, ending on the day given. `told` hears how far it is, of how many.
///
/// # Errors
/// Where an action refuses: the demonstration then does not fit the rules.
pub async fn make(
    app: &App,
    size: Size,
    (seed, today): (u64, Date),
    told: &mut (dyn FnMut(usize, usize) + Send),
) -> Result<Made> {
    let mut dice = Dice::new(seed);
    let begin = today.saturating_sub(2.years());
    let at = noon(begin.saturating_sub(30.days()));
    let mut moment = Moment::seeded(at, seed);
    let mut tx = app.db.write().await?;
    let workers = workers::make(&mut tx, &mut moment, begin.saturating_sub(400.days())).await?;
    tx.commit().await?;

    let mut calendar: BTreeMap<Date, Vec<(usize, Event)>> = BTreeMap::new();
    let mut people = vec![];
    for family in 0..size.families {
        let mut first = later(begin, dice.between(0, 715));
        let mut path = path(&mut dice);
        // the last few have only just been heard of, so that somebody waits for a worker
        let new = NEW.get(size.families.saturating_sub(family + 1)).filter(|_| size.families > 20);
        if let Some(days) = new {
            first = later(today, -days);
            path = Path::Assessed;
        }
        people.push((families::family(&mut dice, first), first, team_of(path, &mut dice)));
        let events = events(&mut dice, path, first, today);
        let until_a_worker = |(_, event): &(Date, Event)| new.is_none() || !matches!(event, Event::Allocate);
        for (day, event) in events.into_iter().take_while(until_a_worker) {
            calendar.entry(workday(day)).or_default().push((family, event));
        }
    }
    let mut made = Made { families: size.families + 2, workers: workers.hands.len(), ..Made::default() };
    let mut families: Vec<Option<Family>> = people.iter().map(|_| None).collect();
    let all: usize = calendar.values().map(Vec::len).sum();
    for (day, events) in calendar.into_iter().filter(|(day, _)| *day <= today) {
        let mut tx = app.db.write().await?;
        moment = moment.moved_to(noon(day));
        let mut place = Place { tx: &mut tx, moment, dice: &mut dice, workers: &workers };
        for (which, event) in events {
            if families[which].is_none() {
                let (someones, first, team) = &people[which];
                families[which] = Some(arrive(&mut place, someones, *first, *team).await?);
                made.people += someones.len();
            }
            if let Some(family) = &mut families[which] {
                happen(&mut place, family, &event, day)
                    .await
                    .with_context(|| format!("{event:?} on {day}"))?;
                made.events += 1;
            }
        }
        moment = place.moment;
        tx.commit().await?;
        told(made.events, all);
    }
    let (vanes, moment) = vanes::make(app, &workers, moment, today).await?;
    made.people += vanes;
    let (twice, moment) = twice::make(app, &workers, moment, today).await?;
    made.people += twice;
    let moment = handovers::make(app, &workers, moment, today).await?;
    made.people += harts::make(app, &workers, moment, today).await?;
    Ok(made)
}

pub(crate) fn noon(day: Date) -> Timestamp {
    let zone = app::moment::london();
    day.at(11, 30, 0, 0).to_zoned(zone).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

/// Things happen on weekdays here.
fn workday(day: Date) -> Date {
    match day.weekday() {
        Weekday::Saturday => later(day, 2),
        Weekday::Sunday => later(day, 1),
        _ => day,
    }
}

const fn team(path: Path) -> Option<usize> {
    match path {
        Path::NothingFurther => Some(1),
        Path::InCare => Some(4),
        Path::Assessed | Path::FamilyHelp | Path::InNeed | Path::Protected => None,
    }
}

fn team_of(path: Path, dice: &mut Dice) -> usize {
    team(path).unwrap_or_else(|| *dice.one_of(&[2, 3, 3, 2, 4]))
}

async fn arrive(
    place: &mut Place<'_>,
    someones: &[people::Someone],
    first: Date,
    team: usize,
) -> Result<Family> {
    let who = app::Who::program("demonstration");
    let since = first.saturating_sub(place.dice.between(60, 900).days());
    // nobody moves in before they are born
    let known = people::family(place.tx, &who, &mut place.moment, (someones, since), place.dice).await?;
    Ok(Family { known, hand: None, team, open: HashMap::new(), steps: HashMap::new(), owed: 0 })
}

impl Family {
    pub(crate) fn children(&self) -> impl Iterator<Item = (usize, &Known)> {
        self.known.iter().enumerate().filter(|(_, one)| one.child)
    }

    fn born_children(&self, day: Date) -> Vec<(usize, Known)> {
        self.children().filter(|(_, one)| one.born <= day).map(|(at, one)| (at, one.clone())).collect()
    }

    fn adult(&self) -> &Known {
        self.known.iter().find(|one| !one.child).unwrap_or(&self.known[0])
    }

    pub(crate) fn hand<'a>(&self, workers: &'a Workers) -> &'a Hand {
        self.hand.map_or_else(|| workers.coded("demo-priya"), |at| &workers.hands[at])
    }
}

async fn happen(place: &mut Place<'_>, family: &mut Family, event: &Event, day: Date) -> Result<()> {
    let children = family.born_children(day);
    if children.is_empty() {
        return Ok(());
    }
    match event {
        Event::Open(kind) => open(place, family, &children, *kind, day).await,
        Event::End(kind, reason) => end(place, family, &children, (*kind, reason), day).await,
        Event::Begin(kind, outcome) => begin(place, family, &children, (*kind, *outcome), day).await,
        Event::Finish(kind, outcome) => finish(place, family, &children, (*kind, *outcome), day).await,
        Event::Allocate | Event::ChangeWorker => allocate(place, family, &children, day).await,
        Event::Visit => {
            promises(place, family, day, 15).await?;
            visit(place, family, &children, day).await
        }
        // nobody rings about a family that the service has said goodbye to
        Event::Call | Event::Note if family.open.is_empty() => Ok(()),
        Event::Call | Event::Note => told(place, family, &children, (event, day)).await,
    }
}

async fn open(
    place: &mut Place<'_>,
    family: &mut Family,
    children: &[(usize, Known)],
    kind: EpisodeKind,
    day: Date,
) -> Result<()> {
    let who = family.hand(place.workers).who.clone();
    for (at, child) in children {
        if family.open.contains_key(&(*at, kind)) || people::age(child.born, day) >= 18 {
            continue;
        }
        let team = Some(place.workers.teams[family.team]);
        let open = OpenEpisode {
            person: child.id,
            kind,
            team,
            from: day,
            to: None,
            end_reason: None,
            last_seen: None,
            last_review: None,
            source_key: None,
            why: None,
        };
        let id = episode::open_episode(place.tx, &who, &mut place.moment, open).await?;
        family.open.insert((*at, kind), id);
    }
    Ok(())
}

/// The episode a step of this kind belongs to.
const fn belongs(kind: StepKind) -> EpisodeKind {
    match kind {
        StepKind::InitialConference
        | StepKind::CoreGroup
        | StepKind::ReviewConference
        | StepKind::ProtectionPlan => EpisodeKind::ChildProtection,
        StepKind::Placement | StepKind::LookedAfterReview => EpisodeKind::LookedAfter,
        StepKind::Referral
        | StepKind::ReferralDecision
        | StepKind::Assessment
        | StepKind::StrategyDiscussion
        | StepKind::Section47Enquiry
        | StepKind::ChildInNeedPlan
        | StepKind::ChildInNeedReview => EpisodeKind::ChildInNeed,
    }
}

async fn begin(
    place: &mut Place<'_>,
    family: &mut Family,
    children: &[(usize, Known)],
    (kind, outcome): (StepKind, Option<StepOutcome>),
    day: Date,
) -> Result<()> {
    let who = family.hand(place.workers).who.clone();
    let people = children
        .iter()
        .map(|(at, child)| (child.id, family.open.get(&(*at, belongs(kind))).copied()))
        .collect();
    let step = RecordStep {
        people,
        kind,
        on: day,
        ended: None,
        outcome,
        detail: None,
        narrative: String::new(),
        source: None,
        source_key: None,
    };
    step::record_step(place.tx, &who, &mut place.moment, step).await?;
    for (at, child) in children {
        let steps = step::steps(place.tx, child.id).await?;
        if let Some(step) = steps.iter().find(|step| step.kind == kind && step.ended.is_none()) {
            family.steps.insert((*at, kind), step.id);
        }
    }
    Ok(())
}

async fn finish(
    place: &mut Place<'_>,
    family: &mut Family,
    children: &[(usize, Known)],
    (kind, outcome): (StepKind, Option<StepOutcome>),
    day: Date,
) -> Result<()> {
    let who = family.hand(place.workers).who.clone();
    for (at, _) in children {
        if let Some(step) = family.steps.remove(&(*at, kind)) {
            let done = StepToFinish { step, on: day, outcome, narrative: String::new(), source: None };
            step::finish_step(place.tx, &who, &mut place.moment, done).await?;
        }
    }
    Ok(())
}

async fn allocate(
    place: &mut Place<'_>,
    family: &mut Family,
    children: &[(usize, Known)],
    day: Date,
) -> Result<()> {
    let team = place.workers.teams[family.team];
    let able =
        place.workers.of(team, |role| role.is_social_worker() && role.can_be_allocated() && !role.leads());
    let before = family.hand;
    let mut chosen = before;
    while chosen == before && !able.is_empty() {
        let hand = *place.dice.one_of(&able);
        chosen = place.workers.hands.iter().position(|other| other.id == hand.id);
        if able.len() == 1 {
            break;
        }
    }
    let Some(at) = chosen else { return Ok(()) };
    if before == Some(at) {
        return Ok(());
    }
    let managers = place.workers.of(team, practice::role::Role::leads);
    let manager = managers.first().map(|manager| manager.who.clone());
    for (_, child) in children {
        // what is more than somebody can hold was brought from the time before limits: no manager decided it
        let (worker, today) = (place.workers.hands[at].id, place.moment.today());
        let loads = allocation::limit::loads_with(place.tx, worker, child.id, today).await?;
        let over = practice::limit::over(loads.worker, loads.team).is_some();
        let who = manager.clone().filter(|_| !over).unwrap_or_else(|| app::Who::program("demonstration"));
        let allocate = Allocate {
            person: child.id,
            worker: place.workers.hands[at].id,
            part: AllocationKind::Responsible,
            from: day,
            to: None,
            reason: Some(
                if before.is_some() { "The worker before has left" } else { "First worker" }.to_owned(),
            ),
        };
        allocation::allocate(place.tx, &who, &mut place.moment, allocate).await?;
    }
    family.hand = Some(at);
    Ok(())
}

pub(crate) fn fill(words: &str, child: &str, adult: &str) -> String {
    words.replace("{child}", child).replace("{adult}", adult)
}

pub(crate) fn blank(kind: EntryKind, at: Timestamp, narrative: String) -> RecordEntry {
    RecordEntry {
        kind,
        happened_at: at,
        manner: None,
        minutes: None,
        place: None,
        title: None,
        people: vec![],
        workers: vec![],
        others_present: None,
        narrative,
        statements: vec![],
        promises: vec![],
        significant: false,
        written_to: None,
        audience: Audience::Present,
        corrects: None,
    }
}

pub(crate) fn said(owner: Someone, form: StatementForm, words: &str) -> NewStatement {
    NewStatement { owner, form, words: words.to_owned(), original_language: None }
}

async fn visit(
    place: &mut Place<'_>,
    family: &mut Family,
    children: &[(usize, Known)],
    day: Date,
) -> Result<()> {
    let hand = family.hand(place.workers).clone();
    let adult = family.adult().clone();
    let dice = &mut *place.dice;
    let open: Vec<&(usize, Known)> =
        children.iter().filter(|(at, _)| family.open.keys().any(|(child, _)| child == at)).collect();
    let Some((_, first)) = open.first() else { return Ok(()) };
    let nobody = dice.often(6);
    let words = if nobody { dice.word(say::NOT_SEEN) } else { dice.word(say::SEEN) };
    // most are written down the same day or the next; some late
    let happened = noon(day).checked_sub(dice.between(0, 3).hours())?;
    let mut entry = blank(EntryKind::Visit, happened, fill(words, &first.given, &adult.given));
    entry.manner =
        Some(*dice.one_of(&[Manner::HomeVisit, Manner::HomeVisit, Manner::HomeVisit, Manner::School]));
    entry.workers = vec![hand.id];
    for (_, child) in &open {
        let seen = match dice.between(1, 100) {
            _ if nobody => Seen::No,
            1..=52 => Seen::Alone,
            53..=92 => Seen::Yes,
            _ => Seen::No,
        };
        let why = (seen == Seen::No).then(|| (dice.word(say::WHY_NOT)).to_owned());
        entry.people.push(Participant {
            person: child.id,
            part: Part::About,
            seen: Some(seen),
            not_seen_why: why,
        });
    }
    if !nobody {
        let present = Participant { person: adult.id, part: Part::Present, seen: None, not_seen_why: None };
        entry.people.push(present);
        words_and_promises(dice, &mut entry, (first, &adult), (&hand, day));
    }
    entry.significant = dice.often(8);
    // no dice: how long it took changes nothing else of the council
    entry.minutes = Some(if nobody { 20 } else { 30 + 15 * u32::from(day.day().unsigned_abs() % 5) });
    let promised = entry.promises.len();
    let at_the_screen = Some(7 + u32::from(day.day().unsigned_abs() % 14));
    let recording = Recording { at_the_screen, ..Recording::of(entry) };
    entry::record(place.tx, &hand.who, &mut place.moment, &recording).await?;
    family.owed += promised;
    Ok(())
}

fn words_and_promises(
    dice: &mut Dice,
    entry: &mut RecordEntry,
    (child, adult): (&Known, &Known),
    (hand, day): (&Hand, Date),
) {
    if people::age(child.born, day) >= 4 && dice.often(60) {
        let words = dice.word(say::CHILD_SAYS);
        entry.statements.push(said(Someone::Person(child.id), StatementForm::Said, words));
    }
    if dice.often(45) {
        let words = dice.word(say::ADULT_SAYS);
        entry.statements.push(said(Someone::Person(adult.id), StatementForm::Said, words));
    }
    if dice.often(20) {
        let words = fill(dice.word(say::WORKER_THINKS), &child.given, &adult.given);
        entry.statements.push(said(Someone::Worker(hand.id), StatementForm::Thought, &words));
    }
    if dice.often(28) {
        let theirs = dice.often(35);
        let words = if theirs { dice.word(say::FAMILY_PROMISES) } else { dice.word(say::WORKER_PROMISES) };
        let by = if theirs { Someone::Person(adult.id) } else { Someone::Worker(hand.id) };
        let due_on = Some(later(day, dice.between(3, 21)));
        let what = fill(words, &child.given, &adult.given);
        entry.promises.push(NewPromise { what, by, about: child.id, due_on });
    }
}

async fn told(
    place: &mut Place<'_>,
    family: &Family,
    children: &[(usize, Known)],
    (event, day): (&Event, Date),
) -> Result<()> {
    let hand = family.hand(place.workers).clone();
    let adult = family.adult().clone();
    let (_, first) = &children[0];
    let call = matches!(event, Event::Call);
    let words = fill(place.dice.word(if call { say::CALLS } else { say::NOTES }), &first.given, &adult.given);
    let mut entry =
        blank(if call { EntryKind::Call } else { EntryKind::Note }, noon(day).checked_sub(1.hour())?, words);
    entry.manner = call.then_some(Manner::Phone);
    entry.workers = vec![hand.id];
    let about = |(_, child): &(usize, Known)| Participant {
        person: child.id,
        part: Part::About,
        seen: None,
        not_seen_why: None,
    };
    entry.people = children.iter().map(about).collect();
    entry::record(place.tx, &hand.who, &mut place.moment, &Recording::of(entry)).await?;
    Ok(())
}
