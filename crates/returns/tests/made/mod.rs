//! Census files made for tests: invented children, one in eight of them with something wrong, the same from the same seed.

use std::fmt::Write as _;

/// Numbers that look random and repeat.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        let at = self.below(choices.len() as u64);
        choices[usize::try_from(at).unwrap_or(0)]
    }
}

/// A day of the census year 2025-26, by its number from 1 April.
fn day(number: u64) -> String {
    const MONTHS: [(u64, u64, u64); 12] = [
        (2025, 4, 30),
        (2025, 5, 31),
        (2025, 6, 30),
        (2025, 7, 31),
        (2025, 8, 31),
        (2025, 9, 30),
        (2025, 10, 31),
        (2025, 11, 30),
        (2025, 12, 31),
        (2026, 1, 31),
        (2026, 2, 28),
        (2026, 3, 31),
    ];
    let mut left = number % 365;
    for (year, month, days) in MONTHS {
        if left < days {
            return format!("{year}-{month:02}-{:02}", left + 1);
        }
        left -= days;
    }
    unreachable!("a year has 365 days")
}

/// A census of so many children.
pub(crate) fn census(children: u32, seed: u64) -> String {
    let mut n = Numbers(seed | 1);
    let mut file = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Message><Header><CollectionDetails><Collection>CIN</Collection>\
         <Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails><Source><SourceLevel>L</SourceLevel>\
         <LEA>201</LEA><SoftwareCode>made</SoftwareCode></Source></Header>\n<Children>\n",
    );
    for child in 0..children {
        one_child(&mut file, &mut n, child);
    }
    file.push_str("</Children></Message>\n");
    file
}

/// A pupil number with its check letter, or with another.
fn pupil_number(child: u32, wrong: bool) -> String {
    let digits = format!("201{child:09}");
    let sum: usize = digits.bytes().zip(2..).map(|(digit, place)| usize::from(digit - b'0') * place).sum();
    let letter = char::from(b"ABCDEFGHJKLMNPQRTUVWXYZ"[(sum + usize::from(wrong)) % 23]);
    format!("{letter}{digits}")
}

fn one_child(file: &mut String, n: &mut Numbers, child: u32) {
    let wrong = n.one_in(8);
    let id = if wrong && n.one_in(20) { child / 2 } else { child };
    let _ = write!(file, "<Child><ChildIdentifiers><LAchildID>MADE{id:07}</LAchildID>");
    let _ = match n.below(3) {
        0 => write!(file, "<UPNunknown>UN{}</UPNunknown>", n.below(7) + 1),
        _ => write!(file, "<UPN>{}</UPN>", pupil_number(child, wrong)),
    };
    let _ = write!(
        file,
        "<PersonBirthDate>{}-{:02}-{:02}</PersonBirthDate>",
        2008 + n.below(17),
        n.below(12) + 1,
        n.below(28) + 1
    );
    let _ = write!(file, "<Sex>{}</Sex></ChildIdentifiers>", if wrong { "X" } else { n.of(&["M", "F"]) });
    let _ = write!(
        file,
        "<ChildCharacteristics><Ethnicity>{}</Ethnicity><Disabilities>",
        n.of(&["WBRI", "AIND", "NOBT"])
    );
    for _ in 0..=n.below(2) {
        let _ =
            write!(file, "<Disability>{}</Disability>", n.of(&["NONE", "AUT", "LD", "BEH", "HEAR", "MOB"]));
    }
    file.push_str("</Disabilities></ChildCharacteristics>");
    for episode in 0..=n.below(8) / 7 {
        one_episode(file, n, wrong, episode * 150);
    }
    file.push_str("</Child>\n");
}

fn one_episode(file: &mut String, n: &mut Numbers, wrong: bool, from: u64) {
    let referred = from + n.below(60);
    let closed = n.one_in(2).then(|| referred + 60 + n.below(80));
    let slip = if wrong { n.below(400) } else { 0 };
    let _ = write!(
        file,
        "<CINdetails><CINreferralDate>{}</CINreferralDate><ReferralSource>{}</ReferralSource><PrimaryNeedCode>N{}</PrimaryNeedCode>",
        day(referred + slip),
        n.of(&["1A", "2B", "3A", "5A", "6", "10", "5E"]),
        n.below(10)
    );
    if let Some(closed) = closed {
        let _ = write!(
            file,
            "<CINclosureDate>{}</CINclosureDate><ReasonForClosure>RC7</ReasonForClosure>",
            day(closed)
        );
    }
    for nth in 0..=n.below(4) / 3 {
        let _ = write!(
            file,
            "<Assessments><AssessmentActualStartDate>{}</AssessmentActualStartDate>",
            day(referred + 20 * nth)
        );
        if !n.one_in(9) {
            let _ = write!(
                file,
                "<AssessmentAuthorisationDate>{}</AssessmentAuthorisationDate><FactorsIdentifiedAtAssessment>",
                day(referred + 20 * nth + 15)
            );
            for _ in 0..=n.below(4) {
                let _ = write!(
                    file,
                    "<AssessmentFactors>{}</AssessmentFactors>",
                    n.of(&["1A", "3B", "4C", "16A", "21", "18A"])
                );
            }
            file.push_str("</FactorsIdentifiedAtAssessment>");
        }
        file.push_str("</Assessments>");
    }
    what_followed(file, n, referred, slip);
    file.push_str("</CINdetails>");
}

/// Plans and enquiries of an episode.
fn what_followed(file: &mut String, n: &mut Numbers, referred: u64, slip: u64) {
    if n.one_in(2) {
        let _ = write!(
            file,
            "<CINPlanDates><CINPlanStartDate>{}</CINPlanStartDate><CINPlanEndDate>{}</CINPlanEndDate></CINPlanDates>",
            day(referred + 30),
            day(referred + 50 + slip)
        );
    }
    let protected = n.one_in(4);
    if n.one_in(3) || protected {
        let _ = write!(
            file,
            "<Section47><S47ActualStartDate>{0}</S47ActualStartDate><InitialCPCtarget>{1}</InitialCPCtarget><DateOfInitialCPC>{1}</DateOfInitialCPC><ICPCnotRequired>false</ICPCnotRequired></Section47>",
            day(referred + 1),
            day(referred + 16)
        );
    }
    file.push_str("<ReferralNFA>false</ReferralNFA>");
    if protected {
        let _ = write!(
            file,
            "<ChildProtectionPlans><CPPstartDate>{}</CPPstartDate><InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse><LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse><NumberOfPreviousCPP>0</NumberOfPreviousCPP><Reviews><CPPreviewDate>{}</CPPreviewDate><CPPreviewDate>{}</CPPreviewDate></Reviews></ChildProtectionPlans>",
            day(referred + 16),
            day(referred + 50),
            day(referred + 90)
        );
    }
}
