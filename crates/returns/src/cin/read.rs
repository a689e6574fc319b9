//! Reading a census file: one child at a time, in bounded memory, refusing what is hostile or is not a census.

use std::borrow::Cow;
use std::io::Read;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::decode::{Decoded, Enormous, LONGEST_PIECE, NotRead};
use super::refusal::{DEEPEST, Problem, ReadError};
use super::table::{Field, RowOf, Table, Tables, field};
use crate::report::NotUnderstood;

/// One child may hold this many elements; a real one holds a few hundred.
const MOST_IN_A_CHILD: u32 = 200_000;
/// This many letters of what was not understood are kept.
const KEPT: usize = 200;

/// What the innermost open element is to the census.
#[derive(Debug, Clone, Copy)]
enum Place {
    Message,
    Header,
    Children,
    Child,
    Row(Table),
    Disabilities,
    Factors,
    Reviews,
    Leaf(Field),
    /// Understood and of no use: a second `Source`, `Content` of the header.
    Skip,
    Unknown,
}

struct Open {
    name: Cow<'static, str>,
    place: Place,
    line: u32,
    /// Where its text begins in the reader's text.
    text: usize,
    has_inner: bool,
}

/// What the next piece of the file was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// A whole child was read into the tables.
    Child,
    /// The file ended properly.
    End,
}

/// Reads a census child by child into tables.
pub(crate) struct CensusReader<R> {
    xml: Reader<Decoded<R>>,
    buffer: Vec<u8>,
    open: Vec<Open>,
    text: String,
    line: u32,
    children: u32,
    seen_children: bool,
    in_child: u32,
    sources: u32,
    /// Reviews met so far in the `Reviews` group that is open.
    reviews: u32,
    pub(crate) tables: Tables,
    /// What no table holds, of the header and of the children read since this was last emptied.
    pub(crate) not_understood: Vec<NotUnderstood>,
}

impl<R: Read> CensusReader<R> {
    pub(crate) fn new(from: R) -> Self {
        let mut xml = Reader::from_reader(Decoded::new(from));
        xml.config_mut().expand_empty_elements = true;
        // a file without a header is judged by an empty one
        let mut tables = Tables::default();
        tables.begin(Table::Header, RowOf { child: 0, parent: 0, number: 1, line: 1 });
        Self {
            xml,
            buffer: Vec::new(),
            open: Vec::new(),
            text: String::new(),
            line: 1,
            children: 0,
            seen_children: false,
            in_child: 0,
            sources: 0,
            reviews: 0,
            tables,
            not_understood: Vec::new(),
        }
    }

    /// Reads up to the end of the next child, or of the file.
    pub(crate) fn next_child(&mut self) -> Result<Next, ReadError> {
        let mut buffer = std::mem::take(&mut self.buffer);
        let outcome = loop {
            buffer.clear();
            match self.piece(&mut buffer) {
                Ok(None) => {}
                Ok(Some(next)) => break Ok(next),
                Err(problem) => break Err(self.at(problem)),
            }
        };
        self.buffer = buffer;
        outcome
    }

    fn at(&self, problem: Problem) -> ReadError {
        let element = self.open.last().map(|open| open.name.to_string()).unwrap_or_default();
        ReadError { line: self.line, element, problem }
    }

    fn piece(&mut self, buffer: &mut Vec<u8>) -> Result<Option<Next>, Problem> {
        self.xml.get_mut().begin_piece();
        let event = match self.xml.read_event_into(buffer) {
            Ok(event) => event,
            Err(error) => return Err(self.xml_problem(error)),
        };
        let mut next = None;
        match &event {
            Event::Start(tag) => {
                let lines = lines_in(tag);
                self.start(tag.name().as_ref())?;
                self.line += lines;
            }
            Event::End(tag) => {
                let lines = lines_in(tag);
                next = self.end()?;
                self.line += lines;
            }
            Event::Text(text) => self.say(text)?,
            Event::CData(text) => self.say(text)?,
            Event::GeneralRef(name) => {
                let letter = entity(name)?;
                self.say(letter.encode_utf8(&mut [0; 4]))?;
            }
            Event::Comment(text) => self.line += lines_in(text),
            Event::PI(text) => self.line += lines_in(text),
            Event::Decl(text) => self.line += lines_in(text),
            Event::DocType(_) => return Err(Problem::Dtd),
            // empty elements are expanded into a start and an end
            Event::Empty(_) => {}
            Event::Eof => next = Some(self.finish()?),
        }
        Ok(next)
    }

    fn xml_problem(&self, error: quick_xml::Error) -> Problem {
        match error {
            quick_xml::Error::Io(error) => match error.get_ref() {
                Some(inner) if inner.is::<Enormous>() => Problem::TooLarge(
                    "one tag, text or comment is longer than 1 MiB; a census has none like it",
                ),
                Some(inner) if inner.is::<NotRead>() => Problem::Encoding(inner.to_string()),
                _ => Problem::Io(std::io::Error::new(error.kind(), error.to_string())),
            },
            quick_xml::Error::Encoding(_) => {
                Problem::Encoding("the bytes are not UTF-8, though the file says or implies so".into())
            }
            quick_xml::Error::Syntax(error) => match self.open.last() {
                // the last tag, comment or section was begun and never ended
                Some(open) => {
                    Problem::NotXml(format!("{error} (inside <{}>; perhaps it was cut short)", open.name))
                }
                None => Problem::NotXml(error.to_string()),
            },
            error @ (quick_xml::Error::IllFormed(_)
            | quick_xml::Error::InvalidAttr(_)
            | quick_xml::Error::Escape(_)
            | quick_xml::Error::Namespace(_)) => Problem::NotXml(error.to_string()),
        }
    }

    fn start(&mut self, name: &str) -> Result<(), Problem> {
        if self.open.len() >= DEEPEST {
            return Err(Problem::TooDeep);
        }
        self.in_child += 1;
        if self.in_child > MOST_IN_A_CHILD {
            return Err(Problem::TooLarge("one child holds more than 200,000 elements"));
        }
        let name = name.rsplit(':').next().unwrap_or(name);
        let place = match self.open.last_mut() {
            Some(outer) => {
                outer.has_inner = true;
                let outer = outer.place;
                self.place_in(outer, name)?
            }
            None if self.seen_children || self.children > 0 => {
                return Err(Problem::NotXml(format!("a second root element, <{}>", shortened(name))));
            }
            None if name == "Message" => Place::Message,
            None => {
                let found = format!("<{}>", shortened(name));
                return Err(Problem::NotACensus { found, expected: "<Message> as the root element" });
            }
        };
        self.open.push(Open {
            name: named(place, name),
            place,
            line: self.line,
            text: self.text.len(),
            has_inner: false,
        });
        Ok(())
    }

    fn place_in(&mut self, outer: Place, name: &str) -> Result<Place, Problem> {
        Ok(match (outer, name) {
            (Place::Message, "Header") => Place::Header,
            (Place::Message, "Children") => {
                self.seen_children = true;
                Place::Children
            }
            (Place::Header, "CollectionDetails") => Place::Row(Table::Header),
            (Place::Header, "Source") => {
                self.sources += 1;
                if self.sources > 1 { Place::Skip } else { Place::Row(Table::Header) }
            }
            (Place::Header, "Content") | (Place::Skip, _) => Place::Skip,
            (Place::Children, "Child") => self.begin_child()?,
            (Place::Child, "ChildIdentifiers") => Place::Row(Table::Child),
            (Place::Child, "ChildCharacteristics") => Place::Row(Table::Characteristics),
            (Place::Child, "CINdetails") => self.begin_row(Table::Episode),
            (Place::Row(Table::Characteristics), "Disabilities") => Place::Disabilities,
            (Place::Row(Table::Assessment), "FactorsIdentifiedAtAssessment") => Place::Factors,
            (Place::Row(Table::Plan), "Reviews") => {
                self.reviews = 0;
                Place::Reviews
            }
            // whatever these hold is taken for what they are for
            (Place::Disabilities, _) => {
                self.begin_row(Table::Disability);
                Place::Leaf(field::DISABILITY)
            }
            (Place::Factors, _) => Place::Leaf(field::FACTORS),
            (Place::Reviews, "CPPreviewDate") => {
                self.begin_row(Table::Review);
                Place::Leaf(field::REVIEWED)
            }
            (Place::Row(Table::Episode), _) if part_of_episode(name).is_some() => {
                part_of_episode(name).map_or(Place::Unknown, |table| self.begin_row(table))
            }
            (Place::Row(table), _) => match table.columns().iter().find(|field| field.name == name) {
                Some(&field) if !self.tables.is_set(field) => Place::Leaf(field),
                _ => Place::Unknown,
            },
            _ => Place::Unknown,
        })
    }

    fn begin_child(&mut self) -> Result<Place, Problem> {
        self.refuse_other_returns()?;
        self.children += 1;
        self.in_child = 0;
        let child = self.tables.len(Table::Child);
        let of = RowOf { child, parent: child, number: self.children, line: self.line };
        self.tables.begin(Table::Child, of);
        self.tables.begin(Table::Characteristics, of);
        Ok(Place::Child)
    }

    fn refuse_other_returns(&self) -> Result<(), Problem> {
        if self.children > 0 {
            return Ok(());
        }
        match self.tables.text(field::COLLECTION, 0) {
            Some(name) if !name.to_ascii_uppercase().starts_with("CIN") => Err(Problem::NotACensus {
                found: format!("a return that calls itself {:?}", name.chars().take(40).collect::<String>()),
                expected: "CIN in Header/CollectionDetails/Collection",
            }),
            _ => Ok(()),
        }
    }

    fn begin_row(&mut self, table: Table) -> Place {
        let last = |table| self.tables.len(table).saturating_sub(1);
        let child = last(Table::Child);
        let parent = match table {
            Table::Header | Table::Child | Table::Characteristics | Table::Disability | Table::Episode => {
                child
            }
            Table::Review => last(Table::Plan),
            Table::Assessment | Table::CinPlan | Table::Section47 | Table::Plan | Table::PreProceedings => {
                last(Table::Episode)
            }
        };
        let before = self.tables.len(table).checked_sub(1).map(|row| self.tables.of(table, row));
        let number = match before {
            _ if table == Table::Review => {
                self.reviews += 1;
                self.reviews
            }
            Some(last) if last.parent == parent => last.number + 1,
            _ => 1,
        };
        self.tables.begin(table, RowOf { child, parent, number, line: self.line });
        Place::Row(table)
    }

    /// Takes in text, counting its lines.
    fn say(&mut self, text: &str) -> Result<(), Problem> {
        match self.open.last() {
            None if !text.trim().is_empty() => {
                let found = format!("{:?}", text.trim().chars().take(20).collect::<String>());
                return Err(Problem::NotACensus { found, expected: "<Message> and nothing outside it" });
            }
            None | Some(Open { place: Place::Skip, .. }) => {}
            Some(Open { place: Place::Leaf(_) | Place::Unknown, .. }) => self.text.push_str(text),
            Some(open) => {
                // between elements: white space is nothing, and of stray text the beginning is enough
                let stray = text.trim();
                if !stray.is_empty() && self.text.len() < open.text + KEPT {
                    self.text.extend(stray.chars().take(KEPT));
                }
            }
        }
        if self.text.len() > LONGEST_PIECE {
            return Err(Problem::TooLarge("one text is longer than 1 MiB; a census has none like it"));
        }
        self.line += lines_in(text);
        Ok(())
    }

    fn end(&mut self) -> Result<Option<Next>, Problem> {
        let Some(open) = self.open.pop() else {
            return Ok(None);
        };
        let value = self.text.get(open.text..).unwrap_or("").trim();
        let left_over = match open.place {
            Place::Leaf(field) => {
                if !self.tables.put(field, value, open.line) {
                    return Err(Problem::TooLarge("the file holds more than 4 GiB of values"));
                }
                false
            }
            Place::Unknown => !open.has_inner || !value.is_empty(),
            // stray text between elements is tolerated, and listed
            Place::Message
            | Place::Header
            | Place::Children
            | Place::Child
            | Place::Row(_)
            | Place::Disabilities
            | Place::Factors
            | Place::Reviews
            | Place::Skip => !value.is_empty(),
        };
        if left_over {
            let value = value.chars().take(KEPT).collect();
            self.leave_out(&open, value);
        }
        self.text.truncate(open.text);
        Ok(matches!(open.place, Place::Child).then_some(Next::Child))
    }

    fn leave_out(&mut self, open: &Open, value: String) {
        let mut path: Vec<&str> = Vec::new();
        for outer in self.open.iter().rev() {
            path.push(&outer.name);
            if !matches!(outer.place, Place::Unknown) {
                break;
            }
        }
        path.reverse();
        path.push(&open.name);
        let in_a_child = self.open.iter().any(|outer| matches!(outer.place, Place::Child))
            || matches!(open.place, Place::Child);
        let child = in_a_child
            .then(|| self.tables.text(field::CHILD_ID, self.tables.len(Table::Child) - 1))
            .flatten()
            .map(str::to_owned);
        let element = path.join("/");
        self.not_understood.push(NotUnderstood { child, element, line: open.line, value });
    }

    fn finish(&mut self) -> Result<Next, Problem> {
        if let Some(open) = self.open.last() {
            return Err(Problem::Truncated(open.name.to_string()));
        }
        if self.seen_children {
            return Ok(Next::End);
        }
        if self.in_child == 0 && self.children == 0 {
            return Err(Problem::Empty);
        }
        Err(Problem::NotACensus { found: "a <Message> without <Children>".into(), expected: "<Children>" })
    }
}

fn part_of_episode(name: &str) -> Option<Table> {
    match name {
        "Assessments" => Some(Table::Assessment),
        "CINPlanDates" => Some(Table::CinPlan),
        "Section47" => Some(Table::Section47),
        "ChildProtectionPlans" => Some(Table::Plan),
        "PreProceedingsandFGDM" => Some(Table::PreProceedings),
        _ => None,
    }
}

fn entity(name: &quick_xml::events::BytesRef<'_>) -> Result<char, Problem> {
    let known: &str = name;
    let unknown = || Problem::Entity(known.chars().take(40).collect());
    if name.is_char_ref() {
        return name.resolve_char_ref().ok().flatten().ok_or_else(unknown);
    }
    match known {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(unknown()),
    }
}

/// The name of an element, for messages. Those that every census has are not copied: there are millions of them.
fn named(place: Place, name: &str) -> Cow<'static, str> {
    const OFTEN: [&str; 14] = [
        "Child",
        "ChildIdentifiers",
        "ChildCharacteristics",
        "Disabilities",
        "CINdetails",
        "Assessments",
        "FactorsIdentifiedAtAssessment",
        "CINPlanDates",
        "Section47",
        "ChildProtectionPlans",
        "Reviews",
        "PreProceedingsandFGDM",
        "Disability",
        "AssessmentFactors",
    ];
    if let Place::Leaf(field) = place
        && field.name == name
    {
        return Cow::Borrowed(field.name);
    }
    match OFTEN.into_iter().find(|often| *often == name) {
        Some(often) => Cow::Borrowed(often),
        None => Cow::Owned(shortened(name).to_owned()),
    }
}

/// The first letters of an element's name, for messages.
fn shortened(name: &str) -> &str {
    name.char_indices().nth(60).map_or(name, |(end, _)| &name[..end])
}

fn lines_in(text: &str) -> u32 {
    u32::try_from(text.bytes().filter(|&b| b == b'\n').count()).unwrap_or(u32::MAX)
}
