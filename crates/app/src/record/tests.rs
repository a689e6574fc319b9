//! The recording screen as a worker meets it: without scripts, on both engines.

use crate::entry::{about, allocate, file, person, visit};
use axum::http::StatusCode;
use db::args;
use practice::entry::Seen;
use practice::id::PersonId;
use practice::role::Role;
use testkit::{Answered, Browser, TestApp, Worker, both};

/// A picture of four pixels, as a device would send it.
const PICTURE: &[u8] = include_bytes!("../../tests/data/small.png");
const HEIC: &[u8] = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1";

struct Town {
    nadia: Worker,
    owen: Worker,
    josie: PersonId,
    theo: PersonId,
}

async fn town(t: &TestApp) -> Town {
    let team = t.team("Hillside", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
    let (josie, theo) = (person(t, "Josie", "findable").await, person(t, "Theo", "findable").await);
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    for (child, born) in [(josie, jiff::civil::date(2017, 5, 4)), (theo, jiff::civil::date(2020, 2, 1))] {
        let values = args![moment.id(), child, born, "exact", moment.now()];
        tx.run("INSERT INTO person_birth (id, person_id, born_on, basis, recorded_at) VALUES ($1, $2, $3, $4, $5)", values)
            .await
            .unwrap();
        let values = args![
            moment.id(),
            moment.id(),
            child,
            "child-protection",
            jiff::civil::date(2026, 11, 16),
            moment.now()
        ];
        tx.run("INSERT INTO episode (id, episode_id, person_id, kind, from_date, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)", values)
            .await
            .unwrap();
        app::clock::refresh(&mut tx, &mut moment, child).await.unwrap();
    }
    tx.commit().await.unwrap();
    for child in [josie, theo] {
        allocate(t, &nadia, child).await;
    }
    Town { nadia, owen, josie, theo }
}

/// Opens the screen about these people and gives the key of its draft.
async fn open(browser: &mut Browser, about: &[PersonId]) -> (String, Answered) {
    let query: Vec<String> = about.iter().map(|id| format!("about={id}")).collect();
    let sent_on = browser.get(&format!("/record?{}", query.join("&"))).await;
    assert_eq!(sent_on.status, StatusCode::SEE_OTHER, "{}", sent_on.words());
    let place = sent_on.location.unwrap();
    let page = browser.get(&place).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.words());
    (place.split_once("draft=").unwrap().1.to_owned(), page)
}

/// A visit to both children as typed, Theo not seen.
fn typed(town: &Town, key: &str) -> Vec<(String, String)> {
    let (josie, theo) = (town.josie, town.theo);
    [
        ("draft", key.to_owned()),
        ("about", josie.to_string()),
        ("about", theo.to_string()),
        ("kind", "visit".to_owned()),
        ("happened-day", "20".to_owned()),
        ("happened-month", "November".to_owned()),
        ("happened-year", "2026".to_owned()),
        ("time", "4.35 pm".to_owned()),
        ("manner", "home-visit".to_owned()),
        ("narrative", "We made the dog collage <at> the table.".to_owned()),
        ("readers", "present".to_owned()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .chain([
        (format!("seen-{josie}"), "seen-alone".to_owned()),
        (format!("seen-{theo}"), "not-seen".to_owned()),
        (format!("why-{theo}"), "At Nan's".to_owned()),
        ("statement-0-owner".to_owned(), format!("p:{josie}")),
        ("statement-0-form".to_owned(), "said".to_owned()),
        ("statement-0-words".to_owned(), "That's Ash in the window".to_owned()),
        ("promise-0-who".to_owned(), format!("w:{}", town.nadia.id)),
        ("promise-0-what".to_owned(), "Ask if Josie can phone Ash".to_owned()),
        ("promise-0-about".to_owned(), josie.to_string()),
        ("promise-0-due-day".to_owned(), "27".to_owned()),
        ("promise-0-due-month".to_owned(), "11".to_owned()),
        ("promise-0-due-year".to_owned(), "2026".to_owned()),
    ])
    .collect()
}

fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

async fn count(t: &TestApp, sql: &'static str) -> i64 {
    t.app.db.read().await.unwrap().number(sql, args![]).await.unwrap()
}

const ENTRIES: &str = "SELECT CAST(count(*) AS bigint) FROM entry";

#[tokio::test]
async fn given_two_children_when_a_visit_is_filed_then_it_says_what_follows_for_each_and_stands_in_both_timelines()
 {
    both(|t| async move {
        let town = town(&t).await;
        let mut nadia = t.signed_in(&town.nadia).await;
        let whom = nadia.get("/record").await;
        assert!(whom.words().contains("Josie") && whom.words().contains("Theo"), "{}", whom.words());
        let (key, screen) = open(&mut nadia, &[town.josie, town.theo]).await;
        assert!(
            screen.words().contains("This visit will not count for Theo. The visit is still due by"),
            "{}",
            screen.words()
        );
        let filed = nadia.post("/record", &pairs(&typed(&town, &key))).await;
        assert_eq!(filed.status, StatusCode::SEE_OTHER, "{}", filed.words());
        let place = filed.location.unwrap();
        let page = nadia.get(&place).await.words();
        assert!(page.contains("Josie\u{2019}s visit is met until"), "{page}");
        assert!(page.contains("Theo\u{2019}s visit") && page.contains("due on"), "{page}");
        assert!(page.contains("Home visit: Nadia saw Josie alone and did not see Theo"), "{page}");
        for child in [town.josie, town.theo] {
            let timeline = nadia.get(&format!("/person/{child}/timeline")).await;
            assert_eq!(timeline.status, StatusCode::OK);
            assert!(timeline.words().contains("dog collage"), "{}", timeline.words());
            assert!(!timeline.text.contains("<at>"), "what was typed is never markup");
        }
        // the same form sent again files nothing twice
        let again = nadia.post("/record", &pairs(&typed(&town, &key))).await;
        assert_eq!(again.location.as_deref(), place.split_once('?').map(|(path, _)| path));
        assert_eq!(count(&t, ENTRIES).await, 1);
        let text = nadia.get(&format!("{}/text", place.split_once('?').unwrap().0)).await;
        assert!(text.text.contains("\u{201c}That's Ash in the window\u{201d}"), "{}", text.text);
        assert_eq!(
            count(&t, "SELECT CAST(count(*) AS bigint) FROM journal WHERE action = 'copy_entry'").await,
            1
        );
        let mut owen = t.signed_in(&town.owen).await;
        for path in [
            place.as_str(),
            &format!("/person/{}/timeline", town.josie),
            &format!("/record?about={}&draft={key}", town.josie),
        ] {
            let refused = owen.get(path).await;
            assert!(
                matches!(refused.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND),
                "{path}: {}",
                refused.status
            );
            assert!(!refused.text.contains("collage"));
        }
    })
    .await;
}

#[tokio::test]
async fn given_wrong_input_when_it_is_sent_then_each_thing_is_named_and_every_word_comes_back() {
    both(|t| async move {
        let town = town(&t).await;
        let mut nadia = t.signed_in(&town.nadia).await;
        let (key, _) = open(&mut nadia, &[town.josie, town.theo]).await;
        let mut fields = typed(&town, &key);
        for (name, value) in &mut fields {
            match name.as_str() {
                "time" => *value = "tea time".to_owned(),
                "happened-day" => *value = "31".to_owned(),
                name if name.starts_with("why-") => value.clear(),
                "statement-0-owner" => value.clear(),
                _ => {}
            }
        }
        let back = nadia.post("/record", &pairs(&fields)).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        let words = back.words();
        for sentence in [
            "there is no 31 November 2026",
            "must be a time such as 4.35 pm or 16:35, not \u{201c}tea time\u{201d}",
            "Say why you did not see Theo",
            "Say whose words these are",
        ] {
            assert!(words.contains(sentence), "{sentence}: {words}");
        }
        for typed in [
            "tea time",
            "value=\"31\"",
            "dog collage &lt;at&gt; the table",
            "Ash in the window",
            "Ask if Josie can phone Ash",
        ] {
            assert!(back.text.contains(typed), "{typed}");
        }
        assert_eq!(count(&t, ENTRIES).await, 0);
        let nobody = nadia.post("/record", &[("draft", &key), ("kind", "visit")]).await;
        assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nobody.words());
    })
    .await;
}

#[tokio::test]
async fn given_a_row_is_added_without_scripts_when_the_form_returns_then_words_and_files_are_still_there() {
    both(|t| async move {
        let town = town(&t).await;
        let mut nadia = t.signed_in(&town.nadia).await;
        let (key, _) = open(&mut nadia, &[town.josie, town.theo]).await;
        let mut fields = typed(&town, &key);
        fields.push(("add".to_owned(), "statement".to_owned()));
        let files: &[(&str, &str, &[u8])] =
            &[("files", "drawing.png", PICTURE), ("files", "IMG_1.HEIC", HEIC)];
        let refused = nadia.post_files("/record", &pairs(&fields), files).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.words());
        assert!(
            refused.words().contains("IMG_1.HEIC: This photo is in Apple's HEIC form"),
            "{}",
            refused.words()
        );
        assert!(refused.text.contains("statement-1-words"), "one more row");
        assert!(refused.text.contains("drawing.png") && refused.text.contains("Ash in the window"));
        assert_eq!(count(&t, ENTRIES).await, 0);
        // the picture waits with the draft: only whoever sent it sees it
        let href =
            refused.text.split("/attachment/").nth(1).unwrap().split(['"', '/']).next().unwrap().to_owned();
        let mut owen = t.signed_in(&town.owen).await;
        assert_eq!(nadia.get(&format!("/attachment/{href}/small")).await.status, StatusCode::OK);
        assert_eq!(owen.get(&format!("/attachment/{href}")).await.status, StatusCode::NOT_FOUND);
        let mut fields = typed(&town, &key);
        fields.push((format!("described-{href}"), "Josie's drawing".to_owned()));
        let filed = nadia.post("/record", &pairs(&fields)).await;
        let page = nadia.get(&filed.location.unwrap()).await;
        assert!(page.words().contains("Josie's drawing"), "{}", page.words());
        let filed =
            page.text.split("/attachment/").nth(1).unwrap().split(['"', '/']).next().unwrap().to_owned();
        let whole = nadia.get(&format!("/attachment/{filed}")).await;
        assert_eq!(whole.headers["content-type"], "image/png");
        assert_eq!(whole.headers["x-content-type-options"], "nosniff");
        assert_eq!(owen.get(&format!("/attachment/{filed}/small")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            count(&t, "SELECT CAST(count(*) AS bigint) FROM journal WHERE action = 'open_attachment'").await,
            1
        );
    })
    .await;
}

#[tokio::test]
async fn given_words_not_yet_filed_when_they_are_saved_then_only_their_writer_goes_on_with_them() {
    both(|t| async move {
        let town = town(&t).await;
        let mut nadia = t.signed_in(&town.nadia).await;
        let (key, _) = open(&mut nadia, &[town.josie, town.theo]).await;
        let place = format!("/record?about={}&about={}&draft={key}", town.josie, town.theo);
        let mut fields = typed(&town, &key);
        fields.push(("draft-page".to_owned(), place.clone()));
        assert_eq!(
            nadia.post("/drafts", &pairs(&fields)).await.location.as_deref(),
            Some("/drafts?done=saved")
        );
        let list = nadia.get("/drafts").await;
        assert!(list.words().contains("Visit about Josie, Theo"), "{}", list.words());
        let resumed = nadia.get(&place).await;
        assert!(resumed.text.contains("Ash in the window") && resumed.text.contains("4.35 pm"));
        let anew = open(&mut nadia, &[town.theo, town.josie]).await.1;
        assert!(anew.words().contains("You began something about the same people"), "{}", anew.words());
        let mut owen = t.signed_in(&town.owen).await;
        allocate(&t, &town.owen, town.josie).await;
        allocate(&t, &town.owen, town.theo).await;
        assert!(
            !owen.get(&place).await.text.contains("Ash in the window"),
            "another's draft is not opened by its key"
        );
        let mut stolen = fields.clone();
        stolen.retain(|(name, _)| name != "narrative");
        owen.post("/drafts", &pairs(&stolen)).await;
        assert!(nadia.get(&place).await.text.contains("dog collage"), "nor written over");
        nadia.get("/drafts").await;
        nadia.post(&format!("/drafts/{key}/discard"), &[]).await;
        assert!(nadia.get("/drafts").await.words().contains("Discarded in the last week"));
        nadia.post(&format!("/drafts/{key}/put-back"), &[]).await;
        assert!(nadia.get(&place).await.text.contains("dog collage"));
        assert_eq!(count(&t, ENTRIES).await, 0, "nothing is filed by saving");
    })
    .await;
}

#[tokio::test]
async fn given_two_who_correct_the_same_version_forty_times_then_no_text_is_lost_and_both_are_told() {
    both(|t| async move {
        let town = town(&t).await;
        for child in [town.josie, town.theo] {
            allocate(&t, &town.owen, child).await;
        }
        let first = file(
            &t,
            &town.nadia,
            visit(vec![about(town.josie, Some(Seen::Yes)), about(town.theo, Some(Seen::Yes))], "the first"),
        )
        .await
        .unwrap();
        let (mut nadia, mut owen) = (t.signed_in(&town.nadia).await, t.signed_in(&town.owen).await);
        let mut version = first.to_string();
        for round in 0..40 {
            let form = |who: &str| {
                let mut fields = typed(&town, &t.moment().id().to_string());
                fields.retain(|(name, _)| !name.starts_with("promise-"));
                for (name, value) in &mut fields {
                    if name == "narrative" {
                        *value = format!("text of {who} in round {round}");
                    }
                }
                fields.push(("corrects".to_owned(), version.clone()));
                fields.push(("correction".to_owned(), format!("why {who}")));
                fields
            };
            let (one, other) = (form("Nadia"), form("Owen"));
            let (one, other) = (pairs(&one), pairs(&other));
            let (one, other) = tokio::join!(nadia.post("/record", &one), owen.post("/record", &other));
            let (winner, later, loser) = match (one.status, other.status) {
                (StatusCode::SEE_OTHER, StatusCode::CONFLICT) => (one, other, "Owen"),
                (StatusCode::CONFLICT, StatusCode::SEE_OTHER) => (other, one, "Nadia"),
                statuses => panic!(
                    "one is filed and the other sees both: {statuses:?} {} {}",
                    one.words(),
                    other.words()
                ),
            };
            let winning = if loser == "Owen" { "Nadia" } else { "Owen" };
            let words = later.words();
            for who in ["Nadia", "Owen"] {
                assert!(
                    words.contains(&format!("text of {who} in round {round}")),
                    "the later sees both at once: {words}"
                );
            }
            let place = winner.location.unwrap();
            let browser = if winning == "Nadia" { &mut nadia } else { &mut owen };
            let page = browser.get(&place).await.words();
            assert!(page.contains(&format!("text of {winning} in round {round}")), "{page}");
            assert!(
                page.contains(&format!("text of {loser} in round {round}")),
                "the other stays readable beside it: {page}"
            );
            if round == 0 {
                assert!(
                    page.contains("A colleague was correcting the same entry as you"),
                    "the earlier is told on their next page: {page}"
                );
            }
            version = place.trim_start_matches("/entry/").split('?').next().unwrap().to_owned();
        }
        assert_eq!(
            count(&t, "SELECT CAST(count(*) AS bigint) FROM notice WHERE kind = 'other-text'").await,
            40
        );
        assert_eq!(count(&t, "SELECT CAST(count(*) AS bigint) FROM other_version").await, 40);
        assert_eq!(count(&t, ENTRIES).await, 41);
        assert_eq!(
            count(&t, "SELECT CAST(count(*) AS bigint) FROM entry WHERE superseded_at IS NULL").await,
            1
        );
    })
    .await;
}

#[tokio::test]
async fn given_a_promise_without_a_day_when_it_is_sent_then_it_is_asked_once_by_when() {
    both(|t| async move {
        let town = town(&t).await;
        let mut nadia = t.signed_in(&town.nadia).await;
        let (key, _) = open(&mut nadia, &[town.josie, town.theo]).await;
        let mut fields = typed(&town, &key);
        fields.retain(|(name, _)| !name.starts_with("promise-0-due"));
        let asked = nadia.post("/record", &pairs(&fields)).await;
        assert_eq!(asked.status, StatusCode::OK);
        let words = asked.words();
        assert!(words.contains("By when will this be done: Ask if Josie can phone Ash?"), "{words}");
        assert!(asked.text.contains("name=\"asked\" value=\"yes\""), "the next press files it");
        assert!(asked.text.contains("dog collage"), "every word comes back");
        assert_eq!(count(&t, ENTRIES).await, 0);
        fields.push(("asked".to_owned(), "yes".to_owned()));
        assert_eq!(nadia.post("/record", &pairs(&fields)).await.status, StatusCode::SEE_OTHER);
        assert_eq!(count(&t, ENTRIES).await, 1);
    })
    .await;
}

#[tokio::test]
async fn given_a_file_too_large_when_the_form_is_sent_then_it_says_so_and_no_word_and_no_other_file_is_lost()
{
    both(|t| async move {
        let town = town(&t).await;
        let mut nadia = t.signed_in(&town.nadia).await;
        let (key, _) = open(&mut nadia, &[town.josie, town.theo]).await;
        let large = vec![b'a'; 20 * 1024 * 1024 + 1];
        let files: &[(&str, &str, &[u8])] =
            &[("files", "kitchen.mov", large.as_slice()), ("files", "drawing.png", PICTURE)];
        let again = nadia.post_files("/record", &pairs(&typed(&town, &key)), files).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        let words = again.words();
        assert!(words.contains("kitchen.mov is larger than 20 MB, so it was not kept"), "{words}");
        assert!(again.text.contains("We made the dog collage") && again.text.contains("Ash in the window"));
        assert!(again.text.contains("drawing.png") && !again.text.contains("name=\"keep\" value=\"\""));
        assert_eq!(count(&t, ENTRIES).await, 0);
        // a form that could not show its words again takes nothing of a part
        let photo = format!("/person/{}/photo", town.josie);
        let refused =
            nadia.post_files(&photo, &[("seen", "")], &[("photo", "kitchen.mov", large.as_slice())]).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", refused.words());
    })
    .await;
}

#[tokio::test]
async fn given_an_entry_at_which_its_corrector_was_present_when_it_is_corrected_then_they_still_were() {
    both(|t| async move {
        let town = town(&t).await;
        let mut nadia = t.signed_in(&town.nadia).await;
        let mut entry = visit(vec![about(town.josie, None)], "We talked.");
        entry.workers = vec![town.nadia.id];
        let id = file(&t, &town.nadia, entry).await.unwrap();
        let sent_on = nadia.get(&format!("/entry/{id}/correct")).await;
        let sent_on = nadia.get(&sent_on.location.unwrap()).await;
        let page = nadia.get(&sent_on.location.unwrap()).await;
        let held = format!("name=\"worker\" value=\"{}\" checked", town.nadia.id);
        assert!(
            page.text.contains(&held),
            "{}",
            page.text.split("Who of them?").nth(1).unwrap_or(&page.text)
        );
    })
    .await;
}
