//! Bringing files in on the page: chosen, looked at, then stored; only by those who may.

use axum::http::StatusCode;
use db::args;
use practice::role::Role;
use testkit::{TestApp, both};

const PEOPLE: &[u8] =
    b"council_id,given_name,family_name,birth_date\nA1,Ada,Test,2014-03-09\nA2,Ben,Test,2016-01-02\n";
const CENSUS: &str = "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2025</Year></CollectionDetails></Header><Children>\
    <Child><ChildIdentifiers><LAchildID>C1</LAchildID><PersonBirthDate>2014-03-09</PersonBirthDate><Sex>X</Sex></ChildIdentifiers><CINdetails>\
    <CINreferralDate>2025-01-10</CINreferralDate><CINclosureDate>2025-01-12</CINclosureDate><ReferralNFA>true</ReferralNFA></CINdetails></Child></Children></Message>";

async fn people(t: &TestApp) -> i64 {
    t.app
        .db
        .read()
        .await
        .unwrap()
        .number("SELECT CAST(count(*) AS bigint) FROM person", args![])
        .await
        .unwrap()
}

#[tokio::test]
async fn a_data_officer_sees_what_would_happen_then_brings_it_in_once() {
    both(|t| async move {
        let team = t.team("Service", None).await;
        let dee = t.worker("Dee Marsh", Role::DataOfficer, team).await;
        let mut browser = t.signed_in(&dee).await;
        let page = browser.get("/administration/imports").await;
        assert!(page.words().contains("Nothing yet"), "{}", page.words());
        let files = [("files", "people.csv", PEOPLE)];
        let looked = browser.post_files("/administration/imports/look", &[("kind", "people")], &files).await;
        assert!(looked.words().contains("This is what would happen"), "{}", looked.words());
        assert!(looked.words().contains("People added 2"), "{}", looked.words());
        assert_eq!(people(&t).await, 0, "only looked at");
        let waiting = testkit::value(&looked.text, "waiting");
        let fields = [("waiting", waiting.as_str()), ("kind", "people"), ("team", ""), ("do", "store")];
        let done = browser.post("/administration/imports/store", &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        assert_eq!(people(&t).await, 2);
        let report = browser.get(&done.location.unwrap()).await;
        assert!(report.words().contains("A folder of people Brought in"), "{}", report.words());
        assert!(report.words().contains("by Dee Marsh"), "{}", report.words());
        let again = browser.post("/administration/imports/store", &fields).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.words().contains("brought in already"), "{}", again.words());
        let actor: (String,) = t
            .app
            .db
            .read()
            .await
            .unwrap()
            .one("SELECT actor FROM journal WHERE action = 'import_people'", args![])
            .await
            .unwrap();
        assert_eq!(actor.0, "Dee Marsh, import people");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_is_said_and_files_can_be_forgotten() {
    both(|t| async move {
        let team = t.team("Service", None).await;
        let dee = t.worker("Dee Marsh", Role::DataOfficer, team).await;
        let mut browser = t.signed_in(&dee).await;
        browser.get("/administration/imports").await;
        let none = browser.post_files("/administration/imports/look", &[("kind", "")], &[]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.words().contains("Choose the files"), "{}", none.words());
        let files: [(&str, &str, &[u8]); 1] =
            [("files", "people.csv", b"council_id,birth_date\nA1,31/02/2014\n")];
        let wrong = browser.post_files("/administration/imports/look", &[("kind", "people")], &files).await;
        assert!(wrong.words().contains("people.csv, line 2, birth_date"), "{}", wrong.words());
        let files = [("files", "people.csv", PEOPLE)];
        let looked = browser.post_files("/administration/imports/look", &[("kind", "people")], &files).await;
        let waiting = testkit::value(&looked.text, "waiting");
        let fields = [("waiting", waiting.as_str()), ("kind", "people"), ("do", "forget")];
        let done = browser.post("/administration/imports/store", &fields).await;
        assert_eq!(done.location.as_deref(), Some("/administration/imports?done=forgotten"));
        assert_eq!(people(&t).await, 0);
    })
    .await;
}

#[tokio::test]
async fn another_account_cannot_bring_in_what_waits_and_a_social_worker_sees_nothing_of_it() {
    both(|t| async move {
        let team = t.team("Service", None).await;
        let dee = t.worker("Dee Marsh", Role::DataOfficer, team).await;
        let ola = t.worker("Ola Reyes", Role::SystemAdministrator, team).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let mut browser = t.signed_in(&dee).await;
        browser.get("/administration/imports").await;
        let census = [("files", "census.xml", CENSUS.as_bytes())];
        let looked =
            browser.post_files("/administration/imports/look", &[("kind", "cin-census")], &census).await;
        assert!(looked.words().contains("Children added 1"), "{}", looked.words());
        let waiting = testkit::value(&looked.text, "waiting");
        let fields = [("waiting", waiting.as_str()), ("kind", "cin-census"), ("team", ""), ("do", "store")];
        let mut other = t.signed_in(&ola).await;
        let refused = other.post("/administration/imports/store", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(people(&t).await, 0);
        let done = browser.post("/administration/imports/store", &fields).await;
        let report = done.location.expect("the report");
        let whole = browser.get(&report).await.words();
        assert!(whole.contains("Sex “X”"), "the data officer reads it whole: {whole}");
        let part = other.get(&report).await.words();
        assert!(
            part.contains("C1") && !part.contains("“X”"),
            "the system administrator reads no content: {part}"
        );
        let mut outside = t.signed_in(&nadia).await;
        for path in ["/administration/imports", report.as_str()] {
            assert_eq!(outside.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let sent = outside.post_files("/administration/imports/look", &[("kind", "people")], &census).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
    })
    .await;
}
