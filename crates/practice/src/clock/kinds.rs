//! The kinds of facts that clocks of the general sort start from and end with: what a room records, so that
//! its clocks run. What the pathway holds already comes from its episodes, steps and entries.

use crate::words::words;

words! {
    /// What a fact is, as a clock sees it. The plain words stand in a sentence before a day ("the contact").
    FactKind {
        ContactReceived = "contact-received", "the contact";
        ContactDecided = "contact-decided", "the decision on the contact";
        ContactGraded = "contact-graded", "the grading of the contact";
        ReferralDecided = "referral-decided", "the decision on the referral";
        ReferrerTold = "referrer-told", "telling the referrer and the family";
        FamilyAgreed = "family-agreed", "the family agreeing to help";
        FamilyHelpPlanned = "family-help-planned", "the agreed plan of family help";
        FamilyDeclined = "family-declined", "the family not wanting help any more";
        FamilyHelpEnded = "family-help-ended", "the end of family help";
        FamilyMet = "family-met", "the meeting around the family";
        AssessmentBegan = "assessment-began", "the beginning of the assessment";
        AssessmentChecked = "assessment-checked", "the checkpoint of the assessment";
        AssessmentFinished = "assessment-finished", "the end of the assessment";
        CarerNeedShown = "carer-need-shown", "the carer's need showing itself";
        CarerNeedDecided = "carer-need-decided", "the decision about the carer's needs";
        NeedFound = "need-found", "the assessment finding a child in need";
        NeedPlanBegan = "need-plan-began", "the beginning of the child in need plan";
        NeedEpisodeEnded = "need-episode-ended", "the end of help as a child in need";
        ShortBreak = "short-break", "the short break";
        LongStayTold = "long-stay-told", "being told of the long stay";
        LongStayVisited = "long-stay-visited", "the visit in the long stay";
        LongStayLeft = "long-stay-left", "the child leaving the long stay";
        HarmSuspected = "harm-suspected", "the decision that a section 47 enquiry is to be made";
        StrategyDiscussion = "strategy-discussion", "the strategy discussion";
        EnquiryBegan = "enquiry-began", "the beginning of the section 47 enquiry";
        EnquiryDiscussion = "enquiry-discussion", "the strategy discussion that led to the enquiry";
        EnquiryEnded = "enquiry-ended", "the end of the section 47 enquiry";
        ChildSeen = "child-seen", "the child being seen";
        ChildVisited = "child-visited", "the visit at which the child was seen";
        PlanNoticeReceived = "plan-notice-received", "the other council's notice of the plan";
        TransferConference = "transfer-conference", "the transfer conference";
        ChildMovedOn = "child-moved-on", "the child moving on";
        InitialConferenceSet = "initial-conference-set", "the setting of the initial conference";
        ReviewConferenceSet = "review-conference-set", "the setting of the review conference";
        ConferenceReportShared = "conference-report-shared", "the sharing of the report";
        ConferenceCalledOff = "conference-called-off", "the conference being called off";
        InitialConference = "initial-conference", "the initial conference";
        ReviewConference = "review-conference", "the review conference";
        ConferenceDecisionsSent = "conference-decisions-sent", "the sending of the decisions";
        ConferenceMinutesSent = "conference-minutes-sent", "the sending of the minutes";
        ProtectionPlanBegan = "protection-plan-began", "the beginning of the protection plan";
        ProtectionPlanEnded = "protection-plan-ended", "the end of the protection plan";
        PlanChecked = "plan-checked", "the check of the plan";
        SeriousIncidentKnown = "serious-incident-known", "becoming aware of the serious incident";
        SeriousIncidentTold = "serious-incident-told", "the notice of the serious incident";
        RapidReviewSent = "rapid-review-sent", "the report of the rapid review";
        LocalReviewBegan = "local-review-began", "the beginning of the local review";
        LocalReviewPublished = "local-review-published", "the publishing of the local review";
        AllegationKnown = "allegation-known", "the allegation becoming known";
        AllegationReferred = "allegation-referred", "the referral to the designated officer";
        AllegationDecided = "allegation-decided", "the designated officer's decision";
        AllegationMeeting = "allegation-meeting", "the allegations meeting";
        AllegationBelowThreshold = "allegation-below-threshold", "the decision that the threshold is not met";
        AllegationReviewed = "allegation-reviewed", "the review of the allegation";
        AllegationConcluded = "allegation-concluded", "the conclusion of the allegation";
        BecameLookedAfter = "became-looked-after", "becoming looked after";
        CareEnded = "care-ended", "the end of being looked after";
        ReviewingOfficerNamed = "reviewing-officer-named", "the naming of the reviewing officer";
        CarePlanAgreed = "care-plan-agreed", "the agreed care plan";
        PlacementSet = "placement-set", "the setting of the placement";
        PlacementCalledOff = "placement-called-off", "the placement being called off";
        PlacementBegan = "placement-began", "the beginning of the placement";
        PlacementEnded = "placement-ended", "the end of the placement";
        PlacementPlanAgreed = "placement-plan-agreed", "the agreed placement plan";
        PlacementTold = "placement-told", "the notices of the placement";
        EmergencyPlacementBegan = "emergency-placement-began", "the beginning of the emergency placement";
        PlacedWithParent = "placed-with-parent", "the beginning of the placement with the parent";
        ParentAssessed = "parent-assessed", "the assessment of the parent";
        ParentDecided = "parent-decided", "the decision about the placement with the parent";
        TemporaryApprovalBegan = "temporary-approval-began", "the beginning of the temporary approval";
        TemporaryApprovalExtended = "temporary-approval-extended", "the extension of the temporary approval";
        CarerApproved = "carer-approved", "the approval of the carer";
        CarerTermsChanged = "carer-terms-changed", "the change of the carer's terms";
        CarerReviewed = "carer-reviewed", "the review of the carer";
        CarerVisitedUnannounced = "carer-visited-unannounced", "the unannounced visit to the carer";
        CarerLeft = "carer-left", "the carer leaving";
        CareOrderMade = "care-order-made", "the care order";
        CareOrderAtHome = "care-order-at-home", "the care order for a child at home";
        StayElsewhereBegan = "stay-elsewhere-began", "the beginning of the stay someone else arranged";
        StayElsewhereEnded = "stay-elsewhere-ended", "the end of the stay someone else arranged";
        VisitAskedFor = "visit-asked-for", "the request for a visit";
        CareReview = "care-review", "the review";
        CareReviewSet = "care-review-set", "the setting of the review";
        CareReviewCalledOff = "care-review-called-off", "the review being called off";
        CareReportShared = "care-report-shared", "the sharing of the report";
        CareDecisionsSent = "care-decisions-sent", "the sending of the decisions";
        CareDecisionsAnswered = "care-decisions-answered", "the manager's answer to the decisions";
        CarePlanUpdated = "care-plan-updated", "the care plan being brought up to date";
        CareReviewRecorded = "care-review-recorded", "the full record of the review";
        CareReviewSent = "care-review-sent", "the sending of the record";
        DisputeRaised = "dispute-raised", "the reviewing officer raising a dispute";
        DisputeSettled = "dispute-settled", "the settling of the dispute";
        PermanencePlanned = "permanence-planned", "the plan for permanence";
        HealthAsked = "health-asked", "asking for the health assessment";
        HealthAssessed = "health-assessed", "the health assessment";
        TeethChecked = "teeth-checked", "the dental check";
        DifficultiesScored = "difficulties-scored", "the scored questionnaire";
        EducationPlanBegun = "education-plan-begun", "the beginning of the education plan";
        EducationPlanAgreed = "education-plan-agreed", "the meeting on the education plan";
        EducationPlanReviewed = "education-plan-reviewed", "the review of the education plan";
        SchoolTermBegan = "school-term-began", "the beginning of the school term";
        Remanded = "remanded", "the remand";
        RemandPlanned = "remand-planned", "the plan for the remand";
        RemandEnded = "remand-ended", "the end of the remand";
        LockedIn = "locked-in", "the locking in";
        SecureOrderMade = "secure-order-made", "the secure order";
        SecureOrderRenewed = "secure-order-renewed", "the renewal of the secure order";
        SecureOrderEnded = "secure-order-ended", "the end of the secure order";
        SecurePanelMet = "secure-panel-met", "the review panel";
        HomeOpened = "home-opened", "the opening of the home";
        HomeVisited = "home-visited", "the independent visit to the home";
        HomeReviewed = "home-reviewed", "the review of the home";
        HomeClosed = "home-closed", "the closing of the home";
        WentMissing = "went-missing", "going missing";
        MissingMeeting = "missing-meeting", "the meeting about the missing child";
        MissingFromCare = "missing-from-care", "the report that the child is missing";
        MissingTold = "missing-told", "telling the reviewing officer";
        CameHome = "came-home", "coming home";
        ReturnTalk = "return-talk", "the talk after coming home";
        BecameEligible = "became-eligible", "becoming eligible for leaving care";
        LeavingCareBegan = "leaving-care-began", "the beginning of leaving care";
        LeavingCareEnded = "leaving-care-ended", "the end of leaving care";
        LeavingNeedsAssessed = "leaving-needs-assessed", "the assessment of needs";
        PathwayPlanSigned = "pathway-plan-signed", "the signed pathway plan";
        PathwayReviewed = "pathway-reviewed", "the review of the pathway plan";
        CouncilHomeBegan = "council-home-began", "first living where the council provides";
        CouncilHomeEnded = "council-home-ended", "no longer living where the council provides";
        AdviserVisited = "adviser-visited", "the adviser's visit";
        InTouch = "in-touch", "being in touch";
        SupportOffered = "support-offered", "the offer of support";
        PapersReady = "papers-ready", "the papers being ready";
        PrivateFosteringProposed = "private-fostering-proposed", "the proposal of private fostering";
        PrivateFosteringNotice = "private-fostering-notice", "the notice of private fostering";
        PrivateFosteringKnown = "private-fostering-known", "becoming aware of private fostering";
        PrivateFosteringVisited = "private-fostering-visited", "the visit in private fostering";
        PrivateFosteringEnded = "private-fostering-ended", "the end of private fostering";
        CourtWorkDecided = "court-work-decided", "the decision at the meeting with lawyers";
        CourtLetterSent = "court-letter-sent", "the letter before proceedings";
        CourtMeeting = "court-meeting", "the meeting before proceedings";
        CourtWorkEnded = "court-work-ended", "stepping down from court work";
        ProceedingsIssued = "proceedings-issued", "the issue of proceedings";
        ProceedingsExtended = "proceedings-extended", "the court's longer time";
        ProceedingsWithdrawn = "proceedings-withdrawn", "the withdrawal of proceedings";
        CourtDirections = "court-directions", "the standard directions";
        ManagementHearing = "management-hearing", "the case management hearing";
        AdvocatesMet = "advocates-met", "the advocates' meeting";
        FurtherHearingNeeded = "further-hearing-needed", "the need for a further hearing";
        FurtherHearing = "further-hearing", "the further hearing";
        IssuesHearingSet = "issues-hearing-set", "the listing of the issues hearing";
        IssuesAdvocatesMet = "issues-advocates-met", "the advocates' meeting before the issues hearing";
        IssuesHearing = "issues-hearing", "the issues hearing";
        FinalOrder = "final-order", "the final order";
        EmergencyOrder = "emergency-order", "the emergency protection order";
        EmergencyOrderExtended = "emergency-order-extended", "the extension of the emergency order";
        EmergencyOrderEnded = "emergency-order-ended", "the end of the emergency order";
        PoliceProtection = "police-protection", "the police protecting the child";
        PoliceProtectionEnded = "police-protection-ended", "the end of police protection";
        AssessmentOrder = "assessment-order", "the child assessment order";
        AssessmentOrderEnded = "assessment-order-ended", "the end of the child assessment order";
        ContactStopped = "contact-stopped", "the stopping of contact";
        ContactResumed = "contact-resumed", "contact beginning again";
        ContactOrderMade = "contact-order-made", "the order about contact";
        SupervisionOrder = "supervision-order", "the supervision order";
        SupervisionOrderExtended = "supervision-order-extended", "the extension of the supervision order";
        SupervisionOrderEnded = "supervision-order-ended", "the end of the supervision order";
        Section37Direction = "section-37-direction", "the court's direction";
        Section37Extended = "section-37-extended", "the court's other day";
        Section37Reported = "section-37-reported", "the report to the court";
        GuardianshipNotice = "guardianship-notice", "the notice of an application for special guardianship";
        GuardianshipReportSet = "guardianship-report-set", "the court's day for the report";
        GuardianshipReported = "guardianship-reported", "the report on special guardianship";
        GuardianshipWithdrawn = "guardianship-withdrawn", "the notice being withdrawn";
        AdoptionBecamePlan = "adoption-became-plan", "adoption becoming the plan";
        AdoptionPlanDecided = "adoption-plan-decided", "the decision on the plan";
        AdoptionNotThePlan = "adoption-not-the-plan", "adoption no longer being the plan";
        AdoptionAuthorised = "adoption-authorised", "the authority to place for adoption";
        AdoptionPlacementBegan = "adoption-placement-began", "the beginning of the adoptive placement";
        AdoptionPlacementEnded = "adoption-placement-ended", "the end of the adoptive placement";
        AdoptionReviewed = "adoption-reviewed", "the adoption review";
        AdoptionPanel = "adoption-panel", "the adoption panel";
        AdoptionDecided = "adoption-decided", "the decision after the panel";
        Adopted = "adopted", "the adoption";
        AdoptersFirstStage = "adopters-first-stage", "the adopters' first stage";
        AdoptersSecondStage = "adopters-second-stage", "the adopters' second stage";
        AdoptersDecided = "adopters-decided", "the decision on the adopters";
        AdoptersWithdrew = "adopters-withdrew", "the adopters withdrawing";
        QuestionAsked = "question-asked", "what they wrote in their own space";
        QuestionAnswered = "question-answered", "the answer to what they wrote";
        ComplaintMatter = "complaint-matter", "what the complaint is about";
        ComplaintPutOff = "complaint-put-off", "the putting off of the complaint";
        ComplaintReceived = "complaint-received", "the complaint";
        ComplaintExtended = "complaint-extended", "the longer time for the complaint";
        ComplaintAnswered = "complaint-answered", "the answer to the complaint";
        ComplaintWithdrawn = "complaint-withdrawn", "the withdrawal of the complaint";
        SecondStageAgreed = "second-stage-agreed", "the agreed complaint of the second stage";
        SecondStageExtended = "second-stage-extended", "the longer time for the second stage";
        SecondStageAnswered = "second-stage-answered", "the answer of the second stage";
        ThirdStageAsked = "third-stage-asked", "asking for the third stage";
        ComplaintPanel = "complaint-panel", "the review panel of the complaint";
        ComplaintPanelReported = "complaint-panel-reported", "the report of the panel";
        ThirdStageAnswered = "third-stage-answered", "the council's answer to the panel";
        AdultComplaintReceived = "adult-complaint-received", "the complaint about adult social care";
        AdultComplaintAcknowledged = "adult-complaint-acknowledged", "the acknowledgement of the complaint";
        AdultComplaintAnswered = "adult-complaint-answered", "the answer to the complaint about adult social care";
        AccessAsked = "access-asked", "the request for the record";
        AccessClarificationAsked = "access-clarification-asked", "asking what is meant";
        AccessClarified = "access-clarified", "saying what is meant";
        AccessExtended = "access-extended", "telling them that it takes longer";
        AccessGiven = "access-given", "giving the record";
        AccessWithdrawn = "access-withdrawn", "the withdrawal of the request for the record";
        CorrectionAsked = "correction-asked", "the request for correction";
        CorrectionExtended = "correction-extended", "telling them that the correction takes longer";
        CorrectionDecided = "correction-decided", "the decision on the correction";
        CorrectionWithdrawn = "correction-withdrawn", "the withdrawal of the request for correction";
        InformationComplaintReceived = "information-complaint-received", "the complaint about information";
        InformationComplaintAcknowledged = "information-complaint-acknowledged", "the acknowledgement of the complaint about information";
        BreachKnown = "breach-known", "becoming aware of the breach";
        BreachReported = "breach-reported", "the report of the breach";
        BreachNotReported = "breach-not-reported", "the decision not to report the breach";
        FreedomAsked = "freedom-asked", "the freedom of information request";
        FreedomClarificationAsked = "freedom-clarification-asked", "asking what information is meant";
        FreedomClarified = "freedom-clarified", "saying what information is meant";
        FreedomExtended = "freedom-extended", "the longer time for the information request";
        FreedomAnswered = "freedom-answered", "the answer to the information request";
        FreedomWithdrawn = "freedom-withdrawn", "the withdrawal of the information request";
        EhcAsked = "ehc-asked", "the request for an education, health and care plan";
        EhcAssessmentDecided = "ehc-assessment-decided", "the decision whether to assess";
        EhcRefused = "ehc-refused", "the decision not to make a plan";
        EhcWithdrawn = "ehc-withdrawn", "the withdrawal of the request for a plan";
        EhcAdviceAsked = "ehc-advice-asked", "being asked for advice";
        EhcAdviceGiven = "ehc-advice-given", "the advice of social care";
        EhcPlanMade = "ehc-plan-made", "the education, health and care plan";
        EhcReviewMet = "ehc-review-met", "the yearly review meeting";
        EhcReviewDecided = "ehc-review-decided", "the decision after the yearly review";
        EhcSchoolChanges = "ehc-school-changes", "the coming change of school";
        EhcSchoolEnds = "ehc-school-ends", "the coming end of secondary school";
        EhcPlanAmended = "ehc-plan-amended", "the amended plan";
        EhcPlanEnded = "ehc-plan-ended", "the end of the education, health and care plan";
        AdultEnquiryBegan = "adult-enquiry-began", "the beginning of the adult enquiry";
        AdultEnquiryDecided = "adult-enquiry-decided", "the decision in the adult enquiry";
        AdultEnquiryPlanned = "adult-enquiry-planned", "the plan of the adult enquiry";
        AdultEnquiryEnded = "adult-enquiry-ended", "the end of the adult enquiry";
        AdultPlanBegan = "adult-plan-began", "the beginning of the adult's plan";
        AdultCareReviewed = "adult-care-reviewed", "the review of the adult's care";
        AdultPlanEnded = "adult-plan-ended", "the end of the adult's plan";
        WorkBegan = "work-began", "beginning to work here";
        SupervisionHeld = "supervision-held", "the supervision";
        WorkerLeft = "worker-left", "the worker leaving";
        FirstYearBegan = "first-year-began", "the beginning of the first year of practice";
        FirstYearAgreed = "first-year-agreed", "the agreement for the first year";
        FirstYearReviewed = "first-year-reviewed", "the review of the first year";
        FirstYearExtended = "first-year-extended", "the extension of the first year";
        FirstYearEnded = "first-year-ended", "the end of the first year of practice";
        Allocated = "allocated", "the allocation";
        AllocationEnded = "allocation-ended", "the end of the allocation";
        ChildTalkedAbout = "child-talked-about", "talking about the child in supervision";
        Registered = "registered", "the registration";
        RegistrationRenewed = "registration-renewed", "the renewal of the registration";
        HandoverDecided = "handover-decided", "the decision to hand over";
        HandoverAccepted = "handover-accepted", "the hand-over being accepted";
        HandoverReturned = "handover-returned", "the hand-over being returned";
        FamilyConferenceAsked = "family-conference-asked", "the referral for a family group conference";
        FamilyConferenceDeclined = "family-conference-declined", "the family no longer wanting a conference";
        CoordinatorNamed = "coordinator-named", "the naming of the coordinator";
        FamilyConference = "family-conference", "the family group conference";
        FamilyPlanAgreed = "family-plan-agreed", "the agreed family plan";
        FamilyPlanAnswered = "family-plan-answered", "the answer to the family's plan";
        FamilyReviewSet = "family-review-set", "the day the family chose";
        FamilyPlanReviewed = "family-plan-reviewed", "the review of the family's plan";
    }
}

impl FactKind {
    /// Whether the record holds facts of this kind today. A rule runs on pages once what starts it and what
    /// completes it are both held: a clock that nothing could stop would only ever be late.
    pub const fn is_held(self) -> bool {
        matches!(
            self,
            Self::ReferralDecided
                | Self::AssessmentBegan
                | Self::AssessmentFinished
                | Self::NeedFound
                | Self::NeedPlanBegan
                | Self::NeedEpisodeEnded
                | Self::HarmSuspected
                | Self::StrategyDiscussion
                | Self::EnquiryBegan
                | Self::EnquiryDiscussion
                | Self::EnquiryEnded
                | Self::ChildSeen
                | Self::ChildVisited
                | Self::InitialConference
                | Self::ReviewConference
                | Self::ProtectionPlanBegan
                | Self::ProtectionPlanEnded
                | Self::BecameLookedAfter
                | Self::CareEnded
                | Self::PlacementBegan
                | Self::PlacementEnded
                | Self::CareReview
                | Self::BecameEligible
                | Self::LeavingCareBegan
                | Self::LeavingCareEnded
                | Self::QuestionAsked
                | Self::QuestionAnswered
                | Self::ComplaintReceived
                | Self::ComplaintExtended
                | Self::ComplaintAnswered
                | Self::ComplaintWithdrawn
                | Self::SecondStageAgreed
                | Self::SecondStageExtended
                | Self::SecondStageAnswered
                | Self::AccessAsked
                | Self::AccessGiven
                | Self::ContactStopped
                | Self::ContactResumed
                | Self::ContactOrderMade
        )
    }
}
