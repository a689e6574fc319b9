//! That a check-in is offered or waits, on the person's page and the Today of the one worker it is between; nobody else's.

use super::read::{between, together};
use super::store;
use crate::access;
use crate::room::{Card, Look};
use crate::{Result, Who};
use db::{Conn, args};
use jiff::civil::Date;
use maud::html;
use practice::access::{Decision, Sight};
use practice::check_in::Side;
use uuid::Uuid;

/// On the person's page: after their own space.
const PLACE: u16 = 131;
/// On Today: after what is planned.
const TODAY: u16 = 60;

/// On a person's page, for whoever works with them.
pub(super) async fn of_person(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
    let Some(me) = look.who.worker().filter(|_| look.known.is_none()) else { return Ok(vec![]) };
    let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
    if !decided.as_ref().is_some_and(Decision::is_allowed)
        || together(conn, (look.person, me), look.today).await?.is_none()
    {
        return Ok(vec![]);
    }
    let held = between(conn, (look.person, me, Side::Worker), look.today).await?;
    let waits = held.all.first().is_some_and(|one| one.other_answered && one.own.is_none());
    let href = format!("/person/{}/check-in", look.person);
    let body = html! {
        section aria-labelledby="h-check-in" {
            h2 id="h-check-in" { "How is it between you?" }
            @if waits { p { "They said how it is for them. Say how it is for you." } }
            @else if held.offered { p { "It is some weeks since you last looked at this together." } }
            p { a href=(href) { "Check in" } }
        }
    };
    Ok(vec![Card { place: PLACE, body }])
}

/// On Today: who said how it is for them, and waits for the reader's own answer.
pub(super) async fn of_today(conn: &mut Conn, who: &Who, today: Date) -> Result<Vec<Card>> {
    let Some(me) = who.worker() else { return Ok(vec![]) };
    let rows: Vec<(Uuid, String)> = conn.all(store::WAITING, args![me, today]).await?;
    let mut waiting = vec![];
    for (person, name) in rows {
        if together(conn, (person.into(), me), today).await?.is_some() {
            waiting.push((person, name));
        }
    }
    if waiting.is_empty() {
        return Ok(vec![]);
    }
    let body = html! {
        section aria-labelledby="h-check-ins" {
            h2 id="h-check-ins" { "How is it between you?" }
            ul.rows { @for (person, name) in &waiting { li { p { a href={ "/person/" (person) "/check-in" } { (name) " said how it is for them" } ". Say how it is for you, when you can." } } } }
        }
    };
    Ok(vec![Card { place: TODAY, body }])
}
