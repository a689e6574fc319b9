//! A team's people by where they stand, its hand-overs, its finished work and its own limits: each in one statement for the
//! whole team, however many there are.

use db::{At, Day};
use uuid::Uuid;

/// The people of a team ($1) on a day ($2): it holds an open episode of theirs, or their responsible worker is of it.
macro_rules! ours {
    ($rest:literal, $after:literal) => {
        concat!(
            $rest,
            " IN (SELECT e.person_id FROM episode e WHERE e.superseded_at IS NULL AND e.from_date <= $2 \
            AND (e.to_date IS NULL OR e.to_date > $2) AND e.team_id = $1 \
            UNION SELECT a.person_id FROM allocation a WHERE a.part = 'responsible' AND a.superseded_at IS NULL \
            AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) AND a.team_id = $1)",
            $after
        )
    };
}
/// Who works in a team ($1) on a day ($2).
macro_rules! staff {
    () => {
        "(SELECT p.worker_id FROM post p WHERE p.team_id = $1 AND p.superseded_at IS NULL AND p.from_date <= $2 \
        AND (p.to_date IS NULL OR p.to_date >= $2))"
    };
}

db::statements! {
    OPEN = ours!(
        "SELECT o.person_id, o.kind, o.from_date FROM episode o WHERE o.superseded_at IS NULL AND o.from_date <= $2 \
        AND (o.to_date IS NULL OR o.to_date > $2) AND o.person_id",
        " ORDER BY o.from_date, o.episode_id"
    );
    // since when somebody is responsible today, and when the last one went
    RESPONSIBLE = ours!(
        "SELECT r.person_id, max(CASE WHEN r.to_date IS NULL OR r.to_date >= $2 THEN r.from_date END) AS since, max(r.to_date) AS left_on \
        FROM allocation r WHERE r.part = 'responsible' AND r.superseded_at IS NULL AND r.from_date <= $2 AND r.person_id",
        " GROUP BY r.person_id"
    );
    ASSESSING = ours!(
        "SELECT s.person_id, min(s.start_date) AS since FROM step s WHERE s.superseded_at IS NULL \
        AND s.kind IN ('assessment', 'section-47-enquiry') AND s.start_date <= $2 AND s.end_date IS NULL AND s.person_id",
        " GROUP BY s.person_id"
    );
    // of all others everybody may know that they are there
    NOT_FINDABLE = "SELECT id FROM person WHERE access_level <> 'findable' ORDER BY id";
    // what ended after $3
    FINISHED = "SELECT e.person_id, e.kind, e.from_date, e.to_date FROM episode e WHERE e.team_id = $1 AND e.superseded_at IS NULL \
        AND e.to_date > $3 AND e.to_date <= $2 ORDER BY e.to_date, e.episode_id";
    FINISHED_STEPS = "SELECT s.person_id, s.kind, s.start_date AS from_date, s.end_date AS to_date FROM episode e \
        JOIN step s ON s.person_id = e.person_id AND s.episode_id = e.episode_id WHERE e.team_id = $1 AND e.superseded_at IS NULL \
        AND s.superseded_at IS NULL AND s.kind IN ('assessment', 'section-47-enquiry') AND s.end_date > $3 AND s.end_date <= $2 \
        ORDER BY s.end_date, s.id";
    // hand-overs to or from somebody of the team that wait, and still say what is so
    UNDER_WAY = concat!("SELECT h.person_id, h.state, h.offered_on, h.answered_on, f.name AS from_name, t.name AS to_name, \
        CAST(CASE WHEN h.to_worker IN ", staff!(), " THEN 1 ELSE 0 END AS bigint) AS to_us, \
        CAST(CASE WHEN h.from_worker IN ", staff!(), " OR h.offered_by IN ", staff!(), " THEN 1 ELSE 0 END AS bigint) AS from_us \
        FROM handover h JOIN worker t ON t.id = h.to_worker LEFT JOIN worker f ON f.id = h.from_worker \
        WHERE h.superseded_at IS NULL AND h.state IN ('offered', 'accepted', 'returned') AND (t.to_date IS NULL OR t.to_date > $2) \
        AND (h.from_worker IS NULL OR EXISTS (SELECT 1 FROM allocation a WHERE a.person_id = h.person_id AND a.worker_id = h.from_worker \
            AND a.part = 'responsible' AND a.superseded_at IS NULL AND a.to_date IS NULL)) \
        AND (h.to_worker IN ", staff!(), " OR h.from_worker IN ", staff!(), " OR h.offered_by IN ", staff!(), ") \
        ORDER BY h.offered_on, h.handover_id");
    // every version that came back or was taken over, of the hand-overs that the team sent and that moved since $3
    TURNS = concat!("SELECT h.handover_id, h.person_id, h.state, h.answered_on, h.ended_on, h.reasons, h.superseded_at FROM handover h \
        WHERE h.state IN ('returned', 'taken-over') AND (h.from_worker IN ", staff!(), " OR h.offered_by IN ", staff!(), ") \
        AND h.handover_id IN (SELECT x.handover_id FROM handover x WHERE (x.state = 'taken-over' AND x.ended_on >= $3 AND x.ended_on <= $2) \
            OR (x.state = 'returned' AND x.answered_on >= $3 AND x.answered_on <= $2)) ORDER BY h.recorded_at, h.id");
    LIMITS = "SELECT l.place, l.most, l.from_date, l.to_date, l.reason, l.author_id, w.name AS author FROM column_limit l \
        LEFT JOIN worker w ON w.id = l.author_id WHERE l.team_id = $1 AND l.superseded_at IS NULL ORDER BY l.place, l.from_date, l.recorded_at, l.id";
    END_LIMIT = "UPDATE column_limit SET superseded_at = $4 WHERE team_id = $1 AND place = $2 AND superseded_at IS NULL \
        AND (to_date IS NULL OR to_date >= $3)";
    ADD_LIMIT = "INSERT INTO column_limit (id, team_id, place, most, from_date, to_date, reason, author_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

#[derive(db::FromRow)]
pub(super) struct OpenRow {
    pub(super) person_id: Uuid,
    pub(super) kind: String,
    pub(super) from_date: Day,
}

#[derive(db::FromRow)]
pub(super) struct ResponsibleRow {
    pub(super) person_id: Uuid,
    pub(super) since: Option<Day>,
    pub(super) left_on: Option<Day>,
}

#[derive(db::FromRow)]
pub(super) struct AssessingRow {
    pub(super) person_id: Uuid,
    pub(super) since: Day,
}

#[derive(db::FromRow)]
pub(super) struct FinishedRow {
    pub(super) person_id: Uuid,
    pub(super) kind: String,
    pub(super) from_date: Day,
    pub(super) to_date: Day,
}

#[derive(db::FromRow)]
pub(super) struct UnderWayRow {
    pub(super) person_id: Uuid,
    pub(super) state: String,
    pub(super) offered_on: Day,
    pub(super) answered_on: Option<Day>,
    pub(super) from_name: Option<String>,
    pub(super) to_name: String,
    pub(super) to_us: i64,
    pub(super) from_us: i64,
}

#[derive(db::FromRow)]
pub(super) struct TurnRow {
    pub(super) handover_id: Uuid,
    pub(super) person_id: Uuid,
    pub(super) state: String,
    pub(super) answered_on: Option<Day>,
    pub(super) ended_on: Option<Day>,
    pub(super) reasons: String,
    pub(super) superseded_at: Option<At>,
}

#[derive(Clone, db::FromRow)]
pub(super) struct LimitRow {
    pub(super) place: String,
    pub(super) most: i64,
    pub(super) from_date: Day,
    pub(super) to_date: Option<Day>,
    pub(super) reason: String,
    pub(super) author_id: Option<Uuid>,
    pub(super) author: Option<String>,
}
