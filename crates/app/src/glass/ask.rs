//! Asking exactly: the only way to a restricted record for the duty roles, by whole name and birth date or
//! by a number. Whatever is not exactly right answers as if there were nobody.

use super::pages::{follows, open, questions};
use super::store::{self, BornRow};
use crate::access::Reach;
use crate::form::Posted;
use crate::frame::{self, Frame};
use crate::journal::{self, Act};
use crate::who::Signed;
use crate::{Oops, Result, Who};
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, args};
use maud::html;
use page::{Form, FormErrors, Link, Post, Typed};
use practice::access::{FoundBy, Refusal, exactly_named, may_break_glass};
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::role::Role;
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

const NOBODY: &str = "Nobody is found by exactly this. Check every letter and number, or speak to the \
    restricted-records officer";

fn duty(who: &Who) -> Result<()> {
    if who.staff().is_some_and(|staff| !staff.administers() && staff.holds_any(Role::is_duty)) {
        Ok(())
    } else {
        Err(Oops::NotAllowed(Refusal::NotARoleForGlass.sentence().to_owned()))
    }
}

/// `GET /glass`
pub(super) async fn show(signed: Signed) -> Result<Response> {
    duty(&signed.who)?;
    Ok(shown(&signed, &Typed::default(), &FormErrors::new()))
}

fn shown(signed: &Signed, typed: &Typed, errors: &FormErrors) -> Response {
    let form = Form::new(typed, errors);
    let body = html! {
        h1 { "Open a restricted record" }
        p { "Search does not show restricted records. If you know exactly who someone is, you can open their \
             record for a while, and it is answered for." }
        (page::post(&Post { action: "/glass", csrf: &signed.csrf, ..Post::default() }, html! {
            (form.text("number", "Council id, NHS number or unique pupil number").no_spelling().autocomplete("off"))
            p { b { "Or both of these" } }
            (form.text("name", "Whole name, letter for letter").no_spelling().autocomplete("off"))
            (form.date("born", "Date of birth").birthday())
            (page::buttons(page_button("Go on")))
        }))
    };
    frame::frame(signed, &framed(errors), body)
}

fn page_button(words: &str) -> maud::Markup {
    html! { (page::button(words)) }
}

const fn framed(errors: &FormErrors) -> Frame<'_> {
    Frame {
        title: "Open a restricted record",
        part: "/find",
        back: Some(Link { href: "/find", label: "Back to Find" }),
        said: None,
        errors: Some(errors),
        header: None,
        tabs: None,
        notices: &[],
        again: None,
    }
}

/// Everyone exactly asked for, and how.
async fn exactly(conn: &mut Conn, typed: &Typed, wrong: &mut FormErrors) -> Result<(Vec<PersonId>, FoundBy)> {
    if let Some(number) = typed.some("number") {
        let number: String = number.split_whitespace().collect::<String>().to_uppercase();
        let rows: Vec<(Uuid,)> = conn.all(store::NUMBERED, args![number]).await?;
        return Ok((rows.into_iter().map(|row| PersonId(row.0)).collect(), FoundBy::Id));
    }
    let told = wrong.require(typed.some("name").is_some(), "name", "Give a number, or the whole name");
    let Some(born) = typed.date("born", "The date of birth", wrong).filter(|_| told) else {
        return Ok((vec![], FoundBy::ExactNameAndBirth));
    };
    let rows: Vec<BornRow> = conn.all(store::BORN_ON, args![born]).await?;
    let mut names: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    for row in rows {
        names.entry(row.id).or_default().push(format!("{} {}", row.given, row.family));
    }
    let found = names.into_iter().filter(|(_, names)| {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        exactly_named(typed.get("name"), born, &names, Some(born))
    });
    Ok((found.map(|(person, _)| PersonId(person)).collect(), FoundBy::ExactNameAndBirth))
}

/// What asking exactly led to.
enum Asked {
    /// Nobody, or nobody for this reader.
    Nobody,
    /// A record that opens in the usual way.
    Usual(PersonId),
    /// A record that the glass would open.
    Behind(PersonId, FoundBy),
}

async fn asked(signed: &Signed, typed: &Typed, wrong: &mut FormErrors) -> Result<Asked> {
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    let (people, found) = exactly(&mut conn, typed, wrong).await?;
    let reach = Reach::of(&mut conn, &signed.who, app.moment().now()).await?;
    let standings = reach.standings(&mut conn, &people).await?;
    drop(conn);
    // two of one name born on one day: the number tells them apart
    let [person] = people[..] else { return Ok(Asked::Nobody) };
    let Some(standing) = standings.get(&person) else { return Ok(Asked::Nobody) };
    let decision = may_break_glass(reach.reader(), standing.level, &standing.ties, found, reach.now());
    Ok(match (standing.level, decision.refusal()) {
        (AccessLevel::Findable, _) | (AccessLevel::Restricted, Some(Refusal::NoGlassNeeded)) => {
            Asked::Usual(person)
        }
        (AccessLevel::Restricted, None) => Asked::Behind(person, found),
        (AccessLevel::Sealed, _) | (AccessLevel::Restricted, Some(_)) => Asked::Nobody,
    })
}

/// `POST /glass`: first who, then why; both are asked for again each time.
pub(super) async fn send(posted: Posted) -> Result<Response> {
    let signed = &posted.signed;
    duty(&signed.who)?;
    let mut errors = FormErrors::new();
    let led = asked(signed, &posted.typed, &mut errors).await?;
    noted(signed, &posted.typed, &led).await?;
    match led {
        Asked::Usual(person) => Ok(Redirect::to(&format!("/glass/{person}")).into_response()),
        Asked::Nobody => {
            if errors.is_empty() {
                errors.add("", NOBODY);
            }
            Ok(shown(signed, &posted.typed, &errors))
        }
        Asked::Behind(person, found) if posted.typed.get("step") == "open" => {
            match open(&posted, person, found).await? {
                Ok(_) => Ok(Redirect::to(&format!("/person/{person}")).into_response()),
                Err(errors) => Ok(why(signed, &posted.typed, &errors)),
            }
        }
        Asked::Behind(..) => Ok(why(signed, &posted.typed, &FormErrors::new())),
    }
}

/// The second question. What was asked for is carried along and asked again when it is sent.
fn why(signed: &Signed, typed: &Typed, errors: &FormErrors) -> Response {
    let carried = ["number", "name", "born-day", "born-month", "born-year"];
    let fields = html! {
        input type="hidden" name="step" value="open";
        @for name in carried { input type="hidden" name=(name) value=(typed.get(name)); }
        (questions(typed, errors))
    };
    let body = html! {
        h1 { "Open a restricted record" }
        (page::glass(&page::Glass {
            action: "/glass",
            csrf: &signed.csrf,
            heading: "There is a restricted record of exactly this person",
            follows: follows(AccessLevel::Restricted),
            fields,
            button: "Open the record",
            back: "/glass",
        }))
    };
    frame::frame(signed, &framed(errors), body)
}

/// A search is one row with its words, found or not.
async fn noted(signed: &Signed, typed: &Typed, led: &Asked) -> Result<()> {
    let about: Vec<PersonId> = match led {
        Asked::Nobody => vec![],
        Asked::Usual(person) | Asked::Behind(person, _) => vec![*person],
    };
    let born = ["born-day", "born-month", "born-year"].map(|part| typed.get(part));
    let payload = json!({ "number": typed.get("number"), "name": typed.get("name"), "born": born.join(" ") });
    journal::reading(&signed.app, &signed.who, Act { action: "ask_exactly", about: &about, payload }).await
}
