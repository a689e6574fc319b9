//! Who answered for somebody over time, drawn: a block for each worker, an open one while nobody did, a mark for each
//! hand-over, a tick for each day on which somebody was in touch. The table beneath says the same.

use crate::frame::hue;
use jiff::civil::Date;
use maud::{Markup, html};
use practice::calendar::days_between;
use practice::ribbon::Stretch;

/// As wide as a phone, so that the words are as large there as those around it.
const WIDTH: i64 = 366;
/// Where the blocks stand.
const TOP: i64 = 20;
const HIGH: i64 = 34;
/// Where the marks of hand-overs stand.
const MARKS: i64 = TOP + HIGH + 10;
/// Where the ticks begin.
const TICKS: i64 = MARKS + 10;
const HEIGHT: i64 = TICKS + 30;
/// About how wide a letter is.
const LETTER: i64 = 7;

/// A stretch with who it is.
pub struct Block<'a> {
    /// Its days.
    pub stretch: Stretch,
    /// The first name and the colour; none while nobody was responsible.
    pub who: Option<(&'a str, i64)>,
    /// Which in the table beneath.
    pub number: usize,
    /// Whether the one before handed over to them, and whether they all met; none where the block is the first.
    pub met: Option<bool>,
}

/// A ribbon with its words.
pub struct Ribbon<'a> {
    /// The stretches, the oldest first.
    pub blocks: &'a [Block<'a>],
    /// The days on which somebody was in touch.
    pub ticks: &'a [Date],
    /// The same in a sentence.
    pub said: &'a str,
    /// What the marks mean.
    pub key: &'a str,
    /// "Nobody".
    pub nobody: &'a str,
    /// The first and the last day in words.
    pub ends: [&'a str; 2],
}

/// The picture. Nothing where nobody was ever responsible.
pub fn ribbon(r: &Ribbon<'_>) -> Markup {
    let Some((first, last)) = r.blocks.first().zip(r.blocks.last()) else { return html! {} };
    let (first, last) = (first.stretch.from, last.stretch.last);
    let whole = i64::from(days_between(first, last)) + 1;
    // a block ends where the next begins: its last day is its own
    let x = |days: i64| days * WIDTH / whole;
    let place = |on: Date| i64::from(days_between(first, on));
    let (from, until) = (|one: &Stretch| x(place(one.from)), |one: &Stretch| x(place(one.last) + 1));
    let mut ticks: Vec<i64> =
        r.ticks.iter().filter(|on| **on >= first && **on <= last).map(|on| x(place(*on))).collect();
    ticks.sort_unstable();
    ticks.dedup();
    let path: Vec<String> = ticks.iter().map(|at| format!("M{at} {TICKS}v10")).collect();
    let path = path.concat();
    html! {
        figure.chart {
            figcaption { b { (r.said) } @if !r.key.is_empty() { " " (r.key) } }
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(r.said) {
                @for one in r.blocks {
                    @let (from, until) = (from(&one.stretch), until(&one.stretch));
                    (block(one, r.nobody, from, (until - from).max(1)))
                }
                @if !path.is_empty() { path d=(path) stroke="currentColor" stroke-width="1" fill="none" {} }
                text x="0" y=(HEIGHT - 4) { (r.ends[0]) }
                text x=(WIDTH) y=(HEIGHT - 4) text-anchor="end" { (r.ends[1]) }
            }
        }
    }
}

fn block(one: &Block<'_>, nobody: &str, from: i64, wide: i64) -> Markup {
    let words = one.who.map_or(nobody, |who| who.0);
    let fits = |words: &str| i64::try_from(words.chars().count()).unwrap_or(WIDTH) * LETTER < wide;
    // a name that does not fit is a number, and the number stands in the table
    let number = one.number.to_string();
    let label = if fits(words) { words } else { number.as_str() };
    html! {
        @match one.who {
            Some((_, colour)) => { g class=(hue(colour).class()) { rect.dot x=(from) y=(TOP) width=((wide - 1).max(1)) height=(HIGH) {} } }
            None => { rect.ref x=(from) y=(TOP + 1) width=((wide - 1).max(1)) height=(HIGH - 2) fill="none" {} }
        }
        @if fits(label) { text x=(from + 1) y=(TOP - 6) { (label) } }
        @match one.met {
            Some(true) => { (diamond(from, "currentColor")) }
            Some(false) => { (diamond(from, "none")) }
            None => {}
        }
    }
}

fn diamond(x: i64, fill: &str) -> Markup {
    let x = x.clamp(6, WIDTH - 6);
    html! { path d={ "M" (x) " " (MARKS - 5) "l5 5-5 5-5-5z" } fill=(fill) stroke="currentColor" stroke-width="1.5" {} }
}
