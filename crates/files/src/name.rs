//! The name a file is shown and downloaded under: the sender's, made safe, with the ending its content earned.

use data_encoding::HEXUPPER;

use crate::kind::Kind;

/// The most characters of the sender's name that are kept, before the ending.
const LONGEST: usize = 100;

/// Makes the sender's name safe to store, show and download under.
///
/// Folders, control characters and characters that turn the writing direction are dropped, and the ending is that
/// of the kind whatever the name claimed: `invoice.pdf.exe` that is a PDF becomes `invoice.pdf.exe.pdf`.
pub fn safe_name(claimed: &str, kind: Kind) -> String {
    let last = claimed.rsplit(['/', '\\']).next().unwrap_or_default();
    let cleaned: String =
        last.chars().filter(|c| !is_hidden(*c)).map(|c| if is_awkward(c) { '_' } else { c }).collect();
    let words = cleaned.split_whitespace().collect::<Vec<_>>().join(" ");
    let stem = without_ending(&words, kind);
    let stem: String = stem.chars().take(LONGEST).collect();
    let stem = stem.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let stem = match stem {
        "" => kind.words().split(' ').next().unwrap_or("file").to_lowercase(),
        _ if is_reserved(stem) => format!("_{stem}"),
        _ => stem.to_owned(),
    };
    format!("{stem}.{}", kind.ending())
}

/// A `Content-Disposition` value: a plain name for old software and the full one for the rest.
///
/// `inline` only for kinds that [`Kind::may_show_in_page`].
pub fn content_disposition(name: &str, inline: bool) -> String {
    let how = if inline { "inline" } else { "attachment" };
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || " ._-()".contains(c) { c } else { '_' })
        .collect();
    let mut full = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"._-".contains(&byte) {
            full.push(char::from(byte));
        } else {
            full.push('%');
            full.push_str(&HEXUPPER.encode(&[byte]));
        }
    }
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

fn without_ending(name: &str, kind: Kind) -> &str {
    let Some((stem, ending)) = name.rsplit_once('.') else { return name };
    let ending = ending.to_lowercase();
    let alias = |other: Kind, endings: &[&str]| kind == other && endings.contains(&ending.as_str());
    let same = ending == kind.ending()
        || alias(Kind::Jpeg, &["jpeg", "jpe", "jfif", "webp", "png", "gif", "heic"])
        || alias(Kind::Png, &["gif", "webp"])
        || alias(Kind::Text, &["text", "md", "log"]);
    if same { stem } else { name }
}

/// Characters nobody sees: controls, joiners, and those that turn the writing direction.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Characters that some file system or header cannot hold.
fn is_awkward(c: char) -> bool {
    "\"'<>:|?*%;`$&".contains(c)
}

/// Names that Windows keeps for devices.
fn is_reserved(stem: &str) -> bool {
    let upper = stem.to_ascii_uppercase();
    let first = upper.split('.').next().unwrap_or_default();
    let numbered = (first.starts_with("COM") || first.starts_with("LPT"))
        && first.len() == 4
        && first.ends_with(|c: char| c.is_ascii_digit());
    numbered || ["CON", "PRN", "AUX", "NUL"].contains(&first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_names_become_safe_ones() {
        for (claimed, kind, name) in [
            ("", Kind::Jpeg, "photo.jpg"),
            ("   ", Kind::Pdf, "pdf.pdf"),
            ("...", Kind::Text, "plain.txt"),
            ("../../etc/passwd", Kind::Text, "passwd.txt"),
            ("C:\\Users\\Jo\\Letter.PDF", Kind::Pdf, "Letter.pdf"),
            ("invoice.pdf.exe", Kind::Pdf, "invoice.pdf.exe.pdf"),
            ("virus.bat", Kind::Text, "virus.bat.txt"),
            ("photo\u{202e}gpj.exe", Kind::Jpeg, "photogpj.exe.jpg"),
            ("a\r\nSet-Cookie: x", Kind::Pdf, "aSet-Cookie_ x.pdf"),
            ("con.txt", Kind::Text, "_con.txt"),
            ("IMG_1.HEIC", Kind::Jpeg, "IMG_1.jpg"),
            ("Llŷr a fi \u{1f600}.jpeg", Kind::Jpeg, "Llŷr a fi \u{1f600}.jpg"),
            ("say \"hi\".mp3", Kind::Mp3, "say _hi_.mp3"),
        ] {
            assert_eq!(safe_name(claimed, kind), name);
        }
        assert!(safe_name(&"x".repeat(9_000), Kind::Pdf).len() <= 104);
    }

    #[test]
    fn the_header_holds_only_what_a_header_may() {
        let header = content_disposition("Llŷr \"x\"\r\n; é.jpg", false);
        assert!(header.bytes().all(|b| (0x20..0x7f).contains(&b)));
        assert_eq!(
            content_disposition("Llŷr a.jpg", true),
            "inline; filename=\"Ll_r a.jpg\"; filename*=UTF-8''Ll%C5%B7r%20a.jpg"
        );
    }
}
