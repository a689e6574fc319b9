//! What was sent by the forms about staying in touch.

use super::actions::{Begin, PutAway, Say, Ways, begin, put_away, say};
use super::actions_agreed::{Agree, Bring, agree, bring};
use super::actions_found::{Choose, EndMentor, Step, choose, end_mentor, mentor_says, step};
use super::forms::{What, desk, uuid};
use crate::checked;
use crate::form::Posted;
use crate::who::Who;
use crate::working::about;
use crate::{Moment, Oops, Result};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use db::Tx;
use jiff::civil::Date;
use page::{FormErrors, Typed};
use practice::access::Sight;
use practice::id::PersonId;
use practice::touch::{
    Basis, Came, EndedBy, InTheWay, MentorState, Often, Stage, TouchKind, TouchWay, Wants,
};
use uuid::Uuid;

/// What was typed, and what is wrong with it.
struct Sent<'a> {
    typed: &'a Typed,
    wrong: FormErrors,
    person: PersonId,
}

impl Sent<'_> {
    fn some(&self, name: &str) -> Option<String> {
        self.typed.some(name).map(str::to_owned)
    }

    fn touch(&self) -> Result<Uuid> {
        uuid(self.typed, "touch").ok_or(Oops::NotFound)
    }

    fn of(&self) -> Option<(Uuid, Uuid)> {
        uuid(self.typed, "of").zip(uuid(self.typed, "from"))
    }

    fn one<T: Copy>(&mut self, name: &str, read: fn(&str) -> Option<T>, else_: T, sentence: &str) -> T {
        let found = read(self.typed.get(name));
        self.wrong.require(found.is_some(), name, sentence);
        found.unwrap_or(else_)
    }

    fn day(&mut self, name: &str, label: &str) -> Date {
        self.typed.date(name, label, &mut self.wrong).unwrap_or(Date::MIN)
    }

    fn ways(&self) -> Ways {
        Ways {
            how: self.typed.all("how").filter_map(TouchWay::from_code).collect(),
            often: Often::from_code(self.typed.get("often")),
        }
    }

    fn yes(&self, name: &str) -> bool {
        self.typed.has(name, "yes")
    }

    /// Whether all of it could be read; else what could not is said before anything is tried.
    fn readable(&self) -> Result<()> {
        let all: Vec<(String, String)> =
            self.wrong.iter().map(|(field, words)| (field.to_owned(), words.to_owned())).collect();
        if all.is_empty() { Ok(()) } else { Err(Oops::Wrong(all)) }
    }

    fn begin(&mut self) -> Result<Begin> {
        let kind = self.one("kind", TouchKind::from_code, TouchKind::Other, "Say what they are to them");
        self.readable()?;
        let (sort, id) = self.typed.get("other").split_once(':').unwrap_or_default();
        let id: Option<Uuid> = id.parse().ok();
        Ok(Begin {
            person: self.person,
            of: uuid(self.typed, "touch").zip(uuid(self.typed, "from")),
            kind,
            called: self.typed.get("called").to_owned(),
            other: id.filter(|_| sort == "p").map(Into::into),
            worker: id.filter(|_| sort == "w").map(Into::into),
            why: self.some("why"),
        })
    }

    fn say(&mut self, who: &Who) -> Result<Say> {
        let wants = self.one("wants", Wants::from_code, Wants::Unsure, "Say whether they want to");
        let on = self.day("on", "The day");
        self.readable()?;
        Ok(Say {
            person: self.person,
            touch: self.touch()?,
            wants,
            ways: self.ways(),
            words: self.some("words"),
            only: who.worker().filter(|_| self.yes("alone")),
            on,
        })
    }

    fn agree(&mut self) -> Result<Agree> {
        let basis = self.one("basis", Basis::from_code, Basis::BetweenUs, "Say on what it rests");
        let from = self.day("began", "The first day");
        let to = self.typed.date_if_any("to", "The last day", &mut self.wrong);
        self.readable()?;
        Ok(Agree {
            person: self.person,
            touch: self.touch()?,
            of: self.of(),
            basis,
            ways: self.ways(),
            words: self.typed.get("words").to_owned(),
            supervised_why: self.some("supervised-why"),
            order_words: self.some("order-words"),
            with_them: self.yes("with-them"),
            from,
            to,
            ended_why: self.some("ended-why"),
        })
    }

    fn bring(&mut self) -> Result<Bring> {
        let on = self.day("on", "The day");
        let how = self.one("how", TouchWay::from_code, TouchWay::Visit, "Say how");
        let came = self.one("came", Came::from_code, Came::Happened, "Say what became of it");
        let due = self.typed.date_if_any("due", "The day by which", &mut self.wrong);
        self.readable()?;
        Ok(Bring {
            person: self.person,
            touch: self.touch()?,
            of: self.of(),
            on,
            how,
            came,
            where_when: self.some("where-when"),
            child_was: self.some("child-was"),
            words: self.some("words"),
            in_the_way: (InTheWay::from_code(self.typed.get("in-the-way")), self.some("in-the-way-words")),
            with_them: self.yes("with-them"),
            entry: self.typed.get("entry").parse().ok(),
            promise: self.some("promise").map(|what| (what, due)),
        })
    }

    fn step(&mut self) -> Result<Step> {
        let stage = self.one("stage", Stage::from_code, Stage::Offered, "Say how far it has come");
        let on = self.day("on", "The day");
        self.readable()?;
        Ok(Step {
            person: self.person,
            touch: self.touch()?,
            stage,
            on,
            looked: self.some("looked"),
            words: self.some("words"),
        })
    }

    async fn mentor(&mut self, tx: &mut Tx, who: &Who, moment: &mut Moment) -> Result<()> {
        let (person, touch) = (self.person, self.touch()?);
        match self.typed.get("do") {
            "choose" => choose(tx, who, moment, Choose { person, touch, words: self.some("words") }).await,
            "end" => {
                let by = self.one("by", EndedBy::from_code, EndedBy::YoungPerson, "Say who ends it");
                self.readable()?;
                let why = self.some("ended-why");
                end_mentor(tx, who, moment, EndMentor { person, touch, by, why }).await
            }
            _ => {
                let state =
                    self.one("state", MentorState::from_code, MentorState::Asked, "Say what they said");
                self.readable()?;
                let often = Often::from_code(self.typed.get("often"));
                mentor_says(tx, who, moment, (person, touch), (state, self.typed.some("does"), often)).await
            }
        }
    }

    async fn does(&mut self, tx: &mut Tx, (who, moment): (&Who, &mut Moment), what: What) -> Result<()> {
        match what {
            What::With if self.typed.get("do") == "put-away" => {
                let of = uuid(self.typed, "touch").zip(uuid(self.typed, "from")).ok_or(Oops::NotFound)?;
                let why = self.typed.get("put-away-why").to_owned();
                put_away(tx, who, moment, PutAway { person: self.person, of, why }).await
            }
            What::With => {
                let command = self.begin()?;
                begin(tx, who, moment, command).await.map(drop)
            }
            What::Wish => {
                let command = self.say(who)?;
                say(tx, who, moment, command).await
            }
            What::Agreed => {
                let command = self.agree()?;
                agree(tx, who, moment, command).await.map(drop)
            }
            What::Time => {
                let command = self.bring()?;
                bring(tx, who, moment, command).await.map(drop)
            }
            What::Look => {
                let command = self.step()?;
                step(tx, who, moment, command).await
            }
            What::Mentor => self.mentor(tx, who, moment).await,
        }
    }
}

/// `POST /person/{id}/staying-in-touch/{what}`.
pub(super) async fn send(Path((id, what)): Path<(PersonId, String)>, posted: Posted) -> Result<Response> {
    let (signed, typed, what) = (&posted.signed, &posted.typed, What::from_path(&what)?);
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let about = about(&mut tx, signed, moment.now(), id, Sight::Record).await?;
    let mut sent = Sent { typed, wrong: FormErrors::new(), person: id };
    // one whom the reader may not know is not there for their forms either
    desk(&mut tx, (signed, &about), (what, typed)).await?;
    let Err(oops) = sent.does(&mut tx, (&signed.who, &mut moment), what).await else {
        tx.commit().await?;
        let done = if typed.get("do") == "put-away" { "away" } else { "kept" };
        return Ok(Redirect::to(&format!("/person/{id}/staying-in-touch?done={done}")).into_response());
    };
    tx.give_up().await?;
    let wrong = checked::wrong(oops)?;
    let mut conn = signed.app.db.read().await?;
    let again = desk(&mut conn, (signed, &about), (what, typed)).await?;
    drop(conn);
    Ok(again.draw(typed, &wrong))
}
