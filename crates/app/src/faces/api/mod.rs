//! The face for other programs: the same actions as the pages, as JSON under /api/v1, through tokens.
//!
//! A token acts as the worker who made it, so that every rule of access holds here as it does on pages. Cookies are
//! not looked at, so that no page of someone else can make a browser ask.

mod allocations;
mod call;
mod details;
mod document;
mod entries;
mod find;
mod limit;
mod listed;
mod once;
mod operation;
mod own;
mod page;
mod pathway;
mod people;
mod problem;
mod record;
pub(crate) mod store;

pub use once::tidy;

use crate::App;
use crate::room::{Place, Room};
use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use operation::{act, ask};
use problem::{Kind, Problem};

/// The face, as a room: it has addresses and keeps nothing about people.
pub struct Here;

impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        // what came of changes is kept by token and holds no person
        &[]
    }

    fn routes(&self) -> Router<App> {
        reading().merge(changing()).layer(middleware::from_fn(methods))
    }
}

fn reading() -> Router<App> {
    Router::new()
        .route("/api", get(page::show))
        .route("/api/v1/openapi.json", get(document_text))
        .route("/api/v1/me", get(ask::<own::ReadMe>))
        .route("/api/v1/today", get(ask::<own::ReadToday>))
        .route("/api/v1/teams", get(ask::<own::ReadTeams>))
        .route("/api/v1/teams/{code}", get(ask::<own::ReadTeam>))
        .route("/api/v1/people/{id}", get(ask::<people::ReadPerson>))
        .route("/api/v1/people/{id}/entries", get(ask::<entries::ReadTimeline>))
        .route("/api/v1/people/{id}/promises", get(ask::<entries::ReadPromises>))
        .route("/api/v1/people/{id}/clocks", get(ask::<pathway::ReadClocks>))
        .route("/api/v1/entries/{id}", get(ask::<entries::ReadEntry>))
}

fn changing() -> Router<App> {
    use allocations::{AllocateIt, EndTheirPart, ReadAllocations};
    use details::{GivenAddress, GivenBirth, GivenDetail, GivenIdentifier, GivenName, GivenRelationship};
    use pathway::{EndIt, FinishIt, OpenIt, RecordIt};
    Router::new()
        .route("/api/v1/people", get(ask::<find::Find>).post(act::<find::AddPerson>))
        .route("/api/v1/people/{id}/names", post(act::<GivenName>))
        .route("/api/v1/people/{id}/birth", post(act::<GivenBirth>))
        .route("/api/v1/people/{id}/details", post(act::<GivenDetail>))
        .route("/api/v1/people/{id}/identifiers", post(act::<GivenIdentifier>))
        .route("/api/v1/people/{id}/addresses", post(act::<GivenAddress>))
        .route(
            "/api/v1/people/{id}/relationships",
            get(ask::<people::ReadRelationships>).post(act::<GivenRelationship>),
        )
        .route("/api/v1/people/{id}/episodes", get(ask::<pathway::ReadEpisodes>).post(act::<OpenIt>))
        .route("/api/v1/people/{id}/steps", get(ask::<pathway::ReadSteps>).post(act::<RecordIt>))
        .route("/api/v1/people/{id}/allocations", get(ask::<ReadAllocations>).post(act::<AllocateIt>))
        .route("/api/v1/entries", post(act::<record::RecordEntry>))
        .route("/api/v1/entries/{id}/corrections", post(act::<record::CorrectEntry>))
        .route("/api/v1/promises/{id}/outcome", post(act::<record::Outcome>))
        .route("/api/v1/episodes/{id}/end", post(act::<EndIt>))
        .route("/api/v1/steps/{id}/finish", post(act::<FinishIt>))
        .route("/api/v1/allocations/{id}/end", post(act::<EndTheirPart>))
}

/// `GET /api/v1/openapi.json`
async fn document_text() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], document::text()).into_response()
}

/// A method that an address does not take is answered as a problem as well; which it takes stays beside it.
async fn methods(request: Request, next: Next) -> Response {
    let of_programs = is_ours(request.uri());
    let response = next.run(request).await;
    if response.status() != StatusCode::METHOD_NOT_ALLOWED || !of_programs {
        return response;
    }
    let problem = Problem::new(Kind::Method, "This address does not take that method");
    match response.headers().get(header::ALLOW) {
        Some(allow) => problem.with(header::ALLOW, allow.clone()).into_response(),
        None => problem.into_response(),
    }
}

/// Whether an address is one that programs ask, whether or not there is anything.
pub(crate) fn is_ours(uri: &Uri) -> bool {
    uri.path().starts_with("/api/")
}

/// What a program is told where there is nothing.
pub(crate) fn nothing() -> Response {
    Problem::nothing().into_response()
}
