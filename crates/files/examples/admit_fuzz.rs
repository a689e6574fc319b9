//! Tries what judges files and makes photos anew on damaged ones, for as many minutes as asked, ten unless said:
//! `cargo run --release -p files --features heic --example admit_fuzz -- 10`. A panic, caught or not, is told with the number
//! from which the damage can be made again (second argument).

use std::error::Error;
use std::io::{Cursor, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

#[path = "../../returns/examples/damage/mod.rs"]
mod damage;

use damage::Chance;

/// How many times anything panicked, those that were caught included.
static PANICS: AtomicU64 = AtomicU64::new(0);

/// Photos and files of every kind that is judged by its own reader.
fn pictures() -> Result<Vec<Vec<u8>>, Box<dyn Error>> {
    let picture = image::DynamicImage::from(image::RgbImage::from_fn(96, 64, |x, y| {
        image::Rgb([x * 2, y * 3, x ^ y].map(|shade| u8::try_from(shade % 256).unwrap_or(0)))
    }));
    let mut seeds = vec![
        include_bytes!("../tests/samples/turned.heic").to_vec(),
        b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n".to_vec(),
        b"\0\0\0\x18ftypisom\0\0\0\0isommp42\0\0\0\x08moov".to_vec(),
        b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xmlPK\x01\x02"
            .to_vec(),
        "Dear Josie, \u{2019}thank you\u{2019} for the drawing.".as_bytes().to_vec(),
    ];
    for format in
        [image::ImageFormat::Jpeg, image::ImageFormat::Png, image::ImageFormat::WebP, image::ImageFormat::Gif]
    {
        let mut bytes = Cursor::new(vec![]);
        picture.write_to(&mut bytes, format)?;
        seeds.push(bytes.into_inner());
    }
    // notes of a camera behind the first two bytes of a JPEG
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0";
    let length = u16::try_from(exif.len() + 2)?.to_be_bytes();
    let jpeg = seeds[5].clone();
    seeds.push([&jpeg[..2], &[0xff, 0xe1], &length, exif, &jpeg[2..]].concat());
    Ok(seeds)
}

fn damaged(seeds: &[Vec<u8>], number: u64) -> Vec<u8> {
    let mut chance = Chance(number);
    let (which, other) = (chance.below(seeds.len()), chance.below(seeds.len()));
    let mut bytes = seeds[which].clone();
    for _ in 0..=chance.below(8) {
        chance.damage(&mut bytes, &seeds[other]);
    }
    bytes
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let minutes: u64 = arguments.next().map_or(Ok(10), |minutes| minutes.parse())?;
    let first: u64 = arguments.next().map_or(Ok(1), |number| number.parse())?;
    let seeds = pictures()?;
    std::panic::set_hook(Box::new(|_| {
        PANICS.fetch_add(1, Ordering::Relaxed);
    }));
    let (began, mut number, mut admitted) = (Instant::now(), first, 0_u64);
    let mut out = std::io::stdout();
    while began.elapsed() < Duration::from_mins(minutes) {
        let before = PANICS.load(Ordering::Relaxed);
        admitted += u64::from(files::admit(damaged(&seeds, number), "IMG_1.HEIC", 25 << 20).is_ok());
        if PANICS.load(Ordering::Relaxed) > before {
            writeln!(out, "number {number} panicked")?;
        }
        number += 1;
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    let panics = PANICS.load(Ordering::Relaxed);
    writeln!(
        out,
        "{} files in {minutes} minutes, {admitted} admitted, {panics} panics, {most}",
        number - first
    )?;
    if panics == 0 { Ok(()) } else { Err("something panicked".into()) }
}
