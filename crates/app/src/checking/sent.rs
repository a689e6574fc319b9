//! The files as they are sent: read piece by piece into memory, counted, unpacked; refused by name when too large.

use super::{MOST_HERE, MOST_ROWS, MOST_SENT, MOST_TAGS};
use crate::form::{Upload, same_token};
use crate::who::Signed;
use crate::{App, Oops, Result};
use axum::extract::{FromRequest, Multipart, Request};
use page::Typed;
use std::io::Read;
use std::sync::{Arc, LazyLock};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Room for files is taken a megabyte at a time.
const STEP: usize = 1024 * 1024;
/// A sender who goes on after being too large is heard out so far, so that their browser shows the answer.
const HEARD_OUT: usize = 2 * 1024 * 1024 * 1024;
/// The most files of one check, sent or unpacked.
const MOST_FILES: usize = 100;
/// The most bytes of the words of the form.
const MOST_WORDS: usize = 64 * 1024;

static ROOM: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(MOST_HERE / STEP)));

/// A form with files, and the room they take while they lie in memory.
pub(super) struct Sent {
    pub(super) typed: Typed,
    pub(super) files: Vec<Upload>,
    pub(super) room: Option<OwnedSemaphorePermit>,
}

/// What has been taken in so far.
#[derive(Default)]
struct Taken {
    files: Vec<Upload>,
    room: Option<OwnedSemaphorePermit>,
    bytes: usize,
    /// Why no more is kept.
    over: Option<String>,
}

impl Taken {
    fn refuse(&mut self, why: String) {
        self.over = Some(why);
        self.files.clear();
        self.room = None;
    }

    fn make_room(&mut self) -> bool {
        let held = self.room.as_ref().map_or(0, OwnedSemaphorePermit::num_permits);
        if self.bytes <= held * STEP {
            return true;
        }
        match Arc::clone(&ROOM).try_acquire_owned() {
            Ok(more) => {
                match &mut self.room {
                    Some(room) => room.merge(more),
                    None => self.room = Some(more),
                }
                self.make_room()
            }
            Err(_) => false,
        }
    }
}

fn too_large() -> String {
    format!(
        "The files are larger than {} MB together. Check them with `alongside validate` on the command line, which takes any size",
        MOST_SENT / STEP
    )
}

/// Reads the form of someone signed in. Its first field must be their session's token; nothing is kept before.
pub(super) async fn read(app: &App, signed: &Signed, request: Request) -> Result<Sent> {
    let mut multipart = Multipart::from_request(request, app)
        .await
        .map_err(|error| Oops::Refused(format!("The form could not be read: {error}")))?;
    let unread = |error| Oops::Refused(format!("The files did not arrive whole: {error}"));
    let (mut typed, mut taken, mut words, mut known) = (Typed::default(), Taken::default(), 0, false);
    while let Some(mut part) = multipart.next_field().await.map_err(unread)? {
        let field = part.name().unwrap_or("").to_owned();
        let name = part.file_name().map(str::to_owned);
        let mut bytes = vec![];
        while let Some(chunk) = part.chunk().await.map_err(unread)? {
            if name.is_none() {
                words += chunk.len();
                if words > MOST_WORDS {
                    return Err(Oops::TooLarge("That is more words than this form asks for".to_owned()));
                }
            } else {
                take_piece(&mut taken, chunk.len())?;
            }
            if taken.over.is_none() {
                bytes.extend_from_slice(&chunk);
            }
        }
        match name {
            Some(name) if taken.over.is_none() && !(name.is_empty() && bytes.is_empty()) => {
                if taken.files.len() == MOST_FILES {
                    taken.refuse(format!("Choose at most {MOST_FILES} files"));
                } else {
                    taken.files.push(Upload { field, name, bytes });
                }
            }
            Some(_) => {}
            None => typed.put(field, String::from_utf8_lossy(&bytes).into_owned()),
        }
        known = known || same_token(typed.get("csrf"), &signed.csrf);
        if !known {
            return Err(Oops::Forged);
        }
    }
    if !known {
        return Err(Oops::Forged);
    }
    match taken.over {
        Some(why) => Err(Oops::wrong("files", &why)),
        None => Ok(Sent { typed, files: taken.files, room: taken.room }),
    }
}

fn take_piece(taken: &mut Taken, length: usize) -> Result<()> {
    taken.bytes += length;
    if taken.bytes > HEARD_OUT {
        return Err(Oops::TooLarge(too_large()));
    }
    if taken.over.is_some() {
        return Ok(());
    }
    if taken.bytes > MOST_SENT {
        taken.refuse(too_large());
    } else if !taken.make_room() {
        taken.refuse("Others are checking large files at this moment. Try again in a minute".to_owned());
    }
    Ok(())
}

/// Takes a body in and lets it go, so that the browser that sends it shows what is answered.
pub(super) async fn hear_out(request: Request) {
    use futures::StreamExt;
    let mut body = request.into_body().into_data_stream();
    let mut heard = 0;
    while let Some(Ok(piece)) = body.next().await {
        heard += piece.len();
        if heard > HEARD_OUT {
            return;
        }
    }
}

/// The files of a field, those inside a zip among them, by their names. Blocks.
///
/// # Errors
/// A sentence that names the file.
pub(super) fn unpacked(files: Vec<Upload>) -> std::result::Result<Vec<Upload>, String> {
    let (mut all, mut bytes) = (Vec::new(), 0_usize);
    for file in files {
        if !file.bytes.starts_with(b"PK\x03\x04") {
            bytes += file.bytes.len();
            all.push(file);
            continue;
        }
        let broken = |error: &dyn std::fmt::Display| format!("{} cannot be unpacked: {error}", file.name);
        let mut zip =
            zip::ZipArchive::new(std::io::Cursor::new(&file.bytes[..])).map_err(|error| broken(&error))?;
        for at in 0..zip.len() {
            let entry = zip.by_index(at).map_err(|error| broken(&error))?;
            let path = entry.name().map_err(|error| broken(&error))?.into_owned();
            let name = path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
            let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            // what a spreadsheet or a Mac leaves beside the files is no part of a return
            if !["csv", "xml", "txt"].contains(&ending.as_str())
                || name.starts_with('.')
                || path.contains("__MACOSX")
            {
                continue;
            }
            let mut inside = Vec::new();
            let most = MOST_SENT.saturating_sub(bytes) as u64;
            entry.take(most + 1).read_to_end(&mut inside).map_err(|error| broken(&error))?;
            bytes += inside.len();
            if bytes > MOST_SENT {
                return Err(format!("{} is larger than {} MB unpacked", file.name, MOST_SENT / STEP));
            }
            if all.len() == MOST_FILES {
                return Err(format!("{} holds more than {MOST_FILES} files", file.name));
            }
            all.push(Upload { field: file.field.clone(), name, bytes: inside });
        }
    }
    few_enough(&all)?;
    Ok(all)
}

/// A file made of nothing but tiny rows would take many times its size to judge.
fn few_enough(files: &[Upload]) -> std::result::Result<(), String> {
    let mut rows = 0;
    for file in files {
        let xml = file.bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
        let mark = if xml { b'<' } else { b'\n' };
        let count = file.bytes.split(|byte| *byte == mark).count() - 1;
        if xml && count > MOST_TAGS {
            return Err(format!(
                "{} holds more than {MOST_TAGS} tags. Check it with `alongside validate` on the command line",
                file.name
            ));
        }
        rows += if xml { 0 } else { count };
    }
    if rows > MOST_ROWS {
        return Err(format!(
            "The files hold more than {MOST_ROWS} rows. Check them with `alongside validate` on the command line"
        ));
    }
    Ok(())
}
