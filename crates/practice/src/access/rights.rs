//! What a post gives the right to do apart from any one person's record, in one table.

use super::decide::signed_in;
use super::decision::{Decision, Reason, Refusal};
use super::reader::Reader;
use crate::role::Role;
use crate::words::words;

words! {
    /// Work that belongs to a post, not to a relationship with one person.
    Action {
        Find = "find", "Find people";
        AddPerson = "add-person", "Begin a person's record";
        SeeTeam = "see-team", "See the page of a team they belong to or lead";
        SetAbsence = "set-absence", "Say who is away and who covers";
        CreateWorker = "create-worker", "Add workers, their posts and one-time links";
        ChangeTeams = "change-teams", "Add and change teams";
        PlanTeams = "plan-teams", "Plan a change of teams, see whom it would touch, and carry it out";
        ResetSignIn = "reset-sign-in", "Let someone set a new password and code";
        EndAccount = "end-account", "End an account";
        LoadCalendar = "load-calendar", "Load bank holidays";
        SetFigures = "set-figures", "Set the council's own figures for timescales";
        SetWords = "set-words", "Set the council's own list of plain words";
        KeepRestrictedList = "keep-restricted-list", "Keep the list of restricted records";
        JoinRecords = "join-records", "Look for people with two records, join two and part them again";
        AnswerRights = "answer-rights", "See what people ask of their records and which are held or have had their time";
        DisposeRecords = "dispose-records", "Propose to dispose of a record, and confirm what another proposed";
        ImportPeople = "import-people", "Bring in a folder of people";
        ImportReturns = "import-returns", "Bring in the files of statutory returns";
        CheckReturns = "check-returns", "Check the files of a statutory return";
        MakeReturns = "make-returns", "Make statutory returns";
        CheckJournal = "check-journal", "Check the journal's chain";
        CarryOver = "carry-over", "Say that an entry was carried over to the old system";
    }
}

impl Action {
    /// The roles that may. This is the whole table.
    pub const fn roles(self) -> &'static [Role] {
        use Role::{
            DataOfficer, DutyWorker, FamilySupportWorker, HeadOfService, NewlyQualified,
            RestrictedRecordsOfficer, ReviewingOfficer, SocialWorker, SystemAdministrator, TeamManager,
        };
        match self {
            Self::Find => &[
                SocialWorker,
                NewlyQualified,
                FamilySupportWorker,
                TeamManager,
                HeadOfService,
                ReviewingOfficer,
                DutyWorker,
                DataOfficer,
                RestrictedRecordsOfficer,
            ],
            Self::SeeTeam | Self::CarryOver => &[
                SocialWorker,
                NewlyQualified,
                FamilySupportWorker,
                TeamManager,
                HeadOfService,
                ReviewingOfficer,
                DutyWorker,
            ],
            Self::AddPerson => &[
                SocialWorker,
                NewlyQualified,
                FamilySupportWorker,
                TeamManager,
                HeadOfService,
                ReviewingOfficer,
                DutyWorker,
                RestrictedRecordsOfficer,
            ],
            Self::SetAbsence => &[TeamManager, HeadOfService, SystemAdministrator],
            Self::CreateWorker
            | Self::ChangeTeams
            | Self::ResetSignIn
            | Self::EndAccount
            | Self::LoadCalendar => &[SystemAdministrator],
            // the head of service answers for how the council works; the administrator keeps its settings
            Self::PlanTeams | Self::SetFigures | Self::SetWords => &[HeadOfService, SystemAdministrator],
            Self::KeepRestrictedList => &[RestrictedRecordsOfficer],
            Self::JoinRecords => &[TeamManager, HeadOfService, DataOfficer, RestrictedRecordsOfficer],
            // whoever works with the person answers as well, by that; this is for those who answer for all
            Self::AnswerRights | Self::DisposeRecords => &[HeadOfService, DataOfficer],
            Self::ImportPeople | Self::ImportReturns | Self::CheckReturns | Self::CheckJournal => {
                &[DataOfficer, SystemAdministrator]
            }
            Self::MakeReturns => &[DataOfficer],
        }
    }

    /// What to say to someone whose post does not give the right.
    pub const fn refused(self) -> &'static str {
        match self {
            Self::Find => "An account that administers the system finds nobody",
            Self::AddPerson => "Records are begun by those who work with people",
            Self::SeeTeam | Self::CarryOver => "This is for those who work with people",
            Self::SetAbsence => "A manager or the system administrator says who is away",
            Self::CreateWorker
            | Self::ChangeTeams
            | Self::ResetSignIn
            | Self::EndAccount
            | Self::LoadCalendar => "This is done by the system administrator",
            Self::PlanTeams => {
                "A change of teams is planned by the head of service or the system administrator"
            }
            Self::SetFigures => {
                "The council's own figures are set by the head of service or the system administrator"
            }
            Self::SetWords => {
                "The council's own list of words is kept by the head of service or the system administrator"
            }
            Self::JoinRecords => {
                "Records are joined by the data officer, a manager of the team that works with the person, or the restricted-records officer"
            }
            Self::AnswerRights => {
                "This is for the worker responsible for the person, their manager, the data officer or the head of service"
            }
            Self::DisposeRecords => {
                "Records are disposed of by the data officer and the head of service, two together"
            }
            Self::KeepRestrictedList => "Only the restricted-records officer keeps this list",
            Self::ImportPeople | Self::ImportReturns => {
                "Files are brought in by the data officer or the system administrator"
            }
            Self::CheckReturns => "Returns are checked by the data officer or the system administrator",
            Self::MakeReturns => "Returns are made by the data officer",
            Self::CheckJournal => "The journal is checked by the data officer or the system administrator",
        }
    }
}

/// Whether one of this reader's posts gives the right to do this. An account that administers the system
/// does only what its own role allows, whatever other posts it holds.
pub fn may(reader: &Reader, action: Action) -> Decision {
    let staff = match signed_in(reader) {
        Ok(staff) => staff,
        Err(refusal) => return Decision::Refused(refusal),
    };
    let roles = action.roles();
    let role = if staff.administers() {
        roles.contains(&Role::SystemAdministrator).then_some(Role::SystemAdministrator)
    } else {
        staff.posts.iter().map(|post| post.role).find(|role| roles.contains(role))
    };
    role.map_or(Decision::Refused(Refusal::NotInPost(action)), |role| Decision::Allowed(Reason::Post(role)))
}

/// What must be known before an account is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndingFacts {
    /// How many people the worker answers for: as responsible worker, or as manager of people who wait.
    pub answers_for: u32,
    /// Whether no other open account administers the system.
    pub last_administrator: bool,
}

/// Why an account cannot be ended yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StillNeeded {
    /// People would be left without anyone who answers for them.
    #[error("They still answer for {} {}. Hand them over first, then end the account", .0, if *.0 == 1 { "person" } else { "people" })]
    AnswersFor(u32),
    /// Nobody would be left who can add workers.
    #[error("This is the last account that can add workers. Give someone else that role first")]
    LastAdministrator,
}

/// Whether a worker's account may be ended: not while someone still answers for people, and not the last
/// one that administers the system.
pub const fn may_end_account(facts: EndingFacts) -> Result<(), StillNeeded> {
    if facts.answers_for > 0 {
        return Err(StillNeeded::AnswersFor(facts.answers_for));
    }
    if facts.last_administrator {
        return Err(StillNeeded::LastAdministrator);
    }
    Ok(())
}
