//! Where everyone stands across: from an order within each row to places that put children beneath their parents,
//! and lines as bars in the channels between rows. Nobody is ever nearer to a neighbour than their labels allow.

use crate::label;
use crate::plan::Plan;

/// Half the size of a symbol.
pub(crate) const R: f64 = 21.0;
/// Room between two who are not a couple.
const GAP: f64 = 14.0;
/// Width of one lane beside a label, in which a line goes down.
const LANE: f64 = 10.0;

/// A line that is no line of descent: a couple who do not stand side by side, a tie, a bond of kin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Couple(usize),
    Tie(usize),
    Kin(usize),
}

/// Such a line, from the upper person to the lower, through slots in the rows between.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    pub(crate) what: What,
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) passes: Vec<usize>,
}

/// A line of descent to a child more than one row down.
#[derive(Clone, Debug)]
pub(crate) struct LongLeg {
    pub(crate) union: usize,
    pub(crate) child: usize,
    pub(crate) passes: Vec<usize>,
}

/// A plan with its lines and the slots they need. Items are people, then slots.
#[derive(Clone, Debug)]
pub(crate) struct Net {
    pub(crate) plan: Plan,
    pub(crate) wires: Vec<Wire>,
    pub(crate) long: Vec<LongLeg>,
    /// The row of each item.
    pub(crate) row: Vec<usize>,
    /// Who stands beside whom: other and pair.
    pub(crate) beside: Vec<Vec<(usize, usize)>>,
    /// The width of the words above a pair.
    pair_words: Vec<f64>,
    /// The unions somebody is a child of.
    pub(crate) into: Vec<Vec<usize>>,
    /// The unions somebody is a parent in.
    pub(crate) out: Vec<Vec<usize>>,
    /// The pair of each union with two parents.
    pub(crate) union_pair: Vec<Option<usize>>,
}

/// The row from which a union's children hang.
pub(crate) fn union_row(plan: &Plan, union: usize) -> Option<usize> {
    plan.unions[union].parents.iter().map(|who| plan.row[*who]).max()
}

impl Net {
    pub(crate) fn of(plan: Plan) -> Self {
        let count = plan.row.len();
        let mut net = Self {
            wires: vec![],
            long: vec![],
            row: plan.row.clone(),
            beside: vec![vec![]; count],
            pair_words: plan
                .pairs
                .iter()
                .map(|pair| pair.words().iter().map(|words| label::width(words, 11.0)).fold(0.0, f64::max))
                .collect(),
            into: vec![vec![]; count],
            out: vec![vec![]; count],
            union_pair: plan
                .unions
                .iter()
                .map(|it| if it.parents.len() == 2 { plan.pair(it.parents[0], it.parents[1]) } else { None })
                .collect(),
            plan,
        };
        for (at, union) in net.plan.unions.iter().enumerate() {
            for (child, _) in &union.children {
                net.into[*child].push(at);
            }
            for parent in &union.parents {
                net.out[*parent].push(at);
            }
        }
        for (at, pair) in net.plan.pairs.iter().enumerate().filter(|(_, pair)| pair.beside) {
            net.beside[pair.a].push((pair.b, at));
            net.beside[pair.b].push((pair.a, at));
        }
        net.string();
        net
    }

    fn passes(&mut self, from: usize, to: usize) -> Vec<usize> {
        (from + 1..to)
            .map(|row| {
                self.row.push(row);
                self.row.len() - 1
            })
            .collect()
    }

    fn string(&mut self) {
        let mut ends: Vec<(What, usize, usize)> = vec![];
        for (at, pair) in self.plan.pairs.iter().enumerate().filter(|(_, pair)| !pair.beside) {
            ends.push((What::Couple(at), pair.a, pair.b));
        }
        ends.extend(self.plan.family.ties.iter().enumerate().map(|(at, it)| (What::Tie(at), it.a, it.b)));
        ends.extend(self.plan.family.kin.iter().enumerate().map(|(at, it)| (What::Kin(at), it.a, it.b)));
        for (what, a, b) in ends {
            let (from, to) = if self.row[a] <= self.row[b] { (a, b) } else { (b, a) };
            let passes = self.passes(self.row[from], self.row[to]);
            self.wires.push(Wire { what, from, to, passes });
        }
        for union in 0..self.plan.unions.len() {
            let Some(from) = union_row(&self.plan, union) else { continue };
            for (child, _) in self.plan.unions[union].children.clone() {
                if self.row[child] > from + 1 {
                    let passes = self.passes(from, self.row[child]);
                    self.long.push(LongLeg { union, child, passes });
                }
            }
        }
    }

    pub(crate) fn people(&self) -> usize {
        self.plan.row.len()
    }

    /// Where a union's child is met in the row beneath: the child, or the slot of a longer way.
    pub(crate) fn met(&self, union: usize, child: usize) -> usize {
        let long = self.long.iter().find(|it| (it.union, it.child) == (union, child));
        long.and_then(|it| it.passes.first().copied()).unwrap_or(child)
    }
}

/// A way out of somebody's side and down beside their label.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Exit {
    pub(crate) who: usize,
    pub(crate) right: bool,
    /// 0 is next to the label.
    pub(crate) lane: u8,
}

/// An order with everything that follows from it.
#[derive(Clone, Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) net: &'a Net,
    pub(crate) rows: Vec<Vec<usize>>,
    pub(crate) x: Vec<f64>,
    /// The place of each item in its row.
    pub(crate) pos: Vec<usize>,
    /// Lanes used on the left and right of each person.
    lanes: Vec<[u8; 2]>,
    pub(crate) wire_from: Vec<Option<Exit>>,
    pub(crate) wire_to: Vec<Option<Exit>>,
    pub(crate) union_exit: Vec<Option<Exit>>,
    /// Places packed as tightly as may be, row by row.
    packed: Vec<f64>,
}

impl<'a> Scene<'a> {
    /// Places everyone in an order; more turns settle better.
    /// `flips` are the ways out that take the other side than is usual: those of lines, then those of unions.
    pub(crate) fn of(net: &'a Net, rows: Vec<Vec<usize>>, flips: &[bool], turns: usize) -> Self {
        let items = net.row.len();
        let mut pos = vec![0; items];
        for row in &rows {
            for (at, item) in row.iter().enumerate() {
                pos[*item] = at;
            }
        }
        let mut scene = Self {
            net,
            rows,
            x: vec![0.0; items],
            pos,
            lanes: vec![[0; 2]; net.people()],
            wire_from: vec![None; net.wires.len()],
            wire_to: vec![None; net.wires.len()],
            union_exit: vec![None; net.plan.unions.len()],
            packed: vec![0.0; items],
        };
        scene.choose_exits(flips);
        scene.pack();
        scene.settle(turns);
        scene
    }

    /// Whether a line between two may go straight: they are neighbours.
    pub(crate) fn neighbours(&self, a: usize, b: usize) -> bool {
        self.net.row[a] == self.net.row[b] && self.pos[a].abs_diff(self.pos[b]) == 1
    }

    fn taken(&self, who: usize, right: bool) -> bool {
        self.net.beside[who].iter().any(|(other, _)| (self.pos[*other] > self.pos[who]) == right)
    }

    /// The side on which nobody stands, rather the right.
    fn usual(&self, who: usize) -> bool {
        !self.taken(who, true) || self.taken(who, false)
    }

    fn exit(&mut self, who: usize, right: bool) -> Exit {
        let lanes = &mut self.lanes[who][usize::from(right)];
        *lanes += 1;
        Exit { who, right, lane: *lanes - 1 }
    }

    fn choose_exits(&mut self, flips: &[bool]) {
        let lines = self.net.wires.len();
        let flipped = |at: usize| flips.get(at).copied().unwrap_or(false);
        for union in 0..self.net.plan.unions.len() {
            let parents = &self.net.plan.unions[union].parents;
            let level = parents.len() == 2 && self.net.row[parents[0]] == self.net.row[parents[1]];
            if let Some(lowest) = parents.iter().copied().max_by_key(|who| self.net.row[*who])
                && !level
            {
                let right = self.usual(lowest) != flipped(lines + union);
                self.union_exit[union] = Some(self.exit(lowest, right));
            }
        }
        for at in 0..self.net.wires.len() {
            let (from, to) = (self.net.wires[at].from, self.net.wires[at].to);
            if self.neighbours(from, to) {
                continue;
            }
            if self.net.row[from] == self.net.row[to] {
                let right = self.pos[to] > self.pos[from];
                self.wire_from[at] = Some(self.exit(from, right));
                self.wire_to[at] = Some(self.exit(to, !right));
            } else {
                let right = self.usual(from) != flipped(at);
                self.wire_from[at] = Some(self.exit(from, right));
            }
        }
    }

    /// How far somebody reaches to one side: label and lanes.
    pub(crate) fn reach(&self, item: usize, right: bool) -> f64 {
        match self.lanes.get(item) {
            None => 2.0,
            Some(lanes) => self.net.plan.half[item] + 3.0 + LANE * f64::from(lanes[usize::from(right)]),
        }
    }

    /// Where the lane of an exit is.
    pub(crate) fn lane_x(&self, exit: Exit) -> f64 {
        let away = self.net.plan.half[exit.who] + 8.0 + LANE * f64::from(exit.lane);
        if exit.right { self.x[exit.who] + away } else { self.x[exit.who] - away }
    }

    /// How far two neighbours must stand from each other.
    fn apart(&self, a: usize, b: usize) -> f64 {
        let (left, right) = (self.reach(a, true), self.reach(b, false));
        let pair = self.net.beside.get(a).and_then(|all| all.iter().find(|(other, _)| *other == b));
        match pair {
            Some((_, pair)) => {
                let words = self.net.pair_words[*pair];
                (2.0 * left.max(right) + 10.0).max(2.0 * R + words + 34.0)
            }
            None => left + right + GAP,
        }
    }

    fn pack(&mut self) {
        for row in &self.rows {
            let mut at = 0.0;
            for (place, item) in row.iter().enumerate() {
                if place > 0 {
                    at += self.apart(row[place - 1], *item);
                }
                self.packed[*item] = at;
            }
            let middle = at / 2.0;
            for item in row {
                self.x[*item] = self.packed[*item] - middle;
            }
        }
    }

    /// The place across from which a union's children hang.
    pub(crate) fn drop(&self, union: usize) -> Option<f64> {
        if let Some(exit) = self.union_exit[union] {
            return Some(self.lane_x(exit));
        }
        let parents = &self.net.plan.unions[union].parents;
        let (a, b) = (*parents.first()?, *parents.last()?);
        let pair = &self.net.plan.pairs[self.net.union_pair[union]?];
        let middle = f64::midpoint(self.x[a], self.x[b]);
        if pair.beside {
            return Some(middle);
        }
        // from their line in the channel: above the children, if it goes so far
        let wire = self
            .net
            .wires
            .iter()
            .position(|it| it.what == What::Couple(self.net.union_pair[union].unwrap_or(0)))?;
        let (Some(one), Some(two)) = (self.wire_from[wire], self.wire_to[wire]) else { return Some(middle) };
        let (one, two) = (self.lane_x(one), self.lane_x(two));
        let (low, high) = (one.min(two) + 8.0, one.max(two) - 8.0);
        let (first, last) = self.children_span(union)?;
        Some(f64::midpoint(first, last).max(low).min(high.max(low)))
    }

    /// The outermost places where the children of a union are met.
    fn children_span(&self, union: usize) -> Option<(f64, f64)> {
        let places =
            self.net.plan.unions[union].children.iter().map(|(it, _)| self.x[self.net.met(union, *it)]);
        places.fold(None, |span: Option<(f64, f64)>, x| {
            Some(span.map_or((x, x), |(low, high)| (low.min(x), high.max(x))))
        })
    }

    fn settle(&mut self, turns: usize) {
        for turn in 0..turns {
            for row in 1..self.rows.len() {
                self.settle_row(row, true, false);
            }
            let last = turn + 1 == turns;
            for row in (0..self.rows.len()).rev() {
                self.settle_row(row, false, last);
            }
        }
        let least = self.x.iter().copied().fold(f64::INFINITY, f64::min);
        for x in &mut self.x {
            *x -= least;
        }
    }

    /// Moves a row towards its parents or its children, keeping order and room.
    fn settle_row(&mut self, row: usize, down: bool, both: bool) {
        let items = self.rows[row].clone();
        let wants: Vec<(f64, f64)> = items
            .iter()
            .map(|item| {
                let (mut sum, mut weight) =
                    if down { self.above_wants(*item) } else { self.beneath_wants(*item) };
                if both {
                    let (more, heavier) = self.above_wants(*item);
                    sum += more;
                    weight += heavier;
                }
                if weight > 0.0 { (sum / weight, weight) } else { (f64::NAN, 0.0) }
            })
            .collect();
        let wants = self.follow(&items, wants);
        let eased = ease(&wants, &items.iter().map(|it| self.packed[*it]).collect::<Vec<_>>());
        for (item, x) in items.iter().zip(eased) {
            self.x[*item] = x;
        }
    }

    /// Who is drawn nowhere follows a partner who is, or stays.
    fn follow(&self, items: &[usize], mut wants: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
        for at in 0..items.len() {
            if wants[at].1 > 0.0 {
                continue;
            }
            let near = [at.checked_sub(1), Some(at + 1).filter(|next| *next < items.len())];
            let partner = near.into_iter().flatten().find(|next| {
                let beside = self.net.beside.get(items[at]);
                wants[*next].1 > 0.0
                    && beside.is_some_and(|all| all.iter().any(|(it, _)| *it == items[*next]))
            });
            wants[at] = match partner {
                Some(next) => (wants[next].0 + self.packed[items[at]] - self.packed[items[next]], 0.3),
                None => (self.x[items[at]], 0.05),
            };
        }
        wants
    }

    /// Where the parents would have somebody: sum and weight.
    fn above_wants(&self, item: usize) -> (f64, f64) {
        let Some(into) = self.net.into.get(item) else { return self.pass(item, true) };
        let (mut sum, mut weight) = (0.0, 0.0);
        for union in into {
            if self.net.met(*union, item) != item {
                continue;
            }
            let Some(drop) = self.drop(*union) else { continue };
            let children = &self.net.plan.unions[*union].children;
            let packed = children.iter().map(|(it, _)| self.packed[self.net.met(*union, *it)]);
            let (low, high) =
                packed.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| (l.min(x), h.max(x)));
            sum += drop + self.packed[item] - f64::midpoint(low, high);
            weight += 1.0;
        }
        (sum, weight)
    }

    /// Where the children would have somebody.
    fn beneath_wants(&self, item: usize) -> (f64, f64) {
        let Some(out) = self.net.out.get(item) else { return self.pass(item, false) };
        let (mut sum, mut weight) = (0.0, 0.0);
        for union in out {
            let Some((first, last)) = self.children_span(*union) else { continue };
            let middle = f64::midpoint(first, last);
            let parents = &self.net.plan.unions[*union].parents;
            let far = self.net.union_pair[*union].is_some_and(|pair| !self.net.plan.pairs[pair].beside);
            if far {
                continue;
            }
            let own: f64 = parents.iter().map(|it| self.packed[*it]).sum::<f64>();
            let count = if parents.len() == 2 { 2.0 } else { 1.0 };
            let lane = self.union_exit[*union].map_or(0.0, |exit| self.lane_x(exit) - self.x[exit.who]);
            sum += middle + self.packed[item] - own / count - lane;
            weight += 1.0;
        }
        (sum, weight)
    }

    /// A slot stands beneath or above the rest of its line.
    fn pass(&self, item: usize, up: bool) -> (f64, f64) {
        for (from, to, passes) in self.net.wires.iter().map(|it| (it.from, it.to, &it.passes)).chain(
            self.net.long.iter().map(|it| (self.net.plan.unions[it.union].parents[0], it.child, &it.passes)),
        ) {
            if let Some(at) = passes.iter().position(|it| *it == item) {
                let before = if at == 0 { from } else { passes[at - 1] };
                let after = passes.get(at + 1).copied().unwrap_or(to);
                return (self.x[if up { before } else { after }], 1.0);
            }
        }
        (0.0, 0.0)
    }
}

/// The places nearest to those wanted (by weighted squares) that keep at least the packed distances.
fn ease(wants: &[(f64, f64)], packed: &[f64]) -> Vec<f64> {
    // pools of neighbours who touch: mean, weight, count
    let mut pools: Vec<(f64, f64, usize)> = vec![];
    for ((want, weight), packed) in wants.iter().zip(packed) {
        let mut pool = (want - packed, weight.max(0.01), 1);
        while let Some(last) = pools.last() {
            if last.0 <= pool.0 {
                break;
            }
            let weight = last.1 + pool.1;
            pool = ((last.0 * last.1 + pool.0 * pool.1) / weight, weight, last.2 + pool.2);
            pools.pop();
        }
        pools.push(pool);
    }
    let means = pools.iter().flat_map(|(mean, _, count)| std::iter::repeat_n(*mean, *count));
    means.zip(packed).map(|(mean, packed)| mean + packed).collect()
}

#[cfg(test)]
mod tests {
    use super::ease;

    #[test]
    fn wishes_are_kept_where_they_fit_and_shared_out_where_they_collide() {
        assert_eq!(ease(&[(0.0, 1.0), (50.0, 1.0)], &[0.0, 20.0]), [0.0, 50.0]);
        assert_eq!(ease(&[(10.0, 1.0), (10.0, 1.0)], &[0.0, 20.0]), [0.0, 20.0]);
        assert_eq!(ease(&[(30.0, 1.0), (0.0, 1.0)], &[0.0, 20.0]), [5.0, 25.0]);
    }
}
