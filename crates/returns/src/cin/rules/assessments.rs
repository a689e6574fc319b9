//! Rules about assessments and the factors found in them.

use std::collections::HashMap;

use super::{ERROR, QUERY, Rule};
use crate::cin::judge::{Finds, Judge};
use crate::cin::law::{List, working_days_before};
use crate::cin::table::{Table, field as f};

/// Why several rules about factors find nothing as published.
const LISTS_AS_TEXT: &str = "On real files the public validator compares the whole list of factors with one code, so it never finds anything.";

pub(super) const RULES: &[Rule] = &[
    Rule {
        code: "1103",
        says: "An assessment begins before the referral it belongs to.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| {
            j.episodes().for_each(|episode| j.earlier(episode, found, f::ASSESSED_FROM, f::REFERRED));
            Ok(())
        },
        passes: &[
            "CINdetails CINreferralDate=2025-05-01; Assessments AssessmentActualStartDate=2025-05-01",
            "CINdetails CINreferralDate=2025-05-01; CINdetails; Assessments AssessmentActualStartDate=2025-04-01",
        ],
        fails: &[
            "CINdetails CINreferralDate=2025-05-02; Assessments AssessmentActualStartDate=2025-05-02; Assessments AssessmentActualStartDate=2025-05-01 => CINdetails.CINreferralDate Assessments.AssessmentActualStartDate@1",
        ],
        ..ERROR
    },
    Rule {
        code: "8608",
        says: "An assessment begins after it was authorised.",
        would_do: "Correct one of the two dates.",
        judge: |j, found| {
            j.each(found, &[f::ASSESSED_FROM, f::AUTHORISED], |row| {
                j.day(f::ASSESSED_FROM, row)
                    .zip(j.day(f::AUTHORISED, row))
                    .is_some_and(|(from, to)| from > to)
            });
            Ok(())
        },
        passes: &[
            "CINdetails; Assessments AssessmentActualStartDate=2025-05-01 AssessmentAuthorisationDate=2025-05-01",
        ],
        fails: &[
            "CINdetails; Assessments AssessmentActualStartDate=2025-05-02 AssessmentAuthorisationDate=2025-05-01 => Assessments.AssessmentActualStartDate Assessments.AssessmentAuthorisationDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8614",
        says: "An assessment names factors and was never authorised.",
        would_do: "Add the day it was authorised, or leave the factors out until then.",
        judge: |j, found| {
            j.each(found, &[f::AUTHORISED, f::FACTORS], |row| {
                j.missing(f::AUTHORISED, row) && j.factors(row).next().is_some()
            });
            found.stopped = j.published && !found.places.is_empty();
            Ok(())
        },
        quirk: "The public validator stops whenever there is something to find.",
        passes: &[
            "CINdetails; Assessments",
            "CINdetails; Assessments AssessmentAuthorisationDate=2025-05-01 AssessmentFactors=1A",
        ],
        fails: &[
            "CINdetails; Assessments AssessmentFactors=1A => Assessments.AssessmentAuthorisationDate Assessments.AssessmentFactors",
        ],
        published: &[
            "CINdetails; Assessments AssessmentFactors=1A => stops",
            "CINdetails; Assessments => nothing",
        ],
        ..ERROR
    },
    Rule {
        code: "8670Q",
        says: "An assessment has been open for more than 45 working days at the end of the census year.",
        would_do: "Authorise it, or say why it is still open.",
        judge: |j, found| {
            let before = working_days_before(j.period()?.end, 44)?;
            j.each(found, &[f::ASSESSED_FROM, f::AUTHORISED], |row| {
                j.missing(f::AUTHORISED, row)
                    && j.day(f::ASSESSED_FROM, row).is_some_and(|from| from < before)
            });
            Ok(())
        },
        passes: &["CINdetails; Assessments AssessmentActualStartDate=2026-01-28"],
        fails: &[
            "CINdetails; Assessments AssessmentActualStartDate=2026-01-27 => Assessments.AssessmentActualStartDate Assessments.AssessmentAuthorisationDate",
        ],
        ..QUERY
    },
    Rule {
        code: "8696",
        says: "An assessment was authorised outside the census year.",
        would_do: "Correct the date; leave out assessments finished before the year.",
        judge: |j, found| j.outside_the_year(found, f::AUTHORISED),
        passes: &["CINdetails; Assessments AssessmentAuthorisationDate=2026-03-31"],
        fails: &[
            "CINdetails; Assessments AssessmentAuthorisationDate=2025-03-31 => Assessments.AssessmentAuthorisationDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8736",
        says: "An open assessment has no start date, or one outside the census year.",
        would_do: "Correct the start date, or add the day it was authorised.",
        judge: |j, found| {
            let both = [f::ASSESSED_FROM, f::AUTHORISED];
            j.each(found, &both, |row| j.missing(f::AUTHORISED, row) && j.missing(f::ASSESSED_FROM, row));
            let year = j.period()?;
            j.each(found, &both, |row| {
                j.missing(f::AUTHORISED, row)
                    && j.day(f::ASSESSED_FROM, row).is_some_and(|day| !year.holds(day))
            });
            Ok(())
        },
        passes: &[
            "CINdetails; Assessments AssessmentActualStartDate=2025-04-01",
            "CINdetails; Assessments AssessmentActualStartDate=2025-03-01 AssessmentAuthorisationDate=2025-04-01",
        ],
        fails: &[
            "CINdetails; Assessments => Assessments.AssessmentActualStartDate Assessments.AssessmentAuthorisationDate",
            "CINdetails; Assessments AssessmentActualStartDate=2025-03-31 => Assessments.AssessmentActualStartDate Assessments.AssessmentAuthorisationDate",
        ],
        ..ERROR
    },
    Rule {
        code: "8863Q",
        says: "An assessment begins while another of the same episode is under way.",
        would_do: "Correct the dates, or say why two were needed at once.",
        judge: |j, found| {
            let end = j.period()?.end;
            for episode in j.episodes().filter(|episode| episode.rows(Table::Assessment).len() > 1) {
                let class = |row: u32| super::pair(j.day(f::ASSESSED_FROM, row), j.day(f::AUTHORISED, row));
                let to = |row: u32| Some(j.day(f::AUTHORISED, row).unwrap_or(end).0);
                let points = j.points(episode, f::ASSESSED_FROM, class);
                let spans = j.spans(episode, f::ASSESSED_FROM, to, class);
                found.overlapping(points, spans, (&[f::ASSESSED_FROM], &[f::ASSESSED_FROM, f::AUTHORISED]));
            }
            Ok(())
        },
        passes: &[
            "CINdetails; Assessments AssessmentActualStartDate=2025-05-01 AssessmentAuthorisationDate=2025-05-31; Assessments AssessmentActualStartDate=2025-06-01",
            "CINdetails; Assessments AssessmentActualStartDate=2025-05-01; Assessments AssessmentActualStartDate=2025-05-01",
        ],
        fails: &[
            "CINdetails; Assessments AssessmentActualStartDate=2025-05-01 AssessmentAuthorisationDate=2025-05-31; Assessments AssessmentActualStartDate=2025-05-31 => Assessments.AssessmentActualStartDate Assessments.AssessmentAuthorisationDate Assessments.AssessmentActualStartDate@1",
        ],
        ..QUERY
    },
    Rule {
        code: "8869",
        says: "An assessment names factor 21 (none found) together with another factor.",
        would_do: "Take out 21, or the other factors.",
        judge: |j, found| {
            if !j.published {
                j.each(found, &[f::FACTORS], |row| {
                    j.factors(row).any(|code| code == "21") && j.factors(row).any(|code| code != "21")
                });
            }
            Ok(())
        },
        quirk: LISTS_AS_TEXT,
        passes: &["CINdetails; Assessments AssessmentFactors=21; Assessments AssessmentFactors=1A,2B"],
        fails: &["CINdetails; Assessments AssessmentFactors=1A,21 => Assessments.AssessmentFactors"],
        published: &["CINdetails; Assessments AssessmentFactors=1A,21 => nothing"],
        ..ERROR
    },
    Rule {
        code: "8873Q",
        says: "The only assessment of an episode found no factors (21), but the episode was not closed after it.",
        would_do: "Check the factors, or say why the episode went on.",
        judge: |j, found| {
            for episode in j.episodes() {
                let &[assessment] = episode.rows(Table::Assessment) else { continue };
                if !j.factors(assessment).any(|code| code.contains("21")) {
                    continue;
                }
                for &row in episode.rows(Table::Episode) {
                    if !j.closed_after_assessment(row) {
                        found.flag(f::CLOSED_WHY, row);
                        found.flag(f::FACTORS, assessment);
                    }
                }
            }
            Ok(())
        },
        passes: &[
            "CINdetails ReasonForClosure=RC8; Assessments AssessmentFactors=21",
            "CINdetails; Assessments AssessmentFactors=21; Assessments",
            "CINdetails; Assessments AssessmentFactors=20",
        ],
        fails: &[
            "CINdetails; Assessments AssessmentFactors=21 => CINdetails.ReasonForClosure Assessments.AssessmentFactors",
        ],
        ..QUERY
    },
    Rule {
        code: "8896",
        says: "An episode has two or more assessments that were never authorised.",
        would_do: "Add the day each was authorised; only one may be open.",
        judge: |j, found| {
            for episode in j.episodes().filter(|episode| episode.rows(Table::Assessment).len() > 1) {
                let rows = episode.rows(Table::Assessment);
                if rows.iter().filter(|&&row| j.missing(f::AUTHORISED, row)).count() > 1 {
                    found.flag_rows(f::AUTHORISED, rows);
                }
            }
            Ok(())
        },
        passes: &[
            "CINdetails; Assessments; Assessments AssessmentAuthorisationDate=2025-05-01; CINdetails; Assessments",
        ],
        fails: &[
            "CINdetails; Assessments; Assessments AssessmentAuthorisationDate=2025-05-01; Assessments => Assessments.AssessmentAuthorisationDate Assessments.AssessmentAuthorisationDate@1 Assessments.AssessmentAuthorisationDate@2",
        ],
        ..ERROR
    },
    Rule {
        code: "8897Q",
        says: "An assessment authorised in the census year names no factor, or one that is not a code.",
        would_do: "Add or correct the factors; 21 if none were found.",
        judge: |j, found| {
            let start = j.period()?.start;
            if j.published {
                factors_of_any_episode(j, found, start);
                return Ok(());
            }
            j.each(found, &[f::AUTHORISED, f::FACTORS], |row| {
                let mut factors = j.factors(row).peekable();
                j.day(f::AUTHORISED, row).is_some_and(|day| day >= start)
                    && (factors.peek().is_none() || factors.any(|code| !j.law.holds(List::Factor, code)))
            });
            Ok(())
        },
        quirk: "The public validator stops when an assessment that breaks the rule has a factor, and lends an assessment the factors of the one in the same place of the child's other episodes.",
        passes: &[
            "CINdetails; Assessments AssessmentAuthorisationDate=2025-05-01 AssessmentFactors=18A,21",
            "CINdetails; Assessments AssessmentAuthorisationDate=2025-03-31",
            "CINdetails; Assessments",
        ],
        fails: &[
            "CINdetails; Assessments AssessmentAuthorisationDate=2025-04-01 => Assessments.AssessmentAuthorisationDate Assessments.AssessmentFactors",
            "CINdetails; Assessments AssessmentAuthorisationDate=2025-05-01 AssessmentFactors=1A,8A => Assessments.AssessmentAuthorisationDate Assessments.AssessmentFactors",
        ],
        published: &[
            "CINdetails; Assessments AssessmentAuthorisationDate=2025-05-01 AssessmentFactors=8A => stops",
            "CINdetails; Assessments AssessmentAuthorisationDate=2025-05-01; CINdetails; Assessments AssessmentFactors=1A => nothing",
            "CINdetails; Assessments AssessmentAuthorisationDate=2025-05-01 => Assessments.AssessmentAuthorisationDate Assessments.AssessmentFactors",
        ],
        ..QUERY
    },
    Rule {
        code: "8898",
        says: "An assessment names the same factor twice.",
        would_do: "Keep one of them.",
        judge: |j, found| {
            j.each(found, &[f::FACTORS], |row| {
                let mut codes: Vec<&str> = j.factors(row).collect();
                codes.sort_unstable();
                codes.windows(2).any(|pair| pair[0] == pair[1])
            });
            found.stopped = j.published && !found.places.is_empty();
            Ok(())
        },
        quirk: "The public validator stops whenever there is something to find.",
        passes: &["CINdetails; Assessments AssessmentFactors=1A,1B"],
        fails: &["CINdetails; Assessments AssessmentFactors=1A,1B,1A => Assessments.AssessmentFactors"],
        published: &["CINdetails; Assessments AssessmentFactors=1A,1A => stops"],
        ..ERROR
    },
    Rule {
        code: "8945Q",
        since: 2025,
        says: "An assessment names the retired factor 18A.",
        would_do: "Use 18B for physical abuse by a child or 18C for physical abuse by an adult.",
        judge: |j, found| {
            retired(j, found, "18A");
            Ok(())
        },
        quirk: LISTS_AS_TEXT,
        passes: &["CINdetails; Assessments AssessmentFactors=18B"],
        fails: &["CINdetails; Assessments AssessmentFactors=1A,18a => Assessments.AssessmentFactors"],
        published: &["CINdetails; Assessments AssessmentFactors=18A => nothing"],
        ..QUERY
    },
    Rule {
        code: "8950Q",
        since: 2025,
        says: "An assessment names the retired factor 19A.",
        would_do: "Use 19B for sexual abuse by a child or 19C for sexual abuse by an adult.",
        judge: |j, found| {
            retired(j, found, "19A");
            Ok(())
        },
        quirk: LISTS_AS_TEXT,
        passes: &["CINdetails; Assessments AssessmentFactors=19C"],
        fails: &["CINdetails; Assessments AssessmentFactors=19A => Assessments.AssessmentFactors"],
        published: &["CINdetails; Assessments AssessmentFactors=19A => nothing"],
        ..QUERY
    },
];

fn retired(j: &Judge<'_>, found: &mut Finds, retired: &str) {
    if !j.published {
        j.each(found, &[f::FACTORS], |row| j.factors(row).any(|code| code.eq_ignore_ascii_case(retired)));
    }
}

/// As published: factors belong to the child and the assessment's place in its episode, whatever the episode.
fn factors_of_any_episode(j: &Judge<'_>, found: &mut Finds, start: crate::cin::day::Day) {
    for child in j.children() {
        let rows = child.rows(Table::Assessment);
        let number = |row: u32| j.tables.of(Table::Assessment, row).number;
        // of each place: whether any factor is known there, and whether any is no code
        let mut by_number: HashMap<u32, (bool, bool)> = HashMap::new();
        for &row in rows {
            let (any, wrong) = by_number.entry(number(row)).or_default();
            for code in j.factors(row) {
                *any = true;
                *wrong |= !j.law.holds(List::Factor, code);
            }
        }
        for &row in rows.iter().filter(|&&row| j.day(f::AUTHORISED, row).is_some_and(|day| day >= start)) {
            let (any, wrong) = by_number[&number(row)];
            if !any || wrong {
                found.flag_all(&[f::AUTHORISED, f::FACTORS], row);
                found.stopped |= any;
            }
        }
    }
}
