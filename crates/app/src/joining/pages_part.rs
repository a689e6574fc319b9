//! The page of one joining: what was joined, by whom and why; and undoing it, with a question for each thing recorded
//! since.

use super::held::places;
use super::part::{Joining, Part, asked, code, in_the_way, joining, living, living_other, part};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{Act, reading};
use crate::person::Header;
use crate::person::pages::day;
use crate::who::Signed;
use crate::{Oops, Result, access, entry, person};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::{Decision, Sight};
use practice::id::JoiningId;
use practice::joining::{Answer, Question, Side};
use serde::Deserialize;
use serde_json::json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What whoever may join, but not open, a record is told of what was recorded: who somebody is.
const WHO_THEY_ARE: &[&str] = &["person_name", "person_birth", "person_identifier"];

#[derive(Default, Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

/// Something recorded in between, in words.
struct Item {
    question: Question,
    what: String,
    words: Option<String>,
}

struct Shown {
    joining: Joining,
    kept: Header,
    other: Header,
    items: Vec<Item>,
    in_the_way: Option<String>,
    open: bool,
}

/// Days as people write them, and codes without their hyphens.
fn plainly(words: &str) -> String {
    let word = |word: &str| match word.parse::<Date>() {
        Ok(date) if word.len() == 10 => day(date),
        _ => word.to_owned(),
    };
    words.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

async fn item(conn: &mut Conn, question: Question, open: bool) -> Result<Item> {
    let (mut what, mut words) = ("fact", None);
    // the newest says what it is now; what an entry brought stands under the entry
    let entry = question.rows.iter().rev().find(|row| row.0 == "participant.person_id");
    if let Some(row) = entry.or(question.rows.last())
        && let Some(place) = places().find(|place| place.name() == row.0)
        && let Some(rows) = place.rows
    {
        what = place.what;
        if open || WHO_THEY_ARE.contains(&place.table) {
            let found: Option<(Option<String>,)> = conn.maybe(rows.words, args![row.1]).await?;
            words = found.and_then(|row| row.0).map(|words| plainly(&words));
        }
    }
    let mut letters = what.chars();
    let what = letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect());
    Ok(Item { question, what, words })
}

async fn found(signed: &Signed, id: JoiningId) -> Result<Shown> {
    let app = &signed.app;
    let now = app.moment().now();
    let mut conn = app.db.read().await?;
    let joining = joining(&mut conn, id).await?;
    let person = living(&mut conn, &joining).await?;
    access::enter(app, &mut conn, &signed.who, person, Sight::Join).await?;
    if joining.parted.is_some() {
        // they are two again, and each answers for itself
        let other = living_other(&mut conn, &joining).await?;
        access::enter(app, &mut conn, &signed.who, other, Sight::Join).await?;
    }
    let kept = person::header(&mut conn, joining.kept).await?.ok_or(Oops::NotFound)?;
    let other = person::header(&mut conn, joining.other).await?.ok_or(Oops::NotFound)?;
    let open = access::decide(&mut conn, &signed.who, now, joining.kept, Sight::Open).await?;
    let open = open.as_ref().is_some_and(Decision::is_allowed);
    let in_the_way = in_the_way(&mut conn, &joining).await?;
    let mut items = vec![];
    if in_the_way.is_none() {
        for question in asked(&mut conn, &joining).await? {
            items.push(item(&mut conn, question, open).await?);
        }
    }
    drop(conn);
    let about = [joining.kept, joining.other];
    let act = Act { action: "open_joining", about: &about, payload: json!({"why": "post", "joining": id}) };
    reading(app, &signed.who, act).await?;
    Ok(Shown { joining, kept, other, items, in_the_way, open })
}

fn when(at: Timestamp) -> String {
    format!("{}, {}", day(entry::when::day_of(at)), entry::when::time(at))
}

fn name(key: Uuid) -> String {
    format!("about-{key}")
}

fn ask(shown: &Shown, item: &Item, typed: &Typed, errors: &FormErrors) -> Markup {
    let question = &item.question;
    let name = name(question.key);
    let mut label = item.what.clone();
    if let Some(words) = &item.words {
        label.push_str(&format!(": {words}"));
    }
    let mut hint = question.at.map(|at| format!("Recorded {}", when(at))).unwrap_or_default();
    let of = |side: &Side| match side {
        Side::Kept => "the record that was kept",
        Side::Other => "the record that was joined to it",
    };
    let from: Vec<&str> = question.from.iter().map(of).collect();
    if !from.is_empty() {
        let more = format!(". It changed something that {} held", from.join(" and "));
        hint.push_str(&more);
    }
    let mut choices = vec![
        Choice::new(Side::Kept.code(), format!("{}, the record that was kept", shown.kept.full_name)),
        Choice::new(
            Side::Other.code(),
            format!("{}, the record that was joined to it", shown.other.full_name),
        ),
    ];
    if question.both {
        choices.push(Choice::new("both", "Both"));
    }
    let likely = match question.from.iter().collect::<Vec<_>>()[..] {
        [side] => Some(code(Answer::One(*side))),
        [_, _] if question.both => Some("both"),
        _ => None,
    };
    let mut radios = page::Choices::radios(&name, &label, choices).hint(hint).errors(errors);
    if typed.get(&name).is_empty() {
        if let Some(likely) = likely {
            radios = radios.chosen(likely);
        }
    } else {
        radios = radios.typed(typed);
    }
    html! { (radios) }
}

fn undo(signed: &Signed, shown: &Shown, typed: &Typed, errors: &FormErrors) -> Markup {
    let action = format!("/joining/{}", shown.joining.id);
    let form = Form::new(typed, errors);
    html! {
        section aria-labelledby="h-undo" {
            h2 id="h-undo" { "Undo this" }
            p { "If they are two people after all, each record gets back exactly what it held before." }
            (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                @if shown.items.is_empty() {
                    p { "Nothing has been recorded about them since." }
                } @else {
                    h3 { "Recorded since: whom was it about?" }
                    @if !shown.open { p { "You do not work with them, so most of it is named without its words. Ask whoever recorded it." } }
                    @for item in &shown.items { (ask(shown, item, typed, errors)) }
                }
                (form.textarea("reason", "How do you know that they are two people?").rows(3))
                (buttons(html! { (button("Make them two records again")) }))
            }))
        }
    }
}

fn page_of(
    signed: &Signed,
    shown: &Shown,
    (typed, errors): (&Typed, &FormErrors),
    said: Option<&str>,
) -> Response {
    let joining = &shown.joining;
    let by = joining.by.as_deref().unwrap_or("The program");
    let link = |header: &Header| html! { a href={ "/person/" (header.id) } { (header.full_name) } };
    let body = html! {
        h1 { "Two records of one person" }
        p.lead {
            (by) " joined the record of " (shown.other.full_name) " to the record of " (link(&shown.kept)) " on " (when(joining.at)) "."
        }
        p { "Why: " q { (joining.reason) } }
        @if let Some(at) = joining.parted {
            (page::note(html! { p { "Undone on " (when(at)) ". They are two records again: " (link(&shown.kept)) " and " (link(&shown.other)) "." } }))
        } @else if let Some(sentence) = &shown.in_the_way {
            (page::note(html! { p { (sentence) "." } }))
        } @else {
            (undo(signed, shown, typed, errors))
        }
    };
    let page = Frame {
        title: "Two records of one person",
        part: "/joining",
        back: Some(Link { href: "/joining", label: "Back to people who may have two records" }),
        errors: Some(errors),
        said,
        ..Frame::default()
    };
    frame(signed, &page, body)
}

/// `GET /joining/{id}`
pub(super) async fn show(
    signed: Signed,
    Path(id): Path<JoiningId>,
    Query(done): Query<Done>,
) -> Result<Response> {
    let shown = found(&signed, id).await?;
    let said = match done.done.as_deref() {
        Some("joined") => Some("The two records are one now. If that was a mistake, undo it here."),
        Some("parted") => Some("They are two records again, each with what it held."),
        _ => None,
    };
    Ok(page_of(&signed, &shown, (&Typed::default(), &FormErrors::new()), said))
}

fn answer(words: &str) -> Option<Answer> {
    match words {
        "both" => Some(Answer::Both),
        words => Side::from_code(words).map(Answer::One),
    }
}

/// `POST /joining/{id}`
pub(super) async fn send(Path(id): Path<JoiningId>, posted: Posted) -> Result<Response> {
    let signed = &posted.signed;
    let shown = found(signed, id).await?;
    let typed = &posted.typed;
    let mut errors = FormErrors::new();
    let mut answers = BTreeMap::new();
    for item in &shown.items {
        let key = item.question.key;
        match answer(typed.get(&name(key))) {
            Some(answer) => drop(answers.insert(key, answer)),
            None => errors.add(name(key), "Say whom this was about"),
        }
    }
    let app = &signed.app;
    let mut moment = app.moment();
    let command = Part { joining: id, reason: typed.get("reason").to_owned(), answers };
    let mut tx = app.db.write().await?;
    match part(&mut tx, &signed.who, &mut moment, command).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/joining/{id}?done=parted")).into_response())
        }
        Err(Oops::Wrong(wrong)) => {
            tx.give_up().await?;
            for (field, sentence) in wrong {
                if errors.get(&field).is_none() {
                    errors.add(field, sentence);
                }
            }
            Ok(page_of(signed, &shown, (typed, &errors), None))
        }
        Err(oops) => Err(oops),
    }
}
