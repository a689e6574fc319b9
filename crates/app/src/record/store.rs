//! Drafts, the files that wait with them, other texts of the same thing, and who may be chosen.

use db::At;
use uuid::Uuid;

db::statements! {
    MINE = "SELECT p.id, min(a.part) AS part FROM allocation a JOIN person p ON p.id = a.person_id \
        WHERE a.worker_id = $1 AND a.superseded_at IS NULL AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) \
        GROUP BY p.id ORDER BY p.id";
    OPEN_KINDS = "SELECT kind FROM episode WHERE person_id = $1 AND superseded_at IS NULL AND (to_date IS NULL OR to_date >= $2)";
    COLLEAGUES = "SELECT DISTINCT w.id, w.name FROM post m JOIN post o ON o.team_id = m.team_id JOIN worker w ON w.id = o.worker_id \
        WHERE m.worker_id = $1 AND m.superseded_at IS NULL AND o.superseded_at IS NULL \
        AND m.from_date <= $2 AND (m.to_date IS NULL OR m.to_date >= $2) AND o.from_date <= $2 AND (o.to_date IS NULL OR o.to_date >= $2) \
        AND (w.to_date IS NULL OR w.to_date >= $2)";
    WORK_WITH = "SELECT DISTINCT w.id, w.name FROM allocation a JOIN worker w ON w.id = a.worker_id \
        WHERE a.person_id = $1 AND a.superseded_at IS NULL AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2)";
    WORKER = "SELECT id, name FROM worker WHERE id = $1";
    DRAFT = "SELECT id, place, body, updated_at, discarded_at, entry_id FROM draft WHERE id = $1 AND account_id = $2";
    DRAFTS = "SELECT id, place, body, updated_at, discarded_at, entry_id FROM draft WHERE account_id = $1 AND filed_at IS NULL \
        AND discarded_at IS NULL ORDER BY updated_at DESC LIMIT 50";
    THROWN_AWAY = "SELECT id, place, body, updated_at, discarded_at, entry_id FROM draft WHERE account_id = $1 AND filed_at IS NULL \
        AND discarded_at > $2 ORDER BY discarded_at DESC LIMIT 20";
    SAVE_DRAFT = "INSERT INTO draft (id, account_id, place, body, version, created_at, updated_at) VALUES ($1, $2, $3, $4, 1, $5, $5) \
        ON CONFLICT (id) DO UPDATE SET place = $3, body = $4, version = draft.version + 1, updated_at = $5, discarded_at = NULL \
        WHERE draft.account_id = $2 AND draft.filed_at IS NULL";
    FILE_DRAFT = "INSERT INTO draft (id, account_id, place, body, version, created_at, updated_at, filed_at, entry_id) \
        VALUES ($1, $2, $3, '[]', 1, $4, $4, $4, $5) \
        ON CONFLICT (id) DO UPDATE SET body = '[]', version = draft.version + 1, updated_at = $4, filed_at = $4, entry_id = $5 \
        WHERE draft.account_id = $2 AND draft.filed_at IS NULL";
    DISCARD = "UPDATE draft SET discarded_at = $3, version = version + 1 WHERE id = $1 AND account_id = $2 AND filed_at IS NULL AND discarded_at IS NULL";
    PUT_BACK = "UPDATE draft SET discarded_at = NULL, version = version + 1 WHERE id = $1 AND account_id = $2 AND filed_at IS NULL";
    WAIT = "INSERT INTO attachment (id, account_id, draft_id, hash, size, kind, name, thumbnail_hash, width, height, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    WAITING = "SELECT id, entry_id, hash, size, kind, name, thumbnail_hash, width, height, described FROM attachment \
        WHERE draft_id = $1 AND account_id = $2 AND entry_id IS NULL ORDER BY id";
    /// A file taken out of a draft before filing belongs to nothing and is cleared away with the drafts.
    TAKE_OUT = "UPDATE attachment SET draft_id = NULL WHERE id = $1 AND account_id = $2 AND entry_id IS NULL";
    OTHER_TEXT = "INSERT INTO other_version (id, subject, subject_id, account_id, body, recorded_at) VALUES ($1, 'entry', $2, $3, $4, $5)";
    NEWEST = "SELECT e.id, e.author_id FROM entry e WHERE e.thread_id = (SELECT f.thread_id FROM entry f WHERE f.id = $1) AND e.superseded_at IS NULL";
    SETTLE = "UPDATE other_version SET settled_at = $2 WHERE subject_id = $1 AND account_id = $3 AND settled_at IS NULL";
}

#[derive(db::FromRow)]
pub(crate) struct MineRow {
    pub(crate) id: Uuid,
    pub(crate) part: String,
}

#[derive(db::FromRow)]
pub(crate) struct DraftRow {
    pub(crate) id: Uuid,
    pub(crate) place: String,
    pub(crate) body: String,
    pub(crate) updated_at: At,
    pub(crate) discarded_at: Option<At>,
    pub(crate) entry_id: Option<Uuid>,
}
