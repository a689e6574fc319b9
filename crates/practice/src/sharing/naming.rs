//! Whom a text names, and whether it tells where somebody lives or how to reach them: looked at as words are written and read,
//! so that nobody's address reaches another because somebody forgot to say that it is private.

use crate::id::PersonId;

/// Fewer letters and figures than these of an address or number are no secret: they stand in too many texts.
const LEAST_LETTERS: usize = 6;
/// Of how many last figures a telephone number is known, with or without the country's.
const FIGURES: usize = 9;

/// In what way a secret leads to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The first line of an address, or its postcode.
    Address,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
}

/// Where somebody lives or how to reach them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// Those whose it is.
    pub theirs: Vec<PersonId>,
    /// In what way it leads to them.
    pub way: Way,
    /// As it is recorded.
    pub words: String,
}

fn bare(text: &str) -> String {
    text.chars().filter(|one| one.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn figures(text: &str) -> String {
    // what stands between the figures of a number is left out; what ends it is kept, so that two numbers do not run together
    let between = |one: &char| one.is_whitespace() || matches!(one, '-' | '(' | ')' | '.' | '/');
    text.chars().filter(|one| !between(one)).collect()
}

/// Whether a text holds a secret, however it is spaced and written.
pub fn tells(text: &str, secret: &Secret) -> bool {
    match secret.way {
        Way::Phone => {
            let number: String = secret.words.chars().filter(char::is_ascii_digit).collect();
            let from = number.len().saturating_sub(FIGURES);
            number.len() >= FIGURES && number.get(from..).is_some_and(|last| figures(text).contains(last))
        }
        Way::Address | Way::Email => {
            let words = bare(&secret.words);
            words.chars().count() >= LEAST_LETTERS && bare(text).contains(&words)
        }
    }
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    let inside = |one: char| one.is_alphanumeric() || matches!(one, '\'' | '\u{2019}' | '-');
    text.split(move |one: char| !inside(one)).filter(|word| !word.is_empty()).map(|word| {
        let word = word.trim_matches(|one| matches!(one, '\'' | '\u{2019}' | '-'));
        word.strip_suffix("'s").or_else(|| word.strip_suffix("\u{2019}s")).unwrap_or(word)
    })
}

/// Whether a text names somebody: their whole name, or the first of it, with a capital letter as names are written.
pub fn names(text: &str, name: &str) -> bool {
    let Some(first) = words_of(name).next().filter(|first| first.chars().count() > 1) else { return false };
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    words_of(text).any(|word| capital(word) && word.to_lowercase() == first.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(way: Way, words: &str) -> Secret {
        Secret { theirs: vec![], way, words: words.to_owned() }
    }

    #[test]
    fn an_address_is_found_however_it_is_spaced() {
        let street = secret(Way::Address, "14 Larch Row");
        assert!(tells("She sleeps at 14 larch row now.", &street));
        assert!(tells("14, Larch-Row", &street));
        assert!(!tells("She sleeps at 41 Larch Row.", &street));
        assert!(tells("Post goes to ZZ99 3VZ", &secret(Way::Address, "ZZ993VZ")));
        assert!(!tells("The flat", &secret(Way::Address, "Flat")), "too short to be a secret");
        assert!(tells("write to L.Hart@example.org", &secret(Way::Email, "l.hart@example.org")));
    }

    #[test]
    fn a_number_is_found_with_and_without_the_country() {
        let number = secret(Way::Phone, "07700 900123");
        assert!(tells("Ring +44 7700 900-123 after six", &number));
        assert!(tells("(07700)900123", &number));
        assert!(!tells("07700 900124", &number));
        assert!(!tells("0770, then 0900123", &number));
        assert!(!tells("Ring 999", &secret(Way::Phone, "999")));
    }

    #[test]
    fn a_name_is_found_as_names_are_written() {
        assert!(names("Dean\u{2019}s car was outside", "Dean Hart"));
        assert!(names("I saw Dean Hart.", "Dean Hart"));
        assert!(names("Anne-Marie came", "Anne-Marie"));
        assert!(!names("The dean of the school", "Dean Hart"));
        assert!(!names("Deanna came", "Dean Hart"));
        assert!(!names("", "Dean"));
    }
}
