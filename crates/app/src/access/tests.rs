//! Who may open what, asked of the database: every tie, both engines.

use app::access::{self, EntryAsk, Reach};
use jiff::civil::date;
use practice::access::{AllocationKind, Decision, Reason, Refusal, Sight, Tie};
use practice::entry::Readers;
use practice::episode::EpisodeKind;
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

const CHILD: jiff::civil::Date = date(2017, 5, 4);
const GROWN: jiff::civil::Date = date(1987, 2, 3);

async fn ask(t: &TestApp, worker: &Worker, person: PersonId, sight: Sight) -> Decision {
    let mut conn = t.app.db.read().await.unwrap();
    access::decide(&mut conn, &worker.who, t.now(), person, sight).await.unwrap().expect("a person")
}

async fn opens(t: &TestApp, worker: &Worker, person: PersonId) -> bool {
    ask(t, worker, person, Sight::Open).await.is_allowed()
}

#[tokio::test]
async fn given_no_tie_then_only_that_they_exist_is_told_and_absence_is_absence() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let worker = t.worker("Wren Abbot", Role::SocialWorker, team).await;
        let josie = t.person("Josie Blake", CHILD).await;
        assert!(ask(&t, &worker, josie, Sight::Exists).await.is_allowed());
        let refusal = ask(&t, &worker, josie, Sight::Open).await.refusal();
        assert_eq!(refusal, Some(Refusal::NoTie { may_break_glass: true }));
        let mut conn = t.app.db.read().await.unwrap();
        let nobody = PersonId(uuid::Uuid::from_u128(7));
        assert!(
            access::decide(&mut conn, &worker.who, t.now(), nobody, Sight::Open).await.unwrap().is_none()
        );
        let absent = access::require(&mut conn, &worker.who, t.now(), nobody, Sight::Open).await;
        assert!(matches!(absent, Err(app::Oops::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn given_an_allocation_then_it_opens_the_child_the_household_and_those_with_responsibility() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let worker = t.worker("Wren Abbot", Role::SocialWorker, team).await;
        let child = t.person("Josie Blake", CHILD).await;
        let brother = t.person("Ash Blake", CHILD).await;
        let mother = t.person("Leanne Blake", GROWN).await;
        let father = t.person("Tom Hale", GROWN).await;
        let uncle = t.person("Pete Hale", GROWN).await;
        t.household(&[child, brother, mother]).await;
        t.parent(mother, child, true).await;
        t.parent(father, child, true).await;
        t.parent(uncle, child, false).await;
        t.allocate(child, &worker, AllocationKind::Helping).await;
        for (person, expected) in
            [(child, true), (brother, true), (mother, true), (father, true), (uncle, false)]
        {
            assert_eq!(opens(&t, &worker, person).await, expected);
        }
        let why = ask(&t, &worker, father, Sight::Open).await.sentence("Tom");
        assert_eq!(why, "You work with Josie, Tom's child, for whom Tom has parental responsibility");
        let address = ask(&t, &worker, mother, Sight::ConfidentialAddress).await.refusal();
        assert_eq!(address, Some(Refusal::NeedsOwnTie));
        // working with a parent does not open the child
        let adults = t.worker("Bo Quill", Role::SocialWorker, team).await;
        t.allocate(father, &adults, AllocationKind::Responsible).await;
        assert!(opens(&t, &adults, father).await);
        assert!(!opens(&t, &adults, child).await);
    })
    .await;
}

#[tokio::test]
async fn given_a_tree_of_teams_then_a_manager_reaches_what_stands_under_them_today() {
    both(|t| async move {
        let service = t.team("Service", None).await;
        let north = t.team("North", Some(service)).await;
        let south = t.team("South", Some(service)).await;
        let head = t.worker("Hana Roe", Role::HeadOfService, service).await;
        let manager = t.worker("Mo Field", Role::TeamManager, north).await;
        let other = t.worker("Sal Dunn", Role::TeamManager, south).await;
        let worker = t.worker("Wren Abbot", Role::SocialWorker, north).await;
        let held = t.person("Kit Marsh", CHILD).await;
        t.episode(held, EpisodeKind::ChildInNeed, north).await;
        let allocated = t.person("Josie Blake", CHILD).await;
        t.allocate(allocated, &worker, AllocationKind::Responsible).await;
        for person in [held, allocated] {
            assert!(opens(&t, &head, person).await);
            assert!(opens(&t, &manager, person).await);
            assert!(!opens(&t, &other, person).await);
        }
        assert!(!opens(&t, &worker, held).await, "a colleague of the team has no tie");
        let mut conn = t.app.db.read().await.unwrap();
        let reach = Reach::of(&mut conn, &head.who, t.now()).await.unwrap();
        let names: Vec<String> = reach.led_teams().into_iter().map(|team| team.1).collect();
        assert_eq!(names, ["North", "Service", "South"]);
        let lead = access::lead_of_worker(&mut conn, manager.id, reach.today()).await.unwrap();
        assert_eq!(lead.map(|lead| lead.worker), Some(head.id));
        drop(conn);
        let mut tx = t.app.db.write().await.unwrap();
        tx.run("UPDATE team_under SET to_date = $1", db::args![date(2026, 11, 1)]).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!opens(&t, &head, held).await, "the tree decides as it stands today");
        assert!(opens(&t, &manager, held).await);
    })
    .await;
}

#[tokio::test]
async fn given_cover_then_the_colleagues_own_ties_count_and_go_no_further() {
    both(|t| async move {
        let north = t.team("North", None).await;
        let south = t.team("South", None).await;
        let manager = t.worker("Mo Field", Role::TeamManager, north).await;
        let sam = t.worker("Sam Orr", Role::SocialWorker, north).await;
        let cover = t.worker("Cass Hill", Role::SocialWorker, south).await;
        let second = t.worker("Dee Wall", Role::SocialWorker, south).await;
        let child = t.person("Josie Blake", CHILD).await;
        t.allocate(child, &sam, AllocationKind::Responsible).await;
        assert!(!opens(&t, &cover, child).await);
        t.away(&sam, &cover).await;
        t.away(&cover, &second).await;
        let why = ask(&t, &cover, child, Sight::Open).await.sentence("Josie");
        assert_eq!(why, "You cover for Sam Orr, who works with Josie");
        assert!(!opens(&t, &second, child).await, "cover of cover is none");
        t.away(&manager, &second).await;
        let why = ask(&t, &second, child, Sight::Open).await.sentence("Josie");
        assert_eq!(why, "You cover for Mo Field, who leads the team that works with Josie");
        assert!(ask(&t, &second, child, Sight::Allocate(AllocationKind::Responsible)).await.is_allowed());
    })
    .await;
}

#[tokio::test]
async fn given_a_record_just_begun_then_it_stays_open_a_week_unless_someone_is_allocated() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let worker = t.worker("Wren Abbot", Role::DutyWorker, team).await;
        let other = t.worker("Sam Orr", Role::SocialWorker, team).await;
        let child = t.person_by("Josie Blake", CHILD, Some(worker.id)).await;
        let second = t.person_by("Ash Blake", CHILD, Some(worker.id)).await;
        assert!(opens(&t, &worker, child).await);
        assert!(!opens(&t, &other, child).await);
        t.allocate(second, &other, AllocationKind::Responsible).await;
        assert!(!opens(&t, &worker, second).await);
        t.set_now("2026-11-28T10:00:00Z");
        assert!(!opens(&t, &worker, child).await);
    })
    .await;
}

#[tokio::test]
async fn given_a_restricted_or_sealed_record_then_only_list_glass_and_keeper_reach_it() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let worker = t.worker("Wren Abbot", Role::SocialWorker, team).await;
        let named = t.worker("Nia Cole", Role::SocialWorker, team).await;
        let duty = t.worker("Dot Frey", Role::DutyWorker, team).await;
        let officer = t.worker("Ro Vale", Role::RestrictedRecordsOfficer, team).await;
        let child = t.person("Josie Blake", CHILD).await;
        t.allocate(child, &worker, AllocationKind::Responsible).await;
        t.listed(child, &named).await;
        assert!(!opens(&t, &named, child).await, "a list means nothing while the record is findable");
        t.level(child, AccessLevel::Restricted).await;
        assert!(!opens(&t, &worker, child).await);
        assert!(opens(&t, &named, child).await);
        assert!(!opens(&t, &duty, child).await);
        assert!(!opens(&t, &officer, child).await);
        assert!(ask(&t, &officer, child, Sight::ManageAccess).await.is_allowed());
        t.glass(child, &duty).await;
        t.glass(child, &worker).await;
        assert!(opens(&t, &duty, child).await);
        assert!(!opens(&t, &worker, child).await, "their glass is not for restricted records");
        t.pass(jiff::SignedDuration::from_hours(1));
        assert!(!opens(&t, &duty, child).await, "it has shut again");
        t.level(child, AccessLevel::Sealed).await;
        let mut conn = t.app.db.read().await.unwrap();
        let program = app::Who::program("test");
        for who in [&named.who, &officer.who, &program] {
            let met = access::require(&mut conn, who, t.now(), child, Sight::Exists).await;
            assert!(matches!(met, Err(app::Oops::NotFound)));
        }
    })
    .await;
}

#[tokio::test]
async fn given_a_declared_link_or_oneself_then_the_record_is_shut() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let worker = t.worker("Wren Abbot", Role::TeamManager, team).await;
        let child = t.person("Josie Blake", CHILD).await;
        let own = t.person("Wren Abbot", GROWN).await;
        t.episode(child, EpisodeKind::ChildInNeed, team).await;
        t.episode(own, EpisodeKind::Adult, team).await;
        assert!(opens(&t, &worker, child).await && opens(&t, &worker, own).await);
        t.conflict(child, &worker).await;
        let mut tx = t.app.db.write().await.unwrap();
        let values = db::args![worker.id, own];
        tx.run("UPDATE worker SET person_id = $2 WHERE id = $1", values).await.unwrap();
        tx.commit().await.unwrap();
        for person in [child, own] {
            assert_eq!(ask(&t, &worker, person, Sight::Open).await.refusal(), Some(Refusal::Conflict));
        }
    })
    .await;
}

fn entry(author: &Worker, touched: &[(PersonId, bool)]) -> EntryAsk {
    EntryAsk {
        author: Some(author.id),
        readers: Readers::Present,
        present: vec![],
        named: vec![],
        touched: touched.to_vec(),
    }
}

#[tokio::test]
async fn given_entries_about_many_then_each_is_judged_by_all_it_touches() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let worker = t.worker("Wren Abbot", Role::SocialWorker, team).await;
        let author = t.worker("Sam Orr", Role::SocialWorker, team).await;
        let child = t.person("Josie Blake", CHILD).await;
        let friend = t.person("Kit Marsh", CHILD).await;
        let hidden = t.person("Bea Lund", CHILD).await;
        t.allocate(child, &worker, AllocationKind::Responsible).await;
        t.level(hidden, AccessLevel::Restricted).await;
        let mut named = entry(&author, &[(child, true)]);
        named.readers = Readers::Named;
        let asks = [
            entry(&author, &[(child, true), (friend, false)]),
            entry(&author, &[(friend, true), (child, false)]),
            entry(&author, &[(child, true), (hidden, false)]),
            named,
            entry(&author, &[(child, true), (PersonId(uuid::Uuid::from_u128(9)), false)]),
        ];
        let mut conn = t.app.db.read().await.unwrap();
        let said = access::read_entries(&mut conn, &worker.who, t.now(), &asks).await.unwrap();
        let responsible = Reason::Tie(Tie::Allocated(AllocationKind::Responsible));
        assert_eq!(
            said,
            [
                Decision::Allowed(responsible),
                Decision::Refused(Refusal::NoTie { may_break_glass: true }),
                Decision::Refused(Refusal::TouchesSomeoneHidden),
                Decision::Refused(Refusal::NotAmongReaders),
                Decision::Refused(Refusal::TouchesSomeoneHidden),
            ]
        );
        let fix = access::correct_entry(&mut conn, &worker.who, t.now(), &asks[0]).await.unwrap();
        assert!(fix.is_allowed());
    })
    .await;
}

#[tokio::test]
async fn given_many_people_then_each_is_judged_as_if_alone() {
    both(|t| async move {
        let team = t.team("North", None).await;
        let worker = t.worker("Wren Abbot", Role::SocialWorker, team).await;
        let mut people = vec![];
        for number in 0..70 {
            let person = t.person(&format!("Child{number} Blake"), CHILD).await;
            if number % 3 == 0 {
                t.allocate(person, &worker, AllocationKind::Helping).await;
            }
            people.push(person);
        }
        let mut conn = t.app.db.read().await.unwrap();
        let all = access::decide_many(&mut conn, &worker.who, t.now(), &people, Sight::Open).await.unwrap();
        assert_eq!(all.len(), 70);
        for (number, person) in people.iter().enumerate() {
            assert_eq!(all[person].is_allowed(), number % 3 == 0);
        }
        let began = std::time::Instant::now();
        for _ in 0..100 {
            access::decide(&mut conn, &worker.who, t.now(), people[0], Sight::Open).await.unwrap();
        }
        eprintln!("one decision: {:?}", began.elapsed() / 100);
    })
    .await;
}
