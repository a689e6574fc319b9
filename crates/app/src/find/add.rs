//! Beginning a record: what is known, then who is here already, then a last look before it is made.

use crate::form::Posted;
use crate::frame::{Frame, frame, hue};
use crate::journal::{Act, reading};
use crate::person::actions::{
    AddPerson, Mint, NewAddress, NewBirth, NewDetail, NewIdentifier, NewName, add_person,
};
use crate::person::pages::{age, day};
use crate::person::seek::{self, Alike, Likely};
use crate::who::Signed;
use crate::{Oops, Result};
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Avatar, Choice, Form, FormErrors, Link, Post, Size, SummaryRow, Typed, Width, button, buttons};
use practice::access::{Action, may};
use practice::calendar::london_day;
use practice::finding::{Strength, parse_query};
use practice::id::PersonId;
use practice::person::{
    AccessLevel, AddressUse, BirthBasis, DetailKind, IdentifierKind, NameKind, PersonKind,
};
use serde::Deserialize;
use serde_json::json;

/// All that is ever said of a record that must not be known of, whatever matched.
const SPEAK_FIRST: &str = "Speak to the restricted-records officer before making a record";

/// From where someone comes.
#[derive(Deserialize)]
pub(super) struct From {
    #[serde(default)]
    q: String,
    #[serde(default)]
    relate: Option<PersonId>,
}

fn allowed(signed: &Signed) -> Result<()> {
    may(&signed.who.reader, Action::AddPerson)
        .into_result()
        .map(|_| ())
        .map_err(|refusal| Oops::NotAllowed(refusal.sentence().to_owned()))
}

/// `GET /find/add`.
pub(super) async fn ask(signed: Signed, Query(from): Query<From>) -> Result<Response> {
    allowed(&signed)?;
    let mut typed = begin(&from.q, london_day(signed.app.moment().now()));
    if let Some(person) = from.relate {
        typed.put("relate", person.to_string());
    }
    Ok(draw(&signed, &typed, &FormErrors::new()))
}

/// What the search was for goes into the fields.
fn begin(words: &str, today: Date) -> Typed {
    let mut typed = Typed::default();
    let query = parse_query(words, today);
    let names: Vec<String> = query.names.iter().map(|word| capital(&word.shown)).collect();
    if let Some((family, given)) = names.split_last() {
        if given.is_empty() {
            typed.put("given", family.clone());
        } else {
            typed.put("given", given.join(" "));
            typed.put("family", family.clone());
        }
    }
    if let Some(practice::finding::BirthSought::Day(day)) = query.birth {
        typed.put_date("on", day);
    }
    typed.put("kind", PersonKind::Born.code());
    typed.put("basis", BirthBasis::Exact.code());
    typed
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn draw(signed: &Signed, typed: &Typed, errors: &FormErrors) -> Response {
    let form = Form::new(typed, errors);
    let kinds = PersonKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.plain())).collect();
    let bases = BirthBasis::ALL.iter().map(|basis| Choice::new(basis.code(), basis.plain())).collect();
    let body = html! {
        h1 { "Add a new person" }
        p { "Give what is known. Before the record is made you see who is here already and may be the same." }
        (page::post(&Post { action: "/find/add", csrf: &signed.csrf, ..Post::default() }, html! {
            (carried(typed, &["relate"]))
            (form.radios("kind", "Have they been born?", kinds))
            (form.text("given", "Given names").width(Width::Middle).no_spelling().autocomplete("off"))
            (form.text("family", "Family name").width(Width::Middle).no_spelling().autocomplete("off"))
            (form.text("chosen", "Name they use").hint("If it is another").width(Width::Middle).no_spelling().autocomplete("off"))
            (form.date("on", "Date of birth").hint("If it is known; for an unborn child the expected date"))
            (form.radios("basis", "How sure is the date?", bases))
            (form.text("phone", "Phone").width(Width::Middle).autocomplete("off"))
            (form.textarea("lines", "Address").hint("Without the postcode").rows(3))
            (form.text("postcode", "Postcode").width(Width::Short).autocomplete("off"))
            (page::check("confidential", "yes", "Keep this address confidential", typed.has("confidential", "yes")))
            (page::details("Numbers they have already", html! {
                (form.text("council", "Council id").hint("Leave it empty: a child gets the next one").width(Width::Middle).autocomplete("off"))
                (form.text("upn", IdentifierKind::Upn.plain()).width(Width::Middle).autocomplete("off"))
                (form.text("nhs", IdentifierKind::NhsNumber.plain()).width(Width::Middle).autocomplete("off"))
            }))
            (buttons(html! { (button("Look who is here already")) a href="/find" { "Cancel" } }))
        }))
    };
    let back = Link { href: "/find", label: "Back to Find" };
    let page = Frame {
        title: "Add a new person",
        part: "/find",
        back: Some(back),
        errors: Some(errors),
        ..Frame::default()
    };
    frame(signed, &page, body)
}

fn carried(typed: &Typed, only: &[&str]) -> Markup {
    html! {
        @for (name, value) in typed.pairs() {
            @if !["csrf", "step", "seen"].contains(&name) && (only.is_empty() || only.contains(&name)) {
                input type="hidden" name=(name) value=(value);
            }
        }
    }
}

/// Reads what was typed.
fn command(typed: &Typed, wrong: &mut FormErrors) -> AddPerson {
    let kind = PersonKind::from_code(typed.get("kind"));
    wrong.require(kind.is_some(), "kind", "Say whether they have been born");
    let kind = kind.unwrap_or(PersonKind::Born);
    let (given, family) = (typed.get("given"), typed.get("family"));
    let mut names = vec![];
    if kind == PersonKind::Born || !given.trim().is_empty() || !family.trim().is_empty() {
        names.push(NewName::new(NameKind::Legal, given, family));
    }
    names.extend(typed.some("chosen").map(|chosen| NewName::new(NameKind::Chosen, chosen, "")));
    let birth = typed.date_if_any("on", "Date of birth", wrong).map(|on| {
        let basis = match kind {
            PersonKind::Unborn => Some(BirthBasis::Expected),
            PersonKind::Born => BirthBasis::from_code(typed.get("basis")),
        };
        wrong.require(basis.is_some(), "basis", "Say how sure the date is");
        NewBirth { on, basis: basis.unwrap_or(BirthBasis::Exact), note: None }
    });
    let numbers = [
        ("council", IdentifierKind::CouncilId),
        ("upn", IdentifierKind::Upn),
        ("nhs", IdentifierKind::NhsNumber),
    ];
    let identifiers =
        numbers.iter().filter_map(|(field, kind)| Some(NewIdentifier::new(*kind, typed.some(field)?)));
    let identifiers: Vec<NewIdentifier> = identifiers.collect();
    for (field, kind) in numbers {
        if let Some(Err(fault)) = typed.some(field).map(|number| practice::identifier::read(kind, number)) {
            wrong.add(field, fault.to_string());
        }
    }
    if let Some(Err(fault)) = typed.some("phone").map(practice::identifier::Phone::parse) {
        wrong.add("phone", fault.to_string());
    }
    let address = (typed.some("lines").is_some() || typed.some("postcode").is_some()).then(|| NewAddress {
        purpose: AddressUse::Home,
        lines: typed.get("lines").to_owned(),
        postcode: typed.some("postcode").map(str::to_owned),
        confidential: typed.has("confidential", "yes"),
        from: None,
        to: None,
    });
    AddPerson {
        kind,
        names,
        birth,
        details: typed
            .some("phone")
            .map(|phone| NewDetail::new(DetailKind::Phone, phone))
            .into_iter()
            .collect(),
        identifiers,
        addresses: address.into_iter().collect(),
        level: AccessLevel::Findable,
        mint: Mint::IfChild,
        hue: None,
    }
}

/// `POST /find/add`.
pub(super) async fn send(posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    allowed(signed)?;
    let mut wrong = FormErrors::new();
    let command = command(typed, &mut wrong);
    if !wrong.is_empty() || typed.get("step") == "change" {
        return Ok(draw(signed, typed, &wrong));
    }
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let added = match add_person(&mut tx, &signed.who, &mut moment, command.clone()).await {
        Ok(added) => added,
        Err(oops) => {
            tx.give_up().await?;
            return refused(signed, typed, oops);
        }
    };
    tx.give_up().await?;
    drop(added);
    // who is here already is read without holding the one writer, then once more while nobody else can write
    let mut conn = signed.app.db.read().await?;
    let alike = seek::alike(&mut conn, &signed.who, moment.now(), &command).await?;
    drop(conn);
    let seen = shown_ids(&alike);
    let sure = typed.get("step") == "confirm" && typed.get("seen") == seen;
    let officer = may(&signed.who.reader, Action::KeepRestrictedList).is_allowed();
    if !sure || alike.speak_first && !officer {
        let words: Vec<String> =
            command.names.iter().map(|name| format!("{} {}", name.given, name.family)).collect();
        let payload =
            json!({"words": words.join(", "), "found": alike.likely.len(), "spoke": alike.speak_first});
        reading(&signed.app, &signed.who, Act { action: "check_duplicates", about: &[], payload }).await?;
        return Ok(look(signed, typed, &command, &alike, officer));
    }
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let added = add_person(&mut tx, &signed.who, &mut moment, command).await?;
    tx.commit().await?;
    let to = match typed.get("relate").parse::<PersonId>() {
        Ok(other) => format!("/person/{other}/change/relationship/{}", added.person),
        Err(_) => format!("/person/{}?done=added", added.person),
    };
    Ok(Redirect::to(&to).into_response())
}

fn refused(signed: &Signed, typed: &Typed, oops: Oops) -> Result<Response> {
    let mut errors = FormErrors::new();
    match oops {
        Oops::Wrong(all) => {
            for (field, words) in all {
                // a number's own field is known by its words: only a council id is refused here
                let field = if field == "number" { "council".to_owned() } else { field };
                errors.add(field, words);
            }
        }
        Oops::Refused(words) => errors.add("", words),
        other => return Err(other),
    }
    Ok(draw(signed, typed, &errors))
}

/// Whom the page showed, so that whoever appears meanwhile is shown too.
fn shown_ids(alike: &Alike) -> String {
    alike.likely.iter().map(|it| it.hit.person.to_string()).collect::<Vec<_>>().join(" ")
}

fn likely(it: &Likely, today: Date) -> Markup {
    let hit = &it.hit;
    let avatar = Avatar::of(&hit.initials, hue(hit.hue)).sized(Size::Large);
    let strength = match it.strength {
        Strength::Strong => "Probably the same person",
        Strength::Likely => "Perhaps the same person",
        Strength::Weak => "Worth a look",
    };
    page::who(
        page::avatar(&avatar),
        html! {
            h3 { a href={ "/person/" (hit.person) } { (hit.name) } }
            p {
                (strength) ". "
                @match hit.birth {
                    Some(birth) => { @if let Some(age) = age(Some(birth), today) { (age) ", born " (day(birth.on)) "." } },
                    None => { @if let Some(year) = hit.birth_year { "Born in " (year) "." } },
                }
            }
            @if let Some(helped) = hit.helped.sentence() { p { (helped) } }
            p.small.soft { (hit.why.join(". ")) "." }
        },
    )
}

fn answers(command: &AddPerson) -> Markup {
    let mut rows = vec![];
    let mut row =
        |term, words: String| rows.push(SummaryRow { term, value: html! { (words) }, change: None });
    for name in &command.names {
        row(name.kind.plain(), format!("{} {}", name.given, name.family).trim().to_owned());
    }
    row("Born", command.kind.plain().to_owned());
    if let Some(birth) = &command.birth {
        row("Date of birth", format!("{} ({})", day(birth.on), birth.basis.plain().to_lowercase()));
    }
    for it in &command.details {
        row(it.kind.plain(), it.words.clone());
    }
    for it in &command.addresses {
        let words = [Some(it.lines.replace('\n', ", ")), it.postcode.clone()];
        let words: Vec<String> = words.into_iter().flatten().filter(|it| !it.is_empty()).collect();
        let confidential = if it.confidential { " (confidential)" } else { "" };
        row("Address", format!("{}{confidential}", words.join(", ")));
    }
    for it in &command.identifiers {
        row(it.kind.plain(), it.number.clone());
    }
    page::summary_list(&rows)
}

/// Who is here already, and a last look at what is about to be made.
fn look(signed: &Signed, typed: &Typed, command: &AddPerson, alike: &Alike, officer: bool) -> Response {
    let today = london_day(signed.app.moment().now());
    let stop = alike.speak_first && !officer;
    let none = alike.likely.is_empty() && !alike.speak_first;
    let rows: Vec<Markup> = alike.likely.iter().map(|it| likely(it, today)).collect();
    let make = if alike.likely.is_empty() { "Make this record" } else { "None of these: make this record" };
    let body = html! {
        h1 { @if none { "Is this right?" } @else { "Look before you make a second record" } }
        @if alike.speak_first { (page::note(html! { p { b { (SPEAK_FIRST) "." } } })) }
        @if !rows.is_empty() {
            h2 { @if rows.len() == 1 { "1 person may be the same" } @else { (rows.len()) " people may be the same" } }
            (page::rows(&rows))
        }
        @if none { p { "Nobody here looks like the same person." } }
        h2 { "The new record" }
        (answers(command))
        (page::post(&Post { action: "/find/add", csrf: &signed.csrf, ..Post::default() }, html! {
            (carried(typed, &[]))
            input type="hidden" name="seen" value=(shown_ids(alike));
            (buttons(html! {
                @if !stop { (button(make).sends("step", "confirm")) }
                (button("Change something").quiet().sends("step", "change"))
                a href="/find" { "Do not add them" }
            }))
        }))
    };
    let back = Link { href: "/find", label: "Back to Find" };
    frame(
        signed,
        &Frame { title: "Look before you add", part: "/find", back: Some(back), ..Frame::default() },
        body,
    )
}
