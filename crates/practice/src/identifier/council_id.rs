//! The council's own id of a person: short, never changed, the one that leaves in statutory returns.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Fault, text_newtype};

const WHAT: &str = "A council id";

/// A council's own id: 1 to 20 letters and digits, kept exactly as the council writes it.
///
/// The length and the letters are those of the child id in the children in need census and the looked after
/// children return. Ids minted here never hold the letter x; ids brought in from another system may.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CouncilId(String);

text_newtype!(CouncilId);

impl CouncilId {
    /// Reads an id typed or brought in.
    ///
    /// # Errors
    /// Empty, longer than 20, or holding anything but the letters A to Z and digits.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Fault::Empty { what: WHAT });
        }
        if let Some((at, found)) = text.chars().enumerate().find(|(_, c)| !c.is_ascii_alphanumeric()) {
            return Err(Fault::Character {
                what: WHAT,
                place: at + 1,
                found,
                wanted: "only the letters A to Z and digits can stand there",
            });
        }
        if text.len() > 20 {
            return Err(Fault::Length { what: WHAT, wanted: "at most 20 characters", found: text.len() });
        }
        Ok(Self(text.to_owned()))
    }

    /// Makes the id for the next `number` of the council's sequence: `C` and at least six digits.
    ///
    /// A council whose imported ids look the same must check that the id is free before using it.
    pub fn mint(number: u64) -> Self {
        let digits = number % 10_u64.pow(19);
        Self(format!("C{digits:06}"))
    }

    /// The form to compare and search by, so that `ab12` finds `AB12`.
    pub fn folded(&self) -> String {
        self.0.to_ascii_uppercase()
    }
}

impl fmt::Display for CouncilId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_a_return_could_not_carry() {
        assert_eq!(CouncilId::parse("  ").unwrap_err().to_string(), "A council id is empty.");
        assert_eq!(
            CouncilId::parse("AB-12").unwrap_err().to_string(),
            "A council id cannot have \u{201c}-\u{201d} as character 3: only the letters A to Z and digits can stand there."
        );
        assert_eq!(
            CouncilId::parse(&"1".repeat(21)).unwrap_err().to_string(),
            "A council id has at most 20 characters; this has 21."
        );
    }

    #[test]
    fn keeps_an_imported_id_as_written() {
        assert_eq!(CouncilId::parse(" xY99 ").unwrap().as_str(), "xY99");
        assert_eq!(CouncilId::parse("xY99").unwrap().folded(), "XY99");
    }

    #[test]
    fn minted_ids_fit_every_return() {
        for number in [0, 1, 999_999, 1_000_000, u64::MAX] {
            let id = CouncilId::mint(number);
            assert!(CouncilId::parse(id.as_str()).is_ok());
            assert!(!id.as_str().contains(['x', 'X']));
        }
        assert_eq!(CouncilId::mint(42).as_str(), "C000042");
    }
}
