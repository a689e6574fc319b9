//! How a rule of the general sort is run: what kind of fact starts it, what completes and ends it, and in
//! which of a few shapes its last day is found. All of it is data in `data/clocks.toml`.

use crate::calendar::{Counting, Length};
use crate::clock::kinds::FactKind;
use crate::words::words;

words! {
    /// How urgent something that arrived is, where that decides how long it may take.
    Grade {
        Red = "red", "Red";
        Amber = "amber", "Amber";
        Green = "green", "Green";
    }
}

/// One run of a rule. Most rules have one; a rule that asks for several things has one for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Which of several things it is ("Minutes").
    pub what: Option<String>,
    /// What starts it.
    pub from: Vec<FactKind>,
    /// What completes it.
    pub done: Vec<FactKind>,
    /// Whether the end of the very thing that started it completes it (a stay).
    pub its_end: bool,
    /// What ends it undone.
    pub ends: Vec<FactKind>,
    /// How its last day is found.
    pub shape: Shape,
    /// What is particular to it.
    pub only: Only,
    /// What may change its last day once it runs.
    pub change: Change,
}

/// How the last day of a run is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// So long after it started; where there is a later length, again and again from each completion.
    After(After),
    /// So long before a day that is known beforehand, or at once when that is past already.
    Before(Length),
    /// On the day the starting fact names.
    NamedDay,
    /// When the person reaches an age.
    AtAge(Length),
    /// Around each birthday from one age to another.
    Birthdays(Birthdays),
    /// By the next such day of the year: month and day.
    ByDate(MonthDay),
    /// Once in every calendar month.
    EachMonth,
    /// Once every year, between two days of it.
    EachYear {
        /// From when.
        opens: MonthDay,
        /// The last day.
        due: MonthDay,
    },
    /// No longer than this in one stay or, with `over`, in all stays of so long a time.
    AtMost {
        /// How long at most.
        most: Length,
        /// Within what time, counted backwards from each day.
        over: Option<Length>,
    },
}

/// A month and a day of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31.
    pub day: i8,
}

/// The lengths of a run that counts from what started it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After {
    /// The first time.
    pub first: Length,
    /// The second time, where it is not as later times.
    pub second: Option<Length>,
    /// Each further time.
    pub then: Option<Length>,
    /// Whether the first day counts.
    pub counting: Counting,
    /// Another length by how urgent it is.
    pub grades: [Option<Length>; 3],
    /// Another length while the person is younger than an age: the age, then the length.
    pub young: Option<(Length, Length)>,
}

/// A time around birthdays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Birthdays {
    /// The first.
    pub from: u32,
    /// The last.
    pub to: u32,
    /// How long before it opens.
    pub before: Length,
    /// How long after is the last day.
    pub after: Length,
}

/// When a run applies at all, and what counts for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Only {
    /// Which completion counts, from 1: the second review completes the second.
    pub nth: usize,
    /// A completion up to so long before the start will do, and then nothing runs.
    pub already: Option<Length>,
    /// Only for someone who is born.
    pub born: bool,
    /// Only if it lasts so long; then it starts when it has.
    pub lasting: Option<Length>,
    /// Only from so many times within such a time on.
    pub often: Option<(usize, Length)>,
    /// From an age on: whoever is younger starts then.
    pub opens: Option<Length>,
    /// Ends when the person reaches an age.
    pub until_age: Option<Length>,
    /// Only from the first such fact on, counted from the last completion before it.
    pub after: Option<FactKind>,
    /// Only rounds that begin within so long of the start.
    pub first_for: Option<Length>,
    /// Only rounds that begin so long after the start.
    pub after_first: Option<Length>,
}

/// What may change the last day of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// A fact that gives longer: this long in all, or without a length to the day the fact names.
    pub extended: Option<(FactKind, Option<Length>)>,
    /// From a fact of the first kind to one of the second it stands still.
    pub paused: Option<(FactKind, FactKind)>,
    /// A fact that grades it anew.
    pub graded: Option<FactKind>,
    /// A last day that is not a working day becomes the next working day.
    pub rolls: bool,
}

impl Run {
    /// Whether it starts again from each completion.
    pub const fn repeats(&self) -> bool {
        matches!(self.shape, Shape::After(After { then: Some(_), .. }))
    }

    /// Whether the record holds what starts it and what completes it.
    pub fn is_held(&self) -> bool {
        let held = |kinds: &[FactKind]| kinds.iter().all(|kind| kind.is_held());
        held(&self.from) && held(&self.done) && !self.its_end
    }
}
