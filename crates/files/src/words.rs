//! Sizes and kinds of files as a page says them.

use crate::kind::Kind;

/// A size in bytes as people say it: "1.2 MB", "640 KB", "12 bytes". A kilobyte is a thousand bytes.
pub fn size_in_words(bytes: u64) -> String {
    const NAMES: [&str; 4] = ["KB", "MB", "GB", "TB"];
    if bytes == 1 {
        return "1 byte".to_owned();
    }
    if bytes < 1_000 {
        return format!("{bytes} bytes");
    }
    let bytes = u128::from(bytes);
    let mut unit = 1_000;
    let mut names = NAMES.iter();
    let mut name = names.next().unwrap_or(&"KB");
    while bytes * 2 >= unit * 1_999 {
        let Some(next) = names.next() else { break };
        name = next;
        unit *= 1_000;
    }
    // In tenths, rounded half up, so that no floating point decides what a page says.
    let tenths = (bytes * 10 + unit / 2) / unit;
    if tenths >= 100 || tenths % 10 == 0 {
        format!("{} {name}", (bytes + unit / 2) / unit)
    } else {
        format!("{}.{} {name}", tenths / 10, tenths % 10)
    }
}

/// What an attachment is, in a line: "Photo, 1.2 MB", "PDF, 240 KB".
pub fn describe(kind: Kind, bytes: u64) -> String {
    format!("{}, {}", kind.words(), size_in_words(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_as_people_say_them() {
        for (bytes, words) in [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1_000, "1 KB"),
            (1_240, "1.2 KB"),
            (1_250, "1.3 KB"),
            (9_960, "10 KB"),
            (640_400, "640 KB"),
            (999_400, "999 KB"),
            (999_999, "1 MB"),
            (1_150_000, "1.2 MB"),
            (1_240_000, "1.2 MB"),
            (25_000_000, "25 MB"),
            (1_000_000_000, "1 GB"),
            (u64::MAX, "18446744 TB"),
        ] {
            assert_eq!(size_in_words(bytes), words, "{bytes}");
        }
    }

    #[test]
    fn a_line_says_kind_and_size() {
        assert_eq!(describe(Kind::Jpeg, 1_200_000), "Photo, 1.2 MB");
        assert_eq!(describe(Kind::Pdf, 240_000), "PDF, 240 KB");
    }
}
