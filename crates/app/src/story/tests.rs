//! The story so far: who may not write or read it, two who write at once, each voice in its own place, reading it and
//! saying so before taking responsibility, and not asking what was told already.

use crate::entry::{about, file, visit};
use app::allocation::{Allocate, allocate};
use app::person::actions::{Bond, Relate, relate};
use app::story::{Retell, Tell, read_story, retell, tell};
use app::told::{self, By};
use app::{Oops, Result, Who};
use axum::http::StatusCode;
use db::args;
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::entry::Seen;
use practice::id::{EntryId, PersonId};
use practice::person::AccessLevel;
use practice::recording::Audience;
use practice::relationship::RelationshipKind;
use practice::role::Role;
use practice::story::{ReadState, StoryPart, ToldHow};
use testkit::{TestApp, Worker, both};
use uuid::Uuid;

const TODAY: Date = date(2026, 11, 21);

struct Town {
    manager: Worker,
    nadia: Worker,
    owen: Worker,
    josie: PersonId,
    leanne: PersonId,
}

/// Nadia works with Josie, Owen works in the same team, Leanne is Josie's mother.
async fn town(t: &TestApp) -> Town {
    let team = t.team("Riverside", None).await;
    let manager = t.worker("Helen Boateng", Role::TeamManager, team).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
    let josie = t.person("Josie Hart", date(2017, 3, 14)).await;
    let leanne = t.person("Leanne Hart", date(1992, 6, 9)).await;
    t.allocate(josie, &nadia, AllocationKind::Responsible).await;
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let mut bond = Bond::of(RelationshipKind::Parent);
    bond.they_hold = true;
    relate(&mut tx, &Who::program("test"), &mut moment, Relate { person: josie, other: leanne, bond })
        .await
        .unwrap();
    tx.commit().await.unwrap();
    Town { manager, nadia, owen, josie, leanne }
}

fn says(person: PersonId, part: StoryPart, words: &str) -> Tell {
    Tell {
        person,
        part,
        from: None,
        by: Some(By::Themselves),
        how: ToldHow::ToldTo,
        shared: false,
        words: words.to_owned(),
        rests_on: vec![],
        told_on: TODAY,
    }
}

async fn told_by(t: &TestApp, worker: &Worker, command: Tell) -> Result<Uuid> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let id = tell(&mut tx, &worker.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(id)
}

async fn read_by(t: &TestApp, worker: &Worker, person: PersonId, seen: &[Uuid]) -> Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    read_story(&mut tx, &worker.who, &mut moment, (person, seen)).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn story(t: &TestApp, person: PersonId) -> told::Story {
    told::story(&mut t.app.db.read().await.unwrap(), person, None).await.unwrap()
}

fn field(said: &Oops) -> Option<&str> {
    match said {
        Oops::Wrong(fields) => fields.first().map(|one| one.0.as_str()),
        _ => None,
    }
}

#[tokio::test]
async fn who_does_not_work_with_somebody_neither_writes_nor_reads_their_story() {
    both(|t| async move {
        let town = town(&t).await;
        let part = StoryPart::WhatHelps;
        let refused = told_by(&t, &town.owen, says(town.josie, part, "Toast")).await.unwrap_err();
        assert!(matches!(refused, Oops::NotAllowed(_)), "{refused}");
        let id = told_by(&t, &town.nadia, says(town.josie, part, "Toast")).await.unwrap();
        let refused = read_by(&t, &town.owen, town.josie, &[id]).await.unwrap_err();
        assert!(matches!(refused, Oops::NotAllowed(_)), "{refused}");
        let mut owen = t.signed_in(&town.owen).await;
        for path in ["story", "story/tell?part=what-helps", "story/again"] {
            assert_eq!(owen.get(&format!("/person/{}/{path}", town.josie)).await.status, 403, "{path}");
        }
        t.level(town.josie, AccessLevel::Restricted).await;
        let hidden = told_by(&t, &town.nadia, says(town.josie, part, "More")).await.unwrap_err();
        assert!(matches!(hidden, Oops::NotFound), "hidden and absent answer alike");
        assert_eq!(
            t.signed_in(&town.nadia).await.get(&format!("/person/{}/story", town.josie)).await.status,
            404
        );
        assert_eq!(story(&t, town.josie).await.tellings.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_right_yet_is_named_and_nothing_is_kept() {
    both(|t| async move {
        let town = town(&t).await;
        let good = says(town.josie, StoryPart::WhoIAm, "I am Josie.");
        let hidden = t.person("Sam Adeyemi", date(1990, 1, 1)).await;
        t.level(hidden, AccessLevel::Sealed).await;
        let elsewhere = t.person("Kim Other", date(2015, 1, 1)).await;
        t.allocate(elsewhere, &town.owen, AllocationKind::Responsible).await;
        let kept_back =
            file(&t, &town.owen, visit(vec![about(elsewhere, Some(Seen::Yes))], "x")).await.unwrap();
        for (wrong, command) in [
            ("words", Tell { words: " \n".to_owned(), ..good.clone() }),
            ("words", Tell { words: "x".repeat(20_001), ..good.clone() }),
            ("told", Tell { told_on: date(2026, 11, 22), ..good.clone() }),
            ("by", Tell { by: None, ..good.clone() }),
            ("by", Tell { by: Some(By::Person(hidden)), ..good.clone() }),
            ("entry", Tell { by: None, how: ToldHow::FromEntries, ..good.clone() }),
            ("entry", Tell { rests_on: vec![kept_back], ..good.clone() }),
            ("entry", Tell { rests_on: vec![EntryId(Uuid::from_u128(4))], ..good.clone() }),
        ] {
            let said = told_by(&t, &town.nadia, command).await.unwrap_err();
            assert_eq!(field(&said), Some(wrong), "{said}");
        }
        assert!(story(&t, town.josie).await.tellings.is_empty());
        let nothing = read_by(&t, &town.nadia, town.josie, &[Uuid::from_u128(9)]).await.unwrap_err();
        assert!(matches!(nothing, Oops::Refused(_)), "nobody has read what is not there");
    })
    .await;
}

#[tokio::test]
async fn two_who_write_at_once_lose_nothing_and_both_are_told() {
    both(|t| async move {
        let town = town(&t).await;
        t.allocate(town.josie, &town.owen, AllocationKind::Helping).await;
        let first = told_by(&t, &town.nadia, says(town.josie, StoryPart::WhatHelps, "Toast")).await.unwrap();
        let (mut nadia, mut owen) = (t.signed_in(&town.nadia).await, t.signed_in(&town.owen).await);
        let path = format!("/person/{}/story/tell", town.josie);
        let from = first.to_string();
        let form = |words: &'static str, from: String| {
            vec![
                ("part", "what-helps".to_owned()),
                ("from", from),
                ("by", "self".to_owned()),
                ("how", "told-to".to_owned()),
                ("words", words.to_owned()),
                ("told-day", "21".to_owned()),
                ("told-month", "11".to_owned()),
                ("told-year", "2026".to_owned()),
            ]
        };
        let fields = form("Toast, and Mum humming", from.clone());
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(nadia.post(&path, &pairs).await.status, 303);
        let fields = form("Toast and the dog", from);
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let both_texts = owen.post(&path, &pairs).await;
        assert_eq!(both_texts.status, StatusCode::UNPROCESSABLE_ENTITY);
        let words = both_texts.words();
        assert!(words.contains("Nadia Farrow saved this while you were writing"), "{words}");
        assert!(words.contains("Toast, and Mum humming"), "{words}");
        assert!(both_texts.text.contains("Toast and the dog</textarea>"), "{}", both_texts.text);
        let newer = story(&t, town.josie).await.tellings[0].id;
        assert!(both_texts.text.contains(&newer.to_string()), "saving again begins from the newer one");
        let told = nadia.get("/today").await.words();
        assert!(told.contains("A colleague was writing the same words"), "{told}");
        let page = nadia.get(&format!("/person/{}/story", town.josie)).await.words();
        assert!(
            page.contains("Owen Pike wrote this at the same time as you")
                && page.contains("Toast and the dog"),
            "{page}"
        );
        // the second puts the two together: one telling, three versions, and nothing waits beside it
        let fields = form("Toast, the dog, and Mum humming", newer.to_string());
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(owen.post(&path, &pairs).await.status, 303);
        let all = story(&t, town.josie).await;
        assert_eq!(
            (all.tellings.len(), all.tellings[0].words.as_str()),
            (1, "Toast, the dog, and Mum humming")
        );
        let page = nadia.get(&format!("/person/{}/story", town.josie)).await.words();
        assert!(!page.contains("wrote this at the same time"), "{page}");
        let versions = "SELECT CAST(count(*) AS bigint) FROM story_telling";
        assert_eq!(t.app.db.read().await.unwrap().number(versions, args![]).await.unwrap(), 3);
        t.facts_hold("story_telling").await;
    })
    .await;
}

#[tokio::test]
async fn each_voice_has_its_own_place_and_somebody_hidden_is_not_heard() {
    both(|t| async move {
        let town = town(&t).await;
        let part = StoryPart::WhatHasHappened;
        told_by(&t, &town.nadia, says(town.josie, part, "Mum was poorly and I made the toast."))
            .await
            .unwrap();
        let mum = Tell { by: Some(By::Person(town.leanne)), ..says(town.josie, part, "I was drinking.") };
        told_by(&t, &town.nadia, mum).await.unwrap();
        let secret = file(&t, &town.nadia, {
            let mut entry = visit(vec![about(town.josie, Some(Seen::Alone))], "kept");
            entry.audience = Audience::Named { workers: vec![], people: vec![town.josie] };
            entry
        })
        .await
        .unwrap();
        let put = Tell {
            by: None,
            how: ToldHow::FromEntries,
            rests_on: vec![secret],
            ..says(town.josie, part, "Josie moved school twice.")
        };
        told_by(&t, &town.nadia, put).await.unwrap();
        // the same voice twice in one part is a newer version, and must say from which it began
        let again = told_by(&t, &town.nadia, says(town.josie, part, "Again")).await.unwrap_err();
        assert!(matches!(again, Oops::Stale), "{again}");
        let of_mum = story(&t, town.josie).await.part(part)[1].id;
        let taken_over = Tell { from: Some(of_mum), ..says(town.josie, part, "Mine now") };
        let refused = told_by(&t, &town.nadia, taken_over).await.unwrap_err();
        assert!(
            matches!(&refused, Oops::Refused(words) if words.contains("One voice stays one voice")),
            "{refused}"
        );
        let page = t.signed_in(&town.nadia).await.get(&format!("/person/{}/story", town.josie)).await.words();
        for words in [
            "Josie as Nadia Farrow wrote it down, told today",
            "Leanne as Nadia Farrow wrote it down",
            "Nadia Farrow put this together from what is recorded",
            "Not told yet.",
        ] {
            assert!(page.contains(words), "{words}\n{page}");
        }
        t.allocate(town.josie, &town.owen, AllocationKind::Helping).await;
        let path = format!("/person/{}/story", town.josie);
        let page = t.signed_in(&town.owen).await.get(&path).await.words();
        assert!(page.contains("1 more that you may not read") || page.contains("Rests on 1 more"), "{page}");
        t.level(town.leanne, AccessLevel::Sealed).await;
        let page = t.signed_in(&town.nadia).await.get(&path).await.words();
        assert!(!page.contains("I was drinking") && !page.contains("Leanne"), "{page}");
        assert!(page.contains("I made the toast"), "{page}");
        let payload = "SELECT payload FROM journal WHERE action = 'tell_story'";
        let rows: Vec<(String,)> = t.app.db.read().await.unwrap().all(payload, args![]).await.unwrap();
        assert!(rows.iter().all(|row| !row.0.contains("toast") && !row.0.contains("drinking")));
    })
    .await;
}

#[tokio::test]
async fn reading_it_and_saying_so_comes_before_responsibility() {
    both(|t| async move {
        let town = town(&t).await;
        let id = told_by(&t, &town.nadia, says(town.josie, StoryPart::WhoIAm, "I like dogs.")).await.unwrap();
        t.episode(town.josie, practice::episode::EpisodeKind::ChildProtection, town.nadia.team).await;
        let give = |worker: &Worker| Allocate {
            person: town.josie,
            worker: worker.id,
            part: AllocationKind::Responsible,
            from: TODAY,
            to: None,
            reason: None,
        };
        // a manager who would take responsibility themselves reads first
        let senior = &town.manager;
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let refused = allocate(&mut tx, &senior.who, &mut moment, give(senior)).await.unwrap_err();
        assert!(
            matches!(&refused, Oops::Refused(words) if words.contains("Read the story so far")),
            "{refused}"
        );
        tx.give_up().await.unwrap();
        read_by(&t, senior, town.josie, &[id]).await.unwrap();
        let mut tx = t.app.db.write().await.unwrap();
        allocate(&mut tx, &senior.who, &mut t.moment(), give(senior)).await.unwrap();
        tx.give_up().await.unwrap();
        // a manager gives it to somebody else: not held up, and said plainly
        let mut manager = t.signed_in(&town.manager).await;
        let worker = town.owen.id.to_string();
        let mut fields = vec![
            ("part", "responsible"),
            ("worker", worker.as_str()),
            ("from-day", "21"),
            ("from-month", "11"),
            ("from-year", "2026"),
        ];
        let path = format!("/person/{}/helpers/allocate", town.josie);
        let check = manager.post(&path, &fields).await.words();
        assert!(check.contains("Owen Pike has not read Josie's story so far yet."), "{check}");
        fields.push(("press", "save"));
        assert_eq!(manager.post(&path, &fields).await.status, 303);
        let page = manager.get(&format!("/person/{}", town.josie)).await.words();
        assert!(page.contains("Owen Pike has not read their story yet."), "{page}");
        let mut owen = t.signed_in(&town.owen).await;
        let today = owen.get("/today").await.words();
        assert!(today.contains("Read Josie’s story before you meet."), "{today}");
        let story_page = owen.get(&format!("/person/{}/story", town.josie)).await;
        assert!(story_page.words().contains("I have read Josie’s story"), "{}", story_page.words());
        let held = id.to_string();
        let said = owen.post(&format!("/person/{}/story/read", town.josie), &[("held", held.as_str())]).await;
        assert_eq!(said.status, 303);
        assert!(!owen.get("/today").await.words().contains("before you meet"));
        let page = owen.get(&format!("/person/{}", town.josie)).await.words();
        assert!(page.contains("Owen Pike has read it, 21 November"), "{page}");
        // what is told later is new to him, and counted
        t.set_now("2026-11-23T10:00:00Z");
        told_by(&t, &town.manager, says(town.josie, StoryPart::WhatHelps, "Drawing.")).await.unwrap();
        assert_eq!(
            story(&t, town.josie).await.state(town.owen.id),
            ReadState::NewSince { on: TODAY, new: 1 }
        );
        let today = t.signed_in(&town.owen).await.get("/today").await.words();
        assert!(today.contains("1 part of Josie’s story is new to you."), "{today}");
        t.facts_hold("story_read").await;
    })
    .await;
}

#[tokio::test]
async fn whoever_stands_in_reads_the_story_before_the_door() {
    both(|t| async move {
        let town = town(&t).await;
        told_by(&t, &town.nadia, says(town.josie, StoryPart::WhoIAm, "I am quiet first.")).await.unwrap();
        let today = t.signed_in(&town.owen).await.get("/today").await.words();
        assert!(!today.contains("before you meet"), "{today}");
        t.away(&town.nadia, &town.owen).await;
        let mut owen = t.signed_in(&town.owen).await;
        let today = owen.get("/today").await.words();
        assert!(today.contains("Read Josie’s story before you meet."), "{today}");
        let held = story(&t, town.josie).await.tellings[0].id.to_string();
        let read = format!("/person/{}/story/read", town.josie);
        assert_eq!(owen.post(&read, &[("held", held.as_str())]).await.status, 303);
        assert!(!owen.get("/today").await.words().contains("before you meet"));
    })
    .await;
}

#[tokio::test]
async fn what_was_told_is_found_before_it_is_asked_and_tellings_again_are_counted() {
    both(|t| async move {
        let town = town(&t).await;
        told_by(&t, &town.nadia, says(town.josie, StoryPart::WhatHelps, "I sleep when Nan stays."))
            .await
            .unwrap();
        let entry = file(
            &t,
            &town.nadia,
            visit(vec![about(town.josie, Some(Seen::Alone))], "She sleeps at Nan's on Sundays."),
        )
        .await
        .unwrap();
        let mut nadia = t.signed_in(&town.nadia).await;
        let base = format!("/person/{}/story", town.josie);
        let found = nadia.get(&format!("{base}?ask=How+is+she+sleeping%3F")).await.words();
        for words in [
            "You have told us this",
            "I sleep when Nan stays.",
            "And in what is recorded",
            "Nadia saw Josie alone",
        ] {
            assert!(found.contains(words), "{words}\n{found}");
        }
        assert!(
            nadia.get(&format!("{base}?ask=football")).await.words().contains("Nothing of this is told yet")
        );
        assert!(nadia.get(&format!("{base}?ask=how+are+you")).await.words().contains("Say a little more"));
        let empty = nadia.post(&format!("{base}/again"), &[]).await;
        assert_eq!(empty.status, 422);
        assert!(empty.words().contains("Say why they had to"));
        let bad = retell(
            &mut t.app.db.write().await.unwrap(),
            &town.nadia.who,
            &mut t.moment(),
            Retell {
                person: town.josie,
                what: "x".into(),
                why: "y".into(),
                on: date(2026, 11, 22),
                entry: None,
            },
        )
        .await
        .unwrap_err();
        assert_eq!(field(&bad), Some("on"));
        let held = entry.to_string();
        let fields = [
            ("what", "Why she moved school"),
            ("why", "The new school asked"),
            ("on-day", "4"),
            ("on-month", "3"),
            ("on-year", "2026"),
            ("entry", held.as_str()),
        ];
        assert_eq!(nadia.post(&format!("{base}/again"), &fields).await.status, 303);
        let page = nadia.get(&base).await.words();
        assert!(page.contains("Josie had to tell things again once since March."), "{page}");
        assert!(page.contains("Why she moved school"), "{page}");
        t.facts_hold("retelling").await;
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_kept_while_it_is_written_and_the_past_shows_what_was_told_then() {
    both(|t| async move {
        let town = town(&t).await;
        t.set_now("2026-05-02T10:00:00Z");
        let old = Tell { told_on: date(2026, 5, 2), ..says(town.josie, StoryPart::WhatIWant, "To see Ash.") };
        let from = told_by(&t, &town.nadia, old).await.unwrap();
        t.set_now("2026-11-21T10:00:00Z");
        let mut nadia = t.signed_in(&town.nadia).await;
        let base = format!("/person/{}/story", town.josie);
        let gently = nadia.get(&base).await.words();
        assert!(gently.contains("told 6 months ago") && gently.contains("Has anything changed?"), "{gently}");
        let first = nadia.get(&format!("{base}/tell?part=what-i-want&from={from}")).await;
        let place = first.location.unwrap();
        let form = nadia.get(&place).await;
        assert!(form.text.contains("data-draft=") && form.text.contains("To see Ash.</textarea>"));
        let key = place.split("draft=").nth(1).unwrap().to_owned();
        let (person, from) = (town.josie.to_string(), from.to_string());
        let fields = [
            ("draft", key.as_str()),
            ("draft-page", place.as_str()),
            ("about", person.as_str()),
            ("part", "what-i-want"),
            ("from", from.as_str()),
            ("words", "To see Ash every week."),
        ];
        nadia.post("/drafts", &fields).await;
        let drafts = nadia.get("/drafts").await.words();
        assert!(drafts.contains("What I want, in the story of Josie"), "{drafts}");
        assert!(nadia.get(&place).await.text.contains("To see Ash every week.</textarea>"));
        let now = Tell {
            from: Some(from.parse().unwrap()),
            ..says(town.josie, StoryPart::WhatIWant, "To see Ash every week.")
        };
        told_by(&t, &town.nadia, now).await.unwrap();
        let then = nadia.get(&format!("{base}?on-day=1&on-month=6&on-year=2026")).await.words();
        assert!(then.contains("known at the end of 1 June 2026") && then.contains("To see Ash."), "{then}");
        assert!(!then.contains("every week"), "{then}");
        let wrong = nadia.get(&format!("{base}?on-day=31&on-month=6&on-year=2026")).await;
        assert_eq!(wrong.status, 422);
    })
    .await;
}
