//! What somebody is to the index person, in one word or two, as far as the bonds tell.

use crate::family::{ChildKind, CoupleKind, Ending, Family, Gender, Life};

/// What somebody is to the index person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kinship {
    /// "half-sister", "mother's mother", "aunt".
    pub words: String,
    /// What makes it so, such as "same mother".
    pub because: Option<String>,
}

fn plain(words: impl Into<String>) -> Kinship {
    Kinship { words: words.into(), because: None }
}

/// Chooses a word by who somebody is.
const fn by<'a>(gender: Gender, male: &'a str, female: &'a str, other: &'a str) -> &'a str {
    match gender {
        Gender::Male => male,
        Gender::Female => female,
        Gender::Other => other,
    }
}

/// Parents by birth or adoption.
fn parents(family: &Family, of: usize) -> Vec<usize> {
    let mut all = family.parents(of, ChildKind::Birth);
    for each in family.parents(of, ChildKind::Adoption) {
        if !all.contains(&each) {
            all.push(each);
        }
    }
    all
}

fn child_kind(family: &Family, parent: usize, child: usize) -> Option<ChildKind> {
    family.children.iter().filter(|it| (it.parent, it.child) == (parent, child)).map(|it| it.kind).min()
}

/// The partner word for somebody's couple with another; former where it is over.
fn partner(family: &Family, at: usize, of: usize) -> Option<String> {
    let spells = family.couples.iter().filter(|it| (it.a, it.b) == (at, of) || (it.a, it.b) == (of, at));
    let latest = spells.max_by_key(|it| (it.ending == Ending::Together, it.from))?;
    let gender = family.people[at].gender;
    let word = match latest.kind {
        CoupleKind::Married => by(gender, "husband", "wife", "spouse"),
        CoupleKind::Partners => "partner",
        CoupleKind::Unsaid => return None,
    };
    Some(if latest.ending == Ending::Together { word.to_owned() } else { format!("former {word}") })
}

fn parent_words(kind: ChildKind, gender: Gender) -> String {
    let word = by(gender, "father", "mother", "parent");
    match kind {
        ChildKind::Birth => word.to_owned(),
        ChildKind::Adoption => format!("{word} by adoption"),
        ChildKind::Fostering => "foster carer".to_owned(),
        ChildKind::Step => format!("step{word}"),
    }
}

fn child_words(kind: ChildKind, family: &Family, at: usize) -> String {
    let person = &family.people[at];
    match (kind, person.life) {
        (_, Life::Expected) => "unborn child".to_owned(),
        (_, Life::Miscarried) => "child lost".to_owned(),
        (ChildKind::Fostering, _) => "foster child".to_owned(),
        (ChildKind::Step, _) => by(person.gender, "stepson", "stepdaughter", "stepchild").to_owned(),
        (ChildKind::Adoption, _) => format!("{} by adoption", by(person.gender, "son", "daughter", "child")),
        (ChildKind::Birth, _) => by(person.gender, "son", "daughter", "child").to_owned(),
    }
}

/// Brothers and sisters: full, half (with which parent they share), foster, step, twin.
fn sibling(family: &Family, at: usize, me: usize) -> Option<Kinship> {
    let person = &family.people[at];
    let word = match person.life {
        Life::Expected => "unborn brother or sister",
        Life::Miscarried => "brother or sister lost",
        _ => by(person.gender, "brother", "sister", "brother or sister"),
    };
    let awaited = matches!(person.life, Life::Expected | Life::Miscarried);
    if let Some(twins) = family.twins.iter().find(|it| (it.a, it.b) == (at, me) || (it.a, it.b) == (me, at)) {
        let because = match twins.identical {
            Some(true) => Some("identical".to_owned()),
            Some(false) => Some("not identical".to_owned()),
            None => None,
        };
        return Some(Kinship { words: format!("twin {word}"), because });
    }
    let (mine, theirs) = (parents(family, me), parents(family, at));
    let shared: Vec<usize> = mine.iter().copied().filter(|each| theirs.contains(each)).collect();
    let half = shared.len() == 1 && mine.len() >= 2 && theirs.len() >= 2;
    if half && !awaited {
        let parent = by(family.people[shared[0]].gender, "father", "mother", "parent");
        return Some(Kinship { words: format!("half-{word}"), because: Some(format!("same {parent}")) });
    }
    if !shared.is_empty() {
        let because = (shared.len() == 1)
            .then(|| format!("same {}", by(family.people[shared[0]].gender, "father", "mother", "parent")));
        return Some(Kinship { words: word.to_owned(), because });
    }
    let step = mine.iter().any(|a| theirs.iter().any(|b| family.were_couple(*a, *b)));
    if step {
        return Some(plain(format!("step{word}")));
    }
    let carers = family.parents(me, ChildKind::Fostering);
    let fostered = carers.iter().any(|carer| child_kind(family, *carer, at).is_some())
        || family.parents(at, ChildKind::Fostering).iter().any(|carer| mine.contains(carer));
    fostered.then(|| plain(format!("foster {word}")))
}

/// Grandparents and further up: by whom.
fn above(family: &Family, at: usize, me: usize) -> Option<Kinship> {
    let gender = family.people[at].gender;
    let grand = by(gender, "grandfather", "grandmother", "grandparent");
    let mine = parents(family, me);
    for parent in &mine {
        if parents(family, *parent).contains(&at) {
            let side = by(family.people[*parent].gender, "father’s", "mother’s", "parent’s");
            let own = by(gender, "father", "mother", "parent");
            return Some(Kinship { words: grand.to_owned(), because: Some(format!("{side} {own}")) });
        }
    }
    let great = mine.iter().flat_map(|parent| parents(family, *parent)).flat_map(|it| parents(family, it));
    great.into_iter().any(|it| it == at).then(|| plain(format!("great-{grand}")))
}

/// Aunts, uncles, cousins, nieces and nephews, grandchildren.
fn aside(family: &Family, at: usize, me: usize) -> Option<Kinship> {
    let gender = family.people[at].gender;
    let share = |a: usize, b: usize| {
        let theirs = parents(family, b);
        a != b && parents(family, a).iter().any(|it| theirs.contains(it))
    };
    let (mine, theirs) = (parents(family, me), parents(family, at));
    if let Some(parent) = mine.iter().find(|parent| share(**parent, at)) {
        let side = by(family.people[*parent].gender, "father’s", "mother’s", "parent’s");
        let own = by(gender, "brother", "sister", "brother or sister");
        let words = by(gender, "uncle", "aunt", "aunt or uncle");
        return Some(Kinship { words: words.to_owned(), because: Some(format!("{side} {own}")) });
    }
    if mine.iter().any(|a| theirs.iter().any(|b| share(*a, *b))) {
        return Some(plain("cousin"));
    }
    if theirs.iter().any(|parent| share(*parent, me)) {
        return Some(plain(by(gender, "nephew", "niece", "niece or nephew")));
    }
    let down = theirs.iter().flat_map(|parent| parents(family, *parent)).any(|it| it == me);
    down.then(|| plain(by(gender, "grandson", "granddaughter", "grandchild")))
}

/// What somebody is to the index person; none where no bond in the picture tells.
#[must_use]
pub fn kinship(family: &Family, at: usize) -> Option<Kinship> {
    let me = family.index;
    if at == me {
        return None;
    }
    let gender = family.people.get(at)?.gender;
    if let Some(kind) = child_kind(family, at, me) {
        return Some(plain(parent_words(kind, gender)));
    }
    if let Some(kind) = child_kind(family, me, at) {
        return Some(plain(child_words(kind, family, at)));
    }
    if let Some(words) = partner(family, at, me) {
        return Some(plain(words));
    }
    let found = sibling(family, at, me).or_else(|| above(family, at, me)).or_else(|| aside(family, at, me));
    if found.is_some() {
        return found;
    }
    if let Some(told) = recorded(family, at, me) {
        return Some(plain(told));
    }
    for parent in parents(family, me) {
        if let Some(words) = partner(family, at, parent) {
            let whose = by(family.people[parent].gender, "father’s", "mother’s", "parent’s");
            return Some(plain(format!("{whose} {words}")));
        }
    }
    None
}

/// As it was recorded, where the people in between are not in the picture.
fn recorded(family: &Family, at: usize, me: usize) -> Option<String> {
    let kin = family.kin.iter().find(|it| (it.a, it.b) == (at, me));
    let siblings = family.siblings.iter().find(|it| (it.a, it.b) == (at, me) || (it.a, it.b) == (me, at));
    let words = kin.map(|it| &it.words).or_else(|| siblings.map(|it| &it.words))?;
    Some(gendered(words, family.people[at].gender))
}

/// "grandparent" as "grandmother", where it is known which.
pub(crate) fn gendered(words: &str, gender: Gender) -> String {
    let swap = |from: &str, male: &str, female: &str| {
        words.contains(from).then(|| words.replace(from, by(gender, male, female, from)))
    };
    swap("half-brother or half-sister", "half-brother", "half-sister")
        .or_else(|| swap("step-brother or step-sister", "stepbrother", "stepsister"))
        .or_else(|| swap("aunt or uncle", "uncle", "aunt"))
        .or_else(|| swap("niece or nephew", "nephew", "niece"))
        .or_else(|| swap("brother or sister", "brother", "sister"))
        .or_else(|| swap("parent", "father", "mother"))
        .unwrap_or_else(|| words.to_owned())
}
