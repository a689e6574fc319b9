//! Journeys before and after meeting somebody: a covering worker reads the story before the door; what was held back comes
//! up, is let go and is read; a plan and a story as they were known.

use crate::browser::{Visitor, Window};
use crate::knowing::today;
use crate::own::{Tongue, come_in, is_theirs};
use crate::place::Place;
use crate::stories::{be, id_of, picture_of};
use anyhow::{Context, Result, bail};
use fantoccini::Locator;
use jiff::ToSpan;

/// Nadia is away, and somebody stands in who has not met Ash.
pub(crate) async fn covering(window: &Window<'_>, (code, name): (&str, &str)) -> Result<()> {
    let first = name.split(' ').next().unwrap_or(name);
    be(window, "Helen Boateng").await?;
    window.go("/administration/absence").await?;
    window.pick("worker", "demo-nadia").await?;
    window.pick("cover", code).await?;
    window.is_well().await?;
    window.press("Keep").await?;
    window.sees(&format!("{name} stands in")).await?;
    let told = before_the_door(window, (name, first)).await;
    // whatever came of it, Nadia is back
    be(window, "Helen Boateng").await?;
    window.go("/administration/absence").await?;
    let hers = "//li[contains(., 'Nadia Farrow')]//a[contains(., 'Change')]";
    window.client.find(Locator::XPath(hers)).await.context("Nadia is not away")?.click().await?;
    window.press("They are back").await?;
    window.sees("Ended").await?;
    window.sees_not("Nadia Farrow: away").await?;
    told
}

async fn before_the_door(window: &Window<'_>, (name, first): (&str, &str)) -> Result<()> {
    be(window, name).await?;
    window.go("/today").await?;
    window.sees("Read before you meet").await?;
    window.sees("Read Ash\u{2019}s story before you meet").await?;
    window.is_well().await?;
    window.picture(&window.named("covering-today")).await?;
    let ash = id_of(window, "Ash Hart").await?;
    window.go(&format!("/person/{ash}")).await?;
    window.press("Read it, and say so").await?;
    window.sees("I have told this five times so please just read it").await?;
    window.is_well().await?;
    window.picture(&window.named("covering-story")).await?;
    window.press("I have read Ash").await?;
    window.sees("Written down: you have read this story").await?;
    window.go("/today").await?;
    window.sees_not("Read Ash\u{2019}s story before you meet").await?;
    come_in(window, "Ash").await?;
    window.go("/my/language/en").await?;
    window.go("/my/story").await?;
    window.sees(&format!("{first} read it on")).await.context("Ash sees that it was read")?;
    is_theirs(window, Tongue::ENGLISH).await?;
    window.go("/my/people").await?;
    window.sees(first).await.context("Ash sees who stands in")
}

/// How many days later what is held back is looked at again.
const LATER: u16 = 9;

/// In a council of their own, because days pass: held back on a phone and at a desk, and let go days later.
pub(crate) async fn held_back(place: &Place, story: &str) -> Result<()> {
    let mut council = place.another().await?;
    for visitor in [Visitor::PHONE, Visitor::DESK] {
        let window = Window::open(&council, visitor).await?;
        let told = hold(&window).await;
        picture_of(&window, &format!("{story}, held"), &told).await;
        window.close().await?;
        told?;
    }
    council.later(LATER).await?;
    for visitor in [Visitor::PHONE, Visitor::DESK] {
        let window = Window::open(&council, visitor).await?;
        let told = let_go(&window).await;
        picture_of(&window, &format!("{story}, let go"), &told).await;
        window.close().await?;
        told?;
    }
    Ok(())
}

fn held_words(window: &Window<'_>) -> String {
    window.named("We may find her dad's photo in the blue box").replace('-', " ")
}

/// Bev says something at a meeting that Ash does not read until it is sure.
async fn hold(window: &Window<'_>) -> Result<()> {
    let words = held_words(window);
    be(window, "Nadia Farrow").await?;
    let ash = id_of(window, "Ash Hart").await?;
    window.go(&format!("/record?about={ash}")).await?;
    window.type_in("time", if window.is_wide() { "00:02" } else { "00:01" }).await?;
    window.pick("manner", "home-visit").await?;
    window.choose(&format!("seen-{ash}"), "seen").await?;
    window.type_in("others", "Bev, who cares for her").await?;
    window.type_in("narrative", &window.named("We had soup at Bev's and looked at old pictures")).await?;
    window.pick("statement-0-owner", "other").await?;
    window.type_in("statement-0-owner-words", "Bev").await?;
    window.pick("statement-0-form", "said").await?;
    window.type_in("statement-0-words", &words).await?;
    window.unfold("statement-0-hold").await?;
    window.choose("statement-0-hold", &format!("p:{ash}")).await?;
    window.pick("statement-0-hold-ground", "confidence").await?;
    window.type_in("statement-0-hold-why", "Bev wants to be sure first").await?;
    window.type_day("statement-0-hold-review", today().saturating_add(i64::from(LATER).days())).await?;
    window.is_well().await?;
    window.press("Finish").await?;
    window.sees_not("There is something to put right").await?;
    window.go("/today").await?;
    window.sees_not("Is it still held back? Ash").await?;
    come_in(window, "Ash").await?;
    window.go("/my/language/en").await?;
    for path in ["/my", "/my/read"] {
        window.go(path).await?;
        window.holds_nothing_of(&[&words]).await?;
        is_theirs(window, Tongue::ENGLISH).await?;
    }
    window.sees(&window.named("We had soup at Bev's")).await.context("the rest is there")?;
    window
        .holds_nothing_of(&["held back", "held-back", "hold"])
        .await
        .context("nothing shows that it is there")
}

/// It comes up on Today, is let go with a reason, and Ash reads it.
async fn let_go(window: &Window<'_>) -> Result<()> {
    let words = held_words(window);
    be(window, "Nadia Farrow").await?;
    window.go("/today").await?;
    window.sees("Is it still held back?").await?;
    window.is_well().await?;
    window.picture(&window.named("held-back-today")).await?;
    let mut found = None;
    for path in window.links("/held-back/").await? {
        window.go(&path).await?;
        if window.words().await?.contains(&words) {
            found = Some(path);
            break;
        }
    }
    if found.is_none() {
        bail!("what was held back does not come up");
    }
    window.is_well().await?;
    window.picture(&window.named("held-back-review")).await?;
    window.choose("again", "ended").await?;
    window.type_in("why", "The photo is found, and Bev told her").await?;
    window.press("Keep this answer").await?;
    window.sees(&words).await?;
    come_in(window, "Ash").await?;
    window.go("/my/language/en").await?;
    window.go("/my/read").await?;
    window.sees(&words).await.context("Ash reads it now")?;
    is_theirs(window, Tongue::ENGLISH).await?;
    window.picture(&window.named("held-back-read")).await
}

/// What the plan and the story of Theo said before somebody changed them.
pub(crate) async fn known_before(window: &Window<'_>) -> Result<()> {
    be(window, "Nadia Farrow").await?;
    let theo = id_of(window, "Theo Hart").await?;
    let now = window.named("Breakfast club, and a friend there").replace('-', " ");
    window.go(&format!("/person/{theo}/plan")).await?;
    let goal = "//a[contains(@href, '/plan/line?line=')][contains(., 'Change')]";
    window.client.find(Locator::XPath(goal)).await.context("no line to change")?.click().await?;
    window.is_well().await?;
    window.type_in("words", &now).await?;
    window.press("Keep").await?;
    window.sees(&now).await?;
    then(window, &format!("/person/{theo}/plan"), ("Breakfast club every day", &now))
        .await
        .context("the plan")?;
    let now = window.named("I am Theo. I am fast, and I can swim").replace('-', " ");
    window.go(&format!("/person/{theo}/story")).await?;
    window.press("Tell it anew").await?;
    window.is_well().await?;
    window.type_in("words", &now).await?;
    window.press("Keep").await?;
    window.sees(&now).await?;
    then(window, &format!("/person/{theo}/story"), ("I am six and a half", &now)).await.context("the story")
}

/// The page as known yesterday says what stood there then, and not what is new.
async fn then(window: &Window<'_>, path: &str, (before, now): (&str, &str)) -> Result<()> {
    let yesterday = today().saturating_sub(1.day());
    window.go(path).await?;
    window.type_day("on", yesterday).await?;
    window.press("Show").await?;
    let said = yesterday.strftime("%-d %B %Y").to_string();
    window.sees(&format!("You are reading what was known at the end of {said}")).await?;
    window.sees(before).await?;
    window.holds_nothing_of(&[now]).await?;
    window.is_well().await?;
    window.picture(&window.named(&format!("as-known{}", path.rsplit('/').next().unwrap_or("")))).await?;
    window.press("Go back to what is known now").await?;
    window.sees(now).await?;
    window.sees_not(before).await
}
