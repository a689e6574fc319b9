//! The plan on a person's page: the goals, and how far along each voice last said they are.

use crate::person::headers;
use crate::room::{Card, Evidence, Look};
use crate::told::{self, avatar_of};
use crate::working::plural;
use crate::{Result, access};
use db::Conn;
use page::{Voice, html};
use practice::access::Sight;
use practice::plan::LineKind;

/// Where it stands: before what was promised.
const PLACE: u16 = 44;
/// How many goals stand there.
const FEW: usize = 3;

pub(super) async fn of_person(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Card>> {
    let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
    if !decided.is_some_and(|decision| decision.is_allowed()) {
        return Ok(vec![]);
    }
    let plan = told::plan_for(conn, look.who, look.now, look.person, look.known).await?;
    let Some(header) = headers(conn, &[look.person]).await?.pop() else { return Ok(vec![]) };
    let mut href = format!("/person/{}/plan", look.person);
    if look.known.is_some() {
        href.push_str(&format!("?known={}", look.today));
    }
    let goals = plan.of(LineKind::Goal, None);
    let body = html! {
        section aria-labelledby="h-plan" {
            (page::heading_row("h-plan", "Our plan", html! { a href=(href) { "All of it" span.hid { ", our plan" } } }))
            @if goals.is_empty() {
                p.soft { "There is no plan yet. Make it with " (header.shown_name) " and those who matter to them." }
            }
            @for goal in goals.iter().take(FEW) {
                @let latest: Vec<String> = plan.voices(goal.line).iter()
                    .filter_map(|(voice, all)| Some(format!("{} says {}", voice.name, all.last()?.value))).collect();
                (page::voice(&Voice {
                    below: (!latest.is_empty()).then(|| html! { p.small.soft { (latest.join(", ")) ", of 10." } }),
                    ..Voice::of(avatar_of(&goal.voice), &goal.voice.name, html! { "wants" }, &goal.words)
                }))
            }
            @if goals.len() > FEW { p.small { a href=(href) { "And " (goals.len() - FEW) " more" } } }
        }
    };
    Ok(vec![Card { place: PLACE, body }])
}

/// That it has goals in their own words; and both a worry and something that is going well.
pub(super) async fn evidence(conn: &mut Conn, look: &Look<'_>) -> Result<Vec<Evidence>> {
    let decided = access::decide(conn, look.who, look.now, look.person, Sight::Open).await?;
    if !decided.is_some_and(|decision| decision.is_allowed()) {
        return Ok(vec![]);
    }
    let plan = told::plan_for(conn, look.who, look.now, look.person, look.known).await?;
    let href = format!("/person/{}/plan", look.person);
    let count = |kind: LineKind| plan.lines.iter().filter(|line| line.kind == kind).count();
    let own = plan.of(LineKind::Goal, None).iter().filter(|goal| goal.voice.by.themselves()).count();
    let mut found = vec![];
    if own > 0 {
        let words = plural(own, "goal of their own", "goals of their own");
        found.push(Evidence { of: "own-goals", words, href: href.clone() });
    }
    let (worries, strengths) = (count(LineKind::Worry), count(LineKind::Strength));
    if worries > 0 && strengths > 0 {
        let worries = plural(worries, "worry", "worries");
        let words = format!(
            "{worries}, and {}",
            plural(strengths, "thing that is going well", "things that are going well")
        );
        found.push(Evidence { of: "worry-and-strength", words, href });
    }
    Ok(found)
}
