//! What a file last said of a field, so that an edit made on a page since then wins over the file.

use super::store;
use crate::{Moment, Result};
use db::{Conn, Tx, args};
use std::collections::HashMap;
use uuid::Uuid;

/// What is to be done with what a file says of one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The record says the same.
    Same,
    /// The record takes what the file says.
    Take,
    /// The record keeps what somebody wrote on a page.
    Keep,
}

/// Judges what a file says now by what a file said last and what the record says.
pub(crate) fn judge(last: Option<&str>, record: Option<&str>, file: &str) -> Verdict {
    if record == Some(file) {
        return Verdict::Same;
    }
    // never said by a file: only an empty place is filled. Said before: only while it stands as it was said
    if last == record { Verdict::Take } else { Verdict::Keep }
}

/// What files last said of one person or worker, by field.
#[derive(Debug, Default)]
pub(crate) struct Said {
    subject: Uuid,
    held: HashMap<String, String>,
}

impl Said {
    /// Of someone who is new: nothing.
    pub(crate) fn nothing(subject: Uuid) -> Self {
        Self { subject, held: HashMap::new() }
    }

    /// What files last said of someone.
    pub(crate) async fn of(conn: &mut Conn, subject: Uuid) -> Result<Self> {
        let rows: Vec<(String, String)> = conn.all(store::SAID, args![subject]).await?;
        Ok(Self { subject, held: rows.into_iter().collect() })
    }

    /// What a file last said of a field.
    pub(crate) fn last(&self, field: &str) -> Option<&str> {
        self.held.get(field).map(String::as_str)
    }

    /// Every field that a file spoke of, with what it said last.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.held.iter().map(|(field, words)| (field.as_str(), words.as_str()))
    }

    /// Keeps what a file says now.
    pub(crate) async fn say(&mut self, tx: &mut Tx, moment: &Moment, field: &str, words: &str) -> Result<()> {
        if self.last(field) != Some(words) {
            tx.run(store::SAY, args![self.subject, field, words, moment.now()]).await?;
            self.held.insert(field.to_owned(), words.to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_edit_since_wins_and_a_newer_file_is_taken() {
        assert_eq!(judge(None, None, "a"), Verdict::Take, "an empty place is filled");
        assert_eq!(judge(Some("a"), Some("a"), "a"), Verdict::Same);
        assert_eq!(judge(Some("a"), Some("a"), "b"), Verdict::Take, "the file changed, the page did not");
        assert_eq!(judge(Some("a"), Some("c"), "a"), Verdict::Keep, "the page changed, the file did not");
        assert_eq!(judge(Some("a"), Some("c"), "b"), Verdict::Keep, "both changed");
        assert_eq!(judge(Some("a"), None, "a"), Verdict::Keep, "taken away on a page");
        assert_eq!(judge(None, Some("c"), "a"), Verdict::Keep, "written on a page before any file");
        assert_eq!(judge(Some("a"), Some("b"), "b"), Verdict::Same, "the page came to the same");
    }
}
