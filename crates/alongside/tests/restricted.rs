//! `alongside restricted` as the restricted-records officer's operator calls it: what it prints, whom it refuses,
//! and what the journal then says.
#![expect(clippy::unwrap_used, clippy::tests_outside_test_module, reason = "this whole program is tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

const PEOPLE: &str = "council_id,given_name,family_name,birth_date\n\
EX0001,Josie,Wren,2014-03-09\nEX0002,Rowan,Wren,2012-11-21\n";

/// What came out: standard output, standard error, whether it was done.
struct Said {
    out: String,
    err: String,
    done: bool,
}

fn say(folder: &Path, arguments: &[&str]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_alongside"))
        .args(["--data", "council"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    Said {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        done: output.status.success(),
    }
}

fn must(folder: &Path, line: &str) -> String {
    let said = say(folder, &line.split(' ').collect::<Vec<_>>());
    assert!(said.done, "{line}: {}{}", said.out, said.err);
    said.out
}

fn refused(folder: &Path, arguments: &[&str], words: &str) {
    let said = say(folder, arguments);
    assert!(!said.done && said.err.contains(words), "{arguments:?}: {}{}", said.out, said.err);
}

/// A council with an officer, a manager and two people.
fn place() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    must(here, "migrate");
    must(here, "team add north --name North");
    must(here, "worker add ro.vale --name Ro --role restricted-records-officer --team north");
    must(here, "worker add mo.field --name Mo --role team-manager --team north");
    fs::create_dir(here.join("people")).unwrap();
    fs::write(here.join("people/people.csv"), PEOPLE).unwrap();
    must(here, "import people people --team north");
    folder
}

#[test]
fn given_an_officer_when_a_record_is_added_and_removed_then_the_list_and_the_journal_say_so() {
    let folder = place();
    let here = folder.path();
    let by = ["restricted", "--by", "ro.vale"];
    let with = |more: &[&'static str]| [by.as_slice(), more].concat();
    assert_eq!(say(here, &with(&["list"])).out.trim(), "No restricted records.");
    let add = ["add", "ex 0001", "--reason", "Moved after threats", "--review", "2099-03-01"];
    let named = with(&[add.as_slice(), &["--named", "mo.field"]].concat());
    let said = say(here, &named);
    assert!(said.done && said.out.contains("restricted"), "{}{}", said.out, said.err);
    let list = say(here, &with(&["list"])).out;
    assert_eq!(list.trim(), "EX0001\tJosie\t1 named\tlook again on 2099-03-01\tMoved after threats");
    let json = say(here, &with(&["list", "--json"])).out;
    assert!(json.contains("\"council_id\":\"EX0001\"") && json.contains("\"named\":1"), "{json}");
    refused(here, &named, "restricted already");
    let remove = with(&["remove", "EX0001", "--reason", "The order was lifted"]);
    assert!(say(here, &remove).done);
    refused(here, &remove, "is not restricted");
    assert_eq!(say(here, &with(&["list"])).out.trim(), "No restricted records.");
    let verified = must(here, "journal verify");
    assert!(!verified.is_empty());
}

#[test]
fn given_anyone_else_or_something_left_out_then_nothing_is_done_and_it_is_said_why() {
    let folder = place();
    let here = folder.path();
    let add = |by: &'static str, number: &'static str, reason: &'static str, review: &'static str| {
        ["restricted", "--by", by, "add", number, "--reason", reason, "--review", review]
    };
    refused(here, &["restricted", "list"], "say on whose behalf");
    refused(here, &["restricted", "--by", "nobody", "list"], "nobody who works here has the code nobody");
    let only = "Only the restricted-records officer";
    refused(here, &["restricted", "--by", "mo.field", "list"], only);
    refused(here, &add("mo.field", "EX0001", "Threats", "2099-03-01"), only);
    refused(here, &add("ro.vale", "EX0009", "Threats", "2099-03-01"), "no one person has the number EX0009");
    refused(here, &add("ro.vale", "EX0001", " ", "2099-03-01"), "--reason: Say why");
    refused(
        here,
        &add("ro.vale", "EX0001", "Threats", "2020-03-01"),
        "--review: The day to look at it again",
    );
    let named = [add("ro.vale", "EX0001", "Threats", "2099-03-01").as_slice(), &["--named", "who"]].concat();
    refused(here, &named, "--named: there is no worker who");
    let list = say(here, &["restricted", "--by", "ro.vale", "list"]);
    assert_eq!(list.out.trim(), "No restricted records.");
    let alone = say(here, &add("ro.vale", "EX0002", "Threats", "2099-03-01"));
    assert!(alone.done && alone.err.contains("Nobody is named"), "{}{}", alone.out, alone.err);
}

#[cfg(unix)]
#[test]
fn given_a_council_when_it_is_made_and_backed_up_then_no_other_account_of_the_machine_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = place();
    let here = folder.path();
    must(here, "backup council.alongside");
    let mode = |name: &str| fs::metadata(here.join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("council"), 0o700);
    assert_eq!(mode("council/alongside.db"), 0o600);
    assert_eq!(mode("council.alongside"), 0o600);
    let heads = fs::read_dir(here.join("council/journal-heads")).unwrap();
    assert_eq!(
        heads.map(|head| head.unwrap().metadata().unwrap().permissions().mode() & 0o077).sum::<u32>(),
        0
    );
}
