//! The rooms: one folder for each word of practice, with its actions, its SQL, its pages and its tests.
//!
//! Rooms never import one another. They meet in the spine: [`person`], [`entry`], [`clock`], [`access`] and
//! [`journal`]. Faces ([`faces`]) may call the actions of any room: an import, the command line.

mod appears;
pub mod checked;
pub mod council;
pub mod faces;
pub mod form;
pub mod frame;
pub mod moment;
pub mod oops;
pub mod own_frame;
pub mod paper;
pub mod passing;
pub mod room;
pub mod rooms;
pub mod routes;
pub mod statements;
pub mod who;

// the spine
pub mod access;
pub mod clock;
pub mod entry;
pub mod journal;
pub mod letter;
pub mod network;
pub mod notice;
pub mod person;
pub mod told;
pub mod working;

// the rooms
pub mod allocation;
pub mod attachment;
pub mod check_in;
pub mod checking;
pub mod episode;
pub mod figure;
pub mod find;
pub mod glass;
pub mod joining;
pub mod meeting;
pub mod own_way;
pub mod plan;
pub mod promise;
pub mod record;
pub mod restricted;
pub mod rights;
pub mod sharing;
pub mod sign_in;
pub mod space;
pub mod staying_in_touch;
pub mod step;
pub mod story;
pub mod team;
pub mod timeline;
pub mod today;
pub mod week;
pub mod wording;
pub mod worker;

pub use council::App;
pub use moment::Moment;
pub use oops::Oops;
pub use who::Who;

/// What an action or a page returns.
pub type Result<T> = std::result::Result<T, Oops>;
