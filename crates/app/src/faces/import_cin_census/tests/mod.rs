//! A census becomes episodes, steps and clocks; again it changes nothing; what does not fit is listed; what is
//! broken or hostile is refused and stores nothing.

mod asked;

use app::Who;
use app::faces::import_cin_census::{CensusFile, Choice, InMemory, import};
use app::faces::imports::{Mode, Outcome, Report, unwatched};
use app::{clock, episode, step};
use db::args;
use jiff::civil::date;
use practice::episode::{EpisodeKind, StepKind, StepOutcome};
use practice::id::{PersonId, TeamId};
use practice::role::Role;
use testkit::{TestApp, both};

fn census(year: i16, children: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Message><Header><CollectionDetails><Collection>CIN</Collection>\
         <Year>{year}</Year><ReferenceDate>{year}-03-31</ReferenceDate></CollectionDetails><Source><SourceLevel>L</SourceLevel>\
         <LEA>201</LEA></Source></Header><Children>{children}</Children></Message>"
    )
}

fn child(id: &str, details: &str) -> String {
    format!(
        "<Child><ChildIdentifiers><LAchildID>{id}</LAchildID><PersonBirthDate>2014-03-09</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>\
         <ChildCharacteristics><Ethnicity>WBRI</Ethnicity><Disabilities><Disability>AUT</Disability></Disabilities></ChildCharacteristics>\
         {details}</Child>"
    )
}

/// A year in which a child was assessed, had an enquiry, a conference and a plan.
const FIRST: &str = "<CINdetails><CINreferralDate>2025-01-10</CINreferralDate><ReferralSource>2A</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>\
    <Assessments><AssessmentActualStartDate>2025-01-12</AssessmentActualStartDate><AssessmentAuthorisationDate>2025-02-20</AssessmentAuthorisationDate>\
    <FactorsIdentifiedAtAssessment><AssessmentFactors>16A</AssessmentFactors><AssessmentFactors>3B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>\
    <Section47><S47ActualStartDate>2025-02-01</S47ActualStartDate><InitialCPCtarget>2025-02-21</InitialCPCtarget><DateOfInitialCPC>2025-02-18</DateOfInitialCPC><ICPCnotRequired>false</ICPCnotRequired></Section47>\
    <ReferralNFA>false</ReferralNFA><ChildProtectionPlans><CPPstartDate>2025-02-18</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>\
    <LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP></ChildProtectionPlans></CINdetails>";
/// The year after: a review, the plan ended, a plan for a child in need, the episode still open.
const SECOND: &str = "<CINdetails><CINreferralDate>2025-01-10</CINreferralDate><ReferralSource>2A</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>\
    <CINPlanDates><CINPlanStartDate>2025-08-01</CINPlanStartDate></CINPlanDates><ReferralNFA>false</ReferralNFA>\
    <ChildProtectionPlans><CPPstartDate>2025-02-18</CPPstartDate><CPPendDate>2025-08-01</CPPendDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>\
    <LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP><Reviews><CPPreviewDate>2025-05-10</CPPreviewDate>\
    <CPPreviewDate>2025-08-01</CPPreviewDate></Reviews></ChildProtectionPlans></CINdetails>";
const NOTHING: &str = "<CINdetails><CINreferralDate>2025-02-01</CINreferralDate><ReferralSource>6</ReferralSource><CINclosureDate>2025-02-02</CINclosureDate>\
    <ReasonForClosure>RC7</ReasonForClosure><ReferralNFA>true</ReferralNFA></CINdetails>";

async fn team(t: &TestApp) -> TeamId {
    let team = t.team("North", None).await;
    t.worker("Imani Osei", Role::TeamManager, team).await;
    team
}

fn files(texts: &[String]) -> Vec<Box<dyn CensusFile>> {
    let each = texts.iter().enumerate();
    each.map(|(at, text)| {
        Box::new(InMemory::of(&format!("census-{at}.xml"), text.clone().into_bytes())) as Box<dyn CensusFile>
    })
    .collect()
}

async fn bring(t: &TestApp, texts: &[String]) -> Vec<Outcome> {
    let choice = Choice { team: None, mode: Mode::Store };
    import(&t.app, &Who::program("import cin-census"), &files(texts), &choice, &unwatched)
        .await
        .expect("outcomes")
}

fn reports(outcomes: Vec<Outcome>) -> Vec<Report> {
    let each = outcomes.into_iter().map(|outcome| match outcome {
        Outcome::Done(report) => *report,
        Outcome::Nothing(problems) => panic!("{problems}"),
    });
    each.collect()
}

async fn person(t: &TestApp, id: &str) -> PersonId {
    const SQL: &str = "SELECT person_id FROM person_identifier WHERE kind = 'council-id' AND number = $1";
    let row: (uuid::Uuid,) = t.app.db.read().await.unwrap().one(SQL, args![id]).await.unwrap();
    row.0.into()
}

async fn size(t: &TestApp) -> Vec<i64> {
    let mut conn = t.app.db.read().await.unwrap();
    let mut all = vec![];
    for sql in [
        "SELECT CAST(count(*) AS bigint) FROM person",
        "SELECT CAST(count(*) AS bigint) FROM person_detail",
        "SELECT CAST(count(*) AS bigint) FROM person_birth",
        "SELECT CAST(count(*) AS bigint) FROM episode",
        "SELECT CAST(count(*) AS bigint) FROM circumstance",
        "SELECT CAST(count(*) AS bigint) FROM step",
        "SELECT CAST(count(*) AS bigint) FROM entry",
        "SELECT CAST(count(*) AS bigint) FROM clock",
        "SELECT CAST(count(*) AS bigint) FROM imported_value",
    ] {
        all.push(conn.number(sql, args![]).await.unwrap());
    }
    all
}

#[tokio::test]
async fn two_years_in_any_order_become_episodes_steps_and_clocks() {
    both(|t| async move {
        team(&t).await;
        let (first, second) =
            (census(2025, &(child("C1", FIRST) + &child("C2", NOTHING))), census(2026, &child("C1", SECOND)));
        let done = reports(bring(&t, &[second, first]).await);
        assert_eq!(done[0].counts["children added"], 2, "the earlier year comes first: {}", done[0]);
        assert_eq!(done[0].counts["episodes added"], 2);
        assert_eq!(
            done[0].counts["steps added"],
            5 + 2,
            "referral, assessment, enquiry, conference, plan; referral, decision"
        );
        assert_eq!(
            done[1].counts["steps added"], 3,
            "two reviews and a plan for a child in need: {}",
            done[1]
        );
        assert_eq!((done[1].counts["episodes ended"], done[1].counts["steps finished"]), (1, 1));
        assert!(
            done.iter().all(|report| report.listed.is_empty() && report.not_understood.is_empty()),
            "{done:?}"
        );

        let josie = person(&t, "C1").await;
        let mut conn = t.app.db.read().await.unwrap();
        let header = app::person::header(&mut conn, josie).await.unwrap().unwrap();
        assert_eq!(header.full_name, "Name not given yet, council id C1");
        let episodes = episode::episodes(&mut conn, josie).await.unwrap();
        let spans: Vec<_> = episodes.iter().map(|it| (it.kind, it.from, it.to)).collect();
        assert_eq!(
            spans,
            [
                (EpisodeKind::ChildProtection, date(2025, 2, 18), Some(date(2025, 8, 1))),
                (EpisodeKind::ChildInNeed, date(2025, 1, 10), None),
            ]
        );
        let steps = step::steps(&mut conn, josie).await.unwrap();
        let enquiry = steps.iter().find(|it| it.kind == StepKind::Section47Enquiry).unwrap();
        assert_eq!(
            (enquiry.ended, enquiry.outcome),
            (Some(date(2025, 2, 18)), Some(StepOutcome::Conference))
        );
        let plan = steps.iter().find(|it| it.kind == StepKind::ProtectionPlan).unwrap();
        assert_eq!(plan.ended, Some(date(2025, 8, 1)));
        assert!(plan.detail.as_ref().is_some_and(|detail| detail.contains("NEG")));
        let source: (String, String) = conn
            .one("SELECT narrative, source FROM entry WHERE title = 'Assessment'", args![])
            .await
            .unwrap();
        assert!(source.0.contains("neglect; domestic abuse (a parent or carer)"), "{}", source.0);
        assert_eq!(source.1, "Children in need census, year ending 31 March 2025");
        let running = clock::running_of(&mut conn, josie, date(2026, 11, 21)).await.unwrap();
        assert!(
            running.iter().any(|kept| kept.clock.rule.as_str().starts_with("CN-")),
            "clocks follow: {running:?}"
        );
        let nothing = person(&t, "C2").await;
        let none = clock::running_of(&mut conn, nothing, date(2026, 11, 21)).await.unwrap();
        assert!(none.is_empty(), "nothing runs after a referral that led to nothing: {none:?}");
    })
    .await;
}

#[tokio::test]
async fn again_changes_nothing_also_an_older_year_after_a_newer() {
    both(|t| async move {
        team(&t).await;
        let (first, second) =
            (census(2025, &(child("C1", FIRST) + &child("C2", NOTHING))), census(2026, &child("C1", SECOND)));
        bring(&t, &[first.clone(), second.clone()]).await;
        let before = size(&t).await;
        for text in [&first, &second, &first] {
            t.pass(jiff::SignedDuration::from_hours(1));
            let again = reports(bring(&t, std::slice::from_ref(text)).await);
            assert!(again[0].changed_nothing() && again[0].listed.is_empty(), "{}", again[0]);
            assert_eq!(size(&t).await, before);
        }
    })
    .await;
}

#[tokio::test]
async fn what_overlaps_or_is_no_longer_held_is_listed_and_left_alone() {
    both(|t| async move {
        team(&t).await;
        bring(&t, &[census(2025, &(child("C1", FIRST) + &child("C2", NOTHING)))]).await;
        let before = size(&t).await;
        let moved = FIRST.replace("2025-01-10", "2025-01-08");
        let done = reports(bring(&t, &[census(2025, &child("C1", &moved))]).await);
        let listed: Vec<String> = done[0].listed.iter().map(ToString::to_string).collect();
        assert!(listed[0].contains("C1 (line 1): Child in need from 8 January 2025 overlaps with the one that the record has from 10 January 2025"), "{listed:#?}");
        assert!(listed.iter().any(|one| one.contains("C1: Child in need from 10 January 2025 is no longer in the file of 2025")), "{listed:#?}");
        assert!(listed.iter().any(|one| one.contains("C2: This child is no longer in the file of 2025")), "{listed:#?}");
        assert_eq!(size(&t).await, before, "all left alone");
    })
    .await;
}

#[tokio::test]
async fn a_page_that_said_otherwise_since_stands() {
    both(|t| async move {
        team(&t).await;
        let closed = FIRST.replace("<Assessments>", "<CINclosureDate>2025-03-20</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure><Assessments>");
        let text = census(2025, &child("C1", &closed.replace("<ReferralNFA>", "<!-- --><ReferralNFA>")));
        bring(&t, std::slice::from_ref(&text)).await;
        let josie = person(&t, "C1").await;
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let held = episode::episodes(&mut tx, josie).await.unwrap();
        let held = held.iter().find(|it| it.kind == EpisodeKind::ChildInNeed).unwrap();
        let right = episode::CorrectEpisode {
            episode: held.id,
            version: held.version,
            from: held.from,
            to: Some(date(2025, 3, 25)),
            team: None,
            why: "Closed later".to_owned(),
        };
        episode::correct_episode(&mut tx, &Who::program("a page"), &mut moment, right).await.unwrap();
        tx.commit().await.unwrap();
        let again = reports(bring(&t, &[text]).await);
        assert!(again[0].changes.is_empty(), "{}", again[0]);
        assert!(again[0].listed[0].words.contains("the record says it ended on 25 March 2025; left as it is"), "{}", again[0]);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_understood_is_listed_with_child_and_element_and_kept() {
    both(|t| async move {
        team(&t).await;
        let odd = FIRST
            .replace("N1", "N42")
            .replace("<CPPstartDate>2025-02-18", "<CPPstartDate>18/02/2025")
            .replace("<ReferralNFA>", "<FavouriteColour>blue</FavouriteColour><ReferralNFA>");
        let text = census(
            2025,
            &(child("C1", &odd)
                + &child("not/an/id", NOTHING)
                + &child("C3", &NOTHING.replace("2025-02-01", "2031-02-01"))),
        );
        let done = reports(bring(&t, &[text]).await);
        let told: Vec<String> = done[0].not_understood.iter().map(ToString::to_string).collect();
        for wanted in [
            "C1 (line 1): PrimaryNeedCode “N42”. This code is not in the list",
            "C1 (line 1): CPPstartDate “18/02/2025”. A day such as 2025-04-23 is expected",
            "FavouriteColour “blue”",
            "not/an/id (line 1): LAchildID “not/an/id”. A council id cannot have",
            "C3 (line 1): CINreferralDate “2031-02-01”. This day is still to come",
        ] {
            assert!(told.iter().any(|one| one.contains(wanted)), "{wanted} is not in {told:#?}");
        }
        let mut conn = t.app.db.read().await.unwrap();
        let kept: (String,) = conn.one("SELECT report FROM import_run", args![]).await.unwrap();
        assert!(kept.0.contains("FavouriteColour") && kept.0.contains("blue"));
        assert_eq!(conn.number("SELECT CAST(count(*) AS bigint) FROM person", args![]).await.unwrap(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_child_of_the_record_keeps_its_name_and_what_pages_said() {
    both(|t| async move {
        team(&t).await;
        let people =
            "council_id,given_name,family_name,birth_date,ethnicity\nC1,Josephine,Wren,2014-03-10,Welsh\n";
        let folder = app::faces::import_people::Folder {
            name: "folder".to_owned(),
            files: vec![("people.csv".to_owned(), people.as_bytes().to_vec())],
        };
        let choice = app::faces::import_people::Choice { team: None, mode: Mode::Store };
        app::faces::import_people::import(
            &t.app,
            &Who::program("import people"),
            &folder,
            &choice,
            &unwatched,
        )
        .await
        .unwrap();
        let done = reports(bring(&t, &[census(2025, &child("C1", FIRST))]).await);
        let listed: Vec<String> = done[0].listed.iter().map(ToString::to_string).collect();
        assert!(
            listed.iter().any(|one| one.contains("Birth: the record says 2014-03-10, the census 2014-03-09")),
            "{listed:#?}"
        );
        assert!(listed.iter().any(|one| one.contains("Ethnicity: the record says Welsh")), "{listed:#?}");
        let mut conn = t.app.db.read().await.unwrap();
        let josie = person(&t, "C1").await;
        let header = app::person::header(&mut conn, josie).await.unwrap().unwrap();
        assert_eq!(header.full_name, "Josephine Wren");
        assert_eq!(episode::episodes(&mut conn, josie).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_team_with_a_manager_is_needed_while_an_episode_goes_on() {
    both(|t| async move {
        let choice = |team: Option<&str>| Choice { team: team.map(str::to_owned), mode: Mode::Store };
        let who = Who::program("import cin-census");
        let open = files(&[census(2025, &child("C1", FIRST))]);
        let refused = import(&t.app, &who, &open, &choice(None), &unwatched).await.expect_err("no team");
        assert!(refused.to_string().contains("--team"), "{refused}");
        t.team("Quay", None).await;
        let refused =
            import(&t.app, &who, &open, &choice(Some("quay")), &unwatched).await.expect_err("no manager");
        assert!(refused.to_string().contains("has no manager"), "{refused}");
        let closed = files(&[census(2025, &child("C2", NOTHING))]);
        import(&t.app, &who, &closed, &choice(None), &unwatched)
            .await
            .expect("nothing goes on, so no team is needed");
        assert_eq!(size(&t).await[0], 1);
    })
    .await;
}

#[tokio::test]
async fn a_broken_or_hostile_file_is_refused_and_none_is_stored() {
    both(|t| async move {
        team(&t).await;
        let good = census(2025, &(child("C1", FIRST) + &child("C2", NOTHING)));
        let entities: String =
            (0..20).fold(String::new(), |all, n| all + &format!("<!ENTITY l{n} \"&l{0};&l{0};\">", n + 1));
        let bomb = good.replace("<Message>", &format!("<!DOCTYPE Message [{entities}]><Message>"));
        let outside = good.replace("<Message>", "<!DOCTYPE Message SYSTEM \"file:///etc/passwd\"><Message>");
        let cases: Vec<(String, &str)> = vec![
            (String::new(), "the file is empty"),
            ("hello".to_owned(), "census-1.xml"),
            (good[..good.len() - 40].to_owned(), "it was cut short"),
            (good[..good.len() / 2].to_owned(), "cut short"),
            (
                good.replace("<Message>", "<Post>").replace("</Message>", "</Post>"),
                "<Message> as the root element",
            ),
            (good.replace(">CIN<", ">SSDA903<"), "this is not a CIN census"),
            (good.replace("</Child>", "</Chid>"), "not well-formed XML"),
            (bomb, "<!DOCTYPE>"),
            (outside, "<!DOCTYPE>"),
            (good.replace("C1", "&bomb;"), "the entity &bomb;"),
            (good.replace("encoding=\"utf-8\"", "encoding=\"ebcdic\""), "save the file as UTF-8"),
            (good.replace("<Children>", &"<a>".repeat(100)), "elements lie more than 64 deep"),
            (
                good.replace("<Year>2025</Year><ReferenceDate>2025-03-31</ReferenceDate>", ""),
                "The header has no year",
            ),
            (
                good.replace("<ReferenceDate>2025-03-31", "<ReferenceDate>2024-03-31"),
                "31 March 2025 is expected",
            ),
            (good.replace("C1", &"x".repeat(2_000_000)), "longer than 1 MiB"),
        ];
        for (text, wanted) in cases {
            let outcomes = bring(&t, &[census(2024, &child("C9", NOTHING)), text]).await;
            let [Outcome::Nothing(problems)] = outcomes.as_slice() else { panic!("{wanted}: {outcomes:?}") };
            assert!(problems.to_string().contains(wanted), "wanted {wanted}: {problems}");
        }
        assert_eq!(size(&t).await[0], 0, "nothing of the good file either");
    })
    .await;
}

#[tokio::test]
async fn the_published_sample_comes_in_whole_where_it_is_there() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/samples/cin");
    let Ok(clean) = std::fs::read_to_string(path.join("clean_300.xml")) else { return };
    let t = TestApp::sqlite().await;
    team(&t).await;
    let done = reports(bring(&t, std::slice::from_ref(&clean)).await);
    assert_eq!(done[0].counts["children added"], 300);
    assert!(done[0].not_understood.is_empty() && done[0].listed.is_empty(), "{}", done[0]);
    let before = size(&t).await;
    let again = reports(bring(&t, &[clean]).await);
    assert!(again[0].changed_nothing(), "{}", again[0]);
    assert_eq!(size(&t).await, before);
    let faulty = std::fs::read_to_string(path.join("faulty_420.xml")).unwrap();
    let done = reports(bring(&t, &[faulty]).await);
    assert!(!done[0].not_understood.is_empty() && !done[0].listed.is_empty());
}
