//! The tables are written once, in PostgreSQL's dialect; the embedded engine's file follows from it.

use anyhow::{Context, Result, bail};
use std::path::Path;

const WRITTEN: &str = "migrations/postgres/0001_record.sql";
const DERIVED: &str = "migrations/sqlite/0001_record.sql";

/// One line of a table in the embedded engine's dialect.
fn line(written: &str) -> String {
    if written.trim_start().starts_with("--") {
        return written.to_owned();
    }
    if written == ");" {
        return ") STRICT;".to_owned();
    }
    let kinds = [
        (" uuid", " BLOB"),
        (" timestamptz", " INTEGER"),
        (" boolean", " INTEGER"),
        (" bytea", " BLOB"),
        (" bigint", " INTEGER"),
        (" date", " TEXT"),
        (" text", " TEXT"),
    ];
    for (theirs, ours) in kinds {
        for end in [" ", ","] {
            let found = format!("{theirs}{end}");
            if written.contains(&found) {
                return written.replacen(&found, &format!("{ours}{end}"), 1);
            }
        }
        if let Some(stem) = written.strip_suffix(theirs) {
            return format!("{stem}{ours}");
        }
    }
    written.to_owned()
}

fn derived(top: &Path) -> Result<String> {
    let written = std::fs::read_to_string(top.join(WRITTEN)).context(WRITTEN)?;
    Ok(written.lines().map(|each| line(each) + "\n").collect())
}

/// Writes the embedded engine's file.
pub(crate) fn write(top: &Path) -> Result<()> {
    std::fs::write(top.join(DERIVED), derived(top)?).context(DERIVED)
}

/// Whether both folders hold the same names, and the derived file is current.
pub(crate) fn agree(top: &Path) -> Result<()> {
    let names = |folder: &str| -> Result<Vec<String>> {
        let mut names = vec![];
        for file in std::fs::read_dir(top.join("migrations").join(folder))? {
            names.push(file?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    };
    let (one, other) = (names("postgres")?, names("sqlite")?);
    if one != other {
        bail!("the migration folders hold different names: {one:?} and {other:?}");
    }
    if std::fs::read_to_string(top.join(DERIVED))? != derived(top)? {
        bail!("{DERIVED} is not what {WRITTEN} says: run `cargo xtask schema`");
    }
    Ok(())
}
