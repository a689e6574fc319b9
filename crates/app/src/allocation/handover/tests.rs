//! Hand-overs: what is refused first; who answers at every step; what the one who is asked reads; a worker who leaves.

use app::allocation::handover::{
    Doing, Offer, Say, continuity_of, go_on, handovers, notes, offer, say, under_way, who_answers,
};
use app::allocation::{Allocate, allocate, helpers};
use app::story::{Tell, read_story, tell};
use app::told::{self, By};
use app::worker;
use app::{Oops, Result};
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::continuity::Cause;
use practice::episode::EpisodeKind;
use practice::handover::{Answers, CouldStay, Moment as Kind, ReturnReason, State, Step};
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::role::Role;
use practice::story::{StoryPart, ToldHow};
use std::time::{Duration, Instant};
use testkit::{Browser, TestApp, Worker, both};

const CHILD: Date = date(2017, 5, 4);
const TODAY: Date = date(2026, 11, 21);

struct Team {
    helen: Worker,
    nadia: Worker,
    callum: Worker,
    child: PersonId,
}

/// A manager, a child whom Callum answers for, and Nadia, who is asked.
async fn a_team(t: &TestApp) -> Team {
    let team = t.team("Riverside", None).await;
    let helen = t.worker("Helen Boateng", Role::TeamManager, team).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let callum = t.worker("Callum Idris", Role::SocialWorker, team).await;
    let child = t.person("Eddie Slade", CHILD).await;
    t.episode(child, EpisodeKind::ChildInNeed, team).await;
    t.allocate(child, &callum, AllocationKind::Responsible).await;
    Team { helen, nadia, callum, child }
}

fn an_offer(person: PersonId, to: &Worker) -> Offer {
    Offer {
        person,
        to: to.id,
        cause: Cause::Reallocation,
        why: "I start in the fostering team in January.".to_owned(),
        could_stay: CouldStay::Partly,
        could_stay_words: "One day a week until Easter.".to_owned(),
        leaves_on: None,
        said: vec![("unknown".to_owned(), "Where his dad lives".to_owned())],
    }
}

async fn offers(t: &TestApp, by: &Worker, command: Offer) -> Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    offer(&mut tx, &by.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn does(t: &TestApp, by: &Worker, person: PersonId, doing: Doing) -> Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    go_on(&mut tx, &by.who, &mut moment, (person, doing)).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn says(t: &TestApp, by: &Worker, (person, kind, on): (PersonId, Kind, Date)) -> Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let words = "At the canal.".to_owned();
    let said = Some("Whatever. They all go.".to_owned());
    let command = Say { person, kind, words, said, by: by.id, on };
    say(&mut tx, &by.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn answers(t: &TestApp, person: PersonId) -> Option<(Answers, String)> {
    who_answers(&mut t.app.db.read().await.unwrap(), person, t.moment().today()).await.unwrap()
}

async fn state(t: &TestApp, person: PersonId) -> Option<State> {
    let held = under_way(&mut t.app.db.read().await.unwrap(), person, t.moment().today()).await.unwrap();
    held.map(|held| held.standing.state)
}

fn back(reasons: &[ReturnReason], words: &str) -> Doing {
    Doing::Return(reasons.to_vec(), words.to_owned())
}

#[tokio::test]
async fn a_hand_over_that_cannot_be_is_refused_and_nothing_is_written() {
    both(|t| async move {
        let team = a_team(&t).await;
        let outsider = t.worker("Otto Far", Role::SocialWorker, t.team("Far", None).await).await;
        let data = t.worker("Dot Ames", Role::DataOfficer, team.nadia.team).await;
        let refused = offers(&t, &outsider, an_offer(team.child, &team.nadia)).await;
        assert!(matches!(refused, Err(Oops::NotAllowed(_))));
        let silent = Offer { why: " ".to_owned(), ..an_offer(team.child, &team.nadia) };
        let field = |refused: Result<()>| match refused {
            Err(Oops::Wrong(fields)) => fields[0].0.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(field(offers(&t, &team.callum, silent).await), "why");
        let unasked = Offer { could_stay_words: String::new(), ..an_offer(team.child, &team.nadia) };
        assert_eq!(field(offers(&t, &team.callum, unasked).await), "stay-words");
        let leaver = Offer { cause: Cause::Leaver, ..an_offer(team.child, &team.nadia) };
        assert_eq!(field(offers(&t, &team.callum, leaver).await), "leaves");
        assert_eq!(field(offers(&t, &team.callum, an_offer(team.child, &team.callum)).await), "to");
        assert!(matches!(offers(&t, &team.callum, an_offer(team.child, &data)).await, Err(Oops::Refused(_))));
        // whoever declared a link is not asked, and nobody is told why
        t.conflict(team.child, &outsider).await;
        assert_eq!(field(offers(&t, &team.callum, an_offer(team.child, &outsider)).await), "to");
        assert_eq!(state(&t, team.child).await, None);
        offers(&t, &team.callum, an_offer(team.child, &team.nadia)).await.unwrap();
        let twice = offers(&t, &team.callum, an_offer(team.child, &team.nadia)).await.unwrap_err();
        assert!(twice.to_string().contains("A hand-over is open already"), "{twice}");
        assert!(matches!(does(&t, &team.callum, team.child, Doing::Accept).await, Err(Oops::NotAllowed(_))));
        assert!(does(&t, &outsider, team.child, Doing::Accept).await.is_err());
        assert!(matches!(does(&t, &team.nadia, team.child, back(&[], "")).await, Err(Oops::Wrong(_))));
        let early = does(&t, &team.nadia, team.child, Doing::TakeOver(TODAY, None)).await;
        assert!(matches!(early, Err(Oops::Refused(_))));
        t.facts_hold("handover").await;
        t.facts_hold("handover_note").await;
    })
    .await;
}

#[tokio::test]
async fn it_comes_back_with_what_is_missing_stays_with_its_sender_and_is_offered_again() {
    both(|t| async move {
        let team = a_team(&t).await;
        let child = team.child;
        offers(&t, &team.callum, an_offer(child, &team.nadia)).await.unwrap();
        let words = "Tell his story with him on Thursday, and ring his dad.";
        does(&t, &team.nadia, child, back(&[ReturnReason::OwnVoice, ReturnReason::FamilyNotTold], words))
            .await
            .unwrap();
        assert_eq!(state(&t, child).await, Some(State::Returned));
        assert_eq!(answers(&t, child).await.unwrap().1, "Callum Idris");
        let today = t.signed_in(&team.callum).await.get("/today").await.words();
        for words in ["Came back to you", "Their own voice is missing", "Tell his story with him on Thursday"]
        {
            assert!(today.contains(words), "{words}\n{today}");
        }
        let page = t.signed_in(&team.callum).await.get(&format!("/person/{child}/handover")).await;
        assert_eq!(page.status, 200);
        assert!(page.words().contains("A return is no mark against anyone"), "{}", page.words());
        assert!(!page.text.contains("tag--late"), "nobody is coloured red");
        // whoever returned it has nothing to do with them any more
        let gone = t.signed_in(&team.nadia).await.get(&format!("/person/{child}/handover")).await;
        assert_eq!(gone.status, 403);
        offers(&t, &team.callum, an_offer(child, &team.nadia)).await.unwrap();
        assert_eq!(state(&t, child).await, Some(State::Offered));
        let all = handovers(&mut t.app.db.read().await.unwrap(), child, TODAY).await.unwrap();
        assert_eq!(all.len(), 1, "offered again it is the same hand-over");
        does(&t, &team.callum, child, Doing::Withdraw).await.unwrap();
        assert_eq!(state(&t, child).await, None);
    })
    .await;
}

async fn tells_a_story(t: &TestApp, by: &Worker, child: PersonId) {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let telling = Tell {
        person: child,
        part: StoryPart::ALL[0],
        from: None,
        by: Some(By::Themselves),
        how: ToldHow::ALL[0],
        shared: false,
        words: "I like locks.".to_owned(),
        rests_on: vec![],
        told_on: TODAY,
    };
    tell(&mut tx, &by.who, &mut moment, telling).await.unwrap();
    tx.commit().await.unwrap();
}

async fn reads_the_story(t: &TestApp, by: &Worker, child: PersonId) {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let story = told::story(&mut tx, child, None).await.unwrap();
    let seen: Vec<_> = story.tellings.iter().map(|one| one.id).collect();
    read_story(&mut tx, &by.who, &mut moment, (child, &seen)).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn whoever_accepts_gets_to_know_them_and_answers_only_once_they_met_read_and_a_manager_said_yes() {
    both(|t| async move {
        let team = a_team(&t).await;
        let child = team.child;
        tells_a_story(&t, &team.callum, child).await;
        offers(&t, &team.callum, an_offer(child, &team.nadia)).await.unwrap();
        let mut nadia = t.signed_in(&team.nadia).await;
        assert_eq!(nadia.get(&format!("/person/{child}/story")).await.status, 403, "not before she accepts");
        does(&t, &team.nadia, child, Doing::Accept).await.unwrap();
        assert_eq!(answers(&t, child).await.unwrap().1, "Callum Idris", "nothing moved");
        assert_eq!(nadia.get(&format!("/person/{child}/story")).await.status, 200);
        let over = Doing::TakeOver(TODAY, None);
        let refused = does(&t, &team.nadia, child, over.clone()).await.unwrap_err();
        assert!(refused.to_string().contains("has not said yet that it may be"), "{refused}");
        does(&t, &team.helen, child, Doing::Agree).await.unwrap();
        let refused = does(&t, &team.nadia, child, over.clone()).await.unwrap_err();
        assert!(refused.to_string().contains("Meet them first"), "{refused}");
        says(&t, &team.callum, (child, Kind::Introduction, TODAY)).await.unwrap();
        let refused = does(&t, &team.nadia, child, over.clone()).await.unwrap_err();
        assert!(refused.to_string().contains("Read the story so far"), "{refused}");
        reads_the_story(&t, &team.nadia, child).await;
        does(&t, &team.nadia, child, over).await.unwrap();
        let (who, name) = answers(&t, child).await.unwrap();
        assert_eq!((who, name.as_str()), (Answers::Worker(team.nadia.id), "Nadia Farrow"));
        let all = helpers(&mut t.app.db.read().await.unwrap(), child).await.unwrap();
        let open: Vec<_> = all.iter().filter(|one| one.to.is_none()).map(|one| one.part).collect();
        assert_eq!(open, [AllocationKind::Responsible], "getting to know each other is over");
        let found = continuity_of(&mut t.app.db.read().await.unwrap(), child, TODAY).await.unwrap();
        assert_eq!((found.workers, found.because(Cause::Reallocation)), (2, 1));
        let held = handovers(&mut t.app.db.read().await.unwrap(), child, TODAY).await.unwrap().remove(0);
        assert_eq!((held.standing.state, held.step), (State::TakenOver, Step::WorkerToWorker));
        let again = does(&t, &team.nadia, child, Doing::Withdraw).await;
        assert!(matches!(again, Err(Oops::NotFound)), "what is over moves no more");
    })
    .await;
}

/// Offers by the page, ticking nothing by hand.
async fn offered_by_page(browser: &mut Browser, child: PersonId, to: &Worker) -> String {
    let path = format!("/person/{child}/handover/offer");
    let asked = browser.get(&path).await;
    assert_eq!(asked.status, 200);
    for words in [
        "Could the worker they know stay?",
        "Is it ready?",
        "1 responsible worker so far",
        "Every promise is kept",
    ] {
        assert!(asked.words().contains(words), "{words}\n{}", asked.words());
    }
    let empty = browser.post(&path, &[]).await;
    assert_eq!(empty.status, 422);
    for words in ["Choose a worker", "Say why they get another worker", "Say whether they could stay"] {
        assert!(empty.words().contains(words), "{words}");
    }
    let worker = to.id.to_string();
    let fields = [
        ("to", worker.as_str()),
        ("cause", "stage"),
        ("why", "A long piece of work begins."),
        ("stay", "no"),
        ("stay-words", "I asked my manager; the teams are full."),
        ("ready-unknown", "Where his dad lives"),
    ];
    let sent = browser.post(&path, &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.words());
    sent.location.unwrap()
}

#[tokio::test]
async fn the_one_who_is_asked_reads_what_was_put_there_and_no_record_and_answers_on_the_page() {
    both(|t| async move {
        let team = a_team(&t).await;
        let child = team.child;
        tells_a_story(&t, &team.callum, child).await;
        let to = offered_by_page(&mut t.signed_in(&team.callum).await, child, &team.nadia).await;
        let sender = t.signed_in(&team.callum).await.get(&to).await;
        assert!(sender.text.contains(&format!("href=\"/person/{child}/story\"")), "evidence is linked");
        let mut nadia = t.signed_in(&team.nadia).await;
        let today = nadia.get("/today").await.words();
        assert!(today.contains("Will you become Eddie’s worker?"), "{today}");
        let page = nadia.get(&format!("/person/{child}/handover")).await;
        assert_eq!(page.status, 200);
        let words = page.words();
        for said in [
            "Will you become Eddie’s worker?",
            "Their story has been told with them",
            "Where his dad lives",
            "points whoever is asked would hold",
        ] {
            assert!(words.contains(said), "{said}\n{words}");
        }
        assert!(!words.contains("I like locks"), "nothing of the record itself");
        assert_eq!(nadia.get(&format!("/person/{child}/timeline")).await.status, 403);
        let path = format!("/person/{child}/handover");
        let refused = nadia.post(&path, &[("doing", "return")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.words().contains("Say what is missing"));
        let accepted = nadia.post(&path, &[("doing", "accept")]).await;
        assert_eq!(accepted.location.as_deref(), Some(&*format!("/person/{child}/handover?done=accept")));
        let lead = t.signed_in(&team.helen).await.get("/today").await.words();
        assert!(lead.contains("Waiting for your yes"), "{lead}");
        let agreed = t.signed_in(&team.helen).await.post(&path, &[("doing", "agree")]).await;
        assert_eq!(agreed.status, 303);
        let said = [
            ("kind", "introduction"),
            ("on-day", "20"),
            ("on-month", "11"),
            ("on-year", "2026"),
            ("words", "We flew a kite."),
        ];
        let noted = nadia.post(&format!("{path}/said"), &said).await;
        assert_eq!(noted.status, 303, "{}", noted.words());
        reads_the_story(&t, &team.nadia, child).await;
        let over = nadia.post(&path, &[("doing", "take-over")]).await;
        assert_eq!(over.status, 303, "{}", over.words());
        let card = nadia.get(&format!("/person/{child}")).await.words();
        assert!(card.contains("Nadia Farrow answers today."), "{card}");
        let pack = nadia.get(&format!("{path}/pack")).await;
        assert_eq!(pack.status, 200);
        assert!(pack.words().contains("I like locks."), "{}", pack.words());
    })
    .await;
}

#[tokio::test]
async fn a_hidden_record_is_offered_to_nobody_who_is_not_on_its_list() {
    both(|t| async move {
        let team = a_team(&t).await;
        let child = team.child;
        t.level(child, AccessLevel::Restricted).await;
        t.listed(child, &team.callum).await;
        let refused = offers(&t, &team.callum, an_offer(child, &team.nadia)).await;
        assert!(matches!(&refused, Err(Oops::Wrong(fields)) if fields[0].0 == "to"), "{refused:?}");
        t.listed(child, &team.nadia).await;
        offers(&t, &team.callum, an_offer(child, &team.nadia)).await.unwrap();
        assert_eq!(
            t.signed_in(&team.nadia).await.get(&format!("/person/{child}/handover")).await.status,
            200
        );
        // one that was offered before the record was closed is closed with it
        let other = t.person("Josie Hart", CHILD).await;
        t.episode(other, EpisodeKind::ChildInNeed, team.nadia.team).await;
        t.allocate(other, &team.callum, AllocationKind::Responsible).await;
        offers(&t, &team.callum, an_offer(other, &team.nadia)).await.unwrap();
        t.level(other, AccessLevel::Sealed).await;
        let page = t.signed_in(&team.nadia).await.get(&format!("/person/{other}/handover")).await;
        assert_eq!(page.status, 404);
        assert!(!t.signed_in(&team.nadia).await.get("/today").await.words().contains("Josie"));
    })
    .await;
}

#[tokio::test]
async fn the_family_reads_who_goes_and_who_comes_once_they_were_told_in_person() {
    both(|t| async move {
        let team = a_team(&t).await;
        let child = team.child;
        let mut eddie = t.own_space(child).await;
        offers(&t, &team.callum, an_offer(child, &team.nadia)).await.unwrap();
        does(&t, &team.nadia, child, Doing::Accept).await.unwrap();
        let before = eddie.get("/my/people").await.words();
        assert!(!before.contains("Nadia"), "nobody hears it from a page first: {before}");
        assert!(!eddie.get("/my/readers").await.words().contains("become"), "nor from who has read");
        says(&t, &team.callum, (child, Kind::Told, TODAY)).await.unwrap();
        says(&t, &team.callum, (child, Kind::Introduction, date(2026, 12, 3))).await.unwrap();
        let after = eddie.get("/my/people").await.words();
        for words in [
            "Who goes and who comes",
            "Callum is going to stop",
            "Nadia is going to be there",
            "You meet Nadia on",
        ] {
            assert!(after.contains(words), "{words}\n{after}");
        }
        assert!(!after.contains("fostering team"), "what the worker wrote to the other is theirs");
        let mut conn = t.app.db.read().await.unwrap();
        let held = under_way(&mut conn, child, TODAY).await.unwrap().unwrap();
        assert_eq!(
            notes(&mut conn, held.id).await.unwrap().iter().filter(|one| one.kind.is_some()).count(),
            2
        );
    })
    .await;
}

#[tokio::test]
async fn somebody_who_leaves_hands_over_everybody_first_and_an_offer_to_them_falls() {
    both(|t| async move {
        let team = a_team(&t).await;
        let admin = t.worker("Alex Drummond", Role::SystemAdministrator, team.nadia.team).await;
        let leaves = |worker: Worker| {
            let (t, admin) = (&t, &admin);
            async move {
                let mut moment = t.moment();
                let mut tx = t.app.db.write().await.unwrap();
                let done = worker::end(&mut tx, &admin.who, &mut moment, worker.id, TODAY).await;
                if done.is_ok() {
                    tx.commit().await.unwrap();
                }
                done
            }
        };
        let mut children = vec![team.child];
        for n in 1..12 {
            let child = t.person(&format!("Child{n} Slade"), CHILD).await;
            t.episode(child, EpisodeKind::ChildInNeed, team.nadia.team).await;
            t.allocate(child, &team.callum, AllocationKind::Responsible).await;
            children.push(child);
        }
        let refused = leaves(team.callum.clone()).await.unwrap_err();
        assert!(refused.to_string().contains("They still answer for 12 people"), "{refused}");
        for child in &children {
            let leaver =
                Offer { cause: Cause::Leaver, leaves_on: Some(TODAY), ..an_offer(*child, &team.nadia) };
            offers(&t, &team.helen, leaver).await.unwrap();
        }
        for child in &children[..2] {
            does(&t, &team.nadia, *child, back(&[ReturnReason::FamilyNotTold], "")).await.unwrap();
        }
        let mut helen = t.signed_in(&team.helen).await;
        let list = helen.get("/team/riverside/worker/callum.idris/leaving").await;
        assert_eq!(list.status, 200);
        assert!(
            list.words().contains("Answers for 12 people. 0 not asked for yet, 10 under way, 2 came back."),
            "{}",
            list.words()
        );
        assert_eq!(
            t.signed_in(&team.nadia).await.get("/team/riverside/worker/callum.idris/leaving").await.status,
            404
        );
        let begun = Instant::now();
        assert_eq!(helen.get("/team/riverside/worker/callum.idris/packs").await.status, 200);
        assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
        for child in &children {
            if state(&t, *child).await == Some(State::Returned) {
                offers(&t, &team.helen, an_offer(*child, &team.nadia)).await.unwrap();
            }
            does(&t, &team.nadia, *child, Doing::Accept).await.unwrap();
            let over = Doing::TakeOver(TODAY, Some("He is ill.".to_owned()));
            does(&t, &team.nadia, *child, over).await.unwrap();
            assert_eq!(answers(&t, *child).await.unwrap().1, "Nadia Farrow");
        }
        leaves(team.callum.clone()).await.unwrap();
        // nobody is given to somebody on their last day
        let mut moment = t.moment();
        let mut tx = t.app.db.write().await.unwrap();
        let command = Allocate {
            person: team.child,
            worker: team.callum.id,
            part: AllocationKind::Responsible,
            from: TODAY,
            to: None,
            reason: None,
        };
        assert!(allocate(&mut tx, &team.helen.who, &mut moment, command).await.is_err());
        tx.give_up().await.unwrap();
        // an offer to somebody who leaves falls by itself, and whoever answered answers on
        let bea = t.worker("Bea Holloway", Role::SocialWorker, team.nadia.team).await;
        offers(&t, &team.nadia, an_offer(team.child, &bea)).await.unwrap();
        leaves(bea).await.unwrap();
        assert_eq!(state(&t, team.child).await, None);
        assert_eq!(answers(&t, team.child).await.unwrap().1, "Nadia Farrow");
        let colin = t.worker("Colin Frith", Role::SocialWorker, team.nadia.team).await;
        offers(&t, &team.nadia, an_offer(team.child, &colin)).await.unwrap();
        assert_eq!(state(&t, team.child).await, Some(State::Offered));
    })
    .await;
}

#[tokio::test]
async fn whoever_stands_in_answers_while_the_worker_is_away_and_the_manager_while_nobody_is_responsible() {
    both(|t| async move {
        let team = a_team(&t).await;
        t.away(&team.callum, &team.nadia).await;
        let (who, name) = answers(&t, team.child).await.unwrap();
        let covers = Answers::Cover { worker: team.nadia.id, of: team.callum.id };
        assert_eq!((who, name.as_str()), (covers, "Nadia Farrow"));
        let other = t.person("Josie Hart", CHILD).await;
        t.episode(other, EpisodeKind::ChildInNeed, team.nadia.team).await;
        assert_eq!(
            answers(&t, other).await.unwrap(),
            (Answers::Manager(team.helen.id), "Helen Boateng".to_owned())
        );
        let nobody = t.person("Ada Hart", CHILD).await;
        assert_eq!(answers(&t, nobody).await, None, "nothing is open");
        // from duty: whoever leads offers, and the list is another
        offers(&t, &team.helen, an_offer(other, &team.nadia)).await.unwrap();
        let held = under_way(&mut t.app.db.read().await.unwrap(), other, TODAY).await.unwrap().unwrap();
        assert_eq!((held.step, held.standing.agreed), (Step::ToAWorker, true));
    })
    .await;
}
