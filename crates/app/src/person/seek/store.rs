//! Rows by which people are found.

use db::Day;
use uuid::Uuid;

/// How many people one statement reads.
pub(crate) const TOGETHER: usize = 32;
/// How many days one statement asks for.
pub(crate) const DAYS: usize = 32;

/// The places of the words near one asked for.
macro_rules! firsts {
    () => {
        "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48)"
    };
}
/// And of those near the other.
macro_rules! lasts {
    () => {
        "($49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64, $65, $66, $67, $68, $69, $70, $71, $72, $73, $74, $75, $76, $77, $78, $79, $80, $81, $82, $83, $84, $85, $86, $87, $88, $89, $90, $91, $92, $93, $94, $95, $96)"
    };
}
/// Everyone hit, with their names and birth.
macro_rules! whole {
    () => {
        "SELECT p.id, p.access_level, p.hue, p.initials, p.full_name, n.kind, n.given, n.family, n.to_date, \
        b.born_on, b.basis FROM hit JOIN person p ON p.id = hit.person_id \
        LEFT JOIN person_name n ON n.person_id = p.id AND n.superseded_at IS NULL \
        LEFT JOIN person_birth b ON b.person_id = p.id AND b.superseded_at IS NULL \
        WHERE p.merged_into IS NULL AND p.access_level <> 'sealed'"
    };
}

db::statements! {
    /// The words that share a key with the one asked for.
    NEAR = "SELECT DISTINCT token FROM name_key WHERE key IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    /// How many hold one of these words.
    HOLDERS = concat!("SELECT CAST(count(*) AS bigint) FROM name_posting WHERE token IN ", firsts!());
    /// Whoever holds one of the first words and one of the second, where few hold the first: a count keeps the order, so
    /// that no engine reads every holder of the second, and words put together with nothing keep it from looking each
    /// person up once a word. Who they are is asked afterwards: an engine that expects many would read everybody.
    BOTH = concat!("SELECT DISTINCT a.person_id FROM name_posting a WHERE a.token IN ", firsts!(), " AND \
        (SELECT count(*) FROM name_posting b WHERE b.person_id = a.person_id AND (b.token || '') IN ", lasts!(), ") > 0");
    /// The same where many hold either.
    BOTH_OF_MANY = concat!("SELECT person_id FROM name_posting WHERE token IN ", firsts!(), " \
        INTERSECT SELECT person_id FROM name_posting WHERE token IN ", lasts!());
    /// Whoever holds one of these words and was born between two days, or nobody knows when.
    ONE = concat!("WITH hit AS (SELECT DISTINCT a.person_id FROM name_posting a \
        LEFT JOIN person_birth b ON b.person_id = a.person_id AND b.superseded_at IS NULL \
        WHERE a.token IN ", firsts!(), " AND (b.born_on IS NULL OR b.born_on BETWEEN $49 AND $50) LIMIT 300) ", whole!());
    PEOPLE = "SELECT p.id, p.access_level, p.hue, p.initials, p.full_name, n.kind, n.given, n.family, n.to_date, \
        b.born_on, b.basis FROM person p LEFT JOIN person_name n ON n.person_id = p.id AND n.superseded_at IS NULL \
        LEFT JOIN person_birth b ON b.person_id = p.id AND b.superseded_at IS NULL \
        WHERE p.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32) AND p.merged_into IS NULL AND p.access_level <> 'sealed'";
    NUMBER = "SELECT person_id, kind, number AS words FROM person_identifier WHERE upper(number) IN (upper($1), upper($2), upper($3)) \
        AND superseded_at IS NULL LIMIT 100";
    PHONE = "SELECT person_id, kind, search_key AS words FROM person_detail WHERE search_key = $1 AND superseded_at IS NULL LIMIT 100";
    POSTCODE = "SELECT person_id, confidential FROM address WHERE postcode = $1 AND superseded_at IS NULL LIMIT 300";
    BORN_ON = "SELECT person_id FROM person_birth WHERE born_on IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32) AND superseded_at IS NULL LIMIT 300";
    BORN_BETWEEN = "SELECT person_id FROM person_birth WHERE born_on BETWEEN $1 AND $2 AND superseded_at IS NULL LIMIT 300";
    /// Who is responsible for these people, and which team holds their open episode.
    HELPED = "SELECT a.person_id, w.name AS worker, t.name AS team FROM allocation a JOIN worker w ON w.id = a.worker_id \
        LEFT JOIN team t ON t.id = a.team_id WHERE a.superseded_at IS NULL AND a.part = 'responsible' \
        AND a.from_date <= $1 AND (a.to_date IS NULL OR a.to_date >= $1) AND a.person_id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33) \
        UNION ALL SELECT e.person_id, NULL, t.name FROM episode e JOIN team t ON t.id = e.team_id \
        WHERE e.superseded_at IS NULL AND e.from_date <= $1 AND (e.to_date IS NULL OR e.to_date >= $1) \
        AND e.person_id IN ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)";
    MINE = "SELECT person_id FROM allocation WHERE worker_id = $1 AND superseded_at IS NULL AND from_date <= $2 \
        AND (to_date IS NULL OR to_date >= $2) ORDER BY from_date DESC, id DESC LIMIT 100";
}

/// One name of somebody found, with who they are; without a name for somebody who has none.
#[derive(db::FromRow)]
pub(crate) struct FoundRow {
    pub(crate) id: Uuid,
    pub(crate) access_level: String,
    pub(crate) hue: i64,
    pub(crate) initials: String,
    pub(crate) full_name: String,
    pub(crate) kind: Option<String>,
    pub(crate) given: Option<String>,
    pub(crate) family: Option<String>,
    pub(crate) to_date: Option<Day>,
    pub(crate) born_on: Option<Day>,
    pub(crate) basis: Option<String>,
}

/// Somebody by a number or phone.
#[derive(db::FromRow)]
pub(crate) struct MatchRow {
    pub(crate) person_id: Uuid,
    pub(crate) kind: String,
    pub(crate) words: String,
}

#[derive(db::FromRow)]
pub(crate) struct PostcodeRow {
    pub(crate) person_id: Uuid,
    pub(crate) confidential: bool,
}

#[derive(db::FromRow)]
pub(crate) struct HelpedRow {
    pub(crate) person_id: Uuid,
    pub(crate) worker: Option<String>,
    pub(crate) team: Option<String>,
}
