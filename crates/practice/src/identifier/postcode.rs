//! A postcode of the United Kingdom, in capitals with its one space.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Fault, text_newtype};

/// A postcode with the shape of a real one. Whether it exists is for a gazetteer to say.
///
/// `ZZ` is allowed: the statistical office uses ZZ99 for no fixed abode and abroad, and invented people live at ZZ9.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Postcode(String);

text_newtype!(Postcode);

impl Postcode {
    /// Reads a postcode in either case, with or without spaces.
    ///
    /// # Errors
    /// Empty, or not of a postcode's shape.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text: String =
            text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        if text.is_empty() {
            return Err(Fault::Empty { what: "A postcode" });
        }
        if !text.bytes().all(|b| b.is_ascii_alphanumeric()) || !(5..=7).contains(&text.len()) {
            return Err(Fault::PostcodeShape);
        }
        let (outward, inward) = text.split_at(text.len() - 3);
        inward_allowed(inward, outward.starts_with("ZZ"))?;
        if !outward_allowed(outward.as_bytes()) && text != "GIR0AA" {
            return Err(Fault::PostcodeShape);
        }
        Ok(Self(format!("{outward} {inward}")))
    }

    /// The first half, which names the district.
    pub fn outward(&self) -> &str {
        self.0.split(' ').next().unwrap_or_default()
    }

    /// The second half.
    pub fn inward(&self) -> &str {
        self.0.split(' ').nth(1).unwrap_or_default()
    }

    /// Whether it lies nowhere: ZZ is no postal area.
    pub fn is_nowhere(&self) -> bool {
        self.0.starts_with("ZZ")
    }
}

/// A digit and two letters. Real ones never use C, I, K, M, O or V there; the statistical office's ZZ99 do.
fn inward_allowed(inward: &str, nowhere: bool) -> Result<(), Fault> {
    let [first, rest @ ..] = inward.as_bytes() else { return Err(Fault::PostcodeShape) };
    let letters = rest.iter().all(|b| b.is_ascii_uppercase() && (nowhere || !b"CIKMOV".contains(b)));
    match first {
        b'0'..=b'9' if letters => Ok(()),
        b'O' if letters => Err(Fault::PostcodeLetterForDigit { letter: 'O', digit: '0' }),
        b'I' if letters => Err(Fault::PostcodeLetterForDigit { letter: 'I', digit: '1' }),
        _ => Err(Fault::PostcodeShape),
    }
}

/// A9, A99, A9A, AA9, AA99 or AA9A.
fn outward_allowed(outward: &[u8]) -> bool {
    let letters = outward.iter().take_while(|b| b.is_ascii_uppercase()).count();
    let district = outward.get(letters..).unwrap_or_default();
    (1..=2).contains(&letters)
        && match district {
            [digit] | [digit, _] => digit.is_ascii_digit(),
            _ => false,
        }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_postcode_is_one_text() {
        for (text, stored) in [
            ("zz9 1ab", "ZZ9 1AB"),
            ("ZZ91AB", "ZZ9 1AB"),
            (" z z 9 1 a b ", "ZZ9 1AB"),
            ("zz99 3vz", "ZZ99 3VZ"),
            ("z9 9zz", "Z9 9ZZ"),
            ("zz1a2bb", "ZZ1A 2BB"),
            ("z1a 2bb", "Z1A 2BB"),
            ("gir0aa", "GIR 0AA"),
        ] {
            assert_eq!(Postcode::parse(text).unwrap().as_str(), stored);
        }
        let postcode = Postcode::parse("zz99 3vz").unwrap();
        assert_eq!((postcode.outward(), postcode.inward(), postcode.is_nowhere()), ("ZZ99", "3VZ", true));
    }

    #[test]
    fn says_what_is_wrong_with_it() {
        for text in
            ["12345", "ZZZ9 1AB", "ZZ9", "ZZ9 11B", "9ZZ 1AB", "YY9 1AC", "ZZ999 1AB", "ZZ9-1AB", "ZZAA 1AB"]
        {
            assert!(Postcode::parse(text).is_err(), "{text}");
        }
        assert_eq!(
            Postcode::parse("ZZ9 OAB").unwrap_err().to_string(),
            "The second half of a postcode begins with a digit. Is the letter O meant as the digit 0?"
        );
    }
}
