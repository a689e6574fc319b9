//! Journeys of who may know, and of what must not be lost: the glass broken and answered for, a restricted child
//! whom the wrong people do not find, a session that ends mid-sentence, the timeline as known last month.

use crate::browser::{Visitor, Window};
use crate::stories::{be, id_of};
use anyhow::{Context, Result, bail};
use fantoccini::Locator;
use jiff::ToSpan;
use jiff::civil::Date;

/// The day on which the journeys run: the program under test lives in real time.
#[expect(clippy::disallowed_methods, reason = "the program under test lives in real time")]
pub(crate) fn today() -> Date {
    jiff::Zoned::now().date()
}

/// Someone opens Theo's record without working with him; his worker is told, his manager answers.
pub(crate) async fn glass(window: &Window<'_>, breaker: &str) -> Result<()> {
    be(window, "Nadia Farrow").await?;
    let theo = id_of(window, "Theo Hart").await?;
    be(window, breaker).await?;
    window.go(&format!("/person/{theo}")).await?;
    window.sees_not("Biscuit").await?;
    window.press("Break the glass").await?;
    let why = format!(
        "A neighbour rang {} and I need to know who to ring",
        breaker.split(' ').next().unwrap_or("")
    );
    window.type_in("reason", &why).await?;
    window.choose("how_long", "hour").await?;
    window.press("Open the record").await?;
    window.sees("Biscuit").await.context("the record is open now")?;
    be(window, "Nadia Farrow").await?;
    window.go(&format!("/person/{theo}")).await?;
    window.sees(&why).await.context("it shows on the person's page")?;
    be(window, "Helen Boateng").await?;
    window.go("/today").await?;
    window.press(&format!("Check it: {breaker}, Theo")).await?;
    let review = window.path().await?;
    window.sees(&why).await?;
    window.choose("outcome", "right").await?;
    window.press("Keep this answer").await?;
    window.go("/today").await?;
    if window.press(&format!("Check it: {breaker}, Theo")).await.is_ok() {
        bail!("it still stands on Today after it was answered");
    }
    window.go(&review).await?;
    window.sees("It was right to look").await?;
    window.sees("Helen Boateng").await
}

/// The id of the restricted child: only someone on the list finds it.
async fn rowan(window: &Window<'_>) -> Result<String> {
    be(window, "Nadia Farrow").await?;
    window.go("/find?q=Rowan+Vane").await?;
    let mut found = vec![];
    for link in window.client.find_all(Locator::Css("a[href^=\"/person/\"]")).await? {
        found.push(link.attr("href").await?.unwrap_or_default());
    }
    // other children may be called Rowan too
    for href in found {
        window.go(&href).await?;
        if window.words().await?.contains("Rowan Vane") {
            return Ok(href.trim_start_matches("/person/").to_owned());
        }
    }
    bail!("Nadia, who is on the list, does not find Rowan Vane")
}

/// Nobody but who is on the list finds, opens or hears of the child.
pub(crate) async fn restricted(window: &Window<'_>) -> Result<()> {
    let rowan = rowan(window).await?;
    let jonah = id_of(window, "Jonah Vane").await?;
    window.go(&format!("/person/{jonah}/timeline")).await?;
    window.sees("Rowan has settled").await?;
    for who in
        ["Helen Boateng", "Ruth Ashdown", "Tomasz Zielinski", "Martin Voss", "Priya Nair", "Sol Whitaker"]
    {
        be(window, who).await?;
        for page in ["/find?q=Rowan+Vane", "/find?q=Thackeray", "/find", "/today", "/team", "/team/alder"] {
            window.go(page).await?;
            if window.source().await?.contains(&rowan) {
                bail!("{who} finds the child on {page}");
            }
        }
        window.go(&format!("/person/{rowan}")).await?;
        window.sees("There is nothing here").await?;
        for page in ["", "/people", "/timeline", "/family-timeline", "/readings"] {
            window.go(&format!("/person/{jonah}{page}")).await?;
            window.sees_not("Rowan").await.with_context(|| format!("{who} on Jonah's {page}"))?;
        }
    }
    same_again(window, &rowan).await
}

/// Whoever begins a second record hears one sentence and nothing else.
async fn same_again(window: &Window<'_>, rowan: &str) -> Result<()> {
    be(window, "Priya Nair").await?;
    window.go("/find/add").await?;
    window.choose("kind", "born").await?;
    window.type_in("given", "Rowan").await?;
    window.type_in("family", "Vane").await?;
    window.type_in("on-day", "23").await?;
    window.type_in("on-month", "4").await?;
    window.type_in("on-year", &(today().year() - 8).to_string()).await?;
    window.choose("basis", "exact").await?;
    window.press("Look who is here already").await?;
    window.sees("Speak to the restricted-records officer before making a record").await?;
    window.sees_not("Make this record").await?;
    if window.source().await?.contains(rowan) {
        bail!("the duplicate check tells which record it is");
    }
    Ok(())
}

/// The session ends while Nadia writes. Nothing is filed, someone else at the same phone sees nothing of it, and she
/// finds every word.
pub(crate) async fn lost_session(window: &Window<'_>, words: &str) -> Result<()> {
    be(window, "Nadia Farrow").await?;
    let josie = id_of(window, "Josie Hart").await?;
    window.go(&format!("/record?about={josie}&kind=note")).await?;
    window.type_in("time", "00:02").await?;
    window.type_in("narrative", words).await?;
    signed_out_elsewhere(window).await?;
    window.press("Finish").await?;
    window.sees("Choose someone to be").await.context("the sign-in page")?;
    window.press("Helen Boateng").await?;
    window.go("/kept").await?;
    if window.source().await?.contains(words) {
        bail!("someone else who signs in at the same browser reads the words");
    }
    window.go("/sign-in").await?;
    window.press("Nadia Farrow").await?;
    window.sees("Your words are here").await?;
    if !window.source().await?.contains(words) {
        bail!("the words did not come back");
    }
    let kept = window.path().await?;
    window.go(&format!("/person/{josie}/timeline")).await?;
    window.sees_not(words).await.context("nothing is filed before it is pressed again")?;
    window.go(&kept).await?;
    window.press("Send it now").await?;
    window.go(&format!("/person/{josie}/timeline")).await?;
    window.sees(words).await
}

/// Nadia, at her desk, signs out her phone.
async fn signed_out_elsewhere(window: &Window<'_>) -> Result<()> {
    let desk = Window::open(window.place, Visitor::DESK).await?;
    let done = async {
        be(&desk, "Nadia Farrow").await?;
        desk.go("/me").await?;
        desk.press("Sign out on every other device").await?;
        desk.sees("Signed out on every other device").await
    };
    let done = done.await;
    desk.close().await?;
    done
}

/// The timeline as it was known a month ago: what was learned since is not in it.
pub(crate) async fn known_last_month(window: &Window<'_>) -> Result<()> {
    const SINCE: &str = "We made the dog collage at the kitchen table";
    be(window, "Nadia Farrow").await?;
    let josie = id_of(window, "Josie Hart").await?;
    window.go(&format!("/person/{josie}/timeline")).await?;
    window.sees(SINCE).await?;
    let month_ago = today().saturating_sub(1.month());
    let more = window.client.find(Locator::Css("aside summary")).await?;
    if more.is_displayed().await? {
        more.click().await?;
    } else {
        // on a wide screen the choices stand open, which the driver does not see of a closed `details`
        window.client.execute("document.querySelector('aside details').open = true", vec![]).await?;
    }
    window.choose("known", "then").await?;
    window.type_in("on-day", &month_ago.day().to_string()).await?;
    window.type_in("on-month", &month_ago.month().to_string()).await?;
    window.type_in("on-year", &month_ago.year().to_string()).await?;
    window.press("Show").await?;
    let said = month_ago.strftime("%-d %B %Y").to_string();
    window.sees(&format!("You are reading what was known at the end of {said}")).await?;
    window.sees_not(SINCE).await?;
    window.press("Go back to what is known now").await?;
    window.sees(SINCE).await
}
