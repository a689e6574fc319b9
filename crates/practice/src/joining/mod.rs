//! Two records of one person made one, and made two again when that was a mistake.
//!
//! Joining moves every row of the one record to the other and keeps account of what each held. Parting gives back
//! exactly that; what was recorded while the two were one is asked about, one thing after another, because only
//! people can know whom it was about. Nothing is lost whatever they answer.
//!
//! Why records must be put right at all: personal data are kept accurate (UK GDPR article 5(1)(d) and 16), and a
//! child with two half-told stories is a child whose danger nobody sees (Working Together to Safeguard Children, on
//! sharing information).

mod join;
mod part;

pub use join::{
    JoinRefusal, Overlap, Standing, Together, birth_stands, may_join, overlaps, says, set_aside,
    stays_on_list, stricter_level,
};
pub use part::{Answer, Done, Held, Now, PartRefusal, Parted, Plan, Question, RowKey, part, questions};

use crate::words::words;

words! {
    /// One of the two records of a joining.
    Side {
        Kept = "kept", "The record that was kept";
        Other = "other", "The record that was joined to it";
    }
}

impl Side {
    /// The other of the two.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Kept => Self::Other,
            Self::Other => Self::Kept,
        }
    }
}
