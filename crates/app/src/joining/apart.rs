//! Saying of two records that they are of two people, with the reason, so that nobody asks again.

use crate::Result;
use db::{Conn, args};
use practice::id::PersonId;

use super::store;

/// Whether somebody looked and said that these are two people.
pub(super) async fn told(conn: &mut Conn, one: PersonId, two: PersonId) -> Result<bool> {
    Ok(conn.number(store::TOLD_APART, args![one, two]).await? > 0)
}
