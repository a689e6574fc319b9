//! Rules about the end of an episode, and what must have ended by then.

use super::{ERROR, QUERY, Rule};
use crate::cin::day::Day;
use crate::cin::groups::Group;
use crate::cin::judge::{Finds, Judge};
use crate::cin::law::List;
use crate::cin::table::{Field, Table, field as f};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "2990",
        says: "An episode closed after assessment only (RC8, RC9) has an initial conference, a plan or a section 47 enquiry.",
        would_do: "Correct the reason for closure, or take out what does not belong to the episode.",
        judge: |j, found| {
            for episode in j.episodes() {
                let of_table = [f::CIN_PLAN_CHILD, f::S47_CHILD, f::PLAN_CHILD];
                let more = of_table.iter().any(|field| !episode.rows(field.table).is_empty());
                let mut wrong = episode.rows(Table::Episode).iter().copied().filter(|&row| {
                    j.closed_after_assessment(row) && (more || !j.missing(f::CONFERENCE, row))
                });
                if let Some(first) = wrong.next() {
                    found.flag(f::CONFERENCE, first);
                    wrong.for_each(|row| found.flag(f::CONFERENCE, row));
                    for field in of_table {
                        found.flag_rows(field, episode.rows(field.table));
                    }
                }
            }
            Ok(())
        },
        passes: &[
            "CINdetails ReasonForClosure=RC8; Assessments",
            "CINdetails ReasonForClosure=RC7; Section47",
        ],
        fails: &[
            "CINdetails ReasonForClosure=RC8; Section47; CINplanDates; ChildProtectionPlans => CINdetails.DateOfInitialCPC Section47.LAchildID CINplanDates.LAchildID ChildProtectionPlans.LAchildID",
            "CINdetails ReasonForClosure=RC9 DateOfInitialCPC=2025-05-01 => CINdetails.DateOfInitialCPC",
        ],
        ..ERROR
    },
    Rule {
        code: "8565",
        says: "Something of an episode happened, or ended, after the episode was closed.",
        would_do: "Correct the closure date or the date that lies after it.",
        judge: |j, found| {
            let mut late = [0_usize; 2];
            j.episodes().for_each(|episode| after_closure(j, found, episode, &mut late));
            let [cin_plans, enquiries] = late;
            found.stopped = j.published && cin_plans != enquiries;
            Ok(())
        },
        quirk: "The public validator never looks at protection plans here, and stops unless as many child in need plans as section 47 enquiries break the rule.",
        passes: &[
            "CINdetails CINclosureDate=2025-06-01 DateOfInitialCPC=2025-06-01; Assessments AssessmentActualStartDate=2025-05-01 AssessmentAuthorisationDate=2025-06-01; Section47 S47ActualStartDate=2025-06-01; CINplanDates CINPlanEndDate=2025-06-01; ChildProtectionPlans CPPstartDate=2025-07-01 CPPendDate=2025-06-01",
            "CINdetails; Assessments AssessmentActualStartDate=2025-05-01",
        ],
        fails: &[
            "CINdetails CINclosureDate=2025-06-01 DateOfInitialCPC=2025-06-02 => CINdetails.CINclosureDate CINdetails.DateOfInitialCPC",
            "CINdetails CINclosureDate=2025-06-01; Assessments AssessmentAuthorisationDate=2025-06-02; ChildProtectionPlans CPPendDate=2025-06-02 => CINdetails.CINclosureDate CINdetails.DateOfInitialCPC Assessments.AssessmentActualStartDate Assessments.AssessmentAuthorisationDate ChildProtectionPlans.CPPendDate",
            "CINdetails CINclosureDate=2025-06-01; Section47 DateOfInitialCPC=2025-06-02; CINplanDates CINPlanStartDate=2025-06-02; CINplanDates => CINdetails.CINclosureDate CINdetails.DateOfInitialCPC Section47.S47ActualStartDate Section47.DateOfInitialCPC CINplanDates.CINPlanStartDate CINplanDates.CINPlanEndDate",
        ],
        published: &[
            "CINdetails CINclosureDate=2025-06-01; CINplanDates CINPlanStartDate=2025-06-02 => stops",
            "CINdetails CINclosureDate=2025-06-01; ChildProtectionPlans CPPendDate=2025-06-02 => nothing",
            "CINdetails CINclosureDate=2025-06-01; Assessments AssessmentAuthorisationDate=2025-06-02 => CINdetails.CINclosureDate CINdetails.DateOfInitialCPC Assessments.AssessmentActualStartDate Assessments.AssessmentAuthorisationDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8620",
        says: "The closure date lies outside the census year.",
        would_do: "Correct the date; leave out episodes closed before the year.",
        judge: |j, found| j.outside_the_year(found, f::CLOSED),
        passes: &["CINdetails CINclosureDate=2025-04-01", "CINdetails"],
        fails: &[
            "CINdetails CINclosureDate=2025-03-31 => CINdetails.CINclosureDate",
            "CINdetails CINclosureDate=2026-04-01 => CINdetails.CINclosureDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8630",
        says: "The episode was closed before the referral.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| {
            j.each(found, &[f::CLOSED, f::REFERRED], |row| {
                j.day(f::CLOSED, row)
                    .zip(j.day(f::REFERRED, row))
                    .is_some_and(|(closed, referred)| closed < referred)
            });
            Ok(())
        },
        passes: &["CINdetails CINreferralDate=2025-05-01 CINclosureDate=2025-05-01"],
        fails: &[
            "CINdetails CINreferralDate=2025-05-02 CINclosureDate=2025-05-01 => CINdetails.CINclosureDate CINdetails.CINreferralDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8640",
        says: "The reason for closure is not one of the codes.",
        would_do: "Use RC1 to RC9.",
        judge: |j, found| {
            j.each(found, &[f::CLOSED_WHY], |row| {
                j.has(f::CLOSED_WHY, row) && !j.in_list(f::CLOSED_WHY, row, List::ClosureReason)
            });
            Ok(())
        },
        passes: &["CINdetails ReasonForClosure=RC9", "CINdetails"],
        fails: &["CINdetails ReasonForClosure=RC10 => CINdetails.ReasonForClosure"],
        ..ERROR
    },
    Rule {
        code: "8805",
        says: "A closed episode has no reason for closure.",
        would_do: "Add the reason, or take out the closure date.",
        judge: |j, found| {
            j.each(found, &[f::CLOSED, f::CLOSED_WHY], |row| {
                !j.missing(f::CLOSED, row) && !j.has(f::CLOSED_WHY, row)
            });
            Ok(())
        },
        passes: &["CINdetails CINclosureDate=2025-05-01 ReasonForClosure=RC1", "CINdetails"],
        fails: &[
            "CINdetails CINclosureDate=2025-05-01 => CINdetails.CINclosureDate CINdetails.ReasonForClosure",
        ],
        ..ERROR
    },
    Rule {
        code: "8810",
        says: "An episode has a reason for closure and no closure date.",
        would_do: "Add the closure date, or take out the reason.",
        judge: |j, found| {
            j.each(found, &[f::CLOSED, f::CLOSED_WHY], |row| {
                j.missing(f::CLOSED, row) && j.has(f::CLOSED_WHY, row)
            });
            Ok(())
        },
        passes: &["CINdetails CINclosureDate=2025-05-01 ReasonForClosure=RC1", "CINdetails"],
        fails: &["CINdetails ReasonForClosure=RC1 => CINdetails.CINclosureDate CINdetails.ReasonForClosure"],
        ..ERROR
    },
    Rule {
        code: "8825Q",
        says: "An episode closed after assessment has no assessment.",
        would_do: "Add the assessment, or correct the reason for closure.",
        judge: |j, found| {
            for episode in j.episodes().filter(|episode| episode.rows(Table::Assessment).is_empty()) {
                let closed =
                    episode.rows(Table::Episode).iter().filter(|&&row| j.closed_after_assessment(row));
                closed.for_each(|&row| found.flag(f::CLOSED_WHY, row));
            }
            Ok(())
        },
        passes: &["CINdetails ReasonForClosure=RC9; Assessments", "CINdetails ReasonForClosure=RC7"],
        fails: &[
            "CINdetails ReasonForClosure=RC7; Assessments; CINdetails ReasonForClosure=RC8 => CINdetails.ReasonForClosure@1",
        ],
        ..QUERY
    },
    Rule {
        code: "8867",
        says: "An episode was closed with an assessment that was never authorised.",
        would_do: "Authorise the assessment, or take out the closure.",
        judge: |j, found| {
            let unfinished = |row: u32| j.missing(f::AUTHORISED, row);
            j.episodes().for_each(|episode| closed_with(j, found, episode, &[f::AUTHORISED], &unfinished));
            Ok(())
        },
        passes: &[
            "CINdetails CINclosureDate=2025-05-01; Assessments AssessmentAuthorisationDate=2025-05-01",
            "CINdetails; Assessments",
        ],
        fails: &[
            "CINdetails CINclosureDate=2025-05-01; Assessments; Assessments AssessmentAuthorisationDate=2025-05-01 => CINdetails.CINclosureDate Assessments.AssessmentAuthorisationDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8868",
        says: "An episode was closed with a section 47 enquiry that has no conference though it needed one, or one though it needed none.",
        would_do: "Add the conference date, or correct whether a conference was needed.",
        judge: |j, found| {
            let unclear = |row: u32| j.missing(f::S47_CONFERENCE, row) != j.yes(f::NO_CONFERENCE, row);
            let fields = [f::S47_CONFERENCE, f::NO_CONFERENCE];
            j.episodes().for_each(|episode| closed_with(j, found, episode, &fields, &unclear));
            Ok(())
        },
        passes: &[
            "CINdetails CINclosureDate=2025-05-01; Section47 ICPCnotRequired=true; Section47 DateOfInitialCPC=2025-04-20 ICPCnotRequired=false",
            "CINdetails; Section47",
        ],
        fails: &[
            "CINdetails CINclosureDate=2025-05-01; Section47 ICPCnotRequired=TRUE => CINdetails.CINclosureDate Section47.DateOfInitialCPC Section47.ICPCnotRequired",
            "CINdetails CINclosureDate=2025-05-01; Section47 ICPCnotRequired=1 DateOfInitialCPC=2025-04-20 => CINdetails.CINclosureDate Section47.DateOfInitialCPC Section47.ICPCnotRequired",
        ],
        ..ERROR
    },
];

/// Closed episodes and the rows of theirs for which something holds.
fn closed_with(
    j: &Judge<'_>,
    found: &mut Finds,
    episode: Group<'_>,
    fields: &[Field],
    holds: &dyn Fn(u32) -> bool,
) {
    let table = fields[0].table;
    let rows: Vec<u32> = episode.rows(table).iter().copied().filter(|&row| holds(row)).collect();
    if rows.is_empty() {
        return;
    }
    let closed = |row: &&u32| !j.missing(f::CLOSED, **row);
    let mut any = false;
    for &row in episode.rows(Table::Episode).iter().filter(closed) {
        any = true;
        found.flag(f::CLOSED, row);
    }
    if any {
        for row in rows {
            found.flag_all(fields, row);
        }
    }
}

/// What of an episode lies after its closure; counts the rows of child in need plans and section 47 enquiries.
fn after_closure(j: &Judge<'_>, found: &mut Finds, episode: Group<'_>, late: &mut [usize; 2]) {
    const LOOKED_AT: [&[Field]; 4] = [
        &[f::ASSESSED_FROM, f::AUTHORISED],
        &[f::CIN_PLAN_FROM, f::CIN_PLAN_TO],
        &[f::S47_FROM, f::S47_CONFERENCE],
        &[f::PLAN_TO],
    ];
    let closures =
        || episode.rows(Table::Episode).iter().filter_map(|&row| Some((j.day(f::CLOSED, row)?, row)));
    let Some((first_closure, _)) = closures().min() else { return };
    let latest_in = |fields: &[Field], row: u32| fields.iter().filter_map(|&field| j.day(field, row)).max();
    let mut latest: Option<Day> = None;
    for dates in LOOKED_AT {
        let table = dates[0].table;
        if j.published && table == Table::Plan {
            continue;
        }
        for &row in episode.rows(table) {
            let day = latest_in(dates, row);
            latest = latest.max(day);
            if day.is_some_and(|day| day > first_closure) {
                found.flag_all(dates, row);
                late[0] += usize::from(table == Table::CinPlan);
                late[1] += usize::from(table == Table::Section47);
            }
        }
    }
    for (closed, row) in closures() {
        let own = j.day(f::CONFERENCE, row);
        if latest.max(own).is_some_and(|day| day > closed) {
            found.flag_all(&[f::CLOSED, f::CONFERENCE], row);
        }
    }
}
