//! Who comes in to somebody's own space: inviting, taking back, shutting; and the letter with the link.

use super::invite::{self, Invite, Invited};
use super::store::{self, InRow, InvitationRow};
use crate::entry::when;
use crate::form::Posted;
use crate::frame::{Frame, hue};
use crate::journal::Read;
use crate::who::Signed;
use crate::working::{self, About};
use crate::{App, Oops, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use db::args;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Avatar, Choice, Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::Sight;
use practice::id::PersonId;
use practice::space::{InSpace, Way};
use uuid::Uuid;

/// Everything the page shows.
struct Shown {
    inside: Vec<InRow>,
    invited: Vec<InvitationRow>,
    /// Who may be invited: the person, and those close to them.
    offered: Vec<(PersonId, String)>,
}

async fn gather(signed: &Signed, person: PersonId) -> Result<(About, Shown)> {
    let app = &signed.app;
    let moment = app.moment();
    let mut conn = app.db.read().await?;
    let about = working::about(&mut conn, signed, moment.now(), person, Sight::Open).await?;
    let inside = conn.all(store::WHO_COMES_IN, args![person, moment.today()]).await?;
    let invited = conn.all(store::OPEN_INVITATIONS, args![person, moment.now()]).await?;
    let near: Vec<(Uuid, String)> = conn.all(store::NEAR, args![person, moment.today()]).await?;
    let ids: Vec<PersonId> = near.iter().map(|(id, _)| PersonId(*id)).collect();
    let known = crate::access::decide_many(&mut conn, &signed.who, moment.now(), &ids, Sight::Exists).await?;
    let may = |id: Uuid| known.get(&PersonId(id)).is_some_and(practice::access::Decision::is_allowed);
    let mut offered = vec![(person, about.header.shown_name.clone())];
    offered.extend(near.into_iter().filter(|(id, _)| may(*id)).map(|(id, name)| (PersonId(id), name)));
    Ok((about, Shown { inside, invited, offered }))
}

/// `GET /person/{id}/space`
pub(super) async fn show(signed: Signed, Path(person): Path<PersonId>) -> Result<Response> {
    let (about, shown) = gather(&signed, person).await?;
    working::open(&signed, &about, Read::Person).await?;
    let typed = Typed::from_pairs([("comes", person.to_string())]);
    Ok(draw(&signed, &about, &shown, (&typed, &FormErrors::new())))
}

fn draw(signed: &Signed, about: &About, shown: &Shown, (typed, errors): (&Typed, &FormErrors)) -> Response {
    let today = signed.app.moment().today();
    let name = &about.header.shown_name;
    let body = html! {
        h1 { "Their own space" }
        p.lead { "Here " (name) " can read what was written about days when they were there, see who works with them, write to you, and say when something is wrong. Open it together the first time." }
        h2 { "Who comes in" }
        @if shown.inside.is_empty() { p { "Nobody yet." } }
        (page::rows(&shown.inside.iter().map(|row| inside(signed, row, today)).collect::<Vec<_>>()))
        @if !shown.invited.is_empty() {
            h2 { "Invited" }
            (page::rows(&shown.invited.iter().map(|row| invited(signed, row, today)).collect::<Vec<_>>()))
        }
        h2 { "Invite" }
        (form(signed, about, shown, (typed, errors)))
    };
    let back = Some(Link { href: &about.href, label: &about.back });
    about.page(
        signed,
        None,
        Frame { title: "Their own space", back, errors: Some(errors), ..Frame::default() },
        body,
    )
}

fn inside(signed: &Signed, row: &InRow, today: Date) -> Markup {
    let part = InSpace::from_code(&row.part).map_or("", InSpace::plain);
    let action = format!("/space/in/{}/shut", row.id);
    page::who(
        page::avatar(&Avatar::of(&row.initials, hue(row.hue))),
        html! {
            p { b { a href={ "/person/" (row.comes_id) } { (row.name) } } ": " (part.to_lowercase()) ", since " (when::short_day(row.from_date.0, today))
                @if let Some(until) = row.to_date { ", until " (when::short_day(until.0, today)) } "." }
            @if let Some(reason) = &row.reason { p.soft { (reason) } }
            (page::details("Shut it", page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                p { (row.name) " is out at once and can be invited again. What they wrote stays." }
                (page::Field::text(format!("why-{}", row.id), "Why"))
                (buttons(html! { (button("Shut it")) }))
            })))
        },
    )
}

fn invited(signed: &Signed, row: &InvitationRow, today: Date) -> Markup {
    let words = |code: &str| Way::from_code(code).map_or("", Way::plain).to_lowercase();
    let part = InSpace::from_code(&row.part).map_or("", InSpace::plain).to_lowercase();
    let action = format!("/space/invitation/{}/take-back", row.id);
    html! {
        div {
            p { b { (row.name) } ", " (part) ": invited " (when::short_day(when::day_of(row.made_at.0), today))
                @if let Some(maker) = &row.maker { " by " (maker) }
                ". The link goes " (words(&row.link_by)) ", the code is said " (words(&row.code_by)) ". Until " (when::day(when::day_of(row.expires_at.0), today)) "." }
            @if row.tries > 0 { p { "The code was typed wrongly " (row.tries) @if row.tries == 1 { " time." } @else { " times." } } }
            (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                button.linkbtn type="submit" { "Take it back" span.hid { ": " (row.name) } }
            }))
        }
    }
}

fn form(signed: &Signed, about: &About, shown: &Shown, (typed, errors): (&Typed, &FormErrors)) -> Markup {
    let form = Form::new(typed, errors);
    let action = format!("{}/space/invite", about.href);
    let people = shown.offered.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect();
    let parts = [InSpace::Own, InSpace::Proxy, InSpace::Advocate, InSpace::Carer, InSpace::Partner];
    let parts = parts.iter().map(|part| Choice::new(part.code(), part.plain())).collect();
    let ways = |ways: [Way; 2]| ways.iter().map(|way| Choice::new(way.code(), way.plain())).collect();
    html! {
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.radios("comes", "Whom", people).hint("Somebody else? Add them to the record first, and say what they are to each other"))
            (form.radios("part", "What they come in to", parts))
            (page::shown_when("part", "proxy advocate carer partner", html! {
                (form.text("reason", "Why").hint("Of somebody who acts for them: who decided that, and for what"))
                (form.date("until", "Until when").hint("Of somebody who acts for them: you look at it again then"))
            }))
            (form.radios("code_by", "How you say the code", ways(Way::CODE)).hint("The link comes on paper. The code never goes the same way"))
            input type="hidden" name="link_by" value=(Way::Letter.code());
            (buttons(html! { (button("Make the letter and the code")) }))
        }))
    }
}

/// `POST /person/{id}/space/invite`
pub(super) async fn send(Path(person): Path<PersonId>, posted: Posted) -> Result<Response> {
    let Posted { signed, typed, .. } = &posted;
    let mut conn = signed.app.db.read().await?;
    crate::access::require(&mut conn, &signed.who, signed.app.moment().now(), person, Sight::Steps).await?;
    drop(conn);
    let mut errors = FormErrors::new();
    let comes: Option<PersonId> = typed.get("comes").parse().ok();
    let part = InSpace::from_code(typed.get("part"));
    let ways = Way::from_code(typed.get("link_by")).zip(Way::from_code(typed.get("code_by")));
    errors.require(comes.is_some(), "comes", "Say whom you invite");
    errors.require(part.is_some(), "part", "Say what they come in to");
    errors.require(ways.is_some(), "code_by", "Say how you tell them the code");
    let until = typed.date_if_any("until", "The day", &mut errors);
    if let (Some(comes), Some(part), Some((link_by, code_by)), true) = (comes, part, ways, errors.is_empty())
    {
        let reason = typed.some("reason").map(str::to_owned);
        let whom = Invite { comes, of: person, part, reason, until, link_by, code_by };
        let mut tx = signed.app.db.write().await?;
        match invite::invite(&mut tx, &signed.who, &mut signed.app.moment(), whom).await {
            Ok(made) => {
                tx.commit().await?;
                let (about, shown) = gather(signed, person).await?;
                let name = shown.offered.iter().find(|one| one.0 == comes).map_or("", |one| one.1.as_str());
                return Ok(letter(signed, &about, name, &made));
            }
            Err(Oops::Wrong(wrong)) => wrong.into_iter().for_each(|(field, words)| errors.add(field, words)),
            Err(other) => return Err(other),
        }
        tx.give_up().await?;
    }
    let (about, shown) = gather(signed, person).await?;
    Ok(draw(signed, &about, &shown, (typed, &errors)))
}

/// The letter with the link, and the code to be said: seen once.
fn letter(signed: &Signed, about: &About, name: &str, made: &Invited) -> Response {
    let app = &signed.app;
    let link = format!("{}/my/come-in/{}", app.settings.public_url, made.token);
    let until = when::day(when::day_of(made.until), app.moment().today());
    let first = name.split_whitespace().next().unwrap_or(name);
    let body = html! {
        h1.no-print { "Print this letter, and say the code" }
        .no-print {
            (page::know("Say this code, face to face or by phone", &[html! { b.code { (made.code) } " Never write it on the letter or send it with the link." }]))
            p { "Letter and code are shown only now. They work once, until " (until) ", and stop after five wrong codes." }
            (buttons(html! { (page::print_button("Print the letter")) a.btn.btn--quiet href={ (about.href) "/space" } { "I have both" } }))
        }
        section.letter {
            p { "Dear " (first) "," }
            p { "There is a page that is yours. There you can read what we write about days with you, see who works with you, write to us, and tell us when we got something wrong." }
            p { "Scan this square with a phone, or type the address below it. Then type the code that I told you. Nobody else has it." }
            @if let Some(square) = crate::frame::square_of(&link) { (square) }
            p { code { (link) } }
            p { "It works until " (until) ". If you did not want this letter, put it in the bin: without the code it opens nothing." }
            p { (signed.who.name) br; (app.settings.council) }
        }
    };
    let back = Some(Link { href: &about.href, label: &about.back });
    about.page(signed, None, Frame { title: "A letter", back, ..Frame::default() }, body)
}

/// `POST /space/invitation/{id}/take-back`
pub(super) async fn take_back(
    State(app): State<App>,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Result<Response> {
    let mut tx = app.db.write().await?;
    let person = invite::take_back(&mut tx, &posted.signed.who, &mut app.moment(), id).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/person/{person}/space")).into_response())
}

/// `POST /space/in/{id}/shut`
pub(super) async fn shut(State(app): State<App>, Path(id): Path<Uuid>, posted: Posted) -> Result<Response> {
    let why = posted.typed.get(&format!("why-{id}"));
    let mut tx = app.db.write().await?;
    match invite::shut(&mut tx, &posted.signed.who, &mut app.moment(), (id, why)).await {
        Ok(person) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/person/{person}/space")).into_response())
        }
        Err(Oops::Wrong(wrong)) => Err(Oops::Refused(wrong.into_iter().map(|one| one.1).collect())),
        Err(other) => Err(other),
    }
}
