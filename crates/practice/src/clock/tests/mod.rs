//! The clock engine tried rule by rule, and as a whole. Dates are written as people say them.

mod care;
mod front_door;
mod list;
mod needs;
mod own;
mod properties;
mod protection;
mod saying;
mod vectors;

use super::{
    Brought, BroughtFact, Clock, EntryFact, EpisodeFact, Facts, Happened, LastingFact, RuleId, Rules, State,
    StepFact, What, clocks,
};
use crate::calendar::Calendar;
use crate::entry::{EntryKind, Manner, Seen};
use crate::episode::{EpisodeKind, StepKind, StepOutcome};
use crate::id::{EntryId, EpisodeId, StepId};
use crate::person::{Birth, BirthBasis};
use jiff::civil::Date;
use uuid::Uuid;

/// One child's facts, told in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Child {
    pub(super) birth: Option<Birth>,
    pub(super) episodes: Vec<EpisodeFact>,
    pub(super) steps: Vec<StepFact>,
    pub(super) entries: Vec<EntryFact>,
    pub(super) brought: Vec<BroughtFact>,
    pub(super) lasting: Vec<LastingFact>,
    pub(super) happened: Vec<Happened>,
    made: u128,
}

pub(super) fn on(day: &str) -> Date {
    day.parse().unwrap()
}

fn ended(day: &str) -> Option<Date> {
    (!day.is_empty()).then(|| on(day))
}

impl Child {
    fn id(&mut self) -> Uuid {
        self.made += 1;
        Uuid::from_u128(self.made)
    }

    pub(super) fn born(mut self, day: &str) -> Self {
        self.birth = Some(Birth { on: on(day), basis: BirthBasis::Exact });
        self
    }

    pub(super) fn expected(mut self, day: &str) -> Self {
        self.birth = Some(Birth { on: on(day), basis: BirthBasis::Expected });
        self
    }

    /// An episode from a day to a day ("" while it goes on).
    pub(super) fn episode(mut self, kind: EpisodeKind, from: &str, to: &str) -> Self {
        let id = EpisodeId(self.id());
        self.episodes.push(EpisodeFact { id, kind, from: on(from), to: ended(to) });
        self
    }

    /// A step in the episode told last, from a day to a day ("" without an end).
    pub(super) fn step(mut self, kind: StepKind, day: &str, to: &str) -> Self {
        let id = StepId(self.id());
        let episode = self.episodes.last().map(|episode| episode.id);
        self.steps.push(StepFact { id, kind, on: on(day), ended: ended(to), outcome: None, episode });
        self
    }

    /// How the step told last came out.
    pub(super) fn outcome(mut self, outcome: StepOutcome) -> Self {
        self.steps.last_mut().unwrap().outcome = Some(outcome);
        self
    }

    /// A visit at home, written down the same day.
    pub(super) fn visit(mut self, day: &str, seen: Seen) -> Self {
        let id = EntryId(self.id());
        self.entries.push(EntryFact {
            id,
            kind: EntryKind::Visit,
            manner: Some(Manner::HomeVisit),
            on: on(day),
            seen: Some(seen),
            recorded_on: on(day),
            imported: false,
        });
        self
    }

    /// Changes the entry told last.
    pub(super) fn but(mut self, change: impl Fn(&mut EntryFact)) -> Self {
        change(self.entries.last_mut().unwrap());
        self
    }

    pub(super) fn last_seen(mut self, day: &str) -> Self {
        let episode = self.episodes.last().unwrap().id;
        self.brought.push(BroughtFact { episode, what: Brought::LastSeen, on: on(day) });
        self
    }

    pub(super) fn last_review(mut self, day: &str) -> Self {
        let episode = self.episodes.last().unwrap().id;
        self.brought.push(BroughtFact { episode, what: Brought::LastReview, on: on(day) });
        self
    }

    pub(super) fn meant_to_last(mut self, from: &str, to: &str) -> Self {
        let episode = self.episodes.last().unwrap().id;
        self.lasting.push(LastingFact { episode, from: on(from), to: ended(to) });
        self
    }

    pub(super) fn facts(&self) -> Facts<'_> {
        Facts {
            birth: self.birth,
            episodes: &self.episodes,
            steps: &self.steps,
            entries: &self.entries,
            brought: &self.brought,
            lasting: &self.lasting,
            happened: &self.happened,
        }
    }

    /// The clocks of one rule as they stand on a day.
    pub(super) fn clocks(&self, rule: &str, today: &str) -> Clocks {
        let calendar = Calendar::england();
        let id: RuleId = rule.parse().unwrap();
        let all = clocks(&Rules::built_in().unwrap(), &calendar, &self.facts(), on(today));
        Clocks { today: on(today), all: all.into_iter().filter(|clock| clock.rule == id).collect(), calendar }
    }

    /// The clocks of one rule, each as one line: "from > due: state".
    pub(super) fn lines(&self, rule: &str, today: &str) -> Vec<String> {
        let clocks = self.clocks(rule, today);
        clocks.all.iter().map(|clock| clocks.line(clock)).collect()
    }
}

pub(super) struct Clocks {
    pub(super) today: Date,
    pub(super) all: Vec<Clock>,
    pub(super) calendar: Calendar,
}

impl Clocks {
    pub(super) fn only(&self) -> &Clock {
        assert_eq!(self.all.len(), 1, "{:#?}", self.all);
        &self.all[0]
    }

    pub(super) fn state(&self, clock: &Clock) -> State {
        clock.state(self.today, &self.calendar)
    }

    pub(super) fn line(&self, clock: &Clock) -> String {
        let state = self.state(clock);
        let on = match state {
            State::Done { on, .. } | State::Ended { on, .. } => format!(" ({on})"),
            State::Running { .. } | State::Nearly { .. } | State::DueToday | State::Late { .. } => {
                String::new()
            }
        };
        format!("{} > {}: {}{on}", clock.started.on, clock.due, state.plain())
    }
}
