//! The page in an export that explains it: every file, every column, in plain words from one description.

use super::leaving::{hidden, left_out};
use super::line::expected;
use super::manifest::table_path;
use super::{ATTACHMENTS, LIST, MANIFEST, Manifest};
use db::whole::{self, Table};
use maud::{DOCTYPE, Markup, html};
use practice::access::AllocationKind;
use practice::{entry, episode, person, role};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    common: BTreeMap<String, String>,
    table: Vec<TableWords>,
}

/// What a table holds, in plain words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableWords {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub what: String,
    /// What its own columns hold.
    pub columns: BTreeMap<String, String>,
}

static WORDS: LazyLock<Option<Words>> = LazyLock::new(|| toml::from_str(include_str!("words.toml")).ok());

/// The tables that are explained.
pub fn table_words() -> &'static [TableWords] {
    WORDS.as_ref().map_or(&[], |words| &words.table)
}

/// What a column holds, if it is explained.
pub fn explained(table: &str, column: &str) -> Option<&'static str> {
    let own = table_words().iter().find(|one| one.name == table)?.columns.get(column);
    own.or_else(|| WORDS.as_ref()?.common.get(column)).map(String::as_str)
}

/// The codes of a closed list, each with its plain words.
macro_rules! of {
    ($list:ty) => {
        <$list>::ALL.iter().map(|one| (one.code(), one.plain())).collect()
    };
}

/// The codes that may stand in a column, each with its plain words.
fn codes(table: &str, column: &str) -> Vec<(&'static str, &'static str)> {
    match (table, column) {
        ("person", "kind") => of!(person::PersonKind),
        ("person", "access_level") | ("person_level", "level") => of!(person::AccessLevel),
        ("person_name", "kind") => of!(person::NameKind),
        ("person_birth", "basis") => of!(person::BirthBasis),
        ("person_detail", "kind") => of!(person::DetailKind),
        ("address", "purpose") => of!(person::AddressUse),
        ("relationship", "kind") => of!(practice::relationship::RelationshipKind),
        ("entry", "kind") => of!(entry::EntryKind),
        ("entry", "manner") => of!(entry::Manner),
        ("entry", "readers") => of!(entry::Readers),
        ("participant", "part") => of!(entry::Part),
        ("participant", "seen") => of!(entry::Seen),
        ("statement", "form") => of!(entry::StatementForm),
        ("private_matter", "kind") => of!(practice::sharing::Matter),
        ("promise", "state") => of!(entry::PromiseState),
        ("story_telling", "part") => of!(practice::story::StoryPart),
        ("story_telling", "told_how") => of!(practice::story::ToldHow),
        ("complaint" | "complaint_added", "stage") => of!(practice::complaint::ComplaintStage),
        ("complaint", "state") => of!(practice::complaint::ComplaintState),
        ("plan_line", "kind") => of!(practice::plan::LineKind),
        ("plan_line", "readers") => of!(practice::plan::LineReaders),
        ("plan_view", "agreement") => of!(practice::plan::Agreement),
        ("meeting", "kind") => of!(practice::meeting::MeetingKind),
        ("meeting", "way") => of!(practice::meeting::MeetingWay),
        ("meeting", "readers") => of!(practice::meeting::MeetingReaders),
        ("meeting_answer", "comes") => of!(practice::meeting::Comes),
        ("touch", "kind") => of!(practice::touch::TouchKind),
        ("touch_wish", "wants") => of!(practice::touch::Wants),
        ("touch_wish" | "touch_agreed" | "touch_mentor", "often") => of!(practice::touch::Often),
        ("touch_agreed", "basis") => of!(practice::touch::Basis),
        ("touch_time", "how") => of!(practice::touch::TouchWay),
        ("touch_time", "came") => of!(practice::touch::Came),
        ("touch_time", "in_the_way") => of!(practice::touch::InTheWay),
        ("touch_search", "stage") => of!(practice::touch::Stage),
        ("touch_mentor", "state") => of!(practice::touch::MentorState),
        ("touch_mentor", "ended_by") => of!(practice::touch::EndedBy),
        _ => codes_of_work(table, column),
    }
}

/// The same, of how the service works.
fn codes_of_work(table: &str, column: &str) -> Vec<(&'static str, &'static str)> {
    match (table, column) {
        ("episode", "kind") => of!(episode::EpisodeKind),
        ("allocation", "part") => of!(AllocationKind),
        ("check_in" | "check_in_repair", "side") => of!(practice::check_in::Side),
        ("check_in", "committed" | "sincere" | "listening") => of!(practice::check_in::Says),
        ("own_way", "state") => of!(practice::own_way::WayState),
        ("own_way", "became") => of!(practice::own_way::Became),
        ("own_way_said", "kind") => of!(practice::own_way::Said),
        ("question", "changed") => of!(practice::space::Changed),
        ("handover", "step") => of!(practice::handover::Step),
        ("handover", "cause") => of!(practice::continuity::Cause),
        ("handover", "state") => of!(practice::handover::State),
        ("restructure", "state") => of!(practice::restructure::PlanState),
        ("restructure_step", "kind") => of!(practice::restructure::StepKind),
        ("over_limit", "whose") => of!(practice::limit::Whose),
        ("hours_worked", "kind") => of!(practice::hours::HoursKind),
        ("handover", "could_stay") => of!(practice::handover::CouldStay),
        ("post", "role") => of!(role::Role),
        _ => vec![],
    }
}

const STYLE: &str = "body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin-bottom: 1rem; }
caption, th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0; border-bottom: 1px solid; }
th, td, code { overflow-wrap: anywhere; }";

/// The page.
pub(super) fn page(manifest: &Manifest) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "The whole record of " (manifest.council) }
                style { (STYLE) }
            }
            body {
                main {
                    h1 { "The whole record of " (manifest.council) }
                    p {
                        "This folder holds everything that " (manifest.council) " had recorded in Alongside until "
                        (manifest.made_at) ". It names children and families: keep it as you keep the record itself, and delete it \
                        when it has done its work."
                    }
                    (files(manifest))
                    (reading())
                    (missing(manifest))
                    h2 id="tables" { "The tables" }
                    ul {
                        @for table in there(manifest) { li { a href={ "#" (table.name) } { (table.name) } } }
                    }
                    @for table in there(manifest) { (section(table, manifest)) }
                }
            }
        }
    }
}

fn there(manifest: &Manifest) -> impl Iterator<Item = &'static Table> {
    whole::tables().iter().filter(|table| left_out(&table.name, manifest.with_sign_in).is_none())
}

fn files(manifest: &Manifest) -> Markup {
    html! {
        h2 { "What lies here" }
        ul {
            li { code { "tables/NAME.jsonl" } ": the rows of one table, one a line. Each is explained below." }
            li {
                code { (ATTACHMENTS) } ": every photo, drawing and document, byte for byte as it is kept, each called by the SHA-256 \
                hash of its bytes. The table " a href="#attachment" { "attachment" } " says what each was called and what it belongs to."
            }
            li { code { (LIST) } ": the hash and size of each attachment, sorted by hash." }
            li {
                code { (MANIFEST) } ": the size, number of rows and SHA-256 hash of every file, what was left out, and the head of \
                the journal: " (manifest.journal.sealed) " rows are sealed."
            }
            li { code { "index.html" } ": this page." }
        }
    }
}

fn reading() -> Markup {
    html! {
        h2 { "How to read it" }
        p {
            "Every line is a JSON object with each column by its name, in UTF-8. " code { "null" } " says that nothing is known. Keys \
            are UUIDs, days are " code { "2026-11-21" } ", instants are in universal time: " code { "2026-11-21T09:30:00Z" } ", bytes \
            are hexadecimal. Rows are sorted by their key."
        }
        p {
            "Nothing is deleted when it is corrected: the old row gets a " code { "superseded_at" } " and a new one stands beside \
            it. What holds now are the rows whose " code { "superseded_at" } " is " code { "null" } "."
        }
        p {
            "To have the council back, with any version that knows this form: " code { "alongside import all FOLDER" }
            " into a new, empty database, SQLite or PostgreSQL."
        }
    }
}

fn missing(manifest: &Manifest) -> Markup {
    html! {
        h2 { "What was left out" }
        ul { @for one in &manifest.left_out { li { code { (one.what) } ": " (one.why) "." } } }
    }
}

fn section(table: &Table, manifest: &Manifest) -> Markup {
    let words = table_words().iter().find(|one| one.name == table.name);
    let rows =
        manifest.files.iter().find(|file| file.path == table_path(&table.name)).and_then(|file| file.rows);
    html! {
        h3 id=(table.name) { (table.name) }
        p { @if let Some(words) = words { (words.what) } " Rows: " (rows.unwrap_or_default()) "." }
        table {
            caption { "Columns of " (table.name) }
            thead { tr { th scope="col" { "Column" } th scope="col" { "What it holds" } th scope="col" { "Form" } } }
            tbody {
                @for (at, (column, kind)) in table.columns.iter().enumerate() {
                    tr {
                        th scope="row" { code { (column) } }
                        td {
                            (explained(&table.name, column).unwrap_or_default())
                            @if hidden(&table.name, column, manifest.with_sign_in).is_some() { " Left empty in this export." }
                            (codes_of(&table.name, column))
                        }
                        td {
                            (expected(*kind))
                            @if let Some((_, other)) = table.points.iter().find(|(place, _)| *place == at) {
                                ", the key of a row in " a href={ "#" (other) } { (other) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn codes_of(table: &str, column: &str) -> Markup {
    html! {
        @for (at, (code, plain)) in codes(table, column).into_iter().enumerate() {
            @if at == 0 { " One of: " } @else { ", " }
            code { (code) } " (" (plain) ")"
        }
    }
}
