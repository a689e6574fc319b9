//! What a form of a story or a plan offers to choose from: whose words, which entries, as known on which day.

use super::store;
use super::voice::By;
use crate::entry::{self, Filter, when};
use crate::frame::Frame;
use crate::moment::written;
use crate::person::headers;
use crate::{Oops, Result, Who, access};
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use page::{Choice, Choices, Form, FormErrors, Markup, Typed, button, html};
use practice::access::Sight;
use practice::calendar::london_day;
use practice::id::{EntryId, PersonId, WorkerId};

/// How many of the latest entries are offered.
const LATELY: usize = 12;

/// Whose words something may be: theirs, of their family and, for a plan, of those who work with them; each with how
/// it is offered.
///
/// # Errors
/// Where the database refuses.
pub async fn voices(
    conn: &mut Conn,
    (who, now): (&Who, Timestamp),
    person: PersonId,
    with_workers: bool,
) -> Result<Vec<(By, String)>> {
    let family = entry::family(conn, who, now, person).await?;
    let mut all = vec![];
    for header in headers(conn, &family).await? {
        let by = if header.id == person { By::Themselves } else { By::Person(header.id) };
        all.push((by, header.shown_name));
    }
    if with_workers {
        if let Some(me) = who.worker() {
            all.push((By::Worker(me), format!("{} (you)", who.name)));
        }
        let rows: Vec<(uuid::Uuid, String)> =
            conn.all(store::WORK_WITH, args![person, london_day(now)]).await?;
        let others = rows.into_iter().map(|(id, name)| (WorkerId(id), name));
        all.extend(
            others.filter(|(id, _)| Some(*id) != who.worker()).map(|(id, name)| (By::Worker(id), name)),
        );
    }
    Ok(all)
}

/// Lets nobody put words into the mouth of somebody of whom they may not know, or of a worker there is not.
///
/// # Errors
/// [`Oops::Wrong`] for the field `by`.
pub async fn check_voice(conn: &mut Conn, (who, now): (&Who, Timestamp), by: &By) -> Result<()> {
    let there = match by {
        By::Person(other) => {
            let decided = access::decide(conn, who, now, *other, Sight::Exists).await?;
            decided.is_some_and(|decision| decision.is_allowed())
        }
        By::Worker(worker) => conn.maybe::<(uuid::Uuid,)>(store::WORKER, args![*worker]).await?.is_some(),
        By::Themselves | By::Words(_) => true,
    };
    if there { Ok(()) } else { Err(Oops::wrong("by", "Choose whose words these are")) }
}

/// The question whose words something is, with a line for somebody who has no record.
pub fn voice_field<'a>(form: &Form<'a>, label: &'a str, voices: &'a [(By, String)]) -> Markup {
    let mut choices = vec![Choice::new("", "Choose one")];
    choices.extend(voices.iter().map(|(by, name)| Choice::new(by.code(), name.as_str())));
    choices.push(Choice::new("other", "Somebody else"));
    html! {
        (form.select("by", label, choices))
        (page::shown_when("by", "other", html! {
            (form.text("by-words", "Who is that?").hint("Such as her teacher, or a neighbour"))
        }))
    }
}

/// Whose words a form says they are; none where it does not say.
pub fn voice_of(typed: &Typed) -> Option<By> {
    By::from_code(typed.get("by"), typed.get("by-words"))
}

/// The entries a line may rest on: the latest of the person that the reader may read, and those chosen before; each in
/// a few words.
///
/// # Errors
/// Where the database refuses.
pub async fn entries(
    conn: &mut Conn,
    (who, now): (&Who, Timestamp),
    person: PersonId,
    chosen: &[EntryId],
) -> Result<Vec<(EntryId, String)>> {
    let lately = entry::timeline(conn, who, now, &[person], &Filter::default(), LATELY).await?;
    let today = when::day_of(now);
    let of = |whole: &entry::Whole| {
        let day = when::short_day(when::day_of(whole.entry.happened_at), today);
        (whole.entry.id, format!("{day}: {}", entry::heading(&whole.entry)))
    };
    let mut all: Vec<(EntryId, String)> = lately.entries.iter().map(of).collect();
    let older: Vec<EntryId> =
        chosen.iter().filter(|id| all.iter().all(|held| held.0 != **id)).copied().collect();
    let words = entry::in_few_words(conn, who, now, &older).await?;
    all.extend(older.into_iter().filter_map(|id| Some((id, words.get(&id)?.clone()))));
    Ok(all)
}

/// The question which entries something rests on.
pub fn entries_field<'a>(
    form: &Form<'a>,
    label: &'a str,
    entries: &'a [(EntryId, String)],
) -> Option<Choices<'a>> {
    let choices: Vec<Choice<'_>> =
        entries.iter().map(|(id, words)| Choice::new(id.to_string(), words.as_str())).collect();
    (!choices.is_empty()).then(|| form.checks("entry", label, choices))
}

/// Which entries a form chose.
pub fn chosen(typed: &Typed) -> Vec<EntryId> {
    typed.all("entry").filter_map(|id| id.parse().ok()).collect()
}

/// The day as of which a page is asked for, by `known=2026-11-03` or by the fields of a form; none for now. What cannot
/// be read is said.
pub fn known_on(typed: &Typed, today: Date, wrong: &mut FormErrors) -> Option<Date> {
    let day = match typed.some("known") {
        Some(day) => day.parse().ok(),
        None => typed.date_if_any("on", "The day", wrong),
    };
    day.filter(|day| *day < today)
}

/// The form that asks as of which day a page is to be shown.
pub fn day_form(action: &str, known: Option<Date>, (typed, wrong): (&Typed, &FormErrors)) -> Markup {
    let mut filled = typed.clone();
    if let (Some(day), true) = (known, typed.get("on-day").is_empty()) {
        filled.put_date("on", day);
    }
    let form = Form::new(&filled, wrong);
    html! {
        form.box method="get" action=(action) {
            h2 { "As known on a day" }
            (form.date("on", "At the end of"))
            .btns { (button("Show").small().quiet()) }
        }
    }
}

/// An address with the day as of which a page is read.
pub fn same_day(href: &str, known: Option<Date>) -> String {
    known.map_or_else(|| href.to_owned(), |day| format!("{href}?known={day}"))
}

/// That a page shows what was known on a past day.
pub fn past(known: Option<Date>, href: &str) -> Markup {
    html! {
        @if let Some(day) = known {
            .box."box--ground" role="status" {
                p { b { "You are reading what was known at the end of " (written(day)) ". " } }
                p.no-print { a href=(href) { "Go back to what is known now" } }
            }
        }
    }
}

/// The frame of a page that asks something, under the person's heading, with the way back.
pub fn asking<'a>(
    title: &'a str,
    heading: &Markup,
    back: page::Link<'a>,
    errors: &'a FormErrors,
) -> Frame<'a> {
    Frame {
        title,
        part: "/find",
        back: Some(back),
        errors: Some(errors),
        header: Some(heading.clone()),
        ..Frame::default()
    }
}
