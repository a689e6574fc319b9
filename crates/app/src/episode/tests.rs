//! Opening, correcting, changing and ending episodes: what is refused first, then what follows.

use app::episode::{
    ChangeCircumstance, CircumstanceKind, CorrectEpisode, EndEpisode, Episode, OpenEpisode,
    change_circumstance, correct_episode, end_episode, episodes, open_episode,
};
use app::{Oops, Result, clock};
use db::args;
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::clock::State;
use practice::episode::EpisodeKind;
use practice::id::{EpisodeId, PersonId, TeamId};
use practice::person::AccessLevel;
use practice::role::Role;
use testkit::{TestApp, Worker, both};

const CHILD: Date = date(2017, 5, 4);
const MAY: Date = date(2026, 5, 6);
const NOV: Date = date(2026, 11, 2);

fn opening(person: PersonId, kind: EpisodeKind, from: Date, team: Option<TeamId>) -> OpenEpisode {
    OpenEpisode {
        person,
        kind,
        team,
        from,
        to: None,
        end_reason: None,
        last_seen: None,
        last_review: None,
        source_key: None,
        why: None,
    }
}

async fn open(t: &TestApp, by: &Worker, command: OpenEpisode) -> Result<EpisodeId> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let id = open_episode(&mut tx, &by.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(id)
}

async fn end(t: &TestApp, by: &Worker, episode: EpisodeId, on: Date, reason: &str) -> Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let command = EndEpisode { episode, on, reason: reason.to_owned() };
    end_episode(&mut tx, &by.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn correct(t: &TestApp, by: &Worker, command: CorrectEpisode) -> Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    correct_episode(&mut tx, &by.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn change(t: &TestApp, by: &Worker, episode: EpisodeId, words: &str, from: Date) -> Result<()> {
    let mut moment = t.moment();
    let mut tx = t.app.db.write().await.unwrap();
    let kind = CircumstanceKind::Category;
    let command = ChangeCircumstance { episode, kind, words: words.to_owned(), from };
    change_circumstance(&mut tx, &by.who, &mut moment, command).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn of(t: &TestApp, person: PersonId) -> Vec<Episode> {
    episodes(&mut t.app.db.read().await.unwrap(), person).await.unwrap()
}

async fn count(t: &TestApp, sql: &'static str) -> i64 {
    t.app.db.read().await.unwrap().number(sql, args![]).await.unwrap()
}

/// A team with a manager and a worker, and a child the worker answers for.
async fn a_team(t: &TestApp) -> (TeamId, Worker, Worker, PersonId) {
    let team = t.team("Riverside", None).await;
    let manager = t.worker("Helen Boateng", Role::TeamManager, team).await;
    let worker = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let child = t.person("Josie Hart", CHILD).await;
    t.allocate(child, &worker, AllocationKind::Responsible).await;
    (team, manager, worker, child)
}

#[tokio::test]
async fn an_episode_that_cannot_be_is_refused_and_nothing_is_written() {
    both(|t| async move {
        let (team, _, worker, child) = a_team(&t).await;
        let alone = t.team("Nobody's team", None).await;
        let need = EpisodeKind::ChildInNeed;
        let none = open(&t, &worker, opening(child, need, MAY, None)).await.unwrap_err();
        assert!(matches!(&none, Oops::Wrong(fields) if fields[0].0 == "team"), "{none}");
        let unmanaged = open(&t, &worker, opening(child, need, MAY, Some(alone))).await.unwrap_err();
        assert_eq!(
            unmanaged.to_string(),
            "Nobody's team has no manager, and someone must answer for the person while nobody is allocated"
        );
        let nowhere = TeamId(uuid::Uuid::from_u128(9));
        let absent = open(&t, &worker, opening(child, need, MAY, Some(nowhere))).await.unwrap_err();
        assert!(matches!(&absent, Oops::Wrong(fields) if fields[0].0 == "team"), "{absent}");
        let tomorrow = date(2026, 11, 22);
        let early = open(&t, &worker, opening(child, need, tomorrow, Some(team))).await.unwrap_err();
        assert!(matches!(early, Oops::Refused(_)));
        let backwards = OpenEpisode { to: Some(date(2026, 5, 5)), ..opening(child, need, MAY, Some(team)) };
        assert!(matches!(open(&t, &worker, backwards).await, Err(Oops::Refused(_))));
        assert!(of(&t, child).await.is_empty());
        assert_eq!(count(&t, "SELECT CAST(count(*) AS bigint) FROM journal").await, 0);
    })
    .await;
}

#[tokio::test]
async fn two_of_one_kind_may_not_overlap_and_two_of_different_kinds_may() {
    both(|t| async move {
        let (team, _, worker, child) = a_team(&t).await;
        let first = opening(child, EpisodeKind::ChildInNeed, MAY, Some(team));
        open(&t, &worker, first.clone()).await.unwrap();
        let again = open(&t, &worker, OpenEpisode { from: NOV, ..first }).await.unwrap_err();
        assert!(again.to_string().starts_with("Child in need is there already, from 6 May 2026"), "{again}");
        open(&t, &worker, opening(child, EpisodeKind::ChildProtection, NOV, Some(team))).await.unwrap();
        assert_eq!(of(&t, child).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn who_does_not_work_with_them_or_is_not_qualified_may_not() {
    both(|t| async move {
        let (team, manager, worker, child) = a_team(&t).await;
        let stranger = t.worker("Owen Pell", Role::SocialWorker, team).await;
        let data = t.worker("Dot Ames", Role::DataOfficer, team).await;
        let support = t.worker("Kit Lowe", Role::FamilySupportWorker, team).await;
        t.allocate(child, &support, AllocationKind::Helping).await;
        let need = opening(child, EpisodeKind::ChildInNeed, MAY, Some(team));
        for who in [&stranger, &data] {
            let refused = open(&t, who, need.clone()).await;
            assert!(matches!(refused, Err(Oops::NotAllowed(_))), "{:?}", refused.err());
        }
        let protection = opening(child, EpisodeKind::ChildProtection, MAY, Some(team));
        assert!(matches!(open(&t, &support, protection.clone()).await, Err(Oops::NotAllowed(_))));
        open(&t, &support, need).await.unwrap();
        let id = open(&t, &worker, protection).await.unwrap();
        assert!(matches!(end(&t, &support, id, NOV, "Plan ended").await, Err(Oops::NotAllowed(_))));
        t.level(child, AccessLevel::Restricted).await;
        // hidden and absent answer alike, also to a manager who is not on the list
        assert!(matches!(end(&t, &manager, id, NOV, "Plan ended").await, Err(Oops::NotFound)));
        let nothing = EpisodeId(uuid::Uuid::from_u128(5));
        assert!(matches!(end(&t, &manager, nothing, NOV, "Plan ended").await, Err(Oops::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn a_correction_needs_a_reason_and_the_version_that_was_read_and_keeps_the_old_one() {
    both(|t| async move {
        let (team, _, worker, child) = a_team(&t).await;
        open(&t, &worker, opening(child, EpisodeKind::ChildInNeed, MAY, Some(team))).await.unwrap();
        let read = of(&t, child).await.remove(0);
        let right = CorrectEpisode {
            episode: read.id,
            version: read.version,
            from: date(2026, 5, 7),
            to: None,
            team: Some(team),
            why: "Typed the wrong day".to_owned(),
        };
        let silent = correct(&t, &worker, CorrectEpisode { why: " ".to_owned(), ..right.clone() }).await;
        assert!(matches!(silent, Err(Oops::Wrong(_))));
        correct(&t, &worker, right.clone()).await.unwrap();
        let stale = correct(&t, &worker, CorrectEpisode { from: date(2026, 5, 9), ..right }).await;
        assert!(matches!(stale, Err(Oops::Stale)));
        let now = of(&t, child).await;
        assert_eq!((now.len(), now[0].from), (1, date(2026, 5, 7)));
        assert_eq!(
            count(&t, "SELECT CAST(count(*) AS bigint) FROM episode WHERE superseded_at IS NOT NULL").await,
            1
        );
    })
    .await;
}

#[tokio::test]
async fn an_end_that_was_recorded_by_mistake_is_taken_back_with_its_reason() {
    both(|t| async move {
        let (team, _, worker, child) = a_team(&t).await;
        let id = open(&t, &worker, opening(child, EpisodeKind::ChildInNeed, MAY, Some(team))).await.unwrap();
        end(&t, &worker, id, NOV, "Needs met").await.unwrap();
        let ended = of(&t, child).await.remove(0);
        let reopened = CorrectEpisode {
            episode: id,
            version: ended.version,
            from: MAY,
            to: None,
            team: Some(team),
            why: "Ended the wrong child's".to_owned(),
        };
        correct(&t, &worker, reopened).await.unwrap();
        let now = of(&t, child).await.remove(0);
        assert_eq!((now.to, now.end_reason), (None, None));
    })
    .await;
}

#[tokio::test]
async fn an_episode_ends_once_on_a_day_that_can_be_with_a_reason_and_its_clocks_are_no_longer_needed() {
    both(|t| async move {
        let (team, _, worker, child) = a_team(&t).await;
        let mut command = opening(child, EpisodeKind::ChildInNeed, MAY, Some(team));
        command.last_seen = Some(date(2026, 10, 30));
        let id = open(&t, &worker, command).await.unwrap();
        assert!(matches!(end(&t, &worker, id, NOV, "").await, Err(Oops::Wrong(_))));
        assert!(matches!(end(&t, &worker, id, date(2026, 5, 5), "Met").await, Err(Oops::Refused(_))));
        assert!(matches!(end(&t, &worker, id, date(2026, 11, 22), "Met").await, Err(Oops::Refused(_))));
        let running = |t: TestApp| async move {
            let mut conn = t.app.db.read().await.unwrap();
            let running = clock::running_of(&mut conn, child, date(2026, 11, 21)).await.unwrap();
            (t, running)
        };
        let (t, before) = running(t).await;
        end(&t, &worker, id, NOV, "Needs met").await.unwrap();
        let (t, after) = running(t).await;
        assert!(after.is_empty(), "{after:?}");
        let mut conn = t.app.db.read().await.unwrap();
        let kept = clock::of_person(&mut conn, child, date(2026, 11, 21)).await.unwrap();
        let ended = kept.iter().filter(|kept| matches!(kept.state, State::Ended { .. })).count();
        assert_eq!(ended, before.len(), "{kept:?}");
        drop(conn);
        let twice = end(&t, &worker, id, NOV, "Needs met").await.unwrap_err();
        assert_eq!(twice.to_string(), "This has already ended, on 2 November 2026");
    })
    .await;
}

#[tokio::test]
async fn a_change_of_circumstances_keeps_what_was_so_before_for_its_time() {
    both(|t| async move {
        let (team, _, worker, child) = a_team(&t).await;
        let id = open(&t, &worker, opening(child, EpisodeKind::ChildProtection, MAY, Some(team))).await.unwrap();
        for day in [date(2026, 5, 5), date(2026, 11, 22)] {
            assert!(matches!(change(&t, &worker, id, "Neglect", day).await, Err(Oops::Wrong(_))), "{day}");
        }
        change(&t, &worker, id, "Neglect", MAY).await.unwrap();
        change(&t, &worker, id, "Emotional harm", NOV).await.unwrap();
        let rows: Vec<(String, db::Day, Option<db::Day>)> = t
            .app
            .db
            .read()
            .await
            .unwrap()
            .all(
                "SELECT words, from_date, to_date FROM circumstance WHERE superseded_at IS NULL ORDER BY from_date",
                args![],
            )
            .await
            .unwrap();
        let told: Vec<_> = rows.iter().map(|row| (row.0.as_str(), row.1.0, row.2.map(|day| day.0))).collect();
        assert_eq!(
            told,
            [("Neglect", MAY, Some(date(2026, 11, 1))), ("Emotional harm", NOV, None)],
            "what was so before stays so for its time"
        );
        t.facts_hold("circumstance").await;
    })
    .await;
}

#[tokio::test]
async fn an_episode_is_opened_on_a_page_that_says_first_which_dates_begin() {
    both(|t| async move {
        let (team, _, worker, child) = a_team(&t).await;
        let mut browser = t.signed_in(&worker).await;
        let path = format!("/person/{child}/episodes/open");
        assert_eq!(browser.get(&path).await.status, 200);
        let empty = browser.post(&path, &[]).await;
        assert_eq!(empty.status, 422);
        for sentence in ["Say what kind of help begins", "First day is needed", "Say which team holds it"] {
            assert!(empty.words().contains(sentence), "{sentence}\n{}", empty.words());
        }
        let team = team.to_string();
        let mut fields = vec![
            ("kind", "looked-after"),
            ("team", team.as_str()),
            ("from-day", "9"),
            ("from-month", "11"),
            ("from-year", "2026"),
        ];
        let check = browser.post(&path, &fields).await.words();
        for words in
            ["Check before you save", "Looked after", "9 November", "Riverside", "What follows", ": due "]
        {
            assert!(check.contains(words), "{words}\n{check}");
        }
        assert!(of(&t, child).await.is_empty(), "a check writes nothing");
        fields.push(("press", "save"));
        let saved = browser.post(&path, &fields).await;
        let next = saved.location.expect("a next page");
        assert!(next.starts_with(&format!("/person/{child}/episodes?done=open&episode=")), "{next}");
        let page = browser.get(&next).await.words();
        for words in
            ["The episode is open.", "Its dates now", "9 November to now (12 days). Held by Riverside."]
        {
            assert!(page.contains(words), "{words}\n{page}");
        }
        let again = browser.post(&path, &fields).await;
        assert_eq!(again.status, 422);
        assert!(
            again.words().contains("Looked after is there already, from 9 November 2026."),
            "{}",
            again.words()
        );
    })
    .await;
}

#[tokio::test]
async fn correcting_changing_and_ending_are_three_pages_and_who_may_not_is_told_so() {
    both(|t| async move {
        let (team, _, worker, child) = a_team(&t).await;
        let id =
            open(&t, &worker, opening(child, EpisodeKind::ChildProtection, MAY, Some(team))).await.unwrap();
        let support = t.worker("Kit Lowe", Role::FamilySupportWorker, team).await;
        t.allocate(child, &support, AllocationKind::Helping).await;
        let at = |doing: &str| format!("/person/{child}/episodes/{id}/{doing}");
        let mut kit = t.signed_in(&support).await;
        for doing in ["correct", "change", "end"] {
            assert_eq!(kit.get(&at(doing)).await.status, 403, "{doing}");
        }
        let mut browser = t.signed_in(&worker).await;
        for doing in ["correct", "change", "end"] {
            assert_eq!(browser.get(&at(doing)).await.status, 200, "{doing}");
        }
        assert_eq!(browser.get(&at("open")).await.status, 404);
        assert_eq!(browser.get(&at("nonsense")).await.status, 404);
        let day = [("from-day", "2"), ("from-month", "11"), ("from-year", "2026"), ("press", "save")];
        let change: Vec<_> = day.into_iter().chain([("what", "category"), ("words", "Neglect")]).collect();
        assert_eq!(browser.post(&at("change"), &change).await.status, 303);
        let page = browser.get(&format!("/person/{child}/episodes")).await.words();
        assert!(page.contains("Category of harm: Neglect, from 2 November."), "{page}");
        // a correction on a version that someone else has corrected meanwhile
        let team = team.to_string();
        let stale: Vec<_> = day
            .into_iter()
            .chain([
                ("version", "00000000-0000-7000-8000-000000000001"),
                ("team", &team),
                ("why", "Wrong day"),
            ])
            .collect();
        let answered = browser.post(&at("correct"), &stale).await;
        assert_eq!(answered.status, 422);
        assert!(
            answered.words().contains("Someone else changed this while you had it open."),
            "{}",
            answered.words()
        );
        assert!(answered.text.contains("value=\"Wrong day\""), "what was typed comes back");
        let end = [
            ("on-day", "20"),
            ("on-month", "11"),
            ("on-year", "2026"),
            ("reason", "Safe now"),
            ("press", "save"),
        ];
        assert_eq!(browser.post(&at("end"), &end).await.status, 303);
        assert_eq!(of(&t, child).await[0].to, Some(date(2026, 11, 20)));
    })
    .await;
}
