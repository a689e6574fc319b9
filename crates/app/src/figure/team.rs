//! How much a team can hold together, where the council set that: a figure of its own, from a day on.

use super::store::{self, TeamLimitRow};
use crate::form::Posted;
use crate::frame::{Frame, frame};
use crate::journal::{Act, note};
use crate::moment::written;
use crate::oops::Wrong;
use crate::who::Signed;
use crate::working::{self, Team};
use crate::{Moment, Result, Who, access, checked};
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use db::{Tx, args};
use jiff::civil::Date;
use maud::{Markup, html};
use page::{Choice, Form, FormErrors, Link, Post, Typed, Width, button, buttons};
use practice::access::Action;
use practice::id::TeamId;
use practice::load::Points;
use serde::Deserialize;
use serde_json::json;

/// The most points that can be set: more is a slip of the pen.
const MOST: u32 = 1_000;

/// What a team can hold together, from a day on.
#[derive(Clone, Debug)]
pub struct SetTeamLimit {
    /// Which.
    pub team: TeamId,
    /// How much; none where it has no limit of its own from then on.
    pub points: Option<Points>,
    /// From which day.
    pub from: Date,
    /// Why.
    pub reason: String,
}

/// Sets what a team can hold together, from a day on. What held before that day stays known. It moves nobody: it asks a
/// manager from then on where one more would be too much.
///
/// # Errors
/// [`crate::Oops::Wrong`] names the field.
pub async fn set_team_limit(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    command: SetTeamLimit,
) -> Result<()> {
    access::permit(who, Action::SetFigures)?;
    let mut wrong = Wrong::default();
    let reason = wrong.needed("reason", &command.reason, "Say why, for those who come after you");
    if command.from < moment.today() {
        wrong.say("from", "Choose today or a day to come");
    }
    let teams = working::teams(tx, moment.today()).await?;
    if teams.iter().all(|team| team.id != command.team) {
        wrong.say("team", "Choose a team");
    }
    wrong.done()?;
    let author = who.worker().map(|worker| worker.0);
    let rows: Vec<TeamLimitRow> = tx.all(store::OF_TEAM, args![command.team]).await?;
    for row in rows.into_iter().filter(|row| row.to_date.is_none_or(|to| to.0 >= command.from)) {
        tx.run_one(store::TEAM_LIMIT_OVER, args![row.id, moment.now()]).await?;
        if let Some(last) = command.from.yesterday().ok().filter(|last| *last >= row.from_date.0) {
            let id = moment.id();
            let from = row.from_date.0;
            let values =
                args![id, command.team, row.hundredths, &row.reason, from, Some(last), author, moment.now()];
            tx.run(store::ADD_TEAM_LIMIT, values).await?;
        }
    }
    let id = moment.id();
    if let Some(points) = command.points {
        let (hundredths, to): (i64, Option<Date>) = (i64::from(points.0), None);
        let values = args![id, command.team, hundredths, &reason, command.from, to, author, moment.now()];
        tx.run(store::ADD_TEAM_LIMIT, values).await?;
    }
    let payload = json!({
        "team": command.team, "points": command.points.map(|points| points.0), "from": command.from, "reason": reason,
    });
    note(tx, who, moment, Act { action: "set_team_limit", about: &[], payload }).await?;
    Ok(())
}

#[derive(Deserialize, Default)]
pub(super) struct Done {
    done: Option<String>,
}

/// `GET /administration/limits`
pub(super) async fn show(signed: Signed, Query(done): Query<Done>) -> Result<Response> {
    access::permit(&signed.who, Action::SetFigures)?;
    let mut typed = Typed::default();
    typed.put_date("from", signed.app.moment().today());
    let said = done.done.as_deref().filter(|done| *done == "set").map(|_| "Kept. It holds from that day on.");
    draw(&signed, said, (&typed, &FormErrors::new())).await
}

async fn draw(
    signed: &Signed,
    said: Option<&str>,
    (typed, errors): (&Typed, &FormErrors),
) -> Result<Response> {
    let today = signed.app.moment().today();
    let mut conn = signed.app.db.read().await?;
    let teams = working::teams(&mut conn, today).await?;
    let mut held: Vec<(Team, Vec<TeamLimitRow>)> = vec![];
    for team in teams {
        let rows = conn.all(store::OF_TEAM, args![team.id]).await?;
        held.push((team, rows));
    }
    drop(conn);
    let form = Form::new(typed, errors);
    let mut choices = vec![Choice::new("", "Choose a team")];
    choices.extend(held.iter().map(|(team, _)| Choice::new(team.code.clone(), team.name.clone())));
    let body = html! {
        h1 { "What teams can hold" }
        p { "What a worker can hold follows from the weights. A team can have a limit of its own. Where one more would be over it, a manager decides by name, with a reason; nobody is moved by it." }
        ul.rows { @for (team, rows) in &held { li { (row(team, rows)) } } }
        h2 { "Set what a team can hold" }
        (page::post(&Post { action: "/administration/limits", csrf: &signed.csrf, ..Post::default() }, html! {
            (form.select("team", "Which team", choices))
            (form.text("points", "How many points, together").width(Width::Short).hint("A child in need is one point. Leave it empty, and the team has no limit of its own from that day on"))
            (form.date("from", "From which day on"))
            (form.textarea("reason", "Why").rows(3))
            (buttons(html! { (button("Keep")) }))
        }))
    };
    let back = Some(Link { href: "/administration", label: "Back to Administration" });
    let errors = Some(errors).filter(|errors| !errors.is_empty());
    let page = Frame {
        title: "What teams can hold",
        part: "/administration",
        back,
        said,
        errors,
        ..Frame::default()
    };
    Ok(frame(signed, &page, body))
}

fn row(team: &Team, rows: &[TeamLimitRow]) -> Markup {
    let points = |row: &TeamLimitRow| Points(u32::try_from(row.hundredths).unwrap_or(0));
    html! {
        b { (team.name) }
        @if rows.is_empty() { p.soft { "No limit of its own." } }
        @for row in rows {
            p { (points(row)) " points, from " (written(row.from_date.0)) @if let Some(to) = row.to_date { " to " (written(to.0)) } }
            p.soft.small { "“" (row.reason) "”" @if let Some(author) = &row.author { " " (author) } }
        }
    }
}

/// "75", "75.5": in hundredths.
fn points(typed: &str) -> Option<Points> {
    let typed = typed.trim().replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
    let whole: u32 = whole.parse().ok().filter(|whole| *whole <= MOST)?;
    let part: u32 = match part.len() {
        0 => 0,
        1 => part.parse::<u32>().ok()? * 10,
        2 => part.parse().ok()?,
        _ => return None,
    };
    Some(Points(whole * 100 + part)).filter(|points| points.0 > 0)
}

/// `POST /administration/limits`
pub(super) async fn set(posted: Posted) -> Result<Response> {
    let (signed, typed) = (&posted.signed, &posted.typed);
    access::permit(&signed.who, Action::SetFigures)?;
    let mut moment = signed.app.moment();
    let mut errors = FormErrors::new();
    let said = typed.some("points");
    let points = said.and_then(points);
    errors.require(
        said.is_none() || points.is_some(),
        "points",
        "Write a number such as 75 or 82.5, or leave it empty",
    );
    let from = typed.date("from", "From which day on", &mut errors);
    let mut conn = signed.app.db.read().await?;
    let teams = working::teams(&mut conn, moment.today()).await?;
    drop(conn);
    let team = teams.iter().find(|team| team.code == typed.get("team"));
    errors.require(team.is_some(), "team", "Choose a team");
    let (Some(team), Some(from), true) = (team, from, errors.is_empty()) else {
        return draw(signed, None, (typed, &errors)).await;
    };
    let command = SetTeamLimit { team: team.id, points, from, reason: typed.get("reason").to_owned() };
    let mut tx = signed.app.db.write().await?;
    match set_team_limit(&mut tx, &signed.who, &mut moment, command).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(Redirect::to("/administration/limits?done=set").into_response())
        }
        Err(oops) => {
            tx.give_up().await?;
            draw(signed, None, (typed, &checked::wrong(oops)?)).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::points;
    use practice::load::Points;

    #[test]
    fn points_are_read_as_people_write_them() {
        assert_eq!(points("75"), Some(Points(7500)));
        assert_eq!(points(" 82,5 "), Some(Points(8250)));
        assert_eq!(points("0.75"), Some(Points(75)));
        for wrong in ["", "0", "many", "-5", "1.234", "5000"] {
            assert_eq!(points(wrong), None, "{wrong}");
        }
    }
}
