//! A page as a document for paper: headings, paragraphs, whose words, lists, tables. It is read from the page's own
//! markup ([`Document::of_page`]), so that what is printed is what the page says and nothing else.

use serde::Serialize;

/// A document to be set for paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Its title, as the page's own.
    pub title: String,
    /// Its language, as the page says it: `en-GB`, `cy`.
    pub lang: String,
    /// Whether the language is written from right to left.
    pub rtl: bool,
    /// Whether the letters are larger, as on the pages of children and families.
    pub large: bool,
    /// Who printed it and when, in a sentence. Empty where the page does not say.
    pub printed: String,
    /// That everyone in it is invented, in a demonstration. Empty elsewhere.
    pub invented: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// Letters that are set alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Run {
    /// The letters; a new line where they hold one.
    pub words: String,
    /// Set strongly.
    pub strong: bool,
    /// Set softly.
    pub soft: bool,
    /// A state in a word or two, set in a frame.
    pub tag: bool,
}

/// A line of runs.
pub type Line = Vec<Run>;

/// One piece of a document, in the order of reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// A heading.
    Heading {
        /// From 1; no level is skipped on the way down.
        level: u8,
        /// Its words.
        line: Line,
    },
    /// A paragraph.
    Words {
        /// Its words.
        line: Line,
        /// Whether it is written from right to left.
        rtl: bool,
    },
    /// Somebody's words.
    Quote {
        /// Whose, and how they were given. Empty where nobody is named.
        by: Line,
        /// Whether they are a worker's.
        worker: bool,
        /// The words.
        blocks: Vec<Block>,
    },
    /// A list.
    List {
        /// Whether its items are numbered.
        numbered: bool,
        /// What stands in each.
        items: Vec<Vec<Block>>,
    },
    /// Terms with what each is.
    Facts {
        /// The term and what it is.
        rows: Vec<(Line, Line)>,
    },
    /// A table.
    Table {
        /// What it is of.
        caption: Line,
        /// The headings of its columns.
        head: Vec<Line>,
        /// Its rows.
        rows: Vec<Vec<Line>>,
    },
    /// What stands in a frame of its own.
    Boxed {
        /// What stands in it.
        blocks: Vec<Block>,
    },
}

impl Document {
    /// Every word of it, piece by piece, for whoever looks for words in it. Not for reading.
    pub fn words(&self) -> String {
        let mut out = vec![self.title.clone(), self.printed.clone(), self.invented.clone()];
        for block in &self.blocks {
            block.words(&mut out);
        }
        out.retain(|line| !line.is_empty());
        out.join("\n")
    }

    /// Lets every string of letters pass through a change, such as leaving out letters that cannot be set.
    pub fn change(&mut self, change: &mut dyn FnMut(&mut String)) {
        for words in [&mut self.title, &mut self.printed, &mut self.invented] {
            change(words);
        }
        for block in &mut self.blocks {
            block.change(change);
        }
    }
}

/// The letters of a line, one after another.
pub(crate) fn letters(line: &[Run]) -> String {
    line.iter().map(|run| run.words.as_str()).collect()
}

impl Block {
    fn words(&self, out: &mut Vec<String>) {
        match self {
            Self::Heading { line, .. } | Self::Words { line, .. } => out.push(letters(line)),
            Self::Quote { by, blocks, .. } => {
                out.push(letters(by));
                for one in blocks {
                    one.words(out);
                }
            }
            Self::List { items, .. } => {
                for one in items.iter().flatten() {
                    one.words(out);
                }
            }
            Self::Facts { rows } => {
                out.extend(rows.iter().map(|(term, is)| format!("{}: {}", letters(term), letters(is))));
            }
            Self::Table { caption, head, rows } => {
                out.push(letters(caption));
                out.extend(head.iter().chain(rows.iter().flatten()).map(|cell| letters(cell)));
            }
            Self::Boxed { blocks } => {
                for one in blocks {
                    one.words(out);
                }
            }
        }
    }

    fn change(&mut self, change: &mut dyn FnMut(&mut String)) {
        let mut each = |line: &mut Line| {
            for run in line {
                change(&mut run.words);
            }
        };
        match self {
            Self::Heading { line, .. } | Self::Words { line, .. } => each(line),
            Self::Facts { rows } => {
                for (term, is) in rows {
                    each(term);
                    each(is);
                }
            }
            Self::Table { caption, head, rows } => {
                each(caption);
                for cell in head.iter_mut().chain(rows.iter_mut().flatten()) {
                    each(cell);
                }
            }
            Self::Quote { by, blocks, .. } => {
                each(by);
                for one in blocks {
                    one.change(change);
                }
            }
            Self::List { items, .. } => {
                for one in items.iter_mut().flatten() {
                    one.change(change);
                }
            }
            Self::Boxed { blocks } => {
                for one in blocks {
                    one.change(change);
                }
            }
        }
    }
}
