//! Going slower, or otherwise than procedure says, for a person's good. A worker says what is done otherwise, why that is good
//! for this person and until when; whoever leads first asks why, and reads the answer, before they agree, agree for less long,
//! or say no. No date of the law moves: what was agreed stands beside it. When its day comes it is looked at again.

use crate::calendar::add_days;
use crate::words::words;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

words! {
    /// How it stands.
    WayState {
        Proposed = "proposed", "Waits for whoever leads to ask why";
        Asked = "asked", "Whoever leads asks why";
        Answered = "answered", "The question is answered";
        Agreed = "agreed", "Agreed";
        Declined = "declined", "Not agreed";
        TakenBack = "taken-back", "Taken back";
        Ended = "ended", "Looked at again, and over";
    }
}

impl WayState {
    /// Whether somebody has still to say yes or no.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Proposed | Self::Asked | Self::Answered)
    }
}

words! {
    /// What becomes of it when it is looked at again.
    Became {
        Helped = "helped", "It helped";
        Partly = "partly", "It helped in part";
        NotHelped = "not-helped", "It did not help";
        NotNeeded = "not-needed", "It was not needed after all";
    }
}

words! {
    /// What one of a conversation says.
    Said {
        Question = "question", "asks";
        Answer = "answer", "answers";
    }
}

/// Who does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct By {
    /// They proposed it.
    pub proposed: bool,
    /// They lead the team that answers for the person.
    pub leads: bool,
}

/// How it stands, as far as it decides what may be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How.
    pub state: WayState,
    /// The last day that was asked for.
    pub asked_until: Date,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move<'a> {
    /// Asks why.
    Ask(&'a str),
    /// Answers.
    Answer(&'a str),
    /// Agrees, until a day.
    Agree {
        /// The last day.
        until: Date,
        /// Today.
        today: Date,
    },
    /// Says no, and why.
    Decline(&'a str),
    /// Takes it back before anybody decided.
    TakeBack,
    /// Looks at it again: what became of it, in words.
    Look(&'a str),
}

/// Why something may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nobody leads themselves.
    #[error("Whoever leads the team says yes or no, and nobody to what they proposed themselves")]
    NotALead,
    /// Only whoever proposed it answers for it.
    #[error("This is for whoever proposed it")]
    NotTheirs,
    /// Nothing is decided before why was asked.
    #[error("Ask why first, and read the answer. Then say yes or no")]
    AskFirst,
    /// Nothing is decided before the answer.
    #[error("Your question is not answered yet. Read the answer first")]
    NotAnswered,
    /// It went on meanwhile.
    #[error("This has gone on meanwhile. Look at how it stands now")]
    GoneOn,
    /// Nothing was written.
    #[error("Write it in a sentence or two")]
    NoWords,
    /// The last day is past, or later than was asked for.
    #[error("Choose a day from today to the day that was asked for")]
    Day,
}

/// How it stands after this.
///
/// # Errors
/// [`Refusal`] with its sentence.
pub fn go(held: &Standing, by: By, what: Move<'_>) -> Result<WayState, Refusal> {
    let leads = by.leads && !by.proposed;
    let empty = |words: &str| words.trim().is_empty();
    match what {
        Move::Ask(_) | Move::Agree { .. } | Move::Decline(_) if !leads => Err(Refusal::NotALead),
        Move::Answer(_) | Move::TakeBack if !by.proposed => Err(Refusal::NotTheirs),
        Move::Look(_) if !by.proposed && !by.leads => Err(Refusal::NotTheirs),
        Move::Look(_) if held.state != WayState::Agreed => Err(Refusal::GoneOn),
        Move::Ask(_) | Move::Answer(_) | Move::Agree { .. } | Move::Decline(_) | Move::TakeBack
            if !held.state.is_open() =>
        {
            Err(Refusal::GoneOn)
        }
        Move::Agree { .. } | Move::Decline(_) if held.state == WayState::Proposed => Err(Refusal::AskFirst),
        Move::Agree { .. } | Move::Decline(_) if held.state == WayState::Asked => Err(Refusal::NotAnswered),
        Move::Answer(_) if held.state != WayState::Asked => Err(Refusal::GoneOn),
        Move::Ask(words) | Move::Answer(words) | Move::Decline(words) | Move::Look(words) if empty(words) => {
            Err(Refusal::NoWords)
        }
        Move::Agree { until, today } if until < today || until > held.asked_until => Err(Refusal::Day),
        Move::Ask(_) => Ok(WayState::Asked),
        Move::Answer(_) => Ok(WayState::Answered),
        Move::Agree { .. } => Ok(WayState::Agreed),
        Move::Decline(_) => Ok(WayState::Declined),
        Move::TakeBack => Ok(WayState::TakenBack),
        Move::Look(_) => Ok(WayState::Ended),
    }
}

/// Whether it is to be looked at again on a day: from its last day on, until somebody did.
pub fn look_due(state: WayState, until: Option<Date>, today: Date) -> bool {
    state == WayState::Agreed && until.is_some_and(|until| until <= today)
}

/// For how long something may be done otherwise, from a day on.
#[derive(Clone, Debug, Deserialize)]
pub struct Figure {
    from: Date,
    until: Option<Date>,
    most_weeks: i32,
    /// Where the figure comes from.
    pub source: String,
}

/// The figures, by the day from which they hold.
#[derive(Clone, Debug, Deserialize)]
pub struct Figures {
    figure: Vec<Figure>,
}

impl Figures {
    /// The figures the program comes with, `data/own_way.toml`.
    ///
    /// # Errors
    /// Only when the program was built with figures that cannot be read; a test reads them.
    pub fn usual() -> Result<&'static Self, &'static str> {
        static USUAL: LazyLock<Result<Figures, String>> =
            LazyLock::new(|| Figures::read(include_str!("../data/own_way.toml")));
        USUAL.as_ref().map_err(String::as_str)
    }

    /// Reads figures of the same form as `data/own_way.toml`.
    ///
    /// # Errors
    /// A sentence that says which figure has no length or no source.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|wrong| wrong.to_string())?;
        match read.figure.iter().find(|one| one.most_weeks < 1 || one.source.trim().is_empty()) {
            Some(one) => Err(format!("the figure from {} has no length or no source", one.from)),
            None => Ok(read),
        }
    }

    /// The last day until which something that is proposed on a day can be done otherwise.
    pub fn latest(&self, proposed: Date) -> Option<Date> {
        let holds = |one: &&Figure| one.from <= proposed && one.until.is_none_or(|until| proposed <= until);
        self.figure.iter().rev().find(holds).map(|one| add_days(proposed, one.most_weeks * 7))
    }
}

/// Words without these names, for a page of reasons that names nobody: each word of a name becomes three dots, however it is
/// written, and the small words of a language stay.
pub fn without_names(words: &str, names: &[String]) -> String {
    let parts: Vec<String> = names
        .iter()
        .flat_map(|name| name.split(|one: char| !one.is_alphanumeric()))
        .filter(|part| part.chars().count() > 1)
        .map(str::to_lowercase)
        .collect();
    let (mut out, mut word) = (String::with_capacity(words.len()), String::new());
    let end = |word: &mut String, out: &mut String| {
        let named = parts.contains(&word.to_lowercase());
        out.push_str(if named { "…" } else { word.as_str() });
        word.clear();
    };
    for letter in words.chars() {
        if letter.is_alphanumeric() {
            word.push(letter);
        } else {
            end(&mut word, &mut out);
            out.push(letter);
        }
    }
    end(&mut word, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);
    const UNTIL: Date = date(2026, 12, 21);
    const LEAD: By = By { proposed: false, leads: true };
    const WORKER: By = By { proposed: true, leads: false };
    const NOBODY: By = By { proposed: false, leads: false };

    const fn held(state: WayState) -> Standing {
        Standing { state, asked_until: UNTIL }
    }

    const AGREE: Move<'static> = Move::Agree { until: UNTIL, today: TODAY };

    #[test]
    fn why_is_asked_and_answered_before_anybody_says_yes_or_no() {
        for decides in [AGREE, Move::Decline("Too long")] {
            assert_eq!(go(&held(WayState::Proposed), LEAD, decides), Err(Refusal::AskFirst));
            assert_eq!(go(&held(WayState::Asked), LEAD, decides), Err(Refusal::NotAnswered));
            assert!(go(&held(WayState::Answered), LEAD, decides).is_ok());
        }
        assert_eq!(go(&held(WayState::Proposed), LEAD, Move::Ask("What does she say?")), Ok(WayState::Asked));
        assert_eq!(go(&held(WayState::Answered), LEAD, Move::Ask("And her mum?")), Ok(WayState::Asked));
        assert_eq!(
            go(&held(WayState::Asked), WORKER, Move::Answer("She asked for it")),
            Ok(WayState::Answered)
        );
    }

    #[test]
    fn nobody_decides_what_they_proposed_and_nobody_else_answers_for_it() {
        let both = By { proposed: true, leads: true };
        for by in [both, WORKER, NOBODY] {
            for what in [Move::Ask("Why?"), AGREE, Move::Decline("No")] {
                assert_eq!(go(&held(WayState::Answered), by, what), Err(Refusal::NotALead));
            }
        }
        for by in [LEAD, NOBODY] {
            assert_eq!(go(&held(WayState::Asked), by, Move::Answer("So")), Err(Refusal::NotTheirs));
            assert_eq!(go(&held(WayState::Asked), by, Move::TakeBack), Err(Refusal::NotTheirs));
        }
        assert_eq!(go(&held(WayState::Agreed), NOBODY, Move::Look("Well")), Err(Refusal::NotTheirs));
    }

    #[test]
    fn it_may_be_agreed_for_less_long_and_never_for_longer() {
        let agree = |until| go(&held(WayState::Answered), LEAD, Move::Agree { until, today: TODAY });
        assert_eq!(agree(date(2026, 11, 30)), Ok(WayState::Agreed));
        assert_eq!(agree(TODAY), Ok(WayState::Agreed));
        assert_eq!(agree(date(2026, 12, 22)), Err(Refusal::Day));
        assert_eq!(agree(date(2026, 11, 22)), Err(Refusal::Day));
    }

    #[test]
    fn what_is_over_does_not_go_on_and_words_are_needed() {
        for over in [WayState::Agreed, WayState::Declined, WayState::TakenBack, WayState::Ended] {
            assert_eq!(go(&held(over), LEAD, Move::Ask("Why?")), Err(Refusal::GoneOn));
            assert_eq!(go(&held(over), WORKER, Move::TakeBack), Err(Refusal::GoneOn));
        }
        assert_eq!(go(&held(WayState::Declined), WORKER, Move::Look("Well")), Err(Refusal::GoneOn));
        assert_eq!(go(&held(WayState::Proposed), LEAD, Move::Ask("  ")), Err(Refusal::NoWords));
        assert_eq!(go(&held(WayState::Answered), LEAD, Move::Decline("")), Err(Refusal::NoWords));
        assert_eq!(go(&held(WayState::Agreed), WORKER, Move::Look("It helped")), Ok(WayState::Ended));
    }

    #[test]
    fn it_is_looked_at_again_from_its_last_day_on() {
        assert!(!look_due(WayState::Agreed, Some(UNTIL), TODAY));
        assert!(look_due(WayState::Agreed, Some(UNTIL), UNTIL));
        assert!(!look_due(WayState::Ended, Some(UNTIL), UNTIL));
    }

    #[test]
    fn the_figures_are_read_and_a_wrong_one_is_named() {
        let usual = Figures::usual().unwrap();
        assert_eq!(usual.latest(TODAY), Some(date(2027, 2, 15)), "twelve weeks");
        assert_eq!(usual.latest(date(2025, 12, 31)), None, "no figure held then");
        let wrong = "[[figure]]\nfrom = \"2026-01-01\"\nmost_weeks = 0\nsource = \"x\"";
        assert!(Figures::read(wrong).unwrap_err().contains("2026-01-01"));
    }

    #[test]
    fn a_page_of_reasons_names_nobody() {
        let names = ["Josie".to_owned(), "Josie Hart-Lee".to_owned()];
        let words = "JOSIE’s mum, Ms Hart, asked us; a hartbeat is no name";
        assert_eq!(without_names(words, &names), "…’s mum, Ms …, asked us; a hartbeat is no name");
    }
}
