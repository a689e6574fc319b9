//! Offering somebody to another worker, answering, taking over; and what was said and done with them meanwhile.

use super::going_on::{Doing, go};
use super::read::{Handover, Note, evidence, latest_open, notes, ready, responsible, stands};
use super::said::write_note;
use super::store;
use crate::access::{self, Reach, require};
use crate::allocation::actions::{can_be_responsible, helpers};
use crate::journal::{Act, note};
use crate::notice::{self, Notice};
use crate::oops::LONGEST;
use crate::room::Look;
use crate::{Moment, Oops, Result, Who, entry, person};
use db::{Conn, Tx, args};
use jiff::civil::Date;
use practice::access::{AllocationKind, Decision, Reason, Sight};
use practice::continuity::Cause;
use practice::handover::{
    self as rules, By, CouldStay, Found, Move, Refusal, ReturnReason, Standing, State, Step,
};
use practice::id::{PersonId, WorkerId};
use serde_json::json;
use uuid::Uuid;

/// Offers somebody to another worker, for the first time or again.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Who.
    pub person: PersonId,
    /// To whom.
    pub to: WorkerId,
    /// Why they get another worker.
    pub cause: Cause,
    /// Why now.
    pub why: String,
    /// Whether the worker they know could stay.
    pub could_stay: CouldStay,
    /// What was looked at for that.
    pub could_stay_words: String,
    /// The last day of whoever goes, where they leave.
    pub leaves_on: Option<Date>,
    /// What is said to things on the list that the record does not show.
    pub said: Vec<(String, String)>,
}

pub(super) fn refused(refusal: Refusal) -> Oops {
    match refusal {
        Refusal::NoReason => Oops::wrong("reasons", &refusal.to_string()),
        Refusal::NoWords => Oops::wrong("words", &refusal.to_string()),
        Refusal::Day => Oops::wrong("on", &refusal.to_string()),
        Refusal::ToTheSame => Oops::wrong("to", &refusal.to_string()),
        Refusal::NotTheSender | Refusal::NotTheReceiver | Refusal::NotALead => {
            Oops::NotAllowed(refusal.to_string())
        }
        Refusal::OneIsOpen | Refusal::GoneOn | Refusal::NotAgreed | Refusal::NotMet => {
            Oops::Refused(refusal.to_string())
        }
    }
}

/// What somebody is to a hand-over of this person.
///
/// # Errors
/// Where the database refuses.
pub(super) async fn by(
    conn: &mut Conn,
    who: &Who,
    moment: &Moment,
    (person, held): (PersonId, Option<&Handover>),
) -> Result<By> {
    let reach = Reach::of(conn, who, moment.now()).await?;
    let standings = reach.standings(conn, &[person]).await?;
    let may = |part: AllocationKind| {
        let decided = standings.get(&person).map(|one| reach.decide(one, Sight::Allocate(part)));
        decided.as_ref().is_some_and(Decision::is_allowed)
    };
    let me = who.worker();
    Ok(By {
        // who says who helps: the responsible worker, and whoever stands in for them
        responsible: may(AllocationKind::Helping),
        receiver: me.is_some() && held.map(|held| held.standing.to) == me,
        leads: may(AllocationKind::Responsible),
    })
}

/// Whether this reader may read a hand-over: whoever may open the record, and whoever is asked, unless the record is closed
/// to them. Gives why they may open the record; none where they may not, and only read what was put there for them.
///
/// # Errors
/// [`Oops::NotFound`] or [`Oops::NotAllowed`] as the rules of access say.
pub(super) async fn may_read(
    conn: &mut Conn,
    who: &Who,
    moment: &Moment,
    (person, held): (PersonId, Option<&Handover>),
) -> Result<Option<Reason>> {
    let decided = access::decide(conn, who, moment.now(), person, Sight::Open).await?;
    let asked = held.is_some_and(|held| {
        who.worker() == Some(held.standing.to) && held.standing.state.waits_for_receiver()
    });
    match decided {
        Some(Decision::Allowed(reason)) => Ok(Some(reason)),
        Some(decision) if asked && rules::offer_may_be_read(&decision) => Ok(None),
        refused => access::let_on(refused).map(Some),
    }
}

pub(super) fn too_long(field: &str, words: &str, ask: &str) -> Result<String> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Oops::wrong(field, ask));
    }
    if words.chars().count() > LONGEST {
        return Err(Oops::wrong(field, &format!("Say it in at most {LONGEST} letters")));
    }
    Ok(words.to_owned())
}

/// Whether somebody can be asked at all: the record is not closed to them. Says no more than that.
async fn can_be_asked(tx: &mut Tx, moment: &Moment, (person, to): (PersonId, WorkerId)) -> Result<()> {
    let today = moment.today();
    let header = person::header(tx, person).await?.ok_or(Oops::NotFound)?;
    let linked = tx.number(store::LINKED, args![to, person, today]).await? > 0;
    let listed = tx.number(crate::allocation::store::LISTED, args![person, to, today]).await? > 0;
    if !rules::can_be_asked(header.level, linked, listed) {
        return Err(Oops::wrong("to", "They cannot take this on. Choose somebody else"));
    }
    Ok(())
}

/// A version of a hand-over, as it is written.
pub(super) struct Version<'a> {
    pub(super) id: Uuid,
    pub(super) person: PersonId,
    pub(super) offer: &'a Offer,
    pub(super) step: Step,
    pub(super) standing: Standing,
    pub(super) offered_by: Option<WorkerId>,
    pub(super) agreed_by: Option<WorkerId>,
    pub(super) answered_on: Option<Date>,
    pub(super) reasons: &'a [ReturnReason],
    pub(super) return_words: Option<&'a str>,
    pub(super) not_met_why: Option<&'a str>,
    pub(super) ended_on: Option<Date>,
}

pub(super) async fn add(tx: &mut Tx, who: &Who, moment: &mut Moment, one: Version<'_>) -> Result<()> {
    let reasons = one.reasons.iter().map(|reason| reason.code()).collect::<Vec<_>>().join(" ");
    let values = args![
        moment.id(),
        one.id,
        one.person,
        one.step.code(),
        one.offer.cause.code(),
        one.standing.state.code(),
        one.standing.from.map(|worker| worker.0),
        one.standing.to,
        &one.offer.why,
        one.offer.could_stay.code(),
        &one.offer.could_stay_words,
        one.offer.leaves_on,
        one.offered_by.map(|worker| worker.0),
        one.standing.offered_on,
        one.agreed_by.map(|worker| worker.0),
        one.answered_on,
        &reasons,
        one.return_words,
        one.not_met_why,
        one.ended_on,
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::ADD, values).await?;
    Ok(())
}

fn checked(mut offer: Offer, today: Date) -> Result<Offer> {
    offer.why = too_long("why", &offer.why, "Say why now")?;
    let ask = "Say what was looked at, so that they need not get to know somebody new without need";
    offer.could_stay_words = too_long("stay-words", &offer.could_stay_words, ask)?;
    if rules::needs_last_day(offer.cause) && offer.leaves_on.is_none() {
        return Err(Oops::wrong("leaves", "Give the last day of whoever leaves"));
    }
    if offer.leaves_on.is_some_and(|day| day > rules::furthest(today)) {
        return Err(Oops::wrong("leaves", "Choose a day within a year"));
    }
    for (ask, words) in &offer.said {
        if words.chars().count() > LONGEST {
            return Err(Oops::wrong(
                &format!("ready-{ask}"),
                &format!("Say it in at most {LONGEST} letters"),
            ));
        }
    }
    Ok(offer)
}

/// What an offer begins from.
struct Begun {
    /// The one that came back, which goes on.
    again: Option<Handover>,
    standing: Standing,
    by: By,
}

/// What an offer begins from: nothing, or the one that came back; one that fell is taken back first.
async fn begin(tx: &mut Tx, who: &Who, moment: &mut Moment, offer: &Offer) -> Result<Begun> {
    let (person, today) = (offer.person, moment.today());
    let mut held = latest_open(tx, person, today).await?;
    if let Some(fallen) = &held
        && !stands(tx, fallen, today).await?
    {
        let state = State::Withdrawn;
        let over = (fallen, Standing { state, ..fallen.standing });
        go(tx, who, moment, over, &Doing::Withdraw).await?;
        held = None;
    }
    let by = by(tx, who, moment, (person, held.as_ref())).await?;
    let all = helpers(tx, person).await?;
    let from = responsible(&all).map(|one| one.worker);
    if let Some(held) = held.take_if(|held| held.standing.state == State::Returned) {
        let again = rules::moved(&held.standing, by, Move::OfferAgain { to: offer.to }).map_err(refused)?;
        let standing = Standing { offered_on: today, ..again };
        return Ok(Begun { again: Some(held), standing, by });
    }
    rules::may_offer(by, from, offer.to, held.is_some()).map_err(refused)?;
    if from.is_none() && tx.number(store::OPEN, args![person, today]).await? == 0 {
        return Err(Oops::Refused("No help is open for them, so there is nothing to hand over".to_owned()));
    }
    let standing =
        Standing { state: State::Offered, from, to: offer.to, agreed: by.leads, offered_on: today };
    Ok(Begun { again: None, standing, by })
}

/// Offers somebody to another worker, with what makes it ready: what the record shows now is kept with it, for the one who
/// is asked. Offered again, it is the same hand-over. Nobody's responsibility changes.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field; [`Oops::Refused`] where one is open already.
pub async fn offer(tx: &mut Tx, who: &Who, moment: &mut Moment, offer: Offer) -> Result<Uuid> {
    let (person, today) = (offer.person, moment.today());
    require(tx, who, moment.now(), person, Sight::Open).await?;
    tx.run(crate::allocation::store::LOCK, args![person]).await?;
    let Begun { again, standing, by } = begin(tx, who, moment, &offer).await?;
    can_be_asked(tx, moment, (person, offer.to)).await?;
    can_be_responsible(tx, moment, person, offer.to).await?;
    let offer = checked(offer, today)?;
    let step = Step::of(standing.from, offer.cause);
    let id = match &again {
        Some(held) => held.id,
        None => moment.id(),
    };
    if let Some(held) = &again {
        tx.run_one(store::OVER, args![held.version, moment.now()]).await?;
    }
    let before = again.as_ref().and_then(|held| held.agreed_by.as_ref()).map(|agreed| agreed.0);
    let agreed_by = before.filter(|_| !by.leads).or(who.worker()).filter(|_| standing.agreed);
    let version = Version {
        id,
        person,
        offer: &offer,
        step,
        standing,
        offered_by: who.worker(),
        agreed_by,
        answered_on: None,
        reasons: &[],
        return_words: None,
        not_met_why: None,
        ended_on: None,
    };
    add(tx, who, moment, version).await?;
    keep_ready(tx, who, moment, (id, step, &offer)).await?;
    let payload = json!({
        "handover": id, "to": offer.to, "from": standing.from, "step": step.code(), "cause": offer.cause.code(),
        "could_stay": offer.could_stay.code(), "why": entry::hash_of(&offer.why), "again": again.is_some(),
    });
    note(tx, who, moment, Act { action: "offer_handover", about: &[person], payload }).await?;
    let link = format!("/person/{person}/handover");
    let words = "You are asked whether you would become somebody’s worker. Nothing changes until you accept.";
    notice::tell(tx, moment, offer.to, Notice { kind: "handover-offered", words, link: Some(&link) }).await?;
    Ok(id)
}

/// What the record shows towards the list, and what was said to the rest: kept with the offer, in place of what was kept
/// when it was offered before.
async fn keep_ready(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (id, step, offer): (Uuid, Step, &Offer),
) -> Result<()> {
    let (today, now) = (moment.today(), moment.now());
    for old in notes(tx, id).await?.into_iter().filter(|note| note.kind.is_none()) {
        tx.run_one(store::NOTE_OVER, args![old.id, now]).await?;
    }
    let look = Look { who, person: offer.person, today, now, known: None };
    let shown = evidence(tx, &look).await?;
    let said = |words: &str, ask: &str| Note {
        id: Uuid::nil(),
        kind: None,
        ask: Some(ask.to_owned()),
        shown: false,
        words: words.to_owned(),
        said: None,
        by: None,
        on: today,
    };
    let typed: Vec<Note> = offer.said.iter().map(|(ask, words)| said(words, ask)).collect();
    let Some(list) = ready(step, today, &shown, &typed) else { return Ok(()) };
    for (ask, found) in list.asks {
        let (is_shown, words) = match found {
            Found::Shown((words, _)) => (true, words),
            Found::Said(words) => (false, words),
            Found::Missing => continue,
        };
        let by: Option<Uuid> = None;
        let kept = (id, offer.person, None, Some(ask.code.as_str()), is_shown);
        write_note(tx, who, moment, (kept, &words, None, by, today)).await?;
    }
    Ok(())
}
