//! Whether a draft may be filed: every remark at once, in the order of the page, or the entry.

use super::draft::{EntryDraft, PersonDraft, PromiseDraft, Remark, SomeoneDraft, StatementDraft};
use super::{Audience, Correction, NewPromise, NewStatement, Participant, RecordEntry, Someone};
use crate::calendar::{add_days, add_months, london, london_day};
use crate::entry::{EntryKind, Manner, Part, Readers, Seen, StatementForm};
use crate::id::PersonId;
use crate::person::{BirthBasis, PersonKind};
use crate::week::MOST_MINUTES;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};

/// How many minutes ahead of the server's clock an entry may be: a phone's clock may be a little fast.
pub const MINUTES_AHEAD: i64 = 15;
/// The earliest day of which anything is recorded.
const EARLIEST: Date = date(1900, 1, 1);
/// The most characters of one text. A book; more is a mistake.
const LONGEST: usize = 200_000;
/// For how many months an entry may be kept to staff before someone looks again.
const REVIEW_MONTHS: i32 = 12;
/// By when at the latest a promise is kept, in months.
const PROMISE_MONTHS: i32 = 60;
/// How many days before a birth an entry may be about the child: a long pregnancy.
const PREGNANCY_DAYS: i32 = 42 * 7;

/// A draft that may be filed, and what is asked though it may stay open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The entry.
    pub entry: RecordEntry,
    /// Questions worth asking once, before filing: a promise without a day.
    pub asks: Vec<Remark>,
}

/// Checks a draft at this instant.
///
/// # Errors
/// Everything to put right, in the order of the page. Empty only when the page itself could not read a
/// field (see [`EntryDraft::unread`]) and all else is well.
pub fn check_entry(draft: &EntryDraft, now: Timestamp) -> Result<Checked, Vec<Remark>> {
    let mut desk = Desk { draft, now, today: london_day(now), wrong: Vec::new(), asks: Vec::new() };
    let kind = desk.kind();
    let happened_at = desk.when();
    let manner = desk.manner();
    let people = desk.people();
    let narrative = desk.narrative();
    let statements = desk.statements();
    let promises = desk.promises();
    let written_to = desk.written_to();
    let audience = desk.audience();
    let corrects = desk.correction();
    desk.minutes();
    let Desk { wrong, asks, .. } = desk;
    match (kind, happened_at, audience) {
        (Some(kind), Some(happened_at), Some(audience)) if wrong.is_empty() && draft.unread.is_empty() => {
            let entry = RecordEntry {
                kind,
                happened_at,
                manner,
                minutes: desk_minutes(draft),
                place: some(&draft.place),
                title: some(&draft.title),
                people,
                workers: unique(&draft.workers),
                others_present: some(&draft.others_present),
                narrative,
                statements,
                promises,
                significant: draft.significant,
                written_to,
                audience,
                corrects,
            };
            Ok(Checked { entry, asks })
        }
        _ => Err(wrong),
    }
}

/// How long it took, when that was said and is more than nothing.
fn desk_minutes(draft: &EntryDraft) -> Option<u32> {
    draft.minutes.filter(|minutes| *minutes > 0)
}

/// A draft being checked.
struct Desk<'a> {
    draft: &'a EntryDraft,
    now: Timestamp,
    today: Date,
    wrong: Vec<Remark>,
    asks: Vec<Remark>,
}

impl Desk<'_> {
    /// Says that something must be put right, unless the page has said already that it could not read it.
    fn wrong(&mut self, field: impl Into<String>, sentence: impl Into<String>) {
        let field = field.into();
        if !self.draft.unread.contains(&field) {
            self.wrong.push(Remark { field, sentence: sentence.into() });
        }
    }

    fn kind(&mut self) -> Option<EntryKind> {
        match self.draft.kind {
            None => self.wrong("kind", "Say what sort of thing happened"),
            Some(EntryKind::Step) => self.wrong("kind", "A step of the pathway is recorded on its own page"),
            Some(_) => {}
        }
        self.draft.kind
    }

    fn when(&mut self) -> Option<Timestamp> {
        if self.draft.day.is_none() {
            self.wrong("happened", "Say which day it happened");
        }
        if self.draft.time.is_none() {
            self.wrong("time", "Say what time it began, as near as you know");
        }
        let (day, time) = (self.draft.day?, self.draft.time?);
        if day < EARLIEST {
            self.wrong("happened", format!("Check the year: {} is too long ago", day.year()));
            return None;
        }
        for person in &self.draft.people {
            if born_long_after(person, day) {
                self.wrong("happened", format!("{} was not born yet on that day", person.name));
            }
        }
        let at = day.to_datetime(time).to_zoned(london()).map(|zoned| zoned.timestamp());
        match at {
            Ok(at) if at.duration_since(self.now) > SignedDuration::from_mins(MINUTES_AHEAD) => {
                let field = if day > self.today { "happened" } else { "time" };
                self.wrong(field, "This has not happened yet. Record it when it has");
                None
            }
            Ok(at) => Some(at),
            Err(_) => {
                self.wrong("happened", "Check the day and the time");
                None
            }
        }
    }

    fn manner(&mut self) -> Option<Manner> {
        let kind = self.draft.kind?;
        match (kind, self.draft.manner) {
            (EntryKind::Visit, None) => {
                self.wrong("manner", "Say how you visited: at home, at school, by video, somewhere else");
            }
            (EntryKind::Visit, Some(Manner::Phone | Manner::Writing)) => {
                self.wrong(
                    "manner",
                    "A visit is made in person or by video. For this choose call or message",
                );
            }
            (EntryKind::Meeting, None) => self.wrong("manner", "Say where or how you met"),
            (EntryKind::Call, None) => return Some(Manner::Phone),
            (EntryKind::Letter | EntryKind::Message, None) => return Some(Manner::Writing),
            _ => {}
        }
        self.draft.manner
    }

    fn minutes(&mut self) {
        if self.draft.minutes.is_some_and(|minutes| minutes > MOST_MINUTES) {
            self.wrong("minutes", "This is longer than a day. Record each day by itself");
        }
    }

    fn people(&mut self) -> Vec<Participant> {
        if !self.draft.people.iter().any(|one| one.part == Part::About) {
            self.wrong("people", "Say whom this is about");
        }
        let mut people: Vec<Participant> = Vec::new();
        for one in &self.draft.people {
            if people.iter().any(|other| (other.person, other.part) == (one.person, one.part)) {
                self.wrong("people", format!("{} is here twice", one.name));
                continue;
            }
            people.push(self.person(one));
        }
        people
    }

    fn person(&mut self, one: &PersonDraft) -> Participant {
        let PersonDraft { person, part, ref name, .. } = *one;
        let seen_field = format!("seen-{person}");
        let why = some(&one.not_seen_why);
        let day = self.draft.day.unwrap_or(self.today);
        // a day that cannot be right is remarked on once, at the day
        let unborn = unborn_on(one, day) && day >= EARLIEST && !born_long_after(one, day);
        let asked = self.draft.kind == Some(EntryKind::Visit) && one.child && part == Part::About && !unborn;
        let unseeable = matches!(self.draft.manner, Some(Manner::Phone | Manner::Writing));
        match one.seen {
            None if asked => self.wrong(&seen_field, format!("Say whether you saw {name}")),
            Some(seen) if seen.was_seen() && unborn => {
                self.wrong(&seen_field, format!("{name} was not born yet, so could not be seen"));
            }
            Some(seen) if seen.was_seen() && unseeable => {
                self.wrong(&seen_field, format!("You cannot have seen {name} by phone or in writing"));
            }
            Some(Seen::No) if why.is_none() => {
                self.wrong(format!("why-{person}"), format!("Say why you did not see {name}"));
            }
            Some(_) | None => {}
        }
        let not_seen_why = why.filter(|_| one.seen == Some(Seen::No));
        Participant { person, part, seen: one.seen, not_seen_why }
    }

    fn narrative(&mut self) -> String {
        let narrative = clean(&self.draft.narrative);
        let said = self.draft.statements.iter().any(|one| some(&one.words).is_some());
        if narrative.is_empty() && !said && self.draft.attachments == 0 {
            self.wrong("narrative", "Say what happened, or add someone's own words");
        }
        self.not_too_long("narrative", &narrative);
        narrative
    }

    fn not_too_long(&mut self, field: &str, text: &str) {
        if text.chars().count() > LONGEST {
            self.wrong(field, "This is longer than 200,000 letters. Attach it as a document instead");
        }
    }

    fn statements(&mut self) -> Vec<NewStatement> {
        let rows = self.draft.statements.iter().enumerate();
        rows.filter_map(|(n, row)| self.statement(n, row)).collect()
    }

    fn statement(&mut self, n: usize, row: &StatementDraft) -> Option<NewStatement> {
        let words = some(&row.words);
        let owner = someone(&row.owner);
        match (&owner, &words) {
            (None, None) => return None,
            (None, Some(_)) => {
                self.wrong(format!("statement-{n}-owner"), "Say whose words these are");
            }
            (Some(_), None) => {
                self.wrong(format!("statement-{n}-words"), "Write their words, or take this row away");
            }
            (Some(_), Some(words)) => self.not_too_long(&format!("statement-{n}-words"), words),
        }
        Some(NewStatement {
            owner: owner?,
            form: row.form.unwrap_or(StatementForm::Said),
            words: words?,
            original_language: some(&row.original_language),
        })
    }

    fn promises(&mut self) -> Vec<NewPromise> {
        let rows = self.draft.promises.iter().enumerate();
        rows.filter_map(|(n, row)| self.promise(n, row)).collect()
    }

    fn promise(&mut self, n: usize, row: &PromiseDraft) -> Option<NewPromise> {
        let what = some(&row.what);
        let due_field = format!("promise-{n}-due");
        if what.is_none() && row.due_on.is_none() && !self.draft.unread.contains(&due_field) {
            return None;
        }
        let by = someone(&row.by);
        if what.is_none() {
            self.wrong(format!("promise-{n}-what"), "Say what was promised");
        }
        if by.is_none() {
            self.wrong(format!("promise-{n}-who"), "Say who promised it");
        }
        let about = self.promised_to(n, row);
        match row.due_on {
            None if !self.draft.unread.contains(&due_field) => self.asks.push(Remark {
                field: due_field,
                sentence: format!(
                    "By when will this be done: {}?",
                    row.what.trim().trim_end_matches(['.', '?'])
                ),
            }),
            Some(due) if self.draft.day.is_some_and(|day| due < day) => {
                self.wrong(due_field, "A promise is for the day it was made or later");
            }
            Some(due) if due > add_months(self.today, PROMISE_MONTHS) => {
                self.wrong(due_field, "Check the year of this promise");
            }
            Some(_) | None => {}
        }
        Some(NewPromise { what: what?, by: by?, about: about?, due_on: row.due_on })
    }

    fn promised_to(&mut self, n: usize, row: &PromiseDraft) -> Option<PersonId> {
        let mut about: Vec<PersonId> = Vec::new();
        for one in self.draft.people.iter().filter(|one| one.part == Part::About) {
            if !about.contains(&one.person) {
                about.push(one.person);
            }
        }
        match (row.about, about.as_slice()) {
            (Some(person), _) if about.contains(&person) => Some(person),
            (None, [only]) => Some(*only),
            // that the entry is about nobody has been said already
            (_, []) => None,
            _ => {
                self.wrong(format!("promise-{n}-about"), "Say to whom of them this was promised");
                None
            }
        }
    }

    fn written_to(&mut self) -> Option<PersonId> {
        let to = self.draft.written_to?;
        if !self.draft.people.iter().any(|one| one.person == to && one.part == Part::About) {
            self.wrong("written-to", "A note is written to someone it is about");
        }
        Some(to)
    }

    fn audience(&mut self) -> Option<Audience> {
        let Some(readers) = self.draft.readers else {
            self.wrong("readers", "Say who may read this");
            return None;
        };
        match readers {
            Readers::Present => Some(Audience::Present),
            Readers::Named => {
                let workers = unique(&self.draft.named_workers);
                let people = unique(&self.draft.named_people);
                if workers.is_empty() && people.is_empty() {
                    self.wrong("named", "Name at least one person who may read this");
                }
                Some(Audience::Named { workers, people })
            }
            Readers::Staff => self.staff_only(),
        }
    }

    fn staff_only(&mut self) -> Option<Audience> {
        let why = some(&self.draft.readers_why);
        if why.is_none() {
            self.wrong("readers-why", "Say why this is for staff only");
        }
        match self.draft.readers_review {
            None => self.wrong("readers-review", "Say when someone looks again at who may read this"),
            Some(day) if day <= self.today => {
                self.wrong("readers-review", "Choose a day to come for looking again");
            }
            Some(day) if day > add_months(self.today, REVIEW_MONTHS) => {
                self.wrong("readers-review", "Look again within a year");
            }
            Some(_) => {}
        }
        Some(Audience::Staff { why: why?, review_on: self.draft.readers_review? })
    }

    fn correction(&mut self) -> Option<Correction> {
        let correction = self.draft.correction.as_ref()?;
        let why = some(&correction.why);
        if why.is_none() {
            self.wrong("correction", "Say why you are correcting this");
        }
        Some(Correction { supersedes: correction.supersedes, why: why? })
    }
}

/// Whether a birth date that is known says that there was nobody to be about on that day, not even
/// someone not yet born. An estimated or disputed date proves nothing.
fn born_long_after(person: &PersonDraft, day: Date) -> bool {
    let known = person.birth.filter(|birth| birth.basis == BirthBasis::Exact);
    known.is_some_and(|birth| day < add_days(birth.on, -PREGNANCY_DAYS))
}

/// Whether the person was not born yet on that day, as far as is known.
fn unborn_on(person: &PersonDraft, day: Date) -> bool {
    person.kind == PersonKind::Unborn
        || person.birth.is_some_and(|birth| match birth.basis {
            BirthBasis::Expected => true,
            BirthBasis::Exact => day < birth.on,
            BirthBasis::Estimated | BirthBasis::Disputed => false,
        })
}

fn someone(draft: &SomeoneDraft) -> Option<Someone> {
    match &draft.chosen {
        Some(Someone::Words(words)) => some(words).map(Someone::Words),
        Some(chosen) => Some(chosen.clone()),
        None => some(&draft.words).map(Someone::Words),
    }
}

/// Text with one kind of line end, without space around it, and without the null character, which no
/// database keeps.
fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\0', "").trim().to_owned()
}

fn some(text: &str) -> Option<String> {
    Some(clean(text)).filter(|text| !text.is_empty())
}

fn unique<T: Copy + PartialEq>(ids: &[T]) -> Vec<T> {
    let mut once: Vec<T> = Vec::new();
    for id in ids {
        if !once.contains(id) {
            once.push(*id);
        }
    }
    once
}
