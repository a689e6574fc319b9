//! The roles in which people work for the council, and what each is for.

use crate::words::words;

words! {
    /// What a worker does for the council. A role gives no sight of a record by itself: see [`crate::access`].
    Role {
        SocialWorker = "social-worker", "Social worker";
        NewlyQualified = "newly-qualified", "Newly qualified social worker";
        FamilySupportWorker = "family-support-worker", "Family support worker";
        TeamManager = "team-manager", "Team manager";
        HeadOfService = "head-of-service", "Head of service";
        ReviewingOfficer = "reviewing-officer", "Reviewing officer";
        DutyWorker = "duty-worker", "Duty worker";
        DataOfficer = "data-officer", "Data officer";
        RestrictedRecordsOfficer = "restricted-records-officer", "Restricted-records officer";
        SystemAdministrator = "system-administrator", "System administrator";
    }
}

impl Role {
    /// Whether the role is held by a registered social worker, who may answer for a child under protection or in care.
    pub const fn is_social_worker(self) -> bool {
        matches!(self, Self::SocialWorker | Self::NewlyQualified | Self::TeamManager)
    }

    /// Whether someone in this role may be allocated to people.
    pub const fn can_be_allocated(self) -> bool {
        matches!(
            self,
            Self::SocialWorker
                | Self::NewlyQualified
                | Self::FamilySupportWorker
                | Self::TeamManager
                | Self::ReviewingOfficer
                | Self::DutyWorker
        )
    }

    /// Whether the role has to do with people by name: all but those that keep the system and the returns running.
    pub const fn works_with_people(self) -> bool {
        !matches!(self, Self::DataOfficer | Self::SystemAdministrator)
    }

    /// Whether the role leads a team and those under it.
    pub const fn leads(self) -> bool {
        matches!(self, Self::TeamManager | Self::HeadOfService)
    }

    /// Whether the role is one that may break the glass on a restricted record.
    pub const fn is_duty(self) -> bool {
        matches!(self, Self::DutyWorker | Self::RestrictedRecordsOfficer)
    }
}
