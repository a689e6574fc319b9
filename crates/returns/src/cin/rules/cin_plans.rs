//! Rules about child in need plans.

use super::{ERROR, QUERY, Rule};
use crate::cin::groups::Group;
use crate::cin::judge::{Finds, Judge};
use crate::cin::overlap::{Point, Span, overlaps};
use crate::cin::table::{Table, field as f};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "4000",
        says: "A referral without further action has a child in need plan.",
        would_do: "Take the plan out, or write that the referral led further.",
        judge: |j, found| {
            for episode in j.episodes().filter(|episode| !episode.rows(Table::CinPlan).is_empty()) {
                let before = found.places.len();
                let refused = episode.rows(Table::Episode).iter().filter(|&&row| j.yes(f::NFA, row));
                refused.for_each(|&row| found.flag(f::NFA, row));
                if found.places.len() > before {
                    found.flag_rows(f::CIN_PLAN_CHILD, episode.rows(Table::CinPlan));
                }
            }
            Ok(())
        },
        passes: &[
            "CINdetails ReferralNFA=TRUE; CINplanDates",
            "CINdetails ReferralNFA=1; CINdetails ReferralNFA=0; CINplanDates",
        ],
        fails: &[
            "CINdetails ReferralNFA=true; CINplanDates; CINplanDates => CINdetails.ReferralNFA CINplanDates.LAchildID CINplanDates.LAchildID@1",
        ],
        ..ERROR
    },
    Rule {
        code: "4001",
        says: "An episode has an open child in need plan and an open child protection plan.",
        would_do: "End the child in need plan on or before the day the protection plan began.",
        judge: |j, found| {
            for episode in j.episodes() {
                let plans =
                    episode.rows(Table::Plan).iter().copied().filter(|&row| j.missing(f::PLAN_TO, row));
                let in_need = episode.rows(Table::CinPlan).iter().copied();
                let in_need = in_need
                    .filter(|&row| !j.missing(f::CIN_PLAN_FROM, row) && j.missing(f::CIN_PLAN_TO, row));
                let (plans, in_need): (Vec<u32>, Vec<u32>) = (plans.collect(), in_need.collect());
                if !plans.is_empty() && !in_need.is_empty() {
                    found.flag_rows(f::PLAN_TO, &plans);
                    found.flag_rows(f::CIN_PLAN_TO, &in_need);
                }
            }
            Ok(())
        },
        passes: &[
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-06-01; ChildProtectionPlans",
            "CINdetails; CINplanDates; ChildProtectionPlans",
        ],
        fails: &[
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-01; ChildProtectionPlans => CINplanDates.CINPlanEndDate ChildProtectionPlans.CPPendDate",
        ],
        ..ERROR
    },
    Rule {
        code: "4003",
        says: "A protection plan was reviewed, other than on its last day, while the child had a child in need plan.",
        would_do: "Correct the dates: the two kinds of plan never run together.",
        judge: |j, found| {
            j.children().for_each(|child| reviewed_in_need(j, found, child));
            Ok(())
        },
        quirk: "The public validator reads only the first date of each Reviews group, and takes a review for one of every plan in the same place of the child's other episodes.",
        passes: &[
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-01; ChildProtectionPlans CPPendDate=2025-07-01; Reviews CPPreviewDate=2025-06-01",
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-06-01; ChildProtectionPlans CPPendDate=2025-07-01; Reviews CPPreviewDate=2025-06-01",
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-06-01; ChildProtectionPlans CPPendDate=2025-05-20; Reviews CPPreviewDate=2025-05-20",
        ],
        fails: &[
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-06-01; ChildProtectionPlans CPPendDate=2025-07-01; Reviews CPPreviewDate=2025-04-30,2025-05-31 => CINplanDates.CINPlanStartDate ChildProtectionPlans.CPPendDate Reviews.CPPreviewDate@1",
        ],
        published: &[
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-06-01; ChildProtectionPlans CPPendDate=2025-07-01; Reviews CPPreviewDate=2025-04-30,2025-05-31 => nothing",
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-06-01; ChildProtectionPlans CPPendDate=2025-07-01; CINdetails; ChildProtectionPlans; Reviews CPPreviewDate=2025-05-31 => CINplanDates.CINPlanStartDate ChildProtectionPlans.CPPendDate Reviews.CPPreviewDate",
        ],
        ..ERROR
    },
    Rule {
        code: "4004",
        says: "An episode has two or more open child in need plans.",
        would_do: "End the earlier plan.",
        judge: |j, found| {
            for episode in j.episodes().filter(|episode| episode.rows(Table::CinPlan).len() > 1) {
                let rows = episode.rows(Table::CinPlan);
                if rows.iter().filter(|&&row| j.missing(f::CIN_PLAN_TO, row)).count() > 1 {
                    found.flag_rows(f::CIN_PLAN_TO, rows);
                }
            }
            Ok(())
        },
        passes: &["CINdetails; CINplanDates; CINplanDates CINPlanEndDate=2025-06-01"],
        fails: &[
            "CINdetails; CINplanDates; CINplanDates CINPlanEndDate=2025-06-01; CINplanDates => CINplanDates.CINPlanEndDate CINplanDates.CINPlanEndDate@1 CINplanDates.CINPlanEndDate@2",
        ],
        ..ERROR
    },
    Rule {
        code: "4008",
        says: "A child in need plan begins after the child died.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| {
            j.children().for_each(|child| j.earlier(child, found, f::DIED, f::CIN_PLAN_FROM));
            Ok(())
        },
        passes: &[
            "ChildIdentifiers PersonDeathDate=2025-05-01; CINdetails; CINplanDates CINPlanStartDate=2025-05-01",
        ],
        fails: &[
            "ChildIdentifiers PersonDeathDate=2025-05-01; CINdetails; CINplanDates CINPlanStartDate=2025-05-02 => ChildIdentifiers.PersonDeathDate CINplanDates.CINPlanStartDate",
        ],
        ..ERROR
    },
    Rule {
        code: "4009Q",
        says: "A child in need plan ends after the child died.",
        would_do: "Correct one of the two dates, or say why.",
        judge: |j, found| {
            j.children().for_each(|child| j.earlier(child, found, f::DIED, f::CIN_PLAN_TO));
            Ok(())
        },
        passes: &[
            "ChildIdentifiers PersonDeathDate=2025-05-01; CINdetails; CINplanDates CINPlanEndDate=2025-05-01",
        ],
        fails: &[
            "ChildIdentifiers PersonDeathDate=2025-05-01; CINdetails; CINplanDates CINPlanEndDate=2025-05-02 => ChildIdentifiers.PersonDeathDate CINplanDates.CINPlanEndDate",
        ],
        ..QUERY
    },
    Rule {
        code: "4010",
        says: "A child in need plan has no start date, or one after the end of the census year.",
        would_do: "Add or correct the start date.",
        judge: |j, found| {
            j.each(found, &[f::CIN_PLAN_FROM], |row| j.missing(f::CIN_PLAN_FROM, row));
            let end = j.period()?.end;
            j.each(found, &[f::CIN_PLAN_FROM], |row| {
                j.day(f::CIN_PLAN_FROM, row).is_some_and(|day| day > end)
            });
            Ok(())
        },
        passes: &["CINdetails; CINplanDates CINPlanStartDate=2020-05-01"],
        fails: &[
            "CINdetails; CINplanDates; CINplanDates CINPlanStartDate=2026-04-01 => CINplanDates.CINPlanStartDate CINplanDates.CINPlanStartDate@1",
        ],
        ..ERROR
    },
    Rule {
        code: "4011",
        says: "A child in need plan ends before it begins.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| {
            j.each(found, &[f::CIN_PLAN_TO, f::CIN_PLAN_FROM], |row| {
                j.day(f::CIN_PLAN_FROM, row)
                    .zip(j.day(f::CIN_PLAN_TO, row))
                    .is_some_and(|(from, to)| to < from)
            });
            Ok(())
        },
        passes: &["CINdetails; CINplanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-05-01"],
        fails: &[
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-02 CINPlanEndDate=2025-05-01 => CINplanDates.CINPlanEndDate CINplanDates.CINPlanStartDate",
        ],
        ..ERROR
    },
    Rule {
        code: "4012Q",
        says: "A child in need plan ends on the day it begins.",
        would_do: "Correct one of the two dates, or say why.",
        judge: |j, found| {
            j.each(found, &[f::CIN_PLAN_TO, f::CIN_PLAN_FROM], |row| {
                j.day(f::CIN_PLAN_FROM, row)
                    .zip(j.day(f::CIN_PLAN_TO, row))
                    .is_some_and(|(from, to)| to == from)
            });
            Ok(())
        },
        passes: &[
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-05-02; CINplanDates",
        ],
        fails: &[
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-05-01 => CINplanDates.CINPlanEndDate CINplanDates.CINPlanStartDate",
        ],
        ..QUERY
    },
    Rule {
        code: "4013",
        says: "A child in need plan ends outside the census year.",
        would_do: "Correct the date; leave out plans that ended before the year.",
        judge: |j, found| j.outside_the_year(found, f::CIN_PLAN_TO),
        passes: &["CINdetails; CINplanDates CINPlanEndDate=2025-04-01"],
        fails: &["CINdetails; CINplanDates CINPlanEndDate=2025-03-31 => CINplanDates.CINPlanEndDate"],
        ..ERROR
    },
    Rule {
        code: "4014",
        says: "A child in need plan begins before another of the same child has ended.",
        would_do: "Correct the dates: plans follow one another and never share a day.",
        judge: |j, found| {
            let end = j.period()?.end;
            for child in j.children().filter(|child| child.rows(Table::CinPlan).len() > 1) {
                let to = |row: u32| Some(j.day(f::CIN_PLAN_TO, row).unwrap_or(end).0);
                let points = j.points(child, f::CIN_PLAN_FROM, u64::from);
                let spans = j.spans(child, f::CIN_PLAN_FROM, to, u64::from);
                found.overlapping(points, spans, (&[f::CIN_PLAN_FROM], &[f::CIN_PLAN_FROM, f::CIN_PLAN_TO]));
            }
            Ok(())
        },
        passes: &[
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-06-01; CINdetails; CINplanDates CINPlanStartDate=2025-06-02",
        ],
        fails: &[
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-06-01; CINdetails; CINplanDates CINPlanStartDate=2025-06-01 => CINplanDates.CINPlanEndDate CINplanDates.CINPlanStartDate CINplanDates.CINPlanStartDate@1",
        ],
        ..ERROR
    },
    Rule {
        code: "4015",
        says: "A child in need plan begins before the referral it belongs to.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| {
            j.episodes().for_each(|episode| j.earlier(episode, found, f::CIN_PLAN_FROM, f::REFERRED));
            Ok(())
        },
        passes: &["CINdetails CINreferralDate=2025-05-01; CINplanDates CINPlanStartDate=2025-05-01"],
        fails: &[
            "CINdetails CINreferralDate=2025-05-02; CINplanDates CINPlanStartDate=2025-05-01 => CINdetails.CINreferralDate CINplanDates.CINPlanStartDate",
        ],
        ..ERROR
    },
    Rule {
        code: "4016",
        says: "A child in need plan begins while the child has a protection plan.",
        would_do: "Begin it on or after the day the protection plan ends.",
        judge: |j, found| {
            let end = j.period()?.end;
            for child in j.children().filter(|child| !child.rows(Table::Plan).is_empty()) {
                let to = |row: u32| Some(j.day(f::PLAN_TO, row).map_or(end.0, |day| day.0 - 1));
                let points = j.points(child, f::CIN_PLAN_FROM, |_| 0);
                let spans = j.spans(child, f::PLAN_FROM, to, |_| 1);
                found.overlapping(points, spans, (&[f::CIN_PLAN_FROM], &[f::PLAN_TO, f::PLAN_FROM]));
            }
            Ok(())
        },
        passes: &[
            "CINdetails; CINplanDates CINPlanStartDate=2025-06-01; ChildProtectionPlans CPPstartDate=2025-05-01 CPPendDate=2025-06-01",
        ],
        fails: &[
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-31; ChildProtectionPlans CPPstartDate=2025-05-01 CPPendDate=2025-06-01 => CINplanDates.CINPlanStartDate ChildProtectionPlans.CPPendDate ChildProtectionPlans.CPPstartDate",
            "CINdetails; CINplanDates CINPlanStartDate=2026-03-31; CINdetails; ChildProtectionPlans CPPstartDate=2025-05-01 => CINplanDates.CINPlanStartDate ChildProtectionPlans.CPPendDate ChildProtectionPlans.CPPstartDate",
        ],
        ..ERROR
    },
    Rule {
        code: "4017",
        says: "A child protection plan begins while the child has a child in need plan.",
        would_do: "End the child in need plan on or before the day the protection plan begins.",
        judge: |j, found| {
            let end = j.period()?.end;
            for child in j.children().filter(|child| !child.rows(Table::Plan).is_empty()) {
                let to = |row: u32| Some(j.day(f::CIN_PLAN_TO, row).map_or(end.0, |day| day.0 - 1));
                let points = j.points(child, f::PLAN_FROM, |_| 0);
                let spans = j.spans(child, f::CIN_PLAN_FROM, to, |_| 1);
                found.overlapping(points, spans, (&[f::PLAN_FROM], &[f::CIN_PLAN_TO, f::CIN_PLAN_FROM]));
            }
            Ok(())
        },
        passes: &[
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-01 CINPlanEndDate=2025-06-01; ChildProtectionPlans CPPstartDate=2025-06-01",
        ],
        fails: &[
            "CINdetails; CINplanDates CINPlanStartDate=2025-05-01; ChildProtectionPlans CPPstartDate=2025-05-01 => CINplanDates.CINPlanEndDate CINplanDates.CINPlanStartDate ChildProtectionPlans.CPPstartDate",
        ],
        ..ERROR
    },
];

fn reviewed_in_need(j: &Judge<'_>, found: &mut Finds, child: Group<'_>) {
    if child.rows(Table::Review).is_empty() || child.rows(Table::CinPlan).is_empty() {
        return;
    }
    let to = |row: u32| j.day(f::CIN_PLAN_TO, row).map(|day| day.0 - 1);
    let mut spans: Vec<Span> = j.spans(child, f::CIN_PLAN_FROM, to, |_| 1);
    // reviews by the plans they count for: their own, or as published all plans in the same place
    let place = |plan: u32| if j.published { j.plan_number(plan) } else { plan };
    let mut plans: Vec<(u32, i32, u32)> = child
        .rows(Table::Plan)
        .iter()
        .filter_map(|&plan| Some((place(plan), j.day(f::PLAN_TO, plan)?.0, plan)))
        .collect();
    plans.sort_unstable();
    let of_place = |wanted: u32| {
        let from = plans.partition_point(|&(place, _, _)| place < wanted);
        let to = plans.partition_point(|&(place, _, _)| place <= wanted);
        &plans[from..to]
    };
    let counts = |&row: &u32| {
        let day = j.day(f::REVIEWED, row).filter(|_| j.review_counts(row))?.0;
        let its = of_place(place(j.plan_of(row)));
        // ends are in order, so the first and the last tell whether any other day is among them
        let other = its.first()?.1 != day || its.last()?.1 != day;
        other.then_some(Point { day, class: 0, row })
    };
    let mut points: Vec<Point> = child.rows(Table::Review).iter().filter_map(counts).collect();
    let mut hit: Vec<(u32, i32)> = Vec::new();
    let mut spans_hit = Vec::new();
    overlaps(
        &mut points,
        &mut spans,
        |row| {
            found.flag(f::REVIEWED, row);
            hit.extend(j.day(f::REVIEWED, row).map(|day| (place(j.plan_of(row)), day.0)));
        },
        |row| spans_hit.push(row),
    );
    found.flag_rows(f::CIN_PLAN_FROM, &spans_hit);
    hit.sort_unstable();
    hit.dedup();
    for same in hit.chunk_by(|a, b| a.0 == b.0) {
        for &(place, end, plan) in of_place(same[0].0) {
            // some review of that place lies on another day than this end
            if same.len() > 1 || same[0] != (place, end) {
                found.flag(f::PLAN_TO, plan);
            }
        }
    }
}
