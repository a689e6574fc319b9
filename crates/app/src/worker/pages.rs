//! The first page of administration, and what its pages share.

use super::store::{self, TeamRow, WorkerRow};
use super::{
    pages_absence, pages_holiday, pages_link, pages_share, pages_team, pages_worker, pages_workers, photo,
};
use crate::frame::{Frame, frame};
use crate::who::Signed;
use crate::{App, Oops, Result, access};
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use db::{Conn, args};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, FormErrors, Link, Typed};
use practice::access::{Action, Decision, may};
use practice::role::Role;
use serde::Deserialize;

pub(super) const ADMINISTRATION: Link<'static> =
    Link { href: "/administration", label: "Back to Administration" };

/// What was just done: a fixed word in the address, so that nobody can put words into our mouth.
#[derive(Deserialize, Default)]
pub(super) struct Done {
    pub(super) done: Option<String>,
}

impl Done {
    pub(super) fn said(&self) -> Option<&'static str> {
        match self.done.as_deref()? {
            "added" => Some("Added."),
            "changed" => Some("Changed."),
            "begun" => Some("The post is added."),
            "ended" => Some("Ended."),
            "share" => Some("Kept. What they can hold follows it."),
            "signed-out" => Some("Signed out on every device."),
            "back" => Some("The account is open again. Make a link and add a post."),
            "moved" => Some("Moved."),
            "away" => Some("Kept. Whoever stands in sees the same records on those days."),
            "holiday" => Some("Kept. Every clock follows."),
            "removed" => Some("Taken back. Every clock follows."),
            _ => None,
        }
    }
}

/// The addresses.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/me/photo", get(photo::show).post(photo::send))
        .route("/me/photo/picture", get(photo::picture))
        .route("/me/photo/away", post(photo::away))
        .route("/administration", get(show))
        .route("/administration/workers", get(pages_workers::list).post(pages_workers::create))
        .route("/administration/workers/new", get(pages_workers::blank))
        .route("/administration/workers/{code}", get(pages_worker::show))
        .route(
            "/administration/workers/{code}/change",
            get(pages_workers::change_form).post(pages_workers::send_change),
        )
        .route("/administration/workers/{code}/posts", post(pages_worker::begin))
        .route("/administration/workers/{code}/posts/{post}/end", post(pages_worker::finish))
        .route("/administration/workers/{code}/share", post(pages_share::send))
        .route("/administration/workers/{code}/people", get(pages_worker::people))
        .route("/administration/workers/{code}/end", get(pages_worker::end_form).post(pages_worker::send_end))
        .route("/administration/workers/{code}/come-back", post(pages_worker::send_come_back))
        .route("/administration/workers/{code}/link", get(pages_link::ask).post(pages_link::make))
        .route("/administration/workers/{code}/sign-out", post(pages_link::sign_out))
        .route("/administration/teams", get(pages_team::list).post(pages_team::create))
        .route("/administration/teams/new", get(pages_team::blank))
        .route("/administration/teams/{code}", get(pages_team::show).post(pages_team::send_change))
        .route("/administration/teams/{code}/move", post(pages_team::send_move))
        .route("/administration/teams/{code}/end", post(pages_team::send_end))
        .route("/administration/absence", get(pages_absence::list).post(pages_absence::create))
        .route("/administration/absence/{id}", get(pages_absence::show).post(pages_absence::send_change))
        .route("/administration/absence/{id}/end", post(pages_absence::send_end))
        .route("/administration/holidays", get(pages_holiday::list).post(pages_holiday::create))
        .route("/administration/holidays/{day}/remove", post(pages_holiday::take_back))
}

/// What can be administered: the right it takes, its address, its name, what is done there.
const PARTS: [(Action, &str, &str, &str); 15] = [
    (
        Action::CreateWorker,
        "/administration/workers",
        "Workers",
        "Add people who work here, give them posts and links, end accounts",
    ),
    (Action::ChangeTeams, "/administration/teams", "Teams", "Which stands under which, since when"),
    (
        Action::PlanTeams,
        "/restructure",
        "A change of teams, on paper first",
        "See who would lose their worker before teams are split, joined or moved",
    ),
    (
        Action::ResetSignIn,
        "/administration/tokens",
        "Tokens",
        "See which programs act as workers, and end what nobody needs",
    ),
    (
        Action::ResetSignIn,
        "/administration/letters",
        "E-mails",
        "See what waits, what the mail server refused, and try it again",
    ),
    (Action::SetAbsence, "/administration/absence", "Who is away", "Say who is away and who stands in"),
    (
        Action::LoadCalendar,
        "/administration/holidays",
        "Bank holidays",
        "Add a day that was proclaimed, or take one back",
    ),
    (
        Action::SetFigures,
        "/administration/clocks",
        "Timescales",
        "Every timescale and what stands behind it; set the council’s own figures",
    ),
    (
        Action::SetFigures,
        "/administration/limits",
        "What teams can hold",
        "Set how much a team can hold together, before a manager is asked",
    ),
    (
        Action::SetWords,
        "/administration/words",
        "Plain words",
        "What one could say instead of the words of offices, while recording",
    ),
    (
        Action::ImportPeople,
        "/administration/imports",
        "Moving in",
        "Bring people and their history in from files, and see what was brought in",
    ),
    (
        Action::JoinRecords,
        "/joining",
        "People who may have two records",
        "Compare two records, join them, or say that they are two people",
    ),
    (
        Action::AnswerRights,
        "/retention",
        "How long records are kept",
        "Records whose time has come, holds, and what was disposed of",
    ),
    (
        Action::CheckReturns,
        "/checking",
        "Check a return",
        "Check the files of a children in need census or a looked-after return before they are sent",
    ),
    (
        Action::KeepRestrictedList,
        "/restricted",
        "Restricted records",
        "Who may open records that few may know of",
    ),
];

/// `GET /administration`: what this reader may administer.
async fn show(State(app): State<App>, signed: Signed) -> Result<Response> {
    let may = |action| matches!(may(&signed.who.reader, action), Decision::Allowed(_));
    let open: Vec<_> = PARTS.into_iter().filter(|part| may(part.0)).collect();
    if open.is_empty() {
        return Err(Oops::NotAllowed(Action::CreateWorker.refused().to_owned()));
    }
    let mut conn = app.db.read().await?;
    let workers: Vec<WorkerRow> = conn.all(store::WORKERS, args![]).await?;
    let teams: Vec<TeamRow> = conn.all(store::TEAMS, args![]).await?;
    drop(conn);
    let today = app.moment().today();
    let here = |to: Option<db::Day>| to.is_none_or(|to| to.0 >= today);
    let body = html! {
        h1 { "Administration" }
        @if may(Action::CreateWorker) && teams.is_empty() {
            (page::note(html! { "Begin with a " a href="/administration/teams/new" { "team" } ", then add the people who work in it." }))
        }
        ul.rows { @for (_, href, label, about) in &open {
            li { h2 { a href=(href) { (label) } } p.soft { (about) } }
        } }
        @if may(Action::CreateWorker) {
            @let working = workers.iter().filter(|row| here(row.to_date)).count();
            @let standing = teams.iter().filter(|row| here(row.to_date)).count();
            p.soft { (working) " workers and " (standing) " teams today." }
        }
    };
    Ok(frame(&signed, &Frame { title: "Administration", part: "/administration", ..Frame::default() }, body))
}

/// A page of administration.
pub(super) fn framed(
    signed: &Signed,
    title: &str,
    back: Link<'_>,
    said: &Done,
    errors: &FormErrors,
    body: Markup,
) -> Response {
    let errors = Some(errors).filter(|errors| !errors.is_empty());
    let page = Frame {
        title,
        part: "/administration",
        back: Some(back),
        said: said.said(),
        errors,
        ..Frame::default()
    };
    frame(signed, &page, body)
}

/// Sorts what an action said into what the form shows and what is an answer of its own.
pub(super) fn settle<T>(done: Result<T>, errors: &mut FormErrors) -> Result<Option<T>> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(Oops::Wrong(wrong)) => {
            for (field, words) in wrong {
                errors.add(field, words);
            }
            Ok(None)
        }
        Err(Oops::Refused(words)) => {
            errors.add("", words);
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "it ends every handler that returns one")]
pub(super) fn to(address: &str) -> Result<Response> {
    Ok(Redirect::to(address).into_response())
}

pub(super) fn require(signed: &Signed, action: Action) -> Result<()> {
    access::permit(&signed.who, action)
}

pub(super) async fn worker_by(conn: &mut Conn, code: &str) -> Result<WorkerRow> {
    let id = super::by_code(conn, code).await?.ok_or(Oops::NotFound)?;
    let row: Option<WorkerRow> = conn.maybe(store::WORKER, args![id]).await?;
    row.ok_or(Oops::NotFound)
}

pub(super) async fn team_by(conn: &mut Conn, code: &str) -> Result<TeamRow> {
    let id = super::team_by_code(conn, code).await?.ok_or(Oops::NotFound)?;
    let row: Option<TeamRow> = conn.maybe(store::TEAM, args![id]).await?;
    row.ok_or(Oops::NotFound)
}

/// The teams that stand today, to choose from; `none` is the first choice.
pub(super) fn team_choices(teams: &[TeamRow], today: Date, none: &'static str) -> Vec<Choice<'static>> {
    let standing = teams.iter().filter(|team| team.to_date.is_none_or(|to| to.0 >= today));
    let all = standing.map(|team| Choice::new(team.code.clone(), team.name.clone()));
    std::iter::once(Choice::new("", none)).chain(all).collect()
}

pub(super) fn role_choices() -> Vec<Choice<'static>> {
    let all = Role::ALL.iter().map(|role| Choice::new(role.code(), role.plain()));
    std::iter::once(Choice::new("", "Choose")).chain(all).collect()
}

/// The role chosen, or what to put right.
pub(super) fn role(typed: &Typed, errors: &mut FormErrors) -> Option<Role> {
    let role = Role::from_code(typed.get("role"));
    errors.require(role.is_some(), "role", "Choose what they do");
    role
}
