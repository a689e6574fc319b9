//! What rows must be to each other, and to what the record holds already: everybody they name is there, nothing
//! is said twice, nobody has two responsible workers at a time.

use super::columns::{ADDRESSES, ALLOCATIONS, EPISODES, NAMES, PEOPLE, RELATIONSHIPS, WORKERS};
use super::rows::{At, EpisodeRow, Rows, WorkerRow};
use crate::faces::imports::{Problem, Problems};
use jiff::civil::Date;
use practice::access::AllocationKind;
use practice::id::PersonId;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What the record holds already.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Council ids in capitals, with how each is written and whose it is.
    pub(super) people: HashMap<String, (String, PersonId)>,
    /// Codes of workers.
    pub(super) workers: HashSet<String>,
    /// Codes of teams.
    pub(super) teams: BTreeSet<String>,
    /// The code of the team named on the command line, or of the only one.
    pub(super) team: Option<String>,
}

struct Check<'a> {
    known: &'a Known,
    problems: &'a mut Problems,
}

impl Check<'_> {
    fn wrong(
        &mut self,
        file: &str,
        line: u64,
        column: &str,
        found: Option<&str>,
        expected: impl Into<String>,
    ) {
        self.problems.add(Problem {
            file: file.to_owned(),
            line: Some(line),
            column: Some(column.to_owned()),
            found: found.map(str::to_owned),
            expected: expected.into(),
        });
    }

    /// Everything said at most once: the key of each row, and what to say of a second.
    fn once<'r>(&mut self, file: &str, keys: impl Iterator<Item = (u64, String)> + 'r, what: &str) {
        let mut first: HashMap<String, u64> = HashMap::new();
        for (line, key) in keys {
            if let Some(before) = first.get(&key) {
                let words = format!("{what} stands on line {before} already. Take one of them away");
                self.wrong(file, line, "the row", None, words);
            } else {
                first.insert(key, line);
            }
        }
    }
}

/// Checks rows against each other and against the record.
pub(super) fn check(rows: &Rows, known: &Known, problems: &mut Problems) {
    let mut check = Check { known, problems };
    people(&mut check, rows);
    said_twice(&mut check, rows);
    everyone_is_there(&mut check, rows);
    workers(&mut check, rows);
    episodes(&mut check, rows);
    allocations(&mut check, rows);
}

/// The codes of all teams there will be, in small letters: those there are and those the folder makes.
pub(super) fn all_teams(rows: &Rows, known: &Known) -> BTreeSet<String> {
    let made =
        rows.workers.iter().filter(|row| row.is.team_name.is_some()).filter_map(|row| row.is.team.as_ref());
    known.teams.iter().chain(made).map(|team| team.to_lowercase()).collect()
}

fn key(id: &str) -> String {
    id.to_ascii_uppercase()
}

fn without_noughts(id: &str) -> String {
    key(id).trim_start_matches('0').to_owned()
}

fn people(check: &mut Check<'_>, rows: &Rows) {
    let mut first: HashMap<String, u64> = HashMap::new();
    let bare: HashMap<String, &str> =
        check.known.people.values().map(|(id, _)| (without_noughts(id), id.as_str())).collect();
    for row in &rows.people {
        let (line, id) = (row.line, row.is.id.as_str());
        if let Some(before) = first.insert(key(id), line) {
            let words =
                format!("This number stands on line {before} already: one row for each person is expected");
            check.wrong(PEOPLE.file, line, "council_id", Some(id), words);
        }
        match check.known.people.get(&key(id)) {
            Some((held, _)) if held != id => {
                let words = format!("The record has this number as {held}. Write it in the same way");
                check.wrong(PEOPLE.file, line, "council_id", Some(id), words);
            }
            None if bare.contains_key(&without_noughts(id)) => {
                let held = bare[&without_noughts(id)];
                let words = format!(
                    "The record has {held}. Has the spreadsheet dropped noughts? Give the column the format Text"
                );
                check.wrong(PEOPLE.file, line, "council_id", Some(id), words);
            }
            _ => {}
        }
    }
}

fn said_twice(check: &mut Check<'_>, rows: &Rows) {
    let names = rows.names.iter().map(|row| {
        let is = &row.is;
        let words = format!("{}|{}|{}", is.kind.code(), is.given.to_lowercase(), is.family.to_lowercase());
        (row.line, format!("{}|{words}", key(&is.id)))
    });
    check.once(NAMES.file, names, "This name");
    let legal: HashSet<String> = rows
        .people
        .iter()
        .filter(|row| !row.is.given.is_empty() || !row.is.family.is_empty())
        .map(|row| key(&row.is.id))
        .collect();
    for row in rows
        .names
        .iter()
        .filter(|row| row.is.kind == practice::person::NameKind::Legal && row.is.to.is_none())
    {
        if legal.contains(&key(&row.is.id)) {
            let words = "people.csv gives the legal name in use. Give this one its last day in the column to, or another kind";
            check.wrong(NAMES.file, row.line, "kind", None, words);
        }
    }
    let bonds = rows.bonds.iter().map(|row| {
        let is = &row.is;
        (row.line, format!("{}|{}|{}|{:?}", key(&is.id), key(&is.other), is.kind.code(), is.from))
    });
    check.once(RELATIONSHIPS.file, bonds, "This relationship");
    let addresses = rows
        .addresses
        .iter()
        .map(|row| (row.line, format!("{}|{}|{:?}", key(&row.is.id), row.is.purpose.code(), row.is.from)));
    check.once(ADDRESSES.file, addresses, "An address for the same use from the same day");
    let allocations = rows.allocations.iter().map(|row| {
        let is = &row.is;
        (row.line, format!("{}|{}|{}|{}", key(&is.id), is.worker, is.part.code(), is.from))
    });
    check.once(ALLOCATIONS.file, allocations, "This allocation");
    let posts = rows.workers.iter().map(|row| {
        let team = row.is.team.as_deref().unwrap_or_default();
        (row.line, format!("{}|{}|{team}|{:?}", row.is.code, row.is.role.code(), row.is.from))
    });
    check.once(WORKERS.file, posts, "This post");
}

fn everyone_is_there(check: &mut Check<'_>, rows: &Rows) {
    let here: HashMap<String, &str> =
        rows.people.iter().map(|row| (key(&row.is.id), row.is.id.as_str())).collect();
    let mut bare: HashMap<String, &str> =
        check.known.people.values().map(|(id, _)| (without_noughts(id), id.as_str())).collect();
    bare.extend(rows.people.iter().map(|row| (without_noughts(&row.is.id), row.is.id.as_str())));
    let named = rows
        .names
        .iter()
        .map(|row| (NAMES.file, row.line, "council_id", &row.is.id))
        .chain(rows.addresses.iter().map(|row| (ADDRESSES.file, row.line, "council_id", &row.is.id)))
        .chain(rows.bonds.iter().map(|row| (RELATIONSHIPS.file, row.line, "council_id", &row.is.id)))
        .chain(rows.bonds.iter().map(|row| (RELATIONSHIPS.file, row.line, "other_council_id", &row.is.other)))
        .chain(rows.episodes.iter().map(|row| (EPISODES.file, row.line, "council_id", &row.is.id)))
        .chain(rows.allocations.iter().map(|row| (ALLOCATIONS.file, row.line, "council_id", &row.is.id)));
    for (file, line, column, id) in named {
        if here.contains_key(&key(id)) || check.known.people.contains_key(&key(id)) {
            continue;
        }
        let hint = bare.get(&without_noughts(id)).map_or_else(String::new, |meant| {
            format!(
                ". Is {meant} meant? Spreadsheets drop noughts at the front: give the column the format Text"
            )
        });
        check.wrong(
            file,
            line,
            column,
            Some(id),
            format!("Nobody has this number, in people.csv or in the record{hint}"),
        );
    }
}

fn workers(check: &mut Check<'_>, rows: &Rows) {
    let mut first: HashMap<&str, &At<WorkerRow>> = HashMap::new();
    let teams = all_teams(rows, check.known);
    for row in &rows.workers {
        let is = &row.is;
        match first.get(is.code.as_str()) {
            Some(before) if before.is.name != is.name => {
                let words = format!("Line {} calls this worker {}", before.line, before.is.name);
                check.wrong(WORKERS.file, row.line, "name", Some(&is.name), words);
            }
            Some(_) => {}
            None => {
                first.insert(&is.code, row);
            }
        }
        let fits = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
        if !is.code.chars().all(fits) || !is.code.starts_with(|letter: char| letter.is_ascii_alphanumeric()) {
            let words = "1 to 40 letters, digits, full stops, hyphens or underscores are expected, such as nadia.farrow";
            check.wrong(WORKERS.file, row.line, "code", Some(&is.code), words);
        }
        for (column, team) in [("team", &is.team), ("team_under", &is.team_under)] {
            let Some(team) = team else { continue };
            if teams.contains(&team.to_lowercase()) {
                continue;
            }
            let words = no_such_team(check.known, "or, for a new team, its name in team_name");
            check.wrong(WORKERS.file, row.line, column, Some(team), words);
        }
        let in_team = is.role.can_be_allocated() || is.role.leads();
        if in_team && is.team.is_none() && check.known.team.is_none() && teams.len() != 1 {
            check.wrong(WORKERS.file, row.line, "team", None, "A team is expected, here or with --team");
        }
    }
}

fn no_such_team(known: &Known, also: &str) -> String {
    let all: Vec<&str> = known.teams.iter().map(String::as_str).collect();
    if all.is_empty() {
        return format!("There is no team of this code yet: give one that is there, {also}");
    }
    format!("There is no team of this code. One of these is expected: {} ({also})", all.join(", "))
}

fn episodes(check: &mut Check<'_>, rows: &Rows) {
    let teams = all_teams(rows, check.known);
    let mut of: HashMap<(String, &str), Vec<&At<EpisodeRow>>> = HashMap::new();
    for row in &rows.episodes {
        match &row.is.team {
            Some(team) if !teams.contains(&team.to_lowercase()) => {
                let words = no_such_team(check.known, "or one made by workers.csv");
                check.wrong(EPISODES.file, row.line, "team", Some(team), words);
            }
            None if row.is.to.is_none() && check.known.team.is_none() && teams.len() != 1 => {
                let words = "A team is expected: it answers for the person until there is a worker. Give it here or with --team";
                check.wrong(EPISODES.file, row.line, "team", None, words);
            }
            _ => {}
        }
        of.entry((key(&row.is.id), row.is.kind.code())).or_default().push(row);
    }
    let mut overlaps: Vec<(u64, u64)> = vec![];
    for same in of.values_mut() {
        same.sort_by_key(|row| row.is.from);
        for pair in same.windows(2) {
            let end = pair[0].is.to.unwrap_or(Date::MAX);
            if pair[1].is.from < end || pair[1].is.from == pair[0].is.from {
                overlaps.push((pair[0].line.max(pair[1].line), pair[0].line.min(pair[1].line)));
            }
        }
    }
    overlaps.sort_unstable();
    for (line, before) in overlaps {
        let words = format!(
            "This overlaps with line {before}: two episodes of one kind may not. Give the earlier one its last day"
        );
        check.wrong(EPISODES.file, line, "from", None, words);
    }
}

fn allocations(check: &mut Check<'_>, rows: &Rows) {
    let here: HashSet<&str> = rows.workers.iter().map(|row| row.is.code.as_str()).collect();
    let mut of: HashMap<String, Vec<(Date, Option<Date>, u64)>> = HashMap::new();
    for row in &rows.allocations {
        let worker = row.is.worker.as_str();
        if !here.contains(worker) && !check.known.workers.contains(worker) {
            let words = "No worker has this code, in workers.csv or in the record";
            check.wrong(ALLOCATIONS.file, row.line, "worker", Some(worker), words);
        }
        if row.is.part == AllocationKind::Responsible {
            of.entry(key(&row.is.id)).or_default().push((row.is.from, row.is.to, row.line));
        }
    }
    let mut overlaps: Vec<(u64, u64)> = vec![];
    for same in of.values_mut() {
        same.sort_unstable();
        for pair in same.windows(2) {
            if pair[1].0 < pair[0].1.unwrap_or(Date::MAX) {
                overlaps.push((pair[0].2.max(pair[1].2), pair[0].2.min(pair[1].2)));
            }
        }
    }
    overlaps.sort_unstable();
    for (line, before) in overlaps {
        let words = format!(
            "Line {before} makes another worker responsible at the same time: give the earlier one its last day"
        );
        check.wrong(ALLOCATIONS.file, line, "from", None, words);
    }
}
