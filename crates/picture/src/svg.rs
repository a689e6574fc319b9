//! Writes a genogram as SVG: real text, symbols that differ by shape, lines that differ by pattern, no style element and no
//! style attribute, so that a strict content security policy lets it pass.

use crate::drawing::{Drawing, Line, LineKind, Spot, Symbol, Text};
use crate::family::{ChildKind, CoupleKind, Family, Flow, Gender, Life, Strength};
use crate::mark::{self, INK, SOFT, number, way};

const PAPER: &str = "var(--paper,#fff)";

/// Words made safe to stand in the text or an attribute.
pub(crate) fn safe(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // not allowed in XML
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// The opening of a picture: its size, name and description. `id` must be the only one of its kind on a page.
pub(crate) fn opening(id: &str, (width, height): (f64, f64), title: &str, desc: &str) -> String {
    let (w, h, id) = (number(width), number(height), safe(id));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"geno\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" \
         role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" \
         font-family=\"var(--face,system-ui,sans-serif)\" font-size=\"13\" text-anchor=\"middle\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-desc\">{}</desc>",
        safe(title),
        safe(desc)
    )
}

/// Words where they stand.
pub(crate) fn text(it: &Text) -> String {
    let weight = if it.name { " font-weight=\"600\"" } else { "" };
    let colour = if it.name { INK } else { SOFT };
    format!(
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight} fill=\"{colour}\">{}</text>",
        number(it.at.x),
        number(it.at.y),
        number(it.size),
        safe(&it.words)
    )
}

/// The outline of a symbol.
fn shape(person: (Life, Gender), at: Spot, r: f64, paint: &str) -> String {
    let Spot { x, y } = at;
    match person {
        (Life::Expected | Life::Miscarried, _) => {
            let corners = [Spot::at(x, y - r), Spot::at(x + r, y + r), Spot::at(x - r, y + r)];
            format!("<path d=\"{}Z\" {paint}/>", way(&corners))
        }
        (_, Gender::Male) => {
            let (left, top, side) = (number(x - r), number(y - r), number(2.0 * r));
            format!("<rect x=\"{left}\" y=\"{top}\" width=\"{side}\" height=\"{side}\" {paint}/>")
        }
        (_, Gender::Female) => {
            format!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\" {paint}/>", number(x), number(y), number(r))
        }
        (_, Gender::Other) => {
            let corners = [Spot::at(x, y - r), Spot::at(x + r, y), Spot::at(x, y + r), Spot::at(x - r, y)];
            format!("<path d=\"{}Z\" {paint}/>", way(&corners))
        }
    }
}

/// The corners of the cross of somebody who died: on the edge of the symbol.
fn cross(person: (Life, Gender), at: Spot, r: f64) -> String {
    let away = match person {
        (Life::Miscarried, _) | (_, Gender::Male) => r,
        (_, Gender::Female) => r * std::f64::consts::FRAC_1_SQRT_2,
        (_, Gender::Other) => r / 2.0,
    };
    let Spot { x, y } = at;
    let d = way(&[Spot::at(x - away, y - away), Spot::at(x + away, y + away)])
        + &way(&[Spot::at(x + away, y - away), Spot::at(x - away, y + away)]);
    format!("<path d=\"{d}\" fill=\"none\" stroke=\"{SOFT}\" stroke-width=\"2\"/>")
}

/// Somebody's symbol with what is in it.
fn symbol(family: &Family, it: &Symbol) -> String {
    let person = &family.people[it.who];
    let kind = (person.life, person.gender);
    let gone = matches!(person.life, Life::Died | Life::Miscarried | Life::Stillborn);
    let open = gone || matches!(person.life, Life::NotKnown | Life::Expected) || person.hue.is_none();
    let paint = if open {
        format!("fill=\"{PAPER}\" stroke=\"{SOFT}\" stroke-width=\"2\"")
    } else {
        format!("fill=\"var(--p,{SOFT})\" stroke=\"var(--p,{SOFT})\" stroke-width=\"2\"")
    };
    let mut out = String::new();
    if it.who == family.index {
        let ring = format!("fill=\"none\" stroke=\"{INK}\" stroke-width=\"2.5\"");
        out.push_str(&shape(kind, it.at, it.r, &ring));
        out.push_str(&shape(kind, it.at, it.r - 5.0, &paint));
    } else {
        out.push_str(&shape(kind, it.at, it.r, &paint));
    }
    if gone {
        out.push_str(&cross(kind, it.at, it.r));
    }
    let inside = match (person.life, person.age) {
        (Life::NotKnown, _) => Some("?".to_owned()),
        (Life::Living, Some(age)) => Some(age.to_string()),
        _ => None,
    };
    if let Some(words) = inside {
        let colour = if open { INK } else { PAPER };
        out.push_str(&format!(
            "<text x=\"{}\" y=\"{}\" font-weight=\"700\" fill=\"{colour}\">{}</text>",
            number(it.at.x),
            number(it.at.y + 4.5),
            safe(&words)
        ));
    }
    out
}

/// A dashed way round, with rounded corners.
fn round(spots: &[Spot]) -> String {
    let count = spots.len();
    let toward = |from: Spot, to: Spot| {
        let length = (to.x - from.x).hypot(to.y - from.y).max(0.01);
        let r = (length / 2.0).min(9.0);
        Spot::at(from.x + (to.x - from.x) / length * r, from.y + (to.y - from.y) / length * r)
    };
    let mut d = String::new();
    for at in 0..count {
        let (before, corner, after) = (spots[(at + count - 1) % count], spots[at], spots[(at + 1) % count]);
        let (into, out) = (toward(corner, before), toward(corner, after));
        d.push_str(&format!(
            "{}{} {}Q{} {} {} {}",
            if at == 0 { "M" } else { "L" },
            number(into.x),
            number(into.y),
            number(corner.x),
            number(corner.y),
            number(out.x),
            number(out.y)
        ));
    }
    format!(
        "<path d=\"{d}Z\" fill=\"none\" stroke=\"{SOFT}\" stroke-width=\"1.5\" stroke-dasharray=\"3 5\"/>"
    )
}

impl Drawing {
    /// The picture as SVG text. `id` tells it apart from others on the page; `title` names it; `desc` says where the same
    /// is told in words.
    #[must_use]
    pub fn svg(&self, id: &str, title: &str, desc: &str) -> String {
        let mut out = opening(id, (self.width, self.height), title, desc);
        for way in &self.home {
            out.push_str(&round(way));
        }
        // ties above the lines of descent, strokes above both
        let tie = |line: &&Line| matches!(line.kind, LineKind::Tie(..));
        for line in self.lines.iter().filter(|line| !tie(line)).chain(self.lines.iter().filter(tie)) {
            out.push_str(&mark::line(&line.points, line.kind));
        }
        for parting in &self.partings {
            for stroke in 0..parting.strokes {
                let x = parting.at.x + f64::from(stroke) * 6.0;
                let d = way(&[Spot::at(x - 4.0, parting.at.y + 9.0), Spot::at(x + 4.0, parting.at.y - 9.0)]);
                out.push_str(&format!("<path d=\"{d}\" stroke=\"{INK}\" stroke-width=\"2\"/>"));
            }
        }
        for it in &self.symbols {
            let person = &self.family.people[it.who];
            let hue = person.hue.map(|hue| format!(" class=\"p{hue}\"")).unwrap_or_default();
            let key = if person.key.is_empty() {
                String::new()
            } else {
                format!(" data-person=\"{}\"", safe(&person.key))
            };
            let words: String = self.texts.iter().filter(|text| text.who == Some(it.who)).map(text).collect();
            out.push_str(&format!("<g{hue}{key}>{}{words}</g>", symbol(&self.family, it)));
        }
        self.texts.iter().filter(|text| text.who.is_none()).for_each(|it| out.push_str(&text(it)));
        out + "</svg>"
    }

    /// The signs this picture uses, each as a small drawing with its words, for a key beside it.
    #[must_use]
    pub fn key(&self) -> Vec<(String, &'static str)> {
        let mut found = vec![];
        let across = [Spot::at(1.0, 9.0), Spot::at(35.0, 9.0)];
        let used = |kind: LineKind| self.lines.iter().any(|line| same(line.kind, kind));
        for (kind, words) in KEY {
            if used(kind) {
                found.push((small(&mark::line(&across, kind)), words));
            }
        }
        for (strokes, words) in [(1, "parted"), (2, "divorced")] {
            if self.partings.iter().any(|it| it.strokes == strokes) {
                let first = way(&[Spot::at(14.0, 17.0), Spot::at(20.0, 1.0)]);
                let second = if strokes == 2 {
                    way(&[Spot::at(20.0, 17.0), Spot::at(26.0, 1.0)])
                } else {
                    String::new()
                };
                let line = mark::line(&across, LineKind::Couple(CoupleKind::Married));
                let d = format!("<path d=\"{first}{second}\" stroke=\"{INK}\" stroke-width=\"2\"/>");
                found.push((small(&(line + &d)), words));
            }
        }
        if !self.home.is_empty() {
            let corners =
                [Spot::at(2.0, 2.0), Spot::at(34.0, 2.0), Spot::at(34.0, 16.0), Spot::at(2.0, 16.0)];
            found.push((small(&round(&corners)), "live together"));
        }
        let people = &self.family.people;
        for (kind, words) in PEOPLE {
            let shown =
                people.iter().any(|it| it.life == kind.0 && (kind.1 == it.gender || kind.0 != Life::Living));
            if shown {
                let paint = format!("fill=\"{PAPER}\" stroke=\"{SOFT}\" stroke-width=\"2\"");
                let mut drawn = shape(kind, Spot::at(18.0, 9.0), 7.5, &paint);
                if matches!(kind.0, Life::Died | Life::Miscarried | Life::Stillborn) {
                    drawn.push_str(&cross(kind, Spot::at(18.0, 9.0), 7.5));
                }
                found.push((small(&drawn), words));
            }
        }
        found
    }
}

const KEY: [(LineKind, &str); 13] = [
    (LineKind::Couple(CoupleKind::Married), "married; parent and child"),
    (LineKind::Couple(CoupleKind::Partners), "together, not married; adopted"),
    (LineKind::Couple(CoupleKind::Unsaid), "parents, no more recorded; fostered"),
    (LineKind::Descent(ChildKind::Step), "step-parent"),
    (LineKind::Siblings, "brothers or sisters, parents not recorded"),
    (LineKind::Kin, "family, those between not recorded"),
    (LineKind::Tie(Strength::Strong, false, Flow::Unsaid), "close"),
    (LineKind::Tie(Strength::Strong, true, Flow::Unsaid), "close and stormy"),
    (LineKind::Tie(Strength::Ordinary, true, Flow::Unsaid), "conflict or strain"),
    (LineKind::Tie(Strength::Ordinary, false, Flow::Unsaid), "in touch"),
    (LineKind::Tie(Strength::Weak, false, Flow::Unsaid), "distant"),
    (LineKind::Tie(Strength::Weak, true, Flow::Unsaid), "distant and strained"),
    (LineKind::Tie(Strength::Broken, false, Flow::Unsaid), "cut off"),
];

const PEOPLE: [((Life, Gender), &str); 7] = [
    ((Life::Living, Gender::Male), "male"),
    ((Life::Living, Gender::Female), "female"),
    ((Life::Living, Gender::Other), "other, or not said"),
    ((Life::Died, Gender::Male), "died"),
    ((Life::Expected, Gender::Other), "not yet born"),
    ((Life::Miscarried, Gender::Other), "miscarriage"),
    ((Life::Stillborn, Gender::Other), "stillborn"),
];

/// Whether two kinds look the same.
fn same(a: LineKind, b: LineKind) -> bool {
    match (a, b) {
        (LineKind::Tie(one, stress, _), LineKind::Tie(two, other, _)) => {
            one == two && (stress == other || one == Strength::Broken)
        }
        (LineKind::Descent(ChildKind::Birth), LineKind::Couple(CoupleKind::Married))
        | (LineKind::Descent(ChildKind::Adoption), LineKind::Couple(CoupleKind::Partners))
        | (LineKind::Descent(ChildKind::Fostering), LineKind::Couple(CoupleKind::Unsaid)) => true,
        _ => a == b,
    }
}

fn small(inside: &str) -> String {
    format!("<svg width=\"36\" height=\"18\" viewBox=\"0 0 36 18\" aria-hidden=\"true\">{inside}</svg>")
}
