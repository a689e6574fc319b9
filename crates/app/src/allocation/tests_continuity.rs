//! Who worked with somebody over time: who may read it first; gaps, changes and measures; and what the child reads of it.

use crate::entry::{about, file, visit};
use db::args;
use jiff::civil::{Date, date};
use practice::entry::Seen;
use practice::episode::EpisodeKind;
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

const CHILD: Date = date(2014, 5, 4);
const ALLOCATION: &str = "INSERT INTO allocation (id, person_id, worker_id, team_id, part, from_date, to_date, recorded_at) \
    VALUES ($1, $2, $3, $4, 'responsible', $5, $6, $7)";
const HANDOVER: &str = "INSERT INTO handover (id, handover_id, person_id, step, cause, state, from_worker, to_worker, why, could_stay, \
    could_stay_words, offered_on, reasons, ended_on, recorded_at) \
    VALUES ($1, $2, $3, 'worker-leaves', 'leaver', 'taken-over', $4, $5, 'They leave.', 'no', 'They leave.', $6, '', $7, $8)";
const MET: &str = "INSERT INTO handover_note (id, handover_id, person_id, kind, shown, words, on_date, recorded_at) \
    VALUES ($1, $2, $3, 'introduction', $4, 'At the canal.', $5, $6)";

struct Scene {
    helen: Worker,
    callum: Worker,
    child: PersonId,
}

async fn had(t: &TestApp, child: PersonId, worker: &Worker, (from, to): (Date, Option<Date>)) {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let values = args![moment.id(), child, worker.id, worker.team, from, to, moment.now()];
    tx.run(ALLOCATION, values).await.unwrap();
    tx.commit().await.unwrap();
}

/// Amina for nine months, Ben for two, five weeks with nobody, and Callum; Amina handed over to Ben, and they all met.
async fn scene(t: &TestApp) -> Scene {
    let team = t.team("Riverside", None).await;
    let helen = t.worker("Helen Boateng", Role::TeamManager, team).await;
    let amina = t.worker("Amina Shah", Role::SocialWorker, team).await;
    let ben = t.worker("Ben Oakes", Role::SocialWorker, team).await;
    let callum = t.worker("Callum Idris", Role::SocialWorker, team).await;
    let child = t.person("Josie Hart", CHILD).await;
    t.episode(child, EpisodeKind::ChildInNeed, team).await;
    had(t, child, &amina, (date(2025, 9, 21), Some(date(2026, 7, 2)))).await;
    had(t, child, &ben, (date(2026, 7, 2), Some(date(2026, 8, 31)))).await;
    had(t, child, &callum, (date(2026, 10, 6), None)).await;
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let (id, day, now) = (moment.id(), date(2026, 7, 2), moment.now());
    let values = args![moment.id(), id, child, amina.id, ben.id, date(2026, 6, 20), day, now];
    tx.run(HANDOVER, values).await.unwrap();
    tx.run(MET, args![moment.id(), id, child, false, date(2026, 6, 28), now]).await.unwrap();
    tx.commit().await.unwrap();
    Scene { helen, callum, child }
}

fn holds(page: &str, all: &[&str]) {
    for words in all {
        assert!(page.contains(words), "missing: {words}\n{page}");
    }
}

#[tokio::test]
async fn only_whoever_may_open_the_record_reads_who_worked_with_them() {
    both(|t| async move {
        t.set_now("2026-11-21T10:00:00Z");
        let scene = scene(&t).await;
        let path = format!("/person/{}/continuity", scene.child);
        let far = t.worker("Otto Far", Role::SocialWorker, t.team("Far", None).await).await;
        let refused = t.signed_in(&far).await.get(&path).await;
        assert_eq!(refused.status, 403);
        assert!(!refused.words().contains("Amina"), "{}", refused.words());
        assert_eq!(t.signed_in(&scene.callum).await.get(&path).await.status, 200);
        t.level(scene.child, AccessLevel::Restricted).await;
        for worker in [&scene.helen, &scene.callum, &far] {
            let answered = t.signed_in(worker).await.get(&path).await;
            assert_eq!(answered.status, 404);
            assert!(!answered.words().contains("Amina"));
        }
        t.listed(scene.child, &scene.callum).await;
        assert_eq!(t.signed_in(&scene.callum).await.get(&path).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn the_ribbon_the_table_and_the_words_say_the_same_with_gaps_and_meetings() {
    both(|t| async move {
        t.set_now("2026-11-21T10:00:00Z");
        let scene = scene(&t).await;
        let path = format!("/person/{}/continuity", scene.child);
        let mut browser = t.signed_in(&scene.helen).await;
        let answered = browser.get(&path).await;
        assert_eq!(answered.status, 200);
        let page = answered.words();
        holds(
            &page,
            &[
                "3 workers in 14 months. Amina longest, 9 months. For 35 days there was nobody.",
                "Amina 9 months, Ben 8 weeks, nobody 5 weeks, Callum 6 weeks",
                "3. Nobody",
                "Handed over; they all met",
                "No hand-over is recorded",
                "2 changes: The worker left (1); Nobody wrote down why (1)",
                "Nobody wrote down that they were in touch yet.",
                "ever met Amina Shah, Ben Oakes, Callum Idris",
                "too few",
                "Different workers in 12 months",
            ],
        );
        assert_eq!(answered.text.matches("l5 5-5 5-5-5z").count(), 2, "a mark for each change");
        assert_eq!(answered.text.matches("fill=\"currentColor\" stroke").count(), 1, "one meeting of all");
        for _ in 0..2 {
            file(&t, &scene.callum, visit(vec![about(scene.child, Some(Seen::Yes))], "We talked."))
                .await
                .unwrap();
        }
        let page = browser.get(&path).await.words();
        holds(&page, &["twice so far.", "1.000 (from few times)"]);
        let card = browser.get(&format!("/person/{}", scene.child)).await;
        assert!(card.text.contains(&path), "the card leads there");
    })
    .await;
}

#[tokio::test]
async fn somebody_without_a_worker_so_far_has_a_page_that_says_so() {
    both(|t| async move {
        let scene = scene(&t).await;
        let other = t.person("Micah Orr", CHILD).await;
        t.episode(other, EpisodeKind::ChildInNeed, scene.helen.team).await;
        let page = t.signed_in(&scene.helen).await.get(&format!("/person/{other}/continuity")).await.words();
        holds(&page, &["Nobody has been responsible for Micah so far. They wait for a worker."]);
        let mut micah = t.own_space(other).await;
        holds(&micah.get("/my/workers").await.words(), &["You have had no worker yet."]);
    })
    .await;
}

#[tokio::test]
async fn a_child_reads_who_was_there_in_plain_words_and_no_measure() {
    both(|t| async move {
        t.set_now("2026-11-21T10:00:00Z");
        let scene = scene(&t).await;
        file(&t, &scene.callum, visit(vec![about(scene.child, Some(Seen::Yes))], "We talked."))
            .await
            .unwrap();
        let mut josie = t.own_space(scene.child).await;
        assert!(josie.get("/my/people").await.text.contains("/my/workers"));
        let answered = josie.get("/my/workers").await;
        assert_eq!(answered.status, 200);
        let page = answered.words();
        holds(
            &page,
            &[
                "You have had 3 workers in 14 months.",
                "Amina was with you the longest: 9 months.",
                "No one",
                "From 1 September to 5 October",
                "You met Ben when Amina was still there.",
                "Since 6 October",
            ],
        );
        for measure in ["UPC", "SECON", "Bice", "Shah", "leaves", "canal"] {
            assert!(!page.contains(measure), "{measure}\n{page}");
        }
        assert_eq!(josie.get("/my/language/cy").await.status, 303);
        holds(&josie.get("/my/workers").await.words(), &["Rydych wedi cael 3 gweithiwr"]);
    })
    .await;
}
