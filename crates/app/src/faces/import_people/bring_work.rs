//! Episodes of need or help, and who works with whom.

use super::bring::{Bring, Held};
use super::columns::{ALLOCATIONS, EPISODES};
use super::rows::{AllocationRow, At, EpisodeRow};
use crate::allocation::{self, Allocate, EndAllocation, Helper};
use crate::episode::{self, BringForward, CorrectEpisode, EndEpisode, Episode, OpenEpisode};
use crate::{Oops, Result};
use jiff::civil::Date;
use practice::access::AllocationKind;

fn day_words(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// Whether two times of one kind overlap; a day at the seam may be shared.
fn overlap(from: Date, to: Option<Date>, other: &Episode) -> bool {
    from < other.to.unwrap_or(Date::MAX) && other.from < to.unwrap_or(Date::MAX)
}

impl Bring<'_> {
    /// Brings the rows of episodes.csv, the oldest first.
    pub(super) async fn episodes(&mut self, rows: &[At<EpisodeRow>]) -> Result<()> {
        let mut rows: Vec<&At<EpisodeRow>> = rows.iter().collect();
        rows.sort_by_key(|row| (row.is.from, row.line));
        for row in rows {
            if let Some(held) = self.person(&row.is.id) {
                let result = self.episode(&held, row).await;
                self.settle(EPISODES.file, row.line, result)?;
            }
            self.row_done();
        }
        Ok(())
    }

    async fn episode(&mut self, held: &Held, row: &At<EpisodeRow>) -> Result<()> {
        let is = &row.is;
        let all = episode::episodes(self.tx, held.id).await?;
        let of_kind = || all.iter().filter(|it| it.kind == is.kind);
        if let Some(mine) = of_kind().find(|it| it.from == is.from) {
            return self.known_episode(held, mine, is).await;
        }
        let field = format!("episode:{}:{}", is.kind.code(), is.from);
        let what = format!("episode of {} from {}", is.kind.plain().to_lowercase(), is.from);
        if let Some(other) = of_kind().find(|it| overlap(is.from, is.to, it)) {
            let words = format!(
                "{what} overlaps with the one that the record has from {}, and was left out. Correct one of them",
                other.from
            );
            self.report.list(&held.written, row.line, words);
            return Ok(());
        }
        if !self.asks(held, (&field, &what), Some("there".to_owned()), None).await? {
            return Ok(());
        }
        let command = OpenEpisode {
            person: held.id,
            kind: is.kind,
            team: self.team(is.team.as_deref()),
            from: is.from,
            to: is.to,
            end_reason: is.end_reason.clone(),
            last_seen: is.last_seen,
            last_review: is.last_review,
            source_key: None,
            why: Some("Brought in from a folder of people".to_owned()),
        };
        episode::open_episode(self.tx, self.who, self.moment, command).await?;
        self.report.count("episodes added");
        for (part, words) in self.said_of(is) {
            self.asks(held, (&format!("{field}:{part}"), part), words.clone(), words).await?;
        }
        Ok(())
    }

    /// What the file says of an episode, part by part.
    fn said_of(&self, row: &EpisodeRow) -> [(&'static str, Option<String>); 4] {
        let team = row.team.as_ref().and_then(|code| self.teams.get(&code.to_lowercase()));
        [
            ("last day", day_words(row.to)),
            ("team", team.map(|team| team.0.to_string())),
            ("last seen", day_words(row.last_seen)),
            ("last review", day_words(row.last_review)),
        ]
    }

    async fn known_episode(&mut self, held: &Held, mine: &Episode, row: &EpisodeRow) -> Result<()> {
        let field = format!("episode:{}:{}", row.kind.code(), row.from);
        self.asks(held, (&field, "episode"), Some("there".to_owned()), Some("there".to_owned())).await?;
        let records = [
            day_words(mine.to),
            mine.team.as_ref().map(|team| team.0.0.to_string()),
            day_words(mine.last_seen),
            day_words(mine.last_review),
        ];
        let mut takes = [false; 4];
        for (at, ((part, file), record)) in self.said_of(row).into_iter().zip(records).enumerate() {
            let what = format!("{part}, {} from {}", row.kind.plain().to_lowercase(), row.from);
            // a team is told by its code, not by the id that is compared
            let named = Held { restricted: held.restricted || part == "team", ..held.clone() };
            takes[at] = self.asks(&named, (&format!("{field}:{part}"), &what), file, record).await?;
        }
        let [to, team, seen, review] = takes;
        if to && mine.to.is_none() && !team {
            let reason = row.end_reason.clone().unwrap_or_else(|| "Ended in the old system".to_owned());
            let Some(on) = row.to else { return Ok(()) };
            let command = EndEpisode { episode: mine.id, on, reason };
            episode::end_episode(self.tx, self.who, self.moment, command).await?;
        } else if to || team {
            let command = CorrectEpisode {
                episode: mine.id,
                version: mine.version,
                from: mine.from,
                to: if to { row.to } else { mine.to },
                team: if team {
                    self.team(row.team.as_deref())
                } else {
                    mine.team.as_ref().map(|team| team.0)
                },
                why: "A folder of people says otherwise".to_owned(),
            };
            episode::correct_episode(self.tx, self.who, self.moment, command).await?;
        }
        if seen || review {
            let command = BringForward {
                episode: mine.id,
                last_seen: if seen { row.last_seen } else { mine.last_seen },
                last_review: if review { row.last_review } else { mine.last_review },
            };
            episode::bring_forward(self.tx, self.who, self.moment, command).await?;
        }
        Ok(())
    }

    /// Brings the rows of allocations.csv, the oldest first, so that one responsible worker takes over from
    /// the other.
    pub(super) async fn allocations(&mut self, rows: &[At<AllocationRow>]) -> Result<()> {
        let mut rows: Vec<&At<AllocationRow>> = rows.iter().collect();
        rows.sort_by_key(|row| (row.is.from, row.line));
        for row in rows {
            if let Some(held) = self.person(&row.is.id) {
                let result = self.allocation(&held, &row.is).await;
                self.settle(ALLOCATIONS.file, row.line, result)?;
            }
            self.row_done();
        }
        Ok(())
    }

    async fn allocation(&mut self, held: &Held, row: &AllocationRow) -> Result<()> {
        let worker = self.workers.get(&row.worker).copied();
        let worker = worker.ok_or_else(|| Oops::wrong("worker", "There is no such worker"))?;
        let all = allocation::helpers(self.tx, held.id).await?;
        let same = |it: &&Helper| it.worker == worker && it.part == row.part && it.from == row.from;
        let field = format!("allocation:{}:{}:{}", row.worker, row.part.code(), row.from);
        let what = format!("{} {} from {}", row.worker, row.part.plain().to_lowercase(), row.from);
        let there = || Some("there".to_owned());
        let mine = all.iter().find(same);
        let last = day_words(row.to);
        let Some(mine) = mine else {
            if let Some(page) = self.chosen_on_a_page(held, row, &all).await? {
                let words = format!("{what} was left out: {page} was made responsible on a page");
                self.report.list(&held.written, 0, words);
                return Ok(());
            }
            if self.asks(held, (&field, &what), there(), None).await? {
                let command = Allocate {
                    person: held.id,
                    worker,
                    part: row.part,
                    from: row.from,
                    to: row.to,
                    reason: row.reason.clone(),
                };
                allocation::allocate(self.tx, self.who, self.moment, command).await?;
                self.report.count("allocations added");
                self.asks(held, (&format!("{field}:to"), &what), last.clone(), last).await?;
            }
            return Ok(());
        };
        self.asks(held, (&field, &what), there(), there()).await?;
        let ended = format!("last day, {what}");
        if self.asks(held, (&format!("{field}:to"), &ended), last, day_words(mine.to)).await?
            && mine.to.is_none()
            && let Some(on) = row.to
        {
            let command =
                EndAllocation { allocation: mine.id, on, reason: "Ended in the old system".to_owned() };
            allocation::end_allocation(self.tx, self.who, self.moment, command).await?;
        }
        Ok(())
    }

    /// The worker whom a page made responsible, where the file would put another in their place.
    async fn chosen_on_a_page(
        &mut self,
        held: &Held,
        row: &AllocationRow,
        all: &[Helper],
    ) -> Result<Option<String>> {
        if held.new || row.part != AllocationKind::Responsible || row.to.is_some() {
            return Ok(None);
        }
        let open = |it: &&Helper| it.part == row.part && it.to.is_none();
        let Some(now) = all.iter().find(open) else { return Ok(None) };
        let code = self.workers.iter().find(|(_, id)| **id == now.worker).map(|(code, _)| code.clone());
        let code = code.unwrap_or_default();
        let field = format!("allocation:{code}:{}:{}", now.part.code(), now.from);
        let from_a_file = self.said(held.said_as, held.new).await?.last(&field).is_some();
        Ok((!from_a_file).then(|| now.name.clone()))
    }
}
