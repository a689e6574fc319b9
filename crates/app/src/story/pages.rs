//! The page of somebody's story: its six parts, now or as known on a day; who has read it; what is asked of it.

use super::actions::read_story;
use super::ask::{self, Found};
use super::cards::who_has_read;
use crate::access;
use crate::entry::{self, when};
use crate::form::Posted;
use crate::frame::Frame;
use crate::journal::{self, Read};
use crate::moment::end_of;
use crate::paper;
use crate::person::pages::{Tab, whose};
use crate::told::at_once::{self, Other};
use crate::told::{self, Story, Telling, avatar_of, choose};
use crate::who::Signed;
use crate::working::{About, about};
use crate::{Oops, Result};
use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect, Response};
use db::Conn;
use jiff::civil::Date;
use page::{FormErrors, Markup, Post, Typed, Voice, button, html, link_button};
use practice::access::{Decision, Sight};
use practice::id::{EntryId, PersonId};
use practice::story::{ReadState, StoryPart, StoryTimes, ToldHow, again, told_ago};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "told" => "Kept. What stood there before stays readable.",
        "read" => "Written down: you have read this story.",
        "again" => "Written down: they had to tell it again.",
        "settled" => "Put away.",
        "nothing" => "Nothing was changed.",
        _ => return None,
    })
}

/// Everything the page shows.
struct Shown<'a> {
    signed: &'a Signed,
    about: &'a About,
    story: &'a Story,
    asked: &'a Typed,
    wrong: &'a FormErrors,
    /// The day for which "today" stands.
    today: Date,
    /// The day as of which it is read, if that is past.
    known: Option<Date>,
    may_tell: bool,
    entries: HashMap<EntryId, String>,
    others: Vec<Other>,
    found: Option<Found<'a>>,
}

/// What a page was asked for.
pub(super) fn query(raw: &RawQuery) -> Typed {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(raw.0.as_deref().unwrap_or("")).unwrap_or_default();
    Typed::from_pairs(pairs)
}

/// `GET /person/{id}/story`.
pub(super) async fn show(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    let moment = signed.app.moment();
    let now = moment.now();
    let (asked, mut wrong) = (query(&raw), FormErrors::new());
    let known = choose::known_on(&asked, moment.today(), &mut wrong);
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, now, id, Sight::Open).await?;
    let story = told::story_for(&mut conn, &signed.who, now, id, known.and_then(end_of)).await?;
    let may_tell = access::decide(&mut conn, &signed.who, now, id, Sight::Record).await?;
    let may_tell = known.is_none() && may_tell.as_ref().is_some_and(Decision::is_allowed);
    let linked: Vec<EntryId> = story
        .tellings
        .iter()
        .flat_map(|one| one.rests_on.iter().copied())
        .chain(story.again.iter().filter_map(|one| one.entry))
        .collect();
    let entries = entry::in_few_words(&mut conn, &signed.who, now, &linked).await?;
    let others = match known {
        None => at_once::texts(&mut conn, &signed, id, "story").await?,
        Some(_) => vec![],
    };
    let found = find(&mut conn, &signed, id, (&story, asked.some("ask"))).await?;
    drop(conn);
    let more = json!({"known": known, "asked": found.is_some()});
    journal::read(&signed.app, &signed.who, Read::Story, &[id], &about.why, more).await?;
    let today = known.unwrap_or(moment.today());
    let (signed, about, story, asked, wrong) = (&signed, &about, &story, &asked, &wrong);
    let shown = Shown { signed, about, story, asked, wrong, today, known, may_tell, entries, others, found };
    shown.draw(said(asked.get("done")))
}

/// `GET /person/{id}/story/pdf`: the same page, as a file.
pub(super) async fn pdf(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    paper::taken(&signed, id, "story").await?;
    let app = signed.app.clone();
    paper::answer(&app, "The story so far", show(signed, Path(id), raw).await?).await
}

async fn find<'a>(
    conn: &mut Conn,
    signed: &Signed,
    id: PersonId,
    (story, question): (&'a Story, Option<&str>),
) -> Result<Option<Found<'a>>> {
    let Some(question) = question.filter(|words| !words.trim().is_empty()) else { return Ok(None) };
    let now = signed.app.moment().now();
    ask::find(conn, (&signed.who, now), id, story, question).await.map(Some)
}

impl Shown<'_> {
    fn name(&self) -> &str {
        &self.about.header.shown_name
    }

    fn draw(&self, said: Option<&str>) -> Result<Response> {
        let times = StoryTimes::usual().map_err(|wrong| Oops::Broken(wrong.to_owned()))?;
        let title = format!("{} story so far", whose(self.name()));
        let body = html! {
            .cols {
                div {
                    h2 { (title) }
                    (choose::past(self.known, &format!("{}/story", self.about.href)))
                    (self.nothing_yet())
                    (at_once::beside(&self.others, self.signed, (&self.about.href, "story")))
                    @if let Some(found) = &self.found { (self.found(found)) }
                    @else { p.small.no-print { a href="#f-ask" { "What are you about to ask? See what is told already" } } }
                    @for part in StoryPart::ALL { (self.part(*part, times)) }
                    (self.reading())
                }
                aside.no-print aria-label="Before you ask" {
                    (self.asking())
                    (self.how_often())
                    (choose::day_form(&format!("{}/story", self.about.href), self.known, (self.asked, self.wrong)))
                }
            }
        };
        let errors = Some(self.wrong).filter(|wrong| !wrong.is_empty());
        let page = Frame { title: &title, said, errors, ..Frame::default() };
        Ok(self.about.page(self.signed, Some(Tab::Story), page, body))
    }

    fn nothing_yet(&self) -> Markup {
        html! {
            @if self.known.is_none() && self.story.tellings.is_empty() {
                (page::empty("Nothing is told here yet", html! {
                    "What " (self.name()) " tells once stands here in their words, so that no new worker has to ask again. Begin with any part, together."
                }))
            }
        }
    }

    fn part(&self, part: StoryPart, times: &StoryTimes) -> Markup {
        let tellings = self.story.part(part);
        let add = format!("{}/story/tell?part={}", self.about.href, part.code());
        let heading = format!("h-{}", part.code());
        html! {
            section aria-labelledby=(heading) {
                h3 id=(heading) { (part.plain()) }
                @if tellings.is_empty() { p.soft { "Not told yet." } }
                @for telling in &tellings { (self.telling(telling, times)) }
                @if self.may_tell {
                    p.no-print.small {
                        a href=(add) {
                            @if tellings.is_empty() { "Write down what is told" } @else { "Add somebody else’s words" }
                            span.hid { ": " (part.plain()) }
                        }
                    }
                }
            }
        }
    }

    fn telling(&self, telling: &Telling, times: &StoryTimes) -> Markup {
        let ask = self.known.is_none() && times.ask_again(telling.part, telling.told_on, self.today);
        let change =
            format!("{}/story/tell?part={}&from={}", self.about.href, telling.part.code(), telling.id);
        let links: Vec<(&EntryId, &String)> =
            telling.rests_on.iter().filter_map(|id| self.entries.get_key_value(id)).collect();
        let hidden = telling.rests_on.len() - links.len();
        let below = html! {
            @if !links.is_empty() || hidden > 0 {
                p.small.soft {
                    "Rests on "
                    @for (at, (id, words)) in links.iter().enumerate() {
                        @if at > 0 { "; " } a href={ "/entry/" (id) } { (words) }
                    }
                    @if hidden > 0 { @if !links.is_empty() { "; and " } (hidden) " more that you may not read" }
                    "."
                }
            }
            @if ask || self.may_tell {
                p.small.no-print {
                    @if ask { (page::tag(page::Tag::Plain, "Has anything changed?")) " " }
                    @if self.may_tell { a href=(change) { "Tell it anew" span.hid { ": " (telling.part.plain()) ", " (telling.voice.name) } } }
                }
            }
        };
        let voice = Voice {
            worker: telling.how == ToldHow::FromEntries,
            below: Some(below),
            ..Voice::of(
                avatar_of(&telling.voice),
                &telling.voice.name,
                form(telling, self.today),
                &telling.words,
            )
        };
        page::voice(&voice)
    }

    /// Who has read it, and the button that says so.
    fn reading(&self) -> Markup {
        let read = who_has_read(self.story, self.today);
        let action = format!("{}/story/read", self.about.href);
        let held: Vec<String> = self.story.tellings.iter().map(|one| one.id.to_string()).collect();
        let state = self.signed.who.worker().map(|worker| self.story.state(worker));
        let post = Post { action: &action, csrf: &self.signed.csrf, ..Post::default() };
        let asks =
            self.known.is_none() && matches!(state, Some(ReadState::NotRead | ReadState::NewSince { .. }));
        html! {
            @if !self.story.tellings.is_empty() {
                section.tightly {
                    h3 { "Who has read it" }
                    @if read.is_empty() { p.soft { "Nobody has said yet that they have read it." } }
                    @else { ul.plain { @for one in &read { li { (one) "." } } } }
                    @if asks {
                        p.no-print { (self.name()) " sees who has read their story." }
                        (page::post(&post, html! {
                            input type="hidden" name="held" value=(held.join(" "));
                            (button(&format!("I have read {} story", whose(self.name()))))
                        }))
                    }
                    .btns.no-print {
                        (page::print_button("Print"))
                        (paper::link(&self.signed.app, paper::may_take(&self.about.why), &choose::same_day(&format!("{}/story/pdf", self.about.href), self.known)))
                    }
                }
            }
        }
    }

    /// "What are you about to ask?"
    fn asking(&self) -> Markup {
        let typed = self.found.as_ref().map_or("", |found| found.question.as_str());
        html! {
            form.box method="get" action={ (self.about.href) "/story" } {
                h2 { "What are you about to ask?" }
                (page::Field::search("ask", "In a few words").value(typed)
                    .hint("You see what has been told already, so that nobody has to tell it again"))
                .btns { (button("Look").small()) }
            }
        }
    }

    fn found(&self, found: &Found<'_>) -> Markup {
        let nothing = found.tellings.is_empty() && found.entries.is_empty();
        html! {
            section.box aria-labelledby="h-found" role="status" {
                h3 id="h-found" {
                    @if found.sought.is_empty() { "Say a little more" }
                    @else if nothing { "Nothing of this is told yet" }
                    @else { "“You have told us this”" }
                }
                @if found.sought.is_empty() { p { "There is no word in this to look for. Say what it is about." } }
                @else if nothing { p { "Ask kindly, and write down what is told, so that you are the last to ask." } }
                @for telling in &found.tellings {
                    (page::voice(&Voice::of(avatar_of(&telling.voice), &telling.voice.name, html! {
                        (telling.part.plain().to_lowercase()) ", " (told_ago(telling.told_on, self.today))
                    }, &telling.words)))
                }
                @if !found.entries.is_empty() {
                    h4 { "And in what is recorded" }
                    ul.rows { @for whole in &found.entries { li {
                        p { a href={ "/entry/" (whole.entry.id) } { (entry::heading(&whole.entry)) } }
                        @for said in whole.statements.iter().take(2) { p.small { b { (said.owner.name) } " “" (said.words) "”" } }
                    } } }
                }
                p.small { a href={ (self.about.href) "/story" } { "Close this" } }
            }
        }
    }

    /// How often they had to tell something again.
    fn how_often(&self) -> Markup {
        let days: Vec<Date> = self.story.again.iter().map(|one| one.on).collect();
        html! {
            section.box {
                h2 { "Told again" }
                @match again(&days, self.today) {
                    None => { p { "Not once that we know of." } }
                    Some(words) => {
                        p { b { (self.name()) } " had to " (words) "." }
                        (page::details("What, and why", html! {
                            ul { @for one in self.story.again.iter().rev() {
                                li {
                                    (when::short_day(one.on, self.today)) ": " (one.what) ". " (one.why)
                                    @if let Some((id, words)) = one.entry.and_then(|id| self.entries.get_key_value(&id)) {
                                        " " a href={ "/entry/" (id) } { (words) }
                                    }
                                }
                            } }
                        }))
                    }
                }
                @if self.may_tell { p.small { a href={ (self.about.href) "/story/again" } { "They had to tell it again" } } }
            }
        }
    }
}

/// How something came into the story, and how long ago.
fn form(telling: &Telling, today: Date) -> Markup {
    let author = telling.author.as_ref().map_or("somebody", |author| author.1.as_str());
    let age = told_ago(telling.told_on, today);
    html! {
        @match telling.how {
            ToldHow::OwnWords => { "in their own words, " (age) }
            ToldHow::ToldTo => { "as " (author) " wrote it down, " (age) }
            ToldHow::FromEntries => { "put this together from what is recorded, " (age) }
        }
        @if telling.shared { " (may be read by the person)" }
    }
}

/// `POST /person/{id}/story/read`.
pub(super) async fn read(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let signed = &posted.signed;
    let mut moment = signed.app.moment();
    let seen: Vec<Uuid> = told::between(posted.typed.get("held"));
    let mut tx = signed.app.db.write().await?;
    read_story(&mut tx, &signed.who, &mut moment, (id, &seen)).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/person/{id}/story?done=read")).into_response())
}

/// `POST /person/{id}/story/settle`.
pub(super) async fn settle(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let text: Option<Uuid> = posted.typed.get("text").parse().ok();
    let signed = &posted.signed;
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    access::require(&mut tx, &signed.who, moment.now(), id, Sight::Record).await?;
    at_once::settle(&mut tx, signed, &mut moment, (id, "story", text)).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/person/{id}/story?done=settled")).into_response())
}

/// A link that leads back.
pub(super) fn leave(href: &str) -> Markup {
    html! { (link_button(href, "Leave it").quiet()) }
}
