//! Who comes in to somebody's own space: inviting, taking back, shutting; and the letter with the link.

use super::hidden::hide;
use super::invite::{self, Invite, Invited};
use super::store::{self, InRow, InvitationRow};
use crate::entry::when;
use crate::form::Posted;
use crate::frame::{Frame, hue};
use crate::journal::Read;
use crate::letter::{self, Contact};
use crate::who::Signed;
use crate::working::{self, About};
use crate::{App, Oops, Result};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use db::{Tx, args};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Avatar, Choice, Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::Sight;
use practice::id::PersonId;
use practice::person::DetailKind;
use practice::space::{InSpace, Way};
use practice::stage::{self, Stage};
use uuid::Uuid;

/// Everything the page shows.
struct Shown {
    inside: Vec<InRow>,
    invited: Vec<InvitationRow>,
    /// Who may be invited: the person, and those close to them.
    offered: Vec<(PersonId, String)>,
    /// How it is safe to reach the person.
    contact: Option<Contact>,
    /// Letters to them, as they stand.
    letters: Markup,
    /// How far the space is open.
    stage: Stage,
}

async fn gather(signed: &Signed, person: PersonId) -> Result<(About, Shown)> {
    let app = &signed.app;
    let moment = app.moment();
    let mut conn = app.db.read().await?;
    let about = working::about(&mut conn, signed, moment.now(), person, Sight::Open).await?;
    let mut inside: Vec<InRow> = conn.all(store::WHO_COMES_IN, args![person, moment.today()]).await?;
    hide(&mut conn, &signed.who, moment.now(), &mut inside).await?;
    let mut invited: Vec<InvitationRow> =
        conn.all(store::OPEN_INVITATIONS, args![person, moment.now()]).await?;
    hide(&mut conn, &signed.who, moment.now(), &mut invited).await?;
    let near: Vec<(Uuid, String)> = conn.all(store::NEAR, args![person, moment.today()]).await?;
    let ids: Vec<PersonId> = near.iter().map(|(id, _)| PersonId(*id)).collect();
    let known = crate::access::decide_many(&mut conn, &signed.who, moment.now(), &ids, Sight::Exists).await?;
    let may = |id: Uuid| known.get(&PersonId(id)).is_some_and(practice::access::Decision::is_allowed);
    let mut offered = vec![(person, about.header.shown_name.clone())];
    offered.extend(near.into_iter().filter(|(id, _)| may(*id)).map(|(id, name)| (PersonId(id), name)));
    let contact = letter::contact_of(&mut conn, person).await?;
    let stage = super::entrusted::stage_of(&mut conn, person).await?;
    drop(conn);
    let letters = letter::listed(signed, person).await?;
    Ok((about, Shown { inside, invited, offered, contact, letters, stage }))
}

/// `GET /person/{id}/space`
pub(super) async fn show(signed: Signed, Path(person): Path<PersonId>) -> Result<Response> {
    let (about, shown) = gather(&signed, person).await?;
    working::open(&signed, &about, Read::Person).await?;
    let mut typed = Typed::from_pairs([("comes", person.to_string())]);
    typed.put("link_by", Way::Letter.code());
    let today = signed.app.moment().today();
    let mut conn = signed.app.db.read().await?;
    for (field, kind) in [("email", DetailKind::Email), ("language", DetailKind::Language)] {
        let row: Option<(String,)> = conn.maybe(store::DETAIL_OF, args![person, kind.code(), today]).await?;
        let Some((words,)) = row else { continue };
        let value = if field == "language" { spoken(&words).to_owned() } else { words };
        typed.put(field, value);
    }
    drop(conn);
    Ok(draw(&signed, &about, &shown, (&typed, &FormErrors::new())))
}

/// The language among those there are that somebody speaks, by its name.
fn spoken(said: &str) -> &'static str {
    let said = said.to_lowercase();
    let known = |words: &&language::Words| {
        said.contains(&words.name().to_lowercase()) || words.code() == "cy" && said.contains("welsh")
    };
    language::languages(false).find(known).map_or("en", language::Words::code)
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
        (super::pages_given::stages(signed, about, (shown.stage, shown.inside.iter().any(|row| row.part == InSpace::Own.code()))))
        @if !shown.invited.is_empty() {
            h2 { "Invited" }
            (page::rows(&shown.invited.iter().map(|row| invited(signed, row, today)).collect::<Vec<_>>()))
        }
        (shown.letters)
        h2 { "Invite" }
        section.box.box--ground aria-labelledby="safe-contact" {
            h3 #safe-contact { "Safe contact: " (name) }
            (letter::said_of(about.header.id, shown.contact.as_ref()))
        }
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
            p { b { @if row.comes_id.is_nil() { (row.name) } @else { a href={ "/person/" (row.comes_id) } { (row.name) } } } ": " (part.to_lowercase()) ", since " (when::short_day(row.from_date.0, today))
                @if let Some(until) = row.to_date { ", until " (when::short_day(until.0, today)) } "." }
            @if let Some(reason) = &row.reason { p.soft { (reason) } }
            @match InSpace::from_code(&row.part) {
                Some(InSpace::Proxy) => {
                    p { @match (row.reads, row.writes) { (true, true) => "May read and write for them.", (true, false) => "May read for them.", _ => "May write for them." }
                        @if let Some(review) = row.review_on { " Look at it again by " (when::short_day(review.0, today)) "." } }
                    @if row.review_on.is_some_and(|review| review.0 <= today) {
                        (page::post(&Post { action: &format!("/space/in/{}/looked-at", row.id), csrf: &signed.csrf, ..Post::default() }, html! {
                            (buttons(html! { (button("It is still right").quiet()) }))
                        }))
                    }
                    p { a href={ "/space/in/" (row.id) } { "Change the limits" span.hid { ": " (row.name) } } }
                }
                Some(InSpace::Advocate | InSpace::Carer | InSpace::Partner) => { p { a href={ "/space/in/" (row.id) } { "What they see" span.hid { ": " (row.name) } } } }
                _ => {}
            }
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

/// What a proxy may do, and what a child sees first.
fn limits(form: &Form<'_>, child: bool) -> Markup {
    html! {
        (page::shown_when("part", "proxy", html! {
            (form.checks("limits", "What they may do for them", vec![
                Choice::new("reads", "Read what the person may read, but not what they said alone"),
                Choice::new("writes", "Write to the people who work with them"),
            ]).hint("Every page they read and every word they write says for whom and by whom"))
        }))
        @if child {
            (page::shown_when("part", "own", html! {
                (form.radios("stage", "What they see first", Stage::ALL.iter().map(|one| Choice::new(one.code(), one.plain())).collect())
                    .hint("Agree it with the child. Open the rest together, step by step"))
            }))
        }
    }
}

fn form(signed: &Signed, about: &About, shown: &Shown, (typed, errors): (&Typed, &FormErrors)) -> Markup {
    let form = Form::new(typed, errors);
    let today = signed.app.moment().today();
    let child = about.header.birth.and_then(|birth| birth.age_on(today)).is_some_and(|age| age < 18);
    let action = format!("{}/space/invite", about.href);
    let people = shown.offered.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect();
    let parts = [InSpace::Own, InSpace::Proxy, InSpace::Advocate, InSpace::Carer, InSpace::Partner];
    let parts = parts.iter().map(|part| Choice::new(part.code(), part.plain())).collect();
    let languages =
        language::languages(false).map(|one| Choice::new(one.code(), one.name())).collect::<Vec<_>>();
    let ways = |ways: [Way; 2]| ways.iter().map(|way| Choice::new(way.code(), way.plain())).collect();
    html! {
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.radios("comes", "Whom", people).hint("Somebody else? Add them to the record first, and say what they are to each other"))
            (form.radios("part", "What they come in to", parts))
            (page::shown_when("part", "proxy advocate carer partner", html! {
                (form.text("reason", "Why").hint("Of somebody who acts for them: who decided that, and for what"))
                (form.date("until", "Until when").hint("Of somebody who acts for them"))
            }))
            (limits(&form, child))
            @if letter::goes_by_email(&signed.app) {
                (form.radios("link_by", "How the link goes", ways(Way::LINK)))
                (page::shown_when("link_by", "email", html! {
                    (form.fill(page::Field::email("email", "To which address")).hint("Ask who else reads it"))
                }))
            } @else {
                input type="hidden" name="link_by" value=(Way::Letter.code());
            }
            (form.radios("code_by", "How you say the code", ways(Way::CODE)).hint("The code never goes the way of the link"))
            (form.select("language", "The language of the letter", languages))
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
        let email = typed.some("email").map(str::to_owned).filter(|_| link_by == Way::Email);
        let limits = (typed.has("limits", "reads"), typed.has("limits", "writes"));
        let language = language::speak(typed.get("language")).code();
        let whom =
            Invite { comes, of: person, part, reason, until, limits, link_by, email, language, code_by };
        let by_email = link_by == Way::Email;
        if by_email && !letter::goes_by_email(&signed.app) {
            return Err(Oops::Refused("No mail server is set up here. Print the letter instead".to_owned()));
        }
        let mut tx = signed.app.db.write().await?;
        match invite::invite_by_letter(&signed.app, &mut tx, &signed.who, &mut signed.app.moment(), whom)
            .await
        {
            Ok(made) => {
                begin_stage(&mut tx, signed, (person, part), typed).await?;
                tx.commit().await?;
                let (about, shown) = gather(signed, person).await?;
                let name = shown.offered.iter().find(|one| one.0 == comes).map_or("", |one| one.1.as_str());
                return Ok(halves(signed, &about, (name, language, by_email), &made));
            }
            Err(Oops::Wrong(wrong)) => wrong.into_iter().for_each(|(field, words)| errors.add(field, words)),
            Err(other) => return Err(other),
        }
        tx.give_up().await?;
    }
    let (about, shown) = gather(signed, person).await?;
    Ok(draw(signed, &about, &shown, (typed, &errors)))
}

/// A child's space begins with what a worker and they agreed to see first.
async fn begin_stage(
    tx: &mut Tx,
    signed: &Signed,
    (person, part): (PersonId, InSpace),
    typed: &Typed,
) -> Result<()> {
    let mut moment = signed.app.moment();
    let header = crate::person::header(tx, person).await?.ok_or(Oops::NotFound)?;
    let age = header.birth.and_then(|birth| birth.age_on(moment.today()));
    let begun: Option<(String,)> = tx.maybe(store::STAGE, args![person]).await?;
    if part != InSpace::Own || begun.is_some() || stage::first(age) == Stage::Whole {
        return Ok(());
    }
    let stage = Stage::from_code(typed.get("stage")).unwrap_or_else(|| stage::first(age));
    super::entrusted::open_stage(tx, &signed.who, &mut moment, (person, stage, None)).await
}

/// The letter with the link, and the code to be said: seen once.
fn halves(
    signed: &Signed,
    about: &About,
    (name, language, by_email): (&str, &str, bool),
    made: &Invited,
) -> Response {
    let app = &signed.app;
    let until = when::day(when::day_of(made.until), app.moment().today());
    let heading = if by_email { "Say the code" } else { "Print this letter, and say the code" };
    let body = html! {
        h1.no-print { (heading) }
        .no-print {
            (page::know("Say this code, face to face or by phone", &[html! { b.code { (made.code) } " Never write it on the letter or send it with the link." }]))
            @if by_email {
                p { "The link goes to " (name) " by e-mail, which tells nobody else what it is. How it stands is shown with the invitation. The code is shown only now." }
            } @else {
                p { "Letter and code are shown only now." }
            }
            p { "They work once, until " (until) ", and stop after five wrong codes." }
            (buttons(html! {
                @if !by_email { (page::print_button("Print the letter")) }
                a.btn.btn--quiet href={ (about.href) "/space" } { "I have both" }
            }))
        }
        @if !by_email { (on_paper(app, language, made)) }
    };
    let back = Some(Link { href: &about.href, label: &about.back });
    about.page(signed, None, Frame { title: "A letter", back, ..Frame::default() }, body)
}

/// Nothing on it tells whoever else opens the post what it is about.
fn on_paper(app: &App, language: &str, made: &Invited) -> Markup {
    let (_, lines, link) = invite::words_of(app, language, made);
    html! {
        section.letter lang=(language) {
            @for line in lines.iter().take(2) { p { (line) } }
            @if let Some(square) = crate::frame::square_of(&link) { (square) }
            p { code { (link) } }
            @for line in lines.iter().skip(2) { p { (line) } }
        }
    }
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
