//! `alongside validate` and `alongside postcodes`: checking a statutory return on the person's own machine.

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use returns::report::{Changes, Earlier, Notes, Report, Telling};
use returns::{care, cin};
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Which return.
#[derive(Subcommand)]
pub(crate) enum Return {
    /// A children in need census (one XML file)
    CinCensus {
        /// The census
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        how: How,
    },
    /// A looked-after return, SSDA903 (a folder of CSV files, or the XML form)
    Ssda903 {
        /// This year's files
        #[arg(value_name = "DIR")]
        files: PathBuf,
        /// Last year's files
        #[arg(long, value_name = "DIR")]
        last: Option<PathBuf>,
        /// The register of providers
        #[arg(long, value_name = "FILE")]
        providers: Option<PathBuf>,
        /// Postcodes with where they lie, or the index made from them by `alongside postcodes`
        #[arg(long, value_name = "FILE")]
        postcodes: Option<PathBuf>,
        /// The authority that submits, as an ONS code (E08000025); without it rules on location are not judged
        #[arg(long, value_name = "CODE")]
        la: Option<String>,
        #[command(flatten)]
        how: How,
    },
}

/// How it is checked and told.
#[derive(Args)]
pub(crate) struct How {
    /// The year whose rules are used: 2026 is the year ending 31 March 2026
    #[arg(long)]
    year: Option<u16>,
    /// Judge as the public validators do, known quirks and all
    #[arg(long)]
    as_published: bool,
    /// Answer for machines
    #[arg(long)]
    json: bool,
    /// An earlier check (its --json): says what is new, mended and still there
    #[arg(long, value_name = "EARLIER.json")]
    compare: Option<PathBuf>,
    /// Notes that explain queries: a CSV of code, child, note
    #[arg(long, value_name = "FILE.csv")]
    notes: Option<PathBuf>,
    /// Also write the findings as a page
    #[arg(long, value_name = "FILE.html")]
    html: Option<PathBuf>,
    /// Also write the findings as a spreadsheet
    #[arg(long, value_name = "FILE.xlsx")]
    xlsx: Option<PathBuf>,
    /// Also write the notes that still apply, ready for the submission
    #[arg(long, value_name = "FILE.csv")]
    notes_out: Option<PathBuf>,
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} could not be read", path.display()))
}

/// What was asked in a way that cannot be done: said, and exit code 2.
fn misuse(words: &str) -> ExitCode {
    eprintln!("alongside: {words}");
    ExitCode::from(2)
}

/// Says that the rules of a year are not held, where they are not.
fn not_held(year: u16, held: &RangeInclusive<u16>) -> Option<ExitCode> {
    let (first, last) = (held.start(), held.end());
    (!held.contains(&year)).then(|| {
        misuse(&format!(
            "the rules of {year} are not held: give --year from {first} to {last}, as in --year 2026 for the year ending 31 March 2026"
        ))
    })
}

/// Checks a return: 0 where nothing is found, 1 where an error or query is, 2 misuse, 3 where it cannot be read.
pub(crate) fn validate(which: &Return) -> Result<ExitCode> {
    match which {
        Return::CinCensus { file, how } => census(file, how),
        Return::Ssda903 { files, last, providers, postcodes, la, how } => {
            let Some(year) = how.year else {
                return Ok(misuse(
                    "a looked-after return names no year: give --year, as in --year 2026 for the year ending 31 March 2026",
                ));
            };
            if let Some(code) = not_held(year, &care::years()) {
                return Ok(code);
            }
            if let Some(la) = la.as_ref().filter(|la| !care::is_authority(&la.trim().to_uppercase())) {
                return Ok(misuse(&format!(
                    "{la} is not an ONS code: give --la as E and eight digits, as in --la E08000025"
                )));
            }
            let this = folder(files)?;
            let before = last.as_deref().map(folder).transpose()?.unwrap_or_default();
            let one = |path: &Path| -> Result<Named> { Ok((named(path), read(path)?)) };
            let providers = providers.as_deref().map(one).transpose()?;
            let postcodes = postcodes.as_deref().map(one).transpose()?;
            let input = care::Input {
                this: this.iter().map(file_of).collect(),
                last: before.iter().map(file_of).collect(),
                providers: providers.as_ref().map(file_of),
                postcodes: postcodes.as_ref().map(file_of),
            };
            let options = care::Options { year, authority: la.clone(), as_published: how.as_published };
            tell(&care::validate(&input, &options), files, how)
        }
    }
}

fn census(file: &Path, how: &How) -> Result<ExitCode> {
    if let Some(code) = how.year.and_then(|year| not_held(year, &cin::years())) {
        return Ok(code);
    }
    if file.is_dir() {
        return Ok(misuse(&format!("{} is a folder: a census is one XML file", file.display())));
    }
    let open = fs::File::open(file).with_context(|| format!("{} could not be read", file.display()))?;
    let options = cin::Options { year: how.year, as_published: how.as_published };
    match cin::validate(std::io::BufReader::new(open), options) {
        Ok(report) => tell(&report, file, how),
        Err(cin::Refused::NoYear) => Ok(misuse(&format!(
            "{} names no year (Header/CollectionDetails/Year): give --year, as in --year 2026 for the year ending 31 March 2026",
            file.display()
        ))),
        Err(cin::Refused::YearNotHeld(year)) => {
            Ok(not_held(year, &cin::years()).unwrap_or_else(|| ExitCode::from(2)))
        }
        Err(why) => {
            if let Some(year) = how.year.filter(|_| how.json)
                && let Ok(report) = cin::nothing_judged(year, &why)
            {
                crate::write_out(&report.to_json()?);
            }
            bail!("{}, {why}", file.display())
        }
    }
}

type Named = (String, Vec<u8>);

fn named(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn file_of(named: &Named) -> care::File<'_> {
    care::File { name: &named.0, bytes: &named.1 }
}

/// The files of a folder, in the order of their names; a single file is a folder of one.
fn folder(path: &Path) -> Result<Vec<Named>> {
    if path.is_file() {
        return Ok(vec![(named(path), read(path)?)]);
    }
    let mut found = vec![];
    for each in fs::read_dir(path).with_context(|| format!("{} could not be opened", path.display()))? {
        let each = each?.path();
        let ending = each.extension().map(std::ffi::OsStr::to_ascii_lowercase);
        if each.is_file()
            && ending.is_some_and(|ending| ending == "csv" || ending == "xml" || ending == "txt")
        {
            found.push((named(&each), read(&each)?));
        }
    }
    if found.is_empty() {
        bail!("{} holds no CSV or XML file", path.display());
    }
    found.sort();
    Ok(found)
}

fn tell(report: &Report, of: &Path, how: &How) -> Result<ExitCode> {
    let changes: Option<Changes> = match &how.compare {
        Some(path) => {
            let text = String::from_utf8_lossy(&read(path)?).into_owned();
            let earlier = Earlier::read(&text).with_context(|| format!("{}", path.display()))?;
            Some(report.since(&earlier).with_context(|| format!("{}", path.display()))?)
        }
        None => None,
    };
    let notes = match &how.notes {
        Some(path) => Some(Notes::read(&read(path)?).with_context(|| format!("{}", path.display()))?),
        None => None,
    };
    let name = of.display().to_string();
    let telling = Telling { report, of: &name, changes: changes.as_ref(), notes: notes.as_ref() };
    let write = |path: &Option<PathBuf>, bytes: &dyn Fn() -> Result<Vec<u8>>| -> Result<()> {
        if let Some(path) = path {
            fs::write(path, bytes()?).with_context(|| format!("{} could not be written", path.display()))?;
        }
        Ok(())
    };
    write(&how.html, &|| Ok(telling.to_html().into_bytes()))?;
    write(&how.xlsx, &|| Ok(telling.to_xlsx()?))?;
    if let Some(notes) = &notes {
        write(&how.notes_out, &|| Ok(notes.carried(report)?))?;
    }
    if how.json {
        crate::write_out(&report.to_json()?);
    } else {
        crate::write_out(&telling.to_text());
    }
    Ok(ExitCode::from(u8::from(report.has_findings())))
}

/// Indexes a national file of postcodes once.
pub(crate) fn postcodes(file: &Path, to: &Path) -> Result<()> {
    let bytes = read(file)?;
    let name = named(file);
    let index =
        care::index_postcodes(&care::File { name: &name, bytes: &bytes }).map_err(anyhow::Error::msg)?;
    fs::write(to, index).with_context(|| format!("{} could not be written", to.display()))?;
    crate::write_out(&format!("Indexed to {}. Give it as --postcodes.", to.display()));
    Ok(())
}
