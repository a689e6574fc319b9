//! One's own hours: today's in one field, the week so far, what is owed; and for whoever leads, the question that a week
//! asks which was too long.

use super::hours::{
    AnswerLongWeek, Hours, LongWeek, SetHours, answer_long_week, hours_of, long_weeks, owed_in_words,
    set_hours,
};
use super::pages::{draw, week_in_words};
use crate::access::{self, Reach};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::room::Card;
use crate::who::{Signed, first_name};
use crate::{App, Oops, Result, Who, checked};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use db::Conn;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Column, Field, Form, FormErrors, Link, Post, Typed, Width};
use practice::access::{Action, Decision, may};
use practice::calendar::add_days;
use practice::hours::{HoursKind, parse_day};
use practice::week::{length_in_words, monday};
use serde::Deserialize;

/// On Today, beside the rest.
const BESIDE: u16 = 125;
/// On Today of whoever leads: above what is late.
const ASKS: u16 = 30;

fn so_far(hours: &Hours) -> Markup {
    html! {
        p {
            "Put down of this week: " b { (length_in_words(hours.week.worked)) } " of "
            (length_in_words(hours.week.agreed)) " agreed. " (owed_in_words(hours.owed))
        }
    }
}

/// The hours on one's own week.
pub(super) fn section(
    signed: &Signed,
    hours: &Hours,
    (week, today): (Date, Date),
    wrong: Option<(&Typed, &FormErrors)>,
) -> Markup {
    let none = (Typed::default(), FormErrors::new());
    let (typed, errors) = wrong.unwrap_or((&none.0, &none.1));
    let form = Form::new(typed, errors);
    let days: Vec<Date> = (0..7).map(|n| add_days(week, n)).filter(|day| *day <= today).collect();
    let last = days.last().copied();
    let nothing_chosen = typed.get("day").is_empty();
    let choices: Vec<Choice<'_>> = days
        .iter()
        .rev()
        .map(|day| {
            let words = day.strftime("%A %-d %B").to_string();
            Choice::new(day.to_string(), words).chosen(nothing_chosen && Some(*day) == last)
        })
        .collect();
    let kinds: Vec<Choice<'_>> = HoursKind::ALL
        .iter()
        .map(|kind| {
            Choice::new(kind.code(), kind.plain())
                .chosen(typed.get("kind").is_empty() && *kind == HoursKind::Worked)
        })
        .collect();
    html! {
        section aria-labelledby="h-hours" {
            h2 id="h-hours" { "Hours" }
            (so_far(hours))
            @if hours.asks {
                p { "This week is longer than anybody should work. Whoever leads you is asked what would have to give, so that you can go home. They are not told how long it was." }
            }
            @if let Some((words, by)) = &hours.answer {
                p { (by) " says what gives:" }
                p.words { "“" (words) "”" }
            }
            (page::post(&Post { action: "/me/hours", csrf: &signed.csrf, ..Post::default() }, html! {
                input type="hidden" name="week" value=(week);
                (form.select("day", "Which day", choices))
                (form.seg("kind", "Worked, or time taken back", kinds))
                (form.text("hours", "How long").width(Width::Short).hint("Such as 7.5, or 7 h 30. Put down again, it takes the place of what stood there"))
                (page::buttons(html! {
                    (page::button("Keep").sends("then", "keep"))
                    (page::button("Withdraw what stands there").quiet().sends("then", "withdraw"))
                }))
            }))
            (table(hours, week))
            p.soft.small { "Only you see your hours. That a week was over 48 hours is told to whoever leads you, without a figure, as a question to them and not to you." }
        }
    }
}

fn table(hours: &Hours, week: Date) -> Markup {
    let cell = |minutes: u32| html! { @if minutes == 0 { span.soft { "none" } } @else { (length_in_words(minutes)) } };
    if hours.days.iter().all(|day| *day == (0, 0)) {
        return html! {};
    }
    let rows: Vec<Vec<Markup>> = (0..7)
        .map(|n| add_days(week, n))
        .zip(hours.days)
        .map(|(day, (worked, taken))| vec![html! { (day.strftime("%A %-d %B")) }, cell(worked), cell(taken)])
        .collect();
    let columns = [Column::words("Day"), Column::words("Worked"), Column::words("Taken back")];
    page::table("Your hours, each day", &columns, &rows)
}

/// `POST /me/hours`
pub(super) async fn set(State(app): State<App>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = posted;
    let mut moment = app.moment();
    let today = moment.today();
    let mut errors = FormErrors::new();
    let on = match typed.get("day") {
        "" => Some(today),
        day => day.parse().ok(),
    };
    errors.require(on.is_some(), "day", "Choose a day");
    let kind = HoursKind::from_code(typed.some("kind").unwrap_or("worked"));
    errors.require(kind.is_some(), "kind", "Say whether it was worked or taken back");
    let withdraw = typed.get("then") == "withdraw";
    let minutes = parse_day(typed.get("hours")).filter(|_| !withdraw);
    errors.require(withdraw || minutes.is_some(), "hours", "Say how long, such as 7.5 or 7 h 30");
    let week = monday(typed.get("week").parse().ok().or(on).unwrap_or(today)).min(monday(today));
    let (Some(on), Some(kind), true) = (on, kind, errors.is_empty()) else {
        return draw(&signed, week, None, Some((None, &typed, &errors))).await;
    };
    let mut tx = app.db.write().await?;
    match set_hours(&mut tx, &signed.who, &mut moment, SetHours { on, kind, minutes }).await {
        Ok(()) => {
            tx.commit().await?;
            let done = if withdraw { "withdrawn" } else { "hours" };
            Ok(Redirect::to(&format!("/me/week?from={}&done={done}#h-hours", monday(on))).into_response())
        }
        Err(oops) => {
            tx.give_up().await?;
            let errors = checked::wrong(oops)?;
            draw(&signed, week, None, Some((None, &typed, &errors))).await
        }
    }
}

/// On Today: one field for today's hours; and to whoever leads, the weeks that ask.
pub(super) async fn of_today(conn: &mut Conn, who: &Who, app: &App, today: Date) -> Result<Vec<Card>> {
    let Some(me) = who.worker() else { return Ok(vec![]) };
    if !matches!(may(&who.reader, Action::SeeTeam), Decision::Allowed(_)) {
        return Ok(vec![]);
    }
    let hours = hours_of(conn, me, monday(today)).await?;
    let at = usize::try_from(practice::calendar::days_between(monday(today), today)).unwrap_or(7);
    let put_down = hours.days.get(at).map_or(0, |day| day.0);
    let body = html! {
        section.box.tightly aria-labelledby="h-my-hours" {
            h2 id="h-my-hours" { "Your hours" }
            @if put_down > 0 { p { "Today: " (length_in_words(put_down)) "." } }
            (so_far(&hours))
            p { a href="/me/week#h-hours" { @if put_down > 0 { "Put it right" } @else { "Put down today’s hours" } } }
        }
    };
    let mut cards = vec![Card { place: BESIDE, body }];
    let reach = Reach::of(conn, who, app.moment().now()).await?;
    let asks = long_weeks(conn, &reach, Some(me)).await?;
    if !asks.is_empty() {
        let body = html! {
            section aria-labelledby="h-long-weeks" {
                h2 id="h-long-weeks" { "What would have to give" }
                ul.rows { @for one in &asks { li { (question(one)) } } }
                p { a href="/long-weeks" { "Answer" } }
            }
        };
        cards.push(Card { place: ASKS, body });
    }
    Ok(cards)
}

fn question(one: &LongWeek) -> Markup {
    let first = first_name(&one.name);
    html! {
        p { (one.name) "’s week of " (week_in_words(one.monday)) " was over 48 hours." }
        p { b { "What would have to give, so that " (first) " can go home at the end of the day?" } }
    }
}

#[derive(Deserialize, Default)]
pub(super) struct Done {
    done: Option<String>,
}

/// `GET /long-weeks`
pub(super) async fn list(signed: Signed, Query(done): Query<Done>) -> Result<Response> {
    let said =
        done.done.as_deref().filter(|done| *done == "answered").map(|_| "Said. They read it on their week.");
    ask(&signed, said, (&Typed::default(), &FormErrors::new())).await
}

async fn ask(
    signed: &Signed,
    said: Option<&str>,
    (typed, errors): (&Typed, &FormErrors),
) -> Result<Response> {
    access::permit(&signed.who, Action::SeeTeam)?;
    let leads = signed.who.staff().is_some_and(|staff| staff.posts.iter().any(|post| post.role.leads()));
    let mut conn = signed.app.db.read().await?;
    let reach = Reach::of(&mut conn, &signed.who, signed.app.moment().now()).await?;
    if !leads && reach.led_teams().is_empty() {
        return Err(Oops::NotAllowed("This asks whoever leads a team".to_owned()));
    }
    let all = long_weeks(&mut conn, &reach, signed.who.worker()).await?;
    drop(conn);
    let body = html! {
        h1 { "What would have to give" }
        p.lead { "A week over 48 hours asks you, and not whoever worked it. What could wait, go to somebody else, or not be done? They read your answer." }
        @if all.is_empty() { (page::empty("No week asks", html! { "When somebody whom you lead puts down more than 48 hours in a week, it stands here, without a figure." })) }
        ul.rows { @for one in &all { li {
            @let name = format!("words-{}-{}", one.worker, one.monday);
            (question(one))
            (page::post(&Post { action: "/long-weeks", csrf: &signed.csrf, ..Post::default() }, html! {
                input type="hidden" name="worker" value=(one.worker);
                input type="hidden" name="monday" value=(one.monday);
                (Field::textarea(name.as_str(), "What gives").rows(3).value(typed.get(&name)).errors(errors).hint("Something you will see to: who takes what over, what is left, by when"))
                (page::buttons(html! { (page::button("Say it").about(&format!(" to {}", one.name))) }))
            }))
        } } }
        p.soft.small { "The law limits the average of 17 weeks to 48 hours (Working Time Regulations 1998, regulation 4). A single week over it breaks no law: it only asks." }
    };
    let errors = Some(errors).filter(|errors| !errors.is_empty());
    let back = Some(Link { href: "/today", label: "Back to Today" });
    let page =
        Frame { title: "What would have to give", part: "/today", back, said, errors, ..Frame::default() };
    Ok(frame(signed, &page, body))
}

/// `POST /long-weeks`
pub(super) async fn answer(posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let (Ok(worker), Ok(monday)) = (typed.get("worker").parse(), typed.get("monday").parse::<Date>()) else {
        let mut errors = FormErrors::new();
        errors.add("", "Choose whose week it is");
        return ask(signed, None, (typed, &errors)).await;
    };
    let words = typed.get(&format!("words-{worker}-{monday}")).to_owned();
    let mut tx = signed.app.db.write().await?;
    match answer_long_week(&mut tx, &signed.who, &mut moment, AnswerLongWeek { worker, monday, words }).await
    {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to("/long-weeks?done=answered").into_response())
        }
        Err(oops) => {
            tx.give_up().await?;
            ask(signed, None, (typed, &checked::wrong(oops)?)).await
        }
    }
}
