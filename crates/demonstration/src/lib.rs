//! Wyvern, an invented council: about 600 people in 150 families, 40 workers in six teams, two years of entries
//! that end today. Everyone is invented; postcodes are ZZ9, pupil and health numbers from test ranges.
//!
//! It is made by the real actions, one transaction for each simulated day, and is the same every time from the
//! same seed and day.
#![warn(missing_docs)]

mod cases;
mod days;
mod dice;
mod endings;
mod entrusted;
mod families;
mod handovers;
mod harts;
mod meetings;
mod names;
mod own_ways;
mod paths;
mod people;
mod plans;
mod relations;
mod sayings;
mod spaces;
mod stories;
mod touches;
mod twice;
mod vanes;
mod workers;

pub use cases::{CASES, Case};
pub use days::{Made, Size, make};

/// The seed of the demonstration council that `alongside demo` serves.
pub const SEED: u64 = 20_261_121;
