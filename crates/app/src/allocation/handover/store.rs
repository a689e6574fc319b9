//! Hand-overs as they stand, what goes with them, and what is looked at before one is decided.

use db::Day;
use uuid::Uuid;

macro_rules! handovers {
    ($rest:literal) => {
        concat!(
            "SELECT h.id, h.handover_id, h.person_id, h.step, h.cause, h.state, h.from_worker, f.name AS from_name, h.to_worker, t.name AS to_name, \
            h.why, h.could_stay, h.could_stay_words, h.leaves_on, h.offered_by, o.name AS offered_name, h.offered_on, h.agreed_by, \
            a.name AS agreed_name, h.answered_on, h.reasons, h.return_words, h.not_met_why, h.ended_on, t.to_date AS to_left \
            FROM handover h LEFT JOIN worker f ON f.id = h.from_worker JOIN worker t ON t.id = h.to_worker \
            LEFT JOIN worker o ON o.id = h.offered_by LEFT JOIN worker a ON a.id = h.agreed_by WHERE h.superseded_at IS NULL AND ",
            $rest
        )
    };
}

db::statements! {
    OF_PERSON = handovers!("h.person_id = $1 ORDER BY h.offered_on DESC, h.handover_id DESC");
    // what waits for somebody: offered to them, or returned to them, or theirs to see through
    OF_WORKER = handovers!("(h.to_worker = $1 OR h.from_worker = $1 OR h.offered_by = $1) AND h.state IN ('offered', 'accepted', 'returned') \
        ORDER BY h.offered_on, h.handover_id");
    // hand-overs within these teams to which nobody who leads has said yes
    TO_AGREE = handovers!("h.state IN ('offered', 'accepted') AND h.agreed_by IS NULL ORDER BY h.offered_on, h.handover_id LIMIT 200");
    ADD = "INSERT INTO handover (id, handover_id, person_id, step, cause, state, from_worker, to_worker, why, could_stay, could_stay_words, leaves_on, \
        offered_by, offered_on, agreed_by, answered_on, reasons, return_words, not_met_why, ended_on, author_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";
    OVER = "UPDATE handover SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    NOTES = "SELECT n.id, n.kind, n.ask, n.shown, n.words, n.said, n.by_worker, w.name AS by_name, n.on_date FROM handover_note n \
        LEFT JOIN worker w ON w.id = n.by_worker WHERE n.handover_id = $1 AND n.superseded_at IS NULL ORDER BY n.on_date, n.id";
    ADD_NOTE = "INSERT INTO handover_note (id, handover_id, person_id, kind, ask, shown, words, said, by_worker, on_date, author_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    NOTE_OVER = "UPDATE handover_note SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    // whether a worker declared a link to somebody, which closes that record to them
    LINKED = "SELECT CAST(count(*) AS bigint) FROM conflict_of_interest WHERE worker_id = $1 AND person_id = $2 AND superseded_at IS NULL \
        AND from_date <= $3 AND (to_date IS NULL OR to_date >= $3)";
    // what workers wrote of somebody, by day
    CONTACTS = "SELECT q.happened_at, e.author_id, e.kind FROM participant q JOIN entry e ON e.id = q.entry_id WHERE q.person_id = $1 \
        AND q.part = 'about' AND q.superseded_at IS NULL AND e.superseded_at IS NULL AND e.author_id IS NOT NULL \
        ORDER BY q.happened_at, e.id";
    // when they met whoever came, together with whoever went
    INTRODUCED = "SELECT handover_id, on_date FROM handover_note WHERE person_id = $1 AND kind = 'introduction' AND superseded_at IS NULL \
        ORDER BY on_date, id";
    // whether an episode is open
    OPEN = "SELECT CAST(count(*) AS bigint) FROM episode WHERE person_id = $1 AND superseded_at IS NULL AND from_date <= $2 \
        AND (to_date IS NULL OR to_date > $2)";
    // the managers of the team that holds the newest open episode, and of those above it, with how far above
    LINE = "WITH RECURSIVE held (team_id) AS (SELECT e.team_id FROM episode e WHERE e.person_id = $1 AND e.superseded_at IS NULL \
            AND e.from_date <= $2 AND (e.to_date IS NULL OR e.to_date > $2) AND e.team_id IS NOT NULL), \
        line (team_id, above) AS (SELECT team_id, CAST(0 AS bigint) FROM held UNION SELECT u.parent_id, line.above + 1 FROM line \
            JOIN team_under u ON u.team_id = line.team_id AND u.superseded_at IS NULL AND u.from_date <= $2 \
            AND (u.to_date IS NULL OR u.to_date >= $2) WHERE line.above < 12) \
        SELECT p.worker_id, w.name, min(line.above) AS above, min(p.from_date) AS since FROM line JOIN post p ON p.team_id = line.team_id \
        AND p.role IN ('team-manager', 'head-of-service') AND p.superseded_at IS NULL AND p.from_date <= $2 \
        AND (p.to_date IS NULL OR p.to_date >= $2) JOIN worker w ON w.id = p.worker_id GROUP BY p.worker_id, w.name ORDER BY above, since, p.worker_id";
    // what somebody holds: each person's open help, and where they live
    HELD = "SELECT a.person_id, e.kind, m.household_id, (SELECT max(y.minutes) FROM way_there y WHERE y.person_id = a.person_id \
            AND y.superseded_at IS NULL AND y.from_date <= $2 AND (y.to_date IS NULL OR y.to_date >= $2)) AS minutes_away FROM allocation a LEFT JOIN episode e ON e.person_id = a.person_id \
            AND e.superseded_at IS NULL AND e.from_date <= $2 AND (e.to_date IS NULL OR e.to_date > $2) \
        LEFT JOIN household_member m ON m.person_id = a.person_id AND m.superseded_at IS NULL AND (m.from_date IS NULL OR m.from_date <= $2) \
            AND (m.to_date IS NULL OR m.to_date >= $2) \
        WHERE a.worker_id = $1 AND a.part = 'responsible' AND a.superseded_at IS NULL AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date > $2) \
        ORDER BY a.person_id, e.kind";
    HELD_ONE = "SELECT e.person_id, e.kind, m.household_id, (SELECT max(y.minutes) FROM way_there y WHERE y.person_id = e.person_id \
            AND y.superseded_at IS NULL AND y.from_date <= $2 AND (y.to_date IS NULL OR y.to_date >= $2)) AS minutes_away FROM episode e \
        LEFT JOIN household_member m ON m.person_id = e.person_id AND m.superseded_at IS NULL AND (m.from_date IS NULL OR m.from_date <= $2) \
            AND (m.to_date IS NULL OR m.to_date >= $2) \
        WHERE e.person_id = $1 AND e.superseded_at IS NULL AND e.from_date <= $2 AND (e.to_date IS NULL OR e.to_date > $2)";
    ROLES = "SELECT role FROM post WHERE worker_id = $1 AND superseded_at IS NULL AND from_date <= $2 AND (to_date IS NULL OR to_date >= $2)";
    // how much of a whole week somebody works
    SHARE = "SELECT percent FROM week_share WHERE worker_id = $1 AND superseded_at IS NULL AND from_date <= $2 \
        AND (to_date IS NULL OR to_date >= $2) ORDER BY from_date DESC LIMIT 1";
    // whom somebody answers for, with the hand-over of each that is under way
    ANSWERED_FOR = "SELECT p.id, p.shown_name, h.state, t.name AS to_name FROM allocation a JOIN person p ON p.id = a.person_id \
        LEFT JOIN handover h ON h.person_id = a.person_id AND h.superseded_at IS NULL AND h.state IN ('offered', 'accepted', 'returned') \
        LEFT JOIN worker t ON t.id = h.to_worker \
        WHERE a.worker_id = $1 AND a.part = 'responsible' AND a.superseded_at IS NULL AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date > $2) \
        ORDER BY p.shown_name, p.id";
}

#[derive(Clone, db::FromRow)]
pub(crate) struct HandoverRow {
    pub(crate) id: Uuid,
    pub(crate) handover_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) step: String,
    pub(crate) cause: String,
    pub(crate) state: String,
    pub(crate) from_worker: Option<Uuid>,
    pub(crate) from_name: Option<String>,
    pub(crate) to_worker: Uuid,
    pub(crate) to_name: String,
    pub(crate) why: String,
    pub(crate) could_stay: String,
    pub(crate) could_stay_words: String,
    pub(crate) leaves_on: Option<Day>,
    pub(crate) offered_by: Option<Uuid>,
    pub(crate) offered_name: Option<String>,
    pub(crate) offered_on: Day,
    pub(crate) agreed_by: Option<Uuid>,
    pub(crate) agreed_name: Option<String>,
    pub(crate) answered_on: Option<Day>,
    pub(crate) reasons: String,
    pub(crate) return_words: Option<String>,
    pub(crate) not_met_why: Option<String>,
    pub(crate) ended_on: Option<Day>,
    pub(crate) to_left: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct NoteRow {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) ask: Option<String>,
    pub(crate) shown: bool,
    pub(crate) words: String,
    pub(crate) said: Option<String>,
    pub(crate) by_worker: Option<Uuid>,
    pub(crate) by_name: Option<String>,
    pub(crate) on_date: Day,
}

#[derive(db::FromRow)]
pub(crate) struct LineRow {
    pub(crate) worker_id: Uuid,
    pub(crate) name: String,
    pub(crate) above: i64,
    pub(crate) since: Day,
}

#[derive(db::FromRow)]
pub(crate) struct HeldRow {
    pub(crate) person_id: Uuid,
    pub(crate) kind: Option<String>,
    pub(crate) household_id: Option<Uuid>,
    pub(crate) minutes_away: Option<i64>,
}

#[derive(db::FromRow)]
pub(crate) struct AnsweredForRow {
    pub(crate) id: Uuid,
    pub(crate) shown_name: String,
    pub(crate) state: Option<String>,
    pub(crate) to_name: Option<String>,
}
