//! People's rows: the person, their names, birth, details, numbers and addresses.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    HEADER = "SELECT p.id, p.kind, p.hue, p.access_level, p.shown_name, p.full_name, p.initials, p.birth_year, p.version, \
        b.born_on, b.basis FROM person p \
        LEFT JOIN person_birth b ON b.person_id = p.id AND b.superseded_at IS NULL WHERE p.id = $1";
    /// Two dozen at a time; places left over repeat the first.
    HEADERS = "SELECT p.id, p.kind, p.hue, p.access_level, p.shown_name, p.full_name, p.initials, p.birth_year, p.version, \
        b.born_on, b.basis FROM person p \
        LEFT JOIN person_birth b ON b.person_id = p.id AND b.superseded_at IS NULL \
        WHERE p.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)";
    /// Waits for whoever changes the same person, and counts the change.
    LOCK = "UPDATE person SET version = version + 1 WHERE id = $1";
    LEVEL_ADD = "INSERT INTO person_level (id, person_id, level, reason, recorded_at) VALUES ($1, $2, $3, $4, $5)";
    ADD = "INSERT INTO person (id, kind, hue, access_level, shown_name, full_name, initials, birth_year, recorded_at, recorded_by, version) \
        VALUES ($1, $2, $3, $4, '', '', '', NULL, $5, $6, 1)";
    SHOW = "UPDATE person SET shown_name = $2, full_name = $3, initials = $4 WHERE id = $1";
    BORN = "UPDATE person SET birth_year = $2, kind = $3 WHERE id = $1";
    MINT = "INSERT INTO minted (kind, last) VALUES ($1, 1) ON CONFLICT (kind) DO UPDATE SET last = minted.last + 1 RETURNING last";

    NAMES = "SELECT id, kind, given, family, from_date, to_date, recorded_at FROM person_name \
        WHERE person_id = $1 AND superseded_at IS NULL";
    NAMES_THEN = "SELECT id, kind, given, family, from_date, to_date, recorded_at FROM person_name \
        WHERE person_id = $1 AND recorded_at <= $2 AND (superseded_at IS NULL OR superseded_at > $2)";
    NAME_ADD = "INSERT INTO person_name (id, person_id, kind, given, family, from_date, to_date, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    NAME_OVER = "UPDATE person_name SET superseded_at = $3 WHERE id = $1 AND person_id = $2 AND superseded_at IS NULL";

    /// The rows of the journal about a person that name a fact, newest first.
    MENTIONED = "SELECT j.actor, c.worker_id, j.payload FROM journal_about a JOIN journal j ON j.id = a.journal_id \
        LEFT JOIN account c ON c.id = j.account_id WHERE a.person_id = $1 AND j.payload LIKE $2 ORDER BY a.journal_id DESC LIMIT 10";
    KEEP_TEXT = "INSERT INTO other_version (id, subject, subject_id, account_id, body, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    TEXTS = "SELECT o.id, o.subject, o.account_id, o.body, o.recorded_at, w.name FROM other_version o JOIN account a ON a.id = o.account_id \
        JOIN worker w ON w.id = a.worker_id WHERE o.subject_id = $1 AND o.settled_at IS NULL ORDER BY o.recorded_at";
    SETTLE_TEXT = "UPDATE other_version SET settled_at = $2 WHERE id = $1 AND subject_id = $3 AND settled_at IS NULL";
    SETTLE_MINE = "UPDATE other_version SET settled_at = $2 WHERE subject_id = $1 AND subject = $3 AND account_id = $4 AND settled_at IS NULL";

    BIRTH = "SELECT id, born_on, basis, note, recorded_at FROM person_birth WHERE person_id = $1 AND superseded_at IS NULL";
    BIRTH_THEN = "SELECT id, born_on, basis, note, recorded_at FROM person_birth \
        WHERE person_id = $1 AND recorded_at <= $2 AND (superseded_at IS NULL OR superseded_at > $2)";
    BIRTH_ADD = "INSERT INTO person_birth (id, person_id, born_on, basis, note, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    BIRTH_OVER = "UPDATE person_birth SET superseded_at = $2 WHERE person_id = $1 AND superseded_at IS NULL";

    DETAILS = "SELECT id, kind, words, note, from_date, to_date, recorded_at FROM person_detail \
        WHERE person_id = $1 AND superseded_at IS NULL";
    DETAILS_THEN = "SELECT id, kind, words, note, from_date, to_date, recorded_at FROM person_detail \
        WHERE person_id = $1 AND recorded_at <= $2 AND (superseded_at IS NULL OR superseded_at > $2)";
    DETAIL_ADD = "INSERT INTO person_detail (id, person_id, kind, words, note, search_key, from_date, to_date, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    DETAIL_OVER = "UPDATE person_detail SET superseded_at = $3 WHERE id = $1 AND person_id = $2 AND superseded_at IS NULL";

    IDENTIFIERS = "SELECT id, kind, number, from_date, to_date, recorded_at FROM person_identifier \
        WHERE person_id = $1 AND superseded_at IS NULL";
    IDENTIFIERS_THEN = "SELECT id, kind, number, from_date, to_date, recorded_at FROM person_identifier \
        WHERE person_id = $1 AND recorded_at <= $2 AND (superseded_at IS NULL OR superseded_at > $2)";
    IDENTIFIER_ADD = "INSERT INTO person_identifier (id, person_id, kind, number, from_date, to_date, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    IDENTIFIER_OVER = "UPDATE person_identifier SET superseded_at = $3 WHERE id = $1 AND person_id = $2 AND superseded_at IS NULL";
    IDENTIFIER_HELD = "SELECT i.person_id, p.access_level FROM person_identifier i JOIN person p ON p.id = i.person_id \
        WHERE upper(i.number) = upper($1) AND i.kind = $2 AND i.superseded_at IS NULL AND i.person_id <> $3";

    ADDRESSES = "SELECT id, purpose, lines, postcode, confidential, from_date, to_date, recorded_at FROM address \
        WHERE person_id = $1 AND superseded_at IS NULL";
    ADDRESSES_THEN = "SELECT id, purpose, lines, postcode, confidential, from_date, to_date, recorded_at FROM address \
        WHERE person_id = $1 AND recorded_at <= $2 AND (superseded_at IS NULL OR superseded_at > $2)";
    ADDRESS_ADD = "INSERT INTO address (id, person_id, purpose, lines, postcode, confidential, from_date, to_date, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ADDRESS_OVER = "UPDATE address SET superseded_at = $3 WHERE id = $1 AND person_id = $2 AND superseded_at IS NULL";
}

#[derive(db::FromRow)]
pub(crate) struct HeaderRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) hue: i64,
    pub(crate) access_level: String,
    pub(crate) shown_name: String,
    pub(crate) full_name: String,
    pub(crate) initials: String,
    pub(crate) birth_year: Option<i64>,
    pub(crate) version: i64,
    pub(crate) born_on: Option<Day>,
    pub(crate) basis: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct NameRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) from_date: Option<Day>,
    pub(crate) to_date: Option<Day>,
    pub(crate) recorded_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct BirthRow {
    pub(crate) id: Uuid,
    pub(crate) born_on: Day,
    pub(crate) basis: String,
    pub(crate) note: Option<String>,
    pub(crate) recorded_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct DetailRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) words: String,
    pub(crate) note: Option<String>,
    pub(crate) from_date: Option<Day>,
    pub(crate) to_date: Option<Day>,
    pub(crate) recorded_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct IdentifierRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) number: String,
    pub(crate) from_date: Option<Day>,
    pub(crate) to_date: Option<Day>,
    pub(crate) recorded_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct MentionRow {
    pub(crate) actor: String,
    pub(crate) worker_id: Option<Uuid>,
    pub(crate) payload: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct OtherTextRow {
    pub(crate) id: Uuid,
    pub(crate) subject: String,
    pub(crate) account_id: Uuid,
    pub(crate) body: String,
    pub(crate) recorded_at: At,
    pub(crate) name: String,
}

#[derive(db::FromRow)]
pub(crate) struct HolderRow {
    pub(crate) person_id: Uuid,
    pub(crate) access_level: String,
}

#[derive(db::FromRow)]
pub(crate) struct AddressRow {
    pub(crate) id: Uuid,
    pub(crate) purpose: String,
    pub(crate) lines: String,
    pub(crate) postcode: Option<String>,
    pub(crate) confidential: bool,
    pub(crate) from_date: Option<Day>,
    pub(crate) to_date: Option<Day>,
    pub(crate) recorded_at: At,
}
