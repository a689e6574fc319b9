//! Offering a hand-over, with its list ticked from the record; and writing down what somebody was told, a meeting, a goodbye.

use super::actions::{Offer, by, offer};
use super::decide::{Before, current};
use super::pages::{page_of, read_it};
use super::read::{self, Handover, Note, evidence, latest_open, notes};
use super::said::{Say, say};
use crate::access::require;
use crate::allocation::store::ChoiceRow;
use crate::form::Posted;
use crate::room::{Evidence, Look};
use crate::who::Signed;
use crate::working::plural;
use crate::{Oops, Result, checked, person};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use db::Conn;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Post, Typed, button, buttons};
use practice::access::Sight;
use practice::continuity::Cause;
use practice::handover::{CouldStay, Found, Moment as Kind, Ready, Step};
use practice::id::{PersonId, WorkerId};
use practice::role::Role;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What was just done.
#[derive(Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

pub(super) fn said(done: &Done) -> Option<&'static str> {
    match done.done.as_deref()? {
        "offered" => Some("It is offered. You stay responsible until it is taken over."),
        "accept" => {
            Some("You accepted. Read the story, and meet together with whoever goes; then you take over.")
        }
        "return" => Some("It went back with what is missing. That is no mark against anyone."),
        "withdraw" => Some("It is taken back. Nothing has changed."),
        "agree" => Some("You said that it may be."),
        "take-over" => Some("You answer for them from that day on."),
        "said" => Some("It is written down."),
        "not-right" => {
            Some("It stands beside the hand-over now. A human answers within days, and it stops nothing.")
        }
        _ => None,
    }
}

/// `GET /person/{id}/handover/offer`
pub(super) async fn ask_offer(signed: Signed, Path(id): Path<PersonId>) -> Result<Response> {
    offer_form(&signed, id, (None, &FormErrors::new())).await
}

/// What was typed, or what stood there when it came back.
fn begun(typed: Option<&Typed>, held: Option<&Handover>) -> Typed {
    if let Some(typed) = typed {
        return typed.clone();
    }
    let mut begun = Typed::default();
    if let Some(held) = held {
        begun.put("to", held.standing.to.to_string());
        begun.put("cause", held.cause.code());
        begun.put("why", held.why.clone());
        begun.put("stay", held.could_stay.0.code());
        begun.put("stay-words", held.could_stay.1.clone());
        if let Some(day) = held.leaves_on {
            begun.put_date("leaves", day);
        }
    }
    begun
}

/// All that the lists ask for somebody who has a worker, or has none, each once.
fn asked(
    has_one: bool,
    today: Date,
    (shown, said): (&BTreeMap<&'static str, Evidence>, &[Note]),
) -> Option<Ready<'static, read::Shown>> {
    if !has_one {
        return read::ready(Step::ToAWorker, today, shown, said);
    }
    let mut asks = read::ready(Step::WorkerToWorker, today, shown, said)?;
    for more in read::ready(Step::WorkerLeaves, today, shown, said)?.asks {
        if asks.asks.iter().all(|(ask, _)| ask.code != more.0.code) {
            asks.asks.push(more);
        }
    }
    Some(asks)
}

async fn offer_form(
    signed: &Signed,
    id: PersonId,
    (typed, errors): (Option<&Typed>, &FormErrors),
) -> Result<Response> {
    let moment = signed.app.moment();
    let (today, now) = (moment.today(), moment.now());
    let mut conn = signed.app.db.read().await?;
    let why = require(&mut conn, &signed.who, now, id, Sight::Open).await?;
    let held = latest_open(&mut conn, id, today).await?;
    let by = by(&mut conn, &signed.who, &moment, (id, held.as_ref())).await?;
    if !by.responsible && !by.leads {
        let words = "The responsible worker, or whoever leads the team, offers a hand-over";
        return Err(Oops::NotAllowed(words.to_owned()));
    }
    let header = person::header(&mut conn, id).await?.ok_or(Oops::NotFound)?;
    let before = Before::read(&mut conn, (id, None), today).await?;
    let look = Look { who: &signed.who, person: id, today, now, known: None };
    let shown = evidence(&mut conn, &look).await?;
    let said = match &held {
        Some(held) => notes(&mut conn, held.id).await?,
        None => vec![],
    };
    let workers = choices(&mut conn, (id, today)).await?;
    drop(conn);
    let typed = begun(typed, held.as_ref());
    let now_with = current(&before.workers, today);
    let asks = asked(now_with.is_some(), today, (&shown, &said));
    let name = header.shown_name.clone();
    let story = format!("/person/{id}/story");
    let form = Form::new(&typed, errors);
    let action = format!("/person/{id}/handover/offer");
    let body = html! {
        h2 { "Offer a hand-over of " (name) }
        p.lead { "Nothing changes until somebody takes over: whoever is responsible stays so, and every date keeps running." }
        section {
            h3 { "Before it is decided" }
            (before.markup((&name, &story), today))
        }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (stay_fields(&form, now_with.as_ref().map(|now| now.1.as_str())))
            (form.select("to", "Whom do you ask", workers))
            (form.radios("cause", "Why do they get another worker", causes(now_with.is_some())))
            (form.date("leaves", "Last day of whoever leaves").hint("Only where somebody leaves"))
            (form.textarea("why", "Why now").rows(3).hint("Whoever is asked reads this before anything else"))
            @if let Some(asks) = &asks { (ready_fields(&form, asks)) }
            (buttons(html! { (button("Offer it")) a href={ "/person/" (id) } { "Leave it" } }))
        }))
    };
    read_it(signed, id, Some(&why)).await?;
    Ok(page_of(signed, &header, (errors, None, true), body))
}

fn stay_fields<'a>(form: &Form<'a>, now: Option<&str>) -> Markup {
    let could: Vec<Choice<'a>> =
        CouldStay::ALL.iter().map(|one| Choice::new(one.code(), one.plain())).collect();
    let label = if now.is_some() {
        "Could the worker they know stay?"
    } else {
        "Could somebody they know take this on?"
    };
    html! {
        @if let Some(now) = now { p { b { (now) } " is the worker they know." } }
        (form.radios("stay", label, could))
        (form.textarea("stay-words", "What was looked at").rows(2)
            .hint("A day a week, until a birthday, with fewer others: ask before you answer"))
    }
}

fn causes<'a>(has_one: bool) -> Vec<Choice<'a>> {
    let fits = |cause: &&Cause| {
        **cause != Cause::NotSaid && (has_one || matches!(cause, Cause::Stage | Cause::Reallocation))
    };
    Cause::ALL.iter().filter(fits).map(|cause| Choice::new(cause.code(), cause.plain())).collect()
}

/// The list: what the record shows is ticked and linked, for the rest there is a line to say how it is.
fn ready_fields(form: &Form<'_>, list: &Ready<'static, read::Shown>) -> Markup {
    let (there, all) = list.count();
    html! {
        h3 { "Is it ready? " (there) " of " (all) }
        p.soft { "What the record shows is ticked by itself. Say of the rest how it is, in a sentence; or leave it, and it stands there as missing." }
        @for (ask, found) in &list.asks {
            @if let Found::Shown((words, href)) = found {
                (page::ready_list(&[page::Ready {
                    done: true,
                    what: html! { (ask.plain) },
                    about: html! { @match href { Some(href) => { a href=(href) { (words) } } None => { (words) } } },
                }]))
            }
        }
        @for (ask, found) in &list.asks {
            @if !matches!(found, Found::Shown(_)) {
                @let before = match found { Found::Said(words) => words.as_str(), Found::Shown(_) | Found::Missing => "" };
                @let field = page::Field::text(format!("ready-{}", ask.code), ask.plain.as_str());
                (form.fill(field.value(before)))
            }
        }
    }
}

/// Everyone who may be asked, each with how many people they are responsible for.
async fn choices<'a>(conn: &mut Conn, (person, today): (PersonId, Date)) -> Result<Vec<Choice<'a>>> {
    let workers: Vec<ChoiceRow> = crate::allocation::pages::choices(conn, person, today).await?;
    let mut list = vec![Choice::new("", "Choose a worker")];
    list.extend(workers.iter().map(|row| {
        let role = Role::from_code(&row.role).map_or("", Role::plain).to_lowercase();
        let people = plural(usize::try_from(row.people).unwrap_or(0), "person", "people");
        Choice::new(row.id.to_string(), format!("{}, {role}, {}: {people}", row.name, row.team))
    }));
    Ok(list)
}

fn read_offer(typed: &Typed, person: PersonId) -> std::result::Result<Offer, FormErrors> {
    let mut wrong = FormErrors::new();
    let to: Option<WorkerId> = typed.get("to").parse().ok();
    wrong.require(to.is_some(), "to", "Choose a worker");
    let cause = Cause::from_code(typed.get("cause"));
    wrong.require(cause.is_some(), "cause", "Say why they get another worker");
    let could_stay = CouldStay::from_code(typed.get("stay"));
    wrong.require(could_stay.is_some(), "stay", "Say whether they could stay");
    let leaves_on = typed.date_if_any("leaves", "Last day", &mut wrong);
    let said = typed
        .pairs()
        .filter_map(|(name, words)| Some((name.strip_prefix("ready-")?.to_owned(), words.trim().to_owned())))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    match (to, cause, could_stay) {
        (Some(to), Some(cause), Some(could_stay)) if wrong.is_empty() => Ok(Offer {
            person,
            to,
            cause,
            why: typed.get("why").to_owned(),
            could_stay,
            could_stay_words: typed.get("stay-words").to_owned(),
            leaves_on,
            said,
        }),
        _ => Err(wrong),
    }
}

/// `POST /person/{id}/handover/offer`
pub(super) async fn send_offer(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let command = match read_offer(typed, id) {
        Ok(command) => command,
        Err(errors) => return offer_form(signed, id, (Some(typed), &errors)).await,
    };
    let mut tx = signed.app.db.write().await?;
    match offer(&mut tx, &signed.who, &mut moment, command).await {
        Ok(_) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/person/{id}/handover?done=offered")).into_response())
        }
        Err(oops) => {
            tx.give_up().await?;
            let errors = checked::wrong(oops)?;
            offer_form(signed, id, (Some(typed), &errors)).await
        }
    }
}

/// `GET /person/{id}/handover/said`
pub(super) async fn ask_said(signed: Signed, Path(id): Path<PersonId>) -> Result<Response> {
    let mut typed = Typed::default();
    typed.put_date("on", signed.app.moment().today());
    said_form(&signed, id, (&typed, &FormErrors::new())).await
}

async fn said_form(
    signed: &Signed,
    id: PersonId,
    (typed, errors): (&Typed, &FormErrors),
) -> Result<Response> {
    let moment = signed.app.moment();
    let mut conn = signed.app.db.read().await?;
    let why = require(&mut conn, &signed.who, moment.now(), id, Sight::Record).await?;
    let header = person::header(&mut conn, id).await?.ok_or(Oops::NotFound)?;
    drop(conn);
    let name = header.shown_name.clone();
    let form = Form::new(typed, errors);
    let action = format!("/person/{id}/handover/said");
    let kinds = vec![
        Choice::new(Kind::Told.code(), format!("{name} was told")).hint(
            "In person, by whoever they know. From then on their own space says who goes and who comes",
        ),
        Choice::new(Kind::FamilyTold.code(), "Their family were told"),
        Choice::new(Kind::Introduction.code(), "They met whoever comes, together with whoever goes")
            .hint("Or are to meet: choose a day to come"),
        Choice::new(Kind::Goodbye.code(), "They said goodbye").hint("Or are to: choose a day to come"),
    ];
    let body = html! {
        h2 { "Told, met, said goodbye" }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.radios("kind", "What happened, or is to", kinds))
            (form.date("on", "On which day"))
            (form.textarea("words", "What was said or done").rows(3).hint("So that they could read it themselves"))
            (form.textarea("said", "What they said to it, in their words").rows(2))
            (buttons(html! { (button("Write it down")) a href={ "/person/" (id) "/handover" } { "Leave it" } }))
        }))
    };
    read_it(signed, id, Some(&why)).await?;
    Ok(page_of(signed, &header, (errors, None, true), body))
}

/// `POST /person/{id}/handover/said`
pub(super) async fn send_said(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let mut errors = FormErrors::new();
    let kind = Kind::from_code(typed.get("kind"));
    errors.require(kind.is_some(), "kind", "Say what happened");
    let on = typed.date("on", "On which day", &mut errors);
    let me = signed.who.worker();
    let (Some(kind), Some(on), Some(by)) = (kind, on, me) else {
        return said_form(signed, id, (typed, &errors)).await;
    };
    let words = typed.get("words").to_owned();
    let command = Say { person: id, kind, words, said: typed.some("said").map(str::to_owned), by, on };
    let mut tx = signed.app.db.write().await?;
    match say(&mut tx, &signed.who, &mut moment, command).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/person/{id}/handover?done=said")).into_response())
        }
        Err(oops) => {
            tx.give_up().await?;
            said_form(signed, id, (typed, &checked::wrong(oops)?)).await
        }
    }
}
