//! Allocating workers and ending that: what is refused first; responsibility without gap and never twice.

use app::allocation::{Allocate, EndAllocation, Helper, allocate, end_allocation, helpers};
use app::{Oops, Result};
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::episode::EpisodeKind;
use practice::id::{AllocationId, PersonId};
use practice::person::AccessLevel;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

const CHILD: Date = date(2017, 5, 4);
const MAY: Date = date(2026, 5, 6);
const NOV: Date = date(2026, 11, 2);

fn of(person: PersonId, worker: &Worker, part: AllocationKind, from: Date) -> Allocate {
    Allocate { person, worker: worker.id, part, from, to: None, reason: None }
}

async fn give(t: &TestApp, by: &Worker, command: Allocate) -> Result<AllocationId> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let id = allocate(&mut tx, &by.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(id)
}

async fn end(t: &TestApp, by: &Worker, allocation: AllocationId, on: Date, reason: &str) -> Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let command = EndAllocation { allocation, on, reason: reason.to_owned() };
    end_allocation(&mut tx, &by.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn who(t: &TestApp, person: PersonId) -> Vec<Helper> {
    helpers(&mut t.app.db.read().await.unwrap(), person).await.unwrap()
}

/// A manager, two social workers of the team and a child it helps.
async fn a_team(t: &TestApp) -> (Worker, Worker, Worker, PersonId) {
    let team = t.team("Riverside", None).await;
    let manager = t.worker("Helen Boateng", Role::TeamManager, team).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let callum = t.worker("Callum Idris", Role::NewlyQualified, team).await;
    let child = t.person("Josie Hart", CHILD).await;
    t.episode(child, EpisodeKind::ChildProtection, team).await;
    (manager, nadia, callum, child)
}

#[tokio::test]
async fn only_whoever_leads_says_who_is_responsible_and_the_responsible_worker_who_helps() {
    both(|t| async move {
        let (manager, nadia, callum, child) = a_team(&t).await;
        let data = t.worker("Dot Ames", Role::DataOfficer, nadia.team).await;
        for by in [&nadia, &callum, &data] {
            let refused = give(&t, by, of(child, &nadia, AllocationKind::Responsible, MAY)).await;
            assert!(matches!(refused, Err(Oops::NotAllowed(_))), "{:?}", refused.err());
        }
        give(&t, &manager, of(child, &nadia, AllocationKind::Responsible, MAY)).await.unwrap();
        let herself = give(&t, &nadia, of(child, &callum, AllocationKind::Responsible, NOV)).await;
        assert!(matches!(herself, Err(Oops::NotAllowed(_))));
        give(&t, &nadia, of(child, &callum, AllocationKind::Helping, NOV)).await.unwrap();
        t.level(child, AccessLevel::Restricted).await;
        let hidden = give(&t, &manager, of(child, &callum, AllocationKind::Responsible, NOV)).await;
        assert!(matches!(hidden, Err(Oops::NotFound)), "hidden and absent answer alike");
    })
    .await;
}

#[tokio::test]
async fn who_cannot_answer_for_a_child_under_protection_is_not_made_responsible() {
    both(|t| async move {
        let (manager, nadia, _, child) = a_team(&t).await;
        let support = t.worker("Kit Lowe", Role::FamilySupportWorker, nadia.team).await;
        let data = t.worker("Dot Ames", Role::DataOfficer, nadia.team).await;
        let refused = give(&t, &manager, of(child, &support, AllocationKind::Responsible, MAY)).await;
        assert_eq!(
            refused.unwrap_err().to_string(),
            "Child protection needs a registered social worker to be responsible; Kit Lowe can help"
        );
        give(&t, &manager, of(child, &support, AllocationKind::Helping, MAY)).await.unwrap();
        let never = give(&t, &manager, of(child, &data, AllocationKind::Helping, MAY)).await.unwrap_err();
        assert_eq!(never.to_string(), "Dot Ames has no post today in which people are worked with");
        let nobody = Allocate {
            worker: practice::id::WorkerId(uuid::Uuid::from_u128(3)),
            ..of(child, &nadia, AllocationKind::Helping, MAY)
        };
        assert!(matches!(give(&t, &manager, nobody).await, Err(Oops::Wrong(_))));
        let tomorrow = of(child, &nadia, AllocationKind::Responsible, date(2026, 11, 22));
        assert!(matches!(give(&t, &manager, tomorrow).await, Err(Oops::Refused(_))));
        assert_eq!(who(&t, child).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_new_responsible_worker_takes_over_without_a_gap_and_never_beside_the_one_before() {
    both(|t| async move {
        let (manager, nadia, callum, child) = a_team(&t).await;
        give(&t, &manager, of(child, &callum, AllocationKind::Responsible, MAY)).await.unwrap();
        let twice = give(&t, &manager, of(child, &callum, AllocationKind::Responsible, NOV)).await;
        assert_eq!(twice.unwrap_err().to_string(), "Callum Idris does this already");
        let before = of(child, &nadia, AllocationKind::Responsible, date(2026, 5, 5));
        let refused = give(&t, &manager, before).await.unwrap_err();
        assert!(matches!(&refused, Oops::Wrong(fields) if fields[0].0 == "from"), "{refused}");
        give(&t, &manager, of(child, &nadia, AllocationKind::Responsible, NOV)).await.unwrap();
        let all = who(&t, child).await;
        let told: Vec<_> = all.iter().map(|one| (one.name.as_str(), one.from, one.to)).collect();
        assert_eq!(told, [("Nadia Farrow", NOV, None), ("Callum Idris", MAY, Some(NOV))]);
        assert_eq!(all[1].end_reason.as_deref(), Some("Nadia Farrow became responsible"));
    })
    .await;
}

#[tokio::test]
async fn history_brought_from_elsewhere_cannot_end_before_it_began_or_after_today() {
    both(|t| async move {
        let (manager, nadia, _, child) = a_team(&t).await;
        for to in [date(2026, 5, 5), date(2026, 11, 22)] {
            let command = Allocate { to: Some(to), ..of(child, &nadia, AllocationKind::Responsible, MAY) };
            let refused = give(&t, &manager, command).await.unwrap_err();
            assert!(matches!(&refused, Oops::Wrong(fields) if fields[0].0 == "to"), "{refused}");
        }
        assert!(who(&t, child).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_allocation_ends_once_on_a_day_that_can_be_with_a_reason() {
    both(|t| async move {
        let (manager, nadia, callum, child) = a_team(&t).await;
        let id = give(&t, &manager, of(child, &nadia, AllocationKind::Responsible, MAY)).await.unwrap();
        assert!(matches!(end(&t, &callum, id, NOV, "Moves").await, Err(Oops::NotAllowed(_))));
        assert!(matches!(end(&t, &manager, id, NOV, " ").await, Err(Oops::Wrong(_))));
        for day in [date(2026, 5, 5), date(2026, 11, 22)] {
            assert!(matches!(end(&t, &manager, id, day, "Moves").await, Err(Oops::Wrong(_))), "{day}");
        }
        end(&t, &manager, id, NOV, "Moves to another team").await.unwrap();
        let ended = who(&t, child).await.remove(0);
        assert_eq!((ended.to, ended.end_reason.as_deref()), (Some(NOV), Some("Moves to another team")));
        // the version that was read is gone; the version of now has ended
        assert!(matches!(end(&t, &manager, id, NOV, "Moves").await, Err(Oops::Stale)));
        let again = end(&t, &manager, ended.id, NOV, "Moves").await.unwrap_err();
        assert_eq!(again.to_string(), "This has already ended, on 2 November 2026");
        let nothing = AllocationId(uuid::Uuid::from_u128(4));
        assert!(matches!(end(&t, &manager, nothing, NOV, "Moves").await, Err(Oops::NotFound)));
    })
    .await;
}

/// Today in the three fields of a date.
const TODAY: [(&str, &str); 3] = [("from-day", "21"), ("from-month", "11"), ("from-year", "2026")];

#[tokio::test]
async fn a_manager_chooses_a_worker_sees_what_follows_and_saves() {
    both(|t| async move {
        let (manager, nadia, callum, child) = a_team(&t).await;
        give(&t, &manager, of(child, &callum, AllocationKind::Responsible, MAY)).await.unwrap();
        let mut browser = t.signed_in(&manager).await;
        let path = format!("/person/{child}/helpers/allocate");
        let asked = browser.get(&path).await;
        assert_eq!(asked.status, 200);
        let words = asked.words();
        assert!(words.contains("Nadia Farrow, social worker, Riverside: 0 people"), "{words}");
        assert!(
            words.contains("Callum Idris, newly qualified social worker, Riverside: 1 person"),
            "{words}"
        );
        let empty = browser.post(&path, &[]).await;
        assert_eq!(empty.status, 422);
        for sentence in ["Say in what part", "Choose a worker", "From which day is needed"] {
            assert!(empty.words().contains(sentence), "{sentence}");
        }
        let worker = nadia.id.to_string();
        let mut fields = vec![("part", "responsible"), ("worker", worker.as_str())];
        fields.extend(TODAY);
        let check = browser.post(&path, &fields).await;
        assert_eq!(check.status, 200);
        assert!(
            check.words().contains("Callum Idris is responsible until Saturday 21 November, and no longer."),
            "{}",
            check.words()
        );
        assert_eq!(who(&t, child).await.len(), 1, "a check writes nothing");
        fields.push(("press", "save"));
        let saved = browser.post(&path, &fields).await;
        assert_eq!(saved.location.as_deref(), Some(&*format!("/person/{child}/helpers?done=allocated")));
        let page = browser.get(&format!("/person/{child}/helpers?done=allocated")).await.words();
        for words in [
            "The worker is allocated.",
            "Nadia Farrow Responsible now.",
            "Callum Idris 6 months, 6 May to 21 November.",
            "2 workers in 6 months.",
        ] {
            assert!(page.contains(words), "{words}\n{page}");
        }
        let again = browser.post(&path, &fields).await;
        assert_eq!(again.status, 422);
        assert!(again.words().contains("Nadia Farrow does this already"));
        assert!(again.text.contains(&format!("value=\"{worker}\" selected")), "what was chosen comes back");
    })
    .await;
}

#[tokio::test]
async fn who_may_not_allocate_is_told_so_and_a_hidden_person_is_not_there() {
    both(|t| async move {
        let (manager, nadia, callum, child) = a_team(&t).await;
        give(&t, &manager, of(child, &callum, AllocationKind::Helping, MAY)).await.unwrap();
        let path = format!("/person/{child}/helpers/allocate");
        assert_eq!(t.signed_in(&nadia).await.get(&path).await.status, 403);
        let mut helper = t.signed_in(&callum).await;
        assert_eq!(helper.get(&path).await.status, 403);
        assert_eq!(helper.get(&format!("/person/{child}/helpers")).await.status, 200);
        t.level(child, AccessLevel::Restricted).await;
        assert_eq!(t.signed_in(&manager).await.get(&path).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn when_the_responsible_worker_goes_the_page_says_who_answers_before_it_is_saved() {
    both(|t| async move {
        let (manager, nadia, _, child) = a_team(&t).await;
        let id = give(&t, &manager, of(child, &nadia, AllocationKind::Responsible, MAY)).await.unwrap();
        let mut browser = t.signed_in(&manager).await;
        let path = format!("/person/{child}/helpers/{id}/end");
        assert_eq!(browser.get(&path).await.status, 200);
        let mut fields = vec![("on-day", "20"), ("on-month", "11"), ("on-year", "2026")];
        let silent = browser.post(&path, &fields).await;
        assert_eq!((silent.status.as_u16(), silent.words().contains("Say why it ends")), (422, true));
        fields.push(("reason", "Moves to another team"));
        let check = browser.post(&path, &fields).await.words();
        assert!(check.contains("Josie waits for a worker, and the manager of Riverside answers."), "{check}");
        fields.push(("press", "save"));
        assert_eq!(browser.post(&path, &fields).await.status, 303);
        let page = browser.get(&format!("/person/{child}/helpers")).await.words();
        assert!(page.contains("Waiting for a worker since 21 November"), "{page}");
        assert_eq!(browser.post(&path, &fields).await.status, 404, "that allocation has gone into the past");
    })
    .await;
}
