//! A document laid out on pages and written as PDF.

use crate::{faces, world};
use jiff::civil::DateTime;
use page::Document;
use typst::diag::Warned;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// Why a document could not be set. It names no word of the document, so that it may stand in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The document could not be laid out on pages.
    Layout,
    /// The pages could not be written as PDF that everybody can read.
    Writing,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Layout => "the document could not be laid out",
            Self::Writing => "the document could not be written as PDF/UA",
        })
    }
}

impl std::error::Error for Refused {}

/// Sets a document. It takes a tenth of a second for a dozen pages in a release build, and one processor.
///
/// Letters that no typeface has stand as a square, and a note at the end says so. Where letters that each have a typeface
/// cannot be set together, all but plain ones stand so. `made` is what the document says of when it was made: a time on
/// a clock in London.
///
/// # Errors
/// [`Refused`] where the typesetter refuses.
pub fn pdf(document: &Document, made: DateTime) -> Result<Vec<u8>, Refused> {
    let mut fit = document.clone();
    let missing = faces::fit(&mut fit, faces::Letters::All);
    let first = set(&fit, missing, made);
    let done = first.or_else(|_| {
        let mut plain = document.clone();
        let missing = faces::fit(&mut plain, faces::Letters::Plain);
        set(&plain, missing, made)
    });
    // what the typesetter remembers of people's documents is let go of
    typst::comemo::evict(0);
    done
}

fn set(document: &Document, missing: bool, made: DateTime) -> Result<Vec<u8>, Refused> {
    let json = world::json(document, missing);
    let ident = Smart::Custom(String::from_utf8_lossy(&json).into_owned());
    let world = world::Desk::with(json);
    let Warned { output, .. } = typst::compile::<PagedDocument>(&world);
    let pages = output.map_err(|_| Refused::Layout)?;
    let options = PdfOptions {
        ident,
        creator: Smart::Custom(Some("Alongside".to_owned())),
        timestamp: on(made).map(Timestamp::new_utc),
        standards: PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|_| Refused::Writing)?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&pages, &options).map_err(|_| Refused::Writing)
}

fn on(made: DateTime) -> Option<Datetime> {
    let part = |number: i8| u8::try_from(number).unwrap_or(0);
    let (month, day) = (part(made.month()), part(made.day()));
    let (hour, minute, second) = (part(made.hour()), part(made.minute()), part(made.second()));
    Datetime::from_ymd_hms(made.year().into(), month, day, hour, minute, second)
}
