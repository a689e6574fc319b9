//! Tries the readers of the looked-after return on damaged files for as many minutes as asked, ten unless said:
//! `cargo run --release -p returns --example care_fuzz -- 10`. Seeds are `tests/care_seeds`; a panic ends it and names the
//! number from which the damage can be made again (second argument).

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use returns::care::{File, Input, Options, index_postcodes, validate};

mod damage;

use damage::Chance;

/// A file by its name.
type Seed = (String, Vec<u8>);

fn seeds() -> Result<Vec<Seed>, Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/care_seeds");
    let mut seeds = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        seeds.push((name, fs::read(&path)?));
    }
    seeds.sort();
    if let Some((name, bytes)) = seeds.iter().find(|seed| seed.0 == "postcodes.csv") {
        let index = index_postcodes(&File { name, bytes })?;
        seeds.push(("postcodes.index".to_owned(), index));
    }
    Ok(seeds)
}

fn once(number: u64, seeds: &[Seed]) -> usize {
    let mut chance = Chance(number);
    let mut files = seeds.to_vec();
    for _ in 0..=chance.below(8) {
        let (file, other) = (chance.below(files.len()), chance.below(seeds.len()));
        if let Some((_, bytes)) = files.get_mut(file) {
            chance.damage(bytes, &seeds[other].1);
        }
    }
    let of = |wanted: &str| {
        let file = files.iter().find(|file| file.0 == wanted)?;
        Some(File { name: &file.0, bytes: &file.1 })
    };
    let xml = of("return.xml").into_iter().collect::<Vec<_>>();
    let tables: Vec<File<'_>> = files
        .iter()
        .filter(|file| {
            !["return.xml", "providers.csv", "postcodes.csv", "postcodes.index"].contains(&file.0.as_str())
        })
        .map(|(name, bytes)| File { name, bytes })
        .collect();
    let (this, last) = if chance.below(2) == 0 { (xml, tables) } else { (tables, xml) };
    let postcodes = if chance.below(2) == 0 { of("postcodes.csv") } else { of("postcodes.index") };
    let input = Input { this, last, providers: of("providers.csv"), postcodes };
    let authority = Some("E08000025".to_owned());
    let report = validate(&input, &Options { year: 2027, authority, as_published: chance.below(2) == 0 });
    report.rules.len()
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let minutes: u64 = arguments.next().map_or(Ok(10), |minutes| minutes.parse())?;
    let mut number: u64 = arguments.next().map_or(Ok(1), |number| number.parse())?;
    let seeds = seeds()?;
    let (began, first) = (Instant::now(), number);
    while began.elapsed() < Duration::from_secs(minutes * 60) && number - first < 10_000_000 {
        let rules = std::panic::catch_unwind(|| once(number, &seeds));
        if !matches!(rules, Ok(323)) {
            return Err(format!("number {number} fails").into());
        }
        number += 1;
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
    writeln!(std::io::stdout(), "{} files in {:?}, no panic, {most}", number - first, began.elapsed())?;
    Ok(())
}
