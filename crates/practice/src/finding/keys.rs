//! The keys under which a word of a name is looked up, so that the database finds near words by plain equality.
//!
//! Two words that differ by one letter (changed, added, left out, or two swapped) always become equal when at most
//! one letter is left out of each. So a word is stored under itself and under each form with one letter left out,
//! and looked up the same way. Two further keys hold how it sounds, and one its beginning.

use rphonetic::DoubleMetaphone;

use super::normalise::Token;

/// How many letters of a word make keys. Of longer words the beginning is enough: one wrong letter, wherever it is,
/// leaves two beginnings that still become equal.
const LETTERS: usize = 12;

/// The most keys that one word is stored under.
pub const INDEX_KEYS: usize = LETTERS + 4;
/// The most keys that one word is looked up by. A statement that holds this many places serves every word; places
/// left over repeat the first key.
pub const LOOKUP_KEYS: usize = INDEX_KEYS;

/// The word's beginning of at most 12 letters, then each form of it with one letter left out, without repeats.
pub fn delete_keys(token: &Token) -> Vec<String> {
    let letters: Vec<char> = token.as_str().chars().take(LETTERS).collect();
    let mut keys = vec![letters.iter().collect::<String>()];
    for skip in 0..letters.len() {
        // Leaving out either of two equal neighbours gives the same.
        if skip > 0 && letters[skip] == letters[skip - 1] {
            continue;
        }
        let key: String = letters.iter().enumerate().filter(|(at, _)| *at != skip).map(|(_, c)| c).collect();
        if !key.is_empty() {
            keys.push(key);
        }
    }
    keys
}

/// How an English reader would say the word: one or two double metaphone codes. Empty for other alphabets.
pub fn sounds(token: &Token) -> Vec<String> {
    if !token.as_str().is_ascii() {
        return Vec::new();
    }
    let said = DoubleMetaphone::new(Some(6)).double_metaphone(token.as_str());
    let mut codes = vec![said.primary()];
    if said.alternate() != said.primary() {
        codes.push(said.alternate());
    }
    codes.retain(|code| !code.is_empty());
    codes
}

/// Every key that a word is stored under, at most [`INDEX_KEYS`].
pub fn index_keys(token: &Token) -> Vec<String> {
    let mut keys = delete_keys(token);
    // The marks keep the three sorts of keys apart; no normalised word holds them.
    keys.extend(sounds(token).into_iter().map(|code| format!("~{code}")));
    keys.extend(beginning(token));
    keys
}

/// Every key that a word is looked up by, at most [`LOOKUP_KEYS`].
pub fn lookup_keys(token: &Token) -> Vec<String> {
    index_keys(token)
}

/// The first three letters, under which people are found while their name is still being typed.
fn beginning(token: &Token) -> Option<String> {
    let letters: String = token.as_str().chars().take(3).collect();
    (letters.chars().count() == 3).then(|| format!("^{letters}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::normalise;

    fn token(text: &str) -> Token {
        normalise(text).remove(0)
    }

    fn share(a: &str, b: &str) -> bool {
        let keys = delete_keys(&token(a));
        delete_keys(&token(b)).iter().any(|key| keys.contains(key))
    }

    #[test]
    fn odd_words_have_few_keys_and_none_is_empty() {
        assert_eq!(delete_keys(&token("j")), ["j"]);
        assert_eq!(delete_keys(&token("jo")), ["jo", "o", "j"]);
        assert_eq!(delete_keys(&token("aaaa")), ["aaaa", "aaa"]);
        for odd in ["j", "王", "שלום", &"ab".repeat(500), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "z", "wr", "h"]
        {
            let keys = index_keys(&token(odd));
            assert!(!keys.is_empty() && keys.len() <= INDEX_KEYS);
            assert!(keys.iter().all(|key| key.chars().count() > 0 && key != "~"), "{keys:?}");
        }
        assert!(sounds(&token("王")).is_empty());
    }

    #[test]
    fn every_word_one_letter_away_shares_a_key() {
        for word in ["jo", "lee", "smith", "katherine", "christopherson", "featherstonehaugh"] {
            let letters: Vec<char> = word.chars().collect();
            for at in 0..=letters.len() {
                for other in 'a'..='z' {
                    let mut added = letters.clone();
                    added.insert(at, other);
                    assert!(
                        share(word, &added.iter().collect::<String>()),
                        "{word} with {other} added at {at}"
                    );
                    if at < letters.len() {
                        let mut changed = letters.clone();
                        changed[at] = other;
                        let changed: String = changed.iter().collect();
                        assert!(share(word, &changed), "{word} as {changed}");
                    }
                }
                if at + 1 < letters.len() {
                    let mut swapped = letters.clone();
                    swapped.swap(at, at + 1);
                    assert!(share(word, &swapped.iter().collect::<String>()), "{word} swapped at {at}");
                }
            }
        }
    }

    #[test]
    fn names_said_alike_share_a_sound() {
        for (a, b) in [("Smith", "Smyth"), ("Catherine", "Kathryn"), ("Shaun", "Shawn"), ("Phillip", "Filip")]
        {
            let said = sounds(&token(a));
            assert!(sounds(&token(b)).iter().any(|code| said.contains(code)), "{a} and {b}");
        }
    }
}
