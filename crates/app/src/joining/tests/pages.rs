//! The pages of joining, in a browser: comparing, joining, old addresses, undoing, telling apart, the list.

use super::joined;
use crate::person::{act, add};
use app::Who;
use app::joining::{look, look_daily};
use app::person::actions::{AddPerson, NamePerson, NewBirth, NewName, name_person};
use db::args;
use jiff::SignedDuration;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::episode::EpisodeKind;
use practice::id::PersonId;
use practice::person::{AccessLevel, BirthBasis, NameKind};
use practice::role::Role;
use testkit::{TestApp, Worker, both};

struct Pair {
    kept: PersonId,
    other: PersonId,
    officer: Worker,
    manager: Worker,
    nadia: Worker,
    owen: Worker,
}

async fn pair(t: &TestApp) -> Pair {
    let team = t.team("Hillside", None).await;
    let officer = t.worker("Dara Data", Role::DataOfficer, team).await;
    let manager = t.worker("Mary Manager", Role::TeamManager, team).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
    let born = |given: &str| {
        let mut command = AddPerson::named(given, "Hart");
        command.birth = Some(NewBirth { on: date(2017, 3, 4), basis: BirthBasis::Exact, note: None });
        command
    };
    let kept = add(t, born("Josephine")).await.unwrap().person;
    t.pass(SignedDuration::from_mins(1));
    let other = add(t, born("Josefine")).await.unwrap().person;
    t.pass(SignedDuration::from_mins(1));
    Pair { kept, other, officer, manager, nadia, owen }
}

async fn lives_in(t: &TestApp, table: &'static str, person: PersonId) -> i64 {
    let sql = match table {
        "allocation" => {
            "SELECT CAST(count(*) AS bigint) FROM allocation WHERE person_id = $1 AND superseded_at IS NULL"
        }
        _ => "SELECT CAST(count(*) AS bigint) FROM episode WHERE person_id = $1 AND superseded_at IS NULL",
    };
    t.app.db.read().await.unwrap().number(sql, args![person]).await.unwrap()
}

#[tokio::test]
async fn given_two_alike_when_a_data_officer_compares_and_joins_them_then_the_old_address_leads_to_the_one_record_and_it_can_be_undone()
 {
    both(|t| async move {
        let Pair { kept, other, officer, .. } = pair(&t).await;
        let mut browser = t.signed_in(&officer).await;
        look(&t.app).await.unwrap();
        let list = browser.get("/joining").await;
        assert!(
            list.text.contains("Josephine Hart") && list.text.contains("Josefine Hart"),
            "{}",
            list.words()
        );
        let (one, two) = (kept.min(other), kept.max(other));
        assert!(list.text.contains(&format!("/person/{one}/join/{two}")));

        let place = format!("/person/{kept}/join/{other}");
        let page = browser.get(&place).await;
        assert!(page.words().contains("Whose names are their names now?"), "{}", page.words());
        let page = browser.post(&place, &[("doing", "join"), ("names", "kept")]).await;
        assert_eq!(page.status, 422);
        assert!(page.words().contains("Say how you know that they are one person"));
        let fields = [("doing", "join"), ("names", "kept"), ("reason", "Her mother says so")];
        let page = browser.post(&place, &fields).await;
        let to = page.location.expect("on to the joining");
        let page = browser.get(&to).await;
        assert!(page.words().contains("The two records are one now"), "{}", page.words());

        let old = browser.get(&format!("/person/{other}?known=2026-11-01")).await;
        assert_eq!(old.location.as_deref(), Some(&*format!("/person/{kept}?known=2026-11-01")));
        assert!(!browser.get("/joining").await.words().contains("Josefine"), "the pair is settled");
        let found = browser.get("/find?q=Josefine+Hart").await;
        assert!(found.text.contains(&format!("/person/{kept}")), "the other's name finds the one record");
        assert!(!found.text.contains(&format!("/person/{other}")));

        let undo = to.split('?').next().unwrap().to_owned();
        let page = browser.post(&undo, &[("reason", "They are cousins")]).await;
        let page = browser.get(&page.location.unwrap()).await;
        assert!(page.words().contains("two records again"), "{}", page.words());
        assert_eq!(browser.get(&format!("/person/{other}")).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn given_both_have_an_open_episode_and_a_worker_when_they_are_joined_then_whoever_joins_them_says_what_stands()
 {
    both(|t| async move {
        let Pair { kept, other, manager, nadia, owen, .. } = pair(&t).await;
        let one = t.episode(kept, EpisodeKind::ChildInNeed, nadia.team).await;
        let two = t.episode(other, EpisodeKind::ChildInNeed, nadia.team).await;
        t.allocate(kept, &nadia, AllocationKind::Responsible).await;
        t.allocate(other, &owen, AllocationKind::Responsible).await;
        t.pass(SignedDuration::from_mins(1));
        let before = super::whole(&t).await;
        let mut browser = t.signed_in(&manager).await;
        let place = format!("/person/{kept}/join/{other}");
        let fields = [("doing", "join"), ("names", "kept"), ("reason", "One child, met by both")];
        let page = browser.post(&place, &fields).await;
        assert_eq!(page.status, 422);
        let words = page.words();
        assert!(words.contains("Say who is responsible from now on, Nadia Farrow or Owen Pike"), "{words}");
        assert!(words.contains("Say which of the two stands"), "{words}");

        let episode = format!("episode-{one}-{two}");
        let mut fields = fields.to_vec();
        fields.extend([("responsible", "other"), (&*episode, "other")]);
        let page = browser.post(&place, &fields).await;
        let to = page.location.expect("joined");
        assert_eq!(lives_in(&t, "episode", kept).await, 1, "one of the two stands");
        let mut conn = t.app.db.read().await.unwrap();
        let who: Vec<(String, String)> = conn
            .all(
                "SELECT w.name, a.part FROM allocation a JOIN worker w ON w.id = a.worker_id \
                WHERE a.person_id = $1 AND a.superseded_at IS NULL AND a.to_date IS NULL ORDER BY w.name",
                args![kept],
            )
            .await
            .unwrap();
        drop(conn);
        let pairs: Vec<(&str, &str)> = who.iter().map(|it| (&*it.0, &*it.1)).collect();
        assert_eq!(pairs, [("Nadia Farrow", "helping"), ("Owen Pike", "responsible")]);

        // both see the one record, and it says where it came from
        let mut nadia = t.signed_in(&nadia).await;
        let page = nadia.get(&format!("/person/{kept}")).await;
        assert!(
            page.words().contains("The record of Josefine Hart was joined to this one"),
            "{}",
            page.words()
        );

        t.pass(SignedDuration::from_mins(1));
        let undo = to.split('?').next().unwrap().to_owned();
        let page = browser.post(&undo, &[("reason", "They are cousins")]).await;
        assert!(page.location.is_some(), "{}", page.words());
        let mut after = super::whole(&t).await;
        let mut before = before;
        for all in [&mut before, &mut after] {
            all.remove("session");
            all.remove("notice");
        }
        assert_eq!(super::difference(&before, &after), "");
    })
    .await;
}

#[tokio::test]
async fn given_something_recorded_since_when_it_is_undone_then_each_is_asked_and_the_likely_answer_stands_ready()
 {
    both(|t| async move {
        let Pair { kept, other, officer, .. } = pair(&t).await;
        let choices = app::joining::Choices {
            names: Some(practice::joining::Side::Kept),
            ..app::joining::Choices::default()
        };
        let joining = super::joined_by(&t, &super::program(), (kept, other), choices).await.unwrap();
        t.pass(SignedDuration::from_mins(1));
        let who = Who::program("test");
        let name = NewName::new(NameKind::Alias, "Zebedee", "Hart");
        act(&t, async |tx, moment| name_person(tx, &who, moment, NamePerson { person: kept, name }).await)
            .await
            .unwrap();
        let mut browser = t.signed_in(&officer).await;
        let place = format!("/joining/{joining}");
        let page = browser.get(&place).await;
        assert!(page.words().contains("Name: Zebedee Hart"), "{}", page.words());
        let page = browser.post(&place, &[("reason", "They are cousins")]).await;
        assert_eq!(page.status, 422);
        assert!(page.words().contains("Say whom this was about"));
        let key = page.text.split("name=\"about-").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let field = format!("about-{key}");
        let fields = [(&*field, "other"), ("reason", "They are cousins")];
        assert!(browser.post(&place, &fields).await.location.is_some());
        let found = browser.get("/find?q=Zebedee+Hart").await;
        assert!(found.text.contains(&format!("/person/{other}")));
        assert!(!found.text.contains(&format!("/person/{kept}")));
    })
    .await;
}

#[tokio::test]
async fn given_two_people_when_somebody_says_so_then_nobody_asks_again_until_it_is_taken_back() {
    both(|t| async move {
        let Pair { kept, other, officer, .. } = pair(&t).await;
        let mut browser = t.signed_in(&officer).await;
        assert!(look_daily(&t.app).await.unwrap().is_some());
        assert!(look_daily(&t.app).await.unwrap().is_none(), "once a day is enough");
        let place = format!("/person/{kept}/join/{other}");
        let page = browser.post(&place, &[("doing", "apart")]).await;
        assert!(page.words().contains("Say how you know that they are two people"));
        let page = browser.post(&place, &[("doing", "apart"), ("apart", "Twins, both met")]).await;
        let page = browser.get(&page.location.unwrap()).await;
        assert!(
            page.words().contains("they are two people") && !page.words().contains("Josefine"),
            "{}",
            page.words()
        );
        look(&t.app).await.unwrap();
        assert!(!browser.get("/joining").await.words().contains("Josefine"));
        let page = browser.get(&place).await;
        assert!(
            page.words().contains("Dara Data said on") && page.words().contains("Twins, both met"),
            "{}",
            page.words()
        );
        assert!(!page.words().contains("Join the two records"));
        let refused = crate::person::sentence(joined(&t, kept, other).await);
        assert!(refused.contains("Somebody looked at these two"), "{refused}");
        browser.post(&place, &[("doing", "take-back")]).await;
        look(&t.app).await.unwrap();
        assert!(browser.get("/joining").await.words().contains("Josefine"));
    })
    .await;
}

#[tokio::test]
async fn given_a_restricted_record_when_records_are_looked_through_then_it_is_named_to_its_officer_alone() {
    both(|t| async move {
        let Pair { kept, other, officer, manager, nadia, owen } = pair(&t).await;
        t.allocate(kept, &nadia, AllocationKind::Responsible).await;
        t.allocate(other, &owen, AllocationKind::Responsible).await;
        t.level(other, AccessLevel::Restricted).await;
        t.listed(other, &owen).await;
        look(&t.app).await.unwrap();
        let place = format!("/person/{kept}/join/{other}");
        for worker in [&officer, &manager] {
            let mut browser = t.signed_in(worker).await;
            assert!(!browser.get("/joining").await.words().contains("Josefine"));
            let page = browser.get(&place).await;
            assert_eq!(page.status, 404, "absent and hidden answer alike");
            assert_eq!(browser.post(&place, &[("doing", "join"), ("reason", "x")]).await.status, 404);
        }
        let keeper = t.worker("Rae Restrict", Role::RestrictedRecordsOfficer, nadia.team).await;
        let mut browser = t.signed_in(&keeper).await;
        let page = browser.get(&place).await;
        assert!(
            page.words().contains("The record will be restricted, the stricter of the two"),
            "{}",
            page.words()
        );
        let fields =
            [("doing", "join"), ("names", "kept"), ("responsible", "kept"), ("reason", "Same number")];
        let to = browser.post(&place, &fields).await.location.expect("joined");
        // the stricter level holds, and its list
        let mut nadia = t.signed_in(&nadia).await;
        assert_eq!(nadia.get(&format!("/person/{kept}")).await.status, 404);
        assert_eq!(
            nadia.get(&format!("/person/{other}")).await.status,
            404,
            "nor does the old address lead there"
        );
        let mut owen = t.signed_in(&owen).await;
        assert_eq!(owen.get(&format!("/person/{kept}")).await.status, 200);
        let undo = to.split('?').next().unwrap().to_owned();
        assert!(browser.post(&undo, &[("reason", "Cousins")]).await.location.is_some());
        assert_eq!(nadia.get(&format!("/person/{kept}")).await.status, 200);
        assert_eq!(nadia.get(&format!("/person/{other}")).await.status, 404);
    })
    .await;
}

#[tokio::test]
async fn given_two_who_are_related_or_one_opened_through_the_glass_then_they_are_not_joined_and_it_says_why()
{
    both(|t| async move {
        let Pair { kept, other, officer, nadia, .. } = pair(&t).await;
        let mut browser = t.signed_in(&officer).await;
        let place = format!("/person/{kept}/join/{other}");
        t.glass(kept, &nadia).await;
        assert!(browser.get(&place).await.words().contains("opened one of the two by breaking the glass"));
        t.parent(kept, other, false).await;
        assert!(browser.get(&place).await.words().contains("nobody is their own relative"));
        let sentence = crate::person::sentence(joined(&t, kept, other).await);
        assert!(sentence.contains("nobody is their own relative"), "{sentence}");
        let sentence = crate::person::sentence(joined(&t, kept, kept).await);
        assert!(sentence.contains("This is one record"), "{sentence}");
    })
    .await;
}

#[tokio::test]
async fn given_readings_of_both_when_they_are_joined_and_parted_then_each_list_names_whoever_read_of_them() {
    both(|t| async move {
        let Pair { kept, other, officer, manager, nadia, owen } = pair(&t).await;
        t.allocate(kept, &nadia, AllocationKind::Responsible).await;
        t.allocate(other, &owen, AllocationKind::Responsible).await;
        let (mut of_kept, mut of_other) = (t.signed_in(&nadia).await, t.signed_in(&owen).await);
        of_kept.get(&format!("/person/{kept}")).await;
        t.pass(SignedDuration::from_mins(1));
        of_other.get(&format!("/person/{other}")).await;
        t.pass(SignedDuration::from_mins(1));
        let mut browser = t.signed_in(&officer).await;
        let place = format!("/person/{kept}/join/{other}");
        let fields =
            [("doing", "join"), ("names", "kept"), ("responsible", "kept"), ("reason", "Same number")];
        let to = browser.post(&place, &fields).await.location.expect("joined");
        let list = of_kept.get(&format!("/person/{kept}/readings")).await;
        assert!(list.words().contains("Owen Pike"), "who read the other record: {}", list.words());
        t.pass(SignedDuration::from_mins(5));
        let mut manager = t.signed_in(&manager).await;
        manager.get(&format!("/person/{kept}")).await;
        t.pass(SignedDuration::from_mins(5));
        let undo = to.split('?').next().unwrap().to_owned();
        assert!(browser.post(&undo, &[("reason", "Cousins")]).await.location.is_some());
        t.pass(SignedDuration::from_mins(5));
        of_kept.get(&format!("/person/{kept}/people")).await;
        let list = of_other.get(&format!("/person/{other}/readings")).await.words();
        assert!(list.contains("Mary Manager"), "what was read while they were one: {list}");
        assert!(!list.contains("Who matters to them"), "and nothing of the other person afterwards: {list}");
    })
    .await;
}

#[tokio::test]
async fn given_words_begun_about_a_record_that_is_then_joined_when_they_are_filed_then_they_stand_in_the_one_record()
 {
    both(|t| async move {
        let Pair { kept, other, owen, .. } = pair(&t).await;
        t.allocate(other, &owen, AllocationKind::Responsible).await;
        let mut browser = t.signed_in(&owen).await;
        let page = browser.get(&format!("/record?about={other}")).await;
        let place = page.location.expect("a draft's key");
        let key = place.split("draft=").nth(1).unwrap().to_owned();
        let about = other.to_string();
        let fields = [("draft", &*key), ("about", &*about), ("kind", "note"), ("narrative", "School rang.")];
        browser.post("/drafts", &fields).await;
        let choices = app::joining::Choices {
            names: Some(practice::joining::Side::Kept),
            ..app::joining::Choices::default()
        };
        super::joined_by(&t, &super::program(), (kept, other), choices).await.unwrap();

        let page = browser.get(&place).await;
        assert!(page.text.contains("School rang."), "the draft's words are there: {}", page.words());
        assert!(page.text.contains(&kept.to_string()), "and are about the one record");
        let led = browser.get(&format!("/record?about={other}&draft={}", uuid::Uuid::from_u128(7))).await;
        assert_eq!(led.location, Some(format!("/record?about={kept}&draft={}", uuid::Uuid::from_u128(7))));
        // and a form that was open all the while
        let mut fields = fields.to_vec();
        fields.extend([("happened-day", "20"), ("happened-month", "11"), ("happened-year", "2026")]);
        fields.extend([("time", "4 pm"), ("readers", "present")]);
        let page = browser.post("/record", &fields).await;
        assert!(page.location.is_some(), "{}", page.words());
        let timeline = browser.get(&format!("/person/{kept}/timeline")).await;
        assert!(timeline.words().contains("School rang."), "{}", timeline.words());
    })
    .await;
}
