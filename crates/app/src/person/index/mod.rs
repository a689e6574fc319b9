//! The index of names: which people have which words in their names, and under which keys those words are
//! found when they are typed a little wrong. Kept current as names change; former names stay findable.

pub(crate) mod store;

use super::facts::Name;
use crate::Result;
use db::{Tx, Value, args};
use practice::finding::{INDEX_KEYS, Token, index_keys, normalise};
use practice::id::PersonId;
use std::collections::BTreeSet;

/// Makes the index say what these names say.
pub(crate) async fn refresh(tx: &mut Tx, person: PersonId, names: &[Name]) -> Result<()> {
    // in order, so that two who write at once wait for each other instead of for ever
    let wanted: BTreeSet<Token> = names.iter().flat_map(|name| normalise(&name.whole())).collect();
    let held: Vec<(String,)> = tx.all(store::HELD, args![person]).await?;
    let held: BTreeSet<Token> = held.into_iter().map(|row| Token::from_index(row.0)).collect();
    for gone in held.difference(&wanted) {
        tx.run(store::FORGET, args![gone.as_str(), person]).await?;
    }
    for new in wanted.difference(&held) {
        if tx.run(store::WORD, args![new.as_str()]).await? == 1 {
            tx.run(store::KEYS, keys(new)).await?;
        }
        tx.run(store::HOLD, args![new.as_str(), person]).await?;
    }
    Ok(())
}

/// The word, then its keys; places left over repeat the first key.
fn keys(token: &Token) -> Vec<Value> {
    let keys = index_keys(token);
    let first = keys.first().cloned().unwrap_or_else(|| token.as_str().to_owned());
    let mut values = args![token.as_str()];
    let filled = keys.into_iter().chain(std::iter::repeat(first)).take(INDEX_KEYS);
    values.extend(filled.map(|key| Value::Text(Some(key))));
    values
}
