//! The spaces of others that somebody comes in to: as an advocate, a carer, for another service, or for the person. What is
//! there was given to them, and why; a proxy reads and writes for the person, within limits.

use super::draw::{first, heading};
use crate::entry::{self, Theirs, paragraphs, when};
use crate::form::PostedOwn;
use crate::frame::hue;
use crate::journal::{self, Act};
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::space::{self, Asked, Coming, Gift};
use crate::told;
use crate::who::Mine;
use crate::{Oops, Result};
use axum::extract::Path;
use axum::response::Response;
use db::Conn;
use jiff::civil::Date;
use language::Words;
use maud::{Markup, html};
use page::{Avatar, Field, FormErrors, Post, Typed, Voice, button, buttons};
use practice::entrusted::{Given, Part, Wanted, may_read, may_write};
use practice::entry::Readers;
use practice::id::{EntryId, PersonId};
use practice::space::InSpace;
use practice::story::ToldHow;
use serde_json::json;

/// How much is looked at for what may be read.
const LOOKED_AT: u32 = 60;

/// One space of somebody else, with what was given there.
struct Space {
    coming: Coming,
    given: Vec<Gift>,
    today: Date,
}

impl Space {
    fn may(&self, wanted: Wanted) -> bool {
        let rules: Vec<Given> = self.given.iter().map(|gift| gift.rule).collect();
        may_read(&self.coming.rule, &rules, wanted, self.today)
    }

    fn may_write(&self) -> bool {
        may_write(&self.coming.rule, self.today)
    }

    fn may_entry(&self, theirs: &Theirs) -> bool {
        let (thread, private) = (theirs.whole.entry.thread, theirs.private_to(self.coming.of));
        theirs.account && self.may(Wanted::Written { thread, private })
    }
}

/// The space, while they come in to it. Anything else is not there.
async fn enter(conn: &mut Conn, mine: &Mine, of: PersonId) -> Result<Space> {
    let today = mine.app.moment().today();
    let coming = space::spaces_of(conn, mine.person, today).await?.into_iter().find(|one| one.of == of);
    let coming = coming.ok_or(Oops::NotFound)?;
    let given = space::given(conn, of, mine.person, today).await?;
    Ok(Space { coming, given, today })
}

/// Every page of it is noted, for the person to see.
async fn noted(mine: &Mine, space: &Space, what: serde_json::Value) -> Result<()> {
    let mut payload = json!({"why": space.coming.rule.part.code(), "for": space.coming.of});
    payload["read"] = what;
    let act = Act { action: "open_space_for", about: &[space.coming.of], payload };
    journal::reading(&mine.app, &mine.who, act).await
}

fn part_words(words: &Words, part: InSpace) -> String {
    match part {
        InSpace::Own => words.others_part_own(),
        InSpace::Proxy => words.others_part_proxy(),
        InSpace::Advocate => words.others_part_advocate(),
        InSpace::Partner => words.others_part_partner(),
        InSpace::Carer => words.others_part_carer(),
    }
}

/// `GET /my/spaces`
pub(super) async fn list(mine: Mine) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let all = space::spaces_of(&mut conn, mine.person, today).await?;
    drop(conn);
    let words = mine.words;
    let title = words.others_title();
    let body = html! {
        h1 { (words.others_heading()) }
        @if all.is_empty() { p.lead { (words.others_none()) } }
        (page::rows(&all.iter().map(|one| page::who(
            page::avatar(&Avatar::of(&one.avatar.0, hue(one.avatar.1))),
            html! {
                p { b { a href={ "/my/for/" (one.of) } { (one.name) } } ". " (part_words(words, one.rule.part)) }
                @if let Some(until) = one.rule.to { p.soft { (words.others_until(&day(words, until, today))) } }
            },
        )).collect::<Vec<_>>()))
    };
    Ok(own_frame(&mine, &OwnFrame { title: &title, part: "/my/spaces", ..OwnFrame::default() }, body))
}

/// `GET /my/for/{person}`
pub(super) async fn show(mine: Mine, Path(of): Path<PersonId>) -> Result<Response> {
    page_of(&mine, of, None).await
}

async fn page_of(mine: &Mine, of: PersonId, said: Option<&str>) -> Result<Response> {
    let mut conn = mine.app.db.read().await?;
    let space = enter(&mut conn, mine, of).await?;
    let mut written = entry::lately_theirs(&mut conn, of, LOOKED_AT).await?;
    // what was given one by one may be older than what is looked at
    for thread in space.given.iter().filter_map(|gift| gift.rule.one) {
        if written.iter().all(|one| one.whole.entry.thread != thread) {
            written.extend(entry::one_of_theirs(&mut conn, of, thread).await?);
        }
    }
    written.retain(|one| space.may_entry(one));
    let story = if space.may(Wanted::Story) { story(&mut conn, of).await? } else { vec![] };
    let plan = if space.may(Wanted::Plan) { plan(&mut conn, (of, space.today)).await? } else { vec![] };
    let asked = questions(&mut conn, &space).await?;
    drop(conn);
    noted(mine, &space, json!({"entries": written.len(), "story": story.len(), "plan": plan.len()})).await?;
    let words = mine.words;
    let title = words.others_title();
    let name = first(&space.coming.name);
    let body = html! {
        h1 { (words.others_space_heading(name)) }
        p.lead { (part_words(words, space.coming.rule.part)) }
        (given_list(mine, &space))
        @if space.may_write() { p { a.btn href={ "/my/for/" (of) "/write" } { (words.others_write(name)) } } }
        @if !story.is_empty() { section { h2 { (words.others_story()) } @for one in &story { (one) } } }
        @if !plan.is_empty() { section { h2 { (words.others_plan()) } ul { @for one in &plan { li { (one) } } } } }
        @if space.may_write() && space.may(Wanted::Plan) { p { a href={ "/my/not-right?what=plan&of=" (of) } { (words.not_right_plan()) } } }
        @if !asked.is_empty() { section { h2 { (words.others_questions()) } @for one in &asked { (one) } } }
        @if !written.is_empty() { section {
            h2 { (words.others_written()) }
            ul.plain { @for one in &written {
                @let entry = &one.whole.entry;
                li { p { a href={ "/my/for/" (of) "/read/" (entry.thread) } { (heading(mine, one)) ", " (day(words, when::day_of(entry.happened_at), space.today)) } } }
            } }
        } }
        @if story.is_empty() && plan.is_empty() && asked.is_empty() && written.is_empty() { p { (words.others_nothing()) } }
    };
    let frame = OwnFrame { title: &title, part: "/my/spaces", said, ..OwnFrame::default() };
    Ok(own_frame(mine, &frame, body))
}

fn what(words: &Words, part: Part) -> String {
    match part {
        Part::Story => words.given_story(),
        Part::Plan => words.given_plan(),
        Part::Written => words.given_written(),
        Part::Questions => words.given_questions(),
        Part::One => words.given_one(),
    }
}

/// What was given, by whom and why.
fn given_list(mine: &Mine, space: &Space) -> Markup {
    let words = mine.words;
    html! { @if !space.given.is_empty() {
        section.box.box--ground {
            h2 { (words.others_given()) }
            ul { @for gift in &space.given {
                li {
                    (what(words, gift.rule.part))
                    @match &gift.worker {
                        Some(worker) => { ", " (words.others_given_worker(first(worker))) }
                        None => { ", " (words.others_given_person(first(&space.coming.name))) }
                    }
                    @if let Some(reason) = &gift.reason { ": " (reason) }
                    @if let Some(until) = gift.rule.to { ". " (words.others_until(&day(words, until, space.today))) }
                }
            } }
        }
    } }
}

/// What they told of themselves and what a worker put together: not what somebody else told, even if the person may read it.
async fn story(conn: &mut Conn, of: PersonId) -> Result<Vec<Markup>> {
    let story = told::story_of_theirs(conn, of).await?;
    let own = |one: &&told::Telling| {
        let by_them = one.voice.by.themselves() || one.voice.by.person() == Some(of);
        by_them || one.how == ToldHow::FromEntries
    };
    let draw = |one: &told::Telling| {
        let avatar = Avatar::of(&one.voice.initials, hue(one.voice.hue));
        let worker = one.how == ToldHow::FromEntries;
        page::voice(&Voice { worker, ..Voice::of(avatar, first(&one.voice.name), html! {}, &one.words) })
    };
    Ok(story.tellings.iter().filter(own).map(draw).collect())
}

/// What they want and what was agreed, in their words or a worker's: not in somebody else's of the family.
async fn plan(conn: &mut Conn, (of, today): (PersonId, Date)) -> Result<Vec<Markup>> {
    let Some(theirs) = told::plan_of_theirs(conn, (of, of), (today, false)).await? else { return Ok(vec![]) };
    let own = |one: &&told::Line| {
        let by = &one.voice.by;
        by.themselves() || by.person() == Some(of) || matches!(by, told::By::Worker(_))
    };
    Ok(theirs.plan.lines.iter().filter(own).map(|one| html! { (one.words) }).collect())
}

/// Their questions with the answers.
async fn questions(conn: &mut Conn, space: &Space) -> Result<Vec<Markup>> {
    let of = space.coming.of;
    let mut all = vec![];
    for one in space::asked_by(conn, of).await? {
        let Some(asked) = entry::one_of_theirs(conn, of, one.asked_in).await? else { continue };
        let private = asked.whole.entry.readers == Readers::Named;
        if !space.may(Wanted::Question { thread: one.asked_in, private }) {
            continue;
        }
        let answer = match one.answered_in {
            Some(thread) => entry::one_of_theirs(conn, of, thread).await?,
            None => None,
        };
        all.push(html! {
            @for said in asked.whole.statements.iter().filter(|said| said.owner.person == Some(of)) { blockquote { p.words { (said.words) } } }
            @if let Some(answer) = &answer { (paragraphs(&answer.whole.entry.narrative)) }
        });
    }
    Ok(all)
}

/// `GET /my/for/{person}/read/{thread}`
pub(super) async fn read(mine: Mine, Path((of, thread)): Path<(PersonId, EntryId)>) -> Result<Response> {
    let mut conn = mine.app.db.read().await?;
    let space = enter(&mut conn, &mine, of).await?;
    let theirs = entry::one_of_theirs(&mut conn, of, thread).await?.filter(|one| space.may_entry(one));
    let theirs = theirs.ok_or(Oops::NotFound)?;
    drop(conn);
    noted(&mine, &space, json!({"entry": theirs.whole.entry.id})).await?;
    let words = mine.words;
    let entry = &theirs.whole.entry;
    let own = |by: Option<PersonId>| by == Some(of);
    let title = words.others_title();
    let body = html! {
        p { a href={ "/my/for/" (of) } { (words.others_space_heading(first(&space.coming.name))) } }
        h1 { (heading(&mine, &theirs)) }
        p.soft { (day(words, when::day_of(entry.happened_at), space.today)) }
        (paragraphs(&entry.narrative))
        // what others of the family said there is theirs
        @for said in theirs.whole.statements.iter().filter(|said| own(said.owner.person)) { blockquote { p.words { (said.words) } } }
        @for one in theirs.whole.disagreed.iter().filter(|one| own(Some(one.person))) {
            (page::voice(&Voice::of(Avatar::of(&one.by.initials, hue(one.by.hue)), first(&one.by.name), html! { (words.read_disagrees()) }, &one.words)))
            @for reply in &one.answers {
                (page::voice(&Voice { worker: true, ..Voice::of(Avatar::of(&reply.by.initials, hue(reply.by.hue)), first(&reply.by.name), html! { (words.read_answered()) }, &reply.words) }))
            }
        }
        @if let Some(author) = &entry.author { p.small.soft { (words.read_written(first(&author.name), &day(words, when::day_of(entry.recorded_at), space.today))) } }
    };
    Ok(own_frame(&mine, &OwnFrame { title: &title, part: "/my/spaces", ..OwnFrame::default() }, body))
}

/// `GET /my/for/{person}/write`
pub(super) async fn write_form(mine: Mine, Path(of): Path<PersonId>) -> Result<Response> {
    let mut conn = mine.app.db.read().await?;
    let space = enter(&mut conn, &mine, of).await?;
    drop(conn);
    if !space.may_write() {
        return Err(Oops::NotFound);
    }
    Ok(write_page(&mine, &space, (&Typed::default(), &FormErrors::new())))
}

fn write_page(mine: &Mine, space: &Space, (typed, errors): (&Typed, &FormErrors)) -> Response {
    let words = mine.words;
    let name = first(&space.coming.name);
    let (title, error) = (words.others_title(), words.frame_error());
    let action = format!("/my/for/{}/write", space.coming.of);
    let field = Field::textarea("words", words.write_words()).rows(7).value(typed.get("words"));
    let body = html! {
        h1 { (words.others_write(name)) }
        p.lead { (words.others_write_lead(name)) }
        (page::post(&Post { action: &action, csrf: &mine.csrf, ..Post::default() }, html! {
            (field.errors(errors).error_word(&error))
            (buttons(html! { (button(&words.write_button())) }))
        }))
    };
    let frame = OwnFrame { title: &title, part: "/my/spaces", errors: Some(errors), ..OwnFrame::default() };
    own_frame(mine, &frame, body)
}

/// `POST /my/for/{person}/write`
pub(super) async fn write(Path(of): Path<PersonId>, posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = &posted;
    let mut moment = mine.app.moment();
    let mut tx = mine.app.db.write().await?;
    let space = enter(&mut tx, mine, of).await?;
    let asked = Asked {
        about: of,
        words: typed.get("words").to_owned(),
        only: vec![],
        files: vec![],
        concerns: None,
    };
    match space::ask(&mut tx, &mine.who, &mut moment, asked).await {
        Ok(question) => {
            tx.commit().await?;
            let by = day(mine.words, question.answer_by, moment.today());
            page_of(mine, of, Some(&mine.words.write_sent(&by))).await
        }
        Err(Oops::Wrong(_)) => {
            tx.give_up().await?;
            let mut errors = FormErrors::new();
            errors.add("words", mine.words.write_missing());
            Ok(write_page(mine, &space, (typed, &errors)))
        }
        Err(other) => Err(other),
    }
}
