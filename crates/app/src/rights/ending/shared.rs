//! What they share with others: entries about both, and what stands in the records of those near them. It is kept for
//! the others, and the person's words and names are taken out of it.

use super::erase::Erasing;
use super::store::{self, PlacedRow};
use super::words::without;
use crate::Result;
use crate::rooms::ROOMS;
use db::whole::{self, Table};
use db::{Value, args};
use practice::finding::normalise;
use practice::id::PersonId;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Where words of others stand that are theirs whoever else is called alike.
const THEIR_OWN: &[&str] = &["person_name", "person_identifier", "name_posting", "imported_value", "address"];

/// Everyone whose record may name them, without themselves.
pub(super) async fn circle(it: &mut Erasing<'_>) -> Result<Vec<PersonId>> {
    let mut near = BTreeSet::new();
    for record in &it.records {
        let rows: Vec<(Uuid,)> = it.tx.all(store::NEAR, args![*record]).await?;
        near.extend(rows.into_iter().map(|row| PersonId(row.0)));
    }
    Ok(near.into_iter().filter(|person| !it.records.contains(person)).collect())
}

/// What is taken out near them: first names that somebody else near has as well stay.
pub(super) async fn terms(it: &mut Erasing<'_>, circle: &[PersonId]) -> Result<Vec<String>> {
    let mut others = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    for person in circle {
        let names: Vec<(String, String)> = it.tx.all(store::NAMES, args![*person]).await?;
        let tokens = names.iter().flat_map(|(given, family)| normalise(&format!("{given} {family}")));
        others.extend(tokens.map(|token| token.as_str().to_owned()));
        let exact: Vec<(String,)> = it.tx.all(store::EXACT, args![*person]).await?;
        numbers.extend(exact.into_iter().map(|row| row.0));
    }
    let mut terms = it.words.near(&others);
    // an address or a phone that is theirs too is still theirs
    terms.retain(|term| !numbers.contains(term));
    Ok(terms)
}

/// The entries they are in, version by version.
pub(super) struct Entries {
    threads: Vec<Uuid>,
    /// About nobody else: erased.
    theirs: Vec<Uuid>,
    /// About others too: kept without them.
    kept: Vec<Uuid>,
}

impl Entries {
    pub(super) async fn of(it: &mut Erasing<'_>) -> Result<Self> {
        let mut all = Self { threads: vec![], theirs: vec![], kept: vec![] };
        let threads: Vec<(Uuid,)> = it.tx.all(store::THREADS, args![it.person]).await?;
        for (thread,) in threads {
            let versions: Vec<(Uuid, i64)> = it.tx.all(store::VERSIONS, args![thread, it.person]).await?;
            for (version, others) in versions {
                if others == 0 { all.theirs.push(version) } else { all.kept.push(version) }
            }
            all.threads.push(thread);
        }
        Ok(all)
    }

    /// Whether a text names an entry that goes.
    pub(super) fn names_one(&self, text: &str) -> bool {
        self.theirs.iter().any(|entry| text.contains(&entry.to_string()))
    }

    /// Erases the entries that are about nobody else.
    pub(super) async fn erase(&self, it: &mut Erasing<'_>) -> Result<()> {
        for entry in self.threads.iter().chain(&self.theirs) {
            it.tx.run(store::FORGET_OTHER_TEXT, args![*entry]).await?;
        }
        for entry in &self.theirs {
            let files: Vec<(String, Option<String>)> = it.tx.all(store::FILES_OF, args![*entry]).await?;
            for sql in [
                store::FORGET_FILES,
                store::FORGET_CARRIED,
                store::FORGET_READERS,
                store::FORGET_WORKERS,
                store::FORGET_HELD,
                store::FORGET_PRIVATE,
                store::FORGET_STATEMENTS,
                store::FORGET_FILED,
            ] {
                it.tx.run(sql, args![*entry]).await?;
            }
            it.tx.run(store::FREE_PROMISES, args![*entry, it.person]).await?;
            it.tx.run(store::FREE_STEPS, args![*entry, it.person]).await?;
            it.tx.run(store::FORGET_PROMISES, args![*entry]).await?;
            it.tx.run(store::FORGET_REPLIES, args![*entry]).await?;
            it.tx.run(store::FORGET_DISAGREEMENTS, args![*entry]).await?;
            it.tx.run(store::FORGET_PEOPLE, args![*entry]).await?;
            let many = it.tx.run(store::FORGET_ENTRY, args![*entry]).await?;
            it.erased.add("entry about nobody else", many);
            for hash in files.into_iter().flat_map(|(hash, small)| [Some(hash), small]).flatten() {
                it.file(&hash).await?;
            }
        }
        Ok(())
    }

    /// Takes their names out of the entries that are kept for others.
    pub(super) async fn take_out(&self, it: &mut Erasing<'_>, terms: &[String]) -> Result<()> {
        for entry in &self.kept {
            let mut changed = take_out(it, ("entry", *entry), terms).await?;
            for (table, sql) in [
                ("statement", store::STATEMENTS_OF),
                ("promise", store::PROMISES_OF),
                ("attachment", store::ATTACHMENTS_OF),
            ] {
                let rows: Vec<(Uuid,)> = it.tx.all(sql, args![*entry]).await?;
                for (row,) in rows {
                    changed |= take_out(it, (table, row), terms).await?;
                }
            }
            it.erased.add("entry kept for others, their name taken out", u64::from(changed));
        }
        Ok(())
    }
}

fn table_of(name: &str) -> Option<&'static Table> {
    whole::tables().iter().find(|table| table.name == name)
}

/// Takes words out of every text of one row.
async fn take_out(it: &mut Erasing<'_>, (name, row): (&str, Uuid), terms: &[String]) -> Result<bool> {
    let Some(table) = table_of(name) else { return Ok(false) };
    let key = vec![Value::Key(Some(row))];
    let Some(values) = whole::row(it.tx, table, key.clone()).await? else { return Ok(false) };
    let mut changed = false;
    for ((column, _), value) in table.columns.iter().zip(values) {
        let Value::Text(Some(text)) = value else { continue };
        if let Some(left) = without(&text, terms) {
            it.tx.put_words(table, key.clone(), (column, left)).await?;
            changed = true;
        }
    }
    Ok(changed)
}

/// Takes their names out of what stands in the records of those near them.
pub(super) async fn take_out_near(it: &mut Erasing<'_>, circle: &[PersonId], terms: &[String]) -> Result<()> {
    for person in circle {
        for place in ROOMS.iter().flat_map(|room| room.appears_in()) {
            let Some(rows) = place.rows.filter(|_| !THEIR_OWN.contains(&place.table)) else { continue };
            let found: Vec<PlacedRow> = it.tx.all(rows.all, args![*person]).await?;
            for row in found {
                let changed = take_out(it, (place.table, row.id), terms).await?;
                it.erased.add("line in another's record, their name taken out", u64::from(changed));
            }
        }
    }
    Ok(())
}
