//! How much somebody holds, weighed and not only counted; how much they can hold; and by how much they hold more. The weights
//! are dated data with where each comes from ([`Weights`]). What follows from being over is a person's decision, not the
//! program's: here is only what is so.

use crate::episode::EpisodeKind;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;
use uuid::Uuid;

/// Newly qualified workers hold at most so many in a hundred of what others do.
pub const NEWLY_QUALIFIED_AT_MOST: u32 = 90;
/// The share of somebody who works the whole week.
pub const WHOLE_WEEK: u32 = 100;

/// A weight, in hundredths of a point: a child in need is about one point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct Points(pub u32);

impl Points {
    /// So many in a hundred of it, rounded half up.
    const fn percent(self, percent: u32) -> Self {
        Self((self.0 * percent + 50) / 100)
    }
}

impl fmt::Display for Points {
    /// As a page says it: 16, 16.5, 0.75.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match rest {
            0 => write!(f, "{whole}"),
            tenths if tenths.is_multiple_of(10) => write!(f, "{whole}.{}", tenths / 10),
            hundredths => write!(f, "{whole}.{hundredths:02}"),
        }
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        Self(all.map(|one| one.0).sum())
    }
}

/// What one kind of work weighs, from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// An episode's code, `court`, or `sibling`.
    pub of: String,
    /// How much.
    pub hundredths: Points,
    /// From which day.
    pub from: Date,
    /// Until which day.
    pub until: Option<Date>,
    /// Where it comes from.
    pub source: String,
}

/// How much longer the way makes the work.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Travel {
    /// From so many minutes there and back.
    pub from_minutes: u32,
    /// So many in a hundred more.
    pub more_percent: u32,
    /// From which day.
    pub from: Date,
    /// Until which day.
    pub until: Option<Date>,
    /// Where it comes from.
    pub source: String,
}

/// How much somebody can hold who works the whole week.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How much.
    pub hundredths: Points,
    /// So many in a hundred of it for whoever is newly qualified.
    pub newly_qualified_percent: u32,
    /// A decision to go over it is looked at again within so many days at most.
    pub look_again_within_days: u32,
    /// From which day.
    pub from: Date,
    /// Until which day.
    pub until: Option<Date>,
    /// Where it comes from.
    pub source: String,
}

/// The weights and limits, each with the days between which it holds.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    weight: Vec<Weight>,
    #[serde(default)]
    travel: Vec<Travel>,
    limit: Vec<Limit>,
}

/// What working with one person is, as far as it weighs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// What help is open for them.
    pub kinds: Vec<EpisodeKind>,
    /// Whether a court decides about them now.
    pub in_court: bool,
    /// With whom they live: brothers and sisters in one home weigh less together.
    pub household: Option<Uuid>,
    /// How many minutes it takes to get there and back, where that is known.
    pub minutes_away: Option<u32>,
}

/// How somebody works, as far as it limits what they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Working {
    /// Whether they are in the year after they qualified.
    pub newly_qualified: bool,
    /// How many in a hundred of a whole week they work.
    pub percent_of_week: u32,
}

impl Default for Working {
    fn default() -> Self {
        Self { newly_qualified: false, percent_of_week: WHOLE_WEEK }
    }
}

/// What is held, and what can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// What is held.
    pub points: Points,
    /// What can be.
    pub limit: Points,
}

impl Load {
    /// By how much it is over; none where it is not.
    pub fn over(self) -> Option<Points> {
        self.points.0.checked_sub(self.limit.0).filter(|over| *over > 0).map(Points)
    }

    /// How much there is room for.
    pub const fn room(self) -> Points {
        Points(self.limit.0.saturating_sub(self.points.0))
    }

    /// The load of several together: a team's is that of its workers, and one has no room for what another holds too much.
    pub fn together(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().fold(Self::default(), |sum, one| Self {
            points: Points(sum.points.0 + one.points.0),
            limit: Points(sum.limit.0 + one.limit.0),
        })
    }
}

/// Something that holds from a day to a day.
trait Dated {
    fn days(&self) -> (Date, Option<Date>);

    fn holds_on(&self, day: Date) -> bool {
        let (from, until) = self.days();
        from <= day && until.is_none_or(|until| day <= until)
    }
}

impl Dated for Weight {
    fn days(&self) -> (Date, Option<Date>) {
        (self.from, self.until)
    }
}

impl Dated for Travel {
    fn days(&self) -> (Date, Option<Date>) {
        (self.from, self.until)
    }
}

impl Dated for Limit {
    fn days(&self) -> (Date, Option<Date>) {
        (self.from, self.until)
    }
}

const COURT: &str = "court";
const SIBLING: &str = "sibling";

impl Weights {
    /// The figures the program comes with, `data/load.toml`.
    ///
    /// # Errors
    /// Only when the program was built with figures that cannot be read; a test reads them.
    pub fn usual() -> Result<&'static Self, &'static str> {
        static USUAL: LazyLock<Result<Weights, String>> =
            LazyLock::new(|| Weights::read(include_str!("../data/load.toml")));
        USUAL.as_ref().map_err(String::as_str)
    }

    /// Reads figures of the same form as `data/load.toml`.
    ///
    /// # Errors
    /// A sentence that names what is unknown, stands twice for one day, has no source, or lets newly qualified workers hold
    /// too much.
    pub fn read(text: &str) -> Result<Self, String> {
        let read: Self = toml::from_str(text).map_err(|wrong| wrong.to_string())?;
        for (at, one) in read.weight.iter().enumerate() {
            let known = [COURT, SIBLING].contains(&one.of.as_str());
            if !known && EpisodeKind::from_code(&one.of).is_none() {
                return Err(format!("nothing is called {}", one.of));
            }
            let later = read.weight.iter().skip(at + 1);
            let same = |other: &&Weight| {
                other.of == one.of && (other.holds_on(one.from) || one.holds_on(other.from))
            };
            if later.into_iter().any(|other| same(&other)) {
                return Err(format!("{} stands there twice for the same days", one.of));
            }
        }
        if read.limit.is_empty() {
            return Err("no limit stands there".to_owned());
        }
        if let Some(one) = read.limit.iter().find(|one| one.newly_qualified_percent > NEWLY_QUALIFIED_AT_MOST)
        {
            return Err(format!(
                "newly qualified workers hold at most {NEWLY_QUALIFIED_AT_MOST} in a hundred, not {}",
                one.newly_qualified_percent
            ));
        }
        let sources = read.weight.iter().map(|one| &one.source);
        let sources = sources.chain(read.travel.iter().map(|one| &one.source));
        if sources.chain(read.limit.iter().map(|one| &one.source)).any(|source| source.trim().is_empty()) {
            return Err("each figure says where it comes from".to_owned());
        }
        Ok(read)
    }

    /// The weights that hold on a day, with where each comes from.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Weight> {
        self.weight.iter().filter(move |one| one.holds_on(day))
    }

    /// The limit that holds on a day.
    pub fn limit_on(&self, day: Date) -> Option<&Limit> {
        self.limit.iter().rev().find(|one| one.holds_on(day))
    }

    fn weight(&self, of: &str, day: Date) -> Option<Points> {
        self.on(day).find(|one| one.of == of).map(|one| one.hundredths)
    }

    /// What one person weighs by themselves, before the way and before brothers and sisters: the heaviest kind of help.
    fn alone(&self, held: &Held, day: Date) -> Points {
        let court = held.in_court.then_some(COURT);
        let kinds = held.kinds.iter().map(|kind| kind.code()).chain(court);
        kinds.filter_map(|of| self.weight(of, day)).max().unwrap_or_default()
    }

    fn with_the_way(&self, points: Points, held: &Held, day: Date) -> Points {
        let minutes = held.minutes_away.unwrap_or(0);
        let far = self.travel.iter().filter(|one| one.holds_on(day) && one.from_minutes <= minutes);
        points.percent(100 + far.map(|one| one.more_percent).max().unwrap_or(0))
    }

    /// What working with these people weighs on a day. Of those in one home the heaviest counts whole.
    pub fn of(&self, people: &[Held], day: Date) -> Points {
        let sibling = self.weight(SIBLING, day);
        let mut homes: BTreeMap<Uuid, Vec<(Points, &Held)>> = BTreeMap::new();
        let mut points = Points::default();
        for held in people {
            let alone = self.alone(held, day);
            match held.household {
                Some(home) => homes.entry(home).or_default().push((alone, held)),
                None => points.0 += self.with_the_way(alone, held, day).0,
            }
        }
        for mut home in homes.into_values() {
            home.sort_by_key(|(alone, _)| std::cmp::Reverse(*alone));
            for (at, (alone, held)) in home.into_iter().enumerate() {
                let counts = if at == 0 { alone } else { sibling.map_or(alone, |most| alone.min(most)) };
                points.0 += self.with_the_way(counts, held, day).0;
            }
        }
        points
    }

    /// How much somebody who works so can hold on a day. Whoever works more than a whole week can hold no more for it.
    pub fn limit_of(&self, working: Working, day: Date) -> Points {
        let Some(limit) = self.limit_on(day) else { return Points::default() };
        let whole = limit.hundredths.percent(working.percent_of_week.min(WHOLE_WEEK));
        if working.newly_qualified { whole.percent(limit.newly_qualified_percent) } else { whole }
    }

    /// What somebody holds and can hold on a day.
    pub fn load(&self, working: Working, people: &[Held], day: Date) -> Load {
        Load { points: self.of(people, day), limit: self.limit_of(working, day) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    const TODAY: Date = date(2026, 11, 22);

    fn usual() -> &'static Weights {
        Weights::usual().unwrap()
    }

    fn held(kind: EpisodeKind) -> Held {
        Held { kinds: vec![kind], ..Held::default() }
    }

    fn at_home(kind: EpisodeKind, home: u128) -> Held {
        Held { household: Some(Uuid::from_u128(home)), ..held(kind) }
    }

    fn weighs(people: &[Held]) -> String {
        usual().of(people, TODAY).to_string()
    }

    #[test]
    fn every_kind_of_help_weighs_something_and_says_where_that_comes_from() {
        for kind in EpisodeKind::ALL {
            assert!(usual().of(&[held(*kind)], TODAY) > Points(0), "{kind}");
        }
        assert!(usual().on(TODAY).all(|one| !one.source.is_empty()));
        assert_eq!(weighs(&[]), "0");
        assert_eq!(weighs(&[Held::default()]), "0", "nothing is open");
    }

    #[test]
    fn somebody_with_several_kinds_of_help_weighs_what_the_heaviest_weighs() {
        let both =
            Held { kinds: vec![EpisodeKind::ChildInNeed, EpisodeKind::ChildProtection], ..Held::default() };
        assert_eq!(weighs(std::slice::from_ref(&both)), "2");
        assert_eq!(weighs(&[Held { in_court: true, ..both }]), "3");
        assert_eq!(weighs(&[held(EpisodeKind::LookedAfter), held(EpisodeKind::LeavingCare)]), "2.2");
    }

    #[test]
    fn brothers_and_sisters_in_one_home_weigh_less_than_apart() {
        let home = |n| at_home(EpisodeKind::ChildProtection, n);
        assert_eq!(weighs(&[home(1), home(1), home(1)]), "3");
        assert_eq!(weighs(&[home(1), home(2), home(3)]), "6");
        let mixed = [at_home(EpisodeKind::FamilyHelp, 1), at_home(EpisodeKind::ChildProtection, 1)];
        assert_eq!(weighs(&mixed), "2.5", "the heaviest counts whole, whoever comes first");
    }

    #[test]
    fn a_long_way_weighs_and_an_unknown_one_does_not() {
        let away = |minutes| Held { minutes_away: Some(minutes), ..held(EpisodeKind::ChildInNeed) };
        assert_eq!([59, 60, 119, 120].map(|minutes| weighs(&[away(minutes)])), ["1", "1.1", "1.1", "1.25"]);
        assert_eq!(weighs(&[held(EpisodeKind::ChildInNeed)]), "1");
    }

    #[test]
    fn part_time_and_newly_qualified_workers_can_hold_less_and_nobody_more() {
        let limit = |newly_qualified, percent_of_week| {
            usual().limit_of(Working { newly_qualified, percent_of_week }, TODAY).to_string()
        };
        assert_eq!(limit(false, 100), "18");
        assert_eq!(limit(true, 100), "16.2");
        assert_eq!(limit(false, 60), "10.8");
        assert_eq!(limit(true, 50), "8.1");
        assert_eq!(limit(false, 120), "18", "a longer week is not more room");
    }

    #[test]
    fn over_or_not_and_by_how_much() {
        let load = |n: usize, newly_qualified| {
            let people = vec![held(EpisodeKind::ChildInNeed); n];
            usual().load(Working { newly_qualified, ..Working::default() }, &people, TODAY)
        };
        assert_eq!((load(18, false).over(), load(18, false).room()), (None, Points(0)), "full is not over");
        assert_eq!(load(19, false).over(), Some(Points(100)));
        assert_eq!(load(18, true).over().map(|over| over.to_string()).as_deref(), Some("1.8"));
        assert_eq!(load(16, true).room().to_string(), "0.2");
        let team = Load::together([load(20, false), load(10, true)]);
        assert_eq!((team.points.to_string(), team.limit.to_string()), ("30".into(), "34.2".into()));
        assert_eq!(team.over(), None, "the team has room, and one of it is over: both are told");
    }

    #[test]
    fn figures_that_cannot_be_are_refused_in_a_sentence() {
        let text = include_str!("../data/load.toml");
        let wrong = |from: &str, to: &str| Weights::read(&text.replacen(from, to, 1)).unwrap_err();
        assert!(wrong("of = \"adult\"", "of = \"grown-up\"").contains("nothing is called grown-up"));
        assert!(wrong("of = \"adult\"", "of = \"court\"").contains("court stands there twice"));
        assert!(wrong("_percent = 90", "_percent = 95").contains("at most 90 in a hundred, not 95"));
        assert!(
            wrong("source = \"Ours; no scheme for adults was seen\"", "source = \"\"")
                .contains("where it comes from")
        );
    }

    #[test]
    fn what_was_weighed_then_stays_weighed_so() {
        let text = include_str!("../data/load.toml");
        let old = "of = \"court\"\nhundredths = 300\n";
        let dated = format!(
            "{}\n[[weight]]\nof = \"court\"\nhundredths = 400\nfrom = \"2026-10-01\"\nsource = \"The council\"\n",
            text.replacen(old, &format!("{old}until = \"2026-09-30\"\n"), 1)
        );
        let weights = Weights::read(&dated).unwrap();
        let court = [Held { in_court: true, ..Held::default() }];
        assert_eq!(weights.of(&court, date(2026, 9, 30)), Points(300));
        assert_eq!(weights.of(&court, TODAY), Points(400));
    }

    proptest! {
        /// One more person never makes a load lighter, and the order in which people stand is nothing.
        #[test]
        fn one_more_never_weighs_less(homes in prop::collection::vec((0..6_usize, 0..4_u128, 0..150_u32), 0..20), last in 0..20_usize) {
            let people: Vec<Held> = homes
                .iter()
                .map(|(kind, home, minutes)| Held {
                    minutes_away: Some(*minutes),
                    household: (*home > 0).then(|| Uuid::from_u128(*home)),
                    ..held(EpisodeKind::ALL[*kind])
                })
                .collect();
            // the way to one home is one way: only then is the order nothing
            let people: Vec<Held> = people.into_iter().map(|one| Held { minutes_away: one.minutes_away.filter(|_| one.household.is_none()), ..one }).collect();
            let whole = usual().of(&people, TODAY);
            let mut fewer = people.clone();
            if !fewer.is_empty() {
                fewer.remove(last % people.len());
            }
            prop_assert!(usual().of(&fewer, TODAY) <= whole);
            let turned: Vec<Held> = people.into_iter().rev().collect();
            prop_assert_eq!(usual().of(&turned, TODAY), whole);
        }
    }
}
