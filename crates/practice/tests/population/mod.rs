//! Invented people, and a council of them in memory in which they are looked for.

mod people;
pub(crate) mod search;

pub(crate) use people::{Dice, Invented, misspelt, people};
