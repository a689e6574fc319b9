//! Everything recorded of a person, with what was before; each line leads to changing, correcting or ending it.

use super::head::{self, PersonTabs, Tab, day, span, whose};
use super::{Asked, Opened, at_once, said};
use crate::Result;
use crate::frame::{Frame, frame};
use crate::person::Profile;
use crate::person::facts::{Told, Warning};
use crate::who::Signed;
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use page::{SummaryRow, summary_list};
use practice::id::PersonId;
use practice::person::{BirthBasis, DetailKind, IdentifierKind, PersonKind};
use uuid::Uuid;

/// `GET /person/{id}/about`.
pub(super) async fn show(
    signed: Signed,
    Path(person): Path<PersonId>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let opened = match super::open(&signed, person, &asked, "about").await? {
        Opened::Whole(opened) => opened,
        Opened::Findable(page) => return Ok(*page),
    };
    opened.journal(&signed).await?;
    let profile = &opened.profile;
    let may = opened.may_change;
    let mut conn = signed.app.db.read().await?;
    let beside = at_once::beside(&mut conn, &signed, person).await?;
    drop(conn);
    let body = html! {
        @if opened.known.is_none() { (beside) }
        (names(profile, may))
        (birth(profile, may))
        (details(profile, may))
        (addresses(profile, may))
        (numbers(profile, may))
        (warnings(profile, may))
        (as_known(profile))
    };
    let notices = opened.notices();
    let title = format!("{} details", whose(&profile.header.shown_name));
    Ok(PersonTabs::new(&profile.header, Some(Tab::About)).with(|tabs| {
        let page = Frame {
            title: &title,
            part: "/find",
            said: asked.done.as_deref().and_then(said),
            header: Some(head::heading(&profile.header, profile.today)),
            tabs: Some(tabs),
            notices: &notices,
            ..Frame::default()
        };
        frame(&signed, &page, body)
    }))
}

/// The ways on from one fact.
struct Ways<'a> {
    person: PersonId,
    fact: Uuid,
    what: &'a str,
    /// The words read out after each link.
    about: &'a str,
    end: bool,
    correct: bool,
}

impl Ways<'_> {
    fn draw(&self) -> Markup {
        let to = |verb: &str| format!("/person/{}/change/{verb}-{}/{}", self.person, self.what, self.fact);
        html! {
            span.small {
                @if self.correct { a href=(to("correct")) { "Correct" span.hid { " " (self.about) } } " · " }
                @if self.end { a href=(to("end")) { "End" span.hid { " " (self.about) } } " · " }
                a href=(to("withdraw")) { "Recorded by mistake" span.hid { ": " (self.about) } }
            }
        }
    }
}

fn section(id: &str, heading: &str, add: Option<(String, &str)>, body: Markup) -> Markup {
    html! {
        section aria-labelledby={ "h-" (id) } id=(id) {
            (page::heading_row(&format!("h-{id}"), heading, html! {
                @if let Some((href, words)) = add { a href=(href) { (words) } }
            }))
            (body)
        }
    }
}

fn to(profile: &Profile, may: bool, what: &str, words: &'static str) -> Option<(String, &'static str)> {
    may.then(|| (format!("/person/{}/change/{what}", profile.header.id), words))
}

fn names(profile: &Profile, may: bool) -> Markup {
    let rows: Vec<SummaryRow<'_>> = profile
        .names
        .iter()
        .map(|it| {
            let whole = it.whole();
            let ways = Ways { person: profile.header.id, fact: it.id, what: "name", about: &whole, end: it.to.is_none(), correct: true };
            let value = html! { (it.whole()) " " span.soft.small { (span(it.from, it.to)) } @if may { br; (ways.draw()) } };
            SummaryRow { term: it.kind.plain(), value, change: None }
        })
        .collect();
    section("names", "Names", to(profile, may, "name", "Add a name"), summary_list(&rows))
}

fn birth(profile: &Profile, may: bool) -> Markup {
    let value = match &profile.birth {
        None => html! { "Not known" },
        Some(it) => html! {
            (day(it.birth.on))
            @if it.birth.basis != BirthBasis::Exact { " (" (it.birth.basis.plain().to_lowercase()) ")" }
            @if let Some(note) = &it.note { br; span.soft.small { (note) } }
        },
    };
    let rows = [SummaryRow { term: "Date of birth", value, change: None }];
    section("birth", "Birth", to(profile, may, "birth", "Change or correct"), summary_list(&rows))
}

fn words_of(kind: DetailKind, words: &str) -> Markup {
    match (kind, words.parse::<Date>()) {
        (DetailKind::Died, Ok(on)) => html! { (day(on)) },
        (DetailKind::Photo, _) => html! { "A photo" },
        _ => html! { @for (at, line) in words.lines().enumerate() { @if at > 0 { br; } (line) } },
    }
}

fn details(profile: &Profile, may: bool) -> Markup {
    let me = profile.header.id;
    let mut rows = vec![];
    let mut missing = vec![];
    let unborn = profile.header.kind == PersonKind::Unborn;
    for &kind in DetailKind::ALL {
        let held: Vec<_> = profile.details.iter().filter(|it| it.kind == kind).collect();
        let fits = kind != DetailKind::Lost || unborn;
        if fits && (held.iter().all(|it| it.to.is_some()) || !kind.single()) {
            missing.push(kind);
        }
        for it in held {
            let about = kind.plain();
            let photo = kind == DetailKind::Photo;
            let ways = Ways {
                person: me,
                fact: it.id,
                what: "detail",
                about,
                end: it.to.is_none(),
                correct: !photo,
            };
            let change = kind.single() && it.to.is_none();
            let value = html! {
                (words_of(kind, &it.words))
                @if let Some(note) = &it.note { " " span.soft.small { (note) } }
                " " span.soft.small { (span(it.from, it.to)) }
                @if may {
                    br;
                    @if change { a.small href=(at(me, kind)) { "Change" span.hid { " " (about) } } " · " }
                    (ways.draw())
                }
            };
            rows.push(SummaryRow { term: kind.plain(), value, change: None });
        }
    }
    let body = html! {
        @if rows.is_empty() { p.soft { "Nothing yet." } } @else { (summary_list(&rows)) }
        @if may {
            p { "Add: "
                @for (nth, kind) in missing.iter().enumerate() {
                    @if nth > 0 { ", " } a href=(at(me, *kind)) { (kind.plain().to_lowercase()) }
                }
            }
        }
    };
    section("details", "About them", None, body)
}

fn at(person: PersonId, kind: DetailKind) -> String {
    match kind {
        DetailKind::Photo => format!("/person/{person}/photo"),
        other => format!("/person/{person}/change/detail/{}", other.code()),
    }
}

fn addresses(profile: &Profile, may: bool) -> Markup {
    let rows: Vec<SummaryRow<'_>> = profile
        .addresses
        .iter()
        .map(|it| {
            let ways = Ways {
                person: profile.header.id,
                fact: it.id,
                what: "address",
                about: it.purpose.plain(),
                end: it.to.is_none(),
                correct: true,
            };
            let value = html! {
                (it.lines.replace('\n', ", ")) @if let Some(code) = &it.postcode { ", " (code) }
                @if it.confidential { " " (page::tag(page::Tag::Plain, "Confidential")) }
                " " span.soft.small { (span(it.from, it.to)) }
                @if may { br; (ways.draw()) }
            };
            SummaryRow { term: it.purpose.plain(), value, change: None }
        })
        .collect();
    let body = html! { @if rows.is_empty() { p.soft { "No address that you can see." } } @else { (summary_list(&rows)) } };
    section("addresses", "Addresses", to(profile, may, "address", "Record an address"), body)
}

fn numbers(profile: &Profile, may: bool) -> Markup {
    let rows: Vec<SummaryRow<'_>> = profile
        .identifiers
        .iter()
        .map(|it| {
            let ways = Ways {
                person: profile.header.id,
                fact: it.id,
                what: "number",
                about: it.kind.plain(),
                end: false,
                correct: true,
            };
            let fixed = it.kind == IdentifierKind::CouncilId;
            let value = html! {
                (it.number) " " span.soft.small { (span(it.from, it.to)) }
                @if may && !fixed { br; (ways.draw()) }
            };
            SummaryRow { term: it.kind.plain(), value, change: None }
        })
        .collect();
    let body = html! { @if rows.is_empty() { p.soft { "None yet." } } @else { (summary_list(&rows)) } };
    section("numbers", "Numbers", to(profile, may, "number", "Record a number"), body)
}

fn told(warning: &Warning) -> Markup {
    match &warning.told {
        Told::Yes { on, how } => html! {
            @match on { Some(on) => { "They were told on " (day(*on)) } None => { "They have been told" } }
            @match how { Some(how) => { ": " (head::stopped(how)) } None => { "." } }
        },
        Told::No { why } => html! { "They have not been told: " (why) },
    }
}

fn warnings(profile: &Profile, may: bool) -> Markup {
    let me = profile.header.id;
    let item = |it: &Warning| {
        html! {
            p { b { (head::stopped(&it.fact)) } @if let Some(detail) = &it.detail { " " (head::stopped(detail)) } }
            p.small.soft {
                (it.kind.plain()) ", " (span(Some(it.from), it.to)) ". "
                @if it.to.is_none() {
                    @if it.review_on < profile.today { "It should have been looked at again on " } @else { "To be looked at again on " }
                    (day(it.review_on)) ". "
                }
                (told(it)) @if let Some(with) = &it.agreed_with { " Agreed with " (with) "." }
            }
            @if may && it.to.is_none() {
                p.small {
                    a href={ "/person/" (me) "/change/renew-warning/" (it.id) } { "Still true" span.hid { ": " (it.fact) } } " · "
                    a href={ "/person/" (me) "/change/correct-warning/" (it.id) } { "Correct" span.hid { ": " (it.fact) } } " · "
                    a href={ "/person/" (me) "/change/end-warning/" (it.id) } { "No longer true" span.hid { ": " (it.fact) } } " · "
                    a href={ "/person/" (me) "/change/withdraw-warning/" (it.id) } { "Recorded by mistake" span.hid { ": " (it.fact) } }
                }
            }
        }
    };
    let (now, before): (Vec<&Warning>, Vec<&Warning>) =
        profile.warnings.iter().partition(|it| it.to.is_none());
    let body = html! {
        @if now.is_empty() { p.soft { "Nothing to know." } }
        @else { (page::rows(&now.iter().map(|it| item(it)).collect::<Vec<_>>())) }
        @if !before.is_empty() {
            (page::details("Before", page::rows(&before.iter().map(|it| item(it)).collect::<Vec<_>>())))
        }
    };
    section("things-to-know", "Things to know", to(profile, may, "warning", "Add a thing to know"), body)
}

/// Shows the record as it was known.
fn as_known(profile: &Profile) -> Markup {
    html! {
        section aria-labelledby="h-known" {
            h2 id="h-known" { "As it was known" }
            form method="get" action={ "/person/" (profile.header.id) } {
                .field {
                    label.label for="known" { "At the end of this day" }
                    input.w-s type="date" id="known" name="known" required max=(profile.today);
                }
                (page::buttons(html! { (page::button("Show").quiet()) }))
            }
        }
    }
}
