//! Taking one child's story into the record: what is not there is added, what goes on here and is finished there
//! is finished, what overlaps without matching is listed and left alone.

use super::person::{self, Known};
use super::said::{Told, key_of_period, key_of_step};
use super::store;
use super::story::{Census, Period, Story, ToldStep};
use crate::episode::{
    self, ChangeCircumstance, CircumstanceKind, CorrectEpisode, EndEpisode, Episode, OpenEpisode,
};
use crate::faces::imports::{Asking, Change, FilesPeriod, Report, in_words as said_of};
use crate::step::{self, BroughtEnd, BroughtStep, RecordHistory, Step};
use crate::{Moment, Oops, Result, Who};
use db::{Tx, args};
use jiff::civil::Date;
use practice::brought::Sort;
use practice::episode::StepKind;
use practice::id::{EpisodeId, PersonId, TeamId};
use std::collections::{BTreeMap, HashSet};
use uuid::Uuid;

/// A census on its way into the record.
pub(super) struct Taking<'a> {
    pub(super) tx: &'a mut Tx,
    pub(super) who: &'a Who,
    pub(super) moment: &'a mut Moment,
    pub(super) census: &'a Census,
    pub(super) report: Report,
    /// The team that holds open episodes.
    pub(super) team: Option<TeamId>,
    /// Of council ids that came to another record by a joining, the record under which files keep what they said.
    pub(super) first: BTreeMap<String, Uuid>,
    /// Children met so far.
    pub(super) seen: HashSet<Uuid>,
    /// What is left for a person to decide.
    pub(super) asking: Asking,
}

/// A child on the way: whose, what the record holds, what files said.
struct Way<'a> {
    id: &'a str,
    person: PersonId,
    episodes: Vec<Episode>,
    steps: Vec<Step>,
    told: Told,
    new_steps: Vec<BroughtStep>,
    ends: Vec<BroughtEnd>,
    /// What the file holds, for the next import of its year.
    holds: Vec<String>,
}

/// Whether two times overlap; a day at the seam may be shared.
fn overlap(a: (Date, Option<Date>), b: (Date, Option<Date>)) -> bool {
    a.0 < b.1.unwrap_or(Date::MAX) && b.0 < a.1.unwrap_or(Date::MAX)
}

fn in_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

/// Whether a step of this kind goes on for a time, so that two of them can overlap.
const fn lasts(kind: StepKind) -> bool {
    matches!(
        kind,
        StepKind::Assessment
            | StepKind::ChildInNeedPlan
            | StepKind::Section47Enquiry
            | StepKind::ProtectionPlan
    )
}

impl Taking<'_> {
    /// Lists what an action refused and goes on.
    pub(super) fn tried<T>(&mut self, whom: &str, line: u64, result: Result<T>) -> Result<Option<T>> {
        let words = match result {
            Ok(value) => return Ok(Some(value)),
            Err(Oops::Wrong(fields)) => {
                fields.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(". ")
            }
            Err(error @ (Oops::Refused(_) | Oops::NotAllowed(_) | Oops::Stale)) => error.to_string(),
            Err(Oops::NotFound) => {
                "This could not be stored. Speak to the restricted-records officer".to_owned()
            }
            Err(other) => return Err(other),
        };
        self.report.list(whom, line, words);
        Ok(None)
    }

    /// Takes one child.
    pub(super) async fn child(&mut self, story: &Story) -> Result<()> {
        let id = story.council_id.as_str();
        let held: Option<(Uuid,)> = self.tx.maybe(store::BY_COUNCIL_ID, args![id]).await?;
        let mut way = match held {
            None => {
                let added = person::begin(self, story).await;
                let Some(person) = self.tried(id, story.line, added)? else { return Ok(()) };
                self.report.count("children added");
                Way::new(id, person, Told::nothing(person.0))
            }
            Some((held,)) if self.seen.contains(&held) => {
                let words = "This child stands twice in the file. The second was left out";
                self.report.list(id, story.line, words);
                return Ok(());
            }
            Some((held,)) => {
                self.report.count("children who were there already");
                let person = PersonId(held);
                let told = Told::of(self.tx, self.first.get(id).copied().unwrap_or(held)).await?;
                let known = person::bring_up_to_date(self, story, Known { person, told: &told }).await;
                if self.tried(id, story.line, known)?.is_none() {
                    self.seen.insert(held);
                    return Ok(());
                }
                let episodes = episode::episodes(self.tx, person).await?;
                let steps = step::steps(self.tx, person).await?;
                Way { episodes, steps, ..Way::new(id, person, told) }
            }
        };
        self.seen.insert(way.person.0);
        for period in &story.periods {
            self.period(&mut way, story, period).await?;
        }
        for told in &story.loose {
            self.step(&mut way, None, (told.on, told));
        }
        self.history(&mut way, story).await?;
        self.no_longer_held(&way);
        let Way { mut told, holds, .. } = way;
        told.holds(self.tx, self.moment, self.census.year, &holds).await?;
        told.person(self.tx, self.moment, &person::lines(story)).await
    }

    async fn history(&mut self, way: &mut Way<'_>, story: &Story) -> Result<()> {
        let (steps, ends) = (std::mem::take(&mut way.new_steps), std::mem::take(&mut way.ends));
        if steps.is_empty() && ends.is_empty() {
            return Ok(());
        }
        let (many, finished) = (steps.len() as u64, ends.len() as u64);
        let source = self.census.source();
        let history = RecordHistory { person: way.person, source, steps, ends };
        let result = step::record_history(self.tx, self.who, self.moment, history).await;
        if self.tried(way.id, story.line, result)?.is_some() {
            self.report.count_many("steps added", many);
            self.report.count_many("steps finished", finished);
        }
        Ok(())
    }

    async fn period(&mut self, way: &mut Way<'_>, story: &Story, period: &Period) -> Result<()> {
        let span = (period.from, period.to);
        let of_kind = || way.episodes.iter().filter(|it| it.kind == period.kind);
        let same = of_kind().find(|it| it.from == period.from).cloned();
        let episode = if let Some(held) = same {
            self.known_period(way, &held, period).await?;
            held.id
        } else {
            // another of the file's own periods is no reason to leave this one out, unless it is there already
            if let Some(other) = of_kind().find(|it| overlap(span, (it.from, it.to))) {
                let kind = period.kind.plain();
                let steps = match period.steps.len() {
                    0 => "it was".to_owned(),
                    1 => "it and its 1 step were".to_owned(),
                    many => format!("it and its {many} steps were"),
                };
                let words = format!(
                    "{kind} from {} overlaps with the one that the record has from {}, so {steps} left out. \
                     If they are the same, correct the first day and bring the file in again",
                    in_words(period.from),
                    in_words(other.from)
                );
                self.report.list(way.id, period.line, words);
                self.ask_overlap(way, period, other.id);
                return Ok(());
            }
            let Some(opened) = self.open(way, period).await? else { return Ok(()) };
            opened
        };
        way.holds.push(key_of_period(period.kind, period.from, period.to));
        let plans: HashSet<(StepKind, Date)> = story
            .periods
            .iter()
            .flat_map(|period| &period.steps)
            .chain(&story.loose)
            .map(|told| (told.kind, told.on))
            .collect();
        for told in &period.steps {
            if let Some(other) = overlapping(way, told, &plans) {
                let words = format!(
                    "{} from {} overlaps with the one that the record has from {}, and was left out",
                    told.kind.plain(),
                    in_words(told.on),
                    in_words(other)
                );
                self.report.list(way.id, told.line, words);
                continue;
            }
            self.step(way, Some(episode), (period.from, told));
        }
        Ok(())
    }

    /// Asks which of two periods is right: the one of the record or the one of the file.
    fn ask_overlap(&mut self, way: &Way<'_>, period: &Period, ours: EpisodeId) {
        let says = FilesPeriod {
            kind: period.kind.code().to_owned(),
            from: period.from,
            to: period.to,
            end_reason: period.end_reason.clone(),
            team: self.team.map(|team| team.0),
            source_key: format!("cin/{}/{}/{}", way.id, period.kind.code(), period.from),
            source: self.census.source(),
        };
        let known_as = key_of_period(period.kind, period.from, None);
        self.asking.ask(way.person, Sort::Overlap, &known_as, (Some(ours), Some(says)));
    }

    async fn open(&mut self, way: &mut Way<'_>, period: &Period) -> Result<Option<EpisodeId>> {
        let command = OpenEpisode {
            person: way.person,
            kind: period.kind,
            team: if period.to.is_none() { self.team } else { None },
            from: period.from,
            to: period.to,
            end_reason: period.end_reason.clone(),
            last_seen: None,
            last_review: None,
            source_key: Some(format!("cin/{}/{}/{}", way.id, period.kind.code(), period.from)),
            why: Some(self.census.source()),
        };
        let result = episode::open_episode(self.tx, self.who, self.moment, command.clone()).await;
        let Some(opened) = self.tried(way.id, period.line, result)? else { return Ok(None) };
        self.report.count("episodes added");
        for (words, from) in &period.categories {
            let change = ChangeCircumstance {
                episode: opened,
                kind: CircumstanceKind::Category,
                words: (*words).to_owned(),
                from: *from,
            };
            let result = episode::change_circumstance(self.tx, self.who, self.moment, change).await;
            self.tried(way.id, period.line, result)?;
        }
        way.episodes.push(Episode {
            version: Uuid::nil(),
            id: opened,
            person: way.person,
            kind: period.kind,
            team: None,
            from: period.from,
            to: period.to,
            end_reason: None,
            last_seen: None,
            last_review: None,
            source_key: command.source_key,
            why: None,
            recorded_at: self.moment.now(),
        });
        Ok(Some(opened))
    }

    /// An episode that is there: it ends when the census says so, unless a page has said otherwise since.
    async fn known_period(&mut self, way: &Way<'_>, held: &Episode, period: &Period) -> Result<()> {
        let Some(to) = period.to.filter(|to| held.to != Some(*to)) else { return Ok(()) };
        let last = way.told.end_of(&key_of_period(period.kind, period.from, None));
        let kind = period.kind.plain();
        let what = format!("{kind} from {}", in_words(period.from));
        match held.to {
            None if last != Some(to) => {
                let reason = period.end_reason.clone().unwrap_or_else(|| "Closed".to_owned());
                let end = EndEpisode { episode: held.id, on: to, reason };
                let result = episode::end_episode(self.tx, self.who, self.moment, end).await;
                if self.tried(way.id, period.line, result)?.is_some() {
                    self.report.count("episodes ended");
                    self.change(way.id, &what, None, &format!("ended on {to}"));
                }
            }
            Some(record) if last == Some(record) => {
                let command = CorrectEpisode {
                    episode: held.id,
                    version: held.version,
                    from: held.from,
                    to: Some(to),
                    team: held.team.as_ref().map(|team| team.0),
                    why: format!("{} says otherwise", self.census.source()),
                };
                let result = episode::correct_episode(self.tx, self.who, self.moment, command).await;
                if self.tried(way.id, period.line, result)?.is_some() {
                    self.change(way.id, &what, Some(format!("ended on {record}")), &format!("ended on {to}"));
                }
            }
            record => {
                let says = record
                    .map_or_else(|| "it goes on".to_owned(), |day| format!("it ended on {}", in_words(day)));
                let words = format!(
                    "{what}: the census says it ended on {}, the record says {says}; left as it is",
                    in_words(to)
                );
                self.report.list(way.id, period.line, words);
            }
        }
        Ok(())
    }

    fn change(&mut self, whom: &str, what: &str, was: Option<String>, now: &str) {
        let (whom, what, now) = (whom.to_owned(), what.to_owned(), Some(now.to_owned()));
        self.report.change(Change { whom, what, was, now });
    }

    /// A step: added if it is not there, finished if it goes on here and not there.
    fn step(&mut self, way: &mut Way<'_>, episode: Option<EpisodeId>, (period, told): (Date, &ToldStep)) {
        let key = key_of_step(told.kind, period, told.on, told.ended);
        let of_file =
            |step: &BroughtStep| step.kind == told.kind && step.on == told.on && step.episode == episode;
        if way.new_steps.iter().any(of_file) {
            // a conference may be told on the referral and on the enquiry, a review twice
            if lasts(told.kind) {
                let words =
                    format!("{} from {} stands twice in the file", told.kind.plain(), in_words(told.on));
                self.report.list(way.id, told.line, words);
            }
            return;
        }
        let source_key = format!("cin/{}/{period}/{}/{}", way.id, told.kind.code(), told.on);
        let same = |step: &&Step| {
            // corrected on a page since: still the one that this file brought
            step.source_key.as_ref() == Some(&source_key)
                || step.kind == told.kind
                    && step.on == told.on
                    && (step.episode == episode || step.episode.is_none())
        };
        let held = way.steps.iter().find(same).cloned();
        let last = way.told.end_of(&key_of_step(told.kind, period, told.on, None));
        way.holds.push(key);
        match held {
            None => way.new_steps.push(BroughtStep {
                episode,
                kind: told.kind,
                on: told.on,
                ended: told.ended,
                outcome: told.outcome,
                detail: told.detail.as_ref().map(ToString::to_string),
                narrative: told.words.clone(),
                source_key,
            }),
            Some(held) => {
                let Some(on) = told.ended.filter(|on| held.ended != Some(*on)) else { return };
                let what = format!("{} from {}", told.kind.plain(), in_words(told.on));
                if held.ended.is_none() && last != Some(on) {
                    self.change(way.id, &what, None, &format!("finished on {on}"));
                    way.ends.push(BroughtEnd {
                        step: held,
                        on,
                        outcome: told.outcome,
                        detail: told.detail.as_ref().map(ToString::to_string),
                        narrative: told.words.clone(),
                    });
                } else {
                    let record = held
                        .ended
                        .map_or_else(|| "it goes on".to_owned(), |day| format!("on {}", in_words(day)));
                    let words = format!(
                        "{what}: the census says it was finished on {}, the record says {record}; left as it is",
                        in_words(on)
                    );
                    self.report.list(way.id, told.line, words);
                }
            }
        }
    }

    /// What an earlier file of this year held of the child and this one does not: listed, and asked about. Steps of a
    /// period that is gone as a whole are not asked about one by one.
    fn no_longer_held(&mut self, way: &Way<'_>) {
        let holds: HashSet<&str> = way.holds.iter().map(|key| key.split('=').next().unwrap_or(key)).collect();
        self.asking.holds(way.person, |key| holds.contains(key));
        let gone: Vec<&str> = way.told.held_in(self.census.year).filter(|key| !holds.contains(key)).collect();
        for key in &gone {
            let words = format!(
                "{} is no longer in the file of {}; it was left as it is",
                said_of(key),
                self.census.year
            );
            self.report.list(way.id, 0, words);
            let rest = key.split_once(':').map_or("", |parts| parts.1);
            if let Some((period, _)) = rest.split_once('/') {
                if !gone.iter().any(|other| other.split_once(':').is_some_and(|parts| parts.1 == period)) {
                    self.asking.ask(way.person, Sort::Step, key, (None, None));
                }
                continue;
            }
            let of = |it: &&Episode| key_of_period(it.kind, it.from, None) == **key;
            let held = way.episodes.iter().find(of).map(|it| it.id);
            if held.is_none_or(|held| !self.asking.overlaps(held)) {
                self.asking.ask(way.person, Sort::Episode, key, (held, None));
            }
        }
    }
}

/// The first day of a step of the record that overlaps with one of the file and is not in the file itself.
fn overlapping(way: &Way<'_>, told: &ToldStep, plans: &HashSet<(StepKind, Date)>) -> Option<Date> {
    if !lasts(told.kind) {
        return None;
    }
    let others =
        way.steps.iter().filter(|step| step.kind == told.kind && !plans.contains(&(step.kind, step.on)));
    others.clone().find(|step| overlap((told.on, told.ended), (step.on, step.ended))).map(|step| step.on)
}

impl<'a> Way<'a> {
    fn new(id: &'a str, person: PersonId, told: Told) -> Self {
        let (episodes, steps, new_steps, ends, holds) = (vec![], vec![], vec![], vec![], vec![]);
        Self { id, person, episodes, steps, told, new_steps, ends, holds }
    }
}
