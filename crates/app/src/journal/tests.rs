//! The journal proves itself: whatever is done to its tables behind its back is named.

use app::journal::{self, Act, FaultKind, Read, Verified};
use app::{App, Who};
use practice::access::Sight;
use practice::role::Role;
use sqlx::{ConnectOptions, Connection};
use std::path::Path;
use std::str::FromStr;
use testkit::{TestApp, both};

/// Appends rows, each about one person, and seals them.
async fn filled(t: &TestApp, rows: usize) -> Vec<uuid::Uuid> {
    let person = t.person("Josie Blake", jiff::civil::date(2017, 5, 4)).await;
    let who = Who::program("test");
    let mut made = vec![];
    for number in 0..rows {
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let act = Act { action: "test", about: &[person], payload: serde_json::json!({ "row": number }) };
        made.push(journal::note(&mut tx, &who, &mut moment, act).await.unwrap().0);
        tx.commit().await.unwrap();
        t.pass(jiff::SignedDuration::from_millis(5));
    }
    assert_eq!(journal::seal(&t.app.db, t.now()).await.unwrap(), rows);
    made
}

async fn verified(t: &TestApp) -> Verified {
    let mut conn = t.app.db.read().await.unwrap();
    journal::verify(&mut conn, t.now()).await.unwrap()
}

/// What someone with the database's password, or the file, can do: take the guards away, then write.
async fn tamper(t: &TestApp, on_sqlite: &[&'static str], on_postgres: &[&'static str]) {
    let url = t.database_url();
    if let Some(path) = url.strip_prefix("sqlite:") {
        let options = sqlx::sqlite::SqliteConnectOptions::from_str(&format!("sqlite://{path}")).unwrap();
        let mut conn = options.foreign_keys(false).connect().await.unwrap();
        for table in ["journal", "journal_about", "journal_seal"] {
            for what in ["update", "delete"] {
                let sql = format!("DROP TRIGGER {table}_no_{what}");
                #[expect(clippy::disallowed_methods, reason = "the names of tables, from the list above")]
                let sql = sqlx::AssertSqlSafe(sql);
                sqlx::query(sql).execute(&mut conn).await.unwrap();
            }
        }
        for sql in on_sqlite {
            sqlx::query(*sql).execute(&mut conn).await.unwrap();
        }
        conn.close().await.unwrap();
    } else {
        let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
        sqlx::query("SET session_replication_role = 'replica'").execute(&mut conn).await.unwrap();
        for sql in on_postgres {
            sqlx::query(*sql).execute(&mut conn).await.unwrap();
        }
        conn.close().await.unwrap();
    }
}

/// The rows of the chain by number, for statements that must read the same on both engines.
macro_rules! sealed_as {
    ($number:literal) => {
        concat!("(SELECT journal_id FROM journal_seal WHERE seq = ", $number, ")")
    };
}

fn first(verified: &Verified) -> (FaultKind, Option<i64>) {
    let fault = verified.faults.first().expect("a finding");
    (fault.kind, fault.number)
}

#[tokio::test]
async fn given_an_honest_journal_then_it_proves_itself_and_idle_sealing_does_nothing() {
    both(|t| async move {
        assert!(journal::head(&mut t.app.db.read().await.unwrap()).await.unwrap().is_none());
        filled(&t, 45).await;
        assert_eq!(journal::seal(&t.app.db, t.now()).await.unwrap(), 0);
        let found = verified(&t).await;
        assert_eq!((found.rows, found.sealed, found.found), (45, 45, 0));
        let head = journal::head(&mut t.app.db.read().await.unwrap()).await.unwrap().unwrap();
        assert_eq!(head.number, 45);
        assert_eq!(found.head, Some(data_encoding::HEXLOWER.encode(&head.hash)));
    })
    .await;
}

#[tokio::test]
async fn given_two_sealers_at_once_then_each_row_is_sealed_once() {
    both(|t| async move {
        filled(&t, 1).await;
        let who = Who::program("test");
        for _ in 0..60 {
            let act = Act { action: "test", about: &[], payload: serde_json::json!({}) };
            journal::reading(&t.app, &who, act).await.unwrap();
        }
        let (a, b, c) = tokio::join!(
            journal::seal(&t.app.db, t.now()),
            journal::seal(&t.app.db, t.now()),
            journal::seal(&t.app.db, t.now())
        );
        let sealed = a.unwrap() + b.unwrap() + c.unwrap() + journal::seal(&t.app.db, t.now()).await.unwrap();
        assert_eq!(sealed, 60);
        let found = verified(&t).await;
        assert_eq!((found.sealed, found.found), (61, 0), "{:?}", found.faults);
    })
    .await;
}

/// As several programs would: each with connections of its own, all at once, while people work.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn given_many_sealers_racing_while_people_work_then_the_chain_stays_whole() {
    both(|t| async move {
        filled(&t, 1).await;
        let working = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(4));
        let mut sealers = vec![];
        for _ in 0..6 {
            let db = db::Db::open(t.database_url()).await.unwrap();
            let (working, now) = (std::sync::Arc::clone(&working), t.now());
            sealers.push(tokio::spawn(async move {
                let mut sealed = 0;
                while working.load(std::sync::atomic::Ordering::SeqCst) > 0 {
                    sealed += journal::seal(&db, now).await.unwrap();
                    tokio::task::yield_now().await;
                }
                db.close().await;
                sealed
            }));
        }
        let mut people = vec![];
        for _ in 0..4 {
            let (app, working) = (t.app.clone(), std::sync::Arc::clone(&working));
            people.push(tokio::spawn(async move {
                for row in 0..40 {
                    let act = Act { action: "test", about: &[], payload: serde_json::json!({ "row": row }) };
                    journal::reading(&app, &Who::program("test"), act).await.unwrap();
                }
                working.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
            }));
        }
        for one in people {
            one.await.unwrap();
        }
        let mut sealed = 0;
        for one in sealers {
            sealed += one.await.unwrap();
        }
        sealed += journal::seal(&t.app.db, t.now()).await.unwrap();
        assert_eq!(sealed, 160, "each row is sealed once");
        let found = verified(&t).await;
        assert_eq!((found.rows, found.sealed, found.found), (161, 161, 0), "{:?}", found.faults);
    })
    .await;
}

macro_rules! tampering {
    ($($name:ident: $sql:expr => $kind:ident at $number:expr, $all:expr;)*) => {$(
        #[tokio::test]
        async fn $name() {
            both(|t| async move {
                let sql: &[&'static str] = $sql;
                filled(&t, 30).await;
                tamper(&t, sql, sql).await;
                let found = verified(&t).await;
                assert_eq!(first(&found), (FaultKind::$kind, $number), "{:?}", found.faults);
                assert_eq!(found.found, $all, "{:?}", found.faults);
            })
            .await;
        }
    )*};
}

tampering! {
    given_a_changed_payload_then_its_row_is_named:
        &[concat!("UPDATE journal SET payload = '{\"row\":99}' WHERE id = ", sealed_as!(7))] => Changed at Some(7), 1;
    given_a_changed_actor_then_its_row_is_named:
        &[concat!("UPDATE journal SET actor = 'someone else' WHERE id = ", sealed_as!(8))] => Changed at Some(8), 1;
    given_a_person_taken_out_of_a_reading_then_its_row_is_named:
        &[concat!("DELETE FROM journal_about WHERE journal_id = ", sealed_as!(9))] => Changed at Some(9), 1;
    given_a_row_whose_own_hash_was_made_to_fit_then_its_link_breaks:
        &[concat!("UPDATE journal SET payload = NULL, salt = NULL, payload_hash = own_hash, own_hash = payload_hash WHERE id = ", sealed_as!(10))] => Changed at Some(10), 1;
    given_a_removed_row_then_its_number_is_named:
        &[concat!("DELETE FROM journal_about WHERE journal_id = ", sealed_as!(11)), concat!("DELETE FROM journal WHERE id = ", sealed_as!(11))] => Removed at Some(11), 1;
    given_a_row_removed_with_its_seal_then_the_gap_is_named:
        &[concat!("DELETE FROM journal WHERE id = ", sealed_as!(12)), "DELETE FROM journal_seal WHERE seq = 12"] => Removed at Some(12), 1;
    given_the_first_row_removed_with_its_seal_then_the_gap_is_named:
        &[concat!("DELETE FROM journal WHERE id = ", sealed_as!(1)), "DELETE FROM journal_seal WHERE seq = 1"] => Removed at Some(1), 1;
    given_a_seal_taken_away_then_the_gap_and_the_stray_row_are_named:
        &["DELETE FROM journal_seal WHERE seq = 13"] => Removed at Some(13), 2;
    given_two_seals_swapped_then_the_order_is_named:
        &["UPDATE journal_seal SET seq = -1 WHERE seq = 14", "UPDATE journal_seal SET seq = 14 WHERE seq = 15", "UPDATE journal_seal SET seq = 15 WHERE seq = -1"] => Reordered at Some(14), 3;
    given_another_time_then_its_row_is_named:
        &[concat!("UPDATE journal SET happened_at = (SELECT happened_at FROM journal WHERE id = ", sealed_as!(3), ") WHERE id = ", sealed_as!(17))] => Changed at Some(17), 1;
    given_another_account_then_its_row_is_named:
        &[concat!("UPDATE journal SET account_id = id WHERE id = ", sealed_as!(18))] => Changed at Some(18), 1;
    given_another_action_then_its_row_is_named:
        &[concat!("UPDATE journal SET action = 'another' WHERE id = ", sealed_as!(19))] => Changed at Some(19), 1;
    given_other_random_bytes_then_its_row_is_named:
        &[concat!("UPDATE journal SET salt = own_hash WHERE id = ", sealed_as!(20))] => Changed at Some(20), 1;
    given_a_person_put_into_a_reading_then_its_row_is_named:
        &[concat!("INSERT INTO journal_about (journal_id, person_id) VALUES (", sealed_as!(21), ", ", sealed_as!(22), ")")] => Changed at Some(21), 1;
    given_the_last_payload_changed_then_its_row_is_named:
        &[concat!("UPDATE journal SET payload = '{}' WHERE id = ", sealed_as!(30))] => Changed at Some(30), 1;
    given_the_last_row_removed_then_its_number_is_named:
        &[concat!("DELETE FROM journal_about WHERE journal_id = ", sealed_as!(30)), concat!("DELETE FROM journal WHERE id = ", sealed_as!(30))] => Removed at Some(30), 1;
    given_the_last_seal_changed_then_it_is_named:
        &["UPDATE journal_seal SET hash = (SELECT hash FROM journal_seal WHERE seq = 1) WHERE seq = 30"] => Changed at Some(30), 1;
    given_the_last_seal_taken_away_then_its_row_stands_beside_the_chain:
        &["DELETE FROM journal_seal WHERE seq = 30"] => Inserted at None, 1;
    given_the_last_two_seals_swapped_then_the_order_is_named:
        &["UPDATE journal_seal SET seq = -1 WHERE seq = 29", "UPDATE journal_seal SET seq = 29 WHERE seq = 30", "UPDATE journal_seal SET seq = 30 WHERE seq = -1"] => Reordered at Some(29), 2;
    given_the_last_two_rows_swapped_under_their_seals_then_the_order_is_named:
        &["CREATE TABLE aside AS SELECT journal_id FROM journal_seal WHERE seq = 30",
          "UPDATE journal_seal SET journal_id = (SELECT person_id FROM journal_about LIMIT 1) WHERE seq = 30",
          "UPDATE journal_seal SET journal_id = (SELECT journal_id FROM aside) WHERE seq = 29",
          "UPDATE journal_seal SET journal_id = (SELECT id FROM journal j WHERE NOT EXISTS (SELECT 1 FROM journal_seal s WHERE s.journal_id = j.id)) WHERE seq = 30"] => Reordered at Some(29), 2;
    given_a_row_put_in_beside_the_chain_then_it_is_named:
        &[concat!("INSERT INTO journal (id, happened_at, account_id, actor, action, payload, salt, payload_hash, own_hash) \
            SELECT account_for.id, j.happened_at, j.account_id, j.actor, j.action, j.payload, j.salt, j.payload_hash, j.own_hash \
            FROM journal j, person account_for WHERE j.id = ", sealed_as!(16))] => Inserted at None, 1;
}

#[tokio::test]
async fn given_rows_that_wait_more_than_a_minute_then_they_are_counted() {
    both(|t| async move {
        filled(&t, 3).await;
        let who = Who::program("test");
        let act = Act { action: "test", about: &[], payload: serde_json::json!({}) };
        journal::reading(&t.app, &who, act).await.unwrap();
        assert_eq!(verified(&t).await.found, 0);
        t.pass(jiff::SignedDuration::from_secs(61));
        assert_eq!(first(&verified(&t).await).0, FaultKind::Unsealed);
        let gone: &[&'static str] =
            &["DELETE FROM journal WHERE id IN (SELECT journal_id FROM journal_unsealed)"];
        tamper(&t, gone, gone).await;
        assert_eq!(first(&verified(&t).await).0, FaultKind::Removed);
    })
    .await;
}

async fn heads(app: &App, folder: &Path, now: &str) {
    journal::write_head(app, folder, now.parse().unwrap()).await.unwrap();
}

#[tokio::test]
async fn the_head_is_written_outside_the_database_line_by_line() {
    let t = TestApp::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("journal-heads");
    heads(&t.app, &place, "2026-11-21T10:00:00Z").await;
    assert!(!place.exists(), "nothing is sealed yet");
    filled(&t, 2).await;
    heads(&t.app, &place, "2026-11-21T10:00:00Z").await;
    heads(&t.app, &place, "2026-11-21T11:00:00Z").await;
    let text = std::fs::read_to_string(place.join("2026-11.txt")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2);
    let head = journal::head(&mut t.app.db.read().await.unwrap()).await.unwrap().unwrap();
    assert_eq!(lines[1], format!("2026-11-21T11:00:00Z 2 {}", data_encoding::HEXLOWER.encode(&head.hash)));
}

#[tokio::test]
async fn given_readings_and_refusals_then_each_is_told_with_who_when_and_why() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let wren = t.worker("Wren Abbot", Role::SocialWorker, team).await;
        let sam = t.worker("Sam Orr", Role::SocialWorker, team).await;
        let josie = t.person("Josie Blake", jiff::civil::date(2017, 5, 4)).await;
        t.allocate(josie, &wren, practice::access::AllocationKind::Responsible).await;
        for _ in 0..60 {
            let mut conn = t.app.db.read().await.unwrap();
            let why = app::access::enter(&t.app, &mut conn, &wren.who, josie, Sight::Open).await.unwrap();
            drop(conn);
            let more = serde_json::Value::Null;
            journal::read(&t.app, &wren.who, Read::Person, &[josie], &why, more).await.unwrap();
            t.pass(jiff::SignedDuration::from_secs(1));
        }
        let mut conn = t.app.db.read().await.unwrap();
        assert!(app::access::enter(&t.app, &mut conn, &sam.who, josie, Sight::Open).await.is_err());
        drop(conn);
        let mut conn = t.app.db.read().await.unwrap();
        let (page, more) = journal::readings(&mut conn, josie, None).await.unwrap();
        assert_eq!((page.len(), more), (50, true));
        assert_eq!((page[0].who.as_str(), page[0].refused), ("Sam Orr", true));
        assert_eq!(page[0].why, "Refused: does not work with them");
        assert_eq!((page[1].what.as_str(), page[1].why.as_str()), ("Their page", "Their responsible worker"));
        let (rest, more) = journal::readings(&mut conn, josie, Some(page[49].row)).await.unwrap();
        assert_eq!((rest.len(), more), (11, false));
        assert_eq!(journal::readers(&mut conn, josie).await.unwrap(), (60, 1));
    })
    .await;
}

#[tokio::test]
async fn given_a_chain_cut_short_or_made_anew_then_only_a_kept_head_shows_it() {
    const LAST: &str =
        "DELETE FROM journal_about WHERE journal_id IN (SELECT journal_id FROM journal_seal WHERE seq = 4)";
    const ROW: &str = "DELETE FROM journal WHERE id IN (SELECT journal_id FROM journal_seal WHERE seq = 4)";
    const SEAL: &str = "DELETE FROM journal_seal WHERE seq = 4";
    const FIRST: &str =
        "DELETE FROM journal_about WHERE journal_id IN (SELECT journal_id FROM journal_seal WHERE seq = 1)";
    const ITS_ROW: &str =
        "DELETE FROM journal WHERE id IN (SELECT journal_id FROM journal_seal WHERE seq = 1)";
    const ALL_WAIT: &str = "INSERT INTO journal_unsealed (journal_id, waiting_since) \
        SELECT j.id, j.happened_at FROM journal j JOIN journal_seal s ON s.journal_id = j.id WHERE s.seq > 1";
    const SEALS: &str = "DELETE FROM journal_seal";
    both(|t| async move {
        filled(&t, 4).await;
        let folder = tempfile::tempdir().unwrap();
        let head = journal::write_head(&t.app, folder.path(), t.now()).await.unwrap().unwrap();
        let text = head.line(t.now());
        let kept = journal::read_heads("2026-11.txt", &text).unwrap();
        assert_eq!((kept.len(), kept[0].head.number), (1, 4));
        assert!(compared(&t, &kept).await.faults.is_empty());
        tamper(&t, &[LAST, ROW, SEAL], &[LAST, ROW, SEAL]).await;
        assert_eq!(verified(&t).await.found, 0, "a chain cut short is whole in itself");
        let found = compared(&t, &kept).await;
        assert_eq!((found.faults[0].kind, found.faults[0].number), (FaultKind::Cut, Some(4)));
        assert!(found.faults[0].words.contains("2026-11.txt, line 1"), "{}", found.faults[0].words);
    })
    .await;
    both(|t| async move {
        filled(&t, 3).await;
        let head = journal::head(&mut t.app.db.read().await.unwrap()).await.unwrap().unwrap();
        filled(&t, 1).await;
        let kept = vec![journal::KeptHead { stands: "kept".to_owned(), when: t.now(), head }];
        assert_eq!(compared(&t, &kept).await.found, 0, "a chain that grew agrees with an earlier head");
        tamper(&t, &[ALL_WAIT, FIRST, ITS_ROW, SEALS], &[ALL_WAIT, FIRST, ITS_ROW, SEALS]).await;
        assert_eq!(journal::seal(&t.app.db, t.now()).await.unwrap(), 3);
        assert_eq!(verified(&t).await.found, 0, "a chain made anew is whole in itself");
        assert_eq!(compared(&t, &kept).await.faults[0].kind, FaultKind::Rewritten);
    })
    .await;
}

async fn compared(t: &TestApp, kept: &[journal::KeptHead]) -> Verified {
    let mut conn = t.app.db.read().await.unwrap();
    let mut verified = journal::verify(&mut conn, t.now()).await.unwrap();
    journal::compare(&mut conn, kept, &mut verified).await.unwrap();
    verified
}

#[test]
fn given_a_line_that_is_no_head_then_its_file_and_line_are_named() {
    for wrong in
        ["gibberish", "2026-11-21T09:00:00Z 3", "2026-11-21T09:00:00Z 0 00", "2026-11-21T09:00:00Z 3 zz more"]
    {
        let said = journal::read_heads("heads.txt", &format!("\n{wrong}\n")).unwrap_err().to_string();
        assert!(said.contains("heads.txt, line 2"), "{said}");
    }
}
