//! Rules about section 47 enquiries and the initial child protection conference.

use super::{ERROR, QUERY, Rule};
use crate::cin::groups::Group;
use crate::cin::judge::{Finds, Judge};
use crate::cin::law::working_days_before;
use crate::cin::table::{Field, Table, field as f};

const ALL_THREE: [Field; 3] = [f::S47_CONFERENCE, f::NO_CONFERENCE, f::S47_FROM];

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "1104",
        says: "An initial conference was held before the referral it belongs to.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| {
            j.episodes().for_each(|episode| j.earlier(episode, found, f::S47_CONFERENCE, f::REFERRED));
            Ok(())
        },
        passes: &["CINdetails CINreferralDate=2025-05-01; Section47 DateOfInitialCPC=2025-05-01"],
        fails: &[
            "CINdetails CINreferralDate=2025-05-02; Section47 DateOfInitialCPC=2025-05-01 => CINdetails.CINreferralDate Section47.DateOfInitialCPC",
        ],
        ..ERROR
    },
    Rule {
        code: "2884",
        says: "The same initial conference is given twice: with the episode and with a section 47 enquiry.",
        would_do: "Keep it with the section 47 enquiry; with the episode it is only for a child who moved in with one.",
        judge: |j, found| {
            j.children().for_each(|child| same_conference(j, found, child));
            Ok(())
        },
        passes: &["CINdetails DateOfInitialCPC=2025-05-01; Section47 DateOfInitialCPC=2025-05-02"],
        fails: &[
            "CINdetails DateOfInitialCPC=2025-05-01; CINdetails; Section47 DateOfInitialCPC=2025-05-02; Section47 DateOfInitialCPC=2025-05-01 => CINdetails.DateOfInitialCPC Section47.DateOfInitialCPC@1",
        ],
        ..ERROR
    },
    Rule {
        code: "2889",
        says: "A section 47 enquiry begins before the referral it belongs to.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| {
            j.episodes().for_each(|episode| j.earlier(episode, found, f::S47_FROM, f::REFERRED));
            Ok(())
        },
        passes: &["CINdetails CINreferralDate=2025-05-01; Section47 S47ActualStartDate=2025-05-01"],
        fails: &[
            "CINdetails CINreferralDate=2025-05-02; Section47 S47ActualStartDate=2025-05-01 => CINdetails.CINreferralDate Section47.S47ActualStartDate",
        ],
        ..ERROR
    },
    Rule {
        code: "2991Q",
        says: "An episode has a section 47 enquiry and no assessment.",
        would_do: "Add the assessment, or say why there was none.",
        judge: |j, found| {
            for episode in j.episodes().filter(|episode| episode.rows(Table::Assessment).is_empty()) {
                found.flag_rows(f::S47_CHILD, episode.rows(Table::Section47));
            }
            Ok(())
        },
        passes: &["CINdetails; Section47; Assessments"],
        fails: &["CINdetails; Assessments; CINdetails; Section47 => Section47.LAchildID"],
        ..QUERY
    },
    Rule {
        code: "8615",
        says: "A section 47 enquiry begins after its initial conference, or has a conference and no start.",
        would_do: "Add or correct the start date, or correct the conference date.",
        judge: |j, found| {
            j.each(found, &[f::S47_CONFERENCE, f::S47_FROM], |row| {
                j.day(f::S47_CONFERENCE, row)
                    .is_some_and(|conference| j.day(f::S47_FROM, row).is_none_or(|from| from > conference))
            });
            Ok(())
        },
        passes: &[
            "CINdetails; Section47 S47ActualStartDate=2025-05-01 DateOfInitialCPC=2025-05-01; Section47",
        ],
        fails: &[
            "CINdetails; Section47 S47ActualStartDate=2025-05-02 DateOfInitialCPC=2025-05-01 => Section47.DateOfInitialCPC Section47.S47ActualStartDate",
            "CINdetails; Section47 DateOfInitialCPC=2025-05-01 => Section47.DateOfInitialCPC Section47.S47ActualStartDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8675Q",
        says: "A section 47 enquiry has waited more than 15 working days for its conference at the end of the census year.",
        would_do: "Add the conference date, or that none was needed, or say why it is still to come.",
        judge: |j, found| {
            let before = working_days_before(j.period()?.end, 14)?;
            j.each(found, &ALL_THREE, |row| {
                j.missing(f::S47_CONFERENCE, row)
                    && j.no(f::NO_CONFERENCE, row)
                    && j.day(f::S47_FROM, row).is_some_and(|from| from < before)
            });
            Ok(())
        },
        passes: &[
            "CINdetails; Section47 S47ActualStartDate=2026-03-11 ICPCnotRequired=false",
            "CINdetails; Section47 S47ActualStartDate=2025-05-01 ICPCnotRequired=true",
        ],
        fails: &[
            "CINdetails; Section47 S47ActualStartDate=2026-03-10 ICPCnotRequired=0 => Section47.DateOfInitialCPC Section47.ICPCnotRequired Section47.S47ActualStartDate",
        ],
        ..QUERY
    },
    Rule {
        code: "8715",
        says: "An initial conference was held outside the census year.",
        would_do: "Correct the date; leave out enquiries finished before the year.",
        judge: |j, found| j.outside_the_year(found, f::S47_CONFERENCE),
        passes: &["CINdetails; Section47 DateOfInitialCPC=2025-04-01"],
        fails: &["CINdetails; Section47 DateOfInitialCPC=2025-03-31 => Section47.DateOfInitialCPC"],
        ..ERROR
    },
    Rule {
        code: "8740",
        says: "A section 47 enquiry that needs a conference and has none began outside the census year.",
        would_do: "Correct the start date, or add the conference date, or that none was needed.",
        judge: |j, found| {
            let year = j.period()?;
            j.each(found, &ALL_THREE, |row| {
                let needed = j.is_one_of(f::NO_CONFERENCE, row, &["0"])
                    || (!j.published && j.is_one_of(f::NO_CONFERENCE, row, &["false"]));
                needed
                    && j.missing(f::S47_CONFERENCE, row)
                    && j.day(f::S47_FROM, row).is_some_and(|from| !year.holds(from))
            });
            Ok(())
        },
        quirk: "The public validator looks only at enquiries that say 0, not at those that say false.",
        passes: &[
            "CINdetails; Section47 S47ActualStartDate=2025-04-01 ICPCnotRequired=0",
            "CINdetails; Section47 S47ActualStartDate=2025-03-31 ICPCnotRequired=1",
        ],
        fails: &[
            "CINdetails; Section47 S47ActualStartDate=2025-03-31 ICPCnotRequired=0 => Section47.DateOfInitialCPC Section47.ICPCnotRequired Section47.S47ActualStartDate",
            "CINdetails; Section47 S47ActualStartDate=2025-03-31 ICPCnotRequired=false => Section47.DateOfInitialCPC Section47.ICPCnotRequired Section47.S47ActualStartDate",
        ],
        published: &["CINdetails; Section47 S47ActualStartDate=2025-03-31 ICPCnotRequired=false => nothing"],
        ..ERROR
    },
    Rule {
        code: "8839",
        says: "An episode has two or more section 47 enquiries that still wait for a conference.",
        would_do: "Add the conference dates, or that none was needed; only one enquiry may be open.",
        judge: |j, found| {
            for episode in j.episodes().filter(|episode| episode.rows(Table::Section47).len() > 1) {
                let rows = episode.rows(Table::Section47).iter().copied();
                let undated: Vec<u32> = rows.filter(|&row| j.missing(f::S47_CONFERENCE, row)).collect();
                if undated.iter().filter(|&&row| !j.yes(f::NO_CONFERENCE, row)).count() > 1 {
                    found.flag_rows(f::S47_CONFERENCE, &undated);
                }
            }
            Ok(())
        },
        passes: &[
            "CINdetails; Section47; Section47 ICPCnotRequired=1; Section47 DateOfInitialCPC=2025-05-01",
        ],
        fails: &[
            "CINdetails; Section47; Section47 ICPCnotRequired=1; Section47 ICPCnotRequired=0; Section47 DateOfInitialCPC=2025-05-01 => Section47.DateOfInitialCPC Section47.DateOfInitialCPC@1 Section47.DateOfInitialCPC@2",
        ],
        ..ERROR
    },
    Rule {
        code: "8870Q",
        says: "The day by which the initial conference was due is a Saturday or Sunday.",
        would_do: "Correct the day, or say why.",
        judge: |j, found| {
            if !j.published {
                weekends(j, found, f::CONFERENCE_TARGET);
            }
            Ok(())
        },
        quirk: "The public validator reads these dates in another form than files have, so it never finds anything.",
        passes: &["CINdetails; Section47 InitialCPCtarget=2025-05-02; Section47 InitialCPCtarget=2025-05-05"],
        fails: &[
            "CINdetails; Section47 InitialCPCtarget=2025-05-03; Section47 InitialCPCtarget=2025-05-04 => Section47.InitialCPCtarget Section47.InitialCPCtarget@1",
        ],
        published: &["CINdetails; Section47 InitialCPCtarget=2025-05-03 => nothing"],
        ..QUERY
    },
    Rule {
        code: "8875",
        says: "An initial conference was held on a Saturday or Sunday.",
        would_do: "Correct the date.",
        judge: |j, found| {
            weekends(j, found, f::S47_CONFERENCE);
            Ok(())
        },
        passes: &["CINdetails; Section47 DateOfInitialCPC=2025-05-02"],
        fails: &["CINdetails; Section47 DateOfInitialCPC=2025-05-03 => Section47.DateOfInitialCPC"],
        ..ERROR
    },
    Rule {
        code: "8890",
        says: "A section 47 enquiry begins while another of the same episode is under way.",
        would_do: "Correct the dates, or record both as one enquiry.",
        judge: |j, found| {
            let end = j.period()?.end;
            for episode in j.episodes().filter(|episode| episode.rows(Table::Section47).len() > 1) {
                let class = |row: u32| super::pair(j.day(f::S47_FROM, row), j.day(f::S47_CONFERENCE, row));
                let to = |row: u32| match j.day(f::S47_CONFERENCE, row) {
                    Some(day) => Some(day.0),
                    None => (!j.yes_in_any_case(f::NO_CONFERENCE, row)).then_some(end.0),
                };
                let points = j.points(episode, f::S47_FROM, class);
                let spans = j.spans(episode, f::S47_FROM, to, class);
                found.overlapping(points, spans, (&[f::S47_FROM], &[f::S47_FROM, f::S47_CONFERENCE]));
            }
            Ok(())
        },
        passes: &[
            "CINdetails; Section47 S47ActualStartDate=2025-05-01 DateOfInitialCPC=2025-05-12; Section47 S47ActualStartDate=2025-05-13",
            "CINdetails; Section47 S47ActualStartDate=2025-05-01 ICPCnotRequired=TRUE; Section47 S47ActualStartDate=2025-05-13",
        ],
        fails: &[
            "CINdetails; Section47 S47ActualStartDate=2025-05-01 DateOfInitialCPC=2025-05-12; Section47 S47ActualStartDate=2025-05-12 => Section47.DateOfInitialCPC Section47.S47ActualStartDate Section47.S47ActualStartDate@1",
        ],
        ..ERROR
    },
];

fn weekends(j: &Judge<'_>, found: &mut Finds, field: Field) {
    j.each(found, &[field], |row| j.day(field, row).is_some_and(crate::cin::day::Day::is_weekend));
}

fn same_conference(j: &Judge<'_>, found: &mut Finds, child: Group<'_>) {
    let days = |field: Field| {
        child
            .rows(field.table)
            .iter()
            .filter_map(move |&row| Some((j.day(field, row)?, row)))
            .collect::<Vec<_>>()
    };
    let with_episode = days(f::CONFERENCE);
    if with_episode.is_empty() {
        return;
    }
    let with_enquiry = days(f::S47_CONFERENCE);
    let sorted = |days: &[(crate::cin::day::Day, u32)]| {
        let mut days: Vec<_> = days.iter().map(|&(day, _)| day).collect();
        days.sort_unstable();
        days
    };
    let (of_episodes, of_enquiries) = (sorted(&with_episode), sorted(&with_enquiry));
    for (day, row) in with_episode {
        if of_enquiries.binary_search(&day).is_ok() {
            found.flag(f::CONFERENCE, row);
        }
    }
    for (day, row) in with_enquiry {
        if of_episodes.binary_search(&day).is_ok() {
            found.flag(f::S47_CONFERENCE, row);
        }
    }
}
