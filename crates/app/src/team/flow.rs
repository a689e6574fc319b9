//! How work moves in a team: how long people have been where they are beside how long finished work took, and whether what
//! was finished lately is out of the ordinary.

use super::board::page_of;
use super::drawn::{Column as Drawn, DRAWN, ages, control};
use super::gather::{Finished, Led, Stands, led};
use crate::Result;
use crate::clock::shown::day;
use crate::who::Signed;
use crate::working::plural;
use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::civil::Date;
use maud::{Markup, html};
use page::Column;
use practice::flow::{Age, Bands, Chart, FEWEST, Place};
use serde::Deserialize;

#[derive(Deserialize, Default)]
pub(super) struct Asked {
    of: Option<String>,
}

/// `GET /team/{code}/flow`
pub(super) async fn show(
    signed: Signed,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let calendar = signed.app.calendar();
    let mut conn = signed.app.db.read().await?;
    let led = led(&mut conn, &signed, &code).await?;
    let stands = led.stands(&mut conn, &calendar).await?;
    let finished = led.finished(&mut conn, &calendar).await?;
    drop(conn);
    let columns = columns(&stands, &finished);
    let asked = asked.of.as_deref().and_then(Place::from_code).filter(|place| place.finishes());
    let of = asked.or_else(|| most_finished(&finished));
    let title = format!("How work moves in {}", led.team.name);
    let body = html! {
        p.lead.soft { "Of the team together, and of no worker. Long is not bad and quick is not good: what is unusual is worth asking about." }
        (ageing(&led, &columns))
        (unusual(&led, of, &finished))
        p { a href={ "/team/" (led.team.code) "/board" } { "The board" } }
    };
    Ok(page_of(&signed, &led, (&title, None, None), body))
}

fn days_of(finished: &[Finished], place: Place) -> Vec<i32> {
    finished.iter().filter(|one| one.place == place).map(|one| one.days).collect()
}

fn most_finished(finished: &[Finished]) -> Option<Place> {
    let many = |place: &Place| finished.iter().filter(|one| one.place == *place).count();
    Place::ALL.iter().copied().filter(|place| many(place) > 0).max_by_key(many)
}

fn columns<'a>(stands: &'a [Stands], finished: &[Finished]) -> Vec<Drawn<'a>> {
    Place::ALL
        .iter()
        .map(|place| Drawn {
            place: *place,
            people: stands.iter().filter(|one| one.place == *place).collect(),
            bands: Bands::of(&days_of(finished, *place)),
        })
        .filter(|one| !one.people.is_empty())
        .collect()
}

/// How many of a column have been there longer than 85 in 100 of what was finished took.
fn long(one: &Drawn<'_>) -> Option<usize> {
    let bands = one.bands?;
    Some(one.people.iter().filter(|it| matches!(bands.age(it.days), Age::Long | Age::Longest)).count())
}

fn ageing(led: &Led, columns: &[Drawn<'_>]) -> Markup {
    let all: usize = columns.iter().map(|one| one.people.len()).sum();
    let old: usize = columns.iter().filter_map(long).sum();
    let said = if columns.iter().all(|one| one.bands.is_none()) {
        format!("{} with the team.", plural(all, "person", "people"))
    } else {
        format!(
            "{} with the team; {} been where they are longer than 85 in 100 took.",
            plural(all, "person", "people"),
            plural(old, "has", "have")
        )
    };
    let heads = [
        Column::words("Where"),
        Column::number("People"),
        Column::number("Longest there"),
        Column::number("Finished in 12 months"),
        Column::number("Half within"),
        Column::number("85 in 100 within"),
        Column::number("95 in 100 within"),
        Column::number("There longer than 85 in 100 took"),
    ];
    let row = |(number, one): (usize, &Drawn<'_>)| {
        let longest = one.people.iter().map(|it| it.days).max().unwrap_or(0);
        let few = || html! { @if one.place.finishes() { "too few" } @else { "-" } };
        let band =
            |which: fn(&Bands) -> i32| one.bands.as_ref().map_or_else(few, |bands| html! { (which(bands)) });
        vec![
            html! { (number) ". " a href={ "/team/" (led.team.code) "/board?of=" (one.place.code()) } { (one.place.plain()) } },
            html! { (one.people.len()) },
            html! { (longest) },
            one.bands.map_or_else(few, |bands| html! { (bands.of) }),
            band(|bands| bands.half),
            band(|bands| bands.most),
            band(|bands| bands.nearly_all),
            long(one).map_or_else(few, |many| html! { (many) }),
        ]
    };
    let rows: Vec<Vec<Markup>> = (1..).zip(columns).map(row).collect();
    html! {
        section aria-labelledby="h-ages" {
            h2 id="h-ages" { "How long people have been where they are" }
            @if columns.is_empty() { (page::empty("Nobody yet", html! { "The team works with nobody today." })) }
            @else {
                (ages(columns, &said))
                (page::table("In working days", &heads, &rows))
                p.soft.small { "Half, 85 and 95 in 100: of what this team finished in the last 12 months. What is still open is not among it, so that it looks shorter than it is. Of fewer than " (FEWEST) " finished nothing is said." }
            }
        }
    }
}

fn unusual(led: &Led, of: Option<Place>, finished: &[Finished]) -> Markup {
    let others: Vec<&Place> = Place::ALL
        .iter()
        .filter(|place| Some(**place) != of && !days_of(finished, **place).is_empty())
        .collect();
    html! {
        section aria-labelledby="h-unusual" {
            h2 id="h-unusual" { "How long finished work took, one after another" }
            @match of {
                None => { p.soft { "Nothing was finished in the last 12 months." } }
                Some(of) => { (one_kind(of, finished, led.today())) }
            }
            @if !others.is_empty() {
                p { "The same of: " @for (at, place) in others.iter().enumerate() { @if at > 0 { ", " } a href={ "/team/" (led.team.code) "/flow?of=" (place.code()) "#h-unusual" } { (place.plain().to_lowercase()) } } }
            }
        }
    }
}

fn one_kind(of: Place, finished: &[Finished], today: Date) -> Markup {
    let all: Vec<&Finished> = finished.iter().filter(|one| one.place == of).collect();
    let latest = all.get(all.len().saturating_sub(DRAWN)..).unwrap_or(&[]);
    let days: Vec<i32> = latest.iter().map(|one| one.days).collect();
    let name = of.plain();
    let Some(chart) = Chart::of(&days) else {
        return html! { p { (name) ": " (plural(days.len(), "one was", "were")) " finished in the last 12 months. Fewer than " (FEWEST) " are too few to say what is usual." } };
    };
    let said = match chart.unusual() {
        0 => format!("{name}: nothing unusual among the last {}.", days.len()),
        many => format!(
            "{name}: {many} of the last {} {} unusual.",
            days.len(),
            if many == 1 { "is" } else { "are" }
        ),
    };
    let heads = [Column::words("Finished"), Column::number("Working days"), Column::words("Unusual")];
    let rows: Vec<Vec<Markup>> = latest
        .iter()
        .zip(&chart.values)
        .rev()
        .map(|(one, (days, why))| {
            vec![
                html! { (day(one.on, today)) },
                html! { (days) },
                html! { @if let Some(why) = why { (why.plain()) } },
            ]
        })
        .collect();
    let tenths = |hundredths: i64| format!("{}.{}", hundredths / 100, hundredths % 100 / 10);
    html! {
        (control(&chart, &said))
        p { "The middle is " (tenths(chart.centre)) " working days from start to end; by itself it varies between " (tenths(chart.lower)) " and " (tenths(chart.upper)) "." }
        (page::details("Each one, the latest first", page::table(&format!("{name}: from start to end"), &heads, &rows)))
        p.soft.small { "The limits are the mean and 2.66 times the mean difference from one to the next. Unusual is what lies outside them, and eight in a row on one side of the middle: something may have changed. It is nobody’s fault by that." }
    }
}
