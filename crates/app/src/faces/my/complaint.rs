//! Complaining, with the day by which one hears and what came of it; adding to it; and going on where one is not content.

use super::draw::first;
use super::rights::within;
use crate::entry::paragraphs;
use crate::form::PostedOwn;
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::rights::complaint::{Complaint, complain, complaints_of, not_content};
use crate::who::Mine;
use crate::{Oops, Result};
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Field, FormErrors, Post, Typed, button, buttons};
use practice::complaint::{ComplaintStage, ComplaintState};
use uuid::Uuid;

/// The rule by which somebody may ask for a panel.
const PANEL: &str = "CO-03";

/// How long each step takes, in words.
struct Lengths {
    first: String,
    second: String,
    panel: String,
}

/// `GET /my/complaint`
pub(super) async fn show(mine: Mine) -> Result<Response> {
    draw(&mine, (&Typed::default(), &FormErrors::new()), None).await
}

async fn draw(mine: &Mine, (typed, errors): (&Typed, &FormErrors), said: Option<&str>) -> Result<Response> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let all = complaints_of(&mut conn, mine.person, today).await?;
    let lengths = Lengths {
        first: within(&mut conn, ("CO-01", today), mine.words).await?,
        second: within(&mut conn, ("CO-02", today), mine.words).await?,
        panel: within(&mut conn, (PANEL, today), mine.words).await?,
    };
    drop(conn);
    let words = mine.words;
    let title = words.rights_title();
    let open = all.iter().any(|one| one.state == ComplaintState::Open);
    // each complaint with its stages, the newest complaint first
    let mut ids: Vec<Uuid> = all.iter().map(|one| one.id).collect();
    ids.dedup();
    let of = |id: Uuid| all.iter().filter(move |one| one.id == id).collect::<Vec<_>>();
    let form = Asks { mine, typed, errors };
    let body = html! {
        h1 { (words.rights_complain_heading()) }
        p.lead { (words.rights_complain(&lengths.first)) }
        p { (words.complaint_who()) }
        @for id in &ids {
            article {
                @for one in of(*id) { (stage(mine, one, today)) }
                @if let Some(last) = of(*id).last() { (form.after(last, &lengths, today)) }
            }
            hr;
        }
        @if !open {
            @if !ids.is_empty() { h2 { (words.complaint_new_heading()) } }
            (form.draw(("complain", None), &words.complaint_words(), Some(&words.complaint_hint()), &words.complaint_button()))
        }
    };
    let frame = OwnFrame { title: &title, part: "/my/rights", said, errors: Some(errors) };
    Ok(own_frame(mine, &frame, body))
}

/// The name of a form's field: several forms stand on the page, each with one of its own.
fn field_of(does: &str, of: Option<Uuid>) -> String {
    of.map_or("words".to_owned(), |id| format!("{does}-{id}"))
}

/// The forms of the page.
struct Asks<'a> {
    mine: &'a Mine,
    typed: &'a Typed,
    errors: &'a FormErrors,
}

impl Asks<'_> {
    fn draw(&self, (does, of): (&str, Option<Uuid>), label: &str, hint: Option<&str>, press: &str) -> Markup {
        let error = self.mine.words.frame_error();
        let name = field_of(does, of);
        let mut field = Field::textarea(name.clone(), label).rows(6).value(self.typed.get(&name));
        if let Some(hint) = hint {
            field = field.hint(hint.to_owned());
        }
        let post = Post { action: "/my/complaint", csrf: &self.mine.csrf, ..Post::default() };
        page::post(
            &post,
            html! {
                input type="hidden" name="do" value=(does);
                @if let Some(id) = of { input type="hidden" name="complaint" value=(id); }
                (field.errors(self.errors).error_word(&error))
                (buttons(html! { (button(press)) }))
            },
        )
    }

    /// What one can do after the last stage there is: add to it, say that one is not content, go to the Ombudsman.
    fn after(&self, last: &Complaint, lengths: &Lengths, today: Date) -> Markup {
        let words = self.mine.words;
        let second = last.stage == ComplaintStage::First;
        html! {
            @if last.state == ComplaintState::Open {
                h3 { (words.complaint_add()) }
                (self.draw(("add", Some(last.id)), &words.complaint_add_words(), None, &words.complaint_add_button()))
            }
            @if last.may_go_on(today) {
                h3 { (words.complaint_more_heading()) }
                p { @if second { (words.complaint_next(&lengths.second)) } @else { (words.complaint_panel(&lengths.panel)) } }
                (self.draw(("not-content", Some(last.id)), &words.complaint_not_content_words(), None, &words.complaint_not_content()))
            }
            @if last.stage.tells_ombudsman(last.state) {
                section.box {
                    h3 { (words.complaint_ombudsman_heading()) }
                    p { (words.complaint_ombudsman()) }
                }
            }
        }
    }
}

fn stage(mine: &Mine, one: &Complaint, today: Date) -> Markup {
    let words = mine.words;
    let on = |date| day(words, date, today);
    html! {
        h2 { @if one.stage == ComplaintStage::First { (words.answers_asked(&on(one.received_on))) } @else { (words.complaint_not_content_on(&on(one.received_on))) } }
        blockquote { p.words { (one.words) } }
        @for (added, more) in &one.added { p { (words.complaint_added(&on(*added))) } blockquote { p.words { (more) } } }
        @if one.state == ComplaintState::Open {
            @match one.stage {
                ComplaintStage::First => {}
                ComplaintStage::Second => p { (words.complaint_second_who()) },
                ComplaintStage::Third => p { (words.complaint_third_who()) },
            }
        }
        @if let Some((since, why)) = &one.extended { p { (words.complaint_longer(&on(*since))) } (paragraphs(why)) }
        (settled(mine, one, today))
    }
}

/// By when they hear, or what they heard.
fn settled(mine: &Mine, one: &Complaint, today: Date) -> Markup {
    let words = mine.words;
    let on = |date| day(words, date, today);
    let ended = on(one.ended_on.unwrap_or(today));
    html! {
        @match one.state {
            ComplaintState::Open => @if let Some(due) = one.due_on {
                p { b { @if due < today { (words.complaint_late(&on(due))) } @else { (words.complaint_by(&on(due))) } } }
            }
            ComplaintState::Answered => {
                p { b { (words.answers_answered(one.answerer.as_deref().map_or("", first), &ended)) } }
                @if let Some(answer) = &one.answer { (paragraphs(answer)) }
            }
            ComplaintState::Withdrawn => p { b { (words.complaint_withdrawn(&ended)) } },
            ComplaintState::Onward => p { b { (words.complaint_onward()) } },
        }
    }
}

/// `POST /my/complaint`
pub(super) async fn send(posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = &posted;
    let words = mine.words;
    let mut moment = mine.app.moment();
    let id: Option<Uuid> = typed.get("complaint").parse().ok();
    let onward = typed.get("do") == "not-content";
    let field = field_of(if onward { "not-content" } else { "add" }, id);
    let written = typed.get(&field);
    let mut tx = mine.app.db.write().await?;
    let done = match id.filter(|_| onward) {
        Some(id) => not_content(&mut tx, &mine.who, &mut moment, (id, written)).await,
        None => complain(&mut tx, &mine.who, &mut moment, written).await,
    };
    match done {
        Ok(received) => {
            tx.commit().await?;
            let said = match (received.added, received.due_on) {
                (true, _) => words.complaint_added_said(),
                (false, Some(due)) => words.complaint_sent(&day(words, due, moment.today())),
                (false, None) => words.complaint_third_who(),
            };
            draw(mine, (&Typed::default(), &FormErrors::new()), Some(&said)).await
        }
        Err(Oops::Wrong(_)) => {
            tx.give_up().await?;
            let mut errors = FormErrors::new();
            errors.add(field, words.complaint_missing());
            draw(mine, (typed, &errors), None).await
        }
        // somebody went on in another window: the page says how it stands now
        Err(Oops::Refused(_)) => {
            tx.give_up().await?;
            draw(mine, (&Typed::default(), &FormErrors::new()), None).await
        }
        Err(other) => Err(other),
    }
}
