//! The words themselves: each is used by some page, and a child of nine can read them.
#![expect(clippy::unwrap_used, clippy::tests_outside_test_module, reason = "a whole file of tests")]

use std::fs;
use std::path::Path;

const ENGLISH: &str = include_str!("../words/en.ftl");

/// The hardest school year at which a section may read.
const GRADE: f64 = 4.5;

/// Each section with its messages: name and words.
fn sections() -> Vec<(String, Vec<(String, String)>)> {
    let mut sections: Vec<(String, Vec<(String, String)>)> = vec![(String::new(), vec![])];
    for line in ENGLISH.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            sections.push((heading.to_owned(), vec![]));
        } else if let Some((id, words)) = line.split_once(" = ").filter(|(id, _)| !id.contains([' ', '#'])) {
            sections.last_mut().unwrap().1.push((id.to_owned(), words.to_owned()));
        } else if let Some((_, words)) = line.trim().split_once("] ") {
            let last = sections.last_mut().unwrap();
            let id = last.1.last().unwrap().0.clone();
            last.1.push((id, words.to_owned()));
        }
    }
    sections
}

fn used_in(folder: &Path, name: &str) -> bool {
    fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).any(|path| {
        if path.is_dir() {
            return used_in(&path, name);
        }
        path.extension().is_some_and(|end| end == "rs")
            && fs::read_to_string(&path).unwrap().contains(&format!(".{name}("))
    })
}

#[test]
fn every_message_is_said_by_some_page() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (app, here) = (top.join("../app/src"), top.join("src"));
    let unused: Vec<String> = sections()
        .into_iter()
        .flat_map(|section| section.1)
        .map(|(id, _)| id.replace('-', "_"))
        .filter(|name| !used_in(&app, name) && !used_in(&here, name))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// About how many syllables a word has: groups of vowels, less a silent e.
fn syllables(word: &str) -> usize {
    let word: String = word.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect();
    let vowel = |letter: char| "aeiouy".contains(letter);
    let (mut count, mut before) = (0, false);
    for letter in word.chars() {
        if vowel(letter) && !before {
            count += 1;
        }
        before = vowel(letter);
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && count > 1;
    (count - usize::from(silent)).max(1)
}

/// The school year that a text is about right for, by Flesch and Kincaid.
fn grade(text: &str) -> f64 {
    let sentences = text.split(['.', '?', '!', ':']).filter(|one| !one.trim().is_empty()).count();
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    let many = words.iter().map(|word| syllables(word)).sum::<usize>();
    let number = |many: usize| f64::from(u32::try_from(many).unwrap());
    let (sentences, words, many) = (number(sentences), number(words.len()), number(many));
    0.39 * words / sentences + 11.8 * many / words - 15.59
}

#[test]
fn the_measure_tells_easy_from_hard() {
    assert!(grade("The cat sat on the mat. It was a big cat.") < 1.0);
    let hard = "Notwithstanding the aforementioned considerations, the local authority shall determine appropriate arrangements.";
    assert!(grade(hard) > 15.0);
}

#[test]
fn a_child_of_nine_can_read_every_section() {
    let mut pooled = String::new();
    for (heading, messages) in sections() {
        let text: String = messages
            .iter()
            .filter(|(id, _)| !["language-", "month-", "weekday-"].iter().any(|names| id.starts_with(names)))
            .map(|(_, words)| {
                let words = words.replace(['{', '}'], "").replace("$name", "Nadia").replace('$', "");
                if words.ends_with(['.', '?', '!']) { format!("{words} ") } else { format!("{words}. ") }
            })
            .collect();
        pooled.push_str(&text);
        if text.split_whitespace().count() >= 60 {
            let grade = grade(&text);
            assert!(grade <= GRADE, "{heading}: {grade:.1}\n{text}");
        }
    }
    assert!(grade(&pooled) <= GRADE, "{:.1}", grade(&pooled));
}
