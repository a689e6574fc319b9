//! Whose entries a family's timeline draws together.

use crate::id::PersonId;

/// The people tied to one person as family today.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FamilyBonds {
    /// Those who live in the same open household.
    pub household: Vec<PersonId>,
    /// Those who hold parental responsibility for the person.
    pub hold_responsibility: Vec<PersonId>,
    /// Those for whom the person holds parental responsibility.
    pub responsible_for: Vec<PersonId>,
    /// Brothers and sisters of any sort, wherever they live.
    pub siblings: Vec<PersonId>,
}

/// The family of a timeline: the person first, then household, parental responsibility either way, and
/// brothers and sisters; each once, and only those of whom `may_know` says that the reader may learn that
/// they exist ([`super::Sight::Exists`]). Their entries are then shown one by one as
/// [`super::read_entry`] decides, so a brother in another home whom the reader does not work with brings
/// nothing but what is also about someone the reader works with.
pub fn family_of_timeline(
    person: PersonId,
    bonds: &FamilyBonds,
    may_know: impl Fn(PersonId) -> bool,
) -> Vec<PersonId> {
    let mut family = vec![person];
    let groups = [&bonds.household, &bonds.hold_responsibility, &bonds.responsible_for, &bonds.siblings];
    for &one in groups.into_iter().flatten() {
        if !family.contains(&one) && may_know(one) {
            family.push(one);
        }
    }
    family
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn family_is_each_once_and_leaves_out_those_the_reader_may_not_know_of() {
        let id = |n: u128| PersonId(Uuid::from_u128(n));
        let bonds = FamilyBonds {
            household: vec![id(2), id(3)],
            hold_responsibility: vec![id(3), id(4)],
            responsible_for: vec![id(5)],
            siblings: vec![id(2), id(6), id(1)],
        };
        let all = family_of_timeline(id(1), &bonds, |_| true);
        assert_eq!(all, [1, 2, 3, 4, 5, 6].map(id));
        let some = family_of_timeline(id(1), &bonds, |one| one != id(4));
        assert_eq!(some, [1, 2, 3, 5, 6].map(id));
    }
}
