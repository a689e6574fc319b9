//! All rules of the looked-after return, by what they are about.

mod adoption;
mod ages;
mod episodes;
mod header;
mod identity;
mod last_year;
mod leavers;
mod location;
mod missing;
mod outcomes;
mod placed;
mod placement;
mod prelude;
mod reviews;
mod sequence;
mod uasc;
mod workers;

use std::fmt::Write;

use super::rule::Rule;

static GROUPS: &[(&str, &[Rule])] = &[
    ("Who the child is", header::RULES),
    ("Unaccompanied asylum seekers", uasc::RULES),
    ("Episodes by themselves", episodes::RULES),
    ("Episodes and age", ages::RULES),
    ("Placements", placement::RULES),
    ("Where the child lives", location::RULES),
    ("How episodes follow one another", sequence::RULES),
    ("Episodes and last year", last_year::RULES),
    ("Reviews and earlier permanence", reviews::RULES),
    ("Missing, and deprived of liberty", missing::RULES),
    ("Outcomes after twelve months", outcomes::RULES),
    ("Care leavers", leavers::RULES),
    ("Decisions for adoption", placed::RULES),
    ("Adoption", adoption::RULES),
    ("Social workers", workers::RULES),
    ("How the tables fit together", identity::RULES),
];

/// The rules of a collection year. Years before 2026 are judged by the rules of 2026, as far as those are known.
pub(super) fn of_year(year: u16) -> Vec<&'static Rule> {
    GROUPS.iter().flat_map(|(_, rules)| *rules).filter(|rule| rule.from <= year).collect()
}

fn since(rule: &Rule) -> &'static str {
    if rule.from == 0 { "2025/26" } else { "2026/27" }
}

/// Where a rule comes from.
pub(super) fn source(rule: &Rule) -> String {
    let group = GROUPS.iter().find(|(_, rules)| rules.iter().any(|one| one.code == rule.code));
    let about = group.map_or("", |group| group.0);
    format!("SSDA903 validation rules {}, {}: {about}", since(rule), rule.code)
}

const INTRODUCTION: &str = "\
# Rules of the looked-after return (SSDA903)

Written by the program from the rules themselves: do not edit. `alongside validate ssda903` judges all of them; 312
belong to 2025/26, and the eleven on deprivation of liberty came with 2026/27. Earlier years are judged by the rules of
2025/26.

A rule that lacks a table or column it needs is not judged, and says which. `last.` is last year's return; `~` a table
that is used if it is there; `|` another where the first is not there; `CLA` the columns of Episodes that decide
whether a child was looked after through the whole year; `postcodes`, `providers` and `la` are the files of postcodes
and providers and the code of the authority; `uasc` anything that says which children are unaccompanied asylum seekers.
";

const QUIRKS: &str = "
## Where the public validator differs

By default every rule is judged as it is meant. `--as-published` judges these as the public validator does, so that its
findings can be compared. Three things it does are not repeated, because they differ from one machine to the next: rule
365 overwrites open ends for the rules that happen to run after it; of rows that begin on the same day an unstable sort
decides which is the last (142, SW08STG2, SW17STG2, 583); and further rules that look for a first or last episode may
stop where a child has none with a readable start. Header.UASC is worked out by position there, so that a child who
stands twice in UASC shifts it for the children that follow (164, 205A to 205D, 303, 392a, 392b, 406); this is repeated.
The districts of Cumberland, Westmorland and Furness, North Yorkshire and Somerset of 2023 are unknown there, which
changes every rule on the authority of a placement (169 above all); this is repeated too.

| rule | the public validator |
|---|---|
";

/// The table of all rules for the documentation.
pub(super) fn document() -> String {
    let mut page = INTRODUCTION.to_owned();
    let mut quirks = String::new();
    for (about, rules) in GROUPS {
        let _ = write!(
            page,
            "\n## {about}\n\n| rule | since | what is wrong | what would do | needs | points at |\n"
        );
        page.push_str("|---|---|---|---|---|---|\n");
        for rule in *rules {
            let needs = rule.needs.replace('|', "\\|").replace(',', ", ");
            let _ = writeln!(
                page,
                "| {} | {} | {} | {} | {needs} | {} |",
                rule.code,
                since(rule),
                rule.says,
                rule.mend,
                rule.flags
            );
            if let Some(quirk) = rule.quirk {
                let _ = writeln!(quirks, "| {} | {} |", rule.code, quirk.why);
            }
        }
    }
    page + QUIRKS + &quirks
}
