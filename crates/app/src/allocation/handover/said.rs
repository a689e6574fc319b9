//! What goes with a hand-over: what makes it ready, what somebody was told, meeting and goodbye.

use super::actions::too_long;
use super::read::{Handover, handovers, notes};
use super::store;
use crate::access::require;
use crate::journal::{Act, note};
use crate::oops::LONGEST;
use crate::{Moment, Oops, Result, Who, entry};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::Sight;
use practice::handover::{self as rules, Moment as Kind, State};
use practice::id::{PersonId, WorkerId};
use serde_json::json;
use uuid::Uuid;

/// Something said to them about it, or done with them.
#[derive(Clone, Debug)]
pub struct Say {
    /// Who.
    pub person: PersonId,
    /// What.
    pub kind: Kind,
    /// In words.
    pub words: String,
    /// What they said to it.
    pub said: Option<String>,
    /// By whom.
    pub by: WorkerId,
    /// On which day.
    pub on: Date,
}

/// What a note belongs to: which hand-over, who, what, which thing on the list, and whether the record showed it.
pub(super) type Kept<'a> = (Uuid, PersonId, Option<Kind>, Option<&'a str>, bool);

pub(super) async fn write_note(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    ((handover, person, kind, ask, shown), words, said, by, on): (
        Kept<'_>,
        &str,
        Option<&str>,
        Option<Uuid>,
        Date,
    ),
) -> Result<()> {
    let author = who.worker().map(|worker| worker.0);
    let values = args![
        moment.id(),
        handover,
        person,
        kind.map_or("ready", Kind::code),
        ask,
        shown,
        words,
        said,
        by,
        on,
        author,
        moment.now()
    ];
    tx.run(store::ADD_NOTE, values).await?;
    Ok(())
}

/// Writes down what somebody was told about a change of worker, that they met, or that they said goodbye.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field; [`Oops::Refused`] where no hand-over is there.
pub async fn say(tx: &mut Tx, who: &Who, moment: &mut Moment, say: Say) -> Result<()> {
    let today = moment.today();
    require(tx, who, moment.now(), say.person, Sight::Record).await?;
    let all = handovers(tx, say.person, today).await?;
    // a goodbye may come after it was taken over
    let alive = |one: &&Handover| one.standing.state != State::Withdrawn;
    let held = all.iter().find(alive).ok_or_else(|| {
        Oops::Refused("No hand-over is there. Offer one first, and write this down with it".to_owned())
    })?;
    let words = too_long("words", &say.words, "Write down what was said or done")?;
    let said = say.said.as_deref().map(str::trim).filter(|said| !said.is_empty());
    if said.is_some_and(|said| said.chars().count() > LONGEST) {
        return Err(Oops::wrong("said", &format!("Say it in at most {LONGEST} letters")));
    }
    let may_be_set = matches!(say.kind, Kind::Introduction | Kind::Goodbye);
    if say.on > today && !may_be_set {
        return Err(Oops::wrong("on", "Choose today or a day before"));
    }
    if say.on > rules::furthest(today) {
        return Err(Oops::wrong("on", "Choose a day within a year"));
    }
    let kept = (held.id, say.person, Some(say.kind), None, false);
    // a day that was set gives way to the day it was
    for old in
        notes(tx, held.id).await?.into_iter().filter(|old| old.kind == Some(say.kind) && old.on > today)
    {
        tx.run_one(store::NOTE_OVER, args![old.id, moment.now()]).await?;
    }
    write_note(tx, who, moment, (kept, &words, said, Some(say.by.0), say.on)).await?;
    let payload = json!({
        "handover": held.id, "kind": say.kind.code(), "by": say.by, "on": say.on,
        "words": entry::hash_of(&words), "said": said.map(entry::hash_of),
    });
    note(tx, who, moment, Act { action: "note_handover", about: &[say.person], payload }).await?;
    Ok(())
}
