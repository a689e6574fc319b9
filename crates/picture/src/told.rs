//! The same content in sentences: everything the picture says, for those who hear it, and beside it for those who see it.

use crate::ecomap::joined;
use crate::family::{ChildKind, Couple, CoupleKind, Ending, Family, Flow, Life, Strength, Tie};
use crate::kinship::kinship;
use crate::surroundings::{Around, Surroundings};

/// What is told of one person or thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Who, as a place in the family's people or in what is around.
    pub who: usize,
    /// The sentences.
    pub words: String,
}

fn possessive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}’") } else { format!("{name}’s") }
}

/// The name with what is known of birth and death.
fn introduced(family: &Family, who: usize) -> String {
    let person = &family.people[who];
    let name = &person.name;
    match (person.life, person.born, person.died) {
        (Life::Expected, Some(year), _) => format!("{name}, expected in {year}"),
        (Life::Expected, None, _) => format!("{name}, not yet born"),
        (Life::Miscarried, _, Some(year)) => format!("{name}, a pregnancy lost in {year}"),
        (Life::Miscarried, _, None) => format!("{name}, a pregnancy lost"),
        (Life::Stillborn, _, Some(year)) => format!("{name}, stillborn in {year}"),
        (Life::Stillborn, _, None) => format!("{name}, stillborn"),
        (Life::NotKnown, ..) => format!("{name}, of whom nobody knows who it is"),
        (Life::Died, Some(born), Some(died)) => format!("{name}, born {born}, died {died}"),
        (Life::Died, Some(born), None) => format!("{name}, born {born}, who has died"),
        (Life::Died, None, Some(died)) => format!("{name}, died {died}"),
        (Life::Died, None, None) => format!("{name}, who has died"),
        (Life::Living, Some(born), _) => format!("{name}, born {born}"),
        (Life::Living, None, _) => name.clone(),
    }
}

fn couple(family: &Family, it: &Couple, who: usize) -> Option<String> {
    let other = &family.people[if it.a == who { it.b } else { it.a }].name;
    let began = it.from.map(|year| format!(" in {year}")).unwrap_or_default();
    let told = match it.kind {
        CoupleKind::Married => format!("Married {other}{began}"),
        CoupleKind::Partners => {
            let since = it.from.map(|year| format!(" since {year}")).unwrap_or_default();
            if it.ending == Ending::Together {
                format!("Partner of {other}{since}")
            } else {
                let from = it.from.map(|year| format!(" from {year}")).unwrap_or_default();
                format!("Was the partner of {other}{from}")
            }
        }
        CoupleKind::Unsaid => return None,
    };
    let when = it.to.map(|year| format!(" in {year}")).unwrap_or_default();
    Some(match it.ending {
        Ending::Together => format!("{told}."),
        Ending::Separated => format!("{told}; they parted{when}."),
        Ending::Divorced => format!("{told}; they divorced{when}."),
    })
}

/// Children by anyone, told at their parent; only bonds that the kinship to the index person does not say already.
fn children(family: &Family, who: usize) -> Option<String> {
    let mut told = vec![];
    for (kind, words) in [
        (ChildKind::Birth, "Parent of"),
        (ChildKind::Adoption, "Parent by adoption of"),
        (ChildKind::Fostering, "Foster carer of"),
        (ChildKind::Step, "Step-parent of"),
    ] {
        let mut names: Vec<String> = vec![];
        for bond in family.children.iter().filter(|it| it.parent == who && it.kind == kind) {
            let name = &family.people[bond.child].name;
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        if !names.is_empty() {
            told.push(format!("{words} {}.", joined(&names)));
        }
    }
    (!told.is_empty()).then(|| told.join(" "))
}

fn tie(family: &Family, it: &Tie, who: usize) -> String {
    let other = &family.people[if it.a == who { it.b } else { it.a }].name;
    let words = match (it.strength, it.stress) {
        (Strength::Strong, false) => format!("Close to {other}."),
        (Strength::Strong, true) => format!("Close to {other}, with conflict or strain."),
        (Strength::Ordinary, false) => format!("In touch with {other}."),
        (Strength::Ordinary, true) => format!("Conflict or strain with {other}."),
        (Strength::Weak, false) => format!("Distant from {other}."),
        (Strength::Weak, true) => format!("Distant from {other}, with conflict or strain."),
        (Strength::Broken, _) => format!("Cut off from {other}."),
    };
    let mine = it.a == who;
    match it.flow {
        Flow::Unsaid => words,
        Flow::Both => format!("{words} Help and care go both ways."),
        Flow::There if mine => format!("{words} Help and care go to {other}."),
        Flow::Back if !mine => format!("{words} Help and care go to {other}."),
        Flow::There | Flow::Back => format!("{words} Help and care come from {other}."),
    }
}

fn twins(family: &Family, who: usize) -> Vec<String> {
    let all = family.twins.iter().filter(|it| it.a == who || it.b == who);
    all.map(|it| {
        let other = &family.people[if it.a == who { it.b } else { it.a }].name;
        match it.identical {
            Some(true) => format!("Identical twin of {other}."),
            Some(false) => format!("Twin of {other}, not identical."),
            None => format!("Twin of {other}."),
        }
    })
    .collect()
}

fn others(family: &Family, who: usize) -> Vec<String> {
    let mut told = vec![];
    for it in family.kin.iter().filter(|it| it.a == who && it.b != family.index) {
        told.push(format!("{} of {}.", capital(&it.words), family.people[it.b].name));
    }
    for it in family.siblings.iter().filter(|it| it.a == who && it.b != family.index) {
        told.push(format!("{} of {}.", capital(&it.words), family.people[it.b].name));
    }
    told
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Everyone in the picture, the index person first, each with all that the picture shows of them.
#[must_use]
pub fn told(family: &Family) -> Vec<Sentence> {
    let family = family.sound();
    let me = family.index;
    let mut order: Vec<usize> = (0..family.people.len()).collect();
    order.sort_by_key(|who| (*who != me, !family.home.contains(who), *who));
    order.into_iter().map(|who| Sentence { who, words: one(&family, who) }).collect()
}

fn one(family: &Family, who: usize) -> String {
    let me = family.index;
    let name = &family.people[me].name;
    let mut parts = vec![];
    if who == me {
        parts.push(format!("This is the picture of {}.", introduced(family, who)));
        let with: Vec<String> =
            family.home.iter().filter(|it| **it != me).map(|it| family.people[*it].name.clone()).collect();
        if !with.is_empty() {
            parts.push(format!("Lives with {}.", joined(&with)));
        }
    } else {
        let introduced = introduced(family, who);
        parts.push(match kinship(family, who) {
            Some(found) => {
                let because = found.because.map(|words| format!(" ({words})")).unwrap_or_default();
                let comma = if introduced.contains(',') { "," } else { "" };
                format!("{introduced}{comma} is {} {}{because}.", possessive(name), found.words)
            }
            None => format!("{introduced}."),
        });
        if family.home.contains(&who) && family.home.contains(&me) {
            parts.push("They live together.".to_owned());
        }
    }
    let mut couples: Vec<&Couple> = family.couples.iter().filter(|it| it.a == who || it.b == who).collect();
    couples.sort_by_key(|it| it.from);
    parts.extend(couples.into_iter().filter_map(|it| couple(family, it, who)));
    parts.extend(children(family, who));
    parts.extend(twins(family, who));
    parts.extend(others(family, who));
    parts.extend(family.ties.iter().filter(|it| it.a == who || it.b == who).map(|it| tie(family, it, who)));
    parts.join(" ")
}

/// Everything around somebody, in the order given.
#[must_use]
pub fn told_around(of: &Surroundings) -> Vec<Sentence> {
    let tell = |it: &Around| {
        let strength = match (it.strength, it.stress) {
            (Strength::Strong, false) => "strong",
            (Strength::Strong, true) => "strong, with stress",
            (Strength::Ordinary, false) => "neither strong nor weak",
            (Strength::Ordinary, true) => "stressful",
            (Strength::Weak, false) => "weak",
            (Strength::Weak, true) => "weak, with stress",
            (Strength::Broken, _) => "broken off",
        };
        let flow = match it.flow {
            Flow::Unsaid => String::new(),
            Flow::There => format!(" Help, care or energy goes from {} to {}.", of.name, it.name),
            Flow::Back => format!(" Help, care or energy comes from {} to {}.", it.name, of.name),
            Flow::Both => " Help, care or energy goes both ways.".to_owned(),
        };
        format!("{}, {}: the tie is {strength}.{flow}", it.name, it.kind)
    };
    of.around.iter().enumerate().map(|(who, it)| Sentence { who, words: tell(it) }).collect()
}
