//! Signing in and out, as people and as those who try to get in do it.

mod door;
mod kept;
mod set_up;
