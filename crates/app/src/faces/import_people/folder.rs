//! A folder of tables as it comes: from a directory, as uploaded files, or as one zip of them.

use super::sheet::LARGEST;
use crate::faces::imports::{Problem, Problems};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;

/// The most files of a zip that are looked at.
const MOST_FILES: usize = 100;

/// The tables of a folder.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// What it is called, for the report.
    pub name: String,
    /// Its files, each with its name.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Folder {
    /// SHA-256 of the names and contents, in the order of the names.
    pub fn hash(&self) -> String {
        let mut files: Vec<&(String, Vec<u8>)> = self.files.iter().collect();
        files.sort();
        let mut hash = Sha256::new();
        for (name, bytes) in files {
            hash.update((name.len() as u64).to_be_bytes());
            hash.update(name.as_bytes());
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        }
        data_encoding::HEXLOWER.encode(&hash.finalize())
    }
}

fn whole(problems: Problems, folder: Folder) -> Result<Folder, Problems> {
    if problems.is_empty() { Ok(folder) } else { Err(problems) }
}

/// Reads a directory. Blocks: call it away from the threads that answer pages.
///
/// # Errors
/// What could not be read, and why.
pub fn from_directory(path: &Path) -> Result<Folder, Problems> {
    let shown = path.display().to_string();
    let listing = std::fs::read_dir(path).map_err(|error| {
        Problems::from(Problem::of_file(&shown, format!("The folder could not be opened: {error}")))
    })?;
    let mut folder = Folder { name: shown.clone(), files: vec![] };
    let mut problems = Problems::default();
    for entry in listing.take(10_000) {
        let Ok(entry) = entry else { continue };
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || !entry.path().is_file() {
            continue;
        }
        let read = std::fs::File::open(entry.path()).and_then(|file| {
            let mut bytes = vec![];
            file.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
            Ok(bytes)
        });
        match read {
            Ok(bytes) => folder.files.push((name, bytes)),
            Err(error) => {
                problems.add(Problem::of_file(&name, format!("The file could not be read: {error}")));
            }
        }
    }
    folder.files.sort();
    whole(problems, folder)
}

/// Takes uploaded files: the tables themselves, or one zip of them.
///
/// # Errors
/// What is wrong with a zip: damaged, encrypted, or swelling beyond what a folder of people holds.
pub fn from_uploads(uploads: Vec<(String, Vec<u8>)>) -> Result<Folder, Problems> {
    let mut folder = Folder::default();
    let mut problems = Problems::default();
    let names: Vec<&str> = uploads.iter().map(|upload| upload.0.as_str()).collect();
    folder.name = names.join(", ");
    for (name, bytes) in uploads {
        let spreadsheet = [".xlsx", ".xlsm", ".ods"].iter().any(|end| name.to_lowercase().ends_with(end));
        if bytes.starts_with(b"PK\x03\x04") && !spreadsheet {
            unpack(&name, &bytes, &mut folder, &mut problems);
        } else {
            folder.files.push((name, bytes));
        }
    }
    whole(problems, folder)
}

fn unpack(name: &str, bytes: &[u8], folder: &mut Folder, problems: &mut Problems) {
    let mut wrong = |words: String| problems.add(Problem::of_file(name, words));
    let mut zip = match zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
        Ok(zip) => zip,
        Err(error) => return wrong(format!("The zip could not be opened: {error}")),
    };
    if zip.len() > MOST_FILES {
        return wrong(format!("The zip holds more than {MOST_FILES} files; a folder of people has seven"));
    }
    let mut unpacked = 0;
    for at in 0..zip.len() {
        let file = match zip.by_index(at) {
            Ok(file) => file,
            Err(error) => return wrong(format!("A file of the zip could not be opened: {error}")),
        };
        let path = file.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
        if file.is_dir() || path.starts_with("__MACOSX") {
            continue;
        }
        let inner = path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let mut content = vec![];
        // what it says of its size is not believed: what it really holds is counted
        match file.take(LARGEST as u64 + 1).read_to_end(&mut content) {
            Ok(_) if content.len() + unpacked > LARGEST => {
                return wrong("What the zip holds is larger than 32 MB in all. Send it in parts".to_owned());
            }
            Ok(_) => {
                unpacked += content.len();
                folder.files.push((inner, content));
            }
            Err(error) => return wrong(format!("{inner} inside the zip could not be read: {error}")),
        }
    }
}
