//! What the journal said of them: payload and random bytes go, the hashes stay and still prove each row. What those
//! payloads said of facts that are kept for others is said anew in the row of the disposal.

use super::erase::Erasing;
use super::store::{self, SaidRow};
use super::words::mentions;
use crate::journal::named_in;
use crate::{Oops, Result};
use db::{args, fact_tables};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// A row of the journal that loses its payload, and the facts it named.
type Taken = (Uuid, Vec<(String, String)>);

/// The words somebody typed to search, if a payload holds any.
fn typed(payload: &str) -> Option<String> {
    let said: Json = serde_json::from_str(payload).ok()?;
    said.get("words").and_then(Json::as_str).map(str::to_owned)
}

/// Rows that are not about them and yet say their words: searches, lists, what was said beside somebody else.
async fn elsewhere(it: &mut Erasing<'_>, taken: &BTreeSet<Uuid>) -> Result<Vec<Taken>> {
    let (mut found, words) = (vec![], it.words.clone());
    it.tx
        .each::<SaidRow, Oops>(store::SAID, args![], |row| {
            if taken.contains(&row.id) {
                return Ok(());
            }
            // most rows are let go without being read as JSON
            let search = row.payload.contains("\"words\"")
                && typed(&row.payload).is_some_and(|it| words.sought_by(&it));
            if search || mentions(&row.payload, &words.whole) {
                found.push((row.id, search, row.payload));
            }
            Ok(())
        })
        .await?;
    let mut all = vec![];
    for (id, search, payload) in found {
        // of somebody else who has the very same name it is their own
        let names: Vec<(String,)> = it.tx.all(store::NAMES_ABOUT, args![id]).await?;
        if search || !names.iter().any(|(name,)| mentions(name, &words.whole)) {
            all.push((id, named_in(&payload)));
        }
    }
    Ok(all)
}

/// Takes the payloads, and says anew how the facts stand that they named and that are still there.
pub(super) async fn take_payloads(it: &mut Erasing<'_>) -> Result<()> {
    let mut taken: Vec<Taken> = vec![];
    for record in it.records.clone() {
        let rows: Vec<SaidRow> = it.tx.all(store::SAID_OF, args![record]).await?;
        taken.extend(rows.into_iter().map(|row| (row.id, named_in(&row.payload))));
    }
    let about: BTreeSet<Uuid> = taken.iter().map(|row| row.0).collect();
    taken.extend(elsewhere(it, &about).await?);
    let mut named = BTreeSet::new();
    let mut rows = BTreeSet::new();
    for (id, facts) in taken {
        named.extend(facts);
        rows.insert(id);
    }
    for id in &rows {
        it.tx.run(store::TAKE_PAYLOAD, args![*id]).await?;
    }
    it.erased.add("row of the journal, its content", rows.len() as u64);
    for (table, key) in named {
        let table = fact_tables().find(|one| one.name == table);
        if let Some((table, key)) = table.and_then(|table| Some((table, table.key_from(&key)?))) {
            it.tx.say_again(table, key).await?;
        }
    }
    Ok(())
}
