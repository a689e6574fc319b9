//! Until when a record is kept, holds on one or on all, and which records have had their time.

use super::drawn;
use super::ending::{Proposal, Tombstone, proposals, tombstones};
use super::holds::{PutHold, lift_hold, put_hold};
use super::keeping::{due, kept, schedule};
use super::store::{self, HoldRow};
use crate::entry::when::day_of;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{self, Act, Read, reading};
use crate::moment::written as day;
use crate::person::Header;
use crate::who::Signed;
use crate::{App, Oops, Result, access, person};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, args};
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::{Action, Sight};
use practice::id::PersonId;
use practice::retention::{HoldKind, Kept};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    done: Option<String>,
    after: Option<PersonId>,
}

impl Asked {
    fn said(&self) -> Option<&'static str> {
        match self.done.as_deref()? {
            "held" => Some("The hold stands. Nothing it covers is disposed of until it is lifted."),
            "lifted" => Some("The hold is lifted."),
            "proposed" => Some("Proposed. It waits for somebody else to confirm it."),
            "withdrawn" => Some("The proposal is taken back. The record stays."),
            _ => None,
        }
    }
}

fn hold_form(signed: &Signed, action: &str, (typed, errors): (&Typed, &FormErrors)) -> Markup {
    let form = Form::new(typed, errors);
    let kinds = HoldKind::ALL
        .iter()
        .filter(|kind| **kind != HoldKind::Asked)
        .map(|kind| Choice::new(kind.code(), kind.plain()));
    page::post(
        &Post { action, csrf: &signed.csrf, ..Post::default() },
        html! {
            input type="hidden" name="doing" value="put";
            (form.radios("kind", "Why it is held", kinds.collect()))
            (form.textarea("reason", "What for").rows(2).hint("Which inquiry, which claim: so that others know when it ends"))
            (buttons(html! { (button("Put a hold").quiet()) }))
        },
    )
}

fn holds_drawn(
    signed: &Signed,
    rows: &[HoldRow],
    names: &HashMap<PersonId, String>,
    (typed, errors): (&Typed, &FormErrors),
) -> Markup {
    let form = Form::new(typed, errors);
    html! { ul.rows { @for row in rows { li {
        @let kind = HoldKind::from_code(&row.kind).unwrap_or(HoldKind::Other);
        @let whose = row.person_id.map(PersonId);
        p {
            b { (kind.plain()) } ": " (row.reason)
            @if row.person_id.is_none() { " (every record)" }
            @else if let Some(name) = whose.and_then(|id| names.get(&id)) { " (" (name) ")" }
        }
        p.soft.small {
            "Since " (day(row.from_date.0))
            @if let Some(to) = row.to_date { ", lifted " (day(to.0)) }
            @if let Some(why) = &row.lifted_why { ": " q { (why) } }
            @if let Some(author) = &row.author { ". " (author) ", " (day(day_of(row.recorded_at.0))) }
        }
        @if row.to_date.is_none() {
            @let name = format!("why-{}", row.hold_id);
            @let action = whose.map_or_else(|| "/retention".to_owned(), |id| format!("/person/{id}/retention"));
            (page::details("Lift this hold", page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                input type="hidden" name="doing" value="lift";
                input type="hidden" name="hold" value=(row.hold_id);
                (form.text(&name, "Why it is no longer needed"))
                (buttons(html! { (button("Lift it").quiet()) }))
            })))
        }
    } } } }
}

/// Names of those whose record this reader answers for; the others' stay unsaid.
async fn names_of(
    conn: &mut Conn,
    signed: &Signed,
    people: &[PersonId],
) -> Result<HashMap<PersonId, String>> {
    let now = signed.app.moment().now();
    let decided = access::decide_many(conn, &signed.who, now, people, Sight::Rights).await?;
    let may: Vec<PersonId> = people
        .iter()
        .copied()
        .filter(|id| decided.get(id).is_some_and(practice::access::Decision::is_allowed))
        .collect();
    let headers: Vec<Header> = person::headers(conn, &may).await?;
    Ok(headers.into_iter().map(|header| (header.id, header.full_name)).collect())
}

struct Listed {
    due: Vec<(PersonId, Kept)>,
    further: Option<PersonId>,
    waiting: Vec<Proposal>,
    holds: Vec<HoldRow>,
    gone: Vec<Tombstone>,
    names: HashMap<PersonId, String>,
}

async fn listed(app: &App, signed: &Signed, after: Option<PersonId>) -> Result<Listed> {
    let mut conn = app.db.read().await?;
    let found = due(&mut conn, after, app.moment().today()).await?;
    let waiting = proposals(&mut conn).await?;
    let holds: Vec<HoldRow> = conn.all(store::HOLDS_STANDING, args![]).await?;
    let gone = tombstones(&mut conn).await?;
    let mut people: Vec<PersonId> = found.people.iter().map(|one| one.0).collect();
    people.extend(waiting.iter().map(|one| one.person));
    people.extend(holds.iter().filter_map(|row| row.person_id.map(PersonId)));
    people.sort_unstable();
    people.dedup();
    let names = names_of(&mut conn, signed, &people).await?;
    drop(conn);
    let about: Vec<PersonId> = names.keys().copied().collect();
    let payload = serde_json::json!({"due": found.people.len(), "waiting": waiting.len()});
    reading(app, &signed.who, Act { action: "list_retention", about: &about, payload }).await?;
    Ok(Listed { due: found.people, further: found.further, waiting, holds, gone, names })
}

fn due_drawn(all: &Listed) -> Markup {
    html! {
        h2 { "Waiting to be confirmed" }
        @if all.waiting.is_empty() { p { "Nothing." } }
        ul.rows { @for one in &all.waiting { @if let Some(name) = all.names.get(&one.person) { li {
            p { a href={ "/person/" (one.person) "/disposal" } { (name) } ", kept until " (day(one.kept_until)) }
            p.soft.small { "Proposed by " (one.by.1) ", " (day(day_of(one.at))) ": " q { (one.reason) } }
        } } } }
        h2 { "Their time has come" }
        @let mine: Vec<&(PersonId, Kept)> = all.due.iter().filter(|one| all.names.contains_key(&one.0)).collect();
        @if mine.is_empty() { p { "No record among those looked at." } }
        ul.rows { @for (id, kept) in mine { li {
            p { a href={ "/person/" (id) "/disposal" } { (all.names.get(id).map_or("", String::as_str)) } ". " (drawn::until(kept)) "." }
            @for hold in &kept.holds { p { "Held: " (drawn::hold(hold)) } }
            @if let Some(reason) = kept.reasons.first() { p.soft.small { (reason.words) } }
        } } }
        @if let Some(further) = all.further { p { a href={ "/retention?after=" (further) } { "Look at further records" } } }
    }
}

async fn list_page(
    app: &App,
    signed: &Signed,
    asked: &Asked,
    (typed, errors): (&Typed, &FormErrors),
) -> Result<Response> {
    access::permit(&signed.who, Action::AnswerRights)?;
    let all = listed(app, signed, asked.after).await?;
    let body = html! {
        h1 { "How long records are kept" }
        p { "Worked out from what happened, by the law’s lengths and the council’s own. Nothing goes by itself: one person proposes, another confirms." }
        (due_drawn(&all))
        h2 { "Holds" }
        @if all.holds.is_empty() { p { "None stands." } }
        (holds_drawn(signed, &all.holds, &all.names, (typed, errors)))
        (page::details("Hold every record, for an inquiry", hold_form(signed, "/retention", (typed, errors))))
        h2 { "Disposed of" }
        @if all.gone.is_empty() { p { "Nothing yet." } }
        ul.rows { @for one in &all.gone { li {
            a href={ "/retention/" (one.id) } { (one.council_id.as_deref().unwrap_or("A record without a council id")) }
            ", " (day(day_of(one.confirmed.1)))
        } } }
        h2 { "The lengths" }
        (lengths()?)
    };
    let page = Frame {
        title: "How long records are kept",
        part: "/retention",
        said: asked.said(),
        errors: Some(errors).filter(|errors| !errors.is_empty()),
        ..Frame::default()
    };
    Ok(frame(signed, &page, body))
}

fn lengths() -> Result<Markup> {
    let rules = schedule()?.all();
    Ok(html! { ul.rows { @for rule in rules { li {
        p { (rule.sentence()) }
        p.soft.small { (rule.force.plain()) ". " (rule.source) @if !rule.seen { " (from memory)" } " (" (rule.id) ")" }
    } } } })
}

/// `GET /retention`
pub(super) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    list_page(&app, &signed, &asked, (&Typed::default(), &FormErrors::new())).await
}

/// Puts or lifts, as the form says.
async fn held(posted: &Posted, person: Option<PersonId>) -> Result<&'static str> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let done = if typed.get("doing") == "lift" {
        let hold: uuid::Uuid = typed.get("hold").parse().map_err(|_| Oops::NotFound)?;
        let name = format!("why-{hold}");
        let lifted = lift_hold(&mut tx, &signed.who, &mut moment, (hold, typed.get(&name))).await;
        lifted.map(|_| "lifted").map_err(|oops| match oops {
            Oops::Wrong(wrong) => {
                Oops::Wrong(wrong.into_iter().map(|(_, words)| (name.clone(), words)).take(1).collect())
            }
            other => other,
        })
    } else {
        let command = PutHold {
            person,
            kind: HoldKind::from_code(typed.get("kind")),
            reason: typed.get("reason").to_owned(),
        };
        put_hold(&mut tx, &signed.who, &mut moment, command).await.map(|_| "held")
    };
    if done.is_ok() {
        tx.commit().await?;
    } else {
        tx.give_up().await?;
    }
    done
}

fn errors_of(wrong: Vec<(String, String)>) -> FormErrors {
    let mut errors = FormErrors::new();
    for (field, words) in wrong {
        errors.add(field, words);
    }
    errors
}

/// `POST /retention`: a hold on every record.
pub(super) async fn hold_everyone(State(app): State<App>, posted: Posted) -> Result<Response> {
    match held(&posted, None).await {
        Ok(done) => Ok(Redirect::to(&format!("/retention?done={done}")).into_response()),
        Err(Oops::Wrong(wrong)) => {
            let errors = errors_of(wrong);
            list_page(&app, &posted.signed, &Asked::default(), (&posted.typed, &errors)).await
        }
        Err(oops) => Err(oops),
    }
}

async fn person_page(
    signed: &Signed,
    person: PersonId,
    asked: &Asked,
    (typed, errors): (&Typed, &FormErrors),
) -> Result<Response> {
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    let why = access::enter(app, &mut conn, &signed.who, person, Sight::Rights).await?;
    let header = person::header(&mut conn, person).await?.ok_or(Oops::NotFound)?;
    let today = app.moment().today();
    let kept = kept(&mut conn, person, today).await?;
    let holds: Vec<HoldRow> = conn.all(store::HOLDS_OF, args![person]).await?;
    drop(conn);
    journal::read(app, &signed.who, Read::Retention, &[person], &why, serde_json::Value::Null).await?;
    let here = format!("/person/{person}/retention");
    let disposes = access::permit(&signed.who, Action::DisposeRecords).is_ok();
    let none = HashMap::new();
    let body = html! {
        h1 { "How long the record of " (header.full_name) " is kept" }
        (drawn::kept(&kept))
        h2 { "Holds" }
        @if holds.is_empty() { p { "None." } }
        (holds_drawn(signed, &holds, &none, (typed, errors)))
        h2 { "Hold this record" }
        (hold_form(signed, &here, (typed, errors)))
        @if disposes { p { a href={ "/person/" (person) "/disposal" } { "Dispose of the record" } } }
    };
    let back = format!("/person/{person}");
    let label = format!("Back to {}", header.shown_name);
    let page = Frame {
        title: "How long it is kept",
        part: "/find",
        back: Some(Link { href: &back, label: &label }),
        said: asked.said(),
        errors: Some(errors).filter(|errors| !errors.is_empty()),
        ..Frame::default()
    };
    Ok(frame(signed, &page, body))
}

/// `GET /person/{id}/retention`
pub(super) async fn of_person(
    signed: Signed,
    Path(person): Path<PersonId>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    person_page(&signed, person, &asked, (&Typed::default(), &FormErrors::new())).await
}

/// `POST /person/{id}/retention`: a hold on this record.
pub(super) async fn hold(Path(person): Path<PersonId>, posted: Posted) -> Result<Response> {
    match held(&posted, Some(person)).await {
        Ok(done) => Ok(Redirect::to(&format!("/person/{person}/retention?done={done}")).into_response()),
        Err(Oops::Wrong(wrong)) => {
            let errors = errors_of(wrong);
            person_page(&posted.signed, person, &Asked::default(), (&posted.typed, &errors)).await
        }
        Err(oops) => Err(oops),
    }
}
