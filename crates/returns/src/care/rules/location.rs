//! Rules on where the child lives: postcodes, authorities, distance from home.

use super::placement::has_number;
use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule("164", "uasc postcodes Episodes:CHILD,HOME_POST,PL_POST", "Episodes.PL_POST",
        "The distance between home and placement is not one that can be.",
        "Correct the postcodes.",
        Each(Episodes, |r, i| {
            let miles = r.located.miles(i);
            !r.is_uasc(r.episodes.kid(i)) && !miles.is_nan() && !(0.0..=999.9).contains(&miles)
        })),
    rule("169", "postcodes Episodes:LS,PL_POST", "Episodes.PL_POST",
        "It is not known which authority the placement lies in.",
        "Enter the placement's postcode, or correct it.",
        Each(Episodes, |r, i| !r.is_short(i) && r.located.authority(i).blank()))
        .published("does not know the districts of Cumberland, Westmorland and Furness, North Yorkshire and Somerset of 2023",
            Each(Episodes, |r, i| !r.is_short(i) && r.located.authority(i).blank())),
    rule("179", "postcodes la Episodes:LS,PL_POST", "Episodes.PL_POST",
        "It is not known whether the placement lies in or outside the authority.",
        "Enter the placement's postcode, or correct it.",
        Each(Episodes, |r, i| !r.is_short(i) && r.located.location(i).blank())),
    rule("218", "postcodes Episodes:PLACE,DEC,PL_POST,URN", "Episodes.URN",
        "The placement's Ofsted number is missing.",
        "Enter the provider's number; XXXXXXX where it must not be disclosed.",
        Each(Episodes, |r, i| (r.episodes.dec[i] >= r.start || r.episodes.dec.raw[i].blank())
            && r.episodes.urn[i].blank() && !NO_URN.has(r.episodes.place[i])
            && !ABROAD.has(r.located.authority(i)))),
    rule("229", "postcodes la Episodes:PLACE,PLACE_PROVIDER,URN providers:URN,POSTCODE", "Episodes.PLACE_PROVIDER",
        "Whether the provider is the authority itself (PR1) or another (PR2) does not fit where the provider is.",
        "Correct the kind of provider or the Ofsted number.",
        Each(Episodes, provider_elsewhere)),
    rule("241", "postcodes la Episodes:PLACE,PL_POST,URN providers:URN,POSTCODE", "Episodes.PL_POST",
        "The supported accommodation (K3) lies in an authority where its provider has no premises.",
        "Correct the postcode or the Ofsted number.",
        Each(Episodes, |r, i| {
            let here = r.located.authority(i);
            supported(r, i) && !r.lines(i).iter().any(|p| r.provider_authority(p) == here)
        }))
        .published("compares with the authority that submits instead of those where the provider has premises",
            Each(Episodes, |r, i| supported(r, i) && r.located.authority(i) != r.frame.here)),
    rule("243", "postcodes Episodes:PL_POST,URN", "Episodes.URN",
        "An Ofsted number is given for a placement outside England.",
        "Remove the number, or correct the postcode.",
        Each(Episodes, |r, i| ABROAD.has(r.located.authority(i)) && r.episodes.urn[i].filled())),
    rule("392a", "uasc postcodes Episodes:CHILD,LS,HOME_POST,PL_POST", "Episodes.PL_POST",
        "The distance between home and placement cannot be worked out.",
        "Enter both postcodes, or correct them.",
        Each(Episodes, |r, i| !r.is_uasc(r.episodes.kid(i)) && !r.is_short(i) && r.located.miles(i).is_nan())),
    rule("392b", "Episodes:CHILD,LS,HOME_POST,PL_POST", "Episodes.HOME_POST",
        "The postcode of home or of the placement is missing.",
        "Enter both postcodes.",
        Each(Episodes, |r, i| !r.is_uasc(r.episodes.kid(i)) && !r.is_short(i)
            && (r.episodes.home_post[i].blank() || r.episodes.pl_post[i].blank()))),
    rule("392c", "postcodes Episodes:HOME_POST,PL_POST", "Episodes.PL_POST",
        "The postcode of home or of the placement does not exist.",
        "Correct the postcode.",
        Each(Episodes, |r, i| [r.episodes.home_post[i], r.episodes.pl_post[i]].into_iter()
            .any(|post| post.filled() && !r.atlas.as_ref().is_ok_and(|atlas| atlas.knows(post))))),
    rule("392d", "Episodes:PLACE,HOME_POST,PL_POST", "Episodes.PL_POST",
        "Home and placement have the same postcode, but the child is not placed with parents.",
        "Correct the postcodes or the placement.",
        Each(Episodes, |r, i| !is!(r.episodes.place[i], "P1") && r.episodes.home_post[i] == r.episodes.pl_post[i])),
    rule("398", "Episodes:LS,HOME_POST,PL_POST", "Episodes.PL_POST",
        "A postcode is given for a short break.",
        "Leave both postcodes blank for V3 and V4.",
        Each(Episodes, |r, i| r.is_short(i)
            && (r.episodes.home_post[i].filled() || r.episodes.pl_post[i].filled()))),
    rule("406", "uasc postcodes Episodes:CHILD,HOME_POST,PL_POST", "Episodes.HOME_POST",
        "A distance from home follows for an unaccompanied asylum seeker, who has no home here.",
        "Leave the home postcode blank.",
        Each(Episodes, |r, i| r.is_uasc(r.episodes.kid(i)) && !r.located.miles(i).is_nan())),
    rule("411", "postcodes la Episodes:PL_POST", "Episodes.PL_POST",
        "The placement is said to lie within the authority, but its postcode lies elsewhere.",
        "Correct the postcode.",
        Each(Episodes, |r, i| is!(r.located.location(i), "IN") && r.located.authority(i) != r.frame.here)),
    rule("420", "postcodes Episodes:LS,PL_POST", "Episodes.PL_POST",
        "An authority of the placement follows for a short break.",
        "Leave the placement's postcode blank for V3 and V4.",
        Each(Episodes, |r, i| r.is_short(i) && r.located.authority(i).filled())),
    rule("454", "postcodes Episodes:HOME_POST,PL_POST", "Episodes.PL_POST",
        "The placement lies more than 350 miles from home.",
        "Check both postcodes.",
        Each(Episodes, |r, i| r.located.miles(i) > 350.0 && (r.located.miles(i) - 999.9).abs() > 0.01)),
    rule("1015", "postcodes la Episodes:LS,PLACE,PLACE_PROVIDER,PL_POST", "Episodes.PLACE_PROVIDER",
        "The authority's own placement (PR1) lies outside the authority.",
        "Correct the postcode or the kind of provider.",
        Each(Episodes, |r, i| {
            let (place, status) = (r.episodes.place[i], r.episodes.ls[i]);
            place.filled() && !ADOPT.or(FOSTER).has(place) && !is!(place, "K3")
                && status.filled() && !r.is_short(i)
                && is!(r.episodes.provider[i], "PR1") && r.located.authority(i) != r.frame.here
        })),
];

fn supported(run: &Run, episode: usize) -> bool {
    has_number(run, episode) && is!(run.episodes.place[episode], "K3")
}

fn provider_elsewhere(run: &Run, i: usize) -> bool {
    let place = run.episodes.place[i];
    if !has_number(run, i) || NO_URN.has(place) || is!(place, "K3") {
        return false;
    }
    let own = run.lines(i).iter().any(|p| run.provider_authority(p) == run.frame.here);
    let provider = run.episodes.provider[i];
    (is!(provider, "PR1") && !own) || (is!(provider, "PR2") && own)
}
