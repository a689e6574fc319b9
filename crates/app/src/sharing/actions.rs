//! Holding something back, looking at it again, ending it; saying that words are somebody's private matter, or are not.

use super::store::{self, EntryRow};
use crate::entry::{self, HeldBack, Whole, hash_of};
use crate::journal::{self, Act};
use crate::{Moment, Oops, Result, Who, access};
use db::{Conn, Day, Tx, args};
use jiff::civil::Date;
use practice::id::{EntryId, PersonId};
use practice::recording::Remark;
use practice::sharing::{FromWhom, Grounds, HoldDraft, Matter, NewPrivate, What, check_hold};
use serde_json::json;
use uuid::Uuid;

/// Something of an entry to be held back, as typed.
#[derive(Clone, Debug)]
pub struct HoldBack {
    /// Of which entry.
    pub entry: EntryId,
    /// What, from whom, why, until when.
    pub draft: HoldDraft,
}

/// What comes of looking again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Again {
    /// It is still needed, for this reason, and is looked at again on this day or the usual one.
    Needed {
        /// Why still.
        why: String,
        /// When again.
        review_on: Option<Date>,
    },
    /// It is not needed any more: from now on they read it.
    Ended {
        /// Why not.
        why: String,
    },
}

fn wrong(remarks: Vec<Remark>) -> Oops {
    Oops::Wrong(remarks.into_iter().map(|one| (one.field, one.sentence)).collect())
}

fn grounds() -> Result<&'static Grounds> {
    Grounds::usual().map_err(|wrong| Oops::Broken(wrong.to_owned()))
}

fn about(whole: &Whole) -> Vec<PersonId> {
    let mut about: Vec<PersonId> = whole.entry.about().map(|one| one.person).collect();
    about.sort();
    about.dedup();
    about
}

/// An entry of which this worker may hold something back.
pub(super) async fn to_hold(conn: &mut Conn, who: &Who, moment: &Moment, id: EntryId) -> Result<Whole> {
    let whole = entry::open(conn, who, moment.now(), id).await?.ok_or(Oops::NotFound)?;
    if !whole.entry.is_current() {
        return Err(Oops::Refused("A newer version took its place. Say it of that one".to_owned()));
    }
    if !who.program {
        // whoever may correct it says who reads it: who wrote it, who answers for them, who leads the team
        access::let_on(Some(entry::may_correct(conn, who, moment.now(), &whole.entry).await?))?;
    }
    Ok(whole)
}

/// Something held back of an entry that this worker may read, and whether they may let it be read again.
pub(super) async fn held(
    conn: &mut Conn,
    who: &Who,
    moment: &Moment,
    id: Uuid,
) -> Result<(HeldBack, Whole, bool)> {
    let row: Option<EntryRow> = conn.maybe(store::HELD_IN, args![id]).await?;
    let (entry,) = row.ok_or(Oops::NotFound)?;
    let whole = entry::open(conn, who, moment.now(), entry.into()).await?.ok_or(Oops::NotFound)?;
    let one = whole.held.iter().find(|one| one.id == id).cloned().ok_or(Oops::NotFound)?;
    let may = entry::may_correct(conn, who, moment.now(), &whole.entry).await?.is_allowed();
    Ok((one, whole, who.program || may))
}

fn part(what: What) -> String {
    entry::code(what)
}

fn statements(whole: &Whole) -> Vec<Uuid> {
    whole.statements.iter().map(|one| one.id).collect()
}

/// Holds something of an entry back from somebody who would otherwise read it. Gives what it is known by, one for each from
/// whom.
///
/// # Errors
/// [`Oops::NotFound`] and [`Oops::NotAllowed`] as access says; [`Oops::Wrong`] for what is missing; [`Oops::Refused`] of an
/// older version.
pub async fn hold_back(tx: &mut Tx, who: &Who, moment: &mut Moment, hold: HoldBack) -> Result<Vec<Uuid>> {
    let whole = to_hold(tx, who, moment, hold.entry).await?;
    let made = check_hold(&hold.draft, grounds()?, moment.today()).map_err(wrong)?;
    let made = made.ok_or_else(|| Oops::wrong(&hold.draft.field, "Choose from whom it is held back"))?;
    let at = (whole.entry.id.0, statements(&whole));
    let ids = entry::held::hold(tx, moment, (at.0, &at.1, who.worker()), &made).await?;
    let from = match &made.from {
        FromWhom::Everybody => json!("everybody"),
        FromWhom::These(people) => json!(people),
    };
    let payload = json!({
        "held": ids, "entry": whole.entry.id, "what": part(made.what), "from": from, "ground": made.ground,
        "why": made.why.as_deref().map(hash_of), "review": made.review_on
    });
    // whoever it is held back from is not named as somebody whom the row is about: nothing of it is told to them
    journal::note(tx, who, moment, Act { action: "hold_back", about: &about(&whole), payload }).await?;
    Ok(ids)
}

/// Looks again at something held back: still needed until another day, or ended. Gives the entry.
///
/// # Errors
/// As access says; [`Oops::Wrong`] without a reason or with a day too far away; [`Oops::Refused`] where it was ended already.
pub async fn look_again(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (id, again): (Uuid, Again),
) -> Result<EntryId> {
    let (one, whole, may) = held(tx, who, moment, id).await?;
    if !may {
        return Err(Oops::NotAllowed(
            "Whoever wrote it, answers for them or leads the team decides about it".to_owned(),
        ));
    }
    if one.ended.is_some() {
        return Err(Oops::Refused("It was ended already".to_owned()));
    }
    let (rows, _) = entry::held::standing(tx, whole.entry.id.0).await?;
    let mut row = rows.into_iter().find(|row| row.held_id == id).ok_or(Oops::NotFound)?;
    let today = moment.today();
    let said = |why: &str, ask: &str| match why.trim() {
        "" => Err(Oops::wrong("why", ask)),
        why => Ok(why.to_owned()),
    };
    let (action, why) = match &again {
        Again::Needed { why, review_on } => {
            let why = said(why, "Say why it is still needed")?;
            let ground = grounds()?.one(&one.ground, today);
            let last = ground.map_or_else(
                || practice::calendar::add_days(today, 7 * 52),
                |ground| ground.last_review(today),
            );
            let usual = ground.map_or(last, |ground| ground.usual_review(today));
            let day = review_on.unwrap_or(usual);
            if day <= today {
                return Err(Oops::wrong("review", "Choose a day to come for looking again"));
            }
            if day > last {
                let last = last.strftime("%-d %B %Y");
                return Err(Oops::wrong("review", &format!("For this reason look again by {last}")));
            }
            row.review_on = Day(day);
            row.why = Some(why.clone());
            ("keep_holding_back", why)
        }
        Again::Ended { why } => {
            let why = said(why, "Say why they may read it now")?;
            row.to_date = Some(Day(today));
            row.ended_why = Some(why.clone());
            ("end_holding_back", why)
        }
    };
    row.worker_id = who.worker().map(|worker| worker.0).or(row.worker_id);
    entry::held::again(tx, moment, &row).await?;
    let payload = json!({
        "held": id, "entry": whole.entry.id, "why": hash_of(&why), "review": row.review_on.0
    });
    journal::note(tx, who, moment, Act { action, about: &about(&whole), payload }).await?;
    Ok(whole.entry.id)
}

/// Says that words are somebody's private matter, or that they were looked at and are not ([`Matter::Nothing`]).
///
/// # Errors
/// As [`hold_back`]; [`Oops::Wrong`] where nobody was chosen.
pub async fn make_private(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (entry, marks): (EntryId, Vec<NewPrivate>),
) -> Result<()> {
    let whole = to_hold(tx, who, moment, entry).await?;
    if marks.is_empty() {
        return Err(Oops::wrong("private-private", "Choose whose private matter it is"));
    }
    let known = entry::named_of(tx, who, moment.now(), &whole).await?;
    let is = |mark: &NewPrivate| mark.of.is_none_or(|of| known.iter().any(|one| one.0 == of));
    if !marks.iter().all(is) {
        return Err(Oops::NotFound);
    }
    for mark in marks {
        let statements = statements(&whole);
        let at = (whole.entry.id.0, statements.as_slice(), who.worker());
        let id = entry::held::mark(tx, moment, at, &mark).await?;
        let payload = json!({
            "private": id, "entry": whole.entry.id, "what": part(mark.what), "of": mark.of, "matter": mark.matter.code()
        });
        journal::note(tx, who, moment, Act { action: "say_private", about: &about(&whole), payload }).await?;
    }
    Ok(())
}

/// Says that words which were marked as somebody's private matter are not private after all. Gives the entry.
///
/// # Errors
/// As access says; [`Oops::Stale`] where somebody did so meanwhile.
pub async fn not_private(tx: &mut Tx, who: &Who, moment: &mut Moment, id: Uuid) -> Result<EntryId> {
    let row: Option<EntryRow> = tx.maybe(store::MATTER_IN, args![id]).await?;
    let (entry,) = row.ok_or(Oops::NotFound)?;
    let whole = to_hold(tx, who, moment, entry.into()).await?;
    let (_, rows) = entry::held::standing(tx, entry).await?;
    let row = rows.into_iter().find(|row| row.matter_id == id).ok_or(Oops::NotFound)?;
    let ended = tx.run(store::MATTER_OVER, args![row.id, moment.now()]).await?;
    if ended == 0 {
        return Err(Oops::Stale);
    }
    let values = args![
        moment.id(),
        row.matter_id,
        row.entry_id,
        row.statement_id,
        row.person_id,
        Matter::Nothing.code(),
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::MATTER, values).await?;
    let payload = json!({"private": id, "entry": whole.entry.id, "matter": Matter::Nothing.code()});
    journal::note(tx, who, moment, Act { action: "say_not_private", about: &about(&whole), payload }).await?;
    Ok(whole.entry.id)
}
