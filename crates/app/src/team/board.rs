//! The board of a team: where people are on the way and how long, what is handed over, who is away. Nobody is ranked, and no
//! worker is measured.

use super::gather::{Led, Limit, Stands, UnderWay, led};
use crate::Result;
use crate::clock::shown::day;
use crate::frame::{Frame, frame};
use crate::person::Header;
use crate::who::Signed;
use crate::working::{self, Away, plural};
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Column, FormErrors, Link};
use practice::calendar::{Calendar, add_days, add_months};
use practice::flow::{Place, Through};
use practice::handover::State;
use practice::id::PersonId;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// How many of a column stand on the board by name; the longest there first.
const NAMED: usize = 5;
/// How many stand on a column's own page.
const ALL: usize = 60;
/// How many hand-overs of a sort stand there.
const HANDED: usize = 12;
/// Absences that begin within so many days are told beforehand.
const SOON: i32 = 14;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    of: Option<String>,
    done: Option<String>,
}

/// Everything the board is drawn from.
struct Board<'a> {
    led: &'a Led,
    stands: &'a [Stands],
    named: HashMap<PersonId, Header>,
    limits: BTreeMap<Place, Limit>,
    under_way: Vec<UnderWay>,
    month: (Date, Through),
    away: Vec<Away>,
    calendar: &'a Calendar,
}

/// `GET /team/{code}/board`
pub(super) async fn show(
    signed: Signed,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let calendar = signed.app.calendar();
    let mut conn = signed.app.db.read().await?;
    let led = led(&mut conn, &signed, &code).await?;
    let today = led.today();
    let stands = led.stands(&mut conn, &calendar).await?;
    let of = asked.of.as_deref().and_then(Place::from_code);
    if let Some(of) = of {
        let here: Vec<&Stands> = stands.iter().filter(|one| one.place == of).collect();
        let ids: Vec<PersonId> = here.iter().take(ALL).map(|one| one.person).collect();
        let named = led.named(&mut conn, &ids).await?;
        drop(conn);
        return Ok(column(&signed, &led, (of, &here), &named));
    }
    let under_way = led.under_way(&mut conn).await?;
    let mut shown: Vec<PersonId> = Place::ALL
        .iter()
        .flat_map(|place| stands.iter().filter(|one| one.place == *place).take(NAMED))
        .map(|one| one.person)
        .collect();
    shown.extend(under_way.iter().take(3 * HANDED).map(|one| one.person));
    let named = led.named(&mut conn, &shown).await?;
    let limits = led.limits(&mut conn).await?;
    let since = add_months(today, -1);
    let month = (since, led.through(&mut conn, since).await?);
    let staff = working::staff(&mut conn, today).await?;
    let mut away = working::away(&mut conn, today, add_days(today, SOON)).await?;
    let ours =
        |one: &Away| staff.iter().any(|member| member.team == led.team.id && member.worker == one.worker);
    away.retain(ours);
    drop(conn);
    let board =
        Board { led: &led, stands: &stands, named, limits, under_way, month, away, calendar: &calendar };
    let said = asked
        .done
        .as_deref()
        .and_then(|done| (done == "limit").then_some("Kept. The board shows it from that day on."));
    Ok(page_of(&signed, &led, (&format!("The board of {}", led.team.name), said, None), board.body()))
}

/// A page of a team, with the way back to it.
pub(super) fn page_of(
    signed: &Signed,
    led: &Led,
    (title, said, errors): (&str, Option<&str>, Option<&FormErrors>),
    body: Markup,
) -> Response {
    let href = format!("/team/{}", led.team.code);
    let label = format!("Back to {}", led.team.name);
    let back = Some(Link { href: &href, label: &label });
    frame(
        signed,
        &Frame { title, part: "/team", back, said, errors, ..Frame::default() },
        html! { h1 { (title) } (body) },
    )
}

/// "34 working days", and over a weekend the day.
fn age(days: i32, since: Date, today: Date) -> String {
    match usize::try_from(days) {
        Ok(days) if days > 0 => plural(days, "working day", "working days"),
        _ => format!("since {}", day(since, today)),
    }
}

/// Somebody with their age: nothing where the reader may not open them.
fn person(one: &Stands, named: &HashMap<PersonId, Header>, today: Date) -> Option<Markup> {
    let header = named.get(&one.person)?;
    Some(html! {
        a href={ "/person/" (one.person) } { (header.shown_name) } ", " (age(one.days, one.since, today))
        @if one.place == Place::Waiting { ". " a href={ "/person/" (one.person) "/helpers/allocate" } { "Choose a worker" span.hid { " for " (header.shown_name) } } }
    })
}

/// Everybody in one column.
fn column(
    signed: &Signed,
    led: &Led,
    (of, here): (Place, &[&Stands]),
    named: &HashMap<PersonId, Header>,
) -> Response {
    let rows: Vec<Markup> = here.iter().filter_map(|one| person(one, named, led.today())).collect();
    let rest = here.len() - rows.len();
    let title = format!("{}: {}", led.team.name, of.plain().to_lowercase());
    let body = html! {
        p.lead.soft { (plural(here.len(), "person", "people")) ", whoever is there longest first." }
        @if here.is_empty() { (page::empty("Nobody", html! { "Nobody stands here today." })) }
        (page::rows(&rows))
        @if rest > 0 { p.soft { "And " (plural(rest, "more person", "more people")) ", of whom no name stands here." } }
        p { a href={ "/team/" (led.team.code) "/board" } { "The board" } }
    };
    page_of(signed, led, (&title, None, None), body)
}

impl Board<'_> {
    const fn today(&self) -> Date {
        self.led.today()
    }

    fn here(&self, place: Place) -> Vec<&Stands> {
        self.stands.iter().filter(|one| one.place == place).collect()
    }

    fn body(&self) -> Markup {
        let code = &self.led.team.code;
        let waiting = self.here(Place::Waiting).len();
        html! {
            p.lead.soft {
                (plural(self.stands.len(), "person", "people"))
                @if waiting > 0 { ", " (plural(waiting, "of whom waits", "of whom wait")) " for a worker" }
                ". The board is of the team, and of no worker."
            }
            p { a href={ "/team/" (code) "/flow" } { "How work moves: ages and unusual times" } " \u{b7} " a href={ "/team/" (code) "/board/limit" } { "Set how many a column holds" } }
            section aria-labelledby="h-where" {
                h2 id="h-where" { "Where people are" }
                @if self.stands.is_empty() { (page::empty("Nobody yet", html! { "Whoever this team holds an episode of stands here, and those its workers are responsible for." })) }
                .board { @for place in Place::ALL { (self.lane(*place)) } }
            }
            (self.handovers())
            .cols {
                (self.month())
                aside aria-label="Beside" { (self.absences()) }
            }
        }
    }

    fn lane(&self, place: Place) -> Markup {
        let here = self.here(place);
        let limit = self.limits.get(&place);
        if here.is_empty() && limit.is_none() {
            return html! {};
        }
        let shown: Vec<Markup> =
            here.iter().take(NAMED).filter_map(|one| person(one, &self.named, self.today())).collect();
        let rest = here.len() - shown.len();
        html! {
            section.lane.pt0.tightly {
                .lane__head {
                    h3 { (place.plain()) }
                    span.tag { (plural(here.len(), "person", "people")) }
                    @if let Some(limit) = limit { p.small { (self.limit(limit, here.len())) } }
                }
                ul.plain { @for one in &shown { li.card { (one) } } }
                @if rest > 0 { p.small { a href={ "/team/" (self.led.team.code) "/board?of=" (place.code()) } { "And " (rest) " more" span.hid { ": " (place.plain()) } } } }
            }
        }
    }

    /// "At most 10 since 3 May: 2 more than that."
    fn limit(&self, limit: &Limit, many: usize) -> String {
        let how = match many.checked_sub(limit.most) {
            Some(0) => "full".to_owned(),
            Some(over) => format!("{over} more than that"),
            None => format!("room for {}", limit.most - many),
        };
        format!("At most {} since {}: {how}.", limit.most, day(limit.since, self.today()))
    }

    fn handovers(&self) -> Markup {
        let back = |one: &&UnderWay| one.state == State::Returned;
        let all = |keep: &dyn Fn(&&UnderWay) -> bool| self.under_way.iter().filter(keep).collect::<Vec<_>>();
        let sorts = [
            ("Coming to us", all(&|one| one.comes && !one.goes && !back(one))),
            ("Going from us", all(&|one| one.goes && !one.comes && !back(one))),
            ("From one of us to another", all(&|one| one.goes && one.comes && !back(one))),
            ("Returned, with us to put right", all(&|one| one.goes && back(one))),
            ("Returned by us, with the sender", all(&|one| one.comes && !one.goes && back(one))),
        ];
        html! {
            section aria-labelledby="h-handovers" {
                h2 id="h-handovers" { "Hand-overs now" }
                @if self.under_way.is_empty() { p.soft { "None is under way." } }
                @for (heading, some) in &sorts { @if !some.is_empty() {
                    h3 { (heading) ": " (some.len()) }
                    (self.handed(some))
                } }
            }
        }
    }

    fn handed(&self, some: &[&UnderWay]) -> Markup {
        let row = |one: &&UnderWay| {
            let header = self.named.get(&one.person)?;
            let days = self.calendar.working_days_between(one.since, self.today());
            Some(html! {
                a href={ "/person/" (one.person) "/handover" } { (header.shown_name) }
                ", from " (one.from.as_deref().unwrap_or("duty")) " to " (one.to) ": "
                (one.state.plain().to_lowercase()) ", " (age(days, one.since, self.today())) "."
            })
        };
        let rows: Vec<Markup> = some.iter().take(HANDED).filter_map(row).collect();
        let rest = some.len() - rows.len();
        html! {
            (page::rows(&rows))
            @if rest > 0 { p.soft { "And " (rest) " more." } }
        }
    }

    fn month(&self) -> Markup {
        let (since, found) = &self.month;
        let columns = [Column::words("What was missing"), Column::number("Hand-overs")];
        let rows: Vec<Vec<Markup>> =
            found.reasons.iter().map(|(why, many)| vec![html! { (why.plain()) }, html! { (many) }]).collect();
        html! {
            section aria-labelledby="h-month" {
                h2 id="h-month" { "Hand-overs since " (day(*since, self.today())) }
                @if found.decided == 0 { p.soft { "None that this team sent was decided." } }
                @else {
                    p { "Of " (plural(found.decided, "hand-over", "hand-overs")) " that this team sent and that were decided, " b { (found.first_time) } " went through the first time." }
                    @if rows.is_empty() { p.soft { "None came back." } }
                    @else {
                        (page::table("Why hand-overs came back", &columns, &rows))
                        p.soft.small { "For learning together: a return is no mark against anybody, and says what would have helped." }
                    }
                }
            }
        }
    }

    fn absences(&self) -> Markup {
        html! {
            section.box.tightly aria-labelledby="h-away" {
                h2 id="h-away" { "Away and covered" }
                @if self.away.is_empty() { p.soft { "Nobody is away, nor will be in the next two weeks." } }
                @else { ul.rows { @for one in &self.away { li {
                    b { (one.name) } br;
                    span.soft.small {
                        @if one.from > self.today() { "From " (day(one.from, self.today())) " " }
                        @if let Some(to) = one.to { "until " (day(to, self.today())) ". " } @else { "away. " }
                        @match &one.cover { Some((_, cover)) => { (cover) " stands in." } None => { "Nobody stands in." } }
                    }
                } } } }
            }
        }
    }
}
