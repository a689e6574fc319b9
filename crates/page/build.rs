//! Fetches the typeface with npm, where npm is, so that it can be part of the program. Where it is not, or the
//! network is not, the build says so and pages use the reader's own system fonts. It never fails the build, and
//! runs npm again only when the lock file changes.
//!
//! `ALONGSIDE_TYPEFACE` may name a folder that holds `latin.woff2`, `latin-ext.woff2` and `LICENSE`, for
//! builds without a network.

use std::env::var_os;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

const PACKAGE: &str = "node_modules/@fontsource-variable/atkinson-hyperlegible-next";
const FILES: [(&str, &str); 3] = [
    ("latin.woff2", "files/atkinson-hyperlegible-next-latin-wght-normal.woff2"),
    ("latin-ext.woff2", "files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2"),
    ("LICENSE", "LICENSE"),
];
const PATIENCE: Duration = Duration::from_mins(1);

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=ALONGSIDE_TYPEFACE");
    println!("cargo::rerun-if-changed=npm/package-lock.json");
    println!("cargo::rerun-if-changed=build.rs");
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

/// Runs `npm ci` in a copy of `npm/`, so that nothing is written beside the sources.
fn fetch(out: &Path) -> Result<(), String> {
    for file in ["package.json", "package-lock.json"] {
        fs::copy(Path::new("npm").join(file), out.join(file)).map_err(|e| format!("npm/{file}: {e}"))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut running = Command::new(npm)
        .args(["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"])
        .args(["--fetch-retries=1", "--fetch-timeout=20000", "--loglevel=error"])
        .current_dir(out)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("npm is not here ({e})"))?;
    let began = Instant::now();
    loop {
        match running.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(_)) => return Err("npm could not fetch it".to_owned()),
            Ok(None) if began.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(100)),
            Ok(None) => {
                running.kill().and_then(|()| running.wait()).map_err(|e| e.to_string())?;
                return Err(format!("npm took longer than {} seconds", PATIENCE.as_secs()));
            }
            Err(e) => return Err(e.to_string()),
        }
    }
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
