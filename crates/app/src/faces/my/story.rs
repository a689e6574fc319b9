//! Somebody's story so far, as they read it: what was told in each part, when and by whom, what it comes from, and who has
//! read it. They say what is not right or is to be added; a worker tells it anew with them, and nothing is overwritten.

use super::draw::{first, heading};
use super::people::{Near, near};
use crate::entry::{self, Theirs, when};
use crate::form::PostedOwn;
use crate::frame::hue;
use crate::journal::{self, Act};
use crate::own_frame::{OwnFrame, ago, day, own_frame};
use crate::space::{self, Asked};
use crate::told::{self, Story, Telling};
use crate::who::Mine;
use crate::{Oops, Result};
use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use language::Words;
use maud::{Markup, html};
use page::{Avatar, Field, FormErrors, Post, Typed, Voice, button, buttons};
use practice::id::EntryId;
use practice::space::Concern;
use practice::story::{ReadState, StoryPart, ToldHow};
use serde_json::json;

fn part_words(words: &Words, part: StoryPart) -> String {
    match part {
        StoryPart::WhoIAm => words.story_part_who_i_am(),
        StoryPart::WhatHasHappened => words.story_part_what_has_happened(),
        StoryPart::WhoMatters => words.story_part_who_matters(),
        StoryPart::WhatHelps => words.story_part_what_helps(),
        StoryPart::WhatMakesItHarder => words.story_part_harder(),
        StoryPart::WhatIWant => words.story_part_what_i_want(),
    }
}

/// Everything the page is drawn from.
struct Page<'a> {
    mine: &'a Mine,
    story: Story,
    sources: Vec<(EntryId, Theirs)>,
    others: Vec<(String, Vec<Telling>)>,
    near: Vec<Near>,
    today: Date,
}

/// `GET /my/story`
pub(super) async fn show(mine: Mine) -> Result<Response> {
    page_of(&mine, None).await
}

async fn page_of(mine: &Mine, said: Option<&str>) -> Result<Response> {
    let app = &mine.app;
    let today = app.moment().today();
    let mut conn = app.db.read().await?;
    let story = told::story_of_theirs(&mut conn, mine.person).await?;
    let mut sources = vec![];
    for entry in story.tellings.iter().flat_map(|one| &one.rests_on) {
        if sources.iter().all(|(held, _)| held != entry) {
            let read = entry::of_theirs(&mut conn, mine.person, &[*entry]).await?;
            sources.extend(read.into_iter().map(|one| (*entry, one)));
        }
    }
    let others = told::told_about_others(&mut conn, mine.person).await?;
    let near = near(&mut conn, mine.person, today).await?;
    drop(conn);
    let act = Act { action: "open_own_story", about: &[mine.person], payload: json!({"why": "themselves"}) };
    journal::reading(app, &mine.who, act).await?;
    let title = mine.words.story_title();
    let page = Page { mine, story, sources, others, near, today };
    let frame = OwnFrame { title: &title, part: "/my/story", said, ..OwnFrame::default() };
    Ok(own_frame(mine, &frame, page.draw()))
}

impl Page<'_> {
    fn draw(&self) -> Markup {
        let words = self.mine.words;
        html! {
            h1 { (words.story_heading()) }
            p.lead { (words.story_lead()) }
            @for part in StoryPart::ALL {
                @let name = part_words(words, *part);
                @let told = self.story.part(*part);
                section {
                    h2 { (name) }
                    @if told.is_empty() { p.soft { (words.story_nothing()) } }
                    @for one in told { (self.telling(one)) }
                    p { a href={ "/my/story/" (part.code()) } { (words.story_say()) span.hid { ": " (name) } } }
                }
            }
            (self.readers())
            @for (name, told) in &self.others {
                section {
                    h2 { (words.story_of_others(name)) }
                    @for one in told { h3 { (part_words(words, one.part)) } (self.telling(one)) }
                }
            }
        }
    }

    fn telling(&self, one: &Telling) -> Markup {
        let words = self.mine.words;
        let own = one.voice.by.themselves() || one.voice.by.person() == Some(self.mine.person);
        let ago = ago(words, one.told_on, self.today);
        let name = first(&one.voice.name);
        let said = match one.how {
            ToldHow::FromEntries => words.story_put_together(name, &ago),
            ToldHow::OwnWords | ToldHow::ToldTo if own => words.story_you_told(&ago),
            ToldHow::OwnWords | ToldHow::ToldTo => words.story_other_told(name, &ago),
        };
        let sources: Vec<&Theirs> = self
            .sources
            .iter()
            .filter(|(entry, _)| one.rests_on.contains(entry))
            .map(|(_, theirs)| theirs)
            .collect();
        let avatar = Avatar::of(&one.voice.initials, hue(one.voice.hue));
        let form =
            if one.how == ToldHow::OwnWords { words.read_voice_wrote() } else { words.read_voice_said() };
        let worker = one.how == ToldHow::FromEntries;
        html! {
            (page::voice(&Voice { worker, ..Voice::of(avatar, name, html! { (form) }, &one.words) }))
            p.small.soft { (said) }
            @if !sources.is_empty() {
                p.small { (words.story_from()) }
                ul.small { @for source in sources {
                    li { a href={ "/my/read/" (source.whole.entry.thread) } {
                        (heading(self.mine, source)) ", " (day(words, when::day_of(source.whole.entry.happened_at), self.today))
                    } }
                } }
            }
        }
    }

    /// Who has read it and when; who works with them and has not yet; how often they had to tell something again.
    fn readers(&self) -> Markup {
        let words = self.mine.words;
        if self.story.tellings.is_empty() {
            return html! {};
        }
        let read = self.story.readers();
        let unread: Vec<&Near> =
            self.near.iter().filter(|one| self.story.state(one.worker) == ReadState::NotRead).collect();
        let again = i64::try_from(self.story.again.len()).unwrap_or(i64::MAX);
        html! {
            section {
                h2 { (words.story_who_read()) }
                @if read.is_empty() { p { (words.story_nobody_read()) } }
                ul {
                    @for (one, state) in &read {
                        @let on = day(words, one.reading.on, self.today);
                        li { @match state {
                            ReadState::NewSince { .. } => { (words.story_read_by_new(first(&one.name), &on)) }
                            ReadState::NoStory | ReadState::NotRead | ReadState::Read { .. } => { (words.story_read_by(first(&one.name), &on)) }
                        } }
                    }
                    @for one in unread { li { (words.story_not_read(first(&one.name))) } }
                }
                @if again > 0 { p { (words.story_again(again)) } }
            }
        }
    }
}

fn part_of(code: &str) -> Result<StoryPart> {
    StoryPart::from_code(code).ok_or(Oops::NotFound)
}

/// `GET /my/story/{part}`
pub(super) async fn form(mine: Mine, Path(part): Path<String>) -> Result<Response> {
    form_page(&mine, part_of(&part)?, (&Typed::default(), &FormErrors::new())).await
}

async fn form_page(mine: &Mine, part: StoryPart, (typed, errors): (&Typed, &FormErrors)) -> Result<Response> {
    let app = &mine.app;
    let today = app.moment().today();
    let mut conn = app.db.read().await?;
    let story = told::story_of_theirs(&mut conn, mine.person).await?;
    drop(conn);
    let page = Page { mine, story, sources: vec![], others: vec![], near: vec![], today };
    let words = mine.words;
    let (title, error) = (words.story_say_title(), words.frame_error());
    let action = format!("/my/story/{}", part.code());
    let field = Field::textarea("words", words.story_say_words()).hint(words.disagree_words_hint()).rows(6);
    let body = html! {
        h1 { (part_words(words, part)) }
        p.lead { (words.story_say_lead()) }
        @for one in page.story.part(part) { (page.telling(one)) }
        (page::post(&Post { action: &action, csrf: &mine.csrf, ..Post::default() }, html! {
            (field.value(typed.get("words")).errors(errors).error_word(&error))
            (buttons(html! { (button(&words.write_button())) }))
        }))
    };
    let frame = OwnFrame { title: &title, part: "/my/story", errors: Some(errors), ..OwnFrame::default() };
    Ok(own_frame(mine, &frame, body))
}

/// `POST /my/story/{part}`
pub(super) async fn send(Path(part): Path<String>, posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = &posted;
    let part = part_of(&part)?;
    let mut moment = mine.app.moment();
    let mut tx = mine.app.db.write().await?;
    let title = format!("{}: {}", mine.words.story_title(), part_words(mine.words, part));
    let asked = Asked {
        about: mine.person,
        words: typed.get("words").to_owned(),
        only: vec![],
        files: vec![],
        concerns: Some((Concern::Story(part), title)),
    };
    match space::ask(&mut tx, &mine.who, &mut moment, asked).await {
        Ok(question) => {
            tx.commit().await?;
            let said = mine.words.write_sent(&day(mine.words, question.answer_by, moment.today()));
            page_of(mine, Some(&said)).await
        }
        Err(Oops::Wrong(_)) => {
            tx.give_up().await?;
            let mut errors = FormErrors::new();
            errors.add("words", mine.words.write_missing());
            form_page(mine, part, (typed, &errors)).await
        }
        Err(other) => Err(other),
    }
}
