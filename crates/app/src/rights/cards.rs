//! On a person's page: until when the record is kept, and why. On Today: what waits for somebody to confirm.

use super::ending::proposals;
use super::keeping::kept;
use super::{asking, complaint, drawn};
use crate::moment::written as day;
use crate::room::{Card, Look};
use crate::{Result, Who, access};
use db::Conn;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::html;
use practice::access::{Action, Decision, Sight};
use practice::id::PersonId;

/// The piece for the side column.
pub(super) async fn on_page(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
    if look.known.is_some() {
        return Ok(vec![]);
    }
    let decision = access::decide(conn, look.who, look.now, look.person, Sight::Rights).await?;
    let may = decision.is_some_and(|decision| decision.is_allowed());
    let kept = kept(conn, look.person, look.today).await?;
    let complains = complaint::on_page(conn, look.person, look.today).await?;
    let body = html! {
        section.box aria-labelledby="h-kept" {
            h2 id="h-kept" { "How long it is kept" }
            p { (drawn::until(&kept)) "." }
            @if let Some(reason) = kept.reasons.first() { p.soft.small { (reason.words) } }
            (complains)
            @for hold in &kept.holds { p { "Held: " (drawn::hold(hold)) } }
            @if may {
                p { a href={ "/person/" (look.person) "/retention" } { "Why, and holds" } }
                p { a href={ "/person/" (look.person) "/rights" } { "They ask for their record" } }
            }
        }
    };
    Ok(vec![Card { place: 195, body }])
}

/// On Today of those who answer: whose requests are still to be answered, and by when.
pub(super) async fn asked(conn: &mut Conn, who: &Who, (now, today): (Timestamp, Date)) -> Result<Vec<Card>> {
    let all = asking::open_requests(conn).await?;
    let mut people: Vec<PersonId> = all.iter().map(|one| one.0).collect();
    people.sort_unstable();
    people.dedup();
    if people.is_empty() || who.worker().is_none() {
        return Ok(vec![]);
    }
    let decided = access::decide_many(conn, who, now, &people, Sight::Rights).await?;
    let mut mine = vec![];
    for (person, request, received) in all {
        if !decided.get(&person).is_some_and(Decision::is_allowed) {
            continue;
        }
        let Some(header) = crate::person::header(conn, person).await? else { continue };
        let due = asking::due(conn, person, today).await?.into_iter().next().map(|one| one.0);
        mine.push((header, request, received, due));
    }
    if mine.is_empty() {
        return Ok(vec![]);
    }
    let body = html! {
        section aria-labelledby="h-asked" {
            h2 id="h-asked" { "They ask for their record" }
            ul.rows { @for (header, request, received, due) in &mine { li {
                a href={ "/person/" (header.id) "/rights/" (request) } { (header.full_name) }
                p.soft.small {
                    @match due {
                        Some(due) => { "To be answered by " (due) }
                        None => { "Arrived " (day(*received)) ". No time runs yet: it is not known who asks" }
                    }
                }
            } } }
        }
    };
    Ok(vec![Card { place: 50, body }])
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
