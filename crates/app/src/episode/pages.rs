//! Episodes on pages: the list of a person's, and opening, correcting, changing and ending one, each apart and
//! each checked before it is saved.

use super::actions::{
    ChangeCircumstance, CircumstanceKind, CorrectEpisode, EndEpisode, Episode, OpenEpisode,
    change_circumstance, circumstances, correct_episode, end_episode, episodes, open_episode,
};
use super::forms::{answers, form, heading};
use super::store;
use crate::access::Reach;
use crate::checked::{self, Check, Press};
use crate::clock::shown::day;
use crate::clock::{self, KeptClock};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::Read;
use crate::person::pages::Tab;
use crate::room::{Card, Look};
use crate::who::Signed;
use crate::working::{About, about, how_long, open};
use crate::{Moment, Oops, Result, Who};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, Tx, args};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{FormErrors, Link, Typed, buttons, link_button};
use practice::access::{EpisodeChange, Sight};
use practice::episode::EpisodeKind;
use practice::id::{EpisodeId, PersonId, TeamId};
use serde::Deserialize;
use uuid::Uuid;

/// What is done, and to which episode.
pub(super) struct Asked {
    pub(super) change: EpisodeChange,
    pub(super) episode: Option<Episode>,
    pub(super) teams: Vec<(Uuid, String)>,
}

impl Asked {
    /// The episode as one sentence: "Child in need, since 6 May".
    pub(super) fn episode_words(&self, today: Date) -> String {
        self.episode
            .as_ref()
            .map_or_else(String::new, |one| format!("{}, since {}", one.kind.plain(), day(one.from, today)))
    }
}

async fn asked(
    conn: &mut Conn,
    person: PersonId,
    place: Option<(EpisodeId, &str)>,
    today: Date,
) -> Result<Asked> {
    let teams = conn.all(store::TEAMS, args![today]).await?;
    let Some((id, doing)) = place else {
        return Ok(Asked { change: EpisodeChange::Open, episode: None, teams });
    };
    let change = EpisodeChange::from_code(doing).filter(|it| *it != EpisodeChange::Open);
    let episode = episodes(conn, person).await?.into_iter().find(|one| one.id == id);
    Ok(Asked { change: change.ok_or(Oops::NotFound)?, episode: Some(episode.ok_or(Oops::NotFound)?), teams })
}

/// The kinds of which the reader may do this with a person's episodes.
async fn may(
    conn: &mut Conn,
    signed: &Signed,
    now: jiff::Timestamp,
    person: PersonId,
) -> Result<impl Fn(EpisodeKind, EpisodeChange) -> bool + use<>> {
    let reach = Reach::of(conn, &signed.who, now).await?;
    let standing = reach.standings(conn, &[person]).await?.remove(&person);
    Ok(move |kind, change| {
        let sight = Sight::Episode(kind, change);
        standing.as_ref().is_some_and(|standing| reach.decide(standing, sight).is_allowed())
    })
}

/// The card on a person's page: what is open.
pub(super) async fn card(conn: &mut Conn, look: &Look<'_>) -> Result<Card> {
    let mut all = episodes(conn, look.person).await?;
    let past = all.len();
    all.retain(|one| one.to.is_none_or(|to| to > look.today));
    let past = past - all.len();
    let href = format!("/person/{}/episodes", look.person);
    let body = html! {
        section aria-labelledby="h-episodes" {
            (page::heading_row("h-episodes", "Help now", html! { a href=(href) { "All" span.hid { " episodes" } } }))
            @if all.is_empty() { p.soft { "No episode is open." } }
            ul.rows { @for one in &all {
                li {
                    b { (one.kind.plain()) }
                    br;
                    span.soft.small {
                        "Since " (day(one.from, look.today))
                        @if let Some((_, team)) = &one.team { ", " (team) }
                    }
                }
            } }
            @if past > 0 { p.small { a href=(href) { (past) " earlier" } } }
        }
    };
    Ok(Card { place: 130, body })
}

#[derive(Deserialize)]
pub(super) struct Done {
    done: Option<String>,
    episode: Option<EpisodeId>,
}

fn said(done: &Done) -> Option<&'static str> {
    match done.done.as_deref()? {
        "open" => Some("The episode is open."),
        "correct" => Some("The episode is corrected. What was recorded before stays readable."),
        "change" => Some("The change is recorded. What was so before stays so for its time."),
        "end" => Some("The episode has ended. The record stays."),
        _ => None,
    }
}

pub(super) async fn show(
    signed: Signed,
    Path(id): Path<PersonId>,
    Query(done): Query<Done>,
) -> Result<Response> {
    let moment = signed.app.moment();
    let today = moment.today();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Open).await?;
    let all = episodes(&mut conn, id).await?;
    let changes = circumstances(&mut conn, id).await?;
    let may = may(&mut conn, &signed, moment.now(), id).await?;
    let clocks = clock::of_person(&mut conn, id, today).await?;
    drop(conn);
    open(&signed, &about, Read::Episodes).await?;
    let notice: Vec<Markup> =
        done.episode.into_iter().map(|episode| running_now(&clocks, episode, today)).collect();
    let rows: Vec<Markup> = all
        .iter()
        .map(|one| {
            let links = [EpisodeChange::Change, EpisodeChange::End, EpisodeChange::Correct];
            let allowed: Vec<EpisodeChange> = links
                .into_iter()
                .filter(|change| {
                    may(one.kind, *change) && !(one.to.is_some() && *change == EpisodeChange::End)
                })
                .collect();
            html! {
                (one_episode(one, today))
                @for change in changes.iter().filter(|change| change.episode == one.id) {
                    p.small {
                        (change.kind.plain()) ": " (change.words) ", from " (day(change.from, today))
                        @if let Some(to) = change.to { " to " (day(to, today)) } "."
                    }
                }
                @if !allowed.is_empty() {
                    ul.tags.ways { @for change in allowed {
                        li { a href={ (about.href) "/episodes/" (one.id) "/" (change.code()) } {
                            (change.plain()) span.hid { ": " (one.kind.plain()) }
                        } }
                    } }
                }
            }
        })
        .collect();
    let can_open = EpisodeKind::ALL.iter().any(|kind| may(*kind, EpisodeChange::Open));
    let body = html! {
        h2 { "Episodes" }
        @if rows.is_empty() {
            (page::empty("No episode yet", html! { "An episode is a period of need or help. Opening one starts the dates that belong to it." }))
        }
        (page::rows(&rows))
        @if can_open { (buttons(html! { (link_button(&format!("{}/episodes/open", about.href), "Open an episode")) })) }
    };
    let title = format!("Episodes of {}", about.header.shown_name);
    let page = Frame { title: &title, said: said(&done), notices: &notice, ..Frame::default() };
    Ok(about.page(&signed, Some(Tab::Episodes), page, body))
}

fn of<'a>(about: &'a About, title: &'a str) -> Frame<'a> {
    Frame {
        title,
        part: "/find",
        back: Some(Link { href: &about.href, label: &about.back }),
        header: Some(about.heading.clone()),
        ..Frame::default()
    }
}

/// The dates of one episode as they stand: what follows from what was just done.
fn running_now(clocks: &[KeptClock], episode: EpisodeId, today: Date) -> Markup {
    let mut own: Vec<&KeptClock> = clocks.iter().filter(|kept| kept.clock.episode == Some(episode)).collect();
    own.retain(|kept| kept.clock.is_running() || kept.clock.cancelled.is_some());
    html! {
        @if !own.is_empty() {
            (page::note(html! {
                p { b { "Its dates now" } }
                ul { @for kept in own { li { (kept.why.name) ": " (clock::shown::word(kept, today)) "." } } }
            }))
        }
    }
}

fn one_episode(one: &Episode, today: Date) -> Markup {
    html! {
        h3 { (one.kind.plain()) }
        p {
            (day(one.from, today)) " to "
            @match one.to {
                Some(to) => { (day(to, today)) " (" (how_long(one.from, to)) ")." }
                None => { "now (" (how_long(one.from, today)) ")." }
            }
            @if let Some((_, team)) = &one.team { " Held by " (team) "." }
        }
        @if let Some(reason) = &one.end_reason { p.soft.small { "Ended: " (reason) "." } }
        @if let Some(why) = &one.why { p.soft.small { (why) } }
        @if let Some(on) = one.last_seen { p.soft.small { "The old system last knew them seen on " (day(on, today)) "." } }
        @if let Some(on) = one.last_review { p.soft.small { "The old system last knew a review on " (day(on, today)) "." } }
    }
}

pub(super) async fn ask_open(signed: Signed, Path(id): Path<PersonId>) -> Result<Response> {
    ask(signed, id, None).await
}

pub(super) async fn ask_one(
    signed: Signed,
    Path((id, episode, doing)): Path<(PersonId, EpisodeId, String)>,
) -> Result<Response> {
    ask(signed, id, Some((episode, &doing))).await
}

async fn ask(signed: Signed, id: PersonId, place: Option<(EpisodeId, &str)>) -> Result<Response> {
    let moment = signed.app.moment();
    let today = moment.today();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, &signed, moment.now(), id, Sight::Open).await?;
    let asked = asked(&mut conn, id, place, today).await?;
    let may = may(&mut conn, &signed, moment.now(), id).await?;
    drop(conn);
    let allowed = match &asked.episode {
        Some(one) => may(one.kind, asked.change),
        None => EpisodeKind::ALL.iter().any(|kind| may(*kind, EpisodeChange::Open)),
    };
    if !allowed {
        return Err(Oops::NotAllowed(
            "This belongs to those who work with the person in another part".to_owned(),
        ));
    }
    open(&signed, &about, Read::Episodes).await?;
    let mut typed = Typed::default();
    if let Some(one) = asked.episode.as_ref().filter(|_| asked.change == EpisodeChange::Correct) {
        typed.put("version", one.version.to_string());
        typed.put_date("from", one.from);
        if let Some(to) = one.to {
            typed.put_date("to", to);
        }
        typed.put("team", one.team.as_ref().map_or_else(String::new, |team| team.0.to_string()));
    } else if asked.change == EpisodeChange::End {
        typed.put_date("on", today);
    } else {
        typed.put_date("from", today);
    }
    Ok(page_of(&signed, &about, &asked, today, (&typed, &FormErrors::new())))
}

fn page_of(
    signed: &Signed,
    about: &About,
    asked: &Asked,
    today: Date,
    (typed, errors): (&Typed, &FormErrors),
) -> Response {
    let title = heading(asked.change, &about.header.shown_name);
    let body = form(signed, about, asked, today, (typed, errors));
    frame(signed, &Frame { errors: Some(errors), ..of(about, &title) }, body)
}

pub(super) async fn open_it(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    submit(id, None, posted).await
}

pub(super) async fn change_it(
    Path((id, episode, doing)): Path<(PersonId, EpisodeId, String)>,
    posted: Posted,
) -> Result<Response> {
    submit(id, Some((episode, &doing)), posted).await
}

async fn submit(id: PersonId, place: Option<(EpisodeId, &str)>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let today = moment.today();
    let press = Press::of(typed);
    let mut tx = signed.app.db.write().await?;
    let about = about(&mut tx, signed, moment.now(), id, Sight::Open).await?;
    let asked = asked(&mut tx, id, place, today).await?;
    if press == Press::Change {
        return Ok(page_of(signed, &about, &asked, today, (typed, &FormErrors::new())));
    }
    let before = clock::of_person(&mut tx, id, today).await?;
    let episode = match act(&mut tx, &signed.who, &mut moment, (id, &asked), typed).await {
        Ok(episode) => episode,
        Err(Failed::Errors(errors)) => return Ok(page_of(signed, &about, &asked, today, (typed, &errors))),
        Err(Failed::Oops(oops)) => {
            return Ok(page_of(signed, &about, &asked, today, (typed, &checked::wrong(oops)?)));
        }
    };
    if press == Press::Save {
        tx.commit().await?;
        let done = asked.change.code();
        let next = format!("/person/{id}/episodes?done={done}&episode={episode}");
        return Ok(Redirect::to(&next).into_response());
    }
    let follows = checked::follows(&mut tx, id, &before, today).await?;
    tx.give_up().await?;
    let action = match &asked.episode {
        Some(one) => format!("{}/episodes/{}/{}", about.href, one.id, asked.change.code()),
        None => format!("{}/episodes/open", about.href),
    };
    let it = Check {
        about: &about,
        heading: "Check before you save",
        answers: answers(&asked, typed, today),
        follows: checked::followed(&follows, today),
        button: match asked.change {
            EpisodeChange::Open => "Open the episode",
            EpisodeChange::Correct => "Correct it",
            EpisodeChange::Change => "Record the change",
            EpisodeChange::End => "End the episode",
        },
        action: &action,
        back: &format!("{}/episodes", about.href),
    };
    Ok(checked::check(signed, typed, it))
}

/// Why something typed was not done.
enum Failed {
    Errors(FormErrors),
    Oops(Oops),
}

impl From<Oops> for Failed {
    fn from(oops: Oops) -> Self {
        Self::Oops(oops)
    }
}

/// Reads what was typed and does it, in the transaction of the page.
async fn act(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (person, asked): (PersonId, &Asked),
    typed: &Typed,
) -> std::result::Result<EpisodeId, Failed> {
    let mut wrong = FormErrors::new();
    let team: Option<TeamId> = typed.get("team").parse().ok();
    let words = |name: &str| typed.some(name).map(str::to_owned);
    let Some(episode) = asked.episode.as_ref() else {
        let kind = EpisodeKind::from_code(typed.get("kind"));
        wrong.require(kind.is_some(), "kind", "Say what kind of help begins");
        let from = typed.date("from", "First day", &mut wrong);
        wrong.require(team.is_some(), "team", "Say which team holds it");
        let last_seen = typed.date_if_any("seen", "Last seen", &mut wrong);
        let (Some(kind), Some(from), true) = (kind, from, wrong.is_empty()) else {
            return Err(Failed::Errors(wrong));
        };
        let command = OpenEpisode {
            person,
            kind,
            team,
            from,
            to: None,
            end_reason: None,
            last_seen,
            last_review: None,
            source_key: None,
            why: words("why"),
        };
        return Ok(open_episode(tx, who, moment, command).await?);
    };
    let on = match asked.change {
        EpisodeChange::End => typed.date("on", "Last day", &mut wrong),
        _ => typed.date("from", "From which day", &mut wrong),
    };
    let to = typed.date_if_any("to", "Last day", &mut wrong);
    let kind = CircumstanceKind::ALL.into_iter().find(|kind| kind.code() == typed.get("what"));
    if asked.change == EpisodeChange::Change {
        wrong.require(kind.is_some(), "what", "Say what changes");
    }
    let (Some(on), true) = (on, wrong.is_empty()) else { return Err(Failed::Errors(wrong)) };
    let id = episode.id;
    match (asked.change, kind) {
        (EpisodeChange::End, _) => {
            let command = EndEpisode { episode: id, on, reason: words("reason").unwrap_or_default() };
            end_episode(tx, who, moment, command).await?;
        }
        (EpisodeChange::Correct, _) => {
            let version = typed.get("version").parse().unwrap_or_default();
            let why = words("why").unwrap_or_default();
            let command = CorrectEpisode { episode: id, version, from: on, to, team, why };
            correct_episode(tx, who, moment, command).await?;
        }
        (EpisodeChange::Change, Some(kind)) => {
            let words = words("words").unwrap_or_default();
            let command = ChangeCircumstance { episode: id, kind, words, from: on };
            change_circumstance(tx, who, moment, command).await?;
        }
        (EpisodeChange::Change | EpisodeChange::Open, _) => return Err(Failed::Oops(Oops::NotFound)),
    }
    Ok(id)
}
