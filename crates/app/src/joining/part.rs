//! Making two records again of one: what each held goes back, and what was recorded in between goes where people say.

use super::actions::told;
use super::held::{self, Before, Itself, rows_of};
use super::{settle, store};
use crate::journal::{Act, note};
use crate::person::actions::refresh_names;
use crate::person::{facts, joined};
use crate::{Moment, Oops, Result, Who, access, clock};
use db::{Conn, Tx, args};
use jiff::Timestamp;
use practice::access::{Reason, Sight};
use practice::id::{JoiningId, PersonId};
use practice::joining::{
    Answer, Held, Now, PartRefusal, Plan, Question, Side, overlaps, part as work_out, questions,
    stricter_level,
};
use practice::person::{AccessLevel, BirthBasis, PersonKind};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A joining of two records.
#[derive(Clone, Debug)]
pub struct Joining {
    /// Which.
    pub id: JoiningId,
    /// The record that was kept.
    pub kept: PersonId,
    /// The record that was joined to it.
    pub other: PersonId,
    /// How it was known that they are one person.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// By whom; none where the program did it.
    pub by: Option<String>,
    /// When it was undone.
    pub parted: Option<Timestamp>,
    before: String,
}

/// Makes two records of one again.
#[derive(Clone, Debug)]
pub struct Part {
    /// The joining that is undone.
    pub joining: JoiningId,
    /// How it is known that they are two people.
    pub reason: String,
    /// Of each thing recorded in between, by its key, whom it was about.
    pub answers: BTreeMap<Uuid, Answer>,
}

/// Declared links hold for both, whoever was meant, and levels are worked out: neither is asked about.
const LINK: &str = "conflict_of_interest.person_id";
const LEVEL: &str = "person_level.person_id";

fn read(row: store::JoiningRow) -> Joining {
    Joining {
        id: JoiningId(row.id),
        kept: row.kept_id.into(),
        other: row.other_id.into(),
        reason: row.reason,
        at: row.joined_at.0,
        by: row.name,
        parted: row.parted_at.map(|at| at.0),
        before: row.before,
    }
}

/// One joining.
///
/// # Errors
/// [`Oops::NotFound`].
pub async fn joining(conn: &mut Conn, id: JoiningId) -> Result<Joining> {
    conn.maybe(store::JOINING, args![id]).await?.map(read).ok_or(Oops::NotFound)
}

/// Every joining a record had a part in, the latest first.
///
/// # Errors
/// Where the database refuses.
pub async fn joinings(conn: &mut Conn, person: PersonId) -> Result<Vec<Joining>> {
    Ok(conn.all(store::JOININGS, args![person]).await?.into_iter().map(read).collect())
}

/// Lets on whoever may join and part the living record in which the two are one.
///
/// # Errors
/// [`Oops::NotFound`] and [`Oops::NotAllowed`].
async fn require(conn: &mut Conn, who: &Who, now: Timestamp, joining: &Joining) -> Result<Reason> {
    let living = living(conn, joining).await?;
    access::require(conn, who, now, living, Sight::Join).await
}

/// The living record in which the two are one; the kept one, where they are two again.
pub(super) async fn living(conn: &mut Conn, joining: &Joining) -> Result<PersonId> {
    let leads = joined::living(conn, &BTreeSet::from([joining.kept.0])).await?;
    Ok(leads.get(&joining.kept.0).copied().unwrap_or(joining.kept))
}

/// The living record of the other, where they are two again.
pub(super) async fn living_other(conn: &mut Conn, joining: &Joining) -> Result<PersonId> {
    let leads = joined::living(conn, &BTreeSet::from([joining.other.0])).await?;
    Ok(leads.get(&joining.other.0).copied().unwrap_or(joining.other))
}

/// What stands in the way of undoing a joining now, if anything does.
///
/// # Errors
/// Where the database refuses.
pub async fn in_the_way(conn: &mut Conn, joining: &Joining) -> Result<Option<String>> {
    if joining.parted.is_some() {
        return Ok(Some("This was undone already".to_owned()));
    }
    let all = joinings(conn, joining.kept).await?;
    let standing: Vec<&Joining> = all.iter().filter(|it| it.parted.is_none()).collect();
    if standing.iter().any(|it| it.other == joining.kept) {
        return Ok(Some("The record has itself been joined with another since. Undo that first".to_owned()));
    }
    let later = standing.iter().any(|it| it.id != joining.id && (it.at, it.id) > (joining.at, joining.id));
    Ok(later.then(|| "Another record has been joined to this one since. Undo that first".to_owned()))
}

/// What there is to ask before a joining is undone, with every row as it is now.
pub(super) struct Between {
    held: Vec<Held>,
    /// The levels the two had.
    own_levels: Vec<Held>,
    now: Vec<Now>,
    levels: Vec<Now>,
    links: BTreeMap<Uuid, Answer>,
    /// What people are asked.
    questions: Vec<Question>,
}

pub(super) async fn between(conn: &mut Conn, joining: &Joining) -> Result<Between> {
    let (own_levels, held): (Vec<Held>, Vec<Held>) =
        held::held(conn, joining.id).await?.into_iter().partition(|held| held.row.0 == LEVEL);
    let (levels, now): (Vec<Now>, Vec<Now>) =
        held::now(conn, joining.kept).await?.into_iter().partition(|row| row.row.0 == LEVEL);
    let mut asked = questions(&held, &now);
    let link = |question: &Question| question.rows.iter().all(|row| row.0 == LINK);
    let links = asked.iter().filter(|it| link(it)).map(|it| (it.key, Answer::Both)).collect();
    asked.retain(|question| !link(question));
    Ok(Between { held, own_levels, now, levels, links, questions: asked })
}

/// What was recorded since two records were joined: each is asked about before they are parted.
///
/// # Errors
/// Where the database refuses.
pub async fn asked(conn: &mut Conn, joining: &Joining) -> Result<Vec<Question>> {
    Ok(between(conn, joining).await?.questions)
}

/// Makes two records of one again.
///
/// # Errors
/// [`Oops::Wrong`] with the field `reason`, or `about-` and the key of a question; [`Oops::Refused`] where
/// something stands in the way.
pub async fn part(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Part) -> Result<()> {
    let joining = joining(tx, command.joining).await?;
    require(tx, who, moment.now(), &joining).await?;
    let (kept, other) = (joining.kept, joining.other);
    for person in [kept.min(other), kept.max(other)] {
        tx.run(store::LOCK, args![person]).await?;
    }
    if let Some(sentence) = in_the_way(tx, &joining).await? {
        return Err(Oops::Refused(sentence));
    }
    let reason = told("reason", &command.reason, "Say how you know that they are two people")?;
    let found = between(tx, &joining).await?;
    let mut answers = found.links.clone();
    answers.extend(command.answers);
    let parted = work_out(&found.held, &found.now, &answers).map_err(unanswered)?;
    carry_out(tx, moment, &joining, &parted.plan).await?;
    levels(tx, moment, &joining, &found).await?;
    tx.run(store::MERGED_INTO, args![other, Option::<Uuid>::None]).await?;
    let by = who.worker().map(|worker| worker.0);
    tx.run_one(store::PARTED, args![joining.id, moment.now(), by, &reason]).await?;
    check(tx, moment, (kept, other)).await?;
    for person in [kept, other] {
        refresh_names(tx, moment, person).await?;
        clock::refresh(tx, moment, person).await?;
    }
    let said: BTreeMap<String, &str> =
        answers.iter().map(|(key, answer)| (key.to_string(), code(*answer))).collect();
    let payload =
        json!({"joining": joining.id, "kept": kept, "other": other, "reason": reason, "about": said});
    note(tx, who, moment, Act { action: "part_records", about: &[kept, other], payload }).await?;
    Ok(())
}

/// An answer as forms and the journal have it.
pub(super) const fn code(answer: Answer) -> &'static str {
    match answer {
        Answer::One(side) => side.code(),
        Answer::Both => "both",
    }
}

fn unanswered(refusal: PartRefusal) -> Oops {
    let (PartRefusal::Unanswered(key) | PartRefusal::WouldBeLost(key) | PartRefusal::OnlyOne(key)) = refusal;
    Oops::wrong(&format!("about-{key}"), &refusal.to_string())
}

async fn carry_out(tx: &mut Tx, moment: &mut Moment, joining: &Joining, plan: &Plan) -> Result<()> {
    for (place, row) in &plan.again {
        // a copy goes to the record that does not have it
        tx.run(rows_of(place)?.again, args![*row, moment.id(), joining.other]).await?;
    }
    for (place, row) in &plan.give {
        tx.run(rows_of(place)?.give, args![*row, joining.other]).await?;
    }
    for (place, row) in &plan.revive {
        if let Some(over) = rows_of(place)?.over {
            tx.run(over, args![*row, Option::<Timestamp>::None]).await?;
        }
    }
    for (place, row) in &plan.close {
        if let Some(over) = rows_of(place)?.over {
            tx.run(over, args![*row, moment.now()]).await?;
        }
    }
    for ((place, row), before) in &plan.resume {
        match &**place {
            "step.person_id" => tx.run(store::STEP_RESUMES, args![*row, *before]).await?,
            "circumstance.person_id" => tx.run(store::CIRCUMSTANCE_RESUMES, args![*row, *before]).await?,
            _ => 0,
        };
    }
    Ok(())
}

/// Each record has the level it had; where the level was changed in between, the stricter of then and now.
async fn levels(tx: &mut Tx, moment: &mut Moment, joining: &Joining, found: &Between) -> Result<()> {
    let before: Before = serde_json::from_str(&joining.before)?;
    let now = held::record(tx, joining.kept).await?.ok_or(Oops::NotFound)?.itself.level;
    let rows = rows_of(LEVEL)?;
    let give_back = found.own_levels.iter();
    for held in give_back.clone().filter(|held| held.side == Side::Other) {
        tx.run(rows.give, args![held.row.1, joining.other]).await?;
    }
    let is_new = |row: &&Now| !found.own_levels.iter().any(|held| held.row == row.row);
    let newest = found.levels.iter().filter(is_new).find(|row| row.over.is_none());
    for (side, person, was) in
        [(Side::Kept, joining.kept, before.kept), (Side::Other, joining.other, before.other)]
    {
        let level = if newest.is_some() { stricter_level(was.level, now) } else { was.level };
        let own = give_back.clone().filter(|held| held.side == side && held.live);
        match newest {
            Some(newest) if level == now => {
                if side == Side::Other {
                    let copy = moment.id();
                    tx.run(rows.again, args![newest.row.1, copy, person]).await?;
                }
            }
            Some(_) | None => {
                for held in own {
                    over(tx, rows, held.row.1, None).await?;
                }
            }
        }
        itself(tx, person, level, was).await?;
    }
    if let Some(newest) = newest
        && stricter_level(before.kept.level, now) != now
    {
        over(tx, rows, newest.row.1, Some(moment.now())).await?;
    }
    Ok(())
}

async fn over(tx: &mut Tx, rows: &crate::room::Rows, row: Uuid, at: Option<Timestamp>) -> Result<()> {
    if let Some(sql) = rows.over {
        tx.run(sql, args![row, at]).await?;
    }
    Ok(())
}

/// The record itself says what its facts say, and what it said before where they say nothing.
async fn itself(tx: &mut Tx, person: PersonId, level: AccessLevel, was: Itself) -> Result<()> {
    let (mut kind, mut year) = (was.kind, was.birth_year);
    if let Some(fact) = facts::birth(tx, person, None).await? {
        let expected = fact.birth.basis == BirthBasis::Expected;
        kind = if expected { PersonKind::Unborn } else { PersonKind::Born };
        year = Some(i64::from(fact.birth.on.year()));
    }
    tx.run(store::SELF, args![person, level.code(), kind.code(), year]).await?;
    Ok(())
}

/// With these answers nobody may have two episodes of one kind at once or two responsible workers.
async fn check(tx: &mut Tx, moment: &Moment, (kept, other): (PersonId, PersonId)) -> Result<()> {
    for person in [kept, other] {
        let all = settle::standing(tx, person, Side::Kept).await?;
        for (at, (_, one)) in all.iter().enumerate() {
            let mut pair = vec![*one];
            for (_, two) in all.iter().skip(at + 1) {
                pair.truncate(1);
                let mut two = *two;
                two.side = Side::Other;
                pair.push(two);
                if !overlaps(&pair).is_empty() {
                    let kind = one.kind.plain().to_lowercase();
                    return Err(Oops::Refused(format!(
                        "With these answers one of the two has two episodes of {kind} at the same time. Give what was recorded in between to the other, or end one of them first"
                    )));
                }
            }
        }
        let held: Vec<store::ResponsibleRow> =
            tx.all(store::RESPONSIBLE, args![person, moment.today()]).await?;
        let open: BTreeSet<Uuid> = held.iter().map(|row| row.worker_id).collect();
        if open.len() > 1 && held.iter().filter(|row| row.open).count() > 1 {
            return Err(Oops::Refused(
                "With these answers one of the two has two responsible workers. Give the allocation made in between to the other, or end it first".to_owned(),
            ));
        }
    }
    Ok(())
}
