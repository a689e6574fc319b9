//! What may be done to an episode, and who may answer for a person while one is open.
//!
//! Correcting a mistake, a change of circumstances and ending are three different things and are kept apart.

use crate::episode::EpisodeKind;
use crate::id::EpisodeId;
use crate::role::Role;
use jiff::civil::Date;

/// An episode as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Which.
    pub id: EpisodeId,
    /// Of what kind.
    pub kind: EpisodeKind,
    /// Its first day.
    pub from: Date,
    /// Its last day, once it has ended.
    pub to: Option<Date>,
}

/// A day as a sentence says it: "6 May 2026".
fn written(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// Why practice says no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EpisodeRefusal {
    /// It would begin after today.
    #[error("An episode begins on the day it is opened or before, not after")]
    Future,
    /// It would end before it began.
    #[error("It cannot end before it began, on {}", written(*.0))]
    EndsBeforeItBegan(Date),
    /// Another of the same kind is open or overlaps.
    #[error(
        "{kind} is there already, from {}. Correct or end that one first: two of one kind cannot overlap", written(*.from)
    )]
    Overlaps {
        /// The kind.
        kind: EpisodeKind,
        /// When the other began.
        from: Date,
    },
    /// It has ended already.
    #[error("This has already ended, on {}", written(*.0))]
    Ended(Date),
    /// The team has nobody who manages it.
    #[error("{0} has no manager, and someone must answer for the person while nobody is allocated")]
    TeamWithoutManager(String),
}

/// Whether these dates of an episode of this kind may stand beside the person's other episodes. Days at the
/// seam may be shared: one may begin on the day another ends.
///
/// # Errors
/// [`EpisodeRefusal`] with its sentence.
pub fn may_stand(others: &[Span], this: Span, today: Date) -> Result<(), EpisodeRefusal> {
    if this.from > today || this.to.is_some_and(|to| to > today) {
        return Err(EpisodeRefusal::Future);
    }
    if this.to.is_some_and(|to| to < this.from) {
        return Err(EpisodeRefusal::EndsBeforeItBegan(this.from));
    }
    let end = |to: Option<Date>| to.unwrap_or(Date::MAX);
    for other in others.iter().filter(|other| other.id != this.id && other.kind == this.kind) {
        if this.from < end(other.to) && other.from < end(this.to) {
            return Err(EpisodeRefusal::Overlaps { kind: other.kind, from: other.from });
        }
    }
    Ok(())
}

/// Why someone may not be allocated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AllocationRefusal {
    /// The worker holds no post in which people are worked with.
    #[error("{0} has no post today in which people are worked with")]
    NotInPost(String),
    /// Section 47 work, protection plans and looked-after children need a registered social worker.
    #[error("{kind} needs a registered social worker to be responsible; {name} can help")]
    NeedsSocialWorker {
        /// The worker.
        name: String,
        /// The episode that needs one.
        kind: EpisodeKind,
    },
    /// They work with the person in that part already.
    #[error("{0} does this already")]
    Already(String),
    /// It would begin after today.
    #[error("An allocation begins today or before, not after")]
    Future,
}

/// Whether a worker in these posts may be the one responsible for someone with these open episodes
/// (Working Together: section 47 and child protection; Care Planning Regulations 2010: looked-after children).
///
/// # Errors
/// [`AllocationRefusal`] with its sentence.
pub fn may_be_responsible(name: &str, roles: &[Role], open: &[EpisodeKind]) -> Result<(), AllocationRefusal> {
    may_work_with(name, roles)?;
    if let Some(&kind) = open.iter().find(|kind| kind.needs_social_worker())
        && !roles.iter().any(|role| role.is_social_worker())
    {
        return Err(AllocationRefusal::NeedsSocialWorker { name: name.to_owned(), kind });
    }
    Ok(())
}

/// Whether a worker in these posts may work with people at all.
///
/// # Errors
/// [`AllocationRefusal::NotInPost`].
pub fn may_work_with(name: &str, roles: &[Role]) -> Result<(), AllocationRefusal> {
    if roles.iter().any(|role| role.can_be_allocated()) {
        Ok(())
    } else {
        Err(AllocationRefusal::NotInPost(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn span(id: u128, kind: EpisodeKind, from: Date, to: Option<Date>) -> Span {
        Span { id: Uuid::from_u128(id).into(), kind, from, to }
    }

    #[test]
    fn two_of_one_kind_may_not_overlap_and_of_different_kinds_may() {
        let today = date(2026, 11, 21);
        let open = span(1, EpisodeKind::ChildInNeed, date(2026, 5, 1), None);
        let again = span(2, EpisodeKind::ChildInNeed, date(2026, 6, 1), None);
        assert!(matches!(may_stand(&[open], again, today), Err(EpisodeRefusal::Overlaps { .. })));
        let other = span(2, EpisodeKind::ChildProtection, date(2026, 6, 1), None);
        assert_eq!(may_stand(&[open], other, today), Ok(()));
        let before = span(3, EpisodeKind::ChildInNeed, date(2025, 1, 1), Some(date(2026, 5, 1)));
        assert_eq!(may_stand(&[open], before, today), Ok(()), "a day at the seam may be shared");
        assert_eq!(may_stand(&[open], open, today), Ok(()), "a correction does not overlap itself");
    }

    #[test]
    fn dates_that_cannot_be_are_refused() {
        let today = date(2026, 11, 21);
        let tomorrow = span(1, EpisodeKind::Adult, date(2026, 11, 22), None);
        assert_eq!(may_stand(&[], tomorrow, today), Err(EpisodeRefusal::Future));
        let backwards = span(1, EpisodeKind::Adult, date(2026, 11, 20), Some(date(2026, 11, 19)));
        assert_eq!(
            may_stand(&[], backwards, today),
            Err(EpisodeRefusal::EndsBeforeItBegan(date(2026, 11, 20)))
        );
    }

    #[test]
    fn a_family_support_worker_may_answer_for_a_child_in_need_but_not_under_protection() {
        let roles = [Role::FamilySupportWorker];
        assert_eq!(may_be_responsible("Kit", &roles, &[EpisodeKind::ChildInNeed]), Ok(()));
        let refused =
            may_be_responsible("Kit", &roles, &[EpisodeKind::ChildInNeed, EpisodeKind::ChildProtection]);
        assert!(matches!(refused, Err(AllocationRefusal::NeedsSocialWorker { .. })));
        assert!(may_work_with("Data", &[Role::DataOfficer]).is_err());
    }
}
