//! Plain words: who keeps the council's list, and what the recording screen says of words and leaves alone.

use crate::entry::{allocate, person};
use axum::http::StatusCode;
use db::args;
use practice::id::PersonId;
use practice::role::Role;
use testkit::{Browser, TestApp, Worker, both};

async fn council(t: &TestApp) -> (Worker, Worker, PersonId) {
    let team = t.team("Hillside", None).await;
    let head = t.worker("Hetty Head", Role::HeadOfService, team).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let leanne = person(t, "Leanne", "findable").await;
    allocate(t, &nadia, leanne).await;
    (head, nadia, leanne)
}

/// Opens the recording screen and gives the key of its draft.
async fn open(browser: &mut Browser, about: PersonId) -> String {
    let place = browser.get(&format!("/record?about={about}")).await.location.unwrap();
    place.split_once("draft=").unwrap().1.to_owned()
}

fn note<'a>(key: &'a str, about: &'a str, narrative: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("draft", key),
        ("about", about),
        ("kind", "note"),
        ("happened-day", "20"),
        ("happened-month", "11"),
        ("happened-year", "2026"),
        ("time", "4.35 pm"),
        ("narrative", narrative),
        ("readers", "present"),
    ]
}

const WORDS: &str = "Her placement is far. Mum said \u{201c}he absconded\u{201d} to me.";

#[tokio::test]
async fn words_are_asked_about_gently_waved_away_and_never_in_the_way() {
    both(|t| async move {
        let (_, nadia, leanne) = council(&t).await;
        let (mut browser, about) = (t.signed_in(&nadia).await, leanne.to_string());
        let key = open(&mut browser, leanne).await;
        let mut form = note(&key, &about, WORDS);
        form.extend([
            ("statement-0-owner", "other"),
            ("statement-0-owner-words", "Her brother"),
            ("statement-0-form", "said"),
            ("statement-0-words", "She kicked off at respite"),
            ("add", "words-check"),
        ]);
        let on = browser.post("/record", &form).await;
        assert_eq!(on.status, StatusCode::SEE_OTHER, "{}", on.words());
        let place = on.location.unwrap();
        assert!(place.ends_with("#f-plain-words"), "{place}");
        let page = browser.get(place.trim_end_matches("#f-plain-words")).await;
        let words = page.words();
        assert!(words.contains("Leanne may read this."), "{words}");
        assert!(page.text.contains("data-word=\"placement\""), "{words}");
        assert!(
            words.contains("Could you say \u{201c}home\u{201d} or \u{201c}where you live\u{201d}?"),
            "{words}"
        );
        assert_eq!(page.text.matches("data-word=").count(), 1, "someone's own words are never corrected");
        assert!(page.text.contains("Her placement is far."), "everything typed is still there");
        assert!(page.text.contains("She kicked off at respite"), "everything typed is still there");
        // waved away, it is not said again for this entry, even when the form comes back for something else
        form.retain(|field| field.0 != "add");
        form.push(("add", "words-leave"));
        let left = browser.post("/record", &form).await.location.unwrap();
        let words = browser.get(left.trim_end_matches("#f-plain-words")).await.words();
        assert!(
            words.contains("Your words stay as they are.") && !words.contains("Could you say"),
            "{words}"
        );
        form.retain(|field| field.0 != "add" && field.0 != "time");
        form.push(("plain-words", "leave"));
        let back = browser.post("/record", &form).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!back.words().contains("Could you say"), "{}", back.words());
        // it never stops filing, and once filed nothing is said of it
        form.retain(|field| field.0 != "plain-words");
        form.push(("time", "4.35 pm"));
        let filed = browser.post("/record", &form).await;
        assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.words());
        let entry = browser.get(&filed.location.unwrap()).await.words();
        assert!(entry.contains("Her placement is far.") && !entry.contains("Could you say"), "{entry}");
    })
    .await;
}

#[tokio::test]
async fn the_script_is_told_the_same_and_nothing_is_kept() {
    both(|t| async move {
        let (_, nadia, leanne) = council(&t).await;
        let (mut browser, about) = (t.signed_in(&nadia).await, leanne.to_string());
        let key = open(&mut browser, leanne).await;
        let said = browser.post("/record/words", &note(&key, &about, WORDS)).await;
        assert_eq!(said.status, StatusCode::OK);
        let words = said.words();
        assert!(words.contains("placement") && !words.contains("absconded"), "{words}");
        assert!(said.text.contains("data-word-at=\"4\""), "{}", said.text);
        let plain = browser.post("/record/words", &note(&key, &about, "Leanne made toast.")).await;
        assert_eq!(plain.text.trim(), "");
        let drafts = "SELECT CAST(count(*) AS bigint) FROM draft";
        assert_eq!(t.app.db.read().await.unwrap().number(drafts, args![]).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn the_council_adds_changes_switches_off_and_puts_back_with_a_reason() {
    both(|t| async move {
        let (head, nadia, leanne) = council(&t).await;
        let mut browser = t.signed_in(&head).await;
        let list = browser.get("/administration/words").await.words();
        assert!(list.contains("placement") && list.contains("Could be \u{201c}home\u{201d}"), "{list}");
        let silent = [("say", "Panel"), ("instead", "the people who decide"), ("reason", "")];
        let back = browser.post("/administration/words", &silent).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            back.words().contains("Say why in a sentence") && back.text.contains("the people who decide")
        );
        let panel = [
            ("say", "Panel"),
            ("instead", "the people who decide\n\n"),
            ("reason", "Asked for by young people."),
        ];
        let kept = browser.post("/administration/words", &panel).await;
        assert_eq!(kept.location.as_deref(), Some("/administration/words?done=kept"));
        let change = [("instead", "your home"), ("why", "Ours."), ("reason", "Simpler."), ("then", "keep")];
        browser.post("/administration/words/placement", &change).await;
        let off = [("off-reason", "Our short breaks service is called that."), ("then", "off")];
        let done = browser.post("/administration/words/respite", &off).await;
        assert_eq!(done.location.as_deref(), Some("/administration/words?done=off"));
        let one = browser.get("/administration/words/respite").await.words();
        assert!(one.contains("It is switched off here") && one.contains("Hetty Head"), "{one}");

        let (mut writer, about) = (t.signed_in(&nadia).await, leanne.to_string());
        let key = open(&mut writer, leanne).await;
        let text = "A placement, respite, two panels.";
        let words = writer.post("/record/words", &note(&key, &about, text)).await.words();
        assert!(words.contains("Could you say \u{201c}your home\u{201d}?"), "{words}");
        assert!(words.contains("the people who decide") && !words.contains("respite"), "{words}");
        assert_eq!(writer.get("/administration/words").await.status, StatusCode::FORBIDDEN);
        let refused = writer.post("/administration/words/placement", &change).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);

        let silent = browser.post("/administration/words/respite/back", &[("back-reason", " ")]).await;
        assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
        let back = browser.post("/administration/words/respite/back", &[("back-reason", "No longer.")]).await;
        assert_eq!(back.location.as_deref(), Some("/administration/words?done=back"));
        let words = writer.post("/record/words", &note(&key, &about, text)).await.words();
        assert!(words.contains("respite"), "{words}");
        assert_eq!(browser.get("/administration/words/nothing%20here").await.status, StatusCode::NOT_FOUND);
        let noted =
            "SELECT CAST(count(*) AS bigint) FROM journal WHERE action IN ('keep_word', 'put_back_word')";
        assert_eq!(t.app.db.read().await.unwrap().number(noted, args![]).await.unwrap(), 4);
        t.facts_hold("own_word").await;
    })
    .await;
}
