//! Ties: how it is between a person and somebody, or something that is no person, on a day. Drawn in the network picture.

use crate::words::words;

words! {
    /// With what a person is tied.
    TieKind {
        /// Somebody whose record the council holds.
        Person = "person", "someone";
        School = "school", "school";
        Faith = "faith", "faith";
        Friends = "friends", "friends";
        Pet = "pet", "pet";
        Online = "online", "online";
        Club = "club", "club or activity";
        Work = "work", "work";
        Health = "health", "health service";
        Neighbourhood = "neighbourhood", "neighbourhood";
        Service = "service", "another service";
        Other = "other", "something else that matters";
    }
}

words! {
    /// How strong a tie is.
    TieStrength {
        Strong = "strong", "Strong or close";
        Ordinary = "ordinary", "Neither strong nor weak";
        Weak = "weak", "Weak or distant";
        Broken = "broken", "Cut off";
    }
}

words! {
    /// Which way help, care or energy goes.
    TieFlow {
        Unsaid = "unsaid", "Not asked";
        There = "there", "From the person";
        Back = "back", "To the person";
        Both = "both", "Both ways";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_reads_back() {
        assert!(TieKind::ALL.iter().all(|it| TieKind::from_code(it.code()) == Some(*it)));
        assert!(TieStrength::ALL.iter().all(|it| TieStrength::from_code(it.code()) == Some(*it)));
        assert!(TieFlow::ALL.iter().all(|it| TieFlow::from_code(it.code()) == Some(*it)));
    }
}
