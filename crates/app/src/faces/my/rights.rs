//! Somebody's rights, each with the way to use it, and help at once.

use super::home::help as numbers;
use crate::form::PostedOwn;
use crate::own_frame::{OwnFrame, day, length, own_frame, own_outside};
use crate::rights::asking::{OwnRequest, ask_for_own, own_requests};
use crate::who::{Mine, language_of};
use crate::{App, Oops, Result, clock, space};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use db::Conn;
use jiff::civil::Date;
use language::Words;
use maud::html;
use page::{Post, button, buttons};
use practice::clock::RuleId;
use practice::disclosure::RequestState;

/// Within how long the law wants something done, in words: the first length of a rule, as it is in force today.
pub(super) async fn within(conn: &mut Conn, (rule, today): (&str, Date), words: &Words) -> Result<String> {
    let rules = clock::rules(conn).await?;
    let missing = || Oops::Broken(format!("rule {rule} has no length"));
    let id: RuleId = rule.parse().map_err(|_| missing())?;
    let first = rules.best(id, today).and_then(|rule| rule.first).ok_or_else(missing)?;
    Ok(length(words, first))
}

/// `GET /my/rights`
pub(super) async fn show(mine: Mine) -> Result<Response> {
    draw(&mine, None).await
}

async fn draw(mine: &Mine, said: Option<&str>) -> Result<Response> {
    let words = mine.words;
    let today = mine.app.moment().today();
    let mut conn = mine.app.db.read().await?;
    let complaint = within(&mut conn, ("CO-01", today), words).await?;
    let copy = within(&mut conn, ("IR-01", today), words).await?;
    let asked = own_requests(&mut conn, mine.person, today).await?;
    drop(conn);
    let title = words.rights_title();
    let open = asked.iter().any(|one| one.state == RequestState::Open);
    let link = |heading: String, about: String, (ask, href): (String, &str)| {
        html! { section { h2 { (heading) } p { (about) } p { a href=(href) { (ask) } } } }
    };
    let body = html! {
        h1 { (words.rights_heading()) }
        (link(words.rights_advocate_heading(), words.rights_advocate(), (words.rights_advocate_ask(), "/my/ask/advocate")))
        (link(words.rights_complain_heading(), words.rights_complain(&complaint), (words.rights_complain_ask(), "/my/complaint")))
        section {
            h2 { (words.rights_file_heading()) }
            p { (words.rights_file(&copy)) }
            @for one in &asked { p { b { (request(mine, one, today)) } } }
            @if !open {
                (page::post(&Post { action: "/my/rights/file", csrf: &mine.csrf, ..Post::default() }, buttons(html! { (button(&words.rights_file_ask()).quiet()) })))
            }
        }
        (link(words.rights_worker_heading(), words.rights_worker(), (words.rights_worker_ask(), "/my/ask/worker")))
    };
    Ok(own_frame(mine, &OwnFrame { title: &title, part: "/my/rights", said, ..OwnFrame::default() }, body))
}

/// How a request for their record stands, in a sentence.
fn request(mine: &Mine, one: &OwnRequest, today: Date) -> String {
    let words = mine.words;
    let asked = day(words, one.asked_on, today);
    let ended = one.ended_on.map(|on| day(words, on, today)).unwrap_or_default();
    match (one.state, one.due_on) {
        (RequestState::Open, Some(due)) if due < today => {
            words.rights_file_late(&asked, &day(words, due, today))
        }
        (RequestState::Open, Some(due)) => words.rights_file_by(&asked, &day(words, due, today)),
        (RequestState::Open, None) => words.rights_file_asked(&asked),
        (RequestState::Given, _) => words.rights_file_given(&ended),
        (RequestState::Withdrawn, _) => words.rights_file_back(&ended),
        (RequestState::Refused, _) => words.rights_file_refused(&ended),
    }
}

/// `POST /my/rights/file`
pub(super) async fn ask_for_file(posted: PostedOwn) -> Result<Response> {
    let mine = &posted.mine;
    let mut moment = mine.app.moment();
    let mut tx = mine.app.db.write().await?;
    ask_for_own(&mut tx, &mine.who, &mut moment).await?;
    let link = format!("/person/{}/rights", mine.person);
    let told = ("Somebody asks for their record in their own space", link.as_str());
    space::let_know(&mut tx, &mut moment, mine.person, told).await?;
    tx.commit().await?;
    draw(mine, Some(&mine.words.rights_file_sent())).await
}

/// `GET /my/help`: for whoever asks, signed in or not.
pub(super) async fn help(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let words = language_of(&app, &headers);
    let title = words.help_title();
    let body = html! { h1 { (words.help_heading()) } (numbers(words, false)) };
    let frame = OwnFrame { title: &title, ..OwnFrame::default() };
    Ok(match Mine::from_headers(&app, &headers).await? {
        Some(mine) => own_frame(&mine, &frame, body),
        None => own_outside(&app, words, &frame, body),
    })
}
