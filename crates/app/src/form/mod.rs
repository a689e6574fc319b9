//! A form as it was sent: its fields, its files, checked to come from our own page.

mod admit;
mod kept;
mod own;
pub(crate) mod store;

pub use admit::{Safe, admit};
pub use kept::{Kept, LASTS, all, find, for_others, forget, kept, purge, waits};

pub use own::PostedOwn;

use crate::person::joined;
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::{ACCEPT, CONTENT_TYPE, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use page::Typed;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// The most bytes of all the words of one form.
const WORDS: usize = 4 * 1024 * 1024;
/// The most bytes of a form at the door, where nobody is signed in yet: a stranger takes no more memory than that.
const AT_THE_DOOR: usize = 64 * 1024;
/// The most files sent at once.
const FILES: usize = 20;

/// One file of a form, not yet judged.
#[derive(Clone)]
pub struct Upload {
    /// The field it came in.
    pub field: String,
    /// What its sender called it.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// A form that was sent by someone signed in, from our own page.
pub struct Posted {
    /// Who sent it.
    pub signed: Signed,
    /// What was typed.
    pub typed: Typed,
    /// What was attached.
    pub files: Vec<Upload>,
    /// The names of files that were too large and were let go, so that no word beside them was.
    pub let_go: Vec<String>,
}

/// The fields and files of a form, before anyone asks who sent it.
pub struct Sent {
    /// What was typed.
    pub typed: Typed,
    /// What was attached.
    pub files: Vec<Upload>,
    /// The names of files that were larger than one may be: read to their end and let go.
    pub let_go: Vec<String>,
}

impl Sent {
    /// Reads a request's body, form-encoded or with files.
    ///
    /// # Errors
    /// [`Oops::TooLarge`] and [`Oops::Refused`] say what was wrong with it.
    pub async fn read(app: &App, request: Request) -> Result<Self> {
        let kind = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
            .to_owned();
        if kind.starts_with("multipart/form-data") {
            let multipart = Multipart::from_request(request, app)
                .await
                .map_err(|error| Oops::Refused(format!("The form could not be read: {error}")))?;
            return Self::parts(app, multipart, false).await;
        }
        let body = axum::body::to_bytes(request.into_body(), WORDS)
            .await
            .map_err(|_| Oops::TooLarge("That is more than 4 MB of words. Send it in parts".to_owned()))?;
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&body)
            .map_err(|_| Oops::Refused("The form could not be read. Go back and send it again".to_owned()))?;
        Ok(Self { typed: Typed::from_pairs(pairs), files: vec![], let_go: vec![] })
    }

    /// Reads a form of someone who is not signed in: a few words and no files.
    ///
    /// # Errors
    /// [`Oops::TooLarge`] and [`Oops::Refused`] say what was wrong with it.
    pub async fn at_the_door(request: Request) -> Result<Typed> {
        let body = axum::body::to_bytes(request.into_body(), AT_THE_DOOR)
            .await
            .map_err(|_| Oops::TooLarge("That is more than this form takes".to_owned()))?;
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&body)
            .map_err(|_| Oops::Refused("The form could not be read. Go back and send it again".to_owned()))?;
        Ok(Typed::from_pairs(pairs))
    }

    /// Reads a form only if its first field is the token of a session there was; none otherwise.
    async fn read_known(app: &App, request: Request) -> Result<Option<Self>> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        if !kind.starts_with("multipart/form-data") {
            return Self::read(app, request).await.map(Some);
        }
        let multipart = Multipart::from_request(request, app)
            .await
            .map_err(|error| Oops::Refused(format!("The form could not be read: {error}")))?;
        match Self::parts(app, multipart, true).await {
            Err(Oops::SignIn { .. }) => Ok(None),
            read => read.map(Some),
        }
    }

    async fn parts(app: &App, mut multipart: Multipart, known_only: bool) -> Result<Self> {
        let (mut typed, mut files, mut let_go, mut words) = (Typed::default(), vec![], vec![], 0);
        let unread = |error| Oops::Refused(format!("The form did not arrive whole: {error}"));
        while let Some(mut part) = multipart.next_field().await.map_err(unread)? {
            let field = part.name().unwrap_or("").to_owned();
            let name = part.file_name().map(str::to_owned);
            let most = if name.is_some() { app.settings.largest_file } else { WORDS as u64 };
            let (mut bytes, mut over) = (vec![], false);
            while let Some(chunk) = part.chunk().await.map_err(unread)? {
                over = over || (bytes.len() + chunk.len()) as u64 > most;
                if over && name.is_none() {
                    return Err(Oops::TooLarge(larger(&field, most)));
                }
                if over {
                    // what comes after it are words, and they are not lost with it
                    bytes = vec![];
                } else {
                    bytes.extend_from_slice(&chunk);
                }
            }
            if known_only && typed == Typed::default() && files.is_empty() {
                let token = String::from_utf8_lossy(&bytes);
                if field != "csrf" || kept::owner(app, &token).await?.is_none() {
                    return Err(Oops::SignIn { next: "/today".to_owned() });
                }
            }
            match name {
                // a file field left empty is sent as a file without name or content
                Some(name) if name.is_empty() && bytes.is_empty() => {}
                Some(name) if over => let_go.push(name),
                Some(name) => {
                    if files.len() == FILES {
                        return Err(Oops::TooLarge(format!("Send at most {FILES} files at once")));
                    }
                    files.push(Upload { field, name, bytes });
                }
                None => {
                    words += bytes.len();
                    if words > WORDS {
                        return Err(Oops::TooLarge(
                            "That is more than 4 MB of words. Send it in parts".to_owned(),
                        ));
                    }
                    typed.put(field, String::from_utf8_lossy(&bytes).into_owned());
                }
            }
        }
        Ok(Self { typed, files, let_go })
    }
}

/// "bruise.mov is larger than 25 MB".
pub fn larger(name: &str, most: u64) -> String {
    format!("{name} is larger than {} MB", most / 1_048_576)
}

/// Whether a form shows its words again with the names of files that were let go; every other is refused whole.
fn shows_again(place: &str) -> bool {
    ["/record", "/drafts"].iter().any(|form| place == *form || place.starts_with(&format!("{form}?")))
}

/// Whether a form carries the token of its session.
pub fn same_token(given: &str, held: &str) -> bool {
    given.len() == held.len() && bool::from(given.as_bytes().ct_eq(held.as_bytes()))
}

impl FromRequest<App> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> std::result::Result<Self, Response> {
        let headers = request.headers().clone();
        let place =
            request.uri().path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str).to_owned();
        match Self::take(app, &headers, &place, request).await {
            Ok(Ok(posted)) => Ok(posted),
            Ok(Err(elsewhere)) => Err(elsewhere),
            Err(oops) => Err(oops.into_response()),
        }
    }
}

impl Posted {
    /// The form, or the answer to one that came after its session had ended.
    async fn take(
        app: &App,
        headers: &HeaderMap,
        place: &str,
        request: Request,
    ) -> Result<std::result::Result<Self, Response>> {
        let signed = Signed::from_headers(app, headers).await?;
        // from someone not signed in, no more is read than the token that says whose form it is
        let mut sent = match &signed {
            Some(_) => Sent::read(app, request).await?,
            None => match Sent::read_known(app, request).await? {
                Some(sent) => sent,
                None => return Ok(Err(not_signed_in(headers, place))),
            },
        };
        if let Some(signed) = signed.clone().filter(|s| same_token(sent.typed.get("csrf"), &s.csrf)) {
            if let Some(name) = sent.let_go.first().filter(|_| !shows_again(place)) {
                return Err(Oops::TooLarge(larger(name, app.settings.largest_file)));
            }
            if let Ok(id) = sent.typed.get("kept").parse::<Uuid>() {
                if let Some(kept) = find(app, headers, signed.account, id).await? {
                    sent.files.extend(kept.sent.files);
                }
                kept::sent_again(app, signed.account, id).await?;
            }
            let typed = lead(app, sent.typed).await?;
            return Ok(Ok(Self { signed, typed, files: sent.files, let_go: sent.let_go }));
        }
        let owner = kept::owner(app, sent.typed.get("csrf")).await?;
        let Some(owner) = owner else {
            return if signed.is_some() { Err(Oops::Forged) } else { Ok(Err(not_signed_in(headers, place))) };
        };
        if by_script(headers) || !kept::worth_keeping(place, &sent) {
            return Ok(Err(not_signed_in(headers, place)));
        }
        let cookie = kept::keep(app, headers, owner, (place, sent)).await?;
        let to = if signed.is_some() { "/kept" } else { "/sign-in?next=/kept" };
        let mut response = Redirect::to(to).into_response();
        response.headers_mut().append(SET_COOKIE, cookie);
        Ok(Err(response))
    }
}

/// What a form says of a record that has been joined with another since, it says of the living one.
async fn lead(app: &App, typed: Typed) -> Result<Typed> {
    let pairs: Vec<(&str, &str)> = typed.pairs().collect();
    let mut conn = app.db.read().await?;
    let led = joined::led(&mut conn, &pairs).await?;
    Ok(led.map_or_else(|| typed.clone(), Typed::from_pairs))
}

/// Whether a script sent it, which keeps its own words until it can send them again.
fn by_script(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("application/json"))
}

fn not_signed_in(headers: &HeaderMap, place: &str) -> Response {
    if by_script(headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Oops::SignIn { next: place.to_owned() }.into_response()
}
