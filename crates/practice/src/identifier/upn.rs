//! The unique pupil number a school gives a child, permanent or temporary.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Fault, text_newtype};

const WHAT: &str = "A UPN";

/// Letters that stand for 0 to 22 in a UPN: the alphabet without I, O and S.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";

/// A unique pupil number: a check letter and 12 digits, or (temporary) a letter, 11 digits and a letter.
///
/// The check letter of a permanent number must agree (children in need census rule 1510). The census does not
/// test that of a temporary one, and neither does this. A child keeps former numbers as well as the present one;
/// both are of this type.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Upn(String);

text_newtype!(Upn);

impl Upn {
    /// Reads a UPN in either case, with or without spaces.
    ///
    /// # Errors
    /// Not 13 characters, a character where it cannot stand, a check letter that does not agree, or one of the
    /// codes UN1 to UN7.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text: String =
            text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        if text.is_empty() {
            return Err(Fault::Empty { what: WHAT });
        }
        if text.len() == 3 && text.starts_with("UN") && matches!(text.as_bytes()[2], b'1'..=b'7') {
            return Err(Fault::ReasonForNoUpn);
        }
        let length = text.chars().count();
        if length != 13 {
            return Err(Fault::Length { what: WHAT, wanted: "13 characters", found: length });
        }
        for (at, found) in text.chars().enumerate() {
            characters_allowed(at, found)?;
        }
        if text.bytes().skip(1).all(|b| b.is_ascii_digit())
            && text.bytes().next() != Some(check_letter(text.as_bytes()))
        {
            return Err(Fault::Check { what: "a UPN", part: "letter" });
        }
        Ok(Self(text))
    }

    /// Makes the permanent UPN with these 12 digits by working out its check letter.
    ///
    /// # Errors
    /// Not 12 digits.
    pub fn with_check_letter(digits: &str) -> Result<Self, Fault> {
        if digits.len() != 12 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Fault::Length {
                what: "A UPN after its letter",
                wanted: "12 digits",
                found: digits.len(),
            });
        }
        let padded = format!("A{digits}");
        let letter = char::from(check_letter(padded.as_bytes()));
        Ok(Self(format!("{letter}{digits}")))
    }

    /// Whether a school gave it until the permanent number was known: it ends in a letter.
    pub fn is_temporary(&self) -> bool {
        self.0.ends_with(|c: char| c.is_ascii_alphabetic())
    }

    /// The three digits of the authority that gave it.
    pub fn authority(&self) -> &str {
        &self.0[1..4]
    }
}

fn characters_allowed(at: usize, found: char) -> Result<(), Fault> {
    let letter = u8::try_from(found).is_ok_and(|b| LETTERS.contains(&b));
    let (right, wanted) = match at {
        0 => (letter, "it begins with a letter other than I, O and S"),
        12 => (letter || found.is_ascii_digit(), "it ends with a digit, or a letter other than I, O and S"),
        _ => (found.is_ascii_digit(), "a digit stands there"),
    };
    if right { Ok(()) } else { Err(Fault::Character { what: WHAT, place: at + 1, found, wanted }) }
}

/// Each digit times its place (2 to 13), summed, modulo 23, indexes into the letters.
fn check_letter(upn: &[u8]) -> u8 {
    let sum: usize = upn
        .iter()
        .enumerate()
        .skip(1)
        .map(|(at, digit)| usize::from(digit.wrapping_sub(b'0')) * (at + 1))
        .sum();
    LETTERS[sum % 23]
}

impl fmt::Display for Upn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_wrong_with_it() {
        let sentence = |text: &str| Upn::parse(text).unwrap_err().to_string();
        assert_eq!(sentence(" "), "A UPN is empty.");
        assert_eq!(
            sentence("UN4"),
            "UN1 to UN7 say why there is no UPN. Leave the UPN empty and choose the reason."
        );
        assert_eq!(sentence("A12345"), "A UPN has 13 characters; this has 6.");
        assert_eq!(
            sentence("I801200001001"),
            "A UPN cannot have \u{201c}I\u{201d} as character 1: it begins with a letter other than I, O and S."
        );
        assert!(sentence("A80120000X001").contains("character 10: a digit stands there"));
        assert!(sentence("A80120000100S").contains("character 13"));
    }

    #[test]
    fn the_check_letter_is_the_sum_of_digits_by_place() {
        // 8*2 + 0*3 + 1*4 + 2*5 + 0*6..0*9 + 1*10 + 0*11 + 0*12 + 1*13 = 53; 53 mod 23 = 7, which is H.
        assert_eq!(Upn::with_check_letter("801200001001").unwrap().as_str(), "H801200001001");
        assert!(Upn::parse("h8012 00001001").is_ok());
        for letter in "ABCDEFGJKLMNPQRTUVWXYZ".chars() {
            assert!(matches!(Upn::parse(&format!("{letter}801200001001")), Err(Fault::Check { .. })));
        }
    }

    #[test]
    fn two_neighbours_swapped_are_noticed() {
        let upn = Upn::with_check_letter("801234567890").unwrap();
        for at in 1..12 {
            let mut letters: Vec<char> = upn.as_str().chars().collect();
            letters.swap(at, at + 1);
            assert!(Upn::parse(&letters.iter().collect::<String>()).is_err(), "swap at {at}");
        }
    }

    #[test]
    fn a_temporary_number_ends_in_a_letter() {
        let upn = Upn::parse("A80120000100B").unwrap();
        assert!(upn.is_temporary());
        assert_eq!(upn.authority(), "801");
        assert!(!Upn::parse("H801200001001").unwrap().is_temporary());
    }
}
