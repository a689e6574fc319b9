//! What is true of a reader today whoever they ask about: the teams they lead, and for whom they cover.

use super::store::{self, CoveredRow, TreeRow};
use crate::{Result, Who};
use db::{Conn, args};
use jiff::{Timestamp, civil::Date};
use practice::access::{Post, Reader};
use practice::id::{TeamId, WorkerId};
use practice::role::Role;
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// A team within someone's lead: its name, and the post they lead it by.
#[derive(Clone, Debug)]
pub(super) struct Led {
    pub(super) team: String,
    pub(super) post: Role,
}

pub(super) type LedTeams = HashMap<Uuid, Led>;

/// An absent colleague for whom the reader covers today.
#[derive(Clone, Debug)]
pub(super) struct Colleague {
    pub(super) id: Uuid,
    pub(super) name: String,
    pub(super) led: LedTeams,
}

/// One reader at one instant. Made once for a request and asked about any number of people.
#[derive(Clone, Debug)]
pub struct Reach {
    pub(super) reader: Reader,
    pub(super) program: bool,
    pub(super) now: Timestamp,
    pub(super) today: Date,
    pub(super) led: LedTeams,
    pub(super) covers: Vec<Colleague>,
}

impl Reach {
    /// The reach of a reader at an instant.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn of(conn: &mut Conn, who: &Who, now: Timestamp) -> Result<Self> {
        let today = now.to_zoned(crate::moment::london()).date();
        // the parts of a page ask one after another, in one snapshot
        let reach = match conn.recall::<Self>() {
            Some(kept) if (&kept.reader, kept.program, kept.today) == (&who.reader, who.program, today) => {
                Self { now, ..kept }
            }
            _ => Self::read(conn, who, now, today).await?,
        };
        conn.keep(reach.clone());
        Ok(reach)
    }

    async fn read(conn: &mut Conn, who: &Who, now: Timestamp, today: Date) -> Result<Self> {
        let mut reach = Self {
            reader: who.reader.clone(),
            program: who.program,
            now,
            today,
            led: LedTeams::new(),
            covers: vec![],
        };
        let Some(staff) = who.staff() else { return Ok(reach) };
        let rows: Vec<CoveredRow> = conn.all(store::COVERED, args![staff.worker, today]).await?;
        let colleagues = colleagues(rows);
        let someone_leads = |posts: &[Post]| posts.iter().any(|post| post.role.leads());
        if someone_leads(&staff.posts) || colleagues.iter().any(|(_, _, posts)| someone_leads(posts)) {
            let tree = Tree::read(conn, today).await?;
            reach.led = tree.led_by(&staff.posts);
            reach.covers = colleagues
                .into_iter()
                .map(|(id, name, posts)| Colleague { id, name, led: tree.led_by(&posts) })
                .collect();
        } else {
            reach.covers = colleagues
                .into_iter()
                .map(|(id, name, _)| Colleague { id, name, led: LedTeams::new() })
                .collect();
        }
        Ok(reach)
    }

    /// Whether the reader leads this team today, itself or from above, without counting cover.
    pub fn leads(&self, team: TeamId) -> bool {
        self.led.contains_key(&team.0)
    }

    /// Whether the reader leads this team today, or covers for someone who does.
    pub fn leads_or_covers(&self, team: TeamId) -> bool {
        self.leads(team) || self.covers.iter().any(|colleague| colleague.led.contains_key(&team.0))
    }

    /// Whether the reader covers today for this worker.
    pub fn covers(&self, worker: WorkerId) -> bool {
        self.covers.iter().any(|colleague| colleague.id == worker.0)
    }

    /// Whether the reader covers for anyone today.
    pub fn covers_someone(&self) -> bool {
        !self.covers.is_empty()
    }

    /// Who reads.
    pub const fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The teams the reader leads today, with those under them and those they cover, by name.
    pub fn led_teams(&self) -> Vec<(TeamId, String)> {
        let every = self.led.iter().chain(self.covers.iter().flat_map(|colleague| &colleague.led));
        let by_name: BTreeMap<(&str, Uuid), TeamId> =
            every.map(|(&id, led)| ((led.team.as_str(), id), TeamId(id))).collect();
        by_name.into_iter().map(|((name, _), id)| (id, name.to_owned())).collect()
    }

    /// The absent colleagues for whom the reader stands in today.
    pub fn covered(&self) -> Vec<WorkerId> {
        self.covers.iter().map(|colleague| colleague.id.into()).collect()
    }

    /// The London day of the request.
    pub const fn today(&self) -> Date {
        self.today
    }

    /// The instant of the request.
    pub const fn now(&self) -> Timestamp {
        self.now
    }
}

fn colleagues(rows: Vec<CoveredRow>) -> Vec<(Uuid, String, Vec<Post>)> {
    let mut found: Vec<(Uuid, String, Vec<Post>)> = vec![];
    for row in rows {
        if found.last().is_none_or(|last| last.0 != row.id) {
            found.push((row.id, row.name, vec![]));
        }
        let post = row.role.as_deref().and_then(Role::from_code).zip(row.team_id);
        if let (Some((role, team)), Some(last)) = (post, found.last_mut()) {
            last.2.push(Post { role, team: team.into() });
        }
    }
    found
}

/// The tree of teams as it stands on a day.
pub(super) struct Tree {
    names: HashMap<Uuid, String>,
    under: HashMap<Uuid, Vec<Uuid>>,
    above: HashMap<Uuid, Uuid>,
}

impl Tree {
    pub(super) async fn read(conn: &mut Conn, today: Date) -> Result<Self> {
        let rows: Vec<TreeRow> = conn.all(store::TREE, args![today]).await?;
        let mut tree = Self { names: HashMap::new(), under: HashMap::new(), above: HashMap::new() };
        for row in rows {
            if let Some(parent) = row.parent_id {
                tree.under.entry(parent).or_default().push(row.id);
                tree.above.insert(row.id, parent);
            }
            tree.names.insert(row.id, row.name);
        }
        Ok(tree)
    }

    /// The teams that someone with these posts leads: those of leading posts and all under them.
    fn led_by(&self, posts: &[Post]) -> LedTeams {
        let mut led = LedTeams::new();
        for post in posts.iter().filter(|post| post.role.leads()) {
            let mut still = vec![post.team.0];
            while let Some(team) = still.pop() {
                // a team seen before is not followed again, so that a tree tied into a ring ends
                let Some(name) = self.names.get(&team) else { continue };
                if led.contains_key(&team) {
                    continue;
                }
                led.insert(team, Led { team: name.clone(), post: post.role });
                still.extend(self.under.get(&team).into_iter().flatten());
            }
        }
        led
    }

    /// A team, then the one above it, and so on to the top.
    pub(super) fn upwards(&self, team: Uuid) -> Vec<Uuid> {
        let mut line = vec![team];
        while let Some(&above) = line.last().and_then(|last| self.above.get(last)) {
            if line.contains(&above) {
                break;
            }
            line.push(above);
        }
        line
    }
}
