//! Faces that use the actions of several rooms: moving in from files, taking entries along. A face is not a
//! room: it may call any room's actions and no room knows it.

pub mod api;
pub mod backup;
pub mod everything;
pub mod export_entries;
pub mod import_cin_census;
pub mod import_people;
pub mod imports;
pub mod my;
