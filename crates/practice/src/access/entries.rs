//! Who may read one thing recorded, which is often about several people at once.

use super::decide::{decide, signed_in};
use super::decision::{Decision, Reason, Refusal};
use super::reader::Reader;
use super::sight::Sight;
use super::ties::{AllocationKind, Covered, Tie, Ties};
use crate::entry::Readers;
use crate::id::{PersonId, WorkerId};
use crate::person::AccessLevel;
use jiff::Timestamp;

/// Who wrote an entry, who of the staff was there, and for whom it is kept. A statement that is kept to
/// fewer readers than its entry is asked about in the same way, with its own readers, after the entry.
#[derive(Clone, Copy, Debug)]
pub struct EntryFacts<'a> {
    /// Who wrote it.
    pub author: WorkerId,
    /// For whom it is kept.
    pub readers: Readers,
    /// Staff who were there.
    pub present: &'a [WorkerId],
    /// Staff named as readers, when it is kept to people named.
    pub named: &'a [WorkerId],
}

/// One person whom an entry touches: it is about them, they were there, or some of its words are theirs
/// or about them.
#[derive(Clone, Copy, Debug)]
pub struct Touched<'a> {
    /// Who.
    pub person: PersonId,
    /// Whether the entry is about them; otherwise they were there, or words are theirs or about them.
    pub about: bool,
    /// The level of their record.
    pub level: AccessLevel,
    /// How the reader is tied to them.
    pub ties: &'a Ties,
}

/// Decides whether this reader may read an entry, or anything attached to it.
///
/// All it touches must be within reach: if anyone in it is sealed, restricted beyond this reader, or
/// someone to whom the reader has a declared link, the entry is left out whole, even for its author.
/// Then: the author and staff who were there read it; others must be able to open the record of at least
/// one person it is about. Kept to *named* people, only the author and those of the named who satisfy
/// that read it. Kept to *staff who work with them*, being there is not enough.
pub fn read_entry(
    reader: &Reader,
    entry: &EntryFacts<'_>,
    touched: &[Touched<'_>],
    now: Timestamp,
) -> Decision {
    match weigh(reader, entry, touched, now) {
        Ok(reason) => Decision::Allowed(reason),
        Err(refusal) => Decision::Refused(refusal),
    }
}

fn weigh(
    reader: &Reader,
    entry: &EntryFacts<'_>,
    touched: &[Touched<'_>],
    now: Timestamp,
) -> Result<Reason, Refusal> {
    let staff = signed_in(reader)?;
    if staff.administers() {
        return Err(Refusal::Administrator);
    }
    if touched.iter().any(|one| out_of_reach(reader, one, now)) {
        return Err(Refusal::TouchesSomeoneHidden);
    }
    let wrote = staff.worker == entry.author;
    if wrote {
        return Ok(Reason::WroteIt);
    }
    if entry.readers == Readers::Named && !entry.named.contains(&staff.worker) {
        return Err(Refusal::NotAmongReaders);
    }
    let mut refusal = Refusal::NoTie { may_break_glass: false };
    for one in touched.iter().filter(|one| one.about) {
        match decide(reader, one.level, one.ties, Sight::Open, now) {
            Decision::Allowed(reason) => return Ok(reason),
            Decision::Refused(why) => refusal = why,
        }
    }
    if entry.readers != Readers::Staff && entry.present.contains(&staff.worker) {
        return Ok(Reason::WasThere);
    }
    Err(refusal)
}

/// Whether this person's part in an entry must stay unknown to the reader.
fn out_of_reach(reader: &Reader, one: &Touched<'_>, now: Timestamp) -> bool {
    match one.level {
        AccessLevel::Sealed => true,
        AccessLevel::Restricted => !decide(reader, one.level, one.ties, Sight::Open, now).is_allowed(),
        AccessLevel::Findable => one.ties.conflict,
    }
}

/// Decides whether this reader may correct an entry (a new version supersedes it and the old one stays
/// readable): they can read it and record about someone it is about, and wrote it, are the worker
/// responsible, or lead the team.
pub fn correct_entry(
    reader: &Reader,
    entry: &EntryFacts<'_>,
    touched: &[Touched<'_>],
    now: Timestamp,
) -> Decision {
    let read = read_entry(reader, entry, touched, now);
    if !read.is_allowed() {
        return read;
    }
    let wrote = reader.worker() == Some(entry.author);
    let mut refusal = Refusal::NotTheirsToCorrect;
    for one in touched.iter().filter(|one| one.about) {
        match decide(reader, one.level, one.ties, Sight::Record, now) {
            Decision::Allowed(_) if wrote => return Decision::Allowed(Reason::WroteIt),
            Decision::Allowed(reason) if answers_for(&reason) => return Decision::Allowed(reason),
            Decision::Allowed(_) => refusal = Refusal::NotTheirsToCorrect,
            Decision::Refused(why) if wrote => refusal = why,
            Decision::Refused(_) => {}
        }
    }
    Decision::Refused(refusal)
}

/// Decides whether this reader may say what became of a promise to a person, given what recording about that
/// person answers (`tied`). Whoever made it may even when they work with the person no longer: nobody else knows.
/// Every other refusal (a restricted record, a declared link, an ended account) stands.
pub fn may_answer_promise(reader: &Reader, made_by: Option<WorkerId>, tied: Decision) -> Decision {
    let made_it = made_by.is_some() && reader.worker() == made_by;
    if made_it && matches!(tied, Decision::Refused(Refusal::NoTie { .. })) {
        return Decision::Allowed(Reason::WroteIt);
    }
    tied
}

/// Whether the reason is a tie of someone who answers for the person.
const fn answers_for(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::Tie(
            Tie::Allocated(AllocationKind::Responsible)
                | Tie::Leads { .. }
                | Tie::Covering {
                    of: Covered::Allocation(AllocationKind::Responsible) | Covered::Lead(_),
                    ..
                }
        )
    )
}
