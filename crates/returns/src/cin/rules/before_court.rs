//! Rules about the time before court, drafted for the return of 2026-27 and not final.

use super::{ERROR, QUERY, Rule};
use crate::cin::judge::{Finds, Judge, Verdict};
use crate::cin::law::List;
use crate::cin::table::{Field, Table, field as f};

/// What these rules have in common.
const DRAFT: Rule = Rule { since: 2027, ..ERROR };
const DRAFT_QUERY: Rule = Rule { since: 2027, ..QUERY };

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "8995Q",
        whole: true,
        says: "The return tells of no pre-proceedings at all.",
        would_do: "Check that pre-proceedings are sent, or say that there were none.",
        judge: |j, found| {
            found.in_return = j.rows(Table::PreProceedings).is_empty();
            Ok(())
        },
        passes: &["CINdetails; PreProceedings"],
        fails: &["CINdetails => return"],
        ..DRAFT_QUERY
    },
    Rule {
        code: "9000Q",
        whole: true,
        says: "No pre-proceedings of the return have a start date.",
        would_do: "Add the day on which it was decided to begin them, or say why none is known.",
        judge: |j, found| {
            let mut rows = j.rows(Table::PreProceedings);
            found.in_return =
                if j.published { rows.is_empty() } else { !rows.any(|row| !j.missing(f::PP_FROM, row)) };
            Ok(())
        },
        quirk: "The draft counts the rows, not the start dates in them.",
        passes: &["CINdetails; PreProceedings; PreProceedings PPStartDate=2026-05-01"],
        fails: &["CINdetails; PreProceedings => return", "CINdetails => return"],
        published: &["CINdetails; PreProceedings => nothing", "CINdetails => return"],
        ..DRAFT_QUERY
    },
    Rule {
        code: "9005",
        says: "Pre-proceedings begin outside the census year.",
        would_do: "Correct the date; leave out what ended before the year.",
        judge: |j, found| j.outside_the_year(found, f::PP_FROM),
        passes: &["CINdetails; PreProceedings PPStartDate=2026-04-01; PreProceedings"],
        fails: &["CINdetails; PreProceedings PPStartDate=2026-03-31 => PreProceedings.PPStartDate"],
        ..DRAFT
    },
    Rule {
        code: "9006",
        says: "The letter before proceedings was sent outside the census year, or before pre-proceedings began.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| {
            let year = j.period()?;
            j.each(found, &[f::LETTER_SENT], |row| {
                let (sent, start) = (j.day(f::LETTER_SENT, row), j.day(f::PP_FROM, row));
                // the published draft asks for both dates before it looks at either
                sent.is_some_and(|sent| {
                    (start.is_some() || !j.published)
                        && (!year.holds(sent) || start.is_some_and(|start| sent < start))
                })
            });
            Ok(())
        },
        quirk: "The draft looks at the letter only where pre-proceedings have a start date; its text does not ask for one.",
        passes: &["CINdetails; PreProceedings PPStartDate=2026-05-01 LBPSentDate=2026-05-01; PreProceedings"],
        fails: &[
            "CINdetails; PreProceedings PPStartDate=2026-05-02 LBPSentDate=2026-05-01 => PreProceedings.LBPSentDate",
            "CINdetails; PreProceedings LBPSentDate=2026-03-31 => PreProceedings.LBPSentDate",
        ],
        published: &["CINdetails; PreProceedings LBPSentDate=2026-03-31 => nothing"],
        ..DRAFT
    },
    Rule {
        code: "9007",
        says: "A letter before proceedings was sent, and it is not said whether a family group meeting was offered.",
        would_do: "Write whether the meeting was offered.",
        judge: |j, found| {
            j.each(found, &[f::FGDM_OFFERED], |row| {
                let (sent, offered) = (!j.missing(f::LETTER_SENT, row), j.has(f::FGDM_OFFERED, row));
                if j.published { offered && !sent } else { sent && !offered }
            });
            Ok(())
        },
        quirk: "The draft has it the other way about: it finds an offer without a letter.",
        passes: &[
            "CINdetails; PreProceedings LBPSentDate=2026-05-01 FGDMMeetingOffer=0; PreProceedings FGDMMeetingOffer=1",
        ],
        fails: &["CINdetails; PreProceedings LBPSentDate=2026-05-01 => PreProceedings.FGDMMeetingOffer"],
        published: &[
            "CINdetails; PreProceedings LBPSentDate=2026-05-01; PreProceedings FGDMMeetingOffer=1 => PreProceedings.FGDMMeetingOffer@1",
        ],
        ..DRAFT
    },
    Rule {
        code: "9008",
        says: "The first meeting of pre-proceedings was held outside the census year.",
        would_do: "Correct the date.",
        judge: |j, found| j.outside_the_year(found, f::FIRST_MEETING),
        passes: &["CINdetails; PreProceedings InitialPPMeetingDate=2027-03-31"],
        fails: &[
            "CINdetails; PreProceedings InitialPPMeetingDate=2027-04-01 => PreProceedings.InitialPPMeetingDate",
        ],
        ..DRAFT
    },
    Rule {
        code: "9009",
        says: "It was decided to step up or down outside the census year, or before pre-proceedings began.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| not_after(j, found, f::STEP_DECIDED, f::PP_FROM),
        passes: &[
            "CINdetails; PreProceedings PPStartDate=2026-05-01 StepDecisionDate=2026-05-01; PreProceedings StepDecisionDate=2020-01-01",
        ],
        fails: &[
            "CINdetails; PreProceedings PPStartDate=2026-05-02 StepDecisionDate=2026-05-01 => PreProceedings.StepDecisionDate",
            "CINdetails; PreProceedings PPStartDate=2026-05-02 StepDecisionDate=2027-04-01 => PreProceedings.StepDecisionDate",
        ],
        ..DRAFT
    },
    Rule {
        code: "9010Q",
        says: "A family group meeting was offered, and it is not said whether it was held.",
        would_do: "Write whether the meeting was held.",
        judge: |j, found| {
            j.each(found, &[f::FGDM_HELD], |row| {
                let offered = j.is_one_of(f::FGDM_OFFERED, row, &["1"])
                    || (!j.published && j.yes_in_any_case(f::FGDM_OFFERED, row));
                offered && !j.has(f::FGDM_HELD, row)
            });
            Ok(())
        },
        quirk: "The draft looks only at offers that say 1, not at those that say true.",
        passes: &[
            "CINdetails; PreProceedings FGDMMeetingOffer=1 FGDMMeetingFac=0; PreProceedings FGDMMeetingOffer=0",
        ],
        fails: &[
            "CINdetails; PreProceedings FGDMMeetingOffer=1; PreProceedings FGDMMeetingOffer=true => PreProceedings.FGDMMeetingFac PreProceedings.FGDMMeetingFac@1",
        ],
        published: &["CINdetails; PreProceedings FGDMMeetingOffer=true => nothing"],
        ..DRAFT_QUERY
    },
    Rule {
        code: "9011",
        says: "The outcome of pre-proceedings is not one of the codes.",
        would_do: "Use A, B or C.",
        judge: |j, found| {
            j.each(found, &[f::PP_OUTCOME], |row| {
                (j.published || j.has(f::PP_OUTCOME, row))
                    && !j.in_list(f::PP_OUTCOME, row, List::PreProceedingsOutcome)
            });
            Ok(())
        },
        quirk: "The draft finds a missing outcome too, though pre-proceedings under way have none.",
        passes: &["CINdetails; PreProceedings PPOutcome=C; PreProceedings"],
        fails: &["CINdetails; PreProceedings PPOutcome=D => PreProceedings.PPOutcome"],
        published: &["CINdetails; PreProceedings => PreProceedings.PPOutcome"],
        ..DRAFT
    },
    Rule {
        code: "9012",
        says: "The court was applied to outside the census year, or before it was decided to step up.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| not_after(j, found, f::COURT_APPLIED, f::STEP_DECIDED),
        passes: &[
            "CINdetails; PreProceedings StepDecisionDate=2026-05-01 CourtAppDate=2026-05-01; PreProceedings CourtAppDate=2020-01-01",
        ],
        fails: &[
            "CINdetails; PreProceedings StepDecisionDate=2026-05-02 CourtAppDate=2026-05-01 => PreProceedings.CourtAppDate",
        ],
        ..DRAFT
    },
    Rule {
        code: "9013",
        says: "The letter that care proceedings begin was sent outside the census year, or before the court was applied to.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| not_after(j, found, f::PROCEEDINGS_LETTER, f::COURT_APPLIED),
        passes: &[
            "CINdetails; PreProceedings CourtAppDate=2026-05-01 LetterInitCPDate=2026-05-02; PreProceedings LetterInitCPDate=2020-01-01",
        ],
        fails: &[
            "CINdetails; PreProceedings CourtAppDate=2026-05-01 LetterInitCPDate=2027-04-01 => PreProceedings.LetterInitCPDate",
        ],
        ..DRAFT
    },
    Rule {
        code: "9015Q",
        says: "Pre-proceedings have a first meeting and no count of review meetings.",
        would_do: "Write how many review meetings there were; 0 if none.",
        judge: |j, found| {
            j.each(found, &[f::REVIEW_MEETINGS], |row| {
                !j.missing(f::FIRST_MEETING, row) && !j.has(f::REVIEW_MEETINGS, row)
            });
            Ok(())
        },
        passes: &[
            "CINdetails; PreProceedings InitialPPMeetingDate=2026-05-01 ReviewMeetingsCount=0; PreProceedings",
        ],
        fails: &[
            "CINdetails; PreProceedings InitialPPMeetingDate=2026-05-01 => PreProceedings.ReviewMeetingsCount",
        ],
        ..DRAFT_QUERY
    },
];

/// Where both dates are there: the later one outside the year, or before the earlier one.
fn not_after(j: &Judge<'_>, found: &mut Finds, later: Field, earlier: Field) -> Verdict {
    let year = j.period()?;
    j.each(found, &[later], |row| {
        j.day(later, row)
            .zip(j.day(earlier, row))
            .is_some_and(|(day, before)| !year.holds(day) || day < before)
    });
    Ok(())
}
