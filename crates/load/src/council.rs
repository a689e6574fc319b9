//! A council under measure: its teams and workers, and someone of them signed in.

use crate::engine::Place;
use crate::http::{Server, Visitor};
use anyhow::{Context, Result};
use app::council::{self, Mark, Nature, Settings};
use app::worker::{self, AddTeam, AddWorker, NewPost};
use app::{App, Moment, Who, who};
use db::{Db, Tx, args};
use jiff::civil::{Date, date};
use practice::access::{Post, Reader, Staff};
use practice::id::{AccountId, TeamId, WorkerId};
use practice::role::Role;
use std::sync::Arc;

/// Since when everyone works here.
pub(crate) const SINCE: Date = date(2020, 1, 1);

const SIGNED: &str = "SELECT a.id FROM account a JOIN worker w ON w.id = a.worker_id WHERE w.code = $1";

/// A worker who acts.
#[derive(Clone)]
pub(crate) struct Hand {
    pub(crate) id: WorkerId,
    pub(crate) team: TeamId,
    pub(crate) who: Who,
}

#[expect(clippy::disallowed_methods, reason = "a measure is a program of its own, and time goes by in it")]
pub(crate) async fn open(place: &Place) -> Result<App> {
    let db = Db::open(&place.url).await?;
    let files = files::Folder::open(&place.data.join("files"))?;
    let settings = Settings {
        council: "Load".to_owned(),
        demonstration: false,
        public_url: "http://localhost".to_owned(),
        passkey_domain: None,
        single_sign_on: None,
        mail: None,
        behind_proxy: false,
        largest_file: 25 * 1024 * 1024,
    };
    Ok(App::new(db, files, settings, Arc::new(jiff::Timestamp::now)))
}

/// An empty council with so many teams of eight workers and a manager each.
pub(crate) async fn begin(app: &App, teams: usize) -> Result<Vec<Hand>> {
    app.db.migrate().await?;
    let mut moment = app.moment();
    let program = Who::program("load");
    let mut tx = app.db.write().await?;
    council::mark(&mut tx, &moment, &Mark { name: "Load".to_owned(), nature: Nature::Real }).await?;
    let mut hands = vec![];
    for number in 0..teams {
        let team = AddTeam {
            code: format!("team-{number}"),
            name: format!("Team {number}"),
            place: None,
            from: SINCE,
            to: None,
            under: None,
        };
        let team = worker::add_team(&mut tx, &program, &mut moment, team).await?;
        hand(&mut tx, &mut moment, (&format!("manager-{number}"), Role::TeamManager), team).await?;
        for one in 0..8 {
            let code = format!("worker-{number}-{one}");
            hands.push(hand(&mut tx, &mut moment, (&code, Role::SocialWorker), team).await?);
        }
    }
    tx.commit().await?;
    Ok(hands)
}

/// One more worker of a team.
pub(crate) async fn hand(
    tx: &mut Tx,
    moment: &mut Moment,
    (code, role): (&str, Role),
    team: TeamId,
) -> Result<Hand> {
    let name = format!("Worker {code}");
    let add = AddWorker {
        code: code.to_owned(),
        name: name.clone(),
        email: None,
        phone: None,
        registration_number: None,
        hue: Some(3),
        from: SINCE,
        to: None,
        posts: vec![NewPost { role, team: Some(team), from: SINCE, to: None }],
    };
    let id = worker::add(tx, &Who::program("load"), moment, add).await?;
    let staff = Staff { worker: id, posts: vec![Post { role, team }], ended: false };
    let who = Who { account: None, name, hue: 3, reader: Reader::Staff(staff), program: true, through: None };
    Ok(Hand { id, team, who })
}

/// Signs a worker in, without the page and a password.
pub(crate) async fn sign_in(app: &App, server: &Server, code: &str) -> Result<Visitor> {
    let mut tx = app.db.write().await?;
    let row: Option<(uuid::Uuid,)> = tx.maybe(SIGNED, args![code]).await?;
    let (account,) = row.with_context(|| format!("there is no {code}"))?;
    let token = who::begin(&mut tx, &mut app.moment(), AccountId(account), "load").await?;
    tx.commit().await?;
    Ok(Visitor::new(server, &token))
}
