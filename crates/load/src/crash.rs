//! Killed at random moments while visits with photos are recorded: none acknowledged is missing, none is half
//! written, and the journal verifies.

use crate::council::{self, Hand};
use crate::engine::{Engine, Place, program};
use crate::http::{Server, Visitor};
use crate::pages::screen;
use crate::population::Dice;
use anyhow::{Context, Result, ensure};
use app::person::actions::{AddPerson, NewBirth, add_person};
use app::{App, Who, allocation};
use axum::http::StatusCode;
use db::args;
use jiff::civil::date;
use practice::access::AllocationKind;
use std::process::Command;
use std::time::Duration;

/// A visit that the program said it had filed.
struct Filed {
    entry: String,
    words: String,
}

/// A visit whose rows do not belong together would be in one of these counts.
const WHOLE: &[(&str, &str)] = &[
    ("entries", "SELECT CAST(count(*) AS bigint) FROM entry"),
    ("their people", "SELECT CAST(count(*) AS bigint) FROM participant"),
    ("their words", "SELECT CAST(count(*) AS bigint) FROM statement"),
    ("their photos", "SELECT CAST(count(*) AS bigint) FROM attachment WHERE entry_id IS NOT NULL"),
    (
        "their lines of the journal",
        "SELECT CAST(count(*) AS bigint) FROM journal WHERE action = 'record_entry'",
    ),
];

pub(crate) async fn measure(engine: &Engine, visits: usize) -> Result<bool> {
    let (place, _) = engine.place("crash")?;
    let app = council::open(&place).await?;
    let hands = council::begin(&app, 1).await?;
    let child = child(&app, &hands[0]).await?;
    app.db.close().await;
    let mut dice = Dice::new(99);
    let mut filed: Vec<Filed> = vec![];
    let mut kills = 0;
    while filed.len() < visits {
        round(engine, &place, &child, (&mut dice, &mut filed)).await?;
        kills += 1;
        ensure!(kills < visits * 4, "hardly anything is filed between kills");
        if kills % 3 == 0 {
            engine.power_cut()?;
        }
    }
    let found = verify(engine, &place, &filed).await?;
    println!("killed {kills} times while {} visits with photos were acknowledged: {found}", filed.len());
    std::fs::remove_dir_all(&place.data)?;
    Ok(true)
}

async fn child(app: &App, hand: &Hand) -> Result<String> {
    let who = Who::program("load");
    let mut moment = app.moment();
    let mut tx = app.db.write().await?;
    let mut add = AddPerson::named("Mina", "Measure");
    add.birth = Some(NewBirth::exact(date(2016, 4, 2)));
    let person = add_person(&mut tx, &who, &mut moment, add).await?.person;
    let from = moment.today();
    let give = allocation::Allocate {
        person,
        worker: hand.id,
        part: AllocationKind::Responsible,
        from,
        to: None,
        reason: None,
    };
    allocation::allocate(&mut tx, &who, &mut moment, give).await?;
    tx.commit().await?;
    Ok(person.to_string())
}

/// Records until the program is killed, at a moment nobody knows beforehand.
async fn round(
    engine: &Engine,
    place: &Place,
    child: &str,
    (dice, filed): (&mut Dice, &mut Vec<Filed>),
) -> Result<()> {
    let mut server = Server::start(engine, place).await?;
    let app = council::open(place).await?;
    let mut visitor = council::sign_in(&app, &server, "worker-0-0").await?;
    app.db.close().await;
    let patience = Duration::from_millis(50 + u64::try_from(dice.below(1_200))?);
    let recording = async {
        loop {
            let number = filed.len();
            if let Err(_broken) = one(&mut visitor, child, number, filed).await {
                return;
            }
        }
    };
    // the visit that is under way goes on being awaited only until the kill
    drop(tokio::time::timeout(patience, recording).await);
    server.kill();
    Ok(())
}

async fn one(visitor: &mut Visitor, child: &str, number: usize, filed: &mut Vec<Filed>) -> Result<()> {
    let (_, mut fields) = screen(visitor, child, number).await?;
    let words = format!("Visit {number} of {}", uuid::Uuid::from_u128(u128::try_from(number)? + 7));
    if let Some(narrative) = fields.iter_mut().find(|(name, _)| name == "narrative") {
        narrative.1.clone_from(&words);
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let answer = visitor.post_file("/record", &fields, ("drawing.png", &photo(number)?)).await?;
    ensure!(answer.status == StatusCode::SEE_OTHER, "recording says {}", answer.status);
    let entry = answer.location().context("where the entry is")?;
    let entry = entry.split('?').next().unwrap_or(entry).to_owned();
    filed.push(Filed { entry, words });
    Ok(())
}

/// A picture that is not like any other.
fn photo(number: usize) -> Result<Vec<u8>> {
    let shade = |at: u32| u8::try_from((at as usize * 31 + number * 7) % 256).unwrap_or(0);
    let picture = image::RgbImage::from_fn(320, 240, |x, y| image::Rgb([shade(x), shade(y), shade(x ^ y)]));
    let mut bytes = std::io::Cursor::new(vec![]);
    picture.write_to(&mut bytes, image::ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

async fn verify(engine: &Engine, place: &Place, filed: &[Filed]) -> Result<String> {
    let server = Server::start(engine, place).await?;
    let app = council::open(place).await?;
    let mut visitor = council::sign_in(&app, &server, "worker-0-0").await?;
    for one in filed {
        let page = visitor.get(&one.entry).await?;
        ensure!(page.status == StatusCode::OK, "{} is missing: {}", one.entry, page.status);
        let text = page.text();
        ensure!(text.contains(&one.words), "{} does not hold its words", one.entry);
        let photo = text.split("/attachment/").nth(1).context("a photo")?;
        let photo = photo.split(['"', '/', '?']).next().unwrap_or_default();
        let photo = visitor.get(&format!("/attachment/{photo}")).await?;
        ensure!(photo.status == StatusCode::OK, "the photo of {} says {}", one.entry, photo.status);
        image::load_from_memory(&photo.bytes).with_context(|| format!("the photo of {}", one.entry))?;
    }
    let mut conn = app.db.read().await?;
    let mut counts = vec![];
    for (what, sql) in WHOLE {
        counts.push((*what, conn.number(sql, args![]).await?));
    }
    drop(conn);
    let entries = counts[0].1;
    // whoever was killed before the answer came may or may not be there, but then whole
    ensure!(entries >= i64::try_from(filed.len())?, "{entries} entries for {} acknowledged", filed.len());
    for (what, count) in &counts {
        ensure!(*count == entries, "{count} of {what} for {entries} entries");
    }
    // whatever was filed last is sealed within seconds
    tokio::time::sleep(Duration::from_secs(3)).await;
    drop(server);
    app.db.close().await;
    let said = Command::new(program()?)
        .args(["journal", "verify"])
        .env("ALONGSIDE_DATA", &place.data)
        .env("ALONGSIDE_DATABASE_URL", &place.url)
        .output()?;
    ensure!(
        said.status.success(),
        "the journal: {}{}",
        String::from_utf8_lossy(&said.stdout),
        String::from_utf8_lossy(&said.stderr)
    );
    let unacknowledged = entries - i64::try_from(filed.len())?;
    Ok(format!(
        "none is missing, none half written ({unacknowledged} more were filed whole before the kill), and the journal verifies"
    ))
}
