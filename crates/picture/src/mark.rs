//! How lines look: whole, dashed, dotted, double, zigzag, broken, with arrows. Pattern tells the meaning, so that it stays
//! without colour, in print and in forced colours.

use crate::drawing::{LineKind, Spot};
use crate::family::{ChildKind, CoupleKind, Flow, Strength};

/// Ink, with the page's own colour where there is one.
pub(crate) const INK: &str = "var(--ink,#1b2227)";
/// Softer ink.
pub(crate) const SOFT: &str = "var(--soft,#48535b)";

/// One number as it is written: tenths at most.
pub(crate) fn number(n: f64) -> String {
    let n = (n * 10.0).round() / 10.0;
    if n == 0.0 { "0".to_owned() } else { n.to_string() }
}

/// A way as path data.
pub(crate) fn way(points: &[Spot]) -> String {
    let mut d = String::new();
    for (at, spot) in points.iter().enumerate() {
        d.push_str(&format!("{}{} {}", if at == 0 { "M" } else { "L" }, number(spot.x), number(spot.y)));
    }
    d
}

fn path(d: &str, colour: &str, width: f64, dash: Option<&str>) -> String {
    let dash = dash.map(|dash| format!(" stroke-dasharray=\"{dash}\"")).unwrap_or_default();
    format!("<path d=\"{d}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\"{dash}/>", number(width))
}

/// A zigzag along a way.
pub(crate) fn zigzag(points: &[Spot], high: f64, long: f64) -> Vec<Spot> {
    let mut out = vec![];
    let Some(first) = points.first() else { return out };
    out.push(*first);
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let length = (b.x - a.x).hypot(b.y - a.y);
        if length < long * 1.5 {
            out.push(b);
            continue;
        }
        let (ux, uy) = ((b.x - a.x) / length, (b.y - a.y) / length);
        let steps = (length / long).floor().max(2.0);
        let step = length / steps;
        let (mut at, mut side) = (step / 2.0, 1.0);
        while at < length {
            let (x, y) = (a.x + ux * at, a.y + uy * at);
            out.push(Spot::at(x - uy * high * side, y + ux * high * side));
            side = -side;
            at += step;
        }
        out.push(b);
    }
    out
}

/// The middle of the longest stretch, with its direction.
fn middle(points: &[Spot]) -> Option<(usize, Spot, Spot)> {
    let length = |it: &[Spot]| (it[1].x - it[0].x).hypot(it[1].y - it[0].y);
    let longest = points.windows(2).enumerate().max_by(|a, b| length(a.1).total_cmp(&length(b.1)))?;
    let (at, it) = (longest.0, longest.1);
    let long = length(it).max(0.01);
    let way = Spot::at((it[1].x - it[0].x) / long, (it[1].y - it[0].y) / long);
    Some((at, Spot::at(f64::midpoint(it[0].x, it[1].x), f64::midpoint(it[0].y, it[1].y)), way))
}

/// A line with a gap and a stroke at each side of it: cut off.
fn broken(points: &[Spot], width: f64) -> String {
    let Some((at, mid, way_of)) = middle(points) else { return String::new() };
    let (near, far) = (
        Spot::at(mid.x - way_of.x * 4.0, mid.y - way_of.y * 4.0),
        Spot::at(mid.x + way_of.x * 4.0, mid.y + way_of.y * 4.0),
    );
    let mut d = String::new();
    let first: Vec<Spot> = points[..=at].iter().copied().chain([near]).collect();
    let last: Vec<Spot> = [far].into_iter().chain(points[at + 1..].iter().copied()).collect();
    d.push_str(&way(&first));
    d.push_str(&way(&last));
    for end in [near, far] {
        let (x, y) = (way_of.y * 8.0, way_of.x * 8.0);
        d.push_str(&way(&[Spot::at(end.x - x, end.y + y), Spot::at(end.x + x, end.y - y)]));
    }
    path(&d, INK, width, None)
}

/// An arrow head at the end of a way.
fn head(from: Spot, to: Spot) -> String {
    let length = (to.x - from.x).hypot(to.y - from.y).max(0.01);
    let (ux, uy) = ((to.x - from.x) / length, (to.y - from.y) / length);
    let (bx, by) = (to.x - ux * 11.0, to.y - uy * 11.0);
    let corners = [to, Spot::at(bx - uy * 5.5, by + ux * 5.5), Spot::at(bx + uy * 5.5, by - ux * 5.5)];
    format!("<path d=\"{}Z\" fill=\"{INK}\"/>", way(&corners))
}

fn arrows(points: &[Spot], flow: Flow) -> String {
    let (Some(first), Some(last)) = (points.windows(2).next(), points.windows(2).next_back()) else {
        return String::new();
    };
    let there = matches!(flow, Flow::There | Flow::Both).then(|| head(last[0], last[1]));
    let back = matches!(flow, Flow::Back | Flow::Both).then(|| head(first[1], first[0]));
    there.into_iter().chain(back).collect()
}

/// A dot at each end: people in touch, which no line of descent has.
fn ends(points: &[Spot]) -> String {
    let dot = |it: &Spot| {
        format!("<circle cx=\"{}\" cy=\"{}\" r=\"4\" fill=\"{INK}\"/>", number(it.x), number(it.y))
    };
    points.first().map(dot).into_iter().chain(points.last().map(dot)).collect()
}

/// A tie; `thick` for an ecomap, where strength is the width of one line.
pub(crate) fn tie(points: &[Spot], (strength, stress, flow): (Strength, bool, Flow), thick: bool) -> String {
    let line = way(points);
    let mut out = match (strength, stress) {
        (Strength::Broken, _) => broken(points, 2.0),
        (Strength::Strong, false) if thick => path(&line, INK, 5.0, None),
        (Strength::Strong, true) if thick => path(&way(&zigzag(points, 5.0, 8.0)), INK, 3.5, None),
        (Strength::Strong, false) => {
            path(&line, INK, 6.5, None) + &path(&line, "var(--paper,#fff)", 2.9, None)
        }
        (Strength::Strong, true) => {
            path(&line, INK, 11.0, None)
                + &path(&line, "var(--paper,#fff)", 7.6, None)
                + &path(&way(&zigzag(points, 2.4, 5.0)), INK, 1.6, None)
        }
        (Strength::Ordinary, false) if thick => path(&line, INK, 2.0, None),
        (Strength::Ordinary, false) => path(&line, INK, 1.5, None) + &ends(points),
        (Strength::Ordinary, true) => path(&way(&zigzag(points, 4.5, 7.0)), INK, 2.0, None),
        (Strength::Weak, false) => path(&line, INK, 2.0, Some("2 5")),
        (Strength::Weak, true) => path(&way(&zigzag(points, 4.5, 7.0)), INK, 1.6, Some("2 3")),
    };
    out.push_str(&arrows(points, flow));
    out
}

/// One line of a genogram.
pub(crate) fn line(points: &[Spot], kind: LineKind) -> String {
    let plain = |dash| path(&way(points), SOFT, 2.0, dash);
    match kind {
        LineKind::Couple(CoupleKind::Married) | LineKind::Descent(ChildKind::Birth) => plain(None),
        LineKind::Couple(CoupleKind::Partners) | LineKind::Descent(ChildKind::Adoption) => plain(Some("7 5")),
        LineKind::Couple(CoupleKind::Unsaid) | LineKind::Descent(ChildKind::Fostering) => plain(Some("2 4")),
        LineKind::Descent(ChildKind::Step) => plain(Some("9 4 2 4")),
        LineKind::Siblings => plain(Some("12 3")),
        LineKind::Kin => {
            let d = way(points);
            format!(
                "<path d=\"{d}\" fill=\"none\" stroke=\"{SOFT}\" stroke-width=\"2.6\" stroke-dasharray=\"0 7\" stroke-linecap=\"round\"/>"
            )
        }
        LineKind::Tie(strength, stress, flow) => tie(points, (strength, stress, flow), false),
    }
}
