//! What the journal keeps of an entry: everything by value but what people wrote and said, which stands in
//! the entry's own rows and here by hash only.

use super::record::{Filing, Recording};
use practice::recording::{Audience, Someone};
use practice::sharing::{FromWhom, NewHold, NewPrivate, What};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

/// The hash that stands for words.
pub(crate) fn hash_of(words: &str) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(words.as_bytes()))
}

fn someone(one: &Someone) -> Json {
    match one {
        Someone::Person(person) => json!({"person": person}),
        Someone::Worker(worker) => json!({"worker": worker}),
        Someone::Words(words) => json!({"sha256": hash_of(words)}),
    }
}

/// Which part of an entry, as the journal names it.
pub(super) fn part(what: What) -> Json {
    match what {
        What::All => json!("all"),
        What::Account => json!("account"),
        What::Words(place) => json!({"statement": place}),
    }
}

fn holds(recording: &Recording) -> Vec<Json> {
    let from = |from: &FromWhom| match from {
        FromWhom::Everybody => json!("everybody"),
        FromWhom::These(people) => json!(people),
    };
    let one = |one: &NewHold| json!({"what": part(one.what), "from": from(&one.from), "ground": one.ground, "why": one.why.as_deref().map(hash_of), "review": one.review_on});
    recording.sharing.holds.iter().map(one).collect()
}

fn private(recording: &Recording) -> Vec<Json> {
    let one = |one: &NewPrivate| json!({"what": part(one.what), "of": one.of, "matter": one.matter.code()});
    recording.sharing.private.iter().map(one).collect()
}

/// The after-image of one entry.
pub(super) fn image(filing: &Filing, recording: &Recording) -> Json {
    let entry = &recording.entry;
    let hashed = |words: &Option<String>| words.as_deref().map(hash_of);
    let people: Vec<Json> = filing
        .people
        .iter()
        .map(|(person, part)| {
            let said = entry.people.iter().find(|one| (one.person, one.part) == (*person, *part));
            let seen = said.and_then(|one| one.seen).map(practice::entry::Seen::code);
            let why = said.and_then(|one| one.not_seen_why.as_deref()).map(hash_of);
            json!({"person": person, "part": part.code(), "seen": seen, "not_seen_why": why})
        })
        .collect();
    let statements: Vec<Json> = entry
        .statements
        .iter()
        .map(|one| json!({"owner": someone(&one.owner), "form": one.form.code(), "words": hash_of(&one.words)}))
        .collect();
    let promises: Vec<Json> = filing
        .promises
        .iter()
        .zip(&entry.promises)
        .map(|(id, one)| {
            json!({"promise": id, "by": someone(&one.by), "about": one.about, "due": one.due_on, "what": hash_of(&one.what)})
        })
        .collect();
    let files: Vec<Json> = recording
        .files
        .iter()
        .map(|one| json!({"hash": one.hash.to_string(), "kind": one.kind.code(), "size": one.size}))
        .collect();
    let named = match &entry.audience {
        Audience::Named { workers, people } => json!({"workers": workers, "people": people}),
        Audience::Staff { why, review_on } => json!({"why": hash_of(why), "review": review_on}),
        Audience::Present => Json::Null,
    };
    json!({
        "entry": filing.id,
        "thread": filing.thread,
        "author": filing.author,
        "kind": entry.kind.code(),
        "happened_at": entry.happened_at,
        "manner": entry.manner.map(practice::entry::Manner::code),
        "minutes": entry.minutes,
        "place": hashed(&entry.place),
        "title": hashed(&entry.title),
        "narrative": hash_of(&entry.narrative),
        "others_present": hashed(&entry.others_present),
        "significant": entry.significant,
        "written_to": entry.written_to,
        "readers": entry.audience.readers().code(),
        "named": named,
        "people": people,
        "workers": entry.workers,
        "statements": statements,
        "promises": promises,
        "files": files,
        "sharing": {"held_back": holds(recording), "private": private(recording)},
        "source": recording.source,
        "corrects": entry.corrects.as_ref().map(|one| json!({"entry": one.supersedes, "why": hash_of(&one.why)})),
    })
}
