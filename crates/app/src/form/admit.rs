//! A file that was sent: judged by its content, made anew, and put safely on the disk.

use super::Upload;
use crate::entry::KeptFile;
use crate::{App, Oops, Result};
use files::{Admitted, Kept, Refused};
use tokio::sync::Semaphore;

/// A picture being decoded takes half a gigabyte at worst: two at once are enough.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A file on the disk, and nowhere in the record yet.
pub struct Safe {
    /// What it turned out to be.
    pub admitted: Admitted,
    /// Where it lies.
    pub whole: Kept,
    /// Where its small picture lies.
    pub small: Option<Kept>,
}

/// Keeps a file, or says why it cannot be kept.
///
/// # Errors
/// Where the disk refuses.
pub async fn admit(app: &App, upload: Upload) -> Result<std::result::Result<Safe, Refused>> {
    let limit = app.settings.largest_file;
    let folder = app.files.clone();
    let turn = AT_ONCE.acquire().await.map_err(|_| Oops::Broken("no file can be kept".to_owned()))?;
    let done = app
        .aside(move || -> Result<std::result::Result<Safe, Refused>> {
            let admitted = match files::admit(upload.bytes, &upload.name, limit) {
                Ok(admitted) => admitted,
                Err(refused) => return Ok(Err(refused)),
            };
            let broken = |fault: files::Fault| Oops::Broken(fault.to_string());
            let whole = folder.keep(&admitted.bytes).map_err(broken)?;
            let small = match &admitted.picture {
                Some(picture) => Some(folder.keep(&picture.thumbnail.bytes).map_err(broken)?),
                None => None,
            };
            Ok(Ok(Safe { admitted, whole, small }))
        })
        .await??;
    drop(turn);
    Ok(done)
}

impl From<Safe> for KeptFile {
    fn from(safe: Safe) -> Self {
        let picture = safe.admitted.picture.as_ref().zip(safe.small.as_ref());
        Self {
            hash: safe.whole.hash,
            size: safe.whole.size,
            kind: safe.admitted.kind,
            picture: picture.map(|(picture, small)| (small.hash, picture.width, picture.height)),
            name: safe.admitted.name,
            described: None,
        }
    }
}
