//! Our plan as it stands: its lines, how far along each voice says each goal is, and who agrees. Promises are
//! [`crate::entry::promises_about`].

use super::FAR;
use super::store::{self, LineRow, ScaleRow, ViewRow};
use super::story::hidden;
use super::voice::{By, Voice, between};
use crate::{Result, Who};
use db::{Conn, DbError, args};
use jiff::Timestamp;
use jiff::civil::Date;
use practice::id::{EntryId, PersonId};
use practice::plan::{self as rules, Agreement, LineKind};
use uuid::Uuid;

/// A line of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// This version.
    pub id: Uuid,
    /// The same in every version.
    pub line: Uuid,
    /// What it is.
    pub kind: LineKind,
    /// The goal it belongs to.
    pub goal: Option<Uuid>,
    /// The words.
    pub words: String,
    /// The same for the child.
    pub child_words: Option<String>,
    /// Whose words they are.
    pub voice: Voice,
    /// Who of the family may read it in their own space.
    pub readers: rules::LineReaders,
    /// The entries it rests on.
    pub rests_on: Vec<EntryId>,
    /// The worker who wrote it down.
    pub author: Option<(practice::id::WorkerId, String)>,
    /// When this version was recorded.
    pub recorded_at: Timestamp,
}

impl Line {
    /// As the rules look at it.
    pub fn weighed(&self) -> rules::Line {
        rules::Line {
            id: self.line,
            kind: self.kind,
            goal: self.goal,
            words: self.words.clone(),
            evidence: self.rests_on.len(),
        }
    }
}

/// How far along somebody says a goal is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scaled {
    /// Of which goal.
    pub goal: Uuid,
    /// Who says so.
    pub voice: Voice,
    /// 0 to 10.
    pub value: i64,
    /// On which day.
    pub on: Date,
    /// Why.
    pub why: Option<String>,
    /// What would make it one more.
    pub next_step: Option<String>,
}

/// Whether somebody agrees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Who.
    pub voice: Voice,
    /// Whether.
    pub agreement: Agreement,
    /// What they say of it.
    pub words: Option<String>,
    /// It was read to them, or they read it.
    pub read_back: bool,
    /// On which day.
    pub on: Date,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

/// Somebody's plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Its lines, in the order in which they were first written.
    pub lines: Vec<Line>,
    /// How far along, by day.
    pub scales: Vec<Scaled>,
    /// Who agrees, by day.
    pub views: Vec<View>,
}

impl Plan {
    /// The lines of a sort, of a goal or of the plan as a whole.
    pub fn of(&self, kind: LineKind, goal: Option<Uuid>) -> Vec<&Line> {
        self.lines.iter().filter(|line| line.kind == kind && line.goal == goal).collect()
    }

    /// A line by what all its versions share.
    pub fn line(&self, line: Uuid) -> Option<&Line> {
        self.lines.iter().find(|one| one.line == line)
    }

    /// Each voice that has put a number to a goal, with its numbers by day: the person themselves first, then in the
    /// order in which the others first spoke.
    pub fn voices(&self, goal: Uuid) -> Vec<(&Voice, Vec<&Scaled>)> {
        let mut all: Vec<(&Voice, Vec<&Scaled>)> = vec![];
        for one in self.scales.iter().filter(|one| one.goal == goal) {
            match all.iter_mut().find(|held| held.0.by == one.voice.by) {
                Some(held) => held.1.push(one),
                None => all.push((&one.voice, vec![one])),
            }
        }
        all.sort_by_key(|(voice, _)| !voice.by.themselves());
        all
    }

    /// What each voice last said of the plan.
    pub fn latest_views(&self) -> Vec<&View> {
        let mut latest: Vec<&View> = vec![];
        for one in self.views.iter().rev() {
            if latest.iter().all(|held| held.voice.by != one.voice.by) {
                latest.push(one);
            }
        }
        latest
    }

    /// How many lines were written or changed after an instant.
    pub fn changed_since(&self, at: Timestamp) -> usize {
        self.lines.iter().filter(|line| line.recorded_at > at).count()
    }

    /// The lines as the rules look at them.
    pub fn weighed(&self) -> Vec<rules::Line> {
        self.lines.iter().map(Line::weighed).collect()
    }
}

fn line(row: LineRow) -> Result<Line> {
    let kind = LineKind::from_code(&row.kind).ok_or_else(|| DbError::Broken {
        table: "plan_line",
        column: "kind",
        row: row.id.to_string(),
    })?;
    let readers = rules::LineReaders::from_code(&row.readers).ok_or_else(|| DbError::Broken {
        table: "plan_line",
        column: "readers",
        row: row.id.to_string(),
    })?;
    let by = By::read(row.by_themselves, row.by_person, row.by_worker, row.by_words, ("plan_line", row.id))?;
    Ok(Line {
        id: row.id,
        line: row.line_id,
        kind,
        goal: row.goal_id,
        words: row.words,
        child_words: row.child_words,
        voice: Voice::of(by, row.name, row.initials, row.hue),
        readers,
        rests_on: between(&row.rests_on),
        author: row.author_id.map(Into::into).zip(row.author),
        recorded_at: row.recorded_at.0,
    })
}

fn scaled(row: ScaleRow) -> Result<Scaled> {
    let by = By::read(row.by_themselves, row.by_person, row.by_worker, row.by_words, ("plan_scale", row.id))?;
    Ok(Scaled {
        goal: row.goal_id,
        voice: Voice::of(by, row.name, row.initials, row.hue),
        value: row.value,
        on: row.on_date.0,
        why: row.why,
        next_step: row.next_step,
    })
}

fn view(row: ViewRow) -> Result<View> {
    let agreement = Agreement::from_code(&row.agreement).ok_or_else(|| DbError::Broken {
        table: "plan_view",
        column: "agreement",
        row: row.id.to_string(),
    })?;
    let by = By::read(row.by_themselves, row.by_person, row.by_worker, row.by_words, ("plan_view", row.id))?;
    Ok(View {
        voice: Voice::of(by, row.name, row.initials, row.hue),
        agreement,
        words: row.words,
        read_back: row.read_back,
        on: row.on_date.0,
        recorded_at: row.recorded_at.0,
    })
}

/// Somebody's plan as it stands, or stood at an instant: all of it, whoever asks.
///
/// # Errors
/// Where the database refuses.
pub async fn plan(conn: &mut Conn, person: PersonId, known: Option<Timestamp>) -> Result<Plan> {
    let at = known.unwrap_or(FAR);
    let lines: Vec<LineRow> = conn.all(store::LINES, args![person, at]).await?;
    let scales: Vec<ScaleRow> = conn.all(store::SCALES, args![person, at]).await?;
    let views: Vec<ViewRow> = conn.all(store::VIEWS, args![person, at]).await?;
    Ok(Plan {
        lines: lines.into_iter().map(line).collect::<Result<_>>()?,
        scales: scales.into_iter().map(scaled).collect::<Result<_>>()?,
        views: views.into_iter().map(view).collect::<Result<_>>()?,
    })
}

/// Somebody's plan for a worker: the words of people of whom they may not know are left out.
///
/// # Errors
/// Where the database refuses.
pub async fn plan_for(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    person: PersonId,
    known: Option<Timestamp>,
) -> Result<Plan> {
    let mut all = plan(conn, person, known).await?;
    let voices = all.lines.iter().map(|one| &one.voice);
    let voices =
        voices.chain(all.scales.iter().map(|one| &one.voice)).chain(all.views.iter().map(|one| &one.voice));
    let others: Vec<PersonId> = voices.filter_map(|voice| voice.by.person()).collect();
    let hidden = hidden(conn, who, now, &others).await?;
    let seen = |voice: &Voice| voice.by.person().is_none_or(|other| !hidden.contains(&other));
    all.lines.retain(|one| seen(&one.voice));
    all.scales.retain(|one| seen(&one.voice));
    all.views.retain(|one| seen(&one.voice));
    Ok(all)
}
