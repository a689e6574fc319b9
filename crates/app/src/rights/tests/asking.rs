//! Somebody asks for their record: its clock, what is left out, the second look, and what they get.

use super::*;
use crate::entry::{about, at, visit};
use app::clock;
use app::entry::{KeptFile, Recording, record};
use app::rights::asking::{
    LeaveOut, Receive, Step, collect, leave_out, receive, second_look, send, settle, step,
};
use app::sharing::{HoldBack, hold_back};
use axum::http::StatusCode;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::disclosure::{Asker, Ground};
use practice::entry::{Seen, StatementForm};
use practice::recording::{NewStatement, Someone};
use practice::sharing::{HoldDraft, What};
use std::io::Read;
use testkit::both;

async fn asked(t: &TestApp, by: &Worker, person: PersonId, known: bool) -> Uuid {
    let command =
        Receive { by: Some(Asker::Themselves), on: Some(date(2026, 11, 2)), known, ..Receive::default() };
    act(t, async |tx, moment| receive(tx, &by.who, moment, (person, command)).await).await.unwrap()
}

/// When the request is due, if its clock runs.
async fn due(t: &TestApp, person: PersonId) -> Option<String> {
    let mut conn = t.app.db.read().await.unwrap();
    let all = clock::running_of(&mut conn, person, date(2026, 11, 21)).await.unwrap();
    all.into_iter().find(|kept| kept.clock.rule.as_str() == "IR-01").map(|kept| kept.clock.due.to_string())
}

#[tokio::test]
async fn given_a_request_then_its_clock_runs_from_when_they_are_known_stands_still_and_is_put_off_in_time() {
    both(|t| async move {
        let c = council(&t).await;
        let ash = somebody(&t, ("Ash", "Reed"), date(2008, 5, 4)).await;
        let id = asked(&t, &c.dora, ash, false).await;
        assert_eq!(due(&t, ash).await, None, "nobody knows yet who asks");
        let take = async |taken: Step| {
            act(&t, async |tx, moment| step(tx, &c.dora.who, moment, ((ash, id), taken)).await).await
        };
        take(Step::Known(date(2026, 11, 9))).await.unwrap();
        assert_eq!(due(&t, ash).await.as_deref(), Some("2026-12-09"));
        take(Step::AskedBack(date(2026, 11, 10), "Which years?".to_owned())).await.unwrap();
        take(Step::Answered(date(2026, 11, 15))).await.unwrap();
        assert_eq!(due(&t, ash).await.as_deref(), Some("2026-12-14"), "five days waited");
        t.set_now("2026-12-20T10:00:00Z");
        let late = take(Step::PutOff(date(2026, 12, 20), "It is complex".to_owned())).await;
        assert!(sentence(late).contains("within the first month"));
        take(Step::PutOff(date(2026, 12, 1), "It is complex".to_owned())).await.unwrap();
        assert_eq!(
            due(&t, ash).await.as_deref(),
            Some("2027-02-15"),
            "three months, the wait, a working day"
        );
        assert!(
            sentence(take(Step::Given(date(2026, 12, 20))).await)
                .contains("Somebody else must look at it first")
        );
        take(Step::Refused(date(2026, 12, 20), "Asked before, nothing new".to_owned())).await.unwrap();
        assert_eq!(due(&t, ash).await, None);
        assert!(sentence(take(Step::Known(date(2026, 12, 20))).await).contains("is answered"));
        t.facts_hold("record_request").await;
    })
    .await;
}

/// A child with a mother, an entry with the mother's words and a photo.
async fn family(t: &TestApp, c: &Council) -> PersonId {
    let ash = somebody(t, ("Ash", "Reed"), date(2008, 5, 4)).await;
    let mum = somebody(t, ("Maud", "Reed"), date(1980, 5, 4)).await;
    for person in [ash, mum] {
        t.allocate(person, &c.nadia, AllocationKind::Responsible).await;
    }
    let mut entry =
        visit(vec![about(ash, Some(Seen::Alone))], "Ash drew a boat. Uncle Pim drinks too much. Then tea.");
    entry.happened_at = at("2026-11-01T10:00:00Z");
    entry.title = Some("Talk about Uncle Pim".to_owned());
    for (who, words) in [(mum, "I hit Pim with a ladle."), (ash, "I like boats.")] {
        entry.statements.push(NewStatement {
            owner: Someone::Person(who),
            form: StatementForm::Said,
            words: words.to_owned(),
            original_language: None,
        });
    }
    let mut files = vec![];
    for (bytes, name) in [(&b"the boat itself"[..], "boat.png"), (&b"pim on a bench"[..], "pim.png")] {
        let kept = t.app.files.keep(bytes).unwrap();
        files.push(KeptFile {
            hash: kept.hash,
            size: kept.size,
            kind: files::Kind::Png,
            name: name.to_owned(),
            picture: None,
            described: None,
        });
    }
    let recording = Recording { files, ..Recording::of(entry) };
    act(t, async |tx, moment| record(tx, &c.nadia.who, moment, &recording).await).await.unwrap();
    ash
}

#[derive(db::FromRow)]
struct ItemRow {
    id: Uuid,
    words: String,
}

async fn items(t: &TestApp, request: Uuid) -> Vec<ItemRow> {
    let sql = "SELECT id, words FROM record_item WHERE request_id = $1 ORDER BY position";
    t.app.db.read().await.unwrap().all(sql, db::args![request]).await.unwrap()
}

fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = vec![];
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).unwrap();
        let mut bytes = vec![];
        file.read_to_end(&mut bytes).unwrap();
        all.push((file.name().unwrap().into_owned(), bytes));
    }
    all
}

#[tokio::test]
async fn given_a_record_collected_when_words_are_left_out_then_another_looks_and_no_file_holds_them() {
    both(|t| async move {
        let c = council(&t).await;
        let ash = family(&t, &c).await;
        let id = asked(&t, &c.nadia, ash, true).await;
        let which = (ash, id);
        act(&t, async |tx, moment| collect(tx, &c.nadia.who, moment, which).await).await.unwrap();
        let all = items(&t, id).await;
        for words in ["Given: Ash", "4 May 2008", "Ash drew a boat", "boat.png"] {
            assert!(all.iter().any(|one| one.words.contains(words)), "{words} was not collected");
        }
        let one = all.iter().find(|one| one.words.contains("drew a boat")).unwrap();
        let pim = all.iter().find(|one| one.words == "pim.png").unwrap();
        let early = act(&t, async |tx, moment| send(tx, &c.nadia.who, moment, which).await).await;
        assert!(sentence(early).contains("Decide first"), "the mother's words are only proposed");
        let proposed: (Uuid,) = t
            .app
            .db
            .read()
            .await
            .unwrap()
            .one("SELECT id FROM left_out WHERE item_id = $1 AND decided_by IS NULL", db::args![one.id])
            .await
            .unwrap();
        act(&t, async |tx, moment| settle(tx, &c.nadia.who, moment, (which, proposed.0, true)).await)
            .await
            .unwrap();
        let out = |item, words: &str, whole| LeaveOut {
            item,
            words: words.to_owned(),
            whole,
            ground: Some(Ground::ThirdParty),
            reason: "It is about his uncle".to_owned(),
        };
        let leave = async |command: LeaveOut| {
            act(&t, async |tx, moment| leave_out(tx, &c.nadia.who, moment, (which, command)).await).await
        };
        assert!(sentence(leave(out(one.id, "Uncle Bob", false)).await).contains("do not stand in it"));
        assert_eq!(
            leave(out(one.id, "Uncle Pim", false)).await.unwrap(),
            2,
            "in the title's line and in the text"
        );
        leave(out(one.id, "drinks too much", false)).await.unwrap();
        assert!(sentence(leave(out(one.id, "Pim drinks", false)).await).contains("left out already"));
        leave(out(pim.id, "", true)).await.unwrap();
        act(&t, async |tx, moment| send(tx, &c.nadia.who, moment, which).await).await.unwrap();
        let looks = async |by: &Worker, agrees| {
            act(&t, async |tx, moment| second_look(tx, &by.who, moment, (which, agrees, "")).await).await
        };
        assert!(sentence(looks(&c.nadia, true).await).contains("who decided nothing of it"));
        assert!(sentence(looks(&c.hana, false).await).contains("Say what should be looked at again"));
        let mut hana = t.signed_in(&c.hana).await;
        let here = format!("/person/{ash}/rights/{id}");
        assert_eq!(hana.get(&format!("{here}/out")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let preview = hana.get(&format!("{here}/preview")).await;
        assert!(preview.words().contains("it is about somebody else"), "{}", preview.words());
        assert!(!preview.text.contains("Pim") && !preview.text.contains("ladle"), "{}", preview.words());
        assert!(hana.get("/today").await.words().contains("Ash Reed"));
        looks(&c.hana, true).await.unwrap();
        let answer = hana.get(&format!("{here}/out")).await;
        let files = unzipped(&answer.bytes);
        for (name, bytes) in &files {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            for word in ["pim", "drinks", "ladle", "bench"] {
                assert!(!text.contains(word) && !name.contains(word), "{word} is in {name}");
            }
        }
        let page = String::from_utf8_lossy(&files[0].1).into_owned();
        for words in
            ["Ash drew a boat.", "Then tea.", "I like boats.", "Information Commissioner", "advocate"]
        {
            assert!(page.contains(words), "{words} is not in the page");
        }
        let pdf = files.iter().find(|(name, _)| name == "Your record.pdf").expect("the same as PDF");
        let pdf = String::from_utf8_lossy(&pdf.1);
        for words in [
            "The record of Ash",
            "Ash drew a boat.",
            "Talk about [left out: it is about somebody else]",
            "files/",
        ] {
            assert!(pdf.contains(words), "{words} is not in {pdf}");
        }
        assert!(files.iter().any(|(_, bytes)| bytes == b"the boat itself"), "the photo as it came");
        leave(out(one.id, "Then tea.", false)).await.unwrap();
        assert_eq!(
            hana.get(&format!("{here}/out")).await.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "it changed since"
        );
        for table in ["record_item", "left_out", "second_look"] {
            t.facts_hold(table).await;
        }
    })
    .await;
}

#[tokio::test]
async fn given_pages_of_a_request_then_they_open_for_those_who_answer_and_the_list_for_the_child_speaks_plainly()
 {
    both(|t| async move {
        let c = council(&t).await;
        let ash = family(&t, &c).await;
        let mut nadia = t.signed_in(&c.nadia).await;
        let here = format!("/person/{ash}/rights");
        let wrong = nadia.post(&here, &[("by", "parent")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.words().contains("Say who asks for them"), "{}", wrong.words());
        let fields = [
            ("by", "themselves"),
            ("on-day", "2"),
            ("on-month", "11"),
            ("on-year", "2026"),
            ("known", "yes"),
        ];
        let one = nadia.post(&here, &fields).await.location.unwrap();
        assert!(nadia.get(&one).await.words().contains("To be answered by"));
        nadia.post(&one, &[("doing", "collect")]).await;
        nadia.post(&one, &[("doing", "spend"), ("minutes", "95")]).await;
        let page = nadia.get(&one).await;
        assert!(
            page.words().contains("1 h 35 min") && page.words().contains("proposed to be left out"),
            "{}",
            page.words()
        );
        let item = page.text.split("/item/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_eq!(nadia.get(&format!("{one}/item/{item}")).await.status, StatusCode::OK);
        let stranger = t.worker("Sol Gray", Role::SocialWorker, c.nadia.team).await;
        assert_eq!(t.signed_in(&stranger).await.get(&one).await.status, StatusCode::FORBIDDEN);
        let other = somebody(&t, ("Bo", "Vale"), date(2008, 5, 4)).await;
        let mut dora = t.signed_in(&c.dora).await;
        let foreign = one.replace(&ash.to_string(), &other.to_string());
        assert_eq!(dora.get(&foreign).await.status, StatusCode::NOT_FOUND, "a request is its own person's");
        nadia.get(&format!("/person/{ash}")).await;
        nadia.get(&format!("/person/{ash}")).await;
        t.glass(ash, &stranger).await;
        t.signed_in(&stranger).await.get(&format!("/person/{ash}")).await;
        let list = nadia.get(&format!("/person/{ash}/who-has-read")).await;
        assert!(
            list.words().contains("Sol does not work with you, and had to say why they looked"),
            "{}",
            list.words()
        );
        assert!(!list.words().contains("was not written down"), "{}", list.words());
        assert!(list.words().contains("Nadia read about you"), "{}", list.words());
        assert!(list.words().contains("Nadia answers for the help you get"), "{}", list.words());
        assert!(!list.words().contains("Farrow read"), "{}", list.words());
        assert!(
            !list.words().contains("looks after all the records"),
            "she reads it as their worker: {}",
            list.words()
        );
        assert!(list.words().contains("Sol asked for your record"), "{}", list.words());
        t.facts_hold("time_spent").await;
    })
    .await;
}

#[tokio::test]
async fn given_an_entry_held_back_from_them_then_all_of_it_its_heading_and_its_files_are_proposed_to_be_left_out()
 {
    both(|t| async move {
        let c = council(&t).await;
        let ash = family(&t, &c).await;
        let sql = "SELECT id FROM entry";
        let entry: (Uuid,) = t.app.db.read().await.unwrap().one(sql, db::args![]).await.unwrap();
        let draft = HoldDraft {
            field: "hold".to_owned(),
            what: What::Account,
            everybody: true,
            people: vec![],
            ground: "other".to_owned(),
            why: "Not before the review".to_owned(),
            review_on: None,
            unread: false,
        };
        let hold = HoldBack { entry: entry.0.into(), draft };
        act(&t, async |tx, moment| hold_back(tx, &c.nadia.who, moment, hold).await).await.unwrap();
        let which = (ash, asked(&t, &c.nadia, ash, true).await);
        act(&t, async |tx, moment| collect(tx, &c.nadia.who, moment, which).await).await.unwrap();
        // as many decisions as there are reasons: the mother's words, what stands before and after them, two files
        let sql = "SELECT id FROM left_out WHERE request_id = $1 AND superseded_at IS NULL";
        let spans: Vec<(Uuid,)> = t.app.db.read().await.unwrap().all(sql, db::args![which.1]).await.unwrap();
        assert_eq!(spans.len(), 5);
        for (span,) in spans {
            act(&t, async |tx, moment| settle(tx, &c.nadia.who, moment, (which, span, true)).await)
                .await
                .unwrap();
        }
        let mut nadia = t.signed_in(&c.nadia).await;
        let page = nadia.get(&format!("/person/{ash}/rights/{}/preview", which.1)).await.words();
        assert!(page.contains("Given: Ash"), "{page}");
        for words in ["drew a boat", "with a ladle", "boat.png", "Uncle Pim", "Not before the review"] {
            assert!(!page.contains(words), "{words}: {page}");
        }
    })
    .await;
}
