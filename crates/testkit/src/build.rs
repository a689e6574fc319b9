//! Builders that put a worker into a council and sign them in, without the pages that do so.

use crate::{Browser, TestApp};
use app::Who;
use app::{sign_in, who};
use db::args;
use practice::access::{Post, Reader, Staff};
use practice::id::{AccountId, PersonId, TeamId, WorkerId};
use practice::role::Role;
use practice::space::InSpace;

/// A worker in a test.
#[derive(Clone, Debug)]
pub struct Worker {
    /// The worker.
    pub id: WorkerId,
    /// Their account.
    pub account: AccountId,
    /// Their team.
    pub team: TeamId,
    /// Who they are to actions.
    pub who: Who,
}

const TEAM: &str = "INSERT INTO team (id, code, name, from_date, version) VALUES ($1, $2, $3, $4, 1)";
const WORKER: &str =
    "INSERT INTO worker (id, code, name, hue, from_date, version) VALUES ($1, $2, $3, 8, $4, 1)";
const POST: &str =
    "INSERT INTO post (id, worker_id, team_id, role, from_date, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
const ACCOUNT: &str = "INSERT INTO account (id, worker_id, sign_in_name, failures, created_at, version) VALUES ($1, $2, $3, 0, $4, 1)";
const UNDER: &str =
    "INSERT INTO team_under (id, team_id, parent_id, from_date, recorded_at) VALUES ($1, $2, $3, $4, $5)";

const PASSWORD: &str = "UPDATE account SET password_hash = $2, code_secret = $3 WHERE id = $1";
const RECOVERY: &str = "INSERT INTO recovery_code (id, account_id, code_hash) VALUES ($1, $2, $3)";

/// What a worker signs in with.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The name.
    pub name: String,
    /// The password.
    pub password: String,
    /// What the codes are made from.
    pub secret: Vec<u8>,
    /// The recovery codes.
    pub recovery: Vec<String>,
}

impl TestApp {
    /// Gives a worker a password, a code and recovery codes, without the pages that do so.
    pub async fn keys(&self, worker: &Worker) -> Keys {
        let mut moment = self.moment();
        let password = "kettle gravel moss ladder".to_owned();
        let secret = sign_in::secret(&mut moment);
        let recovery = sign_in::recovery_codes(&mut moment);
        let hash = sign_in::hash(&password, [7; 16]).expect("a hash");
        let mut tx = self.app.db.write().await.expect("a transaction");
        tx.run(PASSWORD, args![worker.account, hash, secret.clone()]).await.expect("a password");
        for stored in sign_in::stored(&recovery, [9; 16]).expect("hashes") {
            tx.run(RECOVERY, args![moment.id(), worker.account, stored]).await.expect("a code");
        }
        tx.commit().await.expect("kept");
        Keys { name: worker.who.name.to_lowercase().replace(' ', "."), password, secret, recovery }
    }

    /// A team, under another where one is given.
    pub async fn team(&self, name: &str, under: Option<TeamId>) -> TeamId {
        let mut moment = self.moment();
        let id = moment.id();
        let from = jiff::civil::date(2020, 1, 1);
        let mut tx = self.app.db.write().await.expect("a transaction");
        let code = name.to_lowercase().replace(' ', "-");
        tx.run(TEAM, args![id, code, name, from]).await.expect("a team");
        if let Some(parent) = under {
            tx.run(UNDER, args![moment.id(), id, parent, from, moment.now()]).await.expect("the tree");
        }
        tx.commit().await.expect("kept");
        id.into()
    }

    /// A worker with one post and an account.
    pub async fn worker(&self, name: &str, role: Role, team: TeamId) -> Worker {
        let mut moment = self.moment();
        let (worker, account) = (moment.id(), moment.id());
        let from = jiff::civil::date(2020, 1, 1);
        let code = name.to_lowercase().replace(' ', ".");
        let mut tx = self.app.db.write().await.expect("a transaction");
        tx.run(WORKER, args![worker, &code, name, from]).await.expect("a worker");
        let post = args![moment.id(), worker, team, role.code(), from, moment.now()];
        tx.run(POST, post).await.expect("a post");
        tx.run(ACCOUNT, args![account, worker, &code, moment.now()]).await.expect("an account");
        tx.commit().await.expect("kept");
        let staff = Staff { worker: worker.into(), posts: vec![Post { role, team }], ended: false };
        let who = Who {
            account: Some(account.into()),
            name: name.to_owned(),
            hue: 8,
            reader: Reader::Staff(staff),
            program: false,
            through: None,
        };
        Worker { id: worker.into(), account: account.into(), team, who }
    }

    /// A browser in which a person of the record is in a space of their own, opened for them here.
    pub async fn own_space(&self, person: PersonId) -> Browser {
        let mut moment = self.app.moment();
        let mut tx = self.app.db.write().await.expect("a transaction");
        let opened = (person, person, InSpace::Own);
        let account = sign_in::open_for_show(&mut tx, &mut moment, opened).await.expect("a space");
        tx.commit().await.expect("kept");
        self.signed_in_as(account).await
    }

    /// A browser in which somebody comes in to another's space as this, opened for them here.
    pub async fn space_of_another(&self, comes: PersonId, of: PersonId, part: InSpace) -> Browser {
        let mut moment = self.app.moment();
        let mut tx = self.app.db.write().await.expect("a transaction");
        let account = sign_in::open_for_show(&mut tx, &mut moment, (comes, of, part)).await.expect("a space");
        tx.commit().await.expect("kept");
        self.signed_in_as(account).await
    }

    /// A browser in which this worker is signed in.
    pub async fn signed_in(&self, worker: &Worker) -> Browser {
        self.signed_in_as(worker.account).await
    }

    /// A browser in which whoever has this account is signed in.
    pub async fn signed_in_as(&self, account: AccountId) -> Browser {
        let mut moment = self.app.moment();
        let mut tx = self.app.db.write().await.expect("a transaction");
        let token = who::begin(&mut tx, &mut moment, account, "test").await.expect("a session");
        let csrf: (String,) = tx
            .one("SELECT csrf FROM session WHERE token_hash = $1", args![&who::token_hash(&token)])
            .await
            .expect("a session");
        tx.commit().await.expect("kept");
        let mut browser = self.browser();
        browser.hold(who::COOKIE, &token);
        browser.carry(&csrf.0);
        browser
    }
}
