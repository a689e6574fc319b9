//! Telling a part of somebody's story, saying that one has read it, and saying that something had to be told again.

use super::store;
use crate::access::require;
use crate::entry;
use crate::journal::{Act, note};
use crate::told::{self, By, Story, Telling, all_of, choose};
use crate::{Moment, Oops, Result, Who};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::Sight;
use practice::id::{EntryId, PersonId};
use practice::story::{StoryPart, ToldHow};
use serde_json::json;
use uuid::Uuid;

/// The most letters of one telling.
pub(super) const LONGEST: usize = 20_000;
/// The most letters of what had to be told again, and why.
const SHORT: usize = 1_000;

/// What one voice tells in one part.
#[derive(Clone, Debug)]
pub struct Tell {
    /// Whose story.
    pub person: PersonId,
    /// Which part.
    pub part: StoryPart,
    /// The version it was begun from; none for words of somebody who has told nothing here yet.
    pub from: Option<Uuid>,
    /// Whose words they are. Not asked where a worker puts it together from what is recorded.
    pub by: Option<By>,
    /// How they came into the story.
    pub how: ToldHow,
    /// Somebody else tells it, and is fine with the person reading it.
    pub shared: bool,
    /// The words.
    pub words: String,
    /// The entries it rests on.
    pub rests_on: Vec<EntryId>,
    /// On which day it was told.
    pub told_on: Date,
}

/// What had to be told again.
#[derive(Clone, Debug)]
pub struct Retell {
    /// Who had to.
    pub person: PersonId,
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
    /// On which day.
    pub on: Date,
    /// The entry in which it happened.
    pub entry: Option<EntryId>,
}

/// Whose place in a part a telling takes: the same voice has one telling in each.
fn same_voice(held: &Telling, command: &Tell, who: &Who) -> bool {
    if held.part != command.part {
        return false;
    }
    match (held.how == ToldHow::FromEntries, command.how == ToldHow::FromEntries) {
        (true, true) => held.voice.by.worker() == who.worker() || who.program,
        (false, false) => command.by.as_ref() == Some(&held.voice.by),
        (true, false) | (false, true) => false,
    }
}

/// What stands now in the place of this telling. The form carries the version it began from, so that whoever saves over
/// a newer one is told.
pub(super) fn standing<'a>(story: &'a Story, command: &Tell, who: &Who) -> Result<Option<&'a Telling>> {
    let Some(from) = command.from else {
        return match story.tellings.iter().find(|held| same_voice(held, command, who)) {
            Some(_) => Err(Oops::Stale),
            None => Ok(None),
        };
    };
    let held = story.tellings.iter().find(|held| held.id == from).ok_or(Oops::Stale)?;
    let put_together = |how: ToldHow| how == ToldHow::FromEntries;
    let one_voice = match (put_together(held.how), put_together(command.how)) {
        (true, true) => true,
        (false, false) => command.by.as_ref() == Some(&held.voice.by),
        (true, false) | (false, true) => false,
    };
    if held.part == command.part && one_voice {
        return Ok(Some(held));
    }
    Err(Oops::Refused("One voice stays one voice. Add somebody else's words beside these".to_owned()))
}

async fn check(tx: &mut Tx, who: &Who, moment: &Moment, command: &Tell) -> Result<()> {
    let mut wrong = vec![];
    let mut say = |field: &str, words: &str| wrong.push((field.to_owned(), words.to_owned()));
    if command.words.trim().is_empty() {
        say("words", "Write down what was told");
    }
    if command.words.chars().count() > LONGEST {
        say("words", &format!("Say it in at most {LONGEST} letters"));
    }
    if command.told_on > moment.today() {
        say("told", "Choose today or a day before");
    }
    if command.how == ToldHow::FromEntries {
        if command.rests_on.is_empty() {
            say("entry", "Choose at least one entry it is put together from");
        }
    } else if command.by.is_none() {
        say("by", "Say whose words these are");
    }
    let readable = entry::in_few_words(tx, who, moment.now(), &command.rests_on).await?;
    if command.rests_on.iter().any(|entry| !readable.contains_key(entry)) {
        say("entry", "One of these entries is not there any more. Choose again");
    }
    if wrong.is_empty() { Ok(()) } else { Err(Oops::Wrong(wrong)) }
}

/// Tells a part of somebody's story. What stood there before stays readable as known then.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field; [`Oops::Stale`] where somebody saved since the form was opened.
pub async fn tell(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Tell) -> Result<Uuid> {
    require(tx, who, moment.now(), command.person, Sight::Record).await?;
    if let Some(by) = &command.by {
        choose::check_voice(tx, (who, moment.now()), by).await?;
    }
    check(tx, who, moment, &command).await?;
    tx.run(store::LOCK, args![command.person]).await?;
    let story = told::story(tx, command.person, None).await?;
    let held = standing(&story, &command, who)?;
    if let Some(held) = held {
        tx.run_one(store::SUPERSEDE, args![held.id, moment.now()]).await?;
    }
    let id = moment.id();
    let thread = held.map_or(id, |held| held.thread);
    let by = command.by.filter(|_| command.how != ToldHow::FromEntries);
    let by = by.as_ref();
    let shared = command.shared && by.is_some_and(|by| !by.themselves());
    let author = who.worker().map(|worker| worker.0);
    let (words, rests_on) = (command.words.trim(), all_of(&command.rests_on));
    let values = args![
        id,
        thread,
        command.person,
        command.part.code(),
        command.how.code(),
        by.is_some_and(By::themselves),
        by.and_then(By::person).map(|person| person.0),
        by.and_then(By::words),
        shared,
        words,
        &rests_on,
        command.told_on,
        author,
        moment.now()
    ];
    tx.run(store::ADD, values).await?;
    let about: Vec<PersonId> = std::iter::once(command.person).chain(by.and_then(By::person)).collect();
    let payload = json!({
        "telling": thread, "version": id, "superseded": held.map(|held| held.id), "part": command.part.code(),
        "how": command.how.code(), "by": by.map(By::code), "shared": shared, "told_on": command.told_on,
        "rests_on": command.rests_on, "words": entry::hash_of(words),
    });
    note(tx, who, moment, Act { action: "tell_story", about: &about, payload }).await?;
    Ok(id)
}

/// A worker says that they have read the story as it stood on the page they read.
///
/// # Errors
/// As access says; [`Oops::Refused`] where nothing was told.
pub async fn read_story(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (person, seen): (PersonId, &[Uuid]),
) -> Result<()> {
    require(tx, who, moment.now(), person, Sight::Open).await?;
    let Some(worker) = who.worker() else {
        return Err(Oops::Refused("Only somebody who works here can say that they have read it".to_owned()));
    };
    let story = told::story_for(tx, who, moment.now(), person, None).await?;
    let held: Vec<String> =
        story.tellings.iter().filter(|one| seen.contains(&one.id)).map(|one| one.id.to_string()).collect();
    if held.is_empty() {
        return Err(Oops::Refused(
            "There is nothing here to read yet, or all of it was told anew. Read it again".to_owned(),
        ));
    }
    let (id, held) = (moment.id(), held.join(" "));
    tx.run(store::READ, args![id, person, worker, &held, moment.today(), moment.now()]).await?;
    let payload = json!({ "reading": id, "worker": worker, "held": held });
    note(tx, who, moment, Act { action: "read_story", about: &[person], payload }).await?;
    Ok(())
}

/// Says that somebody had to tell again what they had told before.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field.
pub async fn retell(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Retell) -> Result<()> {
    require(tx, who, moment.now(), command.person, Sight::Record).await?;
    let (what, why) = (command.what.trim(), command.why.trim());
    let mut wrong = vec![];
    for (field, words, ask) in
        [("what", what, "Say what they had to tell again"), ("why", why, "Say why they had to")]
    {
        if words.is_empty() {
            wrong.push((field.to_owned(), ask.to_owned()));
        } else if words.chars().count() > SHORT {
            wrong.push((field.to_owned(), format!("Say it in at most {SHORT} letters")));
        }
    }
    if command.on > moment.today() {
        wrong.push(("on".to_owned(), "Choose today or a day before".to_owned()));
    }
    if let Some(entry) = command.entry {
        let readable = entry::in_few_words(tx, who, moment.now(), &[entry]).await?;
        if readable.is_empty() {
            wrong.push(("entry".to_owned(), "That entry is not there".to_owned()));
        }
    }
    if !wrong.is_empty() {
        return Err(Oops::Wrong(wrong));
    }
    let (id, worker) = (moment.id(), who.worker().map(|worker| worker.0));
    let entry = command.entry.map(|entry| entry.0);
    let values = args![id, command.person, worker, entry, what, why, command.on, moment.now()];
    tx.run(store::RETELL, values).await?;
    let payload = json!({
        "retelling": id, "on": command.on, "entry": entry, "what": entry::hash_of(what), "why": entry::hash_of(why),
    });
    note(tx, who, moment, Act { action: "retell_story", about: &[command.person], payload }).await?;
    Ok(())
}
