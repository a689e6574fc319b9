//! Saying that a plan, or a change of worker, is not right: by whoever it is about, whoever is responsible for them, and
//! whoever writes for them. A human writes back, and says what changed.

use super::people::told_of_change;
use super::write::answered;
use crate::form::PostedOwn;
use crate::own_frame::{OwnFrame, day, own_frame};
use crate::space::{self, Asked, Question};
use crate::who::Mine;
use crate::{Oops, Result, told};
use axum::extract::Query;
use axum::response::Response;
use db::Conn;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Field, FormErrors, Post, Typed, button, buttons};
use practice::id::PersonId;
use practice::space::{Concern, InSpace};
use serde::Deserialize;

/// What the address may hold.
#[derive(Deserialize, Default)]
pub(super) struct Of {
    of: Option<PersonId>,
    what: Option<String>,
}

/// What is not right, and of whom. What they do not know of is not there.
struct About {
    of: PersonId,
    what: Concern,
    /// Where they came from.
    back: String,
}

async fn about(conn: &mut Conn, mine: &Mine, (of, what): (PersonId, &str)) -> Result<About> {
    let today = mine.app.moment().today();
    let what = Concern::from_code(what).filter(|one| one.not_right()).ok_or(Oops::NotFound)?;
    if what == Concern::Handover {
        let told = told_of_change(conn, mine.person, today).await?.contains(&of);
        return if told {
            Ok(About { of, what, back: "/my/people".to_owned() })
        } else {
            Err(Oops::NotFound)
        };
    }
    if of == mine.person || told::responsible_for(conn, mine.person, today).await?.contains(&of) {
        let plan = told::plan_of_theirs(conn, (mine.person, of), (today, false)).await?;
        return plan.map(|_| About { of, what, back: format!("/my/plan?of={of}") }).ok_or(Oops::NotFound);
    }
    // whoever acts for somebody, or was given their plan to read and writes there
    let spaces = space::spaces_of(conn, mine.person, today).await?;
    let writes = |one: &space::Coming| {
        one.of == of && one.rule.part != InSpace::Own && practice::entrusted::may_write(&one.rule, today)
    };
    if spaces.iter().any(writes) {
        return Ok(About { of, what, back: format!("/my/for/{of}") });
    }
    Err(Oops::NotFound)
}

fn heading(mine: &Mine, what: Concern) -> String {
    if what == Concern::Handover { mine.words.not_right_handover() } else { mine.words.not_right_plan() }
}

/// `GET /my/not-right`
pub(super) async fn show(mine: Mine, Query(of): Query<Of>) -> Result<Response> {
    let mut conn = mine.app.db.read().await?;
    let who = (of.of.unwrap_or(mine.person), of.what.as_deref().unwrap_or("plan"));
    let about = about(&mut conn, &mine, who).await?;
    drop(conn);
    Ok(draw(&mine, &about, (&Typed::default(), &FormErrors::new())))
}

fn draw(mine: &Mine, about: &About, (typed, errors): (&Typed, &FormErrors)) -> Response {
    let words = mine.words;
    let (title, error) = (words.not_right_title(), words.frame_error());
    let field = Field::textarea("words", words.not_right_words()).hint(words.plan_words_hint()).rows(5);
    let body = html! {
        h1 { (heading(mine, about.what)) }
        p.lead { (words.not_right_lead()) }
        (page::post(&Post { action: "/my/not-right", csrf: &mine.csrf, ..Post::default() }, html! {
            input type="hidden" name="of" value=(about.of);
            input type="hidden" name="what" value=(about.what.code());
            (field.value(typed.get("words")).errors(errors).error_word(&error))
            (buttons(html! { (button(&words.plan_send())) a href=(about.back) { (words.not_right_back()) } }))
        }))
    };
    let frame = OwnFrame { title: &title, part: "/my/plan", errors: Some(errors), ..OwnFrame::default() };
    own_frame(mine, &frame, body)
}

/// `POST /my/not-right`
pub(super) async fn send(posted: PostedOwn) -> Result<Response> {
    let PostedOwn { mine, typed, .. } = &posted;
    let of: PersonId = typed.get("of").parse().map_err(|_| Oops::NotFound)?;
    let mut moment = mine.app.moment();
    let mut tx = mine.app.db.write().await?;
    let about = about(&mut tx, mine, (of, typed.get("what"))).await?;
    let asked = Asked {
        about: of,
        words: typed.get("words").to_owned(),
        only: vec![],
        files: vec![],
        concerns: Some((about.what, heading(mine, about.what))),
    };
    match space::ask(&mut tx, &mine.who, &mut moment, asked).await {
        Ok(question) => {
            tx.commit().await?;
            let said = mine.words.write_sent(&day(mine.words, question.answer_by, moment.today()));
            super::write::list(mine, Some(&said)).await
        }
        Err(Oops::Wrong(_)) => {
            tx.give_up().await?;
            let mut errors = FormErrors::new();
            errors.add("words", mine.words.not_right_missing());
            Ok(draw(mine, &about, (typed, &errors)))
        }
        Err(other) => Err(other),
    }
}

/// What the reader said is not right about somebody's plan, each with its words.
pub(super) async fn said_of(
    conn: &mut Conn,
    mine: &Mine,
    of: PersonId,
) -> Result<Vec<(Question, Vec<String>)>> {
    let mut asked = space::asked_by(conn, mine.person).await?;
    asked.retain(|one| one.about == of && one.concern == Some(Concern::Plan));
    let mut all = vec![];
    for one in asked {
        let Some(theirs) = crate::entry::one_of_theirs(conn, mine.person, one.asked_in).await? else {
            continue;
        };
        let said = theirs.whole.statements.iter().map(|said| said.words.clone()).collect();
        all.push((one, said));
    }
    Ok(all)
}

/// The same beside the plan, with the way to say more.
pub(super) fn beside(mine: &Mine, (of, said): (PersonId, &[(Question, Vec<String>)]), today: Date) -> Markup {
    let words = mine.words;
    html! {
        section {
            h2 { (words.not_right_heading()) }
            @for (one, said) in said {
                p { (words.not_right_said(&day(words, one.asked_on, today))) }
                @for said in said { blockquote { p.words { (said) } } }
                (answered(mine, one, today))
                @if one.answered_in.is_some() { p { a href="/my/answers" { (words.not_right_answer()) } } }
            }
            p { a href={ "/my/not-right?what=plan&of=" (of) } { (words.not_right_plan()) } }
        }
    }
}
