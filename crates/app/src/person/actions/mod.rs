//! What can be done to a person's record. Each action asks whether it may, writes dated facts (a correction
//! supersedes) and leaves one row of the journal with what it wrote.

mod add;
mod address;
mod birth;
mod detail;
mod household;
mod identifier;
mod name;
mod relate;
mod warn;
mod withdraw;

pub use add::{AddPerson, Added, Mint, add_person};
pub use address::{
    CorrectAddress, EndAddress, NewAddress, RecordAddress, correct_address, end_address, record_address,
};
pub use birth::{NewBirth, RecordBirth, record_birth};
pub use detail::{
    CorrectDetail, EndDetail, NewDetail, RecordDetail, correct_detail, end_detail, record_detail,
};
pub use household::{CorrectMove, Join, MoveIn, MoveOut, correct_move, move_in, move_out};
pub use identifier::{
    CorrectIdentifier, NewIdentifier, RecordIdentifier, Recorded, correct_identifier, record_identifier,
};
pub(crate) use name::refresh as refresh_names;
pub use name::{CorrectName, EndName, NamePerson, NewName, correct_name, end_name, name_person};
pub(crate) use relate::once_born;
pub use relate::{
    Bond, ChangeRelationship, CorrectRelationship, EndRelationship, Relate, change_relationship,
    correct_relationship, end_relationship, relate,
};
pub use warn::{
    CorrectWarning, EndWarning, NewWarning, RenewWarning, Warn, correct_warning, end_warning, renew_warning,
    warn,
};
pub use withdraw::{FactKind, Withdraw, withdraw};

use super::store;
use crate::{Moment, Oops, Result, Who, access};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::Sight;
use practice::id::PersonId;

/// Asks whether this may be done and waits for whoever is changing the same person.
async fn begin(tx: &mut Tx, who: &Who, moment: &Moment, person: PersonId) -> Result<()> {
    access::require(tx, who, moment.now(), person, Sight::ChangePerson).await?;
    if tx.run(store::LOCK, args![person]).await? == 1 { Ok(()) } else { Err(Oops::NotFound) }
}

/// What is wrong with a command, each with its field.
#[derive(Default)]
struct Wrong(Vec<(String, String)>);

impl Wrong {
    fn unless(&mut self, holds: bool, field: &str, sentence: impl Into<String>) {
        if !holds {
            self.0.push((field.to_owned(), sentence.into()));
        }
    }

    fn most(&mut self, words: &str, letters: usize, field: &str) {
        let found = words.chars().count();
        self.unless(found <= letters, field, format!("At most {letters} letters fit here; this has {found}"));
    }

    fn in_order(&mut self, from: Option<Date>, to: Option<Date>, field: &str) {
        let ordered = from.zip(to).is_none_or(|(from, to)| from <= to);
        self.unless(ordered, field, "The last day is before the first");
    }

    fn done(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Oops::Wrong(self.0)) }
    }
}

/// Words without the space around them, or nothing.
fn some(words: &str) -> Option<String> {
    Some(words.trim()).filter(|words| !words.is_empty()).map(str::to_owned)
}

/// The last day of what is followed by something else from `from` on; never before its own first day.
fn day_before(from: Date, began: Option<Date>) -> Date {
    let before = from.yesterday().unwrap_or(from);
    began.map_or(before, |began| before.max(began))
}
