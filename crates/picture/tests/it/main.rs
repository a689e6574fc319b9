//! The network picture as its readers meet it: what is drawn, where, and what is told.
#![expect(clippy::expect_used, clippy::panic, reason = "tests may stop")]

mod around;
mod drawn;
mod families;
mod words;
