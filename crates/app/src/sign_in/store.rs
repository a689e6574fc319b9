//! Accounts, the browsers they are known in, recovery codes and one-time links.

use db::{At, Day};
use uuid::Uuid;

/// An account as the council's own sign-in asks for it.
macro_rules! single {
    () => {
        "SELECT a.id, a.subject, a.failures, a.ended_at, w.to_date, w.name, w.id AS worker_id \
        FROM account a JOIN worker w ON w.id = a.worker_id WHERE "
    };
}

db::statements! {
    ACCOUNT = "SELECT a.id, a.password_hash, a.code_secret, a.failures, a.locked_until, a.ended_at, w.to_date, w.name, \
        w.id AS worker_id FROM account a JOIN worker w ON w.id = a.worker_id WHERE a.sign_in_name = $1";
    // of a person of the record, who comes in to their own space
    THEIR_ACCOUNT = "SELECT a.id, a.password_hash, a.code_secret, a.failures, a.locked_until, a.ended_at, CAST(NULL AS date) AS to_date, \
        p.shown_name AS name, CAST(NULL AS uuid) AS worker_id FROM account a JOIN person p ON p.id = a.person_id WHERE a.sign_in_name = $1";
    ACCOUNT_OF_PERSON = "SELECT id FROM account WHERE person_id = $1 AND ended_at IS NULL";
    NAME_TAKEN = "SELECT CAST(count(*) AS bigint) FROM account WHERE sign_in_name = $1";
    RENAME = "UPDATE account SET sign_in_name = $2 WHERE id = $1 AND NOT EXISTS \
        (SELECT 1 FROM account o WHERE o.sign_in_name = $2 AND o.id <> $1)";
    ADD_THEIR_ACCOUNT = "INSERT INTO account (id, person_id, sign_in_name, failures, created_at, version) VALUES ($1, $2, $3, 0, $4, 1)";
    THEIR_INVITATION = "SELECT i.id, i.comes_id, i.person_id, i.part, i.reason, i.until_date, i.reads, i.writes, i.code_hash, i.code_secret, i.tries, i.expires_at, \
        i.used_at, i.taken_back_at, p.shown_name AS name FROM space_invitation i JOIN person p ON p.id = i.comes_id WHERE i.token_hash = $1";
    WRONG_CODE = "UPDATE space_invitation SET tries = tries + 1 WHERE id = $1 AND tries = $2 AND used_at IS NULL";
    INVITED_SECRET = "UPDATE space_invitation SET code_secret = $2 WHERE id = $1 AND code_secret IS NULL";
    USE_THEIR_INVITATION = "UPDATE space_invitation SET used_at = $2, code_secret = NULL WHERE id = $1 AND used_at IS NULL AND taken_back_at IS NULL";
    COME_IN = "INSERT INTO in_space (id, comes_id, person_id, part, reason, from_date, to_date, recorded_at, reads, writes, review_on) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    COMES_ELSEWHERE = "SELECT CAST(count(*) AS bigint) FROM in_space WHERE comes_id = $1 AND person_id <> $2 AND superseded_at IS NULL \
        AND (to_date IS NULL OR to_date >= $3)";
    NOT_HERE_YET = "SELECT CAST(count(*) AS bigint) FROM in_space WHERE comes_id = $1 AND person_id = $2";
    IN_ALREADY = "SELECT CAST(count(*) AS bigint) FROM in_space WHERE comes_id = $1 AND person_id = $2 AND part = $3 AND superseded_at IS NULL \
        AND (to_date IS NULL OR to_date >= $4)";
    BROWSER = "SELECT failures, locked_until FROM known_browser WHERE token_hash = $1 AND account_id = $2";
    KNOWN_HERE = "SELECT CAST(count(*) AS bigint) FROM known_browser WHERE token_hash = $1";
    COUNT_TRY = "UPDATE account SET failures = $2, locked_until = $3 WHERE id = $1 AND failures = $4";
    COUNT_BROWSER_TRY = "UPDATE known_browser SET failures = $3, locked_until = $4 \
        WHERE token_hash = $1 AND account_id = $2 AND failures = $5";
    TAKE_STEP = "UPDATE account SET code_step = $2 WHERE id = $1 AND (code_step IS NULL OR code_step < $2) \
        AND ended_at IS NULL AND password_hash = $3";
    STILL = "SELECT CAST(count(*) AS bigint) FROM account WHERE id = $1 AND ended_at IS NULL AND password_hash = $2";
    FORGET_TRIES = "UPDATE account SET failures = 0, locked_until = NULL WHERE id = $1";
    KNOW_BROWSER = "INSERT INTO known_browser (token_hash, account_id, failures, seen_at) VALUES ($1, $2, 0, $3) \
        ON CONFLICT (token_hash, account_id) DO UPDATE SET failures = 0, locked_until = NULL, seen_at = excluded.seen_at";
    RECOVERY = "SELECT id, code_hash FROM recovery_code WHERE account_id = $1 AND used_at IS NULL ORDER BY id";
    USE_RECOVERY = "UPDATE recovery_code SET used_at = $2 WHERE id = $1 AND used_at IS NULL";
    // one-time links
    INVITATION = "SELECT i.id, i.account_id, i.purpose, i.code_secret, i.expires_at, w.name, a.sign_in_name FROM invitation i \
        LEFT JOIN account a ON a.id = i.account_id LEFT JOIN worker w ON w.id = a.worker_id \
        WHERE i.token_hash = $1 AND i.used_at IS NULL AND i.expires_at > $2 AND (a.id IS NULL OR a.ended_at IS NULL)";
    USE_INVITATION = "UPDATE invitation SET used_at = $2, code_secret = NULL WHERE id = $1 AND used_at IS NULL AND expires_at > $2";
    CAN_SIGN_IN = "SELECT CAST(count(*) AS bigint) FROM account WHERE password_hash IS NOT NULL AND ended_at IS NULL";
    VOID_FIRST = "UPDATE invitation SET expires_at = $1, code_secret = NULL WHERE purpose = 'first-administrator' AND used_at IS NULL AND expires_at > $1";
    INVITE_FIRST = "INSERT INTO invitation (id, purpose, token_hash, code_secret, created_at, expires_at) \
        VALUES ($1, 'first-administrator', $2, $3, $4, $5)";
    TAKEN = "SELECT CAST(count(*) AS bigint) FROM worker w LEFT JOIN account a ON a.worker_id = w.id WHERE w.code = $1 OR a.sign_in_name = $1";
    ADD_WORKER = "INSERT INTO worker (id, code, name, hue, from_date, version) VALUES ($1, $2, $3, $4, $5, 1)";
    ADD_POST = "INSERT INTO post (id, worker_id, role, from_date, recorded_at) VALUES ($1, $2, $3, $4, $5)";
    ADD_ACCOUNT = "INSERT INTO account (id, worker_id, sign_in_name, failures, created_at, version) VALUES ($1, $2, $3, 0, $4, 1)";
    // what someone signs in with
    SET_KEYS = "UPDATE account SET password_hash = $2, code_secret = $3, code_step = $4, subject = NULL, failures = 0, locked_until = NULL, \
        version = version + 1 WHERE id = $1 AND ended_at IS NULL";
    CLEAR_RECOVERY = "DELETE FROM recovery_code WHERE account_id = $1";
    ADD_RECOVERY = "INSERT INTO recovery_code (id, account_id, code_hash) VALUES ($1, $2, $3)";
    END_SESSIONS = "UPDATE session SET ended_at = $2 WHERE account_id = $1 AND ended_at IS NULL";
    FORGET_BROWSERS = "DELETE FROM known_browser WHERE account_id = $1";
    // one's own account
    OWN = "SELECT a.sign_in_name, a.password_hash, w.id AS worker_id, w.code, w.name, w.email, w.phone, w.registration_number, \
        w.from_date FROM account a JOIN worker w ON w.id = a.worker_id WHERE a.id = $1";
    OWN_POSTS = "SELECT p.role, t.name AS team, p.from_date FROM post p LEFT JOIN team t ON t.id = p.team_id \
        WHERE p.worker_id = $1 AND p.superseded_at IS NULL AND p.from_date <= $2 AND (p.to_date IS NULL OR p.to_date >= $2) \
        ORDER BY p.from_date DESC";
    SESSIONS = "SELECT token_hash, device, created_at, last_seen_at FROM session WHERE account_id = $1 AND ended_at IS NULL \
        AND expires_at > $2 AND last_seen_at > $3 ORDER BY last_seen_at DESC";
    END_ONE = "UPDATE session SET ended_at = $3 WHERE token_hash = $1 AND account_id = $2 AND ended_at IS NULL";
    END_OTHERS = "UPDATE session SET ended_at = $3 WHERE account_id = $1 AND token_hash <> $2 AND ended_at IS NULL";
    SET_PASSWORD = "UPDATE account SET password_hash = $3, version = version + 1 WHERE id = $1 AND password_hash = $2 \
        AND ended_at IS NULL";
    RECOVERY_LEFT = "SELECT CAST(count(*) AS bigint) FROM recovery_code WHERE account_id = $1 AND used_at IS NULL";
    VOID_INVITATIONS = "UPDATE invitation SET expires_at = $2, code_secret = NULL WHERE account_id = $1 AND used_at IS NULL AND expires_at > $2";
    INVITE_ONESELF = "INSERT INTO invitation (id, account_id, purpose, token_hash, code_secret, created_at, expires_at) \
        VALUES ($1, $2, 'reset', $3, $4, $5, $6)";
    TELL = "INSERT INTO notice (id, worker_id, kind, words, link, made_at) VALUES ($1, $2, 'sign-in', $3, '/me', $4)";
    // passkeys
    PASSKEYS = "SELECT id, name, held, made_at, used_at FROM passkey WHERE account_id = $1 ORDER BY made_at DESC, id DESC";
    ASK = "INSERT INTO passkey_asked (token_hash, account_id, held, expires_at) VALUES ($1, $2, $3, $4)";
    TAKE_ASKED = "DELETE FROM passkey_asked WHERE token_hash = $1 RETURNING account_id, held, expires_at";
    PASSKEY_THERE = "SELECT CAST(count(*) AS bigint) FROM passkey WHERE credential = $1";
    ADD_PASSKEY = "INSERT INTO passkey (id, account_id, name, credential, held, made_at) VALUES ($1, $2, $3, $4, $5, $6)";
    REMOVE_PASSKEY = "DELETE FROM passkey WHERE id = $1 AND account_id = $2";
    REMOVE_PASSKEYS = "DELETE FROM passkey WHERE account_id = $1";
    PASSKEY_OF = "SELECT k.id, k.account_id, k.held, a.failures, a.ended_at, w.to_date, w.name, w.id AS worker_id \
        FROM passkey k JOIN account a ON a.id = k.account_id JOIN worker w ON w.id = a.worker_id WHERE k.credential = $1";
    THEIR_PASSKEY = "SELECT k.id, k.account_id, k.held, a.failures, a.ended_at, p.shown_name AS name \
        FROM passkey k JOIN account a ON a.id = k.account_id JOIN person p ON p.id = a.person_id WHERE k.credential = $1";
    THEIR_KEYS = "SELECT sign_in_name, password_hash FROM account WHERE id = $1 AND person_id IS NOT NULL AND ended_at IS NULL";
    NO_PASSWORD = "UPDATE account SET password_hash = NULL, code_secret = NULL, code_step = NULL, failures = 0, locked_until = NULL, \
        version = version + 1 WHERE id = $1 AND person_id IS NOT NULL";
    SESSION_SINCE = "SELECT created_at FROM session WHERE token_hash = $1 AND account_id = $2 AND ended_at IS NULL";
    PASSKEY_USED = "UPDATE passkey SET held = $2, used_at = $3 WHERE id = $1";
    // tokens
    TOKENS = "SELECT id, name, scopes, roles, made_at, expires_at, used_at FROM token \
        WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2 ORDER BY made_at DESC, id DESC";
    ALL_TOKENS = "SELECT k.id, w.name AS worker, w.code, k.name, k.scopes, k.made_at, k.expires_at, k.used_at FROM token k \
        JOIN account a ON a.id = k.account_id JOIN worker w ON w.id = a.worker_id \
        WHERE k.ended_at IS NULL AND k.expires_at > $1 ORDER BY w.name, w.code, k.made_at DESC, k.id DESC";
    ADD_TOKEN = "INSERT INTO token (id, account_id, name, secret_hash, scopes, roles, made_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    TOKEN = "SELECT k.account_id, k.name, a.worker_id FROM token k JOIN account a ON a.id = k.account_id \
        WHERE k.id = $1 AND k.ended_at IS NULL";
    END_TOKEN = "UPDATE token SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    END_TOKENS = "UPDATE token SET ended_at = $2 WHERE account_id = $1 AND ended_at IS NULL";
    // the council's own sign-in
    BY_SUBJECT = concat!(single!(), "a.subject = $1");
    BY_NAME = concat!(single!(), "a.subject IS NULL AND (a.sign_in_name = $1 OR lower(w.code) = $1)");
    BY_EMAIL = concat!(single!(), "a.subject IS NULL AND lower(w.email) = $1");
    BIND = "UPDATE account SET subject = $2 WHERE id = $1 AND subject IS NULL";
    // what has had its time
    OLD_ASKED = "DELETE FROM passkey_asked WHERE expires_at < $1";
    OLD_SESSIONS = "DELETE FROM session WHERE expires_at < $1";
    OLD_INVITATIONS = "DELETE FROM invitation WHERE expires_at < $1";
    // the demonstration
    OWN_PERSONAS = "SELECT p.id, p.shown_name AS name, p.initials, p.hue, i.part, o.shown_name AS of_name FROM in_space i \
        JOIN person p ON p.id = i.comes_id JOIN person o ON o.id = i.person_id JOIN account a ON a.person_id = p.id \
        WHERE a.ended_at IS NULL AND i.superseded_at IS NULL AND i.from_date <= $1 AND (i.to_date IS NULL OR i.to_date >= $1) ORDER BY p.shown_name, p.id";
    OWN_PERSONA = "SELECT a.id, p.shown_name FROM account a JOIN person p ON p.id = a.person_id WHERE p.id = $1 AND a.ended_at IS NULL";
    PERSONAS = "SELECT w.code, w.name, w.hue, p.role, t.name AS team FROM worker w JOIN account a ON a.worker_id = w.id \
        JOIN post p ON p.worker_id = w.id LEFT JOIN team t ON t.id = p.team_id \
        WHERE a.ended_at IS NULL AND p.superseded_at IS NULL AND p.from_date <= $1 AND (p.to_date IS NULL OR p.to_date >= $1) \
        AND (w.to_date IS NULL OR w.to_date >= $1) ORDER BY w.name, w.code, p.role";
    PERSONA = "SELECT a.id FROM worker w JOIN account a ON a.worker_id = w.id \
        WHERE w.code = $1 AND a.ended_at IS NULL AND (w.to_date IS NULL OR w.to_date >= $2)";
}

#[derive(db::FromRow)]
pub(crate) struct AccountRow {
    pub(crate) id: Uuid,
    pub(crate) password_hash: Option<String>,
    pub(crate) code_secret: Option<Vec<u8>>,
    pub(crate) failures: i64,
    pub(crate) locked_until: Option<At>,
    pub(crate) ended_at: Option<At>,
    pub(crate) to_date: Option<Day>,
    pub(crate) name: String,
    // none of a person of the record
    pub(crate) worker_id: Option<Uuid>,
}

#[derive(db::FromRow)]
pub(crate) struct PasskeyRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) held: String,
    pub(crate) made_at: At,
    pub(crate) used_at: Option<At>,
}

#[derive(db::FromRow)]
pub(crate) struct OwnTokenRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) scopes: String,
    pub(crate) roles: String,
    pub(crate) made_at: At,
    pub(crate) expires_at: At,
    pub(crate) used_at: Option<At>,
}

#[derive(db::FromRow)]
pub(crate) struct AnyTokenRow {
    pub(crate) id: Uuid,
    pub(crate) worker: String,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) scopes: String,
    pub(crate) made_at: At,
    pub(crate) expires_at: At,
    pub(crate) used_at: Option<At>,
}

#[derive(db::FromRow)]
pub(crate) struct SingleRow {
    pub(crate) id: Uuid,
    pub(crate) subject: Option<String>,
    pub(crate) failures: i64,
    pub(crate) ended_at: Option<At>,
    pub(crate) to_date: Option<Day>,
    pub(crate) name: String,
    pub(crate) worker_id: Uuid,
}

#[derive(db::FromRow)]
pub(crate) struct AskedRow {
    pub(crate) account_id: Option<Uuid>,
    pub(crate) held: String,
    pub(crate) expires_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct TheirKeyRow {
    pub(crate) id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) held: String,
    pub(crate) failures: i64,
    pub(crate) ended_at: Option<At>,
    pub(crate) name: String,
}

#[derive(db::FromRow)]
pub(crate) struct TheirKeysRow {
    pub(crate) sign_in_name: String,
    pub(crate) password_hash: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct KeyAccountRow {
    pub(crate) id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) held: String,
    pub(crate) failures: i64,
    pub(crate) ended_at: Option<At>,
    pub(crate) to_date: Option<Day>,
    pub(crate) name: String,
    pub(crate) worker_id: Uuid,
}

#[derive(db::FromRow)]
pub(crate) struct TriesRow {
    pub(crate) failures: i64,
    pub(crate) locked_until: Option<At>,
}

#[derive(db::FromRow)]
pub(crate) struct RecoveryRow {
    pub(crate) id: Uuid,
    pub(crate) code_hash: Vec<u8>,
}

#[derive(db::FromRow)]
pub(crate) struct PersonaRow {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) hue: i64,
    pub(crate) role: String,
    pub(crate) team: Option<String>,
}

#[derive(Clone, db::FromRow)]
pub(crate) struct InvitationRow {
    pub(crate) id: Uuid,
    pub(crate) account_id: Option<Uuid>,
    pub(crate) purpose: String,
    pub(crate) code_secret: Option<Vec<u8>>,
    pub(crate) expires_at: At,
    pub(crate) name: Option<String>,
    pub(crate) sign_in_name: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct OwnRow {
    pub(crate) sign_in_name: String,
    pub(crate) password_hash: Option<String>,
    pub(crate) worker_id: Uuid,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) registration_number: Option<String>,
    pub(crate) from_date: Day,
}

#[derive(db::FromRow)]
pub(crate) struct OwnPostRow {
    pub(crate) role: String,
    pub(crate) team: Option<String>,
    pub(crate) from_date: Day,
}

#[derive(db::FromRow)]
pub(crate) struct SessionRow {
    pub(crate) token_hash: Vec<u8>,
    pub(crate) device: Option<String>,
    pub(crate) created_at: At,
    pub(crate) last_seen_at: At,
}

#[derive(Clone, db::FromRow)]
pub(crate) struct TheirInvitationRow {
    pub(crate) id: Uuid,
    pub(crate) comes_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) part: String,
    pub(crate) reason: Option<String>,
    pub(crate) until_date: Option<Day>,
    pub(crate) reads: bool,
    pub(crate) writes: bool,
    pub(crate) code_hash: Vec<u8>,
    pub(crate) code_secret: Option<Vec<u8>>,
    pub(crate) tries: i64,
    pub(crate) expires_at: At,
    pub(crate) used_at: Option<At>,
    pub(crate) taken_back_at: Option<At>,
    pub(crate) name: String,
}

#[derive(db::FromRow)]
pub(crate) struct OwnPersonaRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) initials: String,
    pub(crate) hue: i64,
    pub(crate) part: String,
    pub(crate) of_name: String,
}
