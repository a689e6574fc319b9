//! Reading the form: from the fields as they were sent to a draft of an entry, and back from an entry to the
//! fields that show it.

use super::circle::Circle;
use crate::entry::Whole;
use crate::moment::london;
use page::{FormErrors, Typed};
use practice::entry::{EntryKind, Manner, Part, Readers, Seen, StatementForm};
use practice::id::{EntryId, PersonId, WorkerId};
use practice::person::PersonKind;
use practice::recording::{
    CorrectionDraft, EntryDraft, PersonDraft, PromiseDraft, Someone, SomeoneDraft, StatementDraft,
};

/// The most rows of one kind that a form may hold.
const MOST_ROWS: usize = 60;

/// How many rows of this kind the form holds, at least `least`.
pub(super) fn rows(typed: &Typed, what: &str, least: usize) -> usize {
    let begin = format!("{what}-");
    let numbers = typed.pairs().filter_map(|(name, _)| {
        let rest = name.strip_prefix(&begin)?;
        rest.split('-').next()?.parse::<usize>().ok()
    });
    numbers.map(|n| n + 1).max().unwrap_or(0).clamp(least, MOST_ROWS)
}

/// The people it is about, each once, in order.
pub(super) fn about(typed: &Typed) -> Vec<PersonId> {
    let mut all = vec![];
    for id in typed.all("about").filter_map(|id| id.parse().ok()) {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    all
}

fn someone(typed: &Typed, field: &str) -> SomeoneDraft {
    let chosen = match typed.get(field).split_once(':') {
        Some(("p", id)) => id.parse().ok().map(Someone::Person),
        Some(("w", id)) => id.parse().ok().map(Someone::Worker),
        _ => None,
    };
    SomeoneDraft { chosen, words: typed.get(&format!("{field}-words")).to_owned() }
}

fn ids<T: std::str::FromStr>(typed: &Typed, field: &str, prefix: &str) -> Vec<T> {
    typed.all(field).filter_map(|value| value.strip_prefix(prefix)?.parse().ok()).collect()
}

/// Reads everything that was typed. What cannot be read at all goes into `wrong`.
pub(super) fn draft(typed: &Typed, circle: &Circle, files: usize, wrong: &mut FormErrors) -> EntryDraft {
    let mut unread = vec![];
    let mut date = |name: &str, label: &str, wrong: &mut FormErrors| {
        let before = wrong.iter().count();
        let day = typed.date_if_any(name, label, wrong);
        if wrong.iter().count() > before {
            unread.push(name.to_owned());
        }
        day
    };
    let day = date("happened", "The day it happened", wrong);
    let readers_review = date("readers-review", "The day to look again", wrong);
    let promises = (0..rows(typed, "promise", 0))
        .map(|n| PromiseDraft {
            what: typed.get(&format!("promise-{n}-what")).to_owned(),
            by: someone(typed, &format!("promise-{n}-who")),
            about: typed.get(&format!("promise-{n}-about")).parse().ok(),
            due_on: date(&format!("promise-{n}-due"), "The day of the promise", wrong),
        })
        .collect();
    let time = if typed.some("time").is_none() {
        None
    } else {
        let time = typed.time("time", "The time it began", wrong);
        if time.is_none() {
            unread.push("time".to_owned());
        }
        time
    };
    let minutes = minutes(typed, wrong, &mut unread);
    EntryDraft {
        minutes,
        kind: EntryKind::from_code(typed.get("kind")),
        day,
        time,
        manner: Manner::from_code(typed.get("manner")),
        place: typed.get("place").to_owned(),
        title: typed.get("title").to_owned(),
        people: people(typed, circle),
        workers: ids(typed, "worker", ""),
        others_present: typed.get("others").to_owned(),
        narrative: typed.get("narrative").to_owned(),
        statements: statements(typed),
        promises,
        attachments: files,
        significant: typed.has("significant", "yes"),
        written_to: typed.get("written-to").parse().ok(),
        readers: Readers::from_code(typed.get("readers")),
        named_workers: ids(typed, "named", "w:"),
        named_people: ids(typed, "named", "p:"),
        readers_why: typed.get("readers-why").to_owned(),
        readers_review,
        correction: corrects(typed)
            .map(|supersedes| CorrectionDraft { supersedes, why: typed.get("correction").to_owned() }),
        unread,
    }
}

/// How long it took: one of the lengths offered, or another as it was typed.
fn minutes(typed: &Typed, wrong: &mut FormErrors, unread: &mut Vec<String>) -> Option<u32> {
    let (field, said) = match typed.get("minutes") {
        "" => return None,
        "other" => ("minutes-other", typed.get("minutes-other")),
        chosen => ("minutes", chosen),
    };
    let minutes = practice::week::parse_minutes(said);
    if minutes.is_none() {
        wrong.add(field, "Say how long it took, such as 40 minutes or 1 h 20");
        unread.push(field.to_owned());
    }
    minutes
}

/// A length as it is typed: "40", "1 h 20".
fn length_typed(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => minutes.to_string(),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes}"),
    }
}

/// The version that this form corrects.
pub(super) fn corrects(typed: &Typed) -> Option<EntryId> {
    typed.get("corrects").parse().ok()
}

fn people(typed: &Typed, circle: &Circle) -> Vec<PersonDraft> {
    let asks_seen = matches!(typed.get("kind"), "visit" | "meeting" | "observation");
    let mut people: Vec<PersonDraft> = circle
        .about
        .iter()
        .map(|one| {
            let id = one.header.id;
            let seen = Seen::from_code(typed.get(&format!("seen-{id}"))).filter(|_| asks_seen && one.child);
            PersonDraft {
                person: id,
                name: one.header.shown_name.clone(),
                part: Part::About,
                child: one.child,
                kind: one.header.kind,
                birth: one.header.birth,
                seen,
                not_seen_why: typed.get(&format!("why-{id}")).to_owned(),
            }
        })
        .collect();
    for id in ids::<PersonId>(typed, "present", "") {
        let header = circle.person(id);
        people.push(PersonDraft {
            person: id,
            name: header.map_or_else(String::new, |one| one.shown_name.clone()),
            part: Part::Present,
            child: false,
            kind: header.map_or(PersonKind::Born, |one| one.kind),
            birth: None,
            seen: None,
            not_seen_why: String::new(),
        });
    }
    people
}

fn statements(typed: &Typed) -> Vec<StatementDraft> {
    (0..rows(typed, "statement", 0))
        .map(|n| {
            let words = typed.get(&format!("statement-{n}-words")).to_owned();
            let mut owner = someone(typed, &format!("statement-{n}-owner"));
            if words.trim().is_empty() && owner.words.trim().is_empty() {
                // a row whose owner was only filled in beforehand is no row
                owner = SomeoneDraft::default();
            }
            StatementDraft {
                owner,
                form: StatementForm::from_code(typed.get(&format!("statement-{n}-form"))),
                words,
                original_language: typed.get(&format!("statement-{n}-language")).to_owned(),
            }
        })
        .collect()
}

/// The fields of a form that corrects this entry.
pub(super) fn typed_of(whole: &Whole) -> Typed {
    let entry = &whole.entry;
    let mut typed = Typed::default();
    let zoned = entry.happened_at.to_zoned(london());
    typed.put("corrects", entry.id.to_string());
    typed.put("kind", entry.kind.code());
    typed.put_date("happened", zoned.date());
    typed.put("time", zoned.strftime("%-I.%M %P").to_string());
    typed.put("manner", entry.manner.map_or("", Manner::code));
    if let Some(minutes) = entry.minutes {
        if super::form::LENGTHS.contains(&minutes) {
            typed.put("minutes", minutes.to_string());
        } else {
            typed.put("minutes", "other");
            typed.put("minutes-other", length_typed(minutes));
        }
    }
    for (name, value) in [("place", &entry.place), ("title", &entry.title), ("others", &entry.others_present)]
    {
        typed.put(name, value.clone().unwrap_or_default());
    }
    for one in &entry.people {
        match one.part {
            Part::About => typed.put("about", one.person.to_string()),
            Part::Present => typed.put("present", one.person.to_string()),
            Part::Words => continue,
        }
        if let Some(seen) = one.seen {
            typed.put(format!("seen-{}", one.person), seen.code());
        }
        if let Some(why) = &one.not_seen_why {
            typed.put(format!("why-{}", one.person), why.clone());
        }
    }
    for one in &entry.workers {
        typed.put("worker", one.worker.to_string());
    }
    typed.put("narrative", entry.narrative.clone());
    for (n, one) in whole.statements.iter().enumerate() {
        let (owner, words) = owner_fields(one.owner.person, one.owner.worker, &one.owner.name);
        typed.put(format!("statement-{n}-owner"), owner);
        typed.put(format!("statement-{n}-owner-words"), words);
        typed.put(format!("statement-{n}-form"), one.form.code());
        typed.put(format!("statement-{n}-words"), one.words.clone());
        typed.put(format!("statement-{n}-language"), one.original_language.clone().unwrap_or_default());
    }
    for file in &whole.files {
        typed.put("keep", file.id.to_string());
    }
    audience(whole, &mut typed);
    typed
}

fn audience(whole: &Whole, typed: &mut Typed) {
    let entry = &whole.entry;
    typed.put("significant", if entry.significant { "yes" } else { "" });
    typed.put("written-to", entry.written_to.map_or(String::new(), |to| to.to_string()));
    typed.put("readers", entry.readers.code());
    typed.put("readers-why", entry.readers_why.clone().unwrap_or_default());
    if let Some(day) = entry.readers_review_on {
        typed.put_date("readers-review", day);
    }
    for one in &entry.named {
        let worker = one.worker.map(|id| format!("w:{id}"));
        if let Some(value) = worker.or_else(|| one.person.map(|id| format!("p:{id}"))) {
            typed.put("named", value);
        }
    }
}

fn owner_fields(person: Option<PersonId>, worker: Option<WorkerId>, name: &str) -> (String, String) {
    match (person, worker) {
        (Some(id), _) => (format!("p:{id}"), String::new()),
        (None, Some(id)) => (format!("w:{id}"), String::new()),
        (None, None) => ("other".to_owned(), name.to_owned()),
    }
}
