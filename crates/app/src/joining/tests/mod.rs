//! Two records of one person joined and parted: nothing lost, and everything back where it was.

mod levels;
mod pages;
mod plain;
mod random;

use app::joining::{Choices, Join, Part, join, part};
use app::{Result, Who};
use db::Value;
use practice::id::{JoiningId, PersonId};
use practice::joining::Answer;
use std::collections::{BTreeMap, BTreeSet};
use testkit::TestApp;
use uuid::Uuid;

pub(crate) use crate::person::act;

/// Every row of every table, as text, without what joining itself keeps and what is worked out from the rest.
pub(crate) async fn whole(t: &TestApp) -> BTreeMap<String, BTreeSet<String>> {
    // what a joining wrote and parting superseded stays as history
    let sql = "SELECT r.row_id FROM joined_row r JOIN joining j ON j.id = r.joining_id \
        WHERE r.done = 'written' AND j.parted_at IS NOT NULL";
    let history: Vec<(Uuid,)> = t.app.db.read().await.unwrap().all(sql, db::args![]).await.unwrap();
    everything(t, &history).await
}

/// As [`whole`], without these rows.
pub(crate) async fn everything(t: &TestApp, history: &[(Uuid,)]) -> BTreeMap<String, BTreeSet<String>> {
    let besides =
        ["journal", "journal_about", "journal_unsealed", "joining", "joined_row", "clock", "session"];
    let mut all = BTreeMap::new();
    let mut conn = t.app.db.read().await.unwrap();
    for table in db::whole::tables().iter().filter(|table| !besides.contains(&&*table.name)) {
        let version = table.columns.iter().position(|(name, _)| table.name == "person" && name == "version");
        let mut rows = BTreeSet::new();
        let each = |row: &[Value]| {
            if history.iter().any(|(id,)| row.first() == Some(&Value::Key(Some(*id)))) {
                return Ok(());
            }
            let mut row = row.to_vec();
            if let Some(at) = version {
                row.remove(at);
            }
            rows.insert(format!("{row:?}"));
            Ok::<(), db::DbError>(())
        };
        db::whole::dump(&mut conn, table, each).await.unwrap();
        all.insert(table.name.clone(), rows);
    }
    all
}

/// The words of what differs, for a failed test.
pub(crate) fn difference(
    before: &BTreeMap<String, BTreeSet<String>>,
    after: &BTreeMap<String, BTreeSet<String>>,
) -> String {
    let mut words = String::new();
    for (table, rows) in before {
        for row in rows.difference(&after[table]) {
            words.push_str(&format!("- {table} {row}\n"));
        }
        for row in after[table].difference(rows) {
            words.push_str(&format!("+ {table} {row}\n"));
        }
    }
    words
}

pub(crate) fn program() -> Who {
    Who::program("test")
}

pub(crate) async fn joined_by(
    t: &TestApp,
    who: &Who,
    (kept, other): (PersonId, PersonId),
    choices: Choices,
) -> Result<JoiningId> {
    let command = Join { kept, other, reason: "Same NHS number".to_owned(), choices };
    act(t, async |tx, moment| join(tx, who, moment, command).await).await
}

pub(crate) async fn joined(t: &TestApp, kept: PersonId, other: PersonId) -> Result<JoiningId> {
    joined_by(t, &program(), (kept, other), Choices::default()).await
}

pub(crate) async fn parted(t: &TestApp, joining: JoiningId, answers: BTreeMap<Uuid, Answer>) -> Result<()> {
    let who = program();
    let command = Part { joining, reason: "They are cousins".to_owned(), answers };
    act(t, async |tx, moment| part(tx, &who, moment, command).await).await
}
