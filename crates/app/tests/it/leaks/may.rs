//! Who may see what: the pure rules, put to a family as it was made and not as the database tells it.

use super::family::{Deed, Family, Planned, Secret};
use jiff::Timestamp;
use practice::access::{
    ChildTie, EntryFacts, Link, Reader, Sight, Staff, Tie, Ties, Touched, decide, read_entry,
};
use practice::entry::Part;
use practice::id::{PersonId, WorkerId};
use practice::person::AccessLevel;
use practice::plan::{Looker, Spoken, ToldLine, ToldPlan, version};
use practice::role::Role;
use practice::sharing::{There, Told, shown};
use practice::story::{Telling, ToldHow, may_be_shown};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Who reads.
#[derive(Clone, Debug)]
pub(super) enum Eye {
    Worker(Staff),
    Person(PersonId),
}

impl Family {
    /// Whether this reader may see this.
    pub(super) fn may(&self, eye: &Eye, secret: &Secret, now: Timestamp) -> bool {
        match eye {
            Eye::Worker(staff) => self.worker_may(staff, secret, now),
            Eye::Person(person) => self.person_may(*person, secret),
        }
    }

    fn nth_worker(&self, staff: &Staff) -> Option<usize> {
        self.workers.iter().position(|one| one.id == staff.worker)
    }

    fn level(&self, person: PersonId) -> AccessLevel {
        self.kin.iter().find(|one| one.id == person).map_or(AccessLevel::Sealed, |one| one.level)
    }

    fn direct(&self, staff: &Staff, person: PersonId, now: Timestamp) -> Vec<Tie> {
        let me = self.nth_worker(staff);
        let of = |all: &[(PersonId, usize)]| all.iter().any(|one| one.0 == person && Some(one.1) == me);
        let mut ties: Vec<Tie> = self
            .allocated
            .iter()
            .filter(|one| one.0 == person && Some(one.1) == me)
            .map(|one| Tie::Allocated(one.2))
            .collect();
        let works = self.allocated.iter().any(|one| {
            one.0 == person
                && staff
                    .posts
                    .iter()
                    .any(|post| post.role == Role::TeamManager && post.team == self.workers[one.1].team)
        });
        if works {
            ties.push(Tie::Leads { team: "Their team".to_owned(), post: Role::TeamManager });
        }
        if of(&self.listed) {
            ties.push(Tie::Listed);
        }
        if of(&self.glass) {
            ties.push(Tie::Glass { until: now + jiff::SignedDuration::from_mins(1) });
        }
        ties
    }

    fn conflict(&self, staff: &Staff, person: PersonId) -> bool {
        let me = self.nth_worker(staff);
        self.conflicts.iter().any(|one| one.0 == person && Some(one.1) == me)
    }

    fn ties(&self, staff: &Staff, person: PersonId, now: Timestamp) -> Ties {
        let mut children = vec![];
        for child in self.kin.iter().filter(|one| one.child && one.id != person) {
            let together = self.house.contains(&person) && self.house.contains(&child.id);
            let mut links = vec![];
            if together {
                links.push(Link::Household);
            }
            if self.holds.contains(&(person, child.id)) {
                links.push(Link::Responsibility);
            }
            children.extend(links.into_iter().map(|link| ChildTie {
                child: child.id,
                name: "A child".to_owned(),
                bond: None,
                link,
                level: child.level,
                direct: self.direct(staff, child.id, now),
                conflict: self.conflict(staff, child.id),
            }));
        }
        Ties { direct: self.direct(staff, person, now), children, conflict: self.conflict(staff, person) }
    }

    fn opens(&self, staff: &Staff, person: PersonId, sight: Sight, now: Timestamp) -> bool {
        let ties = self.ties(staff, person, now);
        decide(&Reader::Staff(staff.clone()), self.level(person), &ties, sight, now).is_allowed()
    }

    fn worker_may(&self, staff: &Staff, secret: &Secret, now: Timestamp) -> bool {
        let opens = |person, sight| self.opens(staff, person, sight, now);
        let known = |by: &Option<PersonId>| by.is_none_or(|by| opens(by, Sight::Exists));
        match secret {
            Secret::Account(deed) | Secret::Said(deed, _) | Secret::HeldBack(deed) => {
                self.reads(staff, &self.deeds[*deed], now)
            }
            // what was promised, and what somebody does not agree with, goes on to the version that corrects it
            Secret::Promised(deed, _) | Secret::Disagreed(deed, _) => {
                let newer = self.deeds[*deed].newer;
                std::iter::once(*deed).chain(newer).any(|deed| self.reads(staff, &self.deeds[deed], now))
            }
            Secret::Told { of, by, .. } | Secret::Planned { of, by, .. } => {
                opens(*of, Sight::Open) && known(by)
            }
            Secret::Address { of, confidential: true } => opens(*of, Sight::ConfidentialAddress),
            Secret::Address { of, .. } | Secret::Phone(of) => opens(*of, Sight::Open),
            Secret::Name(of) => opens(*of, Sight::Exists),
        }
    }

    fn reads(&self, staff: &Staff, deed: &Deed, now: Timestamp) -> bool {
        let mut people: BTreeSet<(PersonId, bool)> =
            deed.people.iter().map(|one| (one.person, one.part == Part::About)).collect();
        people.extend(deed.owners.iter().flatten().map(|one| (*one, false)));
        let ties: Vec<(PersonId, bool, Ties)> = people
            .into_iter()
            .map(|(person, about)| (person, about, self.ties(staff, person, now)))
            .collect();
        let touched: Vec<Touched<'_>> = ties
            .iter()
            .map(|(person, about, ties)| Touched {
                person: *person,
                about: *about,
                level: self.level(*person),
                ties,
            })
            .collect();
        // what somebody of the record wrote has no worker who wrote it
        let author = deed.author.unwrap_or(WorkerId(Uuid::nil()));
        let facts = EntryFacts { author, readers: deed.readers, present: &deed.present, named: &deed.named };
        read_entry(&Reader::Staff(staff.clone()), &facts, &touched, now).is_allowed()
    }

    fn person_may(&self, viewer: PersonId, secret: &Secret) -> bool {
        let shown = |deed: &usize| Self::deed_shown(viewer, &self.deeds[*deed]);
        match secret {
            Secret::Account(deed) => shown(deed).is_some_and(|all| all.account),
            Secret::Said(deed, nth) => shown(deed).is_some_and(|all| all.statements.get(*nth) == Some(&true)),
            Secret::Promised(deed, to) => {
                let newest = self.deeds[*deed].newer.unwrap_or(*deed);
                shown(&newest).is_some_and(|all| all.account || *to == viewer && all.promised)
            }
            Secret::Disagreed(deed, by) => {
                let newest = self.deeds[*deed].newer.unwrap_or(*deed);
                shown(&newest).is_some_and(|all| all.account || *by == viewer)
            }
            // that something is held back is never said to anybody of the family
            Secret::HeldBack(_) => false,
            Secret::Told { of, by, shared } => {
                let telling = Telling { about: *of, by: *by, how: ToldHow::ToldTo, shared: *shared };
                may_be_shown(&telling, viewer)
            }
            Secret::Planned { of, what, .. } => self.plan_shows(viewer, *of, *what),
            Secret::Address { of, .. } | Secret::Phone(of) => *of == viewer,
            // a family knows the names of its own
            Secret::Name(_) => self.kin.iter().any(|one| one.id == viewer),
        }
    }

    fn plan_shows(&self, viewer: PersonId, of: PersonId, what: Planned) -> bool {
        // nothing is told twice over: what is asked for is put last in its list
        let mut lines: Vec<ToldLine> = self.lines.iter().filter(|one| one.0 == of).map(|one| one.1).collect();
        let mut numbers: Vec<(Uuid, Spoken)> =
            self.numbers.iter().filter(|one| one.0 == of).map(|one| one.1).collect();
        let mut views: Vec<Spoken> = self.views.iter().filter(|one| one.0 == of).map(|one| one.1).collect();
        match what {
            Planned::Line(at) => lines.push(self.lines[at].1),
            Planned::Number(at) => numbers.push(self.numbers[at].1),
            Planned::View(at) => views.push(self.views[at].1),
        }
        let told = ToldPlan { about: of, lines: &lines, numbers: &numbers, views: &views, promises: &[] };
        // children here are fourteen, and nobody chose
        let looker = Looker {
            person: viewer,
            responsible: self.holds.contains(&(viewer, of)),
            version: version(Some(14), false),
        };
        let seen = practice::plan::shown(&looker, &told);
        match what {
            Planned::Line(_) => seen.lines.last().is_some_and(Option::is_some),
            Planned::Number(_) => seen.numbers.last() == Some(&true),
            Planned::View(_) => seen.views.last() == Some(&true),
        }
    }

    fn deed_shown(viewer: PersonId, deed: &Deed) -> Option<practice::sharing::Shown> {
        if deed.newer.is_some() {
            return None;
        }
        let mut there: Vec<There> = vec![];
        for one in &deed.people {
            if one.part != Part::Present && !one.seen.is_some_and(practice::entry::Seen::was_seen) {
                continue;
            }
            there.push(There { person: one.person, alone: one.seen == Some(practice::entry::Seen::Alone) });
        }
        let told = Told {
            readers: deed.readers,
            named: &deed.named_people,
            there: &there,
            written_to: deed.written_to,
            statements: &deed.owners,
            held: &deed.held,
            private: &[],
        };
        shown(viewer, &told)
    }
}
