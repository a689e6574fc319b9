//! Who else comes in to somebody's own space: what each of them may read there, chosen and ended by the person themselves.

use super::draw::{first, heading};
use crate::entry::{self, Theirs, when};
use crate::form::PostedOwn;
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::space::{self, Coming, Gift, Give};
use crate::who::Mine;
use crate::{Oops, Result};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use language::Words;
use maud::{Markup, html};
use page::{Choice, Choices, FormErrors, Post, Typed, button, buttons};
use practice::entrusted::{GivenBy, Part};
use practice::id::EntryId;
use practice::space::InSpace;
use uuid::Uuid;

/// How much that is written is offered.
const OFFERED: u32 = 20;

fn what(words: &Words, part: Part) -> String {
    match part {
        Part::Story => words.given_story(),
        Part::Plan => words.given_plan(),
        Part::Written => words.given_written(),
        Part::Questions => words.given_questions(),
        Part::One => words.given_one(),
    }
}

fn is(words: &Words, part: InSpace, name: &str) -> String {
    match part {
        InSpace::Own => words.others_part_own(),
        InSpace::Proxy => words.coming_proxy(name),
        InSpace::Advocate => words.coming_advocate(name),
        InSpace::Partner => words.coming_partner(name),
        InSpace::Carer => words.coming_carer(name),
    }
}

const fn reads_gifts(part: InSpace) -> bool {
    matches!(part, InSpace::Advocate | InSpace::Partner | InSpace::Carer)
}

/// `GET /my/coming-in`
pub(super) async fn show(mine: Mine) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let all = space::who_comes(&mut conn, mine.person, today).await?;
    let mut rows = vec![];
    for one in all {
        let given = space::given(&mut conn, mine.person, one.comes, today).await?;
        rows.push((one, given));
    }
    drop(conn);
    let words = mine.words;
    let title = words.coming_title();
    let body = html! {
        h1 { (words.coming_heading()) }
        p.lead { (words.coming_lead()) }
        @if rows.is_empty() { p { (words.coming_none()) } p { a href="/my/rights" { (words.frame_rights()) } } }
        @for (one, given) in &rows { (row(&mine, one, given)) }
    };
    Ok(own_frame(&mine, &OwnFrame { title: &title, part: "/my/coming-in", ..OwnFrame::default() }, body))
}

fn row(mine: &Mine, one: &Coming, given: &[Gift]) -> Markup {
    let (words, today) = (mine.words, mine.app.moment().today());
    let name = first(&one.name);
    let shut = format!("/my/coming-in/{}/end", one.id);
    html! {
        section {
            h2 { (one.name) }
            p { (is(words, one.rule.part, name)) @if let Some(until) = one.rule.to { " " (words.others_until(&day(words, until, today))) } }
            @if let Some(reason) = &one.reason { p.soft { (reason) } }
            @if reads_gifts(one.rule.part) {
                @if given.is_empty() { p { (words.coming_sees_none(name)) } }
                @else { p { (words.coming_sees(name)) } ul { @for gift in given { (gift_row(mine, gift)) } } }
                p { a.btn href={ "/my/coming-in/" (one.id) } { (words.coming_choose()) span.hid { ": " (name) } } }
            }
            (page::details(&words.coming_shut(name), page::post(&Post { action: &shut, csrf: &mine.csrf, ..Post::default() }, html! {
                p { (words.coming_shut_lead(name)) }
                (buttons(html! { (button(&words.coming_shut_button())) }))
            })))
        }
    }
}

fn gift_row(mine: &Mine, gift: &Gift) -> Markup {
    let words = mine.words;
    let action = format!("/my/coming-in/given/{}/end", gift.id);
    html! {
        li {
            (what(words, gift.rule.part))
            @if gift.rule.by == GivenBy::Worker { @if let Some(worker) = &gift.worker { ", " (words.others_given_worker(first(worker))) } }
            @if let Some(reason) = &gift.reason { ": " (reason) }
            (page::post(&Post { action: &action, csrf: &mine.csrf, ..Post::default() }, html! {
                button.linkbtn type="submit" { (words.coming_end()) span.hid { ": " (what(words, gift.rule.part)) } }
            }))
        }
    }
}

async fn one_of(mine: &Mine, id: Uuid) -> Result<(Coming, Vec<Gift>, Vec<Theirs>)> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let all = space::who_comes(&mut conn, mine.person, today).await?;
    let one = all.into_iter().find(|one| one.id == id && reads_gifts(one.rule.part)).ok_or(Oops::NotFound)?;
    let given = space::given(&mut conn, mine.person, one.comes, today).await?;
    let mut offered = entry::lately_theirs(&mut conn, mine.person, OFFERED).await?;
    offered.retain(|theirs| theirs.account && mine.stage.opens("/my/read"));
    Ok((one, given, offered))
}

/// `GET /my/coming-in/{id}`
pub(super) async fn choose_form(mine: Mine, Path(id): Path<Uuid>) -> Result<Response> {
    let (one, given, offered) = one_of(&mine, id).await?;
    let (words, today) = (mine.words, mine.app.moment().today());
    let name = first(&one.name);
    let title = words.coming_title();
    let mut typed = Typed::default();
    for gift in given.iter().filter(|gift| gift.rule.by == GivenBy::Person) {
        match gift.rule.one {
            Some(one) => typed.put("one", one.to_string()),
            None => typed.put("part", gift.rule.part.code()),
        }
    }
    let whole = [Part::Story, Part::Plan, Part::Written, Part::Questions];
    let parts = whole.iter().map(|part| Choice::new(part.code(), what(words, *part))).collect();
    let private =
        |one: &Theirs| if one.private_to(mine.person) { words.coming_private() } else { String::new() };
    let ones: Vec<Choice<'_>> = offered
        .iter()
        .map(|one| {
            let on = day(words, when::day_of(one.whole.entry.happened_at), today);
            let label = format!("{}, {on}", heading(&mine, one));
            Choice::new(one.whole.entry.thread.to_string(), label).hint(private(one))
        })
        .collect();
    let action = format!("/my/coming-in/{id}");
    let errors = FormErrors::new();
    let body = html! {
        h1 { (words.coming_choose_heading(name)) }
        p.lead { (words.coming_choose_lead(name)) }
        (page::post(&Post { action: &action, csrf: &mine.csrf, ..Post::default() }, html! {
            (Choices::checks("part", words.coming_parts(), parts).hint(words.coming_parts_hint()).typed(&typed).errors(&errors))
            @if !ones.is_empty() { (Choices::checks("one", words.coming_ones(), ones).typed(&typed).errors(&errors)) }
            (buttons(html! { (button(&words.coming_keep())) a href="/my/coming-in" { (words.coming_back()) } }))
        }))
    };
    Ok(own_frame(&mine, &OwnFrame { title: &title, part: "/my/coming-in", ..OwnFrame::default() }, body))
}

/// `POST /my/coming-in/{id}`: what is ticked is given, what is not ticked any more is ended.
pub(super) async fn choose(Path(id): Path<Uuid>, posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = &posted;
    let (_, given, _) = one_of(mine, id).await?;
    let mut wanted: Vec<(Part, Option<EntryId>)> = typed
        .all("part")
        .filter_map(Part::from_code)
        .filter(|part| *part != Part::One)
        .map(|part| (part, None))
        .collect();
    wanted.extend(typed.all("one").filter_map(|one| one.parse().ok()).map(|one| (Part::One, Some(one))));
    let mut moment = mine.app.moment();
    let mut tx = mine.app.db.write().await?;
    for gift in given.iter().filter(|gift| gift.rule.by == GivenBy::Person) {
        if !wanted.contains(&(gift.rule.part, gift.rule.one)) {
            space::end_given(&mut tx, &mine.who, &mut moment, gift.id).await?;
        }
    }
    for (part, one) in wanted {
        let give = Give { to: id, part, one, together: false, reason: None, until: None };
        space::give(&mut tx, &mine.who, &mut moment, give).await?;
    }
    tx.commit().await?;
    Ok(Redirect::to("/my/coming-in").into_response())
}

/// `POST /my/coming-in/given/{id}/end`
pub(super) async fn end(Path(id): Path<Uuid>, posted: PostedOwn) -> Result<Response> {
    let mine = &posted.mine;
    let mut tx = mine.app.db.write().await?;
    space::end_given(&mut tx, &mine.who, &mut mine.app.moment(), id).await?;
    tx.commit().await?;
    Ok(Redirect::to("/my/coming-in").into_response())
}

/// `POST /my/coming-in/{id}/end`
pub(super) async fn shut(Path(id): Path<Uuid>, posted: PostedOwn) -> Result<Response> {
    let mine = &posted.mine;
    let mut tx = mine.app.db.write().await?;
    space::shut_mine(&mut tx, &mine.who, &mut mine.app.moment(), id).await?;
    tx.commit().await?;
    Ok(Redirect::to("/my/coming-in").into_response())
}

/// `GET /my/not-yet`: a page that is opened together, later.
pub(super) async fn not_yet(mine: Mine) -> Result<Response> {
    let words = mine.words;
    let title = words.not_yet_title();
    let body = html! {
        h1 { (words.not_yet_heading()) }
        p.lead { (words.not_yet_lead()) }
        p { a.btn href="/my/write" { (words.home_write_button()) } }
    };
    Ok(own_frame(&mine, &OwnFrame { title: &title, ..OwnFrame::default() }, body))
}
