//! `alongside validate` and `alongside postcodes` as a data officer calls them: what is printed and written, and the
//! exit codes 0 (nothing found), 1 (something found), 2 (misuse) and 3 (cannot be read).
#![expect(clippy::unwrap_used, clippy::tests_outside_test_module, reason = "this whole program is tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

const CENSUS: &str = "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>\
<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children>\n\
<Child><ChildIdentifiers><LAchildID>C1</LAchildID><UPN>A201000000001</UPN><PersonBirthDate>2014-03-09</PersonBirthDate><Sex>M</Sex></ChildIdentifiers>\
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics></Child>\n</Children></Message>\n";
const HEADER: &str = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\r\nK1,Q,09/03/2014,WBRI,UN1,,\r\n";
const EPISODES: &str = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\r\n\
k1,01/05/2025,S,C2,N1,U1,PR1,,,,ZZ1 1AA,ZZ1 2AA,SC1\r\n";
const POSTCODES: &str = "in,ZZ1 1AA,400000,280000,E08000025\nin,ZZ1 2AA,460000,280000,E07000008\n";

/// What came out: standard output, standard error, exit code.
struct Said {
    out: String,
    err: String,
    code: i32,
}

fn say(folder: &Path, line: &str) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_alongside"))
        .args(line.split(' '))
        .current_dir(folder)
        .output()
        .unwrap();
    Said {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap(),
    }
}

fn place() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("census.xml", CENSUS);
    write("this/header.csv", HEADER);
    write("this/episodes.csv", EPISODES);
    write("last/episodes.csv", &EPISODES.replace("01/05/2025", "01/05/2024"));
    write("postcodes.csv", POSTCODES);
    write(
        "providers.csv",
        "urn,placement code,placement provider code,deregistration date,setting address postcode\nSC1,\"U1\",\"PR1\",,ZZ1 2AA\n",
    );
    write("notes.csv", "code,child,note\n2887Q,,Small council\n9999Q,C1,Of another year\n");
    write("empty/read-me.md", "nothing");
    write("cut.xml", &CENSUS[..300]);
    write("nothing.xml", "");
    write("noyear.xml", "<Message><Header/><Children/></Message>");
    write(
        "care.xml",
        "<SSDA903><CHILD><HEADER><CHILDID>K1</CHILDID><SEX>Q</SEX><DOB>09/03/2014</DOB><ETHNIC>WBRI</ETHNIC><UPN>UN1</UPN><UASC>0</UASC></HEADER>\
         <EPISODE><DECOM>01/05/2025</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U1</PL></EPISODE></CHILD></SSDA903>",
    );
    folder
}

fn rule(json: &str, code: &str) -> serde_json::Value {
    let report: serde_json::Value = serde_json::from_str(json).unwrap();
    report["rules"].as_array().unwrap().iter().find(|rule| rule["code"] == code).unwrap().clone()
}

#[test]
fn a_census_is_told_in_every_form() {
    let folder = place();
    let text = say(
        folder.path(),
        "validate cin-census census.xml --notes notes.csv --html f.html --xlsx f.xlsx --notes-out out.csv",
    );
    assert_eq!(text.code, 1, "{}", text.err);
    assert!(text.out.starts_with("Children in need census 2025-26: census.xml\n"), "{}", text.out);
    assert!(text.out.contains("  - C1: ChildIdentifiers line 2: UPN A201000000001\n"), "{}", text.out);
    assert!(text.out.contains("note: Small council"), "{}", text.out);
    assert!(text.out.lines().all(|line| line.chars().count() < 80), "{}", text.out);
    assert!(fs::read_to_string(folder.path().join("f.html")).unwrap().starts_with("<!DOCTYPE html>"));
    assert!(fs::read(folder.path().join("f.xlsx")).unwrap().starts_with(b"PK"));
    let notes = fs::read_to_string(folder.path().join("out.csv")).unwrap();
    assert!(notes.contains("2887Q,,Small council,explained,"), "{notes}");
    assert!(notes.contains("9999Q,C1,Of another year,not asked now,"), "no note is lost: {notes}");
    let json = say(folder.path(), "validate cin-census census.xml --json");
    assert_eq!(json.code, 1);
    assert!(json.out.starts_with("{\"return\":\"cin-census\",\"year\":2026,\"rules\":["), "{}", json.out);
    let found = rule(&json.out, "1510");
    let expected = serde_json::json!({
        "code": "1510", "kind": "error", "state": "found", "reason": null, "return_level": false,
        "locations": [{ "table": "ChildIdentifiers", "field": "UPN", "row": 0, "child": "C1" }],
    });
    assert_eq!(found, expected);
    assert_eq!(rule(&json.out, "2887Q")["locations"], serde_json::json!([]));
    assert_eq!(rule(&json.out, "2887Q")["return_level"], true);
}

#[test]
fn what_is_new_mended_and_still_there_is_told() {
    let folder = place();
    fs::write(
        folder.path().join("earlier.json"),
        say(folder.path(), "validate cin-census census.xml --json").out,
    )
    .unwrap();
    let same = say(folder.path(), "validate cin-census census.xml --compare earlier.json");
    assert_eq!(same.code, 1);
    assert!(same.out.contains("Since the earlier check: 0 new, 0 mended, "), "{}", same.out);
    fs::write(
        folder.path().join("census.xml"),
        CENSUS.replace("A201000000001", "Y201000000001").replace(">M<", ">Q<"),
    )
    .unwrap();
    let later = say(folder.path(), "validate cin-census census.xml --compare earlier.json");
    assert!(later.out.contains("Since the earlier check: 1 new, 1 mended, "), "{}", later.out);
    assert!(later.out.contains("C1: ChildIdentifiers line 2: Sex Q [new]"), "{}", later.out);
    assert!(later.out.contains("1510     child C1, ChildIdentifiers UPN: mended"), "{}", later.out);
    let other = say(folder.path(), "validate ssda903 this --year 2026 --compare earlier.json");
    assert_eq!(other.code, 3);
    assert!(other.err.contains("the earlier check is of cin-census"), "{}", other.err);
    let broken = say(folder.path(), "validate cin-census census.xml --compare census.xml");
    assert_eq!((broken.code, broken.out.as_str()), (3, ""));
    assert!(broken.err.contains("the earlier check cannot be read"), "{}", broken.err);
}

#[test]
fn a_looked_after_return_is_judged_by_what_is_given() {
    let folder = place();
    let bare = say(folder.path(), "validate ssda903 this --year 2026 --json");
    assert_eq!(bare.code, 1, "{}", bare.err);
    let sex = rule(&bare.out, "101");
    assert_eq!((&sex["kind"], &sex["state"]), (&serde_json::Value::Null, &"found".into()));
    assert_eq!(
        sex["locations"],
        serde_json::json!([{ "table": "Header", "field": "SEX", "row": 0, "child": "K1" }])
    );
    for why in ["no file of postcodes was given", "no file of providers was given", "of last year is missing"]
    {
        assert!(bare.out.contains(why), "{why}: {}", bare.out);
    }
    let nowhere = say(folder.path(), "validate ssda903 this --year 2026 --postcodes postcodes.csv --json");
    assert!(nowhere.out.contains("the authority that submits was not given"), "{}", nowhere.out);
    let count = |said: &Said| said.out.matches("\"state\":\"not_judged\"").count();
    let whole = "validate ssda903 this --year 2026 --last last --providers providers.csv --postcodes postcodes.csv --la E08000025 --json";
    let whole_said = say(folder.path(), whole);
    assert!(count(&whole_said) < count(&bare), "{} {}", count(&whole_said), count(&bare));
    let made = say(folder.path(), "postcodes postcodes.csv --to made.index");
    assert_eq!(made.code, 0, "{}", made.err);
    let indexed = say(folder.path(), &whole.replace("postcodes.csv", "made.index"));
    assert_eq!(indexed.out, whole_said.out, "the index answers as the list does");
    let text = say(folder.path(), "validate ssda903 this --year 2026");
    assert!(
        text.out.contains("  - K1: Header line 2: SEX Q\n"),
        "the line as an editor counts: {}",
        text.out
    );
    assert!(text.out.contains("no file of postcodes was given"), "{}", text.out);
    let published = say(folder.path(), "validate ssda903 this --year 2026 --as-published --json");
    assert_eq!(published.code, 1);
    let xml = say(folder.path(), "validate ssda903 care.xml --year 2026 --json");
    assert_eq!(xml.code, 1, "{}", xml.err);
    assert_eq!(rule(&xml.out, "101")["locations"], sex["locations"]);
    assert_eq!(rule(&xml.out, "105")["state"], "passed", "the XML form carries the mark");
}

#[test]
fn misuse_is_exit_2_and_says_what_to_give() {
    let folder = place();
    for (line, why) in [
        ("validate ssda903 this", "give --year"),
        ("validate ssda903 care.xml", "give --year"),
        ("validate ssda903 this --year 1066", "the rules of 1066 are not held"),
        ("validate ssda903 this --year 2026 --la Leeds", "Leeds is not an ONS code"),
        ("validate cin-census noyear.xml", "names no year"),
        ("validate cin-census census.xml --year 2031", "the rules of 2031 are not held"),
        ("validate cin-census census.xml --year soon", "invalid value"),
        ("validate cin-census this", "is a folder"),
        ("validate cin-census", "required"),
        ("validate annex-a census.xml", "unrecognized subcommand"),
    ] {
        let said = say(folder.path(), line);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{line}: {}", said.err);
        assert!(said.err.contains(why), "{line}: {}", said.err);
    }
}

#[test]
fn what_cannot_be_read_is_exit_3_and_is_named() {
    let folder = place();
    for (line, why) in [
        ("validate cin-census gone.xml", "gone.xml could not be read"),
        ("validate cin-census nothing.xml", "nothing.xml, line 1: the file is empty"),
        ("validate cin-census cut.xml", "cut.xml, line 2"),
        ("validate cin-census this/header.csv", "this is not a CIN census"),
        ("validate cin-census census.xml --notes census.xml", "no column \"code\""),
        ("validate cin-census census.xml --notes gone.csv", "gone.csv could not be read"),
        ("validate ssda903 gone --year 2026", "gone could not be opened"),
        ("validate ssda903 empty --year 2026", "empty holds no CSV or XML file"),
        ("validate ssda903 this --year 2026 --providers gone.csv", "gone.csv could not be read"),
        ("postcodes gone.csv", "gone.csv could not be read"),
        ("postcodes census.xml", "no columns of postcodes"),
        ("postcodes nothing.xml", "is empty"),
    ] {
        let said = say(folder.path(), line);
        assert_eq!((said.code, said.out.as_str()), (3, ""), "{line}: {}", said.err);
        assert!(said.err.contains(why), "{line}: {}", said.err);
    }
    let cut = say(folder.path(), "validate cin-census cut.xml --year 2026 --json");
    assert_eq!(cut.code, 3);
    assert_eq!(cut.out.matches("\"state\":\"not_judged\"").count(), 109, "every rule answers");
    assert!(
        !folder.path().join("postcodes.index").exists(),
        "nothing is written for a file that is not read"
    );
}

#[test]
fn not_judged_alone_is_exit_0() {
    let folder = place();
    // a table that holds nobody: what can be judged passes, the rest says why not
    fs::write(folder.path().join("this/header.csv"), "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n").unwrap();
    fs::remove_file(folder.path().join("this/episodes.csv")).unwrap();
    let said = say(folder.path(), "validate ssda903 this --year 2026 --json");
    assert_eq!(said.code, 0, "{}", said.out);
    assert!(said.out.contains("\"state\":\"not_judged\""));
    let wrong = say(folder.path(), "validate ssda903 census.xml --year 2026 --json");
    assert_eq!(wrong.code, 0);
    assert_eq!(wrong.out.matches("\"state\":\"not_judged\"").count(), 312);
    assert!(wrong.out.contains("this is a children in need census"), "{}", wrong.out);
    let words = say(folder.path(), "validate ssda903 census.xml --year 2026");
    assert!(words.out.contains("No rule could be judged"), "{}", words.out);
}
