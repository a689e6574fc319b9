//! What was sent by the forms about meetings.

use super::actions::{Arrange, CallOff, There, arrange, call_off};
use super::forms::{What, desk, others, uuid};
use crate::checked;
use crate::form::Posted;
use crate::told::By;
use crate::working::about;
use crate::{Oops, Result};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use page::{FormErrors, Typed};
use practice::access::Sight;
use practice::id::PersonId;
use practice::meeting::{CanDo, MeetingKind, MeetingReaders, MeetingWay};
use uuid::Uuid;

fn there(typed: &Typed) -> Vec<There> {
    let chosen = typed.all("there").filter_map(|code| By::from_code(code, ""));
    let mut all: Vec<There> = chosen.map(|who| There { who, does: None }).collect();
    for n in 0..others(typed) {
        if let Some(called) = typed.some(&format!("called-{n}")) {
            let does = typed.some(&format!("does-{n}")).map(str::to_owned);
            all.push(There { who: By::Words(called.to_owned()), does });
        }
    }
    all
}

/// The meeting that was typed; what cannot be read is said before anything is tried.
fn typed_of(typed: &Typed, person: PersonId, of: Option<(Uuid, Uuid)>) -> Result<Arrange> {
    let mut wrong = FormErrors::new();
    let on = typed.date("on", "The day", &mut wrong).unwrap_or(Date::MIN);
    let at = typed.some("at").and_then(|_| typed.time("at", "The time", &mut wrong));
    let kind = MeetingKind::from_code(typed.get("kind"));
    wrong.require(kind.is_some(), "kind", "Say what it is");
    let way = MeetingWay::from_code(typed.get("way"));
    wrong.require(way.is_some(), "way", "Say how you meet");
    let readers = MeetingReaders::from_code(typed.get("readers"));
    wrong.require(readers.is_some(), "readers", "Say who may see it");
    let (Some(kind), Some(way), Some(readers), true) = (kind, way, readers, wrong.is_empty()) else {
        let all = wrong.iter().map(|(field, words)| (field.to_owned(), words.to_owned())).collect();
        return Err(Oops::Wrong(all));
    };
    Ok(Arrange {
        person,
        of,
        kind,
        on,
        at,
        way,
        place: typed.some("place").map(str::to_owned),
        why: typed.get("why").to_owned(),
        can: typed.all("can").filter_map(CanDo::from_code).collect(),
        there: there(typed),
        readers,
        readers_why: typed.some("readers-why").map(str::to_owned),
        changed_why: typed.some("changed-why").map(str::to_owned),
    })
}

/// `POST /person/{id}/meetings/{about}`.
pub(super) async fn send(Path((id, what)): Path<(PersonId, String)>, posted: Posted) -> Result<Response> {
    let (signed, typed, what) = (&posted.signed, &posted.typed, What::from_path(&what)?);
    let mut moment = signed.app.moment();
    let mut tx = signed.app.db.write().await?;
    let about = about(&mut tx, signed, moment.now(), id, Sight::Record).await?;
    // one about somebody else is not there for this person's forms
    desk(&mut tx, (signed, &about), (what, typed)).await?;
    let of = uuid(typed, "of").zip(uuid(typed, "from"));
    let done = match (what, of) {
        (What::New, _) => match typed_of(typed, id, None) {
            Ok(command) => arrange(&mut tx, &signed.who, &mut moment, command).await.map(drop),
            Err(oops) => Err(oops),
        },
        (What::Change, Some(of)) => match typed_of(typed, id, Some(of)) {
            Ok(command) => arrange(&mut tx, &signed.who, &mut moment, command).await.map(drop),
            Err(oops) => Err(oops),
        },
        (What::Off, Some(of)) => {
            let why = typed.get("changed-why").to_owned();
            call_off(&mut tx, &signed.who, &mut moment, CallOff { person: id, of, why }).await
        }
        (What::Change | What::Off, None) => Err(Oops::NotFound),
    };
    let Err(oops) = done else {
        tx.commit().await?;
        let done = if what == What::Off { "off" } else { "kept" };
        return Ok(Redirect::to(&format!("/person/{id}/meetings?done={done}")).into_response());
    };
    tx.give_up().await?;
    let wrong = checked::wrong(oops)?;
    let mut conn = signed.app.db.read().await?;
    let again = desk(&mut conn, (signed, &about), (what, typed)).await?;
    drop(conn);
    Ok(again.draw(typed, &wrong))
}
