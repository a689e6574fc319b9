//! The pages of teams: which there are, one team, its dates, the people of one of its workers.

use super::parts::{Board, belongs};
use crate::access::Reach;
use crate::frame::{Frame, frame};
use crate::who::Signed;
use crate::working::{self, Away, Member, Someone, Team, families, plural};
use crate::{Oops, Result, Who, access};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use db::Conn;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use page::Link;
use practice::access::{Action, Sight};
use practice::calendar::add_days;
use practice::id::WorkerId;

/// Absences that begin within so many days are told beforehand.
const SOON: i32 = 14;

/// A team as one reader sees it.
pub struct Seen {
    /// The team.
    pub team: Team,
    /// The day.
    pub today: Date,
    /// The reader themselves.
    pub me: Option<WorkerId>,
    /// Whether the reader leads the team: a colleague sees who is known here and who works with whom, no more.
    pub leads: bool,
    /// Its people, as far as the reader may see.
    pub people: Vec<Someone>,
    /// Who works in it.
    pub staff: Vec<Member>,
    /// Who of them is away, now or soon.
    pub away: Vec<Away>,
}

/// The teams whose pages a reader may see: those they lead or stand in for, and those they work in.
pub(super) fn theirs(who: &Who, reach: &Reach, mut teams: Vec<Team>) -> Vec<Team> {
    let posts = who.staff().map(|staff| staff.posts.as_slice()).unwrap_or_default();
    teams.retain(|team| reach.leads_or_covers(team.id) || posts.iter().any(|post| post.team == team.id));
    teams
}

async fn read(conn: &mut Conn, signed: &Signed, code: &str) -> Result<Seen> {
    seen(conn, &signed.who, signed.app.moment().now(), code).await
}

/// The teams whose pages a reader may see, by name.
///
/// # Errors
/// [`Oops::NotAllowed`] where their post does not see teams.
pub async fn of_reader(conn: &mut Conn, who: &Who, now: Timestamp) -> Result<Vec<Team>> {
    access::permit(who, Action::SeeTeam)?;
    let reach = Reach::of(conn, who, now).await?;
    Ok(theirs(who, &reach, working::teams(conn, reach.today()).await?))
}

/// A team as one reader sees it.
///
/// # Errors
/// [`Oops::NotFound`] where they may not see it or there is none.
pub async fn seen(conn: &mut Conn, who: &Who, now: Timestamp, code: &str) -> Result<Seen> {
    access::permit(who, Action::SeeTeam)?;
    let reach = Reach::of(conn, who, now).await?;
    let today = reach.today();
    let teams = theirs(who, &reach, working::teams(conn, today).await?);
    let team = teams.into_iter().find(|team| team.code == code).ok_or(Oops::NotFound)?;
    let leads = reach.leads_or_covers(team.id);
    let least = if leads { Sight::Open } else { Sight::Exists };
    let people = working::of_teams(conn, &reach, &[team.id], least).await?;
    let mut staff = working::staff(conn, today).await?;
    staff.retain(|member| member.team == team.id);
    let mut away = working::away(conn, today, add_days(today, SOON)).await?;
    away.retain(|one| staff.iter().any(|member| member.worker == one.worker));
    Ok(Seen { team, today, me: who.worker(), leads, people, staff, away })
}

pub(super) async fn all(signed: Signed) -> Result<Response> {
    access::permit(&signed.who, Action::SeeTeam)?;
    let mut conn = signed.app.db.read().await?;
    let reach = Reach::of(&mut conn, &signed.who, signed.app.moment().now()).await?;
    let teams = theirs(&signed.who, &reach, working::teams(&mut conn, reach.today()).await?);
    if let [only] = teams.as_slice() {
        return Ok(Redirect::to(&format!("/team/{}", only.code)).into_response());
    }
    let ids: Vec<_> = teams.iter().map(|team| team.id).filter(|id| reach.leads_or_covers(*id)).collect();
    let people = working::of_teams(&mut conn, &reach, &ids, Sight::Open).await?;
    drop(conn);
    let today = reach.today();
    let rows: Vec<Markup> = teams
        .iter()
        .map(|team| {
            let of = people.iter().filter(|one| belongs(one, team.id, today));
            let (all, waiting) = of.fold((0, 0), |(all, waiting), one| {
                (all + 1, waiting + usize::from(one.waiting_since(today).is_some()))
            });
            html! {
                h2 { a href={ "/team/" (team.code) } { (team.name) } }
                p.soft {
                    @if let Some(place) = &team.place { (place) ". " }
                    @if ids.contains(&team.id) {
                        (plural(all, "person", "people")) ". "
                        @if waiting > 0 { (plural(waiting, "is waiting", "are waiting")) " for a worker." }
                    }
                }
            }
        })
        .collect();
    let body = html! {
        h1 { "Teams" }
        @if rows.is_empty() {
            (page::empty("No team yet", html! { "You work in no team today. Ask the system administrator." }))
        } @else { (page::rows(&rows)) }
    };
    Ok(frame(&signed, &Frame { title: "Teams", part: "/team", ..Frame::default() }, body))
}

pub(super) async fn show(signed: Signed, Path(code): Path<String>) -> Result<Response> {
    let mut conn = signed.app.db.read().await?;
    let seen = read(&mut conn, &signed, &code).await?;
    drop(conn);
    let board = Board::of(&seen);
    let everyone: Vec<&Someone> = seen.people.iter().collect();
    let workers = board.members().len();
    let body = html! {
        h1 { (seen.team.name) }
        p.lead.soft {
            (plural(workers, "worker", "workers")) ", " a href="#h-where" { (plural(everyone.len(), "person", "people")) }
            @if seen.leads { " in " (plural(families(&everyone).len(), "family", "families")) }
            ". "
            @let waiting = board.waiting().len();
            @if waiting > 0 { a href="#h-waiting" { (plural(waiting, "is waiting", "are waiting")) " for a worker" } "." }
        }
        @if seen.leads { p { a href={ "/team/" (seen.team.code) "/board" } { "The board" } " \u{b7} " a href={ "/team/" (seen.team.code) "/flow" } { "How work moves" } " \u{b7} " a href={ "/team/" (seen.team.code) "/week" } { "The team’s week" } " \u{b7} " a href={ "/team/" (seen.team.code) "/held-back" } { "What it holds back, and what people can read" } } }
        (board.waiting_section(&signed.app.calendar()))
        @if seen.leads { (board.lanes()) }
        .cols {
            @if seen.leads { (board.who_holds_what()) } @else { (board.known()) }
            aside aria-label="Beside" { (board.absences()) }
        }
    };
    Ok(frame(&signed, &Frame { title: &seen.team.name, part: "/team", ..Frame::default() }, body))
}

pub(super) async fn dates(signed: Signed, Path(code): Path<String>) -> Result<Response> {
    let mut conn = signed.app.db.read().await?;
    let seen = read(&mut conn, &signed, &code).await?;
    drop(conn);
    if !seen.leads {
        return Err(Oops::NotAllowed(
            "The dates of a team are for whoever leads it. Yours stand on Today".to_owned(),
        ));
    }
    let body = html! {
        h1 { "Dates in " (seen.team.name) }
        (Board::of(&seen).dates_by_worker())
    };
    let href = format!("/team/{}", seen.team.code);
    let label = format!("Back to {}", seen.team.name);
    let back = Some(Link { href: &href, label: &label });
    let title = format!("Dates in {}", seen.team.name);
    Ok(frame(&signed, &Frame { title: &title, part: "/team", back, ..Frame::default() }, body))
}

pub(super) async fn worker(signed: Signed, Path((code, worker)): Path<(String, String)>) -> Result<Response> {
    let mut conn = signed.app.db.read().await?;
    let seen = read(&mut conn, &signed, &code).await?;
    drop(conn);
    let member = seen.staff.iter().find(|member| member.code == worker).ok_or(Oops::NotFound)?;
    let body = html! {
        h1 { (member.name) }
        p.lead.soft { (member.role.plain()) ", " (seen.team.name) }
        @if seen.leads || seen.me == Some(member.worker) {
            p { a href={ "/team/" (seen.team.code) "/worker/" (member.code) "/leaving" } { "When " (member.name) " leaves: hand over everybody" } }
        }
        (Board::of(&seen).of_one(member))
    };
    let href = format!("/team/{}", seen.team.code);
    let label = format!("Back to {}", seen.team.name);
    let back = Some(Link { href: &href, label: &label });
    Ok(frame(&signed, &Frame { title: &member.name, part: "/team", back, ..Frame::default() }, body))
}
