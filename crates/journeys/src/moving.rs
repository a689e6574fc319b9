//! A council begins with nothing: its first administrator, a folder of people brought in, a worker who is let in by a
//! one-time link, and a visit to two siblings of whom one was not seen.

use crate::browser::{Visitor, Window};
use crate::place::{Place, program};
use crate::stories::{id_of, picture_of};
use anyhow::{Context, Result, ensure};
use fantoccini::Locator;
use std::path::PathBuf;
use std::process::Command;
use totp_rs::{Algorithm, Builder, Secret};

const PASSWORD: &str = "rabbit lantern seventeen plum";
const TOLD: &str = "We drew the rabbit and talked about the baby.";

/// The whole way, in a council of its own.
pub(crate) async fn moving_in(place: &Place, visitor: Visitor, name: &str) -> Result<()> {
    let (council, first_link) = place.council().await?;
    let window = Window::open(&council, visitor).await?;
    let told = told(&window, &first_link).await;
    picture_of(&window, name, &told).await;
    window.close().await?;
    told
}

async fn told(window: &Window<'_>, first_link: &str) -> Result<()> {
    window.go(&path_of(first_link)).await?;
    window.type_in("name", "Ola Reyes").await?;
    window.type_in("sign_in_name", "ola.reyes").await?;
    set_up(window).await.context("the first administrator")?;
    bring_in(window).await.context("bringing the folder in")?;
    let link = link_for(window, "nadia.farrow").await.context("a link for the worker")?;
    window.press("Sign out").await?;
    window.go(&path_of(&link)).await?;
    window.sees("Nadia Farrow, you will sign in as nadia.farrow").await?;
    set_up(window).await.context("the worker")?;
    record(window).await.context("recording the visit")
}

fn path_of(link: &str) -> String {
    let at = link.find("/invitation/").unwrap_or(0);
    link[at..].to_owned()
}

/// A password, the phone joined by the secret in letters, and the ten codes kept.
async fn set_up(window: &Window<'_>) -> Result<()> {
    window.type_in("password", PASSWORD).await?;
    window.type_in("again", PASSWORD).await?;
    let secret = window.client.find(Locator::Css("#secret")).await?;
    let secret = secret.prop("textContent").await?.unwrap_or_default();
    window.type_in("code", &code(&secret)?).await?;
    window.is_well().await?;
    window.press("Set up").await?;
    window.sees("Keep these ten codes").await?;
    let codes = window.client.find_all(Locator::Css("#codes li")).await?;
    ensure!(codes.len() == 10, "{} recovery codes", codes.len());
    window.is_well().await?;
    window.press("I have kept them").await?;
    window.sees("Sign out").await
}

/// What a phone would show for this secret now.
#[expect(clippy::disallowed_methods, reason = "a journey lives in the real time, as the program it visits")]
pub(crate) fn code(secret: &str) -> Result<String> {
    let secret = Secret::try_from_base32(secret.replace(' ', ""))?;
    let phone = Builder::new().with_algorithm(Algorithm::SHA1).with_secret(secret).build()?;
    let seconds = u64::try_from(jiff::Timestamp::now().as_second())?;
    Ok(phone.generate(seconds).to_string())
}

/// The worked example that the program itself writes, looked at first and then brought in.
async fn bring_in(window: &Window<'_>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let written =
        Command::new(program()?).args(["import", "people", "--template"]).arg(folder.path()).output()?;
    ensure!(written.status.success(), "the example could not be written");
    let mut files: Vec<PathBuf> = vec![];
    for file in std::fs::read_dir(folder.path().join("example"))? {
        files.push(file?.path());
    }
    // a day that no calendar has is named with its file and line, and nothing is stored
    let broken = folder.path().join("people.csv");
    std::fs::write(
        &broken,
        "council_id,given_name,family_name,birth_date\nEX0001,Josephine,Wren,2014-02-31\n",
    )?;
    window.go("/administration/imports").await?;
    window.choose("kind", "people").await?;
    window.give("files", &broken).await?;
    window.press("Look at what would happen").await?;
    window.sees("This cannot be brought in yet").await?;
    window.sees("people.csv").await?;
    window.go("/administration/imports").await?;
    window.choose("kind", "people").await?;
    for file in &files {
        window.give("files", file).await?;
    }
    window.press("Look at what would happen").await?;
    window.sees("This is what would happen").await?;
    window.is_well().await?;
    window.press("Bring it in").await?;
    window.sees("A folder of people").await?;
    window.sees("Brought in").await?;
    window.is_well().await
}

async fn link_for(window: &Window<'_>, code: &str) -> Result<String> {
    window.go(&format!("/administration/workers/{code}/link")).await?;
    window.press("Make the link").await?;
    window.sees("The link works once").await?;
    let link = window.client.find(Locator::Css("#link")).await?.text().await?;
    window.is_well().await?;
    window.go("/administration").await?;
    Ok(link)
}

async fn record(window: &Window<'_>) -> Result<()> {
    window.go("/today").await?;
    window.sees("Josie").await?;
    let (josie, rowan) = (id_of(window, "Josie Wren").await?, id_of(window, "Rowan Wren").await?);
    window.go(&format!("/record?about={josie}&about={rowan}")).await?;
    window.type_in("time", "00:01").await?;
    window.pick("manner", "home-visit").await?;
    window.choose(&format!("seen-{josie}"), "seen").await?;
    window.choose(&format!("seen-{rowan}"), "not-seen").await?;
    window.type_in(&format!("why-{rowan}"), "Out with his uncle").await?;
    window.type_in("narrative", TOLD).await?;
    window.press("Finish").await?;
    window.sees("Rowan").await?;
    for child in [&josie, &rowan] {
        window.go(&format!("/person/{child}/timeline")).await?;
        window.sees(TOLD).await?;
    }
    window.go(&format!("/person/{josie}")).await?;
    window.sees("Who has seen Josie, and when").await?;
    window.go(&format!("/person/{rowan}")).await?;
    window.sees_not("Who has seen Rowan, and when").await
}
