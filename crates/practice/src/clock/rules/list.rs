//! The list of rules as a page to read: `docs/practice/clocks.md` is made from the data and kept current.

use super::{Rule, Rules};
use std::fmt::Write;

/// How the running clocks count, for a reader who wants to check one by hand.
const COUNTING: &str = "\n## How they count\n\n\
- Nothing is stored: clocks are worked out from the record each time. A corrected date moves them, an entry\n  \
  written late counts by the day it happened, and no reason given for lateness changes it.\n\
- The day that starts a clock is day 0, whatever day of the week it is; the last day lasts to its end in\n  \
  London. Where the law says \"beginning with\" a day, that day is counted.\n\
- Working days leave out Saturdays, Sundays and the bank holidays of England. Weeks and months are not moved\n  \
  to a working day. A month ends on the same day of the month, or on the last there is.\n\
- Only a visit in person at which the child was seen completes a visit clock, from the first day of its plan\n  \
  or placement on. One visit may complete several. The next interval counts from the visit itself.\n\
- A review in several parts counts on the day of its last part.\n\
- The conference counts from the strategy discussion that led to the section 47 enquiry: the last one in the\n  \
  15 working days up to the enquiry, else from the enquiry. A plan finds its conference in the same way, and\n  \
  counts from its own beginning when there is none.\n\
- An assessment or enquiry begun without a recorded decision on the referral ends that clock without\n  \
  completing it, and keeps the lateness it had.\n\
- The end of a plan or episode, and the eighteenth birthday for looked-after children, end what still runs.\n  \
  A protection plan or care takes the place of a child in need plan. What was done before stays.\n\
- A move to another placement starts the first week anew; a stay marked temporary does not.\n\
- For a child brought from an old system the clocks start from the last time seen and the last review, and\n  \
  say so. A last review within the time of the first is taken as the first, a later one as one of the later.\n\
- The version of a rule that is in force on the day that starts a clock is the one it keeps.\n";

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
    text.push_str(COUNTING);
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
