//! Rows of the index of names.

db::statements! {
    HELD = "SELECT token FROM name_posting WHERE person_id = $1";
    FORGET = "DELETE FROM name_posting WHERE token = $1 AND person_id = $2";
    HOLD = "INSERT INTO name_posting (token, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    WORD = "INSERT INTO name_token (token) VALUES ($1) ON CONFLICT DO NOTHING";
    /// The word and its keys: as many places as a word can have keys.
    KEYS = "INSERT INTO name_key (key, token) VALUES ($2, $1), ($3, $1), ($4, $1), ($5, $1), ($6, $1), ($7, $1), ($8, $1), ($9, $1), ($10, $1), ($11, $1), ($12, $1), ($13, $1), ($14, $1), ($15, $1), ($16, $1), ($17, $1) \
        ON CONFLICT DO NOTHING";
}
