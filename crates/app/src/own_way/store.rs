//! What is done otherwise for somebody's good, the conversation about it, and where in a service.

use db::Day;
use uuid::Uuid;

macro_rules! ways {
    ($rest:expr) => {
        concat!(
            "SELECT o.id, o.own_way_id, o.person_id, k.shown_name AS person, o.rule, o.started_on, o.procedure, o.otherwise, o.why, o.agreed_with, \
            o.for_family, o.asked_until, o.state, o.proposed_by, p.name AS proposer, o.proposed_on, o.decided_by, d.name AS decider, o.decided_on, \
            o.decided_words, o.until_date, o.became, o.became_words, o.ended_on FROM own_way o JOIN person k ON k.id = o.person_id \
            JOIN worker p ON p.id = o.proposed_by LEFT JOIN worker d ON d.id = o.decided_by WHERE ",
            $rest
        )
    };
}
/// Those whom a team ($1) holds on a day ($2).
macro_rules! held_by {
    () => {
        "(SELECT e.person_id FROM episode e WHERE e.superseded_at IS NULL AND e.team_id = $1 AND e.from_date <= $2 \
        AND (e.to_date IS NULL OR e.to_date >= $2))"
    };
}

db::statements! {
    OF_PERSON = ways!("o.person_id = $1 AND o.recorded_at <= $2 AND (o.superseded_at IS NULL OR o.superseded_at > $2) \
        ORDER BY o.proposed_on DESC, o.own_way_id DESC");
    SAID = "SELECT s.own_way_id, s.kind, s.words, w.name AS worker, s.on_date FROM own_way_said s LEFT JOIN worker w ON w.id = s.worker_id \
        WHERE s.person_id = $1 AND s.recorded_at <= $2 ORDER BY s.recorded_at, s.id";
    // what waits for whoever proposed it, and what is to be looked at again
    OF_WORKER = ways!("o.superseded_at IS NULL AND o.proposed_by = $1 AND (o.state = 'asked' OR (o.state = 'agreed' AND o.until_date <= $2)) \
        ORDER BY o.asked_until, o.own_way_id");
    OF_TEAM = concat!(ways!("o.superseded_at IS NULL AND (o.state IN ('proposed', 'answered') OR (o.state = 'agreed' AND o.until_date <= $2)) AND o.person_id IN "),
        held_by!(), " ORDER BY o.asked_until, o.own_way_id");
    // everything of a team's people since a day
    ALL_OF_TEAM = concat!(ways!("o.superseded_at IS NULL AND o.proposed_on >= $3 AND o.person_id IN "), held_by!(),
        " ORDER BY o.proposed_on DESC, o.own_way_id DESC");
    NAMES = "SELECT p.full_name, p.shown_name FROM person p WHERE p.id = $1 OR p.id IN (SELECT r.other_id FROM relationship r \
        WHERE r.person_id = $1 AND r.superseded_at IS NULL) OR p.id IN (SELECT r.person_id FROM relationship r WHERE r.other_id = $1 AND r.superseded_at IS NULL)";
    ADD = "INSERT INTO own_way (id, own_way_id, person_id, rule, started_on, procedure, otherwise, why, agreed_with, for_family, asked_until, state, \
        proposed_by, proposed_on, decided_by, decided_on, decided_words, until_date, became, became_words, ended_on, author_id, recorded_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)";
    OVER = "UPDATE own_way SET superseded_at = $2 WHERE id = $1 AND superseded_at IS NULL";
    SAY = "INSERT INTO own_way_said (id, own_way_id, person_id, kind, words, worker_id, on_date, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
}

#[derive(Clone, db::FromRow)]
pub(crate) struct WayRow {
    pub(crate) id: Uuid,
    pub(crate) own_way_id: Uuid,
    pub(crate) person_id: Uuid,
    pub(crate) person: String,
    pub(crate) rule: Option<String>,
    pub(crate) started_on: Option<Day>,
    pub(crate) procedure: String,
    pub(crate) otherwise: String,
    pub(crate) why: String,
    pub(crate) agreed_with: String,
    pub(crate) for_family: Option<String>,
    pub(crate) asked_until: Day,
    pub(crate) state: String,
    pub(crate) proposed_by: Uuid,
    pub(crate) proposer: String,
    pub(crate) proposed_on: Day,
    pub(crate) decided_by: Option<Uuid>,
    pub(crate) decider: Option<String>,
    pub(crate) decided_on: Option<Day>,
    pub(crate) decided_words: Option<String>,
    pub(crate) until_date: Option<Day>,
    pub(crate) became: Option<String>,
    pub(crate) became_words: Option<String>,
    pub(crate) ended_on: Option<Day>,
}

#[derive(db::FromRow)]
pub(crate) struct SaidRow {
    pub(crate) own_way_id: Uuid,
    pub(crate) kind: String,
    pub(crate) words: String,
    pub(crate) worker: Option<String>,
    pub(crate) on_date: Day,
}
