//! The account of joined records, and what two records must be compared by before they are joined.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    LOCK = "UPDATE person SET version = version + 1 WHERE id = $1";
    PERSON = "SELECT id, kind, birth_year, access_level, merged_into FROM person WHERE id = $1";
    JOINING_ADD = "INSERT INTO joining (id, kept_id, other_id, reason, before, joined_at, joined_by) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    JOINING = "SELECT j.id, j.kept_id, j.other_id, j.reason, j.before, j.joined_at, j.parted_at, w.name FROM joining j \
        LEFT JOIN worker w ON w.id = j.joined_by WHERE j.id = $1";
    /// Every joining that a record had a part in, the latest first.
    JOININGS = "SELECT j.id, j.kept_id, j.other_id, j.reason, j.before, j.joined_at, j.parted_at, w.name FROM joining j \
        LEFT JOIN worker w ON w.id = j.joined_by WHERE j.kept_id = $1 OR j.other_id = $1 ORDER BY j.joined_at DESC, j.id DESC";
    PARTED = "UPDATE joining SET parted_at = $2, parted_by = $3, parted_why = $4 WHERE id = $1 AND parted_at IS NULL";
    MERGED_INTO = "UPDATE person SET merged_into = $2 WHERE id = $1";
    SELF = "UPDATE person SET access_level = $2, kind = $3, birth_year = $4 WHERE id = $1";

    FORGET_PAIR = "DELETE FROM likely_pair WHERE one_id IN ($1, $2) OR two_id IN ($1, $2)";
    FORGET_TWO = "DELETE FROM likely_pair WHERE (one_id = $1 AND two_id = $2) OR (one_id = $2 AND two_id = $1)";
    TELL_APART = "INSERT INTO told_apart (id, one_id, two_id, reason, told_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    TAKE_BACK = "UPDATE told_apart SET superseded_at = $3 WHERE superseded_at IS NULL \
        AND ((one_id = $1 AND two_id = $2) OR (one_id = $2 AND two_id = $1))";
    APART_WHY = "SELECT t.reason, w.name, t.recorded_at FROM told_apart t LEFT JOIN worker w ON w.id = t.told_by WHERE t.superseded_at IS NULL \
        AND ((t.one_id = $1 AND t.two_id = $2) OR (t.one_id = $2 AND t.two_id = $1)) ORDER BY t.recorded_at DESC LIMIT 1";

    EVERYBODY = "SELECT p.id, b.born_on, b.basis FROM person p LEFT JOIN person_birth b ON b.person_id = p.id AND b.superseded_at IS NULL \
        WHERE p.merged_into IS NULL AND p.access_level <> 'sealed'";
    ALL_NAMES = "SELECT person_id, kind, given, family FROM person_name WHERE superseded_at IS NULL";
    ALL_NUMBERS = "SELECT person_id, kind, number FROM person_identifier WHERE superseded_at IS NULL";
    ALL_PHONES = "SELECT person_id, search_key FROM person_detail WHERE superseded_at IS NULL AND kind = 'phone' AND search_key IS NOT NULL";
    ALL_POSTCODES = "SELECT person_id, postcode FROM address WHERE superseded_at IS NULL AND postcode IS NOT NULL AND NOT confidential";
    ALL_APART = "SELECT one_id, two_id FROM told_apart WHERE superseded_at IS NULL";
    PAIR = "INSERT INTO likely_pair (one_id, two_id, strength, why, found_at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (one_id, two_id) DO UPDATE SET strength = excluded.strength, why = excluded.why, found_at = excluded.found_at";
    FORGET_OLD = "DELETE FROM likely_pair WHERE found_at < $1";
    LOOKED = "INSERT INTO duplicate_look (id, looked_at, people, pairs) VALUES (1, $1, $2, $3) \
        ON CONFLICT (id) DO UPDATE SET looked_at = excluded.looked_at, people = excluded.people, pairs = excluded.pairs";
    LAST_LOOK = "SELECT looked_at, people FROM duplicate_look WHERE id = 1";
    /// The pairs after one, the likeliest first.
    PAIRS = "SELECT one_id, two_id, strength, why FROM likely_pair WHERE strength < $1 \
        OR (strength = $1 AND (one_id > $2 OR (one_id = $2 AND two_id > $3))) ORDER BY strength DESC, one_id, two_id LIMIT 120";
    PAIRS_OF = "SELECT one_id, two_id, strength, why FROM likely_pair WHERE one_id = $1 OR two_id = $1 ORDER BY strength DESC, one_id, two_id LIMIT 20";
    HOLD = "INSERT INTO joined_row (joining_id, place, row_id, side, live, done, instead_of) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    SET_ASIDE = "UPDATE joined_row SET done = 'set-aside' WHERE joining_id = $1 AND place = $2 AND row_id = $3";
    HELD = "SELECT place, row_id, side, live, done, instead_of FROM joined_row WHERE joining_id = $1";

    RELATED = "SELECT (SELECT CAST(count(*) AS bigint) FROM relationship WHERE person_id = $1 AND other_id = $2 AND superseded_at IS NULL) \
        + (SELECT CAST(count(*) AS bigint) FROM relationship WHERE person_id = $2 AND other_id = $1 AND superseded_at IS NULL) \
        + (SELECT CAST(count(*) AS bigint) FROM tie WHERE person_id = $1 AND other_id = $2 AND superseded_at IS NULL) \
        + (SELECT CAST(count(*) AS bigint) FROM tie WHERE person_id = $2 AND other_id = $1 AND superseded_at IS NULL)";
    TOLD_APART = "SELECT CAST(count(*) AS bigint) FROM told_apart WHERE superseded_at IS NULL \
        AND ((one_id = $1 AND two_id = $2) OR (one_id = $2 AND two_id = $1))";
    GLASS = "SELECT CAST(count(*) AS bigint) FROM glass WHERE person_id IN ($1, $2) AND until_at > $3";

    LEVELS = "SELECT id, level FROM person_level WHERE person_id = $1 AND superseded_at IS NULL";
    READERS = "SELECT id, worker_id FROM named_reader WHERE person_id = $1 AND superseded_at IS NULL AND (to_date IS NULL OR to_date >= $2)";
    TAKING_PART = "SELECT id, entry_id, part, seen FROM participant WHERE person_id = $1 AND superseded_at IS NULL";
    HOMES = "SELECT id, household_id FROM household_member WHERE person_id = $1 AND superseded_at IS NULL AND to_date IS NULL";
    BONDS = "SELECT r.id, m.id AS mirror, r.other_id, r.kind, r.parental_responsibility, m.parental_responsibility AS mirrored, r.from_date, r.to_date \
        FROM relationship r JOIN relationship m ON m.pair_id = r.pair_id AND m.id <> r.id \
        WHERE r.person_id = $1 AND r.superseded_at IS NULL AND m.superseded_at IS NULL";
    BORN_BOND = "UPDATE relationship SET kind = $2, recorded_at = $3 WHERE id = $1";
    EPISODES = "SELECT id, episode_id, kind, from_date, to_date FROM episode WHERE person_id = $1 AND superseded_at IS NULL";
    STEPS_OF = "SELECT id FROM step WHERE episode_id = $1 AND superseded_at IS NULL";
    CIRCUMSTANCES_OF = "SELECT id FROM circumstance WHERE episode_id = $1 AND superseded_at IS NULL";
    STEP_FOR = "UPDATE step SET episode_id = $2, recorded_at = $3 WHERE id = $1";
    CIRCUMSTANCE_FOR = "UPDATE circumstance SET episode_id = $2, recorded_at = $3 WHERE id = $1";
    STEP_RESUMES = "UPDATE step SET episode_id = (SELECT o.episode_id FROM step o WHERE o.id = $2) WHERE id = $1";
    CIRCUMSTANCE_RESUMES = "UPDATE circumstance SET episode_id = (SELECT o.episode_id FROM circumstance o WHERE o.id = $2) WHERE id = $1";
    ALIAS = "UPDATE person_name SET kind = 'alias', recorded_at = $2 WHERE id = $1";
    RESPONSIBLE = "SELECT a.id, a.worker_id, w.name, (a.to_date IS NULL) AS open FROM allocation a JOIN worker w ON w.id = a.worker_id \
        WHERE a.person_id = $1 AND a.part = 'responsible' AND a.superseded_at IS NULL AND a.from_date <= $2 \
        AND (a.to_date IS NULL OR a.to_date >= $2) ORDER BY a.from_date DESC, a.id DESC";
    ENDS_TODAY = "UPDATE allocation SET to_date = $2, end_reason = $3, recorded_at = $4 WHERE id = $1";
    HELPS = "UPDATE allocation SET part = 'helping', from_date = $2, reason = $3, recorded_at = $4 WHERE id = $1";
}

#[derive(db::FromRow)]
pub(crate) struct PersonRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) birth_year: Option<i64>,
    pub(crate) access_level: String,
    pub(crate) merged_into: Option<Uuid>,
}

#[derive(db::FromRow)]
pub(crate) struct JoiningRow {
    pub(crate) id: Uuid,
    pub(crate) kept_id: Uuid,
    pub(crate) other_id: Uuid,
    pub(crate) reason: String,
    pub(crate) before: String,
    pub(crate) joined_at: At,
    pub(crate) parted_at: Option<At>,
    pub(crate) name: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct HeldRow {
    pub(crate) place: String,
    pub(crate) row_id: Uuid,
    pub(crate) side: String,
    pub(crate) live: bool,
    pub(crate) done: String,
    pub(crate) instead_of: Option<Uuid>,
}

#[derive(db::FromRow)]
pub(crate) struct PairedRow {
    pub(crate) one_id: Uuid,
    pub(crate) two_id: Uuid,
    pub(crate) strength: i64,
    pub(crate) why: String,
}

/// A row of any place.
#[derive(db::FromRow)]
pub(crate) struct PlacedRow {
    pub(crate) id: Uuid,
    pub(crate) thread: Uuid,
    pub(crate) known_at: Option<At>,
    pub(crate) over_at: Option<At>,
}

#[derive(db::FromRow)]
pub(crate) struct TakingPartRow {
    pub(crate) id: Uuid,
    pub(crate) entry_id: Uuid,
    pub(crate) part: String,
    pub(crate) seen: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct BondRow {
    pub(crate) id: Uuid,
    pub(crate) mirror: Uuid,
    pub(crate) other_id: Uuid,
    pub(crate) kind: String,
    pub(crate) parental_responsibility: bool,
    pub(crate) mirrored: bool,
    pub(crate) from_date: Option<Day>,
    pub(crate) to_date: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct EpisodeRow {
    pub(crate) id: Uuid,
    pub(crate) episode_id: Uuid,
    pub(crate) kind: String,
    pub(crate) from_date: Day,
    pub(crate) to_date: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct ResponsibleRow {
    pub(crate) id: Uuid,
    pub(crate) open: bool,
    pub(crate) worker_id: Uuid,
    pub(crate) name: String,
}
