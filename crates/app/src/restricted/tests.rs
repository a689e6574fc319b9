//! The restricted list, kept by its officer and nobody else.

use app::access;
use axum::http::StatusCode;
use jiff::civil::date;
use practice::access::{AllocationKind, Sight};
use practice::id::PersonId;
use practice::role::Role;
use testkit::{Answered, Browser, TestApp, Worker, both};

const REVIEW: [(&str, &str); 3] =
    [("review_on-day", "1"), ("review_on-month", "3"), ("review_on-year", "2027")];

async fn opens(t: &TestApp, worker: &Worker, person: PersonId) -> bool {
    let mut conn = t.app.db.read().await.unwrap();
    access::require(&mut conn, &worker.who, t.now(), person, Sight::Open).await.is_ok()
}

async fn press(browser: &mut Browser, person: PersonId, what: &str, fields: &[(&str, &str)]) -> Answered {
    let path = format!("/restricted/{person}");
    browser.get(&path).await;
    let mut all = vec![("do", what)];
    all.extend_from_slice(fields);
    browser.post(&path, &all).await
}

#[tokio::test]
async fn given_a_record_made_restricted_then_those_named_keep_it_and_taking_one_off_binds_at_once() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let officer = t.worker("Ro Vale", Role::RestrictedRecordsOfficer, team).await;
        let wren = t.worker("Wren Abbot", Role::SocialWorker, team).await;
        let mo = t.worker("Mo Field", Role::TeamManager, team).await;
        let josie = t.person("Josie Blake", date(2017, 5, 4)).await;
        t.allocate(josie, &wren, AllocationKind::Responsible).await;
        let mut ro = t.signed_in(&officer).await;
        let mut restrict = vec![("reason", "Moved after threats"), ("names", "wren.abbot")];
        let unset = press(&mut ro, josie, "restrict", &restrict).await;
        assert_eq!(unset.status, StatusCode::UNPROCESSABLE_ENTITY, "a day to look again is needed");
        assert!(unset.text.contains("Moved after threats"));
        restrict.extend(REVIEW);
        let done = press(&mut ro, josie, "restrict", &restrict).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        assert!(opens(&t, &wren, josie).await && !opens(&t, &mo, josie).await);
        let list = ro.get("/restricted").await;
        assert!(
            list.words().contains("Josie , born 2017 Moved after threats 1 1 March 2027"),
            "{}",
            list.words()
        );
        // to read the list is a reading of everyone on it
        let sql = "SELECT CAST(count(*) AS bigint) FROM journal j JOIN journal_about a ON a.journal_id = j.id \
            WHERE j.action = 'open_access' AND a.person_id = $1 AND j.payload LIKE '%whys%'";
        let read = t.app.db.read().await.unwrap().number(sql, db::args![josie]).await.unwrap();
        assert_eq!(read, 1);
        let why = ("name_reason", "Manages the worker");
        let fields =
            [("worker", "mo.field"), why, ("until-day", ""), ("until-month", ""), ("until-year", "")];
        assert_eq!(press(&mut ro, josie, "name", &fields).await.status, StatusCode::SEE_OTHER);
        assert!(opens(&t, &mo, josie).await);
        let again = press(&mut ro, josie, "name", &fields).await;
        assert!(again.words().contains("They are named already"), "{}", again.words());
        let page = ro.get(&format!("/restricted/{josie}")).await;
        let id =
            page.value("named");
        assert_eq!(press(&mut ro, josie, "end-named", &[("named", &id)]).await.status, StatusCode::SEE_OTHER);
        assert!(!opens(&t, &mo, josie).await, "from this instant");
        assert_eq!(press(&mut ro, josie, "end-named", &[("named", &id)]).await.status, StatusCode::CONFLICT);
        let back = press(&mut ro, josie, "findable", &[("reason", "The order was lifted")]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER);
        assert!(opens(&t, &mo, josie).await && !ro.get("/restricted").await.words().contains("Josie"));
    })
    .await;
}

#[tokio::test]
async fn given_a_sealed_record_then_it_is_absent_to_its_officer_too() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let officer = t.worker("Ro Vale", Role::RestrictedRecordsOfficer, team).await;
        let josie = t.person("Josie Blake", date(2017, 5, 4)).await;
        let mut ro = t.signed_in(&officer).await;
        assert_eq!(
            press(&mut ro, josie, "seal", &[("seal_reason", "")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let done = press(&mut ro, josie, "seal", &[("seal_reason", "Adoption order made")]).await;
        assert_eq!(done.location.as_deref(), Some("/restricted"));
        assert_eq!(ro.get(&format!("/restricted/{josie}")).await.status, StatusCode::NOT_FOUND);
        assert!(!ro.get("/restricted").await.words().contains("Josie"));
    })
    .await;
}

#[tokio::test]
async fn given_anyone_else_then_the_list_is_shut_and_a_restricted_record_answers_as_absent() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let mo = t.worker("Mo Field", Role::TeamManager, team).await;
        let josie = t.person("Josie Blake", date(2017, 5, 4)).await;
        let mut browser = t.signed_in(&mo).await;
        assert_eq!(browser.get("/restricted").await.status, StatusCode::FORBIDDEN);
        assert_eq!(browser.get(&format!("/restricted/{josie}")).await.status, StatusCode::FORBIDDEN);
        t.level(josie, practice::person::AccessLevel::Restricted).await;
        let hidden = browser.get(&format!("/restricted/{josie}")).await;
        let absent = browser.get(&format!("/restricted/{}", uuid::Uuid::from_u128(5))).await;
        assert_eq!((hidden.status, hidden.text), (absent.status, absent.text));
    })
    .await;
}

#[tokio::test]
async fn given_a_declared_link_then_the_record_is_shut_until_the_officer_ends_it() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let officer = t.worker("Ro Vale", Role::RestrictedRecordsOfficer, team).await;
        let wren = t.worker("Wren Abbot", Role::SocialWorker, team).await;
        let josie = t.person("Josie Blake", date(2017, 5, 4)).await;
        t.allocate(josie, &wren, AllocationKind::Responsible).await;
        let mut browser = t.signed_in(&wren).await;
        let path = format!("/link/{josie}");
        browser.get(&path).await;
        assert_eq!(browser.post(&path, &[("link", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(browser.post(&path, &[("link", "Her aunt")]).await.status, StatusCode::SEE_OTHER);
        assert!(!opens(&t, &wren, josie).await);
        assert!(browser.get(&path).await.words().contains("Her aunt"));
        let mut ro = t.signed_in(&officer).await;
        let page = ro.get(&format!("/restricted/{josie}")).await;
        let id = page.value("declared");
        assert_eq!(
            press(&mut ro, josie, "end-link", &[("declared", &id)]).await.status,
            StatusCode::SEE_OTHER
        );
        assert!(opens(&t, &wren, josie).await);
        t.facts_hold("conflict_of_interest").await;
    })
    .await;
}

#[tokio::test]
async fn given_a_restricted_record_then_allocating_someone_who_is_not_named_says_that_it_stays_shut() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let mo = t.worker("Mo Field", Role::TeamManager, team).await;
        let (wren, nia) = (
            t.worker("Wren Abbot", Role::SocialWorker, team).await,
            t.worker("Nia Cole", Role::SocialWorker, team).await,
        );
        let josie = t.person("Josie Blake", date(2017, 5, 4)).await;
        t.allocate(josie, &mo, AllocationKind::Helping).await;
        t.level(josie, practice::person::AccessLevel::Restricted).await;
        t.listed(josie, &mo).await;
        t.listed(josie, &nia).await;
        let mut browser = t.signed_in(&mo).await;
        for (worker, told) in [(&wren, true), (&nia, false)] {
            let id = worker.id.to_string();
            let fields = [
                ("worker", id.as_str()),
                ("part", "helping"),
                ("from-day", "20"),
                ("from-month", "11"),
                ("from-year", "2026"),
            ];
            let page = browser.post(&format!("/person/{josie}/helpers/allocate"), &fields).await.words();
            assert_eq!(page.contains("is not on the list of this restricted record"), told, "{page}");
        }
    })
    .await;
}

#[tokio::test]
async fn given_a_record_begun_as_restricted_then_its_list_says_why_and_that_no_day_is_set() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let officer = t.worker("Ro Vale", Role::RestrictedRecordsOfficer, team).await;
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let begun = app::person::actions::AddPerson {
            level: practice::person::AccessLevel::Restricted,
            ..app::person::actions::AddPerson::named("Josie", "Blake")
        };
        let program = app::Who::program("import people");
        let added = app::person::actions::add_person(&mut tx, &program, &mut moment, begun).await.unwrap();
        tx.commit().await.unwrap();
        let mut ro = t.signed_in(&officer).await;
        let list = ro.get("/restricted").await.words();
        assert!(list.contains("It came so from a file") && list.contains("Not set"), "{list}");
        assert!(
            ro.get(&format!("/restricted/{}", added.person)).await.words().contains("It came so from a file")
        );
        let finding = ro.get("/find").await;
        assert!(finding.text.contains("href=\"/glass\""), "whoever may ask exactly is shown the way");
    })
    .await;
}
