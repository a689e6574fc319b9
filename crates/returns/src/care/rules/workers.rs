//! Rules on who was the child's social worker when (`SWEpisodes`).

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule(
        "SW02STG1",
        "SWEpisodes:SW_ID",
        "SWEpisodes.SW_ID",
        "The social worker's registration number is blank or does not have the form of one.",
        "Enter the number as registered, beginning with SW; XX and more for a worker without one.",
        Each(SWEpisodes, |r, i| {
            let id = r.text(r.workers.id[i]);
            !(id.starts_with("SW") || id.starts_with("XX")) || id.chars().count() < 4
        }),
    ),
    rule(
        "SW04STG1",
        "SWEpisodes:SW_DECOM",
        "SWEpisodes.SW_DECOM",
        "The day the social worker began cannot be read as a date.",
        "Enter it as dd/mm/yyyy, with ZZ for what is not known.",
        Each(SWEpisodes, |r, i| no_date(r, r.workers.decom.raw[i])),
    ),
    rule(
        "SW05STG1",
        "SWEpisodes:SW_DEC",
        "SWEpisodes.SW_DEC",
        "The day the social worker ended cannot be read as a date.",
        "Enter it as dd/mm/yyyy, with ZZ for what is not known.",
        Each(SWEpisodes, |r, i| no_date(r, r.workers.dec.raw[i])),
    ),
    rule(
        "SW06STG2",
        "SWEpisodes:SW_DECOM",
        "SWEpisodes.SW_DECOM",
        "The social worker began after the end of the year.",
        "Correct the day, or leave the row for next year.",
        Each(SWEpisodes, |r, i| r.workers.decom[i] > r.end),
    ),
    rule(
        "SW07STG2",
        "SWEpisodes:SW_DEC",
        "SWEpisodes.SW_DEC",
        "The social worker ended more than a year before this year began, or after it ended.",
        "Correct the day, or remove the row.",
        Each(SWEpisodes, |r, i| r.workers.dec[i] < r.start.plus_years(-1) || r.workers.dec[i] > r.end),
    ),
    rule(
        "SW08STG2",
        "SWEpisodes:CHILD,SW_DECOM,SW_DEC",
        "SWEpisodes.SW_DEC",
        "Another social worker followed, but it is not said when this one ended.",
        "Enter the day this worker ended.",
        Each(SWEpisodes, |r, i| {
            r.workers.decom[i].known() && !r.workers.dec[i].known() && latest(r, r.workers.kid(i)) != Some(i)
        }),
    )
    .published(
        "takes a row without a start for the child's last, and of rows that start on the same day the first",
        Whole(unended_published),
    ),
    rule(
        "SW09STG2",
        "SWEpisodes:SW_DECOM,SW_DEC",
        "SWEpisodes.SW_DEC",
        "The social worker began and ended on the same day.",
        "Correct one of the two days, or remove the row.",
        Each(SWEpisodes, |r, i| r.workers.dec.raw[i] == r.workers.decom.raw[i]),
    ),
    rule(
        "SW10STG2",
        "SWEpisodes:CHILD,SW_DECOM,SW_DEC,SW_REASON",
        "SWEpisodes.SW_DECOM",
        "Between this social worker and the one before lies a gap or an overlap of more than seven days.",
        "Correct the days, so that one worker follows the other.",
        Whole(gaps),
    ),
    rule(
        "SW11bSTG2",
        "SWEpisodes:CHILD,SW_DECOM,SW_DEC",
        "SWEpisodes.SW_DEC",
        "The social worker ended in the last days of the year, and nobody follows.",
        "Add the next worker, or leave the end blank if the worker stayed.",
        Whole(nobody_follows),
    )
    .published("also reports rows that do have a successor", Whole(nobody_follows_published)),
    rule(
        "SW12STG2",
        "SWEpisodes:CHILD,SW_DECOM Episodes:CHILD,DECOM,RNE,LS,DEC,REC",
        "Episodes",
        "A child looked after has no social worker who fits the episode.",
        "Add the social workers of the child with their days.",
        Each(Episodes, without_worker),
    ),
    rule(
        "SW13STG1",
        "SWEpisodes:SW_DECOM,SW_REASON",
        "SWEpisodes.SW_REASON",
        "Why the social worker changed is not one of the codes, or is blank although asked since April 2023.",
        "Enter one of the codes; FCONTA for the first worker.",
        Each(SWEpisodes, |r, i| {
            wrong(r.workers.reason[i], code::SW_REASON)
                || (r.workers.reason[i].blank() && r.workers.decom[i] >= Day::of(2023, 4, 1))
        }),
    )
    .stops("stops when a start in SWEpisodes cannot be read as a date at all", |r| {
        r.workers.rows().any(|i| {
            let raw = r.workers.decom.raw[i];
            raw.filled() && !Day::read_leniently(r.text(raw)).known()
        })
    }),
    rule(
        "SW17STG2",
        "SWEpisodes:CHILD,SW_DECOM,SW_DEC",
        "SWEpisodes.SW_DEC",
        "The child's latest social worker has ended.",
        "Add the next worker, or leave the end blank while the worker stays.",
        Each(SWEpisodes, |r, i| r.workers.dec.raw[i].filled() && latest(r, r.workers.kid(i)) == Some(i)),
    ),
];

fn no_date(run: &Run, cell: Sym) -> bool {
    cell.filled() && !Day::read_partly_known(run.text(cell)).known()
}

/// The child's row of latest start; on ties the one that ends last, then the last in the file.
fn latest(run: &Run, kid: Kid) -> Option<usize> {
    let w = &run.workers;
    let key = |row: &usize| (w.decom[*row].last_if_none(), w.dec[*row].last_if_none());
    w.of(kid).filter(|row| w.decom[*row].known()).max_by_key(key)
}

fn unended_published(run: &Run, found: &mut Found) {
    let w = &run.workers;
    for kid in w.kids() {
        let last = w.of(kid).rev().max_by_key(|row| w.decom[*row].last_if_none());
        let unended = |row: &usize| w.decom[*row].known() && !w.dec[*row].known() && Some(*row) != last;
        found.all(SWEpisodes, w.of(kid).filter(unended));
    }
}

fn gaps(run: &Run, found: &mut Found) {
    let w = &run.workers;
    let sorted = w.sorted(|row| (w.decom[row].last_if_none(), w.dec[row].last_if_none()));
    for kid in w.kids() {
        for pair in sorted.rows(kid).windows(2) {
            let (ended, row) = (w.dec[pair[0] as usize], pair[1] as usize);
            let near = w.decom[row] >= ended.plus_days(-7) && w.decom[row] <= ended.plus_days(7);
            if !is!(w.reason[row], "FCONTA") && !near {
                found.at(SWEpisodes, row);
            }
        }
    }
}

fn in_last_days(run: &Run, row: usize) -> bool {
    let ended = run.workers.dec[row];
    ended >= run.end.plus_days(-5) && ended <= run.end
}

fn nobody_follows(run: &Run, found: &mut Found) {
    let w = &run.workers;
    found.all(
        SWEpisodes,
        w.rows().filter(|row| {
            let ended = w.dec[*row];
            let follows =
                |other: usize| !w.dec[other].known() || w.dec[other] > ended || w.decom[other] >= ended;
            in_last_days(run, *row) && !w.of(w.kid(*row)).any(|other| other != *row && follows(other))
        }),
    );
}

fn nobody_follows_published(run: &Run, found: &mut Found) {
    let w = &run.workers;
    let sorted = w.sorted(|row| w.decom[row].last_if_none());
    for kid in w.kids() {
        let rows = sorted.rows(kid);
        if let [only] = rows
            && in_last_days(run, *only as usize)
        {
            found.at(SWEpisodes, *only as usize);
        }
        for pair in rows.windows(2) {
            let (before, row) = (pair[0] as usize, pair[1] as usize);
            let late = in_last_days(run, row) && w.decom[before] < w.dec[row];
            if late || (w.decom.raw[row].blank() && in_last_days(run, before)) {
                found.at(SWEpisodes, row);
            }
        }
    }
}

fn without_worker(run: &Run, episode: usize) -> bool {
    let (e, w) = (&run.episodes, &run.workers);
    let dec = e.dec[episode];
    let counts = (dec >= run.start.plus_years(-1) && dec <= run.end) || !dec.known();
    let began = is!(e.rne[episode], "S");
    let left = !is!(e.rec[episode], "X1");
    if !counts || run.is_short(episode) || !(began || left) {
        return false;
    }
    let fits = |row: usize| (w.decom[row] <= dec && left) || (w.decom[row] >= e.decom[episode] && began);
    let kid = e.kid(episode);
    !w.names(kid) || w.of(kid).any(|row| !fits(row))
}
