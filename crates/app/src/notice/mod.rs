//! The spine: notices. Something one worker should know, told at the top of their next page until they close it.
//!
//! A notice's words never name anyone: the record it leads to may be closed to its reader by the time they
//! see it, and the screen may be seen by others. Who it is about is said where its link leads.

pub(crate) mod store;

use crate::form::Posted;
use crate::room::{Place, Room};
use crate::{App, Moment, Oops, Result, Who};
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use db::{Conn, Tx, args};
use jiff::Timestamp;
use maud::{Markup, html};
use page::Post;
use practice::id::WorkerId;
use uuid::Uuid;

/// The most notices folded below the first; the next come as these are closed.
const SHOWN: usize = 12;

/// What a worker is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Which notice.
    pub id: Uuid,
    /// In a sentence or two, without names.
    pub words: String,
    /// Where to see more.
    pub link: Option<String>,
    /// When it was made.
    pub at: Timestamp,
}

/// What is to be told.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    /// Of what kind, for counting: `glass-opened`.
    pub kind: &'static str,
    /// In a sentence or two, without names of people of the record.
    pub words: &'a str,
    /// A page of ours where more is told.
    pub link: Option<&'a str>,
}

/// Tells a worker something on their next page.
///
/// # Errors
/// Where the database refuses.
pub async fn tell(tx: &mut Tx, moment: &mut Moment, to: WorkerId, notice: Notice<'_>) -> Result<()> {
    let link = notice.link.map(str::to_owned);
    let values = args![moment.id(), to, notice.kind, notice.words, link, moment.now()];
    tx.run(store::TELL, values).await?;
    Ok(())
}

/// What a worker was told and has not closed, oldest first.
///
/// # Errors
/// Where the database refuses.
pub async fn unseen(conn: &mut Conn, worker: WorkerId) -> Result<Vec<Told>> {
    let rows: Vec<store::ToldRow> = conn.all(store::UNSEEN, args![worker]).await?;
    let told = |row: store::ToldRow| Told { id: row.id, words: row.words, link: row.link, at: row.made_at.0 };
    Ok(rows.into_iter().map(told).collect())
}

/// Closes the notices of these workers that lead to a page where nothing is left to do.
///
/// # Errors
/// Where the database refuses.
pub async fn settle(tx: &mut Tx, now: Timestamp, (workers, link): (&[WorkerId], &str)) -> Result<()> {
    for worker in workers {
        tx.run(store::SETTLE, args![*worker, link, now]).await?;
    }
    Ok(())
}

/// Closes a notice. Only whom it is for can.
///
/// # Errors
/// [`Oops::NotFound`] where it is not theirs.
pub async fn close(tx: &mut Tx, who: &Who, now: Timestamp, id: Uuid) -> Result<Option<String>> {
    let worker = who.worker().ok_or(Oops::NotFound)?;
    let row: Option<store::LinkRow> = tx.maybe(store::ONE, args![id, worker]).await?;
    let link = row.ok_or(Oops::NotFound)?.link;
    tx.run(store::CLOSE, args![id, worker, now]).await?;
    Ok(link)
}

/// The notices as they stand at the top of a page: the oldest with its way on, and the others folded below it, so that the
/// page somebody came for stays in sight.
pub(crate) fn markup(told: &[Told], csrf: &str) -> Vec<Markup> {
    let Some((first, rest)) = told.split_first() else { return vec![] };
    let mut shown = vec![one_markup(first, csrf)];
    if !rest.is_empty() {
        let summary = match rest.len() {
            1 => "One more thing to know".to_owned(),
            n => format!("{n} more things to know"),
        };
        let rest = html! { @for one in rest.iter().take(SHOWN) { (one_markup(one, csrf)) } };
        shown.push(html! { div.no-print.more-notes { (page::details(&summary, rest)) } });
    }
    shown
}

fn one_markup(told: &Told, csrf: &str) -> Markup {
    let action = format!("/notice/{}", told.id);
    let when = told.at.to_zoned(crate::moment::london()).strftime("%-d %B, %-I.%M %P").to_string();
    let body = html! {
        p { (told.words) " " span.small { (when) } }
        .btns {
            @if told.link.is_some() {
                (page::button("See what it is about").quiet().small().sends("then", "look"))
            }
            (page::button("Close").quiet().small().sends("then", "stay").about(": this notice"))
        }
    };
    page::note(page::post(&Post { action: &action, csrf, ..Post::default() }, body))
}

/// The room of the one address that closes a notice.
pub struct Here;

impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        // a notice is for a worker and names nobody
        &[]
    }

    fn routes(&self) -> Router<App> {
        Router::new().route("/notice/{id}", post(seen))
    }
}

/// `POST /notice/{id}`: closes it, and leads to what it is about or back to the page it stood on.
async fn seen(Path(id): Path<Uuid>, headers: HeaderMap, posted: Posted) -> Result<Response> {
    let app = &posted.signed.app;
    let mut tx = app.db.write().await?;
    let link = close(&mut tx, &posted.signed.who, app.moment().now(), id).await?;
    tx.commit().await?;
    let look = posted.typed.get("then") == "look";
    let to = link.filter(|_| look).unwrap_or_else(|| back(&headers, &app.settings.public_url));
    Ok(Redirect::to(&to).into_response())
}

/// The page of ours that a form stood on, or Today.
fn back(headers: &HeaderMap, ours: &str) -> String {
    headers
        .get(header::REFERER)
        .and_then(|from| from.to_str().ok())
        .and_then(|from| from.strip_prefix(ours))
        .filter(|path| path.starts_with('/') && !path.starts_with("//"))
        .unwrap_or("/today")
        .to_owned()
}
