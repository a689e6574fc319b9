//! Where a service goes slower, or another way: how often by which rule, and why, without a name; and from there to the rule
//! itself. What is done otherwise again and again says something about the rule.

use super::store::{self, WayRow};
use crate::access::{self, Reach, decide_many};
use crate::frame::{Frame, frame};
use crate::who::Signed;
use crate::working::plural;
use crate::{Oops, Result};
use axum::response::Response;
use db::{Conn, args};
use maud::{Markup, html};
use page::Column;
use practice::access::{Action, Decision, Sight};
use practice::calendar::add_days;
use practice::id::PersonId;
use practice::own_way::{Became, WayState, without_names};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How many days back it looks: a year.
const BACK: i32 = -365;
/// How many reasons stand under each rule.
const FEW: usize = 12;

/// One rule or procedure with what was done otherwise.
#[derive(Default)]
struct Pattern {
    rule: Option<String>,
    all: usize,
    agreed: usize,
    declined: usize,
    helped: usize,
    looked: usize,
    reasons: Vec<String>,
}

async fn names(conn: &mut Conn, person: PersonId) -> Result<Vec<String>> {
    let rows: Vec<(String, String)> = conn.all(store::NAMES, args![person]).await?;
    Ok(rows.into_iter().flat_map(|(full, shown)| [full, shown]).collect())
}

async fn patterns(conn: &mut Conn, rows: &[WayRow]) -> Result<BTreeMap<String, Pattern>> {
    let mut of: HashMap<PersonId, Vec<String>> = HashMap::new();
    let mut all: BTreeMap<String, Pattern> = BTreeMap::new();
    for row in rows {
        let person = PersonId(row.person_id);
        let names = if let Some(names) = of.get(&person) {
            names.clone()
        } else {
            let read = names(conn, person).await?;
            of.insert(person, read.clone());
            read
        };
        let known = row.rule.is_some();
        // what procedure says in a worker's own words may hold a name too
        let name = if known { row.procedure.clone() } else { without_names(&row.procedure, &names) };
        let one = all.entry(name).or_default();
        one.rule.clone_from(&row.rule);
        one.all += 1;
        match WayState::from_code(&row.state) {
            Some(WayState::Agreed | WayState::Ended) => one.agreed += 1,
            Some(WayState::Declined) => one.declined += 1,
            _ => {}
        }
        if let Some(became) = row.became.as_deref().and_then(Became::from_code) {
            one.looked += 1;
            one.helped += usize::from(matches!(became, Became::Helped | Became::Partly));
        }
        one.reasons.push(without_names(&row.why, &names));
    }
    Ok(all)
}

/// `GET /own-ways`
pub(super) async fn show(signed: Signed) -> Result<Response> {
    access::permit(&signed.who, Action::SeeTeam)?;
    let moment = signed.app.moment();
    let (now, today) = (moment.now(), moment.today());
    let mut conn = signed.app.db.read().await?;
    let reach = Reach::of(&mut conn, &signed.who, now).await?;
    let led = reach.led_teams();
    if led.is_empty() {
        return Err(Oops::NotAllowed(
            "Where we go another way is for whoever leads a team. Yours stand on each person’s page"
                .to_owned(),
        ));
    }
    let mut rows: Vec<WayRow> = vec![];
    let mut once = HashSet::new();
    for (team, _) in &led {
        let since = add_days(today, BACK);
        let of_team: Vec<WayRow> = conn.all(store::ALL_OF_TEAM, args![*team, today, since]).await?;
        rows.extend(of_team.into_iter().filter(|row| once.insert(row.own_way_id)));
    }
    let people: Vec<PersonId> = rows.iter().map(|row| row.person_id.into()).collect();
    let open = decide_many(&mut conn, &signed.who, now, &people, Sight::Open).await?;
    rows.retain(|row| open.get(&PersonId(row.person_id)).is_some_and(Decision::is_allowed));
    let all = patterns(&mut conn, &rows).await?;
    drop(conn);
    let may_set = access::permit(&signed.who, Action::SetFigures).is_ok();
    let body = draw(&all, may_set);
    let title = "Where we go another way";
    Ok(frame(&signed, &Frame { title, part: "/team", ..Frame::default() }, body))
}

fn draw(all: &BTreeMap<String, Pattern>, may_set: bool) -> Markup {
    let mut most: Vec<(&String, &Pattern)> = all.iter().collect();
    most.sort_by_key(|(name, one)| (std::cmp::Reverse(one.all), (*name).clone()));
    let columns = [
        Column::words("Rule or procedure"),
        Column::number("Proposed"),
        Column::number("Agreed"),
        Column::number("Not agreed"),
        Column::number("Helped, of those looked at"),
    ];
    let rows: Vec<Vec<Markup>> = most
        .iter()
        .map(|(name, one)| {
            vec![
                html! { (name) },
                html! { (one.all) },
                html! { (one.agreed) },
                html! { (one.declined) },
                html! { (one.helped) " of " (one.looked) },
            ]
        })
        .collect();
    html! {
        h1 { "Where we go another way" }
        p.lead { "In your teams, in the last twelve months: what was done otherwise than procedure says, for a person’s good. What is done otherwise again and again says something about the rule. It says nothing about who asked." }
        @if most.is_empty() { (page::empty("Nothing was done otherwise", html! { "Whoever would go slower, or another way, says so on the person’s page, and you ask why." })) }
        @else {
            (page::table("How often, by rule or procedure", &columns, &rows))
            @for (name, one) in &most {
                section {
                    h2 { (name) }
                    p { (plural(one.all, "time", "times")) ". Why, without names:" }
                    ul { @for reason in one.reasons.iter().take(FEW) { li { "“" (reason) "”" } } }
                    @if let Some(rule) = &one.rule {
                        @if may_set { p { a href={ "/administration/clocks/" (rule) } { "Look at this rule, and change it where it is ours" span.hid { ": " (name) } } } }
                        @else { p.small.soft { "Rule " (rule) ". Where it is the council’s own, whoever sets its figures can change it." } }
                    }
                }
            }
        }
    }
}
