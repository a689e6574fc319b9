//! The forms that say how it is between a person and somebody or something: added, corrected, ended.

use super::actions::{AddTie, CorrectTie, EndTie, NewTie, add_tie, correct_tie, end_tie, ties, told};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{self, Act};
use crate::person::{Header, header};
use crate::who::Signed;
use crate::{App, Oops, Result, access};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use db::Conn;
use page::{Choice, Form, FormErrors, Link, Post, Typed, button, buttons, html};
use practice::access::Sight;
use practice::id::PersonId;
use practice::tie::{TieFlow, TieKind, TieStrength};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

/// With whom a new tie is.
#[derive(Deserialize)]
pub(super) struct With {
    other: Option<PersonId>,
}

/// Whose picture, and with whom; `seen` is the tie that is put right.
struct Page {
    header: Header,
    other: Option<Header>,
    seen: Option<(Uuid, NewTie)>,
    /// What a tie to something is called.
    thing: Option<String>,
}

async fn somebody(signed: &Signed, conn: &mut Conn, person: PersonId, sight: Sight) -> Result<Header> {
    access::require(conn, &signed.who, signed.app.moment().now(), person, sight).await?;
    header(conn, person).await?.ok_or(Oops::NotFound)
}

async fn page(
    signed: &Signed,
    app: &App,
    person: PersonId,
    other: Option<PersonId>,
    tie: Option<Uuid>,
) -> Result<Page> {
    let mut conn = app.db.read().await?;
    let header = somebody(signed, &mut conn, person, Sight::ChangePerson).await?;
    let mut page = Page { header, other: None, seen: None, thing: None };
    let mut other = other;
    if let Some(tie) = tie {
        let rows = ties(&mut conn, &[person]).await?;
        let row = rows.iter().find(|row| row.id == tie).ok_or(Oops::NotFound)?;
        let it = told(row)?;
        other = it.other.map(|other| if other == person { row.person_id.into() } else { other });
        page.thing.clone_from(&it.name);
        page.seen = Some((tie, it));
    }
    if let Some(other) = other {
        page.other = Some(somebody(signed, &mut conn, other, Sight::Exists).await?);
    }
    drop(conn);
    let act = Act { action: "open_network", about: &[person], payload: json!({"page": "tie", "tie": tie}) };
    journal::reading(app, &signed.who, act).await?;
    Ok(page)
}

impl Page {
    fn title(&self) -> String {
        let name = &self.header.shown_name;
        match (&self.other, &self.thing) {
            (Some(other), _) => format!("How is it between {name} and {}?", other.shown_name),
            (None, Some(thing)) => format!("How is it between {name} and {thing}?"),
            (None, None) => format!("What surrounds {name}?"),
        }
    }

    fn draw(&self, signed: &Signed, action: &str, typed: &Typed, wrong: &FormErrors) -> Response {
        let form = Form::new(typed, wrong);
        let name = &self.header.shown_name;
        let back = format!("/person/{}/network", self.header.id);
        let title = self.title();
        let kinds = TieKind::ALL.iter().filter(|kind| **kind != TieKind::Person);
        let kinds = kinds.map(|kind| Choice::new(kind.code(), kind.plain())).collect();
        let strengths = TieStrength::ALL.iter().map(|it| Choice::new(it.code(), it.plain())).collect();
        let flow = |it: &TieFlow| match it {
            TieFlow::Unsaid | TieFlow::Both => it.plain().to_owned(),
            TieFlow::There => format!("From {name}"),
            TieFlow::Back => format!("To {name}"),
        };
        let flows = TieFlow::ALL.iter().map(|it| Choice::new(it.code(), flow(it))).collect();
        let thing = self.other.is_none();
        let fields = html! {
            @if let Some(other) = &self.other { input type="hidden" name="other" value=(other.id); }
            @if thing && self.seen.is_none() { (form.radios("kind", "What is it?", kinds)) }
            @if thing { (form.text("name", "What is it called?").hint("Such as Alder Road Primary, Biscuit the dog")) }
            (form.radios("strength", "How strong is it?", strengths))
            (page::check("stress", "yes", "There is conflict, strain or stress", typed.has("stress", "yes")))
            (form.radios("flow", "Which way does help, care or energy go?", flows))
            (form.date("from", "Since").hint("If it is known"))
            @if self.seen.as_ref().is_some_and(|it| it.1.to.is_some()) { (form.date("to", "The last day")) }
            (form.text("note", "Note").hint("Who says so, and what else there is to say"))
            (buttons(html! { (button(if self.seen.is_some() { "Correct this" } else { "Keep this" })) a href=(back) { "Cancel" } }))
        };
        let body = html! {
            h1 { (title) }
            (page::post(&Post { action, csrf: &signed.csrf, ..Post::default() }, fields))
        };
        self.framed(signed, &title, wrong, body)
    }

    fn framed(&self, signed: &Signed, title: &str, wrong: &FormErrors, body: page::Markup) -> Response {
        let back = format!("/person/{}/network", self.header.id);
        let label = format!("{} network", crate::person::pages::whose(&self.header.shown_name));
        let back = Some(Link { href: &back, label: &label });
        let page = Frame { title, part: "/find", back, errors: Some(wrong), ..Frame::default() };
        let answer = frame(signed, &page, body);
        if wrong.is_empty() { answer } else { (StatusCode::UNPROCESSABLE_ENTITY, answer).into_response() }
    }
}

fn read(page: &Page, typed: &Typed, wrong: &mut FormErrors) -> NewTie {
    let strength = TieStrength::from_code(typed.get("strength"));
    wrong.require(strength.is_some(), "strength", "Say how strong it is");
    let kind = TieKind::from_code(typed.get("kind")).filter(|kind| *kind != TieKind::Person);
    let fixed = page.seen.as_ref().map(|it| it.1.kind);
    let person = page.other.is_some();
    wrong.require(person || kind.is_some() || fixed.is_some(), "kind", "Say what it is");
    NewTie {
        other: page.other.as_ref().map(|other| other.id),
        kind: if person { TieKind::Person } else { fixed.or(kind).unwrap_or(TieKind::Other) },
        name: typed.some("name").map(str::to_owned),
        strength: strength.unwrap_or(TieStrength::Ordinary),
        stress: typed.has("stress", "yes"),
        flow: TieFlow::from_code(typed.get("flow")).unwrap_or(TieFlow::Unsaid),
        note: typed.some("note").map(str::to_owned),
        from: typed.date_if_any("from", "Since", wrong),
        to: typed.date_if_any("to", "The last day", wrong),
    }
}

/// Takes in what an action found wrong; what else went wrong is not for the form.
fn taken(error: Oops, wrong: &mut FormErrors) -> Result<()> {
    match error {
        Oops::Wrong(fields) => fields.into_iter().for_each(|(field, words)| wrong.add(field, words)),
        Oops::Refused(words) => wrong.add("strength", words),
        other => return Err(other),
    }
    Ok(())
}

/// `GET /person/{id}/network/tie`.
pub(super) async fn ask(
    signed: Signed,
    State(app): State<App>,
    Path(person): Path<PersonId>,
    Query(with): Query<With>,
) -> Result<Response> {
    let page = page(&signed, &app, person, with.other.filter(|other| *other != person), None).await?;
    let mut typed = Typed::default();
    typed.put("flow", TieFlow::Unsaid.code());
    Ok(page.draw(&signed, &format!("/person/{person}/network/tie"), &typed, &FormErrors::new()))
}

/// `POST /person/{id}/network/tie`.
pub(super) async fn add(Path(person): Path<PersonId>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let other = typed.get("other").parse().ok().map(PersonId);
    let page = page(signed, &signed.app, person, other, None).await?;
    let mut wrong = FormErrors::new();
    let tie = read(&page, typed, &mut wrong);
    if wrong.is_empty() {
        let mut moment = signed.app.moment();
        let mut tx = signed.app.db.write().await?;
        match add_tie(&mut tx, &signed.who, &mut moment, AddTie { person, tie }).await {
            Ok(_) => {
                tx.commit().await?;
                return Ok(Redirect::to(&format!("/person/{person}/network?done=recorded")).into_response());
            }
            Err(error) => taken(error, &mut wrong)?,
        }
        tx.give_up().await?;
    }
    Ok(page.draw(signed, &format!("/person/{person}/network/tie"), typed, &wrong))
}

/// `GET /person/{id}/network/tie/{tie}`.
pub(super) async fn again(
    signed: Signed,
    State(app): State<App>,
    Path((person, tie)): Path<(PersonId, Uuid)>,
) -> Result<Response> {
    let page = page(&signed, &app, person, None, Some(tie)).await?;
    let mut typed = Typed::default();
    if let Some((_, it)) = &page.seen {
        typed.put("name", it.name.clone().unwrap_or_default());
        typed.put("strength", it.strength.code());
        typed.put("flow", it.flow.code());
        typed.put("note", it.note.clone().unwrap_or_default());
        if it.stress {
            typed.put("stress", "yes");
        }
        for (field, day) in [("from", it.from), ("to", it.to)] {
            if let Some(day) = day {
                typed.put_date(field, day);
            }
        }
    }
    Ok(page.draw(&signed, &format!("/person/{person}/network/tie/{tie}"), &typed, &FormErrors::new()))
}

/// `POST /person/{id}/network/tie/{tie}`.
pub(super) async fn correct(Path((person, tie)): Path<(PersonId, Uuid)>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let page = page(signed, &signed.app, person, None, Some(tie)).await?;
    let mut wrong = FormErrors::new();
    let put = read(&page, typed, &mut wrong);
    if wrong.is_empty() {
        let mut moment = signed.app.moment();
        let mut tx = signed.app.db.write().await?;
        match correct_tie(&mut tx, &signed.who, &mut moment, CorrectTie { person, seen: tie, put }).await {
            Ok(_) => {
                tx.commit().await?;
                return Ok(Redirect::to(&format!("/person/{person}/network?done=corrected")).into_response());
            }
            Err(error) => taken(error, &mut wrong)?,
        }
        tx.give_up().await?;
    }
    Ok(page.draw(signed, &format!("/person/{person}/network/tie/{tie}"), typed, &wrong))
}

fn ending(signed: &Signed, page: &Page, tie: Uuid, typed: &Typed, wrong: &FormErrors) -> Response {
    let form = Form::new(typed, wrong);
    let action = format!("/person/{}/network/tie/{tie}/end", page.header.id);
    let body = html! {
        h1 { "Until when was it so?" }
        p { "It stays in the picture of the days before. If it has changed, end it here, then say how it is now." }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.date("on", "The last day"))
            (buttons(html! { (button("End this")) a href={ "/person/" (page.header.id) "/network" } { "Cancel" } }))
        }))
    };
    page.framed(signed, "Until when was it so?", wrong, body)
}

/// `GET /person/{id}/network/tie/{tie}/end`.
pub(super) async fn ask_end(
    signed: Signed,
    State(app): State<App>,
    Path((person, tie)): Path<(PersonId, Uuid)>,
) -> Result<Response> {
    let page = page(&signed, &app, person, None, Some(tie)).await?;
    let mut typed = Typed::default();
    typed.put_date("on", app.moment().today());
    Ok(ending(&signed, &page, tie, &typed, &FormErrors::new()))
}

/// `POST /person/{id}/network/tie/{tie}/end`.
pub(super) async fn end(Path((person, tie)): Path<(PersonId, Uuid)>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let page = page(signed, &signed.app, person, None, Some(tie)).await?;
    let mut wrong = FormErrors::new();
    if let Some(on) = typed.date("on", "The last day", &mut wrong) {
        let mut moment = signed.app.moment();
        let mut tx = signed.app.db.write().await?;
        match end_tie(&mut tx, &signed.who, &mut moment, EndTie { person, seen: tie, on }).await {
            Ok(()) => {
                tx.commit().await?;
                return Ok(Redirect::to(&format!("/person/{person}/network?done=ended")).into_response());
            }
            Err(error) => taken(error, &mut wrong)?,
        }
        tx.give_up().await?;
    }
    Ok(ending(signed, &page, tie, typed, &wrong))
}
