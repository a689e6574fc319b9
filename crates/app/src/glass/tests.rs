//! Breaking the glass, told in the order it happens: the question, the notice, the review, the list.

use app::rooms::ROOMS;
use axum::http::StatusCode;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::role::Role;
use testkit::{Browser, TestApp, Worker, both};

const CHILD: jiff::civil::Date = date(2017, 5, 4);
const WHY: &str = "A neighbour rang: shouting tonight, and nobody answers at the door";

struct Scene {
    josie: PersonId,
    sam: Worker,
    wren: Worker,
    mo: Worker,
}

/// Wren's team works with Josie and Mo leads it; Sam is on duty elsewhere.
async fn scene(t: &TestApp) -> Scene {
    let service = t.team("Service", None).await;
    let north = t.team("North", Some(service)).await;
    let south = t.team("South", Some(service)).await;
    let mo = t.worker("Mo Field", Role::TeamManager, north).await;
    let wren = t.worker("Wren Abbot", Role::SocialWorker, north).await;
    let sam = t.worker("Sam Orr", Role::DutyWorker, south).await;
    let josie = t.person("Josie Blake", CHILD).await;
    t.allocate(josie, &wren, AllocationKind::Responsible).await;
    Scene { josie, sam, wren, mo }
}

async fn today(t: &TestApp, worker: &Worker) -> String {
    let day = t.moment().today();
    let mut conn = t.app.db.read().await.unwrap();
    let mut cards = vec![];
    for room in ROOMS {
        cards.extend(room.today(&mut conn, &worker.who, &t.app, day).await.unwrap());
    }
    // everybody is asked for their own hours
    cards.iter().map(|card| card.body.0.clone()).filter(|card| !card.contains("h-my-hours")).collect()
}

async fn press(browser: &mut Browser, person: PersonId, fields: &[(&str, &str)]) -> StatusCode {
    let path = format!("/glass/{person}");
    browser.get(&path).await;
    browser.post(&path, fields).await.status
}

#[tokio::test]
async fn given_a_record_of_someone_else_when_it_is_opened_then_it_is_said_before_told_and_reviewed() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut sam = t.signed_in(&s.sam).await;
        let page = sam.get(&format!("/glass/{}", s.josie)).await;
        assert_eq!(page.status, StatusCode::OK);
        for words in [
            "You do not work with this person",
            "their worker and the manager are told now",
            "within 2 working days",
        ] {
            assert!(page.words().contains(words), "{words}");
        }
        // too short a reason: nothing opens, what was typed stays
        let path = format!("/glass/{}", s.josie);
        let again = sam.post(&path, &[("reason", "why not"), ("how_long", "today")]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.text.contains("why not"));
        let opened = sam.post(&path, &[("reason", WHY), ("how_long", "hour")]).await;
        assert_eq!(opened.location, Some(format!("/person/{}", s.josie)));
        // told at once, on the next page, without a name of the record
        let mut wren = t.signed_in(&s.wren).await;
        let next = wren.get(&format!("/person/{}/readings", s.josie)).await;
        assert!(
            next.words().contains("Sam Orr opened the record of someone you work with"),
            "{}",
            next.words()
        );
        assert!(next.words().contains("Opened the record without working with them"), "{}", next.words());
        assert!(next.words().contains(WHY));
        // the manager's Today keeps it until it is answered
        assert!(today(&t, &s.mo).await.contains("Sam Orr"));
        assert_eq!(today(&t, &s.wren).await, "");
        let mut mo = t.signed_in(&s.mo).await;
        let id = today(&t, &s.mo).await;
        let review = id.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let page = mo.get(&review).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.words().contains(WHY));
        let unsaid = mo.post(&review, &[("outcome", "talk"), ("words", "")]).await;
        assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [("outcome", "right"), ("words", "Right to check that night")];
        assert_eq!(mo.post(&review, &fields).await.location.as_deref(), Some("/today"));
        assert_eq!(today(&t, &s.mo).await, "");
        let twice = mo.post(&review, &[("outcome", "not-right"), ("words", "On reflection")]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        let told = sam.get(&format!("/glass/review/{}", review.rsplit('/').next().unwrap())).await;
        assert_eq!(told.status, StatusCode::FORBIDDEN, "nobody reviews themselves");
        let next = sam.get(&format!("/person/{}/readings", s.josie)).await;
        assert!(next.words().contains("Mo Field checked why you opened a record: it was right to look"));
        t.pass(jiff::SignedDuration::from_hours(1));
        assert_eq!(sam.get(&format!("/person/{}/readings", s.josie)).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn given_a_notice_when_it_is_closed_then_it_is_gone_and_nobody_else_can_close_it() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut sam = t.signed_in(&s.sam).await;
        press(&mut sam, s.josie, &[("reason", WHY), ("how_long", "today")]).await;
        let mut wren = t.signed_in(&s.wren).await;
        let path = format!("/person/{}/readings", s.josie);
        let page = wren.get(&path).await;
        let close =
            page.text.split("action=\"/notice/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(
            sam.post(&format!("/notice/{close}"), &[("then", "stay")]).await.status,
            StatusCode::NOT_FOUND
        );
        let done = wren.post(&format!("/notice/{close}"), &[("then", "look")]).await;
        assert_eq!(done.location, Some(path.clone()));
        assert!(!wren.get(&path).await.text.contains("action=\"/notice/"));
    })
    .await;
}

#[tokio::test]
async fn given_an_absent_manager_then_cover_sees_what_to_review_and_a_new_manager_inherits_it() {
    both(|t| async move {
        let s = scene(&t).await;
        let cover = t.worker("Cass Hill", Role::TeamManager, s.sam.team).await;
        let mut sam = t.signed_in(&s.sam).await;
        press(&mut sam, s.josie, &[("reason", WHY), ("how_long", "hour")]).await;
        assert_eq!(today(&t, &cover).await, "");
        t.away(&s.mo, &cover).await;
        assert!(today(&t, &cover).await.contains("Sam Orr"));
        let mut tx = t.app.db.write().await.unwrap();
        tx.run("UPDATE post SET to_date = $2 WHERE worker_id = $1", db::args![s.mo.id, date(2026, 11, 20)])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let new = t.worker("Nia Cole", Role::TeamManager, s.mo.team).await;
        assert!(today(&t, &new).await.contains("Sam Orr"));
    })
    .await;
}

#[tokio::test]
async fn given_a_restricted_record_then_only_duty_asking_exactly_opens_it_and_only_its_keepers_are_told() {
    both(|t| async move {
        let s = scene(&t).await;
        let officer = t.worker("Ro Vale", Role::RestrictedRecordsOfficer, s.sam.team).await;
        t.level(s.josie, AccessLevel::Restricted).await;
        let mut sam = t.signed_in(&s.sam).await;
        assert_eq!(sam.get(&format!("/glass/{}", s.josie)).await.status, StatusCode::NOT_FOUND);
        let mut wren = t.signed_in(&s.wren).await;
        assert_eq!(wren.get("/glass").await.status, StatusCode::FORBIDDEN);
        assert_eq!(sam.get("/glass").await.status, StatusCode::OK);
        let day = [("born-day", "4"), ("born-month", "5"), ("born-year", "2017")];
        let asked = |name: &'static str| {
            let mut fields = vec![("name", name)];
            fields.extend(day);
            fields
        };
        for nearly in ["Josie Blak", "Josie", "Josey Blake", ""] {
            let page = sam.post("/glass", &asked(nearly)).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{nearly}");
            assert!(!page.words().contains("There is a restricted record"), "{nearly}");
        }
        let mut fields = asked("josie  BLAKE");
        let page = sam.post("/glass", &fields).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.words().contains("There is a restricted record of exactly this person"));
        fields.extend([("step", "open"), ("reason", WHY), ("how_long", "today")]);
        let opened = sam.post("/glass", &fields).await;
        assert_eq!(opened.location, Some(format!("/person/{}", s.josie)));
        assert_eq!(sam.get(&format!("/person/{}/readings", s.josie)).await.status, StatusCode::OK);
        // the responsible worker and the manager are not named, so a notice would tell them too much
        let mut conn = t.app.db.read().await.unwrap();
        for (worker, expected) in [(&s.wren, 0), (&s.mo, 0), (&s.sam, 0), (&officer, 1)] {
            let told = app::notice::unseen(&mut conn, worker.id).await.unwrap();
            assert_eq!(told.len(), expected, "{}", worker.who.name);
            assert!(told.iter().all(|told| !told.words.contains("Josie")));
        }
        drop(conn);
        assert_eq!(today(&t, &s.mo).await, "");
        assert!(today(&t, &officer).await.contains(WHY));
        t.level(s.josie, AccessLevel::Sealed).await;
        let page = sam.post("/glass", &asked("Josie Blake")).await;
        assert!(!page.words().contains("There is a restricted record"));
        assert_eq!(today(&t, &officer).await, "");
    })
    .await;
}

#[tokio::test]
async fn given_a_week_and_a_day_then_it_is_too_long_and_says_so() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut sam = t.signed_in(&s.sam).await;
        let day = |day: &'static str, month: &'static str| {
            [
                ("reason", WHY),
                ("how_long", "until"),
                ("until-day", day),
                ("until-month", month),
                ("until-year", "2026"),
            ]
        };
        assert_eq!(press(&mut sam, s.josie, &day("28", "11")).await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(press(&mut sam, s.josie, &day("31", "11")).await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(press(&mut sam, s.josie, &[("reason", WHY)]).await, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(press(&mut sam, s.josie, &day("27", "11")).await, StatusCode::SEE_OTHER);
        // once open there is no glass to break
        assert_eq!(
            sam.get(&format!("/glass/{}", s.josie)).await.location,
            Some(format!("/person/{}", s.josie))
        );
    })
    .await;
}

#[tokio::test]
async fn given_readings_of_many_kinds_then_each_says_what_was_read_and_why_they_could() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut wren = t.signed_in(&s.wren).await;
        for page in [
            "",
            "/about",
            "/people",
            "/timeline",
            "/family-timeline",
            "/steps",
            "/episodes",
            "/helpers",
            "/dates",
        ] {
            let path = format!("/person/{}{page}", s.josie);
            assert!(wren.get(&path).await.status.is_success(), "{path}");
        }
        let words = wren.get(&format!("/person/{}/readings", s.josie)).await.words();
        for what in [
            "Their page",
            "Their details",
            "Who matters to them",
            "The timeline",
            "The family's timeline",
            "The steps taken",
            "Their episodes",
            "Who works with them",
            "The dates that run",
        ] {
            assert!(words.contains(&format!("{what} Their responsible worker")), "{what}: {words}");
        }
        assert!(!words.contains("Part of the record") && !words.contains("Not noted"), "{words}");
    })
    .await;
}
