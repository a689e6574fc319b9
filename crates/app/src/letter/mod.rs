//! The spine: writing to people of the record. A letter is printed; an e-mail waits in the same transaction as the act that
//! needs it, until the council's mail server has taken it. Whether it is safe to write at all stands here too.

mod carry;
mod contact;
mod pages;
mod pages_contact;
pub(crate) mod store;

pub use carry::{Carried, carry};
pub use contact::{Contact, contact_of, record_contact, said_of};
pub(crate) use pages::listed;

use crate::journal::{self, Act};
use crate::room::{Card, Evidence, Look, Place, Room};
use crate::{App, Moment, Oops, Result, Who};
use axum::Router;
use axum::routing::{get, post};
use db::{Conn, Tx, args};
use jiff::Timestamp;
use practice::contact::{Reach, may_send};
use practice::id::PersonId;
use practice::letter::LetterState;
use serde_json::json;
use uuid::Uuid;

/// A letter to somebody of the record.
#[derive(Clone, Debug)]
pub struct Letter {
    /// To whom.
    pub to: PersonId,
    /// The invitation whose link it holds.
    pub invitation: Uuid,
    /// To which address it goes by e-mail; none where it is printed.
    pub email: Option<String>,
    /// What stands above it.
    pub subject: String,
    /// What it says.
    pub words: String,
}

/// Whether letters go by e-mail here: the council named a mail server, or nothing leaves the machine anyway.
pub fn goes_by_email(app: &App) -> bool {
    app.settings.demonstration || app.settings.mail.is_some()
}

/// Whether this is the address of a mailbox, as far as one can tell by looking.
fn is_address(typed: &str) -> bool {
    let mut parts = typed.split('@');
    let (name, domain, more) = (parts.next(), parts.next(), parts.next());
    let whole =
        |part: &str| !part.is_empty() && !part.contains(|one: char| one.is_whitespace() || one.is_control());
    more.is_none()
        && name.is_some_and(whole)
        && domain.is_some_and(|domain| whole(domain) && domain.contains('.'))
}

/// Files a letter in the transaction of the act that needs it. An e-mail goes out from there by itself.
///
/// # Errors
/// [`Oops::Wrong`] where it is not safe to reach them this way, where nobody asked yet, or where this is no address.
pub async fn write(tx: &mut Tx, who: &Who, moment: &mut Moment, letter: Letter) -> Result<Uuid> {
    let way = if letter.email.is_some() { Reach::Email } else { Reach::Letter };
    let said = contact_of(tx, letter.to).await?;
    let (id, by) = (moment.id(), who.worker().map(|worker| worker.0));
    let state = if letter.email.is_some() { LetterState::Waiting } else { LetterState::Printed };
    if let Some(email) = &letter.email {
        if !is_address(email) {
            return Err(Oops::wrong("email", "An e-mail address looks like name@example.org"));
        }
        if !may_send(way, said.as_ref().map(|one| &one.ways)) {
            return Err(Oops::wrong("link_by", contact::refused(way, said.is_some())));
        }
    } else if said.is_some_and(|one| one.ways.letter == practice::contact::Safe::No) {
        return Err(Oops::wrong("link_by", contact::refused(way, true)));
    }
    let next = letter.email.is_some().then(|| moment.now());
    let values = args![
        id,
        letter.to,
        letter.invitation,
        way.code(),
        state.code(),
        letter.email,
        letter.subject,
        letter.words,
        by,
        moment.now(),
        next
    ];
    tx.run(store::WRITE, values).await?;
    let payload = json!({"letter": id, "way": way.code(), "invitation": letter.invitation});
    journal::note(tx, who, moment, Act { action: "write_letter", about: &[letter.to], payload }).await?;
    Ok(id)
}

/// Takes back what has not gone yet of an invitation that no longer holds. Its words are gone at once.
///
/// # Errors
/// Where the database refuses.
pub async fn take_back(tx: &mut Tx, invitation: Uuid) -> Result<()> {
    tx.run(store::TAKE_BACK, args![invitation]).await?;
    Ok(())
}

/// One letter, as a worker sees it.
#[derive(Clone, Debug)]
pub struct Written {
    /// Which.
    pub id: Uuid,
    /// How it goes: by letter or by e-mail.
    pub way: Reach,
    /// How it stands.
    pub state: LetterState,
    /// The address, of an e-mail.
    pub address: Option<String>,
    /// When it was made.
    pub made_at: Timestamp,
    /// How often it was tried.
    pub tries: i64,
    /// When it is tried next.
    pub next_at: Option<Timestamp>,
    /// What the mail server answered last.
    pub answer: Option<String>,
}

impl TryFrom<store::LetterRow> for Written {
    type Error = Oops;

    fn try_from(row: store::LetterRow) -> Result<Self> {
        let broken = || Oops::Broken(format!("letter {}", row.id));
        Ok(Self {
            id: row.id,
            way: Reach::from_code(&row.way).ok_or_else(broken)?,
            state: LetterState::from_code(&row.state).ok_or_else(broken)?,
            address: row.address,
            made_at: row.made_at.0,
            tries: row.tries,
            next_at: row.next_at.map(|at| at.0),
            answer: row.answer,
        })
    }
}

/// The letters to somebody, newest first.
///
/// # Errors
/// Where the database refuses.
pub async fn to_person(conn: &mut Conn, person: PersonId) -> Result<Vec<Written>> {
    let rows: Vec<store::LetterRow> = conn.all(store::TO_PERSON, args![person]).await?;
    rows.into_iter().map(Written::try_from).collect()
}

/// The room: letters as they stand, and what is safe.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[
            Place {
                table: "letter_try",
                person: "person_id",
                what: "try to send a letter",
                export: "SELECT tried_at, state, answer FROM letter_try WHERE person_id = $1",
                merge: "UPDATE letter_try SET person_id = $2 WHERE person_id = $1",
                dispose: "DELETE FROM letter_try WHERE person_id = $1",
                rows: None,
            },
            Place {
                table: "letter",
                person: "person_id",
                what: "letter",
                export: "SELECT way, state, address, made_by, made_at, tries FROM letter WHERE person_id = $1",
                merge: "UPDATE letter SET person_id = $2 WHERE person_id = $1",
                dispose: "DELETE FROM letter WHERE person_id = $1",
                rows: None,
            },
            crate::dated! {
                table "safe_contact", person "person_id", what "how it is safe to reach them",
                thread "person_id", words "shoulder",
                columns "letter, email, phone, message, hours, shoulder, words, recorded_by"
            },
        ]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/person/{id}/contact", get(pages_contact::show).post(pages_contact::send))
            .route("/letter/{id}/again", post(pages::again))
            .route("/administration/letters", get(pages::all))
            .route("/letters", get(pages::of_demonstration))
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        contact::card(conn, look).await
    }

    async fn evidence(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
        contact::evidence(conn, look).await
    }
}
