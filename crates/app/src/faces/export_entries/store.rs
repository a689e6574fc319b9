//! The marks of entries that were taken along.

db::statements! {
    MARK = "INSERT INTO carried_over (id, entry_id, account_id, how, carried_at) VALUES ($1, $2, $3, 'export', $4)";
    COUNCIL_ID = "SELECT number FROM person_identifier WHERE person_id = $1 AND kind = 'council-id' AND superseded_at IS NULL";
    /// Entries this worker wrote that nobody has carried over, with how many those are.
    WAITING = "SELECT CAST(count(*) AS bigint) FROM entry e WHERE e.author_id = $1 AND e.superseded_at IS NULL \
        AND e.happened_at >= $2 AND NOT EXISTS (SELECT 1 FROM carried_over c JOIN entry o ON o.id = c.entry_id \
        WHERE o.thread_id = e.thread_id AND c.carried_at >= e.recorded_at)";
}
