//! Details: short dated texts in the person's own record, such as pronouns, a phone or what matters to them.

use super::{Wrong, begin, day_before, some};
use crate::journal::{self, Act};
use crate::person::facts::{self, Detail};
use crate::person::store;
use crate::{Moment, Oops, Result, Who};
use db::{Tx, args};
use jiff::civil::Date;
use practice::id::PersonId;
use practice::identifier::Phone;
use practice::person::DetailKind;
use serde_json::{Value as Json, json};
use uuid::Uuid;

/// A detail as it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDetail {
    /// Of what kind.
    pub kind: DetailKind,
    /// The words: theirs, wherever they can be. A date of death is written year first.
    pub words: String,
    /// Where it comes from, or what else to know of it: "ring after four".
    pub note: Option<String>,
    /// Since when; from today where nothing is said and it replaces another.
    pub from: Option<Date>,
}

impl NewDetail {
    /// A detail with nothing more said about it.
    pub fn new(kind: DetailKind, words: &str) -> Self {
        Self { kind, words: words.to_owned(), note: None, from: None }
    }

    fn check(&self, today: Date) -> Result<Self> {
        let mut wrong = Wrong::default();
        let words = self.words.trim().replace("\r\n", "\n");
        let note = some(self.note.as_deref().unwrap_or_default());
        wrong.unless(!words.is_empty(), "words", format!("{} is empty", self.kind.plain()));
        let own_words = matches!(self.kind, DetailKind::MattersToMe | DetailKind::TalkWithMe);
        wrong.most(&words, if own_words { 4000 } else { 300 }, "words");
        wrong.most(note.as_deref().unwrap_or_default(), 1000, "note");
        wrong.unless(self.from.is_none_or(|from| from <= today), "from", "This cannot begin in the future");
        match self.kind {
            DetailKind::Phone if !words.is_empty() => {
                if let Err(fault) = Phone::parse(&words) {
                    wrong.unless(false, "words", fault.to_string());
                }
            }
            DetailKind::Email if !words.is_empty() => {
                let sound = words
                    .split_once('@')
                    .is_some_and(|(name, place)| !name.is_empty() && place.contains('.'));
                let sound = sound && !words.contains(char::is_whitespace);
                wrong.unless(sound, "words", "An email address looks like name@example.org");
            }
            DetailKind::Died if !words.is_empty() => {
                let day: Option<Date> = words.parse().ok();
                let past = day.is_some_and(|day| day <= today);
                wrong.unless(past, "words", "The date of death must be a day that has been");
            }
            _ => {}
        }
        wrong.done()?;
        Ok(Self { words, note, ..self.clone() })
    }

    /// What a search compares.
    fn search_key(&self) -> Option<String> {
        match self.kind {
            DetailKind::Phone => Phone::parse(&self.words).ok().map(String::from),
            DetailKind::Email => Some(self.words.to_lowercase()),
            _ => None,
        }
    }
}

/// Records a detail. Of a kind that a person has one of at a time, the earlier one ends.
#[derive(Clone, Debug)]
pub struct RecordDetail {
    /// About whom.
    pub person: PersonId,
    /// The detail.
    pub detail: NewDetail,
    /// The detail that was seen in its place, for kinds that a person has one of: so that two people who
    /// write at once both learn of it.
    pub seen: Option<Option<Uuid>>,
}

/// Puts right a detail that was recorded wrongly.
#[derive(Clone, Debug)]
pub struct CorrectDetail {
    /// About whom.
    pub person: PersonId,
    /// The detail as it was seen.
    pub detail: Uuid,
    /// As it should be.
    pub put: NewDetail,
}

/// Says that a detail no longer holds.
#[derive(Clone, Debug)]
pub struct EndDetail {
    /// About whom.
    pub person: PersonId,
    /// The detail.
    pub detail: Uuid,
    /// The last day it held.
    pub on: Date,
}

pub(super) async fn write(
    tx: &mut Tx,
    moment: &mut Moment,
    person: PersonId,
    detail: &NewDetail,
    to: Option<Date>,
) -> Result<(Uuid, Json)> {
    let id = moment.id();
    let detail = detail.check(moment.today())?;
    let key = detail.search_key();
    let NewDetail { kind, words, note, from } = detail;
    let values = args![id, person, kind.code(), &words, note.clone(), key, from, to, moment.now()];
    tx.run(store::DETAIL_ADD, values).await?;
    let image = json!({"in": "person_detail", "id": id, "kind": kind.code(), "words": words, "note": note,
        "from": from, "to": to});
    Ok((id, image))
}

pub(super) async fn over(tx: &mut Tx, moment: &Moment, person: PersonId, detail: Uuid) -> Result<()> {
    Ok(tx.run_one(store::DETAIL_OVER, args![detail, person, moment.now()]).await?)
}

fn again(detail: &Detail) -> NewDetail {
    NewDetail { kind: detail.kind, words: detail.words.clone(), note: detail.note.clone(), from: detail.from }
}

/// Records a detail.
///
/// # Errors
/// [`Oops::Wrong`] for words that cannot be; [`Oops::Stale`] where another was recorded since; [`Oops::Refused`]
/// where it is there already.
pub async fn record_detail(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: RecordDetail,
) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let mut new = command.detail.check(moment.today())?;
    let all = facts::details(tx, person, None).await?;
    let open: Vec<&Detail> = all.iter().filter(|it| it.kind == new.kind && it.to.is_none()).collect();
    if open.iter().any(|it| it.words == new.words && it.note == new.note) {
        return Err(Oops::Refused("This is what the record says already".to_owned()));
    }
    let (mut wrote, mut superseded) = (vec![], vec![]);
    if new.kind.single() {
        if command.seen.is_some_and(|seen| seen != open.first().map(|it| it.id)) {
            return Err(Oops::Stale);
        }
        for earlier in open {
            let from = *new.from.get_or_insert(moment.today());
            over(tx, moment, person, earlier.id).await?;
            superseded.push(earlier.id);
            let to = day_before(from, earlier.from);
            wrote.push(write(tx, moment, person, &again(earlier), Some(to)).await?.1);
        }
    }
    let (id, image) = write(tx, moment, person, &new, None).await?;
    wrote.push(image);
    let payload = json!({"wrote": wrote, "superseded": superseded});
    journal::note(tx, who, moment, Act { action: "record_detail", about: &[person], payload }).await?;
    Ok(id)
}

/// Puts right a detail that was recorded wrongly; the wrong one stays readable.
///
/// # Errors
/// As [`record_detail`].
pub async fn correct_detail(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: CorrectDetail,
) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let all = facts::details(tx, person, None).await?;
    let seen = all.iter().find(|it| it.id == command.detail).ok_or(Oops::Stale)?;
    over(tx, moment, person, seen.id).await?;
    let put = NewDetail { kind: seen.kind, ..command.put };
    let (id, image) = write(tx, moment, person, &put, seen.to).await?;
    let payload = json!({"wrote": [image], "superseded": [command.detail]});
    journal::note(tx, who, moment, Act { action: "correct_detail", about: &[person], payload }).await?;
    Ok(id)
}

/// Says that a detail no longer holds.
///
/// # Errors
/// [`Oops::Wrong`] for a day before it began or in the future; [`Oops::Stale`] where it changed since.
pub async fn end_detail(tx: &mut Tx, who: &Who, moment: &mut Moment, command: EndDetail) -> Result<Uuid> {
    let person = command.person;
    begin(tx, who, moment, person).await?;
    let all = facts::details(tx, person, None).await?;
    let seen = all.iter().find(|it| it.id == command.detail && it.to.is_none()).ok_or(Oops::Stale)?;
    let mut wrong = Wrong::default();
    wrong.in_order(seen.from, Some(command.on), "on");
    wrong.unless(command.on <= moment.today(), "on", "The last day cannot be in the future");
    wrong.done()?;
    over(tx, moment, person, seen.id).await?;
    let (id, image) = write(tx, moment, person, &again(seen), Some(command.on)).await?;
    let payload = json!({"wrote": [image], "superseded": [command.detail]});
    journal::note(tx, who, moment, Act { action: "end_detail", about: &[person], payload }).await?;
    Ok(id)
}
