//! The page of what is done otherwise for somebody: each with its reasons, the conversation about it, what was decided and
//! until when; and what the reader can do next. Whoever leads is asked to ask why before anything else.

use super::actions::{Doing, go_on};
use super::read::{OwnWay, Spoken, by, own_ways};
use crate::clock::shown::day;
use crate::form::Posted;
use crate::frame::Frame;
use crate::journal::{self, Read};
use crate::moment::end_of;
use crate::told::choose;
use crate::who::{Signed, initials};
use crate::working::{About, about};
use crate::{Result, access, checked};
use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Avatar, Choice, Form, FormErrors, Post, Typed, Voice, button, buttons, link_button};
use practice::access::{Decision, Sight};
use practice::id::{PersonId, WorkerId};
use practice::own_way::{Became, By, Said, WayState, look_due};
use serde_json::json;

fn query(raw: &RawQuery) -> Typed {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(raw.0.as_deref().unwrap_or("")).unwrap_or_default();
    Typed::from_pairs(pairs)
}

fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "proposed" => "Proposed. Whoever leads asks why first; nothing is agreed yet, and no date has moved.",
        "ask" => "Your question is kept with it. They answer, and then you say yes or no.",
        "answer" => "Your answer is kept with it.",
        "agree" => "Agreed. It stands beside the date, which has not moved.",
        "decline" => "Not agreed. Your reason stands with it.",
        "take-back" => "Taken back.",
        "look" => "Looked at again. What became of it stands with it.",
        _ => return None,
    })
}

/// Everything the page is drawn from.
struct Shown<'a> {
    signed: &'a Signed,
    about: &'a About,
    all: Vec<(OwnWay, By)>,
    may_propose: bool,
    known: Option<Date>,
    today: Date,
    typed: &'a Typed,
    errors: &'a FormErrors,
}

/// `GET /person/{id}/own-way`
pub(super) async fn show(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    page_of(&signed, id, (&query(&raw), FormErrors::new())).await
}

async fn page_of(
    signed: &Signed,
    id: PersonId,
    (typed, mut errors): (&Typed, FormErrors),
) -> Result<Response> {
    let moment = signed.app.moment();
    let now = moment.now();
    let known = choose::known_on(typed, moment.today(), &mut errors);
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, signed, now, id, Sight::Open).await?;
    let mut all = vec![];
    for one in own_ways(&mut conn, id, known.and_then(end_of)).await? {
        let proposer = Some(WorkerId(one.row.proposed_by));
        let by = by(&mut conn, (&signed.who, &moment), (id, proposer)).await?;
        all.push((one, by));
    }
    let may = access::decide(&mut conn, &signed.who, now, id, Sight::Steps).await?;
    drop(conn);
    let more = json!({"known": known});
    journal::read(&signed.app, &signed.who, Read::OwnWays, &[id], &about.why, more).await?;
    let may_propose = known.is_none() && may.as_ref().is_some_and(Decision::is_allowed);
    let today = known.unwrap_or(moment.today());
    let shown = Shown { signed, about: &about, all, may_propose, known, today, typed, errors: &errors };
    Ok(shown.draw())
}

impl Shown<'_> {
    fn href(&self) -> String {
        format!("{}/own-way", self.about.href)
    }

    fn draw(&self) -> Response {
        let name = &self.about.header.shown_name;
        let title = format!("Slower, or another way, for {name}");
        // one thing at a time: the one that was chosen, else the first where the reader can do something
        let chosen = self.typed.get("way");
        let can = |one: &&(OwnWay, By)| one.0.way().to_string() == chosen;
        let first = self.all.iter().find(can).or_else(|| self.all.iter().find(|one| waits(one)));
        let first = first.map(|one| one.0.way());
        let body = html! {
            .cols {
                div {
                    h2 { "Slower, or another way" }
                    (choose::past(self.known, &self.href()))
                    p { "Where something is done otherwise than procedure says, because that is good for " (name) ". What was agreed stands beside the date; no date moves." }
                    @if self.all.is_empty() { (page::empty("Nothing is done otherwise", html! { "Where more time, or another way, would be better for " (name) ", say so here. Whoever leads asks why, and agrees or says no." })) }
                    @for (one, by) in &self.all { (self.one(one, *by, first == Some(one.way()))) }
                }
                aside.no-print aria-label="What can be done" {
                    @if self.may_propose { section.box { h2 { "Do" } .btns { (link_button(&format!("{}/new", self.href()), "Propose to go slower, or another way").small()) } } }
                    (choose::day_form(&self.href(), self.known, (self.typed, self.errors)))
                }
            }
        };
        let errors = Some(self.errors).filter(|wrong| !wrong.is_empty());
        let page = Frame { title: &title, said: said(self.typed.get("done")), errors, ..Frame::default() };
        self.about.page(self.signed, None, page, body)
    }

    fn one(&self, one: &OwnWay, by: By, here: bool) -> Markup {
        let (row, today) = (&one.row, self.today);
        let heading = format!("h-{}", row.own_way_id.simple());
        html! {
            section aria-labelledby=(heading) {
                h3 id=(heading) { (row.procedure) }
                p { b { (one.standing.state.plain()) "." } " " (self.until(one)) }
                (voice(&row.proposer, html! { "proposed, " (day(row.proposed_on.0, today)) }, &row.otherwise))
                p { b { "Why this is good for " (self.about.header.shown_name) ": " } (row.why) }
                p { b { "Who of the family agreed: " } (row.agreed_with) }
                @match &row.for_family {
                    Some(words) => p.small.soft { "The family reads in their own space: “" (words) "”" },
                    None => p.small.soft { "It is not shared in the family’s own space." }
                }
                @for spoken in &one.said { (said_by(spoken, today)) }
                @if let (Some(decider), Some(on)) = (&row.decider, row.decided_on) {
                    p { b { (decider) } @if one.standing.state == WayState::Declined { " said no, " } @else { " agreed, " } (day(on.0, today)) ". "
                        @if let Some(words) = &row.decided_words { "“" (words) "”" } }
                }
                @if let Some(became) = one.became {
                    p { b { "Looked at again: " (became.plain()) ". " } @if let Some(words) = &row.became_words { "“" (words) "”" } }
                }
                @if self.known.is_none() {
                    @if here { (self.act(one, by)) }
                    @else if waits(&(one.clone(), by)) { p.small.no-print { a href={ (self.href()) "?way=" (one.way()) } { "Go on with this" span.hid { ": " (row.procedure) } } } }
                }
            }
        }
    }

    fn until(&self, one: &OwnWay) -> Markup {
        let day = |on| day(on, self.today);
        html! {
            @match (one.standing.state, one.until()) {
                (WayState::Agreed, Some(until)) => {
                    "Until " (day(until)) ". "
                    @if look_due(one.standing.state, Some(until), self.today) { b { "It is time to look at it again." } }
                }
                (_, Some(until)) => { "It was agreed until " (day(until)) "." }
                (_, None) => { "Asked for until " (day(one.standing.asked_until)) "." }
            }
        }
    }

    fn act(&self, one: &OwnWay, by: By) -> Markup {
        let form = Form::new(self.typed, self.errors);
        let leads = by.leads && !by.proposed;
        html! {
            @match one.standing.state {
                WayState::Proposed if leads => { (self.ask_first(one, &form)) }
                WayState::Asked if by.proposed => {
                    (self.post(one, html! {
                        (form.textarea("answer", "Your answer").rows(4).hint("In your words. It is kept with the question"))
                        (buttons(html! { (button("Answer").sends("doing", "answer")) }))
                    }))
                }
                WayState::Asked if leads => p.soft { "Your question waits for its answer. You can ask one more thing." (self.ask_more(one, &form)) },
                WayState::Answered if leads => { (self.decide(one, &form)) }
                WayState::Agreed if by.proposed || by.leads => { (self.look(one, &form)) }
                WayState::Proposed | WayState::Asked | WayState::Answered | WayState::Agreed
                | WayState::Declined | WayState::TakenBack | WayState::Ended => {}
            }
            @if by.proposed && one.standing.state.is_open() {
                (self.post(one, html! { (buttons(html! { (button("Take it back").quiet().sends("doing", "take-back")) })) }))
            }
        }
    }

    fn post(&self, one: &OwnWay, fields: Markup) -> Markup {
        let action = self.href();
        page::post(
            &Post { action: &action, csrf: &self.signed.csrf, ..Post::default() },
            html! {
                input type="hidden" name="way" value=(one.way());
                input type="hidden" name="version" value=(one.version());
                (fields)
            },
        )
    }

    /// The screen before any yes or no: nothing is there to press but the question.
    fn ask_first(&self, one: &OwnWay, form: &Form<'_>) -> Markup {
        html! {
            .box."box--ground" {
                h4 { "Ask why first" }
                p { "Before you say yes or no: what would you like to understand? What does the child say? What happens if we do not? " (one.row.proposer) " answers in their words, and both stay with it. Nobody is told off for asking to go another way." }
                (self.post(one, html! {
                    (form.textarea("ask", "What you ask").rows(3))
                    (buttons(html! { (button("Ask").sends("doing", "ask")) }))
                }))
            }
        }
    }

    fn ask_more(&self, one: &OwnWay, form: &Form<'_>) -> Markup {
        page::details(
            "Ask one more thing",
            self.post(
                one,
                html! {
                    (form.textarea("ask", "What you ask").rows(3))
                    (buttons(html! { (button("Ask").quiet().sends("doing", "ask")) }))
                },
            ),
        )
    }

    fn decide(&self, one: &OwnWay, form: &Form<'_>) -> Markup {
        html! {
            (self.post(one, html! {
                p { b { "Agree" } ", until the day that was asked for or for less long. The date of the law stays as it is, and this stands beside it." }
                (form.date("until", "Until which day").hint("Leave it empty for the day that was asked for"))
                (form.text("agree-words", "A word to it").hint("If you like"))
                (buttons(html! { (button("Agree").sends("doing", "agree")) }))
            }))
            (self.post(one, html! {
                (form.textarea("no", "Or say no, and why").rows(3))
                (buttons(html! { (button("Say no").quiet().sends("doing", "decline")) }))
            }))
            (self.ask_more(one, form))
        }
    }

    fn look(&self, one: &OwnWay, form: &Form<'_>) -> Markup {
        let choices = Became::ALL.iter().map(|one| Choice::new(one.code(), one.plain())).collect();
        let fields = self.post(
            one,
            html! {
                (form.radios("became", "What became of it?", choices))
                (form.textarea("became-words", "In a sentence or two").rows(3).hint("What the child and the family say, and what we learn. Where it should go on, propose it again"))
                (buttons(html! { (button("Look at it again: done").sends("doing", "look")) }))
            },
        );
        if look_due(one.standing.state, one.until(), self.today) || !self.errors.is_empty() {
            fields
        } else {
            page::details("Look at it again now", fields)
        }
    }
}

/// Whether the reader is the one who can do something about it now.
fn waits((one, by): &(OwnWay, By)) -> bool {
    match one.standing.state {
        WayState::Proposed | WayState::Answered | WayState::Asked | WayState::Agreed => {
            by.proposed || by.leads
        }
        WayState::Declined | WayState::TakenBack | WayState::Ended => false,
    }
}

fn voice(name: &str, form: Markup, words: &str) -> Markup {
    let letters = initials(name);
    page::voice(&Voice {
        worker: true,
        ..Voice::of(Avatar::of(&letters, crate::frame::hue(8)), name, form, words)
    })
}

fn said_by(one: &Spoken, today: Date) -> Markup {
    let verb = match one.kind {
        Said::Question => "asked why",
        Said::Answer => "answered",
    };
    voice(&one.worker, html! { (verb) ", " (day(one.on, today)) }, &one.words)
}

fn doing(typed: &Typed, until: Option<Date>, errors: &mut FormErrors) -> Option<Doing> {
    let words = |name: &str| typed.get(name).to_owned();
    Some(match typed.get("doing") {
        "ask" => Doing::Ask(words("ask")),
        "answer" => Doing::Answer(words("answer")),
        "agree" => {
            let until = if typed.get("until-day").is_empty() && typed.get("until-month").is_empty() {
                until
            } else {
                typed.date("until", "Until which day", errors)
            };
            Doing::Agree(until?, typed.some("agree-words").map(str::to_owned))
        }
        "decline" => Doing::Decline(words("no")),
        "take-back" => Doing::TakeBack,
        "look" => {
            let became = Became::from_code(typed.get("became"));
            errors.require(became.is_some(), "became", "Say what became of it");
            Doing::Look(became?, words("became-words"))
        }
        _ => {
            errors.add("", "Choose what to do with it");
            return None;
        }
    })
}

/// `POST /person/{id}/own-way`
pub(super) async fn send(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let mut errors = FormErrors::new();
    let of = (typed.get("way").parse(), typed.get("version").parse());
    let mut tx = signed.app.db.write().await?;
    let asked_until = match &of {
        (Ok(way), _) => {
            let all = own_ways(&mut tx, id, None).await?;
            all.iter().find(|one| one.way() == *way).map(|one| one.standing.asked_until)
        }
        (Err(_), _) => None,
    };
    let doing = doing(typed, asked_until, &mut errors);
    let ((Ok(way), Ok(version)), Some(doing)) = (of, doing) else {
        tx.give_up().await?;
        return page_of(signed, id, (typed, errors)).await;
    };
    match go_on(&mut tx, &signed.who, &mut moment, (id, (way, version), doing)).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/person/{id}/own-way?done={}", typed.get("doing"))).into_response())
        }
        Err(oops) => {
            tx.give_up().await?;
            page_of(signed, id, (typed, checked::wrong(oops)?)).await
        }
    }
}
