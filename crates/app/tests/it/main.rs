//! The rooms' tests: over HTTP in the same process, on both engines. Each room keeps its tests beside its
//! code (`src/<room>/tests.rs`); they are one program here, because each further one links everything.
#![expect(clippy::tests_outside_test_module, reason = "this whole program is tests")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed, and says so by panicking"
)]
#![expect(clippy::too_many_lines, reason = "a story is told in one piece")]

mod backup;
mod everything;
mod leaks;
mod schema;
mod walk;

#[path = "../../src/access/tests.rs"]
mod access;
#[path = "../../src/allocation/tests.rs"]
mod allocation;
#[path = "../../src/allocation/tests_continuity.rs"]
mod allocation_continuity;
#[path = "../../src/allocation/handover/tests.rs"]
mod allocation_handover;
#[path = "../../src/allocation/limit/tests.rs"]
mod allocation_limit;
#[path = "../../src/faces/api/tests/mod.rs"]
mod api;
#[path = "../../src/check_in/tests.rs"]
mod check_in;
#[path = "../../src/checking/tests.rs"]
mod checking;
#[path = "../../src/clock/tests.rs"]
mod clock;
#[path = "../../src/entry/tests.rs"]
mod entry;
#[path = "../../src/episode/tests.rs"]
mod episode;
#[path = "../../src/faces/export_entries/tests.rs"]
mod export_entries;
#[path = "../../src/figure/tests.rs"]
mod figure;
#[path = "../../src/find/tests.rs"]
mod find;
#[path = "../../src/glass/tests.rs"]
mod glass;
#[path = "../../src/faces/import_cin_census/tests/mod.rs"]
mod import_cin_census;
#[path = "../../src/faces/import_people/tests/mod.rs"]
mod import_people;
#[path = "../../src/faces/imports/tests.rs"]
mod imports;
#[path = "../../src/joining/tests/mod.rs"]
mod joining;
#[path = "../../src/journal/tests.rs"]
mod journal;
#[path = "../../src/letter/tests.rs"]
mod letter;
#[path = "../../src/meeting/tests.rs"]
mod meeting;
#[path = "../../src/faces/my/tests/mod.rs"]
mod my;
#[path = "../../src/network/tests.rs"]
mod network;
#[path = "../../src/own_way/tests.rs"]
mod own_way;
#[path = "../../src/person/tests/mod.rs"]
mod person;
#[path = "../../src/plan/tests.rs"]
mod plan;
#[path = "../../src/promise/tests.rs"]
mod promise;
#[path = "../../src/record/tests.rs"]
mod record;
#[path = "../../src/restricted/tests.rs"]
mod restricted;
#[path = "../../src/rights/tests/mod.rs"]
mod rights;
#[path = "../../src/sharing/tests/mod.rs"]
mod sharing;
#[path = "../../src/sign_in/tests/mod.rs"]
mod sign_in;
#[path = "../../src/space/tests.rs"]
mod space;
#[path = "../../src/space/tests_others.rs"]
mod space_others;
#[path = "../../src/staying_in_touch/tests.rs"]
mod staying_in_touch;
#[path = "../../src/staying_in_touch/tests_family.rs"]
mod staying_in_touch_family;
#[path = "touch_kept.rs"]
mod staying_in_touch_kept;
#[path = "../../src/step/tests.rs"]
mod step;
#[path = "../../src/story/tests.rs"]
mod story;
#[path = "../../src/team/tests.rs"]
mod team;
#[path = "../../src/team/tests_board.rs"]
mod team_board;
#[path = "../../src/timeline/tests.rs"]
mod timeline;
#[path = "../../src/today/tests.rs"]
mod today;
#[path = "../../src/week/tests.rs"]
mod week;
#[path = "../../src/week/tests_hours.rs"]
mod week_hours;
#[path = "../../src/wording/tests.rs"]
mod wording;
#[path = "../../src/worker/tests/mod.rs"]
mod worker;
