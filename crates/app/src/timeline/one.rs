//! The page of one entry: all of it, its versions, what followed from it, and what can be done with it.

use super::store::{self, CarriedRow, OtherRow};
use crate::entry::{self, Entry, Whole, when};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{self, Act, Read};
use crate::who::Signed;
use crate::{App, Oops, Result, access, paper};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use page::{Link, Markup, Post, Typed, button, html, link_button};
use practice::access::{Action, Decision, may};
use practice::entry::{EntryKind, Part};
use practice::id::{EntryId, PersonId};
use serde_json::json;
use uuid::Uuid;

#[derive(Default, serde::Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

/// Everyone an entry touches, each once.
pub(super) fn touched(whole: &Whole) -> Vec<PersonId> {
    let mut people: Vec<PersonId> = whole.entry.people.iter().map(|one| one.person).collect();
    people.sort();
    people.dedup();
    people
}

/// `GET /entry/{id}`.
pub(super) async fn show(
    signed: Signed,
    State(app): State<App>,
    Path(id): Path<EntryId>,
    Query(done): Query<Done>,
) -> Result<Response> {
    let moment = app.moment();
    let (now, today) = (moment.now(), moment.today());
    let mut conn = app.db.read().await?;
    let whole = entry::open(&mut conn, &signed.who, now, id).await?.ok_or(Oops::NotFound)?;
    let versions = entry::versions(&mut conn, &signed.who, now, whole.entry.thread).await?;
    let follows = match done.done.as_deref() {
        Some("recorded" | "corrected") => entry::follows(&mut conn, &whole.entry, today).await?,
        _ => vec![],
    };
    let correct = whole.entry.kind != EntryKind::Step
        && whole.entry.is_current()
        && entry::may_correct(&mut conn, &signed.who, now, &whole.entry).await?.is_allowed();
    let takes = entry::may_take_out(&mut conn, &signed.who, now, &[&whole.entry]).await?;
    let takes = takes.first().is_some_and(Decision::is_allowed);
    let mut others: Vec<OtherRow> = conn.all(store::OTHER_TEXTS, args![whole.entry.thread]).await?;
    // whoever sent it may have meant it for fewer readers than the entry has
    others.retain(|other| correct || other.account_id == signed.account.0);
    let named = match done.done.as_deref() {
        Some("recorded" | "corrected") if correct => entry::named_in(&mut conn, &whole).await?,
        _ => vec![],
    };
    let carried: Vec<CarriedRow> = conn.all(store::CARRIED, args![id]).await?;
    let whys = entry::whys(&mut conn, &signed.who, now, &whole.entry).await?;
    drop(conn);
    journal::read_of(&app, &signed.who, Read::Entry, &whys, json!({"entry": id})).await?;
    let said = said(done.done.as_deref(), &follows);
    let page = OnePage {
        signed: &signed,
        whole: &whole,
        versions: &versions,
        correct,
        takes,
        named: &named,
        others: &others,
        carried: &carried,
        today,
    };
    Ok(page.draw(said.as_deref()))
}

/// What was just done and what follows from it.
fn said(done: Option<&str>, follows: &[entry::Follows]) -> Option<String> {
    let first = match done? {
        "recorded" => "Recorded.",
        "shared" => "Kept.",
        "corrected" => "Corrected. The older version stays readable.",
        "carried-over" => "Written down: you carried this over.",
        "settled" => "Put away. The text stays in the record.",
        _ => return None,
    };
    let words: Vec<&str> =
        std::iter::once(first).chain(follows.iter().map(|one| one.words.as_str())).collect();
    Some(words.join(" "))
}

struct OnePage<'a> {
    signed: &'a Signed,
    whole: &'a Whole,
    versions: &'a [Entry],
    correct: bool,
    /// Whether the reader may take it out of the record.
    takes: bool,
    /// Whom it names who was not there.
    named: &'a [entry::Named],
    others: &'a [OtherRow],
    carried: &'a [CarriedRow],
    today: Date,
}

impl OnePage<'_> {
    fn draw(&self, said: Option<&str>) -> Response {
        let entry = &self.whole.entry;
        let heading = entry::heading(entry);
        let first = entry.about().next();
        let href = first.map_or("/today".to_owned(), |one| format!("/person/{}/timeline", one.person));
        let label = first.map_or("Back to Today".to_owned(), |one| entry::whose(&one.name, "timeline"));
        let body = html! {
            article #entry {
                h1 { (heading) }
                (self.older())
                @if entry.significant { (page::tags(&[page::tag(page::Tag::Plain, "A big moment")])) }
                (entry::whole(self.whole, self.today))
            }
            @if let Some(held) = entry::held(entry, self.today) { (held) }
            (entry::asks(self.whole, self.named, &self.signed.csrf))
            (self.other_texts())
            (self.acts())
            (self.all_versions())
        };
        let back = Some(Link { href: &href, label: &label });
        frame(self.signed, &Frame { title: &heading, part: "/find", back, said, ..Frame::default() }, body)
    }

    /// That a newer version took its place, or that this corrects an older one.
    fn older(&self) -> Markup {
        let entry = &self.whole.entry;
        let newest = self.versions.iter().find(|one| one.is_current());
        html! {
            @if let Some(at) = entry.superseded_at {
                (page::note(html! {
                    p { b { "This is an older version. " } "A newer one took its place on " (when::moment(at)) "." }
                    @if let Some(newest) = newest {
                        @if let Some(why) = &newest.corrected_why { p { (why) } }
                        p.no-print { a href={ "/entry/" (newest.id) } { "Read the newer version" } }
                    }
                }))
            } @else if let Some(why) = &entry.corrected_why {
                (page::note(html! { p { b { "Corrected: " } (why) } }))
            }
        }
    }

    fn all_versions(&self) -> Markup {
        html! {
            @if self.versions.len() > 1 {
                section {
                    h2 { "Every version" }
                    ul.rows { @for one in self.versions {
                        @let by = one.author.as_ref().map_or("", |author| author.name.as_str());
                        li {
                            @if one.id == self.whole.entry.id { b { (when::moment(one.recorded_at)) } }
                            @else { a href={ "/entry/" (one.id) } { (when::moment(one.recorded_at)) } }
                            @if !by.is_empty() { ", by " (by) }
                            @if one.is_current() { ", as known now" }
                            @if let Some(why) = &one.corrected_why { ". " (why) }
                        }
                    } }
                }
            }
        }
    }

    fn acts(&self) -> Markup {
        let id = self.whole.entry.id;
        let carried = format!("/entry/{id}/carried-over");
        let post = Post { action: &carried, csrf: &self.signed.csrf, ..Post::default() };
        let carries = may(&self.signed.who.reader, Action::CarryOver).is_allowed();
        html! {
            section.no-print {
                @if self.takes { h2 { "Take it along" } }
                .btns {
                    @if self.takes {
                        (page::copy_button("plain", "Copy as plain text"))
                        (link_button(&format!("/entry/{id}/text"), "As plain text").quiet().small())
                        (link_button(&format!("/entry/{id}/download"), "Download").quiet().small())
                        (page::print_button("Print"))
                        (paper::link(&self.signed.app, self.takes, &format!("/entry/{id}/pdf")))
                    }
                    @if self.correct { (link_button(&format!("/entry/{id}/sharing"), "Who may read this").quiet().small()) }
                    @if self.correct { (link_button(&format!("/entry/{id}/correct"), "Correct").quiet().small()) }
                }
                @if self.correct {
                    p.small { @for one in self.whole.entry.about() {
                        a href={ "/person/" (one.person) "/story/again?entry=" (id) } { (one.name) " had to tell something again here" } " "
                    } }
                }
                @if self.takes {
                    (page::details("The words as they are copied", html! { pre.words #plain { (entry::plain(self.whole, self.today)) } }))
                }
                @if !self.carried.is_empty() {
                    ul { @for one in self.carried {
                        li { "Carried over on " (when::moment(one.carried_at.0)) @if let Some(name) = &one.name { " by " (name) } " (" (one.how) ")" }
                    } }
                } @else if self.takes {
                    p.soft { "Not yet carried over to another system." }
                    @if carries { (page::post(&post, html! { (button("I have carried this over").quiet().small()) })) }
                }
            }
        }
    }

    /// Texts that others sent from the same older version at the same moment.
    fn other_texts(&self) -> Markup {
        let settle = format!("/entry/{}/settle", self.whole.entry.id);
        html! {
            @for other in self.others {
                section.box {
                    h2 { (other.name) " was writing at the same time" }
                    p.soft { "Sent " (when::moment(other.recorded_at.0)) ". It is kept here and is not part of the entry." }
                    (text_of(&other.body))
                    (page::post(&Post { action: &settle, csrf: &self.signed.csrf, ..Post::default() }, html! {
                        input type="hidden" name="text" value=(other.id);
                        (button("Nothing more is needed from this").quiet().small())
                    }))
                }
            }
        }
    }
}

/// The words of a text that was not filed.
fn text_of(body: &str) -> Markup {
    let pairs: Vec<(String, String)> = serde_json::from_str(body).unwrap_or_default();
    let typed = Typed::from_pairs(pairs);
    let said: Vec<&str> = typed
        .pairs()
        .filter(|(name, value)| {
            !value.trim().is_empty()
                && (name.starts_with("statement-")
                    && name.ends_with("-words")
                    && !name.ends_with("-owner-words")
                    || name.starts_with("promise-") && name.ends_with("-what")
                    || name.starts_with("why-"))
        })
        .map(|(_, value)| value)
        .collect();
    html! {
        (entry::paragraphs(typed.get("narrative")))
        @if !said.is_empty() { ul { @for one in said { li.words { (one) } } } }
        @if let Some(why) = typed.some("correction") { p.soft { "Why: " (why) } }
    }
}

/// `POST /entry/{id}/settle`: nothing more is needed from a text sent at the same moment.
pub(super) async fn settle(Path(id): Path<EntryId>, posted: Posted) -> Result<Response> {
    let signed = &posted.signed;
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let whole = entry::open(&mut tx, &signed.who, moment.now(), id).await?.ok_or(Oops::NotFound)?;
    let others: Vec<OtherRow> = tx.all(store::OTHER_TEXTS, args![whole.entry.thread]).await?;
    let text: Uuid = posted.typed.get("text").parse().map_err(|_| Oops::NotFound)?;
    let other = others.iter().find(|one| one.id == text).ok_or(Oops::NotFound)?;
    let mine = signed.account.0 == other.account_id;
    if !mine && !entry::may_correct(&mut tx, &signed.who, moment.now(), &whole.entry).await?.is_allowed() {
        return Err(Oops::NotAllowed("Whoever wrote it, or may correct this entry, decides that".to_owned()));
    }
    tx.run(store::SETTLE, args![text, moment.now(), whole.entry.thread]).await?;
    let payload = json!({"entry": id, "text": text});
    let act = Act { action: "settle_other_text", about: &touched(&whole), payload };
    journal::note(&mut tx, &signed.who, &mut moment, act).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/entry/{id}?done=settled")).into_response())
}

/// The names of those it is about, for a file's name.
pub(super) fn about_names(whole: &Whole) -> String {
    let names: Vec<&str> = whole
        .entry
        .people
        .iter()
        .filter(|one| one.part == Part::About)
        .map(|one| one.name.as_str())
        .collect();
    names.join(" and ")
}

/// Says no to whoever may read an entry and may not take it out of the record.
pub(super) async fn let_out(conn: &mut Conn, signed: &Signed, now: Timestamp, whole: &Whole) -> Result<()> {
    let said = entry::may_take_out(conn, &signed.who, now, &[&whole.entry]).await?;
    access::let_on(said.into_iter().next()).map(drop)
}

/// Opens an entry to take it along, and writes that down.
pub(super) async fn take(signed: &Signed, conn: Conn, id: EntryId, what: Read) -> Result<Whole> {
    let mut conn = conn;
    let now = signed.app.moment().now();
    let whole = entry::open(&mut conn, &signed.who, now, id).await?.ok_or(Oops::NotFound)?;
    let_out(&mut conn, signed, now, &whole).await?;
    let whys = entry::whys(&mut conn, &signed.who, now, &whole.entry).await?;
    drop(conn);
    journal::read_of(&signed.app, &signed.who, what, &whys, json!({"entry": id})).await?;
    Ok(whole)
}
