//! Today of someone who works with people: whom they work with, whom they stand in for, what is due.

use super::pages::{Day, only_leads};
use crate::room::Card;
use crate::working::{Dates, Someone, dates, family_rows, join, plural};
use maud::{Markup, html};
use practice::access::AllocationKind;
use practice::id::WorkerId;
use practice::role::Role;

/// How many families are shown before the rest is behind a press.
const FAMILIES: usize = 8;
/// How many dates stand on Today; all are one press away.
const FEW: usize = 6;

/// The people the reader is allocated to.
pub(super) fn own<'a>(day: &'a Day<'_>) -> Vec<&'a Someone> {
    let Some(me) = day.signed.who.worker() else { return vec![] };
    day.people.iter().filter(|one| one.part_of(me, day.today).is_some()).collect()
}

/// Absent colleagues with the people the reader sees only because they stand in.
fn standing_in<'a>(day: &'a Day<'_>) -> Vec<((WorkerId, &'a str), Vec<&'a Someone>)> {
    let Some(me) = day.signed.who.worker() else { return vec![] };
    let mut found: Vec<((WorkerId, &str), Vec<&Someone>)> = vec![];
    for one in day.people.iter().filter(|one| one.part_of(me, day.today).is_none()) {
        let covered = day.reach.covered();
        let ally = one.workers.iter().find(|ally| ally.works_on(day.today) && covered.contains(&ally.worker));
        let Some(ally) = ally else { continue };
        match found.iter_mut().find(|(held, _)| held.0 == ally.worker) {
            Some((_, people)) => people.push(one),
            None => found.push(((ally.worker, &ally.name), vec![one])),
        }
    }
    found
}

/// The sections of a worker.
pub(super) fn cards(day: &Day<'_>) -> Vec<Card> {
    let Some(me) = day.signed.who.worker() else { return vec![] };
    let own = own(day);
    let mut cards = vec![];
    if !own.is_empty() {
        cards.push(Card { place: 10, body: people(&own, me, day) });
        cards.push(Card { place: 140, body: held(&own, me, day) });
    } else if expects_people(day) {
        cards.push(Card { place: 10, body: nobody_yet() });
    }
    for (at, (colleague, people)) in standing_in(day).into_iter().enumerate() {
        let at = u16::try_from(at).unwrap_or(0).min(5);
        cards.push(Card { place: 11 + at, body: covered(colleague.1, &people, day) });
    }
    let everyone: Vec<&Someone> = day.people.iter().collect();
    if !everyone.is_empty() {
        cards.push(Card { place: 40, body: due(&dates(&everyone), day) });
    }
    cards
}

/// Whether someone in these posts is allocated to people as a rule.
fn expects_people(day: &Day<'_>) -> bool {
    let posts = day.signed.who.staff().map(|staff| staff.posts.as_slice()).unwrap_or_default();
    let works = |role: Role| role.can_be_allocated() && !role.leads() && !only_leads(role);
    posts.iter().any(|post| works(post.role))
}

fn people(own: &[&Someone], me: WorkerId, day: &Day<'_>) -> Markup {
    html! {
        section aria-labelledby="h-people" {
            h2 id="h-people" { "People I work with" }
            (family_rows(own, Some(me), day.today, FAMILIES))
        }
    }
}

fn covered(colleague: &str, people: &[&Someone], day: &Day<'_>) -> Markup {
    let first = colleague.split_whitespace().next().unwrap_or(colleague);
    html! {
        section {
            h2 { "While " (colleague) " is away" }
            p.soft {
                "You stand in for " (first) " with " (plural(people.len(), "person", "people"))
                ", and see what " (first) " sees."
            }
            (family_rows(people, None, day.today, FAMILIES))
        }
    }
}

fn nobody_yet() -> Markup {
    html! {
        section aria-labelledby="h-people" {
            h2 id="h-people" { "People I work with" }
            (page::empty("Nobody yet", html! {
                "When your manager allocates someone to you, they stand here, with when they were last seen and what is due."
            }))
        }
    }
}

/// How many of each part the reader holds.
fn held(own: &[&Someone], me: WorkerId, day: &Day<'_>) -> Markup {
    let parts = [
        (AllocationKind::Responsible, "responsible for"),
        (AllocationKind::Helping, "helping with"),
        (AllocationKind::Reviewing, "reviewing for"),
    ];
    let said: Vec<Markup> = parts
        .into_iter()
        .filter_map(|(part, words)| {
            let n = own.iter().filter(|one| one.part_of(me, day.today) == Some(part)).count();
            (n > 0).then(|| html! { (words) " " a href="#h-people" { (plural(n, "person", "people")) } })
        })
        .collect();
    html! {
        section.box.tightly {
            h2 { "What you hold" }
            p { "You are " (join(&said)) "." }
        }
    }
}

fn due(dates: &[Dates<'_>], day: &Day<'_>) -> Markup {
    let pressing = dates.iter().filter(|one| one.is_late() || one.is_near()).count();
    // what is late or near, all of it up to a limit; on a quiet day the next few
    let shown = pressing.clamp(FEW.min(dates.len()), FEW * 2).min(dates.len());
    let beside = html! { @if !dates.is_empty() { a href="/today/dates" { "All " (dates.len()) span.hid { " dates" } } } };
    html! {
        section aria-labelledby="h-dates" {
            (page::heading_row("h-dates", "Dates", beside))
            @if dates.is_empty() {
                p.soft { "No date runs for the people you work with. Dates begin with an episode or a step of the pathway." }
            }
            @for one in dates.iter().take(shown) { (one.ribbon(day.today, false)) }
            @if pressing > shown {
                p { a href="/today/dates" { (pressing - shown) " more are late or due soon" } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::working::{how_long, join};
    use jiff::civil::date;
    use maud::html;

    #[test]
    fn names_and_times_read_as_people_say_them() {
        let names = |n: usize| join(&vec![html! { "Ada" }; n]).into_string();
        assert_eq!([1, 2, 3].map(names), ["Ada", "Ada and Ada", "Ada, Ada and Ada"]);
        let today = date(2026, 11, 21);
        let long = |from| how_long(from, today);
        assert_eq!(long(today), "since today");
        assert_eq!(long(date(2026, 11, 20)), "1 day");
        assert_eq!(long(date(2026, 10, 31)), "3 weeks");
        assert_eq!(long(date(2026, 5, 22)), "5 months");
        assert_eq!(long(date(2025, 9, 21)), "14 months");
        assert_eq!(long(date(2024, 11, 20)), "2 years");
    }
}
