//! How it is between somebody and one of those who work with them: their own answers, the worker's once both answered, and what
//! was made good.

use super::draw::first;
use super::people::{Near, near};
use crate::check_in::{self, Answer, Answered, MakeGood, Repair};
use crate::form::PostedOwn;
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::who::Mine;
use crate::{Oops, Result};
use axum::extract::Query;
use axum::response::Response;
use db::Conn;
use jiff::civil::Date;
use language::Words;
use maud::{Markup, html};
use page::{Choice, Choices, Field, FormErrors, Post, Typed, button, buttons};
use practice::check_in::{Asked, Says, Side};
use practice::id::WorkerId;
use serde::Deserialize;

/// What the address may hold.
#[derive(Deserialize, Default)]
pub(super) struct With {
    with: Option<WorkerId>,
}

fn asks(words: &Words, asked: Asked) -> String {
    match asked {
        Asked::Committed => words.check_in_committed(),
        Asked::Sincere => words.check_in_sincere(),
        Asked::Listening => words.check_in_listening(),
    }
}

fn says(words: &Words, one: Says) -> String {
    match one {
        Says::Yes => words.check_in_yes(),
        Says::Mostly => words.check_in_mostly(),
        Says::Sometimes => words.check_in_sometimes(),
        Says::No => words.check_in_no(),
    }
}

/// One of those who work with them. Anybody else is not there.
async fn one_near(conn: &mut Conn, mine: &Mine, with: WorkerId) -> Result<Near> {
    let today = mine.app.moment().today();
    let near = near(conn, mine.person, today).await?;
    near.into_iter().find(|one| one.worker == with).ok_or(Oops::NotFound)
}

/// `GET /my/check-in`
pub(super) async fn show(mine: Mine, Query(with): Query<With>) -> Result<Response> {
    let Some(with) = with.with else { return whom(&mine).await };
    draw(&mine, with, (&Typed::default(), &FormErrors::new()), None).await
}

async fn whom(mine: &Mine) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let near = near(&mut conn, mine.person, today).await?;
    drop(conn);
    let words = mine.words;
    let title = words.check_in_title();
    let body = html! {
        h1 { (title) }
        @if near.is_empty() { p.lead { (words.people_none()) } }
        ul { @for one in &near { li { a href={ "/my/check-in?with=" (one.worker) } { (words.check_in_link(first(&one.name))) } } } }
    };
    Ok(own_frame(mine, &OwnFrame { title: &title, part: "/my/people", ..OwnFrame::default() }, body))
}

async fn draw(
    mine: &Mine,
    with: WorkerId,
    form: (&Typed, &FormErrors),
    said: Option<&str>,
) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let near = one_near(&mut conn, mine, with).await?;
    let held = check_in::between(&mut conn, (mine.person, with, Side::Person), today).await?;
    drop(conn);
    let (words, name) = (mine.words, first(&near.name));
    let title = words.check_in_title();
    let body = html! {
        h1 { (words.check_in_heading(name)) }
        p.lead { (words.check_in_lead(name)) }
        @for one in &held.all {
            section {
                @if let Some(own) = &one.own { h2 { (words.check_in_you()) } (side(words, own, today)) }
                h2 { (words.check_in_they(name)) }
                @match &one.other {
                    Some(other) => { (side(words, other, today)) }
                    None if one.other_answered => p { (words.check_in_hidden(name)) },
                    None => p { (words.check_in_waits(name)) },
                }
                @for repair in &one.repairs { (made_good(words, repair, today)) }
            }
        }
        (ask(mine, (with, name), form))
        @if held.all.iter().any(check_in::CheckIn::side_by_side) { (put_right(mine, with, form)) }
    };
    let frame = OwnFrame { title: &title, part: "/my/people", said, errors: Some(form.1) };
    Ok(own_frame(mine, &frame, body))
}

fn side(words: &Words, one: &Answered, today: Date) -> Markup {
    html! {
        p.soft { (day(words, one.on, today)) }
        ul.plain { @for (asked, said) in check_in::said(one) { li { (asks(words, asked)) " " b { (says(words, said)) } } } }
        @if let Some(own) = &one.words { blockquote { p.words { (own) } } }
    }
}

fn made_good(words: &Words, one: &Repair, today: Date) -> Markup {
    html! {
        .box."box--ground" {
            p { b { (words.check_in_wrong()) ": " } (one.went_wrong) }
            @if let Some(sorry) = &one.apology { p { b { (words.check_in_sorry()) ": " } (sorry) } }
            @if let Some(agreed) = &one.agreed { p { b { (words.check_in_agreed()) ": " } (agreed) } }
            @if let Some(on) = one.done_on { p { (words.check_in_done(&day(words, on, today))) } }
        }
    }
}

fn ask(mine: &Mine, (with, name): (WorkerId, &str), (typed, errors): (&Typed, &FormErrors)) -> Markup {
    let words = mine.words;
    let error = words.frame_error();
    let choices = || Says::ALL.iter().map(|one| Choice::new(one.code(), says(words, *one))).collect();
    let field = Field::textarea("words", words.check_in_words()).hint(words.plan_words_hint()).rows(4);
    let show = vec![Choice::new("yes", words.check_in_show(name))];
    page::post(
        &Post { action: "/my/check-in", csrf: &mine.csrf, ..Post::default() },
        html! {
            input type="hidden" name="with" value=(with);
            @for asked in Asked::ALL { (Choices::radios(asked.code(), asks(words, *asked), choices()).typed(typed).errors(errors)) }
            (field.value(typed.get("words")).errors(errors).error_word(&error))
            (Choices::checks("show", words.check_in_show_heading(), show).typed(typed))
            (buttons(html! { (button(&words.plan_send())) }))
        },
    )
}

fn put_right(mine: &Mine, with: WorkerId, (typed, errors): (&Typed, &FormErrors)) -> Markup {
    let words = mine.words;
    let error = words.frame_error();
    let field = |name, label| Field::textarea(name, label).rows(2).value(typed.get(name));
    page::post(
        &Post { action: "/my/check-in", csrf: &mine.csrf, ..Post::default() },
        html! {
            h2 { (words.check_in_good()) }
            input type="hidden" name="with" value=(with);
            input type="hidden" name="doing" value="good";
            (field("went-wrong", words.check_in_wrong()).errors(errors).error_word(&error))
            (field("apology", words.check_in_sorry()))
            (field("agreed", words.check_in_agreed()))
            (buttons(html! { (button(&words.plan_send()).quiet()) }))
        },
    )
}

/// What they answered to each question; none where one was left out.
fn chosen(typed: &Typed, errors: &mut FormErrors, words: &Words) -> Option<[Says; 3]> {
    let mut of = |asked: Asked| {
        let said = Says::from_code(typed.get(asked.code()));
        if said.is_none() {
            errors.add(asked.code(), words.plan_choose());
        }
        said
    };
    let all = [of(Asked::Committed), of(Asked::Sincere), of(Asked::Listening)];
    if let [Some(first), Some(second), Some(third)] = all { Some([first, second, third]) } else { None }
}

/// `POST /my/check-in`
pub(super) async fn send(posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = &posted;
    let with: WorkerId = typed.get("with").parse().map_err(|_| Oops::NotFound)?;
    let mut errors = FormErrors::new();
    let mut moment = mine.app.moment();
    let pair = (mine.person, with);
    let mut tx = mine.app.db.write().await?;
    one_near(&mut tx, mine, with).await?;
    let kept = if typed.get("doing") == "good" {
        let good = MakeGood::Write {
            went_wrong: typed.get("went-wrong").to_owned(),
            apology: typed.some("apology").map(str::to_owned),
            agreed: typed.some("agreed").map(str::to_owned),
        };
        check_in::make_good(&mut tx, &mine.who, &mut moment, (pair, good)).await
    } else if let Some(says) = chosen(typed, &mut errors, mine.words) {
        let words = typed.some("words").map(str::to_owned);
        let answer = Answer { says, words, show: typed.get("show") == "yes" };
        check_in::answer(&mut tx, &mine.who, &mut moment, (pair, answer)).await.map(|_| ())
    } else {
        tx.give_up().await?;
        return draw(mine, with, (typed, &errors), None).await;
    };
    match kept {
        Ok(()) => {
            tx.commit().await?;
            let none = FormErrors::new();
            draw(mine, with, (&Typed::default(), &none), Some(&mine.words.check_in_sent())).await
        }
        Err(Oops::Wrong(_)) => {
            tx.give_up().await?;
            let field = if typed.get("doing") == "good" { "went-wrong" } else { "words" };
            errors.add(field, mine.words.check_in_missing());
            draw(mine, with, (typed, &errors), None).await
        }
        Err(other) => Err(other),
    }
}

/// Whether one is offered, for the page of those who work with them.
pub(super) fn link(words: &Words, near: &Near) -> Markup {
    html! { a href={ "/my/check-in?with=" (near.worker) } { (words.check_in_link(first(&near.name))) } }
}
