//! Disposal: what is erased beside the places every room lists, and what stays of it.

use db::{At, Day};
use uuid::Uuid;

db::statements! {
    PROPOSE = "INSERT INTO disposal (id, person_id, reason, kept_until, proposed_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6)";
    PROPOSAL = "SELECT d.id, d.person_id, d.reason, d.kept_until, d.proposed_by, w.name AS proposer, d.recorded_at FROM disposal d \
        JOIN worker w ON w.id = d.proposed_by WHERE d.person_id = $1 AND d.superseded_at IS NULL";
    PROPOSALS = "SELECT d.id, d.person_id, d.reason, d.kept_until, d.proposed_by, w.name AS proposer, d.recorded_at FROM disposal d \
        JOIN worker w ON w.id = d.proposed_by WHERE d.superseded_at IS NULL ORDER BY d.recorded_at, d.id LIMIT 200";
    WITHDRAW = "UPDATE disposal SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    TOMBSTONE = "INSERT INTO tombstone (id, council_id, ground, kept_until, proposed_by, proposed_at, confirmed_by, disposed_at, erased) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    TOMBSTONE_ONE = "SELECT t.id, t.council_id, t.ground, t.kept_until, p.name AS proposer, t.proposed_at, c.name AS confirmer, t.disposed_at, t.erased \
        FROM tombstone t JOIN worker p ON p.id = t.proposed_by JOIN worker c ON c.id = t.confirmed_by WHERE t.id = $1";
    TOMBSTONES = "SELECT t.id, t.council_id, t.ground, t.kept_until, p.name AS proposer, t.proposed_at, c.name AS confirmer, t.disposed_at, t.erased \
        FROM tombstone t JOIN worker p ON p.id = t.proposed_by JOIN worker c ON c.id = t.confirmed_by ORDER BY t.disposed_at DESC, t.id LIMIT 50";

    // whose words they are
    JOINED_TO = "SELECT id FROM person WHERE merged_into = $1";
    SHOWN = "SELECT shown_name, full_name FROM person WHERE id = $1";
    NAMES = "SELECT given, family FROM person_name WHERE person_id = $1";
    EXACT = "SELECT number FROM person_identifier WHERE person_id = $1 \
        UNION SELECT words FROM person_detail WHERE person_id = $1 AND kind IN ('phone', 'email') \
        UNION SELECT lines FROM address WHERE person_id = $1 UNION SELECT postcode FROM address WHERE person_id = $1 AND postcode IS NOT NULL";
    COUNCIL_IDS = "SELECT number FROM person_identifier WHERE person_id = $1 AND kind = 'council-id'";
    TOKENS = "SELECT token FROM name_posting WHERE person_id = $1";
    HOUSES = "SELECT household_id FROM household_member WHERE person_id = $1";
    // who stands near: their rows may name them
    NEAR = "SELECT other_id FROM relationship WHERE person_id = $1 UNION SELECT person_id FROM relationship WHERE other_id = $1 \
        UNION SELECT person_id FROM tie WHERE other_id = $1 UNION SELECT other_id FROM tie WHERE person_id = $1 AND other_id IS NOT NULL \
        UNION SELECT n.person_id FROM household_member m JOIN household_member n ON n.household_id = m.household_id WHERE m.person_id = $1 \
        UNION SELECT q.person_id FROM participant p JOIN participant q ON q.entry_id = p.entry_id WHERE p.person_id = $1 \
        UNION SELECT by_person FROM promise WHERE person_id = $1 AND by_person IS NOT NULL UNION SELECT person_id FROM promise WHERE by_person = $1 \
        UNION SELECT by_person FROM story_telling WHERE person_id = $1 AND by_person IS NOT NULL UNION SELECT person_id FROM story_telling WHERE by_person = $1 \
        UNION SELECT by_person FROM plan_line WHERE person_id = $1 AND by_person IS NOT NULL UNION SELECT person_id FROM plan_line WHERE by_person = $1 \
        UNION SELECT by_person FROM plan_scale WHERE person_id = $1 AND by_person IS NOT NULL UNION SELECT person_id FROM plan_scale WHERE by_person = $1 \
        UNION SELECT by_person FROM plan_view WHERE person_id = $1 AND by_person IS NOT NULL UNION SELECT person_id FROM plan_view WHERE by_person = $1 \
        UNION SELECT other_id FROM touch WHERE person_id = $1 AND other_id IS NOT NULL UNION SELECT person_id FROM touch WHERE other_id = $1";

    // entries
    THREADS = "SELECT DISTINCT e.thread_id FROM entry e WHERE e.written_to = $1 \
        OR e.id IN (SELECT entry_id FROM participant WHERE person_id = $1) OR e.id IN (SELECT entry_id FROM statement WHERE owner_person = $1) \
        OR e.id IN (SELECT entry_id FROM entry_reader WHERE person_id = $1) \
        OR e.id IN (SELECT entry_id FROM promise WHERE (person_id = $1 OR by_person = $1) AND entry_id IS NOT NULL)";
    VERSIONS = "SELECT e.id, (SELECT CAST(count(*) AS bigint) FROM participant q WHERE q.entry_id = e.id AND q.part = 'about' AND q.person_id <> $2) \
        FROM entry e WHERE e.thread_id = $1 ORDER BY e.recorded_at, e.id";
    FILES_OF = "SELECT hash, thumbnail_hash FROM attachment WHERE entry_id = $1";
    FORGET_FILES = "DELETE FROM attachment WHERE entry_id = $1";
    FORGET_CARRIED = "DELETE FROM carried_over WHERE entry_id = $1";
    FORGET_READERS = "DELETE FROM entry_reader WHERE entry_id = $1";
    FORGET_WORKERS = "DELETE FROM entry_worker WHERE entry_id = $1";
    FORGET_HELD = "DELETE FROM held_back WHERE entry_id = $1";
    FORGET_PRIVATE = "DELETE FROM private_matter WHERE entry_id = $1";
    FORGET_STATEMENTS = "DELETE FROM statement WHERE entry_id = $1";
    FREE_PROMISES = "UPDATE promise SET entry_id = NULL WHERE entry_id = $1 AND person_id <> $2";
    FORGET_PROMISES = "DELETE FROM promise WHERE entry_id = $1";
    FORGET_REPLIES = "DELETE FROM disagreement_answer WHERE disagreement_id IN (SELECT id FROM disagreement WHERE entry_id = $1)";
    FORGET_DISAGREEMENTS = "DELETE FROM disagreement WHERE entry_id = $1";
    FORGET_PEOPLE = "DELETE FROM participant WHERE entry_id = $1";
    FREE_STEPS = "UPDATE step SET entry_id = NULL WHERE entry_id = $1 AND person_id <> $2";
    FORGET_FILED = "DELETE FROM draft WHERE entry_id = $1";
    FORGET_OTHER_TEXT = "DELETE FROM other_version WHERE subject_id = $1";
    FORGET_ENTRY = "DELETE FROM entry WHERE id = $1";
    STATEMENTS_OF = "SELECT id FROM statement WHERE entry_id = $1";
    PROMISES_OF = "SELECT id FROM promise WHERE entry_id = $1";
    ATTACHMENTS_OF = "SELECT id FROM attachment WHERE entry_id = $1";

    // words that lie about
    DRAFTS = "SELECT id, place, body FROM draft";
    FILES_OF_DRAFT = "SELECT hash, thumbnail_hash FROM attachment WHERE draft_id = $1";
    FORGET_DRAFT_FILES = "DELETE FROM attachment WHERE draft_id = $1 AND entry_id IS NULL";
    FREE_DRAFT_FILES = "UPDATE attachment SET draft_id = NULL WHERE draft_id = $1";
    FORGET_DRAFT = "DELETE FROM draft WHERE id = $1";
    KEPT_FORMS = "SELECT id, place FROM kept_form";
    FORGET_KEPT_FORM = "DELETE FROM kept_form WHERE id = $1";
    NOTICES = "SELECT id, words, COALESCE(link, '') FROM notice";
    FORGET_NOTICE = "DELETE FROM notice WHERE id = $1";
    OTHER_TEXTS = "SELECT id, body FROM other_version";
    FORGET_TEXT = "DELETE FROM other_version WHERE id = $1";
    RUNS = "SELECT id, report FROM import_run";
    RUN_SAYS = "UPDATE import_run SET report = $2 WHERE id = $1";
    PHOTOS = "SELECT words FROM person_detail WHERE person_id = $1 AND kind = 'photo'";

    FORGET_JOINED = "DELETE FROM joined_row WHERE joining_id IN (SELECT id FROM joining WHERE kept_id = $1 OR other_id = $1)";
    FORGET_JOINING = "DELETE FROM joining WHERE kept_id = $1 OR other_id = $1";
    FORGET_PAIRS = "DELETE FROM likely_pair WHERE one_id = $1 OR two_id = $1";
    FORGET_HOUSE = "DELETE FROM household WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM household_member m WHERE m.household_id = household.id)";
    FORGET_KEYS = "DELETE FROM name_key WHERE token = $1 AND NOT EXISTS (SELECT 1 FROM name_posting p WHERE p.token = name_key.token)";
    FORGET_TOKEN = "DELETE FROM name_token WHERE token = $1 AND NOT EXISTS (SELECT 1 FROM name_posting p WHERE p.token = name_token.token)";
    FORGET_PERSON = "DELETE FROM person WHERE id = $1";

    // the journal: its payloads about them, and others that say their words
    SAID_OF = "SELECT j.id, j.payload FROM journal_about a JOIN journal j ON j.id = a.journal_id WHERE a.person_id = $1 AND j.payload IS NOT NULL";
    SAID = "SELECT j.id, j.payload FROM journal j WHERE j.payload IS NOT NULL";
    NAMES_ABOUT = "SELECT p.full_name FROM journal_about a JOIN person p ON p.id = a.person_id WHERE a.journal_id = $1";
    TAKE_PAYLOAD = "UPDATE journal SET payload = NULL, salt = NULL WHERE id = $1";

    // files
    ERASING = "INSERT INTO erasing_file (hash, since) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    ERASING_ALL = "SELECT hash FROM erasing_file ORDER BY hash LIMIT 1000";
    IN_USE = "SELECT (SELECT CAST(count(*) AS bigint) FROM attachment WHERE hash = $1 OR thumbnail_hash = $1) \
        + (SELECT CAST(count(*) AS bigint) FROM person_detail WHERE kind = 'photo' AND words = $1) \
        + (SELECT CAST(count(*) AS bigint) FROM record_item WHERE file_hash = $1)";
    ERASED = "DELETE FROM erasing_file WHERE hash = $1";
}

#[derive(db::FromRow)]
pub(crate) struct ProposalRow {
    pub(crate) id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) reason: String,
    pub(crate) kept_until: Day,
    pub(crate) proposed_by: Uuid,
    pub(crate) proposer: String,
    pub(crate) recorded_at: At,
}

#[derive(db::FromRow)]
pub(crate) struct TombstoneRow {
    pub(crate) id: Uuid,
    pub(crate) council_id: Option<String>,
    pub(crate) ground: String,
    pub(crate) kept_until: Day,
    pub(crate) proposer: String,
    pub(crate) proposed_at: At,
    pub(crate) confirmer: String,
    pub(crate) disposed_at: At,
    pub(crate) erased: String,
}

#[derive(db::FromRow)]
pub(crate) struct SaidRow {
    pub(crate) id: Uuid,
    pub(crate) payload: String,
}

/// A row of a place, of which only its key is needed.
#[derive(db::FromRow)]
pub(crate) struct PlacedRow {
    pub(crate) id: Uuid,
}
