//! Random sequences of joining, parting and everyday work over a handful of people: nothing is ever lost, and
//! parting puts everything back where it was.

use super::{difference, everything, joined_by, parted, program, whole};
use crate::entry::{about, visit};
use crate::person::{act, add};
use app::allocation::{Allocate, allocate};
use app::entry::{Recording, record};
use app::episode::{EndEpisode, OpenEpisode, end_episode, episodes, open_episode};
use app::joining::{Choices, asked, differences, joining, joinings};
use app::person::actions::{
    AddPerson, Bond, CorrectName, NamePerson, NewBirth, NewDetail, NewName, RecordBirth, RecordDetail,
    Relate, correct_name, name_person, record_birth, record_detail, relate,
};
use app::rooms::ROOMS;
use app::{Oops, Result};
use db::{At, args};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use practice::access::AllocationKind;
use practice::entry::Seen;
use practice::episode::EpisodeKind;
use practice::id::{EntryId, JoiningId, PersonId};
use practice::joining::{Answer, Question, Side};
use practice::person::{BirthBasis, DetailKind, NameKind};
use practice::recording::{Correction, NewPromise, NewStatement, Someone};
use practice::relationship::RelationshipKind;
use practice::role::Role;
use std::collections::{BTreeMap, BTreeSet};
use testkit::{TestApp, Worker, both};
use uuid::Uuid;

/// Sequences on each engine; each of this many steps.
const SEQUENCES: u64 = 10;
const STEPS: usize = 30;

/// Small, and the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len())]
    }

    fn side(&mut self) -> Side {
        self.of(&[Side::Kept, Side::Other])
    }
}

/// What a record holds: place, row, and when it was superseded.
type Holding = BTreeMap<(String, Uuid), Option<Timestamp>>;

async fn holding(t: &TestApp, person: PersonId) -> Holding {
    let mut conn = t.app.db.read().await.unwrap();
    let mut all = Holding::new();
    for place in ROOMS.iter().flat_map(|room| room.appears_in()) {
        let Some(rows) = place.rows else { continue };
        let found: Vec<(Uuid, Uuid, Option<At>, Option<At>)> =
            conn.all(rows.all, args![person]).await.unwrap();
        all.extend(found.into_iter().map(|row| ((place.name(), row.0), row.3.map(|at| at.0))));
    }
    all
}

/// Everything there is, by table and id alone.
async fn rows(t: &TestApp) -> BTreeSet<String> {
    let kept = |table: &str| !["clock", "name_posting", "likely_pair"].contains(&table);
    let all = everything(t, &[]).await;
    let first = |row: &String| row.split(')').next().unwrap().to_owned();
    all.iter()
        .filter(|(table, _)| kept(table))
        .flat_map(|(table, rows)| rows.iter().map(move |row| format!("{table} {}", first(row))))
        .collect()
}

/// What both records held just before they were joined, everything there was, and the work done until then.
type Before = (Holding, Holding, BTreeMap<String, BTreeSet<String>>, usize);

struct Town {
    people: Vec<PersonId>,
    merged: BTreeSet<PersonId>,
    /// Who was given a council id.
    numbered: BTreeSet<PersonId>,
    workers: Vec<Worker>,
    entries: Vec<(EntryId, Vec<PersonId>)>,
    before: BTreeMap<JoiningId, Before>,
    worked: usize,
    said: usize,
}

impl Town {
    async fn new(t: &TestApp) -> Self {
        let team = t.team("Hillside", None).await;
        t.worker("Mary Manager", Role::TeamManager, team).await;
        let workers = vec![
            t.worker("Nadia Farrow", Role::SocialWorker, team).await,
            t.worker("Owen Pike", Role::SocialWorker, team).await,
        ];
        let (mut people, mut numbered) = (vec![], BTreeSet::new());
        for (given, day) in [("Josie", 4), ("Josephine", 4), ("Jo", 5), ("Theo", 9), ("Mum", 1)] {
            let mut command = AddPerson::named(given, "Hart");
            let year = if given == "Mum" { 1990 } else { 2017 };
            command.birth = Some(NewBirth { on: date(year, 3, day), basis: BirthBasis::Exact, note: None });
            let added = add(t, command).await.unwrap();
            people.push(added.person);
            if !crate::person::seen(t, added.person).await.identifiers.is_empty() {
                numbered.insert(added.person);
            }
            t.pass(SignedDuration::from_mins(1));
        }
        let (merged, entries, before) = (BTreeSet::new(), vec![], BTreeMap::new());
        Self { people, merged, numbered, workers, entries, before, worked: 0, said: 0 }
    }

    fn living(&self) -> Vec<PersonId> {
        self.people.iter().copied().filter(|person| !self.merged.contains(person)).collect()
    }

    async fn step(&mut self, t: &TestApp, dice: &mut Dice) {
        t.pass(SignedDuration::from_mins(1));
        match dice.roll(10) {
            0 | 1 => self.join(t, dice).await,
            2 => self.part(t, dice).await,
            _ => self.work(t, dice).await,
        }
    }

    async fn join(&mut self, t: &TestApp, dice: &mut Dice) {
        let living = self.living();
        let (kept, other) = (dice.of(&living), dice.of(&living));
        let before = (holding(t, kept).await, holding(t, other).await, whole(t).await, self.worked);
        let today = t.moment().today();
        let found = {
            let mut conn = t.app.db.read().await.unwrap();
            differences(&mut conn, today, (kept, other)).await.unwrap()
        };
        let side = dice.side();
        let choices = Choices {
            names: Some(dice.side()),
            birth: Some(dice.side()),
            responsible: Some(dice.side()),
            episodes: found.episodes.iter().map(|it| (it.kept.id, it.other.id, side)).collect(),
        };
        match joined_by(t, &program(), (kept, other), choices).await {
            Ok(joining) => {
                self.merged.insert(other);
                self.before.insert(joining, before);
            }
            Err(Oops::Refused(_)) => assert_eq!(difference(&before.2, &whole(t).await), ""),
            Err(oops) => panic!("{oops}"),
        }
    }

    fn answers(dice: &mut Dice, asked: &[Question]) -> BTreeMap<Uuid, Answer> {
        let one = |dice: &mut Dice, question: &Question| {
            let must: Vec<Side> = question.must.iter().copied().collect();
            match (&must[..], question.both && dice.roll(3) == 0) {
                ([_, _], _) | (_, true) => Answer::Both,
                ([side], false) => Answer::One(*side),
                (_, false) => Answer::One(dice.side()),
            }
        };
        asked.iter().map(|question| (question.key, one(dice, question))).collect()
    }

    async fn part(&mut self, t: &TestApp, dice: &mut Dice) {
        let standing: Vec<JoiningId> = self.before.keys().copied().collect();
        if standing.is_empty() {
            return;
        }
        let id = dice.of(&standing);
        let (found, asked) = {
            let mut conn = t.app.db.read().await.unwrap();
            let found = joining(&mut conn, id).await.unwrap();
            let asked = asked(&mut conn, &found).await.unwrap();
            (found, asked)
        };
        let whole_before = whole(t).await;
        let joined = holding(t, found.kept).await;
        let answers = Self::answers(dice, &asked);
        match parted(t, id, answers.clone()).await {
            Ok(()) => {
                self.said += asked.len();
                self.merged.remove(&found.other);
                let (kept, other, whole_then, worked) = self.before.remove(&id).unwrap();
                if worked == self.worked {
                    assert_eq!(difference(&whole_then, &whole(t).await), "", "exactly as it was");
                }
                is_back(t, found.kept, &kept, &joined, found.at).await;
                is_back(t, found.other, &other, &joined, found.at).await;
                self.went_where_said(t, &asked, &answers, (found.kept, found.other)).await;
            }
            Err(Oops::Refused(_)) => assert_eq!(difference(&whole_before, &whole(t).await), ""),
            Err(oops) => panic!("{oops}"),
        }
    }

    /// Everything that was asked about lies where the answer says.
    async fn went_where_said(
        &self,
        t: &TestApp,
        asked: &[Question],
        answers: &BTreeMap<Uuid, Answer>,
        (kept, other): (PersonId, PersonId),
    ) {
        let (kept, other) = (holding(t, kept).await, holding(t, other).await);
        for question in asked {
            for row in &question.rows {
                match answers[&question.key] {
                    Answer::One(Side::Kept) => assert!(kept.contains_key(row), "{row:?}"),
                    Answer::One(Side::Other) => assert!(other.contains_key(row), "{row:?}"),
                    Answer::Both => assert!(kept.contains_key(row) || other.contains_key(row), "{row:?}"),
                }
            }
        }
    }

    async fn work(&mut self, t: &TestApp, dice: &mut Dice) {
        let living = self.living();
        let person = dice.of(&living);
        let done = match dice.roll(9) {
            0 => self.name(t, person).await,
            1 => correct(t, dice, person).await,
            2 => detail(t, dice, person).await,
            3 => bond(t, person, dice.of(&living)).await,
            4 => self.visit(t, dice, None).await,
            5 => self.visit_again(t, dice).await,
            6 => episode(t, dice, person).await,
            7 => self.allocate(t, dice, person).await,
            _ => birth(t, dice, person).await,
        };
        match done {
            Ok(()) => self.worked += 1,
            Err(Oops::Refused(_) | Oops::Wrong(_)) => {}
            Err(oops) => panic!("{oops}"),
        }
    }

    async fn name(&self, t: &TestApp, person: PersonId) -> Result<()> {
        let name = NewName::new(NameKind::Alias, &format!("J{}", "o".repeat(self.worked % 20)), "Hart");
        let who = program();
        act(t, async |tx, moment| name_person(tx, &who, moment, NamePerson { person, name }).await).await?;
        Ok(())
    }

    async fn visit(&mut self, t: &TestApp, dice: &mut Dice, again: Option<EntryId>) -> Result<()> {
        let living = self.living();
        let (one, two) = (dice.of(&living), dice.of(&living));
        let mut people = vec![one, two];
        people.dedup();
        self.file(t, people, again).await
    }

    async fn file(&mut self, t: &TestApp, people: Vec<PersonId>, again: Option<EntryId>) -> Result<()> {
        let seen = people.iter().map(|person| about(*person, Some(Seen::Alone))).collect();
        let mut entry = visit(seen, "We talked.");
        entry.workers = vec![self.workers[0].id];
        entry.corrects =
            again.map(|supersedes| Correction { supersedes, why: "A slip of the pen".to_owned() });
        entry.statements.push(NewStatement {
            owner: Someone::Person(people[0]),
            form: practice::entry::StatementForm::Said,
            words: "I like it here".to_owned(),
            original_language: None,
        });
        if again.is_none() {
            entry.promises.push(NewPromise {
                what: "Ask about the phone".to_owned(),
                by: Someone::Worker(self.workers[0].id),
                about: people[0],
                due_on: None,
            });
        }
        let who = program();
        let recording = Recording::of(entry);
        let id = act(t, async |tx, moment| record(tx, &who, moment, &recording).await).await?;
        self.entries.retain(|(entry, _)| Some(*entry) != again);
        self.entries.push((id, people));
        Ok(())
    }

    /// Corrects a visit, about the living records of those it was about.
    async fn visit_again(&mut self, t: &TestApp, dice: &mut Dice) -> Result<()> {
        if self.entries.is_empty() {
            return Ok(());
        }
        let at = dice.roll(self.entries.len());
        let id = self.entries[at].0;
        let people: Vec<(Uuid,)> = {
            let mut conn = t.app.db.read().await.unwrap();
            let sql = "SELECT DISTINCT person_id FROM participant WHERE entry_id = $1 AND part = 'about' AND superseded_at IS NULL";
            conn.all(sql, args![id]).await.unwrap()
        };
        let people: Vec<PersonId> = people.into_iter().map(|row| row.0.into()).collect();
        self.file(t, people, Some(id)).await
    }

    async fn allocate(&self, t: &TestApp, dice: &mut Dice, person: PersonId) -> Result<()> {
        let who = program();
        let worker = self.workers[dice.roll(2)].id;
        let from = t.moment().today();
        let part = AllocationKind::Responsible;
        let command = Allocate { person, worker, part, from, to: None, reason: None };
        act(t, async |tx, moment| allocate(tx, &who, moment, command).await).await?;
        Ok(())
    }
}

async fn correct(t: &TestApp, dice: &mut Dice, person: PersonId) -> Result<()> {
    let names = crate::person::seen(t, person).await.names;
    let ids: Vec<Uuid> = names.iter().map(|name| name.id).collect();
    let name = dice.of(&ids);
    let put = NewName::new(NameKind::Legal, &format!("Jos{}", dice.roll(9)), "Harte");
    let who = program();
    act(t, async |tx, moment| correct_name(tx, &who, moment, CorrectName { person, name, put }).await)
        .await?;
    Ok(())
}

async fn detail(t: &TestApp, dice: &mut Dice, person: PersonId) -> Result<()> {
    let detail = NewDetail::new(DetailKind::School, &format!("School {}", dice.roll(50)));
    let who = program();
    let command = RecordDetail { person, detail, seen: None };
    act(t, async |tx, moment| record_detail(tx, &who, moment, command).await).await?;
    Ok(())
}

async fn bond(t: &TestApp, person: PersonId, other: PersonId) -> Result<()> {
    let who = program();
    let command = Relate { person, other, bond: Bond::of(RelationshipKind::Friend) };
    act(t, async |tx, moment| relate(tx, &who, moment, command).await).await?;
    Ok(())
}

async fn episode(t: &TestApp, dice: &mut Dice, person: PersonId) -> Result<()> {
    let who = program();
    let today: Date = t.moment().today();
    let open = {
        let mut conn = t.app.db.read().await.unwrap();
        episodes(&mut conn, person).await.unwrap().into_iter().find(|it| it.to.is_none())
    };
    if let Some(open) = open
        && dice.roll(2) == 0
    {
        let end = EndEpisode { episode: open.id, on: today, reason: "RC1".to_owned() };
        return act(t, async |tx, moment| end_episode(tx, &who, moment, end).await).await;
    }
    let (from, to) = (today.yesterday().unwrap(), None);
    let kind = dice.of(&[EpisodeKind::ChildInNeed, EpisodeKind::FamilyHelp]);
    let command = OpenEpisode {
        person,
        kind,
        team: None,
        from,
        to,
        end_reason: None,
        last_seen: None,
        last_review: None,
        source_key: None,
        why: None,
    };
    act(t, async |tx, moment| open_episode(tx, &who, moment, command).await).await?;
    Ok(())
}

async fn birth(t: &TestApp, dice: &mut Dice, person: PersonId) -> Result<()> {
    let day = i8::try_from(dice.roll(27)).unwrap() + 1;
    let birth = NewBirth { on: date(2017, 3, day), basis: BirthBasis::Exact, note: None };
    let who = program();
    let command = RecordBirth { person, birth, seen: None };
    act(t, async |tx, moment| record_birth(tx, &who, moment, command).await).await
}

/// Everything a record held when it was joined is there again. What changed in between is so because its newer
/// version is there too.
async fn is_back(t: &TestApp, person: PersonId, then: &Holding, joined: &Holding, at: Timestamp) {
    let now = holding(t, person).await;
    let mut conn = t.app.db.read().await.unwrap();
    for (row, over) in then {
        let back = now.get(row).unwrap_or_else(|| panic!("{row:?} is lost to {person}"));
        if back == over {
            continue;
        }
        let changed = joined.get(row).copied().flatten().filter(|over| *over > at);
        let changed = changed.or(*back).unwrap_or_else(|| panic!("{row:?} lives though it was superseded"));
        let place = ROOMS.iter().flat_map(|room| room.appears_in()).find(|it| it.name() == row.0).unwrap();
        let all: Vec<(Uuid, Uuid, Option<At>, Option<At>)> =
            conn.all(place.rows.unwrap().all, args![person]).await.unwrap();
        let newer =
            all.iter().any(|it| it.0 != row.1 && it.2.is_some_and(|known| known.0 >= changed.min(at)));
        assert!(newer, "{row:?} was superseded and nothing stands in its place");
    }
}

/// No row names a record that was joined with another.
async fn nobody_is_left_behind(t: &TestApp, town: &Town) {
    for person in &town.merged {
        let left = holding(t, *person).await;
        assert!(left.is_empty(), "left with a joined record: {left:?}");
    }
}

/// Each person has one birth at most, and each living record an own council id.
async fn nobody_has_two_births(t: &TestApp, town: &Town) {
    let mut conn = t.app.db.read().await.unwrap();
    for person in town.living() {
        let births = "SELECT CAST(count(*) AS bigint) FROM person_birth WHERE person_id = $1 AND superseded_at IS NULL";
        assert!(conn.number(births, args![person]).await.unwrap() <= 1);
        let ids = "SELECT CAST(count(*) AS bigint) FROM person_identifier WHERE person_id = $1 AND kind = 'council-id' AND superseded_at IS NULL";
        assert!(conn.number(ids, args![person]).await.unwrap() >= i64::from(town.numbered.contains(&person)));
    }
}

#[tokio::test]
async fn whatever_is_joined_recorded_and_parted_nothing_is_lost_and_everything_goes_back() {
    both(|t| async move {
        let (mut joined, mut said) = (0, 0);
        for seed in 1..=SEQUENCES {
            let t = t.beside().await;
            let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
            let mut town = Town::new(&t).await;
            let mut seen = rows(&t).await;
            for step in 0..STEPS {
                town.step(&t, &mut dice).await;
                let now = rows(&t).await;
                let lost: Vec<&String> = seen.difference(&now).collect();
                assert!(lost.is_empty(), "sequence {seed}, step {step}: lost {lost:?}");
                seen = now;
                nobody_is_left_behind(&t, &town).await;
                nobody_has_two_births(&t, &town).await;
            }
            // in the end everything that was joined is parted again, the last first
            let mut conn = t.app.db.read().await.unwrap();
            for person in town.people.clone() {
                joined += joinings(&mut conn, person).await.unwrap().len();
            }
            drop(conn);
            for _ in 0..40 {
                town.part(&t, &mut dice).await;
                nobody_has_two_births(&t, &town).await;
            }
            said += town.said;
        }
        assert!(joined > 20 && said > 20, "joined {joined} times, asked {said} times");
    })
    .await;
}
