//! Reading what was typed into the search box: which words are names, and which are dates, ages and numbers.

use jiff::civil::Date;

use super::dates::BirthSought;
use super::normalise::{Word, words};
use crate::identifier::{CouncilId, NhsNumber, Phone, Postcode, Upn};

/// The most of a search that is read, in characters.
const LONGEST: usize = 300;

/// What was asked for.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The words of names, given names first when a comma said which is which.
    pub names: Vec<Word>,
    /// The birth.
    pub birth: Option<BirthSought>,
    /// What may be a council id, in capitals.
    pub council_id: Option<String>,
    /// A pupil number.
    pub upn: Option<Upn>,
    /// An NHS number.
    pub nhs: Option<NhsNumber>,
    /// A phone number.
    pub phone: Option<Phone>,
    /// A postcode.
    pub postcode: Option<Postcode>,
    /// Words that could not be read as anything, as typed, for a page to say so.
    pub not_understood: Vec<String>,
}

impl Query {
    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.birth.is_none() && !self.has_number()
    }

    /// Whether a number, a phone or a postcode was given.
    pub fn has_number(&self) -> bool {
        self.council_id.is_some()
            || self.upn.is_some()
            || self.nhs.is_some()
            || self.phone.is_some()
            || self.postcode.is_some()
    }
}

impl std::fmt::Debug for Query {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Query(withheld)")
    }
}

/// Reads a search. `today` turns an age into birth dates and tells 14 as 2014 from 45 as 1945.
pub fn parse_query(text: &str, today: Date) -> Query {
    let text: String = text.chars().take(LONGEST).collect();
    let (before, after) = comma(&text);
    let typed: Vec<&str> = after.split_whitespace().chain(before.split_whitespace()).collect();
    let mut reading = Reading { today, query: Query::default(), names: Vec::new(), month_as_name: None };
    let mut at = 0;
    while at < typed.len() {
        at += reading.step(&typed[at..]);
    }
    reading.finish()
}

/// "Smith, Jon 2014": what stands before the first comma goes to the end, if it is letters only.
fn comma(text: &str) -> (String, String) {
    match text.split_once(',') {
        Some((family, rest)) if !family.contains(|c: char| c.is_ascii_digit()) => {
            (family.to_owned(), rest.replace(',', " "))
        }
        _ => (String::new(), text.replace([',', ';'], " ")),
    }
}

struct Reading<'a> {
    today: Date,
    query: Query,
    names: Vec<&'a str>,
    /// A word read as a month that is also a name.
    month_as_name: Option<&'a str>,
}

impl<'a> Reading<'a> {
    /// Reads what the next words begin with and gives how many it took.
    fn step(&mut self, rest: &[&'a str]) -> usize {
        let first = rest[0].trim_end_matches([':', '.']).to_lowercase();
        let more = rest.len() > 1;
        if more && ["born", "dob", "d.o.b", "b"].contains(&first.as_str()) && has_digit(rest[1]) {
            return 1;
        }
        if more && ["age", "aged"].contains(&first.as_str()) && age(rest[1]).is_some() {
            return 1;
        }
        let longest = rest.len().min(4);
        for take in (1..=longest).rev() {
            if rest[..take].iter().any(|word| has_digit(word)) && self.take(&rest[..take]) {
                return take + usize::from(self.is_age_word(rest.get(take), take));
            }
        }
        if has_digit(rest[0]) || words(rest[0]).is_empty() {
            self.query.not_understood.push(rest[0].to_owned());
        } else {
            self.names.push(rest[0]);
        }
        1
    }

    /// "June 2014" alone is likelier somebody called June than everybody born that month.
    fn finish(mut self) -> Query {
        if let (true, Some(BirthSought::Month(year, _)), Some(name)) =
            (self.names.is_empty(), self.query.birth, self.month_as_name)
        {
            self.names.push(name);
            self.query.birth = Some(BirthSought::Year(year));
        }
        self.query.names = words(&self.names.join(" "));
        self.query
    }

    /// "9 years", "9 yrs old": the word after an age is not a name.
    fn is_age_word(&self, next: Option<&&str>, took: usize) -> bool {
        let aged = matches!(self.query.birth, Some(BirthSought::Age(..)));
        let unit = ["y", "yo", "yr", "yrs", "year", "years"];
        took == 1 && aged && next.is_some_and(|word| unit.contains(&word.to_lowercase().as_str()))
    }

    /// Takes these words as one thing, if they are one.
    fn take(&mut self, words: &[&'a str]) -> bool {
        let joined = words.join(" ");
        let query = &mut self.query;
        if query.birth.is_none()
            && let Some(birth) = date(words, self.today)
        {
            query.birth = Some(birth);
            let names = ["jan", "april", "may", "june", "july", "august"];
            let first = words.first().copied();
            self.month_as_name = first.filter(|w| names.contains(&w.to_lowercase().as_str()));
            // Eight digits may be a date or an id: both are looked for.
            if words.len() == 1 && joined.len() == 8 && joined.bytes().all(|b| b.is_ascii_digit()) {
                query.council_id.get_or_insert(joined);
            }
            return true;
        }
        let digits_only = words.iter().all(|w| w.chars().all(|c| c.is_ascii_digit() || "+()-.".contains(c)));
        if let (None, true, Ok(nhs)) = (&query.nhs, digits_only, NhsNumber::parse(&joined)) {
            query.nhs = Some(nhs);
            return true;
        }
        if let (None, 1, Ok(upn)) = (&query.upn, words.len(), Upn::parse(&joined)) {
            query.upn = Some(upn);
            return true;
        }
        if let (None, true, Ok(phone)) = (&query.phone, digits_only, Phone::parse(&joined)) {
            query.phone = Some(phone);
            return true;
        }
        if let (None, 1..=2, Ok(postcode)) = (&query.postcode, words.len(), Postcode::parse(&joined)) {
            query.postcode = Some(postcode);
            return true;
        }
        if let (None, 1, Ok(id)) = (&query.council_id, words.len(), CouncilId::parse(&joined)) {
            query.council_id = Some(id.folded());
            return true;
        }
        false
    }
}

fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

fn age(word: &str) -> Option<i16> {
    let lower = word.to_lowercase();
    let digits = ["years", "year", "yrs", "yr", "yo", "y"].iter().find_map(|unit| lower.strip_suffix(unit));
    digits.unwrap_or(&lower).parse().ok().filter(|years| (0..=120).contains(years))
}

/// Reads words as a date, a month, a year or an age.
fn date(words: &[&str], today: Date) -> Option<BirthSought> {
    let joined = words.join(" ").to_lowercase();
    let pieces: Vec<&str> = joined.split([' ', '/', '-', '.']).filter(|piece| !piece.is_empty()).collect();
    match (words.len(), pieces.as_slice()) {
        (_, [a, b, c]) => day(a, b, c, today),
        (_, [m, y]) => {
            // "March 2014", and "03/2014" written as one word: two bare numbers may be many things.
            let month = month_name(m).or_else(|| (words.len() == 1).then(|| m.parse().ok()).flatten())?;
            let year = full_year(y)?;
            (1..=12)
                .contains(&month)
                .then_some(BirthSought::Month(year, month))
                .filter(|_| plausible(year, today))
        }
        (1, [one]) => alone(one, today),
        _ => None,
    }
}

/// One bare number: a year, an age, or a date without marks.
fn alone(text: &str, today: Date) -> Option<BirthSought> {
    let all_digits = text.bytes().all(|b| b.is_ascii_digit());
    if all_digits && text.len() == 8 {
        return day(&text[..2], &text[2..4], &text[4..], today)
            .or_else(|| day(&text[..4], &text[4..6], &text[6..], today));
    }
    if let Some(year) = full_year(text).filter(|year| plausible(*year, today)) {
        return Some(BirthSought::Year(year));
    }
    let years = age(text).filter(|_| text.len() < 4 || !all_digits)?;
    let to = today.checked_sub(jiff::Span::new().years(years)).ok()?;
    let from = today.checked_sub(jiff::Span::new().years(years + 1)).ok()?.tomorrow().ok()?;
    Some(BirthSought::Age(years, from, to))
}

/// Day, month and year in the orders people write them.
fn day(a: &str, b: &str, c: &str, today: Date) -> Option<BirthSought> {
    let number = |text: &str| -> Option<i8> {
        let bare = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let ordinal = ["", "st", "nd", "rd", "th"].contains(&&text[bare.len()..]);
        bare.parse().ok().filter(|_| ordinal && bare.len() <= 2)
    };
    let month = |text: &str| month_name(text).or_else(|| number(text));
    let made = |year: i16, month: i8, day: i8| Date::new(year, month, day).ok();
    let found = if a.len() == 4 && a.bytes().all(|d| d.is_ascii_digit()) {
        made(a.parse().ok()?, month(b)?, number(c)?)
    } else {
        let year = full_year(c).or_else(|| short_year(c, today))?;
        let (first, second) = (number(a), month(b));
        // Month before day, where it can be nothing else: "March 12 2014", "3/25/2014".
        let usual = first.zip(second).and_then(|(d, m)| made(year, m, d));
        usual.or_else(|| month(a).zip(number(b)).and_then(|(m, d)| made(year, m, d)))
    }?;
    plausible(found.year(), today).then_some(BirthSought::Day(found))
}

fn month_name(text: &str) -> Option<i8> {
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
    let at = MONTHS.iter().position(|month| text.len() >= 3 && month.starts_with(text))?;
    i8::try_from(at + 1).ok()
}

fn full_year(text: &str) -> Option<i16> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// 14 is 2014 and 45 is 1945, seen from 2026.
fn short_year(text: &str, today: Date) -> Option<i16> {
    if text.len() != 2 {
        return None;
    }
    let year: i16 = text.parse().ok()?;
    let century = today.year() / 100 * 100;
    Some(if century + year > today.year() + 1 { century - 100 + year } else { century + year })
}

/// Nobody alive was born before 1900, and nobody is expected later than next year.
fn plausible(year: i16, today: Date) -> bool {
    (1900..=today.year() + 1).contains(&year)
}
