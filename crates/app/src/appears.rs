//! The static SQL of a [`Place`](crate::room::Place), put together from the names of a table and its columns, so that a
//! room lists where people appear in its tables in a few words.

/// The place of a table whose rows are dated twice. `thread` says what belongs together: versions of one thing,
/// the two sides of one relationship, all that one entry brought.
#[macro_export]
macro_rules! dated {
    (table $table:literal, person $person:literal, what $what:literal, thread $thread:literal,
     words $words:literal, columns $columns:literal) => {
        $crate::room::Place {
            export: concat!(
                "SELECT id, ",
                $columns,
                ", recorded_at, superseded_at FROM ",
                $table,
                " WHERE ",
                $person,
                " = $1"
            ),
            rows: Some($crate::room::Rows {
                all: concat!(
                    "SELECT id, ",
                    $thread,
                    " AS thread, recorded_at AS known_at, superseded_at AS over_at FROM ",
                    $table,
                    " WHERE ",
                    $person,
                    " = $1"
                ),
                over: Some(concat!("UPDATE ", $table, " SET superseded_at = $2 WHERE id = $1")),
                again: concat!(
                    "INSERT INTO ",
                    $table,
                    " (id, ",
                    $person,
                    ", ",
                    $columns,
                    ", recorded_at, superseded_at) \
                    SELECT $2, $3, ",
                    $columns,
                    ", recorded_at, superseded_at FROM ",
                    $table,
                    " WHERE id = $1"
                ),
                words: concat!("SELECT ", $words, " FROM ", $table, " WHERE id = $1"),
                give: concat!("UPDATE ", $table, " SET ", $person, " = $2 WHERE id = $1"),
            }),
            ..$crate::undated! {
                table $table, person $person, what $what, thread $thread, known "recorded_at",
                words $words, columns $columns
            }
        }
    };
}

/// The place of a table whose rows are never superseded. `known` says when a row was recorded.
#[macro_export]
macro_rules! undated {
    (table $table:literal, person $person:literal, what $what:literal, thread $thread:literal,
     known $known:literal, words $words:literal, columns $columns:literal) => {
        $crate::room::Place {
            table: $table,
            person: $person,
            what: $what,
            export: concat!("SELECT id, ", $columns, " FROM ", $table, " WHERE ", $person, " = $1"),
            merge: concat!("UPDATE ", $table, " SET ", $person, " = $2 WHERE ", $person, " = $1"),
            dispose: concat!("DELETE FROM ", $table, " WHERE ", $person, " = $1"),
            rows: Some($crate::room::Rows {
                all: concat!(
                    "SELECT id, ",
                    $thread,
                    " AS thread, ",
                    $known,
                    " AS known_at, \
                    CAST(NULL AS timestamptz) AS over_at FROM ",
                    $table,
                    " WHERE ",
                    $person,
                    " = $1"
                ),
                over: None,
                again: concat!(
                    "INSERT INTO ",
                    $table,
                    " (id, ",
                    $person,
                    ", ",
                    $columns,
                    ") SELECT $2, $3, ",
                    $columns,
                    " FROM ",
                    $table,
                    " WHERE id = $1"
                ),
                words: concat!("SELECT ", $words, " FROM ", $table, " WHERE id = $1"),
                give: concat!("UPDATE ", $table, " SET ", $person, " = $2 WHERE id = $1"),
            }),
        }
    };
}
