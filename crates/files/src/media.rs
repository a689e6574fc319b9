//! Telling sound from video, and both from Apple's pictures, inside MP4 and `WebM` containers.

use crate::{kind::Kind, refused::Refused};

/// Judges a file whose first box is `ftyp`: MP4 and everything built like it. None if it is something else.
pub(crate) fn judge_mp4(bytes: &[u8]) -> Option<Result<Kind, Refused>> {
    if bytes.get(4..8)? != b"ftyp" {
        return None;
    }
    let length = usize::try_from(u32::from_be_bytes(bytes.get(..4)?.try_into().ok()?)).ok()?;
    let brands = bytes.get(8..length.clamp(12, 512).min(bytes.len()))?;
    let (brands, _) = brands.as_chunks::<4>();
    let has = |wanted: &[&[u8; 4]]| brands.iter().any(|brand| wanted.contains(&brand));
    if has(&[b"avif", b"avis"]) {
        return Some(Err(Refused::OtherPicture("AVIF")));
    }
    if has(&[b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"]) {
        return Some(if cfg!(feature = "heic") { Ok(Kind::Heic) } else { Err(Refused::Heic) });
    }
    let brand = brands.first()?;
    let sound_only = {
        let film = film_header(bytes).unwrap_or_default();
        let says = |handler: &[u8; 4]| film.windows(4).any(|w| w == handler);
        says(b"soun") && !says(b"vide")
    };
    Some(Ok(match brand {
        b"M4A " | b"M4B " | b"M4P " => Kind::M4a,
        _ if sound_only => Kind::M4a,
        b"qt  " => Kind::Mov,
        [b'3', b'g', ..] => Kind::ThreeGp,
        _ => Kind::Mp4,
    }))
}

/// The `moov` box, which says what tracks there are.
fn film_header(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 0_usize;
    loop {
        let head = bytes.get(at..at.checked_add(8)?)?;
        let short = u64::from(u32::from_be_bytes(head[..4].try_into().ok()?));
        let length = match short {
            0 => u64::try_from(bytes.len() - at).ok()?,
            1 => u64::from_be_bytes(bytes.get(at + 8..at + 16)?.try_into().ok()?),
            _ => short,
        };
        let length = usize::try_from(length).ok()?;
        if length < 8 {
            return None;
        }
        let end = at.checked_add(length)?;
        if &head[4..] == b"moov" {
            return bytes.get(at..end.min(bytes.len()));
        }
        at = end;
    }
}

/// Judges a Matroska file: only `WebM` is kept, as video if it has a picture track.
pub(crate) fn judge_webm(bytes: &[u8]) -> Option<Result<Kind, Refused>> {
    if !bytes.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        return None;
    }
    let head = &bytes[..bytes.len().min(8_192)];
    let has = |text: &[u8]| head.windows(text.len()).any(|w| w == text);
    if !has(b"webm") {
        return Some(Err(Refused::Unknown));
    }
    Some(Ok(if has(b"A_") && !has(b"V_") { Kind::WebmSound } else { Kind::Webm }))
}
