//! The channels between rows: every line across is a bar on a track, with ends going up and legs going down. Which bar
//! lies above which is chosen so that few lines cross.

use crate::place::{Scene, What, union_row};

/// Which line a bar is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Union(usize),
    /// A longer way down to a child, and which part of it.
    Long(usize, usize),
    /// Another line, and which part of it.
    Wire(usize, usize),
}

/// A line across in a channel.
#[derive(Clone, Debug)]
pub(crate) struct Bar {
    /// Channel n lies above row n.
    pub(crate) channel: usize,
    pub(crate) tops: Vec<f64>,
    pub(crate) legs: Vec<f64>,
    pub(crate) of: Of,
    /// The bar it hangs from, which must lie above it.
    pub(crate) under: Option<usize>,
    /// Its track, 0 on top.
    pub(crate) track: usize,
}

impl Bar {
    pub(crate) fn span(&self) -> (f64, f64) {
        let all = self.tops.iter().chain(&self.legs);
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(*x), high.max(*x)))
    }
}

/// Children of one birth hang from one point: each group with that point.
pub(crate) fn births(scene: &Scene<'_>, union: usize) -> Vec<(Vec<usize>, f64)> {
    let plan = &scene.net.plan;
    let mut groups: Vec<Vec<usize>> = vec![];
    for (child, _) in &plan.unions[union].children {
        match groups.iter_mut().find(|group| group.iter().any(|it| plan.twins(*it, *child))) {
            Some(group) => group.push(*child),
            None => groups.push(vec![*child]),
        }
    }
    groups
        .into_iter()
        .map(|group| {
            let places: Vec<f64> = group.iter().map(|child| leg_x(scene, union, *child)).collect();
            let low = places.iter().copied().fold(f64::INFINITY, f64::min);
            let high = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            (group, f64::midpoint(low, high))
        })
        .collect()
}

/// Where the line of a union comes down to a child: the middle, or beside it where there are several.
pub(crate) fn leg_x(scene: &Scene<'_>, union: usize, child: usize) -> f64 {
    let met = scene.net.met(union, child);
    if met == child { entry(scene, union, child) } else { scene.x[met] }
}

fn entry(scene: &Scene<'_>, union: usize, child: usize) -> f64 {
    let into = &scene.net.into[child];
    let x = scene.x[child];
    if into.len() < 2 {
        return x;
    }
    let from = |union: usize| scene.drop(union).unwrap_or(x);
    let mine = (from(union), union);
    let rank: f64 = into.iter().filter(|it| (from(**it), **it) < mine).map(|_| 1.0).sum();
    let others: f64 = into.iter().skip(1).map(|_| 1.0).sum();
    x + (rank - others / 2.0) * 11.0
}

fn wire_entry(scene: &Scene<'_>, from: f64, to: usize, wire: usize) -> f64 {
    let net = scene.net;
    let same = |it: &crate::place::Wire| it.to == to && net.row[it.from] < net.row[to];
    let earlier: f64 = net.wires[..wire].iter().filter(|it| same(it)).map(|_| 1.0).sum();
    let away = 17.0 - 4.0 * earlier.min(2.0);
    // beside a twin's slanting line there is no room on its side
    let twin = net.plan.family.twins.iter().find_map(|it| match (it.a == to, it.b == to) {
        (true, _) => Some(it.b),
        (_, true) => Some(it.a),
        _ => None,
    });
    let right = twin.map_or(from >= scene.x[to], |twin| scene.x[to] > scene.x[twin]);
    if right { scene.x[to] + away } else { scene.x[to] - away }
}

/// Every bar of a scene, without tracks.
pub(crate) fn bars(scene: &Scene<'_>) -> Vec<Bar> {
    let mut bars = vec![];
    let net = scene.net;
    let bar = |channel, tops, legs, of, under| Bar { channel, tops, legs, of, under, track: 0 };
    let mut couple_bar = vec![None; net.plan.pairs.len()];
    for (at, wire) in net.wires.iter().enumerate() {
        let Some(exit) = scene.wire_from[at] else { continue };
        let from = scene.lane_x(exit);
        let row = net.row[wire.from];
        if let Some(to) = scene.wire_to[at] {
            if let What::Couple(pair) = wire.what {
                couple_bar[pair] = Some(bars.len());
            }
            bars.push(bar(row + 1, vec![from, scene.lane_x(to)], vec![], Of::Wire(at, 0), None));
            continue;
        }
        let mut x = from;
        for stage in 0..=wire.passes.len() {
            let next = match wire.passes.get(stage) {
                Some(pass) => scene.x[*pass],
                None => wire_entry(scene, x, wire.to, at),
            };
            bars.push(bar(row + 1 + stage, vec![x], vec![next], Of::Wire(at, stage), None));
            x = next;
        }
    }
    for (at, union) in net.plan.unions.iter().enumerate() {
        let mut legs: Vec<f64> = births(scene, at).into_iter().map(|(_, x)| x).collect();
        let channel = match union_row(&net.plan, at) {
            Some(row) => row + 1,
            None => net.row[union.children[0].0],
        };
        let tops: Vec<f64> = scene.drop(at).into_iter().collect();
        straighten(&tops, &mut legs, union.children.len());
        let under = net.union_pair[at].and_then(|pair| couple_bar[pair]);
        bars.push(bar(channel, tops, legs, Of::Union(at), under));
    }
    for (at, long) in net.long.iter().enumerate() {
        for (stage, pass) in long.passes.iter().enumerate() {
            let next = match long.passes.get(stage + 1) {
                Some(pass) => scene.x[*pass],
                None => entry(scene, long.union, long.child),
            };
            bars.push(bar(net.row[*pass] + 1, vec![scene.x[*pass]], vec![next], Of::Long(at, stage), None));
        }
    }
    bars
}

/// A single child nearly beneath its parents hangs straight down.
fn straighten(tops: &[f64], legs: &mut [f64], children: usize) {
    if let ([top], [leg]) = (tops, &mut *legs)
        && children == 1
        && (*top - *leg).abs() <= 10.0
    {
        *leg = *top;
    }
}

/// How often two bars of a channel cross when the first lies above the second.
fn crossed(above: &Bar, below: &Bar) -> u32 {
    let within = |x: f64, (low, high): (f64, f64)| x > low - 1.0 && x < high + 1.0;
    let (upper, lower) = (above.span(), below.span());
    let mut cost = 0;
    for top in &below.tops {
        cost += u32::from(within(*top, upper));
        cost += above.legs.iter().map(|leg| if (leg - top).abs() < 3.0 { 20 } else { 0 }).sum::<u32>();
    }
    cost + above.legs.iter().map(|leg| u32::from(within(*leg, lower))).sum::<u32>()
}

fn meet(a: &Bar, b: &Bar) -> bool {
    let (one, two) = (a.span(), b.span());
    a.channel == b.channel && one.0 <= two.1 + 8.0 && two.0 <= one.1 + 8.0
}

/// The cost of two bars in the better order.
fn pair_cost(bars: &[Bar], a: usize, b: usize) -> u32 {
    let (one, two) = (crossed(&bars[a], &bars[b]), crossed(&bars[b], &bars[a]));
    // what hangs from a bar touches it, which is no crossing
    if bars[b].under == Some(a) {
        one.saturating_sub(1)
    } else if bars[a].under == Some(b) {
        two.saturating_sub(1)
    } else {
        one.min(two)
    }
}

/// About how many crossings an order will have; exact in all but rare rings.
pub(crate) fn estimate(bars: &[Bar]) -> u32 {
    let mut cost = 0;
    for a in 0..bars.len() {
        for b in a + 1..bars.len() {
            if meet(&bars[a], &bars[b]) {
                cost += pair_cost(bars, a, b);
            }
        }
    }
    cost
}

/// Gives every bar its track; gives the number of tracks of each channel.
pub(crate) fn lay(bars: &mut [Bar], channels: usize) -> Vec<usize> {
    let mut tracks = vec![0; channels];
    for (channel, count) in tracks.iter_mut().enumerate() {
        let mut order: Vec<usize> = (0..bars.len()).filter(|at| bars[*at].channel == channel).collect();
        let width = |at: &usize| bars[*at].span().1 - bars[*at].span().0;
        order.sort_by(|a, b| width(b).total_cmp(&width(a)).then(a.cmp(b)));
        for _ in 0..order.len() {
            let mut moved = false;
            for at in 1..order.len() {
                let (above, below) = (order[at - 1], order[at]);
                let forced = bars[above].under == Some(below);
                let better = crossed(&bars[below], &bars[above]) < crossed(&bars[above], &bars[below]);
                let bound = bars[below].under == Some(above);
                if forced || (better && !bound) {
                    order.swap(at - 1, at);
                    moved = true;
                }
            }
            if !moved {
                break;
            }
        }
        for at in 0..order.len() {
            let this = order[at];
            let over = order[..at].iter().filter(|it| meet(&bars[**it], &bars[this]));
            let track = over.map(|it| bars[*it].track + 1).max().unwrap_or(0);
            bars[this].track = track;
            *count = (*count).max(track + 1);
        }
    }
    tracks
}
