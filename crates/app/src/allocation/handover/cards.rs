//! Hand-overs on the person's page and on Today: what is offered to somebody, what came back to them, what they have out,
//! and what waits for whoever leads to say that it may be.

use super::read::{self, Handover, notes, stands, under_way, who_answers};
use super::store::{self, HandoverRow};
use crate::clock::shown::weekday;
use crate::room::{Card, Evidence, Look};
use crate::{Result, Who, access, person};
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use page::link_button;
use practice::access::{AllocationKind, Decision, Sight};
use practice::handover::{Moment as Kind, State, offer_may_be_read};
use practice::id::PersonId;
use std::collections::HashMap;

/// On the person's page: beside who helps.
const PLACE: u16 = 111;
/// On Today: after whose story is to be read.
const TODAY: u16 = 4;

/// On a person's page: who answers today, and the hand-over that is under way.
pub(in crate::allocation) async fn of_person(conn: &mut Conn, look: &Look<'_>) -> Result<Option<Card>> {
    let held = under_way(conn, look.person, look.today).await?;
    let answers = who_answers(conn, look.person, look.today).await?;
    if held.is_none() && answers.is_none() {
        return Ok(None);
    }
    let href = format!("/person/{}/handover", look.person);
    let mine = look.who.worker().is_some();
    let body = html! {
        section.box.tightly aria-labelledby="h-handover" {
            h2 id="h-handover" { "Who answers" }
            @if let Some((_, name)) = &answers { p { b { (name) } " answers today." } }
            @match &held {
                Some(held) => {
                    p { "A hand-over to " (held.to_name) ": " (held.standing.state.plain().to_lowercase()) "." }
                    p { a href=(href) { "The hand-over" } }
                }
                None => { @if mine { p { a href=(href) { "Hand-overs" } ", " a href={ (href) "/pack" } { "all in one to take over with" } } } }
            }
        }
    };
    Ok(Some(Card { place: PLACE, body }))
}

/// What is written down of a change of worker, as evidence for its own list.
pub(in crate::allocation) async fn evidence_of(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
    let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
    if !decided.as_ref().is_some_and(Decision::is_allowed) {
        return Ok(vec![]);
    }
    let Some(held) = under_way(conn, look.person, look.today).await? else { return Ok(vec![]) };
    let href = format!("/person/{}/handover#h-moments", look.person);
    let of = |kind: Kind| match kind {
        Kind::Told => Some("told-of-change"),
        Kind::FamilyTold => Some("family-told"),
        Kind::Goodbye => Some("goodbye"),
        Kind::Introduction => None,
    };
    let found = notes(conn, held.id).await?.into_iter().filter_map(|note| {
        let by = note.by.map_or_else(String::new, |by| format!("{}, ", by.1));
        let words = format!("{by}{}", weekday(note.on, look.today));
        Some(Evidence { of: of(note.kind?)?, words, href: href.clone() })
    });
    Ok(found.collect())
}

/// A hand-over with whom it is about, for a list.
struct Row {
    held: Handover,
    name: String,
}

/// Those that this reader may read, and that still say what is so.
async fn readable(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    (rows, today): (Vec<HandoverRow>, Date),
) -> Result<Vec<Row>> {
    let people: Vec<PersonId> = rows.iter().map(|row| row.person_id.into()).collect();
    let said: HashMap<PersonId, Decision> = access::decide_many(conn, who, now, &people, Sight::Open).await?;
    let headers = person::headers(conn, &people).await?;
    let mut all = vec![];
    for row in rows {
        let held = read::read(row, today)?;
        let receiver = who.worker() == Some(held.standing.to);
        let may = said
            .get(&held.person)
            .is_some_and(|decision| decision.is_allowed() || (receiver && offer_may_be_read(decision)));
        if !may || !stands(conn, &held, today).await? {
            continue;
        }
        if let Some(header) = headers.iter().find(|header| header.id == held.person) {
            all.push(Row { name: header.shown_name.clone(), held });
        }
    }
    Ok(all)
}

/// On Today.
pub(in crate::allocation) async fn of_today(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    today: Date,
) -> Result<Vec<Card>> {
    let Some(me) = who.worker() else { return Ok(vec![]) };
    let rows: Vec<HandoverRow> = conn.all(store::OF_WORKER, args![me]).await?;
    let mine = readable(conn, who, now, (rows, today)).await?;
    let is_in = |row: &&Row| row.held.standing.to == me && row.held.standing.state.waits_for_receiver();
    let to_me: Vec<&Row> = mine.iter().filter(is_in).collect();
    let back: Vec<&Row> = mine
        .iter()
        .filter(|row| row.held.standing.to != me && row.held.standing.state == State::Returned)
        .collect();
    let out: Vec<&Row> = mine
        .iter()
        .filter(|row| row.held.standing.to != me && row.held.standing.state.waits_for_receiver())
        .collect();
    let asked = to_agree(conn, who, now, today).await?;
    if to_me.is_empty() && back.is_empty() && out.is_empty() && asked.is_empty() {
        return Ok(vec![]);
    }
    let body = html! {
        section aria-labelledby="h-handovers" {
            h2 id="h-handovers" { "Hand-overs" }
            (list("Offered to you", &to_me, &|row| to_you(row, today)))
            (list("Came back to you", &back, &returned))
            (list("Waiting for your yes", &asked.iter().collect::<Vec<_>>(), &|row| html! {
                p { b { (row.name) } ", from " (row.held.from_name.as_deref().unwrap_or("duty")) " to " (row.held.to_name) "." }
                p { a href={ "/person/" (row.held.person) "/handover" } { "Look whether it may be" span.hid { ": " (row.name) } } }
            }))
            (list("Offered by you", &out, &|row| html! {
                p {
                    a href={ "/person/" (row.held.person) "/handover" } { (row.name) } ", to " (row.held.to_name) ": "
                    (row.held.standing.state.plain().to_lowercase()) ", since " (weekday(row.held.standing.offered_on, today)) "."
                }
            }))
        }
    };
    Ok(vec![Card { place: TODAY, body }])
}

fn list(heading: &str, rows: &[&Row], draw: &dyn Fn(&Row) -> Markup) -> Markup {
    html! {
        @if !rows.is_empty() {
            h3 { (heading) }
            ul.rows { @for row in rows { li { (draw(row)) } } }
        }
    }
}

fn to_you(row: &Row, today: Date) -> Markup {
    let href = format!("/person/{}/handover", row.held.person);
    html! {
        @if row.held.standing.state == State::Offered {
            p {
                b { "Will you become " (row.name) "’s worker?" } " Offered by "
                (row.held.offered_by.as_ref().map_or("the council", |one| one.1.as_str()))
                ", " (weekday(row.held.standing.offered_on, today)) "."
            }
            p { (link_button(&href, &format!("Look at it: {}", row.name)).small()) }
        } @else {
            p { b { "You are getting to know " (row.name) "." } " Read the story, meet together, then take over." }
            p { (link_button(&href, &format!("What is still to do: {}", row.name)).small()) }
        }
    }
}

fn returned(row: &Row) -> Markup {
    let reasons: Vec<&str> = row.held.reasons.iter().map(|reason| reason.plain()).collect();
    html! {
        p { b { (row.name) } ", from " (row.held.to_name) ": " (reasons.join("; ")) "." }
        @if let Some(words) = &row.held.return_words { p.soft { "“" (words) "”" } }
        p { a href={ "/person/" (row.held.person) "/handover" } { "See what is missing" span.hid { ": " (row.name) } } }
    }
}

/// Those to which nobody who leads has said yes, where the reader does.
async fn to_agree(conn: &mut Conn, who: &Who, now: Timestamp, today: Date) -> Result<Vec<Row>> {
    let leads = who.staff().is_some_and(|staff| staff.posts.iter().any(|post| post.role.leads()));
    if !leads {
        return Ok(vec![]);
    }
    let rows: Vec<HandoverRow> = conn.all(store::TO_AGREE, args![]).await?;
    let people: Vec<PersonId> = rows.iter().map(|row| row.person_id.into()).collect();
    let sight = Sight::Allocate(AllocationKind::Responsible);
    let said = access::decide_many(conn, who, now, &people, sight).await?;
    let may = |row: &HandoverRow| said.get(&PersonId(row.person_id)).is_some_and(Decision::is_allowed);
    let rows = rows.into_iter().filter(may).collect();
    readable(conn, who, now, (rows, today)).await
}
