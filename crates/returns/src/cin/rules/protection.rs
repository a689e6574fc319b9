//! Rules about child protection plans and their reviews.

use super::{ERROR, QUERY, Rule};
use crate::cin::day::Day;
use crate::cin::groups::Group;
use crate::cin::judge::{Finds, Judge};
use crate::cin::law::List;
use crate::cin::table::{Field, Table, field as f};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "1105",
        says: "A child protection plan begins before the referral it belongs to.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| {
            j.episodes().for_each(|episode| j.earlier(episode, found, f::PLAN_FROM, f::REFERRED));
            Ok(())
        },
        passes: &["CINdetails CINreferralDate=2025-05-01; ChildProtectionPlans CPPstartDate=2025-05-01"],
        fails: &[
            "CINdetails CINreferralDate=2025-05-02; ChildProtectionPlans CPPstartDate=2025-05-01 => CINdetails.CINreferralDate ChildProtectionPlans.CPPstartDate",
        ],
        ..ERROR
    },
    Rule {
        code: "2885",
        says: "A child protection plan did not begin on the day of an initial conference of its episode.",
        would_do: "Add or correct the conference date, or the start of the plan.",
        judge: |j, found| {
            let year = j.period()?;
            for episode in j.episodes() {
                let plans = episode
                    .rows(Table::Plan)
                    .iter()
                    .filter_map(|&row| Some((j.day(f::PLAN_FROM, row)?, row)));
                let plans: Vec<(Day, u32)> = plans.filter(|(day, _)| year.holds(*day)).collect();
                if !plans.is_empty() {
                    without_conference(j, found, episode, &plans);
                }
            }
            Ok(())
        },
        passes: &[
            "CINdetails; Section47 DateOfInitialCPC=2025-05-01; Section47; ChildProtectionPlans CPPstartDate=2025-05-01",
            "CINdetails DateOfInitialCPC=2025-05-01; Section47 ICPCnotRequired=1 DateOfInitialCPC=2025-06-01; ChildProtectionPlans CPPstartDate=2025-05-01",
            "CINdetails; ChildProtectionPlans CPPstartDate=2025-03-31",
        ],
        fails: &[
            "CINdetails DateOfInitialCPC=2025-05-01; Section47 ICPCnotRequired=true; ChildProtectionPlans CPPstartDate=2025-05-01 => Section47.DateOfInitialCPC ChildProtectionPlans.CPPstartDate",
            "CINdetails; Section47 DateOfInitialCPC=2025-05-01; ChildProtectionPlans CPPstartDate=2025-05-01; ChildProtectionPlans CPPstartDate=2025-06-01 => ChildProtectionPlans.CPPstartDate@1",
            "CINdetails; ChildProtectionPlans CPPstartDate=2025-05-01 => CINdetails.DateOfInitialCPC ChildProtectionPlans.CPPstartDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8720",
        says: "A child protection plan has no start date, or one after the end of the census year.",
        would_do: "Add or correct the start date.",
        judge: |j, found| {
            j.each(found, &[f::PLAN_FROM], |row| j.missing(f::PLAN_FROM, row));
            let end = j.period()?.end;
            j.each(found, &[f::PLAN_FROM], |row| j.day(f::PLAN_FROM, row).is_some_and(|day| day > end));
            Ok(())
        },
        passes: &["CINdetails; ChildProtectionPlans CPPstartDate=2020-05-01"],
        fails: &[
            "CINdetails; ChildProtectionPlans; ChildProtectionPlans CPPstartDate=2026-04-01 => ChildProtectionPlans.CPPstartDate ChildProtectionPlans.CPPstartDate@1",
        ],
        ..ERROR
    },
    Rule {
        code: "8730",
        says: "The number of earlier child protection plans is missing or is not a number from 0 up.",
        would_do: "Write how many plans there were before this one; 0 if none.",
        judge: |j, found| {
            j.each(found, &[f::EARLIER_PLANS], |row| {
                // a number has digits only: no sign, no fraction
                !j.text(f::EARLIER_PLANS, row).is_some_and(|text| text.bytes().all(|b| b.is_ascii_digit()))
            });
            let is_number =
                |row: u32| j.text(f::EARLIER_PLANS, row).is_none_or(|text| text.parse::<f64>().is_ok());
            found.stopped = j.published && !j.rows(Table::Plan).all(is_number);
            Ok(())
        },
        quirk: "The public validator stops at a value that is not a number, and tells nothing of any plan.",
        passes: &[
            "CINdetails; ChildProtectionPlans NumberOfPreviousCPP=0; ChildProtectionPlans NumberOfPreviousCPP=12",
        ],
        fails: &[
            "CINdetails; ChildProtectionPlans; ChildProtectionPlans NumberOfPreviousCPP=-1; ChildProtectionPlans NumberOfPreviousCPP=two => ChildProtectionPlans.NumberOfPreviousCPP ChildProtectionPlans.NumberOfPreviousCPP@1 ChildProtectionPlans.NumberOfPreviousCPP@2",
        ],
        published: &[
            "CINdetails; ChildProtectionPlans NumberOfPreviousCPP=two => stops",
            "CINdetails; ChildProtectionPlans => ChildProtectionPlans.NumberOfPreviousCPP",
        ],
        ..ERROR
    },
    Rule {
        code: "8840",
        says: "A child protection plan ends on the day it begins.",
        would_do: "Correct one of the two dates, or take the plan out.",
        judge: |j, found| {
            j.each(found, &[f::PLAN_TO, f::PLAN_FROM], |row| {
                j.day(f::PLAN_FROM, row).zip(j.day(f::PLAN_TO, row)).is_some_and(|(from, to)| from == to)
            });
            Ok(())
        },
        passes: &[
            "CINdetails; ChildProtectionPlans CPPstartDate=2025-05-01 CPPendDate=2025-05-02; ChildProtectionPlans",
        ],
        fails: &[
            "CINdetails; ChildProtectionPlans CPPstartDate=2025-05-01 CPPendDate=2025-05-01 => ChildProtectionPlans.CPPendDate ChildProtectionPlans.CPPstartDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8841",
        says: "A child protection plan was reviewed on or before the day it began.",
        would_do: "Correct the review date or the start of the plan.",
        judge: |j, found| {
            j.episodes().for_each(|episode| reviewed_too_early(j, found, episode));
            Ok(())
        },
        quirk: "The public validator reads only the first date of each Reviews group.",
        passes: &[
            "CINdetails; ChildProtectionPlans CPPstartDate=2025-05-01; Reviews CPPreviewDate=2025-05-02; ChildProtectionPlans CPPstartDate=2025-08-01",
        ],
        fails: &[
            "CINdetails; ChildProtectionPlans CPPstartDate=2025-05-01; Reviews CPPreviewDate=2025-05-02,2025-05-01 => ChildProtectionPlans.CPPstartDate Reviews.CPPreviewDate@1",
        ],
        published: &[
            "CINdetails; ChildProtectionPlans CPPstartDate=2025-05-01; Reviews CPPreviewDate=2025-05-02,2025-05-01 => nothing",
        ],
        ..ERROR
    },
    Rule {
        code: "8842Q",
        says: "A review has no date, or one that cannot be read.",
        would_do: "Add the date, or take the review out.",
        judge: |j, found| {
            j.each(found, &[f::REVIEWED], |row| j.review_counts(row) && j.missing(f::REVIEWED, row));
            Ok(())
        },
        quirk: "The public validator reads only the first date of each Reviews group.",
        passes: &["CINdetails; ChildProtectionPlans; Reviews CPPreviewDate=2025-05-02"],
        fails: &[
            "CINdetails; ChildProtectionPlans; Reviews CPPreviewDate=2025-05-02,,2025-02-30 => Reviews.CPPreviewDate@1 Reviews.CPPreviewDate@2",
        ],
        published: &[
            "CINdetails; ChildProtectionPlans; Reviews CPPreviewDate=2025-05-02,; Reviews CPPreviewDate=x => Reviews.CPPreviewDate@2",
        ],
        ..QUERY
    },
    Rule {
        code: "8905",
        says: "The first category of abuse of a plan is missing or is not one of the codes.",
        would_do: "Use NEG, PHY, SAB, EMO or MUL.",
        judge: |j, found| {
            j.each(found, &[f::FIRST_ABUSE], |row| !j.in_list(f::FIRST_ABUSE, row, List::Abuse));
            Ok(())
        },
        passes: &["CINdetails; ChildProtectionPlans InitialCategoryOfAbuse=NEG"],
        fails: &[
            "CINdetails; ChildProtectionPlans; ChildProtectionPlans InitialCategoryOfAbuse=neg => ChildProtectionPlans.InitialCategoryOfAbuse ChildProtectionPlans.InitialCategoryOfAbuse@1",
        ],
        ..ERROR
    },
    Rule {
        code: "8910",
        says: "The latest category of abuse of a plan is missing or is not one of the codes.",
        would_do: "Use NEG, PHY, SAB, EMO or MUL.",
        judge: |j, found| {
            j.each(found, &[f::LATEST_ABUSE], |row| !j.in_list(f::LATEST_ABUSE, row, List::Abuse));
            Ok(())
        },
        passes: &["CINdetails; ChildProtectionPlans LatestCategoryOfAbuse=MUL"],
        fails: &[
            "CINdetails; ChildProtectionPlans; ChildProtectionPlans LatestCategoryOfAbuse=XXX => ChildProtectionPlans.LatestCategoryOfAbuse ChildProtectionPlans.LatestCategoryOfAbuse@1",
        ],
        ..ERROR
    },
    Rule {
        code: "8915",
        says: "A child protection plan begins after the child died.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| {
            j.children().for_each(|child| j.earlier(child, found, f::DIED, f::PLAN_FROM));
            Ok(())
        },
        passes: &[
            "ChildIdentifiers PersonDeathDate=2025-05-01; CINdetails; ChildProtectionPlans CPPstartDate=2025-05-01",
        ],
        fails: &[
            "ChildIdentifiers PersonDeathDate=2025-05-01; CINdetails; ChildProtectionPlans CPPstartDate=2025-05-02 => ChildIdentifiers.PersonDeathDate ChildProtectionPlans.CPPstartDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8920",
        says: "A child protection plan ends after the child died.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| {
            j.children().for_each(|child| j.earlier(child, found, f::DIED, f::PLAN_TO));
            Ok(())
        },
        passes: &[
            "ChildIdentifiers PersonDeathDate=2025-05-01; CINdetails; ChildProtectionPlans CPPendDate=2025-05-01",
        ],
        fails: &[
            "ChildIdentifiers PersonDeathDate=2025-05-01; CINdetails; ChildProtectionPlans CPPendDate=2025-05-02 => ChildIdentifiers.PersonDeathDate ChildProtectionPlans.CPPendDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8925",
        says: "A child protection plan ends before it begins.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| {
            j.each(found, &[f::PLAN_TO, f::PLAN_FROM], |row| {
                j.day(f::PLAN_FROM, row).zip(j.day(f::PLAN_TO, row)).is_some_and(|(from, to)| to < from)
            });
            Ok(())
        },
        passes: &["CINdetails; ChildProtectionPlans CPPstartDate=2025-05-01 CPPendDate=2025-05-01"],
        fails: &[
            "CINdetails; ChildProtectionPlans CPPstartDate=2025-05-02 CPPendDate=2025-05-01 => ChildProtectionPlans.CPPendDate ChildProtectionPlans.CPPstartDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8930",
        says: "A child protection plan ends outside the census year.",
        would_do: "Correct the date; leave out plans that ended before the year.",
        judge: |j, found| j.outside_the_year(found, f::PLAN_TO),
        passes: &["CINdetails; ChildProtectionPlans CPPendDate=2025-04-01"],
        fails: &["CINdetails; ChildProtectionPlans CPPendDate=2026-04-01 => ChildProtectionPlans.CPPendDate"],
        ..ERROR
    },
    Rule {
        code: "8935",
        says: "A child has two or more open child protection plans.",
        would_do: "End the earlier plan.",
        judge: |j, found| {
            for child in j.children().filter(|child| child.rows(Table::Plan).len() > 1) {
                if j.published {
                    open_in_one_place(j, found, child.rows(Table::Plan));
                    continue;
                }
                let rows = child.rows(Table::Plan).iter().copied();
                let open: Vec<u32> = rows.filter(|&row| j.missing(f::PLAN_TO, row)).collect();
                if open.len() > 1 {
                    found.flag_rows(f::PLAN_TO, &open);
                }
            }
            Ok(())
        },
        quirk: "The public validator compares only plans in the same place of different episodes, so it never sees two open plans of one episode.",
        passes: &["CINdetails; ChildProtectionPlans; ChildProtectionPlans CPPendDate=2025-05-01"],
        fails: &[
            "CINdetails; ChildProtectionPlans; ChildProtectionPlans CPPendDate=2025-05-01; ChildProtectionPlans => ChildProtectionPlans.CPPendDate ChildProtectionPlans.CPPendDate@2",
        ],
        published: &[
            "CINdetails; ChildProtectionPlans; ChildProtectionPlans => nothing",
            "CINdetails; ChildProtectionPlans; CINdetails; ChildProtectionPlans; CINdetails; ChildProtectionPlans CPPendDate=2025-05-01 => ChildProtectionPlans.CPPendDate ChildProtectionPlans.CPPendDate@1 ChildProtectionPlans.CPPendDate@2",
        ],
        ..ERROR
    },
    Rule {
        code: "8940",
        says: "A child protection plan begins before another of the same child has ended.",
        would_do: "Correct the dates: plans follow one another and never share a day.",
        judge: |j, found| {
            let end = j.period()?.end;
            for child in j.children().filter(|child| child.rows(Table::Plan).len() > 1) {
                let class = |row: u32| u64::from(if j.published { j.plan_number(row) } else { row });
                let to = |row: u32| Some(j.day(f::PLAN_TO, row).unwrap_or(end).0);
                let points = j.points(child, f::PLAN_FROM, class);
                let spans = j.spans(child, f::PLAN_FROM, to, class);
                found.overlapping(points, spans, (&[f::PLAN_FROM], &[f::PLAN_FROM, f::PLAN_TO]));
            }
            Ok(())
        },
        quirk: "The public validator does not compare plans in the same place of different episodes.",
        passes: &[
            "CINdetails; ChildProtectionPlans CPPstartDate=2025-05-01 CPPendDate=2025-06-01; ChildProtectionPlans CPPstartDate=2025-06-02",
        ],
        fails: &[
            "CINdetails; ChildProtectionPlans CPPstartDate=2025-05-01 CPPendDate=2025-06-01; CINdetails; ChildProtectionPlans CPPstartDate=2025-06-01 => ChildProtectionPlans.CPPendDate ChildProtectionPlans.CPPstartDate ChildProtectionPlans.CPPstartDate@1",
        ],
        published: &[
            "CINdetails; ChildProtectionPlans CPPstartDate=2025-05-01; CINdetails; ChildProtectionPlans CPPstartDate=2025-06-01 => nothing",
            "CINdetails; ChildProtectionPlans CPPstartDate=2025-05-01; ChildProtectionPlans CPPstartDate=2025-06-01 => ChildProtectionPlans.CPPendDate ChildProtectionPlans.CPPstartDate ChildProtectionPlans.CPPstartDate@1",
        ],
        ..ERROR
    },
];

/// Plans of an episode that began in the year, against its conferences: those of its enquiries if it has any that
/// need one, otherwise its own.
fn without_conference(j: &Judge<'_>, found: &mut Finds, episode: Group<'_>, plans: &[(Day, u32)]) {
    let enquiries = episode.rows(Table::Section47).iter().copied();
    let enquiries: Vec<u32> = enquiries.filter(|&row| !j.is_one_of(f::NO_CONFERENCE, row, &["1"])).collect();
    let (field, rows): (Field, &[u32]) = if enquiries.is_empty() {
        (f::CONFERENCE, episode.rows(Table::Episode))
    } else {
        (f::S47_CONFERENCE, &enquiries)
    };
    let mut held: Vec<Day> = rows.iter().filter_map(|&row| j.day(field, row)).collect();
    held.sort_unstable();
    let mut any = false;
    for (day, row) in plans {
        if held.binary_search(day).is_ok() {
            any = true;
        } else {
            found.flag(f::PLAN_FROM, *row);
        }
    }
    if !any {
        found.flag_rows(field, rows);
    }
}

/// Reviews against the plans in the same place of the episode (one plan, unless the child stands in the file twice).
fn reviewed_too_early(j: &Judge<'_>, found: &mut Finds, episode: Group<'_>) {
    let mut places: Vec<(u32, bool, Day, u32)> = Vec::new();
    for &row in episode.rows(Table::Review).iter().filter(|&&row| j.review_counts(row)) {
        places.extend(j.day(f::REVIEWED, row).map(|day| (j.plan_number(j.plan_of(row)), true, day, row)));
    }
    if places.is_empty() {
        return;
    }
    for &row in episode.rows(Table::Plan) {
        places.extend(j.day(f::PLAN_FROM, row).map(|day| (j.plan_number(row), false, day, row)));
    }
    places.sort_unstable();
    for place in places.chunk_by(|a, b| a.0 == b.0) {
        let (plans, reviews) = place.split_at(place.partition_point(|&(_, is_review, _, _)| !is_review));
        let (Some(first_review), Some(last_plan)) = (reviews.first(), plans.last()) else { continue };
        plans
            .iter()
            .filter(|plan| first_review.2 <= plan.2)
            .for_each(|plan| found.flag(f::PLAN_FROM, plan.3));
        reviews
            .iter()
            .filter(|review| review.2 <= last_plan.2)
            .for_each(|review| found.flag(f::REVIEWED, review.3));
    }
}

/// As published: open plans that have the same place in their episodes.
fn open_in_one_place(j: &Judge<'_>, found: &mut Finds, plans: &[u32]) {
    let mut by_place: Vec<(u32, u32)> = plans.iter().map(|&row| (j.plan_number(row), row)).collect();
    by_place.sort_unstable();
    for same in by_place.chunk_by(|a, b| a.0 == b.0) {
        if same.iter().filter(|&&(_, row)| j.missing(f::PLAN_TO, row)).count() > 1 {
            for &(_, row) in same {
                found.flag(f::PLAN_TO, row);
            }
        }
    }
}
