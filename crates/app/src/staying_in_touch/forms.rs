//! What is asked about staying in touch: one form for each thing that can be said.

use super::forms_fields::Asks;
use super::pages::query;
use super::read::{Touch, touches_for};
use super::store;
use crate::access;
use crate::frame::frame;
use crate::journal::{self, Read};
use crate::person::headers;
use crate::told::choose;
use crate::who::Signed;
use crate::working::{About, about};
use crate::{Oops, Result};
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use db::{Conn, args};
use page::{FormErrors, Link, Post, Typed, button, buttons, html, link_button};
use practice::access::{Decision, Sight};
use practice::id::{EntryId, PersonId};
use serde_json::Value as Json;
use uuid::Uuid;

/// What can be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    With,
    Wish,
    Agreed,
    Time,
    Look,
    Mentor,
}

impl What {
    pub(super) fn from_path(path: &str) -> Result<Self> {
        Ok(match path {
            "with" => Self::With,
            "wish" => Self::Wish,
            "agreed" => Self::Agreed,
            "time" => Self::Time,
            "look" => Self::Look,
            "mentor" => Self::Mentor,
            _ => return Err(Oops::NotFound),
        })
    }

    const fn path(self) -> &'static str {
        match self {
            Self::With => "with",
            Self::Wish => "wish",
            Self::Agreed => "agreed",
            Self::Time => "time",
            Self::Look => "look",
            Self::Mentor => "mentor",
        }
    }

    fn heading(self, (child, called): (&str, &str)) -> String {
        match self {
            Self::With if called.is_empty() => format!("Somebody {child} wants to stay in touch with"),
            Self::With => called.to_owned(),
            Self::Wish => format!("What does {child} want with {called}?"),
            Self::Agreed => format!("What is agreed between {child} and {called}?"),
            Self::Time => format!("{child} and {called}: one time"),
            Self::Look => format!("Finding {called} again"),
            Self::Mentor => format!("{called} as {child}’s mentor"),
        }
    }
}

/// Everything a form is drawn from.
pub(super) struct Desk<'a> {
    pub(super) signed: &'a Signed,
    pub(super) about: &'a About,
    pub(super) what: What,
    /// The one it is about; none for somebody new.
    pub(super) touch: Option<Touch>,
    /// Who it may be: the code and the name.
    pub(super) people: Vec<(String, String)>,
    pub(super) entries: Vec<(EntryId, String)>,
}

pub(super) fn uuid(typed: &Typed, name: &str) -> Option<Uuid> {
    typed.get(name).parse().ok()
}

/// The people of the record who may be meant, and the workers who ever worked with the child.
async fn people(conn: &mut Conn, signed: &Signed, person: PersonId) -> Result<Vec<(String, String)>> {
    let now = signed.app.moment().now();
    let related: Vec<(Uuid, String, String)> = conn.all(store::RELATED, args![person]).await?;
    let ids: Vec<PersonId> = related.iter().map(|row| row.0.into()).collect();
    let may = access::decide_many(conn, &signed.who, now, &ids, Sight::Exists).await?;
    let allowed = |id: Uuid| may.get(&PersonId(id)).is_some_and(Decision::is_allowed);
    let mut all: Vec<(String, String)> =
        related.into_iter().filter(|row| allowed(row.0)).map(|row| (format!("p:{}", row.0), row.2)).collect();
    let workers: Vec<(Uuid, String)> = conn.all(store::WORKED_WITH, args![person]).await?;
    all.extend(
        workers.into_iter().map(|(id, name)| (format!("w:{id}"), format!("{name} (works here, or did)"))),
    );
    Ok(all)
}

pub(super) async fn desk<'a>(
    conn: &mut Conn,
    (signed, about): (&'a Signed, &'a About),
    (what, typed): (What, &Typed),
) -> Result<Desk<'a>> {
    let (now, person) = (signed.app.moment().now(), about.header.id);
    let touch = match uuid(typed, "touch") {
        Some(id) => {
            let all = touches_for(conn, &signed.who, now, person, None).await?;
            Some(all.into_iter().find(|one| one.touch == id).ok_or(Oops::NotFound)?)
        }
        None if what == What::With => None,
        None => return Err(Oops::NotFound),
    };
    let mut people = if what == What::With { people(conn, signed, person).await? } else { vec![] };
    if let Some(other) = touch.as_ref().and_then(|one| one.other).filter(|_| what == What::With) {
        let code = format!("p:{other}");
        if people.iter().all(|one| one.0 != code) {
            people.extend(headers(conn, &[other]).await?.pop().map(|header| (code, header.full_name)));
        }
    }
    let entries = match what {
        What::Time => choose::entries(conn, (&signed.who, now), person, &choose::chosen(typed)).await?,
        _ => vec![],
    };
    Ok(Desk { signed, about, what, touch, people, entries })
}

/// `GET /person/{id}/staying-in-touch/{what}`.
pub(super) async fn ask(
    signed: Signed,
    Path((id, what)): Path<(PersonId, String)>,
    raw: RawQuery,
) -> Result<Response> {
    let moment = signed.app.moment();
    let (what, asked) = (What::from_path(&what)?, query(&raw));
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Record).await?;
    let desk = desk(&mut conn, (&signed, &about), (what, &asked)).await?;
    drop(conn);
    journal::read(&signed.app, &signed.who, Read::StayingInTouch, &[id], &about.why, Json::Null).await?;
    let typed = desk.filled(&asked, moment.today());
    Ok(desk.draw(&typed, &FormErrors::new()))
}

impl Desk<'_> {
    pub(super) fn called(&self) -> &str {
        self.touch.as_ref().map_or("", |one| one.called.as_str())
    }

    pub(super) fn child(&self) -> &str {
        &self.about.header.shown_name
    }

    pub(super) fn action(&self) -> String {
        format!("{}/staying-in-touch/{}", self.about.href, self.what.path())
    }

    pub(super) fn draw(&self, typed: &Typed, errors: &FormErrors) -> Response {
        let heading = self.what.heading((self.child(), self.called()));
        let back = format!("{}/staying-in-touch", self.about.href);
        let label = "Back to staying in touch";
        let post = Post { action: &self.action(), csrf: &self.signed.csrf, ..Post::default() };
        let asks = Asks { desk: self, typed, errors };
        let body = html! {
            h2 { (heading) }
            (asks.before())
            (page::post(&post, html! {
                @for name in ["touch", "of", "from"] {
                    @if !typed.get(name).is_empty() { input type="hidden" name=(name) value=(typed.get(name)); }
                }
                (asks.fields())
                (buttons(html! { (button("Keep")) (link_button(&back, "Leave it").quiet()) }))
            }))
            (asks.after())
        };
        let page = choose::asking(&heading, &self.about.heading, Link { href: &back, label }, errors);
        frame(self.signed, &page, body)
    }
}
