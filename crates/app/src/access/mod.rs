//! The spine: access.
