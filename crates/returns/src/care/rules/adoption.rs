//! Rules on adoption (AD1): decision, match, adopters.

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule(
        "112",
        "AD1:DATE_INT",
        "AD1.DATE_INT",
        "The day it was decided that the child should be placed for adoption cannot be read as a date.",
        "Enter it as dd/mm/yyyy.",
        Each(AD1, |r, i| r.ad1.decided.unreadable(i)),
    ),
    rule(
        "113",
        "AD1:DATE_MATCH",
        "AD1.DATE_MATCH",
        "The day the child was matched with adopters cannot be read as a date.",
        "Enter it as dd/mm/yyyy.",
        Each(AD1, |r, i| r.ad1.matched.unreadable(i)),
    ),
    rule(
        "114",
        "AD1:FOSTER_CARE",
        "AD1.FOSTER_CARE",
        "Whether a former carer adopted the child is neither 0 nor 1.",
        "Enter 1 if a former foster carer adopted the child, otherwise 0.",
        Each(AD1, |r, i| wrong(r.ad1.foster_care[i], FLAG)),
    ),
    rule(
        "134",
        "OC3:CHILD,IN_TOUCH,ACTIV,ACCOM AD1:CHILD,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
        "AD1",
        "Adoption answers are given for a young person who also has care leaver's answers.",
        "Keep the one that is true.",
        Pairs(AD1, OC3, |r, a, o| adopted_said(r, a) && leaver_said(r, o)),
    ),
    rule(
        "151",
        "AD1:DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
        "AD1",
        "Only some of the adoption answers are given.",
        "Give all six, or none if the child was not adopted.",
        Each(AD1, |r, i| adopted_said(r, i) && adoption_answers(r, i).contains(&false)),
    ),
    rule(
        "175",
        "AD1:NB_ADOPTR",
        "AD1.NB_ADOPTR",
        "The number of adopters is neither 1 nor 2.",
        "Enter 1 or 2.",
        Each(AD1, |r, i| wrong(r.ad1.adopters[i], code::NB_ADOPTR)),
    ),
    rule(
        "176",
        "AD1:SEX_ADOPTR",
        "AD1.SEX_ADOPTR",
        "The sex of the adopters is not one of the codes.",
        "Enter M1, F1, MM, FF or MF.",
        Each(AD1, |r, i| wrong(r.ad1.sex[i], code::SEX_ADOPTR)),
    ),
    rule(
        "177",
        "AD1:LS_ADOPTR",
        "AD1.LS_ADOPTR",
        "The legal status of the adopters is not one of the codes.",
        "Enter L0, L11, L12, L2, L3 or L4.",
        Each(AD1, |r, i| wrong(r.ad1.ls[i], code::LS_ADOPTR)),
    ),
    rule(
        "331",
        "AD1:CHILD,DATE_MATCH Episodes:CHILD,DECOM,REC",
        "AD1.DATE_MATCH Episodes.DECOM",
        "The child was matched with adopters after the episode that ended in adoption began.",
        "Correct the day of the match, or the start of the placement with the adopters.",
        Pairs(AD1, Episodes, |r, a, e| adopted(r, e) && r.ad1.matched[a] > r.episodes.decom[e]),
    ),
    rule(
        "333",
        "AD1:DATE_INT,DATE_MATCH",
        "AD1.DATE_INT",
        "The child was matched before it was decided that they should be placed for adoption, or that day is missing.",
        "Enter a day of decision no later than the match.",
        Each(AD1, |r, i| r.ad1.matched[i].known() && !r.ad1.decided[i].is_by(r.ad1.matched[i])),
    ),
    rule(
        "334",
        "Episodes:CHILD,DECOM,RNE AD1:CHILD,DATE_INT",
        "AD1.DATE_INT Episodes.DECOM",
        "It was decided that the child should be placed for adoption before they were looked after.",
        "Correct the day of decision, or the start of care.",
        Pairs(AD1, Episodes, |r, a, e| {
            let ep = &r.episodes;
            let start = |row: usize| if is!(ep.rne[row], "S") { ep.decom[row] } else { Day::NONE };
            r.ad1.decided[a] < ep.decom[e] && ep.last_by(ep.kid(e), start) == Some(e)
        }),
    ),
    rule(
        "335",
        "Episodes:CHILD,PLACE,REC AD1:CHILD,FOSTER_CARE",
        "AD1.FOSTER_CARE Episodes.PLACE",
        "Whether a former carer adopted the child does not fit the placement with the adopters.",
        "Enter 1 for a placement with former carers (A3, A5), 0 otherwise (A4, A6); or correct the placement.",
        Pairs(AD1, Episodes, |r, a, e| {
            let (place, former) = (r.episodes.place[e], r.ad1.foster_care[a]);
            is!(r.episodes.rec[e], "E1", "E11", "E12")
                && ((is!(place, "A2", "A3", "A5") && is!(former, "0"))
                    || (is!(place, "A1", "A4", "A6") && is!(former, "1")))
        }),
    ),
    rule(
        "511",
        "AD1:NB_ADOPTR,SEX_ADOPTR",
        "AD1.SEX_ADOPTR",
        "There are two adopters, but the sex is that of one.",
        "Enter MM, FF or MF, or correct the number.",
        Each(AD1, |r, i| is!(r.ad1.adopters[i], "2") && is!(r.ad1.sex[i], "M1", "F1")),
    ),
    rule(
        "514",
        "AD1:SEX_ADOPTR,LS_ADOPTR",
        "AD1.LS_ADOPTR",
        "The legal status says single adopter (L0), but the sex is not that of one.",
        "Enter M1 or F1, or correct the legal status.",
        Each(AD1, |r, i| is!(r.ad1.ls[i], "L0") && !is!(r.ad1.sex[i], "M1", "F1")),
    ),
    rule(
        "517",
        "AD1:SEX_ADOPTR,LS_ADOPTR",
        "AD1.LS_ADOPTR",
        "The legal status (L3) is that of a man and a woman, but the sex is not MF.",
        "Enter MF, or correct the legal status.",
        Each(AD1, |r, i| is!(r.ad1.ls[i], "L3") && !is!(r.ad1.sex[i], "MF")),
    ),
    rule(
        "518",
        "AD1:SEX_ADOPTR,LS_ADOPTR",
        "AD1.LS_ADOPTR",
        "The legal status (L4) is that of two adopters of the same sex, but the sex is neither MM nor FF.",
        "Enter MM or FF, or correct the legal status.",
        Each(AD1, |r, i| is!(r.ad1.ls[i], "L4") && !is!(r.ad1.sex[i], "MM", "FF")),
    ),
    rule(
        "519",
        "AD1:SEX_ADOPTR,LS_ADOPTR",
        "AD1.LS_ADOPTR",
        "The legal status (L2) is that of two adopters, but the sex is not that of two.",
        "Enter MM, FF or MF, or correct the legal status.",
        Each(AD1, |r, i| is!(r.ad1.ls[i], "L2") && !is!(r.ad1.sex[i], "MM", "FF", "MF")),
    ),
    rule(
        "520",
        "AD1:SEX_ADOPTR,LS_ADOPTR",
        "AD1.LS_ADOPTR",
        "The legal status (L11) is that of a man and a woman, but the sex is not MF.",
        "Enter MF, or correct the legal status.",
        Each(AD1, |r, i| is!(r.ad1.ls[i], "L11") && !is!(r.ad1.sex[i], "MF")),
    ),
    rule(
        "521",
        "Episodes:CHILD,DECOM,PLACE AD1:CHILD,DATE_INT",
        "AD1.DATE_INT Episodes.DECOM",
        "The child was placed for adoption before it was decided that they should be.",
        "Correct the day of decision, or the start of the placement.",
        Pairs(AD1, Episodes, |r, a, e| {
            ADOPT.has(r.episodes.place[e]) && r.ad1.decided[a] > r.episodes.decom[e]
        }),
    ),
    rule(
        "523",
        "PlacedAdoption:CHILD,DATE_PLACED AD1:CHILD,DATE_INT",
        "PlacedAdoption.DATE_PLACED AD1.DATE_INT",
        "The day of the decision for adoption differs between the two tables that carry it.",
        "Enter the same day in both.",
        Pairs(PlacedAdoption, AD1, |r, p, a| {
            let (placed, decided) = (r.placed.placed[p], r.ad1.decided[a]);
            placed.known() && decided.known() && placed != decided
        }),
    ),
    rule(
        "524",
        "AD1:SEX_ADOPTR,LS_ADOPTR",
        "AD1.LS_ADOPTR",
        "The legal status (L12) is that of two adopters of the same sex, but the sex is neither MM nor FF.",
        "Enter MM or FF, or correct the legal status.",
        Each(AD1, |r, i| is!(r.ad1.ls[i], "L12") && !is!(r.ad1.sex[i], "MM", "FF")),
    ),
    rule(
        "525",
        "PlacedAdoption:CHILD,DATE_PLACED_CEASED AD1:CHILD,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
        "PlacedAdoption.DATE_PLACED_CEASED AD1",
        "The decision for adoption was given up, and yet adoption answers are given.",
        "Remove the adoption answers, or the day the decision was given up.",
        Pairs(PlacedAdoption, AD1, |r, p, a| r.placed.ceased.raw[p].filled() && adopted_said(r, a)),
    ),
    rule(
        "582",
        "Episodes:CHILD,DEC,REC AD1:CHILD,DATE_MATCH",
        "Episodes.DEC",
        "The child was adopted on the very day of the match.",
        "Correct the end of the episode, or the day of the match.",
        Pairs(Episodes, AD1, |r, e, a| adopted(r, e) && r.episodes.dec.raw[e] == r.ad1.matched.raw[a]),
    ),
    rule(
        "601",
        "Episodes:CHILD,DEC,REC AD1:CHILD,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
        "AD1 Episodes.REC",
        "The child was adopted this year, but not all adoption answers are given.",
        "Give all six.",
        Pairs(AD1, Episodes, |r, a, e| adopted_this_year(r, e) && adoption_answers(r, a).contains(&false)),
    ),
    rule(
        "602",
        "Episodes:CHILD,DEC,REC AD1:CHILD,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
        "AD1",
        "Adoption answers are given for a child who was not adopted this year.",
        "Remove the answers, or enter the episode's end with E11 or E12.",
        Each(AD1, |r, i| adopted_said(r, i) && !r.episodes.of(r.ad1.kid(i)).any(|e| adopted_this_year(r, e))),
    ),
];

fn adopted(run: &Run, episode: usize) -> bool {
    ADOPTED.has(run.episodes.rec[episode])
}

fn adopted_this_year(run: &Run, episode: usize) -> bool {
    adopted(run, episode) && run.in_year(run.episodes.dec[episode])
}
