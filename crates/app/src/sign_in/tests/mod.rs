//! Signing in and out, as people and as those who try to get in do it.

mod authenticator;
mod door;
mod kept;
mod me;
mod passkey;
mod provider;
mod set_up;
mod single;
mod their_keys;
