//! What a clock says about itself: why it started, when it is due and why then, what completes it.

use super::{Cause, Clock, Force, LocalOverride, RuleId, Rules, State, Sure, What};
use crate::calendar::{Calendar, Counting};
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
}

impl Clock {
    /// The clock explained, as it stands on a day. None when its rule is not among these rules.
    pub fn why(&self, rules: &Rules, calendar: &Calendar, today: Date) -> Option<Why> {
        let rule = rules.best(self.rule, self.started.on)?;
        let late = match self.state(today, calendar) {
            State::Late { by } => Some(format!("{by}.")),
            State::Done { late, .. } => late.map(|by| format!("Done {by}.")),
            State::Ended { late, .. } => late.map(|by| format!("{by} when it ended.")),
            State::Running { .. } | State::Nearly { .. } | State::DueToday => None,
        };
        Some(Why {
            rule: self.rule,
            name: rule.name.clone(),
            short: rule.short.clone(),
            started_by: format!("Started by {}.", self.started.phrase()),
            due: self.due_sentence(),
            due_day: self.due.strftime("%A %-d %B %Y").to_string(),
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
        })
    }

    fn due_sentence(&self) -> String {
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

/// A sentence begins with a capital letter.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
