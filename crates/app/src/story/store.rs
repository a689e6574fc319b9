//! What is written of stories: tellings, who read them, and when something had to be told again; drafts of tellings.

use db::At;

db::statements! {
    LOCK = "UPDATE person SET version = version + 1 WHERE id = $1";
    ADD = "INSERT INTO story_telling (id, telling_id, person_id, part, told_how, by_themselves, by_person, by_words, shared, words, rests_on, \
        told_on, author_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    SUPERSEDE = "UPDATE story_telling SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    READ = "INSERT INTO story_read (id, person_id, worker_id, held, read_on, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    RETELL = "INSERT INTO retelling (id, person_id, worker_id, entry_id, what, why, on_date, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    // those for whom a worker is responsible, or an absent colleague they stand in for, and of whom something is told
    MINE = "SELECT DISTINCT a.person_id FROM allocation a WHERE a.part = 'responsible' AND a.superseded_at IS NULL \
        AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date > $2) AND a.worker_id IN (SELECT id FROM worker WHERE id = $1 \
        UNION SELECT worker_id FROM absence WHERE cover_id = $1 AND superseded_at IS NULL \
        AND from_date <= $2 AND (to_date IS NULL OR to_date >= $2)) \
        AND EXISTS (SELECT 1 FROM story_telling t WHERE t.person_id = a.person_id AND t.superseded_at IS NULL) ORDER BY a.person_id LIMIT 60";
    RESPONSIBLE = "SELECT a.worker_id FROM allocation a WHERE a.person_id = $1 AND a.part = 'responsible' AND a.superseded_at IS NULL \
        AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date > $2) ORDER BY a.from_date DESC, a.id DESC LIMIT 1";
    DRAFT = "SELECT body, updated_at, filed_at FROM draft WHERE id = $1 AND account_id = $2 AND discarded_at IS NULL";
    FILE_DRAFT = "UPDATE draft SET body = '[]', version = version + 1, updated_at = $3, filed_at = $3 \
        WHERE id = $1 AND account_id = $2 AND filed_at IS NULL";
}

#[derive(db::FromRow)]
pub(crate) struct DraftRow {
    pub(crate) body: String,
    pub(crate) updated_at: At,
    pub(crate) filed_at: Option<At>,
}
