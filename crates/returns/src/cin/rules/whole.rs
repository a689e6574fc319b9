//! Rules about the return as a whole: its header, and counts over all children.

use std::collections::{HashMap, HashSet};

use super::{ERROR, QUERY, Rule};
use crate::cin::day::Day;
use crate::cin::judge::{Finds, Judge};
use crate::cin::law::List;
use crate::cin::table::{Field, Table, field as f};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "100",
        says: "The reference date is missing, or is not 31 March of the year the return names.",
        would_do: "Set ReferenceDate to 31 March of the year in Header/Year.",
        judge: |j, found| {
            let year = j.text(f::YEAR, 0).and_then(|year| year.parse().ok());
            let wanted = year.and_then(|year| Day::of(year, 3, 31));
            j.each(found, &[f::REFERENCE], |row| {
                let date = j.day(f::REFERENCE, row);
                date.is_none() || date != wanted
            });
            Ok(())
        },
        passes: &["Header Year=2026 ReferenceDate=2026-03-31"],
        fails: &[
            "Header Year=2026 ReferenceDate=2026-03-30 => Header.ReferenceDate",
            "Header Year=2026 => Header.ReferenceDate",
            "Header ReferenceDate=2026-03-31 => Header.ReferenceDate",
        ],
        ..ERROR
    },
    Rule {
        code: "2883",
        whole: true,
        says: "More child protection plans began in the census year than initial conferences were held in it.",
        would_do: "Find plans without their initial child protection conference, and add its date.",
        judge: |j, found| {
            let year = j.period()?;
            let count = |field: Field| {
                j.rows(field.table).filter(|&row| j.day(field, row).is_some_and(|d| year.holds(d))).count()
            };
            found.in_return = count(f::PLAN_FROM) > count(f::CONFERENCE) + count(f::S47_CONFERENCE);
            Ok(())
        },
        passes: &[
            "CINdetails DateOfInitialCPC=2025-05-01; ChildProtectionPlans CPPstartDate=2025-05-01",
            "CINdetails; ChildProtectionPlans CPPstartDate=2024-05-01",
        ],
        fails: &[
            "CINdetails; Section47 DateOfInitialCPC=2025-05-01; ChildProtectionPlans CPPstartDate=2025-05-01; ChildProtectionPlans CPPstartDate=2025-06-01 => return",
        ],
        ..ERROR
    },
    Rule {
        code: "2886Q",
        since: 2025,
        whole: true,
        says: "More than 2 in 100 children, not counting the unborn, have no sex recorded or an unknown one.",
        would_do: "Record the sex of the children without one, or say why so many are unknown.",
        judge: |j, found| {
            too_many_without(j, found, |row| !j.has(f::SEX, row) || j.is_one_of(f::SEX, row, &["U"]));
            Ok(())
        },
        quirk: "Without any child the public validator divides by nought and stops; ours passes.",
        passes: &[
            "ChildIdentifiers LAchildID=A1 Sex=F",
            "ChildIdentifiers LAchildID=A1 Sex=U ExpectedPersonBirthDate=2026-05-01",
            "nobody",
        ],
        fails: &["ChildIdentifiers LAchildID=A1 Sex=U => return", "ChildIdentifiers LAchildID=A1 => return"],
        published: &["nobody => stops", "ChildIdentifiers LAchildID=A1 => return"],
        ..QUERY
    },
    Rule {
        code: "2886Q",
        until: 2024,
        whole: true,
        says: "More than 2 in 100 children, not counting the unborn, have no gender recorded or an unknown one.",
        would_do: "Record the gender of the children without one, or say why so many are unknown.",
        judge: |j, found| {
            too_many_without(j, found, |row| !j.has(f::GENDER, row) || j.is_one_of(f::GENDER, row, &["0"]));
            Ok(())
        },
        quirk: "Without any child the public validator divides by nought and stops; ours passes.",
        passes: &["ChildIdentifiers LAchildID=A1 GenderCurrent=2", "nobody"],
        fails: &["ChildIdentifiers LAchildID=A1 GenderCurrent=0 => return"],
        published: &["nobody => stops"],
        ..QUERY
    },
    Rule {
        code: "2887Q",
        whole: true,
        says: "Fewer than 8 different disability codes are used in the whole return.",
        would_do: "Check that disabilities are recorded with all the codes there are, or say why so few occur.",
        judge: |j, found| {
            let codes = j.rows(Table::Disability).filter_map(|row| j.text(f::DISABILITY, row));
            found.in_return = if j.published {
                codes.filter(|code| *code == "NONE").count() <= 7
            } else {
                codes.filter(|code| j.law.holds(List::Disability, code)).collect::<HashSet<_>>().len() < 8
            };
            Ok(())
        },
        quirk: "The public validator counts rows that say NONE instead of different codes.",
        passes: &["Disabilities Disability=MOB,HAND,PC,INC,COMM,LD,HEAR,NONE"],
        fails: &[
            "Disabilities Disability=MOB,HAND,PC,INC,COMM,LD,HEAR,XXX => return",
            "Disabilities Disability=NONE,NONE,NONE,NONE,NONE,NONE,NONE,NONE => return",
        ],
        published: &[
            "Disabilities Disability=NONE,NONE,NONE,NONE,NONE,NONE,NONE,NONE => nothing",
            "Disabilities Disability=NONE,MOB,HAND,PC,INC,COMM,LD,HEAR,AUT => return",
        ],
        ..QUERY
    },
    Rule {
        code: "2888Q",
        whole: true,
        says: "No child of the return has more than one disability.",
        would_do: "Check that all disabilities of a child are sent, not only one, or say that no child has two.",
        judge: |j, found| {
            // an empty element names no disability
            let named = |&&row: &&u32| j.text(f::DISABILITY, row).is_some_and(|code| code != "NONE");
            let most =
                j.children().map(|child| child.rows(Table::Disability).iter().filter(named).count()).max();
            found.in_return = most == Some(1);
            Ok(())
        },
        passes: &["Disabilities Disability=MOB,AUT", "Disabilities Disability=NONE", "CINdetails"],
        fails: &[
            "Disabilities Disability=MOB,NONE; ChildIdentifiers LAchildID=A2; Disabilities Disability=AUT => return",
            "Disabilities Disability=AUT, => return",
        ],
        ..QUERY
    },
    Rule {
        code: "1520",
        says: "Two or more children carry the same pupil number.",
        would_do: "Give each child its own pupil number; if it is one child twice, merge the records.",
        judge: |j, found| {
            let mut seen: HashMap<&str, u32> = HashMap::new();
            for upn in j.rows(Table::Child).filter_map(|row| j.text(f::UPN, row)) {
                *seen.entry(upn).or_default() += 1;
            }
            j.each(found, &[f::UPN], |row| j.text(f::UPN, row).is_some_and(|upn| seen[upn] > 1));
            Ok(())
        },
        passes: &[
            "ChildIdentifiers LAchildID=A1 UPN=X; ChildIdentifiers LAchildID=A2 UPN=Y; ChildIdentifiers; ChildIdentifiers",
        ],
        fails: &[
            "ChildIdentifiers LAchildID=A1 UPN=X; ChildIdentifiers UPN=Y; ChildIdentifiers LAchildID=A2 UPN=X => ChildIdentifiers.UPN ChildIdentifiers.UPN@2",
        ],
        ..ERROR
    },
];

fn too_many_without(j: &Judge<'_>, found: &mut Finds, without: impl Fn(u32) -> bool) {
    let all = j.rows(Table::Child).len();
    let unknown = j.rows(Table::Child).filter(|&row| without(row) && j.missing(f::EXPECTED, row)).count();
    found.stopped = j.published && all == 0;
    // strictly more than 0.02, without rounding
    found.in_return = all > 0 && unknown * 50 > all;
}
