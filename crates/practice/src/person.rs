//! Who someone is: names, birth date, details and things to know.

use crate::words::words;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

words! {
    /// Whether someone has been born. An unborn child is a person and becomes the same person at birth.
    PersonKind {
        Born = "born", "Born";
        Unborn = "unborn", "Not yet born";
    }
}

words! {
    /// The kinds of a name. The chosen one is shown first.
    NameKind {
        Chosen = "chosen", "Chosen name";
        Legal = "legal", "Legal name";
        Birth = "birth", "Name at birth";
        Alias = "alias", "Also known as";
    }
}

words! {
    /// How sure a birth date is.
    BirthBasis {
        Exact = "exact", "Known";
        Estimated = "estimated", "Estimated";
        Expected = "expected", "Expected";
        Disputed = "disputed", "Disputed";
    }
}

words! {
    /// Three levels of who may learn that a person's record exists (see *Ways of working*).
    AccessLevel {
        Findable = "findable", "Findable";
        Restricted = "restricted", "Restricted";
        Sealed = "sealed", "Sealed";
    }
}

words! {
    /// Kinds of a dated detail about a person, each a short text in the person's own record.
    DetailKind {
        Pronouns = "pronouns", "Pronouns";
        MattersToMe = "matters-to-me", "What matters to me";
        TalkWithMe = "talk-with-me", "How to talk with me";
        Language = "language", "Language";
        CommunicationNeed = "communication-need", "Communication need";
        Phone = "phone", "Phone";
        Email = "email", "Email";
        School = "school", "School or work";
        Sex = "sex", "Sex";
        Gender = "gender", "Gender";
        Ethnicity = "ethnicity", "Ethnicity";
        Religion = "religion", "Faith";
        Disability = "disability", "Disability";
        Photo = "photo", "Photo";
        Died = "died", "Date of death";
        /// A pregnancy that ended without a living child: "Miscarriage" or "Stillbirth", from that day on.
        Lost = "lost", "Pregnancy that ended";
        /// "Father" or "Mother": there is one, and nobody knows who it is.
        UnknownParent = "unknown-parent", "A parent nobody knows";
    }
}

impl DetailKind {
    /// Whether a person has one of this kind at a time, so that a new one replaces the last.
    pub const fn single(self) -> bool {
        !matches!(
            self,
            Self::Language
                | Self::CommunicationNeed
                | Self::Phone
                | Self::Email
                | Self::TalkWithMe
                | Self::Disability
                | Self::UnknownParent
        )
    }
}

words! {
    /// Outside numbers of a person.
    IdentifierKind {
        CouncilId = "council-id", "Council id";
        Upn = "upn", "Unique pupil number";
        FormerUpn = "former-upn", "Former unique pupil number";
        NhsNumber = "nhs-number", "NHS number";
    }
}

words! {
    /// What an address is to a person.
    AddressUse {
        Home = "home", "Home";
        Staying = "staying", "Staying for now";
        Placement = "placement", "Where I am looked after";
        Correspondence = "correspondence", "For letters";
        NoFixed = "no-fixed", "No fixed address";
    }
}

words! {
    /// The usual kinds of things to know (warnings).
    WarningKind {
        PersonWhoPosesRisk = "person-who-poses-risk", "Someone who may be a risk";
        RiskToWorkers = "risk-to-workers", "Safety when visiting";
        DoNotDisclose = "do-not-disclose", "Do not tell";
        SafeContact = "safe-contact", "Safe ways to be in touch";
        ContactArrangement = "contact-arrangement", "Arrangement for seeing someone";
        ProtectionOrder = "protection-order", "Court order that protects";
        HomeEnvironment = "home-environment", "At home";
        Exploitation = "exploitation", "Harm outside the home";
        DomesticAbuse = "domestic-abuse", "Domestic abuse conference";
        SafeguardingAgreement = "safeguarding-agreement", "Safeguarding agreement";
        Health = "health", "Health or allergy";
    }
}

/// A day someone was, may have been or will be born.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Birth {
    /// The day.
    pub on: Date,
    /// How sure it is.
    pub basis: BirthBasis,
}

impl Birth {
    /// Age in whole years on a day; none before birth or while only expected.
    pub fn age_on(self, day: Date) -> Option<i16> {
        if self.basis == BirthBasis::Expected || day < self.on {
            return None;
        }
        let years = day.year() - self.on.year();
        let had_birthday = (day.month(), day.day()) >= (self.on.month(), self.on.day());
        Some(if had_birthday { years } else { years - 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn age_turns_on_the_birthday_and_never_before_birth() {
        let birth = Birth { on: date(2012, 2, 29), basis: BirthBasis::Exact };
        assert_eq!(birth.age_on(date(2026, 2, 28)), Some(13));
        assert_eq!(birth.age_on(date(2026, 3, 1)), Some(14));
        assert_eq!(birth.age_on(date(2012, 2, 28)), None);
        let expected = Birth { on: date(2026, 1, 1), basis: BirthBasis::Expected };
        assert_eq!(expected.age_on(date(2027, 1, 1)), None);
    }
}
