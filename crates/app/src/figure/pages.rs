//! The pages of timescales: every rule with its figure, what stands behind it, and what this council set.

use super::actions::{EndFigure, SetFigure, end_figure, set_figure};
use super::store::{self, FigureRow, RuleRow};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::moment::london;
use crate::moment::written;
use crate::who::Signed;
use crate::{App, Oops, Result, access, clock};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use db::args;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, Typed, Width};
use practice::access::Action;
use practice::calendar::Length;
use practice::clock::{Area, CarriedOut, LocalOverride, Rule, RuleId, Rules};
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Done {
    done: Option<String>,
}

const fn how(way: CarriedOut) -> &'static str {
    match way {
        CarriedOut::Runs => "runs",
        CarriedOut::Ready => "ready: runs once what it needs is recorded",
        CarriedOut::Listed => "for information only",
    }
}

/// The figures of a rule in a few words.
fn figures(rule: &Rule) -> String {
    let all = rule.figures();
    let several = all.len() > 1;
    let one = |f: &practice::clock::Figure| {
        if several { format!("{}: {}", f.what, f.length) } else { f.length.to_string() }
    };
    all.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// `GET /administration/clocks`
pub(super) async fn list(State(app): State<App>, signed: Signed) -> Result<Response> {
    access::permit(&signed.who, Action::SetFigures)?;
    let today = app.moment().today();
    let mut conn = app.db.read().await?;
    let rules = clock::rules(&mut conn).await?;
    let own: Vec<RuleRow> = conn.all(store::RULES, args![today]).await?;
    drop(conn);
    let own = |rule: &Rule| own.iter().any(|row| row.rule == rule.id.as_str());
    let usual = clock::usual_rules()?;
    let body = html! {
        h1 { "Timescales" }
        p { "Every timescale the program knows, with what stands behind it. A local figure may be any; a figure of the law may only be made tighter." }
        @for area in Area::ALL {
            @let here: Vec<&Rule> = usual.all().iter().filter(|rule| rule.area == *area).collect();
            h2 { (area.plain()) }
            ul.rows { @for rule in here {
                @let now = rules.best(rule.id, today).unwrap_or(rule);
                li {
                    a href={ "/administration/clocks/" (rule.id) } { (rule.name) }
                    p {
                        @let figures = figures(now);
                        @if figures.is_empty() { (rule.deadline) } @else { (figures) }
                        @if own(rule) { " (the council’s own)" }
                    }
                    p.soft { (rule.id) ", " (rule.force.iter().map(|force| force.plain()).collect::<Vec<_>>().join(", ")) ", " (how(usual.carried_out(rule))) }
                }
            } }
        }
    };
    let back = Link { href: "/administration", label: "Back to Administration" };
    let page = Frame { title: "Timescales", part: "/administration", back: Some(back), ..Frame::default() };
    Ok(frame(&signed, &page, body))
}

/// `GET /administration/clocks/{rule}`
pub(super) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path(rule): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response> {
    access::permit(&signed.who, Action::SetFigures)?;
    let said = match done.done.as_deref() {
        Some("set") => Some("Kept. Clocks that start from that day on follow it."),
        Some("ended") => Some("Ended. The usual figure holds again."),
        _ => None,
    };
    one(&app, &signed, &rule, (said, &Typed::default(), &FormErrors::new())).await
}

fn known<'a>(rules: &'a Rules, rule: &str, today: Date) -> Result<(RuleId, &'a Rule)> {
    let id: RuleId = rule.parse().map_err(|_| Oops::NotFound)?;
    Ok((id, rules.best(id, today).ok_or(Oops::NotFound)?))
}

async fn one(
    app: &App,
    signed: &Signed,
    rule: &str,
    (said, typed, errors): (Option<&str>, &Typed, &FormErrors),
) -> Result<Response> {
    let today = app.moment().today();
    let usual = clock::usual_rules()?;
    let (id, rule) = known(usual, rule, today)?;
    let mut conn = app.db.read().await?;
    let own: Vec<FigureRow> = conn.all(store::OF_RULE, args![id.as_str()]).await?;
    drop(conn);
    let body = html! {
        h1 { (rule.name) }
        p { (rule.deadline) "." }
        p { "Starts: " (rule.starts) "." }
        @if let Some(done) = &rule.done_when { p { "Met by: " (done) "." } }
        p { (rule.force_sentence()) " " (rule.source.trim_end_matches('.')) " (rule " (id) ")." }
        p.soft { (rule.sure.plain()) ". " (rule.local_override.plain()) ". In this program: " (how(usual.carried_out(rule))) "." }
        @if let Some(why) = &rule.only_listed { p { (why) } }
        (held(rule, &own))
        (set_form(signed, rule, (typed, errors)))
        @if !own.is_empty() { (end_form(signed, rule, &own, (typed, errors))) }
    };
    let back = Link { href: "/administration/clocks", label: "Back to Timescales" };
    let page = Frame {
        title: &rule.name,
        part: "/administration",
        back: Some(back),
        said,
        errors: Some(errors).filter(|errors| !errors.is_empty()),
        ..Frame::default()
    };
    Ok(frame(signed, &page, body))
}

fn what_of(rule: &Rule, slot: &str) -> String {
    rule.figures().into_iter().find(|f| f.slot == slot).map_or_else(|| slot.to_owned(), |f| f.what)
}

fn held(rule: &Rule, own: &[FigureRow]) -> Markup {
    html! {
        h2 { "The council’s own figures" }
        @if own.is_empty() { p { "None was set: the usual figures hold." } }
        ul.rows { @for row in own { li {
            p {
                (what_of(rule, &row.slot)) ": " (row.length) ", from " (written(row.from_date.0))
                @if let Some(to) = row.to_date { " to " (written(to.0)) }
            }
            p.soft {
                "“" (row.reason) "” "
                @if let Some(author) = &row.author { (author) ", " }
                (written(row.recorded_at.0.to_zoned(london()).date()))
            }
        } } }
    }
}

fn set_form(signed: &Signed, rule: &Rule, (typed, errors): (&Typed, &FormErrors)) -> Markup {
    let form = Form::new(typed, errors);
    let figures = rule.figures();
    let choices = figures
        .iter()
        .map(|f| Choice::new(f.slot.clone(), format!("{} (usually {})", f.what, f.length)))
        .collect();
    let action = format!("/administration/clocks/{}", rule.id);
    let hint = match rule.local_override {
        LocalOverride::TighterOnly => "Like 10 working days or 6 weeks. It may only be tighter than the law",
        LocalOverride::Any => "Like 10 working days, 6 weeks or 3 months",
    };
    html! { @if !figures.is_empty() {
        h2 { "Set a figure for this council" }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.radios("slot", "Which figure", choices))
            (form.text("length", "How long").width(Width::Middle).hint(hint))
            (form.date("from", "From which day on").hint("A clock keeps the figure of the day it starts"))
            (form.textarea("reason", "Why").rows(3))
            (page::buttons(html! { (page::button("Keep")) }))
        }))
    } }
}

fn end_form(
    signed: &Signed,
    rule: &Rule,
    own: &[FigureRow],
    (typed, errors): (&Typed, &FormErrors),
) -> Markup {
    let form = Form::new(typed, errors);
    let choices = own
        .iter()
        .map(|row| {
            let words =
                format!("{}: {}, from {}", what_of(rule, &row.slot), row.length, written(row.from_date.0));
            Choice::new(row.id.to_string(), words)
        })
        .collect();
    let action = format!("/administration/clocks/{}/end", rule.id);
    html! {
        h2 { "End a figure, or take it back" }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.radios("figure", "Which", choices))
            (form.date("on", "Its last day").hint("Leave it empty to take the figure back as if it had never been"))
            (form.textarea("why", "Why it ends").rows(3))
            (page::buttons(html! { (page::button("End it").quiet()) }))
        }))
    }
}

/// Sorts what an action said into what the form shows and what is an answer of its own.
fn settle(done: Result<usize>, errors: &mut FormErrors) -> Result<bool> {
    match done {
        Ok(_) => Ok(true),
        Err(Oops::Wrong(wrong)) => {
            for (field, words) in wrong {
                errors.add(field, words);
            }
            Ok(false)
        }
        Err(other) => Err(other),
    }
}

/// `POST /administration/clocks/{rule}`
pub(super) async fn set(
    State(app): State<App>,
    Path(rule): Path<String>,
    posted: Posted,
) -> Result<Response> {
    access::permit(&posted.signed.who, Action::SetFigures)?;
    let mut moment = app.moment();
    let (id, _) = known(clock::usual_rules()?, &rule, moment.today())?;
    let typed = &posted.typed;
    let mut errors = FormErrors::new();
    let slot = typed.get("slot").to_owned();
    errors.require(!slot.is_empty(), "slot", "Choose which figure");
    let length: Option<Length> = typed.get("length").trim().parse().ok();
    errors.require(length.is_some(), "length", "Say it like 10 working days, 6 weeks or 3 months");
    let from = typed.date("from", "The day", &mut errors);
    if let (Some(length), Some(from), false) = (length, from, slot.is_empty()) {
        let reason = typed.get("reason").to_owned();
        let command = SetFigure { rule: id, slot, length, from, reason };
        let mut tx = app.db.write().await?;
        let done = set_figure(&mut tx, &posted.signed.who, &mut moment, command).await;
        if settle(done, &mut errors)? {
            tx.commit().await?;
            let to = format!("/administration/clocks/{id}?done=set");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    one(&app, &posted.signed, &rule, (None, typed, &errors)).await
}

/// `POST /administration/clocks/{rule}/end`
pub(super) async fn end(
    State(app): State<App>,
    Path(rule): Path<String>,
    posted: Posted,
) -> Result<Response> {
    access::permit(&posted.signed.who, Action::SetFigures)?;
    let mut moment = app.moment();
    let (id, _) = known(clock::usual_rules()?, &rule, moment.today())?;
    let typed = &posted.typed;
    let mut errors = FormErrors::new();
    let last_day = typed.date_if_any("on", "The day", &mut errors);
    let figure = typed.get("figure").parse().ok();
    errors.require(figure.is_some(), "figure", "Choose the figure that is to end");
    if let (Some(figure), true) = (figure, errors.is_empty()) {
        let command = EndFigure { rule: id, figure, last_day, reason: typed.get("why").to_owned() };
        let mut tx = app.db.write().await?;
        let done = end_figure(&mut tx, &posted.signed.who, &mut moment, command).await;
        let done = match done {
            Err(Oops::Wrong(wrong)) => Err(Oops::Wrong(
                wrong
                    .into_iter()
                    .map(|(field, words)| (if field == "reason" { "why".to_owned() } else { field }, words))
                    .collect(),
            )),
            other => other,
        };
        if settle(done, &mut errors)? {
            tx.commit().await?;
            let to = format!("/administration/clocks/{id}?done=ended");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    one(&app, &posted.signed, &rule, (None, typed, &errors)).await
}
