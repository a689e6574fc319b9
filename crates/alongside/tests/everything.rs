//! `alongside export all` and `alongside import all` as an operator calls them: what they print, how they end, and
//! what the council is like that comes of it.
#![expect(clippy::unwrap_used, clippy::tests_outside_test_module, reason = "this whole program is tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

const PEOPLE: &str = "council_id,given_name,family_name,birth_date\n\
EX0001,Josie,Wren,2014-03-09\nEX0002,Rowan,Wren,2012-11-21\n";

/// What came out: standard output, standard error, how it ended.
fn say(folder: &Path, line: &str) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alongside"));
    let output = command.args(line.split(' ')).current_dir(folder).output().unwrap();
    let words = |bytes| String::from_utf8(bytes).unwrap();
    (words(output.stdout), words(output.stderr), output.status.code())
}

fn must(folder: &Path, line: &str) -> String {
    let (out, err, code) = say(folder, line);
    assert_eq!(code, Some(0), "{line}: {out}{err}");
    out
}

/// A council with a worker and two people.
fn place() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    must(here, "--data council migrate");
    must(here, "--data council team add north --name North");
    must(here, "--data council worker add ad.min --name Ada --role system-administrator --team north");
    fs::create_dir(here.join("people")).unwrap();
    fs::write(here.join("people/people.csv"), PEOPLE).unwrap();
    must(here, "--data council import people people --team north");
    folder
}

#[test]
fn given_a_council_when_everything_is_taken_out_and_in_then_it_is_the_same_council() {
    let folder = place();
    let here = folder.path();
    let said = must(here, "--data council export all out --reason moving");
    assert!(said.contains("index.html") && said.contains("--with-sign-in takes it along"), "{said}");
    let page = fs::read_to_string(here.join("out/index.html")).unwrap();
    assert!(page.contains("What lies here") && page.contains("id=\"person_name\""));
    let said = must(here, "--data other import all out");
    assert!(said.contains("alongside worker reset"), "{said}");
    let proved = must(here, "--data other journal verify --facts");
    assert!(proved.contains("facts are as the journal left them"), "{proved}");
    let manifest: serde_json::Value =
        serde_json::from_str(&must(here, "--data other export all again --json")).unwrap();
    assert_eq!(manifest["council"], "Our council");
    for table in ["person", "person_name", "entry", "team", "worker"] {
        let file = format!("tables/{table}.jsonl");
        assert_eq!(
            fs::read(here.join("out").join(&file)).unwrap(),
            fs::read(here.join("again").join(&file)).unwrap()
        );
    }
    // nobody could sign in there yet
    assert!(must(here, "--data other worker reset ad.min").contains("/invitation/"));
}

#[test]
fn given_what_cannot_be_then_it_is_refused_with_one_and_fails_with_three() {
    let folder = place();
    let here = folder.path();
    must(here, "--data council export all out");
    let (_, err, code) = say(here, "--data council export all out");
    assert_eq!(code, Some(1));
    assert!(err.contains("out is not empty"), "{err}");
    let (_, err, code) = say(here, "--data council import all out");
    assert_eq!(code, Some(1));
    assert!(err.contains("this database is not empty") && err.contains("Nothing was stored"), "{err}");
    fs::write(here.join("out/tables/person.jsonl"), "").unwrap();
    let (out, _, code) = say(here, "--data other import all out --json");
    assert_eq!(code, Some(1));
    let refused: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(refused["refused"].as_str().unwrap().contains("tables/person.jsonl"), "{out}");
    let (_, err, code) = say(here, "--data nowhere export all elsewhere");
    assert_eq!(code, Some(3));
    assert!(err.contains("there is no database"), "{err}");
    assert!(!here.join("elsewhere").exists());
}

#[test]
fn given_a_fact_changed_in_the_database_then_the_proof_ends_with_one_and_names_it() {
    let folder = place();
    let here = folder.path();
    must(here, "--data council export all out");
    let path = here.join("out/tables/person_name.jsonl");
    let forged = fs::read_to_string(&path).unwrap().replacen("\"Rowan\"", "\"Robin\"", 1);
    fs::write(&path, &forged).unwrap();
    let manifest = here.join("out/manifest.json");
    let mut json: serde_json::Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    for file in json["files"].as_array_mut().unwrap() {
        if file["path"] == "tables/person_name.jsonl" {
            file["sha256"] = files::Hash::of(forged.as_bytes()).to_string().into();
        }
    }
    fs::write(&manifest, serde_json::to_vec(&json).unwrap()).unwrap();
    must(here, "--data other import all out");
    must(here, "--data other journal verify");
    let (out, _, code) = say(here, "--data other journal verify --facts");
    assert_eq!(code, Some(1));
    assert!(out.contains("of person_name was changed"), "{out}");
}
