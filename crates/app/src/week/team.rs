//! What a team did together in a week, for whoever leads it: only where nobody can be told from it.

use super::pages::{back_and_forth, week_in_words};
use super::store::{self, SumRow};
use crate::access::{self, Reach};
use crate::frame::{Frame, frame};
use crate::who::Signed;
use crate::{App, Oops, Result, working};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use db::{Conn, args};
use jiff::civil::Date;
use maud::{Markup, html};
use page::Link;
use practice::access::Action;
use practice::calendar::add_days;
use practice::entry::EntryKind;
use practice::id::TeamId;
use practice::week::{self, length_in_words, monday};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A total of a team's week that may be told: of how many people, and how many minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// How many people's time it is.
    pub people: usize,
    /// Their minutes together.
    pub minutes: u64,
}

/// The total of this team, if with all other teams' totals it may be told.
fn total(
    teams: &BTreeMap<Uuid, BTreeSet<Uuid>>,
    minutes: &BTreeMap<Uuid, u64>,
    team: TeamId,
) -> Option<Told> {
    let groups: Vec<BTreeSet<Uuid>> = teams
        .values()
        .map(|workers| workers.iter().filter(|worker| minutes.contains_key(worker)).copied().collect())
        .collect();
    let at = teams.keys().position(|one| *one == team.0)?;
    let told = week::told(&groups);
    let group = groups.get(at).filter(|_| told.get(at) == Some(&true))?;
    let minutes = group.iter().filter_map(|worker| minutes.get(worker)).sum();
    Some(Told { people: group.len(), minutes })
}

/// What a team did together in the week that begins on this Monday: time with people, and time recording; each only
/// where it may be told. Of what was known when the week was drawn up, so that it never changes.
///
/// # Errors
/// Where the database refuses.
pub async fn of_team(conn: &mut Conn, team: TeamId, monday: Date) -> Result<(Option<Told>, Option<Told>)> {
    let ((begin, end), drawn_up) = week::bounds(monday).zip(week::drawn_up(monday)).ok_or(Oops::NotFound)?;
    let teams = working::with_those_under(conn, add_days(monday, 6), drawn_up).await?;
    let mut with_people: BTreeMap<Uuid, u64> = BTreeMap::new();
    for text in [store::ALL_WRITTEN_BY, store::ALL_THERE_WITH] {
        let rows: Vec<SumRow> =
            conn.all(text, args![week::earliest_known(begin), begin, end, drawn_up]).await?;
        for row in rows {
            if EntryKind::from_code(&row.kind).is_some_and(EntryKind::is_time_with_people) {
                *with_people.entry(row.worker_id).or_default() += u64::try_from(row.minutes).unwrap_or(0);
            }
        }
    }
    let rows: Vec<(Uuid, i64)> =
        conn.all(store::ALL_RECORDED_IN, args![monday, add_days(monday, 7), drawn_up]).await?;
    let recording = rows.into_iter().map(|row| (row.0, u64::try_from(row.1).unwrap_or(0))).collect();
    Ok((total(&teams, &with_people, team), total(&teams, &recording, team)))
}

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    from: Option<Date>,
}

/// The last week that has been drawn up.
fn last(now: jiff::Timestamp, today: Date) -> Date {
    let mut week = monday(today);
    while week::drawn_up(week).is_none_or(|at| at > now) {
        week = add_days(week, -7);
    }
    week
}

/// `GET /team/{code}/week`
pub(super) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    access::permit(&signed.who, Action::SeeTeam)?;
    let now = app.moment().now();
    let mut conn = app.db.read().await?;
    let reach = Reach::of(&mut conn, &signed.who, now).await?;
    let posts = signed.who.staff().map(|staff| staff.posts.as_slice()).unwrap_or_default();
    let team = working::teams(&mut conn, reach.today())
        .await?
        .into_iter()
        .find(|team| {
            let works = posts.iter().any(|post| post.team == team.id);
            team.code == code && (works || reach.leads_or_covers(team.id))
        })
        .ok_or(Oops::NotFound)?;
    if !reach.leads_or_covers(team.id) {
        return Err(Oops::NotAllowed(
            "The week of a team is for whoever leads it. Yours stands on Your week".to_owned(),
        ));
    }
    let last = last(now, reach.today());
    let week = monday(asked.from.unwrap_or(last)).min(last);
    let (with_people, recording) = of_team(&mut conn, team.id, week).await?;
    drop(conn);
    let title = format!("The week of {}", team.name);
    let here = format!("/team/{}", team.code);
    let body = html! {
        h1 { (title) }
        p.lead { (week_in_words(week)) }
        (back_and_forth(&format!("{here}/week"), week, last))
        h2 { "Time with people" }
        (said(with_people, "with people"))
        h2 { "Time recording" }
        (said(recording, "recording"))
        h2 { "What this is" }
        p { "The minutes of this team and the teams under it together, as they were known a week after the week had ended. What is written or struck later does not change them." }
        p { "Each worker sees their own week first and alone. A total is told only when at least five people\u{2019}s time is in it, and only when nobody could take it from another team\u{2019}s total and be left with fewer than five. Nothing here says who." }
        p.soft { "It is of what people chose to write down. It is no measure of anybody\u{2019}s work." }
    };
    let label = format!("Back to {}", team.name);
    let back = Some(Link { href: &here, label: &label });
    Ok(frame(&signed, &Frame { title: &title, part: "/team", back, ..Frame::default() }, body))
}

fn said(told: Option<Told>, of: &str) -> Markup {
    html! { @match told {
        Some(told) => p { b { (length_in_words(u32::try_from(told.minutes).unwrap_or(u32::MAX))) } " " (of) ", " (told.people) " people together." },
        None => p { "Not told: fewer than five people\u{2019}s time is in it, or with another team\u{2019}s total it would tell of fewer than five." },
    } }
}
