//! The spine: working. Who works with whom today: the people of a worker and of those they stand in for, the
//! people of teams, who waits for a worker and since when, who is away.
//!
//! Everything here is left out for a reader who may not open the person, before it is counted.

mod about;
mod gather;
mod list;
mod people;
pub(crate) mod store;
mod teams;

pub use about::{About, about, open};
pub use gather::{of_teams, of_worker};
pub use list::{
    Dates, dates, families, family_row, family_rows, how_long, join, last_seen, plural, waiting_row,
};
pub use people::{Ally, LastSeen, OpenEpisode, Someone};
pub use teams::{Away, Member, Team, answerers, away, staff, teams, with_those_under};
