//! Who may see what: the pure rules, put to a family as it was made and not as the database tells it.

use super::family::Family;
use super::secret::{Asked, Comer, Deed, Met, MetPiece, Planned, Secret};
use jiff::Timestamp;
use jiff::civil::Date;
use practice::access::{
    ChildTie, EntryFacts, Link, Reader, Sight, Staff, Tie, Ties, Touched, decide, read_entry,
};
use practice::calendar::london_day;
use practice::complaint::may_look;
use practice::entrusted::{Wanted, may_read};
use practice::entry::{Part, Readers, Seen};
use practice::id::{PersonId, WorkerId};
use practice::meeting::Around;
use practice::person::AccessLevel;
use practice::plan::{Looker, Spoken, ToldLine, ToldPlan, version};
use practice::role::Role;
use practice::sharing::{Shown, There, Told, shown};
use practice::story::{Telling, ToldHow, may_be_shown};
use practice::touch::Bond;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Who reads.
#[derive(Clone, Debug)]
pub(super) enum Eye {
    Worker(Staff),
    Person(PersonId),
    /// Nobody is signed in, or it is a letter that anybody may open.
    Nobody,
}

impl Family {
    /// Whether this reader may see this.
    pub(super) fn may(&self, eye: &Eye, secret: &Secret, now: Timestamp) -> bool {
        match eye {
            Eye::Worker(staff) => self.worker_may(staff, secret, now),
            Eye::Person(person) => {
                let today = london_day(now);
                self.person_may(*person, secret)
                    || self.comers.iter().any(|one| one.comes == *person && self.through(one, secret, today))
            }
            Eye::Nobody => false,
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

    pub(super) fn opens(&self, staff: &Staff, person: PersonId, sight: Sight, now: Timestamp) -> bool {
        let ties = self.ties(staff, person, now);
        decide(&Reader::Staff(staff.clone()), self.level(person), &ties, sight, now).is_allowed()
    }

    fn worker_may(&self, staff: &Staff, secret: &Secret, now: Timestamp) -> bool {
        let opens = |person, sight| self.opens(staff, person, sight, now);
        let known = |by: &Option<PersonId>| by.is_none_or(|by| opens(by, Sight::Exists));
        let me = self.nth_worker(staff);
        match secret {
            Secret::Account(deed) | Secret::Said(deed, _) | Secret::File(deed) | Secret::HeldBack(deed) => {
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
            Secret::Touch { bond, only, .. } => {
                let bond = self.bonded[*bond];
                opens(bond.child, Sight::Open)
                    && known(&bond.other)
                    && only.is_none_or(|only| me == Some(only))
            }
            Secret::Over(of) => opens(*of, Sight::Exists),
            Secret::Met(at, piece) => {
                let guest = match piece {
                    MetPiece::Does(guest) => Some(*guest),
                    MetPiece::Said | MetPiece::Kept => None,
                };
                opens(self.met[*at].child, Sight::Open) && known(&guest)
            }
            Secret::Tie { of, other } => {
                let from = |one, other: &Option<PersonId>| opens(one, Sight::Open) && known(other);
                from(*of, other) || other.is_some_and(|other| from(other, &Some(*of)))
            }
            Secret::Complaint(by) => may_look(opens(*by, Sight::Rights), self.works_with(me, *by)),
            Secret::Contact(of)
            | Secret::Phone(of)
            | Secret::Email(of)
            | Secret::Photo(of)
            | Secret::Given { of, .. } => opens(*of, Sight::Open),
            Secret::Draft(writer) => me == Some(*writer),
            Secret::Address { of, confidential } => {
                let sight = if *confidential { Sight::ConfidentialAddress } else { Sight::Open };
                let meets = |one: &&Met| one.home == Some(*of) && opens(one.child, Sight::Open);
                opens(*of, sight)
                    || self.telling(*of).any(|deed| self.reads(staff, &self.deeds[deed], now))
                    || self.met.iter().any(|one| meets(&one))
            }
            // whoever keeps the lists of restricted records knows whose they are
            Secret::Name(of) => opens(*of, Sight::Exists) || opens(*of, Sight::ManageAccess),
        }
    }

    /// The entries in whose account a worker wrote where somebody lives: guarded like the entry, not like an address.
    fn telling(&self, of: PersonId) -> impl Iterator<Item = usize> {
        (0..self.deeds.len()).filter(move |at| self.deeds[*at].tells == Some(of))
    }

    /// Whether a worker works with somebody, or with a child for whom they hold parental responsibility.
    fn works_with(&self, me: Option<usize>, person: PersonId) -> bool {
        self.allocated
            .iter()
            .any(|one| Some(one.1) == me && (one.0 == person || self.holds.contains(&(person, one.0))))
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

    /// How far somebody's own space is open.
    fn stage_opens(&self, viewer: PersonId, path: &str) -> bool {
        self.stages.iter().filter(|one| one.0 == viewer).all(|one| one.1.opens(path))
    }

    fn findable(&self, person: PersonId) -> bool {
        self.level(person) == AccessLevel::Findable
    }

    fn person_may(&self, viewer: PersonId, secret: &Secret) -> bool {
        // what they asked, and the answer, is open from the first
        let open = |deed: &usize| self.deeds[*deed].asked.is_some() || self.stage_opens(viewer, "/my/read");
        let shown = |deed: &usize| self.deed_shown(viewer, *deed);
        let newest = |deed: &usize| self.deeds[*deed].newer.unwrap_or(*deed);
        // the voice of somebody whose record is hidden is told to nobody else of the family
        let heard = |of: PersonId, by: Option<PersonId>| {
            (of == viewer || self.findable(of))
                && by.is_none_or(|by| by == viewer || by == of || self.findable(by))
        };
        match secret {
            Secret::Account(deed) => open(deed) && shown(deed).is_some_and(|all| all.account),
            Secret::File(deed) => {
                self.stage_opens(viewer, "/my/file") && shown(deed).is_some_and(|all| all.account)
            }
            Secret::Said(deed, nth) => {
                open(deed) && shown(deed).is_some_and(|all| all.statements.get(*nth) == Some(&true))
            }
            Secret::Promised(deed, to) => {
                self.stage_opens(viewer, "/my/plan")
                    && shown(&newest(deed)).is_some_and(|all| all.account || *to == viewer && all.promised)
            }
            Secret::Disagreed(deed, by) => {
                open(deed) && shown(&newest(deed)).is_some_and(|all| all.account || *by == viewer)
            }
            Secret::Told { of, by, shared } => {
                let telling = Telling { about: *of, by: *by, how: ToldHow::ToldTo, shared: *shared };
                self.stage_opens(viewer, "/my/story") && heard(*of, *by) && may_be_shown(&telling, viewer)
            }
            Secret::Planned { of, by, what } => {
                self.stage_opens(viewer, "/my/plan") && heard(*of, *by) && self.plan_shows(viewer, *of, *what)
            }
            Secret::Touch { bond, piece, .. } => {
                let one = self.bonded[*bond];
                let bond = Bond {
                    child: one.child,
                    other: one.other,
                    child_hidden: !self.findable(one.child),
                    other_hidden: one.other.is_some_and(|other| !self.findable(other)),
                    stage: None,
                };
                practice::touch::shown(viewer, &bond, *piece)
            }
            Secret::Met(at, piece) => self.meets(viewer, *at, *piece),
            Secret::Complaint(by) => *by == viewer,
            Secret::Given { of, comes } => *of == viewer || *comes == viewer,
            Secret::Address { of, .. } | Secret::Phone(of) | Secret::Email(of) | Secret::Photo(of) => {
                *of == viewer
            }
            Secret::Name(of) => self.knows(viewer, *of),
            // that something is held back, and how it is safe to reach somebody, is for staff alone; so is how it is
            // between people, and what nobody filed yet
            Secret::HeldBack(_)
            | Secret::Contact(_)
            | Secret::Tie { .. }
            | Secret::Over(_)
            | Secret::Draft(_) => false,
        }
    }

    /// What somebody of the record is told of a day that is put down.
    fn meets(&self, viewer: PersonId, at: usize, piece: MetPiece) -> bool {
        let Met { child, people, readers, .. } = &self.met[at];
        let around =
            Around { about: *child, hidden: !self.findable(*child), readers: *readers, there: people };
        self.stage_opens(viewer, "/my/next")
            && practice::meeting::shown(viewer, &around)
            && match piece {
                MetPiece::Said => true,
                MetPiece::Does(guest) => guest == viewer || self.findable(guest),
                MetPiece::Kept => false,
            }
    }

    /// A family knows the names of its own; who comes in from outside knows, and is known to, whose space it is.
    fn knows(&self, viewer: PersonId, of: PersonId) -> bool {
        let own = |person| self.kin.iter().any(|one| one.id == person && !one.outside);
        let comes = |comes, of| self.comers.iter().any(|one| one.comes == comes && one.of == of);
        viewer == of || own(viewer) && own(of) || comes(viewer, of) || comes(of, viewer)
    }

    /// What somebody who comes in to another's space reads there.
    fn through(&self, one: &Comer, secret: &Secret, today: Date) -> bool {
        let of = one.of;
        if self.level(of) == AccessLevel::Sealed {
            return false;
        }
        let may = |wanted| may_read(&one.rule, &one.given, wanted, today);
        let thread = |deed: usize| self.deeds[deed].thread;
        let account = |deed: usize| self.deed_shown(of, deed).is_some_and(|all| all.account);
        let written = |deed: usize| {
            account(deed) && may(Wanted::Written { thread: thread(deed), private: self.private_to(of, deed) })
        };
        let question = |deed: usize| {
            let private = self.deeds[deed].readers == Readers::Named;
            may(Wanted::Question { thread: thread(deed), private })
        };
        match secret {
            Secret::Account(deed) => {
                let answer = match self.deeds[*deed].asked {
                    Some(Asked::Answer(asked)) => account(*deed) && question(asked),
                    _ => false,
                };
                written(*deed) || answer
            }
            Secret::Said(deed, nth) => {
                let own = self.deeds[*deed].owners[*nth] == Some(of);
                let shown = self.deed_shown(of, *deed);
                let asked = self.deeds[*deed].asked == Some(Asked::Question) && question(*deed);
                own && shown.is_some_and(|all| all.statements.get(*nth) == Some(&true))
                    && (written(*deed) || asked)
            }
            Secret::Disagreed(deed, by) => *by == of && written(self.deeds[*deed].newer.unwrap_or(*deed)),
            Secret::Told { of: whose, by, .. } => *whose == of && *by == Some(of) && may(Wanted::Story),
            Secret::Planned { of: whose, by, what: Planned::Line(at) } => {
                let shown = self.plan_shows(of, of, Planned::Line(*at));
                *whose == of && *by == Some(of) && shown && may(Wanted::Plan)
            }
            _ => false,
        }
    }

    /// Whether something recorded holds what is for somebody alone.
    fn private_to(&self, person: PersonId, deed: usize) -> bool {
        let deed = &self.deeds[deed];
        let alone =
            |one: &practice::recording::Participant| one.person == person && one.seen == Some(Seen::Alone);
        deed.readers == Readers::Named
            || deed.people.iter().any(alone)
            || !deed.held.is_empty()
            || !deed.private().is_empty()
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

    fn deed_shown(&self, viewer: PersonId, deed: usize) -> Option<Shown> {
        let deed: &Deed = &self.deeds[deed];
        let mut people =
            deed.people.iter().map(|one| one.person).chain(deed.owners.iter().flatten().copied());
        if deed.newer.is_some() || people.any(|one| self.level(one) == AccessLevel::Sealed) {
            return None;
        }
        let mut there: Vec<There> = vec![];
        for one in &deed.people {
            if one.part != Part::Present && !one.seen.is_some_and(Seen::was_seen) {
                continue;
            }
            there.push(There { person: one.person, alone: one.seen == Some(Seen::Alone) });
        }
        let told = Told {
            readers: deed.readers,
            named: &deed.named_people,
            there: &there,
            written_to: deed.written_to,
            statements: &deed.owners,
            held: &deed.held,
            private: &deed.private(),
        };
        shown(viewer, &told)
    }
}
