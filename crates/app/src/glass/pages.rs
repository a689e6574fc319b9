//! The page that asks before a record is opened, and says what follows.

use super::actions::{BreakGlass, break_glass};
use crate::access::{self, Reach};
use crate::form::Posted;
use crate::frame::{self, Frame};
use crate::person::{Header, header};
use crate::who::Signed;
use crate::{Oops, Result, journal};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Typed};
use practice::access::{Decision, FoundBy, GlassFor, Refusal, may_break_glass};
use practice::id::PersonId;
use practice::person::AccessLevel;

/// The questions: why, and for how long.
pub(super) fn questions(typed: &Typed, errors: &FormErrors) -> Markup {
    let form = Form::new(typed, errors);
    let choices = vec![
        Choice::new("hour", "1 hour").chosen(true),
        Choice::new("today", "Today"),
        Choice::new("until", "Until a day"),
    ];
    html! {
        (form.textarea("reason", "Why do you need to open it?").rows(3)
            .hint("In a sentence. The person and those who work with them can read this."))
        (form.seg("how_long", "For how long?", choices))
        (page::shown_when("how_long", "until", html! {
            (form.date("until", "Until which day?").hint("At most a week, counting today"))
        }))
    }
}

/// Reads the answers. What is wrong with the day goes into `wrong`.
pub(super) fn read(typed: &Typed, wrong: &mut FormErrors) -> Option<(String, GlassFor)> {
    let how_long = match typed.get("how_long") {
        "hour" => GlassFor::OneHour,
        "today" => GlassFor::Today,
        "until" => GlassFor::Until(typed.date("until", "The day", wrong)?),
        _ => {
            wrong.add("how_long", "Say for how long you need it");
            return None;
        }
    };
    Some((typed.get("reason").to_owned(), how_long))
}

/// What follows, said before it is done.
pub(super) fn follows(level: AccessLevel) -> &'static [&'static str] {
    match level {
        AccessLevel::Findable => &[
            "their worker and the manager are told now",
            "the manager checks the reason within 2 working days",
            "the person can see that you opened it, and why",
            "you can read and record; you cannot change anything else",
        ],
        AccessLevel::Restricted | AccessLevel::Sealed => &[
            "the restricted-records officer is told now, and those of their workers who are named on the list",
            "the reason is checked within 2 working days",
            "the person can see that you opened it, and why",
            "you can read and record; you cannot change anything else",
        ],
    }
}

/// Whether the reader may open this record so; sends on whoever can open it already.
async fn asked(signed: &Signed, person: PersonId) -> Result<std::result::Result<Header, Response>> {
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    let reach = Reach::of(&mut conn, &signed.who, app.moment().now()).await?;
    let standings = reach.standings(&mut conn, &[person]).await?;
    let decision = standings.get(&person).map(|standing| {
        may_break_glass(reach.reader(), standing.level, &standing.ties, FoundBy::Search, reach.now())
    });
    if matches!(decision, Some(Decision::Refused(Refusal::NoGlassNeeded))) {
        return Ok(Err(Redirect::to(&format!("/person/{person}")).into_response()));
    }
    let found = if decision.as_ref().is_some_and(Decision::is_allowed) {
        header(&mut conn, person).await?
    } else {
        None
    };
    drop(conn);
    if let Some(header) = found {
        return Ok(Ok(header));
    }
    let why = decision.as_ref().and_then(Decision::refusal);
    journal::refused(app, &signed.who, person, why).await?;
    access::let_on(decision)?;
    Err(Oops::NotFound)
}

fn shown(signed: &Signed, header: &Header, typed: &Typed, errors: &FormErrors) -> Response {
    let action = format!("/glass/{}", header.id);
    let name = &header.shown_name;
    let year = header.birth_year.map(|year| format!(", born {year}")).unwrap_or_default();
    let body = html! {
        h1 { "Open the record of " (name) (year) }
        (page::glass(&page::Glass {
            action: &action,
            csrf: &signed.csrf,
            heading: "You do not work with this person",
            follows: follows(AccessLevel::Findable),
            fields: questions(typed, errors),
            button: "Open the record",
            back: "/find",
        }))
        p {
            "Are you family, a friend or a neighbour of " (name) "? Then do not open it: "
            a href={ "/link/" (header.id) } { "say so" } ", and it is closed to you from then on."
        }
    };
    let title = format!("Open the record of {name}");
    let frame_ = Frame {
        title: &title,
        part: "/find",
        back: Some(Link { href: "/find", label: "Back to Find" }),
        errors: Some(errors),
        ..Frame::default()
    };
    frame::frame(signed, &frame_, body)
}

/// `GET /glass/{person}`
pub(super) async fn show(signed: Signed, Path(person): Path<PersonId>) -> Result<Response> {
    Ok(match asked(&signed, person).await? {
        Ok(header) => shown(&signed, &header, &Typed::default(), &FormErrors::new()),
        Err(response) => response,
    })
}

/// `POST /glass/{person}`
pub(super) async fn send(Path(person): Path<PersonId>, posted: Posted) -> Result<Response> {
    let header = match asked(&posted.signed, person).await? {
        Ok(header) => header,
        Err(response) => return Ok(response),
    };
    match open(&posted, person, FoundBy::Search).await? {
        Ok(_) => Ok(Redirect::to(&format!("/person/{person}")).into_response()),
        Err(errors) => Ok(shown(&posted.signed, &header, &posted.typed, &errors)),
    }
}

/// Opens the record as a form asked, or says what to put right.
pub(super) async fn open(
    posted: &Posted,
    person: PersonId,
    found: FoundBy,
) -> Result<std::result::Result<Date, FormErrors>> {
    let app = &posted.signed.app;
    let mut errors = FormErrors::new();
    let Some((reason, how_long)) = read(&posted.typed, &mut errors) else { return Ok(Err(errors)) };
    let command = BreakGlass { person, reason, how_long, found };
    let mut moment = app.moment();
    let calendar = app.calendar();
    let mut tx = app.db.write().await?;
    match break_glass(&mut tx, &posted.signed.who, &mut moment, &calendar, command).await {
        Ok(opened) => {
            tx.commit().await?;
            Ok(Ok(opened.review_due))
        }
        Err(Oops::Wrong(wrong)) => {
            for (field, sentence) in wrong {
                errors.add(field, sentence);
            }
            Ok(Err(errors))
        }
        Err(oops) => Err(oops),
    }
}
