//! Other people in somebody's space: an advocate, a carer, somebody of another service, a proxy. What each of them may read
//! there, who gave it and why, and how it ends; and how far a child's space is open.

use super::store::{self, ComingRow, GiftRow};
use crate::entry;
use crate::journal::{self, Act};
use crate::{Moment, Oops, Result, Who, access};
use db::{Conn, Tx, args};
use jiff::ToSpan;
use jiff::civil::Date;
use practice::access::{Reader, Sight};
use practice::entrusted::{Comes, Given, GivenBy, PROXY_LOOKED_AT, Part};
use practice::id::{EntryId, PersonId};
use practice::space::InSpace;
use practice::stage::Stage;
use serde_json::json;
use uuid::Uuid;

/// Somebody who comes in to another's space.
#[derive(Clone, Debug)]
pub struct Coming {
    /// The row that says so.
    pub id: Uuid,
    /// Who comes in.
    pub comes: PersonId,
    /// Whose space it is.
    pub of: PersonId,
    /// The name of the other of the two: whose space it is, or who comes in.
    pub name: String,
    /// Their letters and colour.
    pub avatar: (String, i64),
    /// As what, until when, with which limits.
    pub rule: Comes,
    /// Why, of those who act for somebody.
    pub reason: Option<String>,
    /// When it is looked at again.
    pub review_on: Option<Date>,
}

impl TryFrom<ComingRow> for Coming {
    type Error = Oops;

    fn try_from(row: ComingRow) -> Result<Self> {
        let part =
            InSpace::from_code(&row.part).ok_or_else(|| Oops::Broken(format!("in_space {}", row.id)))?;
        let to = row.to_date.map(|day| day.0);
        let rule = Comes { part, from: row.from_date.0, to, reads: row.reads, writes: row.writes };
        Ok(Self {
            id: row.id,
            comes: row.comes_id.into(),
            of: row.person_id.into(),
            name: row.name,
            avatar: (row.initials, row.hue),
            rule,
            reason: row.reason,
            review_on: row.review_on.map(|day| day.0),
        })
    }
}

/// Something given to somebody to read, with why and by whom.
#[derive(Clone, Debug)]
pub struct Gift {
    /// The row that says so.
    pub id: Uuid,
    /// What, by whom, until when.
    pub rule: Given,
    /// Why.
    pub reason: Option<String>,
    /// The worker who shared it, or with whom it was chosen.
    pub worker: Option<String>,
}

impl TryFrom<GiftRow> for Gift {
    type Error = Oops;

    fn try_from(row: GiftRow) -> Result<Self> {
        let broken = || Oops::Broken(format!("given_to_read {}", row.id));
        let rule = Given {
            part: Part::from_code(&row.part).ok_or_else(broken)?,
            one: row.one_id.map(EntryId),
            by: GivenBy::from_code(&row.given_by).ok_or_else(broken)?,
            from: row.from_date.0,
            to: row.to_date.map(|day| day.0),
        };
        Ok(Self { id: row.id, rule, reason: row.reason, worker: row.worker })
    }
}

/// The spaces of others that somebody comes in to on a day.
///
/// # Errors
/// Where the database refuses.
pub async fn spaces_of(conn: &mut Conn, comes: PersonId, today: Date) -> Result<Vec<Coming>> {
    let rows: Vec<ComingRow> = conn.all(store::SPACES_OF, args![comes, today]).await?;
    rows.into_iter().map(Coming::try_from).collect()
}

/// Who else comes in to somebody's space on a day.
///
/// # Errors
/// Where the database refuses.
pub async fn who_comes(conn: &mut Conn, of: PersonId, today: Date) -> Result<Vec<Coming>> {
    let rows: Vec<ComingRow> = conn.all(store::OTHERS_IN, args![of, today]).await?;
    rows.into_iter().map(Coming::try_from).collect()
}

/// What was given to somebody to read in another's space, newest first.
///
/// # Errors
/// Where the database refuses.
pub async fn given(conn: &mut Conn, of: PersonId, comes: PersonId, today: Date) -> Result<Vec<Gift>> {
    let rows: Vec<GiftRow> = conn.all(store::GIVEN, args![of, comes, today]).await?;
    rows.into_iter().map(Gift::try_from).collect()
}

/// Something to be given.
#[derive(Clone, Debug)]
pub struct Give {
    /// The row of whoever comes in.
    pub to: Uuid,
    /// What.
    pub part: Part,
    /// Which one, where it is one thing: its thread.
    pub one: Option<EntryId>,
    /// A worker says: we chose it together.
    pub together: bool,
    /// Why. A worker always says.
    pub reason: Option<String>,
    /// Until when.
    pub until: Option<Date>,
}

async fn coming(conn: &mut Conn, id: Uuid, today: Date) -> Result<Coming> {
    let row: Option<ComingRow> = conn.maybe(store::ONE_COMING, args![id, today]).await?;
    row.map(Coming::try_from).transpose()?.ok_or(Oops::NotFound)
}

/// Whoever comes in, for a worker who may see to the space.
///
/// # Errors
/// As access says; [`Oops::NotFound`] where they no longer come in.
pub(super) async fn coming_for(conn: &mut Conn, who: &Who, moment: &Moment, id: Uuid) -> Result<Coming> {
    let one = coming(conn, id, moment.today()).await?;
    access::require(conn, who, moment.now(), one.of, Sight::Steps).await?;
    Ok(one)
}

/// By whom something is given; what a worker may not give is said here.
async fn giver(tx: &mut Tx, who: &Who, moment: &Moment, (one, give): (&Coming, &Give)) -> Result<GivenBy> {
    if let Reader::Person(person) = who.reader {
        return if person == one.of { Ok(GivenBy::Person) } else { Err(Oops::NotFound) };
    }
    access::require(tx, who, moment.now(), one.of, Sight::Steps).await?;
    if one.rule.part == InSpace::Advocate && !give.together {
        return Err(Oops::wrong("together", "An advocate sees what the person chose. Choose it with them"));
    }
    if give.reason.is_none() {
        return Err(Oops::wrong("reason", "Say why this is shared"));
    }
    Ok(if give.together { GivenBy::Together } else { GivenBy::Worker })
}

/// Gives somebody who comes in something to read.
///
/// # Errors
/// As access says; [`Oops::Wrong`] where this cannot be given so; [`Oops::NotFound`] where they do not come in.
pub async fn give(tx: &mut Tx, who: &Who, moment: &mut Moment, give: Give) -> Result<Uuid> {
    let today = moment.today();
    let one = coming(tx, give.to, today).await?;
    let by = giver(tx, who, moment, (&one, &give)).await?;
    if matches!(one.rule.part, InSpace::Own | InSpace::Proxy) {
        return Err(Oops::wrong("part", "Whoever acts for somebody reads within the limits that were set"));
    }
    if give.until.is_some_and(|until| until < today) {
        return Err(Oops::wrong("until", "Choose a day that is still to come"));
    }
    if give.part == Part::One {
        let thread = give.one.ok_or_else(|| Oops::wrong("one", "Say which"))?;
        let theirs = entry::one_of_theirs(tx, one.of, thread).await?.filter(|theirs| theirs.account);
        let theirs = theirs.ok_or_else(|| Oops::wrong("one", "This is not theirs to read"))?;
        if who.worker().is_some() {
            entry::open(tx, who, moment.now(), theirs.whole.entry.id).await?.ok_or(Oops::NotFound)?;
        }
        if by == GivenBy::Worker && theirs.private_to(one.of) {
            return Err(Oops::wrong(
                "one",
                "They were seen alone there, or it was kept to some. Ask them: choose it together",
            ));
        }
    }
    let held = given(tx, one.of, one.comes, today).await?;
    let same = |gift: &&Gift| gift.rule.part == give.part && gift.rule.one == give.one && gift.rule.by == by;
    if let Some(same) = held.iter().find(same) {
        return Ok(same.id);
    }
    let (id, worker) = (moment.id(), who.worker().map(|worker| worker.0));
    let values = args![
        id,
        one.of,
        one.comes,
        give.part.code(),
        give.one.filter(|_| give.part == Part::One).map(|one| one.0),
        by.code(),
        give.reason.as_deref(),
        today,
        give.until,
        worker,
        moment.now()
    ];
    tx.run(store::GIVE, values).await?;
    let payload =
        json!({"given": id, "part": give.part.code(), "by": by.code(), "to": one.comes, "space_of": one.of});
    journal::note(tx, who, moment, Act { action: "give_to_read", about: &[one.of, one.comes], payload })
        .await?;
    Ok(id)
}

/// Ends something that was given. The person may end everything; a worker what they see to.
///
/// # Errors
/// As access says; [`Oops::NotFound`] where it was ended already.
pub async fn end_given(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    id: Uuid,
) -> Result<(PersonId, PersonId)> {
    let row: Option<(Uuid, Uuid)> = tx.maybe(store::ONE_GIVEN, args![id]).await?;
    let (of, comes) = row.map(|(of, comes)| (PersonId(of), PersonId(comes))).ok_or(Oops::NotFound)?;
    match who.reader {
        Reader::Person(person) if person == of => {}
        Reader::Person(_) => return Err(Oops::NotFound),
        Reader::Nobody | Reader::Staff(_) => {
            access::require(tx, who, moment.now(), of, Sight::Steps).await?;
        }
    }
    tx.run(store::END_GIVEN, args![id, moment.now()]).await?;
    let payload = json!({"given": id});
    journal::note(tx, who, moment, Act { action: "end_given", about: &[of, comes], payload }).await?;
    Ok((of, comes))
}

/// The limits of somebody who comes in, as they are to stand from now on.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The row of whoever comes in.
    pub of: Uuid,
    /// Whether whoever acts for the person reads.
    pub reads: bool,
    /// Whether whoever acts for the person writes.
    pub writes: bool,
    /// Until when they come in.
    pub until: Option<Date>,
    /// Why.
    pub reason: Option<String>,
}

/// Changes the limits of somebody who comes in, without inviting them anew: from the next press on they hold. How they stood
/// before stays in the record.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field; [`Oops::NotFound`] where they no longer come in.
pub async fn change_limits(tx: &mut Tx, who: &Who, moment: &mut Moment, limits: Limits) -> Result<PersonId> {
    let one = coming_for(tx, who, moment, limits.of).await?;
    if one.rule.part == InSpace::Own {
        return Err(Oops::NotFound);
    }
    let proxy = one.rule.part == InSpace::Proxy;
    let reason = limits.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
    if reason.is_none() {
        return Err(Oops::wrong("reason", "Say why. They read it"));
    }
    if proxy && limits.until.is_none() {
        return Err(Oops::wrong("until", "Say until when they act for this person"));
    }
    if limits.until.is_some_and(|until| until < moment.today()) {
        return Err(Oops::wrong("until", "Choose a day that is still to come, or shut the space to them"));
    }
    let (reads, writes) = (proxy && limits.reads, proxy && limits.writes);
    if proxy && !reads && !writes {
        return Err(Oops::wrong("limits", "Leave them one of the two, or shut the space to them"));
    }
    let again = moment.id();
    let values = args![limits.of, again, reason, reads, writes, limits.until, moment.now()];
    tx.run(store::LIMIT_AGAIN, values).await?;
    tx.run_one(store::LIMITED, args![limits.of, moment.now()]).await?;
    let payload = json!({"in_space": again, "superseded": limits.of, "reads": reads, "writes": writes, "until": limits.until});
    let act = Act { action: "change_limits", about: &[one.of, one.comes], payload };
    journal::note(tx, who, moment, act).await?;
    Ok(one.of)
}

/// The person shuts their own space to somebody, at once.
///
/// # Errors
/// [`Oops::NotFound`] where it is not their space, or it was shut already.
pub async fn shut_mine(tx: &mut Tx, who: &Who, moment: &mut Moment, id: Uuid) -> Result<()> {
    let one = coming(tx, id, moment.today()).await?;
    if !matches!(who.reader, Reader::Person(person) if person == one.of) || one.rule.part == InSpace::Own {
        return Err(Oops::NotFound);
    }
    tx.run(store::SHUT, args![id, moment.now(), "They chose it themselves"]).await?;
    tx.run(store::END_SESSIONS_OF, args![one.comes, moment.now()]).await?;
    let payload = json!({"in_space": id});
    journal::note(tx, who, moment, Act { action: "shut_space", about: &[one.of, one.comes], payload })
        .await?;
    Ok(())
}

/// How far somebody's space is open, as it was last agreed; the whole of it where nobody said.
///
/// # Errors
/// Where the database refuses.
pub async fn stage_of(conn: &mut Conn, person: PersonId) -> Result<Stage> {
    let row: Option<(String,)> = conn.maybe(store::STAGE, args![person]).await?;
    Ok(row.and_then(|(code,)| Stage::from_code(&code)).unwrap_or(Stage::Whole))
}

/// A worker and a child agree how far the child's space is open, with what the child said.
///
/// # Errors
/// As access says.
pub async fn open_stage(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (person, stage, said): (PersonId, Stage, Option<&str>),
) -> Result<()> {
    access::require(tx, who, moment.now(), person, Sight::Steps).await?;
    tx.run(store::STAGE_OVER, args![person, moment.now()]).await?;
    let (id, worker) = (moment.id(), who.worker().map(|worker| worker.0));
    let values = args![id, person, stage.code(), said, worker, moment.today(), moment.now()];
    tx.run(store::OPEN_STAGE, values).await?;
    let payload = json!({"space_stage": id, "stage": stage.code()});
    journal::note(tx, who, moment, Act { action: "open_space_stage", about: &[person], payload }).await?;
    Ok(())
}

/// A worker looked again at somebody who acts for another, and found it right. It is looked at again in half a year.
///
/// # Errors
/// As access says; [`Oops::NotFound`] where there is nothing to look at.
pub(super) async fn look_again(tx: &mut Tx, who: &Who, moment: &mut Moment, id: Uuid) -> Result<PersonId> {
    let one = coming_for(tx, who, moment, id).await?;
    let (again, next) = (moment.id(), moment.today() + i64::from(PROXY_LOOKED_AT).days());
    tx.run(store::REVIEW_AGAIN, args![id, again, next, moment.now()]).await?;
    if tx.run(store::REVIEWED, args![id, moment.now()]).await? != 1 {
        return Err(Oops::NotFound);
    }
    let payload = json!({"in_space": again, "review_on": next});
    let act = Act { action: "review_proxy", about: &[one.of, one.comes], payload };
    journal::note(tx, who, moment, act).await?;
    Ok(one.of)
}
