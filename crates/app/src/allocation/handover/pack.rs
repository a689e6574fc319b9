//! All in one to take over with, or to leave behind: made from the record as it stands, nothing typed again.

use super::decide::Before;
use super::read::who_answers;
use crate::clock::{self, shown};
use crate::entry;
use crate::frame::{Frame, hue};
use crate::journal::Read;
use crate::letter;
use crate::person::profile;
use crate::room::Look;
use crate::who::Signed;
use crate::working::{about, open};
use crate::{Result, Who, told};
use axum::extract::Path;
use axum::response::Response;
use db::Conn;
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Avatar, Voice};
use practice::access::Sight;
use practice::entry::PromiseState;
use practice::id::PersonId;
use practice::plan::LineKind;
use practice::story::{StoryPart, told_ago};

/// One person, for whoever takes over or leaves. For a reader who may open the record.
pub(super) async fn draw(
    conn: &mut Conn,
    who: &Who,
    (now, today): (Timestamp, Date),
    person: PersonId,
) -> Result<Markup> {
    let look = Look { who, person, today, now, known: None };
    let profile = profile(conn, &look).await?;
    let story = told::story_for(conn, who, now, person, None).await?;
    let plan = told::plan_for(conn, who, now, person, None).await?;
    let promises = entry::promises_about(conn, who, now, person).await?;
    let mut dates = clock::running_of(conn, person, today).await?;
    dates.sort_by_key(shown::order);
    let contact = letter::contact_of(conn, person).await?;
    let answers = who_answers(conn, person, today).await?;
    let before = Before::read(conn, (person, None), today).await?;
    let name = &profile.header.shown_name;
    let warnings: Vec<_> = profile.warnings_now().collect();
    let goals = plan.of(LineKind::Goal, None);
    let open: Vec<_> = promises.iter().filter(|one| one.state == PromiseState::Open).collect();
    Ok(html! {
        @if let Some((_, answers)) = &answers { p { b { (answers) } " answers for " (name) " today." } }
        @if !warnings.is_empty() {
            h3 { "Things to know" }
            ul { @for one in &warnings { li { (one.fact) } } }
        }
        (letter::said_of(person, contact.as_ref()))
        h3 { "The story so far" }
        @if story.tellings.is_empty() { p.soft { "Nothing is told here yet." } }
        @for part in StoryPart::ALL { @for telling in story.part(*part) {
            (page::voice(&Voice::of(told::avatar_of(&telling.voice), &telling.voice.name, html! {
                (part.plain().to_lowercase()) ", " (told_ago(telling.told_on, today))
            }, &telling.words)))
        } }
        h3 { "What they want" }
        @if goals.is_empty() { p.soft { "There is no plan yet." } }
        @for goal in &goals { (page::voice(&Voice::of(told::avatar_of(&goal.voice), &goal.voice.name, html! { "wants" }, &goal.words))) }
        h3 { "Who matters to them" }
        @if profile.related.is_empty() { p.soft { "Nobody is written down." } }
        ul { @for one in &profile.related { @if let Some(known) = profile.people.get(&one.other) {
            li { (known.header.shown_name) ", " (one.kind.plain().to_lowercase()) }
        } } }
        h3 { "What was promised and is still to do" }
        @if open.is_empty() { p.soft { "Nothing." } }
        ul.plain { @for one in &open { (entry::promise(one, today, None)) } }
        h3 { "Dates that run" }
        @if dates.is_empty() { p.soft { "None." } }
        ul { @for kept in &dates { li { (kept.why.name) ": " (shown::word(kept, today)) } } }
        h3 { "Who worked with them" }
        (before.markup((name, &format!("/person/{person}/story")), today))
    })
}

/// `GET /person/{id}/handover/pack`
pub(super) async fn of_person(signed: Signed, Path(id): Path<PersonId>) -> Result<Response> {
    let moment = signed.app.moment();
    let (now, today) = (moment.now(), moment.today());
    let mut conn = signed.app.db.read().await?;
    let whose = about(&mut conn, &signed, now, id, Sight::Open).await?;
    let pack = draw(&mut conn, &signed.who, (now, today), id).await?;
    drop(conn);
    open(&signed, &whose, Read::Pack).await?;
    let name = &whose.header.shown_name;
    let body = html! {
        h2 { "To take over with: " (name) }
        p.soft { "Made from the record as it stands today. Nothing was typed again." }
        (pack)
        (page::print_button("Print it"))
    };
    let title = format!("To take over with: {name}");
    Ok(whose.page(&signed, None, Frame { title: &title, ..Frame::default() }, body))
}

/// The heading of one person among several.
pub(super) fn heading(initials: &str, number: i64, name: &str) -> Markup {
    html! { (page::who(page::avatar(&Avatar::of(initials, hue(number))), html! { h2 { (name) } })) }
}
