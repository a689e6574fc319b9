//! The findings of a check on a page: what was found in a sentence, what can be taken along, and a list by rule, by
//! child or by place, filtered and in pages.

use super::check::{Check, Found, Stage};
use super::take::FORMS;
use super::{HERE, desk, held, listed};
use crate::frame::{Frame, frame};
use crate::who::Signed;
use crate::{App, Result};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use maud::{Markup, html};
use page::{Choice, Choices, Field, FormErrors, Link, Number, Post, Width};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What of a check is shown: by rule or by child, which findings, of which rule and child, which page.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Show {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) what: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) by: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) code: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) child: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) page: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) done: String,
}

impl Show {
    /// Its address.
    pub(super) fn href(&self, id: Uuid) -> String {
        match self.query() {
            query if query.is_empty() => format!("{HERE}/{id}"),
            query => format!("{HERE}/{id}?{query}"),
        }
    }

    pub(super) fn query(&self) -> String {
        serde_urlencoded::to_string(self).unwrap_or_default()
    }

    /// The same from its first page, with nothing said.
    pub(super) fn afresh(&self) -> Self {
        Self { page: String::new(), done: String::new(), ..self.clone() }
    }

    pub(super) fn what(what: &str) -> Self {
        Self { what: what.to_owned(), ..Self::default() }
    }

    pub(super) fn by_child(&self) -> bool {
        self.by == "child"
    }

    /// From 0.
    pub(super) fn at_page(&self) -> usize {
        self.page.parse::<usize>().unwrap_or(1).saturating_sub(1)
    }

    fn said(&self) -> Option<&'static str> {
        match self.done.as_str() {
            "noted" => {
                Some("The note is kept with these findings. Take it along as a CSV before the hour is over.")
            }
            "taken-out" => Some("The note is taken out."),
            "notes" => Some("The notes of the file are kept with these findings."),
            "compared" => Some("Compared with the earlier check."),
            _ => None,
        }
    }
}

/// `GET /checking/{id}`
pub(super) async fn show(
    State(app): State<App>,
    signed: Signed,
    Path(id): Path<Uuid>,
    Query(mut show): Query<Show>,
) -> Result<Response> {
    let check = held(&app, &signed, id)?;
    super::check::wait_for(&check).await;
    show.code = show.code.trim().to_owned();
    show.child = show.child.trim().to_owned();
    Ok(page(&signed, &check, id, &show, &FormErrors::new()))
}

/// The page of a check, whatever stage it is at.
pub(super) fn page(signed: &Signed, check: &Check, id: Uuid, show: &Show, errors: &FormErrors) -> Response {
    let found = match &*check.stage() {
        Stage::Waiting | Stage::Judging => None,
        Stage::Stopped(why) => return desk::stopped(signed, check, why),
        Stage::Done(found) => Some(whole(signed, check, found, id, (show, errors))),
    };
    let Some((title, body)) = found else { return desk::under_way(signed, check) };
    let back = Link { href: HERE, label: "Back to Check a return" };
    let shown = Frame {
        title: &title,
        part: HERE,
        back: Some(back),
        said: show.said(),
        errors: Some(errors),
        ..Frame::default()
    };
    frame(signed, &shown, body)
}

fn whole(
    signed: &Signed,
    check: &Check,
    found: &Found,
    id: Uuid,
    (show, errors): (&Show, &FormErrors),
) -> (String, Markup) {
    let telling = found.telling(&check.of);
    let title = telling.title();
    let bare = show.what.is_empty() && show.code.is_empty() && show.child.is_empty() && show.page.is_empty();
    let body = html! {
        h1 { (title) }
        @if bare { (summary(found, &telling.summary(), id)) }
        @else { p { a href={ (HERE) "/" (id) } { "All findings" } } }
        @if let Some(Err(why)) = &found.earlier { (page::note(html! { p { (why) "." } })) }
        .cols {
            div {
                (filter(found, id, show))
                (listed::list(signed, &telling, &found.notes, id, show))
            }
            div.no-print { (beside(signed, found, id, (show, errors))) }
        }
    };
    (title, body)
}

/// The first things to know, each number leading to what it counts.
fn summary(found: &Found, lines: &[String], id: Uuid) -> Markup {
    let (report, counts) = (&found.report, found.report.counts());
    let told_apart = report.rules.iter().any(|rule| rule.kind.is_some());
    let mut numbers: Vec<(usize, &str, &str)> = Vec::new();
    if told_apart {
        numbers.push((counts.errors, "errors: these must be mended", "errors"));
        numbers.push((counts.queries, "queries: mend or explain them", "queries"));
    } else {
        numbers.push((counts.errors, "places to mend or explain", "found"));
    }
    if let Some(changes) = &found.changes {
        let (new, mended, still) = changes.counts(report);
        numbers.push((new, "new since the earlier check", "new"));
        numbers.push((still, "still there", "still"));
        numbers.push((mended, "mended", "mended"));
    }
    numbers.push((counts.not_judged, "rules that could not be judged", "not-judged"));
    numbers.push((counts.passed, "rules that passed", "passed"));
    let shown: Vec<(String, &str, String)> = numbers
        .iter()
        .map(|(count, label, what)| (count.to_string(), *label, Show::what(what).href(id)))
        .collect();
    let items: Vec<Number<'_>> =
        shown.iter().map(|(value, label, href)| Number { value, label, href: Some(href) }).collect();
    html! {
        p.lead { (lines.first().map_or("", String::as_str)) }
        @if counts.not_judged == report.rules.len() {
            (page::note(html! { p { b { "No rule could be judged." } " Look at why: the files may not be those of this return." } }))
        } @else if !report.has_findings() {
            (page::well("Nothing was found", html! { p { "Every rule that could be judged passed." } }))
        }
        (page::numbers(&items))
        @for how in &found.how { p.soft.small { (how) } }
        @if !report.not_understood.is_empty() {
            p { a href=(Show::what("not-understood").href(id)) { "What the files hold that no table of the return has (" (report.not_understood.len()) ")" } }
        }
    }
}

fn filter(found: &Found, id: Uuid, show: &Show) -> Markup {
    let told_apart = found.report.rules.iter().any(|rule| rule.kind.is_some());
    let mut what = vec![Choice::new("", "Everything found")];
    if told_apart {
        what.push(Choice::new("errors", "Errors"));
        what.push(Choice::new("queries", "Queries"));
    }
    if found.changes.is_some() {
        what.push(Choice::new("new", "New since the earlier check"));
        what.push(Choice::new("still", "Still there"));
        what.push(Choice::new("mended", "Not found any more"));
    }
    what.push(Choice::new("not-judged", "Rules that could not be judged"));
    what.push(Choice::new("passed", "Rules that passed"));
    if !found.report.not_understood.is_empty() {
        what.push(Choice::new("not-understood", "Not understood in the files"));
    }
    let by = vec![Choice::new("", "By rule"), Choice::new("child", "By child")];
    html! {
        @let open = !show.what.is_empty() || !show.by.is_empty();
        details.no-print open[open] { summary { "Choose what is shown" }
        form.box method="get" action={ (HERE) "/" (id) } role="search" aria-label="Findings" {
            (Choices::select("what", "Show", what).chosen(&show.what))
            (Choices::select("by", "Grouped", by).chosen(&show.by))
            .pair {
                (Field::text("code", "Only the rule").value(show.code.as_str()).width(Width::Short).no_spelling())
                (Field::text("child", "Only the child").value(show.child.as_str()).width(Width::Middle).no_spelling())
            }
            (page::buttons(html! { (page::button("Show")) }))
        } }
    }
}

/// What can be done with the findings.
fn beside(signed: &Signed, found: &Found, id: Uuid, (show, errors): (&Show, &FormErrors)) -> Markup {
    let back = show.afresh().query();
    let form = |action: &str, files: bool, body: Markup| {
        let action = format!("{HERE}/{id}/{action}");
        page::post(
            &Post { action: &action, csrf: &signed.csrf, files, ..Post::default() },
            html! { input type="hidden" name="back" value=(back); (body) },
        )
    };
    html! {
        h2 { "Take along" }
        ul.rows { @for (file, words, _) in FORMS { li { a href={ (HERE) "/" (id) "/" (file) } download { (words) } } } }
        (page::buttons(page::print_button("Print this page")))
        h2 { "Compare" }
        @if let Some(Ok(name)) = &found.earlier { p { "Compared with " (name) "." } }
        (form("compare", true, html! {
            (Field::file("earlier", "The JSON of an earlier check", ".json").errors(errors))
            (page::buttons(html! { (page::button("Compare").quiet()) }))
        }))
        h2 { "Notes on queries" }
        p.small { (written_words(found.notes.all().len())) " Open a rule to write one." }
        (form("notes", true, html! {
            (Field::file("notes", "Add the notes of a file", ".csv").hint("A CSV of code, child and note").errors(errors))
            (page::buttons(html! { (page::button("Add the notes").quiet()) }))
        }))
        h2 { "Be done" }
        (form("forget", false, html! { (page::buttons(html! { (page::button("Forget this check now").quiet()) })) }))
    }
}

fn written_words(count: usize) -> String {
    match count {
        0 => "None yet.".to_owned(),
        1 => "1 note.".to_owned(),
        many => format!("{many} notes."),
    }
}
