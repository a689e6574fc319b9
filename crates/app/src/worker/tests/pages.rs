//! Administration as its pages do it, over HTTP.

use app::who::COOKIE;
use axum::http::StatusCode;
use practice::role::Role;
use testkit::{Browser, TestApp, both};

async fn administrator(t: &TestApp) -> Browser {
    let top = t.team("Service", None).await;
    let ola = t.worker("Ola Reyes", Role::SystemAdministrator, top).await;
    t.signed_in(&ola).await
}

fn date(name: &str, day: &str, month: &str, year: &str) -> Vec<(String, String)> {
    [("day", day), ("month", month), ("year", year)]
        .map(|(part, value)| (format!("{name}-{part}"), value.to_owned()))
        .to_vec()
}

async fn send(
    browser: &mut Browser,
    path: &str,
    fields: &[(&str, &str)],
    dates: &[Vec<(String, String)>],
) -> testkit::Answered {
    let dates: Vec<(&str, &str)> =
        dates.iter().flatten().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &[fields, &dates].concat()).await
}

#[tokio::test]
async fn an_administrator_brings_a_team_and_a_worker_in_and_gives_them_a_link() {
    both(|t| async move {
        let mut browser = administrator(&t).await;
        let page = browser.get("/administration").await;
        assert!(
            page.words().contains("Workers") && page.words().contains("Bank holidays"),
            "{}",
            page.words()
        );
        let from = [date("from", "1", "9", "2026")];
        let team = [("name", "North"), ("code", "north"), ("place", "Old mill"), ("under", "service")];
        let done = send(&mut browser, "/administration/teams", &team, &from).await;
        assert_eq!(
            done.location.as_deref(),
            Some("/administration/teams/north?done=added"),
            "{}",
            done.words()
        );
        let tree = browser.get("/administration/teams").await;
        assert!(tree.words().contains("North Old mill No manager"), "{}", tree.words());
        // what is wrong is said beside what was typed
        let nadia = |role| {
            [
                ("name", "Nadia Farrow"),
                ("code", "Nadia.Farrow"),
                ("role", role),
                ("team", "north"),
                ("phone", "01632 960001"),
            ]
        };
        let wrong =
            send(&mut browser, "/administration/workers", &nadia(""), &[date("from", "31", "2", "2026")])
                .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.words().contains("Choose what they do") && wrong.text.contains("value=\"Nadia Farrow\"")
        );
        assert!(wrong.text.contains("value=\"31\""), "what was typed stays");
        let done = send(&mut browser, "/administration/workers", &nadia("social-worker"), &from).await;
        assert_eq!(
            done.location.as_deref(),
            Some("/administration/workers/nadia.farrow?done=added"),
            "{}",
            done.words()
        );
        let again = send(&mut browser, "/administration/workers", &nadia("social-worker"), &from).await;
        assert!(again.words().contains("There is a worker nadia.farrow already"), "{}", again.words());
        let list = browser.get("/administration/workers?words=north").await;
        assert!(
            list.words().contains("Nadia Farrow cannot sign in yet Social worker, North"),
            "{}",
            list.words()
        );
        assert!(!list.words().contains("Ola Reyes, "), "only who fits");
        let page = browser.get("/administration/workers/nadia.farrow").await;
        assert!(page.words().contains("Nobody can sign in as Nadia Farrow yet"), "{}", page.words());
        browser.get("/administration/workers/nadia.farrow/link").await;
        let link = browser.post("/administration/workers/nadia.farrow/link", &[]).await;
        assert_eq!(link.status, StatusCode::OK);
        assert!(link.words().contains("until Saturday 28 November at 10.00 am"), "{}", link.words());
        let path =
            link.text.split_once("http://localhost:8080/invitation/").unwrap().1.split('<').next().unwrap();
        let mut hers = t.browser();
        assert!(
            hers.get(&format!("/invitation/{path}"))
                .await
                .words()
                .contains("you will sign in as nadia.farrow")
        );
        let waits = browser.get("/administration/workers/nadia.farrow").await;
        assert!(waits.words().contains("A link was made") && !waits.text.contains(path), "seen once");
    })
    .await;
}

#[tokio::test]
async fn a_worker_is_changed_given_posts_and_let_go() {
    both(|t| async move {
        let mut browser = administrator(&t).await;
        let north = t.team("North", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, north).await;
        let page = browser.get("/administration/workers/nadia.farrow/change").await;
        let version = page.value("version");
        let renamed =
            [("version", version.as_str()), ("name", "Nadia Idris"), ("email", "nadia@example.org")];
        let done = browser.post("/administration/workers/nadia.farrow/change", &renamed).await;
        assert_eq!(done.location.as_deref(), Some("/administration/workers/nadia.farrow?done=changed"));
        // someone else had it open meanwhile: nothing typed is lost, and both texts are on the page
        let stale = browser
            .post(
                "/administration/workers/nadia.farrow/change",
                &[("version", version.as_str()), ("name", "Nadia F")],
            )
            .await;
        assert_eq!(stale.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(stale.words().contains("Nadia Idris") && stale.text.contains("value=\"Nadia F\""));
        let post = [("role", "team-manager"), ("team", "north")];
        let done = send(
            &mut browser,
            "/administration/workers/nadia.farrow/posts",
            &post,
            &[date("from", "21", "11", "2026")],
        )
        .await;
        assert_eq!(
            done.location.as_deref(),
            Some("/administration/workers/nadia.farrow?done=begun"),
            "{}",
            done.words()
        );
        let twice = send(
            &mut browser,
            "/administration/workers/nadia.farrow/posts",
            &post,
            &[date("from", "21", "11", "2026")],
        )
        .await;
        assert!(
            twice.words().contains("is Team manager there already")
                || twice.words().contains("is team manager there already"),
            "{}",
            twice.words()
        );
        let page = browser.get("/administration/workers/nadia.farrow").await;
        let id = page.text.split_once("/posts/").unwrap().1.split('/').next().unwrap().to_owned();
        let path = format!("/administration/workers/nadia.farrow/posts/{id}/end");
        let done = send(&mut browser, &path, &[], &[date(&format!("on-{id}"), "21", "11", "2026")]).await;
        assert_eq!(
            done.location.as_deref(),
            Some("/administration/workers/nadia.farrow?done=ended"),
            "{}",
            done.words()
        );
        let mut hers = t.signed_in(&nadia).await;
        let out = browser.post("/administration/workers/nadia.farrow/sign-out", &[]).await;
        assert_eq!(out.status, StatusCode::SEE_OTHER);
        assert_eq!(hers.get("/sign-in").await.status, StatusCode::OK);
        browser.get("/administration/workers/nadia.farrow/end").await;
        let done = send(
            &mut browser,
            "/administration/workers/nadia.farrow/end",
            &[],
            &[date("on", "21", "11", "2026")],
        )
        .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        t.pass(jiff::SignedDuration::from_hours(24));
        let mut browser = t.signed_in(&t.worker("Second One", Role::SystemAdministrator, north).await).await;
        assert!(!browser.get("/administration/workers").await.words().contains("Nadia"));
        assert!(
            browser.get("/administration/workers?left=1").await.words().contains("left on 21 November 2026")
        );
        browser.get("/administration/workers/nadia.farrow").await;
        let back = browser.post("/administration/workers/nadia.farrow/come-back", &[]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER);
        assert!(
            browser
                .get("/administration/workers/nadia.farrow?done=back")
                .await
                .words()
                .contains("The account is open again")
        );
    })
    .await;
}

#[tokio::test]
async fn who_answers_for_people_is_told_by_number_and_never_by_name() {
    both(|t| async move {
        let mut browser = administrator(&t).await;
        let north = t.team("North", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, north).await;
        t.worker("Helen Boateng", Role::TeamManager, north).await;
        super::actions::responsible(&t, nadia.id, north).await;
        let page = browser.get("/administration/workers/nadia.farrow").await;
        assert!(page.words().contains("Answers for 1 person . Hand them over first"), "{}", page.words());
        let people = browser.get("/administration/workers/nadia.farrow/people").await;
        assert!(
            people.words().contains("North 1 as responsible worker. Ask Helen Boateng."),
            "{}",
            people.words()
        );
        assert!(!people.text.contains("Ash"), "no record content");
        browser.get("/administration/workers/nadia.farrow/end").await;
        let refused = send(
            &mut browser,
            "/administration/workers/nadia.farrow/end",
            &[],
            &[date("on", "21", "11", "2026")],
        )
        .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.words().contains("still answer for 1 person"), "{}", refused.words());
    })
    .await;
}

#[tokio::test]
async fn teams_move_change_and_end_on_their_page() {
    both(|t| async move {
        let mut browser = administrator(&t).await;
        let north = t.team("North", None).await;
        t.team("East", Some(north)).await;
        let page = browser.get("/administration/teams/east").await;
        let version = page.value("version");
        let done = browser
            .post(
                "/administration/teams/east",
                &[("version", version.as_str()), ("name", "Far east"), ("place", "")],
            )
            .await;
        assert_eq!(done.location.as_deref(), Some("/administration/teams/east?done=changed"));
        let stale = browser
            .post("/administration/teams/east", &[("version", version.as_str()), ("name", "Other")])
            .await;
        assert!(
            stale.words().contains("Someone else changed this meanwhile: name Far east")
                && stale.text.contains("value=\"Other\""),
            "{}",
            stale.words()
        );
        let ring = send(
            &mut browser,
            "/administration/teams/north/move",
            &[("under", "east")],
            &[date("from", "21", "11", "2026")],
        )
        .await;
        assert!(ring.words().contains("ring"), "{}", ring.words());
        let moved = send(
            &mut browser,
            "/administration/teams/east/move",
            &[("under", "service")],
            &[date("from", "21", "11", "2026")],
        )
        .await;
        assert_eq!(
            moved.location.as_deref(),
            Some("/administration/teams/east?done=moved"),
            "{}",
            moved.words()
        );
        let full =
            send(&mut browser, "/administration/teams/service/end", &[], &[date("on", "21", "11", "2026")])
                .await;
        assert!(full.words().contains("still holds"), "{}", full.words());
        let ended =
            send(&mut browser, "/administration/teams/north/end", &[], &[date("on", "21", "11", "2026")])
                .await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.words());
        assert_eq!(browser.get("/administration/teams/nowhere").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn a_manager_says_who_is_away_and_an_administrator_loads_a_holiday() {
    both(|t| async move {
        let mut ola = administrator(&t).await;
        let north = t.team("North", None).await;
        let south = t.team("South", None).await;
        t.worker("Nadia Farrow", Role::SocialWorker, north).await;
        t.worker("Sam South", Role::SocialWorker, south).await;
        let helen = t.worker("Helen Boateng", Role::TeamManager, north).await;
        let mut browser = t.signed_in(&helen).await;
        let page = browser.get("/administration/absence").await;
        assert!(page.text.contains("value=\"nadia.farrow\""), "{}", page.words());
        let away = page.text.split_once("name=\"worker\"").unwrap().1.split_once("</select>").unwrap().0;
        assert!(!away.contains("sam.south"), "only her own team");
        let fields = [("worker", "nadia.farrow"), ("cover", "helen.boateng")];
        let wrong =
            send(&mut browser, "/administration/absence", &[("worker", "")], &[date("from", "", "", "")])
                .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = send(
            &mut browser,
            "/administration/absence",
            &fields,
            &[date("from", "21", "11", "2026"), date("to", "28", "11", "2026")],
        )
        .await;
        assert_eq!(done.location.as_deref(), Some("/administration/absence?done=away"), "{}", done.words());
        let page = browser.get("/administration/absence").await;
        assert!(
            page.words().contains(
                "Nadia Farrow: away from 21 November 2026 to 28 November 2026; Helen Boateng stands in"
            ),
            "{}",
            page.words()
        );
        let id =
            page.text.split_once("/administration/absence/").unwrap().1.split('"').next().unwrap().to_owned();
        let one = format!("/administration/absence/{id}");
        browser.get(&one).await;
        let done = send(&mut browser, &one, &[("cover", "")], &[date("to", "25", "11", "2026")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        assert!(
            browser
                .get("/administration/absence")
                .await
                .words()
                .contains("to 25 November 2026; nobody stands in")
        );
        let other = send(
            &mut browser,
            "/administration/absence",
            &[("worker", "sam.south")],
            &[date("from", "21", "11", "2026")],
        )
        .await;
        assert_eq!(other.status, StatusCode::FORBIDDEN);
        // a manager loads no calendar
        assert_eq!(browser.get("/administration/holidays").await.status, StatusCode::FORBIDDEN);
        ola.get("/administration/holidays").await;
        let funeral = [("name", "State Funeral"), ("change", "add")];
        let done =
            send(&mut ola, "/administration/holidays", &funeral, &[date("day", "10", "5", "2027")]).await;
        assert_eq!(
            done.location.as_deref(),
            Some("/administration/holidays?done=holiday"),
            "{}",
            done.words()
        );
        assert!(!t.app.calendar().is_working_day(jiff::civil::date(2027, 5, 10)), "in force at once");
        assert!(ola.get("/administration/holidays").await.words().contains("Monday 10 May: State Funeral"));
        let back = ola.post("/administration/holidays/2027-05-10/remove", &[]).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER);
        assert!(t.app.calendar().is_working_day(jiff::civil::date(2027, 5, 10)));
    })
    .await;
}

#[tokio::test]
async fn nobody_else_sees_administration() {
    both(|t| async move {
        administrator(&t).await;
        let north = t.team("North", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, north).await;
        let mut browser = t.signed_in(&nadia).await;
        let mut nobody = t.browser();
        for path in [
            "/administration",
            "/administration/workers",
            "/administration/workers/new",
            "/administration/workers/ola.reyes",
            "/administration/workers/ola.reyes/change",
            "/administration/workers/ola.reyes/people",
            "/administration/workers/ola.reyes/end",
            "/administration/workers/ola.reyes/link",
            "/administration/teams",
            "/administration/teams/new",
            "/administration/teams/north",
            "/administration/absence",
            "/administration/holidays",
        ] {
            assert_eq!(browser.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
            let out = nobody.get(path).await;
            assert!(out.location.is_some_and(|to| to.starts_with("/sign-in?next=/administration")), "{path}");
        }
        browser.get("/kept").await;
        assert!(browser.cookie(COOKIE).is_some());
        for path in [
            "/administration/workers",
            "/administration/workers/ola.reyes/change",
            "/administration/workers/ola.reyes/posts",
            "/administration/workers/ola.reyes/end",
            "/administration/workers/ola.reyes/come-back",
            "/administration/workers/ola.reyes/link",
            "/administration/workers/ola.reyes/sign-out",
            "/administration/teams",
            "/administration/teams/north",
            "/administration/teams/north/move",
            "/administration/teams/north/end",
            "/administration/absence",
            "/administration/holidays",
            "/administration/holidays/2027-05-10/remove",
        ] {
            let refused = browser.post(path, &[]).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
            assert!(refused.words().contains("You cannot open this"), "{path}: by post, not by token");
        }
    })
    .await;
}
