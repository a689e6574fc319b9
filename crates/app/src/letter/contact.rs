//! How it is safe to reach somebody: what they said of letters, e-mails, calls and messages, at what hours, who may be
//! reading or listening, and what to say. It is shown to workers alone, wherever they are about to reach them.

use super::store::{self, ContactRow};
use crate::entry::when;
use crate::journal::{self, Act};
use crate::room::{Card, Evidence, Look};
use crate::{Moment, Oops, Result, Who, access};
use db::{Conn, Tx, args};
use jiff::Timestamp;
use maud::{Markup, html};
use practice::access::Sight;
use practice::contact::{Reach, Safe, SafeContact, Verdict, may_reach};
use practice::id::PersonId;
use serde_json::json;

/// In the side column of the person's page, before anything that one might send.
const PLACE: u16 = 101;
/// The most letters of each of their own words.
const LONGEST: usize = 500;

/// How it is safe to reach somebody, as it was last recorded.
#[derive(Clone, Debug)]
pub struct Contact {
    /// What they said of each way.
    pub ways: SafeContact,
    /// At what hours.
    pub hours: Option<String>,
    /// Who may be reading or listening.
    pub shoulder: Option<String>,
    /// What to say and what not to.
    pub words: Option<String>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who recorded it.
    pub recorder: Option<String>,
}

impl TryFrom<ContactRow> for Contact {
    type Error = Oops;

    fn try_from(row: ContactRow) -> Result<Self> {
        let safe = |code: &str| {
            Safe::from_code(code).ok_or_else(|| Oops::Broken(format!("safe_contact {}", row.id)))
        };
        let ways = SafeContact {
            letter: safe(&row.letter)?,
            email: safe(&row.email)?,
            phone: safe(&row.phone)?,
            message: safe(&row.message)?,
        };
        Ok(Self {
            ways,
            hours: row.hours,
            shoulder: row.shoulder,
            words: row.words,
            recorded_at: row.recorded_at.0,
            recorder: row.recorder,
        })
    }
}

/// How it is safe to reach somebody; none where nobody asked.
///
/// # Errors
/// Where the database refuses.
pub async fn contact_of(conn: &mut Conn, person: PersonId) -> Result<Option<Contact>> {
    let row: Option<ContactRow> = conn.maybe(store::CONTACT, args![person]).await?;
    row.map(Contact::try_from).transpose()
}

/// That somebody asked how it is safe to reach them.
pub(super) async fn evidence(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
    let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
    if !decided.is_some_and(|decision| decision.is_allowed()) {
        return Ok(vec![]);
    }
    let asked = contact_of(conn, look.person).await?;
    let words =
        |one: &Contact| format!("Asked {}", when::short_day(when::day_of(one.recorded_at), look.today));
    let href = format!("/person/{}", look.person);
    Ok(asked
        .iter()
        .map(|one| Evidence { of: "safe-contact", words: words(one), href: href.clone() })
        .collect())
}

/// Records how it is safe to reach somebody. What was recorded before stays readable.
///
/// # Errors
/// As access says; [`Oops::Wrong`] where words are longer than a page shows.
pub async fn record_contact(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (person, ways): (PersonId, SafeContact),
    [hours, shoulder, words]: [Option<&str>; 3],
) -> Result<()> {
    access::require(tx, who, moment.now(), person, Sight::Steps).await?;
    for (field, said) in [("hours", hours), ("shoulder", shoulder), ("words", words)] {
        if said.is_some_and(|said| said.chars().count() > LONGEST) {
            return Err(Oops::wrong(field, "Say it in fewer words: it is read in a hurry"));
        }
    }
    let by = who.worker().map(|worker| worker.0);
    tx.run(store::CONTACT_OVER, args![person, moment.now()]).await?;
    let id = moment.id();
    let values = args![
        id,
        person,
        ways.letter.code(),
        ways.email.code(),
        ways.phone.code(),
        ways.message.code(),
        hours,
        shoulder,
        words,
        by,
        moment.now()
    ];
    tx.run(store::CONTACT_KEEP, values).await?;
    let payload = json!({"safe_contact": id});
    journal::note(tx, who, moment, Act { action: "record_safe_contact", about: &[person], payload }).await?;
    Ok(())
}

/// Why a letter or an e-mail is not written.
pub(super) const fn refused(way: Reach, asked: bool) -> &'static str {
    match (way, asked) {
        (_, true) => "They said that it is not safe to reach them this way. Choose another",
        (Reach::Email, false) => {
            "Ask them first whether e-mail is safe: who else reads it? Record what they say under “Safe contact”, then send it"
        }
        _ => "Ask them first whether this is safe, and record it under “Safe contact”",
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Safe => "yes",
        Verdict::AskFirst => "only after asking each time",
        Verdict::NotAsked => "nobody has asked",
        Verdict::Never => "no, never",
    }
}

/// What to know before reaching somebody, as it stands wherever that is about to happen.
pub fn said_of(person: PersonId, said: Option<&Contact>) -> Markup {
    let href = format!("/person/{person}/contact");
    html! {
        @match said {
            None => {
                p { b { "Nobody has asked yet whether it is safe to write or ring." } " Ask before you send anything: who else opens the post, reads the phone, hears the call?" }
                p { a href=(href) { "Ask, and record it" } }
            }
            Some(one) => {
                ul.plain { @for way in Reach::ALL {
                    @let answer = may_reach(*way, Some(&one.ways));
                    li { (way.plain()) ": " @if answer == Verdict::Safe { (verdict(answer)) } @else { b { (verdict(answer)) } } }
                } }
                @if let Some(hours) = &one.hours { p { b { "When: " } (hours) } }
                @if let Some(shoulder) = &one.shoulder { p { b { "Who may be reading or listening: " } (shoulder) } }
                @if let Some(words) = &one.words { p { b { "What to say: " } (words) } }
                p.soft.small { "Asked " (when::moment(one.recorded_at)) @if let Some(by) = &one.recorder { " by " (by) } ". " a href=(href) { "Change" } }
            }
        }
    }
}

/// On the person's page.
pub(super) async fn card(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
    if look.known.is_some() {
        return Ok(vec![]);
    }
    let said = contact_of(conn, look.person).await?;
    let body = html! {
        section aria-labelledby="safe-contact" {
            h2 #safe-contact { "Safe contact" }
            (said_of(look.person, said.as_ref()))
        }
    };
    Ok(vec![Card { place: PLACE, body }])
}
