//! What the typesetter may reach: our one page of markup, one document, and the typefaces. No file, no network, no clock.

use crate::faces::FACES;
use page::Document;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

const MARKUP: &str = include_str!("document.typ");

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FACES.iter())));

/// A place that only this program knows; the names are ours and always good.
fn place(name: &str) -> Option<FileId> {
    let path = VirtualPath::new(name).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

static MAIN: LazyLock<Source> = LazyLock::new(|| {
    place("document.typ").map_or_else(|| Source::detached(MARKUP), |id| Source::new(id, MARKUP.to_owned()))
});

/// A desk with one document on it.
pub(crate) struct Desk {
    document: Bytes,
}

impl Desk {
    pub(crate) fn with(json: Vec<u8>) -> Self {
        Self { document: Bytes::new(json) }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        MAIN.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == MAIN.id() { Ok(MAIN.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id.get().vpath().get_without_slash() == "document.json" {
            Ok(self.document.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FACES.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The document as the markup takes it.
pub(crate) fn json(document: &Document, missing: bool) -> Vec<u8> {
    let (lang, region) = document.lang.split_once('-').unwrap_or((&document.lang, "GB"));
    let known = |part: &str, long: std::ops::RangeInclusive<usize>| {
        long.contains(&part.len()) && part.chars().all(|letter| letter.is_ascii_alphabetic())
    };
    let mut value = serde_json::to_value(document).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        let lang = if known(lang, 2..=3) { lang } else { "en" };
        let region = if known(region, 2..=2) { region } else { "GB" };
        let note = "stands for a letter that could not be printed. It can be read on the screen.";
        fields.insert("lang".to_owned(), lang.into());
        fields.insert("region".to_owned(), region.into());
        fields.insert("missing".to_owned(), missing.into());
        fields.insert("note".to_owned(), note.into());
    }
    value.to_string().into_bytes()
}
