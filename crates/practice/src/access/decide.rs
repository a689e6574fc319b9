//! The decision about one person's record: level first, then ties, deny by default.

use super::decision::{Decision, Reason, Refusal};
use super::reader::{Reader, Staff};
use super::rights::Action;
use super::sight::Sight;
use super::ties::{AllocationKind, ChildTie, Covered, Link, Tie, Ties};
use crate::person::AccessLevel;
use crate::role::Role;
use jiff::Timestamp;

/// Decides whether this reader, so tied to a person whose record is at this level, may see or do this now.
///
/// The level comes first, so that a sealed or restricted record answers everyone alike; then the account;
/// then a declared link; then the ties, strongest first as they are given.
pub fn decide(reader: &Reader, level: AccessLevel, ties: &Ties, sight: Sight, now: Timestamp) -> Decision {
    match weigh(reader, level, ties, sight, now) {
        Ok(reason) => Decision::Allowed(reason),
        Err(refusal) => Decision::Refused(refusal),
    }
}

fn weigh(
    reader: &Reader,
    level: AccessLevel,
    ties: &Ties,
    sight: Sight,
    now: Timestamp,
) -> Result<Reason, Refusal> {
    let staff = signed_in(reader)?;
    match level {
        AccessLevel::Sealed => return Err(Refusal::Sealed),
        AccessLevel::Restricted => return restricted(staff, ties, sight, now),
        AccessLevel::Findable => {}
    }
    if staff.administers() {
        return Err(Refusal::Administrator);
    }
    if sight == Sight::Exists {
        return Ok(Reason::WorksForCouncil);
    }
    if ties.conflict {
        return Err(Refusal::Conflict);
    }
    if sight == Sight::ManageAccess {
        return keeps_list(staff);
    }
    if sight == Sight::Join
        && let Some(role) = joins(staff)
    {
        return Ok(Reason::Post(role));
    }
    if sight == Sight::Rights
        && let Some(role) = answers(staff)
    {
        return Ok(Reason::Post(role));
    }
    let listless: Vec<&Tie> = live(staff, &ties.direct, now).filter(|tie| **tie != Tie::Listed).collect();
    by_ties(staff, &listless, &ties.children, sight, now)
}

/// A working account: signed in, not ended, with a post today.
pub(super) fn signed_in(reader: &Reader) -> Result<&Staff, Refusal> {
    match reader {
        Reader::Nobody | Reader::Person(_) => Err(Refusal::NotSignedIn),
        Reader::Staff(staff) if staff.ended => Err(Refusal::AccountEnded),
        Reader::Staff(staff) if staff.posts.is_empty() => Err(Refusal::NoPost),
        Reader::Staff(staff) => Ok(staff),
    }
}

/// A restricted record: for those named on its list, for a duty role while the glass is broken, and, as
/// to its existence and list only, for the officer who keeps the list. To all others it is not there.
fn restricted(staff: &Staff, ties: &Ties, sight: Sight, now: Timestamp) -> Result<Reason, Refusal> {
    if staff.administers() || ties.conflict {
        return Err(Refusal::Restricted);
    }
    let officer = staff.holds(Role::RestrictedRecordsOfficer);
    if officer && matches!(sight, Sight::Exists | Sight::ManageAccess | Sight::Join) {
        return Ok(Reason::KeepsRestrictedList);
    }
    let direct: Vec<&Tie> = live(staff, &ties.direct, now).collect();
    if direct.contains(&&Tie::Listed) {
        if sight == Sight::ManageAccess {
            return Err(Refusal::NeedsRestrictedRecordsOfficer);
        }
        return by_ties(staff, &direct, &ties.children, sight, now);
    }
    let glass: Vec<&Tie> = direct
        .into_iter()
        .filter(|tie| matches!(tie, Tie::Glass { .. }) && staff.holds_any(Role::is_duty))
        .collect();
    if glass.is_empty() {
        return Err(Refusal::Restricted);
    }
    if sight == Sight::ManageAccess {
        return Err(Refusal::NeedsRestrictedRecordsOfficer);
    }
    by_ties(staff, &glass, &[], sight, now)
}

/// Those who keep the council's records right may join findable ones without working with the person.
fn joins(staff: &Staff) -> Option<Role> {
    [Role::DataOfficer, Role::RestrictedRecordsOfficer].into_iter().find(|role| staff.holds(*role))
}

/// Those who answer for the council's records do so for findable ones without working with the person: most who ask
/// for their record, and all whose record's time has come, have nobody who works with them any more.
fn answers(staff: &Staff) -> Option<Role> {
    [Role::DataOfficer, Role::HeadOfService].into_iter().find(|role| staff.holds(*role))
}

fn keeps_list(staff: &Staff) -> Result<Reason, Refusal> {
    if staff.holds(Role::RestrictedRecordsOfficer) {
        Ok(Reason::KeepsRestrictedList)
    } else {
        Err(Refusal::NeedsRestrictedRecordsOfficer)
    }
}

/// The ties that hold now for someone with these posts: none for those who work without names, and a lead
/// only with a leading post.
fn live<'a>(staff: &'a Staff, direct: &'a [Tie], now: Timestamp) -> impl Iterator<Item = &'a Tie> {
    direct.iter().filter(move |tie| {
        tie.holds_at(now)
            && match tie {
                Tie::Leads { .. } => staff.holds_any(Role::leads),
                Tie::Allocated(_)
                | Tie::Covering { .. }
                | Tie::Began { .. }
                | Tie::Listed
                | Tie::Glass { .. } => staff.holds_any(Role::works_with_people),
            }
    })
}

fn by_ties(
    staff: &Staff,
    direct: &[&Tie],
    children: &[ChildTie],
    sight: Sight,
    now: Timestamp,
) -> Result<Reason, Refusal> {
    if let Some(tie) = direct.iter().find(|tie| grants(tie, sight)) {
        qualified(staff, sight)?;
        return Ok(Reason::Tie((*tie).clone()));
    }
    let mut through = children.iter().filter_map(|child| Some((child, works_with(staff, child, now)?)));
    let first = through.next();
    let granting = first.into_iter().chain(through).find(|(child, _)| link_grants(child.link, sight));
    if let Some((child, tie)) = granting {
        qualified(staff, sight)?;
        return Ok(Reason::Child {
            tie: tie.clone(),
            child: child.name.clone(),
            bond: child.bond,
            link: child.link,
        });
    }
    Err(why_not(staff, direct, first.is_some(), sight))
}

/// The working relationship with a child that also opens the child's household and parents. It does not
/// go through a child whose own record the reader cannot open.
fn works_with<'a>(staff: &'a Staff, child: &'a ChildTie, now: Timestamp) -> Option<&'a Tie> {
    let listed = child.direct.contains(&Tie::Listed);
    let reached = match child.level {
        AccessLevel::Findable => true,
        AccessLevel::Restricted => listed,
        AccessLevel::Sealed => false,
    };
    if child.conflict || !reached {
        return None;
    }
    live(staff, &child.direct, now).find(|tie| tie.is_working())
}

/// Protection and care: the responsible worker must be a social worker (see
/// [`crate::episode::EpisodeKind::needs_social_worker`]), so only those open, change and end them, and
/// those who manage and review them.
fn qualified(staff: &Staff, sight: Sight) -> Result<(), Refusal> {
    let Sight::Episode(kind, _) = sight else { return Ok(()) };
    let may = |role: Role| role.is_social_worker() || role.leads() || role == Role::ReviewingOfficer;
    if !kind.needs_social_worker() || staff.holds_any(may) { Ok(()) } else { Err(Refusal::NeedsSocialWorker) }
}

/// What one tie to that very person gives.
const fn grants(tie: &Tie, sight: Sight) -> bool {
    match tie {
        Tie::Allocated(kind) | Tie::Covering { of: Covered::Allocation(kind), .. } => {
            allocation_grants(*kind, sight)
        }
        Tie::Leads { .. } | Tie::Covering { of: Covered::Lead(_), .. } => {
            !matches!(sight, Sight::ManageAccess)
        }
        Tie::Began { .. } => {
            !matches!(sight, Sight::ManageAccess | Sight::Allocate(_) | Sight::Join | Sight::Rights)
        }
        Tie::Listed => sight.only_reads(),
        Tie::Glass { .. } => matches!(
            sight,
            Sight::Exists | Sight::Open | Sight::ConfidentialAddress | Sight::WhoHasRead | Sight::Record
        ),
    }
}

const fn allocation_grants(kind: AllocationKind, sight: Sight) -> bool {
    match sight {
        Sight::ManageAccess | Sight::Join => false,
        Sight::Rights => matches!(kind, AllocationKind::Responsible),
        Sight::Allocate(other) => {
            matches!(kind, AllocationKind::Responsible) && matches!(other, AllocationKind::Helping)
        }
        Sight::ChangePerson => !matches!(kind, AllocationKind::Reviewing),
        Sight::Exists
        | Sight::Open
        | Sight::ConfidentialAddress
        | Sight::WhoHasRead
        | Sight::Export
        | Sight::Record
        | Sight::Steps
        | Sight::Episode(..) => true,
    }
}

/// What working with a child gives in the record of the household, and of those with parental responsibility.
const fn link_grants(link: Link, sight: Sight) -> bool {
    match sight {
        Sight::Exists
        | Sight::Open
        | Sight::WhoHasRead
        | Sight::Export
        | Sight::Record
        | Sight::Steps
        | Sight::ChangePerson => true,
        Sight::Episode(..) => matches!(link, Link::Household),
        Sight::ConfidentialAddress
        | Sight::Allocate(_)
        | Sight::Join
        | Sight::Rights
        | Sight::ManageAccess => false,
    }
}

fn why_not(staff: &Staff, direct: &[&Tie], through_child: bool, sight: Sight) -> Refusal {
    if sight == Sight::Join {
        return Refusal::NotInPost(Action::JoinRecords);
    }
    if sight == Sight::Rights {
        return Refusal::NotInPost(Action::AnswerRights);
    }
    if direct.is_empty() && !through_child {
        return Refusal::NoTie { may_break_glass: staff.holds_any(Role::works_with_people) };
    }
    if matches!(sight, Sight::Allocate(_)) {
        return Refusal::NeedsLead;
    }
    if direct.is_empty() {
        return Refusal::NeedsOwnTie;
    }
    if direct.iter().all(|tie| matches!(tie, Tie::Glass { .. })) {
        return Refusal::OnlyGlass;
    }
    Refusal::NotTheirPart
}
