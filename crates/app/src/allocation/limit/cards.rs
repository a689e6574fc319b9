//! On the Today of whoever leads: who would go over their limit and waits for a decision, and the decisions that stand, those
//! to be looked at again first. Said plainly; it is no mark against anyone.

use super::actions::decider;
use super::read::{self, Decided, decided_for, in_words, name_of, over_of, standing};
use super::store;
use crate::access::{self, Reach};
use crate::allocation::handover::load_of;
use crate::clock::shown::weekday;
use crate::room::Card;
use crate::working::{self, plural};
use crate::{Moment, Result, Who, person};
use db::{Conn, args};
use jiff::civil::Date;
use maud::{Markup, html};
use page::link_button;
use practice::access::{Decision, Sight};
use practice::id::{PersonId, WorkerId};
use practice::limit::{self, LookAgain};
use practice::load::Load;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// On Today: after the hand-overs.
const TODAY: u16 = 8;
/// How many stand on Today itself.
const FEW: usize = 6;

/// A decision as its readers see it.
pub(super) struct Shown {
    pub(super) it: Decided,
    /// What is held now.
    pub(super) now: Load,
    /// For whom, where the reader may know of them.
    pub(super) name: Option<String>,
    /// Why it is to be looked at again, if it is.
    pub(super) again: Option<LookAgain>,
    /// Whether the reader can look at it.
    pub(super) may: bool,
}

/// The workers of the teams that this reader leads or stands in for.
async fn led(conn: &mut Conn, reach: &Reach) -> Result<BTreeSet<Uuid>> {
    let staff = working::staff(conn, reach.today()).await?;
    Ok(staff.into_iter().filter(|one| reach.leads_or_covers(one.team)).map(|one| one.worker.0).collect())
}

/// The names of those of whom the reader may know.
async fn names(
    conn: &mut Conn,
    (who, now): (&Who, jiff::Timestamp),
    people: &[PersonId],
) -> Result<HashMap<PersonId, String>> {
    let may = access::decide_many(conn, who, now, people, Sight::Exists).await?;
    let known: Vec<PersonId> =
        people.iter().copied().filter(|one| may.get(one).is_some_and(Decision::is_allowed)).collect();
    let headers = person::headers(conn, &known).await?;
    Ok(headers.into_iter().map(|header| (header.id, header.shown_name)).collect())
}

/// The decisions that stand about workers whom the reader leads, and about the reader.
pub(super) async fn shown(conn: &mut Conn, who: &Who, now: jiff::Timestamp) -> Result<Vec<Shown>> {
    let reach = Reach::of(conn, who, now).await?;
    let today = reach.today();
    let led = led(conn, &reach).await?;
    let me = who.worker();
    let mut all = standing(conn).await?;
    all.retain(|one| Some(one.worker.0) == me || led.contains(&one.worker.0.0));
    let people: Vec<PersonId> = all.iter().map(|one| one.person).collect();
    let mut names = names(conn, (who, now), &people).await?;
    let mut loads: HashMap<WorkerId, Load> = HashMap::new();
    let mut found = vec![];
    for it in all {
        let worker = it.worker.0;
        let load = match loads.get(&worker) {
            Some(load) => *load,
            None => load_of(conn, worker, today).await?,
        };
        loads.insert(worker, load);
        // whether the team’s limit is still passed is asked only where it was the team’s alone
        let over = match it.whose {
            limit::Whose::Team => true,
            limit::Whose::Worker | limit::Whose::Both => load.over().is_some(),
        };
        let again = limit::look_again(over, it.look_on, today);
        let name = names.get(&it.person).cloned();
        let may = Some(worker) != me;
        found.push(Shown { now: load, name, again, may, it });
    }
    names.clear();
    // those to be looked at again first
    found.sort_by_key(|one| one.again.is_none());
    Ok(found)
}

/// Somebody who would bring a worker over their limit and is offered to them.
struct Asks {
    worker: WorkerId,
    person: PersonId,
    words: String,
    name: String,
}

/// Hand-overs that wait for a worker of theirs and need a decision first.
async fn asks(conn: &mut Conn, who: &Who, moment: &Moment) -> Result<Vec<Asks>> {
    let reach = Reach::of(conn, who, moment.now()).await?;
    let led = led(conn, &reach).await?;
    if led.is_empty() {
        return Ok(vec![]);
    }
    let rows: Vec<(Uuid, Uuid, Uuid)> = conn.all(store::OFFERED, args![]).await?;
    let rows: Vec<(PersonId, WorkerId)> = rows
        .into_iter()
        .filter(|row| led.contains(&row.2) && who.worker().is_none_or(|me| me.0 != row.2))
        .map(|row| (row.1.into(), row.2.into()))
        .collect();
    let people: Vec<PersonId> = rows.iter().map(|row| row.0).collect();
    let names = names(conn, (who, moment.now()), &people).await?;
    let mut all = vec![];
    for (person, worker) in rows {
        let Some(name) = names.get(&person) else { continue };
        let Some(over) = over_of(conn, (worker, person), moment.today()).await? else { continue };
        if decided_for(conn, worker, person).await?.is_none() {
            let words = in_words(&over, &name_of(conn, worker).await?);
            all.push(Asks { worker, person, words, name: name.clone() });
        }
    }
    Ok(all)
}

/// On Today.
pub(in crate::allocation) async fn of_today(
    conn: &mut Conn,
    who: &Who,
    moment: &Moment,
) -> Result<Vec<Card>> {
    let leads = who.staff().is_some_and(|staff| staff.posts.iter().any(|post| post.role.leads()));
    if !leads {
        return Ok(vec![]);
    }
    let today = moment.today();
    let asks = asks(conn, who, moment).await?;
    let mut all = shown(conn, who, moment.now()).await?;
    all.retain(|one| one.may);
    if asks.is_empty() && all.is_empty() {
        return Ok(vec![]);
    }
    let body = html! {
        section aria-labelledby="h-over-limit" {
            (page::heading_row("h-over-limit", "More than somebody can hold", html! { a href="/over-limit" { "All of it" } }))
            @if !asks.is_empty() {
                h3 { "Waiting for your decision" }
                ul.rows { @for one in &asks { li {
                    p { b { (one.name) } ". " (one.words) "." }
                    p { (link_button(&format!("/over-limit/decide?worker={}&person={}", one.worker, one.person), &format!("Decide about {}", one.name)).small()) }
                } } }
            }
            @if !all.is_empty() {
                ul.rows { @for one in all.iter().take(FEW) { li { (one.row(today)) } } }
                @if all.len() > FEW { p { a href="/over-limit" { (plural(all.len() - FEW, "more decision", "more decisions")) } } }
            }
        }
    };
    Ok(vec![Card { place: TODAY, body }])
}

impl Shown {
    /// A decision: whose load, how far over, who decided, why, since when, until when.
    pub(super) fn row(&self, today: Date) -> Markup {
        let it = &self.it;
        let by = it.load.over().unwrap_or_default();
        html! {
            p {
                b { (it.worker.1) } " holds " (self.now.points) " of " (self.now.limit) " points. "
                (it.by.1) " decided on " (weekday(it.on, today)) " that it may be " (by) " over "
                (match it.whose {
                    limit::Whose::Worker => "the limit",
                    limit::Whose::Team => "the team’s limit",
                    limit::Whose::Both => "the limit, and the team’s",
                })
                ", for " @match &self.name { Some(name) => { a href={ "/person/" (it.person) } { (name) } } None => { "somebody whose name you cannot see" } } "."
            }
            // what was written may name whom the reader may not know of
            @if self.name.is_some() {
                p.soft { "“" (it.reason) "”" }
                @if let Some((words, looker)) = &it.looked { p.soft { (looker) ": “" (words) "”" } }
            }
            p.small {
                @match self.again {
                    Some(LookAgain::FellBack) => { b { "The load has fallen back." } " Look at it again." }
                    Some(LookAgain::Day) => { b { "Its time has come." } " Look at it again: it was to stand until " (weekday(it.look_on, today)) "." }
                    None => { "Until " (weekday(it.look_on, today)) "." }
                }
                @if self.may { " " a href={ "/over-limit/" (it.id) "/look" } { "Decide again" span.hid { " about " (it.worker.1) } } }
            }
        }
    }
}

/// Whether this reader leads a worker and it is not their own load.
pub(super) async fn may_decide(
    conn: &mut Conn,
    who: &Who,
    moment: &Moment,
    worker: WorkerId,
) -> Result<bool> {
    let decider = decider(conn, who, moment, worker).await?;
    Ok(decider.leads && !decider.own)
}

/// The furthest day on which a decision can be looked at again.
pub(super) fn furthest(today: Date) -> Result<Date> {
    Ok(limit::furthest(read::limit(today)?, today))
}
