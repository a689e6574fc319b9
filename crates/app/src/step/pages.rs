//! Steps of the pathway on pages: the list of a person's, recording one for several children at once, and
//! finishing one that goes on.

use super::actions::{RecordStep, Step, StepToFinish, finish_step, record_step, steps};
use super::asks::{answers, finish_form, goes_on, outcomes, record_form};
use super::plain::{episode, needs_outcome};
use crate::checked::{self, Check, Press};
use crate::clock::shown::day;
use crate::clock::{self, KeptClock};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::Read;
use crate::person::headers;
use crate::person::pages::Tab;
use crate::who::Signed;
use crate::working::{About, about, open};
use crate::{Oops, Result, access, entry};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use db::Conn;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{FormErrors, Link, Typed, buttons, link_button};
use practice::access::Sight;
use practice::episode::{StepKind, StepOutcome};
use practice::id::{PersonId, StepId};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

fn said(done: &Done) -> Option<&'static str> {
    match done.done.as_deref()? {
        "recorded" => Some("The step is recorded, with one entry on the timeline of everyone it is about."),
        "corrected" => {
            Some("The step is corrected. What was recorded before stays readable, and the timeline says why.")
        }
        "finished" => Some("The step is finished. What was known before stays readable."),
        _ => None,
    }
}

pub(super) fn of<'a>(about: &'a About, title: &'a str) -> Frame<'a> {
    Frame {
        title,
        part: "/find",
        back: Some(Link { href: &about.href, label: &about.back }),
        header: Some(about.heading.clone()),
        ..Frame::default()
    }
}

async fn may_record(conn: &mut Conn, signed: &Signed, now: Timestamp, id: PersonId) -> Result<bool> {
    let decided = access::decide(conn, &signed.who, now, id, Sight::Steps).await?;
    Ok(decided.is_some_and(|decision| decision.is_allowed()))
}

pub(super) async fn show(
    signed: Signed,
    Path(id): Path<PersonId>,
    Query(done): Query<Done>,
) -> Result<Response> {
    let moment = signed.app.moment();
    let today = moment.today();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Open).await?;
    let all = steps(&mut conn, id).await?;
    let may = may_record(&mut conn, &signed, moment.now(), id).await?;
    drop(conn);
    open(&signed, &about, Read::Steps).await?;
    let rows: Vec<Markup> = all.iter().map(|one| row(one, &about, may, today)).collect();
    let body = html! {
        h2 { "Steps" }
        @if may { (buttons(html! { (link_button(&format!("{}/steps/record", about.href), "Record a step")) })) }
        @if rows.is_empty() {
            (page::empty("No step yet", html! { "A step is something that the law counts: a referral, an assessment, a conference. Dates follow from it." }))
        }
        (page::rows(&rows))
    };
    let title = format!("Steps of {}", about.header.shown_name);
    let page = Frame { title: &title, said: said(&done), ..Frame::default() };
    Ok(about.page(&signed, Some(Tab::Steps), page, body))
}

fn row(one: &Step, about: &About, may: bool, today: Date) -> Markup {
    html! {
        h3 { (one.kind.plain()) }
        p {
            (day(one.on, today))
            @match one.ended {
                Some(ended) if ended != one.on => { " to " (day(ended, today)) "." }
                None if goes_on(one.kind) => { ", still going on." }
                Some(_) | None => { "." }
            }
            @if let Some(outcome) = one.outcome { " " (outcome.plain()) "." }
        }
        ul.tags.ways {
            @if let Some(entry) = one.entry { li { a href={ "/entry/" (entry) } { "The entry" span.hid { " of " (one.kind.plain()) } } } }
            @if may && one.ended.is_none() && goes_on(one.kind) {
                li { a href={ (about.href) "/steps/" (one.id) "/finish" } { "Finish" span.hid { ": " (one.kind.plain()) } } }
            }
            @if may { li { a href={ (about.href) "/steps/" (one.id) "/correct" } { "Correct" span.hid { ": " (one.kind.plain()) } } } }
        }
    }
}

pub(super) async fn kinds(signed: Signed, Path(id): Path<PersonId>) -> Result<Response> {
    let moment = signed.app.moment();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Steps).await?;
    drop(conn);
    open(&signed, &about, Read::Steps).await?;
    let body = html! {
        h2 { "What is the step?" }
        ul.rows { @for kind in StepKind::ALL {
            li { a href={ (about.href) "/steps/record/" (kind.code()) } { (kind.plain()) } }
        } }
    };
    Ok(frame(&signed, &of(&about, "Record a step"), body))
}

/// Someone whom a step can be about, with whether the reader chose them at first.
pub(super) struct Candidate {
    pub(super) id: PersonId,
    pub(super) name: String,
}

/// The person and those of the family about whom the reader may record.
async fn candidates(
    conn: &mut Conn,
    signed: &Signed,
    now: Timestamp,
    id: PersonId,
) -> Result<Vec<Candidate>> {
    let mut family = entry::family(conn, &signed.who, now, id).await?;
    let decided = access::decide_many(conn, &signed.who, now, &family, Sight::Steps).await?;
    family.retain(|one| decided.get(one).is_some_and(practice::access::Decision::is_allowed));
    let headers = headers(conn, &family).await?;
    Ok(headers.into_iter().map(|one| Candidate { id: one.id, name: one.shown_name }).collect())
}

fn kind_of(code: &str) -> Result<StepKind> {
    StepKind::from_code(code).ok_or(Oops::NotFound)
}

pub(super) async fn ask(signed: Signed, Path((id, kind)): Path<(PersonId, String)>) -> Result<Response> {
    let kind = kind_of(&kind)?;
    let moment = signed.app.moment();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Steps).await?;
    let people = candidates(&mut conn, &signed, moment.now(), id).await?;
    drop(conn);
    open(&signed, &about, Read::Steps).await?;
    let mut typed = Typed::default();
    typed.put("people", id.to_string());
    typed.put_date("on", moment.today());
    Ok(asked(&signed, &about, kind, &people, (&typed, &FormErrors::new())))
}

fn asked(
    signed: &Signed,
    about: &About,
    kind: StepKind,
    people: &[Candidate],
    (typed, errors): (&Typed, &FormErrors),
) -> Response {
    let body = record_form(signed, about, kind, people, (typed, errors));
    frame(signed, &Frame { errors: Some(errors), ..of(about, kind.plain()) }, body)
}

async fn read(
    conn: &mut Conn,
    kind: StepKind,
    people: &[Candidate],
    typed: &Typed,
) -> Result<std::result::Result<RecordStep, FormErrors>> {
    let mut wrong = FormErrors::new();
    let chosen: Vec<PersonId> =
        people.iter().map(|one| one.id).filter(|id| typed.has("people", &id.to_string())).collect();
    wrong.require(!chosen.is_empty(), "people", "Say whom it is about");
    let label = if goes_on(kind) { "First day" } else { "The day" };
    let on = typed.date("on", label, &mut wrong);
    let outcome = StepOutcome::from_code(typed.get("outcome")).filter(|it| outcomes(kind).contains(it));
    wrong.require(outcome.is_some() || !needs_outcome(kind), "outcome", "Say how it came out");
    let (Some(on), true) = (on, wrong.is_empty()) else { return Ok(Err(wrong)) };
    let mut about = Vec::with_capacity(chosen.len());
    for person in chosen {
        about.push((person, episode(conn, person, kind, on).await?));
    }
    Ok(Ok(RecordStep {
        people: about,
        kind,
        on,
        ended: None,
        outcome,
        detail: None,
        narrative: typed.get("narrative").to_owned(),
        source: None,
        source_key: None,
    }))
}

pub(super) async fn record(Path((id, kind)): Path<(PersonId, String)>, posted: Posted) -> Result<Response> {
    let kind = kind_of(&kind)?;
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let today = moment.today();
    let press = Press::of(typed);
    let mut tx = signed.app.db.write().await?;
    let about = about(&mut tx, signed, moment.now(), id, Sight::Steps).await?;
    let people = candidates(&mut tx, signed, moment.now(), id).await?;
    if press == Press::Change {
        return Ok(asked(signed, &about, kind, &people, (typed, &FormErrors::new())));
    }
    let command = match read(&mut tx, kind, &people, typed).await? {
        Ok(command) => command,
        Err(errors) => return Ok(asked(signed, &about, kind, &people, (typed, &errors))),
    };
    let before = kept(&mut tx, &command, today).await?;
    if let Err(oops) = record_step(&mut tx, &signed.who, &mut moment, command.clone()).await {
        return Ok(asked(signed, &about, kind, &people, (typed, &checked::wrong(oops)?)));
    }
    if press == Press::Save {
        tx.commit().await?;
        return Ok(Redirect::to(&format!("/person/{id}/steps?done=recorded")).into_response());
    }
    let after = kept(&mut tx, &command, today).await?;
    tx.give_up().await?;
    let name = |id: PersonId| people.iter().find(|one| one.id == id).map_or("", |one| one.name.as_str());
    let follows = html! {
        p { "One entry stands on the timeline of everyone it is about." }
        @for ((person, before), (_, after)) in before.into_iter().zip(after) {
            h4 { (name(person)) }
            (checked::followed(&clock::follows(&before, after), today))
        }
    };
    let names: Vec<&str> = command.people.iter().map(|one| name(one.0)).collect();
    let it = Check {
        about: &about,
        heading: "Check before you record this",
        answers: answers(
            kind.plain(),
            Some(names.join(", ")),
            (command.on, command.outcome),
            &command.narrative,
            today,
        ),
        follows,
        button: "Record it",
        action: &format!("{}/steps/record/{}", about.href, kind.code()),
        back: &format!("{}/steps", about.href),
    };
    Ok(checked::check(signed, typed, it))
}

async fn kept(conn: &mut Conn, command: &RecordStep, today: Date) -> Result<Vec<(PersonId, Vec<KeptClock>)>> {
    let mut all = Vec::with_capacity(command.people.len());
    for (person, _) in &command.people {
        all.push((*person, clock::of_person(conn, *person, today).await?));
    }
    Ok(all)
}

pub(super) async fn one(conn: &mut Conn, person: PersonId, step: StepId) -> Result<Step> {
    steps(conn, person).await?.into_iter().find(|one| one.id == step).ok_or(Oops::NotFound)
}

pub(super) async fn ask_finish(
    signed: Signed,
    Path((id, step)): Path<(PersonId, StepId)>,
) -> Result<Response> {
    let moment = signed.app.moment();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Steps).await?;
    let held = one(&mut conn, id, step).await?;
    drop(conn);
    open(&signed, &about, Read::Steps).await?;
    let mut typed = Typed::default();
    typed.put_date("on", moment.today());
    Ok(finishing(&signed, &about, &held, moment.today(), (&typed, &FormErrors::new())))
}

fn finishing(
    signed: &Signed,
    about: &About,
    held: &Step,
    today: Date,
    (typed, errors): (&Typed, &FormErrors),
) -> Response {
    let body = finish_form(signed, about, held, today, (typed, errors));
    frame(signed, &Frame { errors: Some(errors), ..of(about, "Finish a step") }, body)
}

pub(super) async fn finish(Path((id, step)): Path<(PersonId, StepId)>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let today = moment.today();
    let press = Press::of(typed);
    let mut tx = signed.app.db.write().await?;
    let about = about(&mut tx, signed, moment.now(), id, Sight::Steps).await?;
    let held = one(&mut tx, id, step).await?;
    let mut errors = FormErrors::new();
    let on = typed.date("on", "Last day", &mut errors);
    let outcome = StepOutcome::from_code(typed.get("outcome")).filter(|it| outcomes(held.kind).contains(it));
    errors.require(outcome.is_some() || outcomes(held.kind).is_empty(), "outcome", "Say how it came out");
    let (Some(on), true, false) = (on, errors.is_empty(), press == Press::Change) else {
        let errors = if press == Press::Change { FormErrors::new() } else { errors };
        return Ok(finishing(signed, &about, &held, today, (typed, &errors)));
    };
    let before = clock::of_person(&mut tx, id, today).await?;
    let narrative = typed.get("narrative").to_owned();
    let command = StepToFinish { step, on, outcome, narrative: narrative.clone(), source: None };
    if let Err(oops) = finish_step(&mut tx, &signed.who, &mut moment, command).await {
        return Ok(finishing(signed, &about, &held, today, (typed, &checked::wrong(oops)?)));
    }
    if press == Press::Save {
        tx.commit().await?;
        return Ok(Redirect::to(&format!("/person/{id}/steps?done=finished")).into_response());
    }
    let follows = checked::follows(&mut tx, id, &before, today).await?;
    tx.give_up().await?;
    let it = Check {
        about: &about,
        heading: "Check before you finish this",
        answers: answers(held.kind.plain(), None, (on, outcome), &narrative, today),
        follows: checked::followed(&follows, today),
        button: "Finish it",
        action: &format!("{}/steps/{step}/finish", about.href),
        back: &format!("{}/steps", about.href),
    };
    Ok(checked::check(signed, typed, it))
}
