//! Who answers for somebody with an open episode: exactly one named person, on every day.

use crate::id::WorkerId;
use jiff::civil::Date;

/// A time for which somebody was responsible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Responsible {
    /// Who.
    pub worker: WorkerId,
    /// Its first day.
    pub from: Date,
    /// Its last day, once it has ended.
    pub to: Option<Date>,
}

/// Somebody is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// Who.
    pub worker: WorkerId,
    /// From which day.
    pub from: Date,
    /// Until which day.
    pub to: Option<Date>,
    /// Who stands in.
    pub cover: Option<WorkerId>,
}

/// A manager of the team that holds the episode, or of one above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InTheLine {
    /// Who.
    pub worker: WorkerId,
    /// How far above the team: its own managers stand at nought.
    pub above: u8,
    /// Since when they hold the post.
    pub since: Date,
}

/// Who answers, and as what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// The responsible worker.
    Worker(WorkerId),
    /// Somebody who stands in for the responsible worker.
    Cover {
        /// Who answers.
        worker: WorkerId,
        /// Who is away.
        of: WorkerId,
    },
    /// A manager, while nobody is responsible, or whoever is responsible is away and nobody stands in.
    Manager(WorkerId),
}

impl Answers {
    /// Who it is.
    pub const fn who(self) -> WorkerId {
        match self {
            Self::Worker(worker) | Self::Cover { worker, .. } | Self::Manager(worker) => worker,
        }
    }
}

/// Who is there for a worker on a day: themselves, or whoever stands in, and for them in turn; none where the chain ends
/// with somebody who is away, or comes back to where it began.
fn there(worker: WorkerId, away: &[Away], on: Date) -> Option<WorkerId> {
    let mut now = worker;
    for _ in 0..=away.len() {
        let absent = away
            .iter()
            .filter(|one| one.worker == now && one.from <= on && one.to.is_none_or(|to| on <= to))
            .collect::<Vec<_>>();
        let Some(absence) = absent.iter().find(|one| one.cover.is_some()).or(absent.first()) else {
            return Some(now);
        };
        now = absence.cover?;
    }
    None
}

/// Who answers for somebody on a day on which an episode of theirs is open: the responsible worker; where they are away,
/// whoever stands in; else the nearest manager in the line who is there, the one longest in post first. Where every manager is
/// away and nobody stands in for any, the first in the line answers nonetheless: being away takes no responsibility from
/// anybody. On the day of a hand-over it is the new worker.
///
/// None only where the line is empty, which the rules of posts and episodes do not let come about.
pub fn answers(spells: &[Responsible], line: &[InTheLine], away: &[Away], on: Date) -> Option<Answers> {
    let stands = |one: &&Responsible| one.from <= on && one.to.is_none_or(|to| on <= to);
    // the latest that began; of two of one day the later in the list, as they were recorded
    let responsible = spells.iter().filter(stands).max_by_key(|one| one.from);
    if let Some(one) = responsible {
        match there(one.worker, away, on) {
            Some(worker) if worker == one.worker => return Some(Answers::Worker(worker)),
            Some(worker) => return Some(Answers::Cover { worker, of: one.worker }),
            None => {}
        }
    }
    let mut line: Vec<&InTheLine> = line.iter().filter(|one| one.since <= on).collect();
    line.sort_by_key(|one| (one.above, one.since, one.worker));
    let present = line.iter().find_map(|one| there(one.worker, away, on));
    let manager = present.or_else(|| line.first().map(|one| one.worker));
    // better somebody who is away and has a name than nobody
    manager.map(Answers::Manager).or_else(|| responsible.map(|one| Answers::Worker(one.worker)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const MAY: Date = date(2026, 5, 6);
    const TODAY: Date = date(2026, 11, 22);

    fn worker(n: u128) -> WorkerId {
        Uuid::from_u128(n).into()
    }

    fn spell(n: u128, from: Date, to: Option<Date>) -> Responsible {
        Responsible { worker: worker(n), from, to }
    }

    fn line(all: &[(u128, u8)]) -> Vec<InTheLine> {
        all.iter().map(|(n, above)| InTheLine { worker: worker(*n), above: *above, since: MAY }).collect()
    }

    fn gone(n: u128, cover: Option<u128>) -> Away {
        Away { worker: worker(n), from: TODAY, to: Some(TODAY), cover: cover.map(worker) }
    }

    #[test]
    fn on_the_day_of_a_hand_over_the_new_worker_answers_and_before_it_the_old_one() {
        let spells = [spell(1, MAY, Some(TODAY)), spell(2, TODAY, None)];
        let who = |on| answers(&spells, &line(&[(9, 0)]), &[], on);
        assert_eq!(who(TODAY), Some(Answers::Worker(worker(2))));
        assert_eq!(who(date(2026, 11, 21)), Some(Answers::Worker(worker(1))));
        assert_eq!(who(date(2026, 5, 6)), Some(Answers::Worker(worker(1))));
    }

    #[test]
    fn whoever_stands_in_answers_and_where_nobody_does_the_manager() {
        let spells = [spell(1, MAY, None)];
        let who = |away: &[Away]| answers(&spells, &line(&[(9, 0), (8, 1)]), away, TODAY);
        assert_eq!(who(&[gone(1, Some(2))]), Some(Answers::Cover { worker: worker(2), of: worker(1) }));
        assert_eq!(
            who(&[gone(1, Some(2)), gone(2, Some(3))]),
            Some(Answers::Cover { worker: worker(3), of: worker(1) })
        );
        assert_eq!(who(&[gone(1, None)]), Some(Answers::Manager(worker(9))));
        assert_eq!(who(&[gone(1, Some(2)), gone(2, Some(1))]), Some(Answers::Manager(worker(9))), "a ring");
        assert_eq!(who(&[gone(1, None), gone(9, None)]), Some(Answers::Manager(worker(8))), "the team above");
        assert_eq!(who(&[gone(1, None), gone(9, Some(7))]), Some(Answers::Manager(worker(7))));
        let all = [gone(1, None), gone(9, None), gone(8, None)];
        assert_eq!(who(&all), Some(Answers::Manager(worker(9))), "being away takes nothing from anybody");
    }

    #[test]
    fn while_somebody_waits_for_a_worker_the_manager_longest_in_post_answers() {
        let mut two = line(&[(9, 0), (7, 0)]);
        two[0].since = date(2024, 1, 1);
        assert_eq!(answers(&[], &two, &[], TODAY), Some(Answers::Manager(worker(9))));
        assert_eq!(
            answers(&[spell(1, MAY, Some(date(2026, 11, 21)))], &two, &[], TODAY),
            Some(Answers::Manager(worker(9)))
        );
        assert_eq!(answers(&[], &[], &[], TODAY), None);
    }
}
