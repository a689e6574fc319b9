//! Breaking the glass and answering for it.

use super::store::{self, GlassRow, HoldsRow};
use crate::access::{self, Lead, Reach, Standing};
use crate::journal::{self, Act};
use crate::notice::{self, Notice};
use crate::{Moment, Oops, Result, Who};
use db::{Conn, Tx, args};
use jiff::civil::Date;
use practice::access::{
    Decision, FoundBy, GlassError, GlassFor, GlassNotice, GlassOpened, GlassOutcome, GlassRequest,
    GlassRules, GlassSetting, GlassTies, may_review_glass,
};
use practice::calendar::Calendar;
use practice::id::{PersonId, TeamId, WorkerId};
use practice::person::AccessLevel;
use practice::role::Role;
use serde_json::json;
use uuid::Uuid;

/// Opening a record without working with the person.
#[derive(Clone, Debug)]
pub struct BreakGlass {
    /// Whose record.
    pub person: PersonId,
    /// Why, in the worker's own words.
    pub reason: String,
    /// For how long.
    pub how_long: GlassFor,
    /// How they came to it.
    pub found: FoundBy,
}

/// A manager's answer.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Which opening.
    pub glass: Uuid,
    /// What the review found.
    pub outcome: GlassOutcome,
    /// In words.
    pub words: String,
}

/// Opens a person's record to a worker for a while, tells those who answer for the person, and begins a
/// review.
///
/// # Errors
/// [`Oops::NotFound`] for what must seem absent, [`Oops::NotAllowed`], or [`Oops::Wrong`] with the fields
/// `reason` and `until`.
pub async fn break_glass(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    calendar: &Calendar,
    command: BreakGlass,
) -> Result<GlassOpened> {
    let reach = Reach::of(tx, who, moment.now()).await?;
    let standing = standing(tx, &reach, command.person).await?;
    let request = GlassRequest { reason: command.reason, how_long: command.how_long, found: command.found };
    let setting = GlassSetting { rules: GlassRules::default(), calendar, now: moment.now() };
    let opened =
        practice::access::break_glass(&who.reader, standing.level, &standing.ties, &request, setting)
            .map_err(refused)?;
    let worker = who.worker().ok_or(Oops::NotFound)?;
    let answering = answering(tx, command.person, worker, moment.today()).await?;
    let reviewer = answering.lead.as_ref().filter(|_| standing.level == AccessLevel::Findable);
    let id = moment.id();
    let values = args![
        id,
        command.person,
        worker,
        &opened.reason,
        moment.now(),
        opened.until,
        opened.review_due,
        reviewer.map(|lead| lead.worker.0)
    ];
    tx.run(store::OPEN, values).await?;
    let told = told(tx, &answering, &opened, command.person, worker, moment.today()).await?;
    for (to, review) in &told {
        tell(tx, moment, who, *to, (*review).then_some(id), command.person).await?;
    }
    let payload = json!({
        "glass": id, "reason": opened.reason, "until": opened.until, "review_by": opened.review_due,
        "told": told.iter().map(|(worker, _)| worker.0).collect::<Vec<_>>(),
    });
    journal::note(tx, who, moment, Act { action: "break_glass", about: &[command.person], payload }).await?;
    Ok(opened)
}

async fn standing(conn: &mut Conn, reach: &Reach, person: PersonId) -> Result<Standing> {
    reach.standings(conn, &[person]).await?.remove(&person).ok_or(Oops::NotFound)
}

/// What a form or a page says of what is wrong.
fn refused(errors: Vec<GlassError>) -> Oops {
    let mut wrong = vec![];
    for error in errors {
        let field = match error {
            GlassError::Refused(refusal) => {
                return match access::let_on(Some(Decision::Refused(refusal))) {
                    Err(oops) => oops,
                    Ok(_) => Oops::NotFound,
                };
            }
            GlassError::ReasonTooShort => "reason",
            GlassError::DayPast | GlassError::TooLong { .. } => "until",
        };
        wrong.push((field.to_owned(), error.to_string()));
    }
    Oops::Wrong(wrong)
}

/// Who answers for a person today, seen by someone who does not.
pub(super) struct Answering {
    /// The responsible worker.
    pub(super) worker: Option<WorkerId>,
    /// Who leads the team that holds the person or, when none does, that of whoever opened the record.
    pub(super) lead: Option<Lead>,
}

pub(super) async fn answering(
    conn: &mut Conn,
    person: PersonId,
    breaker: WorkerId,
    today: Date,
) -> Result<Answering> {
    let holds: Vec<HoldsRow> = conn.all(store::HOLDS, args![person, today]).await?;
    let worker = holds.iter().find_map(|row| row.worker_id).map(WorkerId);
    let mut lead = None;
    for team in holds.iter().filter_map(|row| row.team_id) {
        lead = access::lead_of_team(conn, TeamId(team), today, Some(breaker)).await?;
        if lead.is_some() {
            break;
        }
    }
    if lead.is_none() {
        lead = access::lead_of_worker(conn, breaker, today).await?;
    }
    Ok(Answering { worker, lead })
}

/// Everyone to be told, each once, with whether it is theirs to review.
async fn told(
    conn: &mut Conn,
    answering: &Answering,
    opened: &GlassOpened,
    person: PersonId,
    breaker: WorkerId,
    today: Date,
) -> Result<Vec<(WorkerId, bool)>> {
    let mut told: Vec<(WorkerId, bool)> = vec![];
    let lead = answering.lead.as_ref().map(|lead| lead.worker);
    for notice in &opened.notices {
        let more: Vec<(WorkerId, bool)> = match notice {
            GlassNotice::ResponsibleWorker => {
                answering.worker.map(|worker| (worker, false)).into_iter().collect()
            }
            GlassNotice::TeamManager => lead.map(|worker| (worker, true)).into_iter().collect(),
            GlassNotice::ListedOfThese => {
                let named: Vec<(Uuid,)> = conn.all(store::NAMED, args![person, today]).await?;
                let both =
                    [answering.worker.map(|worker| (worker, false)), lead.map(|worker| (worker, true))];
                both.into_iter().flatten().filter(|(worker, _)| named.contains(&(worker.0,))).collect()
            }
            GlassNotice::RestrictedRecordsOfficers => {
                let officers: Vec<(Uuid,)> = conn.all(store::OFFICERS, args![today]).await?;
                officers.into_iter().map(|row| (WorkerId(row.0), true)).collect()
            }
        };
        told.extend(more);
    }
    // who leads and is also the responsible worker is told once, as the one who reviews
    told.sort_by_key(|(worker, review)| (*worker, !*review));
    told.dedup_by_key(|(worker, _)| *worker);
    told.retain(|(worker, _)| *worker != breaker);
    Ok(told)
}

async fn tell(
    tx: &mut Tx,
    moment: &mut Moment,
    breaker: &Who,
    to: WorkerId,
    review: Option<Uuid>,
    person: PersonId,
) -> Result<()> {
    let (words, link) = match review {
        Some(id) => (
            format!(
                "{} opened a record without working with the person. The reason is yours to check.",
                breaker.name
            ),
            format!("/glass/review/{id}"),
        ),
        None => (
            format!(
                "{} opened the record of someone you work with, without working with them.",
                breaker.name
            ),
            format!("/person/{person}/readings"),
        ),
    };
    notice::tell(tx, moment, to, Notice { kind: "glass-opened", words: &words, link: Some(&link) }).await
}

/// Whether this reader may review an opening.
pub(super) async fn may_review(
    conn: &mut Conn,
    reach: &Reach,
    row: &GlassRow,
) -> Result<(Standing, Decision)> {
    let standing = standing(conn, reach, row.person_id.into()).await?;
    let posts = crate::who::posts(conn, row.worker_id, reach.today()).await?;
    let ties = GlassTies {
        broken_by: row.worker_id.into(),
        leads_breaker: posts.iter().any(|post| reach.leads_or_covers(post.team)),
    };
    let decision = may_review_glass(reach.reader(), standing.level, &standing.ties, ties, reach.now());
    Ok((standing, decision))
}

/// Answers for an opening: what the review found, in words, told to whoever opened the record.
///
/// # Errors
/// [`Oops::NotFound`] and [`Oops::NotAllowed`]; [`Oops::Stale`] where it was answered already.
pub async fn answer_review(tx: &mut Tx, who: &Who, moment: &mut Moment, answer: Answer) -> Result<()> {
    let row: Option<GlassRow> = tx.maybe(store::ONE, args![answer.glass]).await?;
    let row = row.ok_or(Oops::NotFound)?;
    let reach = Reach::of(tx, who, moment.now()).await?;
    let (_, decision) = may_review(tx, &reach, &row).await?;
    access::let_on(Some(decision))?;
    let words = answer.words.trim();
    if answer.outcome != GlassOutcome::Right && words.is_empty() {
        return Err(Oops::wrong("words", "Say what you will do, or what was not right"));
    }
    let by = who.worker().ok_or(Oops::NotFound)?;
    tx.run_one(store::ANSWER, args![row.id, by, moment.now(), answer.outcome.code(), words]).await?;
    let said =
        format!("{} checked why you opened a record: {}.", who.name, answer.outcome.plain().to_lowercase());
    let notice = Notice { kind: "glass-reviewed", words: &said, link: None };
    notice::tell(tx, moment, row.worker_id.into(), notice).await?;
    let payload = json!({ "glass": row.id, "outcome": answer.outcome.code(), "words": words });
    let about = [PersonId(row.person_id)];
    journal::note(tx, who, moment, Act { action: "review_glass", about: &about, payload }).await?;
    Ok(())
}

/// Whether this reader keeps the list of restricted records.
pub(super) fn keeps_list(who: &Who) -> bool {
    who.holds(Role::RestrictedRecordsOfficer)
}
