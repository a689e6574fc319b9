//! Days and times as people type them. A date is three fields, so that nobody needs a calendar to say a
//! birthday; a time is one, typed as it is said.

use jiff::civil::{Date, Time};
use maud::{Markup, Render, html};

use crate::field::Wires;
use crate::form::{FormErrors, Typed};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A date as it was typed in three fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateParts {
    /// The day: "4", "04", "4th". A whole date put here alone ("4 May 2017", "2017-05-04") is understood.
    pub day: String,
    /// The month: "5", "05", "May", "may".
    pub month: String,
    /// The year, in four numbers.
    pub year: String,
}

/// What is wrong with a date or a time, naming the part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateError {
    /// Nothing was typed.
    Blank,
    /// Some parts were left empty: "day", "month", "year".
    Missing(Vec<&'static str>),
    /// The day is not a number from 1 to 31.
    NotADay(String),
    /// The month is neither a number from 1 to 12 nor a month's name.
    NotAMonth(String),
    /// The year is not four numbers.
    NotAYear(String),
    /// The month has no such day in that year.
    NoSuchDay {
        /// The day.
        day: i8,
        /// The month's name and the year.
        month: String,
        /// How many days that month has.
        days: i8,
    },
    /// It is not a time of day.
    NotATime(String),
}

impl DateError {
    /// The whole sentence, beginning with what the field is called: "Date of birth must include a year".
    pub fn sentence(&self, label: &str) -> String {
        match self {
            Self::Blank => format!("{label} is needed"),
            Self::Missing(parts) => format!("{label} must include a {}", parts.join(" and a ")),
            Self::NotADay(typed) => format!("{label}: the day must be a number from 1 to 31, not “{typed}”"),
            Self::NotAMonth(typed) => {
                format!("{label}: the month must be a name or a number from 1 to 12, not “{typed}”")
            }
            Self::NotAYear(typed) => format!("{label}: the year must be four numbers, not “{typed}”"),
            Self::NoSuchDay { day, month, days } => {
                format!("{label}: there is no {day} {month}, which has {days} days")
            }
            Self::NotATime(typed) => {
                format!("{label} must be a time such as 4.35 pm or 16:35, not “{typed}”")
            }
        }
    }

    /// True when this part ("day", "month" or "year") is to be marked.
    fn concerns(&self, part: &str) -> bool {
        match self {
            Self::Blank | Self::NotATime(_) => true,
            Self::Missing(parts) => parts.contains(&part),
            Self::NotADay(_) | Self::NoSuchDay { .. } => part == "day",
            Self::NotAMonth(_) => part == "month",
            Self::NotAYear(_) => part == "year",
        }
    }
}

impl DateParts {
    /// What was typed in `name-day`, `name-month` and `name-year`.
    pub fn typed(typed: &Typed, name: &str) -> Self {
        let part = |part| typed.get(&format!("{name}-{part}")).to_owned();
        Self { day: part("day"), month: part("month"), year: part("year") }
    }

    /// True when nothing was typed.
    pub fn is_blank(&self) -> bool {
        [&self.day, &self.month, &self.year].iter().all(|part| part.trim().is_empty())
    }

    /// The date, or what is wrong with it.
    pub fn parse(&self) -> Result<Date, DateError> {
        if self.is_blank() {
            return Err(DateError::Blank);
        }
        let parts = [self.day.trim(), self.month.trim(), self.year.trim()];
        let [day, month, year] = match parts {
            [whole, "", ""] => split_whole(whole).unwrap_or(parts),
            three => three,
        };
        let missing: Vec<_> = [("day", day), ("month", month), ("year", year)]
            .into_iter()
            .filter_map(|(name, part)| part.is_empty().then_some(name))
            .collect();
        if !missing.is_empty() {
            return Err(DateError::Missing(missing));
        }
        let day = parse_day(day).ok_or_else(|| DateError::NotADay(day.to_owned()))?;
        let month = parse_month(month).ok_or_else(|| DateError::NotAMonth(month.to_owned()))?;
        let year = parse_year(year).ok_or_else(|| DateError::NotAYear(year.to_owned()))?;
        Date::new(year, month, day).map_err(|_| no_such_day(day, month, year))
    }
}

impl From<Date> for DateParts {
    fn from(date: Date) -> Self {
        let (day, month) = (date.day().to_string(), date.month().to_string());
        Self { day, month, year: date.year().to_string() }
    }
}

/// A whole date in one field: day, month, year as in Britain, or year first.
fn split_whole(whole: &str) -> Option<[&str; 3]> {
    let mut parts = whole.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let three = [parts.next()?, parts.next()?, parts.next()?];
    let [first, second, third] = three;
    match (parts.next(), first.len() == 4 && first.bytes().all(|b| b.is_ascii_digit())) {
        (Some(_), _) => None,
        (None, true) => Some([third, second, first]),
        (None, false) => Some(three),
    }
}

fn digits(text: &str, most: usize) -> Option<i16> {
    let plain = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

fn parse_day(text: &str) -> Option<i8> {
    let lower = text.to_lowercase();
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|end| lower.strip_suffix(end)).unwrap_or(&lower);
    digits(bare, 2).filter(|day| (1..=31).contains(day)).and_then(|day| i8::try_from(day).ok())
}

fn parse_month(text: &str) -> Option<i8> {
    let lower = text.to_lowercase();
    let named = || {
        let begins = lower.trim_end_matches('.');
        let at = MONTHS.iter().position(|month| begins.len() >= 3 && month.starts_with(begins));
        at.or_else(|| (begins == "sept").then_some(8)).and_then(|at| i16::try_from(at + 1).ok())
    };
    let month = digits(&lower, 2).or_else(named)?;
    i8::try_from(month).ok().filter(|month| (1..=12).contains(month))
}

fn parse_year(text: &str) -> Option<i16> {
    digits(text, 4).filter(|year| (1000..=9999).contains(year))
}

fn no_such_day(day: i8, month: i8, year: i16) -> DateError {
    let days = Date::new(year, month, 1).map_or(31, Date::days_in_month);
    let name = usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or_default();
    let mut letters = name.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase()).into_iter();
    let name: String = first.chain(letters).collect();
    DateError::NoSuchDay { day, month: format!("{name} {year}"), days }
}

/// A time of day as it is said or typed: "4.35 pm", "4pm", "16:35", "1635", "9", "noon", "midnight".
///
/// A bare hour is taken as on a 24-hour clock.
pub fn parse_time(typed: &str) -> Result<Time, DateError> {
    let text: String = typed.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let wrong = || DateError::NotATime(typed.trim().to_owned());
    match text.as_str() {
        "" => return Err(DateError::Blank),
        "noon" | "midday" => return Ok(Time::constant(12, 0, 0, 0)),
        "midnight" => return Ok(Time::midnight()),
        _ => {}
    }
    let ends = |words: &[&str]| words.iter().find_map(|word| text.strip_suffix(word)).map(str::to_owned);
    let (bare, half) = match (ends(&["am", "a.m.", "a.m"]), ends(&["pm", "p.m.", "p.m"])) {
        (Some(bare), _) => (bare, Some(0)),
        (None, Some(bare)) => (bare, Some(12)),
        (None, None) => (text.clone(), None),
    };
    let (hour, minute) = match bare.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return Err(wrong()),
        None if bare.len() == 4 && bare.is_ascii() => bare.split_at(2),
        None => (bare.as_str(), "00"),
    };
    let (hour, minute) = digits(hour, 2).zip(digits(minute, 2)).ok_or_else(wrong)?;
    let hour = match half {
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return Err(wrong()),
        None => hour,
    };
    let small = i8::try_from(hour).ok().zip(i8::try_from(minute).ok());
    small.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok()).ok_or_else(wrong)
}

/// A date in three fields: `name-day`, `name-month`, `name-year`.
#[derive(Debug, Clone)]
pub struct DateInput<'a> {
    name: &'a str,
    label: &'a str,
    hint: &'a str,
    parts: DateParts,
    error: Option<String>,
    birthday: bool,
}

impl<'a> DateInput<'a> {
    /// A date asked for with these words.
    pub fn new(name: &'a str, label: &'a str) -> Self {
        let hint = "For example 27 3 2026, or 27 March 2026";
        Self { name, label, hint, parts: DateParts::default(), error: None, birthday: false }
    }

    /// What is in the fields already.
    #[must_use]
    pub fn parts(self, parts: DateParts) -> Self {
        Self { parts, ..self }
    }

    /// What helps to answer.
    #[must_use]
    pub fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// What is wrong, looked up by name.
    #[must_use]
    pub fn errors(self, errors: &FormErrors) -> Self {
        Self { error: errors.get(self.name).map(str::to_owned), ..self }
    }

    /// The reader's own date of birth: the browser may fill it in.
    #[must_use]
    pub fn birthday(self) -> Self {
        Self { birthday: true, ..self }
    }
}

impl Render for DateInput<'_> {
    fn render(&self) -> Markup {
        let w = Wires::new(self.name, self.hint, self.error.as_deref());
        // marks only the part that is wrong; all three where the date as a whole is refused elsewhere
        let wrong = self.error.as_ref().map(|_| self.parts.parse().err());
        let field = |part: &'static str, label: &'static str, class: &'static str, value: &str| {
            let id = if part == "day" { w.id.clone() } else { format!("{}--{part}", w.id) };
            let marked = wrong.as_ref().is_some_and(|e| e.as_ref().is_none_or(|e| e.concerns(part)));
            let mode = (part != "month").then_some("numeric");
            html! {
                div class=[(!class.is_empty()).then_some(class)] {
                    label.label for=(id) { (label) }
                    input type="text" id=(id) name={ (self.name) "-" (part) } value=(value) inputmode=[mode]
                        spellcheck="false" aria-invalid=[marked.then_some("true")]
                        autocomplete=[self.birthday.then(|| format!("bday-{part}"))];
                }
            }
        };
        html! {
            div.field--error[self.error.is_some()] {
                fieldset aria-describedby=[w.described_by()] {
                    legend { (self.label) }
                    (w.notes())
                    .date {
                        (field("day", "Day", "", &self.parts.day))
                        (field("month", "Month", "date__m", &self.parts.month))
                        (field("year", "Year", "date__y", &self.parts.year))
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn parts(day: &str, month: &str, year: &str) -> Result<Date, DateError> {
        DateParts { day: day.into(), month: month.into(), year: year.into() }.parse()
    }

    #[test]
    fn dates_as_people_type_them() {
        for (day, month, year, want) in [
            ("4", "5", "2017", date(2017, 5, 4)),
            (" 04 ", "05", " 2017", date(2017, 5, 4)),
            ("4th", "May", "2017", date(2017, 5, 4)),
            ("1st", "sept", "2026", date(2026, 9, 1)),
            ("31", "DECEMBER", "1999", date(1999, 12, 31)),
            ("2nd", "Feb.", "2024", date(2024, 2, 2)),
            ("29", "2", "2024", date(2024, 2, 29)),
            ("4 May 2017", "", "", date(2017, 5, 4)),
            ("04/05/2017", "", "", date(2017, 5, 4)),
            ("2017-05-04", "", "", date(2017, 5, 4)),
        ] {
            assert_eq!(parts(day, month, year), Ok(want), "{day} {month} {year}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_date_is_named() {
        for (day, month, year, want) in [
            ("", "", "", "Birthday is needed"),
            (" ", "", " ", "Birthday is needed"),
            ("4", "", "2017", "Birthday must include a month"),
            ("4", "", "", "Birthday must include a month and a year"),
            ("", "May", "2017", "Birthday must include a day"),
            ("32", "5", "2017", "Birthday: the day must be a number from 1 to 31, not “32”"),
            ("0", "5", "2017", "Birthday: the day must be a number from 1 to 31, not “0”"),
            ("-4", "5", "2017", "Birthday: the day must be a number from 1 to 31, not “-4”"),
            ("fourth", "5", "2017", "Birthday: the day must be a number from 1 to 31, not “fourth”"),
            ("４", "5", "2017", "Birthday: the day must be a number from 1 to 31, not “４”"),
            ("4", "13", "2017", "Birthday: the month must be a name or a number from 1 to 12, not “13”"),
            ("4", "ma", "2017", "Birthday: the month must be a name or a number from 1 to 12, not “ma”"),
            ("4", "Mayo", "2017", "Birthday: the month must be a name or a number from 1 to 12, not “Mayo”"),
            ("4", "5", "17", "Birthday: the year must be four numbers, not “17”"),
            ("4", "5", "20177", "Birthday: the year must be four numbers, not “20177”"),
            ("4", "5", "0017", "Birthday: the year must be four numbers, not “0017”"),
            ("29", "2", "2023", "Birthday: there is no 29 February 2023, which has 28 days"),
            ("31", "11", "2026", "Birthday: there is no 31 November 2026, which has 30 days"),
            ("4 May 2017 noon", "", "", "Birthday must include a month and a year"),
        ] {
            assert_eq!(parts(day, month, year).unwrap_err().sentence("Birthday"), want);
        }
    }

    #[test]
    fn a_date_comes_back_as_it_was_put() {
        let whole = date(2024, 2, 29);
        assert_eq!(DateParts::from(whole).parse(), Ok(whole));
    }

    #[test]
    fn times_as_people_say_them() {
        for (typed, want) in [
            ("4.35 pm", time(16, 35, 0, 0)),
            ("16:35", time(16, 35, 0, 0)),
            ("16.35", time(16, 35, 0, 0)),
            ("1635", time(16, 35, 0, 0)),
            ("4pm", time(16, 0, 0, 0)),
            ("4 p.m.", time(16, 0, 0, 0)),
            ("12 am", time(0, 0, 0, 0)),
            ("12.05pm", time(12, 5, 0, 0)),
            ("9", time(9, 0, 0, 0)),
            ("Noon", time(12, 0, 0, 0)),
            ("midnight", time(0, 0, 0, 0)),
        ] {
            assert_eq!(parse_time(typed), Ok(want), "{typed}");
        }
        assert_eq!(parse_time("  "), Err(DateError::Blank));
        for typed in
            ["25:00", "16:60", "13 pm", "0 am", "4.5", "later", "16:35:20", "12.345", "٤", "::", "éé"]
        {
            assert!(matches!(parse_time(typed), Err(DateError::NotATime(_))), "{typed}");
        }
        assert_eq!(
            parse_time("tea time").unwrap_err().sentence("Started"),
            "Started must be a time such as 4.35 pm or 16:35, not “tea time”"
        );
    }

    #[test]
    fn only_the_wrong_part_is_marked() {
        let mut errors = FormErrors::new();
        let typed = Typed::from_pairs([("born-day", "4"), ("born-month", "13"), ("born-year", "2017")]);
        assert_eq!(typed.date("born", "Born", &mut errors), None);
        let html = crate::Form::new(&typed, &errors).date("born", "Born").render().into_string();
        assert_eq!(html.matches(r#"aria-invalid="true""#).count(), 1);
        let month = html.split("<input").find(|input| input.contains(r#"name="born-month""#)).unwrap();
        assert!(month.contains("aria-invalid") && month.contains(r#"value="13""#), "{html}");
    }
}
