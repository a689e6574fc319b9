//! Others in the spaces of the Harts: Ash's advocate, who sees what Ash chose; Bev, who cares for Ash, with whom a worker
//! shared the plan and why; Pauline, who acts for Theo; and how it is safe to reach Leanne.

use crate::days::noon;
use crate::paths::later;
use crate::relations::Harts;
use crate::workers::Hand;
use anyhow::{Context, Result};
use app::letter::record_contact;
use app::person::actions::{AddPerson, NewBirth, NewDetail, add_person};
use app::space::{self, Give};
use app::{App, Moment, Who, sign_in};
use db::Tx;
use jiff::civil::{Date, date};
use practice::access::Reader;
use practice::contact::{Safe, SafeContact};
use practice::entrusted::Part;
use practice::id::PersonId;
use practice::person::DetailKind;
use practice::space::InSpace;
use uuid::Uuid;

async fn coming(tx: &mut Tx, of: PersonId, comes: PersonId, today: Date) -> Result<Uuid> {
    let all = space::who_comes(tx, of, today).await?;
    all.iter().find(|one| one.comes == comes).map(|one| one.id).context("nobody comes in")
}

/// Gives how many people there are more.
pub(crate) async fn make(
    app: &App,
    moment: Moment,
    (harts, nadia): (&Harts, &Hand),
    today: Date,
) -> Result<(Moment, usize)> {
    let mut moment = moment.moved_to(noon(later(today, -7)));
    let mut tx = app.db.write().await?;
    let mut add = AddPerson::named("Dele", "Okafor");
    add.birth = Some(NewBirth::exact(date(1984, 3, 9)));
    add.hue = Some(6);
    add.details = vec![NewDetail::new(DetailKind::Phone, "07700 900188")];
    let dele = add_person(&mut tx, &nadia.who, &mut moment, add).await?.person;
    for (comes, of, part) in [
        (dele, harts.ash, InSpace::Advocate),
        (harts.bev, harts.ash, InSpace::Carer),
        (harts.pauline, harts.theo, InSpace::Proxy),
    ] {
        sign_in::open_for_show(&mut tx, &mut moment, (comes, of, part)).await?;
    }
    let ash = Who { reader: Reader::Person(harts.ash), program: false, ..Who::program("Ash Hart") };
    let to = coming(&mut tx, harts.ash, dele, today).await?;
    for part in [Part::Story, Part::Questions] {
        let give = Give { to, part, one: None, together: false, reason: None, until: None };
        space::give(&mut tx, &ash, &mut moment, give).await?;
    }
    let to = coming(&mut tx, harts.ash, harts.bev, today).await?;
    let reason = Some("So that what was agreed happens at home as well".to_owned());
    let give = Give { to, part: Part::Plan, one: None, together: false, reason, until: None };
    space::give(&mut tx, &nadia.who, &mut moment, give).await?;
    let ways = SafeContact { letter: Safe::Ask, email: Safe::Yes, phone: Safe::Yes, message: Safe::No };
    let said = [
        Some("Weekdays after ten. Not on Sundays"),
        Some("Sam still has a key and sometimes picks up the post"),
        Some("On the phone say that it is about the school"),
    ];
    record_contact(&mut tx, &nadia.who, &mut moment, (harts.leanne, ways), said).await?;
    tx.commit().await?;
    Ok((moment, 1))
}
