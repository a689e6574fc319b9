//! Writing down what somebody tells in one part of their story. The words are kept while they are typed. Whoever saves
//! over newer words sees both, side by side, and decides.

use super::actions::{Tell, tell};
use super::pages::{leave, query};
use super::store::{self, DraftRow};
use crate::checked;
use crate::entry::when;
use crate::form::Posted;
use crate::frame::frame;
use crate::journal::{self, Read};
use crate::told::at_once::{self, Second};
use crate::told::{self, By, Story, Telling, choose};
use crate::who::Signed;
use crate::working::{About, about};
use crate::{Oops, Result};
use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, args};
use jiff::civil::Date;
use page::{Choice, Form, FormErrors, Link, Markup, Post, Typed, button, html};
use practice::access::Sight;
use practice::id::{EntryId, PersonId};
use practice::story::{StoryPart, ToldHow};
use serde_json::Value as Json;
use uuid::Uuid;

/// Everything the form is drawn from.
struct Desk<'a> {
    signed: &'a Signed,
    about: &'a About,
    part: StoryPart,
    key: Uuid,
    voices: Vec<(By, String)>,
    entries: Vec<(EntryId, String)>,
    /// What stands there now and the form was begun from.
    held: Option<&'a Telling>,
    /// What a colleague saved while this was being written.
    newer: Option<&'a Telling>,
    saved: Option<String>,
}

fn place(id: PersonId, part: StoryPart, from: Option<Uuid>, key: Uuid) -> String {
    let from = from.map_or(String::new(), |from| format!("&from={from}"));
    format!("/person/{id}/story/tell?part={}{from}&draft={key}", part.code())
}

fn part_of(typed: &Typed) -> StoryPart {
    StoryPart::from_code(typed.get("part")).unwrap_or(StoryPart::WhoIAm)
}

fn find(story: &Story, id: Option<Uuid>) -> Option<&Telling> {
    story.tellings.iter().find(|one| Some(one.id) == id)
}

/// The fields of a new form: empty, or as it was told before.
fn begun(person: PersonId, part: StoryPart, held: Option<&Telling>, today: Date) -> Typed {
    let mut typed = Typed::default();
    typed.put("about", person.to_string());
    typed.put("part", part.code());
    typed.put_date("told", today);
    if let Some(held) = held {
        typed.put("from", held.id.to_string());
        typed.put("how", held.how.code());
        typed.put("by", held.voice.by.code());
        typed.put("by-words", held.voice.by.words().unwrap_or_default());
        typed.put("words", held.words.as_str());
        for entry in &held.rests_on {
            typed.put("entry", entry.to_string());
        }
        if held.shared {
            typed.put("shared", "yes");
        }
    } else {
        typed.put("how", ToldHow::ToldTo.code());
        typed.put("by", By::Themselves.code());
    }
    typed
}

/// `GET /person/{id}/story/tell`.
pub(super) async fn ask(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    let asked = query(&raw);
    let part = part_of(&asked);
    let from: Option<Uuid> = asked.get("from").parse().ok();
    let mut moment = signed.app.moment();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Record).await?;
    let Ok(key) = asked.get("draft").parse::<Uuid>() else {
        // the draft's key stands in the address, so that loading the page again finds the same words
        return Ok(Redirect::to(&place(id, part, from, moment.id())).into_response());
    };
    let story = told::story_for(&mut conn, &signed.who, moment.now(), id, None).await?;
    let row: Option<DraftRow> = conn.maybe(store::DRAFT, args![key, signed.account]).await?;
    if row.as_ref().is_some_and(|row| row.filed_at.is_some()) {
        return Ok(Redirect::to(&format!("/person/{id}/story")).into_response());
    }
    let saved = row.as_ref().map(|row| when::moment(row.updated_at.0));
    let typed = match row {
        Some(row) => Typed::from_pairs(serde_json::from_str::<Vec<(String, String)>>(&row.body)?),
        None => begun(id, part, find(&story, from), moment.today()),
    };
    let held = find(&story, typed.get("from").parse().ok().or(from));
    let desk = Desk { saved, ..desk(&mut conn, (&signed, &about), (part, key), (held, &typed)).await? };
    drop(conn);
    journal::read(&signed.app, &signed.who, Read::Story, &[id], &about.why, Json::Null).await?;
    Ok(desk.draw(&typed, &FormErrors::new()))
}

async fn desk<'a>(
    conn: &mut Conn,
    (signed, about): (&'a Signed, &'a About),
    (part, key): (StoryPart, Uuid),
    (held, typed): (Option<&'a Telling>, &Typed),
) -> Result<Desk<'a>> {
    let moment = signed.app.moment();
    let by = (&signed.who, moment.now());
    let person = about.header.id;
    let voices = choose::voices(conn, by, person, false).await?;
    let entries = choose::entries(conn, by, person, &choose::chosen(typed)).await?;
    Ok(Desk { signed, about, part, key, voices, entries, held, newer: None, saved: None })
}

impl Desk<'_> {
    fn draw(&self, typed: &Typed, errors: &FormErrors) -> Response {
        let name = &self.about.header.shown_name;
        let back = format!("{}/story", self.about.href);
        let label = format!("Back to {name}’s story");
        let from: Option<Uuid> = typed.get("from").parse().ok();
        let (key, page) = (self.key.to_string(), place(self.about.header.id, self.part, from, self.key));
        let action = format!("{}/story/tell", self.about.href);
        let post =
            Post { action: &action, csrf: &self.signed.csrf, draft: Some(&key), page: &page, files: false };
        let title = format!("{}: {}", name, self.part.plain());
        let body = html! {
            h2 { (self.part.plain()) }
            p.soft { "A question that may help: " (self.part.question()) " Write it together, and read it back." }
            (self.newer.map(|newer| at_once::newer(newer.author.as_ref(), (newer.recorded_at, "story"), &newer.words)).unwrap_or_default())
            (page::post(&post, self.fields(typed, errors)))
        };
        let frame_of =
            choose::asking(&title, &self.about.heading, Link { href: &back, label: &label }, errors);
        frame(self.signed, &frame_of, body)
    }

    fn fields(&self, typed: &Typed, errors: &FormErrors) -> Markup {
        let form = Form::new(typed, errors);
        let back = format!("{}/story", self.about.href);
        let hows = vec![
            Choice::new(ToldHow::ToldTo.code(), "They told me, and I wrote it down"),
            Choice::new(ToldHow::OwnWords.code(), "They wrote it, drew it or said it word for word"),
            Choice::new(ToldHow::FromEntries.code(), "I put it together from what is recorded").hint(
                "Nobody told it so. It needs the entries it comes from, and is best told anew with them",
            ),
        ];
        let press = if self.newer.is_some() { "Keep what is written here" } else { "Keep" };
        html! {
            input type="hidden" name="about" value=(self.about.header.id);
            input type="hidden" name="part" value=(self.part.code());
            input type="hidden" name="from" value=(typed.get("from"));
            @if let Some(held) = self.held {
                // one voice stays one voice: somebody else's words are added beside it
                input type="hidden" name="by" value=(held.voice.by.code());
                input type="hidden" name="by-words" value=(held.voice.by.words().unwrap_or_default());
                p { "These are " b { (held.voice.name) } "’s words. Somebody else’s stand beside them, never in them." }
            }
            (form.textarea("words", "The words").rows(10).hint("As they were said, so that they would know them again"))
            (form.radios("how", "How was it told?", hows))
            @if self.held.is_none() { (choose::voice_field(&form, "Whose words are they?", &self.voices)) }
            (page::check("shared", "yes", &format!("Told by somebody else, who is fine with {} reading it", self.about.header.shown_name), typed.has("shared", "yes")))
            (form.date("told", "On which day was it told?"))
            @if let Some(field) = choose::entries_field(&form, "What it rests on, if something is recorded", &self.entries) { (field) }
            (page::draft_bar(html! { (button(press).sends("then", "keep")) (leave(&back)) }, self.saved.as_deref()))
        }
    }
}

/// `POST /person/{id}/story/tell`.
pub(super) async fn send(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let part = part_of(typed);
    let mut moment = signed.app.moment();
    let key: Uuid = typed.get("draft").parse().unwrap_or_else(|_| moment.id());
    let mut wrong = FormErrors::new();
    let told_on = typed.date("told", "The day", &mut wrong);
    let how = ToldHow::from_code(typed.get("how"));
    wrong.require(how.is_some(), "how", "Say how it was told");
    let command = Tell {
        person: id,
        part,
        from: typed.get("from").parse().ok(),
        by: choose::voice_of(typed),
        how: how.unwrap_or(ToldHow::ToldTo),
        shared: typed.has("shared", "yes"),
        words: typed.get("words").to_owned(),
        rests_on: choose::chosen(typed),
        told_on: told_on.unwrap_or(moment.today()),
    };
    let mut tx = signed.app.db.write().await?;
    let about = about(&mut tx, signed, moment.now(), id, Sight::Record).await?;
    let done = tell(&mut tx, &signed.who, &mut moment, command.clone()).await;
    let wrong = match done {
        Ok(_) if wrong.is_empty() => {
            tx.run(store::FILE_DRAFT, args![key, signed.account, moment.now()]).await?;
            at_once::saved(&mut tx, &moment, signed.account, (id, "story", part.plain())).await?;
            tx.commit().await?;
            return Ok(Redirect::to(&format!("/person/{id}/story?done=told")).into_response());
        }
        Ok(_) => wrong,
        Err(Oops::Stale) => {
            tx.give_up().await?;
            return stale(signed, (&about, key), &command, typed).await;
        }
        Err(other) => {
            checked::wrong(other)?.iter().for_each(|(field, words)| wrong.add(field, words));
            wrong
        }
    };
    tx.give_up().await?;
    let mut conn = signed.app.db.read().await?;
    let story = told::story_for(&mut conn, &signed.who, moment.now(), id, None).await?;
    let held = find(&story, command.from);
    let desk = desk(&mut conn, (signed, &about), (part, key), (held, typed)).await?;
    drop(conn);
    Ok(desk.draw(typed, &wrong))
}

/// Somebody saved first: what was written here is kept beside it, and both stand on one page.
async fn stale(
    signed: &Signed,
    (about, key): (&About, Uuid),
    command: &Tell,
    typed: &Typed,
) -> Result<Response> {
    let now = signed.app.moment().now();
    let mut conn = signed.app.db.read().await?;
    let story = told::story_for(&mut conn, &signed.who, now, command.person, None).await?;
    let mine = |one: &&Telling| {
        one.part == command.part
            && match command.how {
                ToldHow::FromEntries => one.how == ToldHow::FromEntries,
                ToldHow::OwnWords | ToldHow::ToldTo => Some(&one.voice.by) == command.by.as_ref(),
            }
    };
    let newer = story.tellings.iter().find(mine);
    let mut again = Typed::from_pairs(typed.pairs().filter(|(name, _)| *name != "from"));
    if let Some(newer) = newer {
        again.put("from", newer.id.to_string());
    }
    let desk = desk(&mut conn, (signed, about), (command.part, key), (newer, &again)).await?;
    drop(conn);
    let second = Second {
        person: command.person,
        of: "story",
        heading: command.part.plain(),
        words: command.words.trim(),
        earlier: newer.and_then(|newer| newer.author.as_ref()).map(|author| author.0),
    };
    at_once::keep(signed, second).await?;
    let mut errors = FormErrors::new();
    errors.add("words", "A colleague saved this part while you were writing. See both, and decide");
    Ok(Desk { newer, ..desk }.draw(&again, &errors))
}
