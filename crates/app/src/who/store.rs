//! Sessions and the posts their workers hold.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    TOKEN = "SELECT k.id, k.account_id, k.name AS token, k.scopes, k.roles, k.expires_at, k.used_at, k.ended_at, a.worker_id, \
        a.ended_at AS account_ended_at, w.name, w.hue, w.to_date \
        FROM token k JOIN account a ON a.id = k.account_id JOIN worker w ON w.id = a.worker_id WHERE k.secret_hash = $1";
    TOKEN_USED = "UPDATE token SET used_at = $2 WHERE id = $1";
    SESSION = "SELECT s.account_id, s.csrf, s.roles, s.last_seen_at, s.expires_at, a.worker_id, a.ended_at, w.name, w.hue, w.to_date, \
        EXISTS (SELECT 1 FROM notice n WHERE n.worker_id = a.worker_id AND n.seen_at IS NULL) AS told \
        FROM session s JOIN account a ON a.id = s.account_id JOIN worker w ON w.id = a.worker_id \
        WHERE s.token_hash = $1 AND s.ended_at IS NULL";
    // workers who put up a photo of themselves: those who work with somebody, or with a child they hold responsibility for
    FACES = "SELECT DISTINCT o.worker_id FROM worker_photo o JOIN allocation a ON a.worker_id = o.worker_id \
        WHERE a.superseded_at IS NULL AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) \
        AND (a.person_id = $1 OR a.person_id IN (SELECT r.other_id FROM relationship r WHERE r.person_id = $1 \
        AND r.superseded_at IS NULL AND r.parental_responsibility \
        AND EXISTS (SELECT 1 FROM person k WHERE k.id = r.other_id AND k.access_level = 'findable')))";
    // whoever was un-invited is out at once
    OWN_SESSION = "SELECT s.account_id, s.csrf, s.last_seen_at, s.expires_at, a.person_id, p.shown_name AS name, p.hue, p.initials, \
        EXISTS (SELECT 1 FROM in_space o WHERE o.comes_id = a.person_id AND o.person_id = a.person_id AND o.superseded_at IS NULL \
        AND o.from_date <= $2 AND (o.to_date IS NULL OR o.to_date >= $2)) AS own, \
        EXISTS (SELECT 1 FROM in_space o WHERE o.comes_id = a.person_id AND o.person_id <> a.person_id AND o.superseded_at IS NULL \
        AND o.from_date <= $2 AND (o.to_date IS NULL OR o.to_date >= $2)) AS others, \
        (SELECT g.stage FROM space_stage g WHERE g.person_id = a.person_id AND g.superseded_at IS NULL ORDER BY g.recorded_at DESC, g.id DESC LIMIT 1) AS stage \
        FROM session s JOIN account a ON a.id = s.account_id JOIN person p ON p.id = a.person_id \
        WHERE s.token_hash = $1 AND s.ended_at IS NULL AND a.ended_at IS NULL AND EXISTS (SELECT 1 FROM in_space i \
        WHERE i.comes_id = a.person_id AND i.superseded_at IS NULL AND i.from_date <= $2 AND (i.to_date IS NULL OR i.to_date >= $2))";
    POSTS = "SELECT team_id, role FROM post WHERE worker_id = $1 AND superseded_at IS NULL \
        AND from_date <= $2 AND (to_date IS NULL OR to_date >= $2)";
    BY_CODE = "SELECT id, name, hue FROM worker WHERE code = $1 AND (to_date IS NULL OR to_date >= $2)";
    BEGIN = "INSERT INTO session (token_hash, account_id, csrf, device, created_at, last_seen_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $5, $6)";
    NARROW = "UPDATE session SET roles = $2 WHERE token_hash = $1";
    TOUCH = "UPDATE session SET last_seen_at = $2 WHERE token_hash = $1";
    END = "UPDATE session SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL";
}

#[derive(db::FromRow)]
pub(crate) struct SessionRow {
    pub(crate) account_id: Uuid,
    pub(crate) csrf: String,
    pub(crate) roles: Option<String>,
    pub(crate) last_seen_at: At,
    pub(crate) expires_at: At,
    pub(crate) worker_id: Uuid,
    pub(crate) ended_at: Option<At>,
    pub(crate) name: String,
    pub(crate) hue: i64,
    pub(crate) to_date: Option<Day>,
    pub(crate) told: bool,
}

#[derive(db::FromRow)]
pub(crate) struct TokenRow {
    pub(crate) id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) token: String,
    pub(crate) scopes: String,
    pub(crate) roles: String,
    pub(crate) expires_at: At,
    pub(crate) used_at: Option<At>,
    pub(crate) ended_at: Option<At>,
    pub(crate) worker_id: Uuid,
    pub(crate) account_ended_at: Option<At>,
    pub(crate) name: String,
    pub(crate) hue: i64,
    pub(crate) to_date: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct ByCodeRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) hue: i64,
}

#[derive(db::FromRow)]
pub(crate) struct PostRow {
    pub(crate) team_id: Option<Uuid>,
    pub(crate) role: String,
}

#[derive(db::FromRow)]
pub(crate) struct OwnSessionRow {
    pub(crate) account_id: Uuid,
    pub(crate) csrf: String,
    pub(crate) last_seen_at: At,
    pub(crate) expires_at: At,
    pub(crate) person_id: Uuid,
    pub(crate) name: String,
    pub(crate) hue: i64,
    pub(crate) initials: String,
    pub(crate) own: bool,
    pub(crate) others: bool,
    pub(crate) stage: Option<String>,
}
