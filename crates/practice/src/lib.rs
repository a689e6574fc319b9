//! The rules of practice: what a clock is, who may see what, what may follow what.
//!
//! This crate is pure. It does no input or output, knows no database and no page, does not know the time
//! and makes nothing random: dates, instants and facts come in as arguments and decisions go out. It is
//! the crate an auditor reads.
#![warn(missing_docs)]
// a new state or kind must make every rule be looked at again
#![warn(clippy::wildcard_enum_match_arm)]

pub mod access;
pub mod brought;
pub mod calendar;
pub mod check_in;
pub mod clock;
pub mod complaint;
pub mod contact;
pub mod continuity;
pub mod disclosure;
pub mod entrusted;
pub mod entry;
pub mod episode;
pub mod episode_rules;
pub mod finding;
pub mod flow;
pub mod handover;
pub mod hours;
pub mod id;
pub mod identifier;
pub mod joining;
pub mod letter;
pub mod limit;
pub mod load;
pub mod meeting;
pub mod own_way;
pub mod person;
pub mod plain;
pub mod plan;
pub mod promise;
pub mod recording;
pub mod relationship;
pub mod restructure;
pub mod retention;
pub mod ribbon;
pub mod role;
pub mod sharing;
pub mod space;
pub mod stage;
pub mod standing;
pub mod story;
pub mod tie;
pub mod touch;
pub mod week;
pub mod words;
