//! What never leaves in an export, and what leaves only where the operator says so: whatever signs people in.

use super::LeftOut;
use db::Value;
use db::whole::{self, Kind};

const BROWSERS: &str = "whoever is signed in signs in again";
const SECRETS: &str = "it signs people in; taken along with --with-sign-in only";

/// Why a table is left out, if it is.
pub fn left_out(table: &str, with_sign_in: bool) -> Option<&'static str> {
    match table {
        "session" | "known_browser" | "passkey_asked" | "token_request" => Some(BROWSERS),
        "recovery_code" | "passkey" | "token" | "invitation" | "space_invitation" | "kept_form"
            if !with_sign_in =>
        {
            Some(SECRETS)
        }
        _ => None,
    }
}

/// Why a column is left empty, if it is.
pub fn hidden(table: &str, column: &str, with_sign_in: bool) -> Option<&'static str> {
    let secret =
        table == "account" && matches!(column, "password_hash" | "code_secret" | "code_step" | "subject");
    // a letter that waits holds half of what somebody comes in with
    let link = table == "letter" && matches!(column, "subject" | "words");
    ((secret || link) && !with_sign_in).then_some(SECRETS)
}

/// Everything that is left out, for the manifest and the page.
pub(super) fn all_left_out(with_sign_in: bool) -> Vec<LeftOut> {
    let mut all = vec![];
    for table in whole::tables() {
        if let Some(why) = left_out(&table.name, with_sign_in) {
            all.push(LeftOut { what: table.name.clone(), why: why.to_owned() });
        }
        for (column, _) in &table.columns {
            if let Some(why) = hidden(&table.name, column, with_sign_in) {
                all.push(LeftOut { what: format!("{}.{column}", table.name), why: why.to_owned() });
            }
        }
    }
    all
}

/// The columns of a table that are left empty.
pub(super) fn emptied(table: &whole::Table, with_sign_in: bool) -> Vec<usize> {
    let is = |(column, _): &(String, Kind)| hidden(&table.name, column, with_sign_in).is_some();
    table.columns.iter().enumerate().filter(|(_, column)| is(column)).map(|(place, _)| place).collect()
}

/// Nothing, of the same kind.
pub(super) fn nothing_of(value: &Value) -> Value {
    match value {
        Value::Key(_) => Value::Key(None),
        Value::Text(_) => Value::Text(None),
        Value::Int(_) => Value::Int(None),
        Value::Bool(_) => Value::Bool(None),
        Value::Day(_) => Value::Day(None),
        Value::At(_) => Value::At(None),
        Value::Bytes(_) => Value::Bytes(None),
    }
}
