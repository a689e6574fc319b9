//! The facts that tie one reader to people, read for many at once and put together as the rules want them.

use super::reach::Reach;
use super::store::{self, AT_ONCE, FEW, FactRow, LinkedRow};
use crate::Result;
use db::{Conn, DbError, Value, args};
use jiff::{Timestamp, civil::Date};
use practice::access::{
    self, AllocationKind, ChildTie, Covered, Decision, Link, Reader, Reason, Refusal, Sight, Tie, Ties,
};
use practice::episode::EpisodeKind;
use practice::id::PersonId;
use practice::person::{AccessLevel, Birth, BirthBasis, PersonKind};
use practice::relationship::RelationshipKind;
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// How one reader stands to one person: the level of the record and every tie.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The level of the person's record.
    pub level: AccessLevel,
    /// The person's chosen name. Not for a page before the decision allows it.
    pub name: String,
    /// How the reader is tied to them.
    pub ties: Ties,
}

/// How one reader stands to several people. Whoever is not in the record is not here.
pub type Standings = HashMap<PersonId, Standing>;

/// What is known of one person towards a decision.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Default)]
struct Known {
    level: Option<AccessLevel>,
    name: String,
    recorded: Option<(Uuid, Timestamp)>,
    unborn: bool,
    birth: Option<Birth>,
    allocated: Vec<Allocated>,
    had_worker: bool,
    /// Of each allocated worker, the teams they work in today.
    works_in: Vec<(Uuid, Uuid)>,
    episodes: Vec<EpisodeKind>,
    holding: Vec<Uuid>,
    listed: bool,
    glass: Vec<Timestamp>,
    conflict: bool,
}

struct Allocated {
    worker: Uuid,
    part: AllocationKind,
    team: Option<Uuid>,
}

/// What one reader's request has read of people so far: kept with its snapshot, in which none of it changes, so
/// that the parts of a page that ask about the same people read them once.
struct Learned {
    of: (Reader, Date),
    links: HashMap<Uuid, Vec<LinkedRow>>,
    known: HashMap<Uuid, Known>,
}

impl Learned {
    /// What was learned before in this snapshot for the same reader on the same day; else nothing yet.
    fn of(reach: &Reach, conn: &mut Conn) -> Self {
        let of = (reach.reader.clone(), reach.today);
        match conn.recall::<Self>() {
            Some(learned) if learned.of == of => learned,
            _ => Self { of, links: HashMap::new(), known: HashMap::new() },
        }
    }

    /// Reads what is not read yet of these people, and of whoever is linked to them.
    async fn read(&mut self, reach: &Reach, conn: &mut Conn, people: &[Uuid]) -> Result<()> {
        // to the program and to nobody no tie matters
        if reach.reader.worker().is_some() {
            let new: Vec<Uuid> =
                people.iter().copied().filter(|person| !self.links.contains_key(person)).collect();
            for link in reach.links(conn, &new).await? {
                self.links.entry(link.person_id).or_default().push(link);
            }
            for person in new {
                self.links.entry(person).or_default();
            }
        }
        let linked = people.iter().filter_map(|person| self.links.get(person)).flatten();
        let all: BTreeSet<Uuid> = people.iter().copied().chain(linked.map(|link| link.child_id)).collect();
        let new: Vec<Uuid> = all.into_iter().filter(|person| !self.known.contains_key(person)).collect();
        reach.known(conn, &new, &mut self.known).await?;
        for person in new {
            // whoever is not in the record is not asked about again
            self.known.entry(person).or_default();
        }
        Ok(())
    }
}

impl Reach {
    /// How the reader stands to each of these people.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn standings(&self, conn: &mut Conn, people: &[PersonId]) -> Result<Standings> {
        let mut asked: Vec<Uuid> = people.iter().map(|person| person.0).collect();
        asked.sort_unstable();
        asked.dedup();
        let mut learned = Learned::of(self, conn);
        learned.read(self, conn, &asked).await?;
        let mut standings = Standings::with_capacity(asked.len());
        for person in asked {
            let Some(one) = learned.known.get(&person) else { continue };
            let Some(level) = one.level else { continue };
            let links = learned.links.get(&person).map_or(&[][..], Vec::as_slice);
            let ties = Ties {
                direct: self.direct(one),
                children: self.children(links, &learned.known),
                conflict: one.conflict,
            };
            standings.insert(PersonId(person), Standing { level, name: one.name.clone(), ties });
        }
        conn.keep(learned);
        Ok(standings)
    }

    /// What the rules say to the reader about someone to whom they stand so.
    pub fn decide(&self, standing: &Standing, sight: Sight) -> Decision {
        if self.program {
            return decide_program(standing.level);
        }
        access::decide(&self.reader, standing.level, &standing.ties, sight, self.now)
    }

    async fn links(&self, conn: &mut Conn, people: &[Uuid]) -> Result<Vec<LinkedRow>> {
        let mut links = vec![];
        for some in people.chunks(AT_ONCE) {
            let mut values = args![self.today];
            values.extend(filled(some));
            let statement = if some.len() > FEW { store::LINKED } else { store::LINKED_FEW };
            links.extend(conn.all::<LinkedRow>(statement, values).await?);
        }
        Ok(links)
    }

    async fn known(&self, conn: &mut Conn, people: &[Uuid], known: &mut HashMap<Uuid, Known>) -> Result<()> {
        let reader = self.reader.worker().map(|worker| worker.0);
        for some in people.chunks(AT_ONCE) {
            let mut values = args![self.today];
            values.extend(filled(some));
            values.push(Value::Key(reader));
            let statement = if some.len() > FEW { store::FACTS } else { store::FACTS_FEW };
            for fact in conn.all::<FactRow>(statement, values).await? {
                known.entry(fact.person_id).or_default().learn(fact)?;
            }
        }
        Ok(())
    }

    /// Ties to that very person, strongest first.
    fn direct(&self, one: &Known) -> Vec<Tie> {
        let Some(worker) = self.reader.worker() else { return vec![] };
        let mut ties: Vec<Tie> = one.parts_of(worker.0).into_iter().map(Tie::Allocated).collect();
        let teams = one.teams();
        if let Some(led) = teams.iter().find_map(|team| self.led.get(team)) {
            ties.push(Tie::Leads { team: led.team.clone(), post: led.post });
        }
        for colleague in &self.covers {
            let covering = |of| Tie::Covering { colleague: colleague.name.clone(), of };
            ties.extend(one.parts_of(colleague.id).into_iter().map(Covered::Allocation).map(covering));
            if let Some(led) = teams.iter().find_map(|team| colleague.led.get(team)) {
                ties.push(covering(Covered::Lead(led.post)));
            }
        }
        if let Some((by, at)) = one.recorded
            && by == worker.0
            && !one.had_worker
        {
            ties.push(Tie::Began { at });
        }
        if one.listed {
            ties.push(Tie::Listed);
        }
        ties.extend(one.glass.iter().max().map(|&until| Tie::Glass { until }));
        ties
    }

    /// The children among those linked to someone, with the reader's ties to them; a child to whom the
    /// reader has no tie is left out.
    fn children(&self, links: &[LinkedRow], known: &HashMap<Uuid, Known>) -> Vec<ChildTie> {
        let mut seen = HashSet::new();
        let mut children = vec![];
        for link in links {
            let how = if link.link == "household" { Link::Household } else { Link::Responsibility };
            let Some(child) = known.get(&link.child_id) else { continue };
            // told of several bonds, one child is still one child
            if !seen.insert((link.child_id, how)) || !child.is_child(self.today) {
                continue;
            }
            let Some(level) = child.level else { continue };
            let direct = self.direct(child);
            if direct.is_empty() {
                continue;
            }
            children.push(ChildTie {
                child: PersonId(link.child_id),
                name: child.name.clone(),
                bond: link.bond.as_deref().and_then(RelationshipKind::from_code),
                link: how,
                level,
                direct,
                conflict: child.conflict,
            });
        }
        children
    }
}

/// The program itself is let on to all but sealed records, which are absent to it too.
pub(super) const fn decide_program(level: AccessLevel) -> Decision {
    match level {
        AccessLevel::Sealed => Decision::Refused(Refusal::Sealed),
        AccessLevel::Findable | AccessLevel::Restricted => Decision::Allowed(Reason::Program),
    }
}

/// The list filled up with its last, to the number that the statement for so many asks about.
fn filled(people: &[Uuid]) -> impl Iterator<Item = Value> {
    let last = people.last().copied();
    let most = if people.len() > FEW { AT_ONCE } else { FEW };
    people.iter().copied().map(Some).chain(std::iter::repeat(last)).take(most).map(Value::Key)
}

impl Known {
    fn learn(&mut self, fact: FactRow) -> Result<()> {
        let row = fact.person_id;
        let broken = |table, column| DbError::Broken { table, column, row: row.to_string() };
        match fact.what.as_str() {
            "person" => {
                let level = AccessLevel::from_code(&fact.code);
                self.level = Some(level.ok_or_else(|| broken("person", "access_level"))?);
                self.name = fact.words;
                self.recorded = fact.worker_id.zip(fact.instant.map(|at| at.0));
            }
            "unborn" => self.unborn = true,
            "birth" => {
                let basis =
                    BirthBasis::from_code(&fact.code).ok_or_else(|| broken("person_birth", "basis"))?;
                let on = fact.words.parse().map_err(|_| broken("person_birth", "born_on"))?;
                self.birth = Some(Birth { on, basis });
            }
            "allocated" => {
                let part =
                    AllocationKind::from_code(&fact.code).ok_or_else(|| broken("allocation", "part"))?;
                self.had_worker = true;
                if let Some(worker) = fact.worker_id {
                    self.allocated.push(Allocated { worker, part, team: fact.team_id });
                }
            }
            "was-allocated" => self.had_worker = true,
            "works-in" => self.works_in.extend(fact.worker_id.zip(fact.team_id)),
            "episode" => {
                let kind = EpisodeKind::from_code(&fact.code).ok_or_else(|| broken("episode", "kind"))?;
                self.episodes.push(kind);
                self.holding.extend(fact.team_id);
            }
            "listed" => self.listed = true,
            "glass" => self.glass.extend(fact.instant.map(|at| at.0)),
            "conflict" => self.conflict = true,
            _ => {}
        }
        Ok(())
    }

    fn is_child(&self, today: Date) -> bool {
        let kind = if self.unborn { PersonKind::Unborn } else { PersonKind::Born };
        access::counts_as_child(kind, self.birth, &self.episodes, today)
    }

    /// In what parts a worker is allocated today, strongest first.
    fn parts_of(&self, worker: Uuid) -> Vec<AllocationKind> {
        let mut parts: Vec<AllocationKind> =
            self.allocated.iter().filter(|one| one.worker == worker).map(|one| one.part).collect();
        parts.sort_unstable();
        parts.dedup();
        parts
    }

    /// The teams that work with the person today: those that hold an open episode, then those of the
    /// workers allocated. A worker of several teams counts for the one the allocation names; one who has
    /// moved since counts for where they work now.
    fn teams(&self) -> Vec<Uuid> {
        let mut teams = self.holding.clone();
        for one in &self.allocated {
            let now: Vec<Uuid> = self
                .works_in
                .iter()
                .filter(|(worker, _)| *worker == one.worker)
                .map(|(_, team)| *team)
                .collect();
            match one.team {
                Some(team) if now.is_empty() || now.contains(&team) => teams.push(team),
                Some(_) | None => teams.extend(now),
            }
        }
        teams
    }
}
