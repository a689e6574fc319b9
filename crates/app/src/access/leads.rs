//! Who leads a team or a worker today: to whom a notice goes, on whose Today a review stays.

use super::reach::Tree;
use super::store::{self, LeadRow};
use crate::Result;
use db::{Conn, args};
use jiff::civil::Date;
use practice::id::{TeamId, WorkerId};
use practice::role::Role;

/// Someone who leads a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Who.
    pub worker: WorkerId,
    /// Their name.
    pub name: String,
    /// By which post.
    pub post: Role,
}

/// Who leads a team today: its team manager, else its head of service, else the same of the team above.
/// `but` is passed over: someone does not review or answer for themselves.
///
/// # Errors
/// Where the database refuses.
pub async fn lead_of_team(
    conn: &mut Conn,
    team: TeamId,
    today: Date,
    but: Option<WorkerId>,
) -> Result<Option<Lead>> {
    let tree = Tree::read(conn, today).await?;
    for team in tree.upwards(team.0) {
        let rows: Vec<LeadRow> = conn.all(store::LEADS_OF, args![team, today]).await?;
        for row in rows {
            let worker = WorkerId(row.id);
            if let Some(post) = Role::from_code(&row.role)
                && Some(worker) != but
            {
                return Ok(Some(Lead { worker, name: row.name, post }));
            }
        }
    }
    Ok(None)
}

/// Who leads one of a worker's teams today, other than the worker.
///
/// # Errors
/// Where the database refuses.
pub async fn lead_of_worker(conn: &mut Conn, worker: WorkerId, today: Date) -> Result<Option<Lead>> {
    for post in crate::who::posts(conn, worker.0, today).await? {
        if let Some(lead) = lead_of_team(conn, post.team, today, Some(worker)).await? {
            return Ok(Some(lead));
        }
    }
    Ok(None)
}
