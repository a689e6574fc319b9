//! What the board of a team is drawn from, gathered for the whole team at once: where each stands, which hand-overs wait,
//! what was finished. Whose record is not known to be there is left out before anything is counted; whoever the reader may
//! not open is counted and not named.

use super::pages::theirs;
use super::store::{
    self, AssessingRow, FinishedRow, LimitRow, OpenRow, ResponsibleRow, TurnRow, UnderWayRow,
};
use crate::access::Reach;
use crate::person::{self, Header};
use crate::who::Signed;
use crate::working::{self, Team};
use crate::{Oops, Result, access};
use db::{Conn, DbError, args};
use jiff::civil::Date;
use practice::access::{Action, Sight};
use practice::calendar::{Calendar, add_months};
use practice::episode::EpisodeKind;
use practice::flow::{Now, Place, Through, Turn, place, through};
use practice::handover::{ReturnReason, State};
use practice::id::PersonId;
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// Finished work of so many months is looked at.
const FINISHED: i32 = 12;

/// A team whose board is drawn, for somebody who leads it.
pub(super) struct Led {
    pub(super) team: Team,
    pub(super) reach: Reach,
    hidden: HashSet<Uuid>,
}

/// Where somebody stands.
#[derive(Clone, Copy)]
pub(super) struct Stands {
    pub(super) person: PersonId,
    pub(super) place: Place,
    pub(super) since: Date,
    /// In working days.
    pub(super) days: i32,
}

/// A piece of work that came to its end.
pub(super) struct Finished {
    pub(super) place: Place,
    pub(super) on: Date,
    /// In working days from start to end.
    pub(super) days: i32,
}

/// A hand-over that waits.
pub(super) struct UnderWay {
    pub(super) person: PersonId,
    pub(super) state: State,
    /// Since when it stands so.
    pub(super) since: Date,
    pub(super) from: Option<String>,
    pub(super) to: String,
    pub(super) comes: bool,
    pub(super) goes: bool,
}

/// A limit of the council's own.
pub(super) struct Limit {
    pub(super) most: usize,
    pub(super) since: Date,
}

fn broken(table: &'static str, column: &'static str, row: Uuid) -> Oops {
    DbError::Broken { table, column, row: row.to_string() }.into()
}

/// The team, where the reader leads it or stands in for whoever does.
///
/// # Errors
/// [`Oops::NotFound`] for whoever may not see it, [`Oops::NotAllowed`] for a colleague.
pub(super) async fn led(conn: &mut Conn, signed: &Signed, code: &str) -> Result<Led> {
    access::permit(&signed.who, Action::SeeTeam)?;
    let reach = Reach::of(conn, &signed.who, signed.app.moment().now()).await?;
    let teams = theirs(&signed.who, &reach, working::teams(conn, reach.today()).await?);
    let team = teams.into_iter().find(|team| team.code == code).ok_or(Oops::NotFound)?;
    if !reach.leads_or_covers(team.id) {
        return Err(Oops::NotAllowed(
            "The board of a team is for whoever leads it. Your own people stand on Today".to_owned(),
        ));
    }
    // few records are hidden: of all others everybody may know that they are there
    let rows: Vec<(Uuid,)> = conn.all(store::NOT_FINDABLE, args![]).await?;
    let ids: Vec<PersonId> = rows.into_iter().map(|row| row.0.into()).collect();
    let standings = reach.standings(conn, &ids).await?;
    let known = |id: &PersonId| {
        standings.get(id).is_some_and(|standing| reach.decide(standing, Sight::Exists).is_allowed())
    };
    let hidden = ids.iter().filter(|id| !known(id)).map(|id| id.0).collect();
    Ok(Led { team, reach, hidden })
}

impl Led {
    pub(super) const fn today(&self) -> Date {
        self.reach.today()
    }

    fn is_hidden(&self, person: Uuid) -> bool {
        self.hidden.contains(&person)
    }

    /// Everybody with whom the team works, by place, the longest there first.
    pub(super) async fn stands(&self, conn: &mut Conn, calendar: &Calendar) -> Result<Vec<Stands>> {
        let of = || args![self.team.id, self.today()];
        let mut people: BTreeMap<Uuid, Now> = BTreeMap::new();
        let open: Vec<OpenRow> = conn.all(store::OPEN, of()).await?;
        for row in open {
            let kind =
                EpisodeKind::from_code(&row.kind).ok_or_else(|| broken("episode", "kind", row.person_id))?;
            people.entry(row.person_id).or_default().open.push((kind, row.from_date.0));
        }
        let responsible: Vec<ResponsibleRow> = conn.all(store::RESPONSIBLE, of()).await?;
        for row in responsible {
            let one = people.entry(row.person_id).or_default();
            one.responsible = row.since.map(|day| day.0);
            one.left = row.left_on.map(|day| day.0);
        }
        let assessing: Vec<AssessingRow> = conn.all(store::ASSESSING, of()).await?;
        for row in assessing {
            people.entry(row.person_id).or_default().assessing = Some(row.since.0);
        }
        let mut all: Vec<Stands> = people
            .iter()
            .filter(|(person, _)| !self.is_hidden(**person))
            .filter_map(|(person, now)| {
                let (place, since) = place(now)?;
                let days = calendar.working_days_between(since, self.today());
                Some(Stands { person: (*person).into(), place, since, days })
            })
            .collect();
        all.sort_by_key(|one| (one.place, one.since, one.person));
        Ok(all)
    }

    /// Those of them whom the reader may open, with their names.
    pub(super) async fn named(
        &self,
        conn: &mut Conn,
        people: &[PersonId],
    ) -> Result<HashMap<PersonId, Header>> {
        let standings = self.reach.standings(conn, people).await?;
        let may = |id: &&PersonId| {
            standings.get(*id).is_some_and(|one| self.reach.decide(one, Sight::Open).is_allowed())
        };
        let open: Vec<PersonId> = people.iter().filter(may).copied().collect();
        let headers = person::headers(conn, &open).await?;
        Ok(headers.into_iter().map(|header| (header.id, header)).collect())
    }

    /// The hand-overs that come, go or came back, the oldest first.
    pub(super) async fn under_way(&self, conn: &mut Conn) -> Result<Vec<UnderWay>> {
        let rows: Vec<UnderWayRow> = conn.all(store::UNDER_WAY, args![self.team.id, self.today()]).await?;
        let mut all = vec![];
        for row in rows.into_iter().filter(|row| !self.is_hidden(row.person_id)) {
            let state =
                State::from_code(&row.state).ok_or_else(|| broken("handover", "state", row.person_id))?;
            all.push(UnderWay {
                person: row.person_id.into(),
                state,
                since: row.answered_on.unwrap_or(row.offered_on).0,
                from: row.from_name,
                to: row.to_name,
                comes: row.to_us > 0,
                goes: row.from_us > 0,
            });
        }
        Ok(all)
    }

    /// What became of the hand-overs that the team sent since a day.
    pub(super) async fn through(&self, conn: &mut Conn, since: Date) -> Result<Through> {
        let rows: Vec<TurnRow> = conn.all(store::TURNS, args![self.team.id, self.today(), since]).await?;
        let mut turns: Vec<Turn> = vec![];
        for row in rows.into_iter().filter(|row| !self.is_hidden(row.person_id)) {
            let state =
                State::from_code(&row.state).ok_or_else(|| broken("handover", "state", row.handover_id))?;
            let on = if state == State::TakenOver { row.ended_on } else { row.answered_on };
            // a return that was answered since is a return; a taking over that was corrected is none
            let holds = state == State::Returned || row.superseded_at.is_none();
            if let Some(on) = on.filter(|_| holds) {
                let reasons = row.reasons.split_whitespace().filter_map(ReturnReason::from_code).collect();
                turns.push(Turn { handover: row.handover_id, state, on: on.0, reasons });
            }
        }
        Ok(through(&turns, since, self.today()))
    }

    /// What the team finished within a year, in order of completion.
    pub(super) async fn finished(&self, conn: &mut Conn, calendar: &Calendar) -> Result<Vec<Finished>> {
        let since = add_months(self.today(), -FINISHED);
        let mut all = vec![];
        for text in [store::FINISHED, store::FINISHED_STEPS] {
            let rows: Vec<FinishedRow> = conn.all(text, args![self.team.id, self.today(), since]).await?;
            for row in rows.into_iter().filter(|row| !self.is_hidden(row.person_id)) {
                let place = EpisodeKind::from_code(&row.kind).map_or(Place::Assessing, Place::of);
                let days = calendar.working_days_between(row.from_date.0, row.to_date.0).max(0);
                all.push(Finished { place, on: row.to_date.0, days });
            }
        }
        all.sort_by_key(|one| one.on);
        Ok(all)
    }

    /// Every limit that was set, as it was.
    pub(super) async fn limit_rows(&self, conn: &mut Conn) -> Result<Vec<LimitRow>> {
        Ok(conn.all(store::LIMITS, args![self.team.id]).await?)
    }

    /// The limits that hold today.
    pub(super) async fn limits(&self, conn: &mut Conn) -> Result<BTreeMap<Place, Limit>> {
        let today = self.today();
        let holds = |row: &LimitRow| row.from_date.0 <= today && row.to_date.is_none_or(|to| to.0 >= today);
        let rows = self.limit_rows(conn).await?;
        let limit = |row: &LimitRow| {
            let most = usize::try_from(row.most).ok()?;
            Some((Place::from_code(&row.place)?, Limit { most, since: row.from_date.0 }))
        };
        Ok(rows.iter().filter(|row| holds(row)).filter_map(limit).collect())
    }
}
