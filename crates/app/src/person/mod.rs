//! The spine: person.
