//! Tokens: made, used, narrowed, ended, and dead with their maker.

use super::{Program, json, problem};
use app::sign_in::list_tokens;
use app::who::Scope;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use db::args;
use jiff::SignedDuration;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

async fn nadia(t: &TestApp) -> Worker {
    let team = t.team("North", None).await;
    t.worker("Nadia Farrow", Role::SocialWorker, team).await
}

#[tokio::test]
async fn a_token_is_made_on_ones_own_page_with_the_password_and_shown_once() {
    both(|t| async move {
        let nadia = nadia(&t).await;
        let keys = t.keys(&nadia).await;
        let mut browser = t.signed_in(&nadia).await;
        let asked = browser.get("/me/tokens/new").await;
        assert!(asked.words().contains("Read entries and promises"), "{}", asked.words());
        let mut fields = vec![
            ("name", "Attendance"),
            ("scopes", "people:read"),
            ("scopes", "entries:read"),
            ("roles", "social-worker"),
            ("until-day", "1"),
            ("until-month", "3"),
            ("until-year", "2027"),
        ];
        let wrong = browser.post("/me/tokens/new", &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.words().contains("This is not your password"), "{}", wrong.words());
        fields.push(("current", &keys.password));
        for (field, value, words) in [
            ("name", "", "Give it a name"),
            ("scopes", "", "Choose at least one thing"),
            ("roles", "system-administrator", "Choose among your own roles"),
            ("until-year", "2028", "Choose a day within a year"),
        ] {
            let mut other: Vec<_> = fields.iter().copied().filter(|one| one.0 != field).collect();
            other.push((field, value));
            let wrong = browser.post("/me/tokens/new", &other).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert!(wrong.words().contains(words), "{field}: {}", wrong.words());
        }
        let made = browser.post("/me/tokens/new", &fields).await;
        assert_eq!(made.headers[header::CACHE_CONTROL], "no-store");
        let (_, rest) = made.text.split_once("alongside_").expect("the secret");
        let secret = format!("alongside_{}", rest.split('<').next().unwrap());
        let mut program = Program::holding(&t, &secret);
        let me = json(&program.get("/me").await);
        assert_eq!(me["name"], "Nadia Farrow");
        assert_eq!(me["token"]["name"], "Attendance");
        assert_eq!(me["token"]["scopes"], serde_json::json!(["people:read", "entries:read"]));
        assert_eq!(me["posts"][0]["role"], "social-worker");
        let listed = browser.get("/me/tokens").await;
        assert!(listed.words().contains("Attendance") && !listed.text.contains(&secret));
        let row: (Vec<u8>,) =
            t.app.db.read().await.unwrap().one("SELECT secret_hash FROM token", args![]).await.unwrap();
        assert_eq!(row.0, app::who::token_hash(&secret).to_vec());
        t.pass(SignedDuration::from_secs(1));
        let id = list_tokens(&t.app).await.unwrap()[0].id;
        let ended = browser.post(&format!("/me/tokens/{id}"), &[]).await;
        assert_eq!(ended.location.as_deref(), Some("/me/tokens?done=ended"));
        problem(&program.get("/me").await, StatusCode::UNAUTHORIZED, "no-token");
        let actions: Vec<(String,)> = t
            .app
            .db
            .read()
            .await
            .unwrap()
            .all("SELECT action FROM journal WHERE action LIKE '%token' ORDER BY id", args![])
            .await
            .unwrap();
        assert_eq!(actions.into_iter().map(|row| row.0).collect::<Vec<_>>(), ["make_token", "end_token"]);
    })
    .await;
}

#[tokio::test]
async fn only_a_living_token_lets_a_program_in() {
    both(|t| async move {
        let nadia = nadia(&t).await;
        let mut program = Program::of(&t, &nadia).await;
        assert_eq!(program.get("/me").await.status, StatusCode::OK);
        let refused = t.browser().get("/api/v1/me").await;
        problem(&refused, StatusCode::UNAUTHORIZED, "no-token");
        assert_eq!(refused.headers[header::WWW_AUTHENTICATE], "Bearer realm=\"alongside\"");
        // a session's cookie is no token, and a token is no session
        let mut browser = t.signed_in(&nadia).await;
        problem(&browser.get("/api/v1/me").await, StatusCode::UNAUTHORIZED, "no-token");
        let page = Request::get("/me").header(header::AUTHORIZATION, format!("Bearer {}", program.secret));
        let page = t.browser().send(page.body(Body::empty()).unwrap()).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER);
        for secret in ["", "alongside_", "alongside_AAAA", "x", "Bearer"] {
            let mut other = Program::holding(&t, secret);
            problem(&other.get("/me").await, StatusCode::UNAUTHORIZED, "no-token");
        }
        t.pass(SignedDuration::from_hours(24 * 31));
        problem(&program.get("/me").await, StatusCode::UNAUTHORIZED, "no-token");
    })
    .await;
}

#[tokio::test]
async fn a_token_dies_with_its_makers_posts_and_account() {
    const POST: &str = "UPDATE post SET to_date = $2 WHERE worker_id = $1";
    const GONE: &str = "UPDATE worker SET to_date = $2 WHERE id = $1";
    const ENDED: &str = "UPDATE account SET ended_at = $2 WHERE id = $1";
    both(|t| async move {
        let team = t.team("North", None).await;
        for (name, sql) in [("Ann Post", POST), ("Ben Gone", GONE), ("Cal Ended", ENDED)] {
            let worker = t.worker(name, Role::SocialWorker, team).await;
            let mut program = Program::of(&t, &worker).await;
            assert_eq!(program.get("/me").await.status, StatusCode::OK);
            let mut tx = t.app.db.write().await.unwrap();
            let values = if sql == ENDED {
                args![worker.account, t.now()]
            } else {
                args![worker.id, date(2026, 11, 1)]
            };
            tx.run(sql, values).await.unwrap();
            tx.commit().await.unwrap();
            problem(&program.get("/me").await, StatusCode::UNAUTHORIZED, "no-token");
        }
    })
    .await;
}

#[tokio::test]
async fn an_administrator_sees_every_token_ends_any_and_new_keys_end_all() {
    both(|t| async move {
        let nadia = nadia(&t).await;
        let ada = t.worker("Ada Min", Role::SystemAdministrator, nadia.team).await;
        let mut program = Program::of(&t, &nadia).await;
        let mut browser = t.signed_in(&ada).await;
        let page = browser.get("/administration/tokens").await;
        let words = page.words();
        assert!(words.contains("The attendance list , made by Nadia Farrow"), "{words}");
        let id = list_tokens(&t.app).await.unwrap()[0].id;
        let mut other = t.signed_in(&nadia).await;
        assert_eq!(other.get("/administration/tokens").await.status, StatusCode::FORBIDDEN);
        let not_hers = other.post(&format!("/administration/tokens/{id}"), &[]).await;
        assert_eq!(not_hers.status, StatusCode::FORBIDDEN);
        browser.post(&format!("/administration/tokens/{id}"), &[]).await;
        problem(&program.get("/me").await, StatusCode::UNAUTHORIZED, "no-token");
        assert!(other.get("/me").await.words().contains("An administrator ended your token"));
        let mut again = Program::of(&t, &nadia).await;
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        app::worker::reset(&mut tx, &ada.who, &mut moment, nadia.id).await.unwrap();
        tx.commit().await.unwrap();
        problem(&again.get("/me").await, StatusCode::UNAUTHORIZED, "no-token");
    })
    .await;
}

#[tokio::test]
async fn a_scope_that_is_missing_is_named_and_nothing_is_done() {
    both(|t| async move {
        let nadia = nadia(&t).await;
        let josie = t.person("Josie Hart", date(2017, 3, 14)).await;
        t.allocate(josie, &nadia, AllocationKind::Responsible).await;
        let mut program = Program::with(&t, &nadia, &[Scope::TeamsRead]).await;
        assert_eq!(program.get("/me").await.status, StatusCode::OK);
        assert_eq!(program.get("/teams").await.status, StatusCode::OK);
        for (path, scope) in [
            (format!("/people/{josie}"), "people:read"),
            ("/people?q=Josie".to_owned(), "people:read"),
            (format!("/people/{josie}/entries"), "entries:read"),
            (format!("/people/{josie}/clocks"), "pathway:read"),
            ("/today".to_owned(), "today:read"),
        ] {
            let told = problem(&program.get(&path).await, StatusCode::FORBIDDEN, "scope");
            assert!(told["detail"].as_str().unwrap().contains(scope), "{told}");
        }
        // said of anybody's record in the same way, whether or not there is one
        let nobody = uuid::Uuid::from_u128(9);
        let told = problem(&program.get(&format!("/people/{nobody}")).await, StatusCode::FORBIDDEN, "scope");
        assert!(told["detail"].as_str().unwrap().contains("people:read"));
        for (path, scope) in [
            ("/people", "people:write"),
            ("/entries", "entries:write"),
            ("/people/x/episodes", "episodes:write"),
            ("/people/x/steps", "steps:write"),
            ("/people/x/allocations", "allocations:write"),
            ("/promises/x/outcome", "promises:write"),
        ] {
            let answer = program.post(path, &serde_json::json!({})).await;
            let told = problem(&answer, StatusCode::FORBIDDEN, "scope");
            assert!(told["detail"].as_str().unwrap().contains(scope), "{path}: {told}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_token_acts_only_in_the_roles_it_was_made_for() {
    const ALSO: &str = "INSERT INTO post (id, worker_id, team_id, role, from_date, recorded_at) VALUES ($1, $2, $3, 'team-manager', $4, $5)";
    both(|t| async move {
        let nadia = nadia(&t).await;
        let mut program = Program::of(&t, &nadia).await;
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        tx.run(ALSO, args![moment.id(), nadia.id, nadia.team, date(2020, 1, 1), t.now()]).await.unwrap();
        tx.commit().await.unwrap();
        let me = json(&program.get("/me").await);
        assert_eq!(me["posts"].as_array().unwrap().len(), 1, "{me}");
        assert_eq!(json(&program.get("/teams/north").await)["leads"], false);
    })
    .await;
}

#[tokio::test]
async fn a_program_that_runs_wild_is_told_to_wait() {
    both(|t| async move {
        let nadia = nadia(&t).await;
        let mut program = Program::of(&t, &nadia).await;
        for _ in 0..600 {
            assert_eq!(program.get("/me").await.status, StatusCode::OK);
        }
        let wait = program.get("/me").await;
        problem(&wait, StatusCode::TOO_MANY_REQUESTS, "too-many");
        let seconds: i64 = wait.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
        // another program of hers is not held up
        let mut other = Program::of(&t, &nadia).await;
        assert_eq!(other.get("/me").await.status, StatusCode::OK);
        t.pass(SignedDuration::from_secs(seconds));
        assert_eq!(program.get("/me").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn the_journal_says_through_which_token_a_record_was_read() {
    both(|t| async move {
        let nadia = nadia(&t).await;
        let josie = t.person("Josie Hart", date(2017, 3, 14)).await;
        t.allocate(josie, &nadia, AllocationKind::Responsible).await;
        let mut program = Program::of(&t, &nadia).await;
        assert_eq!(program.get(&format!("/people/{josie}")).await.status, StatusCode::OK);
        let page = t.signed_in(&nadia).await.get(&format!("/person/{josie}/readings")).await;
        let words = page.words();
        assert!(words.contains("Nadia Farrow, through the token “The attendance list”"), "{words}");
        let row: (String,) = t
            .app
            .db
            .read()
            .await
            .unwrap()
            .one("SELECT payload FROM journal WHERE action = 'open_details'", args![])
            .await
            .unwrap();
        let payload: serde_json::Value = serde_json::from_str(&row.0).unwrap();
        assert_eq!(payload["through"]["name"], "The attendance list");
    })
    .await;
}
