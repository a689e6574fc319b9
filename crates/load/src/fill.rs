//! Making the councils under measure, by the actions that pages use, many to a transaction.

use crate::council::{self, Hand, SINCE};
use crate::engine::{Engine, Place, Which};
use crate::moving;
use crate::population::{Dice, Invented, people as invented};
use anyhow::{Context, Result};
use app::allocation::{self, Allocate};
use app::entry::{self, Recording};
use app::episode::{self, OpenEpisode};
use app::person::actions::{
    AddPerson, Bond, Join, MoveIn, NewAddress, NewBirth, NewDetail, Relate, add_person, move_in, relate,
};
use app::{App, Moment, Who, clock};
use db::Tx;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use practice::access::AllocationKind;
use practice::entry::{EntryKind, Manner, Part, Seen, StatementForm};
use practice::episode::EpisodeKind;
use practice::id::PersonId;
use practice::person::{AddressUse, DetailKind};
use practice::recording::{Audience, NewStatement, Participant, RecordEntry, Someone};
use practice::relationship::RelationshipKind as Kind;
use std::fmt::Write as _;
use std::fs;

/// Families of eight: 10,000 people.
const FAMILIES: usize = 1_250;
/// Families with 400 entries; the page of a child of theirs is measured.
pub(crate) const LONG: usize = 8;
/// Rounds of visits; every family has one in each, the long ones five.
const ROUNDS: usize = 78;
/// Families whose five children have an open episode.
const OPEN: usize = 1_000;
/// People in the crowd in which is looked for.
pub(crate) const CROWD: usize = 100_000;

/// Someone in the list beside the council: who, name, day of birth.
pub(crate) struct Listed {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) born: Date,
}

/// The people that a fill wrote down.
pub(crate) fn listed(place: &Place) -> Result<Vec<Listed>> {
    let text = fs::read_to_string(place.data.join("people.txt"))?;
    let one = |line: &str| {
        let mut parts = line.split('|').map(str::to_owned);
        let (id, name) = (parts.next()?, parts.next()?);
        Some(Listed { id, name, born: parts.next()?.parse().ok()? })
    };
    text.lines().map(|line| one(line).context("a line of people.txt")).collect()
}

struct Home {
    children: Vec<PersonId>,
    adult: PersonId,
    hand: usize,
}

/// The council of 10,000 people and 100,000 entries.
pub(crate) async fn families(engine: &Engine) -> Result<Place> {
    let (place, there) = engine.place("families")?;
    if there {
        return Ok(place);
    }
    println!("making 10,000 people in families of eight, and 100,000 entries");
    let app = council::open(&place).await?;
    let hands = council::begin(&app, 10).await?;
    let everyone = invented(FAMILIES * 8, 11);
    let mut dice = Dice::new(5);
    let begin = app.moment().today().saturating_sub(2.years());
    let mut moment = Moment::seeded(noon(begin), 3);
    moment.defer_clocks();
    let mut homes = vec![];
    let mut list = String::new();
    for (number, some) in everyone.chunks(8 * 25).enumerate() {
        let mut tx = app.db.write().await?;
        for (at, eight) in some.chunks(8).enumerate() {
            let family = number * 25 + at;
            let home = home(&mut tx, &mut moment, eight, (family, &hands)).await?;
            if family < LONG {
                let first = &eight[3];
                writeln!(list, "{}|{}|{}", home.children[0], first.name(), first.born)?;
            }
            homes.push(home);
        }
        tx.commit().await?;
    }
    for round in 0..ROUNDS {
        let day = begin.saturating_add(i64::try_from(round * 9).unwrap_or(0).days());
        moment = moment.moved_to(noon(day));
        visits(&app, &mut moment, (&homes, &hands), &mut dice).await?;
    }
    let mut tx = app.db.write().await?;
    clock::settle(&mut tx, &mut moment.moved_to(app.moment().now())).await?;
    tx.commit().await?;
    first_night(&app).await?;
    app.db.close().await;
    fs::write(place.data.join("people.txt"), list)?;
    engine.whole(&place, "families")?;
    Ok(place)
}

async fn home(
    tx: &mut Tx,
    moment: &mut Moment,
    eight: &[Invented],
    (family, hands): (usize, &[Hand]),
) -> Result<Home> {
    let who = Who::program("load");
    let today = moment.today();
    let mut ids: Vec<PersonId> = vec![];
    for (at, one) in eight.iter().enumerate() {
        // two parents, a grandmother, five children
        let years = [36, 38, 64, 12, 10, 7, 5, 3][at];
        let born = today.saturating_sub(years.years()).saturating_sub((one.born.day_of_year() % 300).days());
        let mut add = AddPerson::named(&one.given, &eight[0].family);
        add.birth = Some(NewBirth::exact(born));
        add.addresses = vec![address(family)];
        if at < 3 {
            add.details.push(NewDetail::new(DetailKind::Phone, &format!("07700 900{:03}", family % 1000)));
        } else {
            add.details.push(NewDetail::new(DetailKind::School, "Alder Road Primary"));
            add.details.push(NewDetail::new(DetailKind::TalkWithMe, "One question at a time"));
        }
        let id = add_person(tx, &who, moment, add).await?.person;
        let join = ids.first().map_or(Join::New, |first| Join::With(*first));
        move_in(tx, &who, moment, MoveIn { person: id, join, from: None }).await?;
        ids.push(id);
    }
    let hand = family % hands.len();
    for (at, child) in ids[3..].iter().enumerate() {
        for (which, adult) in ids[..3].iter().enumerate() {
            let mut bond = Bond::of(if which < 2 { Kind::Parent } else { Kind::Grandparent });
            bond.they_hold = which < 2;
            relate(tx, &who, moment, Relate { person: *child, other: *adult, bond }).await?;
        }
        for other in &ids[4 + at..] {
            let bond = Bond::of(Kind::Sibling);
            relate(tx, &who, moment, Relate { person: *child, other: *other, bond }).await?;
        }
        if family < OPEN {
            opened(tx, moment, (*child, family), &hands[hand]).await?;
        }
    }
    Ok(Home { children: ids[3..].to_vec(), adult: ids[0], hand })
}

async fn opened(
    tx: &mut Tx,
    moment: &mut Moment,
    (child, family): (PersonId, usize),
    hand: &Hand,
) -> Result<()> {
    let who = Who::program("load");
    let open = OpenEpisode {
        person: child,
        kind: if family.is_multiple_of(3) { EpisodeKind::ChildProtection } else { EpisodeKind::ChildInNeed },
        team: Some(hand.team),
        from: moment.today(),
        to: None,
        end_reason: None,
        last_seen: None,
        last_review: None,
        source_key: None,
        why: None,
    };
    episode::open_episode(tx, &who, moment, open).await?;
    let from = moment.today();
    let give = Allocate {
        person: child,
        worker: hand.id,
        part: AllocationKind::Responsible,
        from,
        to: None,
        reason: None,
    };
    allocation::allocate(tx, &who, moment, give).await?;
    Ok(())
}

fn address(family: usize) -> NewAddress {
    NewAddress {
        purpose: AddressUse::Home,
        lines: format!("{} Measure Street, Wyvern", family + 1),
        postcode: Some(format!("ZZ9 {}AA", family % 10)),
        confidential: false,
        from: Some(SINCE),
        to: None,
    }
}

pub(crate) fn noon(day: Date) -> Timestamp {
    day.at(12, 0, 0, 0)
        .to_zoned(app::moment::london())
        .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

async fn visits(
    app: &App,
    moment: &mut Moment,
    (homes, hands): (&[Home], &[Hand]),
    dice: &mut Dice,
) -> Result<()> {
    for (chunk, some) in homes.chunks(250).enumerate() {
        let mut tx = app.db.write().await?;
        for (at, home) in some.iter().enumerate() {
            let long = chunk == 0 && at < LONG;
            for _ in 0..if long { 6 } else { 1 } {
                let visit = visit(home, &hands[home.hand], moment.now(), (long, dice));
                entry::record(&mut tx, &hands[home.hand].who, moment, &Recording::of(visit)).await?;
            }
        }
        tx.commit().await?;
    }
    Ok(())
}

const WORDS: &[&str] = &[
    "We sat in the kitchen and talked about how the mornings go now. The house was warm and there was food in.",
    "School says that this week was better. We drew a map of who helps, and put Nan in the middle of it.",
    "It was a hard visit. We talked about the argument on Sunday and what each of them would do the next time.",
    "We walked to the park. The new bed has come and everyone sleeps in their own room now.",
];

fn visit(home: &Home, hand: &Hand, at: Timestamp, (long, dice): (bool, &mut Dice)) -> RecordEntry {
    let about = |child: &PersonId, seen| Participant {
        person: *child,
        part: Part::About,
        seen: Some(seen),
        not_seen_why: None,
    };
    let first = if long { 0 } else { dice.below(home.children.len()) };
    let second = (first + 1 + dice.below(home.children.len() - 1)) % home.children.len();
    let mut people =
        vec![about(&home.children[first], Seen::Alone), about(&home.children[second], Seen::Yes)];
    people.push(Participant { person: home.adult, part: Part::Present, seen: None, not_seen_why: None });
    let words = *dice.pick(WORDS);
    RecordEntry {
        kind: EntryKind::Visit,
        happened_at: at,
        manner: Some(Manner::HomeVisit),
        minutes: Some(45),
        place: None,
        title: None,
        people,
        workers: vec![hand.id],
        others_present: None,
        narrative: format!("{words}\n\n{}", dice.pick(WORDS)),
        statements: vec![NewStatement {
            owner: Someone::Person(home.children[first]),
            form: StatementForm::Said,
            words: "I like it when it is quiet".to_owned(),
            original_language: None,
        }],
        promises: vec![],
        significant: dice.below(20) == 0,
        written_to: None,
        audience: Audience::Present,
        corrects: None,
    }
}

/// The council of so many people in which is looked for. On PostgreSQL more than the usual crowd takes hours by the
/// actions: those were made in the embedded engine, and everything of it is taken out and in.
pub(crate) async fn crowd(engine: &Engine, many: usize) -> Result<Place> {
    let name = if many == CROWD { "crowd".to_owned() } else { format!("crowd_{many}") };
    let (place, there) = engine.place(&name)?;
    if there {
        return Ok(place);
    }
    if many > CROWD && engine.which == Which::Postgres {
        let made = Box::pin(crowd(&Engine::open(Which::Sqlite)?, many)).await?;
        println!("taking {many} people from one engine to the other");
        moving::carried(&made, &place, &engine.folder)?;
    } else {
        println!("making {many} people");
        come(&place, many).await?;
    }
    engine.whole(&place, &name)?;
    Ok(place)
}

async fn come(place: &Place, many: usize) -> Result<()> {
    let app = council::open(place).await?;
    council::begin(&app, 1).await?;
    let who = Who::program("load");
    let mut moment = Moment::seeded(app.moment().now(), 7);
    let mut list = String::new();
    for some in invented(many, 7).chunks(1_000) {
        let mut tx = app.db.write().await?;
        for one in some {
            let given = one
                .middle
                .as_ref()
                .map_or_else(|| one.given.clone(), |middle| format!("{} {middle}", one.given));
            let mut add = AddPerson::named(&given, &one.family);
            add.birth = Some(NewBirth::exact(one.born));
            let added = add_person(&mut tx, &who, &mut moment, add).await?;
            writeln!(list, "{}|{} {}|{}", added.person, one.given, one.family, one.born)?;
        }
        tx.commit().await?;
    }
    first_night(&app).await?;
    app.db.close().await;
    fs::write(place.data.join("people.txt"), list)?;
    Ok(())
}

/// What the program does in the first night, or at its first start.
pub(crate) async fn first_night(app: &App) -> Result<()> {
    app::journal::seal(&app.db, app.moment().now()).await?;
    let looked = app::joining::look(app).await?;
    println!("looked through {} people: {} pairs of records may be of one", looked.people, looked.pairs);
    Ok(())
}
