//! Statutory returns as a council sends them: bytes in, findings a person can act on out. Pure: no clock, no network,
//! no files beyond the bytes or reader it is given.

pub mod care;
pub mod cin;
mod line;
pub mod report;
