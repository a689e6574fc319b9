//! Who is responsible for people, and which team: what anyone who may find them learns beside their name.

use super::store::{self, HelpedRow, TOGETHER};
use crate::{Result, Who};
use db::{Conn, ToValue, args};
use jiff::civil::Date;
use practice::id::PersonId;
use std::collections::HashMap;

/// Who is responsible for somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Helped {
    /// The responsible worker's name.
    pub worker: Option<String>,
    /// The team, of the worker or of the open episode.
    pub team: Option<String>,
}

impl Helped {
    /// In a sentence, or nothing when nobody is.
    pub fn sentence(&self) -> Option<String> {
        match (&self.worker, &self.team) {
            (Some(worker), Some(team)) => Some(format!("{worker}, {team}")),
            (Some(worker), None) => Some(worker.clone()),
            (None, Some(team)) => Some(format!("{team}, waiting for a worker")),
            (None, None) => None,
        }
    }
}

/// Who is responsible for each of these people today.
///
/// # Errors
/// Where the database refuses.
pub async fn helped(conn: &mut Conn, people: &[PersonId], today: Date) -> Result<HashMap<PersonId, Helped>> {
    let mut all: HashMap<PersonId, Helped> = HashMap::new();
    for some in people.chunks(TOGETHER) {
        let Some(first) = some.first() else { break };
        let mut values = args![today];
        values.extend(some.iter().chain(std::iter::repeat(first)).take(TOGETHER).map(|id| id.0.value()));
        for row in conn.all::<HelpedRow>(store::HELPED, values).await? {
            let it = all.entry(row.person_id.into()).or_default();
            // an episode's team speaks only where no worker's does
            if row.worker.is_some() {
                it.worker = row.worker;
                it.team = row.team.or(it.team.take());
            } else if it.team.is_none() {
                it.team = row.team;
            }
        }
    }
    Ok(all)
}

/// The people somebody works with today, the latest first.
///
/// # Errors
/// Where the database refuses.
pub async fn people_of(conn: &mut Conn, who: &Who, today: Date) -> Result<Vec<PersonId>> {
    let Some(worker) = who.worker() else { return Ok(vec![]) };
    let rows: Vec<(uuid::Uuid,)> = conn.all(store::MINE, args![worker, today]).await?;
    let mut people: Vec<PersonId> = vec![];
    for (id,) in rows {
        if !people.contains(&id.into()) {
            people.push(id.into());
        }
    }
    Ok(people)
}
