//! Help in plain words: open to everyone, also to those who cannot sign in.

use crate::frame::{Frame, frame, outside};
use crate::who::Signed;
use crate::{App, Result};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use maud::{Markup, html};
use page::Link;

const HELP: Link<'static> = Link { href: "/help", label: "Back to Help" };

async fn page(
    app: &App,
    headers: &HeaderMap,
    title: &str,
    back: Option<Link<'_>>,
    body: Markup,
) -> Result<Response> {
    if let Some(signed) = Signed::from_headers(app, headers).await? {
        return Ok(frame(&signed, &Frame { title, part: "/help", back, ..Frame::default() }, body));
    }
    let body = html! {
        @if let Some(back) = back { p.crumb { a href=(back.href) { (back.label) } } }
        (body)
    };
    Ok(outside(app, title, None, body))
}

/// `GET /help`
pub(super) async fn show(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let body = html! {
        h1 { "Help" }
        ul {
            li { a href="/help/who-can-see" { "Who can see what" } }
            li { a href="/help/wrong" { "Something is wrong with a page" } }
        }
        h2 { "Writing a visit down" }
        p { "Press " b { "Record" } ", or " b { "Record" } " on a person’s page. Say when, where and how, who was there and whom it is about: several children at once, each seen, seen alone, or not seen and why. "
            "Put what people said under " b { "In their words" } ", each with its owner. Put what anyone will do under " b { "What we agreed" } ", with who and when." }
        p { "A visit is written down once. It then stands on each child’s timeline, and the dates that follow from it move by themselves. A visit at which a child was not seen does not count as a visit to that child." }
        h2 { "Nothing you write is lost" }
        p { "What you write is saved a moment after each pause, and waits under " b { "Drafts" } ". Without scripts, press " b { "Save draft" } ". "
            "If you are signed out while you write and then send, your words are kept for an hour, sealed so that only you can open them in that browser: sign in, and they are there to send again. "
            "If a colleague saves the same thing at the same moment, both texts stay and both of you are told." }
        h2 { "Putting something right" }
        p { "Nothing is edited away. " b { "Correct" } " writes a newer version that stands before the older one; the older one can still be read, with who wrote it and when." }
        h2 { "Finding someone" }
        p { "Press " b { "Find" } " and type what you know: names in any order, with a wrong letter, a nickname, a birth date a little off, a telephone number, a postcode or a number they are known by. Each person found says why they were found." }
        h2 { "Dates that are due" }
        p { "Each says which rule made it and from which event: open " b { "Why this date" } ". A reason for lateness is kept beside it; the date stays." }
        h2 { "Checking a return" }
        p { "Whoever makes the returns presses " b { "Check a return" } ", drops the files of a children in need census or a looked-after return from any system, and reads what every rule of the year found. The files are let go at once; the findings are kept in memory for an hour, for you alone." }
        h2 { "Signing in" }
        p { "With your name, your password and the six digits your phone shows. After five wrong tries each further one waits, at most a minute. "
            "Lost your phone? A recovery code does instead. Lost those too? The person who looks after Alongside in your council makes you a new link. "
            "You are signed out after two hours without use. See where you are signed in, and change your password, under your name at the top." }
        h2 { "By keyboard, on paper, read aloud" }
        p { "Every page works by keyboard alone and with a screen reader, and without scripts. Every page prints: choose print in your browser. Text can be made larger in your browser without anything being cut off." }
        h2 { "Words we use" }
        dl.sum {
            div { dt { "Entry" } dd { "One thing written down once: a visit, call, message, meeting, observation, letter or note. Elsewhere: case note." } }
            div { dt { "Promise" } dd { "What someone said they would do, and by when. Ours count the same as the family’s. Elsewhere: action." } }
            div { dt { "Responsible worker" } dd { "The one person who answers for someone. Until there is one they are waiting for a worker, and the team’s manager answers." } }
            div { dt { "Episode" } dd { "A time of need or help: family help, child in need, child protection, looked after, leaving care, adult." } }
            div { dt { "Thing to know" } dd { "A warning with the day it is looked at again, and whether the person was told. Elsewhere: alert." } }
            div { dt { "Journal" } dd { "The account of every change and every reading, which nobody can quietly alter." } }
        }
    };
    page(&app, &headers, "Help", None, body).await
}

/// `GET /help/who-can-see`
pub(super) async fn who_can_see(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let body = html! {
        h1 { "Who can see what" }
        p.lead { "You can open someone’s record when you work with them. Otherwise it is closed, and there is a way to ask." }
        h2 { "Who works with someone" }
        ul {
            li { "whoever is responsible for them, helps them or reviews how they are, from the day it begins to the day it ends" }
            li { "whoever stands in for such a colleague who is away, on those days" }
            li { "the manager of the team that works with them, and of the teams above it" }
            li { "whoever began their record, for seven days, until someone is allocated" }
        }
        p { "Someone who works with a child can also open the people the child lives with and those who hold parental responsibility. What is confidential stays held back." }
        h2 { "Three kinds of records" }
        dl.sum {
            div { dt { "Findable" } dd { "Most. Anyone signed in who works with people may learn that the person is known here: the name they use, their birth year, the team and the responsible worker. Nothing more." } }
            div { dt { "Restricted" } dd { "Few may know of it. For everyone else it is as if it were not there." } }
            div { dt { "Sealed" } dd { "After an adoption. It is there for nobody on these pages." } }
        }
        h2 { "When you need to open a record and do not work with the person" }
        p { "You can, with a reason. The responsible worker and the manager are told at once, the manager looks at it afterwards, and it shows to the person that you did." }
        h2 { "What you write" }
        p { "Everyone who may open the record of a person may read what was written about them, unless you name who may read it. What is shared with a family or held back from them says so, with a reason and a day on which it is looked at again." }
        h2 { "Everything leaves a trace" }
        p { "Opening a person, an entry or a file is written into the journal with your name, the time and whom it was about. Each person’s page tells who has read it. People may ask to be told." }
        h2 { "Who sees none of it" }
        p { "Accounts that look after the system open no record and find nobody. Accounts that make returns see what returns need." }
    };
    page(&app, &headers, "Who can see what", Some(HELP), body).await
}

/// `GET /help/wrong`
pub(super) async fn wrong(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    // only the address of our own page, without what was asked of it
    let from = headers
        .get(header::REFERER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix(app.settings.public_url.as_str()))
        .map(|path| path.split(['?', '#']).next().unwrap_or("").to_owned())
        .filter(|path| path.starts_with('/') && !path.starts_with("/invitation/"));
    let body = html! {
        h1 { "Something is wrong with a page" }
        p.lead { "What you filed before is safe, whatever the page says." }
        p { "Tell the person who looks after Alongside in your council:" }
        ul {
            li { "what you were doing, and what happened instead" }
            @if let Some(from) = &from { li { "the address you came from: " code { (from) } } }
            li { "the number on the page, if it shows one: with it they find what went wrong" }
        }
        p { "Leave names of children and families out of your message; the address is enough." }
        h2 { "Is what the record says wrong?" }
        p { "That is something else: open the entry and press " b { "Correct" } ", or ask whoever wrote it to. Whoever a record is about may say that it is wrong, and what they say stands beside it." }
        h2 { "Is someone in danger?" }
        p { "Do not use this page. Ring 999." }
    };
    page(&app, &headers, "Something is wrong with a page", Some(HELP), body).await
}
