//! Where a person appears in what signs people in: the account of their own space and what hangs on it.

use crate::room::Place;

/// What hangs on an account: it goes with it, and is nobody's words.
macro_rules! of_account {
    ($table:literal, $what:literal, $columns:literal) => {
        Place {
            table: $table,
            person: "account_id",
            what: $what,
            export: concat!(
                "SELECT ",
                $columns,
                " FROM ",
                $table,
                " WHERE account_id IN (SELECT id FROM account WHERE person_id = $1)"
            ),
            // it stays with its account, and so goes where that goes
            merge: concat!("UPDATE ", $table, " SET account_id = $2 WHERE account_id = $1"),
            dispose: concat!(
                "DELETE FROM ",
                $table,
                " WHERE account_id IN (SELECT id FROM account WHERE person_id = $1)"
            ),
            rows: None,
        }
    };
}

/// The account comes last: what refers to it goes first.
pub(super) const PLACES: &[Place] = &[
    of_account!("session", "time they were signed in", "device, created_at, last_seen_at"),
    of_account!("known_browser", "browser they used", "seen_at"),
    of_account!("passkey", "passkey", "name, made_at, used_at"),
    of_account!("passkey_asked", "passkey asked for", "expires_at"),
    of_account!("recovery_code", "recovery code", "used_at"),
    Place {
        table: "account",
        person: "person_id",
        what: "sign-in name of their own space",
        export: "SELECT id, sign_in_name, created_at, ended_at FROM account WHERE person_id = $1",
        // whoever has two keeps the one of the record that stays
        merge: "UPDATE account SET person_id = $2 WHERE person_id = $1 \
            AND NOT EXISTS (SELECT 1 FROM account o WHERE o.person_id = $2)",
        dispose: "DELETE FROM account WHERE person_id = $1",
        rows: None,
    },
];
