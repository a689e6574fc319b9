//! Who may find and open what comes of joining and parting: never more people than before.

use super::{joined_by, parted, program};
use crate::person::{act, add};
use app::joining::Choices;
use app::person::actions::AddPerson;
use app::restricted::{SetLevel, set_level};
use jiff::SignedDuration;
use jiff::civil::date;
use practice::access::{Decision, Sight};
use practice::id::PersonId;
use practice::joining::Side;
use practice::person::AccessLevel;
use practice::role::Role;
use std::collections::BTreeMap;
use testkit::{TestApp, Worker, both};

async fn opens(t: &TestApp, worker: &Worker, person: PersonId) -> bool {
    let mut conn = t.app.db.read().await.unwrap();
    let decided = app::access::decide(&mut conn, &worker.who, t.now(), person, Sight::Open).await.unwrap();
    decided.as_ref().is_some_and(Decision::is_allowed)
}

async fn level(t: &TestApp, person: PersonId) -> String {
    let sql = "SELECT access_level FROM person WHERE id = $1";
    let (level,): (String,) = t.app.db.read().await.unwrap().one(sql, db::args![person]).await.unwrap();
    level
}

fn names() -> Choices {
    Choices { names: Some(Side::Kept), ..Choices::default() }
}

async fn two(t: &TestApp) -> (PersonId, PersonId) {
    let one = add(t, AddPerson::named("Josephine", "Hart")).await.unwrap().person;
    let two = add(t, AddPerson::named("Josefine", "Hart")).await.unwrap().person;
    t.pass(SignedDuration::from_mins(1));
    (one, two)
}

async fn change(t: &TestApp, officer: &Worker, person: PersonId, level: AccessLevel) {
    let review_on = (level == AccessLevel::Restricted).then(|| date(2027, 5, 10));
    let set = SetLevel { person, level, reason: "Threats".to_owned(), review_on, named: vec![] };
    act(t, async |tx, moment| set_level(tx, &officer.who, moment, set).await).await.unwrap();
    t.pass(SignedDuration::from_mins(1));
}

#[tokio::test]
async fn given_two_restricted_records_when_they_are_joined_then_only_those_on_both_lists_stay_and_the_lists_come_back()
 {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let (both_lists, only_one, only_two) = (
            t.worker("Bea Both", Role::SocialWorker, team).await,
            t.worker("Olu One", Role::SocialWorker, team).await,
            t.worker("Tess Two", Role::SocialWorker, team).await,
        );
        let (kept, other) = two(&t).await;
        for (person, worker) in
            [(kept, &both_lists), (other, &both_lists), (kept, &only_one), (other, &only_two)]
        {
            t.listed(person, worker).await;
        }
        for person in [kept, other] {
            t.level(person, AccessLevel::Restricted).await;
        }
        t.pass(SignedDuration::from_mins(1));
        let joining = joined_by(&t, &program(), (kept, other), names()).await.unwrap();
        assert!(opens(&t, &both_lists, kept).await);
        assert!(
            !opens(&t, &only_one, kept).await && !opens(&t, &only_two, kept).await,
            "nothing is loosened"
        );
        t.pass(SignedDuration::from_mins(1));
        parted(&t, joining, BTreeMap::new()).await.unwrap();
        assert!(opens(&t, &only_one, kept).await && !opens(&t, &only_one, other).await);
        assert!(opens(&t, &only_two, other).await && !opens(&t, &only_two, kept).await);
        assert!(opens(&t, &both_lists, kept).await && opens(&t, &both_lists, other).await);
    })
    .await;
}

#[tokio::test]
async fn given_the_level_changed_while_they_were_one_when_they_are_parted_then_the_stricter_of_then_and_now_holds()
 {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let officer = t.worker("Rae Restrict", Role::RestrictedRecordsOfficer, team).await;
        let (kept, other) = two(&t).await;
        // made restricted in between: so are both afterwards
        let joining = joined_by(&t, &program(), (kept, other), names()).await.unwrap();
        t.pass(SignedDuration::from_mins(1));
        change(&t, &officer, kept, AccessLevel::Restricted).await;
        parted(&t, joining, BTreeMap::new()).await.unwrap();
        assert_eq!((level(&t, kept).await, level(&t, other).await), ("restricted".into(), "restricted".into()));
        // made findable in between: whoever was restricted before stays so
        t.pass(SignedDuration::from_mins(1));
        change(&t, &officer, other, AccessLevel::Findable).await;
        let joining = joined_by(&t, &program(), (other, kept), names()).await.unwrap();
        assert_eq!(level(&t, other).await, "restricted", "the stricter holds");
        t.pass(SignedDuration::from_mins(1));
        change(&t, &officer, other, AccessLevel::Findable).await;
        parted(&t, joining, BTreeMap::new()).await.unwrap();
        assert_eq!((level(&t, other).await, level(&t, kept).await), ("findable".into(), "restricted".into()));
        let sql = "SELECT CAST(count(*) AS bigint) FROM person_level WHERE person_id = $1 AND superseded_at IS NULL";
        for person in [kept, other] {
            let mut conn = t.app.db.read().await.unwrap();
            assert_eq!(conn.number(sql, db::args![person]).await.unwrap(), 1, "one level of {person} stands");
        }
    })
    .await;
}

#[tokio::test]
async fn given_a_declared_link_to_one_of_the_two_when_they_are_joined_and_parted_then_no_door_opens_to_it() {
    both(|t| async move {
        let team = t.team("Hillside", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let (kept, other) = two(&t).await;
        t.allocate(kept, &nadia, practice::access::AllocationKind::Responsible).await;
        t.conflict(other, &nadia).await;
        assert!(opens(&t, &nadia, kept).await);
        t.pass(SignedDuration::from_mins(1));
        let joining = joined_by(&t, &program(), (kept, other), names()).await.unwrap();
        assert!(!opens(&t, &nadia, kept).await, "a link to either shuts the one record");
        t.pass(SignedDuration::from_mins(1));
        // another says so while they are one: it holds for both afterwards, whoever was meant
        let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
        t.allocate(other, &owen, practice::access::AllocationKind::Helping).await;
        t.conflict(kept, &owen).await;
        t.pass(SignedDuration::from_mins(1));
        parted(&t, joining, BTreeMap::new()).await.unwrap();
        assert!(opens(&t, &nadia, kept).await && !opens(&t, &nadia, other).await);
        let sql = "SELECT CAST(count(*) AS bigint) FROM conflict_of_interest WHERE person_id = $1 AND worker_id = $2 AND superseded_at IS NULL";
        for person in [kept, other] {
            let mut conn = t.app.db.read().await.unwrap();
            assert_eq!(conn.number(sql, db::args![person, owen.id]).await.unwrap(), 1);
        }
    })
    .await;
}
