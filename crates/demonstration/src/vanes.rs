//! The Vane family: the awkward cases of who may know. Rowan's record is restricted, Marnie's address is
//! confidential, a brother or sister is expected, and someone has opened Jonah's record without working with him,
//! which Helen has still to answer for. A colleague is away, and Tomasz stands in.

use crate::days::{blank, noon};
use crate::paths::later;
use crate::workers::{Hand, Workers};
use anyhow::Result;
use app::allocation::{self, Allocate};
use app::entry::{self, Recording};
use app::episode::{self, OpenEpisode};
use app::glass::{BreakGlass, break_glass};
use app::person::actions::{
    AddPerson, Bond, Join, MoveIn, NewAddress, NewBirth, NewName, Relate, add_person, move_in, relate,
};
use app::restricted::{SetLevel, set_level};
use app::worker::{SetAbsence, set_absence};
use app::{App, Moment, Who};
use db::Tx;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use practice::access::{AllocationKind, FoundBy, GlassFor};
use practice::entry::{EntryKind, Manner, Part, Seen};
use practice::episode::EpisodeKind;
use practice::id::PersonId;
use practice::person::{AccessLevel, AddressUse, BirthBasis, NameKind, PersonKind};
use practice::recording::Participant;
use practice::relationship::RelationshipKind;

/// Makes the family, and gives how many people it has and where the made-up time stands.
pub(crate) async fn make(
    app: &App,
    workers: &Workers,
    moment: Moment,
    today: Date,
) -> Result<(usize, Moment)> {
    let begin = today.saturating_sub(5.months());
    let mut moment = moment.moved_to(noon(begin));
    let mut tx = app.db.write().await?;
    let vanes = people(&mut tx, &mut moment, today).await?;
    work(&mut tx, &mut moment, workers, &vanes, begin).await?;
    told(&mut tx, &mut moment, workers, &vanes, today).await?;
    tx.commit().await?;
    let mut moment = moment.moved_to(noon(later(begin, 21)));
    let mut tx = app.db.write().await?;
    hide(&mut tx, &mut moment, workers, vanes.rowan, today).await?;
    tx.commit().await?;
    let mut moment = moment.moved_to(noon(later(today, -1)));
    let mut tx = app.db.write().await?;
    lately(app, &mut tx, &mut moment, workers, vanes.jonah, today).await?;
    tx.commit().await?;
    Ok((4, moment))
}

struct Vanes {
    marnie: PersonId,
    jonah: PersonId,
    rowan: PersonId,
    expected: PersonId,
}

/// Someone of the staff, held to what their own post allows.
fn as_themselves(hand: &Hand) -> Who {
    Who { program: false, ..hand.who.clone() }
}

async fn people(tx: &mut Tx, moment: &mut Moment, today: Date) -> Result<Vanes> {
    let who = Who::program("demonstration");
    let year = today.year();
    let born = |given: &str, on: Date, hue| AddPerson {
        birth: Some(NewBirth::exact(on)),
        hue: Some(hue),
        ..AddPerson::named(given, "Vane")
    };
    let mut marnie = born("Marnie", date(year - 31, 9, 9), 3);
    marnie.addresses = vec![NewAddress {
        purpose: AddressUse::Home,
        lines: "Larch House refuge, Wyvern".to_owned(),
        postcode: Some("ZZ9 5LH".to_owned()),
        confidential: true,
        from: None,
        to: None,
    }];
    let marnie = add_person(tx, &who, moment, marnie).await?.person;
    let jonah = add_person(tx, &who, moment, born("Jonah", date(year - 11, 2, 5), 5)).await?.person;
    let mut rowan = born("Rowan", date(year - 8, 4, 23), 8);
    rowan.names.push(NewName::new(NameKind::Birth, "Rowan", "Thackeray"));
    let rowan = add_person(tx, &who, moment, rowan).await?.person;
    let expected = AddPerson {
        kind: PersonKind::Unborn,
        names: vec![],
        birth: Some(NewBirth { on: later(today, 70), basis: BirthBasis::Expected, note: None }),
        ..AddPerson::named("", "")
    };
    let expected = add_person(tx, &who, moment, expected).await?.person;
    move_in(tx, &who, moment, MoveIn { person: marnie, join: Join::New, from: None }).await?;
    for child in [jonah, rowan] {
        move_in(tx, &who, moment, MoveIn { person: child, join: Join::With(marnie), from: None }).await?;
        let bond = Bond::of(RelationshipKind::Parent).with_responsibility();
        relate(tx, &who, moment, Relate { person: child, other: marnie, bond }).await?;
    }
    let bond = Bond::of(RelationshipKind::Parent);
    relate(tx, &who, moment, Relate { person: expected, other: marnie, bond }).await?;
    let bond = Bond::of(RelationshipKind::Sibling);
    relate(tx, &who, moment, Relate { person: jonah, other: rowan, bond }).await?;
    Ok(Vanes { marnie, jonah, rowan, expected })
}

async fn work(tx: &mut Tx, moment: &mut Moment, workers: &Workers, vanes: &Vanes, from: Date) -> Result<()> {
    let who = Who::program("demonstration");
    for person in [vanes.jonah, vanes.rowan, vanes.expected] {
        let open = OpenEpisode {
            person,
            kind: EpisodeKind::ChildInNeed,
            team: Some(workers.teams[2]),
            from,
            to: None,
            end_reason: None,
            last_seen: None,
            last_review: None,
            source_key: None,
            why: None,
        };
        episode::open_episode(tx, &who, moment, open).await?;
        let give = Allocate {
            person,
            worker: workers.coded("demo-nadia").id,
            part: AllocationKind::Responsible,
            from,
            to: None,
            reason: None,
        };
        allocation::allocate(tx, &who, moment, give).await?;
    }
    Ok(())
}

/// A visit to each child: to Jonah, and to both.
async fn told(tx: &mut Tx, moment: &mut Moment, workers: &Workers, vanes: &Vanes, today: Date) -> Result<()> {
    let nadia = workers.coded("demo-nadia");
    let at = noon(today.saturating_sub(5.months()));
    for (words, children) in [
        ("Jonah has made a den under the stairs at the refuge and showed me round it.", &[vanes.jonah][..]),
        ("Rowan has settled at the new school under the new name.", &[vanes.rowan, vanes.jonah][..]),
    ] {
        let mut visit = blank(EntryKind::Visit, at, words.to_owned());
        visit.manner = Some(Manner::HomeVisit);
        visit.workers = vec![nadia.id];
        let seen = |&person: &PersonId| Participant {
            person,
            part: Part::About,
            seen: Some(Seen::Yes),
            not_seen_why: None,
        };
        visit.people = children.iter().map(seen).collect();
        visit.people.push(Participant {
            person: vanes.marnie,
            part: Part::Present,
            seen: None,
            not_seen_why: None,
        });
        entry::record(tx, &nadia.who, moment, &Recording::of(visit)).await?;
    }
    Ok(())
}

/// Judith restricts Rowan's record, and names Nadia alone.
async fn hide(
    tx: &mut Tx,
    moment: &mut Moment,
    workers: &Workers,
    rowan: PersonId,
    today: Date,
) -> Result<()> {
    let level = SetLevel {
        person: rowan,
        level: AccessLevel::Restricted,
        reason: "Someone looks for this child and has a relative who works for the council".to_owned(),
        review_on: Some(later(today, 60)),
        named: vec![workers.coded("demo-nadia").id],
    };
    set_level(tx, &as_themselves(workers.coded("demo-judith")), moment, level).await?;
    Ok(())
}

/// Priya opened Jonah's record yesterday; Owen is away and Tomasz stands in.
async fn lately(
    app: &App,
    tx: &mut Tx,
    moment: &mut Moment,
    workers: &Workers,
    jonah: PersonId,
    today: Date,
) -> Result<()> {
    let open = BreakGlass {
        person: jonah,
        reason: "School rang out of hours: nobody came to fetch Jonah and I had to know whom to ring"
            .to_owned(),
        how_long: GlassFor::OneHour,
        found: FoundBy::Search,
    };
    let priya = as_themselves(workers.coded("demo-priya"));
    break_glass(tx, &priya, moment, &app.calendar(), open).await?;
    let absence = SetAbsence {
        worker: workers.coded("owen-blythe").id,
        from: later(today, -2),
        to: Some(later(today, 9)),
        cover: Some(workers.coded("demo-tomasz").id),
    };
    set_absence(tx, &Who::program("demonstration"), moment, absence).await?;
    Ok(())
}
