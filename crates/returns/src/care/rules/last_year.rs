//! Rules on episodes against last year's return: what was open then goes on now.

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule("452", "postcodes Episodes:CHILD,DECOM,RNE,PL_POST last.Episodes:CHILD,DECOM,RNE,DEC,PL_POST", "Episodes.PL_POST",
        "The episode goes on from last year, but the authority of the placement has changed.",
        "Enter last year's postcode, or a new episode.",
        Each(Episodes, |r, i| r.carried_on_from(i).is_some_and(|was| {
            let (e, last) = (&r.episodes, &r.last.episodes);
            last.dec.raw[was].blank() && e.rne[i] == last.rne[was]
                && !r.located.authority(i).same(r.last.located.authority(was))
        })))
        .stops(NO_START, child_without_start),
    rule("453", "postcodes Episodes:CHILD,DECOM,RNE,HOME_POST,PL_POST last.Episodes:CHILD,DECOM,RNE,DEC,HOME_POST,PL_POST",
        "Episodes.PL_POST",
        "The episode goes on from last year, but the distance from home has changed.",
        "Enter last year's postcodes, or a new episode.",
        Each(Episodes, |r, i| r.carried_on_from(i).is_some_and(|was| {
            r.episodes.rne[i] == r.last.episodes.rne[was] && distance_changed(r, i, was)
        })))
        .stops(NO_START, child_without_start),
    rule("502", "Episodes:CHILD,DECOM last.Episodes:CHILD,DECOM,DEC", "Episodes.DECOM",
        "The child's open episode of last year is not this year's first.",
        "Enter the start given last year, or add the episode.",
        Each(Episodes, |r, i| {
            let last = &r.last.episodes;
            r.is_first(i) && last.of(r.episodes.kid(i)).any(|was| {
                last.dec.raw[was].blank() && last.decom[was] != r.episodes.decom[i]
            })
        })),
    rule("503A", "Episodes:CHILD,DECOM,RNE last.Episodes:CHILD,DECOM,DEC,RNE", "Episodes.RNE",
        "The episode goes on from last year, but the reason for it has changed.", AS_LAST,
        Each(Episodes, |r, i| carried(r, i, |was| !r.episodes.rne[i].same(r.last.episodes.rne[was]))))
        .stops(NO_START, child_without_start),
    rule("503B", "Episodes:CHILD,DECOM,LS last.Episodes:CHILD,DECOM,DEC,LS", "Episodes.LS",
        "The episode goes on from last year, but the legal status has changed.", AS_LAST,
        Each(Episodes, |r, i| carried(r, i, |was| !r.episodes.ls[i].same(r.last.episodes.ls[was]))))
        .stops(NO_START, child_without_start),
    rule("503C", "Episodes:CHILD,DECOM,CIN last.Episodes:CHILD,DECOM,DEC,CIN", "Episodes.CIN",
        "The episode goes on from last year, but the category of need has changed.", AS_LAST,
        Each(Episodes, |r, i| carried(r, i, |was| !r.episodes.cin[i].same(r.last.episodes.cin[was]))))
        .stops(NO_START, child_without_start),
    rule("503D", "Episodes:CHILD,DECOM,PLACE last.Episodes:CHILD,DECOM,DEC,PLACE", "Episodes.PLACE",
        "The episode goes on from last year, but the placement type has changed.", AS_LAST,
        Each(Episodes, |r, i| carried(r, i, |was| place_changed(r, i, was))))
        .stops(NO_START, child_without_start),
    rule("503E", "Episodes:CHILD,DECOM,PLACE_PROVIDER last.Episodes:CHILD,DECOM,DEC,PLACE_PROVIDER", "Episodes.PLACE_PROVIDER",
        "The episode goes on from last year, but the kind of provider has changed.", AS_LAST,
        Each(Episodes, |r, i| carried(r, i, |was| !r.episodes.provider[i].same(r.last.episodes.provider[was]))))
        .stops(NO_START, child_without_start),
    rule("503F", "Episodes:CHILD,DECOM,URN last.Episodes:CHILD,DECOM,DEC,URN", "Episodes.URN",
        "The episode goes on from last year, but the Ofsted number has changed.", AS_LAST,
        Each(Episodes, |r, i| carried(r, i, |was| !r.episodes.urn[i].same(r.last.episodes.urn[was]))))
        .stops(NO_START, child_without_start),
    rule("503G", "postcodes Episodes:CHILD,DECOM,HOME_POST,PL_POST last.Episodes:CHILD,DECOM,DEC,HOME_POST,PL_POST",
        "Episodes.PL_POST",
        "The episode goes on from last year, but the distance from home has changed.", AS_LAST,
        Each(Episodes, |r, i| carried(r, i, |was| distance_changed(r, i, was))))
        .stops(NO_START, child_without_start),
    rule("503H", "postcodes Episodes:CHILD,DECOM,PL_POST last.Episodes:CHILD,DECOM,DEC,PL_POST", "Episodes.PL_POST",
        "The episode goes on from last year, but the authority of the placement has changed.", AS_LAST,
        Each(Episodes, |r, i| carried(r, i, |was| {
            !r.located.authority(i).same(r.last.located.authority(was))
        })))
        .stops(NO_START, child_without_start),
    rule("503J", "postcodes la Episodes:CHILD,DECOM,PL_POST last.Episodes:CHILD,DECOM,DEC,PL_POST", "Episodes.PL_POST",
        "The episode goes on from last year, but now lies on the other side of the authority's border.", AS_LAST,
        Each(Episodes, |r, i| carried(r, i, |was| {
            !r.located.location(i).same(r.last.located.location(was))
        })))
        .stops(NO_START, child_without_start),
    rule("562", "Episodes:CHILD,DECOM last.Episodes:CHILD,DECOM", "Episodes.DECOM",
        "The child's first episode began before this year, but is not the last of last year's return.",
        "Enter the start given last year, or correct last year's return with the department.",
        Each(Episodes, |r, i| {
            let (e, last) = (&r.episodes, &r.last.episodes);
            let earlier = |row: usize| if e.decom[row] < r.start { e.decom[row] } else { Day::NONE };
            e.decom[i] < r.start && e.first_by(e.kid(i), earlier) == Some(i)
                && !r.last.last_episode(e.kid(i)).is_some_and(|was| last.decom[was] == e.decom[i])
        }))
        .stops(NO_START, child_without_start),
    rule("NoE", "Episodes:CHILD,DECOM last.Episodes:CHILD", "Episodes.DECOM",
        "The episode began before this year, but last year's return does not have the child.",
        "Correct the start, or last year's return with the department.",
        Each(Episodes, |r, i| r.episodes.decom[i] < r.start && !r.last.episodes.names(r.episodes.kid(i)))),
];

const AS_LAST: &str = "Enter what last year's return has, or close that episode and begin a new one.";
const NO_START: &str = "stops when a child of either year has no episode with a start that can be read";

fn child_without_start(run: &Run) -> bool {
    run.has_child_without_start() || run.last.has_child_without_start()
}

fn carried(run: &Run, episode: usize, changed: impl Fn(usize) -> bool) -> bool {
    run.carried_on_from(episode).is_some_and(changed)
}

fn distance_changed(run: &Run, episode: usize, was: usize) -> bool {
    let (now, then) = (run.located.miles(episode), run.last.located.miles(was));
    (now - then).abs() >= 0.2 || (then.is_nan() && !now.is_nan())
}

/// The type differs, other than by a code that took the place of an older one.
fn place_changed(run: &Run, episode: usize, was: usize) -> bool {
    let (now, then) = (run.episodes.place[episode], run.last.episodes.place[was]);
    let renamed = match run.frame.year {
        2026 => is!(then, "Z1") && OTHER.has(now),
        2024 | 2025 => is!(then, "H5") && is!(now, "K3"),
        _ => false,
    };
    !now.same(then) && !renamed
}
