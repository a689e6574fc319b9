//! What a census tells of one child, in our words: the person, periods of need and protection, steps. Pure.
//! What cannot be read, or cannot be so, is listed with its element and line, and never guessed.

use super::words;
use crate::faces::imports::Unread;
use crate::person::actions::{NewBirth, NewDetail, NewIdentifier};
use jiff::civil::Date;
use practice::episode::{EpisodeKind, StepKind, StepOutcome};
use practice::identifier::{CouncilId, Upn};
use practice::person::{BirthBasis, DetailKind, IdentifierKind, PersonKind};
use returns::cin::{Child, Dated, Episode, Flag, ProtectionPlan, Section47, Written};
use serde_json::{Value as Json, json};

/// A census as a whole, as far as each child needs it.
#[derive(Clone, Debug)]
pub(super) struct Census {
    /// The year in which it ends.
    pub(super) year: i16,
    /// Its last day.
    pub(super) reference: Date,
    /// The day of the import.
    pub(super) today: Date,
}

impl Census {
    /// Where an entry comes from, in words.
    pub(super) fn source(&self) -> String {
        format!("Children in need census, year ending {}", self.reference.strftime("%-d %B %Y"))
    }
}

/// A child as a census tells it.
#[derive(Clone, Debug)]
pub(super) struct Story {
    pub(super) council_id: String,
    pub(super) line: u64,
    pub(super) kind: PersonKind,
    pub(super) birth: Option<NewBirth>,
    pub(super) details: Vec<NewDetail>,
    pub(super) numbers: Vec<NewIdentifier>,
    pub(super) periods: Vec<Period>,
    /// Steps of a referral that led to nothing: they belong to no period.
    pub(super) loose: Vec<ToldStep>,
}

/// A period of need or of protection.
#[derive(Clone, Debug)]
pub(super) struct Period {
    pub(super) kind: EpisodeKind,
    pub(super) from: Date,
    pub(super) to: Option<Date>,
    pub(super) end_reason: Option<String>,
    /// Categories of harm, each from when it is known to hold.
    pub(super) categories: Vec<(&'static str, Date)>,
    pub(super) line: u64,
    pub(super) steps: Vec<ToldStep>,
}

/// A step as a census tells it.
#[derive(Clone, Debug)]
pub(super) struct ToldStep {
    pub(super) kind: StepKind,
    pub(super) on: Date,
    pub(super) ended: Option<Date>,
    pub(super) outcome: Option<StepOutcome>,
    pub(super) detail: Option<Json>,
    pub(super) words: String,
    pub(super) line: u64,
}

/// Reads one child, listing what is not understood.
pub(super) struct Teller<'a> {
    census: &'a Census,
    child: Option<String>,
    pub(super) unread: Vec<Unread>,
}

const A_DAY: &str = "A day such as 2025-04-23 is expected";

impl<'a> Teller<'a> {
    pub(super) fn of(census: &'a Census, child: &Child) -> Self {
        let id = child.child_id.text.clone();
        let not_understood = child.not_understood.iter().map(|left| Unread {
            child: left.child.clone().or_else(|| id.clone()),
            element: left.element.clone(),
            line: u64::from(left.line),
            value: left.value.clone(),
            why: None,
        });
        let unread = not_understood.collect();
        Self { census, child: id, unread }
    }

    fn miss(&mut self, element: &str, line: u32, value: Option<&str>, why: &str) {
        self.unread.push(Unread {
            child: self.child.clone(),
            element: element.to_owned(),
            line: u64::from(line),
            value: value.unwrap_or_default().to_owned(),
            why: Some(why.to_owned()),
        });
    }

    /// A day that has been; lists any other.
    fn day(&mut self, element: &str, dated: &Dated) -> Option<Date> {
        let text = dated.text.as_deref()?;
        match dated.date {
            None => self.miss(element, dated.line, Some(text), A_DAY),
            Some(day) if day > self.census.today => {
                self.miss(element, dated.line, Some(text), "This day is still to come");
            }
            Some(day) => return Some(day),
        }
        None
    }

    /// A first and a last day. Nothing where either cannot be.
    fn span(
        &mut self,
        elements: (&str, &str),
        from: &Dated,
        to: &Dated,
        line: u32,
    ) -> Option<(Date, Option<Date>)> {
        let first = self.day(elements.0, from);
        let last = self.day(elements.1, to);
        if from.text.is_none() {
            self.miss(elements.0, line, None, "The first day is missing, so this was left out");
        }
        let first = first?;
        if to.text.is_some() && last.is_none() {
            return None;
        }
        if last.is_some_and(|last| last < first) {
            self.miss(
                elements.1,
                to.line,
                to.text.as_deref(),
                "This is before the first day, so it was left out",
            );
            return None;
        }
        Some((first, last))
    }

    /// A code in words; lists one that is not of the list.
    fn code<T>(&mut self, element: &str, written: &Written, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = written.as_str()?;
        let found = read(text.trim()).or_else(|| read(&text.trim().to_uppercase()));
        if found.is_none() {
            self.miss(element, written.line, Some(text), "This code is not in the list of the census");
        }
        found
    }

    /// The flag, listing what is neither yes nor no.
    fn flag(&mut self, element: &str, flag: &Flag) -> Option<bool> {
        if flag.value.is_none() && flag.text.is_some() {
            self.miss(element, flag.line, flag.text.as_deref(), "true, false, 1 or 0 is expected");
        }
        flag.value
    }

    /// The child's story; nothing where it cannot be told whose it is.
    pub(super) fn tell(&mut self, child: &Child) -> Option<Story> {
        let id = child.child_id.text.as_deref();
        let Some(id) = id else {
            self.miss(
                "LAchildID",
                child.line,
                None,
                "The child's id is missing, so nothing of this child was stored",
            );
            return None;
        };
        let council_id = match CouncilId::parse(id) {
            Ok(id) => String::from(id),
            Err(fault) => {
                let why = format!("{fault} Nothing of this child was stored");
                self.miss("LAchildID", child.child_id.line, Some(id), &why);
                return None;
            }
        };
        let (kind, birth) = self.birth(child);
        let mut story = Story {
            council_id,
            line: u64::from(child.line),
            kind,
            birth,
            details: self.details(child),
            numbers: vec![],
            periods: vec![],
            loose: vec![],
        };
        let numbers = [
            ("UPN", &child.upn, IdentifierKind::Upn),
            ("FormerUPN", &child.former_upn, IdentifierKind::FormerUpn),
        ];
        for (element, written, kind) in numbers {
            let Some(text) = written.as_str() else { continue };
            match Upn::parse(text) {
                Ok(number) => story.numbers.push(NewIdentifier::new(kind, number.as_str())),
                Err(fault) => self.miss(element, written.line, Some(text), &fault.to_string()),
            }
        }
        for episode in &child.episodes {
            self.episode(episode, &mut story);
        }
        Some(story)
    }

    fn birth(&mut self, child: &Child) -> (PersonKind, Option<NewBirth>) {
        let oldest = self.census.today.year() - 125;
        if let Some(on) = self.day("PersonBirthDate", &child.born) {
            if on.year() >= oldest {
                return (PersonKind::Born, Some(NewBirth { on, basis: BirthBasis::Exact, note: None }));
            }
            self.miss(
                "PersonBirthDate",
                child.born.line,
                child.born.text.as_deref(),
                "Nobody lives as long as that",
            );
        }
        let expected = &child.expected;
        if child.born.text.is_none()
            && let Some(text) = expected.text.as_deref()
        {
            let latest = practice::calendar::add_months(self.census.today, 10);
            match expected.date.filter(|day| day.year() >= oldest && *day <= latest) {
                Some(on) => {
                    let birth = NewBirth { on, basis: BirthBasis::Expected, note: None };
                    return (PersonKind::Unborn, Some(birth));
                }
                None => self.miss("ExpectedPersonBirthDate", expected.line, Some(text), A_DAY),
            }
        }
        (PersonKind::Born, None)
    }

    fn details(&mut self, child: &Child) -> Vec<NewDetail> {
        let mut details = vec![];
        for (element, written) in [("Sex", &child.sex), ("GenderCurrent", &child.gender)] {
            let said = self.code(element, written, words::sex).flatten();
            details.extend(said.map(|(kind, words)| NewDetail::new(kind, words)));
        }
        let said = self.code("Ethnicity", &child.ethnicity, words::ethnicity);
        details.extend(said.map(|words| NewDetail::new(DetailKind::Ethnicity, words)));
        for disability in &child.disabilities {
            let said = self.code("Disability", disability, words::disability).flatten();
            let new = said.map(|words| NewDetail::new(DetailKind::Disability, words));
            details.extend(new.filter(|new| !details.contains(new)));
        }
        let died = self.day("PersonDeathDate", &child.died);
        details.extend(died.map(|day| NewDetail::new(DetailKind::Died, &day.to_string())));
        details
    }

    fn episode(&mut self, episode: &Episode, story: &mut Story) {
        let elements = ("CINreferralDate", "CINclosureDate");
        let Some((from, to)) = self.span(elements, &episode.referred, &episode.closed, episode.line) else {
            let what = "The whole CINdetails was left out, because its first or last day cannot be";
            self.miss("CINdetails", episode.line, None, what);
            return;
        };
        let nothing = self.flag("ReferralNFA", &episode.no_further_action) == Some(true);
        let by = self.code("ReferralSource", &episode.source, words::referred_by);
        let need = self.code("PrimaryNeedCode", &episode.need, words::need);
        let why = self.code("ReasonForClosure", &episode.closed_why, words::closed);
        let codes = json!({"source": episode.source.as_str(), "need": episode.need.as_str()});
        let mut steps = vec![];
        let mut words = by.map_or_else(|| "Referred.".to_owned(), |by| format!("Referred by {by}."));
        if let Some(need) = need {
            words.push_str(&format!(" The main need: {need}."));
        }
        let referral = told(StepKind::Referral, from, None, words, episode.line);
        steps.push(ToldStep { detail: Some(codes), ..referral });
        if nothing {
            // the census says what was decided and not when
            let on = to.unwrap_or(from);
            let words =
                "No further action. The census does not say on which day this was decided.".to_owned();
            let decision = told(StepKind::ReferralDecision, on, None, words, episode.no_further_action.line);
            steps.push(ToldStep { outcome: Some(StepOutcome::NoFurtherAction), ..decision });
            story.loose.append(&mut steps);
        }
        self.assessments(episode, &mut steps);
        self.need_plans(episode, &mut steps);
        if let Some(on) = self.day("DateOfInitialCPC", &episode.conference) {
            steps.push(Self::conference(on, episode, episode.conference.line));
        }
        for enquiry in &episode.section_47s {
            self.enquiry(enquiry, episode, &mut steps);
        }
        let mut protection = vec![];
        for plan in &episode.protection_plans {
            protection.extend(self.protection(plan));
        }
        self.before_court(episode);
        if nothing && steps.is_empty() && protection.is_empty() {
            return;
        }
        let mut reason = why.map(str::to_owned);
        if to.is_some() && reason.is_none() {
            reason = Some("Closed; the census gives no reason".to_owned());
        }
        story.periods.push(Period {
            kind: EpisodeKind::ChildInNeed,
            from,
            to,
            end_reason: reason,
            categories: vec![],
            line: u64::from(episode.line),
            steps,
        });
        story.periods.append(&mut protection);
    }

    fn before_court(&mut self, episode: &Episode) {
        for left in &episode.pre_proceedings {
            let first = left.start.text.as_deref();
            let why = "Steps before court are not kept as facts yet";
            self.miss("PreProceedingsandFGDM", left.line, first, why);
        }
    }

    fn assessments(&mut self, episode: &Episode, steps: &mut Vec<ToldStep>) {
        for assessment in &episode.assessments {
            let elements = ("AssessmentActualStartDate", "AssessmentAuthorisationDate");
            let Some((on, ended)) =
                self.span(elements, &assessment.from, &assessment.authorised, assessment.line)
            else {
                continue;
            };
            let review = self.day("AssessmentInternalReviewDate", &assessment.internal_review);
            let mut found = vec![];
            for factor in &assessment.factors {
                found.extend(self.code("AssessmentFactors", factor, words::factor));
            }
            let codes: Vec<&str> = assessment.factors.iter().filter_map(Written::as_str).collect();
            let mut words = match ended {
                Some(_) => "Assessment, finished.".to_owned(),
                None => "Assessment.".to_owned(),
            };
            if !found.is_empty() {
                words.push_str(&format!(" What was found: {}.", found.join("; ")));
            }
            let step = told(StepKind::Assessment, on, ended, words, assessment.line);
            let detail = json!({"factors": codes, "internal_review": review});
            let some = !codes.is_empty() || review.is_some();
            steps.push(ToldStep { detail: some.then_some(detail), ..step });
        }
    }

    fn need_plans(&mut self, episode: &Episode, steps: &mut Vec<ToldStep>) {
        for plan in &episode.cin_plans {
            let elements = ("CINPlanStartDate", "CINPlanEndDate");
            if let Some((on, ended)) = self.span(elements, &plan.from, &plan.to, plan.line) {
                let words = "Child in need plan.".to_owned();
                steps.push(told(StepKind::ChildInNeedPlan, on, ended, words, plan.line));
            }
        }
    }

    /// An initial conference. A plan that began on its day came from it; of any other the census says nothing.
    fn conference(on: Date, episode: &Episode, line: u32) -> ToldStep {
        let plan = episode.protection_plans.iter().any(|plan| plan.from.date == Some(on));
        let words = if plan {
            "Initial child protection conference. A plan was made."
        } else {
            "Initial child protection conference."
        };
        let step = told(StepKind::InitialConference, on, None, words.to_owned(), line);
        ToldStep { outcome: plan.then_some(StepOutcome::Plan), ..step }
    }

    fn enquiry(&mut self, enquiry: &Section47, episode: &Episode, steps: &mut Vec<ToldStep>) {
        let elements = ("S47ActualStartDate", "DateOfInitialCPC");
        let span = self.span(elements, &enquiry.from, &enquiry.conference, enquiry.line);
        let none = self.flag("ICPCnotRequired", &enquiry.no_conference) == Some(true);
        let target = self.day("InitialCPCtarget", &enquiry.conference_target);
        let Some((on, held)) = span else { return };
        let (ended, outcome, words) = match held {
            Some(held) => {
                (Some(held), Some(StepOutcome::Conference), "Section 47 enquiry, which led to a conference.")
            }
            None if none => {
                // the census says that none was needed and not when that was decided
                let by = target.filter(|target| *target >= on).unwrap_or(on);
                let words = "Section 47 enquiry. No conference was needed; the census does not say on which day this was decided.";
                (Some(by), Some(StepOutcome::NoConference), words)
            }
            None => (None, None, "Section 47 enquiry."),
        };
        let step = told(StepKind::Section47Enquiry, on, ended, words.to_owned(), enquiry.line);
        let detail = target.map(|target| json!({"conference_target": target}));
        steps.push(ToldStep { outcome, detail, ..step });
        if let Some(held) = held {
            steps.push(Self::conference(held, episode, enquiry.conference.line));
        }
    }

    fn protection(&mut self, plan: &ProtectionPlan) -> Option<Period> {
        let (from, to) = self.span(("CPPstartDate", "CPPendDate"), &plan.from, &plan.to, plan.line)?;
        let first = self.code("InitialCategoryOfAbuse", &plan.first_abuse, words::harm);
        let latest = self.code("LatestCategoryOfAbuse", &plan.latest_abuse, words::harm);
        let earlier = plan.earlier_plans.as_str().map(str::trim);
        if let Some(number) = earlier.filter(|number| number.parse::<u16>().is_err()) {
            let number = number.to_owned();
            self.miss(
                "NumberOfPreviousCPP",
                plan.earlier_plans.line,
                Some(&number),
                "A whole number is expected",
            );
        }
        let mut words = first.map_or_else(
            || "Child protection plan.".to_owned(),
            |first| format!("Child protection plan. Category at first: {}.", first.to_lowercase()),
        );
        let mut categories: Vec<(&'static str, Date)> =
            first.map(|first| (first, from)).into_iter().collect();
        if let Some(latest) = latest.filter(|latest| Some(*latest) != first) {
            words.push_str(&format!(
                " Latest category: {}; the census does not say since when.",
                latest.to_lowercase()
            ));
            let known = to.unwrap_or(self.census.reference).min(self.census.today).max(from);
            categories.push((latest, known));
        }
        let detail = json!({
            "first": plan.first_abuse.as_str(), "latest": plan.latest_abuse.as_str(), "earlier_plans": earlier,
        });
        let mut steps = vec![ToldStep {
            detail: Some(detail),
            ..told(StepKind::ProtectionPlan, from, to, words, plan.line)
        }];
        for review in &plan.reviews {
            if let Some(on) = self.day("CPPreviewDate", review) {
                let words = "Review of the child protection plan.".to_owned();
                steps.push(told(StepKind::ReviewConference, on, None, words, review.line));
            } else if review.text.is_none() {
                self.miss("CPPreviewDate", review.line, None, A_DAY);
            }
        }
        let end_reason = to.map(|_| "The plan ended".to_owned());
        let kind = EpisodeKind::ChildProtection;
        Some(Period { kind, from, to, end_reason, categories, line: u64::from(plan.line), steps })
    }
}

fn told(kind: StepKind, on: Date, ended: Option<Date>, words: String, line: u32) -> ToldStep {
    ToldStep { kind, on, ended, outcome: None, detail: None, words, line: u64::from(line) }
}
