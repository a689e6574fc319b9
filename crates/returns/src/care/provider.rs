//! The register of providers: who may offer which placement, where, and until when.

use std::collections::HashMap;

use super::File;
use super::code::Set;
use super::csv_form;
use super::day::Day;
use super::grid::decode;
use super::postcodes::normal;
use super::text::{Sym, Texts};

/// The columns, each with the names it goes by.
const COLUMNS: [(&str, &[&str]); 5] = [
    ("URN", &["URN", "PROVIDER URN"]),
    ("PLACE_CODES", &["PLACE_CODES", "PLACEMENT CODE", "PLACEMENT CODES"]),
    ("PROVIDER_CODES", &["PROVIDER_CODES", "PLACEMENT PROVIDER CODE", "PLACEMENT PROVIDER CODES"]),
    ("REG_END", &["REG_END", "DEREGISTRATION DATE", "REGISTRATION END DATE"]),
    ("POSTCODE", &["POSTCODE", "SETTING ADDRESS POSTCODE"]),
];

/// One line of the register.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Provider {
    pub(crate) places: Set,
    pub(crate) providers: Set,
    pub(crate) closed: Day,
    /// The premises' postcode in capitals without spaces.
    pub(crate) postcode: Sym,
}

/// The register by number of provider; a number may have several lines.
#[derive(Debug, Default)]
pub(crate) struct Register {
    has: Vec<&'static str>,
    of: HashMap<u32, Vec<Provider>>,
}

impl Register {
    pub(crate) fn read(file: &File<'_>, texts: &mut Texts) -> Result<Self, String> {
        let text = decode(file.bytes);
        let mut reader = csv_form::records(&text);
        let names = csv_form::columns(&mut reader);
        let place = COLUMNS.map(|(_, known)| names.iter().position(|name| known.contains(&name.as_str())));
        let has =
            COLUMNS.iter().zip(place).filter(|(_, at)| at.is_some()).map(|(column, _)| column.0).collect();
        if place[0].is_none() {
            return Err(format!("{} has no column of provider numbers (urn)", file.name));
        }
        let mut register = Self { has, of: HashMap::new() };
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).unwrap_or(false) {
            let cell = |column: usize| place[column].and_then(|at| record.get(at)).unwrap_or_default();
            let urn = texts.intern_upper(cell(0).trim());
            let provider = Provider {
                places: set(cell(1), texts),
                providers: set(cell(2), texts),
                closed: Day::read_leniently(cell(3).trim()),
                postcode: texts.intern(&normal(cell(4))),
            };
            if urn.filled() {
                register.of.entry(urn.0).or_default().push(provider);
            }
        }
        Ok(register)
    }

    pub(crate) fn has(&self, column: &str) -> bool {
        self.has.contains(&column)
    }

    /// The lines of one provider.
    pub(crate) fn of(&self, urn: Sym) -> &[Provider] {
        self.of.get(&urn.0).map(Vec::as_slice).unwrap_or_default()
    }

    pub(crate) fn postcodes(&self) -> impl Iterator<Item = Sym> {
        self.of.values().flatten().map(|provider| provider.postcode)
    }
}

/// The codes of a comma list that the return knows.
fn set(list: &str, texts: &Texts) -> Set {
    let known = list.split(',').filter_map(|code| texts.find(code.trim().to_uppercase().as_str()));
    known.fold(Set::EMPTY, |set, code| set.with(code.0))
}
