//! The Hart family: the one that the named people work with, told in full. Josie is 9, Theo 6, and Ash 13, who
//! lives with a foster carer; Leanne is their mum.

use crate::days::{blank, noon, said};
use crate::entrusted;
use crate::meetings;
use crate::own_ways;
use crate::paths::later;
use crate::plans;
use crate::relations::{self, Harts};
use crate::spaces;
use crate::stories;
use crate::touches;
use crate::workers::{Hand, Workers};
use anyhow::Result;
use app::allocation::{self, Allocate};
use app::entry::{self, Recording};
use app::episode::{self, OpenEpisode};
use app::person::actions::{
    AddPerson, Bond, Join, MoveIn, NewAddress, NewBirth, NewDetail, NewName, NewWarning, Relate, Warn,
    add_person, move_in, relate, warn,
};
use app::person::facts::Told;
use app::step::{self, RecordStep};
use app::{App, Moment, Who};
use db::Tx;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use practice::access::AllocationKind;
use practice::entry::{EntryKind, Manner, Part, Seen, StatementForm};
use practice::episode::{EpisodeKind, StepKind, StepOutcome};
use practice::id::PersonId;
use practice::person::{AddressUse, DetailKind, NameKind, WarningKind};
use practice::recording::{NewPromise, Participant, Someone};
use practice::relationship::RelationshipKind as Kind;
use std::collections::BTreeMap;

/// Makes the family and gives how many people it has.
pub(crate) async fn make(app: &App, workers: &Workers, moment: Moment, today: Date) -> Result<usize> {
    let begin = today.saturating_sub(14.months());
    let mut moment = moment.moved_to(noon(begin));
    let mut tx = app.db.write().await?;
    let nadia = workers.coded("demo-nadia").clone();
    let (harts, count) = people(&mut tx, &nadia.who, &mut moment, today).await?;
    work(&mut tx, &mut moment, workers, &harts, begin).await?;
    tx.commit().await?;
    let mut moment = visits(app, moment, (&harts, &nadia), today).await?;
    let more = relations::make(app, &nadia.who, &mut moment, &harts, today).await?;
    let moment = lately(app, moment, (&harts, &nadia), today).await?;
    let moment = stories::make(app, moment, (&harts, workers), today).await?;
    let moment = spaces::make(app, moment, (&harts, &nadia), today).await?;
    let (moment, others) = entrusted::make(app, moment, (&harts, &nadia), today).await?;
    let moment = plans::make(app, moment, (&harts, workers), today).await?;
    let moment = meetings::make(app, moment, (&harts, workers), today).await?;
    let moment = own_ways::make(app, moment, (&harts, workers), today).await?;
    let grown_up = touches::make(app, moment, (&harts, workers), today).await?;
    Ok(count + more + others + grown_up)
}

fn born(today: Date, years: i16, month: i8, day: i8) -> Date {
    let birthday = date(today.year() - years, month, day);
    if (birthday.month(), birthday.day()) > (today.month(), today.day()) {
        date(today.year() - years - 1, month, day)
    } else {
        birthday
    }
}

async fn add(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    (given, family, hue): (&str, &str, i64),
    born: Date,
    details: &[(DetailKind, &str)],
) -> Result<PersonId> {
    let mut add = AddPerson::named(given, family);
    add.birth = Some(NewBirth::exact(born));
    add.hue = Some(hue);
    add.details = details.iter().map(|(kind, words)| NewDetail::new(*kind, words)).collect();
    Ok(add_person(tx, who, moment, add).await?.person)
}

fn home(lines: &str, postcode: &str, since: Date, confidential: bool) -> NewAddress {
    NewAddress {
        purpose: AddressUse::Home,
        lines: lines.to_owned(),
        postcode: Some(postcode.to_owned()),
        confidential,
        from: Some(since),
        to: None,
    }
}

async fn bond(
    tx: &mut Tx,
    moment: &mut Moment,
    (person, other): (PersonId, PersonId),
    kind: Kind,
    holds: bool,
    close: Option<i64>,
) -> Result<()> {
    let mut bond = Bond::of(kind);
    bond.they_hold = holds;
    bond.closeness = close;
    relate(tx, &Who::program("demonstration"), moment, Relate { person, other, bond }).await?;
    Ok(())
}

async fn people(tx: &mut Tx, nadia: &Who, moment: &mut Moment, today: Date) -> Result<(Harts, usize)> {
    use DetailKind::{MattersToMe, Phone, Pronouns, School, TalkWithMe};
    let who = Who::program("demonstration");
    let mut josie = AddPerson::named("Josephine", "Hart");
    josie.names.push(NewName::new(NameKind::Chosen, "Josie", "Hart"));
    josie.birth = Some(NewBirth::exact(born(today, 9, 3, 14)));
    josie.hue = Some(7);
    josie.details = [
        (Pronouns, "she, her"),
        (MattersToMe, "I like dogs, drawing and Tuesdays. I don't like loud voices or being asked loads of questions at once."),
        (TalkWithMe, "Do something with your hands while we talk"),
        (TalkWithMe, "One question at a time"),
        (TalkWithMe, "Tell me before you tell Mum"),
        (School, "Alder Road Primary, year 5"),
    ]
    .iter()
    .map(|(kind, words)| NewDetail::new(*kind, words))
    .collect();
    josie.addresses = vec![home("14 Kestrel Walk, Wyvern", "ZZ9 4KW", date(2019, 5, 1), false)];
    let josie = add_person(tx, &who, moment, josie).await?.person;
    let theo = [
        (Pronouns, "he, him"),
        (School, "Alder Road Primary, year 2"),
        (MattersToMe, "Being fast. Biscuit the dog."),
    ];
    let theo = add(tx, &who, moment, ("Theo", "Hart", 2), born(today, 6, 8, 2), &theo).await?;
    let ash = [
        (Pronouns, "she, her"),
        (School, "Wyvern Academy"),
        (TalkWithMe, "Text me first"),
        (MattersToMe, "My sister and brother. Christmas at Nan's."),
    ];
    let ash = add(tx, &who, moment, ("Ash", "Hart", 6), born(today, 13, 1, 20), &ash).await?;
    let leanne = add(
        tx,
        &who,
        moment,
        ("Leanne", "Hart", 4),
        born(today, 34, 6, 9),
        &[(Phone, "07700 900141"), (TalkWithMe, "Text first. I don't answer unknown numbers")],
    )
    .await?;
    let sam =
        add(tx, &who, moment, ("Sam", "Adeyemi", 1), born(today, 36, 10, 30), &[(Phone, "07700 900142")])
            .await?;
    let pauline =
        add(tx, nadia, moment, ("Pauline", "Hart", 5), born(today, 61, 2, 11), &[(Phone, "07700 900143")])
            .await?;
    let bev = add(tx, nadia, moment, ("Bev", "Colley", 3), born(today, 57, 4, 4), &[(Phone, "07700 900144")])
        .await?;
    together(tx, moment, [josie, theo, ash], [leanne, sam, pauline, bev]).await?;
    Ok((Harts { josie, theo, ash, leanne, sam, pauline, bev }, 7))
}

/// Where they live and what they are to each other.
async fn together(
    tx: &mut Tx,
    moment: &mut Moment,
    [josie, theo, ash]: [PersonId; 3],
    [leanne, sam, pauline, bev]: [PersonId; 4],
) -> Result<()> {
    let who = Who::program("demonstration");
    move_in(tx, &who, moment, MoveIn { person: leanne, join: Join::New, from: Some(date(2019, 5, 1)) })
        .await?;
    for child in [josie, theo] {
        move_in(tx, &who, moment, MoveIn { person: child, join: Join::With(leanne), from: None }).await?;
    }
    move_in(tx, &who, moment, MoveIn { person: bev, join: Join::New, from: None }).await?;
    for child in [josie, theo, ash] {
        bond(tx, moment, (child, leanne), Kind::Parent, true, Some(4)).await?;
        bond(tx, moment, (child, pauline), Kind::Grandparent, false, Some(5)).await?;
    }
    for child in [josie, theo] {
        bond(tx, moment, (child, sam), Kind::Parent, true, Some(3)).await?;
    }
    bond(tx, moment, (josie, theo), Kind::Sibling, false, Some(5)).await?;
    bond(tx, moment, (josie, ash), Kind::HalfSibling, false, Some(5)).await?;
    bond(tx, moment, (theo, ash), Kind::HalfSibling, false, Some(4)).await?;
    bond(tx, moment, (ash, bev), Kind::FosterCarer, false, Some(3)).await?;
    bond(tx, moment, (leanne, pauline), Kind::Parent, false, Some(4)).await?;
    let warning = NewWarning {
        kind: WarningKind::DoNotDisclose,
        fact: "Do not give Sam the address of the new school club".to_owned(),
        detail: Some("Court order".to_owned()),
        from: moment.today(),
        review_on: later(moment.today(), 360),
        told: Told::Yes { on: Some(moment.today()), how: Some("Told at the meeting".to_owned()) },
        agreed_with: Some("Helen Boateng".to_owned()),
    };
    warn(tx, &who, moment, Warn { person: josie, warning }).await?;
    Ok(())
}

async fn work(tx: &mut Tx, moment: &mut Moment, workers: &Workers, harts: &Harts, begin: Date) -> Result<()> {
    let who = Who::program("demonstration");
    let open = |person, kind, team: usize, from| OpenEpisode {
        person,
        kind,
        team: Some(workers.teams[team]),
        from,
        to: None,
        end_reason: None,
        last_seen: None,
        last_review: None,
        source_key: None,
        why: None,
    };
    for (child, kind, team) in [
        (harts.josie, EpisodeKind::ChildProtection, 2),
        (harts.theo, EpisodeKind::ChildProtection, 2),
        (harts.ash, EpisodeKind::LookedAfter, 4),
    ] {
        let episode = episode::open_episode(tx, &who, moment, open(child, kind, team, begin)).await?;
        let steps: &[StepKind] = if kind == EpisodeKind::LookedAfter {
            &[StepKind::Placement]
        } else {
            &[StepKind::InitialConference, StepKind::ProtectionPlan]
        };
        for step in steps {
            let record = RecordStep {
                people: vec![(child, Some(episode))],
                kind: *step,
                on: begin,
                ended: None,
                outcome: (*step == StepKind::InitialConference).then_some(StepOutcome::Plan),
                detail: None,
                narrative: String::new(),
                source: None,
                source_key: None,
            };
            step::record_step(tx, &who, moment, record).await?;
        }
        let give = |worker: &str, part| Allocate {
            person: child,
            worker: workers.coded(worker).id,
            part,
            from: begin,
            to: None,
            reason: None,
        };
        for (worker, part) in [
            ("demo-nadia", AllocationKind::Responsible),
            ("demo-kit", AllocationKind::Helping),
            ("demo-martin", AllocationKind::Reviewing),
        ] {
            allocation::allocate(tx, &who, moment, give(worker, part)).await?;
        }
    }
    Ok(())
}

fn about(person: PersonId, seen: Seen) -> Participant {
    let why = (seen == Seen::No).then(|| "At Nan's. Pauline picked him up from football.".to_owned());
    Participant { person, part: Part::About, seen: Some(seen), not_seen_why: why }
}

/// A visit about every ten days for a year, one transaction a day.
async fn visits(
    app: &App,
    mut moment: Moment,
    (harts, nadia): (&Harts, &Hand),
    today: Date,
) -> Result<Moment> {
    let who = Who::program("demonstration");
    let mut day = today.saturating_sub(14.months());
    let mut reviews = reviews(harts, day, today);
    let mut count = 0;
    while later(day, 10) < later(today, -12) {
        day = later(day, 10);
        count += 1;
        moment = hold(app, moment, &mut reviews, day).await?;
        moment = moment.moved_to(noon(day));
        let mut tx = app.db.write().await?;
        let words = crate::sayings::SEEN[count % crate::sayings::SEEN.len()];
        let mut visit = blank(EntryKind::Visit, noon(day), crate::days::fill(words, "Josie", "Leanne"));
        visit.manner = Some(Manner::HomeVisit);
        visit.workers = vec![nadia.id];
        visit.people = vec![
            about(harts.josie, Seen::Alone),
            about(harts.theo, if count % 7 == 3 { Seen::No } else { Seen::Yes }),
        ];
        visit.people.push(Participant {
            person: harts.leanne,
            part: Part::Present,
            seen: None,
            not_seen_why: None,
        });
        entry::record(&mut tx, &nadia.who, &mut moment, &Recording::of(visit)).await?;
        if count % 3 == 0 {
            let mut visit = blank(
                EntryKind::Visit,
                noon(day),
                "Ash and I walked along the canal. Bev had tea ready when we came back.".to_owned(),
            );
            visit.manner = Some(Manner::Elsewhere);
            visit.workers = vec![nadia.id];
            visit.people = vec![about(harts.ash, Seen::Alone)];
            entry::record(&mut tx, &nadia.who, &mut moment, &Recording::of(visit)).await?;
        }
        if count % 6 == 0 {
            let meeting = RecordStep {
                people: vec![(harts.josie, None), (harts.theo, None)],
                kind: StepKind::CoreGroup,
                on: day,
                ended: None,
                outcome: None,
                detail: None,
                narrative: "Leanne chaired half of it. School came.".to_owned(),
                source: None,
                source_key: None,
            };
            step::record_step(&mut tx, &who, &mut moment, meeting).await?;
        }
        tx.commit().await?;
    }
    Ok(moment)
}

/// Holds every review up to a day.
async fn hold(
    app: &App,
    mut moment: Moment,
    reviews: &mut BTreeMap<Date, Vec<RecordStep>>,
    day: Date,
) -> Result<Moment> {
    let who = Who::program("demonstration");
    while let Some(review) = reviews.first_entry().filter(|review| *review.key() <= day) {
        let (on, steps) = review.remove_entry();
        moment = moment.moved_to(noon(on));
        let mut tx = app.db.write().await?;
        for step in steps {
            step::record_step(&mut tx, &who, &mut moment, step).await?;
        }
        tx.commit().await?;
    }
    Ok(moment)
}

/// The reviews that the law asks for, each on its day: of the protection plan after three months and then every
/// six, of how Ash is looked after in the first month, after three more and then every six.
fn reviews(harts: &Harts, begin: Date, today: Date) -> BTreeMap<Date, Vec<RecordStep>> {
    let mut all: BTreeMap<Date, Vec<RecordStep>> = BTreeMap::new();
    let step = |people: &[PersonId], kind, outcome, on, words: &str| RecordStep {
        people: people.iter().map(|person| (*person, None)).collect(),
        kind,
        on,
        ended: None,
        outcome,
        detail: None,
        narrative: words.to_owned(),
        source: None,
        source_key: None,
    };
    for days in [85, 260] {
        let on = later(begin, days);
        let words = "Martin chaired. Leanne said what is better and what is not. Everyone agreed that the plan goes on.";
        let review =
            step(&[harts.josie, harts.theo], StepKind::ReviewConference, Some(StepOutcome::Plan), on, words);
        all.entry(on).or_default().push(review);
    }
    for days in [24, 110, 285] {
        let on = later(begin, days);
        let words = "Ash chose where to sit and who came. She asked about Christmas.";
        all.entry(on).or_default().push(step(&[harts.ash], StepKind::LookedAfterReview, None, on, words));
    }
    all.retain(|on, _| *on < later(today, -12));
    all
}

/// The last visit, in full: Josie seen alone, Theo not seen, their words and what was agreed.
async fn lately(app: &App, moment: Moment, (harts, nadia): (&Harts, &Hand), today: Date) -> Result<Moment> {
    let day = later(today, -3);
    let mut moment = moment.moved_to(noon(day));
    let mut tx = app.db.write().await?;
    let words = "Josie had asked me to come after tea, so I did. We made the dog collage at the kitchen table. Leanne was cooking and the radio was on. Josie showed me her bed, which has the new mattress.\n\nLeanne had not been drinking today, she told me and I could see no sign of it.";
    let mut visit = blank(EntryKind::Visit, noon(day), words.to_owned());
    visit.manner = Some(Manner::HomeVisit);
    visit.workers = vec![nadia.id];
    visit.significant = true;
    visit.people = vec![about(harts.josie, Seen::Alone), about(harts.theo, Seen::No)];
    visit.people.push(Participant {
        person: harts.leanne,
        part: Part::Present,
        seen: None,
        not_seen_why: None,
    });
    let josie = Someone::Person(harts.josie);
    visit.statements = vec![
        said(
            josie,
            StatementForm::Said,
            "Mum does the toast now. I still listen for her in the night but not every night.",
        ),
        said(
            Someone::Person(harts.leanne),
            StatementForm::Said,
            "I did seven days. Nobody's going to clap but I did.",
        ),
        said(
            Someone::Worker(nadia.id),
            StatementForm::Thought,
            "The house was warm and there was food in. Josie is still on watch at night. I will ask Leanne if Nan could stay on Sundays, which are hardest.",
        ),
    ];
    visit.promises = agreed(harts, nadia, today);
    entry::record(&mut tx, &nadia.who, &mut moment, &Recording::of(visit)).await?;
    let mut letter = blank(EntryKind::Letter, noon(day), "Dear Josie,\n\nYou asked if you have to go to the meeting. You don't have to. You can come, or draw something, or tell me what to say. Kit can sit with you.\n\nNadia".to_owned());
    letter.workers = vec![nadia.id];
    letter.written_to = Some(harts.josie);
    letter.people =
        vec![Participant { person: harts.josie, part: Part::About, seen: None, not_seen_why: None }];
    entry::record(&mut tx, &nadia.who, &mut moment, &Recording::of(letter)).await?;
    tx.commit().await?;
    Ok(moment)
}

/// What was agreed at the last visit.
fn agreed(harts: &Harts, nadia: &Hand, today: Date) -> Vec<NewPromise> {
    vec![
        NewPromise {
            what: "Ask if Josie can phone Ash on Wednesdays".to_owned(),
            by: Someone::Worker(nadia.id),
            about: harts.josie,
            due_on: Some(later(today, 2)),
        },
        NewPromise {
            what: "Set two alarms and be up by 7".to_owned(),
            by: Someone::Person(harts.leanne),
            about: harts.josie,
            due_on: None,
        },
        NewPromise {
            what: "Get the breakfast club place paid for".to_owned(),
            by: Someone::Worker(nadia.id),
            about: harts.theo,
            due_on: Some(later(today, -1)),
        },
    ]
}
