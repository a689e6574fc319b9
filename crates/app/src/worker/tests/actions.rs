//! The actions, as the command line, an import and the pages call them.

use app::worker::{
    AddTeam, AddWorker, ChangeTeam, ChangeWorker, NewPost, SetAbsence, SetHoliday, add, add_team,
    answers_for, begin_post, change, change_absence, change_team, come_back, end, end_absence, end_post,
    end_team, invite, move_team, remove_holiday, reset, set_absence, set_holiday, sign_out_everywhere,
};
use app::{Oops, Result, Who};
use db::{Tx, args};
use jiff::civil::{Date, date};
use practice::calendar::Change;
use practice::id::{PersonId, TeamId, WorkerId};
use practice::role::Role;
use testkit::{TestApp, both};
use uuid::Uuid;

const TODAY: Date = date(2026, 11, 21);

/// Does one action in one transaction; what is refused leaves nothing.
macro_rules! act {
    ($t:expr, |$tx:ident, $moment:ident| $body:expr) => {{
        let mut $moment = $t.moment();
        let mut $tx = $t.app.db.write().await.unwrap();
        let done = $body.await;
        if done.is_ok() {
            $tx.commit().await.unwrap();
        } else {
            $tx.give_up().await.unwrap();
        }
        done
    }};
}

fn new(code: &str, role: Role, team: Option<TeamId>) -> AddWorker {
    let from = date(2026, 1, 5);
    AddWorker {
        code: code.to_owned(),
        name: code.replace('.', " "),
        email: None,
        phone: None,
        registration_number: None,
        hue: None,
        from,
        to: None,
        posts: vec![NewPost { role, team, from, to: None }],
    }
}

fn team(code: &str, under: Option<TeamId>) -> AddTeam {
    AddTeam {
        code: code.to_owned(),
        name: code.to_owned(),
        place: None,
        from: date(2026, 1, 1),
        to: None,
        under,
    }
}

fn sentence<T: std::fmt::Debug>(refused: Result<T>) -> String {
    refused.unwrap_err().to_string()
}

async fn person(tx: &mut Tx, id: Uuid, at: jiff::Timestamp) {
    let sql = "INSERT INTO person (id, kind, access_level, hue, shown_name, full_name, initials, recorded_at, version) \
        VALUES ($1, 'child', 'findable', 1, 'Ash', 'Ash Hart', 'AH', $2, 1)";
    tx.run(sql, args![id, at]).await.unwrap();
}

pub(super) async fn responsible(t: &TestApp, worker: WorkerId, team: TeamId) -> PersonId {
    let mut moment = t.moment();
    let (id, row) = (moment.id(), moment.id());
    let mut tx = t.app.db.write().await.unwrap();
    person(&mut tx, id, moment.now()).await;
    let sql = "INSERT INTO allocation (id, person_id, worker_id, team_id, part, from_date, recorded_at) VALUES ($1, $2, $3, $4, 'responsible', $5, $6)";
    tx.run(sql, args![row, id, worker, team, date(2026, 2, 1), moment.now()]).await.unwrap();
    tx.commit().await.unwrap();
    id.into()
}

async fn waiting(t: &TestApp, team: TeamId) {
    let mut moment = t.moment();
    let (id, row, episode) = (moment.id(), moment.id(), moment.id());
    let mut tx = t.app.db.write().await.unwrap();
    person(&mut tx, id, moment.now()).await;
    let sql = "INSERT INTO episode (id, episode_id, person_id, kind, team_id, from_date, recorded_at) VALUES ($1, $2, $3, 'child-in-need', $4, $5, $6)";
    tx.run(sql, args![row, episode, id, team, date(2026, 2, 1), moment.now()]).await.unwrap();
    tx.commit().await.unwrap();
}

async fn journalled(t: &TestApp, action: &str) -> i64 {
    let mut conn = t.app.db.read().await.unwrap();
    let sql = "SELECT CAST(count(*) AS bigint) FROM journal WHERE action = $1";
    conn.number(sql, args![action]).await.unwrap()
}

#[tokio::test]
async fn a_worker_is_added_with_posts_and_an_account_and_changed() {
    both(|t| async move {
        let who = Who::program("worker add");
        let north = act!(t, |tx, m| add_team(&mut tx, &who, &mut m, team("north", None))).unwrap();
        let nadia = new(" Nadia.Farrow ", Role::SocialWorker, Some(north));
        let id = act!(t, |tx, m| add(&mut tx, &who, &mut m, nadia.clone())).unwrap();
        assert_eq!(journalled(&t, "add_worker").await, 1);
        let again = sentence(act!(t, |tx, m| add(&mut tx, &who, &mut m, nadia)));
        assert!(again.contains("nadia.farrow already"), "{again}");
        for (code, role, team, field) in [
            ("", Role::DataOfficer, None, "code"),
            ("nadia farrow", Role::DataOfficer, None, "code"),
            ("-x", Role::DataOfficer, None, "code"),
            ("tom", Role::TeamManager, None, "team"),
            ("tom", Role::SocialWorker, Some(Uuid::nil().into()), "team"),
        ] {
            let refused = act!(t, |tx, m| add(&mut tx, &who, &mut m, new(code, role, team)));
            assert!(matches!(&refused, Err(Oops::Wrong(all)) if all[0].0 == field), "{code}: {refused:?}");
        }
        // an account that keeps the returns belongs to no team
        act!(t, |tx, m| add(&mut tx, &who, &mut m, new("tom", Role::DataOfficer, None))).unwrap();
        let renamed = |version| ChangeWorker {
            worker: id,
            version,
            name: "Nadia  Farrow-Idris".to_owned(),
            email: Some(" ".to_owned()),
            phone: Some("01632 960001".to_owned()),
            registration_number: Some("sw 12345".to_owned()),
        };
        let stale = act!(t, |tx, m| change(&mut tx, &who, &mut m, renamed(99)));
        assert!(matches!(stale, Err(Oops::Stale)));
        let mut conn = t.app.db.read().await.unwrap();
        let (version,): (i64,) =
            conn.one("SELECT version FROM worker WHERE id = $1", args![id]).await.unwrap();
        drop(conn);
        act!(t, |tx, m| change(&mut tx, &who, &mut m, renamed(version))).unwrap();
        let mut conn = t.app.db.read().await.unwrap();
        let sql = "SELECT name, registration_number, email FROM worker WHERE id = $1";
        let row: (String, Option<String>, Option<String>) = conn.one(sql, args![id]).await.unwrap();
        assert_eq!(row, ("Nadia Farrow-Idris".to_owned(), Some("SW12345".to_owned()), None));
    })
    .await;
}

#[tokio::test]
async fn only_the_system_administrator_changes_workers_and_teams() {
    both(|t| async move {
        let north = t.team("North", None).await;
        let manager = t.worker("Helen Boateng", Role::TeamManager, north).await;
        let administrator = t.worker("Ola Reyes", Role::SystemAdministrator, north).await;
        let tom = || new("tom", Role::DataOfficer, None);
        let refused = act!(t, |tx, m| add(&mut tx, &manager.who, &mut m, tom()));
        assert!(matches!(refused, Err(Oops::NotAllowed(_))));
        let refused = act!(t, |tx, m| reset(&mut tx, &manager.who, &mut m, administrator.id));
        assert!(matches!(refused, Err(Oops::NotAllowed(_))));
        let refused = act!(t, |tx, m| add_team(&mut tx, &manager.who, &mut m, team("south", None)));
        assert!(matches!(refused, Err(Oops::NotAllowed(_))));
        let day = SetHoliday { day: date(2027, 5, 10), change: Change::Add, name: "x".to_owned() };
        let refused = act!(t, |tx, m| set_holiday(&mut tx, &manager.who, &mut m, day));
        assert!(matches!(refused, Err(Oops::NotAllowed(_))));
        act!(t, |tx, m| add(&mut tx, &administrator.who, &mut m, tom())).unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_account_ends_only_when_nobody_is_left_without_an_answer() {
    both(|t| async move {
        let who = Who::program("worker end");
        let north = t.team("North", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, north).await;
        let helen = t.worker("Helen Boateng", Role::TeamManager, north).await;
        let ola = t.worker("Ola Reyes", Role::SystemAdministrator, north).await;
        let child = responsible(&t, nadia.id, north).await;
        responsible(&t, nadia.id, north).await;
        let words = sentence(act!(t, |tx, m| end(&mut tx, &who, &mut m, nadia.id, TODAY)));
        assert!(words.contains("still answer for 2 people"), "{words}");
        let posts = "SELECT id FROM post WHERE worker_id = $1 AND superseded_at IS NULL";
        let mut conn = t.app.db.read().await.unwrap();
        let (post,): (Uuid,) = conn.one(posts, args![nadia.id]).await.unwrap();
        let (managers,): (Uuid,) = conn.one(posts, args![helen.id]).await.unwrap();
        let (administers,): (Uuid,) = conn.one(posts, args![ola.id]).await.unwrap();
        drop(conn);
        let words = sentence(act!(t, |tx, m| end_post(&mut tx, &who, &mut m, post, TODAY)));
        assert!(words.contains("still answer for 2 people"), "{words}");
        // those who wait count for the only manager of their team
        waiting(&t, north).await;
        let mut conn = t.app.db.read().await.unwrap();
        let answers = answers_for(&mut conn, helen.id, TODAY).await.unwrap();
        drop(conn);
        assert_eq!((answers.len(), answers[0].waiting, answers[0].responsible), (1, 1, 0));
        let words = sentence(act!(t, |tx, m| end(&mut tx, &who, &mut m, helen.id, TODAY)));
        assert!(words.contains("still answer for 1 person."), "{words}");
        let words = sentence(act!(t, |tx, m| end_post(&mut tx, &who, &mut m, managers, TODAY)));
        assert!(words.contains("would have no manager while 1 episode is open"), "{words}");
        let words = sentence(act!(t, |tx, m| end(&mut tx, &who, &mut m, ola.id, TODAY)));
        assert!(words.contains("last account that can add workers"), "{words}");
        let words = sentence(act!(t, |tx, m| end_post(&mut tx, &who, &mut m, administers, TODAY)));
        assert!(words.contains("last account that can add workers"), "{words}");
        // handed over, the account ends, and with it sessions, posts and links
        let mut tx = t.app.db.write().await.unwrap();
        tx.run("UPDATE allocation SET superseded_at = recorded_at", args![]).await.unwrap();
        tx.commit().await.unwrap();
        assert_ne!(child.0, Uuid::nil());
        let mut browser = t.signed_in(&nadia).await;
        let future = act!(t, |tx, m| end(&mut tx, &who, &mut m, nadia.id, date(2026, 11, 22)));
        assert!(matches!(future, Err(Oops::Wrong(_))));
        act!(t, |tx, m| end(&mut tx, &who, &mut m, nadia.id, TODAY)).unwrap();
        assert_eq!(browser.get("/sign-in").await.status.as_u16(), 200, "signed out at once");
        let words = sentence(act!(t, |tx, m| end(&mut tx, &who, &mut m, nadia.id, TODAY)));
        assert!(words.contains("left already"), "{words}");
        assert!(sentence(act!(t, |tx, m| invite(&mut tx, &who, &mut m, nadia.id))).contains("has left"));
        // who comes back is the same worker
        act!(t, |tx, m| come_back(&mut tx, &who, &mut m, nadia.id)).unwrap();
        let post =
            NewPost { role: Role::SocialWorker, team: Some(north), from: date(2026, 11, 22), to: None };
        act!(t, |tx, m| begin_post(&mut tx, &who, &mut m, nadia.id, post)).unwrap();
        act!(t, |tx, m| invite(&mut tx, &who, &mut m, nadia.id)).unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_reset_shuts_every_door_at_once() {
    both(|t| async move {
        let who = Who::program("worker reset");
        let north = t.team("North", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, north).await;
        let first = act!(t, |tx, m| invite(&mut tx, &who, &mut m, nadia.id)).unwrap();
        assert_eq!(first.until, t.now() + app::worker::LASTS);
        let keys = t.keys(&nadia).await;
        let words = sentence(act!(t, |tx, m| invite(&mut tx, &who, &mut m, nadia.id)));
        assert!(words.contains("can sign in already"), "{words}");
        let mut browser = t.signed_in(&nadia).await;
        assert_eq!(browser.get("/sign-in").await.status.as_u16(), 303);
        let again = act!(t, |tx, m| reset(&mut tx, &who, &mut m, nadia.id)).unwrap();
        assert_ne!(first.token, again.token);
        assert_eq!(browser.get("/sign-in").await.status.as_u16(), 200);
        let tried = app::sign_in::Attempt {
            name: keys.name,
            password: keys.password,
            code: keys.recovery[0].clone(),
            ..Default::default()
        };
        assert!(app::sign_in::attempt(&t.app, tried).await.unwrap().is_none());
        let mut other = t.signed_in(&nadia).await;
        assert_eq!(act!(t, |tx, m| sign_out_everywhere(&mut tx, &who, &mut m, nadia.id)).unwrap(), 1);
        assert_eq!(other.get("/sign-in").await.status.as_u16(), 200);
    })
    .await;
}

#[tokio::test]
async fn teams_stand_in_a_dated_tree_without_rings() {
    both(|t| async move {
        let who = Who::program("team");
        let top = act!(t, |tx, m| add_team(&mut tx, &who, &mut m, team("service", None))).unwrap();
        let north = act!(t, |tx, m| add_team(&mut tx, &who, &mut m, team("north", Some(top)))).unwrap();
        let east = act!(t, |tx, m| add_team(&mut tx, &who, &mut m, team("east", Some(north)))).unwrap();
        let again = act!(t, |tx, m| add_team(&mut tx, &who, &mut m, team("east", None)));
        assert!(matches!(again, Err(Oops::Wrong(_))));
        for (team, under) in [(north, east), (north, north), (top, east)] {
            let words = sentence(act!(t, |tx, m| move_team(&mut tx, &who, &mut m, team, (Some(under), TODAY))));
            assert!(words.contains("ring"), "{words}");
        }
        // a move in the future is a ring too
        act!(t, |tx, m| move_team(&mut tx, &who, &mut m, east, (None, TODAY))).unwrap();
        act!(t, |tx, m| move_team(&mut tx, &who, &mut m, north, (Some(east), date(2027, 1, 1)))).unwrap();
        let ring = act!(t, |tx, m| move_team(&mut tx, &who, &mut m, east, (Some(north), TODAY)));
        assert!(ring.is_err());
        let mut conn = t.app.db.read().await.unwrap();
        let sql = "SELECT CAST(count(*) AS bigint) FROM team_under WHERE team_id = $1 AND superseded_at IS NULL AND to_date = $2";
        let before = conn.number(sql, args![east, date(2026, 11, 20)]).await.unwrap();
        assert_eq!(before, 1, "where it stood before the move stays known");
        let (version,): (i64,) = conn.one("SELECT version FROM team WHERE id = $1", args![top]).await.unwrap();
        drop(conn);
        let named = |version| ChangeTeam { team: top, version, name: "Children".to_owned(), place: Some("Town hall".to_owned()) };
        assert!(matches!(act!(t, |tx, m| change_team(&mut tx, &who, &mut m, named(0))), Err(Oops::Stale)));
        act!(t, |tx, m| change_team(&mut tx, &who, &mut m, named(version))).unwrap();
        let words = sentence(act!(t, |tx, m| end_team(&mut tx, &who, &mut m, top, TODAY)));
        assert!(words.contains("1 team under it"), "{words}");
        t.worker("Helen Boateng", Role::TeamManager, east).await;
        waiting(&t, east).await;
        let words = sentence(act!(t, |tx, m| end_team(&mut tx, &who, &mut m, east, TODAY)));
        assert!(words.contains("1 open episode, 1 worker, 1 team under it"), "{words}");
        act!(t, |tx, m| end_team(&mut tx, &who, &mut m, north, TODAY)).unwrap();
        let words = sentence(act!(t, |tx, m| end_team(&mut tx, &who, &mut m, north, TODAY)));
        assert!(words.contains("ended already"), "{words}");
        let post = NewPost { role: Role::SocialWorker, team: Some(north), from: TODAY, to: None };
        let late = new("late", Role::DataOfficer, None);
        let late = act!(t, |tx, m| add(&mut tx, &who, &mut m, late)).unwrap();
        let words = sentence(act!(t, |tx, m| begin_post(&mut tx, &who, &mut m, late, post)));
        assert!(words.contains("has ended"), "{words}");
    })
    .await;
}

#[tokio::test]
async fn managers_say_who_is_away_in_their_own_teams() {
    both(|t| async move {
        let top = t.team("Service", None).await;
        let north = t.team("North", Some(top)).await;
        let south = t.team("South", Some(top)).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, north).await;
        let callum = t.worker("Callum Idris", Role::NewlyQualified, north).await;
        let tom = t.worker("Tom Ferris", Role::DataOfficer, south).await;
        let head = t.worker("Rosalind Meade", Role::HeadOfService, top).await;
        let other = t.worker("Sam South", Role::TeamManager, south).await;
        let away = |to, cover| SetAbsence { worker: nadia.id, from: TODAY, to, cover };
        for who in [&other.who, &nadia.who] {
            let refused = act!(t, |tx, m| set_absence(&mut tx, who, &mut m, away(None, None)));
            assert!(matches!(refused, Err(Oops::NotAllowed(_))), "{refused:?}");
        }
        for (to, cover, field) in [
            (Some(date(2026, 11, 20)), None, "to"),
            (None, Some(nadia.id), "cover"),
            (None, Some(tom.id), "cover"),
            (None, Some(WorkerId(Uuid::nil())), "cover"),
        ] {
            let refused = act!(t, |tx, m| set_absence(&mut tx, &head.who, &mut m, away(to, cover)));
            assert!(matches!(&refused, Err(Oops::Wrong(all)) if all[0].0 == field), "{field}: {refused:?}");
        }
        let absence =
            act!(t, |tx, m| set_absence(&mut tx, &head.who, &mut m, away(None, Some(callum.id)))).unwrap();
        let words = sentence(act!(t, |tx, m| set_absence(&mut tx, &head.who, &mut m, away(None, None))));
        assert!(words.contains("already away"), "{words}");
        t.pass(jiff::SignedDuration::from_hours(48));
        act!(t, |tx, m| change_absence(
            &mut tx,
            &head.who,
            &mut m,
            absence,
            (Some(date(2026, 11, 27)), Some(head.id))
        ))
        .unwrap();
        let mut conn = t.app.db.read().await.unwrap();
        let sql = "SELECT cover_id, id FROM absence WHERE superseded_at IS NULL ORDER BY from_date";
        let rows: Vec<(Option<Uuid>, Uuid)> = conn.all(sql, args![]).await.unwrap();
        drop(conn);
        let covers: Vec<_> = rows.iter().map(|row| row.0).collect();
        assert_eq!(covers, [Some(callum.id.0), Some(head.id.0)], "who stood in before stays known");
        act!(t, |tx, m| end_absence(&mut tx, &head.who, &mut m, rows[1].1, date(2026, 11, 24))).unwrap();
        let words =
            sentence(act!(t, |tx, m| end_absence(&mut tx, &head.who, &mut m, rows[0].1, date(2026, 11, 24))));
        assert!(words.contains("back by then"), "{words}");
    })
    .await;
}

#[tokio::test]
async fn a_proclaimed_holiday_is_followed_and_can_be_taken_back() {
    both(|t| async move {
        let who = Who::program("rule holiday");
        let funeral = || SetHoliday {
            day: date(2027, 5, 10),
            change: Change::Add,
            name: " State  Funeral ".to_owned(),
        };
        act!(t, |tx, m| set_holiday(&mut tx, &who, &mut m, funeral())).unwrap();
        assert!(t.app.calendar().is_working_day(date(2027, 5, 10)));
        app::worker::load_calendar(&t.app).await.unwrap();
        assert!(!t.app.calendar().is_working_day(date(2027, 5, 10)));
        assert_eq!(t.app.calendar().holiday(date(2027, 5, 10)).as_deref(), Some("State Funeral"));
        for (day, change, name) in [
            (date(2027, 5, 10), Change::Add, "again"),
            (date(2027, 5, 11), Change::Remove, "not one"),
            (date(2027, 5, 12), Change::Add, "  "),
        ] {
            let set = SetHoliday { day, change, name: name.to_owned() };
            let refused = act!(t, |tx, m| set_holiday(&mut tx, &who, &mut m, set));
            assert!(matches!(refused, Err(Oops::Wrong(_))), "{name}");
        }
        act!(t, |tx, m| remove_holiday(&mut tx, &who, &mut m, date(2027, 5, 10))).unwrap();
        assert!(act!(t, |tx, m| remove_holiday(&mut tx, &who, &mut m, date(2027, 5, 10))).is_err());
        app::worker::load_calendar(&t.app).await.unwrap();
        assert!(t.app.calendar().is_working_day(date(2027, 5, 10)));
    })
    .await;
}
