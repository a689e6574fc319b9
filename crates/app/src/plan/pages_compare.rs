//! Two days of a plan side by side: what was added, taken out and changed.

use super::pages::query;
use crate::Result;
use crate::frame::Frame;
use crate::journal::{self, Read};
use crate::moment::{end_of, written};
use crate::person::pages::Tab;
use crate::told::{self, Plan};
use crate::who::Signed;
use crate::working::about;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use jiff::civil::Date;
use page::{Form, FormErrors, Markup, Tag, Typed, button, html, tag};
use practice::access::Sight;
use practice::calendar::add_months;
use practice::id::PersonId;
use practice::plan::{Difference, LineKind, compare};
use serde_json::json;

/// The two days that were asked for: the earlier first. Without any, today and three months ago.
fn days(typed: &mut Typed, today: Date, wrong: &mut FormErrors) -> (Date, Date) {
    let one = typed.date_if_any("one", "The first day", wrong).unwrap_or(add_months(today, -3)).min(today);
    let two = typed.date_if_any("two", "The second day", wrong).unwrap_or(today).min(today);
    for (name, day) in [("one", one), ("two", two)] {
        if typed.get(&format!("{name}-day")).is_empty() {
            typed.put_date(name, day);
        }
    }
    (one.min(two), one.max(two))
}

/// `GET /person/{id}/plan/compare`.
pub(super) async fn show(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    let moment = signed.app.moment();
    let (mut asked, mut wrong) = (query(&raw), FormErrors::new());
    let (one, two) = days(&mut asked, moment.today(), &mut wrong);
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Open).await?;
    let then = told::plan_for(&mut conn, &signed.who, moment.now(), id, end_of(one)).await?;
    let later = told::plan_for(&mut conn, &signed.who, moment.now(), id, end_of(two)).await?;
    drop(conn);
    journal::read(&signed.app, &signed.who, Read::Plan, &[id], &about.why, json!({"one": one, "two": two}))
        .await?;
    let form = Form::new(&asked, &wrong);
    let body = html! {
        h2 { "Two days of the plan" }
        form.box.no-print method="get" action={ (about.href) "/plan/compare" } {
            .pair { (form.date("one", "At the end of")) (form.date("two", "And at the end of")) }
            .btns { (button("Compare").small()) (page::print_button("Print")) }
        }
        p { a href={ (about.href) "/plan" } { "The whole plan" } }
        (differences(&then, &later, (one, two)))
    };
    let title = format!("Two days of {}’s plan", about.header.shown_name);
    let errors = Some(&wrong).filter(|wrong| !wrong.is_empty());
    let page = Frame { title: &title, errors, ..Frame::default() };
    Ok(about.page(&signed, Some(Tab::Plan), page, body))
}

fn whose(plan: &Plan, line: &practice::plan::Line) -> String {
    plan.line(line.id).map_or_else(String::new, |held| held.voice.name.clone())
}

fn differences(then: &Plan, later: &Plan, (one, two): (Date, Date)) -> Markup {
    let all = compare(&then.weighed(), &later.weighed());
    let same = all.iter().filter(|it| matches!(it, Difference::Same(_))).count();
    html! {
        p role="status" {
            "From " b { (written(one)) } " to " b { (written(two)) } ": "
            (all.len() - same) " of " (all.len()) " lines differ."
        }
        @for kind in LineKind::ALL {
            @let of: Vec<&Difference> = all.iter().filter(|it| of_kind(it) == *kind).collect();
            @if !of.is_empty() {
                h3 { (kind.plain()) }
                ul.rows { @for it in of { li { (difference(it, then, later)) } } }
            }
        }
        @if all.is_empty() { p.soft { "There was no plan on either day." } }
    }
}

fn of_kind(it: &Difference) -> LineKind {
    match it {
        Difference::Same(line) | Difference::Added(line) | Difference::TakenOut(line) => line.kind,
        Difference::Changed { to, .. } => to.kind,
    }
}

fn difference(it: &Difference, then: &Plan, later: &Plan) -> Markup {
    html! {
        @match it {
            Difference::Same(line) => { p.soft { b { (whose(later, line)) } ": " (line.words) " (the same)" } }
            Difference::Added(line) => { p { (tag(Tag::Done, "Added")) " " b { (whose(later, line)) } ": " ins { (line.words) } } }
            Difference::TakenOut(line) => { p { (tag(Tag::Plain, "Taken out")) " " b { (whose(then, line)) } ": " del { (line.words) } } }
            Difference::Changed { from, to } => {
                p { (tag(Tag::Us, "Changed")) " " b { (whose(later, to)) } }
                .pair {
                    div { p.small.soft { "Before" } p { (from.words) } }
                    div { p.small.soft { "After" } p { (to.words) } }
                }
                @if from.words == to.words {
                    p.small.soft { "The words are the same; what it rests on or belongs to was changed." }
                }
            }
        }
    }
}
