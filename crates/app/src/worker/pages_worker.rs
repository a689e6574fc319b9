//! The page of one worker: their posts, how they sign in, and how they leave.

use super::ending::{Answers, answers_for};
use super::pages::{Done, framed, require, role, role_choices, settle, team_choices, to, worker_by};
use super::pages_workers::{WORKERS, chosen_team, post_words, state};
use super::people::NewPost;
use super::share::shares;
use super::store::{self, AbsenceRow, PostRow, TeamRow, WorkerRow};
use super::{day, ending, invite, pages_share, people};
use crate::form::Posted;
use crate::moment::london;
use crate::who::Signed;
use crate::{App, Result};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use db::args;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Form, FormErrors, Link, Post, SummaryRow, Typed};
use practice::access::Action;
use practice::role::Role;
use uuid::Uuid;

/// `GET /administration/workers/{code}`
pub(super) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path(code): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response> {
    require(&signed, Action::CreateWorker)?;
    let mut typed = Typed::default();
    typed.put_date("from", app.moment().today());
    typed.put_date("on", app.moment().today());
    one(&app, &signed, &code, (&done, &typed, &FormErrors::new())).await
}

/// Everything known of one worker.
struct Whole {
    row: WorkerRow,
    posts: Vec<PostRow>,
    teams: Vec<TeamRow>,
    absences: Vec<AbsenceRow>,
    answers: Vec<Answers>,
    link: Option<(String, Timestamp)>,
    shares: Vec<(u32, Date, Option<Date>)>,
    today: Date,
}

async fn whole(app: &App, code: &str) -> Result<Whole> {
    let moment = app.moment();
    let today = moment.today();
    let mut conn = app.db.read().await?;
    let row = worker_by(&mut conn, code).await?;
    let link = match row.account_id {
        Some(account) => invite::waiting(&mut conn, account, moment.now()).await?,
        None => None,
    };
    Ok(Whole {
        posts: conn.all(store::POSTS, args![row.id]).await?,
        teams: conn.all(store::TEAMS, args![]).await?,
        absences: conn.all(store::ABSENCES_OF, args![row.id, today]).await?,
        answers: answers_for(&mut conn, row.id.into(), today).await?,
        shares: shares(&mut conn, row.id.into()).await?,
        link,
        row,
        today,
    })
}

pub(super) async fn one(
    app: &App,
    signed: &Signed,
    code: &str,
    (done, typed, errors): (&Done, &Typed, &FormErrors),
) -> Result<Response> {
    let whole = whole(app, code).await?;
    let row = &whole.row;
    let change = format!("/administration/workers/{code}/change");
    let known = |value: &Option<String>| html! { (value.as_deref().unwrap_or("Not given")) };
    let body = html! {
        h1 { (row.name) " " (state(row, app.settings.demonstration)) }
        (page::summary_list(&[
            SummaryRow { term: "Name", value: html! { (row.name) }, change: Some(&change) },
            SummaryRow { term: "Code", value: html! { (row.code) }, change: None },
            SummaryRow { term: "Since", value: html! { (day(row.from_date.0)) }, change: None },
            SummaryRow { term: "Email", value: known(&row.email), change: Some(&change) },
            SummaryRow { term: "Telephone", value: known(&row.phone), change: Some(&change) },
            SummaryRow { term: "Registration number", value: known(&row.registration_number), change: Some(&change) },
        ]))
        (posts(signed, &whole, typed, errors))
        (pages_share::section(signed, (code, &row.name), &whole.shares, (typed, errors)))
        (signing_in(signed, &whole))
        (away(&whole))
        (leaving(signed, &whole))
    };
    Ok(framed(signed, &row.name, WORKERS, done, errors, body))
}

fn posts(signed: &Signed, whole: &Whole, typed: &Typed, errors: &FormErrors) -> Markup {
    let (form, code) = (Form::new(typed, errors), &whole.row.code);
    let open = |post: &PostRow| post.to_date.is_none_or(|to| to.0 >= whole.today);
    html! {
        h2 { "Posts" }
        @if whole.posts.is_empty() { p { "No post yet." } }
        ul.rows { @for post in &whole.posts {
            li {
                b { (post_words(post)) }
                p.soft.small { "From " (day(post.from_date.0)) @if let Some(to) = post.to_date { " to " (day(to.0)) } }
                @if open(post) && post.to_date.is_none() {
                    (page::details("End this post", page::post(
                        &Post { action: &format!("/administration/workers/{code}/posts/{}/end", post.id), csrf: &signed.csrf, ..Post::default() },
                        html! {
                            (page::DateInput::new(&format!("on-{}", post.id), "Last day").parts(page::DateParts::from(whole.today)))
                            (page::buttons(html! { (page::button("End the post").about(&post_words(post)).quiet()) }))
                        },
                    )))
                }
            }
        } }
        @if whole.row.to_date.is_none() {
            (page::details("Add a post", page::post(
                &Post { action: &format!("/administration/workers/{code}/posts"), csrf: &signed.csrf, ..Post::default() },
                html! {
                    (form.select("role", "What they do", role_choices()))
                    (form.select("team", "Team", team_choices(&whole.teams, whole.today, "No team")))
                    (form.date("from", "First day"))
                    (page::buttons(html! { (page::button("Add the post")) }))
                },
            )))
        }
    }
}

fn signing_in(signed: &Signed, whole: &Whole) -> Markup {
    let (row, code) = (&whole.row, &whole.row.code);
    let until = |at: Timestamp| at.to_zoned(london()).strftime("%-d %B at %-I.%M %P").to_string();
    html! {
        @if row.ended_at.is_none() && row.to_date.is_none() {
            h2 { "Signing in" }
            @if row.ready {
                p { "Signs in as " b { (row.sign_in_name.as_deref().unwrap_or("")) } " with a password and a code of their own." }
                (page::buttons(html! {
                    (page::link_button(&format!("/administration/workers/{code}/link"), "Reset password and code").quiet())
                }))
                (page::post(
                    &Post { action: &format!("/administration/workers/{code}/sign-out"), csrf: &signed.csrf, ..Post::default() },
                    page::buttons(html! { (page::button("Sign out on every device").quiet()) }),
                ))
            } @else {
                @if signed.app.settings.demonstration {
                    p { "In the demonstration nobody needs a password: you press " (row.name) " where one comes in. A link sets one all the same." }
                }
                @if let Some((_, at)) = &whole.link {
                    p { "A link was made and works until " (until(*at)) ". It was shown once; a new one makes it worthless." }
                } @else if !signed.app.settings.demonstration { p { "Nobody can sign in as " (row.name) " yet." } }
                (page::buttons(html! {
                    (page::link_button(&format!("/administration/workers/{code}/link"), if whole.link.is_some() { "Make a new link" } else { "Make a one-time link" }))
                }))
            }
        }
    }
}

fn away(whole: &Whole) -> Markup {
    html! {
        @if !whole.absences.is_empty() {
            h2 { "Away, or standing in" }
            ul.rows { @for row in &whole.absences {
                li { a href={ "/administration/absence/" (row.id) } { (super::pages_absence::words(row)) } }
            } }
        }
    }
}

fn leaving(signed: &Signed, whole: &Whole) -> Markup {
    let (row, code) = (&whole.row, &whole.row.code);
    let people: i64 = whole.answers.iter().map(|a| a.responsible + a.waiting).sum();
    html! {
        h2 { "Leaving" }
        @if row.to_date.is_some() {
            (page::post(
                &Post { action: &format!("/administration/workers/{code}/come-back"), csrf: &signed.csrf, ..Post::default() },
                page::buttons(html! { (page::button("They have come back").quiet()) }),
            ))
        } @else if people > 0 {
            p {
                "Answers for " a href={ "/administration/workers/" (code) "/people" } { (people) @if people == 1 { " person" } @else { " people" } }
                ". Hand them over first, then end the account."
            }
        } @else {
            (page::buttons(html! { (page::link_button(&format!("/administration/workers/{code}/end"), "End the account").quiet()) }))
        }
    }
}

/// `GET /administration/workers/{code}/people`: how many, where, and who can hand them over; never who.
pub(super) async fn people(
    State(app): State<App>,
    signed: Signed,
    Path(code): Path<String>,
) -> Result<Response> {
    require(&signed, Action::CreateWorker)?;
    let whole = whole(&app, &code).await?;
    let mut conn = app.db.read().await?;
    let posts: Vec<PostRow> = conn.all(store::ALL_POSTS, args![whole.today]).await?;
    let workers: Vec<WorkerRow> = conn.all(store::WORKERS, args![]).await?;
    drop(conn);
    let managers = |team: Uuid| -> Vec<&str> {
        let leads = |post: &&PostRow| {
            post.team_id == Some(team) && Role::from_code(&post.role).is_some_and(Role::leads)
        };
        let held = posts.iter().filter(leads).filter(|post| post.worker_id != whole.row.id);
        held.filter_map(|post| workers.iter().find(|row| row.id == post.worker_id))
            .map(|row| row.name.as_str())
            .collect()
    };
    let body = html! {
        h1 { "For whom " (whole.row.name) " answers" }
        p { "Names of people in records are not shown to those who administer the system. The manager of each team can hand them over." }
        ul.rows { @for answers in &whole.answers { li {
            b { (answers.name) }
            p {
                @if answers.responsible > 0 { (answers.responsible) " as responsible worker. " }
                @if answers.waiting > 0 { (answers.waiting) " waiting for a worker, for whom they answer as the only manager: give someone else that post. " }
            }
            @if let Some(team) = answers.team {
                @let managers = managers(team.0);
                @if !managers.is_empty() { p.soft { "Ask " (managers.join(" or ")) "." } }
            }
        } } }
        @if whole.answers.is_empty() { p { "For nobody." } }
    };
    let (href, label) = (format!("/administration/workers/{code}"), format!("Back to {}", whole.row.name));
    let back = Link { href: &href, label: &label };
    Ok(framed(&signed, "For whom they answer", back, &Done::default(), &FormErrors::new(), body))
}

/// `POST /administration/workers/{code}/posts`
pub(super) async fn begin(
    State(app): State<App>,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response> {
    require(&posted.signed, Action::CreateWorker)?;
    let typed = &posted.typed;
    let mut errors = FormErrors::new();
    let chosen = role(typed, &mut errors);
    let from = typed.date("from", "First day", &mut errors);
    if let (Some(role), Some(from)) = (chosen, from) {
        let mut moment = app.moment();
        let mut tx = app.db.write().await?;
        let row = worker_by(&mut tx, &code).await?;
        let team = chosen_team(&mut tx, typed).await?;
        let post = NewPost { role, team, from, to: None };
        let done = people::begin_post(&mut tx, &posted.signed.who, &mut moment, row.id.into(), post).await;
        if settle(done, &mut errors)?.is_some() {
            tx.commit().await?;
            return to(&format!("/administration/workers/{code}?done=begun"));
        }
    }
    one(&app, &posted.signed, &code, (&Done::default(), typed, &errors)).await
}

/// `POST /administration/workers/{code}/posts/{post}/end`
pub(super) async fn finish(
    State(app): State<App>,
    Path((code, post)): Path<(String, Uuid)>,
    posted: Posted,
) -> Result<Response> {
    require(&posted.signed, Action::CreateWorker)?;
    let mut errors = FormErrors::new();
    let on = posted.typed.date(&format!("on-{post}"), "Last day", &mut errors);
    if let Some(on) = on {
        let mut moment = app.moment();
        let mut tx = app.db.write().await?;
        let done = people::end_post(&mut tx, &posted.signed.who, &mut moment, post, on).await;
        if settle(done, &mut errors)?.is_some() {
            tx.commit().await?;
            return to(&format!("/administration/workers/{code}?done=ended"));
        }
    }
    one(&app, &posted.signed, &code, (&Done::default(), &posted.typed, &errors)).await
}

/// `GET /administration/workers/{code}/end`
pub(super) async fn end_form(
    State(app): State<App>,
    signed: Signed,
    Path(code): Path<String>,
) -> Result<Response> {
    require(&signed, Action::EndAccount)?;
    let mut typed = Typed::default();
    typed.put_date("on", app.moment().today());
    ending_page(&app, &signed, &code, (&typed, &FormErrors::new())).await
}

async fn ending_page(
    app: &App,
    signed: &Signed,
    code: &str,
    (typed, errors): (&Typed, &FormErrors),
) -> Result<Response> {
    let mut conn = app.db.read().await?;
    let row = worker_by(&mut conn, code).await?;
    drop(conn);
    let action = format!("/administration/workers/{code}/end");
    let fields = html! {
        (Form::new(typed, errors).date("on", "Last day"))
        (page::buttons(html! { (page::button("End the account")) a href={ "/administration/workers/" (code) } { "Go back" } }))
    };
    let body = html! {
        h1 { "End the account of " (row.name) }
        p { "They are signed out everywhere at once and cannot sign in again. Their posts end on that day. What they wrote stays, under their name." }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, fields))
    };
    Ok(framed(signed, "End an account", WORKERS, &Done::default(), errors, body))
}

/// `POST /administration/workers/{code}/end`
pub(super) async fn send_end(
    State(app): State<App>,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response> {
    require(&posted.signed, Action::EndAccount)?;
    let mut errors = FormErrors::new();
    if let Some(on) = posted.typed.date("on", "Last day", &mut errors) {
        let mut moment = app.moment();
        let mut tx = app.db.write().await?;
        let row = worker_by(&mut tx, &code).await?;
        let done = ending::end(&mut tx, &posted.signed.who, &mut moment, row.id.into(), on).await;
        if settle(done, &mut errors)?.is_some() {
            tx.commit().await?;
            return to(&format!("/administration/workers/{code}?done=ended"));
        }
    }
    ending_page(&app, &posted.signed, &code, (&posted.typed, &errors)).await
}

/// `POST /administration/workers/{code}/come-back`
pub(super) async fn send_come_back(
    State(app): State<App>,
    Path(code): Path<String>,
    posted: Posted,
) -> Result<Response> {
    require(&posted.signed, Action::CreateWorker)?;
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let row = worker_by(&mut tx, &code).await?;
    ending::come_back(&mut tx, &posted.signed.who, &mut moment, row.id.into()).await?;
    tx.commit().await?;
    to(&format!("/administration/workers/{code}?done=back"))
}
