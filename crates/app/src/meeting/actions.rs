//! Putting down a meeting, moving it, calling it off, and saying whether one wants to come.

use super::read::{Meeting, one_now};
use super::store;
use crate::access::{self, require};
use crate::entry;
use crate::journal::{Act, note};
use crate::notice::{self, Notice};
use crate::oops::Wrong;
use crate::told::By;
use crate::{Moment, Oops, Result, Who};
use db::{Conn, Tx, args};
use jiff::civil::{Date, Time};
use practice::access::{Reader, Sight};
use practice::id::{PersonId, WorkerId};
use practice::meeting::{Around, CanDo, Comes, MeetingKind, MeetingReaders, MeetingWay, shown};
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// The most people who can be named for one meeting.
const MOST_THERE: usize = 40;

/// Somebody who will be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct There {
    /// Who.
    pub who: By,
    /// What they do, where nobody can know it from who they are.
    pub does: Option<String>,
}

/// A meeting, new or as it is to stand from now on.
#[derive(Clone, Debug)]
pub struct Arrange {
    /// Whom it is about.
    pub person: PersonId,
    /// The meeting and the version that was read; none for a new one.
    pub of: Option<(Uuid, Uuid)>,
    /// What it is.
    pub kind: MeetingKind,
    /// The day.
    pub on: Date,
    /// The time, where one is agreed.
    pub at: Option<Time>,
    /// How people meet.
    pub way: MeetingWay,
    /// Where.
    pub place: Option<String>,
    /// Why it happens, in words the child can read.
    pub why: String,
    /// What the child can do.
    pub can: Vec<CanDo>,
    /// Who will be there besides the one it is about.
    pub there: Vec<There>,
    /// Who may see it.
    pub readers: MeetingReaders,
    /// Why nobody is told yet, where nobody is.
    pub readers_why: Option<String>,
    /// Why it moves, where its day or time changes.
    pub changed_why: Option<String>,
}

/// Calls a meeting off.
#[derive(Clone, Debug)]
pub struct CallOff {
    /// Whom it is about.
    pub person: PersonId,
    /// The meeting and the version that was read.
    pub of: (Uuid, Uuid),
    /// Why, as the people read it.
    pub why: String,
}

/// The words of a meeting as they are kept.
struct Words {
    place: Option<String>,
    why: String,
    readers_why: Option<String>,
    changed_why: Option<String>,
}

/// What is wrong with a meeting; its words as they are kept.
async fn look_at(
    conn: &mut Conn,
    (who, moment): (&Who, &Moment),
    command: &Arrange,
    held: Option<&Meeting>,
) -> Result<Words> {
    let mut wrong = Wrong::default();
    let moves = held.is_some_and(|held| (held.on, held.at) != (command.on, command.at));
    if command.on < moment.today() && held.is_none_or(|held| held.on != command.on) {
        wrong.say("on", "Choose today or a day to come. What was is recorded");
    }
    let words = Words {
        place: wrong.some("place", command.place.as_deref()),
        why: wrong.needed("why", &command.why, "Say why, in words the child can read"),
        readers_why: wrong.some("readers-why", command.readers_why.as_deref()),
        changed_why: wrong.some("changed-why", command.changed_why.as_deref()),
    };
    if command.readers == MeetingReaders::Nobody && words.readers_why.is_none() {
        wrong.say("readers-why", "Say why nobody is told yet, and who tells them");
    }
    if moves && words.changed_why.is_none() {
        wrong.say("changed-why", "Say why it moves. They read it");
    }
    if command.there.len() > MOST_THERE {
        wrong.say("there", "Name fewer people");
    }
    for one in &command.there {
        if !may_name(conn, (who, moment), one).await? {
            wrong.say("there", "Choose who will be there");
        }
        wrong.some("does", one.does.as_deref().or(one.who.words()));
    }
    wrong.done()?;
    Ok(words)
}

/// Nobody names somebody of whom they may not know, or a worker there is not.
async fn may_name(conn: &mut Conn, (who, moment): (&Who, &Moment), one: &There) -> Result<bool> {
    Ok(match &one.who {
        By::Person(person) => {
            let decided = access::decide(conn, who, moment.now(), *person, Sight::Exists).await?;
            decided.is_some_and(|decision| decision.is_allowed())
        }
        By::Worker(worker) => conn.maybe::<(Uuid,)>(store::WORKER_KNOWN, args![*worker]).await?.is_some(),
        By::Words(words) => !words.trim().is_empty(),
        By::Themselves => false,
    })
}

/// A meeting as it stands, in the version that was read.
async fn held_now(tx: &mut Tx, person: PersonId, (meeting, version): (Uuid, Uuid)) -> Result<Meeting> {
    let held = one_now(tx, meeting).await?.filter(|held| held.person == person).ok_or(Oops::NotFound)?;
    if held.id == version { Ok(held) } else { Err(Oops::Stale) }
}

/// Tells the workers who are named that something was put down, moved or called off, but for whoever did it.
async fn tell(
    tx: &mut Tx,
    moment: &mut Moment,
    (person, by): (PersonId, Option<WorkerId>),
    (workers, words): (&BTreeSet<WorkerId>, &str),
) -> Result<()> {
    let link = format!("/person/{person}/meetings");
    for worker in workers.iter().filter(|worker| Some(**worker) != by) {
        let told = notice::unseen(tx, *worker).await?;
        let same = |one: &notice::Told| one.link.as_deref() == Some(link.as_str()) && one.words == words;
        if !told.iter().any(same) {
            notice::tell(tx, moment, *worker, Notice { kind: "meeting", words, link: Some(&link) }).await?;
        }
    }
    Ok(())
}

fn workers_of(held: &Meeting) -> BTreeSet<WorkerId> {
    held.there.iter().filter_map(|one| one.worker).collect()
}

/// Puts down a meeting, or says anew how it is to be. Where its day or time changes it was moved, and why is said. Gives the
/// meeting.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field; [`Oops::Refused`] where it was called off; [`Oops::Stale`] where
/// somebody changed it since it was read.
pub async fn arrange(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Arrange) -> Result<Uuid> {
    require(tx, who, moment.now(), command.person, Sight::Record).await?;
    tx.run(store::LOCK, args![command.person]).await?;
    let held = match command.of {
        Some(of) => Some(held_now(tx, command.person, of).await?),
        None => None,
    };
    if held.as_ref().is_some_and(|held| held.called_off) {
        return Err(Oops::Refused("It was called off. Put down a new one".to_owned()));
    }
    let words = look_at(tx, (who, moment), &command, held.as_ref()).await?;
    let moved = held.as_ref().is_some_and(|held| (held.on, held.at) != (command.on, command.at));
    let (moved_from, changed_why) = match &held {
        Some(held) if moved => (Some(held.on), words.changed_why.clone()),
        Some(held) => (held.moved_from, held.changed_why.clone()),
        None => (None, None),
    };
    let id = moment.id();
    let meeting = held.as_ref().map_or(id, |held| held.meeting);
    if let Some(held) = &held {
        tx.run_one(store::OVER, args![held.id, moment.now(), meeting]).await?;
    }
    let can = command.can.iter().map(|one| one.code()).collect::<Vec<_>>().join(" ");
    let at = command.at.map(|at| at.strftime("%H:%M").to_string());
    // why nobody is told says nothing once somebody is
    let readers_why = words.readers_why.filter(|_| command.readers == MeetingReaders::Nobody);
    let values = args![
        id,
        meeting,
        command.person,
        command.kind.code(),
        command.on,
        at,
        command.way.code(),
        &words.place,
        &words.why,
        can,
        command.readers.code(),
        readers_why,
        moved_from,
        &changed_why,
        false,
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::ADD, values).await?;
    put_there(tx, moment, (command.person, meeting), &command.there).await?;
    let_know(tx, moment, (who, &command), (held.as_ref(), moved)).await?;
    let payload = json!({
        "meeting": meeting, "version": id, "superseded": command.of.map(|of| of.1), "kind": command.kind.code(),
        "on": command.on, "moved_from": moved_from.filter(|_| moved), "readers": command.readers.code(),
        "why": entry::hash_of(&words.why),
    });
    let about = about_of(command.person, &command.there);
    note(tx, who, moment, Act { action: "arrange_meeting", about: &about, payload }).await?;
    Ok(meeting)
}

/// Tells the workers who are named that they are, or that it was moved.
async fn let_know(
    tx: &mut Tx,
    moment: &mut Moment,
    (who, command): (&Who, &Arrange),
    (held, moved): (Option<&Meeting>, bool),
) -> Result<()> {
    let mut workers: BTreeSet<WorkerId> = command.there.iter().filter_map(|one| one.who.worker()).collect();
    let said = match held {
        None => "You are named for something planned",
        Some(_) if moved => "Something planned with you was moved",
        Some(held) => {
            let before = workers_of(held);
            workers.retain(|worker| !before.contains(worker));
            "You are named for something planned"
        }
    };
    tell(tx, moment, (command.person, who.worker()), (&workers, said)).await
}

fn about_of(person: PersonId, there: &[There]) -> Vec<PersonId> {
    let mut about = vec![person];
    for other in there.iter().filter_map(|one| one.who.person()) {
        if !about.contains(&other) {
            about.push(other);
        }
    }
    about
}

async fn put_there(
    tx: &mut Tx,
    moment: &mut Moment,
    (person, meeting): (PersonId, Uuid),
    there: &[There],
) -> Result<()> {
    tx.run(store::THERE_OVER, args![meeting, moment.now()]).await?;
    let mut named: Vec<&By> = vec![];
    for one in there {
        if named.contains(&&one.who) || one.who == By::Person(person) {
            continue;
        }
        named.push(&one.who);
        let does = one.does.as_deref().map(str::trim).filter(|does| !does.is_empty());
        let values = args![
            moment.id(),
            meeting,
            person,
            one.who.person().map(|person| person.0),
            one.who.worker().map(|worker| worker.0),
            one.who.words().map(str::trim),
            does,
            moment.now()
        ];
        tx.run(store::ADD_THERE, values).await?;
    }
    Ok(())
}

/// Calls a meeting off. Those who may see it read why.
///
/// # Errors
/// As access says; [`Oops::Wrong`] without a reason; [`Oops::Refused`] where it was called off already; [`Oops::Stale`] where
/// somebody changed it since it was read.
pub async fn call_off(tx: &mut Tx, who: &Who, moment: &mut Moment, command: CallOff) -> Result<()> {
    require(tx, who, moment.now(), command.person, Sight::Record).await?;
    tx.run(store::LOCK, args![command.person]).await?;
    let held = held_now(tx, command.person, command.of).await?;
    if held.called_off {
        return Err(Oops::Refused("It was called off already".to_owned()));
    }
    let mut wrong = Wrong::default();
    let why = wrong.needed("changed-why", &command.why, "Say why. They read it");
    wrong.done()?;
    tx.run_one(store::OVER, args![held.id, moment.now(), held.meeting]).await?;
    let id = moment.id();
    let can = held.can.iter().map(|one| one.code()).collect::<Vec<_>>().join(" ");
    let values = args![
        id,
        held.meeting,
        held.person,
        held.kind.code(),
        held.on,
        held.at.map(|at| at.strftime("%H:%M").to_string()),
        held.way.code(),
        &held.place,
        &held.why,
        can,
        held.readers.code(),
        &held.readers_why,
        held.moved_from,
        &why,
        true,
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::ADD, values).await?;
    let words = "Something planned with you was called off";
    tell(tx, moment, (held.person, who.worker()), (&workers_of(&held), words)).await?;
    let payload = json!({"meeting": held.meeting, "version": id, "superseded": held.id});
    note(tx, who, moment, Act { action: "call_off_meeting", about: &[held.person], payload }).await?;
    Ok(())
}

/// Keeps whether somebody wants to come, as they say it in their own space. Said again, it takes the place of what they said
/// before.
///
/// # Errors
/// [`Oops::NotFound`] for whoever may not see it, and where it was called off or is past.
pub async fn say_comes(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (meeting, comes): (Uuid, Comes),
) -> Result<()> {
    let Reader::Person(viewer) = who.reader else { return Err(Oops::NotFound) };
    let held = one_now(tx, meeting).await?.ok_or(Oops::NotFound)?;
    let there = held.people();
    let around = Around { about: held.person, hidden: held.hidden, readers: held.readers, there: &there };
    if !shown(viewer, &around) || held.called_off || held.on < moment.today() {
        return Err(Oops::NotFound);
    }
    tx.run(store::LOCK, args![held.person]).await?;
    tx.run(store::ANSWER_OVER, args![meeting, viewer, moment.now()]).await?;
    let id = moment.id();
    let values = args![id, meeting, held.person, viewer, comes.code(), moment.today(), moment.now()];
    tx.run(store::ADD_ANSWER, values).await?;
    let words = "Somebody said whether they want to come to something planned with you";
    tell(tx, moment, (held.person, None), (&workers_of(&held), words)).await?;
    let payload = json!({"meeting": meeting, "answer": id, "comes": comes.code(), "by": viewer});
    let about = if viewer == held.person { vec![viewer] } else { vec![held.person, viewer] };
    note(tx, who, moment, Act { action: "say_comes_to_meeting", about: &about, payload }).await?;
    Ok(())
}
