//! What each person says of a plan: how far along a goal is, what they promise, and whether they agree.

use super::actions::{Agree, Promise, Scale, agree, promise, scale};
use super::pages::query;
use crate::Result;
use crate::checked;
use crate::form::Posted;
use crate::frame::frame;
use crate::journal::{self, Read};
use crate::told::{self, By, choose};
use crate::who::Signed;
use crate::working::{About, about};
use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect, Response};
use db::Conn;
use page::{Choice, Form, FormErrors, Link, Markup, Post, Typed, button, buttons, html, link_button};
use practice::access::Sight;
use practice::id::PersonId;
use practice::plan::Agreement;
use serde_json::Value as Json;
use uuid::Uuid;

/// Which of the three is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Scale,
    Promise,
    View,
}

impl Says {
    const fn path(self) -> &'static str {
        match self {
            Self::Scale => "scale",
            Self::Promise => "promise",
            Self::View => "view",
        }
    }

    const fn heading(self) -> &'static str {
        match self {
            Self::Scale => "How far along is it?",
            Self::Promise => "A promise",
            Self::View => "Read back: do they agree?",
        }
    }
}

/// Everything a form is drawn from.
struct Desk<'a> {
    signed: &'a Signed,
    about: &'a About,
    says: Says,
    voices: Vec<(By, String)>,
    goals: Vec<(Uuid, String)>,
}

async fn desk<'a>(conn: &mut Conn, (signed, about): (&'a Signed, &'a About), says: Says) -> Result<Desk<'a>> {
    let (now, person) = (signed.app.moment().now(), about.header.id);
    let voices = choose::voices(conn, (&signed.who, now), person, true).await?;
    let plan = told::plan_for(conn, &signed.who, now, person, None).await?;
    let goals = plan
        .of(practice::plan::LineKind::Goal, None)
        .into_iter()
        .map(|goal| (goal.line, goal.words.clone()))
        .collect();
    Ok(Desk { signed, about, says, voices, goals })
}

async fn ask(signed: Signed, id: PersonId, raw: RawQuery, says: Says) -> Result<Response> {
    let moment = signed.app.moment();
    let mut typed = query(&raw);
    if says != Says::Promise {
        typed.put_date("on", moment.today());
    }
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Record).await?;
    let desk = desk(&mut conn, (&signed, &about), says).await?;
    drop(conn);
    journal::read(&signed.app, &signed.who, Read::Plan, &[id], &about.why, Json::Null).await?;
    Ok(desk.draw(&typed, &FormErrors::new()))
}

/// `GET /person/{id}/plan/scale`.
pub(super) async fn ask_scale(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    ask(signed, id, raw, Says::Scale).await
}

/// `GET /person/{id}/plan/promise`.
pub(super) async fn ask_promise(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    ask(signed, id, raw, Says::Promise).await
}

/// `GET /person/{id}/plan/view`.
pub(super) async fn ask_view(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    ask(signed, id, raw, Says::View).await
}

impl Desk<'_> {
    fn draw(&self, typed: &Typed, errors: &FormErrors) -> Response {
        let name = &self.about.header.shown_name;
        let (back, label) = (format!("{}/plan", self.about.href), format!("Back to {name}’s plan"));
        let action = format!("{}/plan/{}", self.about.href, self.says.path());
        let form = Form::new(typed, errors);
        let fields = match self.says {
            Says::Scale => self.scale(&form),
            Says::Promise => self.promise(&form),
            Says::View => self.view(&form, typed),
        };
        let body = html! {
            h2 { (self.says.heading()) }
            (page::post(&Post { action: &action, csrf: &self.signed.csrf, ..Post::default() }, html! {
                (fields)
                (buttons(html! { (button("Keep")) (link_button(&back, "Leave it").quiet()) }))
            }))
        };
        let title = format!("{name}: {}", self.says.heading());
        let frame_of =
            choose::asking(&title, &self.about.heading, Link { href: &back, label: &label }, errors);
        frame(self.signed, &frame_of, body)
    }

    fn scale(&self, form: &Form<'_>) -> Markup {
        let goals =
            self.goals.iter().map(|(id, words)| Choice::new(id.to_string(), words.as_str())).collect();
        html! {
            p.soft { "Ask each person by themselves. Their numbers stand beside each other and are never put together." }
            @if self.goals.is_empty() { p { "There is no goal yet." } }
            @else { (form.radios("goal", "Which goal?", goals)) }
            (choose::voice_field(form, "Who says so?", &self.voices))
            (form.scale("value", "From 0 to 10", ("As far off as it could be", "It is there")))
            (form.textarea("why", "Why that number?").rows(2).hint("In their words"))
            (form.textarea("next", "What would make it one more?").rows(2))
            (form.date("on", "On which day"))
        }
    }

    fn promise(&self, form: &Form<'_>) -> Markup {
        html! {
            p.soft { "What we promise is chased first. It stands on your Today until you say what became of it." }
            (choose::voice_field(form, "Who promises?", &self.voices))
            (form.textarea("what", "What will they do?").rows(2).hint("Such as: pay for the breakfast club"))
            (form.date("due", "By when, if that was said"))
        }
    }

    fn view(&self, form: &Form<'_>, typed: &Typed) -> Markup {
        let choices = Agreement::ALL.iter().map(|one| Choice::new(one.code(), one.plain())).collect();
        html! {
            p.soft { "Read the plan back first. Whoever does not agree is heard in their own words, and that stands in the plan." }
            (choose::voice_field(form, "Who says so?", &self.voices))
            (form.radios("agreement", "Do they agree?", choices))
            (form.textarea("words", "What do they say of it?").rows(3).hint("In their words. Needed where they do not agree with all of it"))
            (page::check("read-back", "yes", "It was read back to them, or they read it themselves", typed.has("read-back", "yes")))
            (form.date("on", "On which day"))
        }
    }
}

/// Ends a form: kept, or shown again with what is wrong.
async fn finish(
    (signed, id): (&Signed, PersonId),
    says: Says,
    typed: &Typed,
    wrong: &FormErrors,
) -> Result<Response> {
    let now = signed.app.moment().now();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, signed, now, id, Sight::Record).await?;
    let desk = desk(&mut conn, (signed, &about), says).await?;
    drop(conn);
    Ok(desk.draw(typed, wrong))
}

fn kept(id: PersonId) -> Response {
    Redirect::to(&format!("/person/{id}/plan?done=kept")).into_response()
}

fn collect(done: Result<()>, wrong: &mut FormErrors) -> Result<()> {
    if let Err(oops) = done {
        let said: FormErrors = checked::wrong(oops)?;
        said.iter().for_each(|(field, words)| wrong.add(field, words));
    }
    Ok(())
}

/// Who says so, or that the form does not say.
fn who_says(typed: &Typed, wrong: &mut FormErrors) -> By {
    let by = choose::voice_of(typed);
    wrong.require(by.is_some(), "by", "Say who");
    by.unwrap_or(By::Themselves)
}

/// `POST /person/{id}/plan/scale`.
pub(super) async fn send_scale(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let (mut moment, mut wrong) = (signed.app.moment(), FormErrors::new());
    let by = who_says(typed, &mut wrong);
    let on = typed.date("on", "The day", &mut wrong).unwrap_or(moment.today());
    let value: Option<i64> = typed.get("value").parse().ok();
    let goal: Option<Uuid> = typed.get("goal").parse().ok();
    wrong.require(goal.is_some(), "goal", "Choose a goal");
    let command = Scale {
        person: id,
        goal: goal.unwrap_or_default(),
        by,
        value: value.unwrap_or(-1),
        on,
        why: typed.some("why").map(str::to_owned),
        next_step: typed.some("next").map(str::to_owned),
    };
    let mut tx = signed.app.db.write().await?;
    collect(scale(&mut tx, &signed.who, &mut moment, command).await, &mut wrong)?;
    if wrong.is_empty() {
        tx.commit().await?;
        return Ok(kept(id));
    }
    tx.give_up().await?;
    finish((signed, id), Says::Scale, typed, &wrong).await
}

/// `POST /person/{id}/plan/promise`.
pub(super) async fn send_promise(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let (mut moment, mut wrong) = (signed.app.moment(), FormErrors::new());
    let by = who_says(typed, &mut wrong);
    let due_on = typed.date_if_any("due", "The day", &mut wrong);
    let command = Promise { person: id, what: typed.get("what").to_owned(), by, due_on };
    let mut tx = signed.app.db.write().await?;
    collect(promise(&mut tx, &signed.who, &mut moment, command).await, &mut wrong)?;
    if wrong.is_empty() {
        tx.commit().await?;
        return Ok(kept(id));
    }
    tx.give_up().await?;
    finish((signed, id), Says::Promise, typed, &wrong).await
}

/// `POST /person/{id}/plan/view`.
pub(super) async fn send_view(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let (mut moment, mut wrong) = (signed.app.moment(), FormErrors::new());
    let by = who_says(typed, &mut wrong);
    let on = typed.date("on", "The day", &mut wrong).unwrap_or(moment.today());
    let agreement = Agreement::from_code(typed.get("agreement"));
    wrong.require(agreement.is_some(), "agreement", "Say whether they agree");
    let command = Agree {
        person: id,
        by,
        agreement: agreement.unwrap_or(Agreement::Agreed),
        words: typed.some("words").map(str::to_owned),
        read_back: typed.has("read-back", "yes"),
        on,
    };
    let mut tx = signed.app.db.write().await?;
    collect(agree(&mut tx, &signed.who, &mut moment, command).await, &mut wrong)?;
    if wrong.is_empty() {
        tx.commit().await?;
        return Ok(kept(id));
    }
    tx.give_up().await?;
    finish((signed, id), Says::View, typed, &wrong).await
}
