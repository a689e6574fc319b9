//! A form as it was sent: its fields, its files, checked to come from our own page.

use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use page::Typed;
use subtle::ConstantTimeEq;

/// The most bytes of all the words of one form.
const WORDS: usize = 4 * 1024 * 1024;
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
}

/// The fields and files of a form, before anyone asks who sent it.
pub struct Sent {
    /// What was typed.
    pub typed: Typed,
    /// What was attached.
    pub files: Vec<Upload>,
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
            return Self::parts(app, multipart).await;
        }
        let body = axum::body::to_bytes(request.into_body(), WORDS)
            .await
            .map_err(|_| Oops::TooLarge("That is more than 4 MB of words. Send it in parts".to_owned()))?;
        let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&body)
            .map_err(|_| Oops::Refused("The form could not be read. Go back and send it again".to_owned()))?;
        Ok(Self { typed: Typed::from_pairs(pairs), files: vec![] })
    }

    async fn parts(app: &App, mut multipart: Multipart) -> Result<Self> {
        let (mut typed, mut files, mut words) = (Typed::default(), vec![], 0);
        let unread = |error| Oops::Refused(format!("The form did not arrive whole: {error}"));
        while let Some(mut part) = multipart.next_field().await.map_err(unread)? {
            let field = part.name().unwrap_or("").to_owned();
            let name = part.file_name().map(str::to_owned);
            let most = if name.is_some() { app.settings.largest_file } else { WORDS as u64 };
            let mut bytes = vec![];
            while let Some(chunk) = part.chunk().await.map_err(unread)? {
                if (bytes.len() + chunk.len()) as u64 > most {
                    let called = name.unwrap_or_else(|| field.clone());
                    return Err(Oops::TooLarge(format!("{called} is larger than {} MB", most / 1_048_576)));
                }
                bytes.extend_from_slice(&chunk);
            }
            match name {
                // a file field left empty is sent as a file without name or content
                Some(name) if name.is_empty() && bytes.is_empty() => {}
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
        Ok(Self { typed, files })
    }
}

/// Whether a form carries the token of its session.
pub fn same_token(given: &str, held: &str) -> bool {
    given.len() == held.len() && bool::from(given.as_bytes().ct_eq(held.as_bytes()))
}

impl FromRequest<App> for Posted {
    type Rejection = Oops;

    async fn from_request(request: Request, app: &App) -> Result<Self> {
        let headers = request.headers().clone();
        let place =
            request.uri().path_and_query().map_or("/", axum::http::uri::PathAndQuery::as_str).to_owned();
        let signed = Signed::from_headers(app, &headers).await?;
        let sent = Sent::read(app, request).await?;
        let Some(signed) = signed else {
            return Err(Oops::SignIn { next: place });
        };
        if !same_token(sent.typed.get("csrf"), &signed.csrf) {
            return Err(Oops::Forged);
        }
        Ok(Self { signed, typed: sent.typed, files: sent.files })
    }
}
