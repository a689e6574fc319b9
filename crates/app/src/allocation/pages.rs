//! Who works with someone, on pages: the whole list, allocating a worker, ending an allocation.

use super::actions::{Allocate, EndAllocation, Helper, allocate, end_allocation, helpers, story_first};
use super::card::{list, waiting};
use super::limit::{decide_over_limit, fields, typed_decision};
use super::store::{self, ChoiceRow};
use crate::access::{self, Reach};
use crate::checked::{self, Check, Press};
use crate::clock::shown::weekday;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::Read;
use crate::who::Signed;
use crate::working::{About, about, open, plural};
use crate::{Oops, Result};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, args};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, Typed, button, buttons, link_button};
use practice::access::{AllocationKind, Sight};
use practice::id::{AllocationId, PersonId, WorkerId};
use practice::person::AccessLevel;
use practice::role::Role;
use practice::story::Taking;
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

fn said(done: &Done) -> Option<&'static str> {
    match done.done.as_deref()? {
        "allocated" => Some("The worker is allocated. This stands on their Today."),
        "way" => Some("Kept. A long way weighs in what their worker can hold."),
        "ended" => Some("The allocation has ended and stays readable."),
        _ => None,
    }
}

/// In which parts the reader may allocate.
async fn may(
    conn: &mut Conn,
    signed: &Signed,
    now: jiff::Timestamp,
    id: PersonId,
) -> Result<Vec<AllocationKind>> {
    let reach = Reach::of(conn, &signed.who, now).await?;
    let standings = reach.standings(conn, &[id]).await?;
    let Some(standing) = standings.get(&id) else { return Ok(vec![]) };
    let allowed = |part: &AllocationKind| reach.decide(standing, Sight::Allocate(*part)).is_allowed();
    Ok(AllocationKind::ALL.iter().copied().filter(allowed).collect())
}

pub(super) async fn show(
    signed: Signed,
    Path(id): Path<PersonId>,
    Query(done): Query<Done>,
) -> Result<Response> {
    let moment = signed.app.moment();
    let today = moment.today();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Open).await?;
    let all = helpers(&mut conn, id).await?;
    let waits = waiting(&mut conn, id, &all, today).await?;
    let parts = may(&mut conn, &signed, moment.now(), id).await?;
    drop(conn);
    open(&signed, &about, Read::Helpers).await?;
    let endable: Vec<&Helper> =
        all.iter().filter(|one| one.to.is_none() && parts.contains(&one.part)).collect();
    let body = html! {
        h2 { "People helping " (about.header.shown_name) }
        (list(&all, waits.as_ref(), today))
        @if !parts.is_empty() {
            (buttons(html! {
                (link_button(&format!("{}/helpers/allocate", about.href), "Allocate a worker"))
                a href={ (about.href) "/handover" } { "Hand over" }
                a href={ (about.href) "/helpers/way" } { "How long the way takes" }
            }))
        }
        @if !endable.is_empty() {
            h3 { "End an allocation" }
            ul { @for one in &endable {
                li { a href={ (about.href) "/helpers/" (one.id) "/end" } { (one.name) ", " (one.part.plain().to_lowercase()) } }
            } }
        }
    };
    let title = format!("People helping {}", about.header.shown_name);
    let page = Frame { title: &title, said: said(&done), ..Frame::default() };
    Ok(about.page(&signed, None, page, body))
}

fn page_of(
    signed: &Signed,
    about: &About,
    (title, said): (&str, Option<&str>),
    errors: Option<&FormErrors>,
    body: Markup,
) -> Response {
    let page = Frame {
        title,
        part: "/find",
        back: Some(Link { href: &about.href, label: &about.back }),
        said,
        errors,
        header: Some(about.heading.clone()),
        ..Frame::default()
    };
    frame(signed, &page, body)
}

/// Everyone who may be allocated, each with how many people they are responsible for.
pub(super) async fn choices(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<ChoiceRow>> {
    let mut rows: Vec<ChoiceRow> = conn.all(store::CHOICES, args![today]).await?;
    rows.dedup_by(|one, before| (one.id, one.team_id) == (before.id, before.team_id));
    let held: Vec<(uuid::Uuid, String)> = conn.all(store::HELD_BY, args![person, today]).await?;
    // the teams that hold the person first
    rows.sort_by_key(|row| !held.iter().any(|team| team.0 == row.team_id));
    Ok(rows)
}

pub(super) async fn ask(signed: Signed, Path(id): Path<PersonId>) -> Result<Response> {
    let moment = signed.app.moment();
    let mut typed = Typed::default();
    typed.put_date("from", moment.today());
    let mut conn = signed.app.db.read().await?;
    let whose = about(&mut conn, &signed, moment.now(), id, Sight::Open).await?;
    let found = form(&mut conn, &signed, id, (&typed, &FormErrors::new())).await?;
    drop(conn);
    open(&signed, &whose, Read::Helpers).await?;
    Ok(found)
}

async fn form(
    conn: &mut Conn,
    signed: &Signed,
    id: PersonId,
    (typed, errors): (&Typed, &FormErrors),
) -> Result<Response> {
    let moment = signed.app.moment();
    let about = about(conn, signed, moment.now(), id, Sight::Open).await?;
    let parts = may(conn, signed, moment.now(), id).await?;
    if parts.is_empty() {
        return Err(Oops::NotAllowed(
            "A manager of the team says who is responsible, and the responsible worker who helps".to_owned(),
        ));
    }
    let workers = choices(conn, id, moment.today()).await?;
    let form = Form::new(typed, errors);
    let label = |row: &ChoiceRow| {
        let role = Role::from_code(&row.role).map_or("", Role::plain).to_lowercase();
        let people = plural(usize::try_from(row.people).unwrap_or(0), "person", "people");
        Choice::new(row.id.to_string(), format!("{}, {role}, {}: {people}", row.name, row.team))
    };
    let mut list = vec![Choice::new("", "Choose a worker")];
    list.extend(workers.iter().map(label));
    let name = &about.header.shown_name;
    let kinds: Vec<Choice<'_>> = parts
        .iter()
        .map(|part| {
            let hint = match part {
                AllocationKind::Responsible => {
                    "Answers for them. Takes over from whoever is responsible now, on the same day."
                }
                AllocationKind::Helping => "Works with them beside the responsible worker.",
                AllocationKind::Reviewing => "Chairs or reviews, and reads the record.",
            };
            Choice::new(part.code(), part.plain()).hint(hint).chosen(parts.len() == 1)
        })
        .collect();
    let action = format!("{}/helpers/allocate", about.href);
    let back = format!("{}/helpers", about.href);
    let body = html! {
        h2 { "Allocate a worker to " (name) }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.radios("part", "In what part", kinds))
            (form.select("worker", "Who", list).hint("With how many people each is responsible for now"))
            (form.date("from", "From which day"))
            (form.text("reason", "Why, if there is something to say"))
            @if errors.get("over-why").is_some() || typed.some("over-why").is_some() { (fields(&form, moment.today())?) }
            (buttons(html! { (button("See what follows")) a href=(back) { "Leave it" } }))
        }))
    };
    Ok(page_of(signed, &about, ("Allocate a worker", None), Some(errors), body))
}

fn read(typed: &Typed, person: PersonId) -> std::result::Result<Allocate, FormErrors> {
    let mut wrong = FormErrors::new();
    let part = AllocationKind::from_code(typed.get("part"));
    wrong.require(part.is_some(), "part", "Say in what part");
    let worker: Option<WorkerId> = typed.get("worker").parse().ok();
    wrong.require(worker.is_some(), "worker", "Choose a worker");
    let from = typed.date("from", "From which day", &mut wrong);
    match (part, worker, from) {
        (Some(part), Some(worker), Some(from)) if wrong.is_empty() => {
            let reason = typed.some("reason").map(str::to_owned);
            Ok(Allocate { person, worker, part, from, to: None, reason })
        }
        _ => Err(wrong),
    }
}

pub(super) async fn give(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let press = Press::of(typed);
    let command = read(typed, id);
    let mut tx = signed.app.db.write().await?;
    let about = about(&mut tx, signed, moment.now(), id, Sight::Open).await?;
    if press == Press::Change {
        return form(&mut tx, signed, id, (typed, &FormErrors::new())).await;
    }
    let command = match command {
        Ok(command) => command,
        Err(errors) => return form(&mut tx, signed, id, (typed, &errors)).await,
    };
    let mut errors = FormErrors::new();
    let over = typed_decision(typed, (command.worker, id), &mut errors);
    if !errors.is_empty() {
        return form(&mut tx, signed, id, (typed, &errors)).await;
    }
    let before = helpers(&mut tx, id).await?;
    let done = match &over {
        Some(over) => decide_over_limit(&mut tx, &signed.who, &mut moment, over.clone()).await.map(|_| ()),
        None => Ok(()),
    };
    let done = match done {
        Ok(()) => allocate(&mut tx, &signed.who, &mut moment, command.clone()).await.map(|_| ()),
        refused => refused,
    };
    if let Err(oops) = done {
        tx.give_up().await?;
        let errors = checked::wrong(oops)?;
        let mut conn = signed.app.db.read().await?;
        return form(&mut conn, signed, id, (typed, &errors)).await;
    }
    if press == Press::Save {
        tx.commit().await?;
        return Ok(Redirect::to(&format!("/person/{id}/helpers?done=allocated")).into_response());
    }
    let after = helpers(&mut tx, id).await?;
    let listed = tx.number(store::LISTED, args![id, command.worker, moment.today()]).await? > 0;
    let unlisted = about.header.level != AccessLevel::Findable && !listed;
    let unread = story_first(&mut tx, &signed.who, &moment, &command).await? == Taking::FirstThing;
    tx.give_up().await?;
    Ok(ask_give(
        &about,
        (signed, typed),
        (&command, moment.today(), [unlisted, unread, over.is_some()]),
        (&before, &after),
    ))
}

/// What allocating does, before it is done.
fn ask_give(
    about: &About,
    (signed, typed): (&Signed, &Typed),
    (command, today, [unlisted, unread, over]): (&Allocate, Date, [bool; 3]),
    (before, after): (&[Helper], &[Helper]),
) -> Response {
    let new =
        after.iter().find(|one| one.worker == command.worker && one.part == command.part && one.to.is_none());
    let name = new.map_or("The worker", |one| one.name.as_str());
    let gone: Vec<&Helper> = before
        .iter()
        .filter(|one| {
            one.to.is_none()
                && after.iter().any(|now| {
                    now.worker == one.worker
                        && now.part == one.part
                        && now.from == one.from
                        && now.to.is_some()
                })
        })
        .collect();
    let shown = &about.header.shown_name;
    let follows = html! {
        ul {
            @if unlisted {
                li { (name) " is not on the list of this restricted record, so cannot open it or see " (shown) " on Today. Ask the restricted-records officer to name them." }
            } @else {
                li { (name) " can open " (shown) "'s record and sees " (shown) " on Today." }
            }
            @if unread {
                li { (name) " has not read " (shown) "'s story so far yet. It stands first on their Today: read it before you meet." }
            }
            @if over { li { (name) " holds more than they can, by your decision. They and the head of service read why, and you look at it again." } }
            @for one in &gone { li { (one.name) " is responsible until " (weekday(command.from, today)) ", and no longer." } }
            @if command.part == AllocationKind::Responsible && gone.is_empty() { li { (shown) " no longer waits for a worker." } }
        }
    };
    let mut answers = vec![
        ("Worker", html! { (name) }),
        ("Part", html! { (command.part.plain()) }),
        ("From", html! { (weekday(command.from, today)) }),
    ];
    if let Some(reason) = &command.reason {
        answers.push(("Why", html! { (reason) }));
    }
    let (action, back) = (format!("{}/helpers/allocate", about.href), format!("{}/helpers", about.href));
    let heading = format!("Check before you allocate {name}");
    let it = Check {
        about,
        heading: &heading,
        answers,
        follows,
        button: "Allocate",
        action: &action,
        back: &back,
    };
    checked::check(signed, typed, it)
}

async fn one(conn: &mut Conn, person: PersonId, allocation: AllocationId) -> Result<Helper> {
    let mut all = helpers(conn, person).await?.into_iter();
    all.find(|one| one.id == allocation).ok_or(Oops::NotFound)
}

pub(super) async fn ask_end(
    signed: Signed,
    Path((id, allocation)): Path<(PersonId, AllocationId)>,
) -> Result<Response> {
    let moment = signed.app.moment();
    let mut typed = Typed::default();
    typed.put_date("on", moment.today());
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Open).await?;
    let held = one(&mut conn, id, allocation).await?;
    access::require(&mut conn, &signed.who, moment.now(), id, Sight::Allocate(held.part)).await?;
    drop(conn);
    open(&signed, &about, Read::Helpers).await?;
    Ok(end_form(&signed, &about, &held, (&typed, &FormErrors::new())))
}

fn end_form(
    signed: &Signed,
    about: &About,
    held: &Helper,
    (typed, errors): (&Typed, &FormErrors),
) -> Response {
    let form = Form::new(typed, errors);
    let action = format!("{}/helpers/{}/end", about.href, held.id);
    let back = format!("{}/helpers", about.href);
    let body = html! {
        h2 { (held.name) " no longer works with " (about.header.shown_name) }
        @if held.part == AllocationKind::Responsible {
            (page::note(html! { "If an episode is open, " (about.header.shown_name) " then waits for a worker, and the manager of the team answers. \
                To hand over to someone, " a href={ (about.href) "/handover/offer" } { "offer a hand-over" } " instead." }))
        }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.date("on", "Last day"))
            (form.text("reason", "Why it ends"))
            (buttons(html! { (button("See what follows")) a href=(back) { "Leave it" } }))
        }))
    };
    page_of(signed, about, ("End an allocation", None), Some(errors), body)
}

pub(super) async fn finish(
    Path((id, allocation)): Path<(PersonId, AllocationId)>,
    posted: Posted,
) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let press = Press::of(typed);
    let mut tx = signed.app.db.write().await?;
    let about = about(&mut tx, signed, moment.now(), id, Sight::Open).await?;
    let held = one(&mut tx, id, allocation).await?;
    access::require(&mut tx, &signed.who, moment.now(), id, Sight::Allocate(held.part)).await?;
    let mut errors = FormErrors::new();
    let on = typed.date("on", "Last day", &mut errors);
    let (Some(on), false) = (on, press == Press::Change) else {
        let errors = if press == Press::Change { FormErrors::new() } else { errors };
        return Ok(end_form(signed, &about, &held, (typed, &errors)));
    };
    let command = EndAllocation { allocation, on, reason: typed.get("reason").to_owned() };
    if let Err(oops) = end_allocation(&mut tx, &signed.who, &mut moment, command).await {
        return Ok(end_form(signed, &about, &held, (typed, &checked::wrong(oops)?)));
    }
    if press == Press::Save {
        tx.commit().await?;
        return Ok(Redirect::to(&format!("/person/{id}/helpers?done=ended")).into_response());
    }
    let (today, all) = (moment.today(), helpers(&mut tx, id).await?);
    // as from the day after, because the last day still counts
    let waits = waiting(&mut tx, id, &all, today.tomorrow().unwrap_or(today)).await?;
    tx.give_up().await?;
    let shown = &about.header.shown_name;
    let follows = html! {
        ul {
            li { (held.name) " can no longer open " (shown) "'s record after that day, unless something else ties them." }
            @if held.part == AllocationKind::Responsible {
                @match waits.as_ref().and_then(|waits| waits.team.as_ref()) {
                    Some((_, team)) => { li { (shown) " waits for a worker, and the manager of " (team) " answers." } }
                    None => { li { "Nobody needs to answer for " (shown) ", because no episode is open." } }
                }
            }
        }
    };
    let answers = vec![
        ("Worker", html! { (held.name) ", " (held.part.plain().to_lowercase()) }),
        ("Last day", html! { (weekday(on, today)) }),
        ("Why", html! { (typed.get("reason")) }),
    ];
    let (action, back) =
        (format!("{}/helpers/{allocation}/end", about.href), format!("{}/helpers", about.href));
    let it = Check {
        about: &about,
        heading: "Check before you end this",
        answers,
        follows,
        button: "End it",
        action: &action,
        back: &back,
    };
    Ok(checked::check(signed, typed, it))
}
