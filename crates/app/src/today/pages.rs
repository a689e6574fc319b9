//! Today, put together: one reading of the database, the reader's own sections, and those of every room.

use super::{lead, mine, others};
use crate::access::Reach;
use crate::frame::{Frame, frame};
use crate::moment::london;
use crate::room::Card;
use crate::who::Signed;
use crate::working::{self, Someone, plural};
use crate::{Result, rooms};
use axum::response::Response;
use db::Conn;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use page::Link;
use practice::access::{Action, Decision, may};
use practice::role::Role;

/// Cards below this place stand in the main column, the others beside it.
const BESIDE: u16 = 100;

/// What Today is drawn from.
pub(super) struct Day<'a> {
    pub(super) signed: &'a Signed,
    pub(super) today: Date,
    pub(super) reach: Reach,
    /// The people the reader works with, and those of colleagues they stand in for.
    pub(super) people: Vec<Someone>,
}

impl<'a> Day<'a> {
    async fn read(conn: &mut Conn, signed: &'a Signed, now: Timestamp) -> Result<Self> {
        let reach = Reach::of(conn, &signed.who, now).await?;
        let people = match signed.who.worker() {
            Some(worker) => working::of_worker(conn, &reach, worker).await?,
            None => vec![],
        };
        Ok(Self { signed, today: reach.today(), reach, people })
    }
}

fn greeting(now: Timestamp, name: &str) -> String {
    let hour = now.to_zoned(london()).hour();
    let part = match hour {
        0..12 => "Good morning",
        12..18 => "Good afternoon",
        _ => "Good evening",
    };
    let first = name.split_whitespace().next().unwrap_or(name);
    format!("{part}, {first}")
}

pub(super) async fn show(signed: Signed) -> Result<Response> {
    let now = signed.app.moment().now();
    let mut conn = signed.app.db.read().await?;
    let day = Day::read(&mut conn, &signed, now).await?;
    let mut cards = mine::cards(&day);
    cards.extend(lead::cards(&mut conn, &day).await?);
    for room in rooms::ROOMS {
        cards.extend(room.today(&mut conn, &signed.who, &signed.app, day.today).await?);
    }
    drop(conn);
    let others = cards.iter().any(|card| card.place < BESIDE);
    cards.extend(others::cards(&signed.who, others));
    cards.sort_by_key(|card| card.place);
    let (main, beside): (Vec<Card>, Vec<Card>) = cards.into_iter().partition(|card| card.place < BESIDE);
    let sees_teams = matches!(may(&signed.who.reader, Action::SeeTeam), Decision::Allowed(_));
    let body = html! {
        h1 { (greeting(now, &signed.who.name)) }
        p.lead.soft { (day.today.strftime("%A %-d %B").to_string()) ". " (summary(&day)) }
        .cols {
            div { @for card in main { (card.body) } }
            aside aria-label="Beside" {
                @for card in beside { (card.body) }
                @if sees_teams { p { a href="/waiting" { "Everybody who waits for a worker" } } }
            }
        }
    };
    Ok(frame(&signed, &Frame { title: "Today", part: "/today", ..Frame::default() }, body))
}

/// "You work with 14 people in 6 families."
fn summary(day: &Day<'_>) -> Markup {
    let own = mine::own(day);
    if own.is_empty() {
        return html! {};
    }
    let families = working::families(&own).len();
    let people = plural(own.len(), "person", "people");
    html! {
        "You work with " a href="#h-people" { (people) }
        @if own.len() > 1 { " in " (plural(families, "family", "families")) } "."
    }
}

/// Every date of the people the reader works with.
pub(super) async fn dates(signed: Signed) -> Result<Response> {
    let now = signed.app.moment().now();
    let mut conn = signed.app.db.read().await?;
    let day = Day::read(&mut conn, &signed, now).await?;
    drop(conn);
    let everyone: Vec<&Someone> = day.people.iter().collect();
    let found = working::dates(&everyone);
    let (late, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(working::Dates::is_late);
    let (near, later): (Vec<_>, Vec<_>) = rest.into_iter().partition(working::Dates::is_near);
    let body = html! {
        h1 { "Dates" }
        @if late.is_empty() && near.is_empty() && later.is_empty() {
            (page::empty("No date runs", html! {
                "Dates begin by themselves when an episode is opened or a step of the pathway is recorded."
            }))
        }
        @for (id, heading, some) in [("late", "Late", late), ("near", "Due soon", near), ("later", "Later", later)] {
            @if !some.is_empty() {
                section aria-labelledby=(id) {
                    h2 id=(id) { (heading) }
                    @for one in &some { (one.ribbon(day.today, false)) }
                }
            }
        }
    };
    let back = Some(Link { href: "/today", label: "Back to Today" });
    Ok(frame(&signed, &Frame { title: "Dates", part: "/today", back, ..Frame::default() }, body))
}

/// Whether a role leads without standing beside people itself.
pub(super) const fn only_leads(role: Role) -> bool {
    matches!(role, Role::HeadOfService)
}
