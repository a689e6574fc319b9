//! The spine: entry.
