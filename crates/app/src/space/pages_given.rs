//! What somebody who comes in to another's space may read there: a worker shares it with a reason, or chooses it together
//! with the person; and how far a child's space is open.

use super::entrusted::{self, Coming, Gift, Give, Limits};
use super::hidden::hide;
use crate::entry::{self, when};
use crate::form::Posted;
use crate::frame::Frame;
use crate::journal::Read;
use crate::who::Signed;
use crate::working::{self, About};
use crate::{App, Oops, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::Sight;
use practice::entrusted::Part;
use practice::id::PersonId;
use practice::space::InSpace;
use practice::stage::Stage;
use uuid::Uuid;

/// How much that is written is offered.
const OFFERED: u32 = 20;

struct Shown {
    about: About,
    coming: Coming,
    given: Vec<Gift>,
    /// What is theirs and the worker's to read: its thread, what it is, whether it is private.
    written: Vec<(String, String, bool)>,
}

async fn gather(signed: &Signed, id: Uuid) -> Result<Shown> {
    let moment = signed.app.moment();
    let today = moment.today();
    let mut conn = signed.app.db.read().await?;
    let mut coming = entrusted::coming_for(&mut conn, &signed.who, &moment, id).await?;
    hide(&mut conn, &signed.who, moment.now(), std::slice::from_mut(&mut coming)).await?;
    let about = working::about(&mut conn, signed, moment.now(), coming.of, Sight::Open).await?;
    let given = entrusted::given(&mut conn, coming.of, coming.comes, today).await?;
    let mut written = vec![];
    for one in entry::lately_theirs(&mut conn, coming.of, OFFERED).await? {
        let held = &one.whole.entry;
        let may = entry::open(&mut conn, &signed.who, moment.now(), held.id).await.ok().flatten().is_some();
        if one.account && may {
            let on = when::short_day(when::day_of(held.happened_at), today);
            let label = format!("{}, {on}", held.title.as_deref().unwrap_or(held.kind.plain()));
            written.push((held.thread.to_string(), label, one.private_to(coming.of)));
        }
    }
    Ok(Shown { about, coming, given, written })
}

/// `GET /space/in/{id}`
pub(super) async fn show(signed: Signed, Path(id): Path<Uuid>) -> Result<Response> {
    let shown = gather(&signed, id).await?;
    working::open(&signed, &shown.about, Read::Person).await?;
    Ok(draw(&signed, &shown, (&Typed::default(), &FormErrors::new())))
}

fn draw(signed: &Signed, shown: &Shown, (typed, errors): (&Typed, &FormErrors)) -> Response {
    let Shown { about, coming, given, .. } = shown;
    let name = &coming.name;
    let advocate = coming.rule.part == InSpace::Advocate;
    let body = html! {
        h1 { "What " (name) " sees" }
        p.lead { @if advocate { "An advocate sees what " (about.header.shown_name) " chose, and no more. They choose on a page of their own, or here, together with you." }
            @else { "Share what they need, and say why. " (about.header.shown_name) " sees what is shared and why, and can end it." } }
        @if given.is_empty() { p { "Nothing yet." } }
        (page::rows(&given.iter().map(|gift| row(signed, gift)).collect::<Vec<_>>()))
        @if matches!(coming.rule.part, InSpace::Advocate | InSpace::Carer | InSpace::Partner) { (form(signed, shown, (typed, errors))) }
        (limits(signed, shown, (typed, errors)))
    };
    let href = format!("{}/space", about.href);
    let back = Some(Link { href: &href, label: "Back to their own space" });
    let frame = Frame { title: "What they see", back, errors: Some(errors), ..Frame::default() };
    about.page(signed, None, frame, body)
}

fn row(signed: &Signed, gift: &Gift) -> Markup {
    let today = signed.app.moment().today();
    let action = format!("/space/given/{}/end", gift.id);
    html! { div {
        p { b { (gift.rule.part.plain()) } ". " (gift.rule.by.plain()) @if let Some(worker) = &gift.worker { " (" (worker) ")" } ", " (when::short_day(gift.rule.from, today))
            @if let Some(until) = gift.rule.to { ", until " (when::short_day(until, today)) } "." }
        @if let Some(reason) = &gift.reason { p.soft { (reason) } }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            button.linkbtn type="submit" { "End it" span.hid { ": " (gift.rule.part.plain()) } }
        }))
    } }
}

fn form(signed: &Signed, shown: &Shown, (typed, errors): (&Typed, &FormErrors)) -> Markup {
    let form = Form::new(typed, errors);
    let action = format!("/space/in/{}", shown.coming.id);
    let parts = Part::ALL.iter().map(|part| Choice::new(part.code(), part.plain())).collect();
    let advocate = shown.coming.rule.part == InSpace::Advocate;
    let ones = shown.written.iter().map(|(thread, label, private)| {
        let hint = if *private {
            "They were seen alone, or it was kept to some: only together with them"
        } else {
            ""
        };
        Choice::new(thread.as_str(), label.as_str()).hint(hint)
    });
    let together = vec![Choice::new("yes", "We chose this together, with what it holds in front of us")];
    html! {
        h2 { @if advocate { "Choose together" } @else { "Share" } }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.radios("part", "What", parts))
            @if !shown.written.is_empty() { (page::shown_when("part", "one", html! { (form.radios("one", "Which", ones.collect())) })) }
            (form.checks("together", "With the person", together))
            (form.text("reason", "Why").hint("They read this, and so does whoever it is shared with"))
            (form.date("until", "Until when").hint("Leave empty where it holds until somebody ends it"))
            (buttons(html! { (button("Share it")) }))
        }))
    }
}

/// Until when they come in, and of whoever acts for the person what they may do: changed without a new invitation.
fn limits(signed: &Signed, shown: &Shown, (typed, errors): (&Typed, &FormErrors)) -> Markup {
    let coming = &shown.coming;
    let action = format!("/space/in/{}/limits", coming.id);
    let mut filled = Typed::default();
    if coming.rule.reads {
        filled.put("limits", "reads");
    }
    if coming.rule.writes {
        filled.put("limits", "writes");
    }
    if let Some(to) = coming.rule.to {
        filled.put_date("ends", to);
    }
    filled.put("limits-reason", coming.reason.clone().unwrap_or_default());
    let sent = typed.has("do", "limits");
    let none = FormErrors::new();
    let form = if sent { Form::new(typed, errors) } else { Form::new(&filled, &none) };
    let proxy = coming.rule.part == InSpace::Proxy;
    let may = vec![
        Choice::new("reads", "Read what the person may read, but not what they said alone"),
        Choice::new("writes", "Write to the people who work with them"),
    ];
    html! {
        h2 { "Limits" }
        p { "They hold from the next press on. Nobody has to be invited anew." }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            input type="hidden" name="do" value="limits";
            @if proxy { (form.checks("limits", "They may", may)) }
            (form.date("ends", "Until when they come in").hint(if proxy { "At most as long as it is needed" } else { "Leave empty where it holds until somebody ends it" }))
            (form.text("limits-reason", "Why").hint("The person whose space it is reads this"))
            (buttons(html! { (button("Change the limits")) }))
        }))
    }
}

/// `POST /space/in/{id}/limits`
pub(super) async fn change(Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let app = &signed.app;
    let mut errors = FormErrors::new();
    let until = typed.date_if_any("ends", "The day", &mut errors);
    if errors.is_empty() {
        let reason = typed.some("limits-reason").map(str::to_owned);
        let (reads, writes) = (typed.has("limits", "reads"), typed.has("limits", "writes"));
        let mut tx = app.db.write().await?;
        let limits = Limits { of: id, reads, writes, until, reason };
        match entrusted::change_limits(&mut tx, &signed.who, &mut app.moment(), limits).await {
            Ok(of) => {
                tx.commit().await?;
                return Ok(Redirect::to(&format!("/person/{of}/space")).into_response());
            }
            Err(Oops::Wrong(wrong)) => {
                for (field, words) in wrong {
                    let field = match field.as_str() {
                        "reason" => "limits-reason",
                        "until" => "ends",
                        other => other,
                    };
                    errors.add(field.to_owned(), words);
                }
            }
            Err(other) => return Err(other),
        }
        tx.give_up().await?;
    }
    let shown = gather(signed, id).await?;
    Ok(draw(signed, &shown, (typed, &errors)))
}

/// `POST /space/in/{id}`
pub(super) async fn send(Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    entrusted::coming_for(&mut conn, &signed.who, &app.moment(), id).await?;
    drop(conn);
    let mut errors = FormErrors::new();
    let part = Part::from_code(typed.get("part"));
    errors.require(part.is_some(), "part", "Say what you share");
    let until = typed.date_if_any("until", "The day", &mut errors);
    if let (Some(part), true) = (part, errors.is_empty()) {
        let one = typed.get("one").parse().ok();
        let reason = typed.some("reason").map(str::to_owned);
        let give = Give { to: id, part, one, together: typed.has("together", "yes"), reason, until };
        let mut tx = app.db.write().await?;
        match entrusted::give(&mut tx, &signed.who, &mut app.moment(), give).await {
            Ok(_) => {
                tx.commit().await?;
                return Ok(Redirect::to(&format!("/space/in/{id}")).into_response());
            }
            Err(Oops::Wrong(wrong)) => wrong.into_iter().for_each(|(field, words)| errors.add(field, words)),
            Err(other) => return Err(other),
        }
        tx.give_up().await?;
    }
    let shown = gather(signed, id).await?;
    Ok(draw(signed, &shown, (typed, &errors)))
}

/// `POST /space/given/{id}/end`
pub(super) async fn end(State(app): State<App>, Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let mut tx = app.db.write().await?;
    let (of, _) = entrusted::end_given(&mut tx, &posted.signed.who, &mut app.moment(), id).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/person/{of}/space")).into_response())
}

/// How far the space is open, on the page about it: each step agreed with the child, in their words.
pub(super) fn stages(signed: &Signed, about: &About, (stage, own): (Stage, bool)) -> Markup {
    let action = format!("{}/space/stage", about.href);
    let choices = Stage::ALL.iter().map(|one| Choice::new(one.code(), one.plain())).collect();
    let typed = Typed::from_pairs([("stage", stage.code())]);
    let errors = FormErrors::new();
    let form = Form::new(&typed, &errors);
    html! { @if own {
        h2 { "How far it is open" }
        p { "Open a child's space together, step by step: look at each page with them before they meet it alone." }
        (page::details(&format!("Now: {}", stage.plain()), page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.radios("stage", "What they see", choices))
            (form.text("said", "What they said about it").hint("In their words"))
            (buttons(html! { (button("We agreed this")) }))
        })))
    } }
}

/// `POST /person/{id}/space/stage`
pub(super) async fn send_stage(Path(person): Path<PersonId>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    crate::access::require(&mut conn, &signed.who, app.moment().now(), person, Sight::Steps).await?;
    drop(conn);
    let stage = Stage::from_code(typed.get("stage"))
        .ok_or_else(|| Oops::Refused("Say how far you agreed to open it".to_owned()))?;
    let mut tx = app.db.write().await?;
    let agreed = (person, stage, typed.some("said"));
    entrusted::open_stage(&mut tx, &signed.who, &mut app.moment(), agreed).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/person/{person}/space")).into_response())
}

/// `POST /space/in/{id}/looked-at`: somebody who acts for another still should.
pub(super) async fn looked_at(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response> {
    let mut tx = app.db.write().await?;
    let of = entrusted::look_again(&mut tx, &posted.signed.who, &mut app.moment(), id).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/person/{of}/space")).into_response())
}
