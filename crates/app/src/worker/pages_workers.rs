//! The pages on which workers are listed, added and changed.

use super::pages::{
    ADMINISTRATION, Done, framed, require, role, role_choices, settle, team_by, team_choices, to, worker_by,
};
use super::people::{AddWorker, ChangeWorker, NewPost};
use super::store::{self, PostRow, TeamRow, WorkerRow};
use super::{day, people};
use crate::form::Posted;
use crate::frame::hue;
use crate::who::{Signed, initials};
use crate::{App, Oops, Result};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use db::{Conn, args};
use maud::{Markup, html};
use page::{Avatar, Field, Form, FormErrors, Link, Post, Typed, Width};
use practice::access::Action;
use practice::role::Role;
use serde::Deserialize;

pub(super) const WORKERS: Link<'static> = Link { href: "/administration/workers", label: "Back to Workers" };

/// Which workers are listed.
#[derive(Deserialize, Default)]
pub(super) struct Which {
    words: Option<String>,
    left: Option<String>,
    done: Option<String>,
}

fn posts_of<'a>(posts: &'a [PostRow], worker: &'a WorkerRow) -> impl Iterator<Item = &'a PostRow> {
    posts.iter().filter(|post| post.worker_id == worker.id)
}

pub(super) fn post_words(post: &PostRow) -> String {
    let role = Role::from_code(&post.role).map_or_else(|| post.role.clone(), |role| role.plain().to_owned());
    post.team.as_ref().map_or_else(|| role.clone(), |team| format!("{role}, {team}"))
}

/// `GET /administration/workers`
pub(super) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(which): Query<Which>,
) -> Result<Response> {
    require(&signed, Action::CreateWorker)?;
    let today = app.moment().today();
    let mut conn = app.db.read().await?;
    let all: Vec<WorkerRow> = conn.all(store::WORKERS, args![]).await?;
    let posts: Vec<PostRow> = conn.all(store::ALL_POSTS, args![today]).await?;
    drop(conn);
    let words = which.words.clone().unwrap_or_default();
    let sought = words.trim().to_lowercase();
    let left = which.left.is_some();
    let fits = |row: &&WorkerRow| {
        let gone = row.to_date.is_some_and(|to| to.0 < today);
        let about = format!("{} {}", row.name, row.code).to_lowercase();
        let team = posts_of(&posts, row).any(|post| post_words(post).to_lowercase().contains(&sought));
        gone == left && (sought.is_empty() || about.contains(&sought) || team)
    };
    let rows: Vec<&WorkerRow> = all.iter().filter(fits).collect();
    let body = html! {
        h1 { @if left { "Workers who have left" } @else { "Workers" } }
        p { (page::link_button("/administration/workers/new", "Add a worker")) }
        form method="get" action="/administration/workers" role="search" {
            @if left { input type="hidden" name="left" value="1"; }
            (Field::search("words", "Name, code, role or team").value(words.as_str()).width(Width::Middle))
            (page::buttons(html! { (page::button("Look").quiet()) }))
        }
        @if rows.is_empty() { (page::empty("Nobody here", html! { "Nobody fits these words." })) }
        ul.rows { @for row in &rows { li { (line(row, &posts, app.settings.demonstration)) } } }
        p.soft { (rows.len()) @if rows.len() == 1 { " worker" } @else { " workers" } }
        p { @if left { a href="/administration/workers" { "Workers of today" } } @else { a href="/administration/workers?left=1" { "Workers who have left" } } }
    };
    let done = Done { done: which.done };
    Ok(framed(&signed, "Workers", ADMINISTRATION, &done, &FormErrors::new(), body))
}

fn line(row: &WorkerRow, posts: &[PostRow], demonstration: bool) -> Markup {
    let letters = initials(&row.name);
    page::who(
        page::avatar(&Avatar::of(&letters, hue(row.hue))),
        html! {
            a href={ "/administration/workers/" (row.code) } { (row.name) }
            " " (state(row, demonstration))
            p.soft.small {
                @for (at, post) in posts_of(posts, row).enumerate() { @if at > 0 { "; " } (post_words(post)) }
                @if posts_of(posts, row).next().is_none() && row.to_date.is_none() { "No post today" }
            }
        },
    )
}

pub(super) fn state(row: &WorkerRow, demonstration: bool) -> Markup {
    match row.to_date {
        Some(to) => page::tag(page::Tag::Plain, &format!("left on {}", day(to.0))),
        // in the demonstration nobody needs a password: one presses the person to be
        None if row.ready || demonstration => html! {},
        None => page::tag(page::Tag::Nearly, "cannot sign in yet"),
    }
}

/// `GET /administration/workers/new`
pub(super) async fn blank(State(app): State<App>, signed: Signed) -> Result<Response> {
    require(&signed, Action::CreateWorker)?;
    let mut typed = Typed::default();
    typed.put_date("from", app.moment().today());
    new_form(&app, &signed, &typed, &FormErrors::new()).await
}

async fn new_form(app: &App, signed: &Signed, typed: &Typed, errors: &FormErrors) -> Result<Response> {
    let mut conn = app.db.read().await?;
    let teams: Vec<TeamRow> = conn.all(store::TEAMS, args![]).await?;
    drop(conn);
    let form = Form::new(typed, errors);
    let fields = html! {
        (form.text("name", "Name").no_spelling().width(Width::Middle))
        (form.text("code", "Code").no_spelling().width(Width::Middle)
            .hint("Short, such as nadia.farrow. They sign in with it, and files name them by it"))
        (form.date("from", "First day"))
        h2 { "First post" }
        (form.select("role", "What they do", role_choices()))
        (form.select("team", "Team", team_choices(&teams, app.moment().today(), "No team"))
            .hint("Those who work with people, and those who lead, belong to a team"))
        h2 { "How to reach them" }
        (contact(&form))
        (page::buttons(html! { (page::button("Add")) a href="/administration/workers" { "Go back" } }))
    };
    let body = html! {
        h1 { "Add a worker" }
        (page::post(&Post { action: "/administration/workers", csrf: &signed.csrf, ..Post::default() }, fields))
    };
    Ok(framed(signed, "Add a worker", WORKERS, &Done::default(), errors, body))
}

fn contact(form: &Form<'_>) -> Markup {
    html! {
        (form.fill(Field::email("email", "Email (if any)")))
        (form.fill(Field::telephone("phone", "Telephone (if any)")).hint("Families may be given it"))
        (form.text("registration_number", "Registration number (social workers)").no_spelling().width(Width::Short)
            .hint("Of Social Work England, such as SW12345"))
    }
}

fn some(typed: &Typed, name: &str) -> Option<String> {
    typed.some(name).map(str::to_owned)
}

/// The team chosen by its code; none for no team.
pub(super) async fn chosen_team(conn: &mut Conn, typed: &Typed) -> Result<Option<practice::id::TeamId>> {
    match typed.some("team") {
        Some(code) => Ok(Some(team_by(conn, code).await?.id.into())),
        None => Ok(None),
    }
}

/// `POST /administration/workers`
pub(super) async fn create(State(app): State<App>, posted: Posted) -> Result<Response> {
    let (typed, who) = (&posted.typed, &posted.signed.who);
    require(&posted.signed, Action::CreateWorker)?;
    let mut errors = FormErrors::new();
    let from = typed.date("from", "First day", &mut errors);
    if let (Some(role), Some(from), true) = (role(typed, &mut errors), from, errors.is_empty()) {
        let mut moment = app.moment();
        let mut tx = app.db.write().await?;
        let team = chosen_team(&mut tx, typed).await?;
        let command = AddWorker {
            code: typed.get("code").to_owned(),
            name: typed.get("name").to_owned(),
            email: some(typed, "email"),
            phone: some(typed, "phone"),
            registration_number: some(typed, "registration_number"),
            hue: None,
            from,
            to: None,
            posts: vec![NewPost { role, team, from, to: None }],
        };
        let code = command.code.trim().to_lowercase();
        let done = people::add(&mut tx, who, &mut moment, command).await;
        if settle(done, &mut errors)?.is_some() {
            tx.commit().await?;
            return to(&format!("/administration/workers/{code}?done=added"));
        }
    }
    new_form(&app, &posted.signed, typed, &errors).await
}

/// `GET /administration/workers/{code}/change`
pub(super) async fn change_form(
    State(app): State<App>,
    signed: Signed,
    Path(code): Path<String>,
) -> Result<Response> {
    require(&signed, Action::CreateWorker)?;
    let mut conn = app.db.read().await?;
    let row = worker_by(&mut conn, &code).await?;
    drop(conn);
    let words = |value: &Option<String>| value.clone().unwrap_or_default();
    let typed = Typed::from_pairs([
        ("version", row.version.to_string()),
        ("name", row.name.clone()),
        ("email", words(&row.email)),
        ("phone", words(&row.phone)),
        ("registration_number", words(&row.registration_number)),
    ]);
    Ok(changing(&signed, &row, &typed, &FormErrors::new()))
}

fn changing(signed: &Signed, row: &WorkerRow, typed: &Typed, errors: &FormErrors) -> Response {
    let form = Form::new(typed, errors);
    let fields = html! {
        input type="hidden" name="version" value=(typed.get("version"));
        (form.text("name", "Name").no_spelling().width(Width::Middle))
        (contact(&form))
        (page::buttons(html! { (page::button("Change")) a href={ "/administration/workers/" (row.code) } { "Go back" } }))
    };
    let action = format!("/administration/workers/{}/change", row.code);
    let body = html! {
        h1 { "Change what is known of " (row.name) }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, fields))
    };
    framed(signed, "Change a worker", WORKERS, &Done::default(), errors, body)
}

/// `POST /administration/workers/{code}/change`
pub(super) async fn send_change(
    State(app): State<App>,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response> {
    require(&posted.signed, Action::CreateWorker)?;
    let typed = &posted.typed;
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let row = worker_by(&mut tx, &code).await?;
    let command = ChangeWorker {
        worker: row.id.into(),
        version: typed.get("version").parse().map_err(|_| Oops::Stale)?,
        name: typed.get("name").to_owned(),
        email: some(typed, "email"),
        phone: some(typed, "phone"),
        registration_number: some(typed, "registration_number"),
    };
    let mut errors = FormErrors::new();
    let done = match people::change(&mut tx, &posted.signed.who, &mut moment, command).await {
        // what was typed stays: sent once more, it stands before what the other wrote
        Err(Oops::Stale) => {
            let mut again: Vec<(String, String)> =
                typed.pairs().map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
            again
                .iter_mut()
                .filter(|(name, _)| name == "version")
                .for_each(|pair| pair.1 = row.version.to_string());
            errors.add("", format!("Someone else changed this meanwhile: name {}, email {}, telephone {}. Send yours again if it is right",
                row.name, row.email.as_deref().unwrap_or("none"), row.phone.as_deref().unwrap_or("none")));
            return Ok(changing(&posted.signed, &row, &Typed::from_pairs(again), &errors));
        }
        other => other,
    };
    if settle(done, &mut errors)?.is_some() {
        tx.commit().await?;
        return to(&format!("/administration/workers/{code}?done=changed"));
    }
    Ok(changing(&posted.signed, &row, typed, &errors))
}
