//! Rules on the outcomes of children looked after for twelve months (OC2): strengths and difficulties, health, offending.

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule(
        "157",
        "OC2:CHILD,DOB,SDQ_SCORE,SDQ_REASON Episodes:CLA",
        "OC2.SDQ_REASON",
        "No questionnaire because of age (SDQ1) is given for a child aged 4 to 16.",
        "Enter the score, or the true reason why there is none.",
        Each(OC2, |r, i| {
            through(r, i)
                && r.oc2.dob[i].plus_years(4) <= r.start
                && r.oc2.dob[i].plus_years(16) >= r.end
                && r.oc2.score[i].blank()
                && is!(r.oc2.reason[i], "SDQ1")
        }),
    ),
    rule(
        "158",
        "OC2:INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
        "OC2.INTERVENTION_OFFERED",
        "Help with substance misuse was received, and yet it is said whether it was offered.",
        "Leave offered blank where help was received.",
        Each(OC2, |r, i| is!(r.oc2.received[i], "1") && r.oc2.offered[i].filled()),
    ),
    rule(
        "159",
        "OC2:SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
        "OC2.INTERVENTION_OFFERED",
        "A substance misuse problem was found and no help received, and it is not said whether help was offered.",
        "Enter 1 if help was offered, otherwise 0.",
        Each(OC2, |r, i| {
            is!(r.oc2.misuse[i], "1") && is!(r.oc2.received[i], "0") && r.oc2.offered[i].blank()
        }),
    ),
    rule(
        "180",
        "OC2:SDQ_SCORE",
        "OC2.SDQ_SCORE",
        "The score of the strengths and difficulties questionnaire is not a whole number from 0 to 40.",
        "Enter the total score, or leave it blank and give the reason.",
        Each(OC2, |r, i| {
            r.oc2.score[i].filled()
                && !number(r, r.oc2.score[i]).is_some_and(|n| (0.0..=40.0).contains(&n) && n.fract() == 0.0)
        }),
    ),
    rule(
        "181",
        "OC2:CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
        "OC2",
        "An answer about health, offending or substance misuse is neither 0 nor 1.",
        "Enter 1 for yes or 0 for no.",
        Each(OC2, |r, i| outcomes(r, i).iter().any(|answer| wrong(*answer, FLAG))),
    ),
    rule(
        "182",
        "OC2:CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
        "OC2",
        "Some outcomes are given, but immunisations, teeth, health assessment or substance misuse is blank.",
        "Answer all four, or none if the child was not looked after for twelve months.",
        Each(OC2, |r, i| {
            let o = outcomes(r, i);
            health_blank(r, i) && [o[0], o[1], o[6], o[7]].iter().any(|answer| answer.filled())
        }),
    ),
    rule(
        "185",
        "OC2:CHILD,SDQ_SCORE Episodes:CLA",
        "OC2.SDQ_SCORE",
        "A questionnaire score is given for a child who was not looked after through the whole year.",
        "Remove the score, or correct the child's episodes.",
        Each(OC2, |r, i| r.oc2.score[i].filled() && !through(r, i)),
    ),
    rule(
        "186",
        "OC2:CHILD,DOB,SDQ_SCORE,SDQ_REASON Episodes:CLA",
        "OC2.SDQ_SCORE",
        "A child aged 4 to 16 and looked after all year has neither a questionnaire score nor a reason why not.",
        "Enter the score, or the reason why there is none.",
        Each(OC2, |r, i| {
            through(r, i)
                && r.oc2.dob[i].plus_years(4) <= r.start
                && r.oc2.dob[i].plus_years(17) > r.end
                && no_questionnaire(r, i)
        }),
    ),
    rule(
        "188",
        "OC2:DOB,SDQ_SCORE,SDQ_REASON",
        "OC2.SDQ_SCORE",
        "A questionnaire score or reason is given for a child not yet four at the end of the year.",
        "Leave both blank for a child this young.",
        Each(OC2, |r, i| r.oc2.dob[i].plus_years(4) > r.end && !no_questionnaire(r, i)),
    ),
    rule(
        "189",
        "OC2:DOB,SDQ_SCORE,SDQ_REASON",
        "OC2.SDQ_SCORE",
        "A questionnaire score or reason is given for a young person who was 17 before the year began.",
        "Leave both blank for a young person this old.",
        Each(OC2, |r, i| r.oc2.dob[i].plus_years(17) < r.start && !no_questionnaire(r, i)),
    ),
    rule(
        "190",
        "OC2:CHILD,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED Episodes:CLA",
        "OC2",
        "Outcomes are given for a child who was not looked after through the whole year.",
        "Remove the outcomes, or correct the child's episodes.",
        Each(OC2, |r, i| !through(r, i) && outcomes(r, i).iter().any(|answer| answer.filled())),
    ),
    rule(
        "191",
        "OC2:CHILD,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE Episodes:CLA",
        "OC2 Episodes",
        "A child looked after all year lacks outcomes on immunisations, teeth, health assessment or substance misuse.",
        "Answer all four for the child.",
        Whole(outcomes_missing),
    ),
    rule(
        "192",
        "OC2:SUBSTANCE_MISUSE,INTERVENTION_RECEIVED",
        "OC2.INTERVENTION_RECEIVED",
        "A substance misuse problem was found, and it is not said whether help was received.",
        "Enter 1 if help was received, otherwise 0.",
        Each(OC2, |r, i| is!(r.oc2.misuse[i], "1") && r.oc2.received[i].blank()),
    ),
    rule(
        "193",
        "OC2:SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED",
        "OC2.SUBSTANCE_MISUSE",
        "Help with substance misuse is spoken of, but no substance misuse problem was found.",
        "Enter 1 for substance misuse, or leave received and offered blank.",
        Each(OC2, |r, i| {
            (r.oc2.misuse[i].blank() || is!(r.oc2.misuse[i], "0"))
                && (r.oc2.received[i].filled() || r.oc2.offered[i].filled())
        }),
    ),
    rule(
        "196",
        "OC2:SDQ_REASON",
        "OC2.SDQ_REASON",
        "The reason for having no questionnaire is not one of the codes.",
        "Enter one of SDQ1 to SDQ5.",
        Each(OC2, |r, i| wrong(r.oc2.reason[i], code::SDQ_REASON)),
    ),
    rule(
        "197B",
        "OC2:CHILD,DOB,SDQ_SCORE,SDQ_REASON Episodes:CLA",
        "OC2.SDQ_SCORE",
        "A child who turned 4 or 17 this year and was looked after throughout has neither a score nor a reason why not.",
        "Enter the score, or the reason why there is none; SDQ1 if because of age.",
        Each(OC2, |r, i| {
            through(r, i)
                && no_questionnaire(r, i)
                && (r.in_year(r.oc2.dob[i].plus_years(4)) || r.in_year(r.oc2.dob[i].plus_years(17)))
        }),
    ),
    rule(
        "197a",
        "OC2:SDQ_SCORE,SDQ_REASON",
        "OC2.SDQ_REASON",
        "There is a questionnaire score and also a reason for having none.",
        "Keep the one that is true.",
        Each(OC2, |r, i| r.oc2.score[i].filled() && r.oc2.reason[i].filled()),
    ),
    rule(
        "198",
        "OC2:CHILD,SDQ_REASON Episodes:CLA",
        "OC2.SDQ_REASON",
        "A reason for having no questionnaire is given for a child who was not looked after through the whole year.",
        "Remove the reason, or correct the child's episodes.",
        Each(OC2, |r, i| r.oc2.reason[i].filled() && !through(r, i)),
    ),
    rule(
        "542",
        "OC2:DOB,CONVICTED",
        "OC2.CONVICTED",
        "It is said whether a child younger than ten was convicted.",
        "Leave convicted blank below the age of ten.",
        Each(OC2, |r, i| r.oc2.dob[i].plus_years(10) > r.end && r.oc2.convicted[i].filled()),
    ),
    rule(
        "543",
        "OC2:CHILD,DOB,CONVICTED Episodes:CLA",
        "OC2.CONVICTED",
        "For a child of ten or older who was looked after all year it is not said whether they were convicted.",
        "Enter 1 if the child was convicted or cautioned this year, otherwise 0.",
        Each(OC2, |r, i| r.oc2.dob[i].plus_years(10) < r.end && through(r, i) && r.oc2.convicted[i].blank()),
    ),
    rule(
        "544",
        "OC2:CONVICTED,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE",
        "OC2",
        "The child was convicted, but an outcome on immunisations, teeth, health assessment or substance misuse is blank.",
        "Answer all four for the child.",
        Each(OC2, |r, i| is!(r.oc2.convicted[i], "1") && health_blank(r, i)),
    ),
    rule(
        "545",
        "OC2:CHILD,DOB,HEALTH_CHECK Episodes:CLA",
        "OC2.HEALTH_CHECK",
        "For a child under five who was looked after all year it is not said whether health checks are up to date.",
        "Enter 1 if they are, otherwise 0.",
        Each(OC2, |r, i| {
            r.oc2.dob[i].plus_years(5) > r.end && through(r, i) && r.oc2.health_check[i].blank()
        }),
    ),
    rule(
        "546",
        "OC2:CHILD,DOB,HEALTH_CHECK Episodes:CLA",
        "OC2.HEALTH_CHECK",
        "Health checks for under fives are answered for a child who is five or older.",
        "Leave health check blank from the fifth birthday.",
        Each(OC2, |r, i| {
            r.oc2.dob[i].plus_years(5) <= r.end && through(r, i) && r.oc2.health_check[i].filled()
        }),
    ),
    rule(
        "547",
        "OC2:HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,SUBSTANCE_MISUSE",
        "OC2",
        "Health checks are up to date, but an outcome on immunisations, teeth, health assessment or substance misuse is blank.",
        "Answer all four for the child.",
        Each(OC2, |r, i| is!(r.oc2.health_check[i], "1") && health_blank(r, i)),
    ),
];

fn through(run: &Run, row: usize) -> bool {
    run.through_the_year(run.oc2.kid(row))
}

fn no_questionnaire(run: &Run, row: usize) -> bool {
    run.oc2.score[row].blank() && run.oc2.reason[row].blank()
}

fn outcomes_missing(run: &Run, found: &mut Found) {
    found.all(OC2, run.oc2.rows().filter(|row| through(run, *row) && health_blank(run, *row)));
    for kid in run.episodes.kids().filter(|kid| run.through_the_year(*kid) && !run.oc2.names(*kid)) {
        found.all(Episodes, run.first_episode(kid).into_iter());
    }
}
