//! Passkeys: added, used, removed, and everything that does not let anyone in.

use super::authenticator::Authenticator;
use app::who::COOKIE;
use axum::http::StatusCode;
use jiff::SignedDuration;
use practice::role::Role;
use serde_json::Value;
use testkit::{Answered, Browser, Keys, TestApp, Worker, both};

async fn someone(t: &TestApp) -> (Worker, Keys, Browser) {
    let team = t.team("North", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let keys = t.keys(&nadia).await;
    let browser = t.signed_in(&nadia).await;
    (nadia, keys, browser)
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// What a page asks of the browser, and the token that comes back with the answer.
fn asked(page: &Answered) -> (Value, String) {
    let part = |mark: &str| page.text.split_once(mark).map(|(_, rest)| rest.split('"').next().unwrap());
    let options = part("data-options=\"").unwrap_or_else(|| panic!("nothing is asked: {}", page.words()));
    let token = part("name=\"asked\" value=\"").unwrap();
    (serde_json::from_str(&unescaped(options)).unwrap(), token.to_owned())
}

async fn add(browser: &mut Browser, keys: &Keys, device: &mut Authenticator) -> Answered {
    browser.get("/me/passkeys/new").await;
    let fields = [("current", keys.password.as_str()), ("name", "my work phone")];
    let page = browser.post("/me/passkeys/new", &fields).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    let (options, token) = asked(&page);
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    let credential = device.make(&options).to_string();
    let fields = [("asked", token.as_str()), ("credential", &credential), ("name", "my work phone")];
    browser.post("/me/passkeys", &fields).await
}

async fn at_the_door(browser: &mut Browser) -> (Value, String) {
    let page = browser.get("/sign-in?next=/find").await;
    assert!(page.words().contains("Sign in with a passkey"), "{}", page.words());
    asked(&browser.post("/sign-in/passkey", &[("next", "/find")]).await)
}

async fn show(browser: &mut Browser, token: &str, credential: &Value) -> Answered {
    let fields = [("asked", token), ("credential", &credential.to_string()), ("next", "/find")];
    browser.post("/sign-in/passkey/shown", &fields).await
}

#[tokio::test]
async fn a_passkey_is_added_with_the_password_and_then_lets_its_owner_in() {
    both(|t| async move {
        let (_, keys, mut browser) = someone(&t).await;
        let mut phone = Authenticator::new(7);
        let wrong = browser.post("/me/passkeys/new", &[("current", "no"), ("name", "x")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.words().contains("This is not your password"), "{}", wrong.words());
        let done = add(&mut browser, &keys, &mut phone).await;
        assert_eq!(done.location.as_deref(), Some("/me?done=passkey"), "{}", done.words());
        let me = browser.get("/me").await;
        assert!(
            me.words().contains("my work phone") && me.words().contains("not used yet"),
            "{}",
            me.words()
        );

        let mut elsewhere = t.browser();
        let (options, token) = at_the_door(&mut elsewhere).await;
        let done = show(&mut elsewhere, &token, &phone.show(&options)).await;
        assert_eq!(done.location.as_deref(), Some("/find"), "{}", done.words());
        assert!(elsewhere.cookie(COOKIE).is_some());
        let me = elsewhere.get("/me").await;
        assert!(me.words().contains("Nadia Farrow") && me.words().contains("last used"), "{}", me.words());
        let told = elsewhere.get("/today").await;
        assert!(told.words().contains("A passkey was added to your account"), "{}", told.words());
    })
    .await;
}

#[tokio::test]
async fn what_was_asked_is_answered_once_and_soon_and_by_whom_it_was_asked() {
    both(|t| async move {
        let (_, keys, mut browser) = someone(&t).await;
        let mut phone = Authenticator::new(7);
        // made for what was asked of somebody else
        let sam = t.worker("Sam Okoro", Role::SocialWorker, t.team("South", None).await).await;
        let sams = t.keys(&sam).await;
        let mut other = t.signed_in(&sam).await;
        other.get("/me/passkeys/new").await;
        let (options, token) =
            asked(&other.post("/me/passkeys/new", &[("current", sams.password.as_str())]).await);
        let credential = phone.make(&options).to_string();
        browser.get("/me").await;
        let fields = [("asked", token.as_str()), ("credential", credential.as_str())];
        let stolen = browser.post("/me/passkeys", &fields).await;
        assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY);
        // and it is gone for whom it was asked too
        assert_eq!(other.post("/me/passkeys", &fields).await.status, StatusCode::UNPROCESSABLE_ENTITY);

        assert!(add(&mut browser, &keys, &mut phone).await.location.is_some());
        let mut door = t.browser();
        let (options, token) = at_the_door(&mut door).await;
        let shown = phone.show(&options);
        assert!(show(&mut door, &token, &shown).await.location.is_some());
        let mut again = t.browser();
        at_the_door(&mut again).await;
        let replayed = show(&mut again, &token, &shown).await;
        assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.cookie(COOKIE).is_none());
        // too late
        let (options, token) = at_the_door(&mut again).await;
        let shown = phone.show(&options);
        t.pass(SignedDuration::from_secs(301));
        let late = show(&mut again, &token, &shown).await;
        assert!(late.words().contains("longer than five minutes"), "{}", late.words());
        assert!(again.cookie(COOKIE).is_none());
        // without the form token of the browser that asked
        let (options, token) = at_the_door(&mut again).await;
        let shown = phone.show(&options);
        let mut stranger = t.browser();
        let forged = show(&mut stranger, &token, &shown).await;
        assert!(forged.location.unwrap().starts_with("/sign-in"));
        assert!(stranger.cookie(COOKIE).is_none());
    })
    .await;
}

#[tokio::test]
async fn nothing_but_the_key_on_the_right_page_with_its_owner_there_lets_anyone_in() {
    both(|t| async move {
        let (nadia, keys, mut browser) = someone(&t).await;
        let mut phone = Authenticator::new(7);
        add(&mut browser, &keys, &mut phone).await;
        let mut door = t.browser();
        let tried = async |door: &mut Browser, device: &mut Authenticator, twist: fn(&mut Value)| {
            let (options, token) = at_the_door(door).await;
            let mut shown = device.show(&options);
            twist(&mut shown);
            let answer = show(door, &token, &shown).await;
            assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY || answer.location.is_some());
            answer.location.is_some()
        };
        phone.verifies = false;
        assert!(!tried(&mut door, &mut phone, |_| {}).await, "nobody gave a finger or a PIN");
        phone.verifies = true;
        phone.origin = "http://localhost.example:8080".to_owned();
        assert!(!tried(&mut door, &mut phone, |_| {}).await, "a false page");
        phone.origin = "http://localhost:8080".to_owned();
        let signature = |shown: &mut Value| shown["response"]["signature"] = "MEUCIQ".into();
        assert!(!tried(&mut door, &mut phone, signature).await, "no signature");
        let rubbish = |shown: &mut Value| *shown = Value::String("rubbish".to_owned());
        assert!(!tried(&mut door, &mut phone, rubbish).await, "no credential at all");
        let nobody = |shown: &mut Value| shown["response"]["userHandle"] = "AAAA".into();
        assert!(!tried(&mut door, &mut phone, nobody).await, "nobody's");
        let mut unknown = Authenticator::new(9);
        assert!(!tried(&mut door, &mut unknown, |_| {}).await, "a key never added");
        phone.counter = 0;
        assert!(!tried(&mut door, &mut phone, |_| {}).await, "a copy, whose count is behind");
        phone.counter = 100;
        assert!(tried(&mut door, &mut phone, |_| {}).await, "its owner");
        let page = door.get("/today").await;
        assert_eq!(page.status, StatusCode::OK);
        // an ended account keeps nobody's key working
        let mut tx = t.app.db.write().await.unwrap();
        let ended = "UPDATE account SET ended_at = $2 WHERE id = $1";
        tx.run(ended, db::args![nadia.account, t.now()]).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!tried(&mut t.browser(), &mut phone, |_| {}).await, "an ended account");
    })
    .await;
}

#[tokio::test]
async fn a_passkey_is_removed_with_the_password_and_by_a_new_start() {
    both(|t| async move {
        let (_, keys, mut browser) = someone(&t).await;
        let mut phone = Authenticator::new(7);
        add(&mut browser, &keys, &mut phone).await;
        // the same key once more
        browser.get("/me/passkeys/new").await;
        let page = browser.post("/me/passkeys/new", &[("current", keys.password.as_str())]).await;
        let (options, token) = asked(&page);
        assert_eq!(options["excludeCredentials"].as_array().map(Vec::len), Some(1), "{options}");
        let credential = phone.make(&options).to_string();
        let twice =
            browser.post("/me/passkeys", &[("asked", token.as_str()), ("credential", &credential)]).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "a browser that did not look");

        let me = browser.get("/me").await;
        let path = me.text.split("href=\"").map(|rest| rest.split('"').next().unwrap());
        let path =
            path.clone().find(|path| path.starts_with("/me/passkeys/") && !path.ends_with("new")).unwrap();
        let mut stranger =
            t.signed_in(&t.worker("Sam Okoro", Role::SocialWorker, t.team("S", None).await).await).await;
        assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND);
        browser.get(path).await;
        let wrong = browser.post(path, &[("current", "no")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let gone = browser.post(path, &[("current", &keys.password)]).await;
        assert_eq!(gone.location.as_deref(), Some("/me?done=no-passkey"));
        let mut door = t.browser();
        let (options, token) = at_the_door(&mut door).await;
        assert!(show(&mut door, &token, &phone.show(&options)).await.location.is_none());
    })
    .await;
}

#[tokio::test]
async fn where_the_address_is_a_number_passkeys_are_not_offered() {
    both(|t| async move {
        let t = t.set(|settings| settings.public_url = "http://127.0.0.1:8080".to_owned());
        let (_, _, mut browser) = someone(&t).await;
        assert!(browser.get("/me").await.words().contains("Passkeys are not offered here"));
        assert_eq!(browser.get("/me/passkeys/new").await.status, StatusCode::NOT_FOUND);
        let mut door = t.browser();
        assert!(!door.get("/sign-in").await.words().contains("passkey"));
        assert_eq!(door.post("/sign-in/passkey", &[]).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
