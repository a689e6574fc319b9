//! Whether it is safe to reach somebody, and how: asked of the person, because a letter on the mat or a message on a phone
//! that another holds can hurt. What they said stands before every letter and every call, and can forbid it.

use crate::space::Way;
use crate::words::words;

words! {
    /// Whether somebody may be reached in a way.
    Safe {
        Yes = "yes", "Yes";
        Ask = "ask", "Only after asking them each time";
        No = "no", "No, never";
    }
}

words! {
    /// A way of reaching somebody who is not in the room.
    Reach {
        Letter = "letter", "A letter";
        Email = "email", "An e-mail";
        Phone = "phone", "A call";
        Message = "message", "A text message";
    }
}

/// What somebody said of each way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SafeContact {
    /// Letters.
    pub letter: Safe,
    /// E-mails.
    pub email: Safe,
    /// Calls.
    pub phone: Safe,
    /// Text messages.
    pub message: Safe,
}

impl SafeContact {
    /// What they said of one way.
    pub const fn of(&self, way: Reach) -> Safe {
        match way {
            Reach::Letter => self.letter,
            Reach::Email => self.email,
            Reach::Phone => self.phone,
            Reach::Message => self.message,
        }
    }
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They said that it is safe.
    Safe,
    /// Only after asking them.
    AskFirst,
    /// Nobody has asked them yet.
    NotAsked,
    /// It is not done.
    Never,
}

/// By which way of reaching somebody one half of an invitation goes; none where they are in the room.
pub const fn reach_of(way: Way) -> Option<Reach> {
    match way {
        Way::Email => Some(Reach::Email),
        Way::Letter => Some(Reach::Letter),
        Way::Phone => Some(Reach::Phone),
        Way::FaceToFace => None,
    }
}

/// Whether somebody may be reached in a way, from what they said. An e-mail goes where nobody sees it arrive, so it waits
/// until somebody asked; a letter is put into a hand as often as into the post, and the worker who prints it is told.
pub fn may_reach(way: Reach, said: Option<&SafeContact>) -> Verdict {
    match said.map(|said| said.of(way)) {
        Some(Safe::Yes) => Verdict::Safe,
        Some(Safe::Ask) => Verdict::AskFirst,
        Some(Safe::No) => Verdict::Never,
        None => Verdict::NotAsked,
    }
}

/// Whether the program itself may send by this way without anybody looking at that moment.
pub fn may_send(way: Reach, said: Option<&SafeContact>) -> bool {
    matches!(may_reach(way, said), Verdict::Safe | Verdict::AskFirst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_they_said_of_one_way_says_nothing_of_another() {
        let said = SafeContact { letter: Safe::No, email: Safe::Yes, phone: Safe::Ask, message: Safe::No };
        assert_eq!(may_reach(Reach::Letter, Some(&said)), Verdict::Never);
        assert_eq!(may_reach(Reach::Email, Some(&said)), Verdict::Safe);
        assert_eq!(may_reach(Reach::Phone, Some(&said)), Verdict::AskFirst);
        assert_eq!(may_reach(Reach::Message, Some(&said)), Verdict::Never);
        for way in Reach::ALL {
            assert_eq!(may_reach(*way, None), Verdict::NotAsked);
            assert!(!may_send(*way, None), "nothing is sent before somebody asked");
        }
        assert!(may_send(Reach::Email, Some(&said)) && !may_send(Reach::Letter, Some(&said)));
    }
}
