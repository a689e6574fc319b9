//! Rules on times missing or away, and on orders that deprive a child of liberty (DoLo): stretches within care.

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule("564", "Missing:MISSING,MIS_START", "Missing.MIS_START",
        "The child was missing or away, but it is not said from when.",
        "Enter the day it began.",
        Each(Missing, |r, i| code::MISSING.has(r.missing.kind[i]) && r.missing.start.raw[i].blank())),
    rule("565", "Missing:MISSING,MIS_START", "Missing.MISSING",
        "A start is given, but not whether the child was missing or away.",
        "Enter M for missing or A for away without authorisation.",
        Each(Missing, |r, i| r.missing.start.raw[i].filled() && r.missing.kind[i].blank())),
    rule("566", "Missing:MISSING,MIS_END", "Missing.MISSING",
        "An end is given, but not whether the child was missing or away.",
        "Enter M for missing or A for away without authorisation.",
        Each(Missing, |r, i| r.missing.end.raw[i].filled() && r.missing.kind[i].blank())),
    rule("567", "Missing:MIS_START,MIS_END", "Missing.MIS_END",
        "The time missing or away ends before it begins.",
        "Correct one of the two days.",
        Each(Missing, |r, i| r.missing.start[i] > r.missing.end[i])),
    rule("570", "Missing:MIS_START", "Missing.MIS_START",
        "The time missing or away begins after the end of the year.",
        "Correct the day, or leave the row for next year.",
        Each(Missing, |r, i| r.missing.start[i] > r.end)),
    rule("571", "Missing:MIS_END", "Missing.MIS_END",
        "The time missing or away does not end within the year.",
        "Correct the day; leave the end blank if the child had not come back by 31 March.",
        Each(Missing, |r, i| r.missing.end[i] < r.start || r.missing.end[i] > r.end)),
    rule("574", "Missing:CHILD,MIS_START,MIS_END", "Missing.MIS_START",
        "The child went missing again before the time before had ended.",
        "Enter when the earlier time ended, or correct the start of this one.",
        Whole(|r, found| overlapping(r, found, Missing))),
    rule("575", "Episodes:CHILD,DECOM,DEC Missing:CHILD,MIS_START,MIS_END", "Missing.MIS_END",
        "The child is still missing, but the episode in which they went missing has ended.",
        "Enter when the time missing ended.",
        Pairs(Missing, Episodes, |r, m, e| r.missing.end.raw[m].blank()
            && r.episodes.decom[e] <= r.missing.start[m] && r.missing.start[m] <= r.episodes.dec[e])),
    rule("576", "Missing:CHILD,MIS_START last.Missing:CHILD,MIS_START,MIS_END", "Missing.MIS_START",
        "The child was missing at the end of last year, and this year's first time missing does not carry that on.",
        "Enter the start given last year.",
        Whole(not_carried_on)),
    rule("577", "Episodes:CHILD,DECOM,DEC Missing:CHILD,MIS_START,MIS_END", "Missing",
        "The child was missing at a time when they were not looked after.",
        "Correct the days, or the child's episodes.",
        Each(Missing, |r, i| outside_care(r, r.missing.kid(i), r.missing.start[i], r.missing.end[i]))),
    rule("578", "Episodes:CHILD,DECOM,DEC Missing:CHILD,MIS_START", "Missing.MIS_START",
        "The child went missing when they were not looked after.",
        "Correct the day, or the child's episodes.",
        Each(Missing, |r, i| {
            let (start, periods) = (r.missing.start[i], r.periods(r.missing.kid(i)));
            !periods.is_empty() && periods.iter().all(|period| start < period.start || start > period.end)
        })),
    rule("580", "Episodes:CHILD,DEC,REC Missing:CHILD,DOB,MIS_END", "Episodes.REC",
        "The child was missing until their care ended on the 18th birthday, but the reason is not E8.",
        "Enter E8 as the reason the episode ceased.",
        Pairs(Episodes, Missing, |r, e, m| {
            let end = r.missing.end[m];
            end == r.missing.dob[m].plus_years(18) && end == r.episodes.dec[e] && !is!(r.episodes.rec[e], "E8")
        })),
    rule("581", "Episodes:CHILD,DECOM,DEC Missing:CHILD,MIS_START", "Missing.MIS_START",
        "The day the child went missing lies in none of their episodes.",
        "Correct the day, or the child's episodes.",
        Each(Missing, |r, i| {
            let (e, kid, start) = (&r.episodes, r.missing.kid(i), r.missing.start[i]);
            e.names(kid) && !e.of(kid).any(|row| {
                e.decom[row] <= start && (start <= e.dec[row] || !e.dec[row].known())
            })
        })),
    rule("586", "Missing:DOB,MIS_START", "Missing.MIS_START",
        "The child went missing before or on the day they were born.",
        "Correct the day, or the date of birth.",
        Each(Missing, |r, i| r.missing.start[i] <= r.missing.dob[i])),
    rule("1004", "Missing:MIS_START", "Missing.MIS_START",
        "The start of the time missing or away is blank or cannot be read as a date.",
        "Enter it as dd/mm/yyyy.",
        Each(Missing, |r, i| !r.missing.start[i].known())),
    rule("1005", "Missing:MIS_END", "Missing.MIS_END",
        "The end of the time missing or away cannot be read as a date.",
        "Enter it as dd/mm/yyyy, or leave it blank.",
        Each(Missing, |r, i| r.missing.end.unreadable(i))),
    rule("1006", "Missing:MISSING", "Missing.MISSING",
        "Whether the child was missing or away is not one of the codes.",
        "Enter M for missing or A for away without authorisation.",
        Each(Missing, |r, i| wrong(r.missing.kind[i], code::MISSING))),
    rule("700", "DoLo:DOLO_START", "DoLo.DOLO_START",
        "The start of the order that deprives the child of liberty is blank or cannot be read as a date.",
        "Enter it as dd/mm/yyyy.",
        Each(DoLo, |r, i| !r.dolo.start[i].known())).from(2027),
    rule("701", "DoLo:DOLO_END", "DoLo.DOLO_END",
        "The end of the order that deprives the child of liberty cannot be read as a date.",
        "Enter it as dd/mm/yyyy, or leave it blank.",
        Each(DoLo, |r, i| r.dolo.end.unreadable(i))).from(2027),
    rule("702", "DoLo:DOLO_START,DOLO_END", "DoLo.DOLO_END",
        "The order that deprives the child of liberty ends before or on the day it begins.",
        "Correct one of the two days.",
        Each(DoLo, |r, i| r.dolo.end[i] <= r.dolo.start[i])).from(2027),
    rule("703", "DoLo:DOLO_START", "DoLo.DOLO_START",
        "The order that deprives the child of liberty begins after the end of the year.",
        "Correct the day, or leave the row for next year.",
        Each(DoLo, |r, i| r.dolo.start[i] > r.end)).from(2027),
    rule("704", "DoLo:DOLO_END", "DoLo.DOLO_END",
        "The order that deprives the child of liberty does not end within the year.",
        "Correct the day; leave it blank if the order stood on 31 March.",
        Each(DoLo, |r, i| r.dolo.end[i] < r.start || r.dolo.end[i] > r.end)).from(2027),
    rule("705", "DoLo:CHILD,DOLO_START,DOLO_END", "DoLo.DOLO_START",
        "The order begins before the child's earlier order had ended.",
        "Enter when the earlier order ended, or correct the start of this one.",
        Whole(|r, found| overlapping(r, found, DoLo))).from(2027),
    rule("706", "DoLo:CHILD,DOLO_START last.DoLo:CHILD,DOLO_START,DOLO_END", "DoLo.DOLO_START",
        "An order that stood at the end of last year is not in this year's return.",
        "Add the order with the start given last year.",
        Whole(|r, found| order_lost(r).for_each(|row| found.at_last(DoLo, row))))
        .published("names the row of last year's file as if it were this year's",
            Whole(|r, found| order_lost(r).for_each(|row| found.at(DoLo, row))))
        .stops("stops when last year's orders are not given", |r| !r.last.dolo.loaded)
        .from(2027),
    rule("707", "Episodes:CHILD,DECOM,DEC DoLo:CHILD,DOLO_START,DOLO_END", "DoLo",
        "The order stands at a time when the child was not looked after.",
        "Correct the days, or the child's episodes.",
        Each(DoLo, |r, i| outside_care(r, r.dolo.kid(i), r.dolo.start[i], r.dolo.end[i]))).from(2027),
    rule("708", "DoLo:DOB,DOLO_START", "DoLo.DOLO_START",
        "The order begins before or on the day the child was born.",
        "Correct the day, or the date of birth.",
        Each(DoLo, |r, i| r.dolo.start[i] <= r.dolo.dob[i])).from(2027),
    rule("709", "DoLo:CHILD,DOLO_START,DOLO_END Episodes:CHILD,DECOM,DEC,PLACE", "DoLo Episodes.PLACE",
        "The child was deprived of liberty in a placement that is neither a children's home (K2) nor Z12 or Z13.",
        "Check the order and the placement.",
        Pairs(DoLo, Episodes, |r, d, e| !is!(r.episodes.place[e], "K2", "Z12", "Z13") && meets(r, d, e)))
        .always_stops("reads a column PLACEMENT that no return has")
        .from(2027),
    rule("710", "DoLo:CHILD,DOLO_START,DOLO_END Episodes:CHILD,DECOM,DEC,PLACE", "DoLo Episodes.PLACE",
        "The child was deprived of liberty by an order in a placement where none can be: K1, K3, P1 or R5.",
        "Check the order and the placement.",
        Pairs(DoLo, Episodes, |r, d, e| is!(r.episodes.place[e], "K1", "P1", "R5", "K3") && meets(r, d, e)))
        .always_stops("reads a column PLACEMENT that no return has")
        .from(2027),
];

/// Start and end of a row of either table.
fn stretch(run: &Run, table: Table, row: usize) -> (Day, Day) {
    if table == DoLo {
        (run.dolo.start[row], run.dolo.end[row])
    } else {
        (run.missing.start[row], run.missing.end[row])
    }
}

fn overlapping(run: &Run, found: &mut Found, table: Table) {
    let sheet = run.sheet(table);
    let sorted = sheet.sorted(|row| {
        let (start, end) = stretch(run, table, row);
        (end.or(start).last_if_none(), start.last_if_none())
    });
    for kid in sheet.kids() {
        for pair in sorted.rows(kid).windows(2) {
            let (_, ended) = stretch(run, table, pair[0] as usize);
            let (start, _) = stretch(run, table, pair[1] as usize);
            if !ended.known() || start < ended {
                found.at(table, pair[1] as usize);
            }
        }
    }
}

/// A stretch with a known start that lies outside every period of care of a child who has one.
fn outside_care(run: &Run, kid: Kid, start: Day, end: Day) -> bool {
    let periods = run.periods(kid);
    start.known()
        && !periods.is_empty()
        && periods.iter().all(|period| {
            (!end.known() && (period.end.known() || start < period.start))
                || end > period.end
                || end < period.start
        })
}

fn not_carried_on(run: &Run, found: &mut Found) {
    let (now, last) = (&run.missing, &run.last.missing);
    for kid in now.kids() {
        let Some(earliest) = now.of(kid).min_by_key(|row| now.start[*row].last_if_none()) else { continue };
        let start = now.start[earliest].last_if_none();
        let differs = |was: usize| !last.end[was].known() && last.start[was].last_if_none() != start;
        if last.of(kid).any(differs) {
            found.at(Missing, earliest);
        }
    }
}

/// Last year's rows with an open order that this year's table does not have.
fn order_lost(run: &Run) -> impl Iterator<Item = usize> {
    let (now, last) = (&run.dolo, &run.last.dolo);
    last.rows().filter(move |was| {
        let again = |row: usize| now.start.raw[row] == last.start.raw[*was];
        last.end.raw[*was].blank() && !now.of(last.kid(*was)).any(again)
    })
}

/// An order with both days overlaps an episode.
fn meets(run: &Run, order: usize, episode: usize) -> bool {
    let (start, end) = (run.dolo.start[order], run.dolo.end[order]);
    let e = &run.episodes;
    start.known() && end >= e.decom[episode] && (start <= e.dec[episode] || !e.dec[episode].known())
}
