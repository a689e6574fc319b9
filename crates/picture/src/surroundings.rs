//! What an ecomap is drawn from: somebody with their household in the middle, and what surrounds them.

use crate::drawing::Spot;
use crate::ecomap;
use crate::family::{Flow, Strength};

/// What sort of thing surrounds somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Thing {
    /// Somebody: a rounded shape.
    Person,
    /// A school, a faith, a club, a place: a shape with corners.
    Place,
    /// An animal, or anything else.
    Other,
}

/// One thing around somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// What it is called: "Alder Road Primary", "Biscuit".
    pub name: String,
    /// What it is: "school", "pet", "grandmother".
    pub kind: String,
    /// Which sort.
    pub thing: Thing,
    /// How strong the tie is.
    pub strength: Strength,
    /// Conflict or strain.
    pub stress: bool,
    /// Which way help, care or energy goes: there is from the person to the thing.
    pub flow: Flow,
    /// One of the eight hues, for people.
    pub hue: Option<u8>,
    /// What the caller calls it.
    pub key: String,
}

/// Somebody, their household, and what surrounds them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Whose ecomap it is.
    pub name: String,
    /// One of the eight hues.
    pub hue: Option<u8>,
    /// The names of those who live with them.
    pub household: Vec<String>,
    /// What is around.
    pub around: Vec<Around>,
}

/// An ecomap with the place of everything.
#[derive(Clone, Debug)]
pub struct AroundDrawing {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    pub(crate) middle: Spot,
    pub(crate) r: f64,
    pub(crate) nodes: Vec<ecomap::Node>,
    pub(crate) of: Surroundings,
}

/// Lays out an ecomap.
#[must_use]
pub fn draw_around(of: &Surroundings) -> AroundDrawing {
    ecomap::draw(of)
}
