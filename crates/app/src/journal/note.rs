//! Writing a row of the journal.

use super::{facts, store};
use crate::{App, Moment, Result, Who};
use db::{Tx, args};
use practice::id::{JournalId, PersonId};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// One thing done or read: the action's name, whom it is about, and what it left behind.
pub struct Act<'a> {
    /// The action's one name: `record_visit`, `open_person`.
    pub action: &'static str,
    /// Whom it is about.
    pub about: &'a [PersonId],
    /// Reason and after-images. Narrative that lies in insert-only rows stands here by hash only.
    pub payload: Json,
}

/// The hash of a row's payload: SHA-256 of the random bytes, then the payload.
pub(crate) fn payload_hash(salt: &[u8], payload: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(payload.as_bytes());
    hash.finalize().into()
}

/// What a row's own hash is made from, in this order, each part preceded by its length.
pub(crate) struct Own<'a> {
    pub(crate) id: Uuid,
    pub(crate) at_micros: i64,
    pub(crate) account: Option<Uuid>,
    pub(crate) actor: &'a str,
    pub(crate) action: &'a str,
    pub(crate) payload_hash: &'a [u8],
    /// Sorted.
    pub(crate) about: &'a [Uuid],
}

impl Own<'_> {
    pub(crate) fn hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        let mut part = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        part(self.id.as_bytes());
        part(&self.at_micros.to_be_bytes());
        part(self.account.as_ref().map_or(&[][..], |id| id.as_bytes().as_slice()));
        part(self.actor.as_bytes());
        part(self.action.as_bytes());
        part(self.payload_hash);
        for person in self.about {
            part(person.as_bytes());
        }
        hash.finalize().into()
    }
}

/// Appends a row, in the action's own transaction.
///
/// # Errors
/// Where the database refuses; then nothing of the action stays.
pub async fn note(tx: &mut Tx, who: &Who, moment: &mut Moment, act: Act<'_>) -> Result<JournalId> {
    let id = moment.id();
    let salt = moment.bytes32();
    let mut payload = act.payload;
    facts::put_images(&mut payload, &tx.written());
    if let (Some(through), Json::Object(payload)) = (&who.through, &mut payload) {
        payload.insert("through".to_owned(), json!({ "token": through.token, "name": through.name }));
    }
    let payload = serde_json::to_string(&payload)?;
    let payload_hash = payload_hash(&salt, &payload);
    let mut about: Vec<Uuid> = act.about.iter().map(|person| person.0).collect();
    about.sort_unstable();
    about.dedup();
    let account = who.account.map(|account| account.0);
    let own = Own {
        id,
        at_micros: moment.now().as_microsecond(),
        account,
        actor: &who.name,
        action: act.action,
        payload_hash: &payload_hash,
        about: &about,
    };
    let own = own.hash();
    let values = args![id, moment.now(), account, &who.name, act.action, payload, &salt, &payload_hash, &own];
    tx.run(store::NOTE, values).await?;
    for person in about {
        tx.run(store::ABOUT, args![id, person]).await?;
    }
    tx.run(store::UNSEALED, args![id, moment.now()]).await?;
    Ok(JournalId(id))
}

/// Appends a reading in a small transaction of its own: after the reads and before the answer.
///
/// # Errors
/// Where the database refuses; then what was read is not shown.
pub async fn reading(app: &App, who: &Who, act: Act<'_>) -> Result<()> {
    read_together(app, who, vec![act]).await
}

/// Appends several readings in one transaction.
///
/// # Errors
/// As [`reading`].
pub async fn read_together(app: &App, who: &Who, acts: Vec<Act<'_>>) -> Result<()> {
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    for act in acts {
        note(&mut tx, who, &mut moment, act).await?;
    }
    tx.commit().await?;
    Ok(())
}
