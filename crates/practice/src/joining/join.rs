//! What must be so before two records are joined, and what the one record then says where the two differ.

use super::Side;
use crate::entry::{Part, Seen};
use crate::episode::EpisodeKind;
use crate::id::{EpisodeId, PersonId};
use crate::person::{AccessLevel, Birth, BirthBasis};
use jiff::civil::Date;

/// What speaks for or against joining two records, gathered from the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Together {
    /// The record that would be kept.
    pub kept: PersonId,
    /// The record that would be joined to it.
    pub other: PersonId,
    /// Either is joined with another record already.
    pub joined_already: bool,
    /// One is recorded as somebody's relative or tie, and that somebody is the other.
    pub related: bool,
    /// They were told apart: somebody looked and said that these are two people.
    pub told_apart: bool,
    /// Somebody has either record open by breaking the glass.
    pub glass_open: bool,
}

/// Why two records are not joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoinRefusal {
    /// They are one record.
    #[error("This is one record. Choose the other record of the same person")]
    Same,
    /// Either is joined with another already.
    #[error("One of the two has been joined with another record already. Open that one and begin there")]
    Already,
    /// Nobody is their own mother, brother or friend.
    #[error(
        "These two are recorded as related to each other, and nobody is their own relative. If they are one person, take back that relationship first; if they are two, say so"
    )]
    Related,
    /// Somebody decided that they are two.
    #[error(
        "Somebody looked at these two and said that they are different people. Take that back first if it was wrong"
    )]
    ToldApart,
    /// Joining would let somebody who opened one record for a while into the other.
    #[error(
        "Somebody has opened one of the two by breaking the glass, and would see the other as well. Join them when that has ended"
    )]
    GlassOpen,
}

/// Whether two records may be made one.
///
/// # Errors
/// [`JoinRefusal`] with its sentence.
pub fn may_join(together: &Together) -> Result<(), JoinRefusal> {
    if together.kept == together.other {
        return Err(JoinRefusal::Same);
    }
    if together.joined_already {
        return Err(JoinRefusal::Already);
    }
    if together.told_apart {
        return Err(JoinRefusal::ToldApart);
    }
    if together.related {
        return Err(JoinRefusal::Related);
    }
    if together.glass_open {
        return Err(JoinRefusal::GlassOpen);
    }
    Ok(())
}

/// The level of the one record: the stricter of the two, so that joining never opens anything.
pub fn stricter_level(one: AccessLevel, two: AccessLevel) -> AccessLevel {
    let strict = |level| match level {
        AccessLevel::Findable => 0,
        AccessLevel::Restricted => 1,
        AccessLevel::Sealed => 2,
    };
    if strict(two) > strict(one) { two } else { one }
}

/// Whether a worker on the list of one record stays on the list of the one record: only whoever was let into the
/// stricter of the two, or into both where they are equally strict. `own` is the level of the record whose list they
/// are on, `their` that of the other, `on_both` whether they are on its list too.
pub fn stays_on_list(own: AccessLevel, their: AccessLevel, on_both: bool) -> bool {
    let level = stricter_level(own, their);
    own == level && (their != level || on_both)
}

/// Which of two births stands without asking: either of two that are the same, and a birth before one that was
/// only expected. None where whoever joins the records must say.
pub fn birth_stands(kept: Birth, other: Birth) -> Option<Side> {
    let expected = |birth: Birth| birth.basis == BirthBasis::Expected;
    match (expected(kept), expected(other)) {
        (true, false) => Some(Side::Other),
        (false, true) => Some(Side::Kept),
        _ => (kept == other).then_some(Side::Kept),
    }
}

/// How much a part in an entry says of somebody: of two parts of one person in one entry the one that says more
/// stands. About them before there; then seen alone, seen, not seen, nothing said of it.
pub fn says(part: Part, seen: Option<Seen>) -> (bool, u8) {
    let much = match seen {
        Some(Seen::Alone) => 3,
        Some(seen) if seen.was_seen() => 2,
        Some(_) => 1,
        None => 0,
    };
    (part == Part::About, much)
}

/// An episode of one of the two records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whose.
    pub side: Side,
    /// Which.
    pub id: EpisodeId,
    /// Of what kind.
    pub kind: EpisodeKind,
    /// Its first day.
    pub from: Date,
    /// Its last day, once it has ended.
    pub to: Option<Date>,
}

/// Two episodes of one kind, one of each record, at the same time: one person can have only one. Whoever joins the
/// records says which stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// Of the record that is kept.
    pub kept: Standing,
    /// Of the other.
    pub other: Standing,
}

fn at_once(one: &Standing, two: &Standing) -> bool {
    let end = |to: Option<Date>| to.unwrap_or(Date::MAX);
    one.kind == two.kind && one.id != two.id && one.from < end(two.to) && two.from < end(one.to)
}

/// Every pair of episodes that cannot both stand. A day at the seam may be shared, as
/// [`crate::episode_rules::may_stand`] has it.
pub fn overlaps(episodes: &[Standing]) -> Vec<Overlap> {
    let of = |side| episodes.iter().filter(move |one| one.side == side);
    of(Side::Kept)
        .flat_map(|kept| {
            of(Side::Other)
                .filter(|other| at_once(kept, other))
                .map(|other| Overlap { kept: *kept, other: *other })
        })
        .collect()
}

/// Which episodes are set aside when of each overlap the one of this side stands, and which episode stands in its
/// place, so that its steps count for that one.
///
/// # Errors
/// With the index of the first overlap that is not answered, or the kind that would still stand twice or not at all.
pub fn set_aside(
    overlaps: &[Overlap],
    stands: &[Option<Side>],
) -> Result<Vec<(EpisodeId, EpisodeId)>, String> {
    let mut gone: Vec<(Standing, Standing)> = vec![];
    for (at, overlap) in overlaps.iter().enumerate() {
        let Some(side) = stands.get(at).copied().flatten() else {
            return Err(format!(
                "Both records have {}. Say which of the two stands",
                overlap.kept.kind.plain().to_lowercase()
            ));
        };
        let (stays, goes) = match side {
            Side::Kept => (overlap.kept, overlap.other),
            Side::Other => (overlap.other, overlap.kept),
        };
        if !gone.iter().any(|(one, _)| one.id == goes.id) {
            gone.push((goes, stays));
        }
    }
    for (goes, stays) in &gone {
        if gone.iter().any(|(one, _)| one.id == stays.id) {
            return Err(format!(
                "With these answers no episode of {} stands where both records have one. Choose the same record for each of them",
                goes.kind.plain().to_lowercase()
            ));
        }
    }
    Ok(gone.into_iter().map(|(goes, stays)| (goes.id, stays.id)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn together() -> Together {
        Together {
            kept: PersonId(Uuid::from_u128(1)),
            other: PersonId(Uuid::from_u128(2)),
            joined_already: false,
            related: false,
            told_apart: false,
            glass_open: false,
        }
    }

    fn episode(side: Side, id: u128, from: Date, to: Option<Date>) -> Standing {
        Standing { side, id: Uuid::from_u128(id).into(), kind: EpisodeKind::ChildInNeed, from, to }
    }

    #[test]
    fn two_records_are_joined_unless_something_speaks_against_it() {
        assert_eq!(may_join(&together()), Ok(()));
        let same = Together { other: together().kept, ..together() };
        assert_eq!(may_join(&same), Err(JoinRefusal::Same));
        let related = Together { related: true, ..together() };
        assert_eq!(may_join(&related), Err(JoinRefusal::Related));
        assert!(JoinRefusal::Related.to_string().contains("nobody is their own relative"));
        let glass = Together { glass_open: true, ..together() };
        assert_eq!(may_join(&glass), Err(JoinRefusal::GlassOpen));
        let apart = Together { told_apart: true, related: true, ..together() };
        assert_eq!(may_join(&apart), Err(JoinRefusal::ToldApart));
    }

    #[test]
    fn the_stricter_level_holds() {
        use AccessLevel::{Findable, Restricted, Sealed};
        assert_eq!(stricter_level(Findable, Restricted), Restricted);
        assert_eq!(stricter_level(Restricted, Findable), Restricted);
        assert_eq!(stricter_level(Sealed, Restricted), Sealed);
        assert_eq!(stricter_level(Findable, Findable), Findable);
    }

    #[test]
    fn whoever_was_let_into_the_stricter_record_or_both_stays_on_the_list() {
        use AccessLevel::{Findable, Restricted};
        assert!(stays_on_list(Restricted, Findable, false), "on the list of the only restricted one");
        assert!(!stays_on_list(Findable, Restricted, false) && !stays_on_list(Findable, Restricted, true));
        assert!(stays_on_list(Restricted, Restricted, true));
        assert!(!stays_on_list(Restricted, Restricted, false), "else joining would let them into the other");
    }

    #[test]
    fn a_birth_stands_before_an_expected_one_and_two_that_differ_are_asked_about() {
        let birth = |basis, day| Birth { on: date(2026, 3, day), basis };
        let (born, due) = (birth(BirthBasis::Exact, 4), birth(BirthBasis::Expected, 9));
        assert_eq!(birth_stands(born, due), Some(Side::Kept));
        assert_eq!(birth_stands(due, born), Some(Side::Other));
        assert_eq!(birth_stands(born, born), Some(Side::Kept));
        assert_eq!(birth_stands(born, birth(BirthBasis::Exact, 5)), None);
        assert_eq!(birth_stands(due, birth(BirthBasis::Expected, 10)), None);
    }

    #[test]
    fn of_two_parts_in_one_entry_the_one_that_says_more_stands() {
        let about = |seen| says(Part::About, seen);
        assert!(about(Some(Seen::Alone)) > about(Some(Seen::Yes)));
        assert!(about(Some(Seen::Yes)) > about(Some(Seen::No)));
        assert!(about(Some(Seen::No)) > about(None));
        assert!(about(None) > says(Part::Present, Some(Seen::Alone)));
    }

    #[test]
    fn of_two_episodes_at_once_the_one_chosen_stands() {
        let kept = episode(Side::Kept, 1, date(2026, 1, 1), None);
        let other = episode(Side::Other, 2, date(2026, 3, 1), None);
        let before = episode(Side::Other, 3, date(2025, 1, 1), Some(date(2026, 1, 1)));
        let found = overlaps(&[kept, other, before]);
        assert_eq!(found, vec![Overlap { kept, other }], "a day at the seam may be shared");
        assert!(set_aside(&found, &[None]).unwrap_err().contains("which of the two stands"));
        assert_eq!(set_aside(&found, &[Some(Side::Kept)]), Ok(vec![(other.id, kept.id)]));
        assert_eq!(set_aside(&found, &[Some(Side::Other)]), Ok(vec![(kept.id, other.id)]));
    }

    #[test]
    fn answers_that_leave_a_gap_are_sent_back() {
        let early = episode(Side::Kept, 1, date(2026, 1, 1), Some(date(2026, 3, 1)));
        let late = episode(Side::Kept, 2, date(2026, 4, 1), None);
        let long = episode(Side::Other, 3, date(2026, 2, 1), None);
        let found = overlaps(&[early, late, long]);
        assert_eq!(found.len(), 2);
        assert!(set_aside(&found, &[Some(Side::Kept), Some(Side::Other)]).is_err());
        assert_eq!(set_aside(&found, &[Some(Side::Kept), Some(Side::Kept)]).unwrap().len(), 1);
        assert_eq!(set_aside(&found, &[Some(Side::Other), Some(Side::Other)]).unwrap().len(), 2);
    }
}
