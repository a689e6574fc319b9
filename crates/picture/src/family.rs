//! What a genogram is drawn from: people and the bonds between them, on one day, as one reader may know them.

/// The symbol someone has: a square, a circle or a diamond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// A square.
    Male,
    /// A circle.
    Female,
    /// A diamond: neither, or not said.
    Other,
}

/// Whether somebody lives, is awaited or never came to live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Life {
    /// Somebody who was born and lives, as far as is known.
    Living,
    /// Somebody who has died: a cross.
    Died,
    /// Not yet born: a small triangle.
    Expected,
    /// A pregnancy that ended early: a small triangle with a cross.
    Miscarried,
    /// Born dead: a small symbol with a cross.
    Stillborn,
    /// Somebody there must have been, such as a father, of whom nobody knows who it is: a question mark.
    NotKnown,
}

/// Somebody in the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The name to show.
    pub name: String,
    /// Which symbol.
    pub gender: Gender,
    /// Whether they live.
    pub life: Life,
    /// The year of birth, or the year in which a child is expected.
    pub born: Option<i16>,
    /// The year of death or of a loss.
    pub died: Option<i16>,
    /// Age in whole years, where the reader may know it.
    pub age: Option<i16>,
    /// Which of the eight hues is theirs, 1 to 8; none for ink.
    pub hue: Option<u8>,
    /// What the caller calls them (an id); written as `data-person`, empty for none.
    pub key: String,
}

impl Person {
    /// Somebody living of whom no more is said.
    pub fn new(name: &str, gender: Gender) -> Self {
        Self {
            name: name.to_owned(),
            gender,
            life: Life::Living,
            born: None,
            died: None,
            age: None,
            hue: None,
            key: String::new(),
        }
    }

    /// Born in a year.
    #[must_use]
    pub fn born(self, year: i16) -> Self {
        Self { born: Some(year), ..self }
    }

    /// Died in a year.
    #[must_use]
    pub fn died(self, year: i16) -> Self {
        Self { died: Some(year), life: Life::Died, ..self }
    }

    /// In another state than living.
    #[must_use]
    pub fn is(self, life: Life) -> Self {
        Self { life, ..self }
    }
}

/// How two people are or were a couple.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CoupleKind {
    /// Married or civil partners: a whole line.
    Married,
    /// Together without marriage: dashes.
    Partners,
    /// They have a child; what else they are is not recorded: dots.
    Unsaid,
}

/// Whether a couple is still one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// They are a couple.
    Together,
    /// They parted: one stroke through the line.
    Separated,
    /// They divorced: two strokes.
    Divorced,
}

/// Two people who are or were a couple, for one stretch of time. The same two may come again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Couple {
    /// One of them, as a place in [`Family::people`].
    pub a: usize,
    /// The other.
    pub b: usize,
    /// How.
    pub kind: CoupleKind,
    /// Whether it is over.
    pub ending: Ending,
    /// The year it began.
    pub from: Option<i16>,
    /// The year it ended.
    pub to: Option<i16>,
}

/// How a child came to a parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChildKind {
    /// By birth, or nothing else is said: a whole line.
    Birth,
    /// By adoption: dashes.
    Adoption,
    /// In foster care: dots.
    Fostering,
    /// The child of a partner: drawn only where no couple says it already.
    Step,
}

/// Somebody is a parent, in some way, of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChildBond {
    /// The parent or carer.
    pub parent: usize,
    /// The child.
    pub child: usize,
    /// In which way.
    pub kind: ChildKind,
}

/// Two children of one birth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twins {
    /// One.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// Whether they are identical; none where it is not known.
    pub identical: Option<bool>,
}

/// Two people recorded as brothers or sisters; drawn where their parents do not say it already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Siblings {
    /// One.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// What each is to the other, such as "half-brother or half-sister".
    pub words: String,
}

/// A family bond without the people in between, such as a grandmother whose own child is not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kin {
    /// The elder, or one of two in the same generation.
    pub a: usize,
    /// The younger.
    pub b: usize,
    /// How many generations `a` stands above `b`; 0 for cousins.
    pub above: u8,
    /// What `a` is to `b`, such as "grandparent".
    pub words: String,
}

/// How strong a tie is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Strength {
    /// Strong or close: two lines in a genogram, a thick one in an ecomap.
    Strong,
    /// Neither: one line.
    Ordinary,
    /// Weak or distant: dots.
    Weak,
    /// Cut off: a line with a gap and two strokes.
    Broken,
}

/// Which way help, care or energy goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flow {
    /// Not said: no arrow.
    Unsaid,
    /// From the first to the second.
    There,
    /// From the second to the first.
    Back,
    /// Both ways.
    Both,
}

/// How it is between two people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// One.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// How strong.
    pub strength: Strength,
    /// Conflict or strain: a zigzag.
    pub stress: bool,
    /// Which way it goes.
    pub flow: Flow,
}

/// A family on one day, as one reader may know it. Numbers are places in `people`; a bond that names nobody is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Family {
    /// Everyone in the picture.
    pub people: Vec<Person>,
    /// Whose picture it is.
    pub index: usize,
    /// Couples, former ones too.
    pub couples: Vec<Couple>,
    /// Parents and children.
    pub children: Vec<ChildBond>,
    /// Twins.
    pub twins: Vec<Twins>,
    /// Brothers and sisters as recorded.
    pub siblings: Vec<Siblings>,
    /// Bonds without the people in between.
    pub kin: Vec<Kin>,
    /// Who lives together with the index person, that person among them; empty where it is not known.
    pub home: Vec<usize>,
    /// How it is between people.
    pub ties: Vec<Tie>,
}

impl Family {
    /// Leaves out every bond that names nobody or joins somebody to themselves.
    pub(crate) fn sound(&self) -> Self {
        let some = |a: usize, b: usize| a != b && a < self.people.len() && b < self.people.len();
        let mut it = self.clone();
        it.couples.retain(|each| some(each.a, each.b));
        it.children.retain(|each| some(each.parent, each.child));
        it.twins.retain(|each| some(each.a, each.b));
        it.siblings.retain(|each| some(each.a, each.b));
        it.kin.retain(|each| some(each.a, each.b));
        it.ties.retain(|each| some(each.a, each.b));
        it.home.retain(|each| *each < self.people.len());
        it.kin.retain(|each| !self.implied(each));
        it
    }

    /// Whether the people in between are in the picture, so that a bond of kin says nothing more.
    fn implied(&self, kin: &Kin) -> bool {
        let parents = |of: Vec<usize>| -> Vec<usize> {
            let all = self
                .children
                .iter()
                .filter(|bond| of.contains(&bond.child) && bond.kind != ChildKind::Fostering);
            all.map(|bond| bond.parent).collect()
        };
        let level = |of: &[usize], with: &[usize]| {
            let shared = parents(with.to_vec());
            parents(of.to_vec()).iter().any(|it| shared.contains(it))
                || self.siblings.iter().any(|it| {
                    (of.contains(&it.a) && with.contains(&it.b))
                        || (of.contains(&it.b) && with.contains(&it.a))
                })
        };
        let up = parents(vec![kin.b]);
        match kin.above {
            0 => level(&parents(vec![kin.a]), &up),
            1 => level(&[kin.a], &up),
            2 => parents(up).contains(&kin.a),
            _ => parents(parents(up)).contains(&kin.a),
        }
    }

    /// The parents of a child in one way, each once, in the order recorded.
    pub(crate) fn parents(&self, child: usize, kind: ChildKind) -> Vec<usize> {
        let mut found = vec![];
        for bond in self.children.iter().filter(|bond| bond.child == child && bond.kind == kind) {
            if !found.contains(&bond.parent) {
                found.push(bond.parent);
            }
        }
        found
    }

    /// Whether two people are or were a couple.
    pub(crate) fn were_couple(&self, a: usize, b: usize) -> bool {
        self.couples.iter().any(|it| (it.a, it.b) == (a, b) || (it.a, it.b) == (b, a))
    }
}
