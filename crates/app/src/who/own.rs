//! A person of the record who is signed in, in their own space. Pages of the council take [`super::Signed`], which is never
//! one of these: no page for staff opens to them, whatever its rules say.

use super::session::{UNUSED, token_hash};
use super::store::{self, OwnSessionRow};
use super::{Who, cookie, session_token};
use crate::{App, Oops, Result};
use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use db::{Conn, args};
use jiff::Timestamp;
use language::Words;
use practice::access::Reader;
use practice::id::{AccountId, PersonId, WorkerId};
use practice::space::same_code;
use practice::stage::Stage;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The cookie that holds the language somebody chose: its code alone.
const LANGUAGE: &str = "alongside-language";
/// For how long it is remembered.
const YEAR: i64 = 365 * 24 * 3600;

/// Somebody in a space of their own.
#[derive(Clone)]
pub struct Mine {
    /// The running council.
    pub app: App,
    /// Who they are, as the journal names them.
    pub who: Who,
    /// Who they are.
    pub person: PersonId,
    /// Their account.
    pub account: AccountId,
    /// What their forms must carry.
    pub csrf: String,
    /// One or two letters.
    pub initials: String,
    /// The language they read.
    pub words: &'static Words,
    /// Whether they have a space of their own, besides those of others.
    pub own: bool,
    /// Whether they come in to spaces of others.
    pub others: bool,
    /// How far their own is open.
    pub stage: Stage,
    /// Those who work with them and put up a photo of themselves.
    faces: Vec<WorkerId>,
}

/// The language a browser asks for: the one chosen here before, else the first it names that there is, else English.
pub fn language_of(app: &App, headers: &HeaderMap) -> &'static Words {
    let chosen = cookie(&app.settings, headers, LANGUAGE);
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let invented = app.settings.demonstration;
    let offered = |code: &str| language::languages(invented).find(|words| words.code() == code);
    chosen.as_deref().and_then(offered).unwrap_or_else(|| {
        let mut codes = asked.split(',').filter_map(|one| one.split(['-', ';']).next()).map(str::trim);
        codes
            .find_map(|code| language::languages(false).find(|words| words.code() == code))
            .unwrap_or_else(|| language::speak("en"))
    })
}

/// A header that remembers a language.
pub fn remember_language(app: &App, code: &str) -> HeaderValue {
    super::set(&app.settings, LANGUAGE, code, Some(YEAR))
}

async fn load(conn: &mut Conn, app: &App, headers: &HeaderMap) -> Result<Option<(Mine, Timestamp)>> {
    let Some(token) = session_token(&app.settings, headers) else { return Ok(None) };
    let moment = app.moment();
    let row: Option<OwnSessionRow> =
        conn.maybe(store::OWN_SESSION, args![&token_hash(&token), moment.today()]).await?;
    let Some(row) = row else { return Ok(None) };
    let now = moment.now();
    if row.expires_at.0 <= now || row.last_seen_at.0 + UNUSED <= now {
        return Ok(None);
    }
    let (account, person) = (AccountId(row.account_id), PersonId(row.person_id));
    let who = Who {
        account: Some(account),
        name: row.name,
        hue: row.hue,
        reader: Reader::Person(person),
        program: false,
        through: None,
    };
    let words = language_of(app, headers);
    let stage = row.stage.as_deref().and_then(Stage::from_code).unwrap_or(Stage::Whole);
    let (own, others) = (row.own, row.others);
    let (app, csrf, initials) = (app.clone(), row.csrf, row.initials);
    let faces: Vec<(Uuid,)> = conn.all(store::FACES, args![person, moment.today()]).await?;
    let faces = faces.into_iter().map(|row| row.0.into()).collect();
    let mine = Mine { app, who, person, account, csrf, initials, words, own, others, stage, faces };
    Ok(Some((mine, row.last_seen_at.0)))
}

impl Mine {
    /// Where the photo of a worker is, for whoever works with them and put one up: it stands where their initials would.
    pub fn face(&self, worker: Option<WorkerId>) -> Option<String> {
        worker.filter(|worker| self.faces.contains(worker)).map(|worker| format!("/my/people/{worker}/photo"))
    }

    /// The one whose session's cookie came with a request, if it still lives and they may still come in.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn from_headers(app: &App, headers: &HeaderMap) -> Result<Option<Self>> {
        let mut conn = app.db.read().await?;
        let found = load(&mut conn, app, headers).await?;
        drop(conn);
        let Some((mine, noted)) = found else { return Ok(None) };
        let now = app.moment().now();
        let token =
            session_token(&app.settings, headers).filter(|_| noted + super::session::NOTED_EVERY < now);
        if let Some(token) = token {
            let mut tx = app.db.write().await?;
            tx.run(store::TOUCH, args![&token_hash(&token), now]).await?;
            tx.commit().await?;
        }
        Ok(Some(mine))
    }

    /// Whoever is signed in, at a page that is open to them: their own space as far as it is open, or those of others.
    ///
    /// # Errors
    /// [`Oops::ComeIn`], [`Oops::OtherSpaces`] or [`Oops::NotYet`] say where they are led instead.
    pub async fn at(app: &App, headers: &HeaderMap, path: &str) -> Result<Self> {
        let mine = Self::from_headers(app, headers).await?.ok_or(Oops::ComeIn)?;
        let of_others = path == "/my/spaces" || path.starts_with("/my/for/") || path.starts_with("/my/keys");
        if !mine.own && !of_others {
            return Err(Oops::OtherSpaces);
        }
        if mine.stage.opens(path) { Ok(mine) } else { Err(Oops::NotYet) }
    }
}

impl FromRequestParts<App> for Mine {
    type Rejection = Oops;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        Self::at(app, &parts.headers, parts.uri.path()).await
    }
}

/// What is stored of a code: together with its link's token, so that nothing can be made ready beforehand.
pub(crate) fn code_hash(token: &str, code: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(token.as_bytes());
    hash.update([0]);
    hash.update(same_code(code).as_bytes());
    hash.finalize().into()
}
