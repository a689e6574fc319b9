//! How much of what is recorded those who were there can read: counted of entries, never of people.

use super::{Told, shown};
use crate::id::PersonId;

/// Of the entries at which somebody of the record was there, how many at least one of them may read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// Entries at which somebody of the record was there.
    pub entries: usize,
    /// Those whose account at least one of them could read if they had a space of their own.
    pub could: usize,
    /// Those whose account at least one of them can read, because they have a space of their own.
    pub can: usize,
}

impl Rate {
    /// Adds one entry, if somebody of the record was there.
    pub fn add(&mut self, counted: Option<(bool, bool)>) {
        if let Some((could, can)) = counted {
            self.entries += 1;
            self.could += usize::from(could);
            self.can += usize::from(can);
        }
    }
}

/// Of one entry: whether at least one of those who were there could read its account, and whether one who has a space of their
/// own can. None where nobody of the record was there. Reading one's own words only does not count.
pub fn counted(told: &Told<'_>, has_space: impl Fn(PersonId) -> bool) -> Option<(bool, bool)> {
    if told.there.is_empty() {
        return None;
    }
    let reads = |person| shown(person, told).is_some_and(|shown| shown.account);
    let could = told.there.iter().any(|one| reads(one.person));
    let can = told.there.iter().any(|one| has_space(one.person) && reads(one.person));
    Some((could, can))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Readers;
    use crate::sharing::{Held, There, What};
    use uuid::Uuid;

    #[test]
    fn an_entry_counts_when_somebody_was_there_and_as_shared_when_one_of_them_reads_the_account() {
        let (josie, leanne) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        let there = [There { person: josie, alone: true }, There { person: leanne, alone: false }];
        let words = [Some(leanne)];
        let told = Told {
            readers: Readers::Present,
            named: &[],
            there: &there,
            written_to: None,
            statements: &words,
            held: &[],
            private: &[],
        };
        // Josie was seen alone: Leanne has her own words only, which does not count
        assert_eq!(counted(&told, |one| one == leanne), Some((true, false)));
        assert_eq!(counted(&told, |one| one == josie), Some((true, true)));
        let held = [Held { what: What::Account, from: Some(josie) }];
        assert_eq!(counted(&Told { held: &held, ..told }, |_| true), Some((false, false)));
        assert_eq!(counted(&Told { there: &[], ..told }, |_| true), None);
        let mut rate = Rate::default();
        for one in [Some((true, false)), None, Some((false, false))] {
            rate.add(one);
        }
        assert_eq!(rate, Rate { entries: 2, could: 1, can: 0 });
    }
}
