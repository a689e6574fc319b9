//! A rule of the return as a row: its code, what it needs to be judged, where it points, what it says, how it looks.

use super::run::Run;
use super::table::Table;

/// How a rule looks at the return.
#[derive(Clone, Copy)]
pub(crate) enum Check {
    /// Each row of a table by itself, or by what follows from it.
    Each(Table, fn(&Run, usize) -> bool),
    /// Each pair of rows of the same child in two tables of this year.
    Pairs(Table, Table, fn(&Run, usize, usize) -> bool),
    /// Each row against each row of the same child in last year's table.
    Against(Table, fn(&Run, usize, usize) -> bool),
    /// Everything at once.
    Whole(fn(&Run, &mut Found)),
}

/// Where the public validator does something else than its rule means.
#[derive(Clone, Copy)]
pub(crate) struct Quirk {
    /// What it does instead.
    pub(crate) why: &'static str,
    /// When it stops without an answer.
    pub(crate) stops: fn(&Run) -> bool,
    /// How it looks where that differs.
    pub(crate) check: Option<Check>,
}

/// One rule of the return.
#[derive(Clone, Copy)]
pub(crate) struct Rule {
    pub(crate) code: &'static str,
    /// First collection year it belongs to.
    pub(crate) from: u16,
    /// Tables and columns without which it cannot be judged; see [`lacks`].
    pub(crate) needs: &'static str,
    /// Tables whose rows it points at, each with the field that is looked at: `Episodes.DEC Header`.
    pub(crate) flags: &'static str,
    /// What is wrong.
    pub(crate) says: &'static str,
    /// What would do.
    pub(crate) mend: &'static str,
    pub(crate) check: Check,
    pub(crate) quirk: Option<Quirk>,
}

/// A rule of every year.
pub(crate) const fn rule(
    code: &'static str,
    needs: &'static str,
    flags: &'static str,
    says: &'static str,
    mend: &'static str,
    check: Check,
) -> Rule {
    Rule { code, from: 0, needs, flags, says, mend, check, quirk: None }
}

fn never(_: &Run) -> bool {
    false
}

fn always(_: &Run) -> bool {
    true
}

impl Rule {
    /// The rule came with this collection year.
    pub(crate) const fn from(mut self, year: u16) -> Self {
        self.from = year;
        self
    }

    /// The public validator looks like this instead.
    pub(crate) const fn published(mut self, why: &'static str, check: Check) -> Self {
        let stops = match self.quirk {
            Some(quirk) => quirk.stops,
            None => never,
        };
        self.quirk = Some(Quirk { why, stops, check: Some(check) });
        self
    }

    /// The public validator stops without an answer when this holds.
    pub(crate) const fn stops(mut self, why: &'static str, when: fn(&Run) -> bool) -> Self {
        let check = match self.quirk {
            Some(quirk) => quirk.check,
            None => None,
        };
        self.quirk = Some(Quirk { why, stops: when, check });
        self
    }

    /// The public validator always stops without an answer.
    pub(crate) const fn always_stops(self, why: &'static str) -> Self {
        self.stops(why, always)
    }
}

/// The rows a rule points at.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) rows: Vec<(Table, u32)>,
    pub(crate) last: Vec<(Table, u32)>,
}

impl Found {
    pub(crate) fn at(&mut self, table: Table, row: usize) {
        self.rows.push((table, u32::try_from(row).unwrap_or(u32::MAX)));
    }

    /// Points at all these rows.
    pub(crate) fn all(&mut self, table: Table, rows: impl Iterator<Item = usize>) {
        rows.for_each(|row| self.at(table, row));
    }

    /// A row of last year's file.
    pub(crate) fn at_last(&mut self, table: Table, row: usize) {
        self.last.push((table, u32::try_from(row).unwrap_or(u32::MAX)));
    }
}

/// Tables a rule points at, each with its field.
pub(crate) fn places(flags: &'static str) -> impl Iterator<Item = (Table, Option<&'static str>)> {
    flags.split_whitespace().filter_map(|place| {
        let (table, field) =
            place.split_once('.').map_or((place, None), |(table, field)| (table, Some(field)));
        Some((table_named(table)?, field))
    })
}

fn table_named(name: &str) -> Option<Table> {
    Table::ALL.iter().copied().find(|table| table.name() == name)
}

/// Looks at the return as the rule says.
pub(crate) fn look(check: Check, flags: &'static str, run: &Run) -> Found {
    let mut found = Found::default();
    let points_at = |table: Table| places(flags).any(|place| place.0 == table);
    match check {
        Check::Each(table, fails) => {
            found.all(table, run.sheet(table).rows().filter(|row| fails(run, *row)));
        }
        Check::Pairs(left, right, fails) => {
            let (at_left, at_right) = (points_at(left), points_at(right));
            for row in run.sheet(left).rows() {
                for other in run.sheet(right).of(run.sheet(left).kid(row)) {
                    if fails(run, row, other) {
                        at_left.then(|| found.at(left, row));
                        at_right.then(|| found.at(right, other));
                    }
                }
            }
        }
        Check::Against(table, fails) => {
            let last = run.last.sheet(table);
            let fails_against =
                |row: usize| last.of(run.sheet(table).kid(row)).any(|was| fails(run, row, was));
            found.all(table, run.sheet(table).rows().filter(|row| fails_against(*row)));
        }
        Check::Whole(judge) => judge(run, &mut found),
    }
    found
}

/// Why a rule cannot be judged, if it cannot. A need is a table with the columns looked at, `Episodes:CHILD,LS`, of
/// last year where `last.` stands before it, only if the table is there where `~` does, or another where the first is
/// not there, with `|` between; or one of the words of [`word_lacks`]. The column `CLA` stands for what decides on care
/// through the whole year.
pub(crate) fn lacks(
    needs: &str,
    run: &Run,
    why_not: &dyn Fn(Table, bool) -> Option<String>,
) -> Option<String> {
    needs.split_whitespace().find_map(|need| {
        let mut reasons = need.split('|').map(|one| one_lacks(one, run, why_not));
        let first = reasons.next().flatten()?;
        let instead = !is_there(need, run) && reasons.any(|reason| reason.is_none());
        if instead { None } else { Some(first) }
    })
}

/// The first table of a need is among the files.
fn is_there(need: &str, run: &Run) -> bool {
    let (year, need) = need.strip_prefix("last.").map_or((&run.this, need), |need| (&run.last, need));
    let name = need.split([':', '|']).next().unwrap_or_default();
    table_named(name).is_some_and(|table| year.sheet(table).loaded)
}

fn one_lacks(need: &str, run: &Run, why_not: &dyn Fn(Table, bool) -> Option<String>) -> Option<String> {
    let (optional, need) = need.strip_prefix('~').map_or((false, need), |need| (true, need));
    let (last, need) = need.strip_prefix("last.").map_or((false, need), |need| (true, need));
    let (table, columns) = need.split_once(':').unwrap_or((need, ""));
    if table == "providers" {
        return register_lacks(columns, run);
    }
    let Some(table) = table_named(table) else { return word_lacks(need, run) };
    let year = if last { &run.last } else { &run.this };
    let whose = if last { " of last year" } else { "" };
    let sheet = year.sheet(table);
    if !sheet.loaded {
        if optional {
            return None;
        }
        let why = why_not(table, last);
        return Some(why.unwrap_or_else(|| format!("the table {}{whose} is missing", table.name())));
    }
    expand(columns).find_map(|column| {
        let at = table.columns().iter().position(|known| *known == column);
        let there = at.is_some_and(|at| sheet.has & (1 << at) != 0);
        let name = table.name();
        match column {
            "CHILD" if sheet.crowd.is_some() => sheet.crowd.map(|(row, rows)| {
                let child = run.text(year.raw(table, 0, row));
                format!("one child, {child}, stands in {rows} rows of the table {name}{whose}")
            }),
            _ if there => None,
            "UASC" => Some(format!("the table UASC{whose} is missing, which decides on Header.UASC")),
            _ => Some(format!("the column {column} of the table {name}{whose} is missing")),
        }
    })
}

/// The columns of a need, one by one.
pub(crate) fn expand(columns: &str) -> impl Iterator<Item = &str> {
    columns.split(',').filter(|column| !column.is_empty()).flat_map(|column| {
        match column {
            "CLA" => &["CHILD", "DECOM", "RNE", "LS", "DEC", "REC"][..],
            _ => &[][..],
        }
        .iter()
        .copied()
        .chain((column != "CLA").then_some(column))
    })
}

fn register_lacks(columns: &str, run: &Run) -> Option<String> {
    let register = match &run.register {
        Ok(register) => register,
        Err(why) => return Some(why.clone()),
    };
    let column = columns.split(',').find(|column| !register.has(column))?;
    Some(format!("the column {column} of the file of providers is missing"))
}

fn word_lacks(word: &str, run: &Run) -> Option<String> {
    let (there, why) = match word {
        "postcodes" => return run.atlas.as_ref().err().cloned(),
        "la" => (run.frame.here.filled(), run.frame.nowhere),
        "xml" => (run.frame.xml, "only the XML form carries the element it looks at"),
        "uasc" => (run.knows_of_uasc(), "nothing says which children are unaccompanied asylum seekers"),
        _ => (false, "it needs something that no return has"),
    };
    (!there).then(|| why.to_owned())
}
