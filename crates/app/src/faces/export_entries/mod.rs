//! Taking what was recorded along to the council's old system: every entry filed since an instant, as a table or
//! as plain text. Each entry taken is marked, so that its page says when and by whom.

mod pages;
pub(crate) mod store;
mod table;

pub use pages::Here;

use crate::entry::{self, Entry, Onward, Whole};
use crate::journal::{Act, note};
use crate::moment::london;
use crate::{App, Oops, Result, Who};
use db::args;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use practice::id::PersonId;
use practice::person::AccessLevel;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::Write;
use uuid::Uuid;

/// In what form entries are taken along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table that a spreadsheet or a program reads.
    Csv,
    /// Plain text, as each entry copies.
    Text,
}

/// What is taken along.
#[derive(Clone, Copy, Debug)]
pub struct Export {
    /// Filed since when.
    pub since: Timestamp,
    /// In what form.
    pub format: Format,
    /// Whether only what this worker wrote themselves is taken.
    pub own: bool,
}

/// Reads an instant: a day, or a day and a time, in London.
///
/// # Errors
/// A sentence that says what was expected.
pub fn instant(words: &str) -> std::result::Result<Timestamp, String> {
    const WANTED: &str = "Say a day such as 2026-11-21 or 21/11/2026, or a time such as 2026-11-21T09:30";
    let words = words.trim();
    if let Ok(at) = words.parse::<Timestamp>() {
        return Ok(at);
    }
    let local = words.parse::<DateTime>().ok().or_else(|| {
        let parts: Vec<i16> = words.split(['/', '.']).map(|part| part.parse().unwrap_or(-1)).collect();
        let [day, month, year] = parts[..] else { return None };
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(date.at(0, 0, 0, 0))
    });
    let local = local.ok_or_else(|| WANTED.to_owned())?;
    local.to_zoned(london()).map(|zoned| zoned.timestamp()).map_err(|_| WANTED.to_owned())
}

/// Writes every entry filed since an instant that this reader may take out, oldest first, and marks each as carried
/// over. To the program itself that is every entry that touches no restricted record; a sealed record is in no file. Says how many. A reading of them stands in the journal before this returns.
///
/// # Errors
/// Where the database refuses, or what is written to fails: then nothing is marked.
pub async fn export(app: &App, who: &Who, what: Export, out: &mut (dyn Write + Send)) -> Result<u64> {
    let mut moment = app.moment();
    let broken = |error: std::io::Error| Oops::Refused(format!("The entries could not be written: {error}"));
    let mut taken: Vec<Uuid> = vec![];
    let mut about: BTreeSet<PersonId> = BTreeSet::new();
    {
        let mut conn = app.db.read().await?;
        if what.format == Format::Csv {
            out.write_all(&table::head()).map_err(broken)?;
        }
        let mut onward = Some(Onward::from(what.since));
        while let Some(from) = onward {
            let (entries, next) = entry::filed_since(&mut conn, who, moment.now(), from).await?;
            let heads: Vec<&Entry> = entries.iter().map(|whole| &whole.entry).collect();
            let may = entry::may_take_out(&mut conn, who, moment.now(), &heads).await?;
            for (whole, may) in entries.iter().zip(may) {
                let kept_back = !may.is_allowed() || who.program && touches_restricted(whole);
                if kept_back || what.own && !is_own(whole, who) {
                    continue;
                }
                let written = match what.format {
                    Format::Csv => table::row(&mut conn, whole).await?,
                    Format::Text => text(whole, moment.today()),
                };
                out.write_all(&written).map_err(broken)?;
                taken.push(whole.entry.id.0);
                about.extend(whole.entry.people.iter().map(|one| one.person));
            }
            onward = next;
        }
    }
    out.flush().map_err(broken)?;
    let mut tx = app.db.write().await?;
    for entry in &taken {
        let row = moment.id();
        let account = who.account.map(|account| account.0);
        tx.run(store::MARK, args![row, *entry, account, moment.now()]).await?;
    }
    let about: Vec<PersonId> = about.into_iter().collect();
    let payload = json!({ "since": what.since, "entries": taken });
    note(&mut tx, who, &mut moment, Act { action: "export_entries", about: &about, payload }).await?;
    tx.commit().await?;
    Ok(taken.len() as u64)
}

/// A file that a program makes lies about for anyone to read: what touches a restricted record is left out of it.
fn touches_restricted(whole: &Whole) -> bool {
    whole.entry.people.iter().any(|one| one.level != AccessLevel::Findable)
}

fn is_own(whole: &Whole, who: &Who) -> bool {
    who.worker().is_some() && whole.entry.author.as_ref().map(|author| author.worker) == who.worker()
}

fn text(whole: &Whole, today: Date) -> Vec<u8> {
    format!("{}\n{}\n\n", entry::plain(whole, today), "-".repeat(72)).into_bytes()
}
