//! Names as the finder compares them: lower case, without accents, apostrophes and hyphens, Mac and Mc as one.

use std::fmt;

/// The most letters of a word that are compared.
const LONGEST_WORD: usize = 24;
/// The most words of a name that are compared.
const MOST_WORDS: usize = 12;

/// One word of a name as it is compared and kept in the index.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Token(String);

impl Token {
    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes a word that came from [`normalise`] before, for example out of the index.
    pub fn from_index(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(withheld)")
    }
}

/// A word of a name as it was written, with the ways it may be compared.
#[derive(Clone, PartialEq, Eq)]
pub struct Word {
    /// As written: "Smith-Jones".
    pub shown: String,
    /// As one: `smithjones`.
    pub whole: Token,
    /// Its parts, if it has more than one: `smith`, `jones`.
    pub parts: Vec<Token>,
}

impl Word {
    /// The whole and the parts.
    pub fn tokens(&self) -> impl Iterator<Item = &Token> {
        std::iter::once(&self.whole).chain(&self.parts)
    }
}

impl fmt::Debug for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Word(withheld)")
    }
}

/// The words of a name, in order, each with its parts.
pub fn words(name: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut prefix: Option<String> = None;
    for shown in name.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '(' | ')' | '"')) {
        let pieces: Vec<String> = shown
            .split(|c: char| !c.is_alphabetic() && !is_mark(c))
            .map(fold)
            .filter(|piece| !piece.is_empty())
            .collect();
        if pieces.is_empty() {
            continue;
        }
        // "Mc Donald" is McDonald.
        let single = pieces.len() == 1;
        if single && prefix.is_none() && matches!(pieces[0].as_str(), "mc" | "mac") {
            prefix = Some(shown.to_owned());
            continue;
        }
        let (shown, before) = match prefix.take() {
            Some(mac) => (format!("{mac} {shown}"), "mc"),
            None => (shown.to_owned(), ""),
        };
        let whole = token(&format!("{before}{}", pieces.concat()));
        let parts = if single { Vec::new() } else { parts(&pieces) };
        found.push(Word { shown, whole, parts });
        if found.len() == MOST_WORDS {
            break;
        }
    }
    if let Some(mac) = prefix {
        let whole = token(&fold(&mac));
        found.push(Word { shown: mac, whole, parts: Vec::new() });
    }
    found
}

/// The distinct words of a name for the index: wholes and parts, in order of appearance.
pub fn normalise(name: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for word in words(name) {
        for token in word.tokens() {
            if !tokens.contains(token) {
                tokens.push(token.clone());
            }
        }
    }
    tokens
}

/// The parts of a double word that can stand alone: "O'Brien" has one, "Smith-Jones" two. One letter cannot.
fn parts(pieces: &[String]) -> Vec<Token> {
    pieces.iter().filter(|piece| piece.chars().count() > 1).map(|piece| token(piece)).collect()
}

fn token(letters: &str) -> Token {
    let letters: String = letters.chars().take(LONGEST_WORD).collect();
    match letters.strip_prefix("mac") {
        // MacDonald and McDonald, but neither Mack nor Macey.
        Some(rest) if rest.chars().count() >= 3 => Token(format!("mc{rest}")),
        _ => Token(letters),
    }
}

/// Letters in lower case without their accents. Letters of other alphabets stay as they are.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii() {
            folded.push(c);
        } else if !is_mark(c) {
            match BASES.iter().find(|(_, letters)| letters.contains(c)) {
                Some((base, _)) => folded.push_str(base),
                None => folded.push(c),
            }
        }
    }
    folded
}

/// Accents written as characters of their own, and apostrophe-like letters that people leave out.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{2b0}'..='\u{2ff}' | '\u{64b}'..='\u{65f}' | '\u{591}'..='\u{5c7}' | '\u{640}')
}

/// Latin letters with accents, by the plain letters they are compared as.
const BASES: [(&str, &str); 29] = [
    ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"),
    ("ae", "æǽǣ"),
    ("b", "ḃḅḇƀ"),
    ("c", "çćĉċčḉ"),
    ("d", "ďḋḍḏḑḓđɖð"),
    ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệǝəɘ"),
    ("f", "ḟ"),
    ("g", "ĝğġģǧǵḡǥ"),
    ("h", "ĥȟḣḥḧḩḫẖħ"),
    ("i", "ìíîïĩīĭįǐȉȋḭḯỉịı"),
    ("j", "ĵǰȷ"),
    ("k", "ķǩḱḳḵĸ"),
    ("l", "ĺļľḷḹḻḽłƚɫ"),
    ("m", "ḿṁṃ"),
    ("n", "ñńņňǹṅṇṉṋŋ"),
    ("o", "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøǿɵ"),
    ("oe", "œ"),
    ("p", "ṕṗ"),
    ("r", "ŕŗřȑȓṙṛṝṟ"),
    ("s", "śŝşšșṡṣṥṧṩ"),
    ("ss", "ß"),
    ("t", "ţťțṫṭṯṱẗŧ"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữựʉ"),
    ("v", "ṽṿ"),
    ("w", "ŵẁẃẅẇẉẘ"),
    ("x", "ẋẍ"),
    ("y", "ýÿŷȳẏẙỳỵỷỹ"),
    ("z", "źżžẑẓẕƶ"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(name: &str) -> Vec<String> {
        normalise(name).iter().map(|t| t.as_str().to_owned()).collect()
    }

    #[test]
    fn odd_names_give_no_words_or_plain_ones() {
        for nothing in
            ["", "   ", "1234", "\u{1f600}\u{1f468}\u{200d}\u{1f469}", "-'-", "\u{202e}", "\0", "\u{301}"]
        {
            assert!(normalise(nothing).is_empty(), "{nothing:?}");
        }
        assert_eq!(texts("J"), ["j"]);
        assert_eq!(texts("Jo\u{1f600}hn2 Smith"), ["john", "jo", "hn", "smith"]);
        assert_eq!(texts("\u{202e}Jo Smith"), ["jo", "smith"]);
        assert_eq!(texts(&"A".repeat(9_000)), ["a".repeat(24)]);
        assert_eq!(normalise(&"ab cd ef ".repeat(2_000)).len(), 3);
        assert_eq!(words(&"ab ".repeat(2_000)).len(), 12);
    }

    #[test]
    fn other_alphabets_keep_their_letters() {
        assert_eq!(texts("שָׁלוֹם כֹּהֵן"), ["שלום", "כהן"]);
        assert_eq!(texts("محمد علي"), ["محمد", "علي"]);
        assert_eq!(texts("Олена Шевченко"), ["олена", "шевченко"]);
        assert_eq!(texts("王 小明"), ["王", "小明"]);
    }

    #[test]
    fn accents_apostrophes_and_hyphens_make_no_difference() {
        assert_eq!(texts("Zoë"), texts("Zoe"));
        assert_eq!(texts("Zoe\u{308}"), texts("Zoe"));
        assert_eq!(
            texts("Łukasz Sørensen Straße Siân Llŷr Ŵyn"),
            ["lukasz", "sorensen", "strasse", "sian", "llyr", "wyn"]
        );
        assert_eq!(texts("O'Brien"), ["obrien", "brien"]);
        assert_eq!(texts("O\u{2019}Brien"), ["obrien", "brien"]);
        assert_eq!(texts("Smith-Jones"), ["smithjones", "smith", "jones"]);
        assert_eq!(texts("SMITH,Jon"), ["smith", "jon"]);
    }

    #[test]
    fn mac_and_mc_are_one() {
        for name in ["McDonald", "MacDonald", "Mc Donald", "mac donald", "MACDONALD"] {
            assert_eq!(texts(name), ["mcdonald"], "{name}");
        }
        assert_eq!(texts("Mack Macey Mac"), ["mack", "macey", "mac"]);
        assert_eq!(words("Jo Mc Donald")[1].shown, "Mc Donald");
    }
}
