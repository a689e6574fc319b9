//! Check-ins: what is refused first; nobody reads the other before both answered or the person chose; nobody else reads any of
//! it; what went wrong is made good.

use app::check_in::{Answer, MakeGood, answer, between, make_good};
use app::{Oops, Result};
use axum::http::StatusCode;
use jiff::SignedDuration;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::check_in::{Says, Side};
use practice::episode::EpisodeKind;
use practice::id::PersonId;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

struct Scene {
    josie: PersonId,
    leanne: PersonId,
    helen: Worker,
    nadia: Worker,
    kit: Worker,
}

async fn scene(t: &TestApp) -> Scene {
    let north = t.team("North", None).await;
    let helen = t.worker("Helen Marsh", Role::TeamManager, north).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, north).await;
    let kit = t.worker("Kit Lowe", Role::SocialWorker, north).await;
    let josie = t.person("Josie Hart", date(2013, 5, 4)).await;
    let leanne = t.person("Leanne Hart", date(1990, 2, 1)).await;
    t.parent(leanne, josie, true).await;
    t.episode(josie, EpisodeKind::ChildInNeed, north).await;
    t.allocate(josie, &nadia, AllocationKind::Responsible).await;
    Scene { josie, leanne, helen, nadia, kit }
}

fn says(words: &str) -> Answer {
    Answer { says: [Says::Yes, Says::Mostly, Says::No], words: Some(words.to_owned()), show: true }
}

async fn answers(t: &TestApp, by: &Worker, person: PersonId, with: Answer) -> Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    answer(&mut tx, &by.who, &mut moment, ((person, by.id), with)).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn good(t: &TestApp, by: &Worker, person: PersonId, what: MakeGood) -> Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    make_good(&mut tx, &by.who, &mut moment, ((person, by.id), what)).await?;
    tx.commit().await.unwrap();
    Ok(())
}

const SAID: [(&str, &str); 3] = [("committed", "yes"), ("sincere", "mostly"), ("listening", "no")];

async fn says_it(t: &TestApp, s: &Scene, person: PersonId, more: &[(&str, &str)]) -> String {
    let with = s.nadia.id.to_string();
    let mut browser = t.own_space(person).await;
    browser.get(&format!("/my/check-in?with={with}")).await;
    let mut fields = vec![("with", with.as_str())];
    fields.extend(SAID);
    fields.extend(more);
    browser.post("/my/check-in", &fields).await.words()
}

#[tokio::test]
async fn only_the_two_answer_and_nothing_is_made_good_before_both_have() {
    both(|t| async move {
        let s = scene(&t).await;
        assert!(answers(&t, &s.kit, s.josie, says("I am not hers")).await.is_err());
        assert!(answers(&t, &s.helen, s.josie, says("Nor am I")).await.is_err());
        let early = MakeGood::Write { went_wrong: "I came late".to_owned(), apology: None, agreed: None };
        assert!(matches!(good(&t, &s.nadia, s.josie, early).await, Err(Oops::Refused(_))));
        let mut nadia = t.signed_in(&s.nadia).await;
        let path = format!("/person/{}/check-in", s.josie);
        nadia.get(&path).await;
        let again = nadia.post(&path, &[("committed", "yes"), ("words", "I try to")]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.words().contains("Choose one") && again.text.contains("I try to"), "{}", again.words());
        let mut josie = t.own_space(s.josie).await;
        let other = format!("/my/check-in?with={}", s.kit.id);
        assert_eq!(josie.get(&other).await.status, StatusCode::NOT_FOUND, "who does not work with them");
        let with = format!("/my/check-in?with={}", s.nadia.id);
        josie.get(&with).await;
        let missing =
            josie.post("/my/check-in", &[("with", &s.nadia.id.to_string()), ("committed", "yes")]).await;
        assert!(missing.words().contains("Choose one"), "{}", missing.words());
    })
    .await;
}

#[tokio::test]
async fn neither_reads_the_other_before_both_answered_and_nobody_else_reads_any_of_it() {
    both(|t| async move {
        let s = scene(&t).await;
        let (hers, ours) = ("you forgot my birthday", "I was proud of her in June");
        says_it(&t, &s, s.josie, &[("words", hers)]).await;
        let path = format!("/person/{}/check-in", s.josie);
        let mut nadia = t.signed_in(&s.nadia).await;
        assert!(nadia.get("/today").await.words().contains("Josie said how it is for them"));
        let page = nadia.get(&path).await.words();
        assert!(page.contains("They answered.") && !page.contains(hers), "{page}");
        answers(&t, &s.nadia, s.josie, says(ours)).await.unwrap();
        assert!(nadia.get(&path).await.words().contains(hers));
        let mine = format!("/my/check-in?with={}", s.nadia.id);
        let page = t.own_space(s.josie).await.get(&mine).await.words();
        assert!(page.contains(ours) && page.contains(hers), "side by side: {page}");
        let made = MakeGood::Write {
            went_wrong: "I forgot her birthday".to_owned(),
            apology: Some("I am sorry, Josie".to_owned()),
            agreed: Some("We go for cake".to_owned()),
        };
        good(&t, &s.nadia, s.josie, made).await.unwrap();
        let mut conn = t.app.db.read().await.unwrap();
        let pair = (s.josie, s.nadia.id, Side::Worker);
        let held = between(&mut conn, pair, t.moment().today()).await.unwrap();
        drop(conn);
        good(&t, &s.nadia, s.josie, MakeGood::Done(held.all[0].repairs[0].id)).await.unwrap();
        let page = t.own_space(s.josie).await.get(&mine).await.words();
        assert!(page.contains("I am sorry, Josie") && page.contains("It was done on"), "{page}");
        // whoever leads, a parent and everybody else read none of it, and whoever leads no count under five
        let mut helen = t.signed_in(&s.helen).await;
        for path in [path, format!("/person/{}", s.josie), "/today".to_owned(), "/check-ins".to_owned()] {
            let page = helen.get(&path).await.words();
            assert!(!page.contains(hers) && !page.contains(ours) && !page.contains("cake"), "{path}: {page}");
        }
        assert!(helen.get("/check-ins").await.words().contains("North: fewer than 5"));
        let mut leanne = t.own_space(s.leanne).await;
        assert!(!leanne.get(&mine).await.words().contains(hers), "her own check-in is another");
    })
    .await;
}

#[tokio::test]
async fn a_person_may_show_theirs_first_and_it_is_offered_again_after_eight_weeks() {
    both(|t| async move {
        let s = scene(&t).await;
        says_it(&t, &s, s.leanne, &[("words", "i like that you ring"), ("show", "yes")]).await;
        let path = format!("/person/{}/check-in", s.leanne);
        let mut nadia = t.signed_in(&s.nadia).await;
        let page = nadia.get(&path).await.words();
        assert!(page.contains("i like that you ring"), "{page}");
        // answered anew before the other did, the newer words stand
        says_it(&t, &s, s.leanne, &[("words", "and that you listen"), ("show", "yes")]).await;
        let page = nadia.get(&path).await.words();
        assert!(page.contains("and that you listen") && !page.contains("i like that you ring"), "{page}");
        answers(&t, &s.nadia, s.leanne, says("So do I")).await.unwrap();
        let offered = |t: &TestApp| {
            let (app, pair, today) =
                (t.app.clone(), (s.leanne, s.nadia.id, Side::Worker), t.moment().today());
            async move { between(&mut app.db.read().await.unwrap(), pair, today).await.unwrap().offered }
        };
        assert!(!offered(&t).await);
        t.pass(SignedDuration::from_hours(24 * 56));
        assert!(offered(&t).await);
    })
    .await;
}
