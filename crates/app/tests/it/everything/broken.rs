//! Exports that are not whole, one fault at a time: each is named, and nothing is taken in.

use super::*;

/// Takes out, spoils the folder, and says with what words it is refused on either engine.
async fn refused(t: &TestApp, good: &Path, spoil: impl Fn(&Path)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("all");
    for (name, bytes) in files_of(good) {
        std::fs::create_dir_all(to.join(&name).parent().unwrap()).unwrap();
        std::fs::write(to.join(&name), bytes).unwrap();
    }
    spoil(&to);
    let said = everything::import(&t.app, &to, &mut quiet).await.unwrap_err();
    assert!(matches!(said, Oops::Refused(_)), "{said}");
    assert!(rows(t).await.values().all(Vec::is_empty), "something was taken in: {said}");
    said.to_string()
}

fn change(folder: &Path, name: &str, how: impl Fn(Vec<u8>) -> Vec<u8>) {
    let path = folder.join(name);
    let bytes = how(std::fs::read(&path).unwrap());
    std::fs::write(&path, bytes).unwrap();
}

/// Changes a file, and the manifest so that it agrees.
fn forge(folder: &Path, name: &str, how: impl Fn(&str) -> String) {
    let text = how(&std::fs::read_to_string(folder.join(name)).unwrap());
    std::fs::write(folder.join(name), &text).unwrap();
    manifest(folder, |json| {
        for file in json["files"].as_array_mut().unwrap() {
            if file["path"] == name {
                file["bytes"] = text.len().into();
                file["rows"] = text.lines().count().into();
                file["sha256"] = files::Hash::of(text.as_bytes()).to_string().into();
            }
        }
    });
}

fn manifest(folder: &Path, how: impl Fn(&mut serde_json::Value)) {
    change(folder, "manifest.json", |bytes| {
        let mut json = serde_json::from_slice(&bytes).unwrap();
        how(&mut json);
        serde_json::to_vec(&json).unwrap()
    });
}

async fn given(t: &TestApp) -> (tempfile::TempDir, PathBuf, TestApp) {
    a_council(t).await;
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good");
    out(t, &good, &all_of_it()).await;
    (folder, good, t.beside().await)
}

fn drawing() -> String {
    let name = files::Hash::of(b"a drawing").to_string();
    format!("attachments/{}/{name}", &name[..2])
}

macro_rules! expect {
    ($said:expr, $($words:expr),+) => {{
        let said = $said;
        $(assert!(said.contains($words), "{said}\n    lacks: {}", $words);)+
    }};
}

#[tokio::test]
async fn given_a_file_cut_changed_gone_or_added_then_it_is_named() {
    both(|t| async move {
        let (_folder, good, empty) = given(&t).await;
        let people = "tables/person.jsonl";
        let cut = |to: &Path| change(to, people, |bytes| bytes[..bytes.len() / 2].to_vec());
        expect!(refused(&empty, &good, cut).await, people, "is cut short");
        let bent = |to: &Path| {
            change(to, people, |mut bytes| {
                bytes[40] ^= 1;
                bytes
            });
        };
        expect!(refused(&empty, &good, bent).await, people, "not those that were written");
        let longer = |to: &Path| {
            change(to, people, |mut bytes| {
                bytes.push(b'\n');
                bytes
            });
        };
        expect!(refused(&empty, &good, longer).await, people, "bytes instead of");
        let gone = |to: &Path| std::fs::remove_file(to.join(people)).unwrap();
        expect!(refused(&empty, &good, gone).await, people, "is missing");
        for name in ["notes.txt", "tables/spare.jsonl", "attachments/zz", "attachments/00/spare"] {
            let added = |to: &Path| {
                std::fs::create_dir_all(to.join(name).parent().unwrap()).unwrap();
                std::fs::write(to.join(name), "x").unwrap();
            };
            expect!(refused(&empty, &good, added).await, name, "is no part of this export");
        }
        let gone = |to: &Path| std::fs::remove_file(to.join(drawing())).unwrap();
        expect!(refused(&empty, &good, gone).await, drawing().as_str(), "is missing");
        let bent = |to: &Path| change(to, &drawing(), |_| b"a drawinG".to_vec());
        expect!(refused(&empty, &good, bent).await, drawing().as_str(), "not those that were written");
        // after all that, the good one is still taken in
        everything::import(&empty.app, &good, &mut quiet).await.unwrap();
    })
    .await;
}

#[cfg(unix)]
#[tokio::test]
async fn given_a_link_in_the_place_of_a_file_then_it_is_not_followed() {
    let t = TestApp::sqlite().await;
    let (_folder, good, empty) = given(&t).await;
    let linked = |to: &Path| {
        let place = to.join("tables/person.jsonl");
        std::fs::rename(&place, to.join("../elsewhere.jsonl")).unwrap();
        std::os::unix::fs::symlink(to.join("../elsewhere.jsonl"), place).unwrap();
    };
    expect!(refused(&empty, &good, linked).await, "tables/person.jsonl", "is no ordinary file");
}

#[tokio::test]
async fn given_a_manifest_gone_damaged_or_of_another_form_then_that_is_said() {
    let t = TestApp::sqlite().await;
    let (_folder, good, empty) = given(&t).await;
    let gone = |to: &Path| std::fs::remove_file(to.join("manifest.json")).unwrap();
    expect!(refused(&empty, &good, gone).await, "has no manifest.json");
    let cut = |to: &Path| change(to, "manifest.json", |bytes| bytes[..bytes.len() / 2].to_vec());
    expect!(refused(&empty, &good, cut).await, "manifest.json is damaged", "line");
    let newer = |to: &Path| manifest(to, |json| json["form"] = 2.into());
    expect!(refused(&empty, &good, newer).await, "form 2", "form 1");
    let twice = |to: &Path| {
        manifest(to, |json| {
            let first = json["files"][0].clone();
            json["files"].as_array_mut().unwrap().push(first);
        });
    };
    expect!(refused(&empty, &good, twice).await, "more than once");
    let outside = |to: &Path| manifest(to, |json| json["files"][0]["path"] = "../../etc/passwd".into());
    expect!(refused(&empty, &good, outside).await, "does not name tables/council.jsonl");
    let hides = |to: &Path| {
        manifest(to, |json| {
            let one = serde_json::json!({ "what": "journal", "why": "because" });
            json["left_out"].as_array_mut().unwrap().push(one);
        });
    };
    expect!(refused(&empty, &good, hides).await, "left out");
    let fewer = |to: &Path| manifest(to, |json| json["attachments"] = 1.into());
    expect!(refused(&empty, &good, fewer).await, "attachments.jsonl names 3 attachments");
    let rows = |to: &Path| {
        manifest(to, |json| {
            let files = json["files"].as_array_mut().unwrap();
            for file in files {
                if file["path"] == "tables/person.jsonl" {
                    file["rows"] = 99.into();
                }
            }
        });
    };
    expect!(refused(&empty, &good, rows).await, "tables/person.jsonl has 2 rows; the manifest says 99");
}

#[tokio::test]
async fn given_a_row_that_makes_no_sense_then_its_file_and_line_are_named() {
    both(|t| async move {
        let (_folder, good, empty) = given(&t).await;
        let people = "tables/person.jsonl";
        let second = |text: &str, from: &str, to: &str| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            assert!(lines[1].contains(from), "{}", lines[1]);
            lines[1] = lines[1].replacen(from, to, 1);
            lines.join("\n") + "\n"
        };
        for (from, to, words) in [
            ("\"kind\":\"born\"", "\"kind\":7", "`kind`: words was expected"),
            ("\"birth_year\":2017", "\"birth_year\":\"2017\"", "`birth_year`: a whole number was expected"),
            ("\"birth_year\":2017", "\"birth_year\":2017.5", "a whole number, true, false or null"),
            ("\"birth_year\":2017", "\"born\":2017", "there is no column `born`"),
            ("\"birth_year\":2017,", "", "the column `birth_year` is missing"),
            ("\"birth_year\":2017,", "\"birth_year\":1,\"birth_year\":1,", "stands twice"),
            ("{\"id\":\"", "{\"id\":\"x", "`id`: a key like"),
            ("T10:00:01", "T25:00:01", "`recorded_at`: an instant like"),
            ("{", "", "object"),
        ] {
            let forged = |folder: &Path| forge(folder, people, |text| second(text, from, to));
            expect!(refused(&empty, &good, forged).await, "tables/person.jsonl, line 2: ", words);
        }
        let twice = |folder: &Path| forge(folder, people, |text| format!("{text}{text}"));
        expect!(
            refused(&empty, &good, twice).await,
            "tables/person.jsonl, lines 1 to 4: the database does not take"
        );
        let nobody = |folder: &Path| {
            forge(folder, "tables/person_name.jsonl", |text| {
                let at = text.find("\"person_id\":\"").unwrap() + 13;
                format!("{}00000000{}", &text[..at], &text[at + 8..])
            });
        };
        expect!(
            refused(&empty, &good, nobody).await,
            "tables/person_name.jsonl, line",
            "the database does not take"
        );
        let unattached = |folder: &Path| {
            forge(folder, "tables/attachment.jsonl", |text| {
                text.replacen(
                    &files::Hash::of(b"a drawing").to_string(),
                    &files::Hash::of(b"x").to_string(),
                    1,
                )
            });
        };
        expect!(refused(&empty, &good, unattached).await, "is not in the export");
    })
    .await;
}

#[tokio::test]
async fn given_a_journal_cut_short_in_the_export_then_its_head_tells() {
    let t = TestApp::sqlite().await;
    let (_folder, good, empty) = given(&t).await;
    let cut = |folder: &Path| {
        forge(folder, "tables/journal_seal.jsonl", |text| {
            let lines: Vec<&str> = text.lines().collect();
            lines[..lines.len() - 1].join("\n") + "\n"
        });
    };
    expect!(refused(&empty, &good, cut).await, "the journal's head is not the one");
    // whoever makes the manifest agree as well is found by the proof of the journal
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("all");
    out(&t, &to, &all_of_it()).await;
    forge(&to, "tables/journal.jsonl", |text| text.replacen("\\\"number\\\":5,", "\\\"number\\\":6,", 1));
    everything::import(&empty.app, &to, &mut quiet).await.unwrap();
    let mut conn = empty.app.db.read().await.unwrap();
    let verified = journal::verify(&mut conn, empty.now()).await.unwrap();
    assert_eq!(verified.faults[0].kind, FaultKind::Changed);
}

#[tokio::test]
async fn given_a_council_in_the_database_then_nothing_is_taken_in_beside_it() {
    both(|t| async move {
        let (_folder, good, _empty) = given(&t).await;
        let before = rows(&t).await;
        let said = everything::import(&t.app, &good, &mut quiet).await.unwrap_err();
        assert!(matches!(said, Oops::Refused(_)));
        expect!(said.to_string(), "this database is not empty", "rows in");
        assert!(before == rows(&t).await);
    })
    .await;
}
