//! The facts of one person's record that clocks depend on, read from the database.

use super::store::{self, BirthRow, EntryRow, EpisodeRow, LastingRow, StepRow};
use crate::Result;
use crate::moment::london;
use db::{Conn, DbError, args};
use jiff::{Timestamp, civil::Date};
use practice::clock::{Brought, BroughtFact, EntryFact, EpisodeFact, Facts, LastingFact, StepFact};
use practice::entry::{EntryKind, Manner, Seen};
use practice::episode::{EpisodeKind, StepKind, StepOutcome};
use practice::id::PersonId;
use practice::person::{Birth, BirthBasis};

/// The facts, held so that the engine can borrow them.
#[derive(Default)]
pub(super) struct Held {
    birth: Option<Birth>,
    episodes: Vec<EpisodeFact>,
    steps: Vec<StepFact>,
    entries: Vec<EntryFact>,
    brought: Vec<BroughtFact>,
    lasting: Vec<LastingFact>,
}

impl Held {
    pub(super) fn facts(&self) -> Facts<'_> {
        Facts {
            birth: self.birth,
            episodes: &self.episodes,
            steps: &self.steps,
            entries: &self.entries,
            brought: &self.brought,
            lasting: &self.lasting,
        }
    }
}

fn broken(table: &'static str, column: &'static str, row: uuid::Uuid) -> DbError {
    DbError::Broken { table, column, row: row.to_string() }
}

fn london_day(at: Timestamp) -> Date {
    at.to_zoned(london()).date()
}

/// Reads the facts of one person. `whole` also reads entries that no visit clock counts.
pub(super) async fn read(conn: &mut Conn, person: PersonId, whole: bool) -> Result<Held> {
    let mut held = Held::default();
    let birth: Option<BirthRow> = conn.maybe(store::BIRTH, args![person]).await?;
    if let Some(row) = birth {
        let basis =
            BirthBasis::from_code(&row.basis).ok_or_else(|| broken("person_birth", "basis", person.0))?;
        held.birth = Some(Birth { on: row.born_on.0, basis });
    }
    let episodes: Vec<EpisodeRow> = conn.all(store::EPISODES, args![person]).await?;
    for row in episodes {
        let kind =
            EpisodeKind::from_code(&row.kind).ok_or_else(|| broken("episode", "kind", row.episode_id))?;
        let id = row.episode_id.into();
        held.episodes.push(EpisodeFact { id, kind, from: row.from_date.0, to: row.to_date.map(|day| day.0) });
        let brought = [(Brought::LastSeen, row.last_seen), (Brought::LastReview, row.last_review)];
        held.brought.extend(
            brought.into_iter().filter_map(|(what, on)| Some(BroughtFact { episode: id, what, on: on?.0 })),
        );
    }
    let steps: Vec<StepRow> = conn.all(store::STEPS, args![person]).await?;
    for row in steps {
        held.steps.push(StepFact {
            id: row.id.into(),
            kind: StepKind::from_code(&row.kind).ok_or_else(|| broken("step", "kind", row.id))?,
            on: row.start_date.0,
            ended: row.end_date.map(|day| day.0),
            outcome: row.outcome.as_deref().and_then(StepOutcome::from_code),
            episode: row.episode_id.map(Into::into),
        });
    }
    let lasting: Vec<LastingRow> = conn.all(store::LASTING, args![person]).await?;
    held.lasting = lasting
        .into_iter()
        .map(|row| LastingFact {
            episode: row.episode_id.into(),
            from: row.from_date.0,
            to: row.to_date.map(|d| d.0),
        })
        .collect();
    let entries: Vec<EntryRow> =
        conn.all(if whole { store::ENTRIES } else { store::VISITS }, args![person]).await?;
    for row in entries {
        held.entries.push(EntryFact {
            id: row.entry_id.into(),
            kind: EntryKind::from_code(&row.kind).ok_or_else(|| broken("entry", "kind", row.entry_id))?,
            manner: row.manner.as_deref().and_then(Manner::from_code),
            on: london_day(row.happened_at.0),
            seen: row.seen.as_deref().and_then(Seen::from_code),
            recorded_on: london_day(row.first_recorded_at.0),
            imported: row.source.is_some(),
        });
    }
    Ok(held)
}
