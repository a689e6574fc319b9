//! How readers are tied to people: one statement for each sort of fact, for thirty-two people at a time.

use db::At;
use uuid::Uuid;

/// How many people one statement asks about; shorter lists are filled up with the last.
pub(crate) const AT_ONCE: usize = 32;
/// How many the statement asks about that is used for a family: planned for few, it looks each of them up.
pub(crate) const FEW: usize = 8;

/// `$2` to `$33`: the people asked about, after the day.
macro_rules! people {
    () => {
        "($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
        $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)"
    };
}

/// `$2` to `$9`: the people asked about where they are few.
macro_rules! few {
    () => {
        "($2, $3, $4, $5, $6, $7, $8, $9)"
    };
}

/// Whoever shares a household with the people today, and those for whom they hold parental responsibility.
macro_rules! linked {
    ($people:expr) => {
        concat!(
        "SELECT m.person_id, o.person_id AS child_id, 'household' AS link, b.kind AS bond \
        FROM household_member m JOIN household_member o ON o.household_id = m.household_id \
            AND o.person_id <> m.person_id AND o.superseded_at IS NULL \
            AND (o.from_date IS NULL OR o.from_date <= $1) AND (o.to_date IS NULL OR o.to_date >= $1) \
        LEFT JOIN relationship b ON b.person_id = o.person_id AND b.other_id = m.person_id AND b.superseded_at IS NULL \
            AND (b.from_date IS NULL OR b.from_date <= $1) AND (b.to_date IS NULL OR b.to_date >= $1) \
        WHERE m.superseded_at IS NULL \
            AND (m.from_date IS NULL OR m.from_date <= $1) AND (m.to_date IS NULL OR m.to_date >= $1) \
            AND m.person_id IN ", $people, " \
        UNION \
        SELECT r.person_id, r.other_id, 'responsibility', b.kind \
        FROM relationship r \
        LEFT JOIN relationship b ON b.person_id = r.other_id AND b.other_id = r.person_id AND b.superseded_at IS NULL \
            AND (b.from_date IS NULL OR b.from_date <= $1) AND (b.to_date IS NULL OR b.to_date >= $1) \
        WHERE r.superseded_at IS NULL AND r.parental_responsibility \
            AND (r.from_date IS NULL OR r.from_date <= $1) AND (r.to_date IS NULL OR r.to_date >= $1) \
            AND r.person_id IN ", $people, " ORDER BY 1, 3, 2, 4")
    };
}

/// Every fact that can tie the reader to the people on a day (`$1`), and what says whether they are children.
macro_rules! facts {
    ($people:expr, $reader:literal) => {
        concat!(
        "SELECT p.id AS person_id, 'person' AS what, p.access_level AS code, p.shown_name AS words, \
            p.recorded_by AS worker_id, CAST(NULL AS uuid) AS team_id, p.recorded_at AS instant \
        FROM person p WHERE p.merged_into IS NULL AND p.id IN ", $people, " \
        UNION ALL SELECT p.id, 'unborn', p.kind, '', CAST(NULL AS uuid), CAST(NULL AS uuid), CAST(NULL AS timestamptz) \
        FROM person p WHERE p.kind = 'unborn' AND p.id IN ", $people, " \
        UNION ALL SELECT b.person_id, 'birth', b.basis, CAST(b.born_on AS text), CAST(NULL AS uuid), CAST(NULL AS uuid), CAST(NULL AS timestamptz) \
        FROM person_birth b WHERE b.superseded_at IS NULL AND b.person_id IN ", $people, " \
        UNION ALL SELECT a.person_id, CASE WHEN a.from_date <= $1 AND (a.to_date IS NULL OR a.to_date >= $1) THEN 'allocated' ELSE 'was-allocated' END, \
            a.part, '', a.worker_id, a.team_id, CAST(NULL AS timestamptz) \
        FROM allocation a WHERE a.superseded_at IS NULL AND a.person_id IN ", $people, " \
        UNION ALL SELECT a.person_id, 'works-in', w.role, '', a.worker_id, w.team_id, CAST(NULL AS timestamptz) \
        FROM allocation a JOIN post w ON w.worker_id = a.worker_id AND w.superseded_at IS NULL \
            AND w.from_date <= $1 AND (w.to_date IS NULL OR w.to_date >= $1) \
        WHERE a.superseded_at IS NULL AND a.from_date <= $1 AND (a.to_date IS NULL OR a.to_date >= $1) \
            AND a.person_id IN ", $people, " \
        UNION ALL SELECT e.person_id, 'episode', e.kind, '', CAST(NULL AS uuid), e.team_id, CAST(NULL AS timestamptz) \
        FROM episode e WHERE e.superseded_at IS NULL AND e.from_date <= $1 AND (e.to_date IS NULL OR e.to_date >= $1) \
            AND e.person_id IN ", $people, " \
        UNION ALL SELECT n.person_id, 'listed', '', '', n.worker_id, CAST(NULL AS uuid), CAST(NULL AS timestamptz) \
        FROM named_reader n WHERE n.superseded_at IS NULL AND n.worker_id = ", $reader, " \
            AND n.from_date <= $1 AND (n.to_date IS NULL OR n.to_date >= $1) AND n.person_id IN ", $people, " \
        UNION ALL SELECT g.person_id, 'glass', '', '', g.worker_id, CAST(NULL AS uuid), g.until_at \
        FROM glass g WHERE g.worker_id = ", $reader, " AND g.person_id IN ", $people, " \
        UNION ALL SELECT c.person_id, 'conflict', '', '', c.worker_id, CAST(NULL AS uuid), CAST(NULL AS timestamptz) \
        FROM conflict_of_interest c WHERE c.superseded_at IS NULL AND c.worker_id = ", $reader, " \
            AND c.from_date <= $1 AND (c.to_date IS NULL OR c.to_date >= $1) AND c.person_id IN ", $people, " \
        UNION ALL SELECT w.person_id, 'conflict', '', '', w.id, CAST(NULL AS uuid), CAST(NULL AS timestamptz) \
        FROM worker w WHERE w.id = ", $reader, " AND w.person_id IN ", $people)
    };
}

db::statements! {
    // a record that was joined with another answers like none: whoever holds its address is led to that one
    LEVEL = "SELECT id, access_level FROM person WHERE id = $1 AND merged_into IS NULL";

    // the absent colleagues for whom a worker covers on a day, once for each of their posts
    COVERED = "SELECT w.id, w.name, p.role, p.team_id FROM absence a JOIN worker w ON w.id = a.worker_id \
        LEFT JOIN post p ON p.worker_id = w.id AND p.superseded_at IS NULL \
            AND p.from_date <= $2 AND (p.to_date IS NULL OR p.to_date >= $2) \
        WHERE a.cover_id = $1 AND a.superseded_at IS NULL \
        AND a.from_date <= $2 AND (a.to_date IS NULL OR a.to_date >= $2) \
        AND (w.to_date IS NULL OR w.to_date >= $2) ORDER BY w.name, w.id";

    TREE = "SELECT t.id, t.name, u.parent_id FROM team t \
        LEFT JOIN team_under u ON u.team_id = t.id AND u.superseded_at IS NULL \
            AND u.from_date <= $1 AND (u.to_date IS NULL OR u.to_date >= $1) ORDER BY t.name, t.id";

    LINKED = linked!(people!());
    LINKED_FEW = linked!(few!());
    FACTS = facts!(people!(), "$34");
    FACTS_FEW = facts!(few!(), "$10");

    // who leads one team today, team managers before heads of service
    LEADS_OF = "SELECT w.id, w.name, p.role FROM post p JOIN worker w ON w.id = p.worker_id \
        WHERE p.team_id = $1 AND p.superseded_at IS NULL AND p.role IN ('team-manager', 'head-of-service') \
        AND p.from_date <= $2 AND (p.to_date IS NULL OR p.to_date >= $2) \
        AND (w.to_date IS NULL OR w.to_date >= $2) ORDER BY p.role DESC, w.name, w.id";
}

#[derive(db::FromRow)]
pub(crate) struct LevelRow {
    pub(crate) id: Uuid,
    pub(crate) access_level: String,
}

#[derive(db::FromRow)]
pub(crate) struct CoveredRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) role: Option<String>,
    pub(crate) team_id: Option<Uuid>,
}

#[derive(db::FromRow)]
pub(crate) struct TreeRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) parent_id: Option<Uuid>,
}

#[derive(db::FromRow)]
pub(crate) struct LinkedRow {
    pub(crate) person_id: Uuid,
    pub(crate) child_id: Uuid,
    pub(crate) link: String,
    pub(crate) bond: Option<String>,
}

#[derive(db::FromRow)]
pub(crate) struct FactRow {
    pub(crate) person_id: Uuid,
    pub(crate) what: String,
    pub(crate) code: String,
    pub(crate) words: String,
    pub(crate) worker_id: Option<Uuid>,
    pub(crate) team_id: Option<Uuid>,
    pub(crate) instant: Option<At>,
}

#[derive(db::FromRow)]
pub(crate) struct LeadRow {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) role: String,
}
