//! Setting up from a one-time link: the first administrator, a new worker, a new password.

use app::sign_in::{code_at, first_link};
use app::who::COOKIE;
use app::{Who, worker};
use axum::http::StatusCode;
use data_encoding::BASE32_NOPAD;
use jiff::SignedDuration;
use practice::role::Role;
use testkit::{Answered, Browser, TestApp, both};

const GOOD: &str = "velvet ladder moss kettle";

/// The secret as the page spells it for those who cannot scan.
fn secret(page: &Answered) -> Vec<u8> {
    let spelt = page.text.split_once("<code id=\"secret\">").unwrap().1.split('<').next().unwrap();
    BASE32_NOPAD.decode(spelt.replace(' ', "").as_bytes()).unwrap()
}

/// The ten codes of a page.
fn codes(page: &Answered) -> Vec<String> {
    let list = page.text.split_once("id=\"codes\">").expect("the codes").1.split("</ul>").next().unwrap();
    list.split("<code>").skip(1).map(|part| part.split('<').next().unwrap().to_owned()).collect()
}

async fn invite(t: &TestApp, id: practice::id::WorkerId) -> String {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let made = worker::invite(&mut tx, &Who::program("worker invite"), &mut moment, id).await.unwrap();
    tx.commit().await.unwrap();
    format!("/invitation/{}", made.token)
}

async fn fill(t: &TestApp, browser: &mut Browser, path: &str) -> Answered {
    let page = browser.get(path).await;
    let code = code_at(&secret(&page), t.now()).unwrap();
    browser.post(path, &[("password", GOOD), ("again", GOOD), ("code", &code)]).await
}

#[tokio::test]
async fn an_empty_council_makes_its_first_administrator_from_one_link() {
    both(|t| async move {
        let stale = first_link(&t.app).await.unwrap().unwrap();
        let link = first_link(&t.app).await.unwrap().unwrap();
        let path = link.strip_prefix("http://localhost:8080").unwrap();
        let mut browser = t.browser();
        let old = browser.get(stale.strip_prefix("http://localhost:8080").unwrap()).await;
        assert_eq!(old.status, StatusCode::NOT_FOUND, "only the newest link works");
        let page = browser.get(path).await;
        assert!(page.words().contains("Become the first administrator"), "{}", page.words());
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
        assert!(page.text.contains("<svg class=\"qr\""));
        let code = code_at(&secret(&page), t.now()).unwrap();
        let fields = |name, short, password, again, code| {
            [
                ("name", name),
                ("sign_in_name", short),
                ("password", password),
                ("again", again),
                ("code", code),
            ]
        };
        for (fields, words) in [
            (fields("", "ola.reyes", GOOD, GOOD, &*code), "Write your name"),
            (fields("Ola Reyes", "ola reyes", GOOD, GOOD, &code), "Use 1 to 40 letters"),
            (fields("Ola Reyes", "ola.reyes", "short", "short", &code), "Use at least 12"),
            (fields("Ola Reyes", "ola.reyes", "ola.reyes1234", "ola.reyes1234", &code), "easily guessed"),
            (fields("Ola Reyes", "ola.reyes", GOOD, "velvet ladder moss", &code), "not the same password"),
            (fields("Ola Reyes", "ola.reyes", GOOD, GOOD, "000000"), "not the code your phone shows"),
        ] {
            let wrong = browser.post(path, &fields).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
            assert!(wrong.words().contains(words), "{words}: {}", wrong.words());
            assert!(!wrong.text.contains(GOOD));
            assert_eq!(secret(&wrong), secret(&page), "the phone need not be joined again");
        }
        let done = browser.post(path, &fields("Ola Reyes", "Ola.Reyes", GOOD, GOOD, &code)).await;
        assert_eq!(done.status, StatusCode::OK, "{}", done.words());
        let kept = codes(&done);
        assert_eq!(kept.len(), 10);
        assert!(browser.cookie(COOKIE).is_some());
        assert_eq!(browser.get(path).await.status, StatusCode::NOT_FOUND, "a link works once");
        assert!(first_link(&t.app).await.unwrap().is_none(), "someone can sign in");
        // the code that joined the phone is used up; a recovery code opens
        let mut elsewhere = t.browser();
        elsewhere.get("/sign-in").await;
        let fields = |code| [("name", "ola.reyes"), ("password", GOOD), ("code", code)];
        assert_eq!(elsewhere.post("/sign-in", &fields(&code)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(elsewhere.post("/sign-in", &fields(&kept[9])).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn the_first_link_is_worth_nothing_once_someone_can_sign_in() {
    both(|t| async move {
        let link = first_link(&t.app).await.unwrap().unwrap();
        let path = link.strip_prefix("http://localhost:8080").unwrap();
        let team = t.team("North", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        t.keys(&nadia).await;
        assert_eq!(t.browser().get(path).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_worker_s_link_works_once_for_seven_days_and_only_the_newest() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let first = invite(&t, nadia.id).await;
        let second = invite(&t, nadia.id).await;
        assert_eq!(t.browser().get(&first).await.status, StatusCode::NOT_FOUND);
        assert_eq!(t.browser().get("/invitation/guessed").await.status, StatusCode::NOT_FOUND);
        let mut browser = t.browser();
        let page = browser.get(&second).await;
        assert!(page.words().contains("Nadia Farrow, you will sign in as nadia.farrow"), "{}", page.words());
        t.pass(SignedDuration::from_hours(7 * 24));
        assert_eq!(browser.get(&second).await.status, StatusCode::NOT_FOUND, "after seven days it is over");
        let third = invite(&t, nadia.id).await;
        // a form from elsewhere uses nothing up
        let mut stranger = t.browser();
        let refused = stranger.post(&third, &[("password", GOOD), ("again", GOOD)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = fill(&t, &mut browser, &third).await;
        assert_eq!((done.status, codes(&done).len()), (StatusCode::OK, 10));
        assert!(done.words().contains("hard to guess"), "{}", done.words());
        assert_eq!(fill_again(&t, &third).await, StatusCode::NOT_FOUND);
    })
    .await;
}

async fn fill_again(t: &TestApp, path: &str) -> StatusCode {
    let mut browser = t.browser();
    browser.get("/sign-in").await;
    browser.post(path, &[("password", GOOD), ("again", GOOD), ("code", "123456")]).await.status
}

#[tokio::test]
async fn a_new_password_ends_what_the_old_one_began() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let keys = t.keys(&nadia).await;
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let who = Who::program("worker reset");
        let made = worker::reset(&mut tx, &who, &mut moment, nadia.id).await.unwrap();
        tx.commit().await.unwrap();
        let mut between = t.signed_in(&nadia).await;
        let path = format!("/invitation/{}", made.token);
        let mut browser = t.browser();
        assert!(browser.get(&path).await.words().contains("no longer work"));
        let done = fill(&t, &mut browser, &path).await;
        assert_eq!(done.status, StatusCode::OK);
        assert_eq!(between.get("/sign-in").await.status, StatusCode::OK, "sessions of before have ended");
        let mut other = t.browser();
        other.get("/sign-in").await;
        let old = [("name", keys.name.as_str()), ("password", GOOD), ("code", &keys.recovery[0])];
        assert_eq!(other.post("/sign-in", &old).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let new = [("name", keys.name.as_str()), ("password", GOOD), ("code", &codes(&done)[0])];
        assert_eq!(other.post("/sign-in", &new).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn nothing_secret_stands_in_the_journal() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let path = invite(&t, nadia.id).await;
        let mut browser = t.browser();
        let page = browser.get(&path).await;
        let done = fill(&t, &mut browser, &path).await;
        let mut conn = t.app.db.read().await.unwrap();
        let rows: Vec<(String,)> = conn.all("SELECT payload FROM journal", db::args![]).await.unwrap();
        assert!(rows.len() >= 2);
        let all = rows.into_iter().map(|row| row.0).collect::<Vec<_>>().join("\n");
        let session = browser.cookie(COOKIE).unwrap();
        let spelt = BASE32_NOPAD.encode(&secret(&page));
        for held in [GOOD, session, &spelt, &codes(&done)[0], path.rsplit('/').next().unwrap()] {
            assert!(!all.contains(held), "{held} in {all}");
        }
    })
    .await;
}
