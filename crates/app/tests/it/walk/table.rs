//! The table of docs/practice/access-walk.md, read as it stands.

use std::collections::{BTreeMap, BTreeSet};

/// One table of the page.
pub(super) struct Table {
    /// The heading of the part it stands in.
    pub(super) section: String,
    /// The heads of its columns.
    pub(super) columns: Vec<String>,
    /// Its rows.
    pub(super) rows: Vec<Vec<String>>,
}

/// Every table of the page.
pub(super) fn read() -> Vec<Table> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/practice/access-walk.md");
    let text = std::fs::read_to_string(path).expect("the page");
    let mut tables: Vec<Table> = vec![];
    let mut section = String::new();
    let mut inside = false;
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut section);
        }
        let Some(row) = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")) else {
            inside = inside && line.starts_with("|-");
            continue;
        };
        let cells: Vec<String> = row.split(" | ").map(|cell| cell.trim().to_owned()).collect();
        match tables.last_mut().filter(|_| inside) {
            Some(table) => {
                assert_eq!(cells.len(), table.columns.len(), "{line}");
                table.rows.push(cells);
            }
            None => tables.push(Table { section: section.clone(), columns: cells, rows: vec![] }),
        }
        inside = true;
    }
    tables
}

/// The one table of a part.
pub(super) fn one<'a>(tables: &'a [Table], section: &str) -> &'a Table {
    let mut found = tables.iter().filter(|table| table.section == section);
    let table = found.next().unwrap_or_else(|| panic!("no table under {section}"));
    assert!(found.next().is_none(), "one table under {section}");
    table
}

/// Which addresses each kind has.
pub(super) struct Kinds(BTreeMap<String, Vec<String>>);

impl Kinds {
    /// From the first table.
    pub(super) fn of(tables: &[Table]) -> Self {
        let table = one(tables, "Every address, by kind");
        let addresses = |cell: &str| {
            cell.split('`').filter(|part| !part.trim().is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        let mut kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in &table.rows {
            kinds.entry(row[0].clone()).or_default().extend(addresses(&row[1]));
        }
        Self(kinds)
    }

    /// Every address.
    pub(super) fn addresses(&self) -> impl Iterator<Item = String> {
        self.0.values().flatten().cloned()
    }

    /// The names of the kinds.
    pub(super) fn names(&self) -> BTreeSet<String> {
        self.0.keys().cloned().collect()
    }

    /// The addresses of one kind.
    pub(super) fn of_kind(&self, kind: &str) -> &[String] {
        self.0.get(kind).unwrap_or_else(|| panic!("no addresses for {kind}"))
    }
}
