//! A backup made while people work, put back whole into either engine, compared row by row.

use app::faces::backup;
use app::{Oops, Who, journal};
use db::whole;
use practice::role::Role;
use std::path::Path;
use testkit::{TestApp, both};

async fn rows(t: &TestApp) -> Vec<(String, Vec<Vec<db::Value>>)> {
    let mut conn = t.app.db.read().await.unwrap();
    let mut all = vec![];
    for table in whole::tables() {
        let mut rows = vec![];
        whole::dump::<Oops>(&mut conn, table, |row| {
            rows.push(row.to_vec());
            Ok(())
        })
        .await
        .unwrap();
        all.push((table.name.clone(), rows));
    }
    all
}

async fn a_council(t: &TestApp) {
    let team = t.team("Alder Road", None).await;
    t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    t.app.files.keep(b"a drawing").unwrap();
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    for number in 0..700 {
        let act = journal::Act {
            action: "test",
            about: &[],
            payload: serde_json::json!({ "number": number, "words": "ŵ ŷ \"'\n" }),
        };
        journal::note(&mut tx, &Who::program("test"), &mut moment, act).await.unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_backup_put_back_is_the_same_council_on_either_engine() {
    both(|t| async move {
        a_council(&t).await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("council.alongside");
        let manifest = backup::backup(&t.app, &file, &mut |_, _, _| {}).await.unwrap();
        assert_eq!(manifest.attachments, 1);
        let other = TestApp::sqlite().await;
        backup::restore(&other.app, &file, &mut |_, _, _| {}).await.unwrap();
        let (before, after) = (rows(&t).await, rows(&other).await);
        assert_eq!(before, after);
        assert!(before.iter().any(|(name, rows)| name == "journal" && rows.len() == 700));
        let hash = files::Hash::of(b"a drawing");
        assert_eq!(other.app.files.read(hash).unwrap(), b"a drawing");
        // and back onto the engine it came from
        let again =
            if t.database_url().starts_with("sqlite") { TestApp::sqlite().await } else { t.beside().await };
        backup::restore(&again.app, &file, &mut |_, _, _| {}).await.unwrap();
        assert_eq!(before, rows(&again).await);
    })
    .await;
}

#[tokio::test]
async fn a_backup_is_never_put_into_a_council_or_over_a_file() {
    let t = TestApp::sqlite().await;
    a_council(&t).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("council.alongside");
    backup::backup(&t.app, &file, &mut |_, _, _| {}).await.unwrap();
    let into_itself = backup::restore(&t.app, &file, &mut |_, _, _| {}).await.unwrap_err();
    assert!(into_itself.to_string().contains("not empty"), "{into_itself}");
    let over = backup::backup(&t.app, &file, &mut |_, _, _| {}).await.unwrap_err();
    assert!(over.to_string().contains("is there already"), "{over}");
}

#[tokio::test]
async fn a_damaged_backup_is_refused_and_leaves_nothing() {
    let t = TestApp::sqlite().await;
    a_council(&t).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("council.alongside");
    backup::backup(&t.app, &file, &mut |_, _, _| {}).await.unwrap();
    let whole = std::fs::read(&file).unwrap();
    for (name, bytes) in [
        ("cut", whole[..whole.len() / 2].to_vec()),
        ("empty", vec![]),
        ("words", b"this is no backup".to_vec()),
        ("bent", bent(&whole)),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        refused(&path, name).await;
    }
}

#[tokio::test]
async fn a_backup_says_which_attachments_the_folder_has_lost() {
    let t = TestApp::sqlite().await;
    a_council(&t).await;
    let folder = tempfile::tempdir().unwrap();
    let lost = "ab".repeat(32);
    let mut tx = t.app.db.write().await.unwrap();
    let values = db::args![t.moment().id(), &lost, t.now()];
    let named = "INSERT INTO attachment (id, hash, size, kind, name, recorded_at) VALUES ($1, $2, 3, 'pdf', 'lost.pdf', $3)";
    tx.run(named, values).await.unwrap();
    tx.commit().await.unwrap();
    let file = folder.path().join("council.alongside");
    let manifest = backup::backup(&t.app, &file, &mut |_, _, _| {}).await.unwrap();
    assert_eq!((manifest.attachments, manifest.missing), (1, vec![lost]));
}

fn bent(whole: &[u8]) -> Vec<u8> {
    let mut bent = whole.to_vec();
    for at in (200..bent.len() / 2).step_by(97) {
        bent[at] ^= 0x5a;
    }
    bent
}

async fn refused(path: &Path, name: &str) {
    let other = TestApp::sqlite().await;
    assert!(backup::restore(&other.app, path, &mut |_, _, _| {}).await.is_err(), "{name}");
    assert!(rows(&other).await.iter().all(|(_, rows)| rows.is_empty()), "{name} left something");
}
