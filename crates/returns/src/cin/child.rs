//! One child of a census as an import reads it: everything told about the child, each value beside its raw text.

use std::io::Read;

use jiff::civil::Date;

use super::read::{CensusReader, Next};
use super::refusal::ReadError;
use super::table::{Field, Table, Tables, field as f};
use crate::report::NotUnderstood;

/// A value as the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The text; `None` when the element is absent or empty.
    pub text: Option<String>,
    /// The 1-based line of its element; 0 when that is absent.
    pub line: u32,
}

impl Written {
    /// The text, when there is any.
    pub fn as_str(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

/// A date as the file has it. With text and without a date, it is written in a way that is not a date.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dated {
    /// The text; `None` when the element is absent or empty.
    pub text: Option<String>,
    /// The day, when the text is one (`YYYY-MM-DD`).
    pub date: Option<Date>,
    /// The 1-based line of its element; 0 when that is absent.
    pub line: u32,
}

/// A yes or no as the file has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Flag {
    /// The text; `None` when the element is absent or empty.
    pub text: Option<String>,
    /// `true` and `1` are yes, `false` and `0` are no, in any case; anything else is neither.
    pub value: Option<bool>,
    /// The 1-based line of its element; 0 when that is absent.
    pub line: u32,
}

/// Who sends the return, for which year.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Header {
    /// `CIN`.
    pub collection: Written,
    /// The year in which the census year ends.
    pub year: Written,
    /// The last day of the census year, 31 March.
    pub reference_date: Dated,
    /// `L` for a local authority.
    pub source_level: Written,
    /// The three digits of the local authority.
    pub lea: Written,
    /// The software that wrote the file.
    pub software: Written,
    /// Its release.
    pub release: Written,
    /// The number of the upload.
    pub serial: Written,
    /// When the file was written.
    pub written_at: Written,
}

/// One child of the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Child {
    /// 0-based position among the children of the file.
    pub row: u32,
    /// The 1-based line where the child begins.
    pub line: u32,
    /// The council's own id of the child.
    pub child_id: Written,
    /// Unique pupil number.
    pub upn: Written,
    /// An earlier unique pupil number.
    pub former_upn: Written,
    /// Why there is no pupil number (UN1 to UN7).
    pub upn_unknown: Written,
    /// Day of birth.
    pub born: Dated,
    /// Day on which the child is expected to be born.
    pub expected: Dated,
    /// M, F or U; in files before 2025 the older gender code stands in [`Child::gender`].
    pub sex: Written,
    /// The older code: 0, 1, 2 or 9.
    pub gender: Written,
    /// Day of death.
    pub died: Dated,
    /// Ethnicity code.
    pub ethnicity: Written,
    /// Disability codes, `NONE` among them.
    pub disabilities: Vec<Written>,
    /// Referrals and the episodes of need that followed, in the order of the file.
    pub episodes: Vec<Episode>,
    /// What the file holds about this child that no part of the census has a place for.
    pub not_understood: Vec<NotUnderstood>,
}

/// A referral and the episode of need that followed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Episode {
    /// The 1-based line where it begins.
    pub line: u32,
    /// Day of the referral.
    pub referred: Dated,
    /// Who referred (1A to 10).
    pub source: Written,
    /// Primary need (N0 to N9).
    pub need: Written,
    /// Day of closure.
    pub closed: Dated,
    /// Why it was closed (RC1 to RC9).
    pub closed_why: Written,
    /// Initial child protection conference of a child who moved in already with one.
    pub conference: Dated,
    /// Whether the referral led to no further action.
    pub no_further_action: Flag,
    /// Assessments.
    pub assessments: Vec<Assessment>,
    /// Child in need plans.
    pub cin_plans: Vec<CinPlan>,
    /// Section 47 enquiries.
    pub section_47s: Vec<Section47>,
    /// Child protection plans.
    pub protection_plans: Vec<ProtectionPlan>,
    /// Times before court (drafted for 2026-27).
    pub pre_proceedings: Vec<PreProceedings>,
}

/// An assessment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Assessment {
    /// The 1-based line where it begins.
    pub line: u32,
    /// Its first day.
    pub from: Dated,
    /// Internal review.
    pub internal_review: Dated,
    /// Day on which it was authorised, so finished.
    pub authorised: Dated,
    /// Factors identified.
    pub factors: Vec<Written>,
}

/// A child in need plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CinPlan {
    /// The 1-based line where it begins.
    pub line: u32,
    /// Its first day.
    pub from: Dated,
    /// Its last day.
    pub to: Dated,
}

/// A section 47 enquiry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section47 {
    /// The 1-based line where it begins.
    pub line: u32,
    /// Its first day.
    pub from: Dated,
    /// Day by which the initial child protection conference was due.
    pub conference_target: Dated,
    /// Day of the initial child protection conference.
    pub conference: Dated,
    /// Whether no conference was needed.
    pub no_conference: Flag,
}

/// A child protection plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProtectionPlan {
    /// The 1-based line where it begins.
    pub line: u32,
    /// Its first day.
    pub from: Dated,
    /// Its last day.
    pub to: Dated,
    /// Category of abuse at first (NEG, PHY, SAB, EMO, MUL).
    pub first_abuse: Written,
    /// Latest category of abuse.
    pub latest_abuse: Written,
    /// How many plans there were before.
    pub earlier_plans: Written,
    /// Days of review.
    pub reviews: Vec<Dated>,
}

/// A time before court, with a letter before proceedings and meetings (drafted for 2026-27).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the fields carry the census's own names")]
pub struct PreProceedings {
    pub line: u32,
    pub start: Dated,
    pub letter_sent: Dated,
    pub group_meeting_offered: Flag,
    pub group_meeting_held: Flag,
    pub first_meeting: Dated,
    pub review_meetings: Written,
    pub step_decided: Dated,
    pub outcome: Written,
    pub court_applied: Dated,
    pub proceedings_letter: Dated,
}

/// The children of a census file, one at a time; memory holds one child and nothing else of the file.
///
/// It yields each child, and an error once where the file cannot be read further. Whoever stores children
/// must store none of a file that ends in an error.
pub struct Children<R> {
    reader: CensusReader<R>,
    row: u32,
    next: Option<Child>,
    ended: bool,
}

impl<R: Read> Children<R> {
    /// Begins to read, up to the first child, so that the header is known.
    ///
    /// # Errors
    /// Where the file is not a census, or cannot be read.
    pub fn open(from: R) -> Result<Self, ReadError> {
        let mut children = Self { reader: CensusReader::new(from), row: 0, next: None, ended: false };
        children.next = children.read()?;
        Ok(children)
    }

    /// The header of the file.
    pub fn header(&self) -> Header {
        let tables = &self.reader.tables;
        let text = |field| written(tables, field, 0);
        Header {
            collection: text(f::COLLECTION),
            year: text(f::YEAR),
            reference_date: dated(tables, f::REFERENCE, 0),
            source_level: text(f::LEVEL),
            lea: text(f::LEA),
            software: text(f::SOFTWARE),
            release: text(f::RELEASE),
            serial: text(f::SERIAL),
            written_at: text(f::WRITTEN_AT),
        }
    }

    /// What was not understood outside all children, so far.
    pub fn not_understood(&mut self) -> Vec<NotUnderstood> {
        std::mem::take(&mut self.reader.not_understood)
    }

    fn read(&mut self) -> Result<Option<Child>, ReadError> {
        self.reader.tables.forget_children();
        match self.reader.next_child()? {
            Next::End => {
                self.ended = true;
                Ok(None)
            }
            Next::Child => {
                let mut child = child_of(&self.reader.tables, self.row);
                self.row += 1;
                let line = child.line;
                let (outside, inside) = std::mem::take(&mut self.reader.not_understood)
                    .into_iter()
                    .partition(|left: &NotUnderstood| left.line < line);
                self.reader.not_understood = outside;
                child.not_understood = inside;
                Ok(Some(child))
            }
        }
    }
}

impl<R: Read> Iterator for Children<R> {
    type Item = Result<Child, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let child = self.next.take()?;
        match self.read() {
            Ok(next) => {
                self.next = next;
                Some(Ok(child))
            }
            Err(error) => {
                // the child before the fault is not handed out: a file is taken whole or not at all
                self.ended = true;
                Some(Err(error))
            }
        }
    }
}

fn written(tables: &Tables, field: Field, row: u32) -> Written {
    Written { text: tables.text(field, row).map(str::to_owned), line: tables.cell(field, row).line }
}

fn dated(tables: &Tables, field: Field, row: u32) -> Dated {
    Dated {
        text: tables.text(field, row).map(str::to_owned),
        date: tables.day(field, row).and_then(super::day::Day::date),
        line: tables.cell(field, row).line,
    }
}

fn flag(tables: &Tables, field: Field, row: u32) -> Flag {
    let text = tables.text(field, row);
    let value = text.and_then(|text| match text {
        "1" => Some(true),
        "0" => Some(false),
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    });
    Flag { text: text.map(str::to_owned), value, line: tables.cell(field, row).line }
}

/// Makes something of each row of a table that lies inside a row of what encloses it.
fn inside<T>(tables: &Tables, table: Table, parent: u32, make: impl Fn(u32, u32) -> T) -> Vec<T> {
    tables.rows_inside(table, parent).map(|row| make(row, tables.of(table, row).line)).collect()
}

fn child_of(tables: &Tables, row: u32) -> Child {
    let text = |field| written(tables, field, 0);
    let date = |field| dated(tables, field, 0);
    Child {
        row,
        line: tables.of(Table::Child, 0).line,
        child_id: text(f::CHILD_ID),
        upn: text(f::UPN),
        former_upn: text(f::FORMER_UPN),
        upn_unknown: text(f::UPN_UNKNOWN),
        born: date(f::BORN),
        expected: date(f::EXPECTED),
        sex: text(f::SEX),
        gender: text(f::GENDER),
        died: date(f::DIED),
        ethnicity: text(f::ETHNICITY),
        disabilities: inside(tables, Table::Disability, 0, |row, _| written(tables, f::DISABILITY, row)),
        episodes: inside(tables, Table::Episode, 0, |row, line| episode_of(tables, row, line)),
        not_understood: Vec::new(),
    }
}

fn episode_of(tables: &Tables, episode: u32, line: u32) -> Episode {
    let text = |field| written(tables, field, episode);
    let date = |field| dated(tables, field, episode);
    Episode {
        line,
        referred: date(f::REFERRED),
        source: text(f::REFERRED_BY),
        need: text(f::NEED),
        closed: date(f::CLOSED),
        closed_why: text(f::CLOSED_WHY),
        conference: date(f::CONFERENCE),
        no_further_action: flag(tables, f::NFA, episode),
        assessments: inside(tables, Table::Assessment, episode, |row, line| Assessment {
            line,
            from: dated(tables, f::ASSESSED_FROM, row),
            internal_review: dated(tables, f::ASSESSMENT_REVIEW, row),
            authorised: dated(tables, f::AUTHORISED, row),
            factors: tables.factors(row).iter().map(|&cell| written_cell(tables, cell)).collect(),
        }),
        cin_plans: inside(tables, Table::CinPlan, episode, |row, line| CinPlan {
            line,
            from: dated(tables, f::CIN_PLAN_FROM, row),
            to: dated(tables, f::CIN_PLAN_TO, row),
        }),
        section_47s: inside(tables, Table::Section47, episode, |row, line| Section47 {
            line,
            from: dated(tables, f::S47_FROM, row),
            conference_target: dated(tables, f::CONFERENCE_TARGET, row),
            conference: dated(tables, f::S47_CONFERENCE, row),
            no_conference: flag(tables, f::NO_CONFERENCE, row),
        }),
        protection_plans: inside(tables, Table::Plan, episode, |row, line| plan_of(tables, row, line)),
        pre_proceedings: inside(tables, Table::PreProceedings, episode, |row, line| {
            before_court_of(tables, row, line)
        }),
    }
}

fn written_cell(tables: &Tables, cell: super::table::Cell) -> Written {
    Written { text: cell.is_present().then(|| tables.text_of(cell).to_owned()), line: cell.line }
}

fn plan_of(tables: &Tables, plan: u32, line: u32) -> ProtectionPlan {
    ProtectionPlan {
        line,
        from: dated(tables, f::PLAN_FROM, plan),
        to: dated(tables, f::PLAN_TO, plan),
        first_abuse: written(tables, f::FIRST_ABUSE, plan),
        latest_abuse: written(tables, f::LATEST_ABUSE, plan),
        earlier_plans: written(tables, f::EARLIER_PLANS, plan),
        reviews: inside(tables, Table::Review, plan, |row, _| dated(tables, f::REVIEWED, row)),
    }
}

fn before_court_of(tables: &Tables, row: u32, line: u32) -> PreProceedings {
    let date = |field| dated(tables, field, row);
    PreProceedings {
        line,
        start: date(f::PP_FROM),
        letter_sent: date(f::LETTER_SENT),
        group_meeting_offered: flag(tables, f::FGDM_OFFERED, row),
        group_meeting_held: flag(tables, f::FGDM_HELD, row),
        first_meeting: date(f::FIRST_MEETING),
        review_meetings: written(tables, f::REVIEW_MEETINGS, row),
        step_decided: date(f::STEP_DECIDED),
        outcome: written(tables, f::PP_OUTCOME, row),
        court_applied: date(f::COURT_APPLIED),
        proceedings_letter: date(f::PROCEEDINGS_LETTER),
    }
}
