//! Rules on how the tables fit together: every child in Header, once, with the same birth and sex everywhere.

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule(
        "1012",
        "Episodes:CHILD ~PlacedAdoption:CHILD ~Missing:CHILD ~Reviews:CHILD ~AD1:CHILD ~PrevPerm:CHILD ~OC2:CHILD",
        "PlacedAdoption Missing Reviews AD1 PrevPerm OC2",
        "Something is returned for a child who has no episode.",
        "Add the child's episodes, or remove the row.",
        Whole(|r, found| {
            for table in [PlacedAdoption, Missing, Reviews, AD1, PrevPerm, OC2] {
                let sheet = r.sheet(table);
                found.all(table, sheet.rows().filter(|row| !r.episodes.names(sheet.kid(*row))));
            }
        }),
    ),
    rule(
        "INT01",
        "Header:CHILD AD1:CHILD",
        "AD1.CHILD",
        NOT_IN_HEADER,
        ADD_HEADER,
        Each(AD1, |r, i| !in_table(r, Header, r.ad1.kid(i))),
    ),
    rule(
        "INT02",
        "Header:CHILD PlacedAdoption:CHILD",
        "PlacedAdoption.CHILD",
        NOT_IN_HEADER,
        ADD_HEADER,
        Each(PlacedAdoption, |r, i| !in_table(r, Header, r.placed.kid(i))),
    ),
    rule(
        "INT03",
        "Header:CHILD Episodes:CHILD",
        "Episodes.CHILD",
        NOT_IN_HEADER,
        ADD_HEADER,
        Each(Episodes, |r, i| !in_table(r, Header, r.episodes.kid(i))),
    ),
    rule(
        "INT04",
        "Header:CHILD Missing:CHILD",
        "Missing.CHILD",
        NOT_IN_HEADER,
        ADD_HEADER,
        Each(Missing, |r, i| !in_table(r, Header, r.missing.kid(i))),
    ),
    rule(
        "INT05",
        "Header:CHILD OC2:CHILD",
        "OC2.CHILD",
        NOT_IN_HEADER,
        ADD_HEADER,
        Each(OC2, |r, i| !in_table(r, Header, r.oc2.kid(i))),
    ),
    rule(
        "INT06",
        "Header:CHILD OC3:CHILD",
        "OC3.CHILD",
        NOT_IN_HEADER,
        ADD_HEADER,
        Each(OC3, |r, i| !in_table(r, Header, r.oc3.kid(i))),
    ),
    rule(
        "INT07",
        "Header:CHILD PrevPerm:CHILD",
        "PrevPerm.CHILD",
        NOT_IN_HEADER,
        ADD_HEADER,
        Each(PrevPerm, |r, i| !in_table(r, Header, r.perm.kid(i))),
    ),
    rule(
        "INT08",
        "Header:CHILD Reviews:CHILD",
        "Reviews.CHILD",
        NOT_IN_HEADER,
        ADD_HEADER,
        Each(Reviews, |r, i| !in_table(r, Header, r.reviews.kid(i))),
    ),
    rule(
        "INT09",
        "Header:CHILD UASC:CHILD",
        "UASC.CHILD",
        NOT_IN_HEADER,
        ADD_HEADER,
        Each(UASC, |r, i| !in_table(r, Header, r.uasc.kid(i))),
    ),
    rule(
        "INT11",
        "Header:CHILD,DOB AD1:CHILD,DOB",
        "AD1.DOB",
        OTHER_BIRTH,
        SAME_BIRTH,
        Pairs(AD1, Header, |r, i, h| differs(r.ad1.dob[i], r.header.dob[h])),
    ),
    rule(
        "INT12",
        "Header:CHILD,DOB PlacedAdoption:CHILD,DOB",
        "PlacedAdoption.DOB",
        OTHER_BIRTH,
        SAME_BIRTH,
        Pairs(PlacedAdoption, Header, |r, i, h| differs(r.placed.dob[i], r.header.dob[h])),
    ),
    rule(
        "INT13",
        "Header:CHILD,DOB Missing:CHILD,DOB",
        "Missing.DOB",
        OTHER_BIRTH,
        SAME_BIRTH,
        Pairs(Missing, Header, |r, i, h| differs(r.missing.dob[i], r.header.dob[h])),
    ),
    rule(
        "INT14",
        "Header:CHILD,DOB OC2:CHILD,DOB",
        "OC2.DOB",
        OTHER_BIRTH,
        SAME_BIRTH,
        Pairs(OC2, Header, |r, i, h| differs(r.oc2.dob[i], r.header.dob[h])),
    ),
    rule(
        "INT15",
        "Header:CHILD,DOB OC3:CHILD,DOB",
        "OC3.DOB",
        OTHER_BIRTH,
        SAME_BIRTH,
        Pairs(OC3, Header, |r, i, h| differs(r.oc3.dob[i], r.header.dob[h])),
    ),
    rule(
        "INT16",
        "Header:CHILD,DOB PrevPerm:CHILD,DOB",
        "PrevPerm.DOB",
        OTHER_BIRTH,
        SAME_BIRTH,
        Pairs(PrevPerm, Header, |r, i, h| differs(r.perm.dob[i], r.header.dob[h])),
    ),
    rule(
        "INT17",
        "Header:CHILD,DOB Reviews:CHILD,DOB",
        "Reviews.DOB",
        OTHER_BIRTH,
        SAME_BIRTH,
        Pairs(Reviews, Header, |r, i, h| differs(r.reviews.dob[i], r.header.dob[h])),
    ),
    rule(
        "INT18",
        "Header:CHILD,DOB UASC:CHILD,DOB",
        "UASC.DOB",
        OTHER_BIRTH,
        SAME_BIRTH,
        Pairs(UASC, Header, |r, i, h| differs(r.uasc.dob[i], r.header.dob[h])),
    ),
    rule(
        "INT21",
        "Header:CHILD,SEX UASC:CHILD,SEX",
        "UASC.SEX",
        "The child's sex differs from the one in Header.",
        "Enter the same sex in both tables.",
        Pairs(UASC, Header, |r, u, h| {
            r.uasc.sex[u].filled() && r.header.sex[h].filled() && !r.uasc.sex[u].same(r.header.sex[h])
        }),
    ),
    rule("INT31", "AD1:CHILD", "AD1.CHILD", TWICE, ONCE, Each(AD1, |r, i| doubled(r, AD1, i))),
    rule("INT32", "Header:CHILD", "Header.CHILD", TWICE, ONCE, Each(Header, |r, i| doubled(r, Header, i))),
    rule("INT33", "OC2:CHILD", "OC2.CHILD", TWICE, ONCE, Each(OC2, |r, i| doubled(r, OC2, i))),
    rule("INT34", "OC3:CHILD", "OC3.CHILD", TWICE, ONCE, Each(OC3, |r, i| doubled(r, OC3, i))),
    rule(
        "INT35",
        "PrevPerm:CHILD",
        "PrevPerm.CHILD",
        TWICE,
        ONCE,
        Each(PrevPerm, |r, i| doubled(r, PrevPerm, i)),
    ),
    rule("INT36", "UASC:CHILD", "UASC.CHILD", TWICE, ONCE, Each(UASC, |r, i| doubled(r, UASC, i))),
];

const NOT_IN_HEADER: &str = "The child of this row is not in Header.";
const ADD_HEADER: &str = "Add the child to Header, or correct the child's id.";
const OTHER_BIRTH: &str = "The date of birth differs from the one in Header.";
const SAME_BIRTH: &str = "Enter the same date of birth in both tables.";
const TWICE: &str = "The child stands more than once in a table that has one row for a child.";
const ONCE: &str = "Keep one row for the child, or correct the child's id.";

fn differs(one: Day, other: Day) -> bool {
    one.known() && other.known() && one != other
}
