//! What a person's page, recording a visit, and everyone's clocks cost.

use crate::engine::Engine;
use crate::http::{Server, Visitor};
use crate::{council, cpu, figure, fill, moving};
use anyhow::{Context, Result, ensure};
use app::clock;
use axum::http::StatusCode;

/// Milliseconds for a person's page.
const PAGE: f64 = 10.0;
/// Milliseconds for recording a visit.
const RECORDING: f64 = 15.0;
/// Milliseconds for the clocks of 5,000 open episodes.
const CLOCKS: f64 = 200.0;

/// The page of a child with 400 entries and more in a family of eight, and recording a visit there; among 10,000
/// people and 100,000 entries, or ten times as many.
pub(crate) async fn measure(engine: &Engine, large: bool, requests: usize) -> Result<bool> {
    let place = if large { moving::large_in(engine).await? } else { fill::families(engine).await? };
    println!("pages among {}", if large { "100,000 people" } else { "10,000 people" });
    let people = fill::listed(&place)?;
    let app = council::open(&place).await?;
    let server = Server::start(engine, &place).await?;
    server.settle().await?;
    let mut visitors = vec![];
    for family in 0..fill::LONG {
        let code = format!("worker-{}-{}", family / 8, family % 8);
        visitors.push(council::sign_in(&app, &server, &code).await?);
    }
    app.db.close().await;
    let paths: Vec<String> = people.iter().map(|one| format!("/person/{}", one.id)).collect();
    for (path, visitor) in paths.iter().zip(&mut visitors) {
        let answer = visitor.get(path).await?;
        ensure!(answer.status == StatusCode::OK, "{path} says {}", answer.status);
    }
    let mut kept = sizes(&paths[0], &mut visitors[0]).await?;
    let watched = server.watched();
    let before = watched.spent()?;
    for at in 0..requests {
        let which = at % paths.len();
        let answer = visitors[which].get_packed(&paths[which]).await?;
        ensure!(answer.status == StatusCode::OK, "a page says {}", answer.status);
    }
    kept &= figure("a person's page", mean(watched.spent()? - before, requests), (PAGE, "ms"));
    let mut spent = 0.0;
    let mut screens = 0.0;
    for at in 0..requests {
        let which = at % people.len();
        let began = watched.spent()?;
        let (place, fields) = screen(&mut visitors[which], &people[which].id, at).await?;
        let shown = watched.spent()?;
        let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let filed = visitors[which].post("/record", &fields).await?;
        ensure!(filed.status == StatusCode::SEE_OTHER, "recording says {} at {place}", filed.status);
        screens += shown - began;
        spent += watched.spent()? - shown;
    }
    println!("the recording screen: {:.2} ms", mean(screens, requests));
    if large {
        println!("recording a visit: {:.2} ms (promised in the smaller council only)", mean(spent, requests));
    } else {
        kept &= figure("recording a visit", mean(spent, requests), (RECORDING, "ms"));
    }
    Ok(kept)
}

#[expect(clippy::cast_precision_loss, reason = "a measure")]
pub(crate) fn mean(total: f64, requests: usize) -> f64 {
    total / requests as f64
}

/// Opens the screen about a child, and gives what would be typed.
pub(crate) async fn screen(
    visitor: &mut Visitor,
    child: &str,
    number: usize,
) -> Result<(String, Vec<(String, String)>)> {
    let mut at = format!("/record?about={child}");
    let mut answer = visitor.get(&at).await?;
    if let Some(on) = answer.location() {
        at = on.to_owned();
        answer = visitor.get(&at).await?;
    }
    ensure!(answer.status == StatusCode::OK, "{at} says {}", answer.status);
    let draft = at.split_once("draft=").context("a draft in the address")?.1.to_owned();
    let today = jiff::Zoned::date(&now());
    let fields = [
        ("draft", draft),
        ("about", child.to_owned()),
        ("kind", "visit".to_owned()),
        ("happened-day", today.day().to_string()),
        ("happened-month", today.month().to_string()),
        ("happened-year", today.year().to_string()),
        ("time", "00:01".to_owned()),
        ("manner", "home-visit".to_owned()),
        ("narrative", format!("Visit number {number}. We made the dog collage at the table.")),
        ("readers", "present".to_owned()),
        ("statement-0-owner", format!("p:{child}")),
        ("statement-0-form", "said".to_owned()),
        ("statement-0-words", "That is Ash in the window".to_owned()),
    ];
    let mut fields: Vec<(String, String)> = fields.into_iter().map(|(a, b)| (a.to_owned(), b)).collect();
    fields.push((format!("seen-{child}"), "seen-alone".to_owned()));
    Ok((at, fields))
}

#[expect(clippy::disallowed_methods, reason = "a measure is a program of its own, and time goes by in it")]
fn now() -> jiff::Zoned {
    jiff::Timestamp::now().to_zoned(app::moment::london())
}

/// How much goes over the wire, for someone who comes for the first time and for someone who has been here.
async fn sizes(path: &str, visitor: &mut Visitor) -> Result<bool> {
    let page = visitor.get(path).await?.text();
    let packed = visitor.get_packed(path).await?.bytes.len();
    let mut whole = packed;
    for (mark, ends) in [("<link", ".css"), ("<script", ".js")] {
        for tag in page.split(mark).skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            let Some(asset) = tag.split('"').find(|word| word.starts_with("/assets/") && word.contains(ends))
            else {
                continue;
            };
            whole += visitor.get_packed(asset).await?.bytes.len();
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a measure")]
    let kilobytes = |bytes: usize| bytes as f64 / 1024.0;
    let first = figure("over the wire at first", kilobytes(whole), (60.0, "KB"));
    let after = figure("over the wire after", kilobytes(packed), (20.0, "KB"));
    Ok(first && after)
}

/// Everyone's clocks worked out anew: 5,000 open episodes.
pub(crate) async fn clocks(engine: &Engine) -> Result<bool> {
    let place = fill::families(engine).await?;
    let app = council::open(&place).await?;
    let watched = cpu::own(engine.process()?);
    let mut best = f64::MAX;
    for _ in 0..3 {
        let before = watched.spent()?;
        let mut tx = app.db.write().await?;
        let done = clock::refresh_all(&mut tx, &mut app.moment()).await?;
        tx.commit().await?;
        ensure!(done.people >= 5_000, "only {} people have episodes", done.people);
        best = best.min(watched.spent()? - before);
    }
    app.db.close().await;
    Ok(figure("the clocks of 5,000 open episodes", best, (CLOCKS, "ms")))
}
