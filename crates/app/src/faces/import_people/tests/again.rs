//! The same folder again changes nothing; a newer one is taken; what was written on a page since stands.

use super::*;
use app::person::actions::{CorrectName, NewDetail, NewName, RecordDetail, correct_name, record_detail};
use practice::person::{DetailKind, NameKind};

const TIES: [(&str, &str); 4] = [
    (
        "relationships.csv",
        "council_id,other_council_id,other_is,parental_responsibility\nA1,A3,mother,yes\nA3,A2,child,\nA1,A2,sibling,\n",
    ),
    (
        "addresses.csv",
        "council_id,use,line_1,postcode,from,to\nA1,home,1 High Street,ZZ9 1AB,2025-01-01,\nA1,home,9 Low Street,ZZ9 1AC,2020-01-01,2024-12-31\n",
    ),
    (
        "episodes.csv",
        "council_id,kind,from,to,end_reason,last_seen\nA1,CIN,01/05/2026,,,10/11/2026\nA1,family help,2025-01-01,2025-06-30,Needs were met,\n",
    ),
    (
        "allocations.csv",
        "council_id,worker,part,from,to\nA1,nadia.farrow,responsible,2026-05-01,\nA1,kit.lund,helping,2026-05-01,2026-06-01\n",
    ),
];

fn whole(people: &str) -> Folder {
    let mut files = vec![("workers.csv", WORKERS), ("people.csv", people)];
    files.extend(TIES);
    folder(&files)
}

/// Everything that is known, in numbers.
async fn size(t: &TestApp) -> Vec<i64> {
    let tables = [
        "SELECT CAST(count(*) AS bigint) FROM person",
        "SELECT CAST(count(*) AS bigint) FROM person_name",
        "SELECT CAST(count(*) AS bigint) FROM person_detail",
        "SELECT CAST(count(*) AS bigint) FROM person_birth",
        "SELECT CAST(count(*) AS bigint) FROM person_identifier",
        "SELECT CAST(count(*) AS bigint) FROM address",
        "SELECT CAST(count(*) AS bigint) FROM relationship",
        "SELECT CAST(count(*) AS bigint) FROM household_member",
        "SELECT CAST(count(*) AS bigint) FROM episode",
        "SELECT CAST(count(*) AS bigint) FROM allocation",
        "SELECT CAST(count(*) AS bigint) FROM worker",
        "SELECT CAST(count(*) AS bigint) FROM post",
        "SELECT CAST(count(*) AS bigint) FROM team",
        "SELECT CAST(count(*) AS bigint) FROM imported_value",
    ];
    let mut all = vec![];
    for sql in tables {
        all.push(number(t, sql).await);
    }
    all
}

#[tokio::test]
async fn the_same_folder_again_changes_nothing() {
    both(|t| async move {
        for files in [whole(PEOPLE), example(&t)] {
            bring(&t, &files).await;
            let before = size(&t).await;
            t.pass(jiff::SignedDuration::from_hours(30));
            let again = bring(&t, &files).await;
            assert!(again.changed_nothing(), "{again}");
            assert!(again.kept.is_empty() && again.listed.is_empty(), "{again}");
            assert_eq!(size(&t).await, before);
        }
    })
    .await;
}

#[tokio::test]
async fn a_folder_that_still_holds_both_ids_of_a_joined_person_changes_nothing() {
    const TWICE: &str = "council_id,given_name,family_name,birth_date,pronouns\nA1,Ada,Test,2014-03-09,she/her\nA2,Adah,Test,2014-03-19,they/them\n";
    both(|t| async move {
        let files = folder(&[("people.csv", TWICE)]);
        bring(&t, &files).await;
        let mut conn = t.app.db.read().await.unwrap();
        let sql = "SELECT person_id FROM person_identifier WHERE number = $1";
        let (one,): (uuid::Uuid,) = conn.one(sql, db::args!["A1"]).await.unwrap();
        let (two,): (uuid::Uuid,) = conn.one(sql, db::args!["A2"]).await.unwrap();
        drop(conn);
        t.pass(jiff::SignedDuration::from_hours(1));
        let side = Some(practice::joining::Side::Kept);
        let choices = app::joining::Choices { names: side, birth: side, ..app::joining::Choices::default() };
        let command = app::joining::Join {
            kept: one.into(),
            other: two.into(),
            reason: "One child, written down twice".to_owned(),
            choices,
        };
        let who = Who::program("test");
        crate::person::act(&t, async |tx, moment| app::joining::join(tx, &who, moment, command).await)
            .await
            .unwrap();
        let before = size(&t).await;
        t.pass(jiff::SignedDuration::from_hours(30));
        for _ in 0..2 {
            let again = bring(&t, &files).await;
            assert!(again.changed_nothing(), "{again}");
            assert_eq!(size(&t).await, before);
        }
    })
    .await;
}

#[tokio::test]
async fn a_newer_folder_is_taken_and_each_change_reported_and_what_it_leaves_out_stays() {
    both(|t| async move {
        bring(&t, &whole(PEOPLE)).await;
        let newer = folder(&[
            ("workers.csv", "code,name,role,phone\nkit.lund,Kit Lunde,family support worker,01632 960001\n"),
            (
                "people.csv",
                "council_id,given_name,family_name,birth_date,pronouns\nA1,Ada,Testing,2014-03-19,she/her\n",
            ),
            (
                "episodes.csv",
                "council_id,kind,from,to,end_reason,last_seen\nA1,child in need,2026-05-01,,,2026-11-20\n",
            ),
            (
                "allocations.csv",
                "council_id,worker,part,from,to\nA1,nadia.farrow,responsible,2026-05-01,2026-11-19\n",
            ),
            (
                "relationships.csv",
                "council_id,other_council_id,other_is,parental_responsibility\nA1,A3,parent,no\n",
            ),
            ("addresses.csv", "council_id,use,line_1,postcode,from\nA1,home,1 High St,ZZ9 1AB,2025-01-01\n"),
        ]);
        let report = bring(&t, &newer).await;
        let told: Vec<String> = report.changes.iter().map(ToString::to_string).collect();
        for wanted in [
            "kit.lund: name: “Kit Lund” became “Kit Lunde”",
            "kit.lund: phone: now “01632 960001”",
            "A1: legal name: “Ada Test” became “Ada Testing”",
            "A1: birth: “2014-03-09 exact” became “2014-03-19 exact”",
            "A1: pronouns: now “she/her”",
            "A1: last seen, child in need from 2026-05-01: “2026-11-10” became “2026-11-20”",
            "A1: parental responsibility of parent A3: “yes” became “no”",
            "A1: last day, nadia.farrow responsible from 2026-05-01: now “2026-11-19”",
            "A1: address (home): “1 High Street ZZ9 1AB ” became “1 High St ZZ9 1AB ”",
        ] {
            assert!(told.iter().any(|one| one == wanted), "{wanted} is not in {told:#?}");
        }
        assert_eq!(told.len(), 9, "{told:#?}");
        assert!(report.kept.is_empty(), "{report}");
        let ada = person(&t, "A1").await.unwrap();
        let mut conn = t.app.db.read().await.unwrap();
        let episode = &episode::episodes(&mut conn, ada).await.unwrap()[0];
        assert_eq!(episode.last_seen, Some(date(2026, 11, 20)));
        let helpers = allocation::helpers(&mut conn, ada).await.unwrap();
        assert!(helpers.iter().all(|helper| helper.to.is_some()), "both have ended");
    })
    .await;
}

#[tokio::test]
async fn what_was_written_on_a_page_since_stands_and_is_listed() {
    both(|t| async move {
        bring(&t, &whole(PEOPLE)).await;
        let ada = person(&t, "A1").await.unwrap();
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let name: (uuid::Uuid,) = tx
            .one("SELECT id FROM person_name WHERE person_id = $1 AND superseded_at IS NULL", args![ada])
            .await
            .unwrap();
        let put = NewName::new(NameKind::Legal, "Adah", "Test");
        correct_name(&mut tx, &program(), &mut moment, CorrectName { person: ada, name: name.0, put })
            .await
            .unwrap();
        let detail = NewDetail::new(DetailKind::Pronouns, "they/them");
        record_detail(&mut tx, &program(), &mut moment, RecordDetail { person: ada, detail, seen: None })
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let newer = "council_id,given_name,family_name,birth_date,pronouns\nA1,Ada,Test,2014-03-09,she/her\n";
        let report = bring(&t, &folder(&[("people.csv", newer)])).await;
        assert!(report.changes.is_empty(), "{report}");
        let kept: Vec<String> = report.kept.iter().map(ToString::to_string).collect();
        assert_eq!(
            kept,
            [
                "A1: legal name: the file says “Ada Test”, the record says “Adah Test”",
                "A1: pronouns: the file says “she/her”, the record says “they/them”",
            ]
        );
        let mut conn = t.app.db.read().await.unwrap();
        let header = app::person::header(&mut conn, ada).await.unwrap().unwrap();
        assert_eq!(header.full_name, "Adah Test");
    })
    .await;
}

#[tokio::test]
async fn a_folder_that_asks_for_more_care_than_the_record_takes_is_not_stored() {
    both(|t| async move {
        bring(&t, &folder(&[("people.csv", PEOPLE)])).await;
        let files = folder(&[("people.csv", "council_id,given_name,access\nA1,Adah,restricted\n")]);
        let told = problems(&t, &files, None).await.to_string();
        assert!(
            told.contains("people.csv, line 2, access: This person is in the record as findable"),
            "{told}"
        );
        assert!(told.contains("Nothing was stored"), "{told}");
    })
    .await;
}
