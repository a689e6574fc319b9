//! Adding a word, changing what is said of one, switching one off, and putting one back as it was.

use super::store;
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, access};
use db::{Tx, args};
use practice::access::Action;
use practice::plain::{OwnWord, check_own, key};
use serde_json::json;

/// The most letters of a reason.
const LONGEST: usize = 500;

/// A word as the council wants it, and why.
#[derive(Clone, Debug)]
pub struct KeepWord {
    /// The word, what one could say instead, or that it is switched off.
    pub word: OwnWord,
    /// Why the council decides so.
    pub reason: String,
}

fn reason(words: &str) -> std::result::Result<&str, &'static str> {
    match words.trim() {
        "" => Err("Say why in a sentence"),
        long if long.chars().count() > LONGEST => Err("Say it in at most 500 letters"),
        words => Ok(words),
    }
}

/// Keeps a word of the council's own: it takes the place of the starting one that is written alike, and of what was
/// said of it before.
///
/// # Errors
/// [`Oops::Wrong`] names every field to put right.
pub async fn keep_word(tx: &mut Tx, who: &Who, moment: &mut Moment, command: KeepWord) -> Result<()> {
    access::permit(who, Action::SetWords)?;
    let mut wrong: Vec<(String, String)> = check_own(&command.word)
        .err()
        .into_iter()
        .flatten()
        .map(|remark| (remark.field.to_owned(), remark.sentence))
        .collect();
    let why = reason(&command.reason).unwrap_or_else(|sentence| {
        wrong.push(("reason".to_owned(), sentence.to_owned()));
        ""
    });
    if !wrong.is_empty() {
        return Err(Oops::Wrong(wrong));
    }
    let OwnWord { say, instead, why: line, off } = command.word;
    let (known_as, id) = (key(&say), moment.id());
    tx.run(store::SUPERSEDE, args![moment.now(), &known_as]).await?;
    let author = who.worker().map(|worker| worker.0);
    let lines = instead.join("\n");
    let values = args![id, &known_as, say.trim(), &lines, line.trim(), off, why, author, moment.now()];
    tx.run(store::ADD, values).await?;
    let payload = json!({
        "own_word": id, "word": known_as, "instead": instead, "why": line.trim(), "off": off, "reason": why
    });
    note(tx, who, moment, Act { action: "keep_word", about: &[], payload }).await?;
    Ok(())
}

/// Takes back what the council said of a word, so that the starting list holds again.
///
/// # Errors
/// [`Oops::NotFound`] when the council has said nothing of it; [`Oops::Wrong`] names the field.
pub async fn put_back(tx: &mut Tx, who: &Who, moment: &mut Moment, word: &str, why: &str) -> Result<()> {
    access::permit(who, Action::SetWords)?;
    let why = reason(why).map_err(|sentence| Oops::wrong("back-reason", sentence))?;
    let known_as = key(word);
    if tx.run(store::SUPERSEDE, args![moment.now(), &known_as]).await? == 0 {
        return Err(Oops::NotFound);
    }
    let payload = json!({ "word": known_as, "reason": why });
    note(tx, who, moment, Act { action: "put_back_word", about: &[], payload }).await?;
    Ok(())
}
