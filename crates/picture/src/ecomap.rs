//! The layout of an ecomap: the middle, and everything else in a ring round it wide enough that nothing touches.

use crate::drawing::{Extent, Spot, Text};
use crate::family::Flow;
use crate::label;
use crate::mark::{self, INK, SOFT, number};
use crate::surroundings::{AroundDrawing, Surroundings, Thing};
use crate::svg::{opening, safe, text};

/// One thing in its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) at: Spot,
    pub(crate) half: Spot,
    pub(crate) lines: Vec<(String, bool)>,
}

impl Node {
    fn room(&self) -> Extent {
        Extent {
            left: self.at.x - self.half.x,
            top: self.at.y - self.half.y,
            right: self.at.x + self.half.x,
            bottom: self.at.y + self.half.y,
        }
    }
}

const WIDEST: f64 = 112.0;

fn lines(name: &str, kind: &str) -> Vec<(String, bool)> {
    let mut lines: Vec<(String, bool)> =
        label::wrap(name, 13.0, WIDEST).into_iter().map(|words| (words, true)).collect();
    lines.extend(label::wrap(kind, 12.0, WIDEST).into_iter().map(|words| (words, false)));
    lines
}

fn size(lines: &[(String, bool)]) -> Spot {
    let widest =
        lines.iter().map(|(words, name)| label::width(words, label::size(*name))).fold(0.0, f64::max);
    let high: f64 = lines.iter().map(|_| label::LINE).sum();
    Spot::at(widest / 2.0 + 12.0, high / 2.0 + 9.0)
}

/// The lines in the middle: the person, and who lives with them.
fn middle(of: &Surroundings) -> Vec<(String, bool)> {
    let mut inside = lines(&of.name, "");
    if !of.household.is_empty() {
        inside.extend(lines("", &format!("with {}", joined(&of.household))));
    }
    inside
}

pub(crate) fn joined(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

pub(crate) fn draw(of: &Surroundings) -> AroundDrawing {
    let inside = size(&middle(of));
    let r = inside.x.hypot(inside.y).max(44.0) - 4.0;
    let mut nodes: Vec<Node> = of
        .around
        .iter()
        .map(|it| {
            let lines = lines(&it.name, &it.kind);
            Node { at: Spot::at(0.0, 0.0), half: size(&lines), lines }
        })
        .collect();
    let mut reach = r + 96.0;
    // wider until nothing touches
    for _ in 0..200 {
        ring(&mut nodes, reach);
        let near = |at: usize| {
            let room = nodes[at].room();
            let wide = Extent {
                left: room.left - 10.0,
                top: room.top - 10.0,
                right: room.right + 10.0,
                bottom: room.bottom + 10.0,
            };
            nodes[at + 1..].iter().any(|other| wide.overlaps(&other.room()))
        };
        if !(0..nodes.len()).any(near) {
            break;
        }
        reach += 8.0;
    }
    let edge = |pick: fn(&Extent) -> f64| nodes.iter().map(move |it| pick(&it.room()));
    let left = edge(|it| it.left).fold(-r, f64::min) - 14.0;
    let top = edge(|it| it.top).fold(-r, f64::min) - 14.0;
    let right = edge(|it| it.right).fold(r, f64::max) + 14.0;
    let bottom = edge(|it| it.bottom).fold(r, f64::max) + 14.0;
    for node in &mut nodes {
        node.at = Spot::at(node.at.x - left, node.at.y - top);
    }
    AroundDrawing {
        width: (right - left).ceil(),
        height: (bottom - top).ceil(),
        middle: Spot::at(-left, -top),
        r,
        nodes,
        of: of.clone(),
    }
}

/// Everything at even angles, from the top, clockwise.
fn ring(nodes: &mut [Node], reach: f64) {
    let count: f64 = nodes.iter().map(|_| 1.0).sum();
    let mut at = 0.0;
    for node in nodes {
        let angle = (at / count - 0.25) * std::f64::consts::TAU;
        node.at = Spot::at(angle.cos() * reach, angle.sin() * reach * 0.9);
        at += 1.0;
    }
}

/// Where the way from a thing to the middle leaves the thing's edge.
fn edge(node: &Node, to: Spot) -> Spot {
    let (dx, dy) = (to.x - node.at.x, to.y - node.at.y);
    let share = (node.half.x / dx.abs().max(0.01)).min(node.half.y / dy.abs().max(0.01)).min(1.0);
    Spot::at(node.at.x + dx * share, node.at.y + dy * share)
}

fn words(at: Spot, lines: &[(String, bool)], light: bool) -> String {
    let mut out = String::new();
    let high: f64 = lines.iter().map(|_| label::LINE).sum();
    let mut y = at.y - high / 2.0 + 11.5;
    for (words, name) in lines {
        let it = Text {
            words: words.clone(),
            at: Spot::at(at.x, y),
            size: label::size(*name),
            name: *name,
            who: None,
        };
        let drawn = text(&it);
        out.push_str(&if light {
            drawn.replace(INK, "var(--paper,#fff)").replace(SOFT, "var(--paper,#fff)")
        } else {
            drawn
        });
        y += label::LINE;
    }
    out
}

impl AroundDrawing {
    /// Things that share room, by name; there are none in a good drawing.
    #[must_use]
    pub fn overlaps(&self) -> Vec<String> {
        let middle = Extent {
            left: self.middle.x - self.r,
            top: self.middle.y - self.r,
            right: self.middle.x + self.r,
            bottom: self.middle.y + self.r,
        };
        let mut found = vec![];
        for (at, node) in self.nodes.iter().enumerate() {
            let name = |at: usize| self.of.around[at].name.clone();
            if node.room().overlaps(&middle) {
                found.push(format!("{} and the middle", name(at)));
            }
            for (other, its) in self.nodes.iter().enumerate().skip(at + 1) {
                if node.room().overlaps(&its.room()) {
                    found.push(format!("{} and {}", name(at), name(other)));
                }
            }
        }
        found
    }

    /// The picture as SVG text; see [`crate::Drawing::svg`].
    #[must_use]
    pub fn svg(&self, id: &str, title: &str, desc: &str) -> String {
        let mut out = opening(id, (self.width, self.height), title, desc);
        for (node, it) in self.nodes.iter().zip(&self.of.around) {
            let to = edge(node, self.middle);
            let (dx, dy) = (to.x - self.middle.x, to.y - self.middle.y);
            let length = dx.hypot(dy).max(0.01);
            let from = Spot::at(self.middle.x + dx / length * self.r, self.middle.y + dy / length * self.r);
            out.push_str(&mark::tie(&[from, to], (it.strength, it.stress, it.flow), true));
        }
        let hue = self.of.hue.map(|hue| format!(" class=\"p{hue}\"")).unwrap_or_default();
        let (x, y, r) = (number(self.middle.x), number(self.middle.y), number(self.r));
        out.push_str(&format!(
            "<g{hue}><circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"var(--p,{SOFT})\" stroke=\"{INK}\" stroke-width=\"2\"/>{}</g>",
            words(self.middle, &middle(&self.of), true)
        ));
        for (node, it) in self.nodes.iter().zip(&self.of.around) {
            let hue = it.hue.map(|hue| format!(" class=\"p{hue}\"")).unwrap_or_default();
            let round = match it.thing {
                Thing::Person => node.half.y.min(24.0),
                Thing::Place => 0.0,
                Thing::Other => 8.0,
            };
            let key =
                if it.key.is_empty() { String::new() } else { format!(" data-person=\"{}\"", safe(&it.key)) };
            out.push_str(&format!(
                "<g{hue}{key}><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" fill=\"var(--paper,#fff)\" \
                 stroke=\"var(--p,{SOFT})\" stroke-width=\"2\"/>{}</g>",
                number(node.at.x - node.half.x),
                number(node.at.y - node.half.y),
                number(node.half.x * 2.0),
                number(node.half.y * 2.0),
                number(round),
                words(node.at, &node.lines, false)
            ));
        }
        out + "</svg>"
    }

    /// The signs used, each as a small drawing with its words.
    #[must_use]
    pub fn key(&self) -> Vec<(String, &'static str)> {
        use crate::family::Strength;
        let line = [Spot::at(1.0, 9.0), Spot::at(35.0, 9.0)];
        let signs = [
            (Strength::Strong, false, "strong"),
            (Strength::Ordinary, false, "neither strong nor weak"),
            (Strength::Weak, false, "weak"),
            (Strength::Strong, true, "strong, with stress"),
            (Strength::Ordinary, true, "stress"),
            (Strength::Weak, true, "weak, with stress"),
            (Strength::Broken, false, "broken off"),
        ];
        let svg = |inside: String| {
            format!(
                "<svg width=\"36\" height=\"18\" viewBox=\"0 0 36 18\" aria-hidden=\"true\">{inside}</svg>"
            )
        };
        let mut found = vec![];
        for (strength, stress, words) in signs {
            let broken = strength == Strength::Broken;
            if self.of.around.iter().any(|it| it.strength == strength && (it.stress == stress || broken)) {
                found.push((svg(mark::tie(&line, (strength, stress, Flow::Unsaid), true)), words));
            }
        }
        if self.of.around.iter().any(|it| it.flow != Flow::Unsaid) {
            let arrow = mark::tie(&line, (Strength::Ordinary, false, Flow::There), true);
            found.push((svg(arrow), "where help, care or energy goes"));
        }
        found
    }
}
