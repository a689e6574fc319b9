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
