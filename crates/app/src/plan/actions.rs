//! Writing lines of a plan, putting a number to a goal, promising, and saying whether one agrees.

use super::store::{self, NowRow};
use crate::access::require;
use crate::entry;
use crate::journal::{Act, note};
use crate::oops::Wrong;
use crate::told::{self, By, all_of, choose};
use crate::{Moment, Oops, Result, Who};
use db::{Conn, Tx, args};
use jiff::civil::Date;
use practice::access::{Reader, Sight};
use practice::id::{EntryId, PersonId};
use practice::plan::{Agreement, LineKind, LineReaders, on_the_scale};
use serde_json::json;
use uuid::Uuid;

/// A line of a plan, new or as it is to stand from now on.
#[derive(Clone, Debug)]
pub struct WriteLine {
    /// Whose plan.
    pub person: PersonId,
    /// The line and the version it was begun from; none for a new one.
    pub of: Option<(Uuid, Uuid)>,
    /// What it is.
    pub kind: LineKind,
    /// The goal it belongs to.
    pub goal: Option<Uuid>,
    /// The words.
    pub words: String,
    /// The same for the child.
    pub child_words: Option<String>,
    /// Whose words they are.
    pub by: By,
    /// Who of the family may read it in their own space; as it usually is with such a voice where nobody said it.
    pub readers: Option<LineReaders>,
    /// The entries it rests on.
    pub rests_on: Vec<EntryId>,
}

/// Takes a line out of a plan. It stays readable as known before.
#[derive(Clone, Debug)]
pub struct TakeOut {
    /// Whose plan.
    pub person: PersonId,
    /// The line and the version that was read.
    pub of: (Uuid, Uuid),
    /// Why.
    pub why: String,
}

/// How far along somebody says a goal is.
#[derive(Clone, Debug)]
pub struct Scale {
    /// Whose plan.
    pub person: PersonId,
    /// Which goal.
    pub goal: Uuid,
    /// Who says so.
    pub by: By,
    /// 0 to 10.
    pub value: i64,
    /// On which day.
    pub on: Date,
    /// Why.
    pub why: Option<String>,
    /// What would make it one more.
    pub next_step: Option<String>,
}

/// Whether somebody agrees with the plan.
#[derive(Clone, Debug)]
pub struct Agree {
    /// Whose plan.
    pub person: PersonId,
    /// Who says so.
    pub by: By,
    /// Whether.
    pub agreement: Agreement,
    /// What they say of it.
    pub words: Option<String>,
    /// It was read to them, or they read it.
    pub read_back: bool,
    /// On which day.
    pub on: Date,
}

/// A promise made in a plan.
#[derive(Clone, Debug)]
pub struct Promise {
    /// Whose plan.
    pub person: PersonId,
    /// What.
    pub what: String,
    /// Who promises.
    pub by: By,
    /// By when.
    pub due_on: Option<Date>,
}

/// The columns that say whose words something is.
fn columns(by: &By) -> (bool, Option<Uuid>, Option<Uuid>, Option<String>) {
    (
        by.themselves(),
        by.person().map(|person| person.0),
        by.worker().map(|worker| worker.0),
        by.words().map(str::to_owned),
    )
}

fn about(person: PersonId, by: &By) -> Vec<PersonId> {
    std::iter::once(person).chain(by.person()).collect()
}

async fn now(conn: &mut Conn, person: PersonId, line: Uuid) -> Result<Option<NowRow>> {
    Ok(conn.maybe(store::LINE_NOW, args![person, line]).await?)
}

/// The line as it stands, if it is the version that was read.
async fn read_one(conn: &mut Conn, person: PersonId, (line, from): (Uuid, Uuid)) -> Result<NowRow> {
    now(conn, person, line).await?.filter(|row| row.id == from).ok_or(Oops::Stale)
}

async fn goal_there(conn: &mut Conn, person: PersonId, goal: Uuid) -> Result<bool> {
    Ok(now(conn, person, goal).await?.is_some_and(|row| row.kind == LineKind::Goal.code()))
}

/// Writes a line of somebody's plan, or a newer version of one. Gives the line.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field; [`Oops::Stale`] where somebody changed it since it was read.
pub async fn write_line(tx: &mut Tx, who: &Who, moment: &mut Moment, command: WriteLine) -> Result<Uuid> {
    require(tx, who, moment.now(), command.person, Sight::Record).await?;
    let mut wrong = Wrong::default();
    let words = command.words.trim();
    if words.is_empty() {
        wrong.say("words", "Write the line down");
    }
    wrong.length("words", words);
    let child_words = command.child_words.as_deref().map(str::trim).filter(|words| !words.is_empty());
    wrong.length("child-words", child_words.unwrap_or_default());
    if let Some(goal) = command.goal
        && (command.kind == LineKind::Goal || !goal_there(tx, command.person, goal).await?)
    {
        wrong.say("goal", "That goal is not in the plan any more");
    }
    let readable = entry::in_few_words(tx, who, moment.now(), &command.rests_on).await?;
    if command.rests_on.iter().any(|entry| !readable.contains_key(entry)) {
        wrong.say("entry", "One of these entries is not there any more. Choose again");
    }
    wrong.done()?;
    choose::check_voice(tx, (who, moment.now()), &command.by).await?;
    tx.run(store::LOCK, args![command.person]).await?;
    let id = moment.id();
    let mut line = id;
    if let Some(of) = command.of {
        takes_the_place_of(tx, moment, &command, of).await?;
        line = of.0;
    }
    let (themselves, by_person, by_worker, by_words) = columns(&command.by);
    let readers = command.readers.unwrap_or_else(|| told::usual(&command.by, command.person));
    let values = args![
        id,
        line,
        command.person,
        command.kind.code(),
        command.goal,
        words,
        child_words,
        themselves,
        by_person,
        by_worker,
        by_words,
        readers.code(),
        &all_of(&command.rests_on),
        None::<&str>,
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::ADD_LINE, values).await?;
    let payload = json!({
        "line": line, "version": id, "superseded": command.of.map(|of| of.1), "kind": command.kind.code(),
        "goal": command.goal, "by": command.by.code(), "readers": readers.code(), "rests_on": command.rests_on, "words": entry::hash_of(words),
    });
    let about = about(command.person, &command.by);
    note(tx, who, moment, Act { action: "write_plan_line", about: &about, payload }).await?;
    Ok(line)
}

/// Ends the version that a newer one takes the place of, if it is the one that was read.
async fn takes_the_place_of(
    tx: &mut Tx,
    moment: &Moment,
    command: &WriteLine,
    of: (Uuid, Uuid),
) -> Result<()> {
    let held = read_one(tx, command.person, of).await?;
    if held.kind != command.kind.code() {
        return Err(Oops::Refused("A line stays what it is. Take it out and write another".to_owned()));
    }
    supersede(tx, held.id, moment).await
}

async fn supersede(tx: &mut Tx, version: Uuid, moment: &Moment) -> Result<()> {
    Ok(tx.run_one(store::SUPERSEDE_LINE, args![version, moment.now()]).await?)
}

/// Takes a line out of somebody's plan, with the reason. It stays readable as known before.
///
/// # Errors
/// As access says; [`Oops::Wrong`] without a reason; [`Oops::Stale`] where somebody changed it since it was read.
pub async fn take_out(tx: &mut Tx, who: &Who, moment: &mut Moment, command: TakeOut) -> Result<()> {
    require(tx, who, moment.now(), command.person, Sight::Record).await?;
    let why = command.why.trim();
    let mut wrong = Wrong::default();
    if why.is_empty() {
        wrong.say("why", "Say why it is taken out");
    }
    wrong.length("why", why);
    wrong.done()?;
    tx.run(store::LOCK, args![command.person]).await?;
    let held = read_one(tx, command.person, command.of).await?;
    supersede(tx, held.id, moment).await?;
    let id = moment.id();
    let values = args![
        id,
        command.of.0,
        command.person,
        held.kind,
        held.goal_id,
        held.words,
        held.child_words,
        held.by_themselves,
        held.by_person,
        held.by_worker,
        held.by_words,
        held.readers,
        held.rests_on,
        why,
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::ADD_LINE, values).await?;
    let payload =
        json!({ "line": command.of.0, "version": id, "superseded": held.id, "why": entry::hash_of(why) });
    note(tx, who, moment, Act { action: "take_out_plan_line", about: &[command.person], payload }).await?;
    Ok(())
}

/// Keeps how far along somebody says a goal is. Said again for the same day by the same voice, it takes the place of
/// what they said before.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field.
pub async fn scale(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Scale) -> Result<()> {
    require(tx, who, moment.now(), command.person, Sight::Record).await?;
    let mut wrong = Wrong::default();
    if !on_the_scale(command.value) {
        wrong.say("value", "Choose a number from 0 to 10");
    }
    if !goal_there(tx, command.person, command.goal).await? {
        wrong.say("goal", "That goal is not in the plan any more");
    }
    wrong.was("on", command.on, moment.today());
    let some = |words: &Option<String>| {
        words.as_deref().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned)
    };
    let (why, next_step) = (some(&command.why), some(&command.next_step));
    wrong.length("why", why.as_deref().unwrap_or_default());
    wrong.length("next", next_step.as_deref().unwrap_or_default());
    wrong.done()?;
    choose::check_voice(tx, (who, moment.now()), &command.by).await?;
    tx.run(store::LOCK, args![command.person]).await?;
    let (themselves, by_person, by_worker, by_words) = columns(&command.by);
    let same = args![
        moment.now(),
        command.person,
        command.goal,
        command.on,
        themselves,
        by_person.or(by_worker),
        by_words.as_deref().unwrap_or_default()
    ];
    tx.run(store::SAME_SCALE, same).await?;
    let id = moment.id();
    let values = args![
        id,
        command.person,
        command.goal,
        themselves,
        by_person,
        by_worker,
        by_words,
        command.value,
        command.on,
        &why,
        &next_step,
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::ADD_SCALE, values).await?;
    let payload = json!({
        "scale": id, "goal": command.goal, "by": command.by.code(), "value": command.value, "on": command.on,
        "why": why.as_deref().map(entry::hash_of), "next_step": next_step.as_deref().map(entry::hash_of),
    });
    let people = about(command.person, &command.by);
    note(tx, who, moment, Act { action: "scale_goal", about: &people, payload }).await?;
    Ok(())
}

/// Keeps whether somebody agrees with the plan as it stands that day, in their words.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field.
pub async fn agree(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Agree) -> Result<()> {
    require(tx, who, moment.now(), command.person, Sight::Record).await?;
    let mut wrong = Wrong::default();
    let words = command.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
    if words.is_none() && command.agreement != Agreement::Agreed {
        wrong.say("words", "Write down what they say, in their words");
    }
    wrong.length("words", words.unwrap_or_default());
    wrong.was("on", command.on, moment.today());
    wrong.done()?;
    choose::check_voice(tx, (who, moment.now()), &command.by).await?;
    keep_view(tx, who, moment, &command, words).await
}

/// Whether somebody of the family agrees with a plan that they read in their own space: they say it themselves, today, of
/// what they have just read.
///
/// # Errors
/// [`Oops::NotFound`] where nothing of the plan is for them; [`Oops::Wrong`] names the field.
pub async fn agree_themselves(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (person, agreement, words): (PersonId, Agreement, &str),
) -> Result<()> {
    let Reader::Person(viewer) = who.reader else { return Err(Oops::NotFound) };
    let today = moment.today();
    told::plan_of_theirs(tx, (viewer, person), (today, false)).await?.ok_or(Oops::NotFound)?;
    let words = Some(words.trim()).filter(|words| !words.is_empty());
    let mut wrong = Wrong::default();
    if words.is_none() && agreement != Agreement::Agreed {
        wrong.say("words", "Say why, in your own words");
    }
    wrong.length("words", words.unwrap_or_default());
    wrong.done()?;
    let by = if viewer == person { By::Themselves } else { By::Person(viewer) };
    let command = Agree { person, by, agreement, words: None, read_back: true, on: today };
    keep_view(tx, who, moment, &command, words).await
}

async fn keep_view(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: &Agree,
    words: Option<&str>,
) -> Result<()> {
    tx.run(store::LOCK, args![command.person]).await?;
    let (themselves, by_person, by_worker, by_words) = columns(&command.by);
    let same = args![
        moment.now(),
        command.person,
        command.on,
        themselves,
        by_person.or(by_worker),
        by_words.as_deref().unwrap_or_default()
    ];
    tx.run(store::SAME_VIEW, same).await?;
    let id = moment.id();
    let values = args![
        id,
        command.person,
        themselves,
        by_person,
        by_worker,
        by_words,
        command.agreement.code(),
        words,
        command.read_back,
        command.on,
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::ADD_VIEW, values).await?;
    let payload = json!({
        "view": id, "by": command.by.code(), "agreement": command.agreement.code(), "read_back": command.read_back,
        "on": command.on, "words": words.map(entry::hash_of),
    });
    let people = about(command.person, &command.by);
    note(tx, who, moment, Act { action: "agree_plan", about: &people, payload }).await?;
    Ok(())
}

/// Makes a promise in a plan. It is followed up like every other.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field.
pub async fn promise(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Promise) -> Result<()> {
    require(tx, who, moment.now(), command.person, Sight::Record).await?;
    let what = command.what.trim();
    let mut wrong = Wrong::default();
    if what.is_empty() {
        wrong.say("what", "Say what is promised");
    }
    wrong.length("what", what);
    wrong.done()?;
    choose::check_voice(tx, (who, moment.now()), &command.by).await?;
    let (themselves, by_person, by_worker, by_words) = columns(&command.by);
    let by_person = if themselves { Some(command.person.0) } else { by_person };
    let (id, promise) = (moment.id(), moment.id());
    let values = args![
        id,
        promise,
        command.person,
        what,
        by_worker,
        by_person,
        by_words,
        command.due_on,
        moment.now()
    ];
    tx.run(store::ADD_PROMISE, values).await?;
    let payload = json!({
        "promise": promise, "version": id, "by": command.by.code(), "due_on": command.due_on,
        "what": entry::hash_of(what),
    });
    let people = about(command.person, &command.by);
    note(tx, who, moment, Act { action: "promise_in_plan", about: &people, payload }).await?;
    Ok(())
}
