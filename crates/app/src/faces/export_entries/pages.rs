//! The page on which a worker takes along what was recorded since a day, and the reminder of it on Today.

use super::{Export, Format, export, store};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::moment::london;
use crate::room::{Card, Place, Room};
use crate::who::Signed;
use crate::{App, Oops, Result, Who, access};
use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use db::{Conn, args};
use jiff::ToSpan;
use jiff::civil::Date;
use maud::html;
use page::{Choice, Form, FormErrors, Link, Post, Typed};
use practice::access::{Action, may};

/// What was taken along.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        // marks belong to entries; what an entry says of a person is the timeline's
        &[]
    }

    fn routes(&self) -> Router<App> {
        Router::new().route("/take-along", get(show).post(send))
    }

    async fn today(&self, conn: &mut Conn, who: &Who, _app: &App, today: Date) -> Result<Vec<Card>> {
        let Some(worker) = who.worker().filter(|_| may(&who.reader, Action::CarryOver).is_allowed()) else {
            return Ok(vec![]);
        };
        let since = today.saturating_sub(14.days()).to_zoned(london()).map(|zoned| zoned.timestamp());
        let Ok(since) = since else { return Ok(vec![]) };
        let waiting = conn.number(store::WAITING, args![worker, since]).await?;
        if waiting == 0 {
            return Ok(vec![]);
        }
        let entries = if waiting == 1 { "entry" } else { "entries" };
        let body = html! {
            h2 { "Beside the old system" }
            p { (waiting) " " (entries) " of yours from the last two weeks " @if waiting == 1 { "is" } @else { "are" } " not carried over yet. "
                a href="/take-along" { "Take them along" } "." }
        };
        Ok(vec![Card { place: 190, body }])
    }
}

fn require(signed: &Signed) -> Result<()> {
    access::permit(&signed.who, Action::CarryOver)
}

/// `GET /take-along`
async fn show(State(app): State<App>, signed: Signed) -> Result<Response> {
    let mut typed = Typed::from_pairs([("own", "yes"), ("format", "csv")]);
    typed.put_date("since", app.moment().today().saturating_sub(7.days()));
    drawn(&signed, &typed, &FormErrors::new())
}

fn drawn(signed: &Signed, typed: &Typed, errors: &FormErrors) -> Result<Response> {
    require(signed)?;
    let form = Form::new(typed, errors);
    let fields = html! {
        (form.date("since", "What was filed since"))
        (form.radios("own", "Which entries", vec![
            Choice::new("yes", "What I wrote"),
            Choice::new("no", "Everything that I may read"),
        ]))
        (form.radios("format", "In what form", vec![
            Choice::new("csv", "A table").hint("For a spreadsheet, or for the old system’s own import"),
            Choice::new("text", "Plain text").hint("To copy from, entry by entry"),
        ]))
        (page::buttons(html! { (page::button("Download, and mark as carried over")) }))
    };
    let body = html! {
        h1 { "Take along" }
        p { "What you record here can be taken along to the council’s old system. Each entry that you download is marked: its page then says when, and by whom." }
        (page::post(&Post { action: "/take-along", csrf: &signed.csrf, ..Post::default() }, fields))
    };
    let back = Link { href: "/today", label: "Back to Today" };
    let about = Frame {
        title: "Take along",
        part: "/today",
        back: Some(back),
        errors: Some(errors),
        ..Frame::default()
    };
    Ok(frame(signed, &about, body))
}

/// `POST /take-along`
async fn send(State(app): State<App>, posted: Posted) -> Result<Response> {
    let signed = &posted.signed;
    require(signed)?;
    let typed = &posted.typed;
    let mut errors = FormErrors::new();
    let since = typed.date("since", "The day", &mut errors);
    let format = match typed.get("format") {
        "csv" => Some(Format::Csv),
        "text" => Some(Format::Text),
        _ => None,
    };
    errors.require(format.is_some(), "format", "Choose in what form");
    errors.require(["yes", "no"].contains(&typed.get("own")), "own", "Choose which entries");
    let (Some(since), Some(format), true) = (since, format, errors.is_empty()) else {
        return drawn(signed, typed, &errors);
    };
    let at = since.to_zoned(london()).map_err(|_| Oops::wrong("since", "Choose another day"))?.timestamp();
    let what = Export { since: at, format, own: typed.get("own") == "yes" };
    let mut out = vec![];
    export(&app, &signed.who, what, &mut out).await?;
    let (kind, ending) = match format {
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
        Format::Text => ("text/plain; charset=utf-8", "txt"),
    };
    let name = format!("entries since {since}.{ending}");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, files::content_disposition(&name, false)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, out).into_response())
}
