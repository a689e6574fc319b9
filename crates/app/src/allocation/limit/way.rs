//! How long the way to somebody takes, there and back: a long one weighs in what their worker holds.

use super::store;
use crate::access::require;
use crate::form::Posted;
use crate::frame::Frame;
use crate::journal::{Act, Read, note};
use crate::moment::written;
use crate::who::Signed;
use crate::working::{about, open};
use crate::{Moment, Oops, Result, Who, checked};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use db::{Conn, Day, Tx, args};
use jiff::civil::Date;
use maud::html;
use page::{Form, FormErrors, Post, Typed, Width, button, buttons};
use practice::access::Sight;
use practice::id::PersonId;
use practice::week::{length_in_words, parse_minutes};
use serde_json::json;
use uuid::Uuid;

/// How long the way to somebody takes, from a day on.
#[derive(Clone, Copy, Debug)]
pub struct SetWay {
    /// To whom.
    pub person: PersonId,
    /// Minutes, there and back.
    pub minutes: u32,
    /// From which day.
    pub from: Date,
}

/// How long the way to somebody takes on a day, in minutes, and since when, where that is known.
///
/// # Errors
/// Where the database refuses.
pub async fn way_to(conn: &mut Conn, person: PersonId, today: Date) -> Result<Option<(u32, Date)>> {
    let row: Option<(Uuid, i64, Day)> = conn.maybe(store::WAY, args![person, today]).await?;
    Ok(row.map(|(_, minutes, from)| (u32::try_from(minutes).unwrap_or(0), from.0)))
}

/// Says how long the way to somebody takes, from a day on. What held before that day stays known.
///
/// # Errors
/// As access says; [`Oops::Wrong`] where the day is to come.
pub async fn set_way(tx: &mut Tx, who: &Who, moment: &mut Moment, command: SetWay) -> Result<()> {
    require(tx, who, moment.now(), command.person, Sight::Record).await?;
    if command.from > moment.today() {
        return Err(Oops::wrong("from", "Choose today or a day before"));
    }
    tx.run(crate::allocation::store::LOCK, args![command.person]).await?;
    let held: Vec<(Uuid, i64, Day)> = tx.all(store::WAYS_FROM, args![command.person, command.from]).await?;
    let author = who.worker().map(|worker| worker.0);
    for (id, minutes, from) in held {
        tx.run_one(store::WAY_OVER, args![id, moment.now()]).await?;
        if let Some(last) = command.from.yesterday().ok().filter(|last| *last >= from.0) {
            let values = args![moment.id(), command.person, minutes, from, Some(last), author, moment.now()];
            tx.run(store::ADD_WAY, values).await?;
        }
    }
    let to: Option<Date> = None;
    let minutes = i64::from(command.minutes);
    let id = moment.id();
    tx.run(store::ADD_WAY, args![id, command.person, minutes, command.from, to, author, moment.now()])
        .await?;
    let payload = json!({ "way": id, "minutes": minutes, "from": command.from });
    note(tx, who, moment, Act { action: "set_way_there", about: &[command.person], payload }).await?;
    Ok(())
}

/// `GET /person/{id}/helpers/way`
pub(super) async fn ask(signed: Signed, Path(id): Path<PersonId>) -> Result<Response> {
    let mut typed = Typed::default();
    typed.put_date("from", signed.app.moment().today());
    form(&signed, id, (&typed, &FormErrors::new())).await
}

async fn form(signed: &Signed, id: PersonId, (typed, errors): (&Typed, &FormErrors)) -> Result<Response> {
    let moment = signed.app.moment();
    let mut conn = signed.app.db.read().await?;
    let about = about(&mut conn, signed, moment.now(), id, Sight::Record).await?;
    let known = way_to(&mut conn, id, moment.today()).await?;
    drop(conn);
    open(signed, &about, Read::Helpers).await?;
    let form = Form::new(typed, errors);
    let (name, action) = (&about.header.shown_name, format!("{}/helpers/way", about.href));
    let body = html! {
        h2 { "The way to " (name) }
        p {
            @match known {
                Some((minutes, since)) => { "It takes " b { (length_in_words(minutes)) } " there and back, since " (written(since)) "." }
                None => { "Nobody has said yet how long it takes. Where that is not known, it does not weigh." }
            }
        }
        (page::post(&Post { action: &action, csrf: &signed.csrf, ..Post::default() }, html! {
            (form.text("minutes", "How long it takes, there and back").width(Width::Short).hint("Such as 50, or 1 h 30. An hour or more weighs a little in what a worker can hold"))
            (form.date("from", "Since which day").hint("When they moved, or began to live there"))
            (buttons(html! { (button("Keep")) a href={ (about.href) "/helpers" } { "Leave it" } }))
        }))
    };
    let title = format!("The way to {name}");
    let page = Frame { title: &title, errors: Some(errors), ..Frame::default() };
    Ok(about.page(signed, None, page, body))
}

/// `POST /person/{id}/helpers/way`
pub(super) async fn send(Path(id): Path<PersonId>, posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    let mut moment = signed.app.moment();
    let mut errors = FormErrors::new();
    let minutes = parse_minutes(typed.get("minutes"));
    errors.require(minutes.is_some(), "minutes", "Say how long, such as 50 minutes or 1 h 30");
    let from = typed.date("from", "Since which day", &mut errors);
    let (Some(minutes), Some(from)) = (minutes, from) else {
        return form(signed, id, (typed, &errors)).await;
    };
    let mut tx = signed.app.db.write().await?;
    match set_way(&mut tx, &signed.who, &mut moment, SetWay { person: id, minutes, from }).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to(&format!("/person/{id}/helpers?done=way")).into_response())
        }
        Err(oops) => {
            tx.give_up().await?;
            form(signed, id, (typed, &checked::wrong(oops)?)).await
        }
    }
}
