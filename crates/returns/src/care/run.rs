//! What every rule may look at: both years' tables, and what follows from them once for all rules. Nothing changes it.

use std::ops::Deref;

use super::code::{SHORT, is};
use super::day::Day;
use super::locate::{Atlas, Located};
use super::provider::{Provider, Register};
use super::table::{ByKid, Kid, NOBODY, Tables};
use super::text::{Sym, Texts};

/// One year's tables with the order of its episodes.
#[derive(Debug, Default)]
pub(crate) struct Year {
    pub(crate) tables: Tables,
    pub(crate) located: Located,
    /// Each child's episodes by DECOM, those without one last.
    pub(crate) in_order: ByKid,
    before: Vec<u32>,
    after: Vec<u32>,
    first: Vec<u32>,
    last: Vec<u32>,
}

const NO_ROW: u32 = u32::MAX;

impl Deref for Year {
    type Target = Tables;
    fn deref(&self) -> &Tables {
        &self.tables
    }
}

fn row(rows: &[u32], at: usize) -> Option<usize> {
    rows.get(at).filter(|row| **row != NO_ROW).map(|row| *row as usize)
}

impl Year {
    pub(crate) fn of(tables: Tables, located: Located) -> Self {
        let e = &tables.episodes;
        let in_order = e.sorted(|row| e.decom[row].last_if_none());
        let (mut before, mut after) = (vec![NO_ROW; e.count], vec![NO_ROW; e.count]);
        let (mut first, mut last) = (Vec::new(), Vec::new());
        for kid in e.kids() {
            let rows = in_order.rows(kid);
            for pair in rows.windows(2) {
                before[pair[1] as usize] = pair[0];
                after[pair[0] as usize] = pair[1];
            }
            let number = |row: Option<usize>| row.and_then(|row| u32::try_from(row).ok()).unwrap_or(NO_ROW);
            first.push(number(e.first_by(kid, |row| e.decom[row])));
            last.push(number(e.last_by(kid, |row| e.decom[row])));
        }
        Self { tables, located, in_order, before, after, first, last }
    }

    /// The child's episode before this one.
    pub(crate) fn before(&self, episode: usize) -> Option<usize> {
        row(&self.before, episode)
    }

    /// The child's episode after this one.
    pub(crate) fn after(&self, episode: usize) -> Option<usize> {
        row(&self.after, episode)
    }

    /// The child's episode of earliest DECOM; the first in the file on ties.
    pub(crate) fn first_episode(&self, kid: Kid) -> Option<usize> {
        row(&self.first, kid as usize)
    }

    /// The child's episode of latest DECOM; the first in the file on ties.
    pub(crate) fn last_episode(&self, kid: Kid) -> Option<usize> {
        row(&self.last, kid as usize)
    }

    /// Some child has episodes, but none with a start that can be read.
    pub(crate) fn has_child_without_start(&self) -> bool {
        self.episodes.kids().any(|kid| self.episodes.names(kid) && self.first_episode(kid).is_none())
    }

    fn knows_uasc(&self) -> bool {
        self.header.has & (1 << UASC_COLUMN) != 0 || (!self.header.loaded && self.uasc.loaded)
    }

    fn mark_uasc(&self, known: &mut [bool]) {
        let mut mark = |kid: Kid| {
            if let Some(mark) = known.get_mut(kid as usize) {
                *mark = true;
            }
        };
        if self.header.has & (1 << UASC_COLUMN) != 0 {
            self.header
                .rows()
                .filter(|h| is!(self.header.uasc[*h], "1"))
                .for_each(|h| mark(self.header.kid(h)));
        } else if !self.header.loaded {
            self.uasc.rows().for_each(|u| mark(self.uasc.kid(u)));
        }
    }
}

/// The place of UASC among the columns of Header.
pub(crate) const UASC_COLUMN: usize = 7;

/// One stretch of being looked after: from its first day to its last, which may be open.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Period {
    pub(crate) start: Day,
    pub(crate) end: Day,
}

/// What the return is checked as.
#[derive(Debug)]
pub(crate) struct Frame {
    /// The year of the closing 31 March.
    pub(crate) year: u16,
    /// The submitting authority; blank if it is not known.
    pub(crate) here: Sym,
    /// Why it is not known.
    pub(crate) nowhere: &'static str,
    pub(crate) published: bool,
    pub(crate) xml: bool,
}

/// Everything a rule may look at.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) this: Year,
    pub(crate) last: Year,
    pub(crate) frame: Frame,
    /// Closing 31 March of the year before: the return's year begins on the day after.
    pub(crate) start: Day,
    pub(crate) end: Day,
    pub(crate) texts: Texts,
    /// The register of providers, or why there is none.
    pub(crate) register: Result<Register, String>,
    /// Where postcodes lie, or why that is not known.
    pub(crate) atlas: Result<Atlas, String>,
    through: Vec<bool>,
    uasc: Option<Vec<bool>>,
    periods: Vec<Vec<Period>>,
}

impl Deref for Run {
    type Target = Year;
    fn deref(&self) -> &Year {
        &self.this
    }
}

impl Run {
    pub(crate) fn of(years: [Year; 2], frame: Frame, texts: Texts) -> Self {
        let [this, last] = years;
        let year = i32::from(frame.year);
        let mut run = Self {
            this,
            last,
            frame,
            start: Day::of(year - 1, 4, 1),
            end: Day::of(year, 3, 31),
            texts,
            register: Err(String::new()),
            atlas: Err(String::new()),
            through: Vec::new(),
            uasc: None,
            periods: Vec::new(),
        };
        run.through = run.episodes.kids().map(|kid| run.was_looked_after_through(kid)).collect();
        run.periods = run.episodes.kids().map(|kid| run.periods_of(kid)).collect();
        if run.this.knows_uasc() || run.last.knows_uasc() {
            let mut known = vec![false; run.episodes.kids().len()];
            run.this.mark_uasc(&mut known);
            run.last.mark_uasc(&mut known);
            run.uasc = Some(known);
        }
        run
    }

    /// Looked after without a break through the whole year.
    pub(crate) fn through_the_year(&self, kid: Kid) -> bool {
        self.through.get(kid as usize).copied().unwrap_or(false)
    }

    /// Known in either year as an unaccompanied asylum seeker.
    pub(crate) fn is_uasc(&self, kid: Kid) -> bool {
        self.uasc.as_ref().and_then(|known| known.get(kid as usize)).copied().unwrap_or(false)
    }

    /// Whether either year says anything about unaccompanied asylum seekers.
    pub(crate) fn knows_of_uasc(&self) -> bool {
        self.uasc.is_some()
    }

    /// The child's periods of care.
    pub(crate) fn periods(&self, kid: Kid) -> &[Period] {
        self.periods.get(kid as usize).map(Vec::as_slice).unwrap_or_default()
    }

    pub(crate) fn in_year(&self, day: Day) -> bool {
        day >= self.start && day <= self.end
    }

    pub(crate) fn text(&self, sym: Sym) -> &str {
        self.texts.text(sym)
    }

    pub(crate) fn is_short(&self, episode: usize) -> bool {
        SHORT.has(self.episodes.ls[episode])
    }

    /// The child has an episode that is no short break.
    pub(crate) fn has_long_episode(&self, kid: Kid) -> bool {
        self.episodes.of(kid).any(|e| !self.is_short(e))
    }

    /// The lines of the register for the episode's provider.
    pub(crate) fn lines(&self, episode: usize) -> &[Provider] {
        self.register.as_ref().map_or(&[], |register| register.of(self.episodes.urn[episode]))
    }

    /// Upper-tier authority of a provider's premises; blank if unknown.
    pub(crate) fn provider_authority(&self, provider: &Provider) -> Sym {
        self.atlas.as_ref().map_or(Sym::BLANK, |atlas| atlas.authority(provider.postcode))
    }

    pub(crate) fn is_first(&self, episode: usize) -> bool {
        self.first_episode(self.episodes.kid(episode)) == Some(episode)
    }

    /// For the child's first episode of this year: the last of last year, if that was still open.
    pub(crate) fn carried_on_from(&self, episode: usize) -> Option<usize> {
        if !self.is_first(episode) {
            return None;
        }
        let before = self.last.last_episode(self.episodes.kid(episode))?;
        (!self.last.episodes.dec[before].known()).then_some(before)
    }

    fn was_looked_after_through(&self, kid: Kid) -> bool {
        let e = &self.episodes;
        let in_year =
            |row: usize| e.decom[row] <= self.end && (e.dec[row] >= self.start || !e.dec[row].known());
        let breaks = |row: usize| {
            (is!(e.rne[row], "S") && e.decom[row] > self.start && e.decom[row] <= self.end)
                || (!is!(e.rec[row], "X1") && e.dec[row] >= self.start && e.dec[row] < self.end)
                || (in_year(row) && self.is_short(row))
        };
        kid != NOBODY && e.of(kid).any(in_year) && !e.of(kid).any(breaks)
    }

    fn periods_of(&self, kid: Kid) -> Vec<Period> {
        let e = &self.episodes;
        let mut periods: Vec<Period> = Vec::new();
        for row in self.in_order.rows(kid).iter().map(|row| *row as usize).filter(|row| e.decom[*row].known())
        {
            match periods.last_mut() {
                Some(period) if !e.decom[row].is_after(period.end) => period.end = e.dec[row],
                _ => periods.push(Period { start: e.decom[row], end: e.dec[row] }),
            }
        }
        periods
    }
}
