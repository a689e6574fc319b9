//! A folder of people is checked whole, stored whole or not at all, and can be brought in again.

mod again;
mod broken;

use app::Who;
use app::faces::import_people::{Choice, Folder, import, template};
use app::faces::imports::{Mode, Outcome, Problems, Report, unwatched};
use app::{allocation, clock, episode};
use db::args;
use jiff::civil::date;
use practice::id::PersonId;
use testkit::{TestApp, both};

/// A folder of these files.
fn folder(files: &[(&str, &str)]) -> Folder {
    let files = files.iter().map(|(name, words)| ((*name).to_owned(), words.as_bytes().to_vec())).collect();
    Folder { name: "folder".to_owned(), files }
}

/// The worked example that the template writes.
fn example(t: &TestApp) -> Folder {
    let today = t.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let files = template(today)
        .into_iter()
        .filter_map(|file| Some((file.path.strip_prefix("example/")?.to_owned(), file.bytes)))
        .collect();
    Folder { name: "example".to_owned(), files }
}

fn program() -> Who {
    Who::program("import people")
}

async fn bring_with(t: &TestApp, folder: &Folder, team: Option<&str>, mode: Mode) -> Outcome {
    let choice = Choice { team: team.map(str::to_owned), mode };
    import(&t.app, &program(), folder, &choice, &unwatched).await.expect("an outcome")
}

async fn bring(t: &TestApp, folder: &Folder) -> Report {
    match bring_with(t, folder, None, Mode::Store).await {
        Outcome::Done(report) => *report,
        Outcome::Nothing(problems) => panic!("{problems}"),
    }
}

async fn problems(t: &TestApp, folder: &Folder, team: Option<&str>) -> Problems {
    match bring_with(t, folder, team, Mode::Store).await {
        Outcome::Done(report) => panic!("it was stored: {report}"),
        Outcome::Nothing(problems) => problems,
    }
}

/// The person of a council id.
async fn person(t: &TestApp, id: &str) -> Option<PersonId> {
    const SQL: &str = "SELECT person_id FROM person_identifier WHERE kind = 'council-id' AND number = $1 AND superseded_at IS NULL";
    let mut conn = t.app.db.read().await.unwrap();
    let row: Option<(uuid::Uuid,)> = conn.maybe(SQL, args![id]).await.unwrap();
    row.map(|row| row.0.into())
}

async fn number(t: &TestApp, sql: &'static str) -> i64 {
    t.app.db.read().await.unwrap().number(sql, args![]).await.unwrap()
}

const WORKERS: &str = "code,name,role,team,team_name,from\nimani.osei,Imani Osei,team manager,north,North family team,2024-01-01\nnadia.farrow,Nadia Farrow,social worker,north,,2024-01-01\nkit.lund,Kit Lund,family support worker,north,,2024-01-01\n";
const PEOPLE: &str = "council_id,given_name,family_name,birth_date\nA1,Ada,Test,2014-03-09\nA2,Ben,Test,2016-01-02\nA3,Cora,Test,1985-05-05\n";

#[tokio::test]
async fn given_the_worked_example_when_it_is_brought_in_then_the_team_can_begin() {
    both(|t| async move {
        let example = example(&t);
        let looked = bring_with(&t, &example, None, Mode::Look).await;
        assert!(matches!(looked, Outcome::Done(_)), "{looked:?}");
        assert_eq!(number(&t, "SELECT CAST(count(*) AS bigint) FROM person").await, 0, "only looked at");
        let report = bring(&t, &example).await;
        assert_eq!(report.counts["people added"], 5);
        assert_eq!(report.counts["workers added"], 3);
        assert_eq!(report.counts["episodes added"], 4);
        let josie = person(&t, "EX0001").await.expect("Josie");
        let mut conn = t.app.db.read().await.unwrap();
        let header = app::person::header(&mut conn, josie).await.unwrap().unwrap();
        assert_eq!((header.shown_name.as_str(), header.full_name.as_str()), ("Josie", "Josephine Ann Wren"));
        let episodes = episode::episodes(&mut conn, josie).await.unwrap();
        assert_eq!(episodes.len(), 1);
        let helpers = allocation::helpers(&mut conn, josie).await.unwrap();
        assert_eq!(helpers[0].name, "Nadia Farrow");
        let clocks = clock::running_of(&mut conn, josie, date(2026, 11, 21)).await.unwrap();
        let visit = clocks.iter().find(|kept| kept.clock.rule.as_str() == "CP-11").expect("a visit clock");
        assert!(visit.why.started_by.contains("15 November 2026"), "{}", visit.why.started_by);
        drop(conn);
        let runs = number(&t, "SELECT CAST(count(*) AS bigint) FROM import_run").await;
        assert_eq!(runs, 1);
    })
    .await;
}

#[tokio::test]
async fn a_restricted_child_is_restricted_from_the_first_moment_and_the_report_does_not_name_them() {
    both(|t| async move {
        let report = bring(&t, &example(&t)).await;
        let level = "SELECT CAST(count(*) AS bigint) FROM person WHERE access_level = 'restricted'";
        assert_eq!(number(&t, level).await, 1);
        let told = serde_json::to_string(&report).unwrap();
        assert!(!told.contains("Theo") && !told.contains("Tern Close"), "{told}");
        let kept = "SELECT CAST(count(*) AS bigint) FROM import_run WHERE report LIKE '%Theo%' OR report LIKE '%Tern%'";
        assert_eq!(number(&t, kept).await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_team_is_named_unless_there_is_only_one() {
    both(|t| async move {
        bring(&t, &folder(&[("workers.csv", WORKERS)])).await;
        let episodes = "council_id,kind,from\nA1,child in need,2026-05-01\n";
        let files = folder(&[("people.csv", PEOPLE), ("episodes.csv", episodes)]);
        let report = bring(&t, &files).await;
        assert_eq!(report.counts["episodes added"], 1, "the only team holds it");
        t.team("South", None).await;
        let more = folder(&[("episodes.csv", "council_id,kind,from\nA2,child in need,2026-05-01\n")]);
        let told = problems(&t, &more, None).await.to_string();
        assert!(told.contains("episodes.csv, line 2, team: A team is expected"), "{told}");
        let told = problems(&t, &more, Some("south")).await.to_string();
        assert!(told.contains("episodes.csv, line 2: South has no manager"), "{told}");
        let done = bring_with(&t, &more, Some("north"), Mode::Store).await;
        assert!(matches!(done, Outcome::Done(_)));
        let choice = Choice { team: Some("west".to_owned()), mode: Mode::Store };
        let refused = import(&t.app, &program(), &more, &choice, &unwatched).await.expect_err("no such team");
        assert!(refused.to_string().contains("The teams are north, south"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn the_demonstration_takes_no_files() {
    both(|t| async move {
        let t = t.set(|settings| settings.demonstration = true);
        let choice = Choice { team: None, mode: Mode::Store };
        let refused =
            import(&t.app, &program(), &example(&t), &choice, &unwatched).await.expect_err("refused");
        assert!(refused.to_string().contains("takes no files"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn words_that_a_spreadsheet_would_run_are_kept_as_words() {
    both(|t| async move {
        let people = "council_id,given_name,family_name,matters_to_me\nA1,=cmd|'/c calc'!A1,@SUM(A1),\"=HYPERLINK(\"\"http://example.org\"\")\"\n";
        bring(&t, &folder(&[("people.csv", people)])).await;
        let ada = person(&t, "A1").await.unwrap();
        let mut conn = t.app.db.read().await.unwrap();
        let header = app::person::header(&mut conn, ada).await.unwrap().unwrap();
        assert_eq!(header.full_name, "=cmd|'/c calc'!A1 @SUM(A1)");
    })
    .await;
}
