//! Rules on decisions that a child should be placed for adoption (`PlacedAdoption`).

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule("115", "PlacedAdoption:DATE_PLACED", "PlacedAdoption.DATE_PLACED",
        "The day of the decision to place for adoption cannot be read as a date.",
        "Enter it as dd/mm/yyyy.",
        Each(PlacedAdoption, |r, i| r.placed.placed.unreadable(i))),
    rule("116", "PlacedAdoption:DATE_PLACED_CEASED", "PlacedAdoption.DATE_PLACED_CEASED",
        "The day the decision to place for adoption was given up cannot be read as a date.",
        "Enter it as dd/mm/yyyy.",
        Each(PlacedAdoption, |r, i| r.placed.ceased.unreadable(i))),
    rule("117", "Episodes:CHILD,DECOM,DEC,REC PlacedAdoption:CHILD,DATE_PLACED,DATE_PLACED_CEASED",
        "Episodes.DEC PlacedAdoption",
        "A decision to place for adoption was made or given up after the child's last episode or the year ended.",
        "Correct the day of the decision, or the end of the episode.",
        Pairs(PlacedAdoption, Episodes, |r, p, e| {
            let (placed, ceased, dec) = (r.placed.placed[p], r.placed.ceased[p], r.episodes.dec[e]);
            (placed > r.end || placed > dec || ceased > r.end || ceased > dec) && is_last_leaving(r, e)
        })),
    rule("118", "Episodes:CHILD,DECOM,LS PlacedAdoption:CHILD,DATE_PLACED_CEASED",
        "Episodes.DECOM PlacedAdoption.DATE_PLACED_CEASED",
        "A decision to place for adoption was given up before the child was looked after or the year began.",
        "Correct the day, or the start of care; decisions given up in earlier years are not returned.",
        Pairs(PlacedAdoption, Episodes, |r, p, e| {
            let ceased = r.placed.ceased[p];
            (ceased < r.episodes.decom[e] || ceased < r.start) && is_first_long(r, e)
        })),
    rule("119", "PlacedAdoption:DATE_PLACED_CEASED,REASON_PLACED_CEASED", "PlacedAdoption.REASON_PLACED_CEASED",
        "Of the day a decision was given up and the reason, only one is given.",
        "Give both, or neither.",
        Each(PlacedAdoption, |r, i| r.placed.ceased.raw[i].filled() != r.placed.reason[i].filled())),
    rule("120", "PlacedAdoption:REASON_PLACED_CEASED", "PlacedAdoption.REASON_PLACED_CEASED",
        "The reason the decision was given up is not one of the codes.",
        "Enter one of RD1 to RD4.",
        Each(PlacedAdoption, |r, i| wrong(r.placed.reason[i], code::REASON_PLACED_CEASED))),
    rule("184", "Header PlacedAdoption:DOB,DATE_PLACED", "PlacedAdoption.DATE_PLACED",
        "It was decided to place the child for adoption before the child was born, or the date of birth is missing.",
        "Correct the day of the decision, or the date of birth.",
        Each(PlacedAdoption, |r, i| r.placed.placed[i].known() && !r.placed.dob[i].is_by(r.placed.placed[i]))),
    rule("522", "PlacedAdoption:DATE_PLACED,DATE_PLACED_CEASED", "PlacedAdoption.DATE_PLACED_CEASED",
        "The decision was given up before it was made.",
        "Correct one of the two days.",
        Each(PlacedAdoption, |r, i| r.placed.ceased[i] < r.placed.placed[i])),
    rule("551", "Episodes:CHILD,PLACE PlacedAdoption:CHILD,DATE_PLACED", "Episodes.PLACE",
        "The child is placed for adoption, but no day of the decision is given.",
        "Enter the day of the decision, or correct the placement.",
        Each(Episodes, |r, e| {
            let kid = r.episodes.kid(e);
            ADOPT.has(r.episodes.place[e])
                && (!r.placed.names(kid) || r.placed.of(kid).any(|p| r.placed.placed.raw[p].blank()))
        })),
    rule("552", "Episodes:CHILD,DECOM,PLACE PlacedAdoption:CHILD,DATE_PLACED", "Episodes.DECOM PlacedAdoption.DATE_PLACED",
        "The decision was made after the child was placed for adoption.",
        "Correct the day of the decision, or the start of the placement.",
        Pairs(PlacedAdoption, Episodes, |r, p, e| {
            let ep = &r.episodes;
            let adopting = |row: usize| if ADOPT.has(ep.place[row]) { ep.decom[row] } else { Day::NONE };
            r.placed.placed[p] > ep.decom[e]
                && ep.first_by(ep.kid(e), adopting) == Some(e)
                && latest(r, r.placed.kid(p)) == Some(p)
        })),
    rule("553", "Episodes:CHILD,LS,DEC PlacedAdoption:CHILD,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
        "Episodes.LS PlacedAdoption",
        "There is a placement order, but no decision to place for adoption that still stands.",
        "Enter the decision, remove its end, or correct the legal status.",
        Whole(order_without_decision)),
    rule("554", "Episodes:CHILD,DECOM,LS PlacedAdoption:CHILD,DATE_PLACED", "Episodes.DECOM PlacedAdoption.DATE_PLACED",
        "The decision was made after the placement order.",
        "Correct the day of the decision, or the start of the episode with the order.",
        Pairs(PlacedAdoption, Episodes, |r, p, e| {
            let ep = &r.episodes;
            let ordered = |row: usize| if is!(ep.ls[row], "E1") { ep.decom[row] } else { Day::NONE };
            r.placed.placed[p] > ep.decom[e] && ep.first_by(ep.kid(e), ordered) == Some(e)
        })),
    rule("557", "Episodes:CHILD,LS,PLACE,REC PlacedAdoption:CHILD,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
        "Episodes.REC PlacedAdoption.DATE_PLACED_CEASED",
        "The child left care without being adopted, but the decision to place for adoption was not given up.",
        "Enter the day and reason the decision was given up, or correct the reason the episode ceased.",
        Whole(left_with_decision)),
    rule("558", "Episodes:CHILD,REC PlacedAdoption:CHILD,DATE_PLACED_CEASED", "Episodes.REC",
        "The child was adopted, although every decision to place for adoption was given up.",
        "Remove the day the decision was given up, or correct the reason the episode ceased.",
        Each(Episodes, |r, e| {
            let kid = r.episodes.kid(e);
            ADOPTED.has(r.episodes.rec[e]) && r.placed.names(kid)
                && r.placed.of(kid).all(|p| r.placed.ceased.raw[p].filled())
        }))
        .published("reports only children with more than one pair of episode and decision",
            Each(Episodes, |r, e| {
                let kid = r.episodes.kid(e);
                let adopted = r.episodes.of(kid).filter(|row| ADOPTED.has(r.episodes.rec[*row])).count();
                ADOPTED.has(r.episodes.rec[e]) && adopted * r.placed.of(kid).len() > 1
                    && r.placed.of(kid).all(|p| r.placed.ceased.raw[p].filled())
            })),
    rule("559", "PlacedAdoption:CHILD,DATE_PLACED last.PlacedAdoption:CHILD,DATE_PLACED", "PlacedAdoption.DATE_PLACED",
        "The decision was made before this year, but last year's return did not have it.",
        "Correct the day of the decision, or last year's return with the department.",
        Each(PlacedAdoption, |r, i| {
            let kid = r.placed.kid(i);
            let last = &r.last.placed;
            r.placed.placed[i] < r.start
                && (!last.names(kid) || last.of(kid).any(|was| !last.placed[was].known()))
        })),
    rule("560", "PlacedAdoption:CHILD,DATE_PLACED last.PlacedAdoption:CHILD,DATE_PLACED,DATE_PLACED_CEASED",
        "PlacedAdoption.DATE_PLACED",
        "The day of a decision that still stood last year has changed.",
        "Enter last year's day, or correct last year's return with the department.",
        Against(PlacedAdoption, |r, i, was| {
            let last = &r.last.placed;
            last.placed.raw[was].filled() && last.ceased.raw[was].blank()
                && r.placed.placed.raw[i] != last.placed.raw[was]
        })),
    rule("561", "PlacedAdoption:CHILD,DATE_PLACED last.PlacedAdoption:CHILD,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
        "PlacedAdoption.DATE_PLACED",
        "A decision that was given up last year is returned again.",
        "Remove it, or enter the day of the new decision.",
        Against(PlacedAdoption, |r, i, was| r.placed.placed.raw[i] == r.last.placed.placed.raw[was]
            && given_up_last_year(r, was))),
    rule("563", "PlacedAdoption:DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED", "PlacedAdoption.DATE_PLACED",
        "A decision was given up, but not when it was made.",
        "Enter the day of the decision.",
        Each(PlacedAdoption, |r, i| r.placed.reason[i].filled() && r.placed.ceased.raw[i].filled()
            && r.placed.placed.raw[i].blank())),
    rule("579", "PlacedAdoption:CHILD,DATE_PLACED,DATE_PLACED_CEASED", "PlacedAdoption.DATE_PLACED",
        "A new decision was made before the one before it was given up.",
        "Enter the day the earlier decision was given up, or correct the later one.",
        Whole(overlapping)),
    rule("583", "PlacedAdoption:CHILD,DATE_PLACED,DATE_PLACED_CEASED", "PlacedAdoption.DATE_PLACED_CEASED",
        "An earlier decision was never given up, and yet a later one follows.",
        "Enter the day and reason the earlier decision was given up.",
        Each(PlacedAdoption, |r, i| superseded(r, i, latest(r, r.placed.kid(i)))))
        .published("orders the days as text, so that the latest is often not the latest",
            Each(PlacedAdoption, |r, i| superseded(r, i, latest_as_text(r, r.placed.kid(i))))),
    rule("584", "PlacedAdoption:CHILD,DATE_PLACED last.PlacedAdoption:CHILD,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
        "PlacedAdoption.DATE_PLACED",
        "Last year's decision was given up, and this year's is blank or no later than it.",
        "Enter the day of the new decision, or remove the row.",
        Against(PlacedAdoption, |r, i, was| {
            let (now, last) = (r.placed.placed[i], r.last.placed.placed[was]);
            given_up_last_year(r, was) && (r.placed.placed.raw[i].blank() || now <= last)
        }))
        .published("compares the days as text, and names the place in the joined table instead of the row",
            Whole(not_renewed_published)),
    rule("1003", "Episodes:CHILD,DECOM,RNE PlacedAdoption:CHILD,DATE_PLACED", "PlacedAdoption.DATE_PLACED Episodes.DECOM",
        "It was decided to place the child for adoption before they were looked after.",
        "Correct the day of the decision, or the start of care.",
        Pairs(PlacedAdoption, Episodes, |r, p, e| {
            let ep = &r.episodes;
            let start = |row: usize| if is!(ep.rne[row], "S") { ep.decom[row] } else { Day::NONE };
            r.placed.placed[p] < ep.decom[e] && ep.first_by(ep.kid(e), start) == Some(e)
        })),
];

/// The child's last episode among those that did not merely lead to another.
fn is_last_leaving(run: &Run, episode: usize) -> bool {
    let e = &run.episodes;
    let leaving = |row: usize| if is!(e.rec[row], "X1") { Day::NONE } else { e.decom[row] };
    e.last_by(e.kid(episode), leaving) == Some(episode)
}

/// The child's first episode among those that are no short breaks.
fn is_first_long(run: &Run, episode: usize) -> bool {
    let e = &run.episodes;
    let long = |row: usize| if run.is_short(row) { Day::NONE } else { e.decom[row] };
    e.first_by(e.kid(episode), long) == Some(episode)
}

/// The child's latest decision.
fn latest(run: &Run, kid: Kid) -> Option<usize> {
    run.placed.last_by(kid, |row| run.placed.placed[row])
}

fn latest_as_text(run: &Run, kid: Kid) -> Option<usize> {
    let text = |row: &usize| run.text(run.placed.placed.raw[*row]);
    run.placed.of(kid).filter(|row| !text(row).is_empty()).rev().max_by_key(text)
}

fn superseded(run: &Run, row: usize, latest: Option<usize>) -> bool {
    doubled(run, PlacedAdoption, row)
        && latest.is_some_and(|latest| latest != row)
        && run.placed.ceased.raw[row].blank()
}

fn given_up_last_year(run: &Run, was: usize) -> bool {
    let last = &run.last.placed;
    last.ceased.raw[was].filled() || last.reason[was].filled()
}

fn order_without_decision(run: &Run, found: &mut Found) {
    let (e, p) = (&run.episodes, &run.placed);
    found.all(Episodes, e.rows().filter(|row| is!(e.ls[*row], "E1") && !p.names(e.kid(*row))));
    let ordered = |kid: Kid| e.of(kid).any(|row| is!(e.ls[row], "E1") && e.dec.raw[row].blank());
    let given_up = |row: usize| p.ceased.raw[row].filled() || p.reason[row].filled();
    found.all(PlacedAdoption, p.rows().filter(|row| given_up(*row) && ordered(p.kid(*row))));
}

fn left_with_decision(run: &Run, found: &mut Found) {
    let (e, p) = (&run.episodes, &run.placed);
    for row in e.rows() {
        let towards_adoption = ADOPT.has(e.place[row]) || is!(e.ls[row], "E1");
        let code = e.rec[row];
        if !towards_adoption || code.blank() || is!(code, "X1", "E11", "E12") {
            continue;
        }
        let kid = e.kid(row);
        let standing = |p: &&usize| run.placed.ceased.raw[**p].blank() || run.placed.reason[**p].blank();
        let rows: Vec<usize> = p.of(kid).collect();
        if rows.is_empty() || rows.iter().any(|row| standing(&row)) {
            found.at(Episodes, row);
            found.all(PlacedAdoption, rows.iter().filter(standing).copied());
        }
    }
}

fn overlapping(run: &Run, found: &mut Found) {
    let p = &run.placed;
    let sorted = p.sorted(|row| p.placed[row].last_if_none());
    for kid in p.kids() {
        for pair in sorted.rows(kid).windows(2) {
            let (before, row) = (pair[0] as usize, pair[1] as usize);
            if !p.ceased[before].known() || p.placed[row] < p.ceased[before] {
                found.at(PlacedAdoption, row);
            }
        }
    }
}

/// As the public validator judges 584: blank days by their row, others by where they stand among the joined rows.
fn not_renewed_published(run: &Run, found: &mut Found) {
    let (now, last) = (&run.placed, &run.last.placed);
    let mut joined = 0;
    for row in now.rows() {
        for was in last.of(now.kid(row)).filter(|was| given_up_last_year(run, *was)) {
            let (text, text_was) = (run.text(now.placed.raw[row]), run.text(last.placed.raw[was]));
            if text.is_empty() {
                found.at(PlacedAdoption, row);
            } else if !text_was.is_empty() && text <= text_was && joined < now.count {
                found.at(PlacedAdoption, joined);
            }
            joined += 1;
        }
    }
}
