//! One window of chromium, and what a person does in it.

use crate::place::Place;
use anyhow::{Context, Result, bail};
use data_encoding::BASE64;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use jiff::civil::Date;
use serde_json::{Value, json};
use std::time::Duration;
use url::{ParseError, Url};

/// How often a page is looked at again before a journey says that something is not there, and how long between.
const SOON: usize = 40;
const MOMENT: Duration = Duration::from_millis(150);

/// How a person comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Visitor {
    pub(crate) width: u32,
    pub(crate) scripts: bool,
}

impl Visitor {
    pub(crate) const PHONE: Self = Self { width: 390, scripts: true };
    pub(crate) const DESK: Self = Self { width: 1280, scripts: true };
    pub(crate) const PHONE_WITHOUT_SCRIPTS: Self = Self { width: 390, scripts: false };

    /// A window of 1280 by 1024 at 400 % zoom is 320 by 256 to the page.
    const fn height(self) -> u32 {
        if self.width == 320 { 256 } else { 900 }
    }
}

/// A command of the browser's own, to look at a page as others see it.
#[derive(Debug)]
struct Emulate(Value);

impl WebDriverCompatibleCommand for Emulate {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.0.to_string()))
    }
}

/// A window.
pub(crate) struct Window<'a> {
    pub(crate) client: Client,
    pub(crate) place: &'a Place,
    scripts: bool,
    width: u32,
}

impl<'a> Window<'a> {
    pub(crate) async fn open(place: &'a Place, visitor: Visitor) -> Result<Self> {
        let mut options = json!({
            "args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars",
                     format!("--window-size={},900", visitor.width.max(500))],
            "mobileEmulation": { "deviceMetrics": { "width": visitor.width, "height": visitor.height(), "pixelRatio": 1.0, "touch": false } },
        });
        if !visitor.scripts {
            options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
        }
        let mut wanted = serde_json::Map::new();
        wanted.insert("browserName".to_owned(), json!("chrome"));
        wanted.insert("goog:chromeOptions".to_owned(), options);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(wanted)
            .connect(&place.driver_url)
            .await
            .context("chromium could not be started")?;
        Ok(Self { client, place, scripts: visitor.scripts, width: visitor.width })
    }

    pub(crate) async fn close(self) -> Result<()> {
        Ok(self.client.close().await?)
    }

    pub(crate) async fn go(&self, path: &str) -> Result<()> {
        Ok(self.client.goto(&format!("{}{path}", self.place.url)).await?)
    }

    pub(crate) async fn path(&self) -> Result<String> {
        Ok(self.client.current_url().await?.path().to_owned())
    }

    /// The words that a person sees on the page.
    pub(crate) async fn words(&self) -> Result<String> {
        // a page may be replaced while it is being read: then it is read again
        let mut last = None;
        for _ in 0..20 {
            match self.client.find(Locator::Css("body")).await {
                Ok(body) => match body.text().await {
                    Ok(words) => return Ok(words),
                    Err(error) => last = Some(error),
                },
                Err(error) => last = Some(error),
            }
            tokio::time::sleep(MOMENT).await;
        }
        Err(last.map_or_else(|| anyhow::anyhow!("the page could not be read"), Into::into))
    }

    /// What the page says it is.
    pub(crate) async fn heading(&self) -> Result<String> {
        Ok(self.client.find(Locator::Css("h1")).await.context("the page has no heading")?.text().await?)
    }

    /// The page as it was sent, with what is typed into its fields.
    pub(crate) async fn source(&self) -> Result<String> {
        Ok(self.client.source().await?)
    }

    /// The words come into sight within a few seconds: the driver answers a press before the next page is there.
    pub(crate) async fn sees(&self, words: &str) -> Result<()> {
        let wanted = words.to_lowercase();
        let mut page = self.words().await?;
        for _ in 0..SOON {
            if page.to_lowercase().contains(&wanted) {
                return Ok(());
            }
            tokio::time::sleep(MOMENT).await;
            page = self.words().await?;
        }
        let shown: String = page.chars().take(600).collect();
        bail!("`{words}` is not on {}; it says: {shown}", self.path().await?)
    }

    /// The words are not in sight.
    pub(crate) async fn sees_not(&self, words: &str) -> Result<()> {
        if self.words().await?.to_lowercase().contains(&words.to_lowercase()) {
            bail!("`{words}` is on {}", self.path().await?)
        }
        Ok(())
    }

    /// Presses the first button or link with these words.
    pub(crate) async fn press(&self, words: &str) -> Result<()> {
        let path = format!(
            "(//button[contains(normalize-space(.), \"{words}\")] | //a[contains(normalize-space(.), \"{words}\")])[not(ancestor::details[not(@open)]/*[not(self::summary)]//*[false()])]"
        );
        for _ in 0..SOON {
            for each in self.client.find_all(Locator::XPath(&path)).await? {
                if each.is_displayed().await.unwrap_or(false) {
                    each.click().await?;
                    left(&each).await;
                    return Ok(());
                }
            }
            tokio::time::sleep(MOMENT).await;
        }
        bail!("nothing to press says `{words}` on {}", self.path().await?)
    }

    /// Types into the field with this name, after what is there is taken out.
    pub(crate) async fn type_in(&self, name: &str, words: &str) -> Result<()> {
        let field = self
            .client
            .find(Locator::Css(&format!("[name=\"{name}\"]")))
            .await
            .with_context(|| format!("no field `{name}`"))?;
        field.clear().await?;
        field.send_keys(words).await?;
        Ok(())
    }

    /// Chooses a radio or box by name and value, by pressing its label as a person does.
    pub(crate) async fn choose(&self, name: &str, value: &str) -> Result<()> {
        let css = format!("input[name=\"{name}\"][value=\"{value}\"]");
        let input = self
            .client
            .find(Locator::Css(&css))
            .await
            .with_context(|| format!("no choice {name}={value}"))?;
        if input.is_selected().await? {
            return Ok(());
        }
        let id = input.attr("id").await?.unwrap_or_default();
        let label = format!("label[for=\"{id}\"]");
        if !id.is_empty()
            && let Ok(label) = self.client.find(Locator::Css(&label)).await
            && label.click().await.is_ok()
            && input.is_selected().await?
        {
            return Ok(());
        }
        let inside = format!("//label[.//input[@name=\"{name}\" and @value=\"{value}\"]]");
        if let Ok(label) = self.client.find(Locator::XPath(&inside)).await
            && label.click().await.is_ok()
            && input.is_selected().await?
        {
            return Ok(());
        }
        input.send_keys(" ").await?;
        if input.is_selected().await? { Ok(()) } else { bail!("{name}={value} could not be chosen") }
    }

    /// Opens the folded part of the page in which a field is.
    pub(crate) async fn unfold(&self, name: &str) -> Result<()> {
        let within = format!("//*[@name=\"{name}\"]/ancestor::details[not(@open)][1]/summary");
        if let Ok(summary) = self.client.find(Locator::XPath(&within)).await {
            // away from the bar at the bottom of a long form
            let middle = "arguments[0].scrollIntoView({ block: 'center' })";
            self.script(middle, vec![serde_json::to_value(&summary)?]).await?;
            summary.click().await?;
        }
        Ok(())
    }

    /// Types a day into the three fields that begin with this name.
    pub(crate) async fn type_day(&self, name: &str, day: Date) -> Result<()> {
        self.type_in(&format!("{name}-day"), &day.day().to_string()).await?;
        self.type_in(&format!("{name}-month"), &day.month().to_string()).await?;
        self.type_in(&format!("{name}-year"), &day.year().to_string()).await
    }

    /// Where the links of the page's main part lead whose address begins so, each once.
    pub(crate) async fn links(&self, begins: &str) -> Result<Vec<String>> {
        let mut found = vec![];
        for link in self.client.find_all(Locator::Css(&format!("main a[href^=\"{begins}\"]"))).await? {
            let href = link.attr("href").await?.unwrap_or_default();
            if !found.contains(&href) {
                found.push(href);
            }
        }
        Ok(found)
    }

    /// Nothing of this is anywhere in the page, in sight or not.
    pub(crate) async fn holds_nothing_of(&self, words: &[&str]) -> Result<()> {
        let page = self.source().await?.to_lowercase();
        match words.iter().find(|words| page.contains(&words.to_lowercase())) {
            Some(found) => bail!("{} holds {found:?}", self.path().await?),
            None => Ok(()),
        }
    }

    /// What somebody's browser fetches who opens a page and has nothing of it yet: how many bytes came over the wire, all
    /// in all and for each file.
    pub(crate) async fn first_visit(&self, path: &str) -> Result<(u64, Vec<(String, u64)>)> {
        let cache = |off: bool| {
            Emulate(json!({ "cmd": "Network.setCacheDisabled", "params": { "cacheDisabled": off } }))
        };
        self.client.issue_cmd(Emulate(json!({ "cmd": "Network.enable", "params": {} }))).await?;
        self.client.issue_cmd(cache(true)).await?;
        self.go(path).await?;
        // the page's own icon is fetched after the rest and is told of nowhere: it counts with its two headers' worth
        let script = "const done = arguments[arguments.length - 1]; \
            document.fonts.ready.then(() => setTimeout(() => { \
              const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]; \
              done(all.map(one => [new URL(one.name).pathname, one.transferSize])); \
            }, 300))";
        let fetched = self.client.execute_async(script, vec![]).await?;
        self.client.issue_cmd(cache(false)).await?;
        let mut each: Vec<(String, u64)> = serde_json::from_value(fetched)?;
        each.push(("the icon".to_owned(), 500));
        Ok((each.iter().map(|one| one.1).sum(), each))
    }

    /// Picks from a list by the value of the line.
    pub(crate) async fn pick(&self, name: &str, value: &str) -> Result<()> {
        let list = self.client.find(Locator::Css(&format!("select[name=\"{name}\"]"))).await?;
        list.select_by_value(value).await.with_context(|| format!("{name} has no {value}"))?;
        Ok(())
    }

    /// Sends keys to whatever has the focus.
    pub(crate) async fn keys(&self, keys: &str) -> Result<()> {
        let focused = self.client.active_element().await?;
        focused.send_keys(keys).await?;
        Ok(())
    }

    /// Tabs until the focus is on something with these words (or this field name), as a keyboard user does.
    pub(crate) async fn tab_to(&self, words: &str) -> Result<()> {
        for _ in 0..120 {
            let focused = self.client.active_element().await?;
            let text = focused.text().await.unwrap_or_default();
            let name = focused.attr("name").await?.unwrap_or_default();
            if name == words || (!text.is_empty() && text.contains(words) && text.len() < 200) {
                return Ok(());
            }
            // the key itself: what is sent to a file field is taken for a path
            let tab = char::from(Key::Tab);
            let press = KeyActions::new("keyboard".to_owned())
                .then(KeyAction::Down { value: tab })
                .then(KeyAction::Up { value: tab });
            self.client.perform_actions(press).await?;
        }
        bail!("no way to `{words}` by keyboard on {}", self.path().await?)
    }

    async fn script(&self, script: &str, args: Vec<Value>) -> Result<Value> {
        Ok(self.client.execute(script, args).await?)
    }

    /// Whether the page fits its window without a sideways scroll.
    pub(crate) async fn fits(&self) -> Result<()> {
        if !self.scripts {
            return Ok(());
        }
        let script = "return [document.documentElement.scrollWidth, window.innerWidth]";
        let widths = self.script(script, vec![]).await?;
        let (page, window) = (widths[0].as_i64().unwrap_or(0), widths[1].as_i64().unwrap_or(0));
        if page > window {
            bail!("{} is {page} px wide in a window of {window}", self.path().await?);
        }
        Ok(())
    }

    /// Whatever comes under the focus is on the screen, and nothing lies over it.
    pub(crate) async fn nothing_covers_the_focus(&self) -> Result<()> {
        let script = "const covered = []; \
            for (const one of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) { \
              if (!one.checkVisibility()) continue; \
              one.focus(); \
              if (document.activeElement !== one) continue; \
              const box = one.getClientRects()[0]; \
              const within = (at, most) => Math.min(Math.max(at, 1), most - 1); \
              const at = document.elementFromPoint(within(box.left + Math.min(box.width, 40) / 2, innerWidth), \
                  within(box.top + Math.min(box.height, 20) / 2, innerHeight)); \
              const seen = at && (one.contains(at) || at.contains(one) || (one.labels && [...one.labels].some(l => l.contains(at)))); \
              if (box.bottom <= 0 || box.top >= innerHeight || !seen) covered.push(one.name || one.textContent.trim().slice(0, 40)); \
            } \
            return covered";
        let covered: Vec<String> = serde_json::from_value(self.script(script, vec![]).await?)?;
        if covered.is_empty() {
            Ok(())
        } else {
            bail!("{}: the focus is covered on {}", self.path().await?, covered.join(", "))
        }
    }

    /// The colours are the reader's own, as in the contrast themes of Windows.
    pub(crate) async fn force_colours(&self) -> Result<()> {
        let params = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
        self.client
            .issue_cmd(Emulate(json!({ "cmd": "Emulation.setEmulatedMedia", "params": params })))
            .await?;
        Ok(())
    }

    /// In the reader's own colours each thing to press or fill has an edge of its own, what is chosen differs from what is
    /// not, and the focus shows.
    pub(crate) async fn is_told_by_more_than_colour(&self) -> Result<()> {
        let script = "const wrong = []; \
            if (!matchMedia('(forced-colors: active)').matches) return ['the colours are not forced']; \
            const name = one => (one.name || one.textContent.trim().slice(0, 40) || one.outerHTML.slice(0, 80)); \
            const edge = style => ['Top', 'Bottom'].some(s => parseFloat(style['border' + s + 'Width']) > 0 && style['border' + s + 'Style'] !== 'none'); \
            for (const one of document.querySelectorAll('.btn, .tag, .seg, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, textarea')) { \
              if (!one.checkVisibility() || one.closest('.hid')) continue; \
              if (!edge(getComputedStyle(one))) wrong.push('no edge: ' + name(one)); \
            } \
            for (const one of document.querySelectorAll('.seg input:checked + span')) { \
              const other = [...one.closest('.seg').querySelectorAll('input:not(:checked) + span')][0]; \
              if (other && getComputedStyle(one).backgroundColor === getComputedStyle(other).backgroundColor) wrong.push('chosen looks like the others: ' + name(one)); \
            } \
            const first = document.querySelector('main a[href], main button, main input:not([type=hidden])'); \
            if (first && first.checkVisibility()) { first.focus({ focusVisible: true }); if (parseFloat(getComputedStyle(first).outlineWidth) < 2) wrong.push('no focus on ' + name(first)); } \
            return wrong";
        let wrong: Vec<String> = serde_json::from_value(self.script(script, vec![]).await?)?;
        if wrong.is_empty() {
            Ok(())
        } else {
            bail!("{} in forced colours: {}", self.path().await?, wrong.join(", "))
        }
    }

    /// axe-core without violations (WCAG 2.0 to 2.2, A and AA).
    pub(crate) async fn is_accessible(&self) -> Result<()> {
        if !self.scripts {
            return Ok(());
        }
        // the driver's own world may run it although the page's policy lets no foreign script in
        self.script(&self.place.axe, vec![]).await?;
        let run = "const done = arguments[arguments.length - 1]; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 2).map(n => n.html.slice(0, 160)).join(' | '))))";
        let found = self.client.execute_async(run, vec![]).await?;
        let found: Vec<String> = serde_json::from_value(found)?;
        if found.is_empty() { Ok(()) } else { bail!("{}: {}", self.path().await?, found.join("; ")) }
    }

    /// Whether the page fits and is accessible.
    pub(crate) async fn is_well(&self) -> Result<()> {
        self.fits().await?;
        self.is_accessible().await
    }

    /// Chooses a file in the field with this name.
    pub(crate) async fn give(&self, name: &str, file: &std::path::Path) -> Result<()> {
        let field = self
            .client
            .find(Locator::Css(&format!("input[type=file][name=\"{name}\"]")))
            .await
            .with_context(|| format!("no file field `{name}`"))?;
        field.send_keys(&file.display().to_string()).await?;
        Ok(())
    }

    /// Whether it is a desk's window.
    pub(crate) const fn is_wide(&self) -> bool {
        self.width > 500
    }

    /// A name for a picture that says how wide the window is.
    pub(crate) fn named(&self, what: &str) -> String {
        format!("{}-{what}{}", self.width, if self.scripts { "" } else { "-without-scripts" })
    }

    /// Keeps a picture of the whole page, for whoever looks at a failure or at what people see.
    pub(crate) async fn picture(&self, name: &str) -> Result<()> {
        let shot = json!({ "cmd": "Page.captureScreenshot", "params": { "captureBeyondViewport": true } });
        let png = match self.client.issue_cmd(Emulate(shot)).await {
            Ok(taken) => BASE64.decode(taken["data"].as_str().unwrap_or_default().as_bytes())?,
            Err(_) => self.client.screenshot().await?,
        };
        std::fs::write(self.place.pictures.join(format!("{name}.png")), png)?;
        Ok(())
    }
}

/// Waits until the page of what was pressed is left, or a moment where it stays: the driver answers a press before
/// the form is on its way, and to go elsewhere then would take it back.
pub(crate) async fn left(pressed: &Element) {
    for _ in 0..10 {
        if pressed.tag_name().await.is_err() {
            return;
        }
        tokio::time::sleep(MOMENT).await;
    }
}
