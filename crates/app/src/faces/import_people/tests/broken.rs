//! Folders broken in every way we could think of: each fault is named with file, line, column and what was
//! expected; all of them at once; and nothing is stored.

use super::*;

/// A file, what it holds, and what must be said of it.
type Broken = (&'static str, &'static str, &'static [&'static str]);

#[rustfmt::skip]
const BROKEN: &[Broken] = &[
    // the file as a whole
    ("people.csv", "", &["people.csv: The file is empty"]),
    ("people.csv", "\n\n", &["people.csv: The file is empty"]),
    ("people.csv", "given_name\nAda\n", &["people.csv, line 1, council_id: This column is needed"]),
    ("people.csv", "council_id,shoe size\nA1,7\n", &["people.csv, line 1, column 2: found “shoe_size”. There is no such column", "council_id, given_name"]),
    ("people.csv", "council_id,given_name,given name\nA1,Ada,Ada\n", &["people.csv, line 1, column 3: found “given_name”. This column is there twice"]),
    ("people.csv", "PK\u{3}\u{4}rest of a workbook", &["people.csv: This is a spreadsheet, not a CSV file"]),
    ("people.csv", "council_id,given_name\nA1,A\0da\n", &["people.csv: The file holds bytes that no text holds"]),
    ("people.csv", "<html><body>Sign in</body></html>", &["people.csv, line 1, council_id: This column is needed"]),
    ("person.csv", "council_id\nA1\n", &["person.csv: There is no such file in a folder of people. It may hold workers.csv, people.csv"]),
    ("people.xlsx", "anything", &["people.xlsx: There is no such file"]),
    ("notes.md", "nothing of ours", &["the folder: None of the files of a folder of people is here"]),
    // rows
    ("people.csv", "council_id,given_name\nA1,Ada,extra\n", &["people.csv, line 2, column 3: found “extra”. Nothing is expected here"]),
    ("people.csv", "council_id,given_name\n,Ada\n", &["people.csv, line 2, council_id: This is needed"]),
    ("people.csv", "council_id,given_name\nA1,\"Ada\nA2,Ben\nA3,Cora\n", &["people.csv, line 2, given_name", "Is a quotation mark not closed?", "A quotation mark is never closed"]),
    ("people.csv", "council_id,given_name\nA1,#REF!\nA2,#####\n", &["line 2, given_name: found “#REF!”. The spreadsheet failed", "line 3, given_name: found “#####”"]),
    ("people.csv", "council_id,given_name\nA1,A\u{7}da\n", &["people.csv, line 2, given_name", "control character"]),
    ("people.csv", "council_id,given_name\nA1,Ada\nA1,Ben\na1,Cora\n", &["line 3, council_id: found “A1”. This number stands on line 2 already", "line 4, council_id: found “a1”"]),
    // cells
    ("people.csv", "council_id\nA-1\n", &["people.csv, line 2, council_id: found “A-1”. A council id cannot have"]),
    ("people.csv", "council_id\nA23456789012345678901\n", &["A council id has at most 20 characters"]),
    ("people.csv", "council_id\n9.01E+09\n", &["The spreadsheet has shortened this number"]),
    ("people.csv", "council_id,given_name\nA1,42\n", &["line 2, given_name: found “42”. A name has at least one letter"]),
    ("people.csv", "council_id,birth_date\nA1,31/02/2014\nA2,03/14/2014\nA3,1/2/14\nA4,41707\nA5,2031-01-01\nA6,1851-01-01\n", &["line 2, birth_date: found “31/02/2014”", "no such day", "line 3", "month came first", "line 4", "four digits", "line 5", "count of days", "line 6", "up to today", "line 7", "Is the year right"]),
    ("people.csv", "council_id,birth_date,birth_basis\nA1,,estimated\nA2,2014-01-01,guess\nA3,2029-01-01,expected\n", &["line 2, birth_date: A day is expected, because", "line 3, birth_basis: found “guess”. One of these is expected: exact, estimated, expected, disputed", "line 4, birth_date", "ten months"]),
    ("people.csv", "council_id,upn,nhs_number,phone,email\nA1,12,34,56,nowhere\n", &["line 2, upn", "line 2, nhs_number", "line 2, phone", "line 2, email: found “nowhere”. An email address looks like"]),
    ("people.csv", "council_id,access\nA1,secret\nA2,sealed\n", &["line 2, access: found “secret”. One of these is expected: findable, restricted", "line 3, access: found “sealed”. Sealed records"]),
    ("people.csv", "council_id,died\nA1,2030-01-01\n", &["line 2, died: found “2030-01-01”. A day up to today is expected"]),
    // the other tables
    ("names.csv", "council_id,kind,given_name\nA9,legal,Ada\nA1,stage,Ada\nA1,alias,\n", &["line 2, council_id: found “A9”. Nobody has this number", "line 3, kind: found “stage”", "line 4, given_name: A name is expected"]),
    ("names.csv", "council_id,kind,given_name,from,to\nA1,alias,Ada,2020-01-02,2020-01-01\nA1,alias,Ada,,\n", &["line 2, to: found “2020-01-01”. The last day is before the first", "line 3, the row: This name stands on line 2 already"]),
    ("relationships.csv", "council_id,other_council_id,other_is,parental_responsibility\nA1,A1,parent,yes\nA1,A9,parent,perhaps\nA1,A2,boss,\n", &["line 2, other_council_id: found “A1”. Somebody else is expected", "line 3, other_council_id: found “A9”. Nobody has this number", "line 3, parental_responsibility: found “perhaps”. yes or no", "line 4, other_is: found “boss”. One of these is expected: great-grandparent"]),
    ("relationships.csv", "council_id,other_council_id,other_is\nA1,A2,sibling\nA1,A2,brother\n", &["line 3, the row: This relationship stands on line 2 already"]),
    ("addresses.csv", "council_id,use,line_1,postcode,confidential\nA1,castle,1 High Street,,\nA1,home,,,\nA1,home,1 High Street,NOWHERE,maybe\n", &["line 2, use: found “castle”", "line 3, line_1: An address is expected", "line 4, postcode: found “NOWHERE”. This is not a UK postcode", "line 4, confidential: found “maybe”"]),
    ("workers.csv", "code,name,role,team,from\nnadia farrow,Nadia,social worker,north,\nkit,Kit,boss,north,\nimani,Imani,team manager,south,\n", &["line 2, code: found “nadia farrow”. 1 to 40 letters", "line 3, role: found “boss”. One of these is expected: social-worker", "line 4, team: found “south”. There is no team of this code. One of these is expected: north"]),
    ("workers.csv", "code,name,role,team,from\nzed,Zed,social worker,north,2025-01-01\nzed,Zoe,family support worker,north,2025-01-01\n", &["line 3, name: found “Zoe”. Line 2 calls this worker Zed"]),
    ("episodes.csv", "council_id,kind,from,to\nA1,trouble,2026-01-01,\nA1,child in need,,\nA1,child in need,2030-01-01,\n", &["line 2, kind: found “trouble”", "line 3, from: This is needed", "line 4, from: found “2030-01-01”. A day up to today"]),
    ("episodes.csv", "council_id,kind,from,to\nA1,CIN,2026-01-01,2026-05-01\nA1,child in need,2026-04-01,\n", &["line 3, from: This overlaps with line 2"]),
    ("episodes.csv", "council_id,kind,from,last_seen,to,team\nA1,adult,2026-01-01,2026-06-01,2026-05-01,west\n", &["line 2, last_seen", "line 2, team: found “west”. There is no team of this code"]),
    ("allocations.csv", "council_id,worker,part,from,to\nA1,nobody,responsible,2026-01-01,\nA1,nadia.farrow,helper,2026-01-01,\n", &["line 2, worker: found “nobody”. No worker has this code", "line 3, part: found “helper”. One of these is expected: responsible, helping, reviewing"]),
    ("allocations.csv", "council_id,worker,part,from,to\nA1,nadia.farrow,responsible,2026-01-01,\nA1,kit.lund,responsible,2026-02-01,\n", &["line 3, from: Line 2 makes another worker responsible at the same time"]),
    // what only the record knows
    ("people.csv", "council_id,given_name\n0A1,Ada\n", &["line 2, council_id: found “0A1”. The record has A1. Has the spreadsheet dropped noughts?"]),
    ("people.csv", "council_id,given_name\na1,Ada\n", &["line 2, council_id: found “a1”. The record has this number as A1"]),
    ("names.csv", "council_id,kind,given_name\n00A1,alias,Ada\n", &["Is A1 meant? Spreadsheets drop noughts"]),
];

#[tokio::test]
async fn every_fault_is_named_and_nothing_is_stored() {
    both(|t| async move {
        bring(&t, &folder(&[("workers.csv", WORKERS), ("people.csv", PEOPLE)])).await;
        t.team("Quay", None).await;
        let before = number(&t, "SELECT CAST(count(*) AS bigint) FROM journal").await;
        for (file, words, wanted) in BROKEN {
            let told = problems(&t, &folder(&[(file, words)]), None).await.to_string();
            for wanted in *wanted {
                assert!(told.contains(wanted), "{file} {words:?}\n  wanted: {wanted}\n  told: {told}");
            }
        }
        assert_eq!(number(&t, "SELECT CAST(count(*) AS bigint) FROM journal").await, before);
        assert_eq!(number(&t, "SELECT CAST(count(*) AS bigint) FROM person").await, 3);
    })
    .await;
}

#[tokio::test]
async fn what_an_action_refuses_is_named_with_its_row_and_nothing_is_stored() {
    both(|t| async move {
        bring(&t, &folder(&[("workers.csv", WORKERS), ("people.csv", PEOPLE)])).await;
        let files = folder(&[
            ("people.csv", "council_id,given_name\nA7,Dot\n"),
            ("episodes.csv", "council_id,kind,from,last_seen\nA1,child protection,2026-01-01,2026-11-01\nA2,CIN,2026-01-01,\n"),
            ("allocations.csv", "council_id,worker,part,from\nA1,kit.lund,responsible,2026-01-01\nA2,kit.lund,responsible,2026-01-01\n"),
        ]);
        let told = problems(&t, &files, None).await;
        assert_eq!(told.problems.len(), 1, "{told}");
        let words = told.to_string();
        assert!(words.contains("allocations.csv, line 2: Child protection needs a registered social worker"), "{words}");
        assert!(person(&t, "A7").await.is_none(), "nothing was stored");
        assert_eq!(number(&t, "SELECT CAST(count(*) AS bigint) FROM episode").await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_enormous_file_cell_or_zip_is_refused() {
    let t = TestApp::sqlite().await;
    let cell = format!("council_id,given_name\nA1,{}\n", "x".repeat(20_000));
    let told = problems(&t, &folder(&[("people.csv", &cell)]), None).await.to_string();
    assert!(told.contains("line 2, given_name") && told.contains("at most 10,000 letters"), "{told}");
    let large = format!("council_id\n{}", "A1\n".repeat(11_500_000));
    let told = problems(&t, &folder(&[("people.csv", &large)]), None).await.to_string();
    assert!(told.contains("larger than 32 MB"), "{told}");
    let many = format!("council_id,given_name\n{}", "A1,42\n".repeat(3_000));
    let told = problems(&t, &folder(&[("people.csv", &many)]), None).await;
    assert!(told.more > 0 && told.problems.len() == 2_000, "{}", told.more);
    let random: Vec<u8> = (0_u32..50_000).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
    let files = Folder { name: "folder".to_owned(), files: vec![("people.csv".to_owned(), random)] };
    assert!(!problems(&t, &files, None).await.is_empty());
}

#[tokio::test]
async fn a_zip_is_unpacked_and_a_swelling_or_damaged_one_refused() {
    use app::faces::import_people::from_uploads;
    use std::io::Write;
    let zipped = |name: &str, words: &[u8]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(words).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let good = zipped("export/people.csv", PEOPLE.as_bytes());
    let folder = from_uploads(vec![("people.zip".to_owned(), good.clone())]).expect("a folder");
    assert_eq!(folder.files[0].0, "people.csv");
    let bomb = zipped("people.csv", &vec![b'a'; 40 * 1024 * 1024]);
    assert!(bomb.len() < 1_000_000);
    let told = from_uploads(vec![("bomb.zip".to_owned(), bomb)]).expect_err("a bomb").to_string();
    assert!(told.contains("larger than 32 MB"), "{told}");
    let told =
        from_uploads(vec![("cut.zip".to_owned(), good[..60].to_vec())]).expect_err("cut short").to_string();
    assert!(told.contains("cut.zip: The zip could not be opened"), "{told}");
}
