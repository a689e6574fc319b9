//! A worker leaves: everybody they answer for, how the hand-over of each stands, and all in one for each.

use super::pack;
use super::store::{self, AnsweredForRow};
use crate::access::{self, Reach};
use crate::frame::{Frame, frame};
use crate::journal::{self, Read};
use crate::who::Signed;
use crate::working::{self, Member, plural};
use crate::{Oops, Result, person};
use axum::extract::Path;
use axum::response::Response;
use db::{Conn, args};
use maud::{Markup, html};
use page::{Column, Link, Tag};
use practice::access::{Action, Decision, Sight};
use practice::handover::State;
use practice::id::PersonId;

/// One whom the worker answers for.
struct Mine {
    id: PersonId,
    name: String,
    state: Option<State>,
    to: Option<String>,
    /// Why this reader may open the record.
    why: &'static str,
}

/// The worker of a team, for themselves and for whoever leads the team.
async fn member(conn: &mut Conn, signed: &Signed, (code, worker): (&str, &str)) -> Result<(Member, String)> {
    access::permit(&signed.who, Action::SeeTeam)?;
    let reach = Reach::of(conn, &signed.who, signed.app.moment().now()).await?;
    let teams = working::teams(conn, reach.today()).await?;
    let team = teams.into_iter().find(|team| team.code == code).ok_or(Oops::NotFound)?;
    let staff = working::staff(conn, reach.today()).await?;
    let found =
        staff.into_iter().find(|one| one.team == team.id && one.code == worker).ok_or(Oops::NotFound)?;
    if reach.leads_or_covers(team.id) || signed.who.worker() == Some(found.worker) {
        Ok((found, team.code))
    } else {
        Err(Oops::NotFound)
    }
}

/// Everybody a worker answers for whose record this reader may open.
async fn people(conn: &mut Conn, signed: &Signed, member: &Member) -> Result<(Vec<Mine>, usize)> {
    let moment = signed.app.moment();
    let rows: Vec<AnsweredForRow> =
        conn.all(store::ANSWERED_FOR, args![member.worker, moment.today()]).await?;
    let ids: Vec<PersonId> = rows.iter().map(|row| row.id.into()).collect();
    let said = access::decide_many(conn, &signed.who, moment.now(), &ids, Sight::Open).await?;
    let all = rows.len();
    let mine: Vec<Mine> = rows
        .into_iter()
        .filter_map(|row| {
            let Some(Decision::Allowed(why)) = said.get(&PersonId(row.id)) else { return None };
            Some(Mine {
                id: row.id.into(),
                name: row.shown_name,
                state: row.state.as_deref().and_then(State::from_code),
                to: row.to_name,
                why: journal::reason_code(why),
            })
        })
        .collect();
    let hidden = all - mine.len();
    Ok((mine, hidden))
}

fn how(one: &Mine) -> Markup {
    html! {
        @match (one.state, &one.to) {
            (Some(State::Returned), Some(to)) => { (page::tag(Tag::Plain, "Came back")) " from " (to) }
            (Some(state), Some(to)) => { (state.plain()) ": " (to) }
            _ => { "Nobody asked yet" }
        }
    }
}

/// `GET /team/{code}/worker/{worker}/leaving`
pub(super) async fn show(signed: Signed, Path((code, worker)): Path<(String, String)>) -> Result<Response> {
    let mut conn = signed.app.db.read().await?;
    let (member, team) = member(&mut conn, &signed, (&code, &worker)).await?;
    let (all, hidden) = people(&mut conn, &signed, &member).await?;
    drop(conn);
    let count = |is: fn(Option<State>) -> bool| all.iter().filter(|one| is(one.state)).count();
    let nobody = count(|state| state.is_none());
    let back = count(|state| state == Some(State::Returned));
    let under_way = all.len() - nobody - back;
    let columns = [Column::words("Who"), Column::words("How it stands"), Column::words("What to do")];
    let rows: Vec<Vec<Markup>> = all
        .iter()
        .map(|one| {
            let offer = matches!(one.state, None | Some(State::Returned));
            vec![
                html! { a href={ "/person/" (one.id) } { (one.name) } },
                how(one),
                html! {
                    @if offer { a href={ "/person/" (one.id) "/handover/offer" } { "Offer a hand-over" span.hid { " of " (one.name) } } }
                    @else { a href={ "/person/" (one.id) "/handover" } { "Look at it" span.hid { ": " (one.name) } } }
                },
            ]
        })
        .collect();
    let href = format!("/team/{team}/worker/{}", member.code);
    let body = html! {
        h1 { "When " (member.name) " leaves" }
        p.lead {
            "Answers for " (plural(all.len() + hidden, "person", "people")) ". "
            (nobody) " not asked for yet, " (under_way) " under way, " (back) " came back."
        }
        p.soft { "The account can be ended once each of them is taken over by somebody, or waits for a worker, so that the manager of the team answers by name." }
        @if hidden > 0 { p { (plural(hidden, "more has", "more have")) " a record that is closed to you. The restricted-records officer knows who may open it." } }
        @if !rows.is_empty() {
            (page::table("Everybody they answer for", &columns, &rows))
            p { a href={ (href) "/packs" } { "All in one for each, to take over with" } }
        }
    };
    let label = format!("Back to {}", member.name);
    let back = Some(Link { href: &href, label: &label });
    let title = format!("When {} leaves", member.name);
    Ok(frame(&signed, &Frame { title: &title, part: "/team", back, ..Frame::default() }, body))
}

/// `GET /team/{code}/worker/{worker}/packs`
pub(super) async fn packs(signed: Signed, Path((code, worker)): Path<(String, String)>) -> Result<Response> {
    let moment = signed.app.moment();
    let (now, today) = (moment.now(), moment.today());
    let mut conn = signed.app.db.read().await?;
    let (member, team) = member(&mut conn, &signed, (&code, &worker)).await?;
    let (all, _) = people(&mut conn, &signed, &member).await?;
    let ids: Vec<PersonId> = all.iter().map(|one| one.id).collect();
    let headers = person::headers(&mut conn, &ids).await?;
    let mut drawn = vec![];
    for one in &all {
        let Some(header) = headers.iter().find(|header| header.id == one.id) else { continue };
        let markup = pack::draw(&mut conn, &signed.who, (now, today), one.id).await?;
        drawn.push(
            html! { section { (pack::heading(&header.initials, header.hue, &header.full_name)) (markup) } },
        );
    }
    drop(conn);
    let whys: Vec<(PersonId, &'static str)> = all.iter().map(|one| (one.id, one.why)).collect();
    journal::read_of(&signed.app, &signed.who, Read::Pack, &whys, serde_json::Value::Null).await?;
    let body = html! {
        h1 { "To take over from " (member.name) }
        p.soft { "Made from the record as it stands today. Nothing was typed again." }
        @for one in &drawn { (one) }
        (page::print_button("Print it"))
    };
    let href = format!("/team/{team}/worker/{}/leaving", member.code);
    let label = format!("When {} leaves", member.name);
    let back = Some(Link { href: &href, label: &label });
    let title = format!("To take over from {}", member.name);
    Ok(frame(&signed, &Frame { title: &title, part: "/team", back, ..Frame::default() }, body))
}
