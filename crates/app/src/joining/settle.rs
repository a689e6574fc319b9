//! What the one record says where the two said it twice or differently: worked out before the two are joined, and
//! carried out with an account of it.

use super::actions::Choices;
use super::held::{Account, Before};
use super::store::{self, BondRow, EpisodeRow, ResponsibleRow, TakingPartRow};
use super::{differ, held};
use crate::person::actions::once_born;
use crate::person::facts::{self, BirthFact, Name};
use crate::{Moment, Oops, Result};
use db::{Conn, DbError, Tx, args};
use practice::entry::{Part, Seen};
use practice::episode::EpisodeKind;
use practice::id::{EpisodeId, PersonId};
use practice::joining::{
    Side, Standing, birth_stands, overlaps, says, set_aside, stays_on_list, stricter_level,
};
use practice::person::{AccessLevel, BirthBasis, NameKind, PersonKind};
use practice::relationship::RelationshipKind;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Two records while they are being joined.
pub(super) struct Two<'a> {
    pub(super) tx: &'a mut Tx,
    pub(super) moment: &'a mut Moment,
    pub(super) account: &'a mut Account,
    pub(super) kept: PersonId,
    pub(super) before: Before,
}

/// What was decided where the two differ.
#[derive(Default)]
pub(super) struct Decided {
    /// Rows that are set aside, by place.
    aside: Vec<(&'static str, Uuid)>,
    /// Names that go on as names they are also known by.
    aliases: Vec<Uuid>,
    /// Episodes that are set aside: the row, which, and which stands in its place.
    episodes: Vec<(Uuid, EpisodeId, EpisodeId)>,
    /// The responsible worker who goes on helping.
    helps: Option<Uuid>,
    level: Option<AccessLevel>,
    birth: Option<(i64, PersonKind)>,
    chosen: Json,
}

impl Decided {
    /// The choices, for the journal.
    pub(super) fn said(&self) -> &Json {
        &self.chosen
    }
}

const NAME: &str = "person_name.person_id";

/// Works out what stands, and says which choice is still to be made.
///
/// # Errors
/// [`Oops::Wrong`] with every field that is still to be answered.
pub(super) async fn decide(
    conn: &mut Conn,
    moment: &Moment,
    (kept, other): (PersonId, PersonId),
    choices: &Choices,
) -> Result<Decided> {
    let mut decided = Decided { chosen: said(choices), ..Decided::default() };
    let mut wrong = vec![];
    for done in [
        names(conn, (kept, other), choices, &mut decided).await,
        births(conn, (kept, other), choices, &mut decided).await,
        episodes(conn, (kept, other), choices, &mut decided).await,
        responsible(conn, moment, (kept, other), choices, &mut decided).await,
    ] {
        match done {
            Err(Oops::Wrong(more)) => wrong.extend(more),
            other => other?,
        }
    }
    if !wrong.is_empty() {
        return Err(Oops::Wrong(wrong));
    }
    levels(conn, moment, (kept, other), &mut decided).await?;
    said_twice(conn, (kept, other), &mut decided).await?;
    Ok(decided)
}

fn said(choices: &Choices) -> Json {
    let code = |side: Option<Side>| side.map(Side::code);
    let episodes: Vec<Json> = choices
        .episodes
        .iter()
        .map(|(kept, other, side)| json!({"kept": kept, "other": other, "stands": side.code()}))
        .collect();
    json!({"names": code(choices.names), "birth": code(choices.birth),
        "responsible": code(choices.responsible), "episodes": episodes})
}

async fn names(
    conn: &mut Conn,
    (kept, other): (PersonId, PersonId),
    choices: &Choices,
    decided: &mut Decided,
) -> Result<()> {
    let one = facts::names(conn, kept, None).await?;
    let two = facts::names(conn, other, None).await?;
    if choices.names.is_none() && differ::names(&one, &two) {
        return Err(Oops::wrong("names", "Say whose names are their names now"));
    }
    let (stand, yield_) = match choices.names {
        None | Some(Side::Kept) => (&one, &two),
        Some(Side::Other) => (&two, &one),
    };
    let same = |a: &Name, b: &Name| a.given == b.given && a.family == b.family;
    for name in yield_ {
        let twice = stand.iter().any(|it| it.kind == name.kind && it.to == name.to && same(it, name));
        let beside = |it: &Name| it.kind == name.kind && it.to.is_none() && name.kind != NameKind::Alias;
        if twice {
            decided.aside.push((NAME, name.id));
        } else if name.to.is_none() && stand.iter().any(beside) {
            decided.aliases.push(name.id);
        }
    }
    Ok(())
}

async fn births(
    conn: &mut Conn,
    (kept, other): (PersonId, PersonId),
    choices: &Choices,
    decided: &mut Decided,
) -> Result<()> {
    let one = facts::birth(conn, kept, None).await?;
    let two = facts::birth(conn, other, None).await?;
    let stands = match (&one, &two) {
        (_, None) => Side::Kept,
        (None, Some(_)) => Side::Other,
        (Some(a), Some(b)) => match (choices.birth, birth_stands(a.birth, b.birth)) {
            (Some(side), _) | (None, Some(side)) => side,
            (None, None) => {
                return Err(Oops::wrong("birth", "The two birth dates differ. Say which is right"));
            }
        },
    };
    let (stays, goes) = match stands {
        Side::Kept => (one, two),
        Side::Other => (two, one),
    };
    decided.aside.extend(goes.map(|fact| ("person_birth.person_id", fact.id)));
    decided.birth = stays.map(|fact| of_birth(&fact));
    Ok(())
}

fn of_birth(fact: &BirthFact) -> (i64, PersonKind) {
    let kind = if fact.birth.basis == BirthBasis::Expected { PersonKind::Unborn } else { PersonKind::Born };
    (i64::from(fact.birth.on.year()), kind)
}

/// The episodes of a record.
pub(super) async fn standing(conn: &mut Conn, person: PersonId, side: Side) -> Result<Vec<(Uuid, Standing)>> {
    let rows: Vec<EpisodeRow> = conn.all(store::EPISODES, args![person]).await?;
    rows.into_iter()
        .map(|row| {
            let broken = || DbError::Broken { table: "episode", column: "kind", row: row.id.to_string() };
            let kind = EpisodeKind::from_code(&row.kind).ok_or_else(broken)?;
            let (from, to) = (row.from_date.0, row.to_date.map(|day| day.0));
            Ok((row.id, Standing { side, id: row.episode_id.into(), kind, from, to }))
        })
        .collect()
}

async fn episodes(
    conn: &mut Conn,
    (kept, other): (PersonId, PersonId),
    choices: &Choices,
    decided: &mut Decided,
) -> Result<()> {
    let mut all = standing(conn, kept, Side::Kept).await?;
    all.extend(standing(conn, other, Side::Other).await?);
    let episodes: Vec<Standing> = all.iter().map(|(_, episode)| *episode).collect();
    let found = overlaps(&episodes);
    let stands: Vec<Option<Side>> = found
        .iter()
        .map(|overlap| {
            let mut chosen = choices.episodes.iter();
            chosen.find(|it| (it.0, it.1) == (overlap.kept.id, overlap.other.id)).map(|it| it.2)
        })
        .collect();
    let aside = set_aside(&found, &stands).map_err(|sentence| Oops::wrong("episodes", &sentence))?;
    decided.episodes = aside
        .into_iter()
        .filter_map(|(gone, stays)| {
            all.iter().find(|(_, episode)| episode.id == gone).map(|(row, _)| (*row, gone, stays))
        })
        .collect();
    Ok(())
}

async fn responsible(
    conn: &mut Conn,
    moment: &Moment,
    (kept, other): (PersonId, PersonId),
    choices: &Choices,
    decided: &mut Decided,
) -> Result<()> {
    let mut of = vec![];
    for person in [kept, other] {
        let rows: Vec<ResponsibleRow> = conn.all(store::RESPONSIBLE, args![person, moment.today()]).await?;
        of.push(rows.into_iter().next());
    }
    let [Some(one), Some(two)] = &of[..] else { return Ok(()) };
    if one.worker_id == two.worker_id {
        decided.aside.push(("allocation.person_id", two.id));
        return Ok(());
    }
    match choices.responsible {
        Some(Side::Kept) => decided.helps = Some(two.id),
        Some(Side::Other) => decided.helps = Some(one.id),
        None => {
            let sentence = format!("Say who is responsible from now on, {} or {}", one.name, two.name);
            return Err(Oops::wrong("responsible", &sentence));
        }
    }
    Ok(())
}

/// The stricter level holds, with its own reason; and only whoever was let into the stricter record, or into both,
/// stays on the list.
async fn levels(
    conn: &mut Conn,
    moment: &Moment,
    (kept, other): (PersonId, PersonId),
    decided: &mut Decided,
) -> Result<()> {
    let one = held::record(conn, kept).await?.ok_or(Oops::NotFound)?.itself.level;
    let two = held::record(conn, other).await?.ok_or(Oops::NotFound)?.itself.level;
    let level = stricter_level(one, two);
    decided.level = Some(level);
    let loser = if one == level { other } else { kept };
    let words: Vec<(Uuid, String)> = conn.all(store::LEVELS, args![loser]).await?;
    decided.aside.extend(words.into_iter().map(|(row, _)| ("person_level.person_id", row)));
    let mut lists: Vec<Vec<(Uuid, Uuid)>> = vec![];
    for person in [kept, other] {
        lists.push(conn.all(store::READERS, args![person, moment.today()]).await?);
    }
    let on = |list: &[(Uuid, Uuid)]| list.iter().map(|(_, worker)| *worker).collect::<BTreeSet<Uuid>>();
    for (mine, theirs, own, their) in [(&lists[0], &lists[1], one, two), (&lists[1], &lists[0], two, one)] {
        let both = on(theirs);
        let gone = mine.iter().filter(|(_, worker)| !stays_on_list(own, their, both.contains(worker)));
        decided.aside.extend(gone.map(|(row, _)| ("named_reader.person_id", *row)));
    }
    Ok(())
}

/// What both records say in the same way need be said once.
async fn said_twice(
    conn: &mut Conn,
    (kept, other): (PersonId, PersonId),
    decided: &mut Decided,
) -> Result<()> {
    let one = facts::identifiers(conn, kept, None).await?;
    for number in facts::identifiers(conn, other, None).await? {
        let same = |it: &&facts::Identifier| {
            it.kind == number.kind && it.number.eq_ignore_ascii_case(&number.number)
        };
        if one.iter().any(|it| same(&it)) {
            decided.aside.push(("person_identifier.person_id", number.id));
        }
    }
    let homes: Vec<(Uuid, Uuid)> = conn.all(store::HOMES, args![kept]).await?;
    for (row, house) in conn.all::<(Uuid, Uuid)>(store::HOMES, args![other]).await? {
        if homes.iter().any(|(_, lives)| *lives == house) {
            decided.aside.push(("household_member.person_id", row));
        }
    }
    let bonds: Vec<BondRow> = conn.all(store::BONDS, args![kept]).await?;
    let facts = |it: &BondRow| {
        (it.other_id, it.kind.clone(), it.parental_responsibility, it.mirrored, it.from_date, it.to_date)
    };
    for bond in conn.all::<BondRow>(store::BONDS, args![other]).await? {
        if bonds.iter().any(|it| facts(it) == facts(&bond)) {
            decided.aside.push(("relationship.person_id", bond.id));
            decided.aside.push(("relationship.other_id", bond.mirror));
        }
    }
    let parts: Vec<TakingPartRow> = conn.all(store::TAKING_PART, args![kept]).await?;
    for two in conn.all::<TakingPartRow>(store::TAKING_PART, args![other]).await? {
        if let Some(one) = parts.iter().find(|it| it.entry_id == two.entry_id) {
            let weaker = if strength(&two)? > strength(one)? { one.id } else { two.id };
            decided.aside.push(("participant.person_id", weaker));
        }
    }
    Ok(())
}

fn strength(row: &TakingPartRow) -> Result<(bool, u8)> {
    let broken = || DbError::Broken { table: "participant", column: "part", row: row.id.to_string() };
    let part = Part::from_code(&row.part).ok_or_else(broken)?;
    Ok(says(part, row.seen.as_deref().and_then(Seen::from_code)))
}

/// Carries out what was decided, with an account of it.
pub(super) async fn settle(two: &mut Two<'_>, decided: &Decided) -> Result<()> {
    for &(place, row) in &decided.aside {
        two.account.set_aside(two.tx, two.moment, place, row).await?;
    }
    for &name in &decided.aliases {
        let id = two.write((NAME, name)).await?;
        two.tx.run(store::ALIAS, args![id, two.moment.now()]).await?;
        two.account.set_aside(two.tx, two.moment, NAME, name).await?;
    }
    for &(row, gone, stays) in &decided.episodes {
        two.account.set_aside(two.tx, two.moment, "episode.person_id", row).await?;
        two.carry("step.person_id", (store::STEPS_OF, store::STEP_FOR), (gone, stays)).await?;
        let texts = (store::CIRCUMSTANCES_OF, store::CIRCUMSTANCE_FOR);
        two.carry("circumstance.person_id", texts, (gone, stays)).await?;
    }
    if let Some(row) = decided.helps {
        two.helps(row).await?;
    }
    two.born(decided).await?;
    let itself = two.before.kept;
    let level = decided.level.unwrap_or(itself.level);
    let other = two.before.other;
    let born = [itself.kind, other.kind].contains(&PersonKind::Born);
    let kind = decided.birth.map_or(if born { PersonKind::Born } else { PersonKind::Unborn }, |it| it.1);
    let year = decided.birth.map(|it| it.0).or(itself.birth_year).or(other.birth_year);
    two.tx.run(store::SELF, args![two.kept, level.code(), kind.code(), year]).await?;
    Ok(())
}

impl Two<'_> {
    /// Where one record was of the child before birth and the other is of the same child since: whoever was the parent
    /// of an unborn child is the parent of this one.
    async fn born(&mut self, decided: &Decided) -> Result<()> {
        if decided.birth.is_none_or(|(_, kind)| kind == PersonKind::Unborn) {
            return Ok(());
        }
        let bonds: Vec<BondRow> = self.tx.all(store::BONDS, args![self.kept]).await?;
        let kind = |bond: &BondRow| RelationshipKind::from_code(&bond.kind);
        for bond in &bonds {
            let Some(theirs) = kind(bond).and_then(|was| once_born(was.inverse())) else { continue };
            let is = theirs.inverse();
            let said = bonds.iter().any(|it| it.other_id == bond.other_id && kind(it) == Some(is));
            let rows = [
                ("relationship.person_id", bond.id, is),
                ("relationship.other_id", bond.mirror, is.inverse()),
            ];
            for (place, row, is) in rows {
                if !said {
                    let id = self.write((place, row)).await?;
                    self.tx.run(store::BORN_BOND, args![id, is.code(), self.moment.now()]).await?;
                }
                self.account.set_aside(self.tx, self.moment, place, row).await?;
            }
        }
        Ok(())
    }

    async fn write(&mut self, row: (&str, Uuid)) -> Result<Uuid> {
        self.account.written(self.tx, self.moment, row, self.kept).await
    }

    /// What hangs on an episode that is set aside counts for the one that stands.
    async fn carry(
        &mut self,
        place: &'static str,
        (of, put): (&'static str, &'static str),
        (gone, stays): (EpisodeId, EpisodeId),
    ) -> Result<()> {
        let rows: Vec<(Uuid,)> = self.tx.all(of, args![gone]).await?;
        for (row,) in rows {
            let id = self.write((place, row)).await?;
            self.tx.run(put, args![id, stays, self.moment.now()]).await?;
            self.account.set_aside(self.tx, self.moment, place, row).await?;
        }
        Ok(())
    }

    /// A responsible worker who gives way was responsible until today and helps from today on.
    async fn helps(&mut self, row: Uuid) -> Result<()> {
        const PLACE: &str = "allocation.person_id";
        let (today, now) = (self.moment.today(), self.moment.now());
        let why = "Two records of one person were joined";
        let until = self.write((PLACE, row)).await?;
        self.tx.run(store::ENDS_TODAY, args![until, today, why, now]).await?;
        let helping = self.write((PLACE, row)).await?;
        self.tx.run(store::HELPS, args![helping, today, why, now]).await?;
        self.account.set_aside(self.tx, self.moment, PLACE, row).await
    }
}
