//! Checking a return on the page: sent, judged, read, filtered, explained, compared, taken along, forgotten.

use axum::http::StatusCode;
use jiff::SignedDuration;
use practice::role::Role;
use testkit::{Answered, Browser, TestApp, both};

/// Two children: one whose pupil number has a wrong check letter, one who breaks nothing of that kind.
const CENSUS: &str = "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>\
<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children>\
<Child><ChildIdentifiers><LAchildID>C1</LAchildID><UPN>A201000000001</UPN><PersonBirthDate>2014-03-09</PersonBirthDate><Sex>M</Sex></ChildIdentifiers>\
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics></Child>\
<Child><ChildIdentifiers><LAchildID>C2</LAchildID><UPN>Y201000000001</UPN><PersonBirthDate>2015-03-09</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>\
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics></Child></Children></Message>";
const MENDED: &str = "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>\
<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children>\
<Child><ChildIdentifiers><LAchildID>C1</LAchildID><UPN>Y201000000001</UPN><PersonBirthDate>2014-03-09</PersonBirthDate><Sex>M</Sex></ChildIdentifiers>\
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics></Child></Children></Message>";
const HEADER: &[u8] =
    b"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nK1,Q,09/03/2014,WBRI,UN1,,\nK2,F,09/03/2015,WBRI,UN1,,\n";
const EPISODES: &[u8] =
    b"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n\
K1,01/05/2025,S,C2,N1,U1,PR1,,,,ZZ1 1AA,ZZ1 2AA,SC1\n";

async fn officer(t: &TestApp, name: &str) -> Browser {
    let team = t.team(&format!("Team of {name}"), None).await;
    let worker = t.worker(name, Role::DataOfficer, team).await;
    let mut browser = t.signed_in(&worker).await;
    let page = browser.get("/checking").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    browser
}

/// Sends files and waits for the findings; gives their address and page.
async fn checked(
    browser: &mut Browser,
    fields: &[(&str, &str)],
    files: &[(&str, &str, &[u8])],
) -> (String, Answered) {
    let sent = browser.post_files("/checking", fields, files).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.words());
    let at = sent.location.expect("the check");
    for _ in 0..20 {
        let page = browser.get(&at).await;
        if !page.text.contains("data-watch") {
            return (at, page);
        }
        assert!(page.text.contains("http-equiv=\"refresh\""), "it asks again without scripts");
    }
    panic!("the check does not end");
}

async fn census(browser: &mut Browser) -> (String, Answered) {
    checked(browser, &[("kind", "cin-census")], &[("files", "census.xml", CENSUS.as_bytes())]).await
}

#[tokio::test]
async fn a_census_is_judged_and_read_by_rule_by_child_and_place_by_place() {
    both(|t| async move {
        let mut browser = officer(&t, "Sol Marsh").await;
        let (at, page) = census(&mut browser).await;
        let words = page.words();
        assert!(words.contains("Children in need census 2025-26: census.xml"), "{words}");
        assert!(words.contains("1510 The pupil number's first letter"), "{words}");
        assert!(words.contains("109 rules"), "{words}");
        let rule = browser.get(&format!("{at}?code=1510")).await.words();
        assert!(rule.contains("What would do: Check the pupil number"), "{rule}");
        assert!(rule.contains("C1 A201000000001 line 1, ChildIdentifiers UPN"), "{rule}");
        assert!(!rule.contains("Y201000000001"), "the other child is not in it: {rule}");
        let children = browser.get(&format!("{at}?by=child&what=errors")).await.words();
        assert!(children.contains("C1 ") && children.contains("1510"), "{children}");
        let child = browser.get(&format!("{at}?child=c2")).await.words();
        assert!(child.contains("Child c2") && !child.contains("A201000000001"), "{child}");
        let passed = browser.get(&format!("{at}?what=passed")).await.words();
        assert!(passed.contains("Rules that passed") && passed.contains("1530"), "{passed}");
        let none = browser.get(&format!("{at}?code=nonsense")).await.words();
        assert!(none.contains("Nothing like this was found"), "{none}");
        let list = browser.get("/checking").await.words();
        assert!(list.contains("census.xml") && list.contains("kept until"), "{list}");
    })
    .await;
}

#[tokio::test]
async fn a_looked_after_return_comes_as_files_or_as_a_zip_with_its_year() {
    both(|t| async move {
        let mut browser = officer(&t, "Sol Marsh").await;
        let files: [(&str, &str, &[u8]); 2] =
            [("files", "header.csv", HEADER), ("files", "episodes.csv", EPISODES)];
        let fields = [("kind", "ssda903"), ("care-year", "2026"), ("la", "e08000025")];
        let (_, page) = checked(&mut browser, &fields, &files).await;
        let words = page.words();
        assert!(words.contains("Looked-after return (SSDA903) 2025-26"), "{words}");
        assert!(words.contains("312 rules") && words.contains("101 The child's sex is blank"), "{words}");
        assert!(
            words.contains("Authority: E08000025") && words.contains("Last year’s files: none given"),
            "{words}"
        );
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(vec![]));
        let plain = zip::write::SimpleFileOptions::default();
        for (name, bytes) in
            [("903/header.csv", HEADER), ("903/episodes.csv", EPISODES), ("903/read me.doc", b"x")]
        {
            zip.start_file(name, plain).unwrap();
            std::io::Write::write_all(&mut zip, bytes).unwrap();
        }
        let zip = zip.finish().unwrap().into_inner();
        let (_, same) = checked(&mut browser, &fields, &[("files", "return.zip", &zip)]).await;
        let list = |page: &str| page.split("found something").nth(1).map(str::to_owned);
        assert_eq!(list(&words), list(&same.words()));
        let missing =
            browser.post_files("/checking", &[("kind", "ssda903"), ("care-year", "")], &files).await;
        assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(missing.words().contains("name none"), "{}", missing.words());
        let unknown = browser
            .post_files("/checking", &[("kind", "ssda903"), ("care-year", "1066"), ("la", "Leeds")], &files)
            .await;
        assert!(unknown.words().contains("The rules of 1066 are not held"), "{}", unknown.words());
        assert!(unknown.words().contains("An ONS code is E and eight digits"), "{}", unknown.words());
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_judged_is_said_in_words() {
    both(|t| async move {
        let mut browser = officer(&t, "Sol Marsh").await;
        let nothing = browser.post_files("/checking", &[], &[]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.words().contains("Choose which return it is"), "{}", nothing.words());
        assert!(nothing.words().contains("Choose the files of the return"), "{}", nothing.words());
        let two = [("files", "a.xml", CENSUS.as_bytes()), ("files", "b.xml", CENSUS.as_bytes())];
        let two = browser.post_files("/checking", &[("kind", "cin-census")], &two).await;
        assert!(two.words().contains("A census is one XML file"), "{}", two.words());
        let zip = [("files", "a.zip", &b"PK\x03\x04 and no more"[..])];
        let zip = browser.post_files("/checking", &[("kind", "cin-census")], &zip).await;
        assert!(zip.words().contains("a.zip cannot be unpacked"), "{}", zip.words());
        for (name, bytes, why) in [
            ("cut.xml", &CENSUS.as_bytes()[..300], "cut.xml, line 1"),
            ("list.csv", HEADER, "this is not a CIN census"),
            ("empty.xml", b"", "the file is empty"),
            ("noyear.xml", b"<Message><Header/><Children/></Message>", "the file names no year"),
        ] {
            let (at, page) =
                checked(&mut browser, &[("kind", "cin-census")], &[("files", name, bytes)]).await;
            assert!(page.words().contains("These files cannot be judged"), "{}", page.words());
            assert!(page.words().contains(why), "{}", page.words());
            assert_eq!(browser.get(&format!("{at}/findings.json")).await.status, StatusCode::NOT_FOUND);
        }
        let (_, page) = checked(
            &mut browser,
            &[("kind", "ssda903"), ("care-year", "2026")],
            &[("files", "c.xml", CENSUS.as_bytes())],
        )
        .await;
        assert!(page.words().contains("No rule could be judged"), "{}", page.words());
    })
    .await;
}

#[tokio::test]
async fn a_check_is_its_sender_s_alone_and_passes_within_the_hour() {
    both(|t| async move {
        let mut mine = officer(&t, "Sol Marsh").await;
        let mut yours = officer(&t, "Vera Quist").await;
        let (at, _) = census(&mut mine).await;
        let (theirs, page) = census(&mut yours).await;
        assert!(page.words().contains("1510") && at != theirs);
        for path in [at.clone(), format!("{at}/findings.json"), format!("{at}/notes.csv")] {
            assert_eq!(yours.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let note = [("code", "1560Q"), ("field", "note-0"), ("note-0", "mine")];
        assert_eq!(yours.post(&format!("{at}/note"), &note).await.status, StatusCode::NOT_FOUND);
        assert_eq!(yours.post(&format!("{at}/forget"), &[]).await.status, StatusCode::NOT_FOUND);
        let team = t.team("Canal Street", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let mut outside = t.signed_in(&nadia).await;
        assert_eq!(outside.get("/checking").await.status, StatusCode::FORBIDDEN);
        let files = [("files", "census.xml", CENSUS.as_bytes())];
        assert_eq!(outside.post_files("/checking", &[], &files).await.status, StatusCode::FORBIDDEN);
        t.pass(SignedDuration::from_mins(59));
        assert_eq!(mine.get(&at).await.status, StatusCode::OK);
        let gone = yours.post(&format!("{theirs}/forget"), &[]).await;
        assert_eq!(gone.location.as_deref(), Some("/checking?done=forgotten"));
        assert_eq!(yours.get(&theirs).await.status, StatusCode::NOT_FOUND);
        t.pass(SignedDuration::from_mins(1));
        assert_eq!(mine.get(&at).await.status, StatusCode::NOT_FOUND);
        let list = mine.get("/checking").await.words();
        assert!(!list.contains("Your checks"), "{list}");
    })
    .await;
}

#[tokio::test]
async fn notes_are_written_added_and_come_out_ready() {
    both(|t| async move {
        let mut browser = officer(&t, "Sol Marsh").await;
        let (at, page) = census(&mut browser).await;
        // the whole return uses fewer than eight codes of disability, which is a query
        assert!(page.words().contains("2887Q"), "{}", page.words());
        let rule = browser.get(&format!("{at}?code=2887Q")).await;
        let field = rule
            .text
            .split("name=\"note-")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap()
            .to_owned();
        let field = format!("note-{field}");
        let note = [
            ("back", "code=2887Q"),
            ("code", "2887Q"),
            ("child", ""),
            ("field", field.as_str()),
            (field.as_str(), "A small, new team"),
        ];
        let done = browser.post(&format!("{at}/note"), &note).await;
        assert_eq!(done.location.as_deref(), Some(&*format!("{at}?code=2887Q&done=noted")));
        let page = browser.get(&done.location.unwrap()).await;
        assert!(page.words().contains("A small, new team"), "{}", page.words());
        let more: [(&str, &str, &[u8]); 1] =
            [("notes", "notes.csv", b"code,child,note\n8750Q,C1,Asked the school\n")];
        let added = browser.post_files(&format!("{at}/notes"), &[("back", "")], &more).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.words());
        let csv = browser.get(&format!("{at}/notes.csv")).await;
        assert_eq!(csv.headers["content-disposition"], "attachment; filename=\"cin-census-2026-notes.csv\"");
        assert!(csv.text.contains("2887Q,,\"A small, new team\",explained,"), "{}", csv.text);
        assert!(csv.text.contains("8750Q,C1,Asked the school"), "{}", csv.text);
        let broken: [(&str, &str, &[u8]); 1] = [("notes", "notes.csv", b"rule,why\n1,2\n")];
        let wrong = browser.post_files(&format!("{at}/notes"), &[], &broken).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.words().contains("no column \"code\""), "{}", wrong.words());
    })
    .await;
}

#[tokio::test]
async fn an_earlier_check_tells_what_is_new_and_mended_and_every_form_can_be_taken() {
    both(|t| async move {
        let mut browser = officer(&t, "Sol Marsh").await;
        let (at, _) = census(&mut browser).await;
        let json = browser.get(&format!("{at}/findings.json")).await;
        assert!(
            json.text.starts_with("{\"return\":\"cin-census\",\"year\":2026,\"rules\":[{\"code\":\"100\""),
            "{}",
            json.text
        );
        for (file, holds) in [("findings.txt", "1510"), ("findings.html", "<h3>"), ("findings.xlsx", "PK")] {
            let taken = browser.get(&format!("{at}/{file}")).await;
            assert_eq!(taken.status, StatusCode::OK, "{file}");
            assert!(taken.text.contains(holds), "{file}");
            assert_eq!(taken.headers["cache-control"], "no-store");
        }
        assert_eq!(browser.get(&format!("{at}/findings.doc")).await.status, StatusCode::NOT_FOUND);
        let files =
            [("files", "later.xml", MENDED.as_bytes()), ("earlier", "earlier.json", json.text.as_bytes())];
        let (later, page) = checked(&mut browser, &[("kind", "cin-census")], &files).await;
        assert!(
            page.words().contains("mended") && page.words().contains("Compared with earlier.json"),
            "{}",
            page.words()
        );
        let mended = browser.get(&format!("{later}?what=mended")).await.words();
        assert!(mended.contains("1510 child C1, ChildIdentifiers UPN mended"), "{mended}");
        let compared = browser
            .post_files(&format!("{at}/compare"), &[], &[("earlier", "e.json", json.text.as_bytes())])
            .await;
        assert_eq!(compared.status, StatusCode::SEE_OTHER, "{}", compared.words());
        let new = browser.get(&format!("{at}?what=new")).await.words();
        assert!(new.contains("Nothing like this was found"), "{new}");
        let wrong = browser.post_files(&format!("{at}/compare"), &[], &[("earlier", "e.json", b"{}")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.words().contains("e.json: the earlier check cannot be read"), "{}", wrong.words());
    })
    .await;
}

#[tokio::test]
async fn it_is_open_in_the_demonstration_and_keeps_only_so_many() {
    both(|t| async move {
        let t = t.set(|settings| settings.demonstration = true);
        let mut browser = officer(&t, "Sol Marsh").await;
        let (first, page) = census(&mut browser).await;
        assert!(page.words().contains("1510"), "{}", page.words());
        let mut last = String::new();
        for _ in 0..4 {
            last = census(&mut browser).await.0;
        }
        assert_eq!(browser.get(&first).await.status, StatusCode::NOT_FOUND, "the oldest gives way");
        assert_eq!(browser.get(&last).await.status, StatusCode::OK);
        let mut without = t.browser();
        let sent = without.post_files("/checking", &[], &[("files", "census.xml", CENSUS.as_bytes())]).await;
        assert_eq!(sent.location.as_deref(), Some("/sign-in?next=/checking"));
        browser.carry("another");
        let forged =
            browser.post_files("/checking", &[], &[("files", "census.xml", CENSUS.as_bytes())]).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
    })
    .await;
}
