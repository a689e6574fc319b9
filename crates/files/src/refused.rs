//! Why a file was not taken, in words for the person who sent it.

use thiserror::Error;

use crate::words::size_in_words;

/// A refusal. Each says what was found and, where there is a way, how to send it after all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Refused {
    /// No bytes at all.
    #[error("This file is empty. Check that it opens on your device, then send it again.")]
    Empty,
    /// Larger than allowed. Both sizes are in bytes.
    #[error("This file is {}. The largest that can be sent is {}.", size_in_words(*size), size_in_words(*limit))]
    TooLarge {
        /// Its size.
        size: u64,
        /// The largest size taken.
        limit: u64,
    },
    /// Something a computer would run.
    #[error(
        "This is a program, and programs are not kept here. Send a photo, a recording, a PDF or a document instead."
    )]
    Program,
    /// A script or a shortcut.
    #[error(
        "This is a script or a shortcut, and those are not kept here. Send a photo, a recording, a PDF or a document instead."
    )]
    Script,
    /// HTML or something like it.
    #[error(
        "This is a web page, and web pages are not kept here because they can run code. Print it to PDF and send the PDF."
    )]
    WebPage,
    /// An SVG drawing.
    #[error("This is an SVG drawing, which can run code. Save it as a PNG picture and send that.")]
    SvgDrawing,
    /// A picture as iPhones take them.
    #[error(
        "This photo is in Apple's HEIC form, which cannot be read here. On the iPhone choose Settings, Camera, Formats, Most Compatible for new photos, or share this one as JPEG."
    )]
    Heic,
    /// A picture of a kind that cannot be made anew.
    #[error("This is a {0} picture, which cannot be read here. Save it as JPEG or PNG and send that.")]
    OtherPicture(&'static str),
    /// An office document that holds a program.
    #[error(
        "This document holds macros, which are programs. Save it without macros (as .docx, .xlsx or .pptx) and send that."
    )]
    Macros,
    /// A ZIP that holds a program.
    #[error("This ZIP holds a program or a script. Send the documents in it one by one.")]
    ProgramInside,
    /// A kind that is not taken.
    #[error(
        "This kind of file is not known here. Send a photo, a recording, a PDF, an office document, plain text, an e-mail or a ZIP."
    )]
    Unknown,
    /// More pixels than a picture may have.
    #[error(
        "This picture has more than {} pixels along a side, or needs too much memory to read. Make it smaller and send it again.",
        crate::photo::LARGEST_SIDE_READ
    )]
    PictureTooLarge,
    /// It begins like a picture but cannot be read to the end.
    #[error("This picture is damaged or cut short. Check that it opens on your device, then send it again.")]
    PictureDamaged,
}
