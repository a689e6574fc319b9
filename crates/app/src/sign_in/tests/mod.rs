//! Signing in and out, as people and as those who try to get in do it.

mod door;
mod kept;
mod me;
mod set_up;
