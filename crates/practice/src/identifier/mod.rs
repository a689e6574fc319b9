//! The numbers and codes a person is known by elsewhere: the council's own id, the pupil number, the NHS
//! number, phones and postcodes. Each is read once into a type that cannot hold a wrong one.

mod council_id;
mod nhs_number;
mod phone;
mod postcode;
mod upn;

pub use council_id::CouncilId;
pub use nhs_number::NhsNumber;
pub use phone::Phone;
pub use postcode::Postcode;
pub use upn::Upn;

use crate::person::IdentifierKind;
use thiserror::Error;

/// Why a number or code could not be read, as a sentence for whoever typed it. It never repeats what was
/// typed, so that it may be logged.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Fault {
    /// Nothing but spaces.
    #[error("{what} is empty.")]
    Empty {
        /// The kind of number, as a page calls it.
        what: &'static str,
    },
    /// Too short or too long.
    #[error("{what} has {wanted}; this has {found}.")]
    Length {
        /// The kind of number.
        what: &'static str,
        /// The length it should have, in words.
        wanted: &'static str,
        /// How many characters or digits were found.
        found: usize,
    },
    /// A character that cannot stand where it does.
    #[error("{what} cannot have \u{201c}{found}\u{201d} as character {place}: {wanted}.")]
    Character {
        /// The kind of number.
        what: &'static str,
        /// Which character, counted from 1.
        place: usize,
        /// The character.
        found: char,
        /// What may stand there.
        wanted: &'static str,
    },
    /// The sum that guards against slips of the pen does not come out.
    #[error(
        "This is not {what}: its check {part} does not agree with the rest. Look for two swapped or mistyped digits."
    )]
    Check {
        /// The kind of number, with its article.
        what: &'static str,
        /// "letter" or "digit".
        part: &'static str,
    },
    /// Put there to fill a box.
    #[error("{what} of this form is a placeholder, not a number given to a person. Leave it empty instead.")]
    Placeholder {
        /// The kind of number.
        what: &'static str,
    },
    /// A reason code where the number should be.
    #[error("UN1 to UN7 say why there is no UPN. Leave the UPN empty and choose the reason.")]
    ReasonForNoUpn,
    /// Not the shape of any postcode in the United Kingdom.
    #[error(
        "This is not a UK postcode. It should look like ZZ9 1AB or ZZ1A 2BC: one or two letters, a digit, then a digit and two letters at the end."
    )]
    PostcodeShape,
    /// The letter O or I where a postcode has a digit.
    #[error(
        "The second half of a postcode begins with a digit. Is the letter {letter} meant as the digit {digit}?"
    )]
    PostcodeLetterForDigit {
        /// The letter found.
        letter: char,
        /// The digit it looks like.
        digit: char,
    },
}

/// Reads `text` as an identifier of this kind and gives it as it is stored.
///
/// # Errors
/// The [`Fault`] of the kind's own `parse`.
pub fn read(kind: IdentifierKind, text: &str) -> Result<String, Fault> {
    Ok(match kind {
        IdentifierKind::CouncilId => CouncilId::parse(text)?.into(),
        IdentifierKind::Upn | IdentifierKind::FormerUpn => Upn::parse(text)?.into(),
        IdentifierKind::NhsNumber => NhsNumber::parse(text)?.into(),
    })
}

/// Gives a newtype of text its reading, writing and a `Debug` that keeps the value out of logs.
macro_rules! text_newtype {
    ($name:ident) => {
        impl $name {
            /// As it is stored.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl std::str::FromStr for $name {
            type Err = crate::identifier::Fault;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }
        impl TryFrom<String> for $name {
            type Error = crate::identifier::Fault;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }
        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.0
            }
        }
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(withheld)"))
            }
        }
    };
}
use text_newtype;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_reads_into_its_stored_form() {
        assert_eq!(read(IdentifierKind::NhsNumber, " 999 000 0018 "), Ok("9990000018".to_owned()));
        assert_eq!(read(IdentifierKind::CouncilId, "C000123").as_deref(), Ok("C000123"));
        assert!(read(IdentifierKind::Upn, "9990000018").is_err());
    }

    #[test]
    fn no_value_shows_in_a_log() {
        let phone = Phone::parse("07700 900123").unwrap();
        assert_eq!(format!("{phone:?}"), "Phone(withheld)");
    }

    #[test]
    fn no_reader_panics_on_odd_text() {
        let long = "9".repeat(5_000);
        let odd = [
            "",
            " ",
            "\u{0}",
            "\u{1f600}",
            "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
            "\u{661}\u{662}\u{663}",
            "é",
            "+",
            "G-R",
            &long,
        ];
        for text in odd {
            for kind in IdentifierKind::ALL.iter().copied() {
                assert!(read(kind, text).is_err(), "{kind:?} took odd text of {} bytes", text.len());
            }
            assert!(Phone::parse(text).is_err());
            assert!(Postcode::parse(text).is_err());
        }
    }
}
