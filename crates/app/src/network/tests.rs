//! The network picture: what each reader sees of it, on which day, and saying how it is.

use app::network::{AddTie, NewTie, add_tie};
use app::person::actions::{
    Bond, NewAddress, NewDetail, RecordAddress, RecordDetail, Relate, record_address, record_detail, relate,
};
use app::{Oops, Who};
use axum::http::StatusCode;
use db::args;
use jiff::civil::date;
use practice::access::AllocationKind;
use practice::id::PersonId;
use practice::person::{AccessLevel, AddressUse, DetailKind};
use practice::relationship::RelationshipKind as Kind;
use practice::role::Role;
use practice::tie::{TieKind, TieStrength};
use testkit::{TestApp, Worker, both};

struct Scene {
    josie: PersonId,
    leanne: PersonId,
    nan: PersonId,
    nadia: Worker,
}

async fn bond(t: &TestApp, person: PersonId, other: PersonId, kind: Kind) {
    let mut tx = t.app.db.write().await.unwrap();
    let command = Relate { person, other, bond: Bond::of(kind) };
    relate(&mut tx, &Who::program("test"), &mut t.moment(), command).await.unwrap();
    tx.commit().await.unwrap();
}

/// Josie lives with Leanne, her mother; Pauline is Leanne's mother. Nadia works with Josie.
async fn scene(t: &TestApp) -> Scene {
    let team = t.team("Hillside", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let josie = t.person("Josie Hart", date(2017, 3, 14)).await;
    let leanne = t.person("Leanne Hart", date(1992, 6, 9)).await;
    let nan = t.person("Pauline Hart", date(1965, 2, 11)).await;
    t.allocate(josie, &nadia, AllocationKind::Responsible).await;
    t.household(&[josie, leanne]).await;
    t.parent(leanne, josie, true).await;
    bond(t, leanne, nan, Kind::Parent).await;
    Scene { josie, leanne, nan, nadia }
}

/// A page as it is sent, and under it the words of it.
async fn page(t: &TestApp, worker: &Worker, path: &str) -> String {
    let mut browser = t.signed_in(worker).await;
    let answer = browser.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    format!("{}\n{}", answer.text, answer.words().replace(" , ", ", "))
}

#[tokio::test]
async fn given_three_generations_when_the_picture_is_opened_then_it_is_drawn_told_and_the_reading_noted() {
    both(|t| async move {
        let s = scene(&t).await;
        let text = page(&t, &s.nadia, &format!("/person/{}/network", s.josie)).await;
        assert!(text.contains("<title id=\"genogram-title\">Josie’s family, 3 people"), "{text}");
        assert!(text.contains("Leanne, born 1992, is Josie’s parent. They live together."), "{text}");
        assert!(text.contains("Pauline, born 1965, is Josie’s grandparent (parent’s parent)."), "{text}");
        assert!(text.contains("live together"), "the key explains the dashed line");
        let svg = text.split("<svg").find(|part| part.contains("genogram-title")).unwrap();
        for name in ["Josie", "Leanne", "Pauline"] {
            assert!(svg.contains(&format!(">{name}</text>")), "{name} is real text in the picture");
        }
        assert!(!text.contains("style="), "the policy forbids style attributes");
        let mut conn = t.app.db.read().await.unwrap();
        let read = "SELECT CAST(count(*) AS bigint) FROM journal WHERE action = 'open_network'";
        assert_eq!(conn.number(read, args![]).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn given_hidden_and_closed_records_when_the_picture_is_drawn_then_nothing_tells_of_them() {
    both(|t| async move {
        let s = scene(&t).await;
        let hidden = t.person("Canary Secret", date(1990, 1, 1)).await;
        let beyond = t.person("Beyond Reach", date(1940, 1, 1)).await;
        bond(&t, s.josie, hidden, Kind::Parent).await;
        bond(&t, s.nan, beyond, Kind::Parent).await;
        {
            let mut tx = t.app.db.write().await.unwrap();
            let tie = NewTie { strength: TieStrength::Broken, ..NewTie::with(hidden) };
            let who = Who::program("test");
            add_tie(&mut tx, &who, &mut t.moment(), AddTie { person: s.josie, tie }).await.unwrap();
            tx.commit().await.unwrap();
        }
        t.level(hidden, AccessLevel::Restricted).await;
        let text = page(&t, &s.nadia, &format!("/person/{}/network", s.josie)).await;
        assert!(!text.contains("Canary") && !text.contains(&hidden.to_string()), "{text}");
        assert!(!text.contains("Cut off"), "nor does a line to them");
        // Pauline's record is not open to Nadia: her own family is not told
        assert!(text.contains("Pauline") && !text.contains("Beyond"), "{text}");
        let other = t.worker("Owen Pike", Role::SocialWorker, t.team("Other", None).await).await;
        let mut owen = t.signed_in(&other).await;
        let refused = owen.get(&format!("/person/{}/network", s.josie)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn given_a_confidential_address_when_the_reader_may_not_see_it_then_who_lives_together_is_not_told() {
    both(|t| async move {
        let s = scene(&t).await;
        let mut tx = t.app.db.write().await.unwrap();
        let address = NewAddress {
            purpose: AddressUse::Home,
            lines: "1 Refuge Road".to_owned(),
            postcode: Some("ZZ9 1AB".to_owned()),
            confidential: true,
            from: None,
            to: None,
        };
        let command = RecordAddress { person: s.leanne, address };
        record_address(&mut tx, &Who::program("test"), &mut t.moment(), command).await.unwrap();
        tx.commit().await.unwrap();
        let text = page(&t, &s.nadia, &format!("/person/{}/network", s.josie)).await;
        assert!(text.contains("Leanne, born 1992, is Josie’s parent."), "{text}");
        assert!(!text.contains("They live together") && !text.contains("ives with Leanne"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn given_a_tie_when_it_is_added_corrected_and_ended_on_pages_then_each_day_shows_its_own() {
    both(|t| async move {
        let s = scene(&t).await;
        let base = format!("/person/{}/network", s.josie);
        let mut browser = t.signed_in(&s.nadia).await;
        let add = format!("{base}/tie");
        browser.get(&add).await;
        let empty = browser.post(&add, &[("kind", "pet")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.words().contains("Say how strong it is"), "{}", empty.words());
        let fields = [
            ("kind", "pet"),
            ("name", "Biscuit"),
            ("strength", "strong"),
            ("flow", "back"),
            ("from-day", "1"),
            ("from-month", "5"),
            ("from-year", "2024"),
        ];
        assert_eq!(browser.post(&add, &fields).await.status, StatusCode::SEE_OTHER);
        let twice = browser.post(&add, &fields).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "said already");
        let words = browser.get(&base).await.words();
        assert!(
            words.contains(
                "Biscuit, pet: the tie is strong. Help, care or energy comes from Biscuit to Josie."
            ),
            "{words}"
        );
        let tie: (uuid::Uuid,) = {
            let mut conn = t.app.db.read().await.unwrap();
            conn.one("SELECT id FROM tie WHERE superseded_at IS NULL", args![]).await.unwrap()
        };
        let again = format!("{base}/tie/{}", tie.0);
        assert!(browser.get(&again).await.text.contains("Biscuit"));
        let put = [("name", "Biscuit the dog"), ("strength", "ordinary"), ("flow", "both")];
        assert_eq!(browser.post(&again, &put).await.status, StatusCode::SEE_OTHER);
        let stale = browser.post(&again, &put).await;
        assert_eq!(stale.status, StatusCode::NOT_FOUND, "what was seen is not there any more");
        let tie: (uuid::Uuid,) = {
            let mut conn = t.app.db.read().await.unwrap();
            conn.one("SELECT id FROM tie WHERE superseded_at IS NULL", args![]).await.unwrap()
        };
        let end = format!("{base}/tie/{}/end", tie.0);
        browser.get(&end).await;
        let ended = [("on-day", "1"), ("on-month", "6"), ("on-year", "2026")];
        assert_eq!(browser.post(&end, &ended).await.status, StatusCode::SEE_OTHER);
        assert!(!browser.get(&base).await.words().contains("Biscuit"));
        let then = browser.get(&format!("{base}?on=2026-05-31")).await.words();
        assert!(then.contains("as it was on 31 May 2026") && then.contains("Biscuit the dog, pet"), "{then}");
        let mut conn = t.app.db.read().await.unwrap();
        let versions = "SELECT CAST(count(*) AS bigint) FROM tie";
        assert_eq!(conn.number(versions, args![]).await.unwrap(), 3, "the older versions stay");
    })
    .await;
}

#[tokio::test]
async fn given_a_day_in_the_past_when_the_picture_is_drawn_then_it_holds_who_was_there_and_how_they_stood() {
    both(|t| async move {
        let s = scene(&t).await;
        let sam = t.person("Sam Ansah", date(1990, 10, 30)).await;
        let theo = t.person("Theo Hart", date(2020, 8, 2)).await;
        t.parent(sam, s.josie, true).await;
        t.parent(s.leanne, theo, true).await;
        t.allocate(theo, &s.nadia, AllocationKind::Responsible).await;
        let mut tx = t.app.db.write().await.unwrap();
        let who = Who::program("test");
        let married =
            Bond { from: Some(date(2016, 5, 1)), to: Some(date(2023, 4, 1)), ..Bond::of(Kind::Spouse) };
        let command = Relate { person: s.leanne, other: sam, bond: married };
        relate(&mut tx, &who, &mut t.moment(), command).await.unwrap();
        for (person, kind, words) in [
            (sam, DetailKind::Died, "2025-02-03"),
            (theo, DetailKind::UnknownParent, "Father"),
            (sam, DetailKind::Sex, "Male"),
        ] {
            let detail = NewDetail::new(kind, words);
            record_detail(&mut tx, &who, &mut t.moment(), RecordDetail { person, detail, seen: None })
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        let base = format!("/person/{}/network", s.josie);
        let now = page(&t, &s.nadia, &base).await;
        assert!(now.contains("Sam, born 1990, died 2025, is Josie’s father."), "{now}");
        assert!(now.contains("Married Sam in 2016; they parted in 2023."), "{now}");
        assert!(now.contains("Not known, of whom nobody knows who it is."), "{now}");
        let then = page(&t, &s.nadia, &format!("{base}?on=2019-01-01")).await;
        assert!(then.contains("Sam, born 1990, is Josie’s father."), "{then}");
        assert!(then.contains("Married Sam in 2016.") && !then.contains("Theo"), "{then}");
    })
    .await;
}

#[tokio::test]
async fn given_somebody_who_may_not_change_the_record_when_they_say_how_it_is_then_it_is_refused() {
    both(|t| async move {
        let s = scene(&t).await;
        let team = t.team("Other", None).await;
        let owen = t.worker("Owen Pike", Role::SocialWorker, team).await;
        let mut tx = t.app.db.write().await.unwrap();
        let tie = NewTie::to(TieKind::School, "Alder Road Primary");
        let refused = add_tie(&mut tx, &owen.who, &mut t.moment(), AddTie { person: s.josie, tie }).await;
        assert!(matches!(refused, Err(Oops::NotAllowed(_))), "{refused:?}");
        let long = NewTie::to(TieKind::Club, &"x".repeat(201));
        let wrong =
            add_tie(&mut tx, &s.nadia.who, &mut t.moment(), AddTie { person: s.josie, tie: long }).await;
        assert!(matches!(wrong, Err(Oops::Wrong(_))), "{wrong:?}");
        tx.give_up().await.unwrap();
    })
    .await;
}
