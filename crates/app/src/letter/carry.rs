//! Carrying what waits to the mail server: each letter tried, its answer noted, tried again after a growing wait, given up
//! after three days. A letter lies in the database until the server has taken it, so nothing is lost while it is away.

use super::contact::contact_of;
use super::store::{self, DueRow};
use crate::journal::{self, Act};
use crate::notice::{self, Notice};
use crate::{App, Moment, Oops, Result, Who};
use db::{Tx, args};
use jiff::SignedDuration;
use mail::Outcome;
use practice::contact::{Reach, may_send};
use practice::id::PersonId;
use practice::letter::{LetterState, tried_again};
use practice::space::INVITATION_LASTS;
use serde_json::json;
use std::time::SystemTime;

/// For how long one try has a letter to itself. Longer than the mail server is waited for, all told.
const TRYING: SignedDuration = SignedDuration::from_mins(10);

/// What one pass did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Taken by the server.
    pub sent: usize,
    /// Not sent: refused, held, or to be tried again.
    pub not_sent: usize,
}

/// Tries every letter that is due, once.
///
/// # Errors
/// Where the database refuses, or the mail server cannot be used as it was set up.
pub async fn carry(app: &App) -> Result<Carried> {
    let mut carried = Carried::default();
    let now = app.moment().now();
    if !super::goes_by_email(app) {
        return Ok(carried);
    }
    let due: Vec<DueRow> = app.db.read().await?.all(store::DUE, args![now]).await?;
    for row in due {
        let Some(claimed) = row.next_at else { continue };
        let mut tx = app.db.write().await?;
        let ours = tx.run(store::CLAIM, args![row.id, claimed.0, now + TRYING]).await? == 1;
        tx.commit().await?;
        if ours {
            let (state, answer) = try_one(app, &row).await?;
            match settle(app, &row, state, answer).await? {
                LetterState::Sent => carried.sent += 1,
                _ => carried.not_sent += 1,
            }
        }
    }
    if !app.settings.demonstration {
        let mut tx = app.db.write().await?;
        tx.run(store::EMPTY_OLD, args![now - INVITATION_LASTS]).await?;
        tx.commit().await?;
    }
    Ok(carried)
}

/// What becomes of one letter. What was true when it was written may not be any more.
async fn try_one(app: &App, row: &DueRow) -> Result<(LetterState, Option<String>)> {
    let now = app.moment().now();
    let mut conn = app.db.read().await?;
    let wanted = match row.invitation_id {
        Some(invitation) => conn.number(store::WANTED, args![invitation, now]).await? > 0,
        None => true,
    };
    let said = contact_of(&mut conn, PersonId(row.person_id)).await?;
    drop(conn);
    let (Some(to), Some(subject), Some(words), true) = (&row.address, &row.subject, &row.words, wanted)
    else {
        return Ok((LetterState::TakenBack, None));
    };
    if !may_send(Reach::Email, said.as_ref().map(|one| &one.ways)) {
        return Ok((LetterState::Held, None));
    }
    // in a demonstration nothing leaves the machine: the letter stands on a page
    let Some(server) = app.settings.mail.as_ref().filter(|_| !app.settings.demonstration) else {
        return Ok((LetterState::Sent, None));
    };
    let id = row.id.to_string();
    let letter = mail::Letter { id: &id, to, subject, words, at: SystemTime::from(now) };
    let outcome = server.send(&letter).await.map_err(|wrong| Oops::Broken(wrong.to_string()))?;
    Ok(match outcome {
        Outcome::Taken => (LetterState::Sent, None),
        Outcome::Refused(words) => (LetterState::Refused, Some(words)),
        Outcome::NotNow(words) => {
            let next = tried_again(row.tries + 1, row.since.0, now);
            (if next.is_some() { LetterState::Waiting } else { LetterState::GivenUp }, Some(words))
        }
    })
}

async fn settle(app: &App, row: &DueRow, state: LetterState, answer: Option<String>) -> Result<LetterState> {
    let mut moment = app.moment();
    let now = moment.now();
    let mut tx = app.db.write().await?;
    let next = match state {
        LetterState::Waiting => tried_again(row.tries + 1, row.since.0, now),
        _ => None,
    };
    tx.run(store::STANDS, args![row.id, state.code(), next]).await?;
    let values = args![moment.id(), row.id, row.person_id, now, state.code(), answer];
    tx.run(store::TRIED, values).await?;
    let gone = matches!(state, LetterState::Sent | LetterState::TakenBack);
    if gone && !app.settings.demonstration {
        tx.run(store::EMPTY, args![row.id]).await?;
    }
    let who = Who::program("mail");
    let payload = json!({"letter": row.id, "state": state.code(), "tries": row.tries + 1});
    let about = [PersonId(row.person_id)];
    journal::note(&mut tx, &who, &mut moment, Act { action: "try_letter", about: &about, payload }).await?;
    if matches!(state, LetterState::Refused | LetterState::GivenUp | LetterState::Held) {
        tell(&mut tx, &mut moment, row).await?;
    }
    tx.commit().await?;
    // neither the address nor what the server said of it belongs into a log
    tracing::info!(state = state.code(), tries = row.tries + 1, "a letter was tried");
    Ok(state)
}

/// Whoever wrote it should hear that it did not come.
async fn tell(tx: &mut Tx, moment: &mut Moment, row: &DueRow) -> Result<()> {
    let Some(worker) = row.made_by else { return Ok(()) };
    let link = format!("/person/{}/space", row.person_id);
    let words = "An e-mail of yours could not be sent. See why, and try again or give them a letter";
    notice::tell(tx, moment, worker.into(), Notice { kind: "letter", words, link: Some(&link) }).await
}
