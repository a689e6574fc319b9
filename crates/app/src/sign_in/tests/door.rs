//! The door: who gets in, who does not, and what either learns from it.

use app::sign_in::code_at;
use app::who::COOKIE;
use axum::http::StatusCode;
use jiff::SignedDuration;
use practice::role::Role;
use testkit::{Answered, Browser, Keys, TestApp, both};

async fn someone(t: &TestApp) -> Keys {
    let team = t.team("North", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    t.keys(&nadia).await
}

async fn sign_in(browser: &mut Browser, keys: &Keys, code: &str) -> Answered {
    browser.get("/sign-in").await;
    browser.post("/sign-in", &[("name", &keys.name), ("password", &keys.password), ("code", code)]).await
}

fn code(t: &TestApp, keys: &Keys) -> String {
    code_at(&keys.secret, t.now()).unwrap()
}

#[tokio::test]
async fn password_and_code_let_someone_in_to_where_they_were_going() {
    both(|t| async move {
        let keys = someone(&t).await;
        let mut browser = t.browser();
        let asked = browser.get("/nowhere?about=1").await;
        assert_eq!(asked.status, StatusCode::NOT_FOUND, "nothing is known of pages that do not exist");
        let page = browser.get("/sign-in?next=/find%3Fwords=a").await;
        assert!(page.words().contains("Sign in to Testing"), "{}", page.words());
        assert!(
            page.text.contains("autocomplete=\"current-password\"")
                && page.text.contains("autocomplete=\"one-time-code\"")
        );
        let fields = [
            ("name", " Nadia.Farrow "),
            ("password", keys.password.as_str()),
            ("code", &code(&t, &keys)),
            ("next", "/find?words=a"),
        ];
        let done = browser.post("/sign-in", &fields).await;
        assert_eq!(
            (done.status, done.location.as_deref()),
            (StatusCode::SEE_OTHER, Some("/find?words=a")),
            "{}",
            done.words()
        );
        assert!(browser.cookie(COOKIE).is_some());
        // signed in already: the page leads on
        assert_eq!(browser.get("/sign-in").await.location.as_deref(), Some("/today"));
    })
    .await;
}

#[tokio::test]
async fn whatever_is_wrong_the_answer_is_the_same() {
    both(|t| async move {
        let keys = someone(&t).await;
        let right = code(&t, &keys);
        let mut answers = vec![];
        for (name, password, code) in [
            ("nobody.here", keys.password.as_str(), right.as_str()),
            (&keys.name, "not the password", &right),
            (&keys.name, &keys.password, "000000"),
            (&keys.name, &keys.password, ""),
            (&keys.name, "", &right),
            ("", "", ""),
        ] {
            let mut browser = t.browser();
            browser.get("/sign-in").await;
            let began = std::time::Instant::now();
            let done =
                browser.post("/sign-in", &[("name", name), ("password", password), ("code", code)]).await;
            assert!(began.elapsed().as_millis() >= 300, "the time tells nothing");
            assert_eq!(done.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(browser.cookie(COOKIE).is_none());
            assert!(!done.text.contains(&keys.password), "a password is never written back");
            answers.push(done.words());
        }
        assert!(answers.iter().all(|words| *words == answers[0]), "{answers:#?}");
        assert!(answers[0].contains("is not right"));
    })
    .await;
}

#[tokio::test]
async fn a_code_and_a_recovery_code_are_each_taken_once() {
    both(|t| async move {
        let keys = someone(&t).await;
        let first = code(&t, &keys);
        assert_eq!(sign_in(&mut t.browser(), &keys, &first).await.status, StatusCode::SEE_OTHER);
        let again = sign_in(&mut t.browser(), &keys, &first).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "the same code does not open twice");
        // a code of the step before, though in the window, is older than the one used
        let older = code_at(&keys.secret, t.now() - SignedDuration::from_secs(30)).unwrap();
        assert_eq!(sign_in(&mut t.browser(), &keys, &older).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        t.pass(SignedDuration::from_secs(30));
        let next = code(&t, &keys);
        assert_eq!(sign_in(&mut t.browser(), &keys, &next).await.status, StatusCode::SEE_OTHER);
        let recovery = keys.recovery[3].to_lowercase().replace('-', " ");
        assert_eq!(sign_in(&mut t.browser(), &keys, &recovery).await.status, StatusCode::SEE_OTHER);
        assert_eq!(
            sign_in(&mut t.browser(), &keys, &recovery).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(sign_in(&mut t.browser(), &keys, &keys.recovery[4]).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn wrong_tries_slow_a_stranger_and_not_the_owner_s_own_browser() {
    both(|t| async move {
        let keys = someone(&t).await;
        let mut own = t.browser();
        assert_eq!(sign_in(&mut own, &keys, &code(&t, &keys)).await.status, StatusCode::SEE_OTHER);
        own.get("/help").await;
        own.forget(COOKIE);
        t.pass(SignedDuration::from_secs(60));
        for _ in 0..5 {
            sign_in(&mut t.browser(), &keys, "000000").await;
        }
        // a stranger with everything right must wait too, and is told nothing new
        let waits = sign_in(&mut t.browser(), &keys, &code(&t, &keys)).await;
        assert_eq!(waits.status, StatusCode::UNPROCESSABLE_ENTITY);
        // the owner, in a browser where they signed in before, need not
        let done = sign_in(&mut own, &keys, &code(&t, &keys)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        // and elsewhere the wait is short
        t.pass(SignedDuration::from_secs(61));
        assert_eq!(sign_in(&mut t.browser(), &keys, &code(&t, &keys)).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn many_tries_at_once_are_counted_one_by_one() {
    both(|t| async move {
        let keys = someone(&t).await;
        let tries = (0..8).map(|_| {
            let (app, keys) = (t.app.clone(), keys.clone());
            let tried =
                app::sign_in::Attempt { name: keys.name, password: "wrong".into(), ..Default::default() };
            async move { app::sign_in::attempt(&app, tried).await.unwrap().is_none() }
        });
        assert!(futures::future::join_all(tries).await.into_iter().all(|refused| refused));
        let mut conn = t.app.db.read().await.unwrap();
        let failures = conn.number("SELECT failures FROM account", db::args![]).await.unwrap();
        assert!((1..=8).contains(&failures), "{failures}");
        let noted = conn
            .number(
                "SELECT CAST(count(*) AS bigint) FROM journal WHERE action = 'sign_in_refused'",
                db::args![],
            )
            .await
            .unwrap();
        assert_eq!(noted, failures, "each try that was looked at is in the journal");
    })
    .await;
}

#[tokio::test]
async fn a_session_is_new_at_each_sign_in_and_gone_after_sign_out() {
    both(|t| async move {
        let keys = someone(&t).await;
        let mut browser = t.browser();
        browser.hold(COOKIE, "a-token-chosen-by-someone-else");
        sign_in(&mut browser, &keys, &code(&t, &keys)).await;
        let first = browser.cookie(COOKIE).unwrap().to_owned();
        assert_ne!(first, "a-token-chosen-by-someone-else");
        browser.forget(COOKIE);
        browser.get("/sign-in").await;
        browser.hold(COOKIE, &first);
        let fields =
            [("name", keys.name.as_str()), ("password", &keys.password), ("code", &keys.recovery[0])];
        assert_eq!(browser.post("/sign-in", &fields).await.status, StatusCode::SEE_OTHER);
        assert_ne!(browser.cookie(COOKIE), Some(first.as_str()));
        let mut former = t.browser();
        former.hold(COOKIE, &first);
        assert_eq!(former.get("/sign-in").await.status, StatusCode::OK, "the former session has ended");
        // without the page's token nobody is signed out
        assert_eq!(browser.post("/sign-out", &[]).await.status, StatusCode::FORBIDDEN);
        let token = browser.cookie(COOKIE).unwrap().to_owned();
        let csrf: (String,) = {
            let mut conn = t.app.db.read().await.unwrap();
            let hash = app::who::token_hash(&token);
            conn.one("SELECT csrf FROM session WHERE token_hash = $1", db::args![&hash]).await.unwrap()
        };
        browser.carry(&csrf.0);
        let out = browser.post("/sign-out", &[]).await;
        assert_eq!(out.location.as_deref(), Some("/sign-in?done=out"));
        assert!(browser.cookie(COOKIE).is_none());
        assert!(browser.get("/sign-in?done=out").await.words().contains("You are signed out"));
        let mut stolen = t.browser();
        stolen.hold(COOKIE, &token);
        assert_eq!(stolen.get("/sign-in").await.status, StatusCode::OK);
    })
    .await;
}

#[tokio::test]
async fn a_form_from_elsewhere_signs_nobody_in() {
    both(|t| async move {
        let keys = someone(&t).await;
        let fields = [("name", keys.name.as_str()), ("password", &keys.password), ("code", &code(&t, &keys))];
        let mut browser = t.browser();
        assert_eq!(browser.post("/sign-in", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        browser.forget("alongside-before");
        browser.carry("");
        assert_eq!(browser.post("/sign-in", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(browser.cookie(COOKIE).is_none());
        // the page just shown carries a token: from there it works, and only to our own pages
        let fields = [&fields[..], &[("next", "//evil.example/")]].concat();
        let done = browser.post("/sign-in", &fields).await;
        assert_eq!(done.location.as_deref(), Some("/today"));
    })
    .await;
}

#[tokio::test]
async fn one_press_signs_in_within_the_demonstration_and_nowhere_else() {
    both(|t| async move {
        let team = t.team("North", None).await;
        t.worker("Demo-Nadia Farrow", Role::SocialWorker, team).await;
        t.worker("Rosalind Meade", Role::HeadOfService, team).await;
        let mut browser = t.browser();
        assert!(!browser.get("/sign-in").await.words().contains("Rosalind"));
        let done = browser.post("/sign-in/demonstration", &[("be", "rosalind.meade")]).await;
        assert_eq!(done.status, StatusCode::NOT_FOUND);
        assert!(browser.cookie(COOKIE).is_none());
        let t = t.set(|settings| settings.demonstration = true);
        let mut browser = t.browser();
        let page = browser.get("/sign-in").await;
        let named = page.text.find("Demo-Nadia Farrow, social worker").expect("the named person");
        let other = page.text.find("Rosalind Meade, head of service").expect("someone else");
        assert!(named < page.text.find("Someone else (1 more)").unwrap() && named < other);
        let nobody = browser.post("/sign-in/demonstration", &[("be", "nobody")]).await;
        assert_eq!(nobody.status, StatusCode::NOT_FOUND);
        let done =
            browser.post("/sign-in/demonstration", &[("be", "demo-nadia.farrow"), ("next", "/find")]).await;
        assert_eq!(done.location.as_deref(), Some("/find"));
        assert!(browser.cookie(COOKIE).is_some());
        // being someone else needs no signing out
        browser.get("/sign-in").await;
        let done = browser.post("/sign-in/demonstration", &[("be", "rosalind.meade")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn someone_who_has_left_does_not_get_in() {
    both(|t| async move {
        let keys = someone(&t).await;
        let mut tx = t.app.db.write().await.unwrap();
        tx.run("UPDATE worker SET to_date = $1", db::args![jiff::civil::date(2026, 11, 20)]).await.unwrap();
        tx.commit().await.unwrap();
        let done = sign_in(&mut t.browser(), &keys, &code(&t, &keys)).await;
        assert_eq!(done.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn behind_tls_every_cookie_is_bound_to_this_host() {
    both(|t| async move {
        let t = t.set(|settings| settings.behind_proxy = true);
        let keys = someone(&t).await;
        let mut browser = t.browser();
        let page = browser.get("/sign-in").await;
        assert_eq!(page.headers["strict-transport-security"], "max-age=63072000");
        let done = {
            let fields =
                [("name", keys.name.as_str()), ("password", &keys.password), ("code", &code(&t, &keys))];
            browser.post("/sign-in", &fields).await
        };
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let set: Vec<_> = done.headers.get_all("set-cookie").iter().map(|v| v.to_str().unwrap()).collect();
        assert!(set.iter().any(|cookie| cookie.starts_with("__Host-alongside=")));
        for cookie in set {
            assert!(cookie.starts_with("__Host-alongside"), "{cookie}");
            for part in ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"] {
                assert!(cookie.contains(part), "{part} in {cookie}");
            }
            assert!(!cookie.contains("Domain"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_crowd_of_tries_from_one_place_waits_and_a_known_browser_there_does_not() {
    both(|t| async move {
        let t = t.set(|settings| settings.behind_proxy = true);
        let keys = someone(&t).await;
        let from = format!("198.51.100.{}", if t.database_url().starts_with("sqlite") { 1 } else { 2 });
        let send = async |browser: &mut Browser, said: &str| {
            let mut request =
                axum::http::Request::post("/sign-in/passkey").body(axum::body::Body::empty()).unwrap();
            request.headers_mut().insert("x-forwarded-for", said.parse().unwrap());
            browser.send(request).await.status
        };
        let mut owner = t.browser();
        assert!(sign_in(&mut owner, &keys, &code(&t, &keys)).await.location.is_some());
        let mut stranger = t.browser();
        for _ in 0..300 {
            assert_eq!(send(&mut stranger, &from).await, StatusCode::SEE_OTHER);
        }
        assert_eq!(send(&mut stranger, &from).await, StatusCode::TOO_MANY_REQUESTS);
        // what stands before the proxy's own word is made up
        let made_up = format!("203.0.113.9, {from}");
        assert_eq!(send(&mut stranger, &made_up).await, StatusCode::TOO_MANY_REQUESTS);
        stranger.hold("__Host-alongside-known", "made-up");
        assert_eq!(send(&mut stranger, &from).await, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(send(&mut owner, &from).await, StatusCode::SEE_OTHER);
        t.pass(SignedDuration::from_secs(2));
        assert_eq!(send(&mut stranger, &from).await, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn a_stranger_sends_a_few_words_and_no_more() {
    both(|t| async move {
        let mut browser = t.browser();
        browser.get("/sign-in").await;
        let long = "a".repeat(70_000);
        for path in ["/sign-in", "/sign-in/passkey", "/sign-in/passkey/shown"] {
            let answer = browser.post(path, &[("name", &long)]).await;
            assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
            let files = browser.post_files(path, &[], &[("file", "a.bin", long.as_bytes())]).await;
            assert_eq!(files.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        }
    })
    .await;
}
