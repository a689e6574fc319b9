//! A person's pages: who they are, who matters to them, everything known of them, and changing it.

mod about;
mod at_once;
mod bonds;
mod change;
mod facts;
mod head;
mod overview;
mod people;
mod photo;
mod sheet;

pub use head::{PersonTabs, Tab, age, day, heading, whose};

use super::seek::helped;
use super::{Header, Profile, found_name, header, profile};
use crate::journal::{Act, Read, read, reading};
use crate::room::{Look, Place, Room};
use crate::who::Signed;
use crate::{App, Oops, Result, access};
use access::Reach;
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use db::Conn;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::Markup;
use practice::access::{Answer, Decision, Reason, Sight, WayOn};
use practice::calendar::{end_of_day, london_day};
use practice::id::PersonId;
use serde::Deserialize;
use serde_json::json;

/// The pages of people, as a room.
pub struct Here;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        super::appears::PLACES
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/person/{id}", get(overview::show))
            .route("/person/{id}/people", get(people::show))
            .route("/person/{id}/people/add", get(people::add))
            .route("/person/{id}/about", get(about::show))
            .route("/person/{id}/photo/{photo}", get(photo::show))
            .route("/person/{id}/photo", get(photo::ask).post(photo::keep))
            .route("/person/{id}/change/{what}", get(change::ask).post(change::send))
            .route("/person/{id}/change/{what}/{which}", get(change::ask_one).post(change::send_one))
    }
}

/// What a page of a person is asked for.
#[derive(Default, Deserialize)]
pub(crate) struct Asked {
    /// What was just done, by its short key.
    #[serde(default)]
    pub(crate) done: Option<String>,
    /// As known at the end of this day.
    #[serde(default)]
    pub(crate) known: Option<String>,
}

/// A person's record, open to the reader.
pub(super) struct Whole {
    pub(super) profile: Profile,
    pub(super) now: Timestamp,
    pub(super) known: Option<Timestamp>,
    known_on: Option<Date>,
    pub(super) may_change: bool,
    page: &'static str,
    /// Why the reader may be here.
    why: Reason,
}

/// What a person's page turned out to be for this reader.
pub(super) enum Opened {
    /// The record.
    Whole(Box<Whole>),
    /// No more than that they exist.
    Findable(Box<Response>),
}

/// What anyone who may find somebody learns.
pub(super) struct FindableCard {
    pub(super) header: Header,
    pub(super) name: String,
    pub(super) helped: Option<String>,
    pub(super) why: &'static str,
    pub(super) may_break: bool,
}

impl Whole {
    /// Notes that the record was read: after the reads, before the answer.
    pub(super) async fn journal(&self, signed: &Signed) -> Result<()> {
        let person = self.profile.header.id;
        let more = json!({"page": self.page, "known": self.known_on});
        read(&signed.app, &signed.who, Read::Person, &[person], &self.why, more).await
    }

    pub(super) fn notices(&self) -> Vec<Markup> {
        let header = &self.profile.header;
        self.known_on
            .map(|on| overview::known_notice(header.id, &header.shown_name, on))
            .into_iter()
            .collect()
    }
}

/// Opens a person's record for a page, or makes the page of somebody who may only be found. Absent and
/// hidden answer alike.
pub(super) async fn open(
    signed: &Signed,
    person: PersonId,
    asked: &Asked,
    page: &'static str,
) -> Result<Opened> {
    open_and_read(signed, person, asked, page).await.map(|(opened, _)| opened)
}

/// The same, with the snapshot it was read in: who may see what need not be asked again for the rest of the page.
/// Nobody writes while they hold it.
pub(super) async fn open_and_read(
    signed: &Signed,
    person: PersonId,
    asked: &Asked,
    page: &'static str,
) -> Result<(Opened, Option<Conn>)> {
    let now = signed.app.moment().now();
    let mut conn = signed.app.db.read().await?;
    let reach = Reach::of(&mut conn, &signed.who, now).await?;
    let standings = reach.standings(&mut conn, &[person]).await?;
    let standing = standings.get(&person).ok_or(Oops::NotFound)?;
    let decided = reach.decide(standing, Sight::Open);
    if let Decision::Refused(refusal) = decided {
        let exists = reach.decide(standing, Sight::Exists).is_allowed();
        if !exists || refusal.answer() != Answer::Say {
            return Err(access::let_on(Some(Decision::Refused(refusal))).err().unwrap_or(Oops::NotFound));
        }
        let header = header(&mut conn, person).await?.ok_or(Oops::NotFound)?;
        let names = super::facts::names(&mut conn, person, None).await?;
        let helped = helped(&mut conn, &[person], london_day(now)).await?;
        drop(conn);
        let payload = json!({"page": page, "refused": refusal.why()});
        reading(&signed.app, &signed.who, Act { action: "find_person", about: &[person], payload }).await?;
        let card = FindableCard {
            name: found_name(&names, &header, london_day(now)),
            header,
            helped: helped.get(&person).and_then(super::seek::Helped::sentence),
            why: refusal.sentence(),
            may_break: refusal.way_on() == Some(WayOn::BreakGlass),
        };
        return Ok((Opened::Findable(Box::new(overview::findable(signed, &card))), None));
    }
    let why = access::let_on(Some(decided))?;
    let may_change = reach.decide(standing, Sight::ChangePerson).is_allowed();
    let known_on: Option<Date> = asked.known.as_deref().and_then(|day| day.parse().ok());
    let known_on = known_on.filter(|day| *day < london_day(now));
    let known = known_on.map(end_of_day);
    let look = Look { who: &signed.who, person, today: known_on.unwrap_or(london_day(now)), now, known };
    let profile = profile(&mut conn, &look).await?;
    let may_change = may_change && known.is_none();
    let whole = Whole { profile, now, known, known_on, may_change, page, why };
    Ok((Opened::Whole(Box::new(whole)), Some(conn)))
}

/// Opens a record for a page that changes it, and notes that it was read.
pub(super) async fn may_change(signed: &Signed, person: PersonId) -> Result<Box<Whole>> {
    let now = signed.app.moment().now();
    let mut conn = signed.app.db.read().await?;
    let why = access::require(&mut conn, &signed.who, now, person, Sight::ChangePerson).await?;
    let look = Look { who: &signed.who, person, today: london_day(now), now, known: None };
    let profile = profile(&mut conn, &look).await?;
    drop(conn);
    let whole = Whole { profile, now, known: None, known_on: None, may_change: true, page: "change", why };
    whole.journal(signed).await?;
    Ok(Box::new(whole))
}

/// What was just done, in a sentence.
pub(crate) fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "added" => "The record is begun.",
        "recorded" => "Recorded.",
        "corrected" => "Corrected. What was there before stays readable.",
        "ended" => "Ended. It stays readable.",
        "renewed" => "Kept, with a new review date.",
        "withdrawn" => "Taken back. It stays readable as known before.",
        "same-number" => {
            "Recorded. Somebody else has the same number: one of the records is wrong, or both are of the same person. Check both."
        }
        "photo" => "The photo is kept.",
        "settled" => "Settled. The record stands as it is.",
        "promise" => "What became of the promise is recorded.",
        _ => return None,
    })
}
