//! On a person's page: which records were joined into theirs, and the way to another one.

use super::part::joinings;
use crate::entry::when::day_of;
use crate::person::pages::day;
use crate::room::{Card, Look};
use crate::{Result, access, person};
use db::Conn;
use maud::html;
use practice::access::{Decision, Sight};

/// The piece for the side column; nothing for someone who cannot join records while nothing is joined.
pub(super) async fn card(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
    if look.known.is_some() {
        return Ok(vec![]);
    }
    let allowed = |decision: Option<Decision>| decision.is_some_and(|decision| decision.is_allowed());
    if !allowed(access::decide(conn, look.who, look.now, look.person, Sight::Open).await?) {
        return Ok(vec![]);
    }
    let may = allowed(access::decide(conn, look.who, look.now, look.person, Sight::Join).await?);
    let mut standing = joinings(conn, look.person).await?;
    standing.retain(|joining| joining.parted.is_none() && joining.kept == look.person);
    if !may && standing.is_empty() {
        return Ok(vec![]);
    }
    let mut told = vec![];
    for joining in standing {
        let name = person::header(conn, joining.other).await?.map(|header| header.full_name);
        told.push((joining, name.unwrap_or_default()));
    }
    let body = html! {
        section.box aria-labelledby="h-joined" {
            h2 id="h-joined" { @if told.is_empty() { "Recorded twice?" } @else { "Joined records" } }
            @for (joining, name) in &told {
                p {
                    "The record of " (name) " was joined to this one on " (day(day_of(joining.at))) @if let Some(by) = &joining.by { " by " (by) } "."
                    @if may { " " a href={ "/joining/" (joining.id) } { "See why, or undo it" } }
                }
            }
            @if may { p { a href={ "/person/" (look.person) "/join" } { "Look for another record of them" } } }
        }
    };
    Ok(vec![Card { place: 190, body }])
}
