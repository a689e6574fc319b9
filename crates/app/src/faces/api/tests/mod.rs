//! The face for other programs, over HTTP, on both engines.

mod entries;
mod once;
mod pathway;
mod people;
mod problems;
mod tokens;

use app::sign_in::{MakeToken, make_token};
use app::who::Scope;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use practice::role::Role;
use serde_json::Value as Json;
use testkit::{Answered, Browser, TestApp, Worker};

/// Another program, with a token.
pub(crate) struct Program {
    browser: Browser,
    pub(crate) secret: String,
}

impl Program {
    /// A program with a token of this worker for everything.
    pub(crate) async fn of(t: &TestApp, worker: &Worker) -> Self {
        Self::with(t, worker, Scope::ALL).await
    }

    /// A program with a token of this worker for some of it.
    pub(crate) async fn with(t: &TestApp, worker: &Worker, scopes: &[Scope]) -> Self {
        let mut moment = t.moment();
        let mut roles: Vec<Role> = worker.who.staff().unwrap().posts.iter().map(|post| post.role).collect();
        roles.dedup();
        let until = moment.today().saturating_add(jiff::Span::new().days(30));
        let command = MakeToken {
            name: "The attendance list".to_owned(),
            scopes: scopes.to_vec(),
            roles,
            until: Some(until),
        };
        let mut tx = t.app.db.write().await.unwrap();
        let made = make_token(&mut tx, &worker.who, &mut moment, worker.account, command).await.unwrap();
        tx.commit().await.unwrap();
        Self::holding(t, &made.secret)
    }

    /// A program that holds this secret.
    pub(crate) fn holding(t: &TestApp, secret: &str) -> Self {
        Self { browser: t.browser(), secret: secret.to_owned() }
    }

    /// Asks.
    pub(crate) async fn get(&mut self, path: &str) -> Answered {
        let request = Request::get(format!("/api/v1{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.secret))
            .body(Body::empty());
        self.browser.send(request.unwrap()).await
    }

    /// Does something.
    pub(crate) async fn post(&mut self, path: &str, body: &Json) -> Answered {
        self.keyed(path, body, None).await
    }

    /// Does something once.
    pub(crate) async fn keyed(&mut self, path: &str, body: &Json, key: Option<&str>) -> Answered {
        self.raw(path, body.to_string().as_bytes(), "application/json", key).await
    }

    /// Sends these bytes.
    pub(crate) async fn raw(&mut self, path: &str, body: &[u8], kind: &str, key: Option<&str>) -> Answered {
        let mut request = Request::post(format!("/api/v1{path}"))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.secret))
            .header(header::CONTENT_TYPE, kind);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        self.browser.send(request.body(Body::from(body.to_vec())).unwrap()).await
    }
}

/// The body, as JSON.
pub(crate) fn json(answer: &Answered) -> Json {
    serde_json::from_str(&answer.text).unwrap_or_else(|_| panic!("{} {}", answer.status, answer.text))
}

/// The problem of this kind, and nothing else.
fn problem(answer: &Answered, status: StatusCode, kind: &str) -> Json {
    let told = json(answer);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/problem+json");
    assert_eq!((answer.status, told["type"].as_str()), (status, Some(&*format!("/api#{kind}"))), "{told}");
    assert_eq!(told["status"], status.as_u16());
    told
}

/// The id of what was made.
fn made(answer: &Answered) -> String {
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let id = json(answer)["id"].as_str().expect("an id").to_owned();
    let place = json(answer)["href"].as_str().expect("a place").to_owned();
    assert_eq!(answer.location.as_deref(), Some(place.as_str()));
    id
}
