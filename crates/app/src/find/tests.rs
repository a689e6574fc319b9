//! Finding people, in the words a reader sees; and looking before a second record is made.

use crate::person::{act, add, person, set_level, works_with};
use app::Who;
use app::person::actions::{
    AddPerson, NamePerson, NewAddress, NewBirth, NewDetail, NewIdentifier, NewName, RecordAddress,
    RecordDetail, name_person, record_address, record_detail,
};
use axum::http::StatusCode;
use jiff::civil::{Date, date};
use practice::id::PersonId;
use practice::person::{AddressUse, DetailKind, IdentifierKind, NameKind};
use practice::role::Role;
use testkit::{Browser, TestApp, Worker, both};

async fn child(t: &TestApp, given: &str, family: &str, born: Date) -> PersonId {
    let command = AddPerson { birth: Some(NewBirth::exact(born)), ..AddPerson::named(given, family) };
    add(t, command).await.unwrap().person
}

async fn nadia(t: &TestApp) -> Worker {
    let team = t.team("East", None).await;
    t.worker("Nadia Farrow", Role::SocialWorker, team).await
}

async fn find(browser: &mut Browser, words: &str) -> String {
    let page = browser.get(&format!("/find?q={}", words.replace(' ', "+"))).await;
    assert_eq!(page.status, StatusCode::OK);
    page.words()
}

#[tokio::test]
async fn a_child_is_found_however_the_name_is_given_and_it_says_why() {
    both(|t| async move {
        let josie = child(&t, "Josephine", "Hart", date(2017, 5, 4)).await;
        child(&t, "William", "Osagie", date(2015, 1, 2)).await;
        let program = Who::program("test");
        let chosen = NamePerson { person: josie, name: NewName::new(NameKind::Chosen, "Josie", "") };
        act(&t, async |tx, moment| name_person(tx, &program, moment, chosen).await).await.unwrap();
        let nadia = nadia(&t).await;
        works_with(&t, &nadia, josie).await;
        let mut nadia = t.signed_in(&nadia).await;
        for words in [
            "Josie Hart",
            "hart josie",
            "jozie hart",
            "josie harte",
            "Hart, Josephine",
            "Jo Hart",
            "Josie Hart 2017",
        ] {
            let said = find(&mut nadia, words).await;
            assert!(
                said.contains("1 person might be who you mean") && said.contains("Josie Hart"),
                "{words}: {said}"
            );
        }
        assert!(find(&mut nadia, "hart josie").await.contains("Names the other way round"));
        assert!(find(&mut nadia, "josie harte").await.contains("One letter different: Hart"));
        assert!(find(&mut nadia, "josie hart 5/4/2017").await.contains("Born 4 May, not 5 April"));
        assert!(find(&mut nadia, "4 May 2017").await.contains("Josie Hart"));
        assert!(find(&mut nadia, "Bill Osagie").await.contains("Bill can be William"));
        assert!(find(&mut nadia, "C000001").await.contains("Josie Hart"));
        assert!(find(&mut nadia, "c000001").await.contains("Josie Hart"));
        let nobody = find(&mut nadia, "Zebedee Quux").await;
        assert!(nobody.contains("Nobody by these words") && nobody.contains("Add a new person"), "{nobody}");
    })
    .await;
}

#[tokio::test]
async fn without_a_relationship_only_the_findable_facts_show() {
    both(|t| async move {
        let sam = child(&t, "Samantha", "Okoro", date(2010, 3, 9)).await;
        let program = Who::program("test");
        let chosen = NamePerson { person: sam, name: NewName::new(NameKind::Chosen, "Sam", "Okoro") };
        act(&t, async |tx, moment| name_person(tx, &program, moment, chosen).await).await.unwrap();
        let nadia = nadia(&t).await;
        let mut nadia = t.signed_in(&nadia).await;
        for words in ["samanta okoro", "Sam Okoro 9 March 2010", "Samantha Okoro"] {
            let said = find(&mut nadia, words).await;
            assert!(said.contains("Sam Okoro") && said.contains("born in 2010"), "{words}: {said}");
            let results = said.split("who you mean").nth(1).unwrap();
            assert!(!results.contains("Samantha") && !results.contains("March"), "{words}: {results}");
            assert!(results.contains("You do not work with them"), "{results}");
        }
    })
    .await;
}

#[tokio::test]
async fn restricted_and_sealed_people_are_never_found_nor_counted() {
    both(|t| async move {
        let (hidden, sealed) = (
            child(&t, "Ash", "Vale", date(2013, 1, 1)).await,
            child(&t, "Ash", "Vale", date(2013, 1, 1)).await,
        );
        child(&t, "Ash", "Vale", date(2009, 1, 1)).await;
        set_level(&t, hidden, "restricted").await;
        set_level(&t, sealed, "sealed").await;
        let nadia = nadia(&t).await;
        works_with(&t, &nadia, hidden).await;
        let team = t.team("Restricted", None).await;
        let officer = t.worker("Rory Lock", Role::RestrictedRecordsOfficer, team).await;
        let administrator = t.worker("Ada Min", Role::SystemAdministrator, team).await;
        let mut nadia = t.signed_in(&nadia).await;
        for words in ["Ash Vale", "Ash Vale 2013", "1 January 2013", "C000001", "C000002", "Vale"] {
            let said = find(&mut nadia, words).await;
            assert!(!said.contains("born in 2013") && !said.contains("2 people"), "{words}: {said}");
        }
        let mut officer = t.signed_in(&officer).await;
        assert!(
            find(&mut officer, "Ash Vale").await.contains("2 people might be"),
            "who keeps the list learns of one"
        );
        let mut administrator = t.signed_in(&administrator).await;
        assert_eq!(administrator.get("/find?q=Ash+Vale").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn a_phone_and_a_postcode_find_people_but_a_confidential_postcode_only_for_those_who_may_see_it() {
    both(|t| async move {
        let program = Who::program("test");
        let leanne = person(&t, "Leanne", "Hart").await;
        let grace = person(&t, "Grace", "Adeyemi").await;
        act(&t, async |tx, moment| {
            let detail = NewDetail::new(DetailKind::Phone, "07700 900123");
            record_detail(tx, &program, moment, RecordDetail { person: leanne, detail, seen: None }).await?;
            for (person, confidential) in [(leanne, true), (grace, false)] {
                let address = NewAddress {
                    purpose: AddressUse::Home,
                    lines: "14 Kestrel Walk".to_owned(),
                    postcode: Some("ZZ9 1AB".to_owned()),
                    confidential,
                    from: None,
                    to: None,
                };
                record_address(tx, &program, moment, RecordAddress { person, address }).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
        let nadia = nadia(&t).await;
        let mut browser = t.signed_in(&nadia).await;
        assert!(find(&mut browser, "+44 7700 900123").await.contains("Leanne Hart"));
        let said = find(&mut browser, "zz91ab").await;
        assert!(
            said.contains("Grace Adeyemi") && said.contains("Postcode") && !said.contains("Leanne"),
            "{said}"
        );
        let both = find(&mut browser, "Leanne Hart zz91ab").await;
        assert!(both.contains("Leanne Hart"), "{both}");
        let why = both.split("LH Leanne Hart").last().unwrap().split("Grace").next().unwrap();
        assert!(!why.contains("Postcode"), "{why}");
        works_with(&t, &nadia, leanne).await;
        assert!(find(&mut browser, "zz91ab").await.contains("Leanne Hart"));
    })
    .await;
}

#[tokio::test]
async fn a_search_is_one_row_of_the_journal_with_its_words_and_pages_through_many() {
    both(|t| async move {
        for n in 0..25_i8 {
            child(&t, "Ann", "Many", date(2000 + i16::from(n), 1, 1)).await;
        }
        let nadia = nadia(&t).await;
        let mut browser = t.signed_in(&nadia).await;
        let first = browser.get("/find?q=Ann+Many").await;
        assert!(
            first.words().contains("25 people might be who you mean")
                && first.words().contains("1 to 20 of 25")
        );
        let second = browser.get("/find?q=Ann+Many&page=1").await;
        assert!(second.words().contains("21 to 25 of 25"), "{}", second.words());
        assert!(browser.get("/find?q=Ann+Many&page=99999999999999").await.status.is_success());
        let mut conn = t.app.db.read().await.unwrap();
        let rows: Vec<(String,)> =
            conn.all("SELECT payload FROM journal WHERE action = 'find'", db::args![]).await.unwrap();
        assert_eq!(rows.len(), 3);
        assert!(rows[0].0.contains("Ann Many") && rows[0].0.contains("25"));
    })
    .await;
}

#[tokio::test]
async fn with_nothing_typed_the_people_one_works_with_are_there() {
    both(|t| async move {
        let josie = person(&t, "Josie", "Hart").await;
        person(&t, "Other", "Child").await;
        let nadia = nadia(&t).await;
        works_with(&t, &nadia, josie).await;
        let mut browser = t.signed_in(&nadia).await;
        let words = browser.get("/find").await.words();
        assert!(
            words.contains("People you work with")
                && words.contains("Josie Hart")
                && !words.contains("Other"),
            "{words}"
        );
    })
    .await;
}

const JOSIE: [(&str, &str); 6] = [
    ("kind", "born"),
    ("given", "Jozie"),
    ("family", "Hart"),
    ("on-day", "4"),
    ("on-month", "5"),
    ("on-year", "2017"),
];

async fn people(t: &TestApp) -> i64 {
    let mut conn = t.app.db.read().await.unwrap();
    conn.number("SELECT CAST(count(*) AS bigint) FROM person", db::args![]).await.unwrap()
}

fn seen_on(page: &str) -> String {
    testkit::value(page, "seen")
}

#[tokio::test]
async fn whoever_may_be_the_same_is_shown_before_a_second_record_is_made() {
    both(|t| async move {
        child(&t, "Josie", "Hart", date(2017, 5, 4)).await;
        let nadia = nadia(&t).await;
        let mut browser = t.signed_in(&nadia).await;
        let begun = browser.get("/find/add?q=jozie+hart+4+may+2017").await;
        assert!(begun.text.contains("value=\"Jozie\"") && begun.text.contains("value=\"2017\""));
        let wrong = browser
            .post("/find/add", &[("kind", "born"), ("phone", "12"), ("nhs", "1"), ("given", "Jo")])
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text.contains("value=\"Jo\""), "what was typed comes back");
        let mut fields = JOSIE.to_vec();
        fields.push(("basis", "exact"));
        let look = browser.post("/find/add", &fields).await;
        let words = look.words();
        assert!(
            words.contains("1 person may be the same") && words.contains("Perhaps the same person"),
            "{words}"
        );
        assert!(words.contains("Almost the same name") && !words.contains("Speak to"), "{words}");
        assert_eq!(people(&t).await, 1);
        fields.push(("step", "confirm"));
        let blind = browser.post("/find/add", &fields).await;
        assert_eq!(blind.status, StatusCode::OK, "who has not seen them is shown them");
        let seen = seen_on(&blind.text);
        fields.push(("seen", &seen));
        let made = browser.post("/find/add", &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.words());
        assert_eq!(people(&t).await, 2);
        let own = browser.get(&made.location.unwrap()).await;
        assert!(own.words().contains("The record is begun."), "{}", own.words());
    })
    .await;
}

/// The page after the fields that were typed, so that two can be compared.
fn told(page: &str) -> String {
    page.split("The new record").next().unwrap().to_owned()
}

#[tokio::test]
async fn of_a_restricted_match_only_the_one_sentence_is_said_whatever_matched() {
    both(|t| async move {
        let hidden = child(&t, "Josie", "Hart", date(2017, 5, 4)).await;
        let command = AddPerson {
            identifiers: vec![NewIdentifier::new(IdentifierKind::NhsNumber, "9990000018")],
            ..AddPerson::named("Quite", "Different")
        };
        let numbered = add(&t, command).await.unwrap().person;
        let nadia = nadia(&t).await;
        let mut browser = t.signed_in(&nadia).await;
        for person in [hidden, numbered] {
            set_level(&t, person, "restricted").await;
        }
        browser.get("/find/add").await;
        let mut by_name = JOSIE.to_vec();
        by_name.push(("basis", "exact"));
        let by_name = browser.post("/find/add", &by_name).await.words();
        let by_number = [("kind", "born"), ("given", "Some"), ("family", "Body"), ("nhs", "999 000 0018")];
        let by_number_page = browser.post("/find/add", &by_number).await;
        let by_number_words = by_number_page.words();
        let sentence = "Speak to the restricted-records officer before making a record.";
        assert!(by_name.contains(sentence), "{by_name}");
        assert_eq!(told(&by_name), told(&by_number_words));
        assert!(!by_name.contains("may be the same"));
        let mut sure = by_number.to_vec();
        sure.extend([("step", "confirm"), ("seen", "")]);
        browser.post("/find/add", &sure).await;
        assert_eq!(people(&t).await, 2, "no second record is made");
        set_level(&t, hidden, "sealed").await;
        let mut again = JOSIE.to_vec();
        again.push(("basis", "exact"));
        let sealed = browser.post("/find/add", &again).await.words();
        assert!(
            !sealed.contains("Speak to") && sealed.contains("Nobody here looks like"),
            "sealed is absent: {sealed}"
        );
    })
    .await;
}
