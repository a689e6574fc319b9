//! Teams in a dated tree: which stands under which, since when.

use super::store::{self, TeamRow, UnderRow};
use super::{day, trimmed};
use crate::journal::{Act, note};
use crate::{Moment, Oops, Result, Who, access};
use db::{Conn, Tx, args};
use jiff::civil::Date;
use practice::access::Action;
use practice::id::TeamId;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A team begins.
#[derive(Clone, Debug)]
pub struct AddTeam {
    /// A short word for files and addresses.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Where it works.
    pub place: Option<String>,
    /// Since when.
    pub from: Date,
    /// Until when, for one that has ended (history brought from elsewhere).
    pub to: Option<Date>,
    /// Under which team it stands.
    pub under: Option<TeamId>,
}

/// What is known of a team changes.
#[derive(Clone, Debug)]
pub struct ChangeTeam {
    /// Which.
    pub team: TeamId,
    /// As it was read.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// Where it works.
    pub place: Option<String>,
}

/// The team with this code.
///
/// # Errors
/// Where the database refuses.
pub async fn team_by_code(conn: &mut Conn, code: &str) -> Result<Option<TeamId>> {
    let row: Option<(Uuid,)> = conn.maybe(store::TEAM_BY_CODE, args![code]).await?;
    Ok(row.map(|row| row.0.into()))
}

fn plain_code(typed: &str) -> Result<String> {
    let code = typed.trim().to_owned();
    let fits = |letter: char| letter.is_ascii_alphanumeric() || "._-".contains(letter);
    if code.is_empty() || code.len() > 40 || !code.chars().all(fits) {
        let words = "Use 1 to 40 letters, digits, full stops, hyphens or underscores, such as north";
        return Err(Oops::wrong("code", words));
    }
    Ok(code)
}

/// A code for a team of this name that no team has yet.
pub(super) async fn code_for(tx: &mut Tx, name: &str) -> Result<String> {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
    let words: String = name.chars().map(plain).collect();
    let parts: Vec<&str> = words.split('-').filter(|part| !part.is_empty()).collect();
    let begun: String = parts.join("-").chars().take(30).collect();
    let begun = if begun.is_empty() { "team".to_owned() } else { begun };
    let mut code = begun.clone();
    let mut n = 1;
    while team_by_code(tx, &code).await?.is_some() {
        n += 1;
        code = format!("{begun}-{n}");
    }
    Ok(code)
}

fn plain_name(typed: &str) -> Result<String> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 200 {
        return Err(Oops::wrong("name", "Write what the team is called, at most 200 letters"));
    }
    Ok(name)
}

/// Adds a team.
///
/// # Errors
/// [`Oops::Wrong`] names the field.
pub async fn add_team(tx: &mut Tx, who: &Who, moment: &mut Moment, command: AddTeam) -> Result<TeamId> {
    access::permit(who, Action::ChangeTeams)?;
    let (code, name) = (plain_code(&command.code)?, plain_name(&command.name)?);
    let place = trimmed(command.place.as_deref());
    if team_by_code(tx, &code).await?.is_some() {
        return Err(Oops::wrong("code", &format!("There is a team {code} already. Choose another code")));
    }
    if command.to.is_some_and(|to| to < command.from) {
        return Err(Oops::wrong("to", "It cannot end before it begins"));
    }
    let team = moment.id();
    tx.run(store::ADD_TEAM, args![team, &code, &name, place, command.from, command.to]).await?;
    let payload = json!({
        "team": team, "code": code, "name": name, "place": place, "from": command.from, "to": command.to,
    });
    note(tx, who, moment, Act { action: "add_team", about: &[], payload }).await?;
    if command.under.is_some() {
        move_team(tx, who, moment, team.into(), (command.under, command.from)).await?;
    }
    Ok(team.into())
}

/// Changes a team's name or place.
///
/// # Errors
/// [`Oops::Stale`] where someone else changed it meanwhile, [`Oops::Wrong`] names the field.
pub async fn change_team(tx: &mut Tx, who: &Who, moment: &mut Moment, command: ChangeTeam) -> Result<()> {
    access::permit(who, Action::ChangeTeams)?;
    let (name, place) = (plain_name(&command.name)?, trimmed(command.place.as_deref()));
    tx.run_one(store::CHANGE_TEAM, args![command.team, command.version, &name, place]).await?;
    let payload = json!({"team": command.team, "name": name, "place": place});
    note(tx, who, moment, Act { action: "change_team", about: &[], payload }).await?;
    Ok(())
}

/// Puts a team under another from a day on, or at the top. Where it stood before that day stays known.
///
/// # Errors
/// [`Oops::Wrong`] where it would stand under itself.
pub async fn move_team(
    tx: &mut Tx,
    who: &Who,
    moment: &mut Moment,
    team: TeamId,
    (under, from): (Option<TeamId>, Date),
) -> Result<()> {
    access::permit(who, Action::ChangeTeams)?;
    put_under(tx, moment, team, (under, from)).await?;
    let payload = json!({"team": team, "under": under, "from": from});
    note(tx, who, moment, Act { action: "move_team", about: &[], payload }).await?;
    Ok(())
}

/// As [`move_team`], for whoever may.
pub(super) async fn put_under(
    tx: &mut Tx,
    moment: &mut Moment,
    team: TeamId,
    (under, from): (Option<TeamId>, Date),
) -> Result<()> {
    let rows: Vec<TeamRow> = tx.all(store::TEAMS, args![]).await?;
    let find = |id: TeamId| rows.iter().find(|row| row.id == id.0);
    let row = find(team).ok_or(Oops::NotFound)?;
    // one change of the tree at a time, so that two moves cannot make a ring
    for row in &rows {
        tx.run(store::LOCK_TEAMS, args![row.id]).await?;
    }
    if from < row.from_date.0 {
        let words = format!("{} began on {}", row.name, day(row.from_date.0));
        return Err(Oops::wrong("from", &words));
    }
    let tree: Vec<UnderRow> = tx.all(store::TREE, args![]).await?;
    if let Some(parent) = under {
        let above = find(parent).ok_or_else(|| Oops::wrong("under", "There is no such team"))?;
        if above.to_date.is_some_and(|to| to.0 < from) {
            return Err(Oops::wrong("under", &format!("{} has ended", above.name)));
        }
        // later moves count too: the tree must have no ring on any day from then on
        let later: Vec<Date> =
            tree.iter().map(|row| row.from_date.0).filter(|day| *day > from).chain([from]).collect();
        let ring = later.iter().any(|day| below(&tree, team, *day).contains(&parent));
        if parent == team || ring {
            let words = format!("{} stands under {}, so this would go round in a ring", above.name, row.name);
            return Err(Oops::wrong("under", &words));
        }
    }
    for old in tree.iter().filter(|old| old.team_id == team.0 && old.to_date.is_none_or(|to| to.0 >= from)) {
        tx.run_one(store::SUPERSEDE_UNDER, args![old.id, moment.now()]).await?;
        let last = from.yesterday().unwrap_or(from);
        if old.from_date.0 <= last {
            let values = args![moment.id(), team, old.parent_id, old.from_date, last, moment.now()];
            tx.run(store::ADD_UNDER, values).await?;
        }
    }
    if let Some(parent) = under {
        let to: Option<Date> = None;
        tx.run(store::ADD_UNDER, args![moment.id(), team, parent, from, to, moment.now()]).await?;
    }
    Ok(())
}

/// Ends a team. Refused while it holds episodes, workers or other teams.
///
/// # Errors
/// [`Oops::Refused`] says how many.
pub async fn end_team(tx: &mut Tx, who: &Who, moment: &mut Moment, team: TeamId, on: Date) -> Result<()> {
    access::permit(who, Action::ChangeTeams)?;
    tx.run(store::LOCK_TEAMS, args![team]).await?;
    let row: Option<TeamRow> = tx.maybe(store::TEAM, args![team]).await?;
    let row = row.ok_or(Oops::NotFound)?;
    if let Some(to) = row.to_date {
        return Err(Oops::Refused(format!("{} has ended already, on {}", row.name, day(to.0))));
    }
    if on < row.from_date.0 {
        return Err(Oops::wrong("on", &format!("{} began on {}", row.name, day(row.from_date.0))));
    }
    let several = |n: i64, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
    let mut holds = vec![];
    let episodes = tx.number(store::OPEN_EPISODES, args![team, on]).await?;
    if episodes > 0 {
        holds.push(several(episodes, "open episode", "open episodes"));
    }
    let workers = tx.number(store::POSTS_IN_TEAM, args![team, on]).await?;
    if workers > 0 {
        holds.push(several(workers, "worker", "workers"));
    }
    let tree: Vec<UnderRow> = tx.all(store::TREE, args![]).await?;
    let teams = tree.iter().filter(|row| row.parent_id == team.0 && row.to_date.is_none_or(|to| to.0 > on));
    let teams = i64::try_from(teams.count()).unwrap_or(i64::MAX);
    if teams > 0 {
        holds.push(several(teams, "team under it", "teams under it"));
    }
    if !holds.is_empty() {
        let words = format!("{} still holds {}. Move them first, then end it", row.name, holds.join(", "));
        return Err(Oops::Refused(words));
    }
    for old in tree.iter().filter(|old| old.team_id == team.0 && old.to_date.is_none_or(|to| to.0 > on)) {
        tx.run_one(store::SUPERSEDE_UNDER, args![old.id, moment.now()]).await?;
        if old.from_date.0 <= on {
            let values = args![moment.id(), team, old.parent_id, old.from_date, on, moment.now()];
            tx.run(store::ADD_UNDER, values).await?;
        }
    }
    tx.run(store::END_TEAM, args![team, on]).await?;
    note(tx, who, moment, Act { action: "end_team", about: &[], payload: json!({"team": team, "on": on}) })
        .await?;
    Ok(())
}

/// Every team that stands under one on a day, at any depth.
pub(super) fn below(tree: &[UnderRow], team: TeamId, today: Date) -> BTreeSet<TeamId> {
    let mut children: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for row in tree {
        if row.from_date.0 <= today && row.to_date.is_none_or(|to| to.0 >= today) {
            children.entry(row.parent_id).or_default().push(row.team_id);
        }
    }
    let (mut found, mut open) = (BTreeSet::new(), vec![team.0]);
    while let Some(next) = open.pop() {
        for child in children.get(&next).into_iter().flatten() {
            if found.insert(TeamId(*child)) {
                open.push(*child);
            }
        }
    }
    found
}
