//! Attachments: what people send is judged by its content, photos are made anew so that nothing of the device
//! or the place survives, and the result is kept in a folder under the hash of its bytes.
//!
//! Everything here blocks; an async caller uses a blocking task. The order for one upload is [`admit`], then
//! [`Folder::keep`] for the file (and the thumbnail), then the row in the database.
#![warn(missing_docs)]

mod folder;
mod hash;
mod heic;
mod judge;
mod kind;
mod locked;
mod media;
mod name;
mod office;
mod photo;
mod refused;
mod text;
mod words;
mod writing;

pub use folder::{Fault, Folder, Kept};
pub use hash::{Hash, NotAHash};
pub use judge::judge;
pub use kind::Kind;
pub use locked::{Keys, NoKeys};
pub use name::{content_disposition, safe_name};
pub use photo::{Photo, Thumbnail, portrait, remake};
pub use refused::Refused;
pub use words::{describe, size_in_words};

/// A file that may be kept: judged, and made anew if it is a photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Admitted {
    /// What it is after making anew: a GIF has become a PNG, for example.
    pub kind: Kind,
    /// The bytes to keep.
    pub bytes: Vec<u8>,
    /// A name that is safe to store, show and download under; its ending agrees with the kind.
    pub name: String,
    /// Of a photo, its size in pixels and a small picture of it.
    pub picture: Option<Picture>,
}

/// What a page needs to show a photo before the photo itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The small picture, a JPEG.
    pub thumbnail: Thumbnail,
}

/// Judges what was sent and readies it for keeping. A photo is always made anew.
///
/// `claimed_name` is what the sender's device called it: it decides nothing but the name shown. `limit` is the
/// largest size taken, in bytes.
///
/// # Errors
/// [`Refused`], whose words are meant for the sender.
pub fn admit(bytes: Vec<u8>, claimed_name: &str, limit: u64) -> Result<Admitted, Refused> {
    let kind = judge(&bytes, limit)?;
    if !kind.is_photo() {
        return Ok(Admitted { kind, bytes, name: safe_name(claimed_name, kind), picture: None });
    }
    let photo = remake(&bytes, kind)?;
    Ok(Admitted {
        kind: photo.kind,
        bytes: photo.bytes,
        name: safe_name(claimed_name, photo.kind),
        picture: Some(Picture { width: photo.width, height: photo.height, thumbnail: photo.thumbnail }),
    })
}
