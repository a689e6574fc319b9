//! Where homes and placements lie: postcodes to authorities and distances, from the postcode file given.

use std::collections::HashMap;

use super::File;
use super::postcodes::{Index, each, normal};
use super::table::Episodes;
use super::text::{Sym, Texts};

const DISTRICTS: &str = include_str!("../../data/care-districts-2023.txt");

/// Unitary authorities of 2023 that the published validator's list lacks.
const UNKNOWN_TO_THE_PUBLISHED: [&str; 4] = ["E06000063", "E06000064", "E06000065", "E06000066"];

/// A postcode's place.
#[derive(Debug, Clone, Copy)]
struct Point {
    east: f64,
    north: f64,
    /// Code of the authority for children, or the country where it is not England.
    authority: Sym,
}

/// The places of the postcodes that this return names.
#[derive(Debug, Default)]
pub(crate) struct Atlas {
    /// By the number of the cell's text: where its point is in `points`.
    slot: Vec<u32>,
    points: Vec<Option<Point>>,
}

/// Where each episode's placement lies.
#[derive(Debug, Default)]
pub(crate) struct Located {
    authority: Vec<Sym>,
    location: Vec<Sym>,
    miles: Vec<f64>,
}

impl Located {
    /// Upper-tier authority of the placement, or its country; blank if unknown.
    pub(crate) fn authority(&self, row: usize) -> Sym {
        self.authority.get(row).copied().unwrap_or(Sym::BLANK)
    }

    /// IN or OUT of the submitting authority; blank if unknown.
    pub(crate) fn location(&self, row: usize) -> Sym {
        self.location.get(row).copied().unwrap_or(Sym::BLANK)
    }

    /// Miles between home and placement to one decimal; not a number if either is unknown.
    pub(crate) fn miles(&self, row: usize) -> f64 {
        self.miles.get(row).copied().unwrap_or(f64::NAN)
    }
}

impl Atlas {
    /// Finds the postcodes of these cells in the file; every other line of it is passed over.
    pub(crate) fn read(
        file: &File<'_>,
        cells: impl Iterator<Item = Sym>,
        texts: &mut Texts,
        published: bool,
    ) -> Result<Self, String> {
        let mut atlas = Self { slot: vec![u32::MAX; texts.len()], points: Vec::new() };
        let mut wanted: HashMap<String, u32> = HashMap::new();
        for cell in cells.filter(|cell| cell.filled()) {
            if atlas.slot[cell.index()] == u32::MAX {
                let next = u32::try_from(wanted.len()).unwrap_or(u32::MAX);
                atlas.slot[cell.index()] = *wanted.entry(normal(texts.text(cell))).or_insert(next);
            }
        }
        atlas.points = vec![None; wanted.len()];
        let authorities = authorities(texts, published);
        let point = |east: f64, north: f64, district: &str| {
            let country = district.get(..1).and_then(|initial| authorities.get(initial));
            let authority = country.or_else(|| authorities.get(district)).copied().unwrap_or(Sym::BLANK);
            Some(Point { east, north, authority })
        };
        if let Some(index) = Index::of(file)? {
            for (postcode, slot) in &wanted {
                let found = index.find(postcode);
                atlas.points[*slot as usize] = found.and_then(|place| point(place.0, place.1, place.2));
            }
            return Ok(atlas);
        }
        let points = &mut atlas.points;
        each(file, &mut |postcode, east, north, district| {
            if let Some(slot) = wanted.get(postcode) {
                points[*slot as usize] = point(east, north, district);
            }
        })?;
        Ok(atlas)
    }

    fn point(&self, cell: Sym) -> Option<Point> {
        let slot = self.slot.get(cell.index()).copied().filter(|slot| *slot != u32::MAX)?;
        self.points.get(slot as usize).copied().flatten()
    }

    pub(crate) fn knows(&self, cell: Sym) -> bool {
        self.point(cell).is_some()
    }

    pub(crate) fn authority(&self, cell: Sym) -> Sym {
        self.point(cell).map_or(Sym::BLANK, |point| point.authority)
    }

    /// Places every episode; `here` is the submitting authority, blank if it is not given.
    pub(crate) fn locate(&self, episodes: &Episodes, here: Sym, words: [Sym; 2]) -> Located {
        let mut located = Located::default();
        for row in episodes.rows() {
            let (home, placement) = (self.point(episodes.home_post[row]), self.point(episodes.pl_post[row]));
            let authority = placement.map_or(Sym::BLANK, |point| point.authority);
            located.authority.push(authority);
            located.location.push(match placement {
                None => Sym::BLANK,
                Some(_) if authority == here => words[0],
                Some(_) => words[1],
            });
            located
                .miles
                .push(home.zip(placement).map_or(f64::NAN, |(home, placement)| miles(home, placement)));
        }
        located
    }
}

fn miles(from: Point, to: Point) -> f64 {
    let (east, north) = (from.east - to.east, from.north - to.north);
    let miles = (east * east + north * north).sqrt() / 1000.0 / 1.6093;
    (miles * 10.0).round_ties_even() / 10.0
}

/// Every district with the number of its authority's code.
fn authorities(texts: &mut Texts, published: bool) -> HashMap<&'static str, Sym> {
    let mut of = HashMap::new();
    for line in DISTRICTS.lines().filter(|line| !line.starts_with('#')) {
        let mut codes = line.split_whitespace();
        let Some(authority) = codes.next() else { continue };
        let sym = texts.intern(authority);
        of.insert(authority, sym);
        of.extend(codes.map(|district| (district, sym)));
    }
    if published {
        of.retain(|district, _| !UNKNOWN_TO_THE_PUBLISHED.contains(district));
    }
    for (initial, country) in [("S", "SCO"), ("N", "NIR"), ("W", "WAL")] {
        of.insert(initial, texts.intern(country));
    }
    of
}
