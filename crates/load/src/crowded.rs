//! Many at once: 64 who file visits at the same time, and 200 workers at their desks for a minute.

use crate::engine::{Engine, Place, Which};
use crate::http::{Server, Visitor};
use crate::pages::screen;
use crate::population::Dice;
use crate::{council, figure, fill};
use anyhow::{Context, Result, ensure};
use axum::http::StatusCode;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// How long visits are filed.
const FILING: Duration = Duration::from_secs(20);
/// How many file at once.
const WRITERS: usize = 64;
/// How many sit at their desks, and for how long.
const WORKERS: usize = 200;
const WORKING: Duration = Duration::from_mins(1);
/// Seconds on the wall that 99 in 100 answers take at most.
const SLOWEST: f64 = 1.0;

/// Someone at a desk, and the people they work with.
struct Desk {
    visitor: Visitor,
    people: Vec<String>,
}

/// So many who are signed in, each with people of their own.
async fn desks(place: &Place, server: &Server, many: usize) -> Result<Vec<Desk>> {
    let app = council::open(place).await?;
    let mut desks = vec![];
    for at in 0..many {
        let code = format!("worker-{}-{}", at / 8 % 10, at % 8);
        let mut visitor = council::sign_in(&app, server, &code).await?;
        let today = visitor.get("/today").await?;
        ensure!(today.status == StatusCode::OK, "Today says {}", today.status);
        let text = today.text();
        let people: BTreeSet<String> = text
            .split("href=\"/person/")
            .skip(1)
            .filter_map(|rest| rest.get(..36))
            .map(str::to_owned)
            .collect();
        ensure!(!people.is_empty(), "{code} has nobody");
        // those at one worker's two desks do not file about the same child
        let people = people.into_iter().skip(at / 80).step_by(3).collect();
        desks.push(Desk { visitor, people });
    }
    app.db.close().await;
    Ok(desks)
}

async fn file(desk: &mut Desk, number: usize) -> Result<()> {
    let child = desk.people[number % desk.people.len()].clone();
    let (place, fields) = screen(&mut desk.visitor, &child, number).await?;
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let filed = desk.visitor.post("/record", &fields).await?;
    ensure!(filed.status == StatusCode::SEE_OTHER, "recording says {} at {place}", filed.status);
    Ok(())
}

/// Entries a second that so many file together.
async fn filing(place: &Place, server: &Server, many: usize) -> Result<f64> {
    let desks = desks(place, server, many).await?;
    // nobody is still signing in when the first visit is filed
    let began = Instant::now();
    let mut all = JoinSet::new();
    for mut desk in desks {
        all.spawn(async move {
            let mut filed = 0_usize;
            while began.elapsed() < FILING {
                file(&mut desk, filed).await?;
                filed += 1;
            }
            Ok::<_, anyhow::Error>(filed)
        });
    }
    let mut filed = 0;
    while let Some(one) = all.join_next().await {
        filed += one??;
    }
    #[expect(clippy::cast_precision_loss, reason = "a measure")]
    let rate = filed as f64 / began.elapsed().as_secs_f64();
    println!("{many} who file visits at the same time: {rate:.1} a second");
    Ok(rate)
}

/// Sixty-four file at least as many a second as one does.
pub(crate) async fn writers(engine: &Engine) -> Result<bool> {
    let place = fill::families(engine).await?;
    let server = Server::start(engine, &place).await?;
    server.settle().await?;
    let (one, many) = (filing(&place, &server, 1).await?, filing(&place, &server, WRITERS).await?);
    let held = many >= one || engine.which == Which::Sqlite;
    let said = match (engine.which, many >= one) {
        (_, true) => "kept",
        (Which::Sqlite, false) => "not promised there",
        (Which::Postgres, false) => "NOT KEPT",
    };
    println!("64 against one: {:.2} times (promised: at least 1; {said})", many / one);
    Ok(held)
}

/// What one worker does at a desk: mostly reading, sometimes finding, now and then a visit.
async fn step(desk: &mut Desk, dice: &mut Dice, number: usize) -> Result<()> {
    let person = dice.pick(&desk.people).clone();
    let path = match dice.below(10) {
        0 | 1 => "/today".to_owned(),
        2..=4 => format!("/person/{person}"),
        5 | 6 => format!("/person/{person}/timeline"),
        7 => format!("/person/{person}/people"),
        8 => format!("/find?q={}", ["Jones", "Ada", "Moss 2015", "Amira"][number % 4].replace(' ', "+")),
        _ => return file(desk, number).await,
    };
    let answer = desk.visitor.get_packed(&path).await?;
    ensure!(answer.status == StatusCode::OK, "{path} says {}", answer.status);
    Ok(())
}

async fn day(mut desk: Desk, seed: u64, began: Instant) -> Result<Vec<f64>> {
    let mut dice = Dice::new(seed);
    let mut took = vec![];
    loop {
        let thinking = Duration::from_millis(2_000 + u64::try_from(dice.below(6_000))?);
        if began.elapsed() + thinking > WORKING {
            return Ok(took);
        }
        tokio::time::sleep(thinking).await;
        let asked = Instant::now();
        step(&mut desk, &mut dice, took.len()).await?;
        took.push(asked.elapsed().as_secs_f64());
    }
}

/// Two hundred at their desks for a minute, each thinking for two to eight seconds between two steps.
pub(crate) async fn workers(engine: &Engine) -> Result<bool> {
    let place = fill::families(engine).await?;
    let server = Server::start(engine, &place).await?;
    server.settle().await?;
    let desks = desks(&place, &server, WORKERS).await?;
    let watched = server.watched();
    let before = watched.spent()?;
    let began = Instant::now();
    let mut all = JoinSet::new();
    for (seed, desk) in (1_u64..).zip(desks) {
        all.spawn(day(desk, seed, began));
    }
    let (mut took, mut errors) = (vec![], 0);
    while let Some(one) = all.join_next().await {
        match one? {
            Ok(some) => took.extend(some),
            Err(error) => {
                errors += 1;
                println!("{error:#}");
            }
        }
    }
    let spent = watched.spent()? - before;
    took.sort_by(f64::total_cmp);
    let at = |share: usize| took.get(took.len() * share / 100).copied().context("no step was made");
    #[expect(clippy::cast_precision_loss, reason = "a measure")]
    let each = spent / took.len() as f64;
    println!(
        "200 workers for a minute: {} steps, {errors} errors, {each:.1} ms of processor time each, half of them answered in {:.0} ms",
        took.len(),
        at(50)? * 1e3
    );
    Ok(figure("99 in 100 steps, on the wall", at(99)?, (SLOWEST, "s")) && errors == 0)
}
