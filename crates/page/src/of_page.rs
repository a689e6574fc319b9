//! Reading a page as a document: what paper shows of it (the same choice as the stylesheet makes for print), in the order
//! in which it is read out.

use crate::document::{Block, Document, Line, Run, letters};
use crate::markup::{Element, Node, tree};

/// Elements of which nothing is printed.
const UNPRINTED: [&str; 12] = [
    "form", "button", "input", "select", "textarea", "script", "style", "svg", "nav", "noscript", "template",
    "head",
];
/// Classes of which nothing is printed: those the stylesheet leaves out of print, and words only read out on a screen.
const UNPRINTED_CLASSES: [&str; 15] = [
    "top",
    "tabs",
    "demo",
    "foot",
    "btn",
    "btns",
    "linkbtn",
    "skip",
    "no-print",
    "crumb",
    "filter",
    "ways",
    "hid",
    "print-only",
    "av",
];
/// Classes that stand in a frame of their own.
const BOXED: [&str; 6] = ["box", "held", "know", "well", "empty", "glass"];
/// Elements that stand in a line.
const IN_LINE: [&str; 16] = [
    "a", "b", "strong", "em", "i", "q", "span", "small", "abbr", "code", "s", "sub", "sup", "mark", "u",
    "label",
];

impl Document {
    /// Reads a whole page of ours.
    pub fn of_page(markup: &str) -> Self {
        let page = tree(markup);
        let html = page.find(&|one| one.name == "html").unwrap_or(&page);
        let body = html.find(&|one| one.name == "body").unwrap_or(html);
        let main = html.find(&|one| one.name == "main").unwrap_or(body);
        let mut reading = Reading::default();
        reading.all(&main.inside, Style::default());
        let mut blocks = reading.done();
        let mut level = 0;
        down_one_by_one(&mut blocks, &mut level);
        let named = |name: &'static str| page.find(&move |one: &Element| one.name == name);
        // on the family's own pages the browser's title tells a stranger nothing
        let heading = main.find(&|one| one.name == "h1");
        let titled =
            if body.is(&["mine"]) { heading.or_else(|| named("title")) } else { named("title").or(heading) };
        let title = titled.map(text).unwrap_or_default();
        let title = title.trim_end_matches(" – Alongside");
        let of_class = |class: &'static str| body.find(&move |one: &Element| one.is(&[class])).map(text);
        Self {
            title: if title.is_empty() { "Alongside".to_owned() } else { title.to_owned() },
            lang: html.value("lang").unwrap_or("en-GB").to_owned(),
            rtl: html.value("dir") == Some("rtl"),
            large: body.is(&["mine"]),
            printed: of_class("print-only").unwrap_or_default(),
            invented: invented(body).unwrap_or_default(),
            blocks,
        }
    }
}

/// The first paragraph of the demonstration's banner.
fn invented(body: &Element) -> Option<String> {
    let banner = body.find(&|one| one.is(&["demo"]) && one.value("aria-label").is_some())?;
    banner.find(&|one| one.name == "p").map(text)
}

/// Everything an element says, in one line.
fn text(element: &Element) -> String {
    letters(&line_of(&element.inside, Style::default()))
}

/// No heading is more than one level below the one before it, and the first is of the first level.
fn down_one_by_one(blocks: &mut [Block], before: &mut u8) {
    for block in blocks {
        match block {
            Block::Heading { level, .. } => {
                *level = (*level).min(*before + 1).max(1);
                *before = *level;
            }
            Block::Quote { blocks, .. } | Block::Boxed { blocks } => down_one_by_one(blocks, before),
            Block::List { items, .. } => {
                for item in items {
                    down_one_by_one(item, before);
                }
            }
            Block::Words { .. } | Block::Facts { .. } | Block::Table { .. } => {}
        }
    }
}

/// How letters are set, and whether their lines are kept.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is there or not, whatever the others are")]
struct Style {
    strong: bool,
    soft: bool,
    tag: bool,
    lines: bool,
}

impl Style {
    fn of(self, element: &Element) -> Self {
        Self {
            strong: self.strong || ["b", "strong", "summary", "dt"].contains(&element.name.as_str()),
            soft: self.soft || element.is(&["soft", "entry__foot"]),
            tag: self.tag || element.is(&["tag"]),
            lines: self.lines || element.is(&["words"]) || element.name == "pre",
        }
    }
}

/// Whether the first letter that has a direction is read from right to left.
fn is_rtl(line: &[Run]) -> bool {
    let strong = |letter: char| match letter {
        '\u{590}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' => Some(true),
        letter if letter.is_alphabetic() => Some(false),
        _ => None,
    };
    line.iter().flat_map(|run| run.words.chars()).find_map(strong).unwrap_or(false)
}

/// Letters whose lines are kept, without space where a line begins or ends.
fn each_line(letters: &str, spaced: &dyn Fn(&str) -> String) -> String {
    let lines: Vec<&str> = letters.split('\n').collect();
    let last = lines.len() - 1;
    let line = |(at, line): (usize, &&str)| {
        let mut line = spaced(line);
        if at > 0 {
            line.drain(..line.len() - line.trim_start().len());
        }
        if at < last {
            line.truncate(line.trim_end().len());
        }
        line
    };
    lines.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// A line without space at its ends.
fn trimmed(mut line: Line) -> Line {
    while line.first().is_some_and(|run| run.words.trim().is_empty()) {
        line.remove(0);
    }
    while line.last().is_some_and(|run| run.words.trim().is_empty()) {
        line.pop();
    }
    if let Some(first) = line.first_mut() {
        first.words = first.words.trim_start().to_owned();
    }
    if let Some(last) = line.last_mut() {
        last.words.truncate(last.words.trim_end().len());
    }
    line
}

/// What is inside, as one line: for cells, captions and terms.
fn line_of(inside: &[Node], style: Style) -> Line {
    let mut reading = Reading { one_line: true, ..Reading::default() };
    reading.all(inside, style);
    trimmed(reading.line)
}

fn is_printed(element: &Element, above: &Element) -> bool {
    let unshown = UNPRINTED.contains(&element.name.as_str())
        || element.is(&UNPRINTED_CLASSES)
        || element.value("hidden").is_some()
        || element.value("aria-hidden") == Some("true")
        || element.value("data-said").is_some()
        || element.name == "a" && above.is(&["h-row", "promise__do"]);
    !unshown
}

/// A reading on its way: the blocks so far, and the line that is being read.
#[derive(Default)]
struct Reading {
    blocks: Vec<Block>,
    line: Line,
    one_line: bool,
}

impl Reading {
    fn all(&mut self, inside: &[Node], style: Style) {
        let nobody = Element::default();
        self.below(&nobody, inside, style);
    }

    fn below(&mut self, above: &Element, inside: &[Node], style: Style) {
        for node in inside {
            match node {
                Node::Letters(letters) => self.letters(letters, style),
                Node::Element(element) if is_printed(element, above) => self.element(element, style),
                Node::Element(_) => {}
            }
        }
    }

    fn letters(&mut self, letters: &str, style: Style) {
        let spaced = |line: &str| {
            let words: Vec<&str> = line.split_ascii_whitespace().collect();
            let mut words = words.join(" ");
            if line.starts_with(|one: char| one.is_ascii_whitespace()) {
                words.insert(0, ' ');
            }
            if words.len() > 1 && line.ends_with(|one: char| one.is_ascii_whitespace()) {
                words.push(' ');
            }
            words
        };
        let mut words = if style.lines { each_line(letters, &spaced) } else { spaced(letters) };
        if self.line.last().is_none_or(|run| run.words.ends_with([' ', '\n'])) {
            words.drain(..words.len() - words.trim_start_matches(' ').len());
        }
        if !words.is_empty() {
            self.line.push(Run { words, strong: style.strong, soft: style.soft, tag: style.tag });
        }
    }

    /// Ends the line that is being read.
    fn flush(&mut self) {
        if self.one_line {
            if self.line.last().is_some_and(|run| !run.words.ends_with(' ')) {
                self.line.push(Run { words: " ".to_owned(), ..Run::default() });
            }
            return;
        }
        let line = trimmed(std::mem::take(&mut self.line));
        if !line.is_empty() {
            let rtl = is_rtl(&line);
            self.blocks.push(Block::Words { line, rtl });
        }
    }

    fn done(mut self) -> Vec<Block> {
        self.flush();
        self.blocks
    }

    fn within(above: &Element, style: Style) -> Vec<Block> {
        let mut reading = Self::default();
        reading.below(above, &above.inside, style);
        reading.done()
    }

    fn element(&mut self, element: &Element, style: Style) {
        let style = style.of(element);
        let name = element.name.as_str();
        if name == "br" {
            self.line.push(Run { words: "\n".to_owned(), ..Run::default() });
        } else if name == "img" {
            if let Some(alt) = element.value("alt").filter(|alt| !alt.is_empty()) {
                self.letters(&format!("[{alt}] "), style);
            }
        } else if element.is(&["tag"]) {
            self.letters(" ", Style::default());
            self.line.push(Run { words: text(element), tag: true, ..Run::default() });
            self.letters(" ", Style::default());
        } else if IN_LINE.contains(&name) || name == "time" && self.one_line {
            self.below(element, &element.inside, style);
        } else {
            self.flush();
            if self.one_line {
                self.below(element, &element.inside, style);
            } else {
                self.block(element, style);
            }
            self.flush();
        }
    }

    fn block(&mut self, element: &Element, style: Style) {
        let line = || line_of(&element.inside, style);
        match element.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = element.name.as_bytes().get(1).map_or(1, |digit| digit - b'0');
                let line = line();
                if !line.is_empty() {
                    self.blocks.push(Block::Heading { level, line });
                }
            }
            "ul" | "ol" if element.is(&["chips", "tags"]) => self.pills(element, style),
            "ul" | "ol" if !element.is(&["line", "tiles"]) => self.list(element, style),
            "dl" => self.facts(element, style),
            "table" => self.table(element, style),
            "figure" if element.is(&["voice"]) => self.voice(element, style),
            "blockquote" => {
                let blocks = Self::within(element, style);
                self.blocks.push(Block::Quote { by: vec![], worker: false, blocks });
            }
            _ if element.is(&BOXED) => {
                let blocks = Self::within(element, style);
                if !blocks.is_empty() {
                    self.blocks.push(Block::Boxed { blocks });
                }
            }
            _ => self.below(element, &element.inside, style),
        }
    }

    /// Names or states side by side, in one line.
    fn pills(&mut self, element: &Element, style: Style) {
        let names: Vec<Line> = element.elements().map(|item| line_of(&item.inside, style)).collect();
        for (at, name) in names.into_iter().enumerate() {
            if at > 0 && !name.iter().any(|run| run.tag) {
                self.line.push(Run { words: ", ".to_owned(), ..Run::default() });
            }
            self.line.extend(name);
        }
    }

    fn list(&mut self, element: &Element, style: Style) {
        let items = element.elements().filter(|item| is_printed(item, element));
        let items: Vec<Vec<Block>> =
            items.map(|item| Self::within(item, style)).filter(|item| !item.is_empty()).collect();
        if !items.is_empty() {
            self.blocks.push(Block::List { numbered: element.name == "ol", items });
        }
    }

    fn facts(&mut self, element: &Element, style: Style) {
        let mut rows: Vec<(Line, Line)> = vec![];
        let own = |one: &&Element| one.name == "dt" || one.name == "dd";
        let nested = element.elements().flat_map(|row| row.elements().filter(own));
        for one in element.elements().filter(own).chain(nested) {
            let line = line_of(&one.inside, style);
            match rows.last_mut() {
                Some((_, is)) if one.name == "dd" && !is_change(one) => is.extend(line),
                _ if one.name == "dt" => rows.push((line, vec![])),
                _ => {}
            }
        }
        if !rows.is_empty() {
            self.blocks.push(Block::Facts { rows });
        }
    }

    fn table(&mut self, element: &Element, style: Style) {
        let mut rows: Vec<&Element> = vec![];
        rows_of(element, &mut rows);
        let cells = |row: &Element| -> Vec<Line> {
            row.elements().map(|cell| line_of(&cell.inside, style)).collect()
        };
        let is_head = |row: &&Element| row.elements().all(|cell| cell.name == "th");
        let caption = element.elements().find(|one| one.name == "caption");
        let caption = caption.map(|one| line_of(&one.inside, style)).unwrap_or_default();
        let head = rows.first().filter(|row| is_head(row)).map(|row| cells(row)).unwrap_or_default();
        let skip = usize::from(!head.is_empty());
        let mut rows: Vec<Vec<Line>> = rows.iter().skip(skip).map(|row| cells(row)).collect();
        let wide = rows.iter().map(Vec::len).chain([head.len()]).max().unwrap_or(0);
        for row in &mut rows {
            row.resize(wide, vec![]);
        }
        if wide > 0 {
            self.blocks.push(Block::Table { caption, head, rows });
        }
    }

    fn voice(&mut self, element: &Element, style: Style) {
        let mut by = vec![];
        let mut inner = Self::default();
        for node in &element.inside {
            match node {
                Node::Element(one) if one.name == "figcaption" => by = line_of(&one.inside, style),
                Node::Element(one) if one.name == "blockquote" => {
                    inner.flush();
                    inner.below(one, &one.inside, style);
                    inner.flush();
                }
                Node::Element(one) if is_printed(one, element) => inner.element(one, style),
                Node::Element(_) => {}
                Node::Letters(letters) => inner.letters(letters, style),
            }
        }
        let blocks = inner.done();
        self.blocks.push(Block::Quote { by, worker: element.is(&["voice--worker"]), blocks });
    }
}

/// The cell of a list of facts that leads to its form.
fn is_change(one: &Element) -> bool {
    matches!(one.inside.as_slice(), [Node::Element(link)] if link.name == "a" && link.find(&|one| one.is(&["hid"])).is_some())
}

fn rows_of<'a>(element: &'a Element, rows: &mut Vec<&'a Element>) {
    for one in element.elements() {
        match one.name.as_str() {
            "tr" => rows.push(one),
            "thead" | "tbody" | "tfoot" => rows_of(one, rows),
            _ => {}
        }
    }
}

#[cfg(test)]
#[path = "of_page_tests.rs"]
mod tests;
