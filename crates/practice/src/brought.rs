//! What the files of returns ask a person to decide: nothing that a newer file leaves out or tells otherwise is
//! changed by itself, and nothing is deleted.

use crate::words::words;

words! {
    /// What sort of thing is asked.
    Sort {
        Person = "gone-person", "A child who is no longer in the return";
        Episode = "gone-episode", "A period that is no longer in the return";
        Step = "gone-step", "A step that is no longer in the return";
        Overlap = "overlap", "Two periods that overlap";
    }
}

words! {
    /// What was decided.
    Decision {
        Keep = "keep", "Keep it as it is";
        End = "end", "End it";
        Wrong = "wrong", "It was wrong";
        KeepOurs = "keep-ours", "Keep ours";
        TakeTheirs = "take-theirs", "Take theirs";
        KeepBoth = "keep-both", "Keep both";
        HeldAgain = "held-again", "A newer file holds it again";
    }
}

impl Sort {
    /// What a person may decide about it. That a newer file holds something again is noted by itself.
    pub const fn choices(self) -> &'static [Decision] {
        match self {
            Self::Person | Self::Episode | Self::Step => &[Decision::Keep, Decision::End, Decision::Wrong],
            Self::Overlap => &[Decision::KeepOurs, Decision::TakeTheirs, Decision::KeepBoth],
        }
    }
}
