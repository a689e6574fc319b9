//! What one cell says: a day, a yes, a word of a closed list, a number with its checks. Each fault says what
//! was expected, and what a spreadsheet may have done to the cell.

use super::columns::Sheet;
use super::sheet::Line;
use crate::faces::imports::{Problem, Problems};
use jiff::civil::Date;
use practice::identifier::{CouncilId, NhsNumber, Phone, Postcode, Upn};

/// The cells of one row, read by the names of their columns.
pub(super) struct Cells<'a> {
    pub(super) sheet: &'a Sheet,
    pub(super) line: &'a Line,
    pub(super) today: Date,
    pub(super) problems: &'a mut Problems,
}

/// A closed list that a column may hold.
pub(super) trait Words: Copy + 'static {
    fn list() -> &'static [Self];
    fn code(self) -> &'static str;
    fn plain(self) -> &'static str;
}

macro_rules! closed_lists {
    ($($list:ty),+ $(,)?) => {$(
        impl Words for $list {
            fn list() -> &'static [Self] { Self::ALL }
            fn code(self) -> &'static str { Self::code(self) }
            fn plain(self) -> &'static str { Self::plain(self) }
        }
    )+};
}

closed_lists! {
    practice::role::Role, practice::person::NameKind, practice::person::BirthBasis, practice::person::AddressUse,
    practice::person::AccessLevel, practice::relationship::RelationshipKind, practice::episode::EpisodeKind,
    practice::access::AllocationKind,
}

/// What councils write for words of ours.
const ALSO: [(&str, &str); 28] = [
    ("cin", "child-in-need"),
    ("cp", "child-protection"),
    ("cpp", "child-protection"),
    ("child-protection-plan", "child-protection"),
    ("lac", "looked-after"),
    ("cla", "looked-after"),
    ("looked-after-child", "looked-after"),
    ("care-leaver", "leaving-care"),
    ("early-help", "family-help"),
    ("no-fixed-address", "no-fixed"),
    ("manager", "team-manager"),
    ("asye", "newly-qualified"),
    ("iro", "reviewing-officer"),
    ("allocated", "responsible"),
    ("lead", "responsible"),
    ("mother", "parent"),
    ("father", "parent"),
    ("son", "child"),
    ("daughter", "child"),
    ("brother", "sibling"),
    ("sister", "sibling"),
    ("grandmother", "grandparent"),
    ("grandfather", "grandparent"),
    ("aunt", "aunt-or-uncle"),
    ("uncle", "aunt-or-uncle"),
    ("husband", "spouse"),
    ("wife", "spouse"),
    ("stepparent", "step-parent"),
];

fn folded(words: &str) -> String {
    let parts = words.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

impl Cells<'_> {
    pub(super) fn get(&self, column: &str) -> &str {
        self.sheet.place(column).and_then(|place| self.line.cells.get(place)).map_or("", String::as_str)
    }

    /// The words of a cell, at most so many letters.
    pub(super) fn text(&mut self, column: &'static str, most: usize) -> Option<String> {
        let words = self.get(column).to_owned();
        if words.chars().count() > most {
            self.wrong(column, &format!("At most {most} letters fit here"));
            return None;
        }
        (!words.is_empty()).then_some(words)
    }

    pub(super) fn wrong(&mut self, column: &str, expected: &str) {
        let found = self.get(column);
        let found = (!found.is_empty()).then(|| found.to_owned());
        self.problems.add(Problem {
            file: self.sheet.file.to_owned(),
            line: Some(self.line.number),
            column: Some(column.to_owned()),
            found,
            expected: expected.to_owned(),
        });
    }

    /// A number that a spreadsheet has not turned into something else.
    fn unspoilt(&mut self, column: &'static str) -> Option<String> {
        let words = self.get(column).to_owned();
        let mut halves = words.split(['E', 'e']);
        let (first, power, more) = (halves.next().unwrap_or(""), halves.next(), halves.next());
        let number =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '+');
        if more.is_none() && first.contains('.') && number(first) && power.is_some_and(number) {
            let words = "The spreadsheet has shortened this number. Give the column the format Text, put the number there again, and save";
            self.wrong(column, words);
            return None;
        }
        (!words.is_empty()).then_some(words)
    }

    fn parsed<T, F: std::fmt::Display>(
        &mut self,
        column: &'static str,
        read: impl Fn(&str) -> Result<T, F>,
    ) -> Option<T> {
        let words = self.unspoilt(column)?;
        match read(&words) {
            Ok(value) => Some(value),
            Err(fault) => {
                self.wrong(column, &fault.to_string());
                None
            }
        }
    }

    pub(super) fn council_id(&mut self, column: &'static str) -> Option<String> {
        self.parsed(column, CouncilId::parse).map(String::from)
    }

    pub(super) fn upn(&mut self, column: &'static str) -> Option<String> {
        self.parsed(column, Upn::parse).map(String::from)
    }

    pub(super) fn nhs_number(&mut self, column: &'static str) -> Option<String> {
        self.parsed(column, NhsNumber::parse).map(String::from)
    }

    pub(super) fn postcode(&mut self, column: &'static str) -> Option<String> {
        self.parsed(column, Postcode::parse).map(String::from)
    }

    /// A phone number; ten digits that begin with 1, 2, 3 or 7 have lost their nought to a spreadsheet.
    pub(super) fn phone(&mut self, column: &'static str) -> Option<String> {
        let words = self.unspoilt(column)?;
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        let lost = digits.len() == 10 && words.starts_with(['1', '2', '3', '7']);
        let whole = if lost { format!("0{words}") } else { words };
        match Phone::parse(&whole) {
            Ok(_) => Some(whole),
            Err(fault) => {
                self.wrong(column, &fault.to_string());
                None
            }
        }
    }

    pub(super) fn email(&mut self, column: &'static str) -> Option<String> {
        let words = self.text(column, 300)?;
        let sound =
            words.split_once('@').is_some_and(|(name, place)| !name.is_empty() && place.contains('.'));
        if sound && !words.contains(char::is_whitespace) {
            return Some(words);
        }
        self.wrong(column, "An email address looks like name@example.org");
        None
    }

    pub(super) fn yes(&mut self, column: &'static str) -> Option<bool> {
        match self.get(column).to_lowercase().as_str() {
            "" => None,
            "yes" | "y" | "true" | "1" | "x" => Some(true),
            "no" | "n" | "false" | "0" => Some(false),
            _ => {
                self.wrong(column, "yes or no is expected");
                None
            }
        }
    }

    /// A word of a closed list: as we store it, as a page says it, or as councils do.
    pub(super) fn word<T: Words>(&mut self, column: &'static str) -> Option<T> {
        let said = folded(self.get(column));
        if said.is_empty() {
            return None;
        }
        let said = ALSO.iter().find(|(also, _)| *also == said).map_or(said.as_str(), |(_, ours)| ours);
        let found = T::list().iter().find(|one| one.code() == said || folded(one.plain()) == said);
        if found.is_none() {
            let all: Vec<&str> = T::list().iter().map(|one| one.code()).collect();
            self.wrong(column, &format!("One of these is expected: {}", all.join(", ")));
        }
        found.copied()
    }

    /// A day, year first or day first; never month first.
    pub(super) fn day(&mut self, column: &'static str) -> Option<Date> {
        let words = self.get(column).to_owned();
        if words.is_empty() {
            return None;
        }
        match day(&words) {
            Ok(day) => Some(day),
            Err(expected) => {
                self.wrong(column, &expected);
                None
            }
        }
    }

    /// A day that has been, or is today.
    pub(super) fn past_day(&mut self, column: &'static str) -> Option<Date> {
        let day = self.day(column)?;
        if day > self.today {
            self.wrong(column, "A day up to today is expected; this is still to come");
            return None;
        }
        Some(day)
    }

    /// A first and a last day, in that order.
    pub(super) fn first_and_last(&mut self) -> (Option<Date>, Option<Date>) {
        let (from, to) = (self.past_day("from"), self.past_day("to"));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            self.wrong("to", "The last day is before the first");
        }
        (from, to)
    }
}

const DAY: &str = "A day is expected, such as 2019-04-23 or 23/04/2019 (day first, year in full)";

fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let word = word.to_lowercase();
    let at = MONTHS.iter().position(|month| word.starts_with(month) && word.len() <= 9)?;
    i8::try_from(at + 1).ok()
}

/// Reads a day as people and programs write it.
fn day(words: &str) -> Result<Date, String> {
    let words =
        words.split_once(['T', ' ']).filter(|(_, rest)| rest.contains(':')).map_or(words, |(day, _)| day);
    let digits_only = words.chars().all(|letter| letter.is_ascii_digit());
    if digits_only && (words.len() == 5 || words.len() == 4) {
        return Err(format!(
            "{DAY}. The spreadsheet shows its own count of days here: give the column a date format"
        ));
    }
    if digits_only && words.len() == 8 {
        return made(&words[..4], words[4..6].parse().ok(), &words[6..]);
    }
    let parts: Vec<&str> =
        words.split([' ', '-', '/', '.', ',']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts[..] else { return Err(DAY.to_owned()) };
    let middle = second.parse().ok().or_else(|| month(second));
    if first.len() == 4 && first.chars().all(|letter| letter.is_ascii_digit()) {
        return made(first, middle, third);
    }
    if third.len() == 2 && third.chars().all(|letter| letter.is_ascii_digit()) {
        return Err(format!("{DAY}. Write the year with four digits"));
    }
    if middle.is_some_and(|middle| middle > 12) && first.parse::<i8>().is_ok_and(|first| first <= 12) {
        return Err(format!("{DAY}. This looks as if the month came first"));
    }
    let day = first.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    made(third, middle, day)
}

fn made(year: &str, month: Option<i8>, day: &str) -> Result<Date, String> {
    let number = |part: &str| part.parse::<i16>().ok();
    let (Some(year), Some(month), Some(day)) = (number(year), month, number(day)) else {
        return Err(DAY.to_owned());
    };
    if !(1850..=2200).contains(&year) {
        return Err(format!("{DAY}. The year must be between 1850 and 2200"));
    }
    let day = i8::try_from(day).map_err(|_| DAY.to_owned())?;
    Date::new(year, month, day).map_err(|_| format!("{DAY}. There is no such day"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_read_as_people_write_it_and_never_month_first() {
        for words in [
            "2019-04-23",
            "23/04/2019",
            "23/4/2019",
            "23.04.2019",
            "23-04-2019",
            "20190423",
            "23 April 2019",
            "23 Apr 2019",
            "23-Apr-2019",
            "23rd April 2019",
            "2019-04-23T00:00:00",
            "23/04/2019 00:00",
        ] {
            assert_eq!(day(words), Ok(date(2019, 4, 23)), "{words}");
        }
        for (words, hint) in [
            ("04/23/2019", "month came first"),
            ("23/04/19", "four digits"),
            ("43578", "count of days"),
            ("31/02/2019", "no such day"),
            ("23/04/1019", "between 1850"),
            ("soon", "A day is expected"),
            ("1/2", "A day is expected"),
            ("23/04/2019/1", "A day is expected"),
            ("٢٣/٠٤/٢٠١٩", "A day is expected"),
        ] {
            let said = day(words).expect_err(words);
            assert!(said.contains(hint), "{words}: {said}");
        }
    }
}
