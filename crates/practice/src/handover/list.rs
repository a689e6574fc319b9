//! When a hand-over is ready: the lists, as dated data, and what of one is shown by the record, answered in words, or missing.

use super::Step;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

/// One thing on a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The stored word.
    pub code: String,
    /// In plain words.
    pub plain: String,
    /// What in the record shows it; none where only words can.
    pub evidence: Option<String>,
}

/// What makes one step ready, from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Of which step.
    pub step: Step,
    /// In plain words.
    pub plain: String,
    /// From which day.
    pub from: Date,
    /// Until which day.
    pub until: Option<Date>,
    /// What is asked.
    pub ask: Vec<Ask>,
}

/// A list is read before a decision: more than this nobody reads.
const MOST: usize = 10;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    list: Vec<List>,
}

/// The lists of all steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lists(Vec<List>);

impl Lists {
    /// The lists the program comes with, `data/handover.toml`.
    ///
    /// # Errors
    /// Only when the program was built with lists that cannot be read; a test reads them.
    pub fn usual() -> Result<&'static Self, &'static str> {
        static USUAL: LazyLock<Result<Lists, String>> =
            LazyLock::new(|| Lists::read(include_str!("../../data/handover.toml")));
        USUAL.as_ref().map_err(String::as_str)
    }

    /// Reads lists of the same form as `data/handover.toml`.
    ///
    /// # Errors
    /// A sentence that names the list which is too long, stands twice for one day, or asks one thing twice.
    pub fn read(text: &str) -> Result<Self, String> {
        let kept: Kept = toml::from_str(text).map_err(|wrong| wrong.to_string())?;
        for (at, one) in kept.list.iter().enumerate() {
            let step = one.step.code();
            if one.ask.is_empty() || one.ask.len() > MOST {
                return Err(format!("the list {step} asks nothing, or more than {MOST} things"));
            }
            let twice = |ask: &Ask| one.ask.iter().filter(|other| other.code == ask.code).count() > 1;
            if let Some(ask) = one.ask.iter().find(|ask| twice(ask)) {
                return Err(format!("the list {step} asks {} twice", ask.code));
            }
            let again = |other: &List| {
                other.step == one.step && (holds_on(other, one.from) || holds_on(one, other.from))
            };
            if kept.list.iter().skip(at + 1).any(again) {
                return Err(format!("the list {step} stands there twice for the same days"));
            }
        }
        Ok(Self(kept.list))
    }

    /// The list of a step that holds on a day.
    pub fn of(&self, step: Step, day: Date) -> Option<&List> {
        self.0.iter().find(|list| list.step == step && holds_on(list, day))
    }

    /// Every kind of evidence that a list asks of the record.
    pub fn evidence(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|list| &list.ask).filter_map(|ask| ask.evidence.as_deref())
    }
}

fn holds_on(list: &List, day: Date) -> bool {
    list.from <= day && list.until.is_none_or(|until| day <= until)
}

/// What was found towards one thing on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found<E> {
    /// The record shows it.
    Shown(E),
    /// Nobody recorded it, and somebody says how it is.
    Said(String),
    /// Neither.
    Missing,
}

/// A list with what was found, what is missing first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ready<'a, E> {
    /// Each thing with what was found.
    pub asks: Vec<(&'a Ask, Found<E>)>,
}

impl<E> Ready<'_, E> {
    /// How many of how many are shown by the record or answered.
    pub fn count(&self) -> (usize, usize) {
        let there = self.asks.iter().filter(|(_, found)| !matches!(found, Found::Missing)).count();
        (there, self.asks.len())
    }

    /// What is missing.
    pub fn missing(&self) -> impl Iterator<Item = &Ask> {
        self.asks.iter().filter(|(_, found)| matches!(found, Found::Missing)).map(|(ask, _)| *ask)
    }
}

/// Puts together what the record shows and what was said. The record goes before words.
pub fn ready<'a, E>(
    list: &'a List,
    mut shown: impl FnMut(&str) -> Option<E>,
    said: impl Fn(&str) -> Option<String>,
) -> Ready<'a, E> {
    let found = |ask: &'a Ask| {
        let said = || said(&ask.code).map(|words| words.trim().to_owned()).filter(|words| !words.is_empty());
        match ask.evidence.as_deref().and_then(&mut shown) {
            Some(evidence) => (ask, Found::Shown(evidence)),
            None => (ask, said().map_or(Found::Missing, Found::Said)),
        }
    };
    let mut asks: Vec<(&Ask, Found<E>)> = list.ask.iter().map(found).collect();
    asks.sort_by_key(|(_, found)| match found {
        Found::Missing => 0,
        Found::Said(_) => 1,
        Found::Shown(_) => 2,
    });
    Ready { asks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 22);

    #[test]
    fn every_step_has_a_list_that_can_be_read_before_a_decision() {
        for step in Step::ALL {
            let list = Lists::usual().unwrap().of(*step, TODAY).unwrap();
            assert!((1..=MOST).contains(&list.ask.len()), "{step}");
        }
        assert!(Lists::usual().unwrap().of(Step::WorkerLeaves, date(2025, 12, 31)).is_none());
    }

    #[test]
    fn what_is_missing_stands_first_and_the_record_goes_before_words() {
        let list = Lists::usual().unwrap().of(Step::WorkerToWorker, TODAY).unwrap();
        let shown = |of: &str| (of == "story-told").then_some("the story, February");
        let said = |code: &str| match code {
            "story" => Some("It was told".to_owned()),
            "unknown" => Some("Where his dad lives".to_owned()),
            "dates" => Some("  ".to_owned()),
            _ => None,
        };
        let found = ready(list, shown, said);
        assert_eq!(found.count(), (2, list.ask.len()));
        assert!(matches!(found.asks[0].1, Found::Missing));
        let last: Vec<_> =
            found.asks.iter().rev().take(2).map(|(ask, found)| (ask.code.as_str(), found)).collect();
        assert_eq!(last[0], ("story", &Found::Shown("the story, February")));
        assert_eq!(last[1], ("unknown", &Found::Said("Where his dad lives".to_owned())));
        assert!(found.missing().any(|ask| ask.code == "dates"), "no words are no answer");
    }

    #[test]
    fn lists_that_cannot_be_are_refused_in_a_sentence() {
        let ask = |code: &str| format!("{{ code = \"{code}\", plain = \"x\" }}");
        let list = |asks: &str| {
            format!(
                "[[list]]\nstep = \"worker-leaves\"\nplain = \"x\"\nfrom = \"2026-01-01\"\nask = [{asks}]\n"
            )
        };
        assert!(Lists::read(&list("")).unwrap_err().contains("asks nothing"));
        let twice = format!("{}, {}", ask("a"), ask("a"));
        assert!(Lists::read(&list(&twice)).unwrap_err().contains("asks a twice"));
        let one = list(&ask("a"));
        assert!(Lists::read(&format!("{one}{one}")).unwrap_err().contains("stands there twice"));
        let many: Vec<String> = (0..=MOST).map(|n| ask(&n.to_string())).collect();
        assert!(Lists::read(&list(&many.join(", "))).unwrap_err().contains("more than 10"));
    }
}
