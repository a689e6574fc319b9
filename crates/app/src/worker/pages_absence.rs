//! The pages on which it is said who is away and who stands in.

use super::absences::{self, SetAbsence};
use super::pages::{ADMINISTRATION, Done, framed, require, settle, to};
use super::store::{self, AbsenceRow, PostRow, WorkerRow};
use super::{by_code, day};
use crate::form::Posted;
use crate::frame::hue;
use crate::who::{Signed, initials};
use crate::{App, Oops, Result};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use db::{Conn, args};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Avatar, Choice, Form, FormErrors, Link, Post, Typed};
use practice::access::Action;
use practice::id::WorkerId;
use practice::role::Role;
use uuid::Uuid;

const ABSENCE: Link<'static> = Link { href: "/administration/absence", label: "Back to Who is away" };

/// An absence in a sentence.
pub(super) fn words(row: &AbsenceRow) -> String {
    let until =
        row.to_date.map_or_else(|| "until they are back".to_owned(), |to| format!("to {}", day(to.0)));
    let cover =
        row.cover.as_ref().map_or_else(|| "nobody stands in".to_owned(), |name| format!("{name} stands in"));
    format!("{}: away from {} {until}; {cover}", row.name, day(row.from_date.0))
}

/// Who can be away, and who can stand in: workers of today, the first only where this reader may say so.
struct Choosable {
    away: Vec<Choice<'static>>,
    cover: Vec<Choice<'static>>,
}

async fn choosable(conn: &mut Conn, signed: &Signed, today: Date) -> Result<Choosable> {
    let workers: Vec<WorkerRow> = conn.all(store::WORKERS, args![]).await?;
    let posts: Vec<PostRow> = conn.all(store::ALL_POSTS, args![today]).await?;
    let reach = absences::reach(conn, &signed.who, today).await?;
    let (mut away, mut cover) = (vec![Choice::new("", "Choose")], vec![Choice::new("", "Nobody yet")]);
    for row in workers.iter().filter(|row| row.to_date.is_none_or(|to| to.0 >= today)) {
        let mut held = posts.iter().filter(|post| post.worker_id == row.id);
        let within = reach.as_ref().is_none_or(|teams| {
            held.clone().any(|post| post.team_id.is_some_and(|team| teams.contains(&team.into())))
        });
        if within {
            away.push(Choice::new(row.code.clone(), row.name.clone()));
        }
        if held.any(|post| Role::from_code(&post.role).is_some_and(Role::works_with_people)) {
            cover.push(Choice::new(row.code.clone(), row.name.clone()));
        }
    }
    Ok(Choosable { away, cover })
}

/// `GET /administration/absence`
pub(super) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(done): Query<Done>,
) -> Result<Response> {
    require(&signed, Action::SetAbsence)?;
    let mut typed = Typed::default();
    typed.put_date("from", app.moment().today());
    listed(&app, &signed, (&done, &typed, &FormErrors::new())).await
}

async fn listed(
    app: &App,
    signed: &Signed,
    (done, typed, errors): (&Done, &Typed, &FormErrors),
) -> Result<Response> {
    let today = app.moment().today();
    let mut conn = app.db.read().await?;
    let all: Vec<AbsenceRow> = conn.all(store::ABSENCES, args![today]).await?;
    let choosable = choosable(&mut conn, signed, today).await?;
    let mut rows = vec![];
    for row in all {
        let own = absences::may_set(&mut conn, &signed.who, row.worker_id.into(), today).await;
        if own.is_ok() {
            rows.push(row);
        }
    }
    drop(conn);
    let form = Form::new(typed, errors);
    let fields = html! {
        (form.select("worker", "Who is away", choosable.away))
        (form.date("from", "First day away"))
        (form.date("to", "Last day away").hint("Leave it empty when nobody knows yet"))
        (form.select("cover", "Who stands in", choosable.cover).hint("On those days they see the same records, and the same work is on their Today"))
        (page::buttons(html! { (page::button("Keep")) }))
    };
    let body = html! {
        h1 { "Who is away" }
        @if rows.is_empty() { (page::empty("Nobody is away", html! { "Nobody is away today or later, as far as anyone has said here." })) }
        ul.rows { @for row in &rows { li { (line(row)) } } }
        h2 { "Someone is away" }
        (page::post(&Post { action: "/administration/absence", csrf: &signed.csrf, ..Post::default() }, fields))
    };
    Ok(framed(signed, "Who is away", ADMINISTRATION, done, errors, body))
}

fn line(row: &AbsenceRow) -> Markup {
    let letters = initials(&row.name);
    page::who(
        page::avatar(&Avatar::of(&letters, hue(row.hue))),
        html! { (words(row)) " " a href={ "/administration/absence/" (row.id) } { "Change" span.hid { " the absence of " (row.name) } } },
    )
}

async fn chosen(conn: &mut Conn, typed: &Typed, field: &str) -> Result<Option<WorkerId>> {
    match typed.some(field) {
        Some(code) => Ok(Some(by_code(conn, code).await?.ok_or(Oops::NotFound)?)),
        None => Ok(None),
    }
}

/// `POST /administration/absence`
pub(super) async fn create(State(app): State<App>, posted: Posted) -> Result<Response> {
    require(&posted.signed, Action::SetAbsence)?;
    let typed = &posted.typed;
    let mut errors = FormErrors::new();
    errors.require(typed.some("worker").is_some(), "worker", "Choose who is away");
    let from = typed.date("from", "First day away", &mut errors);
    let until = typed.date_if_any("to", "Last day away", &mut errors);
    if let (Some(from), true) = (from, errors.is_empty()) {
        let mut moment = app.moment();
        let mut tx = app.db.write().await?;
        let worker = chosen(&mut tx, typed, "worker").await?.ok_or(Oops::NotFound)?;
        let cover = chosen(&mut tx, typed, "cover").await?;
        let command = SetAbsence { worker, from, to: until, cover };
        let done = absences::set_absence(&mut tx, &posted.signed.who, &mut moment, command).await;
        if settle(done, &mut errors)?.is_some() {
            tx.commit().await?;
            return to("/administration/absence?done=away");
        }
    }
    listed(&app, &posted.signed, (&Done::default(), typed, &errors)).await
}

/// `GET /administration/absence/{id}`
pub(super) async fn show(State(app): State<App>, signed: Signed, Path(id): Path<Uuid>) -> Result<Response> {
    one(&app, &signed, id, (None, &FormErrors::new())).await
}

async fn one(
    app: &App,
    signed: &Signed,
    id: Uuid,
    (typed, errors): (Option<&Typed>, &FormErrors),
) -> Result<Response> {
    require(signed, Action::SetAbsence)?;
    let today = app.moment().today();
    let mut conn = app.db.read().await?;
    let row: Option<AbsenceRow> = conn.maybe(store::ABSENCE, args![id]).await?;
    let row = row.ok_or(Oops::NotFound)?;
    absences::may_set(&mut conn, &signed.who, row.worker_id.into(), today).await?;
    let workers: Vec<WorkerRow> = conn.all(store::WORKERS, args![]).await?;
    let cover = choosable(&mut conn, signed, today).await?.cover;
    drop(conn);
    let mut known = Typed::default();
    if let Some(to) = row.to_date {
        known.put_date("to", to.0);
    }
    let stands_in = workers.iter().find(|worker| Some(worker.id) == row.cover_id);
    known.put("cover", stands_in.map(|worker| worker.code.clone()).unwrap_or_default());
    let form = Form::new(typed.unwrap_or(&known), errors);
    let address = format!("/administration/absence/{id}");
    let sent = |action: &str, fields: Markup| {
        page::post(&Post { action, csrf: &signed.csrf, ..Post::default() }, fields)
    };
    let body = html! {
        h1 { (row.name) " is away" }
        p.lead { (words(&row)) "." }
        (sent(&address, html! {
            (form.date("to", "Last day away").hint("Leave it empty when nobody knows yet"))
            (form.select("cover", "Who stands in", cover))
            (page::buttons(html! { (page::button("Change")) }))
        }))
        h2 { "Back already" }
        (sent(&format!("{address}/end"), html! {
            (page::DateInput::new("on", "Last day they were away").parts(page::DateParts::from(today.yesterday().unwrap_or(today))).errors(errors))
            (page::buttons(html! { (page::button("They are back").quiet()) }))
        }))
    };
    Ok(framed(signed, "An absence", ABSENCE, &Done::default(), errors, body))
}

/// `POST /administration/absence/{id}`
pub(super) async fn send_change(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response> {
    require(&posted.signed, Action::SetAbsence)?;
    let mut errors = FormErrors::new();
    let until = posted.typed.date_if_any("to", "Last day away", &mut errors);
    if errors.is_empty() {
        let mut moment = app.moment();
        let mut tx = app.db.write().await?;
        let cover = chosen(&mut tx, &posted.typed, "cover").await?;
        let done =
            absences::change_absence(&mut tx, &posted.signed.who, &mut moment, id, (until, cover)).await;
        if settle(done, &mut errors)?.is_some() {
            tx.commit().await?;
            return to("/administration/absence?done=changed");
        }
    }
    one(&app, &posted.signed, id, (Some(&posted.typed), &errors)).await
}

/// `POST /administration/absence/{id}/end`
pub(super) async fn send_end(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response> {
    require(&posted.signed, Action::SetAbsence)?;
    let mut errors = FormErrors::new();
    if let Some(on) = posted.typed.date("on", "Last day they were away", &mut errors) {
        let mut moment = app.moment();
        let mut tx = app.db.write().await?;
        let done = absences::end_absence(&mut tx, &posted.signed.who, &mut moment, id, on).await;
        if settle(done, &mut errors)?.is_some() {
            tx.commit().await?;
            return to("/administration/absence?done=ended");
        }
    }
    one(&app, &posted.signed, id, (None, &errors)).await
}
