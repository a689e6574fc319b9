//! Whom an entry is about, and everyone who stands ready to be chosen beside them: family, colleagues.

use super::store;
use crate::entry::{self, Whole, family, when};
use crate::person::{Header, headers};
use crate::{Oops, Result, Who, access, clock};
use db::{Conn, args};
use jiff::{Timestamp, civil::Date};
use practice::access::{Sight, counts_as_child};
use practice::clock::{Done, State};
use practice::entry::{Part, PromiseState};
use practice::episode::EpisodeKind;
use practice::id::{PersonId, WorkerId};
use practice::person::PersonKind;
use practice::recording::PersonDraft;
use uuid::Uuid;

/// Someone whom the entry is about.
pub(super) struct About {
    pub(super) header: Header,
    /// A child who has been born: a visit must say whether they were seen.
    pub(super) child: bool,
    /// "His or her visit is due on Wednesday 25 November", when one runs.
    pub(super) due: Option<String>,
}

/// Everyone around one entry.
pub(super) struct Circle {
    pub(super) about: Vec<About>,
    /// Their family, those not in `about`.
    pub(super) family: Vec<Header>,
    /// Staff who may have been there or be named.
    pub(super) workers: Vec<(WorkerId, String)>,
}

impl Circle {
    /// Everyone who may be chosen as an owner of words or of a promise.
    pub(super) fn people(&self) -> impl Iterator<Item = &Header> {
        self.about.iter().map(|one| &one.header).chain(&self.family)
    }

    pub(super) fn person(&self, id: PersonId) -> Option<&Header> {
        self.people().find(|one| one.id == id)
    }
}

/// Gathers the circle of an entry about these people. Says no where one of them may not be recorded about.
pub(super) async fn circle(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    about: &[PersonId],
    older: Option<&Whole>,
) -> Result<Circle> {
    let today = when::day_of(now);
    let reach = access::Reach::of(conn, who, now).await?;
    let standings = reach.standings(conn, about).await?;
    for person in about {
        let decision = standings.get(person).map(|standing| reach.decide(standing, Sight::Record));
        access::let_on(decision)?;
    }
    let mut others: Vec<PersonId> = vec![];
    for &person in about {
        for one in family(conn, who, now, person).await? {
            if !others.contains(&one) && !about.contains(&one) {
                others.push(one);
            }
        }
    }
    for one in older.iter().flat_map(|whole| &whole.entry.people) {
        if !others.contains(&one.person) && !about.contains(&one.person) {
            others.push(one.person);
        }
    }
    let mut found = vec![];
    for header in headers(conn, about).await? {
        let child = child(conn, &header, today).await?;
        let due = due(conn, header.id, today).await?;
        found.push(About { header, child, due });
    }
    if found.len() != about.len() {
        return Err(Oops::NotFound);
    }
    let workers = workers(conn, who, about, older, today).await?;
    Ok(Circle { about: found, family: headers(conn, &others).await?, workers })
}

/// Those whom an entry is about, as the rules of recording look at them, in the order given. Says no where one of
/// them may not be recorded about.
///
/// # Errors
/// [`Oops::NotFound`] and [`Oops::NotAllowed`] as access says.
pub async fn drafted(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    about: &[PersonId],
) -> Result<Vec<PersonDraft>> {
    let today = when::day_of(now);
    let reach = access::Reach::of(conn, who, now).await?;
    let standings = reach.standings(conn, about).await?;
    for person in about {
        access::let_on(standings.get(person).map(|standing| reach.decide(standing, Sight::Record)))?;
    }
    let mut drafts = Vec::with_capacity(about.len());
    for header in headers(conn, about).await? {
        drafts.push(PersonDraft {
            person: header.id,
            name: header.shown_name.clone(),
            part: Part::About,
            child: child(conn, &header, today).await?,
            kind: header.kind,
            birth: header.birth,
            seen: None,
            not_seen_why: String::new(),
        });
    }
    Ok(drafts)
}

/// Whether each of these works here or did.
///
/// # Errors
/// Where the database refuses.
pub async fn are_workers(conn: &mut Conn, workers: &[WorkerId]) -> Result<bool> {
    for worker in workers {
        if conn.maybe::<(Uuid, String)>(store::WORKER, args![*worker]).await?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn child(conn: &mut Conn, header: &Header, today: Date) -> Result<bool> {
    if header.kind == PersonKind::Unborn {
        return Ok(false);
    }
    let kinds: Vec<(String,)> = match header.birth {
        Some(_) => vec![],
        None => conn.all(store::OPEN_KINDS, args![header.id, today]).await?,
    };
    let kinds: Vec<EpisodeKind> = kinds.iter().filter_map(|row| EpisodeKind::from_code(&row.0)).collect();
    Ok(counts_as_child(header.kind, header.birth, &kinds, today))
}

/// The visit that is due next, in words.
async fn due(conn: &mut Conn, person: PersonId, today: Date) -> Result<Option<String>> {
    let clocks = clock::running_of(conn, person, today).await?;
    let visits = clocks.iter().filter(|kept| matches!(kept.clock.awaits, Done::Seen | Done::SeenAtVisit));
    Ok(visits.min_by_key(|kept| kept.clock.due).map(|next| {
        let day = when::day(next.clock.due, today);
        match next.state {
            State::Late { by } if by.n == 0 => format!("The visit was due on {day} and is late."),
            State::Late { by } => format!("The visit was due on {day} and is {by}."),
            _ => format!("The visit is still due by {day}."),
        }
    }))
}

async fn workers(
    conn: &mut Conn,
    who: &Who,
    about: &[PersonId],
    older: Option<&Whole>,
    today: Date,
) -> Result<Vec<(WorkerId, String)>> {
    let mut all: Vec<(Uuid, String)> = vec![];
    for person in about {
        all.extend(conn.all::<(Uuid, String)>(store::WORK_WITH, args![person, today]).await?);
    }
    if let Some(me) = who.worker() {
        all.extend(conn.all::<(Uuid, String)>(store::COLLEAGUES, args![me, today]).await?);
    }
    let there =
        older.iter().flat_map(|whole| &whole.entry.workers).map(|one| (one.worker.0, one.name.clone()));
    all.extend(there);
    all.sort_by(|one, other| (&one.1, one.0).cmp(&(&other.1, other.0)));
    all.dedup();
    let mut workers: Vec<(WorkerId, String)> = all.into_iter().map(|(id, name)| (id.into(), name)).collect();
    if let Some(me) = who.worker() {
        // whoever writes was there as a rule; in what is corrected that stands as it was recorded
        let held = older.iter().flat_map(|whole| &whole.entry.workers).any(|one| one.worker == me);
        workers.retain(|one| one.0 != me || held);
    }
    Ok(workers)
}

/// Open promises that concern these people: what to have in mind while there.
pub(super) async fn in_mind(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    circle: &Circle,
) -> Result<Vec<entry::Promised>> {
    let mut all = vec![];
    for one in &circle.about {
        let promises = entry::promises_about(conn, who, now, one.header.id).await?;
        all.extend(promises.into_iter().filter(|one| one.state == PromiseState::Open));
    }
    all.truncate(6);
    Ok(all)
}
