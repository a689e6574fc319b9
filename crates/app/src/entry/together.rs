//! Filing several entries about one person at once: history that comes from elsewhere.

use super::record::Filing;
use super::{Recording, after, held, write};
use crate::journal::{self, Act};
use crate::{Moment, Oops, Result, Who, access, clock};
use db::Tx;
use practice::access::Sight;
use practice::entry::Part;
use practice::id::{EntryId, PersonId};
use serde_json::json;

/// Files entries about one person, in the caller's transaction, with one row of the journal for all of them.
///
/// # Errors
/// As [`super::record`]; [`Oops::Refused`] for an entry that is about somebody else too, or corrects another.
pub async fn record_together(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    person: PersonId,
    recordings: &[Recording],
) -> Result<Vec<EntryId>> {
    access::require(tx, who, moment.now(), person, Sight::Record).await?;
    let mut ids = Vec::with_capacity(recordings.len());
    let mut images = Vec::with_capacity(recordings.len());
    for recording in recordings {
        let entry = &recording.entry;
        let only =
            matches!(entry.people.as_slice(), [one] if one.person == person && one.part == Part::About);
        let plain = entry.corrects.is_none() && entry.statements.is_empty() && entry.promises.is_empty();
        if !only || !plain {
            return Err(Oops::Refused("History is brought in about one person at a time".to_owned()));
        }
        let id = moment.id();
        let mut filing = Filing {
            id,
            thread: id,
            author: who.worker().or(recording.author),
            people: vec![(person, Part::About)],
            statements: vec![],
            promises: vec![],
            was: vec![],
        };
        write::rows(tx, moment, &mut filing, recording).await?;
        held::file(tx, moment, &filing, recording).await?;
        images.push(after::image(&filing, recording));
        ids.push(id.into());
    }
    if ids.is_empty() {
        return Ok(ids);
    }
    clock::refresh(tx, moment, person).await?;
    let payload = json!({ "entries": images });
    journal::note(tx, who, moment, Act { action: "record_entries", about: &[person], payload }).await?;
    Ok(ids)
}
