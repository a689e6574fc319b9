//! What a clock says about itself: why it started, when it is due and why then, what completes it.

use super::{Cause, Clock, Force, LocalOverride, Rule, RuleId, Rules, Run, Shape, State, Sure, What};
use crate::calendar::{Calendar, Change, Counting, Length, Proclaimed, Unit, london};
use crate::episode::EpisodeKind;
use jiff::civil::Date;

/// A clock explained, in sentences for a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The rule.
    pub rule: RuleId,
    /// The name of what is to be done ("Visit to a child with a protection plan").
    pub name: String,
    /// A word or two for it ("Visit").
    pub short: String,
    /// "Started by the referral on 17 September 2026."
    pub started_by: String,
    /// "45 working days after the referral on 17 September 2026."
    pub due: String,
    /// The day it is due, written out: "Thursday 19 November 2026".
    pub due_day: String,
    /// What completes it.
    pub completes: String,
    /// Who answers for it.
    pub responsible: Option<String>,
    /// What changes or ends it.
    pub changes: Option<String>,
    /// What stands behind the rule, the strongest first.
    pub force: Vec<Force>,
    /// The same in plain sentences.
    pub force_sentence: String,
    /// Where the rule is written.
    pub source: String,
    /// How sure we are.
    pub sure: Sure,
    /// How far the council may change it.
    pub local_override: LocalOverride,
    /// "Done by the visit at which the child was seen on 3 November 2026." or what ended it, once so.
    pub ended_by: Option<String>,
    /// "2 working days late." while or when it was.
    pub late: Option<String>,
    /// "Moved by one working day: State Funeral, proclaimed for 10 May 2027, loaded on 3 May 2027." where a
    /// holiday loaded since the program was made moved its last day.
    pub moved: Option<String>,
    /// Whose figure it is, where it is the council's own: "The council's own figure since 1 May 2026; the
    /// usual one is 20 working days."
    pub own: Option<String>,
}

impl Clock {
    /// The clock explained, as it stands on a day. None when its rule is not among these rules.
    pub fn why(&self, rules: &Rules, calendar: &Calendar, today: Date) -> Option<Why> {
        let rule = rules.best(self.rule, self.started.on)?;
        let run = rule.runs.get(usize::from(self.part));
        let late = match self.state(today, calendar) {
            State::Late { by } => Some(format!("{by}.")),
            State::Done { late, .. } => late.map(|by| format!("Done {by}.")),
            State::Ended { late, .. } => late.map(|by| format!("{by} when it ended.")),
            State::Running { .. } | State::Nearly { .. } | State::DueToday => None,
        };
        Some(Why {
            rule: self.rule,
            name: match run.and_then(|run| run.what.as_ref()) {
                Some(what) => format!("{}: {what}", rule.name),
                None => rule.name.clone(),
            },
            short: rule.short.clone(),
            started_by: format!("Started by {}.", self.started.phrase()),
            due: self.due_sentence(run),
            due_day: self.due_day(),
            completes: match &rule.done_when {
                Some(words) => words.clone(),
                None => self.awaits.plain().to_owned(),
            },
            responsible: rule.responsible.clone(),
            changes: rule.changes.clone(),
            force: rule.force.clone(),
            force_sentence: rule.force_sentence(),
            source: rule.source.clone(),
            sure: rule.sure,
            local_override: rule.local_override,
            ended_by: self.ended_by(),
            late: late.map(|text| sentence(&text)),
            moved: self.moved(calendar),
            own: own(rule),
        })
    }

    /// The day it is due, written out, with the time where it is due to the minute.
    fn due_day(&self) -> String {
        let day = self.due.strftime("%A %-d %B %Y");
        match self.due_at {
            Some(at) => format!("{day}, {}", at.to_zoned(london()).strftime("%H:%M")),
            None => day.to_string(),
        }
    }

    /// What proclaimed holidays did to its last day.
    fn moved(&self, calendar: &Calendar) -> Option<String> {
        if self.length.unit != Unit::WorkingDays || self.not_before.is_some() {
            return None;
        }
        let (from, to) = match self.for_day {
            // counted back from a day
            Some(day) => (self.due.yesterday().ok()?, day.yesterday().ok()?),
            None => (self.started.on, self.due),
        };
        let days: Vec<&Proclaimed> = calendar.proclaimed_between(from, to).collect();
        if days.is_empty() {
            return None;
        }
        let given = days.iter().filter(|one| one.holiday.change == Change::Add).count();
        let taken = days.len() - given;
        let by = match given.abs_diff(taken) {
            0 => "Not moved in the end".to_owned(),
            1 => "Moved by one working day".to_owned(),
            n => format!("Moved by {n} working days"),
        };
        let days: Vec<String> = days.iter().map(|one| proclaimed(one)).collect();
        Some(format!("{by}: {}.", days.join("; ")))
    }

    fn due_sentence(&self, run: Option<&Run>) -> String {
        let mut text = match run.and_then(|run| self.by_its_shape(run.shape)) {
            Some(words) => words,
            None => self.counted_sentence(),
        };
        if let Some(cause) = self.changed {
            text.push_str(&format!(" Its last day was moved by {}.", cause.phrase()));
        }
        text
    }

    /// The sentence of a clock that is not counted from its beginning.
    fn by_its_shape(&self, shape: Shape) -> Option<String> {
        let day = self.for_day.unwrap_or(self.due).strftime("%-d %B %Y");
        let words = match shape {
            Shape::After(_) => return None,
            Shape::Before(length) => match self.not_before {
                None => format!("{length} before {day}."),
                Some(_) => format!("{length} before {day} was past already, so it is due at once."),
            },
            Shape::NamedDay => format!("By the day that was named with {}.", self.started.phrase()),
            Shape::AtAge(age) => format!("At the age of {}.", in_years(age)),
            Shape::Birthdays(around) => {
                format!("From {} before to {} after the birthday on {day}.", around.before, around.after)
            }
            Shape::ByDate(_) => format!("By {day}."),
            Shape::EachMonth => "Once in this calendar month.".to_owned(),
            Shape::EachYear { .. } => format!("Once this year, by {day}."),
            Shape::AtMost { most, over: None } => format!("At most {most} from {}.", self.started.phrase()),
            Shape::AtMost { most, over: Some(over) } => {
                format!("At most {most} in any {over}, with what was before {}.", self.started.phrase())
            }
        };
        Some(words)
    }

    fn counted_sentence(&self) -> String {
        let start = self.started.phrase();
        let after = match self.counting {
            Counting::FromNextDay => format!("{} after {start}", self.length),
            Counting::FirstDayCounts => format!("{} that begin with {start}", self.length),
        };
        match self.not_before {
            None => sentence(&format!("{after}.")),
            Some(cause) => sentence(&format!(
                "{after} would have been before {}, so it is due from that day.",
                cause.phrase()
            )),
        }
    }

    fn ended_by(&self) -> Option<String> {
        match (self.done, self.cancelled) {
            (Some(done), _) => Some(format!("Done by {}.", done.phrase())),
            (None, Some(cause)) => Some(format!("No longer needed because of {}.", cause.phrase())),
            (None, None) => None,
        }
    }
}

impl Cause {
    /// What it was and when: "the referral on 17 September 2026".
    pub fn phrase(&self) -> String {
        format!("{} on {}", self.what.words(), self.on.strftime("%-d %B %Y"))
    }
}

impl What {
    /// What it was, as part of a sentence: "the referral".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Referral => "the referral",
            Self::Decision => "the decision on the referral",
            Self::NoAssessment => "the decision that no assessment is to follow",
            Self::AssessmentBegan => "the beginning of the assessment",
            Self::AssessmentFinished => "the end of the assessment",
            Self::StrategyDiscussion => "the strategy discussion",
            Self::Section47Began => "the beginning of the section 47 enquiry",
            Self::NoConference => "the finding of the enquiry that no conference is needed",
            Self::InitialConference => "the initial conference",
            Self::CoreGroup => "the core group",
            Self::ReviewConference => "the review conference",
            Self::ProtectionPlanBegan => "the beginning of the protection plan",
            Self::ProtectionPlanEnded => "the end of the protection plan",
            Self::NeedPlanBegan => "the beginning of the child in need plan",
            Self::NeedPlanEnded => "the end of the child in need plan",
            Self::NeedReview => "the child in need review",
            Self::BecameLookedAfter => "becoming looked after",
            Self::PlacementBegan => "the move to a new place to live",
            Self::CareReview => "the review",
            Self::TurnedEighteen => "the eighteenth birthday",
            Self::Visit => "the visit at which the child was seen",
            Self::VisitAlone => "the visit at which the child was seen alone",
            Self::Seen => "the meeting at which the child was seen",
            Self::SeenAlone => "the meeting at which the child was seen alone",
            Self::SeenBefore => "the last time the child was seen, brought from the old system,",
            Self::ReviewBefore => "the last review, brought from the old system,",
            Self::MeantToLast => "the decision that the child is to stay where they live until 18",
            Self::NotMeantToLast => "the decision that the child may not stay where they live until 18",
            Self::Recorded => "the record being written",
            Self::Fact(kind) => kind.plain(),
            Self::Reached(years) => birthday(years),
            Self::Opened => "the opening of the time for it",
            Self::EpisodeBegan(kind) => began(kind),
            Self::EpisodeEnded(kind) => ended(kind),
            Self::Happened(kind) => happened(kind),
        }
    }
}

const fn began(kind: EpisodeKind) -> &'static str {
    match kind {
        EpisodeKind::FamilyHelp => "the beginning of family help",
        EpisodeKind::ChildInNeed => "the beginning of help as a child in need",
        EpisodeKind::ChildProtection => "the beginning of child protection",
        EpisodeKind::LookedAfter => "becoming looked after",
        EpisodeKind::LeavingCare => "the beginning of leaving care",
        EpisodeKind::Adult => "the beginning of help as an adult",
    }
}

const fn ended(kind: EpisodeKind) -> &'static str {
    match kind {
        EpisodeKind::FamilyHelp => "the end of family help",
        EpisodeKind::ChildInNeed => "the end of help as a child in need",
        EpisodeKind::ChildProtection => "the end of child protection",
        EpisodeKind::LookedAfter => "the end of being looked after",
        EpisodeKind::LeavingCare => "the end of leaving care",
        EpisodeKind::Adult => "the end of help as an adult",
    }
}

const fn happened(kind: crate::entry::EntryKind) -> &'static str {
    use crate::entry::EntryKind;
    match kind {
        EntryKind::Visit => "the visit",
        EntryKind::Call => "the call",
        EntryKind::Message => "the message",
        EntryKind::Meeting => "the meeting",
        EntryKind::Observation => "the observation",
        EntryKind::Letter => "the letter",
        EntryKind::Note => "the note",
        EntryKind::Step => "the step",
    }
}

const fn birthday(years: u8) -> &'static str {
    match years {
        3 => "the third birthday",
        5 => "the fifth birthday",
        16 => "the sixteenth birthday",
        17 => "the seventeenth birthday",
        18 => "the eighteenth birthday",
        21 => "the twenty-first birthday",
        25 => "the twenty-fifth birthday",
        _ => "the birthday",
    }
}

/// An age as people say it: "17 years and 6 months".
fn in_years(age: Length) -> String {
    match age.unit {
        Unit::Months if age.n > 12 && !age.n.is_multiple_of(12) => {
            let months = Length::new(age.n % 12, Unit::Months);
            format!("{} and {months}", Length::new(age.n / 12, Unit::Years))
        }
        Unit::Months if age.n >= 12 => Length::new(age.n / 12, Unit::Years).to_string(),
        Unit::Months | Unit::Hours | Unit::WorkingDays | Unit::Days | Unit::Weeks | Unit::Years => {
            age.to_string()
        }
    }
}

fn proclaimed(one: &Proclaimed) -> String {
    let written = |day: Date| day.strftime("%-d %B %Y").to_string();
    let (day, loaded) = (written(one.holiday.date), written(one.loaded));
    match one.holiday.change {
        Change::Add => {
            format!("bank holiday proclaimed for {day} ({}), loaded on {loaded}", one.holiday.name)
        }
        Change::Remove => {
            format!("{day} ({}) is no bank holiday after all, loaded on {loaded}", one.holiday.name)
        }
    }
}

fn own(rule: &Rule) -> Option<String> {
    let own = rule.own.as_ref()?;
    let since = own.from.strftime("%-d %B %Y");
    Some(format!("The council's own figure since {since}; without it: {}.", own.instead_of))
}

/// A sentence begins with a capital letter.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
