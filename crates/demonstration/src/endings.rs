//! How things end: promises that were kept or not, and help that is no longer needed.

use crate::days::{Family, Place};
use crate::people::Known;
use anyhow::Result;
use app::allocation::{self, EndAllocation};
use app::entry;
use app::episode::{self, EndEpisode};
use app::promise::{self, Answer};
use jiff::civil::Date;
use practice::entry::PromiseState;
use practice::episode::EpisodeKind;
use practice::id::PersonId;

/// Ends an episode of every child of a family.
pub(crate) async fn end(
    place: &mut Place<'_>,
    family: &mut Family,
    children: &[(usize, Known)],
    (kind, reason): (EpisodeKind, &str),
    day: Date,
) -> Result<()> {
    let who = family.hand(place.workers).who.clone();
    for (at, _) in children {
        if let Some(id) = family.open.remove(&(*at, kind)) {
            let end = EndEpisode { episode: id, on: day, reason: reason.to_owned() };
            episode::end_episode(place.tx, &who, &mut place.moment, end).await?;
        }
    }
    if family.open.is_empty() {
        goodbye(place, family, day).await?;
    }
    Ok(())
}

/// When nothing is open any more, the work ends too: promises are settled, and nobody stays allocated.
async fn goodbye(place: &mut Place<'_>, family: &mut Family, day: Date) -> Result<()> {
    promises(place, family, day, 0).await?;
    let who = app::Who::program("demonstration");
    let children: Vec<PersonId> = family.children().map(|(_, child)| child.id).collect();
    for child in children {
        for helper in allocation::helpers(place.tx, child).await? {
            if helper.to.is_none() {
                let reason = "The help has ended".to_owned();
                let end = EndAllocation { allocation: helper.id, on: day, reason };
                allocation::end_allocation(place.tx, &who, &mut place.moment, end).await?;
            }
        }
    }
    family.hand = None;
    Ok(())
}

/// Says what became of promises: most are kept by the next visit, some late, a few not.
pub(crate) async fn promises(
    place: &mut Place<'_>,
    family: &mut Family,
    day: Date,
    left_open: i64,
) -> Result<()> {
    if family.owed == 0 {
        return Ok(());
    }
    let who = app::Who::program("demonstration");
    let children: Vec<PersonId> = family.children().map(|(_, child)| child.id).collect();
    for child in children {
        let made = entry::promises_about(place.tx, &who, place.moment.now(), child).await?;
        for one in made.into_iter().filter(|one| one.state == PromiseState::Open) {
            if one.due_on.is_none_or(|due| due > day) || place.dice.between(1, 100) <= left_open {
                continue;
            }
            let kept = place.dice.often(85);
            let answer = Answer {
                promise: one.id,
                state: if kept { PromiseState::Kept } else { PromiseState::NotKept },
                on: day,
                outcome: if kept { String::new() } else { "It was forgotten, and said sorry for".to_owned() },
            };
            promise::answer_promise(place.tx, &who, &mut place.moment, answer).await?;
            family.owed = family.owed.saturating_sub(1);
        }
    }
    Ok(())
}
