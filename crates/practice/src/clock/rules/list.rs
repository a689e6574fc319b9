//! The list of rules as a page to read: `docs/practice/clocks.md` is made from the data and kept current.

use super::{CarriedOut, Rule, Rules};
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
- The version of a rule that is in force on the day that starts a clock is the one it keeps.\n\
- Hours run through nights and weekends and through the change of the clocks, to the minute where the time is\n  \
  known, else to the end of the day they reach into.\n\
- What is due before a day that is set counts back from it, and is due at once where that is past. A day set\n  \
  anew takes the place of the first.\n\
- A stay counts every day it touches; all stays of a time are counted together, backwards from each day.\n\
- Someone born on 29 February has their birthday on 1 March in other years.\n\
- What is waited for (an answer, what exactly is meant) moves the last day on by as long as the wait.\n";

/// What the marks mean.
const MARKS: &str = "\
- *runs*: its clocks run on pages, from what is recorded.\n\
- *ready*: worked out in the same way and tried with worked dates; it runs once a page records what starts it\n  \
  and what completes it. Until then it is silent: a clock that nothing could stop would only ever be late.\n\
- *information only*: listed for reading, and why.\n";

/// The whole list as Markdown: areas, and under each a table of its rules.
pub fn list(rules: &Rules) -> String {
    let count = |way| rules.all().iter().filter(|rule| rules.carried_out(rule) == way).count();
    let (runs, ready, listed) =
        (count(CarriedOut::Runs), count(CarriedOut::Ready), count(CarriedOut::Listed));
    let mut text = String::from(
        "# The clocks\n\n\
         Made from `crates/practice/data/clocks.toml` by `UPDATE=1 cargo test -p practice the_list`. Do not\n\
         edit it here.\n\n",
    );
    _ = write!(
        text,
        "{} rules. {} are carried out by the program, each tried with worked dates in\n\
         `crates/practice/tests-data/clocks.csv`: {runs} run on pages and {ready} are ready for the facts they need. {listed} are\n\
         listed for information only. A council should check what is marked *from memory* before it relies on it,\n\
         and set what is marked *usual value* itself.\n\n{MARKS}",
        rules.all().len(),
        runs + ready
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
        row(&mut text, rules, rule);
    }
    text
}

fn row(text: &mut String, rules: &Rules, rule: &Rule) {
    let id = match rules.carried_out(rule) {
        CarriedOut::Runs => format!("**{}** *runs*", rule.id),
        CarriedOut::Ready => format!("**{}** *ready*", rule.id),
        CarriedOut::Listed => format!("{} *information only*", rule.id),
    };
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
        changes(rule),
        format!("{}. {} ({}{})", force.join(", "), rule.source, rule.sure.plain(), dates(rule)),
    ];
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
    _ = writeln!(text, "| {} |", cells.join(" | "));
}

/// What changes it, and why it is only listed where it is.
fn changes(rule: &Rule) -> String {
    let why = rule.only_listed.as_ref().map(|why| format!("*Information only:* {why}"));
    [rule.changes.clone(), why].into_iter().flatten().collect::<Vec<_>>().join(". ")
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
