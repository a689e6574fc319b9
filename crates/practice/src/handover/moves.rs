//! What may become of a hand-over, and who may do it.

use super::{ReturnReason, State};
use crate::access::{self, Decision};
use crate::id::WorkerId;
use crate::person::AccessLevel;
use jiff::civil::Date;

/// Who acts, as the hand-over sees them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct By {
    /// They are responsible now.
    pub responsible: bool,
    /// They are asked to take over.
    pub receiver: bool,
    /// They lead a team that works with the person: they may say who is responsible.
    pub leads: bool,
}

impl By {
    /// Whether they may speak for the side that hands over.
    const fn sends(self) -> bool {
        self.responsible || self.leads
    }
}

/// A hand-over as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How it stands.
    pub state: State,
    /// Who is responsible now; none while the person waits for a worker.
    pub from: Option<WorkerId>,
    /// Who is asked.
    pub to: WorkerId,
    /// Whether somebody who leads said that it may be.
    pub agreed: bool,
    /// When it was offered.
    pub offered_on: Date,
}

/// What somebody does with a hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move<'a> {
    /// Whoever leads says that it may be.
    Agree,
    /// I get to know them, and take over then.
    Accept,
    /// It goes back, with what is missing.
    Return {
        /// From the short list, at least one.
        reasons: &'a [ReturnReason],
        /// What would make it ready.
        words: &'a str,
    },
    /// Offered again after a return, to the same or to somebody else.
    OfferAgain {
        /// To whom.
        to: WorkerId,
    },
    /// The sender keeps them after all.
    Withdraw,
    /// I answer for them from this day.
    TakeOver {
        /// From which day.
        on: Date,
        /// Whether they met, together with whoever goes, or it was said why not.
        met: bool,
        /// Today.
        today: Date,
    },
}

/// Why practice says no.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Another is open.
    #[error("A hand-over is open already. Take that one back first, or wait for its answer")]
    OneIsOpen,
    /// To whoever has them.
    #[error("They are responsible already")]
    ToTheSame,
    /// Not the sender.
    #[error("Only the responsible worker, or whoever leads the team, can do this")]
    NotTheSender,
    /// Not the receiver.
    #[error("Only the worker who is asked can answer")]
    NotTheReceiver,
    /// Not a lead.
    #[error("Only whoever leads the team can say that it may be")]
    NotALead,
    /// It does not stand so.
    #[error("This hand-over has gone on since. Look at how it stands now")]
    GoneOn,
    /// A return without a reason.
    #[error("Say what is missing")]
    NoReason,
    /// A reason that says nothing by itself.
    #[error("Say in a few words what is needed")]
    NoWords,
    /// Nobody who leads has agreed.
    #[error("Whoever leads the team has not said yet that it may be")]
    NotAgreed,
    /// They have not met.
    #[error("Meet them first, together with whoever goes; or say why that cannot be")]
    NotMet,
    /// On a day that cannot be.
    #[error("Choose a day between the offer and today")]
    Day,
}

/// Whether a hand-over may be offered: one at a time, by the responsible worker or whoever leads, and to somebody else.
///
/// # Errors
/// [`Refusal`] with its sentence.
pub fn may_offer(by: By, from: Option<WorkerId>, to: WorkerId, one_is_open: bool) -> Result<(), Refusal> {
    if !by.sends() {
        Err(Refusal::NotTheSender)
    } else if one_is_open {
        Err(Refusal::OneIsOpen)
    } else if from == Some(to) {
        Err(Refusal::ToTheSame)
    } else {
        Ok(())
    }
}

/// How a hand-over stands after this. Nothing but taking over changes who answers.
///
/// # Errors
/// [`Refusal`] with its sentence.
pub fn moved(held: &Standing, by: By, what: Move<'_>) -> Result<Standing, Refusal> {
    let standing = |state| Ok(Standing { state, ..*held });
    match what {
        Move::Agree if !by.leads => Err(Refusal::NotALead),
        Move::Agree if !held.state.is_open() => Err(Refusal::GoneOn),
        Move::Agree => Ok(Standing { agreed: true, ..*held }),
        Move::Accept | Move::Return { .. } | Move::TakeOver { .. } if !by.receiver => {
            Err(Refusal::NotTheReceiver)
        }
        Move::Accept if held.state != State::Offered => Err(Refusal::GoneOn),
        Move::Accept => standing(State::Accepted),
        Move::Return { .. } if !held.state.waits_for_receiver() => Err(Refusal::GoneOn),
        Move::Return { reasons: [], .. } => Err(Refusal::NoReason),
        Move::Return { reasons, words }
            if words.trim().is_empty() && reasons.iter().any(|reason| reason.needs_words()) =>
        {
            Err(Refusal::NoWords)
        }
        Move::Return { .. } => standing(State::Returned),
        Move::OfferAgain { .. } | Move::Withdraw if !by.sends() => Err(Refusal::NotTheSender),
        Move::OfferAgain { .. } if held.state != State::Returned => Err(Refusal::GoneOn),
        Move::OfferAgain { to } if held.from == Some(to) => Err(Refusal::ToTheSame),
        // a yes was to this receiver, not to another
        Move::OfferAgain { to } => {
            let agreed = by.leads || (held.agreed && to == held.to);
            Ok(Standing { state: State::Offered, to, agreed, ..*held })
        }
        Move::Withdraw if !held.state.is_open() => Err(Refusal::GoneOn),
        Move::Withdraw => standing(State::Withdrawn),
        Move::TakeOver { .. } if held.state != State::Accepted => Err(Refusal::GoneOn),
        Move::TakeOver { .. } if !held.agreed => Err(Refusal::NotAgreed),
        Move::TakeOver { met: false, .. } => Err(Refusal::NotMet),
        Move::TakeOver { on, today, .. } if on > today || on < held.offered_on => Err(Refusal::Day),
        Move::TakeOver { .. } => standing(State::TakenOver),
    }
}

/// Whether somebody can be asked to take over at all: not where they declared a link to the person, and not where the record
/// is kept from all but those on its list and they do not stand on it.
pub const fn can_be_asked(level: AccessLevel, linked: bool, listed: bool) -> bool {
    !linked && (matches!(level, AccessLevel::Findable) || listed)
}

/// Whether the one who is asked may read what is offered, though they do not work with the person yet: not where the record
/// is closed to them for another reason than that, a declared link or a list on which they do not stand. What they read is
/// what the sender put there for them, not the record.
pub const fn offer_may_be_read(open_the_record: &Decision) -> bool {
    match open_the_record {
        Decision::Allowed(_) => true,
        Decision::Refused(refusal) => {
            matches!(refusal, access::Refusal::NoTie { .. } | access::Refusal::NeedsOwnTie)
        }
    }
}

/// Whether an open hand-over still says what is so: the same worker is responsible as when it was offered, the one who is
/// asked is still here, and there is still something to answer for. Where it does not, nobody has to do anything: whoever
/// answers now answers on, and the hand-over is taken back by itself.
pub fn still_stands(held: &Standing, responsible: Option<WorkerId>, receiver_here: bool, open: bool) -> bool {
    held.state.is_open() && open && receiver_here && responsible == held.from
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    const TODAY: Date = date(2026, 11, 22);
    const SENDER: By = By { responsible: true, receiver: false, leads: false };
    const RECEIVER: By = By { responsible: false, receiver: true, leads: false };
    const LEAD: By = By { responsible: false, receiver: false, leads: true };
    const NOBODY: By = By { responsible: false, receiver: false, leads: false };

    fn worker(n: u128) -> WorkerId {
        Uuid::from_u128(n).into()
    }

    fn held(state: State) -> Standing {
        Standing { state, from: Some(worker(1)), to: worker(2), agreed: true, offered_on: date(2026, 11, 20) }
    }

    fn take_over(on: Date, met: bool) -> Move<'static> {
        Move::TakeOver { on, met, today: TODAY }
    }

    #[test]
    fn one_at_a_time_by_whoever_has_them_or_leads_and_never_to_the_same() {
        assert_eq!(may_offer(SENDER, Some(worker(1)), worker(2), false), Ok(()));
        assert_eq!(may_offer(LEAD, None, worker(2), false), Ok(()));
        assert_eq!(may_offer(RECEIVER, Some(worker(1)), worker(2), false), Err(Refusal::NotTheSender));
        assert_eq!(may_offer(SENDER, Some(worker(1)), worker(2), true), Err(Refusal::OneIsOpen));
        assert_eq!(may_offer(LEAD, Some(worker(1)), worker(1), false), Err(Refusal::ToTheSame));
    }

    #[test]
    fn only_the_one_who_is_asked_answers_and_a_return_says_what_is_missing() {
        let offered = held(State::Offered);
        for by in [SENDER, LEAD, NOBODY] {
            assert_eq!(moved(&offered, by, Move::Accept), Err(Refusal::NotTheReceiver));
        }
        assert_eq!(moved(&offered, RECEIVER, Move::Accept).map(|it| it.state), Ok(State::Accepted));
        let back = |reasons: &'static [ReturnReason], words| Move::Return { reasons, words };
        assert_eq!(moved(&offered, RECEIVER, back(&[], "x")), Err(Refusal::NoReason));
        assert_eq!(
            moved(&offered, RECEIVER, back(&[ReturnReason::WrongService], " ")),
            Err(Refusal::NoWords)
        );
        let returned = moved(&offered, RECEIVER, back(&[ReturnReason::OwnVoice], "")).unwrap();
        assert_eq!(
            (returned.state, returned.from),
            (State::Returned, Some(worker(1))),
            "it stays with the sender"
        );
        let accepted = held(State::Accepted);
        assert!(
            moved(&accepted, RECEIVER, back(&[ReturnReason::NoRoom], "")).is_ok(),
            "until they take over"
        );
    }

    #[test]
    fn nobody_takes_over_before_they_met_and_whoever_leads_agreed() {
        let accepted = held(State::Accepted);
        assert_eq!(moved(&accepted, RECEIVER, take_over(TODAY, false)), Err(Refusal::NotMet));
        let unasked = Standing { agreed: false, ..accepted };
        assert_eq!(moved(&unasked, RECEIVER, take_over(TODAY, true)), Err(Refusal::NotAgreed));
        assert_eq!(moved(&unasked, SENDER, Move::Agree), Err(Refusal::NotALead));
        let agreed = moved(&unasked, LEAD, Move::Agree).unwrap();
        for on in [date(2026, 11, 19), date(2026, 11, 23)] {
            assert_eq!(moved(&agreed, RECEIVER, take_over(on, true)), Err(Refusal::Day), "{on}");
        }
        assert_eq!(moved(&agreed, RECEIVER, take_over(TODAY, true)).map(|it| it.state), Ok(State::TakenOver));
        assert_eq!(moved(&held(State::Offered), RECEIVER, take_over(TODAY, true)), Err(Refusal::GoneOn));
    }

    #[test]
    fn what_was_returned_is_offered_again_and_a_yes_is_for_one_receiver() {
        let returned = held(State::Returned);
        let again = moved(&returned, SENDER, Move::OfferAgain { to: worker(2) }).unwrap();
        assert_eq!((again.state, again.agreed), (State::Offered, true));
        let other = moved(&returned, SENDER, Move::OfferAgain { to: worker(3) }).unwrap();
        assert_eq!((other.to, other.agreed), (worker(3), false));
        assert_eq!(moved(&returned, SENDER, Move::OfferAgain { to: worker(1) }), Err(Refusal::ToTheSame));
        assert_eq!(moved(&returned, RECEIVER, Move::Withdraw), Err(Refusal::NotTheSender));
        assert_eq!(moved(&returned, LEAD, Move::Withdraw).map(|it| it.state), Ok(State::Withdrawn));
    }

    #[test]
    fn whoever_is_asked_reads_the_offer_unless_the_record_is_closed_to_them() {
        let refused = |refusal| offer_may_be_read(&Decision::Refused(refusal));
        assert!(refused(access::Refusal::NoTie { may_break_glass: true }));
        for closed in [
            access::Refusal::Conflict,
            access::Refusal::Restricted,
            access::Refusal::Sealed,
            access::Refusal::Administrator,
            access::Refusal::AccountEnded,
        ] {
            assert!(!refused(closed), "{closed:?}");
        }
    }

    #[test]
    fn nobody_is_asked_whom_the_record_is_closed_to() {
        assert!(can_be_asked(AccessLevel::Findable, false, false));
        assert!(!can_be_asked(AccessLevel::Findable, true, true));
        for closed in AccessLevel::ALL.iter().filter(|level| **level != AccessLevel::Findable) {
            assert!(!can_be_asked(*closed, false, false), "{closed}");
            assert!(can_be_asked(*closed, false, true), "{closed}");
        }
    }

    #[test]
    fn what_is_over_moves_no_more() {
        for state in [State::Withdrawn, State::TakenOver] {
            let over = held(state);
            let all = [
                Move::Agree,
                Move::Accept,
                Move::Return { reasons: &[ReturnReason::NoRoom], words: "" },
                Move::OfferAgain { to: worker(3) },
                Move::Withdraw,
                take_over(TODAY, true),
            ];
            for what in all {
                for by in [SENDER, RECEIVER, LEAD] {
                    assert!(moved(&over, by, what).is_err(), "{state} {what:?}");
                }
            }
        }
    }

    #[test]
    fn a_hand_over_falls_when_its_receiver_leaves_or_its_sender_is_no_longer_responsible() {
        let offered = held(State::Offered);
        assert!(still_stands(&offered, Some(worker(1)), true, true));
        assert!(!still_stands(&offered, Some(worker(1)), false, true));
        assert!(!still_stands(&offered, Some(worker(3)), true, true));
        assert!(!still_stands(&offered, None, true, true));
        assert!(!still_stands(&offered, Some(worker(1)), true, false));
        assert!(!still_stands(&held(State::TakenOver), Some(worker(1)), true, true));
    }
}
