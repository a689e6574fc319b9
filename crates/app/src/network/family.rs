//! From what the record holds to what is drawn, as it stood on one day.

use super::actions::{NewTie, told};
use super::gather::{Bond, Known, Network, is_family};
use crate::Result;
use crate::person::facts::holds_on;
use jiff::civil::Date;
use picture::{
    Around, ChildBond, ChildKind, Couple, CoupleKind, Ending, Family, Flow, Gender, Kin, Life, Person,
    Siblings, Strength, Surroundings, Thing, Tie, Twins,
};
use practice::id::PersonId;
use practice::person::{BirthBasis, PersonKind};
use practice::relationship::RelationshipKind as Kind;
use practice::tie::{TieFlow, TieKind, TieStrength};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// The picture on a day, with who stands where in it.
pub(super) struct Drawn {
    pub(super) family: Family,
    pub(super) around: Surroundings,
    /// The tie behind each thing around, and whom it is about.
    pub(super) of: Vec<(Option<Uuid>, Option<PersonId>)>,
    /// The person of each place in the family; none for a parent nobody knows.
    pub(super) who: Vec<Option<PersonId>>,
}

/// Whether somebody is there on a day: born, or awaited then.
fn there(known: &Known, day: Date) -> bool {
    let born = known.header.birth.filter(|_| known.open);
    match born {
        Some(birth) if birth.basis != BirthBasis::Expected => birth.on <= day,
        _ => known
            .header
            .birth_year
            .is_none_or(|year| known.header.kind == PersonKind::Unborn || year <= i64::from(day.year())),
    }
}

/// Which symbol: who somebody says they are comes before what a form says; pronouns tell where nothing else does.
fn gender(known: &Known) -> Gender {
    let said = |kind: &str| {
        let found = known.said.iter().rev().find(|it| it.kind == kind && it.to.is_none())?;
        let words = found.words.to_lowercase();
        match words.split([',', '/', ' ']).next().unwrap_or_default() {
            "female" | "woman" | "girl" | "she" => Some(Gender::Female),
            "male" | "man" | "boy" | "he" => Some(Gender::Male),
            "" | "not" => None,
            _ => Some(Gender::Other),
        }
    };
    said("gender").or_else(|| said("sex")).or_else(|| said("pronouns")).unwrap_or(Gender::Other)
}

fn small(year: Option<i64>) -> Option<i16> {
    year.and_then(|year| i16::try_from(year).ok())
}

fn person(known: &Known, name: String, day: Date) -> Person {
    let header = &known.header;
    let said = |kind: &str| known.said.iter().rev().find(|it| it.kind == kind && it.to.is_none());
    let died = said("died").and_then(|it| it.words.parse::<Date>().ok()).filter(|died| *died <= day);
    let lost = said("lost").filter(|it| it.from.is_none_or(|from| from <= day));
    let life = match (lost, header.kind) {
        (Some(lost), _) if lost.words == "Stillbirth" => Life::Stillborn,
        (Some(_), _) => Life::Miscarried,
        (None, PersonKind::Unborn) => Life::Expected,
        (None, PersonKind::Born) if died.is_some() => Life::Died,
        (None, PersonKind::Born) => Life::Living,
    };
    let birth = header.birth.filter(|_| known.open);
    let ended = died.or_else(|| lost.and_then(|it| it.from));
    Person {
        name,
        gender: gender(known),
        life,
        born: birth.map(|birth| birth.on.year()).or_else(|| small(header.birth_year)),
        died: ended.map(Date::year),
        age: birth.filter(|_| life == Life::Living).and_then(|birth| birth.age_on(day)),
        hue: u8::try_from(header.hue).ok().filter(|hue| (1..=8).contains(hue)),
        key: header.id.to_string(),
    }
}

/// The bond told from the elder, or as it is.
fn downward(bond: &Bond) -> Bond {
    let up = matches!(
        bond.kind,
        Kind::Child
            | Kind::BirthChild
            | Kind::AdoptedChild
            | Kind::StepChild
            | Kind::UnbornChild
            | Kind::FosterChild
            | Kind::PrivatelyFosteredChild
            | Kind::Grandchild
            | Kind::GreatGrandchild
            | Kind::NieceOrNephew
    );
    if !up {
        return bond.clone();
    }
    Bond { a: bond.b, b: bond.a, kind: bond.kind.inverse(), ..bond.clone() }
}

const fn child_kind(kind: Kind) -> Option<ChildKind> {
    match kind {
        Kind::Parent | Kind::BirthParent | Kind::ParentOfUnborn => Some(ChildKind::Birth),
        Kind::AdoptiveParent => Some(ChildKind::Adoption),
        Kind::FosterCarer | Kind::PrivateFosterCarer => Some(ChildKind::Fostering),
        Kind::StepParent => Some(ChildKind::Step),
        _ => None,
    }
}

const fn couple_kind(kind: Kind) -> Option<CoupleKind> {
    match kind {
        Kind::Spouse | Kind::FormerSpouse => Some(CoupleKind::Married),
        Kind::Partner | Kind::FormerPartner => Some(CoupleKind::Partners),
        _ => None,
    }
}

const fn generations(kind: Kind) -> Option<u8> {
    match kind {
        Kind::GreatGrandparent => Some(3),
        Kind::Grandparent => Some(2),
        Kind::AuntOrUncle => Some(1),
        Kind::Cousin => Some(0),
        _ => None,
    }
}

const fn strength(strength: TieStrength) -> Strength {
    match strength {
        TieStrength::Strong => Strength::Strong,
        TieStrength::Ordinary => Strength::Ordinary,
        TieStrength::Weak => Strength::Weak,
        TieStrength::Broken => Strength::Broken,
    }
}

const fn flow(flow: TieFlow) -> Flow {
    match flow {
        TieFlow::Unsaid => Flow::Unsaid,
        TieFlow::There => Flow::There,
        TieFlow::Back => Flow::Back,
        TieFlow::Both => Flow::Both,
    }
}

struct Draft<'a> {
    network: &'a Network,
    day: Date,
    family: Family,
    who: Vec<Option<PersonId>>,
    at: HashMap<PersonId, usize>,
    /// What was said of parents by birth and otherwise: the clearer word stands.
    parents: BTreeMap<(usize, usize), ChildKind>,
}

impl Draft<'_> {
    /// Everyone of the family who is there on the day; two of one name by their whole names.
    fn people(&mut self) {
        let mut count: HashMap<&str, usize> = HashMap::new();
        for known in self.network.people.values() {
            *count.entry(&known.header.shown_name).or_default() += 1;
        }
        let family = |id: PersonId| {
            id == self.network.me
                || self.network.bonds.iter().any(|it| (it.a == id || it.b == id) && is_family(it.kind))
        };
        for (id, known) in &self.network.people {
            if *id != self.network.me && !(family(*id) && there(known, self.day)) {
                continue;
            }
            let twice = known.open && count.get(known.header.shown_name.as_str()).is_some_and(|all| *all > 1);
            let name = if twice { &known.header.full_name } else { &known.header.shown_name };
            self.at.insert(*id, self.who.len());
            self.who.push(Some(*id));
            self.family.people.push(person(known, name.clone(), self.day));
        }
        self.family.index = self.at.get(&self.network.me).copied().unwrap_or_default();
    }

    fn bonds(&mut self) {
        for bond in &self.network.bonds {
            let bond = downward(bond);
            let (Some(&a), Some(&b)) = (self.at.get(&bond.a), self.at.get(&bond.b)) else { continue };
            if bond.from.is_some_and(|from| from > self.day) {
                continue;
            }
            let over = bond.to.is_some_and(|to| to < self.day);
            if let Some(kind) = couple_kind(bond.kind) {
                self.couple(&bond, (a, b), kind, over);
            } else if let Some(kind) = child_kind(bond.kind) {
                // a birth or an adoption stays true; care and marriage end
                if !over || matches!(kind, ChildKind::Birth | ChildKind::Adoption) {
                    let clearer = !matches!(bond.kind, Kind::Parent | Kind::ParentOfUnborn);
                    let said = self.parents.entry((a, b)).or_insert(kind);
                    if clearer {
                        *said = kind;
                    }
                }
            } else {
                self.beside(&bond, (a, b), over);
            }
        }
        let parents = std::mem::take(&mut self.parents);
        self.family.children =
            parents.into_iter().map(|((parent, child), kind)| ChildBond { parent, child, kind }).collect();
    }

    fn couple(&mut self, bond: &Bond, (a, b): (usize, usize), kind: CoupleKind, over: bool) {
        let former = matches!(bond.kind, Kind::FormerSpouse | Kind::FormerPartner);
        // "former" says since when they are no couple, where nothing says until when they were one
        let (from, to) = match (former, bond.from, bond.to) {
            (true, Some(since), None) => (None, Some(since)),
            (_, from, to) => (from, to.filter(|to| *to < self.day)),
        };
        let ending = match (former || over, bond.kind) {
            (true, Kind::FormerSpouse) => Ending::Divorced,
            (true, _) if self.dead(a, to) || self.dead(b, to) => Ending::Together,
            (true, _) => Ending::Separated,
            (false, _) => Ending::Together,
        };
        let to = to.filter(|_| ending != Ending::Together).map(Date::year);
        self.family.couples.push(Couple { a, b, kind, ending, from: from.map(Date::year), to });
    }

    /// Whether a couple ended because somebody died.
    fn dead(&self, who: usize, to: Option<Date>) -> bool {
        let person = &self.family.people[who];
        person.life == Life::Died && to.is_none_or(|to| person.died.is_none_or(|died| to.year() >= died))
    }

    fn beside(&mut self, bond: &Bond, (a, b): (usize, usize), over: bool) {
        match bond.kind {
            Kind::Twin => self.family.twins.push(Twins { a, b, identical: None }),
            Kind::IdenticalTwin => self.family.twins.push(Twins { a, b, identical: Some(true) }),
            Kind::OtherTwin => self.family.twins.push(Twins { a, b, identical: Some(false) }),
            _ => {}
        }
        if bond.kind.is_sibling() {
            self.family.siblings.push(Siblings { a, b, words: sibling_words(bond.kind).to_owned() });
        } else if let Some(above) = generations(bond.kind).filter(|_| !over) {
            self.family.kin.push(Kin { a, b, above, words: bond.kind.plain().to_owned() });
        }
    }

    /// Parents of whom it was recorded that nobody knows who they are.
    fn unknown(&mut self) {
        for (id, known) in &self.network.people {
            let Some(&child) = self.at.get(id) else { continue };
            for said in known.said.iter().filter(|it| it.kind == "unknown-parent") {
                let born = self.family.children.iter();
                let born = born.filter(|it| it.child == child && it.kind == ChildKind::Birth).count();
                if born >= 2 || !holds_on(said.from, said.to, self.day) {
                    continue;
                }
                let gender = if said.words == "Mother" { Gender::Female } else { Gender::Male };
                let parent = self.family.people.len();
                self.family.people.push(Person::new("Not known", gender).is(Life::NotKnown));
                self.who.push(None);
                self.family.children.push(ChildBond { parent, child, kind: ChildKind::Birth });
            }
        }
    }

    fn ties(&mut self) -> Result<()> {
        for row in &self.network.ties {
            let tie = told(row)?;
            let other = tie.other.and_then(|other| self.at.get(&other).copied());
            let (Some(&a), Some(b)) = (self.at.get(&row.person_id.into()), other) else { continue };
            if holds_on(tie.from, tie.to, self.day) {
                let (strength, flow) = (strength(tie.strength), flow(tie.flow));
                self.family.ties.push(Tie { a, b, strength, stress: tie.stress, flow });
            }
        }
        Ok(())
    }
}

const fn sibling_words(kind: Kind) -> &'static str {
    match kind {
        Kind::HalfSibling => "half-brother or half-sister",
        Kind::StepSibling => "step-brother or step-sister",
        _ => "brother or sister",
    }
}

/// How close a person says somebody is, as the strength of a tie.
const fn closeness(close: Option<i64>) -> Strength {
    match close {
        Some(4..) => Strength::Strong,
        Some(..=1) => Strength::Weak,
        _ => Strength::Ordinary,
    }
}

fn turned(flow: Flow) -> Flow {
    match flow {
        Flow::There => Flow::Back,
        Flow::Back => Flow::There,
        other => other,
    }
}

/// The ties of the person that hold on a day: with people (and whether told from the other's side), and with things.
struct Held {
    people: HashMap<PersonId, (Uuid, NewTie, bool)>,
    things: Vec<(Uuid, NewTie)>,
}

fn held(network: &Network, day: Date) -> Result<Held> {
    let mut held = Held { people: HashMap::new(), things: vec![] };
    for row in &network.ties {
        let tie = told(row)?;
        if !holds_on(tie.from, tie.to, day) {
            continue;
        }
        let from: PersonId = row.person_id.into();
        match tie.other {
            Some(other) if from == network.me => drop(held.people.insert(other, (row.id, tie, false))),
            Some(other) if other == network.me => drop(held.people.insert(from, (row.id, tie, true))),
            None if from == network.me => held.things.push((row.id, tie)),
            _ => {}
        }
    }
    Ok(held)
}

/// Somebody around the person, as their bond and the tie with them tell.
fn somebody(
    known: &Known,
    bond: &Bond,
    words: Option<String>,
    tied: Option<&(Uuid, NewTie, bool)>,
) -> Around {
    let way = |it: &(Uuid, NewTie, bool)| if it.2 { turned(flow(it.1.flow)) } else { flow(it.1.flow) };
    Around {
        name: known.header.shown_name.clone(),
        kind: words.unwrap_or_else(|| bond.kind.plain().to_owned()),
        thing: Thing::Person,
        strength: tied.map_or_else(|| closeness(bond.close), |it| strength(it.1.strength)),
        stress: tied.is_some_and(|it| it.1.stress),
        flow: tied.map_or(Flow::Unsaid, way),
        hue: u8::try_from(known.header.hue).ok(),
        key: known.header.id.to_string(),
    }
}

fn something(tie: NewTie) -> Around {
    let thing = match tie.kind {
        TieKind::Pet | TieKind::Other | TieKind::Online => Thing::Other,
        TieKind::Person | TieKind::Friends => Thing::Person,
        _ => Thing::Place,
    };
    Around {
        name: tie.name.unwrap_or_default(),
        kind: tie.kind.plain().to_owned(),
        thing,
        strength: strength(tie.strength),
        stress: tie.stress,
        flow: flow(tie.flow),
        hue: None,
        key: String::new(),
    }
}

/// What surrounds the person: people outside the home who matter, and things that are no people.
fn around(network: &Network, family: &Family, at: &HashMap<PersonId, usize>, day: Date) -> Result<Drawn> {
    let me = &network.index()?.header;
    let mut drawn =
        Drawn { family: Family::default(), around: Surroundings::default(), of: vec![], who: vec![] };
    drawn.around.name.clone_from(&me.shown_name);
    drawn.around.hue = u8::try_from(me.hue).ok();
    let with = network.home.iter().filter(|it| **it != me.id).filter_map(|it| network.people.get(it));
    drawn.around.household = with.map(|known| known.header.shown_name.clone()).collect();
    let held = held(network, day)?;
    for bond in network.bonds.iter().filter(|it| it.a == me.id || it.b == me.id) {
        let back = || Bond { a: bond.b, b: bond.a, kind: bond.kind.inverse(), close: None, ..bond.clone() };
        let mine = if bond.b == me.id { bond.clone() } else { back() };
        let other = mine.a;
        let Some(known) = network.people.get(&other).filter(|known| there(known, day)) else { continue };
        let gone = at.get(&other).is_some_and(|at| family.people[*at].life != Life::Living);
        let tied = held.people.get(&other);
        let within = network.home.contains(&other) && tied.is_none();
        let twice = drawn.of.iter().any(|(_, id)| *id == Some(other));
        if gone || within || twice || !holds_on(bond.from, bond.to, day) {
            continue;
        }
        let words = at.get(&other).and_then(|at| picture::kinship(family, *at)).map(|it| it.words);
        drawn.of.push((tied.map(|it| it.0), Some(other)));
        drawn.around.around.push(somebody(known, &mine, words, tied));
    }
    for (id, tie) in held.things {
        drawn.of.push((Some(id), None));
        drawn.around.around.push(something(tie));
    }
    Ok(drawn)
}

/// The picture on a day.
pub(super) fn drawn(network: &Network, day: Date) -> Result<Drawn> {
    let mut draft = Draft {
        network,
        day,
        family: Family::default(),
        who: vec![],
        at: HashMap::new(),
        parents: BTreeMap::new(),
    };
    draft.people();
    draft.bonds();
    draft.unknown();
    draft.ties()?;
    draft.family.home = network.home.iter().filter_map(|it| draft.at.get(it).copied()).collect();
    let mut drawn = around(network, &draft.family, &draft.at, day)?;
    drawn.who = draft.who;
    drawn.family = draft.family;
    Ok(drawn)
}
