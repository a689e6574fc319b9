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
            total += threads(first)?;
            for child in children(first)? {
                // one that has ended meanwhile had nothing to do with the request
                total += threads(child).unwrap_or(0.0);
            }
        }
        Ok(total)
    }
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
