//! The board of one large team and the page of how its work moves: 60 workers, 1,200 people and 600 who were helped to an end.

use crate::council::{self, Hand};
use crate::engine::{Engine, Place};
use crate::http::Server;
use crate::pages::mean;
use crate::population::people as invented;
use crate::{figure, fill};
use anyhow::{Result, ensure};
use app::allocation::{self, Allocate};
use app::episode::{self, OpenEpisode};
use app::person::actions::{AddPerson, NewBirth, add_person};
use app::{Moment, Who, clock};
use axum::http::StatusCode;
use db::Tx;
use jiff::ToSpan;
use practice::access::AllocationKind;
use practice::episode::EpisodeKind;
use practice::role::Role;

const WORKERS: usize = 60;
const PEOPLE: usize = 1_200;
/// Those whom the team helped to an end within a year.
const FINISHED: usize = 600;
/// Milliseconds for a page.
const PAGE: f64 = 25.0;
/// Kilobytes of a page, before it is packed.
const SIZE: f64 = 60.0;

async fn filled(engine: &Engine) -> Result<Place> {
    let (place, there) = engine.place("board")?;
    if there {
        return Ok(place);
    }
    println!("making a team of {WORKERS} workers and {PEOPLE} people");
    let app = council::open(&place).await?;
    let mut hands = council::begin(&app, 1).await?;
    let today = app.moment().today();
    let mut moment = Moment::seeded(fill::noon(today), 3);
    moment.defer_clocks();
    let mut tx = app.db.write().await?;
    let team = hands[0].team;
    while hands.len() < WORKERS {
        let code = format!("worker-0-{}", hands.len());
        hands.push(council::hand(&mut tx, &mut moment, (&code, Role::SocialWorker), team).await?);
    }
    tx.commit().await?;
    let everyone = invented(PEOPLE + FINISHED, 23);
    for (number, some) in everyone.chunks(200).enumerate() {
        let mut tx = app.db.write().await?;
        for (at, one) in some.iter().enumerate() {
            let mut add = AddPerson::named(&one.given, &one.family);
            add.birth = Some(NewBirth::exact(one.born));
            let id = add_person(&mut tx, &Who::program("load"), &mut moment, add).await?.person;
            helped(&mut tx, &mut moment, (number * 200 + at, id), &hands).await?;
        }
        tx.commit().await?;
    }
    let mut tx = app.db.write().await?;
    clock::settle(&mut tx, &mut moment).await?;
    tx.commit().await?;
    fill::first_night(&app).await?;
    app.db.close().await;
    engine.whole(&place, "board")?;
    Ok(place)
}

/// One in three was helped to an end; of the others one in ten waits for a worker.
async fn helped(
    tx: &mut Tx,
    moment: &mut Moment,
    (at, person): (usize, practice::id::PersonId),
    hands: &[Hand],
) -> Result<()> {
    let who = Who::program("load");
    let (today, hand) = (moment.today(), &hands[at % hands.len()]);
    let days = i32::try_from(at % 350)?;
    let ended = at.is_multiple_of(3).then(|| today.saturating_sub((days % 300).days()));
    let from = ended.unwrap_or(today).saturating_sub((days + 20).days());
    let kinds = [EpisodeKind::FamilyHelp, EpisodeKind::ChildInNeed, EpisodeKind::ChildProtection];
    let open = OpenEpisode {
        person,
        kind: kinds[at / 3 % kinds.len()],
        team: Some(hand.team),
        from,
        to: ended,
        end_reason: None,
        last_seen: None,
        last_review: None,
        source_key: None,
        why: None,
    };
    episode::open_episode(tx, &who, moment, open).await?;
    if ended.is_none() && !at.is_multiple_of(10) {
        let part = AllocationKind::Responsible;
        let give = Allocate { person, worker: hand.id, part, from, to: None, reason: None };
        allocation::allocate(tx, &who, moment, give).await?;
    }
    Ok(())
}

/// What each page costs, and how large it is.
pub(crate) async fn measure(engine: &Engine, requests: usize) -> Result<bool> {
    let place = filled(engine).await?;
    println!("the board of {WORKERS} workers and {PEOPLE} people");
    let app = council::open(&place).await?;
    let server = Server::start(engine, &place).await?;
    server.settle().await?;
    let mut visitor = council::sign_in(&app, &server, "manager-0").await?;
    app.db.close().await;
    let watched = server.watched();
    let mut kept = true;
    for path in ["/team/team-0/board", "/team/team-0/flow"] {
        let page = visitor.get(path).await?;
        ensure!(page.status == StatusCode::OK, "{path} says {}", page.status);
        #[expect(clippy::cast_precision_loss, reason = "a measure")]
        let kilobytes = page.bytes.len() as f64 / 1024.0;
        kept &= figure(&format!("{path}, unpacked"), kilobytes, (SIZE, "KB"));
        let before = watched.spent()?;
        for _ in 0..requests {
            let answer = visitor.get_packed(path).await?;
            ensure!(answer.status == StatusCode::OK, "{path} says {}", answer.status);
        }
        kept &= figure(path, mean(watched.spent()? - before, requests), (PAGE, "ms"));
    }
    Ok(kept)
}
