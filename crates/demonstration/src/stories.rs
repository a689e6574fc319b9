//! The story so far of the Harts, told over a year: Josie, Theo, Ash and their mum, each in their own words; who has read
//! it, and what had to be told again.

use crate::days::noon;
use crate::paths::later;
use crate::relations::Harts;
use crate::workers::{Hand, Workers};
use anyhow::Result;
use app::entry::{self, Filter};
use app::story::{Retell, Tell, read_story, retell, tell};
use app::told::{self, By};
use app::{App, Moment};
use db::Tx;
use jiff::civil::Date;
use practice::id::{EntryId, PersonId};
use practice::story::{StoryPart, ToldHow};

/// One voice in one part: whose story, which part, whose words, how many days ago, the words.
type Said = (PersonId, StoryPart, By, i64, &'static str);

/// Tells the stories, and gives where the made-up time stands.
pub(crate) async fn make(
    app: &App,
    mut moment: Moment,
    (harts, workers): (&Harts, &Workers),
    today: Date,
) -> Result<Moment> {
    let nadia = workers.coded("demo-nadia").clone();
    let mut all: Vec<Said> = josie(harts);
    all.extend(others(harts));
    all.sort_by_key(|one| std::cmp::Reverse(one.3));
    for (person, part, by, days, words) in all {
        moment = moment.moved_to(noon(later(today, -days)));
        let mut tx = app.db.write().await?;
        let how =
            if matches!(by, By::Words(_)) || days % 2 == 0 { ToldHow::ToldTo } else { ToldHow::OwnWords };
        let shared = matches!(by, By::Person(_));
        let rests_on = if days < 30 { lately(&mut tx, &moment, &nadia, person).await? } else { vec![] };
        // an earlier telling of the same voice is told anew
        let held = told::story(&mut tx, person, None).await?;
        let from = held.part(part).into_iter().find(|one| one.voice.by == by).map(|one| one.id);
        let told_on = later(today, -days);
        let command = Tell {
            person,
            part,
            from,
            by: Some(by),
            how,
            shared,
            words: words.to_owned(),
            rests_on,
            told_on,
        };
        tell(&mut tx, &nadia.who, &mut moment, command).await?;
        tx.commit().await?;
    }
    read_and_again(app, moment, (harts, workers), today).await
}

/// The latest entry that the writer may read.
async fn lately(tx: &mut Tx, moment: &Moment, by: &Hand, person: PersonId) -> Result<Vec<EntryId>> {
    let page = entry::timeline(tx, &by.who, moment.now(), &[person], &Filter::default(), 1).await?;
    Ok(page.entries.iter().map(|whole| whole.entry.id).collect())
}

fn josie(harts: &Harts) -> Vec<Said> {
    use StoryPart::{WhatHasHappened, WhatHelps, WhatMakesItHarder, WhoIAm, WhoMatters};
    let me = || By::Themselves;
    vec![
        (harts.josie, WhoIAm, me(), 310, "I am Josie. Only school says Josephine. I like dogs and drawing."),
        (
            harts.josie,
            WhoIAm,
            me(),
            150,
            "I am Josie. Only school says Josephine. I like dogs, drawing and Tuesdays. I can make toast, pasta and a den. I am not shy, I am just quiet first.",
        ),
        (
            harts.josie,
            WhatHasHappened,
            me(),
            281,
            "Mum was poorly with drinking. I got Theo up and did his lunch and listened for her at night. Ash went to live at Bev's. Then a lot of people came and they all asked the same things.",
        ),
        (
            harts.josie,
            WhatHasHappened,
            By::Person(harts.leanne),
            260,
            "I was drinking most days after my dad died. Josie did things a child should not have to do. I want it written down that I know that.",
        ),
        (
            harts.josie,
            WhoMatters,
            me(),
            150,
            "Theo. Ash, who is my sister even if it is only half. Nan. Biscuit, who is a dog. Mum when she is well.",
        ),
        (
            harts.josie,
            WhatHelps,
            me(),
            90,
            "Doing something with my hands. When someone says what happens next. Nan staying on Sundays.",
        ),
        (
            harts.josie,
            WhatHelps,
            By::Words("Miss Okafor, her teacher".to_owned()),
            45,
            "She settles if I say the plan for the day at the door. Please do not take her out of art.",
        ),
        (
            harts.josie,
            WhatMakesItHarder,
            me(),
            90,
            "Shouting. Being asked loads of questions at once. When people say they will come and do not.",
        ),
    ]
}

/// What Josie wants, then and now, and what the others tell.
fn others(harts: &Harts) -> Vec<Said> {
    use StoryPart::{WhatHasHappened, WhatHelps, WhatIWant, WhatMakesItHarder, WhoIAm, WhoMatters};
    let me = || By::Themselves;
    vec![
        (harts.josie, WhatIWant, me(), 104, "To talk to Ash. For Mum to get up."),
        (
            harts.josie,
            WhatIWant,
            me(),
            4,
            "To phone Ash on Wednesdays. For Mum to do the mornings, and for me to sleep and not listen.",
        ),
        (harts.theo, WhoIAm, me(), 140, "I am Theo. I am fast. I am six and a half."),
        (harts.theo, WhoMatters, me(), 140, "Josie and Biscuit and Nan and football."),
        (harts.theo, WhatIWant, me(), 20, "Breakfast club. They have the good cereal."),
        (
            harts.ash,
            WhoIAm,
            me(),
            131,
            "Ash. Thirteen. I do not do small talk. Text me before you turn up and do not wear a lanyard near my school.",
        ),
        (
            harts.ash,
            WhatHasHappened,
            me(),
            131,
            "I live at Bev's because home was not safe then. I rang somebody. I am not sorry but I think about it a lot. I have told this five times so please just read it.",
        ),
        (
            harts.ash,
            WhoMatters,
            me(),
            131,
            "Josie, Theo, Nan. Bev is all right. My dad died and I would like a photo of him.",
        ),
        (
            harts.ash,
            WhatIWant,
            me(),
            33,
            "Christmas at Nan's with the other two. Nobody has said yes or no yet.",
        ),
        (
            harts.leanne,
            WhoIAm,
            me(),
            120,
            "I am Leanne. I am their mum first. I cut hair before all this and I was good at it.",
        ),
        (
            harts.leanne,
            WhatHelps,
            me(),
            120,
            "Being told the truth straight. My mum. The Tuesday group. Texts and not calls.",
        ),
        (harts.leanne, WhatMakesItHarder, me(), 120, "Sundays. Brown envelopes. People writing while I cry."),
    ]
}

/// Who has read what, and what had to be told again.
async fn read_and_again(
    app: &App,
    mut moment: Moment,
    (harts, workers): (&Harts, &Workers),
    today: Date,
) -> Result<Moment> {
    for (code, person, days) in [
        ("demo-nadia", harts.josie, 2),
        ("demo-nadia", harts.theo, 2),
        ("demo-kit", harts.josie, 40),
        ("demo-martin", harts.ash, 30),
    ] {
        moment = moment.moved_to(noon(later(today, -days)));
        let mut tx = app.db.write().await?;
        let by = workers.coded(code);
        let seen: Vec<_> = told::story(&mut tx, person, Some(moment.now()))
            .await?
            .tellings
            .iter()
            .map(|one| one.id)
            .collect();
        let stands: Vec<_> =
            told::story(&mut tx, person, None).await?.tellings.iter().map(|one| one.id).collect();
        let seen: Vec<_> = seen.into_iter().filter(|one| stands.contains(one)).collect();
        read_story(&mut tx, &by.who, &mut moment, (person, &seen)).await?;
        tx.commit().await?;
    }
    for (person, days, what, why) in [
        (harts.josie, 200, "Why Ash does not live at home", "A new school nurse could not see what was told"),
        (harts.josie, 61, "What happens at night", "The form for the review asks it again"),
        (harts.ash, 70, "The day she rang somebody", "A worker standing in had not read her story"),
    ] {
        moment = moment.moved_to(noon(later(today, -days)));
        let mut tx = app.db.write().await?;
        let nadia = workers.coded("demo-nadia");
        let command = Retell {
            person,
            what: what.to_owned(),
            why: why.to_owned(),
            on: later(today, -days),
            entry: None,
        };
        retell(&mut tx, &nadia.who, &mut moment, command).await?;
        tx.commit().await?;
    }
    Ok(moment)
}
