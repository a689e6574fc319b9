//! Who works with somebody: what they do, how long, how to reach them, who stands in.

use super::draw::first;
use super::store::{self, WorkerRow};
use crate::Result;
use crate::frame::hue;
use crate::own_frame::{OwnFrame, own_frame};
use crate::who::{Mine, initials};
use axum::response::Response;
use db::{Conn, args};
use jiff::civil::Date;
use language::Words;
use maud::{Markup, html};
use page::{Avatar, Size};
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
    Ok(near)
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

    /// A row: who they are, what they do, how long.
    pub(super) fn row(&self, words: &Words, today: Date) -> Markup {
        let letters = initials(&self.name);
        let part = match self.part.as_str() {
            "responsible" => words.people_responsible(),
            "reviewing" => words.people_reviewing(),
            _ => words.people_helping(),
        };
        page::who(
            page::avatar(&Avatar::of(&letters, hue(self.hue)).sized(Size::Large)),
            html! {
                p { b { (self.name) } }
                p { (part) ". " (self.since(words, today)) "." }
                @if let Some(cover) = &self.cover { p { (words.people_away(cover)) } }
            },
        )
    }
}

/// `GET /my/people`
pub(super) async fn show(mine: Mine) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let near = near(&mut conn, mine.person, today).await?;
    drop(conn);
    let words = mine.words;
    let title = words.people_title();
    let body = html! {
        h1 { (words.people_heading()) }
        @if near.is_empty() { p.lead { (words.people_none()) } } @else { p.lead { (words.people_lead()) } }
        @for one in &near {
            section {
                (one.row(words, today))
                ul.plain {
                    @if let Some(phone) = &one.phone { li { a href={ "tel:" (phone.replace(' ', "")) } { (words.people_ring(phone)) } } }
                    @if let Some(email) = &one.email { li { a href={ "mailto:" (email) } { (words.people_mail(email)) } } }
                    li { a href={ "/my/write?to=" (one.worker) } { (words.people_write(first(&one.name))) } }
                }
            }
        }
    };
    Ok(own_frame(&mine, &OwnFrame { title: &title, part: "/my/people", ..OwnFrame::default() }, body))
}
