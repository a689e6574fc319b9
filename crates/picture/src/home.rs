//! The dashed line round those who live together: room round each of them, joined through the channels, outlined.

use crate::drawing::{Extent, Levels, Spot};
use crate::place::Scene;

/// The closed lines round everyone at home; more than one where they cannot be joined.
pub(crate) fn round(scene: &Scene<'_>, levels: &Levels) -> Vec<Vec<Spot>> {
    let home = &scene.net.plan.family.home;
    if home.len() < 2 {
        return vec![];
    }
    let rows: Vec<Vec<Extent>> = (0..scene.rows.len()).map(|row| runs(scene, levels, home, row)).collect();
    let mut rooms: Vec<Extent> = rows.iter().flatten().copied().collect();
    let mut joined = vec![false; rows.len()];
    for row in 1..rows.len() {
        if !rows[row - 1].is_empty() && !rows[row].is_empty() {
            rooms.extend(bridge(&rows[row - 1], &rows[row]));
            joined[row - 1] = true;
            joined[row] = true;
        }
    }
    for (row, runs) in rows.iter().enumerate() {
        if runs.len() > 1 && !joined[row] {
            rooms.extend(beneath(runs));
        }
    }
    outline(&rooms)
}

/// Rooms round the members of a row, one for each run of neighbours.
fn runs(scene: &Scene<'_>, levels: &Levels, home: &[usize], row: usize) -> Vec<Extent> {
    let mut runs: Vec<Extent> = vec![];
    let mut last = false;
    for item in &scene.rows[row] {
        let inside = home.contains(item);
        if inside {
            let left = scene.x[*item] - scene.reach(*item, false) - 2.0;
            let right = scene.x[*item] + scene.reach(*item, true) + 2.0;
            match runs.last_mut() {
                Some(run) if last => run.right = right,
                _ => runs.push(Extent { left, top: levels.top[row] + 2.0, right, bottom: levels.end[row] }),
            }
        }
        last = inside;
    }
    runs
}

/// Joins the runs of two rows through the channel between them.
fn bridge(upper: &[Extent], lower: &[Extent]) -> Vec<Extent> {
    let all = || upper.iter().chain(lower);
    let left = all().map(|it| it.left).fold(f64::NEG_INFINITY, f64::max);
    let right = all().map(|it| it.right).fold(f64::INFINITY, f64::min);
    let (top, bottom) = (upper[0].bottom, lower[0].top);
    if right - left > 24.0 {
        return vec![Extent { left, top: top - 1.0, right, bottom: bottom + 1.0 }];
    }
    let (low, high) = (right - 24.0, left + 24.0);
    let middle = f64::midpoint(top, bottom);
    let band = Extent { left: low, top: middle - 5.0, right: high, bottom: middle + 5.0 };
    let stub = |it: &Extent, top: f64, bottom: f64| Extent {
        left: it.left.max(low),
        right: it.right.min(high),
        top,
        bottom,
    };
    let up = upper.iter().map(|it| stub(it, top - 1.0, middle));
    let down = lower.iter().map(|it| stub(it, middle, bottom + 1.0));
    up.chain(down).chain([band]).collect()
}

/// Joins the runs of one row beneath it.
fn beneath(runs: &[Extent]) -> Vec<Extent> {
    let (first, last) = (runs[0], runs[runs.len() - 1]);
    let bottom = first.bottom;
    let band = Extent {
        left: first.right - 24.0,
        top: bottom + 6.0,
        right: last.left + 24.0,
        bottom: bottom + 16.0,
    };
    let stubs = runs.iter().map(|it| Extent {
        left: it.left.max(band.left),
        right: it.right.min(band.right),
        top: bottom - 1.0,
        bottom: bottom + 10.0,
    });
    stubs.chain([band]).collect()
}

/// The edge of all rooms together, as closed ways.
fn outline(rooms: &[Extent]) -> Vec<Vec<Spot>> {
    let grid = |mut all: Vec<f64>| {
        all.sort_by(f64::total_cmp);
        all.dedup_by(|a, b| (*a - *b).abs() < 0.01);
        all
    };
    let xs = grid(rooms.iter().flat_map(|it| [it.left, it.right]).collect());
    let ys = grid(rooms.iter().flat_map(|it| [it.top, it.bottom]).collect());
    let filled = |column: Option<usize>, row: Option<usize>| {
        let (Some(column), Some(row)) = (column, row) else { return false };
        let (Some(right), Some(bottom)) = (xs.get(column + 1), ys.get(row + 1)) else { return false };
        let (x, y) = (f64::midpoint(xs[column], *right), f64::midpoint(ys[row], *bottom));
        rooms.iter().any(|it| it.left < x && x < it.right && it.top < y && y < it.bottom)
    };
    // edges with the inside on their right, walked clockwise
    let mut edges: Vec<((usize, usize), (usize, usize))> = vec![];
    for column in 0..xs.len() {
        for row in 0..ys.len() {
            let (left, up) = (column.checked_sub(1), row.checked_sub(1));
            let here = filled(Some(column), Some(row));
            if here != filled(Some(column), up) && column + 1 < xs.len() {
                let (a, b) = ((column, row), (column + 1, row));
                edges.push(if here { (a, b) } else { (b, a) });
            }
            if here != filled(left, Some(row)) && row + 1 < ys.len() {
                let (a, b) = ((column, row + 1), (column, row));
                edges.push(if here { (a, b) } else { (b, a) });
            }
        }
    }
    let mut ways = vec![];
    while let Some((start, mut at)) = edges.pop() {
        let mut way = vec![start];
        while at != start {
            way.push(at);
            let Some(next) = edges.iter().position(|edge| edge.0 == at) else { break };
            at = edges.swap_remove(next).1;
        }
        let spots: Vec<Spot> = way.into_iter().map(|(x, y)| Spot::at(xs[x], ys[y])).collect();
        ways.push(corners(&spots));
    }
    ways
}

/// Only where the way turns.
fn corners(way: &[Spot]) -> Vec<Spot> {
    let count = way.len();
    (0..count)
        .filter(|at| {
            let (before, this, after) = (way[(at + count - 1) % count], way[*at], way[(at + 1) % count]);
            let along = |a: f64, b: f64, c: f64| (a - b).abs() < 0.01 && (b - c).abs() < 0.01;
            !along(before.x, this.x, after.x) && !along(before.y, this.y, after.y)
        })
        .map(|at| way[at])
        .collect()
}
