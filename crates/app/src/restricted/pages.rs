//! One record on the list: its level, who is named, and links that workers declared.

use super::actions::{
    EndNamed, NameReader, SetLevel, end_named, name_reader, review_level, seal_record, set_level,
};
use super::day;
use super::link::end_link;
use super::list::worker_named;
use super::store::{self, DeclaredRow, LevelRow, NamedRow, WorkerRow};
use crate::access;
use crate::form::Posted;
use crate::frame::{self, Frame};
use crate::journal::{self, Read};
use crate::person::{Header, header};
use crate::who::Signed;
use crate::{Moment, Oops, Result};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use db::{Tx, args};
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, Typed};
use practice::access::Sight;
use practice::id::PersonId;
use practice::person::AccessLevel;
use serde::Deserialize;

struct Kept {
    header: Header,
    level: Option<LevelRow>,
    named: Vec<NamedRow>,
    links: Vec<DeclaredRow>,
    working: Vec<WorkerRow>,
    workers: Vec<WorkerRow>,
}

async fn kept(signed: &Signed, person: PersonId) -> Result<Kept> {
    let app = &signed.app;
    let today = app.moment().today();
    let mut conn = app.db.read().await?;
    let why = access::enter(app, &mut conn, &signed.who, person, Sight::ManageAccess).await?;
    let kept = Kept {
        header: header(&mut conn, person).await?.ok_or(Oops::NotFound)?,
        level: conn.maybe(store::LEVEL_NOW, args![person]).await?,
        named: conn.all(store::NAMED, args![person, today]).await?,
        links: conn.all(store::DECLARED, args![person, today]).await?,
        working: conn.all(store::WORKING, args![person, today]).await?,
        workers: conn.all(store::WORKERS, args![today]).await?,
    };
    drop(conn);
    journal::read(app, &signed.who, Read::Access, &[person], &why, serde_json::Value::Null).await?;
    Ok(kept)
}

/// What was just done, in the address.
#[derive(Default, Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "restrict" => "The record is restricted. Search and pages show it to nobody but those named.",
        "findable" => "The record is findable again.",
        "review" => "It stays restricted. It comes back on your Today when it is to be looked at again.",
        "name" => "They are named and can open the record now.",
        "end-named" => "They are off the list and can no longer open the record.",
        "end-link" => "The link is ended.",
        _ => return None,
    })
}

fn shown(
    signed: &Signed,
    kept: &Kept,
    (done, typed, errors): (Option<&'static str>, &Typed, &FormErrors),
) -> Response {
    let name = &kept.header.shown_name;
    let restricted = kept.header.level == AccessLevel::Restricted;
    let form = Form::new(typed, errors);
    let body = html! {
        h1 { "Who may find the record of " (name) }
        p.lead { (standing(kept)) }
        @if restricted { (named(signed, kept)) (name_form(signed, kept, &form)) (keep_form(signed, kept, &form)) }
        @else { (restrict_form(signed, kept, &form)) }
        (links(signed, kept))
        (page::details("Seal this record (adoption)", sent(signed, kept, html! {
            p { "A sealed record is absent to everyone, everywhere, you too. No page can open it again." }
            (form.text("seal_reason", "Why, and by which order"))
            (page::buttons(html! { (page::button("Seal this record").quiet().sends("do", "seal")) }))
        })))
    };
    let title = format!("Who may find the record of {name}");
    let frame_ = Frame {
        title: &title,
        part: "/restricted",
        back: Some(Link { href: "/restricted", label: "Back to restricted records" }),
        errors: Some(errors),
        said: done,
        ..Frame::default()
    };
    frame::frame(signed, &frame_, body)
}

fn sent(signed: &Signed, kept: &Kept, body: Markup) -> Markup {
    let action = format!("/restricted/{}", kept.header.id);
    page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, body)
}

fn standing(kept: &Kept) -> Markup {
    let since = |row: &LevelRow| day(row.recorded_at.0.to_zoned(crate::moment::london()).date());
    html! {
        @if kept.header.level == AccessLevel::Restricted { "Restricted" } @else { "Findable: anyone who works for the council may learn that they are known here" }
        @if let Some(row) = &kept.level {
            ", since " (since(row)) ": " q { (row.reason) }
            @if let Some(on) = row.review_on { ". To be looked at again on " (day(on.0)) }
        }
        "."
    }
}

fn named(signed: &Signed, kept: &Kept) -> Markup {
    html! {
        h2 { "Who is named" }
        @if kept.named.is_empty() {
            p { "Nobody. Until someone is named, nobody can open this record but by breaking the glass." }
        } @else {
            (page::rows(&kept.named.iter().map(|row| html! {
                div {
                    p { b { (row.name) } ", since " (day(row.from_date.0))
                        @if let Some(to) = row.to_date { ", until " (day(to.0)) } }
                    p { q { (row.reason) } }
                    (sent(signed, kept, html! {
                        input type="hidden" name="named" value=(row.id);
                        (page::button("Take off the list").quiet().small().sends("do", "end-named").about(&format!(": {}", row.name)))
                    }))
                }
            }).collect::<Vec<_>>()))
        }
    }
}

fn name_form(signed: &Signed, kept: &Kept, form: &Form<'_>) -> Markup {
    let mut choices = vec![Choice::new("", "Choose a worker")];
    choices.extend(kept.workers.iter().map(|row| Choice::new(row.code.as_str(), row.name.as_str())));
    html! {
        h2 { "Name someone" }
        (sent(signed, kept, html! {
            (form.select("worker", "Who", choices))
            (form.text("name_reason", "Why they need to open this record"))
            (form.date("until", "Last day, if you know it"))
            (page::buttons(html! { (page::button("Name them").sends("do", "name")) }))
        }))
    }
}

fn keep_form(signed: &Signed, kept: &Kept, form: &Form<'_>) -> Markup {
    html! {
        h2 { "Look at it again" }
        (sent(signed, kept, html! {
            (form.text("reason", "Why it stays restricted, or becomes findable"))
            (form.date("review_on", "If it stays restricted: when to look again"))
            (page::buttons(html! {
                (page::button("Keep it restricted").sends("do", "review"))
                (page::button("Make it findable").quiet().sends("do", "findable"))
            }))
        }))
    }
}

fn restrict_form(signed: &Signed, kept: &Kept, form: &Form<'_>) -> Markup {
    let working = kept
        .working
        .iter()
        .map(|row| Choice::new(row.code.as_str(), row.name.as_str()).chosen(true))
        .collect();
    html! {
        h2 { "Make it restricted" }
        p { "From then on search and pages answer as if there were nobody. Working with them is no longer enough to \
             open the record: name everyone who needs to." }
        (sent(signed, kept, html! {
            (form.text("reason", "Why"))
            (form.date("review_on", "When to look at this again"))
            @if !kept.working.is_empty() { (form.checks("names", "Who works with them now, and stays named", working)) }
            (page::buttons(html! { (page::button("Make it restricted").sends("do", "restrict")) }))
        }))
    }
}

fn links(signed: &Signed, kept: &Kept) -> Markup {
    html! {
        @if !kept.links.is_empty() {
            h2 { "Workers with a link to them" }
            p { "The record is closed to these workers, whatever their work." }
            (page::rows(&kept.links.iter().map(|row| html! {
                div {
                    p { b { (row.name) } ", since " (day(row.from_date.0)) ": " q { (row.link) } }
                    (sent(signed, kept, html! {
                        input type="hidden" name="declared" value=(row.id);
                        (page::button("This is no longer so").quiet().small().sends("do", "end-link").about(&format!(": {}", row.name)))
                    }))
                }
            }).collect::<Vec<_>>()))
        }
    }
}

/// `GET /restricted/{person}`
pub(super) async fn show(
    signed: Signed,
    Path(person): Path<PersonId>,
    Query(done): Query<Done>,
) -> Result<Response> {
    let kept = kept(&signed, person).await?;
    let done = done.done.as_deref().and_then(said);
    Ok(shown(&signed, &kept, (done, &Typed::default(), &FormErrors::new())))
}

/// `POST /restricted/{person}`: what is done stands on the button that was pressed.
pub(super) async fn send(Path(person): Path<PersonId>, posted: Posted) -> Result<Response> {
    let kept = kept(&posted.signed, person).await?;
    let app = &posted.signed.app;
    let mut errors = FormErrors::new();
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let done = perform(&mut tx, &posted, &mut moment, person, &mut errors).await;
    match done {
        Ok(to) if errors.is_empty() => {
            tx.commit().await?;
            Ok(Redirect::to(&to).into_response())
        }
        Ok(_) => Ok(shown(&posted.signed, &kept, (None, &posted.typed, &errors))),
        Err(Oops::Wrong(wrong)) => {
            for (field, sentence) in wrong {
                errors.add(field, sentence);
            }
            Ok(shown(&posted.signed, &kept, (None, &posted.typed, &errors)))
        }
        Err(oops) => Err(oops),
    }
}

async fn perform(
    tx: &mut Tx,
    posted: &Posted,
    moment: &mut Moment,
    person: PersonId,
    errors: &mut FormErrors,
) -> Result<String> {
    let (typed, who) = (&posted.typed, &posted.signed.who);
    let reason = typed.get("reason").to_owned();
    let here = format!("/restricted/{person}?done={}", frame::in_address(typed.get("do")));
    match typed.get("do") {
        "restrict" => {
            let review_on = typed.date("review_on", "The day", errors);
            let mut named = vec![];
            for code in typed.all("names") {
                named.extend(worker_named(tx, code, moment.today()).await?);
            }
            if errors.is_empty() {
                let level = AccessLevel::Restricted;
                set_level(tx, who, moment, SetLevel { person, level, reason, review_on, named }).await?;
            }
        }
        "findable" => {
            let level = AccessLevel::Findable;
            set_level(tx, who, moment, SetLevel { person, level, reason, review_on: None, named: vec![] })
                .await?;
        }
        "review" => {
            let review_on = typed.date("review_on", "The day", errors);
            if errors.is_empty() {
                review_level(tx, who, moment, person, &reason, review_on).await?;
            }
        }
        "name" => {
            let until = typed.date_if_any("until", "The last day", errors);
            let found = worker_named(tx, typed.get("worker"), moment.today()).await?;
            let worker = found.ok_or_else(|| Oops::wrong("worker", "Choose who is named"))?;
            if errors.is_empty() {
                let reason = typed.get("name_reason").to_owned();
                name_reader(tx, who, moment, NameReader { person, worker, reason, until }).await?;
            }
        }
        "end-named" => {
            let named = typed.get("named").parse().map_err(|_| Oops::Stale)?;
            end_named(tx, who, moment, EndNamed { person, named }).await?;
        }
        "end-link" => {
            let link = typed.get("declared").parse().map_err(|_| Oops::Stale)?;
            end_link(tx, who, moment, person, link).await?;
        }
        "seal" => {
            let sealed = seal_record(tx, who, moment, person, typed.get("seal_reason")).await;
            if matches!(sealed, Err(Oops::Wrong(_))) {
                return Err(Oops::wrong("seal_reason", "Say why, and by which order"));
            }
            sealed?;
            return Ok("/restricted".to_owned());
        }
        _ => return Err(Oops::Refused("Press one of the buttons".to_owned())),
    }
    Ok(here)
}
