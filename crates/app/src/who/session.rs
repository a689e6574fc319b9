//! Sessions: 256 random bits in a cookie, held as SHA-256; ended after two hours unused or twelve in all.

use super::store::{self, ByCodeRow, PostRow, SessionRow};
use super::{Who, cookies};
use crate::notice::{self, Told};
use crate::{App, Moment, Oops, Result};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use data_encoding::BASE64URL_NOPAD;
use db::{Conn, Tx, args};
use jiff::{SignedDuration, Timestamp, civil::Date};
use practice::access::{Post, Reader, Staff, narrowed};
use practice::id::AccountId;
use practice::role::Role;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use uuid::Uuid;

/// A session unused for this long has ended.
pub(super) const UNUSED: SignedDuration = SignedDuration::from_hours(2);
/// A session has ended after this long, however much it was used.
const WHOLE: SignedDuration = SignedDuration::from_hours(12);
/// When it was last used is written down only this often: a page view should write one row, not two.
pub(super) const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// Someone who is signed in, and the token their forms carry.
#[derive(Clone)]
pub struct Signed {
    /// The running council.
    pub app: App,
    /// Who they are.
    pub who: Who,
    /// Their account.
    pub account: AccountId,
    /// What their forms must carry.
    pub csrf: String,
    /// What they were told and have not closed.
    pub told: Arc<[Told]>,
}

/// What is stored instead of a token.
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// The posts a worker holds on a day.
pub(crate) async fn posts(conn: &mut Conn, worker: Uuid, today: Date) -> Result<Vec<Post>> {
    let rows: Vec<PostRow> = conn.all(store::POSTS, args![worker, today]).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            Some(Post { role: Role::from_code(&row.role)?, team: row.team_id.unwrap_or(Uuid::nil()).into() })
        })
        .collect())
}

/// A worker for whom something is done at the council's own command line: they reach what they reach on pages, and
/// the journal says that it was done there. None where nobody who works here has this code.
///
/// # Errors
/// Where the database refuses.
pub async fn on_behalf(conn: &mut Conn, code: &str, doing: &str, today: Date) -> Result<Option<Who>> {
    let row: Option<ByCodeRow> = conn.maybe(store::BY_CODE, args![code, today]).await?;
    let Some(row) = row else { return Ok(None) };
    let posts = posts(conn, row.id, today).await?;
    let reader = Reader::Staff(Staff { worker: row.id.into(), posts, ended: false });
    let name = format!("{doing} for {}", row.name);
    Ok(Some(Who { account: None, name, hue: row.hue, reader, program: false, through: None }))
}

/// Begins a session for an account and gives the token for its cookie.
///
/// # Errors
/// Where the database refuses.
pub async fn begin(tx: &mut Tx, moment: &mut Moment, account: AccountId, device: &str) -> Result<String> {
    let token = BASE64URL_NOPAD.encode(&moment.bytes32());
    let csrf = BASE64URL_NOPAD.encode(&moment.bytes32());
    let device: String = device.chars().take(200).collect();
    let until = moment.now() + WHOLE;
    tx.run(store::BEGIN, args![&token_hash(&token), account, csrf, device, moment.now(), until]).await?;
    Ok(token)
}

/// Narrows a session to posts of these roles: the council's own sign-in says that someone may act in no others.
///
/// # Errors
/// Where the database refuses.
pub async fn narrow(tx: &mut Tx, token: &str, roles: &[Role]) -> Result<()> {
    let roles: Vec<&str> = roles.iter().map(|role| role.code()).collect();
    tx.run(store::NARROW, args![&token_hash(token), roles.join(" ")]).await?;
    Ok(())
}

/// Ends the session of a token.
///
/// # Errors
/// Where the database refuses.
pub async fn end(tx: &mut Tx, now: Timestamp, token: &str) -> Result<()> {
    tx.run(store::END, args![&token_hash(token), now]).await?;
    Ok(())
}

/// The session of a token, if it still lives. Says also when it was last noted as used.
///
/// # Errors
/// Where the database refuses.
pub async fn load(
    conn: &mut Conn,
    app: &App,
    token: &str,
    moment: &Moment,
) -> Result<Option<(Signed, Timestamp)>> {
    let row: Option<SessionRow> = conn.maybe(store::SESSION, args![&token_hash(token)]).await?;
    let Some(row) = row else { return Ok(None) };
    let now = moment.now();
    let left = row.to_date.is_some_and(|day| day.0 < moment.today());
    let over = row.expires_at.0 <= now || row.last_seen_at.0 + UNUSED <= now;
    if left || over || row.ended_at.is_some() {
        return Ok(None);
    }
    let mut posts = posts(conn, row.worker_id, moment.today()).await?;
    if let Some(roles) = &row.roles {
        posts = narrowed(posts, |role| roles.split(' ').any(|one| one == role.code()));
    }
    let account = AccountId(row.account_id);
    let reader = Reader::Staff(Staff { worker: row.worker_id.into(), posts, ended: false });
    let who =
        Who { account: Some(account), name: row.name, hue: row.hue, reader, program: false, through: None };
    let told = if row.told { notice::unseen(conn, row.worker_id.into()).await? } else { vec![] };
    let signed = Signed { app: app.clone(), who, account, csrf: row.csrf, told: told.into() };
    Ok(Some((signed, row.last_seen_at.0)))
}

impl Signed {
    /// The one signed in by the cookie of a request, if the session still lives.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn from_headers(app: &App, headers: &axum::http::HeaderMap) -> Result<Option<Self>> {
        let Some(token) = cookies::session_token(&app.settings, headers) else { return Ok(None) };
        let moment = app.moment();
        let mut conn = app.db.read().await?;
        let found = load(&mut conn, app, &token, &moment).await?;
        drop(conn);
        let Some((signed, noted)) = found else { return Ok(None) };
        if noted + NOTED_EVERY < moment.now() {
            let mut tx = app.db.write().await?;
            tx.run(store::TOUCH, args![&token_hash(&token), moment.now()]).await?;
            tx.commit().await?;
        }
        Ok(Some(signed))
    }
}

impl FromRequestParts<App> for Signed {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        if let Some(signed) = Self::from_headers(app, &parts.headers).await? {
            return Ok(signed);
        }
        let next = parts.uri.path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str).to_owned();
        Err(Oops::SignIn { next })
    }
}
