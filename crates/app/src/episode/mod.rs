//! Periods of need or help: opened, corrected, changed and ended by hand, each kept apart.

mod actions;
pub(crate) mod store;

pub use actions::{
    BringForward, ChangeCircumstance, CircumstanceKind, CorrectEpisode, EndEpisode, Episode, OpenEpisode,
    bring_forward, change_circumstance, correct_episode, end_episode, episodes, open_episode,
};

use crate::room::{Place, Room};

/// The room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[
            Place {
                table: "episode",
                export: "SELECT id, episode_id, kind, from_date, to_date, end_reason, recorded_at, superseded_at FROM episode WHERE person_id = $1",
                merge: "UPDATE episode SET person_id = $2 WHERE person_id = $1",
                dispose: "DELETE FROM episode WHERE person_id = $1",
            },
            Place {
                table: "circumstance",
                export: "SELECT id, episode_id, kind, words, from_date, to_date, recorded_at, superseded_at FROM circumstance WHERE person_id = $1",
                merge: "UPDATE circumstance SET person_id = $2 WHERE person_id = $1",
                dispose: "DELETE FROM circumstance WHERE person_id = $1",
            },
        ]
    }
}
