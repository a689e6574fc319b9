//! A phone number, so that the same phone is the same text however it was written.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Fault, text_newtype};

const WHAT: &str = "A phone number";

/// A phone number: `0` and the rest for one in the United Kingdom, `+` and the country for any other.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

text_newtype!(Phone);

impl Phone {
    /// Reads a number with spaces, brackets, dots and hyphens, with 0, 44, +44 or 0044 before it, or with the
    /// leading 0 lost in a spreadsheet.
    ///
    /// # Errors
    /// A character that no number has (an extension belongs in the note beside it), or a length that no number has.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::Empty { what: WHAT });
        }
        let separator = |c: char| c.is_whitespace() || "()-./\u{2010}\u{2011}\u{2013}".contains(c);
        let stray = text
            .chars()
            .enumerate()
            .find(|&(at, c)| !(c.is_ascii_digit() || separator(c) || (c == '+' && at == 0)));
        if let Some((at, found)) = stray {
            return Err(Fault::Character {
                what: WHAT,
                place: at + 1,
                found,
                wanted: "write digits only, and an extension in the note beside it",
            });
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let international =
            text.starts_with('+').then_some(digits.as_str()).or_else(|| digits.strip_prefix("00"));
        match international {
            Some(rest) => match rest.strip_prefix("44") {
                Some(national) => home(national),
                None => abroad(rest),
            },
            None => match digits.strip_prefix("44") {
                Some(national) if digits.len() >= 11 => home(national),
                _ => home(&digits),
            },
        }
    }

    /// Whether it is a UK mobile, to which a text message can be sent.
    pub fn is_mobile(&self) -> bool {
        self.0.starts_with("07") && !self.0.starts_with("070") && !self.0.starts_with("076")
    }
}

/// A number of the United Kingdom: 9 or 10 digits after the 0.
fn home(digits: &str) -> Result<Phone, Fault> {
    let rest = digits.strip_prefix('0').unwrap_or(digits);
    let begins_well = matches!(rest.as_bytes().first(), Some(b'1' | b'2' | b'3' | b'5' | b'7' | b'8' | b'9'));
    if (9..=10).contains(&rest.len()) && begins_well {
        return Ok(Phone(format!("0{rest}")));
    }
    Err(Fault::Length {
        what: WHAT,
        wanted: "11 digits, beginning with 01, 02, 03, 07 or 08",
        found: digits.len(),
    })
}

fn abroad(digits: &str) -> Result<Phone, Fault> {
    if (8..=15).contains(&digits.len()) && !digits.starts_with('0') {
        return Ok(Phone(format!("+{digits}")));
    }
    Err(Fault::Length {
        what: "A phone number abroad",
        wanted: "8 to 15 digits with its country",
        found: digits.len(),
    })
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = &self.0;
        if digits.starts_with('+') {
            return f.write_str(digits);
        }
        if digits.starts_with("02") && digits.len() == 11 {
            return write!(f, "{} {} {}", &digits[..3], &digits[3..7], &digits[7..]);
        }
        write!(f, "{} {}", &digits[..5], &digits[5..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_phone_is_one_text() {
        for text in [
            "07700900123",
            "07700 900123",
            "+447700900123",
            "+44 (0)7700 900123",
            "0044 7700 900 123",
            "447700900123",
            "7700900123",
            "(07700) 900-123",
            "07700.900.123",
        ] {
            assert_eq!(Phone::parse(text).unwrap().as_str(), "07700900123", "{text}");
        }
        assert!(Phone::parse("07700900123").unwrap().is_mobile());
        assert_eq!(Phone::parse("+353 20 912 3456").unwrap().as_str(), "+353209123456");
    }

    #[test]
    fn shown_as_people_say_it() {
        assert_eq!(Phone::parse("02079460018").unwrap().to_string(), "020 7946 0018");
        assert_eq!(Phone::parse("01632960001").unwrap().to_string(), "01632 960001");
    }

    #[test]
    fn says_what_is_wrong_with_it() {
        assert_eq!(
            Phone::parse("07700 900").unwrap_err().to_string(),
            "A phone number has 11 digits, beginning with 01, 02, 03, 07 or 08; this has 8."
        );
        assert!(
            Phone::parse("01632 960001 ext 4").unwrap_err().to_string().contains("an extension in the note")
        );
        assert!(Phone::parse("07700+900123").is_err());
        assert!(Phone::parse("00000000000").is_err());
    }
}
