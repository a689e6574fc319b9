//! Every SQL text of the house, so that a test can prepare each on both engines.

/// The files of statements, by the folder they lie in. `cargo xtask tidy` checks that none is missing.
pub const FILES: &[(&str, &[(&str, &str)])] = &[
    ("council", crate::council::store::ALL),
    ("journal", crate::journal::store::ALL),
    ("notice", crate::notice::store::ALL),
    ("who", crate::who::store::ALL),
    ("restricted", crate::restricted::store::ALL),
    ("step", crate::step::store::ALL),
    ("allocation", crate::allocation::store::ALL),
    ("glass", crate::glass::store::ALL),
    ("episode", crate::episode::store::ALL),
    ("clock", crate::clock::store::ALL),
    ("working", crate::working::store::ALL),
    ("person", crate::person::store::ALL),
    ("attachment", crate::attachment::store::ALL),
    ("promise", crate::promise::store::ALL),
    ("record", crate::record::store::ALL),
    ("timeline", crate::timeline::store::ALL),
    ("entry", crate::entry::store::ALL),
    ("form", crate::form::store::ALL),
    ("person/bonds", crate::person::bonds::store::ALL),
    ("person/index", crate::person::index::store::ALL),
    ("person/seek", crate::person::seek::store::ALL),
    ("access", crate::access::store::ALL),
    ("sign_in", crate::sign_in::store::ALL),
    ("worker", crate::worker::store::ALL),
];
