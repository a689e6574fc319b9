//! What a newer census leaves out or has otherwise is asked about, and a person decides.

use super::{FIRST, NOTHING, bring, census, child, person, reports, size, team};
use app::episode;
use axum::http::StatusCode;
use db::args;
use jiff::civil::date;
use practice::episode::EpisodeKind;
use practice::id::TeamId;
use practice::role::Role;
use testkit::{Browser, TestApp, both};

/// Someone who decides what files ask, signed in.
async fn officer(t: &TestApp, team: TeamId) -> Browser {
    let worker = t.worker("Dot Officer", Role::DataOfficer, team).await;
    t.signed_in(&worker).await
}

/// The addresses of what is open to decide, with their sentences.
async fn open(browser: &mut Browser) -> Vec<String> {
    let page = browser.get("/administration/imports/questions").await;
    let parts = page.text.split("/administration/imports/question/").skip(1);
    parts.map(|part| part[..36].to_owned()).collect()
}

fn decided<'a>(decision: &'a str, reason: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("decision", decision), ("reason", reason)]
}

const QUESTIONS: &str = "SELECT CAST(count(*) AS bigint) FROM import_question WHERE superseded_at IS NULL";

#[tokio::test]
async fn a_newer_census_of_the_year_marks_what_it_no_longer_holds_and_a_person_decides() {
    both(|t| async move {
        let north = team(&t).await;
        bring(&t, &[census(2025, &(child("C1", FIRST) + &child("C2", NOTHING) + &child("C3", FIRST)))]).await;
        let before = size(&t).await;
        let newer = census(2025, &(child("C1", "") + &child("C3", FIRST)));
        t.pass(jiff::SignedDuration::from_hours(1));
        let done = reports(bring(&t, std::slice::from_ref(&newer)).await);
        assert_eq!(size(&t).await, before, "nothing is changed and nothing deleted");
        assert_eq!(done[0].counts["things to decide"], 3, "{}", done[0]);
        // again it asks nothing new
        bring(&t, std::slice::from_ref(&newer)).await;
        assert_eq!(t.app.db.read().await.unwrap().number(QUESTIONS, args![]).await.unwrap(), 3);

        let mut browser = officer(&t, north).await;
        let page = browser.get("/administration/imports/questions").await.words();
        for part in [
            "C1: Child in need from 10 January 2025, no longer in the return of 2025",
            "C1: Child protection from 18 February 2025, no longer in the return of 2025",
            "C2 is no longer in the return of 2025",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        let all = open(&mut browser).await;
        assert_eq!(all.len(), 3);
        let to = |at: usize| format!("/administration/imports/question/{}", all[at]);
        let mut need = usize::MAX;
        let mut gone = usize::MAX;
        for at in 0..3 {
            let words = browser.get(&to(at)).await.words();
            if words.contains("Child in need from") {
                need = at;
            }
            if words.contains("C2 is no longer") {
                gone = at;
            }
        }
        let silent = browser.post(&to(need), &decided("end", " ")).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(silent.words().contains("Say why"), "{}", silent.words());
        let dayless = browser.post(&to(need), &decided("end", "Closed in May.")).await;
        assert!(dayless.words().contains("Say on which day it ended"), "{}", dayless.words());
        let mut ended = decided("end", "Closed in May.");
        ended.extend([("on-day", "2"), ("on-month", "5"), ("on-year", "2025")]);
        let on = browser.post(&to(need), &ended).await;
        assert_eq!(on.status, StatusCode::SEE_OTHER, "{}", on.words());
        let report = browser.get(&on.location.unwrap()).await.words();
        assert!(report.contains("End it: \u{201c}Closed in May.\u{201d}, Dot Officer"), "{report}");
        let josie = person(&t, "C1").await;
        let held = episode::episodes(&mut t.app.db.read().await.unwrap(), josie).await.unwrap();
        let need_now = held.iter().find(|it| it.kind == EpisodeKind::ChildInNeed).unwrap();
        assert_eq!(
            (need_now.to, need_now.end_reason.as_deref()),
            (Some(date(2025, 5, 2)), Some("Closed in May."))
        );
        let twice = browser.post(&to(need), &ended).await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        let wrong = browser.post(&to(gone), &decided("wrong", "The other child of that name.")).await;
        assert_eq!(wrong.status, StatusCode::SEE_OTHER, "{}", wrong.words());
        // what is open is answered by itself when a newer file holds it again
        t.pass(jiff::SignedDuration::from_hours(1));
        bring(&t, &[census(2025, &(child("C1", FIRST) + &child("C3", FIRST)))]).await;
        assert!(open(&mut browser).await.is_empty());
        let noted = "SELECT CAST(count(*) AS bigint) FROM journal WHERE action = 'decide_import'";
        assert_eq!(t.app.db.read().await.unwrap().number(noted, args![]).await.unwrap(), 2);
        t.facts_hold("import_question").await;
    })
    .await;
}

#[tokio::test]
async fn an_overlap_is_decided_on_a_page_ours_theirs_or_both() {
    both(|t| async move {
        let north = team(&t).await;
        let moved = FIRST.replace("2025-01-10", "2025-01-08");
        let three = |text: &str| child("C1", text) + &child("C2", text) + &child("C3", text);
        bring(&t, &[census(2025, &three(FIRST))]).await;
        t.pass(jiff::SignedDuration::from_hours(1));
        let done = reports(bring(&t, &[census(2025, &three(&moved))]).await);
        assert_eq!(
            done[0].counts["things to decide"], 3,
            "an overlap each, and not what it leaves out as well: {}",
            done[0]
        );
        let mut browser = officer(&t, north).await;
        let all = open(&mut browser).await;
        assert_eq!(all.len(), 3);
        let mut places = std::collections::BTreeMap::new();
        for id in all {
            let to = format!("/administration/imports/question/{id}");
            let words = browser.get(&to).await.words();
            assert!(
                words.contains("10 January 2025, goes on") && words.contains("8 January 2025, goes on"),
                "{words}"
            );
            let whom = ["C1", "C2", "C3"].into_iter().find(|id| words.contains(*id)).unwrap();
            places.insert(whom, to);
        }
        let ours = browser.post(&places["C1"], &decided("keep-ours", "Seen on paper.")).await;
        assert_eq!(ours.status, StatusCode::SEE_OTHER, "{}", ours.words());
        let theirs = browser.post(&places["C2"], &decided("take-theirs", "The letter says the 8th.")).await;
        assert_eq!(theirs.status, StatusCode::SEE_OTHER, "{}", theirs.words());
        let mut both = decided("keep-both", "Two referrals.");
        both.extend([("on-day", "8"), ("on-month", "1"), ("on-year", "2025")]);
        let refused = browser.post(&places["C3"], &both).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.words().contains("days beside it") && refused.text.contains("Two referrals."),
            "{}",
            refused.words()
        );
        both.extend([("to-day", "9"), ("to-month", "1"), ("to-year", "2025")]);
        let kept = browser.post(&places["C3"], &both).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.words());
        let mut spans = vec![];
        for id in ["C1", "C2", "C3"] {
            let child = person(&t, id).await;
            let held = episode::episodes(&mut t.app.db.read().await.unwrap(), child).await.unwrap();
            let mut of: Vec<_> = held
                .iter()
                .filter(|it| it.kind == EpisodeKind::ChildInNeed)
                .map(|it| (it.from, it.to))
                .collect();
            of.sort();
            spans.push(of);
        }
        let ours = (date(2025, 1, 10), None);
        assert_eq!(
            spans,
            [
                vec![ours],
                vec![(date(2025, 1, 8), None)],
                vec![(date(2025, 1, 8), Some(date(2025, 1, 9))), ours]
            ]
        );
        // whoever only administers the system, or works with people, decides nothing
        let team = t.team("East", None).await;
        let admin = t.worker("Ada Admin", Role::SystemAdministrator, team).await;
        let mut other = t.signed_in(&admin).await;
        assert_eq!(other.get(&places["C1"]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(other.get("/administration/imports/questions").await.status, StatusCode::FORBIDDEN);
    })
    .await;
}
