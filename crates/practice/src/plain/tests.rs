//! The plain-language check: what it finds, in which forms, and what it leaves alone.
#![cfg(test)]

use super::{LONG_SENTENCE, List, OwnWord, check_own, key, long_sentence, look, usual};
use proptest::prelude::*;

fn said<'t>(list: &List, text: &'t str) -> Vec<(&'t str, String)> {
    look(list, text).into_iter().map(|one| (&text[one.range], one.word.say.clone())).collect()
}

fn finds(text: &str) -> Vec<String> {
    said(usual().unwrap(), text).into_iter().map(|one| one.0.to_owned()).collect()
}

fn own(say: &str, instead: &str, off: bool) -> OwnWord {
    let instead = if instead.is_empty() { vec![] } else { vec![instead.to_owned()] };
    OwnWord { say: say.to_owned(), instead, why: "Ours.".to_owned(), off }
}

#[test]
fn the_starting_list_can_be_read_and_every_word_has_something_to_say_instead() {
    let list = usual().unwrap();
    assert!(list.words().len() >= 40, "{}", list.words().len());
    let mut keys: Vec<String> = list.words().iter().flat_map(|word| word.ways().map(key)).collect();
    let all = keys.len();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), all, "a way of writing stands twice");
    for word in list.words() {
        let as_own = OwnWord {
            say: word.say.clone(),
            instead: word.instead.clone(),
            why: word.why.clone(),
            off: false,
        };
        assert_eq!(check_own(&as_own), Ok(()), "{}", word.say);
        assert!(word.why.ends_with('.') && !word.why.is_empty(), "{}", word.say);
        for way in word.ways() {
            assert_eq!(finds(way).len(), 1, "{way} is not found by itself");
        }
        for better in &word.instead {
            let better = better.trim_end_matches([':', '.', ' ']);
            assert!(finds(better).is_empty(), "{} would be remarked on in turn: {better}", word.say);
        }
    }
}

#[test]
fn words_are_found_in_their_forms_in_any_letters_and_only_whole() {
    assert_eq!(
        finds("Her placement, her PLACEMENTS, two placement's rules."),
        ["placement", "PLACEMENTS", "placement's"]
    );
    assert_eq!(finds("He absconded, is absconding, absconds."), ["absconded", "absconding", "absconds"]);
    assert_eq!(finds("Mum failed to engage. She fails to engage."), ["failed to engage", "fails to engage"]);
    assert_eq!(finds("He DNA\u{2019}d twice, a no show, a no-show"), ["DNA\u{2019}d", "no show", "no-show"]);
    assert_eq!(finds("attention seeking, Attention-Seeking"), ["attention seeking", "Attention-Seeking"]);
    assert_eq!(finds("She was manipulating, it was manipulated"), ["manipulating", "manipulated"]);
    assert!(finds("The black sack lacks a replacement; displacement; a lace.").is_empty());
    assert_eq!(finds("the LAC review and two LACs"), ["LAC review", "LACs"]);
}

#[test]
fn a_phrase_is_one_only_when_its_words_stand_together() {
    assert!(finds("It was hard. To reach the house I walked.").is_empty());
    assert_eq!(finds("hard\nto reach"), ["hard\nto reach"]);
    assert!(finds("hard\n\nto reach").is_empty());
}

#[test]
fn an_ordinary_word_where_it_stands_is_left_alone() {
    assert!(finds("I contacted the school. She made eye contact. I tried to contact Dad.").is_empty());
    assert!(finds("Bring a coat just in case. In that case we wait.").is_empty());
    assert!(finds("He starts a work placement on Monday.").is_empty());
    assert_eq!(finds("Contact with Mum went well."), ["Contact"]);
    assert_eq!(finds("Eye contact, then contact at the centre."), ["contact"]);
}

#[test]
fn quoted_speech_is_somebodys_own_and_never_corrected() {
    for text in [
        "Leanne said \u{201c}my placement is fine\u{201d}.",
        "Leanne said \"my placement is fine\".",
        "Leanne said 'my placement isn't fine' and left.",
        "Leanne said \u{2018}it isn\u{2019}t a placement\u{2019}.",
        "She wrote: \u{201c}I hate this placement",
    ] {
        assert!(finds(text).is_empty(), "{text}");
    }
    assert_eq!(finds("\u{201c}No,\u{201d} she said of the placement."), ["placement"]);
    // an apostrophe opens nothing, and an open mark ends with its paragraph
    assert_eq!(finds("She isn't happy in the placement, it's far."), ["placement"]);
    assert_eq!(finds("\u{201c}I do not know\nThe placement is far."), ["placement"]);
}

#[test]
fn a_council_adds_changes_and_switches_off() {
    let list = usual().unwrap().with_own(&[
        own("Placement", "your home", false),
        own("kick off", "", true),
        own("meltdown", "", true),
        own("panel", "the people who decide", false),
        own("supervised contact", "time with someone beside you", false),
    ]);
    let placement = list.find("placement").unwrap();
    assert_eq!((placement.instead.as_slice(), placement.own), (["your home".to_owned()].as_slice(), true));
    assert!(said(&list, "a work placement").is_empty(), "what was ordinary stays ordinary");
    assert!(said(&list, "He kicked off. A meltdown.").is_empty());
    assert_eq!(said(&list, "the panel")[0].1, "panel");
    assert_eq!(said(&list, "supervised contact")[0].1, "supervised contact");
    assert_eq!(said(usual().unwrap(), "supervised contact")[0].1, "contact session");
}

#[test]
fn a_word_of_the_councils_own_is_checked() {
    let wrong = |word: OwnWord| -> Vec<&str> {
        check_own(&word).unwrap_err().into_iter().map(|remark| remark.field).collect()
    };
    assert_eq!(wrong(own(" - ", "home", false)), ["say"]);
    assert_eq!(wrong(own("panel", "", false)), ["instead"]);
    assert_eq!(wrong(own("panel", "Panel", false)), ["instead"]);
    assert_eq!(wrong(own(&"long ".repeat(13), "home", false)), ["say"]);
    assert_eq!(check_own(&own("panel", "", true)), Ok(()));
}

#[test]
fn one_long_sentence_is_hinted_at_and_speech_in_it_does_not_count() {
    let long = format!("I came. {}. Then I left.", vec!["word"; LONG_SENTENCE + 1].join(" "));
    let hint = long_sentence(&long).unwrap();
    assert_eq!(hint.words, LONG_SENTENCE + 1);
    assert!(long[hint.range].starts_with("word word"));
    assert_eq!(long_sentence(&format!("{}.", vec!["word"; LONG_SENTENCE].join(" "))), None);
    assert_eq!(long_sentence(&format!("She said \u{201c}{}\u{201d}.", vec!["word"; 90].join(" "))), None);
}

proptest! {
    #[test]
    fn whatever_is_typed_what_is_found_lies_in_it_in_order_and_outside_double_quotes(text in "(?s)[a-zA-Z \n'\"\u{201c}\u{201d}\u{2019}.,-]{0,60}(placement|LAC|hard to reach)?(?s).{0,60}") {
        let mut last = 0;
        for one in look(usual().unwrap(), &text) {
            prop_assert!(text.get(one.range.clone()).is_some());
            prop_assert!(last <= one.range.start && one.range.start < one.range.end);
            last = one.range.end;
        }
        let _ = long_sentence(&text);
        let spoken = format!("\u{201c}{}\u{201d}", text.replace(['\n', '"', '\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}', '\u{bb}', '\'', '\u{2018}', '\u{2019}'], " "));
        prop_assert!(look(usual().unwrap(), &spoken).is_empty());
    }
}
