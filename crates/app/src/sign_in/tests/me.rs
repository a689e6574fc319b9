//! One's own account, and the help that is open to everyone.

use app::sign_in::tidy;
use app::who::COOKIE;
use axum::http::{Request, StatusCode, header};
use jiff::SignedDuration;
use practice::role::Role;
use testkit::{Browser, Keys, TestApp, Worker, both};

async fn someone(t: &TestApp) -> (Worker, Keys, Browser) {
    let team = t.team("North", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let keys = t.keys(&nadia).await;
    let browser = t.signed_in(&nadia).await;
    (nadia, keys, browser)
}

async fn signs_in(t: &TestApp, keys: &Keys, password: &str, code: &str) -> bool {
    let tried = app::sign_in::Attempt {
        name: keys.name.clone(),
        password: password.to_owned(),
        code: code.to_owned(),
        ..Default::default()
    };
    app::sign_in::attempt(&t.app, tried).await.unwrap().is_some()
}

#[tokio::test]
async fn a_password_is_changed_with_the_one_before_and_other_devices_leave() {
    both(|t| async move {
        let (nadia, keys, mut browser) = someone(&t).await;
        let mut other = t.signed_in(&nadia).await;
        let page = browser.get("/me").await;
        assert!(
            page.words().contains("Social worker, North")
                && page.words().contains("10 recovery codes are left"),
            "{}",
            page.words()
        );
        browser.get("/me/password").await;
        let new = "granite teapot velvet owl";
        for (current, password, again, words) in [
            ("wrong", new, new, "This is not your password"),
            (keys.password.as_str(), "nadia.farrow1", "nadia.farrow1", "easily guessed"),
            (&keys.password, new, "granite teapot", "not the same password"),
        ] {
            let fields = [("current", current), ("password", password), ("again", again)];
            let wrong = browser.post("/me/password", &fields).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(wrong.words().contains(words), "{}", wrong.words());
            assert!(!wrong.text.contains(new) && !wrong.text.contains(&keys.password));
        }
        let fields = [("current", keys.password.as_str()), ("password", new), ("again", new)];
        let done = browser.post("/me/password", &fields).await;
        assert_eq!(done.location.as_deref(), Some("/me?done=password"), "{}", done.words());
        assert_eq!(browser.get("/me").await.status, StatusCode::OK);
        assert_eq!(other.get("/me").await.status, StatusCode::SEE_OTHER);
        assert!(!signs_in(&t, &keys, &keys.password, &keys.recovery[0]).await);
        assert!(signs_in(&t, &keys, new, &keys.recovery[0]).await);
        // sent after the session ended, a password is not kept, not even sealed
        t.pass(SignedDuration::from_hours(13));
        let late = browser.post("/me/password", &fields).await;
        assert!(late.location.unwrap().starts_with("/sign-in?next=/me/password"));
        let mut conn = t.app.db.read().await.unwrap();
        assert_eq!(
            conn.number("SELECT CAST(count(*) AS bigint) FROM kept_form", db::args![]).await.unwrap(),
            0
        );
    })
    .await;
}

#[tokio::test]
async fn new_recovery_codes_replace_the_old_ones() {
    both(|t| async move {
        let (_, keys, mut browser) = someone(&t).await;
        browser.get("/me/codes").await;
        assert_eq!(
            browser.post("/me/codes", &[("current", "no")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let done = browser.post("/me/codes", &[("current", &keys.password)]).await;
        let new =
            done.text.split_once("id=\"codes\"><li><code>").unwrap().1.split('<').next().unwrap().to_owned();
        assert!(!signs_in(&t, &keys, &keys.password, &keys.recovery[0]).await);
        assert!(signs_in(&t, &keys, &keys.password, &new).await);
        assert!(browser.get("/me").await.words().contains("9 recovery codes are left"));
    })
    .await;
}

#[tokio::test]
async fn another_phone_is_joined_with_the_password() {
    both(|t| async move {
        let (_, keys, mut browser) = someone(&t).await;
        browser.get("/me/phone").await;
        assert_eq!(
            browser.post("/me/phone", &[("current", "no")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let done = browser.post("/me/phone", &[("current", &keys.password)]).await;
        let path = done.location.unwrap();
        assert!(path.starts_with("/invitation/"));
        let code = app::sign_in::code_at(&keys.secret, t.now()).unwrap();
        assert!(signs_in(&t, &keys, &keys.password, &code).await, "until it is used the old phone works");
        assert_eq!(browser.get(&path).await.status, StatusCode::OK);
        t.pass(SignedDuration::from_mins(30));
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "it lasts half an hour");
    })
    .await;
}

#[tokio::test]
async fn devices_are_listed_and_signed_out_one_by_one_or_together() {
    both(|t| async move {
        let (nadia, _, mut browser) = someone(&t).await;
        let callum = t.worker("Callum Idris", Role::NewlyQualified, nadia.team).await;
        let mut stranger = t.signed_in(&callum).await;
        let (mut second, mut third) = (t.signed_in(&nadia).await, t.signed_in(&nadia).await);
        let page = browser.get("/me").await;
        assert_eq!(
            page.text.matches("action=\"/me/devices/").count(),
            3,
            "two others, and all others at once"
        );
        let path =
            page.text.split_once("action=\"/me/devices/").unwrap().1.split('"').next().unwrap().to_owned();
        let path = format!("/me/devices/{path}");
        // someone else's session is out of reach
        stranger.get("/me").await;
        stranger.post(&path, &[]).await;
        assert_eq!(second.get("/me").await.status, StatusCode::OK);
        assert_eq!(third.get("/me").await.status, StatusCode::OK);
        browser.post(&path, &[]).await;
        let left = [second.get("/me").await.status, third.get("/me").await.status];
        assert_eq!(left.iter().filter(|status| **status == StatusCode::OK).count(), 1);
        browser.post("/me/devices/others", &[]).await;
        let left =
            [second.get("/me").await.status, third.get("/me").await.status, browser.get("/me").await.status];
        assert_eq!(left, [StatusCode::SEE_OTHER, StatusCode::SEE_OTHER, StatusCode::OK]);
        assert_eq!(browser.post("/me/devices/zz", &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stranger.get("/me").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn wrong_tries_are_told_to_whoever_they_were_about() {
    both(|t| async move {
        let (nadia, keys, _) = someone(&t).await;
        for _ in 0..3 {
            assert!(!signs_in(&t, &keys, "wrong", "000000").await);
        }
        assert!(signs_in(&t, &keys, &keys.password, &keys.recovery[0]).await);
        let mut conn = t.app.db.read().await.unwrap();
        let told: Vec<(String,)> =
            conn.all("SELECT words FROM notice WHERE worker_id = $1", db::args![nadia.id]).await.unwrap();
        assert_eq!(told.len(), 1);
        assert!(told[0].0.contains("wrong tries (3)"), "{told:?}");
    })
    .await;
}

#[tokio::test]
async fn help_is_open_to_everyone_and_gives_nothing_away() {
    both(|t| async move {
        let (_, _, mut signed) = someone(&t).await;
        let mut nobody = t.browser();
        for path in ["/help", "/help/who-can-see", "/help/wrong"] {
            assert_eq!(nobody.get(path).await.status, StatusCode::OK, "{path}");
            assert!(signed.get(path).await.words().contains("Nadia Farrow"), "{path}");
        }
        for (from, shown) in [
            ("http://localhost:8080/person/1?words=secret", true),
            ("http://localhost:8080/invitation/secret", false),
            ("https://evil.example/person/1", false),
        ] {
            let request = Request::get("/help/wrong").header(header::REFERER, from);
            let page = nobody.send(request.body(axum::body::Body::empty()).unwrap()).await;
            assert_eq!(page.words().contains("the address you came from: /person/1"), shown, "{from}");
            assert!(!page.text.contains("secret"));
        }
    })
    .await;
}

#[tokio::test]
async fn sessions_end_unused_after_two_hours_and_in_any_case_after_twelve() {
    both(|t| async move {
        let (nadia, _, mut browser) = someone(&t).await;
        for _ in 0..6 {
            t.pass(SignedDuration::from_mins(115));
            assert_eq!(browser.get("/me").await.status, StatusCode::OK);
        }
        t.pass(SignedDuration::from_mins(30));
        assert_eq!(browser.get("/me").await.status, StatusCode::SEE_OTHER, "twelve hours are over");
        let mut unused = t.signed_in(&nadia).await;
        t.pass(SignedDuration::from_mins(120));
        assert_eq!(unused.get("/me").await.status, StatusCode::SEE_OTHER);
        assert!(unused.cookie(COOKIE).is_some());
        tidy(&t.app).await.unwrap();
        let sessions = "SELECT CAST(count(*) AS bigint) FROM session";
        let mut conn = t.app.db.read().await.unwrap();
        assert_eq!(conn.number(sessions, db::args![]).await.unwrap(), 2, "kept for a month");
        drop(conn);
        t.pass(SignedDuration::from_hours(31 * 24));
        tidy(&t.app).await.unwrap();
        let mut conn = t.app.db.read().await.unwrap();
        assert_eq!(conn.number(sessions, db::args![]).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_password_asked_once_more_is_not_guessed_on_and_on() {
    both(|t| async move {
        let (_, keys, mut browser) = someone(&t).await;
        browser.get("/me/codes").await;
        for _ in 0..5 {
            let wrong = browser.post("/me/codes", &[("current", "no")]).await;
            assert!(wrong.words().contains("This is not your password"), "{}", wrong.words());
        }
        let right = [("current", keys.password.as_str())];
        let waits = browser.post("/me/codes", &right).await;
        assert!(waits.words().contains("Wait a minute"), "{}", waits.words());
        t.pass(SignedDuration::from_secs(60));
        assert_eq!(browser.post("/me/codes", &right).await.status, StatusCode::OK);
        // the right one makes the count forgotten
        browser.get("/me/codes").await;
        let wrong = browser.post("/me/codes", &[("current", "no")]).await;
        assert!(wrong.words().contains("This is not your password"), "{}", wrong.words());
    })
    .await;
}
