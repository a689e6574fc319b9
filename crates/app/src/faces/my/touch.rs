//! Staying in touch in somebody's own space: with whom they want to, what is agreed and what comes next; and what others
//! have agreed with them.

use crate::Result;
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::staying_in_touch::{self, Seen, SeenAgreed, SeenTime, SeenWish};
use crate::who::Mine;
use axum::extract::Query;
use axum::response::Response;
use jiff::civil::Date;
use language::Words;
use maud::{Markup, html};
use practice::touch::{MentorState, Often, Told, TouchWay, Wants};
use serde::Deserialize;

/// What the address may hold.
#[derive(Deserialize, Default)]
pub(super) struct Done {
    done: Option<String>,
}

/// `GET /my/touch`
pub(super) async fn show(mine: Mine, Query(done): Query<Done>) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let own = staying_in_touch::seen_by_child(&mut conn, mine.person, today).await?;
    let others = staying_in_touch::seen_by_other(&mut conn, mine.person, today).await?;
    drop(conn);
    let words = mine.words;
    let title = words.touch_title();
    let saved = done.done.as_deref().filter(|done| *done == "kept").map(|_| words.touch_saved());
    let body = html! {
        h1 { (words.touch_heading()) }
        p.lead { (words.touch_lead()) }
        @if own.is_empty() { p { (words.touch_none()) } }
        @for one in &own { (own_one(words, one, today)) }
        p { a.btn href="/my/touch/add" { (words.touch_add()) } }
        @if !others.is_empty() {
            h2 { (words.touch_with_you_heading()) }
            @for one in &others { (other_one(words, one, today)) }
        }
    };
    let frame = OwnFrame { title: &title, part: "/my/touch", said: saved.as_deref(), ..OwnFrame::default() };
    Ok(own_frame(&mine, &frame, body))
}

pub(super) fn way(words: &Words, way: TouchWay) -> String {
    match way {
        TouchWay::Visit => words.touch_how_visit(),
        TouchWay::Call => words.touch_how_call(),
        TouchWay::Message => words.touch_how_message(),
        TouchWay::Letter => words.touch_how_letter(),
    }
}

pub(super) fn often(words: &Words, often: Often) -> String {
    match often {
        Often::EveryWeek => words.touch_often_week(),
        Often::EveryTwoWeeks => words.touch_often_two_weeks(),
        Often::EveryMonth => words.touch_often_month(),
        Often::EveryFewMonths => words.touch_often_few_months(),
        Often::OnceAYear => words.touch_often_year(),
        Often::WhenAsked => words.touch_often_asked(),
    }
}

fn ways(words: &Words, how: &[TouchWay], how_often: Option<Often>) -> String {
    let all: Vec<String> =
        how.iter().map(|one| way(words, *one)).chain(how_often.map(|one| often(words, one))).collect();
    all.join(", ")
}

pub(super) fn wants(words: &Words, wants: Wants) -> String {
    match wants {
        Wants::Yes => words.touch_wants_yes(),
        Wants::NotNow => words.touch_wants_not_now(),
        Wants::Never => words.touch_wants_never(),
        Wants::Unsure => words.touch_wants_unsure(),
    }
}

/// What somebody said they want.
pub(super) fn wish(words: &Words, wish: &SeenWish, today: Date) -> Markup {
    let ways = ways(words, &wish.how, wish.often);
    html! {
        p { (words.touch_you_want()) " " b { (wants(words, wish.wants)) } @if !ways.is_empty() { ": " (ways) } }
        @if let Some(said) = &wish.words { blockquote { p.words { (said) } } }
        p.small { (words.touch_said(&day(words, wish.on, today)))
            @if let Some(only) = &wish.only { " " (words.touch_said_alone(only)) } }
    }
}

fn own_one(words: &Words, one: &Seen, today: Date) -> Markup {
    let href = format!("/my/touch/{}", one.touch);
    html! {
        section {
            h2 { (one.name) }
            @match &one.wish { Some(said) => { (wish(words, said, today)) } None => { p { (words.touch_want_none()) } } }
            (told(words, one))
            @if one.told.is_none_or(|told| told == Told::Open) { (arranged(words, one, today)) }
            (mentor(words, one))
            p { a href=(href) { (words.touch_change(&one.name)) } }
        }
    }
}

fn arranged(words: &Words, one: &Seen, today: Date) -> Markup {
    html! {
        h3 { (words.touch_agreed()) }
        @if one.agreed.is_empty() { p { (words.touch_agreed_none()) } }
        @for agreed in &one.agreed { (agreement(words, agreed, today)) }
        (coming(words, &one.coming, today))
        @match one.last {
            Some((on, true)) => { p { (words.touch_last(&day(words, on, today))) } }
            Some((on, false)) => { p { (words.touch_last_not(&day(words, on, today))) } }
            None => {}
        }
    }
}

fn agreement(words: &Words, one: &SeenAgreed, today: Date) -> Markup {
    let ways = ways(words, &one.how, one.often);
    html! {
        p { @if !ways.is_empty() { b { (ways) } ". " } (one.words)
            @if one.someone_there { " " (words.touch_someone_there()) }
            @if let Some(to) = one.to { " " (words.touch_until(&day(words, to, today))) }
        }
    }
}

fn coming(words: &Words, all: &[SeenTime], today: Date) -> Markup {
    html! {
        @if !all.is_empty() {
            h3 { (words.touch_next()) }
            ul { @for one in all { li { b { (day(words, one.on, today)) } ": " (way(words, one.how)) @if let Some(place) = &one.where_when { ". " (place) } } } }
        }
    }
}

fn told(words: &Words, one: &Seen) -> Markup {
    html! {
        @match one.told {
            Some(Told::Offered) => { p { (words.touch_search_offered(&one.name)) } }
            Some(Told::SeenTo) => { p { (words.touch_search_seen()) } }
            Some(Told::Open) => { p { (words.touch_search_open()) } }
            Some(Told::Stopped) => { p { (words.touch_search_stopped()) } }
            None => {}
        }
    }
}

fn mentor(words: &Words, one: &Seen) -> Markup {
    let Some((state, does)) = &one.mentor else { return html! {} };
    let said = match state {
        MentorState::Chosen => words.touch_mentor_chosen(&one.name),
        MentorState::Asked => words.touch_mentor_asked(&one.name),
        MentorState::Agreed => words.touch_mentor_agreed(&one.name),
        MentorState::NotNow => words.touch_mentor_not_now(&one.name),
        MentorState::No => words.touch_mentor_no(&one.name),
    };
    html! { p { (said) @if let Some(does) = does { " " (does) } } }
}

/// What a child and this reader have agreed: nothing of what the child said of them.
fn other_one(words: &Words, one: &Seen, today: Date) -> Markup {
    html! {
        section {
            h3 { (words.touch_with_you(&one.name)) }
            @for agreed in &one.agreed { (agreement(words, agreed, today)) }
            (coming(words, &one.coming, today))
            @match &one.mentor {
                Some((MentorState::Agreed, does)) => { p { (words.touch_with_mentor(&one.name)) @if let Some(does) = does { " " (does) } } }
                Some((_, _)) => { p { (words.touch_with_mentor_asked(&one.name)) } }
                None => {}
            }
        }
    }
}
