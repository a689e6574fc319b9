//! Whoever comes in to somebody's space, or wrote there, and whose record is hidden from the worker who looks: that there is
//! somebody is said, so that they can be shut out, and not who.

use super::entrusted::Coming;
use super::store::{InRow, InvitationRow, QuestionRow, ReviewRow};
use crate::access::decide_many;
use crate::{Result, Who};
use db::Conn;
use jiff::Timestamp;
use practice::access::{Decision, Sight};
use practice::id::PersonId;
use uuid::Uuid;

/// What is said in the place of a name.
const SOMEBODY: &str = "Somebody whose record is hidden from you";

/// A row that names somebody who comes in.
pub(super) trait Names {
    /// Who.
    fn who(&self) -> PersonId;
    /// Says no more than that there is somebody.
    fn hide(&mut self);
}

macro_rules! names {
    ($($row:ty: $of:ident, $name:ident;)*) => {$(
        impl Names for $row {
            fn who(&self) -> PersonId {
                self.$of.into()
            }

            fn hide(&mut self) {
                (self.$of, self.initials, self.hue) = (Uuid::nil(), "?".to_owned(), 8);
                SOMEBODY.clone_into(&mut self.$name);
            }
        }
    )*};
}

names! {
    InRow: comes_id, name;
    ReviewRow: comes_id, name;
}

impl Names for QuestionRow {
    /// Whoever said it; where that is a worker or somebody without a record, whom it is about.
    fn who(&self) -> PersonId {
        self.asked_by.unwrap_or(self.person_id).into()
    }

    fn hide(&mut self) {
        (self.asked_by, self.initials, self.hue) = (None, "?".to_owned(), 8);
        SOMEBODY.clone_into(&mut self.asker);
    }
}

impl Names for InvitationRow {
    fn who(&self) -> PersonId {
        self.comes_id.into()
    }

    fn hide(&mut self) {
        SOMEBODY.clone_into(&mut self.name);
    }
}

impl Names for Coming {
    fn who(&self) -> PersonId {
        self.comes
    }

    fn hide(&mut self) {
        self.avatar = ("?".to_owned(), 8);
        SOMEBODY.clone_into(&mut self.name);
    }
}

/// Takes the names out of rows about people of whom this worker may not know.
pub(super) async fn hide(conn: &mut Conn, who: &Who, now: Timestamp, rows: &mut [impl Names]) -> Result<()> {
    let people: Vec<PersonId> = rows.iter().map(Names::who).collect();
    let known = decide_many(conn, who, now, &people, Sight::Exists).await?;
    for row in rows {
        if !known.get(&row.who()).is_some_and(Decision::is_allowed) {
            row.hide();
        }
    }
    Ok(())
}
