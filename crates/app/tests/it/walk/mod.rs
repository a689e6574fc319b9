//! The access walk: as everyone named in docs/practice/access-walk.md, every address of the application is
//! opened, and its answer compared with that table. The table is written by hand from the rules; nothing here
//! decides who may do what.

mod asking;
mod everyone;
mod programs;
pub(crate) mod routes;
mod table;
mod town;

use asking::{Asked, ask};
use everyone::{Everyone, Who};
use std::collections::{BTreeMap, BTreeSet};
use table::{Kinds, Table};
use testkit::{TestApp, both};
use town::Town;

/// The three levels, as the table heads them, and their place in the town.
const LEVELS: [&str; 3] = ["A findable record", "A restricted record", "A sealed record"];
const EVERYONE_ELSE: &str = "Everyone else above";

#[test]
fn every_address_that_a_room_registers_stands_in_the_table() {
    let registered = routes::registered();
    let tables = table::read();
    let named: BTreeSet<String> = Kinds::of(&tables).addresses().collect();
    let missing: Vec<_> = registered.difference(&named).collect();
    assert!(missing.is_empty(), "docs/practice/access-walk.md does not name {missing:?}");
    let gone: Vec<_> = named.difference(&registered).collect();
    assert!(gone.is_empty(), "docs/practice/access-walk.md names what no room registers: {gone:?}");
}

#[test]
fn every_row_and_column_of_the_table_is_asked() {
    let tables = table::read();
    let kinds = Kinds::of(&tables);
    let mut asked = BTreeSet::new();
    for table in tables.iter().filter(|table| LEVELS.contains(&table.section.as_str())) {
        asked.extend(table.columns.iter().skip(1).cloned());
    }
    let pages = table::one(&tables, "Pages about nobody in particular");
    asked.extend(pages.rows.iter().map(|row| row[0].clone()));
    let kept = table::one(&tables, "What is kept for one worker");
    asked.extend(kept.rows.iter().map(|row| row[0].clone()));
    assert_eq!(asked, kinds.names(), "each kind of address has its answers, and each answer its addresses");
    let whole: Vec<&Table> = tables.iter().filter(|table| LEVELS.contains(&table.section.as_str())).collect();
    assert_eq!(whole.len(), 9, "three tables for each level");
}

#[tokio::test]
async fn everyone_is_answered_about_every_record_as_the_table_says() {
    both(|t| async move {
        let town = Town::made(&t).await;
        let mut everyone = Everyone::made(&t, &town).await;
        let tables = table::read();
        let kinds = Kinds::of(&tables);
        let mut wrong = vec![];
        let mut calls = 0;
        for (level, title) in LEVELS.into_iter().enumerate() {
            let expected = expected(&tables, title);
            for who in &mut everyone.all {
                let row = expected.get(&who.words).or_else(|| expected.get(EVERYONE_ELSE));
                let row = row.unwrap_or_else(|| panic!("{title}: no row for {}", who.words));
                calls += walk(&t, &town, who, (level, &kinds), row, &mut wrong).await;
            }
        }
        eprintln!("{calls} calls about people");
        assert!(calls > 5_000, "the walk is as long as the table");
        assert!(wrong.is_empty(), "{} answers differ:\n{}", wrong.len(), wrong.join("\n"));
    })
    .await;
}

/// The answers of one level: of each who, each kind's.
fn expected(tables: &[Table], title: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut all: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for table in tables.iter().filter(|table| table.section == title) {
        for row in &table.rows {
            let answers = all.entry(row[0].clone()).or_default();
            answers.extend(table.columns.iter().cloned().zip(row.iter().cloned()).skip(1));
        }
    }
    all
}

/// Asks everything of one row, and gives how much that was.
async fn walk(
    t: &TestApp,
    town: &Town,
    who: &mut Who,
    (level, kinds): (usize, &Kinds),
    row: &BTreeMap<String, String>,
    wrong: &mut Vec<String>,
) -> usize {
    let place = if who.began { &town.begun[level] } else { &town.main[level] };
    let mut calls = 0;
    for (kind, answer) in row {
        for address in kinds.of_kind(kind) {
            let asked = Asked { kind, address, place };
            let Some(found) = ask(t, town, who, &asked).await else { continue };
            calls += 1;
            if found != *answer {
                let at = format!("{} / {} / {kind} / {address}", LEVELS[level], who.words);
                wrong.push(format!("{at}: {answer} in the table, {found}"));
            }
        }
    }
    calls
}

#[tokio::test]
async fn every_page_about_nobody_in_particular_answers_by_post_as_the_table_says() {
    both(|t| async move {
        let town = Town::made(&t).await;
        let mut everyone = Everyone::by_post(&t, &town).await;
        let tables = table::read();
        let kinds = Kinds::of(&tables);
        let pages = table::one(&tables, "Pages about nobody in particular");
        let mut wrong = vec![];
        for (at, column) in pages.columns.iter().enumerate().skip(1) {
            let who = everyone.all.iter_mut().find(|who| who.words == *column);
            let who = who.unwrap_or_else(|| panic!("nobody is called {column}"));
            for row in &pages.rows {
                for address in kinds.of_kind(&row[0]) {
                    let asked = Asked { kind: &row[0], address, place: &town.main[0] };
                    let found =
                        ask(&t, &town, who, &asked).await.expect("a page about nobody is always asked");
                    if found != row[at] {
                        wrong.push(format!(
                            "{column} / {} / {address}: {} in the table, {found}",
                            row[0], row[at]
                        ));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{} answers differ:\n{}", wrong.len(), wrong.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn what_is_kept_for_one_worker_is_nobody_elses() {
    both(|t| async move {
        let town = Town::made(&t).await;
        let mut everyone = Everyone::by_post(&t, &town).await;
        let tables = table::read();
        let kinds = Kinds::of(&tables);
        let kept = table::one(&tables, "What is kept for one worker");
        let row = &kept.rows[0];
        for address in kinds.of_kind(&row[0]) {
            let keepsake = everyone.keepsake(&t, address).await;
            for (at, column) in [(2, "Team manager"), (3, "Nobody is signed in"), (1, "Social worker")] {
                let who = everyone.all.iter_mut().find(|who| who.words == column).expect("someone");
                let found = asking::kept(&t, who, address, &keepsake).await;
                assert_eq!(found, row[at], "{column} / {address}");
            }
        }
    })
    .await;
}
