//! Hand-overs as they stand, with what goes with them: read from the tables, and judged by the rules.

use super::store::{self, HandoverRow, LineRow, NoteRow};
use crate::allocation::actions::{Helper, helpers};
use crate::room::{Evidence, Look};
use crate::working::{self, Away};
use crate::{Result, rooms};
use db::{Conn, DbError, args};
use jiff::civil::Date;
use practice::access::AllocationKind;
use practice::continuity::Cause;
use practice::handover::{
    self as rules, Answers, CouldStay, InTheLine, Lists, Moment as Kind, Ready, Responsible, ReturnReason,
    Standing, State, Step,
};
use practice::id::{PersonId, WorkerId};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A hand-over as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// This version.
    pub version: Uuid,
    /// The same in every version.
    pub id: Uuid,
    /// Who is handed over.
    pub person: PersonId,
    /// Which list makes it ready.
    pub step: Step,
    /// Why they get another worker.
    pub cause: Cause,
    /// How it stands, for the rules.
    pub standing: Standing,
    /// The name of whoever was responsible when it was offered.
    pub from_name: Option<String>,
    /// The name of whoever is asked.
    pub to_name: String,
    /// Whether whoever is asked has left or leaves today.
    pub to_left: bool,
    /// Why now.
    pub why: String,
    /// Whether the worker they know could stay, and how that was answered.
    pub could_stay: (CouldStay, String),
    /// The last day of whoever goes.
    pub leaves_on: Option<Date>,
    /// Who offered it.
    pub offered_by: Option<(WorkerId, String)>,
    /// Who said that it may be.
    pub agreed_by: Option<(WorkerId, String)>,
    /// When it was answered.
    pub answered_on: Option<Date>,
    /// What is missing.
    pub reasons: Vec<ReturnReason>,
    /// What would make it ready.
    pub return_words: Option<String>,
    /// Why they took over without having met.
    pub not_met_why: Option<String>,
    /// When it was over.
    pub ended_on: Option<Date>,
}

/// Something that goes with a hand-over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Which.
    pub id: Uuid,
    /// What was said or done; none for an answer to the list.
    pub kind: Option<Kind>,
    /// Which thing on the list.
    pub ask: Option<String>,
    /// The record showed it when it was offered.
    pub shown: bool,
    /// In words.
    pub words: String,
    /// What they said to it.
    pub said: Option<String>,
    /// By whom, or with whom.
    pub by: Option<(WorkerId, String)>,
    /// On which day.
    pub on: Date,
}

pub(super) fn read(row: HandoverRow, today: Date) -> Result<Handover> {
    let broken = |column| DbError::Broken { table: "handover", column, row: row.id.to_string() };
    let standing = Standing {
        state: State::from_code(&row.state).ok_or_else(|| broken("state"))?,
        from: row.from_worker.map(Into::into),
        to: row.to_worker.into(),
        agreed: row.agreed_by.is_some(),
        offered_on: row.offered_on.0,
    };
    let could_stay = CouldStay::from_code(&row.could_stay).ok_or_else(|| broken("could_stay"))?;
    let named = |id: Option<Uuid>, name: Option<String>| id.map(WorkerId).zip(name);
    Ok(Handover {
        version: row.id,
        id: row.handover_id,
        person: row.person_id.into(),
        step: Step::from_code(&row.step).ok_or_else(|| broken("step"))?,
        cause: Cause::from_code(&row.cause).ok_or_else(|| broken("cause"))?,
        standing,
        from_name: row.from_name.clone(),
        to_name: row.to_name.clone(),
        to_left: row.to_left.is_some_and(|left| left.0 <= today),
        why: row.why.clone(),
        could_stay: (could_stay, row.could_stay_words.clone()),
        leaves_on: row.leaves_on.map(|day| day.0),
        offered_by: named(row.offered_by, row.offered_name.clone()),
        agreed_by: named(row.agreed_by, row.agreed_name.clone()),
        answered_on: row.answered_on.map(|day| day.0),
        reasons: row.reasons.split_whitespace().filter_map(ReturnReason::from_code).collect(),
        return_words: row.return_words.clone(),
        not_met_why: row.not_met_why.clone(),
        ended_on: row.ended_on.map(|day| day.0),
    })
}

/// The hand-overs of a person, the latest first. Says nothing of who may read them.
///
/// # Errors
/// Where the database refuses.
pub async fn handovers(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<Handover>> {
    let rows: Vec<HandoverRow> = conn.all(store::OF_PERSON, args![person]).await?;
    rows.into_iter().map(|row| read(row, today)).collect()
}

/// Who is responsible, as the day ends: the one whose time goes on.
pub(super) fn responsible(all: &[Helper]) -> Option<&Helper> {
    all.iter().find(|one| one.part == AllocationKind::Responsible && one.to.is_none())
}

/// The hand-over of a person that is under way and still says what is so.
///
/// # Errors
/// Where the database refuses.
pub async fn under_way(conn: &mut Conn, person: PersonId, today: Date) -> Result<Option<Handover>> {
    let Some(one) = latest_open(conn, person, today).await? else { return Ok(None) };
    Ok(stands(conn, &one, today).await?.then_some(one))
}

/// The latest that is open, whether or not it still says what is so.
pub(super) async fn latest_open(conn: &mut Conn, person: PersonId, today: Date) -> Result<Option<Handover>> {
    let all = handovers(conn, person, today).await?;
    Ok(all.into_iter().find(|one| one.standing.state.is_open()))
}

pub(super) async fn stands(conn: &mut Conn, one: &Handover, today: Date) -> Result<bool> {
    let all = helpers(conn, one.person).await?;
    let now = responsible(&all).map(|held| held.worker);
    let open = now.is_some() || conn.number(store::OPEN, args![one.person, today]).await? > 0;
    Ok(rules::still_stands(&one.standing, now, !one.to_left, open))
}

/// What goes with a hand-over, by day.
///
/// # Errors
/// Where the database refuses.
pub async fn notes(conn: &mut Conn, handover: Uuid) -> Result<Vec<Note>> {
    let rows: Vec<NoteRow> = conn.all(store::NOTES, args![handover]).await?;
    let note = |row: NoteRow| Note {
        id: row.id,
        kind: Kind::from_code(&row.kind),
        ask: row.ask,
        shown: row.shown,
        words: row.words,
        said: row.said,
        by: row.by_worker.map(WorkerId).zip(row.by_name),
        on: row.on_date.0,
    };
    Ok(rows.into_iter().map(note).collect())
}

/// What the record shows towards a list, by what it is evidence of; for a reader who may open it.
pub(super) async fn evidence(conn: &mut Conn, look: &Look<'_>) -> Result<BTreeMap<&'static str, Evidence>> {
    let mut found = BTreeMap::new();
    for room in rooms::ROOMS {
        for one in room.evidence(conn, look).await? {
            found.entry(one.of).or_insert(one);
        }
    }
    Ok(found)
}

/// What a thing on a list is shown by: words, and where to see it for whoever may.
pub(super) type Shown = (String, Option<String>);

/// The list of a step with what was found.
pub(super) fn ready(
    step: Step,
    day: Date,
    shown: &BTreeMap<&'static str, Evidence>,
    notes: &[Note],
) -> Option<Ready<'static, Shown>> {
    let list = Lists::usual().ok()?.of(step, day)?;
    // whoever may not open the record yet reads what it showed when it was offered
    let kept = |ask: &str, was: bool| {
        let found = notes.iter().rev().find(|note| note.ask.as_deref() == Some(ask) && note.shown == was)?;
        Some(found.words.clone())
    };
    let code = |of: &str| list.ask.iter().find(|ask| ask.evidence.as_deref() == Some(of));
    Some(rules::ready(
        list,
        |of| match shown.get(of) {
            Some(one) => Some((one.words.clone(), Some(one.href.clone()))),
            None if shown.is_empty() => kept(&code(of)?.code, true).map(|words| (words, None)),
            None => None,
        },
        |ask| kept(ask, false),
    ))
}

/// Who answers for somebody on a day, with their name. None where no episode is open.
///
/// # Errors
/// Where the database refuses.
pub async fn who_answers(conn: &mut Conn, person: PersonId, on: Date) -> Result<Option<(Answers, String)>> {
    if conn.number(store::OPEN, args![person, on]).await? == 0 {
        return Ok(None);
    }
    let all = helpers(conn, person).await?;
    // the latest first there, the latest last here
    let spells: Vec<Responsible> = all
        .iter()
        .rev()
        .filter(|one| one.part == AllocationKind::Responsible)
        .map(|one| Responsible { worker: one.worker, from: one.from, to: one.to })
        .collect();
    let rows: Vec<LineRow> = conn.all(store::LINE, args![person, on]).await?;
    let above = |row: &LineRow| u8::try_from(row.above).unwrap_or(u8::MAX);
    let line: Vec<InTheLine> = rows
        .iter()
        .map(|row| InTheLine { worker: row.worker_id.into(), above: above(row), since: row.since.0 })
        .collect();
    let away: Vec<Away> = working::away(conn, on, on).await?;
    let gone: Vec<rules::Away> = away
        .iter()
        .map(|one| rules::Away {
            worker: one.worker,
            from: one.from,
            to: one.to,
            cover: one.cover.as_ref().map(|cover| cover.0),
        })
        .collect();
    let Some(answers) = rules::answers(&spells, &line, &gone, on) else { return Ok(None) };
    let who = answers.who();
    let name = all.iter().find(|one| one.worker == who).map(|one| one.name.clone());
    let name = name.or_else(|| rows.iter().find(|row| row.worker_id == who.0).map(|row| row.name.clone()));
    let cover = || away.iter().filter_map(|one| one.cover.as_ref()).find(|cover| cover.0 == who);
    Ok(name.or_else(|| cover().map(|cover| cover.1.clone())).map(|name| (answers, name)))
}

/// Whether they met, together with whoever goes, by a day.
pub(super) fn met(notes: &[Note], by: Date) -> bool {
    notes.iter().any(|note| note.kind == Some(Kind::Introduction) && note.on <= by)
}

/// Whom a worker answers for as the responsible one, by name.
///
/// # Errors
/// Where the database refuses.
pub async fn answered_for(conn: &mut Conn, worker: WorkerId, today: Date) -> Result<Vec<PersonId>> {
    let rows: Vec<store::AnsweredForRow> = conn.all(store::ANSWERED_FOR, args![worker, today]).await?;
    Ok(rows.into_iter().map(|row| row.id.into()).collect())
}
