//! "You have told us this": which words of a question to look for in what was told before.

/// Words that say nothing about what is asked.
const EMPTY: &[&str] = &[
    "about", "after", "again", "all", "and", "any", "anybody", "anyone", "are", "ask", "asking", "been",
    "before", "being", "can", "could", "did", "does", "doing", "done", "feel", "feeling", "for", "from",
    "get", "gets", "going", "had", "has", "have", "her", "him", "his", "how", "into", "its", "know", "like",
    "made", "make", "many", "may", "might", "much", "not", "now", "off", "one", "our", "out", "over",
    "shall", "she", "should", "some", "tell", "than", "that", "the", "their", "them", "then", "there",
    "they", "thing", "things", "think", "this", "time", "told", "want", "wants", "was", "way", "were",
    "what", "when", "where", "whether", "which", "who", "whom", "whose", "why", "will", "with", "would",
    "you", "your",
];
/// How many words of a question are looked for.
const MOST: usize = 8;
/// Shorter words are not looked for.
const LEAST: usize = 3;

/// The words of a question that say what it is about: in small letters, each once, without endings that a text may not
/// have ("nights" finds "night", "sleeping" finds "sleep"). None for a question without such words.
pub fn sought(question: &str) -> Vec<String> {
    let mut all: Vec<String> = vec![];
    for word in question
        .to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '’')
    {
        let word = word.trim_matches(['\'', '’']);
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
        if word.chars().count() < LEAST || EMPTY.contains(&word) {
            continue;
        }
        let stem = stem(word).to_owned();
        if !all.contains(&stem) {
            all.push(stem);
        }
    }
    all.truncate(MOST);
    all
}

/// A word without an ending, where four letters or more are left.
fn stem(word: &str) -> &str {
    if word.ends_with("ss") {
        return word;
    }
    let cut = |ending: &&str| word.strip_suffix(*ending).filter(|left| left.chars().count() >= 4);
    ["ing", "ies", "ed", "es", "s"].iter().find_map(cut).unwrap_or(word)
}

/// How many of the words sought stand in a text, at the beginning of a word.
pub fn held(text: &str, sought: &[String]) -> usize {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
    sought.iter().filter(|one| words.iter().any(|word| word.starts_with(one.as_str()))).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_question_without_anything_in_it_looks_for_nothing() {
        assert!(sought("").is_empty());
        assert!(sought("What do they want to do, and why? It is so.").is_empty());
        assert_eq!(held("Anything at all", &sought("How are you?")), 0);
    }

    #[test]
    fn the_words_that_matter_are_found_whatever_their_ending() {
        let words = sought("How does Josie's sleeping go at nights, and who wakes up at night?");
        assert_eq!(words, ["josie", "sleep", "night", "wake"]);
        assert_eq!(held("I still listen for her in the night. I don't sleep.", &words), 2);
        assert_eq!(held("A fortnight ago", &words), 0, "inside another word is another word");
    }

    #[test]
    fn short_words_keep_their_letters_and_ss_is_no_ending() {
        assert_eq!(sought("bus class glass dad's mum’s"), ["bus", "class", "glass", "dad", "mum"]);
    }

    proptest! {
        #[test]
        fn any_text_is_looked_for_without_harm(text in ".{0,80}") {
            let words = sought(&text);
            prop_assert!(words.len() <= MOST);
            prop_assert!(held(&text, &words) <= words.len());
        }
    }
}
