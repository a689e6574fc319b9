//! Whom a child wants to stay in touch with, and what they want.

use super::store;
use crate::access::{self, require};
use crate::entry;
use crate::journal::{Act, note};
use crate::notice::{self, Notice};
use crate::oops::Wrong;
use crate::{Moment, Oops, Result, Who, working};
use db::{Conn, Tx, args};
use jiff::civil::Date;
use practice::access::{Reader, Sight};
use practice::id::{PersonId, WorkerId};
use practice::touch::{Often, TouchKind, TouchWay, Wants};
use serde_json::json;
use uuid::Uuid;

/// How and how often.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// How.
    pub how: Vec<TouchWay>,
    /// How often.
    pub often: Option<Often>,
}

impl Ways {
    pub(super) fn code(&self) -> String {
        self.how.iter().map(|way| way.code()).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn often(&self) -> Option<&'static str> {
        self.often.map(Often::code)
    }
}

/// Somebody whom a child wants to stay in touch with, new or as it is to stand from now on.
#[derive(Clone, Debug)]
pub struct Begin {
    /// The child.
    pub person: PersonId,
    /// The bond and the version that was read; none for a new one.
    pub of: Option<(Uuid, Uuid)>,
    /// What they are to the child.
    pub kind: TouchKind,
    /// What the child calls them.
    pub called: String,
    /// Who it is, where they have a record.
    pub other: Option<PersonId>,
    /// Who it is, where they worked for the council.
    pub worker: Option<WorkerId>,
    /// Why they matter.
    pub why: Option<String>,
}

/// Puts a bond away that was a mistake.
#[derive(Clone, Debug)]
pub struct PutAway {
    /// The child.
    pub person: PersonId,
    /// The bond and the version that was read.
    pub of: (Uuid, Uuid),
    /// Why.
    pub why: String,
}

/// What the child wants.
#[derive(Clone, Debug)]
pub struct Say {
    /// The child.
    pub person: PersonId,
    /// With whom.
    pub touch: Uuid,
    /// Whether.
    pub wants: Wants,
    /// How and how often.
    pub ways: Ways,
    /// In their words.
    pub words: Option<String>,
    /// Said to this worker alone.
    pub only: Option<WorkerId>,
    /// On which day.
    pub on: Date,
}

/// Lets in whoever may write here: the child in their own space, and those who may record about them. Says which.
pub(super) async fn may_write(conn: &mut Conn, who: &Who, moment: &Moment, person: PersonId) -> Result<bool> {
    match who.reader {
        Reader::Person(own) if own == person => Ok(true),
        Reader::Person(_) => Err(Oops::NotFound),
        Reader::Nobody | Reader::Staff(_) => {
            require(conn, who, moment.now(), person, Sight::Record).await?;
            Ok(false)
        }
    }
}

/// Locks the child's record and looks whether the bond is there.
pub(super) async fn hold(tx: &mut Tx, person: PersonId, touch: Uuid) -> Result<()> {
    tx.run(store::LOCK, args![person]).await?;
    let found: Option<(Uuid,)> = tx.maybe(store::TOUCH_NOW, args![person, touch]).await?;
    found.map(|_| ()).ok_or(Oops::NotFound)
}

/// Tells those who answer for a child that something waits on the page.
pub(super) async fn tell(
    tx: &mut Tx,
    moment: &mut Moment,
    person: PersonId,
    only: Option<WorkerId>,
) -> Result<()> {
    let workers: Vec<WorkerId> = if let Some(worker) = only {
        vec![worker]
    } else {
        working::answerers(tx, person, moment.today()).await?
    };
    let link = format!("/person/{person}/staying-in-touch");
    for worker in workers {
        // one notice leads to the page, however much was said there
        let told = notice::unseen(tx, worker).await?;
        if told.iter().any(|one| one.link.as_deref() == Some(link.as_str())) {
            continue;
        }
        let words = "Somebody said in their own space with whom they want to stay in touch";
        let notice = Notice { kind: "own-space", words, link: Some(&link) };
        notice::tell(tx, moment, worker, notice).await?;
    }
    Ok(())
}

/// What is wrong with a name; what they are called and why they matter, as it is kept.
async fn look_at(
    conn: &mut Conn,
    (who, moment): (&Who, &Moment),
    command: &Begin,
) -> Result<(String, Option<String>)> {
    let mut wrong = Wrong::default();
    let called = wrong.some("called", Some(&command.called)).unwrap_or_default();
    if called.is_empty() {
        wrong.say("called", "Say what they are called");
    }
    let why = wrong.some("why", command.why.as_deref());
    if command.other == Some(command.person) {
        wrong.say("other", "Choose somebody else");
    }
    if let Some(other) = command.other {
        let decided = access::decide(conn, who, moment.now(), other, Sight::Exists).await?;
        if !decided.is_some_and(|decision| decision.is_allowed()) {
            wrong.say("other", "Choose who that is");
        }
    }
    if let Some(worker) = command.worker
        && conn.maybe::<(Uuid,)>(store::WORKER_KNOWN, args![worker]).await?.is_none()
    {
        wrong.say("other", "Choose who that is");
    }
    wrong.done()?;
    Ok((called, why))
}

/// Names somebody with whom a child wants to stay in touch, or says anew who that is. Gives the bond.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field; [`Oops::Stale`] where somebody changed it since it was read.
pub async fn begin(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Begin) -> Result<Uuid> {
    let own = may_write(tx, who, moment, command.person).await?;
    if own && (command.of.is_some() || command.other.is_some() || command.worker.is_some()) {
        return Err(Oops::NotFound);
    }
    let (called, why) = look_at(tx, (who, moment), &command).await?;
    tx.run(store::LOCK, args![command.person]).await?;
    let (id, mut touch, mut proposed, mut begun_on) = (moment.id(), None, own, moment.today());
    if let Some((of, from)) = command.of {
        let held = super::touches(tx, command.person, None).await?;
        let held = held.into_iter().find(|one| (one.touch, one.id) == (of, from)).ok_or(Oops::Stale)?;
        tx.run_one(store::OVER_TOUCH, args![from, moment.now()]).await?;
        (touch, proposed, begun_on) = (Some(of), held.proposed, held.since);
    }
    let touch = touch.unwrap_or(id);
    let values = args![
        id,
        touch,
        command.person,
        command.kind.code(),
        &called,
        command.other.map(|one| one.0),
        command.worker.map(|one| one.0),
        proposed,
        &why,
        begun_on,
        None::<&str>,
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::ADD_TOUCH, values).await?;
    if own {
        tell(tx, moment, command.person, None).await?;
    }
    let payload = json!({
        "touch": touch, "version": id, "superseded": command.of.map(|of| of.1), "kind": command.kind.code(),
        "other": command.other, "worker": command.worker, "called": entry::hash_of(&called),
    });
    note(tx, who, moment, Act { action: "name_for_touch", about: &[command.person], payload }).await?;
    Ok(touch)
}

/// Puts a bond away that was a mistake. It stays readable as known before; that two do not want to be in touch is a wish and
/// no reason for this.
///
/// # Errors
/// As access says; [`Oops::Wrong`] without a reason; [`Oops::Stale`] where somebody changed it since it was read.
pub async fn put_away(tx: &mut Tx, who: &Who, moment: &mut Moment, command: PutAway) -> Result<()> {
    require(tx, who, moment.now(), command.person, Sight::Record).await?;
    let mut wrong = Wrong::default();
    let why = wrong.some("put-away-why", Some(&command.why));
    if why.is_none() {
        wrong.say("put-away-why", "Say what was wrong");
    }
    wrong.done()?;
    hold(tx, command.person, command.of.0).await?;
    let held = super::touches(tx, command.person, None).await?;
    let held = held.into_iter().find(|one| (one.touch, one.id) == command.of).ok_or(Oops::Stale)?;
    tx.run_one(store::OVER_TOUCH, args![held.id, moment.now()]).await?;
    let id = moment.id();
    let values = args![
        id,
        held.touch,
        command.person,
        held.kind.code(),
        &held.called,
        held.other.map(|one| one.0),
        held.worker.map(|one| one.0),
        held.proposed,
        &held.why,
        held.since,
        &why,
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::ADD_TOUCH, values).await?;
    let payload = json!({"touch": held.touch, "version": id, "superseded": held.id});
    note(tx, who, moment, Act { action: "put_away_touch", about: &[command.person], payload }).await?;
    Ok(())
}

/// Keeps what a child wants with somebody, as they said it on a day. Said again the same day in the same way, it takes the
/// place of what they said before; what they said on another day stays.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field.
pub async fn say(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Say) -> Result<()> {
    let own = may_write(tx, who, moment, command.person).await?;
    let mut wrong = Wrong::default();
    let words = wrong.some("words", command.words.as_deref());
    if command.wants == Wants::Yes && command.ways.how.is_empty() && words.is_none() {
        wrong.say("how", "Say how, or put it in their words");
    }
    if command.on > moment.today() || (own && command.on != moment.today()) {
        wrong.say("on", "Choose today or a day before");
    }
    wrong.done()?;
    hold(tx, command.person, command.touch).await?;
    // whoever writes it down alone with the child keeps it as theirs; nobody hides words behind another
    let only = command.only.filter(|worker| own || Some(*worker) == who.worker());
    let same = args![moment.now(), command.touch, command.on, own, only.map(|worker| worker.0)];
    tx.run(store::SAME_WISH, same).await?;
    let id = moment.id();
    let yes = command.wants == Wants::Yes;
    let ways = if yes { command.ways } else { Ways::default() };
    let values = args![
        id,
        command.touch,
        command.person,
        command.wants.code(),
        &ways.code(),
        ways.often(),
        &words,
        own,
        only.map(|one| one.0),
        command.on,
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::ADD_WISH, values).await?;
    if own {
        tell(tx, moment, command.person, only).await?;
    }
    let payload = json!({
        "touch": command.touch, "wish": id, "on": command.on, "alone": only.is_some(),
        "words": words.as_deref().map(entry::hash_of),
    });
    note(tx, who, moment, Act { action: "say_wish", about: &[command.person], payload }).await?;
    Ok(())
}
