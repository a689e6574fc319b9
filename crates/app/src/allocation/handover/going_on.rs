//! What becomes of a hand-over once it is offered: agreed to, accepted, returned, taken back, taken over.

use super::actions::{Offer, Version, add, by, may_read, refused};
use super::read::{Handover, latest_open, met, notes, stands};
use super::store;
use crate::allocation::actions::{Allocate, end, give, helpers};
use crate::allocation::limit::stopped;
use crate::journal::{Act, note};
use crate::notice::{self, Notice};
use crate::oops::LONGEST;
use crate::{Moment, Oops, Result, Who, entry};
use db::{Tx, args};
use jiff::civil::Date;
use practice::access::AllocationKind;
use practice::handover::{self as rules, Move, Refusal, ReturnReason, Standing};
use practice::id::PersonId;
use serde_json::json;

/// Why somebody helps who is getting to know them.
const GETTING_TO_KNOW: &str = "Getting to know each other before a hand-over";

/// What somebody does with a hand-over.
#[derive(Clone, Debug)]
pub enum Doing {
    /// Whoever leads says that it may be.
    Agree,
    /// I get to know them, and take over then.
    Accept,
    /// It goes back.
    Return(Vec<ReturnReason>, String),
    /// The sender keeps them.
    Withdraw,
    /// I answer for them from this day; and why we did not meet, where we could not.
    TakeOver(Date, Option<String>),
}

impl Doing {
    const fn action(&self) -> &'static str {
        match self {
            Self::Agree => "agree_handover",
            Self::Accept => "accept_handover",
            Self::Return(..) => "return_handover",
            Self::Withdraw => "withdraw_handover",
            Self::TakeOver(..) => "take_over",
        }
    }
}

fn offer_of(held: &Handover) -> Offer {
    Offer {
        person: held.person,
        to: held.standing.to,
        cause: held.cause,
        why: held.why.clone(),
        could_stay: held.could_stay.0,
        could_stay_words: held.could_stay.1.clone(),
        leaves_on: held.leaves_on,
        said: vec![],
    }
}

/// Writes the next version of a hand-over.
pub(super) async fn go(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (held, standing): (&Handover, Standing),
    doing: &Doing,
) -> Result<()> {
    tx.run_one(store::OVER, args![held.version, moment.now()]).await?;
    let offer = offer_of(held);
    let (today, before) = (moment.today(), held.agreed_by.as_ref().map(|agreed| agreed.0));
    let (reasons, return_words) = match doing {
        Doing::Return(reasons, words) => (reasons.as_slice(), Some(words.trim()).filter(|it| !it.is_empty())),
        _ => (held.reasons.as_slice(), held.return_words.as_deref()),
    };
    let version = Version {
        id: held.id,
        person: held.person,
        offer: &offer,
        step: held.step,
        standing,
        offered_by: held.offered_by.as_ref().map(|offered| offered.0),
        agreed_by: if matches!(doing, Doing::Agree) { who.worker() } else { before },
        answered_on: match doing {
            Doing::Accept | Doing::Return(..) => Some(today),
            Doing::Agree | Doing::Withdraw | Doing::TakeOver(..) => held.answered_on,
        },
        reasons,
        return_words,
        not_met_why: match doing {
            Doing::TakeOver(_, why) => why.as_deref(),
            _ => None,
        },
        ended_on: (!standing.state.is_open()).then_some(today),
    };
    add(tx, who, moment, version).await
}

/// Accepts, returns, takes back, agrees to or completes a hand-over. Only taking over changes who answers: on that day, at
/// one moment, with no gap.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field; [`Oops::Refused`] with the sentence of the rule.
pub async fn go_on(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (person, doing): (PersonId, Doing),
) -> Result<()> {
    let today = moment.today();
    // first the lock: two who answer at once are told apart by what the first of them wrote
    tx.run(crate::allocation::store::LOCK, args![person]).await?;
    let held = latest_open(tx, person, today).await?.ok_or(Oops::NotFound)?;
    may_read(tx, who, moment, (person, Some(&held))).await?;
    if !stands(tx, &held, today).await? {
        return Err(refused(Refusal::GoneOn));
    }
    let by = by(tx, who, moment, (person, Some(&held))).await?;
    let known = notes(tx, held.id).await?;
    let standing = {
        let what = match &doing {
            Doing::Agree => Move::Agree,
            Doing::Accept => Move::Accept,
            Doing::Return(reasons, words) => Move::Return { reasons, words },
            Doing::Withdraw => Move::Withdraw,
            Doing::TakeOver(on, why) => {
                Move::TakeOver { on: *on, met: met(&known, *on) || why.is_some(), today }
            }
        };
        rules::moved(&held.standing, by, what).map_err(refused)?
    };
    // whoever accepts is to answer for them: that there is room, or that somebody decided so, is asked before they meet
    if matches!(doing, Doing::Accept)
        && let Some(words) = stopped(tx, who, (held.standing.to, person), today).await?
    {
        return Err(Oops::Refused(words));
    }
    if let Doing::Return(_, words) = &doing
        && words.chars().count() > LONGEST
    {
        return Err(Oops::wrong("words", &format!("Say it in at most {LONGEST} letters")));
    }
    go(tx, who, moment, (&held, standing), &doing).await?;
    follow(tx, who, moment, (&held, &doing)).await?;
    let words = match &doing {
        Doing::Return(_, words) => Some(entry::hash_of(words)),
        _ => None,
    };
    let reasons: Vec<&str> = match &doing {
        Doing::Return(reasons, _) => reasons.iter().map(|reason| reason.code()).collect(),
        _ => vec![],
    };
    let payload =
        json!({ "handover": held.id, "state": standing.state.code(), "reasons": reasons, "words": words });
    note(tx, who, moment, Act { action: doing.action(), about: &[person], payload }).await?;
    tell(tx, who, moment, (&held, &doing)).await
}

/// What a move brings with it: who accepts helps and so may read; who returns no longer does; who takes over answers.
async fn follow(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (held, doing): (&Handover, &Doing),
) -> Result<()> {
    let (today, to) = (moment.today(), held.standing.to);
    let allocate = |part, from, reason: Option<&str>| Allocate {
        person: held.person,
        worker: to,
        part,
        from,
        to: None,
        reason: reason.map(str::to_owned),
    };
    let all = helpers(tx, held.person).await?;
    let helps = all.iter().find(|one| one.worker == to && one.to.is_none());
    match doing {
        Doing::Accept if helps.is_none() => {
            give(tx, who, moment, allocate(AllocationKind::Helping, today, Some(GETTING_TO_KNOW))).await?;
        }
        Doing::Return(..) | Doing::Withdraw | Doing::TakeOver(..) => {
            let began = helps.filter(|one| one.reason.as_deref() == Some(GETTING_TO_KNOW));
            if let Some(helps) = began {
                let why = match doing {
                    Doing::TakeOver(..) => "They became responsible",
                    _ => "The hand-over did not come about",
                };
                end(tx, moment, helps, today, why).await?;
            }
            if let Doing::TakeOver(on, _) = doing {
                let why = held.cause.plain();
                let given = allocate(AllocationKind::Responsible, *on, Some(why));
                // nothing on this page asks for a decision: whoever leads makes it on a page of its own
                give(tx, who, moment, given).await.map_err(|oops| match oops {
                    Oops::Wrong(fields) if fields.iter().any(|field| field.0 == "over-why") => {
                        Oops::Refused(fields.into_iter().map(|field| field.1).collect::<Vec<_>>().join(". "))
                    }
                    other => other,
                })?;
            }
        }
        Doing::Accept | Doing::Agree => {}
    }
    Ok(())
}

/// Those who wait for it hear of it, without a name.
async fn tell(tx: &mut Tx, who: &Who, moment: &mut Moment, (held, doing): (&Handover, &Doing)) -> Result<()> {
    let link = format!("/person/{}/handover", held.person);
    let sender = held.standing.from.or_else(|| held.offered_by.as_ref().map(|offered| offered.0));
    let (to, kind, words) = match doing {
        Doing::Accept => (
            sender,
            "handover-accepted",
            "A hand-over of yours was accepted. You stay responsible until they have met and it is taken over.",
        ),
        Doing::Return(..) => (
            sender,
            "handover-returned",
            "A hand-over came back with what is missing. It is no mark against anyone. You are still responsible.",
        ),
        Doing::TakeOver(..) => (
            sender,
            "handover-done",
            "Somebody you worked with has been taken over. Thank you for how you did it.",
        ),
        Doing::Withdraw => (
            Some(held.standing.to),
            "handover-withdrawn",
            "A hand-over that was offered to you was taken back.",
        ),
        Doing::Agree => (None, "", ""),
    };
    notice::settle(tx, moment.now(), (&[held.standing.to], &link)).await?;
    if let Some(to) = to.filter(|to| Some(*to) != who.worker()) {
        // whoever took over opened the record to themselves; whoever handed over may not open it any more
        let link = (!matches!(doing, Doing::TakeOver(..) | Doing::Withdraw)).then_some(link.as_str());
        notice::tell(tx, moment, to, Notice { kind, words, link }).await?;
    }
    Ok(())
}
