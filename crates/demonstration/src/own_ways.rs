//! What is done otherwise for the Harts, and what Ash says is not right: Nadia goes slower with Josie, Helen asked why and
//! agreed for less long; Ash's plan was put right because Ash said so, and the next word of Ash's waits.

use crate::days::noon;
use crate::paths::later;
use crate::relations::Harts;
use crate::workers::Workers;
use anyhow::Result;
use app::own_way::{Doing, Propose, go_on, own_ways, propose};
use app::space::{self, NotRight, say_not_right};
use app::told::By;
use app::{App, Moment};
use db::Tx;
use jiff::civil::Date;
use practice::id::PersonId;
use practice::space::{Changed, Concern};
use uuid::Uuid;

/// Puts it down.
pub(crate) async fn make(
    app: &App,
    moment: Moment,
    (harts, workers): (&Harts, &Workers),
    today: Date,
) -> Result<Moment> {
    let mut tx = app.db.write().await?;
    let moment = slower(&mut tx, moment, (harts, workers), today).await?;
    let moment = not_right(&mut tx, moment, (harts, workers), today).await?;
    tx.commit().await?;
    Ok(moment)
}

async fn now(tx: &mut Tx, person: PersonId, way: Uuid) -> Result<(Uuid, Uuid)> {
    let all = own_ways(tx, person, None).await?;
    let version = all.iter().find(|one| one.way() == way).map(app::own_way::OwnWay::version);
    Ok((way, version.unwrap_or(way)))
}

async fn slower(
    tx: &mut Tx,
    moment: Moment,
    (harts, workers): (&Harts, &Workers),
    today: Date,
) -> Result<Moment> {
    let (nadia, helen) = (workers.coded("demo-nadia"), workers.coded("demo-helen"));
    let mut moment = moment.moved_to(noon(later(today, -6)));
    let command = Propose {
        person: harts.josie,
        clock: None,
        procedure: "All of an assessment's conversations within its first four weeks".to_owned(),
        otherwise: "I talk with Josie about her dad after the school play, and not before".to_owned(),
        why: "She has the lead part and asked me to wait. She says it goes round in her head for days each time".to_owned(),
        agreed_with: "Josie and Leanne, at home on Tuesday. Her teacher thinks so too".to_owned(),
        for_family: Some("We agreed to wait with the hard questions until after the play, because Josie asked us to.".to_owned()),
        until: later(today, 21),
    };
    let way = propose(tx, &nadia.who, &mut moment, command).await?;
    let does = [
        (-5, helen, Doing::Ask("What do we not know until then, and who keeps an eye on it?".to_owned())),
        (
            -5,
            nadia,
            Doing::Answer("Nothing that changes whether she is safe now: her nan is there most evenings, and I see Josie each week.".to_owned()),
        ),
        (-4, helen, Doing::Agree(later(today, 14), Some("Until the week after the play. Tell her I hope it goes well.".to_owned()))),
    ];
    for (days, hand, doing) in does {
        moment = moment.moved_to(noon(later(today, days)));
        let of = now(tx, harts.josie, way).await?;
        go_on(tx, &hand.who, &mut moment, (harts.josie, of, doing)).await?;
    }
    Ok(moment)
}

async fn not_right(
    tx: &mut Tx,
    moment: Moment,
    (harts, workers): (&Harts, &Workers),
    today: Date,
) -> Result<Moment> {
    let (nadia, helen) = (workers.coded("demo-nadia"), workers.coded("demo-helen"));
    let mut moment = moment.moved_to(noon(later(today, -3)));
    let words = "it says i want football and thats not me thats what my old worker wrote".to_owned();
    let said = NotRight { about: harts.ash, of: Concern::Plan, by: By::Themselves, words };
    let said = say_not_right(tx, &nadia.who, &mut moment, said).await?;
    let mut moment = moment.moved_to(noon(later(today, -2)));
    let answer =
        "You are right, Ash, and I am sorry. Football is out. Tell me on Thursday what should stand there.";
    space::answer(tx, &helen.who, &mut moment, (said.id, answer, Some(Changed::Plan))).await?;
    let mut moment = moment.moved_to(noon(later(today, -1)));
    let words = "The plan asks Leanne for three appointments in one week. I do not think that anybody could keep them.".to_owned();
    let said = NotRight { about: harts.josie, of: Concern::Plan, by: By::Worker(nadia.id), words };
    say_not_right(tx, &nadia.who, &mut moment, said).await?;
    Ok(moment)
}
