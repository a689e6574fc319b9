//! Part of the build scripts of `page` and `paper`: both fetch typefaces from npm.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

const PATIENCE: Duration = Duration::from_mins(1);

/// Runs `npm ci` in a copy of `npm/`, so that nothing is written beside the sources.
pub(crate) fn fetch(out: &Path) -> Result<(), String> {
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
            Ok(Some(_)) => return Err("npm could not fetch what is listed".to_owned()),
            Ok(None) if began.elapsed() < PATIENCE => thread::sleep(Duration::from_millis(100)),
            Ok(None) => {
                running.kill().and_then(|()| running.wait()).map_err(|e| e.to_string())?;
                return Err(format!("npm took longer than {} seconds", PATIENCE.as_secs()));
            }
            Err(e) => return Err(e.to_string()),
        }
    }
}
