//! Everybody who waits for a worker, for everybody who works in the service: in which team, since when, how many working
//! days. Whoever the reader may not know of is counted and not named, and not by team either.

use super::store::{self, WaitsRow};
use crate::Result;
use crate::access;
use crate::clock::shown::weekday;
use crate::frame::{Frame, frame};
use crate::who::Signed;
use crate::working::plural;
use axum::response::Response;
use db::args;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Column, Link};
use practice::access::{Action, Decision, Sight};
use practice::episode::waiting_since;
use practice::id::PersonId;
use std::collections::HashMap;
use uuid::Uuid;

/// Since when somebody waits: since help is open, or since whoever was responsible last is not any more.
fn since(row: &WaitsRow) -> Option<Date> {
    Some(waiting_since(row.opened?.0, row.left_on.map(|left| left.0)))
}

/// `GET /waiting`
pub(super) async fn show(signed: Signed) -> Result<Response> {
    access::permit(&signed.who, Action::SeeTeam)?;
    let moment = signed.app.moment();
    let today = moment.today();
    let calendar = signed.app.calendar();
    let mut conn = signed.app.db.read().await?;
    let rows: Vec<WaitsRow> = conn.all(store::WAITING, args![today]).await?;
    let teams: Vec<(Uuid, String, String)> = conn.all(store::WAITING_TEAMS, args![today]).await?;
    let ids: Vec<PersonId> = rows.iter().map(|row| row.id.into()).collect();
    let may = access::decide_many(&mut conn, &signed.who, moment.now(), &ids, Sight::Exists).await?;
    drop(conn);
    // the newest open help comes last and decides
    let teams: HashMap<Uuid, String> = teams.into_iter().map(|(person, _, name)| (person, name)).collect();
    let all = rows.len();
    let mut known: Vec<(Date, &WaitsRow)> = rows
        .iter()
        .filter(|row| may.get(&PersonId(row.id)).is_some_and(Decision::is_allowed))
        .filter_map(|row| Some((since(row)?, row)))
        .collect();
    known.sort_by_key(|(since, row)| (*since, row.shown_name.clone(), row.id));
    let unnamed = all - known.len();
    let columns = [
        Column::words("Who"),
        Column::words("Team that holds them"),
        Column::words("Since"),
        Column::number("Working days"),
    ];
    let cells: Vec<Vec<Markup>> = known
        .iter()
        .map(|(since, row)| {
            vec![
                html! { a href={ "/person/" (row.id) } { (row.shown_name) } },
                html! { (teams.get(&row.id).map_or("No team", String::as_str)) },
                html! { (weekday(*since, today)) },
                html! { (calendar.working_days_between(*since, today).max(0)) },
            ]
        })
        .collect();
    let body = html! {
        h1 { "Waiting for a worker" }
        @if all == 0 {
            (page::empty("Nobody waits", html! { "Everybody with help that is open has a responsible worker." }))
        } @else {
            p.lead { (plural(all, "person waits", "people wait")) " for a worker in the service today." }
            p.soft { "Until there is one, the manager of the team that holds them answers for them. Everybody who works here sees this." }
            @if !cells.is_empty() { (page::table("Who waits, the longest first", &columns, &cells)) }
            @if unnamed > 0 {
                p { (plural(unnamed, "person waits whose name you cannot see", "people wait whose names you cannot see")) "." }
            }
        }
    };
    let back = Some(Link { href: "/today", label: "Back to Today" });
    Ok(frame(
        &signed,
        &Frame { title: "Waiting for a worker", part: "/today", back, ..Frame::default() },
        body,
    ))
}
