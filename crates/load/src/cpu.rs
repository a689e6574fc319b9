//! Processor time of processes, read from Linux: of the program by its threads to the nanosecond, of the
//! database by the processes under its first one.

use anyhow::{Context, Result};
use std::fs;

/// Processes whose time is added up.
#[derive(Clone, Copy)]
pub(crate) struct Watched {
    /// The program.
    pub(crate) program: u32,
    /// The database's first process, where it has processes of its own.
    pub(crate) database: Option<u32>,
}

impl Watched {
    /// Milliseconds of processor time so far, of all of them.
    pub(crate) fn spent(self) -> Result<f64> {
        let mut total = threads(self.program)?;
        if let Some(first) = self.database {
            total += database(first)?;
        }
        Ok(total)
    }
}

/// Milliseconds of processor time so far of a database: of its first process, of those that live under it, and of
/// those that have ended (connections that were closed, helpers of one statement).
pub(crate) fn database(first: u32) -> Result<f64> {
    let mut total = threads(first)? + ended(first)?;
    for child in children(first)? {
        // one that ends in this moment is counted the next time
        total += threads(child).unwrap_or(0.0);
    }
    Ok(total)
}

/// Of the processes that ended under this one; Linux tells it in hundredths of a second.
fn ended(process: u32) -> Result<f64> {
    let path = format!("/proc/{process}/stat");
    let text = fs::read_to_string(&path).with_context(|| format!("{path} cannot be read"))?;
    // its name, which may hold anything, ends with the last bracket; the state comes next
    let (_, rest) = text.rsplit_once(") ").with_context(|| format!("{path} has no name"))?;
    let ticks = rest.split_whitespace().skip(13).take(2).map(str::parse::<u32>);
    let ticks = ticks.sum::<Result<u32, _>>().with_context(|| format!("{path} has no times"))?;
    Ok(f64::from(ticks) * 10.0)
}

/// Of every thread of a process that still lives. Threads of the program live as long as it does, but for those
/// that wait ten seconds for blocking work.
fn threads(process: u32) -> Result<f64> {
    let mut nanoseconds = 0_u64;
    let folder = format!("/proc/{process}/task");
    for task in fs::read_dir(&folder).with_context(|| format!("{folder} cannot be read"))? {
        let Ok(text) = fs::read_to_string(task?.path().join("schedstat")) else { continue };
        nanoseconds += text.split_whitespace().next().and_then(|first| first.parse().ok()).unwrap_or(0);
    }
    #[expect(clippy::cast_precision_loss, reason = "a measure")]
    let milliseconds = nanoseconds as f64 / 1e6;
    Ok(milliseconds)
}

fn children(process: u32) -> Result<Vec<u32>> {
    let path = format!("/proc/{process}/task/{process}/children");
    let text = fs::read_to_string(&path).with_context(|| format!("{path} cannot be read"))?;
    Ok(text.split_whitespace().filter_map(|id| id.parse().ok()).collect())
}

/// This process's own time, and the database's.
pub(crate) fn own(database: Option<u32>) -> Watched {
    Watched { program: std::process::id(), database }
}
