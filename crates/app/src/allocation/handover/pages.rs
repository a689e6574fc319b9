//! The page of a hand-over: as the one who is asked reads it, and as those do who work with the person.

use super::actions::{by, may_read};
use super::decide::{Before, current};
use super::forms::{Done, said};
use super::going_on::{Doing, go_on};
use super::listed::{nothing, ready};
use super::read::{self, Handover, Note, evidence, handovers, latest_open, met, notes, stands, who_answers};
use crate::allocation::actions::{Allocate, story_first};
use crate::allocation::limit::stopped;
use crate::clock::shown::weekday;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{self, Read};
use crate::person::{self, Header};
use crate::room::Look;
use crate::told::not_right::{self, NotRight};
use crate::who::{Signed, initials};
use crate::{Oops, Result, checked};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{
    Avatar, Choice, Form, FormErrors, Link, PersonHeader, Post, Size, Typed, Voice, button, buttons,
    link_button,
};
use practice::access::{AllocationKind, Reason};
use practice::handover::{By, CouldStay, Moment as Kind, ReturnReason, State};
use practice::id::PersonId;
use practice::space::Concern;
use practice::story::Taking;
use serde_json::json;
use std::collections::BTreeMap;

/// Everything the page is drawn from.
struct Shown<'a> {
    signed: &'a Signed,
    header: &'a Header,
    held: &'a Handover,
    by: By,
    /// Whether the reader may open the record.
    open: bool,
    notes: Vec<Note>,
    before: Before,
    ready: Markup,
    today: Date,
    /// Whether the one who is asked has still to read the story.
    unread: bool,
    answers: Option<String>,
    /// What has to be decided first, where it brings whoever is asked over a limit.
    stopped: Option<String>,
    /// What anybody said is not right about it, for whoever may open the record.
    not_right: Vec<NotRight>,
}

/// `GET /person/{id}/handover`
pub(super) async fn show(
    signed: Signed,
    Path(id): Path<PersonId>,
    Query(done): Query<Done>,
) -> Result<Response> {
    draw(&signed, id, (&Typed::default(), &FormErrors::new()), said(&done)).await
}

async fn draw(
    signed: &Signed,
    id: PersonId,
    (typed, errors): (&Typed, &FormErrors),
    told: Option<&str>,
) -> Result<Response> {
    let app = &signed.app;
    let moment = app.moment();
    let (today, now) = (moment.today(), moment.now());
    let mut conn = app.db.read().await?;
    let held = latest_open(&mut conn, id, today).await?;
    let why = may_read(&mut conn, &signed.who, &moment, (id, held.as_ref())).await?;
    let open = why.is_some();
    let header = person::header(&mut conn, id).await?.ok_or(Oops::NotFound)?;
    let past = handovers(&mut conn, id, today).await?;
    let by = by(&mut conn, &signed.who, &moment, (id, held.as_ref())).await?;
    let answers = who_answers(&mut conn, id, today).await?.map(|one| one.1);
    let body = match held.as_ref().or(past.first()) {
        None => nothing(&header, by),
        Some(held) => {
            let stands = !held.standing.state.is_open() || stands(&mut conn, held, today).await?;
            let notes = notes(&mut conn, held.id).await?;
            let look = Look { who: &signed.who, person: id, today, now, known: None };
            let shown = if open { evidence(&mut conn, &look).await? } else { BTreeMap::new() };
            let list = read::ready(held.step, held.standing.offered_on, &shown, &notes);
            let ready = ready(list.as_ref());
            let asked = Some(held.standing.to).filter(|_| by.receiver || by.leads);
            let before = Before::read(&mut conn, (id, asked), today).await?;
            let part = AllocationKind::Responsible;
            let (worker, from) = (held.standing.to, today);
            let command = Allocate { person: id, worker, part, from, to: None, reason: None };
            let stopped = stopped(&mut conn, &signed.who, (held.standing.to, id), today).await?;
            let stopped = stopped.filter(|_| asked.is_some() && held.standing.state.waits_for_receiver());
            let unread =
                open && story_first(&mut conn, &signed.who, &moment, &command).await? == Taking::ReadFirst;
            let said = if open {
                not_right::not_right(&mut conn, (&signed.who, now), (id, Concern::Handover), None).await?
            } else {
                vec![]
            };
            let it = Shown {
                not_right: said.into_iter().filter(|one| one.handover == Some(held.id)).collect(),
                signed,
                header: &header,
                held,
                by,
                open,
                notes,
                before,
                ready,
                today,
                unread,
                answers,
                stopped,
            };
            it.page((typed, errors), (stands, &past))
        }
    };
    drop(conn);
    read_it(signed, id, why.as_ref()).await?;
    Ok(page_of(signed, &header, (errors, told, open), body))
}

/// Whoever may open the record reads it; whoever is only asked reads what was put there for them, and both are noted.
pub(super) async fn read_it(signed: &Signed, id: PersonId, why: Option<&Reason>) -> Result<()> {
    let why = why.map_or("asked", journal::reason_code);
    let act = journal::Act { action: Read::Handover.action(), about: &[id], payload: json!({ "why": why }) };
    journal::reading(&signed.app, &signed.who, act).await
}

pub(super) fn page_of(
    signed: &Signed,
    header: &Header,
    (errors, told, open): (&FormErrors, Option<&str>, bool),
    body: Markup,
) -> Response {
    let name = &header.shown_name;
    let heading = page::person_header(&PersonHeader {
        avatar: Avatar::of(&header.initials, crate::frame::hue(header.hue)).sized(Size::Largest),
        name,
        about: html! { (header.full_name) },
        own_words: None,
        facts: &[],
    });
    let (href, label) = if open {
        (format!("/person/{}", header.id), format!("Back to {name}"))
    } else {
        ("/today".to_owned(), "Back to Today".to_owned())
    };
    let title = format!("Hand-over of {name}");
    let page = Frame {
        title: &title,
        part: "/find",
        back: Some(Link { href: &href, label: &label }),
        said: told,
        errors: Some(errors),
        header: Some(heading),
        ..Frame::default()
    };
    frame(signed, &page, body)
}

impl Shown<'_> {
    fn page(&self, (typed, errors): (&Typed, &FormErrors), (stands, past): (bool, &[Handover])) -> Markup {
        let held = self.held;
        let story = format!("/person/{}/story", self.header.id);
        html! {
            (self.lead(stands))
            section {
                h2 { "Why now" }
                (self.why())
            }
            section {
                h2 { "Before it is decided" }
                (self.before.markup((&self.header.shown_name, &story), self.today))
                @if self.open { p { a href={ "/person/" (self.header.id) "/continuity" } { "Who worked with " (self.header.shown_name) " over time" } } }
                (self.could_stay())
            }
            (self.ready)
            (self.moments())
            (self.not_right())
            @if held.standing.state == State::Returned { (self.returned()) }
            @if stands && held.standing.state.is_open() { (self.answer((typed, errors))) }
            @if !held.standing.state.is_open() && (self.by.responsible || self.by.leads) {
                (buttons(html! { (link_button(&format!("/person/{}/handover/offer", self.header.id), "Offer a new hand-over")) }))
            }
            @if past.len() > 1 { (page::details(&format!("Hand-overs before: {}", past.len() - 1), self.earlier(past))) }
        }
    }

    fn lead(&self, stands: bool) -> Markup {
        let held = self.held;
        let name = &self.header.shown_name;
        let on = weekday(held.standing.offered_on, self.today);
        let from = held.from_name.as_deref();
        html! {
            @if self.by.receiver && held.standing.state.is_open() { h2 { "Will you become " (name) "’s worker?" } }
            @else { h2 { "From " (from.unwrap_or("duty")) " to " (held.to_name) } }
            p.lead {
                (held.standing.state.plain()) ". Offered by "
                (held.offered_by.as_ref().map_or("the council", |one| one.1.as_str())) " on " (on) ". "
                @if held.standing.state.is_open() {
                    @match from {
                        Some(from) => { (from) " stays responsible, and every date keeps running, until it is taken over." }
                        None => { "Until it is taken over, the manager of the team answers." }
                    }
                }
            }
            @if !stands {
                (page::note(html! { p { "This no longer says what is so: somebody left, or another worker became responsible. Nobody has to do anything. A new hand-over can be offered." } }))
            }
            @if let Some(who) = &self.answers { p.soft { "Today " b { (who) } " answers for " (name) "." } }
            @if let Some(last) = held.leaves_on { p.soft { "Last day of whoever leaves: " (weekday(last, self.today)) "." } }
        }
    }

    fn why(&self) -> Markup {
        let by = self.held.offered_by.as_ref().map_or("The council", |one| one.1.as_str());
        let letters = initials(by);
        let told = self.notes.iter().find(|note| note.kind == Some(Kind::Told) && note.said.is_some());
        html! {
            (page::voice(&Voice::of(Avatar::of(&letters, crate::frame::hue(8)), by, html! { "wrote" }, &self.held.why)))
            p.small.soft { (self.held.cause.plain()) "." }
            @if let Some(said) = told.and_then(|note| note.said.as_deref()) {
                (page::voice(&Voice::of(
                    Avatar::of(&self.header.initials, crate::frame::hue(self.header.hue)), &self.header.shown_name,
                    html! { "said, when they were told" }, said,
                )))
            }
        }
    }

    fn not_right(&self) -> Markup {
        let goes_on = self.held.standing.state.is_open();
        let say = goes_on.then(|| format!("/person/{}/not-right?of=handover", self.header.id));
        html! {
            @if self.open && (goes_on || !self.not_right.is_empty()) {
                (not_right::beside(&self.not_right, ("hand-over", say.as_deref()), self.today))
            }
        }
    }

    fn could_stay(&self) -> Markup {
        let (could, words) = &self.held.could_stay;
        let now = current(&self.before.workers, self.today);
        html! {
            .box.box--ground {
                h3 { @match &now {
                    Some((now, _)) => { "Could " (now.name) " stay?" }
                    None => { "Could somebody they know take this on?" }
                } }
                p { b { (could.plain()) "." } " " (words) }
                @if *could != CouldStay::No { p.small { "If that would be better for " (self.header.shown_name) ", return it and say so." } }
            }
        }
    }

    /// What they were told, the meeting and the goodbye: done, or on which day.
    fn moments(&self) -> Markup {
        let may = self.open && (self.by.responsible || self.by.leads || self.by.receiver);
        let all: Vec<&Note> = self.notes.iter().filter(|note| note.kind.is_some()).collect();
        html! {
            section aria-labelledby="h-moments" {
                (page::heading_row("h-moments", "Told, met, said goodbye", html! {
                    @if may { a href={ "/person/" (self.header.id) "/handover/said" } { "Write something down" } }
                }))
                @if all.is_empty() { p.soft { "Nothing is written down yet of what " (self.header.shown_name) " was told." } }
                ul.plain { @for note in all {
                    @let to_come = note.on > self.today;
                    li {
                        p {
                            b { @match note.kind {
                                Some(Kind::Introduction) if to_come => { "They are to meet" }
                                Some(Kind::Goodbye) if to_come => { "They are to say goodbye" }
                                Some(kind) => { (kind.plain()) }
                                None => {}
                            } }
                            ", " (weekday(note.on, self.today))
                            @if let Some((_, by)) = &note.by { ", " (by) }
                        }
                        p.soft { (note.words) }
                        @if let Some(said) = &note.said { p.words { "“" (said) "”" } }
                    }
                } }
            }
        }
    }

    fn returned(&self) -> Markup {
        let held = self.held;
        html! {
            section.box {
                h2 { "It came back" }
                p { (held.to_name) " says what is missing:" }
                ul { @for reason in &held.reasons { li { (reason.plain()) } } }
                @if let Some(words) = &held.return_words {
                    (page::voice(&Voice::of(Avatar::of(&initials(&held.to_name), crate::frame::hue(3)), &held.to_name, html! { "wrote" }, words)))
                }
                p.small.soft { "A return is no mark against anyone. Reasons are looked at once a month, never names." }
            }
        }
    }

    fn answer(&self, (typed, errors): (&Typed, &FormErrors)) -> Markup {
        let state = self.held.standing.state;
        html! {
            @if let Some((_, by)) = &self.held.agreed_by { p.soft { (by) ", who leads the team, said that it may be." } }
            @else { p.soft { "Whoever leads the team has not said yet that it may be." } }
            @if let Some(words) = &self.stopped {
                (page::note(html! {
                    p { (words) "." }
                    @if self.by.leads && !self.by.receiver { p { a href={ "/over-limit/decide?worker=" (self.held.standing.to) "&person=" (self.header.id) } { "Decide whether they may" } } }
                }))
            }
            @if self.by.receiver && state.waits_for_receiver() { (self.receiver((typed, errors))) }
            @if self.by.leads && self.held.agreed_by.is_none() {
                (self.press("agree", "It may be", "Whoever leads says who is responsible. Say that this may be, once it is right."))
            }
            @if self.by.responsible || self.by.leads {
                @if state == State::Returned {
                    (buttons(html! { (link_button(&format!("/person/{}/handover/offer", self.header.id), "Offer it again")) }))
                }
                (self.press("withdraw", "Take it back", "Nothing changes: whoever is responsible stays so."))
            }
        }
    }

    fn press(&self, doing: &str, label: &str, hint: &str) -> Markup {
        let action = format!("/person/{}/handover", self.header.id);
        page::post(
            &Post { action: &action, csrf: &self.signed.csrf, ..Post::default() },
            html! {
                p.small.soft { (hint) }
                (buttons(html! { (button(label).quiet().sends("doing", doing)) }))
            },
        )
    }

    /// What the one who is asked may do now.
    fn receiver(&self, (typed, errors): (&Typed, &FormErrors)) -> Markup {
        let form = Form::new(typed, errors);
        let action = format!("/person/{}/handover", self.header.id);
        let name = &self.header.shown_name;
        let post = Post { action: &action, csrf: &self.signed.csrf, ..Post::default() };
        let reasons: Vec<Choice<'_>> = ReturnReason::ALL
            .iter()
            .filter(|reason| **reason != ReturnReason::CanStay || self.held.standing.from.is_some())
            .map(|reason| Choice::new(reason.code(), reason.plain()))
            .collect();
        html! {
            section aria-labelledby="h-answer" {
                h2 id="h-answer" { "Your answer" }
                @if self.held.standing.state == State::Offered {
                    (page::post(&post, html! {
                        p { b { "Accept." } " You get to know " (name) ": you can read the record, and you meet together with whoever goes. You answer for them only once you take over." }
                        (buttons(html! { (button("Accept").sends("doing", "accept")) }))
                    }))
                } @else { (self.take_over(&form, &post)) }
                (page::post(&post, html! {
                    p { b { "Return." } " It goes back with what is missing. Dates keep running, and nothing is yours." }
                    (form.checks("reasons", "What is missing?", reasons))
                    (form.textarea("words", "What would make it ready?").rows(3))
                    (buttons(html! { (button("Return it").quiet().sends("doing", "return")) }))
                    p.small.soft { "A return is no mark against anyone. Reasons are looked at once a month, never names." }
                }))
            }
        }
    }

    fn take_over(&self, form: &Form<'_>, post: &Post<'_>) -> Markup {
        let name = &self.header.shown_name;
        let met = met(&self.notes, self.today);
        let agreed = self.held.agreed_by.is_some();
        let story = format!("/person/{}/story", self.header.id);
        let done = |is: bool, what: Markup, about: Markup| page::Ready { done: is, what, about };
        let steps = [
            done(
                !self.unread,
                html! { "Read " (name) "’s story" },
                html! { a href=(story) { "The story so far" } },
            ),
            done(
                met,
                html! { "Meet " (name) " together with whoever goes" },
                html! {
                    @if met { "It is written down." } @else { a href={ "/person/" (self.header.id) "/handover/said" } { "Write down that you met, or the day" } }
                },
            ),
            done(
                agreed,
                html! { "Whoever leads the team says that it may be" },
                html! { @if agreed { "They did." } @else { "It stands on their Today." } },
            ),
        ];
        html! {
            (page::ready_list(&steps))
            @if !self.unread && agreed {
                (page::post(post, html! {
                    (form.date("on", "From which day you answer for them"))
                    @if !met { (form.text("not-met", "Why you could not meet together").hint("If whoever goes is ill or gone already. Else meet first")) }
                    (buttons(html! { (button("Take over").sends("doing", "take-over")) }))
                }))
            }
        }
    }

    fn earlier(&self, past: &[Handover]) -> Markup {
        let rest = past.iter().filter(|one| one.id != self.held.id);
        html! {
            ul { @for one in rest { li {
                (weekday(one.standing.offered_on, self.today)) ": from " (one.from_name.as_deref().unwrap_or("duty")) " to " (one.to_name)
                ". " (one.standing.state.plain()) "."
            } } }
        }
    }
}

/// `POST /person/{id}/handover`
pub(super) async fn send(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let mut errors = FormErrors::new();
    let name = typed.get("doing");
    let doing = match name {
        "accept" => Doing::Accept,
        "agree" => Doing::Agree,
        "withdraw" => Doing::Withdraw,
        "return" => {
            let reasons = typed.all("reasons").filter_map(ReturnReason::from_code).collect();
            Doing::Return(reasons, typed.get("words").to_owned())
        }
        "take-over" => {
            let on = if typed.get("on-day").is_empty() {
                Some(moment.today())
            } else {
                typed.date("on", "From which day", &mut errors)
            };
            match on {
                Some(on) => Doing::TakeOver(on, typed.some("not-met").map(str::to_owned)),
                None => return draw(signed, id, (typed, &errors), None).await,
            }
        }
        _ => {
            errors.add("", "Choose what to do with it");
            return draw(signed, id, (typed, &errors), None).await;
        }
    };
    let mut tx = signed.app.db.write().await?;
    match go_on(&mut tx, &signed.who, &mut moment, (id, doing)).await {
        Ok(()) => {
            tx.commit().await?;
            // whoever returned it, or was handed it and lost it, may not read it any more
            let to = if name == "return" {
                "/today".to_owned()
            } else {
                format!("/person/{id}/handover?done={name}")
            };
            Ok(Redirect::to(&to).into_response())
        }
        Err(oops) => {
            tx.give_up().await?;
            let errors = checked::wrong(oops)?;
            draw(signed, id, (typed, &errors), None).await
        }
    }
}
