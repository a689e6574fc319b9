//! What the record holds of a person's network and this reader may know: walked outward, through open records only. Whoever the
//! reader may not learn of is not there, nor is any bond with them.

use super::actions;
use super::store::{self, BondRow, SaidRow, TOGETHER, TieRow};
use crate::access::Reach;
use crate::person::facts::word;
use crate::person::{Header, headers};
use crate::{Oops, Result, Who};
use db::{Conn, ToValue, Value, args};
use jiff::{Timestamp, civil::Date};
use practice::access::Sight;
use practice::id::PersonId;
use practice::relationship::RelationshipKind as Kind;
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// How far the picture goes from the person.
const STEPS: usize = 5;
/// How many people stand in it at most.
const MOST: usize = 120;

/// People in two dozens, as the values of a statement; the last are filled up with one of them.
pub(super) fn together(people: &[PersonId]) -> Vec<Vec<Value>> {
    let chunk = |some: &[PersonId]| {
        let fill = std::iter::repeat(&some[0]);
        some.iter().chain(fill).take(TOGETHER).map(|person| person.0.value()).collect()
    };
    people.chunks(TOGETHER).map(chunk).collect()
}

/// A bond between two people: `a` is `kind` of `b`.
#[derive(Clone, Debug)]
pub(super) struct Bond {
    pub(super) a: PersonId,
    pub(super) b: PersonId,
    pub(super) kind: Kind,
    /// How close `b` says `a` is, 0 to 5.
    pub(super) close: Option<i64>,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
}

/// What was said of somebody in a detail.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) kind: String,
    pub(super) words: String,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
}

/// Somebody in the picture.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) header: Header,
    /// Whether the reader may open their record.
    pub(super) open: bool,
    pub(super) said: Vec<Said>,
}

/// All of it, as this reader may know it.
#[derive(Clone, Debug)]
pub(super) struct Network {
    pub(super) me: PersonId,
    pub(super) people: BTreeMap<PersonId, Known>,
    pub(super) bonds: Vec<Bond>,
    pub(super) ties: Vec<TieRow>,
    /// Who lives with the person on the day, that person among them.
    pub(super) home: Vec<PersonId>,
    /// There is more than the picture holds.
    pub(super) more: bool,
}

/// Whether a bond is of family, so that the picture goes on beyond it.
pub(super) const fn is_family(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::Friend
            | Kind::Neighbour
            | Kind::Acquaintance
            | Kind::InContactWith
            | Kind::Other
            | Kind::SupportCarer
            | Kind::SupportedChild
    )
}

fn read(row: BondRow) -> Result<(Uuid, Bond)> {
    let kind = word(Kind::from_code(&row.kind), "relationship", "kind", row.pair_id)?;
    let bond = Bond {
        a: row.person_id.into(),
        b: row.other_id.into(),
        kind,
        close: row.closeness,
        from: row.from_date.map(|day| day.0),
        to: row.to_date.map(|day| day.0),
    };
    Ok((row.pair_id, bond))
}

/// Reads the network of a person. Ask for [`Sight::Open`] first.
pub(super) async fn network(
    conn: &mut Conn,
    who: &Who,
    (now, day): (Timestamp, Date),
    me: PersonId,
) -> Result<Network> {
    let reach = Reach::of(conn, who, now).await?;
    let mut open: BTreeMap<PersonId, bool> = BTreeMap::from([(me, true)]);
    let mut hidden: HashSet<PersonId> = HashSet::new();
    let mut pairs: BTreeMap<Uuid, Bond> = BTreeMap::new();
    let mut order: Vec<PersonId> = vec![me];
    let mut edge = vec![me];
    let mut more = false;
    for _ in 0..STEPS {
        let mut met: Vec<PersonId> = vec![];
        for values in together(&edge) {
            let rows: Vec<BondRow> = conn.all(store::BONDS, values).await?;
            for row in rows {
                let (pair, bond) = read(row)?;
                let goes_on = is_family(bond.kind) || bond.b == me;
                if goes_on && !hidden.contains(&bond.a) {
                    met.push(bond.a);
                    pairs.entry(pair).or_insert(bond);
                }
            }
        }
        met.retain(|it| !open.contains_key(it));
        let mut seen = HashSet::new();
        met.retain(|it| seen.insert(*it));
        let standings = reach.standings(conn, &met).await?;
        edge.clear();
        for person in met {
            let may = |sight| standings.get(&person).is_some_and(|it| reach.decide(it, sight).is_allowed());
            if !may(Sight::Exists) {
                hidden.insert(person);
                continue;
            }
            // only those whom the reader may know count: else the picture would tell of the others
            if open.len() == MOST {
                more = true;
                continue;
            }
            let opens = may(Sight::Open);
            open.insert(person, opens);
            order.push(person);
            let family = pairs.values().any(|it| it.a == person && is_family(it.kind));
            if opens && family {
                edge.push(person);
            }
        }
        if edge.is_empty() {
            break;
        }
    }
    let bonds: Vec<Bond> =
        pairs.into_values().filter(|it| open.contains_key(&it.a) && open.contains_key(&it.b)).collect();
    let home = home(conn, &reach, (me, day), &open).await?;
    let people = people(conn, &order, &open).await?;
    let opened: Vec<PersonId> = order.iter().copied().filter(|it| open[it]).collect();
    let mut ties = actions::ties(conn, &opened).await?;
    ties.retain(|row| {
        people.contains_key(&row.person_id.into())
            && row.other_id.is_none_or(|it| people.contains_key(&it.into()))
    });
    Ok(Network { me, people, bonds, ties, home, more })
}

async fn people(
    conn: &mut Conn,
    order: &[PersonId],
    open: &BTreeMap<PersonId, bool>,
) -> Result<BTreeMap<PersonId, Known>> {
    let mut people: BTreeMap<PersonId, Known> = headers(conn, order)
        .await?
        .into_iter()
        .map(|header| (header.id, Known { open: open.get(&header.id) == Some(&true), header, said: vec![] }))
        .collect();
    let opened: Vec<PersonId> = order.iter().copied().filter(|it| open.get(it) == Some(&true)).collect();
    for values in together(&opened) {
        let rows: Vec<SaidRow> = conn.all(store::SAID, values).await?;
        for row in rows {
            if let Some(known) = people.get_mut(&row.person_id.into()) {
                known.said.push(Said {
                    kind: row.kind,
                    words: row.words,
                    from: row.from_date.map(|day| day.0),
                    to: row.to_date.map(|day| day.0),
                });
            }
        }
    }
    Ok(people)
}

/// Who lives with the person. Somebody whose address is confidential to this reader is not said to live anywhere.
async fn home(
    conn: &mut Conn,
    reach: &Reach,
    (me, day): (PersonId, Date),
    open: &BTreeMap<PersonId, bool>,
) -> Result<Vec<PersonId>> {
    let rows: Vec<(Uuid,)> = conn.all(store::HOME, args![me, day]).await?;
    let mut home: Vec<PersonId> = rows.into_iter().map(|row| row.0.into()).collect();
    home.retain(|it| open.contains_key(it));
    let standings = reach.standings(conn, &home).await?;
    let mut kept: HashSet<PersonId> = HashSet::new();
    for values in together(&home) {
        let values = std::iter::once(day.value()).chain(values).collect();
        let rows: Vec<(Uuid,)> = conn.all(store::CONFIDENTIAL, values).await?;
        kept.extend(rows.into_iter().map(|row| PersonId::from(row.0)));
    }
    let may = |it: &PersonId| {
        let sight = Sight::ConfidentialAddress;
        !kept.contains(it) || standings.get(it).is_some_and(|found| reach.decide(found, sight).is_allowed())
    };
    if home.contains(&me) && !may(&me) {
        return Ok(vec![]);
    }
    home.retain(may);
    Ok(home)
}

impl Network {
    /// Somebody's own row.
    pub(super) fn index(&self) -> Result<&Known> {
        self.people.get(&self.me).ok_or(Oops::NotFound)
    }
}
