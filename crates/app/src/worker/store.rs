//! Workers, their posts and accounts, teams and their tree, absences, bank holidays.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    // a photo of oneself
    PHOTO = "SELECT picture FROM worker_photo WHERE worker_id = $1";
    TAKE_PHOTO = "DELETE FROM worker_photo WHERE worker_id = $1";
    PUT_PHOTO = "INSERT INTO worker_photo (worker_id, picture, put_up_at) VALUES ($1, $2, $3)";
    // workers
    WORKER = "SELECT w.id, w.code, w.name, w.email, w.phone, w.registration_number, w.hue, w.from_date, w.to_date, w.version, \
        a.id AS account_id, a.sign_in_name, a.password_hash IS NOT NULL AS ready, a.ended_at \
        FROM worker w LEFT JOIN account a ON a.worker_id = w.id WHERE w.id = $1";
    WORKER_BY_CODE = "SELECT id FROM worker WHERE code = $1";
    WORKERS = "SELECT w.id, w.code, w.name, w.email, w.phone, w.registration_number, w.hue, w.from_date, w.to_date, w.version, \
        a.id AS account_id, a.sign_in_name, a.password_hash IS NOT NULL AS ready, a.ended_at \
        FROM worker w LEFT JOIN account a ON a.worker_id = w.id ORDER BY w.name, w.code";
    ADD_WORKER = "INSERT INTO worker (id, code, name, email, phone, registration_number, hue, from_date, to_date, version) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)";
    CHANGE_WORKER = "UPDATE worker SET name = $3, email = $4, phone = $5, registration_number = $6, version = version + 1 \
        WHERE id = $1 AND version = $2";
    TOUCH_WORKER = "UPDATE worker SET version = version + 1 WHERE id = $1";
    END_WORKER = "UPDATE worker SET to_date = $2, version = version + 1 WHERE id = $1 AND to_date IS NULL";
    REOPEN_WORKER = "UPDATE worker SET to_date = NULL, version = version + 1 WHERE id = $1 AND to_date IS NOT NULL";
    // posts
    POSTS = "SELECT p.id, p.worker_id, p.team_id, t.name AS team, p.role, p.from_date, p.to_date \
        FROM post p LEFT JOIN team t ON t.id = p.team_id WHERE p.worker_id = $1 AND p.superseded_at IS NULL \
        ORDER BY p.from_date DESC, p.id";
    POST = "SELECT p.id, p.worker_id, p.team_id, t.name AS team, p.role, p.from_date, p.to_date \
        FROM post p LEFT JOIN team t ON t.id = p.team_id WHERE p.id = $1 AND p.superseded_at IS NULL";
    ALL_POSTS = "SELECT p.id, p.worker_id, p.team_id, t.name AS team, p.role, p.from_date, p.to_date \
        FROM post p LEFT JOIN team t ON t.id = p.team_id WHERE p.superseded_at IS NULL \
        AND (p.to_date IS NULL OR p.to_date >= $1) ORDER BY p.from_date DESC, p.id";
    ADD_POST = "INSERT INTO post (id, worker_id, team_id, role, from_date, to_date, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    SUPERSEDE_POST = "UPDATE post SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    // how much of a whole week somebody works
    SHARES = "SELECT id, percent, from_date, to_date FROM week_share WHERE worker_id = $1 AND superseded_at IS NULL ORDER BY from_date DESC, id";
    ADD_SHARE = "INSERT INTO week_share (id, worker_id, percent, from_date, to_date, author_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    SHARE_OVER = "UPDATE week_share SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    // accounts
    ADD_ACCOUNT = "INSERT INTO account (id, worker_id, sign_in_name, failures, created_at, version) VALUES ($1, $2, $3, 0, $4, 1)";
    END_ACCOUNT = "UPDATE account SET ended_at = $2, version = version + 1 WHERE worker_id = $1 AND ended_at IS NULL";
    REOPEN_ACCOUNT = "UPDATE account SET ended_at = NULL, password_hash = NULL, code_secret = NULL, code_step = NULL, subject = NULL, \
        failures = 0, locked_until = NULL, version = version + 1 WHERE worker_id = $1";
    CLEAR_ACCOUNT = "UPDATE account SET password_hash = NULL, code_secret = NULL, subject = NULL, failures = 0, locked_until = NULL, \
        version = version + 1 WHERE id = $1 AND ended_at IS NULL";
    CLEAR_RECOVERY = "DELETE FROM recovery_code WHERE account_id = $1";
    REMOVE_PASSKEYS = "DELETE FROM passkey WHERE account_id = $1";
    REMOVE_PASSKEYS_OF = "DELETE FROM passkey WHERE account_id IN (SELECT id FROM account WHERE worker_id = $1)";
    END_TOKENS = "UPDATE token SET ended_at = $2 WHERE account_id = $1 AND ended_at IS NULL";
    END_SESSIONS = "UPDATE session SET ended_at = $2 WHERE account_id = $1 AND ended_at IS NULL";
    FORGET_BROWSERS = "DELETE FROM known_browser WHERE account_id = $1";
    VOID_INVITATIONS = "UPDATE invitation SET expires_at = $2, code_secret = NULL WHERE account_id = $1 AND used_at IS NULL AND expires_at > $2";
    INVITE = "INSERT INTO invitation (id, account_id, purpose, token_hash, code_secret, created_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    INVITED = "SELECT purpose, expires_at FROM invitation WHERE account_id = $1 AND used_at IS NULL AND expires_at > $2 \
        ORDER BY created_at DESC LIMIT 1";
    OTHER_ADMINISTRATORS = "SELECT CAST(count(DISTINCT p.worker_id) AS bigint) FROM post p JOIN account a ON a.worker_id = p.worker_id \
        JOIN worker w ON w.id = p.worker_id WHERE p.role = 'system-administrator' AND p.superseded_at IS NULL AND p.id <> $1 \
        AND p.worker_id <> $2 AND p.from_date <= $3 AND (p.to_date IS NULL OR p.to_date >= $3) AND a.ended_at IS NULL \
        AND (w.to_date IS NULL OR w.to_date >= $3)";
    // for whom someone answers
    RESPONSIBLE = "SELECT a.team_id, t.name AS team, CAST(count(DISTINCT a.person_id) AS bigint) AS people FROM allocation a \
        LEFT JOIN team t ON t.id = a.team_id WHERE a.worker_id = $1 AND a.part = 'responsible' AND a.superseded_at IS NULL \
        AND (a.to_date IS NULL OR a.to_date > $2) GROUP BY a.team_id, t.name ORDER BY t.name";
    WAITING = "SELECT CAST(count(DISTINCT e.person_id) AS bigint) FROM episode e WHERE e.team_id = $1 AND e.superseded_at IS NULL \
        AND (e.to_date IS NULL OR e.to_date > $2) AND NOT EXISTS (SELECT 1 FROM allocation a WHERE a.person_id = e.person_id \
        AND a.part = 'responsible' AND a.superseded_at IS NULL AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2))";
    OTHER_MANAGERS = "SELECT CAST(count(*) AS bigint) FROM post WHERE team_id = $1 AND worker_id <> $2 \
        AND role IN ('team-manager', 'head-of-service') AND superseded_at IS NULL AND from_date <= $3 \
        AND (to_date IS NULL OR to_date > $3)";
    OPEN_EPISODES = "SELECT CAST(count(DISTINCT episode_id) AS bigint) FROM episode WHERE team_id = $1 AND superseded_at IS NULL \
        AND (to_date IS NULL OR to_date > $2)";
    // teams
    TEAMS = "SELECT id, code, name, place, from_date, to_date, version FROM team ORDER BY name, code";
    TEAM = "SELECT id, code, name, place, from_date, to_date, version FROM team WHERE id = $1";
    TEAM_BY_CODE = "SELECT id FROM team WHERE code = $1";
    ADD_TEAM = "INSERT INTO team (id, code, name, place, from_date, to_date, version) VALUES ($1, $2, $3, $4, $5, $6, 1)";
    CHANGE_TEAM = "UPDATE team SET name = $3, place = $4, version = version + 1 WHERE id = $1 AND version = $2";
    LOCK_TEAMS = "UPDATE team SET version = version + 1 WHERE id = $1";
    END_TEAM = "UPDATE team SET to_date = $2, version = version + 1 WHERE id = $1 AND to_date IS NULL";
    TREE = "SELECT id, team_id, parent_id, from_date, to_date FROM team_under WHERE superseded_at IS NULL ORDER BY from_date, id";
    ADD_UNDER = "INSERT INTO team_under (id, team_id, parent_id, from_date, to_date, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    SUPERSEDE_UNDER = "UPDATE team_under SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    POSTS_IN_TEAM = "SELECT CAST(count(DISTINCT worker_id) AS bigint) FROM post WHERE team_id = $1 AND superseded_at IS NULL \
        AND (to_date IS NULL OR to_date > $2)";
    // absence
    ABSENCES = "SELECT b.id, b.worker_id, w.name, w.hue, b.from_date, b.to_date, b.cover_id, c.name AS cover FROM absence b \
        JOIN worker w ON w.id = b.worker_id LEFT JOIN worker c ON c.id = b.cover_id WHERE b.superseded_at IS NULL \
        AND (b.to_date IS NULL OR b.to_date >= $1) ORDER BY b.from_date, w.name";
    ABSENCE = "SELECT b.id, b.worker_id, w.name, w.hue, b.from_date, b.to_date, b.cover_id, c.name AS cover FROM absence b \
        JOIN worker w ON w.id = b.worker_id LEFT JOIN worker c ON c.id = b.cover_id WHERE b.superseded_at IS NULL AND b.id = $1";
    ABSENCES_OF = "SELECT b.id, b.worker_id, w.name, w.hue, b.from_date, b.to_date, b.cover_id, c.name AS cover FROM absence b \
        JOIN worker w ON w.id = b.worker_id LEFT JOIN worker c ON c.id = b.cover_id WHERE b.superseded_at IS NULL \
        AND (b.worker_id = $1 OR b.cover_id = $1) AND (b.to_date IS NULL OR b.to_date >= $2) ORDER BY b.from_date";
    ADD_ABSENCE = "INSERT INTO absence (id, worker_id, from_date, to_date, cover_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    SUPERSEDE_ABSENCE = "UPDATE absence SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    // bank holidays
    HOLIDAYS = "SELECT day, change, name FROM holiday ORDER BY day";
    SET_HOLIDAY = "INSERT INTO holiday (day, change, name, recorded_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (day) DO UPDATE SET change = excluded.change, name = excluded.name, recorded_at = excluded.recorded_at";
    REMOVE_HOLIDAY = "DELETE FROM holiday WHERE day = $1";
}

#[derive(Clone, db::FromRow)]
pub(crate) struct WorkerRow {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) registration_number: Option<String>,
    pub(crate) hue: i64,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) version: i64,
    pub(crate) account_id: Option<Uuid>,
    pub(crate) sign_in_name: Option<String>,
    pub(crate) ready: bool,
    pub(crate) ended_at: Option<At>,
}

#[derive(Clone, db::FromRow)]
pub(crate) struct PostRow {
    pub(crate) id: Uuid,
    pub(crate) worker_id: Uuid,
    pub(crate) team_id: Option<Uuid>,
    pub(crate) team: Option<String>,
    pub(crate) role: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct InvitedRow {
    pub(crate) purpose: String,
    pub(crate) expires_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct AnswersRow {
    pub(crate) team_id: Option<Uuid>,
    pub(crate) team: Option<String>,
    pub(crate) people: i64,
}

#[derive(Clone, db::FromRow)]
pub(crate) struct TeamRow {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) place: Option<String>,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) version: i64,
}

#[derive(Clone, db::FromRow)]
pub(crate) struct UnderRow {
    pub(crate) id: Uuid,
    pub(crate) team_id: Uuid,
    pub(crate) parent_id: Uuid,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
}

#[derive(Clone, db::FromRow)]
pub(crate) struct AbsenceRow {
    pub(crate) id: Uuid,
    pub(crate) worker_id: Uuid,
    pub(crate) name: String,
    pub(crate) hue: i64,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
    pub(crate) cover_id: Option<Uuid>,
    pub(crate) cover: Option<String>,
}

#[derive(Clone, db::FromRow)]
pub(crate) struct HolidayRow {
    pub(crate) day: Day,
    pub(crate) change: String,
    pub(crate) name: String,
}
