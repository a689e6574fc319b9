//! Finding someone by both names, each with one wrong letter, among 100,000 people and among 1,000,000.

use crate::engine::Engine;
use crate::http::Server;
use crate::population::{Dice, misspelt};
use crate::{council, figure, fill};
use anyhow::{Result, ensure};
use axum::http::StatusCode;
use std::collections::HashMap;

/// Milliseconds that half of all searches take at most, and 99 in 100, among so many people.
const fn promised(people: usize) -> (f64, f64) {
    if people > 100_000 { (25.0, 120.0) } else { (10.0, 40.0) }
}
/// Of a hundred, how many are found in the first twenty.
const FOUND: f64 = 95.0;

pub(crate) async fn measure(engine: &Engine, many: usize, requests: usize) -> Result<bool> {
    let place = fill::crowd(engine, many).await?;
    let people = fill::listed(&place)?;
    let names: HashMap<&str, &str> = people.iter().map(|one| (one.id.as_str(), one.name.as_str())).collect();
    let app = council::open(&place).await?;
    let server = Server::start(engine, &place).await?;
    server.settle().await?;
    let mut visitor = council::sign_in(&app, &server, "worker-0-0").await?;
    app.db.close().await;
    let watched = server.watched();
    let mut dice = Dice::new(4_711);
    let mut times = vec![];
    let (mut hits, mut with_year) = ([0_usize; 2], [0_usize; 2]);
    for at in 0..requests + 20 {
        let person = dice.pick(&people);
        let (given, family) = person.name.split_once(' ').unwrap_or((&person.name, ""));
        let year = at % 2;
        let mut words = format!("{} {}", misspelt(given, &mut dice), misspelt(family, &mut dice));
        if year == 1 {
            words.push_str(&format!(" {}", person.born.year()));
        }
        let path = format!("/find?{}", serde_urlencoded::to_string([("q", &words)])?);
        let before = watched.spent()?;
        let answer = visitor.get(&path).await?;
        let spent = watched.spent()? - before;
        ensure!(answer.status == StatusCode::OK, "finding says {}", answer.status);
        if at < 20 {
            continue; // the first ones fill the caches
        }
        times.push(spent);
        with_year[year] += 1;
        let text = answer.text();
        let found = text.split("href=\"/person/").skip(1).filter_map(|rest| rest.split('"').next());
        let hit = found
            .take(20)
            .any(|id| id == person.id || (year == 0 && names.get(id) == Some(&person.name.as_str())));
        hits[year] += usize::from(hit);
    }
    times.sort_by(f64::total_cmp);
    let (median, slowest) = promised(many);
    println!("finding among {many} people");
    let mut kept = figure("finding, median", times[times.len() / 2], (median, "ms"));
    kept &= figure("finding, 99 in 100", times[times.len() * 99 / 100], (slowest, "ms"));
    for (year, words) in ["by names alone", "with a year of birth"].into_iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a measure")]
        let share = hits[year] as f64 * 100.0 / with_year[year] as f64;
        let held = share >= FOUND;
        kept &= held;
        let said = if held { "kept" } else { "NOT KEPT" };
        println!(
            "found in the first twenty {words}: {share:.1} in 100 of {} (promised: at least {FOUND}; {said})",
            with_year[year]
        );
    }
    Ok(kept)
}
