//! Rules on how a child's episodes follow one another within the year.

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule(
        "142",
        "Episodes:CHILD,DECOM,DEC,REC",
        "Episodes.DEC",
        "Another episode follows, but the day or reason this one ceased is missing.",
        "Enter the day and the reason; X1 if the next begins the same day.",
        Each(Episodes, |r, i| {
            let last = !r.after(i).is_some_and(|next| r.episodes.decom[next].known());
            r.episodes.decom[i].known() && !last && (!r.episodes.dec[i].known() || r.episodes.rec[i].blank())
        }),
    ),
    rule(
        "199",
        "Episodes:CHILD,DECOM,REC ~last.Episodes:CHILD,DECOM,REC",
        "Episodes.DECOM",
        "An episode follows after the child was adopted.",
        "Correct the reason the earlier episode ceased; an adopted child who comes into care is a new child.",
        Each(Episodes, after_adoption),
    ),
    rule(
        "225",
        "Episodes:CHILD,DECOM,RNE,PLACE,REC,REASON_PLACE_CHANGE",
        "Episodes.REASON_PLACE_CHANGE",
        "The child moved to another placement, but the reason is missing.",
        "Enter the reason for the change.",
        Each(Episodes, |r, i| {
            let e = &r.episodes;
            is!(e.rec[i], "X1")
                && e.change[i].blank()
                && !TEMPORARY.has(e.place[i])
                && r.after(i)
                    .is_some_and(|next| is!(e.rne[next], "P", "B", "T", "U") && !TEMPORARY.has(e.place[next]))
        }),
    ),
    rule(
        "226",
        "Episodes:CHILD,DECOM,PLACE,REASON_PLACE_CHANGE",
        "Episodes.REASON_PLACE_CHANGE",
        "A reason for changing placement is given for a move to or from a temporary placement.",
        "Leave the reason blank around temporary placements.",
        Each(Episodes, |r, i| {
            let e = &r.episodes;
            TEMPORARY.has(e.place[i])
                && (e.change[i].filled() || r.before(i).is_some_and(|before| e.change[before].filled()))
        }),
    ),
    rule(
        "336",
        "Episodes:CHILD,DECOM,PLACE",
        "Episodes.PLACE",
        "The child is placed for adoption by consent (A3, A4), but was not with foster carers or adopters before.",
        "Correct this placement or the one before.",
        Each(Episodes, |r, i| {
            is!(r.episodes.place[i], "A3", "A4")
                && r.before(i).is_some_and(|before| !ADOPT.or(FOSTER).has(r.episodes.place[before]))
        }),
    ),
    rule(
        "357",
        "Episodes:CHILD,DECOM,RNE",
        "Episodes.RNE",
        "The child's first episode begins this year, but not as the start of being looked after.",
        "Enter S, or add the episodes before it.",
        Each(Episodes, |r, i| {
            r.episodes.decom[i] >= r.start && !is!(r.episodes.rne[i], "S") && r.is_first(i)
        }),
    )
    .stops("stops when a child has no episode with a start that can be read", |r| {
        r.has_child_without_start()
    }),
    rule(
        "383",
        "Episodes:CHILD,DECOM,RNE,PLACE,PL_POST",
        "Episodes.PLACE",
        "After a temporary placement the child did not go back to the placement before it.",
        "Correct the placements; when the child does not come back, the stay was no temporary one.",
        Each(Episodes, |r, i| {
            let e = &r.episodes;
            let Some(between) = r.before(i) else { return false };
            let Some(first) = r.before(between) else { return false };
            TEMPORARY.has(e.place[between])
                && (!is!(e.rne[i], "P") || e.place[i] != e.place[first] || e.pl_post[i] != e.pl_post[first])
        }),
    ),
    rule(
        "388",
        "Episodes:CHILD,DECOM,DEC,REC",
        "Episodes.REC",
        "The reason the episode ceased does not fit what follows: X1 needs another episode the same day, any other reason none.",
        "Correct the reason, the days, or add the episode that follows.",
        Whole(followed_or_not),
    ),
    rule(
        "431",
        "Episodes:CHILD,DECOM,RNE,DEC",
        "Episodes.RNE",
        "Care is said to start, but the episode before ends no earlier.",
        "Correct the reason for the new episode, or the days.",
        Each(Episodes, |r, i| {
            is!(r.episodes.rne[i], "S")
                && r.before(i).is_some_and(|before| r.episodes.decom[i] <= r.episodes.dec[before])
        }),
    ),
    rule(
        "432",
        "Episodes:CHILD,DECOM,RNE,REC",
        "Episodes.RNE",
        "The episode before ended care, but this one does not start it again.",
        "Enter S, or X1 as the reason the episode before ceased.",
        Each(Episodes, |r, i| {
            !is!(r.episodes.rne[i], "S")
                && r.before(i).is_some_and(|before| REC_LEFT.has(r.episodes.rec[before]))
        }),
    ),
    rule(
        "433",
        "Episodes:CHILD,DECOM,RNE,DEC",
        "Episodes.DECOM",
        "The episode carries on from the one before, but does not begin on the day that one ceased.",
        "Correct the days, or enter S.",
        Whole(not_joined),
    ),
    rule(
        "434",
        "Episodes:CHILD,DECOM,RNE,LS,PLACE,PLACE_PROVIDER,PL_POST,URN",
        "Episodes.RNE",
        "Only the legal status is said to have changed, but it did not, or the placement did.",
        "Correct the reason for the new episode, or what changed.",
        Each(Episodes, |r, i| {
            is!(r.episodes.rne[i], "L")
                && r.before(i).is_some_and(|before| {
                    r.episodes.ls[i] == r.episodes.ls[before] || !same_placement(r, i, before)
                })
        }),
    ),
    rule(
        "435",
        "Episodes:CHILD,DECOM,RNE,LS,PLACE,PLACE_PROVIDER,PL_POST,URN",
        "Episodes.RNE",
        "Only the placement is said to have changed, but it did not, or the legal status did.",
        "Correct the reason for the new episode, or what changed.",
        Each(Episodes, |r, i| {
            is!(r.episodes.rne[i], "P", "T")
                && r.before(i).is_some_and(|before| {
                    r.episodes.ls[i] != r.episodes.ls[before]
                        || (same_placement(r, i, before) && placement(r, i).iter().all(|cell| cell.filled()))
                })
        }),
    ),
    rule(
        "436",
        "Episodes:CHILD,DECOM,RNE,LS,PLACE,PLACE_PROVIDER,PL_POST,URN",
        "Episodes.RNE",
        "Legal status and placement are both said to have changed, but one of them did not.",
        "Correct the reason for the new episode, or what changed.",
        Each(Episodes, |r, i| {
            is!(r.episodes.rne[i], "U", "B")
                && r.before(i).is_some_and(|before| {
                    r.episodes.ls[i] == r.episodes.ls[before] || same_placement(r, i, before)
                })
        }),
    ),
    rule(
        "437",
        "Episodes:CHILD,DECOM,REC",
        "Episodes.REC",
        "The child died or reached 18, but another episode follows.",
        "Correct the reason the episode ceased, or remove the later one.",
        Each(Episodes, |r, i| {
            is!(r.episodes.rec[i], "E2", "E15") && r.episodes.decom[i].known() && r.after(i).is_some()
        }),
    ),
    rule(
        "501",
        "Episodes:CHILD,DECOM,DEC",
        "Episodes.DECOM",
        "The episode begins before the one before it ceased.",
        "Correct the days.",
        Each(Episodes, |r, i| r.before(i).is_some_and(|before| r.episodes.decom[i] < r.episodes.dec[before])),
    ),
    rule(
        "504",
        "Episodes:CHILD,DECOM,CIN,DEC,REC",
        "Episodes.CIN",
        "The category of need changed within one time in care.",
        "Enter the category given at the start of care.",
        Each(Episodes, |r, i| {
            r.before(i).is_some_and(|before| {
                let e = &r.episodes;
                is!(e.rec[before], "X1") && e.dec[before] == e.decom[i] && e.cin[before] != e.cin[i]
            })
        }),
    ),
];

fn placement(run: &Run, row: usize) -> [Sym; 4] {
    let e = &run.episodes;
    [e.place[row], e.pl_post[row], e.urn[row], e.provider[row]]
}

/// Type, postcode, Ofsted number and provider are the same, blank or not.
fn same_placement(run: &Run, row: usize, other: usize) -> bool {
    placement(run, row).iter().zip(placement(run, other)).all(|(one, other)| one.same(other))
}

/// An earlier episode, of this year or the last, ended in adoption. Of two that begin on the same day in the same file
/// the first there is the earlier; one of last year's file is not earlier.
fn after_adoption(run: &Run, row: usize) -> bool {
    let (e, last) = (&run.episodes, &run.last.episodes);
    let (kid, start) = (e.kid(row), e.decom[row]);
    let before = |other: usize| e.decom[other] < start || (e.decom[other] == start && other < row);
    e.of(kid).any(|other| before(other) && ADOPTED.has(e.rec[other]))
        || last.of(kid).any(|other| last.decom[other] < start && ADOPTED.has(last.rec[other]))
}

fn followed_or_not(run: &Run, found: &mut Found) {
    let e = &run.episodes;
    // here an episode without a start comes first
    let sorted = e.sorted(|row| (e.decom[row].known(), e.decom[row].last_if_none()));
    let long_ago = Day::of(1901, 1, 1);
    for kid in e.kids() {
        let rows = sorted.rows(kid);
        for (at, row) in rows.iter().map(|row| *row as usize).enumerate() {
            let (dec, goes_on) = (e.dec[row], is!(e.rec[row], "X1"));
            let fails = match rows.get(at + 1) {
                Some(next) => {
                    let next = e.decom[*next as usize].or(long_ago);
                    (goes_on && dec.known() && dec != next)
                        || (e.rec[row].filled() && !goes_on && dec == next)
                }
                None => dec.known() && goes_on,
            };
            if fails {
                found.at(Episodes, row);
            }
        }
    }
}

fn not_joined(run: &Run, found: &mut Found) {
    let e = &run.episodes;
    let sorted = e.sorted(|row| (e.decom[row].last_if_none(), e.dec[row].last_if_none()));
    for kid in e.kids() {
        for pair in sorted.rows(kid).windows(2) {
            let (before, row) = (pair[0] as usize, pair[1] as usize);
            if is!(e.rne[row], "P", "L", "T", "U", "B") && e.dec.raw[before] != e.decom.raw[row] {
                found.at(Episodes, row);
            }
        }
    }
}
