//! Who works with whom. While an episode is open exactly one named person answers for someone: the responsible
//! worker or, until there is one, the manager of the team that holds the episode (*waiting for a worker*).

mod actions;
pub(crate) mod store;

pub use actions::{Allocate, EndAllocation, Helper, allocate, end_allocation, helpers};

use crate::room::{Place, Room};

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[Place {
            table: "allocation",
            export: "SELECT id, worker_id, team_id, part, from_date, to_date, reason, end_reason, recorded_at, superseded_at FROM allocation WHERE person_id = $1",
            merge: "UPDATE allocation SET person_id = $2 WHERE person_id = $1",
            dispose: "DELETE FROM allocation WHERE person_id = $1",
        }]
    }
}
