//! One's own week: in words, as a small picture, as a table, and piece by piece so that each can be put right.

use super::actions::{SetTime, set_time};
use super::hours::hours_of;
use super::hours_pages;
use super::own::{self, Piece, Week};
use crate::entry::when;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Column, Field, FormErrors, Link, Post, Typed, Width};
use practice::calendar::add_days;
use practice::entry::EntryKind;
use practice::id::EntryId;
use practice::week::{length_in_words, monday, parse_minutes};
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    from: Option<Date>,
    done: Option<String>,
}

/// "16 to 22 November 2026".
pub(super) fn week_in_words(monday: Date) -> String {
    let sunday = add_days(monday, 6);
    let begin = match (monday.year() == sunday.year(), monday.month() == sunday.month()) {
        (true, true) => monday.strftime("%-d"),
        (true, false) => monday.strftime("%-d %B"),
        (false, _) => monday.strftime("%-d %B %Y"),
    };
    format!("{begin} to {}", sunday.strftime("%-d %B %Y"))
}

/// The links to the week before, and after as far as there is one.
pub(super) fn back_and_forth(path: &str, week: Date, last: Date) -> Markup {
    let link = |day: Date, words: &str| html! { a href={ (path) "?from=" (day) } { (words) } };
    html! {
        p {
            (link(add_days(week, -7), "The week before"))
            @if week < last { " \u{b7} " (link(add_days(week, 7), "The week after")) }
        }
    }
}

/// `GET /me/week`
pub(super) async fn show(
    State(app): State<App>,
    signed: Signed,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let said = match asked.done.as_deref() {
        Some("kept") => Some("Kept."),
        Some("struck") => Some("Struck. It is not counted."),
        Some("hours") => Some("Put down. Nobody else sees it."),
        Some("withdrawn") => Some("Withdrawn."),
        _ => None,
    };
    let today = app.moment().today();
    let week = monday(asked.from.unwrap_or(today)).min(monday(today));
    draw(&signed, week, said, None).await
}

pub(super) async fn draw(
    signed: &Signed,
    monday_of: Date,
    said: Option<&str>,
    wrong: Option<(Option<EntryId>, &Typed, &FormErrors)>,
) -> Result<Response> {
    let worker = signed
        .who
        .worker()
        .ok_or_else(|| Oops::NotAllowed("Only someone who works with people has a week here".to_owned()))?;
    let today = signed.app.moment().today();
    let mut conn = signed.app.db.read().await?;
    let week = own::read(&mut conn, signed, worker, monday_of).await?;
    let hours = hours_of(&mut conn, worker, monday_of).await?;
    drop(conn);
    let body = html! {
        h1 { "Your week" }
        p.lead { (week_in_words(monday_of)) }
        (back_and_forth("/me/week", monday_of, monday(today)))
        (hours_pages::section(signed, &hours, (monday_of, today), wrong.filter(|one| one.0.is_none()).map(|one| (one.1, one.2))))
        h2 { "Time with people, and recording" }
        (in_words(&week))
        @if week.sum().with_people + week.sum().recording > 0 { (picture(&week)) (table(&week)) }
        (pieces(signed, &week, wrong.and_then(|one| Some((one.0?, one.1, one.2)))))
        h2 { "Who sees this" }
        p { "You do. Of a team, its manager sees only what five people or more did together, a week after the week has ended, and never by name. What you strike or put right before then is not in it." }
        p.soft { "Time with people is what entries say they took, those you wrote and those you were there for. Time recording is counted by the recording screen while you write, not while it lies open." }
    };
    let errors = wrong.map(|one| one.2).filter(|errors| !errors.is_empty());
    let back = Some(Link { href: "/me", label: "Back to My account" });
    Ok(frame(
        signed,
        &Frame { title: "Your week", part: "/me", back, said, errors, ..Frame::default() },
        body,
    ))
}

fn in_words(week: &Week) -> Markup {
    let sum = week.sum();
    let without = week.without_length();
    html! {
        @if sum.with_people + sum.recording == 0 {
            p { "Nothing to add up yet. When you record something, you can say how long it took. The minutes come together here." }
        } @else {
            p {
                "You were with people for " b { (length_in_words(sum.with_people)) } " and spent " b { (length_in_words(sum.recording)) } " recording. "
                @if sum.recording > 0 && sum.with_people > 0 { (for_each_hour(sum.with_people, sum.recording)) }
            }
        }
        @if without > 0 {
            p.soft { (without) @if without == 1 { " entry does not say how long it took." } @else { " entries do not say how long they took." } }
        }
    }
}

/// "That is 12 minutes of recording for each hour with people."
fn for_each_hour(with_people: u32, recording: u32) -> String {
    let minutes = (u64::from(recording) * 60).div_ceil(u64::from(with_people));
    let minutes = u32::try_from(minutes).unwrap_or(u32::MAX);
    format!("That is {} of recording for each hour with people.", length_in_words(minutes))
}

fn days(week: &Week) -> impl Iterator<Item = (Date, &own::DayOf)> {
    (0..7).map(|n| add_days(week.monday, n)).zip(&week.days)
}

/// Two bars for each day. The table below says the same.
fn picture(week: &Week) -> Markup {
    const LEFT: u32 = 44;
    const WIDE: u32 = 270;
    const ROW: u32 = 34;
    let most = week.days.iter().map(|day| day.with_people.max(day.recording)).max().unwrap_or(0).max(60);
    let long = |minutes: u32| minutes * WIDE / most;
    html! {
        svg.bars viewBox="0 0 320 268" width="480" role="img" aria-label="Time with people and time recording on each day; the table below says the same" {
            @for (row, (day, of)) in (0_u32..).zip(days(week)) {
                text x="0" y=(row * ROW + 21) { (day.strftime("%a")) }
                rect.bars__with x=(LEFT) y=(row * ROW + 4) width=(long(of.with_people)) height="12" rx="2" {}
                rect.bars__writing x=(LEFT) y=(row * ROW + 17) width=(long(of.recording)) height="9" rx="2" {}
            }
            rect.bars__with x="44" y="248" width="14" height="12" rx="2" {}
            text x="64" y="259" { "with people" }
            rect.bars__writing x="170" y="249" width="14" height="10" rx="2" {}
            text x="190" y="259" { "recording" }
        }
    }
}

fn cell(minutes: u32) -> Markup {
    html! { @if minutes == 0 { span.soft { "none" } } @else { (length_in_words(minutes)) } }
}

fn table(week: &Week) -> Markup {
    let rows: Vec<Vec<Markup>> = days(week)
        .map(|(day, of)| {
            vec![html! { (day.strftime("%A %-d %B")) }, cell(of.with_people), cell(of.recording)]
        })
        .collect();
    page::table(
        "Each day",
        &[Column::words("Day"), Column::words("With people"), Column::words("Recording")],
        &rows,
    )
}

fn what(one: &Piece) -> String {
    let kind = one.kind.map_or("Entry", EntryKind::plain);
    let about = match one.about.as_slice() {
        [] => String::new(),
        [name] => format!(" about {name}"),
        [first @ .., last] => format!(" about {} and {last}", first.join(", ")),
    };
    format!("{kind}{about}")
}

fn pieces(signed: &Signed, week: &Week, wrong: Option<(EntryId, &Typed, &FormErrors)>) -> Markup {
    html! { @if !week.pieces.is_empty() {
        h2 { "Piece by piece" }
        ul.rows { @for one in &week.pieces { li id={ "e-" (one.id) } {
            p {
                a href={ "/entry/" (one.id) } { (what(one)) } ", "
                (when::day(when::day_of(one.happened_at), add_days(week.monday, 6))) ", " (when::time(one.happened_at))
                @if !one.mine { " " span.soft { "(you were there)" } }
                br;
                @if one.happened_here { @match one.with_people {
                    Some(minutes) => { (length_in_words(minutes)) " with people. " }
                    None if one.kind.is_some_and(EntryKind::is_time_with_people) => span.soft { "It does not say how long it took. " },
                    None => {}
                } }
                (writing(one))
            }
            @if one.mine { (put_right(signed, week, one, wrong.filter(|wrong| wrong.0.0 == one.id))) }
        } } }
    } }
}

fn writing(one: &Piece) -> Markup {
    html! { @if let Some((minutes, how)) = &one.writing {
        @match how.as_str() {
            "struck" => "Recording: struck.",
            "said" => { (length_in_words(*minutes)) " recording, as you said." }
            _ => { (length_in_words(*minutes)) " recording." }
        }
    } }
}

fn put_right(
    signed: &Signed,
    week: &Week,
    one: &Piece,
    wrong: Option<(EntryId, &Typed, &FormErrors)>,
) -> Markup {
    let action = format!("/me/week/{}", one.id);
    let post = Post { action: &action, csrf: &signed.csrf, ..Post::default() };
    let about = format!(": {}, {}", what(one), when::time(one.happened_at));
    let held = one.writing.as_ref().filter(|writing| writing.0 > 0).map(|writing| writing.0.to_string());
    let name = format!("minutes-{}", one.id);
    let none = FormErrors::new();
    let (value, errors) =
        wrong.map_or((held.unwrap_or_default(), &none), |one| (one.1.get(&name).to_owned(), one.2));
    let form = page::post(
        &post,
        html! {
            input type="hidden" name="week" value=(week.monday);
            (Field::text(name.as_str(), "How long writing it took").width(Width::Short).value(value).errors(errors).hint("Such as 12, or 1 h 5. Left empty it is struck"))
            (page::buttons(html! {
                (page::button("Keep").small().about(&about).sends("then", "keep"))
                @if one.writing.as_ref().is_some_and(|writing| writing.1 != "struck") {
                    (page::button("Strike it").quiet().small().about(&about).sends("then", "strike"))
                }
            }))
            @if one.happened_here {
                p { a href={ "/entry/" (one.id) "/correct" } { "Put right how long it was with people" } }
            }
        },
    );
    html! {
        @if errors.is_empty() { (page::details("Put the minutes right", form)) } @else { (form) }
    }
}

/// `POST /me/week/{id}`
pub(super) async fn set(
    State(app): State<App>,
    Path(entry): Path<EntryId>,
    posted: Posted,
) -> Result<Response> {
    let Posted { signed, typed, .. } = posted;
    let mut moment = app.moment();
    let week = monday(typed.get("week").parse().unwrap_or_else(|_| moment.today()));
    let field = format!("minutes-{entry}");
    let strike = typed.get("then") == "strike" || typed.some(&field).is_none();
    let minutes = parse_minutes(typed.get(&field));
    if !strike && minutes.is_none() {
        // whose it is comes before what is wrong with it
        let mut tx = app.db.write().await?;
        set_time(&mut tx, &signed.who, &mut moment, SetTime { entry, minutes: None }).await?;
        tx.give_up().await?;
        let mut errors = FormErrors::new();
        errors.add(field, "Say how long, such as 12 minutes or 1 h 5");
        return draw(&signed, week, None, Some((Some(entry), &typed, &errors))).await;
    }
    let mut tx = app.db.write().await?;
    let command = SetTime { entry, minutes: minutes.filter(|_| !strike) };
    set_time(&mut tx, &signed.who, &mut moment, command).await?;
    tx.commit().await?;
    let done = if strike { "struck" } else { "kept" };
    Ok(Redirect::to(&format!("/me/week?from={week}&done={done}#e-{entry}")).into_response())
}
