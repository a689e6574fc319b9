//! What goes back and what is asked when two records are made of one.

use super::*;

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn key(place: &str, row: u128) -> RowKey {
    (place.to_owned(), id(row))
}

fn held(place: &str, row: u128, side: Side) -> Held {
    Held { row: key(place, row), side, live: true, done: Done::Nothing }
}

fn now(place: &str, row: u128, known: i64, over: Option<i64>) -> Now {
    Now {
        row: key(place, row),
        thread: id(row),
        known: Some(at(known)),
        over: over.map(at),
        shared: place == "participant",
        single: place == "birth",
    }
}

fn answers(all: &[(u128, Answer)]) -> BTreeMap<Uuid, Answer> {
    all.iter().map(|(key, answer)| (id(*key), *answer)).collect()
}

const KEPT: Answer = Answer::One(Side::Kept);
const OTHER: Answer = Answer::One(Side::Other);

#[test]
fn each_record_gets_back_what_it_held_and_nothing_is_asked_where_nothing_happened() {
    let then = [held("name", 1, Side::Kept), held("name", 2, Side::Other)];
    let rows = [now("name", 1, 10, None), now("name", 2, 11, None)];
    assert_eq!(questions(&then, &rows), vec![]);
    let plan = part(&then, &rows, &answers(&[])).unwrap().plan;
    assert_eq!(plan, Plan { give: vec![key("name", 2)], ..Plan::default() });
}

#[test]
fn what_was_recorded_in_between_goes_where_people_say() {
    let then = [held("name", 1, Side::Kept)];
    let rows = [now("name", 1, 10, None), now("name", 5, 100, None)];
    let asked = questions(&then, &rows);
    assert_eq!(asked.len(), 1);
    assert_eq!((asked[0].key, asked[0].from.len()), (id(5), 0));
    assert_eq!(part(&then, &rows, &answers(&[])), Err(PartRefusal::Unanswered(id(5))));
    assert_eq!(part(&then, &rows, &answers(&[(5, KEPT)])).unwrap().plan, Plan::default());
    assert_eq!(part(&then, &rows, &answers(&[(5, OTHER)])).unwrap().plan.give, vec![key("name", 5)]);
    assert_eq!(part(&then, &rows, &answers(&[(5, Answer::Both)])), Err(PartRefusal::OnlyOne(id(5))));
}

#[test]
fn a_fact_changed_in_between_lives_again_where_the_change_does_not_go() {
    let then = [held("name", 1, Side::Kept), held("name", 2, Side::Other)];
    let rows = [now("name", 1, 10, None), now("name", 2, 11, Some(100)), now("name", 5, 100, None)];
    let asked = questions(&then, &rows);
    assert_eq!(asked[0].from, BTreeSet::from([Side::Other]), "it goes on from what the other record held");
    let stays = part(&then, &rows, &answers(&[(5, OTHER)])).unwrap().plan;
    assert_eq!((stays.revive.len(), stays.give), (0, vec![key("name", 2), key("name", 5)]));
    let moved = part(&then, &rows, &answers(&[(5, KEPT)])).unwrap().plan;
    assert_eq!(moved.revive, vec![key("name", 2)], "nothing is lost whichever answer");
}

#[test]
fn what_was_taken_back_in_between_stays_taken_back() {
    let then = [held("name", 2, Side::Other)];
    let rows = [now("name", 2, 11, Some(100))];
    let plan = part(&then, &rows, &answers(&[])).unwrap().plan;
    assert_eq!((plan.give, plan.revive), (vec![key("name", 2)], vec![]));
}

#[test]
fn versions_of_one_new_thing_are_asked_about_once() {
    let rows = [now("name", 5, 100, Some(200)), now("name", 6, 200, None)];
    let asked = questions(&[], &rows);
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].rows, vec![key("name", 5), key("name", 6)]);
    let plan = part(&[], &rows, &answers(&[(5, OTHER)])).unwrap().plan;
    assert_eq!(plan.give.len(), 2);
}

#[test]
fn a_corrected_entry_is_not_lost_to_the_record_that_held_it() {
    let then = [held("participant", 1, Side::Other)];
    let mut corrected = now("participant", 5, 100, None);
    let mut old = now("participant", 1, 10, Some(100));
    (corrected.thread, old.thread) = (id(77), id(77));
    let rows = [old, corrected];
    let ask = |answer| part(&then, &rows, &answers(&[(77, answer)]));
    assert_eq!(ask(KEPT), Err(PartRefusal::WouldBeLost(id(77))));
    assert_eq!(ask(OTHER).unwrap().plan.give.len(), 2);
    assert_eq!(ask(Answer::Both).unwrap().plan.again, vec![key("participant", 5)]);
}

#[test]
fn what_the_joining_set_aside_lives_again() {
    let then = [held("birth", 1, Side::Kept), Held { done: Done::SetAside, ..held("birth", 2, Side::Other) }];
    let rows = [now("birth", 1, 10, None), now("birth", 2, 11, Some(50))];
    let plan = part(&then, &rows, &answers(&[])).unwrap().plan;
    assert_eq!((plan.give, plan.revive), (vec![key("birth", 2)], vec![key("birth", 2)]));
}

#[test]
fn a_birth_recorded_in_between_replaces_the_one_of_the_record_it_is_given_to() {
    let then = [held("birth", 1, Side::Kept), Held { done: Done::SetAside, ..held("birth", 2, Side::Other) }];
    let rows = [now("birth", 1, 10, Some(100)), now("birth", 2, 11, Some(50)), now("birth", 5, 100, None)];
    let kept = part(&then, &rows, &answers(&[(5, KEPT)])).unwrap().plan;
    assert_eq!((kept.revive, kept.close), (vec![key("birth", 2)], vec![]));
    let other = part(&then, &rows, &answers(&[(5, OTHER)])).unwrap().plan;
    assert_eq!(other.revive, vec![key("birth", 1)], "the other record's own gives way to the newer");
    assert_eq!(other.close, vec![]);
}

#[test]
fn what_the_joining_wrote_gives_way_to_what_it_was_written_for() {
    let then = [
        Held { done: Done::SetAside, ..held("step", 1, Side::Other) },
        Held { live: false, done: Done::Written { instead_of: id(1) }, ..held("step", 2, Side::Other) },
    ];
    let rows = [now("step", 1, 10, Some(50)), now("step", 2, 50, None)];
    let plan = part(&then, &rows, &answers(&[])).unwrap().plan;
    assert_eq!(plan.give, vec![key("step", 1)]);
    assert_eq!((plan.revive, plan.close), (vec![key("step", 1)], vec![key("step", 2)]));
    // corrected in between, and the correction was right
    let rows = [now("step", 1, 10, Some(50)), now("step", 2, 50, Some(90)), now("step", 5, 90, None)];
    assert_eq!(questions(&then, &rows)[0].from, BTreeSet::from([Side::Other]));
    let plan = part(&then, &rows, &answers(&[(5, OTHER)])).unwrap().plan;
    assert_eq!((plan.revive, plan.resume), (vec![], vec![(key("step", 5), id(1))]));
    let plan = part(&then, &rows, &answers(&[(5, KEPT)])).unwrap().plan;
    assert_eq!(plan.revive, vec![key("step", 1)]);
}
