//! Who is asking: a signed-in worker, or the program itself at the council's own command line.

mod cookies;
mod own;
mod scope;
mod session;
pub(crate) mod store;
mod token;

pub use cookies::{COOKIE, KEPT_COOKIE, clear, cookie, session_token, set};
pub(crate) use own::code_hash;
pub use own::{Mine, language_of, remember_language};
pub use scope::Scope;
pub(crate) use session::posts;
pub use session::{Signed, begin, end, load, narrow, on_behalf, token_hash};
pub use token::{TOKEN_PREFIX, Through, Token, by_secret};

use practice::access::{Reader, Staff};
use practice::id::{AccountId, WorkerId};
use practice::role::Role;
use std::sync::Arc;

/// The one on whose behalf something is done. Every action and every reading names one.
#[derive(Clone, Debug)]
pub struct Who {
    /// The account signed in with, if one was.
    pub account: Option<AccountId>,
    /// Their name, as the journal keeps it.
    pub name: String,
    /// Their colour.
    pub hue: i64,
    /// Who they are to the rules of access.
    pub reader: Reader,
    /// The program itself (command line, import, demonstration): trusted, and named as such in the journal.
    pub program: bool,
    /// The token through which it is done, where another program does it on their behalf.
    pub through: Option<Arc<Through>>,
}

impl Who {
    /// The program itself, doing what an operator asked of it ("import people").
    pub fn program(doing: &str) -> Self {
        Self {
            account: None,
            name: doing.to_owned(),
            hue: 8,
            reader: Reader::Nobody,
            program: true,
            through: None,
        }
    }

    /// The worker who is signed in.
    pub const fn worker(&self) -> Option<WorkerId> {
        self.reader.worker()
    }

    /// The worker with their posts.
    pub const fn staff(&self) -> Option<&Staff> {
        match &self.reader {
            Reader::Staff(staff) => Some(staff),
            Reader::Nobody | Reader::Person(_) => None,
        }
    }

    /// Whether one of their posts has this role.
    pub fn holds(&self, role: Role) -> bool {
        self.staff().is_some_and(|staff| staff.holds(role))
    }

    /// One to three letters for their avatar.
    pub fn initials(&self) -> String {
        initials(&self.name)
    }
}

/// A name as one says it to somebody: the first of its words.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// One to three letters of a name.
pub fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|part| part.chars().next());
    let first = letters.next();
    let last = letters.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}
