//! Holding something back from somebody who would otherwise read it, and saying that words are somebody's private matter:
//! the reasons there are, by when each is looked at again, and what of it goes on when an entry is corrected.

use super::What;
use crate::calendar::add_days;
use crate::id::PersonId;
use crate::recording::Remark;
use crate::words::words;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

words! {
    /// What sort of private matter words concern.
    Matter {
        Address = "address", "Where they live";
        Contact = "contact", "How to reach them";
        Health = "health", "Their health";
        SaidAlone = "said-alone", "What they said alone";
        Referrer = "referrer", "That they told us of a worry";
        Other = "other", "Something else that is private";
        /// Looked at: it names them, and nothing in it is private.
        Nothing = "nothing", "Nothing private";
    }
}

/// A reason for which something may be held back.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ground {
    /// The stored word.
    pub code: String,
    /// In plain words.
    pub plain: String,
    /// The law that it follows.
    pub law: String,
    /// From when it may be used.
    pub from: Date,
    /// The last day on which it may be used, where there is one.
    pub until: Option<Date>,
    /// After how many weeks it is looked at again as a rule.
    pub weeks: i32,
    /// After how many weeks at the latest.
    pub most_weeks: i32,
    /// Whether a worker must say more than the ground itself.
    #[serde(default)]
    pub say_why: bool,
}

impl Ground {
    /// The day on which it is looked at again, unless another is chosen.
    pub fn usual_review(&self, today: Date) -> Date {
        add_days(today, self.weeks * 7)
    }

    /// The last day that may be chosen.
    pub fn last_review(&self, today: Date) -> Date {
        add_days(today, self.most_weeks * 7)
    }

    fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// The reasons for which something may be held back, each with the dates between which it may be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grounds(Vec<Ground>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    ground: Vec<Ground>,
}

impl Grounds {
    /// The list the program comes with, `data/holding.toml`.
    ///
    /// # Errors
    /// Only when the program was built with a list that cannot be read; a test reads it.
    pub fn usual() -> Result<&'static Self, &'static str> {
        static USUAL: LazyLock<Result<Grounds, String>> =
            LazyLock::new(|| Grounds::read(include_str!("../../data/holding.toml")));
        USUAL.as_ref().map_err(String::as_str)
    }

    /// Reads a list of the same form as `data/holding.toml`.
    ///
    /// # Errors
    /// A sentence that names the ground which is said twice at one time, or is looked at again too early or too late.
    pub fn read(text: &str) -> Result<Self, String> {
        let kept: Kept = toml::from_str(text).map_err(|wrong| wrong.to_string())?;
        for (at, one) in kept.ground.iter().enumerate() {
            let twice = kept.ground.iter().skip(at + 1).any(|other| {
                other.code == one.code && (other.holds_on(one.from) || one.holds_on(other.from))
            });
            if twice {
                return Err(format!("ground {} stands there twice for the same days", one.code));
            }
            if one.weeks < 1 || one.most_weeks < one.weeks || one.most_weeks > 52 {
                return Err(format!(
                    "ground {} must be looked at again after one week at the earliest and 52 at the latest",
                    one.code
                ));
            }
        }
        Ok(Self(kept.ground))
    }

    /// Those that may be used on a day, in the order a page lists them.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Ground> {
        self.0.iter().filter(move |one| one.holds_on(day))
    }

    /// The one with this code that may be used on a day.
    pub fn one(&self, code: &str, day: Date) -> Option<&Ground> {
        self.on(day).find(|one| one.code == code)
    }

    /// A stored reason in plain words, also where it may no longer be used.
    pub fn plain<'a>(&'a self, code: &'a str) -> &'a str {
        self.0.iter().rev().find(|one| one.code == code).map_or(code, |one| &one.plain)
    }
}

/// From whom something is held back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FromWhom {
    /// From everybody of the record who would otherwise read it.
    Everybody,
    /// From these, one or several.
    These(Vec<PersonId>),
}

/// Something to be held back, fit to be filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHold {
    /// What of it.
    pub what: What,
    /// From whom.
    pub from: FromWhom,
    /// The code of the ground.
    pub ground: String,
    /// What else there is to say to the reason.
    pub why: Option<String>,
    /// When it is looked at again.
    pub review_on: Date,
}

/// Words that concern a private matter, fit to be filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPrivate {
    /// What of it: the account or one statement.
    pub what: What,
    /// Whose matter; none of somebody without a record.
    pub of: Option<PersonId>,
    /// What sort of matter.
    pub matter: Matter,
}

/// What is said about who reads an entry while it is recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    /// What is held back.
    pub holds: Vec<NewHold>,
    /// What is private.
    pub private: Vec<NewPrivate>,
}

/// Something to be held back, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldDraft {
    /// What the names of its fields begin with: `hold`, or `statement-0-hold`. Remarks name `-ground`, `-why` and `-review`.
    pub field: String,
    /// What of it.
    pub what: What,
    /// Whether everybody was chosen.
    pub everybody: bool,
    /// Those chosen.
    pub people: Vec<PersonId>,
    /// The ground chosen.
    pub ground: String,
    /// What else there is to say.
    pub why: String,
    /// When it is looked at again; the ground's usual day where nothing was typed.
    pub review_on: Option<Date>,
    /// Whether a day was typed that could not be read, and has its own remark.
    pub unread: bool,
}

/// What may be filed of a hold as typed; nothing where nobody was chosen to hold it back from.
///
/// # Errors
/// A remark for each field that is missing or wrong.
pub fn check_hold(draft: &HoldDraft, grounds: &Grounds, today: Date) -> Result<Option<NewHold>, Vec<Remark>> {
    let from = match (draft.everybody, draft.people.as_slice()) {
        (true, _) => FromWhom::Everybody,
        (false, []) => return Ok(None),
        (false, people) => FromWhom::These(people.to_vec()),
    };
    let mut wrong = vec![];
    let mut remark = |part: &str, sentence: String| {
        wrong.push(Remark { field: format!("{}-{part}", draft.field), sentence });
    };
    let why = Some(draft.why.trim()).filter(|why| !why.is_empty()).map(str::to_owned);
    let Some(ground) = grounds.one(&draft.ground, today) else {
        remark("ground", "Choose why it is held back".to_owned());
        return Err(wrong);
    };
    if ground.say_why && why.is_none() {
        remark("why", "Say which other reason it is".to_owned());
    }
    let review_on = draft.review_on.unwrap_or_else(|| ground.usual_review(today));
    let last = ground.last_review(today);
    if !draft.unread && review_on <= today {
        remark("review", "Choose a day to come for looking again".to_owned());
    } else if !draft.unread && review_on > last {
        let last = last.strftime("%-d %B %Y");
        remark("review", format!("For this reason look again by {last}"));
    }
    if wrong.is_empty() && !draft.unread {
        Ok(Some(NewHold { what: draft.what, from, ground: ground.code.clone(), why, review_on }))
    } else {
        Err(wrong)
    }
}

/// Which of the newer statements what was said of an older one goes on with, when an entry is corrected: those with the same
/// words; where none has, every statement whose words are new, because it may be any of them. What was held back or private
/// never comes free by putting other words.
pub fn carried(older: &[&str], newer: &[&str], place: usize) -> Vec<usize> {
    let Some(words) = older.get(place).map(|words| words.trim()) else { return vec![] };
    let places = |holds: &dyn Fn(&str) -> bool| -> Vec<usize> {
        newer.iter().enumerate().filter(|(_, one)| holds(one.trim())).map(|(at, _)| at).collect()
    };
    let same = places(&|one| one == words);
    if same.is_empty() { places(&|one| older.iter().all(|was| was.trim() != one)) } else { same }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const TODAY: Date = date(2026, 11, 20);
    const CRAIG: PersonId = PersonId(Uuid::from_u128(3));

    fn draft(ground: &str) -> HoldDraft {
        HoldDraft {
            field: "hold".to_owned(),
            what: What::All,
            everybody: false,
            people: vec![CRAIG],
            ground: ground.to_owned(),
            why: String::new(),
            review_on: None,
            unread: false,
        }
    }

    fn refused(draft: &HoldDraft) -> Vec<(String, String)> {
        let wrong = check_hold(draft, Grounds::usual().unwrap(), TODAY).unwrap_err();
        wrong.into_iter().map(|one| (one.field, one.sentence)).collect()
    }

    #[test]
    fn a_reason_from_the_list_is_enough_and_brings_its_usual_day() {
        let made = check_hold(&draft("enquiry"), Grounds::usual().unwrap(), TODAY).unwrap().unwrap();
        assert_eq!(made.review_on, date(2026, 12, 18), "four weeks");
        assert_eq!(made.from, FromWhom::These(vec![CRAIG]));
        let nobody = HoldDraft { people: vec![], ..draft("enquiry") };
        assert_eq!(check_hold(&nobody, Grounds::usual().unwrap(), TODAY), Ok(None));
        let everybody = HoldDraft { everybody: true, ..nobody };
        let made = check_hold(&everybody, Grounds::usual().unwrap(), TODAY).unwrap().unwrap();
        assert_eq!(made.from, FromWhom::Everybody);
    }

    #[test]
    fn without_a_reason_or_for_too_long_it_is_refused_by_field() {
        let is = |draft: &HoldDraft, part: &str, words: &str| {
            assert_eq!(refused(draft), [(format!("hold-{part}"), words.to_owned())]);
        };
        is(&draft(""), "ground", "Choose why it is held back");
        is(&draft("gut feeling"), "ground", "Choose why it is held back");
        is(&draft("other"), "why", "Say which other reason it is");
        let on = |day| HoldDraft { review_on: Some(day), ..draft("enquiry") };
        is(&on(TODAY), "review", "Choose a day to come for looking again");
        is(&on(date(2027, 2, 20)), "review", "For this reason look again by 19 February 2027");
        assert!(check_hold(&on(date(2027, 2, 19)), Grounds::usual().unwrap(), TODAY).is_ok());
    }

    #[test]
    fn a_reason_is_offered_between_its_dates_and_read_for_ever() {
        let text = "[[ground]]\ncode = \"a\"\nplain = \"Old\"\nlaw = \"x\"\nfrom = \"2020-01-01\"\nuntil = \"2025-12-31\"\nweeks = 2\nmost_weeks = 4\n";
        let grounds = Grounds::read(text).unwrap();
        assert!(grounds.one("a", date(2025, 12, 31)).is_some());
        assert!(grounds.one("a", TODAY).is_none());
        assert_eq!(grounds.plain("a"), "Old");
        assert!(Grounds::read(&format!("{text}{text}")).unwrap_err().contains("ground a stands there twice"));
        let long = text.replace("most_weeks = 4", "most_weeks = 60");
        assert!(Grounds::read(&long).unwrap_err().contains("ground a must be looked at again"));
        assert_eq!(Grounds::usual().unwrap().on(TODAY).count(), 8);
    }

    #[test]
    fn what_was_held_back_stays_so_when_its_words_are_put_right() {
        let older = ["He hits me.", "I like school."];
        assert_eq!(carried(&older, &["I like school.", "He hits me."], 0), [1], "moved");
        assert_eq!(carried(&older, &["He hit me.", "I like school."], 0), [0], "changed");
        assert_eq!(carried(&older, &["He hit me.", "I like school a lot."], 0), [0, 1], "it may be either");
        assert_eq!(carried(&older, &["I like school."], 0), Vec::<usize>::new(), "taken out");
    }
}
