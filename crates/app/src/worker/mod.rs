//! Those who work for the council: workers and their posts, teams in their tree, who is away and who stands
//! in, and the pages on which one administrator keeps all of it.

mod absences;
mod ending;
mod holidays;
mod invite;
mod list;
mod pages;
mod pages_absence;
mod pages_holiday;
mod pages_link;
mod pages_share;
mod pages_team;
mod pages_worker;
mod pages_workers;
mod people;
mod photo;
pub mod restructure;
mod share;
pub(crate) mod store;
mod teams;

pub use absences::{SetAbsence, change_absence, end_absence, set_absence};
pub use ending::{Answers, answers_for, come_back, end};
pub use holidays::{SetHoliday, load_calendar, remove_holiday, set_holiday};
pub use invite::{Invited, LASTS, invite, reset, sign_out_everywhere};
pub use list::{ListedHoliday, ListedTeam, ListedWorker, list_holidays, list_teams, list_workers};
pub use people::{AddWorker, ChangeWorker, NewPost, add, begin_post, by_code, change, end_post};
pub use photo::{photo, put_up_photo, sent, take_away_photo};
pub use share::{SetShare, set_share, shares};
pub use teams::{AddTeam, ChangeTeam, add_team, change_team, end_team, move_team, team_by_code};

use crate::App;
use crate::moment::written as day;
use crate::room::{Place, Room};
use axum::Router;

/// The room.
pub struct Here;

impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        // a worker who is also a person of the record: the link is kept with the worker
        &[Place {
            dispose: "UPDATE worker SET person_id = NULL WHERE person_id = $1",
            ..crate::undated! {
                table "worker", person "person_id", what "worker who is also this person",
                thread "id", known "CAST(NULL AS timestamptz)",
                words "name",
                columns "code, name, email, phone, registration_number, hue, from_date, to_date, version"
            }
        }]
    }

    fn routes(&self) -> Router<App> {
        pages::routes().merge(restructure::routes())
    }
}

fn trimmed(words: Option<&str>) -> Option<String> {
    words.map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned)
}
