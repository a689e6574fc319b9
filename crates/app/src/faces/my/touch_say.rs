//! Saying in one's own space with whom one wants to stay in touch: somebody new, what one wants, to find somebody again, and
//! who shall stay as a mentor.

use super::draw::first;
use super::people::{Near, near};
use super::touch::{often, wants, way, wish};
use crate::form::PostedOwn;
use crate::own_frame::{OwnFrame, own_frame};
use crate::staying_in_touch::{
    self, Begin, Choose, EndMentor, Say, Seen, Step, Ways, begin, choose, end_mentor, say, step,
};
use crate::who::Mine;
use crate::{Moment, Oops, Result};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use db::Tx;
use language::Words;
use maud::{Markup, html};
use page::{Choice, Choices, Field, FormErrors, Post, Typed, button, buttons};
use practice::id::WorkerId;
use practice::touch::{EndedBy, MentorState, Often, Stage, Told, TouchKind, TouchWay, Wants};
use uuid::Uuid;

fn kind(words: &Words, kind: TouchKind) -> String {
    match kind {
        TouchKind::Sibling => words.touch_kind_sibling(),
        TouchKind::Parent => words.touch_kind_parent(),
        TouchKind::Relative => words.touch_kind_relative(),
        TouchKind::Friend => words.touch_kind_friend(),
        TouchKind::FormerCarer => words.touch_kind_carer(),
        TouchKind::FormerWorker => words.touch_kind_worker(),
        TouchKind::Pet => words.touch_kind_pet(),
        TouchKind::Place => words.touch_kind_place(),
        TouchKind::Other => words.touch_kind_other(),
    }
}

/// `GET /my/touch/add`
pub(super) async fn ask_add(mine: Mine) -> Result<Response> {
    Ok(draw_add(&mine, (&Typed::default(), &FormErrors::new())))
}

fn draw_add(mine: &Mine, (typed, errors): (&Typed, &FormErrors)) -> Response {
    let words = mine.words;
    let title = words.touch_title();
    let error = words.frame_error();
    let kinds: Vec<Choice<'_>> =
        TouchKind::ALL.iter().map(|one| Choice::new(one.code(), kind(words, *one))).collect();
    let called = Field::text("called", words.touch_add_called()).hint(words.touch_add_hint());
    let why = Field::textarea("why", words.touch_add_why()).rows(3).value(typed.get("why"));
    let post = Post { action: "/my/touch/add", csrf: &mine.csrf, ..Post::default() };
    let body = html! {
        h1 { (words.touch_add_heading()) }
        (page::post(&post, html! {
            (called.value(typed.get("called")).errors(errors).error_word(&error))
            (Choices::radios("kind", words.touch_add_kind(), kinds).typed(typed).errors(errors))
            (why)
            (buttons(html! { (button(&words.touch_add_button())) }))
        }))
    };
    let frame = OwnFrame { title: &title, part: "/my/touch", errors: Some(errors), ..OwnFrame::default() };
    own_frame(mine, &frame, body)
}

/// `POST /my/touch/add`
pub(super) async fn add(posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = posted;
    let mut moment = mine.app.moment();
    let mut errors = FormErrors::new();
    errors.require(!typed.get("called").trim().is_empty(), "called", &mine.words.touch_add_missing());
    let kind = TouchKind::from_code(typed.get("kind"));
    errors.require(kind.is_some(), "kind", &mine.words.touch_one_missing());
    let (Some(kind), true) = (kind, errors.is_empty()) else { return Ok(draw_add(&mine, (&typed, &errors))) };
    let command = Begin {
        person: mine.person,
        of: None,
        kind,
        called: typed.get("called").to_owned(),
        other: None,
        worker: None,
        why: typed.some("why").map(str::to_owned),
    };
    let mut tx = mine.app.db.write().await?;
    match begin(&mut tx, &mine.who, &mut moment, command).await {
        Ok(touch) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/my/touch/{touch}")).into_response())
        }
        Err(Oops::Wrong(_)) => {
            tx.give_up().await?;
            errors.add("called", mine.words.touch_too_long());
            Ok(draw_add(&mine, (&typed, &errors)))
        }
        Err(other) => Err(other),
    }
}

/// One of theirs, with those who work with them.
async fn one(mine: &Mine, touch: Uuid) -> Result<(Seen, Vec<Near>)> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let all = staying_in_touch::seen_by_child(&mut conn, mine.person, today).await?;
    let found = all.into_iter().find(|one| one.touch == touch).ok_or(Oops::NotFound)?;
    let near = near(&mut conn, mine.person, today).await?;
    Ok((found, near))
}

/// `GET /my/touch/{touch}`
pub(super) async fn ask(mine: Mine, Path(touch): Path<Uuid>) -> Result<Response> {
    let (found, near) = one(&mine, touch).await?;
    let mut typed = Typed::from_pairs([("who", "all")]);
    if let Some(wish) = &found.wish {
        typed.put("wants", wish.wants.code());
        for way in &wish.how {
            typed.put("how", way.code());
        }
        typed.put("often", wish.often.map_or("", Often::code));
    }
    Ok(draw(&mine, (&found, &near), (&typed, &FormErrors::new())))
}

fn draw(mine: &Mine, (one, near): (&Seen, &[Near]), (typed, errors): (&Typed, &FormErrors)) -> Response {
    let (words, today) = (mine.words, mine.app.moment().today());
    let title = words.touch_title();
    let action = format!("/my/touch/{}", one.touch);
    let post = Post { action: &action, csrf: &mine.csrf, ..Post::default() };
    let body = html! {
        h1 { (one.name) }
        @if let Some(said) = &one.wish { (wish(words, said, today)) }
        (page::post(&post, fields(words, (one, near), (typed, errors))))
        (looks(words, one, &post))
        (stays(words, one, &post))
        p { a href="/my/touch" { (words.touch_back()) } }
    };
    let frame = OwnFrame { title: &title, part: "/my/touch", errors: Some(errors), ..OwnFrame::default() };
    own_frame(mine, &frame, body)
}

fn fields(words: &Words, (one, near): (&Seen, &[Near]), (typed, errors): (&Typed, &FormErrors)) -> Markup {
    let all: Vec<Choice<'_>> =
        Wants::ALL.iter().map(|one| Choice::new(one.code(), wants(words, *one))).collect();
    let hows: Vec<Choice<'_>> =
        TouchWay::ALL.iter().map(|one| Choice::new(one.code(), way(words, *one))).collect();
    let mut oftens = vec![Choice::new("", words.touch_often_any())];
    oftens.extend(Often::ALL.iter().map(|one| Choice::new(one.code(), often(words, *one))));
    let mut who = vec![Choice::new("all", words.write_who_all())];
    who.extend(
        near.iter().map(|one| Choice::new(one.worker.to_string(), words.write_who_one(first(&one.name)))),
    );
    html! {
        input type="hidden" name="do" value="want";
        (Choices::radios("wants", words.touch_one_wants(&one.name), all).typed(typed).errors(errors))
        (Choices::checks("how", words.touch_one_how(), hows).typed(typed).errors(errors))
        (Choices::select("often", words.touch_one_often(), oftens).typed(typed))
        (Field::textarea("words", words.touch_one_words()).rows(3).value(typed.get("words")).errors(errors))
        @if !near.is_empty() { (Choices::radios("who", words.write_who(), who).hint(words.write_who_hint()).typed(typed)) }
        (buttons(html! { (button(&words.touch_one_button())) }))
    }
}

/// A press that says one thing.
fn press(post: &Post<'_>, does: &str, label: &str) -> Markup {
    page::post(
        post,
        html! {
            input type="hidden" name="do" value=(does);
            (buttons(html! { (button(label).quiet()) }))
        },
    )
}

fn looks(words: &Words, one: &Seen, post: &Post<'_>) -> Markup {
    let can = one.kind.can_answer();
    html! {
        @match one.told {
            None | Some(Told::Offered | Told::Stopped) if can => {
                h2 { (words.touch_look_heading(&one.name)) }
                p { (words.touch_look_lead()) }
                (press(post, "look", &words.touch_look_button()))
            }
            Some(Told::SeenTo | Told::Open) => { (press(post, "stop", &words.touch_look_stop())) }
            _ => {}
        }
    }
}

fn stays(words: &Words, one: &Seen, post: &Post<'_>) -> Markup {
    let can = one.kind.can_answer();
    let answered = one.mentor.as_ref().map(|mentor| mentor.0);
    html! {
        @match answered {
            None if can => {
                h2 { (words.touch_mentor_heading(&one.name)) }
                p { (words.touch_mentor_lead()) }
                (press(post, "mentor", &words.touch_mentor_button(&one.name)))
            }
            Some(MentorState::Chosen | MentorState::Asked | MentorState::Agreed) => { (press(post, "end", &words.touch_mentor_end())) }
            _ => {}
        }
    }
}

/// `POST /my/touch/{touch}`
pub(super) async fn send(Path(touch): Path<Uuid>, posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = posted;
    let (found, near) = one(&mine, touch).await?;
    let mut errors = FormErrors::new();
    let wanted = Wants::from_code(typed.get("wants"));
    if typed.get("do") == "want" {
        errors.require(wanted.is_some(), "wants", &mine.words.touch_one_missing());
    }
    if !errors.is_empty() {
        return Ok(draw(&mine, (&found, &near), (&typed, &errors)));
    }
    let mut moment = mine.app.moment();
    let mut tx = mine.app.db.write().await?;
    let only = near.iter().map(|one| one.worker).find(|worker| typed.get("who") == worker.to_string());
    match does(&mut tx, (&mine, &mut moment), (&found, &typed), only).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to("/my/touch?done=kept").into_response())
        }
        Err(Oops::Wrong(fields)) => {
            tx.give_up().await?;
            // how is asked where neither a way nor words say it; all else there is too long
            if fields.first().is_some_and(|field| field.0 == "how") {
                errors.add("how", mine.words.touch_one_how_missing());
            } else {
                errors.add("words", mine.words.touch_too_long());
            }
            Ok(draw(&mine, (&found, &near), (&typed, &errors)))
        }
        Err(Oops::Refused(_) | Oops::Stale) => {
            tx.give_up().await?;
            Ok(Redirect::to("/my/touch").into_response())
        }
        Err(other) => Err(other),
    }
}

async fn does(
    tx: &mut Tx,
    (mine, moment): (&Mine, &mut Moment),
    (found, typed): (&Seen, &Typed),
    only: Option<WorkerId>,
) -> Result<()> {
    let (person, touch, who) = (mine.person, found.touch, &mine.who);
    let on = moment.today();
    let stage = |stage| Step { person, touch, stage, on, looked: None, words: None };
    match typed.get("do") {
        "look" => step(tx, who, moment, stage(Stage::Wanted)).await,
        "stop" => step(tx, who, moment, stage(Stage::Stopped)).await,
        "mentor" => choose(tx, who, moment, Choose { person, touch, words: None }).await,
        "end" => {
            let end = EndMentor { person, touch, by: EndedBy::YoungPerson, why: None };
            end_mentor(tx, who, moment, end).await
        }
        _ => {
            let ways = Ways {
                how: typed.all("how").filter_map(TouchWay::from_code).collect(),
                often: Often::from_code(typed.get("often")),
            };
            let wants = Wants::from_code(typed.get("wants")).unwrap_or(Wants::Unsure);
            let words = typed.some("words").map(str::to_owned);
            say(tx, who, moment, Say { person, touch, wants, ways, words, only, on }).await
        }
    }
}
