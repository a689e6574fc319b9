//! The child of a census: begun with what little it says, or, where the record has them, filled in where the
//! record is empty. What is known here is never written over, unless an earlier census wrote it.

use super::said::Told;
use super::story::Story;
use super::take::Taking;
use crate::Result;
use crate::person::actions::{
    AddPerson, EndDetail, Mint, NewBirth, NewDetail, NewIdentifier, RecordBirth, RecordDetail,
    RecordIdentifier, add_person, end_detail, record_birth, record_detail, record_identifier,
};
use crate::person::{self, facts};
use practice::id::PersonId;
use practice::person::{AccessLevel, IdentifierKind};

/// A child of the record, with what earlier censuses said.
pub(super) struct Known<'a> {
    pub(super) person: PersonId,
    pub(super) told: &'a Told,
}

fn birth_line(birth: &NewBirth) -> String {
    format!("birth|{} {}", birth.on, birth.basis.code())
}

fn detail_line(detail: &NewDetail) -> String {
    format!("{}|{}", detail.kind.code(), detail.words)
}

/// What a file tells of the person, one line each.
pub(super) fn lines(story: &Story) -> Vec<String> {
    let numbers = story.numbers.iter().map(|it| format!("{}|{}", it.kind.code(), it.number));
    story.birth.iter().map(birth_line).chain(story.details.iter().map(detail_line)).chain(numbers).collect()
}

/// Begins a record that has no name yet.
pub(super) async fn begin(taking: &mut Taking<'_>, story: &Story) -> Result<PersonId> {
    let mut identifiers = vec![NewIdentifier::new(IdentifierKind::CouncilId, &story.council_id)];
    identifiers.extend(story.numbers.iter().cloned());
    let command = AddPerson {
        kind: story.kind,
        names: vec![],
        birth: story.birth.clone(),
        details: story.details.clone(),
        identifiers,
        addresses: vec![],
        level: AccessLevel::Findable,
        mint: Mint::Never,
        hue: None,
    };
    let added = add_person(taking.tx, taking.who, taking.moment, command).await?;
    for words in added.warnings {
        taking.report.list(&story.council_id, story.line, words);
    }
    Ok(added.person)
}

/// Fills in what the record does not say.
pub(super) async fn bring_up_to_date(taking: &mut Taking<'_>, story: &Story, known: Known<'_>) -> Result<()> {
    birth(taking, story, &known).await?;
    details(taking, story, &known).await?;
    numbers(taking, story, &known).await
}

fn differs(taking: &mut Taking<'_>, story: &Story, what: &str, record: &str, file: &str) {
    let words = format!("{what}: the record says {record}, the census {file}; left as it is");
    taking.report.list(&story.council_id, story.line, words);
}

async fn birth(taking: &mut Taking<'_>, story: &Story, known: &Known<'_>) -> Result<()> {
    let Some(new) = &story.birth else { return Ok(()) };
    let header = person::header(taking.tx, known.person).await?;
    let record = header.and_then(|header| header.birth);
    let file = birth_line(new);
    let held = record.map(|birth| NewBirth { on: birth.on, basis: birth.basis, note: None });
    let expected = practice::person::BirthBasis::Expected;
    let same = |held: &NewBirth| held.on == new.on && (held.basis == new.basis || held.basis != expected);
    if held.as_ref().is_some_and(same) || known.told.said_line(&file) {
        return Ok(());
    }
    if let Some(held) = held {
        let born = held.basis == expected && new.basis != expected;
        if !born && !known.told.said_line(&birth_line(&held)) {
            differs(taking, story, "Birth", &held.on.to_string(), &new.on.to_string());
            return Ok(());
        }
    }
    let command = RecordBirth { person: known.person, birth: new.clone(), seen: None };
    record_birth(taking.tx, taking.who, taking.moment, command).await?;
    taking.moment.touch_clocks(known.person);
    taking.report.count("dates of birth added");
    Ok(())
}

async fn details(taking: &mut Taking<'_>, story: &Story, known: &Known<'_>) -> Result<()> {
    let all = facts::details(taking.tx, known.person, None).await?;
    for new in &story.details {
        let open: Vec<_> = all.iter().filter(|it| it.kind == new.kind && it.to.is_none()).collect();
        let there = open.iter().any(|it| it.words.eq_ignore_ascii_case(&new.words));
        if there || known.told.said_line(&detail_line(new)) {
            continue;
        }
        if new.kind.single()
            && let Some(held) = open.first()
        {
            let from_a_census = known.told.said_line(&format!("{}|{}", held.kind.code(), held.words));
            if !from_a_census {
                differs(taking, story, new.kind.plain(), &held.words, &new.words);
                continue;
            }
        }
        let command = RecordDetail { person: known.person, detail: new.clone(), seen: None };
        record_detail(taking.tx, taking.who, taking.moment, command).await?;
        taking.report.count("details added");
    }
    // a disability that an earlier census told of and this one does not has ended there
    let disability = practice::person::DetailKind::Disability;
    for held in all.iter().filter(|it| it.kind == disability && it.to.is_none()) {
        let line = format!("{}|{}", disability.code(), held.words);
        let still = story.details.iter().any(|new| new.kind == disability && new.words == held.words);
        if known.told.said_line(&line) && !still {
            let on = taking.moment.today();
            let command = EndDetail { person: known.person, detail: held.id, on };
            end_detail(taking.tx, taking.who, taking.moment, command).await?;
            taking.report.count("details ended");
        }
    }
    Ok(())
}

async fn numbers(taking: &mut Taking<'_>, story: &Story, known: &Known<'_>) -> Result<()> {
    if story.numbers.is_empty() {
        return Ok(());
    }
    let all = facts::identifiers(taking.tx, known.person, None).await?;
    for new in &story.numbers {
        let line = format!("{}|{}", new.kind.code(), new.number);
        if all.iter().any(|it| it.number == new.number) || known.told.said_line(&line) {
            continue;
        }
        let open = all.iter().find(|it| it.kind == new.kind && it.to.is_none());
        let page = open.is_some_and(|it| !known.told.said_line(&format!("{}|{}", it.kind.code(), it.number)));
        if new.kind == IdentifierKind::Upn && page {
            differs(taking, story, new.kind.plain(), "another number", "a different one");
            continue;
        }
        let command = RecordIdentifier { person: known.person, identifier: new.clone() };
        let recorded = record_identifier(taking.tx, taking.who, taking.moment, command).await?;
        taking.report.count("numbers added");
        for words in recorded.warnings {
            taking.report.list(&story.council_id, story.line, words);
        }
    }
    Ok(())
}
