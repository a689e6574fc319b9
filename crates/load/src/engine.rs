//! The two engines under measure: a file, and a PostgreSQL cluster of our own that lives while this runs.

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Which {
    /// The embedded one.
    Sqlite,
    /// The server.
    Postgres,
}

impl Which {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        }
    }
}

/// An engine that runs.
pub(crate) struct Engine {
    /// Which.
    pub(crate) which: Which,
    /// Where councils lie.
    pub(crate) folder: PathBuf,
    port: u16,
}

/// The council's folder and database.
#[derive(Clone)]
pub(crate) struct Place {
    /// For attachments, and the embedded database.
    pub(crate) data: PathBuf,
    /// The database's address.
    pub(crate) url: String,
}

impl Engine {
    pub(crate) fn open(which: Which) -> Result<Self> {
        let target = std::env::current_exe()?.ancestors().nth(2).context("a target folder")?.to_owned();
        let folder = target.join("load").join(which.words().to_lowercase());
        fs::create_dir_all(&folder)?;
        let engine = Self { which, folder, port: crate::http::free_port()? };
        if which == Which::Postgres {
            engine.start()?;
        }
        Ok(engine)
    }

    /// Where the council of this name lies. An unfinished one, and one with the tables of another day, is begun anew.
    pub(crate) fn place(&self, name: &str) -> Result<(Place, bool)> {
        let data = self.folder.join(name);
        let there = fs::read_to_string(data.join("whole")).is_ok_and(|made| made == tables());
        if !there && data.exists() {
            fs::remove_dir_all(&data)?;
        }
        fs::create_dir_all(&data)?;
        let url = match self.which {
            Which::Sqlite => format!("sqlite:{}", data.join("alongside.db").display()),
            Which::Postgres => format!("postgres://postgres@localhost:{}/{name}?host=/tmp", self.port),
        };
        if self.which == Which::Postgres && !there {
            self.psql(&format!("DROP DATABASE IF EXISTS {name}"))?;
            self.psql(&format!("CREATE DATABASE {name}"))?;
        }
        Ok((Place { data, url }, there))
    }

    /// The council of this name, empty, whatever was there.
    pub(crate) fn anew(&self, name: &str) -> Result<Place> {
        let mark = self.folder.join(name).join("whole");
        if mark.exists() {
            fs::remove_file(mark)?;
        }
        Ok(self.place(name)?.0)
    }

    /// Says that a council is whole.
    pub(crate) fn whole(&self, place: &Place, name: &str) -> Result<()> {
        if self.which == Which::Postgres {
            // what autovacuum would have done by the next morning
            self.run(&[
                "psql",
                "-q",
                "-h",
                "127.0.0.1",
                "-p",
                &self.port.to_string(),
                "-d",
                name,
                "-c",
                "VACUUM ANALYZE",
            ])?;
        }
        fs::write(place.data.join("whole"), tables())?;
        Ok(())
    }

    fn psql(&self, sql: &str) -> Result<()> {
        self.run(&[
            "psql",
            "-q",
            "-h",
            "127.0.0.1",
            "-p",
            &self.port.to_string(),
            "-d",
            "postgres",
            "-c",
            sql,
        ])
    }

    /// Where the server listens on loopback.
    pub(crate) const fn port(&self) -> u16 {
        self.port
    }

    /// The first process of the server.
    pub(crate) fn process(&self) -> Result<Option<u32>> {
        if self.which == Which::Sqlite {
            return Ok(None);
        }
        let text = fs::read_to_string(self.folder.join("cluster/postmaster.pid"))?;
        Ok(Some(text.lines().next().unwrap_or_default().trim().parse()?))
    }

    /// Stops the server as a power cut would, and starts it again.
    pub(crate) fn power_cut(&self) -> Result<()> {
        if self.which == Which::Postgres {
            self.stop("immediate")?;
            self.start()?;
        }
        Ok(())
    }

    fn start(&self) -> Result<()> {
        let cluster = self.folder.join("cluster");
        let at = cluster.display().to_string();
        if root() {
            let all = self.folder.ancestors().take(2).collect::<Vec<_>>();
            drop(Command::new("chown").arg("postgres").args(all).status());
        }
        if !cluster.join("PG_VERSION").exists() {
            self.run(&[
                "initdb",
                "-D",
                &at,
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
            ])?;
        }
        let options =
            format!("-p {} -k /tmp -c listen_addresses=127.0.0.1 -c max_connections=100", self.port);
        let log = self.folder.join("log").display().to_string();
        self.run(&["pg_ctl", "-s", "-D", &at, "-w", "-t", "120", "-l", &log, "-o", &options, "start"])
    }

    fn stop(&self, how: &str) -> Result<()> {
        let at = self.folder.join("cluster").display().to_string();
        self.run(&["pg_ctl", "-s", "-D", &at, "-m", how, "-w", "stop"])
    }

    fn run(&self, words: &[&str]) -> Result<()> {
        let program = binaries()?.join(words[0]);
        let mut command = if root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(&program);
            command
        } else {
            Command::new(&program)
        };
        command.args(&words[1..]).arg_if(words[0] == "psql", &["-U", "postgres"]);
        let done = command.current_dir("/tmp").stdout(std::process::Stdio::null()).status()?;
        if !done.success() {
            bail!("{} failed; see {}", words[0], self.folder.join("log").display());
        }
        Ok(())
    }
}

trait ArgIf {
    fn arg_if(&mut self, yes: bool, words: &[&str]) -> &mut Self;
}

impl ArgIf for Command {
    fn arg_if(&mut self, yes: bool, words: &[&str]) -> &mut Self {
        if yes { self.args(words) } else { self }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        if self.which == Which::Postgres {
            drop(self.stop("fast"));
        }
    }
}

/// Which tables a council was made with.
fn tables() -> String {
    let mut hash = std::hash::DefaultHasher::new();
    include_str!("../../../migrations/postgres/0001_record.sql").hash(&mut hash);
    include_str!("../../../migrations/postgres/0002_insert_only.sql").hash(&mut hash);
    format!("made by `cargo xtask load`, tables {:016x}\n", hash.finish())
}

fn root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

fn binaries() -> Result<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .context("PostgreSQL is not installed: apt-get install postgresql")?
        .filter_map(|one| Some(one.ok()?.path().join("bin")))
        .filter(|path| path.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().context("PostgreSQL is not installed: apt-get install postgresql")
}

/// The program beside this one.
pub(crate) fn program() -> Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name("alongside");
    if !Path::new(&path).exists() {
        bail!("{} is missing: `cargo xtask load` builds it", path.display());
    }
    Ok(path)
}
