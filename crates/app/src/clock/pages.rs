//! A person's dates: the card on their page, the whole list with its history, and saying why something is late.

use super::shown::{self, Ribbon, ribbon};
use super::{ExplainClock, KeptClock, explain_clock, history, of_person, running_of};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::Read;
use crate::person::pages::Tab;
use crate::room::{Card, Evidence, Look, Place, Room};
use crate::who::Signed;
use crate::working::{About, about, open};
use crate::{App, Oops, Result, access};
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use db::Conn;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::Sight;
use practice::clock::{RuleId, State};
use practice::id::PersonId;
use serde::Deserialize;

/// The clocks as a room: what it offers to a person's page, and where a person appears in its tables.
pub struct Here;

/// How many dates the card shows.
const FEW: usize = 4;

#[async_trait::async_trait]
impl Room for Here {
    fn appears_in(&self) -> &'static [Place] {
        &[
            // kept clocks are worked out from facts: with the facts they move, and another look makes them anew
            Place {
                table: "clock",
                person: "person_id",
                what: "date",
                rows: None,
                export: "SELECT rule, round, body, started_on, due_on, done_on, ended_on FROM clock WHERE person_id = $1",
                merge: "UPDATE clock SET person_id = $2 WHERE person_id = $1",
                dispose: "DELETE FROM clock WHERE person_id = $1",
            },
            crate::undated! {
                table "clock_reason", person "person_id", what "reason why a date was missed",
                thread "id", known "recorded_at",
                words "reason",
                columns "rule, started_on, reason, author_id, recorded_at"
            },
        ]
    }

    fn routes(&self) -> Router<App> {
        Router::new()
            .route("/person/{id}/dates", get(show))
            .route("/person/{id}/dates/late", get(ask).post(explain))
    }

    /// That no date of theirs is late.
    async fn evidence(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
        let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
        if !decided.is_some_and(|decision| decision.is_allowed()) {
            return Ok(vec![]);
        }
        let running = running_of(conn, look.person, look.today).await?;
        if running.is_empty() || running.iter().any(|kept| matches!(kept.state, State::Late { .. })) {
            return Ok(vec![]);
        }
        let words = match running.iter().map(|kept| kept.clock.due).min() {
            Some(due) => format!("The next is due {}", shown::day(due, look.today)),
            None => "No date runs".to_owned(),
        };
        Ok(vec![Evidence { of: "no-date-late", words, href: format!("/person/{}/dates", look.person) }])
    }

    async fn cards(&self, conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
        let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
        if look.known.is_some() || !decided.is_some_and(|decision| decision.is_allowed()) {
            return Ok(vec![]);
        }
        let mut kept = of_person(conn, look.person, look.today).await?;
        let all = kept.len();
        kept.retain(|one| one.clock.is_running());
        kept.sort_by_key(shown::order);
        let running = kept.len();
        kept.truncate(FEW);
        let href = format!("/person/{}/dates", look.person);
        let body = html! {
            section aria-labelledby="h-dates" {
                (page::heading_row("h-dates", "Dates", html! { @if all > 0 { a href=(href) { "All dates" } } }))
                @if kept.is_empty() {
                    p.soft { "No date runs. Dates begin with an episode or a step of the pathway." }
                }
                @for one in &kept {
                    (ribbon(&Ribbon {
                        kept: one, name: html! { (one.why.short) }, today: look.today, all_reasons: false, act: None,
                    }))
                }
                @if running > kept.len() { p { a href=(href) { (running - kept.len()) " more" } } }
            }
        };
        Ok(vec![Card { place: 120, body }])
    }
}

#[derive(Deserialize)]
struct Done {
    done: Option<String>,
}

async fn show(signed: Signed, Path(id): Path<PersonId>, Query(done): Query<Done>) -> Result<Response> {
    let moment = signed.app.moment();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Open).await?;
    let may = access::decide(&mut conn, &signed.who, moment.now(), id, Sight::Steps).await?;
    let may = may.is_some_and(|decision| decision.is_allowed());
    let mut running = of_person(&mut conn, id, moment.today()).await?;
    running.retain(|kept| kept.clock.is_running());
    running.sort_by_key(shown::order);
    let mut past = history(&mut conn, id, moment.today()).await?;
    drop(conn);
    past.retain(|kept| !kept.clock.is_running());
    past.sort_by_key(|kept| (std::cmp::Reverse(kept.clock.due), kept.clock.rule));
    open(&signed, &about, Read::Dates).await?;
    let said = (done.done.as_deref() == Some("reason"))
        .then_some("Your reason stands beside the date. The date itself has not changed.");
    let title = format!("Dates of {}", about.header.shown_name);
    let page = Frame { title: &title, said, ..Frame::default() };
    Ok(about.page(&signed, Some(Tab::Dates), page, whole(id, &running, &past, (moment.today(), may))))
}

fn act(id: PersonId, kept: &KeptClock, may: bool) -> Option<Markup> {
    (may && (kept.clock.is_running() || kept.state.lateness().is_some())).then(|| {
        let words = if kept.state.lateness().is_some() { "Say why it is late" } else { "Say why it will be late" };
        html! {
            a href={ "/person/" (id) "/dates/late?rule=" (kept.clock.rule.as_str()) "&from=" (kept.clock.started.on) } {
                (words) span.hid { ": " (kept.why.short) }
            }
            " \u{b7} "
            a href={ "/person/" (id) "/own-way/new?rule=" (kept.clock.rule.as_str()) "&from=" (kept.clock.started.on) } {
                "Go slower, for their good" span.hid { ": " (kept.why.short) }
            }
        }
    })
}

fn whole(id: PersonId, running: &[KeptClock], past: &[KeptClock], (today, may): (Date, bool)) -> Markup {
    let one = |kept: &KeptClock| {
        ribbon(&Ribbon {
            kept,
            name: html! { (kept.why.name) },
            today,
            all_reasons: true,
            act: act(id, kept, may && kept.clock.is_running()),
        })
    };
    html! {
        section aria-labelledby="h-running" {
            h2 id="h-running" { "Dates that run" }
            @if running.is_empty() {
                (page::empty("No date runs", html! {
                    "Dates begin by themselves when an episode is opened or a step of the pathway is recorded."
                }))
            }
            @for kept in running { (one(kept)) }
        }
        @if !past.is_empty() {
            section aria-labelledby="h-past" {
                h2 id="h-past" { "Dates that are past" }
                @let (late, met): (Vec<&KeptClock>, Vec<&KeptClock>) =
                    past.iter().partition(|kept| kept.state.lateness().is_some());
                @if late.is_empty() { p.soft { "None of them was late." } }
                @for kept in late { (one(kept)) }
                @if !met.is_empty() {
                    (page::details(&format!("{} met in time, or no longer needed", met.len()), html! {
                        @for kept in met { (one(kept)) }
                    }))
                }
            }
        }
    }
}

#[derive(Deserialize)]
struct Which {
    rule: String,
    from: String,
}

impl Which {
    fn read(rule: &str, from: &str) -> Result<(RuleId, Date)> {
        let rule = rule.parse().map_err(|_| Oops::NotFound)?;
        Ok((rule, from.parse().map_err(|_| Oops::NotFound)?))
    }
}

async fn clock_of(
    conn: &mut Conn,
    person: PersonId,
    (rule, from): (RuleId, Date),
    today: Date,
) -> Result<KeptClock> {
    let clocks = history(conn, person, today).await?;
    let mut same = clocks.into_iter().filter(|kept| kept.clock.rule == rule && kept.clock.started.on == from);
    same.next().ok_or(Oops::NotFound)
}

async fn ask(signed: Signed, Path(id): Path<PersonId>, Query(which): Query<Which>) -> Result<Response> {
    let wanted = Which::read(&which.rule, &which.from)?;
    let moment = signed.app.moment();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Steps).await?;
    let kept = clock_of(&mut conn, id, wanted, moment.today()).await?;
    drop(conn);
    open(&signed, &about, Read::Dates).await?;
    Ok(question(&signed, &about, &kept, moment.today(), (&Typed::default(), &FormErrors::new())))
}

fn question(
    signed: &Signed,
    about: &About,
    kept: &KeptClock,
    today: Date,
    (typed, errors): (&Typed, &FormErrors),
) -> Response {
    let form = Form::new(typed, errors);
    let back = format!("{}/dates", about.href);
    let action = format!("{back}/late");
    let title = format!("Say why {} is late", kept.why.short.to_lowercase());
    let body = html! {
        h2 { "Why it is late" }
        (ribbon(&Ribbon { kept, name: html! { (kept.why.name) }, today, all_reasons: true, act: None }))
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            input type="hidden" name="rule" value=(kept.clock.rule.as_str());
            input type="hidden" name="from" value=(kept.clock.started.on);
            (form.textarea("reason", "Why").rows(3).hint(
                "In a sentence or two, as you would say it to the family. It stands beside the date and can be read by \
                everyone who can open this record. It does not change the date or that it is late."))
            (buttons(html! { (button("Keep this reason")) a href=(back) { "Go back" } }))
        }))
    };
    let page = Frame {
        title: &title,
        part: "/find",
        back: Some(Link { href: &back, label: "Back to all dates" }),
        errors: Some(errors),
        header: Some(about.heading.clone()),
        ..Frame::default()
    };
    frame(signed, &page, body)
}

async fn explain(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let (rule, started_on) = Which::read(typed.get("rule"), typed.get("from"))?;
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let about = about(&mut tx, signed, moment.now(), id, Sight::Steps).await?;
    let reason = typed.get("reason").to_owned();
    let command = ExplainClock { person: id, rule, started_on, reason };
    match explain_clock(&mut tx, &signed.who, &mut moment, command).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/person/{id}/dates?done=reason")).into_response())
        }
        Err(Oops::Wrong(wrong)) => {
            let mut errors = FormErrors::new();
            for (field, sentence) in wrong {
                errors.add(field, sentence);
            }
            let kept = clock_of(&mut tx, id, (rule, started_on), moment.today()).await?;
            Ok(question(signed, &about, &kept, moment.today(), (typed, &errors)))
        }
        Err(other) => Err(other),
    }
}
