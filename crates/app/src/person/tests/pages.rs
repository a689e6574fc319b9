//! The pages of a person, in the words a reader sees.

use super::{act, add, person, seen, set_level, works_with};
use app::Who;
use app::person::actions::{
    AddPerson, Bond, Join, MoveIn, NewAddress, NewBirth, NewDetail, NewWarning, RecordAddress, RecordDetail,
    Relate, Warn, move_in, record_address, record_detail, relate, warn,
};
use app::person::facts::Told;
use axum::http::StatusCode;
use jiff::civil::date;
use practice::id::PersonId;
use practice::person::{AddressUse, DetailKind, WarningKind};
use practice::relationship::RelationshipKind as Kind;
use practice::role::Role;
use testkit::{Browser, TestApp, Worker, both};

/// Josie with her mother and brother, and Nadia who works with her.
struct Town {
    nadia: Worker,
    josie: PersonId,
    leanne: PersonId,
}

async fn town(t: &TestApp) -> Town {
    let who = Who::program("test");
    let team = t.team("East", None).await;
    let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
    let child =
        AddPerson { birth: Some(NewBirth::exact(date(2017, 5, 4))), ..AddPerson::named("Josephine", "Hart") };
    let josie = add(t, child).await.unwrap().person;
    let leanne = person(t, "Leanne", "Hart").await;
    works_with(t, &nadia, josie).await;
    act(t, async |tx, moment| {
        let bond = Bond { closeness: Some(5), ..Bond::of(Kind::Parent).with_responsibility() };
        relate(tx, &who, moment, Relate { person: josie, other: leanne, bond }).await?;
        move_in(tx, &who, moment, MoveIn { person: josie, join: Join::With(leanne), from: None }).await?;
        for (kind, words) in [
            (DetailKind::MattersToMe, "I like dogs"),
            (DetailKind::TalkWithMe, "One question at a time"),
            (DetailKind::Phone, "07700 900123"),
            (DetailKind::Pronouns, "She, her"),
        ] {
            record_detail(
                tx,
                &who,
                moment,
                RecordDetail { person: josie, detail: NewDetail::new(kind, words), seen: None },
            )
            .await?;
        }
        let warning = NewWarning {
            kind: WarningKind::DoNotDisclose,
            fact: "Do not give Sam the address".to_owned(),
            detail: None,
            from: date(2026, 11, 1),
            review_on: date(2027, 5, 1),
            told: Told::No { why: "It would put her at risk".to_owned() },
            agreed_with: None,
        };
        warn(tx, &who, moment, Warn { person: josie, warning }).await?;
        let refuge = NewAddress {
            purpose: AddressUse::Home,
            lines: "The Refuge".to_owned(),
            postcode: Some("ZZ9 1AB".to_owned()),
            confidential: true,
            from: None,
            to: None,
        };
        record_address(tx, &who, moment, RecordAddress { person: leanne, address: refuge }).await
    })
    .await
    .unwrap();
    Town { nadia, josie, leanne }
}

async fn readings(t: &TestApp, person: PersonId) -> Vec<String> {
    let mut conn = t.app.db.read().await.unwrap();
    let sql = "SELECT j.action FROM journal j JOIN journal_about a ON a.journal_id = j.id WHERE a.person_id = $1 \
        AND j.account_id IS NOT NULL ORDER BY j.id";
    let rows: Vec<(String,)> = conn.all(sql, db::args![person]).await.unwrap();
    rows.into_iter().map(|row| row.0).collect()
}

async fn open(browser: &mut Browser, path: String) -> String {
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.words());
    page.words()
}

#[tokio::test]
async fn a_worker_opens_the_page_of_a_child_they_work_with_and_it_is_journalled() {
    both(|t| async move {
        let town = town(&t).await;
        let mut nadia = t.signed_in(&town.nadia).await;
        let words = open(&mut nadia, format!("/person/{}", town.josie)).await;
        for said in [
            "Josephine Hart, 9. She, her.",
            "“I like dogs”",
            "Lives with Leanne",
            "Things to know",
            "Do not give Sam the address",
            "They have not been told of this.",
            "Leanne , parent",
            "Parental responsibility",
            "Very close, Josephine says",
            "One question at a time",
            "07700 900123",
        ] {
            assert!(words.contains(said), "{said} in {words}");
        }
        assert_eq!(readings(&t, town.josie).await, ["open_person"]);
        // the mother, whose child she works with: open, but not the hidden address
        let words = open(&mut nadia, format!("/person/{}", town.leanne)).await;
        assert!(!words.contains("Refuge") && !words.contains("ZZ9"), "{words}");
        let words = open(&mut nadia, format!("/person/{}/about", town.leanne)).await;
        assert!(!words.contains("Refuge"), "{words}");
        let words = open(&mut nadia, format!("/person/{}/people", town.josie)).await;
        assert!(words.contains("Who lives together With Leanne"), "{words}");
    })
    .await;
}

#[tokio::test]
async fn without_a_relationship_only_the_findable_facts_show_and_hidden_answers_as_absent() {
    both(|t| async move {
        let town = town(&t).await;
        let team = t.team("West", None).await;
        let owen = t.worker("Owen Blythe", Role::SocialWorker, team).await;
        let mut owen = t.signed_in(&owen).await;
        let path = format!("/person/{}", town.josie);
        let words = open(&mut owen, path.clone()).await;
        for said in [
            "Josephine Hart",
            "Born in 2017",
            "Nadia Farrow, East",
            "You do not work with this person",
            "Break the glass",
        ] {
            assert!(words.contains(said), "{said} in {words}");
        }
        for hidden in ["dogs", "Leanne", "07700", "Sam", "4 May"] {
            assert!(!words.contains(hidden), "{hidden} in {words}");
        }
        for part in ["/about", "/people"] {
            let words = open(&mut owen, format!("{path}{part}")).await;
            assert!(!words.contains("Leanne") && words.contains("Born in 2017"), "{words}");
        }
        let change = owen.get(&format!("{path}/change/name")).await;
        assert_eq!(change.status, StatusCode::FORBIDDEN);
        assert_eq!(readings(&t, town.josie).await, ["find_person", "find_person", "find_person"]);
        let absent = owen.get(&format!("/person/{}", PersonId(uuid::Uuid::nil()))).await;
        for level in ["restricted", "sealed"] {
            set_level(&t, town.josie, level).await;
            for part in ["", "/about", "/people", "/people/add", "/change/name", "/photo"] {
                let hidden = owen.get(&format!("{path}{part}")).await;
                assert_eq!(
                    (hidden.status, hidden.words()),
                    (absent.status, absent.words()),
                    "{level} {part}"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_detail_is_changed_on_one_page_and_every_typed_word_comes_back_when_it_is_wrong() {
    both(|t| async move {
        let town = town(&t).await;
        let mut nadia = t.signed_in(&town.nadia).await;
        let path = format!("/person/{}/change/detail/email", town.josie);
        open(&mut nadia, path.clone()).await;
        let wrong = nadia.post(&path, &[("words", "josie at home"), ("note", "Mum reads it")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.words().contains("An email address looks like name@example.org"));
        assert!(
            wrong.text.contains("value=\"josie at home\"") && wrong.text.contains("value=\"Mum reads it\"")
        );
        let done = nadia.post(&path, &[("words", "josie@example.org"), ("note", "Mum reads it")]).await;
        assert_eq!(
            done.location.as_deref(),
            Some(format!("/person/{}/about?done=recorded", town.josie).as_str())
        );
        let words = open(&mut nadia, done.location.unwrap()).await;
        assert!(words.contains("Recorded.") && words.contains("josie@example.org"), "{words}");
    })
    .await;
}

#[tokio::test]
async fn what_is_hard_is_checked_before_it_is_kept() {
    both(|t| async move {
        let town = town(&t).await;
        let mut nadia = t.signed_in(&town.nadia).await;
        let path = format!("/person/{}/change/address", town.josie);
        open(&mut nadia, path.clone()).await;
        let fields = [
            ("purpose", "home"),
            ("lines", "14 Kestrel Walk\r\nEastgate"),
            ("postcode", "zz9 2xy"),
            ("confidential", "yes"),
        ];
        let check = nadia.post(&path, &fields).await;
        assert_eq!(check.status, StatusCode::OK);
        let words = check.words();
        assert!(
            words.contains("Is this right?")
                && words.contains("14 Kestrel Walk")
                && words.contains("zz9 2xy"),
            "{words}"
        );
        assert!(seen(&t, town.josie).await.addresses.is_empty(), "nothing is kept before it is confirmed");
        let mut again = fields.to_vec();
        again.push(("step", "change"));
        let back = nadia.post(&path, &again).await;
        assert!(back.text.contains("value=\"zz9 2xy\"") && back.text.contains("14 Kestrel Walk"));
        let mut sure = fields.to_vec();
        sure.push(("step", "confirm"));
        let done = nadia.post(&path, &sure).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let kept = seen(&t, town.josie).await.addresses;
        assert_eq!(
            (kept.len(), kept[0].postcode.as_deref(), kept[0].confidential),
            (1, Some("ZZ9 2XY"), true)
        );
    })
    .await;
}

/// What a browser would send: the fields of the form as it stands on the page, with these put in.
fn sent(page: &str, put: &[(&str, &str)]) -> Vec<(String, String)> {
    let main = page.split("<main").nth(1).unwrap();
    let of = |tag: &str, name: &str| {
        let after = tag.split(&format!("{name}=\"")).nth(1)?;
        after.split('"').next().map(str::to_owned)
    };
    let hidden = main.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap());
    let hidden = hidden.filter(|tag| tag.contains("type=\"hidden\"") && !tag.contains("name=\"csrf\""));
    let mut all: Vec<(String, String)> =
        hidden.filter_map(|tag| Some((of(tag, "name")?, of(tag, "value").unwrap_or_default()))).collect();
    all.extend(put.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    all
}

async fn send(browser: &mut Browser, path: &str, page: &str, put: &[(&str, &str)]) -> testkit::Answered {
    let fields = sent(page, put);
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &fields).await
}

#[tokio::test]
async fn of_two_who_write_at_once_both_texts_stay_and_both_are_told() {
    both(|t| async move {
        let town = town(&t).await;
        let owen = t.worker("Owen Pike", Role::SocialWorker, t.team("West", None).await).await;
        works_with(&t, &owen, town.josie).await;
        let (mut one, mut two) = (t.signed_in(&town.nadia).await, t.signed_in(&owen).await);
        let path = format!("/person/{}/change/detail/matters-to-me", town.josie);
        let (first, second) = (one.get(&path).await.text, two.get(&path).await.text);
        let done = send(&mut one, &path, &first, &[("words", "I like dogs and drawing")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        let late = send(&mut two, &path, &second, &[("words", "I like dogs and toast")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.words());
        let words = late.words();
        assert!(words.contains("Nadia Farrow changed this while you had it open"), "{words}");
        assert!(words.contains("dogs and drawing") && words.contains("dogs and toast"), "{words}");
        let about = format!("/person/{}/about", town.josie);
        let told = one.get(&about).await.words();
        assert!(told.contains("A colleague was changing the same details"), "{told}");
        assert!(told.contains("Owen Pike wrote this at the same time as you"), "{told}");
        assert!(told.contains("I like dogs and toast") && told.contains("I like dogs and drawing"), "{told}");
        let kept = two.get(&about).await;
        assert!(kept.words().contains("You wrote this at the same time as someone else"), "{}", kept.words());
        // from there the later begins again, and then nothing more is needed from their first text
        let again = two.get(&path).await.text;
        let done = send(&mut two, &path, &again, &[("words", "I like dogs, drawing and toast")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        assert!(!two.get(&about).await.words().contains("at the same time as someone else"));
    })
    .await;
}

#[tokio::test]
async fn a_fact_corrected_by_two_at_once_shows_both_and_a_third_reads_neither_text() {
    both(|t| async move {
        let town = town(&t).await;
        let team = t.team("West", None).await;
        let (owen, mo) = (
            t.worker("Owen Pike", Role::SocialWorker, team).await,
            t.worker("Mo Field", Role::SocialWorker, team).await,
        );
        works_with(&t, &owen, town.josie).await;
        works_with(&t, &mo, town.josie).await;
        let phone = seen(&t, town.josie).await.now(DetailKind::Phone).next().unwrap().id;
        let path = format!("/person/{}/change/correct-detail/{phone}", town.josie);
        let (mut one, mut two) = (t.signed_in(&town.nadia).await, t.signed_in(&owen).await);
        let (first, second) = (one.get(&path).await.text, two.get(&path).await.text);
        let done = send(&mut one, &path, &first, &[("words", "07700 900124")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        let late = send(&mut two, &path, &second, &[("words", "07700 900125")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.words());
        assert!(
            late.words().contains("07700 900124") && late.words().contains("07700 900125"),
            "{}",
            late.words()
        );
        let about = format!("/person/{}/about", town.josie);
        let mut third = t.signed_in(&mo).await;
        assert!(!third.get(&about).await.words().contains("07700 900125"));
        let page = two.get(&about).await.text;
        let text = page.split("/change/settle/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let settle = format!("/person/{}/change/settle/{text}", town.josie);
        assert_eq!(third.post(&settle, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(two.post(&settle, &[]).await.status, StatusCode::SEE_OTHER);
        assert!(!one.get(&about).await.words().contains("07700 900125"));
    })
    .await;
}

#[tokio::test]
async fn a_relationship_is_chosen_told_checked_and_ended() {
    both(|t| async move {
        let town = town(&t).await;
        let mut nadia = t.signed_in(&town.nadia).await;
        let pauline = person(&t, "Pauline", "Hart").await;
        let words = open(&mut nadia, format!("/person/{}/people/add?q=Paulene+hart", town.josie)).await;
        assert!(words.contains("Pauline Hart") && words.contains("Choose"), "{words}");
        let path = format!("/person/{}/change/relationship/{pauline}", town.josie);
        let words = open(&mut nadia, path.clone()).await;
        assert!(words.contains("Pauline is Josephine’s"), "{words}");
        let none = nadia.post(&path, &[("kind", "")]).await;
        assert!(none.words().contains("Choose what they are to each other"));
        let fields = [("kind", "grandparent"), ("closeness", "5"), ("step", "confirm")];
        let done = nadia.post(&path, &fields).await;
        assert_eq!(
            done.location.as_deref(),
            Some(format!("/person/{}/people?done=recorded", town.josie).as_str())
        );
        let words = open(&mut nadia, done.location.unwrap()).await;
        assert!(words.contains("Pauline , grandparent"), "{words}");
        let row = seen(&t, town.josie).await.related.into_iter().find(|it| it.other == pauline).unwrap().id;
        let path = format!("/person/{}/change/end-relationship/{row}", town.josie);
        open(&mut nadia, path.clone()).await;
        let empty = nadia.post(&path, &[]).await;
        assert!(empty.words().contains("The last day is needed"), "{}", empty.words());
        let ended = nadia.post(&path, &[("on-day", "20"), ("on-month", "11"), ("on-year", "2026")]).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.words());
    })
    .await;
}

#[tokio::test]
async fn the_page_as_known_on_a_day_leaves_out_what_was_not_yet_known() {
    both(|t| async move {
        let town = town(&t).await;
        t.set_now("2026-11-25T10:00:00Z");
        let who = Who::program("test");
        let detail = NewDetail::new(DetailKind::School, "Alder Road Primary");
        let command = RecordDetail { person: town.josie, detail, seen: None };
        act(&t, async |tx, moment| record_detail(tx, &who, moment, command).await).await.unwrap();
        let mut nadia = t.signed_in(&town.nadia).await;
        let words = open(&mut nadia, format!("/person/{}", town.josie)).await;
        assert!(words.contains("Alder Road Primary"));
        let words = open(&mut nadia, format!("/person/{}?known=2026-11-22", town.josie)).await;
        assert!(
            words.contains("as it was known on 22 November 2026") && words.contains("I like dogs"),
            "{words}"
        );
        assert!(!words.contains("Alder Road Primary") && !words.contains("Add a phone"), "{words}");
    })
    .await;
}

/// A picture of three by two dots.
const PICTURE: &[u8] =
    b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x03\x00\x00\x00\x02\
    \x08\x02\x00\x00\x00\x12\x16\xf1\x4d\x00\x00\x00\x10\x49\x44\x41\x54\x78\x9c\x63\x38\x51\xa1\x01\
    \x41\x0c\x70\x16\x00\x58\x34\x08\x71\x59\xdc\xde\x44\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\
    \x82";

#[tokio::test]
async fn a_photo_is_made_anew_and_shown_only_to_those_who_may_open_the_record() {
    both(|t| async move {
        let town = town(&t).await;
        let team = t.team("West", None).await;
        let owen = t.worker("Owen Blythe", Role::SocialWorker, team).await;
        let (mut nadia, mut owen) = (t.signed_in(&town.nadia).await, t.signed_in(&owen).await);
        let path = format!("/person/{}/photo", town.josie);
        open(&mut nadia, path.clone()).await;
        let none = nadia.post_files(&path, &[], &[]).await;
        assert!(none.words().contains("Choose a photo"));
        let bad = nadia.post_files(&path, &[], &[("photo", "me.jpg", b"not a picture")]).await;
        assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = nadia.post_files(&path, &[("seen", "")], &[("photo", "me.png", PICTURE)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.words());
        let id = seen(&t, town.josie).await.now(DetailKind::Photo).next().unwrap().id;
        let photo = nadia.get(&format!("{path}/{id}")).await;
        assert_eq!(
            (photo.status, &photo.bytes[..2]),
            (StatusCode::OK, &[0xff, 0xd8][..]),
            "a JPEG of our own making"
        );
        assert_eq!(owen.get(&format!("{path}/{id}")).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}
