//! Fetches the typeface with npm, where npm is, so that it can be part of the program. Where it is not, or the
//! network is not, the build says so and pages use the reader's own system fonts. It never fails the build, and
//! runs npm again only when the lock file changes.
//!
//! `ALONGSIDE_TYPEFACE` may name a folder that holds `latin.woff2`, `latin-ext.woff2` and `LICENSE`, for
//! builds without a network.

use fetch::fetch;
use std::env::var_os;
use std::path::{Path, PathBuf};
use std::{fs, io};

mod fetch;

const PACKAGE: &str = "node_modules/@fontsource-variable/atkinson-hyperlegible-next";
const FILES: [(&str, &str); 3] = [
    ("latin.woff2", "files/atkinson-hyperlegible-next-latin-wght-normal.woff2"),
    ("latin-ext.woff2", "files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2"),
    ("LICENSE", "LICENSE"),
];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=ALONGSIDE_TYPEFACE");
    println!("cargo::rerun-if-changed=npm/package-lock.json");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=fetch.rs");
    let Some(out) = var_os("OUT_DIR").map(PathBuf::from) else { return Ok(()) };
    let kept = out.join("typeface");
    let found = match var_os("ALONGSIDE_TYPEFACE") {
        Some(folder) => keep_from(&kept, |name, _| Path::new(&folder).join(name)),
        None => fetch(&out).and_then(|()| keep_from(&kept, |_, inside| out.join(PACKAGE).join(inside))),
    };
    if let Err(why) = &found {
        println!("cargo::warning=built without its typeface, so pages use system fonts: {why}");
    }
    fs::write(out.join("typeface.rs"), included(found.is_ok()))
}

/// Keeps the three files under our own names.
fn keep_from(kept: &Path, place: impl Fn(&str, &str) -> PathBuf) -> Result<(), String> {
    fs::create_dir_all(kept).map_err(|e| e.to_string())?;
    for (name, inside) in FILES {
        let from = place(name, inside);
        fs::copy(&from, kept.join(name)).map_err(|e| format!("{}: {e}", from.display()))?;
    }
    Ok(())
}

/// The Rust that puts the files into the program, or says that there are none.
fn included(found: bool) -> String {
    let line = |(constant, name): (&str, &str)| {
        let value = if found {
            format!("Some(include_bytes!(concat!(env!(\"OUT_DIR\"), \"/typeface/{name}\")))")
        } else {
            "None".to_owned()
        };
        format!("pub(crate) const {constant}: Option<&[u8]> = {value};\n")
    };
    [("LATIN", "latin.woff2"), ("LATIN_EXT", "latin-ext.woff2"), ("LICENSE", "LICENSE")].map(line).concat()
}
