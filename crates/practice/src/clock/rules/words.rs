//! The closed lists a rule is described with: its area, its force, how sure we are, what starts and ends it.

use crate::words::words;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

words! {
    /// The part of the work a rule belongs to.
    Area {
        FrontDoor = "front-door", "Contacts, referrals and family help";
        Assessment = "assessment", "Assessment and children in need";
        Protection = "protection", "Child protection";
        Allegations = "allegations", "Allegations against people who work with children";
        LookedAfter = "looked-after", "Looked-after children";
        Missing = "missing", "Missing from home or care";
        LeavingCare = "leaving-care", "Leaving care";
        PrivateFostering = "private-fostering", "Private fostering";
        Court = "court", "Before and in court";
        Rights = "rights", "Complaints and rights to information";
        Adults = "adults", "Special needs, becoming adult, adults";
        Workforce = "workforce", "The people who work here";
        FamilyConference = "family-conference", "Family group conferences";
    }
}

words! {
    /// What stands behind a rule.
    Force {
        Statute = "statute", "Act of Parliament";
        Regulation = "regulation", "Regulations";
        CourtRules = "court-rules", "Rules of a court or regulator";
        StatutoryGuidance = "statutory-guidance", "Statutory guidance";
        Guidance = "guidance", "Guidance";
        Measure = "measure", "A national measure";
        Local = "local", "Local practice";
    }
}

impl Force {
    /// One plain sentence about what that means for the council.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Statute => "An Act of Parliament says so: the council must.",
            Self::Regulation => "Regulations made under an Act say so: the council must.",
            Self::CourtRules => "The rules of a court or regulator say so.",
            Self::StatutoryGuidance => {
                "Statutory guidance says so: the council follows it unless there is a good reason, written down."
            }
            Self::Guidance => "Guidance recommends it.",
            Self::Measure => "It is measured nationally; it is not a duty in itself.",
            Self::Local => "Local practice: no national rule sets this time, and the council may change it.",
        }
    }
}

words! {
    /// How sure we are that a rule says what we hold.
    Sure {
        Seen = "seen", "Seen in its source";
        Partly = "partly", "Seen in part, the rest from memory";
        FromMemory = "from-memory", "From memory: check it before relying on it";
        Default = "default", "No national figure: a usual value, for the council to set";
    }
}

words! {
    /// How far a council may change a rule for itself.
    LocalOverride {
        TighterOnly = "tighter-only", "The council may only make it tighter";
        Any = "any", "The council may change it";
    }
}

words! {
    /// What starts a clock that runs.
    Start {
        Referral = "referral", "a referral is received";
        AssessmentNeeded = "assessment-needed", "a referral is received, or an assessment begins without one";
        AssessmentBegins = "assessment-begins", "an assessment begins";
        Section47 = "section-47", "the strategy discussion that leads to a section 47 enquiry";
        PlanMade = "plan-made", "the conference that makes a protection plan";
        ProtectionPlan = "protection-plan", "a protection plan begins";
        ChildInNeedPlan = "child-in-need-plan", "a child in need plan begins";
        LookedAfter = "looked-after", "a child becomes looked after";
        Placement = "placement", "a child begins to live somewhere while looked after, and each visit in the first year there";
        PlacementLasting = "placement-lasting", "a visit after the first year of a placement meant to last to 18";
        PlacementOther = "placement-other", "a visit after the first year of any other placement";
        Happened = "happened", "something happens that is to be written down";
    }
}

words! {
    /// What completes a clock that runs.
    Done {
        Decision = "decision", "a decision on the referral";
        AssessmentComplete = "assessment-complete", "the assessment is finished";
        Seen = "seen", "the child is seen in person";
        SeenAtVisit = "seen-at-visit", "a visit at which the child is seen";
        InitialConference = "initial-conference", "the initial conference is held";
        CoreGroup = "core-group", "a core group meets";
        ReviewConference = "review-conference", "a review conference is held";
        ChildInNeedReview = "child-in-need-review", "a child in need review is held";
        LookedAfterReview = "looked-after-review", "a review is held, all its parts";
        Recorded = "recorded", "it is written down and filed";
        AsTheRuleSays = "as-the-rule-says", "what the rule says";
    }
}

impl Done {
    /// Whether a visit completes it.
    pub const fn is_visit(self) -> bool {
        matches!(self, Self::Seen | Self::SeenAtVisit)
    }
}

/// The short name of a rule, like "CP-11" or "LC-05a": at most eight plain letters, digits and hyphens.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RuleId([u8; 8]);

impl RuleId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|b| *b == 0).unwrap_or(self.0.len());
        self.0.get(..end).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

impl FromStr for RuleId {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut bytes = [0; 8];
        let fits = !text.is_empty() && text.len() <= bytes.len();
        if !fits || !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return Err(format!(
                "\"{text}\" is not the id of a rule (at most 8 letters, digits and hyphens)"
            ));
        }
        for (to, from) in bytes.iter_mut().zip(text.bytes()) {
            *to = from;
        }
        Ok(Self(bytes))
    }
}

impl TryFrom<String> for RuleId {
    type Error = String;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<RuleId> for String {
    fn from(id: RuleId) -> Self {
        id.as_str().to_owned()
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
