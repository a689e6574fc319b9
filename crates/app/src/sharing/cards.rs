//! On Today: what is held back and comes up for looking again; for whoever leads a team, what nobody looked at in time.

use super::list::{Held, held_of};
use super::store;
use crate::access::Reach;
use crate::entry::{self, when};
use crate::room::Card;
use crate::{App, Result, Who};
use db::{Conn, args};
use jiff::civil::Date;
use maud::{Markup, html};
use page::Tag;
use practice::calendar::add_days;
use std::collections::HashSet;

/// Below what people wrote and what waits for an answer.
const PLACE: u16 = 14;
/// How many stand on Today.
const FEW: usize = 5;

/// The card, where anything has come up.
pub(super) async fn of_today(conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
    let Some(worker) = who.worker() else { return Ok(vec![]) };
    let now = app.moment().now();
    let mut all = held_of(conn, (who, now), (store::OF_MINE, args![worker, today, today]), today).await?;
    let yesterday = add_days(today, -1);
    let reach = Reach::of(conn, who, now).await?;
    for (team, _) in reach.led_teams() {
        let asked = (store::OF_TEAM, args![team, today, yesterday]);
        all.extend(held_of(conn, (who, now), asked, yesterday).await?);
    }
    let mut once = HashSet::new();
    all.retain(|one| once.insert(one.held.id));
    all.sort_by_key(|one| one.held.review_on);
    if all.is_empty() {
        return Ok(vec![]);
    }
    Ok(vec![Card { place: PLACE, body: drawn(&all, today) }])
}

fn drawn(all: &[Held], today: Date) -> Markup {
    html! {
        section aria-labelledby="held-back" {
            h2 #held-back { "Is it still held back?" }
            ul.rows {
                @for one in all.iter().take(FEW) {
                    li {
                        p { a href={ "/held-back/" (one.held.id) } { (one.about()) ": " (entry::part(&one.whole, one.held.what)) ", held back from " (one.held.from_whom()) } }
                        p.soft { (entry::why(&one.held)) " Look again by " (when::day(one.held.review_on, today)) "."
                            @if one.held.review_on < today { " " (page::tag(Tag::Late, &entry::late_words(one.held.review_on, today))) } }
                    }
                }
            }
            @if all.len() > FEW { p { a href="/held-back" { "All that you hold back" } } }
        }
    }
}
