//! Who is asking: someone signed in for the council, or nobody.

use crate::id::{TeamId, WorkerId};
use crate::role::Role;

/// Who asks to see or do something. Only staff can sign in so far; family and partners join this list
/// with their own spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Nobody is signed in.
    Nobody,
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

impl Reader {
    /// The worker who is signed in, if one is.
    pub const fn worker(&self) -> Option<WorkerId> {
        match self {
            Self::Nobody => None,
            Self::Staff(staff) => Some(staff.worker),
        }
    }
}
