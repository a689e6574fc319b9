//! The looked-after return (SSDA903): files of this year and the last in, an answer to every rule out.

mod code;
mod csv_form;
mod day;
mod grid;
mod locate;
mod postcodes;
mod provider;
mod rule;
mod rules;
mod run;
mod table;
mod text;
mod xml_form;

use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::report::{Location, Report, RuleOutcome, RuleWords};
pub use postcodes::index_postcodes;

use grid::Reading;
use locate::{Atlas, Located};
use provider::Register;
use rule::{Found, Rule, lacks, look, places};
use run::{Frame, Run, Year};
use table::{Kid, NOBODY, Table, Tables};
use text::{Sym, Texts};

/// A file by its name and what is in it.
#[derive(Debug, Clone, Copy)]
pub struct File<'a> {
    /// Its name, for messages; tables are told by their columns.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What is checked.
#[derive(Debug, Clone, Default)]
pub struct Input<'a> {
    /// The return of the year: CSV files of one table each, or one XML file.
    pub this: Vec<File<'a>>,
    /// The return of the year before, in either form; empty where there is none.
    pub last: Vec<File<'a>>,
    /// The register of providers as CSV.
    pub providers: Option<File<'a>>,
    /// Postcodes with their places and districts, as CSV or as the index made of it.
    pub postcodes: Option<File<'a>>,
}

/// How it is checked.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The year of the closing 31 March.
    pub year: u16,
    /// The ONS code of the authority that submits, as E08000025.
    pub authority: Option<String>,
    /// Judge as the public validator does, its known quirks included, instead of as the rules are meant.
    pub as_published: bool,
}

/// Judges every rule of the year. Whatever the files hold, every rule ends as passed, found, or not judged with why.
pub fn validate(input: &Input<'_>, options: &Options) -> Report {
    let mut texts = Texts::new();
    let readings = [read_year(&input.this, &mut texts), read_year(&input.last, &mut texts)];
    let (run, readings) = prepare(input, options, texts, readings);
    let children = Children::of(&run);
    let rules: Vec<RuleOutcome> = rules::of_year(options.year)
        .into_par_iter()
        .map(|rule| judge(rule, &run, &children, &readings))
        .collect();
    let not_understood = readings.into_iter().flat_map(|reading| reading.not_understood).collect();
    Report { return_name: "ssda903", year: options.year, rules, not_understood }
}

/// The years that can be judged, each by the 31 March it ends on. Those before 2026 are judged by the rules of 2026, as
/// far as those are known.
pub const fn years() -> std::ops::RangeInclusive<u16> {
    2010..=2027
}

/// Whether this is the form of an authority's ONS code, as E08000025.
pub fn is_authority(code: &str) -> bool {
    let (country, digits) = code.split_at_checked(1).unwrap_or_default();
    country.len() == 1
        && "EWSN".contains(country)
        && digits.len() == 8
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Every rule with its words, for the documentation.
pub fn rules_table() -> String {
    rules::document()
}

fn read_year(files: &[File<'_>], texts: &mut Texts) -> Reading {
    let mut reading = Reading::default();
    let is_xml = |file: &File<'_>| {
        grid::decode(&file.bytes[..file.bytes.len().min(200)]).trim_start().starts_with('<')
    };
    let xml = files.iter().filter(|file| is_xml(file)).count();
    if xml > 0 && files.len() > 1 {
        reading.trouble = Some("a return is either CSV files or one XML file, not both".to_owned());
        return reading;
    }
    reading.xml = xml > 0;
    for file in files {
        if reading.xml {
            xml_form::read(file, texts, &mut reading);
        } else {
            csv_form::read(file, texts, &mut reading);
        }
    }
    reading
}

/// Works out what follows from the tables, once for all rules.
fn prepare(
    input: &Input<'_>,
    options: &Options,
    mut texts: Texts,
    mut readings: [Reading; 2],
) -> (Run, [Reading; 2]) {
    let published = options.as_published;
    let register = match &input.providers {
        Some(file) => Register::read(file, &mut texts),
        None => Err("no file of providers was given".to_owned()),
    };
    let (here, nowhere) = authority(options, &mut texts);
    let mut tables = readings.each_mut().map(|reading| Tables::of(|table| reading.take(table), &texts));
    number_children(&mut tables, &texts);
    for (tables, reading) in tables.iter_mut().zip(&readings) {
        if !reading.xml {
            let flags = uasc_flags(tables, &texts, published);
            tables.header.set_uasc(flags);
        }
    }
    let atlas = match &input.postcodes {
        Some(file) => {
            let cells = postcode_cells(&tables, register.as_ref().ok());
            Atlas::read(file, cells.into_iter(), &mut texts, published)
        }
        None => Err("no file of postcodes was given".to_owned()),
    };
    let words = [texts.intern("IN"), texts.intern("OUT")];
    let years = tables.map(|tables| {
        let located =
            atlas.as_ref().map_or_else(|_| Located::default(), |a| a.locate(&tables.episodes, here, words));
        Year::of(tables, located)
    });
    let frame = Frame { year: options.year, here, nowhere, published, xml: readings[0].xml };
    let mut run = Run::of(years, frame, texts);
    run.register = register;
    run.atlas = atlas;
    (run, readings)
}

/// The submitting authority's code, or why there is none.
fn authority(options: &Options, texts: &mut Texts) -> (Sym, &'static str) {
    let Some(code) = &options.authority else {
        return (Sym::BLANK, "the authority that submits was not given");
    };
    let code = code.trim().to_uppercase();
    if is_authority(&code) {
        (texts.intern(&code), "")
    } else {
        (Sym::BLANK, "the authority given is not an ONS code")
    }
}

/// Every cell that holds a postcode.
fn postcode_cells(tables: &[Tables; 2], register: Option<&Register>) -> Vec<Sym> {
    let of_episodes = tables.iter().flat_map(|tables| {
        let e = &tables.episodes;
        e.rows().flat_map(move |row| [e.home_post[row], e.pl_post[row]])
    });
    of_episodes.chain(register.into_iter().flat_map(Register::postcodes)).collect()
}

/// Counts the children of both years and gives every row its child's number.
fn number_children(tables: &mut [Tables; 2], texts: &Texts) {
    let mut kid_of: Vec<Kid> = vec![NOBODY; texts.len()];
    let mut kids = 0;
    for sym in tables.iter().flat_map(Tables::children).filter(|sym| sym.filled()) {
        if kid_of[sym.index()] == NOBODY {
            kid_of[sym.index()] = kids;
            kids += 1;
        }
    }
    for tables in tables {
        tables.number_children(&kid_of, kids as usize);
    }
}

/// Header.UASC of a CSV return: whether the child has a row in UASC, where both tables are there.
fn uasc_flags(tables: &Tables, texts: &Texts, published: bool) -> Option<Vec<Sym>> {
    let (header, uasc) = (&tables.header, &tables.uasc);
    if !header.loaded || !uasc.loaded || uasc.has & header.has & 1 == 0 {
        return None;
    }
    let (yes, no) = (texts.find("1")?, texts.find("0")?);
    let flag = |h: usize| if uasc.names(header.kid(h)) { yes } else { no };
    if published {
        // joined with UASC, then taken by position: a child twice in UASC shifts the flags that follow
        let joined =
            header.rows().flat_map(|h| std::iter::repeat_n(flag(h), uasc.of(header.kid(h)).len().max(1)));
        return Some(joined.take(header.count).collect());
    }
    Some(header.rows().map(flag).collect())
}

/// The children's ids as the report names them, each made once.
struct Children(Vec<OnceLock<Arc<str>>>);

impl Children {
    fn of(run: &Run) -> Self {
        Self(run.episodes.kids().map(|_| OnceLock::new()).collect())
    }

    fn id(&self, run: &Run, kid: Kid, sym: Sym) -> Option<Arc<str>> {
        let id = self.0.get(kid as usize)?;
        Some(id.get_or_init(|| Arc::from(run.text(sym))).clone())
    }
}

fn judge(rule: &Rule, run: &Run, children: &Children, readings: &[Reading; 2]) -> RuleOutcome {
    let words =
        RuleWords { says: rule.says.into(), would_do: rule.mend.into(), source: rules::source(rule).into() };
    let [this, last] = readings;
    let why_not = |table: Table, of_last: bool| {
        let reading = if of_last { last } else { this };
        reading.trouble.clone().or_else(|| reading.refused(table))
    };
    if let Some(reason) = lacks(rule.needs, run, &why_not) {
        return RuleOutcome::not_judged(rule.code, None, words, false, reason);
    }
    let mut check = rule.check;
    if let Some(quirk) = rule.quirk.filter(|_| run.frame.published) {
        if (quirk.stops)(run) {
            return RuleOutcome::not_judged(rule.code, None, words, false, "the published rule stops here");
        }
        check = quirk.check.unwrap_or(check);
    }
    let found = look(check, rule.flags, run);
    RuleOutcome::of_places(rule.code, None, words, locations(rule, run, children, &found))
}

fn locations(rule: &Rule, run: &Run, children: &Children, found: &Found) -> Vec<Location> {
    let fields: Vec<(Table, Option<&'static str>)> = places(rule.flags).collect();
    let mut all = Vec::with_capacity(found.rows.len() + found.last.len());
    for (year, rows, last) in [(&run.this, &found.rows, false), (&run.last, &found.last, true)] {
        let mut rows = rows.clone();
        rows.sort_unstable();
        rows.dedup();
        for (table, row) in rows {
            let at = row as usize;
            let sheet = year.sheet(table);
            let field = fields.iter().find(|place| place.0 == table).and_then(|place| place.1);
            let column = field.and_then(|field| table.columns().iter().position(|known| *known == field));
            let was = column.map(|column| year.raw(table, column, at)).filter(|sym| sym.filled());
            all.push(Location {
                table: table.name(),
                field,
                row,
                child: children.id(run, sheet.kid(at), year.raw(table, 0, at)),
                last,
                line: sheet.line.get(at).copied(),
                was: was.map(|sym| Box::from(run.text(sym))),
            });
        }
    }
    all
}
