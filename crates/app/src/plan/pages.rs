//! The page of somebody's plan: goal by goal, with what was promised and who agrees; now or as known on a day.

use super::chart;
use crate::Result;
use crate::access;
use crate::entry::{self, Promised, when};
use crate::frame::Frame;
use crate::journal::{self, Read};
use crate::moment::end_of;
use crate::paper;
use crate::person::pages::{Tab, whose};
use crate::told::at_once::{self, Other};
use crate::told::not_right::{self, NotRight};
use crate::told::{self, Line, Plan, View, avatar_of, choose};
use crate::who::Signed;
use crate::working::{About, about};
use axum::extract::{Path, RawQuery};
use axum::response::Response;
use jiff::civil::Date;
use page::{FormErrors, Markup, Typed, Voice, html, link_button};
use practice::access::{Decision, Sight};
use practice::entry::PromiseState;
use practice::id::{EntryId, PersonId};
use practice::plan::{LineKind, Promiser, on_sand, one_sided, promise_order};
use practice::space::Concern;
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// What a page was asked for.
pub(super) fn query(raw: &RawQuery) -> Typed {
    let pairs: Vec<(String, String)> =
        serde_urlencoded::from_str(raw.0.as_deref().unwrap_or("")).unwrap_or_default();
    Typed::from_pairs(pairs)
}

fn said(done: &str) -> Option<&'static str> {
    Some(match done {
        "kept" => "Kept. What stood there before stays readable.",
        "out" => "Taken out. It stays readable as known before.",
        "settled" => "Put away.",
        "not-right" => "It stands beside the plan now. A human answers within days, and it stops nothing.",
        _ => return None,
    })
}

/// Everything the page shows.
struct Shown<'a> {
    signed: &'a Signed,
    about: &'a About,
    plan: &'a Plan,
    promises: Vec<Promised>,
    asked: &'a Typed,
    wrong: &'a FormErrors,
    today: Date,
    known: Option<Date>,
    may_write: bool,
    entries: HashMap<EntryId, String>,
    others: Vec<Other>,
    one_sided: Vec<Option<Uuid>>,
    not_right: Vec<NotRight>,
}

/// `GET /person/{id}/plan`.
pub(super) async fn show(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    let moment = signed.app.moment();
    let now = moment.now();
    let (asked, mut wrong) = (query(&raw), FormErrors::new());
    let known = choose::known_on(&asked, moment.today(), &mut wrong);
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, now, id, Sight::Open).await?;
    let plan = told::plan_for(&mut conn, &signed.who, now, id, known.and_then(end_of)).await?;
    let not_right =
        not_right::not_right(&mut conn, (&signed.who, now), (id, Concern::Plan), known.and_then(end_of))
            .await?;
    let may_write = access::decide(&mut conn, &signed.who, now, id, Sight::Record).await?;
    let may_write = known.is_none() && may_write.as_ref().is_some_and(Decision::is_allowed);
    let rests_on: Vec<EntryId> = plan.lines.iter().flat_map(|line| line.rests_on.iter().copied()).collect();
    let entries = entry::in_few_words(&mut conn, &signed.who, now, &rests_on).await?;
    let (promises, others) = match known {
        // as known on a past day, promises stand in the entries they were made in
        Some(_) => (vec![], vec![]),
        None => (
            entry::promises_about(&mut conn, &signed.who, now, id).await?,
            at_once::texts(&mut conn, &signed, id, "plan").await?,
        ),
    };
    drop(conn);
    journal::read(&signed.app, &signed.who, Read::Plan, &[id], &about.why, json!({"known": known})).await?;
    let today = known.unwrap_or(moment.today());
    let one_sided = one_sided(&plan.weighed());
    let (signed, about, plan, asked, wrong) = (&signed, &about, &plan, &asked, &wrong);
    let shown = Shown {
        signed,
        about,
        plan,
        promises,
        asked,
        wrong,
        today,
        known,
        may_write,
        entries,
        others,
        one_sided,
        not_right,
    };
    Ok(shown.draw())
}

/// `GET /person/{id}/plan/pdf`: the same page, as a file.
pub(super) async fn pdf(signed: Signed, Path(id): Path<PersonId>, raw: RawQuery) -> Result<Response> {
    paper::taken(&signed, id, "plan").await?;
    let app = signed.app.clone();
    paper::answer(&app, "Our plan", show(signed, Path(id), raw).await?).await
}

impl Shown<'_> {
    fn href(&self, rest: &str) -> String {
        format!("{}/plan{rest}", self.about.href)
    }

    fn draw(&self) -> Response {
        let title = format!("{} plan", whose(&self.about.header.shown_name));
        let body = html! {
            .cols {
                div {
                    h2 { "Our plan" }
                    (choose::past(self.known, &self.href("")))
                    (at_once::beside(&self.others, self.signed, (&self.about.href, "plan")))
                    (self.goals())
                    (self.beside_goals())
                    (self.promised())
                    (self.views())
                    (self.not_right())
                }
                aside.no-print aria-label="What can be done" {
                    (self.acts())
                    (choose::day_form(&self.href(""), self.known, (self.asked, self.wrong)))
                }
            }
        };
        let errors = Some(self.wrong).filter(|wrong| !wrong.is_empty());
        let page = Frame { title: &title, said: said(self.asked.get("done")), errors, ..Frame::default() };
        self.about.page(self.signed, Some(Tab::Plan), page, body)
    }

    fn acts(&self) -> Markup {
        html! {
            section.box {
                h2 { "Do" }
                .btns {
                    @if self.may_write {
                        (link_button(&self.href("/line?kind=goal"), "Add a goal").small())
                        (link_button(&self.href("/promise"), "Add a promise").quiet().small())
                        (link_button(&self.href("/view"), "Read back: who agrees?").quiet().small())
                    }
                    (link_button(&self.href("/child"), "The version for the child").quiet().small())
                    (link_button(&self.href("/compare"), "Compare two days").quiet().small())
                    (page::print_button("Print"))
                    (paper::link(&self.signed.app, paper::may_take(&self.about.why), &choose::same_day(&self.href("/pdf"), self.known)))
                }
            }
        }
    }

    fn goals(&self) -> Markup {
        let goals = self.plan.of(LineKind::Goal, None);
        html! {
            @if goals.is_empty() {
                (page::empty("No goals yet", html! {
                    "Begin with what " (self.about.header.shown_name) " and their family want to happen, in their words."
                }))
            }
            @for (nth, goal) in goals.iter().enumerate() { (self.goal(nth + 1, goal)) }
        }
    }

    fn goal(&self, nth: usize, goal: &Line) -> Markup {
        let id = Some(goal.line);
        let voices = self.plan.voices(goal.line);
        let heading = format!("h-goal-{nth}");
        html! {
            section aria-labelledby=(heading) {
                h3 id=(heading) { "Goal " (nth) }
                (self.line(goal))
                @if voices.is_empty() { p.soft { "Nobody has said yet how far along this is." } }
                @else if voices.iter().all(|voice| voice.1.len() < 2) { p { (chart::said(&voices)) " 10 is there." } }
                (chart::chart(&voices, self.today))
                @if self.may_write {
                    p.small.no-print { a href=(self.href(&format!("/scale?goal={}", goal.line))) { "How far along is it? Ask each person" span.hid { ", goal " (nth) } } }
                }
                .pair {
                    (self.column(LineKind::Support, id))
                    (self.column(LineKind::Change, id))
                }
                (self.warned(id))
                @for kind in [LineKind::Worry, LineKind::Strength] {
                    @if !self.plan.of(kind, id).is_empty() { (self.column(kind, id)) }
                }
                @if self.may_write {
                    p.small.no-print {
                        a href=(self.add(LineKind::Worry, id)) { "Add a worry" span.hid { " to goal " (nth) } } " "
                        a href=(self.add(LineKind::Strength, id)) { "Add what is going well" span.hid { " with goal " (nth) } }
                    }
                }
            }
        }
    }

    fn add(&self, kind: LineKind, goal: Option<Uuid>) -> String {
        let goal = goal.map_or(String::new(), |goal| format!("&goal={goal}"));
        self.href(&format!("/line?kind={}{goal}", kind.code()))
    }

    fn warned(&self, goal: Option<Uuid>) -> Markup {
        html! {
            @if self.one_sided.contains(&goal) {
                (page::note(html! {
                    p { b { "Change is asked here and no support is given. " } "What will we do so that it can be done? A plan with both is done with people, not to them." }
                    @if self.may_write { p { a href=(self.add(LineKind::Support, goal)) { "Add support that we give" } } }
                }))
            }
        }
    }

    fn column(&self, kind: LineKind, goal: Option<Uuid>) -> Markup {
        let lines = self.plan.of(kind, goal);
        html! {
            div {
                h4 { (kind.plain()) }
                @if lines.is_empty() { p.soft { "Nothing yet." } }
                @for line in &lines { (self.line(line)) }
                @if self.may_write && matches!(kind, LineKind::Support | LineKind::Change) {
                    p.small.no-print { a href=(self.add(kind, goal)) { "Add" span.hid { ": " (kind.plain().to_lowercase()) } } }
                }
            }
        }
    }

    /// What belongs to no one goal.
    fn beside_goals(&self) -> Markup {
        let all = [LineKind::Strength, LineKind::Worry, LineKind::Support, LineKind::Change];
        html! {
            section aria-labelledby="h-all" {
                h3 id="h-all" { "What is going well, and what worries us" }
                .pair {
                    @for kind in all {
                        @if matches!(kind, LineKind::Strength | LineKind::Worry) || !self.plan.of(kind, None).is_empty() {
                            (self.column(kind, None))
                        }
                    }
                }
                (self.warned(None))
                @if self.may_write {
                    p.small.no-print {
                        a href=(self.add(LineKind::Strength, None)) { "Add what is going well" } " "
                        a href=(self.add(LineKind::Worry, None)) { "Add a worry" }
                    }
                }
            }
        }
    }

    fn line(&self, line: &Line) -> Markup {
        let links: Vec<(&EntryId, &String)> =
            line.rests_on.iter().filter_map(|id| self.entries.get_key_value(id)).collect();
        let hidden = line.rests_on.len() - links.len();
        let change = self.href(&format!("/line?line={}&from={}", line.line, line.id));
        let below = html! {
            @if !line.rests_on.is_empty() {
                p.small.soft {
                    "Rests on "
                    @for (at, (id, words)) in links.iter().enumerate() { @if at > 0 { "; " } a href={ "/entry/" (id) } { (words) } }
                    @if hidden > 0 { @if !links.is_empty() { "; and " } (hidden) " more that you may not read" }
                    "."
                }
            } @else if on_sand(&line.weighed()) {
                p.small.soft { (page::tag(page::Tag::Plain, "Standing on sand")) " Nothing recorded is named that it rests on. How do we know?" }
            }
            @if let Some(words) = &line.child_words { p.small.soft { "For the child: “" (words) "”" } }
            @if self.may_write { p.small.no-print { a href=(change) { "Change" span.hid { ": " (line.words) } } } }
        };
        let form = html! { "in their words" };
        let worker = line.voice.by.worker().is_some();
        page::voice(&Voice {
            worker,
            below: Some(below),
            ..Voice::of(
                avatar_of(&line.voice),
                &line.voice.name,
                if worker {
                    html! { "writes" }
                } else {
                    form
                },
                &line.words,
            )
        })
    }

    /// What was promised, the service's own first.
    fn promised(&self) -> Markup {
        if self.known.is_some() {
            return html! {};
        }
        let mut open: Vec<&Promised> =
            self.promises.iter().filter(|one| one.state == PromiseState::Open).collect();
        open.sort_by_key(|one| {
            let by = if one.by.worker.is_some() { Promiser::Service } else { Promiser::Other };
            promise_order(by, one.due_on, self.today)
        });
        let (ours, theirs): (Vec<&Promised>, Vec<&Promised>) =
            open.into_iter().partition(|one| one.by.worker.is_some());
        let ended: Vec<&Promised> =
            self.promises.iter().filter(|one| one.state != PromiseState::Open).collect();
        let act = |one: &Promised| html! { a href={ "/promise/" (one.id) } { "Say what happened" span.hid { ": " (one.what) } } };
        html! {
            section aria-labelledby="h-promised" {
                h3 id="h-promised" { "What we promised" }
                @if ours.is_empty() { p.soft { "Nothing that we promised is open." } }
                ul.plain { @for one in &ours { (entry::promise(one, self.today, Some(act(one)))) } }
                @if !theirs.is_empty() {
                    h4 { "What others promised" }
                    ul.plain { @for one in &theirs { (entry::promise(one, self.today, Some(act(one)))) } }
                }
                @if !ended.is_empty() {
                    (page::details(&format!("Answered: {}", ended.len()), html! {
                        ul.plain { @for one in &ended { (entry::promise(one, self.today, None)) } }
                    }))
                }
            }
        }
    }

    fn views(&self) -> Markup {
        let latest = self.plan.latest_views();
        html! {
            section aria-labelledby="h-views" {
                h3 id="h-views" { "Who agrees" }
                @if latest.is_empty() { p.soft { "It has not been read back to anybody yet." } }
                @for view in &latest { (self.view(view)) }
                @if self.plan.views.len() > latest.len() {
                    (page::details("What they said before", html! {
                        ul { @for view in self.plan.views.iter().rev().filter(|one| !latest.contains(one)) {
                            li { (view.voice.name) ", " (when::short_day(view.on, self.today)) ": " (view.agreement.plain().to_lowercase()) @if let Some(words) = &view.words { ". “" (words) "”" } }
                        } }
                    }))
                }
            }
        }
    }

    /// What anybody said is not right, with what changed because of it.
    fn not_right(&self) -> Markup {
        let say = self.known.is_none().then(|| format!("{}/not-right?of=plan", self.about.href));
        not_right::beside(&self.not_right, ("plan", say.as_deref()), self.today)
    }

    fn view(&self, view: &View) -> Markup {
        let changed = self.plan.changed_since(view.recorded_at);
        let words = view.words.as_deref().unwrap_or(view.agreement.plain());
        let form = html! {
            (view.agreement.plain().to_lowercase()) ", " (when::short_day(view.on, self.today))
            @if view.read_back { ", after it was read back" } @else { ", not read back yet" }
        };
        let below = (changed > 0).then(|| {
            let lines = if changed == 1 { "1 line was".to_owned() } else { format!("{changed} lines were") };
            html! { p.small.soft { (lines) " written or changed since." } }
        });
        page::voice(&Voice {
            worker: view.voice.by.worker().is_some(),
            below,
            ..Voice::of(avatar_of(&view.voice), &view.voice.name, form, words)
        })
    }
}
