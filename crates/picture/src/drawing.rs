//! A genogram with the place of everything in it, and what can be counted in it: crossings, overlaps, lines through words.

use crate::family::{ChildKind, CoupleKind, Family, Flow, Gender, Life, Strength};
use crate::label::{self, LINE};
use crate::place::{Net, R, Scene};
use crate::plan::Plan;
use crate::{home, order, route, tracks};

/// A point; y grows downward.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Across.
    pub x: f64,
    /// Down.
    pub y: f64,
}

impl Spot {
    pub(crate) const fn at(x: f64, y: f64) -> Self {
        Self { x, y }
    }
}

/// The room something takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its right edge.
    pub right: f64,
    /// Its lower edge.
    pub bottom: f64,
}

impl Extent {
    /// Whether two share any room.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether a stretch of line runs through it.
    fn struck(&self, a: Spot, b: Spot) -> bool {
        // shrink the stretch to what lies within, edge by edge
        let (mut from, mut to) = (0.0_f64, 1.0_f64);
        for (start, along, low, high) in
            [(a.x, b.x - a.x, self.left, self.right), (a.y, b.y - a.y, self.top, self.bottom)]
        {
            if along.abs() < 1e-9 {
                if start <= low || start >= high {
                    return false;
                }
                continue;
            }
            let (one, two) = ((low - start) / along, (high - start) / along);
            from = from.max(one.min(two));
            to = to.min(one.max(two));
        }
        to - from > 1e-6
    }
}

/// Somebody's symbol.
#[derive(Clone, Debug)]
pub struct Symbol {
    /// Who, as a place in [`Family::people`].
    pub who: usize,
    /// Its middle.
    pub at: Spot,
    /// Half its size.
    pub r: f64,
}

impl Symbol {
    /// The room it takes.
    pub fn room(&self) -> Extent {
        let Self { at, r, .. } = self;
        Extent { left: at.x - r, top: at.y - r, right: at.x + r, bottom: at.y + r }
    }
}

/// One line of words, centred.
#[derive(Clone, Debug)]
pub struct Text {
    /// The words.
    pub words: String,
    /// The middle of their base line.
    pub at: Spot,
    /// Their size.
    pub size: f64,
    /// A name, set stronger.
    pub name: bool,
    /// Whose label it is part of, if anybody's.
    pub who: Option<usize>,
}

impl Text {
    /// The room the words take.
    pub fn room(&self) -> Extent {
        let half = label::width(&self.words, self.size) / 2.0;
        let Spot { x, y } = self.at;
        Extent { left: x - half, top: y - self.size * 0.78, right: x + half, bottom: y + self.size * 0.22 }
    }
}

/// What a line says; always by its pattern, never by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Two people are or were a couple.
    Couple(CoupleKind),
    /// From parents to a child.
    Descent(ChildKind),
    /// Brothers and sisters whose parents are not recorded.
    Siblings,
    /// Family without the people in between.
    Kin,
    /// How it is between two people.
    Tie(Strength, bool, Flow),
}

/// A line of straight stretches.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its corners, from end to end.
    pub points: Vec<Spot>,
    /// What it says.
    pub kind: LineKind,
    /// Lines of one group belong together and may touch.
    pub group: usize,
}

/// Strokes through a couple's line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parting {
    pub(crate) at: Spot,
    pub(crate) strokes: u8,
}

/// A genogram, ready to be written.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Everyone.
    pub symbols: Vec<Symbol>,
    /// All words.
    pub texts: Vec<Text>,
    /// All lines, apart from the one round those who live together.
    pub lines: Vec<Line>,
    /// The lines round those who live together with the index person, each a closed way.
    pub home: Vec<Vec<Spot>>,
    pub(crate) partings: Vec<Parting>,
    pub(crate) family: Family,
}

/// The heights of rows and channels.
#[derive(Clone, Debug)]
pub(crate) struct Levels {
    /// The middle of each row's symbols.
    pub(crate) row: Vec<f64>,
    /// Where the room of each row begins, above the words of its couples.
    pub(crate) top: Vec<f64>,
    /// Where the labels of each row end.
    pub(crate) end: Vec<f64>,
    /// The first track of each channel.
    pub(crate) channel: Vec<f64>,
}

/// Distance of two tracks.
const TRACK: f64 = 12.0;
/// Empty edge all round.
const EDGE: f64 = 26.0;

impl Levels {
    fn of(scene: &Scene<'_>, tracks: &[usize]) -> Self {
        let plan = &scene.net.plan;
        let mut levels = Self { row: vec![], top: vec![], end: vec![], channel: vec![] };
        let mut y = EDGE - 8.0;
        for (channel, count) in tracks.iter().enumerate() {
            let own: f64 = (0..*count).map(|_| TRACK).sum();
            levels.channel.push(y + 12.0);
            y += if *count == 0 { 10.0 } else { own + 12.0 };
            if channel < plan.rows {
                levels.top.push(y);
                y += head(plan, channel) + R;
                levels.row.push(y);
                y += R + 6.0 + plan.label_height(channel);
                levels.end.push(y);
            }
        }
        levels
    }

    pub(crate) fn track(&self, channel: usize, track: usize) -> f64 {
        self.channel[channel] + (0..track).map(|_| TRACK).sum::<f64>()
    }
}

/// The room above the symbols of a row: for the words of couples and the two legs of twins.
fn head(plan: &Plan, row: usize) -> f64 {
    let twins = plan.family.twins.iter().any(|it| plan.row[it.a] == row);
    let words = plan.pairs.iter().filter(|pair| pair.beside && plan.row[pair.a] == row);
    let lines: f64 = words.map(|pair| pair.words().iter().map(|_| 13.0).sum::<f64>()).fold(0.0, f64::max);
    let most = if lines > 13.0 { lines + 2.0 } else { 16.0 };
    if twins { most.max(36.0) } else { most }
}

/// Half the size of somebody's symbol.
pub(crate) fn radius(family: &Family, who: usize) -> f64 {
    match family.people[who].life {
        Life::Expected => 14.0,
        Life::Miscarried => 10.0,
        Life::Stillborn => 12.0,
        Life::Living | Life::Died | Life::NotKnown => R,
    }
}

/// How far the symbol reaches up from its middle, at some distance beside it.
pub(crate) fn rise(family: &Family, who: usize, aside: f64) -> f64 {
    let r = radius(family, who);
    let aside = aside.abs().min(r);
    match (family.people[who].life, family.people[who].gender) {
        (Life::Expected | Life::Miscarried, _) => r - 2.0 * aside,
        (_, Gender::Male) => r,
        (_, Gender::Female) => (r * r - aside * aside).sqrt(),
        (_, Gender::Other) => r - aside,
    }
}

/// How far the symbol reaches to the side, at some height beneath its middle.
pub(crate) fn breadth(family: &Family, who: usize, beneath: f64) -> f64 {
    let r = radius(family, who);
    match (family.people[who].life, family.people[who].gender) {
        (Life::Expected | Life::Miscarried, _) => f64::midpoint(beneath, r).clamp(0.0, r),
        (_, Gender::Male) => r,
        (_, Gender::Female) => (r * r - beneath * beneath).max(0.0).sqrt(),
        (_, Gender::Other) => (r - beneath.abs()).max(0.0),
    }
}

pub(crate) fn draw(family: &Family) -> Drawing {
    let net = Net::of(Plan::of(family));
    let scene = order::order(&net);
    let mut bars = tracks::bars(&scene);
    let count = tracks::lay(&mut bars, net.plan.rows + 1);
    let levels = Levels::of(&scene, &count);
    let mut drawing = Drawing {
        width: 0.0,
        height: 0.0,
        symbols: vec![],
        texts: vec![],
        lines: vec![],
        home: home::round(&scene, &levels),
        partings: vec![],
        family: net.plan.family.clone(),
    };
    people(&scene, &levels, &mut drawing);
    route::lines(&scene, &bars, &levels, &mut drawing);
    drawing.frame();
    drawing
}

fn people(scene: &Scene<'_>, levels: &Levels, drawing: &mut Drawing) {
    let plan = &scene.net.plan;
    for who in 0..scene.net.people() {
        let at = Spot::at(scene.x[who], levels.row[plan.row[who]]);
        drawing.symbols.push(Symbol { who, at, r: radius(&plan.family, who) });
        let mut y = at.y + R + 17.0;
        for row in &plan.labels[who] {
            let size = label::size(row.name);
            drawing.texts.push(Text {
                words: row.words.clone(),
                at: Spot::at(at.x, y),
                size,
                name: row.name,
                who: Some(who),
            });
            y += LINE;
        }
    }
}

impl Drawing {
    /// Moves all so that nothing is cut off, and takes the size.
    fn frame(&mut self) {
        let mut room = Extent { left: f64::MAX, top: f64::MAX, right: f64::MIN, bottom: f64::MIN };
        let mut take = |it: Extent| {
            room.left = room.left.min(it.left);
            room.top = room.top.min(it.top);
            room.right = room.right.max(it.right);
            room.bottom = room.bottom.max(it.bottom);
        };
        let point = |at: &Spot| Extent { left: at.x, top: at.y, right: at.x, bottom: at.y };
        self.symbols.iter().map(Symbol::room).for_each(&mut take);
        self.texts.iter().map(Text::room).for_each(&mut take);
        self.lines.iter().flat_map(|line| &line.points).map(point).for_each(&mut take);
        self.home.iter().flatten().map(point).for_each(&mut take);
        if self.symbols.is_empty() {
            return;
        }
        let (dx, dy) = (14.0 - room.left, 14.0 - room.top);
        let shift = |at: &mut Spot| {
            at.x += dx;
            at.y += dy;
        };
        self.symbols.iter_mut().map(|it| &mut it.at).for_each(shift);
        self.texts.iter_mut().map(|it| &mut it.at).for_each(shift);
        self.lines.iter_mut().flat_map(|line| &mut line.points).for_each(shift);
        self.home.iter_mut().flatten().for_each(shift);
        self.partings.iter_mut().map(|it| &mut it.at).for_each(shift);
        self.width = (room.right + dx + 14.0).ceil();
        self.height = (room.bottom + dy + 14.0).ceil();
    }

    /// How many times lines that do not belong together cross or touch.
    #[must_use]
    pub fn crossings(&self) -> usize {
        let mut found: Vec<Spot> = vec![];
        for (at, one) in self.lines.iter().enumerate() {
            for two in self.lines[at + 1..].iter().filter(|two| two.group != one.group) {
                for a in one.points.windows(2) {
                    for b in two.points.windows(2) {
                        if let Some(spot) = meeting((a[0], a[1]), (b[0], b[1]))
                            && !found
                                .iter()
                                .any(|it| (it.x - spot.x).abs() < 1.0 && (it.y - spot.y).abs() < 1.0)
                        {
                            found.push(spot);
                        }
                    }
                }
            }
        }
        found.len()
    }

    /// Symbols and words that share room, each named; there are none in a good drawing.
    #[must_use]
    pub fn overlaps(&self) -> Vec<String> {
        let rooms = self.rooms();
        let mut found = vec![];
        for (at, (name, room)) in rooms.iter().enumerate() {
            for (other, its) in &rooms[at + 1..] {
                if room.overlaps(its) {
                    found.push(format!("{name} and {other}"));
                }
            }
        }
        found
    }

    /// Lines that run through symbols or words, each named; there are none in a good drawing.
    #[must_use]
    pub fn struck(&self) -> Vec<String> {
        let mut found = vec![];
        for (name, room) in self.rooms() {
            // a line that ends on a symbol touches its edge
            let inner = Extent {
                left: room.left + 1.0,
                top: room.top + 1.0,
                right: room.right - 1.0,
                bottom: room.bottom - 1.0,
            };
            for line in &self.lines {
                if line.points.windows(2).any(|it| inner.struck(it[0], it[1])) {
                    found.push(format!("{:?} through {name}", line.kind));
                }
            }
        }
        found
    }

    fn rooms(&self) -> Vec<(String, Extent)> {
        let symbols = self.symbols.iter().map(|it| {
            // what is inside every shape of the same size
            let (x, y, r) = (it.at.x, it.at.y, it.r * 0.6);
            let room = Extent { left: x - r, top: y - r, right: x + r, bottom: y + r };
            (format!("the symbol of {}", self.family.people[it.who].name), room)
        });
        symbols.chain(self.texts.iter().map(|it| (format!("“{}”", it.words), it.room()))).collect()
    }
}

/// Where two stretches cross, touch, or run along each other.
fn meeting((a, end): (Spot, Spot), (c, d): (Spot, Spot)) -> Option<Spot> {
    let (rx, ry) = (end.x - a.x, end.y - a.y);
    let (sx, sy) = (d.x - c.x, d.y - c.y);
    let turn = rx * sy - ry * sx;
    let (qx, qy) = (c.x - a.x, c.y - a.y);
    if turn.abs() < 1e-9 {
        let length = rx.hypot(ry);
        if length < 1e-9 || (qx * ry - qy * rx).abs() / length > 0.5 {
            return None;
        }
        let along = |spot: Spot| ((spot.x - a.x) * rx + (spot.y - a.y) * ry) / length;
        let (low, high) = (along(c).min(along(d)).max(0.0), along(c).max(along(d)).min(length));
        return (high - low > 0.5).then(|| Spot::at(a.x + rx / length * low, a.y + ry / length * low));
    }
    let first = (qx * sy - qy * sx) / turn;
    let second = (qx * ry - qy * rx) / turn;
    let within = |it: f64| (-1e-6..=1.0 + 1e-6).contains(&it);
    (within(first) && within(second)).then(|| Spot::at(a.x + rx * first, a.y + ry * first))
}
