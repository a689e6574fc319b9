//! Which files the attachments and the photos of people need.

db::statements! {
    // 64 hexadecimal digits each: every locale sorts them alike
    HASHES = "SELECT hash FROM attachment UNION SELECT thumbnail_hash FROM attachment WHERE thumbnail_hash IS NOT NULL \
        UNION SELECT words FROM person_detail WHERE kind = 'photo' ORDER BY 1";
    WAITING = "SELECT CAST(count(*) AS bigint) FROM journal_unsealed";
}
