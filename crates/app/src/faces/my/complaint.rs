//! Complaining, with the day by which one hears, and what came of it.

use super::draw::first;
use crate::entry::paragraphs;
use crate::form::PostedOwn;
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::rights::complaint::{Complaint, complain, complaints_of};
use crate::who::Mine;
use crate::{Oops, Result};
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Field, FormErrors, Post, Typed, button, buttons};
use practice::complaint::ComplaintState;

/// `GET /my/complaint`
pub(super) async fn show(mine: Mine) -> Result<Response> {
    draw(&mine, (&Typed::default(), &FormErrors::new()), None).await
}

async fn draw(mine: &Mine, (typed, errors): (&Typed, &FormErrors), said: Option<&str>) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let all = complaints_of(&mut conn, mine.person, today).await?;
    let within = super::rights::within(&mut conn, ("CO-01", today), mine.words).await?;
    drop(conn);
    let words = mine.words;
    let (title, error) = (words.rights_title(), words.frame_error());
    let field = Field::textarea("words", words.complaint_words()).hint(words.complaint_hint()).rows(7);
    let body = html! {
        h1 { (words.rights_complain_heading()) }
        p.lead { (words.rights_complain(&within)) }
        p { (words.complaint_who()) }
        @for one in &all { (complaint(mine, one, today)) hr; }
        (page::post(&Post { action: "/my/complaint", csrf: &mine.csrf, ..Post::default() }, html! {
            (field.value(typed.get("words")).errors(errors).error_word(&error))
            (buttons(html! { (button(&words.complaint_button())) }))
        }))
    };
    let frame = OwnFrame { title: &title, part: "/my/rights", said, errors: Some(errors) };
    Ok(own_frame(mine, &frame, body))
}

fn complaint(mine: &Mine, one: &Complaint, today: Date) -> Markup {
    let words = mine.words;
    let on = |date| day(words, date, today);
    html! {
        article {
            h2 { (words.answers_asked(&on(one.received_on))) }
            blockquote { p.words { (one.words) } }
            @if let Some((since, why)) = &one.extended { p { (words.complaint_longer(&on(*since))) } (paragraphs(why)) }
            @match one.state {
                ComplaintState::Open => @if let Some(due) = one.due_on {
                    p { b { @if due < today { (words.complaint_late(&on(due))) } @else { (words.complaint_by(&on(due))) } } }
                }
                ComplaintState::Answered => {
                    @let who = one.answerer.as_deref().map_or("", first);
                    p { b { (words.answers_answered(who, &on(one.ended_on.unwrap_or(today)))) } }
                    @if let Some(answer) = &one.answer { (paragraphs(answer)) }
                    p { (words.complaint_next()) }
                }
                ComplaintState::Withdrawn => p { b { (words.complaint_withdrawn(&on(one.ended_on.unwrap_or(today)))) } }
            }
        }
    }
}

/// `POST /my/complaint`
pub(super) async fn send(posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = &posted;
    let mut moment = mine.app.moment();
    let mut tx = mine.app.db.write().await?;
    match complain(&mut tx, &mine.who, &mut moment, typed.get("words")).await {
        Ok((_, due)) => {
            tx.commit().await?;
            let said = mine.words.complaint_sent(&day(mine.words, due, moment.today()));
            draw(mine, (&Typed::default(), &FormErrors::new()), Some(&said)).await
        }
        Err(Oops::Wrong(_)) => {
            tx.give_up().await?;
            let mut errors = FormErrors::new();
            errors.add("words", mine.words.complaint_missing());
            draw(mine, (typed, &errors), None).await
        }
        Err(other) => Err(other),
    }
}
