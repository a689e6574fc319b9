//! The page of bank holidays: what the program knows, and what was proclaimed since.

use super::day;
use super::holidays::{self, SetHoliday};
use super::pages::{ADMINISTRATION, Done, framed, require, settle, to};
use super::store::{self, HolidayRow};
use crate::form::Posted;
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use db::args;
use jiff::civil::Date;
use maud::html;
use page::{Choice, Form, FormErrors, Post, Typed, Width};
use practice::access::Action;
use practice::calendar::Change;

/// `GET /administration/holidays`
pub(super) async fn list(
    State(app): State<App>,
    signed: Signed,
    Query(done): Query<Done>,
) -> Result<Response> {
    require(&signed, Action::LoadCalendar)?;
    let typed = Typed::from_pairs([("change", "add")]);
    listed(&app, &signed, (&done, &typed, &FormErrors::new())).await
}

async fn listed(
    app: &App,
    signed: &Signed,
    (done, typed, errors): (&Done, &Typed, &FormErrors),
) -> Result<Response> {
    let mut conn = app.db.read().await?;
    let own: Vec<HolidayRow> = conn.all(store::HOLIDAYS, args![]).await?;
    let calendar = crate::clock::calendar(&mut conn).await?;
    drop(conn);
    let year = app.moment().today().year();
    let form = Form::new(typed, errors);
    let fields = html! {
        (form.date("day", "Which day"))
        (form.text("name", "What it is called").width(Width::Middle))
        (form.radios("change", "What is proclaimed", vec![
            Choice::new("add", "It is a bank holiday"),
            Choice::new("remove", "It is an ordinary day after all"),
        ]))
        (page::buttons(html! { (page::button("Keep")) }))
    };
    let body = html! {
        h1 { "Bank holidays" }
        p { "England’s bank holidays are built in. Days proclaimed since are added here, and every due date that counts working days follows at once." }
        @for year in [year, year + 1] {
            h2 { (year) }
            ul { @for (on, name) in calendar.holidays(year) { li { (on.strftime("%A %-d %B").to_string()) ": " (name) } } }
        }
        h2 { "Set here" }
        @if own.is_empty() { p { "Nothing was set here." } }
        ul.rows { @for row in &own { li {
            (day(row.day.0)) ": " (row.name) ", "
            @if row.change == "add" { "a bank holiday" } @else { "an ordinary day" }
            (page::post(
                &Post { action: &format!("/administration/holidays/{}/remove", row.day.0), csrf: &signed.csrf, ..Post::default() },
                page::buttons(html! { (page::button("Take back").about(&format!(" {}", day(row.day.0))).quiet().small()) }),
            ))
        } } }
        h2 { "A day was proclaimed" }
        (page::post(&Post { action: "/administration/holidays", csrf: &signed.csrf, ..Post::default() }, fields))
    };
    Ok(framed(signed, "Bank holidays", ADMINISTRATION, done, errors, body))
}

/// `POST /administration/holidays`
pub(super) async fn create(State(app): State<App>, posted: Posted) -> Result<Response> {
    require(&posted.signed, Action::LoadCalendar)?;
    let typed = &posted.typed;
    let mut errors = FormErrors::new();
    let change = match typed.get("change") {
        "add" => Some(Change::Add),
        "remove" => Some(Change::Remove),
        _ => None,
    };
    errors.require(change.is_some(), "change", "Choose what is proclaimed");
    let on = typed.date("day", "The day", &mut errors);
    if let (Some(day), Some(change)) = (on, change) {
        let mut moment = app.moment();
        let mut tx = app.db.write().await?;
        let command = SetHoliday { day, change, name: typed.get("name").to_owned() };
        let done = holidays::set_holiday(&mut tx, &posted.signed.who, &mut moment, command).await;
        if settle(done, &mut errors)?.is_some() {
            tx.commit().await?;
            holidays::load_calendar(&app).await?;
            return to("/administration/holidays?done=holiday");
        }
    }
    listed(&app, &posted.signed, (&Done::default(), typed, &errors)).await
}

/// `POST /administration/holidays/{day}/remove`
pub(super) async fn take_back(
    State(app): State<App>,
    Path(on): Path<String>,
    posted: Posted,
) -> Result<Response> {
    require(&posted.signed, Action::LoadCalendar)?;
    let on: Date = on.parse().map_err(|_| Oops::NotFound)?;
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    holidays::remove_holiday(&mut tx, &posted.signed.who, &mut moment, on).await?;
    tx.commit().await?;
    holidays::load_calendar(&app).await?;
    to("/administration/holidays?done=removed")
}
