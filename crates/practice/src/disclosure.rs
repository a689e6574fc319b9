//! What of a record is left out when someone asks for it: on which ground, which words, and who looked at it twice.
//!
//! Everything is disclosed unless somebody says why not. What is left out is a span of a text, in characters, so that
//! the words around it are given. Social workers, health workers and teachers acting in their work are normally named:
//! that is no ground by itself (Data Protection Act 2018, schedule 2, paragraph 17).

use crate::calendar::{Unit, add_months};
use crate::clock::Rules;
use crate::id::WorkerId;
use crate::words::words;
use jiff::civil::Date;

words! {
    /// Who asks for a record.
    Asker {
        Themselves = "themselves", "They themselves";
        Parent = "parent", "A parent for them";
        Advocate = "advocate", "An advocate or a lawyer for them";
        Authority = "authority", "Somebody else who may";
    }
}

words! {
    /// How a request for a record stands.
    RequestState {
        Open = "open", "Still to be answered";
        Given = "given", "Given";
        Withdrawn = "withdrawn", "Taken back";
        Refused = "refused", "Refused";
    }
}

words! {
    /// Why words are left out.
    Ground {
        ThirdParty = "third-party", "About somebody else";
        SeriousHarm = "serious-harm", "Giving it would be likely to cause serious harm";
        ChildAbuse = "child-abuse", "About a child's being abused, and not in the child's interest to give";
        LegalPrivilege = "legal-privilege", "Between the council and its lawyers";
        AdoptionOrCourt = "adoption-or-court", "Adoption or court papers that the law keeps closed";
    }
}

impl Ground {
    /// What stands behind it.
    pub const fn source(self) -> &'static str {
        match self {
            Self::ThirdParty => "Data Protection Act 2018, schedule 2, paragraph 16",
            Self::SeriousHarm => "Data Protection Act 2018, schedule 3, part 3 (social work data)",
            Self::ChildAbuse => "Data Protection Act 2018, schedule 3, part 5",
            Self::LegalPrivilege => "Data Protection Act 2018, schedule 2, paragraph 19",
            Self::AdoptionOrCourt => "Data Protection Act 2018, schedule 4",
        }
    }

    /// What the person is told in the place of the words: the ground, and nothing of what stood there.
    pub const fn told(self) -> &'static str {
        match self {
            Self::ThirdParty => "left out: it is about somebody else",
            Self::SeriousHarm => "left out: the law lets us keep this back to keep people safe",
            Self::ChildAbuse => "left out: the law lets us keep this back to protect a child",
            Self::LegalPrivilege => "left out: advice from lawyers",
            Self::AdoptionOrCourt => "left out: adoption or court papers that the law keeps closed",
        }
    }

    /// What whoever decides must have weighed.
    pub const fn weigh(self) -> &'static str {
        match self {
            Self::ThirdParty => {
                "Could they consent, is it fair without, do they know it already? Workers acting in their role are normally named"
            }
            Self::SeriousHarm => {
                "Would giving it be likely to cause serious harm to the health or safety of anyone? Say whose"
            }
            Self::ChildAbuse => {
                "Is it about a child who is or may be abused, and against that child's interest?"
            }
            Self::LegalPrivilege => "Was it said to or by a lawyer for advice or for a case? Ask the lawyer",
            Self::AdoptionOrCourt => "Which order, report or regulation keeps it closed?",
        }
    }
}

/// Words of one text that are left out: from the character `first` up to but not with `past`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first character, counted from 0.
    pub first: usize,
    /// One past the last.
    pub past: usize,
    /// Why.
    pub ground: Ground,
}

/// Why a list of spans cannot stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpanRefusal {
    /// It holds no word.
    #[error("There are no words in it. Choose the words to leave out")]
    Empty,
    /// It goes beyond the text.
    #[error("It goes beyond the end of the text")]
    Outside,
    /// It shares words with another.
    #[error("Some of these words are left out already. Take that back first")]
    Overlaps,
}

/// How many characters a text has.
pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// Whether these spans can stand together over a text: within it, each with a word, none sharing words.
///
/// # Errors
/// [`SpanRefusal`] of the first that cannot.
pub fn check(text: &str, spans: &[Span]) -> Result<(), SpanRefusal> {
    let long = length(text);
    let mut sorted = spans.to_vec();
    sorted.sort();
    let mut end = 0;
    for span in sorted {
        if span.first >= span.past {
            return Err(SpanRefusal::Empty);
        }
        if span.past > long {
            return Err(SpanRefusal::Outside);
        }
        if span.first < end {
            return Err(SpanRefusal::Overlaps);
        }
        end = span.past;
    }
    Ok(())
}

/// A piece of a text as its reader gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words that are given.
    Words(String),
    /// Words that are not, and why.
    LeftOut(Ground),
}

/// What the person gets of a text. Spans that [`check`] refuses leave out all they touch.
pub fn audience(text: &str, spans: &[Span]) -> Vec<Piece> {
    let mut sorted = spans.to_vec();
    sorted.sort();
    let letters: Vec<char> = text.chars().collect();
    let (mut pieces, mut at) = (vec![], 0);
    for span in sorted.iter().filter(|span| span.first < span.past) {
        let first = span.first.min(letters.len());
        if first > at {
            pieces.push(Piece::Words(letters[at..first].iter().collect()));
        }
        let past = span.past.min(letters.len());
        if past > at {
            pieces.push(Piece::LeftOut(span.ground));
            at = past;
        }
    }
    if at < letters.len() {
        pieces.push(Piece::Words(letters[at..].iter().collect()));
    }
    pieces
}

/// Every place where these words stand in a text, as first and past, whatever white space lies between them. Places
/// do not overlap.
pub fn places(text: &str, words: &str) -> Vec<(usize, usize)> {
    let sought: Vec<Vec<char>> = words.split_whitespace().map(|word| word.chars().collect()).collect();
    let letters: Vec<char> = text.chars().collect();
    let (mut found, mut at) = (vec![], 0);
    if sought.is_empty() {
        return found;
    }
    while at < letters.len() {
        match ends(&letters, at, &sought) {
            Some(past) => {
                found.push((at, past));
                at = past;
            }
            None => at += 1,
        }
    }
    found
}

fn ends(letters: &[char], from: usize, sought: &[Vec<char>]) -> Option<usize> {
    let mut at = from;
    for (number, word) in sought.iter().enumerate() {
        if number > 0 {
            let gap = letters[at..].iter().take_while(|letter| letter.is_whitespace()).count();
            if gap == 0 {
                return None;
            }
            at += gap;
        }
        if !letters[at..].starts_with(word) {
            return None;
        }
        at += word.len();
    }
    Some(at)
}

/// Until when somebody who asks must be told that the answer takes longer: within the first length of rule IR-01, which
/// runs from the day it is known who asks, or from the request's arrival (UK GDPR articles 12 and 12A). None where that
/// rule is not told in months.
pub fn last_day_to_put_off(rules: &Rules, received: Date, known: Option<Date>) -> Option<Date> {
    let began = known.map_or(received, |known| known.max(received));
    let first = rules.best("IR-01".parse().ok()?, began)?.first?;
    (first.unit == Unit::Months).then(|| add_months(began, i32::try_from(first.n).unwrap_or(i32::MAX)))
}

/// Whether this worker may check what these decided: somebody who decided nothing of it.
pub fn may_check(decided: &[WorkerId], checks: WorkerId) -> bool {
    !decided.contains(&checks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn span(first: usize, past: usize) -> Span {
        Span { first, past, ground: Ground::ThirdParty }
    }

    #[test]
    fn spans_lie_within_the_text_and_apart() {
        assert_eq!(check("Zoë said", &[span(0, 3), span(3, 4)]), Ok(()));
        assert_eq!(check("Zoë said", &[span(0, 3), span(2, 4)]), Err(SpanRefusal::Overlaps));
        assert_eq!(check("Zoë said", &[span(4, 9)]), Err(SpanRefusal::Outside));
        assert_eq!(check("Zoë said", &[span(4, 4)]), Err(SpanRefusal::Empty));
    }

    #[test]
    fn words_are_found_across_lines_and_the_rest_is_given() {
        let text = "Her gran\nMaud rang. Maud was cross.";
        assert_eq!(places(text, "gran Maud"), vec![(4, 13)]);
        assert_eq!(places(text, " Maud "), vec![(9, 13), (20, 24)]);
        assert_eq!(places(text, "  "), vec![]);
        let given = audience(text, &[span(4, 13)]);
        assert_eq!(
            given,
            vec![
                Piece::Words("Her ".into()),
                Piece::LeftOut(Ground::ThirdParty),
                Piece::Words(" rang. Maud was cross.".into())
            ]
        );
    }

    #[test]
    fn whoever_decided_any_of_it_does_not_check_it_and_every_ground_has_its_law() {
        let [one, two] = [1, 2].map(|n| WorkerId(uuid::Uuid::from_u128(n)));
        assert!(!may_check(&[one, two], one));
        assert!(may_check(&[one], two));
        assert!(Ground::ALL.iter().all(|ground| ground.source().starts_with("Data Protection Act 2018")));
    }

    #[test]
    fn they_are_told_that_it_takes_longer_within_the_first_month() {
        let rules = Rules::built_in().unwrap();
        let day = |month, day| jiff::civil::date(2026, month, day);
        let last = |received, known| last_day_to_put_off(&rules, received, known).unwrap();
        assert_eq!(last(day(11, 2), None), day(12, 2));
        assert_eq!(last(day(11, 2), Some(day(11, 20))), day(12, 20));
        assert_eq!(last(day(11, 2), Some(day(10, 20))), day(12, 2), "known before it arrived");
        assert_eq!(last(day(8, 31), None), day(9, 30));
    }

    proptest! {
        #[test]
        fn what_is_given_is_the_text_without_the_spans_and_no_more(
            text in "[a-zé ]{0,40}", cuts in proptest::collection::vec((0_usize..45, 0_usize..45), 0..4),
        ) {
            let spans: Vec<Span> = cuts.iter().map(|(one, two)| span(*one.min(two), *one.max(two))).collect();
            let given: String = audience(&text, &spans)
                .into_iter()
                .filter_map(|piece| if let Piece::Words(words) = piece { Some(words) } else { None })
                .collect();
            let out = |at: usize| spans.iter().any(|span| span.first <= at && at < span.past);
            let expected: String =
                text.chars().enumerate().filter(|(at, _)| !out(*at)).map(|(_, letter)| letter).collect();
            prop_assert_eq!(given, expected);
        }

        #[test]
        fn words_taken_from_a_text_are_found_in_it(text in "[a-c \n]{1,30}", from in 0_usize..30, many in 1_usize..10) {
            let words: String = text.chars().skip(from).take(many).collect();
            prop_assume!(!words.trim().is_empty());
            let found = places(&text, &words);
            prop_assert!(!found.is_empty());
            let spans: Vec<Span> = found.into_iter().map(|(first, past)| span(first, past)).collect();
            prop_assert_eq!(check(&text, &spans), Ok(()));
        }
    }
}
