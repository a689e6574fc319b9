//! What concerns the token's maker: who they are here, their Today, their teams.

use super::call::Call;
use super::entries::{Promise, promise};
use super::listed::{AllocationKind, Day, EpisodeKind, Instant, Role};
use super::operation::{At, Question};
use super::pathway::{Clock, clock_of};
use super::people::day;
use super::problem::Problem;
use crate::access::Reach;
use crate::who::Scope;
use crate::working::{self, Someone};
use crate::{entry, team};
use async_trait::async_trait;
use jiff::civil::Date;
use practice::id::TeamId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Asks as whom the token acts.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadMe {}

/// Reads Today.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadToday {}

/// Reads the teams of the token's maker.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadTeams {}

/// Reads one team.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadTeam {}

/// As whom the token acts.
#[derive(Serialize, ToSchema)]
pub(super) struct Me {
    worker: Uuid,
    name: String,
    /// The posts in which it acts.
    posts: Vec<Post>,
    token: Token,
}

/// A post.
#[derive(Serialize, ToSchema)]
pub(super) struct Post {
    role: Role,
    /// The team; none for a post that belongs to no team.
    team: Option<Uuid>,
}

/// The token itself.
#[derive(Serialize, ToSchema)]
pub(super) struct Token {
    name: String,
    scopes: Vec<String>,
    expires_at: Instant,
}

/// The people the token's maker works with today, what is due, what they promised.
#[derive(Serialize, ToSchema)]
pub(super) struct Today {
    day: Day,
    people: Vec<WorksWith>,
    /// Every date that runs for them.
    clocks: Vec<Clock>,
    /// Open promises that are theirs to see to.
    promises: Vec<Promise>,
}

/// Someone whom workers work with. What the reader may not see is left out.
#[derive(Serialize, ToSchema)]
pub(super) struct WorksWith {
    id: Uuid,
    /// The name they chose.
    name: String,
    birth_year: Option<i64>,
    /// Whether the record is open to the reader.
    open: bool,
    /// Their open episodes.
    episodes: Vec<EpisodeKind>,
    /// Who works with them today.
    workers: Vec<Ally>,
    /// Since when they have waited for a worker, if they do.
    waiting_since: Option<Day>,
    /// When they were last seen in person.
    last_seen_on: Option<Day>,
}

/// A worker who works with someone.
#[derive(Serialize, ToSchema)]
pub(super) struct Ally {
    worker: Uuid,
    name: String,
    part: AllocationKind,
}

/// Teams.
#[derive(Serialize, ToSchema)]
pub(super) struct Teams {
    teams: Vec<TeamLine>,
}

/// A team.
#[derive(Serialize, ToSchema)]
pub(super) struct TeamLine {
    id: Uuid,
    /// Its short code, as it stands in addresses.
    code: String,
    name: String,
    place: Option<String>,
}

/// A team as the reader sees it: whoever leads it sees more than a colleague.
#[derive(Serialize, ToSchema)]
pub(super) struct Team {
    id: Uuid,
    code: String,
    name: String,
    /// Whether the reader leads it or stands in for who does.
    leads: bool,
    people: Vec<WorksWith>,
    workers: Vec<Member>,
    away: Vec<Away>,
}

/// Someone who works in a team.
#[derive(Serialize, ToSchema)]
pub(super) struct Member {
    worker: Uuid,
    name: String,
    role: Role,
}

/// Someone who is away, now or soon.
#[derive(Serialize, ToSchema)]
pub(super) struct Away {
    worker: Uuid,
    name: String,
    from: Day,
    to: Option<Day>,
    /// Who stands in.
    cover: Option<Uuid>,
}

fn works_with(one: &Someone, today: Date) -> WorksWith {
    let ally = |ally: &working::Ally| Ally {
        worker: ally.worker.0,
        name: ally.name.clone(),
        part: AllocationKind(ally.part),
    };
    WorksWith {
        id: one.id.0,
        name: one.name.clone(),
        birth_year: one.birth_year,
        open: one.open,
        episodes: one.episodes.iter().map(|episode| EpisodeKind(episode.kind)).collect(),
        workers: one.workers.iter().filter(|ally| ally.works_on(today)).map(ally).collect(),
        waiting_since: day(one.waiting_since(today)),
        last_seen_on: one.seen.as_ref().map(|seen| Day(seen.on)),
    }
}

#[async_trait]
impl Question for ReadMe {
    type Answer = Me;
    const AT: At = At {
        path: "/me",
        name: "readMe",
        scope: None,
        title: "As whom the token acts",
        about: "Its maker, the posts in which it acts, its scopes and its last day.",
    };

    async fn answer(self, call: &Call) -> Result<Me, Problem> {
        let staff = call.who.staff().ok_or_else(Problem::nothing)?;
        let post = |post: &practice::access::Post| Post {
            role: Role(post.role),
            team: Some(post.team.0).filter(|team| !team.is_nil()),
        };
        let through = &call.held.through;
        Ok(Me {
            worker: staff.worker.0,
            name: call.who.name.clone(),
            posts: staff.posts.iter().map(post).collect(),
            token: Token {
                name: through.name.clone(),
                scopes: through.scopes.iter().map(|scope| scope.code().to_owned()).collect(),
                expires_at: Instant(call.held.expires_at),
            },
        })
    }
}

#[async_trait]
impl Question for ReadToday {
    type Answer = Today;
    const AT: At = At {
        path: "/today",
        name: "readToday",
        scope: Some(Scope::TodayRead),
        title: "Read Today",
        about: "The people the token's maker works with or stands in for, the dates that run for them, and open promises.",
    };

    async fn answer(self, call: &Call) -> Result<Today, Problem> {
        let now = call.app.moment().now();
        let worker = call.who.worker().ok_or_else(Problem::nothing)?;
        let mut conn = call.app.db.read().await?;
        let reach = Reach::of(&mut conn, &call.who, now).await?;
        let today = reach.today();
        let people = working::of_worker(&mut conn, &reach, worker).await?;
        let led: Vec<TeamId> = reach.led_teams().into_iter().map(|team| team.0).collect();
        let made = entry::promises_of(&mut conn, &call.who, now, worker, &led).await?;
        drop(conn);
        let line = people.iter().map(|one| works_with(one, today)).collect();
        let mut clocks: Vec<_> = people.into_iter().flat_map(|one| one.clocks).collect();
        clocks.sort_by_key(|kept| kept.clock.due);
        Ok(Today {
            day: Day(today),
            people: line,
            clocks: clocks.into_iter().map(clock_of).collect(),
            promises: made.into_iter().map(|one| promise(one.promise)).collect(),
        })
    }
}

#[async_trait]
impl Question for ReadTeams {
    type Answer = Teams;
    const AT: At = At {
        path: "/teams",
        name: "readTeams",
        scope: Some(Scope::TeamsRead),
        title: "Read one's teams",
        about: "Those the token's maker works in, leads, or stands in for.",
    };

    async fn answer(self, call: &Call) -> Result<Teams, Problem> {
        let mut conn = call.app.db.read().await?;
        let all = team::of_reader(&mut conn, &call.who, call.app.moment().now()).await?;
        let line = |team: working::Team| TeamLine {
            id: team.id.0,
            code: team.code,
            name: team.name,
            place: team.place,
        };
        Ok(Teams { teams: all.into_iter().map(line).collect() })
    }
}

#[async_trait]
impl Question for ReadTeam {
    type Answer = Team;
    const AT: At = At {
        path: "/teams/{code}",
        name: "readTeam",
        scope: Some(Scope::TeamsRead),
        title: "Read a team",
        about: "Its people, who works with whom, who waits, who is away. A colleague sees who is known here and who works with them; whoever leads it sees more.",
    };

    async fn answer(self, call: &Call) -> Result<Team, Problem> {
        let code = call.named("code")?;
        let mut conn = call.app.db.read().await?;
        let seen = team::seen(&mut conn, &call.who, call.app.moment().now(), code).await?;
        drop(conn);
        let member =
            |one: working::Member| Member { worker: one.worker.0, name: one.name, role: Role(one.role) };
        let away = |one: working::Away| Away {
            worker: one.worker.0,
            name: one.name,
            from: Day(one.from),
            to: day(one.to),
            cover: one.cover.map(|cover| cover.0.0),
        };
        Ok(Team {
            id: seen.team.id.0,
            code: seen.team.code,
            name: seen.team.name,
            leads: seen.leads,
            people: seen.people.iter().map(|one| works_with(one, seen.today)).collect(),
            workers: seen.staff.into_iter().map(member).collect(),
            away: seen.away.into_iter().map(away).collect(),
        })
    }
}
