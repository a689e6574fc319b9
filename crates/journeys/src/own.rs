//! Journeys of people in their own space: a child of thirteen reads, does not agree, writes and sees an answer, in any
//! language; a mother finds nothing of what the father said alone; and each of their pages at each width.

use crate::browser::{Visitor, Window, left};
use crate::place::Place;
use crate::stories::be;
use anyhow::{Context, Result, bail};
use fantoccini::Locator;

/// A language in which the journeys are made: its code, and which way it is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tongue {
    pub(crate) code: &'static str,
    pub(crate) direction: &'static str,
}

impl Tongue {
    pub(crate) const ENGLISH: Self = Self { code: "en", direction: "ltr" };
    pub(crate) const WELSH: Self = Self { code: "cy", direction: "ltr" };
    /// Invented: every letter with a mark, every line a third longer.
    pub(crate) const LONGER: Self = Self { code: "en-XA", direction: "ltr" };
    /// Invented: read from right to left.
    pub(crate) const FROM_THE_RIGHT: Self = Self { code: "ar-XB", direction: "rtl" };
}

/// Comes in to the own space of somebody of the demonstration.
pub(crate) async fn come_in(window: &Window<'_>, name: &str) -> Result<()> {
    window.go("/sign-in").await?;
    let way = format!("//button[starts-with(@value, 'person:')][contains(., '{name}')]");
    let found = window.client.find(Locator::XPath(&way)).await;
    found.with_context(|| format!("{name} has no space to come in to"))?.click().await?;
    window.client.wait().for_element(Locator::Css("a[href=\"/my/leave\"]")).await?;
    Ok(())
}

/// Presses the one button of the page's form.
pub(crate) async fn send(window: &Window<'_>) -> Result<()> {
    let button = "main form[method=\"post\"] button[type=\"submit\"]";
    let pressed = window.client.find(Locator::Css(button)).await.context("the page has no form to send")?;
    pressed.click().await?;
    left(&pressed).await;
    Ok(())
}

/// Follows the first link whose address begins so.
async fn follow(window: &Window<'_>, begins: &str, ends: &str) -> Result<()> {
    let css = format!("main a[href^=\"{begins}\"][href$=\"{ends}\"]");
    let href = window
        .client
        .find(Locator::Css(&css))
        .await
        .with_context(|| format!("no link {begins}"))?
        .attr("href")
        .await?;
    window.go(&href.unwrap_or_default()).await
}

/// The page is in this language, fits, is accessible, and its title tells nobody anything.
pub(crate) async fn is_theirs(window: &Window<'_>, tongue: Tongue) -> Result<()> {
    let html = window.client.find(Locator::Css("html")).await?;
    let said = (html.attr("lang").await?.unwrap_or_default(), html.attr("dir").await?);
    if said.0 != tongue.code || said.1.as_deref().unwrap_or("ltr") != tongue.direction {
        bail!("{} is in {said:?} and not in {tongue:?}", window.path().await?);
    }
    let title = window.client.title().await?.to_lowercase();
    for telling in ["social", "council", "care", "protect", "ash", "leanne"] {
        if title.contains(telling) {
            bail!("the title {title:?} of {} tells {telling:?}", window.path().await?);
        }
    }
    window.is_well().await
}

/// Ash reads, does not agree, writes, and is answered by a human.
pub(crate) async fn child(window: &Window<'_>, tongue: Tongue) -> Result<()> {
    come_in(window, "Ash").await?;
    window.go(&format!("/my/language/{}", tongue.code)).await?;
    window.go("/my").await?;
    is_theirs(window, tongue).await?;
    window.go("/my/read").await?;
    is_theirs(window, tongue).await?;
    follow(window, "/my/read/", "/disagree").await?;
    let not_so = window.named(&format!("That is not how it was, says Ash ({})", tongue.code));
    window.type_in("words", &not_so).await?;
    send(window).await?;
    window.sees(&not_so).await.context("the words stand beside the text")?;
    is_theirs(window, tongue).await?;
    window.go("/my/write").await?;
    is_theirs(window, tongue).await?;
    let asked = window.named(&format!("Can Josie come to the canal on Sunday ({})", tongue.code));
    window.type_in("words", &asked).await?;
    send(window).await?;
    window.sees(&asked).await.context("what was sent stands there")?;
    answer(window, &asked).await?;
    come_in(window, "Ash").await?;
    window.go(&format!("/my/language/{}", tongue.code)).await?;
    window.go("/my/answers").await?;
    window.sees(&format!("Yes, about this: {asked}")).await.context("the answer is there")?;
    is_theirs(window, tongue).await?;
    window.go("/my/language/en").await
}

/// Whoever works with Ash finds the words on Today and writes back.
async fn answer(window: &Window<'_>, asked: &str) -> Result<()> {
    be(window, "Nadia Farrow").await?;
    window.go("/today").await?;
    window.sees("Ash wrote to you").await?;
    let mut questions = vec![];
    for link in window.client.find_all(Locator::Css("a[href^=\"/question/\"]")).await? {
        questions.push(link.attr("href").await?.unwrap_or_default());
    }
    for question in questions {
        window.go(&question).await?;
        if window.words().await?.contains(asked) {
            window.is_well().await?;
            window.type_in("words", &format!("Yes, about this: {asked}")).await?;
            return window.press("Send").await;
        }
    }
    bail!("none of the questions on Today is {asked:?}")
}

/// The pages of an own space.
pub(crate) const PAGES: &[&str] = &[
    "/my",
    "/my/story",
    "/my/plan",
    "/my/next",
    "/my/touch",
    "/my/read",
    "/my/people",
    "/my/workers",
    "/my/check-in",
    "/my/not-right",
    "/my/write",
    "/my/answers",
    "/my/readers",
    "/my/rights",
    "/my/complaint",
    "/my/coming-in",
    "/my/help",
];

/// Walks them all at one width, as a child does in each of the languages.
pub(crate) async fn walk(place: &Place, width: u32) -> Result<()> {
    let window = Window::open(place, Visitor { width, scripts: true }).await?;
    let told = pages(&window, width).await;
    window.close().await?;
    told
}

async fn pages(window: &Window<'_>, width: u32) -> Result<()> {
    let mut wrong = vec![];
    come_in(window, "Ash").await?;
    for tongue in [Tongue::ENGLISH, Tongue::WELSH, Tongue::LONGER, Tongue::FROM_THE_RIGHT] {
        window.go(&format!("/my/language/{}", tongue.code)).await?;
        for path in PAGES {
            window.go(path).await?;
            let name = path.trim_start_matches('/').replace('/', "-");
            window.picture(&format!("{width}-{}-{name}", tongue.code)).await?;
            let mut checks = vec![is_theirs(window, tongue).await];
            if width == 320 {
                checks.push(window.nothing_covers_the_focus().await);
            }
            for check in checks {
                if let Err(error) = check {
                    wrong.push(format!("{} at {width}: {error:#}", tongue.code));
                }
            }
        }
    }
    window.go("/my/language/en").await?;
    if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("\n        ")) }
}
