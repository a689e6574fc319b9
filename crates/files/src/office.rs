//! Telling office documents, ZIPs and programs apart inside the two containers they come in: ZIP and the older
//! compound file.

use crate::{kind::Kind, refused::Refused};

/// Endings of names inside a ZIP that a computer would run.
const PROGRAMS: [&str; 22] = [
    "exe", "dll", "com", "scr", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "hta", "msi", "msp",
    "lnk", "jar", "apk", "app", "sh", "html", "svg",
];

/// Judges a file that begins as a ZIP.
pub(crate) fn judge_zip(bytes: &[u8]) -> Result<Kind, Refused> {
    let names = names_in_zip(bytes).ok_or(Refused::Unknown)?;
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let under = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    if has("meta-inf/manifest.mf") || has("androidmanifest.xml") || has("classes.dex") {
        return Err(Refused::Program);
    }
    if names.iter().any(|name| name.ends_with("vbaproject.bin") || name.contains("/activex/"))
        || under("basic/script")
    {
        return Err(Refused::Macros);
    }
    if has("[content_types].xml") {
        return [("word/", Kind::Docx), ("xl/", Kind::Xlsx), ("ppt/", Kind::Pptx)]
            .into_iter()
            .find(|(folder, _)| under(folder))
            .map(|(_, kind)| kind)
            .ok_or(Refused::Unknown);
    }
    if has("mimetype") && has("content.xml") {
        return open_document(bytes).ok_or(Refused::Unknown);
    }
    let runs = |name: &String| name.rsplit_once('.').is_some_and(|(_, ending)| PROGRAMS.contains(&ending));
    if names.iter().any(runs) { Err(Refused::ProgramInside) } else { Ok(Kind::Zip) }
}

/// The type that an `OpenDocument` file states, uncompressed, as its first member.
fn open_document(bytes: &[u8]) -> Option<Kind> {
    let head = &bytes[..bytes.len().min(200)];
    let has = |text: &str| head.windows(text.len()).any(|w| w == text.as_bytes());
    [
        ("application/vnd.oasis.opendocument.text", Kind::Odt),
        ("application/vnd.oasis.opendocument.spreadsheet", Kind::Ods),
        ("application/vnd.oasis.opendocument.presentation", Kind::Odp),
    ]
    .into_iter()
    .find(|(media, _)| has(media))
    .map(|(_, kind)| kind)
}

/// The lower-case names in the directory at the end of a ZIP; none if the ZIP is cut short or makes no sense.
fn names_in_zip(bytes: &[u8]) -> Option<Vec<String>> {
    // The end record is 22 bytes and a comment of at most 65,535.
    let from = bytes.len().saturating_sub(22 + 65_535);
    let end = from + bytes[from..].windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let mut at = usize::try_from(u32_at(bytes, end + 16)?).ok()?;
    let mut names = Vec::new();
    while at < end && bytes.get(at..at + 4)? == b"PK\x01\x02" {
        let name_length = usize::from(u16_at(bytes, at + 28)?);
        let rest = usize::from(u16_at(bytes, at + 30)?) + usize::from(u16_at(bytes, at + 32)?);
        let name = bytes.get(at + 46..at + 46 + name_length)?;
        names.push(String::from_utf8_lossy(name).replace('\\', "/").to_lowercase());
        at += 46 + name_length + rest;
    }
    let counted = usize::from(u16_at(bytes, end + 10)?);
    let comment = usize::from(u16_at(bytes, end + 20)?);
    bytes.get(end..end + 22 + comment)?;
    (names.len() == counted).then_some(names)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

/// Judges a compound file (the older Word, Excel, `PowerPoint` and Outlook) by the names in its directory, whose
/// entries lie at multiples of 128 bytes with their names in UTF-16.
pub(crate) fn judge_compound(bytes: &[u8]) -> Result<Kind, Refused> {
    let mut found = None;
    for entry in bytes.chunks_exact(128).skip(4) {
        let Some(name) = entry_name(entry) else { continue };
        match name.as_str() {
            "_VBA_PROJECT" | "_VBA_PROJECT_CUR" | "Macros" => return Err(Refused::Macros),
            "WordDocument" => found = Some(Kind::Doc),
            "Workbook" | "Book" => found = Some(Kind::Xls),
            "PowerPoint Document" => found = Some(Kind::Ppt),
            "__properties_version1.0" if found.is_none() => found = Some(Kind::OutlookEmail),
            _ => {}
        }
    }
    found.ok_or(Refused::Unknown)
}

fn entry_name(entry: &[u8]) -> Option<String> {
    let length = usize::from(u16_at(entry, 64)?);
    if !(4..=64).contains(&length) || !length.is_multiple_of(2) {
        return None;
    }
    let (units, _) = entry[..length - 2].as_chunks::<2>();
    char::decode_utf16(units.iter().map(|unit| u16::from_le_bytes(*unit))).collect::<Result<_, _>>().ok()
}
