//! Why a person is among those found, as a plain sentence.

use jiff::civil::Date;

use super::dates::DateSlip;
use crate::person::IdentifierKind;

/// One reason. Names are as written in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Every name asked for is there, letter by letter.
    SameName,
    /// A name other than the one shown first.
    OtherName(String),
    /// Another usual spelling.
    Spelling(String),
    /// A short name for the one in the record, or the other way round: what was typed, what is there.
    Short(String, String),
    /// One letter is different.
    OneLetter(String),
    /// Said alike.
    SoundsLike(String),
    /// Begins with what was typed.
    Begins(String),
    /// Family name first.
    Swapped,
    /// The birth as asked for.
    Born(Date),
    /// The year as asked for.
    BornIn(i16),
    /// The age as asked for.
    Aged(i16),
    /// Another birth, near the one asked for: the record's, the one asked for if it was a day, and how they differ.
    BornNear(Date, Option<Date>, DateSlip),
    /// A number.
    Number(IdentifierKind),
    /// The phone number.
    Phone,
    /// The postcode.
    Postcode,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Why {
    /// For a reader who may open the record.
    pub fn sentence(&self) -> String {
        match self {
            Self::SameName => "Same name".to_owned(),
            Self::OtherName(name) => format!("Known as {name}"),
            Self::Spelling(name) => format!("Also spelt {name}"),
            Self::Short(typed, name) => format!("{typed} can be {name}"),
            Self::OneLetter(name) => format!("One letter different: {name}"),
            Self::SoundsLike(name) => format!("Sounds like {name}"),
            Self::Begins(name) => format!("Begins that way: {name}"),
            Self::Swapped => "Names the other way round".to_owned(),
            Self::Born(on) => format!("Born {}", day(*on, true)),
            Self::BornIn(year) => format!("Born in {year}"),
            Self::Aged(years) => format!("Aged {years}"),
            Self::BornNear(on, asked, slip) => born_near(*on, *asked, *slip),
            Self::Number(kind) => kind.plain().to_owned(),
            Self::Phone => "Phone number".to_owned(),
            Self::Postcode => "Postcode".to_owned(),
        }
    }

    /// For a reader who may learn only that the person exists: nothing beyond the chosen name and the birth year.
    pub fn discreet(&self) -> String {
        match self {
            Self::OtherName(_) => "Another of their names".to_owned(),
            Self::Born(on) => format!("Born in {}", on.year()),
            Self::Aged(_) => "About that age".to_owned(),
            Self::BornNear(on, asked, _) => match asked {
                Some(asked) if asked.year() == on.year() => {
                    format!("Born in {}, perhaps on another day", on.year())
                }
                _ => format!("Born in {}", on.year()),
            },
            Self::SameName
            | Self::Spelling(_)
            | Self::Short(..)
            | Self::OneLetter(_)
            | Self::SoundsLike(_)
            | Self::Begins(_)
            | Self::Swapped
            | Self::BornIn(_)
            | Self::Number(_)
            | Self::Phone
            | Self::Postcode => self.sentence(),
        }
    }
}

fn born_near(on: Date, asked: Option<Date>, slip: DateSlip) -> String {
    let Some(asked) = asked else { return format!("Born in {}", on.year()) };
    if slip == DateSlip::None {
        return format!("Born {}", day(on, true));
    }
    // The year is said only where it is the year that differs.
    let years = on.year() != asked.year();
    format!("Born {}, not {}", day(on, years), day(asked, years))
}

fn day(date: Date, with_year: bool) -> String {
    let month = usize::try_from(date.month() - 1).ok().and_then(|at| MONTHS.get(at)).unwrap_or(&"");
    if with_year {
        format!("{} {month} {}", date.day(), date.year())
    } else {
        format!("{} {month}", date.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn reasons_are_sentences() {
        let swapped = Why::BornNear(date(2014, 12, 3), Some(date(2014, 3, 12)), DateSlip::Swapped);
        assert_eq!(swapped.sentence(), "Born 3 December, not 12 March");
        let year = Why::BornNear(date(2015, 3, 12), Some(date(2014, 3, 12)), DateSlip::YearOff);
        assert_eq!(year.sentence(), "Born 12 March 2015, not 12 March 2014");
        assert_eq!(Why::Short("Bill".into(), "William".into()).sentence(), "Bill can be William");
        assert_eq!(Why::Number(IdentifierKind::NhsNumber).sentence(), "NHS number");
    }

    #[test]
    fn a_reader_without_a_working_relationship_learns_no_day_and_no_other_name() {
        let on = date(2014, 12, 3);
        for why in [
            Why::Born(on),
            Why::BornNear(on, Some(date(2014, 3, 12)), DateSlip::Swapped),
            Why::BornNear(on, None, DateSlip::YearOff),
            Why::OtherName("December".into()),
            Why::Aged(11),
        ] {
            let words = why.discreet();
            assert!(!words.contains("December") && !words.contains("March"), "{words}");
            assert!(!words.split(' ').any(|w| ["3", "12", "11"].contains(&w)), "{words}");
        }
    }
}
