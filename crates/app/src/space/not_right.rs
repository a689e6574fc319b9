//! Saying that somebody's plan, or a hand-over that is under way, is not right: anybody may, and a human answers by a day. It
//! stops nothing and counts against nobody.

use super::actions::{Kept, Question, keep, tell, told_of, under_way};
use crate::entry::{self, Said};
use crate::journal::{self, Act};
use crate::oops::Wrong;
use crate::told::{By, choose};
use crate::{Moment, Oops, Result, Who, access, working};
use db::Tx;
use practice::id::{PersonId, WorkerId};
use practice::recording::Someone;
use practice::space::Concern;
use serde_json::json;

/// Somebody says that something is not right, and a worker writes it down: themselves, or for whoever said it.
#[derive(Clone, Debug)]
pub struct NotRight {
    /// Whose plan or hand-over.
    pub about: PersonId,
    /// Which of the two.
    pub of: Concern,
    /// Who says so.
    pub by: By,
    /// Their words.
    pub words: String,
}

/// What it says of, as the title of the entry that holds the words.
const fn title(of: Concern) -> &'static str {
    if matches!(of, Concern::Handover) { "This hand-over is not right" } else { "This plan is not right" }
}

/// Keeps what somebody says is not right, and says by when a human answers. Whoever may open the record may say it.
///
/// # Errors
/// As access says; [`Oops::Refused`] for a hand-over where none is under way; [`Oops::Wrong`] without words or a voice.
pub async fn say_not_right(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: NotRight,
) -> Result<Question> {
    let worker = who.worker().ok_or(Oops::NotFound)?;
    let NotRight { about, of, by, words } = command;
    access::require(tx, who, moment.now(), about, practice::access::Sight::Open).await?;
    if !of.not_right() {
        return Err(Oops::NotFound);
    }
    let handover = if of == Concern::Handover { under_way(tx, about).await? } else { None };
    if of == Concern::Handover && handover.is_none() {
        return Err(Oops::Refused("No hand-over of theirs is under way".to_owned()));
    }
    let mut wrong = Wrong::default();
    let words = wrong.needed("words", &words, "Write what is not right, in their own words");
    wrong.done()?;
    choose::check_voice(tx, (who, moment.now()), &by).await?;
    let owner = match &by {
        By::Themselves => Someone::Person(about),
        By::Person(other) => Someone::Person(*other),
        By::Worker(worker) => Someone::Worker(*worker),
        By::Words(words) => Someone::Words(words.clone()),
    };
    let said = Said { about, title: title(of).to_owned(), owner, words };
    let entry = entry::write_said(tx, who, moment, said).await?;
    let kept = Kept { about, by: by.clone(), written_by: Some(worker), entry, concern: Some(of), handover };
    let question = keep(tx, moment, &kept).await?;
    let people: Vec<PersonId> = std::iter::once(about).chain(by.person()).collect();
    let payload = json!({
        "question": question.id, "entry": entry, "of": of.code(), "handover": handover, "answer_by": question.answer_by,
    });
    journal::note(tx, who, moment, Act { action: "say_not_right", about: &people, payload }).await?;
    let mut told: Vec<WorkerId> = working::answerers(tx, about, moment.today()).await?;
    told.retain(|one| by.worker() != Some(*one));
    if told.is_empty() {
        // nobody answers what they said themselves: whoever leads them does
        let lead = access::lead_of_worker(tx, worker, moment.today()).await?;
        told.extend(lead.map(|lead| lead.worker));
    }
    tell(tx, moment, &told, (told_of(of), &format!("/question/{}", question.id))).await?;
    Ok(question)
}
