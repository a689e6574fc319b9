//! A change of teams, tried on a copy of the tree before it is done: who would lose the worker they know because a line moved
//! on a chart. Nothing changes for anybody by trying.

use crate::id::{PersonId, TeamId, WorkerId};
use crate::words::words;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

words! {
    /// How a plan stands.
    PlanState {
        Planned = "planned", "Planned";
        CarriedOut = "carried-out", "Carried out";
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

words! {
    /// What a step does.
    StepKind {
        New = "new", "A new team";
        Join = "join", "Two teams joined";
        Under = "under", "A team under another";
        Worker = "worker", "A worker to another team";
    }
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A new team, under the team that the one beside it stands under: with workers moved to it, a team is split.
    New {
        /// Its id, given when it is planned.
        team: TeamId,
        /// Beside which.
        beside: TeamId,
        /// What it is called.
        name: String,
    },
    /// All of a team goes to another: workers, the teams under it, the help it holds. It ends.
    Join {
        /// Which ends.
        team: TeamId,
        /// Where all of it goes.
        into: TeamId,
    },
    /// A team stands under another, or at the top.
    Under {
        /// Which.
        team: TeamId,
        /// Under which.
        under: Option<TeamId>,
    },
    /// A worker goes from one team to another.
    Worker {
        /// Who.
        worker: WorkerId,
        /// From which.
        from: TeamId,
        /// To which.
        to: TeamId,
    },
}

impl Step {
    /// What it does.
    pub const fn kind(&self) -> StepKind {
        match self {
            Self::New { .. } => StepKind::New,
            Self::Join { .. } => StepKind::Join,
            Self::Under { .. } => StepKind::Under,
            Self::Worker { .. } => StepKind::Worker,
        }
    }
}

/// Why a step does not fit the teams as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// A team it names does not stand.
    NoTeam,
    /// A team is called so already.
    SameName,
    /// It goes to itself.
    Itself,
    /// It would stand under itself.
    Ring,
    /// The worker is not of that team.
    NotThere,
    /// The worker is of the other team already.
    Already,
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoTeam => "a team it names does not stand any more",
            Self::SameName => "a team is called so already",
            Self::Itself => "a team does not go to itself",
            Self::Ring => "the teams would stand under one another in a ring",
            Self::NotThere => "the worker is not of that team any more",
            Self::Already => "the worker is of that team already",
        })
    }
}

/// The teams as they stand, or would: which there are and under which each stands, and who works where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Each team's name, and the one it stands under.
    pub teams: BTreeMap<TeamId, (String, Option<TeamId>)>,
    /// Who works in which.
    pub posts: BTreeSet<(WorkerId, TeamId)>,
    /// Teams that ended in another.
    pub joined: BTreeMap<TeamId, TeamId>,
}

impl Shape {
    fn stands(&self, team: TeamId) -> Result<(), Misfit> {
        if self.teams.contains_key(&team) { Ok(()) } else { Err(Misfit::NoTeam) }
    }

    /// Whether a team is another, or stands under it.
    fn within(&self, team: TeamId, other: TeamId) -> bool {
        let (mut at, mut left) = (Some(team), self.teams.len() + 1);
        while let Some(one) = at.filter(|_| left > 0) {
            if one == other {
                return true;
            }
            at = self.teams.get(&one).and_then(|team| team.1);
            left -= 1;
        }
        false
    }

    /// What became of a team that holds help: itself, or the one it ended in.
    pub fn became(&self, team: TeamId) -> TeamId {
        let mut at = team;
        for _ in 0..=self.joined.len() {
            match self.joined.get(&at) {
                Some(next) => at = *next,
                None => break,
            }
        }
        at
    }

    /// Takes a step.
    ///
    /// # Errors
    /// Why it does not fit; then nothing is changed.
    pub fn take(&mut self, step: &Step) -> Result<(), Misfit> {
        match step {
            Step::New { team, beside, name } => {
                self.stands(*beside)?;
                let same = |other: &(String, Option<TeamId>)| other.0.to_lowercase() == name.to_lowercase();
                if self.teams.values().any(same) {
                    return Err(Misfit::SameName);
                }
                let under = self.teams.get(beside).and_then(|team| team.1);
                self.teams.insert(*team, (name.clone(), under));
            }
            Step::Join { team, into } => {
                self.stands(*team)?;
                self.stands(*into)?;
                if team == into {
                    return Err(Misfit::Itself);
                }
                if self.within(*into, *team) {
                    return Err(Misfit::Ring);
                }
                self.teams.remove(team);
                for other in self.teams.values_mut().filter(|other| other.1 == Some(*team)) {
                    other.1 = Some(*into);
                }
                let go: Vec<WorkerId> =
                    self.posts.iter().filter(|post| post.1 == *team).map(|post| post.0).collect();
                for worker in go {
                    self.posts.remove(&(worker, *team));
                    self.posts.insert((worker, *into));
                }
                self.joined.insert(*team, *into);
            }
            Step::Under { team, under } => {
                self.stands(*team)?;
                if let Some(under) = under {
                    self.stands(*under)?;
                    if self.within(*under, *team) {
                        return Err(Misfit::Ring);
                    }
                }
                if let Some(held) = self.teams.get_mut(team) {
                    held.1 = *under;
                }
            }
            Step::Worker { worker, from, to } => {
                self.stands(*from)?;
                self.stands(*to)?;
                if from == to {
                    return Err(Misfit::Itself);
                }
                if !self.posts.contains(&(*worker, *from)) {
                    return Err(Misfit::NotThere);
                }
                if self.posts.contains(&(*worker, *to)) {
                    return Err(Misfit::Already);
                }
                self.posts.remove(&(*worker, *from));
                self.posts.insert((*worker, *to));
            }
        }
        Ok(())
    }

    /// Takes all steps in turn.
    ///
    /// # Errors
    /// The place of the first that does not fit, from nought, and why.
    pub fn after<'a>(&self, steps: impl IntoIterator<Item = &'a Step>) -> Result<Self, (usize, Misfit)> {
        let mut shape = self.clone();
        for (at, step) in steps.into_iter().enumerate() {
            shape.take(step).map_err(|misfit| (at, misfit))?;
        }
        Ok(shape)
    }
}

/// Somebody with their responsible worker and the teams that hold their help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helped {
    /// Who.
    pub person: PersonId,
    /// Their responsible worker.
    pub worker: WorkerId,
    /// The teams that hold what is open for them.
    pub held_by: BTreeSet<TeamId>,
}

/// Whether somebody's worker would no longer be of a team that holds their help. They would have to be handed over, or their
/// help held elsewhere; that it was so before is no loss by the plan.
pub fn loses_worker(before: &Shape, after: &Shape, helped: &Helped) -> bool {
    let was = helped.held_by.iter().any(|team| before.posts.contains(&(helped.worker, *team)));
    let is = helped.held_by.iter().any(|team| after.posts.contains(&(helped.worker, after.became(*team))));
    was && !is
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn team(n: u128) -> TeamId {
        TeamId(Uuid::from_u128(n))
    }

    fn worker(n: u128) -> WorkerId {
        WorkerId(Uuid::from_u128(100 + n))
    }

    /// A service (1) with two teams (2, 3), and a team (4) under the second; workers 1 and 2 in team 2, 3 in team 3.
    fn council() -> Shape {
        Shape {
            teams: [
                (team(1), ("Service".to_owned(), None)),
                (team(2), ("Riverside".to_owned(), Some(team(1)))),
                (team(3), ("Hillside".to_owned(), Some(team(1)))),
                (team(4), ("Duty".to_owned(), Some(team(3)))),
            ]
            .into(),
            posts: [(worker(1), team(2)), (worker(2), team(2)), (worker(3), team(3))].into(),
            joined: BTreeMap::new(),
        }
    }

    fn helped(by: u128, held: u128) -> Helped {
        Helped { person: PersonId(Uuid::from_u128(by)), worker: worker(by), held_by: [team(held)].into() }
    }

    #[test]
    fn what_does_not_fit_is_said_and_changes_nothing() {
        let mut shape = council();
        let go = |from, to| Step::Worker { worker: worker(1), from: team(from), to: team(to) };
        for (step, misfit) in [
            (go(3, 2), Misfit::NotThere),
            (go(2, 2), Misfit::Itself),
            (go(2, 9), Misfit::NoTeam),
            (Step::Join { team: team(2), into: team(2) }, Misfit::Itself),
            (Step::Join { team: team(3), into: team(4) }, Misfit::Ring),
            (Step::Under { team: team(3), under: Some(team(4)) }, Misfit::Ring),
            (Step::Under { team: team(3), under: Some(team(3)) }, Misfit::Ring),
            (Step::New { team: team(5), beside: team(2), name: "hillside".to_owned() }, Misfit::SameName),
            (Step::New { team: team(5), beside: team(9), name: "New".to_owned() }, Misfit::NoTeam),
        ] {
            assert_eq!(shape.take(&step), Err(misfit), "{step:?}");
            assert_eq!(shape, council());
        }
    }

    #[test]
    fn a_team_split_in_two_takes_children_from_their_worker() {
        let split = [
            Step::New { team: team(5), beside: team(2), name: "Riverside South".to_owned() },
            Step::Worker { worker: worker(1), from: team(2), to: team(5) },
        ];
        let before = council();
        let after = before.after(&split).unwrap();
        assert_eq!(after.teams[&team(5)], ("Riverside South".to_owned(), Some(team(1))));
        assert!(loses_worker(&before, &after, &helped(1, 2)), "the help stays where the worker is no more");
        assert!(!loses_worker(&before, &after, &helped(2, 2)));
        assert!(!loses_worker(&before, &after, &helped(3, 2)), "it was so before: no loss by the plan");
        let both = Helped { held_by: [team(2), team(3)].into(), ..helped(3, 2) };
        assert!(!loses_worker(&before, &after, &both));
        let twice = [split[0].clone(), split[1].clone(), split[1].clone()];
        assert_eq!(before.after(&twice), Err((2, Misfit::NotThere)), "the third step is named");
    }

    #[test]
    fn two_teams_joined_keep_everybody_with_their_worker() {
        let before = council();
        let join = [Step::Join { team: team(3), into: team(2) }, Step::Under { team: team(4), under: None }];
        let after = before.after(&join).unwrap();
        assert!(!after.teams.contains_key(&team(3)));
        assert!(after.posts.contains(&(worker(3), team(2))));
        assert_eq!((after.became(team(3)), after.became(team(2))), (team(2), team(2)));
        for one in [helped(1, 2), helped(3, 3)] {
            assert!(!loses_worker(&before, &after, &one));
        }
        assert_eq!(after.teams[&team(4)].1, None);
    }
}
