//! How many people a column of a team's board may hold: set by whoever leads the team, from a day on, with the reason.

use super::actions::{SetLimit, set_limit};
use super::board::page_of;
use super::gather::{Led, led};
use super::store::LimitRow;
use crate::clock::shown::day;
use crate::form::Posted;
use crate::who::Signed;
use crate::{Result, checked};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Post, Typed, Width, button, buttons};
use practice::flow::Place;

/// `GET /team/{code}/board/limit`
pub(super) async fn ask(signed: Signed, Path(code): Path<String>) -> Result<Response> {
    let mut typed = Typed::default();
    typed.put_date("from", signed.app.moment().today());
    form(&signed, &code, (&typed, &FormErrors::new())).await
}

async fn form(signed: &Signed, code: &str, (typed, errors): (&Typed, &FormErrors)) -> Result<Response> {
    let mut conn = signed.app.db.read().await?;
    let led = led(&mut conn, signed, code).await?;
    let rows = led.limit_rows(&mut conn).await?;
    drop(conn);
    let form = Form::new(typed, errors);
    let mut places = vec![Choice::new("", "Choose a column")];
    places.extend(Place::ALL.iter().map(|place| Choice::new(place.code(), place.plain())));
    let action = format!("/team/{code}/board/limit");
    let board = format!("/team/{code}/board");
    let body = html! {
        p.lead.soft { "A limit stops nobody from being helped. Where a column holds more, the board says so, and the team can talk about what to do first." }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.select("place", "Which column", places))
            (form.text("most", "How many people at most").width(Width::Short).hint("Leave it empty for no limit any more"))
            (form.date("from", "From which day"))
            (form.textarea("reason", "Why so many").rows(3))
            (buttons(html! { (button("Keep")) a href=(board) { "Leave it" } }))
        }))
        (set(&led, &rows))
    };
    Ok(page_of(signed, &led, ("How many a column holds", None, Some(errors)), body))
}

fn set(led: &Led, rows: &[LimitRow]) -> Markup {
    let row = |row: &LimitRow| {
        html! {
            p {
                @match Place::from_code(&row.place) { Some(place) => (place.plain()), None => (row.place) } ": at most " (row.most) ", from " (day(row.from_date.0, led.today()))
                @if let Some(to) = row.to_date { " to " (day(to.0, led.today())) }
            }
            p.soft { "“" (row.reason) "”" @if let Some(author) = &row.author { " " (author) } }
        }
    };
    html! {
        section aria-labelledby="h-set" {
            h2 id="h-set" { "What was set" }
            @if rows.is_empty() { p.soft { "No limit was set, so the board shows none." } }
            (page::rows(&rows.iter().map(row).collect::<Vec<_>>()))
        }
    }
}

fn read(typed: &Typed, led: &Led) -> std::result::Result<SetLimit, FormErrors> {
    let mut wrong = FormErrors::new();
    let place = Place::from_code(typed.get("place"));
    wrong.require(place.is_some(), "place", "Choose a column");
    let said = typed.some("most").map(str::trim);
    let most = said.map(str::parse::<u32>).transpose();
    wrong.require(most.is_ok(), "most", "Write a whole number, such as 12");
    let from = typed.date("from", "From which day", &mut wrong);
    let reason = typed.get("reason").to_owned();
    match (place, most, from) {
        (Some(place), Ok(most), Some(from)) if wrong.is_empty() => {
            Ok(SetLimit { team: led.team.id, place, most, from, reason })
        }
        _ => Err(wrong),
    }
}

/// `POST /team/{code}/board/limit`
pub(super) async fn send(Path(code): Path<String>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let led = led(&mut tx, signed, &code).await?;
    let command = match read(typed, &led) {
        Ok(command) => command,
        Err(errors) => {
            tx.give_up().await?;
            return form(signed, &code, (typed, &errors)).await;
        }
    };
    if let Err(oops) = set_limit(&mut tx, &signed.who, &mut moment, command).await {
        tx.give_up().await?;
        return form(signed, &code, (typed, &checked::wrong(oops)?)).await;
    }
    tx.commit().await?;
    Ok(Redirect::to(&format!("/team/{code}/board?done=limit")).into_response())
}
