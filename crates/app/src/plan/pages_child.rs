//! The version of a plan for the child: their own words and words written for them, and nothing else.

use super::pages::query;
use crate::Result;
use crate::entry::{self, Promised, when};
use crate::frame::Frame;
use crate::journal::{self, Read};
use crate::moment::end_of;
use crate::paper;
use crate::person::pages::Tab;
use crate::told::{self, Line, Plan, choose};
use crate::who::Signed;
use crate::working::about;
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use page::{FormErrors, Markup, html};
use practice::access::Sight;
use practice::entry::PromiseState;
use practice::id::PersonId;
use practice::plan::{LineKind, for_child};
use serde_json::json;

/// The headings of the child's version. What the child wants is theirs alone; what others want stands beside it.
const PARTS: [(LineKind, Option<bool>, &str); 6] = [
    (LineKind::Goal, Some(true), "What you want"),
    (LineKind::Goal, Some(false), "What others want for you"),
    (LineKind::Strength, None, "What is good"),
    (LineKind::Worry, None, "What we worry about"),
    (LineKind::Support, None, "What we will do"),
    (LineKind::Change, None, "What has to change"),
];

fn words(line: &Line) -> Option<&str> {
    for_child(&line.words, line.child_words.as_deref(), line.voice.by.themselves())
}

/// `GET /person/{id}/plan/child`.
pub(super) async fn show(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    let moment = signed.app.moment();
    let (asked, mut wrong) = (query(&raw), FormErrors::new());
    let known = choose::known_on(&asked, moment.today(), &mut wrong);
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Open).await?;
    let plan = told::plan_for(&mut conn, &signed.who, moment.now(), id, known.and_then(end_of)).await?;
    let promises = match known {
        Some(_) => vec![],
        None => entry::promises_about(&mut conn, &signed.who, moment.now(), id).await?,
    };
    drop(conn);
    journal::read(&signed.app, &signed.who, Read::Plan, &[id], &about.why, json!({"for": "child"})).await?;
    let name = &about.header.shown_name;
    let left = plan.lines.iter().filter(|line| words(line).is_none()).count();
    let href = format!("{}/plan", about.href);
    let today = known.unwrap_or(moment.today());
    let body = html! {
        .no-print {
            (choose::past(known, &href))
            p { a href=(href) { "The whole plan" } }
            @if left > 0 {
                (page::note(html! {
                    p { b { (left) (if left == 1 { " line is" } else { " lines are" }) " not in words for " (name) " yet" } " and not here. Write them in the whole plan, under “Change”." }
                }))
            }
        }
        h2 { (name) ", this is your plan" }
        p.lead { "It is made with you. You can say if it is wrong. We will change it with you." }
        (parts(&plan))
        (promised(&promises, today))
        h3 { "If it is not right" }
        p { "Tell us. You can say it, write it or draw it. You can ask for someone to help you say it." }
        .btns.no-print {
            (page::print_button("Print"))
            (paper::link(&signed.app, paper::may_take(&about.why), &choose::same_day(&format!("{href}/child/pdf"), known)))
        }
    };
    let title = format!("{name}, this is your plan");
    let page = Frame { title: &title, ..Frame::default() };
    Ok(about.page(&signed, Some(Tab::Plan), page, body))
}

/// `GET /person/{id}/plan/child/pdf`: the same page, as a file.
pub(super) async fn pdf(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    paper::taken(&signed, id, "plan for the child").await?;
    let app = signed.app.clone();
    paper::answer(&app, "My plan", show(signed, Path(id), raw).await?).await
}

fn parts(plan: &Plan) -> Markup {
    html! {
        @for (kind, own, heading) in PARTS {
            @let lines: Vec<(&Line, &str)> = plan.lines.iter()
                .filter(|line| line.kind == kind && own.is_none_or(|own| own == line.voice.by.themselves()))
                .filter_map(|line| Some((line, words(line)?))).collect();
            @if !lines.is_empty() {
                h3 { (heading) }
                ul { @for (line, words) in &lines {
                    li {
                        (words)
                        @if kind == LineKind::Goal {
                            @for (voice, all) in plan.voices(line.line).iter().filter(|(voice, _)| voice.by.themselves()) {
                                @if let Some(last) = all.last() { " " span.soft { (voice.name) ", you said " (last.value) " out of 10." } }
                            }
                        }
                    }
                } }
            }
        }
    }
}

/// What the service promised, with the day.
fn promised(all: &[Promised], today: jiff::civil::Date) -> Markup {
    let ours: Vec<&Promised> =
        all.iter().filter(|one| one.by.worker.is_some() && one.state == PromiseState::Open).collect();
    html! {
        @if !ours.is_empty() {
            h3 { "What we promised" }
            ul { @for one in ours {
                li { (one.by.name) ": " (one.what) "." @if let Some(due) = one.due_on { " By " (when::day(due, today)) "." } }
            } }
        }
    }
}
