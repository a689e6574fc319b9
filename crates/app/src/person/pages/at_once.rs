//! Two people who change the same thing at once: who was earlier, what the record says now, and the text of the
//! later, which is kept beside the record until nothing more is needed from it.

use super::change::{Change, sheet};
use super::sheet::{Sheet, answered};
use super::{Whole, head};
use crate::entry::when;
use crate::form::Posted;
use crate::journal::{Act, note};
use crate::notice::{self, Notice};
use crate::person::store::{self, MentionRow, OtherTextRow};
use crate::who::Signed;
use crate::{Moment, Oops, Result, access};
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, Tx, args};
use maud::{Markup, html};
use page::{Post, Typed, button};
use practice::access::Sight;
use practice::id::{PersonId, WorkerId};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use uuid::Uuid;

const TOLD: &str = "A colleague was changing the same details of someone as you, at the same time. What you recorded \
    stands in the record; what they wrote is kept beside it.";
const LAST_DAY: &str = "on";

/// Who changed it first.
pub(super) struct Earlier {
    worker: Option<WorkerId>,
    name: String,
    wrote: Vec<Uuid>,
}

/// A text that was not recorded, because someone else had changed the same thing.
#[derive(Serialize, Deserialize)]
struct Kept {
    title: String,
    told: Vec<(String, String)>,
    earlier: Option<Uuid>,
}

fn ids(payload: &Json, list: &str) -> Vec<Uuid> {
    let one = |value: &Json| value.get("id").unwrap_or(value).as_str().and_then(|id| id.parse().ok());
    payload.get(list).and_then(Json::as_array).into_iter().flatten().filter_map(one).collect()
}

/// What stands in the record now and was written by someone else while this page was open.
fn standing(whole: &Whole, change: &Change<'_>) -> Option<Uuid> {
    let profile = &whole.profile;
    match change.what {
        "birth" => profile.birth.as_ref().map(|it| it.id),
        _ => profile
            .details
            .iter()
            .find(|it| Some(it.kind.code()) == change.which && it.to.is_none())
            .map(|it| it.id),
    }
}

/// Who changed it since, as the journal tells; none where it cannot be told.
pub(super) async fn earlier(conn: &mut Conn, whole: &Whole, change: &Change<'_>) -> Result<Option<Earlier>> {
    let (wanted, list) = match change.fact() {
        Ok(fact) => (Some(fact), "superseded"),
        Err(_) => (standing(whole, change), "wrote"),
    };
    let Some(wanted) = wanted else { return Ok(None) };
    let rows: Vec<MentionRow> =
        conn.all(store::MENTIONED, args![change.person, format!("%{wanted}%")]).await?;
    for row in rows {
        let payload: Json =
            row.payload.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Json::Null);
        if ids(&payload, list).contains(&wanted) {
            let worker = row.worker_id.map(WorkerId);
            return Ok(Some(Earlier { worker, name: row.actor, wrote: ids(&payload, "wrote") }));
        }
    }
    Ok(None)
}

/// The same thing as it stands in the record now: its answers, and where it is changed.
pub(super) fn now(whole: &Whole, change: &Change<'_>, earlier: Option<&Earlier>) -> Option<(Sheet, String)> {
    let (doing, rest) = change.what.split_once('-').unwrap_or((change.what, ""));
    let what = match (change.what, doing) {
        ("leave", _) => "correct-move".to_owned(),
        (_, "end" | "withdraw" | "renew" | "change") => format!("correct-{rest}"),
        (what, _) => what.to_owned(),
    };
    if change.fact().is_err() {
        let same = Change { what: &what, which: change.which, person: change.person };
        return sheet(&same, &whole.profile).ok().map(|sheet| (sheet, same.address()));
    }
    earlier?.wrote.iter().find_map(|id| {
        let id = id.to_string();
        let shown = Change { what: &what, which: Some(&id), person: change.person };
        let again = Change { what: change.what, which: Some(&id), person: change.person };
        sheet(&shown, &whole.profile).ok().map(|sheet| (sheet, again.address()))
    })
}

/// What whoever came later wrote, in words.
pub(super) fn wrote(
    whole: &Whole,
    change: &Change<'_>,
    known: Option<&Sheet>,
    typed: &Typed,
) -> Vec<(String, String)> {
    let own = sheet(change, &whole.profile).ok().map(|sheet| sheet.told(typed));
    let mut told = own.or_else(|| known.map(|sheet| sheet.told(typed))).unwrap_or_default();
    if let (Some(day), true) = (last_day(typed), change.what.starts_with("end-") || change.what == "leave") {
        told.push(("The last day".to_owned(), day));
    }
    if let (Some(why), true) = (typed.some("why"), change.what.starts_with("withdraw-")) {
        told.push(("Why it was a mistake".to_owned(), why.to_owned()));
    }
    told
}

fn last_day(typed: &Typed) -> Option<String> {
    page::DateParts::typed(typed, LAST_DAY).parse().ok().map(head::day)
}

/// Keeps what the later wrote beside the record, and tells the earlier on their next page.
pub(super) async fn keep(
    signed: &Signed,
    change: &Change<'_>,
    earlier: Option<&Earlier>,
    (title, told): (&str, Vec<(String, String)>),
) -> Result<()> {
    let me = signed.who.worker();
    let first = earlier.and_then(|it| it.worker).filter(|worker| Some(*worker) != me);
    if told.is_empty() || earlier.is_some_and(|it| it.worker.is_some() && it.worker == me) {
        return Ok(());
    }
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let subject = subject(change.what);
    let held: Vec<OtherTextRow> = tx.all(store::TEXTS, args![change.person]).await?;
    let body = serde_json::to_string(&Kept { title: title.to_owned(), told, earlier: first.map(|it| it.0) })?;
    if held.iter().any(|row| row.account_id == signed.account.0 && row.body == body) {
        return Ok(());
    }
    let id = moment.id();
    tx.run(store::KEEP_TEXT, args![id, &subject, change.person, signed.account, &body, moment.now()]).await?;
    if let Some(first) = first {
        let link = format!("/person/{}/about", change.person);
        let told = Notice { kind: "other-text", words: TOLD, link: Some(&link) };
        notice::tell(&mut tx, &mut moment, first, told).await?;
    }
    let payload = json!({"text": id, "what": change.what});
    let act = Act { action: "keep_other_text", about: &[change.person], payload };
    note(&mut tx, &signed.who, &mut moment, act).await?;
    tx.commit().await?;
    Ok(())
}

fn subject(what: &str) -> String {
    format!("person {what}")
}

/// Once the later has recorded the same thing, nothing more is needed from what they wrote before.
pub(super) async fn recorded(
    tx: &mut Tx,
    signed: &Signed,
    change: &Change<'_>,
    moment: &Moment,
) -> Result<()> {
    let values = args![change.person, moment.now(), subject(change.what), signed.account];
    tx.run(store::SETTLE_MINE, values).await?;
    Ok(())
}

/// The texts that the two it concerns still find beside the record.
async fn texts(conn: &mut Conn, signed: &Signed, person: PersonId) -> Result<Vec<(OtherTextRow, Kept)>> {
    let rows: Vec<OtherTextRow> = conn.all(store::TEXTS, args![person]).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let now = signed.app.moment().now();
    let address = access::decide(conn, &signed.who, now, person, Sight::ConfidentialAddress).await?;
    let address = address.is_some_and(|said| said.is_allowed());
    let me = signed.who.worker().map(|worker| worker.0);
    let mut kept = vec![];
    for row in rows {
        let Ok(text) = serde_json::from_str::<Kept>(&row.body) else { continue };
        let mine = row.account_id == signed.account.0;
        // words about somebody else may be of someone whom only their writer may know of
        let about_two = row.subject.ends_with("-relationship") || row.subject.ends_with("-move");
        let theirs = text.earlier.is_some() && text.earlier == me && !about_two;
        if (mine || theirs) && (address || !row.subject.ends_with("address")) {
            kept.push((row, text));
        }
    }
    Ok(kept)
}

/// What was written at the same time, at the head of the details.
pub(super) async fn beside(conn: &mut Conn, signed: &Signed, person: PersonId) -> Result<Markup> {
    let kept = texts(conn, signed, person).await?;
    Ok(html! {
        @for (row, text) in &kept {
            section.box {
                h2 { @if row.account_id == signed.account.0 { "You wrote this at the same time as someone else" } @else { (row.name) " wrote this at the same time as you" } }
                p.soft { (when::moment(row.recorded_at.0)) ": " (text.title) @if !text.title.ends_with('?') { "." } " It is kept here and is not part of the record." }
                (answered(&text.told))
                (page::post(&Post { action: &format!("/person/{person}/change/settle/{}", row.id), csrf: &signed.csrf, ..Post::default() }, html! {
                    (button("Nothing more is needed from this").quiet().small())
                }))
            }
        }
    })
}

/// `POST /person/{id}/change/settle/{text}`.
pub(super) async fn settle(posted: &Posted, change: &Change<'_>) -> Result<Response> {
    let signed = &posted.signed;
    let mut moment = signed.app.moment();
    let text = change.fact()?;
    let mut tx = signed.app.db.write().await?;
    access::require(&mut tx, &signed.who, moment.now(), change.person, Sight::ChangePerson).await?;
    let kept = texts(&mut tx, signed, change.person).await?;
    if !kept.iter().any(|(row, _)| row.id == text) {
        return Err(Oops::NotFound);
    }
    tx.run(store::SETTLE_TEXT, args![text, moment.now(), change.person]).await?;
    let act = Act { action: "settle_other_text", about: &[change.person], payload: json!({"text": text}) };
    note(&mut tx, &signed.who, &mut moment, act).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/person/{}/about?done=settled", change.person)).into_response())
}

/// Whoever changed it first, by name.
pub(super) fn by(earlier: Option<&Earlier>) -> &str {
    earlier.map_or("Someone else", |it| it.name.as_str())
}
