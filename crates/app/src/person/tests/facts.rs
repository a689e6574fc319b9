//! Details, numbers and addresses.

use super::{TODAY, act, add, person, seen, seen_by, sentence, set_level, works_with};
use app::person::actions::{
    AddPerson, CorrectAddress, CorrectDetail, CorrectIdentifier, EndAddress, EndDetail, FactKind, NewAddress,
    NewDetail, NewIdentifier, RecordAddress, RecordDetail, RecordIdentifier, Withdraw, correct_address,
    correct_detail, correct_identifier, end_address, end_detail, record_address, record_detail,
    record_identifier, withdraw,
};
use app::person::headers;
use app::{Oops, Who};
use jiff::civil::date;
use practice::access::Sight;
use practice::id::PersonId;
use practice::identifier::Upn;
use practice::person::{AddressUse, DetailKind, IdentifierKind};
use practice::role::Role;
use testkit::{TestApp, both};
use uuid::Uuid;

async fn tell(
    t: &TestApp,
    person: PersonId,
    detail: NewDetail,
    seen: Option<Option<Uuid>>,
) -> app::Result<Uuid> {
    let who = Who::program("test");
    let command = RecordDetail { person, detail, seen };
    act(t, async |tx, moment| record_detail(tx, &who, moment, command).await).await
}

#[tokio::test]
async fn details_that_cannot_be_are_refused_in_words() {
    both(|t| async move {
        let josie = person(&t, "Josie", "Hart").await;
        let said =
            async |kind, words: &str| sentence(tell(&t, josie, NewDetail::new(kind, words), None).await);
        assert_eq!(said(DetailKind::Pronouns, " ").await, "words: Pronouns is empty");
        assert!(said(DetailKind::Phone, "0117 49").await.starts_with("words: A phone number has"));
        assert_eq!(
            said(DetailKind::Email, "josie at home").await,
            "words: An email address looks like name@example.org"
        );
        let day = "words: The date of death must be a day that has been";
        assert_eq!(said(DetailKind::Died, "2027-01-01").await, day);
        assert!(said(DetailKind::School, &"a".repeat(301)).await.contains("At most 300 letters"));
    })
    .await;
}

#[tokio::test]
async fn of_one_kind_the_new_replaces_the_old_and_two_who_write_at_once_both_learn_of_it() {
    both(|t| async move {
        let josie = person(&t, "Josie", "Hart").await;
        let first =
            tell(&t, josie, NewDetail::new(DetailKind::MattersToMe, "Dogs"), Some(None)).await.unwrap();
        let late = tell(&t, josie, NewDetail::new(DetailKind::MattersToMe, "Cats"), Some(None)).await;
        assert!(matches!(late, Err(Oops::Stale)), "{late:?}");
        let second = NewDetail {
            from: Some(date(2026, 11, 1)),
            ..NewDetail::new(DetailKind::MattersToMe, "Dogs, Tuesdays")
        };
        tell(&t, josie, second, Some(Some(first))).await.unwrap();
        let now = seen(&t, josie).await;
        assert_eq!(now.one(DetailKind::MattersToMe), Some("Dogs, Tuesdays"));
        assert_eq!(now.details.len(), 2, "the old words stay");
        for words in ["Welsh", "Polish"] {
            tell(&t, josie, NewDetail::new(DetailKind::Language, words), None).await.unwrap();
        }
        assert_eq!(
            seen(&t, josie).await.now(DetailKind::Language).count(),
            2,
            "several languages may be spoken"
        );
    })
    .await;
}

#[tokio::test]
async fn a_detail_is_corrected_or_ended_and_the_two_are_kept_apart() {
    both(|t| async move {
        let who = Who::program("test");
        let josie = person(&t, "Josie", "Hart").await;
        let phone =
            NewDetail { from: Some(date(2026, 1, 1)), ..NewDetail::new(DetailKind::Phone, "07700 900124") };
        let wrong = tell(&t, josie, phone.clone(), None).await.unwrap();
        let put = NewDetail { words: "07700 900123".to_owned(), ..phone };
        let correct = CorrectDetail { person: josie, detail: wrong, put };
        let right =
            act(&t, async |tx, moment| correct_detail(tx, &who, moment, correct).await).await.unwrap();
        let end = |on| EndDetail { person: josie, detail: right, on };
        let early =
            act(&t, async |tx, moment| end_detail(tx, &who, moment, end(date(2025, 1, 1))).await).await;
        assert_eq!(sentence(early), "on: The last day is before the first");
        act(&t, async |tx, moment| end_detail(tx, &who, moment, end(date(2026, 11, 20))).await)
            .await
            .unwrap();
        let after = seen(&t, josie).await;
        assert_eq!(after.now(DetailKind::Phone).count(), 0);
        assert_eq!(after.details[0].words, "07700 900123");
        let again = act(&t, async |tx, moment| end_detail(tx, &who, moment, end(TODAY)).await).await;
        assert!(matches!(again, Err(Oops::Stale)));
    })
    .await;
}

#[tokio::test]
async fn two_people_with_one_pupil_number_is_a_warning_that_names_nobody_hidden() {
    both(|t| async move {
        let who = Who::program("test");
        let upn = Upn::with_check_letter("801200001001").unwrap();
        let number = async |person| {
            let identifier = NewIdentifier::new(IdentifierKind::Upn, upn.as_str());
            let command = RecordIdentifier { person, identifier };
            act(&t, async |tx, moment| record_identifier(tx, &who, moment, command).await).await
        };
        let (one, two, three) =
            (person(&t, "A", "One").await, person(&t, "B", "Two").await, person(&t, "C", "Three").await);
        assert_eq!(number(one).await.unwrap().warnings, Vec::<String>::new());
        let warned = number(two).await.unwrap().warnings;
        assert_eq!(warned, ["Somebody else has the same Unique pupil number. Check both records"]);
        assert_eq!(sentence(number(two).await), "This number is recorded already");
        set_level(&t, one, "restricted").await;
        set_level(&t, two, "sealed").await;
        assert_eq!(number(three).await.unwrap().warnings, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_new_pupil_number_makes_the_old_one_a_former_one_and_a_council_id_never_changes() {
    both(|t| async move {
        let who = Who::program("test");
        let command =
            AddPerson { mint: app::person::actions::Mint::Always, ..AddPerson::named("Josie", "Hart") };
        let josie = add(&t, command).await.unwrap().person;
        let record = async |kind, number: &str| {
            let command = RecordIdentifier { person: josie, identifier: NewIdentifier::new(kind, number) };
            act(&t, async |tx, moment| record_identifier(tx, &who, moment, command).await).await
        };
        let upn = |digits| String::from(Upn::with_check_letter(digits).unwrap());
        record(IdentifierKind::Upn, &upn("801200001001")).await.unwrap();
        record(IdentifierKind::Upn, &upn("801200001002")).await.unwrap();
        let numbers = seen(&t, josie).await.identifiers;
        let kinds: Vec<_> = numbers.iter().map(|it| it.kind).collect();
        assert_eq!(kinds, [IdentifierKind::CouncilId, IdentifierKind::Upn, IdentifierKind::FormerUpn]);
        let said = sentence(record(IdentifierKind::CouncilId, "NEW1").await);
        assert_eq!(said, "They have a council id, and it never changes");
        let change = |identifier, number: &str| CorrectIdentifier {
            person: josie,
            identifier,
            number: number.to_owned(),
        };
        let command = change(numbers[0].id, "NEW1");
        let said =
            sentence(act(&t, async |tx, moment| correct_identifier(tx, &who, moment, command).await).await);
        assert_eq!(said, "A council id never changes: it has left in returns");
        let back = Withdraw { person: josie, fact: FactKind::Identifier(numbers[0].id), why: "x".to_owned() };
        let said = sentence(act(&t, async |tx, moment| withdraw(tx, &who, moment, back).await).await);
        assert_eq!(said, "A council id never changes: it has left in returns");
        let command = change(numbers[1].id, &upn("801200001003"));
        act(&t, async |tx, moment| correct_identifier(tx, &who, moment, command).await).await.unwrap();
        record(IdentifierKind::NhsNumber, "999 000 0018").await.unwrap();
        let said = sentence(record(IdentifierKind::NhsNumber, "9990000026").await);
        assert!(said.starts_with("They have an NHS number already") || said.starts_with("number:"), "{said}");
    })
    .await;
}

fn home(lines: &str, confidential: bool) -> NewAddress {
    NewAddress {
        purpose: AddressUse::Home,
        lines: lines.to_owned(),
        postcode: Some("zz9 1ab".to_owned()),
        confidential,
        from: None,
        to: None,
    }
}

#[tokio::test]
async fn a_confidential_address_is_there_only_for_those_who_work_with_that_very_person() {
    both(|t| async move {
        let program = Who::program("test");
        let team = t.team("East", None).await;
        let (nadia, other) = (
            t.worker("Nadia Farrow", Role::SocialWorker, team).await,
            t.worker("Owen Blythe", Role::SocialWorker, team).await,
        );
        let leanne = person(&t, "Leanne", "Hart").await;
        works_with(&t, &nadia, leanne).await;
        let live = async |who: &Who, address| {
            let command = RecordAddress { person: leanne, address };
            act(&t, async |tx, moment| record_address(tx, who, moment, command).await).await
        };
        assert_eq!(
            sentence(live(&program, home(" \n", true)).await),
            "lines: Give the address, or choose no fixed address"
        );
        let bad = NewAddress { postcode: Some("nowhere".to_owned()), ..home("1 Kestrel Walk", true) };
        assert!(sentence(live(&program, bad).await).starts_with("postcode: "));
        live(&program, home("1 Kestrel Walk", false)).await.unwrap();
        let refuge = live(&program, home("The Refuge", true)).await.unwrap();
        let mut conn = t.app.db.read().await.unwrap();
        let sight = Sight::ConfidentialAddress;
        app::access::require(&mut conn, &nadia.who, t.now(), leanne, sight).await.unwrap();
        drop(conn);
        let lines = async |who: &Who| {
            let seen = seen_by(&t, who, leanne).await.unwrap();
            seen.addresses.into_iter().map(|it| it.lines).collect::<Vec<_>>()
        };
        assert_eq!(lines(&nadia.who).await, ["The Refuge", "1 Kestrel Walk"]);
        assert_eq!(lines(&other.who).await, ["1 Kestrel Walk"]);
        let before = seen(&t, leanne).await;
        assert_eq!(before.home().unwrap().lines, "The Refuge");
        assert_eq!(before.addresses[1].to, Some(date(2026, 11, 20)), "the home before has ended");
        let put = CorrectAddress { person: leanne, address: refuge, put: home("The Refuge", false) };
        act(&t, async |tx, moment| correct_address(tx, &nadia.who, moment, put).await).await.unwrap();
        assert_eq!(lines(&other.who).await.len(), 2);
        let address = seen(&t, leanne).await.addresses[0].id;
        let end = |on| EndAddress { person: leanne, address, on };
        act(&t, async |tx, moment| end_address(tx, &nadia.who, moment, end(TODAY)).await).await.unwrap();
        let twice = act(&t, async |tx, moment| end_address(tx, &nadia.who, moment, end(TODAY)).await).await;
        assert!(matches!(twice, Err(Oops::Stale)));
    })
    .await;
}

#[tokio::test]
async fn many_headers_come_in_the_order_asked_and_leave_out_who_is_not_there() {
    both(|t| async move {
        let mut people = vec![];
        for n in 0..30 {
            people.push(person(&t, &format!("Child {}", char::from(b'a' + n)), "Many").await);
        }
        let mut asked = people.clone();
        asked.reverse();
        asked.insert(3, PersonId(Uuid::nil()));
        let mut conn = t.app.db.read().await.unwrap();
        let found: Vec<_> = headers(&mut conn, &asked).await.unwrap().into_iter().map(|it| it.id).collect();
        people.reverse();
        assert_eq!(found, people);
    })
    .await;
}
