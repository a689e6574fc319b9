//! Rules about a referral and the episode it opened.

use super::{ERROR, QUERY, Rule};
use crate::cin::groups::Group;
use crate::cin::judge::{Finds, Judge};
use crate::cin::law::{List, working_days_before};
use crate::cin::overlap::Span;
use crate::cin::table::{Table, field as f};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "8568",
        says: "Whether the referral led to no further action is missing or is neither yes nor no.",
        would_do: "Write true or false.",
        judge: |j, found| {
            j.each(found, &[f::NFA], |row| !j.yes_in_any_case(f::NFA, row) && !j.no_in_any_case(f::NFA, row));
            Ok(())
        },
        passes: &["CINdetails ReferralNFA=TRUE", "CINdetails ReferralNFA=0"],
        fails: &[
            "CINdetails ReferralNFA=no => CINdetails.ReferralNFA",
            "CINdetails => CINdetails.ReferralNFA",
        ],
        ..ERROR
    },
    Rule {
        code: "8569Q",
        says: "A referral from before the census year is sent though it did not lead further, or does not say.",
        would_do: "Leave the referral out, or write that it led further.",
        judge: |j, found| {
            let start = j.period()?.start;
            let from = working_days_before(start, u32::from(!j.published))?;
            j.each(found, &[f::REFERRED], |row| {
                j.day(f::REFERRED, row).is_some_and(|day| day < from) && !j.no(f::NFA, row)
            });
            Ok(())
        },
        quirk: "Its own text allows one working day before the year begins; the public validator allows none.",
        passes: &[
            "CINdetails CINreferralDate=2025-03-31 ReferralNFA=true",
            "CINdetails CINreferralDate=2025-03-28 ReferralNFA=false",
        ],
        fails: &[
            "CINdetails CINreferralDate=2025-03-30 ReferralNFA=true => CINdetails.CINreferralDate",
            "CINdetails CINreferralDate=2025-03-30 => CINdetails.CINreferralDate",
        ],
        published: &[
            "CINdetails CINreferralDate=2025-03-31 ReferralNFA=true => CINdetails.CINreferralDate",
            "CINdetails CINreferralDate=2025-04-01 ReferralNFA=true => nothing",
        ],
        ..QUERY
    },
    Rule {
        code: "8600",
        says: "The referral date is missing or after the end of the census year.",
        would_do: "Add or correct the referral date.",
        judge: |j, found| {
            j.each(found, &[f::REFERRED], |row| j.missing(f::REFERRED, row));
            let end = j.period()?.end;
            j.each(found, &[f::REFERRED], |row| j.day(f::REFERRED, row).is_some_and(|day| day > end));
            Ok(())
        },
        passes: &["CINdetails CINreferralDate=2026-03-31", "CINdetails CINreferralDate=2010-01-01"],
        fails: &[
            "CINdetails CINreferralDate=2026-04-01 => CINdetails.CINreferralDate",
            "CINdetails CINreferralDate=2026-13-01 => CINdetails.CINreferralDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8610",
        says: "A referral that led further has no primary need.",
        would_do: "Record the primary need; N0 if it was not stated.",
        judge: |j, found| {
            j.each(found, &[f::NEED, f::NFA], |row| j.no(f::NFA, row) && !j.has(f::NEED, row));
            Ok(())
        },
        passes: &["CINdetails ReferralNFA=false PrimaryNeedCode=N1", "CINdetails ReferralNFA=true"],
        fails: &["CINdetails ReferralNFA=0 => CINdetails.PrimaryNeedCode CINdetails.ReferralNFA"],
        ..ERROR
    },
    Rule {
        code: "8650",
        says: "The primary need is not one of the codes.",
        would_do: "Use N1 to N9, or N0 if it was not stated.",
        judge: |j, found| {
            j.each(found, &[f::NEED], |row| {
                j.has(f::NEED, row) && !j.in_list(f::NEED, row, List::PrimaryNeed)
            });
            Ok(())
        },
        passes: &["CINdetails PrimaryNeedCode=N0", "CINdetails"],
        fails: &["CINdetails PrimaryNeedCode=N10 => CINdetails.PrimaryNeedCode"],
        ..ERROR
    },
    Rule {
        code: "8866",
        says: "The source of the referral is missing or is not one of the codes.",
        would_do: "Record who referred; 10 if it is not known.",
        judge: |j, found| {
            let since = crate::cin::day::Day::of(2013, 4, 1);
            j.each(found, &[f::REFERRED, f::REFERRED_BY], |row| {
                let day = j.day(f::REFERRED, row);
                day.is_some() && day >= since && !j.in_list(f::REFERRED_BY, row, List::ReferralSource)
            });
            Ok(())
        },
        passes: &[
            "CINdetails CINreferralDate=2025-05-01 ReferralSource=5D",
            "CINdetails CINreferralDate=2013-03-31",
            "CINdetails ReferralSource=11",
        ],
        fails: &[
            "CINdetails CINreferralDate=2013-04-01 => CINdetails.CINreferralDate CINdetails.ReferralSource",
            "CINdetails CINreferralDate=2025-05-01 ReferralSource=1E => CINdetails.CINreferralDate CINdetails.ReferralSource",
        ],
        ..ERROR
    },
    Rule {
        code: "8815",
        says: "A child has two or more open episodes.",
        would_do: "Close the earlier episode, or record both as one.",
        judge: |j, found| {
            for child in j.children() {
                let open: Vec<u32> = child
                    .rows(Table::Episode)
                    .iter()
                    .copied()
                    .filter(|&row| j.missing(f::CLOSED, row))
                    .collect();
                if open.iter().filter(|&&row| j.no(f::NFA, row)).count() > 1 {
                    found.flag_rows(f::CLOSED, &open);
                }
            }
            Ok(())
        },
        passes: &[
            "CINdetails ReferralNFA=false; CINdetails ReferralNFA=true",
            "CINdetails ReferralNFA=false; CINdetails ReferralNFA=false CINclosureDate=2025-05-01",
        ],
        fails: &[
            "CINdetails ReferralNFA=false; CINdetails ReferralNFA=1; CINdetails ReferralNFA=0; CINdetails ReferralNFA=0 CINclosureDate=2025-05-01 => CINdetails.CINclosureDate CINdetails.CINclosureDate@1 CINdetails.CINclosureDate@2",
        ],
        ..ERROR
    },
    Rule {
        code: "8816",
        says: "An open episode is not the child's latest.",
        would_do: "Close the earlier episode.",
        judge: |j, found| {
            j.children().for_each(|child| open_and_not_latest(j, found, child));
            Ok(())
        },
        passes: &[
            "CINdetails CINreferralDate=2025-05-01 CINclosureDate=2025-06-01 ReferralNFA=false; CINdetails CINreferralDate=2025-07-01 ReferralNFA=false",
            "CINdetails CINreferralDate=2025-05-01 ReferralNFA=true; CINdetails CINreferralDate=2025-07-01",
        ],
        fails: &[
            "CINdetails CINreferralDate=2025-05-01 ReferralNFA=false; CINdetails CINreferralDate=2025-07-01 CINclosureDate=2025-08-01 => CINdetails.CINreferralDate CINdetails.CINreferralDate@1",
            "CINdetails CINreferralDate=2025-05-01 ReferralNFA=0; CINdetails CINreferralDate=2025-05-01 ReferralNFA=0 => CINdetails.CINreferralDate CINdetails.CINreferralDate@1",
        ],
        ..ERROR
    },
    Rule {
        code: "8820",
        says: "An episode begins while another of the same child is under way.",
        would_do: "Correct the dates, or record both as one episode.",
        judge: |j, found| {
            let end = j.period()?.end;
            for child in j.children().filter(|child| child.rows(Table::Episode).len() > 1) {
                let to = |row: u32| match j.day(f::CLOSED, row) {
                    Some(day) => Some(day.0 - 1),
                    None => j.no_in_any_case(f::NFA, row).then_some(end.0 - 1),
                };
                let points = j.points(child, f::REFERRED, u64::from);
                let spans: Vec<Span> = j.spans(child, f::REFERRED, to, u64::from);
                found.overlapping(points, spans, (&[f::REFERRED], &[f::REFERRED, f::CLOSED]));
            }
            Ok(())
        },
        passes: &[
            "CINdetails CINreferralDate=2025-05-01 CINclosureDate=2025-06-01; CINdetails CINreferralDate=2025-06-01 ReferralNFA=false",
            "CINdetails CINreferralDate=2025-05-01 ReferralNFA=true; CINdetails CINreferralDate=2025-06-01",
            "CINdetails CINreferralDate=2025-05-01 ReferralNFA=0; CINdetails CINreferralDate=2026-03-31",
        ],
        fails: &[
            "CINdetails CINreferralDate=2025-05-01 CINclosureDate=2025-06-01; CINdetails CINreferralDate=2025-05-31 => CINdetails.CINreferralDate CINdetails.CINclosureDate CINdetails.CINreferralDate@1",
            "CINdetails CINreferralDate=2025-05-01 ReferralNFA=FALSE; CINdetails CINreferralDate=2026-03-30 => CINdetails.CINreferralDate CINdetails.CINclosureDate CINdetails.CINreferralDate@1",
        ],
        ..ERROR
    },
    Rule {
        code: "8831",
        says: "A referral without further action has an assessment, a section 47 enquiry or an initial conference.",
        would_do: "Take these out, or write that the referral led further.",
        judge: |j, found| {
            j.episodes().for_each(|episode| work_after_no_action(j, found, episode));
            Ok(())
        },
        passes: &[
            "CINdetails ReferralNFA=true; Section47; Assessments",
            "CINdetails ReferralNFA=TRUE DateOfInitialCPC=2025-05-01",
            "CINdetails ReferralNFA=0 DateOfInitialCPC=2025-05-01",
        ],
        fails: &[
            "CINdetails ReferralNFA=true DateOfInitialCPC=2025-05-01; Section47 => CINdetails.DateOfInitialCPC Section47.LAchildID",
            "CINdetails ReferralNFA=1; Section47 S47ActualStartDate=2025-05-01; Section47 => CINdetails.DateOfInitialCPC Section47.LAchildID",
            "CINdetails ReferralNFA=1; Assessments; Assessments AssessmentAuthorisationDate=2025-05-01 => CINdetails.DateOfInitialCPC Assessments.LAchildID@1",
        ],
        ..ERROR
    },
    Rule {
        code: "8832",
        says: "A referral without further action has a child protection plan.",
        would_do: "Take the plan out, or write that the referral led further.",
        judge: |j, found| {
            for episode in j.episodes().filter(|episode| !episode.rows(Table::Plan).is_empty()) {
                let refused: Vec<u32> = episode
                    .rows(Table::Episode)
                    .iter()
                    .copied()
                    .filter(|&row| j.yes_in_any_case(f::NFA, row))
                    .collect();
                if refused.is_empty() {
                    continue;
                }
                if j.published {
                    rows_swapped(j, found, &refused, episode.rows(Table::Plan));
                } else {
                    found.flag_rows(f::NFA, &refused);
                    found.flag_rows(f::PLAN_CHILD, episode.rows(Table::Plan));
                }
            }
            Ok(())
        },
        quirk: "The public validator shows the row number of the plan for the referral and the other way about, where such rows exist.",
        passes: &["CINdetails ReferralNFA=false; ChildProtectionPlans", "CINdetails ReferralNFA=true"],
        fails: &[
            "CINdetails; CINdetails ReferralNFA=true; ChildProtectionPlans => CINdetails.ReferralNFA@1 ChildProtectionPlans.LAchildID",
        ],
        published: &[
            "CINdetails; CINdetails ReferralNFA=true; ChildProtectionPlans => nothing",
            "CINdetails ReferralNFA=true; ChildProtectionPlans => CINdetails.ReferralNFA ChildProtectionPlans.LAchildID",
        ],
        ..ERROR
    },
];

fn open_and_not_latest(j: &Judge<'_>, found: &mut Finds, child: Group<'_>) {
    let episodes = child.rows(Table::Episode);
    if episodes.len() < 2 {
        return;
    }
    let mut latest: Option<(crate::cin::day::Day, u32)> = None;
    for &row in episodes {
        if let Some(day) = j.day(f::REFERRED, row)
            && latest.is_none_or(|(other, _)| day > other)
        {
            latest = Some((day, row));
        }
    }
    let Some((_, latest)) = latest else { return };
    for &row in episodes {
        let open = j.missing(f::CLOSED, row) && j.no(f::NFA, row) && !j.missing(f::REFERRED, row);
        if open && row != latest {
            found.flag(f::REFERRED, row);
            found.flag(f::REFERRED, latest);
        }
    }
}

fn work_after_no_action(j: &Judge<'_>, found: &mut Finds, episode: Group<'_>) {
    let enquiries = episode.rows(Table::Section47);
    let begun: Vec<u32> = enquiries.iter().copied().filter(|&row| !j.missing(f::S47_FROM, row)).collect();
    let assessed = episode.rows(Table::Assessment).iter().copied();
    let assessed: Vec<u32> =
        assessed.filter(|&row| !j.missing(f::ASSESSED_FROM, row) || !j.missing(f::AUTHORISED, row)).collect();
    let (mut any, mut conference) = (false, false);
    for &row in episode.rows(Table::Episode).iter().filter(|&&row| j.yes(f::NFA, row)) {
        let own = !j.missing(f::CONFERENCE, row);
        if own || !begun.is_empty() || !assessed.is_empty() {
            any = true;
            conference |= own;
            found.flag(f::CONFERENCE, row);
        }
    }
    if any {
        found.flag_rows(f::S47_CHILD, if conference { enquiries } else { &begun });
        found.flag_rows(f::ASSESSMENT_CHILD, &assessed);
    }
}

/// As published: numbers of referrals looked up among plans, and of plans among referrals without further action.
fn rows_swapped(j: &Judge<'_>, found: &mut Finds, referrals: &[u32], plans: &[u32]) {
    for &row in referrals {
        if row < j.tables.len(Table::Plan) {
            found.flag(f::PLAN_CHILD, row);
        }
    }
    for &row in plans {
        if row < j.tables.len(Table::Episode) && j.yes_in_any_case(f::NFA, row) {
            found.flag(f::NFA, row);
        }
    }
}
