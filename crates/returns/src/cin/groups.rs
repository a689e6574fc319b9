//! Which rows belong to one child, and to one episode of that child, however often the child stands in the file.
//!
//! "The same child" is the same council id (rows without an id are one child), "the same episode" the same position
//! among the episodes of its child. Rows of one group lie together in an order of their own, so that a rule about a
//! child or an episode looks at a few neighbours and never at the whole file.

use std::collections::HashMap;
use std::ops::Range;

use super::table::{Table, Tables, field};

const COUNT: usize = Table::ALL.len();

/// Rows of every table that belong together.
#[derive(Debug, Clone)]
struct Ranges([Range<u32>; COUNT]);

/// The rows of a file by child and by episode.
#[derive(Debug)]
pub(crate) struct Groups {
    order: [Vec<u32>; COUNT],
    children: Vec<Ranges>,
    episodes: Vec<Ranges>,
}

/// One child, or one episode: its rows, table by table, in the order of the document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Group<'g> {
    order: &'g [Vec<u32>; COUNT],
    ranges: &'g Ranges,
}

impl<'g> Group<'g> {
    pub(crate) fn rows(self, table: Table) -> &'g [u32] {
        let range = &self.ranges.0[table as usize];
        &self.order[table as usize][range.start as usize..range.end as usize]
    }
}

impl Groups {
    pub(crate) fn of(tables: &Tables) -> Self {
        let mut numbers: HashMap<Option<&str>, u32> = HashMap::new();
        let mut child_number: Vec<u32> = Vec::with_capacity(tables.len(Table::Child) as usize);
        for child in 0..tables.len(Table::Child) {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            child_number.push(*numbers.entry(tables.text(field::CHILD_ID, child)).or_insert(next));
        }
        // (child, episode position) of a row; position 0 for what lies outside episodes
        let place = |table: Table, row: u32| -> (u32, u32) {
            let of = tables.of(table, row);
            let child = child_number[of.child as usize];
            match table {
                Table::Header | Table::Child | Table::Characteristics | Table::Disability => (child, 0),
                Table::Episode => (child, of.number),
                Table::Review => {
                    let plan = tables.of(Table::Plan, of.parent);
                    (child, tables.of(Table::Episode, plan.parent).number)
                }
                Table::Assessment
                | Table::CinPlan
                | Table::Section47
                | Table::Plan
                | Table::PreProceedings => (child, tables.of(Table::Episode, of.parent).number),
            }
        };
        let mut order: [Vec<u32>; COUNT] = Default::default();
        for table in Table::ALL.into_iter().skip(1) {
            let rows = &mut order[table as usize];
            rows.extend(0..tables.len(table));
            // stable, so rows of one group stay in the order of the document; mostly sorted already
            rows.sort_by_key(|&row| place(table, row));
        }
        let children = cut(&order, |table, row| place(table, row).0, Table::Child);
        let episodes = cut(&order, place, Table::Episode);
        Self { order, children, episodes }
    }

    pub(crate) fn children(&self) -> impl Iterator<Item = Group<'_>> {
        self.children.iter().map(|ranges| Group { order: &self.order, ranges })
    }

    pub(crate) fn episodes(&self) -> impl Iterator<Item = Group<'_>> {
        self.episodes.iter().map(|ranges| Group { order: &self.order, ranges })
    }
}

/// Cuts the ordered rows of every table where the key of the leading table changes.
fn cut<K: Ord + Copy>(
    order: &[Vec<u32>; COUNT],
    key: impl Fn(Table, u32) -> K,
    leading: Table,
) -> Vec<Ranges> {
    let mut at = [0_usize; COUNT];
    let mut cuts = Vec::new();
    let lead = &order[leading as usize];
    while let Some(&row) = lead.get(at[leading as usize]) {
        let this = key(leading, row);
        let mut ranges: [Range<u32>; COUNT] = Default::default();
        for table in Table::ALL.into_iter().skip(1) {
            let (rows, at) = (&order[table as usize], &mut at[table as usize]);
            // rows before this group have no leading row of their own
            while rows.get(*at).is_some_and(|&row| key(table, row) < this) {
                *at += 1;
            }
            let from = *at;
            while rows.get(*at).is_some_and(|&row| key(table, row) == this) {
                *at += 1;
            }
            ranges[table as usize] =
                u32::try_from(from).unwrap_or(u32::MAX)..u32::try_from(*at).unwrap_or(u32::MAX);
        }
        cuts.push(Ranges(ranges));
    }
    cuts
}
