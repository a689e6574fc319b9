//! Letters to people of the record: written with the act that needs them, sent over a locked line, tried again, shown, never
//! lost; and whether it is safe to write at all.

use app::letter;
use axum::http::StatusCode;
use db::args;
use jiff::SignedDuration;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::id::PersonId;
use practice::role::Role;
use testkit::{Answered, Browser, Mood, PostOffice, TestApp, Worker, both};

const ADDRESS: &str = "address-canary@example.org";

struct Scene {
    leanne: PersonId,
    nadia: Worker,
    sam: Worker,
}

async fn scene(t: &TestApp) -> Scene {
    let north = t.team("North", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, north).await;
    let sam = t.worker("Sam Adder", Role::SystemAdministrator, north).await;
    let leanne = t.person("Leanne Hart", date(1990, 2, 1)).await;
    t.allocate(leanne, &nadia, AllocationKind::Responsible).await;
    Scene { leanne, nadia, sam }
}

async fn says(browser: &mut Browser, person: PersonId, email: &str) -> Answered {
    let path = format!("/person/{person}/contact");
    browser.get(&path).await;
    let fields = [
        ("letter", "no"),
        ("email", email),
        ("phone", "ask"),
        ("message", "no"),
        ("hours", "before three"),
        ("shoulder", "SHOULDER-CANARY reads her phone"),
        ("words", "say you ring from the library"),
    ];
    browser.post(&path, &fields).await
}

async fn invites(browser: &mut Browser, person: PersonId, by: &str) -> Answered {
    let page = format!("/person/{person}/space");
    browser.get(&page).await;
    let who = person.to_string();
    let fields = [
        ("comes", who.as_str()),
        ("part", "own"),
        ("link_by", by),
        ("email", ADDRESS),
        ("code_by", "face-to-face"),
        ("language", "en"),
    ];
    browser.post(&format!("{page}/invite"), &fields).await
}

async fn stands(t: &TestApp) -> Vec<(String, i64, Option<String>)> {
    let mut conn = t.app.db.read().await.unwrap();
    conn.all("SELECT state, tries, words FROM letter ORDER BY made_at, id", args![]).await.unwrap()
}

#[tokio::test]
async fn a_link_goes_by_email_over_a_locked_line_and_tells_nobody_what_it_is() {
    both(|t| async move {
        let office = PostOffice::open().await;
        let t = t.set(|settings| settings.mail = Some(office.server.clone()));
        let s = scene(&t).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        let early = invites(&mut nadia, s.leanne, "email").await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(early.words().contains("Ask them first whether e-mail is safe"), "{}", early.words());
        says(&mut nadia, s.leanne, "yes").await;
        t.facts_hold("safe_contact").await;
        let made = invites(&mut nadia, s.leanne, "email").await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.words());
        assert!(!made.text.contains("/my/come-in/"), "the link goes by e-mail alone");
        let (_, rest) = made.text.split_once("<b class=\"code\">").unwrap();
        let code: String = rest.chars().take(7).collect();
        // written with the invitation, sent afterwards
        assert_eq!(stands(&t).await[0].0, "waiting");
        assert_eq!(letter::carry(&t.app).await.unwrap().sent, 1);
        assert_eq!(letter::carry(&t.app).await.unwrap(), letter::Carried::default(), "once");
        let arrived = office.arrived();
        let [one] = arrived.as_slice() else { panic!("{arrived:?}") };
        assert!(one.locked && one.let_in);
        assert!(one.text.contains(ADDRESS) && one.text.contains("Subject: A page for you"), "{}", one.text);
        assert!(one.text.contains("Auto-Submitted: auto-generated"), "{}", one.text);
        let whole = one.text.replace("=\n", "");
        assert!(whole.contains("/my/come-in/"), "{whole}");
        for telling in ["Leanne", "Hart", "Nadia", "Testing", "social", "child", "council", &code, "SHOULDER"]
        {
            let told = whole.replace("council.example", "");
            assert!(!told.contains(telling), "{telling}: {told}");
        }
        // the link is not kept once it is gone
        assert_eq!(stands(&t).await, [("sent".to_owned(), 1, None)]);
        let page = nadia.get(&format!("/person/{}/space", s.leanne)).await.words();
        assert!(page.contains("Sent , tried once") && page.contains(ADDRESS), "{page}");
    })
    .await;
}

#[tokio::test]
async fn while_the_server_is_away_nothing_is_lost_and_it_goes_when_it_is_back() {
    both(|t| async move {
        let mut office = PostOffice::open().await;
        let t = t.set(|settings| settings.mail = Some(office.server.clone()));
        let s = scene(&t).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        says(&mut nadia, s.leanne, "yes").await;
        office.shut().await;
        invites(&mut nadia, s.leanne, "email").await;
        assert_eq!(letter::carry(&t.app).await.unwrap().not_sent, 1);
        assert_eq!(letter::carry(&t.app).await.unwrap().not_sent, 0, "not before its time");
        let page = nadia.get(&format!("/person/{}/space", s.leanne)).await.words();
        assert!(
            page.contains("Waiting to be sent , tried once, next at 21 November 2026 at 10.01 am"),
            "{page}"
        );
        assert!(page.contains("The mail server said"), "{page}");
        office.open_again().await;
        office.be(Mood::Busy);
        t.pass(SignedDuration::from_mins(1));
        assert_eq!(letter::carry(&t.app).await.unwrap().not_sent, 1);
        let page = nadia.get(&format!("/person/{}/space", s.leanne)).await.words();
        assert!(page.contains("tried 2 times, next at 21 November 2026 at 10.06 am"), "waits grow: {page}");
        assert!(page.contains("too much to do, come back later"), "its own words: {page}");
        office.be(Mood::Takes);
        t.pass(SignedDuration::from_mins(5));
        assert_eq!(letter::carry(&t.app).await.unwrap().sent, 1);
        assert_eq!(office.arrived().len(), 1);
        let mut conn = t.app.db.read().await.unwrap();
        let tries: Vec<(String,)> =
            conn.all("SELECT state FROM letter_try ORDER BY tried_at, id", args![]).await.unwrap();
        let tries: Vec<&str> = tries.iter().map(|one| one.0.as_str()).collect();
        assert_eq!(tries, ["waiting", "waiting", "sent"], "each try is noted");
    })
    .await;
}

#[tokio::test]
async fn what_the_server_refuses_is_shown_in_its_own_words_and_tried_again_by_a_press() {
    both(|t| async move {
        let office = PostOffice::open().await;
        let t = t.set(|settings| settings.mail = Some(office.server.clone()));
        let s = scene(&t).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        says(&mut nadia, s.leanne, "yes").await;
        office.be(Mood::Refuses);
        invites(&mut nadia, s.leanne, "email").await;
        assert_eq!(letter::carry(&t.app).await.unwrap().not_sent, 1);
        let page = nadia.get("/today").await.words();
        assert!(page.contains("An e-mail of yours could not be sent"), "{page}");
        let space = format!("/person/{}/space", s.leanne);
        let page = nadia.get(&space).await;
        assert!(page.words().contains("Refused by the mail server"), "{}", page.words());
        assert!(page.words().contains("there is nobody of that name"), "{}", page.words());
        // administrators see that, and not to whom
        let mut sam = t.signed_in(&s.sam).await;
        let seen = sam.get("/administration/letters").await;
        assert!(seen.words().contains("there is nobody of that name"), "{}", seen.words());
        for hidden in [ADDRESS, "Leanne", "come-in"] {
            assert!(!seen.text.contains(hidden), "{hidden}");
        }
        assert_eq!(nadia.get("/administration/letters").await.status, StatusCode::FORBIDDEN);
        let (_, rest) = page.text.split_once("/letter/").unwrap();
        let again = format!("/letter/{}/again", rest.chars().take(36).collect::<String>());
        office.be(Mood::Takes);
        nadia.post(&again, &[("back", &space)]).await;
        assert_eq!(letter::carry(&t.app).await.unwrap().sent, 1);
        assert_eq!(nadia.post(&again, &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY, "it is gone");
        let mut conn = t.app.db.read().await.unwrap();
        let rows: Vec<(String,)> =
            conn.all("SELECT payload FROM journal WHERE payload IS NOT NULL", args![]).await.unwrap();
        let journal: String = rows.into_iter().map(|row| row.0).collect();
        assert!(!journal.contains(ADDRESS) && !journal.contains("nobody of that name"));
    })
    .await;
}

#[tokio::test]
async fn three_days_in_vain_are_enough_and_what_is_taken_back_never_goes() {
    both(|t| async move {
        let mut office = PostOffice::open().await;
        let t = t.set(|settings| settings.mail = Some(office.server.clone()));
        let s = scene(&t).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        says(&mut nadia, s.leanne, "yes").await;
        office.shut().await;
        invites(&mut nadia, s.leanne, "email").await;
        for _ in 0..40 {
            letter::carry(&t.app).await.unwrap();
            t.pass(SignedDuration::from_hours(4));
        }
        let held = stands(&t).await;
        assert_eq!(held[0].0, "given-up", "{held:?}");
        assert!((15..30).contains(&held[0].1), "{held:?}");
        // a newer invitation takes the older letter with it
        let mut nadia = t.signed_in(&s.nadia).await;
        invites(&mut nadia, s.leanne, "email").await;
        assert_eq!(stands(&t).await[0], ("taken-back".to_owned(), held[0].1, None));
        // and an e-mail that is no longer safe stays where it is
        says(&mut nadia, s.leanne, "no").await;
        office.open_again().await;
        assert_eq!(letter::carry(&t.app).await.unwrap().not_sent, 1);
        assert_eq!(stands(&t).await[1].0, "held");
        assert!(office.arrived().is_empty());
        let refused = invites(&mut nadia, s.leanne, "email").await;
        assert!(refused.words().contains("not safe to reach them this way"), "{}", refused.words());
        let letter = invites(&mut nadia, s.leanne, "letter").await;
        assert_eq!(letter.status, StatusCode::UNPROCESSABLE_ENTITY, "she said no letters");
        let card = nadia.get(&format!("/person/{}", s.leanne)).await.words();
        assert!(card.contains("SHOULDER-CANARY") && card.contains("A letter: no, never"), "{card}");
    })
    .await;
}

#[tokio::test]
async fn in_a_demonstration_letters_stand_on_a_page_and_nothing_leaves() {
    both(|t| async move {
        let office = PostOffice::open().await;
        let t = t.set(|settings| {
            settings.mail = Some(office.server.clone());
            settings.demonstration = true;
        });
        let s = scene(&t).await;
        let mut nadia = t.signed_in(&s.nadia).await;
        says(&mut nadia, s.leanne, "yes").await;
        invites(&mut nadia, s.leanne, "email").await;
        assert_eq!(letter::carry(&t.app).await.unwrap().sent, 1);
        assert!(office.arrived().is_empty());
        let page = nadia.get("/letters").await;
        assert!(
            page.words().contains("A page for you") && page.text.contains("/my/come-in/"),
            "{}",
            page.words()
        );
        let real = t.set(|settings| settings.demonstration = false);
        let mut nadia = real.signed_in(&s.nadia).await;
        assert_eq!(nadia.get("/letters").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
