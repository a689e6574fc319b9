//! Finding somebody again, stage by stage, and mentors: chosen by the young person, asked, and staying until one of the two
//! ends it.

use super::actions::{hold, may_write, tell};
use super::store::{self, MentorNowRow};
use crate::access::require;
use crate::entry;
use crate::journal::{Act, note};
use crate::oops::Wrong;
use crate::{Moment, Oops, Result, Who};
use db::{Day, Tx, args};
use jiff::civil::Date;
use practice::access::Sight;
use practice::id::PersonId;
use practice::touch::{EndedBy, MentorState, Often, Stage, may_follow};
use serde_json::json;
use uuid::Uuid;

/// A stage that the finding of somebody came to.
#[derive(Clone, Debug)]
pub struct Step {
    /// The child.
    pub person: PersonId,
    /// Who is looked for.
    pub touch: Uuid,
    /// Which stage.
    pub stage: Stage,
    /// Since when.
    pub on: Date,
    /// Where one looked.
    pub looked: Option<String>,
    /// What is written of it.
    pub words: Option<String>,
}

/// A young person chooses a mentor.
#[derive(Clone, Debug)]
pub struct Choose {
    /// The young person.
    pub person: PersonId,
    /// Whom they chose.
    pub touch: Uuid,
    /// Why, in their words.
    pub words: Option<String>,
}

/// The end of it with a mentor.
#[derive(Clone, Debug)]
pub struct EndMentor {
    /// The young person.
    pub person: PersonId,
    /// With whom.
    pub touch: Uuid,
    /// Which of the two ends it.
    pub by: EndedBy,
    /// Why, if they say so.
    pub why: Option<String>,
}

/// Keeps a stage of finding somebody again.
///
/// # Errors
/// As access says; [`Oops::Wrong`] names the field, and where the stage may not follow what was before.
pub async fn step(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Step) -> Result<()> {
    let own = may_write(tx, who, moment, command.person).await?;
    // in their own space somebody may say that they want it, and stop it
    if own && !matches!(command.stage, Stage::Wanted | Stage::Stopped) {
        return Err(Oops::NotFound);
    }
    let mut wrong = Wrong::default();
    let looked = wrong.some("looked", command.looked.as_deref());
    let words = wrong.some("words", command.words.as_deref());
    hold(tx, command.person, command.touch).await?;
    let before: Option<(String, Day)> = tx.maybe(store::STAGE_NOW, args![command.touch]).await?;
    let (stage, since) = before.map_or((None, None), |(stage, on)| (Stage::from_code(&stage), Some(on.0)));
    if !may_follow(stage, command.stage) {
        wrong.say("stage", "That does not follow what was before");
    }
    if command.on > moment.today() || since.is_some_and(|since| command.on < since) {
        wrong.say("on", "Choose a day since the last step, and not after today");
    }
    if matches!(command.stage, Stage::Safe | Stage::NotSafe) && words.is_none() {
        wrong.say("words", "Say how that was weighed, and with whom");
    }
    wrong.done()?;
    let id = moment.id();
    let worker = who.worker().map(|worker| worker.0);
    let values = args![
        id,
        command.touch,
        command.person,
        command.stage.code(),
        command.on,
        worker,
        &looked,
        &words,
        worker,
        moment.now()
    ];
    tx.run(store::ADD_SEARCH, values).await?;
    if own {
        tell(tx, moment, command.person, None).await?;
    }
    let payload = json!({
        "touch": command.touch, "step": id, "stage": command.stage.code(), "on": command.on,
        "looked": looked.as_deref().map(entry::hash_of), "words": words.as_deref().map(entry::hash_of),
    });
    note(tx, who, moment, Act { action: "look_for_somebody", about: &[command.person], payload }).await?;
    Ok(())
}

/// How it stands with a mentor from now on.
struct Now {
    mentor: Uuid,
    state: MentorState,
    state_on: Date,
    chosen_on: Date,
    chosen_words: Option<String>,
    themselves: bool,
    does: Option<String>,
    often: Option<String>,
    ended: Option<(Date, EndedBy, Option<String>)>,
}

impl Now {
    fn of(row: MentorNowRow) -> Self {
        Self {
            mentor: row.mentor_id,
            state: MentorState::from_code(&row.state).unwrap_or(MentorState::Chosen),
            state_on: row.state_on.0,
            chosen_on: row.chosen_on.0,
            chosen_words: row.chosen_words,
            themselves: row.themselves,
            does: row.does,
            often: row.often,
            ended: None,
        }
    }

    async fn keep(
        self,
        tx: &mut Tx,
        who: &Who,
        moment: &mut Moment,
        (person, touch): (PersonId, Uuid),
    ) -> Result<()> {
        let (id, ended) = (moment.id(), self.ended.as_ref());
        let why = ended.and_then(|one| one.2.clone());
        let values = args![
            id,
            self.mentor,
            touch,
            person,
            self.state.code(),
            self.state_on,
            self.chosen_on,
            &self.chosen_words,
            self.themselves,
            &self.does,
            &self.often,
            ended.map(|one| one.0),
            ended.map(|one| one.1.code()),
            &why,
            who.worker().map(|worker| worker.0),
            moment.now()
        ];
        tx.run(store::ADD_MENTOR, values).await?;
        let payload = json!({
            "touch": touch, "mentor": self.mentor, "version": id, "state": self.state.code(),
            "ended_by": ended.map(|one| one.1.code()), "words": self.chosen_words.as_deref().map(entry::hash_of),
        });
        note(tx, who, moment, Act { action: "keep_mentor", about: &[person], payload }).await?;
        Ok(())
    }
}

async fn now(tx: &mut Tx, person: PersonId, touch: Uuid) -> Result<Option<MentorNowRow>> {
    Ok(tx.maybe(store::MENTOR_NOW, args![touch, person]).await?)
}

async fn over(tx: &mut Tx, moment: &Moment, row: MentorNowRow) -> Result<Now> {
    tx.run_one(store::OVER_MENTOR, args![row.id, moment.now()]).await?;
    Ok(Now::of(row))
}

/// A young person chooses a mentor: in their own space, or by telling a worker.
///
/// # Errors
/// As access says; [`Oops::Refused`] where they are chosen already.
pub async fn choose(tx: &mut Tx, who: &Who, moment: &mut Moment, command: Choose) -> Result<()> {
    let own = may_write(tx, who, moment, command.person).await?;
    let mut wrong = Wrong::default();
    let words = wrong.some("words", command.words.as_deref());
    wrong.done()?;
    hold(tx, command.person, command.touch).await?;
    if now(tx, command.person, command.touch).await?.is_some() {
        return Err(Oops::Refused("They are chosen already".to_owned()));
    }
    let today = moment.today();
    let mentor = Now {
        mentor: moment.id(),
        state: MentorState::Chosen,
        state_on: today,
        chosen_on: today,
        chosen_words: words,
        themselves: own,
        does: None,
        often: None,
        ended: None,
    };
    if own {
        tell(tx, moment, command.person, None).await?;
    }
    mentor.keep(tx, who, moment, (command.person, command.touch)).await
}

/// Keeps that a mentor was asked, and what they said; what they do and how often.
///
/// # Errors
/// As access says; [`Oops::Refused`] where nobody is chosen; [`Oops::Wrong`] names the field.
pub async fn mentor_says(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (person, touch): (PersonId, Uuid),
    (state, does, often): (MentorState, Option<&str>, Option<Often>),
) -> Result<()> {
    require(tx, who, moment.now(), person, Sight::Record).await?;
    let mut wrong = Wrong::default();
    let does = wrong.some("does", does);
    wrong.done()?;
    hold(tx, person, touch).await?;
    let row = now(tx, person, touch).await?;
    let row = row.ok_or_else(|| Oops::Refused("Nobody is chosen as a mentor any more".to_owned()))?;
    let held = over(tx, moment, row).await?;
    let state_on = if held.state == state { held.state_on } else { moment.today() };
    let often = often.map(|often| often.code().to_owned());
    Now { state, state_on, does, often, ..held }.keep(tx, who, moment, (person, touch)).await
}

/// Ends it with a mentor, because one of the two ends it: nothing else does, no birthday and no closing.
///
/// # Errors
/// As access says; [`Oops::Refused`] where there is none; [`Oops::NotFound`] where somebody in their own space would end it for the other.
pub async fn end_mentor(tx: &mut Tx, who: &Who, moment: &mut Moment, command: EndMentor) -> Result<()> {
    let own = may_write(tx, who, moment, command.person).await?;
    if own && command.by != EndedBy::YoungPerson {
        return Err(Oops::NotFound);
    }
    let mut wrong = Wrong::default();
    let why = wrong.some("ended-why", command.why.as_deref());
    wrong.done()?;
    hold(tx, command.person, command.touch).await?;
    let row = now(tx, command.person, command.touch).await?;
    let row = row.ok_or_else(|| Oops::Refused("It has ended already".to_owned()))?;
    let held = over(tx, moment, row).await?;
    if own {
        tell(tx, moment, command.person, None).await?;
    }
    Now { ended: Some((moment.today(), command.by, why)), ..held }
        .keep(tx, who, moment, (command.person, command.touch))
        .await
}
