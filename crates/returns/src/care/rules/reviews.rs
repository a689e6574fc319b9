//! Rules on reviews of the care plan, and on permanence before the child came back into care (`PrevPerm`).

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule(
        "166",
        "Reviews:REVIEW",
        "Reviews.REVIEW",
        "The day of the review is blank or cannot be read as a date.",
        "Enter it as dd/mm/yyyy.",
        Each(Reviews, |r, i| !r.reviews.review[i].known()),
    ),
    rule(
        "167",
        "Reviews:REVIEW,REVIEW_CODE",
        "Reviews.REVIEW_CODE",
        "How the child took part in the review is not one of the codes, or day and code do not come together.",
        "Give both the day and one of PN0 to PN7.",
        Each(Reviews, |r, i| {
            let (day, code) = (r.reviews.review.raw[i], r.reviews.code[i]);
            !((day.filled() && code::REVIEW_CODE.has(code)) || (day.blank() && code.blank()))
        }),
    ),
    rule(
        "440",
        "Reviews:DOB,REVIEW,REVIEW_CODE",
        "Reviews.REVIEW_CODE",
        "The code says that the child was under four at the review (PN0), but the child was four or older.",
        "Enter how the child took part, PN1 to PN7.",
        Each(Reviews, |r, i| {
            is!(r.reviews.code[i], "PN0") && r.reviews.review[i] > r.reviews.dob[i].plus_years(4)
        }),
    ),
    rule(
        "441",
        "Reviews:DOB,REVIEW,REVIEW_CODE",
        "Reviews.REVIEW_CODE",
        "The child was under four at the review, but the code says how they took part.",
        "Enter PN0.",
        Each(Reviews, |r, i| {
            is!(r.reviews.code[i], "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7")
                && r.reviews.review[i] < r.reviews.dob[i].plus_years(4)
        }),
    ),
    rule(
        "399",
        "Episodes:CHILD,LS Header:CHILD,MOTHER Reviews:CHILD,REVIEW,REVIEW_CODE",
        "Episodes.LS Header.MOTHER Reviews",
        "All the child's episodes are short breaks, and yet reviews or motherhood are given.",
        "Leave mother and reviews out for a child who only has short breaks.",
        Whole(short_breaks_only),
    ),
    rule(
        "630",
        "Episodes:CHILD,DECOM,RNE PrevPerm:CHILD,PREV_PERM,LA_PERM,DATE_PERM",
        "Episodes.RNE",
        "Care began this year, but what permanence the child had before is missing or not whole.",
        "Enter the earlier permanence with its authority and date, or Z1 if there was none.",
        Each(Episodes, |r, e| {
            let kid = r.episodes.kid(e);
            is!(r.episodes.rne[e], "S")
                && r.episodes.decom[e] >= r.start
                && (!r.perm.names(kid) || r.perm.of(kid).any(|p| permanence_not_whole(r, p)))
        }),
    ),
    rule(
        "631",
        "PrevPerm:PREV_PERM",
        "PrevPerm.PREV_PERM",
        "The earlier permanence is not one of the codes.",
        "Enter P1, P2, P3, P4 or Z1.",
        Each(PrevPerm, |r, i| wrong(r.perm.option[i], code::PREV_PERM)),
    ),
    rule(
        "632",
        "Episodes:CHILD,DECOM PrevPerm:CHILD,DATE_PERM",
        "PrevPerm.DATE_PERM Episodes.DECOM",
        "The earlier permanence began no sooner than this time in care, or its date cannot be read.",
        "Enter the day of the order as dd/mm/yyyy, with ZZ for what is not known.",
        Pairs(PrevPerm, Episodes, |r, p, e| {
            let day = Day::read_partly_known(r.text(r.perm.date.raw[p]));
            let unreadable = r.perm.date.raw[p].filled() && !day.known();
            (day >= r.episodes.decom[e] || unreadable) && r.is_first(e)
        }),
    ),
    rule(
        "633",
        "PrevPerm:LA_PERM",
        "PrevPerm.LA_PERM",
        "The authority that arranged the earlier permanence is not one of the codes.",
        "Enter the three-digit number of the authority, or WAL, SCO, NIR or NUK.",
        Each(PrevPerm, |r, i| {
            r.perm.authority[i].filled() && !code::arranged_permanence(r.text(r.perm.authority[i]))
        }),
    ),
    rule(
        "634",
        "Episodes:CHILD,DECOM PrevPerm:CHILD,PREV_PERM,LA_PERM,DATE_PERM",
        "PrevPerm Episodes.DECOM",
        "Earlier permanence is given for a child whose care did not begin this year.",
        "Remove it; it is returned only in the year in which care begins.",
        Pairs(PrevPerm, Episodes, |r, p, e| {
            let said =
                r.perm.option[p].filled() || r.perm.authority[p].filled() || r.perm.date.raw[p].filled();
            let latest = r.last_episode(r.perm.kid(p)).map_or(Day::NONE, |last| r.episodes.decom[last]);
            said && latest < r.start && r.episodes.kid(e) == r.perm.kid(p)
        }),
    ),
    rule(
        "635",
        "PrevPerm:PREV_PERM,LA_PERM,DATE_PERM",
        "PrevPerm.PREV_PERM",
        "There was no earlier permanence (Z1), but an authority or a date is given for it.",
        "Enter what the earlier permanence was, or remove authority and date.",
        Each(PrevPerm, |r, i| {
            is!(r.perm.option[i], "Z1") && (r.perm.authority[i].filled() || r.perm.date.raw[i].filled())
        }),
    )
    .published(
        "looks for a blank option instead of Z1",
        Each(PrevPerm, |r, i| {
            r.perm.option[i].blank() && (r.perm.authority[i].filled() || r.perm.date.raw[i].filled())
        }),
    ),
];

fn permanence_not_whole(run: &Run, row: usize) -> bool {
    let p = &run.perm;
    p.option[row].blank()
        || (!is!(p.option[row], "Z1") && (p.authority[row].blank() || p.date.raw[row].blank()))
}

fn short_breaks_only(run: &Run, found: &mut Found) {
    let e = &run.episodes;
    for kid in e.kids().filter(|kid| e.names(*kid) && !run.has_long_episode(*kid)) {
        let mother = run.header.of(kid).any(|h| run.header.mother[h].filled());
        let said = |row: &usize| run.reviews.review.raw[*row].filled() || run.reviews.code[*row].filled();
        let reviews: Vec<usize> = run.reviews.of(kid).filter(|row| mother || said(row)).collect();
        if mother || !reviews.is_empty() {
            found.all(Episodes, e.of(kid));
            found.all(Header, run.header.of(kid));
            found.all(Reviews, reviews.into_iter());
        }
    }
}
