//! The eleven tables of the census and their fields, and the rows of one file.

use super::day::Day;

/// A table of the census.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table {
    /// Who sends the return, for which year.
    Header,
    /// Who the child is: one row for each child of the file.
    Child,
    /// Ethnicity: one row for each child of the file.
    Characteristics,
    /// One row for each disability named.
    Disability,
    /// One row for each referral and the episode of need that followed.
    Episode,
    /// One row for each assessment, its factors with it.
    Assessment,
    /// One row for each child in need plan.
    CinPlan,
    /// One row for each section 47 enquiry.
    Section47,
    /// One row for each child protection plan.
    Plan,
    /// One row for each review date, an empty one too.
    Review,
    /// One row for each time before court (drafted for 2026-27).
    PreProceedings,
}

impl Table {
    /// Every table, in the order of their numbers.
    pub const ALL: [Self; 11] = [
        Self::Header,
        Self::Child,
        Self::Characteristics,
        Self::Disability,
        Self::Episode,
        Self::Assessment,
        Self::CinPlan,
        Self::Section47,
        Self::Plan,
        Self::Review,
        Self::PreProceedings,
    ];

    /// The table's name as findings give it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Header => "Header",
            Self::Child => "ChildIdentifiers",
            Self::Characteristics => "ChildCharacteristics",
            Self::Disability => "Disabilities",
            Self::Episode => "CINdetails",
            Self::Assessment => "Assessments",
            Self::CinPlan => "CINplanDates",
            Self::Section47 => "Section47",
            Self::Plan => "ChildProtectionPlans",
            Self::Review => "Reviews",
            Self::PreProceedings => "PreProceedings",
        }
    }

    /// The columns of its rows. `LAchildID` of the tables below the child and `AssessmentFactors` are not
    /// columns: they lie with the child and in a list.
    pub fn columns(self) -> &'static [Field] {
        use field as f;
        match self {
            Self::Header => &f::HEADER,
            Self::Child => &f::CHILD,
            Self::Characteristics => &[f::ETHNICITY],
            Self::Disability => &[f::DISABILITY],
            Self::Episode => &f::EPISODE,
            Self::Assessment => &[f::ASSESSED_FROM, f::ASSESSMENT_REVIEW, f::AUTHORISED],
            Self::CinPlan => &[f::CIN_PLAN_FROM, f::CIN_PLAN_TO],
            Self::Section47 => &[f::S47_FROM, f::CONFERENCE_TARGET, f::S47_CONFERENCE, f::NO_CONFERENCE],
            Self::Plan => &[f::PLAN_FROM, f::PLAN_TO, f::FIRST_ABUSE, f::LATEST_ABUSE, f::EARLIER_PLANS],
            Self::Review => &[f::REVIEWED],
            Self::PreProceedings => &f::BEFORE_COURT,
        }
    }
}

/// A field of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its table.
    pub table: Table,
    /// Its name, as the element is spelt.
    pub name: &'static str,
    /// Whether it holds a date.
    pub date: bool,
    /// Its column, or [`THE_CHILD`] or [`THE_FACTORS`].
    pub(crate) column: u8,
}

/// The column number of a child's id in the tables below the child.
pub(crate) const THE_CHILD: u8 = 255;
/// The column number of the list of an assessment's factors.
pub(crate) const THE_FACTORS: u8 = 254;

const fn text(table: Table, column: u8, name: &'static str) -> Field {
    Field { table, name, date: false, column }
}

const fn date(table: Table, column: u8, name: &'static str) -> Field {
    Field { table, name, date: true, column }
}

/// The fields by our own words; each carries the name the census gives it.
#[expect(missing_docs, reason = "each constant shows the census's own name for the field")]
pub mod field {
    use super::Table::{
        Assessment, Characteristics, Child, CinPlan, Disability, Episode, Header, Plan, PreProceedings,
        Review, Section47,
    };
    use super::{Field, THE_CHILD, THE_FACTORS, date, text};

    pub const COLLECTION: Field = text(Header, 0, "Collection");
    pub const YEAR: Field = text(Header, 1, "Year");
    pub const REFERENCE: Field = date(Header, 2, "ReferenceDate");
    pub const LEVEL: Field = text(Header, 3, "SourceLevel");
    pub const LEA: Field = text(Header, 4, "LEA");
    pub const SOFTWARE: Field = text(Header, 5, "SoftwareCode");
    pub const RELEASE: Field = text(Header, 6, "Release");
    pub const SERIAL: Field = text(Header, 7, "SerialNo");
    pub const WRITTEN_AT: Field = text(Header, 8, "DateTime");
    pub(crate) const HEADER: [Field; 9] =
        [COLLECTION, YEAR, REFERENCE, LEVEL, LEA, SOFTWARE, RELEASE, SERIAL, WRITTEN_AT];

    pub const CHILD_ID: Field = text(Child, 0, "LAchildID");
    pub const UPN: Field = text(Child, 1, "UPN");
    pub const FORMER_UPN: Field = text(Child, 2, "FormerUPN");
    pub const UPN_UNKNOWN: Field = text(Child, 3, "UPNunknown");
    pub const BORN: Field = date(Child, 4, "PersonBirthDate");
    pub const EXPECTED: Field = date(Child, 5, "ExpectedPersonBirthDate");
    pub const SEX: Field = text(Child, 6, "Sex");
    pub const GENDER: Field = text(Child, 7, "GenderCurrent");
    pub const DIED: Field = date(Child, 8, "PersonDeathDate");
    pub(crate) const CHILD: [Field; 9] =
        [CHILD_ID, UPN, FORMER_UPN, UPN_UNKNOWN, BORN, EXPECTED, SEX, GENDER, DIED];

    pub const ETHNICITY: Field = text(Characteristics, 0, "Ethnicity");
    pub const DISABILITY: Field = text(Disability, 0, "Disability");

    pub const REFERRED: Field = date(Episode, 0, "CINreferralDate");
    pub const REFERRED_BY: Field = text(Episode, 1, "ReferralSource");
    pub const NEED: Field = text(Episode, 2, "PrimaryNeedCode");
    pub const CLOSED: Field = date(Episode, 3, "CINclosureDate");
    pub const CLOSED_WHY: Field = text(Episode, 4, "ReasonForClosure");
    pub const CONFERENCE: Field = date(Episode, 5, "DateOfInitialCPC");
    pub const NFA: Field = text(Episode, 6, "ReferralNFA");
    pub(crate) const EPISODE: [Field; 7] = [REFERRED, REFERRED_BY, NEED, CLOSED, CLOSED_WHY, CONFERENCE, NFA];

    pub const ASSESSED_FROM: Field = date(Assessment, 0, "AssessmentActualStartDate");
    pub const ASSESSMENT_REVIEW: Field = date(Assessment, 1, "AssessmentInternalReviewDate");
    pub const AUTHORISED: Field = date(Assessment, 2, "AssessmentAuthorisationDate");
    pub const FACTORS: Field = text(Assessment, THE_FACTORS, "AssessmentFactors");

    pub const CIN_PLAN_FROM: Field = date(CinPlan, 0, "CINPlanStartDate");
    pub const CIN_PLAN_TO: Field = date(CinPlan, 1, "CINPlanEndDate");

    pub const S47_FROM: Field = date(Section47, 0, "S47ActualStartDate");
    pub const CONFERENCE_TARGET: Field = date(Section47, 1, "InitialCPCtarget");
    pub const S47_CONFERENCE: Field = date(Section47, 2, "DateOfInitialCPC");
    pub const NO_CONFERENCE: Field = text(Section47, 3, "ICPCnotRequired");

    pub const PLAN_FROM: Field = date(Plan, 0, "CPPstartDate");
    pub const PLAN_TO: Field = date(Plan, 1, "CPPendDate");
    pub const FIRST_ABUSE: Field = text(Plan, 2, "InitialCategoryOfAbuse");
    pub const LATEST_ABUSE: Field = text(Plan, 3, "LatestCategoryOfAbuse");
    pub const EARLIER_PLANS: Field = text(Plan, 4, "NumberOfPreviousCPP");

    pub const REVIEWED: Field = date(Review, 0, "CPPreviewDate");

    pub const PP_FROM: Field = date(PreProceedings, 0, "PPStartDate");
    pub const LETTER_SENT: Field = date(PreProceedings, 1, "LBPSentDate");
    pub const FGDM_OFFERED: Field = text(PreProceedings, 2, "FGDMMeetingOffer");
    pub const FGDM_HELD: Field = text(PreProceedings, 3, "FGDMMeetingFac");
    pub const FIRST_MEETING: Field = date(PreProceedings, 4, "InitialPPMeetingDate");
    pub const REVIEW_MEETINGS: Field = text(PreProceedings, 5, "ReviewMeetingsCount");
    pub const STEP_DECIDED: Field = date(PreProceedings, 6, "StepDecisionDate");
    pub const PP_OUTCOME: Field = text(PreProceedings, 7, "PPOutcome");
    pub const COURT_APPLIED: Field = date(PreProceedings, 8, "CourtAppDate");
    pub const PROCEEDINGS_LETTER: Field = date(PreProceedings, 9, "LetterInitCPDate");
    pub(crate) const BEFORE_COURT: [Field; 10] = [
        PP_FROM,
        LETTER_SENT,
        FGDM_OFFERED,
        FGDM_HELD,
        FIRST_MEETING,
        REVIEW_MEETINGS,
        STEP_DECIDED,
        PP_OUTCOME,
        COURT_APPLIED,
        PROCEEDINGS_LETTER,
    ];

    pub const ASSESSMENT_CHILD: Field = text(Assessment, THE_CHILD, "LAchildID");
    pub const CIN_PLAN_CHILD: Field = text(CinPlan, THE_CHILD, "LAchildID");
    pub const S47_CHILD: Field = text(Section47, THE_CHILD, "LAchildID");
    pub const PLAN_CHILD: Field = text(Plan, THE_CHILD, "LAchildID");
}

/// What stood in one field of one row: a piece of the file's text, and where it stood.
#[derive(Debug, Clone, Copy)]
pub struct Cell {
    at: u32,
    len: u32,
    /// 1-based line; 0 when the element is absent.
    pub(crate) line: u32,
}

const NO_DAY: i32 = i32::MIN;
/// Nothing there.
const ABSENT: Cell = Cell { at: 0, len: 0, line: 0 };

impl Cell {
    /// Whether the element holds any text; an empty element counts as missing.
    pub fn is_present(self) -> bool {
        self.len > 0
    }
}

/// Where one row belongs.
#[derive(Debug, Clone, Copy)]
pub struct RowOf {
    /// The row of its child.
    pub child: u32,
    /// The row of its child, episode or plan: whatever encloses it.
    pub parent: u32,
    /// Its 1-based position inside what encloses it (of a review: inside its `Reviews` group).
    pub number: u32,
    /// The 1-based line where it begins.
    pub line: u32,
}

/// One column of a table. Days lie apart, close together: most rules look at nothing else.
#[derive(Debug, Default)]
struct Column {
    days: Vec<i32>,
    cells: Vec<Cell>,
}

/// The rows of one table.
#[derive(Debug, Default)]
struct Rows {
    columns: Vec<Column>,
    of: Vec<RowOf>,
}

/// Every row of one file, or of one child, in the order of the document.
#[derive(Debug, Default)]
pub struct Tables {
    rows: [Rows; 11],
    /// Factors of all assessments; each assessment's own lie together.
    factors: Vec<Cell>,
    /// For each assessment, where its factors begin.
    factors_from: Vec<u32>,
    text: String,
}

impl Tables {
    /// How many rows a table has.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the reader stops long before four thousand million rows"
    )]
    pub fn len(&self, table: Table) -> u32 {
        self.rows[table as usize].of.len() as u32
    }

    /// Where a row belongs.
    pub fn of(&self, table: Table, row: u32) -> RowOf {
        self.rows[table as usize].of[row as usize]
    }

    /// The rows of a table that lie inside one row of what encloses it; they lie together.
    pub fn rows_inside(&self, table: Table, parent: u32) -> std::ops::Range<u32> {
        let of = &self.rows[table as usize].of;
        let from = of.partition_point(|row| row.parent < parent);
        let to = from + of[from..].partition_point(|row| row.parent == parent);
        u32::try_from(from).unwrap_or(u32::MAX)..u32::try_from(to).unwrap_or(u32::MAX)
    }

    /// What stands in a field of a row; factors are asked for with [`Tables::factors`].
    pub fn cell(&self, field: Field, row: u32) -> Cell {
        match field.column {
            THE_CHILD => self.cell(field::CHILD_ID, self.of(field.table, row).child),
            THE_FACTORS => self.factors(row).first().copied().unwrap_or(ABSENT),
            column => self.rows[field.table as usize].columns[usize::from(column)].cells[row as usize],
        }
    }

    /// The day in a field of a row; `None` when it is missing, cannot be read, or the field holds no dates.
    pub fn day(&self, field: Field, row: u32) -> Option<Day> {
        let columns = &self.rows[field.table as usize].columns;
        let day = *columns.get(usize::from(field.column))?.days.get(row as usize)?;
        (day != NO_DAY).then_some(Day(day))
    }

    /// The text of a cell, empty when it is missing.
    pub fn text_of(&self, cell: Cell) -> &str {
        &self.text[cell.at as usize..(cell.at + cell.len) as usize]
    }

    /// The text in a field of a row; `None` when it is missing or empty.
    pub fn text(&self, field: Field, row: u32) -> Option<&str> {
        let cell = self.cell(field, row);
        cell.is_present().then(|| self.text_of(cell))
    }

    /// The factors of an assessment, in order, empty elements too.
    pub fn factors(&self, assessment: u32) -> &[Cell] {
        let from = self.factors_from[assessment as usize] as usize;
        let to = self.factors_from.get(assessment as usize + 1).map_or(self.factors.len(), |&to| to as usize);
        &self.factors[from..to]
    }

    /// Begins a row.
    pub(crate) fn begin(&mut self, table: Table, of: RowOf) -> u32 {
        let row = self.len(table);
        if table == Table::Assessment {
            self.factors_from.push(u32::try_from(self.factors.len()).unwrap_or(u32::MAX));
        }
        let rows = &mut self.rows[table as usize];
        rows.of.push(of);
        rows.columns.resize_with(table.columns().len(), Column::default);
        for (column, field) in rows.columns.iter_mut().zip(table.columns()) {
            column.cells.push(ABSENT);
            if field.date {
                column.days.push(NO_DAY);
            }
        }
        row
    }

    /// Whether a field of the last row of its table has been seen already.
    pub(crate) fn is_set(&self, field: Field) -> bool {
        let row = self.len(field.table);
        field.column != THE_FACTORS && row > 0 && self.cell(field, row - 1).line > 0
    }

    /// Puts text into a field of the last row of its table. False when the file is too large to hold.
    pub(crate) fn put(&mut self, field: Field, value: &str, line: u32) -> bool {
        let (Ok(at), Ok(len)) = (u32::try_from(self.text.len()), u32::try_from(value.len())) else {
            return false;
        };
        if at.checked_add(len).is_none() || self.len(field.table) == 0 {
            return false;
        }
        self.text.push_str(value);
        let cell = Cell { at, len, line };
        if field.column == THE_FACTORS {
            self.factors.push(cell);
            return true;
        }
        let column = &mut self.rows[field.table as usize].columns[usize::from(field.column)];
        if let Some(last) = column.cells.last_mut() {
            *last = cell;
        }
        if let Some(last) = column.days.last_mut() {
            *last = Day::read(value).map_or(NO_DAY, |day| day.0);
        }
        true
    }

    /// Forgets every child, keeping the header and the room the rows took.
    pub(crate) fn forget_children(&mut self) {
        let mut kept = String::new();
        let header = &mut self.rows[Table::Header as usize].columns;
        for cell in header.iter_mut().flat_map(|column| &mut column.cells) {
            let at = kept.len();
            kept.push_str(&self.text[cell.at as usize..(cell.at + cell.len) as usize]);
            cell.at = u32::try_from(at).unwrap_or(0);
        }
        self.text.clear();
        self.text.push_str(&kept);
        for table in Table::ALL.into_iter().skip(1) {
            let rows = &mut self.rows[table as usize];
            for column in &mut rows.columns {
                column.cells.clear();
                column.days.clear();
            }
            rows.of.clear();
        }
        self.factors.clear();
        self.factors_from.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_lie_in_the_order_of_their_numbers() {
        for (n, table) in Table::ALL.into_iter().enumerate() {
            assert_eq!(table as usize, n);
            for (column, field) in table.columns().iter().enumerate() {
                assert_eq!((field.table, usize::from(field.column)), (table, column), "{}", field.name);
            }
        }
    }
}
