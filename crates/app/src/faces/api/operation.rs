//! What another program can ask and do, and how each request is answered: the token, its scope, what was sent, the
//! action, and for a change a key that makes it happen once.

use super::call::{Call, Head};
use super::once::{self, Keyed};
use super::problem::{Kind, Problem};
use crate::who::Scope;
use crate::{App, Moment};
use async_trait::async_trait;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use db::Tx;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// The most bytes of one body.
pub(super) const MOST_BYTES: usize = 1024 * 1024;
/// The most letters of one text in a body.
const LONGEST: usize = 200_000;

/// How an operation is called.
pub(super) struct At {
    /// Its address under /api/v1.
    pub(super) path: &'static str,
    /// Its own name.
    pub(super) name: &'static str,
    /// The scope it takes; none where any token will do.
    pub(super) scope: Option<Scope>,
    /// What it does, in a line.
    pub(super) title: &'static str,
    /// What else there is to know.
    pub(super) about: &'static str,
}

/// Something to read. The value itself holds the parameters of the address.
#[async_trait]
pub(super) trait Question: DeserializeOwned + IntoParams + Send + 'static {
    /// What comes back.
    type Answer: Serialize + ToSchema + Send;
    /// How it is called.
    const AT: At;

    /// Reads, notes in the journal that it was read, and answers.
    async fn answer(self, call: &Call) -> Result<Self::Answer, Problem>;
}

/// Something to do. The value itself is the body.
#[async_trait]
pub(super) trait Command: DeserializeOwned + ToSchema + Send + Sync + 'static {
    /// How it is called.
    const AT: At;
    /// A body as it may be sent.
    const EXAMPLE: &'static str;
    /// Whether something new is made by it, and not only something changed that was there.
    const MAKES: bool = true;

    /// Looks before anything is locked.
    async fn look(&self, _call: &Call) -> Result<(), Problem> {
        Ok(())
    }

    /// Does it, in the caller's transaction.
    async fn carry_out(self, call: &Call, tx: &mut Tx, moment: &mut Moment) -> Result<Made, Problem>;

    /// Where in the body a field stands, by the name that the action gives it.
    fn place(field: &str) -> String {
        format!("/{field}")
    }
}

/// What came of a change: the id of what was made and where it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Made {
    /// The id of what was made; none where something that was there has changed.
    pub(super) id: Option<Uuid>,
    /// Where it can be read.
    pub(super) href: Option<String>,
}

impl Made {
    /// Something new, and where it can be read.
    pub(super) fn new(id: Uuid, href: String) -> Self {
        Self { id: Some(id), href: Some(format!("/api/v1{href}")) }
    }
}

/// Answers a question.
pub(super) async fn ask<Q: Question>(State(app): State<App>, head: Head) -> Response {
    match asked::<Q>(&app, &head).await {
        Ok(answer) => json(StatusCode::OK, &answer),
        Err(problem) => problem.into_response(),
    }
}

async fn asked<Q: Question>(app: &App, head: &Head) -> Result<Q::Answer, Problem> {
    let call = Call::of(app, head, Q::AT.scope).await?;
    let question: Q = head.question()?;
    question.answer(&call).await
}

fn json<T: Serialize>(status: StatusCode, answer: &T) -> Response {
    match serde_json::to_string(answer) {
        Ok(text) => {
            let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")];
            (status, headers, text).into_response()
        }
        Err(error) => Problem::from(crate::Oops::Broken(format!("an answer could not be written: {error}")))
            .into_response(),
    }
}

/// Does something.
pub(super) async fn act<C: Command>(State(app): State<App>, head: Head, request: Request) -> Response {
    match acted::<C>(&app, &head, request).await {
        Ok(made) => {
            let mut response = json(if C::MAKES { StatusCode::CREATED } else { StatusCode::OK }, &made);
            if let Some(place) = made.href.as_deref().and_then(|href| HeaderValue::from_str(href).ok()) {
                response.headers_mut().insert(LOCATION, place);
            }
            response
        }
        Err(problem) => problem.into_response(),
    }
}

async fn acted<C: Command>(app: &App, head: &Head, request: Request) -> Result<Made, Problem> {
    let call = Call::of(app, head, C::AT.scope).await?;
    let kind = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
        return Err(Problem::new(Kind::MediaType, "Send the header Content-Type: application/json"));
    }
    let body = body(request).await?;
    let command: C = read(&body)?;
    let keyed = Keyed::read(&call, &head.headers, &head.path, &body)?;
    let mut moment = app.moment();
    if let Some(keyed) = &keyed {
        let mut conn = app.db.read().await?;
        if let Some(made) = keyed.before(&mut conn, &call, &moment).await? {
            return Ok(made);
        }
    }
    command.look(&call).await?;
    let mut tx = app.db.write().await?;
    let taken = match &keyed {
        Some(keyed) => {
            let request = keyed.take(&mut tx, &call, &mut moment).await?;
            if request.is_none() {
                let made = keyed.before(&mut tx, &call, &moment).await?;
                tx.give_up().await?;
                return made.ok_or_else(|| Problem::from(crate::Oops::Stale));
            }
            request
        }
        None => None,
    };
    match command.carry_out(&call, &mut tx, &mut moment).await {
        Ok(made) => {
            if let Some(request) = taken {
                once::done(&mut tx, request, &made).await?;
            }
            tx.commit().await?;
            Ok(made)
        }
        Err(problem) => {
            tx.give_up().await?;
            Err(problem.at(C::place))
        }
    }
}

async fn body(request: Request) -> Result<Vec<u8>, Problem> {
    let said = request
        .headers()
        .get(axum::http::header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let too_large = || Problem::new(Kind::TooLarge, "A body holds at most one megabyte");
    if said.is_some_and(|bytes| bytes > MOST_BYTES) {
        return Err(too_large());
    }
    match axum::body::to_bytes(request.into_body(), MOST_BYTES).await {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(error) => {
            let text = format!("{error:?}");
            if text.contains("LengthLimit") {
                return Err(too_large());
            }
            Err(Problem::new(Kind::Malformed, "The body did not come whole"))
        }
    }
}

/// Reads a body: JSON, of which no text holds what cannot be stored, and no field is not known.
fn read<C: DeserializeOwned>(body: &[u8]) -> Result<C, Problem> {
    let value: serde_json::Value = serde_json::from_slice(body)
        .map_err(|error| Problem::new(Kind::Malformed, format!("The body is not JSON: {error}")))?;
    let mut faults = vec![];
    judge(&value, &mut String::new(), &mut faults);
    if !faults.is_empty() {
        return Err(Problem::faults(faults));
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let pointer = pointer(error.path());
        Problem::field(pointer, error.into_inner().to_string())
    })
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |pointer, segment| match segment {
        Segment::Seq { index } => format!("{pointer}/{index}"),
        Segment::Map { key } => format!("{pointer}/{}", escaped(key)),
        Segment::Enum { .. } | Segment::Unknown => pointer,
    })
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Names every text that is too long or holds what cannot be written.
fn judge(value: &serde_json::Value, at: &mut String, faults: &mut Vec<super::problem::Fault>) {
    let mut fault = |at: &str, detail: &str| {
        if faults.len() < 20 {
            let pointer = Some(at.chars().take(200).collect::<String>().replace(char::is_control, " "));
            faults.push(super::problem::Fault { pointer, parameter: None, detail: detail.to_owned() });
        }
    };
    match value {
        serde_json::Value::String(text) => {
            if text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t')) {
                fault(at, "This holds a letter that cannot be written");
            } else if text.chars().count() > LONGEST {
                fault(at, "At most 200,000 letters fit here");
            }
        }
        serde_json::Value::Array(all) => {
            for (index, one) in all.iter().enumerate() {
                let length = at.len();
                at.push_str(&format!("/{index}"));
                judge(one, at, faults);
                at.truncate(length);
            }
        }
        serde_json::Value::Object(all) => {
            for (key, one) in all {
                let length = at.len();
                at.push('/');
                at.push_str(&escaped(key));
                judge(one, at, faults);
                at.truncate(length);
            }
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}
