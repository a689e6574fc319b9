//! The readable page of the API: what a program can ask and do, how to get a token, what problems mean.

use super::document::operations;
use super::problem::Kind;
use crate::App;
use crate::frame::{Frame, frame, outside};
use crate::who::{Scope, Signed};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use maud::{Markup, html};
use page::Column;

/// `GET /api`
pub(super) async fn show(State(app): State<App>, headers: HeaderMap) -> Response {
    let body = whole(&app.settings.public_url);
    match Signed::from_headers(&app, &headers).await {
        Ok(Some(signed)) => {
            frame(&signed, &Frame { title: "For other programs", part: "/me", ..Frame::default() }, body)
        }
        _ => outside(&app, "For other programs", None, body),
    }
}

/// An example as people read it, one field a line.
fn in_lines(example: &str) -> String {
    let json = serde_json::from_str::<serde_json::Value>(example);
    json.and_then(|json| serde_json::to_string_pretty(&json)).unwrap_or_else(|_| example.to_owned())
}

fn whole(at: &str) -> Markup {
    let columns = [Column { label: "Scope", number: false }, Column { label: "What for", number: false }];
    let row = |scope: &Scope| vec![html! { code { (scope.code()) } }, html! { (scope.plain()) }];
    let scopes: Vec<Vec<Markup>> = Scope::ALL.iter().map(row).collect();
    html! {
        h1 { "For other programs" }
        p { "Another program can read and record here by the same actions as the pages. It acts as a worker who made a token for it, sees what they see and no more, and the journal says each time that it was that token." }
        h2 { "Begin" }
        ol {
            li { "Under My account, " a href="/me/tokens" { "My tokens" } ", make a token with only the scopes the program needs." }
            li { "Send it with every request:" }
        }
        pre { code {
            "curl " (at) "/api/v1/me \\\n  --header \"Authorization: Bearer $TOKEN\"\n\n"
            "curl " (at) "/api/v1/people/ID/details \\\n  --header \"Authorization: Bearer $TOKEN\" \\\n"
            "  --header 'Content-Type: application/json' \\\n  --header 'Idempotency-Key: one-for-each-thing-done' \\\n"
            "  --data '{\"kind\":\"language\",\"words\":\"Welsh\"}'"
        } }
        p { "The whole description for machines: " a href="/api/v1/openapi.json" { "/api/v1/openapi.json" } " (OpenAPI 3.1)." }
        ul {
            li { "A change may carry a key of your own, " code { "Idempotency-Key" } ". Sent again within 24 hours it is answered again and not done again." }
            li { "Lists come in pages: give " code { "next" } " of one page as " code { "cursor" } " of the next." }
            li { "A token is answered " (super::limit::MOST) " requests a minute." }
            li { "Session cookies open nothing here." }
        }
        h2 { "Scopes" }
        (page::table("What a token may be used for", &columns, &scopes))
        h2 { "What can be asked and done" }
        @for one in operations() {
            section {
                h3 { (one.at.title) }
                p { code { (one.method) " /api/v1" (one.at.path) } }
                p { (one.at.about) }
                p.soft.small { "Scope: " @match one.at.scope { Some(scope) => { code { (scope.code()) } } None => { "any token" } } }
                @if let Some(example) = one.example { pre { code { (in_lines(example)) } } }
            }
        }
        h2 { "When something cannot be done" }
        p { "The answer is " code { "application/problem+json" } " (RFC 9457): its type leads here, its detail says what happened, errors name each field by a JSON pointer." }
        dl { @for kind in Kind::ALL {
            dt id=(kind.code()) { b { (kind.title()) } " (" (kind.status()) ")" }
            dd { (kind.about()) }
        } }
        h2 { "What is left to the pages" }
        p { "Restricted records, breaking the glass, joining two records, administration, photos and documents, correcting and withdrawing details. These are for people, who see what they are about to do." }
    }
}
