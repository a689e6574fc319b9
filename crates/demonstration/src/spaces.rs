//! The spaces of their own that Ash and Leanne have: what they asked, what was answered, what Leanne does not agree with.

use crate::days::{blank, noon, said};
use crate::paths::later;
use crate::relations::Harts;
use crate::workers::Hand;
use anyhow::Result;
use app::entry::{self, Recording};
use app::space::{self, Asked};
use app::{App, Moment, Who, sign_in};
use db::Tx;
use jiff::civil::Date;
use practice::access::Reader;
use practice::entry::{EntryKind, Manner, Part, Seen, StatementForm};
use practice::id::PersonId;
use practice::recording::{Participant, Someone};
use practice::sharing::{FromWhom, Matter, NewHold, NewPrivate, Sharing, What};
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
    let asked =
        Asked { about: harts.ash, words: words.to_owned(), only: vec![], files: vec![], concerns: None };
    let question = space::ask(&mut tx, &ash, &mut moment, asked).await?;
    let mut moment = moment.moved_to(noon(later(today, -8)));
    let answer = "You asked to stay at Nan's for two nights. The answer is yes: 27 and 28 December. Nan and Bev both said yes, and Helen agreed today. Your mum has been told.";
    space::answer(&mut tx, &nadia.who, &mut moment, (question.id, answer, None)).await?;
    let words = "can josie ring me on wednesdays after school. i have my own phone now";
    let mut moment = moment.moved_to(noon(later(today, -1)));
    let asked =
        Asked { about: harts.ash, words: words.to_owned(), only: vec![], files: vec![], concerns: None };
    space::ask(&mut tx, &ash, &mut moment, asked).await?;
    let moment = not_agreed(&mut tx, moment, (harts, nadia), today).await?;
    let moment = held_back(&mut tx, moment, (harts, nadia), today).await?;
    tx.commit().await?;
    Ok(moment)
}

/// Leanne read what was written about a visit, does not agree, and was answered.
async fn not_agreed(
    tx: &mut Tx,
    moment: Moment,
    (harts, nadia): (&Harts, &Hand),
    today: Date,
) -> Result<Moment> {
    let day = later(today, -11);
    let mut moment = moment.moved_to(noon(day));
    let words = "The house was warm and there was food in. Josie showed me her new mattress. I thought Leanne looked tired and that the evenings are still hard for her.";
    let mut visit = blank(EntryKind::Visit, noon(day), words.to_owned());
    visit.manner = Some(Manner::HomeVisit);
    visit.workers = vec![nadia.id];
    let josie = Some(Seen::Yes);
    let part = |person, part, seen| Participant { person, part, seen, not_seen_why: None };
    visit.people = vec![part(harts.josie, Part::About, josie), part(harts.leanne, Part::Present, None)];
    let thread = entry::record(tx, &nadia.who, &mut moment, &Recording::of(visit)).await?;
    let leanne = Who { reader: Reader::Person(harts.leanne), program: false, ..Who::program("Leanne Hart") };
    let mut moment = moment.moved_to(noon(later(today, -9)));
    let words = "I was tired because I did a night shift. It's not the drink. Put that next to it.";
    let (not_agreed, _) = space::disagree(tx, &leanne, &mut moment, (thread, words)).await?;
    let mut moment = moment.moved_to(noon(later(today, -8)));
    let words = "You're right, I didn't ask. Your words now stand beside mine everywhere this is used, and in the report for the meeting. I'm sorry.";
    space::reply(tx, &nadia.who, &mut moment, (not_agreed, words)).await?;
    Ok(moment)
}

/// At school Josie said something that her dad does not read until she has told him, and Leanne gave a number that is hers
/// alone. Today is the day to look again.
async fn held_back(
    tx: &mut Tx,
    moment: Moment,
    (harts, nadia): (&Harts, &Hand),
    today: Date,
) -> Result<Moment> {
    let day = later(today, -7);
    let mut moment = moment.moved_to(noon(day));
    let words = "We met in the quiet room at school. Miss Okafor brought toast. We planned the half term.";
    let mut meeting = blank(EntryKind::Meeting, noon(day), words.to_owned());
    meeting.manner = Some(Manner::School);
    meeting.workers = vec![nadia.id];
    let part = |person, part| Participant { person, part, seen: None, not_seen_why: None };
    meeting.people = vec![part(harts.josie, Part::About)];
    meeting.people.extend([harts.josie, harts.leanne, harts.sam].map(|one| part(one, Part::Present)));
    let voice = |person, words: &str| said(Someone::Person(person), StatementForm::Said, words);
    meeting.statements = vec![
        voice(harts.josie, "I like it at Dad's when it's just us. Not when everybody's there."),
        voice(harts.leanne, "Ring me on 07700 900141 and not at work. I don't want it passed on."),
        voice(harts.sam, "I can do Saturdays, all of them."),
    ];
    let hold = NewHold {
        what: What::Words(0),
        from: FromWhom::These(vec![harts.sam]),
        ground: "confidence".to_owned(),
        why: Some("Josie wants to tell him herself, with Nadia there".to_owned()),
        review_on: today,
    };
    let private = NewPrivate { what: What::Words(1), of: Some(harts.leanne), matter: Matter::Contact };
    let sharing = Sharing { holds: vec![hold], private: vec![private] };
    let recording = Recording { sharing, ..Recording::of(meeting) };
    entry::record(tx, &nadia.who, &mut moment, &recording).await?;
    Ok(moment)
}
