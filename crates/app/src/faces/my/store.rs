//! Who works with somebody, as they read it.

use db::Day;
use uuid::Uuid;

db::statements! {
    // those who work with them, and with the children they hold responsibility for; not with one whose record is hidden
    WORKERS = "SELECT w.id, w.name, w.hue, w.phone, w.email, a.part, a.from_date, c.name AS cover FROM allocation a \
        JOIN worker w ON w.id = a.worker_id \
        LEFT JOIN absence b ON b.worker_id = w.id AND b.superseded_at IS NULL AND b.from_date <= $2 AND (b.to_date IS NULL OR b.to_date >= $2) \
        LEFT JOIN worker c ON c.id = b.cover_id \
        WHERE a.superseded_at IS NULL AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) \
        AND (a.person_id = $1 OR a.person_id IN (SELECT r.other_id FROM relationship r WHERE r.person_id = $1 \
        AND r.superseded_at IS NULL AND r.parental_responsibility \
        AND EXISTS (SELECT 1 FROM person k WHERE k.id = r.other_id AND k.access_level = 'findable'))) \
        ORDER BY CASE a.part WHEN 'responsible' THEN 0 WHEN 'helping' THEN 1 ELSE 2 END, a.from_date, w.name, w.id";
    FILE = "SELECT t.id, t.entry_id, t.hash, t.size, t.kind, t.name, t.thumbnail_hash, t.width, t.height, t.described, e.thread_id \
        FROM attachment t JOIN entry e ON e.id = t.entry_id WHERE t.id = $1";
}

#[derive(Clone, db::FromRow)]
pub(crate) struct WorkerRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) hue: i64,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) part: String,
    pub(crate) from_date: Day,
    pub(crate) cover: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct ThreadRow {
    pub(crate) thread_id: Uuid,
}
