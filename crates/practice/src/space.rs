//! A person's own space: who comes in to it and as what, how somebody is invited, and within how long a human answers.

use crate::calendar::Calendar;
use crate::clock::Rules;
use crate::id::{PersonId, WorkerId};
use crate::story::StoryPart;
use crate::words::words;
use jiff::{SignedDuration, Timestamp, civil::Date};

words! {
    /// What somebody is to the space that they come in to.
    InSpace {
        Own = "own", "Their own";
        Proxy = "proxy", "Acts for them";
        Advocate = "advocate", "Their advocate";
        Partner = "partner", "Works with the family for another service";
        Carer = "carer", "Cares for them";
    }
}

words! {
    /// By which way one half of an invitation goes. The link goes by e-mail or on paper; the code is said.
    Way {
        Email = "email", "By e-mail";
        Letter = "letter", "On paper";
        FaceToFace = "face-to-face", "Face to face";
        Phone = "phone", "By phone";
    }
}

impl Way {
    /// The ways for the link.
    pub const LINK: [Self; 2] = [Self::Letter, Self::Email];
    /// The ways for the code: whoever opens somebody's post or mail has only half.
    pub const CODE: [Self; 2] = [Self::FaceToFace, Self::Phone];
}

/// What somebody writes about in their own space, where it is more than a question: it is seen to otherwise than by an answer
/// alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// A part of their story is not right, or something is to be added. Nothing is overwritten: a worker tells it with them.
    Story(StoryPart),
    /// Their plan is not right, as somebody says: they, one of their family, or a worker.
    Plan,
    /// A hand-over to another worker that is under way is not right.
    Handover,
    /// They want an advocate.
    Advocate,
    /// They want a different worker.
    Worker,
    /// Something planned: they want to come, do not want to, or ask.
    Meeting,
}

impl Concern {
    /// As it is kept: `story:what-helps`, `plan`, `handover`, `advocate`, `worker`, `meeting`.
    pub fn code(self) -> String {
        match self {
            Self::Story(part) => format!("story:{}", part.code()),
            Self::Plan => "plan".to_owned(),
            Self::Handover => "handover".to_owned(),
            Self::Advocate => "advocate".to_owned(),
            Self::Worker => "worker".to_owned(),
            Self::Meeting => "meeting".to_owned(),
        }
    }

    /// What a code says; none for any other.
    pub fn from_code(code: &str) -> Option<Self> {
        match (code, code.split_once(':')) {
            ("plan", _) => Some(Self::Plan),
            ("handover", _) => Some(Self::Handover),
            ("advocate", _) => Some(Self::Advocate),
            ("worker", _) => Some(Self::Worker),
            ("meeting", _) => Some(Self::Meeting),
            (_, Some(("story", part))) => StoryPart::from_code(part).map(Self::Story),
            _ => None,
        }
    }

    /// What they want, for the worker who reads it.
    pub const fn plain(self) -> &'static str {
        match self {
            Self::Story(_) => "wants something in their story put right, or added",
            Self::Plan => "says that the plan is not right",
            Self::Handover => "says that the hand-over is not right",
            Self::Advocate => "asks for an advocate",
            Self::Worker => "asks for a different worker",
            Self::Meeting => "wrote about something planned",
        }
    }
}

impl Concern {
    /// Whether it says that something we made together is not right: it stands beside that, and whoever answers says what
    /// changed because of it.
    pub const fn not_right(self) -> bool {
        matches!(self, Self::Plan | Self::Handover)
    }

    /// What can have changed because of it; nothing is asked where it says of nothing that it is not right.
    pub const fn changes(self) -> &'static [Changed] {
        match self {
            Self::Plan => &[Changed::Plan, Changed::Together, Changed::Nothing],
            Self::Handover => &[Changed::TakenBack, Changed::Handover, Changed::Together, Changed::Nothing],
            Self::Story(_) | Self::Advocate | Self::Worker | Self::Meeting => &[],
        }
    }
}

words! {
    /// What changed because somebody said that a plan or a hand-over is not right. It counts against nobody.
    Changed {
        Plan = "plan-changed", "The plan was changed";
        TakenBack = "taken-back", "The hand-over was taken back";
        Handover = "handover-changed", "The hand-over goes on otherwise";
        Together = "looked-at-together", "It is looked at again together";
        Nothing = "nothing", "Nothing was changed";
    }
}

/// Whether a worker may answer what was said: never what they said themselves, so that somebody else looks at it.
pub fn may_answer(said_by: Option<WorkerId>, answers: WorkerId) -> bool {
    said_by != Some(answers)
}

/// For how long an invitation stands.
pub const INVITATION_LASTS: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How many times a wrong code may be typed.
pub const TRIES: i64 = 5;
/// How many letters and digits the code has. Five tries of 32 to the sixth: guessed by one in two hundred million.
pub const CODE_LETTERS: usize = 6;
/// Letters and digits that are not taken for one another when said or written by hand.
pub const CODE_ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A code as it is compared: however it was typed. The letters that people write for one another count as the same.
pub fn same_code(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            'U' => 'V',
            other => other,
        })
        .collect()
}

/// How an invitation stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can be used.
    Open,
    /// It was used.
    Used,
    /// It was taken back.
    TakenBack,
    /// Its time is over.
    Over,
    /// The code was typed wrongly too often.
    TooManyTries,
}

/// What decides how an invitation stands.
#[derive(Clone, Copy, Debug)]
pub struct Invitation {
    /// Until when it stands.
    pub until: Timestamp,
    /// How often the code was typed wrongly.
    pub tries: i64,
    /// Whether it was used.
    pub used: bool,
    /// Whether it was taken back.
    pub taken_back: bool,
}

/// How an invitation stands at an instant.
pub fn standing(one: &Invitation, now: Timestamp) -> Standing {
    match one {
        one if one.taken_back => Standing::TakenBack,
        one if one.used => Standing::Used,
        one if one.tries >= TRIES => Standing::TooManyTries,
        one if one.until <= now => Standing::Over,
        _ => Standing::Open,
    }
}

/// Whether somebody may be invited as this: into their own space only as themselves, into another's never as them.
pub fn may_be(part: InSpace, comes: PersonId, of: PersonId) -> bool {
    (part == InSpace::Own) == (comes == of)
}

/// By which day a human answers what somebody wrote in their own space on a day: rule OS-01, as it is in force that day. No
/// law says so: it is what children ask for, and the council's promise to them. None only where the rules lack it.
pub fn answer_by(calendar: &Calendar, rules: &Rules, asked: Date) -> Option<Date> {
    let rule = rules.best("OS-01".parse().ok()?, asked)?;
    Some(calendar.last_day(asked, rule.first?, rule.counting))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_code_counts_however_it_is_written() {
        assert_eq!(same_code("k7m-2qv"), "K7M2QV");
        assert_eq!(same_code(" K7M 2QV "), "K7M2QV");
        assert_eq!(same_code("oIl-u00"), "011V00");
        assert_eq!(same_code("é"), "");
        let odd = |letter: &u8| b"OILU".contains(letter);
        assert!(!CODE_ALPHABET.iter().any(odd), "a letter that is taken for another is never given out");
    }

    #[test]
    fn what_somebody_writes_about_reads_back() {
        let stories = StoryPart::ALL.iter().map(|part| Concern::Story(*part));
        for one in stories.chain([
            Concern::Plan,
            Concern::Handover,
            Concern::Advocate,
            Concern::Worker,
            Concern::Meeting,
        ]) {
            assert_eq!(Concern::from_code(&one.code()), Some(one));
        }
        assert_eq!(Concern::from_code("story:dreams"), None);
        assert_eq!(Concern::from_code(""), None);
    }

    #[test]
    fn what_is_not_right_is_answered_with_what_changed_and_by_somebody_else() {
        assert!(Concern::Plan.not_right() && Concern::Handover.not_right() && !Concern::Advocate.not_right());
        assert!(Concern::Meeting.changes().is_empty());
        for one in [Concern::Plan, Concern::Handover] {
            assert!(one.changes().contains(&Changed::Nothing), "that nothing changed can always be said");
        }
        assert!(!Concern::Plan.changes().contains(&Changed::TakenBack));
        let (ada, ben) = (WorkerId(Uuid::from_u128(7)), WorkerId(Uuid::from_u128(8)));
        assert!(may_answer(None, ada) && may_answer(Some(ben), ada) && !may_answer(Some(ada), ada));
    }

    #[test]
    fn an_invitation_stands_until_it_is_used_taken_back_mistyped_or_old() {
        let now: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let open = Invitation { until: now + INVITATION_LASTS, tries: 0, used: false, taken_back: false };
        assert_eq!(standing(&open, now), Standing::Open);
        assert_eq!(standing(&Invitation { tries: 4, ..open }, now), Standing::Open);
        assert_eq!(standing(&Invitation { tries: 5, ..open }, now), Standing::TooManyTries);
        assert_eq!(standing(&open, now + INVITATION_LASTS), Standing::Over);
        assert_eq!(standing(&Invitation { used: true, ..open }, now), Standing::Used);
        assert_eq!(standing(&Invitation { used: true, taken_back: true, ..open }, now), Standing::TakenBack);
    }

    #[test]
    fn link_and_code_never_go_by_one_way() {
        assert!(Way::LINK.iter().all(|way| !Way::CODE.contains(way)));
        assert_eq!(Way::LINK.len() + Way::CODE.len(), Way::ALL.len());
    }

    #[test]
    fn nobody_comes_into_anothers_space_as_that_person() {
        let (ash, dele) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        assert!(may_be(InSpace::Own, ash, ash) && may_be(InSpace::Advocate, dele, ash));
        assert!(!may_be(InSpace::Own, dele, ash) && !may_be(InSpace::Advocate, ash, ash));
    }

    #[test]
    fn a_question_on_a_friday_is_answered_by_tuesday() {
        let england = Calendar::england();
        let rules = Rules::built_in().unwrap();
        let answer_by = |asked| answer_by(&england, &rules, asked).unwrap();
        let day = |month, day| jiff::civil::date(2026, month, day);
        assert_eq!(answer_by(day(11, 20)), day(11, 24));
        assert_eq!(answer_by(day(11, 21)), day(11, 24), "asked on a Saturday");
        assert_eq!(answer_by(day(12, 24)), day(12, 30), "over Christmas");
    }
}
