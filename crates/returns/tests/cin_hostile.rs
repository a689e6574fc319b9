//! Files changed at random: whatever arrives, the reader and every rule answer or refuse, and nothing falls over.
//!
//! The quick form runs with the other tests. The long form is asked for by name, in a release build:
//! `ALONGSIDE_FUZZ_SECONDS=600 cargo test --release -p returns --test cin_hostile -- --ignored --nocapture`.

#![expect(clippy::unwrap_used, reason = "a test fails where its file does")]

use std::path::Path;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use returns::cin::{Children, Options, validate};

/// Pieces that census files, and attacks on their readers, are made of.
const PIECES: [&[u8]; 44] = [
    b"<",
    b">",
    b"/>",
    b"</",
    b"&",
    b";",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b"<?",
    b"?>",
    b"<!DOCTYPE x [",
    b"&#0;",
    b"&#x110000;",
    b"&lol;",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\0",
    b"\xD8\x00",
    b"<Child>",
    b"</Child>",
    b"<Children>",
    b"<CINdetails>",
    b"</CINdetails>",
    b"<Assessments>",
    b"<ChildProtectionPlans>",
    b"<Reviews>",
    b"<CPPreviewDate>",
    b"<Section47/>",
    b"<Disabilities>",
    b"<ChildIdentifiers>",
    b"<LAchildID>",
    b"<Message>",
    b"</Message>",
    b"<a:Child>",
    b"2026-02-29",
    b"0000-00-00",
    b"9999-12-31",
    b"-1",
    b"true",
    b"1",
    b"<Year>2023</Year>",
    b"encoding='utf-16'",
];

fn seeds() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/seeds/cin");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// One change to a file.
#[derive(Debug, Clone)]
enum Change {
    Byte(usize, u8),
    Cut(usize, usize),
    Twice(usize, usize),
    Put(usize, usize),
    Graft(usize, usize, usize, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = 0..8_000_usize;
    prop_oneof![
        (at.clone(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (at.clone(), 1..400_usize).prop_map(|(at, count)| Change::Cut(at, count)),
        (at.clone(), 1..400_usize).prop_map(|(at, count)| Change::Twice(at, count)),
        (at.clone(), 0..PIECES.len()).prop_map(|(at, piece)| Change::Put(at, piece)),
        (at.clone(), 0..6_usize, at, 1..400_usize)
            .prop_map(|(at, seed, from, count)| Change::Graft(at, seed, from, count)),
    ]
}

fn changed(file: &mut Vec<u8>, change: &Change, seeds: &[Vec<u8>]) {
    let place = |at: usize, bytes: &[u8]| if bytes.is_empty() { 0 } else { at % bytes.len() };
    let some = |bytes: &[u8], at: usize, count: usize| {
        let from = place(at, bytes);
        bytes[from..(from + count).min(bytes.len())].to_vec()
    };
    match *change {
        Change::Byte(at, byte) => {
            let at = place(at, file);
            if let Some(old) = file.get_mut(at) {
                *old = byte;
            }
        }
        Change::Cut(at, count) => {
            let from = place(at, file);
            file.drain(from..(from + count).min(file.len()));
        }
        Change::Twice(at, count) => {
            let piece = some(file, at, count);
            let at = place(at, file);
            file.splice(at..at, piece);
        }
        Change::Put(at, piece) => {
            let at = place(at, file);
            file.splice(at..at, PIECES[piece].iter().copied());
        }
        Change::Graft(at, seed, from, count) => {
            let piece = some(&seeds[seed % seeds.len()], from, count);
            let at = place(at, file);
            file.splice(at..at, piece);
        }
    }
}

/// Reads and judges a file in every way; the answers must agree with one another.
fn survive(file: &[u8]) {
    let counted = Children::open(file).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    for (year, as_published) in [(None, false), (Some(2027), true), (Some(2023), false)] {
        let options = Options { year, as_published };
        match (validate(file, options), &counted) {
            (Ok(report), Ok(children)) => {
                let rows = children.len();
                let places = report.rules.iter().flat_map(|rule| &rule.locations);
                for place in places.filter(|place| place.table == "ChildIdentifiers") {
                    assert!((place.row as usize) < rows);
                }
                assert!(report.to_json().unwrap().starts_with("{\"return\":\"cin-census\""));
            }
            // a file without a year can still be read
            (Err(error), Ok(_)) => assert!(year.is_none(), "{error}"),
            (Err(_), Err(error)) => assert!(error.line >= 1),
            (Ok(_), Err(error)) => assert!(counted.is_ok(), "judged, though it cannot be read: {error}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]
    #[test]
    fn whatever_arrives_is_answered_or_refused(
        seed in 0..6_usize,
        changes in prop::collection::vec(change(), 0..12),
    ) {
        let seeds = seeds();
        let mut file = seeds[seed % seeds.len()].clone();
        for change in &changes {
            changed(&mut file, change, &seeds);
        }
        survive(&file);
    }

    #[test]
    fn bytes_that_are_no_file_at_all_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        survive(&bytes);
    }
}

#[test]
#[ignore = "runs for as long as ALONGSIDE_FUZZ_SECONDS says"]
fn whatever_arrives_for_a_long_time() {
    let seconds =
        std::env::var_os("ALONGSIDE_FUZZ_SECONDS").and_then(|s| s.to_str()?.parse().ok()).unwrap_or(5);
    let until = Instant::now() + Duration::from_secs(seconds);
    let seeds = seeds();
    let mut runner = proptest::test_runner::TestRunner::default();
    let strategy = (0..seeds.len(), prop::collection::vec(change(), 0..16));
    let mut count = 0_u64;
    while Instant::now() < until {
        for _ in 0..500 {
            let (seed, changes) = strategy.new_tree(&mut runner).unwrap().current();
            let mut file = seeds[seed].clone();
            for change in &changes {
                changed(&mut file, change, &seeds);
            }
            survive(&file);
            count += 1;
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("");
    println!("{count} files answered or refused; {peak}");
}
