//! A meeting as the people themselves see it in their own spaces. Who sees it is decided by [`practice::meeting::shown`];
//! nothing that tells where another lives or how to reach them goes along, and nobody is named whose record is hidden.

use super::read::{Meeting, meetings};
use crate::Result;
use crate::entry::Secrets;
use db::Conn;
use jiff::civil::{Date, Time};
use practice::id::{PersonId, WorkerId};
use practice::meeting::{Around, CanDo, Comes, MeetingKind, MeetingWay, shown, told_on};
use uuid::Uuid;

/// A meeting, for one of those who may see it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Which.
    pub meeting: Uuid,
    /// Whom it is about, where that is not the one who reads.
    pub about: Option<String>,
    /// Whom it is about: what is written of it goes to their workers.
    pub person: PersonId,
    /// Their colour.
    pub hue: i64,
    /// What it is.
    pub kind: MeetingKind,
    /// The day.
    pub on: Date,
    /// The time, once one is agreed.
    pub at: Option<Time>,
    /// How people meet.
    pub way: MeetingWay,
    /// Where, if it may be told.
    pub place: Option<String>,
    /// A place is known that is not told here: somebody else lives there.
    pub place_kept: bool,
    /// Why.
    pub why: Option<String>,
    /// What they can do.
    pub can: Vec<CanDo>,
    /// The day it was for before it was moved.
    pub moved_from: Option<Date>,
    /// Why it was moved or called off.
    pub changed_why: Option<String>,
    /// It will not be.
    pub called_off: bool,
    /// Who will be there besides.
    pub there: Vec<SeenGuest>,
    /// What the one who reads said about coming.
    pub comes: Option<Comes>,
}

/// Somebody who will be there.
#[derive(Clone, Debug)]
pub struct SeenGuest {
    /// Their name.
    pub name: String,
    /// What they do.
    pub does: Option<String>,
    /// Which worker, where they work for the council.
    pub worker: Option<WorkerId>,
    /// One or two letters, and their colour.
    pub avatar: (String, i64),
}

/// What somebody sees of what is planned with them, by day.
///
/// # Errors
/// Where the database refuses.
pub async fn seen(conn: &mut Conn, viewer: PersonId, today: Date) -> Result<Vec<Seen>> {
    let mut all = meetings(conn, viewer, None).await?;
    all.retain(|one| {
        let there = one.people();
        let around = Around { about: one.person, hidden: one.hidden, readers: one.readers, there: &there };
        shown(viewer, &around) && told_on(&one.dated(), today)
    });
    let mut seen = vec![];
    for one in all {
        let mut people = one.people();
        people.extend([one.person, viewer]);
        let secrets = Secrets::around_people(conn, &people).await?;
        seen.push(narrowed(viewer, one, &secrets));
    }
    Ok(seen)
}

/// Without what is not for this reader.
fn narrowed(viewer: PersonId, one: Meeting, secrets: &Secrets) -> Seen {
    let told = |words: Option<String>| words.filter(|words| !secrets.tell_of_another(words, viewer));
    let had_place = one.place.is_some();
    let place = told(one.place);
    let there = one.there.into_iter().filter(|guest| guest.person != Some(viewer) && !guest.hidden);
    let there = there.filter_map(|guest| {
        Some(SeenGuest {
            name: told(Some(guest.name))?,
            does: told(guest.does),
            worker: guest.worker,
            avatar: guest.avatar,
        })
    });
    Seen {
        meeting: one.meeting,
        about: (one.person != viewer).then_some(one.name),
        person: one.person,
        hue: one.avatar.1,
        kind: one.kind,
        on: one.on,
        at: one.at,
        way: one.way,
        place_kept: had_place && place.is_none(),
        place,
        there: there.collect(),
        why: told(Some(one.why)),
        can: one.can,
        moved_from: one.moved_from,
        changed_why: told(one.changed_why),
        called_off: one.called_off,
        comes: one.said.iter().find(|said| said.by == viewer).map(|said| said.comes),
    }
}
