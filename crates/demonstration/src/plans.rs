//! The plans of the Harts: Josie's and Theo's with their mum, Ash's with Bev, Leanne's own. Goals in their words, support
//! beside change, how far along each says it is, and who agrees.

use crate::days::noon;
use crate::paths::later;
use crate::relations::Harts;
use crate::workers::{Hand, Workers};
use anyhow::Result;
use app::entry::{self, Filter};
use app::plan::{Agree, Promise, Scale, WriteLine, agree, promise, scale, write_line};
use app::told::By;
use app::{App, Moment};
use db::Tx;
use jiff::civil::Date;
use practice::id::{EntryId, PersonId};
use practice::plan::{Agreement, LineKind, LineReaders};
use uuid::Uuid;

/// Makes the plans, and gives where the made-up time stands.
pub(crate) async fn make(
    app: &App,
    moment: Moment,
    (harts, workers): (&Harts, &Workers),
    today: Date,
) -> Result<Moment> {
    let nadia = workers.coded("demo-nadia").clone();
    let moment = moment.moved_to(noon(later(today, -95)));
    let mut tx = app.db.write().await?;
    let mut pen = Pen { tx: &mut tx, moment, nadia: &nadia, person: harts.josie, today };
    josie(&mut pen, harts).await?;
    pen.person = harts.theo;
    theo(&mut pen, harts).await?;
    pen.person = harts.ash;
    ash(&mut pen, harts).await?;
    pen.person = harts.leanne;
    leanne(&mut pen).await?;
    let moment = pen.moment;
    tx.commit().await?;
    Ok(moment)
}

/// Who writes, in whose plan.
struct Pen<'a> {
    tx: &'a mut Tx,
    moment: Moment,
    nadia: &'a Hand,
    person: PersonId,
    today: Date,
}

/// A line: what it is, of which goal, whose words, the words, and the same for the child.
type Said = (LineKind, Option<Uuid>, By, &'static str, Option<&'static str>);

impl Pen<'_> {
    fn worker(&self) -> By {
        By::Worker(self.nadia.id)
    }

    async fn lately(&mut self) -> Result<Vec<EntryId>> {
        let now = self.moment.now();
        let page =
            entry::timeline(self.tx, &self.nadia.who, now, &[self.person], &Filter::default(), 1).await?;
        Ok(page.entries.iter().map(|whole| whole.entry.id).collect())
    }

    async fn line(&mut self, (kind, goal, by, words, child): Said, rests: bool) -> Result<Uuid> {
        let rests_on = if rests { self.lately().await? } else { vec![] };
        let command = WriteLine {
            person: self.person,
            of: None,
            kind,
            goal,
            words: words.to_owned(),
            child_words: child.map(str::to_owned),
            by,
            // what somebody wants is for everyone in the plan; what else one of the family says is theirs
            readers: (kind == LineKind::Goal).then_some(LineReaders::Everyone),
            rests_on,
        };
        Ok(write_line(self.tx, &self.nadia.who, &mut self.moment, command).await?)
    }

    async fn number(&mut self, goal: Uuid, by: By, (days, value): (i64, i64), why: &str) -> Result<()> {
        let on = later(self.today, -days);
        let command =
            Scale { person: self.person, goal, by, value, on, why: Some(why.to_owned()), next_step: None };
        scale(self.tx, &self.nadia.who, &mut self.moment, command).await?;
        Ok(())
    }

    async fn agrees(&mut self, by: By, agreement: Agreement, words: &str) -> Result<()> {
        let (words, on) = (Some(words.to_owned()), london(&self.moment));
        let command = Agree { person: self.person, by, agreement, words, read_back: true, on };
        agree(self.tx, &self.nadia.who, &mut self.moment, command).await?;
        Ok(())
    }

    async fn promises(&mut self, by: By, what: &str, due: Option<i64>) -> Result<()> {
        let due_on = due.map(|days| later(self.today, days));
        let command = Promise { person: self.person, what: what.to_owned(), by, due_on };
        promise(self.tx, &self.nadia.who, &mut self.moment, command).await?;
        Ok(())
    }

    fn at(&mut self, days: i64) {
        let moment = std::mem::replace(&mut self.moment, Moment::seeded(jiff::Timestamp::UNIX_EPOCH, 0));
        self.moment = moment.moved_to(noon(later(self.today, -days)));
    }
}

fn london(moment: &Moment) -> Date {
    moment.today()
}

async fn josie(pen: &mut Pen<'_>, harts: &Harts) -> Result<()> {
    use LineKind::{Change, Goal, Support};
    let (worker, mum) = (pen.worker(), By::Person(harts.leanne));
    let sleep =
        pen.line((Goal, None, By::Themselves, "Me to sleep and not listen for Mum", None), false).await?;
    let mornings = pen
        .line(
            (
                Goal,
                None,
                mum.clone(),
                "I do the mornings. She goes to school as a child, not as a mum",
                Some("Mum does the mornings. You just go to school"),
            ),
            false,
        )
        .await?;
    josie_how_it_is(pen).await?;
    pen.line(
        (
            Support,
            Some(sleep),
            worker.clone(),
            "Kit comes on Thursdays at bedtime for eight weeks",
            Some("Kit comes on Thursdays at bedtime"),
        ),
        false,
    )
    .await?;
    pen.line(
        (
            Change,
            Some(sleep),
            mum.clone(),
            "I ring my mum before I ring anyone else on a bad night, and I do not drink in the house",
            Some("Mum rings Nan on a bad night"),
        ),
        false,
    )
    .await?;
    pen.line(
        (Change, Some(mornings), worker.clone(), "Leanne is up by 7 on school days", Some("Mum is up by 7")),
        false,
    )
    .await?;
    josie_says(pen, mum, (sleep, mornings)).await
}

/// What is going well with Josie, and what worries whom.
async fn josie_how_it_is(pen: &mut Pen<'_>) -> Result<()> {
    use LineKind::{Strength, Worry};
    let worker = pen.worker();
    pen.line(
        (
            Strength,
            None,
            worker.clone(),
            "Pauline has stayed every Sunday since spring, and Josie sleeps when she does",
            Some("Nan stays on Sundays and you sleep"),
        ),
        true,
    )
    .await?;
    pen.line((Worry, None, worker.clone(), "When Leanne drinks, Josie stays awake to keep Theo safe. If that goes on she will be too tired to learn and will carry what is not hers", Some("You stay awake to look after Theo. That is a grown-up’s job")), true).await?;
    pen.line(
        (Worry, None, By::Words("Miss Okafor, her teacher".to_owned()), "She hides how tired she is", None),
        false,
    )
    .await?;
    Ok(())
}

/// How far along each says it is, and who agrees.
async fn josie_says(pen: &mut Pen<'_>, mum: By, (sleep, mornings): (Uuid, Uuid)) -> Result<()> {
    let worker = pen.worker();
    for (days, value, why) in
        [(95, 2, "I hear the fridge"), (60, 4, "Nan Sundays are good"), (3, 5, "Not every night now")]
    {
        pen.at(days);
        pen.number(sleep, By::Themselves, (days, value), why).await?;
    }
    pen.at(90);
    pen.number(sleep, mum.clone(), (90, 6), "I thought she was asleep").await?;
    pen.number(sleep, worker.clone(), (90, 3), "She is grey with tiredness").await?;
    pen.number(mornings, By::Themselves, (90, 3), "I do the lunches").await?;
    pen.at(3);
    pen.number(sleep, mum.clone(), (3, 5), "I know now that she was not").await?;
    pen.number(mornings, By::Themselves, (3, 6), "Mum does the toast now").await?;
    pen.number(mornings, mum.clone(), (3, 7), "Seven days").await?;
    pen.agrees(By::Themselves, Agreement::Agreed, "Yes. But write that Theo is not a job.").await?;
    pen.agrees(mum, Agreement::Partly, "I agree with all of it except that it says drink three times.")
        .await?;
    pen.promises(worker, "Ask school for a quiet place after lunch", Some(5)).await?;
    Ok(())
}

async fn theo(pen: &mut Pen<'_>, harts: &Harts) -> Result<()> {
    use LineKind::{Change, Goal, Support};
    pen.at(20);
    let worker = pen.worker();
    let goal = pen.line((Goal, None, By::Themselves, "Breakfast club every day", None), false).await?;
    pen.line(
        (
            Support,
            Some(goal),
            worker,
            "The service pays for the place until the summer",
            Some("We pay for it"),
        ),
        false,
    )
    .await?;
    pen.line(
        (
            Change,
            Some(goal),
            By::Person(harts.leanne),
            "I walk him there by eight",
            Some("Mum walks you there"),
        ),
        true,
    )
    .await?;
    pen.number(goal, By::Themselves, (20, 0), "I am not in it").await?;
    pen.agrees(By::Themselves, Agreement::Agreed, "Good cereal.").await
}

async fn ash(pen: &mut Pen<'_>, harts: &Harts) -> Result<()> {
    use LineKind::{Goal, Strength, Support, Worry};
    pen.at(33);
    let (worker, bev) = (pen.worker(), By::Person(harts.bev));
    let goal =
        pen.line((Goal, None, By::Themselves, "Christmas at Nan’s with Josie and Theo", None), false).await?;
    pen.line(
        (Strength, None, bev, "She rings when she is late now", Some("You ring when you are late")),
        false,
    )
    .await?;
    pen.line(
        (
            Worry,
            None,
            worker.clone(),
            "Nobody has answered her about Christmas, and she has stopped asking",
            Some("Nobody has answered you about Christmas. You should not have to ask again"),
        ),
        true,
    )
    .await?;
    pen.line(
        (
            Support,
            Some(goal),
            worker.clone(),
            "Nadia asks Pauline, Leanne and the reviewing officer, and tells Ash each answer the same day",
            Some("Nadia asks, and tells you the answer the same day"),
        ),
        false,
    )
    .await?;
    pen.number(goal, By::Themselves, (33, 1), "Everyone says we will see").await?;
    pen.at(4);
    pen.number(goal, By::Themselves, (4, 3), "Nan said yes. You have not").await?;
    pen.agrees(By::Themselves, Agreement::NotAgreed, "It is a plan to have a plan.").await?;
    pen.promises(worker, "Say yes or no about Christmas", Some(-2)).await
}

async fn leanne(pen: &mut Pen<'_>) -> Result<()> {
    use LineKind::{Change, Goal, Strength};
    pen.at(95);
    let worker = pen.worker();
    let goal = pen
        .line((Goal, None, By::Themselves, "Thirty days, and my scissors back in my hand", None), false)
        .await?;
    pen.line((Strength, None, By::Themselves, "I asked for help before anybody made me", None), false)
        .await?;
    // asked of her, and nothing given beside it: the page says so
    pen.line((Change, Some(goal), worker, "Leanne goes to the Tuesday group every week", None), false)
        .await?;
    pen.number(goal, By::Themselves, (95, 2), "Day one again").await?;
    pen.at(3);
    pen.number(goal, By::Themselves, (3, 4), "Seven days").await?;
    pen.agrees(By::Themselves, Agreement::Partly, "Ask me to go and watch my kids while I do.").await
}
