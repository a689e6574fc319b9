//! The program with the demonstration council, and the browser's driver, for as long as the journeys last.

use anyhow::{Context, Result, bail};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What runs while the journeys last.
pub(crate) struct Place {
    program: Child,
    driver: Option<Child>,
    /// Where the program is.
    pub(crate) url: String,
    /// Where the driver is.
    pub(crate) driver_url: String,
    /// The accessibility checks, as a script.
    pub(crate) axe: String,
    /// Where pictures of failures go.
    pub(crate) pictures: PathBuf,
    port: u16,
    folder: tempfile::TempDir,
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn top() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

async fn answers(port: u16, what: &str, patience: Duration) -> Result<()> {
    let began = Instant::now();
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        if began.elapsed() > patience {
            bail!("{what} did not answer within {} s", patience.as_secs());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

/// The program that was built beside this one.
pub(crate) fn program() -> Result<PathBuf> {
    Ok(std::env::current_exe()?.with_file_name("alongside"))
}

/// Starts the demonstration council of a folder, so many days later than today.
fn demonstration(folder: &Path, port: u16, days_later: u16) -> Result<Child> {
    let program = program()?;
    Command::new(&program)
        .args(["demo", "--days-later", &days_later.to_string()])
        .env("ALONGSIDE_DATA", folder.join("data"))
        .env("ALONGSIDE_LISTEN", format!("127.0.0.1:{port}"))
        .env("ALONGSIDE_PUBLIC_URL", format!("http://localhost:{port}"))
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("{} could not be started: build it first", program.display()))
}

/// The files of a council that nobody serves.
fn copied(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for one in std::fs::read_dir(from)? {
        let one = one?;
        let to = to.join(one.file_name());
        if one.file_type()?.is_dir() {
            copied(&one.path(), &to)?;
        } else {
            std::fs::copy(one.path(), to)?;
        }
    }
    Ok(())
}

/// The demonstration council as it was made, kept so that more than one journey can begin from it: in the folder that
/// `JOURNEYS_MADE` names, where somebody runs the journeys again and again.
async fn made(folder: &Path, port: u16) -> Result<PathBuf> {
    let made = folder.join("made");
    let kept = std::env::var_os("JOURNEYS_MADE").map(PathBuf::from);
    if let Some(kept) = kept.as_ref().filter(|kept| kept.is_dir()) {
        copied(kept, &made)?;
        return Ok(made);
    }
    let mut program = demonstration(folder, port, 0)?;
    let ready = answers(port, "the program", Duration::from_mins(10)).await;
    program.kill()?;
    program.wait()?;
    ready?;
    std::fs::rename(folder.join("data"), &made)?;
    if let Some(kept) = kept {
        copied(&made, &kept)?;
    }
    Ok(made)
}

impl Place {
    /// Another demonstration council as it was made, whose days may pass.
    pub(crate) async fn another(&self) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        copied(&self.folder.path().join("made"), &folder.path().join("data"))?;
        let port = free_port()?;
        let another = Self {
            program: demonstration(folder.path(), port, 0)?,
            driver: None,
            url: format!("http://localhost:{port}"),
            driver_url: self.driver_url.clone(),
            axe: self.axe.clone(),
            pictures: self.pictures.clone(),
            port,
            folder,
        };
        answers(port, "another demonstration", Duration::from_mins(1)).await?;
        Ok(another)
    }

    /// So many days pass.
    pub(crate) async fn later(&mut self, days: u16) -> Result<()> {
        self.program.kill()?;
        self.program.wait()?;
        self.program = demonstration(self.folder.path(), self.port, days)?;
        answers(self.port, "the demonstration on a later day", Duration::from_mins(1)).await
    }

    /// A council of its own in which nobody can sign in yet, with the link that makes the first administrator; it is
    /// visited by the same driver.
    pub(crate) async fn council(&self) -> Result<(Self, String)> {
        let folder = tempfile::tempdir()?;
        let (port, said) = (free_port()?, folder.path().join("said"));
        let url = format!("http://localhost:{port}");
        let program = Command::new(program()?)
            .arg("serve")
            .env("ALONGSIDE_DATA", folder.path().join("data"))
            .env("ALONGSIDE_LISTEN", format!("127.0.0.1:{port}"))
            .env("ALONGSIDE_PUBLIC_URL", &url)
            .stdout(std::fs::File::create(&said)?)
            .spawn()?;
        let council = Self {
            program,
            driver: None,
            url,
            driver_url: self.driver_url.clone(),
            axe: self.axe.clone(),
            pictures: self.pictures.clone(),
            port,
            folder,
        };
        answers(port, "the empty council", Duration::from_mins(1)).await?;
        let printed = std::fs::read_to_string(&said)?;
        let link = printed.split_whitespace().find(|word| word.contains("/invitation/"));
        let link =
            link.with_context(|| format!("no link for the first administrator in: {printed}"))?.to_owned();
        Ok((council, link))
    }

    pub(crate) async fn start() -> Result<Self> {
        let axe = top().join("crates/page/npm/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(&axe)
            .with_context(|| format!("{} is missing: run `npm ci` in crates/page/npm", axe.display()))?;
        let folder = tempfile::tempdir()?;
        let port = free_port()?;
        let url = format!("http://localhost:{port}");
        let made = made(folder.path(), port).await?;
        copied(&made, &folder.path().join("data"))?;
        let program = demonstration(folder.path(), port, 0)?;
        let driver_port = free_port()?;
        let driver = Command::new("chromedriver")
            .arg(format!("--port={driver_port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("chromedriver could not be started: install chromium-driver")?;
        let pictures = PathBuf::from("/tmp/alongside-journeys");
        std::fs::create_dir_all(&pictures)?;
        let driver_url = format!("http://127.0.0.1:{driver_port}");
        let place = Self { program, driver: Some(driver), url, driver_url, axe, pictures, port, folder };
        answers(driver_port, "chromedriver", Duration::from_secs(20)).await?;
        answers(port, "the program", Duration::from_mins(1)).await?;
        Ok(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(self.program.kill());
        drop(self.program.wait());
        if let Some(driver) = &mut self.driver {
            drop(driver.kill());
            drop(driver.wait());
        }
    }
}
