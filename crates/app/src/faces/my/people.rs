//! Who works with somebody: what they do, how long, how to reach them, who stands in.

use super::check_in;
use super::draw::first;
use super::store::{self, WorkerRow};
use crate::allocation::handover::{self, Handover, Note};
use crate::frame::hue;
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::who::{Mine, initials};
use crate::{Oops, Result, person, told, worker};
use axum::extract::Path;
use axum::response::Response;
use db::{Conn, args};
use jiff::civil::Date;
use language::Words;
use maud::{Markup, html};
use page::{Avatar, Size};
use practice::handover::Moment as Kind;
use practice::id::{PersonId, WorkerId};

/// A worker who is there for somebody.
#[derive(Clone)]
pub(super) struct Near {
    pub(super) worker: WorkerId,
    pub(super) name: String,
    hue: i64,
    part: String,
    pub(super) from: Date,
    phone: Option<String>,
    email: Option<String>,
    cover: Option<String>,
}

/// Those who work with somebody or with the children they are responsible for, each once.
pub(super) async fn near(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<Near>> {
    let rows: Vec<WorkerRow> = conn.all(store::WORKERS, args![person, today]).await?;
    let mut near: Vec<Near> = vec![];
    for row in rows {
        if !near.iter().any(|one| one.worker.0 == row.id) {
            near.push(Near {
                worker: row.id.into(),
                name: row.name,
                hue: row.hue,
                part: row.part,
                from: row.from_date.0,
                phone: row.phone,
                email: row.email,
                cover: row.cover,
            });
        }
    }
    let untold = not_told_of(conn, person, today).await?;
    near.retain(|one| one.answers() || !untold.contains(&one.worker));
    Ok(near)
}

/// Those who are getting to know somebody before a hand-over of which nobody has told them yet: they hear it in person
/// first, and not from a list.
async fn not_told_of(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<WorkerId>> {
    let mut untold = vec![];
    let mut whose = vec![(person, Kind::Told)];
    let children = told::responsible_for(conn, person, today).await?;
    whose.extend(children.into_iter().map(|child| (child, Kind::FamilyTold)));
    for (whose, kind) in whose {
        let Some(held) = handover::under_way(conn, whose, today).await? else { continue };
        let notes = handover::notes(conn, held.id).await?;
        if !notes.iter().any(|note| note.kind == Some(kind) && note.on <= today) {
            untold.push(held.standing.to);
        }
    }
    Ok(untold)
}

impl Near {
    /// How long they have been there, in words.
    fn since(&self, words: &Words, today: Date) -> String {
        let days = i64::from(practice::calendar::days_between(self.from, today));
        let length = match days {
            ..14 => return words.people_since_new(),
            14..60 => words.length_weeks(days / 7),
            60..730 => words.length_months(days / 30),
            _ => words.length_years(days / 365),
        };
        words.people_since(&length)
    }

    /// Whether they answer for the help that is given.
    pub(super) fn answers(&self) -> bool {
        self.part == "responsible"
    }

    /// Whether they check that the plan is right.
    pub(super) fn reviews(&self) -> bool {
        self.part == "reviewing"
    }

    /// What they do.
    pub(super) fn part(&self, words: &Words) -> String {
        match self.part.as_str() {
            "responsible" => words.people_responsible(),
            "reviewing" => words.people_reviewing(),
            _ => words.people_helping(),
        }
    }

    /// A row: who they are, what they do, how long.
    pub(super) fn row(&self, mine: &Mine, today: Date) -> Markup {
        let words = mine.words;
        let letters = initials(&self.name);
        page::who(
            page::avatar(
                &Avatar::of(&letters, hue(self.hue))
                    .sized(Size::Large)
                    .photo(mine.face(Some(self.worker)).as_deref()),
            ),
            html! {
                p { b { (self.name) } }
                p { (self.part(words)) ". " (self.since(words, today)) "." }
                @if let Some(cover) = &self.cover { p { (words.people_away(cover)) } }
            },
        )
    }
}

/// `GET /my/people/{worker}/photo`: of those who work with them, and of nobody else.
pub(super) async fn photo(mine: Mine, Path(id): Path<WorkerId>) -> Result<Response> {
    mine.face(Some(id)).ok_or(Oops::NotFound)?;
    let mut conn = mine.app.db.read().await?;
    Ok(worker::sent(worker::photo(&mut conn, id).await?.ok_or(Oops::NotFound)?))
}

/// `GET /my/people`
pub(super) async fn show(mine: Mine) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let near = near(&mut conn, mine.person, today).await?;
    let changes = changes(&mut conn, mine.person, today).await?;
    drop(conn);
    let words = mine.words;
    let title = words.people_title();
    let body = html! {
        h1 { (words.people_heading()) }
        @if near.is_empty() { p.lead { (words.people_none()) } } @else { p.lead { (words.people_lead()) } }
        @for one in &changes { (one.markup(words, today)) }
        @for one in &near {
            section {
                (one.row(&mine, today))
                ul.plain {
                    @if let Some(phone) = &one.phone { li { a href={ "tel:" (phone.replace(' ', "")) } { (words.people_ring(phone)) } } }
                    @if let Some(email) = &one.email { li { a href={ "mailto:" (email) } { (words.people_mail(email)) } } }
                    li { a href={ "/my/write?to=" (one.worker) } { (words.people_write(first(&one.name))) } }
                    li { (check_in::link(words, one)) }
                }
            }
        }
        p { a href="/my/workers" { (words.workers_link()) } }
    };
    Ok(own_frame(&mine, &OwnFrame { title: &title, part: "/my/people", ..OwnFrame::default() }, body))
}

/// Those whose change of worker somebody was told of: their own, and that of children they are responsible for.
pub(super) async fn told_of_change(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<PersonId>> {
    Ok(changes(conn, person, today).await?.into_iter().map(|one| one.of).collect())
}

/// A change of worker of which they were told in person: until then nothing of it stands here.
struct Change {
    /// Whose worker changes.
    of: PersonId,
    held: Handover,
    notes: Vec<Note>,
    /// Whose worker changes, where it is a child of theirs.
    child: Option<String>,
}

/// The changes of which somebody was told: their own, and those of children they are responsible for.
async fn changes(conn: &mut Conn, person: PersonId, today: Date) -> Result<Vec<Change>> {
    let mut all = vec![];
    all.extend(change(conn, person, (Kind::Told, None), today).await?);
    for child in told::responsible_for(conn, person, today).await? {
        let name = person::header(conn, child).await?.map(|header| header.shown_name);
        all.extend(change(conn, child, (Kind::FamilyTold, name), today).await?);
    }
    Ok(all)
}

async fn change(
    conn: &mut Conn,
    whose: PersonId,
    (kind, child): (Kind, Option<String>),
    today: Date,
) -> Result<Option<Change>> {
    let Some(held) = handover::under_way(conn, whose, today).await? else { return Ok(None) };
    let notes = handover::notes(conn, held.id).await?;
    let told = notes.iter().any(|note| note.kind == Some(kind) && note.on <= today);
    Ok(told.then_some(Change { of: whose, held, notes, child }))
}

impl Change {
    fn markup(&self, words: &Words, today: Date) -> Markup {
        let to = first(&self.held.to_name);
        let from = self.held.from_name.as_deref().map(first);
        let on = |kind: Kind| {
            self.notes.iter().find(|note| note.kind == Some(kind) && note.on >= today).map(|note| note.on)
        };
        html! {
            section.box.box--ground {
                h2 { @match &self.child { Some(child) => { (words.people_change_of(child)) } None => { (words.people_change_heading()) } } }
                p {
                    @match from {
                        Some(from) => { (words.people_change_from_to(from, to)) " " (words.people_change_until(from)) }
                        None => { (words.people_change_to(to)) }
                    }
                }
                // meeting and goodbye are the child's own: a parent is told by whoever comes to them
                @if self.child.is_none() {
                    ul.plain {
                        @if let Some(on) = on(Kind::Introduction) { li { (words.people_change_meet(to, &day(words, on, today))) } }
                        @if let (Some(on), Some(from)) = (on(Kind::Goodbye), from) { li { (words.people_change_bye(from, &day(words, on, today))) } }
                        @if let (Some(on), Some(from)) = (self.held.leaves_on, from) { li { (words.people_change_last(from, &day(words, on, today))) } }
                    }
                }
                p { a href="/my/write" { (words.people_change_ask()) } }
                p { a href={ "/my/not-right?what=handover&of=" (self.of) } { (words.not_right_handover()) } }
            }
        }
    }
}
