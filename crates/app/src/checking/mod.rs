//! Checking a return on a page: its files are dropped, judged by every rule of the year, and the findings read,
//! filtered, explained and taken along. Files and findings lie in memory alone, for their sender, at most an hour.

mod check;
mod desk;
mod findings;
mod listed;
mod sent;
mod take;
mod written;

use crate::room::{Place, Room};
use crate::who::Signed;
use crate::{App, Oops, Result, access};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use jiff::SignedDuration;
use practice::access::Action;
use std::sync::Arc;
use uuid::Uuid;

use check::Check;

const HERE: &str = "/checking";
/// A check is kept so long.
const KEPT: SignedDuration = SignedDuration::from_hours(1);
/// The most bytes of all files of one check, sent or unpacked.
const MOST_SENT: usize = 256 * 1024 * 1024;
/// The most bytes of files that lie here at one time, whoever sent them.
const MOST_HERE: usize = 768 * 1024 * 1024;
/// The most rows of all CSV files of one check, and the most tags of an XML file.
const MOST_ROWS: usize = 300_000;
const MOST_TAGS: usize = 4_000_000;
/// The most bytes that findings may take here at one time, roughly, whosever they are.
const MOST_FOUND: usize = 512 * 1024 * 1024;
/// So many checks one person has here; the oldest gives way.
const MOST_CHECKS: usize = 4;

/// Checking a return.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        // what is checked is never stored
        &[]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            // the files are read piece by piece, and counted, by the page itself
            .route(HERE, get(desk::show).post(desk::send).layer(DefaultBodyLimit::disable()))
            .route("/checking/{id}", get(findings::show))
            .route("/checking/{id}/{file}", get(take::take))
            .route("/checking/{id}/note", post(written::note))
            .route("/checking/{id}/notes", post(written::notes))
            .route("/checking/{id}/compare", post(written::compare))
            .route("/checking/{id}/forget", post(desk::forget))
    }
}

/// Only those whose work it is.
fn require(signed: &Signed) -> Result<()> {
    access::permit(&signed.who, Action::CheckReturns)
}

/// A check of this sender that is still kept.
fn held(app: &App, signed: &Signed, id: Uuid) -> Result<Arc<Check>> {
    require(signed)?;
    app.passing.get(signed.account, id, app.moment().now()).ok_or(Oops::NotFound)
}
