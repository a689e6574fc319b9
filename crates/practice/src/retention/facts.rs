//! The facts that say how long a record is kept, and the answer worked out from them.

use super::schedule::{CountsFrom, Force, KeepRule, Schedule};
use crate::person::{Birth, BirthBasis};
use crate::words::words;
use jiff::civil::Date;

words! {
    /// What about someone makes a record of theirs one that is kept for so long.
    RecordKind {
        LookedAfter = "looked-after", "Looked after";
        LeavingCare = "leaving-care", "Leaving care";
        AdoptionOrder = "adoption-order", "Adopted";
        ChildProtection = "child-protection", "Child protection";
        ChildInNeed = "child-in-need", "Child in need";
        FamilyHelp = "family-help", "Family help";
        Adult = "adult", "Adult";
        Contact = "contact", "Contact only";
    }
}

words! {
    /// Why nothing of a record may be disposed of.
    HoldKind {
        Inquiry = "inquiry", "A public inquiry";
        Claim = "claim", "A claim, or one that may come";
        Court = "court", "Court or police work";
        Complaint = "complaint", "A complaint or an ombudsman's look";
        Review = "review", "A safeguarding practice review";
        Asked = "asked", "They asked for their record";
        Other = "other", "Another reason";
    }
}

/// A time in which something was so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// What.
    pub kind: RecordKind,
    /// Its first day.
    pub from: Date,
    /// Its last day; none while it goes on.
    pub to: Option<Date>,
}

/// A hold that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Why.
    pub kind: HoldKind,
    /// In the words of whoever put it.
    pub reason: String,
    /// Since when.
    pub from: Date,
    /// Whether it holds every record of the council.
    pub everyone: bool,
}

/// Everything about one person that decides how long their record is kept.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// When they were born.
    pub birth: Option<Birth>,
    /// When they died.
    pub died: Option<Date>,
    /// What they were, and when.
    pub periods: Vec<Period>,
    /// The last day on which anything happened or was recorded.
    pub last: Option<Date>,
    /// Until when the longest-kept record is kept that theirs belongs to: a parent's to their child's. None where
    /// there is no such record.
    pub belongs_to: Option<Until>,
    /// Holds that stand.
    pub holds: Vec<Hold>,
}

/// Until when something is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Until {
    /// The last day on which it must be there.
    Day(Date),
    /// Nobody can say yet; the sentence says why.
    Open(String),
}

impl Until {
    /// The later of the two: what is open is later than any day.
    #[must_use]
    pub fn later(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Open(_), _) => self,
            (_, Self::Open(_)) => other,
            (Self::Day(one), Self::Day(two)) => {
                if one >= two {
                    self
                } else {
                    other
                }
            }
        }
    }
}

/// One rule that holds for the person, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The rule's id; `KEEP-WITH` where it is kept with another's record.
    pub rule: String,
    /// What it is about, in plain words.
    pub words: String,
    /// Until when, by this rule alone.
    pub until: Until,
    /// What stands behind it.
    pub source: String,
    /// Whether the law says it.
    pub force: Force,
}

/// Until when a record is kept, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Until when; a hold may make it longer.
    pub until: Until,
    /// Why, the reason that decides first.
    pub reasons: Vec<Reason>,
    /// Holds that stand.
    pub holds: Vec<Hold>,
}

/// The day so long after, or none where that is beyond the calendar.
fn after(day: Date, rule: &KeepRule) -> Date {
    crate::calendar::add_months(day, i32::try_from(rule.years * 12).unwrap_or(i32::MAX))
}

impl Story {
    fn born(&self) -> Option<Date> {
        self.birth.filter(|birth| birth.basis != BirthBasis::Expected).map(|birth| birth.on)
    }

    fn died_under_18(&self) -> Option<Date> {
        let died = self.died?;
        let birth = self.birth?;
        birth.age_on(died).filter(|age| *age < 18).map(|_| died)
    }

    /// The last day by one rule for one period. What is not known speaks for keeping.
    fn by_rule(&self, rule: &KeepRule, period: Period) -> Option<Until> {
        let going_on = || Until::Open(format!("{}: it goes on", period.kind.plain()));
        Some(match rule.counts_from {
            CountsFrom::Birth => match self.born() {
                // a birthday long past does not end what still goes on
                Some(_) if period.to.is_none() => going_on(),
                Some(born) => Until::Day(after(born, rule)),
                None => period.to.map_or_else(going_on, |to| Until::Day(after(to, rule))),
            },
            CountsFrom::DeathUnder18 => Until::Day(after(self.died_under_18()?, rule)),
            CountsFrom::Beginning => Until::Day(after(period.from, rule)),
            CountsFrom::End => period.to.map_or_else(going_on, |to| Until::Day(after(to, rule))),
            CountsFrom::Last => Until::Day(after(self.last.unwrap_or(period.from), rule)),
        })
    }

    /// The rules about one sort of record: where a child died, the one that counts from it takes the place of the one
    /// that counts from birth.
    fn rules_for<'a>(&self, schedule: &'a Schedule, kind: RecordKind, today: Date) -> Vec<&'a KeepRule> {
        let all: Vec<&KeepRule> = schedule.in_force(kind, today);
        let died = |rule: &&KeepRule| rule.counts_from == CountsFrom::DeathUnder18;
        if self.died_under_18().is_some() && all.iter().any(died) {
            return all.into_iter().filter(died).collect();
        }
        all.into_iter().filter(|rule| !died(rule)).collect()
    }

    /// Until when the record is kept, by a schedule as it stands on a day.
    pub fn kept(&self, schedule: &Schedule, today: Date) -> Kept {
        let mut periods = self.periods.clone();
        // whatever else is so: what was recorded lately is not let go
        if let Some(last) = self.last {
            periods.push(Period { kind: RecordKind::Contact, from: last, to: Some(last) });
        }
        let mut reasons = vec![];
        for period in periods {
            for rule in self.rules_for(schedule, period.kind, today) {
                let Some(until) = self.by_rule(rule, period) else { continue };
                reasons.push(Reason {
                    rule: rule.id.clone(),
                    words: rule.sentence(),
                    until,
                    source: rule.source.clone(),
                    force: rule.force,
                });
            }
        }
        if let Some(until) = self.belongs_to.clone() {
            reasons.push(Reason {
                rule: "KEEP-WITH".to_owned(),
                words: "Kept with the record it belongs to".to_owned(),
                until,
                source: "A parent's or relative's record is part of the child's".to_owned(),
                force: Force::Default,
            });
        }
        let unknown = || Until::Open("Nothing in the record says how long it is kept".to_owned());
        let until = reasons.iter().map(|reason| reason.until.clone()).reduce(Until::later);
        let until = until.unwrap_or_else(unknown);
        reasons.sort_by_key(|reason| reason.until != until);
        reasons.dedup();
        Kept { until, reasons, holds: self.holds.clone() }
    }
}
