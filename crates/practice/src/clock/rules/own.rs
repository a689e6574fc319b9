//! The council's own figures: how long a rule runs here, from a day on, within what the law allows.

use super::{LocalOverride, Own, Rule, RuleId, Rules, Run, Shape};
use crate::calendar::{Length, Unit};
use jiff::civil::Date;

/// One figure of a rule that a council may set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its short name within the rule ("first", "then", "2-first"), kept with the council's own.
    pub slot: String,
    /// What it is, in words ("The first time", "Minutes").
    pub what: String,
    /// How long.
    pub length: Length,
    /// Whether longer is tighter: a report so long before a conference.
    pub longer_is_tighter: bool,
}

/// A figure a council set for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnFigure {
    /// The rule.
    pub rule: RuleId,
    /// Which of its figures.
    pub slot: String,
    /// How long.
    pub length: Length,
    /// The first day it holds: clocks that start then or later follow it.
    pub from: Date,
    /// The last day, once it was ended.
    pub to: Option<Date>,
}

/// Why a figure is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FigureRefusal {
    /// The rule has no such figure.
    #[error("This rule has no such figure")]
    NoSuchFigure,
    /// It is what holds already.
    #[error("“{name}” stands at {figure} already")]
    Same {
        /// The rule's name.
        name: String,
        /// The figure that holds.
        figure: Length,
    },
    /// It cannot be compared with the figure of the law.
    #[error(
        "“{name}” stands at {figure} ({by}). Give the council’s own figure in {unit} too, so that it can be seen to be tighter"
    )]
    OtherUnit {
        /// The rule's name.
        name: String,
        /// The figure that holds.
        figure: Length,
        /// Where it is written.
        by: String,
        /// The unit to give it in.
        unit: &'static str,
    },
    /// It would loosen what the council must keep.
    #[error("“{name}” stands at {figure} by {by}. The council may make it tighter, not looser")]
    Looser {
        /// The rule's name.
        name: String,
        /// The figure that holds.
        figure: Length,
        /// Where it is written.
        by: String,
    },
}

impl Rule {
    /// The figures of this version that a council may set.
    pub fn figures(&self) -> Vec<Figure> {
        let figure = |slot: &str, what: &str, length: Length| Figure {
            slot: slot.to_owned(),
            what: what.to_owned(),
            length,
            longer_is_tighter: false,
        };
        let mut all = Vec::new();
        if let Some(live) = &self.live {
            all.extend(self.first.map(|length| figure("first", "The first time", length)));
            all.extend(self.then.map(|length| figure("then", "Each further time", length)));
            let closer = "For a child with a protection plan or in care";
            all.extend(live.closer.map(|length| figure("closer", closer, length)));
        }
        for (index, run) in self.runs.iter().enumerate() {
            all.extend(of_run(index + 1, run));
        }
        all
    }

    /// Whether the council may set this figure for itself.
    ///
    /// # Errors
    /// [`FigureRefusal`] names the rule, the figure that holds and where it is written.
    pub fn may_set(&self, slot: &str, length: Length) -> Result<(), FigureRefusal> {
        let figure =
            self.figures().into_iter().find(|f| f.slot == slot).ok_or(FigureRefusal::NoSuchFigure)?;
        let (name, held) = (self.name.clone(), figure.length);
        if held == length {
            return Err(FigureRefusal::Same { name, figure: held });
        }
        if self.local_override == LocalOverride::Any {
            return Ok(());
        }
        let by = self.source.clone();
        let ((kind, usual), (other, own)) = (compared(held), compared(length));
        if kind != other {
            let unit = held.unit.word(2);
            return Err(FigureRefusal::OtherUnit { name, figure: held, by, unit });
        }
        let tighter = if figure.longer_is_tighter { own > usual } else { own < usual };
        if tighter { Ok(()) } else { Err(FigureRefusal::Looser { name, figure: held, by }) }
    }

    fn set(&mut self, slot: &str, length: Length) {
        match slot {
            "first" => self.first = Some(length),
            "then" => self.then = Some(length),
            "closer" => {
                if let Some(live) = &mut self.live {
                    live.closer = Some(length);
                }
            }
            _ => {
                let Some((part, which)) = slot.split_once('-') else { return };
                let index = part.parse::<usize>().ok().and_then(|part| part.checked_sub(1));
                let Some(run) = index.and_then(|index| self.runs.get_mut(index)) else { return };
                match (&mut run.shape, which) {
                    (Shape::After(after), "first") => after.first = length,
                    (Shape::After(after), "then") => after.then = Some(length),
                    (Shape::Before(held) | Shape::AtAge(held), _) => *held = length,
                    (Shape::AtMost { most, .. }, _) => *most = length,
                    _ => {}
                }
            }
        }
    }
}

fn of_run(number: usize, run: &Run) -> Vec<Figure> {
    let named = |plain: &str| match &run.what {
        Some(what) if plain.is_empty() => what.clone(),
        Some(what) => format!("{what}: {}", plain.to_lowercase()),
        None if plain.is_empty() => "How long".to_owned(),
        None => plain.to_owned(),
    };
    let one = |which: &str, plain: &str, length: Length| Figure {
        slot: format!("{number}-{which}"),
        what: named(plain),
        length,
        longer_is_tighter: which == "before",
    };
    match run.shape {
        Shape::After(after) => match after.then {
            Some(then) => {
                vec![one("first", "The first time", after.first), one("then", "Each further time", then)]
            }
            None => vec![one("first", "", after.first)],
        },
        Shape::Before(length) => vec![one("before", "How long before", length)],
        Shape::AtAge(age) => vec![one("age", "By what age", age)],
        Shape::AtMost { most, .. } => vec![one("most", "At most", most)],
        Shape::NamedDay
        | Shape::Birthdays(_)
        | Shape::ByDate(_)
        | Shape::EachMonth
        | Shape::EachYear { .. } => vec![],
    }
}

/// A length in a unit in which it can be compared with others of its kind.
const fn compared(length: Length) -> (Unit, u32) {
    match length.unit {
        Unit::Hours => (Unit::Hours, length.n),
        Unit::WorkingDays => (Unit::WorkingDays, length.n),
        Unit::Days => (Unit::Days, length.n),
        Unit::Weeks => (Unit::Days, length.n.saturating_mul(7)),
        Unit::Months => (Unit::Months, length.n),
        Unit::Years => (Unit::Months, length.n.saturating_mul(12)),
    }
}

impl Rules {
    /// These rules with a council's own figures, each as a version of its rule from its first day on. A
    /// figure that the rule no longer allows, because the law was tightened since, does not count.
    #[must_use]
    pub fn with_own(&self, figures: &[OwnFigure]) -> Self {
        let mut all = Vec::with_capacity(self.all.len() + figures.len());
        for rule in &self.all {
            let own: Vec<&OwnFigure> = figures
                .iter()
                .filter(|f| f.rule == rule.id && rule.may_set(&f.slot, f.length).is_ok())
                .collect();
            all.extend(versions(rule, &own));
        }
        Self { every_fact: self.every_fact, ..Self::of(all) }
    }
}

/// One version of a rule cut into several, at each day a figure begins or has ended.
fn versions(rule: &Rule, own: &[&OwnFigure]) -> Vec<Rule> {
    let mut days: Vec<Date> = own.iter().map(|f| f.from).collect();
    days.extend(own.iter().filter_map(|f| f.to?.tomorrow().ok()));
    days.retain(|day| {
        rule.valid_from.is_none_or(|from| from < *day) && rule.valid_to.is_none_or(|to| *day <= to)
    });
    days.sort_unstable();
    days.dedup();
    let starts: Vec<Option<Date>> =
        std::iter::once(rule.valid_from).chain(days.iter().copied().map(Some)).collect();
    let ends = days.iter().map(|day| day.yesterday().ok()).chain(std::iter::once(rule.valid_to));
    starts.into_iter().zip(ends).map(|(from, to)| version(rule, own, (from, to))).collect()
}

fn version(rule: &Rule, own: &[&OwnFigure], (from, to): (Option<Date>, Option<Date>)) -> Rule {
    let mut version = Rule { valid_from: from, valid_to: to, ..rule.clone() };
    let first_day = from.unwrap_or(Date::MIN);
    let mut held: Vec<&&OwnFigure> =
        own.iter().filter(|f| f.from <= first_day && f.to.is_none_or(|end| first_day <= end)).collect();
    held.sort_by_key(|f| f.from);
    for figure in &held {
        version.set(&figure.slot, figure.length);
        let usual = rule.figures().into_iter().find(|f| f.slot == figure.slot);
        let Some(usual) = usual else { continue };
        version.own = Some(Own { from: figure.from, instead_of: usual.length.to_string() });
    }
    version
}
