//! Adding people and naming them.

use super::{TODAY, act, add, person, seen, sentence, works_with};
use app::person::actions::{
    AddPerson, CorrectName, EndName, FactKind, Mint, NamePerson, NewBirth, NewIdentifier, NewName,
    RecordBirth, Withdraw, add_person, correct_name, end_name, name_person, record_birth, withdraw,
};
use app::person::header;
use app::{Oops, Who};
use db::args;
use jiff::civil::date;
use practice::person::{AccessLevel, BirthBasis, IdentifierKind, NameKind, PersonKind};
use practice::role::Role;
use testkit::both;

#[tokio::test]
async fn nobody_is_added_without_a_name_or_with_dates_that_cannot_be() {
    both(|t| async move {
        let said = sentence(add(&t, AddPerson::named(" ", "--")).await);
        assert_eq!(said, "given: Give at least one name, with letters");
        let none = AddPerson { names: vec![], ..AddPerson::named("", "") };
        assert_eq!(sentence(add(&t, none).await), "given: Give at least one name");
        let unborn_yet =
            AddPerson { birth: Some(NewBirth::exact(date(2026, 11, 22))), ..AddPerson::named("Ann", "Ash") };
        assert_eq!(sentence(add(&t, unborn_yet).await), "on: A date of birth cannot be in the future");
        let bad_number = AddPerson {
            identifiers: vec![NewIdentifier::new(IdentifierKind::NhsNumber, "9990000017")],
            ..AddPerson::named("Ann", "Ash")
        };
        assert!(sentence(add(&t, bad_number).await).starts_with("number: This is not"));
        let mut conn = t.app.db.read().await.unwrap();
        let left = conn.number("SELECT CAST(count(*) AS bigint) FROM person", args![]).await.unwrap();
        assert_eq!(left, 0, "what was refused left nothing");
    })
    .await;
}

#[tokio::test]
async fn only_those_who_work_with_people_begin_a_record_and_only_the_officer_a_restricted_one() {
    both(|t| async move {
        let team = t.team("East", None).await;
        let administrator = t.worker("Ada Min", Role::SystemAdministrator, team).await;
        let social_worker = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let officer = t.worker("Rory Officer", Role::RestrictedRecordsOfficer, team).await;
        let try_as = async |who: &Who, level| {
            let command = AddPerson { level, ..AddPerson::named("Josie", "Hart") };
            act(&t, async |tx, moment| add_person(tx, who, moment, command).await).await
        };
        let no = try_as(&administrator.who, AccessLevel::Findable).await;
        assert!(matches!(no, Err(Oops::NotAllowed(_))), "{no:?}");
        let no = try_as(&social_worker.who, AccessLevel::Restricted).await;
        assert!(matches!(no, Err(Oops::NotAllowed(_))), "{no:?}");
        try_as(&social_worker.who, AccessLevel::Findable).await.unwrap();
        try_as(&officer.who, AccessLevel::Restricted).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_child_gets_the_next_council_id_that_nobody_has_and_an_adult_only_when_asked() {
    both(|t| async move {
        let child =
            AddPerson { birth: Some(NewBirth::exact(date(2017, 5, 4))), ..AddPerson::named("Josie", "Hart") };
        let adult = AddPerson {
            birth: Some(NewBirth::exact(date(1992, 1, 1))),
            ..AddPerson::named("Leanne", "Hart")
        };
        let brought = AddPerson {
            identifiers: vec![NewIdentifier::new(IdentifierKind::CouncilId, "C000002")],
            ..child.clone()
        };
        assert_eq!(add(&t, child.clone()).await.unwrap().council_id.as_deref(), Some("C000001"));
        assert_eq!(add(&t, brought.clone()).await.unwrap().council_id.as_deref(), Some("C000002"));
        assert_eq!(
            add(&t, child).await.unwrap().council_id.as_deref(),
            Some("C000003"),
            "one that is taken is skipped"
        );
        assert_eq!(add(&t, adult.clone()).await.unwrap().council_id, None);
        let asked = AddPerson { mint: Mint::Always, ..adult };
        assert_eq!(add(&t, asked).await.unwrap().council_id.as_deref(), Some("C000004"));
        let said = sentence(add(&t, brought).await);
        assert_eq!(said, "number: This council id cannot be used: it has been given to somebody already");
        let nameless = AddPerson {
            names: vec![],
            identifiers: vec![NewIdentifier::new(IdentifierKind::CouncilId, "KEEP7")],
            ..AddPerson::named("", "")
        };
        let added = add(&t, nameless).await.unwrap();
        assert_eq!(seen(&t, added.person).await.header.full_name, "Name not given yet, council id KEEP7");
    })
    .await;
}

#[tokio::test]
async fn the_chosen_name_comes_first_and_a_new_legal_name_ends_the_one_before() {
    both(|t| async move {
        let who = Who::program("test");
        let sam = person(&t, "Samantha Jane", "Okoro").await;
        let name = async |name: NewName| {
            act(&t, async |tx, moment| name_person(tx, &who, moment, NamePerson { person: sam, name }).await)
                .await
        };
        name(NewName::new(NameKind::Chosen, "Sam", "")).await.unwrap();
        let before = seen(&t, sam).await;
        assert_eq!((&*before.header.shown_name, &*before.header.full_name), ("Sam", "Samantha Jane Okoro"));
        assert_eq!(before.found_name(), "Sam Okoro");
        let again = name(NewName::new(NameKind::Chosen, " Sam ", "")).await;
        assert_eq!(sentence(again), "This name is recorded already");
        let married = NewName {
            from: Some(date(2026, 6, 1)),
            ..NewName::new(NameKind::Legal, "Samantha Jane", "Bell")
        };
        name(married).await.unwrap();
        let after = seen(&t, sam).await;
        assert_eq!(after.header.full_name, "Samantha Jane Bell");
        let old = after.names.iter().find(|name| name.family == "Okoro").unwrap();
        assert_eq!(old.to, Some(date(2026, 5, 31)), "still there, with the day it ended");
        let future = NewName { from: Some(date(2027, 1, 1)), ..NewName::new(NameKind::Alias, "Sammy", "") };
        assert_eq!(sentence(name(future).await), "from: A name cannot begin in the future");
    })
    .await;
}

#[tokio::test]
async fn a_corrected_name_supersedes_and_stays_readable_as_known_before() {
    both(|t| async move {
        let who = Who::program("test");
        let theo = person(&t, "Teo", "Hart").await;
        let wrong = seen(&t, theo).await.names[0].id;
        let then = t.now();
        t.pass(jiff::SignedDuration::from_hours(24));
        let put = NewName::new(NameKind::Legal, "Theo", "Hart");
        let command = CorrectName { person: theo, name: wrong, put };
        act(&t, async |tx, moment| correct_name(tx, &who, moment, command.clone()).await).await.unwrap();
        assert_eq!(seen(&t, theo).await.header.full_name, "Theo Hart");
        let late = act(&t, async |tx, moment| correct_name(tx, &who, moment, command).await).await;
        assert!(
            matches!(late, Err(Oops::Stale)),
            "who corrects what was corrected meanwhile learns of it: {late:?}"
        );
        let mut conn = t.app.db.read().await.unwrap();
        let look = app::room::Look { who: &who, person: theo, today: TODAY, now: t.now(), known: Some(then) };
        let known = app::person::profile(&mut conn, &look).await.unwrap();
        assert_eq!(known.header.full_name, "Teo Hart");
    })
    .await;
}

#[tokio::test]
async fn the_only_name_is_neither_ended_nor_taken_back() {
    both(|t| async move {
        let who = Who::program("test");
        let ash = person(&t, "Ash", "Vale").await;
        let name = seen(&t, ash).await.names[0].id;
        let end = EndName { person: ash, name, on: TODAY };
        let said = sentence(act(&t, async |tx, moment| end_name(tx, &who, moment, end).await).await);
        assert_eq!(said, "This is the only name in use. Record the new name instead");
        let back = |why: &str| Withdraw { person: ash, fact: FactKind::Name(name), why: why.to_owned() };
        let command = back("");
        let said = sentence(act(&t, async |tx, moment| withdraw(tx, &who, moment, command).await).await);
        assert_eq!(said, "why: Say why it was a mistake");
        let command = back("wrong file");
        let said = sentence(act(&t, async |tx, moment| withdraw(tx, &who, moment, command).await).await);
        assert_eq!(said, "This is the only name. Correct it instead");
    })
    .await;
}

#[tokio::test]
async fn only_someone_who_works_with_a_person_changes_their_name() {
    both(|t| async move {
        let team = t.team("East", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let josie = person(&t, "Josie", "Hart").await;
        let sealed = person(&t, "Kim", "Sealed").await;
        super::set_level(&t, sealed, "sealed").await;
        let rename = async |person| {
            let name = NewName::new(NameKind::Chosen, "Jo", "");
            act(&t, async |tx, moment| name_person(tx, &nadia.who, moment, NamePerson { person, name }).await)
                .await
        };
        assert!(matches!(rename(josie).await, Err(Oops::NotAllowed(_))));
        assert!(matches!(rename(sealed).await, Err(Oops::NotFound)), "hidden answers as absent");
        assert!(matches!(rename(practice::id::PersonId(uuid::Uuid::nil())).await, Err(Oops::NotFound)));
        works_with(&t, &nadia, josie).await;
        rename(josie).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_unborn_child_becomes_the_same_person_at_birth() {
    both(|t| async move {
        let who = Who::program("test");
        let expected = NewBirth { on: date(2026, 12, 1), basis: BirthBasis::Expected, note: None };
        let baby = AddPerson {
            kind: PersonKind::Unborn,
            names: vec![],
            birth: Some(expected.clone()),
            ..AddPerson::named("", "")
        };
        let added = add(&t, baby).await.unwrap();
        assert!(added.council_id.is_some(), "an unborn child has an id from the start");
        let before = seen(&t, added.person).await;
        assert_eq!((&*before.header.shown_name, before.header.kind), ("Unborn baby", PersonKind::Unborn));
        let record = async |birth| {
            let command = RecordBirth { person: added.person, birth, seen: None };
            act(&t, async |tx, moment| record_birth(tx, &who, moment, command).await).await
        };
        let late = NewBirth { on: date(2028, 1, 1), ..expected.clone() };
        let said = sentence(record(late).await);
        assert_eq!(said, "on: A birth cannot be expected more than ten months ahead");
        record(NewBirth::exact(date(2026, 11, 20))).await.unwrap();
        let after = seen(&t, added.person).await;
        assert_eq!((after.header.id, after.header.kind), (added.person, PersonKind::Born));
        assert_eq!(after.header.birth_year, Some(2026));
        assert_eq!(after.council_id(), added.council_id.as_deref());
        let said = sentence(record(expected).await);
        assert_eq!(said, "basis: They have been born, so the date cannot be an expected one");
        let again = record(NewBirth::exact(date(2026, 11, 20))).await;
        assert_eq!(sentence(again), "This is what the record says already");
        let seen_version =
            header(&mut t.app.db.read().await.unwrap(), added.person).await.unwrap().unwrap().version;
        let put = |seen| RecordBirth {
            person: added.person,
            birth: NewBirth {
                on: date(2026, 11, 19),
                basis: BirthBasis::Disputed,
                note: Some("Mother says 19".into()),
            },
            seen: Some(seen),
        };
        let stale =
            act(&t, async |tx, moment| record_birth(tx, &who, moment, put(seen_version - 1)).await).await;
        assert!(matches!(stale, Err(Oops::Stale)));
        act(&t, async |tx, moment| record_birth(tx, &who, moment, put(seen_version)).await).await.unwrap();
    })
    .await;
}
