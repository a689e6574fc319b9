//! Today of those whose work has no people by name in it, so that the page says what there is to do and not
//! only what there is not.

use crate::Who;
use crate::room::Card;
use maud::{Markup, html};
use page::Field;
use practice::role::Role;

/// The sections that follow from a post alone, where nothing else says what the reader can do.
pub(super) fn cards(who: &Who, others: bool) -> Vec<Card> {
    let Some(staff) = who.staff() else { return vec![] };
    if staff.posts.is_empty() {
        return vec![Card { place: 50, body: no_post() }];
    }
    let told = [
        (Role::SystemAdministrator, administrator as fn() -> Markup),
        (Role::DataOfficer, data_officer),
        (Role::RestrictedRecordsOfficer, restricted),
        (Role::DutyWorker, duty),
    ];
    let mut cards: Vec<Card> = told
        .into_iter()
        .filter(|(role, _)| staff.holds(*role))
        .map(|(role, body)| Card { place: if role == Role::DutyWorker { 4 } else { 50 }, body: body() })
        .collect();
    if cards.is_empty() && !others {
        cards.push(Card { place: 50, body: find() });
    }
    cards
}

fn section(heading: &str, body: &Markup) -> Markup {
    html! { section { h2 { (heading) } (body) } }
}

fn no_post() -> Markup {
    page::empty(
        "You hold no post today",
        html! { "Your account is open, but no post of yours runs today. Ask the system administrator." },
    )
}

fn administrator() -> Markup {
    section(
        "Keeping the system",
        &html! {
            p { "Your account adds workers, posts, teams and absences, and opens nobody's record." }
            p { a href="/administration/workers" { "Workers" } ", " a href="/administration/teams" { "teams" } ", "
                a href="/administration/absence" { "who is away" } " and " a href="/administration" { "everything else" } "." }
        },
    )
}

fn data_officer() -> Markup {
    section(
        "Files and returns",
        &html! {
            p { a href="/checking" { "Check a return" } " before it is sent: a children in need census or a looked-after return, from any system." }
            p { "Your account brings files in and makes returns. It opens nobody's record, so no people stand here." }
            p { a href="/administration" { "Bring files in, and see what was brought" } }
        },
    )
}

fn restricted() -> Markup {
    section(
        "Restricted records",
        &html! {
            p { "You keep the list of restricted records: who may find each of them. Whoever is asked to speak to the \
                restricted-records officer before making a record will come to you." }
            p { a href="/restricted" { "The list of restricted records" } }
        },
    )
}

fn duty() -> Markup {
    section(
        "On duty",
        &html! {
            p { "Someone rings: look first whether they are known." }
            form method="get" action="/find" role="search" {
                (Field::search("q", "Name, birthday, phone, postcode or number"))
                (page::buttons(html! { (page::button("Find").icon(page::Icon::Search)) }))
            }
            p.small { "Search shows no restricted record. If you know exactly who someone is, you can "
                a href="/glass" { "open a restricted record" } "." }
        },
    )
}

fn find() -> Markup {
    section(
        "Find someone",
        &html! {
            p { "Nobody is allocated to you. You can find anyone who is known here." }
            p { a href="/find" { "Find someone" } }
        },
    )
}
