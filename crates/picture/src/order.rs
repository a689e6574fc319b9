//! Who stands left of whom: from a walk through the family, by sweeps that bring children beneath their parents, then by
//! trying small changes while they help. Always in the same order, so that the same family gives the same picture.

use crate::family::{Gender, Life};
use crate::place::{Net, Scene};
use crate::tracks;

/// How many changes are tried at most.
const TRIES: usize = 420;

/// Partners who stand side by side, moved together.
type Block = Vec<usize>;
type Rows = Vec<Vec<Block>>;

fn flat(rows: &Rows) -> Vec<Vec<usize>> {
    rows.iter().map(|row| row.iter().flatten().copied().collect()).collect()
}

/// Walks from the index person: parents before children, partners beside, brothers and sisters by age.
fn walk(net: &Net) -> Vec<usize> {
    let mut seen = vec![false; net.people()];
    let mut found = vec![];
    for who in [net.plan.family.index].into_iter().chain(0..net.people()).filter(|it| *it < net.people()) {
        visit(net, who, &mut seen, &mut found);
    }
    found
}

fn visit(net: &Net, who: usize, seen: &mut [bool], found: &mut Vec<usize>) {
    if std::mem::replace(&mut seen[who], true) {
        return;
    }
    let plan = &net.plan;
    for union in &net.into[who] {
        let mut parents = plan.unions[*union].parents.clone();
        parents.sort_by_key(|it| plan.family.people[*it].gender != Gender::Male);
        for parent in parents {
            visit(net, parent, seen, found);
        }
    }
    found.push(who);
    for (other, _) in &net.beside[who] {
        visit(net, *other, seen, found);
    }
    for union in net.into[who].iter().chain(&net.out[who]) {
        let mut children: Vec<usize> = plan.unions[*union].children.iter().map(|(it, _)| *it).collect();
        children.sort_by_key(|it| age(net, *it));
        for child in children {
            visit(net, child, seen, found);
        }
    }
}

/// The eldest first; the unborn last.
fn age(net: &Net, who: usize) -> (bool, i16, usize) {
    let person = &net.plan.family.people[who];
    (person.life == Life::Expected, person.born.or(person.died).unwrap_or(i16::MAX), who)
}

/// The chain of partners somebody stands in, from one end to the other.
fn chain(net: &Net, who: usize) -> Block {
    let next = |at: usize, from: Option<usize>| {
        net.beside[at].iter().map(|(other, _)| *other).find(|other| Some(*other) != from)
    };
    let (mut end, mut from) = (who, None);
    while let Some(on) = next(end, from) {
        from = Some(end);
        end = on;
    }
    let (mut block, mut from) = (vec![end], None);
    while let Some(on) = next(end, from) {
        from = Some(end);
        end = on;
        block.push(on);
    }
    let people = &net.plan.family.people;
    if block.len() > 1
        && people[block[0]].gender == Gender::Female
        && people[block[block.len() - 1]].gender != Gender::Female
    {
        block.reverse();
    }
    block
}

fn first(net: &Net) -> Rows {
    let mut rows: Rows = vec![vec![]; net.plan.rows];
    let mut placed = vec![false; net.row.len()];
    for who in walk(net) {
        if !placed[who] {
            let block = chain(net, who);
            for each in &block {
                placed[*each] = true;
            }
            rows[net.row[who]].push(block);
        }
    }
    for slot in net.people()..net.row.len() {
        rows[net.row[slot]].push(vec![slot]);
    }
    rows
}

/// What is wrong with an order; less is better.
fn cost(scene: &Scene<'_>) -> f64 {
    let net = scene.net;
    let bars = tracks::bars(scene);
    let crossings = f64::from(tracks::estimate(&bars));
    let length: f64 = bars.iter().map(|bar| bar.span().1 - bar.span().0).sum();
    let width = scene.x.iter().copied().fold(0.0, f64::max);
    crossings * 1000.0 + scattered(scene) + unsorted(net, scene) + (length + width) / 40.0
}

/// Twins apart, and strangers between those who live together.
fn scattered(scene: &Scene<'_>) -> f64 {
    let net = scene.net;
    let mut cost = 0.0;
    for twins in &net.plan.family.twins {
        if net.row[twins.a] == net.row[twins.b] && !scene.neighbours(twins.a, twins.b) {
            cost += 900.0;
        }
    }
    for tie in &net.plan.family.ties {
        if net.row[tie.a] == net.row[tie.b] && !scene.neighbours(tie.a, tie.b) {
            cost += 15.0;
        }
    }
    let home = &net.plan.family.home;
    for row in &scene.rows {
        let inside: Vec<bool> = row.iter().map(|it| home.contains(it)).collect();
        let (Some(one), Some(last)) = (inside.iter().position(|it| *it), inside.iter().rposition(|it| *it))
        else {
            continue;
        };
        cost += inside[one..=last].iter().filter(|it| !**it).map(|_| 60.0).sum::<f64>();
    }
    cost
}

/// Brothers and sisters out of order of age, and partners the other way round than is usual.
fn unsorted(net: &Net, scene: &Scene<'_>) -> f64 {
    let mut cost = 0.0;
    for union in &net.plan.unions {
        for (at, (a, _)) in union.children.iter().enumerate() {
            for (b, _) in &union.children[at + 1..] {
                if net.row[*a] == net.row[*b]
                    && (scene.pos[*a] < scene.pos[*b]) != (age(net, *a) < age(net, *b))
                {
                    cost += 12.0;
                }
            }
        }
    }
    for pair in net.plan.pairs.iter().filter(|pair| pair.beside) {
        let (a, b) = if scene.pos[pair.a] < scene.pos[pair.b] { (pair.a, pair.b) } else { (pair.b, pair.a) };
        let people = &net.plan.family.people;
        if people[a].gender == Gender::Female && people[b].gender == Gender::Male {
            cost += 4.0;
        }
    }
    cost
}

struct Search<'a> {
    net: &'a Net,
    best: Rows,
    /// Ways out that take the other side.
    flips: Vec<bool>,
    least: f64,
    tries: usize,
}

impl Search<'_> {
    /// Keeps an order if it is better.
    fn offer(&mut self, rows: Rows) -> bool {
        self.tries += 1;
        let found = cost(&Scene::of(self.net, flat(&rows), &self.flips, 5));
        let better = found < self.least - 1e-6;
        if better {
            self.least = found;
            self.best = rows;
        }
        better
    }

    /// Sorts each row by where its parents, then its children, would have it.
    fn sweep(&mut self) {
        let mut rows = self.best.clone();
        for turn in 0..8 {
            let scene = Scene::of(self.net, flat(&rows), &self.flips, 2);
            let down = turn % 2 == 0;
            let order: Vec<usize> =
                if down { (0..rows.len()).collect() } else { (0..rows.len()).rev().collect() };
            for row in order {
                let wish = |block: &Block| {
                    let wishes: Vec<f64> =
                        block.iter().filter_map(|it| self.wish(&scene, *it, down)).collect();
                    let count: f64 = wishes.iter().map(|_| 1.0).sum();
                    if wishes.is_empty() { scene.x[block[0]] } else { wishes.iter().sum::<f64>() / count }
                };
                for block in &mut rows[row] {
                    let (one, last) = (block[0], block[block.len() - 1]);
                    if let (Some(a), Some(b)) = (self.wish(&scene, one, down), self.wish(&scene, last, down))
                        && a > b
                    {
                        block.reverse();
                    }
                }
                rows[row].sort_by(|a, b| wish(a).total_cmp(&wish(b)));
            }
            self.offer(rows.clone());
        }
    }

    fn wish(&self, scene: &Scene<'_>, item: usize, down: bool) -> Option<f64> {
        let unions = if down { self.net.into.get(item)? } else { self.net.out.get(item)? };
        let union = *unions.first()?;
        if down {
            return scene.drop(union);
        }
        let children = &self.net.plan.unions[union].children;
        let count: f64 = children.iter().map(|_| 1.0).sum();
        Some(children.iter().map(|(it, _)| scene.x[self.net.met(union, *it)]).sum::<f64>() / count)
    }

    /// Tries small changes until none helps.
    fn improve(&mut self) {
        let mut helped = true;
        self.flip();
        while helped && self.tries < TRIES {
            helped = false;
            for row in 0..self.best.len() {
                for at in 0..self.best[row].len() {
                    helped |= self.turn(row, at);
                    for to in 0..self.best[row].len() {
                        if to.abs_diff(at) <= 6 {
                            helped |= self.carry(row, at, to);
                        }
                    }
                    helped |= self.swap_groups(row, at);
                    helped |= self.carry_twins(row, at);
                }
            }
            helped |= self.flip();
        }
    }

    /// Tries the other side for each way out.
    fn flip(&mut self) -> bool {
        let mut helped = false;
        for at in 0..self.flips.len() {
            let matters = match at.checked_sub(self.net.wires.len()) {
                None => self.net.row[self.net.wires[at].from] != self.net.row[self.net.wires[at].to],
                Some(union) => self.net.plan.unions[union].parents.len() == 1,
            };
            if !matters || self.tries >= TRIES {
                continue;
            }
            self.flips[at] = !self.flips[at];
            if self.offer(self.best.clone()) {
                helped = true;
            } else {
                self.flips[at] = !self.flips[at];
            }
        }
        helped
    }

    /// Carries two twins who stand together elsewhere in their row.
    fn carry_twins(&mut self, row: usize, at: usize) -> bool {
        let blocks = self.best[row].clone();
        let twins = blocks
            .get(at + 1)
            .is_some_and(|next| blocks[at].iter().any(|a| next.iter().any(|b| self.net.plan.twins(*a, *b))));
        for to in 0..blocks.len().saturating_sub(1) {
            if twins && to != at && self.tries < TRIES {
                let mut rows = self.best.clone();
                let pair: Vec<Block> = rows[row].drain(at..at + 2).collect();
                rows[row].splice(to..to, pair);
                if self.offer(rows) {
                    return true;
                }
            }
        }
        false
    }

    /// Turns a chain of partners round.
    fn turn(&mut self, row: usize, at: usize) -> bool {
        if self.tries >= TRIES || self.best[row][at].len() < 2 {
            return false;
        }
        let mut rows = self.best.clone();
        rows[row][at].reverse();
        self.offer(rows)
    }

    /// Carries a block elsewhere in its row.
    fn carry(&mut self, row: usize, at: usize, to: usize) -> bool {
        if self.tries >= TRIES || at == to {
            return false;
        }
        let mut rows = self.best.clone();
        let block = rows[row].remove(at);
        rows[row].insert(to, block);
        self.offer(rows)
    }

    /// The family a block hangs in.
    fn group(&self, block: &Block) -> Option<usize> {
        block.iter().find_map(|it| self.net.into.get(*it).and_then(|into| into.first().copied()))
    }

    /// Swaps a run of brothers and sisters with the next run.
    fn swap_groups(&mut self, row: usize, at: usize) -> bool {
        let blocks = &self.best[row];
        let same = |a: usize, b: usize| self.group(&blocks[a]) == self.group(&blocks[b]);
        if self.tries >= TRIES || (at > 0 && same(at - 1, at)) {
            return false;
        }
        let mut middle = at + 1;
        while middle < blocks.len() && same(at, middle) {
            middle += 1;
        }
        if middle >= blocks.len() || middle - at == 1 {
            return false;
        }
        let mut end = middle + 1;
        while end < blocks.len() && same(middle, end) {
            end += 1;
        }
        let mut rows = self.best.clone();
        rows[row][at..end].rotate_left(middle - at);
        self.offer(rows)
    }
}

/// The best order found, with everyone in place.
pub(crate) fn order(net: &Net) -> Scene<'_> {
    let flips = vec![false; net.wires.len() + net.plan.unions.len()];
    let mut search = Search { net, best: first(net), flips, least: f64::INFINITY, tries: 0 };
    search.offer(search.best.clone());
    search.sweep();
    search.improve();
    Scene::of(net, flat(&search.best), &search.flips, 14)
}
