//! Rules on placements: type, provider, Ofsted number, reasons for change.

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule(
        "178",
        "Episodes:PLACE,PLACE_PROVIDER",
        "Episodes.PLACE_PROVIDER",
        "The placement provider is not one of the codes, or the placement has none.",
        "Enter one of PR0 to PR5; leave it blank for T0 to T3 and Z11 to Z14.",
        Each(Episodes, |r, i| {
            let (place, provider) = (r.episodes.place[i], r.episodes.provider[i]);
            provider.filled()
                && (!code::PLACE_PROVIDER.has(provider)
                    || is!(place, "T0", "T1", "T2", "T3")
                    || OTHER.has(place))
        }),
    ),
    rule(
        "213",
        "Episodes:PLACE,PLACE_PROVIDER",
        "Episodes.PLACE_PROVIDER",
        "A provider is given for a temporary or other placement, which has none.",
        "Leave the provider blank for T0 to T4 and Z11 to Z14.",
        Each(Episodes, |r, i| {
            TEMPORARY.or(OTHER).has(r.episodes.place[i]) && r.episodes.provider[i].filled()
        }),
    ),
    rule(
        "214",
        "Episodes:LS,PL_POST,URN",
        "Episodes.LS",
        "A placement postcode or Ofsted number is given for a short break.",
        "Leave both blank for V3 and V4.",
        Each(Episodes, |r, i| {
            r.is_short(i) && (r.episodes.pl_post[i].filled() || r.episodes.urn[i].filled())
        }),
    ),
    rule(
        "217",
        "Episodes:DECOM,RNE,PLACE",
        "Episodes.RNE",
        "A placement for adoption with former carers (A3, A5) began with a change of placement.",
        "Enter S, T or U: the child stays with the same carers.",
        Each(Episodes, |r, i| {
            is!(r.episodes.place[i], "A3", "A5")
                && r.episodes.decom[i] >= Day::of(2015, 4, 1)
                && !is!(r.episodes.rne[i], "S", "T", "U")
        }),
    ),
    rule(
        "219",
        "Episodes:PLACE,URN providers:URN,PLACE_CODES",
        "Episodes.PLACE",
        "The provider of this Ofsted number does not offer this type of placement.",
        "Correct the placement type or the Ofsted number.",
        Each(Episodes, |r, i| {
            has_number(r, i) && !r.lines(i).iter().any(|p| p.places.has(r.episodes.place[i]))
        }),
    ),
    rule(
        "221",
        "Episodes:LS,PLACE,PL_POST,URN providers:URN,POSTCODE",
        "Episodes.PL_POST",
        "The placement's postcode is not that of the provider's premises.",
        "Correct the postcode or the Ofsted number.",
        Each(Episodes, |r, i| {
            let postcode = super::super::postcodes::normal(r.text(r.episodes.pl_post[i]));
            has_number(r, i)
                && !r.is_short(i)
                && is!(r.episodes.place[i], "K1", "K2", "K3", "R3", "S1")
                && r.episodes.pl_post[i].filled()
                && !r.lines(i).iter().any(|p| r.text(p.postcode) == postcode)
        }),
    ),
    rule(
        "222",
        "Episodes:PLACE,URN",
        "Episodes.URN",
        "An Ofsted number is given for a placement that has none.",
        "Remove the number, or correct the placement type.",
        Each(Episodes, |r, i| NO_URN.has(r.episodes.place[i]) && has_number(r, i)),
    ),
    rule(
        "224",
        "Episodes:PLACE_PROVIDER,URN providers:URN,PROVIDER_CODES",
        "Episodes.PLACE_PROVIDER",
        "The kind of provider does not fit the provider of this Ofsted number.",
        "Correct the kind of provider or the Ofsted number.",
        Each(Episodes, |r, i| {
            has_number(r, i) && !r.lines(i).iter().any(|p| p.providers.has(r.episodes.provider[i]))
        }),
    ),
    rule(
        "227",
        "Episodes:DECOM,URN providers:URN,REG_END",
        "Episodes.URN",
        "The episode began when the provider was no longer registered.",
        "Correct the Ofsted number or the start of the episode.",
        Each(Episodes, |r, i| {
            has_number(r, i)
                && !r.lines(i).is_empty()
                && r.lines(i).iter().all(|p| r.episodes.decom[i] >= p.closed)
        }),
    ),
    rule(
        "228",
        "Episodes:DEC,URN providers:URN,REG_END",
        "Episodes.URN",
        "The episode lasted longer than the provider was registered.",
        "Correct the Ofsted number or the end of the episode.",
        Each(Episodes, |r, i| {
            has_number(r, i)
                && !r.lines(i).is_empty()
                && r.lines(i).iter().all(|p| r.episodes.dec[i].or(r.end) > p.closed)
        }),
    ),
    rule(
        "1008",
        "Episodes:URN providers:URN",
        "Episodes.URN",
        "The Ofsted number is not in the register of providers.",
        "Correct the number; XXXXXXX where it must not be disclosed.",
        Each(Episodes, |r, i| has_number(r, i) && r.lines(i).is_empty()),
    ),
    rule(
        "242",
        "Episodes:PLACE,URN",
        "Episodes.URN",
        "The Ofsted number is withheld (XXXXXXX), but the placement is neither fostering nor for adoption.",
        "Enter the provider's number.",
        Each(Episodes, |r, i| {
            is!(r.episodes.urn[i], "XXXXXXX") && !ADOPT.or(FOSTER).has(r.episodes.place[i])
        }),
    ),
    rule(
        "377",
        "Episodes:CHILD,PLACE",
        "Episodes.PLACE",
        "The child has more than two temporary placements during a carer's holiday (T3).",
        "Check the placements; further ones are T4.",
        Each(Episodes, |r, i| {
            let e = &r.episodes;
            is!(e.place[i], "T3") && e.of(e.kid(i)).filter(|row| is!(e.place[*row], "T3")).count() > 2
        }),
    ),
    rule(
        "378",
        "Episodes:LS,PLACE",
        "Episodes.PLACE",
        "A child in voluntary care (V2) is placed with parents (P1).",
        "Correct the placement or the legal status; a child at home is not accommodated.",
        Each(Episodes, |r, i| is!(r.episodes.place[i], "P1") && is!(r.episodes.ls[i], "V2")),
    ),
    rule(
        "380",
        "Episodes:RNE,PLACE",
        "Episodes.RNE",
        "A temporary placement did not begin with a change of placement.",
        "Enter P or B.",
        Each(Episodes, |r, i| TEMPORARY.has(r.episodes.place[i]) && !is!(r.episodes.rne[i], "P", "B")),
    ),
    rule(
        "381",
        "Episodes:PLACE,REC",
        "Episodes.REC",
        "Care ended from a temporary placement.",
        "Enter X1 and the episode after it, or correct the placement.",
        Each(Episodes, |r, i| {
            TEMPORARY.has(r.episodes.place[i]) && r.episodes.rec[i].filled() && !is!(r.episodes.rec[i], "X1")
        }),
    ),
    rule(
        "382",
        "Episodes:LS,PLACE",
        "Episodes.PLACE",
        "A short break is in a temporary placement.",
        "Enter the true placement, or correct the legal status.",
        Each(Episodes, |r, i| r.is_short(i) && TEMPORARY.has(r.episodes.place[i])),
    ),
    rule(
        "384",
        "Episodes:LS,PLACE",
        "Episodes.PLACE",
        "A short break is with relatives or friends as foster carers (U1, U4).",
        "Correct the placement or the legal status.",
        Each(Episodes, |r, i| r.is_short(i) && is!(r.episodes.place[i], "U1", "U4")),
    ),
    rule(
        "390",
        "Episodes:PLACE,REC",
        "Episodes.PLACE",
        "The child was adopted from a placement that is not for adoption.",
        "Correct the placement (A3 to A6) or the reason the episode ceased.",
        Each(Episodes, |r, i| ADOPTED.has(r.episodes.rec[i]) && !ADOPT.has(r.episodes.place[i])),
    ),
    rule(
        "408",
        "Episodes:LS,PLACE",
        "Episodes.LS",
        "The child is placed for adoption under an order (A5, A6), but the legal status is not a placement order (E1).",
        "Correct the legal status or the placement.",
        Each(Episodes, |r, i| is!(r.episodes.place[i], "A5", "A6") && !is!(r.episodes.ls[i], "E1")),
    ),
    rule(
        "516",
        "Episodes:PLACE,REC",
        "Episodes.REC",
        "Former foster carers became special guardians (E45, E46), but the child was not with foster carers.",
        "Correct the placement, or enter E47 or E48.",
        Each(Episodes, |r, i| is!(r.episodes.rec[i], "E45", "E46") && !FOSTER.has(r.episodes.place[i])),
    ),
    rule(
        "526",
        "Episodes:PLACE,PLACE_PROVIDER",
        "Episodes.PLACE_PROVIDER",
        "The kind of provider is missing.",
        "Enter one of PR0 to PR5.",
        Each(Episodes, |r, i| {
            !TEMPORARY.or(OTHER).has(r.episodes.place[i]) && r.episodes.provider[i].blank()
        }),
    ),
    rule(
        "527",
        "Episodes:PLACE,PLACE_PROVIDER",
        "Episodes.PLACE_PROVIDER",
        "The authority itself (PR1) cannot provide this placement.",
        "Correct the provider or the placement (P1, R2, R5).",
        Each(Episodes, |r, i| {
            is!(r.episodes.place[i], "P1", "R2", "R5") && is!(r.episodes.provider[i], "PR1")
        }),
    ),
    rule(
        "528",
        "Episodes:PLACE,PLACE_PROVIDER",
        "Episodes.PLACE_PROVIDER",
        "Another authority (PR2) cannot provide this placement.",
        "Correct the provider or the placement (P1, R2, R5).",
        Each(Episodes, |r, i| {
            is!(r.episodes.place[i], "P1", "R2", "R5") && is!(r.episodes.provider[i], "PR2")
        }),
    ),
    rule(
        "529",
        "Episodes:PLACE,PLACE_PROVIDER",
        "Episodes.PLACE_PROVIDER",
        "Another public body (PR3) cannot provide this placement.",
        "Correct the provider or the placement.",
        Each(Episodes, |r, i| {
            ADOPT.or(FOSTER).or(const { Set::of(&["K1", "K2", "P1"]) }).has(r.episodes.place[i])
                && is!(r.episodes.provider[i], "PR3")
        }),
    ),
    rule(
        "530",
        "Episodes:PLACE,PLACE_PROVIDER",
        "Episodes.PLACE_PROVIDER",
        "A private body (PR4) cannot provide a placement with parents.",
        "Enter PR0, or correct the placement.",
        Each(Episodes, |r, i| is!(r.episodes.place[i], "P1") && is!(r.episodes.provider[i], "PR4")),
    ),
    rule(
        "531",
        "Episodes:PLACE,PLACE_PROVIDER",
        "Episodes.PLACE_PROVIDER",
        "A voluntary body (PR5) cannot provide a placement with parents.",
        "Enter PR0, or correct the placement.",
        Each(Episodes, |r, i| is!(r.episodes.place[i], "P1") && is!(r.episodes.provider[i], "PR5")),
    ),
    rule(
        "550",
        "Episodes:PLACE,PLACE_PROVIDER",
        "Episodes.PLACE_PROVIDER",
        "The provider is the parents (PR0), but the placement is not with parents.",
        "Correct the provider or the placement.",
        Each(Episodes, |r, i| !is!(r.episodes.place[i], "P1") && is!(r.episodes.provider[i], "PR0")),
    ),
];

/// The episode has an Ofsted number that may be disclosed.
pub(super) fn has_number(run: &Run, episode: usize) -> bool {
    run.episodes.urn[episode].filled() && !is!(run.episodes.urn[episode], "XXXXXXX")
}
