//! The page on which people come in.

use super::crowd::AtTheDoor;
use super::door::{self, Attempt, Begun};
use super::store::{self, OwnPersonaRow, PersonaRow};
use super::{local, passkey_pages, single_pages};
use crate::form::{Sent, same_token};
use crate::frame::{hue, outside};
use crate::who::{self, COOKIE, Signed, cookie, initials, session_token, set};
use crate::{App, Oops, Result};
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use data_encoding::BASE64URL_NOPAD;
use db::args;
use maud::{Markup, html};
use page::{Avatar, Field, FormErrors, Post, Size, Typed};
use practice::role::Role;
use practice::space::InSpace;
use serde::Deserialize;
use std::time::Duration;

/// Holds the form token of someone who is not signed in yet.
const BEFORE: &str = "alongside-before";
/// By which a browser is known to an account that signed in there.
pub(super) const KNOWN: &str = "alongside-known";
/// For how long a browser is known.
const KNOWN_SECONDS: i64 = 180 * 24 * 3600;
/// Every wrong try is answered after this long, so that the time tells nothing.
const FLOOR: Duration = Duration::from_millis(300);

/// What the address may hold.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    next: Option<String>,
    done: Option<String>,
    with: Option<String>,
}

/// The form token of a browser in which nobody is signed in, and the cookie that holds it.
pub(super) fn before(app: &App, headers: &HeaderMap) -> (String, HeaderValue) {
    let held = cookie(&app.settings, headers, BEFORE).filter(|held| held.len() == 43);
    let token = held.unwrap_or_else(|| BASE64URL_NOPAD.encode(&app.moment().bytes32()));
    let set = set(&app.settings, BEFORE, &token, None);
    (token, set)
}

/// Whether a form of someone not signed in came from our own page in this browser.
pub(super) fn from_our_page(app: &App, headers: &HeaderMap, typed: &Typed) -> bool {
    cookie(&app.settings, headers, BEFORE)
        .is_some_and(|held| held.len() == 43 && same_token(typed.get("csrf"), &held))
}

/// What a browser calls itself.
pub(super) fn device(headers: &HeaderMap) -> String {
    let name = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
    name.chars().take(200).collect()
}

/// The browser as it stands at the door, with nothing typed.
pub(super) fn at_the_door(app: &App, headers: &HeaderMap) -> Attempt {
    let known = cookie(&app.settings, headers, KNOWN).filter(|known| known.len() == 43);
    Attempt { device: device(headers), known, ..Attempt::default() }
}

/// Puts the cookies of a session that has begun into an answer.
pub(super) fn with_session(app: &App, begun: &Begun, mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, set(&app.settings, COOKIE, &begun.token, None));
    headers.append(header::SET_COOKIE, set(&app.settings, KNOWN, &begun.known, Some(KNOWN_SECONDS)));
    headers.append(header::SET_COOKIE, who::clear(&app.settings, BEFORE));
    response
}

/// `GET /sign-in`
pub(super) async fn show(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response> {
    let next = local(asked.next.as_deref());
    let signed = Signed::from_headers(&app, &headers).await?;
    if signed.is_some() && !app.settings.demonstration {
        return Ok(Redirect::to(&next).into_response());
    }
    let said = (asked.done.as_deref() == Some("out")).then_some("You are signed out.");
    let errors = FormErrors::new();
    let (token, set) = before(&app, &headers);
    let typed = Typed::default();
    let body = if app.settings.demonstration && asked.with.as_deref() != Some("password") {
        personas(&app, &token, &next).await?
    } else {
        html! {
            @if let Some(said) = said { .well role="status" { p { (said) } } }
            (form(&app, &token, &next, &typed, &errors))
        }
    };
    let come_in = app.settings.demonstration && asked.with.as_deref() != Some("password");
    let title = if come_in { "Come in" } else { "Sign in" };
    let mut response = outside(&app, title, None, body);
    response.headers_mut().append(header::SET_COOKIE, set);
    Ok(response)
}

/// `POST /sign-in`
pub(super) async fn enter(State(app): State<App>, sent: AtTheDoor) -> Result<Response> {
    let began = tokio::time::Instant::now();
    let AtTheDoor { headers, typed } = sent;
    let next = local(Some(typed.get("next")));
    let mut errors = FormErrors::new();
    if from_our_page(&app, &headers, &typed) {
        let tried = Attempt {
            name: typed.get("name").to_owned(),
            password: typed.get("password").to_owned(),
            code: typed.get("code").to_owned(),
            ..at_the_door(&app, &headers)
        };
        if let Some(begun) = door::attempt(&app, tried).await? {
            end_former(&app, &headers).await?;
            let next = super::kept::first(&app, &headers, begun.account, next).await?;
            return Ok(with_session(&app, &begun, Redirect::to(&next).into_response()));
        }
        errors.add("name", "The name, the password or the code is not right. Check all three");
        tokio::time::sleep_until(began + FLOOR).await;
    } else {
        errors.add("", "This page had been open for long, or your browser keeps no cookies. Try once more");
    }
    Ok(at_form(&app, &headers, &next, (&typed, &errors)))
}

/// The form once more, with what was wrong.
fn at_form(app: &App, headers: &HeaderMap, next: &str, (typed, errors): (&Typed, &FormErrors)) -> Response {
    let (token, set) = before(app, headers);
    let mut response = outside(app, "Sign in", Some(errors), form(app, &token, next, typed, errors));
    response.headers_mut().append(header::SET_COOKIE, set);
    response
}

/// The form once more, for someone who tried to come in by another way.
pub(super) fn again(app: &App, headers: &HeaderMap, next: &str, errors: &FormErrors) -> Response {
    at_form(app, headers, next, (&Typed::default(), errors))
}

/// `POST /sign-in/demonstration`
pub(super) async fn be(State(app): State<App>, request: Request) -> Result<Response> {
    if !app.settings.demonstration {
        return Err(Oops::NotFound);
    }
    let headers = request.headers().clone();
    let typed = Sent::at_the_door(request).await?;
    if !from_our_page(&app, &headers, &typed) {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    if let Some(person) = typed.get("be").strip_prefix("person:") {
        let person = person.parse().map_err(|_| Oops::NotFound)?;
        let begun = door::become_person(&app, person, &at_the_door(&app, &headers)).await?;
        end_former(&app, &headers).await?;
        return Ok(with_session(&app, &begun, Redirect::to("/my").into_response()));
    }
    let begun = door::become_worker(&app, typed.get("be"), &at_the_door(&app, &headers)).await?;
    end_former(&app, &headers).await?;
    let next = local(Some(typed.get("next")));
    let next = super::kept::first(&app, &headers, begun.account, next).await?;
    Ok(with_session(&app, &begun, Redirect::to(&next).into_response()))
}

/// A session that this browser still had ends when another begins.
pub(super) async fn end_former(app: &App, headers: &HeaderMap) -> Result<()> {
    if let Some(token) = session_token(&app.settings, headers) {
        let mut tx = app.db.write().await?;
        who::end(&mut tx, app.moment().now(), &token).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// `POST /sign-out`
pub(super) async fn leave(State(app): State<App>, request: Request) -> Result<Response> {
    let headers = request.headers().clone();
    let typed = Sent::at_the_door(request).await?;
    let mut response = Redirect::to("/sign-in?done=out").into_response();
    if let Some(signed) = Signed::from_headers(&app, &headers).await? {
        if !same_token(typed.get("csrf"), &signed.csrf) {
            return Err(Oops::Forged);
        }
        if let Some(token) = session_token(&app.settings, &headers) {
            door::leave(&app, &signed, &token).await?;
        }
    }
    let set = response.headers_mut();
    set.append(header::SET_COOKIE, who::clear(&app.settings, COOKIE));
    // what a script kept on this device goes with the session
    set.insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    *response.status_mut() = StatusCode::SEE_OTHER;
    Ok(response)
}

/// To someone whose form came after their session had ended.
fn words_kept(next: &str) -> Markup {
    html! {
        @if next.starts_with("/kept") {
            .well role="status" { p { "You were signed out before this was sent. What you wrote is kept for an hour: sign in again in this browser, and it is there." } }
        }
    }
}

fn form(app: &App, token: &str, next: &str, typed: &Typed, errors: &FormErrors) -> Markup {
    let name = Field::text("name", "Name you sign in with").value(typed.get("name")).errors(errors);
    let body = html! {
        input type="hidden" name="next" value=(next);
        (name.autocomplete("username").no_spelling().width(page::Width::Middle))
        (Field::password("password", "Password").autocomplete("current-password"))
        (Field::text("code", "Code").autocomplete("one-time-code").no_spelling().width(page::Width::Short)
            .hint("Six digits from the app on your phone, or one of your recovery codes"))
        (page::buttons(html! { (page::button("Sign in")) }))
    };
    html! {
        h1 { "Sign in to " (app.settings.council) }
        (words_kept(next))
        (single_pages::way_in(app, next))
        (passkey_pages::way_in(app, token, next))
        (page::post(&Post { action: "/sign-in", csrf: token, ..Post::default() }, body))
        (page::details("I cannot sign in", html! {
            p { "After five wrong tries each further one has to wait, at most a minute." }
            p { "Lost your phone? Use one of the recovery codes you were given on the first day." }
            p { "Forgotten the password, or no codes left? Ask the person who looks after Alongside in your council for a new link." }
        }))
    }
}

/// One press for each person to be.
async fn personas(app: &App, token: &str, next: &str) -> Result<Markup> {
    let mut conn = app.db.read().await?;
    let mut rows: Vec<PersonaRow> = conn.all(store::PERSONAS, args![app.moment().today()]).await?;
    let own: Vec<OwnPersonaRow> = conn.all(store::OWN_PERSONAS, args![app.moment().today()]).await?;
    drop(conn);
    rows.dedup_by(|later, first| later.code == first.code);
    let order = |row: &PersonaRow| Role::from_code(&row.role);
    rows.sort_by_key(order);
    let (named, others): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.code.starts_with("demo-"));
    let list = |rows: &[&PersonaRow]| {
        html! {
            form method="post" action="/sign-in/demonstration" {
                (page::csrf(token))
                input type="hidden" name="next" value=(next);
                (page::rows(&rows.iter().map(|row| persona(row)).collect::<Vec<_>>()))
            }
        }
    };
    let council = &app.settings.council;
    Ok(html! {
        h1 { "Come in to " (council) }
        (words_kept(next))
        p.lead { (council) " is an invented council. Choose someone to be; you can change at any time. You can’t break anything." }
        h2 { "People who work for " (council) }
        @if rows.is_empty() { (page::empty("Nobody works here yet", html! { "The demonstration is still being made. Load this page again in a moment." })) }
        @if !named.is_empty() { (list(&named)) }
        @if !others.is_empty() {
            @if named.is_empty() { (list(&others)) }
            @else { (page::details(&format!("Someone else ({} more)", others.len()), list(&others))) }
        }
        @if !own.is_empty() {
            h2 { "People whose record it is" }
            form method="post" action="/sign-in/demonstration" {
                (page::csrf(token))
                (page::rows(&own.iter().map(own_persona).collect::<Vec<_>>()))
            }
        }
        p.soft {
            "In a real council you sign in with a password and a code from your phone. "
            a href={ "/sign-in?with=password&next=" (crate::frame::in_address(next)) } { "Sign in with a password instead" }
        }
    })
}

fn persona(row: &PersonaRow) -> Markup {
    let initials = initials(&row.name);
    let role = Role::from_code(&row.role);
    let about = role.map_or("", about_role);
    page::who(
        page::avatar(&Avatar::of(&initials, hue(row.hue)).sized(Size::Large)),
        html! {
            button.linkbtn type="submit" name="be" value=(row.code) {
                (row.name) @if let Some(role) = role { ", " (role.plain().to_lowercase()) }
            }
            p.soft { (about) @if let Some(team) = &row.team { " " (team) "." } }
        },
    )
}

/// Somebody in a space of their own.
fn own_persona(row: &OwnPersonaRow) -> Markup {
    let about = match InSpace::from_code(&row.part) {
        Some(InSpace::Own) | None => {
            "Reads what is written about them, writes, and says when it is wrong.".to_owned()
        }
        Some(part) => format!("{} for {}.", part.plain(), row.of_name),
    };
    page::who(
        page::avatar(&Avatar::of(&row.initials, hue(row.hue)).sized(Size::Large)),
        html! {
            button.linkbtn type="submit" name="be" value={ "person:" (row.id) } { (row.name) }
            p.soft { (about) }
        },
    )
}

const fn about_role(role: Role) -> &'static str {
    match role {
        Role::SocialWorker => "Visits children and families and answers for their plans.",
        Role::NewlyQualified => "In their first year, with fewer families.",
        Role::FamilySupportWorker => "Helps at home, week by week.",
        Role::TeamManager => "Answers for everyone who waits for a worker.",
        Role::HeadOfService => "Leads the teams, and wants to know how children fare.",
        Role::ReviewingOfficer => "Chairs reviews and speaks up for the child.",
        Role::DutyWorker => "Takes the calls that come in today.",
        Role::DataOfficer => "Makes and checks the returns, so that nobody types them twice.",
        Role::RestrictedRecordsOfficer => "Keeps the list of records that few may open.",
        Role::SystemAdministrator => "Adds workers and teams, and opens no record.",
    }
}
