//! Somebody of an invented family asks for their record: it is collected, what is proposed to be left out is left out, a second
//! data officer agrees, and it is given. What may stand in it is said here by hand: everything about them, and nothing
//! that another said, or that is kept from them day by day.

use super::chance::Chance;
use super::family::Family;
use super::secret::{MetPiece, Secret};
use app::rights::asking::{Receive, collect, receive, second_look, send, settle};
use db::args;
use jiff::Timestamp;
use practice::access::{Sight, Staff};
use practice::disclosure::Asker;
use practice::entry::Readers;
use practice::id::PersonId;
use practice::person::AccessLevel;
use practice::sharing::What;
use testkit::{TestApp, Worker};
use uuid::Uuid;

const PROPOSED: &str =
    "SELECT id FROM left_out WHERE request_id = $1 AND superseded_at IS NULL AND decided_by IS NULL";
/// Pages on which whoever answers for somebody's rights reads their whole record.
const COLLECTED: &str = "/person/{id}/rights/{request}";

/// What of a request a page shows.
pub(super) enum Page {
    /// All that was collected.
    Collected(PersonId),
    /// What they get.
    Given(PersonId),
}

impl Page {
    /// What an address shows, where it is of a request.
    pub(super) fn of(template: &str, path: &str) -> Option<Self> {
        let rest = template.strip_prefix(COLLECTED)?;
        let person = path.split('/').nth(2)?.parse().ok()?;
        let given = rest == "/preview" || rest == "/out";
        Some(if given { Self::Given(person) } else { Self::Collected(person) })
    }
}

impl Family {
    /// Somebody of the family asks for their record, and has it.
    pub(super) async fn request(&mut self, t: &TestApp, chance: &mut Chance, [one, another]: [&Worker; 2]) {
        // whoever answers for rights does so for records that may be found
        let findable = self.kin.iter().filter(|one| !one.outside && one.level == AccessLevel::Findable);
        let findable: Vec<PersonId> = findable.map(|one| one.id).collect();
        if findable.is_empty() {
            return;
        }
        let person = findable[chance.below(findable.len())];
        let on = Some(t.moment().today());
        let command = Receive { by: Some(Asker::Themselves), on, known: true, ..Receive::default() };
        let who = &one.who;
        let asked = act!(t, who, tx, moment, receive(&mut tx, who, &mut moment, (person, command)));
        let Some(id) = asked else { return };
        let which = (person, id);
        act!(t, who, tx, moment, collect(&mut tx, who, &mut moment, which)).expect("it is collected");
        let spans: Vec<(Uuid,)> = t.app.db.read().await.unwrap().all(PROPOSED, args![id]).await.unwrap();
        for (span,) in spans {
            act!(t, who, tx, moment, settle(&mut tx, who, &mut moment, (which, span, true)))
                .expect("decided");
        }
        act!(t, who, tx, moment, send(&mut tx, who, &mut moment, which)).expect("it is sent");
        let who = &another.who;
        act!(t, who, tx, moment, second_look(&mut tx, who, &mut moment, (which, true, ""))).expect("agreed");
    }

    /// Whether this stands on a page of a request.
    pub(super) fn may_on(&self, staff: &Staff, page: &Page, secret: &Secret, now: Timestamp) -> bool {
        let (Page::Collected(person) | Page::Given(person)) = page;
        if !self.kin.iter().any(|one| one.id == *person) || !self.opens(staff, *person, Sight::Rights, now) {
            return false;
        }
        match page {
            Page::Collected(_) => collected(*person, secret),
            Page::Given(_) => self.given(*person, secret),
        }
    }

    fn touches(&self, person: PersonId, deed: usize) -> bool {
        let deed = &self.deeds[deed];
        deed.people.iter().any(|one| one.person == person) || deed.owners.contains(&Some(person))
    }

    /// Whether all of an entry is theirs: none of its wordings is kept to staff, held back from them, or marked as somebody
    /// else's private matter.
    fn whole(&self, person: PersonId, deed: usize) -> bool {
        let thread = self.deeds[deed].thread;
        let all = |what: What| matches!(what, What::All | What::Account);
        let mut versions = self.deeds.iter().filter(|one| one.thread == thread);
        self.touches(person, deed)
            && versions.all(|one| {
                one.readers != Readers::Staff
                    && !one
                        .held
                        .iter()
                        .any(|held| all(held.what) && held.from.is_none_or(|from| from == person))
                    && !one.private.iter().any(|it| all(it.what) && !it.theirs.contains(&person))
            })
    }

    /// What somebody gets of their record.
    fn given(&self, person: PersonId, secret: &Secret) -> bool {
        match secret {
            Secret::Account(deed) | Secret::File(deed) => self.whole(person, *deed),
            Secret::Said(deed, nth) => {
                // what a worker said there is part of what happened
                let owner = self.deeds[*deed].owners[*nth];
                self.touches(person, *deed) && owner.is_none_or(|owner| owner == person)
            }
            Secret::Promised(deed, of) => {
                // what was promised goes on to the version that corrects it
                let newer = self.deeds[*deed].newer;
                *of == person || std::iter::once(*deed).chain(newer).any(|deed| self.touches(person, deed))
            }
            Secret::Disagreed(_, by) | Secret::Complaint(by) | Secret::Contact(by) | Secret::Over(by) => {
                *by == person
            }
            Secret::Told { of, by, shared } => *by == Some(person) || *of == person && *shared,
            Secret::Planned { by, .. } => *by == Some(person),
            Secret::Touch { bond, .. } => self.bonded[*bond].child == person,
            Secret::Met(at, MetPiece::Said) => self.met[*at].child == person,
            Secret::Met(_, MetPiece::Does(guest)) => *guest == person,
            Secret::Tie { of, other } => *of == person || *other == Some(person),
            Secret::Given { of, comes } => *of == person || *comes == person,
            Secret::Address { of, .. } | Secret::Phone(of) | Secret::Email(of) | Secret::Photo(of) => {
                *of == person
            }
            Secret::Name(_) => true,
            Secret::HeldBack(_) | Secret::Draft(_) | Secret::Met(_, MetPiece::Kept) => false,
        }
    }
}

/// Whether this is collected of somebody: all but the council's own work on the record, and what is another's alone.
fn collected(person: PersonId, secret: &Secret) -> bool {
    match secret {
        Secret::HeldBack(_) | Secret::Draft(_) => false,
        Secret::Complaint(of) | Secret::Contact(of) => *of == person,
        _ => true,
    }
}
