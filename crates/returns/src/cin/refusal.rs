//! Why a whole file could not be read as a census, and where.

/// Elements may lie this deep inside one another; a census needs seven.
pub(crate) const DEEPEST: usize = 64;

/// Why a file could not be read as a census, and where.
#[derive(Debug, thiserror::Error)]
#[error("line {line}{}: {problem}", in_element(.element))]
pub struct ReadError {
    /// 1-based line.
    pub line: u32,
    /// The innermost element open there; empty outside all elements.
    pub element: String,
    /// What is wrong, and what was expected.
    pub problem: Problem,
}

fn in_element(element: &str) -> String {
    if element.is_empty() { String::new() } else { format!(", in <{element}>") }
}

/// What can be wrong with a whole file.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Nothing but white space.
    #[error("the file is empty; a census begins with <Message>")]
    Empty,
    /// Not well-formed XML.
    #[error("this is not well-formed XML: {0}")]
    NotXml(String),
    /// The file ends too early.
    #[error("the file ends here, before </{0}>: it was cut short")]
    Truncated(String),
    /// Well-formed, but something else.
    #[error("this is not a CIN census: found {found}, expected {expected}")]
    NotACensus {
        /// What stands there.
        found: String,
        /// What a census has there.
        expected: &'static str,
    },
    /// A document type definition, which no census has and which can be used to attack a reader.
    #[error("the file holds a document type definition (<!DOCTYPE>); a census has none, so it is not read")]
    Dtd,
    /// A reference to an entity that XML does not know by itself.
    #[error("the entity &{0}; is not one of XML's own (&amp; &lt; &gt; &quot; &apos;)")]
    Entity(String),
    /// An encoding that is not read, or bytes that are not in the encoding the file names.
    #[error("the letters cannot be read ({0}); save the file as UTF-8")]
    Encoding(String),
    /// Elements inside elements without end.
    #[error("elements lie more than {DEEPEST} deep; a census needs seven")]
    TooDeep,
    /// A tag, text, child or file of enormous size.
    #[error("{0}")]
    TooLarge(&'static str),
    /// The disk or the sender failed.
    #[error("the file could not be read to its end: {0}")]
    Io(std::io::Error),
}
