//! How far along each person says a goal is, drawn over time: one line for each voice, told apart by mark and stroke as
//! well as by colour, with the name at its end. The table beneath says the same in words.

use crate::entry::when;
use crate::frame::hue;
use crate::told::{Scaled, Voice};
use jiff::civil::Date;
use page::{Column, Markup, html};
use practice::calendar::days_between;
use practice::plan::{MOST, moved};

/// As wide as a phone, so that the words are as large there as those around it.
const WIDTH: i64 = 366;
const HEIGHT: i64 = 200;
const LEFT: i64 = 24;
const RIGHT: i64 = 118;
const TOP: i64 = 12;
const BOTTOM: i64 = 28;

/// How the lines of voices are told apart without colour.
const STROKES: [&str; 4] = ["none", "7 4", "2 4", "10 3 2 3"];

/// Where things stand in the picture.
struct Place {
    first: Date,
    days: i64,
}

impl Place {
    fn of(voices: &[(&Voice, Vec<&Scaled>)]) -> Option<Self> {
        let days = || voices.iter().flat_map(|voice| voice.1.iter().map(|one| one.on));
        let (first, last) = (days().min()?, days().max()?);
        Some(Self { first, days: i64::from(days_between(first, last)).max(1) })
    }

    fn x(&self, on: Date) -> i64 {
        LEFT + i64::from(days_between(self.first, on)) * (WIDTH - LEFT - RIGHT) / self.days
    }
}

fn y(value: i64) -> i64 {
    TOP + (MOST - value) * (HEIGHT - TOP - BOTTOM) / MOST
}

/// A mark of its own for each voice.
fn mark(nth: usize, x: i64, y: i64) -> Markup {
    html! {
        @match nth % 4 {
            0 => { circle.dot cx=(x) cy=(y) r="5" {} }
            1 => { rect.dot x=(x - 5) y=(y - 5) width="10" height="10" {} }
            2 => { path.dot d={ "M" (x) " " (y - 7) "l7 12h-14z" } {} }
            _ => { path.dot d={ "M" (x) " " (y - 7) "l7 7-7 7-7-7z" } {} }
        }
    }
}

/// Names that end close together are set below one another.
fn labels(voices: &[(&Voice, Vec<&Scaled>)]) -> Vec<i64> {
    let mut ends: Vec<(usize, i64)> =
        voices.iter().enumerate().filter_map(|(at, voice)| Some((at, y(voice.1.last()?.value)))).collect();
    ends.sort_by_key(|end| end.1);
    let mut placed = vec![0; voices.len()];
    let mut lowest = i64::MIN / 2;
    for (at, wanted) in ends {
        lowest = wanted.max(lowest + 17);
        if let Some(place) = placed.get_mut(at) {
            *place = lowest;
        }
    }
    placed
}

/// What the picture says, voice by voice.
pub(super) fn said(voices: &[(&Voice, Vec<&Scaled>)]) -> String {
    let one = |(voice, all): &(&Voice, Vec<&Scaled>)| {
        let values: Vec<i64> = all.iter().map(|one| one.value).collect();
        moved(&values).map(|words| format!("{}: {words}", voice.name))
    };
    let all: Vec<String> = voices.iter().filter_map(one).collect();
    if all.is_empty() { String::new() } else { format!("{}.", all.join(". ")) }
}

/// The picture and the table. Nothing where nobody has said a number.
pub(super) fn chart(voices: &[(&Voice, Vec<&Scaled>)], today: Date) -> Markup {
    let Some(place) = Place::of(voices) else { return html! {} };
    let several = voices.iter().any(|voice| voice.1.len() > 1);
    html! {
        @if several { (picture(voices, &place, today)) }
        (table(voices, today))
    }
}

fn picture(voices: &[(&Voice, Vec<&Scaled>)], place: &Place, today: Date) -> Markup {
    let ends = labels(voices);
    let last =
        voices.iter().filter_map(|voice| voice.1.last()).map(|one| one.on).max().unwrap_or(place.first);
    html! {
        figure.chart {
            figcaption { b { (said(voices)) } " 10 is there, 0 is as far off as it could be." }
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label={ "From 0 to 10 over time. " (said(voices)) } {
                @for value in [0, 5, 10] {
                    line.ax x1=(LEFT) x2=(WIDTH - RIGHT) y1=(y(value)) y2=(y(value)) {}
                    text x=(LEFT - 8) y=(y(value) + 4) text-anchor="end" { (value) }
                }
                text x=(LEFT) y=(HEIGHT - 6) { (when::short_day(place.first, today)) }
                text x=(WIDTH - RIGHT) y=(HEIGHT - 6) text-anchor="end" { (when::short_day(last, today)) }
                @for (nth, ((voice, all), end)) in voices.iter().zip(&ends).enumerate() {
                    @let points: Vec<String> = all.iter().map(|one| format!("{},{}", place.x(one.on), y(one.value))).collect();
                    g class=(hue(voice.hue).class()) {
                        polyline.trace points=(points.join(" ")) stroke-dasharray=(STROKES[nth % 4]) {}
                        @for one in all { (mark(nth, place.x(one.on), y(one.value))) }
                        (mark(nth, WIDTH - RIGHT + 16, *end))
                        text x=(WIDTH - RIGHT + 27) y=(end + 4) { (voice.name) }
                    }
                }
            }
        }
    }
}

fn table(voices: &[(&Voice, Vec<&Scaled>)], today: Date) -> Markup {
    let columns = [
        Column::words("Who"),
        Column::words("Day"),
        Column::number("0 to 10"),
        Column::words("Why"),
        Column::words("One more would be"),
    ];
    let rows: Vec<Vec<Markup>> = voices
        .iter()
        .flat_map(|(voice, all)| {
            all.iter().rev().map(|one| {
                vec![
                    html! { (voice.name) },
                    html! { (when::short_day(one.on, today)) },
                    html! { (one.value) },
                    html! { @if let Some(why) = &one.why { "“" (why) "”" } },
                    html! { @if let Some(step) = &one.next_step { "“" (step) "”" } },
                ]
            })
        })
        .collect();
    page::details("Every number, with why", page::table("How far along each says it is", &columns, &rows))
}
