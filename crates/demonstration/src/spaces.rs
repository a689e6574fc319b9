//! The spaces of their own that Ash and Leanne have: what they asked, what was answered, what Leanne does not agree with.

use crate::days::noon;
use crate::paths::later;
use crate::relations::Harts;
use crate::workers::Hand;
use anyhow::Result;
use app::space::{self, Asked};
use app::{App, Moment, Who, entry, sign_in};
use jiff::civil::Date;
use practice::access::Reader;
use practice::id::PersonId;
use practice::space::InSpace;

/// Ash and Leanne have spaces of their own: Ash asked something and was answered, Leanne does not agree with what is written.
pub(crate) async fn make(
    app: &App,
    moment: Moment,
    (harts, nadia): (&Harts, &Hand),
    today: Date,
) -> Result<Moment> {
    let mut moment = moment.moved_to(noon(later(today, -9)));
    let mut tx = app.db.write().await?;
    for person in [harts.ash, harts.leanne] {
        sign_in::open_for_show(&mut tx, &mut moment, (person, person, InSpace::Own)).await?;
    }
    let as_person = |person: PersonId, name: &str| Who {
        reader: Reader::Person(person),
        program: false,
        ..Who::program(name)
    };
    let ash = as_person(harts.ash, "Ash Hart");
    let words = "can i stay at nans for two nights at christmas not just the day";
    let asked = Asked { about: harts.ash, words: words.to_owned(), only: vec![], files: vec![] };
    let question = space::ask(&mut tx, &ash, &mut moment, asked).await?;
    let mut moment = moment.moved_to(noon(later(today, -8)));
    let answer = "You asked to stay at Nan's for two nights. The answer is yes: 27 and 28 December. Nan and Bev both said yes, and Helen agreed today. Your mum has been told.";
    space::answer(&mut tx, &nadia.who, &mut moment, (question.id, answer)).await?;
    let mut moment = moment.moved_to(noon(later(today, -1)));
    let leanne = as_person(harts.leanne, "Leanne Hart");
    let theirs = entry::theirs(&mut tx, harts.leanne, 60).await?;
    if let Some(one) = theirs.iter().find(|one| one.account && one.whole.entry.author.is_some()) {
        let words = "I was tired because I did a night shift. It's not the drink. Put that next to it.";
        space::disagree(&mut tx, &leanne, &mut moment, (one.whole.entry.thread, words)).await?;
    }
    tx.commit().await?;
    Ok(moment)
}
