//! Rules about the child: birth, death, sex, ethnicity, disabilities.

use super::{ERROR, QUERY, Rule};
use crate::cin::day::Day;
use crate::cin::groups::Group;
use crate::cin::judge::{Finds, Judge};
use crate::cin::law::List;
use crate::cin::table::{Table, field as f};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "4180",
        since: 2025,
        says: "The sex of the child is missing or is not M, F or U.",
        would_do: "Record M, F, or U for unknown and unborn.",
        judge: |j, found| {
            j.each(found, &[f::SEX], |row| !j.in_list(f::SEX, row, List::Sex));
            Ok(())
        },
        passes: &["ChildIdentifiers Sex=U"],
        fails: &[
            "ChildIdentifiers Sex=1 => ChildIdentifiers.Sex",
            "ChildIdentifiers => ChildIdentifiers.Sex",
        ],
        ..ERROR
    },
    Rule {
        code: "4180",
        until: 2024,
        says: "The gender of the child is missing or is not 0, 1, 2 or 9.",
        would_do: "Record 1, 2 or 9, or 0 for unknown and unborn.",
        judge: |j, found| {
            j.each(found, &[f::GENDER], |row| !j.in_list(f::GENDER, row, List::Gender));
            Ok(())
        },
        passes: &["ChildIdentifiers GenderCurrent=9"],
        fails: &["ChildIdentifiers GenderCurrent=M => ChildIdentifiers.GenderCurrent"],
        ..ERROR
    },
    Rule {
        code: "4220",
        says: "The ethnicity is missing or is not one of the codes.",
        would_do: "Record the ethnicity; REFU if it was refused, NOBT if it is not known yet.",
        judge: |j, found| {
            j.each(found, &[f::ETHNICITY], |row| !j.in_list(f::ETHNICITY, row, List::Ethnicity));
            Ok(())
        },
        passes: &["ChildCharacteristics Ethnicity=NOBT"],
        fails: &[
            "ChildCharacteristics Ethnicity=wbri => ChildCharacteristics.Ethnicity",
            "CINdetails => ChildCharacteristics.Ethnicity",
        ],
        ..ERROR
    },
    Rule {
        code: "8520",
        says: "The child was born after the end of the census year.",
        would_do: "Correct the birth date, or give the expected one if the child is not born yet.",
        judge: |j, found| {
            let end = j.period()?.end;
            j.each(found, &[f::BORN], |row| j.day(f::BORN, row).is_some_and(|born| born > end));
            Ok(())
        },
        passes: &["ChildIdentifiers PersonBirthDate=2026-03-31"],
        fails: &["ChildIdentifiers PersonBirthDate=2026-04-01 => ChildIdentifiers.PersonBirthDate"],
        ..ERROR
    },
    Rule {
        code: "8525Q",
        says: "A child has both a birth date and an expected one, or neither.",
        would_do: "Give one of the two: the birth date once the child is born.",
        judge: |j, found| {
            j.each(found, &[f::EXPECTED, f::BORN], |row| {
                j.missing(f::BORN, row) == j.missing(f::EXPECTED, row)
            });
            Ok(())
        },
        passes: &[
            "ChildIdentifiers PersonBirthDate=2020-01-01",
            "ChildIdentifiers ExpectedPersonBirthDate=2026-05-01",
        ],
        fails: &[
            "ChildIdentifiers PersonBirthDate=2020-01-01 ExpectedPersonBirthDate=2020-01-01 => ChildIdentifiers.ExpectedPersonBirthDate ChildIdentifiers.PersonBirthDate",
            "ChildIdentifiers => ChildIdentifiers.ExpectedPersonBirthDate ChildIdentifiers.PersonBirthDate",
        ],
        ..QUERY
    },
    Rule {
        code: "8530Q",
        says: "The expected birth date is 30 days or more before the end of the census year, or nine months or more after it.",
        would_do: "Give the birth date if the child is born; otherwise check the expected one.",
        judge: |j, found| {
            let end = j.period()?.end;
            let (early, late) = (end.plus_days(-30), end.plus_months(9));
            j.each(found, &[f::EXPECTED], |row| {
                j.day(f::EXPECTED, row).is_some_and(|day| day <= early || day >= late)
            });
            Ok(())
        },
        passes: &[
            "ChildIdentifiers ExpectedPersonBirthDate=2026-03-02",
            "ChildIdentifiers ExpectedPersonBirthDate=2026-12-30",
        ],
        fails: &[
            "ChildIdentifiers ExpectedPersonBirthDate=2026-03-01 => ChildIdentifiers.ExpectedPersonBirthDate",
            "ChildIdentifiers ExpectedPersonBirthDate=2026-12-31 => ChildIdentifiers.ExpectedPersonBirthDate",
        ],
        ..QUERY
    },
    Rule {
        code: "8535Q",
        says: "The child died before being born, or has a death date and no birth date.",
        would_do: "Correct the birth date or the death date.",
        judge: |j, found| {
            j.each(found, &[f::BORN, f::DIED], |row| {
                j.day(f::DIED, row).is_some_and(|died| j.day(f::BORN, row).is_none_or(|born| born > died))
            });
            Ok(())
        },
        passes: &[
            "ChildIdentifiers PersonBirthDate=2025-05-01 PersonDeathDate=2025-05-01",
            "ChildIdentifiers",
        ],
        fails: &[
            "ChildIdentifiers PersonBirthDate=2025-05-02 PersonDeathDate=2025-05-01 => ChildIdentifiers.PersonBirthDate ChildIdentifiers.PersonDeathDate",
            "ChildIdentifiers PersonDeathDate=2025-05-01 => ChildIdentifiers.PersonBirthDate ChildIdentifiers.PersonDeathDate",
        ],
        ..QUERY
    },
    Rule {
        code: "8540",
        says: "A child with a referral that led further has no disability recorded, or one that is not a code; NONE is a code too.",
        would_do: "Record each disability, or NONE.",
        judge: |j, found| {
            // as published nothing of this is ever told
            if !j.published {
                j.children().for_each(|child| no_disability(j, found, child));
            }
            Ok(())
        },
        quirk: "The public validator works this out and then loses it: its report never shows this rule.",
        passes: &[
            "ChildIdentifiers PersonBirthDate=2015-01-01; Disabilities Disability=NONE; CINdetails ReferralNFA=false",
            "ChildIdentifiers PersonBirthDate=2015-01-01; CINdetails ReferralNFA=true",
            "ChildIdentifiers ExpectedPersonBirthDate=2026-05-01; CINdetails ReferralNFA=false",
        ],
        fails: &[
            "ChildIdentifiers PersonBirthDate=2015-01-01; CINdetails ReferralNFA=false; CINdetails ReferralNFA=1 => ChildIdentifiers.PersonBirthDate CINdetails.ReferralNFA",
            "ChildIdentifiers PersonBirthDate=2015-01-01; Disabilities Disability=AUT,ZZ, ; CINdetails ReferralNFA=0 => ChildIdentifiers.PersonBirthDate Disabilities.Disability@1 Disabilities.Disability@2 CINdetails.ReferralNFA",
        ],
        published: &["ChildIdentifiers PersonBirthDate=2015-01-01; CINdetails ReferralNFA=false => nothing"],
        ..ERROR
    },
    Rule {
        code: "8545Q",
        says: "The child died outside the census year.",
        would_do: "Check the death date; a child who died before the year is not in the return.",
        judge: |j, found| j.outside_the_year(found, f::DIED),
        passes: &[
            "ChildIdentifiers PersonDeathDate=2025-04-01",
            "ChildIdentifiers PersonDeathDate=2026-03-31",
        ],
        fails: &[
            "ChildIdentifiers PersonDeathDate=2025-03-31 => ChildIdentifiers.PersonDeathDate",
            "ChildIdentifiers PersonDeathDate=2026-04-01 => ChildIdentifiers.PersonDeathDate",
        ],
        ..QUERY
    },
    Rule {
        code: "8555Q",
        says: "The child was referred after having died.",
        would_do: "Correct the death date or the referral date.",
        judge: |j, found| {
            j.children().for_each(|child| j.earlier(child, found, f::DIED, f::REFERRED));
            Ok(())
        },
        passes: &["ChildIdentifiers PersonDeathDate=2025-05-01; CINdetails CINreferralDate=2025-05-01"],
        fails: &[
            "ChildIdentifiers PersonDeathDate=2025-05-01; CINdetails CINreferralDate=2025-04-30; CINdetails CINreferralDate=2025-05-02 => ChildIdentifiers.PersonDeathDate CINdetails.CINreferralDate@1",
        ],
        ..QUERY
    },
    Rule {
        code: "8585Q",
        says: "An episode was closed because the child died, but the child has no death date.",
        would_do: "Add the death date, or correct the reason for closure.",
        judge: |j, found| {
            for child in j.children() {
                let died = |row: &&u32| j.is_one_of(f::CLOSED_WHY, **row, &["RC2"]);
                let undated: Vec<u32> =
                    child.rows(Table::Child).iter().copied().filter(|&row| j.missing(f::DIED, row)).collect();
                if !undated.is_empty() && child.rows(Table::Episode).iter().any(|row| died(&row)) {
                    found.flag_rows(f::DIED, &undated);
                    child
                        .rows(Table::Episode)
                        .iter()
                        .filter(died)
                        .for_each(|&row| found.flag(f::CLOSED_WHY, row));
                }
            }
            Ok(())
        },
        passes: &[
            "ChildIdentifiers PersonDeathDate=2025-05-01; CINdetails ReasonForClosure=RC2",
            "CINdetails ReasonForClosure=RC1",
        ],
        fails: &[
            "CINdetails ReasonForClosure=RC1; CINdetails ReasonForClosure=RC2 => ChildIdentifiers.PersonDeathDate CINdetails.ReasonForClosure@1",
        ],
        ..QUERY
    },
    Rule {
        code: "8590",
        says: "A child has no referral at all.",
        would_do: "Add the referral, or leave the child out.",
        judge: |j, found| {
            for child in j.children().filter(|child| child.rows(Table::Episode).is_empty()) {
                found.flag_rows(f::CHILD_ID, child.rows(Table::Child));
            }
            Ok(())
        },
        passes: &["CINdetails"],
        fails: &["CINdetails; ChildIdentifiers LAchildID=A2 => ChildIdentifiers.LAchildID@1"],
        ..ERROR
    },
    Rule {
        code: "8606",
        says: "The referral was made more than 280 days before the birth, or the expected birth.",
        would_do: "Correct the referral date or the birth date.",
        judge: |j, found| {
            j.children().for_each(|child| referred_too_early(j, found, child));
            Ok(())
        },
        passes: &["ChildIdentifiers PersonBirthDate=2025-06-10; CINdetails CINreferralDate=2024-09-03"],
        fails: &[
            "ChildIdentifiers PersonBirthDate=2025-06-10; CINdetails CINreferralDate=2024-09-02; CINdetails CINreferralDate=2025-01-01 => ChildIdentifiers.ExpectedPersonBirthDate ChildIdentifiers.PersonBirthDate CINdetails.CINreferralDate",
            "ChildIdentifiers ExpectedPersonBirthDate=2026-08-01; CINdetails CINreferralDate=2025-04-01 => ChildIdentifiers.ExpectedPersonBirthDate ChildIdentifiers.PersonBirthDate CINdetails.CINreferralDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8750",
        since: 2025,
        says: "A child who is not born yet has a sex other than U.",
        would_do: "Record U until the birth, or give the birth date.",
        judge: |j, found| {
            j.each(found, &[f::EXPECTED, f::BORN, f::SEX], |row| {
                j.missing(f::BORN, row) && !j.missing(f::EXPECTED, row) && !j.is_one_of(f::SEX, row, &["U"])
            });
            Ok(())
        },
        passes: &[
            "ChildIdentifiers ExpectedPersonBirthDate=2026-05-01 Sex=U",
            "ChildIdentifiers PersonBirthDate=2020-01-01 Sex=F",
        ],
        fails: &[
            "ChildIdentifiers ExpectedPersonBirthDate=2026-05-01 Sex=F => ChildIdentifiers.ExpectedPersonBirthDate ChildIdentifiers.PersonBirthDate ChildIdentifiers.Sex",
        ],
        ..ERROR
    },
    Rule {
        code: "8750",
        until: 2024,
        says: "A child who is not born yet has a gender other than 0.",
        would_do: "Record 0 until the birth, or give the birth date.",
        judge: |j, found| {
            j.each(found, &[f::EXPECTED, f::BORN, f::GENDER], |row| {
                j.missing(f::BORN, row)
                    && !j.missing(f::EXPECTED, row)
                    && !j.is_one_of(f::GENDER, row, &["0"])
            });
            Ok(())
        },
        passes: &["ChildIdentifiers ExpectedPersonBirthDate=2024-05-01 GenderCurrent=0"],
        fails: &[
            "ChildIdentifiers ExpectedPersonBirthDate=2024-05-01 GenderCurrent=2 => ChildIdentifiers.ExpectedPersonBirthDate ChildIdentifiers.PersonBirthDate ChildIdentifiers.GenderCurrent",
        ],
        ..ERROR
    },
    Rule {
        code: "8775Q",
        says: "The person turned 25 before the census year ended, and an episode was still open after that birthday.",
        would_do: "Check the birth date; close the episode if the person has moved on to adult services.",
        judge: |j, found| {
            let before = j.period()?.end.plus_years(-25);
            j.children().for_each(|child| open_after_25(j, found, child, before));
            Ok(())
        },
        passes: &[
            "ChildIdentifiers PersonBirthDate=2001-03-31; CINdetails",
            "ChildIdentifiers PersonBirthDate=2001-03-30; CINdetails CINclosureDate=2026-03-30",
        ],
        fails: &[
            "ChildIdentifiers PersonBirthDate=2001-03-30; CINdetails CINclosureDate=2026-03-31; CINdetails CINclosureDate=2025-05-01 => ChildIdentifiers.PersonBirthDate CINdetails.CINclosureDate",
            "ChildIdentifiers PersonBirthDate=2000-01-01; CINdetails => ChildIdentifiers.PersonBirthDate CINdetails.CINclosureDate",
        ],
        ..QUERY
    },
    Rule {
        code: "8790",
        says: "A child has the disability code NONE and something else beside it, an empty entry too.",
        would_do: "Take out NONE, or what stands beside it.",
        judge: |j, found| {
            for child in j.children() {
                let rows = child.rows(Table::Disability);
                let none = |row: u32| {
                    j.text(f::DISABILITY, row).is_some_and(|code| code.eq_ignore_ascii_case("NONE"))
                };
                if rows.iter().any(|&row| none(row)) {
                    let other = rows.iter().filter(|&&row| !none(row));
                    other.for_each(|&row| found.flag(f::DISABILITY, row));
                }
            }
            Ok(())
        },
        passes: &["Disabilities Disability=NONE", "Disabilities Disability=AUT,LD"],
        fails: &[
            "Disabilities Disability=AUT,none,LD => Disabilities.Disability Disabilities.Disability@2",
            "Disabilities Disability=NONE, => Disabilities.Disability@1",
        ],
        ..ERROR
    },
    Rule {
        code: "8794",
        says: "A child has the same disability code twice.",
        would_do: "Keep one of them.",
        judge: |j, found| {
            for child in j.children() {
                let rows = child.rows(Table::Disability);
                if rows.len() < 2 || !child.rows(Table::Child).iter().any(|&row| j.has(f::CHILD_ID, row)) {
                    continue;
                }
                let mut codes: Vec<(&str, u32)> =
                    rows.iter().filter_map(|&row| Some((j.text(f::DISABILITY, row)?, row))).collect();
                codes.sort_unstable();
                for same in codes.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
                    for &(_, row) in same {
                        found.flag(f::DISABILITY, row);
                    }
                }
            }
            Ok(())
        },
        passes: &["Disabilities Disability=AUT,LD", "ChildIdentifiers; Disabilities Disability=AUT,AUT"],
        fails: &["Disabilities Disability=AUT,LD,AUT => Disabilities.Disability Disabilities.Disability@2"],
        ..ERROR
    },
];

fn no_disability(j: &Judge<'_>, found: &mut Finds, child: Group<'_>) {
    let rows = child.rows(Table::Disability);
    let born: Vec<u32> =
        child.rows(Table::Child).iter().copied().filter(|&row| !j.missing(f::BORN, row)).collect();
    let led_further: Vec<u32> =
        child.rows(Table::Episode).iter().copied().filter(|&row| j.no(f::NFA, row)).collect();
    if born.is_empty() || led_further.is_empty() {
        return;
    }
    let wrong: Vec<u32> =
        rows.iter().copied().filter(|&row| !j.in_list(f::DISABILITY, row, List::Disability)).collect();
    if rows.is_empty() || !wrong.is_empty() {
        found.flag_rows(f::BORN, &born);
        found.flag_rows(f::DISABILITY, &wrong);
        found.flag_rows(f::NFA, &led_further);
    }
}

fn referred_too_early(j: &Judge<'_>, found: &mut Finds, child: Group<'_>) {
    let episodes = child.rows(Table::Episode);
    let earliest = |row: u32| {
        let day = [j.day(f::BORN, row), j.day(f::EXPECTED, row)].into_iter().flatten().max();
        day.map(|day| day.plus_days(-280))
    };
    let Some(first) = episodes.iter().filter_map(|&row| j.day(f::REFERRED, row)).min() else { return };
    let who = child.rows(Table::Child).iter().copied();
    who.filter(|&row| earliest(row).is_some_and(|day| first < day))
        .for_each(|row| found.flag_all(&[f::EXPECTED, f::BORN], row));
    let Some(latest) = child.rows(Table::Child).iter().filter_map(|&row| earliest(row)).max() else { return };
    for &row in episodes {
        if j.day(f::REFERRED, row).is_some_and(|day| day < latest) {
            found.flag(f::REFERRED, row);
        }
    }
}

fn open_after_25(j: &Judge<'_>, found: &mut Finds, child: Group<'_>, before: Day) {
    let born = |row: u32| j.day(f::BORN, row).filter(|&born| born < before);
    let who = child.rows(Table::Child);
    let Some(first_birthday) = who.iter().filter_map(|&row| born(row)).min().map(|day| day.plus_years(25))
    else {
        return;
    };
    let episodes = child.rows(Table::Episode);
    let last = episodes.iter().map(|&row| j.day(f::CLOSED, row).map_or(i32::MAX, |day| day.0)).max();
    for &row in who {
        if born(row).is_some_and(|day| last.is_some_and(|last| last > day.plus_years(25).0)) {
            found.flag(f::BORN, row);
        }
    }
    for &row in episodes {
        if j.day(f::CLOSED, row).is_none_or(|day| day > first_birthday) {
            found.flag(f::CLOSED, row);
        }
    }
}
