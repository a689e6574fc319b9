//! Photos made anew: only the pixels are carried over, so that no place, device, date or hidden text survives.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};

use crate::{kind::Kind, refused::Refused};

/// The most pixels along a side that a picture may have to be read at all.
pub(crate) const LARGEST_SIDE_READ: u32 = 12_000;
/// The most memory, in bytes, that reading one picture may take.
pub(crate) const LARGEST_MEMORY: u64 = 512 * 1024 * 1024;
/// The most pixels along a side of a photo that is kept.
const LARGEST_SIDE_KEPT: u32 = 2_560;
/// The most pixels along a side of a thumbnail.
const THUMBNAIL_SIDE: u32 = 480;
/// JPEG quality, of 100.
const QUALITY: u8 = 85;
/// A drawing or a picture of a screen stays a PNG up to this many bytes; beyond, it is a photo saved as PNG.
const LARGEST_OPAQUE_PNG: usize = 1_000_000;

/// The most bytes of a portrait: a page that shows several is first opened on a phone, on a slow line.
const LARGEST_PORTRAIT: usize = 4_000;
/// The sides, in pixels, and the qualities that are tried for a portrait, best first: a round picture of 52, on a screen that
/// draws two for one. The last fits whatever is in the picture.
const PORTRAITS: [(u32, u8); 7] = [(104, 80), (104, 65), (104, 50), (104, 35), (72, 35), (52, 35), (40, 10)];

/// A picture made anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// JPEG or PNG.
    pub kind: Kind,
    /// The whole new file.
    pub bytes: Vec<u8>,
    /// Pixels across, upright.
    pub width: u32,
    /// Pixels down, upright.
    pub height: u32,
    /// A small picture of it.
    pub thumbnail: Thumbnail,
}

/// A small JPEG of a photo, on white where the photo is see-through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thumbnail {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// Pixels across, at most 480.
    pub width: u32,
    /// Pixels down, at most 480.
    pub height: u32,
}

/// Reads a picture of this kind, turns it upright, makes it at most 2,560 pixels along a side and writes it anew.
///
/// Photos become JPEG; drawings and see-through pictures PNG. Of a moving GIF the first picture is kept.
///
/// # Errors
/// [`Refused::PictureTooLarge`] before anything is unpacked, [`Refused::PictureDamaged`] for one that is corrupt or
/// cut short.
pub fn remake(bytes: &[u8], kind: Kind) -> Result<Photo, Refused> {
    // A fault in a decoder must refuse this picture, not take down the process that reads it.
    catch_unwind(AssertUnwindSafe(|| remake_unguarded(bytes, kind))).unwrap_or(Err(Refused::PictureDamaged))
}

/// Reads a picture of this kind and makes a small square of its middle: a face beside a name, at most 4,000 bytes of JPEG
/// without anything but its pixels.
///
/// # Errors
/// As [`remake`].
pub fn portrait(bytes: &[u8], kind: Kind) -> Result<Vec<u8>, Refused> {
    catch_unwind(AssertUnwindSafe(|| portrait_unguarded(bytes, kind))).unwrap_or(Err(Refused::PictureDamaged))
}

fn portrait_unguarded(bytes: &[u8], kind: Kind) -> Result<Vec<u8>, Refused> {
    if kind == Kind::Jpeg && !jpeg_is_whole(bytes) {
        return Err(Refused::PictureDamaged);
    }
    let (picture, orientation) =
        if kind == Kind::Heic { crate::heic::read(bytes)? } else { read(bytes, kind)? };
    let mut picture = eight_bits(at_most(picture, LARGEST_SIDE_KEPT));
    picture.apply_orientation(orientation);
    let side = picture.width().min(picture.height());
    let (left, top) = ((picture.width() - side) / 2, (picture.height() - side) / 2);
    let square = picture.crop_imm(left, top, side, side);
    let mut made = Vec::new();
    for (side, quality) in PORTRAITS {
        let small = on_white(&square.resize_exact(side, side, FilterType::CatmullRom));
        made.clear();
        JpegEncoder::new_with_quality(&mut made, quality).encode_image(&small).map_err(refusal)?;
        if made.len() <= LARGEST_PORTRAIT {
            break;
        }
    }
    Ok(made)
}

fn remake_unguarded(bytes: &[u8], kind: Kind) -> Result<Photo, Refused> {
    if kind == Kind::Jpeg && !jpeg_is_whole(bytes) {
        return Err(Refused::PictureDamaged);
    }
    let (picture, orientation) =
        if kind == Kind::Heic { crate::heic::read(bytes)? } else { read(bytes, kind)? };
    let mut picture = eight_bits(at_most(picture, LARGEST_SIDE_KEPT));
    picture.apply_orientation(orientation);
    let see_through = is_see_through(&picture);
    let thumbnail = thumbnail(&picture)?;
    let (width, height) = (picture.width(), picture.height());
    if see_through || matches!(kind, Kind::Png | Kind::Gif) {
        let bytes = as_png(&picture, see_through)?;
        if see_through || bytes.len() <= LARGEST_OPAQUE_PNG {
            return Ok(Photo { kind: Kind::Png, bytes, width, height, thumbnail });
        }
    }
    let bytes = as_jpeg(&on_white(&picture))?;
    Ok(Photo { kind: Kind::Jpeg, bytes, width, height, thumbnail })
}

/// Unpacks the pixels, within the limits, with the way up that the camera noted.
fn read(bytes: &[u8], kind: Kind) -> Result<(DynamicImage, Orientation), Refused> {
    const FORMATS: [(Kind, ImageFormat); 4] = [
        (Kind::Jpeg, ImageFormat::Jpeg),
        (Kind::Png, ImageFormat::Png),
        (Kind::Webp, ImageFormat::WebP),
        (Kind::Gif, ImageFormat::Gif),
    ];
    let format = FORMATS.iter().find(|row| row.0 == kind).map(|row| row.1).ok_or(Refused::Unknown)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE_READ);
    limits.max_image_height = Some(LARGEST_SIDE_READ);
    limits.max_alloc = Some(LARGEST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    limits.check_dimensions(decoder.dimensions().0, decoder.dimensions().1).map_err(refusal)?;
    limits.reserve(decoder.total_bytes()).map_err(refusal)?;
    decoder.set_limits(limits).map_err(refusal)?;
    // Damage in the notes around a picture must not lose the picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    if picture.width() == 0 || picture.height() == 0 {
        return Err(Refused::PictureDamaged);
    }
    Ok((picture, orientation))
}

#[expect(clippy::needless_pass_by_value, reason = "used as the function of map_err")]
fn refusal(error: ImageError) -> Refused {
    if matches!(error, ImageError::Limits(_)) { Refused::PictureTooLarge } else { Refused::PictureDamaged }
}

/// Makes a picture smaller so that neither side is longer than `side`. A picture much too large is averaged down,
/// which needs far less memory than a filter.
fn at_most(picture: DynamicImage, side: u32) -> DynamicImage {
    let longest = picture.width().max(picture.height());
    if longest <= side {
        picture
    } else if longest >= side.saturating_mul(2) {
        picture.thumbnail(side, side)
    } else {
        picture.resize(side, side, FilterType::CatmullRom)
    }
}

/// One byte a channel, with or without transparency; grey stays grey.
fn eight_bits(picture: DynamicImage) -> DynamicImage {
    let grey = !picture.color().has_color();
    match (grey, picture.color().has_alpha()) {
        (true, false) => picture.into_luma8().into(),
        (true, true) => picture.into_luma_alpha8().into(),
        (false, false) => picture.into_rgb8().into(),
        (false, true) => picture.into_rgba8().into(),
    }
}

fn is_see_through(picture: &DynamicImage) -> bool {
    let rgba = picture.as_rgba8().is_some_and(|pixels| pixels.pixels().any(|p| p.0[3] < 255));
    rgba || picture.as_luma_alpha8().is_some_and(|pixels| pixels.pixels().any(|p| p.0[1] < 255))
}

/// The picture without transparency, laid on white paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !is_see_through(picture) {
        return picture.to_rgb8();
    }
    let mut paper = RgbImage::new(picture.width(), picture.height());
    for (under, over) in paper.pixels_mut().zip(picture.to_rgba8().pixels()) {
        let [red, green, blue, alpha] = over.0.map(u32::from);
        under.0 =
            [red, green, blue].map(|c| u8::try_from((c * alpha + 255 * (255 - alpha)) / 255).unwrap_or(255));
    }
    paper
}

fn thumbnail(picture: &DynamicImage) -> Result<Thumbnail, Refused> {
    let longest = picture.width().max(picture.height());
    let small = if longest <= THUMBNAIL_SIDE {
        on_white(picture)
    } else {
        // On white only after the averaging: the thumbnail is the cheap one.
        on_white(&picture.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    };
    Ok(Thumbnail { width: small.width(), height: small.height(), bytes: as_jpeg(&small)? })
}

fn as_jpeg(pixels: &RgbImage) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(pixels).map_err(refusal)?;
    Ok(bytes)
}

fn as_png(picture: &DynamicImage, see_through: bool) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, PngFilter::Adaptive);
    let written = if see_through || !picture.color().has_alpha() {
        picture.write_with_encoder(encoder)
    } else {
        DynamicImage::from(picture.to_rgb8()).write_with_encoder(encoder)
    };
    written.map_err(refusal)?;
    Ok(bytes)
}

/// Whether a JPEG reaches its end mark. Decoders fill what is missing with grey, which would lose half a photo
/// without a word.
fn jpeg_is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xff, marker]) = bytes.get(at..at + 2) {
        match marker {
            0xd9 => return true,
            // Fill bytes, and marks that stand alone.
            0xff => at += 1,
            0x01 | 0xd0..=0xd7 => at += 2,
            _ => {
                let Some(&[high, low]) = bytes.get(at + 2..at + 4) else { return false };
                at += 2 + usize::from(u16::from_be_bytes([high, low]));
                if marker == 0xda {
                    at = end_of_scan(bytes, at);
                }
            }
        }
    }
    false
}

/// Where the next mark after the packed pixels begins.
fn end_of_scan(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(pair) = bytes.get(at..at + 2) {
        if pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff) {
            return at;
        }
        at += 1;
    }
    bytes.len()
}
