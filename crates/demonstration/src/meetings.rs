//! What is planned with the Harts: visits, a review and a meeting with who will be there and why, one that was moved, one
//! that was called off, and one of which nobody has written yet what happened.

use crate::days::noon;
use crate::paths::later;
use crate::relations::Harts;
use crate::workers::{Hand, Workers};
use anyhow::Result;
use app::meeting::{Arrange, CallOff, There, arrange, call_off, meetings, say_comes};
use app::told::By;
use app::{App, Moment, Who};
use db::Tx;
use jiff::civil::{Date, Time};
use practice::access::Reader;
use practice::id::PersonId;
use practice::meeting::{CanDo, Comes, MeetingKind, MeetingReaders, MeetingWay};
use uuid::Uuid;

/// Puts it down.
pub(crate) async fn make(
    app: &App,
    moment: Moment,
    (harts, workers): (&Harts, &Workers),
    today: Date,
) -> Result<Moment> {
    let nadia = workers.coded("demo-nadia").clone();
    let mut tx = app.db.write().await?;
    let mut pen = Pen { tx: &mut tx, moment, nadia: &nadia, today };
    ash(&mut pen, harts, workers).await?;
    younger(&mut pen, harts, workers).await?;
    let moment = pen.moment;
    tx.commit().await?;
    Ok(moment)
}

/// Who writes.
struct Pen<'a> {
    tx: &'a mut Tx,
    moment: Moment,
    nadia: &'a Hand,
    today: Date,
}

/// When, where and with whom.
struct Day<'a> {
    days: i64,
    at: Time,
    place: &'a str,
    with: Vec<There>,
}

fn worker(workers: &Workers, code: &str) -> There {
    There { who: By::Worker(workers.coded(code).id), does: None }
}

const fn person(person: PersonId) -> There {
    There { who: By::Person(person), does: None }
}

fn named(name: &str, does: &str) -> There {
    There { who: By::Words(name.to_owned()), does: Some(does.to_owned()) }
}

impl Pen<'_> {
    fn at(&mut self, days: i64) {
        let moment = std::mem::replace(&mut self.moment, Moment::seeded(jiff::Timestamp::UNIX_EPOCH, 0));
        self.moment = moment.moved_to(noon(later(self.today, -days)));
    }

    fn command(&self, whose: PersonId, kind: MeetingKind, day: Day<'_>, why: &str) -> Arrange {
        Arrange {
            person: whose,
            of: None,
            kind,
            on: later(self.today, day.days),
            at: Some(day.at),
            way: MeetingWay::InPerson,
            place: Some(day.place.to_owned()),
            why: why.to_owned(),
            can: vec![CanDo::Come, CanDo::SendWords, CanDo::BringSomebody, CanDo::NotCome],
            there: day.with,
            readers: MeetingReaders::There,
            readers_why: None,
            changed_why: None,
        }
    }

    async fn put(&mut self, command: Arrange) -> Result<Uuid> {
        Ok(arrange(self.tx, &self.nadia.who, &mut self.moment, command).await?)
    }

    /// The meeting with the version that stands now.
    async fn now(&mut self, whose: PersonId, meeting: Uuid) -> Result<(Uuid, Uuid)> {
        let held = meetings(self.tx, whose, None).await?;
        let version = held.iter().find(|one| one.meeting == meeting).map(|one| one.id);
        Ok((meeting, version.unwrap_or(meeting)))
    }
}

/// Ash: the review of her plan, a visit that was moved because Nadia was ill, and the dentist, of which nobody wrote yet.
async fn ash(pen: &mut Pen<'_>, harts: &Harts, workers: &Workers) -> Result<()> {
    pen.at(14);
    let day = Day {
        days: -2,
        at: Time::constant(9, 15, 0, 0),
        place: "The dentist in Mill Street",
        with: vec![worker(workers, "demo-nadia"), person(harts.bev)],
    };
    let why = "The tooth that hurts. You can bring your music.";
    let dentist = pen.command(harts.ash, MeetingKind::Appointment, day, why);
    pen.put(dentist).await?;
    let day = Day {
        days: 12,
        at: Time::constant(15, 45, 0, 0),
        place: "Bev's front room",
        with: vec![
            worker(workers, "demo-martin"),
            worker(workers, "demo-nadia"),
            person(harts.bev),
            named("Mr Singh", "your head of year"),
        ],
    };
    let why = "To look at your plan: what was done, what was not, and what you want next. Nothing about where you live is decided that day.";
    let review = pen.command(harts.ash, MeetingKind::Review, day, why);
    let review = pen.put(review).await?;
    let day = |days| Day {
        days,
        at: Time::constant(16, 30, 0, 0),
        place: "The canal, by the bench",
        with: vec![worker(workers, "demo-nadia")],
    };
    let why = "To hear how school is, and to plan Christmas at Nan's.";
    let visit = pen.command(harts.ash, MeetingKind::Visit, day(1), why);
    let visit = pen.put(visit).await?;
    pen.at(1);
    let of = Some(pen.now(harts.ash, visit).await?);
    let moved = pen.command(harts.ash, MeetingKind::Visit, day(5), why);
    let changed_why = Some("Nadia cannot come: she is ill. She is sorry.".to_owned());
    pen.put(Arrange { of, changed_why, ..moved }).await?;
    let ash = Who { reader: Reader::Person(harts.ash), program: false, ..Who::program("Ash Hart") };
    say_comes(pen.tx, &ash, &mut pen.moment, (review, Comes::Yes)).await?;
    Ok(())
}

/// Josie and Theo: a visit, the people who help with mum and dad, and swimming that was called off.
async fn younger(pen: &mut Pen<'_>, harts: &Harts, workers: &Workers) -> Result<()> {
    pen.at(6);
    let day = Day {
        days: 3,
        at: Time::constant(16, 15, 0, 0),
        place: "At home",
        with: vec![worker(workers, "demo-nadia"), person(harts.theo), person(harts.leanne)],
    };
    let why = "To see how the evenings go. Nadia brings the clay.";
    let visit = pen.command(harts.josie, MeetingKind::Visit, day, why);
    pen.put(visit).await?;
    let day = Day {
        days: 8,
        at: Time::constant(14, 0, 0, 0),
        place: "Alder Road Primary, the quiet room",
        with: vec![
            worker(workers, "demo-nadia"),
            worker(workers, "demo-kit"),
            person(harts.leanne),
            person(harts.sam),
            named("Miss Okafor", "Josie's teacher"),
        ],
    };
    let why = "The people who help say what they have done. Josie can come for the first part, or draw what she wants to say.";
    let group = pen.command(harts.josie, MeetingKind::Meeting, day, why);
    pen.put(group).await?;
    let day = Day {
        days: 2,
        at: Time::constant(10, 0, 0, 0),
        place: "The pool",
        with: vec![worker(workers, "demo-kit"), worker(workers, "demo-nadia")],
    };
    let swim = pen.command(harts.theo, MeetingKind::Visit, day, "To swim, and to talk about school.");
    let swim = pen.put(swim).await?;
    pen.at(1);
    let of = pen.now(harts.theo, swim).await?;
    let why = "The pool is shut this week. Kit looks for a new day.".to_owned();
    call_off(pen.tx, &pen.nadia.who, &mut pen.moment, CallOff { person: harts.theo, of, why }).await?;
    Ok(())
}
