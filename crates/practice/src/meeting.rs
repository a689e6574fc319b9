//! A meeting: a day and a time agreed with people, who will be there and why. It is put down before it happens, may move or
//! be called off with a reason that the people read, and once its day is past somebody is asked what happened. Beside it,
//! what of the clocks a family is told: the visits and reviews that are due and have no day yet.

use crate::calendar::days_between;
use crate::entry::EntryKind;
use crate::id::PersonId;
use crate::words::words;
use jiff::civil::Date;

words! {
    /// What is planned. Seeing brothers, sisters and family is staying in touch.
    MeetingKind {
        Visit = "visit", "A visit";
        Meeting = "meeting", "A meeting";
        Review = "review", "A review of the plan";
        Court = "court", "Court";
        Appointment = "appointment", "An appointment";
    }
}

words! {
    /// How people meet.
    MeetingWay {
        InPerson = "in-person", "Face to face";
        Phone = "phone", "By phone";
        Online = "online", "Online";
    }
}

words! {
    /// What a child can do about a meeting.
    CanDo {
        Come = "come", "Come";
        SendWords = "send-words", "Send their words instead";
        BringSomebody = "bring-somebody", "Bring somebody";
        NotCome = "not-come", "Not come";
    }
}

words! {
    /// Who of the record may see a meeting in their own space.
    MeetingReaders {
        There = "there", "The person it is about and everybody who will be there";
        Themselves = "themselves", "Only the person it is about";
        Nobody = "nobody", "Nobody yet: they are told face to face first";
    }
}

words! {
    /// What somebody said about coming.
    Comes {
        Yes = "yes", "wants to come";
        No = "no", "does not want to come";
    }
}

impl MeetingKind {
    /// As what it is recorded once it was.
    pub const fn recorded_as(self, way: MeetingWay) -> EntryKind {
        match (way, self) {
            (MeetingWay::Phone, _) => EntryKind::Call,
            (_, Self::Visit) => EntryKind::Visit,
            (_, Self::Meeting | Self::Review | Self::Court | Self::Appointment) => EntryKind::Meeting,
        }
    }

    /// Whether something recorded of that day tells what became of it. Whoever planned to visit and rang instead was
    /// in touch; a note or a letter of the same day says nothing of it.
    pub const fn told_by(self, recorded: EntryKind) -> bool {
        match recorded {
            EntryKind::Visit | EntryKind::Call | EntryKind::Meeting | EntryKind::Observation => true,
            EntryKind::Message | EntryKind::Letter | EntryKind::Step | EntryKind::Note => false,
        }
    }
}

/// For how many days after its day somebody is asked what happened. A figure of ours: no law gives it.
pub const ASKS_FOR_DAYS: i32 = 28;
/// For how many days after its day a family still reads that a meeting was called off, and why. Ours too.
pub const TELLS_OFF_DAYS: i32 = 7;

/// A meeting, as far as it decides what is asked about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The day.
    pub on: Date,
    /// It was called off.
    pub called_off: bool,
    /// Something recorded of that day tells of it.
    pub recorded: bool,
}

/// What there is to say of a meeting on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingDue {
    /// It is still to come.
    Coming,
    /// Its day is past, and nobody has written what happened.
    WhatHappened,
}

/// What there is to say of it today; none where it was called off, was recorded, or is long past.
pub fn due(one: &Dated, today: Date) -> Option<MeetingDue> {
    if one.called_off {
        return None;
    }
    match days_between(one.on, today) {
        ..=0 => Some(MeetingDue::Coming),
        1..=ASKS_FOR_DAYS if !one.recorded => Some(MeetingDue::WhatHappened),
        _ => None,
    }
}

/// Whether those who may see a meeting are told of it on a day: until it is past, and of one called off some days longer.
pub fn told_on(one: &Dated, today: Date) -> bool {
    let longer = if one.called_off { TELLS_OFF_DAYS } else { 0 };
    days_between(one.on, today) <= longer
}

/// A meeting, as far as it decides who sees it.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// Whom it is about.
    pub about: PersonId,
    /// Their record is restricted or sealed.
    pub hidden: bool,
    /// Who may see it.
    pub readers: MeetingReaders,
    /// Those of the record who will be there.
    pub there: &'a [PersonId],
}

/// Whether somebody of the record sees a meeting in their own space.
pub fn shown(viewer: PersonId, one: &Around<'_>) -> bool {
    match one.readers {
        MeetingReaders::Nobody => false,
        MeetingReaders::Themselves => viewer == one.about,
        // one whose record is hidden is no part of another's space
        MeetingReaders::There => viewer == one.about || one.there.contains(&viewer) && !one.hidden,
    }
}

/// What the clocks say is due and a family may know of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Somebody comes to see them.
    Visit,
    /// A meeting about the plan.
    Review,
    /// The people who help meet.
    Group,
}

/// The rules whose days are told to the family. Those of enquiries and of first conferences are not: a day may run before
/// anybody spoke to them, and speaking comes first.
const TOLD: &[(&str, Expected)] = &[
    ("AS-02", Expected::Visit),
    ("CN-03", Expected::Visit),
    ("CP-11", Expected::Visit),
    ("LC-05a", Expected::Visit),
    ("LC-05b", Expected::Visit),
    ("LC-05c", Expected::Visit),
    ("CN-02", Expected::Review),
    ("CP-09", Expected::Review),
    ("CP-10", Expected::Review),
    ("LC-06", Expected::Review),
    ("LC-07", Expected::Review),
    ("LC-08", Expected::Review),
    ("CP-07", Expected::Group),
    ("CP-08", Expected::Group),
];

/// What a family is told to expect by a rule's last day; none where they are not told of it.
pub fn expected(rule: &str) -> Option<Expected> {
    TOLD.iter().find(|(id, _)| *id == rule).map(|(_, expected)| *expected)
}

impl Expected {
    /// Whether a meeting with a day of its own says what this last day would: it is told once.
    pub fn said_by(self, kind: MeetingKind, on: Date, by: Date) -> bool {
        let same = match self {
            Self::Visit => kind == MeetingKind::Visit,
            Self::Review => kind == MeetingKind::Review,
            // one meeting of those who help is like another: nobody can tell which it is
            Self::Group => false,
        };
        same && on <= by
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Rules;
    use jiff::civil::date;
    use uuid::Uuid;

    const JOSIE: PersonId = PersonId(Uuid::from_u128(1));
    const LEANNE: PersonId = PersonId(Uuid::from_u128(2));
    const SAM: PersonId = PersonId(Uuid::from_u128(3));
    const DAY: Date = date(2026, 11, 26);

    #[test]
    fn every_rule_told_to_a_family_is_one_of_the_built_in_and_stands_once() {
        let rules = Rules::built_in().unwrap();
        for (id, what) in TOLD {
            assert!(rules.all().iter().any(|rule| rule.id.as_str() == *id), "{id}");
            assert_eq!(expected(id), Some(*what), "{id} stands twice");
        }
        assert_eq!((expected("CP-01"), expected("FD-02"), expected("")), (None, None, None));
    }

    #[test]
    fn those_it_is_about_and_those_there_see_it_and_nobody_else() {
        let there = [LEANNE];
        let one = Around { about: JOSIE, hidden: false, readers: MeetingReaders::There, there: &there };
        assert!(shown(JOSIE, &one) && shown(LEANNE, &one) && !shown(SAM, &one));
        let own = Around { readers: MeetingReaders::Themselves, ..one };
        assert!(shown(JOSIE, &own) && !shown(LEANNE, &own));
        let nobody = Around { readers: MeetingReaders::Nobody, ..one };
        assert!(!shown(JOSIE, &nobody) && !shown(LEANNE, &nobody));
        let hidden = Around { hidden: true, ..one };
        assert!(shown(JOSIE, &hidden) && !shown(LEANNE, &hidden));
    }

    #[test]
    fn once_its_day_is_past_somebody_is_asked_until_it_is_told_or_long_ago() {
        let one = Dated { on: DAY, called_off: false, recorded: false };
        let days = |days: i64| DAY.checked_add(jiff::Span::new().days(days)).unwrap();
        assert_eq!(due(&one, days(-3)), Some(MeetingDue::Coming));
        assert_eq!(due(&one, DAY), Some(MeetingDue::Coming));
        assert_eq!(due(&one, days(1)), Some(MeetingDue::WhatHappened));
        assert_eq!(due(&one, days(28)), Some(MeetingDue::WhatHappened));
        assert_eq!(due(&one, days(29)), None);
        assert_eq!(due(&Dated { recorded: true, ..one }, days(1)), None);
        let off = Dated { called_off: true, ..one };
        assert_eq!(due(&off, days(-3)), None);
        assert!(told_on(&one, DAY) && !told_on(&one, days(1)));
        assert!(told_on(&off, days(7)) && !told_on(&off, days(8)));
    }

    #[test]
    fn what_is_recorded_of_the_day_settles_it_and_a_note_does_not() {
        assert_eq!(MeetingKind::Visit.recorded_as(MeetingWay::InPerson), EntryKind::Visit);
        assert_eq!(MeetingKind::Visit.recorded_as(MeetingWay::Phone), EntryKind::Call);
        assert_eq!(MeetingKind::Review.recorded_as(MeetingWay::Online), EntryKind::Meeting);
        for kind in MeetingKind::ALL {
            for way in MeetingWay::ALL {
                assert!(kind.told_by(kind.recorded_as(*way)));
            }
            assert!(!kind.told_by(EntryKind::Note) && !kind.told_by(EntryKind::Step));
        }
    }

    #[test]
    fn a_visit_with_a_day_is_not_told_a_second_time_by_its_last_day() {
        assert!(Expected::Visit.said_by(MeetingKind::Visit, DAY, DAY));
        assert!(!Expected::Visit.said_by(MeetingKind::Visit, DAY, date(2026, 11, 25)), "too late for it");
        assert!(!Expected::Visit.said_by(MeetingKind::Court, DAY, DAY));
        assert!(Expected::Review.said_by(MeetingKind::Review, DAY, DAY));
        assert!(!Expected::Group.said_by(MeetingKind::Meeting, DAY, DAY));
    }

    #[test]
    fn every_code_reads_back() {
        assert!(MeetingKind::ALL.iter().all(|it| MeetingKind::from_code(it.code()) == Some(*it)));
        assert!(MeetingWay::ALL.iter().all(|it| MeetingWay::from_code(it.code()) == Some(*it)));
        assert!(CanDo::ALL.iter().all(|it| CanDo::from_code(it.code()) == Some(*it)));
        assert!(MeetingReaders::ALL.iter().all(|it| MeetingReaders::from_code(it.code()) == Some(*it)));
        assert!(Comes::ALL.iter().all(|it| Comes::from_code(it.code()) == Some(*it)));
    }
}
