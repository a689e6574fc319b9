//! What is held back, where it comes up for looking again; entries whose readers are counted.

use uuid::Uuid;

/// Those for whom a worker ($1) answers on a day ($2), themselves or standing in for somebody.
macro_rules! answered_for {
    () => {
        "(SELECT a.person_id FROM allocation a WHERE a.part = 'responsible' AND a.superseded_at IS NULL \
        AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) AND a.worker_id IN (SELECT id FROM worker WHERE id = $1 \
        UNION SELECT worker_id FROM absence WHERE cover_id = $1 AND superseded_at IS NULL \
        AND from_date <= $2 AND (to_date IS NULL OR to_date >= $2)))"
    };
}

/// The entries of which something is held back and comes up by a day ($3).
macro_rules! held {
    ($rest:expr) => {
        concat!(
            "SELECT h.entry_id FROM held_back h JOIN entry e ON e.id = h.entry_id WHERE h.superseded_at IS NULL AND h.to_date IS NULL \
            AND e.superseded_at IS NULL AND h.review_on <= $3 AND (",
            $rest,
            ") GROUP BY h.entry_id ORDER BY min(h.review_on), h.entry_id LIMIT 240"
        )
    };
}

db::statements! {
    HELD_IN = "SELECT h.entry_id FROM held_back h WHERE h.held_id = $1 AND h.superseded_at IS NULL";
    MATTER_IN = "SELECT m.entry_id FROM private_matter m WHERE m.matter_id = $1 AND m.superseded_at IS NULL";
    // of those for whom a worker answers
    OF_MINE = held!(concat!("EXISTS (SELECT 1 FROM participant q WHERE q.entry_id = h.entry_id AND q.part = 'about' AND q.person_id IN ",
        answered_for!(), ")"));
    // and what they held back themselves
    OF_ME = held!(concat!("h.worker_id = $1 OR EXISTS (SELECT 1 FROM participant q WHERE q.entry_id = h.entry_id AND q.part = 'about' \
        AND q.person_id IN ", answered_for!(), ")"));
    // of those whom a team ($1) holds on a day ($2), or whose responsible worker is of it
    OF_TEAM = held!("EXISTS (SELECT 1 FROM participant q WHERE q.entry_id = h.entry_id AND q.part = 'about' AND q.person_id IN \
        (SELECT x.person_id FROM episode x WHERE x.superseded_at IS NULL AND x.team_id = $1 AND x.from_date <= $2 AND (x.to_date IS NULL OR x.to_date >= $2) \
        UNION SELECT a.person_id FROM allocation a JOIN post o ON o.worker_id = a.worker_id WHERE a.part = 'responsible' AND a.superseded_at IS NULL \
        AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) AND o.team_id = $1 AND o.superseded_at IS NULL \
        AND o.from_date <= $2 AND (o.to_date IS NULL OR o.to_date >= $2)))");
    // what a worker wrote of days between two instants, as known at a third
    WRITTEN_BY = "SELECT e.id FROM entry e WHERE e.author_id = $1 AND e.happened_at >= $2 AND e.happened_at < $3 AND e.kind <> 'step' \
        AND e.recorded_at < $4 AND (e.superseded_at IS NULL OR e.superseded_at >= $4) ORDER BY e.happened_at, e.id LIMIT 2000";
    // who wrote of days between two instants when somebody of the record was there
    WRITERS = "SELECT DISTINCT e.author_id FROM entry e JOIN participant q ON q.entry_id = e.id WHERE e.author_id IS NOT NULL \
        AND e.happened_at >= $1 AND e.happened_at < $2 AND e.kind <> 'step' AND e.recorded_at < $3 \
        AND (e.superseded_at IS NULL OR e.superseded_at >= $3) AND (q.part = 'present' OR q.seen IN ('seen', 'seen-alone'))";
    // one mark put right
    MATTER = "INSERT INTO private_matter (id, matter_id, entry_id, statement_id, person_id, kind, worker_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    MATTER_OVER = "UPDATE private_matter SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
}

/// An entry's id.
pub(super) type EntryRow = (Uuid,);
