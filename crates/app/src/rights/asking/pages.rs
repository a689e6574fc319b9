//! The pages of a request: received, collected, decided, looked at twice, given.

use super::actions::{Receive, Step, look, receive, request, spend, step};
use super::collect::collect;
use super::decide::{Which, deciders, second_look, send, spans};
use super::out::{self, Answer};
use super::store::{self, ItemRow, LookRow, RequestRow, SpanRow};
use crate::entry::when;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{self, Read};
use crate::moment::written as day;
use crate::person::Header;
use crate::who::Signed;
use crate::{Oops, Result, access, clock, person};
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, args};
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, SummaryRow, Typed, Width, button, buttons, link_button};
use practice::access::Sight;
use practice::clock::RuleId;
use practice::disclosure::{Asker, RequestState, may_check};
use practice::id::PersonId;
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(Deserialize, Default)]
pub(in crate::rights) struct Asked {
    done: Option<String>,
}

/// Lets a reader on who answers for the person's rights, and writes down what they looked at.
pub(super) async fn enter(signed: &Signed, conn: &mut Conn, person: PersonId, what: Read) -> Result<Header> {
    let why = access::enter(&signed.app, conn, &signed.who, person, Sight::Rights).await?;
    let header = person::header(conn, person).await?.ok_or(Oops::NotFound)?;
    journal::read(&signed.app, &signed.who, what, &[person], &why, serde_json::Value::Null).await?;
    Ok(header)
}

/// "Subject access: due 3 May 2027", as the clock engine says it.
pub(in crate::rights) async fn due(
    conn: &mut Conn,
    person: PersonId,
    today: jiff::civil::Date,
) -> Result<Vec<(String, String)>> {
    let all = clock::running_of(conn, person, today).await?;
    let rule: Option<RuleId> = "IR-01".parse().ok();
    let mine = all.into_iter().filter(|kept| Some(kept.clock.rule) == rule);
    Ok(mine.map(|kept| (kept.why.due_day, kept.why.due)).collect())
}

/// `GET /person/{id}/rights`
pub(in crate::rights) async fn of_person(signed: Signed, Path(person): Path<PersonId>) -> Result<Response> {
    list(&signed, person, (&Typed::default(), &FormErrors::new())).await
}

async fn list(signed: &Signed, person: PersonId, (typed, errors): (&Typed, &FormErrors)) -> Result<Response> {
    let mut conn = signed.app.db.read().await?;
    let header = enter(signed, &mut conn, person, Read::Requests).await?;
    let all: Vec<RequestRow> = conn.all(store::OF_PERSON, args![person]).await?;
    drop(conn);
    let here = format!("/person/{person}/rights");
    let form = Form::new(typed, errors);
    let who = Asker::ALL.iter().map(|one| Choice::new(one.code(), one.plain())).collect();
    let known = vec![
        Choice::new("yes", "Yes: they are known, or have shown it"),
        Choice::new("no", "Not yet: they are asked to show it, and the time runs from then"),
    ];
    let body = html! {
        h1 { "What " (header.full_name) " asks of their record" }
        @if all.is_empty() { p { "Nothing was asked yet." } }
        ul.rows { @for row in &all { li {
            a href={ (here) "/" (row.request_id) } { "Asked for on " (day(row.received_on.0)) }
            p.soft.small { (state(row).plain()) @if let Some(on) = row.ended_on { ", " (day(on.0)) } }
        } } }
        h2 { "A request has arrived" }
        p { "However it came: said, written or by somebody for them. A child who understands what it means asks for themselves." }
        (page::post(&Post { action: &here, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.radios("by", "Who asks?", who))
            (form.text("asker", "Who that is, if somebody else").hint("And why they may: parental responsibility, their agreement, a court"))
            (form.date("on", "When it arrived"))
            (form.radios("known", "Is it known that they are who they say?", known))
            (buttons(html! { (button("Keep the request")) }))
        }))
        p { a href={ "/person/" (person) "/who-has-read" } { "Who has read about them, in a list to give to them" } }
    };
    let back = format!("/person/{person}");
    let label = format!("Back to {}", header.shown_name);
    let page = Frame {
        title: "What they ask of their record",
        part: "/find",
        back: Some(Link { href: &back, label: &label }),
        errors: Some(errors).filter(|errors| !errors.is_empty()),
        ..Frame::default()
    };
    Ok(frame(signed, &page, body))
}

fn state(row: &RequestRow) -> RequestState {
    RequestState::from_code(&row.state).unwrap_or(RequestState::Open)
}

/// `POST /person/{id}/rights`
pub(in crate::rights) async fn arrive(Path(person): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut errors = FormErrors::new();
    let command = Receive {
        by: Asker::from_code(typed.get("by")),
        asker: typed.get("asker").to_owned(),
        on: typed.date("on", "When it arrived", &mut errors),
        known: typed.get("known") == "yes",
    };
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    match receive(&mut tx, &signed.who, &mut moment, (person, command)).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/person/{person}/rights/{id}")).into_response())
        }
        Err(Oops::Wrong(wrong)) => {
            tx.give_up().await?;
            for (field, words) in wrong {
                if errors.get(&field).is_none() {
                    errors.add(field, words);
                }
            }
            list(signed, person, (typed, &errors)).await
        }
        Err(oops) => Err(oops),
    }
}

struct Opened {
    header: Header,
    row: RequestRow,
    items: Vec<ItemRow>,
    spans: Vec<SpanRow>,
    look: Option<LookRow>,
    minutes: i64,
    due: Vec<(String, String)>,
    /// Whether this reader may take the second look.
    may_look: bool,
}

async fn open(signed: &Signed, which: Which) -> Result<Opened> {
    let mut conn = signed.app.db.read().await?;
    let header = enter(signed, &mut conn, which.0, Read::Request).await?;
    let row = request(&mut conn, which).await?;
    let decided = deciders(&mut conn, which.1).await?;
    Ok(Opened {
        header,
        row,
        items: conn.all(store::ITEMS, args![which.1]).await?,
        spans: spans(&mut conn, which.1).await?,
        look: look(&mut conn, which.1).await?,
        minutes: conn.number(store::TIME, args![which.1]).await?,
        due: due(&mut conn, which.0, signed.app.moment().today()).await?,
        may_look: signed.who.worker().is_some_and(|me| may_check(&decided, me)),
    })
}

fn facts(opened: &Opened) -> Markup {
    let row = &opened.row;
    let by = Asker::from_code(&row.asked_by).map_or("", Asker::plain);
    let line = |term, value| SummaryRow { term, value, change: None };
    let time = format!("{} h {} min", opened.minutes / 60, opened.minutes % 60);
    let mut rows = vec![
        line("Who asks", html! { (by) @if let Some(asker) = &row.asker { ": " (asker) } }),
        line("Arrived", html! { (day(row.received_on.0)) }),
        line(
            "Known who they are",
            html! { @match row.identity_on {
            Some(on) => { (day(on.0)) } None => { "Not yet: no time runs" } } },
        ),
    ];
    if let Some(question) = &row.question {
        rows.push(line("Asked back", html! {
            q { (question) } @if let Some(on) = row.question_on { ", " (day(on.0)) }
            @match row.answered_on { Some(on) => { ". Answered " (day(on.0)) } None => { ". The time stands still until they answer" } }
        }));
    }
    if let (Some(on), Some(why)) = (row.extended_on, &row.extended_why) {
        rows.push(line("Takes longer", html! { "Told on " (day(on.0)) ": " q { (why) } }));
    }
    for (due_day, why) in &opened.due {
        rows.push(line("To be answered by", html! { b { (due_day) } ". " (why) }));
    }
    if let Some(on) = row.ended_on {
        rows.push(line(
            state(row).plain(),
            html! { (day(on.0)) @if let Some(why) = &row.ended_why { ": " q { (why) } } },
        ));
    }
    rows.push(line("Working time so far", html! { (time) }));
    page::summary_list(&rows)
}

/// The first words of an item, in one line.
fn begins(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = line.chars().take(90).collect();
    if cut.len() < line.len() { format!("{cut}…") } else { cut }
}

fn items(opened: &Opened, here: &str) -> Markup {
    let waiting = opened.spans.iter().filter(|row| row.decided_by.is_none()).count();
    let mut by_item: BTreeMap<Uuid, (usize, usize)> = BTreeMap::new();
    for row in &opened.spans {
        let counted = by_item.entry(row.item_id).or_default();
        if row.decided_by.is_some() { counted.0 += 1 } else { counted.1 += 1 }
    }
    html! {
        h2 { "What was collected" }
        p { (opened.items.len()) " items. Everything is given unless somebody says why not."
            @if waiting > 0 { " " b { (waiting) " places are proposed to be left out and wait to be decided." } } }
        p { a href={ (here) "/preview" } { "See exactly what they get" } }
        ul.rows { @for item in &opened.items { li {
            a href={ (here) "/item/" (item.id) } { (item.title) }
            p { (begins(&item.words)) }
            p.soft.small { (item.section)
                @if let Some((decided, proposed)) = by_item.get(&item.id) {
                    @if *decided > 0 { ", left out at " (decided) }
                    @if *proposed > 0 { ", " b { (proposed) " proposed" } }
                } }
        } } }
    }
}

fn act(signed: &Signed, here: &str, (doing, label): (&str, &str), fields: Markup) -> Markup {
    page::post(
        &Post { action: here, csrf: &signed.csrf, ..Post::default() },
        html! {
            input type="hidden" name="doing" value=(doing);
            (fields)
            (buttons(html! { (button(label)) }))
        },
    )
}

fn second(signed: &Signed, opened: &Opened, here: &str, form: &Form<'_>) -> Markup {
    html! {
        h2 { "Somebody else looks" }
        @match &opened.look {
            None => {
                p { "Whoever decided nothing of it reads what will be given, and agrees or returns it." }
                (act(signed, here, ("send", "Send it to be looked at"), html! {}))
            }
            Some(sent) => {
                p { (sent.sender) " sent it on " (day(when::day_of(sent.sent_at.0))) "." }
                @match sent.outcome.as_deref() {
                    None if opened.may_look => {
                        p { a href={ (here) "/preview" } { "Read what they would get" } ", then say." }
                        (act(signed, here, ("agree", "Agree: it can be given"), html! {}))
                        (act(signed, here, ("return", "Return it"), html! { (form.textarea("return-words", "What to look at again").rows(2)) }))
                    }
                    None => { p { "It waits for somebody who decided nothing of it." } }
                    Some("agreed") => {
                        (page::note(html! { p { b { "Agreed" } @if let Some(who) = &sent.looker { " by " (who) } ". It can be given." } }))
                        (buttons(html! { (link_button(&format!("{here}/out"), "Take it out: the page and the files")) }))
                        (act(signed, here, ("given", "They have it"), html! { (form.date("given-on", "When they got it")) }))
                    }
                    Some(_) => {
                        (page::note(html! { p { b { "Returned" } @if let Some(who) = &sent.looker { " by " (who) } ": " q { (sent.words.as_deref().unwrap_or_default()) } } }))
                        (act(signed, here, ("send", "Send it again"), html! {}))
                    }
                }
            }
        }
    }
}

/// Everything else that may happen to a request, each behind a press.
fn more(signed: &Signed, opened: &Opened, here: &str, form: &Form<'_>) -> Markup {
    // several forms stand on the page: each field has a name of its own
    let on = |name, label| html! { (form.date(name, label)) };
    let steps: [(&str, &str, Markup); 6] = [
        ("known", "It is known who they are", on("known-on", "Since when")),
        (
            "ask",
            "They are asked what they mean",
            html! { (form.textarea("ask-words", "What you need to know to find it").rows(2)) (on("ask-on", "When")) },
        ),
        ("answered", "They answered", on("answered-on", "When")),
        (
            "put-off",
            "It takes longer",
            html! {
                (form.textarea("put-off-words", "Why: that it is complex, or one of many").rows(2))
                (on("put-off-on", "When they were told"))
            },
        ),
        (
            "withdrawn",
            "They took it back",
            html! { (form.textarea("withdrawn-words", "What they said").rows(2)) (on("withdrawn-on", "When")) },
        ),
        (
            "refused",
            "It is refused",
            html! {
                (form.textarea("refused-words", "On what ground, and how they may complain").rows(2))
                (on("refused-on", "When they were told"))
            },
        ),
    ];
    html! {
        h2 { "What happened with it" }
        @for (doing, label, fields) in steps {
            @if doing != "known" || opened.row.identity_on.is_none() {
                (page::details(label, act(signed, here, (doing, "Keep"), fields)))
            }
        }
        (page::details("Add working time", act(signed, here, ("spend", "Add"), html! {
            (form.text("minutes", "Minutes").width(Width::Tiny))
        })))
    }
}

fn shown(
    signed: &Signed,
    opened: &Opened,
    said: Option<&str>,
    (typed, errors): (&Typed, &FormErrors),
) -> Response {
    let (person, id) = (opened.header.id, opened.row.request_id);
    let here = format!("/person/{person}/rights/{id}");
    let form = Form::new(typed, errors);
    let open = state(&opened.row) == RequestState::Open;
    let body = html! {
        h1 { "A request for the record of " (opened.header.full_name) }
        (facts(opened))
        @if opened.row.collected_at.is_some() { (items(opened, &here)) }
        @else if open {
            p { "Everything the rooms hold about them is put together, as it stands today, with what may have to be left out." }
            (act(signed, &here, ("collect", "Collect what the record holds"), html! {}))
        }
        @if open {
            @if opened.row.collected_at.is_some() { (second(signed, opened, &here, &form)) }
            (more(signed, opened, &here, &form))
        }
    };
    let back = format!("/person/{person}/rights");
    let page = Frame {
        title: "A request for a record",
        part: "/find",
        back: Some(Link { href: &back, label: "Back to what they ask" }),
        said,
        errors: Some(errors).filter(|errors| !errors.is_empty()),
        ..Frame::default()
    };
    frame(signed, &page, body)
}

/// `GET /person/{id}/rights/{request}`
pub(in crate::rights) async fn show(
    signed: Signed,
    Path(which): Path<Which>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let opened = open(&signed, which).await?;
    let said = asked.done.as_deref().filter(|done| *done == "kept").map(|_| "Kept.");
    Ok(shown(&signed, &opened, said, (&Typed::default(), &FormErrors::new())))
}

/// `POST /person/{id}/rights/{request}`
pub(in crate::rights) async fn act_on(Path(which): Path<Which>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let mut errors = FormErrors::new();
    let doing = typed.get("doing");
    let words = typed.get(&format!("{doing}-words")).to_owned();
    let dated = !matches!(doing, "collect" | "send" | "agree" | "return" | "spend");
    let on = if dated { typed.date(&format!("{doing}-on"), "The day", &mut errors) } else { None };
    let mut tx = signed.app.db.write().await?;
    let who = &signed.who;
    let done = match (doing, on) {
        ("collect", _) => collect(&mut tx, who, &mut moment, which).await.map(drop),
        ("send", _) => send(&mut tx, who, &mut moment, which).await,
        ("agree" | "return", _) => {
            second_look(&mut tx, who, &mut moment, (which, doing == "agree", &words)).await
        }
        ("spend", _) => {
            spend(&mut tx, who, &mut moment, (which, typed.get("minutes").trim().parse().ok())).await
        }
        (_, None) => Err(Oops::Wrong(vec![])),
        (_, Some(on)) => {
            let taken = match doing {
                "known" => Step::Known(on),
                "ask" => Step::AskedBack(on, words),
                "answered" => Step::Answered(on),
                "put-off" => Step::PutOff(on, words),
                "given" => Step::Given(on),
                "withdrawn" => Step::Withdrawn(on, words),
                _ => Step::Refused(on, words),
            };
            step(&mut tx, who, &mut moment, (which, taken)).await
        }
    };
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/person/{}/rights/{}?done=kept", which.0, which.1)).into_response())
        }
        Err(Oops::Wrong(wrong)) => {
            tx.give_up().await?;
            for (field, words) in wrong {
                let own = field == "on" || field == "words";
                errors.add(if own { format!("{doing}-{field}") } else { field }, words);
            }
            let opened = open(signed, which).await?;
            Ok(shown(signed, &opened, None, (typed, &errors)))
        }
        Err(oops) => Err(oops),
    }
}

async fn answer(signed: &Signed, which: Which) -> Result<Answer> {
    let opened = open(signed, which).await?;
    Ok(Answer {
        council: signed.app.settings.council.clone(),
        name: opened.header.full_name,
        request: opened.row,
        items: opened.items,
        spans: opened.spans,
        today: signed.app.moment().today(),
    })
}

/// `GET /person/{id}/rights/{request}/preview`
pub(in crate::rights) async fn preview(signed: Signed, Path(which): Path<Which>) -> Result<Response> {
    let answer = answer(&signed, which).await?;
    let back = format!("/person/{}/rights/{}", which.0, which.1);
    let page = Frame {
        title: "What they get",
        part: "/find",
        back: Some(Link { href: &back, label: "Back to the request" }),
        ..Frame::default()
    };
    Ok(frame(&signed, &page, out::content(&answer, false)))
}

/// `GET /person/{id}/rights/{request}/out`
pub(in crate::rights) async fn take_out(signed: Signed, Path(which): Path<Which>) -> Result<Response> {
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    let why = access::enter(app, &mut conn, &signed.who, which.0, Sight::Rights).await?;
    request(&mut conn, which).await?;
    let agreed = super::decide::agreed(&mut conn, which.1).await?;
    drop(conn);
    if !agreed {
        return Err(Oops::Refused("Somebody else must look at it first, and agree".to_owned()));
    }
    let answer = answer(&signed, which).await?;
    let folder = app.files.clone();
    let pdf = crate::paper::set(app, page::Document::of_page(&out::page(&answer))).await?;
    let bytes = app.aside(move || out::zipped(&answer, pdf.as_deref(), &folder)).await??;
    let more = json!({"request": which.1, "bytes": bytes.len()});
    journal::read(app, &signed.who, Read::Exported, &[which.0], &why, more).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/zip"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"Your record.zip\""),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "private, no-store"),
    ];
    Ok((headers, bytes).into_response())
}
