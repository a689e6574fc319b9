//! Who is asking: someone signed in for the council, or nobody.

use crate::id::{PersonId, TeamId, WorkerId};
use crate::role::Role;

/// Who asks to see or do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Nobody is signed in.
    Nobody,
    /// A person of the record in their own space. The rules for staff open nothing to them: what they may read is
    /// decided in [`crate::sharing`].
    Person(PersonId),
    /// Someone who works for the council.
    Staff(Staff),
}

/// A worker who is signed in, with the posts they hold today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Who they are.
    pub worker: WorkerId,
    /// The posts held today; ended and future posts are left out.
    pub posts: Vec<Post>,
    /// Whether their account has been ended.
    pub ended: bool,
}

/// A role held in a team today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Post {
    /// What they do.
    pub role: Role,
    /// In which team.
    pub team: TeamId,
}

impl Staff {
    /// Whether one of today's posts has this role.
    pub fn holds(&self, role: Role) -> bool {
        self.posts.iter().any(|post| post.role == role)
    }

    /// Whether one of today's posts has a role of which this is true.
    pub fn holds_any(&self, is: impl Fn(Role) -> bool) -> bool {
        self.posts.iter().any(|post| is(post.role))
    }

    /// Whether this account belongs to someone who administers the system, and so opens no record.
    pub fn administers(&self) -> bool {
        self.holds(Role::SystemAdministrator)
    }
}

/// The posts in which somebody acts where the council's own sign-in lets them act in some of their roles alone. Whoever
/// administers the system opens no record in any session: without that role no role is left that works with people, so
/// that narrowing never opens anything.
pub fn narrowed(posts: Vec<Post>, may_act_in: impl Fn(Role) -> bool) -> Vec<Post> {
    let shut = posts.iter().any(|post| post.role == Role::SystemAdministrator && !may_act_in(post.role));
    let kept = |post: &Post| may_act_in(post.role) && !(shut && post.role.works_with_people());
    posts.into_iter().filter(kept).collect()
}

impl Reader {
    /// The worker who is signed in, if one is.
    pub const fn worker(&self) -> Option<WorkerId> {
        match self {
            Self::Nobody | Self::Person(_) => None,
            Self::Staff(staff) => Some(staff.worker),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Role::{DataOfficer, SocialWorker, SystemAdministrator, TeamManager};

    #[test]
    fn narrowing_takes_roles_away_and_opens_nothing() {
        let team = TeamId(uuid::Uuid::nil());
        let posts = |roles: &[Role]| roles.iter().map(|role| Post { role: *role, team }).collect::<Vec<_>>();
        let left = |held: &[Role], said: &[Role]| narrowed(posts(held), |role| said.contains(&role));
        assert_eq!(left(&[SocialWorker, TeamManager], &[SocialWorker]), posts(&[SocialWorker]));
        let administers = [SocialWorker, DataOfficer, SystemAdministrator];
        assert_eq!(left(&administers, &[SocialWorker, DataOfficer]), posts(&[DataOfficer]));
        // with the role itself the records are shut by it
        assert_eq!(left(&administers, &administers), posts(&administers));
        assert!(left(&[SocialWorker], &[TeamManager]).is_empty());
    }
}
