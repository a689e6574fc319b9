//! Periods of need or help, and the statutory steps of the pathway.

use crate::calendar::add_days;
use crate::words::words;
use jiff::civil::Date;

words! {
    /// A period of need or help. Episodes of different kinds may overlap; two of one kind may not.
    EpisodeKind {
        FamilyHelp = "family-help", "Family help";
        ChildInNeed = "child-in-need", "Child in need";
        ChildProtection = "child-protection", "Child protection";
        LookedAfter = "looked-after", "Looked after";
        LeavingCare = "leaving-care", "Leaving care";
        Adult = "adult", "Adult";
    }
}

/// Since when somebody waits for a worker: since their help opened, or since the day after whoever was responsible last went.
pub fn waiting_since(opened: Date, left: Option<Date>) -> Date {
    left.map_or(opened, |left| add_days(left, 1).max(opened))
}

impl EpisodeKind {
    /// Whether the responsible worker must be a registered social worker (Working Together: section 47
    /// work and child protection plans; Care Planning Regulations: looked-after children).
    pub const fn needs_social_worker(self) -> bool {
        matches!(self, Self::ChildProtection | Self::LookedAfter)
    }
}

words! {
    /// Typed facts of the pathway: what the law counts. Each is written beside an entry, never instead of one.
    StepKind {
        Referral = "referral", "Referral";
        ReferralDecision = "referral-decision", "Decision on the referral";
        Assessment = "assessment", "Assessment";
        StrategyDiscussion = "strategy-discussion", "Strategy discussion";
        Section47Enquiry = "section-47-enquiry", "Section 47 enquiry";
        InitialConference = "initial-conference", "Initial child protection conference";
        CoreGroup = "core-group", "Core group";
        ReviewConference = "review-conference", "Review conference";
        ProtectionPlan = "protection-plan", "Child protection plan";
        ChildInNeedPlan = "child-in-need-plan", "Child in need plan";
        ChildInNeedReview = "child-in-need-review", "Child in need review";
        Placement = "placement", "Where the child lives while looked after";
        LookedAfterReview = "looked-after-review", "Review for a looked-after child";
    }
}

words! {
    /// How a step ended, where what follows depends on it.
    StepOutcome {
        Assessment = "assessment", "An assessment is to be made";
        Section47 = "section-47", "A section 47 enquiry is to be made";
        FamilyHelp = "family-help", "Family help";
        OtherAgency = "other-agency", "Another agency helps";
        NoFurtherAction = "no-further-action", "No further action";
        Conference = "conference", "A conference is to be held";
        NoConference = "no-conference", "No conference is needed";
        Plan = "plan", "A plan was made or goes on";
        NoPlan = "no-plan", "No plan, or the plan ended";
        Temporary = "temporary", "For a short while, then back to the same carers";
    }
}
