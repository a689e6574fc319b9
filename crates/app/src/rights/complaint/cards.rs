//! Complaints on Today of whoever looks at them, and on the page of whoever complained.

use super::actions::{Complaint, complaints_of, waiting};
use crate::entry::when;
use crate::room::Card;
use crate::{Moment, Result, Who, person};
use db::Conn;
use jiff::civil::Date;
use maud::{Markup, html};
use page::Tag;
use practice::complaint::{ComplaintStage, ComplaintState};
use practice::id::PersonId;

fn due(one: &Complaint, today: Date) -> Markup {
    html! {
        @match one.due_on {
            Some(due) => {
                "To be answered by " (when::day(due, today)) "."
                @if due < today { " " (page::tag(Tag::Late, &crate::entry::late_words(due, today))) }
            }
            None => { "Arrived " (when::day(one.received_on, today)) "." }
        }
    }
}

/// On Today: the complaints that the reader may look at and nobody has answered.
pub(in crate::rights) async fn of_today(conn: &mut Conn, who: &Who, moment: &Moment) -> Result<Vec<Card>> {
    let all = waiting(conn, who, moment).await?;
    if all.is_empty() {
        return Ok(vec![]);
    }
    let mut rows = vec![];
    for one in all {
        if let Some(header) = person::header(conn, one.person).await? {
            rows.push((one, header.full_name));
        }
    }
    let body = html! {
        section aria-labelledby="h-complaints" {
            h2 id="h-complaints" { "They complain" }
            ul.rows { @for (one, name) in &rows { li {
                a href={ "/complaint/" (one.id) } { (name) } @if one.stage != ComplaintStage::First { ", " (one.stage.plain().to_lowercase()) }
                p.soft.small { (due(one, moment.today())) }
            } } }
        }
    };
    Ok(vec![Card { place: 14, body }])
}

/// On the page of whoever complained, for those who work with them: that they did and when they hear, and not what it says.
pub(in crate::rights) async fn on_page(conn: &mut Conn, person: PersonId, today: Date) -> Result<Markup> {
    let all = complaints_of(conn, person, today).await?;
    Ok(html! {
        @for one in all.iter().filter(|one| one.state == ComplaintState::Open) {
            p { "They complained on " (when::day(one.received_on, today)) ". Somebody who does not work with them looks at it. " (due(one, today)) }
        }
    })
}
