//! Files of postcodes: lists as they are published, and an index made from one once, because a national list is long.

use std::collections::BTreeMap;

use super::File;
use super::csv_form;
use super::grid::decode;

/// How an index begins.
const MARK: &[u8; 8] = b"ALPCIDX1";
/// Postcode, east, north, number of the district.
const ROW: usize = 8 + 4 + 4 + 2;
const CODE: usize = 9;

/// A postcode in capitals without spaces.
pub(crate) fn normal(postcode: &str) -> String {
    postcode.chars().filter(|c| *c != ' ').flat_map(char::to_uppercase).collect()
}

/// Calls `visit` with every postcode of a list, in capitals without spaces, its place in metres and its district.
pub(crate) fn each(file: &File<'_>, visit: &mut dyn FnMut(&str, f64, f64, &str)) -> Result<(), String> {
    const TRIED: usize = 100;
    let text = decode(file.bytes);
    let mut reader = csv_form::records(&text);
    let mut record = csv::StringRecord::new();
    let mut layout = None;
    let mut read = 0_usize;
    while reader.read_record(&mut record).unwrap_or(false) {
        read += 1;
        if layout.is_none() {
            layout = Layout::of(&record);
        }
        let Some(columns) = layout else {
            if read > TRIED {
                break;
            }
            continue;
        };
        let cell = |at: usize| record.get(at).unwrap_or_default().trim();
        if let (Ok(east), Ok(north)) = (cell(columns.east).parse(), cell(columns.north).parse()) {
            visit(&normal(cell(columns.postcode)), east, north, cell(columns.district));
        }
    }
    match layout {
        Some(_) => Ok(()),
        None if read == 0 => Err(format!("{} is empty", file.name)),
        None => Err(format!("{} has no columns of postcodes and places", file.name)),
    }
}

/// An index of a list of postcodes, to be given in its stead: finding is quick however long the list is.
///
/// # Errors
/// Where the file is empty or has no columns of postcodes, places and districts.
pub fn index_postcodes(file: &File<'_>) -> Result<Vec<u8>, String> {
    let mut districts: BTreeMap<String, u16> = BTreeMap::new();
    let mut rows: Vec<[u8; ROW]> = Vec::new();
    each(file, &mut |postcode, east, north, district| {
        let next = u16::try_from(districts.len()).unwrap_or(u16::MAX);
        let number = match districts.get(district) {
            Some(number) => *number,
            None => *districts.entry(district.to_owned()).or_insert(next),
        };
        if let Some(postcode) = padded::<8>(postcode) {
            let mut row = [0; ROW];
            row[..8].copy_from_slice(&postcode);
            row[8..12].copy_from_slice(&metres(east).to_be_bytes());
            row[12..16].copy_from_slice(&metres(north).to_be_bytes());
            row[16..].copy_from_slice(&number.to_be_bytes());
            rows.push(row);
        }
    })?;
    rows.sort_unstable();
    rows.dedup_by(|later, kept| later[..8] == kept[..8]);
    let mut by_number: Vec<(u16, String)> =
        districts.into_iter().map(|(code, number)| (number, code)).collect();
    by_number.sort_unstable();
    let mut index = MARK.to_vec();
    index.extend(u32::try_from(by_number.len()).unwrap_or(u32::MAX).to_be_bytes());
    for (_, code) in by_number {
        index.extend(padded::<CODE>(&code).unwrap_or([b' '; CODE]));
    }
    index.extend(rows.iter().flatten());
    Ok(index)
}

/// Whole metres; what is beyond any map stays at its edge.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float beyond the integers becomes the nearest of them"
)]
fn metres(of: f64) -> i32 {
    of.round() as i32
}

fn padded<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut padded = [b' '; N];
    padded.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
    Some(padded)
}

/// An index opened for finding.
pub(crate) struct Index<'a> {
    districts: &'a [u8],
    rows: &'a [u8],
}

impl<'a> Index<'a> {
    /// The index in a file, none if the file is a list.
    pub(crate) fn of(file: &File<'a>) -> Result<Option<Self>, String> {
        let Some(rest) = file.bytes.strip_prefix(MARK) else { return Ok(None) };
        let opened = rest.split_first_chunk::<4>().and_then(|(count, rest)| {
            let length = usize::try_from(u32::from_be_bytes(*count)).ok()?.checked_mul(CODE)?;
            rest.split_at_checked(length)
        });
        match opened {
            Some((districts, rows)) if rows.len() % ROW == 0 => Ok(Some(Self { districts, rows })),
            _ => Err(format!("{} is not a whole index of postcodes", file.name)),
        }
    }

    /// Place and district of a postcode in capitals without spaces.
    pub(crate) fn find(&self, postcode: &str) -> Option<(f64, f64, &'a str)> {
        let wanted = padded::<8>(postcode)?;
        let (rows, _) = self.rows.as_chunks::<ROW>();
        let row = rows.get(rows.binary_search_by(|row| row[..8].cmp(&wanted)).ok()?)?;
        let number =
            |at: usize| row.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(i32::from_be_bytes);
        let district = usize::from(u16::from_be_bytes([row[16], row[17]])) * CODE;
        let code = std::str::from_utf8(self.districts.get(district..district + CODE)?).ok()?;
        Some((f64::from(number(8)?), f64::from(number(12)?), code.trim_end()))
    }
}

/// Which columns of a postcode file hold what.
#[derive(Debug, Clone, Copy)]
struct Layout {
    postcode: usize,
    east: usize,
    north: usize,
    district: usize,
}

impl Layout {
    /// From a record: by the names of the columns, or by a known order without names.
    fn of(first: &csv::StringRecord) -> Option<Self> {
        let find = |names: &[&str]| {
            names.iter().find_map(|name| first.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name)))
        };
        let named = (
            find(&["pcds", "pcd", "pcd2", "pcd7", "postcode"]),
            find(&["oseast1m", "east1m", "eastings", "easting"]),
            find(&["osnrth1m", "north1m", "northings", "northing"]),
            find(&["oslaua", "laua", "lad23cd", "lad24cd", "lad25cd", "district", "admin_district_code"]),
        );
        if let (Some(postcode), Some(east), Some(north), Some(district)) = named {
            return Some(Self { postcode, east, north, district });
        }
        let number = |at: usize| first.get(at).is_some_and(|cell| cell.trim().parse::<f64>().is_ok());
        let code = |at: usize| first.get(at).is_some_and(|cell| cell.trim().len() == 9);
        if number(2) && number(3) && code(4) {
            return Some(Self { postcode: 1, east: 2, north: 3, district: 4 });
        }
        (number(2) && number(3) && code(8)).then_some(Self { postcode: 0, east: 2, north: 3, district: 8 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &[u8] =
        b"in,ZZ1 1AA,400000,280000,E08000025\nin,ZZ2 1AB,1,2,W06000015\nin,ZZ3 1AA,,,E07000008\n";

    fn all(file: &File<'_>) -> Vec<(String, f64, f64, String)> {
        let mut all = Vec::new();
        each(file, &mut |postcode, east, north, district| {
            all.push((postcode.to_owned(), east, north, district.to_owned()));
        })
        .unwrap();
        all
    }

    #[test]
    fn lists_are_read_in_every_published_order() {
        let expected = all(&File { name: "a", bytes: LIST });
        assert_eq!(expected.len(), 2);
        assert_eq!(expected[0], ("ZZ11AA".to_owned(), 400_000.0, 280_000.0, "E08000025".to_owned()));
        let named =
            b"pcds,x,oseast1m,osnrth1m,oslaua\nZZ1 1AA,,400000,280000,E08000025\nZZ2 1AB,,1,2,W06000015\n";
        assert_eq!(all(&File { name: "b", bytes: named }), expected);
        let open = b"ZZ11AA,10,400000,280000,E9,S,S,,E08000025,E05\nZZ2 1AB,10,1,2,E9,S,S,,W06000015,E05\n";
        assert_eq!(all(&File { name: "c", bytes: open }), expected);
    }

    #[test]
    fn an_index_finds_what_the_list_holds() {
        let bytes = index_postcodes(&File { name: "a", bytes: LIST }).unwrap();
        let index = Index::of(&File { name: "i", bytes: &bytes }).unwrap().unwrap();
        assert_eq!(index.find("ZZ11AA"), Some((400_000.0, 280_000.0, "E08000025")));
        assert_eq!(index.find("ZZ21AB"), Some((1.0, 2.0, "W06000015")));
        assert_eq!((index.find("ZZ31AA"), index.find(""), index.find("TOOLONGCODE")), (None, None, None));
        assert!(Index::of(&File { name: "i", bytes: &bytes[..bytes.len() - 1] }).is_err());
        assert!(Index::of(&File { name: "i", bytes: LIST }).unwrap().is_none());
        assert!(index_postcodes(&File { name: "e", bytes: b"" }).is_err());
    }
}
