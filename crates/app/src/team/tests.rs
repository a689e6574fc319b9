//! A team's page as its manager sees it, as a colleague does, and as a stranger does not.

use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::episode::EpisodeKind;
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

const CHILD: Date = date(2017, 5, 4);

struct Team {
    manager: Worker,
    nadia: Worker,
    callum: Worker,
    theo: PersonId,
}

async fn a_team(t: &TestApp) -> Team {
    let team = t.team("Riverside", None).await;
    let manager = t.worker("Helen Boateng", Role::TeamManager, team).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let callum = t.worker("Callum Idris", Role::NewlyQualified, team).await;
    let josie = t.person("Josie Hart", CHILD).await;
    let theo = t.person("Theo Hart", CHILD).await;
    let micah = t.person("Micah Orr", CHILD).await;
    t.household(&[josie, theo]).await;
    for child in [josie, theo] {
        t.allocate(child, &nadia, AllocationKind::Responsible).await;
        t.episode(child, EpisodeKind::ChildProtection, team).await;
    }
    t.episode(micah, EpisodeKind::ChildInNeed, team).await;
    Team { manager, nadia, callum, theo }
}

fn holds(page: &str, all: &[&str]) {
    for words in all {
        assert!(page.contains(words), "missing: {words}\n{page}");
    }
}

#[tokio::test]
async fn a_manager_sees_lanes_who_waits_and_who_works_with_whom() {
    both(|t| async move {
        let team = a_team(&t).await;
        t.away(&team.callum, &team.nadia).await;
        let mut browser = t.signed_in(&team.manager).await;
        assert_eq!(browser.get("/team").await.location.as_deref(), Some("/team/riverside"));
        let page = browser.get("/team/riverside").await.words();
        holds(
            &page,
            &[
                "3 workers, 3 people in 2 families. 1 is waiting for a worker",
                "Child protection 2 people",
                "Child in need 1 person",
                "Josie and Theo , Nadia Farrow",
                "Micah , 9",
                "Nadia Farrow Social worker. 2 people .",
                "No date is late or due soon.",
                "Callum Idris Newly qualified social worker. 0 people .",
                "Nadia Farrow stands in.",
            ],
        );
        let one = browser.get("/team/riverside/worker/nadia.farrow").await;
        assert_eq!(one.status, 200);
        holds(&one.words(), &["People Nadia Farrow is responsible for", "Josie , 9 and Theo , 9"]);
        assert_eq!(browser.get("/team/riverside/worker/nobody").await.status, 404);
        assert_eq!(browser.get("/team/riverside/dates").await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_colleague_sees_who_works_with_whom_and_no_more() {
    both(|t| async move {
        let team = a_team(&t).await;
        let mut browser = t.signed_in(&team.callum).await;
        let answered = browser.get("/team/riverside").await;
        assert_eq!(answered.status, 200);
        let page = answered.words();
        holds(
            &page,
            &["Callum Idris (you)", "Nadia Farrow Social worker 2 people Josie , born 2017", "Micah"],
        );
        for hidden in
            ["Child protection", "Child in need", "working days", "Last seen", "families", "Choose a worker"]
        {
            assert!(!page.contains(hidden), "{hidden}\n{page}");
        }
        assert_eq!(browser.get("/team/riverside/dates").await.status, 403);
        let one = browser.get("/team/riverside/worker/nadia.farrow").await.words();
        assert!(!one.contains("Child protection") && !one.contains("Last seen"), "{one}");
    })
    .await;
}

#[tokio::test]
async fn whoever_is_hidden_is_neither_named_nor_counted() {
    both(|t| async move {
        let team = a_team(&t).await;
        t.level(team.theo, AccessLevel::Restricted).await;
        for worker in [&team.manager, &team.callum, &team.nadia] {
            let page = t.signed_in(worker).await.get("/team/riverside").await.words();
            assert!(!page.contains("Theo"), "{page}");
            holds(&page, &["3 workers, 2 people"]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_stranger_to_the_team_finds_nothing_and_a_role_without_people_is_told_so() {
    both(|t| async move {
        let team = a_team(&t).await;
        let other = t.team("Hillside", None).await;
        let stranger = t.worker("Owen Pell", Role::SocialWorker, other).await;
        let mut browser = t.signed_in(&stranger).await;
        for path in ["/team/riverside", "/team/nowhere", "/team/riverside/dates"] {
            assert_eq!(browser.get(path).await.status, 404, "{path}");
        }
        let data = t.worker("Dot Ames", Role::DataOfficer, team.nadia.team).await;
        assert_eq!(t.signed_in(&data).await.get("/team").await.status, 403);
        let service = t.team("Service", None).await;
        let head = t.worker("Hana Roe", Role::HeadOfService, service).await;
        assert_eq!(t.signed_in(&head).await.get("/team").await.location.as_deref(), Some("/team/service"));
    })
    .await;
}
