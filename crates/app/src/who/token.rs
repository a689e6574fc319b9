//! Tokens: a secret with which another program acts as the worker who made it, within its scopes and roles, until
//! a day. The secret is 256 random bits, shown once, held as SHA-256.

use super::store::{self, TokenRow};
use super::{Scope, Who, posts, token_hash};
use crate::{Moment, Result};
use db::{Conn, Tx, args};
use jiff::{SignedDuration, Timestamp};
use practice::access::{Post, Reader, Staff};
use practice::id::AccountId;
use uuid::Uuid;

/// What every token's secret begins with, so that people and machines that look for leaked secrets know it.
pub const TOKEN_PREFIX: &str = "alongside_";
/// When it was last used is written down only this often.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// The token through which something is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Through {
    /// Which.
    pub token: Uuid,
    /// What its maker calls it.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
}

/// A living token, found by its secret.
#[derive(Clone, Debug)]
pub struct Token {
    /// As whom it acts, and that it does.
    pub who: Who,
    /// The account of its maker.
    pub account: AccountId,
    /// Which it is, and what it may be used for.
    pub through: Through,
    /// Until when.
    pub expires_at: Timestamp,
    used_at: Option<Timestamp>,
}

/// The token with this secret, if it still lives: it has neither ended nor expired, and its maker's account and at
/// least one of the posts it was made for are open today.
///
/// # Errors
/// Where the database refuses.
pub async fn by_secret(conn: &mut Conn, secret: &str, moment: &Moment) -> Result<Option<Token>> {
    if !secret.starts_with(TOKEN_PREFIX) {
        return Ok(None);
    }
    let row: Option<TokenRow> = conn.maybe(store::TOKEN, args![&token_hash(secret)]).await?;
    let Some(row) = row else { return Ok(None) };
    let left = row.to_date.is_some_and(|day| day.0 < moment.today());
    if left || row.expires_at.0 <= moment.now() || row.ended_at.is_some() || row.account_ended_at.is_some() {
        return Ok(None);
    }
    let mut posts = posts(conn, row.worker_id, moment.today()).await?;
    let made_for = |post: &Post| row.roles.split(' ').any(|role| role == post.role.code());
    if !posts.iter().any(made_for) {
        return Ok(None);
    }
    // a role that closes records to whoever holds it closes them to their tokens too: narrowing never opens anything
    posts.retain(|post| made_for(post) || !post.role.works_with_people());
    let account = AccountId(row.account_id);
    let through = Through { token: row.id, name: row.token, scopes: Scope::read(&row.scopes) };
    let reader = Reader::Staff(Staff { worker: row.worker_id.into(), posts, ended: false });
    let who = Who {
        account: Some(account),
        name: row.name,
        hue: row.hue,
        reader,
        program: false,
        through: Some(through.clone().into()),
    };
    let (expires_at, used_at) = (row.expires_at.0, row.used_at.map(|at| at.0));
    Ok(Some(Token { who, account, through, expires_at, used_at }))
}

impl Token {
    /// Whether it is time to write down that it was used.
    pub fn is_to_be_noted(&self, now: Timestamp) -> bool {
        self.used_at.is_none_or(|at| at + NOTED_EVERY < now)
    }

    /// Writes down that it was used.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn used(&self, tx: &mut Tx, now: Timestamp) -> Result<()> {
        tx.run(store::TOKEN_USED, args![self.through.token, now]).await?;
        Ok(())
    }
}
