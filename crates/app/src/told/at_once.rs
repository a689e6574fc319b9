//! Two people who write at once lose nothing: the text of whoever saved second is kept beside what stands, and both of
//! them are told until one of them says that nothing more is needed from it.

use super::store::{self, OtherRow};
use crate::entry::when;
use crate::journal::{Act, note};
use crate::notice::{self, Notice};
use crate::who::Signed;
use crate::{Moment, Oops, Result};
use db::{Conn, Tx, args};
use jiff::Timestamp;
use page::{Markup, Post, button, html};
use practice::id::{AccountId, PersonId, WorkerId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

const TOLD: &str = "A colleague was writing the same words of somebody's story or plan as you, at the same time. What you \
    wrote stands; what they wrote is kept beside it.";

/// A text that was not recorded, because somebody else had saved first.
#[derive(Clone, Debug)]
pub struct Other {
    /// Which.
    pub id: Uuid,
    /// Whether the reader wrote it.
    pub mine: bool,
    /// Who wrote it.
    pub name: String,
    /// What they were writing: "What helps".
    pub heading: String,
    /// What they wrote.
    pub words: String,
    /// When they sent it.
    pub at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Body {
    heading: String,
    words: String,
    earlier: Option<Uuid>,
}

/// What is to be kept.
#[derive(Clone, Copy, Debug)]
pub struct Second<'a> {
    /// Whose story or plan.
    pub person: PersonId,
    /// "story" or "plan".
    pub of: &'a str,
    /// What was being written.
    pub heading: &'a str,
    /// The words.
    pub words: &'a str,
    /// Who saved first.
    pub earlier: Option<WorkerId>,
}

/// Keeps what the second wrote beside the record, once, and tells the first on their next page.
///
/// # Errors
/// Where the database refuses.
pub async fn keep(signed: &Signed, second: Second<'_>) -> Result<()> {
    let earlier = second.earlier.filter(|worker| Some(*worker) != signed.who.worker());
    let body = Body {
        heading: second.heading.to_owned(),
        words: second.words.to_owned(),
        earlier: earlier.map(|worker| worker.0),
    };
    let body = serde_json::to_string(&body)?;
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let held: Vec<OtherRow> = tx.all(store::OTHER_TEXTS, args![second.person, second.of]).await?;
    if held.iter().any(|row| row.account_id == signed.account.0 && row.body == body) {
        return Ok(());
    }
    let id = moment.id();
    let values = args![id, second.of, second.person, signed.account, &body, moment.now()];
    tx.run(store::KEEP_TEXT, values).await?;
    if let Some(earlier) = earlier {
        let link = format!("/person/{}/{}", second.person, second.of);
        let told = Notice { kind: "other-text", words: TOLD, link: Some(&link) };
        notice::tell(&mut tx, &mut moment, earlier, told).await?;
    }
    let act = Act {
        action: "keep_other_text",
        about: &[second.person],
        payload: json!({"text": id, "what": second.of}),
    };
    note(&mut tx, &signed.who, &mut moment, act).await?;
    tx.commit().await?;
    Ok(())
}

/// The texts that the two it concerns still find beside somebody's story or plan.
///
/// # Errors
/// Where the database refuses.
pub async fn texts(conn: &mut Conn, signed: &Signed, person: PersonId, of: &str) -> Result<Vec<Other>> {
    let rows: Vec<OtherRow> = conn.all(store::OTHER_TEXTS, args![person, of]).await?;
    let me = signed.who.worker().map(|worker| worker.0);
    let mut all = vec![];
    for row in rows {
        let Ok(body) = serde_json::from_str::<Body>(&row.body) else { continue };
        let mine = row.account_id == signed.account.0;
        if mine || (body.earlier.is_some() && body.earlier == me) {
            let (heading, words) = (body.heading, body.words);
            all.push(Other { id: row.id, mine, name: row.name, heading, words, at: row.recorded_at.0 });
        }
    }
    Ok(all)
}

/// Says that nothing more is needed from a text. Only one of the two it concerns can.
///
/// # Errors
/// [`Oops::Refused`] where it is not theirs to say, or was said already.
pub async fn settle(
    tx: &mut Tx,
    signed: &Signed,
    moment: &mut Moment,
    (person, of, text): (PersonId, &str, Option<Uuid>),
) -> Result<()> {
    let held = texts(tx, signed, person, of).await?;
    let Some(text) = held.iter().find(|one| Some(one.id) == text).map(|one| one.id) else {
        return Err(Oops::Refused("Nothing of yours waits here any more".to_owned()));
    };
    tx.run(store::SETTLE_TEXT, args![text, moment.now(), person]).await?;
    let act = Act { action: "settle_other_text", about: &[person], payload: json!({"text": text}) };
    note(tx, &signed.who, moment, act).await?;
    Ok(())
}

/// Once the second has saved the same words, nothing more is needed from what they sent before.
///
/// # Errors
/// Where the database refuses.
pub async fn saved(
    tx: &mut Tx,
    moment: &Moment,
    account: AccountId,
    (person, of, heading): (PersonId, &str, &str),
) -> Result<()> {
    let rows: Vec<OtherRow> = tx.all(store::OTHER_TEXTS, args![person, of]).await?;
    for row in rows.into_iter().filter(|row| row.account_id == account.0) {
        let same = serde_json::from_str::<Body>(&row.body).is_ok_and(|body| body.heading == heading);
        if same {
            tx.run(store::SETTLE_TEXT, args![row.id, moment.now(), person]).await?;
        }
    }
    Ok(())
}

/// What a colleague saved while something was being written, for whoever saves second: who did, when, where it stands now
/// ("plan"), and their words.
pub fn newer(author: Option<&(WorkerId, String)>, (at, of): (Timestamp, &str), words: &str) -> Markup {
    let author = author.map_or("Somebody", |author| author.1.as_str());
    html! {
        section.box role="status" {
            h3 { (author) " saved this while you were writing" }
            p.soft { (when::moment(at)) ". It stands in the " (of) " now. What you wrote is below: nothing of it is lost." }
            blockquote { p.words { (words) } }
            p { "Put the two together below, keep yours in place of it, or leave it as it stands. Both of you are told." }
        }
    }
}

/// What somebody else wrote at the same time, for the two it concerns.
pub fn beside(others: &[Other], signed: &Signed, (href, of): (&str, &str)) -> Markup {
    html! {
        @for other in others {
            section.box {
                h3 { @if other.mine { "You wrote this at the same time as a colleague" } @else { (other.name) " wrote this at the same time as you" } }
                p.soft { (other.heading) ", " (when::moment(other.at)) ". It is kept here and is not part of the " (of) "." }
                blockquote { p.words { (other.words) } }
                (page::post(&Post { action: &format!("{href}/{of}/settle"), csrf: &signed.csrf, ..Post::default() }, html! {
                    input type="hidden" name="text" value=(other.id);
                    (button("Nothing more is needed from this").quiet().small())
                }))
            }
        }
    }
}
