//! What happened to the visitor when something could not be done, and what they can do next.

use axum::http::StatusCode;
use db::DbError;
use jiff::civil::Date;

/// The one error of pages and commands. Its variants are what happened to the visitor.
#[derive(Debug, thiserror::Error)]
pub enum Oops {
    /// There is nothing here, or nothing the visitor may know of: the two answer alike.
    #[error("There is nothing here")]
    NotFound,
    /// Nobody is signed in. Where they wanted to go is kept.
    #[error("Sign in first")]
    SignIn {
        /// The page they asked for.
        next: String,
    },
    /// Nobody of the record is signed in to a space of their own.
    #[error("Come in first")]
    ComeIn,
    /// They have no space of their own, but come in to those of others.
    #[error("Come in to the spaces that are open to you")]
    OtherSpaces,
    /// Their space is opened step by step, and not so far yet.
    #[error("This is opened together, later")]
    NotYet,
    /// The visitor may know of it but not do this; the sentence says why.
    #[error("{0}")]
    NotAllowed(String),
    /// Practice says no; a sentence for people.
    #[error("{0}")]
    Refused(String),
    /// A form or command is not right yet: field and sentence.
    #[error("{}", .0.iter().map(|(field, words)| format!("{field}: {words}")).collect::<Vec<_>>().join("; "))]
    Wrong(Vec<(String, String)>),
    /// It changed since it was read.
    #[error("Someone else changed this while you had it open")]
    Stale,
    /// The form did not come from our own page, or is too old.
    #[error("This form is too old. Go back, load the page again and send it once more")]
    Forged,
    /// More was sent than is taken.
    #[error("{0}")]
    TooLarge(String),
    /// Something of ours broke. The visitor sees a number that the log holds.
    #[error("Something of ours broke: {0}")]
    Broken(String),
}

impl Oops {
    /// One field and its sentence.
    pub fn wrong(field: &str, sentence: &str) -> Self {
        Self::Wrong(vec![(field.to_owned(), sentence.to_owned())])
    }

    /// The status it answers with.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn { .. } | Self::ComeIn | Self::OtherSpaces | Self::NotYet => StatusCode::SEE_OTHER,
            Self::NotAllowed(_) | Self::Forged => StatusCode::FORBIDDEN,
            Self::Refused(_) | Self::Wrong(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Stale => StatusCode::CONFLICT,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// The most letters of one answer that somebody types.
pub(crate) const LONGEST: usize = 2_000;

/// What is wrong with a form so far, each with its field, so that all of it is said at once.
#[derive(Default)]
pub(crate) struct Wrong(Vec<(String, String)>);

impl Wrong {
    /// Says what is wrong with a field.
    pub(crate) fn say(&mut self, field: &str, words: &str) {
        self.0.push((field.to_owned(), words.to_owned()));
    }

    /// Says so where somebody typed more than is kept.
    pub(crate) fn length(&mut self, field: &str, words: &str) {
        if words.chars().count() > LONGEST {
            self.say(field, &format!("Say it in at most {LONGEST} letters"));
        }
    }

    /// Something that was typed, without the spaces around it; none where it is empty.
    pub(crate) fn some(&mut self, field: &str, words: Option<&str>) -> Option<String> {
        let words = words.map(str::trim).filter(|words| !words.is_empty())?;
        self.length(field, words);
        Some(words.to_owned())
    }

    /// Something that has to be said; asks for it where it is empty.
    pub(crate) fn needed(&mut self, field: &str, words: &str, ask: &str) -> String {
        self.some(field, Some(words)).unwrap_or_else(|| {
            self.say(field, ask);
            String::new()
        })
    }

    /// A day on which something was: today at the latest.
    pub(crate) fn was(&mut self, field: &str, on: Date, today: Date) {
        if on > today {
            self.say(field, "Choose today or a day before");
        }
    }

    /// Goes on where nothing is wrong.
    ///
    /// # Errors
    /// [`Oops::Wrong`] with everything that was said.
    pub(crate) fn done(self) -> Result<(), Oops> {
        if self.0.is_empty() { Ok(()) } else { Err(Oops::Wrong(self.0)) }
    }
}

impl From<DbError> for Oops {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Stale => Self::Stale,
            DbError::Conflict(_) | DbError::Broken { .. } | DbError::Refused(_) | DbError::Driver(_) => {
                Self::Broken(error.to_string())
            }
        }
    }
}

impl From<serde_json::Error> for Oops {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(format!("stored words could not be read: {error}"))
    }
}
