//! Saying something: words, a photo, who may read it; and the answers.

use super::draw::{first, heading};
use super::people::{Near, near};
use crate::entry::{self, KeptFile, paragraphs};
use crate::form::{PostedOwn, Upload, admit};
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::space::{self, Asked};
use crate::who::Mine;
use crate::{Oops, Result};
use axum::extract::Query;
use axum::response::Response;
use jiff::civil::Date;
use language::Words;
use maud::{Markup, html};
use page::{Choice, Choices, Field, FormErrors, Post, Typed, button, buttons};
use practice::entry::StatementForm;
use practice::id::WorkerId;
use practice::space::Changed;
use serde::Deserialize;

/// What the address may hold.
#[derive(Deserialize, Default)]
pub(super) struct To {
    to: Option<String>,
}

/// `GET /my/write`
pub(super) async fn show(mine: Mine, Query(to): Query<To>) -> Result<Response> {
    let typed = Typed::from_pairs([("who", to.to.unwrap_or_else(|| "all".to_owned()))]);
    draw(&mine, (&typed, &FormErrors::new())).await
}

async fn draw(mine: &Mine, (typed, errors): (&Typed, &FormErrors)) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let near = near(&mut conn, mine.person, today).await?;
    drop(conn);
    let words = mine.words;
    let title = words.write_title();
    let body = html! {
        h1 { (words.write_heading()) }
        p.lead { (words.write_lead()) }
        (page::post(&Post { action: "/my/write", csrf: &mine.csrf, files: true, ..Post::default() }, fields(mine, &near, (typed, errors))))
    };
    let frame = OwnFrame { title: &title, part: "/my/write", errors: Some(errors), ..OwnFrame::default() };
    Ok(own_frame(mine, &frame, body))
}

fn fields(mine: &Mine, near: &[Near], (typed, errors): (&Typed, &FormErrors)) -> Markup {
    let words = mine.words;
    let error = words.frame_error();
    let mut who = vec![Choice::new("all", words.write_who_all())];
    who.extend(
        near.iter().map(|one| Choice::new(one.worker.to_string(), words.write_who_one(first(&one.name)))),
    );
    let field = Field::textarea("words", words.write_words()).rows(7).value(typed.get("words"));
    let photos = Field::file("files", words.write_photos(), "image/*,application/pdf,text/plain").several();
    html! {
        (field.errors(errors).error_word(&error))
        (photos.hint(words.write_photos_hint()).errors(errors).error_word(&error))
        @if !near.is_empty() { (Choices::radios("who", words.write_who(), who).hint(words.write_who_hint()).typed(typed)) }
        (buttons(html! { (button(&words.write_button())) }))
    }
}

/// Keeps what was sent, or says which file could not be.
async fn keep(mine: &Mine, uploads: Vec<Upload>, errors: &mut FormErrors) -> Result<Vec<KeptFile>> {
    let mut kept = vec![];
    for upload in uploads.into_iter().filter(|one| !one.name.is_empty()) {
        let name = upload.name.clone();
        match admit(&mine.app, upload).await? {
            Ok(safe) => kept.push(safe.into()),
            Err(_) => errors.add("files", mine.words.write_photo_wrong(&name)),
        }
    }
    Ok(kept)
}

/// A browser forgets which files were chosen: those that could be kept are named, to be chosen again.
fn choose_again(mine: &Mine, sent: &[String], errors: &mut FormErrors) {
    let wrong: String = errors.iter().filter(|(field, _)| *field == "files").map(|(_, said)| said).collect();
    let again: Vec<&str> = sent.iter().map(String::as_str).filter(|name| !wrong.contains(*name)).collect();
    if !again.is_empty() {
        errors.add("files", mine.words.write_files_again(&again.join(", ")));
    }
}

/// `POST /my/write`
pub(super) async fn send(posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, files, let_go } = posted;
    let mut moment = mine.app.moment();
    let mut errors = FormErrors::new();
    for name in &let_go {
        errors.add("files", mine.words.write_photo_wrong(name));
    }
    let sent: Vec<String> =
        files.iter().map(|one| one.name.clone()).filter(|name| !name.is_empty()).collect();
    let files = keep(&mine, files, &mut errors).await?;
    if !errors.is_empty() {
        choose_again(&mine, &sent, &mut errors);
        return draw(&mine, (&typed, &errors)).await;
    }
    let mut tx = mine.app.db.write().await?;
    let near = near(&mut tx, mine.person, moment.today()).await?;
    let only: Vec<WorkerId> =
        near.iter().map(|one| one.worker).filter(|worker| typed.get("who") == worker.to_string()).collect();
    let asked =
        Asked { about: mine.person, words: typed.get("words").to_owned(), only, files, concerns: None };
    match space::ask(&mut tx, &mine.who, &mut moment, asked).await {
        Ok(question) => {
            tx.commit().await?;
            let by = day(mine.words, question.answer_by, moment.today());
            list(&mine, Some(&mine.words.write_sent(&by))).await
        }
        Err(Oops::Wrong(_)) => {
            tx.give_up().await?;
            errors.add("words", mine.words.write_missing());
            choose_again(&mine, &sent, &mut errors);
            draw(&mine, (&typed, &errors)).await
        }
        Err(other) => Err(other),
    }
}

/// `GET /my/answers`
pub(super) async fn answers(mine: Mine) -> Result<Response> {
    list(&mine, None).await
}

pub(super) async fn list(mine: &Mine, said: Option<&str>) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let asked = space::asked_by(&mut conn, mine.person).await?;
    let mut rows = vec![];
    for one in asked {
        let words = entry::one_of_theirs(&mut conn, mine.person, one.asked_in).await?;
        let answer = match one.answered_in {
            Some(thread) => entry::one_of_theirs(&mut conn, mine.person, thread).await?,
            None => None,
        };
        rows.push((one, words, answer));
    }
    drop(conn);
    let words = mine.words;
    let title = words.answers_title();
    let body = html! {
        h1 { (words.answers_heading()) }
        @if rows.is_empty() { p.lead { (words.answers_none()) } p { a.btn href="/my/write" { (words.home_write_button()) } } }
        @for (one, asked, answer) in &rows {
            article {
                h2 { (words.answers_asked(&day(words, one.asked_on, today))) }
                @if let Some(asked) = asked {
                    @for said in asked.whole.statements.iter().filter(|said| matches!(said.form, StatementForm::Wrote | StatementForm::Said)) { blockquote { p.words { (said.words) } } }
                    @if !asked.whole.files.is_empty() { p { a href={ "/my/read/" (one.asked_in) } { (heading(mine, asked)) } } }
                }
                (answered(mine, one, today))
                @if let Some(answer) = answer { (paragraphs(&answer.whole.entry.narrative)) p { a href={ "/my/read/" (answer.whole.entry.thread) "/disagree" } { (words.read_disagree()) } } }
            }
            hr;
        }
    };
    Ok(own_frame(mine, &OwnFrame { title: &title, part: "/my/answers", said, ..OwnFrame::default() }, body))
}

/// Whether it was answered, by whom or by when; and what changed because of it.
pub(super) fn answered(mine: &Mine, one: &space::Question, today: Date) -> Markup {
    let words = mine.words;
    let by = day(words, one.answer_by, today);
    html! {
        p { b {
            @match one.answered_on {
                Some(on) => { (words.answers_answered(one.answerer.as_deref().map_or("", first), &day(words, on, today))) }
                None if one.answer_by < today => { (words.answers_late(&by)) }
                None => { (words.answers_waits(&by)) }
            }
        } }
        @if let Some(changed) = one.changed { p { (what_changed(words, changed)) } }
    }
}

fn what_changed(words: &Words, changed: Changed) -> String {
    match changed {
        Changed::Plan => words.not_right_changed_plan(),
        Changed::TakenBack => words.not_right_changed_back(),
        Changed::Handover => words.not_right_changed_otherwise(),
        Changed::Together => words.not_right_changed_together(),
        Changed::Nothing => words.not_right_changed_nothing(),
    }
}
