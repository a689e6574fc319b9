//! What is written of plans: lines, numbers on a scale, who agrees, promises made in a plan.

use uuid::Uuid;

db::statements! {
    LOCK = "UPDATE person SET version = version + 1 WHERE id = $1";
    LINE_NOW = "SELECT id, kind, goal_id, words, child_words, by_themselves, by_person, by_worker, by_words, readers, rests_on FROM plan_line \
        WHERE person_id = $1 AND line_id = $2 AND superseded_at IS NULL AND taken_out_why IS NULL";
    ADD_LINE = "INSERT INTO plan_line (id, line_id, person_id, kind, goal_id, words, child_words, by_themselves, by_person, by_worker, by_words, \
        readers, rests_on, taken_out_why, author_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    SUPERSEDE_LINE = "UPDATE plan_line SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    // what the same voice said of the same goal on the same day is put right by the later
    SAME_SCALE = "UPDATE plan_scale SET superseded_at = $1 WHERE person_id = $2 AND goal_id = $3 AND on_date = $4 AND superseded_at IS NULL \
        AND by_themselves = $5 AND COALESCE(by_person, by_worker) IS NOT DISTINCT FROM $6 AND COALESCE(by_words, '') = $7";
    ADD_SCALE = "INSERT INTO plan_scale (id, person_id, goal_id, by_themselves, by_person, by_worker, by_words, value, on_date, why, next_step, \
        author_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    SAME_VIEW = "UPDATE plan_view SET superseded_at = $1 WHERE person_id = $2 AND on_date = $3 AND superseded_at IS NULL \
        AND by_themselves = $4 AND COALESCE(by_person, by_worker) IS NOT DISTINCT FROM $5 AND COALESCE(by_words, '') = $6";
    ADD_VIEW = "INSERT INTO plan_view (id, person_id, by_themselves, by_person, by_worker, by_words, agreement, words, read_back, on_date, \
        author_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    ADD_PROMISE = "INSERT INTO promise (id, promise_id, entry_id, person_id, what, by_worker, by_person, by_words, due_on, state, recorded_at) \
        VALUES ($1, $2, NULL, $3, $4, $5, $6, $7, $8, 'open', $9)";
}

#[derive(db::FromRow)]
pub(crate) struct NowRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) goal_id: Option<Uuid>,
    pub(crate) words: String,
    pub(crate) child_words: Option<String>,
    pub(crate) by_themselves: bool,
    pub(crate) by_person: Option<Uuid>,
    pub(crate) by_worker: Option<Uuid>,
    pub(crate) by_words: Option<String>,
    pub(crate) readers: String,
    pub(crate) rests_on: String,
}
