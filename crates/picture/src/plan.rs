//! What must be drawn: parents and children gathered into unions, couples into pairs, rows of generations, and the
//! chains of partners who stand side by side.

use crate::family::{ChildKind, Couple, CoupleKind, Ending, Family};
use crate::generations;
use crate::label::{self, LINE, Row};
use std::collections::BTreeMap;

/// Two people who are or were a couple, once, with each stretch of time.
#[derive(Clone, Debug)]
pub(crate) struct Pair {
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) spells: Vec<Couple>,
    /// They stand side by side.
    pub(crate) beside: bool,
}

impl Pair {
    /// The stretch that says how they stand now.
    pub(crate) fn latest(&self) -> Option<&Couple> {
        self.spells.iter().max_by_key(|it| (it.ending == Ending::Together, it.from))
    }

    /// What is written above their line.
    pub(crate) fn words(&self) -> Vec<String> {
        let mut spells: Vec<&Couple> = self.spells.iter().collect();
        spells.sort_by_key(|it| it.from);
        let mut words = vec![];
        for it in spells {
            if let Some(year) = it.from {
                match it.kind {
                    CoupleKind::Married => words.push(format!("married {year}")),
                    CoupleKind::Partners => words.push(format!("since {year}")),
                    CoupleKind::Unsaid => {}
                }
            }
            match (it.ending, it.to) {
                (Ending::Separated, Some(year)) => words.push(format!("parted {year}")),
                (Ending::Divorced, Some(year)) => words.push(format!("divorced {year}")),
                _ => {}
            }
        }
        words
    }
}

/// Parents with the children they have together: two, one, or none where only the children are known to be siblings.
#[derive(Clone, Debug)]
pub(crate) struct Union {
    pub(crate) parents: Vec<usize>,
    pub(crate) children: Vec<(usize, ChildKind)>,
    /// Only recorded as brothers and sisters.
    pub(crate) siblings: bool,
}

/// The whole plan of a genogram, without any place yet.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) family: Family,
    pub(crate) row: Vec<usize>,
    pub(crate) rows: usize,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) unions: Vec<Union>,
    pub(crate) labels: Vec<Vec<Row>>,
    /// Half the width of each label.
    pub(crate) half: Vec<f64>,
}

impl Plan {
    pub(crate) fn of(family: &Family) -> Self {
        let family = family.sound();
        let row = generations::rows(&family);
        let rows = row.iter().max().map_or(0, |last| last + 1);
        let unions = unions(&family, &row);
        let pairs = pairs(&family, &unions, &row);
        let mut labels: Vec<Vec<Row>> =
            (0..family.people.len()).map(|at| label::label(&family, at)).collect();
        for pair in pairs.iter().filter(|pair| !pair.beside) {
            apart(&family, &pairs, pair, &mut labels);
        }
        let half = labels.iter().map(|rows| half(rows)).collect();
        Self { family, row, rows, pairs, unions, labels, half }
    }

    /// The pair two people are, if they are one.
    pub(crate) fn pair(&self, a: usize, b: usize) -> Option<usize> {
        self.pairs.iter().position(|it| (it.a, it.b) == (a, b) || (it.a, it.b) == (b, a))
    }

    /// The height of the labels beneath a row.
    pub(crate) fn label_height(&self, row: usize) -> f64 {
        let lines =
            (0..self.row.len()).filter(|at| self.row[*at] == row).map(|at| self.labels[at].len()).max();
        (0..lines.unwrap_or(0)).map(|_| LINE).sum::<f64>() + 6.0
    }

    /// Whether two children of one birth.
    pub(crate) fn twins(&self, a: usize, b: usize) -> bool {
        self.family.twins.iter().any(|it| (it.a, it.b) == (a, b) || (it.a, it.b) == (b, a))
    }
}

/// A couple who cannot stand side by side: their years stand beneath the one with fewer partners.
fn apart(family: &Family, pairs: &[Pair], pair: &Pair, labels: &mut [Vec<Row>]) {
    let partners = |who: usize| pairs.iter().filter(|it| it.a == who || it.b == who).count();
    let (who, other) = if partners(pair.a) < partners(pair.b) { (pair.a, pair.b) } else { (pair.b, pair.a) };
    let words = pair.words();
    if words.is_empty() {
        return;
    }
    let told = format!("with {}: {}", family.people[other].name, words.join(", "));
    let lines = label::wrap(&told, label::size(false), label::WIDEST);
    labels[who].extend(lines.into_iter().map(|words| Row { words, name: false }));
}

fn half(rows: &[Row]) -> f64 {
    let widest = rows.iter().map(|row| label::width(&row.words, label::size(row.name))).fold(0.0, f64::max);
    (widest / 2.0 + 2.0).max(27.0)
}

/// Two by two where they were a couple, the rest alone.
fn grouped(family: &Family, mut parents: Vec<usize>) -> Vec<Vec<usize>> {
    if parents.len() <= 2 {
        return vec![parents];
    }
    let mut groups = vec![];
    while let Some(first) = parents.first().copied() {
        parents.remove(0);
        match parents.iter().position(|other| family.were_couple(first, *other)) {
            Some(at) => groups.push(vec![first, parents.remove(at)]),
            None => groups.push(vec![first]),
        }
    }
    groups
}

fn unions(family: &Family, row: &[usize]) -> Vec<Union> {
    let mut by: BTreeMap<Vec<usize>, Vec<(usize, ChildKind)>> = BTreeMap::new();
    let kinds = [ChildKind::Birth, ChildKind::Adoption, ChildKind::Fostering, ChildKind::Step];
    for child in 0..family.people.len() {
        for kind in kinds {
            let mut parents = family.parents(child, kind);
            parents.retain(|parent| row[*parent] < row[child]);
            if kind == ChildKind::Step {
                let others = |it: &usize| {
                    family.children.iter().any(|b| b.child == child && family.were_couple(b.parent, *it))
                };
                parents.retain(|parent| !others(parent));
            }
            if parents.is_empty() {
                continue;
            }
            for mut group in grouped(family, parents) {
                group.sort_unstable();
                let children = by.entry(group).or_default();
                if !children.iter().any(|(it, _)| *it == child) {
                    children.push((child, kind));
                }
            }
        }
    }
    let mut unions: Vec<Union> =
        by.into_iter().map(|(parents, children)| Union { parents, children, siblings: false }).collect();
    siblings(family, row, &mut unions);
    unions
}

/// Brothers and sisters whose parents do not say it already hang from a line of their own.
fn siblings(family: &Family, row: &[usize], unions: &mut Vec<Union>) {
    let told = |unions: &[Union], a: usize, b: usize| {
        unions.iter().any(|union| {
            let has = |who| union.children.iter().any(|(it, _)| *it == who);
            has(a) && has(b)
        })
    };
    let step_or_half = |a: usize, b: usize| {
        let parents = |who| -> Vec<usize> {
            family.children.iter().filter(|it| it.child == who).map(|it| it.parent).collect()
        };
        let (mine, theirs) = (parents(a), parents(b));
        mine.iter().any(|it| theirs.iter().any(|other| it == other || family.were_couple(*it, *other)))
    };
    let mut groups: Vec<Vec<usize>> = vec![];
    for it in &family.siblings {
        if row[it.a] != row[it.b] || told(unions, it.a, it.b) || step_or_half(it.a, it.b) {
            continue;
        }
        let (with, mut apart): (Vec<_>, Vec<_>) =
            groups.drain(..).partition(|group| group.contains(&it.a) || group.contains(&it.b));
        let mut group: Vec<usize> = with.into_iter().flatten().chain([it.a, it.b]).collect();
        group.sort_unstable();
        group.dedup();
        apart.push(group);
        groups = apart;
    }
    for group in groups {
        let children = group.into_iter().map(|who| (who, ChildKind::Birth)).collect();
        unions.push(Union { parents: vec![], children, siblings: true });
    }
}

/// Every couple once; parents of one child are a pair though nothing else is recorded of them.
fn pairs(family: &Family, unions: &[Union], row: &[usize]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = vec![];
    let unsaid = unions.iter().filter(|it| it.parents.len() == 2).map(|it| Couple {
        a: it.parents[0],
        b: it.parents[1],
        kind: CoupleKind::Unsaid,
        ending: Ending::Together,
        from: None,
        to: None,
    });
    for couple in family.couples.iter().cloned().chain(unsaid) {
        match pairs
            .iter_mut()
            .find(|it| (it.a, it.b) == (couple.a, couple.b) || (it.a, it.b) == (couple.b, couple.a))
        {
            Some(pair) if couple.kind != CoupleKind::Unsaid => pair.spells.push(couple),
            Some(_) => {}
            None => pairs.push(Pair { a: couple.a, b: couple.b, spells: vec![couple], beside: false }),
        }
    }
    stand_beside(&mut pairs, unions, row);
    pairs
}

/// Chooses who stands side by side: nobody has more than two beside them, and no chain closes into a ring.
fn stand_beside(pairs: &mut [Pair], unions: &[Union], row: &[usize]) {
    let has_children =
        |pair: &Pair| unions.iter().any(|it| it.parents.contains(&pair.a) && it.parents.contains(&pair.b));
    let mut order: Vec<usize> = (0..pairs.len()).collect();
    order.sort_by_key(|at| {
        let pair = &pairs[*at];
        let together = pair.latest().is_some_and(|it| it.ending == Ending::Together);
        (!has_children(pair), !together, *at)
    });
    let mut chain: Vec<usize> = (0..row.len()).collect();
    let mut beside = vec![0_u8; row.len()];
    for at in order {
        let (a, b) = (pairs[at].a, pairs[at].b);
        if row[a] != row[b] || beside[a] == 2 || beside[b] == 2 || chain[a] == chain[b] {
            continue;
        }
        let (from, to) = (chain[b], chain[a]);
        for link in &mut chain {
            if *link == from {
                *link = to;
            }
        }
        beside[a] += 1;
        beside[b] += 1;
        pairs[at].beside = true;
    }
}
