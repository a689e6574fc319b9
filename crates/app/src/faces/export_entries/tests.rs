//! What was recorded is taken along by those who may read it, marked, and harmless to a spreadsheet.

use crate::entry::{about, allocate, file, person, visit};
use app::Who;
use app::faces::export_entries::{Export, Format, export, instant};
use axum::http::StatusCode;
use db::args;
use practice::entry::Seen;
use practice::recording::Audience;
use practice::role::Role;
use testkit::{TestApp, both};

async fn taken(t: &TestApp, who: &Who, since: &str, format: Format) -> (u64, String) {
    let what = Export { since: since.parse().unwrap(), format, own: false };
    let mut out = vec![];
    let many = export(&t.app, who, what, &mut out).await.unwrap();
    (many, String::from_utf8(out).unwrap())
}

#[tokio::test]
async fn an_operator_takes_along_what_is_new_and_each_entry_is_marked() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let (ada, ben) = (person(&t, "Ada", "findable").await, person(&t, "Ben", "findable").await);
        allocate(&t, &nadia, ada).await;
        allocate(&t, &nadia, ben).await;
        file(&t, &nadia, visit(vec![about(ada, Some(Seen::Yes))], "Before")).await.unwrap();
        t.pass(jiff::SignedDuration::from_hours(2));
        let both_seen = vec![about(ada, Some(Seen::Alone)), about(ben, Some(Seen::No))];
        let entry = file(&t, &nadia, visit(both_seen, "=HYPERLINK(\"http://example.org\")")).await.unwrap();
        let program = Who::program("export entries");
        let (many, csv) = taken(&t, &program, "2026-11-21T11:00:00Z", Format::Csv).await;
        assert_eq!(many, 1);
        assert!(csv.starts_with('\u{feff}'), "a mark for spreadsheets");
        let mut rows = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        let names = rows.headers().unwrap().clone();
        let row = rows.records().next().unwrap().unwrap();
        let cell =
            |name: &str| row.get(names.iter().position(|one| one == name).unwrap()).unwrap().to_owned();
        assert_eq!(cell("what_happened"), "'=HYPERLINK(\"http://example.org\")", "harmless");
        assert_eq!(cell("seen"), "Ada: seen alone; Ben: not seen (At Nan's)");
        assert_eq!(cell("written_by"), "Nadia Farrow");
        let mut conn = t.app.db.read().await.unwrap();
        let marked: Vec<(uuid::Uuid, String)> =
            conn.all("SELECT entry_id, how FROM carried_over", args![]).await.unwrap();
        assert_eq!(marked, [(entry.0, "export".to_owned())]);
        drop(conn);
        let (many, text) = taken(&t, &program, "2026-11-20T00:00:00Z", Format::Text).await;
        assert_eq!(many, 2);
        assert!(text.contains("Before") && text.contains("Ben was not seen"), "{text}");
        let page = t.signed_in(&nadia).await.get(&format!("/entry/{entry}")).await.words();
        assert!(page.contains("Carried over on") && page.contains("(export)"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_worker_takes_along_only_what_they_may_read() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let kit = t.worker("Kit Lund", Role::FamilySupportWorker, team).await;
        let ola = t.worker("Ola Reyes", Role::SystemAdministrator, team).await;
        let (ada, zed) = (person(&t, "Ada", "findable").await, person(&t, "Zed", "restricted").await);
        allocate(&t, &nadia, ada).await;
        allocate(&t, &nadia, zed).await;
        t.listed(zed, &nadia).await;
        allocate(&t, &kit, ada).await;
        file(&t, &nadia, visit(vec![about(ada, Some(Seen::Yes))], "For both of us")).await.unwrap();
        file(&t, &nadia, visit(vec![about(zed, Some(Seen::Yes))], "Hidden away")).await.unwrap();
        let only = Audience::Named { workers: vec![nadia.id], people: vec![] };
        let mine = practice::recording::RecordEntry {
            audience: only,
            ..visit(vec![about(ada, None)], "For one reader")
        };
        file(&t, &nadia, mine).await.unwrap();
        let (many, text) = taken(&t, &kit.who, "2026-11-20T00:00:00Z", Format::Text).await;
        assert_eq!(many, 1, "{text}");
        assert!(
            !text.contains("Hidden away") && !text.contains("For one reader") && !text.contains("Zed"),
            "{text}"
        );
        let fields = [
            ("since-day", "1"),
            ("since-month", "11"),
            ("since-year", "2026"),
            ("format", "csv"),
            ("own", "yes"),
        ];
        let mut browser = t.signed_in(&nadia).await;
        let today = browser.get("/take-along").await;
        assert_eq!(today.status, StatusCode::OK, "{}", today.words());
        let sent = browser.post("/take-along", &fields).await;
        assert_eq!(sent.status, StatusCode::OK);
        assert!(
            sent.headers["content-disposition"].to_str().unwrap().contains("entries since 2026-11-01.csv")
        );
        assert_eq!(sent.text.lines().count(), 4, "three of her own: {}", sent.text);
        let wrong = browser.post("/take-along", &[("since-day", "40")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let refused = t.signed_in(&ola).await.get("/take-along").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[test]
fn an_instant_is_a_day_or_a_time_in_london() {
    for words in ["2026-07-01", "01/07/2026", "2026-07-01T00:00", "2026-06-30T23:00:00Z"] {
        assert_eq!(instant(words).unwrap().to_string(), "2026-06-30T23:00:00Z", "{words}");
    }
    for words in ["", "yesterday", "32/07/2026", "07/2026"] {
        assert!(instant(words).unwrap_err().contains("Say a day"), "{words}");
    }
}

#[tokio::test]
async fn what_touches_a_restricted_record_is_in_no_file_but_that_of_someone_on_its_list() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let breaker = t.worker("Owen Pike", Role::SocialWorker, team).await;
        let (ada, hidden) = (person(&t, "Ada", "findable").await, person(&t, "Quill", "findable").await);
        allocate(&t, &nadia, ada).await;
        allocate(&t, &nadia, hidden).await;
        file(&t, &nadia, visit(vec![about(ada, Some(Seen::Yes))], "Of Ada alone")).await.unwrap();
        file(&t, &nadia, visit(vec![about(hidden, Some(Seen::Yes))], "Of Quill alone")).await.unwrap();
        let both_seen = vec![about(ada, Some(Seen::Yes)), about(hidden, Some(Seen::Yes))];
        file(&t, &nadia, visit(both_seen, "Of both")).await.unwrap();
        t.level(hidden, practice::person::AccessLevel::Restricted).await;
        t.listed(hidden, &nadia).await;
        t.glass(ada, &breaker).await;
        let today = t.app.moment().today();
        let mut conn = t.app.db.read().await.unwrap();
        let as_nadia =
            app::who::on_behalf(&mut conn, "nadia.farrow", "export", today).await.unwrap().unwrap();
        assert!(app::who::on_behalf(&mut conn, "nobody", "export", today).await.unwrap().is_none());
        drop(conn);
        for (who, expected) in
            [(&Who::program("export"), 1), (&breaker.who, 0), (&nadia.who, 3), (&as_nadia, 3)]
        {
            let (many, csv) = taken(&t, who, "2026-11-01T00:00:00Z", Format::Csv).await;
            assert_eq!(many, expected, "{}: {csv}", who.name);
            assert_eq!(csv.contains("Quill"), expected == 3, "{csv}");
        }
    })
    .await;
}
