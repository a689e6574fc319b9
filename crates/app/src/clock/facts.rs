//! The facts that clocks depend on, read from the database: of one person, or of everyone at once.

use super::store::{
    self, BirthRow, ComplaintRow, EntryRow, EpisodeRow, LastingRow, QuestionRow, RequestRow, StepRow,
    StoppedRow,
};
use crate::Result;
use db::{Conn, DbError, args};
use practice::calendar::london_day;
use practice::clock::{
    Brought, BroughtFact, EntryFact, EpisodeFact, FactKind, Facts, Happened, LastingFact, StepFact,
};
use practice::complaint::{ComplaintStage, ComplaintState};
use practice::disclosure::RequestState;
use practice::entry::{EntryKind, Manner, Seen};
use practice::episode::{EpisodeKind, StepKind, StepOutcome};
use practice::id::{FactId, PersonId};
use practice::person::{Birth, BirthBasis};
use practice::touch::Basis;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The facts of one person, held so that the engine can borrow them.
#[derive(Default)]
pub(super) struct Held {
    birth: Option<Birth>,
    episodes: Vec<EpisodeFact>,
    steps: Vec<StepFact>,
    entries: Vec<EntryFact>,
    brought: Vec<BroughtFact>,
    lasting: Vec<LastingFact>,
    happened: Vec<Happened>,
}

fn broken(table: &'static str, column: &'static str, row: Uuid) -> DbError {
    DbError::Broken { table, column, row: row.to_string() }
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
            happened: &self.happened,
        }
    }

    fn birth(&mut self, row: &BirthRow) -> Result<()> {
        let broken = || broken("person_birth", "basis", row.person_id);
        let basis = BirthBasis::from_code(&row.basis).ok_or_else(broken)?;
        self.birth = Some(Birth { on: row.born_on.0, basis });
        Ok(())
    }

    fn episode(&mut self, row: &EpisodeRow) -> Result<()> {
        let kind =
            EpisodeKind::from_code(&row.kind).ok_or_else(|| broken("episode", "kind", row.episode_id))?;
        let id = row.episode_id.into();
        self.episodes.push(EpisodeFact { id, kind, from: row.from_date.0, to: row.to_date.map(|day| day.0) });
        let brought = [(Brought::LastSeen, row.last_seen), (Brought::LastReview, row.last_review)];
        self.brought.extend(
            brought.into_iter().filter_map(|(what, on)| Some(BroughtFact { episode: id, what, on: on?.0 })),
        );
        Ok(())
    }

    fn step(&mut self, row: &StepRow) -> Result<()> {
        self.steps.push(StepFact {
            id: row.id.into(),
            kind: StepKind::from_code(&row.kind).ok_or_else(|| broken("step", "kind", row.id))?,
            on: row.start_date.0,
            ended: row.end_date.map(|day| day.0),
            outcome: row.outcome.as_deref().and_then(StepOutcome::from_code),
            episode: row.episode_id.map(Into::into),
        });
        Ok(())
    }

    /// A request for their record: its time runs once it is known who asks.
    fn request(&mut self, row: &RequestRow) {
        let Some(known) = row.identity_on else { return };
        let asked = Some(db::Day(known.0.max(row.received_on.0)));
        let ended = match RequestState::from_code(&row.state) {
            Some(RequestState::Given | RequestState::Refused) => Some((FactKind::AccessGiven, row.ended_on)),
            Some(RequestState::Withdrawn) => Some((FactKind::AccessWithdrawn, row.ended_on)),
            Some(RequestState::Open) | None => None,
        };
        let all = [
            (FactKind::AccessAsked, asked),
            (FactKind::AccessClarificationAsked, row.question_on),
            (FactKind::AccessClarified, row.answered_on),
            (FactKind::AccessExtended, row.extended_on),
        ];
        for (kind, on) in all.into_iter().chain(ended) {
            if let Some(on) = on {
                let fact = Happened::on(FactId(row.id), kind, on.0);
                self.happened.push(Happened { matter: Some(row.request_id), ..fact });
            }
        }
    }

    /// Two who do not see each other because the council stopped it (section 34(6)), until they do or a court has decided.
    fn stopped(&mut self, row: &StoppedRow) {
        let fact =
            |kind, on| Happened { matter: Some(row.touch_id), ..Happened::on(FactId(row.id), kind, on) };
        if Basis::from_code(&row.basis) != Some(Basis::Stopped) {
            self.happened.push(fact(FactKind::ContactOrderMade, row.from_date.0));
            return;
        }
        self.happened.push(fact(FactKind::ContactStopped, row.from_date.0));
        // a last day that is only meant has not been
        let ended = row.to_date.map(|day| day.0).filter(|day| *day <= london_day(row.recorded_at.0));
        self.happened.extend(ended.map(|on| fact(FactKind::ContactResumed, on)));
    }

    /// A complaint in one of its stages. What is written in one's own space is agreed in writing the same day. Of a panel no
    /// fact is held.
    fn complaint(&mut self, row: &ComplaintRow) {
        let (received, extended, answered) = match ComplaintStage::from_code(&row.stage) {
            Some(ComplaintStage::First) => {
                (FactKind::ComplaintReceived, FactKind::ComplaintExtended, FactKind::ComplaintAnswered)
            }
            Some(ComplaintStage::Second) => {
                (FactKind::SecondStageAgreed, FactKind::SecondStageExtended, FactKind::SecondStageAnswered)
            }
            Some(ComplaintStage::Third) | None => return,
        };
        let ended = match ComplaintState::from_code(&row.state) {
            // whoever went on without an answer has waited so long, and waits for this one no more
            Some(ComplaintState::Answered | ComplaintState::Onward) => Some((answered, row.ended_on)),
            Some(ComplaintState::Withdrawn) => Some((FactKind::ComplaintWithdrawn, row.ended_on)),
            Some(ComplaintState::Open) | None => None,
        };
        let all = [(received, Some(row.received_on)), (extended, row.extended_on)];
        for (kind, on) in all.into_iter().chain(ended) {
            if let Some(on) = on {
                let fact = Happened::on(FactId(row.id), kind, on.0);
                self.happened.push(Happened { matter: Some(row.complaint_id), ..fact });
            }
        }
    }

    /// What they wrote in their own space.
    fn question(&mut self, row: &QuestionRow) {
        let all =
            [(FactKind::QuestionAsked, Some(row.asked_on)), (FactKind::QuestionAnswered, row.answered_on)];
        for (kind, on) in all {
            if let Some(on) = on {
                let fact = Happened::on(FactId(row.id), kind, on.0);
                self.happened.push(Happened { matter: Some(row.question_id), ..fact });
            }
        }
    }

    fn lasting(&mut self, row: &LastingRow) {
        let to = row.to_date.map(|day| day.0);
        self.lasting.push(LastingFact { episode: row.episode_id.into(), from: row.from_date.0, to });
    }

    fn entry(&mut self, row: &EntryRow) -> Result<()> {
        self.entries.push(EntryFact {
            id: row.entry_id.into(),
            kind: EntryKind::from_code(&row.kind).ok_or_else(|| broken("entry", "kind", row.entry_id))?,
            manner: row.manner.as_deref().and_then(Manner::from_code),
            on: london_day(row.happened_at.0),
            seen: row.seen.as_deref().and_then(Seen::from_code),
            recorded_on: london_day(row.first_recorded_at.0),
            imported: row.source.is_some(),
        });
        Ok(())
    }
}

/// Reads the facts of one person. `whole` also reads entries that no visit clock counts.
pub(super) async fn read(conn: &mut Conn, person: PersonId, whole: bool) -> Result<Held> {
    let mut held = Held::default();
    let birth: Option<BirthRow> = conn.maybe(store::BIRTH, args![person]).await?;
    if let Some(row) = &birth {
        held.birth(row)?;
    }
    for row in &conn.all::<EpisodeRow>(store::EPISODES, args![person]).await? {
        held.episode(row)?;
    }
    for row in &conn.all::<StepRow>(store::STEPS, args![person]).await? {
        held.step(row)?;
    }
    for row in &conn.all::<LastingRow>(store::LASTING, args![person]).await? {
        held.lasting(row);
    }
    for row in &conn.all::<RequestRow>(store::REQUESTS, args![person]).await? {
        held.request(row);
    }
    for row in &conn.all::<StoppedRow>(store::STOPPED, args![person]).await? {
        held.stopped(row);
    }
    for row in &conn.all::<ComplaintRow>(store::COMPLAINTS, args![person]).await? {
        held.complaint(row);
    }
    for row in &conn.all::<QuestionRow>(store::QUESTIONS, args![person]).await? {
        held.question(row);
    }
    let entries = if whole { store::ENTRIES } else { store::VISITS };
    for row in &conn.all::<EntryRow>(entries, args![person]).await? {
        held.entry(row)?;
    }
    Ok(held)
}

/// Reads the facts of everyone who has an episode, a step, a request, a complaint or a question, in ten statements.
pub(super) async fn read_everyone(conn: &mut Conn) -> Result<BTreeMap<Uuid, Held>> {
    let mut all: BTreeMap<Uuid, Held> = BTreeMap::new();
    for row in &conn.all::<EpisodeRow>(store::EVERY_EPISODE, args![]).await? {
        all.entry(row.person_id).or_default().episode(row)?;
    }
    for row in &conn.all::<StepRow>(store::EVERY_STEP, args![]).await? {
        all.entry(row.person_id).or_default().step(row)?;
    }
    for row in &conn.all::<RequestRow>(store::EVERY_REQUEST, args![]).await? {
        all.entry(row.person_id).or_default().request(row);
    }
    for row in &conn.all::<StoppedRow>(store::EVERY_STOPPED, args![]).await? {
        all.entry(row.person_id).or_default().stopped(row);
    }
    for row in &conn.all::<ComplaintRow>(store::EVERY_COMPLAINT, args![]).await? {
        all.entry(row.person_id).or_default().complaint(row);
    }
    for row in &conn.all::<QuestionRow>(store::EVERY_QUESTION, args![]).await? {
        all.entry(row.person_id).or_default().question(row);
    }
    for row in &conn.all::<BirthRow>(store::EVERY_BIRTH, args![]).await? {
        if let Some(held) = all.get_mut(&row.person_id) {
            held.birth(row)?;
        }
    }
    for row in &conn.all::<LastingRow>(store::EVERY_LASTING, args![]).await? {
        if let Some(held) = all.get_mut(&row.person_id) {
            held.lasting(row);
        }
    }
    for row in &conn.all::<EntryRow>(store::EVERY_VISIT, args![]).await? {
        if let Some(held) = all.get_mut(&row.person_id) {
            held.entry(row)?;
        }
    }
    Ok(all)
}
