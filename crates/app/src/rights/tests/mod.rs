//! People's rights over their record: how long it is kept, holds, and that nothing is left of what was let go.

mod asking;
mod disposal;
mod keeping;

use app::person::actions::{AddPerson, NewBirth};
use app::rights::ending;
use jiff::civil::Date;
use practice::id::PersonId;
use practice::role::Role;
use testkit::{TestApp, Worker};
use uuid::Uuid;

pub(crate) use crate::person::{act, add, sentence};

/// A council with those who answer for its records.
pub(crate) struct Council {
    pub(crate) nadia: Worker,
    pub(crate) hana: Worker,
    pub(crate) dora: Worker,
}

pub(crate) async fn council(t: &TestApp) -> Council {
    let head = t.team("Children", None).await;
    let team = t.team("Hillside", Some(head)).await;
    Council {
        nadia: t.worker("Nadia Farrow", Role::SocialWorker, team).await,
        hana: t.worker("Hana Moss", Role::HeadOfService, head).await,
        dora: t.worker("Dora Pike", Role::DataOfficer, head).await,
    }
}

/// Somebody with a council id, born on a day.
pub(crate) async fn somebody(t: &TestApp, (given, family): (&str, &str), born: Date) -> PersonId {
    let mut command = AddPerson::named(given, family);
    command.birth = Some(NewBirth::exact(born));
    add(t, command).await.unwrap().person
}

pub(crate) async fn proposed(t: &TestApp, by: &Worker, person: PersonId) -> app::Result<Uuid> {
    act(t, async |tx, moment| {
        ending::propose(tx, &by.who, moment, (person, "Nobody needs it any more")).await
    })
    .await
}

pub(crate) async fn confirmed(t: &TestApp, by: &Worker, person: PersonId) -> app::Result<Uuid> {
    act(t, async |tx, moment| ending::confirm(tx, &by.who, moment, person).await).await
}
