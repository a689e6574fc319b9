//! What a worker types after a visit, and what must be put right before it is filed.

use jiff::civil::{Date, date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use practice::entry::{EntryKind, Manner, Part, Readers, Seen, StatementForm};
use practice::id::{EntryId, PersonId, WorkerId};
use practice::person::{Birth, BirthBasis, PersonKind};
use practice::recording::{
    Audience, CorrectionDraft, EntryDraft, PersonDraft, PromiseDraft, Someone, SomeoneDraft, StatementDraft,
    check_entry,
};
use uuid::Uuid;

const TODAY: Date = date(2026, 6, 10);

/// 10 June 2026, 17:00 in London.
fn now() -> Timestamp {
    TODAY.at(16, 0, 0, 0).to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |at| at.timestamp())
}

fn id(n: u128) -> PersonId {
    PersonId(Uuid::from_u128(n))
}

fn child(n: u128, name: &str, seen: Option<Seen>) -> PersonDraft {
    PersonDraft {
        person: id(n),
        name: name.into(),
        part: Part::About,
        child: true,
        kind: PersonKind::Born,
        birth: Some(Birth { on: date(2017, 5, 4), basis: BirthBasis::Exact }),
        seen,
        not_seen_why: String::new(),
    }
}

/// A home visit to two siblings, one of whom was not in.
fn visit() -> EntryDraft {
    let theo =
        PersonDraft { not_seen_why: "At Nan's after football".into(), ..child(2, "Theo", Some(Seen::No)) };
    EntryDraft {
        kind: Some(EntryKind::Visit),
        day: Some(TODAY),
        time: Some(time(16, 35, 0, 0)),
        manner: Some(Manner::HomeVisit),
        people: vec![child(1, "Josie", Some(Seen::Alone)), theo],
        narrative: "  We made the dog collage.\r\nLeanne was cooking. ".into(),
        readers: Some(Readers::Present),
        ..EntryDraft::default()
    }
}

fn put_right(change: impl FnOnce(&mut EntryDraft)) -> Vec<(String, String)> {
    let mut draft = visit();
    change(&mut draft);
    let remarks = check_entry(&draft, now()).map_or_else(|remarks| remarks, |_| Vec::new());
    remarks.into_iter().map(|remark| (remark.field, remark.sentence)).collect()
}

#[track_caller]
fn one(change: impl FnOnce(&mut EntryDraft), field: &str, sentence: &str) {
    assert_eq!(put_right(change), [(field.to_owned(), sentence.to_owned())]);
}

#[test]
fn a_visit_to_two_siblings_one_not_in_is_filed_as_it_was_typed() {
    let checked = check_entry(&visit(), now()).unwrap();
    let entry = checked.entry;
    assert_eq!(entry.happened_at.to_string(), "2026-06-10T15:35:00Z");
    assert_eq!(entry.narrative, "We made the dog collage.\nLeanne was cooking.");
    assert_eq!(entry.people[0].seen, Some(Seen::Alone));
    assert_eq!(entry.people[1].seen, Some(Seen::No));
    assert_eq!(entry.people[1].not_seen_why.as_deref(), Some("At Nan's after football"));
    assert_eq!(entry.audience, Audience::Present);
    assert_eq!(checked.asks, []);
}

#[test]
fn every_remark_comes_at_once_in_the_order_of_the_page() {
    let remarks = check_entry(&EntryDraft::default(), now()).unwrap_err();
    let fields: Vec<&str> = remarks.iter().map(|remark| remark.field.as_str()).collect();
    assert_eq!(fields, ["kind", "happened", "time", "people", "narrative", "readers"]);
}

#[test]
fn a_visit_says_of_each_child_whether_they_were_seen_and_why_not() {
    let josie = id(1);
    one(|d| d.people[0].seen = None, &format!("seen-{josie}"), "Say whether you saw Josie");
    one(|d| d.people[1].not_seen_why = " ".into(), &format!("why-{}", id(2)), "Say why you did not see Theo");
    let by_phone = |d: &mut EntryDraft| {
        d.kind = Some(EntryKind::Call);
        d.manner = None;
        d.people[0].seen = None;
    };
    assert_eq!(put_right(by_phone), []);
    one(
        |d| {
            d.kind = Some(EntryKind::Call);
            d.manner = Some(Manner::Phone);
        },
        &format!("seen-{josie}"),
        "You cannot have seen Josie by phone or in writing",
    );
}

#[test]
fn a_visit_is_not_a_phone_call() {
    let remarks = put_right(|d| d.manner = Some(Manner::Phone));
    assert_eq!(remarks[0].0, "manner");
}

#[test]
fn nothing_is_recorded_before_it_happens_but_a_phones_clock_may_be_fast() {
    let at = |minutes: i64| {
        let later = (now() + SignedDuration::from_mins(minutes)).to_zoned(practice::calendar::london());
        put_right(|d| (d.day, d.time) = (Some(later.date()), Some(later.time())))
    };
    assert_eq!(at(15), []);
    assert_eq!(at(16)[0].0, "time");
    assert_eq!(at(24 * 60)[0].0, "happened");
    one(|d| d.day = Some(date(1026, 6, 10)), "happened", "Check the year: 1026 is too long ago");
}

fn before_birth(day: Date, seen: Option<Seen>) -> Vec<(String, String)> {
    put_right(|d| {
        d.day = Some(day);
        d.people = vec![child(1, "Josie", seen)];
    })
}

#[test]
fn a_child_may_be_written_about_before_birth_but_not_seen() {
    // Josie was born on 4 May 2017
    assert_eq!(before_birth(date(2017, 3, 1), None), []);
    let seen = before_birth(date(2017, 3, 1), Some(Seen::Yes));
    assert_eq!(seen[0].1, "Josie was not born yet, so could not be seen");
    let long_before = before_birth(date(2016, 3, 1), None);
    assert_eq!(long_before[0].1, "Josie was not born yet on that day");
    assert_eq!(
        put_right(|d| {
            d.people[0].kind = PersonKind::Unborn;
            d.people[0].birth = Some(Birth { on: date(2026, 9, 1), basis: BirthBasis::Expected });
            d.people[0].seen = None;
        }),
        []
    );
}

#[test]
fn words_have_an_owner_and_an_owner_has_words() {
    let row = |owner: &str, words: &str| StatementDraft {
        owner: SomeoneDraft { chosen: None, words: owner.into() },
        words: words.into(),
        ..StatementDraft::default()
    };
    one(
        |d| d.statements = vec![row("", "I did seven days.")],
        "statement-0-owner",
        "Say whose words these are",
    );
    one(
        |d| d.statements = vec![row("", ""), row("Nan", " ")],
        "statement-1-words",
        "Write their words, or take this row away",
    );
    let mut draft = visit();
    draft.narrative = String::new();
    draft.statements = vec![row("", ""), row("Nan", "She's  fine\0 here.")];
    let entry = check_entry(&draft, now()).unwrap().entry;
    assert_eq!(entry.statements.len(), 1);
    assert_eq!(entry.statements[0].owner, Someone::Words("Nan".into()));
    assert_eq!(entry.statements[0].words, "She's  fine here.");
    assert_eq!(entry.statements[0].form, StatementForm::Said);
}

#[test]
fn there_is_something_to_file() {
    one(|d| d.narrative = " \n".into(), "narrative", "Say what happened, or add someone's own words");
    assert_eq!(
        put_right(|d| {
            d.narrative = String::new();
            d.attachments = 1;
        }),
        []
    );
}

fn promise(what: &str, due_on: Option<Date>) -> PromiseDraft {
    let by =
        SomeoneDraft { chosen: Some(Someone::Worker(WorkerId(Uuid::from_u128(7)))), words: String::new() };
    PromiseDraft { what: what.into(), by, about: Some(id(1)), due_on }
}

#[test]
fn a_promise_has_what_and_who_and_is_asked_when() {
    let mut draft = visit();
    draft.promises = vec![promise("", None), promise("Ask if Josie can phone Ash", None)];
    let checked = check_entry(&draft, now()).unwrap();
    assert_eq!(checked.entry.promises.len(), 1);
    assert_eq!(checked.asks[0].field, "promise-1-due");

    one(|d| d.promises = vec![promise("", Some(TODAY))], "promise-0-what", "Say what was promised");
    one(
        |d| d.promises = vec![PromiseDraft { by: SomeoneDraft::default(), ..promise("Phone", Some(TODAY)) }],
        "promise-0-who",
        "Say who promised it",
    );
    one(
        |d| d.promises = vec![PromiseDraft { about: None, ..promise("Phone", Some(TODAY)) }],
        "promise-0-about",
        "Say to whom of them this was promised",
    );
    one(
        |d| d.promises = vec![promise("Phone", Some(date(2026, 6, 9)))],
        "promise-0-due",
        "A promise is for the day it was made or later",
    );
    let only = put_right(|d| {
        d.people.truncate(1);
        d.promises = vec![PromiseDraft { about: None, ..promise("Phone", Some(TODAY)) }];
    });
    assert_eq!(only, []);
}

#[test]
fn keeping_an_entry_to_some_has_names_or_a_reason_and_a_day() {
    one(|d| d.readers = Some(Readers::Named), "named", "Name at least one person who may read this");
    let staff = |why: &str, review| {
        put_right(|d| {
            d.readers = Some(Readers::Staff);
            d.readers_why = why.into();
            d.readers_review = review;
        })
    };
    let fields: Vec<String> = staff("", None).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["readers-why", "readers-review"]);
    assert_eq!(staff("It would put Leanne at risk", Some(TODAY))[0].0, "readers-review");
    assert_eq!(staff("It would put Leanne at risk", Some(date(2027, 6, 11)))[0].0, "readers-review");
    assert_eq!(staff("It would put Leanne at risk", Some(date(2027, 6, 10))), []);
}

#[test]
fn a_correction_says_why_and_a_note_is_written_to_someone_it_is_about() {
    let supersedes = EntryId(Uuid::from_u128(3));
    one(
        |d| d.correction = Some(CorrectionDraft { supersedes, why: String::new() }),
        "correction",
        "Say why you are correcting this",
    );
    one(|d| d.written_to = Some(id(99)), "written-to", "A note is written to someone it is about");
    one(
        |d| {
            let again = d.people[0].clone();
            d.people.push(again);
        },
        "people",
        "Josie is here twice",
    );
}

#[test]
fn what_the_page_could_not_read_is_remarked_on_only_there_and_nothing_is_filed() {
    let mut draft = visit();
    draft.day = None;
    draft.unread = vec!["happened".into()];
    assert_eq!(check_entry(&draft, now()), Err(vec![]));
}
