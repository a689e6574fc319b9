//! Two plain records: what each held, joined and parted.

use super::{difference, joined, parted, whole};
use crate::person::{act, add, seen, sentence};
use app::Who;
use app::joining::Choices;
use app::person::actions::{
    AddPerson, Bond, NewBirth, NewDetail, NewName, RecordDetail, Relate, record_detail, relate,
};
use jiff::SignedDuration;
use jiff::civil::date;
use practice::joining::Side;
use practice::person::{BirthBasis, DetailKind, NameKind, PersonKind};
use practice::relationship::RelationshipKind;
use std::collections::BTreeMap;
use testkit::{TestApp, both};

fn born(given: &str, family: &str) -> AddPerson {
    let mut command = AddPerson::named(given, family);
    command.birth = Some(NewBirth { on: date(2017, 3, 4), basis: BirthBasis::Exact, note: None });
    command
}

async fn two(t: &TestApp) -> (practice::id::PersonId, practice::id::PersonId) {
    let one = add(t, born("Josephine", "Hart")).await.unwrap().person;
    t.pass(SignedDuration::from_mins(1));
    let mut again = born("Josephine", "Hart");
    again.names.push(NewName::new(NameKind::Alias, "Josie", "Heart"));
    let two = add(t, again).await.unwrap().person;
    t.pass(SignedDuration::from_mins(1));
    (one, two)
}

#[tokio::test]
async fn given_two_records_of_one_person_when_they_are_joined_and_parted_then_each_is_as_it_was() {
    both(|t| async move {
        let (kept, other) = two(&t).await;
        let before = whole(&t).await;
        let joining = joined(&t, kept, other).await.unwrap();
        let one = seen(&t, kept).await;
        assert_eq!(one.identifiers.len(), 2, "both council ids stay theirs");
        assert!(one.names.iter().any(|name| name.given == "Josie"), "the other's names too");
        assert_eq!(one.names.len(), 2, "a name both have is said once");
        t.pass(SignedDuration::from_mins(1));
        parted(&t, joining, BTreeMap::new()).await.unwrap();
        let after = whole(&t).await;
        assert_eq!(difference(&before, &after), "");
        for table in ["joining", "joined_row", "person_name", "person_identifier"] {
            t.facts_hold(table).await;
        }
    })
    .await;
}

#[tokio::test]
async fn given_a_detail_recorded_in_between_when_they_are_parted_then_it_is_asked_about_and_goes_where_it_belongs()
 {
    both(|t| async move {
        let (kept, other) = two(&t).await;
        let joining = joined(&t, kept, other).await.unwrap();
        t.pass(SignedDuration::from_mins(1));
        let who = Who::program("test");
        let school = NewDetail::new(DetailKind::School, "Hillside Primary");
        let id = act(&t, async |tx, moment| {
            record_detail(tx, &who, moment, RecordDetail { person: kept, detail: school, seen: None }).await
        })
        .await
        .unwrap();
        t.pass(SignedDuration::from_mins(1));
        let asked = sentence(parted(&t, joining, BTreeMap::new()).await);
        assert!(asked.contains("whom it was about"), "{asked}");
        let answers = BTreeMap::from([(id, practice::joining::Answer::One(Side::Other))]);
        parted(&t, joining, answers).await.unwrap();
        assert!(seen(&t, kept).await.details.iter().all(|it| it.words != "Hillside Primary"));
        assert!(seen(&t, other).await.details.iter().any(|it| it.words == "Hillside Primary"));
    })
    .await;
}

#[tokio::test]
async fn given_a_record_before_birth_and_another_since_when_they_are_joined_then_the_child_is_born_and_their_mother_is_a_mother()
 {
    both(|t| async move {
        let who = Who::program("test");
        let mother = crate::person::person(&t, "Leanne", "Hart").await;
        let mut unborn = AddPerson::named("Baby", "Hart");
        unborn.kind = PersonKind::Unborn;
        unborn.birth = Some(NewBirth { on: date(2026, 12, 1), basis: BirthBasis::Expected, note: None });
        let kept = add(&t, unborn).await.unwrap().person;
        t.pass(SignedDuration::from_mins(1));
        let bond = Relate { person: kept, other: mother, bond: Bond::of(RelationshipKind::ParentOfUnborn) };
        act(&t, async |tx, moment| relate(tx, &who, moment, bond).await).await.unwrap();
        t.pass(SignedDuration::from_mins(1));
        let mut born = AddPerson::named("Ivy", "Hart");
        born.birth = Some(NewBirth::exact(date(2026, 11, 20)));
        let other = add(&t, born).await.unwrap().person;
        t.pass(SignedDuration::from_mins(1));
        let before = whole(&t).await;
        let choices = Choices { names: Some(Side::Other), ..Choices::default() };
        let joining = super::joined_by(&t, &super::program(), (kept, other), choices).await.unwrap();
        let one = seen(&t, kept).await;
        assert_eq!((one.header.kind, &*one.header.full_name), (PersonKind::Born, "Ivy Hart"));
        assert_eq!(one.header.birth.map(|birth| birth.on), Some(date(2026, 11, 20)));
        assert_eq!(one.related.len(), 1);
        assert_eq!(one.related[0].kind, RelationshipKind::Parent);
        assert_eq!(seen(&t, mother).await.related[0].kind, RelationshipKind::Child);
        t.pass(SignedDuration::from_mins(1));
        parted(&t, joining, BTreeMap::new()).await.unwrap();
        assert_eq!(difference(&before, &whole(&t).await), "");
        assert_eq!(seen(&t, kept).await.header.kind, PersonKind::Unborn);
    })
    .await;
}
