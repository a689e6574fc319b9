//! Canaries: a restricted child, a sealed one and a confidential address carry words that stand nowhere else.
//! Then everyone who must not know of them opens, searches, sends and downloads everything, and no answer holds
//! one of those words, in its body, its headers or where it sends on to; nor do numbers and lengths tell.

mod crawl;
mod town;

use crate::walk::table::{Kinds, read};
use axum::http::StatusCode;
use crawl::Seen;
use std::collections::BTreeMap;
use testkit::{Browser, TestApp, both};
use town::{CONFIDENTIAL, HIDDEN, Town};

/// Every word of an answer that is not the reader's own.
fn said(seen: &Seen) -> String {
    let headers = seen
        .answer
        .headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())));
    let mut all: Vec<String> = headers.collect();
    all.push(seen.answer.text.clone());
    all.join("\n").to_lowercase()
}

/// Which canaries stand in an answer that the reader did not type themselves.
fn sung(seen: &Seen, canaries: &[String]) -> Vec<String> {
    let said = said(seen);
    let typed = seen.typed.to_lowercase().replace('+', " ");
    let own = |word: &String| typed.contains(&word.to_lowercase());
    canaries.iter().filter(|word| !own(word) && said.contains(&word.to_lowercase())).cloned().collect()
}

#[tokio::test]
async fn no_answer_to_a_wrong_reader_holds_a_word_of_a_hidden_record() {
    both(|t| async move {
        let mut town = Town::made(&t).await;
        town.hide(&t).await;
        let kinds = Kinds::of(&read());
        let mut wrong = vec![];
        let mut calls = 0;
        for (name, worker) in town.wrong_readers() {
            let mut browser = t.signed_in(&worker).await;
            let canaries = town.canaries(name);
            for seen in crawl::everything(&mut browser, &town, &kinds).await {
                calls += 1;
                assert_ne!(seen.answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", seen.what);
                let sung = sung(&seen, &canaries);
                if !sung.is_empty() {
                    wrong.push(format!("{name}: {}: {}: {sung:?}", seen.what, seen.answer.status));
                }
            }
        }
        eprintln!("{calls} answers searched");
        assert!(wrong.is_empty(), "{} answers hold a canary:\n{}", wrong.len(), wrong.join("\n"));
    })
    .await;
}

#[tokio::test]
async fn the_canaries_sing_to_whoever_may_hear_them() {
    both(|t| async move {
        let mut town = Town::made(&t).await;
        town.hide(&t).await;
        let mut browser = t.signed_in(&town.listed).await;
        let kinds = Kinds::of(&read());
        let all = crawl::everything(&mut browser, &town, &kinds).await;
        for word in HIDDEN.iter().chain(&CONFIDENTIAL[..1]) {
            let heard = all.iter().any(|seen| !sung(seen, &[(*word).to_owned()]).is_empty());
            assert!(heard, "{word} stands in no page, so the test would prove nothing of it");
        }
    })
    .await;
}

#[tokio::test]
async fn a_hidden_record_answers_as_one_that_is_not_there() {
    both(|t| async move {
        let mut town = Town::made(&t).await;
        town.hide(&t).await;
        let nobody = uuid::Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0007).to_string();
        for (name, worker) in town.wrong_readers() {
            if name == "restricted-records officer" {
                continue;
            }
            let mut browser = t.signed_in(&worker).await;
            for hidden in [town.restricted.to_string(), town.sealed.to_string()] {
                for path in crawl::of_person(&hidden).into_iter().filter(|path| !path.starts_with("/record"))
                {
                    let there = browser.get(&path).await;
                    let not = browser.get(&path.replace(&hidden, &nobody)).await;
                    assert_eq!(there.status, not.status, "{name}: {path}");
                    let same = there.text.replace(&hidden, &nobody) == not.text;
                    assert!(same, "{name}: {path}: {}\n{}", there.words(), not.words());
                }
            }
        }
    })
    .await;
}

/// The pages on which counts and lengths stand.
async fn pages_with_numbers(browser: &mut Browser, town: &Town) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for path in crawl::with_numbers(town) {
        let answer = browser.get(&path).await;
        pages.insert(path, format!("{}\n{}", answer.status, answer.text));
    }
    pages
}

#[tokio::test]
async fn numbers_and_lengths_are_the_same_whether_or_not_something_is_hidden() {
    both(|t: TestApp| async move {
        let mut town = Town::made(&t).await;
        let mut before = vec![];
        // whoever keeps the list is the one who may find them
        for (name, worker) in town.wrong_readers().into_iter().filter(|one| !one.0.starts_with("restricted"))
        {
            let mut browser = t.signed_in(&worker).await;
            let pages = pages_with_numbers(&mut browser, &town).await;
            before.push((name, browser, pages));
        }
        town.hide(&t).await;
        let mut wrong = vec![];
        for (name, mut browser, before) in before {
            let after = pages_with_numbers(&mut browser, &town).await;
            for (path, page) in before {
                if after[&path] != page {
                    wrong.push(format!("{name}: {path}: {}", crawl::first_difference(&page, &after[&path])));
                }
            }
        }
        assert!(wrong.is_empty(), "{} pages tell:\n{}", wrong.len(), wrong.join("\n"));
    })
    .await;
}
