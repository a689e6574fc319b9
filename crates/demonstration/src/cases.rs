//! The awkward cases that the demonstration holds so far, and where to see each.

/// One awkward case.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// What it is.
    pub case: &'static str,
    /// Where to see it.
    pub see: &'static str,
}

/// Every case so far; each room that is built adds its own.
pub const CASES: &[Case] = &[
    Case { case: "A chosen name beside a legal one", see: "Josie Hart, whose legal name is Josephine" },
    Case { case: "Half-siblings, one of them looked after elsewhere", see: "Josie, Theo and Ash Hart" },
    Case {
        case: "Parents married and parted, a father who died, a child expected, a grandparent widowed",
        see: "The picture of Josie Hart",
    },
    Case { case: "A visit to two children, one of them not seen", see: "The last visit to Josie and Theo" },
    Case {
        case: "Two visit clocks of one family at once",
        see: "Josie and Theo under protection, Ash looked after",
    },
    Case { case: "A parent without parental responsibility", see: "Several families: second parents" },
    Case {
        case: "A referral that went no further",
        see: "Families whose record holds a decision and no episode",
    },
    Case { case: "Waiting for a worker", see: "The team pages: episodes opened before anyone was allocated" },
    Case { case: "More than one worker in a row", see: "Families whose worker left" },
    Case {
        case: "A worker who leaves: twelve to hand over, two came back with what is missing",
        see: "Alder Road family team: on Helen Boateng’s Today, and under the worker’s name",
    },
    Case {
        case: "A restricted record",
        see: "Rowan Vane: Nadia Farrow is named on the list, Judith Crane keeps it, nobody else finds the child",
    },
    Case { case: "A confidential address", see: "Marnie Vane" },
    Case {
        case: "Words held back from a parent, to be looked at again today",
        see: "The meeting at school about Josie Hart; on Nadia Farrow's Today",
    },
    Case { case: "A child not yet born", see: "The Vane family: expected in ten weeks" },
    Case {
        case: "A record opened without working with the person, still to be answered for",
        see: "Jonah Vane, opened by Priya Nair; on Helen Boateng's Today",
    },
    Case {
        case: "Wishes that changed, and one told to one worker alone",
        see: "Ash Hart, staying in touch: Josie, and her mum as Nadia Farrow reads it",
    },
    Case {
        case: "Somebody lost who was found, and is not told before it is safe",
        see: "Ash Hart and Denise: as Nadia Farrow, and in Ash’s own space",
    },
    Case {
        case: "A mentor who stays though the record is closed and nobody is allocated",
        see: "Kayla Reed; on Helen Boateng’s Today",
    },
    Case {
        case: "A worker who is away, and who stands in",
        see: "Owen Blythe, for whom Tomasz Zielinski stands in",
    },
];
