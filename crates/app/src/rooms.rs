//! The list of rooms. A new room is one line here (see CONTRIBUTING.md).

use crate::room::Room;

/// Every room, in the order their pieces were thought of; `Card::place` decides where they stand.
#[rustfmt::skip]
pub static ROOMS: &[&dyn Room] = &[
    &crate::person::Here,
    &crate::find::Here,
    &crate::figure::Here,
    &crate::allocation::Here,
    &crate::clock::Here,
    &crate::attachment::Here,
    &crate::checking::Here,
    &crate::joining::Here,
    &crate::network::Here,
    &crate::story::Here,
    &crate::plan::Here,
    &crate::promise::Here,
    &crate::staying_in_touch::Here,
    &crate::meeting::Here,
    &crate::own_way::Here,
    &crate::record::Here,
    &crate::timeline::Here,
    &crate::episode::Here,
    &crate::glass::Here,
    &crate::letter::Here,
    &crate::notice::Here,
    &crate::restricted::Here,
    &crate::rights::Here,
    &crate::sign_in::SignIn,
    &crate::sharing::Here,
    &crate::space::Here,
    &crate::step::Here,
    &crate::team::Here,
    &crate::today::Here,
    &crate::week::Here,
    &crate::wording::Here,
    &crate::worker::Here,
    &crate::faces::api::Here,
    &crate::faces::my::Here,
    &crate::faces::imports::Here,
    &crate::faces::export_entries::Here,
];
