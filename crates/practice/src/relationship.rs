//! Who is who to whom. Each kind has an inverse, so that a relationship is told once.

use crate::words::words;

words! {
    /// What one person is to another: "Leanne is Josie's *parent*".
    RelationshipKind {
        GreatGrandparent = "great-grandparent", "great-grandparent";
        Grandparent = "grandparent", "grandparent";
        Parent = "parent", "parent";
        BirthParent = "birth-parent", "parent by birth";
        AdoptiveParent = "adoptive-parent", "parent by adoption";
        StepParent = "step-parent", "step-parent";
        ParentOfUnborn = "parent-of-unborn", "parent of unborn child";
        Child = "child", "child";
        BirthChild = "birth-child", "child by birth";
        AdoptedChild = "adopted-child", "child by adoption";
        StepChild = "step-child", "step-child";
        UnbornChild = "unborn-child", "unborn child";
        Grandchild = "grandchild", "grandchild";
        GreatGrandchild = "great-grandchild", "great-grandchild";
        Sibling = "sibling", "brother or sister";
        HalfSibling = "half-sibling", "half-brother or half-sister";
        StepSibling = "step-sibling", "step-brother or step-sister";
        Twin = "twin", "twin";
        IdenticalTwin = "identical-twin", "identical twin";
        OtherTwin = "other-twin", "twin, not identical";
        UnbornSibling = "unborn-sibling", "unborn brother or sister";
        SiblingOfUnborn = "sibling-of-unborn", "brother or sister of unborn child";
        AuntOrUncle = "aunt-or-uncle", "aunt or uncle";
        NieceOrNephew = "niece-or-nephew", "niece or nephew";
        Cousin = "cousin", "cousin";
        Spouse = "spouse", "husband, wife or civil partner";
        FormerSpouse = "former-spouse", "former husband, wife or civil partner";
        Partner = "partner", "partner";
        FormerPartner = "former-partner", "former partner";
        FosterCarer = "foster-carer", "foster carer";
        FosterChild = "foster-child", "foster child";
        PrivateFosterCarer = "private-foster-carer", "private foster carer";
        PrivatelyFosteredChild = "privately-fostered-child", "privately fostered child";
        SupportCarer = "support-carer", "support carer";
        SupportedChild = "supported-child", "child with a support carer";
        Friend = "friend", "friend";
        Neighbour = "neighbour", "neighbour";
        Acquaintance = "acquaintance", "acquaintance";
        InContactWith = "in-contact-with", "in contact with";
        Other = "other", "someone who matters";
    }
}

impl RelationshipKind {
    /// What the other person is in return.
    #[must_use]
    pub const fn inverse(self) -> Self {
        match self {
            Self::GreatGrandparent => Self::GreatGrandchild,
            Self::GreatGrandchild => Self::GreatGrandparent,
            Self::Grandparent => Self::Grandchild,
            Self::Grandchild => Self::Grandparent,
            Self::Parent => Self::Child,
            Self::Child => Self::Parent,
            Self::BirthParent => Self::BirthChild,
            Self::BirthChild => Self::BirthParent,
            Self::AdoptiveParent => Self::AdoptedChild,
            Self::AdoptedChild => Self::AdoptiveParent,
            Self::StepParent => Self::StepChild,
            Self::StepChild => Self::StepParent,
            Self::ParentOfUnborn => Self::UnbornChild,
            Self::UnbornChild => Self::ParentOfUnborn,
            Self::UnbornSibling => Self::SiblingOfUnborn,
            Self::SiblingOfUnborn => Self::UnbornSibling,
            Self::AuntOrUncle => Self::NieceOrNephew,
            Self::NieceOrNephew => Self::AuntOrUncle,
            Self::FosterCarer => Self::FosterChild,
            Self::FosterChild => Self::FosterCarer,
            Self::PrivateFosterCarer => Self::PrivatelyFosteredChild,
            Self::PrivatelyFosteredChild => Self::PrivateFosterCarer,
            Self::SupportCarer => Self::SupportedChild,
            Self::SupportedChild => Self::SupportCarer,
            Self::Sibling
            | Self::HalfSibling
            | Self::StepSibling
            | Self::Twin
            | Self::IdenticalTwin
            | Self::OtherTwin
            | Self::Cousin
            | Self::Spouse
            | Self::FormerSpouse
            | Self::Partner
            | Self::FormerPartner
            | Self::Friend
            | Self::Neighbour
            | Self::Acquaintance
            | Self::InContactWith
            | Self::Other => self,
        }
    }

    /// Whether it makes two people brothers or sisters of any sort.
    pub const fn is_sibling(self) -> bool {
        matches!(
            self,
            Self::Sibling
                | Self::HalfSibling
                | Self::StepSibling
                | Self::Twin
                | Self::IdenticalTwin
                | Self::OtherTwin
                | Self::UnbornSibling
                | Self::SiblingOfUnborn
        )
    }

    /// Whether it says that the first is a parent of the other, in any way.
    pub const fn is_parent(self) -> bool {
        matches!(
            self,
            Self::Parent | Self::BirthParent | Self::AdoptiveParent | Self::StepParent | Self::ParentOfUnborn
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inverse_of_the_inverse_is_the_same_and_every_code_reads_back() {
        for &kind in RelationshipKind::ALL {
            assert_eq!(kind.inverse().inverse(), kind, "{kind}");
            assert_eq!(RelationshipKind::from_code(kind.code()), Some(kind));
        }
    }
}
