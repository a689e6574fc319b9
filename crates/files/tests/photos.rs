//! Photos made anew: nothing of the device or the place survives, and no picture breaks the program.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use files::{Kind, Refused, admit, portrait, remake};
use image::{DynamicImage, GrayImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

const LIMIT: u64 = 50_000_000;
const CANARY: &[u8] = b"CANARYPLACE";

fn photo(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([
            u8::try_from(x % 251).unwrap(),
            u8::try_from(y % 241).unwrap(),
            u8::try_from((x * y) % 239).unwrap(),
        ])
    })
    .into()
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|w| w == words)
}

/// EXIF with the way up, a maker, and a GPS folder whose latitude and area are canaries.
fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    let [high, low] = orientation.to_be_bytes();
    let main = [
        entry(0x010f, 2, 11, 68_u32.to_be_bytes()),
        entry(0x0112, 3, 1, [high, low, 0, 0]),
        entry(0x8825, 4, 1, 50_u32.to_be_bytes()),
    ];
    tiff.extend_from_slice(&3_u16.to_be_bytes());
    tiff.extend(main.concat());
    tiff.extend_from_slice(&0_u32.to_be_bytes());
    // The GPS folder, at 50.
    tiff.extend_from_slice(&1_u16.to_be_bytes());
    tiff.extend(entry(0x001c, 7, 11, 68_u32.to_be_bytes()));
    tiff.extend_from_slice(&0_u32.to_be_bytes());
    assert_eq!(tiff.len(), 68);
    tiff.extend_from_slice(CANARY);
    tiff
}

/// Puts segments behind the first two bytes of a JPEG, and words after its end.
fn jpeg_with_notes(picture: &DynamicImage, orientation: u16) -> Vec<u8> {
    let plain = written(picture, ImageFormat::Jpeg);
    let segment = |marker: u8, body: &[u8]| {
        [&[0xff, marker], &u16::try_from(body.len() + 2).unwrap().to_be_bytes()[..], body].concat()
    };
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>".as_slice(), CANARY, b"</x:xmpmeta>"].concat();
    let icc = [b"ICC_PROFILE\0\x01\x01".as_slice(), CANARY, &[0; 140]].concat();
    let iptc = [b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x0b".as_slice(), CANARY].concat();
    [
        &plain[..2],
        &segment(0xe1, &[b"Exif\0\0".as_slice(), &exif(orientation)].concat()),
        &segment(0xe1, &xmp),
        &segment(0xe2, &icc),
        &segment(0xed, &iptc),
        &segment(0xef, CANARY),
        &segment(0xfe, CANARY),
        &plain[2..],
        CANARY,
    ]
    .concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |s, _| if s & 1 == 1 { (s >> 1) ^ 0xedb8_8320 } else { s >> 1 })
    })
}

fn chunk(name: &[u8], body: &[u8]) -> Vec<u8> {
    let named = [name, body].concat();
    [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], &named, &crc(&named).to_be_bytes()].concat()
}

/// Words as a zlib stream that stores them uncompressed.
fn stored(words: &[u8]) -> Vec<u8> {
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in words {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    let length = u16::try_from(words.len()).unwrap();
    [
        &[0x78, 0x01, 0x01],
        &length.to_le_bytes()[..],
        &(!length).to_le_bytes(),
        words,
        &((b << 16) | a).to_be_bytes(),
    ]
    .concat()
}

fn png_with_notes(picture: &DynamicImage) -> Vec<u8> {
    let plain = written(picture, ImageFormat::Png);
    let end = plain.len() - 12;
    let head = 8 + 25;
    [
        &plain[..head],
        &chunk(b"tEXt", &[b"Comment\0".as_slice(), CANARY].concat()),
        &chunk(b"zTXt", &[b"Author\0\0".as_slice(), &stored(CANARY)].concat()),
        &chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0".as_slice(), CANARY].concat()),
        &chunk(b"iCCP", &[b"p\0\0".as_slice(), &stored(&[CANARY, &[0; 140]].concat())].concat()),
        &chunk(b"eXIf", &exif(1)),
        &chunk(b"tIME", &[0x07, 0xe9, 1, 1, 1, 1, 1]),
        &chunk(b"prVt", CANARY),
        &plain[head..end],
        &chunk(b"tEXt", &[b"Late\0".as_slice(), CANARY].concat()),
        &plain[end..],
        CANARY,
    ]
    .concat()
}

fn webp_with_notes(picture: &DynamicImage) -> Vec<u8> {
    let plain = written(picture, ImageFormat::WebP);
    let part = |name: &[u8; 4], body: &[u8]| {
        let pad = vec![0; body.len() % 2];
        [name.as_slice(), &u32::try_from(body.len()).unwrap().to_le_bytes(), body, &pad].concat()
    };
    let side = |n: u32| n.to_le_bytes()[..3].to_vec();
    let head = [&[0x2c, 0, 0, 0], &side(picture.width() - 1)[..], &side(picture.height() - 1)].concat();
    let body = [
        part(b"VP8X", &head),
        part(b"ICCP", &[CANARY, &[0; 140]].concat()),
        plain[12..].to_vec(),
        part(b"EXIF", &exif(6)),
        part(b"XMP ", CANARY),
    ]
    .concat();
    [b"RIFF".as_slice(), &u32::try_from(body.len() + 4).unwrap().to_le_bytes(), b"WEBP", &body, CANARY]
        .concat()
}

#[test]
fn nothing_planted_in_a_picture_survives() {
    let picture = photo(300, 200);
    let mut gif = written(&DynamicImage::from(picture.to_rgba8()), ImageFormat::Gif);
    let end = gif.len() - 1;
    gif.splice(end..end, [&[0x21, 0xfe, 11], CANARY, &[0]].concat());
    gif.extend_from_slice(CANARY);
    for (name, planted, kind) in [
        ("jpeg", jpeg_with_notes(&picture, 1), Kind::Jpeg),
        ("png", png_with_notes(&picture), Kind::Png),
        ("webp", webp_with_notes(&picture), Kind::Jpeg),
        ("gif", gif, Kind::Png),
    ] {
        assert!(holds(&planted, CANARY), "{name}: the canary is in the original");
        let admitted = admit(planted, "IMG_0001.jpg", LIMIT).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(admitted.kind, kind, "{name}");
        let small = admitted.picture.unwrap().thumbnail.bytes;
        for bytes in [&admitted.bytes, &small] {
            for words in [
                CANARY,
                b"Exif",
                b"xmp",
                b"ICC_PROFILE",
                b"iCCP",
                b"tEXt",
                b"zTXt",
                b"iTXt",
                b"eXIf",
                b"8BIM",
                b"tIME",
            ] {
                assert!(!holds(bytes, words), "{name} still holds {:?}", String::from_utf8_lossy(words));
            }
        }
    }
}

#[test]
fn a_new_file_has_only_the_parts_that_draw_it() {
    let png = remake(&png_with_notes(&photo(60, 40)), Kind::Png).unwrap().bytes;
    let mut at = 8;
    while at < png.len() {
        let length = usize::try_from(u32::from_be_bytes(png[at..at + 4].try_into().unwrap())).unwrap();
        let name = &png[at + 4..at + 8];
        assert!(
            [b"IHDR", b"IDAT", b"IEND"].iter().any(|n| n.as_slice() == name),
            "{:?}",
            String::from_utf8_lossy(name)
        );
        at += 12 + length;
    }
    assert_eq!(at, png.len());
    let jpeg = remake(&jpeg_with_notes(&photo(60, 40), 1), Kind::Jpeg).unwrap().bytes;
    let mut at = 2;
    while jpeg[at + 1] != 0xda {
        assert_eq!(jpeg[at], 0xff);
        assert!(matches!(jpeg[at + 1], 0xe0 | 0xdb | 0xc0 | 0xc4), "segment {:x}", jpeg[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
    assert!(jpeg.ends_with(&[0xff, 0xd9]));
}

#[test]
fn photos_are_turned_upright() {
    // Red on the left, blue on the right; the camera says "turn a quarter right", so red belongs on top.
    let picture: DynamicImage =
        RgbImage::from_fn(400, 200, |x, _| if x < 200 { Rgb([250, 0, 0]) } else { Rgb([0, 0, 250]) }).into();
    let made = remake(&jpeg_with_notes(&picture, 6), Kind::Jpeg).unwrap();
    assert_eq!((made.width, made.height), (200, 400));
    assert_eq!((made.thumbnail.width, made.thumbnail.height), (200, 400));
    let pixels = image::load_from_memory(&made.bytes).unwrap().to_rgb8();
    assert!(pixels.get_pixel(100, 20).0[0] > 200 && pixels.get_pixel(100, 380).0[2] > 200);
    let webp = remake(&webp_with_notes(&picture), Kind::Webp).unwrap();
    assert_eq!((webp.width, webp.height), (200, 400));
}

#[test]
fn large_photos_become_smaller_and_small_ones_stay() {
    let made = remake(&written(&photo(4_000, 1_000), ImageFormat::Jpeg), Kind::Jpeg).unwrap();
    assert_eq!((made.width, made.height), (2_560, 640));
    assert_eq!((made.thumbnail.width, made.thumbnail.height), (480, 120));
    let tiny = remake(&written(&photo(3, 2), ImageFormat::Png), Kind::Png).unwrap();
    assert_eq!((tiny.kind, tiny.width, tiny.height, tiny.thumbnail.width), (Kind::Png, 3, 2, 3));
    let line = remake(&written(&photo(9_000, 1), ImageFormat::Png), Kind::Png).unwrap();
    assert_eq!((line.width, line.height), (2_560, 1));
}

#[test]
fn drawings_stay_sharp_and_photos_saved_as_png_become_jpeg() {
    let drawing =
        RgbaImage::from_fn(500, 500, |x, _| Rgba([0, 0, 0, if x % 9 == 0 { 255 } else { 0 }])).into();
    let made = remake(&written(&drawing, ImageFormat::Png), Kind::Png).unwrap();
    assert_eq!(made.kind, Kind::Png);
    let pixels = image::load_from_memory(&made.bytes).unwrap().to_rgba8();
    assert_eq!((pixels.get_pixel(0, 0).0[3], pixels.get_pixel(1, 0).0[3]), (255, 0));
    let small = image::load_from_memory(&made.thumbnail.bytes).unwrap().to_rgb8();
    assert!(small.pixels().any(|p| p.0[0] > 200), "see-through is white in the thumbnail, not black");
    let mut noise = 1_u32;
    let speckled: DynamicImage = RgbImage::from_fn(1_200, 900, |_, _| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = noise.to_be_bytes();
        Rgb([a, b, c])
    })
    .into();
    assert_eq!(remake(&written(&speckled, ImageFormat::Png), Kind::Png).unwrap().kind, Kind::Jpeg);
}

#[test]
fn every_depth_and_colour_is_read() {
    let grey =
        DynamicImage::from(GrayImage::from_fn(64, 64, |x, _| image::Luma([u8::try_from(x * 4).unwrap()])));
    for picture in [
        grey.clone(),
        grey.to_luma_alpha8().into(),
        grey.to_luma16().into(),
        grey.to_rgb16().into(),
        grey.to_rgba16().into(),
    ] {
        let made = remake(&written(&picture, ImageFormat::Png), Kind::Png).unwrap();
        assert_eq!((made.kind, made.width), (Kind::Png, 64), "{:?}", picture.color());
        assert!(image::load_from_memory(&made.bytes).is_ok());
    }
}

#[test]
fn a_picture_cut_short_is_refused() {
    let picture = photo(160, 120);
    for (kind, format) in [
        (Kind::Jpeg, ImageFormat::Jpeg),
        (Kind::Png, ImageFormat::Png),
        (Kind::Webp, ImageFormat::WebP),
        (Kind::Gif, ImageFormat::Gif),
    ] {
        let whole = written(&picture, format);
        assert!(remake(&whole, kind).is_ok());
        for part in (0..20).map(|n| whole.len() * n / 20) {
            assert_eq!(remake(&whole[..part], kind), Err(Refused::PictureDamaged), "{kind:?} cut at {part}");
        }
    }
}

#[test]
fn a_picture_with_wrong_bytes_is_refused_or_read_but_never_panics() {
    let picture = photo(64, 48);
    for (kind, planted) in [
        (Kind::Jpeg, jpeg_with_notes(&picture, 6)),
        (Kind::Png, png_with_notes(&picture)),
        (Kind::Webp, webp_with_notes(&picture)),
        (Kind::Gif, written(&picture, ImageFormat::Gif)),
    ] {
        let mut refused = 0;
        let step = planted.len() / 200 + 1;
        for at in (0..planted.len()).step_by(step) {
            let mut bent = planted.clone();
            bent[at] ^= 0x5a;
            refused += usize::from(remake(&bent, kind).is_err());
        }
        assert!(refused > 0, "{kind:?}: not one of the bent pictures was refused");
    }
    for kind in [Kind::Jpeg, Kind::Png, Kind::Webp, Kind::Gif] {
        assert_eq!(remake(b"", kind), Err(Refused::PictureDamaged));
        assert_eq!(remake(&[0xff; 64], kind), Err(Refused::PictureDamaged));
    }
    assert_eq!(remake(b"%PDF-", Kind::Pdf), Err(Refused::Unknown));
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let header = |width: u32, height: u32| {
        let body = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[16, 6, 0, 0, 0]].concat();
        [
            b"\x89PNG\r\n\x1a\n".as_slice(),
            &chunk(b"IHDR", &body),
            &chunk(b"IDAT", &stored(&[0; 64])),
            &chunk(b"IEND", b""),
        ]
        .concat()
    };
    assert_eq!(remake(&header(12_001, 10), Kind::Png), Err(Refused::PictureTooLarge));
    assert_eq!(remake(&header(10, 2_000_000_000), Kind::Png), Err(Refused::PictureTooLarge));
    // 12,000 by 12,000 in 16 bits and four channels is 1.1 GB.
    assert_eq!(remake(&header(12_000, 12_000), Kind::Png), Err(Refused::PictureTooLarge));
    let mut jpeg = written(&photo(16, 16), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    assert_eq!(remake(&jpeg, Kind::Jpeg), Err(Refused::PictureTooLarge));
    let mut gif = written(&photo(16, 16), ImageFormat::Gif);
    gif[6..10].copy_from_slice(&[0xff; 4]);
    assert_eq!(remake(&gif, Kind::Gif), Err(Refused::PictureTooLarge));
}

/// An invented picture, red at the top left and blue at the bottom, turned on its side by the camera, with a maker and a
/// place in its notes.
const HEIC: &[u8] = include_bytes!("samples/turned.heic");

#[cfg(feature = "heic")]
#[test]
fn a_photo_of_an_iphone_is_made_anew_upright_and_without_its_notes() {
    assert!(holds(HEIC, CANARY), "the notes are there to begin with");
    let admitted = admit(HEIC.to_vec(), "IMG_1.HEIC", LIMIT).unwrap();
    assert_eq!((admitted.kind, &admitted.name[..]), (Kind::Jpeg, "IMG_1.jpg"));
    let picture = admitted.picture.unwrap();
    assert_eq!((picture.width, picture.height), (480, 640));
    assert!(!holds(&admitted.bytes, CANARY) && !holds(&picture.thumbnail.bytes, CANARY));
    let pixels = image::load_from_memory(&admitted.bytes).unwrap().into_rgb8();
    // turned a quarter to the right: what was left is at the top, what was at the bottom is left
    let (red, blue) = (pixels.get_pixel(440, 60).0, pixels.get_pixel(40, 400).0);
    assert!(red[0] > 180 && red[2] < 90, "{red:?}");
    assert!(blue[2] > 150 && blue[0] < 90, "{blue:?}");
}

#[cfg(feature = "heic")]
#[test]
fn a_photo_of_an_iphone_that_is_cut_short_or_altered_is_refused_or_read_and_breaks_nothing() {
    for tenth in 0..10 {
        let cut = remake(&HEIC[..HEIC.len() * tenth / 10], Kind::Heic);
        assert_eq!(cut.unwrap_err(), Refused::PictureDamaged, "{tenth} tenths");
    }
    for at in (0..HEIC.len()).step_by(97) {
        let mut altered = HEIC.to_vec();
        altered[at] ^= 0x5a;
        drop(remake(&altered, Kind::Heic));
    }
}

#[cfg(not(feature = "heic"))]
#[test]
fn a_photo_of_an_iphone_is_refused_with_what_to_do() {
    assert_eq!(admit(HEIC.to_vec(), "IMG_1.HEIC", LIMIT).unwrap_err(), Refused::Heic);
    assert_eq!(remake(HEIC, Kind::Heic).unwrap_err(), Refused::Heic);
}

#[test]
fn a_portrait_is_a_small_square_of_the_middle_without_notes() {
    let wide = jpeg_with_notes(&photo(1600, 700), 1);
    assert!(holds(&wide, CANARY));
    for bytes in [wide, jpeg_with_notes(&photo(3, 9), 6)] {
        let made = portrait(&bytes, Kind::Jpeg).unwrap();
        assert!(made.len() <= 4_000 && !holds(&made, CANARY), "{}", made.len());
        let pixels = image::load_from_memory(&made).unwrap();
        assert!(pixels.width() == pixels.height() && pixels.width() <= 104, "{}", pixels.width());
        assert_eq!(portrait(&bytes[..bytes.len() / 3], Kind::Jpeg).unwrap_err(), Refused::PictureDamaged);
    }
}
