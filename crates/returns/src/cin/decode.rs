//! The bytes of a return as text: whatever encoding a vendor wrote it in, never more than a small piece at once.

use std::io::{self, BufRead, Read};

/// No single tag, text or comment may be longer than this (1 MiB); a real census stays under 100 bytes.
pub(crate) const LONGEST_PIECE: usize = 1 << 20;

/// Marks an error as "one piece of the file is enormous".
#[derive(Debug, thiserror::Error)]
#[error("one tag, text or comment is longer than 1 MiB")]
pub(crate) struct Enormous;

/// Marks an error as "this encoding is not read", with what was found.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct NotRead(pub(crate) String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Windows1252,
    Utf16 { big: bool },
}

/// A reader of UTF-8 over bytes of any encoding that census software writes.
#[derive(Debug)]
pub(crate) struct Decoded<R> {
    from: R,
    encoding: Option<Encoding>,
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    piece: usize,
}

const CHUNK: usize = 1 << 16;

impl<R: Read> Decoded<R> {
    pub(crate) fn new(from: R) -> Self {
        Self { from, encoding: None, raw: Vec::new(), text: Vec::new(), at: 0, piece: 0 }
    }

    /// Tells that a new tag, text or comment begins.
    pub(crate) fn begin_piece(&mut self) {
        self.piece = 0;
    }

    /// Reads more bytes into `raw`; false at the end.
    fn more(&mut self) -> io::Result<bool> {
        let held = self.raw.len();
        self.raw.resize(held + CHUNK, 0);
        let read = loop {
            match self.from.read(&mut self.raw[held..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.raw.truncate(held + read.as_ref().copied().unwrap_or(0));
        Ok(read? > 0)
    }

    fn find_encoding(&mut self) -> io::Result<Encoding> {
        while self.raw.len() < 1024 && self.more()? {}
        let (encoding, mark) = encoding_of(&self.raw).map_err(|why| io::Error::other(NotRead(why)))?;
        self.raw.drain(..mark);
        Ok(encoding)
    }

    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.at = 0;
        let encoding = match self.encoding {
            Some(encoding) => encoding,
            None => self.find_encoding()?,
        };
        self.encoding = Some(encoding);
        loop {
            let ended = self.raw.len() < 2 && !self.more()?;
            match encoding {
                Encoding::Utf8 => std::mem::swap(&mut self.raw, &mut self.text),
                Encoding::Windows1252 => {
                    let decoded: String = self.raw.drain(..).map(of_windows_1252).collect();
                    self.text.extend_from_slice(decoded.as_bytes());
                }
                Encoding::Utf16 { big } => self.decode_utf16(big, ended)?,
            }
            if ended || !self.text.is_empty() {
                return Ok(());
            }
        }
    }

    fn decode_utf16(&mut self, big: bool, ended: bool) -> io::Result<()> {
        let mut units: Vec<u16> = self
            .raw
            .chunks_exact(2)
            .map(|b| if big { u16::from_be_bytes([b[0], b[1]]) } else { u16::from_le_bytes([b[0], b[1]]) })
            .collect();
        // half of a pair waits for the rest of it
        if !ended && units.last().is_some_and(|unit| (0xD800..0xDC00).contains(unit)) {
            units.pop();
        }
        if units.is_empty() {
            if self.raw.is_empty() {
                return Ok(());
            }
            if ended || !self.more()? {
                return Err(io::Error::other(NotRead(
                    "the text, said to be UTF-16, ends in half a letter".into(),
                )));
            }
            return Ok(());
        }
        let text = String::from_utf16(&units).map_err(|_| {
            io::Error::other(NotRead("the text is not UTF-16 though it begins as if it were".into()))
        })?;
        self.text.extend_from_slice(text.as_bytes());
        self.raw.drain(..units.len() * 2);
        Ok(())
    }
}

/// The encoding of a file by its first bytes, and how many of them only mark it.
fn encoding_of(start: &[u8]) -> Result<(Encoding, usize), String> {
    match start {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => return Err("UTF-32".into()),
        [0xEF, 0xBB, 0xBF, ..] => return Ok((Encoding::Utf8, 3)),
        [0xFF, 0xFE, ..] => return Ok((Encoding::Utf16 { big: false }, 2)),
        [0xFE, 0xFF, ..] => return Ok((Encoding::Utf16 { big: true }, 2)),
        [b'<', 0, ..] => return Ok((Encoding::Utf16 { big: false }, 0)),
        [0, b'<', ..] => return Ok((Encoding::Utf16 { big: true }, 0)),
        [b'P', b'K', 3, 4, ..] => return Err("a zip or spreadsheet file, not XML".into()),
        _ => {}
    }
    let head = String::from_utf8_lossy(&start[..start.len().min(1024)]).to_ascii_lowercase();
    let declared = head
        .trim_start()
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"))
        .and_then(|(declaration, _)| declaration.split_once("encoding"))
        .and_then(|(_, after)| after.trim_start().strip_prefix('='))
        .and_then(|value| value.trim_start().get(1..))
        .and_then(|value| value.split(['"', '\'']).next());
    match declared {
        // a file that names UTF-16 in single bytes was saved as UTF-8 by software that forgot to say so
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii" | "utf-16") => Ok((Encoding::Utf8, 0)),
        Some("iso-8859-1" | "iso8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252") => {
            Ok((Encoding::Windows1252, 0))
        }
        Some(other) => Err(other.chars().take(40).collect()),
    }
}

/// A byte of windows-1252 (and of ISO-8859-1, whose control letters nobody means).
fn of_windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let held = self.fill_buf()?;
        let count = held.len().min(into.len());
        into[..count].copy_from_slice(&held[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.piece > LONGEST_PIECE {
            return Err(io::Error::other(Enormous));
        }
        if self.at >= self.text.len() {
            self.refill()?;
        }
        Ok(&self.text[self.at..])
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
        self.piece += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        Decoded::new(OneByOne(bytes)).read_to_string(&mut text).map(|_| text)
    }

    /// Hands out three bytes at a time, so that letters are cut.
    struct OneByOne<'a>(&'a [u8]);
    impl Read for OneByOne<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(3).min(into.len());
            into[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    #[test]
    fn every_common_encoding_becomes_the_same_text() {
        let text = "<?xml version='1.0'?><a>Zoë — 𝄞</a>";
        assert_eq!(decoded(text.as_bytes()).unwrap(), text);
        assert_eq!(decoded(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()).unwrap(), text);
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|u| u.to_be_bytes()).collect();
        assert_eq!(decoded(&little).unwrap(), text);
        assert_eq!(decoded(&big).unwrap(), text);
        assert_eq!(decoded(&[&[0xFF, 0xFE], &little[..]].concat()).unwrap(), text);
        assert_eq!(decoded(&[&[0xFE, 0xFF], &big[..]].concat()).unwrap(), text);
        assert_eq!(
            decoded(b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Zo\xEB \x80</a>").unwrap(),
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Zoë €</a>"
        );
    }

    #[test]
    fn long_utf_16_is_read_whole() {
        let text = format!("<a>{}</a>", "𝄞é".repeat(50_000));
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut read = Decoded::new(&bytes[..]);
        let mut back = Vec::new();
        while let Ok(held) = read.fill_buf().map(<[u8]>::to_vec) {
            if held.is_empty() {
                break;
            }
            read.begin_piece();
            read.consume(held.len());
            back.extend(held);
        }
        assert!(back == text.as_bytes());
    }

    #[test]
    fn encodings_that_are_not_read_are_named() {
        for (bytes, named) in [
            (&b"<?xml version='1.0' encoding='EBCDIC-CP-NL'?><a/>"[..], "ebcdic-cp-nl"),
            (b"\xFF\xFE\0\0<\0\0\0", "UTF-32"),
            (b"PK\x03\x04", "zip"),
            (b"\xFF\xFE<\0a", "half a letter"),
            (b"\xFF\xFE\x00\xDC", "not UTF-16"),
        ] {
            let error = decoded(bytes).unwrap_err().to_string();
            assert!(error.contains(named), "{error}");
        }
    }

    #[test]
    fn an_enormous_piece_is_refused() {
        let bytes = vec![b'a'; LONGEST_PIECE + CHUNK * 2];
        let error = Decoded::new(&bytes[..]).read_to_string(&mut String::new()).unwrap_err();
        assert!(error.to_string().contains("1 MiB"));
    }
}
