//! What is held back, oldest look first, with how much of what is written people can read: a worker's own, and a team's.

use super::rate;
use super::store::{self, EntryRow};
use crate::access::{self, Reach};
use crate::entry::{self, HeldBack, Whole, when};
use crate::frame::{Frame, frame};
use crate::journal::{self, Read};
use crate::who::Signed;
use crate::{App, Oops, Result, Who, working};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use db::{Conn, Value, args};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Link, Tag};
use practice::access::Action;
use practice::id::PersonId;
use practice::sharing::Month;
use serde::Deserialize;
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

/// Something held back, with its entry.
pub(super) struct Held {
    pub(super) held: HeldBack,
    pub(super) whole: Whole,
}

impl Held {
    /// Whom it is about.
    pub(super) fn about(&self) -> String {
        let mut names: Vec<&str> = vec![];
        for one in self.whole.entry.about() {
            if !names.contains(&one.name.as_str()) {
                names.push(&one.name);
            }
        }
        names.join(", ")
    }
}

/// What is held back in the entries that a statement finds, as far as this reader may read them, and comes up by a day.
pub(super) async fn held_of(
    conn: &mut Conn,
    (who, now): (&Who, Timestamp),
    (sql, values): (&'static str, Vec<Value>),
    by: Date,
) -> Result<Vec<Held>> {
    let rows: Vec<EntryRow> = conn.all(sql, values).await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let ids: Vec<Uuid> = rows.into_iter().map(|row| row.0).collect();
    let all = entry::open_many(conn, who, now, &ids).await?;
    let mut held: Vec<Held> = all
        .into_iter()
        .flat_map(|whole| {
            let now: Vec<HeldBack> = whole.held_now().filter(|one| one.review_on <= by).cloned().collect();
            now.into_iter().map(move |held| Held { held, whole: whole.clone() })
        })
        .collect();
    held.sort_by_key(|one| (one.held.review_on, one.held.id));
    Ok(held)
}

/// Notes that the entries were read, each once.
async fn read(signed: &Signed, all: &[Held]) -> Result<()> {
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    let mut whys: HashMap<PersonId, &'static str> = HashMap::new();
    let mut entries: Vec<Uuid> = vec![];
    for one in all {
        if !entries.contains(&one.whole.entry.id.0) {
            entries.push(one.whole.entry.id.0);
            whys.extend(entry::whys(&mut conn, &signed.who, app.moment().now(), &one.whole.entry).await?);
        }
    }
    drop(conn);
    if entries.is_empty() {
        return Ok(());
    }
    let mut whys: Vec<(PersonId, &'static str)> = whys.into_iter().collect();
    whys.sort_by_key(|one| one.0);
    journal::read_of(app, &signed.who, Read::Entry, &whys, json!({"entries": entries})).await
}

fn rows(all: &[Held], today: Date) -> Markup {
    html! {
        @if all.is_empty() { p { "Nothing is held back." } }
        ul.rows {
            @for one in all {
                li {
                    p { b { (one.about()) } ": " a href={ "/held-back/" (one.held.id) } { (entry::part(&one.whole, one.held.what)) ", " (entry::heading(&one.whole.entry)) } }
                    p { "From " (one.held.from_whom()) ". " (entry::why(&one.held)) }
                    p.soft { "Since " (when::short_day(one.held.since, today)) ". Look again by " (when::short_day(one.held.review_on, today)) "."
                        @if one.held.review_on < today { " " (page::tag(Tag::Late, &entry::late_words(one.held.review_on, today))) } }
                }
            }
        }
    }
}

#[derive(Deserialize, Default)]
pub(super) struct Of {
    month: Option<String>,
}

/// `GET /held-back`
pub(super) async fn own(State(app): State<App>, signed: Signed, Query(of): Query<Of>) -> Result<Response> {
    let worker = signed.who.worker().ok_or_else(|| {
        Oops::NotAllowed("Only someone who works with people holds anything back".to_owned())
    })?;
    let moment = app.moment();
    let today = moment.today();
    let month = Month::chosen(of.month.as_deref(), Month::of(today));
    let mut conn = app.db.read().await?;
    let asked = (store::OF_ME, args![worker, today, Date::MAX]);
    let all = held_of(&mut conn, (&signed.who, moment.now()), asked, Date::MAX).await?;
    let rate = rate::of_worker(&mut conn, worker, month, moment.now()).await?;
    drop(conn);
    read(&signed, &all).await?;
    let body = html! {
        h1 { "What is held back, and what people can read" }
        h2 { "Held back" }
        p.soft { "Of the people you answer for, and what you held back yourself. The oldest look comes first." }
        (rows(&all, today))
        h2 { "What people can read of what you write" }
        (rate::back_and_forth(month, "/held-back", Month::of(today)))
        (rate::said(&rate, "you wrote"))
        (rate::what_it_is())
    };
    let back = Some(Link { href: "/today", label: "Back to Today" });
    let title = "What is held back, and what people can read";
    Ok(frame(&signed, &Frame { title, part: "/today", back, ..Frame::default() }, body))
}

/// `GET /team/{code}/held-back`
pub(super) async fn team(
    State(app): State<App>,
    signed: Signed,
    Path(code): Path<String>,
    Query(of): Query<Of>,
) -> Result<Response> {
    access::permit(&signed.who, Action::SeeTeam)?;
    let moment = app.moment();
    let (now, today) = (moment.now(), moment.today());
    let mut conn = app.db.read().await?;
    let reach = Reach::of(&mut conn, &signed.who, now).await?;
    let posts = signed.who.staff().map(|staff| staff.posts.as_slice()).unwrap_or_default();
    let teams = working::teams(&mut conn, today).await?;
    let works = |team: &working::Team| posts.iter().any(|post| post.team == team.id);
    let team = teams
        .into_iter()
        .find(|team| team.code == code && (works(team) || reach.leads_or_covers(team.id)))
        .ok_or(Oops::NotFound)?;
    if !reach.leads_or_covers(team.id) {
        let why = "What a team holds back is for whoever leads it. Yours stands under Held back";
        return Err(Oops::NotAllowed(why.to_owned()));
    }
    let last = Month::last_drawn_up(now, today);
    let month = Month::chosen(of.month.as_deref(), last).min(last);
    let asked = (store::OF_TEAM, args![team.id, today, Date::MAX]);
    let all = held_of(&mut conn, (&signed.who, now), asked, Date::MAX).await?;
    let told = rate::of_team(&mut conn, team.id, month.first()).await?;
    drop(conn);
    read(&signed, &all).await?;
    let here = format!("/team/{}", team.code);
    let title = format!("What {} holds back", team.name);
    let body = html! {
        h1 { (title) }
        h2 { "Held back" }
        p.soft { "Of the people the team works with. The oldest look comes first." }
        (rows(&all, today))
        h2 { "What people can read of what the team writes" }
        (rate::back_and_forth(month, &format!("{here}/held-back"), last))
        @match told {
            Some(told) => { (rate::said(&told.rate, &format!("{} people of the team wrote", told.people))) }
            None => p { "Not told: fewer than five people wrote, or with another team\u{2019}s total it would tell of fewer than five." },
        }
        p.soft { "The team and the teams under it together, as known a week after the month had ended." }
        (rate::what_it_is())
    };
    let label = format!("Back to {}", team.name);
    let back = Some(Link { href: &here, label: &label });
    Ok(frame(&signed, &Frame { title: &title, part: "/team", back, ..Frame::default() }, body))
}
