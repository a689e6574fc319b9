//! The same walk by token: what a program is answered must be what its maker's pages answer, by the same tables.

use super::everyone::{Everyone, Who};
use super::routes;
use super::town::{ADDRESS, Place, Town};
use super::{EVERYONE_ELSE, LEVELS, expected, table};
use crate::api::{Program, json};
use axum::http::StatusCode;
use serde_json::json as body;
use std::collections::BTreeSet;
use testkit::{Answered, TestApp, both};

#[tokio::test]
async fn every_address_for_programs_stands_in_the_document_and_the_other_way_round() {
    both(|t| async move {
        let document = json(&t.browser().get("/api/v1/openapi.json").await);
        let mut told = BTreeSet::new();
        for (path, item) in document["paths"].as_object().unwrap() {
            told.extend(
                item.as_object().unwrap().keys().map(|method| format!("{} {path}", method.to_uppercase())),
            );
        }
        let mut there: BTreeSet<String> =
            routes::registered().into_iter().filter(|one| one.contains(" /api/v1/")).collect();
        there.remove("GET /api/v1/openapi.json");
        assert_eq!(told, there);
        assert!(told.len() >= 30, "{}", told.len());
    })
    .await;
}

#[tokio::test]
async fn a_token_opens_what_its_makers_pages_open_and_nothing_else() {
    both(|t| async move {
        let town = Town::made(&t).await;
        let everyone = Everyone::made(&t, &town).await;
        let tables = table::read();
        let (mut calls, mut wrong) = (0, vec![]);
        for who in &everyone.all {
            let Some(mut program) = program(&t, who).await else { continue };
            for (level, title) in LEVELS.into_iter().enumerate() {
                let expected = expected(&tables, title);
                let row = expected.get(&who.words).or_else(|| expected.get(EVERYONE_ELSE)).expect("a row");
                let place = if who.began { &town.begun[level] } else { &town.main[level] };
                for (kind, answer) in row {
                    for (path, found) in asked(&mut program, kind, place).await {
                        calls += 1;
                        if found != plain(answer) {
                            wrong.push(format!(
                                "{title} / {} / {kind} / {path}: {answer}, but {found}",
                                who.words
                            ));
                        }
                    }
                }
            }
        }
        eprintln!("{calls} calls by token");
        assert!(calls > 1_000, "the walk is as long as the table");
        assert!(wrong.is_empty(), "{} answers differ:\n{}", wrong.len(), wrong.join("\n"));
    })
    .await;
}

/// A program of theirs, while they can sign in and have a post.
async fn program(t: &TestApp, who: &Who) -> Option<Program> {
    let worker = who.worker.as_ref()?;
    let mut program = Program::of(t, worker).await;
    // whose account has ended has no token that works
    if who.words == "Someone whose account has ended" {
        assert_eq!(program.get("/me").await.status, StatusCode::UNAUTHORIZED);
        return None;
    }
    Some(program)
}

/// What the table says, for a program: of a name that a page shows it is only said that the rest is closed.
fn plain(answer: &str) -> &str {
    if answer == "name" { "no" } else { answer }
}

/// Asks what a kind of the table asks, where programs can.
async fn asked(program: &mut Program, kind: &str, place: &Place) -> Vec<(String, &'static str)> {
    let person = place.person;
    let paths: Vec<String> = match kind {
        "Their record" => {
            ["", "/relationships", "/entries", "/promises", "/clocks", "/episodes", "/steps", "/allocations"]
                .iter()
                .map(|what| format!("/people/{person}{what}"))
                .collect()
        }
        "Confidential address" => vec![format!("/people/{person}")],
        "An entry" => vec![format!("/entries/{}", place.entry)],
        "Kept to people named" => vec![format!("/entries/{}", place.kept)],
        "With someone restricted" => vec![format!("/entries/{}", place.joint)],
        "Finds them" => vec![format!("/people?q={}", place.name.replace(' ', "+"))],
        "Records" => {
            let note = body!({
                "kind": "note", "on": "2026-11-20", "at": "16:00", "about": [{"person": person}],
                "narrative": "School rang.",
            });
            let answer = program.post("/entries", &note).await;
            return vec![("/entries".to_owned(), word(&answer, place))];
        }
        "Changes details" => {
            // each says something new
            let words = format!("Welsh, as {} says", &program.secret[10..20]);
            let path = format!("/people/{person}/details");
            let answer = program.post(&path, &body!({"kind": "language", "words": words})).await;
            return vec![(path, word(&answer, place))];
        }
        _ => return vec![],
    };
    let mut all = Vec::with_capacity(paths.len());
    for path in paths {
        let answer = program.get(&path).await;
        let found = match word(&answer, place) {
            "yes" if kind == "Finds them" && !answer.text.contains(&person.to_string()) => "absent",
            "yes" if kind == "Confidential address" && !answer.text.contains(ADDRESS) => "no",
            word => word,
        };
        all.push((path, found));
    }
    all
}

/// The word of the table for what came back. Whatever is refused tells nothing of whom it is about.
fn word(answer: &Answered, place: &Place) -> &'static str {
    if !answer.status.is_success() {
        let family = place.name.split(' ').next_back().unwrap_or_default();
        assert!(!answer.text.contains(family) && !answer.text.contains(ADDRESS), "{}", answer.text);
    }
    match answer.status {
        StatusCode::OK | StatusCode::CREATED => "yes",
        StatusCode::FORBIDDEN => "no",
        StatusCode::NOT_FOUND => "absent",
        StatusCode::UNAUTHORIZED => "sign in",
        _ => panic!("{} {}", answer.status, answer.text),
    }
}
