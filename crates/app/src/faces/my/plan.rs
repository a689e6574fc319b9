//! Our plan, as one of the family reads it: each voice in its own place, their own numbers, what was promised, and whether
//! they agree. A child reads their own words and words written for them; an older one may choose to read all of it.

use super::draw::{first, promise};
use super::not_right;
use crate::form::PostedOwn;
use crate::frame::hue;
use crate::journal::{self, Act};
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::told::{self, Line, TheirPlan, View};
use crate::who::Mine;
use crate::{Oops, Result, own_way, person, plan, space};
use axum::extract::Query;
use axum::response::Response;
use db::Conn;
use jiff::civil::Date;
use language::Words;
use maud::{Markup, html};
use page::{Avatar, Choice, Choices, Field, FormErrors, Post, Typed, Voice, button, buttons};
use practice::entry::PromiseState;
use practice::id::PersonId;
use practice::plan::{Agreement, LineKind, Version};
use serde::Deserialize;
use serde_json::json;

/// What the address may hold.
#[derive(Deserialize, Default)]
pub(super) struct Asked {
    of: Option<PersonId>,
    whole: Option<String>,
}

/// Everything a page is drawn from.
struct Page<'a> {
    mine: &'a Mine,
    /// The plan that is shown, and the name of whose it is where it is another's.
    shown: Option<(TheirPlan, Option<String>)>,
    /// The other plans they read: whose, and their name; none for their own.
    others: Vec<(PersonId, Option<String>)>,
    /// What the reader said is not right about it.
    not_right: Vec<(space::Question, Vec<String>)>,
    /// What was agreed to be done slower, or in another way, as far as it is shared with them: the words, and until when.
    own_ways: Vec<(String, Option<Date>)>,
    today: Date,
}

/// The plans somebody reads: their own, and those of the children they are responsible for.
async fn plans(
    conn: &mut Conn,
    viewer: PersonId,
    (today, whole): (Date, bool),
) -> Result<Vec<(TheirPlan, Option<String>)>> {
    let mut all = vec![];
    let own = told::plan_of_theirs(conn, (viewer, viewer), (today, whole)).await?;
    all.extend(own.map(|plan| (plan, None)));
    for child in told::responsible_for(conn, viewer, today).await? {
        let Some(plan) = told::plan_of_theirs(conn, (viewer, child), (today, whole)).await? else { continue };
        let name = person::header(conn, child).await?.map(|one| one.shown_name);
        all.push((plan, Some(name.unwrap_or_default())));
    }
    Ok(all)
}

async fn page(mine: &Mine, (of, whole): (Option<PersonId>, bool)) -> Result<Page<'_>> {
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let mut all = plans(&mut conn, mine.person, (today, whole)).await?;
    let at = match of {
        Some(of) => Some(all.iter().position(|one| one.0.about == of).ok_or(Oops::NotFound)?),
        None => (!all.is_empty()).then_some(0),
    };
    let shown = at.map(|at| all.remove(at));
    let others = all.into_iter().map(|(plan, name)| (plan.about, name)).collect();
    let not_right = match &shown {
        Some((plan, _)) => not_right::said_of(&mut conn, mine, plan.about).await?,
        None => vec![],
    };
    let about = shown.as_ref().map_or(mine.person, |one| one.0.about);
    let ways = own_way::own_ways(&mut conn, about, None).await?;
    let own_ways = ways.iter().filter_map(|one| Some((one.for_family()?.to_owned(), one.until()))).collect();
    drop(conn);
    Ok(Page { mine, shown, others, not_right, own_ways, today })
}

/// `GET /my/plan`
pub(super) async fn show(mine: Mine, Query(asked): Query<Asked>) -> Result<Response> {
    let page = page(&mine, (asked.of, asked.whole.is_some())).await?;
    page.answer((&Typed::default(), &FormErrors::new()), None).await
}

impl Page<'_> {
    async fn answer(&self, form: (&Typed, &FormErrors), said: Option<&str>) -> Result<Response> {
        let words = self.mine.words;
        let about = self.shown.as_ref().map_or(self.mine.person, |one| one.0.about);
        let act = Act { action: "open_own_plan", about: &[about], payload: json!({"why": "themselves"}) };
        journal::reading(&self.mine.app, &self.mine.who, act).await?;
        let title = words.plan_title();
        let frame = OwnFrame { title: &title, part: "/my/plan", said, errors: Some(form.1) };
        Ok(own_frame(self.mine, &frame, self.draw(form)))
    }

    fn draw(&self, form: (&Typed, &FormErrors)) -> Markup {
        let words = self.mine.words;
        let Some((plan, name)) = &self.shown else {
            return html! { h1 { (words.plan_heading()) } p.lead { (words.plan_none()) } (self.slower()) p { a.btn href="/my/write" { (words.home_write_button()) } } };
        };
        html! {
            h1 { @match name { Some(name) => { (words.plan_of(name)) } None => { (words.plan_heading()) } } }
            p.lead { (words.plan_lead()) }
            @for (of, name) in &self.others {
                p { a href={ "/my/plan?of=" (of) } { @match name { Some(name) => { (words.plan_of(name)) } None => { (words.plan_heading()) } } } }
            }
            (self.lines(plan))
            (self.promises(plan))
            (self.slower())
            (self.other_version(plan))
            (self.agree(plan, form))
            (not_right::beside(self.mine, (plan.about, &self.not_right), self.today))
            (page::print_button(&words.frame_print()))
        }
    }

    fn lines(&self, plan: &TheirPlan) -> Markup {
        let words = self.mine.words;
        let own = |line: &&Line| line.voice.by.themselves();
        let mut parts: Vec<(String, Vec<&Line>)> = vec![];
        let of = |kind| plan.plan.lines.iter().filter(move |one| one.kind == kind);
        if plan.about == self.mine.person {
            parts.push((words.plan_goal_own(), of(LineKind::Goal).filter(own).collect()));
            parts.push((words.plan_goal_other(), of(LineKind::Goal).filter(|one| !own(one)).collect()));
        } else {
            parts.push((words.plan_goals(), of(LineKind::Goal).collect()));
        }
        parts.push((words.plan_strength(), of(LineKind::Strength).collect()));
        parts.push((words.plan_worry(), of(LineKind::Worry).collect()));
        parts.push((words.plan_support(), of(LineKind::Support).collect()));
        parts.push((words.plan_change(), of(LineKind::Change).collect()));
        html! {
            @for (heading, lines) in parts.iter().filter(|part| !part.1.is_empty()) {
                section {
                    h2 { (heading) }
                    @for line in lines { (self.line(plan, line)) }
                }
            }
        }
    }

    /// Whether a voice is the reader's own.
    fn own(&self, plan: &TheirPlan, voice: &told::Voice) -> bool {
        match voice.by.person() {
            Some(person) => person == self.mine.person,
            None => voice.by.themselves() && plan.about == self.mine.person,
        }
    }

    fn line(&self, plan: &TheirPlan, line: &Line) -> Markup {
        let words = self.mine.words;
        let face = self.mine.face(line.voice.by.worker());
        let avatar = Avatar::of(&line.voice.initials, hue(line.voice.hue)).photo(face.as_deref());
        let worker = line.voice.by.worker().is_some();
        let for_child = plan.version == Version::ForChild && plan.about == self.mine.person;
        let numbers = plan.plan.voices(line.line);
        html! {
            // words written for the child are nobody's own: who said it stands in the whole plan
            @if for_child && !self.own(plan, &line.voice) { p.words { (line.words) } }
            @else { (page::voice(&Voice { worker, ..Voice::of(avatar, first(&line.voice.name), html! { (words.read_voice_said()) }, &line.words) })) }
            @for (voice, all) in &numbers {
                @if let Some(last) = all.last() {
                    @let (value, on) = (last.value.to_string(), day(words, last.on, self.today));
                    p.soft { @if self.own(plan, voice) { (words.plan_your_number(&value, &on)) } @else { (words.plan_other_number(first(&voice.name), &value, &on)) } }
                }
            }
        }
    }

    fn promises(&self, plan: &TheirPlan) -> Markup {
        let words = self.mine.words;
        let open: Vec<_> = plan.promises.iter().filter(|one| one.state == PromiseState::Open).collect();
        html! {
            @if !open.is_empty() {
                section { h2 { (words.plan_promises()) } ul { @for one in open { (promise(self.mine, one, self.today)) } } }
            }
        }
    }

    /// What is done slower, or in another way, for their good.
    fn slower(&self) -> Markup {
        let words = self.mine.words;
        html! {
            @if !self.own_ways.is_empty() {
                section {
                    h2 { (words.own_way_heading()) }
                    @for (said, until) in &self.own_ways {
                        p { (said) }
                        @if let Some(until) = until { p.soft { (words.own_way_until(&day(words, *until, self.today))) } }
                    }
                }
            }
        }
    }

    fn other_version(&self, plan: &TheirPlan) -> Markup {
        let words = self.mine.words;
        html! {
            @if plan.may_choose {
                @if plan.version == Version::ForChild { p { (words.plan_whole_note()) " " a href="/my/plan?whole=yes" { (words.plan_whole()) } } }
                @else { p { a href="/my/plan" { (words.plan_child()) } } }
            }
        }
    }

    fn agree(&self, plan: &TheirPlan, (typed, errors): (&Typed, &FormErrors)) -> Markup {
        let words = self.mine.words;
        let error = words.frame_error();
        let mut latest = plan.plan.latest_views().into_iter();
        let own = latest.find(|one| self.own(plan, &one.voice));
        let choices = Agreement::ALL.iter().map(|one| Choice::new(one.code(), said(words, *one))).collect();
        let field = Field::textarea("words", words.plan_words()).hint(words.plan_words_hint()).rows(4);
        html! {
            section {
                h2 { (words.plan_agree_heading()) }
                @if let Some(own) = own { (self.said_before(plan, own)) }
                (page::post(&Post { action: "/my/plan", csrf: &self.mine.csrf, ..Post::default() }, html! {
                    input type="hidden" name="of" value=(plan.about);
                    (Choices::radios("agreement", words.plan_agree_heading(), choices).legend_hidden().typed(typed).errors(errors))
                    (field.value(typed.get("words")).errors(errors).error_word(&error))
                    (buttons(html! { (button(&words.plan_send())) }))
                }))
            }
        }
    }

    fn said_before(&self, plan: &TheirPlan, own: &View) -> Markup {
        let words = self.mine.words;
        let changed = i64::try_from(plan.plan.changed_since(own.recorded_at)).unwrap_or(i64::MAX);
        html! {
            p { (words.plan_you_said(&day(words, own.on, self.today))) " " b { (said(words, own.agreement)) } "." }
            @if let Some(why) = &own.words { blockquote { p.words { (why) } } }
            @if changed > 0 { p { (words.plan_changed(changed)) } }
        }
    }
}

fn said(words: &Words, agreement: Agreement) -> String {
    match agreement {
        Agreement::Agreed => words.plan_agreed(),
        Agreement::Partly => words.plan_partly(),
        Agreement::NotAgreed => words.plan_not_agreed(),
    }
}

/// `POST /my/plan`
pub(super) async fn send(posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = &posted;
    let about: PersonId = typed.get("of").parse().map_err(|_| Oops::NotFound)?;
    let mut errors = FormErrors::new();
    let Some(agreement) = Agreement::from_code(typed.get("agreement")) else {
        errors.add("agreement", mine.words.plan_choose());
        return page(mine, (Some(about), false)).await?.answer((typed, &errors), None).await;
    };
    let mut moment = mine.app.moment();
    let mut tx = mine.app.db.write().await?;
    let command = (about, agreement, typed.get("words"));
    match plan::agree_themselves(&mut tx, &mine.who, &mut moment, command).await {
        Ok(()) => {
            let link = format!("/person/{about}/plan");
            let told = ("Somebody said in their own space whether they agree with the plan", link.as_str());
            space::let_know(&mut tx, &mut moment, about, told).await?;
            tx.commit().await?;
            let page = page(mine, (Some(about), false)).await?;
            page.answer((&Typed::default(), &errors), Some(&mine.words.plan_sent())).await
        }
        Err(Oops::Wrong(_)) => {
            tx.give_up().await?;
            errors.add("words", mine.words.plan_words_missing());
            page(mine, (Some(about), false)).await?.answer((typed, &errors), None).await
        }
        Err(other) => Err(other),
    }
}
