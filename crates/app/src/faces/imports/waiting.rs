//! Files that wait between being looked at and being brought in: beside the attachments, for their sender alone,
//! for a day at most.

use crate::{App, Oops, Result};
use jiff::SignedDuration;
use practice::id::AccountId;
use std::io::{Read, Write};
use std::path::PathBuf;
use uuid::Uuid;

/// How long they wait.
const WAITS: SignedDuration = SignedDuration::from_hours(24);

/// Uploaded files, each with its name.
pub(super) type Uploads = Vec<(String, Vec<u8>)>;

fn folder(app: &App) -> PathBuf {
    let beside = app.files.path();
    beside.parent().unwrap_or(beside).join("waiting-imports")
}

fn place(app: &App, account: AccountId, id: Uuid) -> PathBuf {
    folder(app).join(format!("{}-{}", account.0.simple(), id.simple()))
}

fn broken(error: &std::io::Error) -> Oops {
    Oops::Broken(format!("the files that wait to be brought in: {error}"))
}

/// Keeps files for their sender. Blocks.
pub(super) fn keep(app: &App, account: AccountId, id: Uuid, uploads: &Uploads) -> Result<()> {
    let write = || {
        std::fs::create_dir_all(folder(app))?;
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(place(app, account, id))?;
        for (name, bytes) in uploads {
            file.write_all(&(name.len() as u64).to_be_bytes())?;
            file.write_all(name.as_bytes())?;
            file.write_all(&(bytes.len() as u64).to_be_bytes())?;
            file.write_all(bytes)?;
        }
        file.sync_all()
    };
    write().map_err(|error| broken(&error))
}

/// Takes the files of their sender out again; nothing where they do not wait any more. Blocks.
pub(super) fn take(app: &App, account: AccountId, id: Uuid) -> Result<Option<Uploads>> {
    let path = place(app, account, id);
    let Ok(mut file) = std::fs::File::open(&path) else { return Ok(None) };
    let mut read = || {
        let mut uploads = vec![];
        let mut whole = vec![];
        file.read_to_end(&mut whole)?;
        let mut rest = whole.as_slice();
        let mut piece = || -> Option<Vec<u8>> {
            let (length, after) = rest.split_first_chunk::<8>()?;
            let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
            let (piece, after) = after.split_at_checked(length)?;
            rest = after;
            Some(piece.to_vec())
        };
        while let Some(name) = piece() {
            let Some(bytes) = piece() else { return Err(std::io::Error::other("cut short")) };
            uploads.push((String::from_utf8_lossy(&name).into_owned(), bytes));
        }
        Ok(uploads)
    };
    let uploads = read().map_err(|error| broken(&error))?;
    std::fs::remove_file(&path).map_err(|error| broken(&error))?;
    Ok(Some(uploads))
}

/// Removes what has waited too long. Blocks.
pub(super) fn tidy(app: &App) {
    let now = app.moment().now();
    let Ok(all) = std::fs::read_dir(folder(app)) else { return };
    for file in all.flatten() {
        let kept = file.metadata().and_then(|about| about.modified()).ok();
        let kept = kept.and_then(|at| jiff::Timestamp::try_from(at).ok());
        if kept.is_none_or(|at| now.duration_since(at) > WAITS) {
            drop(std::fs::remove_file(file.path()));
        }
    }
}
