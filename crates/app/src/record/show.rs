//! Showing the recording screen: anew, from a draft, or to correct an entry.

use super::circle::{Circle, circle, in_mind};
use super::form::{self, Screen};
use super::store::{self, DraftRow};
use super::words::plainly;
use super::{desk, kept};
use crate::entry::{self, File, Promised, Whole, when};
use crate::frame::{Frame, frame};
use crate::person::{Header, joined};
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, args};
use jiff::civil::Date;
use page::{Avatar, Choice, FormErrors, Link, Markup, Typed, button, html};
use practice::access::Decision;
use practice::entry::{EntryKind, Manner};
use practice::id::{EntryId, PersonId};
use uuid::Uuid;

/// The fields of an address.
pub(super) fn query(raw: RawQuery) -> Typed {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(raw.0.as_deref().unwrap_or("")).unwrap_or_default();
    Typed::from_pairs(pairs)
}

/// What a draft holds.
pub(super) fn held(row: &DraftRow) -> Result<Typed> {
    let pairs: Vec<(String, String)> = serde_json::from_str(&row.body)?;
    Ok(Typed::from_pairs(pairs))
}

/// What a draft says of a record that has been joined with another since, it says of the living one.
async fn lead(conn: &mut Conn, row: &mut DraftRow) -> Result<()> {
    let pairs: Vec<(String, String)> = serde_json::from_str(&row.body)?;
    let said: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (&**name, &**value)).collect();
    if let Some(led) = joined::led(conn, &said).await? {
        row.body = serde_json::to_string(&led)?;
    }
    Ok(())
}

/// `GET /record`: whom is it about, or the screen itself.
pub(super) async fn show(signed: Signed, State(app): State<App>, raw: RawQuery) -> Result<Response> {
    let asked = query(raw);
    let corrects = desk::corrects(&asked);
    if desk::about(&asked).is_empty() && corrects.is_none() {
        return whom(&signed, &app).await;
    }
    let mut moment = app.moment();
    let Some(key) = asked.get("draft").parse::<Uuid>().ok() else {
        // the draft's key stands in the address, so that loading the page again finds the same words
        let pairs: Vec<(&str, &str)> = asked.pairs().collect();
        let mut address = serde_urlencoded::to_string(pairs).unwrap_or_default();
        address.push_str(&format!("&draft={}", moment.id()));
        return Ok(Redirect::to(&format!("/record?{address}")).into_response());
    };
    let mut conn = app.db.read().await?;
    let mut row: Option<DraftRow> = conn.maybe(store::DRAFT, args![key, signed.account]).await?;
    if let Some(row) = &mut row {
        lead(&mut conn, row).await?;
    }
    if let Some(entry) = row.as_ref().and_then(|row| row.entry_id) {
        return Ok(Redirect::to(&format!("/entry/{entry}")).into_response());
    }
    let today = moment.today();
    let saved = row.as_ref().map(|row| form::kept_at(row.updated_at.0, today));
    let (typed, notices) = if let Some(row) = row {
        let away = row
            .discarded_at
            .map(|_| page::note(html! { p { "You discarded this draft. Save it again to keep it." } }));
        (held(&row)?, away.into_iter().collect())
    } else {
        let typed = begun(&mut conn, &signed, moment.now(), &asked, corrects).await?;
        let before = before(&mut conn, &signed, &typed, key).await?;
        (typed, before.into_iter().collect())
    };
    let state = Shown { signed: &signed, key, typed: &typed, saved, notices };
    screen(&mut conn, state, &FormErrors::new()).await
}

/// The fields of a new form.
async fn begun(
    conn: &mut Conn,
    signed: &Signed,
    now: jiff::Timestamp,
    asked: &Typed,
    corrects: Option<EntryId>,
) -> Result<Typed> {
    if let Some(id) = corrects {
        let whole = older(conn, signed, now, id).await?;
        return Ok(desk::typed_of(&whole));
    }
    let mut typed = Typed::default();
    for id in desk::about(asked) {
        typed.put("about", id.to_string());
    }
    let kind = EntryKind::from_code(asked.get("kind")).filter(|kind| *kind != EntryKind::Step);
    typed.put("kind", kind.unwrap_or(EntryKind::Visit).code());
    let today = when::day_of(now);
    let day = asked.get("happened").parse::<Date>().ok().filter(|day| *day <= today);
    typed.put_date("happened", day.unwrap_or(today));
    typed.put("readers", "present");
    known_before(&mut typed, asked);
    Ok(typed)
}

/// What is known before anybody writes, where it was planned: how people met, when, where and who was there.
fn known_before(typed: &mut Typed, asked: &Typed) {
    let manner = Manner::from_code(asked.get("manner"));
    typed.put("manner", manner.map_or("", Manner::code));
    for name in ["time", "place", "others"] {
        typed.put(name, asked.get(name));
    }
    for name in ["present", "worker"] {
        for id in asked.all(name).filter(|id| id.parse::<Uuid>().is_ok()) {
            typed.put(name, id);
        }
    }
}

/// The entry that a form corrects, if this worker may.
pub(super) async fn older(
    conn: &mut Conn,
    signed: &Signed,
    now: jiff::Timestamp,
    id: EntryId,
) -> Result<Whole> {
    let whole = entry::open(conn, &signed.who, now, id).await?.ok_or(Oops::NotFound)?;
    if whole.entry.kind == EntryKind::Step {
        return Err(Oops::Refused("A step of the pathway is corrected on its own page".to_owned()));
    }
    match entry::may_correct(conn, &signed.who, now, &whole.entry).await? {
        Decision::Allowed(_) => Ok(whole),
        Decision::Refused(refusal) => Err(Oops::NotAllowed(refusal.sentence().to_owned())),
    }
}

async fn before(conn: &mut Conn, signed: &Signed, typed: &Typed, key: Uuid) -> Result<Option<Markup>> {
    let mut rows: Vec<DraftRow> = conn.all(store::DRAFTS, args![signed.account]).await?;
    for row in &mut rows {
        lead(conn, row).await?;
    }
    let mut about = desk::about(typed);
    about.sort();
    for row in rows.iter().filter(|row| row.id != key) {
        let held = held(row)?;
        let mut other = desk::about(&held);
        other.sort();
        if other == about && desk::corrects(&held) == desk::corrects(typed) {
            let at = form::kept_at(row.updated_at.0, signed.app.moment().today());
            return Ok(Some(form::begun_before(&row.place, &at)));
        }
    }
    Ok(None)
}

/// One state of the form.
pub(super) struct Shown<'a> {
    pub(super) signed: &'a Signed,
    pub(super) key: Uuid,
    pub(super) typed: &'a Typed,
    pub(super) saved: Option<String>,
    pub(super) notices: Vec<Markup>,
}

/// What stands around a form: people, files, promises.
pub(super) struct Around {
    pub(super) circle: Circle,
    pub(super) files: Vec<File>,
    pub(super) promises: Vec<Promised>,
    pub(super) older: Option<Whole>,
}

/// Gathers what stands around a form.
pub(super) async fn around(conn: &mut Conn, signed: &Signed, key: Uuid, typed: &Typed) -> Result<Around> {
    let now = signed.app.moment().now();
    let about = desk::about(typed);
    let older = match desk::corrects(typed) {
        Some(id) => Some(older(conn, signed, now, id).await?),
        None => None,
    };
    let circle = circle(conn, &signed.who, now, &about, older.as_ref()).await?;
    let mut files: Vec<File> = match &older {
        Some(whole) => {
            whole.files.iter().filter(|file| typed.has("keep", &file.id.to_string())).cloned().collect()
        }
        None => vec![],
    };
    files.extend(kept::waiting(conn, signed, key).await?);
    let promises = match &older {
        Some(whole) => whole.promises.clone(),
        None => in_mind(conn, &signed.who, now, &circle).await?,
    };
    Ok(Around { circle, files, promises, older })
}

/// Draws the screen in this state.
pub(super) async fn screen(conn: &mut Conn, state: Shown<'_>, errors: &FormErrors) -> Result<Response> {
    let around = around(conn, state.signed, state.key, state.typed).await?;
    let plainly = plainly(conn, state.typed, around.older.is_some()).await?;
    Ok(form::page(Screen {
        signed: state.signed,
        today: state.signed.app.moment().today(),
        circle: &around.circle,
        typed: state.typed,
        errors,
        key: state.key,
        saved: state.saved,
        files: &around.files,
        promises: &around.promises,
        notices: state.notices,
        corrects: around.older.is_some(),
        plainly: &plainly,
    }))
}

/// `GET /entry/{id}/correct`.
pub(super) async fn correct(_signed: Signed, Path(id): Path<EntryId>) -> Redirect {
    Redirect::to(&format!("/record?corrects={id}"))
}

fn family_name(full: &str) -> &str {
    full.split_whitespace().last().unwrap_or_default()
}

/// The name someone uses, with their family's name.
fn named(one: &Header) -> String {
    let family = family_name(&one.full_name);
    if one.shown_name.ends_with(family) {
        one.shown_name.clone()
    } else {
        format!("{} {family}", one.shown_name)
    }
}

/// Someone to record about, one press away.
fn choice(one: &Header, reviewing: bool, today: Date) -> Markup {
    let avatar = page::avatar(&Avatar::of(&one.initials, crate::frame::hue(one.hue)));
    let words = html! {
        a href={ "/record?about=" (one.id) } { (named(one)) }
        @if let Some(age) = crate::person::pages::age(one.birth, today) { ", " (age) }
        @if reviewing { " " span.soft { "you review their plan" } }
    };
    page::who(avatar, words)
}

/// Whom is it about: those this worker works with first.
async fn whom(signed: &Signed, app: &App) -> Result<Response> {
    let mut conn = app.db.read().await?;
    let today = app.moment().today();
    let mine: Vec<store::MineRow> = match signed.who.worker() {
        Some(worker) => conn.all(store::MINE, args![worker, today]).await?,
        None => vec![],
    };
    let people: Vec<PersonId> = mine.iter().map(|row| row.id.into()).collect();
    let may = crate::access::decide_many(
        &mut conn,
        &signed.who,
        app.moment().now(),
        &people,
        practice::access::Sight::Record,
    )
    .await?;
    let mine: Vec<&store::MineRow> =
        mine.iter().filter(|row| may.get(&row.id.into()).is_some_and(Decision::is_allowed)).collect();
    let people: Vec<PersonId> = mine.iter().map(|row| row.id.into()).collect();
    let mut headers = crate::person::headers(&mut conn, &people).await?;
    // families together: by the last of their names, the eldest first
    headers.sort_by_key(|one| {
        (family_name(&one.full_name).to_lowercase(), one.birth.map_or(Date::MAX, |birth| birth.on))
    });
    let reviewing = |one: &Header| mine.iter().any(|row| one.id == row.id.into() && row.part == "reviewing");
    let rows: Vec<Markup> = headers.iter().map(|one| choice(one, reviewing(one), today)).collect();
    let several: Vec<Choice<'_>> =
        headers.iter().map(|one| Choice::new(one.id.to_string(), named(one))).collect();
    let body = html! {
        h1 { "Whom is it about?" }
        @if rows.is_empty() {
            (page::empty("Nobody is allocated to you today", html! {
                p { "Find someone, and record about them from their page. " a href="/find" { "Find someone" } }
            }))
        } @else {
            p.lead { "Choose one. Others of the family can be added on the next page." }
            (page::rows(&rows))
            @if several.len() > 1 {
                (page::details("About several of them at once", html! {
                    form method="get" action="/record" {
                        (page::Choices::checks("about", "Whom you saw or spoke about", several))
                        (button("Go on"))
                    }
                }))
            }
            p { "Someone else? " a href="/find" { "Find them" } " and record from their page." }
        }
        p { a href="/drafts" { "Drafts to finish" } }
    };
    let back = Some(Link { href: "/today", label: "Back to Today" });
    Ok(frame(signed, &Frame { title: "Record", part: "/record", back, ..Frame::default() }, body))
}
