//! Rules on one episode by itself: its codes, its days, its legal status.

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule(
        "141",
        "Episodes:DECOM",
        "Episodes.DECOM",
        "The day the episode began cannot be read as a date.",
        "Enter it as dd/mm/yyyy.",
        Each(Episodes, |r, i| r.episodes.decom.unreadable(i)),
    ),
    rule(
        "143",
        "Episodes:RNE",
        "Episodes.RNE",
        "The reason for the new episode is not one of the codes.",
        "Enter S, P, L, T, U or B.",
        Each(Episodes, |r, i| wrong(r.episodes.rne[i], code::RNE)),
    ),
    rule(
        "144",
        "Episodes:LS",
        "Episodes.LS",
        "The legal status is not one of the codes.",
        "Enter the code of the child's legal status.",
        Each(Episodes, |r, i| wrong(r.episodes.ls[i], code::LS)),
    ),
    rule(
        "145",
        "Episodes:CIN",
        "Episodes.CIN",
        "The category of need is not one of the codes.",
        "Enter one of N1 to N8.",
        Each(Episodes, |r, i| wrong(r.episodes.cin[i], code::CIN)),
    ),
    rule(
        "146",
        "Episodes:PLACE",
        "Episodes.PLACE",
        "The placement type is not one of the codes.",
        "Enter the code of the placement; codes of earlier years are no longer taken.",
        Each(Episodes, |r, i| wrong(r.episodes.place[i], code::PLACE)),
    ),
    rule(
        "147",
        "Episodes:DEC",
        "Episodes.DEC",
        "The day the episode ceased cannot be read as a date.",
        "Enter it as dd/mm/yyyy, or leave it blank while the episode lasts.",
        Each(Episodes, |r, i| r.episodes.dec.unreadable(i)),
    ),
    rule(
        "148",
        "Episodes:DEC,REC",
        "Episodes.REC",
        "Of the day the episode ceased and the reason, only one is given.",
        "Give both, or neither while the episode lasts.",
        Each(Episodes, |r, i| r.episodes.dec.raw[i].filled() != r.episodes.rec[i].filled()),
    ),
    rule(
        "149",
        "Episodes:REC",
        "Episodes.REC",
        "The reason the episode ceased is not one of the codes.",
        "Enter the code of the reason; X1 if another episode begins the same day.",
        Each(Episodes, |r, i| wrong(r.episodes.rec[i], code::REC)),
    ),
    rule(
        "233",
        "Episodes:DEC,REASON_PLACE_CHANGE",
        "Episodes.REASON_PLACE_CHANGE",
        "A reason for changing placement is given, but the episode has not ceased.",
        "Remove the reason, or enter the day the episode ceased.",
        Each(Episodes, |r, i| r.episodes.dec.raw[i].blank() && r.episodes.change[i].filled()),
    )
    .always_stops("reads a column DATE_EPISODE_CEASED that no return has"),
    rule(
        "353",
        "Episodes:DECOM",
        "Episodes.DECOM",
        "The episode began before the Children Act 1989 came into force on 14 October 1991.",
        "Correct the day.",
        Each(Episodes, |r, i| r.episodes.decom[i] < Day::of(1991, 10, 14)),
    ),
    rule(
        "354",
        "Episodes:DECOM",
        "Episodes.DECOM",
        "The episode begins after the end of the year.",
        "Correct the day, or leave the episode for next year.",
        Each(Episodes, |r, i| r.episodes.decom[i] > r.end),
    ),
    rule(
        "355",
        "Episodes:DECOM,DEC",
        "Episodes.DEC",
        "The episode ceased on the day it began.",
        "Correct one of the two days, or remove the episode.",
        Each(Episodes, |r, i| {
            r.episodes.dec.raw[i] == r.episodes.decom.raw[i] || r.episodes.dec[i] == r.episodes.decom[i]
        }),
    )
    .published(
        "takes two blank days for the same day",
        Each(Episodes, |r, i| r.episodes.dec.raw[i].same(r.episodes.decom.raw[i])),
    ),
    rule(
        "356",
        "Episodes:DECOM,DEC",
        "Episodes.DEC",
        "The episode ceased before it began.",
        "Correct one of the two days.",
        Each(Episodes, |r, i| r.episodes.dec[i] < r.episodes.decom[i]),
    ),
    rule(
        "385",
        "Episodes:DEC",
        "Episodes.DEC",
        "The episode ceases after the end of the year.",
        "Leave the end blank if the episode lasted on 31 March.",
        Each(Episodes, |r, i| r.episodes.dec[i] > r.end),
    ),
    rule(
        "361",
        "Episodes:CHILD,DECOM,LS,DEC",
        "Episodes.LS",
        "Police protection (L1) lasted more than three days.",
        "Correct the days, or the legal status.",
        Whole(|r, found| too_long_in_a_row(r, found, Set::of(&["L1"]), 3)),
    ),
    rule(
        "362",
        "Episodes:CHILD,DECOM,LS,DEC",
        "Episodes.LS",
        "An emergency protection order (L2) lasted more than 21 days.",
        "Correct the days, or the legal status.",
        Whole(|r, found| too_long_in_a_row(r, found, Set::of(&["L2"]), 21)),
    ),
    rule(
        "363",
        "Episodes:CHILD,DECOM,LS,DEC",
        "Episodes.LS",
        "A child assessment order (L3) lasted more than seven days.",
        "Correct the days, or the legal status.",
        Whole(|r, found| too_long_in_all(r, found, Set::of(&["L3"]), 7, true)),
    )
    .published(
        "takes the rows in the order of the file, not of their days",
        Whole(|r, found| too_long_in_all(r, found, Set::of(&["L3"]), 7, false)),
    ),
    rule(
        "364",
        "Episodes:CHILD,DECOM,LS,DEC",
        "Episodes.LS",
        "Detention under PACE (J2) lasted more than 21 days.",
        "Correct the days, or the legal status.",
        Whole(|r, found| too_long_in_all(r, found, Set::of(&["J2"]), 21, true)),
    )
    .published(
        "takes the rows in the order of the file, not of their days",
        Whole(|r, found| too_long_in_all(r, found, Set::of(&["J2"]), 21, false)),
    ),
    rule(
        "365",
        "Episodes:DECOM,LS,DEC",
        "Episodes.LS",
        "A short break (V3) lasted more than 17 days.",
        "Correct the days; a longer stay is V2.",
        Each(Episodes, |r, i| {
            is!(r.episodes.ls[i], "V3") && r.episodes.dec[i].or(r.end) > r.episodes.decom[i].plus_days(17)
        }),
    ),
    rule(
        "366",
        "Episodes:RNE,LS",
        "Episodes.RNE",
        "A short break (V3) is not returned as the start of being looked after.",
        "Enter S for every short break.",
        Each(Episodes, |r, i| is!(r.episodes.ls[i], "V3") && !is!(r.episodes.rne[i], "S")),
    ),
    rule(
        "367",
        "Episodes:CHILD,DECOM,LS,DEC",
        "Episodes.LS",
        "The child's short breaks (V3) in the year add up to more than 75 days.",
        "Correct the days; more than 75 days are V2.",
        Whole(short_breaks_too_many),
    ),
    rule(
        "426",
        "Episodes:CHILD,LS",
        "Episodes.LS",
        "The child has short breaks of both kinds, V3 and V4.",
        "Use one of the two for the child.",
        Each(Episodes, |r, i| {
            let e = &r.episodes;
            let has = |set: Set| e.of(e.kid(i)).any(|row| set.has(e.ls[row]));
            SHORT.has(e.ls[i]) && has(Set::of(&["V3"])) && has(Set::of(&["V4"]))
        }),
    ),
    rule(
        "446",
        "Episodes:DECOM,LS",
        "Episodes.LS",
        "A placement order (E1) is given for a time before there were any.",
        "Correct the legal status, or the day; placement orders exist since 1 December 2005.",
        Each(Episodes, |r, i| is!(r.episodes.ls[i], "E1") && r.episodes.decom[i] < Day::of(2005, 12, 1)),
    ),
    rule(
        "1009",
        "Episodes:REASON_PLACE_CHANGE",
        "Episodes.REASON_PLACE_CHANGE",
        "The reason for changing placement is not one of the codes.",
        "Enter the code of the reason.",
        Each(Episodes, |r, i| wrong(r.episodes.change[i], code::REASON_PLACE_CHANGE)),
    ),
];

/// Runs of episodes of a status, each joined to the next by its last day, whose first and last day lie too far apart.
fn too_long_in_a_row(run: &Run, found: &mut Found, status: Set, most: i32) {
    let e = &run.episodes;
    let ends = |row: usize| e.dec[row].or(run.end);
    for kid in e.kids().filter(|kid| e.names(*kid)) {
        let of_status = |row: &usize| status.has(e.ls[*row]);
        let rows: Vec<usize> =
            run.in_order.rows(kid).iter().map(|row| *row as usize).filter(of_status).collect();
        let joined = |before: usize| run.after(before).is_some_and(|next| ends(before) == e.decom[next]);
        for run_rows in rows.chunk_by(|before, _| joined(*before)) {
            let from = run_rows.iter().map(|row| e.decom[*row]).find(|day| day.known()).unwrap_or(Day::NONE);
            let until = run_rows.iter().map(|row| ends(*row)).max_by_key(|day| day.last_if_none());
            if until.and_then(|until| from.days_until(until)).is_some_and(|days| days > most) {
                found.all(Episodes, run_rows.iter().copied());
            }
        }
    }
}

/// Periods of a status, broken only where an episode begins after the one before ended, whose days add up to too many.
fn too_long_in_all(run: &Run, found: &mut Found, status: Set, most: i32, in_order: bool) {
    let e = &run.episodes;
    let ends = |row: usize| e.dec[row].or(run.end);
    let of_status = |row: &usize| status.has(e.ls[*row]) && e.decom[*row].known();
    let mut rows: Vec<usize> = e.rows().filter(of_status).collect();
    if in_order {
        rows.sort_by_key(|row| (e.kid(*row), e.decom[*row].last_if_none()));
    }
    let goes_on =
        |before: &usize, row: &usize| e.kid(*before) == e.kid(*row) && !e.decom[*row].is_after(ends(*before));
    for period in rows.chunk_by(goes_on) {
        let days: i32 = period.iter().filter_map(|row| e.decom[*row].days_until(ends(*row))).sum();
        if days > most {
            found.all(Episodes, period.iter().copied());
        }
    }
}

fn short_breaks_too_many(run: &Run, found: &mut Found) {
    let e = &run.episodes;
    let days = |row: usize| {
        let from = if e.decom[row] < run.start { run.start } else { e.decom[row] };
        let ended = e.dec[row].or(run.end);
        let until = if ended > run.end { run.end } else { ended };
        from.days_until(until).unwrap_or(0)
    };
    for kid in e.kids() {
        let counted: Vec<usize> = e.of(kid).filter(|row| is!(e.ls[*row], "V3") && days(*row) > 0).collect();
        if counted.iter().map(|row| days(*row)).sum::<i32>() > 75 {
            found.all(Episodes, counted.into_iter());
        }
    }
}
