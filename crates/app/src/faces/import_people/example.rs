//! The worked example of a folder of people: an invented team and two invented families.

use jiff::ToSpan;
use jiff::civil::Date;

type Cells = Vec<(&'static str, String)>;

struct Days(Date);

impl Days {
    fn before(&self, days: i64) -> String {
        self.0.saturating_sub(days.days()).to_string()
    }
}

fn row(cells: &[(&'static str, &str)]) -> Cells {
    cells.iter().map(|(column, cell)| (*column, (*cell).to_owned())).collect()
}

/// The rows of one table of the example.
pub(super) fn rows(file: &str, today: Date) -> Vec<Cells> {
    let days = Days(today);
    match file {
        "workers.csv" => workers(&days),
        "people.csv" => people(&days),
        "names.csv" => vec![row(&[
            ("council_id", "EX0002"),
            ("kind", "legal"),
            ("given_name", "Rowan"),
            ("family_name", "Ferriby"),
            ("from", "2015-06-01"),
            ("to", "2019-08-30"),
        ])],
        "addresses.csv" => addresses(&days),
        "relationships.csv" => relationships(),
        "episodes.csv" => episodes(&days),
        "allocations.csv" => allocations(&days),
        _ => vec![],
    }
}

fn workers(days: &Days) -> Vec<Cells> {
    let worker = |code, name, role, registration| {
        let mut cells = row(&[
            ("code", code),
            ("name", name),
            ("role", role),
            ("team", "north"),
            ("registration_number", registration),
        ]);
        cells.push(("from", days.before(700)));
        cells
    };
    let mut manager = worker("imani.osei", "Imani Osei", "team manager", "SW0000001");
    manager.push(("team_name", "North family team".to_owned()));
    manager.push(("team_place", "Wharf House".to_owned()));
    vec![
        manager,
        worker("nadia.farrow", "Nadia Farrow", "social worker", "SW0000002"),
        worker("kit.lund", "Kit Lund", "family support worker", ""),
    ]
}

fn people(days: &Days) -> Vec<Cells> {
    let mut unborn = row(&[("council_id", "EX0004"), ("birth_basis", "expected"), ("household", "wren")]);
    unborn.push(("birth_date", Days(days.0).before(-60)));
    vec![
        row(&[
            ("council_id", "EX0001"),
            ("given_name", "Josephine Ann"),
            ("family_name", "Wren"),
            ("chosen_name", "Josie"),
            ("pronouns", "she/her"),
            ("birth_date", "2014-03-09"),
            ("sex", "Female"),
            ("ethnicity", "White British"),
            ("language", "English"),
            ("talk_with_me", "Ask about her rabbit first. She draws better than she talks"),
            ("matters_to_me", "My rabbit, and staying at my school"),
            ("school", "Millbrook Primary"),
            ("household", "wren"),
        ]),
        row(&[
            ("council_id", "EX0002"),
            ("given_name", "Rowan"),
            ("family_name", "Wren"),
            ("birth_date", "2012-11-21"),
            ("sex", "Male"),
            ("disability", "Autism"),
            ("communication_need", "Plain words and pictures"),
            ("household", "wren"),
        ]),
        row(&[
            ("council_id", "EX0003"),
            ("given_name", "Leanne"),
            ("family_name", "Wren"),
            ("birth_date", "1988-01-30"),
            ("phone", "07700 900123"),
            ("email", "leanne@example.org"),
            ("household", "wren"),
        ]),
        unborn,
        row(&[
            ("council_id", "EX0005"),
            ("given_name", "Theo"),
            ("family_name", "Marsh"),
            ("birth_date", "2010-07-02"),
            ("access", "restricted"),
        ]),
    ]
}

fn addresses(days: &Days) -> Vec<Cells> {
    let home = |id| {
        let mut cells = row(&[
            ("council_id", id),
            ("use", "home"),
            ("line_1", "14 Cinder Lane"),
            ("postcode", "ZZ9 4AB"),
        ]);
        cells.push(("from", days.before(900)));
        cells
    };
    let mut hidden = row(&[
        ("council_id", "EX0005"),
        ("use", "placement"),
        ("line_1", "2 Tern Close"),
        ("postcode", "ZZ9 7QT"),
        ("confidential", "yes"),
    ]);
    hidden.push(("from", days.before(120)));
    vec![home("EX0001"), home("EX0002"), home("EX0003"), hidden]
}

fn relationships() -> Vec<Cells> {
    let other = |id, other, is, responsible| {
        row(&[
            ("council_id", id),
            ("other_council_id", other),
            ("other_is", is),
            ("parental_responsibility", responsible),
        ])
    };
    vec![
        other("EX0001", "EX0003", "parent", "yes"),
        other("EX0002", "EX0003", "parent", "yes"),
        other("EX0001", "EX0002", "sibling", ""),
        other("EX0004", "EX0003", "parent of unborn", ""),
    ]
}

fn episodes(days: &Days) -> Vec<Cells> {
    let episode = |id, kind, from, seen, review: Option<i64>| {
        let mut cells = row(&[("council_id", id), ("kind", kind), ("team", "north")]);
        cells.push(("from", days.before(from)));
        cells.push(("last_seen", days.before(seen)));
        cells.extend(review.map(|review| ("last_review", days.before(review))));
        cells
    };
    let mut before =
        row(&[("council_id", "EX0002"), ("kind", "family help"), ("end_reason", "Needs were met")]);
    before.push(("from", days.before(800)));
    before.push(("to", days.before(640)));
    vec![
        episode("EX0001", "child protection", 100, 6, Some(20)),
        episode("EX0002", "child in need", 150, 12, None),
        episode("EX0005", "looked after", 120, 30, Some(25)),
        before,
    ]
}

fn allocations(days: &Days) -> Vec<Cells> {
    let works = |id, worker, part, from| {
        let mut cells = row(&[("council_id", id), ("worker", worker), ("part", part)]);
        cells.push(("from", days.before(from)));
        cells
    };
    vec![
        works("EX0001", "nadia.farrow", "responsible", 100),
        works("EX0002", "nadia.farrow", "responsible", 150),
        works("EX0002", "kit.lund", "helping", 90),
        works("EX0005", "imani.osei", "responsible", 120),
    ]
}
