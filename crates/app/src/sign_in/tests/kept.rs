//! A session that ends mid-sentence: the words come back to their writer, and to nobody else.
//!
//! The form used is that of throwing a kept form away (`/kept/{id}/forget`): any form of any room goes the
//! same way, because it is read in one place.

use app::form;
use app::who::{COOKIE, KEPT_COOKIE, Signed};
use axum::http::{HeaderMap, StatusCode, header};
use jiff::SignedDuration;
use practice::role::Role;
use testkit::{Answered, Browser, TestApp, Worker, both};

const PLACE: &str = "/kept/0190a0a0-0000-7000-8000-000000000001/forget";
const WORDS: &str = "She said: \u{201c}I like the dog\u{201d}.\nThen <b>we</b> had tea & cake.";

async fn two(t: &TestApp) -> (Worker, Worker) {
    let team = t.team("North", None).await;
    (
        t.worker("Nadia Farrow", Role::SocialWorker, team).await,
        t.worker("Callum Idris", Role::NewlyQualified, team).await,
    )
}

/// Signs in again in a browser that holds its cookies, as `t.signed_in` does in a new one.
async fn again(t: &TestApp, browser: &mut Browser, worker: &Worker) {
    let other = t.signed_in(worker).await;
    browser.hold(COOKIE, other.cookie(COOKIE).unwrap());
}

async fn send(browser: &mut Browser) -> Answered {
    browser
        .post(PLACE, &[("what-happened", WORDS), ("seen", "alone"), ("what-happened", "second box of words")])
        .await
}

async fn opened(t: &TestApp, browser: &Browser) -> Vec<form::Kept> {
    let mut headers = HeaderMap::new();
    let held = [COOKIE, KEPT_COOKIE].map(|name| format!("{name}={}", browser.cookie(name).unwrap_or("")));
    headers.insert(header::COOKIE, held.join("; ").parse().unwrap());
    let signed = Signed::from_headers(&t.app, &headers).await.unwrap().expect("signed in");
    form::all(&t.app, &headers, signed.account).await.unwrap()
}

async fn rows(t: &TestApp) -> i64 {
    let mut conn = t.app.db.read().await.unwrap();
    conn.number("SELECT CAST(count(*) AS bigint) FROM kept_form", db::args![]).await.unwrap()
}

#[tokio::test]
async fn words_sent_after_the_session_ended_come_back_filled_and_unfiled() {
    both(|t| async move {
        let (nadia, _) = two(&t).await;
        let mut browser = t.signed_in(&nadia).await;
        t.pass(SignedDuration::from_hours(3));
        let answer = send(&mut browser).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.location.as_deref(), Some("/sign-in?next=/kept"));
        let set = answer
            .headers
            .get_all("set-cookie")
            .iter()
            .find(|c| c.to_str().unwrap().starts_with(KEPT_COOKIE));
        let set = set.expect("the key").to_str().unwrap();
        assert!(set.contains("HttpOnly") && set.contains("Max-Age=3600"), "{set}");
        assert_eq!(browser.get("/kept").await.status, StatusCode::SEE_OTHER, "closed until they sign in");
        again(&t, &mut browser, &nadia).await;
        let page = browser.get("/kept").await;
        assert!(
            page.text.contains(
                "She said: “I like the dog”.\nThen &lt;b&gt;we&lt;/b&gt; had tea &amp; cake.</textarea>"
            ),
            "{}",
            page.text
        );
        assert!(page.text.contains(&format!("action=\"{PLACE}\"")));
        assert!(
            page.text.contains("name=\"seen\" value=\"alone\"") && page.text.contains("second box of words")
        );
        assert!(page.words().contains("nothing of it has been filed"));
        let all = opened(&t, &browser).await;
        assert_eq!(all[0].sent.typed.all("what-happened").count(), 2);
        assert_eq!(all[0].sent.typed.get("csrf"), "", "the old token is not kept");
        // pressing again sends it to its address, with the token of now
        let id = all[0].id.to_string();
        let sent = browser.post(PLACE, &[("what-happened", WORDS), ("kept", &id)]).await;
        assert_eq!(sent.location.as_deref(), Some("/kept"), "the form's own answer");
        assert!(browser.get("/kept").await.words().contains("sent again"));
        let again = browser.get(&format!("/kept/{id}")).await;
        assert!(again.words().contains("You sent it again at 1.00 pm"), "{}", again.words());
        let thrown = browser.post(&format!("/kept/{id}/forget"), &[]).await;
        assert_eq!((thrown.status, rows(&t).await), (StatusCode::SEE_OTHER, 0));
    })
    .await;
}

#[tokio::test]
async fn nobody_else_sees_or_opens_them() {
    both(|t| async move {
        let (nadia, callum) = two(&t).await;
        let mut browser = t.signed_in(&nadia).await;
        t.pass(SignedDuration::from_hours(3));
        send(&mut browser).await;
        let key = browser.cookie(KEPT_COOKIE).unwrap().to_owned();
        // another account in the same browser
        again(&t, &mut browser, &callum).await;
        let page = browser.get("/kept").await;
        assert!(page.words().contains("Someone else was writing in this browser"), "{}", page.words());
        assert!(!page.text.contains("I like the dog") && !page.text.contains("Nadia"), "{}", page.text);
        assert!(opened(&t, &browser).await.is_empty());
        // the same account in another browser, which does not hold the key
        let mut elsewhere = t.signed_in(&nadia).await;
        assert!(elsewhere.get("/kept").await.words().contains("No words are waiting"));
        // nor with a key that is not the right one
        let mut wrong = key.clone();
        let last = if wrong.ends_with('A') { 'B' } else { 'A' };
        wrong.pop();
        wrong.pop();
        wrong.push(last);
        wrong.push('A');
        elsewhere.hold(KEPT_COOKIE, &wrong);
        assert!(opened(&t, &elsewhere).await.is_empty());
        for nonsense in ["x", "~~.~", "AAAA.AAAA", &"a.b~".repeat(1000)] {
            elsewhere.hold(KEPT_COOKIE, nonsense);
            assert_eq!(elsewhere.get("/kept").await.status, StatusCode::OK);
        }
        // the database alone tells nothing
        let mut conn = t.app.db.read().await.unwrap();
        let (body,): (Vec<u8>,) = conn.one("SELECT body FROM kept_form", db::args![]).await.unwrap();
        assert!(!String::from_utf8_lossy(&body).contains("dog"));
        drop(conn);
        // its writer, with the key, still gets it
        again(&t, &mut browser, &nadia).await;
        assert_eq!(opened(&t, &browser).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn after_an_hour_it_is_gone() {
    both(|t| async move {
        let (nadia, callum) = two(&t).await;
        let mut browser = t.signed_in(&nadia).await;
        t.pass(SignedDuration::from_hours(3));
        send(&mut browser).await;
        t.pass(SignedDuration::from_mins(60));
        again(&t, &mut browser, &nadia).await;
        assert!(browser.get("/kept").await.words().contains("No words are waiting"));
        assert_eq!(rows(&t).await, 1);
        // the next form to be kept takes the old ones away; so does the hourly round
        let mut other = t.signed_in(&callum).await;
        t.pass(SignedDuration::from_hours(3));
        send(&mut other).await;
        assert_eq!(rows(&t).await, 1);
        t.pass(SignedDuration::from_hours(1));
        assert_eq!(form::purge(&t.app).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn files_come_back_with_their_words() {
    both(|t| async move {
        let t = t.set(|settings| settings.largest_file = 1000);
        let (nadia, _) = two(&t).await;
        let mut browser = t.signed_in(&nadia).await;
        t.pass(SignedDuration::from_hours(3));
        let small = b"\x89PNG a small picture".to_vec();
        let large = vec![7; 900];
        let files: Vec<(&str, &str, &[u8])> = vec![
            ("pictures", "kite.png", &small),
            ("pictures", "one.bin", &large),
            ("pictures", "two.bin", &large),
            ("pictures", "three.bin", &large),
            ("pictures", "four.bin", &large),
            ("pictures", "five.bin", &large),
        ];
        let answer = browser.post_files(PLACE, &[("what-happened", WORDS)], &files).await;
        assert_eq!(answer.location.as_deref(), Some("/sign-in?next=/kept"));
        again(&t, &mut browser, &nadia).await;
        let page = browser.get("/kept").await;
        assert!(page.words().contains("Sent with it: kite.png"), "{}", page.words());
        assert!(
            page.words().contains("too large to keep") && page.words().contains("five.bin"),
            "{}",
            page.words()
        );
        let all = opened(&t, &browser).await;
        assert_eq!((all[0].sent.files.len(), &all[0].sent.files[0].bytes), (5, &small));
        assert_eq!(all[0].left_out, ["five.bin"]);
    })
    .await;
}

#[tokio::test]
async fn signing_out_in_another_tab_or_signing_in_anew_loses_nothing_either() {
    both(|t| async move {
        let (nadia, callum) = two(&t).await;
        let mut browser = t.signed_in(&nadia).await;
        browser.post("/sign-out", &[]).await;
        assert!(browser.cookie(COOKIE).is_none());
        assert_eq!(send(&mut browser).await.location.as_deref(), Some("/sign-in?next=/kept"));
        // two forms of two tabs, both kept
        send(&mut browser).await;
        // a tab of before, sent after signing in anew
        again(&t, &mut browser, &nadia).await;
        assert_eq!(send(&mut browser).await.location.as_deref(), Some("/kept"));
        assert_eq!(opened(&t, &browser).await.len(), 3);
        // and one sent after a colleague signed in there is kept for its writer
        again(&t, &mut browser, &callum).await;
        assert_eq!(send(&mut browser).await.location.as_deref(), Some("/kept"));
        assert!(opened(&t, &browser).await.is_empty());
        again(&t, &mut browser, &nadia).await;
        assert_eq!(opened(&t, &browser).await.len(), 4);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_kept_of_strangers_secrets_or_nothing() {
    both(|t| async move {
        let (nadia, _) = two(&t).await;
        // a stranger's form names no session there was
        let mut stranger = t.browser();
        stranger.carry("a-token-of-no-session-that-ever-was-here-at-all");
        assert_eq!(
            send(&mut stranger).await.location.as_deref().map(|l| l.starts_with("/sign-in")),
            Some(true)
        );
        let big = vec![1; 3_000_000];
        let refused = stranger.post_files(PLACE, &[], &[("a", "a.bin", &big)]).await;
        assert_eq!(refused.status, StatusCode::SEE_OTHER);
        assert_eq!(rows(&t).await, 0);
        let mut browser = t.signed_in(&nadia).await;
        // signed in, a form with someone else's or no token is refused
        let page = browser.get("/kept").await.text;
        let csrf = testkit::value(&page, "csrf");
        browser.carry("not-the-token");
        assert_eq!(send(&mut browser).await.status, StatusCode::FORBIDDEN);
        browser.get("/kept").await;
        t.pass(SignedDuration::from_hours(3));
        // nothing typed, nothing kept
        let empty = browser.post(PLACE, &[("what-happened", "  ")]).await;
        assert!(empty.location.unwrap().starts_with("/sign-in?next=/kept/0190"));
        // what a script sends it keeps itself
        let body = serde_urlencoded::to_string([("csrf", csrf.as_str()), ("words", "typed")]).unwrap();
        let request = axum::http::Request::post(PLACE)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(body))
            .unwrap();
        assert_eq!(browser.send(request).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(rows(&t).await, 0);
    })
    .await;
}

#[tokio::test]
async fn signing_in_leads_to_the_words_first() {
    both(|t| async move {
        let (nadia, _) = two(&t).await;
        let keys = t.keys(&nadia).await;
        let mut browser = t.signed_in(&nadia).await;
        t.pass(SignedDuration::from_hours(13));
        send(&mut browser).await;
        browser.get("/sign-in?next=/find").await;
        let code = app::sign_in::code_at(&keys.secret, t.now()).unwrap();
        let fields =
            [("name", keys.name.as_str()), ("password", &keys.password), ("code", &code), ("next", "/find")];
        let done = browser.post("/sign-in", &fields).await;
        assert_eq!(done.location.as_deref(), Some("/kept?next=/find"));
        let page = browser.get("/kept?next=/find").await;
        assert!(page.text.contains("href=\"/find\">Go on to where you were going"), "{}", page.words());
    })
    .await;
}
