//! Timelines and entries as PDF: the same pages as on the screen, with whole texts and many entries in one file.

use super::one::{self, Done, take};
use super::pages::{On, show};
use crate::journal::Read;
use crate::who::Signed;
use crate::{App, Result, entry, paper};
use axum::extract::{Path, Query, RawQuery, State};
use axum::response::Response;
use practice::id::{EntryId, PersonId};

/// `GET /person/{id}/timeline/pdf`.
pub(super) async fn of_person(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    timeline(signed, id, raw, false).await
}

/// `GET /person/{id}/family-timeline/pdf`.
pub(super) async fn of_family(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    timeline(signed, id, raw, true).await
}

async fn timeline(signed: Signed, id: PersonId, raw: RawQuery, whole_family: bool) -> Result<Response> {
    let (part, name) =
        if whole_family { ("family timeline", "Family timeline") } else { ("timeline", "Timeline") };
    paper::taken(&signed, id, part).await?;
    let app = signed.app.clone();
    let page = show(signed, app.clone(), id, raw, On { whole_family, paper: true }).await?;
    paper::answer(&app, name, page).await
}

/// `GET /entry/{id}/pdf`.
pub(super) async fn of_entry(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<EntryId>,
) -> Result<Response> {
    let whole = take(&signed, app.db.read().await?, id, Read::Downloaded).await?;
    let name = format!("{} {}", entry::when::day_of(whole.entry.happened_at), entry::sort(&whole.entry));
    let page = one::show(signed, State(app.clone()), Path(id), Query(Done::default())).await?;
    paper::answer(&app, &name, page).await
}
