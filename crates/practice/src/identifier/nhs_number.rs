//! The NHS number: ten digits, the last of which checks the other nine.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Fault, text_newtype};

const WHAT: &str = "An NHS number";

/// An NHS number whose check digit agrees, stored as ten digits and shown as 3, 3 and 4.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NhsNumber(String);

text_newtype!(NhsNumber);

impl NhsNumber {
    /// Reads a number, with or without spaces and hyphens.
    ///
    /// # Errors
    /// Not ten digits, one digit throughout, or a check digit that does not agree.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::Empty { what: WHAT });
        }
        let separator = |c: char| c == '-' || c.is_whitespace();
        if let Some((at, found)) =
            text.chars().enumerate().find(|(_, c)| !c.is_ascii_digit() && !separator(*c))
        {
            return Err(Fault::Character { what: WHAT, place: at + 1, found, wanted: "it is all digits" });
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        if digits.len() != 10 {
            return Err(Fault::Length { what: WHAT, wanted: "10 digits", found: digits.len() });
        }
        if digits.bytes().all(|d| digits.as_bytes().first() == Some(&d)) {
            return Err(Fault::Placeholder { what: WHAT });
        }
        if !check_digit_agrees(digits.as_bytes()) {
            return Err(Fault::Check { what: "an NHS number", part: "digit" });
        }
        Ok(Self(digits))
    }

    /// Whether it comes from the range that is never given to a patient (it begins with 999).
    pub fn is_test(&self) -> bool {
        self.0.starts_with("999")
    }
}

/// The first nine digits weigh 10 down to 2; the check digit makes the sum with them a multiple of 11.
/// A number that would need a check digit of ten is never given out, and none agrees with it.
fn check_digit_agrees(digits: &[u8]) -> bool {
    let sum: u32 =
        digits.iter().zip((1..=10_u32).rev()).map(|(d, weight)| u32::from(d - b'0') * weight).sum();
    sum.is_multiple_of(11)
}

impl fmt::Display for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = &self.0;
        write!(f, "{} {} {}", &digits[..3], &digits[3..6], &digits[6..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_slips_of_the_pen() {
        assert_eq!(
            NhsNumber::parse("999 000 001").unwrap_err().to_string(),
            "An NHS number has 10 digits; this has 9."
        );
        assert!(
            NhsNumber::parse("9990000081").unwrap_err().to_string().contains("check digit does not agree")
        );
        assert!(matches!(NhsNumber::parse("0000000000"), Err(Fault::Placeholder { .. })));
        assert!(matches!(NhsNumber::parse("99900O0018"), Err(Fault::Character { place: 6, found: 'O', .. })));
    }

    #[test]
    fn reads_the_usual_ways_of_writing_one() {
        for text in ["9990000018", "999 000 0018", "999-000-0018", " 9990000018\u{a0}"] {
            assert_eq!(NhsNumber::parse(text).unwrap().to_string(), "999 000 0018");
        }
        assert!(NhsNumber::parse("9990000018").unwrap().is_test());
        assert!(!NhsNumber::parse("9434765919").unwrap().is_test(), "the example of the NHS data dictionary");
    }

    #[test]
    fn exactly_one_check_digit_or_none_fits() {
        let mut none = 0;
        for stem in 0..500_u32 {
            let fitting = (0..10).filter(|d| NhsNumber::parse(&format!("999{stem:06}{d}")).is_ok()).count();
            assert!(fitting <= 1);
            none += usize::from(fitting == 0);
        }
        assert!((20..80).contains(&none), "about one stem in eleven has no number: {none}");
    }
}
