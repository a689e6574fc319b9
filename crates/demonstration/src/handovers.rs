//! A worker of Alder Road who leaves: twelve children to hand over, some offered, some getting to know somebody new, some
//! taken over, two come back with what is missing, and one for whom nobody has been asked yet.

use crate::days::noon;
use crate::paths::later;
use crate::workers::{Hand, Workers};
use anyhow::Result;
use app::allocation;
use app::allocation::handover::{Doing, Offer, Say, answered_for, go_on, offer, say};
use app::{App, Moment};
use jiff::civil::Date;
use practice::access::AllocationKind;
use practice::continuity::Cause;
use practice::handover::{CouldStay, Moment as Kind, ReturnReason};
use practice::id::PersonId;
use practice::role::Role;

/// How many they hand over.
const TWELVE: usize = 12;
/// Since when at the latest they have worked with whom they hand over.
const KNOWN_FOR: i64 = -14;
/// Who might leave: colleagues of the people one signs in as.
const MAY_LEAVE: &[&str] = &["colin-frith", "marta-silva", "bea-holloway"];

/// What becomes of one of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Becomes {
    Returned,
    TakenOver,
    Accepted,
    Offered,
    NotAsked,
}

const fn becomes(at: usize) -> Becomes {
    match at {
        0 | 5 => Becomes::Returned,
        1 | 6 => Becomes::TakenOver,
        2 | 7 | 8 => Becomes::Accepted,
        11 => Becomes::NotAsked,
        _ => Becomes::Offered,
    }
}

/// Who leaves, and whom they answer for: of those who might, whoever has most people; in a small council anybody.
async fn leaver<'a>(
    app: &App,
    workers: &'a Workers,
    today: Date,
) -> Result<Option<(&'a Hand, Vec<PersonId>)>> {
    let mut conn = app.db.read().await?;
    let mut found: Option<(&Hand, Vec<PersonId>)> = None;
    let others = workers.hands.iter().filter(|hand| !hand.code.starts_with("demo-"));
    for hand in MAY_LEAVE.iter().map(|code| workers.coded(code)).chain(others) {
        let most = found.as_ref().map_or(0, |held| held.1.len());
        // anybody else only where none of these has anybody
        if most > 0 && !MAY_LEAVE.contains(&hand.code.as_str()) {
            break;
        }
        let mut theirs = vec![];
        for person in answered_for(&mut conn, hand.id, today).await? {
            let all = allocation::helpers(&mut conn, person).await?;
            let part = AllocationKind::Responsible;
            let now = all.iter().find(|one| one.part == part && one.to.is_none());
            // whoever has only just come does not hand over yet
            if now.is_some_and(|one| one.from <= later(today, KNOWN_FOR)) {
                theirs.push(person);
            }
        }
        if theirs.len() > most {
            found = Some((hand, theirs));
        }
    }
    Ok(found)
}

/// Makes the hand-overs.
pub(crate) async fn make(app: &App, workers: &Workers, moment: Moment, today: Date) -> Result<Moment> {
    let Some((goes, theirs)) = leaver(app, workers, today).await? else { return Ok(moment) };
    let lead = workers.of(goes.team, |role| role == Role::TeamManager);
    let next = workers.of(goes.team, |role| role == Role::SocialWorker);
    let next: Vec<&Hand> =
        next.into_iter().filter(|hand| hand.id != goes.id && hand.code != "owen-blythe").collect();
    let (Some(lead), false) = (lead.first(), next.is_empty()) else { return Ok(moment) };
    let mut pen = Pen { app, moment, goes, lead, today };
    for (at, person) in theirs.into_iter().take(TWELVE).enumerate() {
        pen.one(person, next[at % next.len()], becomes(at)).await?;
    }
    Ok(pen.moment)
}

struct Pen<'a> {
    app: &'a App,
    moment: Moment,
    goes: &'a Hand,
    lead: &'a Hand,
    today: Date,
}

impl Pen<'_> {
    fn on(&mut self, days: i64) {
        let moment = std::mem::replace(&mut self.moment, Moment::seeded(noon(self.today), 0));
        self.moment = moment.moved_to(noon(later(self.today, days)));
    }

    async fn one(&mut self, person: PersonId, next: &Hand, becomes: Becomes) -> Result<()> {
        if becomes == Becomes::NotAsked {
            return Ok(());
        }
        self.on(-9);
        let mut tx = self.app.db.write().await?;
        let sender = if becomes == Becomes::Returned { self.lead } else { self.goes };
        let [why, could_stay_words, stay] = if becomes == Becomes::Returned {
            [
                "Their worker moves away. I want them to meet whoever comes while there is time.",
                "We looked at a day a week. It is too far to come.",
                "They are asked whether they want a letter now and then.",
            ]
        } else {
            [
                "I move away. I want them to meet whoever comes while I am still here.",
                "I asked whether I could stay a day a week. It is too far to come.",
                "I ask each of them whether they want a letter now and then.",
            ]
        };
        let command = Offer {
            person,
            to: next.id,
            cause: Cause::Leaver,
            why: why.to_owned(),
            could_stay: CouldStay::No,
            could_stay_words: could_stay_words.to_owned(),
            leaves_on: Some(later(self.today, 9)),
            said: vec![("stay".to_owned(), stay.to_owned())],
        };
        offer(&mut tx, &sender.who, &mut self.moment, command).await?;
        tx.commit().await?;
        match becomes {
            Becomes::Returned => {
                self.on(-6);
                let words = "Tell the story with them first, and ring their dad. I come along on Thursday to say hello, whatever we decide.";
                let reasons = vec![ReturnReason::OwnVoice, ReturnReason::FamilyNotTold];
                self.does(next, person, Doing::Return(reasons, words.to_owned())).await
            }
            Becomes::Accepted | Becomes::TakenOver => self.goes_on(person, next, becomes).await,
            Becomes::Offered | Becomes::NotAsked => Ok(()),
        }
    }

    async fn goes_on(&mut self, person: PersonId, next: &Hand, becomes: Becomes) -> Result<()> {
        let over = becomes == Becomes::TakenOver;
        self.on(-7);
        self.said(
            person,
            (Kind::Told, later(self.today, -7)),
            "I told them myself, on a walk, that I go and why.",
            Some("Whatever. They all go."),
        )
        .await?;
        self.said(
            person,
            (Kind::FamilyTold, later(self.today, -7)),
            "I told their mum the same evening.",
            None,
        )
        .await?;
        self.on(-5);
        self.does(next, person, Doing::Accept).await?;
        let meet = later(self.today, if over { -4 } else { 3 });
        self.said(person, (Kind::Introduction, meet), "The three of us, at the chip shop.", None).await?;
        if over {
            self.on(-3);
            self.does(next, person, Doing::TakeOver(later(self.today, -3), None)).await?;
        }
        Ok(())
    }

    async fn does(&mut self, who: &Hand, person: PersonId, doing: Doing) -> Result<()> {
        let mut tx = self.app.db.write().await?;
        go_on(&mut tx, &who.who, &mut self.moment, (person, doing)).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn said(
        &mut self,
        person: PersonId,
        (kind, on): (Kind, Date),
        words: &str,
        said: Option<&str>,
    ) -> Result<()> {
        let mut tx = self.app.db.write().await?;
        let said = said.map(str::to_owned);
        let command = Say { person, kind, words: words.to_owned(), said, by: self.goes.id, on };
        say(&mut tx, &self.goes.who, &mut self.moment, command).await?;
        tx.commit().await?;
        Ok(())
    }
}
