//! The pages of plans: what is planned, step by step, and what it would do to whom before it is done.

use super::actions::{NewPlan, add_steps, plan, take_back, withdraw};
use super::carry_out::carry_out;
use super::read::{Loss, Plan, losses, plan_of, read, shape};
use super::store::{self, PlanRow};
use crate::access;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::moment::written;
use crate::who::Signed;
use crate::working::{self, Member, plural};
use crate::{Oops, Result, checked};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use db::args;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Column, Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::{Action, Decision, Sight};
use practice::id::{PersonId, TeamId, WorkerId};
use practice::restructure::{PlanState, Shape, Step, StepKind};
use serde::Deserialize;
use std::collections::BTreeMap;
use uuid::Uuid;

#[derive(Deserialize)]
pub(super) struct Done {
    done: Option<String>,
}

fn said(done: &Done) -> Option<&'static str> {
    match done.done.as_deref()? {
        "planned" => Some("Planned. Nothing has changed for anybody."),
        "step" => Some("Added to the plan. Nothing has changed for anybody."),
        "back" => Some("Taken back out of the plan."),
        "done" => Some("Carried out. Everybody keeps the worker they have until they are handed over."),
        "withdrawn" => Some("Withdrawn. It stays readable."),
        _ => None,
    }
}

/// `GET /restructure`
pub(super) async fn list(signed: Signed, Query(done): Query<Done>) -> Result<Response> {
    let mut typed = Typed::default();
    typed.put_date("on", signed.app.moment().today());
    draw_list(&signed, said(&done), (&typed, &FormErrors::new())).await
}

async fn draw_list(
    signed: &Signed,
    said: Option<&str>,
    (typed, errors): (&Typed, &FormErrors),
) -> Result<Response> {
    access::permit(&signed.who, Action::PlanTeams)?;
    let mut conn = signed.app.db.read().await?;
    let rows: Vec<PlanRow> = conn.all(store::PLANS, args![]).await?;
    drop(conn);
    let plans: Vec<Plan> = rows.into_iter().map(read).collect::<Result<_>>()?;
    let form = Form::new(typed, errors);
    let body = html! {
        h1 { "A change of teams, on paper first" }
        p.lead { "Try a change of teams on a copy. You see which children would lose their worker before anything is done." }
        @if plans.is_empty() { (page::empty("No plan yet", html! { "A plan changes nothing until somebody carries it out." })) }
        ul.rows { @for one in &plans { li {
            h2 { a href={ "/restructure/" (one.id) } { (one.name) } }
            p.soft { (state(one)) }
        } } }
        h2 { "Begin a plan" }
        (page::post(&Post { action: "/restructure", csrf: &signed.csrf, ..Post::default() }, html! {
            (form.text("name", "What it is called"))
            (form.textarea("why", "Why").rows(3))
            (form.date("on", "On which day it is to be carried out").hint("Nothing happens by itself on that day: somebody presses a button"))
            (buttons(html! { (button("Begin the plan")) }))
        }))
    };
    let back = Some(Link { href: "/administration", label: "Back to Administration" });
    let errors = Some(errors).filter(|errors| !errors.is_empty());
    let title = "A change of teams";
    Ok(frame(signed, &Frame { title, part: "/administration", back, said, errors, ..Frame::default() }, body))
}

fn state(plan: &Plan) -> String {
    match plan.state {
        PlanState::Planned => format!("Planned for {}", written(plan.on)),
        PlanState::CarriedOut => format!("Carried out on {}", written(plan.done_on.unwrap_or(plan.on))),
        PlanState::Withdrawn => "Withdrawn".to_owned(),
    }
}

/// `POST /restructure`
pub(super) async fn create(posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    access::permit(&signed.who, Action::PlanTeams)?;
    let mut moment = signed.app.moment();
    let mut errors = FormErrors::new();
    let Some(on) = typed.date("on", "On which day", &mut errors) else {
        return draw_list(signed, None, (typed, &errors)).await;
    };
    let command = NewPlan { name: typed.get("name").to_owned(), why: typed.get("why").to_owned(), on };
    let mut tx = signed.app.db.write().await?;
    match plan(&mut tx, &signed.who, &mut moment, command).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/restructure/{id}?done=planned")).into_response())
        }
        Err(oops) => {
            tx.give_up().await?;
            draw_list(signed, None, (typed, &checked::wrong(oops)?)).await
        }
    }
}

/// `GET /restructure/{id}`
pub(super) async fn show(signed: Signed, Path(id): Path<Uuid>, Query(done): Query<Done>) -> Result<Response> {
    draw(&signed, id, said(&done), (&Typed::default(), &FormErrors::new())).await
}

/// Everything a plan's page is drawn from.
struct Shown<'a> {
    signed: &'a Signed,
    plan: &'a Plan,
    today: Date,
    now: &'a Shape,
    /// The teams with the plan; none where a step no longer fits, which is said.
    after: std::result::Result<Shape, String>,
    staff: &'a BTreeMap<WorkerId, String>,
    /// Those who would lose their worker, with whether the reader may see the name.
    losses: Vec<(Loss, bool)>,
}

async fn draw(
    signed: &Signed,
    id: Uuid,
    said: Option<&str>,
    (typed, errors): (&Typed, &FormErrors),
) -> Result<Response> {
    access::permit(&signed.who, Action::PlanTeams)?;
    let moment = signed.app.moment();
    let today = moment.today();
    let mut conn = signed.app.db.read().await?;
    let plan = plan_of(&mut conn, id).await?;
    let now = shape(&mut conn, today).await?;
    let staff: Vec<Member> = working::staff(&mut conn, today).await?;
    let staff: BTreeMap<WorkerId, String> = staff.into_iter().map(|one| (one.worker, one.name)).collect();
    let open = plan.state == PlanState::Planned;
    let after = now
        .after(plan.steps.iter().map(|step| &step.1))
        .map_err(|(at, why)| format!("Step {} no longer fits: {why}. Take it back, or plan anew.", at + 1));
    let lost = match &after {
        Ok(after) if open => losses(&mut conn, (&now, after), today).await?,
        _ => vec![],
    };
    let people: Vec<PersonId> = lost.iter().map(|one| one.person).collect();
    let may = access::decide_many(&mut conn, &signed.who, moment.now(), &people, Sight::Exists).await?;
    drop(conn);
    let losses = lost.into_iter().map(|one| {
        let named = may.get(&one.person).is_some_and(Decision::is_allowed);
        (one, named)
    });
    let it = Shown { signed, plan: &plan, today, now: &now, after, staff: &staff, losses: losses.collect() };
    let form = Form::new(typed, errors);
    let body = html! {
        h1 { (plan.name) }
        p.lead { (state(&plan)) "." @if open { " Nothing has changed for anybody yet." } }
        p { (plan.why) @if let Some(author) = &plan.author { span.soft { " (" (author) ")" } } }
        (it.steps())
        @if open { (it.who_loses()) (it.add(&form)) (it.ends()) }
    };
    let back = Some(Link { href: "/restructure", label: "Back to all plans" });
    let errors = Some(errors).filter(|errors| !errors.is_empty());
    let page = Frame { title: &plan.name, part: "/administration", back, said, errors, ..Frame::default() };
    Ok(frame(signed, &page, body))
}

impl Shown<'_> {
    fn team(&self, team: TeamId) -> &str {
        let planned = self.plan.steps.iter().find_map(|(_, step)| match step {
            Step::New { team: new, name, .. } if *new == team => Some(name.as_str()),
            Step::New { .. } | Step::Join { .. } | Step::Under { .. } | Step::Worker { .. } => None,
        });
        self.now.teams.get(&team).map(|team| team.0.as_str()).or(planned).unwrap_or("a team that has ended")
    }

    fn in_words(&self, step: &Step) -> String {
        match step {
            Step::New { beside, name, .. } => format!("A new team, {name}, beside {}", self.team(*beside)),
            Step::Join { team, into } => {
                format!(
                    "All of {} goes to {}, and {} ends",
                    self.team(*team),
                    self.team(*into),
                    self.team(*team)
                )
            }
            Step::Under { team, under: Some(under) } => {
                format!("{} stands under {}", self.team(*team), self.team(*under))
            }
            Step::Under { team, under: None } => format!("{} stands at the top", self.team(*team)),
            Step::Worker { worker, from, to } => {
                let name = self.staff.get(worker).map_or("Somebody who has left", String::as_str);
                format!("{name} goes from {} to {}", self.team(*from), self.team(*to))
            }
        }
    }

    fn steps(&self) -> Markup {
        let open = self.plan.state == PlanState::Planned;
        let action = format!("/restructure/{}/back", self.plan.id);
        html! {
            section aria-labelledby="h-steps" {
                h2 id="h-steps" { "Step by step" }
                @if self.plan.steps.is_empty() { p.soft { "No step yet." } }
                @if let (Err(words), true) = (&self.after, open) { (page::note(html! { p { (words) } })) }
                ol { @for (id, step) in &self.plan.steps { li {
                    @let words = self.in_words(step);
                    p { (words) "." }
                    @if open {
                        (page::post(&Post { action: &action, csrf: &self.signed.csrf, ..Post::default() }, html! {
                            input type="hidden" name="step" value=(id);
                            (buttons(html! { (button("Take it back").quiet().small().about(&format!(": {words}"))) }))
                        }))
                    }
                } } }
            }
        }
    }

    /// Who would lose their worker: by name where the reader may see it, else counted.
    fn who_loses(&self) -> Markup {
        let all = self.losses.len();
        let named: Vec<&Loss> = self.losses.iter().filter(|one| one.1).map(|one| &one.0).collect();
        let columns =
            [Column::words("Who"), Column::words("Their worker now"), Column::number("Workers so far")];
        let rows: Vec<Vec<Markup>> = named
            .iter()
            .map(|one| {
                vec![
                    html! { a href={ "/person/" (one.person) } { (one.name) } },
                    html! { (one.worker) },
                    html! { (one.workers_so_far) },
                ]
            })
            .collect();
        html! {
            section aria-labelledby="h-loses" {
                h2 id="h-loses" { "Who would lose their worker" }
                @if all == 0 { p { "Nobody: everybody’s worker would still be of a team that holds their help." } }
                @else {
                    p {
                        b { (plural(all, "person", "people")) } " would have a worker who is no longer of a team that holds their help. \
                            They keep that worker until somebody hands them over, and each would have to be, or their help held elsewhere."
                    }
                    @if !rows.is_empty() { (page::table("Who would lose their worker", &columns, &rows)) }
                    @if all > rows.len() {
                        p { (plural(all - rows.len(), "person whose name", "people whose names")) " you cannot see." }
                    }
                }
            }
        }
    }

    fn add(&self, form: &Form<'_>) -> Markup {
        let Ok(after) = &self.after else { return html! {} };
        let teams = |none: &'static str| -> Vec<Choice<'_>> {
            let all = after.teams.iter().map(|(id, team)| Choice::new(id.to_string(), team.0.clone()));
            std::iter::once(Choice::new("", none)).chain(all).collect()
        };
        let workers: Vec<Choice<'_>> = after
            .posts
            .iter()
            .filter_map(|(worker, team)| {
                let words = format!("{}, {}", self.staff.get(worker)?, after.teams.get(team)?.0);
                Some(Choice::new(format!("{worker} {team}"), words))
            })
            .collect();
        let action = format!("/restructure/{}", self.plan.id);
        let post = |kind: StepKind, fields: Markup| {
            page::post(
                &Post { action: &action, csrf: &self.signed.csrf, ..Post::default() },
                html! {
                    input type="hidden" name="kind" value=(kind.code());
                    (fields)
                    (buttons(html! { (button("Add to the plan").about(&format!(": {}", kind.plain().to_lowercase()))) }))
                },
            )
        };
        html! {
            section aria-labelledby="h-add" {
                h2 id="h-add" { "Add a step" }
                p.soft { "To split a team: a new team beside it, then the workers who go there." }
                (page::details(StepKind::New.plain(), post(StepKind::New, html! {
                    (form.text("new-name", "What the new team is called"))
                    (form.select("new-beside", "Beside which team", teams("Choose a team")))
                })))
                (page::details("Workers to another team", post(StepKind::Worker, html! {
                    (form.checks("workers", "Who goes", workers))
                    (form.select("worker-to", "To which team", teams("Choose a team")))
                })))
                (page::details(StepKind::Join.plain(), post(StepKind::Join, html! {
                    (form.select("join-team", "Which team ends", teams("Choose a team")))
                    (form.select("join-into", "Where all of it goes", teams("Choose a team")))
                })))
                (page::details(StepKind::Under.plain(), post(StepKind::Under, html! {
                    (form.select("under-team", "Which team", teams("Choose a team")))
                    (form.select("under-under", "Under which", teams("At the top")))
                })))
            }
        }
    }

    fn ends(&self) -> Markup {
        let (plan, csrf) = (self.plan, &self.signed.csrf);
        let done = format!("/restructure/{}/carry-out", plan.id);
        let gone = format!("/restructure/{}/withdraw", plan.id);
        html! {
            section aria-labelledby="h-done" {
                h2 id="h-done" { "Carry it out" }
                @if plan.steps.is_empty() { p.soft { "There is nothing to carry out yet." } }
                @else if self.today < plan.on { p { "It can be carried out from " (written(plan.on)) " on. Nothing happens by itself." } }
                @else {
                    p { "All of it at once, from today. Everybody keeps the worker they have until they are handed over." }
                    (page::post(&Post { action: &done, csrf, ..Post::default() }, buttons(html! { (button("Carry out the plan")) })))
                }
                (page::post(&Post { action: &gone, csrf, ..Post::default() }, buttons(html! { (button("Withdraw the plan").quiet()) })))
            }
        }
    }
}

fn steps_of(typed: &Typed, new: TeamId, errors: &mut FormErrors) -> Vec<Step> {
    let team = |name: &str| typed.get(name).parse::<Uuid>().ok().map(TeamId);
    let mut needed = |name: &str| {
        let found = team(name);
        errors.require(found.is_some(), name, "Choose a team");
        found
    };
    match StepKind::from_code(typed.get("kind")) {
        Some(StepKind::New) => {
            let beside = needed("new-beside");
            let name = typed.get("new-name").split_whitespace().collect::<Vec<_>>().join(" ");
            errors.require(
                !name.is_empty() && name.chars().count() <= 200,
                "new-name",
                "Write what the team is called, at most 200 letters",
            );
            beside.map(|beside| Step::New { team: new, beside, name }).into_iter().collect()
        }
        Some(StepKind::Join) => {
            let both = (needed("join-team"), needed("join-into"));
            let (Some(team), Some(into)) = both else { return vec![] };
            vec![Step::Join { team, into }]
        }
        Some(StepKind::Under) => {
            let under = team("under-under");
            needed("under-team").map(|team| Step::Under { team, under }).into_iter().collect()
        }
        Some(StepKind::Worker) => {
            let to = needed("worker-to");
            let go: Vec<(WorkerId, TeamId)> = typed
                .all("workers")
                .filter_map(|pair| {
                    let (worker, from) = pair.split_once(' ')?;
                    Some((worker.parse().ok()?, TeamId(from.parse().ok()?)))
                })
                .collect();
            errors.require(!go.is_empty(), "workers", "Choose who goes");
            let Some(to) = to else { return vec![] };
            go.into_iter().map(|(worker, from)| Step::Worker { worker, from, to }).collect()
        }
        None => {
            errors.add("", "Choose what is to change");
            vec![]
        }
    }
}

/// `POST /restructure/{id}`
pub(super) async fn step(Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    access::permit(&signed.who, Action::PlanTeams)?;
    let mut moment = signed.app.moment();
    let mut errors = FormErrors::new();
    let steps = steps_of(typed, TeamId(moment.id()), &mut errors);
    if !errors.is_empty() {
        return draw(signed, id, None, (typed, &errors)).await;
    }
    let mut tx = signed.app.db.write().await?;
    let done = add_steps(&mut tx, &signed.who, &mut moment, (id, steps)).await;
    finish(signed, tx, id, (done, "step", typed)).await
}

/// `POST /restructure/{id}/back`
pub(super) async fn back(Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let step = typed.get("step").parse().unwrap_or_default();
    let mut tx = signed.app.db.write().await?;
    let done = take_back(&mut tx, &signed.who, &mut moment, (id, step)).await;
    finish(signed, tx, id, (done, "back", typed)).await
}

/// `POST /restructure/{id}/carry-out`
pub(super) async fn done(Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let done = carry_out(&mut tx, &signed.who, &mut moment, id).await;
    finish(signed, tx, id, (done, "done", typed)).await
}

/// `POST /restructure/{id}/withdraw`
pub(super) async fn drop_it(Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let done = withdraw(&mut tx, &signed.who, &mut moment, id).await;
    finish(signed, tx, id, (done, "withdrawn", typed)).await
}

async fn finish(
    signed: &Signed,
    tx: db::Tx,
    id: Uuid,
    (done, word, typed): (Result<()>, &str, &Typed),
) -> Result<Response> {
    match done {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/restructure/{id}?done={word}")).into_response())
        }
        Err(oops @ Oops::NotAllowed(_)) => Err(oops),
        Err(oops) => {
            tx.give_up().await?;
            draw(signed, id, None, (typed, &checked::wrong(oops)?)).await
        }
    }
}
