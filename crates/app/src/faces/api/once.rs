//! The same request sent twice is done once: a key of the sender's, kept for a day with what came of it.
//!
//! What is kept holds none of the words that were sent: the key and the request as hashes, and the id of what was
//! made. Every change answers with no more than that id and its address, so the second answer is the first again.

use super::call::Call;
use super::operation::Made;
use super::problem::{Kind, Problem};
use super::store::{self, BeforeRow};
use crate::{App, Moment};
use axum::http::HeaderMap;
use db::{Conn, Tx, args};
use hmac::{Hmac, KeyInit, Mac};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// The header.
pub(super) const HEADER: &str = "idempotency-key";
/// For how long it is known that something was asked.
const KEPT: SignedDuration = SignedDuration::from_hours(24);

/// A request that carries a key.
pub(super) struct Keyed {
    key: [u8; 32],
    request: Vec<u8>,
}

impl Keyed {
    /// Reads the key, if there is one.
    pub(super) fn read(
        call: &Call,
        headers: &HeaderMap,
        path: &str,
        body: &[u8],
    ) -> Result<Option<Self>, Problem> {
        let mut values = headers.get_all(HEADER).iter();
        let Some(value) = values.next() else { return Ok(None) };
        let fits = value.len() <= 255 && !value.is_empty() && values.next().is_none();
        let key = value.to_str().ok().filter(|_| fits).ok_or_else(|| {
            Problem::new(Kind::Malformed, "Idempotency-Key takes one key of 1 to 255 plain letters")
        })?;
        let mut request = Hmac::<Sha256>::new_from_slice(call.secret.as_bytes())
            .map_err(|_| Problem::new(Kind::Broken, "The request could not be remembered"))?;
        request.update(path.as_bytes());
        request.update(b"\n");
        request.update(body);
        let request = request.finalize().into_bytes().to_vec();
        Ok(Some(Self { key: Sha256::digest(key.as_bytes()).into(), request }))
    }

    /// What came of it, if it was done within a day.
    pub(super) async fn before(
        &self,
        conn: &mut Conn,
        call: &Call,
        moment: &Moment,
    ) -> Result<Option<Made>, Problem> {
        let row: Option<BeforeRow> = conn.maybe(store::BEFORE, args![call.token, &self.key]).await?;
        let Some(row) = row.filter(|row| row.asked_at.0 + KEPT > moment.now()) else { return Ok(None) };
        if !bool::from(row.request_hash.ct_eq(&self.request)) {
            return Err(Problem::new(Kind::KeyUsed, "This Idempotency-Key came before with another request"));
        }
        Ok(Some(Made { id: row.made_id, href: row.place }))
    }

    /// Takes the key, in the transaction of the change. Whoever comes with the same key at the same time waits here,
    /// and then finds it taken. None where it is taken.
    pub(super) async fn take(
        &self,
        tx: &mut Tx,
        call: &Call,
        moment: &mut Moment,
    ) -> Result<Option<Uuid>, Problem> {
        tx.run(store::FORGET, args![call.token, &self.key, moment.now() - KEPT]).await?;
        let id = moment.id();
        let values = args![id, call.token, &self.key, self.request.clone(), moment.now()];
        let taken = tx.run(store::BEGIN, values).await?;
        Ok((taken == 1).then_some(id))
    }
}

/// Writes down what came of it.
pub(super) async fn done(tx: &mut Tx, request: Uuid, made: &Made) -> Result<(), Problem> {
    tx.run(store::DONE, args![request, made.id, made.href.as_deref()]).await?;
    Ok(())
}

/// Takes away what is older than a day.
///
/// # Errors
/// Where the database refuses.
pub async fn tidy(app: &App) -> crate::Result<()> {
    let mut tx = app.db.write().await?;
    tx.run(store::FORGET_OLD, args![app.moment().now() - KEPT]).await?;
    tx.commit().await?;
    Ok(())
}
