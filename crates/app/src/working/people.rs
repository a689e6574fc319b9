//! Someone whom workers work with, with the little that a list says of them.

use crate::clock::KeptClock;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Avatar, Size};
use practice::access::AllocationKind;
use practice::calendar::{days_between, london_day};
use practice::episode::{EpisodeKind, waiting_since};
use practice::id::{PersonId, TeamId, WorkerId};
use practice::person::{Birth, BirthBasis, PersonKind};
use uuid::Uuid;

/// Someone whom workers work with.
#[derive(Clone, Debug)]
pub struct Someone {
    /// Who.
    pub id: PersonId,
    /// The name they chose.
    pub name: String,
    /// Their whole legal name.
    pub full_name: String,
    /// One or two letters.
    pub initials: String,
    /// Their colour.
    pub hue: i64,
    /// Whether they have been born.
    pub kind: PersonKind,
    /// Whether the reader may open the record. Of others stands here only what anyone may learn: their name,
    /// year of birth, team and responsible worker.
    pub open: bool,
    /// Their year of birth.
    pub birth_year: Option<i64>,
    /// When they were or will be born.
    pub birth: Option<Birth>,
    /// The household they live in.
    pub household: Option<Uuid>,
    /// Their open episodes, the oldest first.
    pub episodes: Vec<OpenEpisode>,
    /// Who works with them, the latest first; of the past only who was responsible.
    pub workers: Vec<Ally>,
    /// When they were last seen in person.
    pub seen: Option<LastSeen>,
    /// Their running clocks, by when they are due.
    pub clocks: Vec<KeptClock>,
}

/// An open episode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenEpisode {
    /// Of what kind.
    pub kind: EpisodeKind,
    /// The team that holds it.
    pub team: Option<(TeamId, String)>,
    /// Its first day.
    pub from: Date,
}

/// A worker who works or worked with someone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ally {
    /// Who.
    pub worker: WorkerId,
    /// Their name.
    pub name: String,
    /// Their colour.
    pub hue: i64,
    /// In what part.
    pub part: AllocationKind,
    /// Since when.
    pub from: Date,
    /// Their last day.
    pub to: Option<Date>,
    /// From which team.
    pub team: Option<TeamId>,
}

/// When someone was last seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastSeen {
    /// The day.
    pub on: Date,
    /// Whether alone.
    pub alone: bool,
    /// Who recorded it; none where the old system said so.
    pub by: Option<String>,
    /// Whether only the old system said so.
    pub brought: bool,
}

impl LastSeen {
    pub(super) fn entry(at: Timestamp, seen: &str, by: Option<String>) -> Self {
        Self { on: london_day(at), alone: seen == "seen-alone", by, brought: false }
    }
}

impl Ally {
    /// Whether they work with the person on a day.
    pub fn works_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| to >= day)
    }
}

impl Someone {
    /// The worker responsible today. On the day of a hand-over that is the new one.
    pub fn responsible(&self, today: Date) -> Option<&Ally> {
        let now = |ally: &&Ally| ally.part == AllocationKind::Responsible && ally.works_on(today);
        self.workers.iter().filter(now).max_by_key(|ally| (ally.to.is_none(), ally.from))
    }

    /// Since when they have waited for a worker: an episode is open and nobody is responsible.
    pub fn waiting_since(&self, today: Date) -> Option<Date> {
        let opened = self.episodes.first()?.from;
        if self.responsible(today).is_some() {
            return None;
        }
        let last = self.workers.iter().filter(|ally| ally.part == AllocationKind::Responsible);
        Some(waiting_since(opened, last.filter_map(|ally| ally.to).max()))
    }

    /// The team whose manager answers for them while they wait: the one that holds the newest open episode.
    pub fn held_by(&self) -> Option<&(TeamId, String)> {
        self.episodes.iter().rev().find_map(|episode| episode.team.as_ref())
    }

    /// The part a worker has with them today.
    pub fn part_of(&self, worker: WorkerId, today: Date) -> Option<AllocationKind> {
        let mine = |ally: &&Ally| ally.worker == worker && ally.works_on(today);
        self.workers.iter().filter(mine).map(|ally| ally.part).min()
    }

    /// The name of a worker who works or worked with them.
    pub fn name_of(&self, worker: WorkerId) -> Option<&str> {
        self.workers.iter().find(|ally| ally.worker == worker).map(|ally| ally.name.as_str())
    }

    /// Their age, or that they are not born yet, in a word or two; nothing where it is not known.
    pub fn age(&self, today: Date) -> Option<String> {
        if !self.open {
            return self.birth_year.map(|year| format!("born {year}"));
        }
        age(self.kind, self.birth, today)
    }

    /// Their picture.
    pub fn avatar(&self) -> Avatar<'_> {
        Avatar::of(&self.initials, crate::frame::hue(self.hue)).sized(Size::Large)
    }

    /// Their name, leading to their page.
    pub fn link(&self) -> Markup {
        html! { a href={ "/person/" (self.id) } { (self.name) } }
    }

    /// Where in a list of families they stand: together with those they live with, the oldest first.
    pub fn family(&self) -> Uuid {
        self.household.unwrap_or(self.id.0)
    }
}

/// An age in words.
pub(super) fn age(kind: PersonKind, birth: Option<Birth>, today: Date) -> Option<String> {
    let birth = birth?;
    if kind == PersonKind::Unborn || birth.basis == BirthBasis::Expected {
        return Some(format!("expected {}", crate::clock::shown::day(birth.on, today)));
    }
    let years = birth.age_on(today)?;
    Some(match years {
        0 => {
            let weeks = days_between(birth.on, today) / 7;
            if weeks < 9 { format!("{weeks} weeks") } else { format!("{} months", months(birth.on, today)) }
        }
        1 => format!("{} months", months(birth.on, today)),
        years => years.to_string(),
    })
}

fn months(born: Date, today: Date) -> i32 {
    let whole = (i32::from(today.year()) - i32::from(born.year())) * 12 + i32::from(today.month())
        - i32::from(born.month());
    if today.day() < born.day() { whole - 1 } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 21);

    fn someone(episodes: &[Date], workers: Vec<Ally>) -> Someone {
        let open = |from: &Date| OpenEpisode { kind: EpisodeKind::ChildInNeed, team: None, from: *from };
        Someone {
            id: PersonId(Uuid::nil()),
            name: "Ada".into(),
            full_name: "Ada Hart".into(),
            initials: "AH".into(),
            hue: 1,
            kind: PersonKind::Born,
            open: true,
            birth_year: None,
            birth: None,
            household: None,
            episodes: episodes.iter().map(open).collect(),
            workers,
            seen: None,
            clocks: vec![],
        }
    }

    fn ally(n: u128, from: Date, to: Option<Date>) -> Ally {
        Ally {
            worker: WorkerId(Uuid::from_u128(n)),
            name: "Nadia".into(),
            hue: 8,
            part: AllocationKind::Responsible,
            from,
            to,
            team: None,
        }
    }

    #[test]
    fn waiting_begins_with_the_episode_or_the_day_after_the_last_worker_went() {
        let may = date(2026, 5, 6);
        assert_eq!(someone(&[], vec![]).waiting_since(TODAY), None, "nothing is open");
        assert_eq!(someone(&[may], vec![]).waiting_since(TODAY), Some(may));
        let gone = ally(1, may, Some(date(2026, 11, 9)));
        assert_eq!(someone(&[may], vec![gone.clone()]).waiting_since(TODAY), Some(date(2026, 11, 10)));
        let earlier = date(2026, 11, 16);
        assert_eq!(someone(&[earlier], vec![gone.clone()]).waiting_since(TODAY), Some(earlier));
        assert_eq!(someone(&[may], vec![ally(2, TODAY, None), gone]).waiting_since(TODAY), None);
        let until_today = ally(1, may, Some(TODAY));
        assert_eq!(someone(&[may], vec![until_today]).waiting_since(TODAY), None, "the last day counts");
    }

    #[test]
    fn on_the_day_of_a_hand_over_the_new_worker_answers() {
        let who = someone(&[], vec![ally(2, TODAY, None), ally(1, date(2026, 5, 6), Some(TODAY))]);
        assert_eq!(who.responsible(TODAY).map(|ally| ally.worker.0.as_u128()), Some(2));
    }

    #[test]
    fn ages_are_said_as_people_say_them() {
        let birth = |on| Some(Birth { on, basis: BirthBasis::Exact });
        let said = |on| age(PersonKind::Born, birth(on), TODAY).unwrap();
        assert_eq!(said(date(2017, 5, 4)), "9");
        assert_eq!(said(date(2026, 10, 24)), "4 weeks");
        assert_eq!(said(date(2026, 3, 22)), "7 months");
        assert_eq!(said(date(2025, 3, 21)), "20 months");
        let expected = Some(Birth { on: date(2027, 1, 9), basis: BirthBasis::Expected });
        assert_eq!(age(PersonKind::Unborn, expected, TODAY).unwrap(), "expected 9 January");
        assert_eq!(age(PersonKind::Born, None, TODAY), None);
    }
}
