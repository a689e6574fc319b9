//! What of one thing recorded a person of the record may read in their own space. Staff are asked about in [`crate::access`];
//! here it is the child, the mother, the grandfather. People who were there come first: what was said and done in front of
//! somebody is theirs to read. What one person said alone with a worker never reaches another by accident, whoever else was
//! in the house; nor does what a worker holds back from them, nor the private matter of somebody else.

mod holding;
mod month;
mod naming;
mod rate;
#[cfg(test)]
mod worlds;

pub use holding::{
    FromWhom, Ground, Grounds, HoldDraft, Matter, NewHold, NewPrivate, Sharing, carried, check_hold,
};
pub use month::Month;
pub use naming::{Secret, Way, names, tells};
pub use rate::{Rate, counted};

use crate::entry::Readers;
use crate::id::PersonId;

/// Somebody of the record who was there when it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct There {
    /// Who.
    pub person: PersonId,
    /// Whether the worker saw them alone.
    pub alone: bool,
}

/// A part of one thing recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// All of it.
    All,
    /// What happened, in the worker's words, with its photos and what was agreed.
    Account,
    /// One statement, by its place in their order.
    Words(usize),
}

impl What {
    /// Whether what is said of this part is said of that one too.
    fn takes_in(self, part: Self) -> bool {
        self == Self::All || self == part
    }
}

/// Something that a worker holds back today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// What of it.
    pub what: What,
    /// From whom; from everybody who would otherwise read it where nobody is named.
    pub from: Option<PersonId>,
}

/// Words that concern a private matter: where somebody lives, how to reach them, their health, who told us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Private {
    /// What of it: the account or one statement.
    pub what: What,
    /// Whose matter it is. Nobody of the record, where it is that of somebody without one.
    pub theirs: Vec<PersonId>,
}

/// One thing recorded, as far as it decides who of the record may read it.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// For whom it is kept.
    pub readers: Readers,
    /// People of the record named as readers.
    pub named: &'a [PersonId],
    /// People of the record who were there.
    pub there: &'a [There],
    /// The person to whom it was written.
    pub written_to: Option<PersonId>,
    /// Whose words its statements are, in their order; none for words of a worker or of somebody without a record.
    pub statements: &'a [Option<PersonId>],
    /// What of it is held back today.
    pub held: &'a [Held],
    /// What of it concerns a private matter.
    pub private: &'a [Private],
}

impl Told<'_> {
    /// Whether this part is held back from somebody today, or concerns a private matter that is not theirs.
    fn kept_from(&self, viewer: PersonId, part: What) -> bool {
        let held = |one: &Held| one.what.takes_in(part) && one.from.is_none_or(|from| from == viewer);
        let private = |one: &Private| one.what.takes_in(part) && !one.theirs.contains(&viewer);
        self.held.iter().any(held) || self.private.iter().any(private)
    }

    /// Whether somebody was there, and not only alone with the worker.
    fn in_front_of_others(&self, person: PersonId) -> bool {
        let mut was = self.there.iter().filter(|one| one.person == person).peekable();
        was.peek().is_some() && was.all(|one| !one.alone)
    }
}

/// What of it somebody may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What happened, in the worker's words, with its photos and what was agreed.
    pub account: bool,
    /// Which of the statements, in their order.
    pub statements: Vec<bool>,
    /// Whether what others promised to them or about them is there, with the account or without it. What they promised
    /// themselves always is.
    pub promised: bool,
    /// Whether the only reason why some of it is missing is that somebody else was seen alone: then, and only then, a page
    /// may say that the rest of that day is somebody else's. Of what is held back nothing is ever said.
    pub rest_is_anothers: bool,
}

/// What of one thing recorded this person may read in their own space; none where it is not there for them at all.
///
/// Their own words are always theirs. Kept to *people named*, those named read the whole of it. Kept to *staff*, nobody but
/// staff does. Otherwise those who were there read it, and the one to whom it was written; but where somebody else was seen
/// alone, the account and that person's words are not for the others: what a child says alone is the child's. Words of
/// somebody who was not there were not said in front of those who were, and reach none of them. From all of this is taken
/// what is held back from the reader, and what concerns a private matter of somebody else.
pub fn shown(viewer: PersonId, told: &Told<'_>) -> Option<Shown> {
    let named = told.readers == Readers::Named && told.named.contains(&viewer);
    let addressed = told.written_to == Some(viewer);
    let with_them = addressed || told.there.iter().any(|one| one.person == viewer);
    let alone = |person: PersonId| told.there.iter().any(|one| one.person == person && one.alone);
    let another_alone = told.there.iter().any(|one| one.alone && one.person != viewer);
    let open = told.readers == Readers::Present && with_them;
    let kept = told.readers == Readers::Staff;
    let account_kept = told.kept_from(viewer, What::Account);
    let account = (named || open && !another_alone) && !account_kept;
    let mut words_kept = false;
    let mut statement = |(place, owner): (usize, &Option<PersonId>)| {
        let stopped = told.kept_from(viewer, What::Words(place));
        words_kept |= stopped;
        match owner {
            Some(person) if *person == viewer => !kept,
            Some(person) => {
                let heard = if addressed { !alone(*person) } else { told.in_front_of_others(*person) };
                (named || open && heard) && !stopped
            }
            // a worker's words belong to the account
            None => account && !stopped,
        }
    };
    let statements: Vec<bool> = told.statements.iter().enumerate().map(&mut statement).collect();
    let promised = account || open && !account_kept;
    let rest_is_anothers = !account && open && another_alone && !account_kept && !words_kept;
    (account || statements.contains(&true)).then_some(Shown {
        account,
        statements,
        promised,
        rest_is_anothers,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const JOSIE: PersonId = PersonId(Uuid::from_u128(1));
    const LEANNE: PersonId = PersonId(Uuid::from_u128(2));
    const CRAIG: PersonId = PersonId(Uuid::from_u128(3));

    /// What is read: the account, and which of the statements.
    fn read(viewer: PersonId, told: &Told<'_>) -> Option<(bool, Vec<bool>)> {
        shown(viewer, told).map(|one| (one.account, one.statements))
    }

    const fn there(person: PersonId, alone: bool) -> There {
        There { person, alone }
    }

    fn told<'a>(
        readers: Readers,
        there: &'a [There],
        named: &'a [PersonId],
        statements: &'a [Option<PersonId>],
    ) -> Told<'a> {
        Told { readers, named, there, written_to: None, statements, held: &[], private: &[] }
    }

    #[test]
    fn those_who_were_there_read_it_and_nobody_else() {
        let both = [there(JOSIE, false), there(LEANNE, false)];
        let words = [Some(JOSIE), Some(LEANNE), None];
        let entry = told(Readers::Present, &both, &[], &words);
        let whole = Some((true, vec![true, true, true]));
        assert_eq!(read(JOSIE, &entry), whole);
        assert_eq!(read(LEANNE, &entry), whole);
        assert_eq!(read(CRAIG, &entry), None);
    }

    #[test]
    fn what_a_child_says_alone_does_not_reach_their_mother() {
        let home = [there(JOSIE, true), there(LEANNE, false)];
        let words = [Some(JOSIE), Some(LEANNE), None];
        let entry = told(Readers::Present, &home, &[], &words);
        assert_eq!(read(LEANNE, &entry), Some((false, vec![false, true, false])));
        assert!(shown(LEANNE, &entry).unwrap().rest_is_anothers);
        assert_eq!(read(JOSIE, &entry), Some((true, vec![true, true, true])));
        let silent = told(Readers::Present, &home, &[], &[Some(JOSIE)]);
        assert_eq!(shown(LEANNE, &silent), None, "not even that it exists");
    }

    #[test]
    fn kept_to_staff_or_to_others_it_is_not_there() {
        let both = [there(JOSIE, false), there(LEANNE, false)];
        assert_eq!(shown(LEANNE, &told(Readers::Staff, &both, &[], &[None])), None);
        let named = told(Readers::Named, &both, &[CRAIG], &[Some(JOSIE), None]);
        assert_eq!(read(CRAIG, &named), Some((true, vec![true, true])));
        assert_eq!(read(LEANNE, &named), None);
        assert_eq!(read(JOSIE, &named), Some((false, vec![true, false])));
        assert!(
            !shown(JOSIE, &named).unwrap().promised,
            "what is promised belongs to what they may not read"
        );
    }

    #[test]
    fn a_note_written_to_somebody_is_theirs() {
        let entry = Told { written_to: Some(JOSIE), ..told(Readers::Present, &[], &[], &[]) };
        assert_eq!(read(JOSIE, &entry), Some((true, vec![])));
        assert_eq!(read(LEANNE, &entry), None);
    }

    #[test]
    fn words_of_somebody_who_was_not_there_do_not_reach_those_who_were() {
        let both = [there(JOSIE, false), there(LEANNE, false)];
        let entry = told(Readers::Present, &both, &[], &[Some(CRAIG), Some(LEANNE)]);
        assert_eq!(read(LEANNE, &entry), Some((true, vec![false, true])));
        assert_eq!(read(CRAIG, &entry), Some((false, vec![true, false])), "his own words alone");
    }

    #[test]
    fn what_is_held_back_is_gone_without_a_trace_and_own_words_stay() {
        let both = [there(JOSIE, false), there(LEANNE, false)];
        let words = [Some(JOSIE), Some(LEANNE), None];
        let entry = told(Readers::Present, &both, &[], &words);
        let from = |what, from| [Held { what, from }];
        let hers = from(What::Words(0), Some(LEANNE));
        let one = Told { held: &hers, ..entry };
        assert_eq!(read(LEANNE, &one), Some((true, vec![false, true, true])));
        assert_eq!(read(JOSIE, &one), Some((true, vec![true, true, true])));
        let all = from(What::All, None);
        let one = Told { held: &all, ..entry };
        assert_eq!(read(LEANNE, &one), Some((false, vec![false, true, false])));
        assert!(!shown(LEANNE, &one).unwrap().rest_is_anothers, "no word says that there is more");
        assert!(!shown(LEANNE, &one).unwrap().promised);
        let silent = Told { held: &all, ..told(Readers::Present, &both, &[], &[Some(JOSIE)]) };
        assert_eq!(read(LEANNE, &silent), None);
        // a name does not open what is held back
        let named = Told { held: &hers, ..told(Readers::Named, &both, &[LEANNE], &words) };
        assert_eq!(read(LEANNE, &named), Some((true, vec![false, true, true])));
    }

    #[test]
    fn a_private_matter_reaches_whoever_said_it_and_whose_it_is_and_no_other() {
        let three = [there(JOSIE, false), there(LEANNE, false), there(CRAIG, false)];
        let words = [Some(JOSIE)];
        let address = [Private { what: What::Words(0), theirs: vec![LEANNE] }];
        let entry = Told { private: &address, ..told(Readers::Present, &three, &[], &words) };
        assert_eq!(read(JOSIE, &entry).unwrap().1, [true]);
        assert_eq!(read(LEANNE, &entry).unwrap().1, [true]);
        assert_eq!(read(CRAIG, &entry).unwrap().1, [false]);
        // a mark never opens anything to whoever was not there
        let away = [there(JOSIE, false)];
        assert_eq!(read(LEANNE, &Told { there: &away, ..entry }), None);
        // the matter of two is for neither of the two: each would read the other's
        let both = [address[0].clone(), Private { what: What::Words(0), theirs: vec![CRAIG] }];
        let entry = Told { private: &both, ..entry };
        assert_eq!(
            (read(LEANNE, &entry).unwrap().1, read(CRAIG, &entry).unwrap().1),
            (vec![false], vec![false])
        );
        // that of somebody without a record is for nobody but whoever said it
        let referrer = [Private { what: What::Account, theirs: vec![] }];
        let entry = told(Readers::Present, &three, &[], &words);
        assert_eq!(read(CRAIG, &Told { private: &referrer, ..entry }), Some((false, vec![true])));
    }
}
