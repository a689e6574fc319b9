//! The journal's rows.

db::statements! {
    NOTE = "INSERT INTO journal (id, happened_at, account_id, actor, action, payload, salt, payload_hash, own_hash) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    ABOUT = "INSERT INTO journal_about (journal_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    UNSEALED = "INSERT INTO journal_unsealed (journal_id, waiting_since) VALUES ($1, $2)";
}
