//! The lists of a check's findings: rules, children, places, and what was not judged, is gone, or was not understood.

use super::HERE;
use super::findings::Show;
use crate::who::Signed;
use maud::{Markup, html};
use page::{Column, Field, Link, Pages, Post};
use returns::report::{
    Finding, Kind, Location, Notes, RuleOutcome, State, Telling, gone_in_words, gone_place,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// So many rules, children or places stand on one page.
const ON_A_PAGE: usize = 100;

/// A rule with those of its findings that are shown.
struct Picked<'r> {
    at: usize,
    rule: &'r RuleOutcome,
    findings: Vec<Finding<'r>>,
}

/// The list that is asked for.
pub(super) fn list(signed: &Signed, telling: &Telling<'_>, notes: &Notes, id: Uuid, show: &Show) -> Markup {
    let rules = &telling.report.rules;
    match show.what.as_str() {
        "not-judged" => {
            let of = |rule: &&RuleOutcome| rule.reason.is_some() && is_asked(rule, show);
            answered(rules.iter().filter(of), "Not judged, or not everywhere", id, show)
        }
        "passed" => {
            let of = |rule: &&RuleOutcome| rule.state == State::Passed && is_asked(rule, show);
            answered(rules.iter().filter(of), "Rules that passed", id, show)
        }
        "mended" => gone(telling, id, show),
        "not-understood" => left(telling, id, show),
        _ => {
            let picked = pick(telling, show);
            if show.by_child() && show.child.is_empty() {
                by_child(&picked, id, show)
            } else if show.code.is_empty() && show.child.is_empty() {
                by_rule(&picked, id, show)
            } else {
                places(signed, telling, notes, &picked, (id, show))
            }
        }
    }
}

fn is_asked(rule: &RuleOutcome, show: &Show) -> bool {
    show.code.is_empty() || rule.code.eq_ignore_ascii_case(&show.code)
}

fn pick<'r>(telling: &Telling<'r>, show: &Show) -> Vec<Picked<'r>> {
    let mut picked = Vec::new();
    for (at, rule) in telling.report.rules.iter().enumerate() {
        let of_kind = match show.what.as_str() {
            "errors" => rule.kind != Some(Kind::Query),
            "queries" => rule.kind == Some(Kind::Query),
            _ => true,
        };
        if rule.state != State::Found || !of_kind || !is_asked(rule, show) {
            continue;
        }
        let mut findings = telling.findings(at);
        findings.retain(|finding| {
            let of_child = show.child.is_empty()
                || finding.child().is_some_and(|child| child.eq_ignore_ascii_case(&show.child));
            let of_change = match show.what.as_str() {
                "new" => finding.new == Some(true),
                "still" => finding.new == Some(false),
                _ => true,
            };
            of_child && of_change
        });
        if !findings.is_empty() {
            picked.push(Picked { at, rule, findings });
        }
    }
    picked.sort_by_key(|one| one.rule.kind == Some(Kind::Query));
    picked
}

/// One page of a long list, with the way to the others.
fn paged<T>(all: Vec<T>, label: &str, id: Uuid, show: &Show) -> (Vec<T>, Markup) {
    let count = all.len();
    let last = count.saturating_sub(1) / ON_A_PAGE;
    let at = show.at_page().min(last);
    let from = at * ON_A_PAGE;
    let shown: Vec<T> = all.into_iter().skip(from).take(ON_A_PAGE).collect();
    let page = |at: usize| Show { page: (at + 1).to_string(), ..show.afresh() }.href(id);
    let (before, after) = (page(at.saturating_sub(1)), page(at + 1));
    let here = format!("{} to {} of {count}", from + 1, from + shown.len());
    let pages = page::pagination(&Pages {
        label,
        here: &here,
        previous: (at > 0).then_some(Link { href: &before, label: "The ones before" }),
        next: (at < last).then_some(Link { href: &after, label: "The next ones" }),
    });
    (shown, pages)
}

fn nothing() -> Markup {
    page::empty("Nothing like this was found", html! { "Choose something else to show." })
}

fn count_words(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn kind_words(rule: &RuleOutcome) -> &'static str {
    match rule.kind {
        Some(Kind::Error) => "Error",
        Some(Kind::Query) => "Query",
        None => "Finding",
    }
}

fn by_rule(picked: &[Picked<'_>], id: Uuid, show: &Show) -> Markup {
    if picked.is_empty() {
        return nothing();
    }
    let (shown, pages) = paged(picked.iter().collect(), "Rules", id, show);
    html! {
        h2 { (count_words(picked.len(), "rule", "rules")) " found something" }
        ul.rows { @for one in shown {
            @let href = Show { code: one.rule.code.to_string(), ..show.afresh() }.href(id);
            @let children: BTreeSet<&str> = one.findings.iter().filter_map(Finding::child).collect();
            li {
                a href=(href) { b { (one.rule.code) } " " (one.rule.words.says) }
                p.soft.small {
                    (kind_words(one.rule)) ": "
                    @if one.rule.return_level { "the return as a whole" }
                    @else {
                        (count_words(one.findings.len(), "place", "places"))
                        @if !children.is_empty() { ", " (count_words(children.len(), "child", "children")) }
                    }
                    @if let Some(reason) = &one.rule.reason { ". Not everywhere: " (reason) }
                }
            }
        } }
        (pages)
    }
}

fn by_child(picked: &[Picked<'_>], id: Uuid, show: &Show) -> Markup {
    let mut children: BTreeMap<Option<&str>, (usize, Vec<&str>)> = BTreeMap::new();
    for one in picked {
        for finding in &one.findings {
            let (count, codes) = children.entry(finding.child()).or_default();
            *count += 1;
            if codes.last() != Some(&&*one.rule.code) {
                codes.push(&one.rule.code);
            }
        }
    }
    if children.is_empty() {
        return nothing();
    }
    let total = children.len();
    let (shown, pages) = paged(children.into_iter().collect(), "Children", id, show);
    html! {
        h2 { (count_words(total, "child", "children")) }
        ul.rows { @for (child, (count, codes)) in shown { li {
            @if let Some(child) = child {
                a href=(Show { child: child.to_owned(), ..show.afresh() }.href(id)) { (child) }
            } @else { b { "Without a child’s id, or the return as a whole" } }
            p.soft.small { (count_words(count, "place", "places")) ": " (codes.join(", ")) }
        } } }
        (pages)
    }
}

fn places(
    signed: &Signed,
    telling: &Telling<'_>,
    notes: &Notes,
    picked: &[Picked<'_>],
    (id, show): (Uuid, &Show),
) -> Markup {
    if picked.is_empty() {
        return nothing();
    }
    let all: Vec<(usize, Finding<'_>)> = picked
        .iter()
        .enumerate()
        .flat_map(|(at, one)| one.findings.iter().map(move |finding| (at, *finding)))
        .collect();
    let total = all.len();
    let (shown, pages) = paged(all, "Places", id, show);
    html! {
        @if !show.child.is_empty() { h2 { "Child " (show.child) ": " (count_words(total, "place", "places")) } }
        @for of_rule in shown.chunk_by(|a, b| a.0 == b.0) {
            @if let Some(one) = of_rule.first().and_then(|first| picked.get(first.0)) {
                section {
                    @if show.child.is_empty() { h2 { (one.rule.code) ": " (one.rule.words.says) } }
                    @else { h3 { (one.rule.code) ": " (one.rule.words.says) } }
                    p { b { "What would do: " } (one.rule.words.would_do) }
                    @if let Some(reason) = &one.rule.reason { p { "Not judged everywhere: " (reason) "." } }
                    (places_of(telling, of_rule, one, (id, show)))
                    @if one.rule.kind != Some(Kind::Error) { (note_form(signed, notes, one, (id, show))) }
                    p.soft.small { "Source: " (one.rule.words.source) "." }
                }
            }
        }
        (pages)
    }
}

fn places_of(
    telling: &Telling<'_>,
    findings: &[(usize, Finding<'_>)],
    one: &Picked<'_>,
    (id, show): (Uuid, &Show),
) -> Markup {
    if one.rule.return_level {
        return html! { p { "This is about the return as a whole." } };
    }
    let (changes, notes) =
        (telling.changes.is_some(), findings.iter().any(|(_, finding)| finding.note.is_some()));
    let mut columns = vec![Column::words("Child"), Column::words("What stood there"), Column::words("Where")];
    if changes {
        columns.push(Column::words("Since the earlier check"));
    }
    if notes {
        columns.push(Column::words("Note"));
    }
    let rows: Vec<Vec<Markup>> = findings
        .iter()
        .map(|(_, finding)| {
            let mut row = vec![
                html! {
                    @match finding.child() {
                        Some(child) if show.child.is_empty() => {
                            a href=(Show { child: child.to_owned(), ..Show::default() }.href(id)) { (child) }
                        },
                        Some(child) => (child),
                        None => "none",
                    }
                },
                html! { (finding.was()) },
                html! { (finding.place_in_words()) },
            ];
            if changes {
                row.push(html! { (finding.change()) });
            }
            if notes {
                row.push(html! { (finding.note.unwrap_or_default()) });
            }
            row
        })
        .collect();
    page::table(&format!("Places of {}", one.rule.code), &columns, &rows)
}

/// Where a note is written: on this rule, for the child that is shown or for all of its children.
fn note_form(signed: &Signed, notes: &Notes, one: &Picked<'_>, (id, show): (Uuid, &Show)) -> Markup {
    let code = &*one.rule.code;
    // the child as the file spells it, whatever way it was typed
    let child = (!show.child.is_empty())
        .then(|| {
            one.findings
                .iter()
                .find_map(|finding| finding.place.and_then(|place: &Location| place.child.as_deref()))
        })
        .flatten();
    let written = notes.exactly(code, child);
    let label = match child {
        Some(child) => format!("Why {code} is right for {child}"),
        None if one.rule.return_level => format!("Why {code} is right"),
        None => format!("Why {code} is right for all its children that have no note of their own"),
    };
    let action = format!("{HERE}/{id}/note");
    let field = format!("note-{}", one.at);
    html! {
        details open[written.is_some()] {
            summary { @if written.is_some() { "The note" } @else { "Write a note" } span.hid { " on " (code) } }
            (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                input type="hidden" name="back" value=(show.afresh().query());
                input type="hidden" name="code" value=(code);
                input type="hidden" name="child" value=(child.unwrap_or_default());
                input type="hidden" name="field" value=(field);
                (Field::textarea(field.as_str(), label.as_str()).rows(3).value(written.unwrap_or_default()))
                (page::buttons(html! { (page::button("Keep the note").about(&format!(" on {code}")).quiet()) }))
            }))
        }
    }
}

fn answered<'r>(
    rules: impl Iterator<Item = &'r RuleOutcome>,
    heading: &str,
    id: Uuid,
    show: &Show,
) -> Markup {
    let all: Vec<&RuleOutcome> = rules.collect();
    if all.is_empty() {
        return nothing();
    }
    let total = all.len();
    let (shown, pages) = paged(all, "Rules", id, show);
    html! {
        h2 { (heading) " (" (total) ")" }
        ul.rows { @for rule in shown { li {
            b { (rule.code) } " " (rule.words.says)
            @if let Some(reason) = &rule.reason {
                p.soft.small { @if rule.state == State::Found { "Found, but not judged everywhere: " } @else { "Not judged: " } (reason) }
            }
        } } }
        (pages)
    }
}

fn gone(telling: &Telling<'_>, id: Uuid, show: &Show) -> Markup {
    let of_child = |place: Option<&str>| {
        show.child.is_empty() || place.is_some_and(|c| c.eq_ignore_ascii_case(&show.child))
    };
    let all: Vec<_> = telling
        .changes
        .iter()
        .flat_map(|changes| &changes.gone)
        .filter(|gone| show.code.is_empty() || gone.code.eq_ignore_ascii_case(&show.code))
        .filter(|gone| of_child(gone.place.as_ref().and_then(|place| place.child.as_deref())))
        .collect();
    if all.is_empty() {
        return nothing();
    }
    let total = all.len();
    let (shown, pages) = paged(all, "Places", id, show);
    let columns = [Column::words("Rule"), Column::words("Where it was"), Column::words("What became of it")];
    let rows: Vec<Vec<Markup>> = shown
        .iter()
        .map(|gone| {
            vec![html! { (gone.code) }, html! { (gone_place(gone)) }, html! { (gone_in_words(gone.gone)) }]
        })
        .collect();
    html! { h2 { "Not found any more (" (total) ")" } (page::table("What the earlier check found", &columns, &rows)) (pages) }
}

fn left(telling: &Telling<'_>, id: Uuid, show: &Show) -> Markup {
    let all: Vec<_> = telling.report.not_understood.iter().collect();
    if all.is_empty() {
        return nothing();
    }
    let total = all.len();
    let (shown, pages) = paged(all, "Pieces", id, show);
    let columns = [
        Column::words("Element or column"),
        Column::words("Line"),
        Column::words("Child"),
        Column::words("What stood there"),
    ];
    let rows: Vec<Vec<Markup>> = shown
        .iter()
        .map(|left| {
            let child = left.child.as_deref().unwrap_or_default();
            vec![html! { (left.element) }, html! { (left.line) }, html! { (child) }, html! { (left.value) }]
        })
        .collect();
    html! { h2 { "Not understood in the files (" (total) ")" } (page::table("What no table of the return has", &columns, &rows)) (pages) }
}
