//! Days that are put down with an invented family: where, why, who will be there and what they do, and why nobody is told yet.

use super::chance::Chance;
use super::family::Family;
use super::secret::{Met, MetPiece, Secret};
use app::meeting::{Arrange, CallOff, There, arrange, call_off};
use app::told::By;
use jiff::ToSpan;
use practice::id::PersonId;
use practice::meeting::{CanDo, MeetingKind, MeetingReaders, MeetingWay};
use testkit::TestApp;

impl Family {
    /// Some days are put down with the children; one is called off.
    pub(super) async fn meetings(&mut self, t: &TestApp, chance: &mut Chance) {
        for child in self.children() {
            for _ in 0..chance.below(3) {
                self.meeting(t, chance, child).await;
            }
        }
    }

    /// Those of the family who will be there, each with what they do; and a worker.
    fn guests(&mut self, chance: &mut Chance, (at, child): (usize, PersonId)) -> (Vec<PersonId>, Vec<There>) {
        let (mut people, mut there) = (vec![], vec![]);
        for _ in 0..2 {
            let guest = self.anybody(chance);
            if guest == child || people.contains(&guest) {
                continue;
            }
            people.push(guest);
            let does = self.sentence(chance, Secret::Met(at, MetPiece::Does(guest)));
            there.push(There { who: By::Person(guest), does: Some(does) });
        }
        let worker = self.workers[chance.below(2)].id;
        there.push(There { who: By::Worker(worker), does: None });
        (people, there)
    }

    async fn meeting(&mut self, t: &TestApp, chance: &mut Chance, child: PersonId) {
        let (who, at, before) = (self.workers[0].who.clone(), self.met.len(), self.secrets.clone());
        let (people, there) = self.guests(chance, (at, child));
        let readers = MeetingReaders::ALL[chance.below(MeetingReaders::ALL.len())];
        let home = self.a_home(chance).filter(|_| chance.in_ten(4));
        let place = match &home {
            Some((_, lines)) => lines.clone(),
            None => self.sentence(chance, Secret::Met(at, MetPiece::Said)),
        };
        let kept = (readers == MeetingReaders::Nobody)
            .then(|| self.sentence(chance, Secret::Met(at, MetPiece::Kept)));
        let wanted = Arrange {
            person: child,
            of: None,
            kind: MeetingKind::ALL[chance.below(MeetingKind::ALL.len())],
            on: t.moment().today() + i64::try_from(chance.below(6)).unwrap().days(),
            at: None,
            way: MeetingWay::InPerson,
            place: Some(place),
            why: self.sentence(chance, Secret::Met(at, MetPiece::Said)),
            can: vec![CanDo::Come],
            there,
            readers,
            readers_why: kept,
            changed_why: None,
        };
        let Some(meeting) = act!(t, who, tx, moment, arrange(&mut tx, &who, &mut moment, wanted)) else {
            self.secrets = before;
            return;
        };
        self.met.push(Met { child, people, readers, home: home.map(|one| one.0) });
        if chance.in_ten(2) {
            let why = self.sentence(chance, Secret::Met(at, MetPiece::Said));
            let off = CallOff { person: child, of: (meeting, meeting), why };
            act!(t, who, tx, moment, call_off(&mut tx, &who, &mut moment, off)).expect("called off");
        }
    }
}
