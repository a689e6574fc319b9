//! The parts of a team's page.

use super::pages::Seen;
use crate::clock::shown::day;
use crate::frame::hue;
use crate::who::initials;
use crate::working::{
    Dates, Member, Someone, dates, families, family_rows, how_long, join, last_seen, plural, waiting_row,
};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Avatar, Size, avatar, avatars};
use practice::calendar::Calendar;
use practice::episode::EpisodeKind;
use practice::id::{TeamId, WorkerId};

/// How many cards of a lane are shown before the rest is behind a press.
const CARDS: usize = 5;

/// Whether a team works with someone: it holds an open episode of theirs, or the responsible worker is of it.
pub(super) fn belongs(one: &Someone, team: TeamId, today: Date) -> bool {
    let holds = one.episodes.iter().any(|episode| episode.team.as_ref().is_some_and(|held| held.0 == team));
    holds || one.responsible(today).is_some_and(|ally| ally.team == Some(team))
}

/// A team's people, ready to be laid out.
pub(super) struct Board<'a> {
    seen: &'a Seen,
}

/// What may open a lane: the help that asks most of everyone decides where someone stands.
const LANES: [EpisodeKind; 6] = [
    EpisodeKind::LookedAfter,
    EpisodeKind::ChildProtection,
    EpisodeKind::ChildInNeed,
    EpisodeKind::FamilyHelp,
    EpisodeKind::LeavingCare,
    EpisodeKind::Adult,
];

fn lane_of(one: &Someone) -> Option<EpisodeKind> {
    LANES.into_iter().find(|kind| one.episodes.iter().any(|episode| episode.kind == *kind))
}

impl<'a> Board<'a> {
    pub(super) const fn of(seen: &'a Seen) -> Self {
        Self { seen }
    }

    const fn today(&self) -> Date {
        self.seen.today
    }

    /// Those of the team who are allocated to people, each once.
    pub(super) fn members(&self) -> Vec<&'a Member> {
        let mut members: Vec<&Member> = self.seen.staff.iter().collect();
        members.retain(|member| member.role.can_be_allocated());
        members.dedup_by_key(|member| member.worker);
        members
    }

    /// Those whom this team holds and who wait for a worker, the longest first.
    pub(super) fn waiting(&self) -> Vec<(&'a Someone, Date)> {
        let ours = |one: &Someone| one.held_by().is_none_or(|held| held.0 == self.seen.team.id);
        let mut waiting: Vec<(&Someone, Date)> = self
            .seen
            .people
            .iter()
            .filter(|one| ours(one))
            .filter_map(|one| Some((one, one.waiting_since(self.today())?)))
            .collect();
        waiting.sort_by_key(|(_, since)| *since);
        waiting
    }

    fn of_worker(&self, worker: WorkerId) -> Vec<&'a Someone> {
        let people = self.seen.people.iter();
        people.filter(|one| one.responsible(self.today()).is_some_and(|ally| ally.worker == worker)).collect()
    }

    pub(super) fn waiting_section(&self, calendar: &Calendar) -> Markup {
        let waiting = self.waiting();
        let row = |(one, since): &(&Someone, Date)| waiting_row(one, *since, self.today(), calendar, true);
        let name = |(one, _): &(&Someone, Date)| html! { b { (one.link()) } };
        html! {
            section aria-labelledby="h-waiting" {
                h2 id="h-waiting" { "Waiting for a worker" }
                @if waiting.is_empty() { p.soft { "Nobody waits." } }
                @else if self.seen.leads { (page::rows(&waiting.iter().map(row).collect::<Vec<_>>())) }
                @else {
                    p { (join(&waiting.iter().map(name).collect::<Vec<_>>())) ". Until there is a worker, the manager of the team answers for them." }
                }
                p.small { a href="/waiting" { "Everybody in the service who waits for a worker" } }
            }
        }
    }

    /// Where people are, as lanes: one list below the other on a phone.
    pub(super) fn lanes(&self) -> Markup {
        let everyone: Vec<&Someone> = self.seen.people.iter().collect();
        let mut lanes: Vec<(&str, Vec<&Someone>)> = LANES
            .into_iter()
            .map(|kind| {
                (kind.plain(), everyone.iter().copied().filter(|one| lane_of(one) == Some(kind)).collect())
            })
            .collect();
        lanes.push((
            "No open episode",
            everyone.iter().copied().filter(|one| lane_of(one).is_none()).collect(),
        ));
        lanes.retain(|(_, people)| !people.is_empty());
        html! {
            section aria-labelledby="h-where" {
                h2 id="h-where" { "Where people are" }
                @if lanes.is_empty() {
                    (page::empty("Nobody yet", html! { "Whoever this team holds an episode of stands here, and those its workers are responsible for." }))
                }
                .board { @for (name, people) in &lanes { (self.lane(name, people)) } }
            }
        }
    }

    /// What a colleague of the team may know of its people: who they are and who works with them, by worker, the
    /// reader first.
    pub(super) fn known(&self) -> Markup {
        let mut members = self.members();
        members.sort_by_key(|member| Some(member.worker) != self.seen.me);
        let held: Vec<&Someone> =
            self.seen.people.iter().filter(|one| self.held_elsewhere(one, &members)).collect();
        let rows: Vec<Markup> = members.into_iter().map(|member| self.known_with(member)).collect();
        html! {
            section aria-labelledby="h-where" {
                h2 id="h-where" { "Who works with whom" }
                p.soft { "You can open the records of those you work with. Of the others you see who works with them." }
                @if rows.is_empty() { p.soft { "No worker of this team is allocated to people." } }
                (page::rows(&rows))
                @if !held.is_empty() {
                    (page::details(&format!("With another team: {}", held.len()), self.known_people(&held)))
                }
            }
        }
    }

    /// Whether another team answers for someone of whom this one holds an episode.
    fn held_elsewhere(&self, one: &Someone, members: &[&Member]) -> bool {
        match one.responsible(self.today()) {
            Some(ally) => members.iter().all(|member| member.worker != ally.worker),
            None => self.waiting().iter().all(|(waiting, _)| waiting.id != one.id),
        }
    }

    fn known_with(&self, member: &Member) -> Markup {
        let people = self.of_worker(member.worker);
        let me = Some(member.worker) == self.seen.me;
        let list = self.known_people(&people);
        let letters = initials(&member.name);
        page::who(
            avatar(&Avatar::of(&letters, hue(member.hue)).sized(Size::Large)),
            html! {
                h3 { (member.name) @if me { " (you)" } }
                p.soft { (member.role.plain()) }
                (self.away_now(member))
                @if people.is_empty() { p.soft.small { "Responsible for nobody in this team." } }
                @else if me { (list) }
                @else { (page::details(&plural(people.len(), "person", "people"), list)) }
            },
        )
    }

    fn known_people(&self, people: &[&Someone]) -> Markup {
        html! {
            ul.plain { @for one in people {
                li { b { (one.link()) } @if let Some(age) = one.age(self.today()) { ", " (age) } }
            } }
        }
    }

    fn lane(&self, name: &str, people: &[&Someone]) -> Markup {
        let families = families(people);
        let cards: Vec<Markup> = families.iter().map(|family| self.card(family)).collect();
        let (first, rest) = cards.split_at(cards.len().min(CARDS));
        html! {
            section.lane.pt0.tightly {
                .lane__head { h3 { (name) } span.tag { (plural(people.len(), "person", "people")) } }
                ul.plain { @for card in first { li.card { (card) } } }
                @if !rest.is_empty() {
                    (page::details(&format!("{} more", rest.len()), html! { ul.plain { @for card in rest { li.card { (card) } } } }))
                }
            }
        }
    }

    fn card(&self, family: &[&Someone]) -> Markup {
        let pictures: Vec<Avatar<'_>> =
            family.iter().take(3).map(|one| one.avatar().sized(Size::Small)).collect();
        let names: Vec<Markup> = family.iter().map(|one| html! { b { (one.link()) } }).collect();
        let worker = family.iter().find_map(|one| one.responsible(self.today()));
        let since = family.iter().filter_map(|one| one.episodes.first()).map(|episode| episode.from).min();
        html! {
            .who {
                (avatars(&pictures))
                div {
                    p { (join(&names)) @if let Some(ally) = worker { ", " (ally.name) } }
                    p.soft {
                        @if let Some(since) = since { (how_long(since, self.today())) ". " }
                        @if worker.is_none() { "Waiting for a worker. " }
                        @if let [one] = family { (last_seen(one, self.today())) }
                    }
                }
            }
        }
    }

    /// Who works with whom: each worker by name, with how many people, and how their dates stand.
    pub(super) fn who_holds_what(&self) -> Markup {
        let rows: Vec<Markup> = self.members().into_iter().map(|member| self.load(member)).collect();
        html! {
            section aria-labelledby="h-load" {
                h2 id="h-load" { "Who works with whom" }
                @if rows.is_empty() { p.soft { "No worker of this team is allocated to people." } }
                (page::rows(&rows))
            }
        }
    }

    fn load(&self, member: &Member) -> Markup {
        let people = self.of_worker(member.worker);
        let href = format!("/team/{}/worker/{}", self.seen.team.code, member.code);
        let all = dates(&people);
        let late = all.iter().filter(|one| one.is_late()).count();
        let near = all.iter().filter(|one| one.is_near()).count();
        let letters = initials(&member.name);
        page::who(
            avatar(&Avatar::of(&letters, hue(member.hue)).sized(Size::Large)),
            html! {
                h3 { (member.name) }
                p { (member.role.plain()) ". " a href=(href) { (plural(people.len(), "person", "people")) } "." }
                @if self.seen.leads {
                    p.small.soft {
                        @if late == 0 && near == 0 { "No date is late or due soon." }
                        @if late > 0 { a href={ (href) "#late" } { (plural(late, "date is late", "dates are late")) } ". " }
                        @if near > 0 { a href={ (href) "#near" } { (plural(near, "date is due soon", "dates are due soon")) } "." }
                    }
                }
                (self.away_now(member))
            },
        )
    }

    fn away_now(&self, member: &Member) -> Markup {
        let away = self.seen.away.iter().find(|one| one.worker == member.worker && one.from <= self.today());
        html! {
            @if let Some(away) = away {
                p.small {
                    "Away" @if let Some(to) = away.to { " until " (day(to, self.today())) } ". "
                    @match &away.cover { Some((_, cover)) => { (cover) " stands in." } None => { "Nobody stands in." } }
                }
            }
        }
    }

    pub(super) fn absences(&self) -> Markup {
        let soon: Vec<_> = self.seen.away.iter().filter(|one| one.from > self.today()).collect();
        html! {
            section.box.tightly {
                h2 { "Away soon" }
                @if soon.is_empty() { p.soft { "Nobody, in the next two weeks." } }
                @else {
                    ul.rows { @for one in soon {
                        li {
                            b { (one.name) } br;
                            span.soft.small {
                                "From " (day(one.from, self.today()))
                                @if let Some(to) = one.to { " to " (day(to, self.today())) } ". "
                                @match &one.cover { Some((_, cover)) => { (cover) " stands in." } None => { "Nobody stands in." } }
                            }
                        }
                    } }
                }
            }
            @if self.seen.leads {
                section.box.tightly {
                    h2 { "Dates" }
                    p { a href={ "/team/" (self.seen.team.code) "/dates" } { "All dates of the team that are late or due soon" } }
                }
            }
        }
    }

    /// The people of one worker in this team, and their dates.
    pub(super) fn of_one(&self, member: &Member) -> Markup {
        let people = self.of_worker(member.worker);
        let all = dates(&people);
        html! {
            section aria-labelledby="h-people" {
                h2 id="h-people" { "People " (member.name) " is responsible for" }
                @if people.is_empty() { p.soft { "Nobody in this team." } }
                @else { (family_rows(&people, None, self.today(), 50)) }
            }
            @if self.seen.leads { (self.pressing(&all, false)) }
        }
    }

    fn pressing(&self, all: &[Dates<'_>], whose: bool) -> Markup {
        let late: Vec<_> = all.iter().filter(|one| one.is_late()).collect();
        let near: Vec<_> = all.iter().filter(|one| one.is_near()).collect();
        html! {
            @for (id, heading, none, some) in [("late", "Late", "Nothing is late.", late), ("near", "Due soon", "Nothing is due soon.", near)] {
                section aria-labelledby=(id) {
                    h2 id=(id) { (heading) }
                    @if some.is_empty() { p.soft { (none) } }
                    @for one in &some { (one.ribbon(self.today(), whose)) }
                }
            }
        }
    }

    /// What is late or due soon in the team, with who works with them.
    pub(super) fn dates_by_worker(&self) -> Markup {
        let everyone: Vec<&Someone> = self.seen.people.iter().collect();
        self.pressing(&dates(&everyone), true)
    }
}
