//! Fetches with npm, where npm is, the typefaces that documents are set in, so that they are part of the program. Where it
//! is not, or the network is not, the build says so and documents are set in the typefaces that come with the typesetter,
//! which have fewer letters. It never fails the build, and runs npm again only when the lock file changes.
//!
//! `ALONGSIDE_TYPEFACE` may name a folder that holds the files by their own names, for builds without a network.

use fetch::fetch;
use std::env::var_os;
use std::path::PathBuf;
use std::{fs, io};

#[path = "../page/fetch.rs"]
mod fetch;

const FACES: [(&str, &str); 9] = [
    ("atkinson-hyperlegible-next/400Regular", "AtkinsonHyperlegibleNext_400Regular.ttf"),
    ("atkinson-hyperlegible-next/400Regular_Italic", "AtkinsonHyperlegibleNext_400Regular_Italic.ttf"),
    ("atkinson-hyperlegible-next/700Bold", "AtkinsonHyperlegibleNext_700Bold.ttf"),
    ("atkinson-hyperlegible-next/700Bold_Italic", "AtkinsonHyperlegibleNext_700Bold_Italic.ttf"),
    ("noto-sans-arabic/400Regular", "NotoSansArabic_400Regular.ttf"),
    ("noto-sans-arabic/700Bold", "NotoSansArabic_700Bold.ttf"),
    ("noto-sans-hebrew/400Regular", "NotoSansHebrew_400Regular.ttf"),
    ("noto-sans-hebrew/700Bold", "NotoSansHebrew_700Bold.ttf"),
    ("noto-emoji/400Regular", "NotoEmoji_400Regular.ttf"),
];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=ALONGSIDE_TYPEFACE");
    println!("cargo::rerun-if-changed=npm/package-lock.json");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../page/fetch.rs");
    // without the typesetter there is nothing to set in them
    if var_os("CARGO_FEATURE_TYPST").is_none() {
        return Ok(());
    }
    let Some(out) = var_os("OUT_DIR").map(PathBuf::from) else { return Ok(()) };
    let given = var_os("ALONGSIDE_TYPEFACE").map(PathBuf::from);
    let fetched = if given.is_some() { Ok(()) } else { fetch(&out) };
    let folder = |inside: &str| match &given {
        Some(folder) => folder.clone(),
        None => out.join("node_modules/@expo-google-fonts").join(inside),
    };
    let found: Vec<&str> = FACES
        .iter()
        .filter(|(inside, name)| fs::copy(folder(inside).join(name), out.join(name)).is_ok())
        .map(|(_, name)| *name)
        .collect();
    if found.len() < FACES.len() {
        let why = fetched.err().unwrap_or_else(|| "some files are not there".to_owned());
        println!("cargo::warning=built without its typefaces for paper, so documents use others: {why}");
    }
    let lines =
        found.iter().map(|name| format!("    include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{name}\")),\n"));
    let all: String = lines.collect();
    fs::write(out.join("faces.rs"), format!("pub(crate) const FACES: &[&[u8]] = &[\n{all}];\n"))
}
