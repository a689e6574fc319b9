//! Two records beside each other: what tells people apart, and no more of either than the reader may know.

use crate::person::facts::{self, Address};
use crate::person::pages::{age, day};
use crate::person::seek::{Helped, helped};
use crate::person::{Header, header};
use crate::who::Signed;
use crate::{Oops, Result, access};
use db::Conn;
use jiff::civil::Date;
use maud::{Markup, html};
use page::Column;
use practice::access::{Decision, Sight};
use practice::id::PersonId;
use practice::person::{BirthBasis, NameKind};

/// What tells one record from another.
pub(super) struct Told {
    pub(super) header: Header,
    names: Vec<String>,
    pub(super) born: Option<String>,
    numbers: Vec<String>,
    addresses: Vec<String>,
    pub(super) helped: Helped,
    pub(super) open: bool,
}

fn born(birth: &facts::BirthFact, today: Date) -> String {
    let on = day(birth.birth.on);
    let about = match birth.birth.basis {
        BirthBasis::Exact => age(Some(birth.birth), today).map_or(String::new(), |age| format!(" ({age})")),
        BirthBasis::Estimated => ", an estimate".to_owned(),
        BirthBasis::Disputed => ", which is disputed".to_owned(),
        BirthBasis::Expected => ", expected".to_owned(),
    };
    format!("{on}{about}")
}

fn place(address: &Address) -> String {
    let lines = address.lines.replace('\n', ", ");
    let postcode = address.postcode.as_deref().map(|code| format!(", {code}")).unwrap_or_default();
    let ended = address.to.map(|to| format!(" (until {})", day(to))).unwrap_or_default();
    format!("{lines}{postcode}{ended}")
}

/// What tells a record apart, for a reader who may join it. Addresses only where they may open the record, and never
/// confidential ones.
pub(super) async fn told(conn: &mut Conn, signed: &Signed, person: PersonId) -> Result<Told> {
    let now = signed.app.moment().now();
    let today = signed.app.moment().today();
    let header = header(conn, person).await?.ok_or(Oops::NotFound)?;
    let open = access::decide(conn, &signed.who, now, person, Sight::Open).await?;
    let open = open.as_ref().is_some_and(Decision::is_allowed);
    let words = |name: &facts::Name| match (name.kind, name.to) {
        (NameKind::Legal, None) => name.whole(),
        (kind, None) => format!("{} ({})", name.whole(), kind.plain().to_lowercase()),
        (_, Some(to)) => format!("{} (until {})", name.whole(), day(to)),
    };
    let names = facts::names(conn, person, None).await?.iter().map(words).collect();
    let born = facts::birth(conn, person, None).await?.map(|birth| born(&birth, today));
    let numbers = facts::identifiers(conn, person, None).await?;
    let numbers = numbers.iter().map(|it| format!("{} {}", it.kind.plain(), it.number)).collect();
    let mut addresses = vec![];
    if open {
        let all = facts::addresses(conn, person, None).await?;
        addresses.extend(all.iter().filter(|it| !it.confidential).map(place));
    }
    let helped = helped(conn, &[person], today).await?.remove(&person).unwrap_or_default();
    Ok(Told { header, names, born, numbers, addresses, helped, open })
}

fn lines(all: &[String], none: &str) -> Markup {
    html! {
        @if all.is_empty() { span.soft { (none) } }
        @for (at, one) in all.iter().enumerate() { @if at > 0 { br; } (one) }
    }
}

/// The two beside each other.
pub(super) fn table(one: &Told, two: &Told) -> Markup {
    let columns = [
        Column::words("What is recorded"),
        Column::words("This record, to be kept"),
        Column::words("The other record"),
    ];
    let row = |what: &'static str, of: &dyn Fn(&Told) -> Markup| vec![html! { (what) }, of(one), of(two)];
    let mut rows = vec![
        row("Names", &|it| lines(&it.names, "None")),
        row("Born", &|it| lines(it.born.as_slice(), "Not known")),
        row("Numbers", &|it| lines(&it.numbers, "None")),
        row("Works with them", &|it| html! { (it.helped.sentence().unwrap_or_else(|| "Nobody".to_owned())) }),
        row("Who may find it", &|it| html! { (it.header.level.plain()) }),
    ];
    if one.open || two.open {
        let of = |it: &Told| {
            let none = if it.open { "None" } else { "Shown to those who work with them" };
            lines(&it.addresses, none)
        };
        rows.insert(3, row("Lives or lived at", &of));
        rows.push(row("The record", &|it| {
            let href = format!("/person/{}", it.header.id);
            if it.open {
                html! { a href=(href) { "Open it" } }
            } else {
                html! { span.soft { "You do not work with them" } }
            }
        }));
    }
    page::table("The two records beside each other", &columns, &rows)
}
