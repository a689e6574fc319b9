//! With whom Ash, Josie and a young woman whose record is closed stay in touch: wishes that changed, what is agreed and what
//! came of it, somebody who is looked for, mentors who stay.

use crate::days::noon;
use crate::paths::later;
use crate::relations::Harts;
use crate::workers::{Hand, Workers};
use anyhow::Result;
use app::episode::{self, EndEpisode, OpenEpisode};
use app::person::actions::{AddPerson, NewBirth, add_person};
use app::staying_in_touch::{
    Agree, Begin, Bring, Choose, Say, Step, Ways, agree, begin, bring, choose, mentor_says, say, step,
};
use app::{App, Moment, Who};
use db::Tx;
use jiff::civil::{Date, date};
use practice::access::Reader;
use practice::episode::EpisodeKind;
use practice::id::PersonId;
use practice::touch::{Basis, Came, InTheWay, MentorState, Often, Stage, TouchKind, TouchWay, Wants};
use uuid::Uuid;

/// Makes it; gives how many people there are more.
pub(crate) async fn make(
    app: &App,
    moment: Moment,
    (harts, workers): (&Harts, &Workers),
    today: Date,
) -> Result<usize> {
    let nadia = workers.coded("demo-nadia").clone();
    let moment = moment.moved_to(noon(later(today, -300)));
    let mut tx = app.db.write().await?;
    let mut pen = Pen { tx: &mut tx, moment, nadia: &nadia, person: harts.ash, today };
    ash(&mut pen, harts).await?;
    ash_lost(&mut pen).await?;
    ash_mentor(&mut pen).await?;
    pen.person = harts.josie;
    josie(&mut pen, harts).await?;
    grown_up(&mut pen, workers).await?;
    tx.commit().await?;
    Ok(1)
}

/// Who writes, about whom.
struct Pen<'a> {
    tx: &'a mut Tx,
    moment: Moment,
    nadia: &'a Hand,
    person: PersonId,
    today: Date,
}

impl Pen<'_> {
    fn at(&mut self, days: i64) {
        let moment = std::mem::replace(&mut self.moment, Moment::seeded(jiff::Timestamp::UNIX_EPOCH, 0));
        self.moment = moment.moved_to(noon(later(self.today, -days)));
    }

    async fn with(&mut self, kind: TouchKind, called: &str, other: Option<PersonId>) -> Result<Uuid> {
        let person = self.person;
        let command =
            Begin { person, of: None, kind, called: called.to_owned(), other, worker: None, why: None };
        Ok(begin(self.tx, &self.nadia.who, &mut self.moment, command).await?)
    }

    async fn wants(&mut self, touch: Uuid, wants: Wants, often: Option<Often>, words: &str) -> Result<()> {
        self.wants_only(touch, (wants, often), words, false).await
    }

    async fn wants_only(
        &mut self,
        touch: Uuid,
        (wants, often): (Wants, Option<Often>),
        words: &str,
        alone: bool,
    ) -> Result<()> {
        let command = Say {
            person: self.person,
            touch,
            wants,
            ways: Ways { how: vec![TouchWay::Visit, TouchWay::Call], often },
            words: Some(words.to_owned()),
            only: alone.then_some(self.nadia.id),
            on: self.moment.today(),
        };
        say(self.tx, &self.nadia.who, &mut self.moment, command).await?;
        Ok(())
    }

    async fn agrees(
        &mut self,
        touch: Uuid,
        often: Often,
        basis: Basis,
        words: [Option<&str>; 3],
    ) -> Result<()> {
        let own = |words: Option<&str>| words.map(str::to_owned);
        let command = Agree {
            person: self.person,
            touch,
            of: None,
            basis,
            ways: Ways { how: vec![TouchWay::Visit], often: Some(often) },
            words: words[0].unwrap_or_default().to_owned(),
            supervised_why: own(words[1]),
            order_words: own(words[2]),
            with_them: true,
            from: self.moment.today(),
            to: None,
            ended_why: None,
        };
        agree(self.tx, &self.nadia.who, &mut self.moment, command).await?;
        Ok(())
    }

    fn time(&self, touch: Uuid, days: i64, came: Came) -> Bring {
        Bring {
            person: self.person,
            touch,
            of: None,
            on: later(self.today, -days),
            how: TouchWay::Visit,
            came,
            where_when: None,
            child_was: None,
            words: None,
            in_the_way: (None, None),
            with_them: true,
            entry: None,
            promise: None,
        }
    }

    async fn keep(&mut self, time: Bring) -> Result<()> {
        bring(self.tx, &self.nadia.who, &mut self.moment, time).await?;
        Ok(())
    }

    async fn looks(&mut self, touch: Uuid, stage: Stage, looked: Option<&str>) -> Result<()> {
        let command = Step {
            person: self.person,
            touch,
            stage,
            on: self.moment.today(),
            looked: looked.map(str::to_owned),
            words: None,
        };
        step(self.tx, &self.nadia.who, &mut self.moment, command).await?;
        Ok(())
    }
}

/// Ash with Josie, Nan, Mum and a dog: what she wants, what is agreed, what came of it.
async fn ash(pen: &mut Pen<'_>, harts: &Harts) -> Result<()> {
    let josie = pen.with(TouchKind::Sibling, "Josie", Some(harts.josie)).await?;
    let nan = pen.with(TouchKind::Relative, "Nan", Some(harts.pauline)).await?;
    let mum = pen.with(TouchKind::Parent, "Mum", Some(harts.leanne)).await?;
    let biscuit = pen.with(TouchKind::Pet, "Biscuit", None).await?;
    let canal = pen.with(TouchKind::Place, "The bench by the canal", None).await?;
    pen.wants(josie, Wants::Yes, Some(Often::EveryMonth), "when Bev has time").await?;
    pen.wants(mum, Wants::Yes, Some(Often::EveryMonth), "if she is not drinking").await?;
    pen.wants(biscuit, Wants::Yes, Some(Often::WhenAsked), "he sleeps on my old bed").await?;
    pen.agrees(
        josie,
        Often::EveryTwoWeeks,
        Basis::CarePlan,
        [
            Some("Every second Sunday at Nan’s, from two to six. Bev drives there, Nadia finds a lift back."),
            None,
            None,
        ],
    )
    .await?;
    let order =
        "Family court at Wyvern: Mum may see Ash once a month, with somebody from the family centre there.";
    let why = "Mum has come drunk twice, and Ash looked after her instead of the other way round.";
    pen.agrees(
        mum,
        Often::EveryMonth,
        Basis::ContactOrder,
        [Some("First Saturday of the month at the family centre, eleven to one."), Some(why), Some(order)],
    )
    .await?;
    pen.agrees(
        nan,
        Often::EveryWeek,
        Basis::BetweenUs,
        [Some("Ash rings Nan when she likes, and sleeps there in the holidays."), None, None],
    )
    .await?;
    sundays(pen, josie).await?;
    lately(pen, (josie, nan), (mum, canal)).await
}

/// What changed in the last half year, and what comes next.
async fn lately(pen: &mut Pen<'_>, (josie, nan): (Uuid, Uuid), (mum, canal): (Uuid, Uuid)) -> Result<()> {
    pen.at(190);
    pen.wants(canal, Wants::Yes, Some(Often::WhenAsked), "i think there").await?;
    pen.at(40);
    pen.wants(
        josie,
        Wants::Yes,
        Some(Often::EveryWeek),
        "every week. not when somebody has time. she is my SISTER",
    )
    .await?;
    pen.wants(nan, Wants::Yes, Some(Often::EveryWeek), "she knows").await?;
    pen.at(46);
    let went = Bring {
        child_was: Some("Quiet before, loud after. Ate two plates at Bev’s.".to_owned()),
        ..pen.time(mum, 46, Came::Happened)
    };
    pen.keep(went).await?;
    pen.at(20);
    let quiet = "i dont want to see mum till she stops. dont tell her i said";
    pen.wants_only(mum, (Wants::NotNow, None), quiet, true).await?;
    pen.at(3);
    let next = Bring {
        where_when: Some("Nan’s, two o’clock. Bev drives.".to_owned()),
        ..pen.time(josie, sunday(pen.today) - 7, Came::Arranged)
    };
    pen.keep(next).await?;
    let mum_came = Bring {
        child_was: Some("Said she did not want to, and sat by the canal instead.".to_owned()),
        in_the_way: (Some(InTheWay::NotWanted), None),
        ..pen.time(mum, 15, Came::OffByChild)
    };
    pen.keep(mum_came).await
}

/// How many days ago the last Sunday was.
fn sunday(today: Date) -> i64 {
    i64::from(today.weekday().to_sunday_zero_offset())
}

/// Every second Sunday: most came to be, some did not, and why.
async fn sundays(pen: &mut Pen<'_>, josie: Uuid) -> Result<()> {
    for nth in 0..20_i64 {
        let days = sunday(pen.today) + 14 * (20 - nth);
        pen.at(days);
        let mut time = pen.time(josie, days, Came::Happened);
        match nth {
            4 | 11 => {
                time.came = Came::OffByUs;
                time.in_the_way = (Some(InTheWay::Lift), None);
            }
            8 => {
                time.came = Came::OffByThem;
                time.in_the_way = (Some(InTheWay::Ill), Some("Theo had chicken pox".to_owned()));
            }
            15 => {
                time.came = Came::OffByUs;
                time.in_the_way = (Some(InTheWay::Lift), Some("Third time this year".to_owned()));
                time.child_was = Some("Sat on the stairs with her coat on till four.".to_owned());
                let promise = "A taxi is booked for every second Sunday, and Ash has the number".to_owned();
                time.promise = Some((promise, Some(later(pen.today, 2))));
            }
            17 => {
                time.child_was =
                    Some("They did each other’s hair and would not come down for tea.".to_owned());
            }
            _ => {}
        }
        pen.keep(time).await?;
    }
    Ok(())
}

/// Somebody Ash lost: the carer before Bev. She is looked for, and Ash's own page says only that somebody sees to it.
async fn ash_lost(pen: &mut Pen<'_>) -> Result<()> {
    pen.at(120);
    let denise = pen.with(TouchKind::FormerCarer, "Denise", None).await?;
    pen.wants(denise, Wants::Yes, Some(Often::OnceAYear), "she had the blue house. i never said bye").await?;
    pen.looks(denise, Stage::Offered, None).await?;
    pen.at(110);
    pen.looks(denise, Stage::Wanted, None).await?;
    pen.at(100);
    pen.looks(
        denise,
        Stage::Looking,
        Some("The fostering team’s list of 2019, and a letter to her last address"),
    )
    .await?;
    pen.at(45);
    pen.looks(denise, Stage::Found, Some("She wrote back: she moved to the coast and kept Ash’s drawings"))
        .await
}

/// A mentor whom Ash chose herself, in her own space.
async fn ash_mentor(pen: &mut Pen<'_>) -> Result<()> {
    pen.at(60);
    let own = Who { reader: Reader::Person(pen.person), program: false, ..Who::program("Ash Hart") };
    let command = Begin {
        person: pen.person,
        of: None,
        kind: TouchKind::FormerWorker,
        called: "Miss Okafor".to_owned(),
        other: None,
        worker: None,
        why: Some("she was my teacher in year 6. she still says hi".to_owned()),
    };
    let okafor = begin(pen.tx, &own, &mut pen.moment, command).await?;
    let words = Some("she never made me feel like a case".to_owned());
    choose(pen.tx, &own, &mut pen.moment, Choose { person: pen.person, touch: okafor, words }).await?;
    pen.at(50);
    let says = (MentorState::Asked, None, None);
    mentor_says(pen.tx, &pen.nadia.who, &mut pen.moment, (pen.person, okafor), says).await?;
    pen.at(44);
    let does = "Hot chocolate in town on the last Saturday, and she helps with maths.";
    let says = (MentorState::Agreed, Some(does), Some(Often::EveryMonth));
    mentor_says(pen.tx, &pen.nadia.who, &mut pen.moment, (pen.person, okafor), says).await?;
    pen.at(24);
    let time = Bring {
        child_was: Some("Proud. She paid for the second one.".to_owned()),
        ..pen.time(okafor, 24, Came::Happened)
    };
    pen.keep(time).await
}

/// Josie, about Ash and about her dad: her own words, which are nobody else's.
async fn josie(pen: &mut Pen<'_>, harts: &Harts) -> Result<()> {
    pen.at(230);
    let sam = pen.with(TouchKind::Parent, "Dad", Some(harts.sam)).await?;
    pen.wants(sam, Wants::Unsure, None, "he only comes when he wants").await?;
    pen.at(30);
    let ash = pen.with(TouchKind::Sibling, "Ash", Some(harts.ash)).await?;
    pen.wants(ash, Wants::Yes, Some(Often::EveryWeek), "I keep her side of the bed").await
}

/// A young woman whose help ended two months ago: nobody is allocated, and her mentor stays.
async fn grown_up(pen: &mut Pen<'_>, workers: &Workers) -> Result<()> {
    pen.at(300);
    let program = Who::program("demonstration");
    let mut add = AddPerson::named("Kayla", "Reed");
    add.birth = Some(NewBirth::exact(date(pen.today.year() - 22, 3, 9)));
    add.hue = Some(5);
    let kayla = add_person(pen.tx, &pen.nadia.who, &mut pen.moment, add).await?.person;
    let open = OpenEpisode {
        person: kayla,
        kind: EpisodeKind::LeavingCare,
        team: Some(workers.teams[2]),
        from: later(pen.today, -300),
        to: None,
        end_reason: None,
        last_seen: None,
        last_review: None,
        source_key: None,
        why: None,
    };
    let episode = episode::open_episode(pen.tx, &program, &mut pen.moment, open).await?;
    let helen = workers.coded("demo-helen").clone();
    let command = Begin {
        person: kayla,
        of: None,
        kind: TouchKind::FormerWorker,
        called: "Sandra from the children’s home".to_owned(),
        other: None,
        worker: None,
        why: Some("She taught her to cook, and rings on Sundays".to_owned()),
    };
    let sandra = begin(pen.tx, &helen.who, &mut pen.moment, command).await?;
    let words = Some("she is the one I ring".to_owned());
    choose(pen.tx, &helen.who, &mut pen.moment, Choose { person: kayla, touch: sandra, words }).await?;
    let says = (MentorState::Agreed, Some("Rings on Sundays. Christmas dinner."), Some(Often::EveryWeek));
    mentor_says(pen.tx, &helen.who, &mut pen.moment, (kayla, sandra), says).await?;
    pen.at(60);
    let end = EndEpisode {
        episode,
        on: later(pen.today, -60),
        reason: "She is settled and asked for it".to_owned(),
    };
    episode::end_episode(pen.tx, &helen.who, &mut pen.moment, end).await?;
    Ok(())
}
