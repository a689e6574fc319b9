//! A data officer checks a census before it is sent: drops it, reads what was found, explains a query, takes the
//! findings along, forgets them.

use crate::browser::Window;
use crate::stories::be;
use anyhow::{Context, Result, bail};
use fantoccini::Locator;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// One child whose pupil number has a wrong check letter.
const CENSUS: &str = "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>\
<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails></Header><Children>\
<Child><ChildIdentifiers><LAchildID>C1</LAchildID><UPN>A201000000001</UPN><PersonBirthDate>2014-03-09</PersonBirthDate><Sex>M</Sex></ChildIdentifiers>\
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics></Child></Children></Message>";

/// The sample of a whole census where it lies beside the repository, otherwise a small one made here.
fn census(folder: &Path) -> Result<PathBuf> {
    let top = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let samples =
        [top.join("shared/samples/cin/faulty_420.xml"), top.join("../shared/samples/cin/faulty_420.xml")];
    if let Some(sample) = samples.iter().find(|sample| sample.is_file()) {
        return Ok(sample.canonicalize()?);
    }
    let small = folder.join("census.xml");
    std::fs::write(&small, CENSUS)?;
    Ok(small)
}

/// Waits until the page of a check that is under way has become its findings.
async fn found(window: &Window<'_>) -> Result<()> {
    for _ in 0..100 {
        let words = window.words().await?;
        if words.contains("found something") {
            return Ok(());
        }
        if words.contains("cannot be judged") || words.contains("something to put right") {
            bail!("the census is not judged: {words}");
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    bail!("no findings come: {}", window.words().await?)
}

/// Tells it.
pub(crate) async fn check_a_census(window: &Window<'_>) -> Result<()> {
    let folder = tempfile::tempdir()?;
    be(window, "Sol Whitaker").await?;
    window.go("/today").await?;
    window.press("Check a return").await?;
    window.is_well().await?;
    window.choose("kind", "cin-census").await?;
    window.give("files", &census(folder.path())?).await?;
    window.press("Check them").await?;
    found(window).await?;
    window.sees("Children in need census 2025-26").await?;
    window.is_well().await?;
    window.picture(&window.named("checking-findings")).await?;
    let here = window.path().await?;
    window.press("The pupil number's first letter").await?;
    window.sees("What would do").await?;
    window.is_well().await?;
    window.picture(&window.named("checking-rule")).await?;
    window.go(&format!("{here}?what=queries&by=child")).await?;
    window.is_well().await?;
    window.go(&format!("{here}?code=2887Q")).await?;
    explain(window).await.context("a note")?;
    window.is_well().await?;
    window.go(&format!("{here}?what=not-judged")).await?;
    window.go(&here).await?;
    window.press("Forget this check now").await?;
    window.sees("Forgotten").await?;
    window.go(&here).await?;
    window.sees("There is nothing here").await
}

/// Writes a note on the query that is shown, where it was found.
async fn explain(window: &Window<'_>) -> Result<()> {
    if window.words().await?.contains("Nothing like this was found") {
        return Ok(());
    }
    window.client.find(Locator::Css("details > summary")).await?.click().await?;
    let note = window.client.find(Locator::Css("textarea")).await?;
    note.send_keys("A small, new team").await?;
    window.press("Keep the note").await?;
    window.sees("The note is kept").await
}
