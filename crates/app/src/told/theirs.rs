//! The story and the plan as somebody of the family reads them in their own space: what is not for them has been taken out
//! before anything is drawn.

use super::plan::{Line, Plan, plan};
use super::store;
use super::story::{Story, Telling, story};
use super::voice::By;
use crate::Result;
use crate::entry::{self, Promised, Secrets};
use crate::person::{header, headers};
use db::{Conn, args};
use jiff::civil::Date;
use practice::id::{EntryId, PersonId, PromiseId};
use practice::person::AccessLevel;
use practice::plan::{
    LineReaders, Looker, MadeIn, Spoken, ToldLine, ToldPlan, Version, Wording, reads_any, shown, version,
};
use practice::story::may_be_shown;
use std::collections::HashSet;
use uuid::Uuid;

/// Somebody's plan, as one of the family reads it.
#[derive(Clone, Debug)]
pub struct TheirPlan {
    /// Whose plan.
    pub about: PersonId,
    /// What is left of it. A line read in the words for the child has them in place of its own.
    pub plan: Plan,
    /// The promises they read.
    pub promises: Vec<Promised>,
    /// Which version it is.
    pub version: Version,
    /// Whether they may choose the other.
    pub may_choose: bool,
}

/// Those of these people whose record is not open to find: nothing of them is shown to anybody of the family.
async fn hidden(conn: &mut Conn, people: Vec<PersonId>) -> Result<HashSet<PersonId>> {
    let found = headers(conn, &people).await?;
    let open: HashSet<PersonId> =
        found.iter().filter(|one| one.level == AccessLevel::Findable).map(|one| one.id).collect();
    Ok(people.into_iter().filter(|one| !open.contains(one)).collect())
}

/// The story of somebody as they read it themselves.
///
/// # Errors
/// Where the database refuses.
pub async fn story_of_theirs(conn: &mut Conn, person: PersonId) -> Result<Story> {
    let mut all = story(conn, person, None).await?;
    let others: Vec<PersonId> = all.tellings.iter().filter_map(|one| one.voice.by.person()).collect();
    let hidden = hidden(conn, others).await?;
    let secrets = Secrets::around_people(conn, &[person]).await?;
    all.tellings.retain(|one| {
        may_be_shown(&one.weighed(person), person)
            && one.voice.by.person().is_none_or(|other| !hidden.contains(&other))
            && (one.voice.by.themselves() || !secrets.tell_of_another(&one.words, person))
    });
    Ok(all)
}

/// What somebody told in the stories of others, each with the name of whose story it is: everyone reads their own words.
///
/// # Errors
/// Where the database refuses.
pub async fn told_about_others(conn: &mut Conn, viewer: PersonId) -> Result<Vec<(String, Vec<Telling>)>> {
    let rows: Vec<(Uuid,)> = conn.all(store::TOLD_IN, args![viewer]).await?;
    let mut all = vec![];
    for (of,) in rows {
        let of = PersonId(of);
        let Some(header) = header(conn, of).await?.filter(|one| one.level == AccessLevel::Findable) else {
            continue;
        };
        let mut told = story(conn, of, None).await?.tellings;
        told.retain(|one| one.voice.by.person() == Some(viewer) && may_be_shown(&one.weighed(of), viewer));
        all.push((header.shown_name, told));
    }
    Ok(all)
}

/// Those for whom somebody holds parental responsibility today and of whom they may know.
///
/// # Errors
/// Where the database refuses.
pub async fn responsible_for(conn: &mut Conn, viewer: PersonId, today: Date) -> Result<Vec<PersonId>> {
    let rows: Vec<(Uuid,)> = conn.all(store::RESPONSIBLE_FOR, args![viewer, today]).await?;
    Ok(rows.into_iter().map(|row| row.0.into()).collect())
}

fn spoken(by: &By, about: PersonId) -> Spoken {
    match by {
        By::Themselves => Spoken::Person(about),
        By::Person(person) => Spoken::Person(*person),
        By::Worker(_) => Spoken::Service,
        By::Words(_) => Spoken::Other,
    }
}

fn promiser(one: &Promised) -> Spoken {
    match (one.by.person, one.by.worker) {
        (Some(person), _) => Spoken::Person(person),
        (None, Some(_)) => Spoken::Service,
        (None, None) => Spoken::Other,
    }
}

/// Which promises somebody reads in the entries they were made in.
async fn read_elsewhere(
    conn: &mut Conn,
    viewer: PersonId,
    promises: &[Promised],
) -> Result<HashSet<PromiseId>> {
    let entries: Vec<EntryId> = promises.iter().filter_map(|one| one.entry).collect();
    let read = entry::of_theirs(conn, viewer, &entries).await?;
    Ok(read.iter().flat_map(|one| &one.whole.promises).map(|one| one.id).collect())
}

/// Somebody's plan as `viewer` reads it on a day; none where nothing of it is for them. Absent and kept from them are the same.
///
/// # Errors
/// Where the database refuses.
pub async fn plan_of_theirs(
    conn: &mut Conn,
    (viewer, about): (PersonId, PersonId),
    (today, chose_whole): (Date, bool),
) -> Result<Option<TheirPlan>> {
    let themselves = viewer == about;
    let responsible = !themselves && responsible_for(conn, viewer, today).await?.contains(&about);
    if !themselves && !responsible {
        return Ok(None);
    }
    let birth = header(conn, about).await?.and_then(|one| one.birth);
    let age = birth.and_then(|birth| birth.age_on(today));
    let looker = Looker { person: viewer, responsible, version: version(age, chose_whole) };
    let may_choose = themselves && version(age, true) != version(age, false);
    let mut all = plan(conn, about, None).await?;
    leave_out_hidden(conn, &mut all).await?;
    let promises = entry::every_promise_about(conn, about).await?;
    let read = read_elsewhere(conn, viewer, &promises).await?;
    let Some((mut plan, mut promises)) = narrowed(&looker, (about, all), promises, &read) else {
        return Ok(None);
    };
    // whatever anybody chose: where somebody else lives, or how to reach them, reaches nobody by this
    let secrets = Secrets::around_people(conn, &[viewer, about]).await?;
    let may =
        |by: Spoken, words: &str| by == Spoken::Person(viewer) || !secrets.tell_of_another(words, viewer);
    plan.lines.retain(|one| may(spoken(&one.voice.by, about), &one.words));
    plan.views.retain(|one| may(spoken(&one.voice.by, about), one.words.as_deref().unwrap_or_default()));
    promises.retain(|one| may(promiser(one), &one.what));
    Ok(Some(TheirPlan { about, plan, promises, version: looker.version, may_choose }))
}

/// Takes out the words of others whose record is not open to find.
async fn leave_out_hidden(conn: &mut Conn, all: &mut Plan) -> Result<()> {
    let voices = all.lines.iter().map(|one| &one.voice);
    let voices =
        voices.chain(all.scales.iter().map(|one| &one.voice)).chain(all.views.iter().map(|one| &one.voice));
    let others: Vec<PersonId> = voices.filter_map(|voice| voice.by.person()).collect();
    let hidden = hidden(conn, others).await?;
    let open = |by: &By| by.person().is_none_or(|other| !hidden.contains(&other));
    all.lines.retain(|one| open(&one.voice.by));
    all.scales.retain(|one| open(&one.voice.by));
    all.views.retain(|one| open(&one.voice.by));
    Ok(())
}

/// What the rule lets through; none where that is nothing.
fn narrowed(
    looker: &Looker,
    (about, mut all): (PersonId, Plan),
    mut promises: Vec<Promised>,
    read: &HashSet<PromiseId>,
) -> Option<(Plan, Vec<Promised>)> {
    let lines: Vec<ToldLine> = all.lines.iter().map(|one| told_line(one, about)).collect();
    let numbers: Vec<(Uuid, Spoken)> =
        all.scales.iter().map(|one| (one.goal, spoken(&one.voice.by, about))).collect();
    let views: Vec<Spoken> = all.views.iter().map(|one| spoken(&one.voice.by, about)).collect();
    let made = |one: &Promised| match one.entry {
        Some(_) => MadeIn::Entry { read: read.contains(&one.id) },
        None => MadeIn::Plan,
    };
    let told: Vec<(Spoken, MadeIn)> = promises.iter().map(|one| (promiser(one), made(one))).collect();
    let whole = ToldPlan { about, lines: &lines, numbers: &numbers, views: &views, promises: &told };
    let seen = shown(looker, &whole);
    if !reads_any(&seen) {
        return None;
    }
    keep(&mut all.scales, &seen.numbers);
    keep(&mut all.views, &seen.views);
    keep(&mut promises, &seen.promises);
    let mut wordings = seen.lines.iter();
    all.lines.retain_mut(|one| match wordings.next().copied().flatten() {
        None => false,
        Some(Wording::AsWritten) => true,
        Some(Wording::ForChild) => {
            one.words = one.child_words.take().unwrap_or_default();
            true
        }
    });
    Some((all, promises))
}

fn told_line(one: &Line, about: PersonId) -> ToldLine {
    let for_child = one.child_words.as_deref().is_some_and(|words| !words.trim().is_empty());
    ToldLine { line: one.line, by: spoken(&one.voice.by, about), readers: one.readers, for_child }
}

/// Keeps of a list what is read.
fn keep<T>(all: &mut Vec<T>, read: &[bool]) {
    let mut read = read.iter();
    all.retain(|_| read.next() == Some(&true));
}

/// Who may read a line where the form did not say it.
pub(crate) fn usual(by: &By, about: PersonId) -> LineReaders {
    practice::plan::usual_readers(spoken(by, about))
}
