//! The list of rules as a page to read: `docs/practice/clocks.md` is made from the data and kept current.

use super::{Rule, Rules};
use std::fmt::Write;

/// The whole list as Markdown: areas, and under each a table of its rules.
pub fn list(rules: &Rules) -> String {
    let live = rules.all().iter().filter(|rule| rule.live.is_some()).count();
    let mut text = String::from(
        "# The clocks\n\n\
         Made from `crates/practice/data/clocks.toml` by `UPDATE=1 cargo test -p practice the_list`. Do not\n\
         edit it here.\n\n",
    );
    _ = write!(
        text,
        "{} rules, of which {live} run now (marked *runs*); the others are listed and follow. A council should\n\
         check what is marked *from memory* before it relies on it, and set what is marked *usual value* itself.\n",
        rules.all().len()
    );
    let mut area = None;
    for rule in rules.all() {
        if area != Some(rule.area) {
            area = Some(rule.area);
            _ = write!(
                text,
                "\n## {}\n\n| Rule | What | Starts | Within | Done when | Who | What changes it | Stands on |\n\
                 |---|---|---|---|---|---|---|---|\n",
                rule.area.plain()
            );
        }
        row(&mut text, rule);
    }
    text
}

fn row(text: &mut String, rule: &Rule) {
    let id = if rule.live.is_some() { format!("**{}** *runs*", rule.id) } else { rule.id.to_string() };
    let within = match &rule.repeats {
        Some(repeats) => format!("{}; {repeats}", rule.deadline),
        None => rule.deadline.clone(),
    };
    let force: Vec<_> = rule.force.iter().map(|force| force.plain()).collect();
    let cells = [
        id,
        rule.name.clone(),
        rule.starts.clone(),
        within,
        rule.done_when.clone().unwrap_or_default(),
        rule.responsible.clone().unwrap_or_default(),
        rule.changes.clone().unwrap_or_default(),
        format!("{}. {} ({}{})", force.join(", "), rule.source, rule.sure.plain(), dates(rule)),
    ];
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    _ = writeln!(text, "| {} |", cells.join(" | "));
}

fn dates(rule: &Rule) -> String {
    let mut text = String::new();
    if let Some(from) = rule.valid_from {
        _ = write!(text, "; from {from}");
    }
    if let Some(to) = rule.valid_to {
        _ = write!(text, "; to {to}");
    }
    if rule.not_commenced {
        text.push_str("; not seen to be in force yet");
    }
    text
}
