//! The page of one entry that says who of the record reads what of it, and where a worker holds something back or says that
//! it is private.

use super::actions::{self, HoldBack, hold_back, make_private, not_private};
use crate::entry::{self, Asked, Typing, Whole, when};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{self, Read};
use crate::who::Signed;
use crate::{Oops, Result};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Choices, FormErrors, Link, Post, Typed, button, buttons};
use practice::id::{EntryId, PersonId};
use practice::sharing::{Matter, NewPrivate, What, shown};
use serde_json::json;
use std::collections::HashSet;
use uuid::Uuid;

/// What the fields of holding back begin with.
const HOLD: &str = "hold";
/// What the fields of a private matter begin with.
const PRIVATE: &str = "private";

struct Shown {
    whole: Whole,
    asked: Asked,
    spaces: HashSet<PersonId>,
    named: Vec<entry::Named>,
    near: Vec<(PersonId, String)>,
}

async fn gather(signed: &Signed, id: EntryId) -> Result<Shown> {
    let app = &signed.app;
    let moment = app.moment();
    let mut conn = app.db.read().await?;
    let whole = actions::to_hold(&mut conn, &signed.who, &moment, id).await?;
    let asked = entry::told(&mut conn, std::slice::from_ref(&whole)).await?.pop().ok_or(Oops::NotFound)?;
    let spaces = entry::have_spaces(&mut conn, &asked.could(&whole), moment.now()).await?;
    let named = entry::named_in(&mut conn, &whole).await?;
    let near = entry::named_of(&mut conn, &signed.who, moment.now(), &whole).await?;
    let whys = entry::whys(&mut conn, &signed.who, moment.now(), &whole.entry).await?;
    drop(conn);
    journal::read_of(app, &signed.who, Read::Entry, &whys, json!({"entry": id})).await?;
    Ok(Shown { whole, asked, spaces, named, near })
}

impl Shown {
    fn name(&self, person: PersonId) -> &str {
        let of_it = self.whole.entry.person(person).map(|one| one.name.as_str());
        let named = || self.whole.entry.named.iter().find(|one| one.person == Some(person));
        of_it.or_else(|| named().map(|one| one.name.as_str())).unwrap_or("somebody else")
    }

    /// Those whom the rule could let read some of it, with their names.
    fn could(&self) -> Vec<(PersonId, String)> {
        let all = self.asked.could(&self.whole);
        all.into_iter().map(|one| (one, self.name(one).to_owned())).collect()
    }

    /// What somebody reads of it, in words.
    fn reads(&self, person: PersonId) -> String {
        let told = self.asked.told(&self.whole);
        let Some(shown) = shown(person, &told) else { return "nothing of it".to_owned() };
        let there = shown.statements.iter().filter(|one| **one).count();
        let own = (self.whole.statements.iter().zip(&shown.statements))
            .filter(|(one, read)| **read && one.owner.person == Some(person))
            .count();
        let all = self.whole.statements.len();
        match (shown.account, there) {
            (true, n) if n == all => "all of it".to_owned(),
            (true, 0) => "what happened, and nobody\u{2019}s words".to_owned(),
            (true, n) => format!("what happened, and the words of {n} of {all}"),
            (false, n) if n == own => "their own words only".to_owned(),
            (false, n) => format!("the words of {n} of {all}, and not what happened"),
        }
    }

    fn parts(&self) -> Vec<(What, String)> {
        let words = (0..self.whole.statements.len()).map(What::Words);
        let account = (!self.whole.entry.narrative.is_empty()).then_some(What::Account);
        account.into_iter().chain(words).map(|what| (what, entry::part(&self.whole, what))).collect()
    }
}

/// `GET /entry/{id}/sharing`
pub(super) async fn show(signed: Signed, Path(id): Path<EntryId>) -> Result<Response> {
    let shown = gather(&signed, id).await?;
    Ok(draw(&signed, &shown, (&Typed::default(), &FormErrors::new())))
}

fn readers(shown: &Shown) -> Markup {
    let could = shown.could();
    html! {
        h2 { "Who reads what of it" }
        @if could.is_empty() { p { "Nobody of the record: nobody was there, it is written to nobody, and nobody is named." } }
        ul.rows {
            @for (person, name) in &could {
                li {
                    p { b { (name) } " reads " (shown.reads(*person)) "."
                        @if !shown.spaces.contains(person) { " " span.soft { "They have no space of their own yet." } } }
                }
            }
        }
    }
}

fn standing(signed: &Signed, shown: &Shown, today: Date) -> Markup {
    let whole = &shown.whole;
    let action = format!("/entry/{}/not-private", whole.entry.id);
    html! {
        @if whole.held_now().next().is_some() {
            h2 { "Held back" }
            @for one in whole.held_now() {
                (page::held(one.from_whom(), html! {
                    b { (entry::part(whole, one.what)) ". " } (entry::why(one)) " Since " (when::short_day(one.since, today)) ". "
                    a href={ "/held-back/" (one.id) } { "Look again by " (when::short_day(one.review_on, today)) }
                }))
            }
        }
        @if whole.private_now().next().is_some() {
            h2 { "Private" }
            ul.rows { @for one in whole.private_now() {
                li {
                    p { b { (entry::part(whole, one.what)) } ": private to " (one.whose()) " (" (one.matter.plain().to_lowercase()) ")." }
                    (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                        input type="hidden" name="matter" value=(one.id);
                        button.linkbtn.small type="submit" { "It is not private after all" span.hid { ": " (entry::part(whole, one.what)) } }
                    }))
                }
            } }
        }
    }
}

fn forms(signed: &Signed, shown: &Shown, form: Typing<'_>) -> Markup {
    let id = shown.whole.entry.id;
    let (hold, private) = (format!("/entry/{id}/hold-back"), format!("/entry/{id}/private"));
    let parts = shown.parts();
    let choices = |all: bool| -> Vec<Choice<'_>> {
        let all = all.then(|| Choice::new("all", "All of it"));
        let parts = parts.iter().map(|(what, name)| Choice::new(entry::code(*what), name.as_str()));
        all.into_iter().chain(parts).collect()
    };
    let post = |action| Post { action, csrf: &signed.csrf, ..Post::default() };
    html! {
        h2 { "Hold something back" }
        p { "Only where there is a reason. It is looked at again, and ends when it is not needed." }
        (page::post(&post(&hold), html! {
            (Choices::select("hold-part", "What?", choices(true)).typed(form.typed).errors(form.errors))
            (entry::hold_fields(form, HOLD, &shown.could()))
            (buttons(html! { (button("Hold it back")) }))
        }))
        h2 { "Say that something is private" }
        p { "Where somebody lives, how to reach them, their health, who told us of a worry." }
        (page::post(&post(&private), html! {
            (Choices::select("private-part", "What?", choices(false)).typed(form.typed).errors(form.errors))
            (entry::private_fields(form, PRIVATE, &shown.near))
            (buttons(html! { (button("Keep it private")) }))
        }))
    }
}

fn draw(signed: &Signed, shown: &Shown, (typed, errors): (&Typed, &FormErrors)) -> Response {
    let today = signed.app.moment().today();
    let entry = &shown.whole.entry;
    let heading = entry::heading(entry);
    let href = format!("/entry/{}", entry.id);
    let body = html! {
        h1 { "Who may read this" }
        p.lead { a href=(href) { (heading) } ", " (when::day(when::day_of(entry.happened_at), today)) }
        p.soft { "Those who were there come first. What somebody said alone stays theirs. Staff who work with them read all of it." }
        (readers(shown))
        (standing(signed, shown, today))
        (entry::asks(&shown.whole, &shown.named, &signed.csrf))
        (forms(signed, shown, Typing { typed, errors, today }))
    };
    let back = Some(Link { href: &href, label: "Back to the entry" });
    let of =
        Frame { title: "Who may read this", part: "/find", back, errors: Some(errors), ..Frame::default() };
    frame(signed, &of, body)
}

/// The page once more with what is wrong, or the error that is not about the form.
async fn again(signed: &Signed, id: EntryId, typed: &Typed, error: Oops) -> Result<Response> {
    let mut errors = FormErrors::new();
    match error {
        Oops::Wrong(wrong) => wrong.into_iter().for_each(|(field, words)| errors.add(field, words)),
        other => return Err(other),
    }
    let shown = gather(signed, id).await?;
    let mut response = draw(signed, &shown, (typed, &errors));
    *response.status_mut() = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn kept(id: EntryId) -> Response {
    Redirect::to(&format!("/entry/{id}?done=shared")).into_response()
}

/// `POST /entry/{id}/hold-back`
pub(super) async fn hold(Path(id): Path<EntryId>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let whole = actions::to_hold(&mut tx, &signed.who, &moment, id).await?;
    let mut errors = FormErrors::new();
    let what = entry::of_code(&whole, typed.get("hold-part"));
    errors.require(what.is_some(), "hold-part", "Choose what is held back");
    let draft = entry::hold_typed(typed, (HOLD, what.unwrap_or(What::All)), &mut errors);
    let made = if errors.is_empty() {
        hold_back(&mut tx, &signed.who, &mut moment, HoldBack { entry: id, draft }).await.map(drop)
    } else {
        let wrong = errors.iter().map(|(field, words)| (field.to_owned(), words.to_owned())).collect();
        Err(Oops::Wrong(wrong))
    };
    match made {
        Ok(()) => {
            tx.commit().await?;
            Ok(kept(id))
        }
        Err(error) => {
            tx.give_up().await?;
            again(signed, id, typed, error).await
        }
    }
}

/// `POST /entry/{id}/private`: said on this page, or answered where the program asked about a name.
pub(super) async fn private(Path(id): Path<EntryId>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let whole = actions::to_hold(&mut tx, &signed.who, &moment, id).await?;
    let marks = match typed.get("asked-private").strip_prefix("p:") {
        Some(person) => {
            let what = entry::of_code(&whole, typed.get("what")).ok_or(Oops::NotFound)?;
            let of: PersonId = person.parse().map_err(|_| Oops::NotFound)?;
            let said =
                typed.pairs().find(|pair| pair.0.starts_with("asked-matter-")).map_or("", |pair| pair.1);
            let private = typed.get("answer") == "yes";
            let matter = Matter::from_code(said).filter(|_| private);
            let matter = matter.unwrap_or(if private { Matter::Other } else { Matter::Nothing });
            vec![NewPrivate { what, of: Some(of), matter }]
        }
        // nothing chosen is said by the action
        None => match entry::of_code(&whole, typed.get("private-part")) {
            Some(what) => entry::private_typed(typed, PRIVATE, what),
            None => vec![],
        },
    };
    match make_private(&mut tx, &signed.who, &mut moment, (id, marks)).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(kept(id))
        }
        Err(error) => {
            tx.give_up().await?;
            again(signed, id, typed, error).await
        }
    }
}

/// `POST /entry/{id}/not-private`
pub(super) async fn free(Path(_): Path<EntryId>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let matter: Uuid = typed.get("matter").parse().map_err(|_| Oops::NotFound)?;
    let mut tx = signed.app.db.write().await?;
    let entry = not_private(&mut tx, &signed.who, &mut signed.app.moment(), matter).await?;
    tx.commit().await?;
    Ok(kept(entry))
}
