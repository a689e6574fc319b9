//! On a person's page: until when the record is kept, and why. On Today: what waits for somebody to confirm.

use super::drawn;
use super::ending::proposals;
use super::keeping::kept;
use crate::room::{Card, Look};
use crate::{Result, Who, access};
use db::Conn;
use jiff::civil::Date;
use maud::html;
use practice::access::{Action, Sight};

/// The piece for the side column.
pub(super) async fn on_page(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
    if look.known.is_some() {
        return Ok(vec![]);
    }
    let decision = access::decide(conn, look.who, look.now, look.person, Sight::Rights).await?;
    let may = decision.is_some_and(|decision| decision.is_allowed());
    let kept = kept(conn, look.person, look.today).await?;
    let body = html! {
        section.box aria-labelledby="h-kept" {
            h2 id="h-kept" { "How long it is kept" }
            p { (drawn::until(&kept)) "." }
            @if let Some(reason) = kept.reasons.first() { p.soft.small { (reason.words) } }
            @for hold in &kept.holds { p { "Held: " (drawn::hold(hold)) } }
            @if may { p { a href={ "/person/" (look.person) "/retention" } { "Why, and holds" } } }
        }
    };
    Ok(vec![Card { place: 195, body }])
}

/// On Today of those who may confirm: what others proposed.
pub(super) async fn waiting(conn: &mut Conn, who: &Who, _today: Date) -> Result<Vec<Card>> {
    let Some(me) = who.worker().filter(|_| access::permit(who, Action::DisposeRecords).is_ok()) else {
        return Ok(vec![]);
    };
    let waiting = proposals(conn).await?.into_iter().filter(|one| one.by.0 != me).count();
    if waiting == 0 {
        return Ok(vec![]);
    }
    let body = html! {
        section aria-labelledby="h-let-go" {
            h2 id="h-let-go" { "Records to let go" }
            p { @if waiting == 1 { "One record whose time has come" } @else { (waiting) " records whose time has come" } " was proposed for disposal by a colleague. Look, and confirm or take it back." }
            p { a href="/retention" { "See what waits" } }
        }
    };
    Ok(vec![Card { place: 60, body }])
}
