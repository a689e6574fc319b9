//! Which rows belong to one child, and to one episode of that child, however often the child stands in the file.
//!
//! "The same child" is the same council id (rows without an id are one child), "the same episode" the same position
//! among the episodes of its child. Rows of one group lie together in an order of their own, so that a rule about a
//! child or an episode looks at a few neighbours and never at the whole file.

use std::collections::HashMap;

use super::table::{Table, Tables, field};

const COUNT: usize = Table::ALL.len();

/// Where the rows of each group begin, table by table; a group ends where the next begins.
#[derive(Debug)]
struct Starts {
    by_table: [Vec<u32>; COUNT],
    groups: usize,
}

/// The rows of a file by child and by episode.
#[derive(Debug)]
pub(crate) struct Groups {
    order: [Vec<u32>; COUNT],
    children: Starts,
    episodes: Starts,
}

/// One child, or one episode: its rows, table by table, in the order of the document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Group<'g> {
    order: &'g [Vec<u32>; COUNT],
    starts: &'g Starts,
    at: usize,
}

impl<'g> Group<'g> {
    pub(crate) fn rows(self, table: Table) -> &'g [u32] {
        match self.starts.by_table[table as usize].get(self.at..self.at + 2) {
            Some(&[from, to]) => &self.order[table as usize][from as usize..to as usize],
            _ => &[],
        }
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
        let every = Table::ALL.into_iter().skip(1);
        let of_episodes = [
            Table::Episode,
            Table::Assessment,
            Table::CinPlan,
            Table::Section47,
            Table::Plan,
            Table::Review,
            Table::PreProceedings,
        ];
        let children = cut(&order, |table, row| place(table, row).0, Table::Child, every);
        let episodes = cut(&order, place, Table::Episode, of_episodes);
        Self { order, children, episodes }
    }

    pub(crate) fn children(&self) -> impl Iterator<Item = Group<'_>> {
        groups(&self.order, &self.children)
    }

    pub(crate) fn episodes(&self) -> impl Iterator<Item = Group<'_>> {
        groups(&self.order, &self.episodes)
    }
}

fn groups<'g>(order: &'g [Vec<u32>; COUNT], starts: &'g Starts) -> impl Iterator<Item = Group<'g>> {
    (0..starts.groups).map(move |at| Group { order, starts, at })
}

/// Cuts the ordered rows of the tables where the key of the leading table changes; every row of theirs has a leading
/// row with its key.
fn cut<K: Ord + Copy>(
    order: &[Vec<u32>; COUNT],
    key: impl Fn(Table, u32) -> K,
    leading: Table,
    tables: impl IntoIterator<Item = Table>,
) -> Starts {
    let mut keys: Vec<K> = order[leading as usize].iter().map(|&row| key(leading, row)).collect();
    keys.dedup();
    let mut by_table: [Vec<u32>; COUNT] = Default::default();
    for table in tables {
        let rows = &order[table as usize];
        let starts = &mut by_table[table as usize];
        starts.reserve_exact(keys.len() + 1);
        let mut at = 0;
        for &this in &keys {
            starts.push(u32::try_from(at).unwrap_or(u32::MAX));
            while rows.get(at).is_some_and(|&row| key(table, row) <= this) {
                at += 1;
            }
        }
        starts.push(u32::try_from(at).unwrap_or(u32::MAX));
    }
    Starts { by_table, groups: keys.len() }
}
