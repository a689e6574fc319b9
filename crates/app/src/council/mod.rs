//! The running council: its database, its attachments, its calendar and rules, and where time comes from.

mod mark;
mod single;
pub(crate) mod store;

pub use mark::{Mark, Nature, finished, mark, mark_of};
pub use single::{Secret, SingleSignOn};

use crate::paper::Paper;
use crate::passing::Passing;
use crate::{Moment, Result};
use axum::extract::FromRef;
use db::Db;
use jiff::Timestamp;
use practice::calendar::Calendar;
use std::ops::Deref;
use std::sync::{Arc, RwLock};

/// Where the time comes from: the machine, or a test.
pub type Time = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How the program was set to run.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The council's short name, shown beside the mark.
    pub council: String,
    /// Whether everyone here is invented.
    pub demonstration: bool,
    /// Where people reach it: gives links, and whether cookies are for TLS only.
    pub public_url: String,
    /// The name that passkeys are bound to, where it is not the one in `public_url`: a name it ends with.
    pub passkey_domain: Option<String>,
    /// The council's own sign-in, where it has one.
    pub single_sign_on: Option<SingleSignOn>,
    /// The council's mail server, where letters may go by e-mail.
    pub mail: Option<mail::Server>,
    /// Whether a proxy in front speaks TLS.
    pub behind_proxy: bool,
    /// The most bytes of one uploaded file.
    pub largest_file: u64,
}

impl Settings {
    /// Whether people reach it over TLS, so that cookies are marked for it alone.
    pub fn secure(&self) -> bool {
        self.behind_proxy || self.public_url.starts_with("https://")
    }
}

/// Everything a page or an action of the running program can reach. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What an [`App`] holds.
pub struct Inner {
    /// The database.
    pub db: Db,
    /// Attachments, by content.
    pub files: files::Folder,
    /// How the program was set to run.
    pub settings: Settings,
    /// What is kept in memory alone, and passes.
    pub passing: Passing,
    /// What sets pages for paper, where the program has it.
    pub paper: Paper,
    time: Time,
    calendar: RwLock<Arc<Calendar>>,
}

impl Deref for App {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl App {
    /// A council over an open, migrated database.
    pub fn new(db: Db, files: files::Folder, settings: Settings, time: Time) -> Self {
        let calendar = RwLock::new(Arc::new(Calendar::england()));
        Self(Arc::new(Inner {
            db,
            files,
            settings,
            passing: Passing::default(),
            paper: Paper::default(),
            time,
            calendar,
        }))
    }

    /// A moment for one request or command.
    pub fn moment(&self) -> Moment {
        Moment::at((self.time)())
    }

    /// England's working days, with the council's overrides.
    pub fn calendar(&self) -> Arc<Calendar> {
        self.calendar.read().map_or_else(|held| Arc::clone(&held.into_inner()), |held| Arc::clone(&held))
    }

    /// Puts a changed calendar in place.
    pub fn set_calendar(&self, calendar: Calendar) {
        match self.calendar.write() {
            Ok(mut held) => *held = Arc::new(calendar),
            Err(held) => *held.into_inner() = Arc::new(calendar),
        }
    }

    /// Runs work on files or passwords away from the threads that answer pages.
    ///
    /// # Errors
    /// [`crate::Oops::Broken`] where the work panicked.
    pub async fn aside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|_| crate::Oops::Broken("work set aside did not finish".to_owned()))
    }
}

impl FromRef<App> for Db {
    fn from_ref(app: &App) -> Self {
        app.db.clone()
    }
}
