//! Writing a line of a plan, changing it, and taking it out. Whoever saves over a newer version sees both.

use super::actions::{TakeOut, WriteLine, take_out, write_line};
use super::pages::query;
use crate::access;
use crate::checked;
use crate::form::Posted;
use crate::frame::frame;
use crate::journal::{self, Read};
use crate::told::at_once::{self, Second};
use crate::told::{self, By, Line, Plan, choose};
use crate::who::Signed;
use crate::working::{About, about};
use crate::{Oops, Result};
use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect, Response};
use db::Conn;
use page::{Choice, Form, FormErrors, Link, Markup, Post, Typed, button, buttons, html, link_button};
use practice::access::Sight;
use practice::id::{EntryId, PersonId};
use practice::plan::{LineKind, LineReaders};
use serde_json::Value as Json;
use uuid::Uuid;

fn kind_of(typed: &Typed) -> LineKind {
    LineKind::from_code(typed.get("kind")).unwrap_or(LineKind::Goal)
}

fn of(typed: &Typed) -> Option<(Uuid, Uuid)> {
    Some((typed.get("line").parse().ok()?, typed.get("from").parse().ok()?))
}

/// Everything the form is drawn from.
struct Desk<'a> {
    signed: &'a Signed,
    about: &'a About,
    voices: Vec<(By, String)>,
    entries: Vec<(EntryId, String)>,
    /// What a colleague saved while this was being written.
    newer: Option<&'a Line>,
    goal: Option<&'a Line>,
}

async fn desk<'a>(
    conn: &mut Conn,
    (signed, about): (&'a Signed, &'a About),
    (plan, typed): (&'a Plan, &Typed),
) -> Result<Desk<'a>> {
    let by = (&signed.who, signed.app.moment().now());
    let person = about.header.id;
    let voices = choose::voices(conn, by, person, true).await?;
    let entries = choose::entries(conn, by, person, &choose::chosen(typed)).await?;
    let goal = typed.get("goal").parse().ok().and_then(|goal| plan.line(goal));
    Ok(Desk { signed, about, voices, entries, newer: None, goal })
}

/// The fields of a line as it stands.
fn typed_of(line: &Line) -> Typed {
    let mut typed = Typed::default();
    typed.put("line", line.line.to_string());
    typed.put("from", line.id.to_string());
    typed.put("kind", line.kind.code());
    if let Some(goal) = line.goal {
        typed.put("goal", goal.to_string());
    }
    typed.put("words", line.words.as_str());
    typed.put("child-words", line.child_words.clone().unwrap_or_default());
    typed.put("by", line.voice.by.code());
    typed.put("by-words", line.voice.by.words().unwrap_or_default());
    typed.put("readers", line.readers.code());
    for entry in &line.rests_on {
        typed.put("entry", entry.to_string());
    }
    typed
}

/// `GET /person/{id}/plan/line`.
pub(super) async fn ask(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    let now = signed.app.moment().now();
    let mut asked = query(&raw);
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, now, id, Sight::Record).await?;
    let plan = told::plan_for(&mut conn, &signed.who, now, id, None).await?;
    if let Some((line, _)) = of(&asked) {
        asked = typed_of(plan.line(line).ok_or(Oops::NotFound)?);
    }
    let desk = desk(&mut conn, (&signed, &about), (&plan, &asked)).await?;
    drop(conn);
    journal::read(&signed.app, &signed.who, Read::Plan, &[id], &about.why, Json::Null).await?;
    Ok(desk.draw(&asked, &FormErrors::new()))
}

impl Desk<'_> {
    fn draw(&self, typed: &Typed, errors: &FormErrors) -> Response {
        let (kind, name) = (kind_of(typed), &self.about.header.shown_name);
        let (back, label) = (format!("{}/plan", self.about.href), format!("Back to {name}’s plan"));
        let action = format!("{}/plan/line", self.about.href);
        let title = format!("{name}: {}", kind.plain().to_lowercase());
        let post = Post { action: &action, csrf: &self.signed.csrf, ..Post::default() };
        let body = html! {
            h2 { (kind.plain()) }
            @if let Some(goal) = self.goal { p.soft { "For the goal “" (goal.words) "”" } }
            (self.newer.map(|newer| at_once::newer(newer.author.as_ref(), (newer.recorded_at, "plan"), &newer.words)).unwrap_or_default())
            (page::post(&post, self.fields(kind, typed, errors)))
            @if of(typed).is_some() && self.newer.is_none() { (self.out(typed, errors)) }
        };
        let frame_of =
            choose::asking(&title, &self.about.heading, Link { href: &back, label: &label }, errors);
        frame(self.signed, &frame_of, body)
    }

    fn fields(&self, kind: LineKind, typed: &Typed, errors: &FormErrors) -> Markup {
        let form = Form::new(typed, errors);
        let name = &self.about.header.shown_name;
        let back = format!("{}/plan", self.about.href);
        let hint = match kind {
            LineKind::Goal => "In their words: what will be different when it is there",
            LineKind::Worry => "What happened, and what you fear will happen to whom if nothing changes",
            LineKind::Strength => "What is there already, and keeps it good",
            LineKind::Support => "What we give so that it can be done: who, what and how often",
            LineKind::Change => "What has to be seen done, and by whom",
        };
        let readers = vec![
            Choice::new(LineReaders::Everyone.code(), LineReaders::Everyone.plain()).hint(
                "Parents who have a voice in the plan, and whose plan it is. Ask whoever said it first",
            ),
            Choice::new(LineReaders::Themselves.code(), LineReaders::Themselves.plain())
                .hint("So it is with what one of the family says, where nothing is chosen"),
        ];
        let child = format!("The same for {name}, if that is not plain enough");
        html! {
            @for field in ["kind", "goal", "line", "from"] {
                input type="hidden" name=(field) value=(if field == "kind" { kind.code() } else { typed.get(field) });
            }
            (form.textarea("words", "The words").rows(4).hint(hint))
            (choose::voice_field(&form, "Whose words are they?", &self.voices))
            (form.radios("readers", "Who of the family may read it in their own space?", readers))
            (form.textarea("child-words", &child).rows(3).hint("Short words. Say “you”. Leave it empty where the child’s own words stand above"))
            @if let Some(field) = choose::entries_field(&form, if kind.says_how_it_is() { "How do we know? What it rests on" } else { "What it rests on, if something is recorded" }, &self.entries) { (field) }
            (buttons(html! { (button("Keep")) (link_button(&back, "Leave it").quiet()) }))
        }
    }

    fn out(&self, typed: &Typed, errors: &FormErrors) -> Markup {
        let form = Form::new(typed, errors);
        let action = format!("{}/plan/out", self.about.href);
        page::details(
            "Take this line out of the plan",
            page::post(
                &Post { action: &action, csrf: &self.signed.csrf, ..Post::default() },
                html! {
                    input type="hidden" name="line" value=(typed.get("line"));
                    input type="hidden" name="from" value=(typed.get("from"));
                    (form.textarea("why", "Why is it taken out?").rows(2).hint("It is there, it was not right, or something else. It stays readable as known before"))
                    (buttons(html! { (button("Take it out").quiet()) }))
                },
            ),
        )
    }
}

/// `POST /person/{id}/plan/line`.
pub(super) async fn send(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let mut wrong = FormErrors::new();
    let by = choose::voice_of(typed);
    wrong.require(by.is_some(), "by", "Say whose words these are");
    let command = WriteLine {
        person: id,
        of: of(typed),
        kind: kind_of(typed),
        goal: typed.get("goal").parse().ok(),
        words: typed.get("words").to_owned(),
        child_words: typed.some("child-words").map(str::to_owned),
        by: by.unwrap_or(By::Themselves),
        readers: LineReaders::from_code(typed.get("readers")),
        rests_on: choose::chosen(typed),
    };
    let mut tx = signed.app.db.write().await?;
    let about = about(&mut tx, signed, moment.now(), id, Sight::Record).await?;
    match write_line(&mut tx, &signed.who, &mut moment, command.clone()).await {
        Ok(_) if wrong.is_empty() => {
            at_once::saved(&mut tx, &moment, signed.account, (id, "plan", command.kind.plain())).await?;
            tx.commit().await?;
            return Ok(Redirect::to(&format!("/person/{id}/plan?done=kept")).into_response());
        }
        Ok(_) => {}
        Err(Oops::Stale) => {
            tx.give_up().await?;
            return stale(signed, &about, &command, typed).await;
        }
        Err(other) => checked::wrong(other)?.iter().for_each(|(field, words)| wrong.add(field, words)),
    }
    tx.give_up().await?;
    again(signed, &about, typed, &wrong).await
}

async fn again(signed: &Signed, about: &About, typed: &Typed, wrong: &FormErrors) -> Result<Response> {
    let now = signed.app.moment().now();
    let mut conn = signed.app.db.read().await?;
    let plan = told::plan_for(&mut conn, &signed.who, now, about.header.id, None).await?;
    let desk = desk(&mut conn, (signed, about), (&plan, typed)).await?;
    drop(conn);
    Ok(desk.draw(typed, wrong))
}

/// Somebody saved first: what was written here is kept beside it, and both stand on one page.
async fn stale(signed: &Signed, about: &About, command: &WriteLine, typed: &Typed) -> Result<Response> {
    let now = signed.app.moment().now();
    let mut conn = signed.app.db.read().await?;
    let plan = told::plan_for(&mut conn, &signed.who, now, command.person, None).await?;
    let newer = command.of.and_then(|of| plan.line(of.0));
    let mut again = Typed::from_pairs(typed.pairs().filter(|(name, _)| !["line", "from"].contains(name)));
    if let Some(newer) = newer {
        again.put("line", newer.line.to_string());
        again.put("from", newer.id.to_string());
    }
    let desk = desk(&mut conn, (signed, about), (&plan, &again)).await?;
    drop(conn);
    let second = Second {
        person: command.person,
        of: "plan",
        heading: command.kind.plain(),
        words: command.words.trim(),
        earlier: newer.and_then(|newer| newer.author.as_ref()).map(|author| author.0),
    };
    at_once::keep(signed, second).await?;
    let mut errors = FormErrors::new();
    let words = match newer {
        Some(_) => "A colleague saved this line while you were writing. See both, and decide",
        None => {
            "A colleague took this line out while you were writing. Keep it to put it in again, or leave it"
        }
    };
    errors.add("words", words);
    Ok(Desk { newer, ..desk }.draw(&again, &errors))
}

/// `POST /person/{id}/plan/out`.
pub(super) async fn out(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let about = about(&mut tx, signed, moment.now(), id, Sight::Record).await?;
    let of = of(typed).ok_or_else(|| Oops::Refused("Choose the line that is to be taken out".to_owned()))?;
    let command = TakeOut { person: id, of, why: typed.get("why").to_owned() };
    let Err(oops) = take_out(&mut tx, &signed.who, &mut moment, command).await else {
        tx.commit().await?;
        return Ok(Redirect::to(&format!("/person/{id}/plan?done=out")).into_response());
    };
    let wrong = checked::wrong(oops)?;
    let plan = told::plan_for(&mut tx, &signed.who, moment.now(), id, None).await?;
    tx.give_up().await?;
    let mut shown = plan.line(of.0).map_or_else(Typed::default, typed_of);
    shown.put("why", typed.get("why"));
    again(signed, &about, &shown, &wrong).await
}

/// `POST /person/{id}/plan/settle`.
pub(super) async fn settle(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let text: Option<Uuid> = posted.typed.get("text").parse().ok();
    let signed = &posted.signed;
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    access::require(&mut tx, &signed.who, moment.now(), id, Sight::Record).await?;
    at_once::settle(&mut tx, signed, &mut moment, (id, "plan", text)).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/person/{id}/plan?done=settled")).into_response())
}
