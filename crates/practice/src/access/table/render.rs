//! The practitioners' table as a page of plain text.

use super::{NAME, NO_TIE, Relationship, Row, Who, relationships, rows, table_instant};
use crate::access::decision::{Answer, Decision, WayOn};
use crate::access::entries::{EntryFacts, Touched, read_entry};
use crate::access::glass::{FoundBy, GlassRules, may_break_glass};
use crate::access::rights::Action;
use crate::access::sight::Sight;
use crate::access::ties::{AllocationKind, Tie, Ties};
use crate::entry::Readers;
use crate::id::{PersonId, WorkerId};
use crate::person::AccessLevel;
use crate::role::Role;
use uuid::Uuid;

/// The whole page, in Markdown.
pub fn render() -> String {
    let mut page = String::from(HEAD);
    let rows = rows();
    for &level in AccessLevel::ALL {
        let of_level: Vec<&Row> = rows.iter().filter(|row| row.level == level).collect();
        push(&mut page, &format!("\n## {} record\n\n{}\n", level.plain(), about_level(level)));
        if level == AccessLevel::Sealed {
            push(
                &mut page,
                "\nThe answer is the same to everyone, whatever the relationship and the question: no.\n",
            );
            continue;
        }
        for relationship in relationships() {
            one_relationship(&mut page, &of_level, &relationship);
        }
    }
    entries(&mut page);
    glass(&mut page);
    posts(&mut page);
    page
}

fn push(page: &mut String, text: &str) {
    page.push_str(text);
}

const HEAD: &str = "# Who may see and do what, and why

This page is written by the program from the rules it runs (`cargo run -p practice --example access_table`), and a test
fails when the two differ. It is for anyone who practises, audits or asks: read it as \"someone who ... may they ...?\".
The person asked about is called Josie, a child called Ash lives with her, and the colleague who is away is Sam.

Someone who is not signed in, whose account has been ended, or who holds no post today sees and does nothing.
\"Looks absent\" means that pages, search and files answer exactly as if there were no such person. \"May break the
glass\" means that the page offers to open the record for a while, with a reason that a manager reviews.
";

const fn about_level(level: AccessLevel) -> &'static str {
    match level {
        AccessLevel::Findable => {
            "The usual level. Anyone who works for the council may learn that the person is known here: chosen name, birth year, team and responsible worker. Everything else needs a working relationship, or breaking the glass."
        }
        AccessLevel::Restricted => {
            "For the few whose record must not be found: only those named on its list reach it. The restricted-records officer keeps the list and knows that the record exists. A duty role can break the glass by exact name and birth date, or by id."
        }
        AccessLevel::Sealed => "A record sealed after adoption. Lawful access to it is a separate action.",
    }
}

/// Questions with one answer for the same roles, in the order of the table.
struct Line<'a> {
    sights: Vec<Sight>,
    roles: Vec<Role>,
    decision: &'a Decision,
}

fn one_relationship(page: &mut String, rows: &[&Row], relationship: &Relationship) {
    let of = |code| rows.iter().copied().filter(move |row| row.relationship == code);
    let changed = |row: &&Row| {
        relationship.code == NO_TIE
            || !of(NO_TIE)
                .any(|other| (other.who, other.sight, &other.decision) == (row.who, row.sight, &row.decision))
    };
    let differing: Vec<&Row> = of(relationship.code).filter(changed).collect();
    push(page, &format!("\n### Someone who {}\n\n", relationship.plain));
    if differing.is_empty() {
        push(page, "All as for someone who has no tie to them.\n");
        return;
    }
    if relationship.code != NO_TIE {
        push(page, "What is not in this table is as for someone who has no tie to them.\n\n");
    }
    push(page, "| May they | Who | Answer | Why |\n|---|---|---|---|\n");
    for line in lines(&differing) {
        let sights: Vec<String> = line.sights.iter().map(|sight| sight.plain()).collect();
        let (who, answer, why) = (who(&line.roles), answer(line.decision), why(line.decision));
        push(page, &format!("| {} | {who} | {answer} | {why} |\n", sights.join("; ")));
    }
}

fn lines<'a>(rows: &[&'a Row]) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for &sight in super::SIGHTS {
        let mut groups: Vec<(Vec<Role>, &Decision)> = Vec::new();
        for row in rows.iter().filter(|row| row.sight == sight) {
            let Who::Post(role) = row.who else { continue };
            match groups.iter_mut().find(|(_, decision)| **decision == row.decision) {
                Some((roles, _)) => roles.push(role),
                None => groups.push((vec![role], &row.decision)),
            }
        }
        for (roles, decision) in groups {
            match lines.iter_mut().find(|line| line.roles == roles && line.decision == decision) {
                Some(line) => line.sights.push(sight),
                None => lines.push(Line { sights: vec![sight], roles, decision }),
            }
        }
    }
    lines
}

fn answer(decision: &Decision) -> &'static str {
    match decision {
        Decision::Allowed(_) => "Yes",
        Decision::Refused(refusal) => match (refusal.answer(), refusal.way_on()) {
            (Answer::Absent, _) => "No, looks absent",
            (_, Some(WayOn::BreakGlass)) => "No, may break the glass",
            (Answer::Say | Answer::SignIn, _) => "No",
        },
    }
}

fn why(decision: &Decision) -> String {
    match decision {
        Decision::Allowed(reason) => reason.sentence(NAME),
        Decision::Refused(refusal) => refusal.why().into(),
    }
}

/// Names the roles, by those left out when that is shorter.
fn who(roles: &[Role]) -> String {
    let list = |roles: &[Role]| {
        let plain: Vec<String> = roles.iter().map(|role| role.plain().to_lowercase()).collect();
        plain.join(", ")
    };
    let others: Vec<Role> = Role::ALL.iter().copied().filter(|role| !roles.contains(role)).collect();
    match others.len() {
        0 => "Any post".into(),
        n if n < roles.len() => format!("Any post but {}", list(&others)),
        _ => list(roles),
    }
}

/// One worked case of reading an entry.
struct EntryCase {
    reader: &'static str,
    ties: Ties,
    other: Option<(AccessLevel, Ties)>,
    author: bool,
    present: bool,
    named: bool,
}

fn entries(page: &mut String) {
    push(
        page,
        "\n## Reading one entry, and what is attached to it\n\nThe entry is about Josie, whose record is findable; where a second person is part of it, the case says so. The columns are the three choices of who may read it.\n\n",
    );
    let heads: Vec<&str> = Readers::ALL.iter().map(|readers| readers.plain()).collect();
    push(page, &format!("| Someone who | {} |\n|---|---|---|---|\n", heads.join(" | ")));
    for case in entry_cases() {
        let cells: Vec<String> = Readers::ALL.iter().map(|&readers| entry_cell(&case, readers)).collect();
        push(page, &format!("| {} | {} |\n", case.reader, cells.join(" | ")));
    }
}

fn entry_cell(case: &EntryCase, readers: Readers) -> String {
    let me = WorkerId(Uuid::from_u128(7));
    let list = [me];
    let mine = |yes: bool| if yes { &list[..] } else { &[] };
    let entry = EntryFacts {
        author: if case.author { me } else { WorkerId(Uuid::from_u128(8)) },
        readers,
        present: mine(case.present),
        named: mine(case.named),
    };
    let person = PersonId(Uuid::from_u128(1));
    let mut touched = vec![Touched { person, about: true, level: AccessLevel::Findable, ties: &case.ties }];
    if let Some((level, ties)) = &case.other {
        touched.push(Touched { person: PersonId(Uuid::from_u128(2)), about: false, level: *level, ties });
    }
    let decision = read_entry(&Who::Post(Role::SocialWorker).reader(me), &entry, &touched, table_instant());
    match decision {
        Decision::Allowed(_) => format!("Yes. {}", why(&decision)),
        Decision::Refused(_) => format!("No. {}", why(&decision)),
    }
}

fn entry_cases() -> Vec<EntryCase> {
    let works = || Ties { direct: vec![Tie::Allocated(AllocationKind::Helping)], ..Ties::default() };
    let glass = || Ties {
        direct: vec![Tie::Glass { until: table_instant() + jiff::SignedDuration::from_hours(1) }],
        ..Ties::default()
    };
    let case =
        |reader, ties| EntryCase { reader, ties, other: None, author: false, present: false, named: false };
    let hidden = || Some((AccessLevel::Restricted, Ties::default()));
    let linked = || Some((AccessLevel::Findable, Ties { conflict: true, ..Ties::default() }));
    vec![
        case("works with Josie", works()),
        EntryCase { named: true, ..case("works with Josie and is named", works()) },
        EntryCase { author: true, ..case("wrote it, and no longer works with Josie", Ties::default()) },
        EntryCase { present: true, ..case("was there, and does not work with Josie", Ties::default()) },
        EntryCase {
            named: true,
            ..case("is named, was not there, and does not work with Josie", Ties::default())
        },
        case("has no tie to Josie", Ties::default()),
        case("has broken the glass on Josie's record", glass()),
        EntryCase {
            other: hidden(),
            author: true,
            ..case(
                "wrote it; someone whose record is restricted was there too, and its list does not name them",
                works(),
            )
        },
        EntryCase {
            other: linked(),
            ..case("works with Josie; a person to whom they have a declared link was there too", works())
        },
    ]
}

fn glass(page: &mut String) {
    let rules = GlassRules::default();
    let text = format!(
        "\n## Breaking the glass\n\nFor one hour, for today, or to the end of a day at most {} days on, counting today. It needs a reason of at least {} letters, tells the responsible worker and the manager, shows to the person, and stays on the manager's Today until it is reviewed, which is due in {} working days. Whoever broke the glass never reviews it. For a restricted record only those of them who are named on its list are told, and the restricted-records officers, one of whom may review it.\n\n| Level | Who | How found | May break it |\n|---|---|---|---|\n",
        rules.longest_days, rules.shortest_reason, rules.review_working_days
    );
    push(page, &text);
    for &level in AccessLevel::ALL {
        for (roles, ways, cell) in glass_lines(level) {
            push(page, &format!("| {} | {} | {} | {cell} |\n", level.plain(), who(&roles), ways.join("; ")));
        }
    }
}

/// At one level: roles, the ways of finding the record, and the answer they share.
fn glass_lines(level: AccessLevel) -> Vec<(Vec<Role>, Vec<&'static str>, String)> {
    let me = WorkerId(Uuid::from_u128(7));
    let ways = [
        (FoundBy::Search, "from a page or search"),
        (FoundBy::ExactNameAndBirth, "by exact name and birth date"),
        (FoundBy::Id, "by id"),
    ];
    let mut lines: Vec<(Vec<Role>, Vec<&'static str>, String)> = Vec::new();
    for (found, how) in ways {
        let mut groups: Vec<(Vec<Role>, String)> = Vec::new();
        for &role in Role::ALL {
            let reader = Who::Post(role).reader(me);
            let decision = may_break_glass(&reader, level, &Ties::default(), found, table_instant());
            let cell = match decision {
                Decision::Allowed(_) => "Yes".into(),
                Decision::Refused(_) => format!("{}. {}", answer(&decision), why(&decision)),
            };
            match groups.iter_mut().find(|(_, other)| *other == cell) {
                Some((roles, _)) => roles.push(role),
                None => groups.push((vec![role], cell)),
            }
        }
        for (roles, cell) in groups {
            match lines.iter_mut().find(|(who, _, same)| *who == roles && *same == cell) {
                Some((_, hows, _)) => hows.push(how),
                None => lines.push((roles, vec![how], cell)),
            }
        }
    }
    lines
}

fn posts(page: &mut String) {
    push(
        page,
        "\n## What a post gives apart from any one person\n\n| May | Who | What others are told |\n|---|---|---|\n",
    );
    for action in Action::ALL {
        let (may, who, told) = (action.plain(), who(action.roles()), action.refused());
        push(page, &format!("| {may} | {who} | {told} |\n"));
    }
    push(
        page,
        "\nAn account is not ended while its worker still answers for people, nor while it is the last that administers the system.\n",
    );
}
