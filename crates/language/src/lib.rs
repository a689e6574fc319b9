//! Every word of the pages of children, adults and families, in each language. One file of words for each language lies
//! in `words`; adding a language is adding a file. English says which messages there are: a file that lacks one does not
//! compile. Two invented languages, made from English, show words that were never given to be translated, and
//! pages that cannot be read from right to left.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::borrow::Cow;
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

/// English with accents on every letter, a third longer.
const ACCENTED: &str = "en-XA";
/// English turned over, to be read from right to left.
const TURNED: &str = "ar-XB";

/// One language with all its words.
pub struct Words {
    code: &'static str,
    invented: bool,
    bundle: FluentBundle<FluentResource>,
}

static ALL: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let english = FILES.first().map_or("", |file| file.1);
    let mut all: Vec<Words> = FILES.iter().map(|(code, text)| made(code, text, None)).collect();
    all.push(made(ACCENTED, english, Some(accented)));
    all.push(made(TURNED, english, Some(turned)));
    all
});

fn accented(words: &str) -> Cow<'_, str> {
    fluent_pseudo::transform(words, false, true)
}

fn turned(words: &str) -> Cow<'_, str> {
    fluent_pseudo::transform(words, true, false)
}

fn made(code: &'static str, text: &str, transform: Option<fn(&str) -> Cow<'_, str>>) -> Words {
    // the invented ones count as English does
    let spoken = if transform.is_some() { "en" } else { code };
    let id: LanguageIdentifier = spoken.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(code == TURNED);
    bundle.set_transform(transform);
    // what cannot be read does not build: see build.rs
    let resource = match FluentResource::try_new(text.to_owned()) {
        Ok(resource) | Err((resource, _)) => resource,
    };
    bundle.add_resource_overriding(resource);
    Words { code, invented: transform.is_some(), bundle }
}

/// The languages a council offers, English first; the invented ones only where they are wanted.
pub fn languages(invented: bool) -> impl Iterator<Item = &'static Words> {
    ALL.iter().filter(move |words| invented || !words.invented)
}

/// The language of a code ("cy"); English for any other.
///
/// # Panics
/// Never: there is always English.
pub fn speak(code: &str) -> &'static Words {
    let mut all = ALL.iter();
    let english = all.next();
    match all.find(|words| words.code == code).or(english) {
        Some(words) => words,
        None => unreachable!("English is always there"),
    }
}

impl Words {
    /// The language's code, as pages and browsers name it: "en", "cy".
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// Whether it is read from right to left.
    pub fn right_to_left(&self) -> bool {
        self.code == TURNED || self.language_direction() == "rtl"
    }

    /// Whether somebody who speaks it has read all of it.
    pub fn checked(&self) -> bool {
        self.invented || self.language_checked() == "yes"
    }

    /// The name of the language in itself.
    pub fn name(&self) -> String {
        if self.invented { self.code.to_owned() } else { self.language_name() }
    }

    fn say(&self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let mut arguments = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            arguments.set(*name, value.clone());
        }
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let mut wrong = vec![];
        self.bundle.format_pattern(pattern, Some(&arguments), &mut wrong).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_says_who_it_is_and_english_stands_in_for_unknown_ones() {
        assert_eq!(speak("en").name(), "English");
        assert_eq!(speak("cy").name(), "Cymraeg");
        assert_eq!(speak("tlh").code(), "en");
        assert!(speak("en").checked());
        assert!(!speak("cy").checked(), "until a Welsh speaker has read it and is named");
        assert!(speak(TURNED).right_to_left() && !speak("cy").right_to_left());
        assert_eq!(languages(false).map(Words::code).collect::<Vec<_>>(), ["en", "cy"]);
        assert_eq!(languages(true).count(), 4);
    }

    #[test]
    fn how_many_is_counted_as_each_language_counts() {
        let days = |code: &str, n| speak(code).length_days(n);
        assert_eq!(days("en", 1), "1 day");
        assert_eq!(days("en", 3), "3 days");
        assert_eq!(days("cy", 1), "1 diwrnod");
        assert_eq!(days("cy", 2), "2 ddiwrnod");
        assert_eq!(days("cy", 3), "3 diwrnod");
        assert!(days(ACCENTED, 3).contains('3'));
    }

    #[test]
    fn the_invented_languages_change_every_word_and_keep_what_is_put_in() {
        let said = speak(ACCENTED).home_hello("Ash");
        assert!(said.contains("Ash") && !said.contains("Hello"), "{said}");
        let said = speak(TURNED).home_hello("Ash");
        assert!(said.contains("Ash") && !said.contains("Hello"), "{said}");
    }
}
