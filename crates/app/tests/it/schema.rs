//! What stands in for checking SQL while compiling: every statement is prepared, both schemas agree.

use app::statements::FILES;
use testkit::{TestApp, both};

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    both(|t| async move {
        let mut wrong = vec![];
        for (room, statements) in FILES {
            for (name, sql) in *statements {
                let mut conn = t.app.db.read().await.unwrap();
                if let Err(error) = db::prepare(&mut conn, sql).await {
                    wrong.push(format!("{room}::{name}: {error}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn both_engines_have_the_same_tables() {
    let all = tokio::sync::Mutex::new(vec![]);
    both(|t: TestApp| {
        let all = &all;
        async move { all.lock().await.push(db::schema(&t.app.db).await.unwrap()) }
    })
    .await;
    let all = all.into_inner();
    assert!(all[0].len() > 300, "the record has its columns");
    if let [one, other] = &all[..] {
        assert_eq!(db::migrations_agree(one, other), Vec::<String>::new());
    }
}

#[tokio::test]
async fn nothing_changes_the_journal() {
    both(|t| async move {
        let who = app::Who::program("test");
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let act = app::journal::Act { action: "test", about: &[], payload: serde_json::json!({"a": 1}) };
        app::journal::note(&mut tx, &who, &mut moment, act).await.unwrap();
        tx.commit().await.unwrap();
        for sql in ["UPDATE journal SET actor = 'x'", "DELETE FROM journal", "DELETE FROM journal_seal"] {
            let mut tx = t.app.db.write().await.unwrap();
            let done = tx.run(sql, db::args![]).await;
            assert!(done.is_err() || done.unwrap() == 0, "{sql}");
        }
    })
    .await;
}
