//! Passkeys of people of the record: at the first coming in, at the door, one more, and the last one that stays.

use super::authenticator::Authenticator;
use app::space::{Invite, invite};
use axum::http::StatusCode;
use jiff::SignedDuration;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::id::PersonId;
use practice::role::Role;
use practice::space::{InSpace, Way};
use serde_json::Value;
use testkit::{Answered, Browser, TestApp, both};

async fn invited(t: &TestApp) -> (PersonId, String, String) {
    let team = t.team("North", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let ash = t.person("Ash Hart", date(2013, 5, 4)).await;
    t.allocate(ash, &nadia, AllocationKind::Responsible).await;
    let whom = Invite {
        comes: ash,
        of: ash,
        part: InSpace::Own,
        reason: None,
        until: None,
        limits: (false, false),
        link_by: Way::Letter,
        email: None,
        language: "en",
        code_by: Way::FaceToFace,
    };
    let mut tx = t.app.db.write().await.unwrap();
    let made = invite(&mut tx, &nadia.who, &mut t.moment(), whom).await.unwrap();
    tx.commit().await.unwrap();
    (ash, format!("/my/come-in/{}", made.token), made.code)
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn asked(page: &Answered) -> (Value, String) {
    let part = |mark: &str| page.text.split_once(mark).map(|(_, rest)| rest.split('"').next().unwrap());
    let options = part("data-options=\"").unwrap_or_else(|| panic!("nothing is asked: {}", page.words()));
    let token = part("name=\"asked\" value=\"").unwrap();
    (serde_json::from_str(&unescaped(options)).unwrap(), token.to_owned())
}

async fn first(t: &TestApp, phone: &mut Authenticator) -> (PersonId, String, Browser) {
    let (ash, link, code) = invited(t).await;
    let mut browser = t.browser();
    browser.get(&link).await;
    let keys = browser.post(&link, &[("said", &code)]).await;
    assert!(keys.words().contains("The easy way"), "{}", keys.words());
    let page = browser.post(&link, &[("said", &code), ("step", "passkey")]).await;
    let (options, token) = asked(&page);
    assert_eq!(
        options["user"]["name"], "me",
        "the list of keys on a phone tells nobody whose space it opens"
    );
    let made = phone.make(&options).to_string();
    let sent = [("said", code.as_str()), ("step", "passkey-made"), ("asked", &token), ("credential", &made)];
    // with a wrong code the key opens nothing
    let wrong = [("said", "ZZZZZZ"), ("step", "passkey-made"), ("asked", &token), ("credential", &made)];
    assert_eq!(browser.post(&link, &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let inside = browser.post(&link, &sent).await;
    assert_eq!(inside.location.as_deref(), Some("/my"), "{}", inside.words());
    assert_eq!(t.browser().get(&link).await.status, StatusCode::NOT_FOUND, "used up");
    (ash, link, browser)
}

async fn shows(t: &TestApp, phone: &mut Authenticator) -> Answered {
    let mut browser = t.browser();
    let door = browser.get("/my/sign-in").await;
    assert!(door.words().contains("Use my phone or computer"), "{}", door.words());
    let (options, token) = asked(&browser.post("/my/sign-in/passkey", &[]).await);
    let credential = phone.show(&options).to_string();
    browser.post("/my/sign-in/passkey/shown", &[("asked", &token), ("credential", &credential)]).await
}

#[tokio::test]
async fn a_child_comes_in_by_finger_the_first_time_and_ever_after() {
    both(|t| async move {
        let mut phone = Authenticator::new(7);
        let (_, _, mut browser) = first(&t, &mut phone).await;
        assert!(browser.get("/my").await.words().contains("Hi Ash"));
        assert_eq!(shows(&t, &mut phone).await.location.as_deref(), Some("/my"));
        // nobody else's key opens anything, and this one not the council's door
        assert_ne!(shows(&t, &mut Authenticator::new(9)).await.location.as_deref(), Some("/my"));
        let mut door = t.browser();
        door.get("/sign-in").await;
        let (options, token) = asked(&door.post("/sign-in/passkey", &[("next", "/today")]).await);
        let credential = phone.show(&options).to_string();
        let fields = [("asked", token.as_str()), ("credential", &credential), ("next", "/today")];
        assert_eq!(
            door.post("/sign-in/passkey/shown", &fields).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    })
    .await;
}

#[tokio::test]
async fn one_more_key_is_added_by_whoever_just_came_in_and_the_last_one_stays() {
    both(|t| async move {
        let mut phone = Authenticator::new(7);
        let (_, _, mut browser) = first(&t, &mut phone).await;
        browser.get("/my/keys").await;
        let mut tablet = Authenticator::new(8);
        let (options, token) = asked(&browser.post("/my/keys/new", &[("name", "tablet")]).await);
        let made = tablet.make(&options).to_string();
        let fields = [("asked", token.as_str()), ("credential", &made), ("name", "tablet")];
        assert_eq!(browser.post("/my/keys", &fields).await.location.as_deref(), Some("/my/keys"));
        let page = browser.get("/my/keys").await;
        assert!(page.words().contains("tablet"), "{}", page.words());
        let ids: Vec<String> = page
            .text
            .split("action=\"/my/keys/")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .filter(|id| id.len() == 36)
            .collect();
        assert_eq!(ids.len(), 2);
        // the browser was left open: too late to change anything without showing a key again
        t.pass(SignedDuration::from_mins(11));
        let late = browser.post(&format!("/my/keys/{}", ids[0]), &[]).await;
        assert!(late.words().contains("Sign out and come in again first"), "{}", late.words());
        let late = browser.post("/my/keys/new", &[("name", "thief")]).await;
        assert!(!late.text.contains("data-options"), "{}", late.words());
    })
    .await;
}
