//! The spine: clocks. Gathers what was recorded about one person, lets the rules work out every clock, and
//! keeps those that run so that Today and a team's page need not work anything out.

mod facts;
mod follow;
mod kept;
mod pages;
mod reason;
pub mod shown;
pub(crate) mod store;

pub use follow::{Follows, follows};
pub(crate) use kept::told;
pub use kept::{
    KeptClock, Refreshed, calendar, follow_day, history, of_person, refresh, refresh_all, rules, running_of,
    settle, usual_rules,
};
pub use pages::Here;
pub use reason::{ExplainClock, LONGEST, Reason, explain_clock};
