//! Things recorded once: visits, calls, meetings, messages; who was there, who was seen, whose words.

use crate::words::words;

words! {
    /// What sort of thing happened.
    EntryKind {
        Visit = "visit", "Visit";
        Call = "call", "Call";
        Message = "message", "Message";
        Meeting = "meeting", "Meeting";
        Observation = "observation", "Observation";
        Letter = "letter", "Letter";
        Note = "note", "Note";
        Step = "step", "Step";
    }
}

impl EntryKind {
    /// Whether somebody was in touch with them: what continuity is measured by. Seeing them from afar or writing a letter is
    /// not.
    pub const fn is_contact(self) -> bool {
        matches!(self, Self::Visit | Self::Call | Self::Message | Self::Meeting)
    }
}

words! {
    /// How people met.
    Manner {
        HomeVisit = "home-visit", "Home visit";
        School = "school", "At school or nursery";
        Office = "office", "At the office";
        Elsewhere = "elsewhere", "Somewhere else";
        Video = "video", "By video";
        Phone = "phone", "By phone";
        Writing = "writing", "In writing";
    }
}

impl Manner {
    /// Whether people were in one place. Seeing a child by video or hearing them by phone is not a visit.
    pub const fn in_person(self) -> bool {
        !matches!(self, Self::Video | Self::Phone | Self::Writing)
    }
}

words! {
    /// Whether a child was seen. Only seeing them completes a visit clock.
    Seen {
        Yes = "seen", "Seen";
        Alone = "seen-alone", "Seen alone";
        No = "not-seen", "Not seen";
    }
}

impl Seen {
    /// Whether the child was seen at all.
    pub const fn was_seen(self) -> bool {
        matches!(self, Self::Yes | Self::Alone)
    }
}

words! {
    /// What someone is to an entry.
    Part {
        About = "about", "About them";
        Present = "present", "Was there";
        Words = "words", "Their words or a promise are in it";
    }
}

words! {
    /// In what form words were given.
    StatementForm {
        Said = "said", "said";
        Wrote = "wrote", "wrote";
        Drew = "drew", "drew";
        Translated = "translated", "said, translated";
        Thought = "thought", "thought";
    }
}

words! {
    /// Who may read an entry.
    Readers {
        Present = "present", "Those who were there";
        Named = "named", "People I name";
        Staff = "staff", "Only staff who work with them";
    }
}

words! {
    /// How a promise ended, or that it has not.
    PromiseState {
        Open = "open", "Still to do";
        Kept = "kept", "Kept";
        NotKept = "not-kept", "Not kept";
        Dropped = "dropped", "No longer needed";
    }
}
