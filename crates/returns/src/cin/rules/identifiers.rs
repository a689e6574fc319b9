//! Rules about who a child is by number: the council's id and the pupil number.

use super::{ERROR, QUERY, Rule};
use crate::cin::day::Day;
use crate::cin::judge::{Finds, Judge};
use crate::cin::law::List;
use crate::cin::table::{Table, field as f};

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "1510",
        says: "The pupil number's first letter is not the check letter of its digits.",
        would_do: "Check the pupil number with the school; one digit or the letter is mistyped.",
        judge: |j, found| {
            j.each(found, &[f::UPN], |row| {
                let upn = j.text(f::UPN, row).unwrap_or("").as_bytes();
                upn.len() == 13
                    && upn[1..].iter().all(u8::is_ascii_digit)
                    && upn[0] != check_letter(&upn[1..])
            });
            Ok(())
        },
        passes: &[
            "ChildIdentifiers UPN=Y201000000001",
            "ChildIdentifiers UPN=X20100000000A",
            "ChildIdentifiers UPN=Y201",
        ],
        fails: &[
            "ChildIdentifiers UPN=A201000000001 => ChildIdentifiers.UPN",
            "ChildIdentifiers UPN=I201000000001 => ChildIdentifiers.UPN",
        ],
        ..ERROR
    },
    Rule {
        code: "1530",
        says: "Digits 2 to 4 of the pupil number are not the number of an authority.",
        would_do: "Check the pupil number with the school.",
        judge: |j, found| {
            j.each(found, &[f::UPN], |row| {
                let upn = j.text(f::UPN, row).unwrap_or("");
                let authority: String = upn.chars().skip(1).take(3).collect();
                upn.chars().count() == 13 && !j.law.holds(List::UpnAuthority, &authority)
            });
            Ok(())
        },
        passes: &[
            "ChildIdentifiers UPN=X943000000001",
            "ChildIdentifiers UPN=X001000000001",
            "ChildIdentifiers UPN=X9",
        ],
        fails: &[
            "ChildIdentifiers UPN=X999000000001 => ChildIdentifiers.UPN",
            "ChildIdentifiers UPN=XABC000000001 => ChildIdentifiers.UPN",
        ],
        ..ERROR
    },
    Rule {
        code: "1540",
        says: "Characters 5 to 12 of the pupil number are not all digits.",
        would_do: "Check the pupil number with the school.",
        judge: |j, found| {
            j.each(found, &[f::UPN], |row| {
                j.text(f::UPN, row).is_some_and(|upn| {
                    let middle: Vec<char> = upn.chars().skip(4).take(8).collect();
                    middle.is_empty() || middle.iter().any(|c| !c.is_ascii_digit())
                })
            });
            Ok(())
        },
        passes: &["ChildIdentifiers UPN=X201000000001", "ChildIdentifiers UPN="],
        fails: &[
            "ChildIdentifiers UPN=X20100A000001 => ChildIdentifiers.UPN",
            "ChildIdentifiers UPN=X201 => ChildIdentifiers.UPN",
        ],
        ..ERROR
    },
    Rule {
        code: "1550",
        says: "The last character of the pupil number is neither a digit nor one of the letters it may be.",
        would_do: "Check the pupil number with the school; I, O, S and small letters do not occur.",
        judge: |j, found| {
            j.each(found, &[f::UPN], |row| {
                let upn = j.text(f::UPN, row).unwrap_or("");
                let last = upn.chars().nth(12).unwrap_or('0');
                let may_be = last.is_ascii_digit() || (last.is_ascii_uppercase() && !"IOS".contains(last));
                upn.chars().count() == 13 && !may_be
            });
            Ok(())
        },
        passes: &[
            "ChildIdentifiers UPN=X20100000000A",
            "ChildIdentifiers UPN=X201000000009",
            "ChildIdentifiers UPN=short",
        ],
        fails: &[
            "ChildIdentifiers UPN=X20100000000I => ChildIdentifiers.UPN",
            "ChildIdentifiers UPN=X20100000000a => ChildIdentifiers.UPN",
        ],
        ..ERROR
    },
    Rule {
        code: "1560Q",
        says: "The former pupil number is not a letter and twelve digits.",
        would_do: "Check the former pupil number, or say that it was a temporary one.",
        judge: |j, found| {
            j.each(found, &[f::FORMER_UPN], |row| {
                j.text(f::FORMER_UPN, row).is_some_and(|upn| {
                    let mut letters = upn.chars();
                    let first = letters.next().is_some_and(char::is_alphabetic);
                    upn.chars().count() != 13 || !first || letters.any(|c| !c.is_ascii_digit())
                })
            });
            Ok(())
        },
        passes: &["ChildIdentifiers FormerUPN=X201000000001", "ChildIdentifiers"],
        fails: &[
            "ChildIdentifiers FormerUPN=X20100000000A => ChildIdentifiers.FormerUPN",
            "ChildIdentifiers FormerUPN=1201000000001 => ChildIdentifiers.FormerUPN",
            "ChildIdentifiers FormerUPN=X201 => ChildIdentifiers.FormerUPN",
        ],
        ..QUERY
    },
    Rule {
        code: "1570",
        since: 2025,
        says: "The council's id of the child is longer than 20 characters.",
        would_do: "Shorten the id, and keep it the same in every later return.",
        judge: |j, found| {
            j.each(found, &[f::CHILD_ID], |row| {
                j.text(f::CHILD_ID, row).is_some_and(|id| id.chars().count() > 20)
            });
            Ok(())
        },
        passes: &["ChildIdentifiers LAchildID=12345678901234567890"],
        fails: &["ChildIdentifiers LAchildID=123456789012345678901 => ChildIdentifiers.LAchildID"],
        ..ERROR
    },
    Rule {
        code: "1580",
        since: 2025,
        says: "The council's id of the child holds something other than letters and digits.",
        would_do: "Take out spaces, dashes and signs, and keep the id the same in every later return.",
        judge: |j, found| {
            j.each(found, &[f::CHILD_ID], |row| {
                j.text(f::CHILD_ID, row).is_some_and(|id| id.chars().any(|c| !c.is_alphanumeric()))
            });
            Ok(())
        },
        passes: &["ChildIdentifiers LAchildID=A1b2", "ChildIdentifiers"],
        fails: &["ChildIdentifiers LAchildID=A-1 => ChildIdentifiers.LAchildID"],
        ..ERROR
    },
    Rule {
        code: "8500",
        says: "A child has no council id.",
        would_do: "Add the council's own id of the child.",
        judge: |j, found| {
            j.each(found, &[f::CHILD_ID], |row| !j.has(f::CHILD_ID, row));
            Ok(())
        },
        passes: &["ChildIdentifiers LAchildID=A1"],
        fails: &[
            "ChildIdentifiers UPN=X => ChildIdentifiers.LAchildID",
            "ChildIdentifiers LAchildID= => ChildIdentifiers.LAchildID",
        ],
        ..ERROR
    },
    Rule {
        code: "8510",
        says: "Two or more children share one council id.",
        would_do: "Merge the records if they are one child; otherwise give each child its own id.",
        judge: |j, found| {
            for child in j.children().filter(|child| child.rows(Table::Child).len() > 1) {
                found.flag_rows(f::CHILD_ID, child.rows(Table::Child));
            }
            Ok(())
        },
        passes: &["ChildIdentifiers LAchildID=A1; ChildIdentifiers LAchildID=a1; ChildIdentifiers"],
        fails: &[
            "ChildIdentifiers LAchildID=A1; ChildIdentifiers LAchildID=A2; ChildIdentifiers LAchildID=A1 => ChildIdentifiers.LAchildID ChildIdentifiers.LAchildID@2",
            "ChildIdentifiers; ChildIdentifiers => ChildIdentifiers.LAchildID ChildIdentifiers.LAchildID@1",
        ],
        ..ERROR
    },
    Rule {
        code: "8770Q",
        since: 2025,
        says: "A child of school age has no pupil number, and no reason for that which would do at this age.",
        would_do: "Add the pupil number, or one of the reasons UN2 to UN7.",
        judge: |j, found| {
            let (year, _, _) = j.period()?.end.parts();
            no_upn(j, found, Day::of(year - 6, 8, 31));
            Ok(())
        },
        passes: &[
            "ChildIdentifiers PersonBirthDate=2020-09-01; CINdetails ReferralNFA=false",
            "ChildIdentifiers PersonBirthDate=2020-08-31 UPN=X; CINdetails ReferralNFA=false",
            "ChildIdentifiers PersonBirthDate=2020-08-31 UPNunknown=un2; CINdetails ReferralNFA=false",
            "ChildIdentifiers PersonBirthDate=2020-08-31; CINdetails ReferralNFA=true",
        ],
        fails: &[
            "ChildIdentifiers PersonBirthDate=2020-08-31; CINdetails ReferralNFA=FALSE => ChildIdentifiers.UPN ChildIdentifiers.UPNunknown",
            "ChildIdentifiers PersonBirthDate=2020-08-31 UPNunknown=UN1; CINdetails ReferralNFA=0 => ChildIdentifiers.UPN ChildIdentifiers.UPNunknown",
        ],
        ..QUERY
    },
    Rule {
        code: "8770Q",
        until: 2024,
        says: "A child of six or more has no pupil number, and no reason for that which would do at this age.",
        would_do: "Add the pupil number, or one of the reasons UN2 to UN7.",
        judge: |j, found| {
            let end = j.period()?.end;
            no_upn(j, found, Some(end.plus_years(-6)));
            Ok(())
        },
        passes: &["ChildIdentifiers PersonBirthDate=2018-04-01; CINdetails ReferralNFA=false"],
        fails: &[
            "ChildIdentifiers PersonBirthDate=2018-03-31; CINdetails ReferralNFA=0 => ChildIdentifiers.UPN ChildIdentifiers.UPNunknown",
        ],
        ..QUERY
    },
    Rule {
        code: "8772",
        says: "The missing pupil number is explained by a referral without further action, but a referral of this child led further or does not say.",
        would_do: "Give the pupil number or another reason, or correct whether the referral led further.",
        judge: |j, found| {
            for child in j.children() {
                let who = child.rows(Table::Child);
                if !who.iter().any(|&row| j.is_one_of(f::UPN_UNKNOWN, row, &["UN7"])) {
                    continue;
                }
                let led_further: Vec<u32> = child
                    .rows(Table::Episode)
                    .iter()
                    .copied()
                    .filter(|&row| !j.yes_in_any_case(f::NFA, row))
                    .collect();
                if led_further.is_empty() && !child.rows(Table::Episode).is_empty() {
                    continue;
                }
                for &row in who.iter().filter(|&&row| j.is_one_of(f::UPN_UNKNOWN, row, &["UN7"])) {
                    found.flag(f::UPN_UNKNOWN, row);
                }
                found.flag_rows(f::NFA, &led_further);
            }
            Ok(())
        },
        passes: &[
            "ChildIdentifiers UPNunknown=UN7; CINdetails ReferralNFA=TRUE",
            "ChildIdentifiers UPNunknown=UN6; CINdetails ReferralNFA=0",
        ],
        fails: &[
            "ChildIdentifiers UPNunknown=UN7; CINdetails ReferralNFA=1; CINdetails ReferralNFA=false => ChildIdentifiers.UPNunknown CINdetails.ReferralNFA@1",
            "ChildIdentifiers UPNunknown=UN7; CINdetails => ChildIdentifiers.UPNunknown CINdetails.ReferralNFA",
            "ChildIdentifiers UPNunknown=UN7 => ChildIdentifiers.UPNunknown",
        ],
        ..ERROR
    },
];

/// The letter that belongs before twelve digits.
fn check_letter(digits: &[u8]) -> u8 {
    const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
    let sum: usize = digits.iter().zip(2..).map(|(digit, place)| usize::from(digit - b'0') * place).sum();
    LETTERS[sum % 23]
}

/// Children born by a day, with a referral that led further, without pupil number or reason.
fn no_upn(j: &Judge<'_>, found: &mut Finds, born_by: Option<Day>) {
    for child in j.children() {
        if !child.rows(Table::Episode).iter().any(|&row| j.no_in_any_case(f::NFA, row)) {
            continue;
        }
        for &row in child.rows(Table::Child) {
            let of_age = j.day(f::BORN, row).is_some_and(|born| Some(born) <= born_by);
            let reason = j.text(f::UPN_UNKNOWN, row).unwrap_or("").to_ascii_uppercase();
            if of_age && !j.has(f::UPN, row) && !j.law.holds(List::NoUpnAtSchoolAge, &reason) {
                found.flag_all(&[f::UPN, f::UPN_UNKNOWN], row);
            }
        }
    }
}
