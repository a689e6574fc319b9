//! Today of someone who leads: who waits for a worker, what is late in their teams, who is away, who has how
//! many people.

use super::pages::Day;
use crate::Result;
use crate::room::Card;
use crate::working::{self, Away, Member, Someone, Team, dates, plural, waiting_row};
use db::Conn;
use jiff::civil::Date;
use maud::{Markup, html};
use page::Column;
use practice::access::Sight;
use practice::calendar::add_days;
use practice::id::TeamId;
use std::collections::BTreeMap;

/// How many people and dates stand on Today itself.
const FEW: usize = 6;
/// Absences that begin within so many days are told beforehand.
const SOON: i32 = 14;

struct Led<'a> {
    day: &'a Day<'a>,
    teams: Vec<Team>,
    people: Vec<Someone>,
    staff: Vec<Member>,
    away: Vec<Away>,
}

/// The sections of someone who leads teams, or stands in for someone who does.
pub(super) async fn cards(conn: &mut Conn, day: &Day<'_>) -> Result<Vec<Card>> {
    let ids: Vec<TeamId> = day.reach.led_teams().into_iter().map(|team| team.0).collect();
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let mut teams = working::teams(conn, day.today).await?;
    teams.retain(|team| ids.contains(&team.id));
    let people = working::of_teams(conn, &day.reach, &ids, Sight::Open).await?;
    let mut staff = working::staff(conn, day.today).await?;
    staff.retain(|member| ids.contains(&member.team));
    let mut away = working::away(conn, day.today, add_days(day.today, SOON)).await?;
    away.retain(|one| staff.iter().any(|member| member.worker == one.worker));
    let led = Led { day, teams, people, staff, away };
    let mut cards = vec![
        Card { place: 5, body: led.numbers() },
        Card { place: 6, body: led.waiting() },
        Card { place: 41, body: led.late() },
        Card { place: 110, body: led.who_is_away() },
    ];
    match led.teams.as_slice() {
        [only] => cards.push(Card { place: 120, body: led.load(only) }),
        _ => cards.push(Card { place: 7, body: led.each_team() }),
    }
    Ok(cards)
}

impl Led<'_> {
    const fn today(&self) -> Date {
        self.day.today
    }

    fn waiting_people(&self) -> Vec<(&Someone, Date)> {
        let mut waiting: Vec<(&Someone, Date)> = self
            .people
            .iter()
            .filter_map(|one| Some((one, one.waiting_since(self.today())?)))
            .filter(|(one, _)| one.held_by().is_none_or(|(team, _)| self.teams.iter().any(|t| t.id == *team)))
            .collect();
        waiting.sort_by_key(|(_, since)| *since);
        waiting
    }

    /// Where a number of all teams leads: to the team where there is one, else to the list of teams.
    fn place(&self, part: &str) -> String {
        match self.teams.as_slice() {
            [only] => format!("/team/{}{part}", only.code),
            _ => "#h-teams".to_owned(),
        }
    }

    fn numbers(&self) -> Markup {
        let everyone: Vec<&Someone> = self.people.iter().collect();
        let all = dates(&everyone);
        let late = all.iter().filter(|one| one.is_late()).map(|one| one.people.len()).sum::<usize>();
        let near = all.iter().filter(|one| one.is_near()).map(|one| one.people.len()).sum::<usize>();
        let waiting = self.waiting_people().len();
        let link = |href: &str, words: String| html! { a href=(href) { (words) } };
        let whose = match self.teams.as_slice() {
            [only] => format!("{} works", only.name),
            _ => "Your teams work".to_owned(),
        };
        html! {
            p.lead {
                (whose) " with " (link(&self.place("#h-where"), plural(everyone.len(), "person", "people"))) ". "
                @if waiting > 0 {
                    (link("#h-waiting", plural(waiting, "is waiting for a worker", "are waiting for a worker"))) ". "
                }
                @if late > 0 { (link(&self.place("/dates#late"), plural(late, "date is late", "dates are late"))) ". " }
                @if near > 0 { (link(&self.place("/dates#near"), plural(near, "date is due soon", "dates are due soon"))) "." }
            }
        }
    }

    fn waiting(&self) -> Markup {
        let waiting = self.waiting_people();
        let calendar = self.day.signed.app.calendar();
        let rows: Vec<Markup> = waiting
            .iter()
            .map(|(one, since)| waiting_row(one, *since, self.today(), &calendar, true))
            .collect();
        let (first, rest) = rows.split_at(rows.len().min(FEW));
        html! {
            section aria-labelledby="h-waiting" {
                h2 id="h-waiting" { "Waiting for a worker" }
                @if rows.is_empty() { p.soft { "Nobody waits. Everyone with an open episode has a responsible worker." } }
                @else {
                    p.soft { "Until there is a worker, the manager of the team answers for them." }
                    (page::rows(first))
                    @if !rest.is_empty() {
                        (page::details(&plural(rest.len(), "more person", "more people"), page::rows(rest)))
                    }
                }
            }
        }
    }

    fn late(&self) -> Markup {
        let everyone: Vec<&Someone> = self.people.iter().collect();
        let mut late = dates(&everyone);
        late.retain(working::Dates::is_late);
        let href = self.place("/dates#late");
        let heading = match self.teams.as_slice() {
            [only] => format!("Late in {}", only.name),
            _ => "Late in your teams".to_owned(),
        };
        let beside = html! { @if late.len() > FEW { a href=(href) { "All " (late.len()) span.hid { " late dates" } } } };
        html! {
            section aria-labelledby="h-late" {
                (page::heading_row("h-late", &heading, beside))
                @if late.is_empty() { p.soft { "Nothing is late." } }
                @for one in late.iter().take(FEW) { (one.ribbon(self.today(), true)) }
            }
        }
    }

    fn who_is_away(&self) -> Markup {
        html! {
            section.box.tightly aria-labelledby="h-away" {
                h2 id="h-away" { "Away" }
                @if self.away.is_empty() { p.soft { "Nobody is away, nor will be in the next two weeks." } }
                @else { (away_rows(&self.away, self.today())) }
            }
        }
    }

    fn load(&self, team: &Team) -> Markup {
        let counts = self.by_worker();
        let members = workers(&self.staff, team.id);
        html! {
            section.box.tightly aria-labelledby="h-load" {
                h2 id="h-load" { "Who works with how many" }
                table {
                    caption.hid { "People each worker is responsible for" }
                    tbody { @for member in members {
                        tr {
                            th scope="row" { (member.name) }
                            td.r {
                                a href={ "/team/" (team.code) "/worker/" (member.code) } {
                                    (counts.get(&member.worker.0).copied().unwrap_or(0))
                                    span.hid { " people with " (member.name) }
                                }
                            }
                        }
                    } }
                }
                p { a href={ "/team/" (team.code) } { "The whole team" } ", " a href={ "/team/" (team.code) "/board" } { "its board" } }
            }
        }
    }

    fn by_worker(&self) -> BTreeMap<uuid::Uuid, usize> {
        let mut counts = BTreeMap::new();
        for ally in self.people.iter().filter_map(|one| one.responsible(self.today())) {
            *counts.entry(ally.worker.0).or_insert(0) += 1;
        }
        counts
    }

    /// A team's row counts those whose open episode it holds, or whose worker is of it.
    fn each_team(&self) -> Markup {
        let columns = [
            Column::words("Team"),
            Column::number("People"),
            Column::number("Waiting"),
            Column::number("Dates late"),
        ];
        let waiting = self.waiting_people();
        let rows: Vec<Vec<Markup>> = self
            .teams
            .iter()
            .map(|team| {
                let of: Vec<&Someone> = self.people.iter().filter(|one| belongs(one, team.id, self.today())).collect();
                let waits = waiting
                    .iter()
                    .filter(|(one, _)| one.held_by().is_some_and(|held| held.0 == team.id))
                    .count();
                let late: usize =
                    dates(&of).iter().filter(|one| one.is_late()).map(|one| one.people.len()).sum();
                let cell = |part: &str, n: usize, words: &str| {
                    html! { a href={ "/team/" (team.code) (part) } { (n) span.hid { " " (words) " in " (team.name) } } }
                };
                vec![
                    html! { a href={ "/team/" (team.code) } { (team.name) } },
                    cell("#h-where", of.len(), "people"),
                    cell("#h-waiting", waits, "waiting for a worker"),
                    cell("/dates#late", late, "dates late"),
                ]
            })
            .collect();
        html! {
            section aria-labelledby="h-teams" {
                h2 id="h-teams" { "Your teams" }
                (page::table("Your teams today", &columns, &rows))
            }
        }
    }
}

/// Whether a team works with someone: it holds an open episode of theirs, or the responsible worker is of it.
fn belongs(one: &Someone, team: TeamId, today: Date) -> bool {
    let holds = one.episodes.iter().any(|episode| episode.team.as_ref().is_some_and(|held| held.0 == team));
    holds || one.responsible(today).is_some_and(|ally| ally.team == Some(team))
}

/// Those of a team who are allocated to people, each once.
fn workers(staff: &[Member], team: TeamId) -> Vec<&Member> {
    let mut members: Vec<&Member> =
        staff.iter().filter(|member| member.team == team && member.role.can_be_allocated()).collect();
    members.dedup_by_key(|member| member.worker);
    members
}

/// Who is away, until when, and who stands in.
fn away_rows(away: &[Away], today: Date) -> Markup {
    use crate::clock::shown::day;
    html! {
        ul.rows { @for one in away {
            li {
                b { (one.name) }
                br;
                span.soft.small {
                    @if one.from > today { "From " (day(one.from, today)) @if let Some(to) = one.to { " to " (day(to, today)) } }
                    @else { @match one.to { Some(to) => { "Until " (day(to, today)) } None => { "Since " (day(one.from, today)) } } }
                    ". "
                    @match &one.cover {
                        Some((_, cover)) => { (cover) " stands in." }
                        None => { "Nobody stands in." }
                    }
                }
            }
        } }
    }
}
