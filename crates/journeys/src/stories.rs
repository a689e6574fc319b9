//! The journeys, each named after what someone needs to be able to do.

use crate::browser::{Visitor, Window};
use crate::knowing;
use crate::own::{self, Tongue};
use crate::place::Place;
use crate::{apart, checking, joining, meeting, moving, passkey, walk, weight};
use anyhow::{Context, Result, bail};
use fantoccini::Locator;
use fantoccini::key::Key;

/// What is done in a story.
#[derive(Clone, Copy)]
pub(crate) enum What {
    SignInAsEach(Visitor),
    FindMisspelt(Visitor),
    RecordVisit(Visitor),
    FindByKeyboard,
    HiddenFromOthers,
    CheckCensus(Visitor),
    /// Who breaks the glass: each once, because it stays open for a while.
    Glass(Visitor, &'static str),
    Restricted(Visitor),
    /// With words of its own.
    LostSession(Visitor, &'static str),
    KnownLastMonth(Visitor),
    MovingIn(Visitor),
    RecordByKeyboard,
    /// Whose passkey: each their own, because it stays.
    Passkey(Visitor, &'static str),
    /// And whether the likely pair is still listed, because nobody has joined it yet.
    Joining(Visitor, bool),
    /// A child in their own space, in one of the languages.
    Child(Visitor, Tongue),
    Mother(Visitor),
    /// With the name of an advocate: each another.
    Advocate(Visitor, &'static str),
    /// The code and the name of whoever stands in: each another, because they read the story.
    Covering(Visitor, (&'static str, &'static str)),
    HeldBack,
    KnownBefore(Visitor),
    FirstVisits,
    Walk(u32),
    /// The pages of one's own space, in all languages.
    WalkOwn(u32),
    OwnColours,
}

/// One journey.
pub(crate) struct Story {
    pub(crate) name: &'static str,
    what: What,
}

/// Every journey.
pub(crate) fn all() -> Vec<Story> {
    use What::{
        CheckCensus, FindByKeyboard, FindMisspelt, Glass, HiddenFromOthers, KnownLastMonth, LostSession,
        MovingIn, OwnColours, RecordByKeyboard, RecordVisit, Restricted, SignInAsEach, Walk,
    };
    const BARE: Visitor = Visitor::PHONE_WITHOUT_SCRIPTS;
    let story = |name, what| Story { name, what };
    let mut all = joined_and_parted();
    all.extend(passkeys());
    all.extend(own_spaces());
    all.extend(between_people());
    all.extend([
        story("each of the staff signs in, on a phone", SignInAsEach(Visitor::PHONE)),
        story("each of the staff signs in, without scripts", SignInAsEach(BARE)),
        story("a worker finds a child whose name is misspelt, on a phone", FindMisspelt(Visitor::PHONE)),
        story("a worker finds a child whose name is misspelt, at a desk", FindMisspelt(Visitor::DESK)),
        story("a worker finds a child by keyboard alone", FindByKeyboard),
        story("a visit to two siblings, one not seen, on a phone", RecordVisit(Visitor::PHONE)),
        story("a visit to two siblings, one not seen, without scripts", RecordVisit(BARE)),
        story("a visit to two siblings, one not seen, at a desk", RecordVisit(Visitor::DESK)),
        story("a visit is recorded by keyboard alone", RecordByKeyboard),
        story("a council moves in and records its first visit, on a phone", MovingIn(Visitor::PHONE)),
        story("a council moves in and records its first visit, at a desk", MovingIn(Visitor::DESK)),
        story("a council moves in and records its first visit, without scripts", MovingIn(BARE)),
        story("a record that one has nothing to do with stays shut", HiddenFromOthers),
        story("a census is checked before it is sent, at a desk", CheckCensus(Visitor::DESK)),
        story("a census is checked before it is sent, on a phone", CheckCensus(Visitor::PHONE)),
        story("a census is checked before it is sent, without scripts", CheckCensus(BARE)),
        story("the glass is broken and answered for, on a phone", Glass(Visitor::PHONE, "Priya Nair")),
        story("the glass is broken and answered for, at a desk", Glass(Visitor::DESK, "Tomasz Zielinski")),
        story("the glass is broken and answered for, without scripts", Glass(BARE, "Judith Crane")),
        story("a restricted child is not there for the wrong people, on a phone", Restricted(Visitor::PHONE)),
        story("a restricted child is not there for the wrong people, at a desk", Restricted(Visitor::DESK)),
        story("a restricted child is not there for the wrong people, without scripts", Restricted(BARE)),
        story(
            "a session ends mid-sentence, on a phone",
            LostSession(Visitor::PHONE, "School rang: Josie read aloud to the whole class"),
        ),
        story(
            "a session ends mid-sentence, at a desk",
            LostSession(Visitor::DESK, "Nan rang: she can stay on Sunday nights from next week"),
        ),
        story(
            "a session ends mid-sentence, without scripts",
            LostSession(BARE, "The health visitor rang about the new glasses for Josie"),
        ),
        story("the timeline as known last month, on a phone", KnownLastMonth(Visitor::PHONE)),
        story("the timeline as known last month, at a desk", KnownLastMonth(Visitor::DESK)),
        story("the timeline as known last month, without scripts", KnownLastMonth(BARE)),
        story("every page is accessible and fits, at 1280", Walk(1280)),
        story("every page is accessible and fits, at 390", Walk(390)),
        story(
            "every page is accessible and fits, at 320 by 256, which is a desk's window at 400 % zoom",
            Walk(320),
        ),
        story("the pages used most can be read in the reader's own colours", OwnColours),
    ]);
    all
}

/// Journeys of passkeys, each of somebody else.
fn passkeys() -> [Story; 2] {
    use What::Passkey;
    let story = |name, what| Story { name, what };
    [
        story(
            "a passkey is added, lets in, and is removed, on a phone",
            Passkey(Visitor::PHONE, "Kit Marlow"),
        ),
        story(
            "a passkey is added, lets in, and is removed, at a desk",
            Passkey(Visitor::DESK, "Helen Boateng"),
        ),
    ]
}

/// Journeys of people in their own space.
fn own_spaces() -> Vec<Story> {
    use What::{Child, FirstVisits, WalkOwn};
    const BARE: Visitor = Visitor::PHONE_WITHOUT_SCRIPTS;
    const SMALL: Visitor = Visitor { width: 320, scripts: true };
    let story = |name, what| Story { name, what };
    vec![
        story(
            "a child reads, writes, does not agree and is answered, on a small phone",
            Child(SMALL, Tongue::ENGLISH),
        ),
        story(
            "a child reads, writes, does not agree and is answered, without scripts",
            Child(BARE, Tongue::ENGLISH),
        ),
        story("a child does the same in Welsh", Child(Visitor::PHONE, Tongue::WELSH)),
        story("a child does the same in longer words, on a small phone", Child(SMALL, Tongue::LONGER)),
        story(
            "a child does the same from right to left, on a small phone",
            Child(SMALL, Tongue::FROM_THE_RIGHT),
        ),
        story(
            "a child does the same from right to left, without scripts",
            Child(BARE, Tongue::FROM_THE_RIGHT),
        ),
        story("every page of one's own space is accessible and fits, at 1280", WalkOwn(1280)),
        story("every page of one's own space is accessible and fits, at 320", WalkOwn(320)),
        story("a first visit to a page of the family weighs little", FirstVisits),
    ]
}

/// Journeys of what one person reads and another does not, and of what changes as days pass.
fn between_people() -> Vec<Story> {
    use What::{Advocate, Covering, HeldBack, KnownBefore, Mother};
    const SMALL: Visitor = Visitor { width: 320, scripts: true };
    let story = |name, what| Story { name, what };
    vec![
        story("a mother finds her plan and nothing of the father's, on a small phone", Mother(SMALL)),
        story("a mother finds her plan and nothing of the father's, at a desk", Mother(Visitor::DESK)),
        story(
            "an advocate sees what was chosen and no more, on a phone",
            Advocate(Visitor::PHONE, "Amara Bello"),
        ),
        story(
            "an advocate sees what was chosen and no more, at a desk",
            Advocate(Visitor::DESK, "Idris Vaughan"),
        ),
        story(
            "a covering worker reads the story before the door, on a phone",
            Covering(Visitor::PHONE, ("demo-tomasz", "Tomasz Zielinski")),
        ),
        story(
            "a covering worker reads the story before the door, at a desk",
            Covering(Visitor::DESK, ("demo-kit", "Kit Marlow")),
        ),
        story("what was held back comes up, is let go and is read", HeldBack),
        story("a plan and a story as known before a change, on a phone", KnownBefore(Visitor::PHONE)),
        story("a plan and a story as known before a change, at a desk", KnownBefore(Visitor::DESK)),
    ]
}

/// Journeys of one child who was written down twice; the first still finds the pair listed.
fn joined_and_parted() -> Vec<Story> {
    use What::Joining;
    let story = |name, what| Story { name, what };
    vec![
        story("two records of one child are joined and parted, on a phone", Joining(Visitor::PHONE, true)),
        story("two records of one child are joined and parted, at a desk", Joining(Visitor::DESK, false)),
        story(
            "two records of one child are joined and parted, without scripts",
            Joining(Visitor::PHONE_WITHOUT_SCRIPTS, false),
        ),
    ]
}

/// Tells one.
pub(crate) async fn tell(place: &Place, story: &Story) -> Result<()> {
    let visitor = match story.what {
        What::Walk(width) => return walk::walk(place, width).await,
        What::WalkOwn(width) => return own::walk(place, width).await,
        What::HeldBack => return meeting::held_back(place, story.name).await,
        What::FirstVisits => return weight::first_visits(place).await,
        What::MovingIn(visitor) => return moving::moving_in(place, visitor, story.name).await,
        What::SignInAsEach(visitor)
        | What::FindMisspelt(visitor)
        | What::RecordVisit(visitor)
        | What::CheckCensus(visitor)
        | What::Glass(visitor, _)
        | What::Restricted(visitor)
        | What::LostSession(visitor, _)
        | What::Passkey(visitor, _)
        | What::Joining(visitor, _)
        | What::Child(visitor, _)
        | What::Mother(visitor)
        | What::Advocate(visitor, _)
        | What::Covering(visitor, _)
        | What::KnownBefore(visitor)
        | What::KnownLastMonth(visitor) => visitor,
        What::FindByKeyboard | What::HiddenFromOthers | What::RecordByKeyboard | What::OwnColours => {
            Visitor::DESK
        }
    };
    let window = Window::open(place, visitor).await?;
    let told = match story.what {
        What::SignInAsEach(_) => sign_in_as_each(&window).await,
        What::FindMisspelt(_) => find_misspelt(&window).await,
        What::RecordVisit(_) => record_visit(&window).await,
        What::FindByKeyboard => find_by_keyboard(&window).await,
        What::HiddenFromOthers => hidden_from_others(&window).await,
        What::CheckCensus(_) => checking::check_a_census(&window).await,
        What::Glass(_, breaker) => knowing::glass(&window, breaker).await,
        What::Restricted(_) => knowing::restricted(&window).await,
        What::LostSession(_, words) => knowing::lost_session(&window, words).await,
        What::KnownLastMonth(_) => knowing::known_last_month(&window).await,
        What::Joining(_, listed) => joining::joining(&window, listed).await,
        What::Passkey(_, who) => passkey::passkey(&window, who).await,
        What::RecordByKeyboard => record_by_keyboard(&window).await,
        What::OwnColours => walk::in_own_colours(&window).await,
        What::Child(_, tongue) => own::child(&window, tongue).await,
        What::Mother(_) => apart::mother(&window).await,
        What::Advocate(_, name) => apart::advocate(&window, visitor, name).await,
        What::Covering(_, who) => meeting::covering(&window, who).await,
        What::KnownBefore(_) => meeting::known_before(&window).await,
        What::MovingIn(_) | What::Walk(_) | What::WalkOwn(_) | What::HeldBack | What::FirstVisits => Ok(()),
    };
    picture_of(&window, story.name, &told).await;
    window.close().await?;
    told
}

/// Keeps a picture of where a story failed.
pub(crate) async fn picture_of(window: &Window<'_>, story: &str, told: &Result<()>) {
    if told.is_err() {
        let name: String = story.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        drop(window.picture(&format!("failed-{name}")).await);
    }
}

const STAFF: &[&str] = &[
    "Nadia Farrow",
    "Tomasz Zielinski",
    "Kit Marlow",
    "Helen Boateng",
    "Ruth Ashdown",
    "Martin Voss",
    "Priya Nair",
    "Sol Whitaker",
    "Judith Crane",
    "Alex Drummond",
];

/// Becomes someone of the demonstration.
pub(crate) async fn be(window: &Window<'_>, name: &str) -> Result<()> {
    window.go("/sign-in").await?;
    window.press(name).await?;
    window.sees(name).await.with_context(|| format!("signing in as {name}"))
}

/// The id of Josie's record, where the reader may find her.
pub(crate) async fn josie(window: &Window<'_>, who: &str) -> Result<String> {
    if who != "Nadia Farrow" {
        return Ok(String::new());
    }
    window.go("/find?q=Josie+Hart").await?;
    let links = window.client.find_all(Locator::Css("a[href^=\"/person/\"]")).await?;
    for link in links {
        if link.text().await?.contains("Josie") {
            let href = link.attr("href").await?.unwrap_or_default();
            return Ok(href.trim_start_matches("/person/").split('/').next().unwrap_or_default().to_owned());
        }
    }
    bail!("Josie Hart is not found")
}

async fn sign_in_as_each(window: &Window<'_>) -> Result<()> {
    for name in STAFF {
        be(window, name).await?;
        window.go("/today").await?;
        window.sees(name.split(' ').next().unwrap_or(name)).await?;
    }
    Ok(())
}

async fn find_misspelt(window: &Window<'_>) -> Result<()> {
    be(window, "Nadia Farrow").await?;
    window.go("/find").await?;
    window.type_in("q", "Josey Hurt").await?;
    window.keys(&Key::Enter.to_string()).await?;
    window.sees("Josie").await?;
    window.press("Josie").await?;
    window.sees("Things to know").await
}

async fn find_by_keyboard(window: &Window<'_>) -> Result<()> {
    be(window, "Nadia Farrow").await?;
    window.go("/find").await?;
    window.tab_to("q").await?;
    window.keys("Theo Hart").await?;
    window.keys(&Key::Enter.to_string()).await?;
    window.sees("Theo").await?;
    window.tab_to("Theo").await?;
    window.keys(&Key::Enter.to_string()).await?;
    window.sees("Record").await
}

/// The id of the record of someone whom the reader finds.
pub(crate) async fn id_of(window: &Window<'_>, name: &str) -> Result<String> {
    window.go(&format!("/find?q={}", name.replace(' ', "+"))).await?;
    let first = name.split(' ').next().unwrap_or(name);
    for link in window.client.find_all(Locator::Css("a[href^=\"/person/\"]")).await? {
        if link.text().await?.contains(first) {
            let href = link.attr("href").await?.unwrap_or_default();
            return Ok(href.trim_start_matches("/person/").split('/').next().unwrap_or_default().to_owned());
        }
    }
    bail!("{name} is not found")
}

async fn record_visit(window: &Window<'_>) -> Result<()> {
    be(window, "Nadia Farrow").await?;
    let (josie, theo) = (id_of(window, "Josie Hart").await?, id_of(window, "Theo Hart").await?);
    window.go(&format!("/record?about={josie}&about={theo}")).await?;
    window.type_in("time", "00:01").await?;
    window.pick("manner", "home-visit").await?;
    window.choose(&format!("seen-{josie}"), "seen-alone").await?;
    window.choose(&format!("seen-{theo}"), "not-seen").await?;
    window.type_in(&format!("why-{theo}"), "At football with Nan").await?;
    window.type_in("narrative", "We drew the dog from next door and talked about the meeting.").await?;
    window.press("Finish").await?;
    window.sees("Theo").await?;
    window.sees_not("There is something to put right").await?;
    window.go(&format!("/person/{josie}/timeline")).await?;
    window.sees("We drew the dog from next door").await?;
    window.go(&format!("/person/{theo}/timeline")).await?;
    window.sees("We drew the dog from next door").await
}

/// The whole form without a mouse: from field to field with the tab key, choices with the arrows and the space bar.
async fn record_by_keyboard(window: &Window<'_>) -> Result<()> {
    const TOLD: &str = "Walked to the pond and back; she told me about the new bench.";
    be(window, "Nadia Farrow").await?;
    let josie = id_of(window, "Josie Hart").await?;
    window.go(&format!("/record?about={josie}")).await?;
    window.tab_to("time").await?;
    window.keys("0002").await?;
    window.tab_to("manner").await?;
    window.keys("h").await?;
    window.tab_to(&format!("seen-{josie}")).await?;
    window.keys(" ").await?;
    window.tab_to("narrative").await?;
    window.keys(TOLD).await?;
    window.tab_to("Finish").await?;
    window.keys(&Key::Enter.to_string()).await?;
    window.sees("Josie").await?;
    window.go(&format!("/person/{josie}/timeline")).await?;
    window.sees(TOLD).await
}

async fn hidden_from_others(window: &Window<'_>) -> Result<()> {
    be(window, "Nadia Farrow").await?;
    let josie = id_of(window, "Josie Hart").await?;
    be(window, "Priya Nair").await?;
    window.go(&format!("/person/{josie}")).await?;
    window.sees_not("Kestrel Walk").await?;
    window.sees_not("I like dogs").await
}
