//! Whether two records may be of one person: asked before a second record is made.

use super::candidate::{Candidate, FullName};
use super::dates::{DateSlip, date_closeness};
use super::near::closeness;
use crate::person::{Birth, BirthBasis, IdentifierKind};

/// How likely it is that two records are of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Worth a glance: twins, namesakes, a parent and a child of one name.
    Weak,
    /// Look before making a second record.
    Likely,
    /// Almost certainly one person.
    Strong,
}

/// One thing that two records share, or that speaks against their being of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A number that only one person can have.
    SameNumber(IdentifierKind),
    /// The same name, or the same in another spelling.
    SameName,
    /// Names that differ by a letter, a short form, or in order.
    NearName,
    /// The family name only.
    SameFamilyName,
    /// The birth date.
    SameBirth,
    /// A birth date that a slip of the pen would explain.
    NearBirth,
    /// A phone number.
    SamePhone,
    /// A postcode.
    SamePostcode,
    /// Born the same day with another given name: twins, perhaps.
    PerhapsTwins,
    /// One name and births years apart: a parent and a child, perhaps.
    PerhapsParentAndChild,
}

impl Reason {
    /// As a page says it.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::SameNumber(IdentifierKind::CouncilId) => "Same council id",
            Self::SameNumber(IdentifierKind::Upn | IdentifierKind::FormerUpn) => "Same UPN",
            Self::SameNumber(IdentifierKind::NhsNumber) => "Same NHS number",
            Self::SameName => "Same name",
            Self::NearName => "Almost the same name",
            Self::SameFamilyName => "Same family name",
            Self::SameBirth => "Born the same day",
            Self::NearBirth => "Almost the same birth date",
            Self::SamePhone => "Same phone number",
            Self::SamePostcode => "Same postcode",
            Self::PerhapsTwins => "Another given name: perhaps a twin",
            Self::PerhapsParentAndChild => "Born years apart: perhaps a parent and child of one name",
        }
    }
}

/// That two records may be of one person, how likely, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Likeness {
    /// How likely.
    pub strength: Strength,
    /// What they share, the strongest first.
    pub reasons: Vec<Reason>,
}

/// Compares two people. None where nothing suggests that they are one.
pub fn likely_same(a: &Candidate, b: &Candidate) -> Option<Likeness> {
    let names = names_alike(a, b);
    let births = births_alike(a.birth, b.birth);
    let place = places(a, b);
    if let Some(kind) = shared_number(a, b) {
        let mut reasons = vec![Reason::SameNumber(kind)];
        reasons.extend(names.reason());
        reasons.extend(births.reason());
        reasons.extend(&place);
        // One of them may hold the number by mistake.
        let doubtful = names == Names::Unlike && births == Births::Unlike;
        return Some(Likeness {
            strength: if doubtful { Strength::Likely } else { Strength::Strong },
            reasons,
        });
    }
    let strength = match (names, births, !place.is_empty()) {
        (Names::Same, Births::Same, _) => Strength::Strong,
        (Names::Near, Births::Same, _)
        | (Names::Same, Births::Near, _)
        | (Names::Near, Births::Near, true)
        | (Names::Same, Births::Unknown, true) => Strength::Likely,
        (Names::Near, Births::Near, false)
        | (Names::Same, Births::Unknown, false)
        | (Names::Near, Births::Unknown, true)
        | (Names::Family, Births::Same, _)
        | (Names::Same, Births::Unlike, true) => Strength::Weak,
        _ => return None,
    };
    let mut reasons: Vec<Reason> = names.reason().into_iter().chain(births.reason()).chain(place).collect();
    match (names, births) {
        (Names::Family, Births::Same) => reasons.push(Reason::PerhapsTwins),
        (Names::Same, Births::Unlike) => reasons.push(Reason::PerhapsParentAndChild),
        _ => {}
    }
    Some(Likeness { strength, reasons })
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Names {
    Unlike,
    Family,
    Near,
    Same,
}

impl Names {
    const fn reason(self) -> Option<Reason> {
        match self {
            Self::Unlike => None,
            Self::Family => Some(Reason::SameFamilyName),
            Self::Near => Some(Reason::NearName),
            Self::Same => Some(Reason::SameName),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Births {
    Same,
    Near,
    Unknown,
    Unlike,
}

impl Births {
    const fn reason(self) -> Option<Reason> {
        match self {
            Self::Same => Some(Reason::SameBirth),
            Self::Near => Some(Reason::NearBirth),
            Self::Unknown | Self::Unlike => None,
        }
    }
}

fn names_alike(a: &Candidate, b: &Candidate) -> Names {
    let pairs = a.names.iter().flat_map(|x| b.names.iter().map(move |y| (x, y)));
    pairs.map(|(x, y)| one_name_alike(x, y)).max().unwrap_or(Names::Unlike)
}

/// Compares the first given name and the family name, which stands last; in either order.
fn one_name_alike(a: &FullName, b: &FullName) -> Names {
    let (Some(a_first), Some(a_last)) = (a.words.first(), a.words.last()) else { return Names::Unlike };
    let (Some(b_first), Some(b_last)) = (b.words.first(), b.words.last()) else { return Names::Unlike };
    let near = |x: &super::Word, y: &super::Word| {
        let each = x.tokens().flat_map(|s| y.tokens().map(move |t| (s, t)));
        each.filter_map(|(s, t)| closeness(s, t)).map(|(near, _)| near).fold(0.0, f64::max)
    };
    if a.words.len() == 1 || b.words.len() == 1 {
        // One word alone is not enough to call two people one.
        return if near(a_last, b_last) >= 1.0 { Names::Family } else { Names::Unlike };
    }
    let straight = (near(a_first, b_first), near(a_last, b_last));
    let crossed = (near(a_first, b_last), near(a_last, b_first));
    if straight.0 >= 0.95 && straight.1 >= 0.95 {
        Names::Same
    } else if straight.0.min(straight.1) >= 0.7 || crossed.0.min(crossed.1) >= 0.8 {
        Names::Near
    } else if straight.1 >= 0.95 {
        Names::Family
    } else {
        Names::Unlike
    }
}

fn births_alike(a: Option<Birth>, b: Option<Birth>) -> Births {
    let (Some(a), Some(b)) = (a, b) else { return Births::Unknown };
    let rough = |birth: Birth| birth.basis != BirthBasis::Exact;
    match date_closeness(a.on, b.on) {
        Some((_, DateSlip::None)) if !rough(a) && !rough(b) => Births::Same,
        Some((closeness, _)) if closeness >= 0.7 => Births::Near,
        _ if rough(a) || rough(b) => {
            if (a.on.year() - b.on.year()).abs() <= 2 {
                Births::Near
            } else {
                Births::Unlike
            }
        }
        _ => Births::Unlike,
    }
}

fn places(a: &Candidate, b: &Candidate) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if a.phones.iter().any(|phone| b.phones.contains(phone)) {
        reasons.push(Reason::SamePhone);
    }
    if a.postcodes.iter().any(|postcode| b.postcodes.contains(postcode)) {
        reasons.push(Reason::SamePostcode);
    }
    reasons
}

fn shared_number(a: &Candidate, b: &Candidate) -> Option<IdentifierKind> {
    // A former pupil number is still that child's.
    let plain =
        |kind: IdentifierKind| if kind == IdentifierKind::FormerUpn { IdentifierKind::Upn } else { kind };
    let same = |(kind, number): &&(IdentifierKind, String)| {
        b.identifiers
            .iter()
            .any(|(other, held)| plain(*kind) == plain(*other) && number.eq_ignore_ascii_case(held))
    };
    a.identifiers.iter().find(same).map(|(kind, _)| *kind)
}
