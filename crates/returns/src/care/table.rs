//! The tables of the looked-after return, column by column.
#![expect(clippy::upper_case_acronyms, reason = "tables are spelt as the return spells them")]

use std::ops::{Deref, Index};

use super::day::Day;
use super::grid::Grid;
use super::text::{Sym, Texts};

/// A child by number: children are counted over both years' tables. `NOBODY` where the cell is blank.
pub(crate) type Kid = u32;
pub(crate) const NOBODY: Kid = u32::MAX;

/// A column of texts.
#[derive(Debug, Default)]
pub(crate) struct Words(Vec<Sym>);

impl Index<usize> for Words {
    type Output = Sym;
    fn index(&self, row: usize) -> &Sym {
        self.0.get(row).unwrap_or(&Sym::BLANK)
    }
}

/// A column of dates: the days, and beside them the texts as they stood.
#[derive(Debug, Default)]
pub(crate) struct Dates {
    day: Vec<Day>,
    pub(crate) raw: Words,
}

impl Index<usize> for Dates {
    type Output = Day;
    fn index(&self, row: usize) -> &Day {
        self.day.get(row).unwrap_or(&Day::NONE)
    }
}

impl Dates {
    /// Something stands there that is not a date.
    pub(crate) fn unreadable(&self, row: usize) -> bool {
        self.raw[row].filled() && !self[row].known()
    }

    pub(crate) fn any_unreadable(&self) -> bool {
        (0..self.day.len()).any(|row| self.unreadable(row))
    }
}

trait Column {
    fn of(cells: Option<Vec<Sym>>, texts: &Texts) -> Self;
    fn raw(&self, row: usize) -> Sym;
}

impl Column for Words {
    fn of(cells: Option<Vec<Sym>>, _: &Texts) -> Self {
        Self(cells.unwrap_or_default())
    }
    fn raw(&self, row: usize) -> Sym {
        self[row]
    }
}

impl Column for Dates {
    fn of(cells: Option<Vec<Sym>>, texts: &Texts) -> Self {
        let raw = Words(cells.unwrap_or_default());
        Self { day: raw.0.iter().map(|sym| texts.day(*sym)).collect(), raw }
    }
    fn raw(&self, row: usize) -> Sym {
        self.raw[row]
    }
}

/// Rows gathered by child, in file order.
#[derive(Debug, Default)]
pub(crate) struct ByKid {
    start: Vec<u32>,
    rows: Vec<u32>,
}

impl ByKid {
    fn of(kid: &[Kid], kids: usize) -> Self {
        let mut start = vec![0_u32; kids + 1];
        for kid in kid.iter().filter(|kid| **kid != NOBODY) {
            start[*kid as usize + 1] += 1;
        }
        for i in 0..kids {
            start[i + 1] += start[i];
        }
        let mut next = start.clone();
        let mut rows = vec![0; start.last().map_or(0, |n| *n as usize)];
        for (row, kid) in (0_u32..).zip(kid).filter(|(_, kid)| **kid != NOBODY) {
            let slot = &mut next[*kid as usize];
            rows[*slot as usize] = row;
            *slot += 1;
        }
        Self { start, rows }
    }

    pub(crate) fn rows(&self, kid: Kid) -> &[u32] {
        let Some(pair) = self.start.get(kid as usize..).and_then(|rest| rest.get(..2)) else { return &[] };
        self.rows.get(pair[0] as usize..pair[1] as usize).unwrap_or_default()
    }

    /// Puts each child's rows in the order of `key`; rows of equal key stay as they are.
    pub(crate) fn sort_by_key<K: Ord>(&mut self, key: impl Fn(usize) -> K) {
        for pair in self.start.windows(2) {
            if let Some(rows) = self.rows.get_mut(pair[0] as usize..pair[1] as usize)
                && rows.len() > 1
            {
                rows.sort_by_key(|row| key(*row as usize));
            }
        }
    }
}

/// What every table has besides its columns.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) loaded: bool,
    /// Which columns the file has, by bit.
    pub(crate) has: u32,
    pub(crate) count: usize,
    pub(crate) kid: Vec<Kid>,
    /// 1-based line of each row in its file.
    pub(crate) line: Vec<u32>,
    by: ByKid,
    kids: usize,
    /// A row of a child who has more rows than any child can have, and how many.
    pub(crate) crowd: Option<(usize, usize)>,
}

/// More rows of one child than this are no child's: rules that gather by child would take for ever.
const MOST_ROWS: usize = 1000;

impl Sheet {
    pub(crate) fn rows(&self) -> std::ops::Range<usize> {
        0..self.count
    }

    pub(crate) fn kid(&self, row: usize) -> Kid {
        self.kid.get(row).copied().unwrap_or(NOBODY)
    }

    /// The child's rows in file order; none for nobody.
    pub(crate) fn of(&self, kid: Kid) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator + Clone {
        self.by.rows(kid).iter().map(|row| *row as usize)
    }

    pub(crate) fn names(&self, kid: Kid) -> bool {
        !self.by.rows(kid).is_empty()
    }

    /// The rows of every child that has any, child by child, each child's in the order of `key`.
    pub(crate) fn sorted<K: Ord>(&self, key: impl Fn(usize) -> K) -> ByKid {
        let mut by = ByKid::of(&self.kid, self.kids);
        by.sort_by_key(key);
        by
    }

    /// Children by number, whether they have rows here or not.
    pub(crate) fn kids(&self) -> std::ops::Range<Kid> {
        0..u32::try_from(self.kids).unwrap_or(NOBODY)
    }

    fn find_crowd(&mut self) {
        let most = self.kids().max_by_key(|kid| self.by.rows(*kid).len());
        let rows = most.map_or(&[][..], |kid| self.by.rows(kid));
        self.crowd = rows.first().filter(|_| rows.len() > MOST_ROWS).map(|row| (*row as usize, rows.len()));
    }

    /// The child's row of smallest known `key`; on ties the first in the file.
    pub(crate) fn first_by(&self, kid: Kid, key: impl Fn(usize) -> Day) -> Option<usize> {
        self.of(kid).filter(|row| key(*row).known()).min_by_key(|row| key(*row).last_if_none())
    }

    /// The child's row of largest known `key`; on ties the first in the file.
    pub(crate) fn last_by(&self, kid: Kid, key: impl Fn(usize) -> Day) -> Option<usize> {
        self.of(kid).filter(|row| key(*row).known()).rev().max_by_key(|row| key(*row).last_if_none())
    }
}

macro_rules! tables {
    ($($(#[$about:meta])* $Table:ident $table:ident { $($name:literal $column:ident $kind:ident),+ $(,)? })+) => {
        /// A table of the return.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Table { $($(#[$about])* $Table),+ }

        impl Table {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$Table),+];

            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$Table => stringify!($Table)),+ }
            }

            pub(crate) const fn columns(self) -> &'static [&'static str] {
                match self { $(Self::$Table => &[$($name),+]),+ }
            }
        }

        $($(#[$about])*
        #[derive(Debug, Default)]
        pub(crate) struct $Table { pub(crate) sheet: Sheet, $(pub(crate) $column: $kind),+ }

        impl $Table {
            fn of(grid: Option<Grid>, texts: &Texts) -> Self {
                let Some(mut grid) = grid else { return Self::default() };
                let mut columns = std::mem::take(&mut grid.cells).into_iter();
                $(let $column = $kind::of(columns.next().flatten(), texts);)+
                let sheet = Sheet {
                    loaded: true, has: grid.has, count: grid.count, line: grid.line, ..Sheet::default()
                };
                Self { sheet, $($column),+ }
            }

            fn raw(&self, column: usize, row: usize) -> Sym {
                let mut at = 0..;
                $(if at.next() == Some(column) { return self.$column.raw(row); })+
                Sym::BLANK
            }
        }

        impl Deref for $Table {
            type Target = Sheet;
            fn deref(&self) -> &Sheet { &self.sheet }
        })+

        /// The tables of one year.
        #[derive(Debug, Default)]
        pub(crate) struct Tables { $(pub(crate) $table: $Table),+ }

        impl Tables {
            pub(crate) fn of(mut grid: impl FnMut(Table) -> Option<Grid>, texts: &Texts) -> Self {
                Self { $($table: $Table::of(grid(Table::$Table), texts)),+ }
            }

            pub(crate) fn sheet(&self, table: Table) -> &Sheet {
                match table { $(Table::$Table => &self.$table.sheet),+ }
            }

            /// The text that stands in a cell, the columns counted as in [`Table::columns`].
            pub(crate) fn raw(&self, table: Table, column: usize, row: usize) -> Sym {
                match table { $(Table::$Table => self.$table.raw(column, row)),+ }
            }

            /// The CHILD column of every table, to number the children by.
            pub(crate) fn children(&self) -> impl Iterator<Item = Sym> {
                Table::ALL.iter().flat_map(|table| {
                    self.sheet(*table).rows().map(|row| self.raw(*table, 0, row))
                })
            }

            /// Gives every row its child's number and gathers rows by child.
            pub(crate) fn number_children(&mut self, kid_of: &[Kid], kids: usize) {
                $(self.$table.sheet.kid = self.$table.rows()
                    .map(|row| kid_of.get(self.$table.child[row].index()).copied().unwrap_or(NOBODY))
                    .collect();
                self.$table.sheet.by = ByKid::of(&self.$table.sheet.kid, kids);
                self.$table.sheet.kids = kids;
                self.$table.sheet.find_crowd();)+
            }
        }
    };
}

tables! {
    /// Who the children are; UASC only in the XML form, otherwise it follows from the table UASC.
    Header header { "CHILD" child Words, "SEX" sex Words, "DOB" dob Dates, "ETHNIC" ethnic Words, "UPN" upn Words,
        "MOTHER" mother Words, "MC_DOB" mc_dob Dates, "UASC" uasc Words }
    /// Episodes of being looked after.
    Episodes episodes { "CHILD" child Words, "DECOM" decom Dates, "RNE" rne Words, "LS" ls Words, "CIN" cin Words,
        "PLACE" place Words, "PLACE_PROVIDER" provider Words, "DEC" dec Dates, "REC" rec Words,
        "REASON_PLACE_CHANGE" change Words, "HOME_POST" home_post Words, "PL_POST" pl_post Words, "URN" urn Words }
    /// Reviews of the care plan.
    Reviews reviews { "CHILD" child Words, "DOB" dob Dates, "REVIEW" review Dates, "REVIEW_CODE" code Words }
    /// Unaccompanied asylum seekers.
    UASC uasc { "CHILD" child Words, "SEX" sex Words, "DOB" dob Dates, "DUC" duc Dates }
    /// Outcomes of children looked after for twelve months.
    OC2 oc2 { "CHILD" child Words, "DOB" dob Dates, "SDQ_SCORE" score Words, "SDQ_REASON" reason Words,
        "CONVICTED" convicted Words, "HEALTH_CHECK" health_check Words, "IMMUNISATIONS" immunisations Words,
        "TEETH_CHECK" teeth Words, "HEALTH_ASSESSMENT" assessment Words, "SUBSTANCE_MISUSE" misuse Words,
        "INTERVENTION_RECEIVED" received Words, "INTERVENTION_OFFERED" offered Words }
    /// Care leavers.
    OC3 oc3 { "CHILD" child Words, "DOB" dob Dates, "IN_TOUCH" in_touch Words, "ACTIV" activ Words,
        "ACCOM" accom Words }
    /// Adoption.
    AD1 ad1 { "CHILD" child Words, "DOB" dob Dates, "DATE_INT" decided Dates, "DATE_MATCH" matched Dates,
        "FOSTER_CARE" foster_care Words, "NB_ADOPTR" adopters Words, "SEX_ADOPTR" sex Words, "LS_ADOPTR" ls Words }
    /// Decisions that a child should be placed for adoption.
    PlacedAdoption placed { "CHILD" child Words, "DOB" dob Dates, "DATE_PLACED" placed Dates,
        "DATE_PLACED_CEASED" ceased Dates, "REASON_PLACED_CEASED" reason Words }
    /// Earlier permanence.
    PrevPerm perm { "CHILD" child Words, "DOB" dob Dates, "PREV_PERM" option Words, "LA_PERM" authority Words,
        "DATE_PERM" date Dates }
    /// Times missing or away.
    Missing missing { "CHILD" child Words, "DOB" dob Dates, "MISSING" kind Words, "MIS_START" start Dates,
        "MIS_END" end Dates }
    /// Who was the child's social worker when.
    SWEpisodes workers { "CHILD" child Words, "DOB" dob Dates, "SW_ID" id Words, "SW_DECOM" decom Dates,
        "SW_DEC" dec Dates, "SW_REASON" reason Words }
    /// Orders that deprive a child of liberty, from 2026/27.
    DoLo dolo { "CHILD" child Words, "DOB" dob Dates, "DOLO_START" start Dates, "DOLO_END" end Dates }
}

impl Header {
    /// Takes in what follows from the table UASC, or that nothing does.
    pub(crate) fn set_uasc(&mut self, flags: Option<Vec<Sym>>) {
        let bit = 1 << super::run::UASC_COLUMN;
        match flags {
            Some(flags) => {
                self.sheet.has |= bit;
                self.uasc = Words(flags);
            }
            None => self.sheet.has &= !bit,
        }
    }
}
