//! Judging by content: every kind that is kept, everything that is refused, and names that lie.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use files::{Kind, Refused, admit, judge};

const LIMIT: u64 = 1_000_000;

fn judged(bytes: &[u8]) -> Result<Kind, Refused> {
    judge(bytes, LIMIT)
}

/// A ZIP of stored members, written by hand.
fn zip(members: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, content) in members {
        let at = u32::try_from(bytes.len()).unwrap();
        let name_length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let size = u32::try_from(content.len()).unwrap().to_le_bytes();
        bytes.extend_from_slice(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        bytes.extend_from_slice(&size);
        bytes.extend_from_slice(&size);
        bytes.extend_from_slice(&name_length);
        bytes.extend_from_slice(&[0, 0]);
        bytes.extend_from_slice(name.as_bytes());
        bytes.extend_from_slice(content.as_bytes());
        directory.extend_from_slice(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        directory.extend_from_slice(&size);
        directory.extend_from_slice(&size);
        directory.extend_from_slice(&name_length);
        directory.extend_from_slice(&[0; 12]);
        directory.extend_from_slice(&at.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let count = u16::try_from(members.len()).unwrap().to_le_bytes();
    let start = u32::try_from(bytes.len()).unwrap().to_le_bytes();
    let length = u32::try_from(directory.len()).unwrap().to_le_bytes();
    bytes.extend_from_slice(&directory);
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    for part in [&count[..], &count, &length, &start, &[0, 0]] {
        bytes.extend_from_slice(part);
    }
    bytes
}

/// A compound file with these names in its directory.
fn compound(names: &[&str]) -> Vec<u8> {
    let mut bytes = vec![0_u8; 512];
    bytes[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    for name in names {
        let mut entry = [0_u8; 128];
        for (at, unit) in name.encode_utf16().enumerate() {
            entry[at * 2..at * 2 + 2].copy_from_slice(&unit.to_le_bytes());
        }
        entry[64] = u8::try_from(name.len() * 2 + 2).unwrap();
        bytes.extend_from_slice(&entry);
    }
    bytes
}

fn mp4(brand: &[u8], handlers: &[&[u8; 4]]) -> Vec<u8> {
    let mut bytes = [&[0, 0, 0, 20], b"ftyp".as_slice(), brand, &[0, 0, 0, 0], brand].concat();
    bytes.extend_from_slice(&[&[0, 0, 0, 12], b"mdat".as_slice(), b"vide"].concat());
    let body: Vec<u8> = handlers.iter().flat_map(|h| [b"....hdlr", h.as_slice()].concat()).collect();
    bytes.extend_from_slice(&u32::try_from(body.len() + 8).unwrap().to_be_bytes());
    bytes.extend_from_slice(b"moov");
    bytes.extend_from_slice(&body);
    bytes
}

#[test]
fn empty_and_too_large_are_refused() {
    assert_eq!(judged(b""), Err(Refused::Empty));
    assert_eq!(judge(&[b'a'; 101], 100), Err(Refused::TooLarge { size: 101, limit: 100 }));
    assert_eq!(judge(&[b'a'; 100], 100), Ok(Kind::Text));
    let sentence = Refused::TooLarge { size: 31_400_000, limit: 25_000_000 }.to_string();
    assert_eq!(sentence, "This file is 31 MB. The largest that can be sent is 25 MB.");
}

#[test]
fn programs_are_refused_whatever_they_are_called() {
    let mut windows = vec![0_u8; 256];
    windows[..2].copy_from_slice(b"MZ");
    windows[0x3c] = 0x80;
    windows[0x80..0x84].copy_from_slice(b"PE\0\0");
    let elf = [b"\x7fELF\x02\x01\x01".as_slice(), &[0; 60]].concat();
    let mac = [0xcf, 0xfa, 0xed, 0xfe, 0x07, 0, 0, 1, 3, 0, 0, 0, 2, 0, 0, 0].to_vec();
    let java = [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 0x34, 0, 0].to_vec();
    let wasm = b"\0asm\x01\0\0\0".to_vec();
    for program in [windows, elf, mac, java, wasm] {
        for name in ["holiday.jpg", "report.pdf", ""] {
            assert_eq!(admit(program.clone(), name, LIMIT), Err(Refused::Program), "{:?}", &program[..4]);
        }
    }
    assert_eq!(judged(&zip(&[("META-INF/MANIFEST.MF", ""), ("a.class", "")])), Err(Refused::Program));
    assert_eq!(judged(&[0x4c, 0, 0, 0, 1, 0x14, 2, 0, 0, 0]), Err(Refused::Script));
}

#[test]
fn a_letter_that_begins_like_a_program_is_a_letter() {
    assert_eq!(judged(b"MZ and JO came to see us. BM too. ID3 is a word."), Ok(Kind::Text));
}

#[test]
fn office_documents_are_known_by_what_is_inside() {
    let types = ("[Content_Types].xml", "<Types/>");
    assert_eq!(judged(&zip(&[types, ("word/document.xml", "")])), Ok(Kind::Docx));
    assert_eq!(judged(&zip(&[("xl/workbook.xml", ""), types])), Ok(Kind::Xlsx));
    assert_eq!(judged(&zip(&[types, ("_rels/.rels", ""), ("ppt/presentation.xml", "")])), Ok(Kind::Pptx));
    assert_eq!(
        judged(&zip(&[types, ("word/document.xml", ""), ("word/vbaProject.bin", "")])),
        Err(Refused::Macros)
    );
    assert_eq!(judged(&zip(&[types])), Err(Refused::Unknown));
    for (what, kind) in [("text", Kind::Odt), ("spreadsheet", Kind::Ods), ("presentation", Kind::Odp)] {
        let media = format!("application/vnd.oasis.opendocument.{what}");
        assert_eq!(judged(&zip(&[("mimetype", &media), ("content.xml", "")])), Ok(kind));
    }
    let odd = zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", ""),
        ("Basic/script-lb.xml", ""),
    ]);
    assert_eq!(judged(&odd), Err(Refused::Macros));
    assert_eq!(judged(&compound(&["Root Entry", "WordDocument"])), Ok(Kind::Doc));
    assert_eq!(judged(&compound(&["Root Entry", "Workbook"])), Ok(Kind::Xls));
    assert_eq!(judged(&compound(&["Root Entry", "PowerPoint Document"])), Ok(Kind::Ppt));
    assert_eq!(judged(&compound(&["Root Entry", "__properties_version1.0"])), Ok(Kind::OutlookEmail));
    assert_eq!(judged(&compound(&["Root Entry", "WordDocument", "_VBA_PROJECT"])), Err(Refused::Macros));
    assert_eq!(judged(&compound(&["Root Entry"])), Err(Refused::Unknown), "an installer, say");
}

#[test]
fn zips_are_kept_unless_they_hold_a_program_or_are_cut_short() {
    let plain = zip(&[("a.txt", "hello"), ("folder/b.jpg", "x")]);
    assert_eq!(judged(&plain), Ok(Kind::Zip));
    assert_eq!(judged(&zip(&[])), Ok(Kind::Zip));
    assert_eq!(judged(&zip(&[("a.txt", ""), ("Letter.PDF.exe", "")])), Err(Refused::ProgramInside));
    for length in 4..plain.len() {
        assert_eq!(judged(&plain[..length]), Err(Refused::Unknown), "cut at {length}");
    }
}

#[test]
fn sound_and_video_are_told_apart() {
    assert_eq!(judged(&mp4(b"M4A ", &[b"soun"])), Ok(Kind::M4a));
    assert_eq!(judged(&mp4(b"mp42", &[b"soun"])), Ok(Kind::M4a), "a voice recorder on a phone");
    assert_eq!(judged(&mp4(b"isom", &[b"vide", b"soun"])), Ok(Kind::Mp4));
    assert_eq!(judged(&mp4(b"qt  ", &[b"vide"])), Ok(Kind::Mov));
    assert_eq!(judged(&mp4(b"3gp4", &[b"vide"])), Ok(Kind::ThreeGp));
    let webm = |codec: &str| {
        [&[0x1a, 0x45, 0xdf, 0xa3, 0x42, 0x82, 0x84], b"webm".as_slice(), codec.as_bytes()].concat()
    };
    assert_eq!(judged(&webm("A_OPUS")), Ok(Kind::WebmSound));
    assert_eq!(judged(&webm("V_VP9A_OPUS")), Ok(Kind::Webm));
    assert_eq!(judged(b"\x1a\x45\xdf\xa3matroska"), Err(Refused::Unknown));
    assert_eq!(judged(b"RIFF\0\0\0\0WAVEfmt "), Ok(Kind::Wav));
    assert_eq!(judged(b"ID3\x04\0\0\0\0\0\x23"), Ok(Kind::Mp3));
    assert_eq!(judged(&[0xff, 0xfb, 0x90, 0x64, 0, 0]), Ok(Kind::Mp3));
    assert_eq!(judged(b"OggS\0\x02\0\0\0\0"), Ok(Kind::Ogg));
    assert_eq!(judged(b"fLaC\0\0\0\x22"), Ok(Kind::Flac));
    assert_eq!(judged(b"#!AMR\n\x3c\x91\x17\0\0"), Ok(Kind::Amr));
}

#[test]
fn pictures_that_cannot_be_made_anew_say_how_to_send_them() {
    for brand in [b"heic", b"mif1", b"hevc", b"heix"] {
        let told = if cfg!(feature = "heic") { Ok(Kind::Heic) } else { Err(Refused::Heic) };
        assert_eq!(judged(&mp4(brand, &[])), told);
    }
    let sentence = Refused::Heic.to_string();
    assert!(sentence.contains("Most Compatible") && sentence.contains("JPEG"), "{sentence}");
    assert_eq!(judged(&mp4(b"avif", &[])), Err(Refused::OtherPicture("AVIF")));
    assert_eq!(judged(b"II*\0\x08\0\0\0"), Err(Refused::OtherPicture("TIFF")));
    assert_eq!(judged(b"BM\x36\0\x03\0\0\0\0\0\x36\0\0\0"), Err(Refused::OtherPicture("BMP")));
}

#[test]
fn documents_are_known() {
    assert_eq!(judged(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), Ok(Kind::Pdf));
    assert_eq!(judged(b"\r\n%PDF-1.4\n"), Ok(Kind::Pdf));
    assert_eq!(judged(b"{\\rtf1\\ansi hello}"), Ok(Kind::Rtf));
    assert_eq!(judged(&[1, 2, 3, 0, 200, 201]), Err(Refused::Unknown));
    assert_eq!(judged(b"7z\xbc\xaf\x27\x1c\0\x04"), Err(Refused::Unknown));
}

#[test]
fn a_name_decides_nothing_but_what_is_shown() {
    let admitted = admit(b"Dear Jo".to_vec(), "photo.jpg", LIMIT).unwrap();
    assert_eq!((admitted.kind, admitted.name.as_str()), (Kind::Text, "photo.jpg.txt"));
    assert_eq!(admitted.bytes, b"Dear Jo");
    assert_eq!(admitted.picture, None);
}

#[test]
fn no_prefix_of_anything_panics() {
    let samples = [
        zip(&[("[Content_Types].xml", ""), ("word/document.xml", "")]),
        compound(&["WordDocument"]),
        mp4(b"isom", &[b"vide"]),
        b"\x1a\x45\xdf\xa3webmA_OPUS".to_vec(),
        b"From: a\nTo: b\nSubject: c\n\n".to_vec(),
        vec![0xff; 70],
    ];
    for sample in samples {
        for length in 0..=sample.len() {
            let _judged = judged(&sample[..length]);
            let mut bent = sample.clone();
            if length < bent.len() {
                bent[length] ^= 0xff;
            }
            let _judged = judged(&bent);
        }
    }
}
