//! What is drawn: nothing overlaps, lines run clear of words, and how often they cross is known.

use crate::families;
use picture::{ChildKind, CoupleKind, Drawing, Family, LineKind, draw};

/// The crossings of each family as drawn today: fewer is a better picture, more has to be explained.
const CROSSINGS: [(&str, usize); 6] = [
    ("half-and-step", 2),
    ("twins", 0),
    ("remarried", 3),
    ("adopted-and-fostered", 3),
    ("unborn-and-unknown", 0),
    ("sixty", 8),
];

fn clean(name: &str, drawing: &Drawing) {
    assert_eq!(drawing.overlaps(), Vec::<String>::new(), "{name}: symbols or words that share room");
    assert_eq!(drawing.struck(), Vec::<String>::new(), "{name}: lines through symbols or words");
}

#[test]
fn in_six_families_nothing_overlaps_and_lines_cross_as_often_as_stated() {
    let mut found = vec![];
    for (name, family) in families::ALL {
        let family = family();
        let drawing = draw(&family);
        clean(name, &drawing);
        assert_eq!(drawing.symbols.len(), family.people.len(), "{name}: everyone is in it once");
        found.push((name, drawing.crossings()));
    }
    assert_eq!(found, CROSSINGS);
}

#[test]
fn the_same_family_always_gives_the_same_picture() {
    for (_, family) in families::ALL {
        let family = family();
        assert_eq!(draw(&family).svg("a", "t", "d"), draw(&family).svg("a", "t", "d"));
    }
}

#[test]
fn parents_stand_above_their_children_and_couples_level() {
    for (name, family) in families::ALL {
        let family = family();
        let drawing = draw(&family);
        let y = |who: usize| drawing.symbols.iter().find(|it| it.who == who).expect("drawn").at.y;
        for bond in &family.children {
            assert!(y(bond.parent) < y(bond.child), "{name}: {bond:?}");
        }
        for couple in &family.couples {
            assert!((y(couple.a) - y(couple.b)).abs() < 0.1, "{name}: {couple:?}");
        }
    }
}

#[test]
fn each_person_alone_and_each_smaller_part_of_a_family_is_drawn_without_overlap() {
    for (name, family) in families::ALL.into_iter().take(5) {
        let whole = family();
        for without in 0..whole.people.len() {
            let mut part = whole.clone();
            part.couples.retain(|it| it.a != without && it.b != without);
            part.children.retain(|it| it.parent != without && it.child != without);
            clean(name, &draw(&part));
        }
    }
    assert!(draw(&Family::default()).symbols.is_empty());
    let alone = families::of(&["Ash Hart f 2013"]);
    clean("alone", &draw(&alone));
}

#[test]
fn a_record_that_contradicts_itself_is_drawn_all_the_same() {
    // an uncle who married his niece, somebody who is their own grandparent, a bond to nobody
    let mut family = families::half_and_step();
    let mut more = family.couples[0].clone();
    (more.a, more.b) = (6, 0);
    family.couples.push(more);
    let mut ring = family.children[0];
    (ring.parent, ring.child) = (0, 7);
    family.children.push(ring);
    (ring.parent, ring.child) = (99, 0);
    family.children.push(ring);
    assert_eq!(draw(&family).symbols.len(), 13);
}

#[test]
fn every_kind_of_bond_has_a_pattern_of_its_own_and_the_key_explains_what_is_used() {
    let drawing = draw(&families::adopted_and_fostered());
    let has = |kind: LineKind| drawing.lines.iter().any(|line| line.kind == kind);
    assert!(has(LineKind::Descent(ChildKind::Adoption)) && has(LineKind::Descent(ChildKind::Fostering)));
    assert!(has(LineKind::Couple(CoupleKind::Partners)));
    let key: Vec<&str> = drawing.key().into_iter().map(|it| it.1).collect();
    for words in ["parted", "divorced", "live together", "died", "close"] {
        assert!(key.contains(&words), "{words} in {key:?}");
    }
    let mut signs: Vec<String> = drawing.key().into_iter().map(|it| it.0).collect();
    signs.sort();
    signs.dedup();
    assert_eq!(signs.len(), key.len());
}

#[test]
fn the_svg_is_named_described_and_safe_under_a_strict_policy() {
    let mut family = families::half_and_step();
    family.people[0].name = "<script> & \"Co\"".to_owned();
    family.people[0].key = "a\"b".to_owned();
    let svg = draw(&family).svg("net", "Josie’s family", "told in the list");
    assert!(svg.contains("role=\"img\" aria-labelledby=\"net-title net-desc\""));
    assert!(svg.contains(
        "<title id=\"net-title\">Josie’s family</title><desc id=\"net-desc\">told in the list</desc>"
    ));
    assert!(svg.contains("&lt;script&gt;") && !svg.contains("<script"));
    assert!(svg.contains("data-person=\"a&quot;b\""));
    assert!(!svg.contains("style="), "no style attribute");
}
