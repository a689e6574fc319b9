//! Every page that someone in a role can open, walked for accessibility and at three widths.

use crate::browser::{Visitor, Window};
use crate::place::Place;
use crate::stories::be;
use anyhow::{Result, bail};

/// The addresses that each person of the demonstration walks; `{josie}` stands for her record.
const WALKS: &[(&str, &[&str])] = &[
    (
        "Nadia Farrow",
        &[
            "/today",
            "/find",
            "/find?q=Josie",
            "/find/add",
            "/record",
            "/record?about={josie}",
            "/person/{josie}",
            "/person/{josie}/timeline",
            "/person/{josie}/family-timeline",
            "/person/{josie}/people",
            "/person/{josie}/network",
            "/person/{josie}/network/tie",
            "/person/{josie}/readings",
            "/person/{josie}/dates",
            "/person/{josie}/episodes",
            "/person/{josie}/helpers",
            "/person/{josie}/helpers/allocate",
            "/person/{josie}/about",
            "/person/{josie}/steps",
            "/person/{josie}/steps/record",
            "/person/{josie}/steps/record/referral",
            "/person/{josie}/episodes/open",
            "/person/{josie}/change/warning",
            "/person/{josie}/people/add",
            "/today/dates",
            "/drafts",
            "/take-along",
            "/team",
            "/me",
            "/me/week",
            "/waiting",
            "/over-limit",
            "/person/{josie}/helpers/way",
            "/person/{josie}/continuity",
            "/person/{josie}/own-way",
            "/person/{josie}/own-way/new",
            "/person/{josie}/check-in",
            "/person/{josie}/not-right",
            "/me/tokens",
            "/me/tokens/new",
            "/api",
            "/person/{josie}/rights",
            "/person/{josie}/retention",
            "/person/{josie}/who-has-read",
            "/person/{josie}/story",
            "/person/{josie}/story/tell?part=what-helps",
            "/person/{josie}/story/again",
            "/person/{josie}/plan",
            "/person/{josie}/plan/child",
            "/person/{josie}/plan/compare",
            "/person/{josie}/plan/line?kind=goal",
            "/person/{josie}/plan/scale",
            "/person/{josie}/plan/promise",
            "/person/{josie}/plan/view",
            "/person/{josie}/space",
            "/me/passkeys/new",
            "/help",
            "/help/who-can-see",
            "/design",
        ],
    ),
    (
        "Helen Boateng",
        &[
            "/today",
            "/team",
            "/team/alder/dates",
            "/team/alder/board",
            "/team/alder/board/limit",
            "/team/alder/flow",
            "/team/alder/week",
            "/own-ways",
            "/check-ins",
            "/waiting",
            "/over-limit",
            "/long-weeks",
        ],
    ),
    ("Priya Nair", &["/today", "/find", "/glass"]),
    (
        "Alex Drummond",
        &[
            "/today",
            "/administration",
            "/administration/workers",
            "/administration/workers/new",
            "/administration/workers/demo-nadia",
            "/administration/teams",
            "/administration/teams/alder",
            "/administration/absence",
            "/administration/holidays",
            "/administration/clocks",
            "/administration/clocks/CP-11",
            "/administration/limits",
            "/restructure",
            "/administration/tokens",
            "/administration/words",
            "/administration/words/placement",
            "/administration/imports",
            "/checking",
        ],
    ),
    ("Judith Crane", &["/today", "/restricted"]),
    (
        "Sol Whitaker",
        &[
            "/today",
            "/checking",
            "/administration/imports",
            "/retention",
            "/administration/imports/questions",
            "/joining",
        ],
    ),
];

/// Looks at what is used most in the reader's own colours, and keeps a picture of each page.
pub(crate) async fn in_own_colours(window: &Window<'_>) -> Result<()> {
    window.force_colours().await?;
    be(window, "Nadia Farrow").await?;
    let josie = crate::stories::josie(window, "Nadia Farrow").await?;
    let mut wrong = vec![];
    for path in [
        "/today",
        "/find?q=Josie",
        "/person/{josie}",
        "/person/{josie}/network",
        "/record?about={josie}",
        "/team",
        "/me",
    ] {
        window.go(&path.replace("{josie}", &josie)).await?;
        if let Err(error) = window.is_told_by_more_than_colour().await {
            wrong.push(format!("{error:#}"));
        }
        window
            .picture(&format!("own-colours-{}", path.replace(|c: char| !c.is_ascii_alphanumeric(), "-")))
            .await?;
    }
    if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("\n        ")) }
}

/// Walks all pages at one width.
pub(crate) async fn walk(place: &Place, width: u32) -> Result<()> {
    let mut wrong = vec![];
    for (who, paths) in WALKS {
        let window = Window::open(place, Visitor { width, scripts: true }).await?;
        be(&window, who).await?;
        let josie = crate::stories::josie(&window, who).await?;
        for path in *paths {
            let path = path.replace("{josie}", &josie);
            window.go(&path).await?;
            let heading = window.heading().await?;
            if heading.contains("There is nothing here") || heading.contains("Something of ours broke") {
                wrong.push(format!("{who} cannot open {path}"));
                continue;
            }
            let mut checks = vec![window.fits().await, window.is_accessible().await];
            if width == 320 {
                checks.push(window.nothing_covers_the_focus().await);
            }
            for check in checks {
                if let Err(error) = check {
                    wrong.push(format!("{who} at {width}: {error:#}"));
                }
            }
            let name: String = format!("{width}{path}")
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
                .take(80)
                .collect();
            window.picture(&name.replace(josie.as_str(), "josie")).await?;
        }
        window.close().await?;
    }
    if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("\n        ")) }
}
