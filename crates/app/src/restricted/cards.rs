//! What of levels shows elsewhere: on the page of a restricted person, and on the officer's Today.

use super::day;
use super::list;
use super::store::{self, LevelRow};
use crate::room::{Card, Look};
use crate::{Result, Who};
use db::{Conn, args};
use jiff::civil::Date;
use maud::html;
use practice::person::AccessLevel;
use practice::role::Role;

/// Where the card stands on the person's page: at the head of the side column.
const PLACE: u16 = 100;
/// On the officer's Today, after what is more pressing.
const LATER: u16 = 60;

/// On the page of a restricted person, to those who may open it.
pub(super) async fn level(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
    let row: Option<LevelRow> = conn.maybe(store::LEVEL_NOW, args![look.person]).await?;
    let restricted = |row: &LevelRow| row.level == AccessLevel::Restricted.code();
    let Some(row) = row.filter(restricted) else { return Ok(vec![]) };
    let about = html! {
        "Only those who are named can open this record. Do not speak of it to others. "
        @if let Some(on) = row.review_on { "This is looked at again on " (day(on.0)) "." }
    };
    Ok(vec![Card { place: PLACE, body: page::restricted("A restricted record", about) }])
}

/// On the officer's Today: records whose level should be looked at again.
pub(super) async fn to_review(conn: &mut Conn, who: &Who, today: Date) -> Result<Vec<Card>> {
    if !who.holds(Role::RestrictedRecordsOfficer) {
        return Ok(vec![]);
    }
    let late = list::due(conn, today).await?;
    if late == 0 {
        return Ok(vec![]);
    }
    let words =
        if late == 1 { "1 restricted record".to_owned() } else { format!("{late} restricted records") };
    let body = html! {
        section aria-labelledby="restricted-due" {
            h2 #restricted-due { "Restricted records to look at again" }
            p { a href="/restricted" { (words) } " should be looked at again by now." }
        }
    };
    Ok(vec![Card { place: LATER, body }])
}
