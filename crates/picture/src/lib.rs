//! The network picture of a person: who belongs to whom, drawn the way social workers draw it (a genogram),
//! and what surrounds them (an ecomap); both also told in sentences, so that nothing stands in the drawing alone.
//!
//! Pure: a [`Family`] goes in; a [`Drawing`] with the place of every symbol, label and line comes out, then SVG text.
//! The same family always gives the same drawing. Lengths are in the units of the SVG, about one pixel on a screen.

mod drawing;
mod ecomap;
mod family;
mod generations;
mod home;
mod kinship;
mod label;
mod mark;
mod order;
mod place;
mod plan;
mod route;
mod surroundings;
mod svg;
mod told;
mod tracks;

pub use drawing::{Drawing, Extent, Line, LineKind, Spot, Symbol, Text};
pub use family::{
    ChildBond, ChildKind, Couple, CoupleKind, Ending, Family, Flow, Gender, Kin, Life, Person, Siblings,
    Strength, Tie, Twins,
};
pub use kinship::kinship;
pub use surroundings::{Around, AroundDrawing, Surroundings, Thing, draw_around};
pub use told::{Sentence, told, told_around};

/// Lays out the genogram of a family.
#[must_use]
pub fn draw(family: &Family) -> Drawing {
    drawing::draw(family)
}
