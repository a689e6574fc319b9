//! The spine: clocks. Gathers what was recorded about one person, lets the rules work out every clock, and
//! keeps those that run so that Today and a team's page need not work anything out.

mod facts;
mod kept;
pub(crate) mod store;

pub use kept::{KeptClock, calendar, history, of_person, refresh, rules, running_of};
