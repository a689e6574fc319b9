//! Journeys of what stays apart: a mother finds her plan and nothing of the father's; an advocate sees what was chosen and no
//! more, and less once something is taken back.

use crate::browser::{Visitor, Window, left};
use crate::moving::code;
use crate::own::{PAGES, Tongue, come_in, is_theirs};
use crate::stories::{be, id_of};
use anyhow::{Context, Result, bail, ensure};
use fantoccini::Locator;

/// Words of the father alone, written down during the journey: what he said by phone, and in a meeting at which she was.
struct Father {
    rang: String,
    lives: String,
    reach: String,
    /// What he said there for her to hear.
    aloud: String,
}

impl Father {
    fn on(window: &Window<'_>) -> Self {
        let of = |what: &str| window.named(what).replace('-', " ");
        Self {
            rang: of("Sam rang about the swimming bag"),
            lives: of("3 Heron Yard over the bakery"),
            reach: of("ring me at work on 07700 900163"),
            aloud: of("I will bring her boots on Saturday"),
        }
    }
}

/// The father rings; then both parents are at a meeting, where he gives an address that is his alone.
async fn write_down(window: &Window<'_>, words: &Father) -> Result<()> {
    be(window, "Nadia Farrow").await?;
    let (josie, sam) = (id_of(window, "Josie Hart").await?, id_of(window, "Sam Adeyemi").await?);
    let leanne = id_of(window, "Leanne Hart").await?;
    window.go(&format!("/record?about={josie}")).await?;
    window.pick("kind", "call").await?;
    window.pick("manner", "phone").await?;
    window.type_in("time", "00:03").await?;
    window.choose("present", &sam).await?;
    window.type_in("narrative", &format!("{}. He asked me not to pass it on.", words.rang)).await?;
    window.press("Finish").await?;
    window.sees_not("There is something to put right").await?;
    window.go(&format!("/record?about={josie}")).await?;
    window.pick("kind", "meeting").await?;
    window.pick("manner", "school").await?;
    window.type_in("time", "00:04").await?;
    window.choose(&format!("seen-{josie}"), "seen").await?;
    window.choose("present", &sam).await?;
    window.choose("present", &leanne).await?;
    window.type_in("narrative", "We sat in the library and planned the weekends.").await?;
    said(window, "statement-0", &sam, &words.aloud).await?;
    window.press("Add more words").await?;
    said(window, "statement-1", &sam, &format!("{}, {}", words.lives, words.reach)).await?;
    window.unfold("statement-1-private").await?;
    window.choose("statement-1-private", &format!("p:{sam}")).await?;
    window.pick("statement-1-matter", "address").await?;
    window.is_well().await?;
    window.press("Finish").await?;
    window.sees_not("There is something to put right").await?;
    window.go(&format!("/person/{josie}/timeline")).await?;
    window.sees(&words.lives).await.context("staff read it")
}

async fn said(window: &Window<'_>, field: &str, who: &str, words: &str) -> Result<()> {
    window.pick(&format!("{field}-owner"), &format!("p:{who}")).await?;
    window.pick(&format!("{field}-form"), "said").await?;
    window.type_in(&format!("{field}-words"), words).await
}

/// Leanne reads every page of hers, and everything that is written there for her.
pub(crate) async fn mother(window: &Window<'_>) -> Result<()> {
    let words = Father::on(window);
    write_down(window, &words).await?;
    // with his number as the record has it, and any postcode
    let hidden = [&words.rang, &words.lives, &words.reach].map(String::as_str);
    let hidden: Vec<&str> = hidden.into_iter().chain(["07700 900142", "07700900142", "ZZ9 "]).collect();
    come_in(window, "Leanne").await?;
    window.go("/my/language/en").await?;
    let mut read = vec![];
    for path in PAGES {
        window.go(path).await?;
        is_theirs(window, Tongue::ENGLISH).await?;
        window.holds_nothing_of(&hidden).await?;
        window.picture(&window.named(&format!("mother{}", path.replace('/', "-")))).await?;
        for begins in ["/my/read/", "/my/read?", "/my/plan?", "/my/story/", "/my/touch/"] {
            read.extend(window.links(begins).await?);
        }
    }
    read.sort();
    read.dedup();
    ensure!(read.len() > 10, "only {} things to read", read.len());
    for path in read {
        window.go(&path).await?;
        window.holds_nothing_of(&hidden).await?;
    }
    what_is_hers(window, &words).await?;
    for shut in ["/today", "/find?q=Josie", "/me"] {
        window.go(shut).await?;
        if !window.path().await?.starts_with("/sign-in") {
            bail!("{shut} opened to somebody in their own space");
        }
    }
    Ok(())
}

/// Her own plan, her child's, and what was said when she was there.
async fn what_is_hers(window: &Window<'_>, words: &Father) -> Result<()> {
    window.go("/my/plan").await?;
    window.sees("my scissors back in my hand").await?;
    let others = window.links("/my/plan?of=").await?;
    let mut plans = String::new();
    for path in &others {
        window.go(path).await?;
        window.is_well().await?;
        plans.push_str(&window.words().await?);
    }
    ensure!(plans.contains("I do the mornings"), "Josie's plan is not there for her: {plans}");
    window.go("/my/read").await?;
    window.sees(&words.aloud).await.context("what was said when she was there")
}

const PASSWORD: &str = "teapot meadow nineteen crow";

/// An advocate whom nobody knew before is invited, comes in by letter and code, and sees what Ash chose.
pub(crate) async fn advocate(window: &Window<'_>, visitor: Visitor, name: &str) -> Result<()> {
    let (first, family) = name.split_once(' ').unwrap_or((name, ""));
    let (ash, letter) = invite(window, (first, family)).await.context("inviting")?;
    let hers = Window::open(window.place, visitor).await?;
    let told = async {
        come_in_by_letter(&hers, &letter, &family.to_lowercase()).await.context("coming in by letter")?;
        chosen(window, &hers, (first, &ash)).await
    };
    let told = told.await;
    crate::stories::picture_of(&hers, &format!("advocate {name}"), &told).await;
    hers.close().await?;
    told
}

/// The worker adds somebody who speaks up for Ash, and makes the letter and the code.
async fn invite(window: &Window<'_>, (first, family): (&str, &str)) -> Result<(String, (String, String))> {
    be(window, "Nadia Farrow").await?;
    let ash = id_of(window, "Ash Hart").await?;
    window.go(&format!("/find/add?relate={ash}")).await?;
    window.type_in("given", first).await?;
    window.type_in("family", family).await?;
    window.press("Look who is here already").await?;
    window.press("ake this record").await?;
    window.pick("kind", "other").await?;
    window.press("Check before saving").await?;
    window.is_well().await?;
    window.press("Save").await?;
    window.sees(first).await?;
    window.go(&format!("/person/{ash}/space")).await?;
    let way = format!("//label[contains(., \"{first}\")]");
    window.client.find(Locator::XPath(&way)).await.context("she cannot be invited")?.click().await?;
    window.choose("part", "advocate").await?;
    window.type_in("reason", "Ash asked for somebody to speak up for her").await?;
    window.choose("code_by", "face-to-face").await?;
    window.is_well().await?;
    window.press("Make the letter and the code").await?;
    window.sees("Say this code").await?;
    window.is_well().await?;
    window.picture(&window.named("letter-and-code")).await?;
    let code = window.client.find(Locator::Css("b.code")).await?.text().await?;
    let link = window.client.find(Locator::Css("section.letter code")).await?.text().await?;
    Ok((ash, (link, code)))
}

/// A wrong code first, then the right one, a password, and a phone.
async fn come_in_by_letter(window: &Window<'_>, (link, said): &(String, String), name: &str) -> Result<()> {
    let path = link.find("/my/come-in/").map(|at| &link[at..]).context("no link on the letter")?;
    window.go(path).await?;
    window.is_well().await?;
    window.type_in("said", "000000").await?;
    press_in_main(window).await?;
    window.type_in("said", said).await?;
    press_in_main(window).await?;
    window.sees("Choose how you come in").await?;
    window.type_in("name", name).await?;
    window.type_in("password", PASSWORD).await?;
    window.type_in("again", PASSWORD).await?;
    let secret = window.client.find(Locator::Css("main details code")).await?;
    let secret = secret.prop("textContent").await?.unwrap_or_default();
    window.type_in("code", &code(&secret)?).await?;
    window.is_well().await?;
    window.picture(&window.named("choose-how-to-come-in")).await?;
    let last = "(//main//form[@method='post']//button[@type='submit'])[last()]";
    let last = window.client.find(Locator::XPath(last)).await?;
    last.click().await?;
    left(&last).await;
    window.sees("Spaces you come in to").await
}

async fn press_in_main(window: &Window<'_>) -> Result<()> {
    crate::own::send(window).await
}

/// Nothing before anything is chosen; what is chosen; and less once it is taken back.
async fn chosen(window: &Window<'_>, hers: &Window<'_>, (first, ash): (&str, &str)) -> Result<()> {
    const STORY: &str = "I do not do small talk";
    const PLAN: &str = "Christmas at Nan\u{2019}s with Josie and Theo";
    const ASKED: &str = "can i stay at nans for two nights";
    let space = format!("/my/for/{ash}");
    hers.go("/my/spaces").await?;
    hers.is_well().await?;
    hers.go(&space).await?;
    hers.sees("Nothing is shared with you now").await?;
    hers.holds_nothing_of(&[STORY, PLAN, ASKED]).await?;
    come_in(window, "Ash").await?;
    choose(window, first).await.context("Ash chooses")?;
    hers.go(&space).await?;
    hers.sees(STORY).await?;
    hers.sees(PLAN).await?;
    hers.holds_nothing_of(&[ASKED, "07700 9001", "ZZ9 "]).await?;
    hers.is_well().await?;
    hers.picture(&hers.named("advocate-sees")).await?;
    let read = hers.links(&format!("{space}/read/")).await?;
    ensure!(read.len() == 1, "one thing that is written was chosen and {} are there", read.len());
    hers.go(&read[0]).await?;
    hers.is_well().await?;
    for shut in ["/my/read", "/my/story", "/my/plan", "/today", &format!("/person/{ash}")] {
        hers.go(shut).await?;
        hers.holds_nothing_of(&[STORY, PLAN, ASKED]).await.with_context(|| format!("at {shut}"))?;
    }
    // Ash takes the plan back
    window.go("/my/coming-in").await?;
    let end = format!("//section[.//h2[contains(., \"{first}\")]]//li[contains(., \"Our plan\")]//button");
    let end = window.client.find(Locator::XPath(&end)).await.context("the plan cannot be taken back")?;
    end.click().await?;
    left(&end).await;
    hers.go(&space).await?;
    hers.sees(STORY).await?;
    hers.holds_nothing_of(&[PLAN]).await.context("the plan was taken back")?;
    window.go("/my/readers").await?;
    window.sees(first).await.context("Ash sees that it was read")?;
    window.is_well().await
}

/// Ash lets her read the story, the plan, and one thing that is written.
async fn choose(window: &Window<'_>, first: &str) -> Result<()> {
    window.go("/my/coming-in").await?;
    is_theirs(window, Tongue::ENGLISH).await?;
    let way = format!("//section[.//h2[contains(., \"{first}\")]]//a[contains(@class, 'btn')]");
    let href = window.client.find(Locator::XPath(&way)).await.context("she does not come in")?;
    window.go(&href.attr("href").await?.unwrap_or_default()).await?;
    window.choose("part", "story").await?;
    window.choose("part", "plan").await?;
    let one = window.client.find(Locator::Css("input[name=\"one\"]")).await.context("nothing to choose")?;
    let one = one.attr("value").await?.unwrap_or_default();
    window.choose("one", &one).await?;
    is_theirs(window, Tongue::ENGLISH).await?;
    window.picture(&window.named("choose-what-she-sees")).await?;
    window.press("Keep this").await?;
    window.sees("can read:").await
}
