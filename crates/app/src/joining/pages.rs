//! The pages on which two records are compared and joined, or told apart.

use super::actions::{Choices, Join, join, together};
use super::apart::{TellApart, take_back, tell_apart};
use super::beside::{Told, table, told};
use super::compare::{Differences, differences};
use super::store;
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{Act, reading};
use crate::person::pages::day;
use crate::who::Signed;
use crate::{Oops, Result, access};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use db::{At, args};
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, Typed, button, buttons};
use practice::access::Sight;
use practice::id::PersonId;
use practice::joining::{JoinRefusal, Overlap, Side, may_join, stricter_level};
use practice::person::AccessLevel;
use serde_json::json;

/// Two records for whoever may join them.
struct Two {
    kept: Told,
    other: Told,
    differ: Differences,
    refused: Option<JoinRefusal>,
    /// Why somebody said that these are two people, who and when.
    apart: Option<(String, Option<String>, At)>,
}

async fn two(signed: &Signed, (kept, other): (PersonId, PersonId)) -> Result<Two> {
    let app = &signed.app;
    let mut conn = app.db.read().await?;
    for person in [kept, other] {
        access::enter(app, &mut conn, &signed.who, person, Sight::Join).await?;
    }
    let moment = app.moment();
    let (facts, ..) = together(&mut conn, moment.now(), (kept, other)).await?;
    let differ = differences(&mut conn, moment.today(), (kept, other)).await?;
    let apart = conn.maybe(store::APART_WHY, args![kept, other]).await?;
    let two = Two {
        kept: told(&mut conn, signed, kept).await?,
        other: told(&mut conn, signed, other).await?,
        differ,
        refused: may_join(&facts).err(),
        apart,
    };
    drop(conn);
    let act = Act { action: "open_comparison", about: &[kept, other], payload: json!({"why": "post"}) };
    reading(app, &signed.who, act).await?;
    Ok(two)
}

/// The field of a choice between two episodes.
fn field(overlap: &Overlap) -> String {
    format!("episode-{}-{}", overlap.kept.id, overlap.other.id)
}

fn sides(kept: String, other: String) -> Vec<Choice<'static>> {
    vec![Choice::new(Side::Kept.code(), kept), Choice::new(Side::Other.code(), other)]
}

fn spans(overlap: &Overlap) -> Vec<Choice<'static>> {
    let words = |one: &practice::joining::Standing, whose: &str| {
        let to = one.to.map_or("still open".to_owned(), |to| format!("until {}", day(to)));
        format!("From {}, {to} ({whose})", day(one.from))
    };
    sides(words(&overlap.kept, "this record"), words(&overlap.other, "the other record"))
}

fn choices(two: &Two, form: &Form<'_>) -> Markup {
    let differ = &two.differ;
    html! {
        @if differ.names {
            (form.radios("names", "Whose names are their names now?", sides(
                two.kept.header.full_name.clone(), two.other.header.full_name.clone(),
            )).hint("The other names stay, as names they are also known by"))
        }
        @if differ.birth {
            (form.radios("birth", "Which birth date is right?", sides(
                two.kept.born.clone().unwrap_or_default(), two.other.born.clone().unwrap_or_default(),
            )))
        }
        @if let Some([kept, other]) = &differ.responsible {
            (form.radios("responsible", "Who is responsible from now on?", sides(kept.clone(), other.clone()))
                .hint("The other worker goes on helping"))
        }
        @for overlap in &differ.episodes {
            @let name = field(overlap);
            @let label = format!("Both records have {} at the same time. Which stands?", overlap.kept.kind.plain().to_lowercase());
            (page::Choices::radios(&name, &label, spans(overlap))
                .hint("Steps of the other count for the one that stands. Correct its dates afterwards if they are wrong"))
        }
    }
}

/// What joining will do, in sentences.
fn follows(two: &Two) -> Vec<String> {
    let (kept, other) = (&two.kept.header, &two.other.header);
    let mut all = vec![
        format!("Everything recorded about either is then in the record of {}. Old addresses and both council ids lead there.", kept.full_name),
        "Who has read either record stays to be seen. It can be undone: each record then gets back what it held.".to_owned(),
    ];
    if two.kept.helped.sentence().is_some() || two.other.helped.sentence().is_some() {
        all.push(
            "Whoever works with one of the two sees the whole record, except those who have declared a link."
                .to_owned(),
        );
    }
    if kept.level != other.level {
        let level = stricter_level(kept.level, other.level).plain().to_lowercase();
        all.push(format!("The record will be {level}, the stricter of the two. Workers who are not on its list lose sight of it."));
    } else if kept.level == AccessLevel::Restricted {
        all.push(
            "Only those who are on both lists stay on the list. Name others again afterwards.".to_owned(),
        );
    }
    all
}

fn shown(signed: &Signed, two: &Two, typed: &Typed, errors: &FormErrors) -> Response {
    let (kept, other) = (&two.kept.header, &two.other.header);
    let action = format!("/person/{}/join/{}", kept.id, other.id);
    let swapped = format!("/person/{}/join/{}", other.id, kept.id);
    let form = Form::new(typed, errors);
    let body = html! {
        h1 { "Are these two one person?" }
        (table(&two.kept, &two.other))
        @if let Some((reason, by, at)) = &two.apart {
            (page::note(html! {
                p { b { "Told apart. " } (by.as_deref().unwrap_or("The program")) " said on " (day(crate::entry::when::day_of(at.0))) " that these are two people: " q { (reason) } }
                (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                    input type="hidden" name="doing" value="take-back";
                    (buttons(html! { (button("Take that back").quiet()) }))
                }))
            }))
        }
        @match two.refused {
            Some(JoinRefusal::ToldApart) => {}
            Some(refusal) => { (page::note(html! { p { (refusal.to_string()) "." } })) }
            None => {
                section aria-labelledby="h-one" {
                    h2 id="h-one" { "They are one person" }
                    ul { @for sentence in follows(two) { li { (sentence) } } }
                    p { a href=(swapped) { "Keep the other record instead" } }
                    (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                        input type="hidden" name="doing" value="join";
                        (choices(two, &form))
                        (form.textarea("reason", "How do you know that they are one person?").rows(3)
                            .hint("What you compared, and with whom you spoke"))
                        (buttons(html! { (button("Join the two records")) }))
                    }))
                }
            }
        }
        @if two.apart.is_none() && kept.id != other.id {
            section aria-labelledby="h-two" {
                h2 id="h-two" { "They are two people" }
                (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
                    input type="hidden" name="doing" value="apart";
                    (form.textarea("apart", "How do you know that they are two people?").rows(2)
                        .hint("Nobody is asked about these two again"))
                    (buttons(html! { (button("Say that they are two people").quiet()) }))
                }))
            }
        }
    };
    let page = Frame {
        title: "Are these two one person?",
        part: "/joining",
        back: Some(Link { href: "/joining", label: "Back to people who may have two records" }),
        errors: Some(errors),
        ..Frame::default()
    };
    frame(signed, &page, body)
}

/// `GET /person/{id}/join/{other}`
pub(super) async fn show(signed: Signed, Path(pair): Path<(PersonId, PersonId)>) -> Result<Response> {
    let two = two(&signed, pair).await?;
    Ok(shown(&signed, &two, &Typed::default(), &FormErrors::new()))
}

fn chosen(typed: &Typed, differ: &Differences) -> Choices {
    let side = |name: &str| Side::from_code(typed.get(name));
    let episodes = differ
        .episodes
        .iter()
        .filter_map(|overlap| side(&field(overlap)).map(|side| (overlap.kept.id, overlap.other.id, side)));
    Choices {
        names: side("names"),
        birth: side("birth"),
        responsible: side("responsible"),
        episodes: episodes.collect(),
    }
}

/// `POST /person/{id}/join/{other}`
pub(super) async fn send(
    Path((kept, other)): Path<(PersonId, PersonId)>,
    posted: Posted,
) -> Result<Response> {
    let signed = &posted.signed;
    let two = two(signed, (kept, other)).await?;
    let app = &signed.app;
    let (mut moment, typed) = (app.moment(), &posted.typed);
    let mut tx = app.db.write().await?;
    let done = match typed.get("doing") {
        "apart" => {
            let command = TellApart { one: kept, two: other, reason: typed.get("apart").to_owned() };
            tell_apart(&mut tx, &signed.who, &mut moment, command)
                .await
                .map(|_| "/joining?done=apart".to_owned())
        }
        "take-back" => take_back(&mut tx, &signed.who, &mut moment, (kept, other))
            .await
            .map(|()| format!("/person/{kept}/join/{other}")),
        _ => {
            let (reason, choices) = (typed.get("reason").to_owned(), chosen(typed, &two.differ));
            join(&mut tx, &signed.who, &mut moment, Join { kept, other, reason, choices })
                .await
                .map(|joining| format!("/joining/{joining}?done=joined"))
        }
    };
    match done {
        Ok(to) => {
            tx.commit().await?;
            Ok(Redirect::to(&to).into_response())
        }
        Err(Oops::Wrong(wrong)) => {
            tx.give_up().await?;
            let mut errors = FormErrors::new();
            for (name, sentence) in wrong {
                let unanswered = |overlap: &&Overlap| Side::from_code(typed.get(&field(overlap))).is_none();
                let episode = two.differ.episodes.iter().find(unanswered).or(two.differ.episodes.first());
                let name = match (&*name, episode) {
                    ("episodes", Some(overlap)) => field(overlap),
                    _ => name,
                };
                errors.add(name, sentence);
            }
            Ok(shown(signed, &two, typed, &errors))
        }
        Err(oops) => Err(oops),
    }
}
