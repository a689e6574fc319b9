//! The journal's rows, and the seals that chain them.

use db::At;
use uuid::Uuid;

/// How many seals one statement puts.
pub(crate) const SEALS_AT_ONCE: usize = 20;

db::statements! {
    NOTE = "INSERT INTO journal (id, happened_at, account_id, actor, action, payload, salt, payload_hash, own_hash) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ABOUT = "INSERT INTO journal_about (journal_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    UNSEALED = "INSERT INTO journal_unsealed (journal_id, waiting_since) VALUES ($1, $2)";

    ANY_WAITING = "SELECT CAST(count(*) AS bigint) FROM (SELECT 1 AS one FROM journal_unsealed LIMIT 1) AS waiting";
    HEAD = "SELECT seq, hash FROM journal_seal ORDER BY seq DESC LIMIT 1";
    SEAL_OF = "SELECT hash FROM journal_seal WHERE seq = $1";
    // few first, then their hashes: an engine that still expects very many after an import would read the whole journal
    WAITING = "SELECT u.journal_id, j.own_hash FROM (SELECT journal_id, waiting_since FROM journal_unsealed \
        ORDER BY waiting_since, journal_id LIMIT 500) u JOIN journal j ON j.id = u.journal_id \
        ORDER BY u.waiting_since, u.journal_id";
    SEAL = "INSERT INTO journal_seal (seq, journal_id, hash, sealed_at) VALUES ($1, $2, $3, $4)";
    SEALS = "INSERT INTO journal_seal (seq, journal_id, hash, sealed_at) VALUES \
        ($1, $2, $3, $4), ($5, $6, $7, $8), ($9, $10, $11, $12), ($13, $14, $15, $16), ($17, $18, $19, $20), \
        ($21, $22, $23, $24), ($25, $26, $27, $28), ($29, $30, $31, $32), ($33, $34, $35, $36), ($37, $38, $39, $40), \
        ($41, $42, $43, $44), ($45, $46, $47, $48), ($49, $50, $51, $52), ($53, $54, $55, $56), ($57, $58, $59, $60), \
        ($61, $62, $63, $64), ($65, $66, $67, $68), ($69, $70, $71, $72), ($73, $74, $75, $76), ($77, $78, $79, $80)";
    SEALED = "DELETE FROM journal_unsealed WHERE journal_id IN (SELECT journal_id FROM journal_seal WHERE seq > $1)";

    // a page of the chain with the rows it seals; a row that is gone leaves its columns empty
    CHAIN = "SELECT s.seq, s.hash, s.journal_id, j.id, j.happened_at, j.account_id, j.actor, j.action, j.payload, j.salt, \
        j.payload_hash, j.own_hash FROM journal_seal s LEFT JOIN journal j ON j.id = s.journal_id \
        WHERE s.seq > $1 ORDER BY s.seq LIMIT 500";
    CHAIN_ABOUT = "SELECT a.journal_id, a.person_id FROM journal_seal s JOIN journal_about a ON a.journal_id = s.journal_id \
        WHERE s.seq > $1 AND s.seq <= $2";
    // a page of what waits for its seal
    LOOSE = "SELECT CAST(0 AS bigint) AS seq, CAST(NULL AS bytea) AS hash, u.journal_id, j.id, j.happened_at, j.account_id, \
        j.actor, j.action, j.payload, j.salt, j.payload_hash, j.own_hash FROM journal_unsealed u \
        LEFT JOIN journal j ON j.id = u.journal_id WHERE u.journal_id > $1 ORDER BY u.journal_id LIMIT 500";
    LOOSE_ABOUT = "SELECT a.journal_id, a.person_id FROM journal_about a WHERE a.journal_id > $1 AND a.journal_id <= $2 \
        AND EXISTS (SELECT 1 FROM journal_unsealed u WHERE u.journal_id = a.journal_id)";
    // what was written, in the order of the chain; what waits comes after it
    SEALED_PAYLOADS = "SELECT s.seq, j.happened_at, j.action, j.payload FROM journal_seal s JOIN journal j ON j.id = s.journal_id \
        WHERE j.payload IS NOT NULL ORDER BY s.seq";
    LOOSE_PAYLOADS = "SELECT CAST(0 AS bigint) AS seq, j.happened_at, j.action, j.payload FROM journal_unsealed u JOIN journal j ON j.id = u.journal_id \
        WHERE j.payload IS NOT NULL ORDER BY u.waiting_since, u.journal_id";
    ROWS = "SELECT CAST(count(*) AS bigint) FROM journal";
    OVERDUE = "SELECT CAST(count(*) AS bigint) FROM journal_unsealed WHERE waiting_since < $1";
    STRAY = "SELECT j.id, j.action, j.happened_at FROM journal j WHERE \
        NOT EXISTS (SELECT 1 FROM journal_seal s WHERE s.journal_id = j.id) \
        AND NOT EXISTS (SELECT 1 FROM journal_unsealed u WHERE u.journal_id = j.id) ORDER BY j.id LIMIT 20";

    // who has read the record of one person; $2 is the row after which to go on, all ones for the newest
    READINGS = "SELECT j.id, j.happened_at, j.actor, j.action, j.payload FROM journal_about a JOIN journal j ON j.id = a.journal_id \
        WHERE a.person_id = $1 AND a.journal_id < $2 AND j.happened_at BETWEEN $3 AND $4 AND (j.action LIKE 'open\\_%' ESCAPE '\\' OR j.action LIKE 'print\\_%' ESCAPE '\\' OR j.action LIKE 'export\\_%' ESCAPE '\\' \
        OR j.action IN ('copy_entry', 'download_entry', 'refuse_reading', 'break_glass')) AND j.action <> 'open_episode' \
        ORDER BY a.journal_id DESC LIMIT 51";
    READERS = "SELECT CAST(count(*) AS bigint) AS times, j.actor \
        FROM journal_about a JOIN journal j ON j.id = a.journal_id \
        WHERE a.person_id = $1 AND j.happened_at BETWEEN $2 AND $3 AND j.action <> 'open_episode' \
        AND (j.action LIKE 'open\\_%' ESCAPE '\\' OR j.action LIKE 'print\\_%' ESCAPE '\\' \
        OR j.action LIKE 'export\\_%' ESCAPE '\\' OR j.action IN ('copy_entry', 'download_entry')) GROUP BY j.actor";
}

#[derive(db::FromRow)]
pub(crate) struct HeadRow {
    pub(crate) seq: i64,
    pub(crate) hash: Vec<u8>,
}

#[derive(db::FromRow)]
pub(crate) struct WaitingRow {
    pub(crate) journal_id: Uuid,
    pub(crate) own_hash: Vec<u8>,
}

/// A seal with its row, whose columns are empty where it is gone.
#[derive(db::FromRow)]
pub(crate) struct ChainRow {
    pub(crate) seq: i64,
    pub(crate) hash: Option<Vec<u8>>,
    pub(crate) journal_id: Uuid,
    pub(crate) id: Option<Uuid>,
    pub(crate) happened_at: Option<At>,
    pub(crate) account_id: Option<Uuid>,
    pub(crate) actor: Option<String>,
    pub(crate) action: Option<String>,
    pub(crate) payload: Option<String>,
    pub(crate) salt: Option<Vec<u8>>,
    pub(crate) payload_hash: Option<Vec<u8>>,
    pub(crate) own_hash: Option<Vec<u8>>,
}

#[derive(db::FromRow)]
pub(crate) struct PayloadRow {
    pub(crate) seq: i64,
    pub(crate) happened_at: At,
    pub(crate) action: String,
    pub(crate) payload: String,
}

#[derive(db::FromRow)]
pub(crate) struct AboutRow {
    pub(crate) journal_id: Uuid,
    pub(crate) person_id: Uuid,
}

#[derive(db::FromRow)]
pub(crate) struct StrayRow {
    pub(crate) id: Uuid,
    pub(crate) action: String,
    pub(crate) happened_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct ReadingRow {
    pub(crate) id: Uuid,
    pub(crate) happened_at: At,
    pub(crate) actor: String,
    pub(crate) action: String,
    pub(crate) payload: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct ReadersRow {
    pub(crate) times: i64,
    pub(crate) actor: String,
}
