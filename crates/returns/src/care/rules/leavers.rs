//! Rules on care leavers (OC3): in touch, activity, accommodation.

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule("131", "OC3:IN_TOUCH", "OC3.IN_TOUCH",
        "Whether the authority is in touch with the care leaver is blank or not one of the codes.",
        "Enter YES, NO, DIED, REFU, NREQ or RHOM.",
        Each(OC3, |r, i| !code::IN_TOUCH.has(r.oc3.in_touch[i]))),
    rule("132", "OC3:ACTIV", "OC3.ACTIV",
        "The care leaver's activity is blank or not one of the codes.",
        "Enter the code of the activity; 0 if not in touch.",
        Each(OC3, |r, i| !code::ACTIV.has(r.oc3.activ[i]))),
    rule("133", "OC3:ACCOM", "OC3.ACCOM",
        "The care leaver's accommodation is blank or not one of the codes.",
        "Enter the code of the accommodation; 0 if not in touch.",
        Each(OC3, |r, i| !code::ACCOM.has(r.oc3.accom[i]))),
    rule("153", "OC3:IN_TOUCH,ACTIV,ACCOM", "OC3",
        "Only some of the care leaver's answers are given.",
        "Give in touch, activity and accommodation, or none of them.",
        Each(OC3, |r, i| leaver_said(r, i)
            && (r.oc3.in_touch[i].blank() || r.oc3.activ[i].blank() || r.oc3.accom[i].blank()))),
    rule("187", "OC3:CHILD,IN_TOUCH,ACTIV,ACCOM AD1:CHILD,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR Episodes:CLA",
        "OC3 AD1",
        "Care leaver's or adoption answers are given for a child who was looked after through the whole year.",
        "Remove the answers, or correct the child's episodes.",
        Whole(through_the_year)),
    rule("215", "OC3:CHILD,IN_TOUCH,ACTIV,ACCOM OC2:CHILD,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
        "OC3 OC2",
        "Both care leaver's answers and outcomes of a child looked after for twelve months are given.",
        "Keep the one that is true.",
        Pairs(OC3, OC2, |r, o, h| leaver_said(r, o) && outcomes(r, h).iter().any(|answer| answer.filled()))),
    rule("344", "OC3:IN_TOUCH,ACTIV,ACCOM", "OC3.IN_TOUCH",
        "The care leaver died or returned home, but activity or accommodation is not 0.",
        "Enter 0 for activity and accommodation, or correct in touch.",
        Each(OC3, |r, i| is!(r.oc3.in_touch[i], "DIED", "RHOM")
            && (!is!(r.oc3.activ[i], "0") || !is!(r.oc3.accom[i], "0")))),
    rule("345", "OC3:IN_TOUCH,ACTIV,ACCOM", "OC3.IN_TOUCH",
        "The authority is in touch with the care leaver, but activity or accommodation is 0.",
        "Enter what the young person does and where they live, or correct in touch.",
        Each(OC3, |r, i| is!(r.oc3.in_touch[i], "YES")
            && (is!(r.oc3.activ[i], "0") || is!(r.oc3.accom[i], "0")))),
    rule("347", "OC3:DOB,ACCOM", "OC3.ACCOM",
        "A young person who was not yet 18 when the year began lives in a foyer or similar housing.",
        "Check the accommodation and the date of birth.",
        Each(OC3, |r, i| in_foyer(r, i) && r.oc3.dob[i].mean_years_until(r.start) < 18.0))
        .published("looks for the code T, which is none: foyers are T1 and T2",
            Each(OC3, |r, i| is_bare_t(r, i) && r.oc3.dob[i].mean_years_until(r.start) < 18.0))
        .stops("stops when a date of birth in OC3 cannot be read", |r| r.oc3.dob.any_unreadable()),
    rule("348", "OC3:CHILD,IN_TOUCH last.OC3:CHILD,IN_TOUCH", "OC3.IN_TOUCH",
        "Last year's return said that the young person died.",
        "Correct in touch, or last year's return with the department.",
        Against(OC3, |r, i, was| is!(r.last.oc3.in_touch[was], "DIED") && !is!(r.oc3.in_touch[i], "DIED"))),
    rule("391", "OC3:DOB,IN_TOUCH,ACTIV,ACCOM", "OC3.DOB",
        "Care leaver's answers are given for a young person not yet 17 at the end of the year.",
        "Remove the answers, or correct the date of birth.",
        Each(OC3, |r, i| r.oc3.dob[i].plus_years(17) > r.end && leaver_said(r, i))),
    rule("1000", "OC3:CHILD Episodes:CHILD,REC ~last.Episodes:CHILD,REC", "OC3",
        "Care leaver's answers are given for a child whose episode ended because they died.",
        "Remove the answers, or correct the reason the episode ceased.",
        Each(OC3, |r, i| {
            let kid = r.oc3.kid(i);
            r.episodes.of(kid).any(|e| is!(r.episodes.rec[e], "E2"))
                || r.last.episodes.of(kid).any(|e| is!(r.last.episodes.rec[e], "E2"))
        })),
    rule("1002", "OC3:CHILD Episodes:CHILD last.Episodes:CHILD", "OC3",
        "The care leaver has no episode in this or last year's return.",
        "Add the episodes, or check that the young person belongs among the care leavers.",
        Each(OC3, |r, i| {
            let kid = r.oc3.kid(i);
            !r.episodes.names(kid) && !r.last.episodes.names(kid)
        })),
    rule("1007", "OC3:CHILD,DOB,IN_TOUCH,ACTIV,ACCOM Episodes:CHILD,DECOM,DEC", "OC3",
        "Care leaver's answers are given for a young person who was looked after on their 17th or 18th birthday this year.",
        "Remove the answers, or correct the child's episodes.",
        Each(OC3, |r, i| birthday_in_care(r, i, true)))
        .published("never counts an episode that is still open", Each(OC3, |r, i| birthday_in_care(r, i, false)))
        .stops("stops when a start or end cannot be read, and at a birthday on 29 February in a year without one",
            birthday_stops),
    rule("1010", "OC3:CHILD Episodes:CHILD last.Episodes:CHILD,DECOM,DEC", "OC3",
        "The care leaver was still looked after at the end of last year and has no episode this year.",
        "Add this year's episodes, with the end of the last one.",
        Each(OC3, |r, i| {
            let kid = r.oc3.kid(i);
            let open = |e: usize| r.last.episodes.dec.raw[e].blank();
            !r.episodes.names(kid) && r.last.last_episode(kid).is_some_and(open)
        })),
    rule("1011", "OC3:CHILD,IN_TOUCH,ACTIV,ACCOM Episodes:CHILD,DECOM,REC", "OC3",
        "Care leaver's answers are given for a child whose care another authority took over.",
        "Remove the answers; the other authority gives them.",
        Each(OC3, |r, i| leaver_said(r, i)
            && r.last_episode(r.oc3.kid(i)).is_some_and(|e| is!(r.episodes.rec[e], "E3"))))
        .stops("stops when a child has no episode with a start that can be read", |r| r.has_child_without_start()),
    rule("1014", "Episodes:CHILD,DECOM,DEC UASC:CHILD OC3:CHILD,IN_TOUCH,ACTIV,ACCOM", "UASC OC3",
        "A care leaver not looked after this year stands among the unaccompanied asylum seekers.",
        "Take the young person out of UASC, or correct the episodes.",
        Pairs(UASC, OC3, |r, u, o| {
            let kid = r.uasc.kid(u);
            let e = &r.episodes;
            let in_year = |row: usize| {
                e.decom[row] <= r.end && (e.dec[row] >= r.start || !e.dec[row].known())
            };
            leaver_said(r, o) && e.names(kid) && !e.of(kid).any(in_year)
        })),
    rule("1016", "OC3:CHILD,DOB,IN_TOUCH,ACTIV,ACCOM Episodes:CHILD,DEC", "OC3",
        "Care leaver's answers are given for a young person whose care ended on or after their last birthday.",
        "Remove the answers, or correct the end of the episode.",
        Each(OC3, left_after_birthday))
        .stops("stops when a date of birth in OC3 cannot be read", |r| r.oc3.dob.any_unreadable()),
    rule("3001", "Header:CHILD,DOB OC3:CHILD,ACCOM", "OC3.ACCOM",
        "A young person who turned 17 this year is said to have no fixed home or be homeless.",
        "Check the accommodation and the date of birth.",
        Pairs(OC3, Header, |r, o, h| is!(r.oc3.accom[o], "Z1", "Z2")
            && r.in_year(r.header.dob[h].plus_years(17))))
        .stops("stops when a child stands twice in Header",
            |r| r.header.kids().any(|kid| r.header.of(kid).len() > 1)),
    rule("1001", "Episodes:CHILD,DECOM,LS,DEC,REC OC3:CHILD Header:CHILD,DOB last.Episodes:CHILD,DECOM,LS,DEC,REC", "OC3",
        "The young person was not looked after long enough to be a care leaver: 13 weeks from the 14th birthday, some of it after the 16th.",
        "Check the episodes and the date of birth, or take the young person out of the care leavers.",
        Whole(|r, found| care_leavers(r, found, false)))
        .published("also finds everybody aged 20 or older, and everybody without an episode that counts",
            Whole(|r, found| care_leavers(r, found, true))),
];

fn through_the_year(run: &Run, found: &mut Found) {
    found.all(OC3, run.oc3.rows().filter(|o| run.through_the_year(run.oc3.kid(*o)) && leaver_said(run, *o)));
    found.all(AD1, run.ad1.rows().filter(|a| run.through_the_year(run.ad1.kid(*a)) && adopted_said(run, *a)));
}

fn is_bare_t(run: &Run, row: usize) -> bool {
    run.text(run.oc3.accom[row]) == "T"
}

fn in_foyer(run: &Run, row: usize) -> bool {
    is!(run.oc3.accom[row], "T1", "T2") || is_bare_t(run, row)
}

/// The child's latest birthday on or before the end of the year.
fn latest_birthday(run: &Run, born: Day) -> Day {
    let (year, month, day) = born.civil();
    let closing = i32::from(run.frame.year);
    let this_year = born.plus_years(closing - year);
    if !born.known() || (month, day) <= (3, 31) { this_year } else { born.plus_years(closing - 1 - year) }
}

fn birthday_in_care(run: &Run, row: usize, open_counts: bool) -> bool {
    let born = run.oc3.dob[row];
    if !(born.plus_years(17) <= run.end && born.plus_years(19) > run.end && leaver_said(run, row)) {
        return false;
    }
    let birthday = latest_birthday(run, born);
    let e = &run.episodes;
    e.of(run.oc3.kid(row)).any(|row| {
        let open = open_counts && e.dec.raw[row].blank();
        e.decom[row] <= birthday && (open || birthday < e.dec[row])
    })
}

fn birthday_stops(run: &Run) -> bool {
    let leap_birthday = |row: usize| {
        let (_, month, day) = run.oc3.dob[row].civil();
        (month, day) == (2, 29) && run.episodes.names(run.oc3.kid(row))
    };
    run.episodes.dec.any_unreadable()
        || run.episodes.decom.any_unreadable()
        || (!day::is_leap(i32::from(run.frame.year))
            && run.oc3.rows().any(|row| run.oc3.dob[row].known() && leap_birthday(row)))
}

fn left_after_birthday(run: &Run, row: usize) -> bool {
    let born = run.oc3.dob[row];
    let age = born.mean_years_until(run.end);
    let birthday = match age {
        _ if (17.0..18.0).contains(&age) => born.plus_years(17),
        _ if (18.0..19.0).contains(&age) => born.plus_years(18),
        _ => return false,
    };
    leaver_said(run, row) && run.episodes.of(run.oc3.kid(row)).any(|e| run.episodes.dec[e] >= birthday)
}

/// An episode of this or last year, as care leaving looks at it.
#[derive(Clone, Copy)]
struct Pooled {
    start: Day,
    end: Day,
    short: bool,
    adopted: bool,
}

/// This and last year's episodes of the child: of those with the same start the one that ended first; the last, if
/// open, ends with the year.
fn pooled(run: &Run, kid: Kid) -> Vec<Pooled> {
    let mut pool: Vec<Pooled> = Vec::new();
    for year in [&run.this, &run.last] {
        let e = &year.episodes;
        pool.extend(e.of(kid).filter(|row| e.decom[*row].known()).map(|row| Pooled {
            start: e.decom[row],
            end: e.dec[row],
            short: SHORT.has(e.ls[row]),
            adopted: ADOPTED.has(e.rec[row]),
        }));
    }
    pool.sort_by_key(|episode| (episode.start.last_if_none(), episode.end.last_if_none()));
    pool.dedup_by(|later, kept| later.start == kept.start);
    if let Some(last) = pool.last_mut() {
        last.end = last.end.or(run.end);
    }
    pool
}

fn care_leavers(run: &Run, found: &mut Found, published: bool) {
    if run.oc3.count == 0 || run.episodes.count == 0 || run.header.count == 0 || run.last.episodes.count == 0
    {
        return;
    }
    for o in run.oc3.rows() {
        let kid = run.oc3.kid(o);
        let pool = pooled(run, kid);
        let born =
            run.header.of(kid).map(|h| run.header.dob[h]).find(|born| born.known()).unwrap_or(Day::NONE);
        let judged = born.plus_years(20) > run.end && pool.iter().any(|episode| !episode.short || !published);
        let long_enough = judged && {
            let days_from = |years: i32| {
                let age = born.plus_years(years);
                let of = |episode: &Pooled| {
                    let from = if episode.start > age { episode.start } else { age };
                    from.days_until(episode.end).unwrap_or(0).max(0)
                };
                pool.iter().filter(|episode| !episode.short).map(of).sum::<i32>()
            };
            days_from(14) >= 91 && days_from(16) >= 1
        };
        let adopted = pool.last().is_some_and(|episode| episode.adopted);
        let fails = if published { !long_enough } else { judged && !long_enough };
        if fails || adopted {
            found.at(OC3, o);
        }
    }
}
