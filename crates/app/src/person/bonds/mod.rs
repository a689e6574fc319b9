//! What binds people: households, relationships, and the things to know about someone.

pub(crate) mod store;
