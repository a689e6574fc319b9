//! The kinds of file that are kept, each with the word a page uses, its media type and its ending.

/// What a file is, decided by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each variant is named after the file it is; the table below says the rest")]
pub enum Kind {
    Jpeg,
    Png,
    Webp,
    Gif,
    Heic,
    Pdf,
    Docx,
    Doc,
    Odt,
    Rtf,
    Xlsx,
    Xls,
    Ods,
    Csv,
    Pptx,
    Ppt,
    Odp,
    Text,
    Email,
    OutlookEmail,
    Mp3,
    M4a,
    Aac,
    Wav,
    Ogg,
    Flac,
    Amr,
    WebmSound,
    Mp4,
    Mov,
    Webm,
    ThreeGp,
    Zip,
}

/// Kind, word on a page, media type, ending.
type Row = (Kind, &'static str, &'static str, &'static str);

const TABLE: [Row; 33] = [
    (Kind::Jpeg, "Photo", "image/jpeg", "jpg"),
    (Kind::Png, "Picture", "image/png", "png"),
    (Kind::Webp, "Picture", "image/webp", "webp"),
    (Kind::Gif, "Picture", "image/gif", "gif"),
    (Kind::Heic, "Photo", "image/heic", "heic"),
    (Kind::Pdf, "PDF", "application/pdf", "pdf"),
    (
        Kind::Docx,
        "Word document",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    (Kind::Doc, "Word document", "application/msword", "doc"),
    (Kind::Odt, "Text document", "application/vnd.oasis.opendocument.text", "odt"),
    (Kind::Rtf, "Text document", "application/rtf", "rtf"),
    (
        Kind::Xlsx,
        "Excel spreadsheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    (Kind::Xls, "Excel spreadsheet", "application/vnd.ms-excel", "xls"),
    (Kind::Ods, "Spreadsheet", "application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (Kind::Csv, "Table (CSV)", "text/csv; charset=utf-8", "csv"),
    (
        Kind::Pptx,
        "PowerPoint slides",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "pptx",
    ),
    (Kind::Ppt, "PowerPoint slides", "application/vnd.ms-powerpoint", "ppt"),
    (Kind::Odp, "Slides", "application/vnd.oasis.opendocument.presentation", "odp"),
    (Kind::Text, "Plain text", "text/plain; charset=utf-8", "txt"),
    (Kind::Email, "E-mail", "message/rfc822", "eml"),
    (Kind::OutlookEmail, "Outlook e-mail", "application/vnd.ms-outlook", "msg"),
    (Kind::Mp3, "Sound recording", "audio/mpeg", "mp3"),
    (Kind::M4a, "Sound recording", "audio/mp4", "m4a"),
    (Kind::Aac, "Sound recording", "audio/aac", "aac"),
    (Kind::Wav, "Sound recording", "audio/wav", "wav"),
    (Kind::Ogg, "Sound recording", "audio/ogg", "ogg"),
    (Kind::Flac, "Sound recording", "audio/flac", "flac"),
    (Kind::Amr, "Sound recording", "audio/amr", "amr"),
    (Kind::WebmSound, "Sound recording", "audio/webm", "weba"),
    (Kind::Mp4, "Video", "video/mp4", "mp4"),
    (Kind::Mov, "Video", "video/quicktime", "mov"),
    (Kind::Webm, "Video", "video/webm", "webm"),
    (Kind::ThreeGp, "Video", "video/3gpp", "3gp"),
    (Kind::Zip, "ZIP archive", "application/zip", "zip"),
];

impl Kind {
    const fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// Every kind that is kept.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    /// What a page calls it.
    pub const fn words(self) -> &'static str {
        self.row().1
    }

    /// The media type to send it with, always together with `X-Content-Type-Options: nosniff`.
    pub const fn media_type(self) -> &'static str {
        self.row().2
    }

    /// The ending of its name, without the dot.
    pub const fn ending(self) -> &'static str {
        self.row().3
    }

    /// The word stored in the database: the ending, which is different for each kind.
    pub const fn code(self) -> &'static str {
        self.ending()
    }

    /// The kind with this code, if there is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::all().find(|kind| kind.code() == code)
    }

    /// Whether it is a photo or another picture, which is made anew before keeping.
    pub const fn is_photo(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png | Self::Webp | Self::Gif | Self::Heic)
    }

    /// Whether a page can play it as sound.
    pub const fn is_sound(self) -> bool {
        matches!(
            self,
            Self::Mp3
                | Self::M4a
                | Self::Aac
                | Self::Wav
                | Self::Ogg
                | Self::Flac
                | Self::Amr
                | Self::WebmSound
        )
    }

    /// Whether a page can play it as video.
    pub const fn is_video(self) -> bool {
        matches!(self, Self::Mp4 | Self::Mov | Self::Webm | Self::ThreeGp)
    }

    /// Whether it may be shown inside a page. Everything else is only ever downloaded.
    pub const fn may_show_in_page(self) -> bool {
        self.is_photo() || self.is_sound() || self.is_video()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_table_has_each_kind_in_its_place() {
        for (at, row) in TABLE.iter().enumerate() {
            assert_eq!(row.0 as usize, at, "{row:?}");
            assert_eq!(Kind::from_code(row.0.code()), Some(row.0));
        }
        let codes: BTreeSet<_> = Kind::all().map(Kind::code).collect();
        assert_eq!(codes.len(), TABLE.len());
    }

    #[test]
    fn nothing_kept_is_served_as_something_a_browser_runs() {
        for kind in Kind::all() {
            let media = kind.media_type();
            assert!(
                !media.contains("html") && !media.contains("svg") && !media.contains("script"),
                "{media}"
            );
            assert!(!media.contains("xml") || media.contains("openxmlformats"), "{media}");
        }
    }
}
