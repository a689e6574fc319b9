//! The typefaces, and which letters they have.

use page::Document;
use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::Font;

mod built {
    include!(concat!(env!("OUT_DIR"), "/faces.rs"));
}

/// Every face: ours first, then those that come with the typesetter.
pub(crate) static FACES: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let ours = built::FACES.iter().copied();
    ours.chain(typst_assets::fonts()).flat_map(|face| Font::iter(Bytes::new(face))).collect()
});

/// Which letters may stand in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letters {
    /// All that some typeface has.
    All,
    /// Only those of European languages, which are sure to be set.
    Plain,
}

/// Stands for a letter that cannot be set.
const SQUARE: char = '\u{25a1}';
/// After so many letters without a space a line may be broken.
const LONG: usize = 24;
/// Where a line may be broken.
const BREAK: char = '\u{200b}';

/// Letters that only steer how others are shown, and are part of them.
const fn joins(letter: char) -> bool {
    matches!(letter, '\u{200c}' | '\u{200d}' | '\u{fe0e}' | '\u{fe0f}')
}

/// Letters that are left out: they show nothing, or would turn round what comes after them.
fn left_out(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

fn has(letter: char, letters: Letters) -> bool {
    match letters {
        Letters::Plain => {
            matches!(letter, ' '..='~' | '\u{a0}'..='\u{24f}' | '\u{2010}'..='\u{2027}' | SQUARE)
        }
        Letters::All => {
            letter.is_ascii() || FACES.iter().any(|face| face.info().coverage.contains(u32::from(letter)))
        }
    }
}

/// Makes every letter of a document one that can be set, and lets long words be broken. Says whether some could not be.
pub(crate) fn fit(document: &mut Document, letters: Letters) -> bool {
    let mut missing = false;
    document.change(&mut |words: &mut String| {
        let mut out = String::with_capacity(words.len());
        let mut since = 0;
        for letter in words.chars() {
            let letter = match letter {
                '\n' => '\n',
                '\t' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => ' ',
                one if joins(one) && letters == Letters::All => one,
                one if joins(one) || left_out(one) => continue,
                one if has(one, letters) => one,
                _ => {
                    missing = true;
                    SQUARE
                }
            };
            if letter.is_whitespace() || letter == '-' {
                since = 0;
            } else if !joins(letter) {
                since += 1;
            }
            // a mark that belongs to the letter before it is never parted from it
            if since > LONG && letter.is_alphanumeric() {
                out.push(BREAK);
                since = 1;
            }
            out.push(letter);
        }
        *words = out;
    });
    missing
}
