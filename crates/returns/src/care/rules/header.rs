//! Rules on who the child is: sex, birth, ethnic origin, pupil number, motherhood.

use super::prelude::*;

pub(super) static RULES: &[Rule] = &[
    rule("101", "Header:SEX", "Header.SEX",
        "The child's sex is blank or not one of the codes.",
        "Enter M, F or U.",
        Each(Header, |r, i| !code::SEX.has(r.header.sex[i]))),
    rule("102", "Header:DOB", "Header.DOB",
        "The child's date of birth is blank or cannot be read as a date.",
        "Enter the date of birth as dd/mm/yyyy.",
        Each(Header, |r, i| !r.header.dob[i].known())),
    rule("103", "Header:ETHNIC", "Header.ETHNIC",
        "The child's ethnic origin is blank or not one of the codes.",
        "Enter one of the ethnic codes; REFU if refused, NOBT if not yet known.",
        Each(Header, |r, i| !code::ETHNIC.has(r.header.ethnic[i]))),
    rule("105", "xml Header:UASC", "Header.UASC",
        "The mark for unaccompanied asylum seekers is neither 0 nor 1.",
        "Enter 1 if the child is an unaccompanied asylum seeker, otherwise 0.",
        Each(Header, |r, i| !number(r, r.header.uasc[i]).is_some_and(|n| [0.0, 1.0].contains(&n)))),
    rule("168", "Header:UPN", "Header.UPN",
        "The unique pupil number does not have the form of one, and is not one of the codes for an unknown number.",
        "Check the number with the school: a letter and twelve digits, the last of which may be a letter; or enter UN1 to UN5.",
        Each(Header, |r, i| r.header.upn[i].filled() && !is_pupil_number(r, r.header.upn[i]))),
    rule("171", "Header:MC_DOB", "Header.MC_DOB",
        "The date of birth of the young mother's child cannot be read as a date.",
        "Enter it as dd/mm/yyyy, or leave it blank if she has no child.",
        Each(Header, |r, i| r.header.mc_dob.unreadable(i))),
    rule("174", "Header:SEX,MC_DOB", "Header.MC_DOB",
        "A date of birth of a mother's child is given for a boy.",
        "Correct the sex, or remove the date.",
        Each(Header, |r, i| is!(r.header.sex[i], "M") && r.header.mc_dob.raw[i].filled())),
    rule("202", "Header:CHILD,SEX last.Header:CHILD,SEX", "Header.SEX",
        "The child's sex differs from last year's return.",
        "Check which is right; correct this year's, or confirm the change.",
        Against(Header, |r, i, was| !r.header.sex[i].same(r.last.header.sex[was]))),
    rule("203", "Header:CHILD,DOB last.Header:CHILD,DOB", "Header.DOB",
        "The child's date of birth differs from last year's return.",
        "Check which is right; correct this year's, or confirm the change.",
        Against(Header, |r, i, was| !r.header.dob[i].same(r.last.header.dob[was])))
        .stops("stops when a child stands twice in Header", header_twice),
    rule("204", "Header:CHILD,ETHNIC last.Header:CHILD,ETHNIC", "Header.ETHNIC",
        "The child's ethnic origin differs from last year's return.",
        "Check which is right; correct this year's, or confirm the change.",
        Against(Header, |r, i, was| !r.header.ethnic[i].same(r.last.header.ethnic[was])))
        .stops("stops when a child stands twice in Header", header_twice),
    rule("207", "Header:CHILD,MOTHER last.Header:CHILD,MOTHER Episodes:CHILD", "Header.MOTHER",
        "The young person was a mother last year and is not one now.",
        "Enter 1 for mother, or correct last year's answer with the department.",
        Against(Header, |r, i, was| is!(r.last.header.mother[was], "1")
            && !r.header.mother[i].same(r.last.header.mother[was])
            && in_table(r, Episodes, r.header.kid(i)))),
    rule("208", "Header:CHILD,UPN last.Header:CHILD,UPN", "Header.UPN",
        "The unique pupil number differs from last year's return in a way that does not follow.",
        "Check the number with the school; a known number does not change and does not become unknown.",
        Against(Header, |r, i, was| pupil_number_changed(r.header.upn[i], r.last.header.upn[was])))
        .stops("stops when a child stands twice in Header", header_twice),
    rule("209", "Header:DOB,UPN", "Header.UPN",
        "The pupil number says too young for school (UN1), but the child had turned four by the end of August before the year began.",
        "Enter the pupil number, or the code that says why there is none.",
        Each(Header, |r, i| is!(r.header.upn[i], "UN1")
            && r.header.dob[i].plus_years(4) <= Day::of(i32::from(r.frame.year) - 2, 8, 31))),
    rule("210", "Header:CHILD,UPN Episodes:CHILD,DECOM,DEC", "Header.UPN Episodes.DECOM",
        "The pupil number says looked after for less than a week at the end of the year (UN4), but care began earlier.",
        "Enter the pupil number, or the code that says why there is none.",
        Pairs(Header, Episodes, |r, h, e| is!(r.header.upn[h], "UN4")
            && r.episodes.decom[e] < week_before_end(r) && in_open_period(r, e)))
        .published("looks for episodes that began in the last week, the opposite of what is meant",
            Pairs(Header, Episodes, |r, h, e| {
                is!(r.header.upn[h], "UN4") && r.episodes.decom[e] >= week_before_end(r)
            })),
    rule("231", "Header:DOB,UASC", "Header.DOB",
        "The unaccompanied asylum seeker is younger than eleven.",
        "Check the date of birth and whether the child is unaccompanied.",
        Each(Header, |r, i| r.header.dob[i] > r.end.plus_years(-11) && is!(r.header.uasc[i], "1")))
        .always_stops("reads a column UASC_STATUS that no return has"),
    rule("232", "Header:SEX", "Header.SEX",
        "The child's sex is given as unknown.",
        "Enter M or F if it is known; otherwise confirm that it is not.",
        Each(Header, |r, i| is!(r.header.sex[i], "U"))),
    rule("301", "Header:DOB", "Header.DOB",
        "The child is born after the end of the year.",
        "Correct the date of birth; a child born after 31 March is not in this return.",
        Each(Header, |r, i| r.header.dob[i] > r.end)),
    rule("351", "Header:DOB", "Header.DOB",
        "The young person was older than 25 when the year began.",
        "Correct the date of birth, or take the young person out of the return.",
        Each(Header, |r, i| r.header.dob[i].plus_years(25) < r.start)),
    rule("393", "Header:CHILD,SEX,MOTHER Episodes:CHILD,LS", "Header.MOTHER",
        "For a girl it is not said whether she is a mother.",
        "Enter 1 if she has a child, otherwise 0.",
        Each(Header, |r, i| is!(r.header.sex[i], "F") && r.header.mother[i].blank()
            && r.has_long_episode(r.header.kid(i)))),
    rule("442", "Header:CHILD,UPN Episodes:CHILD,LS", "Header.UPN",
        "A child looked after has neither a pupil number nor the reason why not.",
        "Enter the pupil number, or one of UN1 to UN5.",
        Each(Header, |r, i| r.header.upn[i].blank() && r.has_long_episode(r.header.kid(i)))),
    rule("444", "Header:UPN", "Header.UPN",
        "Two children have the same pupil number.",
        "Check both numbers with their schools.",
        Whole(same_pupil_number)),
    rule("611", "Header:MOTHER,MC_DOB", "Header.MC_DOB",
        "She is a mother, but her child's date of birth is not given.",
        "Enter the date of birth of her child.",
        Each(Header, |r, i| is!(r.header.mother[i], "1") && r.header.mc_dob.raw[i].blank())),
    rule("612", "Header:SEX,MOTHER,MC_DOB", "Header.MOTHER",
        "A date of birth of her child is given, but not that she is a mother.",
        "Enter 1 for mother, or remove the date.",
        Each(Header, |r, i| (is!(r.header.mother[i], "0") || r.header.mother[i].blank())
            && is!(r.header.sex[i], "F") && r.header.mc_dob.raw[i].filled())),
    rule("620", "Header:DOB,MOTHER", "Header.MOTHER",
        "The mother was younger than eleven when the year began.",
        "Check the date of birth and whether she is a mother.",
        Each(Header, |r, i| is!(r.header.mother[i], "1") && r.header.dob[i].plus_years(11) > r.start)),
    rule("621", "Header:DOB,MC_DOB", "Header.MC_DOB",
        "The mother's child is not younger than the mother.",
        "Correct one of the two dates of birth.",
        Each(Header, |r, i| r.header.mc_dob[i].known() && !r.header.mc_dob[i].is_after(r.header.dob[i]))),
    rule("624", "Header:CHILD,MC_DOB last.Header:CHILD,MC_DOB", "Header.MC_DOB",
        "The date of birth of the mother's child differs from last year's return.",
        "Check which is right; correct this year's, or confirm the change.",
        Against(Header, |r, i, was| r.last.header.mc_dob.raw[was].filled()
            && r.header.mc_dob.raw[i] != r.last.header.mc_dob.raw[was])),
    rule("625", "Header:CHILD,MC_DOB Episodes:CHILD,DEC", "Episodes.DEC Header.MC_DOB",
        "The mother's child is born after the end of the year or after her last episode ended.",
        "Correct the date of birth of her child, or the end of her episode.",
        Pairs(Episodes, Header, |r, e, h| {
            let born = r.header.mc_dob[h];
            let latest = || r.episodes.last_by(r.episodes.kid(e), |row| r.episodes.dec[row]) == Some(e);
            (born > r.end || born > r.episodes.dec[e]) && latest()
        })),
    rule("626", "Header:CHILD,MOTHER,MC_DOB last.Header:CHILD,MOTHER", "Header.MC_DOB",
        "She is a mother since before the year began, but last year's return said she was not.",
        "Correct the date of birth of her child, or confirm that last year's answer was wrong.",
        Against(Header, |r, i, was| r.header.mc_dob[i] < r.start && is!(r.header.mother[i], "1")
            && is!(r.last.header.mother[was], "0"))),
    rule("628", "Header:CHILD,MOTHER Episodes:CHILD OC3:CHILD,IN_TOUCH,ACTIV,ACCOM", "Header.MOTHER",
        "For a care leaver who was not looked after this year it is said whether she is a mother.",
        "Leave mother blank for care leavers without an episode.",
        Each(Header, |r, i| r.header.mother[i].filled() && !in_table(r, Episodes, r.header.kid(i))
            && r.oc3.of(r.header.kid(i)).any(|o| leaver_said(r, o)))),
    rule("EPI", "Header:CHILD ~Episodes:CHILD ~OC3:CHILD", "Header.CHILD",
        "The child has neither an episode nor care leaver's answers.",
        "Add the child's episodes, or take the child out of the return.",
        Each(Header, |r, i| !in_table(r, Episodes, r.header.kid(i)) && !in_table(r, OC3, r.header.kid(i)))),
    rule("165", "Header:CHILD,SEX,MOTHER Episodes:CHILD,DECOM,LS,DEC OC3:CHILD,IN_TOUCH,ACTIV,ACCOM",
        "Header.MOTHER OC3",
        "What is said about being a mother does not fit the young person's sex, episodes or leaving care.",
        "Enter 0 or 1 for a girl looked after this year; leave mother blank for a boy and for a care leaver not looked after.",
        Whole(|r, found| mother(r, found, Set::of(&["M"]), Set::of(&["F"]))))
        .published("tests the sex against 1 and 2, codes no longer in use, so that boys and girls are not told apart",
            Whole(|r, found| mother(r, found, Set::of(&["1"]), Set::of(&["2"])))),
];

fn header_twice(run: &Run) -> bool {
    [&run.this, &run.last].iter().any(|year| year.header.kids().any(|kid| year.header.of(kid).len() > 1))
}

fn is_pupil_number(run: &Run, cell: Sym) -> bool {
    let text = run.text(cell).as_bytes();
    UPN_UNKNOWN.has(cell)
        || matches!(text, [first, digits @ .., last] if text.len() == 13
            && first.is_ascii_uppercase() && !matches!(first, b'I' | b'O' | b'S')
            && digits.iter().all(u8::is_ascii_digit)
            && (last.is_ascii_digit() || last.is_ascii_uppercase()))
}

fn pupil_number_changed(now: Sym, was: Sym) -> bool {
    let was_unknown = was.blank() || UPN_UNKNOWN.has(was);
    let not_yet = (is!(was, "UN1") || was.blank()) && is!(now, "UN2", "UN3", "UN4", "UN5");
    let now_known = was_unknown && now.filled() && !UPN_UNKNOWN.has(now);
    !now.same(was) && !not_yet && !now_known
}

fn week_before_end(run: &Run) -> Day {
    run.end.plus_days(-7)
}

/// The episode lies in a period of care that goes on at the end of the year.
fn in_open_period(run: &Run, episode: usize) -> bool {
    let start = run.episodes.decom[episode];
    run.periods(run.episodes.kid(episode)).iter().any(|period| {
        let goes_on = !period.end.known() || period.end > run.end;
        goes_on && period.start <= start
    })
}

fn same_pupil_number(run: &Run, found: &mut Found) {
    let mut count = vec![0_u8; run.texts.len()];
    let counted = |upn: Sym| upn.filled() && !UPN_UNKNOWN.has(upn);
    for upn in run.header.rows().map(|h| run.header.upn[h]).filter(|upn| counted(*upn)) {
        count[upn.index()] = count[upn.index()].saturating_add(1);
    }
    found.all(
        Header,
        run.header.rows().filter(|h| {
            let upn = run.header.upn[*h];
            counted(upn) && count[upn.index()] > 1
        }),
    );
}

fn mother(run: &Run, found: &mut Found, male: Set, female: Set) {
    let e = &run.episodes;
    let in_year =
        |row: &usize| !run.is_short(*row) && e.dec[*row].or(run.end) >= run.start && e.decom[*row] <= run.end;
    for h in run.header.rows().filter(|h| run.has_long_episode(run.header.kid(*h))) {
        let kid = run.header.kid(h);
        let (sex, answer) = (run.header.sex[h], run.header.mother[h]);
        let looked_after = e.of(kid).any(|row| in_year(&row));
        let leaver = run.oc3.of(kid).any(|o| leaver_said(run, o));
        let wrong = wrong(answer, FLAG)
            || (answer.filled() && male.has(sex))
            || (answer.blank() && female.has(sex) && looked_after)
            || (answer.filled() && female.has(sex) && !looked_after && leaver);
        if wrong {
            found.at(Header, h);
            found.all(OC3, run.oc3.of(kid));
        }
    }
}
