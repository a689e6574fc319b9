//! The seven tables of a folder of people: every column, what it holds and whether it is needed. The reader,
//! the template and the page of operations are all made from this one list.

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// As it stands in the first line.
    pub name: &'static str,
    /// Whether every row needs it.
    pub needed: bool,
    /// Whether a cell may hold several lines.
    pub lines: bool,
    /// What it holds.
    pub says: &'static str,
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// The file's name.
    pub file: &'static str,
    /// What one row is.
    pub says: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
}

const fn needed(name: &'static str, says: &'static str) -> Column {
    Column { name, needed: true, lines: false, says }
}

const fn may(name: &'static str, says: &'static str) -> Column {
    Column { name, needed: false, lines: false, says }
}

const fn lines(name: &'static str, says: &'static str) -> Column {
    Column { name, needed: false, lines: true, says }
}

const COUNCIL_ID: Column =
    needed("council_id", "The number this person has in the old system: 1 to 20 letters and digits");

/// Teams and workers: one row for each post.
pub(super) const WORKERS: Sheet = Sheet {
    file: "workers.csv",
    says: "One row for each post of a worker. Someone with two posts has two rows with the same code",
    columns: &[
        needed("code", "A short word for the worker, with which they sign in: nadia.farrow"),
        needed("name", "Their name"),
        needed(
            "role",
            "social worker, newly qualified, family support worker, team manager, head of service, reviewing officer, duty worker, data officer, restricted-records officer or system administrator",
        ),
        may("team", "The code of their team; the team named on the command line if empty"),
        may("team_name", "The team's name; needed once for a team that is not there yet, which is then made"),
        may("team_under", "The code of the team it stands under, for a team that is made"),
        may("team_place", "Where the team works, for a team that is made"),
        may("from", "The first day of the post; today if empty"),
        may("to", "Its last day"),
        may("email", "How colleagues reach them"),
        may("phone", "How families reach them"),
        may("registration_number", "Their number with Social Work England"),
    ],
};

/// People.
pub(super) const PEOPLE: Sheet = Sheet {
    file: "people.csv",
    says: "One row for each person: children, parents, carers, anyone who matters",
    columns: &[
        COUNCIL_ID,
        may("given_name", "Their legal given names"),
        may("family_name", "Their legal family name"),
        may("chosen_name", "The name they want to be called; shown first"),
        may("pronouns", "Such as she/her"),
        may("birth_date", "Day of birth, or the day on which the birth is expected"),
        may("birth_basis", "exact, estimated, expected or disputed; exact if empty"),
        may("died", "Day of death"),
        may("sex", "In words"),
        may("gender", "In words"),
        may("ethnicity", "In words"),
        may("religion", "In words"),
        may("disability", "In words"),
        may("language", "The language they speak best"),
        may("communication_need", "Such as an interpreter, British Sign Language, large print"),
        lines("talk_with_me", "How to talk with them, in their words where you can"),
        lines("matters_to_me", "What matters to them, in their words where you can"),
        may("phone", "A phone number"),
        may("phone_2", "Another"),
        may("email", "An email address"),
        may("school", "School, nursery or work"),
        may("upn", "Unique pupil number"),
        may("former_upn", "An earlier unique pupil number"),
        may("nhs_number", "NHS number"),
        may("household", "Any word of yours: people with the same word live together now"),
        may(
            "access",
            "findable or restricted; findable if empty. A restricted person cannot be found from the first moment",
        ),
    ],
};

/// Further names.
pub(super) const NAMES: Sheet = Sheet {
    file: "names.csv",
    says: "Further names: at birth, earlier ones, also known as",
    columns: &[
        COUNCIL_ID,
        needed("kind", "chosen, legal, birth or alias"),
        may("given_name", "Given names"),
        may("family_name", "Family name"),
        may("from", "The first day it was used"),
        may("to", "The last day it was used"),
    ],
};

/// Who is who to whom.
pub(super) const RELATIONSHIPS: Sheet = Sheet {
    file: "relationships.csv",
    says: "Who is who to whom, told once: the other is the person's parent, sibling, grandparent ... The other side follows by itself",
    columns: &[
        COUNCIL_ID,
        needed("other_council_id", "The number of the other person"),
        needed(
            "other_is",
            "What the other is to the person: parent, child, sibling, grandparent, step-parent, partner, foster carer, friend ...",
        ),
        may("parental_responsibility", "yes where the other holds parental responsibility for the person"),
        may("from", "Since when"),
        may("to", "The last day, if it is over"),
        may("note", "Anything else to say of it"),
    ],
};

/// Addresses.
pub(super) const ADDRESSES: Sheet = Sheet {
    file: "addresses.csv",
    says: "Where people live or get letters, now and before",
    columns: &[
        COUNCIL_ID,
        needed("use", "home, staying, placement, correspondence or no fixed address"),
        may("line_1", "First line"),
        may("line_2", "Second line"),
        may("line_3", "Third line"),
        may("line_4", "Fourth line"),
        may("postcode", "Postcode"),
        may("confidential", "yes where only those who work with this very person may see it"),
        may("from", "The first day"),
        may("to", "The last day"),
    ],
};

/// Who works with whom.
pub(super) const ALLOCATIONS: Sheet = Sheet {
    file: "allocations.csv",
    says: "Who works with whom, now and before. At most one worker is responsible for someone at a time",
    columns: &[
        COUNCIL_ID,
        needed("worker", "The worker's code"),
        needed("part", "responsible, helping or reviewing"),
        needed("from", "The first day"),
        may("to", "The last day"),
        may("reason", "Why it began"),
    ],
};

/// Periods of need or help.
pub(super) const EPISODES: Sheet = Sheet {
    file: "episodes.csv",
    says: "Periods of need or help, now and before. Two of one kind may not overlap",
    columns: &[
        COUNCIL_ID,
        needed("kind", "family help, child in need, child protection, looked after, leaving care or adult"),
        needed("from", "The first day"),
        may("to", "The last day"),
        may("end_reason", "Why it ended"),
        may("team", "The code of the team that holds it; the team named on the command line if empty"),
        may("last_seen", "The day the person was last seen: the visit clock counts from it, and says so"),
        may(
            "last_review",
            "The day of the last review or conference: the review clock counts from it, and says so",
        ),
    ],
};

/// All seven, in the order in which they are brought in.
pub const SHEETS: [&Sheet; 7] =
    [&WORKERS, &PEOPLE, &NAMES, &ADDRESSES, &RELATIONSHIPS, &EPISODES, &ALLOCATIONS];

impl Sheet {
    /// The place of a column.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}
