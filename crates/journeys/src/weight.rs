//! What the pages of children, adults and families weigh on the wire when somebody comes for the first time.

use crate::browser::{Visitor, Window};
use crate::own::{PAGES, Tongue, come_in};
use crate::place::Place;
use anyhow::{Result, bail};

/// The most that a first visit may weigh: page, stylesheets, scripts, typeface, pictures of the frame.
const MOST: u64 = 40 * 1024;

/// Each page in English and in Welsh, which needs letters more; Ash's pages hold more than most.
pub(crate) async fn first_visits(place: &Place) -> Result<()> {
    let window = Window::open(place, Visitor::PHONE).await?;
    let told = weigh(&window).await;
    window.close().await?;
    told
}

async fn weigh(window: &Window<'_>) -> Result<()> {
    let mut wrong = vec![];
    let mut outside = vec!["/my/sign-in"];
    let mut weighed = vec![];
    for who in ["", "Ash", "Leanne"] {
        if !who.is_empty() {
            come_in(window, who).await?;
            outside = PAGES.to_vec();
        }
        for tongue in [Tongue::ENGLISH, Tongue::WELSH] {
            window.go(&format!("/my/language/{}", tongue.code)).await?;
            for path in &outside {
                let (bytes, each) = window.first_visit(path).await?;
                weighed.push((bytes, format!("{} {} {path}", who, tongue.code)));
                if bytes > MOST {
                    wrong.push(format!("{who} {} {path} weighs {bytes}: {each:?}", tongue.code));
                }
            }
        }
        window.go("/my/language/en").await?;
    }
    weighed.sort();
    let kb = |bytes: u64| format!("{}.{} KB", bytes / 1024, bytes % 1024 * 10 / 1024);
    for (bytes, page) in weighed.iter().rev().take(5).chain(weighed.first()) {
        crate::say(&format!("        first visit: {} {page}", kb(*bytes)));
    }
    if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("\n        ")) }
}
