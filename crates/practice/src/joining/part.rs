//! Making two records of one again: what goes back by itself, and what people must be asked.

use super::Side;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// One row of one place (a table and the column that names the person).
pub type RowKey = (String, Uuid);

/// What the joining itself did with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Moved it, at most.
    Nothing,
    /// Set it aside, because the two records said it twice or differently.
    SetAside,
    /// Wrote it in place of another.
    Written {
        /// The row that was set aside for it.
        instead_of: Uuid,
    },
}

/// A row that one of the two records held when they were joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which row.
    pub row: RowKey,
    /// Whose it was.
    pub side: Side,
    /// It was not superseded then.
    pub live: bool,
    /// What the joining did with it.
    pub done: Done,
}

/// A row that the joined record holds now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Now {
    /// Which row.
    pub row: RowKey,
    /// What it belongs together with: versions of one thing, all that one entry brought.
    pub thread: Uuid,
    /// When it was recorded, where that is known.
    pub known: Option<Timestamp>,
    /// When it was superseded.
    pub over: Option<Timestamp>,
    /// It says who takes part in something shared, such as an entry: the older version is no longer to be read, so
    /// the newer one must reach everybody the older one reached.
    pub shared: bool,
    /// Somebody has only one of this at a time: a birth, a level.
    pub single: bool,
}

/// Something recorded while the two were one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Stands for it in an answer.
    pub key: Uuid,
    /// Its rows, the oldest first.
    pub rows: Vec<RowKey>,
    /// Whose words or facts it goes on from, where it changed something that a record held before.
    pub from: BTreeSet<Side>,
    /// The answer must name these.
    pub must: BTreeSet<Side>,
    /// Whether it can be given to both.
    pub both: bool,
    /// When it was first recorded.
    pub at: Option<Timestamp>,
}

/// Whom something recorded in between was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// One of the two.
    One(Side),
    /// Both.
    Both,
}

impl Answer {
    /// Whether it names this side.
    pub fn names(self, side: Side) -> bool {
        self == Self::Both || self == Self::One(side)
    }
}

/// Why two records are not made out of one with these answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartRefusal {
    /// Something is not answered.
    #[error("Say of each thing recorded in between whom it was about")]
    Unanswered(Uuid),
    /// An entry that one record held was corrected, and must not be lost to it.
    #[error(
        "This changed something that the other record held before. It must stay there; choose both if it was about both"
    )]
    WouldBeLost(Uuid),
    /// It cannot be given to both.
    #[error("This can be about one of the two only")]
    OnlyOne(Uuid),
}

/// What is to be done to make two records of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Rows that go to the other record.
    pub give: Vec<RowKey>,
    /// Rows that are no longer superseded.
    pub revive: Vec<RowKey>,
    /// Rows that are superseded now.
    pub close: Vec<RowKey>,
    /// Rows that are written once more, for the other record.
    pub again: Vec<RowKey>,
    /// Rows that go on from one that the joining wrote: they take up again what that one stood for.
    pub resume: Vec<(RowKey, Uuid)>,
}

/// The plan, with what was asked on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parted {
    /// What to do.
    pub plan: Plan,
    /// What was asked.
    pub questions: Vec<Question>,
}

/// What was recorded while the two were one: each is asked about.
pub fn questions(held: &[Held], now: &[Now]) -> Vec<Question> {
    let between = Between::of(held, now);
    let mut all: Vec<Question> = between.groups.values().map(|rows| between.question(rows)).collect();
    all.sort_by_key(|question| (question.at, question.key));
    all
}

/// Works out how two records are made of one.
///
/// # Errors
/// [`PartRefusal`] where an answer is missing or would lose something.
pub fn part(held: &[Held], now: &[Now], answers: &BTreeMap<Uuid, Answer>) -> Result<Parted, PartRefusal> {
    let questions = questions(held, now);
    let mut answered: BTreeMap<&RowKey, Answer> = BTreeMap::new();
    for question in &questions {
        let answer = *answers.get(&question.key).ok_or(PartRefusal::Unanswered(question.key))?;
        if answer == Answer::Both && !question.both {
            return Err(PartRefusal::OnlyOne(question.key));
        }
        if question.must.iter().any(|side| !answer.names(*side)) {
            return Err(PartRefusal::WouldBeLost(question.key));
        }
        answered.extend(question.rows.iter().map(|row| (row, answer)));
    }
    let mut work = Work { held, now, answered, plan: Plan::default() };
    work.give_back();
    work.hand_out(&questions);
    work.undo();
    work.one_each();
    Ok(Parted { plan: work.plan, questions })
}

/// The rows recorded in between, put together into things people can be asked about.
struct Between<'a> {
    held: BTreeMap<&'a RowKey, &'a Held>,
    now: &'a [Now],
    groups: BTreeMap<Uuid, Vec<&'a Now>>,
}

impl<'a> Between<'a> {
    fn of(held: &'a [Held], now: &'a [Now]) -> Self {
        let held: BTreeMap<&RowKey, &Held> = held.iter().map(|one| (&one.row, one)).collect();
        let new: Vec<&Now> = now.iter().filter(|row| !held.contains_key(&row.row)).collect();
        // what replaced something new is asked about together with it
        let mut leads: BTreeMap<Uuid, Uuid> = BTreeMap::new();
        for row in &new {
            leads.entry(row.thread).or_insert(row.thread);
        }
        for one in &new {
            for next in new.iter().filter(|next| follows(one, next)) {
                let (a, b) = (lead(&leads, one.thread), lead(&leads, next.thread));
                leads.insert(a.max(b), a.min(b));
            }
        }
        let mut groups: BTreeMap<Uuid, Vec<&Now>> = BTreeMap::new();
        for row in new {
            groups.entry(lead(&leads, row.thread)).or_default().push(row);
        }
        for rows in groups.values_mut() {
            rows.sort_by_key(|row| (row.known, row.row.1));
        }
        Self { held, now, groups }
    }

    fn question(&self, rows: &[&Now]) -> Question {
        let threads: BTreeSet<Uuid> = rows.iter().map(|row| row.thread).collect();
        let earlier = |old: &&Now| threads.contains(&old.thread) || rows.iter().any(|new| follows(old, new));
        let mut from = BTreeSet::new();
        let mut must = BTreeSet::new();
        for old in self.now.iter().filter(earlier) {
            let Some(held) = self.held.get(&old.row) else { continue };
            if !held.live && held.done == Done::Nothing {
                continue;
            }
            from.insert(held.side);
            if old.shared && old.over.is_some() {
                must.insert(held.side);
            }
        }
        let key = threads.first().copied().unwrap_or_default();
        let both = rows.iter().any(|row| row.shared || row.single);
        let at = rows.iter().filter_map(|row| row.known).min();
        Question { key, rows: rows.iter().map(|row| row.row.clone()).collect(), from, must, both, at }
    }
}

fn lead(leads: &BTreeMap<Uuid, Uuid>, mut thread: Uuid) -> Uuid {
    while let Some(&next) = leads.get(&thread)
        && next != thread
    {
        thread = next;
    }
    thread
}

/// Whether the second row was written when the first was superseded, in the same place.
fn follows(old: &Now, new: &Now) -> bool {
    old.row.0 == new.row.0 && old.row.1 != new.row.1 && old.over.is_some() && old.over == new.known
}

struct Work<'a> {
    held: &'a [Held],
    now: &'a [Now],
    answered: BTreeMap<&'a RowKey, Answer>,
    plan: Plan,
}

impl<'a> Work<'a> {
    fn row(&self, key: &RowKey) -> Option<&'a Now> {
        self.now.iter().find(|row| row.row == *key)
    }

    /// What was recorded in between in place of a row.
    fn successors(&self, old: &'a Now) -> Vec<(&'a Now, Answer)> {
        let new = self.now.iter().filter(|new| follows(old, new));
        new.filter_map(|new| Some((new, *self.answered.get(&new.row)?))).collect()
    }

    /// Every row goes back to the record that held it.
    fn give_back(&mut self) {
        let own = |held: &&Held| held.side == Side::Other && !matches!(held.done, Done::Written { .. });
        self.plan.give.extend(self.held.iter().filter(own).map(|held| held.row.clone()));
    }

    /// What was recorded in between goes where people say.
    fn hand_out(&mut self, questions: &[Question]) {
        for question in questions {
            for row in &question.rows {
                let Some(answer) = self.answered.get(row) else { continue };
                let only_other = question.from == BTreeSet::from([Side::Other]);
                let copied = self.row(row).is_some_and(|now| now.shared || now.single);
                match answer {
                    Answer::Both if copied => self.plan.again.push(row.clone()),
                    // what hangs on a shared entry and can be one person's only stays with whose entry it was
                    Answer::Both if only_other => self.plan.give.push(row.clone()),
                    Answer::One(Side::Other) => self.plan.give.push(row.clone()),
                    Answer::One(Side::Kept) | Answer::Both => {}
                }
            }
        }
    }

    /// A fact that a record held lives again there, unless what replaced it stays there too.
    fn undo(&mut self) {
        for held in self.held {
            match held.done {
                Done::Nothing if held.live => self.restore(held),
                Done::SetAside => self.take_up(held),
                Done::Nothing | Done::Written { .. } => {}
            }
        }
    }

    fn restore(&mut self, held: &Held) {
        let Some(now) = self.row(&held.row).filter(|now| now.over.is_some()) else { return };
        let successors = self.successors(now);
        // without a successor it was taken back or ended for good, and stays so
        if !successors.is_empty() && !successors.iter().any(|(_, answer)| answer.names(held.side)) {
            self.plan.revive.push(held.row.clone());
        }
    }

    fn take_up(&mut self, held: &Held) {
        let written: Vec<&Now> = self
            .held
            .iter()
            .filter(|one| one.row.0 == held.row.0)
            .filter(|one| one.done == Done::Written { instead_of: held.row.1 })
            .filter_map(|one| self.row(&one.row))
            .collect();
        let goes_on: Vec<RowKey> = written
            .iter()
            .flat_map(|row| self.successors(row))
            .filter(|(_, answer)| answer.names(held.side))
            .map(|(row, _)| row.row.clone())
            .collect();
        let living: Vec<RowKey> =
            written.iter().filter(|row| row.over.is_none()).map(|row| row.row.clone()).collect();
        let taken_back = !written.is_empty()
            && living.is_empty()
            && written.iter().all(|row| self.successors(row).is_empty());
        if goes_on.is_empty() {
            self.plan.close.extend(living);
            if !taken_back {
                self.plan.revive.push(held.row.clone());
            }
            return;
        }
        if held.side == Side::Other {
            self.plan.give.extend(living);
        }
        self.plan.resume.extend(goes_on.into_iter().map(|row| (row, held.row.1)));
    }

    /// Nobody has two births or two levels: the one recorded last stands.
    fn one_each(&mut self) {
        let given: BTreeSet<&RowKey> = self.plan.give.iter().collect();
        let copied: BTreeSet<&RowKey> = self.plan.again.iter().collect();
        let closed: BTreeSet<&RowKey> = self.plan.close.iter().collect();
        let revived: BTreeSet<&RowKey> = self.plan.revive.iter().collect();
        let living = |row: &&Now| {
            row.single && !closed.contains(&row.row) && (row.over.is_none() || revived.contains(&row.row))
        };
        let mut of: BTreeMap<(Side, &str), Vec<&Now>> = BTreeMap::new();
        for row in self.now.iter().filter(living) {
            let side = if given.contains(&row.row) { Side::Other } else { Side::Kept };
            of.entry((side, &row.row.0)).or_default().push(row);
            if copied.contains(&row.row) {
                of.entry((side.opposite(), &row.row.0)).or_default().push(row);
            }
        }
        let mut close: BTreeSet<RowKey> = BTreeSet::new();
        for rows in of.values_mut() {
            rows.sort_by_key(|row| (row.known, row.row.1));
            let older = rows.len().saturating_sub(1);
            close.extend(rows.iter().take(older).map(|row| row.row.clone()));
        }
        drop((given, copied, closed, revived));
        self.plan.revive.retain(|row| !close.contains(row));
        let still: Vec<RowKey> =
            close.into_iter().filter(|key| self.row(key).is_some_and(|row| row.over.is_none())).collect();
        self.plan.close.extend(still);
    }
}

#[cfg(test)]
#[path = "part_tests.rs"]
mod tests;
