//! One child who was written down twice: by the school's nurse under one spelling, by a duty worker under another. So
//! that whoever looks after the data sees at once what two records of one person look like, and may join them.

use crate::days::noon;
use crate::paths::later;
use crate::workers::Workers;
use anyhow::Result;
use app::person::actions::{AddPerson, NewAddress, NewBirth, NewDetail, add_person};
use app::{App, Moment};
use jiff::civil::{Date, date};
use practice::person::{AddressUse, DetailKind};

/// Makes both records, and gives how many people there are more and where the made-up time stands.
pub(crate) async fn make(
    app: &App,
    workers: &Workers,
    moment: Moment,
    today: Date,
) -> Result<(usize, Moment)> {
    let born = NewBirth::exact(date(today.year() - 9, 3, 14));
    let written =
        [("Elliot", "Marchbanks", -40, "demo-nadia", 2), ("Eliot", "Marchbanks", -12, "demo-priya", 6)];
    let mut moment = moment;
    for (given, family, days, by, hue) in written {
        moment = moment.moved_to(noon(later(today, days)));
        let mut child =
            AddPerson { birth: Some(born.clone()), hue: Some(hue), ..AddPerson::named(given, family) };
        child.addresses = vec![NewAddress {
            purpose: AddressUse::Home,
            lines: "8 Tanyard Row, Wyvern".to_owned(),
            postcode: Some("ZZ9 8TR".to_owned()),
            confidential: false,
            from: None,
            to: None,
        }];
        child.details = vec![NewDetail::new(DetailKind::School, "Tanyard Junior School")];
        let who = workers.coded(by).who.clone();
        let mut tx = app.db.write().await?;
        add_person(&mut tx, &who, &mut moment, child).await?;
        tx.commit().await?;
    }
    Ok((written.len(), moment))
}
