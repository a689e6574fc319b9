//! Pieces of the story for other pages: its first lines and who has read it, on the person's page; whose story is still to
//! be read, on Today; and that it was read, as evidence for a list.

use super::store;
use crate::entry::when;
use crate::person::headers;
use crate::room::{Card, Evidence, Look};
use crate::told::{self, Story, Telling};
use crate::{Result, Who, access};
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use page::{Markup, html, link_button};
use practice::access::{Decision, Sight};
use practice::id::{PersonId, WorkerId};
use practice::story::{ReadState, StoryPart, told_ago};
use uuid::Uuid;

/// How many letters of the story stand on the person's page.
const FIRST: usize = 260;
/// Where it stands: after what is to be known, before who matters.
const PLACE: u16 = 12;
/// Where it stands on Today: first, because it comes before meeting somebody.
const FIRST_THING: u16 = 3;

/// The first words of a text, cut between words.
fn first_words(words: &str) -> String {
    let Some((end, _)) = words.char_indices().nth(FIRST) else { return words.trim().to_owned() };
    let short = words.get(..end).unwrap_or(words);
    let short = short.rsplit_once(char::is_whitespace).map_or(short, |(short, _)| short);
    format!("{} …", short.trim_end())
}

/// "Nadia Farrow has read this, 3 November", for each who has; what is new since.
pub(super) fn who_has_read(story: &Story, today: Date) -> Vec<String> {
    let one = |(by, state): (&told::ReadBy, ReadState)| match state {
        ReadState::Read { .. } => {
            Some(format!("{} has read it, {}", by.name, when::short_day(by.reading.on, today)))
        }
        ReadState::NewSince { on, new } => {
            let parts =
                if new == 1 { "1 part was told".to_owned() } else { format!("{new} parts were told") };
            Some(format!("{} read it on {}; {parts} since", by.name, when::short_day(on, today)))
        }
        ReadState::NoStory | ReadState::NotRead => None,
    };
    story.readers().into_iter().filter_map(one).collect()
}

/// The card of a person's page.
pub(super) async fn of_person(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
    let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
    if !decided.is_some_and(|decision| decision.is_allowed()) {
        return Ok(vec![]);
    }
    let story = told::story_for(conn, look.who, look.now, look.person, look.known).await?;
    let Some(header) = headers(conn, &[look.person]).await?.pop() else { return Ok(vec![]) };
    let mut href = format!("/person/{}/story", look.person);
    if look.known.is_some() {
        href.push_str(&format!("?known={}", look.today));
    }
    let all = html! { a href=(href) { "All of it" span.hid { ", the story so far" } } };
    let begins = StoryPart::ALL.iter().find_map(|part| story.part(*part).into_iter().next());
    let body = html! {
        section aria-labelledby="h-story" {
            (page::heading_row("h-story", "The story so far", all))
            @match begins {
                Some(telling) => { (beginning(telling, &story, look)) }
                None => {
                    p.soft { "Nothing is told here yet. What " (header.shown_name) " tells once stands here, so that nobody asks again." }
                }
            }
        }
    };
    Ok(vec![Card { place: PLACE, body }])
}

fn beginning(telling: &Telling, story: &Story, look: &Look<'_>) -> Markup {
    let words = first_words(&telling.words);
    let newest = story.tellings.iter().map(|one| one.told_on).max().unwrap_or(telling.told_on);
    let read = who_has_read(story, look.today);
    let mine = look.who.worker().map(|worker| story.state(worker));
    html! {
        (page::voice(&page::Voice::of(told::avatar_of(&telling.voice), &telling.voice.name, html! {
            (telling.part.plain().to_lowercase()) ", " (told_ago(telling.told_on, look.today))
        }, &words)))
        p.small.soft {
            "Last " (told_ago(newest, look.today)) ". "
            @if read.is_empty() { "Nobody has said yet that they have read it." }
            @else { (read.join(". ")) "." }
        }
        @if look.known.is_none() && matches!(mine, Some(ReadState::NotRead | ReadState::NewSince { .. })) {
            p { a href={ "/person/" (look.person) "/story" } { "Read it, and say so" } }
        }
    }
}

/// Whose story a worker should read before they meet.
struct ToRead {
    person: PersonId,
    name: String,
    state: ReadState,
}

async fn to_read(
    conn: &mut Conn,
    who: &Who,
    now: Timestamp,
    (worker, today): (WorkerId, Date),
) -> Result<Vec<ToRead>> {
    let rows: Vec<(Uuid,)> = conn.all(store::MINE, args![worker, today]).await?;
    let people: Vec<PersonId> = rows.into_iter().map(|row| row.0.into()).collect();
    let said = access::decide_many(conn, who, now, &people, Sight::Open).await?;
    let mut found = vec![];
    for person in people {
        if !said.get(&person).is_some_and(Decision::is_allowed) {
            continue;
        }
        let state = told::story_for(conn, who, now, person, None).await?.state(worker);
        if matches!(state, ReadState::NotRead | ReadState::NewSince { .. }) {
            found.push((person, state));
        }
    }
    let ids: Vec<PersonId> = found.iter().map(|one| one.0).collect();
    let names = headers(conn, &ids).await?;
    let name = |person: PersonId| names.iter().find(|one| one.id == person).map(|one| one.shown_name.clone());
    Ok(found
        .into_iter()
        .filter_map(|(person, state)| Some(ToRead { person, name: name(person)?, state }))
        .collect())
}

/// The card of Today.
pub(super) async fn of_today(conn: &mut Conn, who: &Who, now: Timestamp, today: Date) -> Result<Vec<Card>> {
    let Some(worker) = who.worker() else { return Ok(vec![]) };
    let all = to_read(conn, who, now, (worker, today)).await?;
    if all.is_empty() {
        return Ok(vec![]);
    }
    let body = html! {
        section {
            h2 { "Read before you meet" }
            ul.rows { @for one in &all { li {
                @let href = format!("/person/{}/story", one.person);
                @match one.state {
                    ReadState::NewSince { new, .. } => {
                        p {
                            b { (new) (if new == 1 { " part of " } else { " parts of " }) (one.name) "’s story " (if new == 1 { "is" } else { "are" }) " new to you." }
                            " Told since you read it."
                        }
                    }
                    ReadState::NoStory | ReadState::NotRead | ReadState::Read { .. } => {
                        p { b { "Read " (one.name) "’s story before you meet." } " It was told so that nobody has to ask again." }
                    }
                }
                p { (link_button(&href, &format!("Read {}’s story", one.name)).small()) }
            } } }
        }
    };
    Ok(vec![Card { place: FIRST_THING, body }])
}

/// That they told it, and that the responsible worker has read it.
pub(super) async fn evidence(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
    let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
    if !decided.is_some_and(|decision| decision.is_allowed()) {
        return Ok(vec![]);
    }
    let story = told::story_for(conn, look.who, look.now, look.person, look.known).await?;
    let href = format!("/person/{}/story", look.person);
    let own = story.tellings.iter().filter(|one| one.voice.by.themselves()).map(|one| one.told_on).max();
    let told = own.map(|on| Evidence {
        of: "story-told",
        words: format!("They last told it {}", told_ago(on, look.today)),
        href: href.clone(),
    });
    let mut found: Vec<Evidence> = told.into_iter().collect();
    let row: Option<(Uuid,)> = conn.maybe(store::RESPONSIBLE, args![look.person, look.today]).await?;
    let Some((worker,)) = row else { return Ok(found) };
    let readers = story.readers();
    let read =
        readers.iter().find(|(by, state)| by.worker.0 == worker && matches!(state, ReadState::Read { .. }));
    let words = |by: &told::ReadBy| {
        format!("{} has read the story so far, {}", by.name, when::short_day(by.reading.on, look.today))
    };
    found.extend(read.map(|(by, _)| Evidence { of: "story-read", words: words(by), href }));
    Ok(found)
}
