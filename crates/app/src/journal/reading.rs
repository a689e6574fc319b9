//! Readings: who read what of whose record, when and why; and who was refused.

use super::note::Act;
use super::store::{self, ReadersRow, ReadingRow};
use crate::person::joined::spans;
use crate::{App, Result, Who};
use db::{Conn, args};
use jiff::Timestamp;
use jiff::civil::Date;
use language::Words;
use practice::access::{AllocationKind, Covered, Link, Reason, Refusal, Tie};
use practice::id::{EntryId, PersonId};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;
use uuid::Uuid;

// What of a record was read: the name of the journal's row, and what a page says. Every row whose name
// begins with `open_`, `print_` or `export_` is a reading (but `open_episode`, which changes), named here or not.
macro_rules! reads {
    ($($(#[$doc:meta])* $name:ident = $action:literal, $plain:literal;)*) => {
        /// What of a record was read.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Read {
            $($(#[$doc])* #[doc = $plain] $name,)*
        }

        impl Read {
            /// The name of the journal's row.
            pub const fn action(self) -> &'static str {
                match self { $(Self::$name => $action,)* }
            }

            /// What a page says was read.
            pub const fn plain(self) -> &'static str {
                match self { $(Self::$name => $plain,)* }
            }

            fn from_action(action: &str) -> Option<Self> {
                match action { $($action => Some(Self::$name),)* _ => None }
            }
        }
    };
}

reads! {
    Person = "open_person", "Their page";
    Details = "open_details", "Their details";
    Timeline = "open_timeline", "The timeline";
    FamilyTimeline = "open_family_timeline", "The family's timeline";
    Network = "open_network", "The network picture";
    Entry = "open_entry", "An entry";
    Attachment = "open_attachment", "A photo or document";
    Promise = "open_promise", "A promise";
    Story = "open_story", "Their story so far";
    Plan = "open_plan", "Their plan";
    StayingInTouch = "open_staying_in_touch", "With whom they stay in touch";
    Meetings = "open_meetings", "What is planned with them";
    CheckIn = "open_check_in", "How it is between them and their worker";
    OwnWays = "open_own_ways", "What is done otherwise for their good";
    SpaceFor = "open_space_for", "Their own space, as somebody who comes in to it";
    Dates = "open_dates", "The dates that run";
    Helpers = "open_helpers", "Who works with them";
    Handover = "open_handover", "A hand-over of theirs to another worker";
    Pack = "open_pack", "All in one, to take over with";
    Episodes = "open_episodes", "Their episodes";
    Steps = "open_steps", "The steps taken";
    Pathway = "open_pathway", "Help and steps";
    Readings = "open_readings", "This list";
    Comparison = "open_comparison", "Who they are, beside another record";
    Joining = "open_joining", "How two records were joined";
    Access = "open_access", "Who may find the record, and why it is kept";
    Retention = "open_retention", "How long their record is kept";
    Requests = "open_requests", "What they asked of their record";
    Request = "open_request", "What they asked of their record, and what it brought together";
    Disposal = "open_disposal", "What letting their record go would erase";
    Printed = "print_record", "A printed page";
    Copied = "copy_entry", "An entry, copied as text";
    Downloaded = "download_entry", "An entry, taken out as a file";
    Exported = "export_record", "A file made from the record";
    Taken = "export_entries", "Entries, taken along to another system";
}

/// What a page says of a journal row that is a reading.
pub fn read_words(action: &str) -> Option<&'static str> {
    Read::from_action(action).map(Read::plain)
}

/// Appends that people's records were read, and why the reader may: after the reads, before the answer.
///
/// # Errors
/// Where the database refuses; then what was read is not shown.
pub async fn read(
    app: &App,
    who: &Who,
    what: Read,
    about: &[PersonId],
    why: &Reason,
    more: Json,
) -> Result<()> {
    let mut payload = match more {
        Json::Object(more) => more,
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_) => Map::new(),
    };
    payload.insert("why".to_owned(), json!(reason_code(why)));
    super::reading(app, who, Act { action: what.action(), about, payload: Json::Object(payload) }).await
}

/// As [`read`], of several people at once, each with why the reader may.
///
/// # Errors
/// As [`read`].
pub async fn read_of(
    app: &App,
    who: &Who,
    what: Read,
    whys: &[(PersonId, &'static str)],
    more: Json,
) -> Result<()> {
    let mut payload = match more {
        Json::Object(more) => more,
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_) => Map::new(),
    };
    let of_each: Map<String, Json> =
        whys.iter().map(|(person, code)| (person.to_string(), json!(code))).collect();
    payload.insert("whys".to_owned(), Json::Object(of_each));
    let about: Vec<PersonId> = whys.iter().map(|(person, _)| *person).collect();
    let act = Act { action: what.action(), about: &about, payload: Json::Object(payload) };
    super::reading(app, who, act).await
}

/// Appends that someone asked for a record and was not let on. Written in the same way for a record that
/// is not there, so that the time it takes tells nothing.
///
/// # Errors
/// Where the database refuses.
pub async fn refused(app: &App, who: &Who, about: PersonId, why: Option<Refusal>) -> Result<()> {
    let payload = json!({ "refused": why.map_or("not-there", refusal_code) });
    super::reading(app, who, Act { action: "refuse_reading", about: &[about], payload }).await
}

/// Why a reading was allowed, as the journal keeps it.
pub fn reason_code(reason: &Reason) -> &'static str {
    match reason {
        Reason::WorksForCouncil => "council",
        Reason::KeepsRestrictedList => "keeps-list",
        Reason::Tie(Tie::Allocated(AllocationKind::Responsible)) => "responsible",
        Reason::Tie(Tie::Allocated(AllocationKind::Helping)) => "helping",
        Reason::Tie(Tie::Allocated(AllocationKind::Reviewing)) => "reviewing",
        Reason::Tie(Tie::Covering { of: Covered::Allocation(_), .. }) => "covering",
        Reason::Tie(Tie::Covering { of: Covered::Lead(_), .. }) => "covering-lead",
        Reason::Tie(Tie::Leads { .. }) => "leads",
        Reason::Tie(Tie::Began { .. }) => "began",
        Reason::Tie(Tie::Listed) => "listed",
        Reason::Tie(Tie::Glass { .. }) => "glass",
        Reason::Child { link: Link::Household, .. } => "household",
        Reason::Child { link: Link::Responsibility, .. } => "responsibility",
        Reason::WroteIt => "wrote-it",
        Reason::WasThere => "was-there",
        Reason::Post(_) => "post",
        Reason::LeadsBreaker => "leads-breaker",
        Reason::Program => "program",
    }
}

/// What a reader is to the person, as a page of the council says it, and as one says it to the person: "Nadia works with
/// you".
fn reason_words(code: &str) -> &'static str {
    match code {
        "themselves" => "It is their own",
        "council" => "Works for the council",
        "keeps-list" => "Keeps the list of restricted records",
        "responsible" => "Their responsible worker",
        "helping" => "Works with them",
        "reviewing" => "Their reviewing officer",
        "covering" => "Covered for a worker who was away",
        "covering-lead" => "Covered for a manager who was away",
        "leads" => "Leads the team that works with them",
        "began" => "Began the record",
        "listed" => "Named on the restricted record",
        "glass" => "Opened without working with them, and said why",
        "household" => "Works with a child who lives with them",
        "responsibility" => "Works with a child they have responsibility for",
        "wrote-it" => "Wrote it",
        "was-there" => "Was there",
        "another" => "Works with someone else it is about",
        "post" => "By their post",
        "leads-breaker" => "Leads whoever opened the record without working with them",
        "proxy" => "Acts for them",
        "advocate" => "Their advocate",
        "partner" => "Works with the family for another service",
        "carer" => "Cares for them",
        "asked" => "Is asked to become their worker",
        "program" => "Done at the council's own computer",
        _ => "Not noted at the time",
    }
}

/// What somebody is to a person, as one says it to them in their language, behind the reader's name.
fn said_to_them(words: &Words, code: &str) -> String {
    match code {
        // that somebody is asked to become their worker, they hear in person first
        "council" | "asked" => words.reason_council(),
        "keeps-list" => words.reason_keeps_list(),
        "responsible" => words.reason_responsible(),
        "helping" => words.reason_helping(),
        "reviewing" => words.reason_reviewing(),
        "covering" | "covering-lead" => words.reason_covering(),
        "leads" => words.reason_leads(),
        "began" => words.reason_began(),
        "listed" => words.reason_listed(),
        "glass" => words.reason_glass(),
        "household" => words.reason_household(),
        "responsibility" => words.reason_responsibility(),
        "wrote-it" => words.reason_wrote_it(),
        "was-there" => words.reason_was_there(),
        "another" => words.reason_another(),
        "post" => words.reason_post(),
        "leads-breaker" => words.reason_leads_breaker(),
        "proxy" => words.reason_proxy(),
        "advocate" => words.reason_advocate(),
        "partner" => words.reason_partner(),
        "carer" => words.reason_carer(),
        "program" => words.reason_program(),
        _ => words.reason_unknown(),
    }
}

const fn refusal_code(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotSignedIn | Refusal::AccountEnded | Refusal::NoPost => "no-post",
        Refusal::Sealed | Refusal::Restricted | Refusal::NotExactlyAsked => "closed",
        Refusal::Administrator => "administrator",
        Refusal::Conflict => "conflict",
        Refusal::NoTie { .. } => "no-tie",
        Refusal::NotAmongReaders | Refusal::TouchesSomeoneHidden => "kept-from-them",
        Refusal::NeedsOwnTie
        | Refusal::OnlyGlass
        | Refusal::NotTheirPart
        | Refusal::NeedsLead
        | Refusal::NeedsSocialWorker
        | Refusal::NeedsRestrictedRecordsOfficer
        | Refusal::NotTheirsToCorrect
        | Refusal::NoGlassNeeded
        | Refusal::NotARoleForGlass
        | Refusal::BrokeItThemselves
        | Refusal::NotInPost(_) => "not-their-part",
    }
}

fn refusal_words(code: &str) -> &'static str {
    match code {
        "no-post" => "Refused: held no post that day",
        "closed" => "Refused: the record is not open to them",
        "administrator" => "Refused: administers the system",
        "conflict" => "Refused: has declared a link to them",
        "no-tie" => "Refused: does not work with them",
        "kept-from-them" => "Refused: it was kept to others",
        _ => "Refused: not part of their work",
    }
}

/// One reading of a record.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The row, from which the next page goes on.
    pub row: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What they read or did, in words.
    pub what: String,
    /// The entry that was read, or that a file or a promise belongs to.
    pub entry: Option<EntryId>,
    /// What they are to the person, or why they were refused.
    pub why: String,
    /// The same as a code ("responsible"), for pages in other languages.
    pub code: String,
    /// Whether they were refused.
    pub refused: bool,
    /// Whether the reason is in their own words.
    pub quoted: bool,
}

impl Reading {
    /// Whether it is the person who read their own.
    pub fn by_themselves(&self) -> bool {
        self.code == "themselves"
    }

    /// What the reader is to the person, as one says it to them behind the reader's name. The reason that a worker gave for
    /// breaking the glass may name others: it is not said here, and they can ask for it.
    pub fn to_them(&self, words: &Words) -> String {
        said_to_them(words, if self.quoted { "glass" } else { &self.code })
    }
}

/// What was read, as closely as the row tells: which of a person's pages, as known on which day.
fn what_words(read: Read, payload: &Json) -> String {
    let said = |key: &str| payload.get(key).and_then(Json::as_str);
    let page = match (read, said("page")) {
        (Read::Person, Some("about")) => "Their details",
        (Read::Person, Some("people")) => "Who matters to them",
        (Read::Person, Some("change")) => "Their details, to change them",
        (Read::Person, Some("photo")) => "Their photo",
        _ => read.plain(),
    };
    let known: Option<Date> = said("known").and_then(|known| known.get(..10)?.parse().ok());
    let mut words = page.to_owned();
    if said("words").is_some() {
        words.push_str(", searched");
    }
    if let Some(day) = known {
        words.push_str(&format!(", as known on {}", day.strftime("%-d %B %Y")));
    }
    words
}

fn told(person: PersonId, row: ReadingRow) -> Reading {
    let payload: Json = row.payload.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Json::Null);
    let said = |key: &str| payload.get(key).and_then(Json::as_str).unwrap_or_default();
    let refused = row.action == "refuse_reading";
    let quoted = row.action == "break_glass";
    let of_each = payload.get("whys").and_then(|whys| whys.get(person.to_string())).and_then(Json::as_str);
    let code = of_each.unwrap_or_else(|| said("why")).to_owned();
    let why = reason_words(&code).to_owned();
    let (what, why) = match Read::from_action(&row.action) {
        Some(read) => (what_words(read, &payload), why),
        None if refused => ("Asked for the record".to_owned(), refusal_words(said("refused")).to_owned()),
        None if quoted => {
            ("Opened the record without working with them".to_owned(), said("reason").to_owned())
        }
        None => ("Part of the record".to_owned(), why),
    };
    let entry = said("entry").parse().ok();
    let through = payload.get("through").and_then(|through| through.get("name")).and_then(Json::as_str);
    let who = through
        .map_or_else(|| row.actor.clone(), |name| format!("{}, through the token “{name}”", row.actor));
    Reading { row: row.id, at: row.happened_at.0, who, what, entry, why, code, refused, quoted }
}

/// Who has read a person's record, newest first: up to fifty, and whether there are more. `after` is the
/// last row of the page before.
///
/// # Errors
/// Where the database refuses.
pub async fn readings(
    conn: &mut Conn,
    person: PersonId,
    after: Option<Uuid>,
) -> Result<(Vec<Reading>, bool)> {
    let after = after.unwrap_or(Uuid::max());
    let mut all = vec![];
    // of a record that others were joined to, what was read of those too
    for span in spans(conn, person).await? {
        let values = args![span.record, after, span.from, span.to];
        let rows: Vec<ReadingRow> = conn.all(store::READINGS, values).await?;
        all.extend(rows.into_iter().map(|row| told(span.record, row)));
    }
    all.sort_by_key(|reading| std::cmp::Reverse(reading.row));
    all.dedup_by_key(|reading| reading.row);
    let more = all.len() > 50;
    all.truncate(50);
    Ok((all, more))
}

/// How often a person's record was read, and by how many people.
///
/// # Errors
/// Where the database refuses.
pub async fn readers(conn: &mut Conn, person: PersonId) -> Result<(i64, i64)> {
    let (mut times, mut people) = (0, BTreeSet::new());
    for span in spans(conn, person).await? {
        let rows: Vec<ReadersRow> = conn.all(store::READERS, args![span.record, span.from, span.to]).await?;
        times += rows.iter().map(|row| row.times).sum::<i64>();
        people.extend(rows.into_iter().map(|row| row.actor));
    }
    Ok((times, i64::try_from(people.len()).unwrap_or(i64::MAX)))
}
