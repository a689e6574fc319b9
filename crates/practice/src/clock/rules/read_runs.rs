//! Reading how a rule is run from its file; what cannot be understood is refused, naming the field.

use super::read::{Problem, length};
use super::runs::{After, Birthdays, Change, Grade, MonthDay, Only, Run, Shape};
use crate::calendar::{Counting, Length};
use crate::clock::kinds::FactKind;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a word of its own in the file")]
pub(super) struct WrittenRun {
    what: Option<String>,
    from: Vec<String>,
    done: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    within: Option<String>,
    second: Option<String>,
    then: Option<String>,
    #[serde(default)]
    first_day_counts: bool,
    before: Option<String>,
    #[serde(default)]
    named: bool,
    at_age: Option<String>,
    birthdays: Option<WrittenBirthdays>,
    by_date: Option<String>,
    each: Option<String>,
    opens_on: Option<String>,
    due_on: Option<String>,
    most: Option<String>,
    over: Option<String>,
    grades: Option<WrittenGrades>,
    graded: Option<String>,
    young: Option<WrittenYoung>,
    nth: Option<usize>,
    already: Option<String>,
    #[serde(default)]
    born: bool,
    lasting: Option<String>,
    often: Option<WrittenOften>,
    opens: Option<String>,
    until_age: Option<String>,
    after: Option<String>,
    first_for: Option<String>,
    after_first: Option<String>,
    extended: Option<WrittenExtended>,
    paused: Option<WrittenPause>,
    #[serde(default)]
    rolls: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenBirthdays {
    from: u32,
    to: u32,
    before: String,
    after: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenGrades {
    red: String,
    amber: String,
    green: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenYoung {
    under: String,
    within: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenOften {
    n: usize,
    over: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenExtended {
    by: String,
    to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPause {
    from: String,
    to: String,
}

const ITS_END: &str = "its-end";

fn kind(field: &'static str, text: &str) -> Result<FactKind, Problem> {
    FactKind::from_code(text).ok_or_else(|| (field, format!("\"{text}\" is not a kind of fact")))
}

fn kinds(field: &'static str, texts: &[String]) -> Result<Vec<FactKind>, Problem> {
    texts.iter().filter(|text| *text != ITS_END).map(|text| kind(field, text)).collect()
}

fn maybe(field: &'static str, text: Option<&String>) -> Result<Option<Length>, Problem> {
    text.map(|text| length(field, text)).transpose()
}

fn month_day(field: &'static str, text: &str) -> Result<MonthDay, Problem> {
    let wrong = || (field, format!("\"{text}\" is not a day of the year like 11-30"));
    let (month, day) = text.split_once('-').ok_or_else(wrong)?;
    let (month, day) = (month.parse().map_err(|_| wrong())?, day.parse().map_err(|_| wrong())?);
    jiff::civil::Date::new(2027, month, day).map_err(|_| wrong())?;
    Ok(MonthDay { month, day })
}

pub(super) fn run(w: &WrittenRun) -> Result<Run, Problem> {
    let from = kinds("run.from", &w.from)?;
    let done = kinds("run.done", &w.done)?;
    let its_end = w.done.iter().any(|text| text == ITS_END);
    if from.is_empty() || (done.is_empty() && !its_end) {
        return Err(("run", "give what starts it (from) and what completes it (done)".to_owned()));
    }
    Ok(Run {
        what: w.what.clone(),
        from,
        done,
        its_end,
        ends: kinds("run.ends", &w.ends)?,
        shape: shape(w)?,
        only: only(w)?,
        change: change(w)?,
    })
}

fn shape(w: &WrittenRun) -> Result<Shape, Problem> {
    let mut found = Vec::with_capacity(1);
    if let Some(within) = &w.within {
        found.push(Shape::After(after(w, within)?));
    }
    if let Some(before) = &w.before {
        found.push(Shape::Before(length("run.before", before)?));
    }
    if w.named {
        found.push(Shape::NamedDay);
    }
    if let Some(age) = &w.at_age {
        found.push(Shape::AtAge(length("run.at_age", age)?));
    }
    if let Some(b) = &w.birthdays {
        let before = length("run.birthdays.before", &b.before)?;
        let after = length("run.birthdays.after", &b.after)?;
        found.push(Shape::Birthdays(Birthdays { from: b.from, to: b.to, before, after }));
    }
    if let Some(day) = &w.by_date {
        found.push(Shape::ByDate(month_day("run.by_date", day)?));
    }
    if let Some(each) = &w.each {
        found.push(each_shape(w, each)?);
    }
    if let Some(most) = &w.most {
        let most = length("run.most", most)?;
        found.push(Shape::AtMost { most, over: maybe("run.over", w.over.as_ref())? });
    }
    if let [one] = found.as_slice() {
        return Ok(*one);
    }
    let all = "within, before, named, at_age, birthdays, by_date, each, most";
    Err(("run", format!("give exactly one of {all}")))
}

fn after(w: &WrittenRun, within: &str) -> Result<After, Problem> {
    let mut grades = [None; 3];
    if let Some(g) = &w.grades {
        for (to, text) in grades.iter_mut().zip([&g.red, &g.amber, &g.green]) {
            *to = Some(length("run.grades", text)?);
        }
    }
    let young = match &w.young {
        Some(y) => Some((length("run.young", &y.under)?, length("run.young", &y.within)?)),
        None => None,
    };
    Ok(After {
        first: length("run.within", within)?,
        second: maybe("run.second", w.second.as_ref())?,
        then: maybe("run.then", w.then.as_ref())?,
        counting: if w.first_day_counts { Counting::FirstDayCounts } else { Counting::FromNextDay },
        grades,
        young,
    })
}

fn each_shape(w: &WrittenRun, each: &str) -> Result<Shape, Problem> {
    match (each, &w.opens_on, &w.due_on) {
        ("month", None, None) => Ok(Shape::EachMonth),
        ("year", Some(opens), Some(due)) => Ok(Shape::EachYear {
            opens: month_day("run.opens_on", opens)?,
            due: month_day("run.due_on", due)?,
        }),
        _ => {
            Err(("run.each", "is \"month\", or \"year\" with opens_on and due_on like \"11-30\"".to_owned()))
        }
    }
}

fn only(w: &WrittenRun) -> Result<Only, Problem> {
    let often = match &w.often {
        Some(often) => Some((often.n.max(1), length("run.often", &often.over)?)),
        None => None,
    };
    Ok(Only {
        nth: w.nth.unwrap_or(1).max(1),
        already: maybe("run.already", w.already.as_ref())?,
        born: w.born,
        lasting: maybe("run.lasting", w.lasting.as_ref())?,
        often,
        opens: maybe("run.opens", w.opens.as_ref())?,
        until_age: maybe("run.until_age", w.until_age.as_ref())?,
        after: w.after.as_deref().map(|text| kind("run.after", text)).transpose()?,
        first_for: maybe("run.first_for", w.first_for.as_ref())?,
        after_first: maybe("run.after_first", w.after_first.as_ref())?,
    })
}

fn change(w: &WrittenRun) -> Result<Change, Problem> {
    let extended = match &w.extended {
        Some(e) => Some((kind("run.extended", &e.by)?, maybe("run.extended", e.to.as_ref())?)),
        None => None,
    };
    let paused = match &w.paused {
        Some(p) => Some((kind("run.paused", &p.from)?, kind("run.paused", &p.to)?)),
        None => None,
    };
    let graded = w.graded.as_deref().map(|text| kind("run.graded", text)).transpose()?;
    Ok(Change { extended, paused, graded, rolls: w.rolls })
}

/// The grade a word stands for, as a place in a row of lengths.
pub(crate) const fn place(grade: Grade) -> usize {
    match grade {
        Grade::Red => 0,
        Grade::Amber => 1,
        Grade::Green => 2,
    }
}
