//! Until when a record is kept, as pages say it, and what a hold does.

use super::*;
use app::rights::{PutHold, kept, lift_hold, put_hold};
use axum::http::StatusCode;
use jiff::civil::date;
use practice::episode::EpisodeKind;
use practice::retention::{HoldKind, Until};
use testkit::both;

#[tokio::test]
async fn given_a_looked_after_child_then_their_page_says_until_when_and_by_which_law() {
    both(|t| async move {
        let c = council(&t).await;
        let josie = somebody(&t, ("Josie", "Blake"), date(2017, 5, 4)).await;
        let mum = somebody(&t, ("Leanne", "Blake"), date(1990, 1, 1)).await;
        t.allocate(josie, &c.nadia, practice::access::AllocationKind::Responsible).await;
        t.parent(mum, josie, true).await;
        let episode = t.episode(josie, EpisodeKind::LookedAfter, c.nadia.team).await;
        let mut nadia = t.signed_in(&c.nadia).await;
        let page = nadia.get(&format!("/person/{josie}")).await;
        assert!(
            page.words().contains("How long it is kept Kept for now. Looked after: it goes on"),
            "{}",
            page.words()
        );
        act(&t, async |tx, _| {
            let sql = "UPDATE episode SET to_date = $2 WHERE episode_id = $1";
            Ok(tx.run(sql, db::args![episode, date(2026, 1, 1)]).await?)
        })
        .await
        .unwrap();
        let whole = nadia.get(&format!("/person/{josie}/retention")).await;
        assert!(whole.words().contains("Kept until 4 May 2092"), "{}", whole.words());
        assert!(whole.words().contains("regulation 50"), "{}", whole.words());
        let mut conn = t.app.db.read().await.unwrap();
        let with_child = kept(&mut conn, mum, date(2026, 11, 21)).await.unwrap();
        assert_eq!(with_child.until, Until::Day(date(2092, 5, 4)), "her record belongs to her child's");
        assert_eq!(with_child.reasons[0].rule, "KEEP-WITH");
    })
    .await;
}

#[tokio::test]
async fn given_a_hold_on_one_or_on_all_then_nothing_is_proposed_until_it_is_lifted() {
    both(|t| async move {
        let c = council(&t).await;
        let ash = somebody(&t, ("Ash", "Reed"), date(1980, 5, 4)).await;
        let put = |person, by: &Worker| {
            let command = PutHold {
                person,
                kind: Some(HoldKind::Inquiry),
                reason: "The inquiry into the home".to_owned(),
            };
            let who = by.who.clone();
            let t = &t;
            async move { act(t, async |tx, moment| put_hold(tx, &who, moment, command).await).await }
        };
        t.set_now("2040-03-01T10:00:00Z");
        let all = put(None, &c.hana).await.unwrap();
        let own = put(Some(ash), &c.dora).await.unwrap();
        assert!(put(None, &c.nadia).await.is_err(), "not by somebody who works with one person");
        let lift = async |hold: Uuid| {
            act(&t, async |tx, moment| lift_hold(tx, &c.dora.who, moment, (hold, "It is over")).await).await
        };
        assert!(sentence(proposed(&t, &c.dora, ash).await).contains("A hold stands on it"));
        lift(all).await.unwrap();
        assert!(sentence(proposed(&t, &c.dora, ash).await).contains("A hold stands on it"));
        assert_eq!(lift(own).await.unwrap(), Some(ash));
        assert!(lift(own).await.is_err(), "it is lifted already");
        proposed(&t, &c.dora, ash).await.unwrap();
        put(Some(ash), &c.dora).await.unwrap();
        assert!(
            sentence(confirmed(&t, &c.hana, ash).await).contains("A hold stands on it"),
            "a later one blocks too"
        );
        for table in ["hold", "disposal"] {
            t.facts_hold(table).await;
        }
    })
    .await;
}

#[tokio::test]
async fn given_records_whose_time_has_come_then_those_who_answer_for_them_find_them_and_two_let_one_go() {
    both(|t| async move {
        let c = council(&t).await;
        let ash = somebody(&t, ("Ash", "Reed"), date(1980, 5, 4)).await;
        let young = somebody(&t, ("Bo", "Vale"), date(2025, 5, 4)).await;
        assert!(sentence(proposed(&t, &c.dora, ash).await).contains("It is kept until 21 November 2032"));
        t.set_now("2040-03-01T10:00:00Z");
        t.episode(young, EpisodeKind::ChildInNeed, c.nadia.team).await;
        let mut dora = t.signed_in(&c.dora).await;
        let list = dora.get("/retention").await;
        assert!(list.words().contains("Ash Reed . Kept until 21 November 2032"), "{}", list.words());
        assert!(!list.words().contains("Bo Vale"), "{}", list.words());
        let page = format!("/person/{ash}/disposal");
        let empty = dora.post(&page, &[("doing", "propose"), ("reason", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", empty.words());
        let sent = dora.post(&page, &[("doing", "propose"), ("reason", "Nobody asked for it")]).await;
        assert_eq!(sent.location.as_deref(), Some("/retention?done=proposed"), "{}", sent.words());
        let own = dora.get(&page).await;
        assert!(own.words().contains("Somebody else confirms what you proposed"), "{}", own.words());
        assert!(dora.post(&page, &[("doing", "confirm")]).await.words().contains("Somebody else confirms"));
        let mut nadia = t.signed_in(&c.nadia).await;
        assert_eq!(nadia.get("/retention").await.status, StatusCode::FORBIDDEN);
        assert_eq!(nadia.post(&page, &[("doing", "confirm")]).await.status, StatusCode::FORBIDDEN);
        let mut hana = t.signed_in(&c.hana).await;
        assert!(hana.get("/today").await.words().contains("One record whose time has come"));
        let look = hana.get(&page).await;
        assert!(
            look.words().contains("Name 1") && look.words().contains("This cannot be undone"),
            "{}",
            look.words()
        );
        let done = hana.post(&page, &[("doing", "confirm")]).await.location.unwrap();
        let certificate = hana.get(&done).await;
        assert!(
            certificate.words().contains("Proposed by Dora Pike")
                && certificate.words().contains("Confirmed by Hana Moss")
        );
        assert!(
            !certificate.words().contains("Ash") && !certificate.words().contains("Reed"),
            "{}",
            certificate.words()
        );
        assert_eq!(hana.get(&format!("/person/{ash}")).await.status, StatusCode::NOT_FOUND);
        let absent = hana.get(&format!("/person/{}", Uuid::from_u128(7))).await;
        assert_eq!(hana.get(&format!("/person/{ash}")).await.words(), absent.words());
    })
    .await;
}
