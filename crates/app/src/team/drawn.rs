//! The pictures of how work moves: a dot for each person by how long they have been where they are, and finished work in the
//! order in which it was finished. What they say stands in tables beneath.

use super::gather::Stands;
use maud::{Markup, html};
use practice::flow::{Bands, Chart, Place};

/// As wide as a phone, so that the words are as large there as those around it.
const WIDTH: i64 = 366;
const LEFT: i64 = 34;
const TOP: i64 = 12;
/// How high the space for dots is.
const HIGH: i64 = 240;
/// How far dots stand apart.
const APART: i64 = 6;
/// Values of a control chart drawn at most; the limits are of these.
pub(super) const DRAWN: usize = 60;

/// A column of the picture of ages.
pub(super) struct Column<'a> {
    pub(super) place: Place,
    pub(super) people: Vec<&'a Stands>,
    pub(super) bands: Option<Bands>,
}

/// The root of a number: so that many who are new and few who are there for years stand in one picture.
fn root(days: i32) -> i64 {
    let days = u64::try_from(days).unwrap_or(0);
    i64::try_from((days * 10_000).isqrt()).unwrap_or(0)
}

/// Where so many working days stand, of at most so many.
fn y(days: i32, most: i32) -> i64 {
    TOP + HIGH - root(days) * HIGH / root(most.max(1))
}

/// A few round numbers of days up to the most.
fn rounds(most: i32) -> impl Iterator<Item = i32> {
    [0, 5, 20, 60, 120, 250, 500, 1_000, 2_000].into_iter().filter(move |days| *days <= most)
}

/// A dot for each person.
pub(super) fn ages(columns: &[Column<'_>], said: &str) -> Markup {
    let oldest = columns.iter().flat_map(|one| &one.people).map(|one| one.days).max().unwrap_or(0);
    let slow = columns.iter().filter_map(|one| one.bands).map(|bands| bands.nearly_all).max().unwrap_or(0);
    let most = oldest.max(slow).max(20);
    let wide = (WIDTH - LEFT) / i64::try_from(columns.len()).unwrap_or(1).max(1);
    let numbered = (1..).zip(columns);
    html! {
        figure.chart {
            figcaption { b { (said) } " Each dot is a person, higher the longer they are there. Lines: within these half, 85 and 95 in 100 of what the team finished was done. The numbers are those of the table." }
            svg viewBox={ "0 0 " (WIDTH) " " (TOP + HIGH + 24) } role="img" aria-label={ (said) " The table below says the same." } {
                @for days in rounds(most) {
                    text x=(LEFT - 6) y=(y(days, most) + 4) text-anchor="end" { (days) }
                    line.ax x1=(LEFT) x2=(WIDTH) y1=(y(days, most)) y2=(y(days, most)) stroke-width="0.4" {}
                }
                @for (number, one) in numbered {
                    @let from = LEFT + (number - 1) * wide;
                    @if let Some(bands) = one.bands {
                        @for days in [bands.half, bands.most, bands.nearly_all] {
                            line.ref x1=(from + 2) x2=(from + wide - 2) y1=(y(days, most)) y2=(y(days, most)) {}
                        }
                    }
                    path d=(dots(&one.people, (from, wide), most)) stroke="currentColor" stroke-width="4.5" stroke-linecap="round" fill="none" {}
                    text x=(from + wide / 2) y=(TOP + HIGH + 20) text-anchor="middle" { (number) }
                }
            }
        }
    }
}

/// The dots of one column: beside one another where several stand alike, and on top of one another where there is no room.
fn dots(people: &[&Stands], (from, wide): (i64, i64), most: i32) -> String {
    let room = ((wide - 4) / APART).max(1);
    let mut rows: std::collections::BTreeMap<i64, i64> = std::collections::BTreeMap::new();
    let mut path = String::new();
    for one in people {
        let row = y(one.days, most) / APART * APART;
        let taken = rows.entry(row).or_insert(0);
        if *taken < room {
            path += &format!("M{} {row}h0", from + 4 + *taken * APART);
        }
        *taken += 1;
    }
    path
}

/// Finished work, one value after another, with its middle and its limits.
pub(super) fn control(chart: &Chart, said: &str) -> Markup {
    let most =
        chart.values.iter().map(|one| i64::from(one.0) * 100).max().unwrap_or(0).max(chart.upper).max(100);
    let steps = i64::try_from(chart.values.len()).unwrap_or(1).max(2) - 1;
    let y = |hundredths: i64| TOP + HIGH - hundredths * HIGH / most;
    let x = |at: i64| LEFT + 8 + at * (WIDTH - LEFT - 16) / steps;
    let points: Vec<(i64, i64, bool)> = (0..)
        .zip(&chart.values)
        .map(|(at, (days, why))| (x(at), y(i64::from(*days) * 100), why.is_some()))
        .collect();
    let line: Vec<String> = points.iter().map(|(x, y, _)| format!("{x},{y}")).collect();
    let level = |value: i64| (value + 50) / 100;
    html! {
        figure.chart {
            figcaption { b { (said) } " Each dot is one that was finished, in that order; a ring is unusual. The full line is the middle, the broken lines are the limits." }
            svg viewBox={ "0 0 " (WIDTH) " " (TOP + HIGH + 24) } role="img" aria-label={ (said) " The table below says the same." } {
                line.ax x1=(LEFT) x2=(WIDTH) y1=(y(chart.centre)) y2=(y(chart.centre)) {}
                text x=(LEFT - 6) y=(y(chart.centre) + 4) text-anchor="end" { (level(chart.centre)) }
                @for limit in [chart.upper, chart.lower] {
                    line.ref x1=(LEFT) x2=(WIDTH) y1=(y(limit)) y2=(y(limit)) {}
                    @if (y(limit) - y(chart.centre)).abs() > 14 { text x=(LEFT - 6) y=(y(limit) + 4) text-anchor="end" { (level(limit)) } }
                }
                polyline.trace points=(line.join(" ")) {}
                @for (x, y, unusual) in &points {
                    circle.dot cx=(x) cy=(y) r="3" {}
                    @if *unusual { circle cx=(x) cy=(y) r="7" fill="none" stroke="currentColor" stroke-width="1.5" {} }
                }
                text x=(LEFT) y=(TOP + HIGH + 20) { "first" }
                text x=(WIDTH) y=(TOP + HIGH + 20) text-anchor="end" { "latest" }
            }
        }
    }
}
