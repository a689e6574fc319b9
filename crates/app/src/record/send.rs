//! What was sent from the recording screen: files are kept first, then a row is added or the entry is filed.
//! Whatever is wrong, everything typed comes back.

use super::show::{Around, Shown, around, screen};
use super::words::WORDS;
use super::{desk, drafts, form, kept, sharing, store};
use crate::entry::{self, Recording, Whole, record};
use crate::form::Posted;
use crate::notice::{self, Notice};
use crate::who::Signed;
use crate::{App, Moment, Oops, Result};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, args};
use page::{FormErrors, Typed, html};
use practice::id::{EntryId, WorkerId};
use practice::recording::{RecordEntry, Remark, check_entry};
use uuid::Uuid;

/// That what is open in the form has been asked about.
pub(super) const ASKED: &str = "asked";

/// How many seconds the screen counted while someone wrote.
pub(super) const ACTIVE: &str = "active";

/// What the earlier of two is told, on their next page.
const OTHER_TEXT: &str =
    "A colleague was correcting the same entry as you. Yours is filed; their text is kept beside it.";

/// `POST /record`.
pub(super) async fn send(State(app): State<App>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, files, let_go } = posted;
    let mut moment = app.moment();
    let key = typed.get("draft").parse::<Uuid>().unwrap_or_else(|_| moment.id());
    let mut wrong = FormErrors::new();
    for name in &let_go {
        let why = crate::form::larger(name, app.settings.largest_file);
        wrong
            .add("files", format!("{why}, so it was not kept. Your words are. Send it smaller, or in parts"));
    }
    kept::keep(&signed, key, files, &mut wrong).await?;
    if let Some(change) = typed.some("add").map(str::to_owned) {
        return changed(&signed, key, typed, &change, wrong).await;
    }
    let mut conn = app.db.read().await?;
    let around = around(&mut conn, &signed, key, &typed).await?;
    let draft = desk::draft(&typed, &around.circle, around.files.len(), &mut wrong);
    let sharing = sharing::typed(&typed, &around.circle, moment.today(), &mut wrong)?;
    let checked = check_entry(&draft, moment.now());
    let entry = match checked {
        Ok(checked) if wrong.is_empty() => {
            // asked once: a second press files it as it is
            if !checked.asks.is_empty() && !typed.has(ASKED, "yes") {
                return asks(&mut conn, &signed, key, typed, &checked.asks).await;
            }
            checked.entry
        }
        refused => {
            for remark in refused.err().unwrap_or_default() {
                wrong.add(remark.field, remark.sentence);
            }
            return again(&mut conn, &signed, key, &typed, &wrong).await;
        }
    };
    drop(conn);
    let recording = Recording {
        files: around.files.iter().map(|file| kept::filed(file, &typed)).collect(),
        at_the_screen: typed.get(ACTIVE).parse().ok().and_then(practice::week::at_the_screen),
        sharing,
        ..Recording::of(entry)
    };
    file(&signed, &mut moment, key, &typed, &around, recording).await
}

/// The form again with what is asked before it is filed. Nothing is wrong: the next press files it.
async fn asks(
    conn: &mut Conn,
    signed: &Signed,
    key: Uuid,
    typed: Typed,
    asks: &[Remark],
) -> Result<Response> {
    let mut typed = typed;
    typed.put(ASKED, "yes");
    drafts::keep(signed, key, &form::place(&typed, key), &typed).await?;
    let note = page::note(html! {
        h2 { "Not filed yet: one thing is open" }
        @for ask in asks { p { a href={ "#" (page::id_of(&ask.field)) } { (ask.sentence) } } }
        p { "Give a day, or press the button below once more to leave it open." }
    });
    let saved = Some(form::kept_at(signed.app.moment().now(), signed.app.moment().today()));
    screen(conn, Shown { signed, key, typed: &typed, saved, notices: vec![note] }, &FormErrors::new()).await
}

/// The form again, with what is to be put right; the words are kept as a draft as well.
async fn again(
    conn: &mut Conn,
    signed: &Signed,
    key: Uuid,
    typed: &Typed,
    wrong: &FormErrors,
) -> Result<Response> {
    drafts::keep(signed, key, &form::place(typed, key), typed).await?;
    let saved = Some(form::kept_at(signed.app.moment().now(), signed.app.moment().today()));
    screen(conn, Shown { signed, key, typed, saved, notices: vec![] }, wrong).await
}

/// One more row, one more person, or one fewer: kept as a draft and shown again.
async fn changed(
    signed: &Signed,
    key: Uuid,
    typed: Typed,
    change: &str,
    wrong: FormErrors,
) -> Result<Response> {
    let mut pairs: Vec<(String, String)> =
        typed.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let mut anchor = "";
    match change.split_once('-') {
        Some(("about", id)) => {
            pairs.push(("about".to_owned(), id.to_owned()));
            anchor = "#f-people";
        }
        Some(("drop", id)) => {
            pairs.retain(|(name, value)| name != "about" || value != id);
            anchor = "#f-people";
        }
        Some(("words", what @ ("check" | "leave"))) => {
            pairs.retain(|(name, _)| name != WORDS);
            pairs.push((WORDS.to_owned(), what.to_owned()));
            anchor = "#f-plain-words";
        }
        Some(("out", id)) => {
            pairs.retain(|(name, value)| name != "keep" || value != id);
            if let Ok(file) = id.parse::<Uuid>() {
                let mut tx = signed.app.db.write().await?;
                tx.run(store::TAKE_OUT, args![file, signed.account]).await?;
                tx.commit().await?;
            }
        }
        _ => {
            if let Some(what @ ("statement" | "promise")) = Some(change) {
                let least = usize::from(what == "statement" || desk::corrects(&typed).is_none());
                let n = desk::rows(&typed, what, least);
                let field = if what == "statement" { "words" } else { "what" };
                pairs.push((format!("{what}-{n}-{field}"), String::new()));
            }
        }
    }
    let typed = Typed::from_pairs(pairs);
    let place = form::place(&typed, key);
    drafts::keep(signed, key, &place, &typed).await?;
    if !wrong.is_empty() {
        let mut conn = signed.app.db.read().await?;
        let saved = Some(form::kept_at(signed.app.moment().now(), signed.app.moment().today()));
        return screen(&mut conn, Shown { signed, key, typed: &typed, saved, notices: vec![] }, &wrong).await;
    }
    Ok(Redirect::to(&format!("{place}{anchor}")).into_response())
}

/// Files the entry and its draft in one transaction.
async fn file(
    signed: &Signed,
    moment: &mut Moment,
    key: Uuid,
    typed: &Typed,
    around: &Around,
    recording: Recording,
) -> Result<Response> {
    let mut tx = signed.app.db.write().await?;
    if let Some(filed) = filed_before(&mut tx, signed, key).await? {
        return Ok(Redirect::to(&format!("/entry/{filed}")).into_response());
    }
    let id = match record(&mut tx, &signed.who, moment, &recording).await {
        Ok(id) => id,
        Err(Oops::Stale) => {
            tx.give_up().await?;
            return overtaken(signed, moment, key, typed, &recording.entry).await;
        }
        Err(other) => return Err(other),
    };
    let place = form::place(typed, key);
    let claimed = tx.run(store::FILE_DRAFT, args![key, signed.account, place, moment.now(), id]).await?;
    if claimed == 0 {
        // the same form was sent twice at once: the other one has filed it
        tx.give_up().await?;
        let mut conn = signed.app.db.read().await?;
        let filed = filed_before(&mut conn, signed, key).await?.ok_or(Oops::NotFound)?;
        return Ok(Redirect::to(&format!("/entry/{filed}")).into_response());
    }
    if let (Some(account), Some(whole)) = (signed.who.account, &around.older) {
        tx.run(store::SETTLE, args![whole.entry.thread, moment.now(), account]).await?;
    }
    tx.commit().await?;
    let done = if recording.entry.corrects.is_some() { "corrected" } else { "recorded" };
    Ok(Redirect::to(&format!("/entry/{id}?done={done}")).into_response())
}

async fn filed_before(conn: &mut Conn, signed: &Signed, key: Uuid) -> Result<Option<EntryId>> {
    let row: Option<store::DraftRow> = conn.maybe(store::DRAFT, args![key, signed.account]).await?;
    Ok(row.and_then(|row| row.entry_id).map(Into::into))
}

/// Someone else corrected the same version first. Both texts are kept; the later sees both at once, the
/// earlier is told on their next page.
async fn overtaken(
    signed: &Signed,
    moment: &mut Moment,
    key: Uuid,
    typed: &Typed,
    entry: &RecordEntry,
) -> Result<Response> {
    let Some(older) = entry.corrects.as_ref().map(|one| one.supersedes) else { return Err(Oops::Stale) };
    let mut tx = signed.app.db.write().await?;
    let newest: Option<(Uuid, Option<Uuid>)> = tx.maybe(store::NEWEST, args![older]).await?;
    let (newest, author) = newest.ok_or(Oops::Stale)?;
    let newer =
        entry::open(&mut tx, &signed.who, moment.now(), newest.into()).await?.ok_or(Oops::NotFound)?;
    let mut pairs: Vec<(String, String)> = typed
        .pairs()
        .filter(|(name, _)| !matches!(*name, "csrf" | "corrects" | "draft" | "draft-page" | "then"))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    pairs.push(("corrects".to_owned(), newest.to_string()));
    let body = serde_json::to_string(&pairs)?;
    let values = args![moment.id(), newer.entry.thread, signed.account, &body, moment.now()];
    tx.run(store::OTHER_TEXT, values).await?;
    let mine = Typed::from_pairs(pairs);
    let place = form::place(&mine, key);
    tx.run(store::SAVE_DRAFT, args![key, signed.account, place, body, moment.now()]).await?;
    if let Some(author) = author.filter(|author| signed.who.worker() != Some(WorkerId(*author))) {
        let link = format!("/entry/{newest}");
        let told = Notice { kind: "other-text", words: OTHER_TEXT, link: Some(&link) };
        notice::tell(&mut tx, moment, author.into(), told).await?;
    }
    tx.commit().await?;
    let mut conn = signed.app.db.read().await?;
    let shown = Shown { signed, key, typed: &mine, saved: None, notices: vec![both(&newer, moment)] };
    let mut response = screen(&mut conn, shown, &FormErrors::new()).await?;
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}

fn both(newer: &Whole, moment: &Moment) -> page::Markup {
    let by = newer.entry.author.as_ref().map_or("Someone else", |author| author.name.as_str());
    html! {
        .box {
            h2 { (by) " corrected this entry while you were writing" }
            p { "Both texts are kept. Theirs is filed and stands here; yours is in the form below. Take into yours what is right in theirs, then file it, or leave theirs as it is." }
            (entry::whole(newer, moment.today()))
        }
    }
}
