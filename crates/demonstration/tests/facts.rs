//! Every fact of a council made by the real actions is as the journal left it, and one changed by hand is named.
#![expect(clippy::unwrap_used, reason = "a council that cannot be made has failed the test")]

use app::Oops;
use app::journal::{self, FaultKind, Verified};
use db::whole::{self, Kind, Table};
use db::{Value, fact_tables};
use demonstration::{SEED, Size, make};
use jiff::civil::date;
use sqlx::Connection;
use std::str::FromStr;
use testkit::{TestApp, both};

async fn verified(t: &TestApp) -> Verified {
    let mut conn = t.app.db.read().await.unwrap();
    let mut verified = journal::verify(&mut conn, t.now()).await.unwrap();
    journal::verify_facts(&mut conn, &mut verified).await.unwrap();
    verified
}

/// As someone with the database's password, or the file, would.
async fn by_hand(t: &TestApp, sql: String) {
    #[expect(clippy::disallowed_methods, reason = "made from the schema")]
    let sql = sqlx::AssertSqlSafe(sql);
    if let Some(path) = t.database_url().strip_prefix("sqlite:") {
        let options = sqlx::sqlite::SqliteConnectOptions::from_str(&format!("sqlite://{path}")).unwrap();
        let mut conn = sqlx::SqliteConnection::connect_with(&options.foreign_keys(false)).await.unwrap();
        assert_eq!(sqlx::query(sql).execute(&mut conn).await.unwrap().rows_affected(), 1);
        conn.close().await.unwrap();
    } else {
        let mut conn = sqlx::PgConnection::connect(t.database_url()).await.unwrap();
        sqlx::query("SET session_replication_role = 'replica'").execute(&mut conn).await.unwrap();
        assert_eq!(sqlx::query(sql).execute(&mut conn).await.unwrap().rows_affected(), 1);
        conn.close().await.unwrap();
    }
}

/// A row of a table, and in SQL which it is.
async fn a_row(t: &TestApp, table: &Table) -> Option<(Vec<Value>, String)> {
    let mut conn = t.app.db.read().await.unwrap();
    let mut rows = vec![];
    whole::dump::<Oops>(&mut conn, table, |row| {
        rows.push(row.to_vec());
        Ok(())
    })
    .await
    .unwrap();
    let row = rows.swap_remove(rows.len().checked_sub(1)? / 2);
    let is = |place: &usize| {
        let Value::Key(Some(id)) = &row[*place] else { unreachable!("keys of facts are ids") };
        let bytes = id.simple();
        let id =
            if t.database_url().starts_with("sqlite") { format!("X'{bytes}'") } else { format!("'{id}'") };
        format!("\"{}\" = {id}", table.columns[*place].0)
    };
    let which = table.key.iter().map(is).collect::<Vec<_>>().join(" AND ");
    Some((row, which))
}

/// A change of every column in turn that is words, a day or yes and no, and what undoes it.
fn changes(table: &Table, row: &[Value]) -> Vec<(String, String)> {
    let quoted = |words: &str| format!("'{}'", words.replace('\'', "''"));
    let mut changes = vec![];
    for ((column, kind), value) in table.columns.iter().zip(row) {
        let (to, back) = match (kind, value) {
            (Kind::Text, Value::Text(None)) => ("'x'".to_owned(), "NULL".to_owned()),
            (Kind::Text, Value::Text(Some(words))) => (quoted(&format!("{words} ")), quoted(words)),
            (Kind::Day, Value::Day(None)) => ("'2001-02-03'".to_owned(), "NULL".to_owned()),
            (Kind::Day, Value::Day(Some(day))) => ("'2001-02-03'".to_owned(), format!("'{day}'")),
            (Kind::Bool, Value::Bool(Some(yes))) => ((!yes).to_string(), yes.to_string()),
            _ => continue,
        };
        changes.push((format!("\"{column}\" = {to}"), format!("\"{column}\" = {back}")));
    }
    changes
}

/// The small demonstration has nothing in these: the tests of their rooms hold them against the journal.
const ELSEWHERE: [&str; 33] = [
    "joining",
    "joined_row",
    "told_apart",
    "conflict_of_interest",
    "circumstance",
    "week_share",
    "restructure",
    "restructure_step",
    "way_there",
    "team_limit",
    "over_limit",
    "hours_worked",
    "long_week_answer",
    "entry_reader",
    "carried_over",
    "clock_reason",
    "check_in",
    "check_in_repair",
    "own_figure",
    "column_limit",
    "own_word",
    "import_question",
    "complaint",
    "complaint_added",
    "record_request",
    "record_item",
    "left_out",
    "second_look",
    "time_spent",
    "hold",
    "disposal",
    "tombstone",
    "space_stage",
];

#[tokio::test]
async fn given_a_council_made_by_actions_then_every_fact_is_as_the_journal_left_it_and_one_changed_by_hand_is_named()
 {
    both(|t| async move {
        make(&t.app, Size::SMALL, (SEED, date(2026, 11, 21)), &mut |_, _| {}).await.unwrap();
        journal::seal(&t.app.db, t.now()).await.unwrap();
        let whole = verified(&t).await;
        assert_eq!(whole.found, 0, "{:?}", whole.faults);
        assert!(whole.facts.unwrap() > 300, "{whole:?}");
        let mut without = vec![];
        for table in fact_tables() {
            let Some((row, which)) = a_row(&t, table).await else {
                without.push(table.name.as_str());
                continue;
            };
            for (change, back) in changes(table, &row) {
                by_hand(&t, format!("UPDATE {} SET {change} WHERE {which}", table.name)).await;
                let found = verified(&t).await;
                assert_eq!(found.found, 1, "{} {change}: {:?}", table.name, found.faults);
                assert_eq!(found.faults[0].kind, FaultKind::FactChanged);
                assert!(found.faults[0].words.contains(&format!("of {} was changed", table.name)));
                by_hand(&t, format!("UPDATE {} SET {back} WHERE {which}", table.name)).await;
            }
            by_hand(&t, format!("DELETE FROM {} WHERE {which}", table.name)).await;
            let found = verified(&t).await;
            assert_eq!(found.found, 1, "{}: {:?}", table.name, found.faults);
            assert_eq!(found.faults[0].kind, FaultKind::FactRemoved);
            assert!(found.faults[0].words.contains(&format!("of {} is gone", table.name)));
            let mut tx = t.app.db.write().await.unwrap();
            let mut filling = whole::Filling::new(table);
            filling.row(&mut tx, row).await.unwrap();
            filling.finish(&mut tx).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert_eq!(verified(&t).await.found, 0, "all is put back");
        assert_eq!(without, ELSEWHERE);
    })
    .await;
}
