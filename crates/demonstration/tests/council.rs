//! The demonstration council is made by the real actions and is the same every time.
#![expect(clippy::unwrap_used, reason = "a council that cannot be made has failed the test")]

use db::whole;
use demonstration::{Made, SEED, Size, make};
use jiff::civil::date;
use testkit::{TestApp, both};

async fn made(t: &TestApp) -> Made {
    make(&t.app, Size::SMALL, (SEED, date(2026, 11, 21)), &mut |_, _| {}).await.unwrap()
}

async fn lines(t: &TestApp) -> Vec<String> {
    let mut conn = t.app.db.read().await.unwrap();
    let mut lines = vec![];
    for table in whole::tables() {
        whole::dump::<app::Oops>(&mut conn, table, |row| {
            lines.push(format!("{} {row:?}", table.name));
            Ok(())
        })
        .await
        .unwrap();
    }
    lines
}

#[tokio::test]
async fn a_small_council_is_made_and_is_the_same_again() {
    both(|t| async move {
        let first = made(&t).await;
        assert_eq!(first.families, Size::SMALL.families + 2);
        assert!(first.people > 12 && first.events > 20, "{first:?}");
        let again = t.beside().await;
        assert_eq!(made(&again).await, first);
        let (one, other) = (lines(&t).await, lines(&again).await);
        assert_eq!(one.len(), other.len());
        let different = one.iter().zip(&other).find(|(one, other)| one != other);
        assert_eq!(different, None);
    })
    .await;
}

#[tokio::test]
async fn the_cases_of_who_may_know_are_there() {
    both(|t| async move {
        made(&t).await;
        let mut conn = t.app.db.read().await.unwrap();
        for (what, sql) in [
            ("a restricted record, with one name on its list", "SELECT CAST(count(*) AS bigint) FROM named_reader n \
                JOIN person p ON p.id = n.person_id WHERE p.access_level = 'restricted' AND n.superseded_at IS NULL"),
            ("an opening still to be answered for", "SELECT CAST(count(*) AS bigint) FROM glass WHERE reviewed_at IS NULL"),
            ("a confidential address", "SELECT CAST(count(*) AS bigint) FROM address WHERE confidential"),
            ("a child not yet born", "SELECT CAST(count(*) AS bigint) FROM person WHERE kind = 'unborn'"),
            ("someone away, with cover", "SELECT CAST(count(*) AS bigint) FROM absence WHERE cover_id IS NOT NULL"),
        ] {
            assert!(conn.number(sql, db::args![]).await.unwrap() >= 1, "{what}");
        }
    })
    .await;
}
