//! `alongside key`: the keys that the embedded database and the attachments are locked with at rest, their file, and
//! changing them.

use crate::config::Config;
use anyhow::{Context, Result, bail};
use clap::Subcommand;
use std::path::{Path, PathBuf};

/// What can be done with keys.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a new key file
    New {
        /// The file to write; it must not exist
        #[arg(value_name = "FILE")]
        to: PathBuf,
    },
    /// Lock the embedded database and the attachments with the keys of another file, while Alongside is stopped. Where
    /// they were in the clear they are locked for the first time
    Change {
        /// The file with the new keys
        #[arg(long, value_name = "FILE", required_unless_present = "to_none")]
        to: Option<PathBuf>,
        /// Unlock everything instead
        #[arg(long, conflicts_with = "to")]
        to_none: bool,
    },
}

/// The keys in force.
#[derive(Clone, Debug, Default)]
pub(crate) struct Keys {
    /// The embedded database's.
    pub(crate) database: Option<db::Key>,
    /// The attachments'.
    pub(crate) attachments: files::Keys,
    /// The file they came from.
    pub(crate) file: Option<PathBuf>,
}

impl Keys {
    /// The keys a configuration names: a file, or the same words in an environment variable; not both.
    pub(crate) fn given(file: Option<PathBuf>, words: Option<&str>) -> Result<Self> {
        match (file, words) {
            (None, None) => Ok(Self::default()),
            (Some(path), None) => Ok(Self { file: Some(path.clone()), ..Self::kept(&path)? }),
            (None, Some(words)) => Self::read(words).context("ALONGSIDE_KEY could not be understood"),
            (Some(_), Some(_)) => bail!("give the keys once: in ALONGSIDE_KEY or in a file, not both"),
        }
    }

    fn kept(path: &Path) -> Result<Self> {
        alone(path)?;
        let words = std::fs::read_to_string(path)
            .with_context(|| format!("the key file {} could not be read", path.display()))?;
        Self::read(&words).with_context(|| format!("the key file {} could not be understood", path.display()))
    }

    /// Reads `database` and its 64 digits, `attachments` and a key of age; lines that begin with # are remarks. Several
    /// keys for attachments may stand there: the first locks, each opens.
    fn read(words: &str) -> Result<Self> {
        let lines = words.lines().filter(|line| !line.trim_start().starts_with('#'));
        let mut words = lines.flat_map(str::split_whitespace);
        let (mut database, mut attachments) = (None, vec![]);
        while let Some(what) = words.next() {
            let Some(key) = words.next() else { bail!("nothing stands behind `{what}`") };
            match what {
                "database" if database.is_none() => {
                    let Some(key) = db::Key::parse(key) else {
                        bail!("the key of the database is not 64 hexadecimal digits")
                    };
                    database = Some(key);
                }
                "attachments" => attachments.push(key.to_owned()),
                "database" => bail!("the database has one key, and two stand there"),
                // never the word itself: it may be a key in the wrong place
                _ => bail!("a line begins with `database` or `attachments`, then the key"),
            }
        }
        if database.is_none() && attachments.is_empty() {
            bail!("no key stands there");
        }
        Ok(Self { database, attachments: files::Keys::read(&attachments)?, file: None })
    }
}

/// A key that others on the machine can read locks nothing.
#[cfg(unix)]
fn alone(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(path)
        .with_context(|| format!("the key file {} could not be read", path.display()))?
        .permissions()
        .mode();
    if mode & 0o077 != 0 {
        bail!("others on this machine can read the key file {0}: chmod 600 {0}", path.display());
    }
    Ok(())
}

#[cfg(not(unix))]
fn alone(_: &Path) -> Result<()> {
    Ok(())
}

/// Does what was asked.
pub(crate) async fn run(config: &Config, command: Command) -> Result<()> {
    match command {
        Command::New { to } => new(&to),
        Command::Change { to, .. } => change(config, to.as_deref()).await,
    }
}

#[cfg(not(feature = "encryption"))]
fn new(_: &Path) -> Result<()> {
    bail!("this program was built without encryption: build it with `--features encryption`")
}

#[cfg(feature = "encryption")]
#[expect(clippy::disallowed_methods, reason = "keys are made here, once, by an operator")]
fn new(to: &Path) -> Result<()> {
    use age::secrecy::ExposeSecret as _;
    use std::io::Write as _;
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    let attachments = age::x25519::Identity::generate();
    let words = format!(
        "# The keys of a council's record. Whoever has this file and the data can read everything; without it nobody can.\n\
         # Keep a copy apart from the backups.\ndatabase {}\nattachments {}\n# attachments for others to lock to: {}\n",
        db::Key::new(bytes).digits(),
        attachments.to_string().expose_secret(),
        attachments.to_public(),
    );
    let mut file =
        std::fs::File::create_new(to).with_context(|| format!("{} could not be made", to.display()))?;
    file.write_all(words.as_bytes()).and_then(|()| file.sync_all())?;
    crate::write_out(&format!(
        "New keys lie in {0}. Keep a copy of it apart from the backups: without it nobody can read what it locks.\n\
         A new council: start it with ALONGSIDE_KEY_FILE={0}. A council that has begun: stop it, then `alongside key change --to {0}`.",
        to.display()
    ));
    Ok(())
}

/// The attachments first, then the database: one that was stopped in between goes on when it is said again.
async fn change(config: &Config, to: Option<&Path>) -> Result<()> {
    let new = to.map_or_else(|| Ok(Keys::default()), Keys::kept)?;
    let mut changed = vec![];
    if config.database_url.as_deref().is_none_or(|url| url.starts_with("sqlite:")) {
        for (name, folder) in [("alongside.db", "files"), ("demo.db", "demo-files")] {
            let url = config.database(name);
            let path = PathBuf::from(url.trim_start_matches("sqlite:").trim_start_matches("//"));
            if path.is_file() {
                db::unused(&path, config.keys.database.as_ref()).await?;
                relock(config, &new, folder)?;
                db::change_key(&path, config.keys.database.as_ref(), new.database.as_ref()).await?;
                changed.push(path.display().to_string());
            }
        }
    } else {
        relock(config, &new, "files")?;
        changed.push("the attachments (the database's files are its server's to lock)".to_owned());
    }
    if changed.is_empty() {
        bail!("there is no council in {}", config.data.display());
    }
    let lock = to.map_or_else(|| "unlocked".to_owned(), |to| format!("locked with {}", to.display()));
    let next = to.map_or_else(
        || "Start Alongside without ALONGSIDE_KEY_FILE from now on.".to_owned(),
        |to| format!("Start Alongside with ALONGSIDE_KEY_FILE={} from now on. Older copies and backups keep their old lock, or none.", to.display()),
    );
    crate::write_out(&format!("Now {lock}: {}.\n{next}", changed.join(", ")));
    Ok(())
}

fn relock(config: &Config, new: &Keys, folder: &str) -> Result<()> {
    let bar = crate::backup::bar();
    bar.set_message("attachments");
    let folder = files::Folder::open(&config.data.join(folder))?.with_keys(config.keys.attachments.clone());
    folder.lock_anew(&new.attachments, &mut |done| bar.set_position(done))?;
    bar.finish_and_clear();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(words: &str) -> String {
        format!("{:#}", Keys::read(words).unwrap_err())
    }

    #[test]
    fn what_is_no_key_is_named_without_being_repeated() {
        for (words, error) in [
            ("", "no key stands there"),
            ("# database 00", "no key stands there"),
            ("database", "nothing stands behind"),
            ("database 0f0f", "not 64 hexadecimal digits"),
            ("s3cret words", "begins with `database` or `attachments`"),
            (&format!("database {0} database {0}", "0f".repeat(32)), "two stand there"),
        ] {
            let told = said(words);
            assert!(told.contains(error) && !told.contains("0f0f") && !told.contains("s3cret"), "{told}");
        }
        let keys = Keys::read(&format!("# ours\n database {}\n", "0f".repeat(32))).unwrap();
        assert!(keys.database.is_some() && !format!("{keys:?}").contains("0f"));
    }

    #[test]
    fn the_key_is_given_once_and_kept_to_oneself() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        std::fs::write(&path, format!("database {}\n", "0f".repeat(32))).unwrap();
        for (mode, ok) in [(0o644, false), (0o640, false), (0o600, true), (0o400, true)] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(Keys::given(Some(path.clone()), None).is_ok(), ok, "{mode:o}");
        }
        assert!(Keys::given(Some(path), Some("database 00")).is_err());
        assert!(Keys::given(Some(folder.path().join("none")), None).is_err());
        assert!(Keys::given(None, None).unwrap().database.is_none());
    }
}
