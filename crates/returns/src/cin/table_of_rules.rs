//! The table of all rules, as the documentation holds it.

use std::fmt::Write as _;

use super::law::years;
use super::rules::{Rule, all, of_year};
use crate::report::Kind;

/// The documentation page of all census rules, in Markdown.
pub fn rules_in_markdown() -> String {
    let rules = all();
    let mut page = String::from(HEAD);
    for year in years() {
        let held = of_year(year);
        let queries = held.iter().filter(|rule| rule.kind == Kind::Query).count();
        let _ = writeln!(
            page,
            "| {} | {} | {} | {queries} |",
            span(year, year),
            held.len(),
            held.len() - queries
        );
    }
    page.push_str(COLUMNS);
    for rule in &rules {
        row(&mut page, rule);
    }
    page.push_str(PUBLISHED);
    for rule in rules.iter().filter(|rule| !rule.quirk.is_empty()) {
        let _ = writeln!(page, "| {} | {} | {} |", rule.code, text(rule.quirk), cases(rule.published));
    }
    page
}

const HEAD: &str = "\
# Rules of the Children in Need census

<!-- Made from the rules themselves by `cargo test -p returns`, which fails when this page is not current;
     `ALONGSIDE_WRITE_DOCS=1 cargo test -p returns --test cin_rules_page` writes it anew. -->

`alongside validate cin-census FILE` judges a file by every rule of its year. Each rule ends as *passed*, *found* (each
place) or *not judged* (and why). Rules are judged as they are meant; `--as-published` judges them as the public
validators do, quirks and all (second table).

The form of a case: rows in the order of the file, parted by `;`; each names its table, then fields with their values; a
value with commas is several elements. The child is `A1` unless a case says otherwise, the year the rule's. After `=>`
come the places found (`Table.Field`, and `@row` when it is not row 0), or `return` for the return as a whole.

| Census year | Rules | Errors | Queries |
|---|---|---|---|
";

const COLUMNS: &str = "
| Code | Kind | Years | What it finds | What would do | A case that keeps it | A case that breaks it | Source |
|---|---|---|---|---|---|---|---|
";

const PUBLISHED: &str = "
## As published

With `--as-published` these rules judge as the public validators do. `nothing` is found where they say nothing; `stops`
is where they break off: then the rule is *not judged*.

| Code | How the public validators judge otherwise | Cases, as published |
|---|---|---|
";

/// A span of census years as people say it: `2025-26`.
fn span(since: u16, until: u16) -> String {
    let year = |year: u16| format!("{}-{:02}", year - 1, year % 100);
    match until {
        u16::MAX => format!("since {}", year(since)),
        _ if since == until => year(since),
        _ => format!("{} to {}", year(since), year(until)),
    }
}

fn row(page: &mut String, rule: &Rule) {
    let kind = match rule.kind {
        Kind::Error => "error",
        Kind::Query => "query",
    };
    let _ = writeln!(
        page,
        "| {} | {kind} | {} | {} | {} | {} | {} | {} |",
        rule.code,
        span(rule.since, rule.until),
        text(rule.says),
        text(rule.would_do),
        cases(rule.passes),
        cases(rule.fails),
        text(&rule.source()),
    );
}

fn text(text: &str) -> String {
    text.replace('|', "\\|")
}

fn cases(cases: &[&str]) -> String {
    let cases: Vec<String> = cases.iter().map(|case| format!("`{case}`")).collect();
    cases.join("<br>")
}
