//! The spine: clock.
