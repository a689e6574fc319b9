//! Relationships and households.

use super::{TODAY, act, add, person, seen, seen_by, sentence, set_level, works_with};
use app::person::actions::{
    AddPerson, Bond, ChangeRelationship, CorrectMove, CorrectRelationship, EndRelationship, Join, MoveIn,
    MoveOut, NewBirth, RecordBirth, Relate, change_relationship, correct_move, correct_relationship,
    end_relationship, move_in, move_out, record_birth, relate,
};
use app::{Oops, Who};
use jiff::civil::date;
use practice::id::PersonId;
use practice::person::{BirthBasis, PersonKind};
use practice::relationship::RelationshipKind as Kind;
use practice::role::Role;
use testkit::{TestApp, both};
use uuid::Uuid;

async fn bond(t: &TestApp, who: &Who, person: PersonId, other: PersonId, bond: Bond) -> app::Result<Uuid> {
    let command = Relate { person, other, bond };
    act(t, async |tx, moment| relate(tx, who, moment, command).await).await
}

#[tokio::test]
async fn a_relationship_is_told_once_and_read_from_both_sides() {
    both(|t| async move {
        let who = Who::program("test");
        let (josie, leanne) = (person(&t, "Josie", "Hart").await, person(&t, "Leanne", "Hart").await);
        let said = sentence(bond(&t, &who, josie, josie, Bond::of(Kind::Sibling)).await);
        assert_eq!(said, "other: Choose somebody else: nobody is related to themselves");
        let far = Bond { closeness: Some(6), ..Bond::of(Kind::Parent) };
        assert_eq!(
            sentence(bond(&t, &who, josie, leanne, far).await),
            "closeness: How close is a number from 0 to 5"
        );
        let both_ways = Bond { they_hold: true, holds: true, ..Bond::of(Kind::Parent) };
        assert!(sentence(bond(&t, &who, josie, leanne, both_ways).await).starts_with("responsibility:"));
        let mum = Bond { closeness: Some(5), ..Bond::of(Kind::Parent).with_responsibility() };
        bond(&t, &who, josie, leanne, mum).await.unwrap();
        let (hers, mothers) = (seen(&t, josie).await, seen(&t, leanne).await);
        let (child_side, mother_side) = (&hers.related[0], &mothers.related[0]);
        assert_eq!((child_side.other, child_side.kind, child_side.they_hold), (leanne, Kind::Parent, true));
        assert_eq!((mother_side.other, mother_side.kind, mother_side.holds), (josie, Kind::Child, true));
        assert_eq!(
            (child_side.closeness, mother_side.closeness, mother_side.their_closeness),
            (Some(5), None, Some(5))
        );
        assert_eq!(child_side.pair, mother_side.pair);
        let again = bond(&t, &who, leanne, josie, Bond::of(Kind::Child)).await;
        assert_eq!(sentence(again), "They are recorded as child already");
        bond(&t, &who, josie, leanne, Bond::of(Kind::BirthParent)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn correcting_changing_and_ending_a_relationship_are_kept_apart() {
    both(|t| async move {
        let who = Who::program("test");
        let (josie, sam) = (person(&t, "Josie", "Hart").await, person(&t, "Sam", "Adeyemi").await);
        let began = Bond { from: Some(date(2020, 1, 1)), ..Bond::of(Kind::StepParent) };
        let first = bond(&t, &who, josie, sam, began.clone()).await.unwrap();
        let put = Bond { kind: Kind::Parent, ..began.clone() };
        let correct = CorrectRelationship { person: josie, seen: first, put: put.clone() };
        let second =
            act(&t, async |tx, moment| correct_relationship(tx, &who, moment, correct.clone()).await)
                .await
                .unwrap();
        let late = act(&t, async |tx, moment| correct_relationship(tx, &who, moment, correct).await).await;
        assert!(matches!(late, Err(Oops::Stale)));
        assert_eq!(seen(&t, sam).await.related.len(), 1, "the wrong one is superseded on both sides");
        let order = Bond { from: Some(date(2026, 3, 1)), ..put.with_responsibility() };
        let change = ChangeRelationship { person: josie, seen: second, put: order };
        let third =
            act(&t, async |tx, moment| change_relationship(tx, &who, moment, change).await).await.unwrap();
        let now = seen(&t, sam).await.related;
        assert_eq!(now.len(), 2);
        assert!(now[0].holds && now[0].from == Some(date(2026, 3, 1)) && now[0].to.is_none());
        assert!(!now[1].holds && now[1].to == Some(date(2026, 2, 28)));
        let end = |on| EndRelationship { person: josie, seen: third, on };
        let future =
            act(&t, async |tx, moment| end_relationship(tx, &who, moment, end(date(2027, 1, 1))).await).await;
        assert_eq!(sentence(future), "on: The last day cannot be in the future");
        act(&t, async |tx, moment| end_relationship(tx, &who, moment, end(TODAY)).await).await.unwrap();
        assert!(seen(&t, josie).await.related.iter().all(|it| it.to.is_some()));
    })
    .await;
}

#[tokio::test]
async fn relatives_whose_records_are_hidden_are_left_out_and_cannot_be_related_to() {
    both(|t| async move {
        let program = Who::program("test");
        let team = t.team("East", None).await;
        let nadia = t.worker("Nadia Farrow", Role::SocialWorker, team).await;
        let josie = person(&t, "Josie", "Hart").await;
        let (ash, baby) = (person(&t, "Ash", "Hart").await, person(&t, "Baby", "Gone").await);
        works_with(&t, &nadia, josie).await;
        let ash_bond = bond(&t, &program, josie, ash, Bond::of(Kind::Sibling)).await.unwrap();
        bond(&t, &program, josie, baby, Bond::of(Kind::Sibling)).await.unwrap();
        for other in [ash, baby] {
            let join = MoveIn { person: other, join: Join::With(josie), from: None };
            act(&t, async |tx, moment| move_in(tx, &program, moment, join).await).await.unwrap();
        }
        assert_eq!(seen_by(&t, &nadia.who, josie).await.unwrap().related.len(), 2);
        set_level(&t, ash, "restricted").await;
        set_level(&t, baby, "sealed").await;
        let view = seen_by(&t, &nadia.who, josie).await.unwrap();
        assert!(view.related.is_empty() && view.household().is_empty() && view.people.len() == 1);
        let tried = bond(&t, &nadia.who, josie, ash, Bond::of(Kind::Friend)).await;
        assert!(matches!(tried, Err(Oops::NotFound)), "as if there were nobody: {tried:?}");
        let put = CorrectRelationship { person: josie, seen: ash_bond, put: Bond::of(Kind::Friend) };
        let tried = act(&t, async |tx, moment| correct_relationship(tx, &nadia.who, moment, put).await).await;
        assert!(matches!(tried, Err(Oops::Stale)));
        let join = MoveIn { person: josie, join: Join::With(baby), from: None };
        let tried = act(&t, async |tx, moment| move_in(tx, &nadia.who, moment, join).await).await;
        assert!(matches!(tried, Err(Oops::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn bonds_with_an_unborn_child_become_those_of_a_born_one() {
    both(|t| async move {
        let who = Who::program("test");
        let mother = person(&t, "Leanne", "Hart").await;
        let expected = NewBirth { on: date(2026, 12, 1), basis: BirthBasis::Expected, note: None };
        let command =
            AddPerson { kind: PersonKind::Unborn, birth: Some(expected), ..AddPerson::named("Baby", "Hart") };
        let baby = add(&t, command).await.unwrap().person;
        bond(&t, &who, baby, mother, Bond::of(Kind::ParentOfUnborn)).await.unwrap();
        let command = RecordBirth { person: baby, birth: NewBirth::exact(TODAY), seen: None };
        act(&t, async |tx, moment| record_birth(tx, &who, moment, command).await).await.unwrap();
        assert_eq!(seen(&t, mother).await.related[0].kind, Kind::Child);
        assert_eq!(seen(&t, baby).await.related[0].kind, Kind::Parent);
    })
    .await;
}

#[tokio::test]
async fn a_household_is_joined_left_and_corrected() {
    both(|t| async move {
        let who = Who::program("test");
        let (josie, leanne, theo) = (
            person(&t, "Josie", "Hart").await,
            person(&t, "Leanne", "Hart").await,
            person(&t, "Theo", "Hart").await,
        );
        let join = async |person, join| {
            let command = MoveIn { person, join, from: Some(date(2024, 1, 1)) };
            act(&t, async |tx, moment| move_in(tx, &who, moment, command).await).await
        };
        assert_eq!(sentence(join(josie, Join::With(josie)).await), "with: Choose somebody else");
        let house = join(josie, Join::With(leanne)).await.unwrap();
        assert_eq!(join(theo, Join::With(josie)).await.unwrap(), house);
        assert_eq!(sentence(join(theo, Join::Household(house)).await), "They live there already");
        let home = seen(&t, josie).await;
        assert_eq!(home.household().len(), 2);
        let mine = home.members.iter().find(|it| it.person == josie).unwrap().id;
        let leave = |on| MoveOut { person: josie, member: mine, on };
        let early =
            act(&t, async |tx, moment| move_out(tx, &who, moment, leave(date(2023, 1, 1))).await).await;
        assert_eq!(sentence(early), "on: The last day is before the first");
        act(&t, async |tx, moment| move_out(tx, &who, moment, leave(date(2026, 11, 1))).await).await.unwrap();
        let twice = act(&t, async |tx, moment| move_out(tx, &who, moment, leave(TODAY)).await).await;
        assert!(matches!(twice, Err(Oops::Stale)));
        assert!(seen(&t, josie).await.household().is_empty());
        let row = seen(&t, josie).await.members.iter().find(|it| it.person == josie).unwrap().id;
        let right = CorrectMove { person: josie, member: row, from: Some(date(2024, 1, 1)), to: None };
        act(&t, async |tx, moment| correct_move(tx, &who, moment, right).await).await.unwrap();
        assert_eq!(seen(&t, josie).await.household().len(), 2);
    })
    .await;
}
