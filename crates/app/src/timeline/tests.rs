//! The timeline's pages as a worker meets them: filters, past days, pages of it, and the page of one entry.

use crate::entry::{about, allocate, at, file, person, visit};
use axum::http::StatusCode;
use db::args;
use practice::entry::Seen;
use practice::recording::{Audience, Correction, RecordEntry};
use practice::role::Role;
use testkit::both;

#[tokio::test]
async fn given_many_entries_when_the_timeline_is_paged_then_each_stands_once_and_the_number_tells_nothing_hidden()
 {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
        let josie = person(&t, "Josie", "findable").await;
        allocate(&t, &nadia, josie).await;
        allocate(&t, &owen, josie).await;
        for n in 0..45 {
            let mut entry = visit(vec![about(josie, None)], &format!("number {n:02}."));
            entry.happened_at = at("2026-01-10T09:00:00Z") + jiff::SignedDuration::from_hours(n * 24);
            if n % 3 == 0 {
                entry.audience = Audience::Named { workers: vec![], people: vec![josie] };
            }
            file(&t, &nadia, entry).await.unwrap();
        }
        let mut browser = t.signed_in(&owen).await;
        let mut next = Some(format!("/person/{josie}/timeline"));
        let (mut found, mut lengths) = (vec![], vec![]);
        while let Some(path) = next {
            let page = browser.get(&path).await;
            assert_eq!(page.status, StatusCode::OK);
            let words = page.words();
            assert!(words.contains("30 entries."), "counted after access: {words}");
            let here: Vec<String> =
                (0..45).map(|n| format!("number {n:02}.")).filter(|one| words.contains(one)).collect();
            lengths.push(here.len());
            found.extend(here);
            next = page
                .text
                .split("rel=\"next\" href=\"")
                .nth(1)
                .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"));
        }
        assert_eq!(lengths, [20, 10], "pages are full");
        found.sort();
        found.dedup();
        assert_eq!(found.len(), 30);
        let few = browser.get(&format!("/person/{josie}/timeline?words=NUMBER+07")).await.words();
        assert!(
            few.contains("1 entry: with \u{201c}NUMBER 07\u{201d}.") && few.contains("number 07."),
            "{few}"
        );
        let none = browser.get(&format!("/person/{josie}/timeline?words=%22%27%25_%3B")).await;
        assert!(
            none.status == StatusCode::OK && none.words().contains("No entry that you may read"),
            "{}",
            none.words()
        );
        let wrong = browser
            .get(&format!(
                "/person/{josie}/timeline?known=then&on-day=31&on-month=2&on-year=2026&after=x&author=x"
            ))
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.words().contains("there is no 31 February 2026"), "{}", wrong.words());
    })
    .await;
}

#[tokio::test]
async fn given_a_corrected_entry_when_either_version_is_opened_then_both_are_readable_and_the_past_shows_the_older()
 {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let josie = person(&t, "Josie", "findable").await;
        allocate(&t, &nadia, josie).await;
        let older =
            file(&t, &nadia, visit(vec![about(josie, Some(Seen::Yes))], "late 11 times")).await.unwrap();
        t.set_now("2026-12-03T10:00:00Z");
        let corrects = Some(Correction { supersedes: older, why: "The register was wrong".to_owned() });
        let newer = RecordEntry { corrects, ..visit(vec![about(josie, Some(Seen::Yes))], "late 14 times") };
        let newer = file(&t, &nadia, newer).await.unwrap();
        let mut browser = t.signed_in(&nadia).await;
        let page = browser.get(&format!("/entry/{older}")).await.words();
        for words in ["This is an older version", "The register was wrong", "late 11 times", "Every version"]
        {
            assert!(page.contains(words), "{words}: {page}");
        }
        assert!(browser.get(&format!("/entry/{newer}")).await.words().contains("late 14 times"));
        let then = format!("/person/{josie}/timeline?known=then&on-day=30&on-month=11&on-year=2026");
        let then = browser.get(&then).await.words();
        assert!(
            then.contains("known at the end of 30 November 2026") && then.contains("late 11 times"),
            "{then}"
        );
        assert!(!then.contains("late 14 times") && then.contains("Later corrected, 3 December"), "{then}");
        let file = browser.get(&format!("/entry/{newer}/download")).await;
        assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment;"));
        browser.get(&format!("/entry/{newer}")).await;
        browser.post(&format!("/entry/{newer}/carried-over"), &[]).await;
        let page = browser.get(&format!("/entry/{newer}")).await.words();
        assert!(page.contains("Carried over on 3 December 2026 at 10.00 am by Nadia Farrow"), "{page}");
        let mut conn = t.app.db.read().await.unwrap();
        let read = "SELECT CAST(count(*) AS bigint) FROM journal WHERE action = 'open_entry'";
        assert_eq!(conn.number(read, args![]).await.unwrap(), 4, "each opening is written down");
        t.facts_hold("carried_over").await;
    })
    .await;
}

#[tokio::test]
async fn a_timeline_on_paper_holds_every_entry_whole_as_filtered_and_as_known_and_nothing_kept_from_the_reader()
 {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
        let josie = person(&t, "Josie", "findable").await;
        allocate(&t, &nadia, josie).await;
        allocate(&t, &owen, josie).await;
        for n in 0..30 {
            let mut entry = visit(
                vec![about(josie, None)],
                &format!("number {n:02}. {}end {n:02}.", "word ".repeat(120)),
            );
            entry.happened_at = at("2026-01-10T09:00:00Z") + jiff::SignedDuration::from_hours(n * 24);
            if n % 3 == 0 {
                entry.audience = Audience::Named { workers: vec![], people: vec![josie] };
            }
            file(&t, &nadia, entry).await.unwrap();
        }
        let mut browser = t.signed_in(&owen).await;
        let here = format!("/person/{josie}/timeline");
        let page = browser.get(&here).await;
        assert!(
            page.text.contains(&format!("{here}/pdf")) && !page.text.contains("end 29."),
            "cut on the screen"
        );
        let paper = browser.get(&format!("{here}/pdf")).await;
        assert_eq!(paper.headers["content-type"], "application/pdf");
        for n in 0..30 {
            let whole = paper.text.contains(&format!("number {n:02}."))
                && paper.text.contains(&format!("end {n:02}."));
            assert_eq!(whole, n % 3 != 0, "number {n}: {}", paper.text);
        }
        assert!(
            paper.text.contains("20 entries.") && !paper.text.contains("Choose what to show"),
            "{}",
            paper.text
        );
        let few = browser.get(&format!("{here}/pdf?words=number+07")).await.text;
        assert!(few.contains("end 07.") && !few.contains("end 08."), "{few}");
        let then = browser.get(&format!("{here}/pdf?known=then&on-day=1&on-month=2&on-year=2026")).await.text;
        assert!(then.contains("known at the end of 1 February 2026") && !then.contains("number"), "{then}");
        let family = browser.get(&format!("/person/{josie}/family-timeline/pdf")).await;
        assert!(family.text.contains("end 29."), "{}", family.text);
        let wrong = browser.get(&format!("{here}/pdf?known=then&on-day=40&on-month=2&on-year=2026")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "what is wrong is said on the page");
        let one = page.text.split("/entry/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let paper = browser.get(&format!("/entry/{one}/pdf")).await;
        assert!(paper.text.contains("end 29.") && !paper.text.contains("Correct"), "{}", paper.text);
        let name = paper.headers["content-disposition"].to_str().unwrap();
        assert!(name.starts_with("attachment; filename=\"2026-02-08 Home visit.pdf\""), "{name}");
        let printed = "SELECT COUNT(*) FROM journal WHERE action IN ('print_record', 'download_entry')";
        assert_eq!(t.app.db.read().await.unwrap().number(printed, args![]).await.unwrap(), 6);
        let sol = t.worker("Sol Gray", Role::SocialWorker, team).await;
        t.glass(josie, &sol).await;
        let mut other = t.signed_in(&sol).await;
        assert!(!other.get(&here).await.text.contains("timeline/pdf"));
        assert_eq!(other.get(&format!("{here}/pdf")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(other.get(&format!("/entry/{one}/pdf")).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}
