//! After a disposal a search of everything there is finds none of the person's words, and the journal proves itself.

use super::*;
use crate::entry::{about, file, visit};
use app::Who;
use app::entry::{KeptFile, Recording, record};
use app::faces::everything;
use app::journal;
use app::person::actions::{
    Bond, NewAddress, NewDetail, NewIdentifier, NewName, NewWarning, Relate, Warn, relate, warn,
};
use app::person::facts::Told;
use db::Value;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::entry::{Seen, StatementForm};
use practice::person::{AddressUse, DetailKind, IdentifierKind, NameKind, WarningKind};
use practice::recording::{Correction, NewPromise, NewStatement, Someone};
use practice::relationship::RelationshipKind;
use std::collections::BTreeSet;
use std::path::Path;
use testkit::both;

/// Words that stand nowhere else. Searched in any case, anywhere.
const CANARIES: &[&str] = &[
    "zyxquill",
    "zyxqui",
    "canarivo",
    "quagmir",
    "zz9 7qx",
    "07700 900777",
    "9434765919",
    "heffalump",
    "snorkacks",
    "wibbleton",
    "grommetry",
    "fizzlewick",
    "blorptang",
    "marzipanic",
    "dwindlefrost",
    "trumblecoat",
    "oxbowling",
];

async fn canary(t: &TestApp, c: &Council) -> (PersonId, PersonId) {
    let mut command = AddPerson::named("Zyxquill", "Canarivorous");
    command.names.push(NewName::new(NameKind::Alias, "Wibbleton", "Canarivorous"));
    command.birth = Some(NewBirth::exact(date(2010, 5, 4)));
    command.details = vec![
        NewDetail::new(DetailKind::Phone, "07700 900777"),
        NewDetail::new(DetailKind::MattersToMe, "Collecting heffalump pictures"),
    ];
    command.identifiers = vec![NewIdentifier::new(IdentifierKind::NhsNumber, "9434765919")];
    command.addresses = vec![NewAddress {
        purpose: AddressUse::Home,
        lines: "7 Quagmirian Row".to_owned(),
        postcode: Some("ZZ9 7QX".to_owned()),
        confidential: true,
        from: None,
        to: None,
    }];
    let canary = add(t, command).await.unwrap().person;
    let sister = somebody(t, ("Mabel", "Thrupp"), date(2012, 2, 2)).await;
    for child in [canary, sister] {
        t.allocate(child, &c.nadia, AllocationKind::Responsible).await;
    }
    let who = Who::program("test");
    let bond =
        Bond { note: Some("They share a grommetry".to_owned()), ..Bond::of(RelationshipKind::Sibling) };
    act(t, async |tx, moment| relate(tx, &who, moment, Relate { person: sister, other: canary, bond }).await)
        .await
        .unwrap();
    let warning = |person, fact: &str| Warn {
        person,
        warning: NewWarning {
            kind: WarningKind::Health,
            fact: fact.to_owned(),
            detail: None,
            from: date(2026, 11, 1),
            review_on: date(2027, 5, 1),
            told: Told::Yes { on: Some(date(2026, 11, 1)), how: None },
            agreed_with: None,
        },
    };
    for one in [warning(canary, "Allergic to snorkacks"), warning(sister, "Ring Zyxquill Canarivorous first")]
    {
        act(t, async |tx, moment| warn(tx, &who, moment, one).await).await.unwrap();
    }
    (canary, sister)
}

async fn entries(t: &TestApp, c: &Council, (canary, sister): (PersonId, PersonId)) {
    let mut own = visit(vec![about(canary, Some(Seen::Alone))], "We built a fizzlewick at school.");
    own.statements.push(NewStatement {
        owner: Someone::Person(canary),
        form: StatementForm::Said,
        words: "I am a blorptang.".to_owned(),
        original_language: None,
    });
    own.promises.push(NewPromise {
        what: "Bring the marzipanic box".to_owned(),
        by: Someone::Worker(c.nadia.id),
        about: canary,
        due_on: None,
    });
    let mut files = vec![];
    for bytes in [&b"a picture of dwindlefrost"[..], b"a small dwindlefrost"] {
        files.push(t.app.files.keep(bytes).unwrap());
    }
    let photo = KeptFile {
        hash: files[0].hash,
        size: files[0].size,
        kind: files::Kind::Png,
        name: "trumblecoat.png".to_owned(),
        picture: Some((files[1].hash, 10, 10)),
        described: Some("Their trumblecoat".to_owned()),
    };
    let recording = Recording { files: vec![photo], ..Recording::of(own) };
    act(t, async |tx, moment| record(tx, &c.nadia.who, moment, &recording).await).await.unwrap();
    let both = |words: &str| {
        let mut entry = visit(vec![about(canary, Some(Seen::Yes)), about(sister, Some(Seen::Yes))], words);
        entry.statements.push(NewStatement {
            owner: Someone::Person(canary),
            form: StatementForm::Said,
            words: "My oxbowling is best.".to_owned(),
            original_language: None,
        });
        entry
    };
    let first =
        file(t, &c.nadia, both("Zyxquill and Mabel cooked. ZYXQUILL canarivorous washed up.")).await.unwrap();
    t.pass(jiff::SignedDuration::from_secs(5));
    let mut again = both("Zyxquill and Mabel cooked soup. Zyxquill’s friend came.");
    again.corrects = Some(Correction { supersedes: first, why: "Zyxquill said it was soup".to_owned() });
    file(t, &c.nadia, again).await.unwrap();
}

/// What lies about, as pages leave it: drafts, late forms, notices, second texts, an import's report.
async fn litter(t: &TestApp, c: &Council, canary: PersonId) {
    let (now, none) = (t.now(), None::<String>);
    act(t, async |tx, moment| {
        let place = format!("/record?about={canary}");
        let account = c.nadia.account;
        tx.run(
            "INSERT INTO draft (id, account_id, place, body, version, created_at, updated_at) VALUES ($1, $2, $3, $4, 1, $5, $5)",
            db::args![moment.id(), account, &place, "[[\"narrative\",\"A fizzlewick again\"]]", now],
        )
        .await?;
        tx.run(
            "INSERT INTO kept_form (id, account_id, place, nonce, body, kept_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $6)",
            db::args![moment.id(), account, &place, &[1_u8, 2][..], &b"zyxquill"[..], now],
        )
        .await?;
        tx.run(
            "INSERT INTO notice (id, worker_id, kind, words, link, made_at) VALUES ($1, $2, 'test', 'Zyxquill Canarivorous', $3, $4)",
            db::args![moment.id(), c.nadia.id, none, now],
        )
        .await?;
        tx.run(
            "INSERT INTO other_version (id, subject, subject_id, account_id, body, recorded_at) VALUES ($1, 'person', $2, $3, 'Blorptang', $4)",
            db::args![moment.id(), canary, account, now],
        )
        .await?;
        tx.run(
            "INSERT INTO imported_value (subject_id, field, words, recorded_at) VALUES ($1, 'given', 'Zyxquill', $2)",
            db::args![canary, now],
        )
        .await?;
        let number: (String,) = tx
            .one("SELECT number FROM person_identifier WHERE person_id = $1 AND kind = 'council-id'", db::args![canary])
            .await?;
        let report = serde_json::json!({"kind": "people", "file": "people.csv", "hash": "", "counts": {}, "changes": [
            {"whom": number.0, "what": "school", "was": "Wibbleton Primary", "now": "Fizzlewick Academy"},
            {"whom": "OTHER1", "what": "school", "was": "Hill", "now": "Dale"}],
            "kept": [], "listed": [{"whom": "A2", "line": 3, "words": "Sibling of Zyxquill Canarivorous"}],
            "not_understood": [], "more": {}});
        tx.run(
            "INSERT INTO import_run (id, kind, file_name, file_hash, account_id, run_at, report) VALUES ($1, 'people', 'people.csv', '', $2, $3, $4)",
            db::args![moment.id(), account, now, report.to_string()],
        )
        .await?;
        Ok(())
    })
    .await
    .unwrap();
    let mut nadia = t.signed_in(&c.nadia).await;
    for page in
        ["/find?q=Zyxquil+Canarivoros".to_owned(), "/find?q=ZZ9+7QX".to_owned(), format!("/person/{canary}")]
    {
        assert!(nadia.get(&page).await.status.is_success());
    }
}

/// Every file below a folder with its bytes in small letters.
fn bytes_below(folder: &Path, all: &mut Vec<(String, Vec<u8>)>) {
    for one in std::fs::read_dir(folder).unwrap() {
        let path = one.unwrap().path();
        if path.is_dir() {
            bytes_below(&path, all);
        } else {
            all.push((path.display().to_string(), std::fs::read(&path).unwrap().to_ascii_lowercase()));
        }
    }
}

/// Where canaries stand: in the database's own files, the attachments, every row of every table, and an export.
async fn found(t: &TestApp) -> BTreeSet<String> {
    let mut all = vec![];
    bytes_below(t.app.files.path(), &mut all);
    if let Some(path) = t.database_url().strip_prefix("sqlite:") {
        for end in ["", "-wal", "-shm", "-journal"] {
            if let Ok(bytes) = std::fs::read(format!("{path}{end}")) {
                all.push((format!("database{end}"), bytes.to_ascii_lowercase()));
            }
        }
    }
    let mut conn = t.app.db.read().await.unwrap();
    for table in db::whole::tables() {
        let mut text = vec![];
        let each = |row: &[Value]| {
            for value in row {
                match value {
                    Value::Text(Some(words)) => text.extend(words.to_lowercase().bytes()),
                    Value::Bytes(Some(bytes)) => text.extend(bytes.to_ascii_lowercase()),
                    _ => {}
                }
                text.push(0);
            }
            Ok::<(), db::DbError>(())
        };
        db::whole::dump(&mut conn, table, each).await.unwrap();
        all.push((format!("table {}", table.name), text));
    }
    drop(conn);
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("all");
    everything::export(&t.app, &everything::Take::default(), &to, &mut |_, _, _| {}).await.unwrap();
    bytes_below(&to, &mut all);
    let mut found = BTreeSet::new();
    for (place, bytes) in all {
        for canary in CANARIES {
            if bytes.windows(canary.len()).any(|some| some == canary.as_bytes()) {
                found.insert(format!("{canary} in {place}"));
            }
        }
    }
    found
}

/// What the proof of the facts names, without the rows that a test put in itself.
async fn faults(t: &TestApp) -> Vec<String> {
    let mut conn = t.app.db.read().await.unwrap();
    let mut proof = journal::verify(&mut conn, t.now()).await.unwrap();
    assert_eq!(proof.found, 0, "{:?}", proof.faults);
    journal::verify_facts(&mut conn, &mut proof).await.unwrap();
    assert_eq!(proof.found, proof.faults.len(), "too many to tell");
    proof.faults.into_iter().map(|fault| fault.words).collect()
}

#[tokio::test]
async fn given_a_record_let_go_when_everything_is_searched_then_none_of_their_words_is_found_and_the_journal_holds()
 {
    both(|t| async move {
        let c = council(&t).await;
        let (canary, sister) = canary(&t, &c).await;
        entries(&t, &c, (canary, sister)).await;
        litter(&t, &c, canary).await;
        journal::seal(&t.app.db, t.now()).await.unwrap();
        let before = found(&t).await;
        for word in CANARIES {
            assert!(
                before.iter().any(|place| place.starts_with(word)),
                "{word} was never there: the search is blind"
            );
        }
        let faults_before = faults(&t).await;
        t.set_now("2060-03-01T10:00:00Z");
        proposed(&t, &c.dora, canary).await.unwrap();
        confirmed(&t, &c.hana, canary).await.unwrap();
        ending::finish(&t.app).await.unwrap();
        journal::seal(&t.app.db, t.now()).await.unwrap();
        assert_eq!(found(&t).await, BTreeSet::new());
        for fault in faults(&t).await {
            assert!(faults_before.contains(&fault), "{fault}");
        }
        let mut nadia = t.signed_in(&c.nadia).await;
        let timeline = nadia.get(&format!("/person/{sister}/timeline")).await;
        assert!(timeline.words().contains("[taken out] and Mabel cooked soup"), "{}", timeline.words());
        let mut conn = t.app.db.read().await.unwrap();
        let words: (String,) =
            conn.one("SELECT fact FROM warning WHERE person_id = $1", db::args![sister]).await.unwrap();
        assert_eq!(words.0, "Ring [taken out] first");
        let (report,): (String,) = conn.one("SELECT report FROM import_run", db::args![]).await.unwrap();
        assert!(report.contains("Dale") && report.contains("Sibling of [taken out]"), "{report}");
    })
    .await;
}
