//! Collecting everything about somebody across the rooms, as it stands, and proposing what may have to be left out.

use super::actions::{replace, still_open};
use super::decide::{Which, put};
use super::store::{self, PlacedRow, RequestRow};
use crate::entry::{self, Secrets, Whole};
use crate::journal::{Act, note};
use crate::moment::written;
use crate::rights::drawn::capital;
use crate::room::Place;
use crate::rooms::ROOMS;
use crate::{Moment, Oops, Result, Who, access};
use db::whole::{self, Kind, Table};
use db::{At, Conn, Tx, Value, args};
use practice::access::Sight;
use practice::disclosure::{Asker, Ground, Span, length, places};
use practice::entry::Readers;
use practice::id::{EntryId, PersonId};
use practice::sharing::What;
use serde_json::json;
use uuid::Uuid;

/// What is not collected by itself: it comes with an entry, says what others say, or is this room's own work.
const BESIDE: &[&str] = &[
    "participant",
    "entry",
    "entry_reader",
    "statement",
    "held_back",
    "private_matter",
    "told_apart",
    "worker",
    "hold",
    "disposal",
    "left_out",
    "record_item",
    "second_look",
    "time_spent",
    "record_request",
];
/// Columns that say nothing to anybody but the program.
const NOTHING: &[&str] = &["id", "search_key", "recorded_at", "superseded_at", "source_key", "version"];

/// Something to be collected.
struct Item {
    section: &'static str,
    title: String,
    words: String,
    file: Option<(String, &'static str)>,
    /// Words that may have to be left out; all of it where there are none.
    proposed: Vec<Proposed>,
}

/// A collecting on its way.
struct Collecting<'a> {
    tx: &'a mut Tx,
    moment: &'a mut Moment,
    which: Which,
    asked_by: Option<Asker>,
    position: i64,
}

/// Collects everything, once: what is recorded afterwards is not part of the answer.
///
/// # Errors
/// [`Oops::Refused`] where it was collected or answered already, and as access says.
pub async fn collect(tx: &mut Tx, who: &Who, moment: &mut Moment, which: Which) -> Result<i64> {
    access::require(tx, who, moment.now(), which.0, Sight::Rights).await?;
    let mut row: RequestRow = still_open(tx, which).await?;
    if row.collected_at.is_some() {
        return Err(Oops::Refused("It is collected already".to_owned()));
    }
    row.collected_at = Some(At(moment.now()));
    let asked_by = Asker::from_code(&row.asked_by);
    let mut all = Collecting { tx, moment, which, asked_by, position: 0 };
    all.rows().await?;
    all.entries().await?;
    let many = all.position;
    replace(tx, who, moment, &row).await?;
    let payload = json!({"request": which.1, "items": many});
    note(tx, who, moment, Act { action: "collect_record", about: &[which.0], payload }).await?;
    Ok(many)
}

/// A column's name as people say it.
fn label(column: &str) -> String {
    capital(&column.trim_end_matches("_id").replace('_', " "))
}

async fn name_of(conn: &mut Conn, id: Uuid) -> Result<Option<String>> {
    for sql in [store::WORKER, store::PERSON, store::TEAM] {
        if let Some((name,)) = conn.maybe::<(String,)>(sql, args![id]).await? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Something that may have to be left out: on which ground, which words or all of it, and why.
type Proposed = (Ground, Option<String>, &'static str);

/// What was said while recording of who may not read it: looked at again for whoever asks. Words of a statement, or all of it
/// where no words are given.
fn kept_from(whole: &Whole, me: PersonId) -> Vec<Proposed> {
    let words = |what| match what {
        What::Words(at) => whole.statements.get(at).map(|one| one.words.clone()),
        What::All | What::Account => None,
    };
    let held = whole.held_now().filter(|one| !one.staff && one.from.as_ref().is_none_or(|from| from.0 == me));
    let held = held.map(|one| {
        let ground = match one.ground.as_str() {
            "enquiry" => Ground::ChildAbuse,
            "court" => Ground::AdoptionOrCourt,
            "legal-advice" => Ground::LegalPrivilege,
            "private" | "confidence" | "referrer" => Ground::ThirdParty,
            _ => Ground::SeriousHarm,
        };
        (ground, words(one.what), "It is held back from them day by day: look whether that still stands")
    });
    let others = whole.private_now().filter(|one| one.of.as_ref().is_none_or(|of| of.0 != me));
    let others = others.map(|one| {
        (Ground::ThirdParty, words(one.what), "It was marked as somebody else\u{2019}s private matter")
    });
    held.chain(others).collect()
}

/// Why all of an entry may have to be left out, as any of its wordings says: a hold on the newest is one on what was corrected.
fn all_kept_from(versions: &[&Whole], me: PersonId) -> Option<Proposed> {
    if versions.iter().any(|one| one.entry.readers == Readers::Staff) {
        let why = "It is held back from the family: look whether that still stands";
        return Some((Ground::SeriousHarm, None, why));
    }
    versions.iter().flat_map(|one| kept_from(one, me)).find(|one| one.1.is_none())
}

/// The words of an entry that may have to be left out: what others said there, then or afterwards, what was said to them,
/// what is kept from whoever asks, and where somebody else lives or how to reach them.
fn words_kept_from(whole: &Whole, (me, secrets): (PersonId, &Secrets), text: &str) -> Vec<Proposed> {
    let mut proposed = vec![];
    let mut say = |words: &str, why| proposed.push((Ground::ThirdParty, Some(words.to_owned()), why));
    for one in
        whole.statements.iter().filter(|one| one.owner.worker.is_none() && one.owner.person != Some(me))
    {
        say(&one.words, "Somebody else's own words");
    }
    for one in whole.disagreed.iter().filter(|one| one.person != me) {
        say(&one.words, "Somebody else's own words");
        for reply in &one.answers {
            say(&reply.words, "What was said to somebody else");
        }
    }
    for words in secrets.told_of_another(text, me) {
        say(words, "Where somebody else lives, or how to reach them");
    }
    proposed.extend(kept_from(whole, me).into_iter().filter(|one| one.1.is_some()));
    proposed
}

/// All of a text but what is left out of it already.
fn rest(text: &str, taken: &[Span]) -> Vec<(usize, usize)> {
    let mut sorted: Vec<(usize, usize)> = taken.iter().map(|span| (span.first, span.past)).collect();
    sorted.sort_unstable();
    sorted.push((length(text), length(text)));
    let letters: Vec<char> = text.chars().collect();
    let (mut from, mut parts) = (0, vec![]);
    for (first, past) in sorted {
        let part = letters.get(from..first).unwrap_or_default();
        if part.iter().any(|letter| !letter.is_whitespace()) {
            parts.push((from, first));
        }
        from = past;
    }
    parts
}

/// What somebody else said in their story or plan, unless that one is fine with their reading it.
fn of_voice(place: &Place, of: &dyn Fn(&str) -> Option<String>) -> Vec<Proposed> {
    let others = place.person == "person_id" && (of("by_person").is_some() || of("by_words").is_some());
    if !others || of("shared").as_deref() == Some("yes") {
        return vec![];
    }
    let words = ["words", "why", "next_step"].into_iter().filter_map(of);
    words.map(|words| (Ground::ThirdParty, Some(words), "Somebody else's own words")).collect()
}

/// What is kept of staying in touch and of meetings may tell of the other, and of a child to whoever they want to be in touch with.
fn of_touch(place: &Place, of: &dyn Fn(&str) -> Option<String>) -> Vec<Proposed> {
    let columns: &[&str] = match (place.table, place.person) {
        ("touch", "other_id") => &["called", "why"],
        ("touch_search" | "touch_time", _) => &["looked", "words", "in_the_way_words"],
        ("touch_agreed", _) => &["supervised_why", "order_words"],
        ("meeting", _) => &["place", "readers_why"],
        ("meeting_there", "person_id") => &["called", "does"],
        _ => &[],
    };
    let words = columns.iter().filter_map(|column| of(column));
    words.map(|words| (Ground::ThirdParty, Some(words), "What is said of somebody else")).collect()
}

impl Collecting<'_> {
    async fn put(&mut self, item: Item) -> Result<()> {
        let id = self.moment.id();
        self.position += 1;
        let (hash, kind) = item.file.unzip();
        let values = args![
            id,
            self.which.1,
            self.which.0,
            self.position,
            item.section,
            &item.title,
            &item.words,
            hash,
            kind,
            self.moment.now()
        ];
        self.tx.run(store::ITEM_ADD, values).await?;
        let mut taken: Vec<Span> = vec![];
        for (ground, words, reason) in item.proposed {
            let found = match words {
                Some(words) => places(&item.words, &words),
                None => rest(&item.words, &taken),
            };
            for (first, past) in found {
                // the first reason that touches a word stands
                if past > first && taken.iter().all(|span| past <= span.first || first >= span.past) {
                    let span = Span { first, past, ground };
                    put(self.tx, self.moment, (self.which, id), (span, reason), None).await?;
                    taken.push(span);
                }
            }
        }
        Ok(())
    }

    /// The rows of every room's tables.
    async fn rows(&mut self) -> Result<()> {
        for place in ROOMS.iter().flat_map(|room| room.appears_in()) {
            let Some(rows) = place.rows.filter(|_| !BESIDE.contains(&place.table)) else { continue };
            let Some(table) = whole::tables().iter().find(|table| table.name == place.table) else {
                continue;
            };
            let found: Vec<PlacedRow> = self.tx.all(rows.all, args![self.which.0]).await?;
            for row in found {
                let item = self.row(place, table, &row).await?;
                if !item.words.is_empty() {
                    self.put(item).await?;
                }
            }
        }
        Ok(())
    }

    async fn row(&mut self, place: &Place, table: &Table, row: &PlacedRow) -> Result<Item> {
        let values = whole::row(self.tx, table, vec![Value::Key(Some(row.id))]).await?.unwrap_or_default();
        let (mut lines, mut said): (Vec<String>, Vec<(String, String)>) = (vec![], vec![]);
        for ((column, kind), value) in table.columns.iter().zip(&values) {
            if NOTHING.contains(&column.as_str()) || column == place.person {
                continue;
            }
            if let Some(words) = self.value(*kind, value).await? {
                // a stored word as people read it: "matters-to-me"
                let code = matches!(column.as_str(), "kind" | "purpose" | "part" | "basis");
                let shown = if code { words.replace('-', " ") } else { words.clone() };
                lines.push(format!("{}: {shown}", label(column)));
                said.push((column.clone(), words));
            }
        }
        let gone = if row.over_at.is_some() { ", as it stood before it was corrected" } else { "" };
        let of = |name: &str| said.iter().find(|(column, _)| column == name).map(|(_, words)| words.clone());
        let photo =
            (place.table == "person_detail" && of("kind").as_deref() == Some("photo")).then(|| of("words"));
        Ok(Item {
            section: "What the record says of you",
            title: format!("{}{gone}", capital(place.what)),
            words: lines.join("\n"),
            file: photo.flatten().map(|hash| (hash, "jpg")),
            proposed: self.of_row(place, &of),
        })
    }

    async fn value(&mut self, kind: Kind, value: &Value) -> Result<Option<String>> {
        Ok(match (kind, value) {
            (_, Value::Text(Some(words))) if !words.is_empty() => Some(words.clone()),
            (_, Value::Day(Some(day))) => Some(written(*day)),
            (_, Value::Bool(Some(yes))) => Some(if *yes { "yes" } else { "no" }.to_owned()),
            (_, Value::Int(Some(number))) => Some(number.to_string()),
            (_, Value::At(Some(at))) => Some(entry::when::moment(*at)),
            (_, Value::Key(Some(id))) => name_of(self.tx, *id).await?,
            _ => None,
        })
    }

    /// What of a row may have to be left out.
    fn of_row(&self, place: &Place, of: &dyn Fn(&str) -> Option<String>) -> Vec<Proposed> {
        match place.table {
            "relationship" | "tie" => of("note")
                .map(|note| (Ground::ThirdParty, Some(note), "What is said of somebody else"))
                .into_iter()
                .collect(),
            "warning"
                if matches!(
                    of("kind").as_deref(),
                    Some("person-who-poses-risk" | "do-not-disclose" | "domestic-abuse")
                ) || of("told").as_deref() == Some("no") =>
            {
                vec![(
                    Ground::SeriousHarm,
                    None,
                    "They were not told of this, or it is about a risk from somebody",
                )]
            }
            "address"
                if of("confidential").as_deref() == Some("yes")
                    && self.asked_by != Some(Asker::Themselves) =>
            {
                vec![(Ground::SeriousHarm, None, "A confidential address, and somebody else asks for them")]
            }
            "story_telling" | "plan_line" | "plan_scale" | "plan_view" => of_voice(place, of),
            "touch" | "touch_agreed" | "touch_time" | "touch_search" | "meeting" | "meeting_there" => {
                of_touch(place, of)
            }
            "person_level" | "named_reader" => {
                vec![(Ground::SeriousHarm, None, "Why the record is kept from others may name them")]
            }
            _ => vec![],
        }
    }

    /// Every version of every entry they are in.
    async fn entries(&mut self) -> Result<()> {
        let found: Vec<(Uuid, Uuid, At)> = self.tx.all(store::ENTRIES, args![self.which.0]).await?;
        // all of it is collected, whoever may read it day by day; a person decides what is given
        let program = Who::program("collecting a record");
        let mut all = vec![];
        for (id, thread, _) in found {
            all.push((thread, entry::open(self.tx, &program, self.moment.now(), EntryId(id)).await?));
        }
        // what a wording that cannot be opened says of who may read it holds for all of them
        let sealed: Vec<Uuid> = all.iter().filter(|one| one.1.is_none()).map(|one| one.0).collect();
        for (thread, one) in &all {
            let Some(whole) = one.as_ref().filter(|_| !sealed.contains(thread)) else {
                self.put(Item {
                    section: "What happened",
                    title: "An entry that also touches a sealed record".to_owned(),
                    words: "Its words are not collected here. Ask the restricted-records officer.".to_owned(),
                    file: None,
                    proposed: vec![(Ground::AdoptionOrCourt, None, "It touches a record that is sealed")],
                })
                .await?;
                continue;
            };
            let versions: Vec<&Whole> =
                all.iter().filter(|it| it.0 == *thread).filter_map(|it| it.1.as_ref()).collect();
            let kept = all_kept_from(&versions, self.which.0);
            self.entry(whole, kept.as_ref()).await?;
        }
        Ok(())
    }

    async fn entry(&mut self, whole: &Whole, kept: Option<&Proposed>) -> Result<()> {
        let entry = &whole.entry;
        // a file is an item of its own: left out, not even its name is given
        let bare = Whole { files: vec![], ..whole.clone() };
        let words = entry::plain(&bare, self.moment.today());
        // who may read it day by day is no part of the record
        let words = words.split("\nWho may read it: ").next().unwrap_or_default().trim_end().to_owned();
        let me = self.which.0;
        let people: Vec<PersonId> = entry.people.iter().map(|one| one.person).chain([me]).collect();
        let secrets = Secrets::around_people(self.tx, &people).await?;
        let mut proposed = words_kept_from(whole, (me, &secrets), &words);
        proposed.extend(kept.cloned());
        let version = if entry.is_current() { "" } else { " (an earlier version)" };
        let title = format!("{}{version}", entry::heading(entry));
        self.put(Item { section: "What happened", title, words, file: None, proposed }).await?;
        for file in &whole.files {
            let described = file.described.as_deref().map_or(String::new(), |words| format!("\n{words}"));
            self.put(Item {
                section: "Photos and documents",
                title: format!(
                    "Kept with what happened on {}",
                    written(entry::when::day_of(entry.happened_at))
                ),
                words: format!("{}{described}", file.name),
                file: Some((file.hash.to_string(), file.kind.ending())),
                proposed: kept.cloned().into_iter().collect(),
            })
            .await?;
        }
        Ok(())
    }
}
