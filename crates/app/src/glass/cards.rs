//! What of broken glass shows elsewhere: on the person's page, and on the Today of whoever reviews it.

use super::actions::{answering, keeps_list, may_review};
use super::store::{self, GlassRow};
use super::{day, quoted, when};
use crate::access::Reach;
use crate::room::{Card, Look};
use crate::{Result, Who};
use db::{Conn, args};
use jiff::{Timestamp, civil::Date};
use maud::html;
use practice::access::GlassOutcome;
use practice::id::WorkerId;
use practice::person::AccessLevel;
use practice::role::Role;

/// Where the card stands on the person's page: in the side column, near its end.
const PLACE: u16 = 180;
/// What waits to be reviewed stands near the top of Today.
const FIRST: u16 = 5;

/// On the person's page: who opened the record without working with them, and why.
pub(super) async fn opened(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
    if look.known.is_some() {
        return Ok(vec![]);
    }
    let rows: Vec<GlassRow> = conn.all(store::OF_PERSON, args![look.person]).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let body = html! {
        section aria-labelledby="glass-opened" {
            h2 #glass-opened { "Opened without working with them" }
            (page::rows(&rows.iter().take(3).map(|row| html! {
                div {
                    p { b { (row.name) } ", " (when(row.opened_at.0))
                        @if look.now < row.until_at.0 { ". Open until " (when(row.until_at.0)) } }
                    p { (quoted(&row.reason)) }
                    p.small {
                        @match row.outcome.as_deref().and_then(GlassOutcome::from_code) {
                            Some(outcome) => { "Checked: " (outcome.plain().to_lowercase()) }
                            None => { "To be checked by " (day(row.review_by.0)) }
                        }
                    }
                }
            }).collect::<Vec<_>>()))
            p { a href={ "/person/" (look.person) "/readings" } { "Who has read this record" } }
        }
    };
    Ok(vec![Card { place: PLACE, body }])
}

/// On Today: each opening that is this reader's to review, until it is answered.
pub(super) async fn to_review(conn: &mut Conn, who: &Who, now: Timestamp, today: Date) -> Result<Vec<Card>> {
    let reach = Reach::of(conn, who, now).await?;
    let leads = who.staff().is_some_and(|staff| staff.holds_any(Role::leads));
    if !leads && !keeps_list(who) && !reach.covers_someone() {
        return Ok(vec![]);
    }
    let rows: Vec<GlassRow> = conn.all(store::UNANSWERED, args![]).await?;
    let mut mine = vec![];
    for row in rows {
        if let Some(name) = is_mine(conn, who, &reach, &row).await? {
            mine.push((row, name));
        }
    }
    if mine.is_empty() {
        return Ok(vec![]);
    }
    let body = html! {
        section aria-labelledby="glass-review" {
            h2 #glass-review { "Opened without working with the person" }
            p { "Check the reason and answer. It stays here until you have." }
            (page::rows(&mine.iter().map(|(row, name)| html! {
                div {
                    p { b { (row.name) } " opened the record of " b { (name) } ", " (when(row.opened_at.0)) }
                    p { (quoted(&row.reason)) }
                    p.small {
                        "To be checked by " (day(row.review_by.0))
                        @if row.review_by.0 < today { ": late" }
                    }
                    p { a href={ "/glass/review/" (row.id) } { "Check it" span.hid { ": " (row.name) ", " (name) } } }
                }
            }).collect::<Vec<_>>()))
        }
    };
    Ok(vec![Card { place: FIRST, body }])
}

/// Whether an opening is this reader's to answer, and then the person's name: that of the nearest lead (who
/// may have changed since), of whoever covers for them, or of those who keep the restricted list.
async fn is_mine(conn: &mut Conn, who: &Who, reach: &Reach, row: &GlassRow) -> Result<Option<String>> {
    let Some(me) = who.worker() else { return Ok(None) };
    let breaker = WorkerId(row.worker_id);
    let (standing, decision) = may_review(conn, reach, row).await?;
    if !decision.is_allowed() {
        return Ok(None);
    }
    let mine = if standing.level == AccessLevel::Findable {
        let answering = answering(conn, row.person_id.into(), breaker, reach.today()).await?;
        answering.lead.is_some_and(|lead| lead.worker == me || reach.covers(lead.worker))
    } else {
        true
    };
    Ok(mine.then_some(standing.name))
}
