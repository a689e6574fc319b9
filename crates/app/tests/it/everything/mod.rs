//! Everything out and everything in: the same council on either engine, and nothing taken in that is not whole.

use app::faces::everything::{self, Take};
use app::journal::{self, Act, FaultKind};
use app::{Oops, Who};
use db::whole;
use practice::role::Role;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use testkit::{TestApp, both};

fn quiet(_: &str, _: u64, _: u64) {}

fn all_of_it() -> Take {
    Take { with_sign_in: true, reason: None }
}

async fn out(t: &TestApp, to: &Path, take: &Take) -> everything::Manifest {
    everything::export(&t.app, take, to, &mut quiet).await.unwrap()
}

/// Every row of every table, by its name.
async fn rows(t: &TestApp) -> BTreeMap<String, Vec<Vec<db::Value>>> {
    let mut conn = t.app.db.read().await.unwrap();
    let mut all = BTreeMap::new();
    for table in whole::tables() {
        let mut rows = vec![];
        whole::dump::<Oops>(&mut conn, table, |row| {
            rows.push(row.to_vec());
            Ok(())
        })
        .await
        .unwrap();
        all.insert(table.name.clone(), rows);
    }
    all
}

/// Every file of a folder with its bytes.
fn files_of(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        for each in std::fs::read_dir(&path).unwrap() {
            let each = each.unwrap().path();
            if each.is_dir() {
                waiting.push(each);
            } else {
                let name = each.strip_prefix(folder).unwrap().to_owned();
                all.insert(name, std::fs::read(&each).unwrap());
            }
        }
    }
    all
}

async fn put(t: &TestApp, sql: &'static str, values: Vec<db::Value>) {
    let mut tx = t.app.db.write().await.unwrap();
    tx.run(sql, values).await.unwrap();
    tx.commit().await.unwrap();
}

const PHOTO: &str =
    "INSERT INTO person_detail (id, person_id, kind, words, recorded_at) VALUES ($1, $2, 'photo', $3, $4)";
const ATTACH: &str = "INSERT INTO attachment (id, hash, size, kind, name, thumbnail_hash, recorded_at) \
    VALUES ($1, $2, 9, 'image/png', 'drawing \u{1F995}.png', $3, $4)";
const FORM: &str = "INSERT INTO kept_form (id, account_id, place, nonce, body, kept_at, expires_at) \
    VALUES ($1, $2, '/record', $3, $4, $5, $5)";
const SESSION: &str = "INSERT INTO session (token_hash, account_id, csrf, created_at, last_seen_at, expires_at) \
    VALUES ($1, $2, 'a', $3, $3, $3)";
const DRAFT: &str = "INSERT INTO draft (id, account_id, place, body, version, created_at, updated_at) \
    VALUES ($1, $2, '/record', $3, 1, $4, $4)";
const MERGE: &str = "UPDATE person SET merged_into = $2 WHERE id = $1";
const KEY: &str = "INSERT INTO name_key (key, token) VALUES ($1, $2)";
const TOKEN: &str = "INSERT INTO name_token (token) VALUES ($1)";

/// A council with something of everything that is awkward to carry.
async fn a_council(t: &TestApp) {
    let team = t.team("Alder Road", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let first = t.person("Josie Blake", jiff::civil::date(2017, 5, 4)).await;
    t.pass(jiff::SignedDuration::from_secs(1));
    let second = t.person("Josie Blake-O'Neill", jiff::civil::date(2017, 5, 4)).await;
    // the row that took the first one's place comes after it in the table
    put(t, MERGE, db::args![first.0, second.0]).await;
    let (drawing, small) =
        (t.app.files.keep(b"a drawing").unwrap(), t.app.files.keep(b"a small one").unwrap());
    t.app.files.keep(b"of no row").unwrap();
    let mut moment = t.moment();
    let attached = db::args![moment.id(), drawing.hash.to_string(), small.hash.to_string(), t.now()];
    put(t, ATTACH, attached).await;
    let face = t.app.files.keep(b"a face").unwrap().hash.to_string();
    put(t, PHOTO, db::args![moment.id(), first, face, t.now()]).await;
    let account = nadia.who.account.unwrap().0;
    let nasty = "line\nand \"quotes\" \\ \u{2028} \u{7f} w\u{302} \u{1F995} </script>";
    put(t, DRAFT, db::args![moment.id(), account, nasty, t.now()]).await;
    put(t, FORM, db::args![moment.id(), account, vec![0_u8, 255, 10], Vec::<u8>::new(), t.now()]).await;
    put(t, SESSION, db::args![vec![7_u8; 32], account, t.now()]).await;
    for token in ["zz-a", "zz_a", "zzA", "zz\u{e9}", "zzz"] {
        put(t, TOKEN, db::args![token]).await;
    }
    let mut tx = t.app.db.write().await.unwrap();
    for number in 0..700 {
        let payload = serde_json::json!({ "number": number, "words": "\u{175} \u{177} \"'\n" });
        let act = Act { action: "test", about: &[first, second], payload };
        journal::note(&mut tx, &Who::program("test"), &mut moment, act).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn given_everything_taken_out_then_taken_in_on_either_engine_it_is_the_same_council_and_leaves_the_same_files()
 {
    both(|t| async move {
        a_council(&t).await;
        let folder = tempfile::tempdir().unwrap();
        let (one, two, three) = (folder.path().join("1"), folder.path().join("2"), folder.path().join("3"));
        journal::seal(&t.app.db, t.now()).await.unwrap();
        let mut before = rows(&t).await;
        out(&t, &one, &all_of_it()).await;
        before.remove("session");
        let other = t.across().await;
        other.set_now(&t.now().to_string());
        everything::import(&other.app, &one, &mut quiet).await.unwrap();
        let mut after = rows(&other).await;
        assert_eq!(after.remove("session").unwrap().len(), 0);
        for (table, rows) in &before {
            assert_eq!(rows, &after[table], "{table}");
        }
        assert_eq!(before, after);
        let mut conn = other.app.db.read().await.unwrap();
        let verified = journal::verify(&mut conn, other.now()).await.unwrap();
        assert_eq!(verified.found, 0, "{:?}", verified.faults);
        assert_eq!(usize::try_from(verified.sealed).unwrap(), before["journal"].len());
        drop(conn);
        out(&other, &two, &all_of_it()).await;
        assert!(files_of(&one) == files_of(&two), "a second export differs");
        let back = t.beside().await;
        back.set_now(&t.now().to_string());
        everything::import(&back.app, &two, &mut quiet).await.unwrap();
        out(&back, &three, &all_of_it()).await;
        assert!(files_of(&one) == files_of(&three), "a third export differs");
        let drawing = files::Hash::of(b"a drawing");
        assert_eq!(back.app.files.read(drawing).unwrap(), b"a drawing");
        assert_eq!(back.app.files.read(files::Hash::of(b"a face")).unwrap(), b"a face");
        assert!(
            !back.app.files.exists(files::Hash::of(b"of no row")),
            "a file that no row names stays behind"
        );
    })
    .await;
}

#[tokio::test]
async fn given_an_export_then_it_is_journalled_where_it_was_taken_and_not_in_the_export() {
    both(|t| async move {
        a_council(&t).await;
        let folder = tempfile::tempdir().unwrap();
        let take = Take { with_sign_in: false, reason: Some("we move to another server".to_owned()) };
        let manifest = out(&t, &folder.path().join("all"), &take).await;
        let journal = std::fs::read_to_string(folder.path().join("all/tables/journal.jsonl")).unwrap();
        assert!(!journal.contains("export_all"));
        assert!(manifest.journal.sealed >= 700);
        let there = rows(&t).await;
        let reading =
            there["journal"].iter().find(|row| row[4] == db::Value::Text(Some("export_all".to_owned())));
        let payload = format!("{:?}", reading.unwrap());
        assert!(payload.contains("we move to another server"), "{payload}");
        journal::seal(&t.app.db, t.now()).await.unwrap();
        let mut conn = t.app.db.read().await.unwrap();
        assert_eq!(journal::verify(&mut conn, t.now()).await.unwrap().found, 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn given_people_at_work_while_everything_is_taken_out_then_it_is_of_one_instant() {
    both(|t| async move {
        a_council(&t).await;
        let ended = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let (app, now) = (t.app.clone(), t.now());
        let stop = std::sync::Arc::clone(&ended);
        let people = tokio::spawn(async move {
            let mut made = 0_u32;
            while !stop.load(std::sync::atomic::Ordering::SeqCst) {
                let mut moment = app.moment();
                let mut tx = app.db.write().await.unwrap();
                // two rows that belong together, and a row of the journal, which is sealed by whoever comes first
                tx.run(TOKEN, db::args![format!("word{made}")]).await.unwrap();
                tx.run(KEY, db::args![format!("key{made}"), format!("word{made}")]).await.unwrap();
                let act = Act { action: "test", about: &[], payload: serde_json::json!({ "made": made }) };
                journal::note(&mut tx, &Who::program("test"), &mut moment, act).await.unwrap();
                tx.commit().await.unwrap();
                if made.is_multiple_of(3) {
                    journal::seal(&app.db, now).await.unwrap();
                }
                made += 1;
            }
            made
        });
        let folder = tempfile::tempdir().unwrap();
        for time in 0..3 {
            let to = folder.path().join(format!("{time}"));
            let manifest = out(&t, &to, &all_of_it()).await;
            let other = t.across().await;
            everything::import(&other.app, &to, &mut quiet).await.unwrap();
            let there = rows(&other).await;
            let words = |table: &str, which: &str| {
                there[table].iter().filter(|row| format!("{row:?}").contains(&format!("\"{which}"))).count()
            };
            let notes =
                there["journal"].iter().filter(|row| format!("{row:?}").contains("\\\"made\\\"")).count();
            assert_eq!(
                words("name_token", "word"),
                words("name_key", "key"),
                "half of what belongs together"
            );
            assert_eq!(words("name_key", "key"), notes);
            let mut conn = other.app.db.read().await.unwrap();
            let verified = journal::verify(&mut conn, other.now()).await.unwrap();
            assert_eq!(verified.found, 0, "{:?}", verified.faults);
            assert_eq!(verified.head, manifest.journal.head);
        }
        ended.store(true, std::sync::atomic::Ordering::SeqCst);
        assert!(people.await.unwrap() > 5, "nobody worked meanwhile");
    })
    .await;
}

#[tokio::test]
async fn what_signs_people_in_leaves_only_where_that_is_said() {
    both(|t| async move {
        a_council(&t).await;
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("all");
        let manifest = out(&t, &to, &Take::default()).await;
        let names: BTreeSet<&str> = manifest.left_out.iter().map(|one| one.what.as_str()).collect();
        for what in [
            "session",
            "known_browser",
            "invitation",
            "recovery_code",
            "passkey",
            "passkey_asked",
            "kept_form",
        ] {
            assert!(names.contains(what), "{what}");
            assert!(!to.join(format!("tables/{what}.jsonl")).exists(), "{what}");
        }
        let accounts = std::fs::read_to_string(to.join("tables/account.jsonl")).unwrap();
        assert!(accounts.contains("\"sign_in_name\":\""), "{accounts}");
        for line in accounts.lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            for secret in ["password_hash", "code_secret", "code_step", "subject"] {
                assert!(names.contains(format!("account.{secret}").as_str()));
                assert!(row[secret].is_null());
            }
        }
        // such a council comes back too, and leaves the same files again
        let other = t.across().await;
        other.set_now(&t.now().to_string());
        everything::import(&other.app, &to, &mut quiet).await.unwrap();
        let again = folder.path().join("again");
        out(&other, &again, &Take::default()).await;
        assert!(files_of(&to) == files_of(&again));
    })
    .await;
}

#[tokio::test]
async fn every_table_and_column_of_the_database_is_exported_and_explained() {
    both(|t| async move {
        let found: BTreeSet<(String, String)> = db::schema(&t.app.db)
            .await
            .unwrap()
            .into_iter()
            .map(|column| (column.table_name, column.column_name))
            .collect();
        assert!(found.len() > 300);
        let exported: BTreeSet<(String, String)> = whole::tables()
            .iter()
            .flat_map(|table| table.columns.iter().map(|(column, _)| (table.name.clone(), column.clone())))
            .collect();
        assert_eq!(found.difference(&exported).collect::<Vec<_>>(), Vec::<&(String, String)>::new());
        assert_eq!(exported.difference(&found).collect::<Vec<_>>(), Vec::<&(String, String)>::new());
        for (table, column) in &found {
            assert!(everything::explained(table, column).is_some(), "{table}.{column} is not explained");
        }
        for words in everything::table_words() {
            for column in words.columns.keys() {
                let there = found.contains(&(words.name.clone(), column.clone()));
                assert!(there, "{}.{column} is explained but gone", words.name);
            }
            assert!(
                found.iter().any(|(table, _)| *table == words.name),
                "{} is explained but gone",
                words.name
            );
        }
    })
    .await;
}

#[tokio::test]
async fn given_anything_in_the_folder_then_nothing_is_written_over() {
    let t = TestApp::sqlite().await;
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("notes.txt");
    std::fs::write(&there, "mine").unwrap();
    for (to, words) in
        [(folder.path(), "is not empty (notes.txt lies in it)"), (there.as_path(), "is a file")]
    {
        let refused = everything::export(&t.app, &Take::default(), to, &mut quiet).await.unwrap_err();
        assert!(matches!(refused, Oops::Refused(_)));
        assert!(refused.to_string().contains(words), "{refused}");
    }
    assert_eq!(files_of(folder.path()).len(), 1);
    assert_eq!(rows(&t).await["journal"].len(), 0, "nothing was read");
}

#[cfg(unix)]
#[tokio::test]
async fn the_folder_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let t = TestApp::sqlite().await;
    a_council(&t).await;
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("all");
    // an empty folder that everyone may read is taken and shut
    std::fs::create_dir(&to).unwrap();
    std::fs::set_permissions(&to, PermissionsExt::from_mode(0o755)).unwrap();
    out(&t, &to, &Take::default()).await;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&to), mode(&to.join("tables"))), (0o700, 0o700));
    for file in files_of(&to).into_keys() {
        assert_eq!(mode(&to.join(&file)), 0o600, "{}", file.display());
        assert_eq!(mode(to.join(&file).parent().unwrap()), 0o700);
    }
}

#[tokio::test]
async fn given_a_lost_or_damaged_attachment_then_it_is_named_and_no_half_an_export_stays() {
    let t = TestApp::sqlite().await;
    a_council(&t).await;
    let folder = tempfile::tempdir().unwrap();
    let hash = files::Hash::of(b"a drawing");
    let name = hash.to_string();
    let place = t.app.files.path().join(&name[..2]).join(&name[2..4]).join(&name);
    std::fs::write(&place, b"another").unwrap();
    for how in ["is damaged", "no attachment"] {
        let to = folder.path().join("all");
        let failed =
            everything::export(&t.app, &Take::default(), &to, &mut quiet).await.unwrap_err().to_string();
        assert!(failed.contains(how) && failed.contains(&name), "{failed}");
        assert!(!to.exists());
        drop(std::fs::remove_file(&place));
    }
}

mod broken;
