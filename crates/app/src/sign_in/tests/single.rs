//! Coming in through the council's own sign-in: who does, who does not, and when it changes its keys.

use super::provider::{Provider, part};
use app::council::{Secret, SingleSignOn};
use app::who::COOKIE;
use axum::http::StatusCode;
use jiff::SignedDuration;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::role::Role;
use serde_json::{Value, json};
use testkit::{Answered, Browser, TestApp, Worker, both};

fn set(provider: &Provider) -> SingleSignOn {
    SingleSignOn {
        issuer: provider.url.clone(),
        client_id: "alongside".to_owned(),
        client_secret: Secret("very secret".to_owned()),
        label: "Sign in with your Testing account".to_owned(),
        claim: "preferred_username".to_owned(),
        roles_claim: None,
        roles: vec![],
        authority: None,
    }
}

async fn council(t: TestApp, change: impl FnOnce(&mut SingleSignOn)) -> (TestApp, Provider, Worker) {
    let provider = Provider::start(t.now()).await;
    let mut single = set(&provider);
    change(&mut single);
    let t = t.set(|settings| settings.single_sign_on = Some(single));
    let team = t.team("North", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    t.keys(&nadia).await;
    provider.says().claims = json!({"preferred_username": "Nadia.Farrow"});
    (t, provider, nadia)
}

/// Goes to the provider, is let in there, and comes back.
async fn comes_in(provider: &Provider, browser: &mut Browser) -> Answered {
    let sent = browser.get("/sign-in/council?next=/find").await;
    let to = sent.location.unwrap_or_else(|| panic!("sent nowhere: {}", sent.status));
    let back = provider.lets_in(&to);
    browser.get(&back).await
}

async fn refused(provider: &Provider, t: &TestApp, words: &str) {
    let mut browser = t.browser();
    let page = comes_in(provider, &mut browser).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.words().contains(words), "{words}: {}", page.words());
    assert!(browser.cookie(COOKIE).is_none());
}

#[tokio::test]
async fn whoever_the_council_vouches_for_comes_in_and_is_known_by_their_number_from_then_on() {
    both(|t| async move {
        let (t, provider, nadia) = council(t, |_| ()).await;
        let mut browser = t.browser();
        let page = browser.get("/sign-in?next=/find").await;
        assert!(page.words().contains("Sign in with your Testing account"), "{}", page.words());
        let done = comes_in(&provider, &mut browser).await;
        assert_eq!(done.location.as_deref(), Some("/find"), "{}", done.words());
        let me = browser.get("/me").await;
        assert!(me.words().contains("Nadia Farrow"), "{}", me.words());
        assert!(me.words().contains("through your council’s own sign-in from now on"), "{}", me.words());
        // the name is given to somebody else there: it opens nothing
        provider.says().claims = json!({"sub": "another", "preferred_username": "nadia.farrow"});
        refused(&provider, &t, "nobody who works here has that name").await;
        // and a new name does not keep her out
        provider.says().claims = json!({"preferred_username": "nadia.new"});
        assert!(comes_in(&provider, &mut t.browser()).await.location.is_some());
        // until her account has ended
        let mut tx = t.app.db.write().await.unwrap();
        let ended = "UPDATE account SET ended_at = $2 WHERE id = $1";
        tx.run(ended, db::args![nadia.account, t.now()]).await.unwrap();
        tx.commit().await.unwrap();
        refused(&provider, &t, "nobody who works here has that name").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_not_in_order_lets_nobody_in() {
    both(|t| async move {
        let (t, provider, _) = council(t, |_| ()).await;
        let now = t.now().as_second();
        let name = "nadia.farrow";
        for (why, claims) in [
            ("another's nonce", json!({"nonce": "stolen"})),
            ("for another program", json!({"aud": "payroll"})),
            ("by another provider", json!({"iss": "https://elsewhere.example"})),
            ("long over", json!({"exp": now - 121, "iat": now - 400})),
            ("not begun yet", json!({"iat": now + 121, "exp": now + 500})),
        ] {
            let mut claims: Value = claims;
            claims["preferred_username"] = name.into();
            provider.says().claims = claims;
            let mut browser = t.browser();
            let page = comes_in(&provider, &mut browser).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
            assert!(page.words().contains("Try once more"), "{why}: {}", page.words());
            assert!(browser.cookie(COOKIE).is_none(), "{why}");
        }
        // two clocks a little apart
        for (exp, iat) in [(now - 119, now - 400), (now + 500, now + 119)] {
            provider.says().claims = json!({"preferred_username": name, "exp": exp, "iat": iat});
            assert!(comes_in(&provider, &mut t.browser()).await.location.is_some(), "{exp} {iat}");
        }
        // another browser's way, another state, no code, too late
        let mut browser = t.browser();
        let to = browser.get("/sign-in/council").await.location.unwrap();
        let back = provider.lets_in(&to);
        assert_eq!(t.browser().get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let other = back.replace(&part(&to, "state"), "other");
        assert_eq!(browser.get(&other).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let to = browser.get("/sign-in/council").await.location.unwrap();
        let denied = format!("/sign-in/council/back?error=access_denied&state={}", part(&to, "state"));
        let page = browser.get(&denied).await;
        assert!(page.words().contains("did not let you in"), "{}", page.words());
        let to = browser.get("/sign-in/council").await.location.unwrap();
        let back = provider.lets_in(&to);
        t.pass(SignedDuration::from_mins(16));
        assert_eq!(browser.get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(browser.cookie(COOKIE).is_none());
        // a code is exchanged once
        provider.says().now = t.now();
        provider.says().claims = json!({"preferred_username": name});
        let to = browser.get("/sign-in/council").await.location.unwrap();
        let back = provider.lets_in(&to);
        let way = browser.cookie("alongside-way").unwrap().to_owned();
        assert!(browser.get(&back).await.location.is_some());
        let mut again = t.browser();
        again.hold("alongside-way", &way);
        assert_eq!(again.get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_changes_its_keys_is_asked_again_and_a_false_key_opens_nothing() {
    both(|t| async move {
        let (t, provider, _) = council(t, |_| ()).await;
        assert!(comes_in(&provider, &mut t.browser()).await.location.is_some());
        assert!(comes_in(&provider, &mut t.browser()).await.location.is_some());
        assert_eq!(provider.says().asked_for_keys, 1, "kept for an hour");
        // signed with a key that is not published
        provider.says().signs_with = 1;
        t.pass(SignedDuration::from_secs(11));
        refused(&provider, &t, "Try once more").await;
        assert_eq!(provider.says().asked_for_keys, 2);
        refused(&provider, &t, "Try once more").await;
        assert_eq!(provider.says().asked_for_keys, 2, "not asked again and again");
        // and now it is
        provider.says().published = vec![1];
        t.pass(SignedDuration::from_secs(11));
        assert!(comes_in(&provider, &mut t.browser()).await.location.is_some());
        assert_eq!(provider.says().asked_for_keys, 3);
    })
    .await;
}

#[tokio::test]
async fn roles_come_from_the_council_where_it_says_so() {
    both(|t| async move {
        let (t, provider, nadia) = council(t, |single| {
            single.roles_claim = Some("groups".to_owned());
            single.roles =
                vec![("sw".to_owned(), Role::SocialWorker), ("managers".to_owned(), Role::TeamManager)];
        })
        .await;
        let mut tx = t.app.db.write().await.unwrap();
        let manage = app::worker::NewPost {
            role: Role::TeamManager,
            team: Some(nadia.team),
            from: t.moment().today(),
            to: None,
        };
        let program = app::Who::program("test");
        app::worker::begin_post(&mut tx, &program, &mut t.moment(), nadia.id, manage).await.unwrap();
        tx.commit().await.unwrap();
        let says = |groups: Value| {
            provider.says().claims = json!({"preferred_username": "nadia.farrow", "groups": groups});
        };
        says(json!(["payroll"]));
        refused(&provider, &t, "not given you a role here").await;
        says(Value::Null);
        refused(&provider, &t, "not given you a role here").await;
        for (groups, leads) in
            [(json!(["sw"]), false), (json!("payroll managers"), true), (json!(["sw", "managers"]), true)]
        {
            says(groups.clone());
            let mut browser = t.browser();
            assert!(comes_in(&provider, &mut browser).await.location.is_some(), "{groups}");
            let page = browser.get("/administration/absence").await;
            assert_eq!(page.status == StatusCode::OK, leads, "{groups}: {}", page.words());
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_administers_the_system_opens_no_record_whatever_roles_the_council_says() {
    both(|t| async move {
        let (t, provider, nadia) = council(t, |single| {
            single.roles_claim = Some("groups".to_owned());
            single.roles = vec![("sw".to_owned(), Role::SocialWorker)];
        })
        .await;
        let josie = t.person("Josie Hart", date(2017, 3, 4)).await;
        t.allocate(josie, &nadia, AllocationKind::Responsible).await;
        provider.says().claims = json!({"preferred_username": "nadia.farrow", "groups": ["sw"]});
        let path = format!("/person/{josie}");
        let mut browser = t.browser();
        comes_in(&provider, &mut browser).await;
        assert_eq!(browser.get(&path).await.status, StatusCode::OK);
        let mut tx = t.app.db.write().await.unwrap();
        let administer = app::worker::NewPost {
            role: Role::SystemAdministrator,
            team: None,
            from: t.moment().today(),
            to: None,
        };
        let program = app::Who::program("test");
        app::worker::begin_post(&mut tx, &program, &mut t.moment(), nadia.id, administer).await.unwrap();
        tx.commit().await.unwrap();
        for mut browser in [browser, t.browser()] {
            comes_in(&provider, &mut browser).await;
            assert_eq!(browser.get(&path).await.status, StatusCode::FORBIDDEN);
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_counts_only_where_the_provider_has_verified_it_and_it_is_one_persons() {
    both(|t| async move {
        let (t, provider, nadia) = council(t, |single| single.claim = "email".to_owned()).await;
        let mut tx = t.app.db.write().await.unwrap();
        let write = "UPDATE worker SET email = $2 WHERE id = $1";
        tx.run(write, db::args![nadia.id, "Nadia@wyvern.example"]).await.unwrap();
        tx.commit().await.unwrap();
        provider.says().claims = json!({"email": "nadia@wyvern.example"});
        refused(&provider, &t, "nobody who works here has that name").await;
        provider.says().claims = json!({"email": "nadia@wyvern.example", "email_verified": false});
        refused(&provider, &t, "nobody who works here has that name").await;
        let sam = t.worker("Sam Okoro", Role::SocialWorker, nadia.team).await;
        t.keys(&sam).await;
        let mut tx = t.app.db.write().await.unwrap();
        tx.run(write, db::args![sam.id, "nadia@wyvern.example"]).await.unwrap();
        tx.commit().await.unwrap();
        provider.says().claims = json!({"email": "nadia@wyvern.example", "email_verified": true});
        refused(&provider, &t, "nobody who works here has that name").await;
        let mut tx = t.app.db.write().await.unwrap();
        tx.run(write, db::args![sam.id, "sam@wyvern.example"]).await.unwrap();
        tx.commit().await.unwrap();
        assert!(comes_in(&provider, &mut t.browser()).await.location.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_is_down_is_said_so_and_the_password_still_works() {
    both(|t| async move {
        let down = "http://127.0.0.1:9".to_owned();
        let (t, _, _) = council(t, |single| single.issuer = down).await;
        let page = t.browser().get("/sign-in/council").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.words().contains("does not answer"), "{}", page.words());
        assert!(page.text.contains("name=\"password\""));
        let t = t.set(|settings| settings.single_sign_on = None);
        assert_eq!(t.browser().get("/sign-in/council").await.status, StatusCode::NOT_FOUND);
        assert_eq!(t.browser().get("/sign-in/council/back").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
