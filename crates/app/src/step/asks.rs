//! The questions about a step, and what may be answered: each kind has its own outcomes, and its own episode.

use super::actions::Step;
use super::pages::Candidate;
use crate::clock::shown::day;
use crate::who::Signed;
use crate::working::About;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Post, Typed, button, buttons};
use practice::episode::{EpisodeKind, StepKind, StepOutcome};
use practice::id::EpisodeId;

/// Whether a step goes on for a time and is finished later.
pub(super) const fn goes_on(kind: StepKind) -> bool {
    matches!(
        kind,
        StepKind::Assessment
            | StepKind::Section47Enquiry
            | StepKind::ProtectionPlan
            | StepKind::ChildInNeedPlan
            | StepKind::Placement
    )
}

/// How a step of a kind may come out: asked when it is recorded, of one that goes on when it is finished.
pub(super) const fn outcomes(kind: StepKind) -> &'static [StepOutcome] {
    use StepOutcome::{
        Assessment, Conference, FamilyHelp, NoConference, NoFurtherAction, NoPlan, OtherAgency, Plan,
        Section47,
    };
    match kind {
        StepKind::Referral | StepKind::ReferralDecision => {
            &[Assessment, Section47, FamilyHelp, OtherAgency, NoFurtherAction]
        }
        StepKind::StrategyDiscussion => &[Section47, Assessment, NoFurtherAction],
        StepKind::Assessment => &[Plan, Section47, FamilyHelp, OtherAgency, NoFurtherAction],
        StepKind::Section47Enquiry => &[Conference, NoConference],
        StepKind::InitialConference | StepKind::ReviewConference | StepKind::ChildInNeedReview => {
            &[Plan, NoPlan]
        }
        StepKind::CoreGroup
        | StepKind::ProtectionPlan
        | StepKind::ChildInNeedPlan
        | StepKind::Placement
        | StepKind::LookedAfterReview => &[],
    }
}

/// The episode a step belongs to among those open on its day, the newest first: of its own kind where it has
/// one, else the newest.
pub(super) fn where_it_belongs(kind: StepKind, open: &[(EpisodeId, EpisodeKind)]) -> Option<EpisodeId> {
    let own = match kind {
        StepKind::InitialConference
        | StepKind::CoreGroup
        | StepKind::ReviewConference
        | StepKind::ProtectionPlan => Some(EpisodeKind::ChildProtection),
        StepKind::ChildInNeedPlan | StepKind::ChildInNeedReview => Some(EpisodeKind::ChildInNeed),
        StepKind::Placement | StepKind::LookedAfterReview => Some(EpisodeKind::LookedAfter),
        StepKind::Referral
        | StepKind::ReferralDecision
        | StepKind::Assessment
        | StepKind::StrategyDiscussion
        | StepKind::Section47Enquiry => None,
    };
    let of_own = open.iter().find(|(_, kind)| Some(*kind) == own);
    of_own.or_else(|| open.first()).map(|(id, _)| *id)
}

pub(super) fn outcome<'a>(form: &Form<'a>, kind: StepKind) -> Markup {
    let list: Vec<Choice<'a>> = outcomes(kind).iter().map(|it| Choice::new(it.code(), it.plain())).collect();
    html! { @if !list.is_empty() { (form.radios("outcome", "How did it come out", list)) } }
}

pub(super) fn record_form(
    signed: &Signed,
    about: &About,
    kind: StepKind,
    people: &[Candidate],
    (typed, errors): (&Typed, &FormErrors),
) -> Markup {
    let form = Form::new(typed, errors);
    let list = people.iter().map(|one| Choice::new(one.id.to_string(), one.name.as_str())).collect();
    let action = format!("{}/steps/record/{}", about.href, kind.code());
    let back = format!("{}/steps", about.href);
    html! {
        h2 { (kind.plain()) }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.checks("people", "Whom is it about", list).hint("Several at once: it is recorded once for all of them"))
            @if goes_on(kind) { (form.date("on", "First day")) } @else {
                (form.date("on", "The day"))
                (outcome(&form, kind))
            }
            (form.textarea("narrative", "What happened, in words").rows(5).hint("Stands as one entry on the timeline. May be left empty"))
            (buttons(html! { (button("See what follows")) a href=(back) { "Leave it" } }))
        }))
    }
}

pub(super) fn finish_form(
    signed: &Signed,
    about: &About,
    held: &Step,
    today: Date,
    (typed, errors): (&Typed, &FormErrors),
) -> Markup {
    let form = Form::new(typed, errors);
    let action = format!("{}/steps/{}/finish", about.href, held.id);
    let back = format!("{}/steps", about.href);
    html! {
        h2 { "Finish: " (held.kind.plain()) }
        p.soft { "Going on since " (day(held.on, today)) "." }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.date("on", "Last day"))
            (outcome(&form, held.kind))
            (form.textarea("narrative", "What happened, in words").rows(5).hint("Stands as one entry on the timeline. May be left empty"))
            (buttons(html! { (button("See what follows")) a href=(back) { "Leave it" } }))
        }))
    }
}

/// What was answered, to check.
pub(super) fn answers<'a>(
    kind: &'a str,
    people: Option<String>,
    (on, outcome): (Date, Option<StepOutcome>),
    narrative: &str,
    today: Date,
) -> Vec<(&'a str, Markup)> {
    let mut answers = vec![("Step", html! { (kind) })];
    if let Some(people) = people {
        answers.push(("About", html! { (people) }));
    }
    answers.push(("Day", html! { (day(on, today)) }));
    if let Some(outcome) = outcome {
        answers.push(("How it came out", html! { (outcome.plain()) }));
    }
    if !narrative.trim().is_empty() {
        answers.push(("What happened", html! { (narrative) }));
    }
    answers
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_step_belongs_to_the_episode_of_its_kind_else_to_the_newest() {
        let open = [
            (EpisodeId(Uuid::from_u128(2)), EpisodeKind::ChildProtection),
            (EpisodeId(Uuid::from_u128(1)), EpisodeKind::ChildInNeed),
        ];
        let at = |kind| where_it_belongs(kind, &open).map(|id| id.0.as_u128());
        assert_eq!(at(StepKind::CoreGroup), Some(2));
        assert_eq!(at(StepKind::ChildInNeedReview), Some(1));
        assert_eq!(at(StepKind::Assessment), Some(2));
        assert_eq!(where_it_belongs(StepKind::Assessment, &[]), None);
    }
}
