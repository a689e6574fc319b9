-- The whole record of the first issue. Facts are dated twice: true (from_date, to_date) and known
-- (recorded_at, superseded_at). Nothing is deleted: a correction supersedes. Written once, in this
-- dialect; `cargo xtask schema` writes the other folder's file from it.

-- the council
CREATE TABLE council (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    -- a demonstration's database is marked for ever and refuses other councils' files
    demonstration INTEGER NOT NULL,
    demonstration_day TEXT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE minted (
    kind TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

CREATE TABLE holiday (
    day TEXT PRIMARY KEY,
    -- 'add' makes it a holiday, 'remove' an ordinary day
    change TEXT NOT NULL CHECK (change IN ('add', 'remove')),
    name TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;

-- workers and teams
CREATE TABLE team (
    id BLOB PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    place TEXT,
    from_date TEXT NOT NULL,
    to_date TEXT,
    version INTEGER NOT NULL
) STRICT;

-- which team stands under which, by date: the tree
CREATE TABLE team_under (
    id BLOB PRIMARY KEY,
    team_id BLOB NOT NULL REFERENCES team (id),
    parent_id BLOB NOT NULL REFERENCES team (id),
    from_date TEXT NOT NULL,
    to_date TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX team_under_team ON team_under (team_id) WHERE superseded_at IS NULL;

CREATE TABLE worker (
    id BLOB PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    registration_number TEXT,
    hue INTEGER NOT NULL,
    -- the person this worker also is, for conflicts of interest
    person_id BLOB,
    from_date TEXT NOT NULL,
    to_date TEXT,
    version INTEGER NOT NULL
) STRICT;

-- a face beside a name: a small picture that a worker put up of themselves, and takes away again
CREATE TABLE worker_photo (
    worker_id BLOB PRIMARY KEY REFERENCES worker (id),
    picture BLOB NOT NULL,
    put_up_at INTEGER NOT NULL
) STRICT;

CREATE TABLE post (
    id BLOB PRIMARY KEY,
    worker_id BLOB NOT NULL REFERENCES worker (id),
    team_id BLOB REFERENCES team (id),
    role TEXT NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX post_worker ON post (worker_id) WHERE superseded_at IS NULL;
CREATE INDEX post_team ON post (team_id) WHERE superseded_at IS NULL;

CREATE TABLE absence (
    id BLOB PRIMARY KEY,
    worker_id BLOB NOT NULL REFERENCES worker (id),
    from_date TEXT NOT NULL,
    to_date TEXT,
    cover_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX absence_worker ON absence (worker_id) WHERE superseded_at IS NULL;
CREATE INDEX absence_cover ON absence (cover_id) WHERE superseded_at IS NULL;

-- signing in
-- of a worker, or of a person of the record who comes in to their own space: one of the two
CREATE TABLE account (
    id BLOB PRIMARY KEY,
    worker_id BLOB UNIQUE REFERENCES worker (id),
    person_id BLOB UNIQUE,
    sign_in_name TEXT NOT NULL UNIQUE,
    password_hash TEXT,
    code_secret BLOB,
    -- a time-based code is accepted once: the last step used
    code_step INTEGER,
    -- who they are to the council's own sign-in: its issuer and their number there
    subject TEXT UNIQUE,
    failures INTEGER NOT NULL,
    locked_until INTEGER,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    version INTEGER NOT NULL,
    CHECK ((worker_id IS NULL) <> (person_id IS NULL))
) STRICT;

CREATE TABLE recovery_code (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id),
    code_hash BLOB NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX recovery_code_account ON recovery_code (account_id);

-- a key that a phone, a computer or a security key keeps for an account, and what is needed to check it
CREATE TABLE passkey (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    -- the key's own id, base64url
    credential TEXT NOT NULL UNIQUE,
    -- public key, counter and flags, as JSON
    held TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX passkey_account ON passkey (account_id);

-- a passkey asked for and not yet shown: used once
CREATE TABLE passkey_asked (
    token_hash BLOB PRIMARY KEY,
    -- whose new passkey it is to be; none at the door
    account_id BLOB REFERENCES account (id),
    held TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- a one-time link: for a first administrator (no account yet), a new worker, or a new password
CREATE TABLE invitation (
    id BLOB PRIMARY KEY,
    account_id BLOB REFERENCES account (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('first-administrator', 'set-up', 'reset')),
    token_hash BLOB NOT NULL UNIQUE,
    -- the secret shown while setting up, so that a reload shows the same one
    code_secret BLOB,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

CREATE TABLE session (
    token_hash BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id),
    csrf TEXT NOT NULL,
    device TEXT,
    -- where the council's own sign-in says which roles they may act in: those, between spaces
    roles TEXT,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX session_account ON session (account_id);
-- a form sent after its session ended says by its token whose it was
CREATE INDEX session_csrf ON session (csrf);

-- a token: with its secret another program acts as the worker who made it, within its scopes and roles, until a day
CREATE TABLE token (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id),
    name TEXT NOT NULL,
    -- the secret is shown once and kept nowhere
    secret_hash BLOB NOT NULL UNIQUE,
    -- what it may be used for, between spaces
    scopes TEXT NOT NULL,
    -- the roles of its maker's posts that it acts in, between spaces
    roles TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    ended_at INTEGER
) STRICT;
CREATE INDEX token_account ON token (account_id);

-- a change asked for through a token with a key of its sender's, and what came of it, for a day: sent again it is
-- answered again and not done again. It holds none of the words that were sent
CREATE TABLE token_request (
    id BLOB PRIMARY KEY,
    token_id BLOB NOT NULL REFERENCES token (id),
    key_hash BLOB NOT NULL,
    -- what was asked, as HMAC-SHA-256 under the token's secret, which is kept nowhere
    request_hash BLOB NOT NULL,
    -- what came of it: none of both where it changed something that has no address of its own
    made_id BLOB,
    place TEXT,
    asked_at INTEGER NOT NULL,
    UNIQUE (token_id, key_hash)
) STRICT;
CREATE INDEX token_request_asked ON token_request (asked_at);

-- a browser in which this account has signed in before: it has its own count of wrong tries, so that
-- strangers' tries cannot keep its owner out
CREATE TABLE known_browser (
    token_hash BLOB NOT NULL,
    account_id BLOB NOT NULL REFERENCES account (id),
    failures INTEGER NOT NULL,
    locked_until INTEGER,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (token_hash, account_id)
) STRICT;

-- people
CREATE TABLE person (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    hue INTEGER NOT NULL,
    access_level TEXT NOT NULL,
    -- the name shown, kept here so that lists need no other table
    shown_name TEXT NOT NULL,
    full_name TEXT NOT NULL,
    initials TEXT NOT NULL,
    birth_year INTEGER,
    recorded_at INTEGER NOT NULL,
    -- the worker who began the record; null where a file or the program did
    recorded_by BLOB REFERENCES worker (id),
    -- the record this one was joined with; the joining says what each held
    merged_into BLOB,
    version INTEGER NOT NULL
) STRICT;

CREATE TABLE person_name (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    given TEXT NOT NULL,
    family TEXT NOT NULL,
    from_date TEXT,
    to_date TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX person_name_now ON person_name (person_id) WHERE superseded_at IS NULL;
CREATE INDEX person_name_then ON person_name (person_id, recorded_at);

CREATE TABLE person_birth (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    born_on TEXT NOT NULL,
    basis TEXT NOT NULL,
    note TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX person_birth_now ON person_birth (person_id) WHERE superseded_at IS NULL;
CREATE INDEX person_birth_day ON person_birth (born_on) WHERE superseded_at IS NULL;

CREATE TABLE person_detail (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    note TEXT,
    -- what a search compares: digits of a phone, lower-case email
    search_key TEXT,
    from_date TEXT,
    to_date TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX person_detail_now ON person_detail (person_id) WHERE superseded_at IS NULL;
CREATE INDEX person_detail_key ON person_detail (search_key) WHERE superseded_at IS NULL AND search_key IS NOT NULL;

CREATE TABLE person_identifier (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    from_date TEXT,
    to_date TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX person_identifier_now ON person_identifier (person_id) WHERE superseded_at IS NULL;
-- whatever case it is typed in
CREATE INDEX person_identifier_number ON person_identifier (upper(number)) WHERE superseded_at IS NULL;
-- a council id belongs to one person
CREATE UNIQUE INDEX person_identifier_council ON person_identifier (number) WHERE superseded_at IS NULL AND kind = 'council-id';

CREATE TABLE address (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL,
    lines TEXT NOT NULL,
    postcode TEXT,
    confidential INTEGER NOT NULL,
    from_date TEXT,
    to_date TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX address_now ON address (person_id) WHERE superseded_at IS NULL;
CREATE INDEX address_postcode ON address (postcode) WHERE superseded_at IS NULL AND postcode IS NOT NULL;

CREATE TABLE household (
    id BLOB PRIMARY KEY,
    note TEXT,
    recorded_at INTEGER NOT NULL
) STRICT;

CREATE TABLE household_member (
    id BLOB PRIMARY KEY,
    household_id BLOB NOT NULL REFERENCES household (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    from_date TEXT,
    to_date TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX household_member_person ON household_member (person_id) WHERE superseded_at IS NULL;
CREATE INDEX household_member_house ON household_member (household_id) WHERE superseded_at IS NULL;

-- kind is what person_id is to other_id: "person is other's parent". Each pair is two rows with one pair_id.
CREATE TABLE relationship (
    id BLOB PRIMARY KEY,
    pair_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    other_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    -- person_id holds parental responsibility for other_id
    parental_responsibility INTEGER NOT NULL,
    -- how close other_id says person_id is, 0 to 5
    closeness INTEGER,
    note TEXT,
    from_date TEXT,
    to_date TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX relationship_now ON relationship (person_id) WHERE superseded_at IS NULL;
CREATE INDEX relationship_other ON relationship (other_id) WHERE superseded_at IS NULL;

-- how it is between a person and somebody (other_id) or something that is no person (name): for the network picture
CREATE TABLE tie (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    other_id BLOB REFERENCES person (id),
    kind TEXT NOT NULL,
    name TEXT,
    strength TEXT NOT NULL,
    -- conflict or strain
    stress INTEGER NOT NULL,
    -- which way help, care or energy goes, seen from person_id
    flow TEXT NOT NULL,
    note TEXT,
    from_date TEXT,
    to_date TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX tie_now ON tie (person_id) WHERE superseded_at IS NULL;
CREATE INDEX tie_other ON tie (other_id) WHERE superseded_at IS NULL;

CREATE TABLE warning (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    fact TEXT NOT NULL,
    detail TEXT,
    from_date TEXT NOT NULL,
    review_on TEXT NOT NULL,
    to_date TEXT,
    told INTEGER NOT NULL,
    told_on TEXT,
    told_how TEXT,
    not_told_why TEXT,
    agreed_with TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX warning_now ON warning (person_id) WHERE superseded_at IS NULL;

-- finding: every word of anybody's names, the keys under which words near it are found, and who has it
CREATE TABLE name_token (
    token TEXT PRIMARY KEY
) STRICT;

CREATE TABLE name_key (
    key TEXT NOT NULL,
    token TEXT NOT NULL REFERENCES name_token (token),
    PRIMARY KEY (key, token)
) STRICT;

CREATE TABLE name_posting (
    token TEXT NOT NULL REFERENCES name_token (token),
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (token, person_id)
) STRICT;
CREATE UNIQUE INDEX name_posting_person ON name_posting (person_id, token);

-- two records of one person made one. What each held before is kept row by row, so that it can be undone exactly.
CREATE TABLE joining (
    id BLOB PRIMARY KEY,
    kept_id BLOB NOT NULL REFERENCES person (id),
    other_id BLOB NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    -- what the two records themselves said before: level, born or not, year of birth, as JSON text
    before TEXT NOT NULL,
    joined_at INTEGER NOT NULL,
    joined_by BLOB REFERENCES worker (id),
    parted_at INTEGER,
    parted_by BLOB REFERENCES worker (id),
    parted_why TEXT
) STRICT;
CREATE INDEX joining_kept ON joining (kept_id);
CREATE INDEX joining_other ON joining (other_id);

CREATE TABLE joined_row (
    joining_id BLOB NOT NULL REFERENCES joining (id),
    -- table and column: 'person_name.person_id'
    place TEXT NOT NULL,
    row_id BLOB NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('kept', 'other')),
    -- not superseded when the two were joined
    live INTEGER NOT NULL,
    -- what the joining itself did: set the row aside, or wrote it in place of another
    done TEXT NOT NULL CHECK (done IN ('nothing', 'set-aside', 'written')),
    instead_of BLOB,
    PRIMARY KEY (joining_id, place, row_id)
) STRICT;

-- somebody looked and said that these are two people
CREATE TABLE told_apart (
    id BLOB PRIMARY KEY,
    one_id BLOB NOT NULL REFERENCES person (id),
    two_id BLOB NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    told_by BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX told_apart_one ON told_apart (one_id) WHERE superseded_at IS NULL;
CREATE INDEX told_apart_two ON told_apart (two_id) WHERE superseded_at IS NULL;

-- two records that may be of one person, as the last look over everybody found them
CREATE TABLE likely_pair (
    one_id BLOB NOT NULL REFERENCES person (id),
    two_id BLOB NOT NULL REFERENCES person (id),
    strength INTEGER NOT NULL,
    -- the reasons, as JSON text
    why TEXT NOT NULL,
    found_at INTEGER NOT NULL,
    PRIMARY KEY (one_id, two_id)
) STRICT;
-- when everybody was last looked through for it
CREATE TABLE duplicate_look (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    looked_at INTEGER NOT NULL,
    people INTEGER NOT NULL,
    pairs INTEGER NOT NULL
) STRICT;
CREATE INDEX likely_pair_strength ON likely_pair (strength, one_id, two_id);
CREATE INDEX likely_pair_two ON likely_pair (two_id);

-- access
CREATE TABLE named_reader (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    worker_id BLOB NOT NULL REFERENCES worker (id),
    reason TEXT NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX named_reader_now ON named_reader (person_id) WHERE superseded_at IS NULL;

-- since when and why a record is at its level; person.access_level holds the level of today
CREATE TABLE person_level (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    level TEXT NOT NULL,
    reason TEXT NOT NULL,
    review_on TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX person_level_now ON person_level (person_id) WHERE superseded_at IS NULL;

-- a worker's declared link to a person: the record is shut to them while it stands
CREATE TABLE conflict_of_interest (
    id BLOB PRIMARY KEY,
    worker_id BLOB NOT NULL REFERENCES worker (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    link TEXT NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX conflict_of_interest_person ON conflict_of_interest (person_id) WHERE superseded_at IS NULL;
CREATE INDEX conflict_of_interest_worker ON conflict_of_interest (worker_id) WHERE superseded_at IS NULL;

CREATE TABLE glass (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    worker_id BLOB NOT NULL REFERENCES worker (id),
    reason TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    review_by TEXT NOT NULL,
    -- the manager on whose Today it stays until answered
    reviewer_id BLOB REFERENCES worker (id),
    reviewed_by BLOB REFERENCES worker (id),
    reviewed_at INTEGER,
    outcome TEXT,
    review_words TEXT
) STRICT;
CREATE INDEX glass_person ON glass (person_id, worker_id);
CREATE INDEX glass_unreviewed ON glass (reviewer_id) WHERE reviewed_at IS NULL;

-- episodes, steps, allocation
CREATE TABLE episode (
    id BLOB PRIMARY KEY,
    -- the same for every version of one episode
    episode_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    team_id BLOB REFERENCES team (id),
    from_date TEXT NOT NULL,
    to_date TEXT,
    end_reason TEXT,
    -- what the old system last knew, brought in with the episode
    last_seen TEXT,
    last_review TEXT,
    source_key TEXT,
    why TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX episode_now ON episode (person_id) WHERE superseded_at IS NULL;
CREATE INDEX episode_id_now ON episode (episode_id) WHERE superseded_at IS NULL;
CREATE INDEX episode_team ON episode (team_id) WHERE superseded_at IS NULL AND to_date IS NULL;
-- what a team finished lately
CREATE INDEX episode_team_finished ON episode (team_id, to_date) WHERE superseded_at IS NULL;

-- a dated circumstance of an episode: category of harm, legal status, placement, meant to last
CREATE TABLE circumstance (
    id BLOB PRIMARY KEY,
    episode_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX circumstance_now ON circumstance (person_id) WHERE superseded_at IS NULL;

CREATE TABLE step (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    episode_id BLOB,
    kind TEXT NOT NULL,
    start_date TEXT NOT NULL,
    end_date TEXT,
    outcome TEXT,
    -- further codes of the step, as JSON text
    detail TEXT,
    entry_id BLOB,
    source_key TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX step_now ON step (person_id) WHERE superseded_at IS NULL;
CREATE INDEX step_source ON step (source_key) WHERE superseded_at IS NULL AND source_key IS NOT NULL;

CREATE TABLE allocation (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    worker_id BLOB NOT NULL REFERENCES worker (id),
    team_id BLOB REFERENCES team (id),
    -- responsible, helping, reviewing
    part TEXT NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT,
    reason TEXT,
    end_reason TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX allocation_person ON allocation (person_id) WHERE superseded_at IS NULL;
CREATE INDEX allocation_worker ON allocation (worker_id) WHERE superseded_at IS NULL;

-- hand-overs: offered, accepted or returned, taken over; until then nothing moves
CREATE TABLE handover (
    id BLOB PRIMARY KEY,
    -- the same in every version
    handover_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    -- which list makes it ready
    step TEXT NOT NULL,
    -- why they get another worker
    cause TEXT NOT NULL,
    -- offered, accepted, returned, withdrawn, taken-over
    state TEXT NOT NULL,
    -- who was responsible when it was offered; none while they wait for a worker
    from_worker BLOB REFERENCES worker (id),
    to_worker BLOB NOT NULL REFERENCES worker (id),
    why TEXT NOT NULL,
    -- whether the worker they know could stay: asked before every hand-over
    could_stay TEXT NOT NULL,
    could_stay_words TEXT NOT NULL,
    -- the last day of whoever goes, where they leave
    leaves_on TEXT,
    offered_by BLOB REFERENCES worker (id),
    offered_on TEXT NOT NULL,
    -- who leads the team and said that it may be
    agreed_by BLOB REFERENCES worker (id),
    answered_on TEXT,
    -- what is missing, between spaces, and what would make it ready
    reasons TEXT NOT NULL,
    return_words TEXT,
    -- why they took over without having met, where that could not be
    not_met_why TEXT,
    ended_on TEXT,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX handover_now ON handover (person_id) WHERE superseded_at IS NULL;
CREATE INDEX handover_to ON handover (to_worker) WHERE superseded_at IS NULL;
CREATE INDEX handover_from ON handover (from_worker) WHERE superseded_at IS NULL;
CREATE INDEX handover_same ON handover (handover_id) WHERE superseded_at IS NULL;

-- what goes with a hand-over: what makes it ready, what they were told and by whom, meeting and goodbye
CREATE TABLE handover_note (
    id BLOB PRIMARY KEY,
    handover_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    -- ready, told, family-told, introduction, goodbye
    kind TEXT NOT NULL,
    -- which thing on the list
    ask TEXT,
    -- the record showed it when it was offered
    shown INTEGER NOT NULL,
    words TEXT NOT NULL,
    -- what they said to it
    said TEXT,
    by_worker BLOB REFERENCES worker (id),
    on_date TEXT NOT NULL,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX handover_note_person ON handover_note (person_id);
CREATE INDEX handover_note_of ON handover_note (handover_id) WHERE superseded_at IS NULL;

-- entries
CREATE TABLE entry (
    id BLOB PRIMARY KEY,
    -- the same for every version of one entry
    thread_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    happened_at INTEGER NOT NULL,
    manner TEXT,
    place TEXT,
    title TEXT,
    narrative TEXT NOT NULL,
    others_present TEXT,
    significant INTEGER NOT NULL,
    -- addressed to this person: written to be read by them
    written_to BLOB REFERENCES person (id),
    readers TEXT NOT NULL,
    readers_why TEXT,
    readers_review_on TEXT,
    author_id BLOB REFERENCES worker (id),
    -- words that say where an imported entry came from
    source TEXT,
    corrected_why TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER,
    -- how long it took, when that was said
    minutes INTEGER
) STRICT;
CREATE INDEX entry_thread ON entry (thread_id, recorded_at);
CREATE INDEX entry_recorded ON entry (recorded_at);
CREATE INDEX entry_author ON entry (author_id, happened_at) WHERE superseded_at IS NULL;

CREATE TABLE participant (
    id BLOB PRIMARY KEY,
    entry_id BLOB NOT NULL REFERENCES entry (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    part TEXT NOT NULL,
    seen TEXT,
    not_seen_why TEXT,
    happened_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX participant_entry ON participant (entry_id);
-- covers the timeline of a person, now and as known on a past date
CREATE INDEX participant_timeline ON participant (person_id, happened_at, entry_id, part, seen, recorded_at, superseded_at);

CREATE TABLE entry_worker (
    entry_id BLOB NOT NULL REFERENCES entry (id),
    worker_id BLOB NOT NULL REFERENCES worker (id),
    PRIMARY KEY (entry_id, worker_id)
) STRICT;
CREATE INDEX entry_worker_worker ON entry_worker (worker_id);

-- how long writing an entry took, for the writer's own week
CREATE TABLE recording_time (
    id BLOB PRIMARY KEY,
    -- no reference: minutes belong to the worker, and stay when an entry is disposed of
    entry_id BLOB NOT NULL,
    worker_id BLOB NOT NULL REFERENCES worker (id),
    minutes INTEGER NOT NULL,
    -- counted by the screen, said by the worker, or struck by them
    how TEXT NOT NULL,
    -- the day it counts for: when the entry was filed
    on_date TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE UNIQUE INDEX recording_time_now ON recording_time (entry_id, worker_id) WHERE superseded_at IS NULL;
CREATE INDEX recording_time_worker ON recording_time (worker_id, on_date);
CREATE INDEX recording_time_day ON recording_time (on_date);

-- what workers can hold, and the hours they work
-- how much of a whole week somebody works
CREATE TABLE week_share (
    id BLOB PRIMARY KEY,
    worker_id BLOB NOT NULL REFERENCES worker (id),
    -- so many in a hundred of a whole week
    percent INTEGER NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX week_share_worker ON week_share (worker_id) WHERE superseded_at IS NULL;

-- a change of teams tried on a copy of the tree; nothing changes until it is carried out
CREATE TABLE restructure (
    id BLOB PRIMARY KEY,
    -- the same in every version
    restructure_id BLOB NOT NULL,
    name TEXT NOT NULL,
    why TEXT NOT NULL,
    -- the day from which it can be carried out
    on_date TEXT NOT NULL,
    -- planned, carried-out, withdrawn
    state TEXT NOT NULL,
    author_id BLOB REFERENCES worker (id),
    done_on TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE UNIQUE INDEX restructure_now ON restructure (restructure_id) WHERE superseded_at IS NULL;

-- its steps, in turn; one taken back is superseded
CREATE TABLE restructure_step (
    id BLOB PRIMARY KEY,
    restructure_id BLOB NOT NULL,
    place INTEGER NOT NULL,
    -- new, join, under, worker
    kind TEXT NOT NULL,
    -- no reference: a team that is planned does not stand yet
    team_id BLOB NOT NULL,
    -- beside, into, under or to which team
    other_id BLOB,
    worker_id BLOB REFERENCES worker (id),
    -- of a new team
    name TEXT,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX restructure_step_of ON restructure_step (restructure_id) WHERE superseded_at IS NULL;

-- how long the way to somebody takes, there and back: it weighs in what their worker holds
CREATE TABLE way_there (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    minutes INTEGER NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX way_there_person ON way_there (person_id);

-- how much a team can hold together, where the council set that
CREATE TABLE team_limit (
    id BLOB PRIMARY KEY,
    team_id BLOB NOT NULL REFERENCES team (id),
    -- in hundredths of a point
    hundredths INTEGER NOT NULL,
    reason TEXT NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX team_limit_team ON team_limit (team_id) WHERE superseded_at IS NULL;

-- a named manager decided that a worker holds more than they can
CREATE TABLE over_limit (
    id BLOB PRIMARY KEY,
    -- the same in every version
    decision_id BLOB NOT NULL,
    -- whose load
    worker_id BLOB NOT NULL REFERENCES worker (id),
    -- for whom
    person_id BLOB NOT NULL REFERENCES person (id),
    -- whose limit: worker, team, both
    whose TEXT NOT NULL,
    -- what they would hold and could, when it was decided, in hundredths of a point
    points INTEGER NOT NULL,
    limit_points INTEGER NOT NULL,
    reason TEXT NOT NULL,
    decided_by BLOB NOT NULL REFERENCES worker (id),
    decided_on TEXT NOT NULL,
    -- when it is looked at again
    look_on TEXT NOT NULL,
    -- what was said when it was looked at last, and who said it
    looked_words TEXT,
    looked_by BLOB REFERENCES worker (id),
    ended_on TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX over_limit_person ON over_limit (person_id);
CREATE INDEX over_limit_worker ON over_limit (worker_id) WHERE superseded_at IS NULL;

-- the hours of a day as the worker puts them down; nobody else sees them
CREATE TABLE hours_worked (
    id BLOB PRIMARY KEY,
    worker_id BLOB NOT NULL REFERENCES worker (id),
    on_date TEXT NOT NULL,
    -- worked, or taken back of what was owed
    kind TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE UNIQUE INDEX hours_worked_now ON hours_worked (worker_id, on_date, kind) WHERE superseded_at IS NULL;
CREATE INDEX hours_worked_day ON hours_worked (on_date) WHERE superseded_at IS NULL;

-- what would have to give, so that somebody can go home: the manager's answer to a week that was too long
CREATE TABLE long_week_answer (
    id BLOB PRIMARY KEY,
    worker_id BLOB NOT NULL REFERENCES worker (id),
    monday TEXT NOT NULL,
    words TEXT NOT NULL,
    author_id BLOB NOT NULL REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE UNIQUE INDEX long_week_answer_now ON long_week_answer (worker_id, monday) WHERE superseded_at IS NULL;

CREATE TABLE entry_reader (
    id BLOB PRIMARY KEY,
    entry_id BLOB NOT NULL REFERENCES entry (id),
    worker_id BLOB REFERENCES worker (id),
    person_id BLOB REFERENCES person (id)
) STRICT;
CREATE INDEX entry_reader_entry ON entry_reader (entry_id);
CREATE INDEX entry_reader_person ON entry_reader (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE statement (
    id BLOB PRIMARY KEY,
    entry_id BLOB NOT NULL REFERENCES entry (id),
    position INTEGER NOT NULL,
    owner_person BLOB REFERENCES person (id),
    owner_worker BLOB REFERENCES worker (id),
    owner_words TEXT,
    form TEXT NOT NULL,
    words TEXT NOT NULL,
    original_language TEXT
) STRICT;
CREATE INDEX statement_entry ON statement (entry_id);

-- held back from somebody who would otherwise read it in their own space: an entry, its account, or words of one voice
CREATE TABLE held_back (
    id BLOB PRIMARY KEY,
    -- the same for every version of one holding back
    held_id BLOB NOT NULL,
    entry_id BLOB NOT NULL REFERENCES entry (id),
    -- whose words, where it is words
    statement_id BLOB REFERENCES statement (id),
    -- all, account, words; staff: that the entry was kept to staff when it was recorded
    part TEXT NOT NULL,
    -- from whom; from everybody who would otherwise read it where nobody is named
    person_id BLOB REFERENCES person (id),
    ground TEXT NOT NULL,
    why TEXT,
    review_on TEXT NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT,
    ended_why TEXT,
    worker_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX held_back_entry ON held_back (entry_id);
CREATE INDEX held_back_same ON held_back (held_id) WHERE superseded_at IS NULL;
CREATE INDEX held_back_person ON held_back (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX held_back_due ON held_back (review_on) WHERE superseded_at IS NULL AND to_date IS NULL;

-- words of an entry that concern somebody's private matter, or were looked at and do not
CREATE TABLE private_matter (
    id BLOB PRIMARY KEY,
    -- the same for every version of one mark
    matter_id BLOB NOT NULL,
    entry_id BLOB NOT NULL REFERENCES entry (id),
    -- whose words; the account where there are none
    statement_id BLOB REFERENCES statement (id),
    -- whose matter; of somebody without a record where nobody is named
    person_id BLOB REFERENCES person (id),
    kind TEXT NOT NULL,
    worker_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX private_matter_entry ON private_matter (entry_id);
CREATE INDEX private_matter_person ON private_matter (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE promise (
    id BLOB PRIMARY KEY,
    -- the same for every version of one promise
    promise_id BLOB NOT NULL,
    entry_id BLOB REFERENCES entry (id),
    -- whom it is about or made to
    person_id BLOB NOT NULL REFERENCES person (id),
    what TEXT NOT NULL,
    by_worker BLOB REFERENCES worker (id),
    by_person BLOB REFERENCES person (id),
    by_words TEXT,
    due_on TEXT,
    state TEXT NOT NULL,
    ended_on TEXT,
    outcome TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX promise_person ON promise (person_id) WHERE superseded_at IS NULL;
CREATE INDEX promise_worker ON promise (by_worker, due_on) WHERE superseded_at IS NULL AND state = 'open';
CREATE INDEX promise_entry ON promise (entry_id);
CREATE INDEX promise_same ON promise (promise_id) WHERE superseded_at IS NULL;

-- the story so far: what somebody tells, or others tell of them, in six parts; each voice in a place of its own
CREATE TABLE story_telling (
    id BLOB PRIMARY KEY,
    -- the same for every version of what one voice tells in one part
    telling_id BLOB NOT NULL,
    -- whose story it is
    person_id BLOB NOT NULL REFERENCES person (id),
    part TEXT NOT NULL,
    told_how TEXT NOT NULL,
    -- who tells it: themselves, somebody of the record, somebody else in words; none of these where a worker put it
    -- together from what is recorded
    by_themselves INTEGER NOT NULL,
    by_person BLOB REFERENCES person (id),
    by_words TEXT,
    -- somebody else tells it, and is fine with the person reading it
    shared INTEGER NOT NULL,
    words TEXT NOT NULL,
    -- the entries it rests on, between spaces: no references, so that an entry can be disposed of
    rests_on TEXT NOT NULL,
    told_on TEXT NOT NULL,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX story_telling_now ON story_telling (person_id) WHERE superseded_at IS NULL;
CREATE INDEX story_telling_then ON story_telling (person_id, recorded_at);
CREATE INDEX story_telling_by ON story_telling (by_person);

-- a worker said that they have read somebody's story
CREATE TABLE story_read (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    worker_id BLOB NOT NULL REFERENCES worker (id),
    -- the versions that stood there, between spaces
    held TEXT NOT NULL,
    read_on TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX story_read_person ON story_read (person_id);

-- somebody had to tell again what they had told before
CREATE TABLE retelling (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    -- who says so
    worker_id BLOB REFERENCES worker (id),
    -- the entry in which it happened, if one was named: no reference, so that it can be disposed of
    entry_id BLOB,
    what TEXT NOT NULL,
    why TEXT NOT NULL,
    on_date TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX retelling_person ON retelling (person_id);

-- our plan: goals, worries, strengths, support and change asked for. What is taken out has a last version that says why
CREATE TABLE plan_line (
    id BLOB PRIMARY KEY,
    -- the same for every version of one line
    line_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    -- the goal it belongs to, the same in all its versions
    goal_id BLOB,
    words TEXT NOT NULL,
    -- the same in words for the child, where the line itself is not plain enough
    child_words TEXT,
    -- whose words they are
    by_themselves INTEGER NOT NULL,
    by_person BLOB REFERENCES person (id),
    by_worker BLOB REFERENCES worker (id),
    by_words TEXT,
    -- who of the family may read it in their own space: everyone in the plan, or only whose words they are
    readers TEXT NOT NULL,
    -- the entries it rests on, between spaces: no references, so that an entry can be disposed of
    rests_on TEXT NOT NULL,
    taken_out_why TEXT,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX plan_line_now ON plan_line (person_id) WHERE superseded_at IS NULL;
CREATE INDEX plan_line_then ON plan_line (person_id, recorded_at);
CREATE INDEX plan_line_by ON plan_line (by_person);

-- how far along somebody says a goal is, 0 to 10; one voice each, never averaged
CREATE TABLE plan_scale (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    goal_id BLOB NOT NULL,
    by_themselves INTEGER NOT NULL,
    by_person BLOB REFERENCES person (id),
    by_worker BLOB REFERENCES worker (id),
    by_words TEXT,
    value INTEGER NOT NULL CHECK (value BETWEEN 0 AND 10),
    on_date TEXT NOT NULL,
    why TEXT,
    next_step TEXT,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX plan_scale_person ON plan_scale (person_id);
CREATE INDEX plan_scale_by ON plan_scale (by_person);

-- whether somebody agrees with the plan as it stood that day, in their words
CREATE TABLE plan_view (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    by_themselves INTEGER NOT NULL,
    by_person BLOB REFERENCES person (id),
    by_worker BLOB REFERENCES worker (id),
    by_words TEXT,
    agreement TEXT NOT NULL,
    words TEXT,
    -- it was read to them, or they read it, before they said so
    read_back INTEGER NOT NULL,
    on_date TEXT NOT NULL,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX plan_view_person ON plan_view (person_id);
CREATE INDEX plan_view_by ON plan_view (by_person);

-- staying in touch: one whom a child wants to stay in touch with, by the name the child uses; a pet and a place count
CREATE TABLE touch (
    id BLOB PRIMARY KEY,
    -- the same in every version, and in all that is kept about it
    touch_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    called TEXT NOT NULL,
    -- who it is, where they have a record or worked for the council
    other_id BLOB REFERENCES person (id),
    worker_id BLOB REFERENCES worker (id),
    -- the child thought of them in their own space
    proposed INTEGER NOT NULL,
    why TEXT,
    begun_on TEXT NOT NULL,
    -- the last version, where it was a mistake
    put_away_why TEXT,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX touch_now ON touch (person_id) WHERE superseded_at IS NULL;
CREATE INDEX touch_then ON touch (person_id, recorded_at);
CREATE INDEX touch_other ON touch (other_id);
CREATE INDEX touch_same ON touch (touch_id);

-- what the child wants, as they said it on a day; what they said before stays
CREATE TABLE touch_wish (
    id BLOB PRIMARY KEY,
    touch_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    wants TEXT NOT NULL,
    -- the ways, between spaces
    how TEXT NOT NULL,
    often TEXT,
    words TEXT,
    -- they wrote it in their own space
    themselves INTEGER NOT NULL,
    -- said to this worker alone
    only_worker BLOB REFERENCES worker (id),
    on_date TEXT NOT NULL,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX touch_wish_person ON touch_wish (person_id);
CREATE INDEX touch_wish_of ON touch_wish (touch_id) WHERE superseded_at IS NULL;

-- what is agreed or ordered about one bond, and between which days
CREATE TABLE touch_agreed (
    id BLOB PRIMARY KEY,
    agreed_id BLOB NOT NULL,
    touch_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    basis TEXT NOT NULL,
    how TEXT NOT NULL,
    often TEXT,
    words TEXT NOT NULL,
    -- why somebody has to be there with them; empty where nobody has to
    supervised_why TEXT,
    -- which court, when, and what it says
    order_words TEXT,
    -- the other was asked and agrees, and may read it in their own space
    with_them INTEGER NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT,
    ended_why TEXT,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX touch_agreed_person ON touch_agreed (person_id);
CREATE INDEX touch_agreed_of ON touch_agreed (touch_id) WHERE superseded_at IS NULL;

-- one time: arranged, and what became of it
CREATE TABLE touch_time (
    id BLOB PRIMARY KEY,
    time_id BLOB NOT NULL,
    touch_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    on_date TEXT NOT NULL,
    how TEXT NOT NULL,
    came TEXT NOT NULL,
    -- where and when, and for the child's own page: nothing that is not theirs to read
    where_when TEXT,
    child_was TEXT,
    words TEXT,
    in_the_way TEXT,
    in_the_way_words TEXT,
    with_them INTEGER NOT NULL,
    -- where it is recorded in full
    entry_id BLOB,
    -- what we do about what got in the way
    promise_id BLOB,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX touch_time_person ON touch_time (person_id);
CREATE INDEX touch_time_of ON touch_time (touch_id) WHERE superseded_at IS NULL;
CREATE INDEX touch_time_entry ON touch_time (entry_id);

-- finding somebody again: one row for each stage it came to
CREATE TABLE touch_search (
    id BLOB PRIMARY KEY,
    touch_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    stage TEXT NOT NULL,
    on_date TEXT NOT NULL,
    -- who looks, and where they looked
    worker_id BLOB REFERENCES worker (id),
    looked TEXT,
    words TEXT,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX touch_search_person ON touch_search (person_id);
CREATE INDEX touch_search_of ON touch_search (touch_id) WHERE superseded_at IS NULL;

-- a mentor whom the young person chose; it ends when one of the two ends it, and not before
CREATE TABLE touch_mentor (
    id BLOB PRIMARY KEY,
    mentor_id BLOB NOT NULL,
    touch_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    state TEXT NOT NULL,
    state_on TEXT NOT NULL,
    chosen_on TEXT NOT NULL,
    chosen_words TEXT,
    -- they chose in their own space
    themselves INTEGER NOT NULL,
    does TEXT,
    often TEXT,
    ended_on TEXT,
    ended_by TEXT,
    ended_why TEXT,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX touch_mentor_person ON touch_mentor (person_id);
CREATE INDEX touch_mentor_of ON touch_mentor (touch_id) WHERE superseded_at IS NULL;

-- a meeting: a day and a time agreed with people; moved or called off it stands in a newer version, with the reason they read
CREATE TABLE meeting (
    id BLOB PRIMARY KEY,
    -- the same in every version, and in all that is kept about it
    meeting_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    on_date TEXT NOT NULL,
    -- "16:30"; empty where no time is agreed yet
    at_time TEXT,
    way TEXT NOT NULL,
    place TEXT,
    -- why it happens, in words the child can read
    why TEXT NOT NULL,
    -- what the child can do, between spaces
    can_do TEXT NOT NULL,
    readers TEXT NOT NULL,
    -- why nobody is told in their own space yet
    readers_why TEXT,
    -- the day it was for before it was moved last, and why it was moved or called off
    moved_from TEXT,
    changed_why TEXT,
    called_off INTEGER NOT NULL,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX meeting_now ON meeting (person_id) WHERE superseded_at IS NULL;
CREATE INDEX meeting_then ON meeting (person_id, recorded_at);
CREATE INDEX meeting_same ON meeting (meeting_id);
CREATE INDEX meeting_day ON meeting (on_date) WHERE superseded_at IS NULL;

-- who will be there: one of the record, a worker, or somebody by their name and what they do
CREATE TABLE meeting_there (
    id BLOB PRIMARY KEY,
    meeting_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    other_id BLOB REFERENCES person (id),
    worker_id BLOB REFERENCES worker (id),
    called TEXT,
    does TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX meeting_there_person ON meeting_there (person_id);
CREATE INDEX meeting_there_of ON meeting_there (meeting_id);
CREATE INDEX meeting_there_other ON meeting_there (other_id);
CREATE INDEX meeting_there_worker ON meeting_there (worker_id) WHERE superseded_at IS NULL;

-- whether somebody wants to come, as they said it in their own space
CREATE TABLE meeting_answer (
    id BLOB PRIMARY KEY,
    meeting_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    by_id BLOB NOT NULL REFERENCES person (id),
    comes TEXT NOT NULL,
    on_date TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX meeting_answer_person ON meeting_answer (person_id);
CREATE INDEX meeting_answer_of ON meeting_answer (meeting_id);
CREATE INDEX meeting_answer_by ON meeting_answer (by_id);

CREATE TABLE attachment (
    id BLOB PRIMARY KEY,
    entry_id BLOB REFERENCES entry (id),
    -- before an entry is filed its pictures wait with the draft of this account
    account_id BLOB REFERENCES account (id),
    draft_id BLOB,
    hash TEXT NOT NULL,
    size INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    thumbnail_hash TEXT,
    width INTEGER,
    height INTEGER,
    described TEXT,
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX attachment_entry ON attachment (entry_id);
CREATE INDEX attachment_draft ON attachment (draft_id);

CREATE TABLE carried_over (
    id BLOB PRIMARY KEY,
    entry_id BLOB NOT NULL REFERENCES entry (id),
    account_id BLOB REFERENCES account (id),
    how TEXT NOT NULL,
    carried_at INTEGER NOT NULL
) STRICT;
CREATE INDEX carried_over_entry ON carried_over (entry_id);

-- words not yet filed
CREATE TABLE draft (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id),
    -- which form, and about whom: its address
    place TEXT NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    filed_at INTEGER,
    -- what came of it
    entry_id BLOB REFERENCES entry (id),
    discarded_at INTEGER
) STRICT;
CREATE INDEX draft_account ON draft (account_id) WHERE filed_at IS NULL AND discarded_at IS NULL;

-- a form that came after its session ended: opened only with the key in that browser's cookie, by the same account
CREATE TABLE kept_form (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES account (id),
    place TEXT NOT NULL,
    nonce BLOB NOT NULL,
    body BLOB NOT NULL,
    kept_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- when its sender pressed again
    sent_at INTEGER
) STRICT;
CREATE INDEX kept_form_expires ON kept_form (expires_at);

-- the text of whoever saved second, when two people save at once
CREATE TABLE other_version (
    id BLOB PRIMARY KEY,
    subject TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    account_id BLOB NOT NULL REFERENCES account (id),
    body TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    settled_at INTEGER
) STRICT;
CREATE INDEX other_version_subject ON other_version (subject_id);

CREATE TABLE notice (
    id BLOB PRIMARY KEY,
    worker_id BLOB NOT NULL REFERENCES worker (id),
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    link TEXT,
    made_at INTEGER NOT NULL,
    seen_at INTEGER
) STRICT;
CREATE INDEX notice_unseen ON notice (worker_id) WHERE seen_at IS NULL;

-- clocks: derived from the facts above, kept so that Today and a team page need no recomputing
CREATE TABLE clock (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    rule TEXT NOT NULL,
    episode_id BLOB,
    round INTEGER NOT NULL,
    -- the clock itself, as the engine gave it, as JSON text
    body TEXT NOT NULL,
    started_on TEXT NOT NULL,
    due_on TEXT NOT NULL,
    done_on TEXT,
    ended_on TEXT
) STRICT;
CREATE INDEX clock_person ON clock (person_id);
CREATE INDEX clock_running ON clock (due_on, person_id) WHERE done_on IS NULL AND ended_on IS NULL;

CREATE TABLE clock_reason (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    rule TEXT NOT NULL,
    started_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX clock_reason_person ON clock_reason (person_id);

-- what is done otherwise than procedure says, for a person's good; no date moves by it
CREATE TABLE own_way (
    id BLOB PRIMARY KEY,
    -- the same in every version
    own_way_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    -- which clock, where it is one
    rule TEXT,
    started_on TEXT,
    -- what procedure says, and what is done otherwise
    procedure TEXT NOT NULL,
    otherwise TEXT NOT NULL,
    -- why that is good for this person
    why TEXT NOT NULL,
    -- who of the family agreed
    agreed_with TEXT NOT NULL,
    -- the same as the family reads it in their own space; none where it is not shared there
    for_family TEXT,
    asked_until TEXT NOT NULL,
    -- proposed, asked, answered, agreed, declined, taken-back, ended
    state TEXT NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES worker (id),
    proposed_on TEXT NOT NULL,
    decided_by BLOB REFERENCES worker (id),
    decided_on TEXT,
    decided_words TEXT,
    -- the last day that was agreed
    until_date TEXT,
    -- what became of it, when it was looked at again
    became TEXT,
    became_words TEXT,
    ended_on TEXT,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX own_way_now ON own_way (person_id) WHERE superseded_at IS NULL;
CREATE INDEX own_way_proposed ON own_way (proposed_by) WHERE superseded_at IS NULL;
CREATE INDEX own_way_same ON own_way (own_way_id) WHERE superseded_at IS NULL;

-- what whoever leads asked before deciding, and what was answered
CREATE TABLE own_way_said (
    id BLOB PRIMARY KEY,
    own_way_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    -- question, answer
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    worker_id BLOB REFERENCES worker (id),
    on_date TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX own_way_said_person ON own_way_said (person_id);

-- how it is between somebody and one of those who work with them: each answers for themselves, and the two alone read it
CREATE TABLE check_in (
    id BLOB PRIMARY KEY,
    -- the same for both answers and every version of them
    check_in_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    worker_id BLOB NOT NULL REFERENCES worker (id),
    -- who answers: person, worker
    side TEXT NOT NULL,
    -- yes, mostly, sometimes, no
    committed TEXT NOT NULL,
    sincere TEXT NOT NULL,
    listening TEXT NOT NULL,
    words TEXT,
    -- the person chose that the worker reads it before answering
    shown INTEGER NOT NULL,
    answered_on TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX check_in_person ON check_in (person_id) WHERE superseded_at IS NULL;
CREATE INDEX check_in_worker ON check_in (worker_id) WHERE superseded_at IS NULL;
CREATE INDEX check_in_same ON check_in (check_in_id) WHERE superseded_at IS NULL;

-- what went wrong between the two, an apology, what was agreed and whether it was done
CREATE TABLE check_in_repair (
    id BLOB PRIMARY KEY,
    -- the same in every version
    repair_id BLOB NOT NULL,
    check_in_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    worker_id BLOB NOT NULL REFERENCES worker (id),
    -- who wrote it: person, worker
    side TEXT NOT NULL,
    went_wrong TEXT NOT NULL,
    apology TEXT,
    agreed TEXT,
    on_date TEXT NOT NULL,
    done_on TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX check_in_repair_person ON check_in_repair (person_id) WHERE superseded_at IS NULL;

-- how long a rule runs in this council, from a day on, where that is not the usual
CREATE TABLE own_figure (
    id BLOB PRIMARY KEY,
    rule TEXT NOT NULL,
    -- which of the rule's figures
    slot TEXT NOT NULL,
    -- as people write it: "10 working days"
    length TEXT NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT,
    reason TEXT NOT NULL,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX own_figure_now ON own_figure (rule) WHERE superseded_at IS NULL;

-- how many people a column of a team's board may hold, as the council set it
CREATE TABLE column_limit (
    id BLOB PRIMARY KEY,
    team_id BLOB NOT NULL REFERENCES team (id),
    -- where on the way: a column
    place TEXT NOT NULL,
    most INTEGER NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT,
    reason TEXT NOT NULL,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX column_limit_now ON column_limit (team_id) WHERE superseded_at IS NULL;

-- what the council says of a word in the plain-language check, where that is not the starting list
CREATE TABLE own_word (
    id BLOB PRIMARY KEY,
    -- the word in small letters, one space between words: one row holds for each
    known_as TEXT NOT NULL,
    -- as it is shown
    say TEXT NOT NULL,
    -- what one could say instead, one on each line
    instead TEXT NOT NULL,
    -- why, to whoever writes
    why TEXT NOT NULL,
    -- never remarked on here
    off INTEGER NOT NULL,
    -- why the council decided so
    reason TEXT NOT NULL,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE UNIQUE INDEX own_word_now ON own_word (known_as) WHERE superseded_at IS NULL;

-- moving in
CREATE TABLE import_run (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    account_id BLOB REFERENCES account (id),
    run_at INTEGER NOT NULL,
    -- counts, changes, what was listed and what was not understood, as JSON text
    report TEXT NOT NULL
) STRICT;

-- what a file asks a person to decide: something a newer return of the year no longer holds, or a period that overlaps
CREATE TABLE import_question (
    id BLOB PRIMARY KEY,
    -- the same for every version of one question
    question_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    run_id BLOB NOT NULL REFERENCES import_run (id),
    sort TEXT NOT NULL,
    -- the year of the return
    year INTEGER NOT NULL,
    -- what it is about, as imports compare it
    known_as TEXT NOT NULL,
    -- the episode of the record, the same in all its versions
    episode_id BLOB,
    -- the period as the file has it, as JSON text
    file_says TEXT,
    -- none while it is open
    decision TEXT,
    reason TEXT,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE UNIQUE INDEX import_question_now ON import_question (question_id) WHERE superseded_at IS NULL;
CREATE INDEX import_question_person ON import_question (person_id);
CREATE INDEX import_question_run ON import_question (run_id) WHERE superseded_at IS NULL;
CREATE INDEX import_question_year ON import_question (year) WHERE superseded_at IS NULL;

-- what a file last said of a field, so that an edit made on a page since then wins
CREATE TABLE imported_value (
    subject_id BLOB NOT NULL,
    field TEXT NOT NULL,
    words TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    PRIMARY KEY (subject_id, field)
) STRICT;

-- rights: somebody complains; each stage is looked at by somebody who does not work with them
CREATE TABLE complaint (
    id BLOB PRIMARY KEY,
    -- the same for every version of one complaint, in all its stages
    complaint_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    -- first, second, third: one row stands for each
    stage TEXT NOT NULL,
    words TEXT NOT NULL,
    received_on TEXT NOT NULL,
    -- since when they know that it takes longer, and why
    extended_on TEXT,
    extended_why TEXT,
    -- open, answered, withdrawn, onward
    state TEXT NOT NULL,
    ended_on TEXT,
    -- how it was settled, as it was written to them; or what they said when they took it back
    answer TEXT,
    answered_by BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX complaint_now ON complaint (person_id) WHERE superseded_at IS NULL;
CREATE INDEX complaint_same ON complaint (complaint_id) WHERE superseded_at IS NULL;
CREATE INDEX complaint_open ON complaint (received_on) WHERE superseded_at IS NULL AND state = 'open';

-- what somebody added to their complaint while it was looked at
CREATE TABLE complaint_added (
    id BLOB PRIMARY KEY,
    complaint_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    stage TEXT NOT NULL,
    words TEXT NOT NULL,
    on_date TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX complaint_added_person ON complaint_added (person_id);
CREATE INDEX complaint_added_to ON complaint_added (complaint_id);

-- rights: someone asks for their record; what it holds is collected, decided span by span, looked at twice and given
CREATE TABLE record_request (
    id BLOB PRIMARY KEY,
    -- the same for every version of one request
    request_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    -- themselves, a parent, an advocate, an authority
    asked_by TEXT NOT NULL,
    asker TEXT,
    received_on TEXT NOT NULL,
    -- the day it was known who they are; where that had to be shown and has not been, no clock runs
    identity_on TEXT,
    question TEXT,
    question_on TEXT,
    answered_on TEXT,
    extended_on TEXT,
    extended_why TEXT,
    -- open, given, withdrawn, refused
    state TEXT NOT NULL,
    ended_on TEXT,
    ended_why TEXT,
    collected_at INTEGER,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX record_request_now ON record_request (person_id) WHERE superseded_at IS NULL;
CREATE INDEX record_request_same ON record_request (request_id);
CREATE INDEX record_request_open ON record_request (received_on) WHERE superseded_at IS NULL AND state = 'open';

-- one thing collected, as it stood that day
CREATE TABLE record_item (
    id BLOB PRIMARY KEY,
    request_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    position INTEGER NOT NULL,
    section TEXT NOT NULL,
    title TEXT NOT NULL,
    words TEXT NOT NULL,
    -- of a photo or document: its bytes
    file_hash TEXT,
    file_kind TEXT,
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX record_item_request ON record_item (request_id, position);
CREATE INDEX record_item_person ON record_item (person_id);

-- words of an item that are left out, counted in characters
CREATE TABLE left_out (
    id BLOB PRIMARY KEY,
    request_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    item_id BLOB NOT NULL REFERENCES record_item (id),
    first_at INTEGER NOT NULL,
    past_at INTEGER NOT NULL,
    ground TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- who decided it; none while the program only proposes it
    decided_by BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX left_out_request ON left_out (request_id) WHERE superseded_at IS NULL;
CREATE INDEX left_out_person ON left_out (person_id);

-- sent to somebody else to look at, and what they said
CREATE TABLE second_look (
    id BLOB PRIMARY KEY,
    request_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    sent_by BLOB NOT NULL REFERENCES worker (id),
    sent_at INTEGER NOT NULL,
    looked_by BLOB REFERENCES worker (id),
    -- agreed or returned
    outcome TEXT,
    words TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX second_look_request ON second_look (request_id) WHERE superseded_at IS NULL;
CREATE INDEX second_look_person ON second_look (person_id);

CREATE TABLE time_spent (
    id BLOB PRIMARY KEY,
    request_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    worker_id BLOB NOT NULL REFERENCES worker (id),
    minutes INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX time_spent_request ON time_spent (request_id) WHERE superseded_at IS NULL;
CREATE INDEX time_spent_person ON time_spent (person_id);

-- nothing of the record is disposed of while this stands; of every record where no person is named
CREATE TABLE hold (
    id BLOB PRIMARY KEY,
    hold_id BLOB NOT NULL,
    person_id BLOB REFERENCES person (id),
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    from_date TEXT NOT NULL,
    to_date TEXT,
    lifted_why TEXT,
    author_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX hold_now ON hold (person_id) WHERE superseded_at IS NULL;

-- somebody proposed to dispose of a record, and nobody has confirmed it yet
CREATE TABLE disposal (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    kept_until TEXT NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX disposal_now ON disposal (person_id) WHERE superseded_at IS NULL;

-- what is left of a record that was lawfully disposed of: that there was one, and none of its words
CREATE TABLE tombstone (
    id BLOB PRIMARY KEY,
    council_id TEXT,
    ground TEXT NOT NULL,
    kept_until TEXT NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES worker (id),
    proposed_at INTEGER NOT NULL,
    confirmed_by BLOB NOT NULL REFERENCES worker (id),
    disposed_at INTEGER NOT NULL,
    -- how much of what was erased, as JSON text
    erased TEXT NOT NULL
) STRICT;

-- files whose rows are gone and that are still to be taken off the disk; 'database' where its own files are to be swept
CREATE TABLE erasing_file (
    hash TEXT PRIMARY KEY,
    since INTEGER NOT NULL
) STRICT;

-- a person's own space: who comes in to it, and as what
CREATE TABLE in_space (
    id BLOB PRIMARY KEY,
    -- who comes in
    comes_id BLOB NOT NULL REFERENCES person (id),
    -- whose space it is: their own, or somebody's for whom they act
    person_id BLOB NOT NULL REFERENCES person (id),
    part TEXT NOT NULL,
    -- of those who act for somebody: why, and until when
    reason TEXT,
    -- of a proxy: may read, may write for the person; when that is looked at again
    reads INTEGER NOT NULL,
    writes INTEGER NOT NULL,
    review_on TEXT,
    from_date TEXT NOT NULL,
    to_date TEXT,
    ended_why TEXT,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX in_space_comes ON in_space (comes_id) WHERE superseded_at IS NULL;
CREATE INDEX in_space_person ON in_space (person_id) WHERE superseded_at IS NULL;

-- an invitation in two halves: a link by e-mail or on paper, and a code that is said. Neither is kept
CREATE TABLE space_invitation (
    id BLOB PRIMARY KEY,
    comes_id BLOB NOT NULL REFERENCES person (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    part TEXT NOT NULL,
    reason TEXT,
    until_date TEXT,
    reads INTEGER NOT NULL,
    writes INTEGER NOT NULL,
    link_by TEXT NOT NULL,
    email TEXT,
    code_by TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    code_hash BLOB NOT NULL,
    -- once the code was typed: the secret shown while setting up, so that a reload shows the same one
    code_secret BLOB,
    -- how often the code was typed wrongly
    tries INTEGER NOT NULL,
    made_by BLOB REFERENCES worker (id),
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    taken_back_at INTEGER
) STRICT;
CREATE INDEX space_invitation_comes ON space_invitation (comes_id);
CREATE INDEX space_invitation_person ON space_invitation (person_id);

-- what somebody who comes in to another's space may read there: chosen by the person, or shared by a worker, and why
CREATE TABLE given_to_read (
    id BLOB PRIMARY KEY,
    -- whose space it is
    person_id BLOB NOT NULL REFERENCES person (id),
    -- who may read it
    comes_id BLOB NOT NULL REFERENCES person (id),
    part TEXT NOT NULL,
    -- the thread of the entry, where it is one thing
    one_id BLOB,
    given_by TEXT NOT NULL,
    reason TEXT,
    from_date TEXT NOT NULL,
    to_date TEXT,
    -- who shared it, or with whom it was chosen
    worker_id BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX given_to_read_person ON given_to_read (person_id) WHERE superseded_at IS NULL;
CREATE INDEX given_to_read_comes ON given_to_read (comes_id) WHERE superseded_at IS NULL;

-- how far somebody's space is open, as a worker and they agreed
CREATE TABLE space_stage (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    stage TEXT NOT NULL,
    -- what they said of it
    said TEXT,
    worker_id BLOB REFERENCES worker (id),
    agreed_on TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX space_stage_person ON space_stage (person_id) WHERE superseded_at IS NULL;

-- a letter or an e-mail to somebody of the record, written in one transaction with what it is about
CREATE TABLE letter (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    -- the invitation whose link it holds
    invitation_id BLOB,
    way TEXT NOT NULL,
    state TEXT NOT NULL,
    address TEXT,
    -- they hold a link: gone once the letter was sent or taken back
    subject TEXT,
    words TEXT,
    made_by BLOB REFERENCES worker (id),
    made_at INTEGER NOT NULL,
    -- since when it waits: made, or tried again by a press
    since INTEGER NOT NULL,
    -- when it is tried next; while it is being tried, when another may
    next_at INTEGER,
    tries INTEGER NOT NULL
) STRICT;
CREATE INDEX letter_person ON letter (person_id);
CREATE INDEX letter_waiting ON letter (next_at) WHERE state = 'waiting';

-- one try to send it, and what the mail server answered
CREATE TABLE letter_try (
    id BLOB PRIMARY KEY,
    letter_id BLOB NOT NULL REFERENCES letter (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    tried_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    answer TEXT
) STRICT;
CREATE INDEX letter_try_letter ON letter_try (letter_id);
CREATE INDEX letter_try_person ON letter_try (person_id);

-- whether it is safe to reach somebody, and how: in their own words where they gave them
CREATE TABLE safe_contact (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    letter TEXT NOT NULL,
    email TEXT NOT NULL,
    phone TEXT NOT NULL,
    message TEXT NOT NULL,
    hours TEXT,
    -- who may be reading or listening
    shoulder TEXT,
    -- what to say and what not to
    words TEXT,
    recorded_by BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX safe_contact_person ON safe_contact (person_id) WHERE superseded_at IS NULL;

-- somebody asked something in their own space, or told us something, or said that a plan or a hand-over is not right; their
-- words are an entry, and so are ours
CREATE TABLE question (
    id BLOB PRIMARY KEY,
    -- the same for every version of one question
    question_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    -- whose words they are: somebody of the record, a worker, or in words who it is
    asked_by BLOB REFERENCES person (id),
    said_by_worker BLOB REFERENCES worker (id),
    said_by_words TEXT,
    -- the worker who wrote it down, where it was not written in a space of one's own
    written_by BLOB REFERENCES worker (id),
    -- the hand-over that is not right
    handover_id BLOB,
    -- the threads of the entries that hold the words
    asked_in BLOB NOT NULL,
    answered_in BLOB,
    -- what it is besides a question: about a part of their story, a plan or a hand-over that is not right, for an advocate, a
    -- different worker
    concerns TEXT,
    -- what changed because somebody said that a plan or a hand-over is not right
    changed TEXT,
    asked_on TEXT NOT NULL,
    answer_by TEXT NOT NULL,
    answered_on TEXT,
    answered_by BLOB REFERENCES worker (id),
    recorded_at INTEGER NOT NULL,
    superseded_at INTEGER
) STRICT;
CREATE INDEX question_person ON question (person_id) WHERE superseded_at IS NULL;
CREATE INDEX question_asked_by ON question (asked_by);
CREATE INDEX question_same ON question (question_id) WHERE superseded_at IS NULL;
CREATE INDEX question_open ON question (answer_by) WHERE superseded_at IS NULL AND answered_on IS NULL;

-- what somebody does not agree with: kept beside the text for ever, whatever becomes of the text
CREATE TABLE disagreement (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    -- the text: an entry, in all its versions
    thread_id BLOB NOT NULL,
    -- the version they read
    entry_id BLOB NOT NULL REFERENCES entry (id),
    words TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX disagreement_thread ON disagreement (thread_id);
CREATE INDEX disagreement_person ON disagreement (person_id);

-- what a worker says to it
CREATE TABLE disagreement_answer (
    id BLOB PRIMARY KEY,
    disagreement_id BLOB NOT NULL REFERENCES disagreement (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    worker_id BLOB NOT NULL REFERENCES worker (id),
    words TEXT NOT NULL,
    recorded_at INTEGER NOT NULL
) STRICT;
CREATE INDEX disagreement_answer_same ON disagreement_answer (disagreement_id);
CREATE INDEX disagreement_answer_person ON disagreement_answer (person_id);

-- the journal
CREATE TABLE journal (
    id BLOB PRIMARY KEY,
    happened_at INTEGER NOT NULL,
    -- the account that acted, or null for the command line
    account_id BLOB,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    payload TEXT,
    salt BLOB,
    payload_hash BLOB NOT NULL,
    own_hash BLOB NOT NULL
) STRICT;

CREATE TABLE journal_about (
    journal_id BLOB NOT NULL REFERENCES journal (id),
    person_id BLOB NOT NULL,
    PRIMARY KEY (person_id, journal_id)
) STRICT;
-- the chain is proved row by row
CREATE INDEX journal_about_row ON journal_about (journal_id);

CREATE TABLE journal_unsealed (
    journal_id BLOB PRIMARY KEY,
    waiting_since INTEGER NOT NULL
) STRICT;

CREATE TABLE journal_seal (
    seq INTEGER PRIMARY KEY,
    journal_id BLOB NOT NULL UNIQUE REFERENCES journal (id),
    hash BLOB NOT NULL,
    sealed_at INTEGER NOT NULL
) STRICT;
