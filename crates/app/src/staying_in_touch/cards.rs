//! Staying in touch on a person's page, and on the Today of whoever answers for them: of those whom nobody answers for any
//! more, on the Today of whoever leads the team that held them last. It does not end when all else is closed.

use super::read::{Touch, touches_for};
use super::store::{self, StandingRow};
use crate::access::{self, Reach, decide_many};
use crate::entry::when;
use crate::frame::hue;
use crate::person::headers;
use crate::room::{Card, Evidence, Look};
use crate::{App, Oops, Result, Who};
use db::{Conn, args};
use jiff::civil::Date;
use maud::{Markup, html};
use page::Avatar;
use practice::access::{Decision, Sight};
use practice::id::PersonId;
use practice::touch::{Due, MentorState, Stage, Standing, TouchKind, TouchTimes, Wants, due};
use std::collections::HashSet;

/// On the person's page: after the plan and the promises.
const PLACE: u16 = 47;
/// On Today: below what people wrote and what was promised.
const TODAY: u16 = 34;
/// How many lines stand on Today.
const MOST: usize = 8;
/// How many bonds stand on the person's page.
const FEW: usize = 5;

pub(super) fn times() -> Result<&'static TouchTimes> {
    TouchTimes::usual().map_err(|wrong| Oops::Refused(wrong.to_owned()))
}

/// Something to see to, in a sentence about the child and the one they call so.
pub(super) fn sentence(due: Due, (child, called): (&str, &str), today: Date) -> String {
    let day = |on: Date| when::day(on, today);
    match due {
        Due::StopEnds(on) if on < today => {
            format!(
                "{child} and {called}: the stop without an order was over on {}. They see each other, or a court has decided",
                day(on)
            )
        }
        Due::StopEnds(on) => format!(
            "{child} and {called}: the stop without an order ends on {}. By then they see each other again, or a court has decided",
            day(on)
        ),
        Due::HowWasIt(on) => format!("{child} and {called}: how was it on {}?", day(on)),
        Due::Coming(on) => format!("{child} and {called}: arranged for {}", day(on)),
        Due::AskMentor(on) => {
            format!("{child} chose {called} as a mentor on {}. Nobody has asked them yet", day(on))
        }
        Due::MentorAnswer(on) => {
            format!("{called} was asked on {} to be {child}’s mentor. Any answer?", day(on))
        }
        Due::NoNews(on) => format!("Looking for {called} for {child}: no news since {}", day(on)),
        Due::MentorStill(on) => {
            format!("{called} stays in {child}’s life. Nobody has heard how it goes since {}", day(on))
        }
        Due::AskWish(Some(on)) => {
            format!("Nobody has asked {child} about {called} since {}", day(on))
        }
        Due::AskWish(None) => format!("Nobody has asked {child} yet what they want with {called}"),
    }
}

/// In a few words how it stands with one.
fn few_words(one: &Touch, today: Date) -> String {
    let mut all = vec![];
    match one.wish().map(|wish| (wish.wants, wish.often)) {
        Some((Wants::Yes, Some(often))) => all.push(format!("wants {}", often.plain().to_lowercase())),
        Some((wants, _)) => all.push(wants.plain().to_lowercase()),
        None => all.push("not asked yet".to_owned()),
    }
    if let Some(next) = one.coming().first() {
        all.push(format!("next {}", when::short_day(next.on, today)));
    }
    if let Some(last) = one.last_on() {
        all.push(format!("last {}", when::short_day(last, today)));
    }
    if one.mentor().is_some_and(|mentor| mentor.state == MentorState::Agreed) {
        all.push("their mentor, and stays".to_owned());
    }
    if let Some(stage) = one.stage().filter(|stage| stage.stage != Stage::Staying) {
        all.push(stage.stage.plain().to_lowercase());
    }
    all.join("; ")
}

pub(super) async fn of_person(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
    let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
    if !decided.is_some_and(|decision| decision.is_allowed()) {
        return Ok(vec![]);
    }
    let all = touches_for(conn, look.who, look.now, look.person, look.known).await?;
    let Some(header) = headers(conn, &[look.person]).await?.pop() else { return Ok(vec![]) };
    let mut href = format!("/person/{}/staying-in-touch", look.person);
    if look.known.is_some() {
        href.push_str(&format!("?known={}", look.today));
    }
    let body = html! {
        section aria-labelledby="h-touch" {
            (page::heading_row("h-touch", "Staying in touch", html! { a href=(href) { "All of it" span.hid { ", staying in touch" } } }))
            @if all.is_empty() {
                p.soft { "Nobody is named yet. Ask " (header.shown_name) " who matters, and whom they miss. A pet or a place counts." }
            }
            (page::rows(&all.iter().take(FEW).map(|one| page::who(
                page::avatar(&Avatar::of(&one.avatar.0, hue(one.avatar.1))),
                html! { p { b { (one.called) } ", " (one.kind.plain().to_lowercase()) } p.small.soft { (few_words(one, look.today)) } },
            )).collect::<Vec<_>>()))
            @if all.len() > FEW { p.small { a href=(href) { "And " (all.len() - FEW) " more" } } }
        }
    };
    Ok(vec![Card { place: PLACE, body }])
}

impl StandingRow {
    fn standing(&self) -> Standing {
        let day = |day: &Option<db::Day>| day.as_ref().map(|day| day.0);
        let stage = self.stage.as_deref().and_then(Stage::from_code);
        let mentor = self.mentor.as_deref().and_then(MentorState::from_code);
        Standing {
            since: self.begun_on.0,
            asked_on: day(&self.asked_on),
            arranged_on: day(&self.arranged_on),
            last_on: day(&self.last_on),
            search: stage.zip(day(&self.stage_on)),
            mentor: mentor.zip(day(&self.mentor_on)),
            stopped_on: day(&self.stopped_on),
        }
    }
}

/// A line of Today.
struct Line {
    row: StandingRow,
    due: Due,
    open: bool,
}

/// Those the reader answers for, then those of the teams they lead for whom nobody answers.
async fn gathered(conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<StandingRow>> {
    let Some(worker) = who.worker() else { return Ok(vec![]) };
    let mut rows: Vec<StandingRow> = conn.all(store::STANDING_MINE, args![worker, today]).await?;
    let reach = Reach::of(conn, who, app.moment().now()).await?;
    for (team, _) in reach.led_teams() {
        rows.extend(conn.all::<StandingRow>(store::STANDING_OF_TEAM, args![worker, today, team]).await?);
    }
    let mut once = HashSet::new();
    rows.retain(|row| once.insert(row.touch_id));
    Ok(rows)
}

pub(super) async fn of_today(conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
    let rows = gathered(conn, who, app, today).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let now = app.moment().now();
    let people: Vec<PersonId> = rows.iter().map(|row| row.person_id.into()).collect();
    let others: Vec<PersonId> = rows.iter().filter_map(|row| row.other_id).map(PersonId).collect();
    let open = decide_many(conn, who, now, &people, Sight::Open).await?;
    let known = decide_many(conn, who, now, &people, Sight::Exists).await?;
    let others = decide_many(conn, who, now, &others, Sight::Exists).await?;
    let allowed = |held: &std::collections::HashMap<PersonId, Decision>, id: PersonId| {
        held.get(&id).is_some_and(Decision::is_allowed)
    };
    let times = times()?;
    let mut lines: Vec<Line> = vec![];
    for row in rows {
        let person = PersonId(row.person_id);
        let is_open = allowed(&open, person);
        if !allowed(&known, person) || row.other_id.is_some_and(|other| !allowed(&others, other.into())) {
            continue;
        }
        // of somebody whose record is closed to the reader: that a mentor stays, and nothing else
        let stays = |due: &Due| {
            is_open || matches!(due, Due::MentorStill(_) | Due::AskMentor(_) | Due::MentorAnswer(_))
        };
        let first = due(&row.standing(), times, today).into_iter().find(|due| stays(due));
        if let Some(due) = first {
            lines.push(Line { row, due, open: is_open });
        }
    }
    lines.sort_by_key(|line| rank(line.due));
    if lines.is_empty() {
        return Ok(vec![]);
    }
    Ok(vec![Card { place: TODAY, body: drawn(&lines, today) }])
}

/// What presses most stands first; a wish that nobody asked about for long, last.
const fn rank(due: Due) -> u8 {
    match due {
        Due::StopEnds(_) => 0,
        Due::HowWasIt(_) | Due::Coming(_) => 1,
        Due::AskMentor(_) | Due::MentorAnswer(_) => 2,
        Due::NoNews(_) | Due::MentorStill(_) => 3,
        Due::AskWish(_) => 4,
    }
}

fn drawn(lines: &[Line], today: Date) -> Markup {
    let line = |line: &Line| {
        let row = &line.row;
        let words = sentence(line.due, (&row.name, &row.called), today);
        let page = if line.open { "/staying-in-touch" } else { "" };
        page::who(
            page::avatar(&Avatar::of(&row.initials, hue(row.hue))),
            html! { p { a href={ "/person/" (row.person_id) (page) } { (words) } } },
        )
    };
    let (first, rest) = lines.split_at(lines.len().min(MOST));
    html! {
        section aria-labelledby="h-in-touch" {
            h2 #h-in-touch { "Staying in touch" }
            (page::rows(&first.iter().map(line).collect::<Vec<_>>()))
            @if !rest.is_empty() {
                (page::details(&format!("{} more", rest.len()), page::rows(&rest.iter().map(line).collect::<Vec<_>>())))
            }
        }
    }
}

/// That they were asked whether they want to stay in touch with a worker who goes or went.
pub(super) async fn evidence(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
    let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
    if !decided.as_ref().is_some_and(Decision::is_allowed) {
        return Ok(vec![]);
    }
    let all = touches_for(conn, look.who, look.now, look.person, look.known).await?;
    let asked = all.iter().find(|one| one.kind == TouchKind::FormerWorker && !one.wishes.is_empty());
    let href = format!("/person/{}/staying-in-touch", look.person);
    let words = "They were asked, and what they want is written down".to_owned();
    Ok(asked.map(|_| Evidence { of: "former-worker", words, href }).into_iter().collect())
}
