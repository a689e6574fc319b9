//! Proposing to go slower or another way, asking why, answering, saying yes or no, and looking at it again.

use super::read::{OwnWay, by, own_ways};
use super::store::{self, WayRow};
use crate::access::{self, require};
use crate::entry::hash_of;
use crate::journal::{Act, note};
use crate::notice::{self, Notice};
use crate::oops::Wrong;
use crate::{Moment, Oops, Result, Who, clock};
use db::{Conn, Day, Tx, args};
use jiff::civil::Date;
use practice::access::Sight;
use practice::clock::RuleId;
use practice::id::{PersonId, WorkerId};
use practice::own_way::{self as rules, Became, Figures, Move, Refusal, Said, WayState};
use serde_json::json;
use uuid::Uuid;

/// Proposes that something is done otherwise than procedure says, for somebody's good.
#[derive(Clone, Debug)]
pub struct Propose {
    /// For whom.
    pub person: PersonId,
    /// Which clock it is, by its rule and the day it started; none for something told in words.
    pub clock: Option<(RuleId, Date)>,
    /// What procedure says, where it is no clock.
    pub procedure: String,
    /// What is done otherwise.
    pub otherwise: String,
    /// Why that is good for this person.
    pub why: String,
    /// Who of the family agreed with it.
    pub agreed_with: String,
    /// The same in words that the family reads in their own space; none where it is not shared there.
    pub for_family: Option<String>,
    /// The last day.
    pub until: Date,
}

/// What is done about something proposed.
#[derive(Clone, Debug)]
pub enum Doing {
    /// Asks why.
    Ask(String),
    /// Answers.
    Answer(String),
    /// Agrees until a day; with a word to it, or without.
    Agree(Date, Option<String>),
    /// Says no, and why.
    Decline(String),
    /// Takes it back.
    TakeBack,
    /// Looks at it again: what became of it.
    Look(Became, String),
}

fn refused(refusal: Refusal, doing: &Doing) -> Oops {
    let field = match doing {
        Doing::Ask(_) => "ask",
        Doing::Answer(_) => "answer",
        Doing::Decline(_) => "no",
        Doing::Look(..) => "became-words",
        Doing::Agree(..) | Doing::TakeBack => "",
    };
    match refusal {
        Refusal::NoWords => Oops::wrong(field, &refusal.to_string()),
        Refusal::Day => Oops::wrong("until", &refusal.to_string()),
        Refusal::NotALead | Refusal::NotTheirs => Oops::NotAllowed(refusal.to_string()),
        Refusal::AskFirst | Refusal::NotAnswered | Refusal::GoneOn => Oops::Refused(refusal.to_string()),
    }
}

/// The last day that can be asked for today.
///
/// # Errors
/// [`Oops::Broken`] where no figure holds.
pub(super) fn latest(today: Date) -> Result<Date> {
    let figures = Figures::usual().map_err(|wrong| Oops::Broken(wrong.to_owned()))?;
    figures.latest(today).ok_or_else(|| Oops::Broken("no figure says for how long".to_owned()))
}

async fn put(tx: &mut Tx, who: &Who, moment: &Moment, row: &WayRow) -> Result<()> {
    let values = args![
        row.id,
        row.own_way_id,
        row.person_id,
        row.rule.clone(),
        row.started_on.map(|day| day.0),
        row.procedure.clone(),
        row.otherwise.clone(),
        row.why.clone(),
        row.agreed_with.clone(),
        row.for_family.clone(),
        row.asked_until,
        row.state.clone(),
        row.proposed_by,
        row.proposed_on,
        row.decided_by,
        row.decided_on.map(|day| day.0),
        row.decided_words.clone(),
        row.until_date.map(|day| day.0),
        row.became.clone(),
        row.became_words.clone(),
        row.ended_on.map(|day| day.0),
        who.worker().map(|worker| worker.0),
        moment.now()
    ];
    tx.run(store::ADD, values).await?;
    Ok(())
}

async fn tell(
    tx: &mut Tx,
    moment: &mut Moment,
    to: WorkerId,
    (words, person): (&str, PersonId),
) -> Result<()> {
    let link = format!("/person/{person}/own-way");
    notice::tell(tx, moment, to, Notice { kind: "own-way", words, link: Some(&link) }).await
}

/// What the clock is called that goes slower.
async fn clock_named(
    conn: &mut Conn,
    person: PersonId,
    (rule, from): (RuleId, Date),
    today: Date,
) -> Result<String> {
    let all = clock::history(conn, person, today).await?;
    let mut same = all.into_iter().filter(|kept| kept.clock.rule == rule && kept.clock.started.on == from);
    same.next().map(|kept| kept.why.name.clone()).ok_or(Oops::NotFound)
}

/// Proposes it. Nothing is agreed by that, and no date moves.
///
/// # Errors
/// As access says; [`Oops::Wrong`] with everything that is missing; [`Oops::NotFound`] for a clock there is not.
pub async fn propose(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Propose) -> Result<Uuid> {
    let worker = who.worker().ok_or(Oops::NotFound)?;
    require(tx, who, moment.now(), command.person, Sight::Steps).await?;
    let (today, last) = (moment.today(), latest(moment.today())?);
    let mut wrong = Wrong::default();
    let procedure = match command.clock {
        Some(which) => clock_named(tx, command.person, which, today).await?,
        None => wrong.needed("procedure", &command.procedure, "Say what procedure says"),
    };
    let otherwise = wrong.needed("otherwise", &command.otherwise, "Say what is done otherwise");
    let why = wrong.needed("why", &command.why, "Say why this is good for them");
    let ask = "Say who of the family agreed, or that nobody was asked and why";
    let agreed_with = wrong.needed("agreed-with", &command.agreed_with, ask);
    let for_family = wrong.some("for-family", command.for_family.as_deref());
    if command.until <= today || command.until > last {
        let last = clock::shown::day(last, today);
        wrong.say("until", &format!("Choose a day after today, {last} at the latest"));
    }
    wrong.done()?;
    let (id, way) = (moment.id(), moment.id());
    let row = WayRow {
        id,
        own_way_id: way,
        person_id: command.person.0,
        person: String::new(),
        rule: command.clock.map(|one| one.0.as_str().to_owned()),
        started_on: command.clock.map(|one| Day(one.1)),
        procedure,
        otherwise,
        why,
        agreed_with,
        for_family,
        asked_until: Day(command.until),
        state: WayState::Proposed.code().to_owned(),
        proposed_by: worker.0,
        proposer: String::new(),
        proposed_on: Day(today),
        decided_by: None,
        decider: None,
        decided_on: None,
        decided_words: None,
        until_date: None,
        became: None,
        became_words: None,
        ended_on: None,
    };
    put(tx, who, moment, &row).await?;
    let payload = json!({
        "own_way": way, "rule": row.rule, "until": command.until, "why": hash_of(&row.why), "shared": row.for_family.is_some(),
    });
    note(tx, who, moment, Act { action: "propose_own_way", about: &[command.person], payload }).await?;
    if let Some(lead) = access::lead_of_worker(tx, worker, today).await? {
        let words =
            "Somebody in your team proposes to go slower, or another way, for a person’s good. Ask why first";
        tell(tx, moment, lead.worker, (words, command.person)).await?;
    }
    Ok(way)
}

/// It, if it is the version that was read.
async fn read_one(conn: &mut Conn, person: PersonId, (way, version): (Uuid, Uuid)) -> Result<OwnWay> {
    let mut all = own_ways(conn, person, None).await?.into_iter().filter(|one| one.way() == way);
    let held = all.next().ok_or(Oops::NotFound)?;
    if held.version() == version { Ok(held) } else { Err(Oops::Stale) }
}

const fn action(doing: &Doing) -> &'static str {
    match doing {
        Doing::Ask(_) => "ask_own_way",
        Doing::Answer(_) => "answer_own_way",
        Doing::Agree(..) => "agree_own_way",
        Doing::Decline(_) => "decline_own_way",
        Doing::TakeBack => "take_back_own_way",
        Doing::Look(..) => "look_at_own_way",
    }
}

/// What is told to whom: nobody is named.
const fn told(doing: &Doing) -> Option<&'static str> {
    match doing {
        Doing::Ask(_) => {
            Some("Whoever leads asks why you would go slower, or another way. Answer in your words")
        }
        Doing::Answer(_) => Some("Your question about going slower, or another way, is answered"),
        Doing::Agree(..) => Some("It is agreed that you go slower, or another way"),
        Doing::Decline(_) => Some("It is not agreed to go slower, or another way. The reason stands with it"),
        Doing::TakeBack | Doing::Look(..) => None,
    }
}

/// What a row says after this; and what was asked or answered.
fn becomes(
    row: &mut WayRow,
    doing: &Doing,
    (worker, today): (WorkerId, Date),
) -> Result<Option<(Said, String)>> {
    let mut wrong = Wrong::default();
    let mut says = None;
    match doing {
        Doing::Ask(words) => says = wrong.some("ask", Some(words)).map(|words| (Said::Question, words)),
        Doing::Answer(words) => says = wrong.some("answer", Some(words)).map(|words| (Said::Answer, words)),
        Doing::Agree(until, words) => {
            (row.decided_by, row.decided_on) = (Some(worker.0), Some(Day(today)));
            (row.until_date, row.decided_words) =
                (Some(Day(*until)), wrong.some("agree-words", words.as_deref()));
        }
        Doing::Decline(words) => {
            (row.decided_by, row.decided_on) = (Some(worker.0), Some(Day(today)));
            row.decided_words = wrong.some("no", Some(words));
        }
        Doing::TakeBack => row.ended_on = Some(Day(today)),
        Doing::Look(became, words) => {
            (row.became, row.became_words) =
                (Some(became.code().to_owned()), wrong.some("became-words", Some(words)));
            row.ended_on = Some(Day(today));
        }
    }
    wrong.done()?;
    Ok(says)
}

/// Goes on with something proposed: asks why, answers, agrees, says no, takes it back, or looks at it again.
///
/// # Errors
/// As access and [`rules::go`] say; [`Oops::Stale`] where it changed since it was read.
pub async fn go_on(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (person, of, doing): (PersonId, (Uuid, Uuid), Doing),
) -> Result<()> {
    let worker = who.worker().ok_or(Oops::NotFound)?;
    require(tx, who, moment.now(), person, Sight::Open).await?;
    let held = read_one(tx, person, of).await?;
    let proposer = WorkerId(held.row.proposed_by);
    let by = by(tx, (who, moment), (person, Some(proposer))).await?;
    let today = moment.today();
    let what = match &doing {
        Doing::Ask(words) => Move::Ask(words),
        Doing::Answer(words) => Move::Answer(words),
        Doing::Agree(until, _) => Move::Agree { until: *until, today },
        Doing::Decline(words) => Move::Decline(words),
        Doing::TakeBack => Move::TakeBack,
        Doing::Look(_, words) => Move::Look(words),
    };
    let state = rules::go(&held.standing, by, what).map_err(|no| refused(no, &doing))?;
    let mut row = WayRow { id: moment.id(), state: state.code().to_owned(), ..held.row.clone() };
    let says = becomes(&mut row, &doing, (worker, today))?;
    tx.run_one(store::OVER, args![held.version(), moment.now()]).await?;
    put(tx, who, moment, &row).await?;
    if let Some((kind, words)) = &says {
        let values =
            args![moment.id(), held.way(), person, kind.code(), words.clone(), worker, today, moment.now()];
        tx.run(store::SAY, values).await?;
    }
    let payload = json!({
        "own_way": held.way(), "state": state.code(), "until": row.until_date.map(|day| day.0),
        "words": says.as_ref().map(|one| hash_of(&one.1)).or(row.decided_words.as_deref().map(hash_of)),
    });
    note(tx, who, moment, Act { action: action(&doing), about: &[person], payload }).await?;
    if let Some(words) = told(&doing) {
        let to = if matches!(doing, Doing::Answer(_)) {
            access::lead_of_worker(tx, proposer, today).await?.map(|lead| lead.worker)
        } else {
            Some(proposer)
        };
        if let Some(to) = to.filter(|to| *to != worker) {
            tell(tx, moment, to, (words, person)).await?;
        }
    }
    Ok(())
}
