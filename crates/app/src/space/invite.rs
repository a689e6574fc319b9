//! Inviting somebody to a space of their own, taking it back, and shutting it at once.

use super::store;
use crate::entry::when::day_of;
use crate::journal::{self, Act};
use crate::letter::{self, Letter};
use crate::who::{code_hash, token_hash};
use crate::{App, Moment, Oops, Result, Who, access};
use data_encoding::BASE64URL_NOPAD;
use db::{Tx, args};
use jiff::Timestamp;
use jiff::civil::Date;
use practice::access::Sight;
use practice::contact::{Verdict, may_reach, reach_of};
use practice::id::PersonId;
use practice::space::{CODE_ALPHABET, CODE_LETTERS, INVITATION_LASTS, InSpace, Way, may_be};
use serde_json::json;
use uuid::Uuid;

/// Who is invited to whose space.
#[derive(Clone, Debug)]
pub struct Invite {
    /// Who comes in.
    pub comes: PersonId,
    /// Whose space it is.
    pub of: PersonId,
    /// As what.
    pub part: InSpace,
    /// Why, of those who act for somebody.
    pub reason: Option<String>,
    /// Until when, of those who act for somebody.
    pub until: Option<Date>,
    /// Of those who act for somebody: may read, may write for them.
    pub limits: (bool, bool),
    /// How the link goes.
    pub link_by: Way,
    /// To which address, where it goes by e-mail.
    pub email: Option<String>,
    /// The language of the letter: a code of one that there is.
    pub language: &'static str,
    /// How the code is said.
    pub code_by: Way,
}

/// The two halves of an invitation: seen once, kept nowhere.
#[derive(Clone, Debug)]
pub struct Invited {
    /// Which invitation.
    pub id: Uuid,
    /// The link's secret.
    pub token: String,
    /// What is said: "K7M-2QV".
    pub code: String,
    /// Until when both work.
    pub until: Timestamp,
}

fn code(moment: &mut Moment) -> String {
    let letter = |byte: &u8| CODE_ALPHABET.get(usize::from(byte & 31)).copied();
    let letters: Vec<u8> = moment.bytes32().iter().take(CODE_LETTERS).filter_map(letter).collect();
    letters.chunks(3).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

/// Invites somebody. An earlier invitation of theirs to the same space no longer works.
///
/// # Errors
/// As access says; [`Oops::Wrong`] where link and code would go by one way, or an end or a reason is missing.
pub async fn invite(tx: &mut Tx, who: &Who, moment: &mut Moment, invite: Invite) -> Result<Invited> {
    let worker = who.worker().map(|worker| worker.0);
    access::require(tx, who, moment.now(), invite.of, Sight::Steps).await?;
    if invite.comes != invite.of {
        access::require(tx, who, moment.now(), invite.comes, Sight::Exists).await?;
    }
    if !may_be(invite.part, invite.comes, invite.of) {
        return Err(Oops::wrong("part", "Say what this person is to them"));
    }
    if !Way::LINK.contains(&invite.link_by) || !Way::CODE.contains(&invite.code_by) {
        return Err(Oops::wrong(
            "code_by",
            "Say the code face to face or by phone; the link goes another way",
        ));
    }
    if invite.part == InSpace::Proxy && (invite.reason.is_none() || invite.until.is_none()) {
        return Err(Oops::wrong("reason", "Say why they act for this person, and until when"));
    }
    if invite.part == InSpace::Proxy && invite.limits == (false, false) {
        return Err(Oops::wrong("limits", "Say whether they may read, write, or both"));
    }
    if invite.until.is_some_and(|until| until < moment.today()) {
        return Err(Oops::wrong("until", "Choose a day that is still to come"));
    }
    if invite.link_by == Way::Email && invite.email.is_none() {
        return Err(Oops::wrong("email", "Say to which address the link goes"));
    }
    can_be_told(tx, &invite).await?;
    take_back_earlier(tx, moment, (invite.comes, invite.of)).await?;
    let token = BASE64URL_NOPAD.encode(&moment.bytes32());
    let (id, code): (Uuid, String) = (moment.id(), code(moment));
    let until = moment.now() + INVITATION_LASTS;
    let values = args![
        id,
        invite.comes,
        invite.of,
        invite.part.code(),
        invite.reason.as_deref(),
        invite.until,
        invite.link_by.code(),
        invite.email.as_deref().filter(|_| invite.link_by == Way::Email),
        invite.code_by.code(),
        &token_hash(&token),
        &code_hash(&token, &code),
        worker,
        moment.now(),
        until,
        invite.limits.0,
        invite.limits.1
    ];
    tx.run(store::INVITE, values).await?;
    let payload = json!({
        "invitation": id, "part": invite.part.code(), "link_by": invite.link_by.code(),
        "code_by": invite.code_by.code(), "comes": invite.comes, "space_of": invite.of, "until": invite.until
    });
    let act = Act { action: "invite_to_space", about: &[invite.of, invite.comes], payload };
    journal::note(tx, who, moment, act).await?;
    Ok(Invited { id, token, code, until })
}

/// A call can be as unsafe as a letter.
async fn can_be_told(tx: &mut Tx, invite: &Invite) -> Result<()> {
    let Some(reach) = reach_of(invite.code_by) else { return Ok(()) };
    let said = letter::contact_of(tx, invite.comes).await?;
    if may_reach(reach, said.as_ref().map(|one| &one.ways)) == Verdict::Never {
        return Err(Oops::wrong("code_by", "They said that a call is not safe. Say the code face to face"));
    }
    Ok(())
}

async fn take_back_earlier(tx: &mut Tx, moment: &Moment, (comes, of): (PersonId, PersonId)) -> Result<()> {
    let earlier: Vec<(Uuid,)> = tx.all(store::EARLIER, args![comes, of]).await?;
    for (earlier,) in earlier {
        letter::take_back(tx, earlier).await?;
    }
    tx.run(store::TAKE_BACK_EARLIER, args![comes, of, moment.now()]).await?;
    Ok(())
}

/// What the letter with the link says: nothing that tells whoever else opens it what it is about.
pub(super) fn words_of(app: &App, language: &str, made: &Invited) -> (String, Vec<String>, String) {
    let words = language::speak(language);
    let link = format!("{}/my/come-in/{}", app.settings.public_url, made.token);
    let day = crate::own_frame::day(words, day_of(made.until), app.moment().today());
    let lines = vec![
        words.letter_hello(),
        words.letter_lead(),
        words.letter_code(),
        words.letter_until(&day),
        words.letter_not_you(),
    ];
    (words.letter_subject(), lines, link)
}

/// Invites somebody, and writes the letter with the link in the same transaction: to be printed, or to go by e-mail.
///
/// # Errors
/// As [`invite`]; [`Oops::Wrong`] where it is not safe to reach them so.
pub async fn invite_by_letter(
    app: &App,
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    whom: Invite,
) -> Result<Invited> {
    let (to, language) = (whom.comes, whom.language);
    let email = whom.email.clone().filter(|_| whom.link_by == Way::Email);
    let made = invite(tx, who, moment, whom).await?;
    let (subject, lines, link) = words_of(app, language, &made);
    let mut words = lines;
    words.insert(2.min(words.len()), link);
    let words = words.join("\n\n");
    // a printed letter is seen once; only in a demonstration is there a page to see it on again
    let kept = if email.is_some() || app.settings.demonstration { words } else { String::new() };
    let letter = Letter { to, invitation: made.id, email, subject, words: kept };
    letter::write(tx, who, moment, letter).await?;
    Ok(made)
}

/// Takes an invitation back.
///
/// # Errors
/// As access says; [`Oops::NotFound`] where it was used or taken back already.
pub async fn take_back(tx: &mut Tx, who: &Who, moment: &mut Moment, id: Uuid) -> Result<PersonId> {
    let row: Option<(Uuid, Uuid)> = tx.maybe(store::ONE_INVITATION, args![id]).await?;
    let (of, comes) = row.map(|(of, comes)| (PersonId(of), PersonId(comes))).ok_or(Oops::NotFound)?;
    access::require(tx, who, moment.now(), of, Sight::Steps).await?;
    tx.run(store::TAKE_BACK, args![id, moment.now()]).await?;
    letter::take_back(tx, id).await?;
    let act =
        Act { action: "take_back_invitation", about: &[of, comes], payload: json!({ "invitation": id }) };
    journal::note(tx, who, moment, act).await?;
    Ok(of)
}

/// Shuts a space to somebody, at once: whoever is in it is out with their next press.
///
/// # Errors
/// As access says; [`Oops::NotFound`] where it was shut already; [`Oops::Wrong`] without a reason.
pub async fn shut(tx: &mut Tx, who: &Who, moment: &mut Moment, (id, why): (Uuid, &str)) -> Result<PersonId> {
    let row: Option<(Uuid, Uuid)> = tx.maybe(store::ONE_IN, args![id]).await?;
    let (of, comes) = row.map(|(of, comes)| (PersonId(of), PersonId(comes))).ok_or(Oops::NotFound)?;
    access::require(tx, who, moment.now(), of, Sight::Steps).await?;
    let why = why.trim();
    if why.is_empty() {
        return Err(Oops::wrong("why", "Say why. They can ask to see it"));
    }
    tx.run(store::SHUT, args![id, moment.now(), why]).await?;
    tx.run(store::END_SESSIONS_OF, args![comes, moment.now()]).await?;
    let payload = json!({"in_space": id, "why": crate::entry::hash_of(why)});
    journal::note(tx, who, moment, Act { action: "shut_space", about: &[of, comes], payload }).await?;
    Ok(of)
}
