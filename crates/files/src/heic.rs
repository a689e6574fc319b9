//! Photos as iPhones keep them. A build without the feature `heic` says in words how to send them otherwise.

use crate::refused::Refused;
use image::DynamicImage;
use image::metadata::Orientation;

#[cfg(not(feature = "heic"))]
pub(crate) fn read(_: &[u8]) -> Result<(DynamicImage, Orientation), Refused> {
    Err(Refused::Heic)
}

/// Unpacks the pixels, upright: the file itself says how it is turned, and its notes are not looked at.
#[cfg(feature = "heic")]
pub(crate) fn read(bytes: &[u8]) -> Result<(DynamicImage, Orientation), Refused> {
    use crate::photo::{LARGEST_MEMORY, LARGEST_SIDE_READ};
    use heic_rs::{DecodeOptions, Error, PixelLayout};
    // planes of whole numbers and the picture itself: about sixteen bytes a pixel while it is read
    let most = LARGEST_MEMORY / 16;
    let refusal = |error: Error| match error {
        Error::PixelLimit { .. } => Refused::PictureTooLarge,
        _ => Refused::PictureDamaged,
    };
    let said = heic_rs::probe(bytes).map_err(refusal)?;
    let pixels = u64::from(said.width) * u64::from(said.height);
    if said.width > LARGEST_SIDE_READ || said.height > LARGEST_SIDE_READ || pixels > most {
        return Err(Refused::PictureTooLarge);
    }
    let options =
        DecodeOptions::default().with_layout(PixelLayout::Rgb8).with_max_pixels(Some(most)).with_alpha(false);
    let image = heic_rs::decode(bytes, &options).map_err(refusal)?;
    let pixels =
        image::RgbImage::from_raw(image.width, image.height, image.data).ok_or(Refused::PictureDamaged)?;
    Ok((pixels.into(), Orientation::NoTransforms))
}
