//! An entry as one row of a table. A cell that a spreadsheet would run is made harmless.

use super::store;
use crate::Result;
use crate::entry::{self, Whole, when};
use db::{Conn, args};
use practice::entry::{Manner, Part, PromiseState, Seen};

const COLUMNS: [&str; 18] = [
    "entry",
    "day",
    "time",
    "kind",
    "manner",
    "place",
    "title",
    "council_ids",
    "about",
    "seen",
    "others_present",
    "what_happened",
    "in_their_words",
    "what_was_agreed",
    "files",
    "not_agreed",
    "written_by",
    "filed_at",
];

/// A cell that begins with what a spreadsheet takes for a formula is made plain words by a mark before it, as
/// spreadsheets themselves do.
pub(super) fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}

fn line(cells: &[String]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(vec![]);
    // writing into memory does not fail
    drop(writer.write_record(cells.iter().map(|cell| harmless(cell))));
    writer.into_inner().unwrap_or_default()
}

/// The names of the columns, after the mark that tells a spreadsheet how to read the letters.
pub(super) fn head() -> Vec<u8> {
    let mut head = vec![0xef, 0xbb, 0xbf];
    head.extend(line(&COLUMNS.map(str::to_owned)));
    head
}

/// One entry.
pub(super) async fn row(conn: &mut Conn, whole: &Whole) -> Result<Vec<u8>> {
    let entry = &whole.entry;
    let some = |words: &Option<String>| words.clone().unwrap_or_default();
    let mut ids = vec![];
    for one in entry.about() {
        let id: Option<(String,)> = conn.maybe(store::COUNCIL_ID, args![one.person]).await?;
        ids.extend(id.map(|row| row.0));
    }
    let about: Vec<&str> = entry.about().map(|one| one.name.as_str()).collect();
    let seen = entry.about().filter_map(|one| {
        let seen = one.seen?;
        let why = one.not_seen_why.as_deref().filter(|_| seen == Seen::No);
        let why = why.map_or_else(String::new, |why| format!(" ({why})"));
        Some(format!("{}: {}{why}", one.name, seen.plain().to_lowercase()))
    });
    let present = entry.people.iter().filter(|one| one.part == Part::Present).map(|one| one.name.clone());
    let present =
        present.chain(entry.workers.iter().map(|one| one.name.clone())).chain(entry.others_present.clone());
    let said =
        whole.statements.iter().map(|one| format!("{}: \u{201c}{}\u{201d}", one.owner.name, one.words));
    let agreed = whole.promises.iter().map(|one| {
        let due = one.due_on.map_or_else(String::new, |due| format!(" by {due}"));
        let state = if one.state == PromiseState::Open { "" } else { one.state.plain() };
        format!("{}: {}{due} {state}", one.by.name, one.what).trim_end().to_owned()
    });
    let files = whole.files.iter().map(|file| file.name.clone());
    let not_agreed =
        entry::disagreements(whole).into_iter().map(|(who, words)| format!("{who}: \u{201c}{words}\u{201d}"));
    let joined = |parts: Vec<String>| parts.join("; ");
    Ok(line(&[
        entry.thread.to_string(),
        when::day_of(entry.happened_at).to_string(),
        when::time(entry.happened_at),
        entry.kind.plain().to_owned(),
        entry.manner.map_or("", Manner::plain).to_owned(),
        some(&entry.place),
        some(&entry.title),
        ids.join(" "),
        about.join("; "),
        joined(seen.collect()),
        joined(present.collect()),
        entry.narrative.clone(),
        joined(said.collect()),
        joined(agreed.collect()),
        joined(files.collect()),
        joined(not_agreed.collect()),
        entry.author.as_ref().map_or_else(String::new, |author| author.name.clone()),
        when::moment(entry.recorded_at),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_made_harmless() {
        for hostile in ["=cmd|'/c calc'!A1", "+1+1", "-2", "@SUM(A1)", "\t=1", "\r=1"] {
            assert!(harmless(hostile).starts_with('\''), "{hostile}");
        }
        assert_eq!(harmless("Ada said = nothing"), "Ada said = nothing");
    }
}
