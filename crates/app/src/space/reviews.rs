//! People who act for somebody, to be looked at again: on the Today of whoever answers for the person.

use super::hidden::hide;
use super::store::{self, ReviewRow};
use crate::access::decide_many;
use crate::entry::when;
use crate::frame::hue;
use crate::room::Card;
use crate::{App, Result, Who};
use db::{Conn, args};
use jiff::civil::Date;
use maud::html;
use page::Avatar;
use practice::access::Sight;
use practice::id::PersonId;

/// Behind the words that wait for an answer.
const PLACE: u16 = 58;

/// Those whose day has come.
pub(super) async fn due(conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
    let Some(worker) = who.worker() else { return Ok(vec![]) };
    let mut rows: Vec<ReviewRow> = conn.all(store::REVIEWS, args![worker, today]).await?;
    let people: Vec<PersonId> = rows.iter().map(|row| PersonId(row.person_id)).collect();
    let open = decide_many(conn, who, app.moment().now(), &people, Sight::Open).await?;
    rows.retain(|row| open.get(&PersonId(row.person_id)).is_some_and(practice::access::Decision::is_allowed));
    if rows.is_empty() {
        return Ok(vec![]);
    }
    hide(conn, who, app.moment().now(), &mut rows).await?;
    let body = html! {
        section aria-labelledby="proxies" {
            h2 #proxies { "Acting for somebody: look again" }
            (page::rows(&rows.iter().map(|row| page::who(
                page::avatar(&Avatar::of(&row.initials, hue(row.hue))),
                html! {
                    p { a href={ "/person/" (row.person_id) "/space" } { (row.name) " acts for " (row.of_name) } }
                    @if let Some(on) = row.review_on { p.soft { "Is that still right? Since " (when::day(on.0, today)) "." } }
                },
            )).collect::<Vec<_>>()))
        }
    };
    Ok(vec![Card { place: PLACE, body }])
}
