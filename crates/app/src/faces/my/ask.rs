//! Asking for an advocate of one's own choice, or for a different worker: a human sees to it and writes back.

use crate::form::PostedOwn;
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::space::{self, Asked};
use crate::who::Mine;
use crate::{Oops, Result};
use axum::extract::Path;
use axum::response::Response;
use maud::html;
use page::{Field, FormErrors, Post, Typed, button, buttons};
use practice::space::Concern;

/// What can be asked for here.
fn asks(what: &str) -> Result<Concern> {
    match Concern::from_code(what) {
        Some(concern @ (Concern::Advocate | Concern::Worker)) => Ok(concern),
        Some(Concern::Story(_) | Concern::Plan | Concern::Handover | Concern::Meeting) | None => {
            Err(Oops::NotFound)
        }
    }
}

fn heading(mine: &Mine, concern: Concern) -> String {
    if concern == Concern::Advocate {
        mine.words.rights_advocate_heading()
    } else {
        mine.words.rights_worker_heading()
    }
}

/// `GET /my/ask/{what}`
pub(super) async fn show(mine: Mine, Path(what): Path<String>) -> Result<Response> {
    Ok(draw(&mine, asks(&what)?, (&Typed::default(), &FormErrors::new())))
}

fn draw(mine: &Mine, concern: Concern, (typed, errors): (&Typed, &FormErrors)) -> Response {
    let words = mine.words;
    let advocate = concern == Concern::Advocate;
    let (title, error) = (words.rights_title(), words.frame_error());
    let label = if advocate { words.ask_advocate_words() } else { words.ask_worker_words() };
    let mut field = Field::textarea("words", label).rows(5);
    if advocate {
        field = field.hint(words.ask_advocate_hint());
    }
    let about = if advocate { words.rights_advocate() } else { words.rights_worker() };
    let action = format!("/my/ask/{}", concern.code());
    let body = html! {
        h1 { (heading(mine, concern)) }
        p.lead { (about) }
        (page::post(&Post { action: &action, csrf: &mine.csrf, ..Post::default() }, html! {
            (field.value(typed.get("words")).errors(errors).error_word(&error))
            (buttons(html! { (button(&if advocate { words.rights_advocate_ask() } else { words.rights_worker_ask() })) }))
        }))
    };
    let frame = OwnFrame { title: &title, part: "/my/rights", errors: Some(errors), ..OwnFrame::default() };
    own_frame(mine, &frame, body)
}

/// `POST /my/ask/{what}`
pub(super) async fn send(Path(what): Path<String>, posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = &posted;
    let concern = asks(&what)?;
    let mut moment = mine.app.moment();
    let mut tx = mine.app.db.write().await?;
    let heading = heading(mine, concern);
    // nobody has to say why they want an advocate, or whom
    let said = match typed.get("words").trim() {
        "" if concern == Concern::Advocate => mine.words.rights_advocate_ask(),
        words => words.to_owned(),
    };
    let asked = Asked {
        about: mine.person,
        words: said,
        only: vec![],
        files: vec![],
        concerns: Some((concern, heading)),
    };
    match space::ask(&mut tx, &mine.who, &mut moment, asked).await {
        Ok(question) => {
            tx.commit().await?;
            let said = mine.words.write_sent(&day(mine.words, question.answer_by, moment.today()));
            super::write::list(mine, Some(&said)).await
        }
        Err(Oops::Wrong(_)) => {
            tx.give_up().await?;
            let mut errors = FormErrors::new();
            errors.add("words", mine.words.write_missing());
            Ok(draw(mine, concern, (typed, &errors)))
        }
        Err(other) => Err(other),
    }
}
