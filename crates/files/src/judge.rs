//! Judging what a file is by its content, never by its name.

use crate::{kind::Kind, media, office, refused::Refused, text};

/// Decides what these bytes are. `limit` is the largest size taken, in bytes.
///
/// # Errors
/// [`Refused`] for what is empty, too large, could run on a reader's machine, or is not known.
pub fn judge(bytes: &[u8], limit: u64) -> Result<Kind, Refused> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size == 0 {
        return Err(Refused::Empty);
    }
    if size > limit {
        return Err(Refused::TooLarge { size, limit });
    }
    if let Some(judged) = by_first_bytes(bytes) {
        return judged;
    }
    if let Some(judged) = media::judge_mp4(bytes).or_else(|| media::judge_webm(bytes)) {
        return judged;
    }
    // Text first: the patterns of `infer` for old formats are short enough to be met by ordinary words.
    if let Some(judged) = text::judge_text(bytes) {
        return judged;
    }
    by_infer(bytes)
}

/// Files whose first bytes leave no doubt.
fn by_first_bytes(bytes: &[u8]) -> Option<Result<Kind, Refused>> {
    let judged = match bytes {
        [0xff, 0xd8, 0xff, ..] => Ok(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok(Kind::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(Kind::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Kind::Webp),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Ok(Kind::Wav),
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => office::judge_zip(bytes),
        [b'#', b'!', b'A', b'M', b'R', ..] => Ok(Kind::Amr),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => office::judge_compound(bytes),
        [b'M', b'Z', ..] if is_windows_program(bytes) => Err(Refused::Program),
        [0x7f, b'E', b'L', b'F', ..] => Err(Refused::Program),
        // A Windows shortcut.
        [0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0, ..] => Err(Refused::Script),
        [b'{', b'\\', b'r', b't', b'f', ..] => Ok(Kind::Rtf),
        [b'I', b'I', 0x2a, 0, ..] | [b'M', b'M', 0, 0x2a, ..] => Err(Refused::OtherPicture("TIFF")),
        _ if is_pdf(bytes) => Ok(Kind::Pdf),
        _ => return None,
    };
    Some(judged)
}

/// `MZ` alone may begin a letter; a program has its second header where the first says.
fn is_windows_program(bytes: &[u8]) -> bool {
    let second = bytes.get(0x3c..0x40).and_then(|at| at.try_into().ok()).map(u32::from_le_bytes);
    let points_within = second.and_then(|at| usize::try_from(at).ok()).is_some_and(|at| at < bytes.len());
    points_within || bytes.iter().take(512).any(|b| *b == 0)
}

/// Scanners put a mark or an empty line before the header at times.
fn is_pdf(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.trim_ascii_start().starts_with(b"%PDF-")
}

/// The rest of the formats, by the patterns of the `infer` library.
fn by_infer(bytes: &[u8]) -> Result<Kind, Refused> {
    use infer::MatcherType;
    let found = infer::get(bytes).ok_or(Refused::Unknown)?;
    match (found.mime_type(), found.matcher_type()) {
        ("audio/mpeg", _) => Ok(Kind::Mp3),
        ("audio/aac", _) => Ok(Kind::Aac),
        ("audio/ogg" | "audio/opus", _) => Ok(Kind::Ogg),
        ("audio/x-flac", _) => Ok(Kind::Flac),
        ("image/jp2", _) => Err(Refused::OtherPicture("JPEG 2000")),
        ("image/bmp", _) => Err(Refused::OtherPicture("BMP")),
        ("image/jxl", _) => Err(Refused::OtherPicture("JPEG XL")),
        ("image/vnd.adobe.photoshop", _) => Err(Refused::OtherPicture("Photoshop")),
        (_, MatcherType::App) => Err(Refused::Program),
        _ => Err(Refused::Unknown),
    }
}
