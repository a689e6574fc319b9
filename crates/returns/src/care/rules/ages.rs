//! Rules on episodes against the child's age and birth.

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule(
        "234",
        "Episodes:CHILD,DECOM,REASON_PLACE_CHANGE Header:CHILD,DOB",
        "Episodes.REASON_PLACE_CHANGE Header.DOB",
        "The placement changed because the child went to custody, but the child was not yet ten.",
        "Correct the reason, or the date of birth.",
        Pairs(Episodes, Header, |r, e, h| {
            let leniently = |sym: Sym| Day::read_leniently(r.text(sym));
            is!(r.episodes.change[e], "CUSTOD")
                && leniently(r.header.dob.raw[h]).plus_years(10) > leniently(r.episodes.decom.raw[e])
        }),
    ),
    rule(
        "302",
        "Header:CHILD,DOB Episodes:CHILD,DECOM",
        "Header.DOB Episodes.DECOM",
        "The child's first episode begins before the child was born.",
        "Correct the date of birth, or the start of the episode.",
        Pairs(Episodes, Header, |r, e, h| r.episodes.decom[e] < r.header.dob[h] && r.is_first(e)),
    )
    .stops("stops when a child has no episode with a start that can be read", |r| {
        r.has_child_without_start()
    }),
    rule(
        "352",
        "Header:CHILD,DOB Episodes:CHILD,DECOM,RNE",
        "Episodes.DECOM",
        "Care began on or after the 18th birthday.",
        "Correct the date of birth, or the start of the episode.",
        Pairs(Episodes, Header, |r, e, h| {
            is!(r.episodes.rne[e], "S") && r.episodes.decom[e] >= r.header.dob[h].plus_years(18)
        }),
    ),
    rule(
        "358",
        "Header:CHILD,DOB Episodes:CHILD,DECOM,LS",
        "Episodes.LS Header.DOB",
        "A child younger than ten has a legal status of youth justice (J1, J2, J3).",
        "Correct the legal status, or the date of birth.",
        Pairs(Episodes, Header, |r, e, h| {
            is!(r.episodes.ls[e], "J1", "J2", "J3") && r.header.dob[h].plus_years(10) >= r.episodes.decom[e]
        }),
    ),
    rule(
        "359",
        "Header:CHILD,DOB Episodes:CHILD,LS,PLACE,DEC",
        "Episodes.DEC",
        "The young person turned 18 before the end of the year, but the episode has not ceased.",
        "Enter the day the episode ceased, at the latest the 18th birthday, and the reason.",
        Pairs(Episodes, Header, |r, e, h| {
            r.header.dob[h].plus_years(18) < r.end
                && r.episodes.dec.raw[e].blank()
                && !(is!(r.episodes.ls[e], "V2") && is!(r.episodes.place[e], "K2"))
        }),
    ),
    rule(
        "371",
        "Episodes:CHILD,DECOM,PLACE,DEC Header:CHILD,DOB",
        "Episodes.PLACE",
        "A child younger than 16 is placed in supported accommodation (K3).",
        "Correct the placement, or the date of birth.",
        Pairs(Episodes, Header, |r, e, h| too_young(r, e, h, Set::of(&["K3"]), 16)),
    )
    .published(
        ONLY_CLOSED,
        Pairs(Episodes, Header, |r, e, h| closed(r, e) && too_young(r, e, h, Set::of(&["K3"]), 16)),
    ),
    rule(
        "372",
        "Episodes:CHILD,DECOM,PLACE,DEC Header:CHILD,DOB",
        "Episodes.PLACE",
        "A child younger than ten is placed in a young offender institution (R5).",
        "Correct the placement, or the date of birth.",
        Pairs(Episodes, Header, |r, e, h| too_young(r, e, h, Set::of(&["R5"]), 10)),
    )
    .published(
        ONLY_CLOSED,
        Pairs(Episodes, Header, |r, e, h| closed(r, e) && too_young(r, e, h, Set::of(&["R5"]), 10)),
    ),
    rule(
        "373",
        "Episodes:CHILD,DECOM,PLACE,DEC Header:CHILD,DOB",
        "Episodes.PLACE",
        "A child younger than four is placed in a residential school (S1).",
        "Correct the placement, or the date of birth.",
        Pairs(Episodes, Header, |r, e, h| too_young(r, e, h, Set::of(&["S1"]), 4)),
    )
    .published(
        ONLY_CLOSED,
        Pairs(Episodes, Header, |r, e, h| closed(r, e) && too_young(r, e, h, Set::of(&["S1"]), 4)),
    ),
    rule(
        "374",
        "Episodes:CHILD,DECOM,PLACE,DEC Header:CHILD,DOB",
        "Episodes.PLACE",
        "A child younger than 14 is placed in residential employment (P3).",
        "Correct the placement, or the date of birth.",
        Pairs(Episodes, Header, |r, e, h| too_young(r, e, h, Set::of(&["P3"]), 14)),
    )
    .published(
        ONLY_CLOSED,
        Pairs(Episodes, Header, |r, e, h| closed(r, e) && too_young(r, e, h, Set::of(&["P3"]), 14)),
    ),
    rule(
        "375",
        "Episodes:CHILD,DECOM,PLACE,DEC Header:CHILD,DOB",
        "Episodes.PLACE",
        "A temporary stay in hospital (T1) lasted more than six weeks.",
        "Correct the days; a longer stay is a placement of its own.",
        Pairs(Episodes, Header, |r, e, h| too_long(r, e, h, Set::of(&["T1"]), 42)),
    )
    .published(
        ONLY_CLOSED,
        Pairs(Episodes, Header, |r, e, h| closed(r, e) && too_long(r, e, h, Set::of(&["T1"]), 42)),
    ),
    rule(
        "376",
        "Episodes:CHILD,DECOM,PLACE,DEC Header:CHILD,DOB",
        "Episodes.PLACE",
        "A temporary placement during the carer's holiday (T3) lasted more than three weeks.",
        "Correct the days; a longer stay is a placement of its own.",
        Pairs(Episodes, Header, |r, e, h| too_long(r, e, h, Set::of(&["T3"]), 21)),
    )
    .published(
        ONLY_CLOSED,
        Pairs(Episodes, Header, |r, e, h| closed(r, e) && too_long(r, e, h, Set::of(&["T3"]), 21)),
    ),
    rule(
        "379",
        "Episodes:CHILD,DECOM,PLACE,DEC Header:CHILD,DOB",
        "Episodes.PLACE",
        "A temporary placement for another reason (T4) lasted more than seven days.",
        "Correct the days; a longer stay is a placement of its own.",
        Pairs(Episodes, Header, |r, e, h| too_long(r, e, h, Set::of(&["T4"]), 7)),
    )
    .published(
        ONLY_CLOSED,
        Pairs(Episodes, Header, |r, e, h| closed(r, e) && too_long(r, e, h, Set::of(&["T4"]), 7)),
    ),
    rule(
        "386",
        "Header:CHILD,DOB Episodes:CHILD,DEC,REC",
        "Episodes.REC",
        "The young person was adopted on or after the 18th birthday.",
        "Correct the reason the episode ceased, its day, or the date of birth.",
        Pairs(Episodes, Header, |r, e, h| {
            ADOPTED.has(r.episodes.rec[e]) && r.episodes.dec[e] >= r.header.dob[h].plus_years(18)
        }),
    ),
    rule(
        "387",
        "Header:CHILD,DOB Episodes:CHILD,DEC,REC",
        "Episodes.REC",
        "A child younger than 14, or of unknown age, left care for independent living.",
        "Correct the reason the episode ceased, or the date of birth.",
        Each(Episodes, |r, e| {
            is!(r.episodes.rec[e], "E5", "E6") && r.episodes.dec[e].known() && !old_enough(r, e, 14)
        }),
    ),
    rule(
        "389",
        "Header:CHILD,DOB Episodes:CHILD,DEC,REC",
        "Episodes.REC",
        "Adult social care took over for a child younger than 16, or the day or age is not known.",
        "Correct the reason the episode ceased, its day, or the date of birth.",
        Each(Episodes, |r, e| is!(r.episodes.rec[e], "E7") && !old_enough(r, e, 16)),
    ),
    rule(
        "407",
        "Episodes:CHILD,DEC,REC Header:CHILD,DOB",
        "Episodes.REC Header.DOB",
        "A special guardianship order was made after the 18th birthday.",
        "Correct the reason the episode ceased, its day, or the date of birth.",
        Pairs(Episodes, Header, |r, e, h| {
            is!(r.episodes.rec[e], "E45", "E46", "E47", "E48")
                && r.episodes.dec[e] > r.header.dob[h].plus_years(18)
        }),
    ),
    rule(
        "460",
        "Header:CHILD,DOB Episodes:CHILD,DEC,REC",
        "Episodes.REC",
        "The reason the episode ceased is one from the 18th birthday on (E17), but it ceased earlier.",
        "Correct the reason, the day, or the date of birth.",
        Pairs(Episodes, Header, |r, e, h| {
            is!(r.episodes.rec[e], "E17") && r.episodes.dec[e] < r.header.dob[h].plus_years(18)
        }),
    ),
    rule(
        "607",
        "Episodes:CHILD,LS,DEC,REC Header:CHILD,SEX,MOTHER",
        "Episodes.REC Header.MOTHER",
        "A girl left care this year, and it is not said whether she is a mother.",
        "Enter 1 if she has a child, otherwise 0.",
        Pairs(Episodes, Header, |r, e, h| {
            r.in_year(r.episodes.dec[e])
                && r.episodes.rec[e].filled()
                && !is!(r.episodes.rec[e], "X1")
                && !r.is_short(e)
                && is!(r.header.sex[h], "F")
                && r.header.mother[h].blank()
        }),
    ),
];

const ONLY_CLOSED: &str = "never looks at an episode that is still open";

fn closed(run: &Run, episode: usize) -> bool {
    run.episodes.dec[episode].known()
}

fn too_young(run: &Run, episode: usize, header: usize, places: Set, age: i32) -> bool {
    places.has(run.episodes.place[episode])
        && run.episodes.decom[episode] < run.header.dob[header].plus_years(age)
}

fn too_long(run: &Run, episode: usize, header: usize, places: Set, days: i32) -> bool {
    places.has(run.episodes.place[episode])
        && run.header.dob[header].known()
        && run.episodes.dec[episode].or(run.end) > run.episodes.decom[episode].plus_days(days)
}

/// The episode ceased when the child had reached this age; not if the age is not known.
fn old_enough(run: &Run, episode: usize, age: i32) -> bool {
    let mut rows = run.header.of(run.episodes.kid(episode)).peekable();
    rows.peek().is_some() && rows.all(|h| run.episodes.dec[episode] >= run.header.dob[h].plus_years(age))
}
