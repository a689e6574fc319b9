//! The lines of a genogram: couples, descent, twins, ties and kin, each along its own way so that no line runs through a
//! symbol or a label.

use crate::drawing::{Drawing, Levels, Line, LineKind, Parting, Spot, Text, breadth, rise};
use crate::family::{ChildKind, CoupleKind, Ending, Family};
use crate::place::{Exit, R, Scene, What};
use crate::plan::Pair;
use crate::tracks::{self, Bar, Of};

struct Pen<'a, 'b> {
    scene: &'a Scene<'a>,
    bars: &'a [Bar],
    levels: &'a Levels,
    drawing: &'b mut Drawing,
}

/// Draws every line.
pub(crate) fn lines(scene: &Scene<'_>, bars: &[Bar], levels: &Levels, drawing: &mut Drawing) {
    let mut pen = Pen { scene, bars, levels, drawing };
    for (at, pair) in scene.net.plan.pairs.iter().enumerate() {
        if pair.beside {
            pen.couple(at, pair);
        }
    }
    for bar in bars {
        match bar.of {
            Of::Union(union) => pen.descent(bar, union),
            Of::Long(long, stage) => pen.long(bar, long, stage),
            Of::Wire(wire, stage) => pen.wire(bar, wire, stage),
        }
    }
    pen.neighbours();
}

/// How far beneath the middle a line leaves a symbol, so that several do not meet: the outermost highest.
fn leaves(family: &Family, exit: Exit) -> f64 {
    let share = match exit.lane {
        0 => 0.75,
        1 => 0.45,
        _ => 0.2,
    };
    share * crate::drawing::radius(family, exit.who)
}

impl Pen<'_, '_> {
    fn family(&self) -> &Family {
        &self.scene.net.plan.family
    }

    fn y(&self, who: usize) -> f64 {
        self.levels.row[self.scene.net.plan.row[who]]
    }

    fn line(&mut self, points: Vec<Spot>, kind: LineKind, group: usize) {
        self.drawing.lines.push(Line { points, kind, group });
    }

    /// The group of a union: that of its couple, if it has one.
    fn union_group(&self, union: usize) -> usize {
        let pairs = self.scene.net.plan.pairs.len();
        self.scene.net.union_pair[union].unwrap_or(pairs + union)
    }

    fn wire_group(&self, wire: usize) -> usize {
        let plan = &self.scene.net.plan;
        match self.scene.net.wires[wire].what {
            What::Couple(pair) => pair,
            What::Tie(_) | What::Kin(_) => plan.pairs.len() + plan.unions.len() + wire,
        }
    }

    fn wire_kind(&self, wire: usize) -> LineKind {
        let plan = &self.scene.net.plan;
        match self.scene.net.wires[wire].what {
            What::Couple(pair) => couple_kind(&plan.pairs[pair]),
            What::Tie(tie) => {
                let it = &plan.family.ties[tie];
                LineKind::Tie(it.strength, it.stress, it.flow)
            }
            What::Kin(_) => LineKind::Kin,
        }
    }

    /// A couple side by side: a straight line, strokes where it is over, years above.
    fn couple(&mut self, at: usize, pair: &Pair) {
        let (a, b) =
            if self.scene.x[pair.a] < self.scene.x[pair.b] { (pair.a, pair.b) } else { (pair.b, pair.a) };
        let y = self.y(a);
        let from = self.scene.x[a] + breadth(self.family(), a, 0.0);
        let to = self.scene.x[b] - breadth(self.family(), b, 0.0);
        self.line(vec![Spot::at(from, y), Spot::at(to, y)], couple_kind(pair), at);
        let middle = f64::midpoint(self.scene.x[a], self.scene.x[b]);
        self.part(pair, Spot::at(middle + 13.0, y));
        let ties = &self.family().ties;
        let tied = ties.iter().any(|it| (it.a, it.b) == (a, b) || (it.a, it.b) == (b, a));
        let words = pair.words();
        let mut up = y - if tied { 21.0 } else { 15.0 };
        for words in words.into_iter().rev() {
            let at = Spot::at(middle, up);
            self.drawing.texts.push(Text { words, at, size: 11.0, name: false, who: None });
            up -= 13.0;
        }
    }

    fn part(&mut self, pair: &Pair, at: Spot) {
        let strokes = match pair.latest().map(|it| it.ending) {
            Some(Ending::Separated) => 1,
            Some(Ending::Divorced) => 2,
            Some(Ending::Together) | None => return,
        };
        self.drawing.partings.push(Parting { at, strokes });
    }

    /// From somebody's side, down their lane, to a height.
    fn way_out(&self, exit: Exit, to: f64) -> Vec<Spot> {
        let family = self.family();
        let beneath = leaves(family, exit);
        let side = breadth(family, exit.who, beneath);
        let x = self.scene.x[exit.who];
        let start = if exit.right { x + side } else { x - side };
        let y = self.y(exit.who) + beneath;
        let lane = self.scene.lane_x(exit);
        vec![Spot::at(start, y), Spot::at(lane, y), Spot::at(lane, to)]
    }

    /// Parents to children: a drop, a bar, and a leg to each child.
    fn descent(&mut self, bar: &Bar, union: usize) {
        let it = &self.scene.net.plan.unions[union];
        let group = self.union_group(union);
        let y = self.levels.track(bar.channel, bar.track);
        let kinds: Vec<ChildKind> = it.children.iter().map(|(_, kind)| *kind).collect();
        let one = kinds.iter().all(|kind| *kind == kinds[0]);
        let kind = match (it.siblings, one) {
            (true, _) => LineKind::Siblings,
            (false, true) => LineKind::Descent(kinds[0]),
            (false, false) => LineKind::Descent(ChildKind::Birth),
        };
        if let Some(top) = bar.tops.first() {
            let points = self.fall(bar, union, *top, y);
            self.line(points, kind, group);
        }
        let (low, high) = bar.span();
        if high - low > 0.5 {
            self.line(vec![Spot::at(low, y), Spot::at(high, y)], kind, group);
        }
        let births = tracks::births(self.scene, union);
        for ((children, _), x) in births.iter().zip(&bar.legs) {
            if children.len() > 1 {
                self.twins(union, children, Spot::at(*x, y));
            } else {
                self.leg(union, children[0], Spot::at(*x, y));
            }
        }
    }

    /// From the couple's line or a single parent's side to the children's bar.
    fn fall(&self, bar: &Bar, union: usize, top: f64, y: f64) -> Vec<Spot> {
        if let Some(exit) = self.scene.union_exit[union] {
            return self.way_out(exit, y);
        }
        let from = match bar.under {
            Some(over) => self.levels.track(self.bars[over].channel, self.bars[over].track),
            None => self.scene.net.plan.unions[union].parents.first().map_or(y, |who| self.y(*who)),
        };
        vec![Spot::at(top, from), Spot::at(top, y)]
    }

    fn leg_kind(&self, union: usize, child: usize) -> LineKind {
        let it = &self.scene.net.plan.unions[union];
        if it.siblings {
            return LineKind::Siblings;
        }
        let kind = it.children.iter().find(|(who, _)| *who == child).map_or(ChildKind::Birth, |it| it.1);
        LineKind::Descent(kind)
    }

    fn leg(&mut self, union: usize, child: usize, from: Spot) {
        let met = self.scene.net.met(union, child);
        let (kind, group) = (self.leg_kind(union, child), self.union_group(union));
        let end = if met == child {
            self.y(child) - rise(self.family(), child, from.x - self.scene.x[child])
        } else {
            self.through(met)
        };
        self.line(vec![from, Spot::at(from.x, end)], kind, group);
    }

    /// Where a line has come past a row: the end of its labels.
    fn through(&self, slot: usize) -> f64 {
        self.levels.end[self.scene.net.row[slot]]
    }

    /// Children of one birth: two legs from one point, joined where they are identical.
    fn twins(&mut self, union: usize, children: &[usize], from: Spot) {
        let group = self.union_group(union);
        let apex = Spot::at(from.x, self.y(children[0]) - R - 30.0);
        self.line(vec![from, apex], self.leg_kind(union, children[0]), group);
        let mut ends = vec![];
        for child in children {
            let x = tracks::leg_x(self.scene, union, *child);
            let end = Spot::at(x, self.y(*child) - rise(self.family(), *child, x - self.scene.x[*child]));
            self.line(vec![apex, end], self.leg_kind(union, *child), group);
            ends.push((*child, end));
        }
        ends.sort_by(|a, b| a.1.x.total_cmp(&b.1.x));
        for two in ends.windows(2) {
            let found = self
                .family()
                .twins
                .iter()
                .find(|it| (it.a, it.b) == (two[0].0, two[1].0) || (it.b, it.a) == (two[0].0, two[1].0));
            let half = |end: Spot| Spot::at(f64::midpoint(apex.x, end.x), f64::midpoint(apex.y, end.y));
            let (a, b) = (half(two[0].1), half(two[1].1));
            match found.map(|it| it.identical) {
                Some(Some(true)) => self.line(vec![a, b], LineKind::Descent(ChildKind::Birth), group),
                Some(None) => {
                    let at = Spot::at(f64::midpoint(a.x, b.x), f64::midpoint(a.y, b.y) + 10.0);
                    let words = "?".to_owned();
                    self.drawing.texts.push(Text { words, at, size: 11.0, name: false, who: None });
                }
                _ => {}
            }
        }
    }

    /// The further way to a child more than one row down.
    fn long(&mut self, bar: &Bar, long: usize, stage: usize) {
        let it = &self.scene.net.long[long];
        let (union, child, pass) = (it.union, it.child, it.passes[stage]);
        let next = it.passes.get(stage + 1).copied();
        let end = match next {
            Some(slot) => self.through(slot),
            None => self.y(child) - rise(self.family(), child, bar.legs[0] - self.scene.x[child]),
        };
        let kind = self.leg_kind(union, child);
        let group = self.union_group(union);
        let points = self.jog(bar, self.through(pass), end);
        self.line(points, kind, group);
    }

    /// Down, across on the track, and down.
    fn jog(&self, bar: &Bar, from: f64, end: f64) -> Vec<Spot> {
        let y = self.levels.track(bar.channel, bar.track);
        let (top, leg) = (bar.tops[0], bar.legs[0]);
        if (top - leg).abs() < 0.5 {
            return vec![Spot::at(top, from), Spot::at(top, end)];
        }
        vec![Spot::at(top, from), Spot::at(top, y), Spot::at(leg, y), Spot::at(leg, end)]
    }

    fn wire(&mut self, bar: &Bar, wire: usize, stage: usize) {
        let it = self.scene.net.wires[wire].clone();
        let (kind, group) = (self.wire_kind(wire), self.wire_group(wire));
        let y = self.levels.track(bar.channel, bar.track);
        let Some(exit) = self.scene.wire_from[wire] else { return };
        if let Some(to) = self.scene.wire_to[wire] {
            let mut points = self.way_out(exit, y);
            points.extend(self.way_out(to, y).into_iter().rev());
            if let What::Couple(pair) = it.what {
                let (low, high) = bar.span();
                let pair = self.scene.net.plan.pairs[pair].clone();
                self.part(&pair, Spot::at(f64::midpoint(low, high) + 18.0, y));
            }
            self.line(points, kind, group);
            return;
        }
        let end = match it.passes.get(stage) {
            Some(slot) => self.through(*slot),
            None => self.y(it.to) - rise(self.family(), it.to, bar.legs[0] - self.scene.x[it.to]),
        };
        let points = if stage == 0 {
            let mut points = self.way_out(exit, y);
            points.extend([Spot::at(bar.legs[0], y), Spot::at(bar.legs[0], end)]);
            points
        } else {
            self.jog(bar, self.through(it.passes[stage - 1]), end)
        };
        // one way, drawn as one line
        match self.drawing.lines.iter_mut().find(|line| stage > 0 && line.group == group && line.kind == kind)
        {
            Some(line) => line.points.extend(points),
            None => self.line(points, kind, group),
        }
    }

    /// Ties and kin between neighbours go straight.
    fn neighbours(&mut self) {
        for (at, wire) in self.scene.net.wires.iter().enumerate() {
            if !self.scene.neighbours(wire.from, wire.to) {
                continue;
            }
            let (a, b) = if self.scene.x[wire.from] < self.scene.x[wire.to] {
                (wire.from, wire.to)
            } else {
                (wire.to, wire.from)
            };
            let pair = self.scene.net.beside[a].iter().any(|(other, _)| *other == b);
            let above = if pair { 11.0 } else { 0.0 };
            let y = self.y(a) - above;
            let from = Spot::at(self.scene.x[a] + breadth(self.family(), a, -above), y);
            let to = Spot::at(self.scene.x[b] - breadth(self.family(), b, -above), y);
            let points = if a == wire.from { vec![from, to] } else { vec![to, from] };
            let (kind, group) = (self.wire_kind(at), self.wire_group(at));
            self.line(points, kind, group);
        }
    }
}

fn couple_kind(pair: &Pair) -> LineKind {
    LineKind::Couple(pair.latest().map_or(CoupleKind::Unsaid, |it| it.kind))
}
