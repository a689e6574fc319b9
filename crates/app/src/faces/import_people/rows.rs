//! The rows of a folder of people, read cell by cell: what an old system knew, in our words.

use super::cell::Cells;
use super::columns::{
    ADDRESSES, ALLOCATIONS, EPISODES, NAMES, PEOPLE, RELATIONSHIPS, SHEETS, Sheet, WORKERS,
};
use super::sheet;
use crate::faces::imports::{Problem, Problems};
use jiff::civil::Date;
use practice::access::AllocationKind;
use practice::episode::EpisodeKind;
use practice::person::{AccessLevel, AddressUse, BirthBasis, DetailKind, NameKind};
use practice::relationship::RelationshipKind;
use practice::role::Role;

/// A row with the line it stands on.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub(super) line: u64,
    pub(super) is: T,
}

/// One post of a worker.
#[derive(Clone, Debug)]
pub(super) struct WorkerRow {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) team: Option<String>,
    pub(super) team_name: Option<String>,
    pub(super) team_under: Option<String>,
    pub(super) team_place: Option<String>,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) registration: Option<String>,
}

/// One person.
#[derive(Clone, Debug)]
pub(super) struct PersonRow {
    pub(super) id: String,
    pub(super) given: String,
    pub(super) family: String,
    pub(super) chosen: Option<String>,
    pub(super) birth: Option<(Date, BirthBasis)>,
    /// Details with the column each came from.
    pub(super) details: Vec<(&'static str, DetailKind, String)>,
    pub(super) upn: Option<String>,
    pub(super) former_upn: Option<String>,
    pub(super) nhs_number: Option<String>,
    pub(super) household: Option<String>,
    pub(super) access: Option<AccessLevel>,
}

/// A further name.
#[derive(Clone, Debug)]
pub(super) struct NameRow {
    pub(super) id: String,
    pub(super) kind: NameKind,
    pub(super) given: String,
    pub(super) family: String,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
}

/// Who is who to whom.
#[derive(Clone, Debug)]
pub(super) struct BondRow {
    pub(super) id: String,
    pub(super) other: String,
    pub(super) kind: RelationshipKind,
    pub(super) responsible: Option<bool>,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) note: Option<String>,
}

/// An address.
#[derive(Clone, Debug)]
pub(super) struct AddressRow {
    pub(super) id: String,
    pub(super) purpose: AddressUse,
    pub(super) lines: String,
    pub(super) postcode: Option<String>,
    pub(super) confidential: bool,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
}

/// Who works with whom.
#[derive(Clone, Debug)]
pub(super) struct AllocationRow {
    pub(super) id: String,
    pub(super) worker: String,
    pub(super) part: AllocationKind,
    pub(super) from: Date,
    pub(super) to: Option<Date>,
    pub(super) reason: Option<String>,
}

/// A period of need or help.
#[derive(Clone, Debug)]
pub(super) struct EpisodeRow {
    pub(super) id: String,
    pub(super) kind: EpisodeKind,
    pub(super) from: Date,
    pub(super) to: Option<Date>,
    pub(super) end_reason: Option<String>,
    pub(super) team: Option<String>,
    pub(super) last_seen: Option<Date>,
    pub(super) last_review: Option<Date>,
}

/// A whole folder, read.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    pub(super) workers: Vec<At<WorkerRow>>,
    pub(super) people: Vec<At<PersonRow>>,
    pub(super) names: Vec<At<NameRow>>,
    pub(super) addresses: Vec<At<AddressRow>>,
    pub(super) bonds: Vec<At<BondRow>>,
    pub(super) episodes: Vec<At<EpisodeRow>>,
    pub(super) allocations: Vec<At<AllocationRow>>,
}

impl Rows {
    /// How many rows there are, for showing how far an import has got.
    pub(super) fn count(&self) -> u64 {
        let ties = self.names.len() + self.addresses.len() + self.bonds.len();
        (self.workers.len() + self.people.len() + ties + self.episodes.len() + self.allocations.len()) as u64
    }
}

/// Reads the files of a folder, each with its name. Whatever is wrong goes to `problems`.
pub(super) fn read(files: &[(String, Vec<u8>)], today: Date, problems: &mut Problems) -> Rows {
    let mut rows = Rows::default();
    let mut known = 0;
    for (name, bytes) in files {
        let plain = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
        let Some(sheet) = SHEETS.into_iter().find(|sheet| sheet.file == plain) else {
            if looks_meant(&plain) {
                let all: Vec<&str> = SHEETS.iter().map(|sheet| sheet.file).collect();
                let words =
                    format!("There is no such file in a folder of people. It may hold {}", all.join(", "));
                problems.add(Problem::of_file(name, words));
            }
            continue;
        };
        known += 1;
        let lines = sheet::read(sheet, bytes, problems);
        for line in &lines {
            let mut cells = Cells { sheet, line, today, problems };
            one(&mut rows, &mut cells, sheet);
        }
    }
    if known == 0 && problems.is_empty() {
        let words = "None of the files of a folder of people is here. `alongside import people --template DIR` writes an empty one and a worked example";
        problems.add(Problem::of_file("the folder", words));
    }
    rows
}

/// Tables of any sort are looked at; what an editor or a system leaves beside them is not.
fn looks_meant(name: &str) -> bool {
    let table =
        [".csv", ".tsv", ".txt", ".xlsx", ".xls", ".xlsm", ".ods"].iter().any(|end| name.ends_with(end));
    table && !name.starts_with(['.', '~']) && name != "readme.txt"
}

fn one(rows: &mut Rows, cells: &mut Cells<'_>, sheet: &Sheet) {
    let line = cells.line.number;
    match sheet.file {
        file if file == WORKERS.file => rows.workers.extend(worker(cells).map(|is| At { line, is })),
        file if file == PEOPLE.file => rows.people.extend(person(cells).map(|is| At { line, is })),
        file if file == NAMES.file => rows.names.extend(name(cells).map(|is| At { line, is })),
        file if file == ADDRESSES.file => rows.addresses.extend(address(cells).map(|is| At { line, is })),
        file if file == RELATIONSHIPS.file => rows.bonds.extend(bond(cells).map(|is| At { line, is })),
        file if file == EPISODES.file => rows.episodes.extend(episode(cells).map(|is| At { line, is })),
        file if file == ALLOCATIONS.file => {
            rows.allocations.extend(allocation(cells).map(|is| At { line, is }));
        }
        _ => {}
    }
}

fn worker(cells: &mut Cells<'_>) -> Option<WorkerRow> {
    let (from, to) = (cells.past_day("from"), cells.day("to"));
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        cells.wrong("to", "The last day is before the first");
    }
    let registration = cells.text("registration_number", 20);
    let (code, name, role) = (cells.text("code", 40), cells.text("name", 200), cells.word("role"));
    let (email, phone) = (cells.email("email"), cells.phone("phone"));
    let (team, team_under) = (cells.text("team", 40), cells.text("team_under", 40));
    let (team_name, team_place) = (cells.text("team_name", 200), cells.text("team_place", 200));
    Some(WorkerRow {
        code: code?.to_lowercase(),
        name: name?.split_whitespace().collect::<Vec<_>>().join(" "),
        role: role?,
        team,
        team_name,
        team_under,
        team_place,
        from,
        to,
        email,
        phone,
        registration: registration.map(|number| number.to_uppercase().replace(' ', "")),
    })
}

/// The columns that become details, with the most letters of each.
const DETAILS: [(&str, DetailKind, usize); 12] = [
    ("pronouns", DetailKind::Pronouns, 300),
    ("sex", DetailKind::Sex, 300),
    ("gender", DetailKind::Gender, 300),
    ("ethnicity", DetailKind::Ethnicity, 300),
    ("religion", DetailKind::Religion, 300),
    ("disability", DetailKind::Disability, 300),
    ("language", DetailKind::Language, 300),
    ("communication_need", DetailKind::CommunicationNeed, 300),
    ("talk_with_me", DetailKind::TalkWithMe, 4000),
    ("matters_to_me", DetailKind::MattersToMe, 4000),
    ("school", DetailKind::School, 300),
    ("died", DetailKind::Died, 10),
];

fn person(cells: &mut Cells<'_>) -> Option<PersonRow> {
    let id = cells.council_id("council_id");
    let given = names_part(cells, "given_name");
    let family = names_part(cells, "family_name");
    let chosen = Some(names_part(cells, "chosen_name")).filter(|name| !name.is_empty());
    let birth = birth(cells);
    let mut details = vec![];
    for (column, kind, most) in DETAILS {
        let words = match kind {
            DetailKind::Died => cells.past_day(column).map(|day| day.to_string()),
            _ => cells.text(column, most),
        };
        details.extend(words.map(|words| (column, kind, words)));
    }
    for column in ["phone", "phone_2"] {
        details.extend(cells.phone(column).map(|words| (column, DetailKind::Phone, words)));
    }
    details.extend(cells.email("email").map(|words| ("email", DetailKind::Email, words)));
    let (upn, former_upn) = (cells.upn("upn"), cells.upn("former_upn"));
    let nhs_number = cells.nhs_number("nhs_number");
    let household = cells.text("household", 100);
    let access = cells.word("access");
    if access == Some(AccessLevel::Sealed) {
        let words = "Sealed records (adoption) are not brought in from a file. Leave this person out";
        cells.wrong("access", words);
    }
    Some(PersonRow {
        id: id?,
        given,
        family,
        chosen,
        birth,
        details,
        upn,
        former_upn,
        nhs_number,
        household,
        access,
    })
}

fn birth(cells: &mut Cells<'_>) -> Option<(Date, BirthBasis)> {
    let on = cells.day("birth_date");
    let basis: Option<BirthBasis> = cells.word("birth_basis");
    if on.is_none() {
        if basis.is_some() && cells.get("birth_date").is_empty() {
            cells.wrong("birth_date", "A day is expected, because birth_basis says how sure it is");
        }
        return None;
    }
    let (on, basis) = (on?, basis.unwrap_or(BirthBasis::Exact));
    let expected = basis == BirthBasis::Expected;
    if !expected && on > cells.today {
        cells.wrong(
            "birth_date",
            "A day up to today is expected, or birth_basis expected for a child not yet born",
        );
    }
    if expected && on > practice::calendar::add_months(cells.today, 10) {
        cells.wrong("birth_date", "A birth cannot be expected more than ten months ahead");
    }
    if on.year() < cells.today.year() - 125 {
        cells.wrong("birth_date", "Nobody lives as long as that. Is the year right?");
    }
    Some((on, basis))
}

/// A name's part: one line, at most 100 letters, with at least one letter.
fn names_part(cells: &mut Cells<'_>, column: &'static str) -> String {
    let words = cells.text(column, 100).unwrap_or_default();
    if !words.is_empty() && !words.chars().any(char::is_alphabetic) {
        cells.wrong(column, "A name has at least one letter. Leave it empty where it is not known");
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn name(cells: &mut Cells<'_>) -> Option<NameRow> {
    let (id, kind) = (cells.council_id("council_id"), cells.word("kind"));
    let (given, family) = (names_part(cells, "given_name"), names_part(cells, "family_name"));
    if given.is_empty() && family.is_empty() {
        cells.wrong("given_name", "A name is expected, here or in family_name");
    }
    let (from, to) = cells.first_and_last();
    Some(NameRow { id: id?, kind: kind?, given, family, from, to })
}

fn bond(cells: &mut Cells<'_>) -> Option<BondRow> {
    let (id, other) = (cells.council_id("council_id"), cells.council_id("other_council_id"));
    let (kind, responsible) = (cells.word("other_is"), cells.yes("parental_responsibility"));
    let (from, to) = cells.first_and_last();
    let note = cells.text("note", 1000);
    let (id, other) = (id?, other?);
    if id.eq_ignore_ascii_case(&other) {
        cells.wrong("other_council_id", "Somebody else is expected: nobody is related to themselves");
    }
    Some(BondRow { id, other, kind: kind?, responsible, from, to, note })
}

fn address(cells: &mut Cells<'_>) -> Option<AddressRow> {
    let (id, purpose) = (cells.council_id("council_id"), cells.word("use"));
    let parts = ["line_1", "line_2", "line_3", "line_4"].map(|column| cells.text(column, 100));
    let lines = parts.into_iter().flatten().collect::<Vec<_>>().join("\n");
    let postcode = cells.postcode("postcode");
    let confidential = cells.yes("confidential").unwrap_or(false);
    let (from, to) = cells.first_and_last();
    let purpose = purpose?;
    if lines.is_empty() && purpose != AddressUse::NoFixed {
        cells.wrong("line_1", "An address is expected, or no fixed address in the column use");
    }
    Some(AddressRow { id: id?, purpose, lines, postcode, confidential, from, to })
}

fn episode(cells: &mut Cells<'_>) -> Option<EpisodeRow> {
    let (id, kind) = (cells.council_id("council_id"), cells.word("kind"));
    let (from, to) = cells.first_and_last();
    let (end_reason, team) = (cells.text("end_reason", 300), cells.text("team", 40));
    let (last_seen, last_review) = (cells.past_day("last_seen"), cells.past_day("last_review"));
    for (column, day) in [("last_seen", last_seen), ("last_review", last_review)] {
        if day.zip(to).is_some_and(|(day, to)| day > to) {
            cells.wrong(column, "A day up to the last day of the episode is expected");
        }
    }
    Some(EpisodeRow { id: id?, kind: kind?, from: from?, to, end_reason, team, last_seen, last_review })
}

fn allocation(cells: &mut Cells<'_>) -> Option<AllocationRow> {
    let (id, worker) = (cells.council_id("council_id"), cells.text("worker", 40));
    let part = cells.word("part");
    let (from, to) = cells.first_and_last();
    let reason = cells.text("reason", 300);
    Some(AllocationRow { id: id?, worker: worker?.to_lowercase(), part: part?, from: from?, to, reason })
}
