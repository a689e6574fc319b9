//! The last year with one whom a child wants to stay in touch with: how often it was wanted, and how often it happened.
//! The table beneath says the same.

use super::read::Touch;
use crate::entry::when;
use jiff::civil::Date;
use maud::{Markup, html};
use page::Column;
use practice::touch::{Month, over_year};

const WIDTH: i32 = 360;
const LEFT: i32 = 14;
const STEP: i32 = 28;
/// Where the row of what was wanted stands.
const WANTED: i32 = 18;
/// Where the row of what happened stands.
const HAPPENED: i32 = 76;
const HEIGHT: i32 = 128;
/// How many marks of one month stand beneath one another before a number takes their place.
const MARKS: i32 = 4;

/// "Wanted 26 times, happened 18 times, came to nothing 3 times."
pub(super) fn said(months: &[Month]) -> String {
    let sum = |of: fn(&Month) -> i32| months.iter().map(of).sum::<i32>();
    let many = |n: i32| if n == 1 { "once".to_owned() } else { format!("{n} times") };
    let (wanted, happened, missed) = (sum(|one| one.wanted), sum(|one| one.happened), sum(|one| one.missed));
    let wanted = if wanted == 0 { String::new() } else { format!("Wanted about {}, ", many(wanted)) };
    let happened = match (happened, wanted.is_empty()) {
        (0, true) => "It did not happen".to_owned(),
        (0, false) => "did not happen".to_owned(),
        (n, true) => format!("It happened {}", many(n)),
        (n, false) => format!("happened {}", many(n)),
    };
    let missed = if missed == 0 { String::new() } else { format!(", came to nothing {}", many(missed)) };
    format!("{wanted}{happened}{missed} in the last 12 months.")
}

/// The picture and the table. Nothing where nothing was wanted and nothing happened.
pub(super) fn chart(one: &Touch, today: Date) -> Markup {
    let months = over_year(&one.wanted(), &one.came(), today);
    if months.iter().all(|month| month.wanted + month.happened + month.missed == 0) {
        return html! {};
    }
    html! {
        figure.chart {
            figcaption { b { (said(&months)) } " A ring is a time that was wanted, a full dot one that happened, a cross one that came to nothing." }
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label={ "Month by month. " (said(&months)) } {
                @for (row, label) in [(WANTED, "Wanted"), (HAPPENED, "Happened")] {
                    line.ax x1=(LEFT) x2=(WIDTH - LEFT) y1=(row + 34) y2=(row + 34) {}
                    text x=(LEFT) y=(row - 6) { (label) }
                }
                @for (nth, month) in (0..).zip(&months) {
                    @let x = LEFT + nth * STEP + STEP / 2;
                    (marks(month.wanted, x, WANTED, ring))
                    (marks(month.happened, x, HAPPENED, dot))
                    (marks(month.missed, x + 9, HAPPENED, cross))
                }
                text x=(LEFT) y=(HEIGHT - 1) { @if let Some(first) = months.first() { (when::short_day(first.from, today)) } }
                text x=(WIDTH - LEFT) y=(HEIGHT - 1) text-anchor="end" { (when::short_day(today, today)) }
            }
        }
        (page::details("Month by month", table(&months, today)))
    }
}

fn marks(many: i32, x: i32, top: i32, mark: fn(i32, i32) -> Markup) -> Markup {
    html! {
        @if many > MARKS { (mark(x, top + 28)) text x=(x) y=(top + 18) text-anchor="middle" { (many) } }
        @else { @for nth in 0..many { (mark(x, top + 28 - nth * 9)) } }
    }
}

fn ring(x: i32, y: i32) -> Markup {
    html! { circle.ring cx=(x) cy=(y) r="3.5" fill="none" stroke="currentColor" stroke-width="1.5" {} }
}

fn dot(x: i32, y: i32) -> Markup {
    html! { circle.dot cx=(x) cy=(y) r="4" {} }
}

fn cross(x: i32, y: i32) -> Markup {
    html! { path d={ "M" (x - 3) " " (y - 3) "l6 6m0-6l-6 6" } stroke="currentColor" stroke-width="1.5" fill="none" {} }
}

fn table(months: &[Month], today: Date) -> Markup {
    let columns = [
        Column::words("From"),
        Column::number("Wanted"),
        Column::number("Happened"),
        Column::number("Came to nothing"),
    ];
    let rows: Vec<Vec<Markup>> = months
        .iter()
        .map(|month| {
            vec![
                html! { (when::short_day(month.from, today)) },
                html! { (month.wanted) },
                html! { (month.happened) },
                html! { (month.missed) },
            ]
        })
        .collect();
    page::table("The last 12 months", &columns, &rows)
}
